//! A report in full: its lines, and in them every stretch that some statement rests on.

use crate::report::{Evidence, Report};
use crate::visible::visible;
use rashomon_model::Span;
use serde::Serialize;
use std::collections::BTreeMap;

/// Bytes of a text that are shown.
const SHOWN: usize = 200_000;

/// One line of a report's text.
#[derive(Serialize)]
pub(super) struct Line {
    number: usize,
    /// Whether there is nothing to see on it.
    blank: bool,
    segments: Vec<Segment>,
}

/// A stretch of one line on which the same statements rest.
#[derive(Serialize)]
pub(super) struct Segment {
    start: usize,
    end: usize,
    text: String,
    /// Anchors of the places that begin here.
    anchors: Vec<String>,
    /// Class names, one a kind of statement.
    marks: String,
}

/// What kind of statement rests on a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A point.
    Point,
    /// A passage that another report shares, or a credit.
    Passage,
    /// Something said.
    Quote,
    /// A time expression.
    Time,
    /// A term for something.
    Term,
    /// A change between versions.
    Change,
    /// A value that others contradict, or a date that misleads.
    Conflict,
}

impl Mark {
    fn class(self) -> &'static str {
        match self {
            Self::Point => "m-point",
            Self::Passage => "m-passage",
            Self::Quote => "m-quote",
            Self::Time => "m-time",
            Self::Term => "m-term",
            Self::Change => "m-change",
            Self::Conflict => "m-conflict",
        }
    }
}

/// All places in each report that some statement rests on.
pub(super) fn marks(report: &Report) -> Vec<BTreeMap<Span, Vec<Mark>>> {
    let mut marks: Vec<BTreeMap<Span, Vec<Mark>>> = vec![BTreeMap::new(); report.witnesses.len()];
    let mut add = |it: Evidence, mark: Mark| {
        let here = marks[it.witness].entry(it.span).or_default();
        if !here.contains(&mark) {
            here.push(mark);
        }
    };
    for witness in &report.witnesses {
        witness.declared.iter().for_each(|c| add(c.evidence, Mark::Passage));
    }
    for (a, b) in report.descents.iter().flat_map(|d| &d.passages) {
        add(*a, Mark::Passage);
        add(*b, Mark::Passage);
    }
    for point in &report.points {
        add(point.wording, Mark::Point);
        point.carried.iter().chain(&point.unclear).for_each(|e| add(*e, Mark::Point));
        let values = point.conflicts.iter().flat_map(|c| &c.values).flat_map(|(_, places)| places);
        values.for_each(|e| add(*e, Mark::Conflict));
    }
    for quote in &report.quotes {
        add(quote.best, Mark::Quote);
        quote.forms.iter().flat_map(|f| &f.evidence).for_each(|e| add(*e, Mark::Quote));
    }
    for moment in &report.timeline {
        add(moment.wording, Mark::Time);
        moment.mentions.iter().for_each(|e| add(*e, Mark::Time));
        moment.misleading.iter().for_each(|e| add(*e, Mark::Conflict));
    }
    for change in report.revisions.iter().flat_map(|r| &r.changes) {
        change.from.iter().chain(&change.to).for_each(|e| add(*e, Mark::Change));
    }
    for term in report.framing.iter().flat_map(|f| &f.terms) {
        term.evidence.iter().for_each(|e| add(*e, Mark::Term));
    }
    marks
}

/// The lines of a report, and how many bytes of it are not shown.
pub(super) fn lines(
    report: &Report,
    witness: usize,
    marks: &BTreeMap<Span, Vec<Mark>>,
    anchor: impl Fn(Span) -> String,
) -> (Vec<Line>, usize) {
    let it = &report.witnesses[witness];
    let mut shown = it.text.len().min(SHOWN);
    while !it.text.is_char_boundary(shown) {
        shown -= 1;
    }
    let text = &it.text[..shown];
    let mut cuts: Vec<usize> = marks.keys().flat_map(|s| [s.start(), s.end()]).collect();
    cuts.extend(it.furniture.iter().flat_map(|s| [s.start(), s.end()]));
    cuts.retain(|c| text.is_char_boundary(*c));
    cuts.sort_unstable();
    cuts.dedup();
    let mut open: Vec<(Span, &[Mark])> = Vec::new();
    let mut coming = marks.iter().peekable();
    let mut lines = Vec::new();
    let mut start = 0;
    for (n, words) in text.split('\n').enumerate() {
        let end = start + words.len();
        let from = cuts.partition_point(|c| *c <= start);
        let to = cuts.partition_point(|c| *c < end);
        let mut edges = vec![start];
        edges.extend(&cuts[from..to.max(from)]);
        edges.push(end);
        let mut segments = Vec::new();
        for edge in edges.windows(2) {
            let span = Span::new(edge[0], edge[1]);
            let mut anchors = Vec::new();
            // A place that begins at the end of a line is met at the beginning of the next.
            while let Some((s, m)) = coming.next_if(|(s, _)| s.start() < span.end() || s.start() == span.start()) {
                anchors.push(anchor(*s));
                open.push((*s, m));
            }
            open.retain(|(s, _)| s.end() > span.start());
            let mut kinds: Vec<Mark> = open.iter().flat_map(|(_, m)| m.iter().copied()).collect();
            kinds.sort();
            kinds.dedup();
            let mut classes: Vec<_> = kinds.iter().map(|k| k.class()).collect();
            if !span.is_empty() && it.furniture.iter().any(|f| f.contains(span)) {
                classes.push("furniture");
            }
            if span.is_empty() && anchors.is_empty() {
                continue;
            }
            let text = visible(span.text(text)).into_owned();
            segments.push(Segment { start: edge[0], end: edge[1], text, anchors, marks: classes.join(" ") });
        }
        lines.push(Line { number: n + 1, blank: words.trim().is_empty(), segments });
        start = end + 1;
    }
    (lines, it.text.len() - shown)
}
