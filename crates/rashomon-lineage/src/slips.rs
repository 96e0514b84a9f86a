//! Which texts share a slip against all others?
//!
//! Common errors show common descent (Lachmann's method; Maas, Textkritik, 1927): where two texts agree in a reading that
//! the others, who agree among themselves, do not have, the two depend on each other or on one source. Words that the two
//! lack are taken as a slip against two or more others; other words only against a majority of two to one.

use crate::{Run, Words};
use rashomon_model::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// A reading that two texts share against others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The two texts, by index.
    pub(crate) pair: (usize, usize),
    /// The words of the first and of the second, with some context.
    pub(crate) spans: (Span, Span),
    /// One of the others, and its words there.
    pub(crate) against: (usize, Span),
    /// How many others have that reading.
    pub(crate) others: usize,
}

/// Words of context that must agree on each side of a variant.
const CONTEXT: u32 = 3;
/// The longest variant, in words; longer ones are cuts and not slips.
const LONGEST: u32 = 3;

/// One place where a text differs from another: its own words, the other text and its words there.
struct Variant {
    own: Range<u32>,
    other: usize,
    theirs: Range<u32>,
}

/// The slips that pairs of `texts` share. `runs[(x, y)]`, `x < y`, are all runs of equal words of texts `x` and `y`: a text
/// that quotes the same words twice is held against the others with both.
pub(crate) fn slips(texts: &[&Words], runs: &BTreeMap<(usize, usize), Vec<Run>>) -> Vec<Slip> {
    let mut out = Vec::new();
    for x in 0..texts.len() {
        let toward = |y: usize| -> Vec<Run> {
            let found = runs.get(&(x.min(y), x.max(y))).map_or(&[][..], Vec::as_slice);
            let mut out = found.to_vec();
            if x > y {
                out.iter_mut().for_each(|r| *r = Run { a: r.b, b: r.a, len: r.len });
                out.sort_unstable();
            }
            out
        };
        let all: Vec<Vec<Run>> = (0..texts.len()).map(|y| if x == y { Vec::new() } else { toward(y) }).collect();
        let mut sites: BTreeMap<(u32, u32), Vec<Variant>> = BTreeMap::new();
        for (y, found) in all.iter().enumerate() {
            for v in variants(y, found) {
                sites.entry((v.own.start, v.own.end)).or_default().push(v);
            }
        }
        for ((from, to), variants) in sites {
            let reading = |v: &Variant| &texts[v.other].hash[v.theirs.start as usize..v.theirs.end as usize];
            let Some(most) = variants.iter().max_by_key(|v| {
                (variants.iter().filter(|w| reading(w) == reading(v)).count(), std::cmp::Reverse(v.other))
            }) else {
                continue;
            };
            let others = variants.iter().filter(|w| reading(w) == reading(most)).count();
            let agreeing: Vec<(usize, u32)> = (0..texts.len())
                .filter_map(|y| Some((y, covering(&all[y], from.saturating_sub(CONTEXT), to + CONTEXT)?)))
                .collect();
            let party = agreeing.len() + 1;
            let slip = if from == to { others >= 2 && others >= party } else { others >= 3 && others >= 2 * party };
            if !slip || agreeing.is_empty() {
                continue;
            }
            let context = CONTEXT as usize;
            let here = wide(texts[x], from as usize, to as usize, context);
            let there = wide(texts[most.other], most.theirs.start as usize, most.theirs.end as usize, context);
            for (y, start) in agreeing.into_iter().filter(|(y, _)| *y > x) {
                let shift = |w: u32| (w + start - from.saturating_sub(CONTEXT)) as usize;
                let also = wide(texts[y], shift(from), shift(to), context);
                if let (Some(here), Some(also), Some(there)) = (here, also, there) {
                    out.push(Slip { pair: (x, y), spans: (here, also), against: (most.other, there), others });
                }
            }
        }
    }
    out
}

fn wide(words: &Words, from: usize, to: usize, context: usize) -> Option<Span> {
    words.cover(from.saturating_sub(context), (to + context).min(words.len()))
}

/// Short differences between runs that follow each other closely in both texts.
fn variants(other: usize, runs: &[Run]) -> Vec<Variant> {
    let mut out = Vec::new();
    for (n, p) in runs.iter().enumerate() {
        let (end_a, end_b) = (p.a + p.len, p.b + p.len);
        for q in runs[n + 1..].iter().take_while(|q| q.a <= end_a + LONGEST) {
            if q.a >= end_a && q.b >= end_b && q.b <= end_b + LONGEST && (q.a, q.b) != (end_a, end_b) {
                out.push(Variant { own: end_a..q.a, other, theirs: end_b..q.b });
            }
        }
    }
    // One reading of each other text at each place is enough.
    out.sort_by_key(|v| (v.own.start, v.own.end, v.theirs.start));
    out.dedup_by_key(|v| (v.own.start, v.own.end));
    out
}

/// Where, in the other text, the words `from..to` stand unchanged.
fn covering(runs: &[Run], from: u32, to: u32) -> Option<u32> {
    runs.iter().find(|r| r.a <= from && to <= r.a + r.len).map(|r| r.b + (from - r.a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Aligner;

    fn found(texts: &[&str]) -> Vec<(usize, usize, String)> {
        let words: Vec<Words> = texts.iter().map(|t| Words::of(t)).collect();
        let refs: Vec<&Words> = words.iter().collect();
        let mut runs = BTreeMap::new();
        for x in 0..texts.len() {
            for y in x + 1..texts.len() {
                runs.insert((x, y), Aligner::default().equal_runs(&words[x].hash, &words[y].hash));
            }
        }
        slips(&refs, &runs)
            .into_iter()
            .map(|s| (s.pair.0, s.pair.1, s.spans.0.text(texts[s.pair.0]).to_owned()))
            .collect()
    }

    const RIGHT: &str = "The harbour master said the crew had agreed to wait for the pilot before dawn.";
    const SLIP: &str = "The harbour master said the crew had agreed to wait the pilot before dawn.";

    #[test]
    fn a_word_lost_in_two_against_two_is_a_slip() {
        assert_eq!(found(&[SLIP, SLIP, RIGHT, RIGHT]), [(0, 1, "agreed to wait the pilot before".to_owned())]);
    }

    #[test]
    fn a_word_lost_in_one_is_no_descent_and_two_texts_alone_prove_nothing() {
        assert_eq!(found(&[SLIP, RIGHT, RIGHT]), []);
        assert_eq!(found(&[SLIP, SLIP, RIGHT]), []);
    }
}
