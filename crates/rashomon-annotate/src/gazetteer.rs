//! What the lists know of single words and of runs of words.

use crate::NameKind;
use crate::english::{agencies, countries, given_names, set, titles};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

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
    /// First words of the entries of `whole` that have several, and the most words of such an entry.
    pub(crate) firsts: FxHashMap<&'static str, usize>,
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
    let mut firsts: FxHashMap<&str, usize> = FxHashMap::default();
    for entry in countries::PLACES
        .iter()
        .chain(agencies::BODIES)
        .copied()
        .chain(countries::COUNTRIES.iter().filter_map(|c| c.split('|').next()))
    {
        let words = entry.split(' ').count();
        if let Some(first) = entry.split(' ').next().filter(|_| words > 1) {
            let most = firsts.entry(first).or_insert(0);
            *most = words.max(*most);
        }
    }
    Gazetteer {
        whole,
        demonyms,
        given,
        endings: set(agencies::ENDINGS),
        place_words: set(countries::PLACE_WORDS),
        heads: set(titles::HEADS),
        modifiers: set(titles::MODIFIERS),
        firsts,
    }
});

impl Gazetteer {
    /// Whether a word, in lower case and without its stop, belongs to a title.
    pub(crate) fn is_title(&self, lower: &str) -> bool {
        self.heads.contains(lower) || is_address(lower)
    }
}

/// Whether a word, in lower case and without its stop, is a form of address.
pub(crate) fn is_address(lower: &str) -> bool {
    titles::ADDRESS.iter().any(|(w, _)| *w == lower)
}

/// Whether a word names a month or a day.
pub(crate) fn is_month_or_day(word: &str) -> bool {
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
