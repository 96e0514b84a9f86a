//! Which words and phrases mean one thing: other names, near-synonyms, countries and their people, negation.
//!
//! The lists are data of the language; each file names its source.

use super::words::words;
use rashomon_language::{Country, Fact, Language, WordSet};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// All lists, read once.
pub(super) struct Lexicon {
    /// Phrases of two words or more, by first word: the rest and the term the phrase stands for.
    pub(super) phrases: FxHashMap<Box<str>, Vec<(Vec<Box<str>>, String)>>,
    /// Other names of a term.
    aliases: FxHashMap<String, String>,
    /// Groups of near-synonyms a term belongs to.
    groups: FxHashMap<String, Vec<u16>>,
    /// Seats of government, with the country they stand for.
    seats: FxHashMap<String, String>,
    function: FxHashSet<&'static str>,
    /// Words of negation: `not`, `deny`, `fail`.
    negation: FxHashMap<&'static str, Negation>,
}

/// Kinds of negating words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Negation {
    /// "not", "never", "without".
    Not,
    /// "denied".
    Deny,
    /// "failed to", "refused to".
    Fail,
}

/// The embedded lists.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::read)
}

fn listed(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(',').map(str::trim).filter(|w| !w.is_empty())
}

/// The term a phrase is known by: its words joined by `_`.
fn term(phrase: &str) -> String {
    phrase.replace(' ', "_")
}

impl Lexicon {
    fn read() -> Self {
        let english = Language::english();
        let mut it = Self {
            phrases: FxHashMap::default(),
            aliases: FxHashMap::default(),
            groups: FxHashMap::default(),
            seats: FxHashMap::default(),
            function: english.list(Fact::FunctionWords).with("meaning").collect(),
            negation: FxHashMap::default(),
        };
        for Country { names, people, seats } in english.countries() {
            let (Some(name), Some(seats)) = (names.first(), seats) else { continue };
            let name = term(&name.text.to_lowercase());
            names.iter().chain(&people).for_each(|other| it.alias(&other.text.to_lowercase(), &name));
            for seat in seats.into_iter().map(str::to_lowercase) {
                it.alias(&seat, &term(&seat));
                it.seats.insert(term(&seat), name.clone());
            }
        }
        for (name, others) in english.list(Fact::Aliases).rows() {
            std::iter::once(name).chain(listed(others)).for_each(|other| it.alias(other, &term(name)));
        }
        for (group, line) in (0u16..).zip(english.list(Fact::Synonyms).entries()) {
            for word in listed(line) {
                if word.contains(' ') && !it.aliases.contains_key(&term(word)) {
                    it.alias(word, &term(word));
                }
                it.groups.entry(term(word)).or_default().push(group);
            }
        }
        let kinds =
            [("meaning-not", Negation::Not), ("meaning-deny", Negation::Deny), ("meaning-fail", Negation::Fail)];
        for (flag, kind) in kinds {
            english.list(Fact::Polarity).with(flag).for_each(|word| _ = it.negation.insert(word, kind));
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for list in it.phrases.values_mut() {
            // The longest phrase wins.
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        }
        it
    }

    fn alias(&mut self, other: &str, name: &str) {
        match other.split_once(' ') {
            Some((first, rest)) => {
                let rest: Vec<Box<str>> = rest.split(' ').map(Into::into).collect();
                let list = self.phrases.entry(first.into()).or_default();
                if !list.iter().any(|(r, _)| *r == rest) {
                    list.push((rest, name.to_owned()));
                }
            }
            None => {
                self.aliases.entry(other.to_owned()).or_insert_with(|| name.to_owned());
            }
        }
    }

    /// The term that stands for all names of a word.
    pub(super) fn name_of<'a>(&'a self, word: &'a str) -> &'a str {
        self.aliases.get(word).map_or(word, String::as_str)
    }

    /// The groups of near-synonyms of a term.
    pub(super) fn groups(&self, term: &str) -> &[u16] {
        self.groups.get(term).map_or(&[], Vec::as_slice)
    }

    /// The country whose government a place name can stand for.
    pub(super) fn seat_of(&self, term: &str) -> Option<&str> {
        self.seats.get(term).map(String::as_str)
    }

    /// Whether a lower-case word is grammar, not content.
    pub(super) fn is_function(&self, word: &str) -> bool {
        self.function.contains(word)
    }

    /// Whether and how a lower-case word negates.
    pub(super) fn negation(&self, word: &str) -> Option<Negation> {
        self.negation.get(word).copied()
    }
}

/// A phrasal verb of the word table whose parts stand apart or together: "called the meeting off".
pub(super) fn phrasal(verb: &str, particle: &str) -> Option<String> {
    static PARTICLES: WordSet = WordSet::english(Fact::VerbParticles, "meaning");
    if !PARTICLES.contains(particle) {
        return None;
    }
    let joined = format!("{verb}_{particle}");
    words().find(&joined).map(|_| joined)
}
