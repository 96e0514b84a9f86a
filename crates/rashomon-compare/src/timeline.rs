//! When each thing was said to happen.

use crate::{Moment, Point};
use rashomon_annotate::Corpus;
use rashomon_group::Story;

/// The timeline of a story.
pub(crate) fn timeline(_corpus: &Corpus, _story: &Story, _points: &[Point]) -> Vec<Moment> {
    Vec::new()
}
