//! What the lists know of single words and of runs of words.

use crate::NameKind;
use crate::words::{WordClasses, hash};
use rashomon_language::{Fact, Language};
use rashomon_model::agency_names;
use rashomon_model::{MONTHS, WEEKDAYS};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// A given name.
pub(crate) const GIVEN: u32 = 1;
/// A place, or a word of a run that names one.
pub(crate) const PLACE: u32 = 1 << 1;
/// A body, or a word of a run that names one.
pub(crate) const BODY: u32 = 1 << 2;
/// A demonym.
pub(crate) const DEMONYM: u32 = 1 << 3;
/// The head of a title.
pub(crate) const TITLE: u32 = 1 << 4;
/// A form of address.
pub(crate) const ADDRESS: u32 = 1 << 5;
/// A word that ends an organization's name.
pub(crate) const ENDING: u32 = 1 << 6;
/// A word of place names.
pub(crate) const PLACE_WORD: u32 = 1 << 7;
/// A month, a weekday or a zone.
pub(crate) const DATE: u32 = 1 << 8;
/// A word inside titles.
pub(crate) const MODIFIER: u32 = 1 << 9;

/// What the lists know of a word or a run of words.
pub(crate) struct Gazetteer {
    /// Full names of places and bodies, by their words joined with one space.
    pub(crate) whole: FxHashMap<&'static str, NameKind>,
    /// Given names and the gender they tell.
    pub(crate) given: FxHashMap<&'static str, char>,
    /// Heads of titles, lower case.
    pub(crate) heads: FxHashSet<&'static str>,
    /// Words inside titles, lower case.
    pub(crate) modifiers: FxHashSet<&'static str>,
    /// First words of the entries of `whole` that have several, and the most words of such an entry.
    pub(crate) firsts: FxHashMap<&'static str, usize>,
    /// What is known of a word as written: [`GIVEN`], [`DEMONYM`], [`DATE`].
    as_written: FxHashMap<&'static str, u32>,
    /// What is known of a word in lower case: [`TITLE`], [`ADDRESS`], [`ENDING`], [`PLACE_WORD`], [`MODIFIER`].
    in_lower_case: FxHashMap<&'static str, u32>,
}

/// The lists, ready for look-up.
pub(crate) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut whole = FxHashMap::default();
    let mut as_written: FxHashMap<&'static str, u32> = FxHashMap::default();
    let mut in_lower_case: FxHashMap<&'static str, u32> = FxHashMap::default();
    let mut mark = |word: &'static str, bit: u32| *as_written.entry(word).or_default() |= bit;
    let list = |fact| Language::english().list(fact);
    let places = list(Fact::Places);
    let mut countries = Vec::new();
    for country in Language::english().countries() {
        countries.extend(country.names.iter().filter(|it| it.tells).map(|it| it.text));
        country.people.iter().filter(|it| it.tells).for_each(|it| mark(it.text, DEMONYM));
    }
    whole.extend(countries.iter().map(|it| (*it, NameKind::Place)));
    whole.extend(places.entries().map(|p| (p, NameKind::Place)));
    let bodies: Vec<&str> = list(Fact::Bodies).entries().chain(agency_names().filter(|n| tells(n))).collect();
    whole.extend(bodies.iter().map(|b| (*b, NameKind::Organization)));
    let gender = |columns: &str| columns.chars().next();
    let given: FxHashMap<&str, char> =
        list(Fact::GivenNames).rows().filter_map(|(name, columns)| Some((name, gender(columns)?))).collect();
    #[allow(clippy::iter_over_hash_type, reason = "bits are set, in whatever order")]
    given.keys().for_each(|name| mark(name, GIVEN));
    MONTHS.iter().chain(&WEEKDAYS).chain(DATES).for_each(|word| mark(word, DATE));
    for (fact, bit) in [
        (Fact::OrganizationEndings, ENDING),
        (Fact::PlaceWords, PLACE_WORD),
        (Fact::TitleModifiers, MODIFIER),
        (Fact::FormsOfAddress, ADDRESS),
    ] {
        list(fact).entries().for_each(|word| *in_lower_case.entry(word).or_default() |= bit);
    }
    let heads: FxHashSet<&str> = list(Fact::Titles).with("head").collect();
    list(Fact::Titles).with("head").for_each(|word| *in_lower_case.entry(word).or_default() |= TITLE);
    let mut firsts: FxHashMap<&str, usize> = FxHashMap::default();
    for entry in places.entries().chain(bodies).chain(countries) {
        let words = entry.split(' ').count();
        if let Some(first) = entry.split(' ').next().filter(|_| words > 1) {
            let most = firsts.entry(first).or_insert(0);
            *most = words.max(*most);
        }
    }
    Gazetteer {
        whole,
        given,
        heads,
        modifiers: list(Fact::TitleModifiers).entries().collect(),
        firsts,
        as_written,
        in_lower_case,
    }
});

/// Whether a masthead's name is one wherever it stands: "Trend" and "Mirror" are words, too.
fn tells(name: &str) -> bool {
    let small = name.to_lowercase();
    let is_word = name.starts_with(char::is_uppercase)
        && name.chars().skip(1).all(char::is_lowercase)
        && WordClasses::shipped().get(hash(small.as_bytes())) != (0, 0);
    !is_word
}

impl Gazetteer {
    /// Whether a word, in lower case and without its stop, belongs to a title.
    pub(crate) fn is_title(&self, lower: &str) -> bool {
        self.of_lower(lower) & (TITLE | ADDRESS) != 0
    }

    /// What is known of a word that may begin with a capital.
    pub(crate) fn of(&self, word: &str) -> u32 {
        let written = self.as_written.get(word).copied().unwrap_or(0);
        let bare = word.trim_end_matches('.');
        let mut lower = [0u8; 24];
        let in_lower_case = match lower.get_mut(..bare.len()) {
            Some(lower) if bare.is_ascii() => {
                lower.copy_from_slice(bare.as_bytes());
                lower.make_ascii_lowercase();
                std::str::from_utf8(lower).map_or(0, |lower| self.of_lower(lower))
            }
            _ => self.of_lower(&bare.to_lowercase()),
        };
        written | in_lower_case
    }

    /// What is known of a word in lower case.
    pub(crate) fn of_lower(&self, lower: &str) -> u32 {
        self.in_lower_case.get(lower).copied().unwrap_or(0)
    }
}

/// Abbreviations of months, and zones of news.
#[rustfmt::skip]
const DATES: &[&str] = &[
    "Jan.", "Feb.", "Mar.", "Apr.", "Jun.", "Jul.", "Aug.", "Sep.", "Sept.", "Oct.", "Nov.", "Dec.",
    "GMT", "EST", "EDT", "UTC", "CET", "PST", "PDT",
];
