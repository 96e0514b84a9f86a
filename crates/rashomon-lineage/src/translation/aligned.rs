//! Two texts of two languages, sentence against sentence.

use super::rows::Weighted;
use super::{Crossed, PASSAGE_TRANSLATED, SAME_EVENT, TRANSLATED};
use rashomon_model::Span;

/// The least cosine of two sentences that may be aligned.
const LEAST_SENTENCE: f32 = 0.05;
/// Two places are near one diagonal if their shares of the texts before them differ by less.
const NEAR: f32 = 0.1;
/// Logistic weights: of the logarithm of the cosine of the texts, the ratio of their numbers of sentences, the sentences
/// aligned in order against those of the shorter and of the longer text, those near the diagonal, and the shared numbers by
/// weight. Fitted on the development half of NTREX (62 articles in seven languages, CC BY-SA 4.0; by themselves and beside 1,500
/// English ones), where they find 99.2 % of the pairs and no wrong one.
const TRANSLATION: [f32; 6] = [1.761, 9.707, 6.214, 6.224, 11.31, 7.872];
const BIAS: f32 = -14.207;
/// The least sentences of a translation, and the least weight they share: below, the texts are too short to tell.
const LEAST_ALIGNED: usize = 3;
const LEAST_SHARED: f32 = 12.0;
/// The least sentences of a translated passage, and the least weight they share: unrelated articles of NTREX come to 40.
const LEAST_PASSAGE: usize = 3;
const PASSAGE_SHARED: f32 = 45.0;
/// Sentences of a passage may leave out one between.
const STEP: usize = 2;
/// The least cosine of two texts about one event. Of halves of NTREX articles that share no sentence, 96 % of the pairs in one
/// story are right with it.
const EVENT: f32 = 0.25;
/// Reports of one event stand within so many seconds.
const WINDOW: i64 = 4 * 86_400;

/// What was found between two texts.
pub(crate) struct Judged {
    rule: &'static str,
    score: f32,
    passages: Vec<(Span, Span)>,
}

impl Judged {
    pub(crate) fn crossed(self, pair: (usize, usize)) -> Crossed {
        let score = (f64::from(self.score) * 1000.0).round() / 1000.0;
        Crossed { pair, rule: self.rule, score, passages: self.passages }
    }
}

/// A pair of sentences, each the other's best.
#[derive(Clone, Copy)]
pub(crate) struct Mutual {
    a: usize,
    b: usize,
    /// The weight of the keys they share, in nats.
    shared: f32,
}

/// What two texts come to, sentence against sentence.
pub(crate) struct Measured {
    pub(crate) cosine: f32,
    pub(crate) features: [f32; 6],
    /// The sentences aligned in order, and the weight they share.
    pub(crate) chain: Vec<Mutual>,
    pub(crate) shared: f32,
    /// The sentences aligned on end, and the weight they share.
    pub(crate) passage: Vec<Mutual>,
    pub(crate) passage_shared: f32,
}

#[allow(clippy::cast_precision_loss, reason = "sentences are few")]
pub(crate) fn measure(a: &Weighted, b: &Weighted) -> Option<Measured> {
    let (n, m) = (a.sentences.len(), b.sentences.len());
    if n == 0 || m == 0 {
        return None;
    }
    let cosine = a.whole.dot(&b.whole);
    let mutual = mutual(a, b);
    let chain = in_order(&mutual);
    let (shorter, longer) = (n.min(m) as f32, n.max(m) as f32);
    let diagonal =
        mutual.iter().filter(|it| (it.a as f32 / n as f32 - it.b as f32 / m as f32).abs() < NEAR).count() as f32;
    let features = [
        (cosine + 0.01).ln(),
        shorter / longer,
        chain.len() as f32 / shorter,
        chain.len() as f32 / longer,
        diagonal / longer,
        same_numbers(a, b),
    ];
    let passage = longest_passage(&mutual);
    let weight = |row: &[Mutual]| row.iter().map(|it| it.shared).sum();
    let (shared, passage_shared) = (weight(&chain), weight(&passage));
    Some(Measured { cosine, features, chain, shared, passage, passage_shared })
}

/// What `a` and `b` have to do with each other, if anything. `at` is when each was published.
pub(crate) fn judge(a: &Weighted, b: &Weighted, at: Option<(i64, i64)>) -> Option<Judged> {
    let it = measure(a, b)?;
    let z = BIAS + TRANSLATION.iter().zip(it.features).map(|(w, f)| w * f).sum::<f32>();
    let spans = |chain: &[Mutual]| chain.iter().map(|it| (a.sentences[it.a].0, b.sentences[it.b].0)).collect();
    if z >= 0.0 && it.chain.len() >= LEAST_ALIGNED && it.shared >= LEAST_SHARED {
        return Some(Judged { rule: TRANSLATED, score: logistic(z), passages: spans(&it.chain) });
    }
    if it.passage.len() >= LEAST_PASSAGE && it.passage_shared >= PASSAGE_SHARED {
        let score = it.passage_shared / (it.passage_shared + PASSAGE_SHARED);
        return Some(Judged { rule: PASSAGE_TRANSLATED, score, passages: spans(&it.passage) });
    }
    let apart = at.is_some_and(|(x, y)| (x - y).abs() > WINDOW);
    (it.cosine >= EVENT && !apart).then(|| Judged {
        rule: SAME_EVENT,
        score: it.cosine.min(1.0),
        passages: spans(&it.chain),
    })
}

fn logistic(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

/// The pairs of sentences of which each is the other's best, in order of the first text.
fn mutual(a: &Weighted, b: &Weighted) -> Vec<Mutual> {
    let m = b.sentences.len();
    let cells: Vec<f32> =
        a.sentences.iter().flat_map(|(_, row)| b.sentences.iter().map(|(_, other)| row.dot(other))).collect();
    // The first of the best.
    let best = |cells: &mut dyn Iterator<Item = f32>| {
        cells.enumerate().fold((0, f32::MIN), |top, (n, it)| if it > top.1 { (n, it) } else { top }).0
    };
    let of_b: Vec<usize> = (0..m).map(|y| best(&mut cells.iter().skip(y).step_by(m).copied())).collect();
    let pair = |(x, row): (usize, &[f32])| {
        let y = best(&mut row.iter().copied());
        let weight = || a.sentences[x].1.shared(&b.sentences[y].1);
        (of_b[y] == x && row[y] > LEAST_SENTENCE).then(|| Mutual { a: x, b: y, shared: weight() })
    };
    cells.chunks(m).enumerate().filter_map(pair).collect()
}

/// The longest row of pairs that are in order in both texts.
fn in_order(mutual: &[Mutual]) -> Vec<Mutual> {
    chained(mutual, |before, it| before.b < it.b, |_| 1.0)
}

/// The weightiest row of pairs that follow each other at once in both texts.
fn longest_passage(mutual: &[Mutual]) -> Vec<Mutual> {
    let follows = |before: &Mutual, it: &Mutual| it.a - before.a <= STEP && before.b < it.b && it.b - before.b <= STEP;
    chained(mutual, follows, |it| it.shared)
}

/// The row of the greatest gain in which each pair `follows` the one before. `mutual` is in order of the first text.
fn chained(
    mutual: &[Mutual],
    follows: impl Fn(&Mutual, &Mutual) -> bool,
    gain: impl Fn(&Mutual) -> f32,
) -> Vec<Mutual> {
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(mutual.len());
    for (n, it) in mutual.iter().enumerate() {
        let before = (0..n)
            .filter(|k| follows(&mutual[*k], it))
            .fold(None, |top: Option<usize>, k| top.filter(|top| best[*top].0 >= best[k].0).or(Some(k)));
        best.push((gain(it) + before.map_or(0.0, |k| best[k].0), before));
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

/// The share of the texts' numbers, by weight, that both have; a text without numbers has nothing to say.
fn same_numbers(a: &Weighted, b: &Weighted) -> f32 {
    let there = |other: &Weighted, key| other.numbers.binary_search_by_key(&key, |it: &(_, f32)| it.0).is_ok();
    let both: f32 = a.numbers.iter().filter(|it| there(b, it.0)).map(|it| it.1).sum();
    let only = |it: &Weighted| it.numbers.iter().map(|n| n.1).sum::<f32>();
    (both + 1.0) / (only(a) + only(b) - both + 3.0)
}
