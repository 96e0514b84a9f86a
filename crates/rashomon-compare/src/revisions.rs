//! What an outlet changed after publishing.

use crate::Revision;
use rashomon_annotate::Corpus;
use rashomon_lineage::Lineage;

/// The revisions among the relations of a story.
pub(crate) fn revisions(_corpus: &Corpus, _lineage: &Lineage) -> Vec<Revision> {
    Vec::new()
}
