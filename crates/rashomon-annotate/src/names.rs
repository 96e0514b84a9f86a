//! Which words name people, organizations, places and other things.

use crate::english::{agencies, countries, given_names, set, titles};
use crate::entities::{Mention, resolve};
use crate::{Annotated, Entity, Name, NameKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The names of an article and the things they name.
pub(crate) fn names(it: &Annotated) -> (Vec<Name>, Vec<Entity>) {
    resolve(it, mentions(it))
}

/// What the lists know of a word or a run of words.
pub(crate) struct Gazetteer {
    /// Full names of places and bodies, by their words joined with one space.
    pub(crate) whole: FxHashMap<&'static str, NameKind>,
    /// Demonyms.
    pub(crate) demonyms: FxHashSet<&'static str>,
    /// Given names and the gender they tell.
    pub(crate) given: FxHashMap<&'static str, char>,
    /// Words that end an organization's name, lower case.
    pub(crate) endings: FxHashSet<&'static str>,
    /// Words of place names, lower case.
    pub(crate) place_words: FxHashSet<&'static str>,
    /// Heads of titles, lower case.
    pub(crate) heads: FxHashSet<&'static str>,
    /// Words inside titles, lower case.
    pub(crate) modifiers: FxHashSet<&'static str>,
    /// Most words of an entry of `whole`.
    pub(crate) longest: usize,
}

/// The lists, ready for look-up.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut whole = FxHashMap::default();
    let mut demonyms = FxHashSet::default();
    for entry in countries::COUNTRIES {
        let mut parts = entry.split('|');
        if let Some(country) = parts.next() {
            whole.insert(country, NameKind::Place);
        }
        demonyms.extend(parts.filter(|p| !p.is_empty()));
    }
    whole.extend(countries::PLACES.iter().map(|p| (*p, NameKind::Place)));
    whole.extend(agencies::BODIES.iter().map(|b| (*b, NameKind::Organization)));
    let mut given: FxHashMap<&str, char> = given_names::WOMEN.split_whitespace().map(|n| (n, 'f')).collect();
    given.extend(given_names::MEN.split_whitespace().map(|n| (n, 'm')));
    let longest = whole.keys().map(|k| k.split(' ').count()).max().unwrap_or(1);
    Gazetteer {
        whole,
        demonyms,
        given,
        endings: set(agencies::ENDINGS),
        place_words: set(countries::PLACE_WORDS),
        heads: set(titles::HEADS),
        modifiers: set(titles::MODIFIERS),
        longest,
    }
});

/// Runs of capitalised words, cut at titles and sorted by the lists.
fn mentions(it: &Annotated) -> Vec<Mention> {
    let gazetteer = &*GAZETTEER;
    let text = |i: usize| it.text(it.tokens[i].span);
    // Words seen capitalised inside a sentence, where lower case would have been possible.
    let mut inside: FxHashSet<&str> = FxHashSet::default();
    for s in it.sentences.iter().filter(|s| !s.heading) {
        inside.extend((s.first_token + 1..s.end_token).map(text).filter(|w| is_capital(w)));
    }
    let mut out = Vec::new();
    for s in &it.sentences {
        let mut i = s.first_token;
        while i < s.end_token {
            let word = text(i);
            let first = i == s.first_token
                || !text(i - 1).ends_with(char::is_alphanumeric) && !matches!(text(i - 1), "," | "." | "(");
            let known =
                gazetteer.whole.contains_key(word) || gazetteer.given.contains_key(word) || inside.contains(word);
            let doubtful = (first || s.heading) && !known;
            let next_capital = i + 1 < s.end_token && is_capital(text(i + 1)) && inside.contains(text(i + 1));
            let common =
                crate::english::abbreviations::STARTERS.contains(&word) || word == "I" || is_month_or_day(word);
            if !is_capital(word) || common || (doubtful && !(next_capital && first && !s.heading)) {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            while end < s.end_token {
                let word = text(end);
                let joins =
                    is_capital(word) && (!s.heading || inside.contains(word) || gazetteer.given.contains_key(word));
                let bridge = end + 1 < s.end_token
                    && matches!(
                        word,
                        "of" | "-" | "de" | "van" | "von" | "bin" | "al" | "&" | "der" | "for" | "del" | "da" | "the"
                    )
                    && is_capital(text(end + 1))
                    && (word != "-" || it.tokens[end].span.start() == it.tokens[end - 1].span.end())
                    && (!matches!(word, "for" | "the")
                        || gazetteer.endings.contains(text(end - 1).to_lowercase().as_str()));
                if !joins && !bridge {
                    break;
                }
                end += 1;
            }
            cut(it, i, end, &mut out);
            i = end;
        }
    }
    out
}

/// Cuts one run of capitalised words into mentions.
fn cut(it: &Annotated, mut from: usize, end: usize, out: &mut Vec<Mention>) {
    let gazetteer = &*GAZETTEER;
    let text = |i: usize| it.text(it.tokens[i].span);
    let whole = |a: usize, b: usize| -> Option<NameKind> {
        (b - a <= gazetteer.longest)
            .then(|| (a..b).map(text).collect::<Vec<_>>().join(" "))
            .and_then(|w| gazetteer.whole.get(w.as_str()).copied())
    };
    let lower = |i: usize| text(i).trim_end_matches('.').to_lowercase();
    let last = lower(end - 1);
    if let Some(kind) = whole(from, end) {
        out.push(Mention { first: from, end, kind });
        return;
    }
    if gazetteer.endings.contains(last.as_str()) && end - from > 1 {
        out.push(Mention { first: from, end, kind: NameKind::Organization });
        return;
    }
    // A place or demonym before a title: "Russian Foreign Minister …".
    for length in (1..=gazetteer.longest.min(end - from)).rev() {
        if from + length < end
            && whole(from, from + length) == Some(NameKind::Place)
            && (from + length..end).any(|i| gazetteer.heads.contains(lower(i).as_str()))
        {
            out.push(Mention { first: from, end: from + length, kind: NameKind::Place });
            from += length;
            break;
        }
    }
    let title = (from..end).rev().find(|&i| gazetteer.heads.contains(lower(i).as_str()) || is_address(&lower(i)));
    if let Some(title) = title {
        let mut start = title + 1;
        while start < end && (gazetteer.modifiers.contains(lower(start).as_str()) || !is_capital(text(start))) {
            start += 1;
        }
        if start < end {
            let kind = whole(start, end).unwrap_or(NameKind::Person);
            out.push(Mention { first: start, end, kind });
        }
        return;
    }
    let kind = if gazetteer.demonyms.contains(text(from)) && end - from == 1 {
        NameKind::Other
    } else if gazetteer.given.contains_key(text(from)) {
        NameKind::Person
    } else if gazetteer.place_words.contains(last.as_str()) && end - from > 1 {
        NameKind::Place
    } else if text(from).len() > 1 && text(from).bytes().all(|b| b.is_ascii_uppercase()) {
        NameKind::Organization
    } else if from > 0 && matches!(text(from - 1), "in" | "near" | "from" | "at") {
        NameKind::Place
    } else if end - from >= 2 || text(from).starts_with('@') {
        NameKind::Person
    } else {
        NameKind::Other
    };
    out.push(Mention { first: from, end, kind });
}

fn is_address(lower: &str) -> bool {
    titles::ADDRESS.iter().any(|(w, _)| *w == lower)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word != "I"
}

fn is_month_or_day(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Jan.",
        "Feb.",
        "Mar.",
        "Apr.",
        "Jun.",
        "Jul.",
        "Aug.",
        "Sep.",
        "Sept.",
        "Oct.",
        "Nov.",
        "Dec.",
        "GMT",
        "EST",
        "EDT",
        "UTC",
        "CET",
        "PST",
        "PDT",
    ];
    WORDS.contains(&word)
}
