//! The phrases of `time-words.txt` where they stand in a text.

use crate::packed::words::Word;
use rashomon_language::{Fact, Language};

/// Words of the longest phrase of a list.
const LONGEST: usize = 4;

/// For each word the phrases that begin with it, the longest first: one past its last word, and its meanings.
pub(super) struct Phrases<'a>(Vec<Vec<(usize, &'a str)>>);

impl<'a> Phrases<'a> {
    pub(super) fn of(words: &[Word], language: &'a Language) -> Self {
        let list = language.list(Fact::TimeWords);
        let mut phrase = String::new();
        let of_word = |n: usize| {
            let mut found = Vec::new();
            if list.is_empty() {
                return found;
            }
            phrase.clear();
            for (k, word) in words[n..].iter().take(LONGEST).enumerate() {
                if k > 0 {
                    phrase.push(' ');
                }
                phrase.push_str(&word.lower);
                found.extend(list.get(&phrase).map(|it| (n + k + 1, it)));
            }
            found.reverse();
            found
        };
        Self((0..words.len()).map(of_word).collect())
    }

    /// What the longest phrase at word `n` with the meaning `what` says beyond it, and one past its last word.
    pub(super) fn says(&self, n: usize, what: &str) -> Option<(&'a str, usize)> {
        self.0.get(n)?.iter().find_map(|(end, meanings)| {
            let said = |it: &'a str| Some(it.strip_prefix(what)?).filter(|it| it.is_empty() || it.starts_with(' '));
            meanings.split(", ").find_map(said).map(|it| (it.trim_start(), *end))
        })
    }

    /// Whether a phrase that ends before word `n` has the meaning `what`.
    pub(super) fn said_before(&self, n: usize, what: &str) -> bool {
        (n.saturating_sub(LONGEST)..n).any(|k| self.says(k, what).is_some_and(|it| it.1 == n))
    }
}
