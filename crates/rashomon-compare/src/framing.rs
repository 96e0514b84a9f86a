//! What different reports call the same thing.

use crate::{Framing, Point};
use rashomon_annotate::Corpus;
use rashomon_group::Story;

/// The framing of a story.
pub(crate) fn framing(_corpus: &Corpus, _story: &Story, _points: &[Point]) -> Vec<Framing> {
    Vec::new()
}
