//! How somebody left, or what became of him, told in two ways that exclude each other: resigned and sacked, acquitted and
//! convicted.
//!
//! Such words stand in sentences that share hardly more than the name, so they are compared over the whole story: by the
//! person they are said of, as subject or object of the verb.

use super::articles;
use super::opposites::{TURNED, turned};
use super::tolls::file;
use crate::rules;
use crate::words::lower;
use crate::{Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus, Name, NameKind, Tag, same_person};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};
use std::collections::BTreeSet;

/// What somebody does, and what is done to him instead.
struct Manner {
    /// Whether the first is done by himself.
    active: bool,
    /// Verbs of the first.
    own: WordSet,
    /// Verbs of the second.
    done: WordSet,
    /// Nouns of either.
    nouns: [WordSet; 2],
}

static MANNERS: [Manner; 2] = [
    Manner {
        active: true,
        own: WordSet::english(Fact::Departures, "leaves"),
        done: WordSet::english(Fact::Departures, "removed"),
        nouns: [WordSet::english(Fact::Departures, "leaving"), WordSet::english(Fact::Departures, "removal")],
    },
    Manner {
        active: false,
        own: WordSet::english(Fact::Departures, "acquitted"),
        done: WordSet::english(Fact::Departures, "convicted"),
        nouns: [WordSet::english(Fact::Departures, "acquittal"), WordSet::english(Fact::Departures, "conviction")],
    },
];

/// One report's way of telling it.
struct Told {
    name: String,
    first: bool,
    anchor: Anchor,
}

/// Files conflicts of manner with the points that hold them.
pub(super) fn manners(corpus: &Corpus, points: &mut [Point]) {
    let articles = articles(points);
    for manner in &MANNERS {
        let told: Vec<Told> = articles.iter().flat_map(|id| told(corpus.get(*id), *id, manner)).collect();
        let told = in_full(told);
        let mut seen: Vec<&str> = Vec::new();
        for it in &told {
            if seen.iter().any(|n| same_person(n, &it.name)) {
                continue;
            }
            seen.push(&it.name);
            let of: Vec<&Told> = told.iter().filter(|o| same_person(&o.name, &it.name)).collect();
            // Who tells both knows of both: "resigned after the premier had fired him".
            let both = |a: ArticleId| {
                [true, false].iter().all(|first| of.iter().any(|o| o.anchor.article == a && o.first == *first))
            };
            let mut values: Vec<&Told> = Vec::new();
            for o in of.iter().filter(|o| !both(o.anchor.article)) {
                if !values.iter().any(|v| v.anchor.article == o.anchor.article) {
                    values.push(o);
                }
            }
            let apart = values.iter().any(|v| values.iter().any(|w| v.first && !w.first && of_two(corpus, v, w)));
            if values.iter().any(|v| v.first) && values.iter().any(|v| !v.first) && !apart {
                let value = |v: &&Told| ConflictValue {
                    value: corpus.text(v.anchor).to_lowercase(),
                    amount: None,
                    anchor: v.anchor,
                };
                let found = Conflict {
                    kind: ConflictKind::Negation,
                    update: false,
                    values: values.iter().map(value).collect(),
                    rule: rules::MANNER_OF_THE_SAME,
                    reason: format!("the reports tell in two ways what became of {}", it.name),
                };
                // Told where the two sentences were held against each other already.
                let known = |c: &Conflict| {
                    c.kind == found.kind
                        && c.values.iter().filter(|v| found.values.iter().any(|w| w.anchor == v.anchor)).count() > 1
                };
                if !points.iter().any(|p| p.conflicts.iter().any(known)) {
                    file(points, found);
                }
            }
        }
    }
}

/// Whether two tellings are of two posts or charges: each names its own behind "as", "from", "by", "of" or "for", and they
/// share no word.
fn of_two(corpus: &Corpus, a: &Told, b: &Told) -> bool {
    let words = |t: &Told| -> Vec<String> {
        let it = corpus.get(t.anchor.article);
        let Some(s) = it.sentence_at(t.anchor.span.start()) else { return Vec::new() };
        let end = it.sentences[s].span.end().max(t.anchor.span.end());
        let behind = it.tokens_in(Span::new(t.anchor.span.end(), end));
        let of = behind.iter().take(3).position(|k| matches!(it.text(k.span), "as" | "from" | "by" | "of" | "for"));
        let Some(of) = of else { return Vec::new() };
        let nouns =
            behind[of + 1..].iter().take(COMPLEMENT).take_while(|k| !matches!(k.tag, Tag::Comma | Tag::Stop | Tag::IN));
        let person = |span: Span| it.names_over(span).any(|n| n.kind == NameKind::Person);
        let nouns = nouns.filter(|k| (k.tag.is_noun() || k.tag == Tag::VBG) && !person(k.span));
        nouns.map(|k| it.text(k.span).to_lowercase()).collect()
    };
    let (p, q) = (words(a), words(b));
    !p.is_empty() && !q.is_empty() && !p.iter().any(|w| q.contains(w))
}

/// Words behind "as" or "of" that name a post or a charge.
const COMPLEMENT: usize = 6;

/// The same with surnames in full where the others name one person so, and without those that stay bare.
fn in_full(mut told: Vec<Told>) -> Vec<Told> {
    let full: BTreeSet<String> = told.iter().map(|t| t.name.clone()).filter(|n| n.contains(' ')).collect();
    for it in told.iter_mut().filter(|t| !t.name.contains(' ')) {
        let mut bearers = full.iter().filter(|n| n.split(' ').next_back() == Some(it.name.as_str()));
        if let (Some(name), None) = (bearers.next(), bearers.next()) {
            it.name.clone_from(name);
        }
    }
    told.retain(|t| t.name.contains(' '));
    told
}

/// What a report tells of whom: the verbs and nouns of either side with the persons they are said of.
fn told(it: &Annotated, id: ArticleId, manner: &Manner) -> Vec<Told> {
    let mut out = Vec::new();
    for sentence in it.sentences.iter().filter(|s| !s.heading) {
        for (i, t) in it.tokens_in(sentence.span).iter().enumerate() {
            let word = lower(it.text(t.span));
            let of = |sets: [&WordSet; 2]| sets.iter().position(|set| set.contains(&word)).map(|n| n == 0);
            let [leaving, removal] = &manner.nouns;
            let (first, name) = match (of([&manner.own, &manner.done]), of([leaving, removal])) {
                (Some(first), _) if t.tag.is_verb() => (first, by_verb(it, sentence.span, i, first && manner.active)),
                (_, Some(first)) if t.tag.is_noun() || t.tag == Tag::VBG => (first, by_noun(it, sentence.span, i)),
                _ => continue,
            };
            let Some(name) = name else { continue };
            let Some(entity) = it.entities.get(name.entity) else { continue };
            if !turned(it, sentence.span, t.span, TURNED) {
                out.push(Told { name: entity.name.clone(), first, anchor: Anchor::new(id, t.span) });
            }
        }
    }
    out
}

/// The person that verb `i` of a sentence is said of: who does it, or to whom it is done.
fn by_verb(it: &Annotated, sentence: Span, i: usize, active: bool) -> Option<&Name> {
    let tokens = it.tokens_in(sentence);
    let verb = tokens[i];
    let word = it.text(verb.span).to_lowercase();
    // "stepped down", not "stepped into".
    let particle = |k: usize| tokens.get(k).is_some_and(|t| matches!(it.text(t.span), "down" | "aside"));
    if !matches!(verb.tag, Tag::VBD | Tag::VBN | Tag::VBZ) || PARTICLE.contains(word.as_str()) && !particle(i + 1) {
        return None;
    }
    let helps = |k: usize| matches!(it.text(tokens[k].span), "was" | "were" | "is" | "been" | "being" | "got");
    let passive = (i.saturating_sub(3)..i).any(helps);
    let mut persons = it.names_in(sentence).iter().filter(|n| n.kind == NameKind::Person);
    if active || passive {
        persons.rfind(|n| n.span.end() <= verb.span.start() && between(it, n.span.end(), verb.span.start()))
    } else {
        let own = |n: &&Name| it.article.text[n.span.end()..].starts_with(['\'', '’']);
        let object = persons.find(|n| n.span.start() >= verb.span.end() && n.span.start() <= verb.span.end() + NEAR);
        // "dismissed Roe's claim" dismisses no Roe.
        object.filter(|n| !own(n))
    }
}

/// The person whose leaving noun `i` of a sentence tells as a thing that took place: "after Roe's resignation", "since the
/// firing of Jane Roe". What is called for or accepted has not.
fn by_noun(it: &Annotated, sentence: Span, i: usize) -> Option<&Name> {
    let tokens = it.tokens_in(sentence);
    let noun = tokens[i];
    let word = |k: usize| tokens.get(k).map_or("", |t| it.text(t.span));
    let persons = || it.names_in(sentence).iter().filter(|n| n.kind == NameKind::Person);
    let (name, opens) = if word(i + 1) == "of" {
        let name = persons().find(|n| n.span.start() >= noun.span.end())?;
        // Nothing but a title in between.
        let gap = it.tokens_in(Span::new(tokens[i + 1].span.end(), name.span.start()));
        (gap.iter().all(|t| t.tag.is_noun()) && gap.len() <= 3).then_some(())?;
        (name, noun.span.start())
    } else {
        let name = persons().rfind(|n| n.span.end() <= noun.span.start())?;
        let gap = it.text(Span::new(name.span.end(), noun.span.start()));
        matches!(gap.trim(), "'s" | "’s" | "'" | "’").then_some(())?;
        (name, name.span.start())
    };
    // What stands before, titles and articles aside.
    let before = tokens.iter().rev().filter(|t| t.span.end() <= opens);
    let mut before =
        before.skip_while(|t| t.tag.is_noun() || matches!(t.tag, Tag::DT | Tag::JJ | Tag::POS | Tag::Stop));
    before.next().is_some_and(|t| TOOK_PLACE.contains(it.text(t.span).to_lowercase().as_str())).then_some(name)
}

/// Verbs that mean this only with "down" or "aside" behind them.
static PARTICLE: WordSet = WordSet::english(Fact::Departures, "with-particle");

/// Prepositions before what took place.
static TOOK_PLACE: WordSet = WordSet::english(Fact::Prepositions, "took-place");

/// Bytes between a verb and its object.
const NEAR: usize = 4;

/// Whether only what tells more of a name stands between it and its verb: an apposition between commas, "who", "has".
fn between(it: &Annotated, from: usize, to: usize) -> bool {
    let tokens = it.tokens_in(Span::new(from, to));
    let verbs = tokens.iter().filter(|t| t.tag.is_verb()).count();
    let helps = |w: &str| matches!(w, "was" | "has" | "had" | "is" | "were" | "been" | "being" | "have" | "got");
    let helping = tokens.iter().filter(|t| t.tag.is_verb() && helps(it.text(t.span))).count();
    let commas = tokens.iter().filter(|t| t.tag == Tag::Comma).count();
    // "Roe said Holm, who …": no other clause, and what opens with a comma closes with one; "the head, Jane Roe, resigned".
    let bare = tokens.iter().all(|t| t.tag == Tag::Comma || t.tag == Tag::RB || t.tag.is_verb());
    verbs == helping && (commas != 1 || bare || tokens.iter().any(|t| t.tag == Tag::WP)) && to - from < FAR
}

/// Bytes between a name and its verb.
const FAR: usize = 90;
