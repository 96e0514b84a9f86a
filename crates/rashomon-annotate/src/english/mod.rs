//! What English news writes and a program has to be told: abbreviations, titles, agencies, countries, names.
//!
//! One list a file, each with its source at the top. No list names a person, place or sentence of evaluation data
//! for its own sake; the lists are general.

pub(crate) mod abbreviations;

use rustc_hash::FxHashSet;

/// A set of words to look up, from a list.
pub(crate) fn set(words: &[&'static str]) -> FxHashSet<&'static str> {
    words.iter().copied().collect()
}
