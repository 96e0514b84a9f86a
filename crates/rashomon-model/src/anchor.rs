//! A place in one of many articles.

use crate::Span;

/// Index of an article in a corpus. Meaningful only together with that corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

impl ArticleId {
    /// The index as a `usize`.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A span together with the article it points into: the proof behind a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// Which article.
    pub article: ArticleId,
    /// Where in its text.
    pub span: Span,
}

impl Anchor {
    /// The anchor at `span` of `article`.
    #[must_use]
    pub fn new(article: ArticleId, span: Span) -> Self {
        Self { article, span }
    }
}
