//! Which articles of two languages are worth holding against each other?
//!
//! Whole articles find each other by their weightiest keys; and since a passage may stand in an article about something else,
//! every few sentences of an article look by themselves.

use super::Told;
use super::near::is_near;
use super::profile::{Profile, counts};
use super::rows::Row as Keys;
use super::weights::Settled;
use rashomon_language::crossing::Key;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// The weightiest keys of an article, by which it is found. On NTREX (62 articles in seven languages, among 2,000 of an English
/// pool) the translation is among the first three with 64.
const KEPT: usize = 64;
/// How many of each other language are held against an article, and the least cosine.
const MOST: usize = 6;
const LEAST: f32 = 0.04;
/// Keys by which the passages of others find an article; in a large corpus only those that whole articles look for.
const KEPT_FOR_PASSAGES: usize = 256;
const LARGE: usize = 100_000;
/// A key that more than this many articles keep finds none by itself: bounds the cost.
const COMMON: usize = 4000;
/// Sentences of a passage that looks for itself, how far the next begins behind it, and its weightiest keys.
const PASSAGE: usize = 3;
const STRIDE: usize = 1;
const KEPT_OF_PASSAGE: usize = 32;
/// How many of each other language are held against a passage, and the least weight they share with it. Of three sentences of
/// NTREX articles hidden in others all find their source among two.
const MOST_FOR_PASSAGE: usize = 2;
const LEAST_FOR_PASSAGE: f32 = 6.0;

/// What an article is found by.
pub(crate) struct Row {
    article: usize,
    language: usize,
    is_english: bool,
    at: Option<i64>,
    /// The share of the whole that each of its weightiest keys makes.
    keys: Vec<(Key, f32)>,
    /// Its keys with their weights, for passages of others.
    held: Vec<(Key, f32)>,
    passages: Vec<Vec<(Key, f32)>>,
}

impl Row {
    /// `of_many` tells how many articles there are.
    pub(crate) fn of(article: usize, told: &Told, profile: &Profile, weights: &Settled, of_many: usize) -> Self {
        let Told { language, at } = *told;
        let counted = profile.counted();
        let weightiest = |mut keys: Vec<(Key, f32)>, kept: usize| {
            keys.sort_by(|p, q| q.1.total_cmp(&p.1).then(p.0.cmp(&q.0)));
            keys.truncate(kept);
            keys.sort_unstable_by_key(|it| it.0);
            keys
        };
        let keys = weightiest(Keys::of(&counted, weights).keys, KEPT);
        let weighed = |key: Key| Some((key, weights.of(key))).filter(|it| it.1 > 0.0);
        let kept = if of_many < LARGE { KEPT_FOR_PASSAGES } else { KEPT };
        let held = weightiest(counted.iter().filter_map(|it| weighed(it.0)).collect(), kept);
        let of_passage = |from: usize| {
            let sentences = &profile.sentences[from..(from + PASSAGE).min(profile.sentences.len())];
            let mut all: Vec<Key> = sentences.iter().flat_map(|it| it.1.iter().copied()).collect();
            all.sort_unstable();
            weightiest(counts(&all).iter().filter_map(|it| weighed(it.0)).collect(), KEPT_OF_PASSAGE)
        };
        // A short article is one passage; those of English articles are found by the passages of others.
        let passages = if profile.sentences.len() > PASSAGE && !language.is_english() {
            (0..=profile.sentences.len() - PASSAGE).step_by(STRIDE).map(of_passage).collect()
        } else {
            Vec::new()
        };
        Self { article, language: language.number(), is_english: language.is_english(), at, keys, held, passages }
    }

    /// The same with no keys but those that are sought: it is found as before.
    pub(crate) fn only(mut self, sought: &Sought) -> Self {
        let keep = |keys: &mut Vec<(Key, f32)>, sought: &FxHashSet<Key>| {
            keys.retain(|it| sought.contains(&it.0));
            keys.shrink_to_fit();
        };
        keep(&mut self.keys, &sought.by_whole);
        keep(&mut self.held, &sought.by_passages);
        self
    }

    /// The index of its article.
    pub(crate) fn article(&self) -> usize {
        self.article
    }
}

/// The keys by which articles and passages look for others.
pub(crate) struct Sought {
    by_whole: FxHashSet<Key>,
    by_passages: FxHashSet<Key>,
}

impl Sought {
    /// The keys by which `rows` look.
    pub(crate) fn by(rows: &[Row]) -> Self {
        let keys = |keys: &[(Key, f32)]| keys.iter().map(|it| it.0).collect::<Vec<_>>();
        Self {
            by_whole: rows.iter().flat_map(|it| keys(&it.keys)).collect(),
            by_passages: rows.iter().flat_map(|it| it.passages.iter().flat_map(|it| keys(it))).collect(),
        }
    }
}

/// Where keys are kept: by key, the number of the row and the weight there.
struct Postings(Vec<(Key, u32, f32)>);

impl Postings {
    fn of<'r>(rows: impl Iterator<Item = (u32, &'r [(Key, f32)])>) -> Self {
        let mut all: Vec<_> =
            rows.flat_map(|(n, keys)| keys.iter().map(move |(key, weight)| (*key, n, *weight))).collect();
        all.par_sort_unstable_by_key(|it| (it.0, it.1));
        Self(all)
    }

    fn with(&self, key: Key) -> impl Iterator<Item = &(Key, u32, f32)> {
        let from = self.0.partition_point(|it| it.0 < key);
        self.0[from..].iter().take_while(move |it| it.0 == key).take(COMMON)
    }
}

/// Sums by row, taken out again without going through all rows.
struct Sums {
    scores: Vec<f32>,
    touched: Vec<usize>,
}

impl Sums {
    fn of(rows: usize) -> Self {
        Self { scores: vec![0.0; rows], touched: Vec::new() }
    }

    fn add(&mut self, row: u32, score: f32) {
        let sum = &mut self.scores[row as usize];
        if *sum == 0.0 {
            self.touched.push(row as usize);
        }
        *sum += score;
    }

    /// The rows of sums of at least `least`, of each language the `most` greatest; `fits` says which count.
    fn best(&mut self, rows: &[Row], least: f32, most: usize, fits: impl Fn(&Row) -> bool) -> Vec<usize> {
        let mut near: Vec<(usize, f32)> = self
            .touched
            .drain(..)
            .map(|m| (m, std::mem::take(&mut self.scores[m])))
            .filter(|(m, score)| *score >= least && fits(&rows[*m]))
            .collect();
        near.sort_by(|p, q| rows[p.0].language.cmp(&rows[q.0].language).then(q.1.total_cmp(&p.1)).then(p.0.cmp(&q.0)));
        let of_language = near.chunk_by(|p, q| rows[p.0].language == rows[q.0].language);
        of_language.flat_map(|it| &it[..it.len().min(most)]).map(|it| it.0).collect()
    }
}

/// Pairs of articles, the smaller index first, in order.
pub(crate) fn candidates(rows: &[Row]) -> Vec<(usize, usize)> {
    let numbered = || (0u32..).zip(rows);
    let whole = Postings::of(numbered().map(|(n, it)| (n, it.keys.as_slice())));
    let held = Postings::of(numbered().map(|(n, it)| (n, it.held.as_slice())));
    // English articles are found and need not look.
    let mut pairs: Vec<(usize, usize)> = (0..rows.len())
        .into_par_iter()
        .filter(|n| !rows[*n].is_english)
        .map_init(
            || Sums::of(rows.len()),
            |sums, n| {
                let row = &rows[n];
                let other = |it: &Row| it.language != row.language && is_near(it.at, row.at);
                let mut found = Vec::new();
                for (key, weight) in &row.keys {
                    whole.with(*key).for_each(|it| sums.add(it.1, weight * it.2));
                }
                found.extend(sums.best(rows, LEAST, MOST, other));
                for passage in &row.passages {
                    for (key, weight) in passage {
                        held.with(*key).for_each(|it| sums.add(it.1, weight.min(it.2)));
                    }
                    found.extend(sums.best(rows, LEAST_FOR_PASSAGE, MOST_FOR_PASSAGE, other));
                }
                found.sort_unstable();
                found.dedup();
                let pair = |m: usize| (row.article.min(rows[m].article), row.article.max(rows[m].article));
                found.into_iter().map(pair).collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}
