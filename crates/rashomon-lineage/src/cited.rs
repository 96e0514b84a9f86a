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
    /// Whether it is the first sentence of the report, or one that tells of no talk with the other, that gives it.
    pub(crate) leads: bool,
}

/// Words before a name that credit it.
static BEFORE: WordSet = WordSet::english(Fact::Citing, "credits-before");

/// Those by which somebody speaks to the one named.
static TOLD: WordSet = WordSet::english(Fact::Citing, "told");
/// Verbs before a name that credit it behind a comma: ", reports the Gazette".
static INVERTED: WordSet = WordSet::english(Fact::Citing, "credits-inverted");

/// Words that mean an outlet which was named before: "he told the paper".
static BACK: WordSet = WordSet::english(Fact::Citing, "refers-back");

/// Words behind a name that credit it.
static BEHIND: WordSet = WordSet::english(Fact::Citing, "credits-behind");

/// Where `it` credits the outlet called `outlet`: the first such place, one that it rests on before others. `later` tells
/// whether `it` is known to have been published after what the outlet has in the story.
pub(crate) fn cited(it: &Annotated, outlet: &str, later: bool) -> Option<Cited> {
    let text = it.article.text.as_str();
    // Letters of ASCII alone: the places stay the same.
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Cited> = Vec::new();
    for name in sources::names(outlet) {
        // "AFP": short names count in capitals.
        let short = name.len() < LEAST;
        for at in memchr::memmem::find_iter(lower.as_bytes(), name.as_bytes()) {
            let end = at + name.len();
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let whole = text.is_char_boundary(at)
                && text.is_char_boundary(end)
                && edge(text[..at].chars().next_back())
                && edge(text[end..].chars().next());
            let capitals = |name: &str| name.chars().all(char::is_uppercase);
            if whole && text[at..].starts_with(char::is_uppercase) && (!short || capitals(&text[at..end])) {
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
    let place = it.sentences[..sentence].iter().filter(|s| !s.heading).count();
    let lead = place < LEAD;
    let only = || later && is_only_source(it, within, name);
    let inverted = || {
        INVERTED.iter().find(|cue| {
            before.strip_suffix(cue).is_some_and(|it| it.trim_end().ends_with([',', '"', '”', '\'', '’', '—', '–']))
        })
    };
    if let Some(cue) = BEFORE.iter().find(|cue| ends(cue)).or_else(inverted) {
        let span = Span::new(within.start() + before.len() - cue.len(), name.end());
        let told = TOLD.contains(cue);
        return Some(Cited { span, rests: lead && (told || only()), leads: !told || place == 0 });
    }
    let behind = lower.get(name.end()..within.end())?.trim_start_matches([' ', ',', '\'']);
    let cue = BEHIND
        .iter()
        .find(|cue| behind.strip_prefix(*cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    let end = within.end() - behind.len() + cue.len();
    Some(Cited { span: Span::new(name.start(), end), rests: lead && only(), leads: true })
}

/// Whether a short report has nothing from anybody but whom its sentence `within` credits at `name`: nobody else speaks in it,
/// and it names no other source.
fn is_only_source(it: &Annotated, within: Span, name: Span) -> bool {
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
    // "he told the paper", "he told the Gazette" of the Quay Gazette.
    let short = it.text(name).split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let refers_back = |span: Span| {
        let sentence = it.sentence_at(span.start()).map(|n| it.text(it.sentences[n].span).to_lowercase());
        sentence.is_some_and(|s| BACK.iter().any(|cue| holds(&s, cue)) || holds(&s, &format!("the {short}")))
    };
    let elsewhere =
        |span: Span| !within.contains(span) && !title.is_some_and(|t| t.contains(span)) && !refers_back(span);
    let told = |d: &Declared| {
        matches!(d.kind, DeclaredKind::Cited | DeclaredKind::Unnamed | DeclaredKind::Agency) && elsewhere(d.span)
    };
    body <= MOST && !it.quotes.iter().any(|q| spoken(q) && elsewhere(q.span)) && !it.article.declared.iter().any(told)
}

/// Whether `text` holds `words`, whole.
fn holds(text: &str, words: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), words).any(|at| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + words.len()..].starts_with(char::is_alphanumeric)
    })
}
