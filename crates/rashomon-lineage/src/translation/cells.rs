//! How sure it is that two sentences of two texts are one, for every pair of them.

use super::rows::Sentence;
use rashomon_model::math;

/// Logistic weights of what speaks for a pair of sentences: the logarithm of their cosine, how far it lies above that of any
/// other pair of either, and the square of the logarithm of their lengths' ratio. Fitted on the lines of the development half
/// of NTREX (62 articles, English with six languages, CC BY-SA 4.0).
const WEIGHTS: [f32; 3] = [2.287, 19.49, -10.661];
const BIAS: f32 = 4.552;
/// Lengths may differ by this square before they say no more.
const MOST_APART: f32 = 2.0;

/// The logarithm of the odds for each pair of sentences.
pub(crate) struct Cells {
    width: usize,
    odds: Vec<f32>,
}

/// The best cosine and the best of the others.
#[derive(Clone, Copy)]
struct Top {
    best: f32,
    second: f32,
}

impl Top {
    const NONE: Self = Self { best: 0.0, second: 0.0 };

    fn add(&mut self, it: f32) {
        if it > self.best {
            (self.best, self.second) = (it, self.best);
        } else if it > self.second {
            self.second = it;
        }
    }

    /// The best besides one of value `it`.
    fn other(self, it: f32) -> f32 {
        if it >= self.best { self.second } else { self.best }
    }
}

impl Cells {
    pub(crate) fn of(a: &[&Sentence], b: &[&Sentence]) -> Self {
        let cosines: Vec<f32> = a.iter().flat_map(|x| b.iter().map(|y| x.row.dot(&y.row))).collect();
        let width = b.len();
        let (mut rows, mut columns) = (vec![Top::NONE; a.len()], vec![Top::NONE; width]);
        for (n, cosine) in cosines.iter().enumerate() {
            rows[n / width].add(*cosine);
            columns[n % width].add(*cosine);
        }
        let odds = |(n, cosine): (usize, &f32)| {
            let (x, y) = (n / width, n % width);
            let other = rows[x].other(*cosine).max(columns[y].other(*cosine));
            let apart = a[x].length - b[y].length;
            let features = [math::ln(cosine + 0.02), cosine - other, (apart * apart).min(MOST_APART)];
            BIAS + WEIGHTS.iter().zip(features).map(|(w, f)| w * f).sum::<f32>()
        };
        Self { width, odds: cosines.iter().enumerate().map(odds).collect() }
    }

    /// The logarithm of the odds that sentence `x` of the one is sentence `y` of the other.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.odds[x * self.width + y]
    }

    pub(crate) fn height(&self) -> usize {
        self.odds.len() / self.width.max(1)
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The pairs of which each is the other's best, with odds above `least`, in order of the first text.
    pub(crate) fn mutual(&self, least: f32) -> Vec<(usize, usize)> {
        // The first of the best.
        let best = |cells: &mut dyn Iterator<Item = f32>| {
            cells.enumerate().fold((0, f32::MIN), |top, (n, it)| if it > top.1 { (n, it) } else { top }).0
        };
        let column = |y: usize| best(&mut (0..self.height()).map(|x| self.at(x, y)));
        let of_column: Vec<usize> = (0..self.width).map(column).collect();
        let pair = |x: usize| {
            let y = best(&mut (0..self.width).map(|y| self.at(x, y)));
            (of_column[y] == x && self.at(x, y) > least).then_some((x, y))
        };
        if self.width == 0 { Vec::new() } else { (0..self.height()).filter_map(pair).collect() }
    }
}
