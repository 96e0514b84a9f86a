//! One retrieved report: its text, frozen, and what the page says about itself.

use crate::{Moment, Origin, Span, Spanned};

/// One report as retrieved. Later stages point at `text` and never change it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Given by the input, or derived from the retrieved bytes (16 hexadecimal digits of their SHA-256).
    pub id: String,
    /// Path or URL as given on the command line; for JSONL, path and line.
    pub source: String,
    /// Address of the article, where known.
    pub url: Option<String>,
    /// Masthead that published it.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Where the headline stands in `text`, if it does. JSONL keeps title and text apart, and then it does not.
    pub title_span: Option<Span>,
    /// Authors.
    pub byline: Vec<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last updated.
    pub updated: Option<Moment>,
    /// Whether the zones of these times were assumed, not stated.
    pub assumed_zones: AssumedZones,
    /// Where a visible dateline gave these times.
    pub dateline_spans: Vec<Span>,
    /// ISO 639-1 code of the text's language.
    pub language: Option<String>,
    /// Whether the page calls itself unfinished ("Being updated", "Developing story").
    pub developing: bool,
    /// `sha256:` and the hexadecimal digest of the retrieved bytes.
    pub digest: String,
    /// The text all spans point into.
    pub text: String,
    /// Page furniture: navigation, share lines, photo credits, author boxes. Sorted, not overlapping; marked, never cut.
    pub furniture: Vec<Span>,
    /// Sources that the article itself names, in order of place.
    pub declared: Vec<Declared>,
    /// For HTML: how `text` maps back to the retrieved bytes. `None` when `text` is the retrieved text itself.
    pub origin: Option<Origin>,
    /// Unknown keys of a JSONL row, each with its value as JSON, in order of name.
    pub extra: Vec<(String, String)>,
}

impl Article {
    /// Whether `span` lies wholly or partly in page furniture. The headline of a web page is no part of its running text,
    /// but it is read.
    #[must_use]
    pub fn is_furniture(&self, span: Span) -> bool {
        if self.title_span.is_some_and(|title| title.contains(span)) {
            return false;
        }
        let from = self.furniture.partition_point(|f| f.end() <= span.start());
        self.furniture.get(from).is_some_and(|f| f.overlaps(span))
    }

    /// The time that best says what "today" means in the article: when it was published, else when it was updated.
    #[must_use]
    pub fn dateline(&self) -> Option<Moment> {
        self.published.or(self.updated)
    }

    /// The headline and its place, if it stands in the text.
    #[must_use]
    pub fn headline(&self) -> Option<Spanned<&str>> {
        self.title_span.map(|span| Spanned { value: span.text(&self.text), span })
    }
}

/// Whether the zones of an article's times were assumed: from the outlet's country or other times of the page, or to be UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssumedZones {
    /// That of `published`.
    pub published: bool,
    /// That of `updated`.
    pub updated: bool,
}

/// A source that the article itself says it takes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The source as named: "Radio Free Europe/Radio Liberty", "Reuters", "Sarah Marsh".
    pub name: String,
    /// What kind of debt is declared.
    pub kind: DeclaredKind,
    /// Where it is declared; empty if that is not in the text, but in what the page or row says beside it.
    pub span: Span,
    /// Where it stands in the retrieved bytes, if not in the text and if that is known.
    pub retrieved: Option<Span>,
}

/// What kind of debt an article declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclaredKind {
    /// The whole article comes from there: "originally published by", "Source:".
    Origin,
    /// Material of a news agency or another outlet went into it: "(Reuters)", "with reporting by", "of Reuters".
    Agency,
    /// A person wrote it or contributed.
    Author,
    /// Only a picture comes from there.
    Photo,
    /// An embedded post.
    Post,
}

impl DeclaredKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Agency => "agency",
            Self::Author => "author",
            Self::Photo => "photo",
            Self::Post => "post",
        }
    }
}
