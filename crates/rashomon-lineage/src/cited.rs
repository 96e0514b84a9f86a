//! Does a report say in its prose that it has something from another report of the story?
//!
//! Which outlets can be meant is known: those of the story. A name counts only beside words that say what was told to or
//! published by it: "told the Gazette", "according to the Gazette", "the Gazette reported".

use crate::sources;
use rashomon_annotate::{Act, Annotated, Quote, QuoteKind};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Declared, DeclaredKind, Span};

/// A credit in the prose of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cited {
    /// The words that give it.
    pub(crate) span: Span,
    /// Whether the news itself rests on it: its lead says that somebody told it to the other, or credits it to the other and
    /// nothing in the report has another source.
    pub(crate) rests: bool,
}

/// Words before a name that credit it.
static BEFORE: WordSet = WordSet::english(Fact::Citing, "credits-before");

/// Those by which somebody speaks to the one named.
static TOLD: WordSet = WordSet::english(Fact::Citing, "told");
/// Words behind a name that credit it.
static BEHIND: WordSet = WordSet::english(Fact::Citing, "credits-behind");

/// Where `it` credits the outlet called `outlet`: the first such place, one that it rests on before others. `later` tells
/// whether `it` is known to have been published after what the outlet has in the story.
pub(crate) fn cited(it: &Annotated, outlet: &str, later: bool) -> Option<Cited> {
    let text = it.article.text.as_str();
    // Letters of ASCII alone: the places stay the same.
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Cited> = Vec::new();
    for name in sources::names(outlet).iter().filter(|n| n.len() >= LEAST) {
        for at in memchr::memmem::find_iter(lower.as_bytes(), name.as_bytes()) {
            let end = at + name.len();
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let whole = text.is_char_boundary(at)
                && text.is_char_boundary(end)
                && edge(text[..at].chars().next_back())
                && edge(text[end..].chars().next());
            if whole && text[at..].starts_with(char::is_uppercase) {
                found.extend(credit(it, &lower, Span::new(at, end), later));
            }
        }
    }
    found.sort_by_key(|c| (!c.rests, c.span));
    found.first().copied()
}

/// Shorter names of outlets are words of their own too often.
const LEAST: usize = 5;
/// Sentences that make the lead.
const LEAD: usize = 2;

fn credit(it: &Annotated, lower: &str, name: Span, later: bool) -> Option<Cited> {
    let sentence = it.sentence_at(name.start())?;
    let within = it.sentences[sentence].span;
    let before = lower.get(within.start()..name.start())?.trim_end();
    let before = before.strip_suffix("the").unwrap_or(before).trim_end();
    let ends = |cue: &str| before.strip_suffix(cue).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let lead = it.sentences[..sentence].iter().filter(|s| !s.heading).count() < LEAD;
    if let Some(cue) = BEFORE.iter().find(|cue| ends(cue)) {
        let span = Span::new(within.start() + before.len() - cue.len(), name.end());
        return Some(Cited { span, rests: lead && (TOLD.contains(cue) || later && is_only_source(it, within)) });
    }
    let behind = lower.get(name.end()..within.end())?.trim_start_matches([' ', '\'']);
    let cue = BEHIND
        .iter()
        .find(|cue| behind.strip_prefix(*cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    let end = within.end() - behind.len() + cue.len();
    Some(Cited { span: Span::new(name.start(), end), rests: lead && later && is_only_source(it, within) })
}

/// Whether a short report has nothing from anybody but whom its sentence `within` credits: nobody else speaks in it, and it
/// names no other source.
fn is_only_source(it: &Annotated, within: Span) -> bool {
    /// Sentences of a report that only passes on: in longer ones something is the reporter's own.
    const MOST: usize = 6;
    let body = it.sentences.iter().filter(|s| !s.heading).count();
    // Who "did not reply to a request" said nothing.
    let spoken = |q: &Quote| match q.kind {
        QuoteKind::Direct | QuoteKind::Mixed => true,
        QuoteKind::Indirect => q.act == Act::Communication,
        QuoteKind::Headline | QuoteKind::Scare => false,
    };
    let title = it.article.title_span;
    let elsewhere = |span: Span| !within.contains(span) && !title.is_some_and(|t| t.contains(span));
    let told = |d: &Declared| {
        matches!(d.kind, DeclaredKind::Cited | DeclaredKind::Unnamed | DeclaredKind::Agency) && elsewhere(d.span)
    };
    body <= MOST && !it.quotes.iter().any(|q| spoken(q) && elsewhere(q.span)) && !it.article.declared.iter().any(told)
}
