//! The answers about one story, every one with its evidence and the rule that made it.

use jiff::civil::DateTime;
use rashomon_lineage::Lineage;
use rashomon_model::{Anchor, ArticleId, Rule, Span};

/// What the reports of one story say, together and against each other.
#[derive(Clone, Debug)]
pub struct Collation {
    /// How the reports descend from each other.
    pub lineage: Lineage,
    /// Utterances, each with all its forms, in order of weight.
    pub quotes: Vec<Utterance>,
    /// Points, the weightiest first.
    pub points: Vec<Point>,
    /// What happened when, in order of time.
    pub timeline: Vec<Moment>,
    /// What changed between versions of one report.
    pub revisions: Vec<Revision>,
    /// What different reports call the same thing.
    pub framing: Vec<Framing>,
    /// Whose voices get how many words, the most quoted first.
    pub voices: Vec<Voice>,
}

/// One thing that somebody said, with every form it takes.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Full name of the speaker; `None` if no report names one.
    pub speaker: Option<String>,
    /// Other speakers that some report gives it to: a flagged disagreement.
    pub other_speakers: Vec<String>,
    /// The best-attested wording.
    pub text: String,
    /// The form that wording is taken from.
    pub best: Anchor,
    /// All forms, in order of article and place.
    pub forms: Vec<Form>,
    /// The rule that joined the forms.
    pub rule: Rule,
}

/// One form of an utterance in one article.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it stands.
    pub anchor: Anchor,
    /// How it is reported: `direct`, `indirect`, `mixed`, `headline`.
    pub kind: rashomon_annotate::QuoteKind,
    /// The words that name the speaker here.
    pub speaker_span: Option<Span>,
    /// The words that report.
    pub cue_span: Option<Span>,
    /// How it relates to the best-attested wording.
    pub relation: FormRelation,
    /// Whether it is in another language than that.
    pub translated: bool,
    /// Word-level differences from the best-attested wording.
    pub differences: Vec<Difference>,
}

/// How a form of an utterance relates to its best-attested wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormRelation {
    /// The same words, but for case, marks and final punctuation.
    Verbatim,
    /// Words left out, with or without an ellipsis.
    Truncated,
    /// Words changed inside the marks.
    Altered,
    /// Another wording of the same content: translation or paraphrase.
    Reworded,
    /// A short piece.
    Fragment,
}

impl FormRelation {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Reworded => "reworded",
            Self::Fragment => "fragment",
        }
    }
}

/// One run of words that differs between the best-attested wording and a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What happened to the words.
    pub kind: DifferenceKind,
    /// The words in the best-attested wording; empty for an insertion.
    pub best: Span,
    /// The words in the form; empty for an omission.
    pub form: Span,
    /// Whether it turns the words around it into their opposite: a "not" that is gone.
    pub negation: bool,
}

/// What happened to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Only in the form.
    Inserted,
    /// Only in the best-attested wording.
    Omitted,
    /// Other words.
    Replaced,
}

impl DifferenceKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Omitted => "omitted",
            Self::Replaced => "replaced",
        }
    }
}

/// One thing that reports of the story state.
#[derive(Clone, Debug)]
pub struct Point {
    /// The clearest wording, taken from one article.
    pub text: String,
    /// Where that wording stands.
    pub wording: Anchor,
    /// Who states it: all, some or one.
    pub status: Status,
    /// Whom the reports attribute it to, if to somebody.
    pub said_by: Option<String>,
    /// Whether it tells of the event itself or of its background.
    pub background: bool,
    /// Where some reports hold as possible ("may", "reportedly") what others state as a fact.
    pub hedged: Vec<Anchor>,
    /// Parts of the wording for which its own report alone has words: the others that carry the point have none like them where
    /// they are cited, nor in the sentences beside, and no sentence of any report has half of them.
    pub alone: Vec<Anchor>,
    /// Where it stands in each article that carries it.
    pub carried: Vec<Anchor>,
    /// The articles that leave it out: a claim that they do not say it.
    pub omitted: Vec<ArticleId>,
    /// Sentences that may say it, one of each article that neither surely carries it nor surely leaves it out.
    pub unclear: Vec<Anchor>,
    /// Where the reports disagree.
    pub conflicts: Vec<Conflict>,
    /// How much it matters, 0 to 1.
    pub weight: f64,
    /// The rule that joined the sentences.
    pub rule: Rule,
}

/// How many of the reports state a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum Status {
    All,
    Some,
    One,
}

impl Status {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Some => "some",
            Self::One => "one",
        }
    }
}

/// Values that cannot all be right, or a series of later updates.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What the values are.
    pub kind: ConflictKind,
    /// Whether the later value only updates the earlier one.
    pub update: bool,
    /// The values, in order of article time.
    pub values: Vec<ConflictValue>,
    /// The rule that found it.
    pub rule: Rule,
    /// Why, in words.
    pub reason: String,
}

/// One of the values in conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictValue {
    /// Normalised value, for people.
    pub value: String,
    /// The number it is, if it is one.
    pub amount: Option<Amount>,
    /// Where it stands.
    pub anchor: Anchor,
}

/// How many or how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The number; of a range its lower end.
    pub number: f64,
    /// Whether it counts things, so that it may grow from report to report; money, shares and measures do not.
    pub counts: bool,
}

/// What kind of values are in conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum ConflictKind {
    Number,
    Date,
    Name,
    Place,
    Negation,
}

impl ConflictKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Name => "name",
            Self::Place => "place",
            Self::Negation => "negation",
        }
    }
}

/// Something that happened or was to happen at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// First moment.
    pub start: DateTime,
    /// One past the last moment.
    pub end: DateTime,
    /// What happened, in the words of one article.
    pub text: String,
    /// Where those words stand.
    pub wording: Anchor,
    /// Whether it was only planned.
    pub planned: bool,
    /// The time expressions that place it.
    pub mentions: Vec<Anchor>,
    /// Mentions whose relative date misleads: read literally they give another day.
    pub misleading: Vec<Anchor>,
    /// The rule that joined the mentions.
    pub rule: Rule,
}

/// What changed between two versions of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The earlier version.
    pub from: ArticleId,
    /// The later version.
    pub to: ArticleId,
    /// The headlines before and after, where another one was set and they stand apart from the text.
    pub headline: Option<[String; 2]>,
    /// The changes, facts before style.
    pub changes: Vec<Change>,
    /// The rule that paired the versions.
    pub rule: Rule,
}

/// One change between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Whether it changes no fact: punctuation, spelling, style.
    pub trivial: bool,
    /// What kinds of fact it touches; empty for style.
    pub touches: Vec<Touch>,
    /// In the earlier version; `None` for an addition.
    pub from: Option<Span>,
    /// In the later version; `None` for a removal.
    pub to: Option<Span>,
}

/// What kind of fact a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum Touch {
    Number,
    Name,
    Quote,
    Date,
    Negation,
    Headline,
}

impl Touch {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Quote => "quote",
            Self::Date => "date",
            Self::Negation => "negation",
            Self::Headline => "headline",
        }
    }
}

/// What was done in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum ChangeKind {
    Added,
    Removed,
    Reworded,
    Moved,
}

impl ChangeKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
        }
    }
}

/// The names that different reports give one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// The thing, in the most neutral or most common of the terms.
    pub referent: String,
    /// The terms, in order of article and place.
    pub terms: Vec<Term>,
    /// The rule that found they mean one thing.
    pub rule: Rule,
}

/// One term for a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Where it stands.
    pub anchor: Anchor,
    /// The loaded words in it, by the lexicon.
    pub loaded: Vec<Span>,
}

/// How many quoted words one speaker gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Full name.
    pub speaker: String,
    /// Words inside quotation marks, over all articles.
    pub words: usize,
    /// The same by article, in order of article.
    pub articles: Vec<(ArticleId, usize)>,
    /// The quotations that are counted.
    pub evidence: Vec<Anchor>,
}
