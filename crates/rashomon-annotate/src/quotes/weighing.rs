//! What a possible attribution looks like as a whole, beside its rivals.
//!
//! The earlier decisions see one edge each. Here cue, content and surroundings are looked at together, with how sure those
//! decisions were and what the labels of the words say, so that doubt about one can be settled by the others (reranking:
//! Collins & Koo 2005).

use super::candidates::Candidate;
use super::chain::{Row, label};
use super::reading::{Atom, Counts, NONE, Reading, UNTAGGED};
use super::trees::WIDTH;
use rashomon_model::math;

/// The candidates of an article with what each has to be seen against.
#[derive(Debug)]
pub struct Field<'a> {
    r: &'a Reading<'a>,
    candidates: &'a [Candidate],
    /// Indices of the first candidate of every cue.
    firsts: Vec<usize>,
    /// How likely each token has each label.
    labels: Vec<Row>,
    /// Sums of how likely the tokens before each are content, and of its logarithm.
    content: Vec<(f32, f32)>,
    /// How thickly the article attributes: expected cues a sentence.
    density: f32,
}

impl<'a> Field<'a> {
    /// The candidates of `r`, as [`super::candidates::candidates`] gives them, with the labels of
    /// [`super::sequence::labels`].
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a ratio")]
    pub fn new(r: &'a Reading<'a>, candidates: &'a [Candidate], labels: Vec<Row>) -> Self {
        let firsts: Vec<usize> = (0..candidates.len()).filter(|&n| candidates[n].rank == 0).collect();
        let cues: f32 = firsts.iter().map(|&n| candidates[n].likely).sum();
        let density = cues / r.it.sentences.len().max(1) as f32;
        let mut content = Vec::with_capacity(labels.len() + 1);
        content.push((0.0, 0.0));
        for row in &labels {
            let (sum, logs) = content[content.len() - 1];
            let p = inside(row);
            content.push((sum + p, logs + math::ln(p + 0.01)));
        }
        Self { r, candidates, firsts, labels, content, density }
    }

    /// How likely token `i` is content.
    fn inside(&self, i: usize) -> f32 {
        self.labels.get(i).map_or(0.0, inside)
    }

    /// How likely token `i` has the label `l`.
    fn label(&self, i: usize, l: usize) -> f32 {
        self.labels.get(i).map_or(0.0, |row| row[l])
    }

    /// How likely the tokens `from..to` are content, in the mean.
    #[allow(clippy::cast_precision_loss, reason = "a ratio")]
    fn mean(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.labels.len());
        if from < to { (self.content[to].0 - self.content[from].0) / (to - from) as f32 } else { 0.0 }
    }
}

fn inside(row: &Row) -> f32 {
    row[label::FIRST] + row[label::INSIDE]
}

/// Number of measures of a candidate.
pub const MEASURES: usize = WORDS + BESIDE;
const WORDS: usize = 48;
const BESIDE: usize = 8;

/// Cues looked at on either side.
const NEIGHBOURS: usize = 5;
/// Tokens of a content that are looked at one by one.
const REACH: usize = 100;

/// The [`MEASURES`] of candidate `n`, in a fixed order; likelihoods, distances in tokens, numbers of parts of speech and of
/// word classes.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "distances within an article's sentences")]
pub fn measures(field: &Field<'_>, n: usize) -> [f32; WIDTH] {
    let r = field.r;
    let c = &field.candidates[n];
    let s = r.sentence(c.cue);
    let (start, end, cue) = (c.content.start, c.content.end, c.cue);
    let apart = |to: usize, from: usize| to as f32 - from as f32;
    let tag = |i: usize, by: isize| {
        let tag = r.at(i, by).tag;
        (if tag < UNTAGGED { tag } else { 60 }) as f32
    };
    let quoted = |a: &Atom| f32::from(u8::from(a.stretch != NONE));
    let Counts { verbs, nominals, commas, quotes, reports, .. } = r.counts(start, end);
    let within = &field.labels[start.min(field.labels.len())..(start + REACH).min(end).min(field.labels.len())];
    let most = |l: usize| within.iter().map(|row| row[l]).fold(0.0, f32::max);
    let words: [f32; WORDS] = [
        c.likely,
        c.sure,
        c.half,
        c.rank as f32,
        field.density,
        apart(end, start),
        apart(start, cue),
        apart(end, cue),
        apart(s.end, end),
        apart(start, s.start),
        apart(s.end, s.start),
        verbs as f32,
        nominals as f32,
        commas as f32,
        quotes as f32,
        reports as f32,
        quoted(r.at(start, 0)),
        quoted(r.at(end, -1)),
        quoted(r.at(cue, 0)),
        f32::from(u8::from(c.content.contains(&cue))),
        tag(cue, 0),
        tag(cue, -1),
        tag(cue, 1),
        tag(start, 0),
        tag(start, 1),
        tag(start, -1),
        tag(end, -1),
        tag(end, 0),
        tag(end, 1),
        r.at(cue, 0).coarse as f32,
        r.at(end, 0).coarse as f32,
        r.at(start, 0).coarse as f32,
        r.at(end, -1).coarse as f32,
        f32::from(u8::from(r.at(cue, 0).reports)),
        field.mean(start, end),
        within.iter().map(inside).fold(1.0, f32::min),
        start.checked_sub(1).map_or(0.0, |i| field.inside(i)),
        field.inside(end),
        field.label(start, label::FIRST),
        field.label(end, label::FIRST),
        field.label(cue, label::CUE),
        field.inside(cue),
        field.content[end].1 - field.content[start].1,
        most(label::CUE),
        most(label::SOURCE),
        field.mean(start.saturating_sub(3), start),
        field.mean(end, end + 3),
        field.mean(start, end.min(start + 3)) - field.mean(start.max(end.saturating_sub(3)), end),
    ];
    let mut out = [0.0; WIDTH];
    out[..WORDS].copy_from_slice(&words);
    out[WORDS..MEASURES].copy_from_slice(&beside(field, n));
    out
}

/// How likely candidate `n` is as a whole, and the likeliest of those that share words with it: any, by half and wholly;
/// one that holds it, one that it holds, one that is the same, by another cue; another of its own cue.
fn beside(field: &Field<'_>, n: usize) -> [f32; BESIDE] {
    let c = &field.candidates[n];
    let at = field.firsts.partition_point(|&k| field.candidates[k].cue < c.cue);
    let from = field.firsts.get(at.saturating_sub(NEIGHBOURS)).copied().unwrap_or(0);
    let to = field.firsts.get(at + NEIGHBOURS + 1).copied().unwrap_or(field.candidates.len());
    let [mut half, mut exact, mut wider, mut narrower, mut equal, mut own] = [0.0f32; 6];
    for (k, o) in (from..).zip(&field.candidates[from..to]) {
        if o.cue == c.cue {
            if k != n {
                own = own.max(o.sure);
            }
            continue;
        }
        if o.content.start >= c.content.end || c.content.start >= o.content.end {
            continue;
        }
        let (by_half, wholly) = (o.likely * o.half, o.likely * o.sure);
        half = half.max(by_half);
        exact = exact.max(wholly);
        let holds = o.content.start <= c.content.start && c.content.end <= o.content.end;
        let held = c.content.start <= o.content.start && o.content.end <= c.content.end;
        if holds {
            wider = wider.max(by_half);
        }
        if held {
            narrower = narrower.max(by_half);
        }
        if holds && held {
            equal = equal.max(wholly);
        }
    }
    [c.likely * c.half, c.likely * c.sure, half, exact, wider, narrower, equal, own]
}
