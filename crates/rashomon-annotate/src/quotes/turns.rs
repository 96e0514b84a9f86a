//! Turns of a dialogue that is printed line by line: "“Have you seen it?” Stone asked. / “I have not,” Marsh said. / “Any of it?”
//! / “No.”"
//!
//! A line in marks and nothing else is a turn where question and answer alternate. Who asked before asks again, who answered
//! answers; where two speakers are not told apart before, none is guessed.

use super::reading::Reading;
use crate::rules;
use crate::{Annotated, Quote, QuoteKind};
use rashomon_model::{Rule, Span};

/// Makes each line of a dialogue a quotation of its own, of a speaker not told yet.
pub(super) fn part(r: &Reading<'_>, out: &mut Vec<Quote>) {
    let it = r.it;
    let bare: Vec<Span> = r
        .stretches
        .iter()
        .filter(|s| !s.marked.continues && is_line(it, s.marked.outer))
        .map(|s| s.marked.inner)
        .collect();
    // Somebody speaks right before, so that it is a dialogue and no list.
    let opened = |run: &[Span]| r.stretches.iter().any(|s| follows(it, s.marked.inner, run[0]));
    let apart = |run: &[Span]| {
        let held = |q: &Quote| run.iter().any(|turn| q.span.overlaps(*turn));
        out.iter().any(|q| SET_APART.contains(&q.rule) && held(q))
    };
    let turns: Vec<&[Span]> = runs(it, &bare).filter(|run| alternates(it, run) && opened(run) && !apart(run)).collect();
    for run in turns {
        for quote in out.iter_mut() {
            quote.parts.retain(|part| !run.contains(part));
            let from = quote.parts.iter().map(|p| p.start()).min();
            let to = quote.parts.iter().map(|p| p.end()).max();
            if let Some((from, to)) = from.zip(to)
                && run.iter().any(|turn| quote.span.overlaps(*turn))
            {
                quote.span = Span::new(from, to);
            }
        }
        out.retain(|q| !run.iter().any(|turn| q.span.overlaps(*turn)));
        out.extend(run.iter().map(|turn| Quote::direct(*turn, rules::TURN_OF_A_DIALOGUE)));
    }
}

/// Rules of what has its speaker though it is a line of its own.
const SET_APART: [Rule; 2] = [rules::SIGNED_POST, rules::SIGNED];

/// Gives each turn to the one whose turn it is; the quotations are in order.
pub(super) fn take(it: &Annotated, quotes: &mut [Quote]) {
    for n in 0..quotes.len() {
        if quotes[n].rule != rules::TURN_OF_A_DIALOGUE {
            continue;
        }
        let asks = is_question(it, quotes[n].span);
        // The two spoken before: in a dialogue each in the paragraph next to the other.
        let mut before = quotes[..n].iter().rev().filter(|q| q.kind == QuoteKind::Direct).take(2);
        let (Some(last), Some(other)) = (before.next(), before.next()) else { continue };
        let near = follows(it, last.span, quotes[n].span) && follows(it, other.span, last.span);
        let turns = is_question(it, other.span) == asks && is_question(it, last.span) != asks;
        let apart = last.speaker_span.map(|s| it.text(s)) != other.speaker_span.map(|s| it.text(s));
        if near && turns && apart {
            quotes[n].speaker_span = other.speaker_span;
        }
    }
}

/// Whether the stretch between marks `outer` is all there is in its line.
fn is_line(it: &Annotated, outer: Span) -> bool {
    let text = it.article.text.as_str();
    let before = text[..outer.start()].trim_end_matches([' ', '\t', '\u{a0}']);
    let behind = text[outer.end()..].trim_start_matches([' ', '\t', '\u{a0}']);
    (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with('\n'))
}

/// The runs of two and more lines that follow one another.
fn runs<'a>(it: &'a Annotated, bare: &'a [Span]) -> impl Iterator<Item = &'a [Span]> {
    bare.chunk_by(|a, b| follows(it, *a, *b)).filter(|run| run.len() > 1)
}

/// Whether `b` stands in the paragraph behind that of `a`.
fn follows(it: &Annotated, a: Span, b: Span) -> bool {
    let paragraph = |s: Span| it.sentence_at(s.start()).map(|s| it.sentences[s].paragraph);
    paragraph(a).zip(paragraph(b)).is_some_and(|(a, b)| a + 1 == b)
}

fn is_question(it: &Annotated, span: Span) -> bool {
    it.text(span).trim_end_matches(['”', '"', '’', '\'']).ends_with('?')
}

/// Whether questions and answers take turns in a run of lines.
fn alternates(it: &Annotated, run: &[Span]) -> bool {
    run.windows(2).all(|pair| is_question(it, pair[0]) != is_question(it, pair[1]))
}
