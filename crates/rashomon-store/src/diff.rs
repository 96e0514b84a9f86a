//! What changed between two versions of an article.

use crate::{Result, Store};
use rashomon::compare::{Change, changes};
use rashomon::model::Article;
use serde::Serialize;

/// Two versions and what changed from one to the other, facts before style.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The earlier version; its id is the article's key.
    pub from: Article,
    /// The later one.
    pub to: Article,
    /// The changes, those that touch facts first, trivial ones last.
    pub changes: Vec<Change>,
    /// The headlines, where they differ and stand beside the text.
    pub title: Option<(String, String)>,
}

/// A change as it goes out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiffRow {
    /// `added`, `removed`, `reworded` or `moved`.
    pub kind: &'static str,
    /// Whether it changes no fact: marks, spelling, style.
    pub trivial: bool,
    /// `number`, `name`, `quote`, `date`, `negation`.
    pub touches: Vec<&'static str>,
    /// In the text of the earlier version.
    pub from_span: Option<[usize; 2]>,
    /// In the text of the later version.
    pub to_span: Option<[usize; 2]>,
    /// The words of the earlier version.
    pub from: String,
    /// The words of the later version.
    pub to: String,
}

impl Diff {
    /// The changes with their words.
    #[must_use]
    pub fn rows(&self) -> Vec<DiffRow> {
        let span = |it: Option<rashomon::model::Span>| it.map(|it| [it.start(), it.end()]);
        let words =
            |it: Option<rashomon::model::Span>, text: &str| it.map_or(String::new(), |it| it.text(text).to_owned());
        let row = |c: &Change| DiffRow {
            kind: c.kind.as_str(),
            trivial: c.trivial,
            touches: c.touches.iter().map(|it| it.as_str()).collect(),
            from_span: span(c.from),
            to_span: span(c.to),
            from: words(c.from, &self.from.text),
            to: words(c.to, &self.to.text),
        };
        self.changes.iter().map(row).collect()
    }
}

impl Store {
    /// What changed between two versions of an article, by their numbers.
    ///
    /// # Errors
    /// If there is no such article or version, or its text cannot be read.
    pub fn diff(&mut self, article: &str, from: u32, to: u32) -> Result<Diff> {
        let from = self.annotated_version(article, Some(from))?;
        let to = self.annotated_version(article, Some(to))?;
        let changes = changes(&from, &to);
        let heading = |it: &Article| it.title.clone().unwrap_or_default();
        let (a, b) = (heading(&from.article), heading(&to.article));
        let beside = from.article.title_span.is_none() || to.article.title_span.is_none();
        let title = (beside && a != b).then_some((a, b));
        Ok(Diff { from: from.article, to: to.article, changes, title })
    }
}
