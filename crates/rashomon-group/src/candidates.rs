//! Which articles are worth comparing: those that share rare terms within the window of time.

use crate::faults::Faults;
use crate::record::Record;
use crate::sketch::Term;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::ops::Range;

/// Days between two articles from which they are not compared, however alike.
///
/// Reports of one event come within days; reports of its next turn, its anniversary or its trial come later and are other
/// events.
pub(crate) const WINDOW_DAYS: i32 = 10;
/// Weightiest terms of an article by which it can be found.
const INDEXED_TERMS: usize = 36;
/// Places in the index looked at for one article, the rarest terms first: what keeps the cost of an article constant.
const VISITS: usize = 4000;
/// Articles compared in full with one article.
const COMPARED: usize = 48;
/// Neighbours kept of an article.
const NEIGHBOURS: usize = 24;
/// Similarity of the whole text below which two articles are not neighbours.
const LEAST_SIMILAR: f32 = 0.06;
/// Articles that are looked for with one index, at least.
const BLOCK: usize = 8192;

/// The articles closest to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Near {
    /// The nearest first: of a dated article the dated ones within the window, of an undated one any.
    pub(crate) articles: Box<[u32]>,
    /// Cosine of the whole texts of it and the first of them, 0 to 1.
    pub(crate) similarity: f32,
    /// Whether even its rarest term stands in more articles than are looked at.
    pub(crate) crowded: bool,
}

impl Near {
    /// Of an article that a fault of the program kept from being looked for. It is kept so between runs, until it is looked
    /// for again.
    fn lost() -> Self {
        Self { similarity: -1.0, ..Self::default() }
    }

    /// Whether the article is compared with nobody, as it could not be looked for.
    pub(crate) fn is_lost(&self) -> bool {
        self.similarity < 0.0
    }
}

/// The nearest articles of all records, which are in order of time, the undated last.
pub(crate) fn nearest(records: &[Record], faults: &Faults<'_>) -> Vec<Near> {
    let all: Vec<u32> = (0..count(records)).collect();
    let (days, others) = all.split_at(dated(records) as usize);
    // One after the other: an index of everything is large.
    let mut found = look(records, days, None, faults);
    found.extend(look(records, others, everything(records).as_ref(), faults));
    found
}

/// The nearest articles of those of `wanted`, in order; nothing for all others. All records are dated.
pub(crate) fn nearest_of(records: &[Record], wanted: &[u32], faults: &Faults<'_>) -> Vec<Near> {
    let mut near = vec![Near::default(); records.len()];
    for (n, it) in wanted.iter().zip(look(records, wanted, None, faults)) {
        near[*n as usize] = it;
    }
    near
}

/// What the articles are near to whose nearest may be others now that those that are `fresh` have come, and the fresh ones:
/// all that share with one of them a term they are found by, and may see it. `near` is what the others were near to before.
///
/// A term that stands in more articles than are looked at for one article is not what an undated article is found by,
/// unless it has no other.
pub(crate) fn nearest_again(
    records: &[Record],
    near: &[Near],
    fresh: &[bool],
    faults: &Faults<'_>,
) -> Vec<(u32, Near)> {
    let new: Vec<u32> = (0..count(records)).filter(|n| fresh[*n as usize]).collect();
    if new.is_empty() {
        return Vec::new();
    }
    let dated = dated(records);
    let mut touched = fresh.to_vec();
    for (block, stretch) in stretches(records, &new[..new.partition_point(|n| *n < dated)]) {
        let index = Index::new(records, stretch);
        for n in block {
            let reach = window(records, *n, dated);
            for term in weightiest(&records[*n as usize].terms) {
                index.places(&reach, term.key).0.iter().for_each(|m| touched[*m as usize] = true);
            }
        }
    }
    let all = everything(records);
    if let Some(all) = &all {
        for n in new {
            for term in weightiest(&records[n as usize].terms) {
                let places = all.places(&(0..count(records)), term.key).0;
                for m in places.iter().rev().take_while(|m| **m >= dated) {
                    touched[*m as usize] |= places.len() <= VISITS || near[*m as usize].crowded;
                }
            }
        }
    }
    let wanted: Vec<u32> = (0..count(records)).filter(|n| touched[*n as usize]).collect();
    let found = look(records, &wanted, all.as_ref(), faults);
    wanted.into_iter().zip(found).collect()
}

/// The nearest articles of each of `wanted`, which are in order; `all` is an index of all records if one of them is undated.
///
/// What a dated article finds depends only on the articles within its window, so only a stretch of the records is indexed
/// at a time; undated ones look at all.
fn look(records: &[Record], wanted: &[u32], all: Option<&Index>, faults: &Faults<'_>) -> Vec<Near> {
    let dated = dated(records);
    let (days, others) = wanted.split_at(wanted.partition_point(|n| *n < dated));
    let mut found: Vec<Near> = stretches(records, days)
        .into_par_iter()
        .flat_map_iter(|(block, stretch)| {
            let index = Index::new(records, stretch);
            let look = |n: &u32| index.nearest(records, *n, &window(records, *n, dated));
            let near = |n: &u32| faults.alone(records, *n, || look(n)).unwrap_or_else(Near::lost);
            block.par_iter().with_min_len(64).map(near).collect::<Vec<_>>()
        })
        .collect();
    if let Some(all) = all {
        let look = |n: &u32| all.nearest(records, *n, &(0..count(records)));
        let near = |n: &u32| faults.alone(records, *n, || look(n)).unwrap_or_else(Near::lost);
        found.par_extend(others.par_iter().with_min_len(64).map(near));
    }
    found
}

/// An index of all records, if there are undated ones, which need it.
fn everything(records: &[Record]) -> Option<Index> {
    (dated(records) < count(records)).then(|| Index::new(records, 0..count(records)))
}

#[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
fn count(records: &[Record]) -> u32 {
    records.len() as u32
}

/// Number of dated articles, which stand first.
#[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
fn dated(records: &[Record]) -> u32 {
    records.partition_point(|it| it.day.is_some()) as u32
}

/// The dated articles within the window of the dated article `n`.
fn window(records: &[Record], n: u32, dated: u32) -> Range<u32> {
    let day = day(records, n);
    reach(records, day.saturating_sub(WINDOW_DAYS), day.saturating_add(WINDOW_DAYS), dated)
}

fn day(records: &[Record], n: u32) -> i32 {
    records[n as usize].day.unwrap_or(i32::MAX)
}

/// The dated articles of the days from `first` to `last`.
#[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
fn reach(records: &[Record], first: i32, last: i32, dated: u32) -> Range<u32> {
    let dated = &records[..dated as usize];
    let of = |it: &Record| it.day.unwrap_or(i32::MAX);
    let from = dated.partition_point(|it| of(it) < first);
    from as u32..(from + dated[from..].partition_point(|it| of(it) <= last)) as u32
}

/// `wanted`, which are dated, in blocks, each with the stretch of records that the windows of its articles cover. A block
/// is at least as long as what its windows add to it, so that no record is indexed many times.
fn stretches<'a>(records: &[Record], mut wanted: &'a [u32]) -> Vec<(&'a [u32], Range<u32>)> {
    let dated = dated(records);
    let mut out = Vec::new();
    while let Some(first) = wanted.first() {
        let mut length = BLOCK.min(wanted.len());
        loop {
            let last = wanted[length - 1];
            let from = day(records, *first).saturating_sub(WINDOW_DAYS);
            let stretch = reach(records, from, day(records, last).saturating_add(WINDOW_DAYS), dated);
            if length == wanted.len() || stretch.len() <= 2 * (last - first) as usize {
                let (block, rest) = wanted.split_at(length);
                out.push((block, stretch));
                wanted = rest;
                break;
            }
            length = (2 * length).min(wanted.len());
        }
    }
    out
}

/// For each term the articles of a stretch that can be found by it, in order of time.
struct Index {
    terms: FxHashMap<u32, u32>,
    starts: Vec<u32>,
    articles: Vec<u32>,
    weights: Vec<u8>,
    /// Lengths of the vectors of the articles, from `first` on.
    lengths: Vec<f32>,
    first: u32,
}

impl Index {
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 places, as articles are counted in 32 bits")]
    fn new(records: &[Record], stretch: Range<u32>) -> Self {
        let part = &records[stretch.start as usize..stretch.end as usize];
        let lengths = part.par_iter().with_min_len(256).map(|it| length(&it.terms)).collect();
        let mut terms: FxHashMap<u32, u32> = FxHashMap::default();
        let mut counts: Vec<u32> = Vec::new();
        // Of each place in turn the number of its term and its weight; of each article how many there are.
        let mut numbers: Vec<u32> = Vec::with_capacity(part.len() * INDEXED_TERMS);
        let mut bodies: Vec<u8> = Vec::with_capacity(part.len() * INDEXED_TERMS);
        let mut lasting: Vec<u8> = Vec::with_capacity(part.len());
        for some in part.chunks(BLOCK) {
            let found: Vec<Vec<Term>> = some.par_iter().with_min_len(256).map(|it| weightiest(&it.terms)).collect();
            lasting.extend(found.iter().map(|it| it.len() as u8));
            for term in found.iter().flatten() {
                let number = *terms.entry(term.key).or_insert(counts.len() as u32);
                if number as usize == counts.len() {
                    counts.push(0);
                }
                counts[number as usize] += 1;
                numbers.push(number);
                bodies.push(term.body);
            }
        }
        let mut starts = Vec::with_capacity(counts.len() + 1);
        starts.push(0);
        for count in &counts {
            starts.push(starts[starts.len() - 1] + count);
        }
        let mut ends = counts;
        ends.copy_from_slice(&starts[..starts.len() - 1]);
        let mut articles = vec![0; numbers.len()];
        let mut weights = vec![0; numbers.len()];
        let places = (stretch.start..).zip(&lasting).flat_map(|(n, count)| std::iter::repeat_n(n, usize::from(*count)));
        for ((n, number), body) in places.zip(numbers).zip(bodies) {
            let end = &mut ends[number as usize];
            articles[*end as usize] = n;
            weights[*end as usize] = body;
            *end += 1;
        }
        Self { terms, starts, articles, weights, lengths, first: stretch.start }
    }

    /// Articles with the term `key` within `reach`, with its weight in each.
    fn places(&self, reach: &Range<u32>, key: u32) -> (&[u32], &[u8]) {
        let Some(number) = self.terms.get(&key) else { return (&[], &[]) };
        let [start, end] = [0, 1].map(|n| self.starts[*number as usize + n] as usize);
        let all = &self.articles[start..end];
        let from = all.partition_point(|n| *n < reach.start);
        let to = if all.last().is_some_and(|n| *n >= reach.end) {
            from + all[from..].partition_point(|n| *n < reach.end)
        } else {
            all.len()
        };
        (&all[from..to], &self.weights[start + from..start + to])
    }

    fn length(&self, n: u32) -> f32 {
        self.lengths[(n - self.first) as usize]
    }

    fn nearest(&self, records: &[Record], n: u32, reach: &Range<u32>) -> Near {
        thread_local! {
            static SCRATCH: Cell<Option<(Vec<u32>, Vec<u32>, Probe)>> = const { Cell::new(None) };
        }
        // Taken out while it is used: what a fault leaves half done is never used again.
        let (mut sums, mut touched, mut probe) = SCRATCH.take().unwrap_or_default();
        let record = &records[n as usize];
        // A term that only this article has leads to nobody.
        let mut found: Vec<(Term, (&[u32], &[u8]))> = weightiest(&record.terms)
            .into_iter()
            .map(|t| (t, self.places(reach, t.key)))
            .filter(|(_, places)| places.0.len() > 1)
            .collect();
        found.sort_unstable_by_key(|(t, places)| (places.0.len(), t.key));
        let crowded = found.first().is_some_and(|(_, places)| places.0.len() > VISITS);
        sums.resize(sums.len().max(self.lengths.len()), 0);
        let mut visits = 0;
        for (term, places) in found {
            visits += places.0.len();
            if visits > VISITS && !touched.is_empty() {
                break;
            }
            for (other, weight) in places.0.iter().zip(places.1) {
                let sum = &mut sums[(other - self.first) as usize];
                if *sum == 0 {
                    touched.push(*other);
                }
                *sum += u32::from(term.body) * u32::from(*weight);
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "only an order")]
        let mut best: Vec<(u32, u32)> = touched
            .drain(..)
            .map(|other| {
                let sum = std::mem::take(&mut sums[(other - self.first) as usize]) as f32;
                ((sum / self.length(other).max(1.0)).to_bits(), other)
            })
            .filter(|(_, other)| *other != n)
            .collect();
        let rank = |it: &(u32, u32)| (std::cmp::Reverse(it.0), it.1);
        if best.len() > COMPARED {
            best.select_nth_unstable_by_key(COMPARED - 1, rank);
            best.truncate(COMPARED);
        }
        probe.fill(&record.terms);
        let mut near: Vec<(f32, u32)> = best
            .into_iter()
            .map(|(_, other)| {
                let product = probe.product(&records[other as usize].terms);
                (product / (self.length(n) * self.length(other)).max(1.0), other)
            })
            .filter(|it| it.0 >= LEAST_SIMILAR)
            .collect();
        probe.clear(&record.terms);
        near.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        near.truncate(NEIGHBOURS);
        SCRATCH.set(Some((sums, touched, probe)));
        Near {
            similarity: near.first().map_or(0.0, |it| it.0),
            articles: near.into_iter().map(|it| it.1).collect(),
            crowded,
        }
    }
}

/// The terms of one article, laid out so that each term of another is found in one step: by the low bits of its key.
///
/// Terms that find their place taken stand in a list.
struct Probe {
    slots: Box<[(u32, u32); Self::SLOTS]>,
    /// Terms whose place was taken.
    others: Vec<(u32, u32)>,
}

impl Default for Probe {
    fn default() -> Self {
        Self { slots: Box::new([(0, 0); Self::SLOTS]), others: Vec::new() }
    }
}

impl Probe {
    const SLOTS: usize = 1024;

    fn slot(key: u32) -> usize {
        key as usize % Self::SLOTS
    }

    fn fill(&mut self, terms: &[Term]) {
        for term in terms.iter().filter(|t| t.body > 0) {
            let slot = &mut self.slots[Self::slot(term.key)];
            if slot.1 == 0 {
                *slot = (term.key, term.body.into());
            } else {
                self.others.push((term.key, term.body.into()));
            }
        }
    }

    fn clear(&mut self, terms: &[Term]) {
        terms.iter().for_each(|term| self.slots[Self::slot(term.key)] = (0, 0));
        self.others.clear();
    }

    /// The product of the two vectors.
    #[allow(clippy::cast_precision_loss, reason = "at most 96 products of bytes")]
    fn product(&self, terms: &[Term]) -> f32 {
        let mut sum = 0_u32;
        for term in terms {
            let (key, weight) = self.slots[Self::slot(term.key)];
            sum += if key == term.key { weight * u32::from(term.body) } else { 0 };
        }
        for (key, weight) in &self.others {
            let found = terms.binary_search_by_key(key, |t| t.key);
            sum += found.map_or(0, |n| weight * u32::from(terms[n].body));
        }
        sum as f32
    }
}

fn weightiest(terms: &[Term]) -> Vec<Term> {
    let mut it: Vec<Term> = terms.iter().copied().filter(|t| t.body > 0).collect();
    if it.len() > INDEXED_TERMS {
        it.select_nth_unstable_by_key(INDEXED_TERMS - 1, |t| {
            (std::cmp::Reverse(u16::from(t.body) + u16::from(t.lead) / 2), t.key)
        });
        it.truncate(INDEXED_TERMS);
    }
    it
}

#[allow(clippy::cast_precision_loss, reason = "at most 96 squares of bytes")]
fn length(terms: &[Term]) -> f32 {
    (terms.iter().map(|t| u32::from(t.body) * u32::from(t.body)).sum::<u32>() as f32).sqrt()
}
