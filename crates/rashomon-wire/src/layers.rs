//! What annotating adds to an article.

use crate::{Act, Approximation, NameKind, QuoteKind, Span, TimeKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `annotate` adds to an article, every list in order of place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Layers {
    /// Sentences outside page furniture.
    pub sentences: Vec<Span>,
    /// Quotations and reported speech.
    pub quotes: Vec<Quote>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Mentions of named things.
    pub names: Vec<Name>,
    /// Numbers.
    pub numbers: Vec<Number>,
}

/// One stretch of reported speech.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Inside the marks; for mixed and indirect speech, the reported clause.
    pub span: Span,
    /// The pieces that stand inside quotation marks.
    #[serde(default)]
    pub parts: Vec<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// What its source is said to have done.
    pub act: Act,
    /// Full name of the speaker in this article, or the words that name the speaker.
    pub speaker: Option<String>,
    /// The words that name the speaker.
    pub speaker_span: Option<Span>,
    /// The words that report.
    pub cue_span: Option<Span>,
    /// The rule that found it.
    pub rule: String,
}

/// One time expression (ISO-TimeML TIMEX3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// TIMEX3 type.
    pub r#type: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// YYYY-MM-DD or RFC 3339 without zone.
    pub start: Option<String>,
    /// The last day, or the end of the time.
    pub end: Option<String>,
    /// The rule that resolved it.
    pub rule: String,
    /// Whether the article has no date and the value comes from other evidence.
    #[serde(default)]
    pub inferred: bool,
}

/// One mention of a named thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// What kind of thing it names.
    pub r#type: NameKind,
    /// Full form in this article.
    pub name: String,
}

/// One number as written in news.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Number {
    /// Where it stands.
    pub span: Span,
    /// Its value; for a vague one the least it can mean.
    pub value: f64,
    /// Upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// What is counted or measured.
    pub unit: Option<String>,
    /// How exact it claims to be.
    pub approximation: Approximation,
}
