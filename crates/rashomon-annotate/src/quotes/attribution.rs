//! Which of the possible attributions stand, and who is named as the source of each.
//!
//! Every candidate is weighed as a whole: how likely it is right, by half or wholly. Of attributions that overlap, the set
//! of greatest total confidence stays. Which word names the source is a softmax over all that can.

use super::candidates::{candidates, sigmoid};
use super::cues::act;
use super::features::{self, Around, Content};
use super::reading::{Atom, Mark, NONE, Reading, UNTAGGED};
use super::sequence::labels;
use super::weighing::{Field, measures};
use super::weights::{Sum, Weights};
use crate::{Act, Tag};
use rustc_hash::FxHashMap;

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

/// The attributions of an article, in order of place, not overlapping.
#[must_use]
pub fn attributions(weights: &Weights, r: &Reading<'_>) -> Vec<Attribution> {
    let candidates = candidates(weights, r);
    let field = Field::new(r, &candidates, labels(&weights.chain, r, &candidates));
    let mut found = Vec::new();
    let judged: Vec<usize> =
        (0..candidates.len()).filter(|n| !holds_its_report(r, candidates[*n].cue, &candidates[*n].content)).collect();
    let rows: Vec<_> = judged.iter().map(|n| measures(&field, *n)).collect();
    for (n, sum) in judged.into_iter().zip(weights.whole.scores(&rows)) {
        let (c, score) = (&candidates[n], sigmoid(sum));
        if score < weights.least.min(weights.least_apart) {
            continue;
        }
        let speech = act(&r.it.text(r.it.tokens[c.cue].span).to_lowercase()) == Act::Communication;
        let quoted = r.atoms[c.content.start].stretch != NONE;
        if score >= if speech || quoted { weights.least } else { weights.least_apart } {
            found.push((c.likely, Attribution { cue: c.cue, content: c.content.clone(), source: None, score }));
        }
    }
    // Content that two words may report ("said in a statement") is reported by the likelier, as surely as by either.
    found.sort_by(|(p, a), (q, b)| {
        let place = |a: &Attribution| (a.content.start, a.content.end);
        place(a).cmp(&place(b)).then(q.total_cmp(p)).then(a.cue.cmp(&b.cue))
    });
    found.dedup_by(|(_, other), (_, first)| {
        let same = other.content == first.content;
        if same {
            first.score = first.score.max(other.score);
        }
        same
    });
    let found = found.into_iter().map(|(_, a)| a).collect();
    let mut kept = disjoint(found, weights.least);
    let mut places = Vec::new();
    for a in &mut kept {
        a.source = source(weights, r, a.cue, &a.content, &mut places);
    }
    kept
}

/// Whether content holds its own cue, a verb of speech with its subject, and no marks set the two off as in "Rain, she said,
/// had fallen".
fn holds_its_report(r: &Reading<'_>, cue: usize, content: &Content) -> bool {
    let parts =
        |i: &usize| matches!(r.atoms[*i].mark, Mark::Comma | Mark::Quote | Mark::Dash | Mark::Stop | Mark::Bracket);
    content.contains(&cue)
        && r.atoms[cue].reports
        && r.subject(&r.sentence(cue), cue).is_some_and(|subject| content.contains(&subject))
        && !((content.start..cue).any(|i| parts(&i)) && (cue + 1..content.end).any(|i| parts(&i)))
}

/// The word that names the source, if one does.
fn source(weights: &Weights, r: &Reading<'_>, cue: usize, content: &Content, places: &mut Vec<usize>) -> Option<usize> {
    let around = Around::new(r, cue);
    features::sources(r, cue, content, places);
    let score = |place: Option<usize>| {
        let mut sum = Sum::new(&weights.source);
        features::source(&around, content, place, &mut sum);
        sum.score()
    };
    let mut best = (score(None), None);
    for &place in places.iter() {
        let score = score(Some(place));
        if score > best.0 {
            best = (score, Some(place));
        }
    }
    best.1
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
    let mut kept: Vec<Attribution> = keep.into_iter().map(|n| found[n].clone()).collect();
    // A cue has one content.
    let mut best: FxHashMap<usize, f32> = FxHashMap::default();
    for a in &kept {
        let score = best.entry(a.cue).or_insert(a.score);
        *score = score.max(a.score);
    }
    kept.retain(|a| a.score >= best[&a.cue]);
    kept
}

/// The noun phrase around `word` that names the source: determiner to head, with the name it is part of.
pub(crate) fn phrase(r: &Reading<'_>, word: usize, cue: usize, content: &Content) -> std::ops::Range<usize> {
    let s = r.sentence(word);
    let outside = |i: usize| i != cue && s.contains(&i) && (!content.contains(&i) || content.contains(&word));
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
