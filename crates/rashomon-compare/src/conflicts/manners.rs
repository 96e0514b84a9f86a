//! How somebody left, or what became of him, told in two ways that exclude each other: resigned and sacked, acquitted and
//! convicted.
//!
//! Such words stand in sentences that share hardly more than the name, so they are compared over the whole story: by the
//! person they are said of, as subject or object of the verb.

use super::opposites::turned;
use super::tolls::file;
use crate::{Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus, NameKind, Tag, same_person};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};
use std::collections::BTreeSet;

/// Verbs of what somebody does, and of what is done to him instead.
/// The first of a pair are done by him, if the flag says so.
static MANNERS: [(bool, WordSet, WordSet); 2] = [
    (true, WordSet::english(Fact::Departures, "leaves"), WordSet::english(Fact::Departures, "removed")),
    (false, WordSet::english(Fact::Departures, "acquitted"), WordSet::english(Fact::Departures, "convicted")),
];

/// One report's way of telling it.
struct Told {
    name: String,
    first: bool,
    anchor: Anchor,
}

/// Files conflicts of manner with the points that hold them.
pub(super) fn manners(corpus: &Corpus, points: &mut [Point]) {
    let articles: BTreeSet<ArticleId> =
        points.iter().flat_map(|p| p.carried.iter().map(|c| c.article).chain(p.omitted.iter().copied())).collect();
    for (active, own, done) in &MANNERS {
        let active = *active;
        let told: Vec<Told> = articles.iter().flat_map(|id| told(corpus.get(*id), *id, active, own, done)).collect();
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
            if values.iter().any(|v| v.first) && values.iter().any(|v| !v.first) {
                let value = |v: &&Told| ConflictValue {
                    value: corpus.text(v.anchor).to_lowercase(),
                    amount: None,
                    anchor: v.anchor,
                };
                let found = Conflict {
                    kind: ConflictKind::Negation,
                    update: false,
                    values: values.iter().map(value).collect(),
                    rule: "manner-of-the-same",
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

/// What a report tells of whom: the verbs of either side with the persons they are said of.
fn told(it: &Annotated, id: ArticleId, active: bool, own: &WordSet, done: &WordSet) -> Vec<Told> {
    let mut out = Vec::new();
    for sentence in it.sentences.iter().filter(|s| !s.heading) {
        let tokens = it.tokens_in(sentence.span);
        for (i, t) in tokens.iter().enumerate() {
            let word = it.text(t.span).to_lowercase();
            let first = own.contains(word.as_str());
            if !first && !done.contains(word.as_str()) || !matches!(t.tag, Tag::VBD | Tag::VBN | Tag::VBZ) {
                continue;
            }
            if turned(it, sentence.span, t.span) {
                continue;
            }
            let helps = |k: usize| matches!(it.text(tokens[k].span), "was" | "were" | "is" | "been" | "being" | "got");
            let passive = (i.saturating_sub(3)..i).any(helps);
            let subject = first && active || passive;
            let names = it.names_in(sentence.span).iter().filter(|n| n.kind == NameKind::Person);
            let whom = if subject {
                names.clone().rfind(|n| n.span.end() <= t.span.start() && between(it, n.span.end(), t.span.start()))
            } else {
                names.clone().find(|n| n.span.start() >= t.span.end() && n.span.start() <= t.span.end() + NEAR)
            };
            let Some(entity) = whom.and_then(|n| it.entities.get(n.entity)) else { continue };
            if entity.name.contains(' ') {
                out.push(Told { name: entity.name.clone(), first, anchor: Anchor::new(id, t.span) });
            }
        }
    }
    out
}

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
