//! Who took what from whom: relations between reports, their kind and their direction.

mod lineage;

pub use lineage::{Independence, Kind, Lineage, Passage, Relation};

use rashomon_annotate::Corpus;
use rashomon_model::ArticleId;

/// The lineage of the articles of one story.
#[must_use]
pub fn lineage(_corpus: &Corpus, articles: &[ArticleId]) -> Lineage {
    let accounts: Vec<_> = articles.iter().map(|a| vec![*a]).collect();
    Lineage {
        relations: Vec::new(),
        independence: Independence { low: accounts.len(), high: accounts.len(), accounts },
    }
}
