//! Quotations that are set apart without quotation marks: a post under its author's name and account, and the paragraph
//! behind "Ada Stone said:".

use super::cues::is_strong;
use crate::rules;
use crate::{Annotated, Quote, QuoteKind, Sentence, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Rule, Span};

/// Adds what is set apart; what was read inside it without marks of its own is no other quotation.
pub(super) fn add(it: &Annotated, out: &mut Vec<Quote>) {
    let mut found = posts(it);
    blocks(it, &mut found);
    found.retain(|q| !out.iter().any(|o| o.kind == QuoteKind::Direct && o.span.overlaps(q.span)));
    for q in &found {
        out.retain(|o| !o.span.overlaps(q.span) || q.span.contains(o.span) && !o.parts.is_empty());
    }
    out.extend(found);
}

fn direct(span: Span, speaker: Span, cue: Option<Span>, rule: Rule) -> Quote {
    Quote { speaker_span: Some(speaker), cue_span: cue, ..Quote::direct(span, rule) }
}

/// Posts that pages print with author, account and date below: "… — Ada Stone (@adastone) May 9, 2031".
fn posts(it: &Annotated) -> Vec<Quote> {
    let text = it.article.text.as_str();
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices("(@") {
        let Some((dash, name)) = author(text, at).filter(|(dash, _)| *dash >= from) else { continue };
        let Some(close) = text[at..].char_indices().take(MOST_ACCOUNT).find(|(_, c)| *c == ')').map(|(i, _)| at + i)
        else {
            continue;
        };
        if !dated(&text[close + 1..]) {
            continue;
        }
        let line = text[..dash].trim_end();
        let begins = line.rfind('\n').map_or(0, |i| i + 1).max(from);
        // Pages that lost the picture of an account print an "x" in its place.
        let body = &line[begins..];
        let body = body.strip_prefix("x ").unwrap_or(body).trim_start();
        if body.split_whitespace().count() >= LEAST_WORDS && body.len() <= MOST_BYTES {
            out.push(direct(Span::new(line.len() - body.len(), line.len()), name, None, rules::SIGNED_POST));
        }
        from = close;
    }
    out
}

/// Characters of an account, of a name; bytes of what is set apart, and words of it.
const MOST_ACCOUNT: usize = 40;
const MOST_NAME: usize = 60;
const MOST_BYTES: usize = 2_000;
const LEAST_WORDS: usize = 3;

/// The dash and the name before an account at byte `at`.
fn author(text: &str, at: usize) -> Option<(usize, Span)> {
    let before = text[..at].trim_end();
    let (dash, sign) = before.char_indices().rev().take(MOST_NAME).find(|(_, c)| matches!(c, '—' | '–' | '―'))?;
    let name = before[dash + sign.len_utf8()..].trim_start();
    let named = !name.is_empty() && name.split_whitespace().count() <= 6 && !name.contains('\n');
    named.then(|| (dash, Span::new(before.len() - name.len(), before.len())))
}

/// Whether a day begins `rest`: a month by name, or digits.
fn dated(rest: &str) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    rashomon_model::month(word.trim_end_matches(['.', ','])).is_some() || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Paragraphs without marks behind one that ends in a colon and says who speaks: "Stone said:".
fn blocks(it: &Annotated, out: &mut Vec<Quote>) {
    let sentences = &it.sentences;
    let mut next = 0;
    for (n, sentence) in sentences.iter().enumerate() {
        if n < next || sentence.heading || !it.text(sentence.span).trim_end().ends_with(':') {
            continue;
        }
        let Some(begin) = sentences.get(n + 1).filter(|s| s.paragraph != sentence.paragraph) else { continue };
        let Some((speaker, cue)) = announced(it, sentence) else { continue };
        let end = sentences.partition_point(|s| s.paragraph <= begin.paragraph);
        let block = &sentences[n + 1..end];
        let span = begin.span.cover(sentences[end - 1].span);
        if could_be_block(it, block, span) {
            out.push(direct(span, speaker, Some(cue), rules::BLOCK_QUOTATION));
            next = end;
        }
    }
}

/// Whether a paragraph can be what was announced: full sentences without quotation marks, no list, no link, and with words of
/// the first or second person, which a reporter's own paragraph has not.
fn could_be_block(it: &Annotated, sentences: &[Sentence], span: Span) -> bool {
    let text = it.text(span);
    let verb = |t: &crate::Token| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD);
    let own = |t: &crate::Token| SPEAKER.contains(it.text(t.span).to_lowercase().as_str());
    span.len() <= MOST_BYTES
        && !text.contains(['“', '"', '«', '„'])
        && !text.starts_with(['‘', '\'', '-', '•', '*', '–', '—'])
        && text.ends_with(['.', '!', '?', '…', ':'])
        && !it.article.is_furniture(span)
        && sentences.iter().all(|s| !s.heading)
        && it.tokens_in(span).iter().any(verb)
        && it.tokens_in(span).iter().any(own)
}

static SPEAKER: WordSet = WordSet::english(Fact::Pronouns, "speaker");

/// Who is said to speak in a sentence that ends in a colon, and its verb.
fn announced(it: &Annotated, sentence: &Sentence) -> Option<(Span, Span)> {
    let tokens = it.tokens_of(sentence);
    let verb = |t: &&crate::Token| {
        matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP) && is_strong(&it.text(t.span).to_lowercase())
    };
    let at = tokens.iter().rposition(|t| verb(&t))?;
    let before = &tokens[..at];
    let cue = tokens[at].span;
    let subject = before.iter().rposition(|t| t.tag.is_noun() || t.tag == Tag::PRP)?;
    let pronoun = tokens[subject].tag == Tag::PRP;
    let name = it.names_in(sentence.span).iter().rfind(|n| n.span.end() <= cue.start()).map(|n| n.span);
    let near = |s: Span| s.end() >= tokens[subject].span.end() && subject + 3 >= at;
    match name {
        // "Lund", "Moscow": who speaks may look like a place.
        Some(span) if near(span) => Some((span, cue)),
        _ if pronoun && matches!(it.text(tokens[subject].span).to_lowercase().as_str(), "he" | "she" | "they") => {
            Some((tokens[subject].span, cue))
        }
        _ => None,
    }
}
