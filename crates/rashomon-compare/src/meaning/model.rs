//! How features of a pair become one similarity: a linear model and boosted trees, averaged.
//!
//! The weights are `models/meaning.bin`, made by `rashomon-eval train meaning`; `models/meaning.md` names data and figures.
//! The format is a run of little-endian `f32`: number of features, then for the linear model a mean, a deviation and a
//! weight for each input and the constant; then for the trees their number, their depth, the learning rate, the constant,
//! and for each tree its splits (feature, threshold) level by level and its leaves.

use super::{features, surface};
use rashomon_model::{ModelFile, math};
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../models/meaning.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "meaning", version: 1, digest: "91ad3a50650f37b0", bytes: WEIGHTS }
}

/// The model, read once.
pub(super) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(model_file().content()).expect("models/meaning.bin is whole"))
}

/// The weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// Mean, deviation and weight of each input.
    linear: Vec<[f32; 3]>,
    constant: f32,
    depth: usize,
    rate: f32,
    base: f32,
    trees: Vec<Tree>,
}

#[derive(Clone, Debug, Default)]
struct Tree {
    splits: Vec<(usize, f32)>,
    leaves: Vec<f32>,
}

impl Model {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers written as floats")]
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let n = numbers.next()? as usize;
        let inputs: Vec<f32> = numbers.by_ref().take(3 * n).collect();
        let linear = inputs.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        let constant = numbers.next()?;
        let (count, depth) = (numbers.next()? as usize, numbers.next()? as usize);
        let (rate, base) = (numbers.next()?, numbers.next()?);
        let mut trees = Vec::with_capacity(count);
        for _ in 0..count {
            let splits: Vec<f32> = numbers.by_ref().take(2 * ((1 << depth) - 1)).collect();
            let splits = splits.chunks_exact(2).map(|c| (c[0] as usize, c[1])).collect();
            let leaves = numbers.by_ref().take(1 << depth).collect();
            trees.push(Tree { splits, leaves });
        }
        Some(Self { linear, constant, depth, rate, base, trees })
    }

    /// Similarity of a pair with these features, 0 to 1.
    pub(super) fn similarity(&self, features: &[f32]) -> f64 {
        let x = inputs(features);
        let linear: f32 = self.linear.iter().zip(&x).map(|([m, d, w], v)| w * (v - m) / d).sum::<f32>() + self.constant;
        let grown: f32 = self.trees.iter().map(|t| t.leaf(self.depth, features)).sum::<f32>() * self.rate + self.base;
        f64::from(settled((linear + grown) / 2.0, features).clamp(0.0, 1.0))
    }
}

impl Tree {
    fn leaf(&self, depth: usize, x: &[f32]) -> f32 {
        let mut node = 0;
        for _ in 0..depth {
            let Some((feature, threshold)) = self.splits.get(node) else { return 0.0 };
            node = 2 * node + 1 + usize::from(x.get(*feature).is_some_and(|v| v > threshold));
        }
        self.leaves.get(node + 1 - (1 << depth)).copied().unwrap_or_default()
    }
}

/// The inputs of the linear model: the features, and most of them again times length, because long sentences share more
/// by chance than headlines do.
pub(super) fn inputs(features: &[f32]) -> Vec<f32> {
    let length = features.get(LENGTH).map_or(0.0, |l| l - 2.3);
    let mut out = features.to_vec();
    out.extend(features.iter().enumerate().filter(|(i, _)| scaled(*i)).map(|(_, v)| v * length));
    out
}

/// Index of the logarithm of the mean length.
const LENGTH: usize = 27;

fn scaled(i: usize) -> bool {
    i < 14 || (16..22).contains(&i) || (31..34).contains(&i) || i >= features::NAMES.len()
}

/// What the similarity loses for each content word in a row that only one side inserts.
///
/// Set by hand, not learned: grades of likeness hardly count what one sentence says more, as long as they share a topic;
/// whether two sentences state the same thing depends on it.
const INSERTED: f32 = 0.02;

/// What the plain share of words in common counts beside the model: a measure that nothing was fitted to steadies one
/// that was.
const PLAIN: f32 = 0.3;

/// What it loses where one side negates and the other does not, and for each word behind the last one that both know; what
/// it gains where verbs agree. Set by hand beside [`INSERTED`] and for the same reason.
const NEGATED: f32 = 0.07;
const TRAILING: f32 = 0.005;
const VERBS: f32 = 0.04;

/// The similarity of a pair for which the model found `learned`. Both corrections leave headlines of up to six content
/// words alone, which leave out details by nature, and are whole from ten on.
pub(super) fn settled(learned: f32, x: &[f32]) -> f32 {
    let of = |surface: usize| x.get(features::NAMES.len() + surface).copied().unwrap_or_default();
    let length = x.get(LENGTH).map_or(0.0, |l| math::exp(*l) - 1.0);
    let long = ((length - 6.0) / 4.0).clamp(0.0, 1.0);
    let (plain, inserted) = (of(surface::SHARED), of(surface::INSERTED));
    let meant = |at: usize| x.get(at).copied().unwrap_or_default();
    // The feature counts fives of words.
    let trailing = 5.0 * TRAILING * of(surface::TRAILING);
    let learned = learned + long * (VERBS * meant(features::VERBS) - NEGATED * meant(features::NEGATION) - trailing);
    (learned - INSERTED * long * inserted) * (1.0 - PLAIN * long) + PLAIN * long * plain
}
