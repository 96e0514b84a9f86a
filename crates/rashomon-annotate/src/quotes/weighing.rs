//! What a possible attribution looks like as a whole, beside its rivals.
//!
//! The earlier decisions see one edge each. Here cue, content and surroundings are looked at together, with how sure those
//! decisions were, so that doubt about one can be settled by the others (reranking: Collins & Koo 2005).

use super::candidates::Candidate;
use super::features::{Content, Sink, Take, bucket, is_nominal, is_verbal, mix};
use super::reading::{Atom, Mark, NONE, Reading, THAT};
use crate::Tag;

/// The candidates of an article with what each has to be seen against.
#[derive(Debug)]
pub struct Field<'a> {
    r: &'a Reading<'a>,
    candidates: &'a [Candidate],
    /// Indices of the first candidate of every cue.
    firsts: Vec<usize>,
    /// How thickly the article attributes: expected cues a sentence, in steps.
    density: u32,
}

impl<'a> Field<'a> {
    /// The candidates of `r`, as [`super::candidates::candidates`] gives them.
    #[must_use]
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a ratio")]
    pub fn new(r: &'a Reading<'a>, candidates: &'a [Candidate]) -> Self {
        let firsts: Vec<usize> = (0..candidates.len()).filter(|&n| candidates[n].rank == 0).collect();
        let cues: f32 = firsts.iter().map(|&n| candidates[n].likely).sum();
        let density = (cues / r.it.sentences.len().max(1) as f32 * 6.0) as u32;
        Self { r, candidates, firsts, density: density.min(7) }
    }
}

/// Likelihood in steps that are fine at either end.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step between 0 and 15")]
fn step(p: f32) -> u32 {
    let p = p.clamp(1e-4, 1.0 - 1e-4);
    ((p / (1.0 - p)).ln() * 1.5 + 8.0).clamp(0.0, 15.0) as u32
}

/// Candidates looked at on either side.
const NEIGHBOURS: usize = 5;

/// Is candidate `n` right?
pub fn whole(field: &Field<'_>, n: usize, out: &mut impl Take) {
    let r = field.r;
    let c = &field.candidates[n];
    let s = r.sentence(c.cue);
    let (start, end) = (c.content.start, c.content.end);
    let me = &r.atoms[c.cue];
    let mut f = Sink { out, salt: 0x5000 };
    let (likely, sure, half) = (step(c.likely), step(c.sure), step(c.half));
    let rank = c.rank.min(3) as u32;
    let place = if start > c.cue {
        0
    } else if end <= c.cue {
        1
    } else {
        2
    };
    f.one(0, 0);
    f.one(1, likely);
    f.two(2, likely, sure);
    f.two(3, likely, half);
    f.two(4, sure, half);
    f.two(5, half, rank);
    f.two(6, likely, me.lemma);
    f.two(7, half / 2, me.lemma);
    f.two(8, likely, me.class);
    f.two(9, likely, place);
    f.two(10, half, place);
    f.two(11, likely, field.density);

    let inner = &r.atoms[start..end.min(start + 60)];
    let (first, second, last) = (&r.atoms[start], r.at(start, 1), r.at(end, -1));
    let (before, before_that, after, after_that) = (r.at(start, -1), r.at(start, -2), r.at(end, 0), r.at(end, 1));
    let length = bucket(end - start);
    let clause = clause(inner);
    let lead = lead(first, before);
    let quote = marks(r, &c.content);
    let rest = &r.atoms[end.min(s.end)..s.end];
    let to_end = u32::from(end >= s.end || rest.iter().all(|a| a.mark != Mark::Word && a.mark != Mark::Dash));
    f.two(12, length, place);
    f.two(13, length, me.lemma);
    f.two(14, length, likely);
    f.three(15, clause, lead, place);
    f.three(16, clause, lead, me.lemma);
    f.three(17, clause, lead, me.class);
    f.three(18, clause, me.tag, place);
    f.three(19, lead, me.tag, r.near(&s, c.cue, -1).tag);
    f.three(20, quote, place, likely);
    f.two(21, quote, me.lemma);
    f.three(22, quote, length, to_end);
    f.three(23, to_end, clause, length);
    f.three(24, after.word, to_end, clause);
    f.three(25, after.tag, after_that.tag, clause);
    f.four(26, first.tag, second.tag, last.tag, after.tag);
    f.three(27, before.word, first.tag, after.mark as u32);
    f.three(28, before_that.word, before.word, place);
    f.two(29, first.word, me.lemma);
    f.two(30, last.word, after.word);
    f.three(31, first.class, me.lemma, place);
    f.two(32, last.class, me.class);
    f.three(33, me.class, first.coarse, place);
    // Head of nominal content: its last noun before a preposition or clause.
    let head = inner.iter().take_while(|a| is_nominal_part(a)).filter(|a| is_nominal(a)).last();
    if let Some(h) = head.filter(|_| clause == 0) {
        f.two(34, h.lemma, me.lemma);
        f.two(35, h.class, me.lemma);
        f.two(36, h.coarse, me.class);
        f.two(37, h.class, likely);
    }
    if let Some(j) = r.subject(&s, c.cue) {
        let subject = &r.atoms[j];
        let in_content = u32::from(c.content.contains(&j));
        f.four(38, u32::from(subject.name), subject.tag, me.lemma, in_content);
        f.four(39, u32::from(subject.name), subject.tag, clause, place);
        f.three(40, subject.class, me.class, in_content);
        f.three(41, subject.class, clause, likely);
        f.three(42, subject.coarse, me.lemma, clause);
        f.two(43, in_content, likely);
        f.three(44, subject.word, clause, likely / 2);
    } else {
        f.three(38, 99, me.lemma, clause);
        f.three(43, 99, likely, place);
    }
    let gap = if place == 0 { start - c.cue } else { c.cue.saturating_sub(end) };
    f.three(45, place, bucket(gap), clause);
    f.three(46, place, bucket(gap), likely);
    if place == 0 && gap <= 7 {
        let path = r.atoms[c.cue + 1..start].iter().fold(7, |h, a| mix(h, a.tag));
        f.three(47, path, clause, first.tag);
        f.three(48, path, me.lemma, clause);
    }
    if place == 1 && gap <= 7 {
        let path = r.atoms[end..c.cue].iter().fold(7, |h, a| mix(h, a.tag));
        f.three(49, path, clause, to_end);
    }
    let heading = u32::from(r.it.sentences.get(me.sentence as usize).is_some_and(|x| x.heading));
    f.three(50, heading, likely, clause);
    f.three(51, heading, length, clause);
    f.two(52, bucket(me.sentence as usize), likely);
    let reports = inner.iter().filter(|a| a.reports).count().min(3) as u32;
    f.three(53, reports, clause, length);
    f.three(54, u32::from(c.content.contains(&c.cue)), length, to_end);
    f.three(55, r.at(s.start, 0).word, me.tag, place);
    f.three(56, me.lemma, me.tag, clause);
    f.four(57, me.lemma, r.near(&s, c.cue, -1).word, lead, clause);
    f.four(58, me.lemma, r.near(&s, c.cue, 1).word, place, clause);
    f.three(59, u32::from(me.stretch != NONE), likely, quote);
    f.four(60, auxiliary(r, &s, c.cue), me.lemma, clause, place);
    f.three(61, auxiliary(r, &s, c.cue), me.tag, clause);
    rivals(field, n, likely, &mut f);
}

/// How the candidates around this one lie to it.
fn rivals(field: &Field<'_>, n: usize, likely: u32, f: &mut Sink<'_, impl Take>) {
    let r = field.r;
    let c = &field.candidates[n];
    let me = &r.atoms[c.cue];
    let at = field.firsts.partition_point(|&k| field.candidates[k].cue < c.cue);
    let near = &field.firsts[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(field.firsts.len())];
    let (mut strongest, mut strongest_p, mut count) = (0, 0.0f32, 0);
    for &k in near {
        let o = &field.candidates[k];
        if o.cue == c.cue {
            continue;
        }
        let shares = o.content.start < c.content.end && c.content.start < o.content.end;
        let their_cue_in_mine = c.content.contains(&o.cue);
        if !shares && !their_cue_in_mine && r.atoms[o.cue].sentence != me.sentence {
            continue;
        }
        let relation = u32::from(shares)
            + 2 * u32::from(their_cue_in_mine)
            + 4 * u32::from(o.content.contains(&c.cue))
            + 8 * u32::from(o.content.start <= c.content.start && c.content.end <= o.content.end)
            + 16 * u32::from(o.cue < c.cue);
        f.three(70, relation, step(o.likely) / 2, likely / 2);
        f.three(71, relation, r.atoms[o.cue].lemma, likely / 3);
        f.three(72, relation, step(o.likely) / 3, me.lemma);
        count += u32::from(shares);
        if o.likely > strongest_p {
            (strongest, strongest_p) = (relation, o.likely);
        }
    }
    f.three(73, strongest, step(strongest_p), likely);
    f.two(74, count.min(4), likely);
}

/// 0: no finite verb; 1: an infinitive first; 2: a finite verb behind something that can be its subject; 3: a verb first.
fn clause(inner: &[Atom]) -> u32 {
    let is_to = |a: &Atom| a.tag == Tag::TO as u32;
    if inner.first().is_some_and(is_to) {
        return 1;
    }
    match inner.iter().take(25).position(is_verbal) {
        Some(0) => 3,
        Some(at) if inner[..at].iter().any(is_nominal) => 2,
        Some(_) => 4,
        None => 0,
    }
}

/// What the content begins with.
fn lead(first: &Atom, before: &Atom) -> u32 {
    let word = if before.word == THAT {
        1
    } else if before.mark == Mark::Quote {
        2
    } else if before.mark == Mark::Comma {
        3
    } else {
        0
    };
    mix(word, first.tag)
}

/// How the content lies to quotation marks: opens one, closes one, holds any, lies within one.
fn marks(r: &Reading<'_>, content: &Content) -> u32 {
    let (first, last) = (r.atoms[content.start].stretch, r.at(content.end, -1).stretch);
    let any = r.atoms[content.start..content.end.min(content.start + 80)].iter().any(|a| a.stretch != NONE);
    u32::from(r.opens(content.start))
        + 2 * u32::from(r.closes(content.end))
        + 4 * u32::from(any)
        + 8 * u32::from(first != NONE)
        + 16 * u32::from(last != NONE)
}

fn is_nominal_part(a: &Atom) -> bool {
    const OTHERS: [Tag; 8] = [Tag::DT, Tag::JJ, Tag::JJR, Tag::JJS, Tag::POS, Tag::PRPS, Tag::VBN, Tag::Hyph];
    is_nominal(a) || OTHERS.iter().any(|t| *t as u32 == a.tag)
}

/// The auxiliary or negation closest before a cue.
fn auxiliary(r: &Reading<'_>, s: &std::ops::Range<usize>, cue: usize) -> u32 {
    (1..=3).map(|by| r.near(s, cue, -by)).find(|a| super::features::is_auxiliary(a)).map_or(0, |a| a.word)
}
