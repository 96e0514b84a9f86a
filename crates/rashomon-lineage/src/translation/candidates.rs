//! Which articles of two languages are worth holding against each other?

use super::profile::Profile;
use super::rows::Row as Keys;
use super::weights::Settled;
use rashomon_language::Language;
use rashomon_language::crossing::Key;
use rayon::prelude::*;

/// The weightiest keys of an article, by which it is found. On NTREX (62 articles in seven languages, among 2,000 of an English
/// pool) the translation is among the first three with 64.
const KEPT: usize = 64;
/// How many of each other language are held against an article, and the least cosine.
const MOST: usize = 6;
const LEAST: f32 = 0.04;
/// A key that more than this many articles keep finds none by itself: bounds the cost.
const COMMON: usize = 4000;

/// What an article is found by.
pub(crate) struct Row {
    article: usize,
    language: usize,
    is_english: bool,
    keys: Vec<(Key, f32)>,
}

impl Row {
    pub(crate) fn of(article: usize, language: &Language, profile: &Profile, weights: &Settled) -> Self {
        let mut keys = Keys::of(&profile.counted(), weights).keys;
        keys.sort_by(|p, q| q.1.total_cmp(&p.1).then(p.0.cmp(&q.0)));
        keys.truncate(KEPT);
        keys.sort_unstable_by_key(|it| it.0);
        Self { article, language: language.number(), is_english: language.is_english(), keys }
    }
}

/// Pairs of articles, the smaller index first, in order.
pub(crate) fn candidates(rows: &[Row]) -> Vec<(usize, usize)> {
    let mut postings: Vec<(Key, u32, f32)> = Vec::with_capacity(rows.iter().map(|it| it.keys.len()).sum());
    for (n, row) in (0u32..).zip(rows) {
        postings.extend(row.keys.iter().map(|(key, weight)| (*key, n, *weight)));
    }
    postings.par_sort_unstable_by_key(|it| (it.0, it.1));
    let of_key = |key: Key| {
        let from = postings.partition_point(|it| it.0 < key);
        let count = postings[from..].partition_point(|it| it.0 == key);
        &postings[from..from + count]
    };
    // English articles are found and need not look.
    let mut pairs: Vec<(usize, usize)> = (0..rows.len())
        .into_par_iter()
        .filter(|n| !rows[*n].is_english)
        .map_init(
            || (vec![0.0_f32; rows.len()], Vec::new()),
            |(scores, touched), n| {
                touched.clear();
                for (key, weight) in &rows[n].keys {
                    for (_, other, there) in of_key(*key).iter().take(COMMON) {
                        let score = &mut scores[*other as usize];
                        if *score == 0.0 {
                            touched.push(*other as usize);
                        }
                        *score += weight * there;
                    }
                }
                let mut near: Vec<(usize, f32)> = touched
                    .iter()
                    .map(|m| (*m, std::mem::take(&mut scores[*m])))
                    .filter(|(m, score)| *score >= LEAST && rows[*m].language != rows[n].language)
                    .collect();
                near.sort_by(|p, q| {
                    rows[p.0].language.cmp(&rows[q.0].language).then(q.1.total_cmp(&p.1)).then(p.0.cmp(&q.0))
                });
                let best = near.chunk_by(|p, q| rows[p.0].language == rows[q.0].language);
                let best = best.flat_map(|of_language| &of_language[..of_language.len().min(MOST)]);
                best.map(|(m, _)| (rows[n].article.min(rows[*m].article), rows[n].article.max(rows[*m].article)))
                    .collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}
