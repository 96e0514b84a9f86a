//! Quotations that stand side by side: one that its cue breaks in two, and two of different speakers in one row.
//!
//! "“It is,” said Stone, “the worst.”" is one; "“Is it?” asked Marsh. “It is!” Stone cried" are two, and so are the two of
//! "Stone called it “a gift” while Marsh said it was “a joke”".

use super::cues::reporting_verb;
use super::reading::Reading;
use super::relayed::what_called;
use super::subjects::{is_finite, is_nominal, lower, right_behind, token_at, turn_behind};
use crate::rules;
use crate::{Annotated, NameKind, Quote, QuoteKind, Tag};
use rashomon_model::Span;
use std::ops::Range;

/// Tokens behind the marks within which the cue stands that breaks a quotation.
const NEAR: usize = 8;

/// Joins what a cue breaks, parts what two say, and ends what runs into the clause of the next speaker.
pub(super) fn mend(r: &Reading<'_>, out: &mut Vec<Quote>) {
    let it = r.it;
    let mut n = 0;
    while n < out.len() {
        if let Some(next) = other_speaker(it, &mut out[n]) {
            out.push(next);
        }
        n += 1;
    }
    for pair in r.stretches.windows(2) {
        let (a, b) = (pair[0].marked.inner, pair[1].marked.inner);
        if is_broken(it, a, b) {
            join(it, a, b, out);
        }
    }
    out.iter_mut().for_each(|q| end_at_clause(it, q));
}

/// The tokens between the mark that closes `a` and the one that opens `b`, where both stand in one sentence.
fn between(it: &Annotated, a: Span, b: Span) -> Option<Range<usize>> {
    let from = it.tokens.partition_point(|t| t.span.start() < a.end());
    let to = token_at(it, b.start());
    let marks = it.tokens.get(from).is_some_and(|t| t.tag == Tag::Quote)
        && it.tokens.get(to.checked_sub(1)?)?.tag == Tag::Quote;
    let one = it.sentence_at(it.tokens.get(from)?.span.start()) == it.sentence_at(b.start());
    (marks && one && from + 1 < to).then(|| from + 1..to - 1)
}

/// Whether the words between two stretches in marks only say who speaks: "…,” said Stone, 44, “…".
fn is_broken(it: &Annotated, a: Span, b: Span) -> bool {
    let Some(gap) = between(it, a, b) else { return false };
    let small = it.text(b).starts_with(|c: char| c.is_lowercase()) || it.text(b).starts_with("I ");
    let says = |i: usize| reporting_verb(&lower(it, i)).is_some() && is_finite(it.tokens[i].tag);
    let cue = gap.clone().take(NEAR).find(|&i| is_finite(it.tokens[i].tag));
    let closed = gap.end > gap.start + 1 && lower(it, gap.end - 1) == ",";
    // "she sang before asking them, “I want to know”".
    let again = it.text(b).starts_with("I ")
        && gap.clone().any(|i| it.tokens[i].tag == Tag::VBG && reporting_verb(&lower(it, i)).is_some());
    it.text(a).ends_with([',', '?', '!'])
        && small
        && !again
        && closed
        && cue.is_some_and(says)
        && !matches!(it.tokens[gap.end - 2].tag, Tag::VBG | Tag::VBD)
        && !gap.clone().any(|i| it.tokens[i].tag == Tag::Quote || it.tokens[i].tag == Tag::Stop && lower(it, i) == ".")
}

/// Makes one quotation of those that hold `a` and `b`.
fn join(it: &Annotated, a: Span, b: Span, out: &mut Vec<Quote>) {
    let holds = |part: Span| move |q: &Quote| q.parts.contains(&part);
    let (Some(first), second) = (out.iter().position(holds(a)), out.iter().position(holds(b))) else { return };
    let parts = match second {
        Some(second) if second != first => out[second].parts.clone(),
        Some(_) => return,
        None => vec![b],
    };
    let whole = &mut out[first];
    whole.parts.extend(parts);
    whole.parts.sort_unstable();
    whole.parts.dedup();
    if let (Some(from), Some(to)) = (whole.parts.first(), whole.parts.last()) {
        whole.span = from.cover(*to);
    }
    whole.kind = QuoteKind::Direct;
    if let Some((cue, speaker)) = right_behind(it, a) {
        (whole.cue_span, whole.speaker_span) = (Some(cue), Some(speaker));
    }
    if let Some(second) = second {
        out.remove(second);
    }
}

/// Takes from `quote` the parts that another says, as a quotation of their own.
fn other_speaker(it: &Annotated, quote: &mut Quote) -> Option<Quote> {
    if !matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed) {
        return None;
    }
    if let Some(next) = called_first(it, quote) {
        return Some(next);
    }
    let (n, (cue, speaker), answer) = (1..quote.parts.len()).find_map(|n| {
        let (a, b) = (quote.parts[n - 1], quote.parts[n]);
        let answer = || answers(it, quote, n).map(|(cue, speaker)| (n, (Some(cue), speaker), true));
        answer().or_else(|| contrasted(it, quote, a, b).map(|found| (n, found, false)))
    })?;
    let rest = quote.parts.split_off(n);
    let (from, to) = (*rest.first()?, *rest.last()?);
    let end = *quote.parts.last()?;
    let own = quote.cue_span.is_some_and(|c| c.start() < from.start());
    if quote.cue_span == cue {
        // The verb brought the second in; who spoke first is told before, if at all.
        (quote.cue_span, quote.speaker_span, quote.rule) = (None, None, rules::MARKS);
    } else if !own && let Some((cue, speaker)) = right_behind(it, end) {
        (quote.cue_span, quote.speaker_span) = (Some(cue), Some(speaker));
    }
    let led = token_at(it, from.start()).checked_sub(2).is_some_and(|i| matches!(lower(it, i).as_str(), "," | ":"));
    let mut next = Quote {
        span: from.cover(to),
        kind: if answer || led { QuoteKind::Direct } else { QuoteKind::Mixed },
        cue_span: cue,
        speaker_span: Some(speaker),
        ..quote.clone()
    };
    next.parts = rest;
    quote.span = Span::new(quote.span.start().min(end.start()), end.end());
    if quote.parts.len() == 1 && quote.span == quote.parts[0] && (answer || right_behind(it, end).is_some()) {
        quote.kind = QuoteKind::Direct;
    }
    Some(next)
}

/// Takes from "What Stone called “a gift”, Marsh says is “a trap”" what Marsh says; the rest is Stone's.
fn called_first(it: &Annotated, quote: &mut Quote) -> Option<Quote> {
    let first = *quote.parts.first().filter(|_| quote.parts.len() > 1)?;
    let (cue, speaker) = what_called(it, first)?;
    let other = quote.speaker_span.is_some_and(|s| s.start() >= first.end());
    if !other || !it.names_in(speaker).iter().any(|n| n.kind == NameKind::Person) {
        return None;
    }
    let rest = quote.parts.split_off(1);
    let mut next = quote.clone();
    next.span = rest.first()?.cover(*rest.last()?);
    next.kind = QuoteKind::Mixed;
    next.parts = rest;
    (quote.span, quote.kind) = (first, QuoteKind::Mixed);
    (quote.cue_span, quote.speaker_span) = (Some(cue), Some(speaker));
    Some(next)
}

/// The cue and speaker of part `n` in a sentence of its own, where the part before has its cue, too.
fn answers(it: &Annotated, quote: &Quote, n: usize) -> Option<(Span, Span)> {
    let (a, b) = (quote.parts[n - 1], quote.parts[n]);
    if it.sentence_at(a.start()) == it.sentence_at(b.start()) {
        return None;
    }
    if let Some(found) = joins_in(it, a, b) {
        return Some(found);
    }
    let found = turn_behind(it, b)?;
    let own = right_behind(it, a).is_some() || quote.cue_span.is_some_and(|c| c.start() < b.start());
    own.then_some(found)
}

/// The verb and subject of the sentence between two quotations that brings the second speaker in: "“It's a mess.” Stone agreed.
/// “Nobody tells us.”"
fn joins_in(it: &Annotated, a: Span, b: Span) -> Option<(Span, Span)> {
    let mark = it.tokens.partition_point(|t| t.span.start() < a.end());
    let stop = token_at(it, b.start()).checked_sub(2).filter(|s| *s > mark + 2 && *s < mark + NEAR)?;
    let verb = stop - 1;
    let joins = matches!(lower(it, verb).as_str(), "agreed" | "disagreed" | "agrees" | "disagrees" | "concurred");
    let bare = (mark + 1..verb).all(|i| is_nominal(it, i));
    let closed = it.text(a).ends_with(['.', '!', '?']) && lower(it, stop) == ".";
    (joins && bare && closed).then(|| (it.tokens[verb].span, it.tokens[mark + 1].span.cover(it.tokens[verb - 1].span)))
}

/// The cue and speaker of `b` where the words between it and `a` bring in another who speaks: "while Marsh called it", "and
/// her rival, Bo Marsh, said he felt"; without a verb behind "called it “a gift”": "and the union “…”".
fn contrasted(it: &Annotated, quote: &Quote, a: Span, b: Span) -> Option<(Option<Span>, Span)> {
    let gap = between(it, a, b)?;
    let from = if lower(it, gap.start) == "," { gap.start + 1 } else { gap.start };
    // "“It fell,” said Stone, and Marsh said, “It was slow.”": the first has its cue behind the marks.
    let own = right_behind(it, a).filter(|_| lower(it, gap.end - 1) != "and");
    let later = || {
        let own = own?;
        let first = token_at(it, own.0.end().max(own.1.end()));
        let joint =
            (first..gap.end).find(|&k| matches!(lower(it, k).as_str(), "and" | "but" | "while" | "whereas" | "as"))?;
        let found = next_subject(it, joint, gap.end)?;
        // Without a verb of its own only behind a comma: "she said, and the clerk “…”".
        let parted = found.1 < gap.end || lower(it, joint - 1) == ",";
        parted.then_some(found)
    };
    let (subject, behind) = next_subject(it, from, gap.end).or_else(later)?;
    let place = it.tokens[subject.start].span.cover(it.tokens[subject.end - 1].span);
    let verb = (behind..gap.end).find(|&i| {
        let tag = it.tokens[i].tag;
        is_finite(tag) || i == behind && tag == Tag::VBN && reporting_verb(&lower(it, i)).is_some()
    });
    match verb {
        Some(verb) if reporting_verb(&lower(it, verb)).is_some() && verb <= behind + 2 => {
            Some((Some(it.tokens[verb].span), place))
        }
        // The same verb again: "called it “a gift” and the union “an insult”".
        None if behind == gap.end => {
            let object = token_at(it, a.start()).checked_sub(2)?;
            let it_object = it.tokens[object].tag == Tag::PRP
                && quote.cue_span.is_some_and(|c| c.end() <= it.tokens[object].span.start());
            let indefinite =
                matches!(lower(it, subject.end - 1).as_str(), "another" | "other" | "others" | "third" | "second");
            (it_object || own.is_some() || indefinite).then_some((None, place))
        }
        _ => None,
    }
}

/// The noun phrase behind "and", "but", "while" at token `from`, and the token behind it and its apposition.
fn next_subject(it: &Annotated, from: usize, end: usize) -> Option<(Range<usize>, usize)> {
    if from >= end || !matches!(lower(it, from).as_str(), "and" | "but" | "while" | "whereas" | "as" | ";") {
        return None;
    }
    let run = |from: usize| (from..end).take_while(|&i| is_nominal(it, i) || it.tokens[i].tag == Tag::POS).last();
    // "while another called it", "and the other a “scandal”".
    let one = |i: usize| matches!(lower(it, i).as_str(), "another" | "other" | "others" | "third" | "second");
    let last = run(from + 1)?;
    let last = (from + 1..=last).rev().find(|&l| it.tokens[l].tag.is_noun() || one(l))?;
    let mut behind = last + 1;
    if one(last) && behind + 1 == end && matches!(it.tokens[behind].tag, Tag::DT | Tag::Comma) {
        behind = end;
    }
    if behind < end
        && lower(it, behind) == ","
        && let Some(close) = (behind + 1..end).find(|&i| lower(it, i) == ",")
        && !(behind + 1..close).any(|i| is_finite(it.tokens[i].tag))
    {
        behind = close + 1;
    }
    Some((from + 1..last + 1, behind))
}

/// Ends a quotation with its marks where it runs on to the subject of the next clause: "were “illegal”, and her rival".
fn end_at_clause(it: &Annotated, quote: &mut Quote) {
    let Some(&part) = quote.parts.last().filter(|p| quote.kind == QuoteKind::Mixed && p.end() < quote.span.end())
    else {
        return;
    };
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let end = it.tokens.partition_point(|t| t.span.end() <= quote.span.end());
    let from = if lower(it, mark + 1) == "," { mark + 2 } else { mark + 1 };
    // "The army's claim to have “freed” the village could not be verified": the verb of the claim is the reporter's.
    let noun = quote.cue_span.is_some_and(|c| {
        let cue = token_at(it, c.start());
        let clause = cue + 1..token_at(it, part.start());
        // "a sign that “the rich” need not obey": the clause of the noun has its verb behind the marks.
        let whole = lower(it, cue + 1) == "to" || clause.clone().any(|i| is_finite(it.tokens[i].tag));
        it.tokens.get(cue).is_some_and(|t| t.tag.is_noun() && t.span.end() <= quote.span.start()) && whole
    });
    if noun && let Some(verb) = (mark + 1..end).find(|&i| is_finite(it.tokens[i].tag)) {
        let last = it.tokens[verb - 1];
        let stop = if last.tag == Tag::Quote { part.end() } else { last.span.end() };
        quote.span = Span::new(quote.span.start(), stop.max(part.end()));
        return;
    }
    let Some((_, behind)) = next_subject(it, from, end) else { return };
    let verb = |i: usize| it.tokens.get(i).is_some_and(|t| is_finite(t.tag) || t.tag == Tag::Comma);
    if (behind == end || lower(it, behind) == ",") && verb(end) && !(from..behind).any(|i| is_finite(it.tokens[i].tag))
    {
        quote.span = Span::new(quote.span.start(), part.end());
    }
}
