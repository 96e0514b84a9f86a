//! A place in a report as a quoted line: the words, and the line around them.

use crate::report::{Evidence, Report};
use rashomon_model::Span;
use std::borrow::Cow;

/// The words at a place and what stands around them on their line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt<'a> {
    /// Before them, on the same line, as far as it is near.
    pub(crate) before: Cow<'a, str>,
    /// The words themselves, byte for byte.
    pub(crate) words: &'a str,
    /// Behind them, on the same line, as far as it is near.
    pub(crate) after: Cow<'a, str>,
}

/// The words at `evidence` with up to `room` bytes of their line in all, cut between words.
pub(crate) fn excerpt(report: &Report, evidence: Evidence, room: usize) -> Excerpt<'_> {
    let text = &report.witnesses[evidence.witness].text;
    let words = report.text(evidence);
    let room = room.saturating_sub(words.len()).max(24);
    let (whole_before, whole_after) = line_around(text, evidence.span);
    // One side takes what the other does not need.
    let most_before = (room / 2).max(room.saturating_sub(whole_after.len()));
    let before = ending(whole_before, most_before);
    let after = beginning(whole_after, room.saturating_sub(before.len()));
    Excerpt { before, words, after }
}

/// What stands before and behind `span` on its line, at most so many bytes of it.
pub(crate) fn around(text: &str, span: Span, before: usize, after: usize) -> (Cow<'_, str>, Cow<'_, str>) {
    let (whole_before, whole_after) = line_around(text, span);
    (ending(whole_before, before), beginning(whole_after, after))
}

fn line_around(text: &str, span: Span) -> (&str, &str) {
    let before = text.get(..span.start()).unwrap_or("");
    let after = text.get(span.end()..).unwrap_or("");
    let before = before.rfind('\n').map_or(before, |i| &before[i + 1..]);
    (before, after.find('\n').map_or(after, |i| &after[..i]))
}

fn ending(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return text.into();
    }
    let mut from = text.len() - most;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let cut = text[from..].find(' ').map_or("", |i| &text[from + i..]);
    format!("…{cut}").into()
}

fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return text.into();
    }
    let mut to = most;
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let cut = text[..to].rfind(' ').map_or("", |i| &text[..=i]);
    format!("{cut}…").into()
}
