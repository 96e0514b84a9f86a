//! How large one thing is said to be that every report names: "the 120-page report", "the inquiry's 112-page report".
//!
//! Such a figure stands beside its noun wherever the thing is named first, mostly in sentences that tell of different things,
//! so it is compared over the whole story and not only inside one point.

use super::tolls::file;
use super::{articles, is_foretold, is_spoken};
use crate::rounding::compatible;
use crate::rules;
use crate::{Amount, Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus, Number, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, Span};
use std::collections::BTreeMap;

/// Units, in the singular, of which one thing has one number: its pages, its rooms.
static UNITS: WordSet = WordSet::english(Fact::CountedNouns, "size");
/// Tokens between such a measure and the noun it belongs to: "the 120-page harbour inquiry report".
const REACH: usize = 4;
/// Tokens before a measure among which "the" stands, or a name's "'s".
const BEFORE: usize = 3;

/// A thing: its unit and its noun.
type Thing = (String, String);

/// Files a conflict for each thing of which two reports give different sizes, where no report knows of two.
pub(super) fn sizes(corpus: &Corpus, points: &mut [Point]) {
    let mut known: BTreeMap<Thing, Vec<(Anchor, Number)>> = BTreeMap::new();
    for id in articles(points) {
        let it = corpus.get(id);
        let mut own: BTreeMap<Thing, Vec<&Number>> = BTreeMap::new();
        for s in it.sentences.iter().filter(|s| !s.heading) {
            for n in it.numbers_in(s.span) {
                let told = || !is_spoken(it, n.span) && !is_foretold(it, s.span, n.span, true);
                if let Some(thing) = thing(it, s.span, n).filter(|_| told()) {
                    own.entry(thing).or_default().push(n);
                }
            }
        }
        for (thing, numbers) in own {
            // A report that gives two tells of two things, or knows better.
            if numbers.iter().all(|n| compatible(n, numbers[0])) {
                known.entry(thing).or_default().push((Anchor::new(id, numbers[0].span), numbers[0].clone()));
            }
        }
    }
    for ((_, noun), sizes) in known {
        if sizes.iter().all(|(_, n)| compatible(n, &sizes[0].1)) {
            continue;
        }
        let value = |(anchor, n): &(Anchor, Number)| ConflictValue {
            value: format!("{} {}", n.value, n.unit.as_deref().unwrap_or_default()),
            amount: Some(Amount { number: n.value, counts: false }),
            anchor: *anchor,
        };
        let found = Conflict {
            kind: ConflictKind::Number,
            update: false,
            values: sizes.iter().map(value).collect(),
            rule: rules::SIZE_OF_THE_SAME,
            reason: format!("the reports give different sizes of the {noun}"),
        };
        file(points, found);
    }
}

/// The thing that a number measures, if it stands before its noun as a part of its name: "the 120-page report".
fn thing(it: &Annotated, sentence: Span, n: &Number) -> Option<Thing> {
    let unit = n.unit.as_deref().filter(|u| u.strip_suffix('s').is_some_and(|one| UNITS.contains(one)))?;
    let as_one = it.text(n.span).contains(['-', '‑']);
    let word = |span: Span| it.text(span).to_lowercase();
    let before = it.tokens_in(Span::new(sentence.start(), n.span.start().max(sentence.start())));
    let definite = before.iter().rev().take(BEFORE).any(|t| matches!(&*word(t.span), "the" | "'s" | "’s"));
    let behind = it.tokens_in(Span::new(n.span.end(), sentence.end().max(n.span.end())));
    let phrase: Vec<_> = behind.iter().take(REACH).take_while(|t| t.tag.is_noun() || t.tag == Tag::JJ).collect();
    let noun = phrase.last().filter(|t| matches!(t.tag, Tag::NN))?;
    (as_one && definite).then(|| (unit.to_owned(), word(noun.span)))
}
