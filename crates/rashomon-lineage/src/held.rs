//! How are two articles of a corpus held against each other, and what do all relations say together?
//!
//! Texts are looked at here alone: what comes before ([`Finder::candidates`]) takes sketches, what comes after ([`settled`])
//! relations. So pairs can be held wherever their texts are, in any parts.
//!
//! [`Finder::candidates`]: crate::Finder::candidates

use crate::direction::Direction;
use crate::found::{Card, Found};
use crate::reason::Reason;
use crate::relate::{self, Verdict};
use crate::rules;
use crate::side::Side;
use crate::{Aligner, Block, Kind, Words, own, sources};
use rashomon_model::Span;
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// A passage that so many outlets have comes to all of them from one source.
const SEVERAL_OUTLETS: usize = 3;

/// What has to be held against what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// The articles in the pairs, in order of rank.
    pub articles: Vec<Candidate>,
    /// Pairs of ranks, the lower one first, in order.
    pub pairs: Vec<(u32, u32)>,
}

/// One article that has to be held against others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// Its index.
    pub article: usize,
    /// Its place in the order of all articles.
    pub rank: u32,
    /// A number for who published it, 0 if that is not known.
    pub publisher: u32,
    /// The passages that its outlet prints under everything, or that stand everywhere: ranges of words.
    pub stock: Vec<(u32, u32)>,
}

/// The relations of `pairs` of articles, which are in order; articles go by any numbers. `article` gives the card and the text
/// of each, `stock` the passages of [`Candidate::stock`]. Their reasons are left out.
#[must_use]
pub fn held<'t>(
    pairs: &[(u32, u32)],
    article: impl Fn(usize) -> (Card, Cow<'t, str>) + Sync,
    stock: impl Fn(usize) -> Vec<(u32, u32)> + Sync,
) -> Vec<Found> {
    let one = |aligner: &mut Aligner, pairs: &[(u32, u32)]| {
        let others: Vec<usize> = pairs.iter().map(|it| it.1 as usize).collect();
        let mut found = hold(pairs[0].0 as usize, &others, &article, &stock, aligner);
        found.iter_mut().for_each(|it| it.reasons = Vec::new());
        found
    };
    pairs.par_chunk_by(|p, q| p.0 == q.0).map_init(Aligner::default, one).flatten_iter().collect()
}

/// Relations of ranks, held in any parts, as one run over all articles has them. `publisher` gives the number of each rank.
pub fn settled(found: &mut [Found], publisher: impl Fn(usize) -> u32) {
    found.sort_by_key(|it| (it.derived, it.source));
    several_outlets(found, publisher, true);
}

/// The relations of article `x` with others.
pub(crate) fn hold<'t>(
    x: usize,
    others: &[usize],
    article: &(impl Fn(usize) -> (Card, Cow<'t, str>) + Sync),
    stock: impl Fn(usize) -> Vec<(u32, u32)>,
    aligner: &mut Aligner,
) -> Vec<Found> {
    let mut out = Vec::new();
    if others.is_empty() {
        return out;
    }
    let (card, text) = article(x);
    let mut a = side(&card, &text);
    let mut marked = false;
    for &y in others {
        let (card, text) = article(y);
        let mut b = side(&card, &text);
        let blocks = aligner.align(&a.words, &b.words);
        if relate::too_little(&a, &b, &blocks) {
            continue;
        }
        if !std::mem::replace(&mut marked, true) {
            mark(&mut a, &stock(x));
        }
        mark(&mut b, &stock(y));
        if let Some(v) = relate::relate(&a, &b, blocks) {
            out.push(found(x, y, &a, &b, v));
        }
    }
    out
}

fn side<'a>(card: &'a Card, text: &'a str) -> Side<'a> {
    Side {
        text,
        words: Words::of(text),
        title: card.title.as_deref(),
        outlet: card.outlet.as_deref(),
        url: card.url.as_deref(),
        published: card.published,
        updated: card.updated,
        origins: card.origins.iter().map(|n| sources::source_key(n)).collect(),
        credits: card.credits.iter().map(|n| sources::source_key(n)).collect(),
    }
}

/// Marks what is not the outlet's own running text.
fn mark(side: &mut Side<'_>, stock: &[(u32, u32)]) {
    side.words.mark_function_words();
    own::mark(&mut side.words, side.text);
    stock.iter().for_each(|(from, to)| side.words.mark_stock_words(*from as usize, *to as usize));
}

fn found(x: usize, y: usize, a: &Side<'_>, b: &Side<'_>, v: Verdict) -> Found {
    let flip = v.direction == Direction::SecondIsSource;
    let place = |side: &Side<'_>, r: Range<usize>| side.words.cover(r.start, r.end).unwrap_or_default();
    let passages = v
        .blocks
        .iter()
        .map(|it: &Block| {
            let (p, q) = (place(a, it.a()), place(b, it.b()));
            if flip { (q, p) } else { (p, q) }
        })
        .collect();
    let (source, derived) = if flip { (y, x) } else { (x, y) };
    let directed = v.direction != Direction::Open;
    Found { source, derived, kind: v.kind, directed, score: v.score, rule: v.rule, reasons: v.reasons, passages }
}

/// A passage that neither of two takes from the other, and that a third outlet has too, comes to all from one source.
pub(crate) fn several_outlets(found: &mut [Found], publisher: impl Fn(usize) -> u32, without_reasons: bool) {
    let of_two = |it: &Found| it.kind == Kind::Excerpt && !it.directed;
    let mut asked: Vec<usize> = found.iter().filter(|it| of_two(it)).flat_map(|it| [it.source, it.derived]).collect();
    asked.sort_unstable();
    asked.dedup();
    // Every passage in its article, with the publisher on the other side.
    let mut held: Vec<(usize, Span, u32)> = Vec::new();
    for it in found.iter() {
        for (x, other, side) in [(it.source, it.derived, 0), (it.derived, it.source, 1)] {
            if asked.binary_search(&x).is_ok() {
                let passages = it.passages.iter().map(|both| if side == 0 { both.0 } else { both.1 });
                held.extend(passages.map(|span| (x, span, publisher(other))));
            }
        }
    }
    held.sort_unstable();
    let others = |x: usize, span: Span| {
        let from = held.partition_point(|h| h.0 < x);
        let overlaps = |s: Span| s.end().min(span.end()).saturating_sub(s.start().max(span.start())) * 2 >= span.len();
        let mut out: Vec<u32> =
            held[from..].iter().take_while(|h| h.0 == x).filter(|h| overlaps(h.1) && h.2 != 0).map(|h| h.2).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    for it in found.iter_mut().filter(|it| of_two(it)) {
        let (own, other) = (publisher(it.source), publisher(it.derived));
        let Some((p, q)) = it.passages.first().filter(|_| own != other) else { continue };
        let mut outlets = others(it.source, *p);
        outlets.extend(others(it.derived, *q));
        outlets.extend([own, other]);
        outlets.retain(|o| *o != 0);
        outlets.sort_unstable();
        outlets.dedup();
        if outlets.len() >= SEVERAL_OUTLETS {
            it.kind = Kind::CommonSource;
            it.rule = rules::PASSAGE_IN_SEVERAL_OUTLETS;
            if !without_reasons {
                it.reasons.push(Reason::InOutlets(outlets.len()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rashomon_model::Moment;

    const OUTLETS: [&str; 3] = ["Harbour News", "Port Daily", "Quay Times"];

    proptest! {
        #[test]
        fn what_is_too_little_makes_no_relation(
            first in proptest::collection::vec(0u16..900, 30..300),
            own in proptest::collection::vec(900u16..1800, 0..300),
            copies in proptest::collection::vec((0usize..250, 10usize..120, 2usize..40), 0..4),
            outlets in [0usize..3, 0usize..3],
            days in [proptest::option::of(0i64..6), proptest::option::of(0i64..6)],
        ) {
            let word = |n: u16| match n % 90 {
                0 => "of".to_owned(),
                1 => "\u{201c}so\u{201d}".to_owned(),
                2 => format!("{} reported.", OUTLETS[outlets[0]]),
                3 => "said.\n\n".to_owned(),
                _ => format!("w{n}"),
            };
            let mut second: Vec<String> = own.iter().map(|n| word(*n)).collect();
            for (from, length, every) in copies {
                let copy = first.iter().enumerate().skip(from).take(length);
                second.extend(copy.map(|(k, n)| if k % every == 0 { format!("x{k}") } else { word(*n) }));
            }
            let texts = [first.iter().map(|n| word(*n)).collect::<Vec<_>>().join(" "), second.join(" ")];
            let card = |n: usize| Card {
                id: n.to_string(),
                outlet: Some(OUTLETS[outlets[n]].to_owned()),
                published: days[n].map(|day| Moment::instant(jiff::Timestamp::from_second(day * 86_400).unwrap(), 0)),
                ..Card::default()
            };
            let cards = [card(0), card(1)];
            let [mut a, mut b] = [0, 1].map(|n| side(&cards[n], &texts[n]));
            let blocks = Aligner::default().align(&a.words, &b.words);
            if relate::too_little(&a, &b, &blocks) {
                for it in [&mut a, &mut b] {
                    it.words.mark_function_words();
                    own::mark(&mut it.words, it.text);
                }
                prop_assert!(relate::relate(&a, &b, blocks).is_none());
            }
        }
    }
}
