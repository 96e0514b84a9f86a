//! Which parts of speech may stand beside each other at an edge of content.

use super::reading::{Atom, sort_of};

/// A set of pairs of parts of speech that may stand on either side of an edge of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs {
    pub(super) rows: [u64; 64],
}

impl Default for Pairs {
    /// All pairs.
    fn default() -> Self {
        Self { rows: [u64::MAX; 64] }
    }
}

impl Pairs {
    /// The set without the pairs given, by their numbers.
    #[must_use]
    pub fn without(pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut it = Self::default();
        for (a, b) in pairs {
            it.rows[a % 64] &= !(1 << (b % 64));
        }
        it
    }

    pub(crate) fn holds(&self, before: &Atom, after: &Atom) -> bool {
        self.rows[sort_of(before) % 64] >> (sort_of(after) % 64) & 1 == 1
    }
}
