//! Who is meant by the words that name a speaker.
//!
//! A name is the entity it belongs to; a role ("the minister", "the spokeswoman") is the entity that was given that role;
//! a pronoun is the most salient person before it that fits (in the manner of Lappin & Leass 1994: nearness, place in its
//! sentence, whether the person spoke last). Who cannot be told keeps the words of the article.

use crate::{Annotated, Name, NameKind, Quote, QuoteKind};
use rashomon_model::Span;

/// Fills in the speaker's name and entity where a quotation says who speaks.
pub(crate) fn resolve(it: &Annotated, quotes: &mut [Quote]) {
    let contents: Vec<Span> =
        quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Headline)).map(|q| q.span).collect();
    let mut last: Option<Last> = None;
    for quote in quotes {
        let Some(span) = quote.speaker_span else { continue };
        let entity = entity(it, span, last, &contents);
        quote.speaker_entity = entity;
        quote.speaker = Some(match entity {
            Some(e) => it.entities[e].name.clone(),
            None => it.text(span).to_owned(),
        });
        if let Some(entity) = entity {
            last = Some(Last { entity, at: quote.cue_span.unwrap_or(span).start().max(quote.span.start()) });
        }
    }
}

/// Who spoke last, and where.
#[derive(Clone, Copy)]
struct Last {
    entity: usize,
    at: usize,
}

/// The entity that the words of `span` mean.
fn entity(it: &Annotated, span: Span, last: Option<Last>, contents: &[Span]) -> Option<usize> {
    if let Some(name) = named(it, span) {
        return Some(name.entity);
    }
    let words = it.text(span).to_lowercase();
    match words.as_str() {
        "he" | "him" => person(it, span, Some('m'), last, contents),
        "she" | "her" => person(it, span, Some('f'), last, contents),
        "who" | "whom" => before_in_sentence(it, span),
        _ => by_role(it, span, &words),
    }
}

/// The name within `span`: a person's before another's, the last of several.
fn named(it: &Annotated, span: Span) -> Option<&Name> {
    let from = it.names.partition_point(|n| n.span.end() <= span.start());
    let found = || it.names[from..].iter().take_while(|n| n.span.start() < span.end());
    found().filter(|n| n.kind == NameKind::Person).last().or_else(|| found().last())
}

/// The nearest name before a relative pronoun in its sentence.
fn before_in_sentence(it: &Annotated, span: Span) -> Option<usize> {
    let sentence = it.sentences[it.sentence_at(span.start())?].span;
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let name =
        it.names[..end].iter().rev().take_while(|n| sentence.contains(n.span)).find(|n| n.kind == NameKind::Person)?;
    Some(name.entity)
}

/// Sentences in which an antecedent is looked for.
const REACH: usize = 6;

/// The person that a personal pronoun at `span` means.
fn person(it: &Annotated, span: Span, gender: Option<char>, last: Option<Last>, contents: &[Span]) -> Option<usize> {
    let here = it.sentence_at(span.start())?;
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let mut best: Option<(f32, usize)> = None;
    let mut first_of = usize::MAX;
    for (n, name) in it.names[..end].iter().enumerate().rev() {
        let Some(there) = it.sentence_at(name.span.start()) else { continue };
        if here - there > REACH {
            break;
        }
        if name.kind != NameKind::Person {
            continue;
        }
        let entity = &it.entities[name.entity];
        if gender.is_some() && entity.gender.is_some() && entity.gender != gender {
            continue;
        }
        let sentence = it.sentences[there].span;
        if first_of == usize::MAX || it.sentence_at(it.names[first_of].span.start()) != Some(there) {
            first_of = it.names[..=n].iter().rposition(|x| x.span.start() < sentence.start()).map_or(0, |i| i + 1);
            while it.names[first_of].kind != NameKind::Person {
                first_of += 1;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "at most REACH sentences")]
        let mut score = -(1.2 * (here - there) as f32);
        if n == first_of {
            score += 1.0;
        }
        if behind_preposition(it, name) {
            score -= 0.8;
        }
        if possessive(it, name) {
            score -= 0.6;
        }
        if contents.iter().any(|c| c.contains(name.span)) {
            score -= 2.0;
        }
        if entity.gender == gender && gender.is_some() {
            score += 0.4;
        }
        if there == here {
            score -= 0.3;
        }
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, name.entity));
        }
    }
    if let Some(last) = last
        && let Some(there) = it.sentence_at(last.at)
        && here >= there
        && here - there <= REACH
        && it.entities[last.entity].kind == NameKind::Person
        && (it.entities[last.entity].gender.is_none() || it.entities[last.entity].gender == gender)
    {
        #[allow(clippy::cast_precision_loss, reason = "at most REACH sentences")]
        let score = 1.3 - 0.9 * (here - there) as f32;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, last.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

fn token_before<'a>(it: &'a Annotated, name: &Name) -> &'a str {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    at.checked_sub(1).map_or("", |i| it.text(it.tokens[i].span))
}

fn behind_preposition(it: &Annotated, name: &Name) -> bool {
    let word = token_before(it, name).to_ascii_lowercase();
    [
        "with",
        "of",
        "for",
        "to",
        "by",
        "alongside",
        "between",
        "against",
        "about",
        "from",
        "than",
        "like",
        "under",
        "over",
        "on",
        "at",
        "after",
        "before",
        "and",
        "or",
        "behind",
    ]
    .contains(&word.as_str())
}

fn possessive(it: &Annotated, name: &Name) -> bool {
    let rest = &it.article.text[name.span.end()..];
    rest.starts_with("'s") || rest.starts_with("’s")
}

/// Words that make a noun phrase definite.
const DEFINITE: &[&str] = &["the", "this", "that", "his", "her", "its", "their"];

/// The entity whose role in this article is the head of the words at `span`; only for definite phrases.
fn by_role(it: &Annotated, span: Span, words: &str) -> Option<usize> {
    let words: Vec<&str> = words.split_whitespace().filter(|w| !DEFINITE.contains(w)).collect();
    let head = *words.last()?;
    let first = it.text(span).split_whitespace().next().map(str::to_lowercase)?;
    let definite = DEFINITE.contains(&first.as_str()) || DEFINITE.contains(&token_before_span(it, span).as_str());
    if !definite || head.len() < 4 {
        return None;
    }
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let bears = |e: usize| {
        it.entities[e].roles.iter().any(|r| {
            let role = r.to_lowercase();
            let mut role_words = role.split_whitespace();
            words.iter().all(|w| role.split_whitespace().any(|r| r == *w)) || role_words.next_back() == Some(head)
        })
    };
    it.names[..end].iter().rev().find(|n| bears(n.entity)).map(|n| n.entity)
}

fn token_before_span(it: &Annotated, span: Span) -> String {
    let at = it.tokens.partition_point(|t| t.span.end() <= span.start());
    let word =
        |back: usize| at.checked_sub(back).map(|i| it.text(it.tokens[i].span).to_lowercase()).unwrap_or_default();
    let near = word(1);
    if DEFINITE.contains(&near.as_str()) { near } else { word(2) }
}
