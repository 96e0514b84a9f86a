//! Quotations by rule: the marks, and the nearest reporting verb with its subject.

use super::cues::{is_strong, reporting_verb};
use super::marks::{Marked, marked};
use crate::{Annotated, Quote, QuoteKind};
use rashomon_model::Span;

/// Words within which a cue beside a quotation is looked for.
const REACH: usize = 16;

/// Quotations by rule, in order of place; speakers as mentioned, not yet resolved.
pub(crate) fn quotes(it: &Annotated) -> Vec<Quote> {
    let stretches: Vec<Marked> =
        marked(&it.article.text).into_iter().filter(|m| !it.article.is_furniture(m.inner)).collect();
    let mut out: Vec<Quote> = Vec::new();
    for (n, m) in stretches.iter().enumerate() {
        let before = n.checked_sub(1).map(|p| &stretches[p]);
        let quote = quote(it, m, before, stretches.get(n + 1), out.last());
        out.push(quote);
    }
    out
}

fn quote(it: &Annotated, m: &Marked, before: Option<&Marked>, after: Option<&Marked>, last: Option<&Quote>) -> Quote {
    let text = &it.article.text;
    let mut quote = Quote {
        span: m.inner,
        parts: vec![m.inner],
        kind: QuoteKind::Direct,
        speaker: None,
        speaker_span: None,
        speaker_entity: None,
        cue_span: None,
        rule: "marks",
    };
    let words = m.inner.text(text).split_whitespace().count();
    if it.article.title_span.is_some_and(|t| t.contains(m.inner)) {
        quote.kind = QuoteKind::Headline;
        quote.rule = "marks-in-headline";
        return quote;
    }
    let line_start = text[..m.outer.start()].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[m.outer.end()..].find('\n').map_or(text.len(), |i| m.outer.end() + i);
    let from = before.map_or(line_start, |b| b.outer.end().max(line_start));
    let to = after.map_or(line_end, |a| a.outer.start().min(line_end));
    let lead = Span::new(from.min(m.outer.start()), m.outer.start());
    let tail = Span::new(m.outer.end(), to.max(m.outer.end()));
    let ends_open = m.inner.text(text).ends_with([',', '?', '!', '…', '—', '-']) || tail.text(text).starts_with(',');
    let sentence_start = !starts_inside(text, lead);
    let found = if ends_open && sentence_start {
        cue_after(it, tail).or_else(|| cue_before(it, lead))
    } else {
        cue_before(it, lead)
            .or_else(|| if ends_open || !m.inner.text(text).ends_with('.') { cue_after(it, tail) } else { None })
    };
    let ends_sentence = m.inner.text(text).ends_with(['.', ',', '?', '!', '…']);
    match found {
        Some((cue, speaker)) => {
            quote.cue_span = Some(cue);
            quote.speaker_span = speaker;
            quote.rule = "cue-beside-marks";
            let introduced = lead.text(text).trim_end().ends_with([',', ':']);
            quote.kind = if sentence_start || introduced || (words >= 12 && ends_sentence) {
                QuoteKind::Direct
            } else if words >= 3 || is_strong(&cue.text(text).to_lowercase()) {
                QuoteKind::Mixed
            } else {
                QuoteKind::Scare
            };
        }
        None if sentence_start && ends_sentence && words >= 3 => {
            if let Some(last) = last.filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Mixed)) {
                quote.speaker_span = last.speaker_span;
                quote.rule = "speaker-carried-on";
            }
        }
        None if words >= 4 => quote.kind = QuoteKind::Mixed,
        None => quote.kind = QuoteKind::Scare,
    }
    quote
}

/// Whether a sentence is under way at the end of `lead`.
fn starts_inside(text: &str, lead: Span) -> bool {
    let before = lead.text(text).trim_end();
    !(before.is_empty() || before.ends_with(['.', '?', '!', '”', '"', '’', ':', '…']))
}

fn words_in(it: &Annotated, span: Span) -> Vec<(Span, String)> {
    it.tokens_in(span).iter().map(|t| (t.span, it.text(t.span).to_lowercase())).collect()
}

/// A reporting verb after the quotation, with its subject.
fn cue_after(it: &Annotated, tail: Span) -> Option<(Span, Option<Span>)> {
    let words = words_in(it, tail);
    let stop = words.iter().position(|(_, w)| matches!(w.as_str(), "." | "?" | "!")).unwrap_or(words.len()).min(REACH);
    let at = words[..stop].iter().position(|(_, w)| reporting_verb(w).is_some())?;
    let speaker = mention(it, &words[..at], true).or_else(|| mention(it, &words[at + 1..stop], false));
    Some((words[at].0, speaker))
}

/// The last reporting verb before the quotation in its sentence, with its subject.
fn cue_before(it: &Annotated, lead: Span) -> Option<(Span, Option<Span>)> {
    let words = words_in(it, lead);
    let start = words.iter().rposition(|(_, w)| matches!(w.as_str(), "." | "?" | "!")).map_or(0, |i| i + 1);
    let words = &words[start..];
    let from = words.len().saturating_sub(REACH * 2);
    let at = from + words[from..].iter().rposition(|(_, w)| reporting_verb(w).is_some())?;
    Some((words[at].0, mention(it, &words[..at], true).or_else(|| mention(it, &words[at + 1..], false))))
}

/// The words that name somebody: a pronoun, or a run of capitalised words; the nearest from the right, or from the left.
fn mention(it: &Annotated, words: &[(Span, String)], from_right: bool) -> Option<Span> {
    let is_name = |span: Span| it.text(span).chars().next().is_some_and(char::is_uppercase);
    let is_pronoun = |w: &str| matches!(w, "he" | "she" | "they" | "it" | "who" | "we" | "i");
    let names = |i: usize| is_name(words[i].0) || is_pronoun(&words[i].1);
    let mut order: Box<dyn Iterator<Item = usize>> =
        if from_right { Box::new((0..words.len()).rev()) } else { Box::new(0..words.len()) };
    let at = order.find(|&i| names(i))?;
    if is_pronoun(&words[at].1) {
        return Some(words[at].0);
    }
    let first = (0..=at).rev().take_while(|&i| is_name(words[i].0)).last()?;
    let last = (at..words.len()).take_while(|&i| is_name(words[i].0)).last()?;
    Some(words[first].0.cover(words[last].0))
}
