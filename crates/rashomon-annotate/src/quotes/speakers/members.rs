//! Whom a party and a place name: "the Ost Democrat" is the one who was said to be a Democrat of Ost, and nobody else.

use super::last::Last;
use crate::{Annotated, Name, NameKind};
use rashomon_language::{Fact, Language, List};
use rashomon_model::Span;
use rustc_hash::FxHashMap;

/// What a phrase or the words beside a name tell of a member of a party or a parliament.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seat {
    party: Option<&'static str>,
    office: Option<&'static str>,
    /// The place, in full and in lower case.
    place: Option<String>,
}

impl Seat {
    /// Whether nothing in the two speaks against one person.
    fn fits(&self, other: &Self) -> bool {
        let agree = |a: Option<&str>, b: Option<&str>| a.zip(b).is_none_or(|(a, b)| a == b);
        agree(self.party, other.party) && agree(self.office, other.office)
    }

    fn is_empty(&self) -> bool {
        self.party.is_none() && self.office.is_none() && self.place.is_none()
    }
}

/// The members that an article names, each with all that is told of them.
#[derive(Debug, Default)]
pub(super) struct Members(FxHashMap<usize, Vec<Seat>>);

impl Members {
    /// Reads what stands beside each person's name: "Rep. Ada Stone, D-Ost", "Ost Republican Bo Marsh".
    pub(super) fn new(it: &Annotated) -> Self {
        let mut all: FxHashMap<usize, Vec<Seat>> = FxHashMap::default();
        for name in it.names.iter().filter(|n| n.kind == NameKind::Person) {
            for seat in [before(it, name), behind(it, name)].into_iter().flatten() {
                let seats = all.entry(name.entity).or_default();
                if !seat.is_empty() && !seats.contains(&seat) {
                    seats.push(seat);
                }
            }
        }
        Self(all)
    }

    /// Whether `entity` is of the place asked for, and nothing told of it speaks against the party or the office.
    fn bears(&self, entity: usize, asked: &Seat) -> bool {
        self.0.get(&entity).is_some_and(|seats| {
            seats.iter().all(|s| s.fits(asked))
                && (asked.place.is_none() || seats.iter().any(|s| s.place.is_some() && s.place == asked.place))
        })
    }

    /// Whether who spoke last, in the sentences right before `span`, can be meant though no place of his is told: he was given a
    /// title of a parliament, and nothing speaks against him.
    fn may_be(&self, it: &Annotated, last: Last, span: Span, asked: &Seat) -> bool {
        let near = it.sentence_at(last.at).zip(it.sentence_at(span.start())).is_some_and(|(t, h)| t <= h && h - t <= 2);
        near && self.0.get(&last.entity).is_some_and(|seats| {
            seats.iter().all(|s| s.fits(asked) && s.place.is_none()) && seats.iter().any(|s| s.office.is_some())
        })
    }
}

/// Whether what is told of `entity` speaks against the phrase `span`: "the Democratic senator" is no Republican.
pub(super) fn excluded<'m>(it: &Annotated, span: Span, entity: usize, members: impl FnOnce() -> &'m Members) -> bool {
    asked(it, span)
        .is_some_and(|asked| members().0.get(&entity).is_some_and(|seats| seats.iter().any(|s| !s.fits(&asked))))
}

/// Sentences that one who fits must be named nearer than another who fits as well. Chosen by hand, not measured.
const NEARER: usize = 3;

/// Whom the phrase `span` means, if it names somebody by a place: `Some(None)` where nobody before it is said to be that.
pub(super) fn member<'m>(
    it: &Annotated,
    span: Span,
    last: Option<Last>,
    members: impl FnOnce() -> &'m Members,
) -> Option<Option<usize>> {
    let asked = asked(it, span).filter(|a| a.place.is_some())?;
    let members = members();
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for name in it.names[..end].iter().rev() {
        let Some(there) = it.sentence_at(name.span.start()) else { continue };
        if found.iter().all(|(e, _)| *e != name.entity) && members.bears(name.entity, &asked) {
            found.push((name.entity, there));
        }
    }
    Some(match found[..] {
        [] => last.filter(|l| members.may_be(it, *l, span, &asked)).map(|l| l.entity),
        [(only, _)] => Some(only),
        [(last, at), (_, other), ..] => Some(last).filter(|_| other + NEARER <= at),
    })
}

fn parties() -> &'static List {
    Language::english().list(Fact::Parties)
}

/// The value behind `key:` among what the list says of a word.
fn value(word: &str, key: &str) -> Option<&'static str> {
    parties().get(word)?.split_whitespace().find_map(|c| c.strip_prefix(key)?.strip_prefix(':'))
}

/// The name of a place of one to three words, short forms of states spelt out.
fn place(words: &[&str]) -> Option<String> {
    if words.is_empty() || words.len() > 3 || !words.iter().all(|w| w.starts_with(char::is_uppercase)) {
        return None;
    }
    let states = Language::english().list(Fact::States);
    let bare: String = words.concat().chars().filter(|c| *c != '.').collect();
    let full = words.join(" ");
    let full = full.trim_end_matches('.');
    Some(states.get(&bare).unwrap_or(full).to_lowercase())
}

/// The same where the words are a state's name or short form.
fn state(words: &[&str]) -> Option<String> {
    let found = place(words)?;
    Language::english().list(Fact::States).rows().any(|(_, name)| name.eq_ignore_ascii_case(&found)).then_some(found)
}

/// What the words of a phrase tell: party and house by their words, the place by the capitalised ones that remain.
fn asked(it: &Annotated, span: Span) -> Option<Seat> {
    let mut words: Vec<&str> = it.text(span).split_whitespace().collect();
    let at = it.tokens.partition_point(|t| t.span.end() <= span.start());
    if words.first().is_some_and(|w| w.eq_ignore_ascii_case("the")) {
        words.remove(0);
    } else if !at.checked_sub(1).is_some_and(|i| it.text(it.tokens[i].span).eq_ignore_ascii_case("the")) {
        return None;
    }
    let (noun, rest) = words.split_last().filter(|(noun, _)| parties().has(noun, "noun"))?;
    let mut seat = Seat { party: value(noun, "party"), office: value(noun, "office"), place: None };
    let mut names = Vec::new();
    for word in rest {
        match (value(word, "party"), value(word, "office")) {
            (None, None) if word.starts_with(char::is_uppercase) => names.push(*word),
            // "the junior senator", "the five-term Ost Republican".
            (None, None) => names.clear(),
            (party, office) => {
                seat.party = seat.party.or(party);
                seat.office = seat.office.or(office);
            }
        }
    }
    seat.place = place(&names);
    (!seat.is_empty()).then_some(seat)
}

/// Words before a name in which a party and a place may stand.
const BEFORE: usize = 6;

/// What the words right before a name tell: "Ost Democratic Rep.", "Republican Sen.".
fn before(it: &Annotated, name: &Name) -> Option<Seat> {
    let at = it.tokens.partition_point(|t| t.span.end() <= name.span.start());
    let from = it.sentence_at(name.span.start()).map_or(at, |s| it.sentences[s].first_token);
    let word = |i: usize| it.text(it.tokens[i].span);
    let part = |i: &usize| word(*i).starts_with(|c: char| c.is_alphabetic());
    let run: Vec<&str> = (from.min(at)..at).rev().take(BEFORE).take_while(part).map(word).collect();
    let run: Vec<&str> = run.into_iter().rev().collect();
    let known = |w: &&str| {
        let w = w.trim_end_matches('.');
        value(w, "party").is_some() || value(w, "office").is_some() || parties().has(w, "noun")
    };
    let first = run.iter().rposition(|w| !known(w)).map_or(0, |i| i + 1);
    let told = &run[first..];
    let each = |key: &str| told.iter().find_map(|w| value(w.trim_end_matches('.'), key));
    let placed = || {
        (1..=3).rev().filter(|n| *n <= first).find_map(|n| {
            let words = &run[first - n..first];
            // "Ost MP Ada Stone": what stands before the noun is the seat, whatever it is.
            if told.iter().any(|w| parties().has(w, "noun") && value(w, "party").is_none()) {
                return place(words);
            }
            state(words)
        })
    };
    (!told.is_empty()).then(|| Seat { party: each("party"), office: each("office"), place: placed() })
}

/// Words behind a name in which a party and a place may stand.
const BEHIND: usize = 9;

/// What the words right behind a name tell: ", D-Ost", " (R-Ost)", ", a Democrat of Ost", ", the Ost Republican", " of Ost".
fn behind(it: &Annotated, name: &Name) -> Option<Seat> {
    let rest = &it.article.text[name.span.end()..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let aside = line.strip_prefix(", ").or_else(|| line.strip_prefix(" (")).or_else(|| line.strip_prefix(" ["));
    if let Some(seat) = aside.and_then(lettered) {
        return Some(seat);
    }
    if let Some(of) = line.strip_prefix(" of ") {
        let words: Vec<&str> = up_to_stop(of).take(3).collect();
        let placed = (1..=words.len()).rev().find_map(|n| state(&words[..n]));
        return placed.map(|place| Seat { place: Some(place), ..Seat::default() });
    }
    let words: Vec<&str> = up_to_stop(aside?).take(BEHIND).collect();
    // "who beat a Democrat" is not of her.
    let noun = words.iter().take(BEHIND - 3).position(|w| parties().has(w, "noun"))?;
    if words[..noun].iter().any(|w| Language::english().list(Fact::Connectives).contains(w)) {
        return None;
    }
    let mut seat = Seat { party: value(words[noun], "party"), office: value(words[noun], "office"), place: None };
    for word in &words[..noun] {
        seat.party = seat.party.or(value(word, "party"));
    }
    let of = words.get(noun + 1).is_some_and(|w| matches!(*w, "of" | "from" | "for" | "representing"));
    let named: Vec<&str> = if of {
        words[noun + 2..].iter().copied().take_while(|w| w.starts_with(char::is_uppercase)).take(3).collect()
    } else {
        let from = words[..noun].iter().rposition(|w| !w.starts_with(char::is_uppercase)).map_or(0, |i| i + 1);
        words[from..noun].iter().copied().filter(|w| value(w, "party").is_none()).collect()
    };
    seat.place = place(&named);
    Some(seat)
}

/// A party's letter and a place: "D-Ost.", "R., Ost", "I-Vt.".
fn lettered(text: &str) -> Option<Seat> {
    let letter = text.split(|c: char| !c.is_alphabetic()).next().filter(|l| parties().has(l, "letter"))?;
    let rest = text[letter.len()..].strip_prefix('.').unwrap_or(&text[letter.len()..]);
    let rest = rest.trim_start_matches(['-', '–', '‑', '—', '/', ',', ' ']);
    let words: Vec<&str> = up_to_stop(rest).take_while(|w| w.starts_with(char::is_uppercase)).take(3).collect();
    Some(Seat { party: value(letter, "party"), office: None, place: place(&words) })
}

/// The words of `text` up to a comma, a bracket or the end of its clause; stops of short forms stay.
fn up_to_stop(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find([',', ')', ']', ';', ':', '“', '"', '(', '—']).unwrap_or(text.len());
    text[..end].split_whitespace()
}
