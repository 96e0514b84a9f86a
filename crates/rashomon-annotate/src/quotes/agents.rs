//! Who tells or calls somebody something where that one is the subject or the object: "was called “a thief” by Marsh", "was told by
//! her: “…”", "accused Marsh of calling her “a thief”".

use super::animacy::can_speak;
use super::cues::reporting_verb;
use super::mentions::noun_phrase_before;
use super::relayed::{ADDRESSED, NEAR, before, before_marks, is_calling, only_part, owned};
use super::subjects::{ADDRESSING, is_finite, is_nominal, lower, subject, token_at};
use crate::{Annotated, NameKind, Quote, QuoteKind, Tag};
use rashomon_model::Span;
use std::ops::Range;

/// Who is named as whose claim stands in marks that no verb reports, or by whom somebody was told or called it: "hit back at claims
/// by Ada Stone that crews were “half asleep”", "was branded “a thief” by Ada Stone".
pub(super) fn claimed(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    let here = before(it, part)?;
    let agent = || agent_before(it, &here).or_else(|| agent_behind(it, &here, part));
    let (noun, speaker) = owned(it, &here).or_else(agent)?;
    let named = it.names_in(speaker).iter().any(|n| n.kind == NameKind::Person);
    named.then(|| (it.tokens[noun].span, speaker))
}

/// Gives what stands in marks to who is accused of saying it, or told to stop: "accused the mayor of calling her “a thief”".
pub(super) fn mend_object_says(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let Some((cue, speaker)) = object_says(it, &here) else { return false };
    // "accused him of calling": whoever he is, it is not who accuses.
    let pronoun = token_at(it, speaker.start());
    let named = it.tokens[pronoun].tag != Tag::PRP;
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker).filter(|_| named));
    if quote.span.start() <= it.tokens[cue].span.start() {
        let clause = (cue + 1..here.end)
            .find(|&i| lower(it, i) == "that")
            .map_or(part.start(), |i| it.tokens[(i + 1).min(here.end)].span.start());
        quote.span = Span::new(clause.min(part.start()), quote.span.end());
        quote.kind = if quote.span == part { QuoteKind::Direct } else { QuoteKind::Mixed };
    }
    true
}

/// The participle of saying that hangs on an object, and the object: "accused the mayor of calling", "told him to stop saying".
fn object_says(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let from = here.start.max(here.end.saturating_sub(NEAR));
    let cue = (from..here.end)
        .rev()
        .take_while(|&i| it.tokens[i].tag != Tag::Quote)
        .find(|&i| it.tokens[i].tag == Tag::VBG && reporting_verb(&lower(it, i)).is_some())?;
    let link = cue.checked_sub(1).filter(|i| *i > here.start)?;
    let end = match lower(it, link).as_str() {
        "of" | "for" => link,
        "stop" | "quit" if lower(it, link - 1) == "to" => link - 1,
        _ => return None,
    };
    // "demanded that Marsh apologise for calling".
    if it.tokens[end - 1].tag == Tag::VB && matches!(lower(it, end - 1).as_str(), "apologise" | "apologize") {
        let first = noun_phrase_before(it, end - 1, here)?;
        let span = it.tokens[first].span.cover(it.tokens[end - 2].span);
        return can_speak(it, span).then_some((cue, span));
    }
    // A second verb would be another's: "of saying he was late and called it".
    let clause = (cue + 1..here.end).filter(|&i| is_finite(it.tokens[i].tag)).count();
    let pronoun = end > here.start && it.tokens[end - 1].tag == Tag::PRP;
    let first = if pronoun { end - 1 } else { noun_phrase_before(it, end, here)? };
    let verb = first.checked_sub(1).filter(|i| *i > here.start)?;
    // "Stone was criticised by Marsh for calling": who is criticised said so.
    if lower(it, verb) == "by" {
        let passive = verb.checked_sub(2).filter(|i| *i > here.start)?;
        let be = matches!(lower(it, passive).as_str(), "was" | "were" | "is" | "are" | "been");
        let criticised = matches!(it.tokens[passive + 1].tag, Tag::VBN | Tag::VBD);
        return subject(it, passive, here).filter(|s| be && criticised && can_speak(it, *s)).map(|s| (cue, s));
    }
    let active = matches!(it.tokens[verb].tag, Tag::VBD | Tag::VBZ | Tag::VBP)
        || it.tokens[verb].tag == Tag::VBN && matches!(lower(it, verb - 1).as_str(), "has" | "had" | "have")
        || it.tokens[verb].tag == Tag::VBG && matches!(lower(it, verb - 1).as_str(), ",");
    let span = it.tokens[first].span.cover(it.tokens[end - 1].span);
    (active && clause <= 2 && (pronoun || can_speak(it, span))).then_some((cue, span))
}

/// Gives what stands in marks to the one who is named behind them as who called or told somebody so: "was called “a coward” by the
/// judge".
pub(super) fn mend_agent_behind(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let before_marks = || agent_before(it, &here).or_else(|| agent_of_clause(it, &here));
    let Some((cue, speaker)) = agent_behind(it, &here, part).or_else(before_marks) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    if quote.span.start() < it.tokens[cue].span.end() || quote.span.end() > part.end() {
        let from = quote.span.start().max(it.tokens[cue].span.end().max(speaker.end().min(part.start())));
        let from = from.min(part.start());
        quote.span = Span::new(from, part.end());
        quote.span = quote.span.trimmed(&it.article.text);
    }
    quote.kind = if quote.span == part { QuoteKind::Direct } else { QuoteKind::Mixed };
    true
}

/// "was told by the inspector: “…”", "were advised by her not to “…”": the participle and by whom, right before the marks.
fn agent_before(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let mut end = before_marks(it, here)? + 1;
    while end > here.start && matches!(lower(it, end - 1).as_str(), "to" | "not") {
        end -= 1;
    }
    let first = noun_phrase_before(it, end, here)?;
    let by = first.checked_sub(1).filter(|i| *i > here.start + 1 && lower(it, *i) == "by")?;
    let cue = by - 1;
    let be = matches!(lower(it, cue - 1).as_str(), "was" | "were" | "is" | "are" | "been" | "being");
    let tells = reporting_verb(&lower(it, cue)).is_some_and(|v| ADDRESSING.contains(v));
    let span = it.tokens[first].span.cover(it.tokens[end - 1].span);
    (be && tells && can_speak(it, span)).then_some((cue, span))
}

/// "had been assured by her that it was “sound”": the participle and by whom, where the clause told of runs up to the marks.
fn agent_of_clause(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let from = here.start.max(here.end.saturating_sub(2 * NEAR));
    let that = (from..here.end).rev().find(|&i| lower(it, i) == "that")?;
    let finite = (that + 1..here.end).filter(|&i| is_finite(it.tokens[i].tag)).count();
    (finite == 1).then(|| agent_before(it, &(here.start..that))).flatten()
}

/// The participle of calling or telling before the marks, and who stands behind "by" right behind them.
fn agent_behind(it: &Annotated, here: &Range<usize>, part: Span) -> Option<(usize, Span)> {
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let end = it.sentence_at(it.tokens.get(mark)?.span.start()).map(|s| it.sentences[s].end_token)?;
    // "has “no future” at the club by the coach".
    let aside = |i: usize| is_nominal(it, i) || matches!(it.tokens[i].tag, Tag::IN | Tag::POS);
    let by = (mark + 1..end.min(mark + ADDRESSED)).find(|&i| lower(it, i) == "by" || !aside(i))?;
    if it.tokens[mark].tag != Tag::Quote || lower(it, by) != "by" || by + 1 >= end {
        return None;
    }
    // "told he was “watched” by police": watched by them.
    if matches!(it.tokens.get(mark.checked_sub(1)?)?.tag, Tag::VBN | Tag::VBD) {
        return None;
    }
    let last = (by + 1..end).take_while(|&i| is_nominal(it, i)).last().filter(|l| it.tokens[*l].tag.is_noun())?;
    let speaker = it.tokens[by + 1].span.cover(it.tokens[last].span);
    if by > mark + 1 && !it.names_in(speaker).iter().any(|n| n.kind == NameKind::Person) {
        return None;
    }
    let from = here.start.max(here.end.saturating_sub(NEAR));
    let says = |i: usize| {
        let passive = matches!(it.tokens[i].tag, Tag::VBN | Tag::VBD)
            && (here.start..i).rev().find(|&k| it.tokens[k].tag != Tag::RB).is_some_and(|k| {
                matches!(lower(it, k).as_str(), "was" | "were" | "is" | "are" | "been" | "being" | "be")
                    || k + 1 == i && lower(it, k) == ","
            });
        let verb = lower(it, i);
        passive && (is_calling(&verb) || reporting_verb(&verb).is_some_and(|v| ADDRESSING.contains(v) || v == "call"))
    };
    let cue = (from..here.end).rev().find(|&i| says(i))?;
    can_speak(it, speaker).then_some((cue, speaker))
}
