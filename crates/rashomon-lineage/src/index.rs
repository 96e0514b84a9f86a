//! Which articles of a corpus have samples in common, and on one diagonal?
//!
//! An inverted index over the samples of all articles, made in place of them: ten bytes for a sample that several articles
//! have, none for one that only one has.

use crate::sketch::{Seen, Sketch, run_hash};
use rayon::prelude::*;
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

    /// The hashes of article `x`'s samples.
    pub(crate) fn keys(&self, x: usize) -> &[u32] {
        &self.keys[self.range(x)]
    }

    fn range(&self, x: usize) -> Range<usize> {
        let from = x.checked_sub(1).map_or(0, |before| self.ends[before]);
        from as usize..self.ends[x] as usize
    }
}

/// The samples that more than one article has, as lists of articles.
pub(crate) struct Index {
    /// Articles in order of rank.
    pub(crate) order: Vec<u32>,
    /// For each article its samples in order of place: the group of each instead of its hash.
    samples: Samples,
    /// For each group, which is named by its place here, the number of its articles, then their ranks in order.
    postings: Vec<u32>,
}

/// No group.
const NONE: u32 = u32::MAX;
/// Marks in the name of a group in an article's samples: the article is the last of it, and the group has at least
/// [`OFTEN_COUNT`] articles. They save looks into `postings`, which wait for memory.
const LAST: u32 = 1 << 31;
const OFTEN: u32 = 1 << 30;
const NAME: u32 = OFTEN - 1;
/// The least number of articles that counts as often.
pub(crate) const OFTEN_COUNT: usize = 3;
/// Marks a group that stands mostly in stock passages, in the number of its articles.
const STOCK: u32 = 1 << 31;

/// Samples that are sorted at a time, at least, and the most parts that all are sorted in.
const PART: usize = 1 << 20;
const PARTS: usize = 16;

/// A sample in more articles than this links only neighbours in order of rank: a family of reprints stays linked, and the
/// cost stays linear.
const COMMON: usize = 24;
/// Samples that two articles must share on one diagonal band to be aligned.
const LEAST_SHARED: usize = 3;
/// Width of the band in words, and the distance over which the samples must lie.
const BAND: u32 = 24;
const LEAST_REACH: u32 = 8;

impl Index {
    /// The index of `samples`; `order` lists the articles by rank.
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^30 samples fit into memory; halves of 64 bits")]
    pub(crate) fn new(mut samples: Samples, order: Vec<u32>) -> Self {
        let total = samples.keys.len();
        let parts = total.div_ceil(PART).clamp(1, PARTS).next_power_of_two() as u64;
        let mut done = vec![0_u64; total.div_ceil(64)];
        let mut postings: Vec<u32> = Vec::new();
        // Hash above, place in `owners` below; those are in order of rank, so sorting keeps equal samples in order of rank.
        let mut sorted: Vec<u64> = Vec::new();
        let mut owners: Vec<(u32, u32)> = Vec::new();
        for part in 0..parts {
            sorted.clear();
            owners.clear();
            for (rank, x) in (0u32..).zip(&order) {
                for at in samples.range(*x as usize) {
                    let key = samples.keys[at];
                    if (u64::from(key) * parts) >> 32 == part && done[at / 64] >> (at % 64) & 1 == 0 {
                        sorted.push(u64::from(key) << 32 | owners.len() as u64);
                        owners.push((rank, at as u32));
                    }
                }
            }
            sorted.par_sort_unstable();
            for equal in sorted.chunk_by(|p, q| p >> 32 == q >> 32) {
                let group = postings.len();
                postings.push(0);
                for it in equal {
                    let (rank, at) = owners[*it as u32 as usize];
                    done[at as usize / 64] |= 1 << (at % 64);
                    // An article that repeats itself counts once, with its first place.
                    if postings.len() == group + 1 || postings.last() != Some(&rank) {
                        postings.push(rank);
                    }
                }
                let count = postings.len() - group - 1;
                let last = postings[group + count];
                let often = if count >= OFTEN_COUNT { OFTEN } else { 0 };
                let mut before = None;
                for it in equal {
                    let (rank, at) = owners[*it as u32 as usize];
                    let counts = count > 1 && before != Some(rank);
                    let end = if rank == last { LAST } else { 0 };
                    samples.keys[at as usize] = if counts { group as u32 | often | end } else { NONE };
                    before = Some(rank);
                }
                if count > 1 {
                    postings[group] = count as u32;
                } else {
                    postings.truncate(group);
                }
            }
        }
        samples.keep_groups();
        Self { order, samples, postings }
    }

    /// The samples of article `x` that other articles have, in order of place: group and place.
    pub(crate) fn groups_of(&self, x: usize) -> impl Iterator<Item = (u32, u32)> {
        self.marked_groups_of(x).map(|(g, place)| (g & NAME, place))
    }

    /// Those that at least [`OFTEN_COUNT`] articles have.
    pub(crate) fn often_of(&self, x: usize) -> impl Iterator<Item = (u32, u32)> {
        self.marked_groups_of(x).filter(|(g, _)| g & OFTEN != 0).map(|(g, place)| (g & NAME, place))
    }

    fn marked_groups_of(&self, x: usize) -> impl Iterator<Item = (u32, u32)> {
        let mut place = 0;
        self.samples.range(x).map(move |at| {
            place += u32::from(self.samples.gaps[at]);
            (self.samples.keys[at], place)
        })
    }

    /// Number of samples that the index holds.
    pub(crate) fn samples(&self) -> usize {
        self.samples.keys.len()
    }

    /// Number of articles of a group.
    pub(crate) fn count(&self, group: u32) -> usize {
        (self.postings[group as usize] & !STOCK) as usize
    }

    /// From now on the group makes no candidates.
    pub(crate) fn set_stock(&mut self, group: u32) {
        self.postings[group as usize] |= STOCK;
    }

    fn is_stock(&self, group: u32) -> bool {
        self.postings[group as usize] & STOCK != 0
    }

    fn group(&self, group: u32) -> &[u32] {
        let from = group as usize + 1;
        &self.postings[from..from + self.count(group)]
    }

    /// The articles of higher rank that share enough samples on one diagonal with the article of `rank`, in order of rank.
    #[allow(clippy::cast_possible_truncation, reason = "ranks are below 2^32")]
    pub(crate) fn partners(&self, rank: usize, tally: &mut Tally) -> Vec<usize> {
        tally.clear(self.order.len());
        let x = self.order[rank] as usize;
        for marked in &self.samples.keys[self.samples.range(x)] {
            let g = marked & NAME;
            if marked & LAST != 0 || self.is_stock(g) {
                continue;
            }
            let group = self.group(g);
            let at = group.partition_point(|r| *r <= rank as u32);
            let most = if group.len() <= COMMON { group.len() } else { (at + 2).min(group.len()) };
            group[at..most].iter().for_each(|other| tally.count(*other));
        }
        tally.keep();
        if tally.kept.is_empty() {
            return Vec::new();
        }
        tally.own.clear();
        tally.own.extend(self.groups_of(x).filter(|(g, _)| !self.is_stock(*g)));
        let places = Places::of(&tally.own, &mut tally.slots);
        let mut out = Vec::new();
        for other in &tally.kept {
            let y = self.order[*other as usize] as usize;
            tally.diagonals.clear();
            for (g, there) in self.groups_of(y) {
                if let Some(here) = places.get(g) {
                    // The diagonal, kept positive.
                    tally.diagonals.push((there.wrapping_sub(here).wrapping_add(1 << 31), here));
                }
            }
            if on_one_diagonal(&mut tally.diagonals) {
                out.push(y);
            }
        }
        out
    }

    /// How many samples two articles share, and the number of each.
    pub(crate) fn shared(&self, x: usize, y: usize, tally: &mut Tally) -> (usize, [usize; 2]) {
        tally.own.clear();
        tally.own.extend(self.groups_of(x));
        let places = Places::of(&tally.own, &mut tally.slots);
        let shared = self.groups_of(y).filter(|(g, _)| places.get(*g).is_some()).count();
        (shared, [self.samples.range(x).len(), self.samples.range(y).len()])
    }
}

impl Samples {
    /// Drops what belongs to no group; places stay.
    #[allow(clippy::cast_possible_truncation, reason = "no more than there were")]
    fn keep_groups(&mut self) {
        let (mut kept, mut from) = (0, 0);
        for end in &mut self.ends {
            let mut gap: u16 = 0;
            for at in from..*end as usize {
                gap = gap.saturating_add(self.gaps[at]);
                if self.keys[at] != NONE {
                    (self.keys[kept], self.gaps[kept]) = (self.keys[at], gap);
                    kept += 1;
                    gap = 0;
                }
            }
            from = *end as usize;
            *end = kept as u32;
        }
        self.keys.truncate(kept);
        self.gaps.truncate(kept);
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

impl<'a> Places<'a> {
    fn of(own: &[(u32, u32)], slots: &'a mut Vec<(u32, u32)>) -> Self {
        slots.clear();
        slots.resize((own.len() * 2).next_power_of_two(), (NONE, 0));
        for it in own {
            let mut slot = Self::slot(it.0, slots.len());
            while slots[slot].0 != NONE {
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
                (NONE, _) => return None,
                (held, place) if held == group => return Some(place),
                _ => slot = (slot + 1) & (self.0.len() - 1),
            }
        }
    }

    fn slot(group: u32, size: usize) -> usize {
        (group.wrapping_mul(0x9e37_79b1) >> 7) as usize & (size - 1)
    }
}

/// Counts of shared samples for one article against all others, and buffers.
#[derive(Default)]
pub(crate) struct Tally {
    counts: Vec<u16>,
    seen: Vec<u32>,
    kept: Vec<u32>,
    own: Vec<(u32, u32)>,
    slots: Vec<(u32, u32)>,
    diagonals: Vec<(u32, u32)>,
}

impl Tally {
    fn clear(&mut self, articles: usize) {
        self.counts.resize(articles, 0);
        for it in self.seen.drain(..) {
            self.counts[it as usize] = 0;
        }
    }

    fn count(&mut self, other: u32) {
        let count = &mut self.counts[other as usize];
        if *count == 0 {
            self.seen.push(other);
        }
        *count = count.saturating_add(1);
    }

    fn keep(&mut self) {
        self.kept.clear();
        self.kept.extend(self.seen.iter().filter(|it| self.counts[**it as usize] as usize >= LEAST_SHARED));
        self.kept.sort_unstable();
    }
}

/// The key of two neighbouring groups at a distance.
#[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
pub(crate) fn pair_key(first: u32, second: u32, distance: u32) -> u32 {
    (run_hash(&[first, second, distance]) >> 32) as u32
}
