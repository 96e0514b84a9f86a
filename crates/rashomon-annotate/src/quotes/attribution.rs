//! Attributions by the learned model: which words report, what is reported, who is named as its source.
//!
//! For every word that can be the head of a cue the model says how likely it is one; for likely ones it picks where the
//! content begins, then where it ends, then which word names the source, each by a softmax over all places that can be it.
//! Of attributions that overlap, the set of greatest total confidence stays.

use super::features::{self, Around, Content};
use super::reading::{Atom, Mark, NONE, Reading, UNTAGGED};
use super::weights::Weights;
use crate::Tag;

/// One attribution, in tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Head of the cue.
    pub cue: usize,
    /// What is reported.
    pub content: Content,
    /// A word that names the source.
    pub source: Option<usize>,
    /// Confidence, 0 to 1.
    pub score: f32,
}

/// How far doubt about the extent lowers the confidence: the exponent of the content's probability.
const EXTENT: f32 = 0.25;
/// Share of the likeliest beginning's probability below which another beginning is not followed.
const FOLLOWED: f32 = 0.3;

/// The attributions of an article, in order of place, not overlapping.
#[must_use]
pub fn attributions(weights: &Weights, r: &Reading<'_>) -> Vec<Attribution> {
    let mut found = candidates(weights, r);
    found.retain(|a| a.score >= weights.least);
    let mut kept = disjoint(found, weights.least);
    let mut buffers = Buffers::default();
    for a in &mut kept {
        a.source = source(weights, r, a.cue, &a.content, &mut buffers);
    }
    kept
}

#[derive(Default)]
struct Buffers {
    features: Vec<u32>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    scores: Vec<f32>,
    end_scores: Vec<f32>,
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
    VERBS.iter().any(|t| *t as u32 == a.tag) && !features::is_auxiliary(a)
}

/// The best attribution of every likely cue.
fn candidates(weights: &Weights, r: &Reading<'_>) -> Vec<Attribution> {
    let mut out = Vec::new();
    let mut b = Buffers::default();
    for cue in 0..r.len() {
        if !may_be_cue(weights, r, cue) {
            continue;
        }
        b.features.clear();
        features::cue(r, cue, &mut b.features);
        let likely = sigmoid(weights.cue.score(&b.features));
        // The confidence is never higher than this.
        if likely < weights.least {
            continue;
        }
        if let Some((content, sure)) = content(weights, r, cue, &mut b) {
            out.push(Attribution { cue, content, source: None, score: likely * sure.powf(EXTENT) });
        }
    }
    out
}

/// The likeliest content of a cue and its probability.
fn content(weights: &Weights, r: &Reading<'_>, cue: usize, b: &mut Buffers) -> Option<(Content, f32)> {
    let around = Around::new(r, cue);
    features::starts(r, cue, &mut b.starts);
    b.scores.clear();
    for n in 0..b.starts.len() {
        b.features.clear();
        features::start(&around, b.starts[n], &mut b.features);
        b.scores.push(weights.start.score(&b.features));
    }
    softmax(&mut b.scores);
    let top = b.scores.iter().copied().fold(0.0, f32::max);
    let mut best: Option<(Content, f32)> = None;
    for n in 0..b.starts.len() {
        if b.scores[n] < FOLLOWED * top {
            continue;
        }
        let (start, p_start) = (b.starts[n], b.scores[n]);
        features::ends(r, cue, start, &mut b.ends);
        b.end_scores.clear();
        for m in 0..b.ends.len() {
            b.features.clear();
            features::end(&around, &(start..b.ends[m]), &mut b.features);
            b.end_scores.push(weights.end.score(&b.features));
        }
        softmax(&mut b.end_scores);
        for (m, &p_end) in b.end_scores.iter().enumerate() {
            let p = p_start * p_end;
            if best.as_ref().is_none_or(|(_, q)| p > *q) {
                best = Some((start..b.ends[m], p));
            }
        }
    }
    best
}

/// The word that names the source, if one does.
fn source(weights: &Weights, r: &Reading<'_>, cue: usize, content: &Content, b: &mut Buffers) -> Option<usize> {
    let around = Around::new(r, cue);
    features::sources(r, cue, content, &mut b.starts);
    b.features.clear();
    features::source(&around, content, None, &mut b.features);
    let mut best = (weights.source.score(&b.features), None);
    for n in 0..b.starts.len() {
        b.features.clear();
        features::source(&around, content, Some(b.starts[n]), &mut b.features);
        let score = weights.source.score(&b.features);
        if score > best.0 {
            best = (score, Some(b.starts[n]));
        }
    }
    best.1
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|s| *s = (*s - top).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|s| *s /= sum);
}

/// Of contents that overlap, the set whose confidence above `least` is greatest (weighted interval scheduling:
/// Kleinberg & Tardos 2005, ch. 6.1).
fn disjoint(mut found: Vec<Attribution>, least: f32) -> Vec<Attribution> {
    found.sort_by_key(|a| (a.content.end, a.content.start, a.cue));
    let gain = |a: &Attribution| a.score - least + 0.01;
    let mut best = vec![0.0f32; found.len() + 1];
    let before: Vec<usize> =
        found.iter().map(|a| found.partition_point(|b| b.content.end <= a.content.start)).collect();
    for (n, a) in found.iter().enumerate() {
        best[n + 1] = best[n].max(best[before[n]] + gain(a));
    }
    let mut keep = Vec::new();
    let mut n = found.len();
    while n > 0 {
        if best[n] > best[n - 1] {
            keep.push(n - 1);
            n = before[n - 1];
        } else {
            n -= 1;
        }
    }
    keep.reverse();
    keep.into_iter().map(|n| found[n].clone()).collect()
}

/// The noun phrase around `word` that names the source: determiner to head, with the name it is part of.
pub(crate) fn phrase(r: &Reading<'_>, word: usize, content: &Content) -> std::ops::Range<usize> {
    let s = r.sentence(word);
    let outside = |i: usize| s.contains(&i) && (!content.contains(&i) || content.contains(&word));
    let inner = |i: usize, after: bool| {
        let a = &r.atoms[i];
        outside(i)
            && a.mark != Mark::Comma
            && is_part_of_noun_phrase(a, &r.atoms[if after { i - 1 } else { i + 1 }], after)
    };
    let (mut from, mut to) = (word, word + 1);
    if is_pronoun(&r.atoms[word]) {
        return from..to;
    }
    while to < s.end && inner(to, true) && to - word < 12 {
        to += 1;
    }
    while from > s.start && inner(from - 1, false) && word - from < 12 {
        from -= 1;
    }
    while to > word + 1 && r.atoms[to - 1].tag == Tag::POS as u32 {
        to -= 1;
    }
    from..to
}

fn is_pronoun(a: &Atom) -> bool {
    a.tag == Tag::PRP as u32 || a.tag == Tag::WP as u32
}

/// Whether `a`, which stands next to `other`, belongs to the same noun phrase.
fn is_part_of_noun_phrase(a: &Atom, other: &Atom, after: bool) -> bool {
    const BEFORE: [Tag; 11] =
        [Tag::DT, Tag::JJ, Tag::JJR, Tag::JJS, Tag::NN, Tag::NNS, Tag::NNP, Tag::NNPS, Tag::CD, Tag::POS, Tag::PRPS];
    const AFTER: [Tag; 8] = [Tag::NN, Tag::NNS, Tag::NNP, Tag::NNPS, Tag::CD, Tag::POS, Tag::JJ, Tag::Hyph];
    if a.tag >= UNTAGGED {
        return a.mark == Mark::Word && (a.capital || (a.name != 0 && a.name == other.name));
    }
    let is = |list: &[Tag]| list.iter().any(|t| *t as u32 == a.tag);
    match after {
        true => is(&AFTER) || (other.tag == Tag::DT as u32 && is(&BEFORE)) || (a.name != 0 && a.name == other.name),
        // Another phrase ends where this one has its determiner.
        false => {
            (is(&BEFORE) || a.tag == Tag::Hyph as u32 || (a.name != 0 && a.name == other.name))
                && !(other.tag == Tag::DT as u32 || other.tag == Tag::PRPS as u32)
        }
    }
}
