//! `train meaning`: how the features of a sentence pair become one similarity.
//!
//! Fits ridge regression and gradient-boosted regression trees (Friedman 2001; stochastic, Friedman 2002) to graded pairs
//! and writes `crates/rashomon-compare/models/meaning.bin`. Everything is in a fixed order and seeded: the same data gives
//! the same bytes. With `--check` it also fits on all sets but one and prints Pearson's r on the one left out.

use crate::pairs;
use crate::random::Random;
use rashomon::compare::meaning;
use std::fs;
use std::io;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder with the graded sets
    #[arg(long, default_value = "../shared/data/pairs")]
    data: PathBuf,
    /// Leaves each set out in turn and prints how well it is met
    #[arg(long)]
    check: bool,
    #[arg(short, long, default_value = "crates/rashomon-compare/models/meaning.bin")]
    output: PathBuf,
}

/// Sets and the weight of each pair: long sentences are fewer and count more.
const SETS: [(&str, f64); 4] =
    [("headlines-2013", 1.0), ("headlines-2014", 1.0), ("deft-news-2014", 1.0), ("msrpar-train", 3.0)];
const RIDGE: f64 = 30.0;
const TREES: usize = 200;
const DEPTH: usize = 4;
const RATE: f64 = 0.04;
const LEAST_LEAF: usize = 8;

/// One graded pair.
struct Row {
    set: usize,
    features: Vec<f32>,
    inputs: Vec<f32>,
    gold: f64,
    weight: f64,
}

/// Fits and writes the model.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut rows = Vec::new();
    for (set, (name, weight)) in SETS.iter().enumerate() {
        let path = args.data.join(format!("{name}.tsv"));
        let text = fs::read_to_string(&path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let gold = text.split('\n').filter(|l| !l.trim().is_empty()).map(|l| l.split('\t').next().unwrap_or_default());
        for (gold, (a, b)) in gold.zip(pairs::read(&path)?) {
            let gold: f64 = gold.trim().parse().map_err(|_| io::Error::other(format!("{name}: no grade: {gold}")))?;
            let features = meaning::features(&pairs::sentence(&a), &pairs::sentence(&b));
            let inputs = meaning::inputs(&features);
            rows.push(Row { set, features, inputs, gold: gold / 5.0, weight: *weight });
        }
    }
    if args.check {
        for (set, (name, _)) in SETS.iter().enumerate() {
            let (train, test): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|r| r.set != set);
            eprintln!("{name} left out: r = {:.4} of {}", correlation(&fit(&train), &test), test.len());
        }
        for fold in 0..5 {
            let train: Vec<&Row> = rows.iter().enumerate().filter(|(i, _)| i % 5 != fold).map(|(_, r)| r).collect();
            let model = fit(&train);
            let test = |set| {
                rows.iter().enumerate().filter(move |(i, r)| i % 5 == fold && r.set == set).map(|(_, r)| r).collect()
            };
            let each: Vec<String> = (0..SETS.len())
                .map(|set| {
                    let test: Vec<&Row> = test(set);
                    format!("{} {:.4}", SETS[set].0, correlation(&model, &test))
                })
                .collect();
            eprintln!("fold {fold}: {}", each.join(", "));
        }
    }
    let all: Vec<&Row> = rows.iter().collect();
    let model = fit(&all);
    eprintln!("{} pairs; r on them {:.4}", rows.len(), correlation(&model, &all));
    crate::models::write(&args.output, "meaning", &model.bytes())
}

/// The fitted weights.
struct Model {
    linear: Vec<[f64; 3]>,
    constant: f64,
    base: f64,
    trees: Vec<Tree>,
}

struct Tree {
    splits: Vec<(usize, f32)>,
    leaves: Vec<f64>,
}

fn fit(rows: &[&Row]) -> Model {
    let (linear, constant) = ridge(rows);
    let total: f64 = rows.iter().map(|r| r.weight).sum();
    let base = rows.iter().map(|r| r.weight * r.gold).sum::<f64>() / total;
    let mut residual: Vec<f64> = rows.iter().map(|r| r.gold - base).collect();
    let mut random = Random::new(0x5eed);
    let mut trees = Vec::new();
    for _ in 0..TREES {
        let sample: Vec<usize> = (0..rows.len()).filter(|_| random.below(2) == 0).collect();
        let tree = grow(rows, &residual, &sample, &mut random);
        for (r, row) in residual.iter_mut().zip(rows) {
            *r -= RATE * tree.leaf(&row.features);
        }
        trees.push(tree);
    }
    Model { linear, constant, base, trees }
}

/// Weighted ridge regression on standardized inputs, by Gaussian elimination.
#[allow(clippy::needless_range_loop, reason = "matrices read best by index")]
fn ridge(rows: &[&Row]) -> (Vec<[f64; 3]>, f64) {
    let n = rows[0].inputs.len();
    let total: f64 = rows.iter().map(|r| r.weight).sum();
    let mean: Vec<f64> =
        (0..n).map(|i| rows.iter().map(|r| r.weight * f64::from(r.inputs[i])).sum::<f64>() / total).collect();
    let square = |x: f64| x * x;
    let deviation = |i: usize| {
        let sum: f64 = rows.iter().map(|r| r.weight * square(f64::from(r.inputs[i]) - mean[i])).sum();
        (sum / total).sqrt().max(1e-6)
    };
    let deviation: Vec<f64> = (0..n).map(deviation).collect();
    let gold = rows.iter().map(|r| r.weight * r.gold).sum::<f64>() / total;
    let mut a = vec![vec![0.0; n + 1]; n];
    for r in rows {
        let x: Vec<f64> = (0..n).map(|i| (f64::from(r.inputs[i]) - mean[i]) / deviation[i]).collect();
        for i in 0..n {
            for j in 0..n {
                a[i][j] += r.weight * x[i] * x[j];
            }
            a[i][n] += r.weight * x[i] * (r.gold - gold);
        }
    }
    for i in 0..n {
        a[i][i] += RIDGE;
    }
    for i in 0..n {
        let pivot = a[i][i];
        for k in i..=n {
            a[i][k] /= pivot;
        }
        for j in 0..n {
            let factor = a[j][i];
            if j != i && factor != 0.0 {
                for k in i..=n {
                    a[j][k] -= factor * a[i][k];
                }
            }
        }
    }
    ((0..n).map(|i| [mean[i], deviation[i], a[i][n]]).collect(), gold)
}

/// One regression tree of full depth. Each split looks at a third of the features.
fn grow(rows: &[&Row], residual: &[f64], sample: &[usize], random: &mut Random) -> Tree {
    let n_features = rows[0].features.len();
    let mut nodes: Vec<Vec<usize>> = vec![sample.to_vec()];
    let mut splits = Vec::new();
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for node in nodes {
            let mut best: Option<(f64, usize, f32)> = None;
            for feature in 0..n_features {
                if random.below(3) != 0 {
                    continue;
                }
                let mut order: Vec<(f32, f64, f64)> = node
                    .iter()
                    .map(|i| (rows[*i].features[feature], rows[*i].weight, rows[*i].weight * residual[*i]))
                    .collect();
                order.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.2.total_cmp(&y.2)));
                let (weight, sum) = order.iter().fold((0.0, 0.0), |s, o| (s.0 + o.1, s.1 + o.2));
                let (mut w, mut s) = (0.0, 0.0);
                for k in 0..order.len().saturating_sub(1) {
                    w += order[k].1;
                    s += order[k].2;
                    if order[k].0 == order[k + 1].0 || k + 1 < LEAST_LEAF || order.len() - k - 1 < LEAST_LEAF {
                        continue;
                    }
                    let gain = s * s / w + (sum - s) * (sum - s) / (weight - w);
                    if best.is_none_or(|(b, _, _)| gain > b) {
                        best = Some((gain, feature, f32::midpoint(order[k].0, order[k + 1].0)));
                    }
                }
            }
            // A node that cannot be split sends all to the left.
            let (feature, threshold) = best.map_or((0, f32::MAX), |(_, f, t)| (f, t));
            splits.push((feature, threshold));
            let (right, left) = node.into_iter().partition(|i| rows[*i].features[feature] > threshold);
            next.push(left);
            next.push(right);
        }
        nodes = next;
    }
    let mean = |node: &Vec<usize>| {
        let weight: f64 = node.iter().map(|i| rows[*i].weight).sum();
        let sum: f64 = node.iter().map(|i| rows[*i].weight * residual[*i]).sum();
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    let leaves = nodes.iter().map(mean).collect();
    Tree { splits, leaves }
}

impl Tree {
    fn leaf(&self, x: &[f32]) -> f64 {
        let mut node = 0;
        for _ in 0..DEPTH {
            let (feature, threshold) = self.splits[node];
            node = 2 * node + 1 + usize::from(x[feature] > threshold);
        }
        self.leaves[node + 1 - (1 << DEPTH)]
    }
}

impl Model {
    fn predict(&self, r: &Row) -> f64 {
        let linear: f64 = self.linear.iter().zip(&r.inputs).map(|([m, d, w], v)| w * (f64::from(*v) - m) / d).sum();
        let trees: f64 = self.trees.iter().map(|t| t.leaf(&r.features)).sum();
        #[allow(clippy::cast_possible_truncation, reason = "a similarity")]
        let learned = ((linear + self.constant + trees * RATE + self.base) / 2.0) as f32;
        f64::from(meaning::settled(learned, &r.features))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "stored in single precision")]
    fn bytes(&self) -> Vec<u8> {
        let mut out: Vec<f32> = vec![self.linear.len() as f32];
        out.extend(self.linear.iter().flatten().map(|v| *v as f32));
        out.extend([self.constant as f32, TREES as f32, DEPTH as f32, RATE as f32, self.base as f32]);
        for t in &self.trees {
            out.extend(t.splits.iter().flat_map(|(f, t)| [*f as f32, *t]));
            out.extend(t.leaves.iter().map(|v| *v as f32));
        }
        out.iter().flat_map(|v| v.to_le_bytes()).collect()
    }
}

/// Pearson's r between grades and predictions.
fn correlation(model: &Model, rows: &[&Row]) -> f64 {
    let n = rows.len() as f64;
    let p: Vec<f64> = rows.iter().map(|r| model.predict(r)).collect();
    let (mx, my) = (rows.iter().map(|r| r.gold).sum::<f64>() / n, p.iter().sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    let square = |x: f64| x * x;
    for (r, p) in rows.iter().zip(&p) {
        xy += (r.gold - mx) * (p - my);
        xx += square(r.gold - mx);
        yy += square(p - my);
    }
    xy / (xx * yy).sqrt()
}
