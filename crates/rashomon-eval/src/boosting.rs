//! Which sum of small trees tells right rows from wrong ones?
//!
//! Gradient boosting (Friedman 2001) of the logistic loss with Newton steps (Chen & Guestrin 2016), over measures sorted
//! into bins. One thread, one seed, sums in one order: the same bytes every time.

use crate::random::Random;
use rashomon::model::math;

/// Questions of one tree.
pub(crate) const DEPTH: usize = 6;

/// A sum of trees: what is there before the first, and for each its questions and leaves.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grown {
    pub(crate) base: f32,
    pub(crate) trees: Vec<GrownTree>,
}

/// One tree: for each question the measure asked about and the number it has to exceed; what is added for each row of
/// answers, the first answer being the lowest bit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GrownTree {
    pub(crate) questions: [(u8, f32); DEPTH],
    pub(crate) leaves: [f32; 1 << DEPTH],
}

impl GrownTree {
    fn answer(&self, row: &[f32]) -> f32 {
        let asked = self.questions.iter().enumerate();
        let leaf = asked.fold(0, |leaf, (bit, (m, above))| leaf | usize::from(row[usize::from(*m)] > *above) << bit);
        self.leaves[leaf]
    }
}

/// How the trees are grown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Growth {
    /// Number of trees.
    pub(crate) trees: usize,
    /// Share of a Newton step that is taken.
    pub(crate) rate: f64,
    /// Weight of the squared norm of a tree's leaves.
    pub(crate) ridge: f64,
    /// Share of the rows that each tree sees.
    pub(crate) rows: f64,
    /// Share of the measures that each tree may ask about.
    pub(crate) measures: f64,
    /// Which rows and measures each tree sees.
    pub(crate) seed: u64,
}

/// Most bins of a measure.
const BINS: usize = 64;

/// Trees for `rows` of measures, of which the first `width` may be asked about, how right each row is, from 0 to 1, and how
/// much each row counts; without weights all count alike.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "shares of counts"
)]
pub(crate) fn boost<const WIDTH: usize>(
    growth: &Growth,
    rows: &[[f32; WIDTH]],
    width: usize,
    right: &[f32],
    weights: Option<&[f32]>,
) -> Grown {
    let count = right.len();
    let weight = |i: usize| weights.map_or(1.0, |w| f64::from(w[i]));
    let columns: Vec<(Vec<f32>, Vec<u8>)> = (0..width).map(|m| column(rows, m)).collect();
    let all: f64 = (0..count).map(weight).sum();
    let mean = right.iter().enumerate().map(|(i, r)| weight(i) * f64::from(*r)).sum::<f64>() / all.max(1e-9);
    let base = math::ln(mean.max(1e-6) / (1.0 - mean).max(1e-6));
    let mut scores = vec![base; count];
    let mut out = Grown { base: base as f32, trees: Vec::new() };
    let mut random = Random::new(growth.seed);
    let mut order: Vec<usize> = (0..width).collect();
    let asked = ((width as f64 * growth.measures) as usize).max(1);
    for _ in 0..growth.trees {
        random.shuffle(&mut order);
        let sample: Vec<usize> =
            (0..count).filter(|_| (random.below(1 << 20) as f64) < growth.rows * f64::from(1 << 20)).collect();
        let slopes: Vec<(f64, f64)> = sample
            .iter()
            .map(|&i| {
                let p = 1.0 / (1.0 + math::exp(-scores[i]));
                (weight(i) * (p - f64::from(right[i])), weight(i) * (p * (1.0 - p)).max(1e-9))
            })
            .collect();
        let tree = grow(growth, &columns, &order[..asked], &sample, &slopes);
        for (i, score) in scores.iter_mut().enumerate() {
            *score += f64::from(tree.answer(&rows[i]));
        }
        out.trees.push(tree);
    }
    let loss: f64 = scores
        .iter()
        .zip(right)
        .map(|(s, r)| {
            let p = (1.0 / (1.0 + math::exp(-s))).clamp(1e-9, 1.0 - 1e-9);
            -f64::from(*r) * math::ln(p) - (1.0 - f64::from(*r)) * math::ln(1.0 - p)
        })
        .sum();
    eprintln!("trees: {count} rows, loss {:.4}", loss / count.max(1) as f64);
    out
}

/// The edges between the bins of measure `m`, and the bin of every row: the number of edges its value exceeds.
#[allow(clippy::cast_possible_truncation, reason = "fewer than 64 bins")]
fn column<const WIDTH: usize>(rows: &[[f32; WIDTH]], m: usize) -> (Vec<f32>, Vec<u8>) {
    let values = || rows.iter().map(|row| row[m]);
    let mut sorted: Vec<f32> = values().collect();
    sorted.sort_by(f32::total_cmp);
    let mut edges: Vec<f32> = (1..BINS).filter_map(|k| sorted.get(k * rows.len() / BINS).copied()).collect();
    let mut distinct = sorted;
    distinct.dedup();
    if distinct.len() <= BINS {
        edges = distinct;
        edges.pop();
    }
    edges.dedup();
    let bins = values().map(|v| edges.partition_point(|e| *e < v) as u8).collect();
    (edges, bins)
}

/// One tree: at each depth the question that leaves the least loss, over all branches together.
#[allow(clippy::cast_possible_truncation, reason = "fewer than 256 measures; weights of four bytes")]
fn grow(
    growth: &Growth,
    columns: &[(Vec<f32>, Vec<u8>)],
    asked: &[usize],
    sample: &[usize],
    slopes: &[(f64, f64)],
) -> GrownTree {
    let mut branch = vec![0usize; sample.len()];
    let mut questions = [(0u8, f32::INFINITY); DEPTH];
    let mut sums = vec![(0.0f64, 0.0f64); BINS << DEPTH];
    for (depth, question) in questions.iter_mut().enumerate() {
        let branches = 1 << depth;
        let mut best = (0.0, usize::MAX, 0);
        for &m in asked {
            let (edges, bins) = &columns[m];
            sums[..branches * BINS].fill((0.0, 0.0));
            for ((&i, &b), slope) in sample.iter().zip(&branch).zip(slopes) {
                let sum = &mut sums[b * BINS + usize::from(bins[i])];
                *sum = (sum.0 + slope.0, sum.1 + slope.1);
            }
            let mut gains = [0.0f64; BINS];
            for row in sums[..branches * BINS].chunks_exact(BINS) {
                let all = row.iter().fold((0.0, 0.0), |a, s| (a.0 + s.0, a.1 + s.1));
                let worth = |(g, h): (f64, f64)| g * g / (h + growth.ridge);
                let mut low = (0.0, 0.0);
                for (gain, sum) in gains.iter_mut().zip(row).take(edges.len()) {
                    low = (low.0 + sum.0, low.1 + sum.1);
                    *gain += worth(low) + worth((all.0 - low.0, all.1 - low.1)) - worth(all);
                }
            }
            for (edge, gain) in gains.iter().enumerate().take(edges.len()) {
                if *gain > best.0 {
                    best = (*gain, m, edge);
                }
            }
        }
        let (_, m, edge) = best;
        if m == usize::MAX {
            continue;
        }
        let (edges, bins) = &columns[m];
        *question = (m as u8, edges[edge]);
        for (&i, b) in sample.iter().zip(&mut branch) {
            *b |= usize::from(usize::from(bins[i]) > edge) << depth;
        }
    }
    let mut leaves = [(0.0f64, 0.0f64); 1 << DEPTH];
    for (b, slope) in branch.iter().zip(slopes) {
        leaves[*b] = (leaves[*b].0 + slope.0, leaves[*b].1 + slope.1);
    }
    let leaf = |(g, h): (f64, f64)| (-growth.rate * g / (h + growth.ridge)) as f32;
    GrownTree { questions, leaves: leaves.map(leaf) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_two_measures_together_tell_is_learned() {
        let mut random = Random::new(3);
        let (mut rows, mut right) = (Vec::new(), Vec::new());
        for _ in 0..2_000 {
            let (a, b) = (random.below(100), random.below(100));
            rows.push([a as f32, b as f32]);
            right.push(if (a > 40) == (b > 60) { 1.0 } else { 0.0 });
        }
        let growth = Growth { trees: 40, rate: 0.2, ridge: 1.0, rows: 0.7, measures: 1.0, seed: 1 };
        let trees = boost(&growth, &rows, 2, &right, None);
        assert_eq!(trees, boost(&growth, &rows, 2, &right, None));
        for (a, b, sign) in [(10.0, 10.0, 1.0), (90.0, 90.0, 1.0), (10.0, 90.0, -1.0), (90.0, 10.0, -1.0)] {
            let sum: f32 = trees.trees.iter().map(|t| t.answer(&[a, b])).sum::<f32>() + trees.base;
            assert!(sum * sign > 0.5, "{a} {b}");
        }
    }
}
