//! Who spoke last, whom a pronoun may mean again.

use crate::Annotated;
use rashomon_model::Span;

/// Who spoke last, and where.
#[derive(Clone, Copy)]
pub(super) struct Last {
    pub(super) entity: usize,
    pub(super) at: usize,
}

/// Who spoke last, where it is no person with a name.
pub(super) struct Phrase {
    pub(super) name: String,
    pub(super) plural: bool,
    /// Whether it can be a person, whom "he" or "she" means.
    pub(super) person: bool,
    pub(super) at: usize,
}

impl Phrase {
    /// Whether it spoke in the sentence of `head` or one of the two before.
    pub(super) fn near(&self, it: &Annotated, head: Span) -> bool {
        let (there, here) = (it.sentence_at(self.at), it.sentence_at(head.start()));
        there.zip(here).is_some_and(|(t, h)| t <= h && h - t <= 2)
    }
}
