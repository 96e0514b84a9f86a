//! Which articles are worth comparing: those that share rare terms within the window of time.

use crate::record::Record;
use crate::sketch::Term;
use rayon::prelude::*;
use std::cell::RefCell;
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
pub(crate) const NEIGHBOURS: usize = 24;
/// Similarity of the whole text below which two articles are not neighbours.
const LEAST_SIMILAR: f32 = 0.06;

/// An article close to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Neighbour {
    pub(crate) article: u32,
    /// Cosine of the whole texts, 0 to 1.
    pub(crate) similarity: f32,
}

/// The nearest articles of each of `records` within the window, the nearest first. `records` are in order of time.
pub(crate) fn neighbours(records: &[Record]) -> Vec<Box<[Neighbour]>> {
    let index = Index::new(records);
    let lengths: Vec<f32> = records.par_iter().map(|it| length(&it.terms)).collect();
    (0..records.len()).into_par_iter().with_min_len(64).map(|n| index.neighbours(records, &lengths, n)).collect()
}

/// For each term the articles that can be found by it, in order of time.
struct Index {
    keys: Vec<u32>,
    starts: Vec<u32>,
    articles: Vec<(u32, u8)>,
    /// Number of the first undated article, and of all.
    undated: u32,
    count: u32,
}

impl Index {
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 places, as articles are counted in 32 bits")]
    fn new(records: &[Record]) -> Self {
        let mut places: Vec<(u32, u32, u8)> = records
            .par_iter()
            .enumerate()
            .flat_map_iter(|(n, it)| weightiest(&it.terms).into_iter().map(move |t| (t.key, n as u32, t.body)))
            .collect();
        places.par_sort_unstable();
        let mut keys = Vec::new();
        let mut starts = Vec::new();
        for (n, place) in places.iter().enumerate() {
            if keys.last() != Some(&place.0) {
                keys.push(place.0);
                starts.push(n as u32);
            }
        }
        starts.push(places.len() as u32);
        Self {
            keys,
            starts,
            articles: places.into_iter().map(|(_, n, weight)| (n, weight)).collect(),
            undated: records.partition_point(|it| it.day.is_some()) as u32,
            count: records.len() as u32,
        }
    }

    /// Articles with the term `key` that lie within `reach`: those with a near date, then those without.
    fn places(&self, reach: &[Range<u32>; 2], key: u32) -> [&[(u32, u8)]; 2] {
        let Ok(it) = self.keys.binary_search(&key) else { return [&[], &[]] };
        let all = &self.articles[self.starts[it] as usize..self.starts[it + 1] as usize];
        if all.len() == 1 {
            // Found by nobody else: nothing to visit.
            return [&[], &[]];
        }
        let part = |range: &Range<u32>| {
            let from = all.partition_point(|place| place.0 < range.start);
            &all[from..from + all[from..].partition_point(|place| place.0 < range.end)]
        };
        [part(&reach[0]), if self.undated < self.count { part(&reach[1]) } else { &[] }]
    }

    /// Numbers of the articles that may be compared with `records[n]`: dated ones, undated ones.
    fn reach(&self, records: &[Record], n: usize) -> [Range<u32>; 2] {
        let Some(day) = records[n].day else { return [0..self.undated, self.undated..self.count] };
        let dated = &records[..self.undated as usize];
        let of = |it: &Record| it.day.unwrap_or(i32::MAX);
        let from = dated.partition_point(|it| of(it) < day.saturating_sub(WINDOW_DAYS));
        let to = from + dated[from..].partition_point(|it| of(it) <= day.saturating_add(WINDOW_DAYS));
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        [from as u32..to as u32, self.undated..self.count]
    }

    fn neighbours(&self, records: &[Record], lengths: &[f32], n: usize) -> Box<[Neighbour]> {
        thread_local! {
            static SCRATCH: RefCell<(Vec<u32>, Vec<u32>)> = RefCell::default();
        }
        let record = &records[n];
        let reach = self.reach(records, n);
        let mut found: Vec<(Term, [&[(u32, u8)]; 2])> = weightiest(&record.terms)
            .into_iter()
            .map(|t| (t, self.places(&reach, t.key)))
            .filter(|(_, places)| places[0].len() + places[1].len() > 1)
            .collect();
        found.sort_by_key(|(t, places)| (places[0].len() + places[1].len(), t.key));
        SCRATCH.with_borrow_mut(|(sums, touched)| {
            sums.resize(sums.len().max(records.len()), 0);
            let mut visits = 0;
            for (term, places) in found {
                visits += places[0].len() + places[1].len();
                if visits > VISITS && !touched.is_empty() {
                    break;
                }
                for (other, weight) in places.into_iter().flatten() {
                    let sum = &mut sums[*other as usize];
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
                    let sum = std::mem::take(&mut sums[other as usize]) as f32;
                    ((sum / lengths[other as usize].max(1.0)).to_bits(), other)
                })
                .filter(|(_, other)| *other as usize != n)
                .collect();
            let rank = |it: &(u32, u32)| (std::cmp::Reverse(it.0), it.1);
            if best.len() > COMPARED {
                best.select_nth_unstable_by_key(COMPARED - 1, rank);
                best.truncate(COMPARED);
            }
            let mut near: Vec<Neighbour> = best
                .into_iter()
                .map(|(_, other)| {
                    let product = product(&record.terms, &records[other as usize].terms);
                    let similarity = product / (lengths[n] * lengths[other as usize]).max(1.0);
                    Neighbour { article: other, similarity }
                })
                .filter(|it| it.similarity >= LEAST_SIMILAR)
                .collect();
            near.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then(x.article.cmp(&y.article)));
            near.truncate(NEIGHBOURS);
            near.into_boxed_slice()
        })
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

#[allow(clippy::cast_precision_loss, reason = "at most 96 products of bytes")]
fn product(a: &[Term], b: &[Term]) -> f32 {
    let (mut m, mut n, mut sum) = (0, 0, 0_u32);
    while let (Some(x), Some(y)) = (a.get(m), b.get(n)) {
        if x.key == y.key {
            sum += u32::from(x.body) * u32::from(y.body);
        }
        m += usize::from(x.key <= y.key);
        n += usize::from(y.key <= x.key);
    }
    sum as f32
}
