//! `train groups`: when do two clusters report one event?
//!
//! Walks over the labelled sets with the weights so far, gathers the joins it meets, fits a logistic regression to them,
//! and walks again with the new weights (after DAgger, Ross, Gordon & Bagnell 2011). Each set is seen under several
//! conditions (`conditions.rs`). Prints what is reached in-sample, cross-validated by topic, and with one set left out;
//! writes `crates/rashomon-group/models/linkage.bin`.

use crate::conditions::Condition;
use crate::labelled::{Row, rows};
use rashomon::group::Weights;
use rashomon::group::learn::{Example, Labelled, Walk};
use rashomon::model::math;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// What to learn from and how.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Labelled sets, JSONL (.gz) with `id`, `title`, `text`, `published`, `story`
    #[arg(long, num_args = 1.., default_values = ["../shared/data/groups/ecbplus-dev.jsonl", "../shared/data/groups/allsides-dev.jsonl.gz"])]
    sets: Vec<PathBuf>,
    /// Walks over the data
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Strength of the penalty on weights
    #[arg(long, default_value_t = 5e-3)]
    penalty: f64,
    /// Exponent of the smaller cluster's size in the weight of an example
    #[arg(long, default_value_t = 0.5)]
    size_exponent: f64,
    /// Parts of the cross-validation; 0 for none
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Least cross-validated share of right pairs, in every whole set, that the threshold must keep
    #[arg(long, default_value_t = 0.845)]
    precision: f64,
    /// Measures to leave out, by the beginning of their names
    #[arg(long)]
    without: Vec<String>,
    /// Conditions that are only measured, by name
    #[arg(long, num_args = 0.., default_values = ["Cut", "SwollenUndated", "Thinned"])]
    skip: Vec<String>,
    /// Weight of a condition in its set, as `Swollen=0.15`, in place of the one that ships
    #[arg(long, value_parser = share_of)]
    share: Vec<(String, f64)>,
    /// How much more than a missed join a wrong one weighs in dated sets as they are
    #[arg(long, default_value_t = 1.5)]
    wrong: f64,
    /// Let weights have any sign
    #[arg(long)]
    unsigned: bool,
    /// Where the weights go; nothing is written without it
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// Trains, prints what was reached, and stores the weights.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let sets: Vec<Set> = args
        .sets
        .iter()
        .map(|path| {
            rows(path).map(|rows| Set {
                name: path.file_name().map(|n| n.to_string_lossy().chars().take(8).collect()).unwrap_or_default(),
                rows,
            })
        })
        .collect::<Result<_, _>>()
        .map_err(io::Error::other)?;
    let mut threshold = 0.0;
    if args.folds > 1 {
        threshold = cross_validate(args, &sets);
    }
    if args.folds > 1 && sets.len() > 1 {
        for (n, set) in sets.iter().enumerate() {
            let weights = train(args, std::slice::from_ref(set));
            let own: Vec<Seen> = views(set, n, 7).iter().map(|it| it.seen(&weights)).collect();
            let threshold = threshold_of(best(&own, args.precision));
            println!("trained on {} alone, threshold {threshold}", set.name);
            let mut sum = [0.0; 2];
            for (m, other) in sets.iter().enumerate().filter(|(m, _)| *m != n) {
                for it in views(other, m, 7) {
                    let f1 = show(
                        &format!("  {} {:?}", other.name, it.condition),
                        &curve(&weights, &it.labelled),
                        threshold,
                    );
                    sum[0] += share(it.condition) * f1;
                    sum[1] += share(it.condition);
                }
            }
            println!("  mean {:.4}", sum[0] / sum[1]);
        }
    }
    let mut weights = train(args, &sets);
    weights.threshold = threshold;
    println!("trained on all");
    for (n, set) in sets.iter().enumerate() {
        for it in views(set, n, 7) {
            show(&format!("  {} {:?}", set.name, it.condition), &curve(&weights, &it.labelled), threshold);
        }
    }
    let both: Vec<Row> = sets.iter().flat_map(|set| set.rows.iter().cloned()).collect();
    show("  all sets as one", &curve(&weights, &labelled(both.iter())), threshold);
    for (name, weight) in Weights::names().iter().zip(&weights.measures) {
        println!("{name:26} {weight:8.3}");
    }
    println!("{:26} {:8.3}\n{:26} {:8.3}", "bias", weights.bias, "threshold", weights.threshold);
    args.output.as_ref().map_or(Ok(()), |path| crate::models::write(path, "linkage", &weights.to_bytes()))
}

/// A labelled set.
struct Set {
    name: String,
    rows: Vec<Row>,
}

/// A set under one condition.
struct View {
    condition: Condition,
    /// Whether the share of right pairs must be kept: in a dated set as it is.
    bound: bool,
    /// Whether wrong joins weigh more: in a dated set, whole or thinned.
    strict: bool,
    labelled: Labelled,
}

/// What was reached on a view.
struct Seen {
    condition: Condition,
    bound: bool,
    curve: Curve,
}

impl View {
    fn seen(&self, weights: &Weights) -> Seen {
        Seen { condition: self.condition, bound: self.bound, curve: curve(weights, &self.labelled) }
    }
}

/// A set under all conditions that change it. Those of one set differ by `place` and `seed`.
fn views(set: &Set, place: usize, seed: u64) -> Vec<View> {
    let dated = set.rows.iter().any(|it| it.published.is_some());
    Condition::ALL
        .into_iter()
        .filter(|it| !matches!((it, dated), (Condition::Undated, false) | (Condition::Dated, true)))
        .map(|condition| {
            let rows = condition.of(&set.rows, seed + 1000 * place as u64);
            View {
                condition,
                bound: dated && condition == Condition::Whole,
                strict: dated && matches!(condition, Condition::Whole | Condition::Thinned),
                labelled: labelled(rows.iter()),
            }
        })
        .collect()
}

impl Set {
    /// Number of the part each row belongs to: whole topics, in order of the file. A topic is a story, or all stories whose
    /// names begin with the same number.
    fn parts(&self, parts: usize) -> Vec<usize> {
        let topic = |row: &Row| {
            let digits = row.story.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 { row.story[..digits].to_owned() } else { row.story.clone() }
        };
        let mut order = BTreeMap::new();
        for row in &self.rows {
            let next = order.len();
            order.entry(topic(row)).or_insert(next);
        }
        self.rows.iter().map(|row| order[&topic(row)] * parts / order.len()).collect()
    }

    fn only(&self, keep: impl Fn(usize) -> bool, parts: &[usize]) -> Self {
        let rows = self.rows.iter().zip(parts).filter(|(_, p)| keep(**p)).map(|(row, _)| row.clone()).collect();
        Self { name: self.name.clone(), rows }
    }
}

pub(crate) fn labelled<'a>(rows: impl Iterator<Item = &'a Row>) -> Labelled {
    let mut numbers = BTreeMap::new();
    let numbered = rows
        .map(|row| {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            (row.record(), *numbers.entry(row.story.clone()).or_insert(next))
        })
        .collect();
    Labelled::new(numbered)
}

/// Weights to begin with: joined by the similarity of the texts and how it compares with that to their nearest.
fn beginning() -> Weights {
    let mut measures = Weights::shipped().measures.map(|_| 0.0);
    for (name, weight) in [("text", 12.0), ("nearest-of-either", 2.0), ("nearest-of-both", 2.0), ("days", -0.3)] {
        if let Some(n) = Weights::names().iter().position(|it| *it == name) {
            measures[n] = weight;
        }
    }
    Weights { measures, bias: -6.0, threshold: 0.0 }
}

/// `NAME=WEIGHT`.
fn share_of(text: &str) -> Result<(String, f64), String> {
    let (name, weight) = text.split_once('=').ok_or("expected NAME=WEIGHT")?;
    Ok((name.to_owned(), weight.parse().map_err(|_| "expected a number behind the =")?))
}

/// Share of the weight of its set a condition gets in training.
fn trained(args: &Args, condition: Condition) -> f64 {
    let named = args.share.iter().find(|it| it.0 == format!("{condition:?}"));
    named.map_or_else(|| share(condition), |it| it.1)
}

/// Share of the weight of its set a condition gets.
fn share(condition: Condition) -> f64 {
    match condition {
        Condition::Whole => 0.8,
        Condition::Thinned => 0.5,
        Condition::Undated | Condition::Dated => 0.25,
        Condition::Cut => 0.1,
        Condition::Swollen => 0.08,
        Condition::SwollenUndated => 0.02,
    }
}

fn train(args: &Args, sets: &[Set]) -> Weights {
    let mut data: Vec<(Labelled, f64, f64)> = Vec::new();
    for (n, set) in sets.iter().enumerate() {
        let used = |it: &View| !args.skip.contains(&format!("{:?}", it.condition));
        data.extend(
            views(set, n, 1)
                .into_iter()
                .filter(used)
                .map(|it| (it.labelled, trained(args, it.condition), if it.strict { args.wrong } else { 1.0 })),
        );
    }
    let mut weights = beginning();
    let mut gathered: Vec<(Example, f64)> = Vec::new();
    for round in 0..args.rounds {
        for (labelled, share, wrong) in &data {
            for walk in [Walk::Free, Walk::Guided] {
                if walk == Walk::Guided && round > 0 && round + 1 < args.rounds {
                    continue;
                }
                let examples = labelled.examples(&weights, walk);
                let weigh = |it: &Example| math::pow(it.smaller as f64, args.size_exponent);
                let total: f64 = examples.iter().map(weigh).sum();
                gathered.extend(examples.into_iter().map(|it| {
                    let weight = share * weigh(&it) / total * (it.right + wrong * (1.0 - it.right));
                    (it, weight)
                }));
            }
        }
        weights = fit(&gathered, args);
    }
    weights
}

/// Thresholds that are tried.
const THRESHOLDS: std::ops::RangeInclusive<i32> = -12..=12;

/// Figures at each threshold.
type Curve = Vec<[f64; 4]>;

fn curve(weights: &Weights, labelled: &Labelled) -> Curve {
    let falling: Vec<f64> = THRESHOLDS.rev().map(|t| f64::from(t) / 4.0).collect();
    let mut all: Curve = labelled.outcomes(weights, &falling).iter().map(|it| figures(it)).collect();
    all.reverse();
    all
}

/// BCubed F1, precision, recall (Bagga & Baldwin 1998) and pairwise precision.
pub(crate) fn figures(outcome: &[(u32, u32)]) -> [f64; 4] {
    let mut both: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let (mut predicted, mut gold): (BTreeMap<u32, f64>, BTreeMap<u32, f64>) = Default::default();
    for (p, g) in outcome {
        *both.entry((*p, *g)).or_default() += 1.0;
        *predicted.entry(*p).or_default() += 1.0;
        *gold.entry(*g).or_default() += 1.0;
    }
    let n = outcome.len() as f64;
    let precision = both.iter().map(|((p, _), c)| c * c / predicted[p]).sum::<f64>() / n;
    let recall = both.iter().map(|((_, g), c)| c * c / gold[g]).sum::<f64>() / n;
    let pairs = |c: f64| c * (c - 1.0) / 2.0;
    let right: f64 = both.values().map(|c| pairs(*c)).sum();
    let made: f64 = predicted.values().map(|c| pairs(*c)).sum();
    [2.0 * precision * recall / (precision + recall), precision, recall, if made > 0.0 { right / made } else { 1.0 }]
}

/// Prints cross-validated figures; returns the threshold that is best over all sets and conditions.
fn cross_validate(args: &Args, sets: &[Set]) -> f64 {
    let parts: Vec<Vec<usize>> = sets.iter().map(|set| set.parts(args.folds)).collect();
    let mut curves: BTreeMap<(usize, usize), Seen> = BTreeMap::new();
    for fold in 0..args.folds {
        let seen: Vec<Set> = sets.iter().zip(&parts).map(|(set, parts)| set.only(|p| p != fold, parts)).collect();
        let weights = train(args, &seen);
        for (n, (set, parts)) in sets.iter().zip(&parts).enumerate() {
            let held_out = set.only(|p| p == fold, parts);
            let share = held_out.rows.len() as f64 / set.rows.len() as f64;
            for (m, it) in views(&held_out, n, 100 + fold as u64).into_iter().enumerate() {
                let seen = it.seen(&weights);
                let nothing =
                    || Seen { curve: vec![[0.0; 4]; THRESHOLDS.count()], condition: seen.condition, bound: seen.bound };
                let sum = &mut curves.entry((n, m)).or_insert_with(nothing).curve;
                for (sum, figures) in sum.iter_mut().zip(seen.curve) {
                    sum.iter_mut().zip(figures).for_each(|(s, f)| *s += f * share);
                }
            }
        }
    }
    let names: Vec<&str> = curves.keys().map(|(n, _)| sets[*n].name.as_str()).collect();
    let curves: Vec<Seen> = curves.into_values().collect();
    let threshold = threshold_of(best(&curves, args.precision));
    println!("cross-validated in {} parts, threshold {threshold}", args.folds);
    let mut sum = [0.0; 2];
    for (name, it) in names.iter().zip(&curves) {
        sum[0] += share(it.condition) * show(&format!("  {name} {:?}", it.condition), &it.curve, threshold);
        sum[1] += share(it.condition);
    }
    println!("  mean {:.4}", sum[0] / sum[1]);
    for t in (0..THRESHOLDS.count()).filter(|t| threshold_of(*t).abs() <= 1.5) {
        let mean = curves.iter().map(|it| it.curve[t][0] * share(it.condition)).sum::<f64>() / sum[1];
        let precision = curves.iter().filter(|it| it.bound).map(|it| it.curve[t][3]).fold(1.0, f64::min);
        println!("  at {:5.2} mean {mean:.4}, pair precision where bound {precision:.3}", threshold_of(t));
    }
    threshold
}

/// The place of the threshold that is best on the whole, of those that keep the share of right pairs where they are bound to.
fn best(curves: &[Seen], precision: f64) -> usize {
    let joint = |t: usize| curves.iter().map(|it| it.curve[t][0] * share(it.condition)).sum::<f64>();
    let precise = |t: usize| curves.iter().all(|it| !it.bound || it.curve[t][3] >= precision);
    (0..THRESHOLDS.count())
        .filter(|t| precise(*t))
        .max_by(|a, b| joint(*a).total_cmp(&joint(*b)))
        .unwrap_or(THRESHOLDS.count() - 1)
}

fn threshold_of(place: usize) -> f64 {
    (place as f64 + f64::from(*THRESHOLDS.start())) / 4.0
}

/// Prints the figures at `threshold` and the best; returns the F1 at it.
fn show(what: &str, curve: &Curve, threshold: f64) -> f64 {
    let at = (threshold * 4.0) as i32 - THRESHOLDS.start();
    let [f1, p, r, pair] = curve[at as usize];
    let best = (0..curve.len()).max_by(|a, b| curve[*a][0].total_cmp(&curve[*b][0])).unwrap_or_default();
    let best_at = (best as f64 + f64::from(*THRESHOLDS.start())) / 4.0;
    println!("{what:40} F1 {f1:.3} P {p:.3} R {r:.3} pair P {pair:.3}   best {:.3} at {best_at}", curve[best][0]);
    f1
}

/// Logistic regression by Newton's method on standardized measures, with a penalty on squared weights.
fn fit(data: &[(Example, f64)], args: &Args) -> Weights {
    let left_out: Vec<bool> =
        Weights::names().iter().map(|n| args.without.iter().any(|w| n.starts_with(w.as_str()))).collect();
    let size = left_out.len();
    let total: f64 = data.iter().map(|(_, w)| w).sum();
    let mut mean = vec![0.0; size];
    let mut spread = vec![0.0; size];
    for (it, w) in data {
        (0..size).for_each(|n| mean[n] += w / total * it.measures[n]);
    }
    let square = |x: f64| x * x;
    for (it, w) in data {
        (0..size).for_each(|n| spread[n] += w / total * square(it.measures[n] - mean[n]));
    }
    let scale: Vec<f64> =
        (0..size).map(|n| if left_out[n] || spread[n] < 1e-12 { 0.0 } else { 1.0 / spread[n].sqrt() }).collect();
    // More in common never lowers the log-odds, more days between never raise them.
    let (mut least, mut most) = (vec![f64::NEG_INFINITY; size + 1], vec![f64::INFINITY; size + 1]);
    for (n, name) in Weights::names().iter().enumerate().filter(|_| !args.unsigned) {
        match *name {
            "smaller" | "larger" | "singles" => {}
            // How much of a core is covered says different things of two reports and of twenty.
            name if name.starts_with("core-") && !name.contains("names") => {}
            "days-log" | "days" => most[n] = 0.0,
            _ => least[n] = 0.0,
        }
    }
    let mut beta = vec![0.0; size + 1];
    for _ in 0..25 {
        let mut gradient = vec![0.0; size + 1];
        let mut curvature = vec![vec![0.0; size + 1]; size + 1];
        for (it, w) in data {
            let mut x = vec![1.0; size + 1];
            (0..size).for_each(|n| x[n] = (it.measures[n] - mean[n]) * scale[n]);
            let odds: f64 = beta.iter().zip(&x).map(|(b, x)| b * x).sum();
            let p = 1.0 / (1.0 + math::exp(-odds));
            let (w, slope) = (w / total, w / total * p * (1.0 - p));
            for m in 0..=size {
                gradient[m] += w * (it.right - p) * x[m];
                let sx = slope * x[m];
                for n in 0..=m {
                    curvature[m][n] += sx * x[n];
                }
            }
        }
        for m in 0..=size {
            for n in m + 1..=size {
                curvature[m][n] = curvature[n][m];
            }
            let penalty = if m < size { args.penalty } else { 1e-9 };
            gradient[m] -= penalty * beta[m];
            curvature[m][m] += penalty;
        }
        let step = descend(&curvature, &gradient, &beta, &least, &most);
        beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        if step.iter().all(|s| s.abs() < 1e-8) {
            break;
        }
    }
    let mut weights = beginning();
    weights.bias = beta[size];
    for n in 0..size {
        weights.measures[n] = beta[n] * scale[n];
        weights.bias -= weights.measures[n] * mean[n];
    }
    weights
}

/// The step to the top of a concave quadratic within bounds, one coordinate at a time.
fn descend(curvature: &[Vec<f64>], gradient: &[f64], at: &[f64], least: &[f64], most: &[f64]) -> Vec<f64> {
    let mut step = vec![0.0; at.len()];
    let mut slope = gradient.to_vec();
    for _ in 0..2000 {
        let mut moved = 0.0_f64;
        for n in 0..at.len() {
            let wanted = step[n] + slope[n] / curvature[n][n];
            let change = wanted.clamp(least[n] - at[n], most[n] - at[n]) - step[n];
            if change != 0.0 {
                step[n] += change;
                (0..at.len()).for_each(|m| slope[m] -= curvature[m][n] * change);
                moved = moved.max(change.abs());
            }
        }
        if moved < 1e-10 {
            break;
        }
    }
    step
}
