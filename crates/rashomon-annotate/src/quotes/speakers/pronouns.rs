//! Whom a pronoun means: "he" and "she" by salience, "who" by the noun phrase before it, "they" by the last plural subject.

use super::last::Last;
use super::named::{named, possessive};
use super::roles::by_role;
use crate::quotes::mentions::{behind_preposition, mention, name_before_apposition, noun_phrase_before};
use crate::quotes::persons::takes_name;
use crate::{Annotated, Name, NameKind, Tag};
use rashomon_model::Span;

/// The entity that a relative pronoun at `span` stands for: the name before it; a person before a place or a body.
pub(super) fn relative(it: &Annotated, span: Span, thing: bool) -> Option<usize> {
    let name = antecedent(it, span).map(|s| (s, named(it, s)));
    match name {
        Some((_, Some(name))) if thing || name.kind == NameKind::Person => Some(name.entity),
        // "the Tories who"
        Some((phrase, Some(name))) if it.tokens_in(phrase).last().is_some_and(|t| t.tag == Tag::NNPS) => {
            Some(name.entity)
        }
        // "the officials who" are no person named before them; in "Ada Stone, a fellow of Ost Studies, who has", one is.
        Some((phrase, None)) if !is_one(it, span) && it.tokens_in(phrase).last().is_some_and(|t| t.tag == Tag::NNS) => {
            None
        }
        _ if thing => None,
        // "a Gazette journalist, who": no person named before him.
        Some((phrase, None)) if is_unnamed(it, phrase) => None,
        // "the Duke of Ost, who": no person named before him.
        Some((phrase, Some(name))) if name.kind == NameKind::Place && is_titled(it, phrase) => None,
        _ => before_in_sentence(it, span),
    }
}

/// Whether `phrase` is for a person whom no name stands beside: "a Gazette journalist".
fn is_unnamed(it: &Annotated, phrase: Span) -> bool {
    let tokens = it.tokens_in(phrase);
    let one = tokens.first().is_some_and(|t| matches!(it.text(t.span), "a" | "an" | "another" | "one"));
    let noun = || tokens.last().is_some_and(|t| takes_name(&it.text(t.span).to_lowercase()));
    // "Ada Stone, a fellow of Ost Studies".
    let apposed =
        || it.article.text[..phrase.start()].trim_end().ends_with(',') && name_before_apposition(it, phrase).is_some();
    one && noun() && !apposed()
}

/// Whether the place that ends `phrase` is only that of somebody's office: "the Duke of Ost".
fn is_titled(it: &Annotated, phrase: Span) -> bool {
    let tokens = it.tokens_in(phrase);
    let of = tokens.iter().position(|t| it.text(t.span) == "of").filter(|of| *of > 0);
    of.is_some_and(|of| takes_name(&it.text(tokens[of - 1].span).to_lowercase()))
}

/// Whether a relative pronoun at `span`, behind a comma, has a verb in the singular.
fn is_one(it: &Annotated, span: Span) -> bool {
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let word = |i: usize| it.tokens.get(i).map_or("", |t| it.text(t.span));
    at > 0
        && word(at - 1) == ","
        && (it.tokens.get(at + 1).is_some_and(|t| t.tag == Tag::VBZ) || matches!(word(at + 1), "was"))
}

/// The noun phrase before a relative pronoun, with a comma between or without; "a man" of "a man in Ost, who".
pub(super) fn antecedent(it: &Annotated, span: Span) -> Option<Span> {
    let sentence = it.sentences[it.sentence_at(span.start())?];
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let mut end = at;
    while end > sentence.first_token && matches!(it.text(it.tokens[end - 1].span), "," | "(" | "—" | "–" | "--") {
        end -= 1;
    }
    let first = noun_phrase_before(it, end, &(sentence.first_token..sentence.end_token))?;
    let near = it.tokens[first].span.cover(it.tokens[end - 1].span);
    let plural = matches!(it.tokens[end - 1].tag, Tag::NNS | Tag::NNPS) && end == at;
    Some(if plural || it.text(span).eq_ignore_ascii_case("which") { near } else { mention(it, near).head })
}

/// The nearest name before a relative pronoun in its sentence.
fn before_in_sentence(it: &Annotated, span: Span) -> Option<usize> {
    let sentence = it.sentences[it.sentence_at(span.start())?].span;
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let name =
        it.names[..end].iter().rev().take_while(|n| sentence.contains(n.span)).find(|n| n.kind == NameKind::Person)?;
    Some(name.entity)
}

/// The plural noun phrase before a finite verb that is nearest before "they" at `span`, in its sentence or the last one.
pub(super) fn plural_subject(it: &Annotated, span: Span) -> Option<Span> {
    let here = it.sentence_at(span.start())?;
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let finite = |i: usize| matches!(it.tokens[i].tag, Tag::VBD | Tag::VBP | Tag::MD);
    // "They said ferries sink. They said": the ferries are told of.
    let again = |n: usize| it.text(it.sentences[n].span).starts_with("They ");
    let first = (here.saturating_sub(THEY)..here).rev().find(|n| !again(*n)).unwrap_or(here);
    [here, first].into_iter().find_map(|n| {
        let sentence = it.sentences[n].first_token..it.sentences[n].end_token.min(at);
        let head = sentence
            .clone()
            .rev()
            .find(|&i| matches!(it.tokens[i].tag, Tag::NNS | Tag::NNPS) && i + 1 < sentence.end && finite(i + 1))?;
        let first = noun_phrase_before(it, head + 1, &sentence)?;
        Some(it.tokens[first].span.cover(it.tokens[head].span))
    })
}

/// The offices that words speak of: "the mayor".
fn offices(it: &Annotated, words: Span) -> Vec<String> {
    let pairs = it.tokens_in(words).windows(2).filter(|w| it.text(w[0].span) == "the" && w[1].tag.is_noun());
    pairs.map(|w| it.text(w[1].span).to_lowercase()).filter(|noun| takes_name(noun)).collect()
}

/// Whether one of the offices stands before, or begins, one of a person's last names among `names`.
fn holds_one(it: &Annotated, names: &[Name], entity: usize, offices: &[String]) -> bool {
    let is_one = |word: &str| offices.iter().any(|office| office.eq_ignore_ascii_case(word));
    let titled = |n: &Name| {
        let inside = it.tokens_in(n.span).first().map_or("", |t| it.text(t.span));
        is_one(token_before(it, n)) || is_one(inside)
    };
    !offices.is_empty() && names.iter().rev().take(NAMES).filter(|n| n.entity == entity).any(titled)
}

/// Names back among which a title is looked for.
const NAMES: usize = 24;

/// Sentences that may begin with "They" one after another.
const THEY: usize = 3;

/// Sentences in which an antecedent is looked for; those of direct speech do not count.
const REACH: usize = 6;

/// The person that a personal pronoun at `span` means, who is said to have said `own`.
pub(super) fn person(
    it: &Annotated,
    span: Span,
    gender: Option<char>,
    last: Option<Last>,
    contents: &[Span],
    own: Span,
) -> Option<usize> {
    let here = it.sentence_at(span.start())?;
    let in_content = |place: Span| within(contents, place);
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    // "“You lied,” Stone told her. “I did,” she said": she is not Stone.
    let other = last.filter(|last| addresses(it, last.at, here, gender)).map(|last| last.entity);
    let offices = offices(it, own);
    let spoken_of = spoken_of(it, own);
    let opened = opened_by(it, here, span);
    let mut best: Option<(f32, usize)> = None;
    let mut first_of = usize::MAX;
    for (n, name) in it.names[..end].iter().enumerate().rev() {
        let Some(there) = it.sentence_at(name.span.start()) else { continue };
        if here - there > REACH && (here - there > 4 * REACH || distance(it, there, here, contents) > REACH) {
            break;
        }
        // Nobody calls himself by name, and "the Stones" are no "he".
        if name.kind != NameKind::Person || own.contains(name.span) || is_family(it, name) {
            continue;
        }
        // Nor by his office: "Mayor Ida Lund rebuked Karl Weiss after he said that the mayor had lied".
        if holds_one(it, &it.names[..=n], name.entity, &offices) {
            continue;
        }
        // "the Harbour Ledger", which the name finder took for a person.
        let the = it.text(name.span).contains(' ') && token_before(it, name).eq_ignore_ascii_case("the");
        if opened.is_some_and(|o| o.contains(name.span)) {
            continue;
        }
        if other == Some(name.entity) || the || spoken_of.contains(&name.entity) {
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
        let mut score = -(1.2 * distance(it, there, here, contents) as f32);
        if n == first_of {
            score += if possessive(it, name) { OWNS } else { 1.0 };
        } else if here - there <= 1 && acts(it, name) {
            score += ACTS;
        }
        if behind_preposition(it, name) {
            score -= 0.8;
        }
        if possessive(it, name) {
            score -= 0.8;
        }
        if is_relative(it, name) || asks(it, name) {
            score -= 1.6;
        }
        if in_content(name.span) {
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
    // "The president was late. He tweeted".
    if let Some(subject) = role_before(it, here, span)
        && it.entities[subject].gender.is_none_or(|g| gender.is_none_or(|asked| asked == g))
        && best.is_none_or(|(s, _)| ROLE_BEFORE > s)
    {
        best = Some((ROLE_BEFORE, subject));
    }
    if let Some(last) = last
        && let Some(there) = it.sentence_at(last.at)
        && here >= there
        && (here - there <= REACH || distance(it, there, here, contents) <= REACH)
        && it.entities[last.entity].kind == NameKind::Person
        && other.is_none()
        && !spoken_of.contains(&last.entity)
        && !holds_one(it, &it.names[..end], last.entity, &offices)
        && (it.entities[last.entity].gender.is_none() || it.entities[last.entity].gender == gender)
    {
        #[allow(clippy::cast_precision_loss, reason = "at most REACH sentences")]
        let score = 1.3 - 0.9 * distance(it, there, here, contents) as f32;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, last.entity));
        }
    }
    best.map(|(_, entity)| entity)
}

/// What the subject at `span` does in the words that open its sentence: "Accusing the papers of favouring Stone, he said".
fn opened_by(it: &Annotated, here: usize, span: Span) -> Option<Span> {
    let sentence = it.sentences[here];
    let at = it.tokens.partition_point(|t| t.span.start() < span.start());
    let tokens = &it.tokens[sentence.first_token..at.max(sentence.first_token)];
    let (first, last) = tokens.first().zip(tokens.last())?;
    let plain = |t: &crate::Token| !matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD | Tag::Quote);
    (first.tag == Tag::VBG && last.tag == Tag::Comma && tokens.iter().all(plain)).then(|| first.span.cover(last.span))
}

/// Whom somebody who says "I" in direct speech speaks of by name: "between myself and Karl Weiss".
fn spoken_of(it: &Annotated, own: Span) -> Vec<usize> {
    let first_person = |t: &crate::Token| matches!(it.text(t.span), "I" | "me" | "my" | "My" | "myself");
    let marked = it.article.text[..own.start()].ends_with(['"', '“', '‘', '\'']);
    if !marked || !it.tokens_in(own).iter().any(first_person) {
        return Vec::new();
    }
    // "the Weiss campaign" may be his own.
    let whose = |n: &&Name| {
        let next = it.tokens.get(it.tokens.partition_point(|t| t.span.start() < n.span.end()));
        next.is_some_and(|t| matches!(t.tag, Tag::NN | Tag::NNS) && t.span.start() == n.span.end() + 1)
    };
    let names = it.names_in(own).iter().filter(|n| n.kind == NameKind::Person && !whose(n));
    names.map(|n| n.entity).collect()
}

/// Whether a name is that of who asks somebody: "asked on Friday by host Ada Stone".
fn asks(it: &Annotated, name: &Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    let word = |i: usize| it.text(it.tokens[i].span);
    let by = (at.saturating_sub(ASKING)..at).rev().find(|&i| word(i) == "by");
    by.is_some_and(|by| {
        (by.saturating_sub(ASKING)..by).any(|i| {
            it.tokens[i].tag.is_verb() && matches!(word(i), "asked" | "pressed" | "questioned" | "interviewed")
        })
    })
}

/// Tokens between a verb of asking, "by" and the name of who asks, at most.
const ASKING: usize = 3;

/// Whether the verb of speech at byte `at`, in the last sentence told before `here`, has for its object a pronoun of the sex
/// asked for: "told her".
fn addresses(it: &Annotated, at: usize, here: usize, gender: Option<char>) -> bool {
    let cue = it.tokens.partition_point(|t| t.span.start() < at);
    let word = |i: usize| it.tokens.get(i).map_or_else(String::new, |t| it.text(t.span).to_lowercase());
    let object = match gender {
        Some('f') => "her",
        Some('m') => "him",
        _ => return false,
    };
    let last = it.sentence_at(at).is_some_and(|there| there < here && here - there <= 2);
    // "told her sister" is somebody else.
    let alone = it.tokens.get(cue + 2).is_none_or(|t| !(t.tag.is_noun() || t.tag == Tag::JJ));
    last && [cue, cue + 1].into_iter().any(|i| word(i + 1) == object && it.tokens[i].tag.is_verb()) && alone
}

/// Sentences from `there` to `here` that are not wholly direct speech.
fn distance(it: &Annotated, there: usize, here: usize, contents: &[Span]) -> usize {
    let told = |s: &usize| !within(contents, it.sentences[*s].span);
    (there..here).filter(told).count()
}

/// Whether `place` lies in one of `contents`, which are in order.
fn within(contents: &[Span], place: Span) -> bool {
    let at = contents.partition_point(|c| c.end() <= place.start());
    contents[at..].iter().take_while(|c| c.start() <= place.start()).any(|c| c.contains(place))
}

/// Whether `place` shares a byte with one of `contents`, which are in order.
pub(super) fn touched(contents: &[Span], place: Span) -> bool {
    let at = contents.partition_point(|c| c.end() <= place.start());
    contents.get(at).is_some_and(|c| c.overlaps(place))
}

/// What speaks for somebody whose name in the possessive comes first in a sentence, who does something in the pronoun's own
/// sentence, and for whom the sentence before calls by his
/// role. Set by hand beside the other weights.
const OWNS: f32 = 0.4;
const ACTS: f32 = 0.7;
const ROLE_BEFORE: f32 = 0.5;

/// Whether a finite verb follows a name, so that it is its subject.
fn acts(it: &Annotated, name: &Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.start() < name.span.end());
    it.tokens.get(at).is_some_and(|t| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD))
}

/// Whom the sentence before `here` calls by a role that opens it, where the pronoun at `span` opens its own: "The president
/// was late. He tweeted".
fn role_before(it: &Annotated, here: usize, span: Span) -> Option<usize> {
    let sentence = it.sentences[here];
    let first = it.tokens.partition_point(|t| t.span.start() < span.start());
    let before = &it.sentences[here.checked_sub(1)?];
    let opens = first <= sentence.first_token + 1 && before.paragraph == sentence.paragraph && !before.heading;
    let tokens = it.tokens_of(before);
    let the = tokens.first().filter(|t| it.text(t.span) == "The" && opens)?;
    let head = tokens.get(1..)?.iter().take_while(|t| t.tag.is_noun() || t.tag == Tag::JJ).last()?;
    let phrase = the.span.cover(head.span);
    by_role(it, phrase, &it.text(phrase).to_lowercase())
}

/// Whether a name is that of a family or of many: "the Stones", "Ostians".
fn is_family(it: &Annotated, name: &Name) -> bool {
    let word = it.text(name.span);
    let many = || {
        !it.entities[name.entity].name.contains(' ')
            && it.tokens_in(name.span).last().is_some_and(|t| t.tag == Tag::NNPS)
    };
    word.ends_with('s') && (token_before(it, name).eq_ignore_ascii_case("the") || many())
}

fn token_before<'a>(it: &'a Annotated, name: &Name) -> &'a str {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    at.checked_sub(1).map_or("", |i| it.text(it.tokens[i].span))
}

/// Whether a name is given to somebody's relative or aide: "his son, Max", "her lawyer Ada Stone".
fn is_relative(it: &Annotated, name: &Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    let before = |n: usize| at.checked_sub(n).map(|i| &it.tokens[i]);
    let comma = usize::from(before(1).is_some_and(|t| t.tag == Tag::Comma));
    before(1 + comma).is_some_and(|t| t.tag == Tag::NN) && before(2 + comma).is_some_and(|t| t.tag == Tag::PRPS)
}
