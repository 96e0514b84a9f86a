//! Whose message stands in marks, whoever reads it out or remembers it: "read a letter from Marsh: “…”", "her last words were “…”",
//! "“…” was the last text he sent".

use super::animacy::can_speak;
use super::cues::reporting_verb;
use super::mentions::{MESSAGES, noun_phrase_before};
use super::relayed::{ADDRESSED, RELAYED, authored_by, before_marks, only_part};
use super::subjects::{is_finite, is_nominal, lower};
use crate::{Annotated, Quote, QuoteKind, Tag};
use rashomon_model::Span;
use std::ops::Range;

/// Gives what stands in marks to the one whose message it is said to be, whoever passes it on: "Marsh said the last text from his
/// son read: “…”", "Stone read a letter from Marsh: “…”".
pub(super) fn mend_message(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let Some((cue, speaker)) = message(it, &here) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    if quote.span.start() < it.tokens[here.end - 1].span.end() {
        (quote.span, quote.kind) = (part, QuoteKind::Direct);
    }
    true
}

/// Tokens from the noun for a message to the marks.
const MESSAGE: usize = 20;

/// The noun for the message that stands in marks behind `here`, and whose it is.
fn message(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let verb = before_marks(it, here)?;
    let led = verb + 1 < here.end;
    let colon = led && lower(it, verb + 1) == ":";
    let from = here.start.max(here.end.saturating_sub(MESSAGE));
    if let Some(found) = colon.then(|| what_said(it, here)).flatten() {
        return Some(found);
    }
    let noun = (from..verb + usize::from(colon)).rev().find(|&i| {
        it.tokens[i].tag.is_noun()
            && MESSAGES.contains(&lower(it, i))
            && it.tokens.get(i + 1).is_some_and(|t| !t.tag.is_noun())
    })?;
    let by = authored_by(it, noun, here);
    let behind = by.map_or(noun + 1, |(_, end)| end);
    match lower(it, verb).as_str() {
        "read" | "reads" | "say" | "says" | "said" if verb >= behind => {
            // "the letter from Marsh, Stone said": the subject is another.
            let last = verb.checked_sub(1).filter(|l| *l >= noun)?;
            let first = noun_phrase_before(it, verb, here);
            let whole = last < behind
                || first.is_some_and(|f| f > noun && matches!(it.tokens[f - 1].tag, Tag::IN | Tag::TO))
                || lower(it, last) == ",";
            let aside = (behind..verb)
                .find(|&i| lower(it, i) == ",")
                .is_none_or(|c| c < last && lower(it, last) == "," && it.tokens[c + 1].tag == Tag::VBN);
            let finite = (behind..verb).any(|i| is_finite(it.tokens[i].tag));
            if !whole || !aside || finite {
                return None;
            }
        }
        "is" | "are" | "was" | "were" if verb >= behind => {
            let words = lower(it, noun) == "words"
                && matches!(
                    lower(it, noun - usize::from(noun > here.start)).as_str(),
                    "last" | "first" | "final" | "dying" | "exact"
                );
            // "His answer was “weak”": told of, not said.
            if !(led || words) || (behind..verb).any(|i| is_finite(it.tokens[i].tag)) {
                return None;
            }
        }
        _ if colon => {
            let first = noun_phrase_before(it, noun + 1, here)?;
            // "Stone, in a statement from her office: “…”" is Stone's.
            let bare = first == here.start && !here.clone().any(|i| is_finite(it.tokens[i].tag));
            let taken = first.checked_sub(1).filter(|i| here.contains(i)).is_some_and(|i| {
                let read =
                    |i: usize| reporting_verb(&lower(it, i)).is_some_and(|v| matches!(v, "read" | "quote" | "cite"));
                read(i)
                    || matches!(lower(it, i).as_str(), "with" | "from" | "aloud" | "out")
                        && (here.start..i).rev().take(4).any(|k| read(k) || lower(it, i) == "with")
            });
            if !bare && !taken || (behind..here.end).any(|i| is_finite(it.tokens[i].tag)) {
                return None;
            }
        }
        _ => return None,
    }
    if let Some((author, _)) = by {
        return Some((noun, author));
    }
    let owner = (here.start.max(noun.saturating_sub(4))..noun)
        .rev()
        .find(|&i| !(it.tokens[i].tag == Tag::JJ || it.tokens[i].tag == Tag::NN || it.tokens[i].tag == Tag::CD))?;
    match it.tokens[owner].tag {
        Tag::POS => {
            let first = noun_phrase_before(it, owner, here)?;
            let span = it.tokens[first].span.cover(it.tokens[owner - 1].span);
            (first < owner && can_speak(it, span)).then_some((noun, span))
        }
        _ => None,
    }
}

/// "remembers what her husband, Bo, said that day: “…”": the verb and whose words are told of.
fn what_said(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let from = here.start.max(here.end.saturating_sub(MESSAGE));
    let what = (from..here.end).rev().find(|&i| lower(it, i) == "what")?;
    let verb = (what + 1..here.end).find(|&i| is_finite(it.tokens[i].tag))?;
    let says = reporting_verb(&lower(it, verb)).is_some_and(|v| RELAYED.contains(v));
    let more = (verb + 1..here.end).any(|i| is_finite(it.tokens[i].tag));
    let last = (what + 1..verb).take_while(|&i| is_nominal(it, i) || it.tokens[i].tag == Tag::POS).last()?;
    let ends = last + 1 == verb || lower(it, last + 1) == "," && lower(it, verb - 1) == ",";
    let span = it.tokens[what + 1].span.cover(it.tokens[last].span);
    (says && !more && ends && can_speak(it, span)).then_some((verb, span))
}

/// Gives what stands in marks to the one whose message it is said to be behind them: "“…” was the last message Bo sent".
pub(super) fn mend_message_behind(it: &Annotated, quote: &mut Quote) -> bool {
    let Some(&part) = quote.parts.last().filter(|_| quote.parts.len() == 1) else { return false };
    let Some((cue, speaker)) = message_behind(it, part) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    (quote.span, quote.kind) = (part, QuoteKind::Direct);
    true
}

/// The noun for the message behind the marks that close `part`, and whose it is.
fn message_behind(it: &Annotated, part: Span) -> Option<(usize, Span)> {
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let be = mark + 1;
    let end = it.sentence_at(it.tokens.get(mark)?.span.start()).map(|s| it.sentences[s].end_token)?;
    if be >= end || it.tokens[mark].tag != Tag::Quote || !matches!(lower(it, be).as_str(), "was" | "were" | "is") {
        return None;
    }
    let noun = (be + 1..end.min(be + ADDRESSED)).find(|&i| MESSAGES.contains(&lower(it, i)))?;
    if !(be + 1..noun).all(|i| is_nominal(it, i) || it.tokens[i].tag == Tag::POS) {
        return None;
    }
    if let Some((author, _)) = authored_by(it, noun, &(be..end)) {
        return Some((noun, author));
    }
    // "the last message Bo sent", "Bo's last words".
    let last = (noun + 1..end).take_while(|&i| is_nominal(it, i)).last();
    if let Some(last) = last.filter(|l| it.tokens.get(l + 1).is_some_and(|t| is_finite(t.tag))) {
        let span = it.tokens[noun + 1].span.cover(it.tokens[last].span);
        return can_speak(it, span).then_some((noun, span));
    }
    let owner = (be + 1..noun).rev().find(|&i| it.tokens[i].tag == Tag::POS)?;
    let span = it.tokens[be + 1].span.cover(it.tokens[owner - 1].span);
    can_speak(it, span).then_some((noun, span))
}
