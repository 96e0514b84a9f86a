//! What a pair of sentences shares as strings of words and letters, without regard to meaning.
//!
//! The measures are those of machine translation and of plagiarism search, which tell paraphrases nearly as well as
//! measures of meaning do and err elsewhere: n-gram precision and recall (BLEU, Papineni et al. 2002), chunks of the best
//! tiling (METEOR, Banerjee & Lavie 2005; Wise 1993), edit distance (TER, Snover et al. 2006), letter n-grams (chrF,
//! Popović 2015), skip-bigrams (ROUGE-S, Lin 2004); used together for paraphrase by Madnani, Tetreault & Chodorow 2012.
//! Runs of words that only one side has are counted besides: what is inserted says more, what is replaced says it
//! otherwise.

use super::base_form;
use super::lexicon::lexicon;
use crate::aligned::aligned;
use rashomon_annotate::Annotated;
use rashomon_model::math;
use rustc_hash::{FxHashMap, FxHashSet};
use similar::DiffOp;

/// Names of the features, in order.
pub(crate) const NAMES: [&str; 47] = [
    "words-least",
    "words-harmonic",
    "pairs-least",
    "pairs-harmonic",
    "triples-least",
    "triples-harmonic",
    "fours-least",
    "fours-harmonic",
    "content-least",
    "content-harmonic",
    "content-pairs-least",
    "content-pairs-harmonic",
    "sequence-longer",
    "sequence-shorter",
    "edits",
    "covered-shorter",
    "chunks",
    "edits-moved",
    "skips",
    "letters-2-least",
    "letters-2-harmonic",
    "letters-3-least",
    "letters-3-harmonic",
    "letters-5-least",
    "letters-5-harmonic",
    "letters-6-least",
    "letters-6-harmonic",
    "longer-by",
    "longer-log",
    "unmatched-least",
    "unmatched-most",
    "unmatched-sum",
    "numbers-both",
    "numbers-one",
    "same-last",
    "inserted-most",
    "inserted-share",
    "inserted-sum",
    "replaced-sum",
    "replaced-most",
    "run-most",
    "run-least",
    "front-most",
    "front-least",
    "back-most",
    "back-least",
    "gaps",
];

/// Place of `words-least` among [`NAMES`].
pub(super) const SHARED: usize = 0;
/// Place of `inserted-most` among [`NAMES`].
pub(super) const INSERTED: usize = 35;

/// Place of `back-most` among [`NAMES`].
pub(super) const TRAILING: usize = 44;

/// Words of a sentence beyond these are not looked at.
const MOST_WORDS: usize = 80;

/// The features of a pair, the same in both orders.
#[allow(clippy::cast_precision_loss, reason = "counts of words and letters")]
pub(super) fn features(a: &Annotated, b: &Annotated) -> [f32; NAMES.len()] {
    let (a, b) = if a.article.text <= b.article.text { (a, b) } else { (b, a) };
    let mut ids = FxHashMap::default();
    let (x, y) = (Words::of(a, &mut ids), Words::of(b, &mut ids));
    let (p, q) = (x.all.as_slice(), y.all.as_slice());
    let (s, t) = (x.content(), y.content());
    let (short, long) = (p.len().min(q.len()).max(1) as f32, p.len().max(q.len()).max(1) as f32);
    let mut out = Vec::with_capacity(NAMES.len());
    for n in 1..=4 {
        out.extend(least_and_harmonic(p, q, n));
    }
    for n in 1..=2 {
        out.extend(least_and_harmonic(&s, &t, n));
    }
    let sequence = common_sequence(p, q) as f32;
    out.extend([sequence / long, sequence / short, 1.0 - edits(p, q) as f32 / long]);
    let (covered, chunks) = tiles(p, q);
    let (covered, chunks) = (covered as f32, chunks as f32);
    out.extend([covered / short, chunks / covered.max(1.0), 1.0 - (long - covered + 0.5 * chunks) / long]);
    out.push(dice(&skips(&s), &skips(&t)));
    let (letters_a, letters_b) = (letters(a), letters(b));
    for n in [2, 3, 5, 6] {
        out.extend(least_and_harmonic(&letters_a, &letters_b, n));
    }
    out.extend([(long - short) / 10.0, math::ln(long)]);
    let (only_s, only_t) = (missing(&s, &t) as f32, missing(&t, &s) as f32);
    out.extend([only_s.min(only_t) / 5.0, only_s.max(only_t) / 5.0, (only_s + only_t) / 10.0]);
    let (only_p, only_q) = (missing(&x.numbers, &y.numbers) as f32, missing(&y.numbers, &x.numbers) as f32);
    out.extend([only_p.min(only_q).min(3.0), only_p.max(only_q).min(3.0)]);
    out.push(f32::from(p.last().is_some() && p.last() == q.last()));
    out.extend(gaps(&x, &y, long));
    let mut it = [0.0; NAMES.len()];
    it.iter_mut().zip(out).for_each(|(slot, v)| *slot = v);
    it
}

/// The words of a sentence in their base forms, as numbers.
struct Words {
    all: Vec<u64>,
    grammar: Vec<bool>,
    numbers: Vec<u64>,
}

impl Words {
    fn of(it: &Annotated, ids: &mut FxHashMap<String, u64>) -> Self {
        let mut out = Self { all: Vec::new(), grammar: Vec::new(), numbers: Vec::new() };
        for token in &it.tokens {
            let lower = it.text(token.span).to_lowercase().replace('’', "'");
            for word in lower.split(['-', '–', '/']) {
                if !word.contains(|c: char| c.is_alphanumeric() || matches!(c, '$' | '%'))
                    || out.all.len() == MOST_WORDS
                {
                    continue;
                }
                let base = base_form(word);
                let next = ids.len() as u64;
                let id = *ids.entry(base.to_owned()).or_insert(next);
                out.all.push(id);
                out.grammar.push(lexicon().is_function(word) || lexicon().is_function(base));
                if word.starts_with(|c: char| c.is_ascii_digit()) {
                    out.numbers.push(id);
                }
            }
        }
        out
    }

    fn content(&self) -> Vec<u64> {
        self.all.iter().zip(&self.grammar).filter(|(_, g)| !**g).map(|(w, _)| *w).collect()
    }
}

fn letters(it: &Annotated) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::new();
    for c in it.article.text.chars().take(1000).flat_map(char::to_lowercase) {
        let c = if c.is_alphanumeric() { c } else { ' ' };
        if c != ' ' || out.last() != Some(&u64::from(' ')) {
            out.push(u64::from(c));
        }
    }
    out
}

/// Share of the n-grams of each side that the other has, as often: the lesser of the two and their harmonic mean.
#[allow(clippy::cast_precision_loss, reason = "counts of words and letters")]
fn least_and_harmonic(a: &[u64], b: &[u64], n: usize) -> [f32; 2] {
    let (mut x, mut y): (Vec<&[u64]>, Vec<&[u64]>) = (a.windows(n).collect(), b.windows(n).collect());
    x.sort_unstable();
    y.sort_unstable();
    let hit = common(&x, &y) as f32;
    let (p, q) = (hit / x.len().max(1) as f32, hit / y.len().max(1) as f32);
    [p.min(q), if p + q > 0.0 { 2.0 * p * q / (p + q) } else { 0.0 }]
}

/// Number of items in both of two sorted lists.
pub(crate) fn common<T: Ord>(x: &[T], y: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// How many words of `a` the other side lacks.
fn missing(a: &[u64], b: &[u64]) -> usize {
    let (mut x, mut y) = (a.to_vec(), b.to_vec());
    x.sort_unstable();
    y.sort_unstable();
    x.len() - common(&x, &y)
}

/// Length of the longest common subsequence.
fn common_sequence(a: &[u64], b: &[u64]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let here = if x == y { diagonal + 1 } else { row[j].max(row[j + 1]) };
            diagonal = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row[b.len()]
}

/// Fewest words to insert, drop or replace.
fn edits(a: &[u64], b: &[u64]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let here = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], here);
        }
    }
    row[b.len()]
}

/// Greedy tiling of both sides by their longest common runs: words covered, number of runs.
fn tiles(a: &[u64], b: &[u64]) -> (usize, usize) {
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut covered, mut runs) = (0, 0);
    loop {
        let mut best = (0, 0, 0);
        // Length of the common run that ends at each place of `b`.
        let mut row = vec![0; b.len() + 1];
        for i in 0..a.len() {
            let mut diagonal = 0;
            for j in 0..b.len() {
                let here = if a[i] == b[j] && !used_a[i] && !used_b[j] { diagonal + 1 } else { 0 };
                diagonal = std::mem::replace(&mut row[j + 1], here);
                if here > best.0 {
                    best = (here, i + 1 - here, j + 1 - here);
                }
            }
        }
        let (length, i, j) = best;
        if length == 0 {
            return (covered, runs);
        }
        used_a[i..i + length].fill(true);
        used_b[j..j + length].fill(true);
        (covered, runs) = (covered + length, runs + 1);
    }
}

/// Ordered pairs of words with at most three between them, sorted.
fn skips(words: &[u64]) -> Vec<(u64, u64)> {
    let pairs = |i: usize| words[i + 1..].iter().take(4).map(move |w| (words[i], *w));
    let mut out: Vec<(u64, u64)> = (0..words.len()).flat_map(pairs).collect();
    out.sort_unstable();
    out
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn dice<T: Ord>(x: &[T], y: &[T]) -> f32 {
    2.0 * common(x, y) as f32 / (x.len() + y.len()).max(1) as f32
}

/// What stands between the words that both sides have in one order: insertions, replacements, runs of words of one side
/// only, and how much of that stands at the front and at the back.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn gaps(x: &Words, y: &Words, long: f32) -> [f32; 12] {
    let count = |w: &Words| -> FxHashSet<u64> { w.all.iter().copied().collect() };
    let (in_x, in_y) = (count(x), count(y));
    let own = |w: &Words, other: &FxHashSet<u64>, r: std::ops::Range<usize>| {
        r.filter(|i| !w.grammar[*i] && !other.contains(&w.all[*i])).count()
    };
    let (mut inserted, mut replaced, mut n) = ((0, 0), (0, 0), 0);
    for op in aligned(&x.all, &y.all) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (p, q) = (own(x, &in_y, op.old_range()), own(y, &in_x, op.new_range()));
        inserted = (inserted.0.max(p.abs_diff(q)), inserted.1 + p.abs_diff(q));
        replaced = (replaced.0.max(p.min(q)), replaced.1 + p.min(q));
        n += 1;
    }
    let (r, s) = (longest_run(x, &in_y), longest_run(y, &in_x));
    let edge = |w: &Words, other: &FxHashSet<u64>, back: bool| {
        let known = |i: &usize| !w.grammar[*i] && other.contains(&w.all[*i]);
        let all = 0..w.all.len();
        let at = if back { all.rev().position(|i| known(&i)) } else { { all }.position(|i| known(&i)) };
        at.unwrap_or(w.all.len())
    };
    let (f, g) = (edge(x, &in_y, false), edge(y, &in_x, false));
    let (u, v) = (edge(x, &in_y, true), edge(y, &in_x, true));
    [
        inserted.0 as f32,
        5.0 * inserted.0 as f32 / long,
        inserted.1 as f32 / 5.0,
        replaced.1 as f32 / 5.0,
        replaced.0 as f32,
        r.max(s) as f32,
        r.min(s) as f32,
        f.max(g) as f32 / 5.0,
        f.min(g) as f32 / 5.0,
        u.max(v) as f32 / 5.0,
        u.min(v) as f32 / 5.0,
        n as f32 / 5.0,
    ]
}

/// The most content words in a row that the other side lacks; grammar between them does not break the run.
fn longest_run(w: &Words, other: &FxHashSet<u64>) -> usize {
    let (mut most, mut now) = (0, 0);
    for (word, grammar) in w.all.iter().zip(&w.grammar) {
        if other.contains(word) {
            now = 0;
        } else if !grammar {
            now += 1;
            most = most.max(now);
        }
    }
    most
}
