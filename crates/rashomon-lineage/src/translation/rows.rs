//! A text as weighted keys, for holding it against others.

use super::profile::{Profile, counts};
use super::weights::Settled;
use rashomon_language::crossing::Key;
use rashomon_model::Span;

/// A text with the weight of each of its keys.
#[derive(Debug)]
pub(crate) struct Weighted {
    pub(crate) whole: Row,
    pub(crate) sentences: Vec<(Span, Row)>,
    /// Its numbers, in order.
    pub(crate) numbers: Vec<(Key, f32)>,
}

/// Keys with weights that make a vector of length one, in order of keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) keys: Vec<(Key, f32)>,
    /// Its length before.
    norm: f32,
}

impl Row {
    pub(crate) fn of(counted: &[(Key, u32)], weights: &Settled) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts are small")]
        let weight = |(key, n): &(Key, u32)| (*key, (1.0 + (*n as f32).ln()) * weights.of(*key));
        let mut keys: Vec<(Key, f32)> = counted.iter().map(weight).filter(|it| it.1 > 0.0).collect();
        let norm = keys.iter().map(|it| it.1 * it.1).sum::<f32>().sqrt();
        keys.iter_mut().for_each(|it| it.1 /= norm);
        Self { keys, norm }
    }

    /// The cosine of two rows.
    pub(crate) fn dot(&self, other: &Self) -> f32 {
        self.common(other).map(|(p, q)| p * q).sum()
    }

    /// The weight of the keys of both before the rows were made of length one.
    pub(crate) fn shared(&self, other: &Self) -> f32 {
        self.common(other).map(|(p, q)| (p * self.norm).min(q * other.norm)).sum()
    }

    /// The weights of the keys of both, in order.
    fn common(&self, other: &Self) -> impl Iterator<Item = (f32, f32)> {
        let mut there = other.keys.iter().peekable();
        self.keys.iter().filter_map(move |(key, weight)| {
            while there.next_if(|it| it.0 < *key).is_some() {}
            there.next_if(|it| it.0 == *key).map(|it| (*weight, it.1))
        })
    }
}

impl Weighted {
    pub(crate) fn of(profile: &Profile, weights: &Settled) -> Self {
        let whole = profile.counted();
        Self {
            numbers: whole.iter().filter(|it| it.0.is_number()).map(|it| (it.0, weights.of(it.0))).collect(),
            sentences: profile.sentences.iter().map(|(span, keys)| (*span, Row::of(&counts(keys), weights))).collect(),
            whole: Row::of(&whole, weights),
        }
    }
}
