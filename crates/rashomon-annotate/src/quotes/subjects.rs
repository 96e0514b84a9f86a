//! Which words of its sentence name the speaker, where the model pointed at others.
//!
//! Grammar decides what it is sure of: a pronoun right before the cue is its subject; the object of a verb does not speak
//! its content ("Stone meets Marsh: “…”"); of two verbs joined by "and" the second has the subject of the first; who is
//! told or accused says nothing; "“…,” said Stone" has its cue right behind the marks.

use super::cues::{act, is_strong, reporting_verb};
use super::mentions::noun_phrase_before;
use super::persons::{names_person, takes_name};
use crate::rules;
use crate::{Act, Annotated, NameKind, Quote, QuoteKind, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;
use std::ops::Range;

/// Mends the words that name the speaker of `quote`, and its cue, where neither stands right beside its marks.
pub(crate) fn mend(it: &Annotated, quote: &mut Quote) {
    introduced(it, quote);
    trailing(it, quote);
    reportedly(it, quote);
    if let (None, Some(cue)) = (quote.speaker_span, quote.cue_span) {
        // "Volunteers were urged by the chief to go": no subject speaks.
        let at = token_at(it, cue.start());
        let here = it.sentence_at(cue.start()).map(|s| it.sentences[s].first_token..it.sentences[s].end_token);
        let addressed = here.as_ref().is_some_and(|here| is_addressed(it, at, here, Span::new(0, 0)));
        quote.speaker_span = match here {
            Some(here) if addressed => told_by(it, quote, at, &here),
            Some(here) => teller(it, at, &here).filter(|s| !quote.span.overlaps(*s)),
            None => None,
        };
    }
    let (Some(source), Some(cue)) = (quote.speaker_span, quote.cue_span) else { return };
    let at = token_at(it, cue.start());
    let Some(here) = it.sentence_at(cue.start()).map(|s| it.sentences[s].first_token..it.sentences[s].end_token) else {
        return;
    };
    if !here.contains(&at) {
        return;
    }
    if it.tokens[at].tag == Tag::Colon {
        if let Some(subject) = before_colon(it, at, &here).filter(|s| s.end() <= source.start()) {
            quote.speaker_span = Some(subject);
        }
        return;
    }
    if let Some(teller) = according_to(it, at, &here, source) {
        quote.speaker_span = Some(teller);
        return;
    }
    if !says(it, at) {
        return;
    }
    if is_circumstance(it, &here, source) {
        let timed = |s: &Span| it.times_over(*s).next().is_some();
        let subject = subject(it, at, &here).filter(|s| !s.overlaps(source) && !quote.span.contains(*s) && !timed(s));
        quote.speaker_span = subject.or_else(|| opening(it, at, &here));
        return;
    }
    let source = past_genitive(it, at, &here, source).inspect(|s| quote.speaker_span = Some(*s)).unwrap_or(source);
    if is_reflexive(it, token_at(it, source.start())) {
        quote.speaker_span = subject(it, at, &here);
    } else if let Some(subject) = pronoun_before(it, at, &here).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    } else if let Some(subject) = beside_whom(it, at, &here, source).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    } else if let Some(subject) = past_clause(it, at, &here, source).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    } else if let Some(subject) = added_by(it, at, &here, source).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    } else if let Some(subject) = said_so(it, at, &here, source).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    } else if is_addressed(it, at, &here, source) || of_joined_participle(it, at, &here, source) {
        quote.speaker_span = told_by(it, quote, at, &here);
    } else if is_object(it, at, source, quote.span) {
        if let Some(subject) = subject(it, at, &here) {
            quote.speaker_span = Some(subject);
        } else if matches!(it.text(source).to_lowercase().as_str(), "me" | "us" | "him" | "them") {
            // "Experience tells us": who is told does not speak.
            quote.speaker_span = None;
        }
    } else if let Some(subject) = of_first_verb(it, at, &here, source) {
        quote.speaker_span = Some(subject);
    } else if let Some(subject) = of_second_clause(it, at, &here, source).filter(|s| !quote.span.contains(*s)) {
        quote.speaker_span = Some(subject);
    }
}

/// Who stands right before a verb that reports, in the active: "Stone reports that", "the two aides write". The model pointed at
/// nobody, so it has to be somebody.
fn teller(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let reports = reporting_verb(&lower(it, at)).is_some();
    let passive =
        at > here.start && matches!(lower(it, at - 1).as_str(), "was" | "were" | "is" | "are" | "been" | "be");
    let third = it.tokens[at].tag == Tag::NNS && lower(it, at).ends_with('s');
    if !here.contains(&at) || !reports || passive || !(is_finite(it.tokens[at].tag) || third) {
        return None;
    }
    let subject = subject(it, at, here).or_else(|| {
        // "Stone reports", "the official argues": taken for an adjective before a plural.
        let last = past_auxiliaries(it, at, here).filter(|i| third && it.tokens[*i].tag == Tag::JJ)?;
        Some(it.tokens[last].span)
    })?;
    let head = it.tokens_in(subject).last()?;
    let noun = it.text(head.span).to_lowercase();
    let somebody = it.names_in(subject).iter().any(|n| n.kind == NameKind::Person && n.span.end() == subject.end())
        || names_person(noun.strip_suffix('s').unwrap_or(&noun))
        || takes_name(noun.strip_suffix('s').unwrap_or(&noun))
        || matches!(noun.as_str(), "he" | "she" | "they");
    let timed = it.times_over(subject).next().is_some();
    (somebody && !timed).then_some(subject)
}

/// Takes the verb of "has reportedly called" for the cue where the model took the adverb.
fn reportedly(it: &Annotated, quote: &mut Quote) {
    let (None, Some(cue)) = (quote.speaker_span, quote.cue_span) else { return };
    let at = token_at(it, cue.start());
    let verb = at + 1;
    let adverb = matches!(lower(it, at).as_str(), "reportedly" | "allegedly");
    let Some(here) = it.sentence_at(cue.start()).map(|s| it.sentences[s].first_token..it.sentences[s].end_token) else {
        return;
    };
    if !adverb || verb >= here.end || reporting_verb(&lower(it, verb)).is_none() {
        return;
    }
    if let Some(subject) = subject(it, verb, &here).filter(|s| !quote.span.contains(*s)) {
        (quote.cue_span, quote.speaker_span) = (Some(it.tokens[verb].span), Some(subject));
        let behind = it.tokens[verb].span.end();
        if quote.span.start() < behind && quote.parts.first().is_some_and(|p| p.start() >= behind) {
            let next = it.tokens.partition_point(|t| t.span.start() < behind);
            quote.span = Span::new(it.tokens[next].span.start().min(quote.parts[0].start()), quote.span.end());
        }
    }
}

/// Whether `source` only says where: the place in the dateline, or one behind "in".
fn is_circumstance(it: &Annotated, here: &Range<usize>, source: Span) -> bool {
    let sentence = it.sentence_at(source.start()).map(|s| it.sentences[s]);
    if sentence.is_some_and(|s| it.dateline_of(&s).is_some_and(|d| d.contains(source))) {
        return true;
    }
    let first = token_at(it, source.start());
    let before = if first > here.start { lower(it, first - 1) } else { String::new() };
    // "Stone, who was absent, and in a letter added", "asked him — in a tone that".
    let head = it.tokens_in(source).last();
    let thing = head.is_some_and(|t| t.tag == Tag::NN && !names_person(&it.text(t.span).to_lowercase()));
    let aside = first > here.start + 1
        && (matches!(lower(it, first - 2).as_str(), "and" | "but" | "," | "—" | "–")
            || it.tokens[first - 2].tag == Tag::PRP);
    if thing && aside && matches!(before.as_str(), "in" | "during" | "at") {
        return true;
    }
    let at = it.names.partition_point(|n| n.span.end() <= source.start());
    let Some(name) = it.names.get(at).filter(|n| n.span.overlaps(source)) else { return false };
    match before.as_str() {
        "in" | "at" => name.kind == NameKind::Place && name.span.contains(source),
        // These say where, whatever the name finder took the name for.
        "near" | "outside" | "off" | "around" | "along" | "across" | "inside" | "above" | "below" => {
            name.kind != NameKind::Person
        }
        _ => false,
    }
}

/// Who tells it where `source` is only whom he told: "According to an official who spoke to the Gazette".
fn according_to(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    if lower(it, at) != "according" || lower(it, at + 1) != "to" {
        return None;
    }
    let first = at + 2;
    // The tagger may take "official" for an adjective.
    let last = (first..here.end).take_while(|&i| is_nominal(it, i)).last()?;
    // The phrase of the source may hold the clause: "an official who spoke to the Gazette".
    let source = it.tokens.partition_point(|t| t.span.start() < source.end()).min(here.end);
    let clause = last + 1 < source && matches!(lower(it, last + 1).as_str(), "who" | "that" | "which");
    let verb = clause && (last + 2..source).any(|i| is_finite(it.tokens[i].tag));
    verb.then(|| it.tokens[first].span.cover(it.tokens[last].span))
}

/// Whether `source` is the object of a participle that "and" or "or" joins to the cue `at`: "by alienating the union or insisting
/// that it lied" does not let the union insist.
fn of_joined_participle(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> bool {
    let Some(joint) = at.checked_sub(1).filter(|i| here.contains(i)) else { return false };
    let joined = it.tokens[at].tag == Tag::VBG && matches!(lower(it, joint).as_str(), "and" | "or");
    let first = token_at(it, source.start());
    joined
        && it.tokens[joint - 1].span.end() == source.end()
        && (here.start..first).rev().find(|&i| !is_nominal(it, i)).is_some_and(|i| it.tokens[i].tag == Tag::VBG)
}

/// The person whose phrase opens the sentence before the verb `at`: "The owner of a boat that sank off Harrow denied".
fn opening(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let sentence = it.sentence_at(it.tokens[at].span.start()).map(|s| it.sentences[s])?;
    let from = it.dateline_of(&sentence).map_or(here.start, |d| token_at(it, d.end()));
    let last = (from..at).take_while(|&i| is_nominal(it, i)).last()?;
    let (head, noun) = (&it.tokens[last], lower(it, last));
    (head.tag.is_proper() || takes_name(noun.strip_suffix('s').unwrap_or(&noun)) || takes_name(&noun))
        .then(|| it.tokens[from].span.cover(head.span))
}

pub(super) fn token_at(it: &Annotated, offset: usize) -> usize {
    it.tokens.partition_point(|t| t.span.end() <= offset)
}

pub(super) fn lower(it: &Annotated, i: usize) -> String {
    it.tokens.get(i).map_or_else(String::new, |t| it.text(t.span).to_lowercase())
}

/// Whether token `i` is a form of a verb that reports; one in -s may be tagged a noun.
fn says(it: &Annotated, i: usize) -> bool {
    let Some(tag) = it.tokens.get(i).map(|t| t.tag) else { return false };
    tag.is_verb() || tag == Tag::NNS && reporting_verb(&lower(it, i)).is_some()
}

pub(super) fn is_finite(tag: Tag) -> bool {
    matches!(tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD)
}

/// The token before `at` past adverbs and auxiliaries.
pub(super) fn past_auxiliaries(it: &Annotated, at: usize, here: &Range<usize>) -> Option<usize> {
    (here.start..at).rev().find(|&i| {
        let auxiliary = matches!(it.tokens[i].tag, Tag::RB | Tag::MD)
            || is_reflexive(it, i)
            || it.tokens[i].tag.is_verb()
                && matches!(
                    lower(it, i).as_str(),
                    "has" | "have" | "had" | "'s" | "’s" | "'d" | "’d" | "did" | "does" | "do"
                );
        !auxiliary
    })
}

/// "themselves" of "the miners themselves said".
fn is_reflexive(it: &Annotated, i: usize) -> bool {
    it.tokens[i].tag == Tag::PRP && matches!(lower(it, i).as_str(), "himself" | "herself" | "itself" | "themselves")
}

/// "he" of "he said", "she has also said".
fn pronoun_before(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let before = past_auxiliaries(it, at, here)?;
    let finite = (before + 1..=at).any(|i| is_finite(it.tokens[i].tag));
    (finite && matches!(lower(it, before).as_str(), "he" | "she" | "they")).then_some(it.tokens[before].span)
}

/// Verbs whose passive has the one addressed for its subject.
pub(super) static ADDRESSING: WordSet = WordSet::english(Fact::ReportingVerbs, "addressing");

/// Whether `source` is who was told, asked or accused in the passive.
fn is_addressed(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> bool {
    let passive = matches!(it.tokens[at].tag, Tag::VBN | Tag::VBD)
        && (here.start..at)
            .rev()
            .find(|&i| it.tokens[i].tag != Tag::RB)
            .is_some_and(|i| matches!(lower(it, i).as_str(), "was" | "were" | "is" | "are" | "been" | "being" | "be"));
    passive
        && source.end() <= it.tokens[at].span.start()
        && reporting_verb(&lower(it, at)).is_some_and(|v| ADDRESSING.contains(v))
}

/// Who told them, behind the participle: "was warned by the keeper that".
fn by_whom(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let first = at + 2;
    if first >= here.end || lower(it, at + 1) != "by" {
        return None;
    }
    let inside = |i: &usize| {
        let tag = it.tokens[*i].tag;
        tag.is_noun() || matches!(tag, Tag::DT | Tag::JJ | Tag::PRPS | Tag::PRP | Tag::POS)
    };
    let last = (first..here.end).take_while(inside).last()?;
    Some(it.tokens[first].span.cover(it.tokens[last].span))
}

/// The same, taken out of `quote`, which may begin with it: "were urged by the chief to “go home”".
fn told_by(it: &Annotated, quote: &mut Quote, at: usize, here: &Range<usize>) -> Option<Span> {
    let teller = by_whom(it, at, here)?;
    if quote.span.overlaps(teller) {
        let next = it.tokens.partition_point(|t| t.span.start() < teller.end());
        let next = next + usize::from(matches!(lower(it, next).as_str(), "that" | "to"));
        let from = it.tokens.get(next)?.span.start().min(quote.parts.first().map_or(usize::MAX, |p| p.start()));
        if teller.start() > quote.span.start() || from <= teller.start() || from >= quote.span.end() {
            return None;
        }
        quote.span = Span::new(from, quote.span.end());
    }
    Some(teller)
}

/// Verbs whose object may be who speaks: "quoted Stone as saying".
pub(super) static REPEATING: WordSet = WordSet::english(Fact::ReportingVerbs, "repeating");

/// Whether `source` stands between the verb `at` and the content behind it, as its object or in an adjunct.
fn is_object(it: &Annotated, at: usize, source: Span, content: Span) -> bool {
    let cue = it.tokens[at].span;
    if source.start() < cue.end() || source.end() > content.start() || it.tokens[at].tag == Tag::VBN {
        return false;
    }
    let between = token_at(it, cue.end())..token_at(it, source.start());
    let by = between.clone().any(|i| matches!(lower(it, i).as_str(), "by" | "from"));
    !by && reporting_verb(&lower(it, at)).is_none_or(|v| !REPEATING.contains(v))
}

/// The subject of the verb `at`: the noun phrase right before it, or, past a parenthesis, the one that opens the sentence.
pub(super) fn subject(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let before = past_auxiliaries(it, at, here)?;
    let token = &it.tokens[before];
    if is_handle(it, before) || matches!(token.tag, Tag::PRP | Tag::WP) {
        return Some(token.span);
    }
    if token.tag.is_noun() {
        let first = noun_phrase_before(it, before + 1, here)?;
        return Some(it.tokens[first].span.cover(token.span));
    }
    if !matches!(lower(it, before).as_str(), "," | ")") {
        return None;
    }
    if let Some(subject) = before_asides(it, before, here) {
        return Some(subject);
    }
    let end = (here.start..before).take_while(|&i| is_nominal(it, i)).last()? + 1;
    let first = noun_phrase_before(it, end, here)?;
    Some(it.tokens[first].span.cover(it.tokens[end - 1].span))
}

pub(super) fn is_nominal(it: &Annotated, i: usize) -> bool {
    it.tokens[i].tag.is_noun() || matches!(it.tokens[i].tag, Tag::DT | Tag::JJ | Tag::PRPS | Tag::Hyph | Tag::CD)
}

/// The name of an account of a network.
fn is_handle(it: &Annotated, i: usize) -> bool {
    let word = it.text(it.tokens[i].span);
    word.trim_start_matches('.').strip_prefix('@').is_some_and(|name| !name.is_empty())
}

/// The subject of the sentence that ends in the colon `at`: the account that opens a post, else that of its first verb.
fn before_colon(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let first = (here.start..at).find(|&i| it.text(it.tokens[i].span).contains(char::is_alphanumeric))?;
    if is_handle(it, first) {
        return Some(it.tokens[first].span);
    }
    let Some(verb) = (first..at).find(|&i| matches!(it.tokens[i].tag, Tag::VBD | Tag::VBZ | Tag::VBP)) else {
        // "Mayor Ada Stone on her rival, Bo Marsh: “…”".
        let last = (first..at).take_while(|&i| is_nominal(it, i)).last()?;
        let span = it.tokens[first].span.cover(it.tokens[last].span);
        let person =
            it.names_in(span).last().is_some_and(|n| !matches!(n.kind, NameKind::Place | NameKind::Organization));
        return (person && matches!(lower(it, last + 1).as_str(), "on" | "about" | "to" | "after")).then_some(span);
    };
    subject(it, verb, here)
}

/// The verb that the verb `at` says again, past what the first one says of now, whose verb is `first`, and its subject: "Stone said
/// Marsh has the right to vote and said". Of what was, Marsh may have said it: "Stone said Marsh confessed and said".
pub(super) fn of_same_verb(it: &Annotated, at: usize, first: usize, here: &Range<usize>) -> Option<(usize, Span)> {
    if it.tokens[first].tag == Tag::VBD {
        return None;
    }
    let said = |i: &usize| it.tokens[*i].tag == it.tokens[at].tag && lower(it, *i) == lower(it, at);
    let again = (here.start..first).take(ASIDE).find(said)?;
    subject(it, again, here).map(|subject| (again, subject))
}

/// The subject of the first of two verbs joined by "and", where `source` is the first one's object, or a thing and the
/// subject a person: "Marsh's visit comes after Stone met the miners and said".
fn of_first_verb(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let joint = (here.start..at).rev().find(|&i| it.tokens[i].tag != Tag::RB)?;
    if !is_finite(it.tokens[at].tag) || !matches!(lower(it, joint).as_str(), "and" | "but") {
        return None;
    }
    let first = (here.start..joint).rev().find(|&i| is_finite(it.tokens[i].tag))?;
    if let Some((again, subject)) = of_same_verb(it, at, first, here)
        && (it.tokens[again].span.end()..it.tokens[first].span.start()).contains(&source.start())
    {
        return Some(subject);
    }
    let object = source.start() >= it.tokens[first].span.end() && source.end() <= it.tokens[joint].span.start();
    let thing = || {
        let head = it.tokens_in(source).last();
        let small = |t: &&crate::Token| it.text(t.span).starts_with(char::is_lowercase);
        head.filter(small).is_some_and(|t| t.tag == Tag::NN && !names_person(&it.text(t.span).to_lowercase()))
            && source.end() <= it.tokens[first].span.start()
    };
    let named = |s: &Span| it.names_in(*s).iter().any(|n| n.kind == NameKind::Person);
    if object {
        subject(it, first, here)
    } else if thing() {
        subject(it, first, here).filter(|s| !s.overlaps(source) && named(s))
    } else {
        None
    }
}

/// The subject, with what is said aside of its bearer, of the clause that "and" opens behind `source`: "She called it “dead,”
/// and her deputy, Bo Marsh, said".
fn of_second_clause(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let before = past_auxiliaries(it, at, here)?;
    if !is_finite(it.tokens[at].tag) || lower(it, before) != "," {
        return None;
    }
    let subject = before_asides(it, before, here)?;
    let joint = token_at(it, subject.start()).checked_sub(1).filter(|i| *i > here.start)?;
    let joined = matches!(lower(it, joint).as_str(), "and" | "but" | "while" | "whereas" | "as" | ";");
    (joined && source.end() <= it.tokens[joint].span.start()).then_some(subject)
}

/// Parts what is said from who says it in "The deal is off, its chairman, Ada Stone, told the Gazette": the paper is told, and
/// the chairman is no part of the words.
fn trailing(it: &Annotated, quote: &mut Quote) {
    let Some(cue) = quote.cue_span.filter(|c| c.start() >= quote.span.end()) else { return };
    let at = token_at(it, cue.start());
    let Some(here) = it.sentence_at(cue.start()).map(|s| it.sentences[s].first_token..it.sentences[s].end_token) else {
        return;
    };
    let Some(close) = at.checked_sub(1).filter(|i| here.contains(i) && lower(it, *i) == ",") else { return };
    let told = quote.speaker_span.is_none_or(|s| s.start() >= cue.end() || s.overlaps(quote.span));
    if !told || !is_finite(it.tokens[at].tag) || reporting_verb(&lower(it, at)).is_none() {
        return;
    }
    let Some(subject) = before_asides(it, close, &here).filter(|s| quote.span.overlaps(*s)) else { return };
    let first = token_at(it, subject.start());
    let Some(comma) = first.checked_sub(1).filter(|i| *i > here.start && lower(it, *i) == ",") else { return };
    let clause = token_at(it, quote.span.start())..comma;
    if clause.clone().any(|i| is_finite(it.tokens[i].tag)) {
        quote.span = Span::new(quote.span.start(), it.tokens[comma - 1].span.end());
        quote.parts.retain(|p| quote.span.contains(*p));
        quote.speaker_span = Some(subject);
    }
}

/// Who is told of in the clause that ends right before the cue `at` with `source`: "The officer who shot Stone said", "The man
/// accused of shooting Stone told".
pub(super) fn past_clause(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let last = past_auxiliaries(it, at, here)?;
    let perfect = it.tokens[at].tag == Tag::VBN && matches!(lower(it, at - 1).as_str(), "has" | "have" | "had");
    if !(is_finite(it.tokens[at].tag) || perfect) || it.tokens[last].span.end() != source.end() {
        return None;
    }
    let first = token_at(it, source.start());
    let from = here.start.max(first.saturating_sub(ASIDE));
    let stops = |i: usize| matches!(it.tokens[i].tag, Tag::Comma | Tag::Quote | Tag::Colon | Tag::CC);
    let begin = (from..first).rev().find(|&i| stops(i)).map_or(from, |i| i + 1);
    let finite = (begin..first).filter(|&i| is_finite(it.tokens[i].tag)).count();
    let who = (begin + 1..first).find(|&i| lower(it, i) == "who" && it.tokens[i - 1].tag.is_noun());
    // "accused of", "charged with", "seen near": a participle and its preposition right behind the noun.
    let participle = || {
        (begin + 1..first.saturating_sub(1)).find(|&i| {
            it.tokens[i].tag == Tag::VBN && it.tokens[i - 1].tag.is_noun() && it.tokens[i + 1].tag == Tag::IN
        })
    };
    let end = match who {
        Some(who) if finite == 1 => who,
        None if finite == 0 => participle()?,
        _ => return None,
    };
    let head = noun_phrase_before(it, end, here)?;
    let opens = head == begin || head > begin && matches!(it.tokens[head - 1].tag, Tag::IN | Tag::Comma);
    opens.then(|| it.tokens[head].span.cover(it.tokens[end - 1].span))
}

/// Who says the first of what ", adding" goes on with, where `source` is only told of in it: "Police said Marsh left, adding".
fn added_by(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    // "Stone said the figures were high, suggesting": no figures suggest it.
    let thing = || {
        let noun = it.tokens_in(source).last().map_or_else(String::new, |t| it.text(t.span).to_owned());
        let one = noun.strip_suffix('s').unwrap_or(&noun);
        noun.starts_with(char::is_lowercase) && !names_person(one) && !takes_name(one)
    };
    let goes_on = lower(it, at) == "adding" || it.tokens[at].tag == Tag::VBG && thing();
    let adds = goes_on && at > here.start && lower(it, at - 1) == ",";
    let verb = here.clone().take(ASIDE).find(|&i| is_finite(it.tokens[i].tag)).filter(|_| adds)?;
    let says = reporting_verb(&lower(it, verb)).is_some() && source.start() >= it.tokens[verb].span.end();
    says.then(|| subject(it, verb, here)).flatten().filter(|s| s.end() <= source.start())
}

/// Who opens the sentence that ends in ", saying": "A judge blocked the plan to close 11 offices, saying", where `source` is
/// what stands right before the comma.
fn said_so(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let comma = at.checked_sub(1).filter(|i| *i > here.start && lower(it, *i) == ",")?;
    let near = it.tokens[at].tag == Tag::VBG && source.end() == it.tokens[comma - 1].span.end();
    let finite = (here.start..comma).filter(|&i| is_finite(it.tokens[i].tag)).count();
    (near && finite == 1).then(|| opening(it, at, here)).flatten().filter(|s| s.end() < source.start())
}

/// The whole of a subject of which `source` is only the genitive: "The state's largest mill, Ost Paper, said".
fn past_genitive(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let first = token_at(it, source.start());
    let mark = it.tokens.partition_point(|t| t.span.start() < source.end());
    if mark >= at || it.tokens[mark].tag != Tag::POS || !here.contains(&first) {
        return None;
    }
    let part = |i: &usize| is_nominal(it, *i) || matches!(it.tokens[*i].tag, Tag::JJS | Tag::JJR);
    let last = (mark + 1..at).take_while(part).last().filter(|l| it.tokens[*l].tag.is_noun())?;
    let ends = last + 1 == at
        || lower(it, last + 1) == "," && lower(it, at - 1) == ","
        || past_auxiliaries(it, at, here) == Some(last);
    ends.then(|| it.tokens[first].span.cover(it.tokens[last].span))
}

/// Asides between a name and its verb, at most: "Bo Marsh, 29, of Ost, told".
const ASIDES: usize = 3;

/// The noun phrase before the asides that the comma at token `close` ends, if it or an aside names a person: "her deputy, Bo
/// Marsh," and "Bo Marsh, 29, of Ost,".
pub(super) fn before_asides(it: &Annotated, close: usize, here: &Range<usize>) -> Option<Span> {
    let person = |span: Span| it.names_in(span).iter().any(|n| n.kind == NameKind::Person);
    let mut end = close;
    for _ in 0..ASIDES {
        let open = (here.start..end).rev().take(ASIDE).find(|&i| lower(it, i) == ",")?;
        let aside = open + 1..end;
        let plain = |i: usize| !is_finite(it.tokens[i].tag) && it.tokens[i].tag != Tag::Quote;
        if aside.is_empty() || open == here.start || !aside.clone().all(plain) {
            return None;
        }
        let named = it.tokens[open + 1].span.cover(it.tokens[end - 1].span);
        // "the accused, Bo Marsh, shouted".
        if it.tokens[open - 1].tag != Tag::CD
            && person(named)
            && let Some(the) = open.checked_sub(2).filter(|i| *i >= here.start && lower(it, *i) == "the")
        {
            return Some(it.tokens[the].span.cover(it.tokens[open - 1].span));
        }
        // "29" of "Bo Marsh, 29, of Ost," is an aside itself.
        let Some(first) = noun_phrase_before(it, open, here) else {
            end = open;
            continue;
        };
        let phrase = it.tokens[first].span.cover(it.tokens[open - 1].span);
        if person(phrase) || person(named) && it.tokens[open - 1].tag.is_noun() {
            return Some(phrase);
        }
        end = open;
    }
    None
}

/// Takes the verb of "Stone said: “…”" for the cue of what follows the colon where the model took another, as one of the next
/// sentence.
fn introduced(it: &Annotated, quote: &mut Quote) {
    let Some(&part) = quote.parts.first().filter(|_| matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed)) else {
        return;
    };
    let Some(mark) = token_at(it, part.start()).checked_sub(1) else { return };
    let Some(colon) = mark.checked_sub(1).filter(|_| it.tokens[mark].tag == Tag::Quote) else { return };
    if it.text(it.tokens[colon].span) != ":" {
        return;
    }
    // The words that introduce it are the reporter's.
    let rest = Span::new(part.end().min(quote.span.end()), quote.span.end());
    if quote.parts.len() == 1
        && quote.span.start() < it.tokens[colon].span.start()
        && !it.text(rest).contains(char::is_alphanumeric)
        && it.text(part).split_whitespace().count() > 3
    {
        (quote.span, quote.kind) = (part, QuoteKind::Direct);
    }
    let Some(here) = it.sentence_at(it.tokens[colon].span.start()).map(|s| it.sentences[s].first_token..colon) else {
        return;
    };
    if quote
        .cue_span
        .is_some_and(|c| here.contains(&token_at(it, c.start())) || c.start() < it.tokens[colon].span.end())
    {
        return;
    }
    // "Police say otherwise: “…,” said Stone".
    if it.text(part).ends_with(',') && right_behind(it, part).is_some_and(|(cue, _)| quote.cue_span == Some(cue)) {
        return;
    }
    let strong = |i: &usize| is_strong(&lower(it, *i)) && is_finite(it.tokens[*i].tag);
    let Some(at) = (here.start.max(colon.saturating_sub(INTRODUCING))..colon).rev().find(strong) else { return };
    if let Some(subject) = subject(it, at, &here) {
        quote.cue_span = Some(it.tokens[at].span);
        quote.speaker_span = Some(subject);
    }
}

/// Tokens before a colon among which the verb is that introduces what follows: "told the paper on Monday:".
const INTRODUCING: usize = 8;

/// Who stands beside `source`, which is right before the cue `at`: "the cameraman next to him asked". A pronoun of the object
/// is never the subject; a name is not behind words that only say where.
fn beside_whom(it: &Annotated, at: usize, here: &Range<usize>, source: Span) -> Option<Span> {
    let first = token_at(it, source.start());
    let last = past_auxiliaries(it, at, here)?;
    if !here.contains(&first) || it.tokens[last].span.end() != source.end() || first <= here.start + 1 {
        return None;
    }
    let object =
        matches!(lower(it, first).as_str(), "him" | "her" | "them" | "me" | "us") && it.tokens[first].tag == Tag::PRP;
    let before = first - 1;
    let mut end = match (lower(it, before).as_str(), lower(it, before - 1).as_str()) {
        ("to", "next" | "close") => before - 1,
        ("beside" | "alongside" | "behind" | "opposite" | "near", _) => before,
        ("of", "front") if before >= here.start + 2 => before - 2,
        _ if object && matches!(it.tokens[before].tag, Tag::IN | Tag::TO) => before,
        _ => return None,
    };
    while end > here.start && matches!(it.tokens[end - 1].tag, Tag::VBG | Tag::VBN | Tag::RB) {
        end -= 1;
    }
    if end <= here.start || !it.tokens[end - 1].tag.is_noun() {
        return None;
    }
    let first = noun_phrase_before(it, end, here)?;
    Some(it.tokens[first].span.cover(it.tokens[end - 1].span))
}

/// Reads "“…,” said Stone" and "“…,” Stone said" where the model took another cue for a quotation in marks.
pub(super) fn beside_marks(it: &Annotated, quote: &mut Quote) -> bool {
    let Some(&part) = quote.parts.last().filter(|_| matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed)) else {
        return false;
    };
    // "“…?” Marsh said, according to the Gazette. “…”"
    if let [first, _, ..] = quote.parts[..]
        && quote.cue_span.is_some_and(|c| passes_on(it, c) && c.start() >= first.end())
        && let Some((cue, source)) = right_behind(it, first)
    {
        (quote.cue_span, quote.speaker_span) = (Some(cue), Some(source));
        return true;
    }
    if let Some((cue, source)) = after_stop(it, part).filter(|_| quote.cue_span.is_none()) {
        (quote.cue_span, quote.speaker_span, quote.rule) = (Some(cue), Some(source), rules::CUE_BESIDE_MARKS);
        return true;
    }
    if !it.text(part).ends_with([',', '?', '!']) {
        return false;
    }
    let Some((cue, source)) = right_behind(it, part) else { return false };
    // "the chancellor is expected to tell": the verb of speech is the infinitive.
    let infinitive = it.tokens_in(cue).first().is_some_and(|t| t.tag == Tag::VB);
    // "Others were kinder: “Brave,” said one critic": what leads to the colon is the reporter's.
    let colon = token_at(it, part.start()).checked_sub(2).is_some_and(|i| lower(it, i) == ":");
    if quote.parts.len() == 1 && colon && quote.span.end() == part.end() {
        (quote.span, quote.kind) = (part, QuoteKind::Direct);
    }
    // "“…,” Marsh said, according to the Gazette": the paper only passes it on.
    // "“…,” shouted strikers as Stone left", "“…,” Stone said, Marsh told the paper": whom the verb has beside it.
    let elsewhere = quote.cue_span == Some(cue)
        && quote.speaker_span.is_none_or(|s| s.start() >= cue.end().max(source.end()) || s.end() <= part.start());
    let passed = quote.cue_span.is_some_and(|c| passes_on(it, c) && c.start() >= cue.end()) || elsewhere;
    if quote.span.start() < part.start() && quote.span.end() > part.end() && quote.span.end() <= cue.start() {
        quote.span = Span::new(quote.span.start(), part.end());
    }
    if quote.cue_span.is_some_and(|c| c.start() >= part.end()) && !infinitive && !passed {
        return false;
    }
    (quote.cue_span, quote.speaker_span) = (Some(cue), Some(source));
    if quote.kind == QuoteKind::Direct && act(&it.text(cue).to_lowercase()) == Act::Communication {
        quote.act = Act::Communication;
    }
    true
}

/// The verb and its subject behind marks that a stop closes where papers should have a comma: "“….” Stone tweeted on Friday." The
/// verb has no content of its own.
fn after_stop(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let closed = it.text(part).ends_with('.') && it.tokens.get(mark)?.tag == Tag::Quote;
    let next = it.sentences.get(it.sentence_at(part.start())? + 1).filter(|_| closed)?;
    if next.first_token != mark + 1 || it.sentence_at(part.start()) != it.sentence_at(it.tokens[mark].span.start()) {
        return None;
    }
    let here = next.first_token..next.end_token;
    let verb = here.clone().take(AFTER_STOP).find(|&i| is_strong(&lower(it, i)) && is_finite(it.tokens[i].tag))?;
    let nominal = |i: usize| is_nominal(it, i) || it.tokens[i].tag == Tag::PRP;
    let bare = verb > here.start && (here.start..verb).all(nominal);
    // "Stone said on Friday", "Stone said."; not "Stone said ferries sink".
    let ends = |i: usize| matches!(lower(it, i).as_str(), "." | "on" | "in" | "at" | "during" | "later");
    let rest = verb + 1..here.end;
    let plain = ends(verb + 1)
        && !rest.clone().any(|i| is_finite(it.tokens[i].tag) || matches!(it.tokens[i].tag, Tag::Quote | Tag::Colon))
        && !rest.clone().any(|i| lower(it, i) == "that");
    (bare && plain).then(|| (it.tokens[verb].span, it.tokens[here.start].span.cover(it.tokens[verb - 1].span)))
}

/// Tokens to the verb of such a sentence.
const AFTER_STOP: usize = 6;

/// Whether a cue is that of one who only passes on what another said: "according to the Gazette", "the Gazette reported".
fn passes_on(it: &Annotated, cue: Span) -> bool {
    let word = lower(it, token_at(it, cue.start()));
    word == "according" || reporting_verb(&word) == Some("report")
}

/// The verb and its subject right behind the marks that close `part`: "“…,” said Stone", "“…?” Stone asked", "“…,” shot back
/// Ada Stone"; with the comma behind the mark too, "“…”, said Stone". Where the part ends as speech does before its cue, any
/// verb of a person says so.
pub(super) fn right_behind(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    let found = behind(it, part)?;
    // "“Is it over?” Marsh nodded.": in a sentence of its own only a verb of speech says whose question it was.
    let at = token_at(it, found.0.start());
    let cut = it.sentence_at(part.start()) != it.sentence_at(found.0.start()) && !it.text(part).ends_with(',');
    let says = reporting_verb(&lower(it, at)).is_some() || matches!(lower(it, at + 1).as_str(), "back" | "in");
    (!cut || says && !is_nobody(it, found.1)).then_some(found)
}

/// Whether nobody is meant: "“Why?” Nobody answered".
fn is_nobody(it: &Annotated, span: Span) -> bool {
    matches!(it.text(span).to_lowercase().as_str(), "nobody" | "none" | "neither")
}

/// The same in a dialogue, in which any verb of a person right behind a turn says whose it is, but one of keeping silent.
pub(super) fn turn_behind(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    let found = behind(it, part)?;
    let silent = matches!(
        it.text(found.0).to_lowercase().as_str(),
        "nodded" | "smiled" | "shrugged" | "laughed" | "paused" | "left" | "waited" | "grinned"
    );
    (!silent && !is_nobody(it, found.1)).then_some(found)
}

fn behind(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    // "“…, ‘Who is there?,’” Stone said".
    let inside = it.text(part).trim_end_matches(['’', '\'']).ends_with([',', '?', '!']);
    // "The officer asked: “Will you sell?” Nobody answered": what has its verb in front needs none behind.
    let led = token_at(it, part.start()).checked_sub(2).is_some_and(|i| matches!(lower(it, i).as_str(), ":" | ","));
    if led && !it.text(part).ends_with(',') {
        return None;
    }
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    it.tokens.get(mark).filter(|t| t.tag == Tag::Quote)?;
    let end = it.sentence_at(it.tokens[mark].span.start()).map(|s| {
        // "“Never?” Stone pressed.": the sentence may be cut behind the mark.
        let cut = it.sentences[s].end_token == mark + 1 && inside;
        let next = it.sentences.get(s + 1).filter(|n| cut && n.paragraph == it.sentences[s].paragraph);
        next.unwrap_or(&it.sentences[s]).end_token
    })?;
    let from = match inside {
        true => mark + 1,
        false if lower(it, mark + 1) == "," => mark + 2,
        false => return None,
    };
    // Right behind marks the tagger takes a past form for a participle.
    let verb = |i: usize| i < end && (is_finite(it.tokens[i].tag) || i == from && it.tokens[i].tag == Tag::VBN);
    let strong = |i: usize| verb(i) && is_strong(&lower(it, i));
    // "is expected to tell the house", "was due to say".
    let ahead = |i: usize| {
        let be = matches!(lower(it, i).as_str(), "is" | "are" | "was" | "were");
        let to = (i + 1..end.min(i + 3)).find(|&k| lower(it, k) == "to").filter(|_| be)?;
        let says = |i: &usize| it.tokens[*i].tag == Tag::VB && reporting_verb(&lower(it, *i)).is_some();
        Some(to + 1).filter(|i| *i < end).filter(says)
    };
    let any = |i: usize| {
        let form = |t: Tag| {
            verb(i) && t != Tag::MD || i == from && (t == Tag::NNS || t == Tag::JJ && lower(it, i).ends_with("ed"))
        };
        inside && i < end && is_small(it, i) && form(it.tokens[i].tag)
    };
    let person = |from: usize, to: usize| {
        let span = it.tokens[from].span.cover(it.tokens[to].span);
        it.names_in(span).last().is_some_and(|n| n.kind == NameKind::Person)
    };
    // "shot back", "chimed in".
    let particle = |i: usize| matches!(lower(it, i).as_str(), "back" | "in" | "out");
    let found = if strong(from) || any(from) {
        let first = if !strong(from) && from + 1 < end && particle(from + 1) { from + 2 } else { from + 1 };
        let pronoun = first < end && it.tokens[first].tag == Tag::PRP;
        let last = (first..end).take_while(|&i| is_nominal(it, i)).last();
        let source = if pronoun { Some((first, first)) } else { last.map(|l| (first, l)) };
        // "shouted protesters".
        let many = |b: usize| it.tokens[b].tag == Tag::NNS && reporting_verb(&lower(it, from)).is_some();
        source.filter(|(a, b)| strong(from) || !pronoun && (person(*a, *b) || many(*b))).map(|source| (from, source))
    } else {
        // "the official added", of which the tagger takes the verb for a noun.
        let said = |i: usize| match it.tokens[i].tag {
            Tag::NN => i > from && is_strong(&lower(it, i)),
            // "the report states, “…”".
            Tag::NNS => {
                i > from
                    && it.tokens[i - 1].tag == Tag::NN
                    && reporting_verb(&lower(it, i)).is_some()
                    && matches!(lower(it, i + 1).as_str(), "," | ".")
            }
            _ => false,
        };
        let part = |i: usize| (is_nominal(it, i) || it.tokens[i].tag == Tag::PRP) && !said(i);
        let run = |from: usize| (from..end).take_while(|&i| part(i)).last();
        let last = run(from).filter(|l| {
            let tag = it.tokens[*l].tag;
            tag.is_noun() || tag == Tag::PRP || tag == Tag::JJ && takes_name(&lower(it, *l))
        })?;
        // "one man in the crowd yelled", "Ada Stone, head of the union, said".
        let behind = it.tokens.get(last + 1).filter(|t| t.tag == Tag::IN).and_then(|_| run(last + 2));
        let aside = || {
            let close = (last + 2..end.min(last + ASIDE)).find(|&i| lower(it, i) == ",")?;
            let named = person(from, last) || close > last + 2 && person(last + 2, close - 1);
            let plain = named && !(last + 2..close).any(|i| is_finite(it.tokens[i].tag));
            (lower(it, last + 1) == "," && plain && (strong(close + 1) || ahead(close + 1).is_some())).then_some(close)
        };
        let cue = behind.or_else(aside).unwrap_or(last) + 1;
        if let Some(cue) = ahead(cue) {
            return Some((it.tokens[cue].span, it.tokens[from].span.cover(it.tokens[last].span)));
        }
        // "she shot back."
        let behind = cue + 1 + usize::from(cue + 1 < end && particle(cue + 1));
        let closes = || it.tokens.get(behind).is_none_or(|t| matches!(it.text(t.span), "." | ","));
        // "the former official declared.", of which the tagger takes the verb for a participle.
        let says = || {
            let verb = |t: Tag| is_finite(t) || t == Tag::VBN;
            cue < end && reporting_verb(&lower(it, cue)).is_some() && verb(it.tokens[cue].tag)
        };
        let speaks = || it.tokens[last].tag == Tag::PRP || person(from, last);
        let noun = cue < end && said(cue);
        (strong(cue) || noun || closes() && (says() || any(cue) && speaks())).then_some((cue, (from, last)))
    };
    let (cue, (first, last)) = found?;
    Some((it.tokens[cue].span, it.tokens[first].span.cover(it.tokens[last].span)))
}

/// Tokens from a name behind marks to the comma that closes what is said of its bearer.
const ASIDE: usize = 14;

fn is_small(it: &Annotated, i: usize) -> bool {
    it.text(it.tokens[i].span).starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::annotate;
    use rashomon_model::Article;

    /// Who is found to say the quotation that begins with `words`.
    #[track_caller]
    fn speaker(text: &str, words: &str) -> Option<String> {
        let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let found = it.quotes.iter().find(|q| it.text(q.span).starts_with(words));
        found.unwrap_or_else(|| panic!("{words}: {:?}", it.quotes)).speaker.clone()
    }

    #[test]
    fn a_phrase_may_begin_before_what_is_looked_at() {
        let words = "Small-town harbour police chief killed in three raids by masked men near old docks at the quay and by many more";
        for n in 8..words.split(' ').count() {
            let before = words.split(' ').take(n).collect::<Vec<_>>().join(" ");
            let it = annotate(Article { text: format!("{before} officer said"), ..Article::default() }).output;
            let (at, last) = (it.tokens.len() - 1, it.tokens[it.tokens.len() - 2].span);
            // No phrase is found or a whole one, wherever the look back ends.
            let found = super::past_clause(&it, at, &(0..it.tokens.len()), last);
            assert!(found.is_none_or(|s| s.end() < last.start()), "{before}");
        }
    }

    #[test]
    fn who_stands_beside_somebody_is_somebody_else() {
        let begins = "\"My boat is gone,\" said Tomas Reeve, 52, a fisher.";
        for (asks, wanted) in [
            ("The cameraman next to him asked: \"Will you buy another?\" Reeve shrugged.", "cameraman"),
            ("A woman behind him shouted: \"Will you buy another?\" Reeve shrugged.", "woman"),
            ("The officer standing beside Reeve asked: \"Will you buy another?\" Nobody answered.", "officer"),
        ] {
            let found = speaker(&format!("{begins} {asks}\n"), "Will you buy another?");
            assert!(found.as_ref().is_some_and(|it| it.contains(wanted)), "{asks}: {found:?}");
        }
    }

    #[test]
    fn who_is_warned_does_not_speak_and_who_warns_does() {
        let told = "Teller Carmen Duarte was warned by the robber that he would shoot. He gave up at noon.";
        assert_eq!(speaker(told, "he would shoot").as_deref(), Some("the robber"));
        let told = "Harbour master Olaf Brandt was assured by Ines Marek that the pier would hold.";
        assert_eq!(speaker(told, "the pier would hold").as_deref(), Some("Ines Marek"));
    }

    #[test]
    fn a_place_in_the_subject_does_not_speak() {
        let told =
            "The owner of a boat that sank off Harrow Point this week denied on Friday that it had ignored warnings.";
        let found = speaker(told, "it had ignored");
        assert!(found.as_ref().is_none_or(|it| it.contains("owner")), "{found:?}");
    }

    #[test]
    fn whose_sister_she_is_does_not_speak_and_no_day_is_part_of_a_name() {
        let told = "Piet Olsen's sister, who did not want to be named, said that she did not blame the captain. Asked if \
                    she would sue, she said: \"Ask me after the funeral.\"";
        let found = speaker(told, "Ask me after");
        assert!(found.as_ref().is_none_or(|it| it.contains("sister")), "{found:?}");
        let told = "The minister confirmed it on Monday. On Friday Ursula Penn had said that the boat was unsafe.";
        assert_eq!(speaker(told, "the boat was unsafe").as_deref(), Some("Ursula Penn"));
    }

    #[test]
    fn the_verb_before_the_colon_reports_what_follows_it() {
        for (next, wanted) in [
            ("The pier costs 40,000 euros a year, the mayor said.", "Ines Marek"),
            ("Mayor Olaf Brandt said the pier was safe.", "Ines Marek"),
            ("Brandt, the mayor, said that he would wait.", "Ines Marek"),
        ] {
            let text = format!(
                "Opposition leader Ines Marek accused Mayor Olaf Brandt of a lie, a charge that Mr Brandt rejects.\n\n\
                 Marek said: \"He is not telling the truth. The letter is there for all to read.\"\n\n{next}\n"
            );
            assert_eq!(speaker(&text, "He is not telling").as_deref(), Some(wanted), "{next}");
        }
    }
}
