//! What a search for relations is told of each article, and what it finds.

use crate::Kind;
use crate::reason::Reason;
use rashomon_model::{Moment, Rule, Span};

/// What is known of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Its id; results are in order of ids.
    pub id: String,
    /// Masthead.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last updated.
    pub updated: Option<Moment>,
    /// Sources it declares as the origin of the whole.
    pub origins: Vec<String>,
    /// Sources it credits for a part.
    pub credits: Vec<String>,
    /// ISO 639-1 code of its language, if that is not English.
    pub language: Option<String>,
}

/// A relation between two articles of a corpus, by their index.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The article that was taken from; if undirected, the one of smaller id.
    pub source: usize,
    /// The article that took.
    pub derived: usize,
    /// What kind of taking.
    pub kind: Kind,
    /// Whether the evidence decides who took from whom.
    pub directed: bool,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The rule that decided the kind.
    pub rule: Rule,
    /// The reasons, the weightiest first; none after [`Finder::without_reasons`](crate::Finder::without_reasons).
    pub reasons: Vec<Reason>,
    /// Shared passages, source side first, the longest first.
    pub passages: Vec<(Span, Span)>,
}
