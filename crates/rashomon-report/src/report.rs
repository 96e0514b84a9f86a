//! What the reports of one story say, put for people: strings, ranges of text, and the place of every proof.

use rashomon_annotate::QuoteKind;
use rashomon_compare::{ChangeKind, ConflictKind, FormRelation};
use rashomon_model::Span;
use std::borrow::Cow;

/// The name of a rule as it is shown: that of a [`rashomon_model::Rule`], or of one that an older program knew.
pub type RuleName = Cow<'static, str>;

/// One story, ready to be shown. Renderers add nothing to it but layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The story's id.
    pub id: String,
    /// Headline of the oldest report that has one; else the beginning of its text.
    pub headline: String,
    /// First and last day on which the reports were published, in words; `None` if none is dated.
    pub days: Option<String>,
    /// The reports, the oldest first, undated ones last.
    pub witnesses: Vec<Witness>,
    /// How many accounts are independent.
    pub accounts: Accounts,
    /// Who took from whom.
    pub descents: Vec<Descent>,
    /// What the reports state: conflicts first, then in order of weight.
    pub points: Vec<Point>,
    /// What was said, in order of weight.
    pub quotes: Vec<Utterance>,
    /// What happened when, in order of time.
    pub timeline: Vec<Moment>,
    /// What changed between versions.
    pub revisions: Vec<Revision>,
    /// What different reports call the same thing.
    pub framing: Vec<Framing>,
    /// Whose voices get how many words, the most quoted first.
    pub voices: Vec<Voice>,
}

/// How much room one speaker gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Full name.
    pub speaker: String,
    /// Words inside quotation marks, over all reports.
    pub words: usize,
    /// The same by report; index into [`Report::witnesses`].
    pub shares: Vec<(usize, usize)>,
    /// The quotations that are counted.
    pub evidence: Vec<Evidence>,
}

/// One report. The word is that of textual criticism: whoever hands a text on bears witness to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// Its letter in this story: `A` for the oldest, `AA` after `Z`.
    pub letter: String,
    /// The article's id.
    pub id: String,
    /// Outlet; else the site's name; else the file's name.
    pub name: String,
    /// Where it was read from.
    pub source: String,
    /// Its address, where known.
    pub url: Option<String>,
    /// Its headline, where known.
    pub title: Option<String>,
    /// Its authors.
    pub byline: Vec<String>,
    /// When it was published, in words, in UTC.
    pub published: Option<String>,
    /// When it was updated, in words, in UTC, if that is not when it was published.
    pub updated: Option<String>,
    /// Whether it calls itself unfinished.
    pub developing: bool,
    /// Language code.
    pub language: Option<String>,
    /// Digest of the retrieved bytes.
    pub digest: String,
    /// Whom it names as its sources: name, kind and place.
    pub declared: Vec<Credit>,
    /// Number of the independent account it belongs to, from 0; index into [`Accounts::members`].
    pub account: usize,
    /// Why it belongs to the story; `None` for the first.
    pub join: Option<Join>,
    /// Page furniture.
    pub furniture: Vec<Span>,
    /// Its whole text.
    pub text: String,
}

/// A source that a report itself names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// As named.
    pub name: String,
    /// origin, agency, author, photo or post.
    pub kind: &'static str,
    /// Where it is named.
    pub evidence: Evidence,
}

/// Why a report belongs to the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The report it is closest to.
    pub nearest: usize,
    /// Probability, 0 to 1.
    pub score: f64,
    /// The reasons in words.
    pub reasons: Vec<String>,
    /// The rule.
    pub rule: RuleName,
}

impl Join {
    /// Whether a person put the report into the story.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        self.rule == rashomon_group::rules::PINNED.name()
    }
}

/// A place in a report: the proof of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// Index into [`Report::witnesses`].
    pub witness: usize,
    /// Where in its text.
    pub span: Span,
    /// Line of the first byte, from 1.
    pub line: usize,
}

/// How many accounts are independent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// The least it can be.
    pub low: usize,
    /// The most it can be.
    pub high: usize,
    /// The reports of each account, by certain dependence; the account with the oldest report first.
    pub members: Vec<Vec<usize>>,
}

/// One relation between two reports, or between a report and a source that is not among them.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    /// The relation in a sentence: "B is a later version of A".
    pub statement: String,
    /// The report that was taken from; `None` for a source that is not among the reports.
    pub source: Option<usize>,
    /// Name of the source, where one is named.
    pub source_name: Option<String>,
    /// The report that took.
    pub derived: usize,
    /// revision, reprint, excerpt, rewrite, translation, common-source or credit.
    pub kind: &'static str,
    /// Whether the evidence decides who took from whom.
    pub directed: bool,
    /// Whether the report declares it.
    pub declared: bool,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The reasons in words, the weightiest first.
    pub reasons: Vec<String>,
    /// The rule that decided.
    pub rule: RuleName,
    /// Matching passages, source side first; both sides are the declaration for a source that is not among the reports.
    pub passages: Vec<(Evidence, Evidence)>,
}

/// One thing that reports state.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// `p1`, `p2` … in order of the collation.
    pub id: String,
    /// The clearest wording.
    pub text: String,
    /// Where that wording stands.
    pub wording: Evidence,
    /// Parts of the wording for which its own report alone has words, in order.
    pub alone: Vec<Evidence>,
    /// all, some or one.
    pub status: &'static str,
    /// Whom the reports attribute it to.
    pub said_by: Option<String>,
    /// Whether it is background.
    pub background: bool,
    /// Weight, 0 to 1.
    pub weight: f64,
    /// The rule that joined the sentences.
    pub rule: RuleName,
    /// Where each report that carries it states it.
    pub carried: Vec<Evidence>,
    /// The reports that leave it out.
    pub omitted: Vec<usize>,
    /// The sentences of other witnesses that may say it.
    pub unclear: Vec<Evidence>,
    /// Where they disagree.
    pub conflicts: Vec<Conflict>,
}

impl Point {
    /// Whether each report is known to carry it or to leave it out.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.unclear.is_empty()
    }
}

/// Values that cannot all be right, or a series of updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What the values are.
    pub kind: ConflictKind,
    /// Whether the later value only updates the earlier one.
    pub update: bool,
    /// Each value in words with the places that give it.
    pub values: Vec<(String, Vec<Evidence>)>,
    /// Why, in words.
    pub reason: String,
    /// The rule that found it.
    pub rule: RuleName,
}

/// One thing somebody said, with its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// `q1`, `q2` … in order of the collation.
    pub id: String,
    /// Full name of the speaker.
    pub speaker: Option<String>,
    /// Other speakers that some report gives it to.
    pub other_speakers: Vec<String>,
    /// The best-attested wording.
    pub text: String,
    /// Where that wording is taken from.
    pub best: Evidence,
    /// The forms it takes, equal ones together, the closest to that wording first.
    pub forms: Vec<Form>,
    /// The rule that joined them.
    pub rule: RuleName,
}

/// One form of an utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How it relates to the best-attested wording.
    pub relation: FormRelation,
    /// Whether it is in another language than that.
    pub translated: bool,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words, against the best-attested wording.
    pub wording: Vec<Piece>,
    /// Where it stands, once for each report and place.
    pub evidence: Vec<Evidence>,
}

/// A run of words in one wording against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in this wording.
    Added(String),
    /// Only in the other wording.
    Dropped(String),
}

/// Something that happened, or was to happen, at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// First and last day, or time of day, in words.
    pub when: String,
    /// First moment, `YYYY-MM-DD` or with time.
    pub start: String,
    /// What happened, in the words of one report.
    pub text: String,
    /// Where those words stand.
    pub wording: Evidence,
    /// Whether it was only planned.
    pub planned: bool,
    /// The time expressions that place it.
    pub mentions: Vec<Evidence>,
    /// Those of them that mislead: read literally they give another day.
    pub misleading: Vec<Evidence>,
    /// The rule that joined the mentions.
    pub rule: RuleName,
}

/// What changed between two versions of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The earlier version.
    pub from: usize,
    /// The later version.
    pub to: usize,
    /// The changes, facts before style.
    pub changes: Vec<Change>,
    /// The rule that paired them.
    pub rule: RuleName,
}

/// One change between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Whether it changes no fact.
    pub trivial: bool,
    /// What kinds of fact it touches.
    pub touches: Vec<&'static str>,
    /// Where in the earlier version.
    pub from: Option<Evidence>,
    /// Where in the later version.
    pub to: Option<Evidence>,
    /// The later words against the earlier ones.
    pub wording: Vec<Piece>,
}

/// What different reports call one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// The thing.
    pub referent: String,
    /// The terms, equal ones together, in order of the first report that uses them.
    pub terms: Vec<Term>,
    /// The rule that found they mean one thing.
    pub rule: RuleName,
}

/// One term for a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub text: String,
    /// The loaded words in them, by the lexicon.
    pub loaded: Vec<String>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

impl Report {
    /// The words at `evidence`.
    #[must_use]
    pub fn text(&self, evidence: Evidence) -> &str {
        evidence.span.text(&self.witnesses[evidence.witness].text)
    }

    /// Short reference to a place: letter and line, `A:12`.
    #[must_use]
    pub fn reference(&self, evidence: Evidence) -> String {
        format!("{}:{}", self.witnesses[evidence.witness].letter, evidence.line)
    }

    /// Places in the order in which a reader finds them: by report, then by place.
    #[must_use]
    pub fn in_order(evidence: &[Evidence]) -> Vec<Evidence> {
        let mut all = evidence.to_vec();
        all.sort();
        all.dedup();
        all
    }

    /// A report as it is named in a sentence: `B (Harbour Courier)`.
    #[must_use]
    pub fn named(&self, witness: usize) -> String {
        let it = &self.witnesses[witness];
        format!("{} ({})", it.letter, it.name)
    }

    /// Points of one account of which every other report surely says nothing.
    pub fn alone(&self) -> impl Iterator<Item = &Point> {
        self.points_of("one").filter(|p| p.is_sure())
    }

    /// Points found in one account of which a sentence of another report may say the same.
    pub fn perhaps_alone(&self) -> impl Iterator<Item = &Point> {
        self.points_of("one").filter(|p| !p.is_sure())
    }

    /// Points of a status.
    pub fn points_of<'a>(&'a self, status: &'a str) -> impl Iterator<Item = &'a Point> {
        self.points.iter().filter(move |p| p.status == status)
    }

    /// What is disputed of a point: its own conflicts, and those told with another point of which its statements hold two
    /// sides.
    pub fn disputes<'a>(&'a self, point: &'a Point) -> impl Iterator<Item = &'a Conflict> {
        let own = move |it: &Conflict| point.conflicts.iter().any(|c| std::ptr::eq(c, it));
        let mut held: Vec<(usize, Span)> = point.carried.iter().map(|c| (c.witness, c.span)).collect();
        held.sort();
        let holds = move |e: &Evidence| {
            let of_report = held[held.partition_point(|it| it.0 < e.witness)..].iter();
            of_report.take_while(|it| it.0 == e.witness).any(|it| it.1.contains(e.span))
        };
        let sides = move |it: &Conflict| it.values.iter().filter(|(_, places)| places.iter().any(&holds)).count();
        let told = self.points.iter().flat_map(|p| &p.conflicts);
        told.filter(move |it| own(it) || !it.update && sides(it) > 1)
    }

    /// Whether something of a point is disputed, not only brought up to date.
    #[must_use]
    pub fn is_disputed(&self, point: &Point) -> bool {
        self.disputes(point).any(|c| !c.update)
    }

    /// Conflicts that are no mere updates, each with its point.
    pub fn conflicts(&self) -> impl Iterator<Item = (&Point, &Conflict)> {
        self.points.iter().flat_map(|p| p.conflicts.iter().map(move |c| (p, c))).filter(|(_, c)| !c.update)
    }

    /// Values that later reports only brought up to date, each with its point.
    pub fn updates(&self) -> impl Iterator<Item = (&Point, &Conflict)> {
        self.points.iter().flat_map(|p| p.conflicts.iter().map(move |c| (p, c))).filter(|(_, c)| c.update)
    }

    /// Forms of quotes inside marks whose words differ from the best-attested wording.
    pub fn altered_quotes(&self) -> impl Iterator<Item = (&Utterance, &Form)> {
        let forms = self.quotes.iter().flat_map(|q| q.forms.iter().map(move |f| (q, f)));
        forms.filter(|(_, f)| f.relation == FormRelation::Altered && f.kind != QuoteKind::Indirect)
    }
}
