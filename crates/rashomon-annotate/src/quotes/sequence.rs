//! How likely each word of a sentence belongs to content, to a cue or to a source, all words of it seen together.
//!
//! A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over five labels, read by forward-backward
//! (Rabiner 1989). It sees no candidates, only words and how likely each is a cue, so it errs otherwise than the choice of
//! two edges does; whole attributions are weighed by both.

use super::candidates::Candidate;
use super::chain::{Cells, Chain, LABELS, Row};
use super::hashing::{Sink, Take};
use super::reading::{NONE, Reading};
use rashomon_model::math;
use std::ops::Range;

/// Adds up the rows of features as they are made: a few dozen, so that no sum of bytes overflows.
struct Rows<'a> {
    cells: &'a [Cells],
    shift: u32,
    total: [i16; 8],
}

impl Take for Rows<'_> {
    #[inline]
    fn take(&mut self, feature: u32) {
        if let Some(row) = self.cells.get((feature >> self.shift) as usize) {
            self.total.iter_mut().zip(row).for_each(|(t, c)| *t += i16::from(*c));
        }
    }
}

/// How likely each token of an article has each label; tokens of sentences without a likely cue are outside.
#[must_use]
pub fn labels(chain: &Chain, r: &Reading<'_>, candidates: &[Candidate]) -> Vec<Row> {
    let mut out = vec![[1.0, 0.0, 0.0, 0.0, 0.0]; r.len()];
    if chain.cells.is_empty() {
        return out;
    }
    let likely = likelihoods(r, candidates);
    let mut scores: Vec<Row> = Vec::new();
    for sentence in sentences(r, candidates) {
        let line = Line::new(r, sentence.clone(), &likely);
        scores.clear();
        scores.extend(sentence.clone().map(|i| {
            let mut rows = Rows { cells: &chain.cells, shift: 32 - chain.bits, total: [0; 8] };
            token(&line, i, &mut rows);
            std::array::from_fn(|b| f32::from(rows.total[b]) * chain.scale)
        }));
        let lattice = Lattice::new(&scores, &chain.steps);
        for (k, i) in sentence.enumerate() {
            out[i] = lattice.at(k);
        }
    }
    out
}

/// How likely each token is the head of a cue, as far as it has candidates.
#[must_use]
pub fn likelihoods(r: &Reading<'_>, candidates: &[Candidate]) -> Vec<f32> {
    let mut likely = vec![0.0; r.len()];
    candidates.iter().for_each(|c| likely[c.cue] = c.likely);
    likely
}

/// Least likelihood of a cue in whose sentence words are labelled.
const WORTH_LABELS: f32 = 0.2;

/// The sentences whose words are labelled, those with a likely cue, in tokens, in order.
#[must_use]
pub fn sentences(r: &Reading<'_>, candidates: &[Candidate]) -> Vec<Range<usize>> {
    let likely = candidates.iter().filter(|c| c.likely >= WORTH_LABELS);
    let mut out: Vec<Range<usize>> = likely.map(|c| r.sentence(c.cue)).collect();
    out.dedup();
    out
}

/// A sentence with where its likely cues stand.
#[derive(Debug)]
pub struct Line<'a> {
    r: &'a Reading<'a>,
    s: Range<usize>,
    likely: &'a [f32],
    /// How likely the likeliest cue before, and after, each token is one, in steps.
    before: Vec<u32>,
    after: Vec<u32>,
    /// The last likely cue before each token.
    last: Vec<Option<usize>>,
}

/// Least likelihood of a cue that what follows is seen from.
const LIKELY: f32 = 0.3;

impl<'a> Line<'a> {
    /// The tokens `s` of `r`; `likely` holds for every token of the article how likely it is the head of a cue.
    #[must_use]
    pub fn new(r: &'a Reading<'a>, s: Range<usize>, likely: &'a [f32]) -> Self {
        let (mut most, mut near) = (0.0f32, None);
        let (mut before, mut last) = (Vec::with_capacity(s.len()), Vec::with_capacity(s.len()));
        for i in s.clone() {
            before.push(step(most));
            last.push(near);
            most = most.max(likely[i]);
            if likely[i] >= LIKELY {
                near = Some(i);
            }
        }
        most = 0.0;
        let mut after = vec![0; s.len()];
        for i in s.clone().rev() {
            after[i - s.start] = step(most);
            most = most.max(likely[i]);
        }
        Self { r, s, likely, before, after, last }
    }
}

/// Likelihood of a cue in five steps.
fn step(p: f32) -> u32 {
    [0.1, 0.25, 0.5, 0.8].iter().map(|t| u32::from(p >= *t)).sum()
}

/// Which label does token `i` have?
#[inline]
pub fn token(line: &Line<'_>, i: usize, out: &mut impl Take) {
    let (r, s) = (line.r, &line.s);
    let a = |by| r.near(s, i, by);
    let (me, p1, p2, n1, n2) = (a(0), a(-1), a(-2), a(1), a(2));
    let mut f = Sink { out, salt: 0x6000 };
    f.one(0, 0);
    f.one(1, me.word);
    f.one(3, me.class);
    f.one(4, me.coarse);
    f.one(5, p2.word);
    f.one(6, p2.tag);
    f.one(8, p1.word);
    f.one(10, p1.coarse);
    f.one(11, n1.word);
    f.one(13, n1.coarse);
    f.one(14, n2.word);
    f.one(15, n2.tag);
    f.two(17, p1.tag, me.tag);
    f.two(18, me.tag, n1.tag);
    f.three(19, p1.tag, me.tag, n1.tag);
    f.two(20, p1.word, me.word);
    f.two(21, me.word, n1.word);
    f.two(23, p1.word, me.tag);
    f.two(24, me.class, n1.tag);
    f.one(25, p1.class);
    let k = i - s.start;
    let quoted = u32::from(me.stretch != NONE);
    let (here, before, after) = (step(line.likely[i]), line.before[k], line.after[k]);
    f.two(26, quoted, u32::from(p1.stretch != NONE));
    f.one(27, here);
    f.three(30, before, after, quoted);
    if let Some(cue) = line.last[k] {
        let distance = (i - cue).min(4) as u32;
        let cue = &r.atoms[cue];
        f.two(31, cue.word, distance);
        f.three(32, cue.tag, distance, me.tag);
        f.two(33, distance, p1.word);
    }
    f.two(34, k.min(3) as u32, (s.end - 1 - i).min(3) as u32);
}

/// The paths of labels through a sentence, summed from either end.
#[derive(Debug)]
pub struct Lattice {
    /// Share of all paths up to a token that end in each label.
    forward: Vec<Row>,
    /// The same before the token's own score counts.
    reach: Vec<Row>,
    /// How well each label of a token is followed, with the token's own score.
    backward: Vec<Row>,
    factors: [Row; LABELS + 1],
}

impl Lattice {
    /// The lattice of tokens whose labels score as given, `steps` from label to label, the last row from the beginning.
    #[must_use]
    pub fn new(scores: &[Row], steps: &[Row; LABELS + 1]) -> Self {
        let factors = steps.map(|row| row.map(math::exp));
        let local: Vec<Row> = scores
            .iter()
            .map(|row| {
                let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                row.map(|x| if x < top { math::exp(x - top) } else { 1.0 })
            })
            .collect();
        let (mut forward, mut reach) = (Vec::with_capacity(local.len()), Vec::with_capacity(local.len()));
        let mut before = factors[LABELS];
        for here in &local {
            let mut row = before;
            (0..LABELS).for_each(|b| row[b] *= here[b]);
            let row = normal(row);
            forward.push(row);
            reach.push(before);
            before = [0.0; LABELS];
            for a in 0..LABELS {
                (0..LABELS).for_each(|b| before[b] += row[a] * factors[a][b]);
            }
        }
        let mut backward = local;
        for t in (0..backward.len().saturating_sub(1)).rev() {
            let next = backward[t + 1];
            for a in 0..LABELS {
                let follow: f32 = (0..LABELS).map(|b| factors[a][b] * next[b]).sum();
                backward[t][a] *= follow;
            }
            backward[t] = normal(backward[t]);
        }
        Self { forward, reach, backward, factors }
    }

    /// How likely token `t` has each label.
    #[must_use]
    pub fn at(&self, t: usize) -> Row {
        let mut row = self.reach[t];
        (0..LABELS).for_each(|b| row[b] *= self.backward[t][b]);
        normal(row)
    }

    /// How likely token `t` follows its predecessor with each pair of labels.
    ///
    /// # Panics
    /// For the first token, which has none.
    #[must_use]
    pub fn pairs(&self, t: usize) -> [Row; LABELS] {
        let mut rows = [[0.0; LABELS]; LABELS];
        let mut sum = 0.0;
        for a in 0..LABELS {
            for b in 0..LABELS {
                rows[a][b] = self.forward[t - 1][a] * self.factors[a][b] * self.backward[t][b];
                sum += rows[a][b];
            }
        }
        rows.map(|row| row.map(|x| if sum > 0.0 { x / sum } else { 0.0 }))
    }
}

fn normal(row: Row) -> Row {
    let sum: f32 = row.iter().sum();
    if sum > 0.0 { row.map(|x| x / sum) } else { [1.0, 0.0, 0.0, 0.0, 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums over all paths, written out.
    fn by_hand(scores: &[Row], steps: &[Row; LABELS + 1], t: usize, label: usize) -> f32 {
        let paths = LABELS.pow(u32::try_from(scores.len()).unwrap());
        let (mut all, mut with) = (0.0f32, 0.0f32);
        for path in 0..paths {
            let at = |k: usize| path / LABELS.pow(u32::try_from(k).unwrap()) % LABELS;
            let mut score = steps[LABELS][at(0)];
            for k in 0..scores.len() {
                score += scores[k][at(k)] + if k > 0 { steps[at(k - 1)][at(k)] } else { 0.0 };
            }
            all += math::exp(score);
            if at(t) == label {
                with += math::exp(score);
            }
        }
        with / all
    }

    #[test]
    fn likelihoods_are_those_of_all_paths() {
        let scores = [[0.5, -1.0, 0.0, 2.0, 0.1], [1.0, 0.0, -0.5, 0.3, 0.0], [0.0, 0.7, 0.2, -2.0, 1.1]];
        let mut steps = [[0.0; LABELS]; LABELS + 1];
        for a in 0..=LABELS {
            for b in 0..LABELS {
                steps[a][b] = ((a * 7 + b * 4) % 11) as f32 * 0.2 - 1.0;
            }
        }
        let lattice = Lattice::new(&scores, &steps);
        for t in 0..3 {
            for b in 0..LABELS {
                assert!((lattice.at(t)[b] - by_hand(&scores, &steps, t, b)).abs() < 1e-5);
                if t > 0 {
                    let sum: f32 = lattice.pairs(t).iter().map(|row| row[b]).sum();
                    assert!((sum - lattice.at(t)[b]).abs() < 1e-5);
                }
            }
        }
    }
}
