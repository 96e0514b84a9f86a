//! What was found about one story.

use crate::{
    Anchor, ChangeKind, ConflictKind, DifferenceKind, EditKind, FormRelation, QuoteKind, RelationKind, Span, Status,
    Touch,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The reports of one event, and how they relate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Id of its oldest article.
    pub id: String,
    /// The headline of the oldest article that has one.
    pub headline: String,
    /// Ids of its articles, the oldest first.
    pub articles: Vec<String>,
    /// Why each article but the first is in the story.
    #[serde(default)]
    pub joins: Vec<Join>,
    /// How many accounts are independent.
    pub independent: Independent,
    /// Who took from whom.
    pub lineage: Vec<Relation>,
    /// What was said, with every form of it.
    pub quotes: Vec<Utterance>,
    /// What is stated, by whom, and where reports disagree.
    pub points: Vec<Point>,
    /// What happened when.
    pub timeline: Vec<Event>,
    /// What changed between versions of one report.
    pub revisions: Vec<Revision>,
    /// What different reports call the same thing.
    pub framing: Vec<Framing>,
    /// Whose voices get how many quoted words, the most quoted first.
    #[serde(default)]
    pub voices: Vec<Voice>,
}

/// Why an article belongs to a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Join {
    /// The article that joined.
    pub article: String,
    /// The article of the story it is closest to.
    pub nearest: String,
    /// Probability that the two report one event.
    pub score: f64,
    /// The rule that joined them.
    pub rule: String,
    /// The reasons in words, the weightiest first.
    pub reasons: Vec<String>,
}

/// How many accounts are independent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Independent {
    /// The least it can be: every sign of dependence counted.
    pub low: usize,
    /// The most it can be: only certain dependence counted.
    pub high: usize,
    /// The articles of each account.
    pub accounts: Vec<Vec<String>>,
    /// Articles of one owner, by the list of `--owners`: a reason for the lower end.
    #[serde(default)]
    pub owners: Vec<Owned>,
}

/// Articles of one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owned {
    /// Who owns the outlets.
    pub owner: String,
    /// Their articles.
    pub articles: Vec<String>,
}

/// One relation between two reports, or between a report and a source that is not among them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// The article that was taken from; null for a declared source that is not among the articles.
    pub source: Option<String>,
    /// Name of the source, where it is declared.
    pub source_name: Option<String>,
    /// The article that took.
    pub derived: String,
    /// What kind of taking.
    pub kind: RelationKind,
    /// Whether the evidence decides who took from whom.
    pub directed: bool,
    /// Whether the derived article declares it.
    pub declared: bool,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The rule that decided kind and direction.
    pub rule: String,
    /// The reasons in words, the weightiest first.
    pub reasons: Vec<String>,
    /// Pairs of matching passages, source side first; twice the declaration for a source outside the corpus.
    pub evidence: Vec<[Anchor; 2]>,
    /// What was changed inside the passages.
    #[serde(default)]
    pub edits: Vec<Edit>,
}

/// A run of words that was changed inside a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Edit {
    /// What was done.
    pub kind: EditKind,
    /// In the source.
    pub source_span: Span,
    /// In the derived article.
    pub derived_span: Span,
}

/// One thing that somebody said, with every form it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Utterance {
    /// Made of its forms.
    pub id: String,
    /// Full name of the speaker.
    pub speaker: Option<String>,
    /// Other speakers that some report gives it to.
    pub other_speakers: Vec<String>,
    /// The best-attested wording.
    pub text: String,
    /// Where that wording stands.
    pub best: Anchor,
    /// The rule that joined the forms.
    pub rule: String,
    /// All forms, in order of article and place.
    pub forms: Vec<Form>,
}

/// One form of an utterance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// The article it stands in.
    pub article: String,
    /// Where in its text.
    pub span: Span,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words that name the speaker.
    pub speaker_span: Option<Span>,
    /// The words that report.
    pub cue_span: Option<Span>,
    /// How it relates to the best-attested wording.
    pub relation: FormRelation,
    /// Whether it is in another language than that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translated: bool,
    /// Word by word.
    pub differences: Vec<Difference>,
}

/// A run of words that differs from the best-attested wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// What happened to the words.
    pub kind: DifferenceKind,
    /// In the article of `best`.
    pub best_span: Span,
    /// In this form's article.
    pub form_span: Span,
    /// Whether it turns the words around it into their opposite: a "not" that is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub negation: bool,
}

/// One thing that reports of the story state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Made of the places that carry it.
    pub id: String,
    /// The clearest wording, taken from one article.
    pub text: String,
    /// Where that wording stands.
    pub wording: Anchor,
    /// Who states it.
    pub status: Status,
    /// Whom the reports attribute it to, if to somebody.
    pub said_by: Option<String>,
    /// Whether it tells of the background.
    pub background: bool,
    /// Words of doubt ("may", "reportedly") where other reports state it as a fact.
    pub hedged: Vec<Anchor>,
    /// Parts of the wording for which its own report alone has words.
    #[serde(default)]
    pub alone: Vec<Anchor>,
    /// How much it matters, 0 to 1.
    pub weight: f64,
    /// The rule that joined the sentences.
    pub rule: String,
    /// Where it stands in each article that carries it.
    pub carried: Vec<Anchor>,
    /// The articles that do not say it.
    pub omitted: Vec<String>,
    /// Sentences of other articles that may say it.
    #[serde(default)]
    pub unclear: Vec<Anchor>,
    /// Where the reports disagree.
    pub conflicts: Vec<Conflict>,
}

/// Values that cannot all be right, or a series of later updates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// What the values are.
    pub kind: ConflictKind,
    /// Whether the later value only updates the earlier one.
    pub update: bool,
    /// The rule that found it.
    pub rule: String,
    /// Why, in words.
    pub reason: String,
    /// The values, in order of article time.
    pub values: Vec<Value>,
}

/// One of the values in conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Value {
    /// Normalised.
    pub value: String,
    /// The article that gives it.
    pub article: String,
    /// Where in its text.
    pub span: Span,
}

/// Something that happened or was to happen at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Made of its time and its mentions.
    pub id: String,
    /// YYYY-MM-DD or RFC 3339 without zone.
    pub start: String,
    /// The last day, or the end of the time.
    pub end: String,
    /// What happened, in the words of one article.
    pub text: String,
    /// Where those words stand.
    pub wording: Anchor,
    /// Whether it was only planned.
    pub planned: bool,
    /// The rule that joined the mentions.
    pub rule: String,
    /// The time expressions that place it.
    pub mentions: Vec<Anchor>,
    /// Mentions whose relative date misleads: read literally they give another day.
    pub misleading: Vec<Anchor>,
}

/// What changed between two versions of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revision {
    /// The earlier version.
    pub from: String,
    /// The later version.
    pub to: String,
    /// The rule that paired them.
    pub rule: String,
    /// The changes, facts before style.
    pub changes: Vec<Change>,
}

/// One change between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Whether it changes no fact.
    pub trivial: bool,
    /// What kinds of fact it touches; empty for style.
    pub touches: Vec<Touch>,
    /// In the earlier version; null for an addition.
    pub from_span: Option<Span>,
    /// In the later version; null for a removal.
    pub to_span: Option<Span>,
    /// A headline that stands apart from the text, before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_text: Option<String>,
    /// And after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_text: Option<String>,
}

/// How many quoted words one speaker gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Voice {
    /// Full name.
    pub speaker: String,
    /// Words inside quotation marks, over all articles.
    pub words: usize,
    /// The same by article.
    pub articles: Vec<VoiceShare>,
    /// The quotations that are counted.
    pub evidence: Vec<Anchor>,
}

/// How many quoted words one speaker gets in one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VoiceShare {
    /// The article.
    pub article: String,
    /// Words inside quotation marks.
    pub words: usize,
}

/// The names that different reports give one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Framing {
    /// The thing, in the most neutral or most common of the terms.
    pub referent: String,
    /// The rule that found they mean one thing.
    pub rule: String,
    /// The terms, in order of article and place.
    pub terms: Vec<Term>,
}

/// One term for a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// The words.
    pub text: String,
    /// The article that uses them.
    pub article: String,
    /// Where in its text.
    pub span: Span,
    /// Loaded words in it, by the lexicon.
    pub loaded: Vec<Span>,
}
