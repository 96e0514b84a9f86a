//! Which words name the speaker, as a whole phrase, and what the fullest form of that name is in the article.
//!
//! The model points at one word of the source; its phrase may still be the place in "an official in Ost", the party in
//! "Ada Stone (Lab.)", or a bare "the" whose noun the model took for content.

use crate::entities::MOST_BARE;
use crate::gazetteer::{ADDRESS, DATE, GAZETTEER};
use crate::tokens::Abbreviation::Anywhere;
use crate::tokens::abbreviation;
use crate::{Annotated, Tag};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;
use std::ops::Range;

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "mention");

/// A phrase that names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The noun phrase itself: "the spokeswoman".
    pub(crate) head: Span,
    /// With what belongs to it: "the spokeswoman for Ada Stone".
    pub(crate) whole: Span,
}

/// The phrase around `span`, mended.
pub(crate) fn mention(it: &Annotated, span: Span) -> Mention {
    let from = it.tokens.partition_point(|t| t.span.end() <= span.start());
    let to = from + it.tokens[from..].partition_point(|t| t.span.start() < span.end());
    let sentence =
        it.sentence_at(span.start()).map_or(from..to, |s| it.sentences[s].first_token..it.sentences[s].end_token);
    if from >= to {
        return Mention { head: span, whole: span };
    }
    // "evidence that aides said": the conjunction is no part of them.
    let conjunction = lower(it, from) == "that" && to > from + 1 && it.tokens[to - 1].tag == Tag::NNS;
    let from = from + usize::from(conjunction);
    let (from, to) = before_party(it, from, &sentence).unwrap_or((from, to));
    let to = compound(it, to, &sentence);
    let to = noun_after(it, from..to, &sentence);
    let (from, to) = who_uttered(it, to, &sentence).unwrap_or((from, to));
    let (from, to) = before_bracket(it, from..to, &sentence).unwrap_or((from, to));
    let (from, to) = titled_name(it, from..to, &sentence).unwrap_or((from, to));
    let from = behind_title(it, from..to).unwrap_or(from);
    let to = before_day(it, from..to).unwrap_or(to);
    let (from, to) = before_participle(it, from, &sentence).unwrap_or((from, to));
    let (from, to) = first_role(it, from..to, &sentence).unwrap_or((from, to));
    let place = |from: usize, to: usize| it.tokens[from].span.cover(it.tokens[to - 1].span);
    match before_preposition(it, from, &sentence) {
        // "ministers on Thursday": the day is no part of them.
        Some((first, end)) if is_month_or_day(text(it, from)) => {
            Mention { head: place(first, end), whole: place(first, end) }
        }
        Some((first, _)) if let Some(name) = behind_title(it, first..to) => {
            Mention { head: place(name, to), whole: place(name, to) }
        }
        // "the Institute for Locks".
        Some((first, end)) if is_body(it, first, end, from) => {
            Mention { head: place(first, to), whole: place(first, to) }
        }
        Some((first, end)) => Mention { head: place(first, end), whole: place(first, to) },
        None => Mention { head: place(from, to), whole: place(from, with_complement(it, from..to, &sentence)) },
    }
}

/// Whether a capitalised noun for a body and "for" or "of" begin its name, which ends in the capitalised words from token `from` on.
fn is_body(it: &Annotated, first: usize, end: usize, from: usize) -> bool {
    let noun = lower(it, end - 1);
    let named =
        Language::english().list(Fact::OrganizationEndings).contains(&noun) && it.tokens[end - 1].tag.is_proper();
    let words = end + 1 == from && matches!(text(it, end), "for" | "of") && it.tokens[from].tag.is_proper();
    named && words && end - first <= 2 && text(it, end - 1).starts_with(char::is_uppercase)
}

/// Where a phrase for somebody without a name ends with what tells whose he is: "a spokesman for the port".
fn with_complement(it: &Annotated, phrase: Range<usize>, sentence: &Range<usize>) -> usize {
    let person = || {
        let noun = lower(it, phrase.end - 1);
        it.tokens[phrase.start].tag == Tag::DT && super::persons::names_person(&noun)
    };
    let whose = matches!(lower(it, phrase.end).as_str(), "for" | "of" | "from" | "at");
    if phrase.end + 1 >= sentence.end || !whose || !person() {
        return phrase.end;
    }
    let part = |i: usize| {
        it.tokens[i].tag.is_noun() || matches!(it.tokens[i].tag, Tag::DT | Tag::JJ | Tag::POS | Tag::Hyph | Tag::PRPS)
    };
    let last = (phrase.end + 1..sentence.end).take_while(|&i| part(i)).filter(|&i| it.tokens[i].tag.is_noun()).last();
    last.filter(|l| !is_month_or_day(text(it, *l))).map_or(phrase.end, |l| l + 1)
}

/// Where a phrase that was cut at a hyphen ends: "The council-owned ferry" of "The council-".
fn compound(it: &Annotated, to: usize, sentence: &Range<usize>) -> usize {
    if to >= sentence.end || it.tokens[to - 1].tag != Tag::Hyph {
        return to;
    }
    let part = |i: usize| it.tokens[i].tag.is_noun() || matches!(it.tokens[i].tag, Tag::JJ | Tag::Hyph | Tag::CD);
    let end = (to + 1..sentence.end).take_while(|&i| part(i)).last().map_or(to + 1, |i| i + 1);
    // "The write-up says": what follows the hyphen belongs to the word, whatever it is.
    let joined = it.tokens[to].span.start() == it.tokens[to - 1].span.end() && to + 1 < sentence.end;
    match it.tokens[end - 1].tag.is_noun() {
        true => end,
        false if joined => to + 1,
        false => to,
    }
}

/// A phrase of determiners alone goes on to its noun.
fn noun_after(it: &Annotated, phrase: Range<usize>, sentence: &Range<usize>) -> usize {
    let alone = |i: usize| matches!(it.tokens[i].tag, Tag::DT | Tag::PRPS | Tag::JJ | Tag::CD);
    let determined = matches!(it.tokens[phrase.start].tag, Tag::DT | Tag::PRPS);
    let pronoun =
        matches!(lower(it, phrase.start).as_str(), "this" | "that" | "these" | "those" | "some" | "all" | "both");
    if !determined || pronoun || !phrase.clone().all(alone) {
        return phrase.end;
    }
    let noun = (phrase.end..sentence.end.min(phrase.end + 6))
        .take_while(|&i| {
            alone(i) || it.tokens[i].tag.is_noun() || matches!(it.tokens[i].tag, Tag::VBN | Tag::VBG | Tag::Hyph)
        })
        .skip_while(|&i| !it.tokens[i].tag.is_noun())
        .take_while(|&i| it.tokens[i].tag.is_noun())
        .last();
    noun.map_or(phrase.end, |n| n + 1)
}

/// The name before a party and its state behind a comma: "Ada Stone" of "Ada Stone, D-Ost,".
fn before_party(it: &Annotated, from: usize, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let party = |i: usize| matches!(text(it, i), "D" | "R" | "I" | "Lab" | "Con");
    let joined = |i: usize| matches!(text(it, i), "-" | "–" | "‑");
    let state = |i: usize| text(it, i).ends_with('.') && abbreviation(text(it, i).trim_end_matches('.')) == Anywhere;
    let begins = from + 2 < sentence.end && party(from) && joined(from + 1)
        || state(from)
        || from > sentence.start && ["D-", "R-", "I-"].iter().any(|p| text(it, from).starts_with(p));
    let first = if from >= sentence.start + 3 && joined(from - 1) && party(from - 2) {
        from - 2
    } else if begins {
        from
    } else {
        return None;
    };
    let comma = first.checked_sub(1).filter(|&i| i > sentence.start && matches!(text(it, i), "," | "("))?;
    Some((noun_phrase_before(it, comma, sentence)?, comma))
}

/// Nouns for what bears words: "a sign saying".
pub(super) static WRITTEN: WordSet = WordSet::english(Fact::ReportingVerbs, "written");

/// Nouns for what somebody says or writes, whose words follow, and for what he is said to have said.
pub(super) static MESSAGES: WordSet = WordSet::english(Fact::PassedOn, "message");
static OWNED: WordSet = WordSet::english(Fact::ReportingVerbs, "owned");
static CLAIMED: WordSet = WordSet::english(Fact::PassedOn, "owned");

/// Whether `word` names what its owner is said to have said.
pub(super) fn is_owned(word: &str) -> bool {
    OWNED.contains(word) || CLAIMED.contains(word)
}

/// Nouns for what somebody said.
static UTTERED: WordSet = WordSet::english(Fact::ReportingVerbs, "uttered");

/// Whose words are meant where the phrase before token `to` only names words: "officials" of "warnings from officials".
fn who_uttered(it: &Annotated, to: usize, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let ends = to > sentence.start && UTTERED.contains(lower(it, to - 1).as_str());
    if !ends || to >= sentence.end || !matches!(lower(it, to).as_str(), "from" | "by" | "of") {
        return None;
    }
    let part = |i: usize| {
        let tag = it.tokens[i].tag;
        tag.is_noun() || matches!(tag, Tag::DT | Tag::JJ | Tag::JJS | Tag::CD | Tag::POS | Tag::Hyph | Tag::PRPS)
    };
    let end = (to + 1..sentence.end).take_while(|&i| part(i)).filter(|&i| it.tokens[i].tag.is_noun()).last()? + 1;
    Some((to + 1, end))
}

/// The noun phrase before the bracket that `phrase` stands in: "Ada Stone" of "Ada Stone (Lab.)".
fn before_bracket(it: &Annotated, phrase: Range<usize>, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let open = (sentence.start..phrase.start).rev().take(4).find(|&i| it.tokens[i].tag == Tag::Bracket)?;
    if !matches!(text(it, open), "(" | "[") || !sentence.contains(&open) || open == sentence.start {
        return None;
    }
    let first = noun_phrase_before(it, open, sentence)?;
    Some((first, open))
}

/// The person whose name the capitalised words behind `phrase` lead to, all of them parts of the title or the body in front:
/// "Secretary of Harbour Security Ada Stone", "Friends of the River Director Bo Marsh".
fn titled_name(it: &Annotated, phrase: Range<usize>, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let opens = it.tokens.get(phrase.end - 1).is_some_and(|t| t.tag.is_proper());
    if !opens || !matches!(text(it, phrase.end), "of" | "for" | "and" | "&") || phrase.end >= sentence.end {
        return None;
    }
    let next = it.names.partition_point(|n| n.span.start() < it.tokens[phrase.end].span.end());
    let name = it.names[next..].iter().take(3).find(|n| n.kind == crate::NameKind::Person)?;
    let first = it.tokens.partition_point(|t| t.span.start() < name.span.start());
    let end = it.tokens.partition_point(|t| t.span.end() <= name.span.end());
    let small = |i: usize| matches!(text(it, i), "of" | "for" | "and" | "the" | "&" | "-");
    let run = first <= phrase.end + MOST_TITLE && end <= sentence.end;
    let title = |i: usize| GAZETTEER.heads.contains(lower(it, i).trim_end_matches('.'));
    let led = run
        && (phrase.end..first).all(|i| it.tokens[i].tag.is_proper() || small(i))
        && it.tokens[first - 1].tag.is_proper()
        && (title(first - 1) || phrase.clone().any(title));
    led.then_some((first, end))
}

/// Where a phrase ends before the time behind it: "the military Monday said", "a study last August found".
fn before_day(it: &Annotated, phrase: Range<usize>) -> Option<usize> {
    let last = it.tokens.get(phrase.end - 1)?.span;
    if !is_month_or_day(it.text(last)) || it.names_over(last).next().is_some() {
        return None;
    }
    let start = it.times_over(last).next().map_or(last.start(), |t| t.span.start());
    let at = it.tokens.partition_point(|t| t.span.start() < start);
    (at > phrase.start).then_some(at)
}

/// Where the name of the person begins with which a phrase ends that leads up to it with a title: "Harbour Inspector General for
/// Lock Administration Ada Stone". "Counsel for Mayor Ada Stone" is another.
fn behind_title(it: &Annotated, phrase: Range<usize>) -> Option<usize> {
    let end = it.tokens.get(phrase.end - 1)?.span.end();
    let at = it.names.partition_point(|n| n.span.end() < end);
    let name = it.names.get(at).filter(|n| n.span.end() == end && n.kind == crate::NameKind::Person)?;
    let name = Some(name).filter(|n| it.text(n.span).contains(' '))?;
    let first = it.tokens.partition_point(|t| t.span.start() < name.span.start());
    let small = |i: usize| matches!(text(it, i), "of" | "for" | "to" | "and" | "the" | "&" | "-");
    let title = |i: usize| GAZETTEER.heads.contains(lower(it, i).trim_end_matches('.'));
    let inside = phrase.start..first;
    let address = || lower(it, first - 1);
    // "Sailors for Clean Water President Ada Stone".
    let body = || it.tokens[phrase.start].tag == Tag::NNPS && !title(phrase.start) && inside.len() >= SHORTEST_BODY;
    (inside.len() > 1
        && inside.clone().any(|i| small(i) && text(it, i) != "the")
        && inside.clone().all(|i| it.tokens[i].tag.is_proper() || small(i))
        && inside.clone().any(title)
        && it.tokens[first - 1].tag.is_proper()
        && !is_address(address().trim_end_matches('.'))
        && (!(title(first - 1) && inside.clone().any(|i| matches!(text(it, i), "for" | "to"))) || body()))
    .then_some(first)
}

/// Tokens of the name of a body, its "for" among them, with the title of who speaks for it.
const SHORTEST_BODY: usize = 4;

/// The first of two roles of one person, of which `phrase` is the second: "the former governor and party nominee".
fn first_role(it: &Annotated, phrase: Range<usize>, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let and = phrase.start.checked_sub(1).filter(|i| sentence.contains(i) && text(it, *i) == "and")?;
    let role = |i: usize| it.tokens[i].tag == Tag::NN && super::persons::takes_name(&lower(it, i));
    let bare = !matches!(it.tokens[phrase.start].tag, Tag::DT | Tag::PRPS);
    if and == sentence.start || !bare || !role(phrase.end - 1) || !role(and - 1) {
        return None;
    }
    let first = noun_phrase_before(it, and, sentence)?;
    (lower(it, first) == "the").then_some((first, and))
}

/// Who acts where the phrase from token `from` on is only what he acts on: "others challenging the ban said".
fn before_participle(it: &Annotated, from: usize, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let participle = from.checked_sub(1).filter(|i| sentence.contains(i) && it.tokens[*i].tag == Tag::VBG)?;
    let not =
        matches!(lower(it, participle).as_str(), "according" | "including" | "following" | "regarding" | "citing");
    let determined = matches!(it.tokens.get(from)?.tag, Tag::DT | Tag::PRPS | Tag::NNS | Tag::NNP);
    if not || !determined || participle == sentence.start {
        return None;
    }
    Some((noun_phrase_before(it, participle, sentence)?, participle))
}

/// Tokens between the beginning of a title and the name it belongs to.
const MOST_TITLE: usize = 10;

/// The noun phrase on which a preposition before token `from` depends, past "writing" in "a man writing in May".
fn before_preposition(it: &Annotated, from: usize, sentence: &Range<usize>) -> Option<(usize, usize)> {
    let mut found = None;
    let mut at = from;
    // "the head of the union of miners": at most three steps.
    for _ in 0..3 {
        // "the wife of jailed editor Ada Stone".
        let participle = at.checked_sub(2).filter(|i| sentence.contains(i) && lower(it, *i) == "of");
        let bare = it.tokens[at].tag.is_noun() || it.tokens[at].tag == Tag::JJ;
        if participle.is_some() && bare && (it.tokens[at - 1].tag == Tag::VBN || lower(it, at - 1) == "missing") {
            at -= 1;
        }
        let Some(preposition) = at.checked_sub(1).filter(|i| sentence.contains(i)) else { break };
        let word = lower(it, preposition);
        // "a banner across the bridge read".
        let placed = || {
            matches!(word.as_str(), "across" | "over" | "outside" | "above" | "near" | "behind" | "inside")
                && preposition > sentence.start
                && WRITTEN.contains(lower(it, preposition - 1).as_str())
        };
        if !matches!(word.as_str(), "of" | "for" | "at" | "from" | "in" | "with" | "to" | "on" | "about" | "by")
            && !placed()
        {
            break;
        }
        let mut end = preposition;
        let doing = end > sentence.start && it.tokens[end - 1].tag == Tag::VBG && lower(it, end - 1) != "according";
        if doing || word != "by" && knows(it, end, sentence) {
            end -= 1;
        } else if matches!(word.as_str(), "about" | "by") {
            break;
        }
        let Some(first) = noun_phrase_before(it, end, sentence) else { break };
        // "Secretary of State Ada Stone": the title goes on to the name.
        if lower(it, preposition) == "of"
            && found.is_none()
            && GAZETTEER.heads.contains(lower(it, end - 1).as_str())
            && (names_person_later(it, from, sentence) || given_later(it, from, sentence))
        {
            break;
        }
        // The words in "warnings from engineers" do not speak.
        let uttered = |word: &str| UTTERED.contains(word) || MESSAGES.contains(word) || is_owned(word);
        let whose = matches!(word.as_str(), "from" | "by") || word == "of" && lower(it, end - 1) == "words";
        if whose && uttered(lower(it, end - 1).as_str()) {
            break;
        }
        // A time or a clause in front is no speaker: "in May in Ost".
        if is_month_or_day(text(it, end - 1)) || is_pronoun(it, end - 1) {
            break;
        }
        found = Some((first, end));
        at = first;
    }
    found
}

/// Whether the word before token `end`, itself behind a noun, says how somebody stands to what follows: "familiar" of "a
/// person familiar with the talks", "briefed" of "sources briefed on them", "close" of "people close to the mayor".
fn knows(it: &Annotated, end: usize, sentence: &Range<usize>) -> bool {
    if end < sentence.start + 2 || !it.tokens[end - 2].tag.is_noun() {
        return false;
    }
    // A past form may be the verb of the sentence, "threats led to": behind a noun for people it is a participle.
    let noun = lower(it, end - 2);
    let people =
        super::persons::takes_name(noun.strip_suffix('s').unwrap_or(&noun)) || matches!(noun.as_str(), "people");
    match it.tokens[end - 1].tag {
        Tag::JJ | Tag::VBN => true,
        Tag::VBD => people,
        _ => lower(it, end - 1) == "close",
    }
}

/// Whether a person's name stands in the phrase from token `from` on, but not at its beginning.
fn names_person_later(it: &Annotated, from: usize, sentence: &Range<usize>) -> bool {
    let start = it.tokens[from].span.start();
    let at = it.names.partition_point(|n| n.span.start() <= start);
    it.names.get(at).is_some_and(|n| {
        n.kind == crate::NameKind::Person
            && (from..sentence.end)
                .take_while(|&i| it.tokens[i].span.start() < n.span.start())
                .all(|i| it.tokens[i].tag.is_proper() && !is_address(lower(it, i).trim_end_matches('.')))
    })
}

/// Whether the capitalised words from token `from` on end in a given name and a surname that the name finder took for none:
/// "Secretary of Harbour Security Ada Pond".
fn given_later(it: &Annotated, from: usize, sentence: &Range<usize>) -> bool {
    let run = (from..sentence.end).take_while(|&i| it.tokens[i].tag.is_proper()).count();
    run > 2 && GAZETTEER.given.contains_key(text(it, from + run - 2))
}

/// The person whose name follows the phrase `head` behind a comma: "the minister, Ada Stone, said", "a critic of the plan,
/// Ada Stone". Behind a role even what the name finder took for a place is a name.
pub(crate) fn name_in_apposition(it: &Annotated, head: Span) -> Option<usize> {
    let behind = it.tokens.partition_point(|t| t.span.start() < head.end());
    let role = behind.checked_sub(1).is_some_and(|i| {
        let noun = lower(it, i);
        super::persons::takes_name(&noun)
    });
    let at = behind_complement(it, behind).filter(|_| role).unwrap_or(behind);
    let at = behind_second_role(it, at).unwrap_or(at);
    let comma = it.tokens.get(at).filter(|t| it.text(t.span) == ",")?;
    let next = it.names.partition_point(|n| n.span.start() < comma.span.end());
    let named = |n: &&crate::Name| {
        n.kind == crate::NameKind::Person
            || role && it.text(n.span).contains(' ') && n.kind != crate::NameKind::Organization
    };
    let name = it.names.get(next).filter(named)?;
    let close = it.tokens.get(it.tokens.partition_point(|t| t.span.start() < name.span.end()))?;
    // "the Speaker, Dame Ada Stone".
    let titled = it
        .tokens
        .get(at + 1)
        .is_some_and(|_| GAZETTEER.heads.contains(lower(it, at + 1).as_str()) || lower(it, at + 1) == "dame");
    let first =
        at + 1 + usize::from(titled && it.tokens.get(at + 2).is_some_and(|t| t.span.start() == name.span.start()));
    let adjacent = it.tokens.get(first).is_some_and(|t| t.span.start() == name.span.start());
    (adjacent && matches!(it.text(close.span), "," | "." | ")" | ";" | "—" | "–")).then_some(name.entity)
}

/// The token behind "and former pilot" at token `at`: another role of the same person, for it has no article of its own.
fn behind_second_role(it: &Annotated, at: usize) -> Option<usize> {
    let and = it.tokens.get(at).filter(|t| it.text(t.span) == "and")?;
    let part = |t: &&crate::Token| matches!(t.tag, Tag::NN | Tag::JJ | Tag::VBN | Tag::VBD | Tag::Hyph);
    let words = it.tokens[at + 1..].iter().take(MOST_TITLE).take_while(part).count();
    let role = words > 0 && super::persons::takes_name(&lower(it, at + words));
    (and.tag == Tag::CC && role).then_some(at + 1 + words)
}

/// The token behind "of the plan" at token `at`, if such words stand there.
pub(crate) fn behind_complement(it: &Annotated, at: usize) -> Option<usize> {
    let of = it.tokens.get(at).filter(|t| matches!(it.text(t.span), "of" | "for" | "at" | "in" | "with" | "from"))?;
    let part = |t: &&crate::Token| {
        t.tag.is_noun() || matches!(t.tag, Tag::DT | Tag::JJ | Tag::PRPS | Tag::POS | Tag::Hyph | Tag::CD | Tag::IN)
    };
    let words = it.tokens[at..].iter().take(8).take_while(part).count();
    (of.tag == Tag::IN && words > 1).then_some(at + words)
}

/// The person whose name stands before the phrase `head` and a comma: "Ada Stone, the clerk, said".
pub(crate) fn name_before_apposition(it: &Annotated, head: Span) -> Option<usize> {
    let at = it.tokens.partition_point(|t| t.span.start() < head.start());
    let determined = it.tokens.get(at).is_some_and(|t| matches!(t.tag, Tag::DT | Tag::PRPS));
    let comma = it.tokens.get(at.checked_sub(1)?).filter(|t| it.text(t.span) == ",")?;
    let before = it.names.partition_point(|n| n.span.end() <= comma.span.start());
    let name = it.names.get(before.checked_sub(1)?).filter(|n| n.kind == crate::NameKind::Person);
    let Some(name) = name.filter(|n| n.span.end() == comma.span.start()) else {
        // "Long, the harbour master, said": a surname that is a word, too, at the beginning of its sentence.
        let word =
            at.checked_sub(2).map(|i| it.text(it.tokens[i].span)).filter(|w| w.starts_with(char::is_uppercase))?;
        let mut bearers = it.entities.iter().enumerate().filter(|(_, e)| {
            e.kind == crate::NameKind::Person && e.name.rsplit_once(' ').is_some_and(|(_, surname)| surname == word)
        });
        let (bearer, _) = bearers.next()?;
        return (determined && bearers.next().is_none()).then_some(bearer);
    };
    let behind = it.tokens.partition_point(|t| t.span.start() < head.end());
    let closed = it.tokens.get(behind).is_some_and(|t| it.text(t.span) == ",");
    // "Ada Stone, Ruritanian Prime Minister: “…”", as scripts of broadcasts have it.
    let part = |t: &&crate::Token| t.tag.is_noun() || matches!(t.tag, Tag::JJ | Tag::IN | Tag::Hyph | Tag::POS);
    let script = || {
        let words = it.tokens[at..].iter().take(MOST_TITLE).take_while(part).count();
        it.tokens.get(at + words).is_some_and(|t| it.text(t.span) == ":")
    };
    (determined && closed || script()).then_some(name.entity)
}

/// The names joined to the one at `head` by commas and "and", all of them speakers: "Ada Stone, Bo Marsh and Cy Dahl".
pub(crate) fn joined_names(it: &Annotated, head: Span) -> Option<Vec<Span>> {
    let sentence = it.sentence_at(head.start()).map(|s| it.sentences[s])?;
    if sentence.heading {
        return None;
    }
    let names = it.names_in(sentence.span);
    let own = names.iter().position(|n| n.span.overlaps(head) && n.kind == crate::NameKind::Person)?;
    let between = |a: usize, b: usize| {
        let gap = Span::new(names[a].span.end(), names[b].span.start().max(names[a].span.end()));
        // "Ada Stone (health) and Bo Marsh (finance)".
        let between = it.text(gap).trim_start();
        let between = between.strip_prefix('(').and_then(|b| b.split_once(')')).map_or(between, |(_, rest)| rest);
        single(past_party(between)).or_else(|| titled(it, gap))
    };
    let person = |n: usize| names[n].kind == crate::NameKind::Person;
    let (mut first, mut last) = (own, own);
    let mut conjunction = false;
    while last + 1 < names.len() && person(last + 1) {
        match between(last, last + 1) {
            Some(and) if !conjunction => conjunction = and,
            _ => break,
        }
        last += 1;
    }
    while first > 0 && person(first - 1) {
        match between(first - 1, first) {
            Some(and) if !(and && conjunction) => conjunction |= and,
            _ => break,
        }
        first -= 1;
    }
    // "said Stone, and Marsh agreed": two clauses.
    let said = |at: Option<usize>| {
        at.and_then(|i| it.tokens.get(i)).is_some_and(|t| {
            matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP)
                && super::reporting_verb(&it.text(t.span).to_lowercase()).is_some()
        })
    };
    let behind = it.tokens.partition_point(|t| t.span.start() < names[last].span.end());
    let before = it.tokens.partition_point(|t| t.span.end() <= names[first].span.start()).checked_sub(1);
    if said(before) && said(Some(behind)) {
        return None;
    }
    // Without "and" the second is somebody else: "Ada Stone, Bo Marsh said".
    let different = |w: &[crate::Name]| w[0].entity != w[1].entity;
    (conjunction && first < last && names[first..=last].windows(2).all(different))
        .then(|| names[first..=last].iter().map(|n| n.span).collect())
}

/// What stands behind the party and state of the first of two names: " and " of ", D-Ost., and ".
fn past_party(between: &str) -> &str {
    let party = |(first, rest)| -> Option<&str> {
        let state: &str = first;
        let of_two = state.len() <= MOST_STATE && state.as_bytes().get(1) == Some(&b'-');
        (of_two && state.starts_with(['D', 'R', 'I'])).then_some(rest)
    };
    between.strip_prefix(", ").and_then(|rest| rest.split_once(',')).and_then(party).unwrap_or(between)
}

/// Bytes of a party and an abbreviated state, at most: "D-Calif.".
const MOST_STATE: usize = 8;

/// Whether only a comma (`false`) or an "and" (`true`) stands between two names.
fn single(between: &str) -> Option<bool> {
    match between.trim() {
        "," => Some(false),
        "and" | ", and" | "&" => Some(true),
        _ => None,
    }
}

/// The same where titles stand before the second name: "Mayor Ada Stone, Governor Bo Marsh and Harbour Commissioner Cy Dahl".
fn titled(it: &Annotated, gap: Span) -> Option<bool> {
    let tokens = it.tokens_in(gap);
    let and = tokens.iter().position(|t| matches!(it.text(t.span), "and" | "&"));
    let comma = tokens.first().is_some_and(|t| t.tag == Tag::Comma);
    let from = match and {
        Some(0) => 1,
        Some(1) if comma => 2,
        _ if comma => 1,
        _ => return None,
    };
    let title = tokens.get(from..).filter(|t| !t.is_empty())?;
    let part = |t: &crate::Token| t.tag.is_proper() || matches!(it.text(t.span), "of" | "for" | "&" | "and" | "-");
    let head = title.last().is_some_and(|t| {
        let word = it.text(t.span).to_lowercase();
        GAZETTEER.heads.contains(word.trim_end_matches('.')) || super::persons::takes_name(&word)
    });
    let common = |t: &crate::Token| matches!(t.tag, Tag::NN | Tag::JJ | Tag::Hyph);
    (head && (title.iter().all(part) || title.iter().all(common))).then_some(from > 1 || !comma)
}

/// Where the noun phrase that ends before token `end` begins.
pub(crate) fn noun_phrase_before(it: &Annotated, end: usize, sentence: &Range<usize>) -> Option<usize> {
    let is_part = |i: usize| {
        let tag = it.tokens[i].tag;
        tag.is_noun()
            || matches!(tag, Tag::JJ | Tag::JJR | Tag::JJS | Tag::CD | Tag::POS | Tag::Hyph | Tag::PRPS | Tag::DT)
    };
    if end <= sentence.start || !it.tokens[end - 1].tag.is_noun() {
        return None;
    }
    let mut first = end - 1;
    while first > sentence.start && is_part(first - 1) && !matches!(it.tokens[first].tag, Tag::DT | Tag::PRPS) {
        first -= 1;
    }
    // "an increasing number"
    if first > sentence.start + 1
        && matches!(it.tokens[first - 1].tag, Tag::VBG | Tag::VBN)
        && it.tokens[first - 2].tag == Tag::DT
        && it.tokens[first].tag.is_noun()
    {
        first -= 2;
    }
    Some(first)
}

fn is_address(word: &str) -> bool {
    GAZETTEER.of_lower(word) & ADDRESS != 0
}

fn is_month_or_day(word: &str) -> bool {
    GAZETTEER.of(word) & DATE != 0
}

fn is_pronoun(it: &Annotated, i: usize) -> bool {
    matches!(it.tokens[i].tag, Tag::PRP | Tag::WP)
}

fn text(it: &Annotated, i: usize) -> &str {
    it.tokens.get(i).map_or("", |t| it.text(t.span))
}

fn lower(it: &Annotated, i: usize) -> String {
    text(it, i).to_lowercase()
}

/// The run of capitalised words at the end of the phrase `head`, titles left out; where it ends in none,
/// or in a headline, `None`.
pub(crate) fn proper_name(it: &Annotated, head: Span) -> Option<Span> {
    // In a headline a verb is capitalised like a name.
    if it.sentence_at(head.start()).is_some_and(|s| it.sentences[s].heading) {
        return None;
    }
    let from = it.tokens.partition_point(|t| t.span.start() < head.start());
    let end = from + it.tokens[from..].partition_point(|t| t.span.end() <= head.end());
    let run = run_before(it, from, end)?;
    Some(it.tokens[run.start].span.cover(it.tokens[run.end - 1].span))
}

/// The run of capitalised words that ends before token `end`, from `floor` on, without titles in front.
fn run_before(it: &Annotated, floor: usize, end: usize) -> Option<Range<usize>> {
    let capital = |i: usize| text(it, i).starts_with(char::is_uppercase);
    let proper = |i: usize| it.tokens[i].tag.is_proper() && capital(i) && !is_run_together(text(it, i));
    let particle = |i: usize| PARTICLES.contains(text(it, i));
    if end <= floor || !proper(end - 1) {
        return None;
    }
    let mut first = end - 1;
    while first > floor && (proper(first - 1) || (particle(first - 1) && first - 1 > floor && proper(first - 2))) {
        first -= 1;
    }
    let title = |i: usize| {
        let word = lower(it, i);
        let word = word.trim_end_matches('.');
        GAZETTEER.heads.contains(word) || GAZETTEER.modifiers.contains(word) || is_address(word) || word == "-"
    };
    // "Martin King Jr." is no king.
    let surname = end - usize::from(matches!(lower(it, end - 1).as_str(), "jr." | "sr." | "jr" | "sr"));
    if let Some(last) = (first..surname.max(first + 1) - 1).rfind(|&i| {
        let word = lower(it, i);
        let word = word.trim_end_matches('.');
        GAZETTEER.heads.contains(word) || is_address(word)
    }) {
        first = last + 1;
    }
    // A title, or one cut short that is no initial: "Ald."
    let abbreviated = |i: usize| text(it, i).ends_with('.') && text(it, i).len() > 3 && text(it, i) != "St.";
    while first + 1 < end && (title(first) || abbreviated(first)) {
        first += 1;
    }
    // "Parent Ada Pond".
    if end - first > 2
        && super::persons::takes_name(&lower(it, first))
        && GAZETTEER.given.contains_key(text(it, first + 1))
    {
        first += 1;
    }
    // "Harbour Security Ada Pond": the words before a given name and one surname are those of the office.
    let given = |i: usize| GAZETTEER.given.contains_key(text(it, i));
    if end - first > 3 && !(first..end - 2).any(given) && given(end - 2) {
        first = end - 2;
    }
    Some(first..end)
}

/// Whether a word is two that a page ran together: "StoneTakes"; "McKay" and "O'Neil" are one.
fn is_run_together(word: &str) -> bool {
    let mut before: Option<char> = None;
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.is_some_and(char::is_lowercase) && at > 3 {
            return true;
        }
        before = Some(c);
    }
    false
}

/// The fullest form in which the article gives a person called by the one word `surname`: a given name right before it.
/// Who is named in full too late for that ([`MOST_BARE`]) is somebody else.
pub(crate) fn with_given_name(it: &Annotated, surname: &str) -> Option<String> {
    let mut best: Option<Span> = None;
    let mut bare = 0;
    for i in 1..it.tokens.len() {
        if best.is_none() && bare > MOST_BARE {
            return None;
        }
        if text(it, i) != surname || it.tokens[i].span.start() != it.tokens[i - 1].span.end() + 1 {
            continue;
        }
        let Some(sentence) = it.sentence_at(it.tokens[i].span.start()).map(|s| it.sentences[s]) else { continue };
        // In a headline every word is capitalised.
        if sentence.heading {
            continue;
        }
        let Some(run) = run_before(it, sentence.first_token, i + 1) else { continue };
        let (first, words) = (run.start, run.len());
        bare += usize::from(words == 1);
        if !(2..=4).contains(&words) {
            continue;
        }
        let given = text(it, first);
        let known = GAZETTEER.given.contains_key(given);
        let opens = first == sentence.first_token;
        let plain = given.len() > 2 && given.chars().skip(1).all(|c| c.is_lowercase() || c == '-' || c == '\'');
        let named = GAZETTEER.whole.contains_key(given) || is_month_or_day(given);
        if known || (plain && !opens && !named && words <= 3) {
            let span = it.tokens[first].span.cover(it.tokens[i].span);
            if best.is_none_or(|b| span.len() > b.len()) {
                best = Some(span);
            }
        }
    }
    best.map(|s| it.text(s).split_whitespace().collect::<Vec<_>>().join(" "))
}

static PREPOSITIONS: WordSet = WordSet::english(Fact::Prepositions, "speaker");

/// Whether a name, with the titles before it, stands behind a preposition: "by Justice Ada Stone".
pub(super) fn behind_preposition(it: &Annotated, name: &crate::Name) -> bool {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    let title = |i: &usize| it.tokens[*i].tag.is_noun() || matches!(it.tokens[*i].tag, Tag::JJ | Tag::DT | Tag::Hyph);
    let Some(before) = (0..at).rev().take(8).find(|i| !title(i)) else { return false };
    let word = it.text(it.tokens[before].span).to_ascii_lowercase();
    PREPOSITIONS.contains(word.as_str())
}
