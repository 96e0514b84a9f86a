//! A story: the reports of one event.

use crate::headline;
use rashomon_annotate::Corpus;
use rashomon_model::{ArticleId, Rule};

/// The reports of one event.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Stable id: the id of its oldest article.
    pub id: String,
    /// Its articles, the oldest first, undated ones last.
    pub articles: Vec<ArticleId>,
    /// Why each article but the first is in it.
    pub joins: Vec<Join>,
}

impl Story {
    /// The headline of its newest state ([`headline`]), if any of its articles has one.
    #[must_use]
    pub fn headline<'a>(&self, corpus: &'a Corpus) -> Option<&'a str> {
        headline(self.articles.iter().filter_map(|id| {
            let it = &corpus.get(*id).article;
            // Of states of one report the later is the newer.
            let at = it.dateline().map(|day| (day.at, it.updated.map(|day| day.at)));
            Some((it.title.as_deref()?, at))
        }))
    }
}

/// Why an article belongs to a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The article that joined.
    pub article: ArticleId,
    /// The article of the story it is closest to.
    pub nearest: ArticleId,
    /// Probability that the two report one event, 0 to 1.
    pub score: f64,
    /// The rule that joined them.
    pub rule: Rule,
    /// The reasons in words, the weightiest first.
    pub reasons: Vec<String>,
}
