//! Two texts of two languages, sentence against sentence.

use super::cells::Cells;
use super::rows::Weighted;
use super::{Bars, Crossed};
use crate::rules;
use rashomon_model::{Rule, Span, math};

/// The least logarithm of the odds of two sentences that may be aligned.
const LEAST_SENTENCE: f32 = -3.0;
/// Two places are near one diagonal if their shares of the texts before them differ by less.
const NEAR: f32 = 0.1;
/// Logistic weights: of the logarithm of the cosine of the texts, the ratio of their numbers of sentences, the sentences
/// aligned in order against those of the shorter and of the longer text, those near the diagonal, and the shared numbers by
/// weight. Fitted on the development half of NTREX (62 articles in seven languages, CC BY-SA 4.0) against the three articles
/// nearest to each in each other language and against the other half of its own sentences.
const TRANSLATION: [f32; 6] = [2.651, -0.646, 3.725, 3.53, 6.901, 5.184];
const BIAS: f32 = -4.633;
/// The least sentences of a translation: below, the texts are too short to tell.
const LEAST_ALIGNED: usize = 3;
/// A passage adds to each of its pairs of sentences so much, and no pair counts for more than so much: one pair that is surely
/// the same, a quotation, makes no passage.
const RISE: f32 = 3.0;
const MOST: f32 = 6.0;
/// What a passage loses where the one text has a sentence between that the other lacks.
const SKIPPED: f32 = 1.2;
/// The least pairs of sentences of a translated passage: one may be a quotation that both have from elsewhere.
const LEAST_PASSAGE: usize = 2;
/// Logistic weights of what makes a passage: what its pairs of sentences come to, the logarithm of how many pairs there were to
/// choose from, whether the texts are in two scripts, which share less by chance, whether it has no more pairs than it must, the
/// cosines of its three best pairs, and the logarithm of the keys that these sentences have. Fitted on three lines of each
/// article of the development half of NTREX hidden in another, 300 times a language, against the other articles that look like
/// their source.
const PASSAGE: [f32; 6] = [0.829, 0.142, 2.388, 0.505, 4.718, 1.300];
const PASSAGE_BIAS: f32 = -16.976;
/// More than so much says no more of a passage, nor do more of its pairs.
const MOST_OF_PASSAGE: f32 = 25.0;
const BEST_PAIRS: usize = 3;
/// Reports of one event stand within so many seconds.
const WINDOW: i64 = 4 * 86_400;

/// What was found between two texts.
pub(crate) struct Judged {
    rule: Rule,
    score: f32,
    passages: Vec<(Span, Span)>,
}

impl Judged {
    pub(crate) fn crossed(self, pair: (usize, usize)) -> Crossed {
        let score = (f64::from(self.score) * 1000.0).round() / 1000.0;
        Crossed { pair, rule: self.rule, score, passages: self.passages }
    }
}

/// What `a` and `b` have to do with each other, if anything, by `bars`. `at` is when each was published.
#[allow(clippy::cast_precision_loss, reason = "sentences are few")]
pub(crate) fn judge(a: &Weighted, b: &Weighted, at: Option<(i64, i64)>, bars: &Bars) -> Option<Judged> {
    let (n, m) = (a.sentences.len(), b.sentences.len());
    if n == 0 || m == 0 {
        return None;
    }
    let cosine = a.whole.dot(&b.whole);
    let cells = Cells::of(&a.sentences.iter().collect::<Vec<_>>(), &b.sentences.iter().collect::<Vec<_>>());
    let mutual = cells.mutual(LEAST_SENTENCE);
    let chain = in_order(&mutual);
    let (shorter, longer) = (n.min(m) as f32, n.max(m) as f32);
    let diagonal = mutual.iter().filter(|it| (it.0 as f32 / n as f32 - it.1 as f32 / m as f32).abs() < NEAR).count();
    let features = [
        math::ln(cosine + 0.01),
        shorter / longer,
        chain.len() as f32 / shorter,
        chain.len() as f32 / longer,
        diagonal as f32 / longer,
        same_numbers(a, b),
    ];
    let z = BIAS + TRANSLATION.iter().zip(features).map(|(w, f)| w * f).sum::<f32>();
    let spans =
        |pairs: &[(usize, usize)]| pairs.iter().map(|it| (a.sentences[it.0].span, b.sentences[it.1].span)).collect();
    if z >= bars.translation && chain.len() >= LEAST_ALIGNED {
        return Some(Judged {
            rule: rules::SENTENCES_ALIGNED_ACROSS_LANGUAGES,
            score: logistic(z),
            passages: spans(&chain),
        });
    }
    let (passage, comes_to) = passage(&cells);
    if passage.len() >= LEAST_PASSAGE {
        let z = of_passage(a, b, &passage, comes_to);
        if z >= bars.passage {
            let rule = rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES;
            return Some(Judged { rule, score: logistic(z), passages: spans(&passage) });
        }
    }
    let apart = at.is_some_and(|(x, y)| (x - y).abs() > WINDOW);
    (cosine >= bars.event && !apart).then(|| Judged {
        rule: rules::NAMES_AND_NUMBERS_ACROSS_LANGUAGES,
        score: cosine.min(1.0),
        passages: spans(&chain),
    })
}

/// The logarithm of the odds that the pairs of sentences `passage`, which come to so much, are one passage in two languages.
#[allow(clippy::cast_precision_loss, reason = "sentences are few")]
fn of_passage(a: &Weighted, b: &Weighted, passage: &[(usize, usize)], comes_to: f32) -> f32 {
    let pairs = || passage.iter().map(|it| (&a.sentences[it.0].row, &b.sentences[it.1].row));
    let mut cosines: Vec<f32> = pairs().map(|(x, y)| x.dot(y)).collect();
    cosines.sort_by(|x, y| y.total_cmp(x));
    let keys: usize = pairs().map(|(x, y)| x.keys.len().min(y.keys.len())).sum();
    let features = [
        comes_to.min(MOST_OF_PASSAGE),
        math::ln((a.sentences.len() * b.sentences.len()) as f32),
        f32::from(a.is_latin != b.is_latin),
        f32::from(passage.len() == LEAST_PASSAGE),
        cosines.iter().take(BEST_PAIRS).sum(),
        math::ln(1.0 + keys as f32),
    ];
    PASSAGE_BIAS + PASSAGE.iter().zip(features).map(|(w, f)| w * f).sum::<f32>()
}

fn logistic(z: f32) -> f32 {
    1.0 / (1.0 + math::exp(-z))
}

/// The longest row of pairs that are in order in both texts.
fn in_order(mutual: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(mutual.len());
    for (n, it) in mutual.iter().enumerate() {
        let before = (0..n)
            .filter(|k| mutual[*k].1 < it.1)
            .fold(None, |top: Option<usize>, k| top.filter(|top| best[*top].0 >= best[k].0).or(Some(k)));
        best.push((1 + before.map_or(0, |k| best[k].0), before));
    }
    let mut at =
        (0..best.len()).fold(None, |top: Option<usize>, k| top.filter(|t| best[*t].0 >= best[k].0).or(Some(k)));
    let mut out = Vec::new();
    while let Some(n) = at {
        out.push(mutual[n]);
        at = best[n].1;
    }
    out.reverse();
    out
}

/// The pairs of sentences on end that come to most, and what they come to.
fn passage(cells: &Cells) -> (Vec<(usize, usize)>, f32) {
    let (height, width) = (cells.height(), cells.width());
    let mut sums = vec![0.0_f32; height * width];
    let mut from: Vec<Option<(usize, usize)>> = vec![None; height * width];
    let mut top = (0.0, None);
    for x in 0..height {
        for y in 0..width {
            let mut before = (0.0, None);
            for (dx, dy) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
                if x < dx || y < dy {
                    continue;
                }
                let skipped = if dx + dy == 2 { 0.0 } else { SKIPPED };
                let sum = sums[(x - dx) * width + y - dy] - skipped;
                if sum > before.0 {
                    before = (sum, Some((x - dx, y - dy)));
                }
            }
            let sum = before.0 + cells.at(x, y).min(MOST) + RISE;
            if sum > 0.0 {
                sums[x * width + y] = sum;
                from[x * width + y] = before.1;
                if sum > top.0 {
                    top = (sum, Some((x, y)));
                }
            }
        }
    }
    let mut out = Vec::new();
    let mut at = top.1;
    while let Some((x, y)) = at {
        out.push((x, y));
        at = from[x * width + y];
    }
    out.reverse();
    (out, top.0)
}

/// The share of the texts' numbers, by weight, that both have; a text without numbers has nothing to say.
fn same_numbers(a: &Weighted, b: &Weighted) -> f32 {
    let there = |other: &Weighted, key| other.numbers.binary_search_by_key(&key, |it: &(_, f32)| it.0).is_ok();
    let both: f32 = a.numbers.iter().filter(|it| there(b, it.0)).map(|it| it.1).sum();
    let only = |it: &Weighted| it.numbers.iter().map(|n| n.1).sum::<f32>();
    (both + 1.0) / (only(a) + only(b) - both + 3.0)
}
