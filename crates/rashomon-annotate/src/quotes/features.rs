//! What the attribution model looks at, for each of its four decisions.
//!
//! A feature is a 32-bit hash of its template's number and its values (feature hashing: Weinberger et al. 2009); the
//! tables of weights keep as many of its leading bits as they have room for.

use super::hashing::{Sink, Take, mix};
use super::pairs::Pairs;
use super::reading::{Atom, Mark, NONE, Reading, hash, is_auxiliary};
use std::ops::Range;

/// Where the content of a candidate lies: its first token and one past its last.
pub type Content = Range<usize>;

/// A distance on a scale that widens.
pub(crate) fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

const EDGE: Atom = Atom {
    word: 1,
    lemma: 1,
    tag: 999,
    suffix: 1,
    class: 0,
    coarse: 0,
    sentence: NONE,
    stretch: NONE,
    mark: Mark::Other,
    capital: false,
    reports: false,
    nominal: false,
    verbal: false,
    name: 0,
};

impl Reading<'_> {
    /// The token `by` places from `i`, within the sentence `s`; beyond, an edge.
    pub(crate) fn near(&self, s: &Range<usize>, i: usize, by: isize) -> &Atom {
        match i.checked_add_signed(by) {
            Some(j) if s.contains(&j) => &self.atoms[j],
            _ => &EDGE,
        }
    }

    /// The token at `i` if there is one, sentence or not.
    pub(crate) fn at(&self, i: usize, by: isize) -> &Atom {
        i.checked_add_signed(by).and_then(|j| self.atoms.get(j)).unwrap_or(&EDGE)
    }

    pub(crate) fn opens(&self, s: usize) -> bool {
        let k = self.atoms[s].stretch;
        k != NONE && self.stretches[k as usize].first == s
    }

    pub(crate) fn closes(&self, e: usize) -> bool {
        let k = self.at(e, -1).stretch;
        // A full stop or comma before the mark is trimmed off the content.
        k != NONE && self.trimmed_end(k as usize) == e
    }

    /// Whether quotation `k` is closed, with a comma or the end of a sentence before its closing mark.
    fn stops(&self, k: usize) -> bool {
        let it = &self.stretches[k];
        let last = self.it.text(self.it.tokens[it.end - 1].span);
        it.marked.closed && last.ends_with([',', '.', '?', '!', '…', '—'])
    }

    pub(crate) fn trimmed_end(&self, k: usize) -> usize {
        let it = &self.stretches[k];
        let mut end = it.end;
        while end > it.first + 1
            && matches!(self.atoms[end - 1].mark, Mark::Comma | Mark::Stop | Mark::Colon | Mark::Quote)
        {
            end -= 1;
        }
        end
    }

    /// How the marks stand around a possible cue: behind a closed quotation, before an opening one, within one, beside one.
    fn marks_around(&self, s: &Range<usize>, i: usize) -> u32 {
        if self.atoms[i].stretch != NONE {
            return 1;
        }
        let behind = (1..=2).any(|d| i.checked_sub(d).is_some_and(|j| self.atoms[j].mark == Mark::Quote));
        let before = (1..=3).any(|d| self.at(i, d).mark == Mark::Quote);
        let last = self.stretches.partition_point(|k| k.end <= i);
        let within = |k: &super::reading::Stretch| k.first < s.end && k.end > s.start;
        let left =
            last.checked_sub(1).is_some_and(|k| within(&self.stretches[k]) || self.stretches[k].end + 2 >= s.start);
        let right = self.stretches.get(last).is_some_and(|k| within(k) || k.first <= s.end + 1);
        2 + u32::from(behind) + 2 * u32::from(before) + 4 * u32::from(left) + 8 * u32::from(right)
    }

    /// The head of what stands before a verb, past adverbs and auxiliaries: index, or `None` at the sentence's edge.
    pub(crate) fn subject(&self, s: &Range<usize>, i: usize) -> Option<usize> {
        (s.start..i).rev().take(8).find(|&j| {
            let a = &self.atoms[j];
            is_nominal(a)
        })
    }
}

pub(crate) fn is_nominal(a: &Atom) -> bool {
    a.nominal
}

pub(crate) fn is_verbal(a: &Atom) -> bool {
    a.verbal
}

/// Is token `i` the head of a cue?
#[inline]
pub fn cue(r: &Reading<'_>, i: usize, out: &mut impl Take) {
    let s = r.sentence(i);
    let a = |by| r.near(&s, i, by);
    let (me, p1, n1, p2, n2) = (a(0), a(-1), a(1), a(-2), a(2));
    let mut f = Sink { out, salt: 0x1000 };
    let quotes = r.marks_around(&s, i);
    f.one(0, 0);
    f.one(1, me.word);
    f.one(2, me.lemma);
    f.two(3, me.lemma, p1.tag);
    f.two(4, me.lemma, n1.tag);
    f.two(5, me.lemma, n1.word);
    f.two(6, me.lemma, p1.word);
    f.two(7, p1.word, me.tag);
    f.two(8, n1.word, me.tag);
    f.two(9, n2.word, me.tag);
    f.two(10, p2.word, me.tag);
    f.three(11, p1.tag, me.tag, n1.tag);
    f.three(12, p2.tag, p1.tag, me.tag);
    f.three(13, me.tag, n1.tag, n2.tag);
    f.two(14, n1.word, n2.word);
    f.two(15, p2.word, p1.word);
    f.one(16, quotes);
    f.two(17, quotes, me.lemma);
    f.two(18, quotes, me.tag);
    f.two(19, me.tag, me.suffix);
    f.two(20, me.word, me.tag);
    match r.subject(&s, i) {
        Some(j) => {
            let sub = &r.atoms[j];
            f.two(21, sub.tag, me.tag);
            f.two(22, sub.word, me.tag);
            f.two(23, sub.tag, me.lemma);
            f.two(24, u32::from(sub.name), me.lemma);
            f.two(25, u32::from(sub.name), bucket(i - j));
            f.two(39, sub.lemma, me.lemma);
        }
        None => f.two(21, 0, me.tag),
    }
    let auxiliary = (s.start..i).rev().take(3).find(|&j| is_auxiliary(&r.atoms[j]));
    let aux = auxiliary.map_or(0, |j| r.atoms[j].word);
    f.two(26, aux, me.tag);
    f.two(27, aux, me.lemma);
    let that = (1..=5).find(|&d| a(d).word == super::reading::THAT).unwrap_or(0);
    f.two(28, that.unsigned_abs() as u32, me.tag);
    f.two(29, u32::from(that > 0), me.lemma);
    let to_end = s.end - i;
    let comma_before = r.counts(s.start.max(i.saturating_sub(8)), i).commas > 0;
    f.three(30, bucket(to_end), u32::from(comma_before), u32::from(me.reports));
    f.three(31, bucket(to_end.min(5)), u32::from(comma_before), me.lemma);
    f.two(32, bucket(i - s.start), u32::from(me.reports));
    let other_left = r.counts(s.start, i).reports > 0;
    let other_right = r.counts(i + 1, s.end).reports > 0;
    f.three(33, u32::from(other_left), u32::from(other_right), u32::from(me.reports));
    f.two(34, u32::from(other_left), me.lemma);
    f.two(35, u32::from(r.it.sentences.get(me.sentence as usize).is_some_and(|x| x.heading)), me.lemma);
    f.three(36, n1.tag, n2.tag, a(3).tag);
    f.two(37, r.at(s.start, 0).word, me.tag);
    f.three(38, me.lemma, p1.tag, n1.tag);
    f.two(40, n1.mark as u32, me.lemma);
    f.three(41, me.lemma, n1.tag, n2.tag);
    f.two(42, me.tag, u32::from(p1.name));
    f.two(43, me.tag, u32::from(n1.name));
    f.two(44, me.class, me.tag);
    f.two(45, me.class, p1.tag);
    f.two(46, me.class, n1.tag);
    f.two(47, me.class, quotes);
    f.two(48, me.class, n1.coarse);
    f.two(49, me.coarse, n1.word);
    f.three(50, me.coarse, p1.coarse, n1.coarse);
    f.two(51, me.class, aux);
    if let Some(j) = r.subject(&s, i) {
        f.two(52, me.class, r.atoms[j].coarse);
        f.two(53, me.tag, r.atoms[j].class);
    }
}

/// Tokens on either side of a cue in which its content is looked for within its sentence.
const REACH: usize = 200;

/// The part of a sentence that a cue can reach.
fn near(s: Range<usize>, cue: usize) -> Range<usize> {
    s.start.max(cue.saturating_sub(REACH))..s.end.min(cue + REACH)
}

/// Tokens at which the content of a cue may begin: those of its sentence that stand between parts of speech in `pairs`, and
/// the beginnings of quotations, those that touch the sentence too.
pub fn starts(pairs: &Pairs, r: &Reading<'_>, cue: usize, out: &mut Vec<usize>) {
    out.clear();
    let s = near(r.sentence(cue), cue);
    // A quotation under way, or just closed, where the sentence begins.
    let mut k = r.stretches.partition_point(|k| k.end <= s.start);
    if r.stretches.get(k).is_none_or(|x| x.first >= s.start) {
        k = match k.checked_sub(1) {
            Some(p) if touching(r, r.stretches[p].end, s.start) => p,
            _ => usize::MAX,
        };
    }
    let mut more = Vec::new();
    while let Some(x) = r.stretches.get(k) {
        more.push(x.first);
        k = match k.checked_sub(1) {
            Some(p) if r.stretches[p].marked.continues && more.len() < 6 => p,
            _ => break,
        };
    }
    more.reverse();
    out.extend(more);
    let may_start = |i: usize| may_start(&r.atoms[i]) && (r.opens(i) || pairs.holds(r.at(i, -1), &r.atoms[i]));
    out.extend(s.clone().filter(|&i| i != cue && may_start(i)));
    // A quotation that follows the sentence, as behind a colon.
    let next = r.stretches.partition_point(|k| k.first < s.end);
    if let Some(x) = r.stretches.get(next).filter(|x| touching(r, s.end, x.first)) {
        out.push(x.first);
    }
}

/// Whether only marks stand between two places.
fn touching(r: &Reading<'_>, from: usize, to: usize) -> bool {
    from <= to && to - from <= 3 && r.atoms[from..to].iter().all(|a| a.mark != Mark::Word)
}

fn may_start(a: &Atom) -> bool {
    matches!(a.mark, Mark::Word | Mark::Bracket | Mark::Other | Mark::Dash)
}

/// Places where content that begins at `start` may end (one past its last token): between parts of speech in `pairs`, and
/// where quotations and the sentence end.
pub fn ends(pairs: &Pairs, r: &Reading<'_>, cue: usize, start: usize, out: &mut Vec<usize>) {
    out.clear();
    let s = near(r.sentence(cue), cue);
    let last = |e: usize| {
        let last = &r.atoms[e - 1];
        !matches!(last.mark, Mark::Comma | Mark::Stop | Mark::Colon | Mark::Quote)
            && (e == s.end || pairs.holds(last, r.at(e, 0)) || r.closes(e))
    };
    // Ends of quotations that begin before the sentence does.
    if start < s.start {
        let mut k = r.atoms[start].stretch as usize;
        while let Some(x) = r.stretches.get(k).filter(|x| x.first < s.start) {
            let end = r.trimmed_end(k);
            if end <= s.start {
                out.push(end);
            }
            k = if x.marked.continues { k + 1 } else { break };
        }
    }
    out.extend((start.max(s.start) + 1..=s.end).filter(|&e| last(e)));
    // Quotations that go on, or begin, where the sentence ends.
    let mut k = r.stretches.partition_point(|k| k.end <= s.end);
    let mut reach = s.end;
    let mut taken = 0;
    while let Some(x) = r.stretches.get(k) {
        if !(x.first < s.end
            || touching(r, reach, x.first)
            || (k > 0 && r.stretches[k - 1].marked.continues && taken > 0))
            || taken >= 6
        {
            break;
        }
        if start < x.end {
            out.push(r.trimmed_end(k));
        }
        reach = x.end;
        taken += 1;
        k += 1;
    }
    // What begins with a quotation that closes with a mark of its own ends there, or goes on in another one.
    let own = r.atoms[start].stretch;
    if own != NONE && r.opens(start) && r.stops(own as usize) {
        let end = r.stretches[own as usize].end;
        out.retain(|&e| e <= end || r.at(e, -1).stretch != NONE);
    }
    out.retain(|&e| e > start);
    out.sort_unstable();
    out.dedup();
}

/// A cue and what all candidates of it share.
#[derive(Debug)]
pub struct Around<'a> {
    cue: usize,
    s: Range<usize>,
    lemma: u32,
    tag: u32,
    class: u32,
    /// Kind of the token behind the cue, and whether the sentence ends soon.
    shape: u32,
    last_stretch: usize,
    /// Whether a quotation opens right behind the sentence: 1 in its paragraph, 2 in the next.
    follows: u32,
    /// Whether the last quotation before the cue closes right before it or its clause.
    precedes: u32,
    r: &'a Reading<'a>,
}

impl<'a> Around<'a> {
    /// What stands around the cue whose head is token `cue`.
    #[must_use]
    pub fn new(r: &'a Reading<'a>, cue: usize) -> Self {
        let s = r.sentence(cue);
        let me = &r.atoms[cue];
        let next = r.near(&s, cue, 1);
        let before = r.near(&s, cue, -1);
        let shape = (next.mark as u32) + 10 * (before.mark as u32) + 100 * u32::from(s.end - cue <= 4);
        let last_stretch = r.stretches.partition_point(|k| k.end <= cue);
        let next = r.stretches.partition_point(|k| k.first < s.end);
        let paragraph = |i: usize| r.at(i, 0).sentence as usize;
        let follows = match r.stretches.get(next).filter(|x| touching(r, s.end, x.first)) {
            Some(x) => {
                let of = |n: usize| r.it.sentences.get(n).map(|s| s.paragraph);
                1 + u32::from(of(paragraph(x.first)) != of(paragraph(cue)))
            }
            None => 0,
        };
        let precedes = match last_stretch.checked_sub(1).map(|k| &r.stretches[k]) {
            Some(k) if k.end >= s.start => 1 + bucket(cue - k.end),
            Some(k) if touching(r, k.end, s.start) => 20,
            _ => 0,
        };
        Self { lemma: me.lemma, tag: me.tag, class: me.class, shape, last_stretch, follows, precedes, r, s, cue }
    }

    /// How the quotation that token `i` opens or stands in lies to the cue.
    fn stretch_place(&self, i: usize) -> u32 {
        let k = self.r.atoms[i].stretch;
        if k == NONE {
            return 0;
        }
        let (k, n) = (k as usize, self.last_stretch);
        1 + match () {
            () if k + 1 == n => 0,
            () if k == n => 1,
            () if k < n => 2,
            () => 3,
        }
    }
}

/// Does the content of the cue begin at token `start`?
#[inline]
pub fn start(c: &Around<'_>, start: usize, out: &mut impl Take) {
    let (r, cue) = (c.r, c.cue);
    let s = &c.s;
    let mut f = Sink { out, salt: 0x2000 };
    let right = u32::from(start > cue);
    let me = &r.atoms[start];
    let (p1, p2, n1) = (r.at(start, -1), r.at(start, -2), r.at(start, 1));
    let gap = start.abs_diff(cue);
    let d = bucket(gap);
    let side = right + 2 * u32::from(!s.contains(&start));
    let first = u32::from(start == s.start || (start == s.start + 1 && p1.mark == Mark::Quote));
    let quote = 1 + u32::from(r.opens(start)) + 2 * c.stretch_place(start);
    f.two(1, side, d);
    f.two(2, side, me.word);
    f.two(3, side, me.tag);
    f.two(4, side, p1.word);
    f.two(5, side, p1.tag);
    f.two(6, p1.word, me.word);
    f.four(7, side, p1.tag, me.tag, n1.tag);
    f.two(8, c.lemma, side);
    f.three(9, c.lemma, p1.word, side);
    f.four(10, c.lemma, me.tag, side, d.min(4));
    f.two(11, side, first);
    f.two(12, side, quote);
    f.three(13, c.lemma, first, side);
    let (lo, hi) = if start > cue { (cue + 1, start) } else { (start + 1, cue) };
    let between = &r.atoms[lo.min(hi)..hi];
    if start > cue && gap <= 6 {
        let path = between.iter().fold(7, |h, a| mix(h, a.tag));
        let words = between.iter().fold(7, |h, a| mix(h, a.word));
        f.one(14, path);
        f.two(15, path, me.tag);
        f.two(16, path, c.lemma);
        f.two(17, words, side);
        f.two(36, words, me.tag);
    }
    if gap <= 60 {
        let n = r.counts(lo.min(hi), hi);
        f.three(18, side, n.commas.min(3), first);
        f.three(19, side, n.verbs.min(3), first);
        f.three(20, side, n.reports.min(2), first);
        f.three(21, side, n.quotes.min(3), quote);
        f.three(22, side, n.verbs.min(2), p1.tag);
        f.four(37, side, n.verbs.min(2), p1.mark as u32, me.tag);
    }
    f.three(23, side, c.shape, first);
    f.four(24, side, c.shape, quote, first);
    f.three(25, side, c.tag, first);
    f.three(26, side, c.tag, p1.tag);
    f.three(27, p2.word, p1.word, side);
    f.three(28, side, bucket(start.saturating_sub(s.start)), p1.mark as u32);
    f.three(29, side, quote, p1.mark as u32);
    f.four(30, side, quote, p2.mark as u32, d);
    f.three(31, c.lemma, quote, side);
    f.three(32, side, me.word, n1.word);
    f.four(33, side, c.tag, p1.tag, me.tag);
    f.three(34, side, p1.mark as u32, me.tag);
    f.four(35, side, u32::from(r.near(s, cue, 1).mark == Mark::Comma), p1.word, me.tag);
    f.three(38, side, r.near(s, cue, 1).tag, d.min(3));
    f.three(39, side, c.follows, quote);
    f.three(40, side, c.precedes, quote);
    f.four(41, side, c.precedes, c.follows, first);
    f.four(42, c.lemma, c.precedes.min(2), c.follows, quote);
    f.three(43, side, me.class, first);
    f.three(44, c.class, side, p1.tag);
    f.three(45, c.class, side, first);
    f.four(46, c.class, side, d.min(3), me.tag);
    f.four(47, side, p1.coarse, me.coarse, d.min(3));
    f.three(48, c.class, side, p1.word);
}

/// Does content of the cue that begins at `content.start` end at `content.end`?
#[inline]
pub fn end(c: &Around<'_>, content: &Content, out: &mut impl Take) {
    let (r, cue) = (c.r, c.cue);
    let s = &c.s;
    let (start, end) = (content.start, content.end);
    let mut f = Sink { out, salt: 0x3000 };
    let place = if start > cue {
        0
    } else if end <= cue {
        1
    } else {
        2
    };
    let (last, before_last) = (r.at(end, -1), r.at(end, -2));
    let (n0, n1, n2) = (r.at(end, 0), r.at(end, 1), r.at(end, 2));
    let rest = &r.atoms[end.min(s.end)..s.end];
    let at_end = u32::from(end <= s.end && r.counts(end, s.end).solid == 0);
    let beyond = u32::from(end > s.end);
    let opens = r.opens(start);
    let closes = r.closes(end);
    let same = r.atoms[start].stretch != NONE && r.atoms[start].stretch == last.stretch;
    let inside = last.stretch != NONE && !closes;
    let quote = u32::from(opens) + 2 * u32::from(closes) + 4 * u32::from(same) + 8 * u32::from(inside) + 16 * (beyond);
    f.two(1, place, n0.word);
    f.two(2, place, n0.tag);
    f.two(3, place, last.word);
    f.two(4, place, last.tag);
    f.four(5, place, last.tag, n0.tag, n1.tag);
    f.three(6, place, n0.word, n1.word);
    f.three(7, place, at_end, beyond);
    f.three(8, place, at_end, c.lemma);
    f.two(9, place, quote);
    f.three(10, place, quote, at_end);
    let length = bucket(end - start);
    f.two(11, place, length);
    f.two(12, c.lemma, length);
    if place == 1 {
        let gap = &r.atoms[end..cue];
        f.two(13, bucket(gap.len()), at_end);
        let n = r.counts(end, cue);
        f.one(14, n.words.min(12));
        if gap.len() <= 6 {
            let path = gap.iter().fold(7, |h, a| mix(h, a.tag));
            f.one(15, path);
            f.two(16, path, c.lemma);
        }
        f.two(17, n.commas.min(3), n0.mark as u32);
        f.two(18, n.verbs.min(3), n0.mark as u32);
        f.two(33, n.quotes.min(3), quote);
    } else {
        let left = s.end.saturating_sub(end);
        f.three(19, place, bucket(left), n0.mark as u32);
        let later_cue = rest.iter().take(6).any(|a| a.reports);
        f.three(20, place, u32::from(later_cue), n0.tag);
        let first_verb = rest.iter().take(5).position(is_verbal).map_or(9, |n| n as u32);
        f.three(34, place, first_verb, n0.tag);
    }
    f.four(21, place, n0.word, n1.tag, n2.tag);
    f.three(22, place, n0.mark as u32, n1.word);
    let inner = r.counts(start, end.min(start + 60));
    let (commas, verbs) = (inner.commas.min(3), inner.verbs.min(2));
    f.three(23, place, commas, n0.mark as u32);
    f.three(24, place, verbs, n0.tag);
    f.three(25, place, verbs, at_end);
    f.three(26, place, r.atoms[start].tag, n0.tag);
    f.three(27, place, r.atoms[start].word, n0.word);
    f.three(28, place, r.at(start, -1).word, n0.word);
    f.two(29, c.lemma, place);
    f.three(30, c.lemma, place, n0.word);
    f.three(31, c.tag, place, n0.tag);
    f.four(32, place, before_last.tag, last.tag, n0.tag);
    f.four(35, place, quote, n0.mark as u32, n1.tag);
    f.three(36, place, quote, u32::from(place != 1 && last.sentence != r.atoms[cue].sentence));
    f.three(37, place, c.shape, at_end);
    f.four(38, place, r.at(start, -1).word, verbs, n0.tag);
    f.three(39, place, c.follows, quote);
    f.four(40, place, c.precedes, c.follows, quote);
    f.four(41, place, c.follows, beyond, c.lemma);
    f.four(42, place, c.follows, beyond, c.shape);
    f.four(43, place, at_end, quote, c.tag);
    f.three(44, place, last.coarse, n0.word);
    f.four(45, place, last.coarse, n0.coarse, n1.tag);
    f.three(46, c.class, place, n0.tag);
    f.three(47, c.class, place, at_end);
    f.four(48, place, n0.coarse, n1.coarse, verbs);
}

/// Does token `word` belong to the words that name the source? `None`: there are no such words.
#[inline]
pub fn source(c: &Around<'_>, content: &Content, word: Option<usize>, out: &mut impl Take) {
    let (r, cue) = (c.r, c.cue);
    let s = &c.s;
    let mut f = Sink { out, salt: 0x4000 };
    let place = if content.start > cue {
        0
    } else if content.end <= cue {
        1
    } else {
        2
    };
    let Some(i) = word else {
        f.one(100, place);
        f.two(101, place, c.lemma);
        f.two(102, place, c.tag);
        f.two(103, r.near(s, cue, -1).word, c.tag);
        f.two(104, r.near(s, cue, 1).word, c.tag);
        f.three(105, place, r.near(s, cue, -1).tag, c.lemma);
        f.two(106, place, u32::from(cue == s.start));
        f.two(107, r.near(s, cue, -1).tag, r.near(s, cue, -2).tag);
        f.two(108, c.tag, r.near(s, cue, -1).tag);
        return;
    };
    let me = &r.atoms[i];
    let (p1, p2, n1, n2) = (r.near(s, i, -1), r.near(s, i, -2), r.near(s, i, 1), r.near(s, i, 2));
    let right = u32::from(i > cue);
    // Between content and cue, beyond the cue, or beyond the content.
    let zone = right
        + 2 * match place {
            0 => u32::from(i >= content.end),
            1 => u32::from(i < content.start),
            _ => u32::from(content.contains(&i)),
        };
    let side = zone + 8 * place;
    let gap = i.abs_diff(cue);
    let d = bucket(gap);
    let (lo, hi) = if i > cue { (cue + 1, i) } else { (i + 1, cue) };
    let between = &r.atoms[lo.min(hi)..hi];
    let n = r.counts(lo.min(hi), hi);
    let (verbs, commas, nominals) = (n.verbs.min(3), n.commas.min(3), n.nominals.min(4));
    f.two(1, side, d);
    f.two(2, side, me.word);
    f.two(3, side, me.tag);
    f.three(4, side, p1.tag, me.tag);
    f.three(5, side, me.tag, n1.tag);
    f.two(6, side, p1.word);
    f.two(7, side, n1.word);
    f.three(8, c.lemma, side, d.min(3));
    f.three(9, c.lemma, me.tag, side);
    if gap <= 5 {
        let path = between.iter().fold(7, |h, a| mix(h, a.tag));
        f.two(10, path, side);
        f.three(11, path, side, me.tag);
        f.three(12, path, side, c.lemma);
    }
    f.three(13, side, verbs, commas);
    f.three(14, side, nominals, verbs);
    f.three(15, side, nominals, me.tag);
    f.two(16, side, u32::from(me.name));
    f.three(17, side, u32::from(me.name), nominals);
    f.three(18, side, c.shape, d);
    f.three(19, side, c.shape, me.tag);
    f.three(20, side, u32::from(i == s.start), me.tag);
    f.two(21, side, u32::from(me.stretch != NONE));
    f.three(22, side, verbs, me.tag);
    f.two(23, me.lemma, p1.tag);
    f.three(24, side, p2.tag, p1.tag);
    f.three(25, side, n1.tag, n2.tag);
    f.three(26, side, bucket(i - s.start.min(i)), me.tag);
    f.three(27, c.lemma, p1.word, side);
    f.three(28, c.tag, side, d);
    f.three(29, c.tag, side, n1.tag);
    let preposition = (lo.min(hi)..hi).find(|&j| i > cue && is_preposition(&r.atoms[j])).map_or(0, |j| r.atoms[j].word);
    f.three(30, c.lemma, preposition, side);
    f.three(31, side, nominals, commas);
    f.three(32, side, n.reports.min(2), me.tag);
    f.two(33, side, me.class);
    f.three(34, c.class, side, me.tag);
    f.three(35, c.class, side, d.min(3));
    f.three(36, side, me.coarse, p1.tag);
}

fn is_preposition(a: &Atom) -> bool {
    a.tag == crate::Tag::IN as u32
        || [hash(b"to"), hash(b"by"), hash(b"of"), hash(b"from"), hash(b"with")].contains(&a.word)
}

/// Tokens that may name the source ([`may_name`]): words of the cue's sentence and, where content lies between, around it.
pub fn sources(r: &Reading<'_>, cue: usize, content: &Content, out: &mut Vec<usize>) {
    out.clear();
    let s = r.sentence(cue);
    let from = s.start.max(cue.saturating_sub(60));
    let to = s.end.min(cue + 40);
    let inside = content.contains(&cue);
    out.extend((from..to).filter(|&i| i != cue && may_name(r, i) && (inside || !content.contains(&i))));
}

/// Whether token `i` can be the word that names a source: a noun, name, pronoun or number, a possessive, or a determiner
/// or adjective that stands for one ("some say", "the elderly fear").
fn may_name(r: &Reading<'_>, i: usize) -> bool {
    use crate::Tag;
    const ALONE: [u32; 5] = [Tag::DT as u32, Tag::JJ as u32, Tag::JJR as u32, Tag::JJS as u32, Tag::PDT as u32];
    let a = &r.atoms[i];
    let next = r.at(i, 1);
    a.mark == Mark::Word
        && (a.nominal
            || a.tag == Tag::PRPS as u32
            || a.tag == Tag::WDT as u32
            || (ALONE.contains(&a.tag) && !next.nominal && !ALONE.contains(&next.tag)))
}
