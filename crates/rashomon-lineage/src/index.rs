//! Which articles of a corpus have samples in common, and on one diagonal?
//!
//! An inverted index over the samples of all articles, made in place of them: ten bytes for a sample that several articles
//! have, none for one that only one has. It is only ever read from front to back.

use crate::sketch::{Seen, Sketch, run_hash};
use std::ops::Range;

/// The samples of articles as they come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    /// First sample of every article but the first.
    ends: Vec<u32>,
    keys: Vec<u32>,
    /// Words from the sample before.
    gaps: Vec<u16>,
}

impl Samples {
    /// None yet, with room for so many, of which only what is used takes memory.
    pub(crate) fn with_room(samples: usize) -> Self {
        Self { ends: Vec::new(), keys: Vec::with_capacity(samples), gaps: Vec::with_capacity(samples) }
    }

    /// Adds the samples of an article, those that `seen` knows only once left out.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "fewer than 2^32 samples fit into memory; a gap is cut to 16 bits"
    )]
    pub(crate) fn add(&mut self, sketch: &Sketch, seen: Option<&Seen>) {
        let mut last = 0;
        for (key, place) in sketch.prints.iter().filter(|(key, _)| seen.is_none_or(|it| it.twice(*key))) {
            self.keys.push(*key);
            self.gaps.push((place - last).min(u32::from(u16::MAX)) as u16);
            last = *place;
        }
        self.ends.push(self.keys.len() as u32);
    }

    /// Number of articles.
    pub(crate) fn articles(&self) -> usize {
        self.ends.len()
    }

    /// The hashes of article `x`'s samples.
    pub(crate) fn keys(&self, x: usize) -> &[u32] {
        &self.keys[self.range(x)]
    }

    fn range(&self, x: usize) -> Range<usize> {
        let from = x.checked_sub(1).map_or(0, |before| self.ends[before]);
        from as usize..self.ends[x] as usize
    }
}

/// The samples that more than one article has, as lists of articles. The articles that share a sample are its group, which goes by
/// the sample's hash.
pub(crate) struct Index {
    /// Articles in order of rank.
    pub(crate) order: Vec<u32>,
    /// For each article its samples that have a group, in order of place.
    samples: Samples,
    /// Those of groups of at least [`OFTEN_COUNT`] articles.
    often: Bits,
    /// In order of hash: the hash of each group, then the ranks of its articles in order, the last one with the mark [`LAST`].
    postings: Vec<u32>,
    /// Groups that stand mostly in stock passages, in order.
    stock: Vec<u32>,
}

/// Marks the last article of a group.
const LAST: u32 = 1 << 31;
/// The least number of articles that counts as often.
pub(crate) const OFTEN_COUNT: usize = 3;

/// Samples that are sorted at a time, at least, and the most parts that all are sorted in.
const PART: usize = 1 << 17;
const PARTS: usize = 32;

/// A sample in more articles than this links only neighbours in order of rank: a family of reprints stays linked, and the
/// cost stays linear.
const COMMON: usize = 24;
/// Samples that two articles must share on one diagonal band to be aligned.
const LEAST_SHARED: usize = 3;
/// Width of the band in words, and the distance over which the samples must lie.
const BAND: u32 = 24;
const LEAST_REACH: u32 = 8;

/// Pairs of articles are counted in about so many parts, or in more so that none has more pairs than this.
const PAIR_PARTS: usize = 16;
const MOST_PAIRS: usize = 1 << 23;
/// Ranges of rank of which parts are made.
const RANGES: usize = 1 << 12;
/// Cells for each pair that is counted at a time, and the least cells.
const CELLS: usize = 4;
const LEAST_CELLS: usize = 1 << 12;

impl Index {
    /// The index of `samples`; `order` lists the articles by rank.
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 samples fit into memory")]
    pub(crate) fn new(mut samples: Samples, order: Vec<u32>) -> Self {
        let total = samples.keys.len();
        let parts = total.div_ceil(PART).clamp(1, PARTS).next_power_of_two();
        let bits = 32 - parts.trailing_zeros();
        let (mut kept, mut often) = (Bits::new(total), Bits::new(total));
        // Room for the most that there may be, of which only what is used takes memory: growing would leave holes.
        let mut postings: Vec<u32> = Vec::with_capacity(total + total / 2);
        let (mut sorted, mut spare) = (Vec::with_capacity(total / parts * 9 / 8), Vec::new());
        for part in 0..parts as u64 {
            sorted.clear();
            for (rank, x) in (0u32..).zip(&order) {
                let range = samples.range(*x as usize);
                let of_article = (range.start as u32..).zip(&samples.keys[range]);
                let of_part = of_article.filter(|(_, key)| u64::from(**key) >> bits == part);
                sorted.extend(of_part.map(|(at, key)| Sample { key: *key, rank, at }));
            }
            // They are in order of rank and stay so where they are equal.
            sort_by_key(&mut sorted, &mut spare, bits);
            for equal in sorted.chunk_by(|p, q| p.key == q.key).filter(|it| it[0].rank != it[it.len() - 1].rank) {
                postings.push(equal[0].key);
                let from = postings.len();
                // An article that repeats itself counts once, with its first place.
                for same in equal.chunk_by(|p, q| p.rank == q.rank) {
                    kept.set(same[0].at);
                    postings.push(same[0].rank);
                }
                if postings.len() - from >= OFTEN_COUNT {
                    equal.chunk_by(|p, q| p.rank == q.rank).for_each(|same| often.set(same[0].at));
                }
                if let Some(last) = postings.last_mut() {
                    *last |= LAST;
                }
            }
        }
        samples.keep(&kept, &mut often);
        postings.shrink_to_fit();
        Self { order, samples, often, postings, stock: Vec::new() }
    }

    /// The samples of article `x` that other articles have, in order of place: group and place.
    pub(crate) fn groups_of(&self, x: usize) -> impl Iterator<Item = (u32, u32)> {
        self.places_of(x).map(|(at, place)| (self.samples.keys[at], place))
    }

    /// Those that at least [`OFTEN_COUNT`] articles have.
    pub(crate) fn often_of(&self, x: usize) -> impl Iterator<Item = (u32, u32)> {
        self.places_of(x).filter(|(at, _)| self.often.get(*at)).map(|(at, place)| (self.samples.keys[at], place))
    }

    fn places_of(&self, x: usize) -> impl Iterator<Item = (usize, u32)> {
        let mut place = 0;
        self.samples.range(x).map(move |at| {
            place += u32::from(self.samples.gaps[at]);
            (at, place)
        })
    }

    /// Number of samples that the index holds.
    pub(crate) fn samples(&self) -> usize {
        self.samples.keys.len()
    }

    /// From now on the groups of which most articles have a mark make no candidates. `marks` names a group once for each mark,
    /// in order.
    pub(crate) fn set_stock(&mut self, marks: &[u32]) {
        let mut groups = self.groups();
        let mut stock = Vec::new();
        for same in marks.chunk_by(|p, q| p == q) {
            if let Some((group, ranks)) = groups.find(|it| it.0 == same[0])
                && same.len() * 2 > ranks.len()
            {
                stock.push(group);
            }
        }
        drop(groups);
        self.stock = stock;
    }

    fn is_stock(&self, group: u32) -> bool {
        self.stock.binary_search(&group).is_ok()
    }

    /// All groups in order, each with the ranks of its articles, of which the last one has the mark.
    fn groups(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut rest = &self.postings[..];
        std::iter::from_fn(move || {
            let (group, after) = rest.split_first()?;
            let count = after.iter().take_while(|rank| **rank < LAST).count() + 1;
            let (ranks, next) = after.split_at_checked(count)?;
            rest = next;
            Some((*group, ranks))
        })
    }

    /// Those that are no stock.
    fn linking_groups(&self) -> impl Iterator<Item = &[u32]> {
        let mut stock = self.stock.iter().peekable();
        self.groups().filter(move |(group, _)| stock.next_if_eq(&group).is_none()).map(|it| it.1)
    }

    /// Pairs of ranks of articles that share at least [`LEAST_SHARED`] samples, in order.
    ///
    /// Groups are gone through one after the other, which is kind to the memory, and all pairs in them counted in a table that
    /// has many for one cell; only those of full cells are sorted and counted by themselves.
    #[allow(clippy::cast_possible_truncation, reason = "ranks are below 2^31")]
    pub(crate) fn pairs(&self) -> Vec<(u32, u32)> {
        let (parts, most) = self.parts();
        let mut counts = Counts::new((most * CELLS).next_power_of_two().max(LEAST_CELLS));
        let mut part: Vec<u64> = Vec::with_capacity(most);
        let mut pairs = Vec::new();
        for Range { start: from, end: to } in parts {
            part.clear();
            for ranks in self.linking_groups() {
                let reach = reach(ranks.len());
                let first = ranks.iter().take_while(|rank| (**rank & !LAST) < from as u32).count();
                for (at, rank) in ranks.iter().enumerate().skip(first).take_while(|it| *it.1 < to as u32) {
                    for other in ranks[at + 1..].iter().take(reach) {
                        let pair = u64::from(*rank) << 32 | u64::from(other & !LAST);
                        counts.add(pair);
                        part.push(pair);
                    }
                }
            }
            part.retain(|pair| counts.is_full(*pair));
            part.sort_unstable();
            let often = part.chunk_by(|p, q| p == q).filter(|it| it.len() >= LEAST_SHARED);
            pairs.extend(often.map(|it| ((it[0] >> 32) as u32, it[0] as u32)));
            counts.clear();
        }
        pairs
    }

    /// Ranges of the first rank of pairs, each with few enough pairs to count them at a time, and how many one has at most.
    fn parts(&self) -> (Vec<Range<usize>>, usize) {
        let width = self.order.len().div_ceil(RANGES).max(1);
        let mut made = vec![0; self.order.len().div_ceil(width)];
        for ranks in self.linking_groups() {
            let (count, reach) = (ranks.len(), reach(ranks.len()));
            for (at, rank) in ranks.iter().enumerate() {
                made[(rank & !LAST) as usize / width] += reach.min(count - at - 1);
            }
        }
        let most = (made.iter().sum::<usize>() / PAIR_PARTS).min(MOST_PAIRS);
        let (mut parts, mut from, mut pairs, mut largest) = (Vec::new(), 0, 0, 0);
        for (n, more) in made.iter().enumerate() {
            if pairs > 0 && pairs + more > most {
                parts.push(from * width..n * width);
                (from, pairs) = (n, 0);
            }
            pairs += more;
            largest = largest.max(pairs);
        }
        parts.push(from * width..self.order.len());
        (parts, largest)
    }

    /// Those of the articles `others` that share enough samples on one diagonal with article `x`.
    pub(crate) fn partners(&self, x: usize, others: impl Iterator<Item = usize>, desk: &mut Desk) -> Vec<usize> {
        desk.own.clear();
        desk.own.extend(self.groups_of(x).filter(|(g, _)| !self.is_stock(*g)));
        let places = Places::of(&desk.own, &mut desk.slots);
        let mut out = Vec::new();
        for y in others {
            desk.diagonals.clear();
            for (g, there) in self.groups_of(y) {
                if let Some(here) = places.get(g) {
                    // The diagonal, kept positive.
                    desk.diagonals.push((there.wrapping_sub(here).wrapping_add(1 << 31), here));
                }
            }
            if on_one_diagonal(&mut desk.diagonals) {
                out.push(y);
            }
        }
        out
    }

    /// How many samples two articles share, and the number of each.
    pub(crate) fn shared(&self, x: usize, y: usize, desk: &mut Desk) -> (usize, [usize; 2]) {
        desk.own.clear();
        desk.own.extend(self.groups_of(x));
        let places = Places::of(&desk.own, &mut desk.slots);
        let shared = self.groups_of(y).filter(|(g, _)| places.get(*g).is_some()).count();
        (shared, [self.samples.range(x).len(), self.samples.range(y).len()])
    }
}

/// Counts from 0 to 3, four in a byte: a table of them fits into a cache that a larger one does not fit into.
pub(crate) struct Counts {
    bytes: Vec<u8>,
    /// What a number is shifted by to have a cell for it.
    shift: u32,
}

impl Counts {
    /// `cells` counts, a power of two and at least four.
    pub(crate) fn new(cells: usize) -> Self {
        Self { bytes: vec![0; cells / 4], shift: 64 - cells.trailing_zeros() }
    }

    /// Counts `number` in its cell, which others have, too.
    pub(crate) fn add(&mut self, number: u64) {
        let (at, from) = self.cell(number);
        let of_four = &mut self.bytes[at];
        *of_four += u8::from(*of_four >> from & 3 < 3) << from;
    }

    /// Whether the cell of `number` has counted to three.
    pub(crate) fn is_full(&self, number: u64) -> bool {
        let (at, from) = self.cell(number);
        self.bytes[at] >> from & 3 == 3
    }

    fn clear(&mut self) {
        self.bytes.fill(0);
    }

    #[allow(clippy::cast_possible_truncation, reason = "cells are few")]
    fn cell(&self, number: u64) -> (usize, u32) {
        let cell = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        ((cell / 4) as usize, cell as u32 % 4 * 2)
    }
}

/// With how many of the next articles each one of a group of so many makes pairs.
fn reach(articles: usize) -> usize {
    if articles <= COMMON { articles } else { 2 }
}

/// One sample of a part.
#[derive(Clone, Copy, Default)]
struct Sample {
    key: u32,
    rank: u32,
    /// Its place among all samples.
    at: u32,
}

/// Sorts by the lower `bits` of the keys; what is equal stays in order (radix sort from the least digit: Knuth, The Art of
/// Computer Programming 3, 5.2.5).
fn sort_by_key(samples: &mut Vec<Sample>, spare: &mut Vec<Sample>, bits: u32) {
    const DIGIT: u32 = 8;
    spare.resize(samples.len(), Sample::default());
    for from in (0..bits).step_by(DIGIT as usize) {
        let digit = |it: &Sample| (it.key >> from) as usize & ((1 << DIGIT) - 1);
        let mut next = [0; 1 << DIGIT];
        samples.iter().for_each(|it| next[digit(it)] += 1);
        let mut sum = 0;
        next.iter_mut().for_each(|it| sum += std::mem::replace(it, sum));
        for it in samples.iter() {
            let next = &mut next[digit(it)];
            spare[*next] = *it;
            *next += 1;
        }
        std::mem::swap(samples, spare);
    }
}

/// A bit for each sample.
struct Bits(Vec<u64>);

impl Bits {
    fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, at: u32) {
        self.0[at as usize / 64] |= 1 << (at % 64);
    }

    fn get(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// Moves a bit down.
    fn put(&mut self, at: usize, bit: bool) {
        self.0[at / 64] = self.0[at / 64] & !(1 << (at % 64)) | u64::from(bit) << (at % 64);
    }
}

impl Samples {
    /// Drops what is not in `kept`; places stay, and `often` goes with its samples.
    #[allow(clippy::cast_possible_truncation, reason = "no more than there were")]
    fn keep(&mut self, kept: &Bits, often: &mut Bits) {
        let (mut next, mut from) = (0, 0);
        for end in &mut self.ends {
            let mut gap: u16 = 0;
            for at in from..*end as usize {
                gap = gap.saturating_add(self.gaps[at]);
                if kept.get(at) {
                    (self.keys[next], self.gaps[next]) = (self.keys[at], gap);
                    often.put(next, often.get(at));
                    next += 1;
                    gap = 0;
                }
            }
            from = *end as usize;
            *end = next as u32;
        }
        self.keys.truncate(next);
        self.gaps.truncate(next);
        often.0.truncate(next.div_ceil(64));
        self.keys.shrink_to_fit();
        self.gaps.shrink_to_fit();
    }
}

/// Whether enough shared samples lie on one band of diagonals, far enough apart.
fn on_one_diagonal(places: &mut [(u32, u32)]) -> bool {
    places.sort_unstable();
    let mut from = 0;
    for to in 0..places.len() {
        while places[to].0 - places[from].0 > BAND {
            from += 1;
        }
        let band = &places[from..=to];
        if band.len() >= LEAST_SHARED {
            let (least, most) = band.iter().fold((u32::MAX, 0), |(l, m), p| (l.min(p.1), m.max(p.1)));
            if most - least >= LEAST_REACH {
                return true;
            }
        }
    }
    false
}

/// The place of each group in one article.
struct Places<'a>(&'a [(u32, u32)]);

/// No place.
const NONE: u32 = u32::MAX;

impl<'a> Places<'a> {
    fn of(own: &[(u32, u32)], slots: &'a mut Vec<(u32, u32)>) -> Self {
        slots.clear();
        slots.resize((own.len() * 2).next_power_of_two(), (0, NONE));
        for it in own {
            let mut slot = Self::slot(it.0, slots.len());
            while slots[slot].1 != NONE {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = *it;
        }
        Self(slots)
    }

    fn get(&self, group: u32) -> Option<u32> {
        let mut slot = Self::slot(group, self.0.len());
        loop {
            match self.0[slot] {
                (_, NONE) => return None,
                (held, place) if held == group => return Some(place),
                _ => slot = (slot + 1) & (self.0.len() - 1),
            }
        }
    }

    fn slot(group: u32, size: usize) -> usize {
        (group.wrapping_mul(0x9e37_79b1) >> 7) as usize & (size - 1)
    }
}

/// Buffers for holding articles against each other.
#[derive(Default)]
pub(crate) struct Desk {
    own: Vec<(u32, u32)>,
    slots: Vec<(u32, u32)>,
    diagonals: Vec<(u32, u32)>,
}

/// The key of two neighbouring groups at a distance.
#[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
pub(crate) fn pair_key(first: u32, second: u32, distance: u32) -> u32 {
    (run_hash(&[first, second, distance]) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn samples(articles: &[Vec<u32>]) -> Samples {
        let mut it = Samples::default();
        for keys in articles {
            it.add(&Sketch { prints: (0..).step_by(3).zip(keys).map(|(place, key)| (*key, place)).collect() }, None);
        }
        it
    }

    proptest! {
        #[test]
        fn pairs_are_those_that_share_enough(articles in proptest::collection::vec(proptest::collection::vec(0u32..30, 0..9), 0..40), spread: bool) {
            // Hashes of all parts, or of one.
            let key = |k: &u32| if spread { k.wrapping_mul(0x9e37_79b1) } else { *k };
            let articles: Vec<Vec<u32>> = articles.iter().map(|it| it.iter().map(key).collect()).collect();
            #[allow(clippy::cast_possible_truncation)]
            let order: Vec<u32> = (0..articles.len() as u32).rev().collect();
            let index = Index::new(samples(&articles), order.clone());
            let mut groups: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for (rank, x) in (0..).zip(&order) {
                articles[*x as usize].iter().for_each(|key| { groups.entry(*key).or_default().insert(rank); });
            }
            groups.retain(|_, ranks| ranks.len() > 1);
            let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
            for ranks in groups.values() {
                let ranks: Vec<u32> = ranks.iter().copied().collect();
                for (n, a) in ranks.iter().enumerate() {
                    ranks[n + 1..].iter().take(reach(ranks.len())).for_each(|b| *counts.entry((*a, *b)).or_default() += 1);
                }
            }
            let want: Vec<(u32, u32)> = counts.iter().filter(|it| *it.1 >= LEAST_SHARED).map(|it| *it.0).collect();
            prop_assert_eq!(index.pairs(), want);
            for (x, keys) in articles.iter().enumerate() {
                let mut first: Vec<(u32, u32)> = Vec::new();
                for (place, key) in (0..).step_by(3).zip(keys) {
                    if groups.contains_key(key) && first.iter().all(|it| it.0 != *key) {
                        first.push((*key, place));
                    }
                }
                prop_assert_eq!(index.groups_of(x).collect::<Vec<_>>(), first.clone());
                first.retain(|it| groups[&it.0].len() >= OFTEN_COUNT);
                prop_assert_eq!(index.often_of(x).collect::<Vec<_>>(), first);
            }
        }
    }
}
