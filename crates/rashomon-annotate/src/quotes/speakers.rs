//! Who is meant by the words that name a speaker.

use crate::{Annotated, NameKind, Quote};
use rashomon_model::Span;

/// Fills in the speaker's name and entity where a quotation says who speaks.
pub(crate) fn resolve(it: &Annotated, quotes: &mut [Quote]) {
    let mut last: Option<(String, Option<usize>)> = None;
    for quote in quotes {
        let Some(span) = quote.speaker_span else { continue };
        let words = it.text(span);
        let resolved = named(it, span).or_else(|| {
            matches!(words.to_lowercase().as_str(), "he" | "she" | "they" | "it" | "who" | "we" | "i")
                .then(|| last.clone().or_else(|| nearest_person(it, span)))
                .flatten()
        });
        let (name, entity) = resolved.unwrap_or_else(|| (words.to_owned(), None));
        quote.speaker = Some(name.clone());
        quote.speaker_entity = entity;
        last = Some((name, entity));
    }
}

/// The entity named within `span`.
fn named(it: &Annotated, span: Span) -> Option<(String, Option<usize>)> {
    let found: Vec<_> = it.names.iter().filter(|n| n.span.overlaps(span)).collect();
    let name = found.iter().find(|n| n.kind == NameKind::Person).or(found.first())?;
    Some((it.entities[name.entity].name.clone(), Some(name.entity)))
}

/// The person named last before `span`.
fn nearest_person(it: &Annotated, span: Span) -> Option<(String, Option<usize>)> {
    let end = it.names.partition_point(|n| n.span.start() < span.start());
    let name = it.names[..end].iter().rev().find(|n| n.kind == NameKind::Person)?;
    Some((it.entities[name.entity].name.clone(), Some(name.entity)))
}
