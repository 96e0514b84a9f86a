//! Who speaks where somebody passes on what another said: "Police said Stone told officers that he “fell asleep”", "the
//! Gazette quoted her father as saying, “…”", "reporters heard the mayor say “…”".
//!
//! The marks hold the words of the one who is said to have said them, not of the one who tells of it.

use super::animacy::can_speak;
use super::cues::reporting_verb;
use super::mentions::{MESSAGES, WRITTEN, is_owned, noun_phrase_before};
use super::persons::takes_name;
use super::subjects::{
    ADDRESSING, REPEATING, before_asides, is_finite, is_nominal, lower, of_same_verb, past_auxiliaries, past_clause,
    right_behind, subject, token_at,
};
use crate::{Annotated, NameKind, Quote, QuoteKind, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;
use std::ops::Range;

/// Verbs of which one passes on that another said something: "said that Stone called it “a gift”".
pub(super) static RELAYED: WordSet = WordSet::english(Fact::ReportingVerbs, "relayed");

/// Verbs before a participle of one who says it more than once: "kept asking".
static KEEPING: WordSet = WordSet::english(Fact::PassedOn, "keeping");

/// Forms of verbs that report where another passes it on: "said the man threatened to".
static THREATENED: WordSet = WordSet::english(Fact::PassedOn, "relayed");

/// Tokens from a verb of telling to the clause behind the one told: "told reporters that".
pub(super) const ADDRESSED: usize = 6;

/// Tokens from the verb that is passed on to the marks.
const REACH: usize = 24;

/// Gives what stands in marks to the one whose claim, accusation or letter it is said to be, or who was heard to say it, and ends
/// it where his words end; `false` where nobody is.
pub(super) fn mend_owned(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let Some((cue, speaker)) = owned(it, &here) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    let from = if lower(it, cue + 1) == "that" { cue + 2 } else { cue + 1 };
    let from = it.tokens[from.min(here.end)].span.start().min(part.start());
    // "Marsh's remark that ferries are “toys” drew fire": the verb is the reporter's.
    let tail = it.tokens.partition_point(|t| t.span.start() < part.end());
    let end = it.tokens.partition_point(|t| t.span.end() <= quote.span.end());
    let whole = lower(it, cue + 1) == "to" || (cue + 1..here.end).any(|i| is_finite(it.tokens[i].tag));
    let right = |i: usize| i == tail + 1 && (it.tokens[i].tag.is_verb() || PAST.contains(&lower(it, i)));
    let verb = (tail + 1..end).filter(|_| whole).find(|&i| is_finite(it.tokens[i].tag) || right(i));
    let to = match verb {
        Some(verb) if verb > tail + 1 => it.tokens[verb - 1].span.end(),
        Some(_) => part.end(),
        None => quote.span.end().max(part.end()),
    };
    quote.span = Span::new(from, to.max(part.end()));
    quote.kind = if quote.span == part { QuoteKind::Direct } else { QuoteKind::Mixed };
    true
}

/// Gives what stands in marks to who tells it in the clause before them, where another passes it on behind: "Marsh told police
/// he “blacked out,” according to an affidavit".
pub(super) fn mend_told(it: &Annotated, quote: &mut Quote) -> bool {
    let (Some((part, here)), Some(cue)) = (only_part(it, quote), quote.cue_span) else { return false };
    let Some((verb, speaker)) = told_before(it, &here) else { return false };
    let behind = cue.start() >= part.end();
    // "Police say otherwise: “…,” said Stone".
    if lower(it, here.end - 1) == ":" && it.text(part).ends_with(',') && right_behind(it, part).is_some() {
        return false;
    }
    // Where the cue is that verb already, what follows the marks must not take it over.
    if !behind && (cue != it.tokens[verb].span || right_behind(it, part).is_none()) {
        return false;
    }
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[verb].span), Some(speaker));
    let told = it.tokens[verb].span.end();
    if quote.span.start() < told || quote.span.end() > part.end() {
        let that = (verb + 1..here.end.min(verb + 5)).find(|&i| lower(it, i) == "that");
        let pronoun = (verb + 1..here.end).find(|&i| it.tokens[i].tag == Tag::PRP && i > verb + 1);
        let from = that.map(|i| i + 1).or(pronoun).map_or(part.start(), |i| it.tokens[i].span.start());
        if quote.span.start() < told {
            quote.span = Span::new(from.min(part.start()), quote.span.end());
        }
    }
    true
}

/// The part of a quotation in marks that has one, and the tokens of its sentence before them.
pub(super) fn only_part(it: &Annotated, quote: &Quote) -> Option<(Span, Range<usize>)> {
    let [part] = quote.parts[..] else { return None };
    let here = matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed).then(|| before(it, part))??;
    Some((part, here))
}

/// The tokens of the sentence before the mark that opens `part`.
pub(super) fn before(it: &Annotated, part: Span) -> Option<Range<usize>> {
    let mark = token_at(it, part.start()).checked_sub(1).filter(|i| it.tokens[*i].tag == Tag::Quote)?;
    it.sentence_at(it.tokens[mark].span.start()).map(|s| it.sentences[s].first_token..mark)
}

/// Past forms, which the tagger may take for nouns right behind marks.
static PAST: WordSet = WordSet::english(Fact::VerbForms, "time-past");

/// Words behind "what" and a name or noun that say how somebody calls a thing.
static CALLING: WordSet = WordSet::english(Fact::ReportingVerbs, "calling");
static BRANDING: WordSet = WordSet::english(Fact::PassedOn, "calling");

/// Whether a form of a verb says how somebody calls a thing.
pub(super) fn is_calling(word: &str) -> bool {
    CALLING.contains(word) || BRANDING.contains(word)
}

/// "rescued in what officials called “a miracle”": the verb and who calls it so.
pub(super) fn what_called(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    called_so(it, &before(it, part)?)
}

/// The same before the marks that `here` ends with.
fn called_so(it: &Annotated, here: &Range<usize>) -> Option<(Span, Span)> {
    if let Some(found) = in_words_of(it, here) {
        return Some(found);
    }
    let last = here.end.checked_sub(1).filter(|i| *i > here.start)?;
    let verb = if lower(it, last) == "as" { last - 1 } else { last };
    if !is_calling(&lower(it, verb)) || verb <= here.start {
        return None;
    }
    // "whom Stone has called “a gift”".
    let end = past_auxiliaries(it, verb, here)? + 1;
    let pronoun = matches!(lower(it, end - 1).as_str(), "he" | "she") && lower(it, end.saturating_sub(2)) == "whom";
    let first = if pronoun { end - 1 } else { noun_phrase_before(it, end, here)? };
    let opens = first.checked_sub(1).filter(|i| *i >= here.start).map(|i| lower(it, i))?;
    let what = opens == "what" || opens == "whom" || opens == "which" && first > here.start + 1;
    let span = it.tokens[first].span.cover(it.tokens[end - 1].span);
    (what && can_speak(it, span)).then(|| (it.tokens[verb].span, span))
}

/// "in the words of Ada Stone, “…”", "as Stone put it, “…”", "to quote Stone, “…”": the word that says so and whose words they are.
fn in_words_of(it: &Annotated, here: &Range<usize>) -> Option<(Span, Span)> {
    let end = before_marks(it, here)? + 1;
    let pronoun = |i: usize| matches!(lower(it, i).as_str(), "he" | "she");
    // "as Stone put it", "as she put it".
    if end >= here.start + 4 && lower(it, end - 1) == "it" && matches!(lower(it, end - 2).as_str(), "put" | "puts") {
        let last = end - 3;
        let first = if pronoun(last) { last } else { noun_phrase_before(it, end - 2, here)? };
        let as_put = first > here.start && lower(it, first - 1) == "as";
        return as_put.then(|| (it.tokens[end - 2].span, it.tokens[first].span.cover(it.tokens[last].span)));
    }
    let first = noun_phrase_before(it, end, here)?;
    let span = it.tokens[first].span.cover(it.tokens[end - 1].span);
    let at = first.checked_sub(2).filter(|i| *i >= here.start)?;
    let of = lower(it, at) == "words" && lower(it, at + 1) == "of";
    let quote = lower(it, at) == "to" && matches!(lower(it, at + 1).as_str(), "quote" | "borrow");
    ((of || quote) && can_speak(it, span)).then(|| (it.tokens[at + usize::from(quote)].span, span))
}

/// Gives what stands in marks to the one who is named as who calls it so, though another speaks of it: "What Stone called “a gift”,
/// Marsh says is a trap".
pub(super) fn mend_what_called(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let named = |s: &Span| it.names_in(*s).iter().any(|n| n.kind == NameKind::Person);
    let Some((cue, speaker)) = called_so(it, &here).filter(|(_, s)| named(s)) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(cue), Some(speaker));
    if quote.span != part {
        (quote.span, quote.kind) = (part, QuoteKind::Mixed);
    }
    true
}

/// Gives what stands in marks to the one who is said to have said it; `false` where nobody passes anything on.
pub(super) fn mend(it: &Annotated, quote: &mut Quote) -> bool {
    let Some(&part) = quote.parts.first().filter(|_| matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed)) else {
        return false;
    };
    let Some(here) = before(it, part) else { return false };
    let owned = || witnessed(it, &here).or_else(|| written(it, &here)).or_else(|| of_piece(it, &here));
    let found = match quote.cue_span {
        Some(cue) if cue.start() < part.start() => {
            let told = token_at(it, cue.start());
            as_saying(it, &here).or_else(owned).or_else(|| passed_on(it, told, &here))
        }
        Some(_) => owned(),
        None => owned(),
    };
    let Some((cue, speaker)) = found else { return false };
    // "what he called “a gift”": a part of what the outer verb says, though it is his word for it.
    let first = token_at(it, speaker.start());
    let named = first > here.start && lower(it, first - 1) == "what";
    // "Stone spoke of what he called “a gift”", "he tweeted that he would call it “a gift”": he is Stone, unless a body is
    // said to speak.
    let kept = quote.speaker_span.is_some_and(|s| {
        let names = it.names_in(s);
        let body = !names.is_empty() && names.iter().all(|n| n.kind == NameKind::Organization);
        // "The man accused of robbing Stone told police he was “framed”": the clause of his is no part of his words.
        let aside =
            quote.cue_span.is_some_and(|c| c.start() >= speaker.end() && c.end() <= it.tokens[cue].span.start());
        let same = it.text(s).eq_ignore_ascii_case(it.text(speaker)) && !aside;
        named && (!body || lower(it, first) == "they") || same
    });
    if kept {
        return false;
    }
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    if !named && quote.span.start() < it.tokens[cue].span.end() {
        let that = (cue + 1..here.end.min(cue + 5)).find(|&i| lower(it, i) == "that");
        let clause = (cue + 1..here.end).any(|i| is_finite(it.tokens[i].tag));
        // "told the court she was “never there”".
        let told = reporting_verb(&lower(it, cue)).is_some_and(|v| ADDRESSING.contains(v));
        let subject = (cue + 2..here.end.min(cue + ADDRESSED))
            .find(|&i| told && it.tokens[i].tag == Tag::PRP && is_finite(it.tokens[i + 1].tag));
        let from = match that.map(|i| i + 1).or(subject) {
            Some(from) if clause => it.tokens[from].span.start(),
            _ => part.start(),
        };
        quote.span = Span::new(from.min(part.start()), quote.span.end());
        if quote.span.start() == part.start() && quote.parts.last().is_some_and(|p| p.end() == quote.span.end()) {
            quote.kind = QuoteKind::Direct;
        }
    }
    true
}

/// Verbs of one who tells what he heard another say.
static WITNESSED: WordSet = WordSet::english(Fact::ReportingVerbs, "witnessed");

/// Verbs of one whose own words a writing bears: "wrote a note that read".
static AUTHORED: WordSet = WordSet::english(Fact::ReportingVerbs, "authored");

/// Tokens from a noun for what was said, or from a verb of hearing, to the marks.
pub(super) const NEAR: usize = 12;

/// "Marsh's claim that he “knew”", "her remark that ferries are “toys”": the noun and whose it is.
pub(super) fn owned(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let stops = |i: usize| matches!(it.tokens[i].tag, Tag::Quote | Tag::Comma | Tag::Colon | Tag::Stop);
    let from = here.start.max(here.end.saturating_sub(NEAR));
    let noun = (from..here.end).rev().take_while(|&i| !stops(i)).find(|&i| {
        let word = lower(it, i);
        is_owned(&word) || MESSAGES.contains(&word) && it.tokens[i].tag.is_noun()
    })?;
    if !it.tokens[noun].tag.is_noun() || noun == here.start {
        return None;
    }
    // "Marsh's claim of fraud as “nonsense”" are another's words, and so are those of a second verb: "that it leaked was “…”".
    let by = authored_by(it, noun, here);
    let opens = by.map_or(noun + 1, |(_, end)| end);
    let clause = opens..here.end;
    if !is_owned(&lower(it, noun)) {
        // "a letter from the union calling him “a thief”", "an email from Marsh that called it “late”".
        let that = usize::from(matches!(lower(it, opens).as_str(), "that" | "which"));
        let verb = it.tokens.get(opens + that).filter(|_| opens + that < here.end)?;
        let form = if that == 1 { is_finite(verb.tag) } else { verb.tag == Tag::VBG };
        let more = (opens + that + 1..here.end).any(|i| is_finite(it.tokens[i].tag));
        return by.filter(|_| form && !more).map(|(author, _)| (noun, author));
    }
    let finite = clause.clone().filter(|&i| is_finite(it.tokens[i].tag)).count();
    let most = match lower(it, opens).as_str() {
        "that" => 1,
        "to" | "of" => 0,
        _ if clause.is_empty() => 0,
        _ => return None,
    };
    let tells = |i: usize| reporting_verb(&lower(it, i)).is_some() && it.tokens[i].tag.is_verb();
    if finite > most || lower(it, here.end - 1) == "as" || clause.clone().any(tells) {
        return None;
    }
    if let Some((author, _)) = by {
        return Some((noun, author));
    }
    let owner = (here.start.max(noun.saturating_sub(4))..noun)
        .rev()
        .find(|&i| !(it.tokens[i].tag == Tag::JJ || it.tokens[i].tag == Tag::NN))?;
    match it.tokens[owner].tag {
        Tag::POS => {
            let first = noun_phrase_before(it, owner, here)?;
            (first < owner).then(|| (noun, it.tokens[first].span.cover(it.tokens[owner - 1].span)))
        }
        Tag::PRPS if matches!(lower(it, owner).as_str(), "his" | "her" | "their") => {
            Some((noun, it.tokens[owner].span.cover(it.tokens[noun].span)))
        }
        _ => None,
    }
}

/// Whose it is where that stands behind the noun, "the claim by the union that", "a letter from Ada Stone to the council", and the
/// token behind the name.
pub(super) fn authored_by(it: &Annotated, noun: usize, here: &Range<usize>) -> Option<(Span, usize)> {
    // "an email sent to the council by Ada Stone", "the last text she got from Kayla".
    let plain =
        |i: usize| matches!(it.tokens[i].tag, Tag::VBN | Tag::PRP | Tag::VBD | Tag::TO | Tag::IN) || is_nominal(it, i);
    let by =
        (noun + 1..here.end.min(noun + NEAR)).find(|&i| matches!(lower(it, i).as_str(), "by" | "from" | "behalf"))?;
    let sent = by == noun + 1
        || lower(it, by) == "behalf"
        || matches!(it.tokens[noun + 1].tag, Tag::VBN | Tag::PRP | Tag::VBD)
            && (noun + 1..by).filter(|&i| is_finite(it.tokens[i].tag)).count() <= 1;
    if !sent || !(noun + 1..by).all(plain) {
        return None;
    }
    let first = if lower(it, by) == "behalf" { by + 2 } else { by + 1 };
    let part = |i: usize| {
        let determiner = matches!(it.tokens[i].tag, Tag::DT | Tag::PRPS);
        let timed = it.times_over(it.tokens[i].span).next().is_some();
        (i == first || !determiner) && !timed && (is_nominal(it, i) || it.tokens[i].tag == Tag::POS)
    };
    let last = (first..here.end).take_while(|&i| part(i)).last()?;
    let span = it.tokens[first].span.cover(it.tokens[last].span);
    (it.tokens[last].tag.is_noun() && can_speak(it, span)).then_some((span, last + 1))
}

/// "recalled her son, Leo, saying, “…”", "heard the captain shouting: “…”": the verb and who is said to have said it.
fn witnessed(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let saying = before_marks(it, here)?;
    let form =
        it.tokens[saying].tag == Tag::VBG || it.tokens[saying].tag == Tag::NN && lower(it, saying).ends_with("ing");
    if !form || reporting_verb(&lower(it, saying)).is_none() {
        return None;
    }
    let from = here.start.max(saying.saturating_sub(NEAR));
    let verb = (from..saying).rev().find(|&i| {
        it.tokens[i].tag.is_verb() && reporting_verb(&lower(it, i)).is_some_and(|v| WITNESSED.contains(v))
    })?;
    let between = verb + 1..saying;
    let commas = between.clone().filter(|&i| it.tokens[i].tag == Tag::Comma).count();
    // "described the flood, saying": he who described it says so.
    if !matches!(commas, 0 | 2) || between.clone().any(|i| is_finite(it.tokens[i].tag)) {
        return None;
    }
    let part = |i: &usize| is_nominal(it, *i) || it.tokens[*i].tag == Tag::POS;
    let last = between.take_while(part).last().filter(|&l| it.tokens[l].tag.is_noun())?;
    let span = it.tokens[verb + 1].span.cover(it.tokens[last].span);
    can_speak(it, span).then_some((saying, span))
}

/// "found a note that read, “…”", "held a sign saying “…”": the verb and what bears the words.
fn written(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let verb = before_marks(it, here)?;
    let bears = reporting_verb(&lower(it, verb)).is_some_and(|v| matches!(v, "read" | "say" | "state" | "warn"));
    let noun = match it.tokens[verb].tag {
        Tag::VBG => verb.checked_sub(1)?,
        _ if matches!(lower(it, verb.checked_sub(1)?).as_str(), "that" | "which") => verb.checked_sub(2)?,
        _ => return None,
    };
    if !bears || noun < here.start || !WRITTEN.contains(&lower(it, noun)) {
        return None;
    }
    let first = noun_phrase_before(it, noun + 1, here)?;
    let own = (here.start..first).rev().take(2).any(|i| AUTHORED.contains(&lower(it, i)));
    (!own).then(|| (verb, it.tokens[first].span.cover(it.tokens[noun].span)))
}

/// Forms of verbs of one who passes on what another published: "retweeted a post that said".
static SHARING: WordSet = WordSet::english(Fact::PassedOn, "sharing");

/// Nouns for what somebody publishes: "a tweet by Marsh that reads".
static PIECES: WordSet = WordSet::english(Fact::ReportingVerbs, "piece");

/// "a tweet by Ada Stone that reads, “…”", "a post Marsh sent in May in which she said, “…”": the verb and whose the piece is.
fn of_piece(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let verb = before_marks(it, here).filter(|v| *v > here.start + 1)?;
    reporting_verb(&lower(it, verb))?;
    let pronoun = matches!(lower(it, verb - 1).as_str(), "he" | "she" | "they");
    let opens = match it.tokens[verb].tag {
        Tag::VBG => verb,
        _ if matches!(lower(it, verb - 1).as_str(), "that" | "which") => verb - 1,
        _ if pronoun && lower(it, verb - 2) == "which" => {
            (verb - 2).checked_sub(1).filter(|i| lower(it, *i) == "in")?
        }
        _ => return None,
    };
    let from = here.start.max(opens.saturating_sub(NEAR));
    let noun = (from..opens).rev().find(|&i| PIECES.contains(&lower(it, i)) && it.tokens[i].tag.is_noun())?;
    let next = noun + 1;
    let person = |span: Span| it.names_in(span).iter().any(|n| n.kind != NameKind::Place);
    if next < opens && matches!(lower(it, next).as_str(), "by" | "from") {
        let last =
            (next + 1..opens).take_while(|&i| is_nominal(it, i)).last().filter(|l| it.tokens[*l].tag.is_noun())?;
        let span = it.tokens[next + 1].span.cover(it.tokens[last].span);
        let verb_between = (last + 1..opens).any(|i| is_finite(it.tokens[i].tag));
        return (!verb_between && can_speak(it, span)).then_some((verb, span));
    }
    // "a post Marsh sent in May in which she said", "the letter that Marsh wrote in which she said".
    let first = if next < opens && matches!(lower(it, next).as_str(), "that" | "which") { next + 1 } else { next };
    if let Some(sent) = (first..opens).find(|&i| is_finite(it.tokens[i].tag)).filter(|i| *i > first) {
        let span = it.tokens[first].span.cover(it.tokens[sent - 1].span);
        let plain = (first..sent).all(|i| is_nominal(it, i)) && it.tokens[sent - 1].tag.is_noun();
        return (plain && person(span)).then_some((verb, span));
    }
    // "Marsh's tweet that reads", "retweeted a post that said".
    let Some(owner) = noun.checked_sub(1).filter(|i| it.tokens[*i].tag == Tag::POS) else {
        let first = noun_phrase_before(it, noun + 1, here).filter(|f| *f > here.start)?;
        let passed = first.checked_sub(1).is_some_and(|i| SHARING.contains(&lower(it, i)));
        return (passed && next == opens).then(|| (verb, it.tokens[first].span.cover(it.tokens[noun].span)));
    };
    let first = noun_phrase_before(it, owner, here)?;
    let span = it.tokens[first].span.cover(it.tokens[owner - 1].span);
    person(span).then_some((verb, span))
}

/// Gives what stands in marks to the one by whom a thing is said to be called so: "condemned by the union as “toys”".
pub(super) fn mend_called_by(it: &Annotated, quote: &mut Quote) -> bool {
    let Some((part, here)) = only_part(it, quote) else { return false };
    let Some((cue, speaker)) = called_by(it, &here) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(it.tokens[cue].span), Some(speaker));
    (quote.span, quote.kind) = (part, QuoteKind::Mixed);
    true
}

/// "condemned by the union as “toys”": the participle and by whom.
fn called_by(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let last = here.end.checked_sub(1).filter(|i| *i > here.start && lower(it, *i) == "as")?;
    let first = noun_phrase_before(it, last, here)?;
    let participle = first.checked_sub(2).filter(|i| *i >= here.start && lower(it, first - 1) == "by")?;
    let span = it.tokens[first].span.cover(it.tokens[last - 1].span);
    let passive = matches!(it.tokens[participle].tag, Tag::VBN | Tag::VBD);
    (passive && can_speak(it, span)).then_some((participle, span))
}

/// Gives "“…,” read a sign" to what bears the words, "“…,” read a statement from the union" to whose it is, and "“…,” the
/// Gazette quoted Stone as saying" to Stone.
pub(super) fn mend_borne(it: &Annotated, quote: &mut Quote) -> bool {
    let Some(&part) = quote.parts.last().filter(|_| matches!(quote.kind, QuoteKind::Direct | QuoteKind::Mixed)) else {
        return false;
    };
    let Some((cue, speaker)) = borne(it, part).or_else(|| quoted_behind(it, part)) else { return false };
    (quote.cue_span, quote.speaker_span) = (Some(cue), Some(speaker));
    true
}

/// The verb and what bears the words, or whose they are, right behind the marks that close `part`.
fn borne(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    if !it.text(part).ends_with([',', '?', '!']) {
        return None;
    }
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let verb = mark + 1;
    let end = it.sentence_at(it.tokens.get(mark)?.span.start()).map(|s| it.sentences[s].end_token)?;
    if verb + 1 >= end || !matches!(lower(it, verb).as_str(), "read" | "reads") {
        return None;
    }
    let run = |from: usize| (from..end).take_while(|&i| is_nominal(it, i)).last();
    let last = run(verb + 1)?;
    let noun = (verb + 1..=last).find(|&i| {
        let noun = lower(it, i);
        PIECES.contains(&noun) || WRITTEN.contains(&noun)
    })?;
    let whose = (lower(it, noun + 1) == "by" || lower(it, noun + 1) == "from")
        .then(|| run(noun + 2))
        .flatten()
        .map(|last| it.tokens[noun + 2].span.cover(it.tokens[last].span))
        .filter(|span| can_speak(it, *span));
    Some((it.tokens[verb].span, whose.unwrap_or(it.tokens[verb + 1].span.cover(it.tokens[noun].span))))
}

/// "“…,” the Gazette quoted Ada Stone as saying": the participle and who is quoted, right behind the marks that close `part`.
fn quoted_behind(it: &Annotated, part: Span) -> Option<(Span, Span)> {
    let mark = it.tokens.partition_point(|t| t.span.start() < part.end());
    let here = it.sentence_at(it.tokens.get(mark)?.span.start()).map(|s| mark + 1..it.sentences[s].end_token)?;
    let verb = here.clone().take(NEAR).find(|&i| it.tokens[i].tag.is_verb())?;
    let quoting = reporting_verb(&lower(it, verb)).is_some_and(|v| REPEATING.contains(v));
    let end = (verb + 1..here.end).take_while(|&i| is_nominal(it, i)).last()?;
    let saying = Some(end + 2).filter(|&i| i < here.end && lower(it, end + 1) == "as")?;
    let said = it.tokens[saying].tag == Tag::VBG && reporting_verb(&lower(it, saying)).is_some();
    let span = it.tokens[verb + 1].span.cover(it.tokens[end].span);
    (quoting && said && can_speak(it, span)).then_some((it.tokens[saying].span, span))
}

/// The token before the marks that `here` ends with, past a comma or colon.
pub(super) fn before_marks(it: &Annotated, here: &Range<usize>) -> Option<usize> {
    (here.start..here.end).rev().find(|&i| !matches!(lower(it, i).as_str(), "," | ":"))
}

/// "Marsh told police he “blacked out,” according to an affidavit": the verb of telling that the words in marks hang on, and its
/// own subject.
fn told_before(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    if let Some(found) = quoted_as_saying(it, here) {
        return Some(found);
    }
    // "a memo in which an aide called farmers", of which the tagger takes the verb for a participle.
    let called = |i: usize| {
        let opens =
            |f: usize| f > here.start && matches!(lower(it, f - 1).as_str(), "which" | "where" | "after" | "when");
        it.tokens[i].tag == Tag::VBN && noun_phrase_before(it, i, here).is_some_and(opens)
    };
    let tells = |i: usize| {
        reporting_verb(&lower(it, i)).is_some_and(|v| RELAYED.contains(v)) && (is_finite(it.tokens[i].tag) || called(i))
    };
    let from = here.start.max(here.end.saturating_sub(NEAR));
    let verb = (from..here.end).rev().find(|&i| tells(i))?;
    let led = matches!(lower(it, here.end - 1).as_str(), "," | ":");
    let parted = (verb + 1..here.end - usize::from(led)).any(|i| matches!(it.tokens[i].tag, Tag::Comma | Tag::Quote));
    // A second clause would be the other's own words: "said the road was shut and the ferry was “late,” according to".
    let clauses = (verb + 1..here.end).filter(|&i| is_finite(it.tokens[i].tag)).count();
    let speaker = past_auxiliaries(it, verb, here)
        .and_then(|i| past_clause(it, verb, here, it.tokens[i].span))
        .or_else(|| own_subject(it, verb, here))?;
    (!parted && clauses <= 1 && speaker.end() <= it.tokens[verb].span.start()).then_some((verb, speaker))
}

/// "Marsh was quoted as saying that the ferry was", "is said to have called": the verb and who is said to have said it.
fn quoted_as_saying(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let from = here.start.max(here.end.saturating_sub(NEAR));
    let passive = |i: usize| {
        matches!(it.tokens[i].tag, Tag::VBN | Tag::VBD)
            && i > here.start
            && matches!(lower(it, i - 1).as_str(), "was" | "were" | "is" | "are" | "been")
    };
    let inner = (from..here.end).rev().find(|&i| {
        let says = reporting_verb(&lower(it, i)).is_some() && i >= here.start + 3;
        let as_saying = || it.tokens[i].tag == Tag::VBG && lower(it, i - 1) == "as" && passive(i - 2);
        let to_have = || lower(it, i - 1) == "have" && lower(it, i - 2) == "to" && passive(i - 3);
        says && (as_saying() || to_have())
    })?;
    let outer = (here.start..inner).rev().find(|&i| passive(i))?;
    let parted = (inner + 1..before_marks(it, here)?).any(|i| matches!(it.tokens[i].tag, Tag::Comma | Tag::Quote));
    let speaker = subject(it, outer - 1, here)?;
    (!parted && can_speak(it, speaker)).then_some((inner, speaker))
}

/// "quoted her father as saying": the verb and who is quoted.
fn as_saying(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let from = here.start.max(here.end.saturating_sub(4));
    let saying = (from..here.end).rev().find(|&i| {
        it.tokens[i].tag == Tag::VBG
            && reporting_verb(&lower(it, i)).is_some()
            && i > here.start
            && lower(it, i - 1) == "as"
    })?;
    let first = noun_phrase_before(it, saying - 1, here)?;
    let outer =
        (here.start..first).rev().find(|&i| reporting_verb(&lower(it, i)).is_some_and(|v| REPEATING.contains(v)))?;
    (it.tokens[outer].tag.is_verb()).then(|| (saying, it.tokens[first].span.cover(it.tokens[saying - 2].span)))
}

/// The verb nearest before the marks and its own subject, where the cue `told` or another verb of telling stands before both.
fn passed_on(it: &Annotated, told: usize, here: &Range<usize>) -> Option<(usize, Span)> {
    // Who adds something is who tells of it.
    if before_marks(it, here).is_some_and(|i| lower(it, i) == "adding") {
        return None;
    }
    if let Some(found) = went_on(it, here) {
        return Some(found);
    }
    let tells = |i: usize| {
        reporting_verb(&lower(it, i)).is_some_and(|v| RELAYED.contains(v)) || THREATENED.contains(&lower(it, i))
    };
    let heard = |i: usize| {
        it.tokens[i].tag == Tag::VB
            && (here.start..i).rev().take(8).any(|k| {
                it.tokens[k].tag.is_verb() && reporting_verb(&lower(it, k)).is_some_and(|v| REPEATING.contains(v))
            })
    };
    // "kept asking", "used to say": the verb before it has the subject.
    let repeated = |i: usize| match it.tokens[i].tag {
        // "was awake and asking".
        Tag::VBG if i > here.start && lower(it, i - 1) == "and" => (here.start..i - 1)
            .rev()
            .take(ADDRESSED)
            .find(|&k| is_finite(it.tokens[k].tag))
            .filter(|&k| matches!(lower(it, k).as_str(), "was" | "were" | "is" | "are")),
        Tag::VBG => i.checked_sub(1).filter(|k| *k >= here.start && KEEPING.contains(&lower(it, *k))),
        Tag::VB => i.checked_sub(2).filter(|k| *k >= here.start && lower(it, *k) == "used" && lower(it, k + 1) == "to"),
        _ => None,
    };
    let finite = |i: usize| {
        let tag = it.tokens[i].tag;
        is_finite(tag) && tag != Tag::MD
            || tag == Tag::VBN && i > here.start && matches!(lower(it, i - 1).as_str(), "had" | "has" | "have")
            // Right before marks, and behind a noun, the tagger takes a past form for a participle.
            || tag == Tag::VBN && (i + 1 == here.end || i + 2 == here.end && lower(it, i + 1) == "to")
            || heard(i)
            || repeated(i).is_some()
    };
    let from = here.start.max(here.end.saturating_sub(REACH));
    let inner = (from..here.end).rev().find(|&i| tells(i) && finite(i))?;
    // "not a loan — as the bank had claimed — but “…”": said aside, of something else.
    let ends =
        |i: usize| it.tokens[i].tag == Tag::Quote || matches!(lower(it, i).as_str(), ";" | "—" | "–" | "--" | ")");
    if (inner..here.end).any(ends) {
        return None;
    }
    // "The man accused of robbing Stone told", "A clerk who accused the yard of hiding cracks told".
    let own = repeated(inner).unwrap_or(inner);
    let object = past_auxiliaries(it, inner, here).map(|i| it.tokens[i].span);
    let clause = object.and_then(|object| past_clause(it, inner, here, object));
    let speaker = clause.or_else(|| own_subject(it, own, here))?;
    let first = token_at(it, speaker.start());
    if first > here.start && lower(it, first - 1) == "as" {
        return None;
    }
    // "called the plan that Marsh announced “dead”": a clause about the plan; "told reporters that Marsh" opens what is told.
    let that = first >= here.start + 2
        && matches!(lower(it, first - 1).as_str(), "that" | "which" | "whom")
        && it.tokens[first - 2].tag.is_noun();
    let addressed = |i: usize| reporting_verb(&lower(it, i)).is_some_and(|v| ADDRESSING.contains(v));
    // "said in his report that Stone had called it “a gift”".
    let near = || first.saturating_sub(ADDRESSED).max(here.start)..first - 1;
    let placed = || {
        near()
            .any(|i| reporting_verb(&lower(it, i)).is_some() && matches!(lower(it, i + 1).as_str(), "in" | "at" | "on"))
    };
    let relative = that && !near().any(addressed) && !placed();
    let outer = told < first && told >= here.start
        || clause.is_some() && told < inner && told > first
        || (here.start..first).any(|i| reporting_verb(&lower(it, i)).is_some() && is_finite(it.tokens[i].tag));
    (outer && !relative).then_some((inner, speaker))
}

/// "Marsh testified that Stone bragged of it, saying, “…”": the participle, and the subject of the verb of speech that it goes on
/// with, where another tells of that.
fn went_on(it: &Annotated, here: &Range<usize>) -> Option<(usize, Span)> {
    let saying = before_marks(it, here)?;
    let comma = saying.checked_sub(1).filter(|i| *i > here.start && lower(it, *i) == ",")?;
    if it.tokens[saying].tag != Tag::VBG || reporting_verb(&lower(it, saying)).is_none() {
        return None;
    }
    let speech = |i: usize| is_finite(it.tokens[i].tag) && it.tokens[i].tag != Tag::MD;
    let verb = (here.start..comma).rev().find(|&i| speech(i))?;
    let speaker = own_subject(it, verb, here)?;
    let first = token_at(it, speaker.start());
    let outer = (here.start..first).rev().find(|&i| is_finite(it.tokens[i].tag))?;
    let tells = |i: usize| reporting_verb(&lower(it, i)).is_some();
    let plain = (verb..comma).all(|i| it.tokens[i].tag != Tag::Comma);
    (tells(verb) && tells(outer) && plain).then_some((saying, speaker))
}

/// The subject of the verb `at`, where it stands right before it: a name, a noun for somebody, "he", "she", "they". Behind
/// "and" it is that of the verb before, where that is a person's name: "that Stone opened it and said".
fn own_subject(it: &Annotated, at: usize, here: &Range<usize>) -> Option<Span> {
    let before = past_auxiliaries(it, at, here)?;
    let token = &it.tokens[before];
    let word = lower(it, before);
    if token.tag == Tag::PRP {
        return matches!(word.as_str(), "he" | "she" | "they").then_some(token.span);
    }
    // "Unlike Stone, who said".
    if token.tag == Tag::WP {
        return (word == "who" && before > here.start && lower(it, before - 1) == ",").then_some(token.span);
    }
    // "the burglar shouted", of which the tagger takes the noun for an adjective.
    if token.tag == Tag::JJ && before > here.start && it.tokens[before - 1].tag == Tag::DT {
        return Some(it.tokens[before - 1].span.cover(token.span));
    }
    if token.tag.is_noun() {
        let span = subject(it, at, here)?;
        let first = token_at(it, span.start());
        // "he and the engineers told", "30 people called a hotline".
        let several = first > here.start && matches!(lower(it, first - 1).as_str(), "and" | "or")
            || it.tokens_in(span).iter().any(|t| t.tag == Tag::CD);
        return (!several && can_speak(it, span) && it.times_over(span).next().is_none()).then_some(span);
    }
    let person = |span: Span| it.names_in(span).iter().any(|n| n.kind == NameKind::Person);
    match word.as_str() {
        "and" if lower(it, at) != "added" => {
            let first = (here.start..before).rev().find(|&i| is_finite(it.tokens[i].tag))?;
            if let Some((_, teller)) = of_same_verb(it, at, first, here) {
                return Some(teller);
            }
            let somebody =
                |s: Span| it.tokens_in(s).last().is_some_and(|t| takes_name(&it.text(t.span).to_lowercase()));
            subject(it, first, here).filter(|s| person(*s) || somebody(*s))
        }
        // "that Stone, his chief of staff, told lawmakers".
        "," => {
            let near = || {
                let open = (here.start..before).rev().take(REACH).find(|&i| lower(it, i) == ",")?;
                let first = noun_phrase_before(it, open, here)?;
                let span = it.tokens[first].span.cover(it.tokens[open - 1].span);
                let verb = (open..before).any(|i| is_finite(it.tokens[i].tag));
                (person(span) && !verb).then_some(span)
            };
            near().or_else(|| before_asides(it, before, here))
        }
        _ => None,
    }
}
