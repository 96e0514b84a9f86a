//! Averaged perceptrons over hashed features (Collins 2002), for sequences labelled from left to right.

use rustc_hash::FxHashMap;

/// One sequence to learn from.
pub(crate) struct Sequence {
    /// For every position its features that do not depend on earlier labels; none where the label is given.
    pub(crate) fixed: Vec<Vec<u32>>,
    /// For every position its label if it needs no learning.
    pub(crate) given: Vec<Option<u8>>,
    /// The right labels.
    pub(crate) gold: Vec<u8>,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// Number of labels.
    pub(crate) classes: usize,
    /// Times through the sequences.
    pub(crate) epochs: usize,
    /// Number of perceptrons, each with its own order of sequences, whose weights are summed.
    pub(crate) members: u64,
    /// By how much the right label has to win.
    pub(crate) margin: f32,
    /// The label before the first position.
    pub(crate) edge: u8,
}

/// Features that depend on labels: of sequence and position with the label before and the one before that.
pub(crate) type Dynamic<'a> = dyn Fn(usize, usize, u8, u8, &mut Vec<u32>) + 'a;

/// The learned rows, features in order, weights scaled to 8 bits.
pub(crate) fn train(sequences: &[Sequence], dynamic: &Dynamic, options: Options) -> Vec<(u32, Vec<(u8, i8)>)> {
    let mut sums: FxHashMap<u32, Vec<f32>> = FxHashMap::default();
    for member in 1..=options.members {
        for (feature, weights) in one(sequences, dynamic, options, member) {
            let sum = sums.entry(feature).or_insert_with(|| vec![0.0; options.classes]);
            sum.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
        }
    }
    #[allow(clippy::cast_possible_truncation, reason = "clamped to the range")]
    let row = |weights: Vec<f32>| -> Vec<(u8, i8)> {
        let scaled = weights.iter().map(|w| (w / options.members as f32 * SCALE).round().clamp(-127.0, 127.0) as i8);
        (0u8..).zip(scaled).filter(|(_, w)| w.abs() >= LEAST).collect()
    };
    let mut rows: Vec<_> = sums.into_iter().map(|(f, w)| (f.max(1), row(w))).filter(|(_, r)| !r.is_empty()).collect();
    rows.sort_unstable();
    rows.dedup_by_key(|r| r.0);
    rows
}

/// Stored weight of a learned 1.
const SCALE: f32 = 6.0;
/// Smaller stored weights are left out.
const LEAST: i8 = 3;

fn one(sequences: &[Sequence], dynamic: &Dynamic, options: Options, seed: u64) -> Vec<(u32, Vec<f32>)> {
    let classes = options.classes;
    let mut ids: FxHashMap<u32, usize> = FxHashMap::default();
    let (mut weights, mut totals): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    let mut step = 1.0f32;
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let mut features = Vec::new();
    let mut scores = vec![0f32; classes];
    for _ in 0..options.epochs {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        for &s in &order {
            let sequence = &sequences[s];
            let (mut before, mut second) = (options.edge, options.edge);
            for i in 0..sequence.gold.len() {
                let label = if let Some(label) = sequence.given[i] {
                    label
                } else {
                    features.clear();
                    features.extend_from_slice(&sequence.fixed[i]);
                    dynamic(s, i, before, second, &mut features);
                    scores.fill(0.0);
                    for f in &features {
                        if let Some(&id) = ids.get(f) {
                            scores.iter_mut().zip(&weights[id..id + classes]).for_each(|(s, w)| *s += w);
                        }
                    }
                    let gold = usize::from(sequence.gold[i]);
                    let top = (0..classes).fold(0, |best, c| if scores[c] > scores[best] { c } else { best });
                    let rival = (0..classes)
                        .filter(|c| *c != gold)
                        .fold(usize::from(gold == 0), |best, c| if scores[c] > scores[best] { c } else { best });
                    if scores[gold] - scores[rival] <= options.margin {
                        for f in &features {
                            let next = weights.len();
                            let id = *ids.entry(*f).or_insert(next);
                            if id == next {
                                weights.resize(next + classes, 0.0);
                                totals.resize(next + classes, 0.0);
                            }
                            weights[id + gold] += 1.0;
                            weights[id + rival] -= 1.0;
                            totals[id + gold] += step;
                            totals[id + rival] -= step;
                        }
                    }
                    step += 1.0;
                    u8::try_from(top).unwrap_or(0)
                };
                second = before;
                before = label;
            }
        }
    }
    let mut out: Vec<(u32, Vec<f32>)> = ids
        .into_iter()
        .map(|(f, id)| (f, (id..id + classes).map(|i| weights[i] - totals[i] / step).collect()))
        .collect();
    out.sort_by_key(|row| row.0);
    out
}
