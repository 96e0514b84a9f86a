//! Who speaks where nothing beside the words says so: the only person in sight, or whom the body of the article quotes.

use super::named::possessive;
use super::pronouns::touched;
use crate::quotes::mentions::behind_preposition;
use crate::rules;
use crate::{Annotated, NameKind, Quote, QuoteKind, Tag};
use rashomon_model::Span;

/// Who speaks a quotation that is a paragraph of its own, where nothing says so and no quotation came before: the only
/// person named in the paragraph before it.
pub(super) fn in_sight(it: &Annotated, quote: &Quote, contents: &[Span]) -> Option<Span> {
    // Whose turn it is in a dialogue, nobody in sight tells.
    if quote.kind != QuoteKind::Direct || quote.cue_span.is_some() || quote.rule == rules::TURN_OF_A_DIALOGUE {
        return None;
    }
    let here = &it.sentences[it.sentence_at(quote.span.start())?];
    let text = &it.article.text;
    let whole = text[..quote.span.start()].trim_end_matches(['"', '“', '‘', '\'', '«', '„']).ends_with('\n')
        && text[quote.span.end()..]
            .trim_start_matches(['"', '”', '’', '\'', '»', '“'])
            .chars()
            .next()
            .is_none_or(|c| c == '\n');
    let Some(before) = here.paragraph.checked_sub(1).filter(|_| whole) else { return told_of(it, quote, contents) };
    let from = it.sentences.partition_point(|s| s.paragraph < before);
    let to = it.sentences.partition_point(|s| s.paragraph <= before);
    let (first, last) = (it.sentences.get(from)?, it.sentences.get(to.checked_sub(1)?)?);
    if first.heading || from >= to {
        return None;
    }
    let paragraph = first.span.cover(last.span);
    let mut people = it.names_in(paragraph).iter().filter(|n| n.kind == NameKind::Person);
    let Some(name) = people.next() else { return label(it, paragraph) };
    // "Ada Stone/AP" took a picture.
    if text[name.span.end()..].starts_with('/') {
        return None;
    }
    let alone = people.all(|n| n.entity == name.entity) && !touched(contents, paragraph);
    // "Or in Ada Stone's words:"
    let next = it.tokens.partition_point(|t| t.span.start() < name.span.end());
    let owns_words = possessive(it, name) && it.tokens.get(next + 1).is_some_and(|t| it.text(t.span) == "words");
    (alone && (owns_words || !possessive(it, name) && !behind_preposition(it, name))).then_some(name.span)
}

/// The name that ends a line with a colon, where the name finder saw none: "Harbour lawyer Miles Reed:".
fn label(it: &Annotated, paragraph: Span) -> Option<Span> {
    let tokens = it.tokens_in(paragraph);
    let (colon, title) = tokens.split_last().filter(|(last, _)| it.text(last.span) == ":")?;
    let named = title.iter().rev().take_while(|t| t.tag.is_proper()).count();
    let plain = |t: &crate::Token| t.tag.is_noun() || matches!(t.tag, Tag::JJ | Tag::DT | Tag::Hyph | Tag::POS);
    let whole = (2..=4).contains(&named) && title.len() <= MOST_LABEL && title.iter().all(plain);
    whole.then(|| Span::new(title[title.len() - named].span.start(), colon.span.start()).trimmed(&it.article.text))
}

/// Tokens of a line that names who speaks in the next paragraph.
const MOST_LABEL: usize = 8;

/// Who speaks of himself behind the sentence that tells of him alone: "Ada Stone was held for a week. “They took my boat.”"
fn told_of(it: &Annotated, quote: &Quote, contents: &[Span]) -> Option<Span> {
    let here = it.sentence_at(quote.span.start())?;
    let before = it.sentences[..here].last().filter(|s| s.paragraph == it.sentences[here].paragraph && !s.heading)?;
    let opens = it.text(it.sentences[here].span).starts_with(['“', '"', '‘']);
    let own =
        |t: &crate::Token| matches!(it.text(t.span).to_lowercase().as_str(), "i" | "me" | "my" | "myself" | "i'm");
    if !opens || !it.tokens_in(quote.span).iter().any(own) || touched(contents, before.span) {
        return None;
    }
    let mut people = it.names_in(before.span).iter().filter(|n| n.kind == NameKind::Person);
    let name = people.next()?;
    let alone = people.all(|n| n.entity == name.entity);
    (alone && !possessive(it, name) && !behind_preposition(it, name)).then_some(name.span)
}

/// A quotation in a headline is by whom the article quotes with its words, in their order.
pub(super) fn from_body(it: &Annotated, quotes: &mut [Quote]) {
    let words = |span: Span| {
        it.tokens_in(span)
            .iter()
            .map(|t| it.text(t.span).to_lowercase())
            .filter(|w| w.starts_with(char::is_alphanumeric))
            .collect::<Vec<_>>()
    };
    let open = |q: &Quote| q.kind == QuoteKind::Headline && q.speaker.is_none();
    for n in 0..quotes.len() {
        if !open(&quotes[n]) {
            continue;
        }
        let asked = words(quotes[n].span);
        let holds = |q: &&Quote| {
            let mut rest = asked.iter().peekable();
            words(q.span).iter().for_each(|w| {
                rest.next_if(|a| *a == w);
            });
            rest.peek().is_none()
        };
        let bodies =
            quotes.iter().filter(|q| matches!(q.kind, QuoteKind::Direct | QuoteKind::Mixed) && q.speaker.is_some());
        if asked.len() >= 3
            && let Some(body) = bodies.clone().find(holds)
        {
            let (name, entity, span) = (body.speaker.clone(), body.speaker_entity, body.speaker_span);
            (quotes[n].speaker, quotes[n].speaker_entity, quotes[n].speaker_span) = (name, entity, span);
        }
    }
}
