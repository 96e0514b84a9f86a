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
    words: OnceLock<Words>,
}

#[derive(Debug)]
struct Words {
    list: Vec<&'static str>,
    set: FxHashSet<&'static str>,
    /// The lengths of the words, and the bytes that they begin with, one bit each: most words of a text are told by these.
    lengths: u64,
    firsts: [u64; 4],
}

impl Words {
    fn of(list: Vec<&'static str>) -> Self {
        let mut it = Self { set: list.iter().copied().collect(), lengths: 0, firsts: [0; 4], list };
        for word in &it.list {
            it.lengths |= Self::length(word);
            if let Some(first) = word.bytes().next() {
                it.firsts[usize::from(first >> 6)] |= 1 << (first & 63);
            }
        }
        it
    }

    /// The bit of a word's length; that of all long words is one.
    #[inline]
    fn length(word: &str) -> u64 {
        1 << word.len().min(63)
    }

    #[inline]
    fn may_have(&self, word: &str) -> bool {
        let begins = |first: u8| self.firsts[usize::from(first >> 6)] >> (first & 63) & 1 == 1;
        self.lengths & Self::length(word) != 0 && word.bytes().next().is_none_or(begins)
    }
}

impl WordSet {
    /// Those of the English list of a fact.
    #[must_use]
    pub const fn english(fact: Fact, flag: &'static str) -> Self {
        Self { fact, flag, words: OnceLock::new() }
    }

    #[inline]
    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(Language::english().list(self.fact).with(self.flag).collect()))
    }

    /// Whether `word` is one of them.
    #[must_use]
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        let words = self.words();
        words.may_have(word) && words.set.contains(word)
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.words().list.iter().copied()
    }
}
