//! One quotation as a row of a table: printed by `rashomon quotes`.

use crate::Span;
use rashomon_annotate::{Annotated, Quote, quotes};
use rashomon_model::Moment;
use serde::Serialize;

/// One quotation with what is known of its article; the names are columns of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs, reason = "docs/book/src/formats.md tells of the columns")]
pub struct QuoteRow {
    #[serde(rename = "quoteID")]
    pub quote_id: String,
    pub utterance: String,
    pub quotation: String,
    pub speaker: Option<String>,
    pub kind: &'static str,
    pub act: &'static str,
    pub stance: &'static str,
    pub article: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub published: Option<String>,
    pub start: usize,
    pub end: usize,
    pub parts: Vec<Span>,
    pub mention: Option<String>,
    pub cue: Option<String>,
    pub rule: &'static str,
}

impl QuoteRow {
    /// The names of the columns, in order.
    pub const COLUMNS: [&str; 19] = [
        "quoteID",
        "utterance",
        "quotation",
        "speaker",
        "kind",
        "act",
        "stance",
        "article",
        "url",
        "outlet",
        "title",
        "date",
        "published",
        "start",
        "end",
        "parts",
        "mention",
        "cue",
        "rule",
    ];

    /// The quotations of an article that are of one of `kinds`, in order of place: speech, and with `all` also what sources
    /// are said to think, find or want.
    #[must_use]
    pub fn of(it: &Annotated, kinds: &[impl AsRef<str>], all: bool) -> Vec<Self> {
        let asked = |row: &quotes::Row<'_>| {
            kinds.iter().any(|k| k.as_ref() == row.kind.as_str())
                && (all || row.act == rashomon_annotate::Act::Communication)
        };
        let rows = quotes::rows(it).into_iter().zip(&it.quotes).filter(|(row, _)| asked(row));
        rows.map(|(row, quote)| Self::new(it, row, quote)).collect()
    }

    fn new(it: &Annotated, row: quotes::Row<'_>, quote: &Quote) -> Self {
        let article = &it.article;
        Self {
            quote_id: row.quote_id,
            utterance: row.utterance,
            quotation: row.quotation,
            speaker: row.speaker.map(str::to_owned),
            kind: row.kind.as_str(),
            act: row.act.as_str(),
            stance: rashomon_compare::stance(it, quote).as_str(),
            article: article.id.clone(),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            date: article.published.map(Moment::rfc3339),
            published: article.published.map(Moment::rfc3339),
            start: row.span.start(),
            end: row.span.end(),
            parts: row.parts.iter().map(|p| (*p).into()).collect(),
            mention: row.mention.map(str::to_owned),
            cue: row.cue.map(str::to_owned),
            rule: row.rule.name(),
        }
    }
}
