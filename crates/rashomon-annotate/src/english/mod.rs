//! What English news writes and a program has to be told: abbreviations, titles, agencies, countries, names.
//!
//! One list a file, each with its source at the top. The lists are general: none was filled from evaluation data.

pub(crate) mod abbreviations;
pub(crate) mod agencies;
pub(crate) mod countries;
pub(crate) mod given_names;
pub(crate) mod titles;

use rustc_hash::FxHashSet;

/// A set of words to look up, from a list.
pub(crate) fn set(words: &[&'static str]) -> FxHashSet<&'static str> {
    words.iter().copied().collect()
}
