//! What became of a sentence that somebody is said to have said: printed by `rashomon check`, answered by the API.

use crate::{DifferenceKind, QuoteKind, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer to whether a sentence is quoted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// The sentence.
    pub text: String,
    /// `verbatim`, `truncated`, `altered`, `negated`, `reported`, `denied`, `other-speaker` or `absent`.
    pub verdict: String,
    /// Where somebody is quoted with it, says the opposite, or denies it; the closest first.
    pub forms: Vec<CheckedForm>,
    /// Where there is no form: what comes nearest.
    pub nearest: Vec<CheckedForm>,
}

/// One place that holds the sentence, or something like it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedForm {
    /// Id of the article.
    pub article: String,
    /// Path or URL as given.
    pub source: String,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// The words there.
    pub quotation: String,
    /// How it is reported; null outside quotations.
    pub kind: Option<QuoteKind>,
    /// Who is quoted.
    pub speaker: Option<String>,
    /// The words that report.
    pub cue_span: Option<Span>,
    /// How the sentence stands to it: a verdict, or `reworded`, `open`, `unquoted`, `near`.
    pub relation: String,
    /// Share of the sentence's words that agree, by weight.
    pub share: f64,
    /// Word by word.
    pub differences: Vec<CheckedDifference>,
    /// Whether it is in another language than the sentence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translated: bool,
}

/// One run of words that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedDifference {
    /// What happened to the words.
    pub kind: DifferenceKind,
    /// Whether it turns the words around it into their opposite.
    pub negation: bool,
    /// In the article.
    pub article_span: Span,
    /// The words there.
    pub article: String,
    /// In the sentence that was asked about.
    pub text_span: Span,
    /// The words there.
    pub text: String,
}

#[cfg(feature = "findings")]
impl Checked {
    /// The answer `found` to `text` among the articles of `corpus`.
    #[must_use]
    pub fn new(corpus: &rashomon_annotate::Corpus, text: &str, found: &rashomon_compare::Check) -> Self {
        let form = |it: &rashomon_compare::Match| {
            let article = &corpus.get(it.anchor.article).article;
            let difference = |d: &rashomon_compare::Difference| CheckedDifference {
                kind: d.kind.into(),
                negation: d.negation,
                article_span: d.best.into(),
                article: d.best.text(&article.text).to_owned(),
                text_span: d.form.into(),
                text: d.form.text(text).to_owned(),
            };
            CheckedForm {
                article: article.id.clone(),
                source: article.source.clone(),
                outlet: article.outlet.clone(),
                span: it.anchor.span.into(),
                quotation: corpus.text(it.anchor).to_owned(),
                kind: it.kind.map(QuoteKind::from),
                speaker: it.speaker.clone(),
                cue_span: it.cue_span.map(Span::from),
                relation: it.relation.as_str().to_owned(),
                share: (it.share * 1000.0).round() / 1000.0,
                differences: it.differences.iter().map(difference).collect(),
                translated: it.translated,
            }
        };
        Self {
            text: text.to_owned(),
            verdict: found.verdict.as_str().to_owned(),
            forms: found.forms.iter().map(form).collect(),
            nearest: found.nearest.iter().map(form).collect(),
        }
    }
}
