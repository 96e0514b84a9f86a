//! What a speaker is called: the fullest form of the name in the article, or the words that stand for it.

use super::last::Phrase;
use super::named::{is_pronoun, named};
use super::pronouns::{antecedent, plural_subject};
use crate::gazetteer::GAZETTEER;
use crate::quotes::definites::first_mention;
use crate::quotes::mentions::{Mention, proper_name, with_given_name};
use crate::quotes::persons::{names_person, takes_name};
use crate::{Annotated, NameKind, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;
use rustc_hash::FxHashMap;

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "speaker");

/// The fullest forms of bare names that were looked for, so that each is looked for once.
pub(super) type Fullest = FxHashMap<String, Option<String>>;

/// The fullest form of the name of entity `e`, mentioned at `head`.
pub(super) fn full_name(it: &Annotated, e: usize, head: Span, fullest: &mut Fullest) -> String {
    let entity = &it.entities[e];
    let words = |s: &str| s.split_whitespace().count();
    // "Canon Ada Stone", of which the name finder took a title that it does not know for a name.
    if let [title, given, ..] = entity.name.split(' ').collect::<Vec<_>>()[..]
        && entity.kind == NameKind::Other
        && words(&entity.name) == 3
        && GAZETTEER.given.contains_key(given)
        && !GAZETTEER.given.contains_key(title)
    {
        return entity.name[title.len() + 1..].to_owned();
    }
    // A name that the name finder took for two: "Ada" and "Stone". A day before it is none of it: "On Friday Ada Stone said".
    let run = proper_name(it, head).filter(|s| it.times_over(*s).next().is_none());
    if let Some(run) = run.map(|s| single_spaced(it.text(s)))
        && words(&run) > words(&entity.name)
        && words(&run) <= 6
        && run.ends_with(entity.name.as_str())
    {
        return run;
    }
    // The name finder took the given name alone, for the surname is a word too or has a particle: "Ann Lake", "Ann de Witt".
    if entity.kind == NameKind::Person
        && words(&entity.name) == 1
        && let Some(run) = goes_on(it, head, &entity.name)
    {
        return run;
    }
    // "St Anne's Hospital", of which the name finder took the last word.
    if entity.kind != NameKind::Person
        && let Some(owner) = it.text(head).strip_suffix(entity.name.as_str())
        && owner.trim_end().ends_with("'s") | owner.trim_end().ends_with("’s")
        && it.tokens_in(head).iter().take_while(|t| t.tag != Tag::POS).all(|t| t.tag.is_proper() || t.tag == Tag::DT)
    {
        let written = single_spaced(it.text(head));
        return written.strip_prefix("the ").or(written.strip_prefix("The ")).unwrap_or(&written).to_owned();
    }
    if entity.kind == NameKind::Person && words(&entity.name) == 1 {
        let full = fullest.entry(entity.name.clone()).or_insert_with(|| {
            with_given_name(it, &entity.name)
                .or_else(|| surname_elsewhere(it, e))
                .or_else(|| only_bearer(it, &entity.name))
        });
        if let Some(full) = full {
            return full.clone();
        }
    }
    entity.name.clone()
}

/// The given name of entity `e` with the surname that stands behind it at another mention.
fn surname_elsewhere(it: &Annotated, e: usize) -> Option<String> {
    let mentions = it.names.iter().filter(|n| n.entity == e).take(MENTIONS);
    mentions.filter_map(|n| goes_on(it, n.span, &it.entities[e].name)).next()
}

/// The only one in the article with the given name `name`, or with the title that the name finder took for a name: "Ada" is
/// Ada Stone, "Minister" who is called minister.
fn only_bearer(it: &Annotated, name: &str) -> Option<String> {
    let title = GAZETTEER.heads.contains(name.to_lowercase().as_str());
    let bears = |e: &&crate::Entity| {
        let words = e.name.split(' ').count();
        let given = e.kind != NameKind::Organization && e.name.split(' ').next() == Some(name);
        (2..=3).contains(&words)
            && if title { e.kind == NameKind::Person && e.roles.iter().any(|r| r.ends_with(name)) } else { given }
    };
    let mut bearers = it.entities.iter().filter(bears);
    bearers.next().filter(|_| bearers.next().is_none()).map(|only| only.name.clone())
}

/// Mentions of a person that are searched for a surname behind the given name.
const MENTIONS: usize = 6;

/// The name that begins with `given` at the end of `head` or inside it and goes on with a surname behind it.
fn goes_on(it: &Annotated, head: Span, given: &str) -> Option<String> {
    let from = it.tokens.partition_point(|t| t.span.end() <= head.start());
    let here = it.sentence_at(head.start()).map(|s| it.sentences[s])?;
    let at = (from..here.end_token)
        .take_while(|&i| it.tokens[i].span.start() < head.end())
        .find(|&i| it.text(it.tokens[i].span) == given)?;
    let title = |i: usize| {
        let word = it.text(it.tokens[i].span).to_lowercase();
        let word = word.trim_end_matches('.');
        GAZETTEER.heads.contains(word) || names_person(word)
    };
    // The phrase itself goes on: "said Tove Call, 61".
    let whole = || it.text(head).strip_prefix(given).is_some_and(|rest| rest.starts_with(' '));
    let known = GAZETTEER.given.contains_key(given) || at > here.first_token && title(at - 1) || whole();
    if here.heading || !known {
        return None;
    }
    let word = |i: usize| if i < here.end_token { it.text(it.tokens[i].span) } else { "" };
    let capital = |i: usize| {
        let word = word(i);
        word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let particle = |i: usize| PARTICLES.contains(word(i));
    let mut end = at + 1;
    while particle(end) {
        end += 1;
    }
    if !capital(end) || end > at + 3 {
        return None;
    }
    let surname = it.tokens[end].span;
    // A day behind it is none: "told Ann Monday".
    if it.times_over(surname).any(|t| t.span.start() >= surname.start()) && word(end).ends_with("day") {
        return None;
    }
    Some(single_spaced(it.text(it.tokens[at].span.cover(surname))))
}

pub(super) fn fullest_name(it: &Annotated, span: Span, fullest: &mut Fullest) -> String {
    match named(it, span) {
        Some(name) => full_name(it, name.entity, span, fullest),
        None => single_spaced(it.text(span)),
    }
}

/// What a speaker is called who is no entity: a name that the name finder missed, the phrase that a pronoun stands for,
/// or the words themselves.
pub(super) fn phrase_name(it: &Annotated, mention: Mention, last: Option<&Phrase>, fullest: &mut Fullest) -> String {
    let written = single_spaced(it.text(mention.head));
    let lower = written.to_lowercase();
    if is_pronoun(&lower) {
        if matches!(lower.as_str(), "who" | "which" | "that") {
            return antecedent(it, mention.head).map_or(written, |s| single_spaced(it.text(s)));
        }
        let plural = matches!(lower.as_str(), "they" | "them" | "their");
        let fits = |p: &&Phrase| match lower.as_str() {
            "he" | "she" => p.person && !p.plural,
            "it" | "its" | "they" | "their" => plural == p.plural,
            _ => false,
        };
        return match last.filter(|p| p.near(it, mention.head)).filter(fits) {
            Some(phrase) => phrase.name.clone(),
            None if lower == "they" => plural_subject(it, mention.head).map_or(written, |s| single_spaced(it.text(s))),
            None => written,
        };
    }
    let Some(name) = proper_name(it, mention.head).map(|s| single_spaced(it.text(s))) else {
        let first = if mention.whole == mention.head { first_mention(it, mention.head) } else { None };
        let phrase = single_spaced(it.text(first.unwrap_or(mention.whole)));
        // "a sheet that read": the pronoun is no part of it.
        return phrase.strip_suffix(" that").map(str::to_owned).unwrap_or(phrase);
    };
    if !name.contains(' ') {
        // "STONE" in a heading of capitals.
        let capitals = name.len() > 3 && name.chars().all(|c| c.is_uppercase());
        let surname = |e: &str| {
            let last = e.rsplit(' ').next().unwrap_or(e);
            last == name && e.len() > name.len() || capitals && last.to_uppercase() == name
        };
        let bearer = it.entities.iter().find(|e| e.kind == NameKind::Person && surname(&e.name));
        if let Some(bearer) = bearer {
            return bearer.name.clone();
        }
        if let Some(full) = fullest.entry(name.clone()).or_insert_with(|| with_given_name(it, &name)) {
            return full.clone();
        }
    }
    // "the Institute for Locks": its name ends before the words that the name finder took.
    let written_out = it.text(mention.head).strip_prefix("the ").or(it.text(mention.head).strip_prefix("The "));
    if let Some(body) = written_out.filter(|b| b.starts_with(char::is_uppercase) && b.contains(" for ")) {
        return single_spaced(body);
    }
    // "The Archbishop of Ost" has no name.
    if it.text(mention.head).starts_with("The ") && GAZETTEER.heads.contains(name.to_lowercase().as_str()) {
        return single_spaced(it.text(mention.whole));
    }
    // "former Harbour Secretary Ada Stone" is Ada Stone.
    let first = it.tokens_in(mention.head).first().map_or(Tag::Other, |t| t.tag);
    let given = name.split(' ').next().is_some_and(|w| GAZETTEER.given.contains_key(w));
    let titled = it
        .tokens_in(mention.head)
        .iter()
        .rev()
        .nth(name.split(' ').count())
        .is_some_and(|t| GAZETTEER.heads.contains(it.text(t.span).to_lowercase().trim_end_matches('.')));
    // "parent Rob Tull".
    let noun = || {
        let before = it.tokens_in(mention.head).iter().rev().nth(name.split(' ').count());
        before.is_some_and(|t| takes_name(&it.text(t.span).to_lowercase()))
    };
    if name.contains(' ') && (titled || (given || noun()) && !matches!(first, Tag::DT | Tag::PRPS)) {
        return name;
    }
    // "the Ost council" keeps its article; a person's title goes.
    if it.text(mention.head).starts_with(char::is_lowercase) { written } else { name }
}

/// "Ada Stone, Bo Marsh and Cy Dahl".
pub(super) fn list(names: &[String]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
