//! An article together with its layers.

use jiff::civil::DateTime;
use rashomon_model::{Article, Moment, Rule, Span, Unit};

/// An article and what stands where in it. Every layer is in order of place.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The article, unchanged.
    pub article: Article,
    /// The time its relative dates count from: its own, or one assumed for an article without a date.
    pub dateline: Option<Moment>,
    /// Words, numbers and punctuation marks, with part of speech. Furniture is tokenized too.
    pub tokens: Vec<Token>,
    /// Sentences outside page furniture, the headline first where it stands in the text.
    pub sentences: Vec<Sentence>,
    /// Mentions of people, organizations, places and other named things.
    pub names: Vec<Name>,
    /// The named things themselves; `Name::entity` points here.
    pub entities: Vec<Entity>,
    /// Quotations. Not nested: an inner quotation belongs to the outer one.
    pub quotes: Vec<Quote>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Numbers.
    pub numbers: Vec<Number>,
}

impl Annotated {
    /// An article without layers.
    #[must_use]
    pub fn new(article: Article) -> Self {
        Self {
            dateline: article.dateline(),
            article,
            tokens: Vec::new(),
            sentences: Vec::new(),
            names: Vec::new(),
            entities: Vec::new(),
            quotes: Vec::new(),
            times: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// Whether its text was never read: a fault of the program left it without layers, so that nothing can be said of what it
    /// lacks.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.sentences.is_empty() && !self.article.text.trim().is_empty()
    }

    /// The text of a span.
    #[inline]
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        span.text(&self.article.text)
    }

    /// The tokens of a sentence.
    #[inline]
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.first_token..sentence.end_token]
    }

    /// The tokens that lie wholly inside `span`.
    #[inline]
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        within(&self.tokens, span, |t| t.span)
    }

    /// The names inside `span`.
    #[inline]
    #[must_use]
    pub fn names_in(&self, span: Span) -> &[Name] {
        within(&self.names, span, |n| n.span)
    }

    /// The time expressions inside `span`.
    #[inline]
    #[must_use]
    pub fn times_in(&self, span: Span) -> &[Time] {
        within(&self.times, span, |t| t.span)
    }

    /// The numbers inside `span`.
    #[inline]
    #[must_use]
    pub fn numbers_in(&self, span: Span) -> &[Number] {
        within(&self.numbers, span, |n| n.span)
    }

    /// The names that share a byte with `span`.
    pub fn names_over(&self, span: Span) -> impl Iterator<Item = &Name> {
        over(&self.names, span, |n| n.span)
    }

    /// The time expressions that share a byte with `span`.
    pub fn times_over(&self, span: Span) -> impl Iterator<Item = &Time> {
        over(&self.times, span, |t| t.span)
    }

    /// The numbers that share a byte with `span`.
    pub fn numbers_over(&self, span: Span) -> impl Iterator<Item = &Number> {
        over(&self.numbers, span, |n| n.span)
    }

    /// The quotations that share a byte with `span`.
    pub fn quotes_over(&self, span: Span) -> impl Iterator<Item = &Quote> {
        over(&self.quotes, span, |q| q.span)
    }

    /// The place, date and agency a sentence begins with, dash included ("PORT NORA, May 3 (Reuters) -"), if it does.
    #[must_use]
    pub fn dateline_of(&self, sentence: &Sentence) -> Option<Span> {
        crate::sentences::dateline(&self.article.text, self.tokens_of(sentence))
    }

    /// The sentence that holds the byte at `offset`.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let it = self.sentences.partition_point(|s| s.span.end() <= offset);
        self.sentences.get(it).is_some_and(|s| s.span.holds(offset)).then_some(it)
    }
}

/// The items of an ordered, not overlapping layer that lie wholly inside `span`.
pub(crate) fn within<T>(layer: &[T], span: Span, place: impl Fn(&T) -> Span) -> &[T] {
    let from = layer.partition_point(|t| place(t).start() < span.start());
    let to = from + layer[from..].partition_point(|t| place(t).end() <= span.end());
    &layer[from..to]
}

/// The items of an ordered layer that share a byte with `span`. Neighbours may overlap a little, as a quotation and what
/// stands between its parts do.
fn over<'a, T>(layer: &'a [T], span: Span, place: impl Fn(&T) -> Span + Copy + 'a) -> impl Iterator<Item = &'a T> {
    const NEIGHBOURS: usize = 4;
    let from = layer.partition_point(|t| place(t).end() <= span.start()).saturating_sub(NEIGHBOURS);
    let behind = move |t: &&T| place(t).start() < span.end();
    layer[from..].iter().take_while(behind).filter(move |t| place(t).overlaps(span))
}

/// One word, number or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its part of speech.
    pub tag: Tag,
}

/// Part of speech, in the Penn Treebank tag set (Marcus, Santorini & Marcinkiewicz 1993).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
#[rustfmt::skip]
pub enum Tag {
    CC, CD, DT, EX, FW, IN, JJ, JJR, JJS, LS, MD, NN, NNS, NNP, NNPS, PDT, POS, PRP, PRPS, RB, RBR, RBS, RP, SYM, TO, UH,
    VB, VBD, VBG, VBN, VBP, VBZ, WDT, WP, WPS, WRB,
    /// Sentence-final mark.
    Stop,
    /// Comma.
    Comma,
    /// Colon, semicolon, dash, ellipsis.
    Colon,
    /// Opening or closing quotation mark.
    Quote,
    /// Opening or closing bracket.
    Bracket,
    /// Hyphen between the parts of a word.
    Hyph,
    /// Anything else.
    Other,
}

impl Tag {
    /// Every tag, in order of declaration.
    #[rustfmt::skip]
    pub const ALL: [Self; 43] = [
        Self::CC, Self::CD, Self::DT, Self::EX, Self::FW, Self::IN, Self::JJ, Self::JJR, Self::JJS, Self::LS, Self::MD, Self::NN,
        Self::NNS, Self::NNP, Self::NNPS, Self::PDT, Self::POS, Self::PRP, Self::PRPS, Self::RB, Self::RBR, Self::RBS, Self::RP,
        Self::SYM, Self::TO, Self::UH, Self::VB, Self::VBD, Self::VBG, Self::VBN, Self::VBP, Self::VBZ, Self::WDT, Self::WP,
        Self::WPS, Self::WRB, Self::Stop, Self::Comma, Self::Colon, Self::Quote, Self::Bracket, Self::Hyph, Self::Other,
    ];

    /// The tag of a name as the Penn Treebank writes it (`PRP$`, `-LRB-`); currency signs are symbols.
    #[must_use]
    pub fn from_penn(name: &str) -> Self {
        match name {
            "PRP$" => Self::PRPS,
            "WP$" => Self::WPS,
            "." => Self::Stop,
            "," => Self::Comma,
            ":" => Self::Colon,
            "``" | "''" | "\"" => Self::Quote,
            "-LRB-" | "-RRB-" => Self::Bracket,
            "HYPH" => Self::Hyph,
            "$" | "#" => Self::SYM,
            "AFX" => Self::JJ,
            _ => Self::ALL.into_iter().find(|t| format!("{t:?}") == name).unwrap_or(Self::Other),
        }
    }

    /// Whether it is a noun, common or proper.
    #[must_use]
    pub fn is_noun(self) -> bool {
        matches!(self, Self::NN | Self::NNS | Self::NNP | Self::NNPS)
    }

    /// Whether it is a proper noun.
    #[must_use]
    pub fn is_proper(self) -> bool {
        matches!(self, Self::NNP | Self::NNPS)
    }

    /// Whether it is a verb; modals are not.
    #[must_use]
    pub fn is_verb(self) -> bool {
        matches!(self, Self::VB | Self::VBD | Self::VBG | Self::VBN | Self::VBP | Self::VBZ)
    }
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, without surrounding white space.
    pub span: Span,
    /// Number of the paragraph it stands in, from 0; the headline is a paragraph of its own.
    pub paragraph: u32,
    /// Index of its first token.
    pub first_token: usize,
    /// One past the index of its last token.
    pub end_token: usize,
    /// Whether it is the headline or a heading between paragraphs.
    pub heading: bool,
}

/// One mention of a named thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands; titles ("Secretary of State") are not part of it.
    pub span: Span,
    /// What kind of thing it names.
    pub kind: NameKind,
    /// Index into [`Annotated::entities`].
    pub entity: usize,
}

/// A named thing, as one article speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest form of the name in this article.
    pub name: String,
    /// Its kind.
    pub kind: NameKind,
    /// Titles and roles given to it in this article ("Secretary of State", "spokeswoman").
    pub roles: Vec<String>,
    /// Whether the article refers to it as "he" (`Some('m')`), "she" (`Some('f')`), or gives no sign.
    pub gender: Option<char>,
}

/// Kinds of named things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum NameKind {
    Person,
    Organization,
    Place,
    Other,
}

impl NameKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Other => "other",
        }
    }
}

/// One stretch of reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// What was said. Direct speech: inside the marks, from the first mark to the last when its cue breaks it
    /// ("…," he said, "…"). Indirect and mixed speech: the reported clause.
    pub span: Span,
    /// The pieces of `span` that stand inside quotation marks, in order, without the marks: `span` itself for an unbroken
    /// direct quote, none for indirect speech.
    pub parts: Vec<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// What its source is said to have done: spoken, believed, known, willed.
    pub act: Act,
    /// Full name of the speaker in this article, or the words that name the speaker ("a spokesman").
    pub speaker: Option<String>,
    /// The words that name the speaker: "Calloway", "he".
    pub speaker_span: Option<Span>,
    /// Index of the speaker in [`Annotated::entities`], where it is a named one.
    pub speaker_entity: Option<usize>,
    /// The words that report: "said", "according to".
    pub cue_span: Option<Span>,
    /// The rule that found it.
    pub rule: Rule,
}

impl Quote {
    /// What stands at `span` between marks, said by nobody known yet.
    pub(crate) fn direct(span: Span, rule: Rule) -> Self {
        Self {
            span,
            parts: vec![span],
            kind: QuoteKind::Direct,
            act: Act::Communication,
            speaker: None,
            speaker_span: None,
            speaker_entity: None,
            cue_span: None,
            rule,
        }
    }
}

/// How speech is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Wholly inside quotation marks.
    Direct,
    /// Without marks: "said that …".
    Indirect,
    /// A quoted piece inside the reporter's own sentence.
    Mixed,
    /// In a headline.
    Headline,
    /// Marks that hold words at a distance, or a title; no speech.
    Scare,
}

impl QuoteKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Headline => "headline",
            Self::Scare => "scare",
        }
    }
}

/// What the source of an attribution is said to have done: the types of attribution of the Penn Discourse Treebank
/// (Prasad et al. 2007). Only the first is speech; the others report what somebody thinks, finds or wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Said, written, asked: anything that stands in quotation marks or has a verb of communication.
    Communication,
    /// Believes, hopes, fears: propositional attitude.
    Attitude,
    /// Knows, sees, finds, shows: the content is taken as fact.
    Factive,
    /// Wants, plans, agrees to: an action that the source has in hand.
    Control,
    /// Attributed by a word that belongs to none of these.
    Other,
}

impl Act {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Communication => "communication",
            Self::Attitude => "attitude",
            Self::Factive => "factive",
            Self::Control => "control",
            Self::Other => "other",
        }
    }
}

/// One time expression (ISO-TimeML TIMEX3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// Its TIMEX3 type.
    pub kind: TimeKind,
    /// Its TIMEX3 value: `2022-02-24`, `P7Y`, `PAST_REF`.
    pub value: String,
    /// First moment it covers, in the article's zone, where it can be placed.
    pub start: Option<DateTime>,
    /// One past the last moment it covers: a day ends at the midnight after it.
    pub end: Option<DateTime>,
    /// The rule that resolved it.
    pub rule: Rule,
    /// Whether the article had no date and the value was inferred from other evidence.
    pub inferred: bool,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

impl TimeKind {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// One number as written in news.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Where it stands, with its hedge and its unit word where they are written together ("nearly 40%", "$1.5bn").
    pub span: Span,
    /// Its value; for a vague one ("dozens") the least it can mean.
    pub value: f64,
    /// Upper end of a range ("10 to 12", "dozens").
    pub high: Option<f64>,
    /// What is counted or measured: "USD", "percent", "people".
    pub unit: Option<String>,
    /// How exact it claims to be.
    pub approximation: Approximation,
}

impl Number {
    /// What it is of, typed: so that yen are money as dollars are.
    #[must_use]
    pub fn kind(&self) -> Option<Unit> {
        self.unit.as_deref().map(Unit::of)
    }
}

/// How exact a number claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approximation {
    /// As it stands.
    Exact,
    /// "about", "some", "nearly", "almost".
    About,
    /// "at least", "more than", "over".
    AtLeast,
    /// "at most", "up to", "fewer than".
    AtMost,
}
