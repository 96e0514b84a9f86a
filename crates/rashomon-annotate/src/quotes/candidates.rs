//! Which attributions are possible: words that may report, and for each the contents that it may report.
//!
//! For every word that can be the head of a cue the model says how likely it is one; for likely ones it weighs where the
//! content begins, then where it ends, each by a softmax over all places that can be it.

use super::features::{self, Around, Content};
use super::reading::{Atom, NONE, Reading};
use super::weights::{Sum, Weights};
use crate::Tag;
use rashomon_model::{Span, math};

/// One possible attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Head of the cue.
    pub cue: usize,
    /// What it may report.
    pub content: Content,
    /// How likely the word is the head of a cue.
    pub likely: f32,
    /// How likely its content is this one.
    pub sure: f32,
    /// How likely its content overlaps this one by half of both.
    pub half: f32,
    /// Place among the cue's contents, the likeliest first.
    pub rank: usize,
}

/// Likelihood of a cue below which its content is not looked for.
const LEAST_CUE: f32 = 0.12;
/// A score whose likelihood is below that, as most are.
const HOPELESS: f32 = -2.1;
/// Share of the likeliest beginning's probability below which another beginning is not followed.
const FOLLOWED: f32 = 0.12;
/// Beginnings that are followed: more are as likely only where none is likely.
const BEGINNINGS: usize = 16;
/// Share of the likeliest content's probability below which another is no candidate.
const KEPT: f32 = 0.1;
/// Most contents of one cue.
const MOST: usize = 6;

/// What is reused from cue to cue.
#[derive(Default)]
struct Buffers {
    starts: Vec<usize>,
    ends: Vec<usize>,
    scores: Vec<f32>,
    end_scores: Vec<f32>,
}

/// Cues of one sentence that are weighed: no sentence of news has as many (the busiest of PolNeAR has 7 that may be one), and
/// one that has costs as much as an article.
const CUES: usize = 16;

/// The candidates of an article: cues in order of place, the contents of each by likelihood.
#[must_use]
pub fn candidates(weights: &Weights, r: &Reading<'_>) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut b = Buffers::default();
    let (mut sentence, mut cues) = (NONE, 0);
    for cue in (0..r.len()).filter(|&i| may_be_cue(weights, r, i)) {
        if r.atoms[cue].sentence != sentence {
            (sentence, cues) = (r.atoms[cue].sentence, 0);
        }
        if cues == CUES {
            continue;
        }
        let mut sum = Sum::new(&weights.cue);
        features::cue(r, cue, &mut sum);
        let score = sum.score();
        if score < HOPELESS {
            continue;
        }
        let likely = sigmoid(score);
        if likely >= LEAST_CUE {
            cues += 1;
            contents(weights, r, cue, likely, &mut b, &mut out);
        }
    }
    out
}

/// Whether the model is asked about token `i`: its word can be the head of a cue, outside furniture.
#[must_use]
pub fn may_be_cue(weights: &Weights, r: &Reading<'_>, i: usize) -> bool {
    let a = &r.atoms[i];
    a.sentence != NONE && (a.reports || weights.is_head(a.word) || is_full_verb(a))
}

/// Whether a word is a verb other than the auxiliaries.
fn is_full_verb(a: &Atom) -> bool {
    const VERBS: [Tag; 6] = [Tag::VB, Tag::VBD, Tag::VBG, Tag::VBN, Tag::VBP, Tag::VBZ];
    VERBS.iter().any(|t| *t as u32 == a.tag) && !super::reading::is_auxiliary(a)
}

/// Adds the likeliest contents of a cue.
fn contents(weights: &Weights, r: &Reading<'_>, cue: usize, likely: f32, b: &mut Buffers, out: &mut Vec<Candidate>) {
    let around = Around::new(r, cue);
    features::starts(&weights.starts, r, cue, &mut b.starts);
    b.scores.clear();
    for &start in &b.starts {
        let mut sum = Sum::new(&weights.start);
        features::start(&around, start, &mut sum);
        b.scores.push(sum.score());
    }
    softmax(&mut b.scores);
    let top = b.scores.iter().copied().fold(0.0, f32::max);
    let mut found: Vec<(Content, f32)> = Vec::new();
    // Where nothing speaks for any place, all of a long sentence are as likely.
    let mut followed: Vec<f32> = b.scores.iter().copied().filter(|p| *p >= FOLLOWED * top).collect();
    followed.sort_unstable_by(|x, y| y.total_cmp(x));
    let least = followed.get(BEGINNINGS).copied().unwrap_or(0.0).max(FOLLOWED * top);
    for n in 0..b.starts.len() {
        let (start, p_start) = (b.starts[n], b.scores[n]);
        if p_start < least {
            continue;
        }
        features::ends(&weights.ends, r, cue, start, &mut b.ends);
        b.end_scores.clear();
        for &end in &b.ends {
            let mut sum = Sum::new(&weights.end);
            features::end(&around, &(start..end), &mut sum);
            b.end_scores.push(sum.score());
        }
        softmax(&mut b.end_scores);
        found.extend(b.ends.iter().zip(&b.end_scores).map(|(&end, p_end)| (start..end, p_start * p_end)));
    }
    let best = found.iter().map(|(_, p)| *p).fold(0.0, f32::max);
    found.retain(|(_, p)| *p >= 0.2 * KEPT * best);
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| (a.0.start, a.0.end).cmp(&(b.0.start, b.0.end))));
    let spans: Vec<Span> = found.iter().map(|(c, _)| r.span(c.start, c.end)).collect();
    let kept = found.iter().take(MOST).take_while(|(_, p)| *p >= KEPT * best).count();
    for rank in 0..kept {
        let half = found.iter().zip(&spans).filter(|(_, s)| by_half(spans[rank], **s)).map(|((_, p), _)| *p).sum();
        let (content, sure) = found[rank].clone();
        out.push(Candidate { cue, content, likely, sure, half, rank });
    }
}

/// Whether two spans share half of both.
#[must_use]
pub fn by_half(a: Span, b: Span) -> bool {
    let shared = a.shared(b) * 2;
    shared > 0 && shared >= a.len() && shared >= b.len()
}

pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + math::exp(-x))
}

fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|s| *s = math::exp(*s - top));
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
}
