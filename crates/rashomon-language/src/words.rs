//! The words of a list that one rule asks for, as a set that loops can ask often.

use crate::{Fact, Language};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// The entries of one list that stand there with one flag.
///
/// [`List::has`](crate::List::has) reads an entry's columns each time; rules that ask of every word of a text hold the
/// entries of their flag as a set, made when it is first asked. A flag that no entry has makes an empty set; a test of the
/// repository finds such a flag.
///
/// ```
/// use rashomon_language::{Fact, WordSet};
///
/// static HEADS: WordSet = WordSet::english(Fact::Titles, "head");
/// assert!(HEADS.contains("admiral") && !HEADS.contains("harbour"));
/// assert_eq!(HEADS.iter().next(), Some("admiral"));
/// ```
#[derive(Debug)]
pub struct WordSet {
    fact: Fact,
    flag: &'static str,
    words: OnceLock<(Vec<&'static str>, FxHashSet<&'static str>)>,
}

impl WordSet {
    /// Those of the English list of a fact.
    #[must_use]
    pub const fn english(fact: Fact, flag: &'static str) -> Self {
        Self { fact, flag, words: OnceLock::new() }
    }

    fn words(&self) -> &(Vec<&'static str>, FxHashSet<&'static str>) {
        self.words.get_or_init(|| {
            let list: Vec<&'static str> = Language::english().list(self.fact).with(self.flag).collect();
            let set = list.iter().copied().collect();
            (list, set)
        })
    }

    /// Whether `word` is one of them.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.words().1.contains(word)
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.words().0.iter().copied()
    }
}
