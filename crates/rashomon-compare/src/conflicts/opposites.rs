//! One report says a thing of somebody, the other its opposite, and neither with a "not": working and broken, resigned and
//! sacked, none and some.

use super::{Aligned, Clash, Side};
use crate::meaning::base_form;
use crate::polarity::{Sides, are_listed, is_prefixed, opposed, sides};
use crate::rules;
use crate::words::lower;
use crate::{Amount, ConflictKind};
use rashomon_annotate::{Annotated, Number, Tag, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// Words of opposite meaning that stand in the same place, where nothing else turns either round.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let mut out = none_and_some(pair);
    let (left, right) = (&pair.a.values.telling, &pair.b.values.telling);
    let of = |side: &Side, word: Span| turned(side.article, side.anchor.span, word, FAR);
    let prefixed = right.iter().any(|(_, _, there)| there.prefixed);
    for (x, p, here) in left.iter().filter(|(_, _, here)| !here.is_idle() || prefixed) {
        for (y, q, there) in right {
            if !may_oppose(here, there) || !opposed((p, &here.sides), (q, &there.sides)) {
                continue;
            }
            // What the other report says as well is not in doubt.
            let both = |those: &[Telling], w: &str| those.iter().any(|(_, o, _)| o == w);
            // "Immigrant" is no opposite of "migrant", and what is shut until it reopens is shut.
            let listed = are_listed(&here.sides, &there.sides);
            let noun = |s: &Side, w: Span| s.article.tokens_in(w).first().is_some_and(|t| t.tag.is_noun());
            let until = |s: &Side| {
                s.article.tokens_in(s.anchor.span).iter().any(|t| matches!(s.text(t.span), "until" | "till"))
            };
            if !listed && (noun(&pair.a, *x) || noun(&pair.b, *y)) || until(&pair.a) || until(&pair.b) {
                continue;
            }
            // A report of a man and a woman tells of either.
            let knows = |s: &Side, own: Span, w: &str| {
                noun(s, own)
                    && s.article.tokens.iter().any(|t| t.tag.is_noun() && s.text(t.span).eq_ignore_ascii_case(w))
            };
            if knows(&pair.a, *x, q) || knows(&pair.b, *y, p) {
                continue;
            }
            let joined = |s: &Side, w: Span| s.article.article.text[..w.start()].ends_with('-');
            let other = figures_apart(&pair.a, *x, &pair.b, *y) || joined(&pair.a, *x) || joined(&pair.b, *y);
            if other || both(right, p) || both(left, q) || of(&pair.a, *x) || of(&pair.b, *y) {
                continue;
            }
            let (agree, differ) = pair.frame(*x, *y);
            let rest = pair.rest(&[*x], &[*y]);
            let framed = agree == 2 || agree == 1 && (differ == 0 || rest >= MOST) || rest >= ALL;
            if pair.same_place(*x, *y, true) && framed {
                let reason = "one report says the opposite";
                let (x, y) = ((pair.a.text(*x).to_owned(), *x), (pair.b.text(*y).to_owned(), *y));
                out.push(pair.clash(ConflictKind::Negation, rules::OPPOSITE_WORDS, reason, x, y));
            }
        }
    }
    out.truncate(1);
    out
}

/// Whether each of two words has figures behind it, and none in common: "fell 225 points" and "climbed 2.5 percent" tell of
/// two days.
fn figures_apart(a: &Side, x: Span, b: &Side, y: Span) -> bool {
    let figures = |s: &Side, w: Span| -> Vec<f64> {
        let near = s.article.numbers_in(s.anchor.span).iter();
        near.filter(|n| n.span.start() >= w.end() && n.span.start() - w.end() < REACH).map(|n| n.value).collect()
    };
    let (p, q) = (figures(a, x), figures(b, y));
    !p.is_empty() && !q.is_empty() && !p.iter().any(|v| q.iter().any(|w| (v - w).abs() < f64::EPSILON))
}

/// Share of the rest that must agree where no neighbour does.
const ALL: f32 = 0.75;
/// The same where the neighbours agree before or behind, and not on the other side: "backed the attack", "opposed the deal".
const MOST: f32 = 0.6;

/// Whether some word of one sentence is the opposite of some word of the other.
pub(super) fn may_clash(a: &Side, b: &Side) -> bool {
    let (left, right) = (&a.values.telling, &b.values.telling);
    let any = |(_, p, here): &Telling| {
        right.iter().any(|(_, q, there)| may_oppose(here, there) && opposed((p, &here.sides), (q, &there.sides)))
    };
    let prefixed = right.iter().any(|(_, _, there)| there.prefixed);
    left.iter().filter(|(_, _, here)| !here.is_idle() || prefixed).any(any)
        || [a, b].iter().any(|s| s.values.nobody.is_some() || s.values.no_things.is_some())
}

/// A word that tells, its form, and where it stands among opposites.
pub(super) type Telling = (Span, String, Standing);

/// Where a word stands among opposites, and whether it may be the opposite of a word that it holds.
#[derive(Clone)]
pub(super) struct Standing {
    sides: Sides,
    prefixed: bool,
}

impl Standing {
    /// Whether a word can be an opposite only of one that is made with a prefix.
    fn is_idle(&self) -> bool {
        !self.prefixed && self.sides.is_empty()
    }
}

/// Whether two words can be opposites at all; most stand nowhere.
fn may_oppose(a: &Standing, b: &Standing) -> bool {
    a.prefixed || b.prefixed || !a.sides.is_empty() && !b.sides.is_empty()
}

/// The verbs and adjectives of a sentence.
pub(super) fn telling(article: &Annotated, sentence: Span) -> Vec<Telling> {
    let tokens = article.tokens_in(sentence).iter();
    let tells = tokens
        .filter(|t| t.tag.is_verb() || matches!(t.tag, Tag::JJ | Tag::JJR | Tag::JJS | Tag::NN | Tag::RB | Tag::RBR));
    let tells = tells.map(|t| (t.span, article.text(t.span).to_lowercase())).filter(|(_, w)| w.len() > 2);
    // "turned down" as one word.
    let tokens = article.tokens_in(sentence);
    let phrases = tokens.windows(2).filter(|pair| pair[0].tag.is_verb()).filter_map(|pair| {
        let particle = article.text(pair[1].span);
        let phrase = matches!(particle, "down" | "out" | "off" | "on" | "up")
            .then(|| format!("{}-{particle}", base_form(&article.text(pair[0].span).to_lowercase())))?;
        let standing = Standing { sides: sides(&phrase), prefixed: false };
        (!standing.sides.is_empty()).then(|| (pair[0].span.cover(pair[1].span), phrase, standing))
    });
    let phrases: Vec<Telling> = phrases.collect();
    let ways = ways(article, sentence).map(|span| (span, article.text(span).to_lowercase()));
    tells
        .chain(ways)
        .map(|(span, word)| {
            let standing = Standing { sides: sides(&word), prefixed: is_prefixed(&word) };
            (span, word, standing)
        })
        .filter(|(span, ..)| !phrases.iter().any(|p| p.0.contains(*span)))
        .chain(phrases.iter().cloned())
        .collect()
}

/// Where a figure went, in one small word: "closed up 1.2 percent".
fn ways(article: &Annotated, sentence: Span) -> impl Iterator<Item = Span> + '_ {
    let way = |t: &Token| matches!(article.text(t.span), "up" | "down") && t.tag != Tag::JJ;
    let pairs = article.tokens_in(sentence).windows(2);
    pairs.filter(move |pair| way(&pair[0]) && pair[1].tag == Tag::CD).map(|pair| pair[0].span)
}

/// Whether a word is negated, supposed, planned or only asked about by the words `within` so many before it.
pub(super) fn turned(it: &Annotated, sentence: Span, word: Span, within: usize) -> bool {
    static TURNS: WordSet = WordSet::english(Fact::Polarity, "opposites");
    let tokens = it.tokens_in(Span::new(sentence.start(), word.start()));
    let before = tokens.iter().rev().take(within).take_while(|t| t.tag != Tag::Comma);
    { before }.any(|t| TURNS.contains(it.text(t.span).to_lowercase().replace('’', "'").as_str()))
        || it.text(sentence).ends_with('?')
}

/// Words before a word among which one turns it round; and where two words are opposites, "overturned a decision of the court
/// allowing it".
pub(super) const TURNED: usize = 5;
const FAR: usize = 7;

/// "No one was killed" and "two were killed": one report counts none where the other counts some.
fn none_and_some(pair: &Aligned) -> Vec<Clash> {
    let sides = [(true, &pair.a, &pair.b), (false, &pair.b, &pair.a)];
    let clash = |first: bool, word: Span, number: &Number| {
        let (x, y) = if first { (word, number.span) } else { (number.span, word) };
        let told = |side: &Side, span: Span| (side.text(span).to_owned(), span);
        let reason = "one report counts none";
        let (p, q) = (told(&pair.a, x), told(&pair.b, y));
        let amounts = if first { [0.0, number.value] } else { [number.value, 0.0] };
        (pair.rest(&[x], &[y]) >= HALF).then(|| {
            let clash = pair.clash(ConflictKind::Number, rules::NONE_AND_SOME, reason, p, q);
            clash.of(amounts.map(|number| Amount { number, counts: true }))
        })
    };
    let of_things = sides.iter().find_map(|(first, none, some)| {
        let (word, noun) = none.values.no_things?;
        clash(*first, word, some_things(some, none.text(noun))?)
    });
    if let Some(found) = of_things {
        return vec![found];
    }
    let of_people = sides.iter().filter_map(|(first, none, some)| {
        let (word, verb) = none.values.nobody?;
        let told = none.gist.terms.iter().position(|t| t.span.overlaps(verb))?;
        let link = pair.alignment.links.iter().find(|l| if *first { l.a == told } else { l.b == told })?;
        let at = some.gist.terms[if *first { link.b } else { link.a }].span;
        // "No residue was found" counts no bullets.
        let noun = none.article.tokens_in(word).last().map(|t| none.text(t.span).to_lowercase());
        let noun = noun.filter(|w| !matches!(w.as_str(), "nobody" | "none" | "one" | "nothing"));
        (link.likeness >= 0.6).then(|| clash(*first, word, some_people(some, at, noun.as_deref())?)).flatten()
    });
    of_people.collect()
}

/// The number that counts things which are somewhere by the noun: "three vehicles were".
fn some_things<'a>(side: &Side<'a>, noun: &str) -> Option<&'a Number> {
    let mut numbers = side.article.numbers_in(side.anchor.span).iter();
    let number = numbers.find(|n| n.value >= 1.0 && n.unit.as_deref().is_some_and(|u| alike(u, noun)))?;
    let behind = side.article.tokens_in(Span::new(number.span.end(), side.anchor.span.end()));
    let are = behind.iter().take(3).any(|t| BE.contains(&side.text(t.span)));
    (are && !turned(side.article, side.anchor.span, number.span, TURNED)).then_some(number)
}

/// The number before the verb at `at`, or right behind it ("killed two"), of what the noun says, if it says anything.
fn some_people<'a>(side: &Side<'a>, at: Span, noun: Option<&str>) -> Option<&'a Number> {
    let reach = |n: &&Number| {
        n.value >= 1.0
            && (n.span.end() <= at.start() && at.start() - n.span.end() < REACH
                || n.span.start() >= at.end() && n.span.start() - at.end() < 4)
    };
    let number = side.article.numbers_in(side.anchor.span).iter().find(reach)?;
    let of = side.article.tokens_in(Span::new(number.span.start(), side.anchor.span.end()));
    let counted = |w: &str| of.iter().take(6).any(|t| alike(side.text(t.span), w));
    let turned = |span: Span| turned(side.article, side.anchor.span, span, TURNED);
    (noun.is_none_or(counted) && !turned(at) && !turned(number.span)).then_some(number)
}

/// Whether two words are one noun, or its plural: "child", "children".
fn alike(a: &str, b: &str) -> bool {
    let bare = |w: &str| {
        let w = w.to_lowercase();
        base_form(&w).trim_end_matches('s').to_owned()
    };
    bare(a) == bare(b)
}

/// Bytes between a number and the verb that tells what became of those it counts.
const REACH: usize = 32;
/// Share of the rest that must agree for none and some to be of one thing.
const HALF: f32 = 0.5;

/// "No vehicles were on the bridge": of what there is none, and its noun.
pub(super) fn no_things(article: &Annotated, sentence: Span) -> Option<(Span, Span)> {
    let tokens = article.tokens_in(sentence);
    let word = |i: usize| tokens.get(i).map_or("", |t| article.text(t.span));
    let none = |i: &usize| word(*i).eq_ignore_ascii_case("no") && tokens.get(i + 1).is_some_and(|t| t.tag == Tag::NNS);
    let at = (0..tokens.len()).filter(none).find(|i| BE.contains(&word(i + 2)))?;
    Some((tokens[at].span.cover(tokens[at + 1].span), tokens[at + 1].span))
}

/// Forms that say of things that they are somewhere.
const BE: [&str; 4] = ["was", "were", "is", "are"];

/// "No one", "nobody", "none", "no passengers" with the verb that follows it.
pub(super) fn nobody(article: &Annotated, sentence: Span) -> Option<(Span, Span)> {
    let tokens = article.tokens_in(sentence);
    let word = |i: usize| lower(tokens.get(i).map_or("", |t| article.text(t.span)));
    for i in 0..tokens.len() {
        let end = match &*word(i) {
            "nobody" | "none" | "nothing" if word(i + 1) != "else" => i,
            "no" if word(i + 2) == "else" => continue,
            "no" if word(i + 1) == "one" || tokens.get(i + 1).is_some_and(|t| t.tag.is_noun()) => i + 1,
            _ => continue,
        };
        // "None of the crew was hurt".
        let verb = (end + 1..tokens.len().min(end + 8)).take_while(|k| tokens[*k].tag != Tag::Comma).filter(|k| {
            tokens[*k].tag.is_verb()
                && !matches!(&*word(*k), "was" | "were" | "is" | "are" | "has" | "have" | "had" | "been" | "be")
        });
        if let Some(verb) = { verb }.next() {
            return Some((tokens[i].span.cover(tokens[end].span), tokens[verb].span));
        }
    }
    None
}
