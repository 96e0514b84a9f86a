//! Same words, cut words, changed words: one utterance joined across articles.

use crate::Utterance;
use rashomon_annotate::Corpus;
use rashomon_group::Story;
use rashomon_lineage::Lineage;

/// The utterances of a story.
pub(crate) fn quotes(_corpus: &Corpus, _story: &Story, _lineage: &Lineage) -> Vec<Utterance> {
    Vec::new()
}
