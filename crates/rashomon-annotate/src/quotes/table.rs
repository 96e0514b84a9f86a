//! Quotations as rows of a table, with the column names of Quotebank (Vaucher, Spitz, Catasta & West 2021) where they fit.

use crate::{Act, Annotated, QuoteKind};
use rashomon_model::{Rule, Span};

/// One quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Quotebank's `quoteID`: the article's id and the span, `id:12-40`.
    pub quote_id: String,
    /// Quotebank's `quotation`: the words inside the marks, joined where the cue breaks them; for indirect speech the clause.
    pub quotation: String,
    /// Quotebank's `speaker`: full name in this article.
    pub speaker: Option<&'a str>,
    /// The words that name the speaker.
    pub mention: Option<&'a str>,
    /// The words that report.
    pub cue: Option<&'a str>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// What its source is said to have done.
    pub act: Act,
    /// Where it stands, in bytes.
    pub span: Span,
    /// The rule that found it.
    pub rule: Rule,
}

/// The quotations of an article as rows, in order of place.
#[must_use]
pub fn rows(it: &Annotated) -> Vec<Row<'_>> {
    it.quotes
        .iter()
        .map(|q| Row {
            quote_id: format!("{}:{}-{}", it.article.id, q.span.start(), q.span.end()),
            quotation: match (&q.parts[..], q.kind) {
                ([], _) | (_, QuoteKind::Mixed) => it.text(q.span).to_owned(),
                (parts, _) => parts.iter().map(|p| it.text(*p)).collect::<Vec<_>>().join(" "),
            },
            speaker: q.speaker.as_deref(),
            mention: q.speaker_span.map(|s| it.text(s)),
            cue: q.cue_span.map(|s| it.text(s)),
            kind: q.kind,
            act: q.act,
            span: q.span,
            rule: q.rule,
        })
        .collect()
}
