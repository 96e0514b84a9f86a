//! A place in a report as a quoted line: the words, and the line around them.

use crate::report::{Evidence, Report};
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

/// The words at `evidence` with up to `around` bytes of their line on either side, cut between words.
pub(crate) fn excerpt(report: &Report, evidence: Evidence, around: usize) -> Excerpt<'_> {
    let text = &report.witnesses[evidence.witness].text;
    let words = report.text(evidence);
    let (start, end) = (evidence.span.start(), evidence.span.end());
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return Excerpt { before: "".into(), words, after: "".into() };
    };
    let before = before.rfind('\n').map_or(before, |i| &before[i + 1..]);
    let after = after.find('\n').map_or(after, |i| &after[..i]);
    Excerpt { before: ending(before, around), words, after: beginning(after, around) }
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
