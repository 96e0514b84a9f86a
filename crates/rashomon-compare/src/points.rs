//! What all say, some say, one says.

use crate::Point;
use rashomon_annotate::Corpus;
use rashomon_group::Story;
use rashomon_lineage::Lineage;

/// The points of a story.
pub(crate) fn points(_corpus: &Corpus, _story: &Story, _lineage: &Lineage) -> Vec<Point> {
    Vec::new()
}
