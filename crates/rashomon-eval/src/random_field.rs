//! Which weights make the labels of training sentences likeliest, each sentence seen as a whole?
//!
//! Stochastic gradients of a linear-chain conditional random field (Lafferty, McCallum & Pereira 2001), by `AdaGrad` (Duchi
//! et al. 2011); the weights that ship are the mean over passes. One thread, one order: the same bytes every time.

use crate::random::Random;
use rashomon::annotate::quotes::training::{Chain, LABELS, Lattice, Row};
use rashomon::model::math;

/// How the weights are learned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Learning {
    /// Size of the table, as a power of two.
    pub(crate) bits: u32,
    /// Passes over the sentences.
    pub(crate) epochs: usize,
    /// First step.
    pub(crate) step: f32,
    /// Weight of the squared norm.
    pub(crate) ridge: f32,
    /// Least times a feature is seen.
    pub(crate) least: u8,
    /// Largest weight kept.
    pub(crate) limit: f32,
}

/// The sentences of an article.
#[derive(Default)]
pub(crate) struct Lines {
    /// Features of all tokens, one token after the other.
    pub(crate) features: Vec<u32>,
    /// Where each token's features end.
    pub(crate) tokens: Vec<usize>,
    /// The label of each token.
    pub(crate) labels: Vec<u8>,
    /// Where each sentence ends, in tokens.
    pub(crate) sentences: Vec<usize>,
}

/// The chain of labels learned from `lines`.
#[allow(clippy::cast_precision_loss, reason = "a mean")]
pub(crate) fn chain(learning: &Learning, lines: &[&Lines]) -> Chain {
    let mut seen = vec![0u8; 1 << 26];
    for f in lines.iter().flat_map(|l| &l.features) {
        let c = &mut seen[(f >> 6) as usize];
        *c = c.saturating_add(1);
    }
    let mut sentences: Vec<(&Lines, usize, usize)> = Vec::new();
    for l in lines {
        let begins = std::iter::once(&0).chain(&l.sentences);
        sentences.extend(begins.zip(&l.sentences).map(|(&from, &to)| (*l, from, to)));
    }
    let mut weights = Weights::new(learning);
    let mut random = Random::new(1);
    for epoch in 0..learning.epochs {
        random.shuffle(&mut sentences);
        let loss: f32 = sentences.iter().map(|(l, from, to)| weights.learn(&seen, l, *from, *to)).sum();
        weights.end_pass(epoch);
        if epoch + 1 == learning.epochs {
            let tokens: usize = lines.iter().map(|l| l.tokens.len()).sum();
            eprintln!("chain: {tokens} tokens, loss {:.4}", loss / tokens.max(1) as f32);
        }
    }
    weights.chain()
}

/// Weights on the way.
struct Weights {
    learning: Learning,
    values: Vec<Row>,
    squares: Vec<Row>,
    steps: [Row; LABELS + 1],
    step_squares: [Row; LABELS + 1],
    /// Sums after each pass but the first, and their number.
    sum: Vec<Row>,
    step_sum: [Row; LABELS + 1],
    passes: u16,
    scores: Vec<Row>,
}

impl Weights {
    fn new(learning: &Learning) -> Self {
        let size = 1 << learning.bits;
        let none = [0.0; LABELS];
        Self {
            learning: *learning,
            values: vec![none; size],
            squares: vec![[1e-2; LABELS]; size],
            steps: [none; LABELS + 1],
            step_squares: [[1e-2; LABELS]; LABELS + 1],
            sum: vec![none; size],
            step_sum: [none; LABELS + 1],
            passes: 0,
            scores: Vec::new(),
        }
    }

    /// Learns from the tokens `from..to` of an article, one sentence; its loss before.
    fn learn(&mut self, seen: &[u8], l: &Lines, from: usize, to: usize) -> f32 {
        let Learning { bits, step, ridge, least, .. } = self.learning;
        let cell = |f: u32| (f >> (32 - bits)) as usize;
        let features = |t: usize| {
            let start = if t == 0 { 0 } else { l.tokens[t - 1] };
            l.features[start..l.tokens[t]].iter().copied().filter(|f| seen[(f >> 6) as usize] >= least)
        };
        self.scores.clear();
        for t in from..to {
            let mut row = [0.0; LABELS];
            features(t).for_each(|f| add(&mut row, &self.values[cell(f)]));
            self.scores.push(row);
        }
        let lattice = Lattice::new(&self.scores, &self.steps);
        let mut loss = 0.0;
        for t in from..to {
            let gold = usize::from(l.labels[t]);
            let mut error = lattice.at(t - from);
            loss -= math::ln(error[gold].max(1e-6));
            error[gold] -= 1.0;
            for f in features(t) {
                let (values, squares) = (&mut self.values[cell(f)], &mut self.squares[cell(f)]);
                for b in 0..LABELS {
                    let gradient = error[b] + ridge * values[b];
                    descend(&mut values[b], &mut squares[b], gradient, step);
                }
            }
            let mut follow = |a: usize, b: usize, error: f32| {
                descend(&mut self.steps[a][b], &mut self.step_squares[a][b], error, step);
            };
            if t == from {
                (0..LABELS).for_each(|b| follow(LABELS, b, error[b]));
                continue;
            }
            for (a, row) in lattice.pairs(t - from).iter().enumerate() {
                for (b, p) in row.iter().enumerate() {
                    let right = usize::from(l.labels[t - 1]) == a && gold == b;
                    follow(a, b, p - f32::from(u8::from(right)));
                }
            }
        }
        loss
    }

    fn end_pass(&mut self, epoch: usize) {
        if epoch > 0 {
            self.sum.iter_mut().zip(&self.values).for_each(|(s, v)| add(s, v));
            self.step_sum.iter_mut().zip(&self.steps).for_each(|(s, v)| add(s, v));
            self.passes += 1;
        }
    }

    fn chain(self) -> Chain {
        let passes = f32::from(self.passes.max(1));
        let mean = |row: &Row| row.map(|v| v / passes);
        let rows: Vec<Row> = self.sum.iter().map(mean).collect();
        Chain::new(&rows, self.step_sum.map(|row| mean(&row)), self.learning.limit)
    }
}

fn add(sum: &mut Row, row: &Row) {
    sum.iter_mut().zip(row).for_each(|(s, v)| *s += v);
}

/// One step of `AdaGrad`.
fn descend(value: &mut f32, square: &mut f32, gradient: f32, step: f32) {
    *square += gradient * gradient;
    *value -= step * gradient / square.sqrt();
}
