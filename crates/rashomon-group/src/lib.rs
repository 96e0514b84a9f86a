//! Which reports are about the same event.

mod story;

pub use story::{Join, Story};

use rashomon_annotate::Corpus;

/// The stories of a corpus, the oldest first, each article in exactly one.
#[must_use]
pub fn group(corpus: &Corpus) -> Vec<Story> {
    if corpus.is_empty() {
        return Vec::new();
    }
    vec![Story { id: "story".into(), articles: corpus.iter().map(|(id, _)| id).collect(), joins: Vec::new() }]
}
