//! Relations between reports, as found in one story.

use crate::Reason;
use rashomon_model::{Anchor, ArticleId, Rule};

/// How the reports of one story descend from each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// All relations, in order of derived article, source and kind.
    pub relations: Vec<Relation>,
    /// How many accounts are independent.
    pub independence: Independence,
}

impl Lineage {
    /// Where nothing could be found out: any number of accounts, from one to as many as there are reports.
    #[must_use]
    pub fn unknown(articles: &[ArticleId]) -> Self {
        let accounts = articles.iter().map(|it| vec![*it]).collect();
        let independence =
            Independence { low: articles.len().min(1), high: articles.len(), accounts, owners: Vec::new() };
        Self { relations: Vec::new(), independence }
    }
}

/// One relation between two reports, or between a report and a source that is not in the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The article that was taken from; `None` for a declared source outside the corpus.
    pub source: Option<ArticleId>,
    /// Name of the source, where it is declared.
    pub source_name: Option<String>,
    /// The article that took.
    pub derived: ArticleId,
    /// What kind of taking.
    pub kind: Kind,
    /// Whether the evidence decides who took from whom. If not, `source` is the article of smaller id.
    pub directed: bool,
    /// Whether the derived article declares it.
    pub declared: bool,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The rule that decided kind and direction.
    pub rule: Rule,
    /// The reasons, the weightiest first: times, containment, fuller quotes, shared slips.
    pub reasons: Vec<Reason>,
    /// Shared passages, source side and derived side, the longest first. For a declared source outside the corpus both sides
    /// are the declaration.
    pub evidence: Vec<Passage>,
    /// What was changed inside the shared passages, in order of the derived article.
    pub edits: Vec<Edit>,
}

/// A run of words that differs inside a shared passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// In the derived article; empty for words that were dropped.
    pub derived: Anchor,
    /// In the source; empty for words that were inserted.
    pub source: Anchor,
    /// What was done.
    pub kind: EditKind,
}

/// What was done to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// Only in the derived article.
    Inserted,
    /// Only in the source.
    Dropped,
    /// Other words.
    Replaced,
}

impl EditKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Dropped => "dropped",
            Self::Replaced => "replaced",
        }
    }
}

/// A passage of the source and the passage of the derived article that matches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// In the source.
    pub source: Anchor,
    /// In the derived article.
    pub derived: Anchor,
}

/// What kind of taking a relation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A later version by the same outlet or at the same address.
    Revision,
    /// The same text elsewhere, perhaps with a new lead or a cut tail.
    Reprint,
    /// A part of the source inside another article.
    Excerpt,
    /// The same text in other words.
    Rewrite,
    /// The same text back from another language.
    Translation,
    /// Neither from the other; both from a third.
    CommonSource,
    /// Only a credit: the source is named.
    Credit,
}

impl Kind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Reprint => "reprint",
            Self::Excerpt => "excerpt",
            Self::Rewrite => "rewrite",
            Self::Translation => "translation",
            Self::CommonSource => "common-source",
            Self::Credit => "credit",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        use Kind::{CommonSource, Credit, Excerpt, Reprint, Revision, Rewrite, Translation};
        let all = [Revision, Reprint, Excerpt, Rewrite, Translation, CommonSource, Credit];
        all.into_iter().find(|it| it.as_str() == name)
    }
}

/// How many independent accounts a story has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Independence {
    /// The least it can be: every sign of dependence counted.
    pub low: usize,
    /// The most it can be: only certain dependence counted.
    pub high: usize,
    /// The articles of each account, by certain dependence.
    pub accounts: Vec<Vec<ArticleId>>,
    /// Owners of several of the articles, by a list that the user gave, with these articles.
    pub owners: Vec<(String, Vec<ArticleId>)>,
}
