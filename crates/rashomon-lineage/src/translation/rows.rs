//! A text as weighted keys, for holding it against others.

use super::profile::{Profile, counts};
use super::weights::Settled;
use rashomon_language::Language;
use rashomon_language::crossing::{Key, each_run};
use rashomon_model::{Span, math};

/// What a run of letters that two words share says, in nats: little, and so many that none is counted for itself.
const RUN: f32 = 1.2;

/// A text with the weight of each of its keys.
#[derive(Debug)]
pub(crate) struct Weighted {
    pub(crate) whole: Row,
    pub(crate) sentences: Vec<Sentence>,
    /// Its numbers, in order.
    pub(crate) numbers: Vec<(Key, f32)>,
    /// Whether more of its letters are Latin than not.
    pub(crate) is_latin: bool,
}

/// A sentence as it is held against those of other languages.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) row: Row,
    /// The logarithm of its length in letters, as if it were English.
    pub(crate) length: f32,
}

impl Sentence {
    /// The sentence at `span`, whose keys are `keys`, sorted.
    pub(crate) fn of(text: &str, span: Span, keys: &[Key], language: &Language, weights: &Settled) -> Self {
        let mut runs = Vec::new();
        each_run(span.text(text), language, |key| runs.push(key));
        runs.sort_unstable();
        let weight = |key: Key| if key.is_run() { RUN } else { weights.of(key) };
        let mut counted = counts(keys);
        counted.extend(counts(&runs));
        counted.sort_unstable();
        #[allow(clippy::cast_precision_loss, reason = "sentences are short")]
        let letters = span.text(text).chars().count().max(1) as f32;
        Self { span, row: Row::weighted(&counted, weight), length: math::ln(letters / language.expansion()) }
    }
}

/// Keys with weights that make a vector of length one, in order of keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) keys: Vec<(Key, f32)>,
}

impl Row {
    pub(crate) fn of(counted: &[(Key, u32)], weights: &Settled) -> Self {
        Self::weighted(counted, |key| weights.of(key))
    }

    fn weighted(counted: &[(Key, u32)], weight: impl Fn(Key) -> f32) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts are small")]
        let weighed = |(key, n): &(Key, u32)| (*key, (1.0 + math::ln(*n as f32)) * weight(*key));
        let mut keys: Vec<(Key, f32)> = counted.iter().map(weighed).filter(|it| it.1 > 0.0).collect();
        let norm = keys.iter().map(|it| it.1 * it.1).sum::<f32>().sqrt();
        keys.iter_mut().for_each(|it| it.1 /= norm);
        Self { keys }
    }

    /// The cosine of two rows.
    pub(crate) fn dot(&self, other: &Self) -> f32 {
        let mut there = other.keys.iter().peekable();
        let common = self.keys.iter().filter_map(|(key, weight)| {
            while there.next_if(|it| it.0 < *key).is_some() {}
            there.next_if(|it| it.0 == *key).map(|it| weight * it.1)
        });
        common.sum()
    }
}

impl Weighted {
    pub(crate) fn of(text: &str, language: &Language, weights: &Settled) -> Self {
        let profile = Profile::of(text, language);
        let whole = profile.counted();
        let sentence = |(span, keys): &(Span, Vec<Key>)| Sentence::of(text, *span, keys, language, weights);
        Self {
            numbers: whole.iter().filter(|it| it.0.is_number()).map(|it| (it.0, weights.of(it.0))).collect(),
            sentences: profile.sentences.iter().map(sentence).collect(),
            whole: Row::of(&whole, weights),
            is_latin: is_latin(text),
        }
    }
}

/// Whether more letters are Latin than not; those beyond ASCII have code points below the Greek ones.
fn is_latin(text: &str) -> bool {
    let (latin, others) = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .fold((0, 0), |(latin, others), c| if c < '\u{370}' { (latin + 1, others) } else { (latin, others + 1) });
    latin >= others
}
