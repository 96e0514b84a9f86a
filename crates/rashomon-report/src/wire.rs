//! The versioned types on the wire, apart from the types the engine thinks in.
//!
//! Keys are fixed by the contract: adding one is free, renaming or dropping one is a new [`SCHEMA`].

use jiff::civil::{DateTime, Time};
use rashomon_annotate::{self as annotate, Annotated, Approximation, Corpus};
use rashomon_compare as compare;
use rashomon_group as group;
use rashomon_lineage as lineage;
use rashomon_model as model;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Name and version of the collation schema.
pub const SCHEMA: &str = "rashomon/collation/1";

/// Half-open range of UTF-8 byte offsets into the article's `text`.
#[derive(Clone, Copy, Serialize, JsonSchema)]
struct Span(usize, usize);

impl From<model::Span> for Span {
    fn from(it: model::Span) -> Self {
        Self(it.start(), it.end())
    }
}

fn spans(it: &[model::Span]) -> Vec<Span> {
    it.iter().map(|s| (*s).into()).collect()
}

/// A span of one article.
#[derive(Serialize, JsonSchema)]
struct Anchor {
    article: String,
    span: Span,
}

impl Anchor {
    fn new(corpus: &Corpus, it: model::Anchor) -> Self {
        Self { article: id(corpus, it.article), span: it.span.into() }
    }
}

fn id(corpus: &Corpus, it: model::ArticleId) -> String {
    corpus.get(it).article.id.clone()
}

fn ids(corpus: &Corpus, it: &[model::ArticleId]) -> Vec<String> {
    it.iter().map(|a| id(corpus, *a)).collect()
}

fn owned(corpus: &Corpus, owners: &[(String, Vec<rashomon_model::ArticleId>)]) -> Vec<Owned> {
    owners.iter().map(|(owner, it)| Owned { owner: owner.clone(), articles: ids(corpus, it) }).collect()
}

/// The keys of an [`Article`]: what is carried through from an input row must not repeat them.
const ARTICLE_KEYS: [&str; 15] = [
    "id",
    "source",
    "url",
    "outlet",
    "title",
    "byline",
    "published",
    "updated",
    "language",
    "developing",
    "digest",
    "text",
    "furniture",
    "declared",
    "origin",
];

/// The keys that annotating adds.
const LAYER_KEYS: [&str; 5] = ["sentences", "quotes", "times", "names", "numbers"];

/// One report as retrieved, and what the page says about itself.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Article {
    id: String,
    /// Path or URL as given.
    source: String,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    byline: Vec<String>,
    /// RFC 3339 in UTC.
    published: Option<String>,
    /// RFC 3339 in UTC.
    updated: Option<String>,
    language: Option<String>,
    developing: bool,
    digest: String,
    text: String,
    furniture: Vec<Span>,
    declared: Vec<Declared>,
    /// For HTML: `[text start, text end, source start, source end]`, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Vec<[usize; 4]>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    layers: Option<Layers>,
    #[serde(flatten)]
    #[schemars(skip)]
    extra: BTreeMap<String, Box<serde_json::value::RawValue>>,
}

#[derive(Serialize, JsonSchema)]
struct Declared {
    name: String,
    /// origin | agency | author | photo | post
    kind: &'static str,
    /// Where in the text; empty if it stands in the page's metadata or the row's fields
    span: Span,
    /// Where in the retrieved bytes, if not in the text
    #[serde(skip_serializing_if = "Option::is_none")]
    retrieved: Option<Span>,
}

/// What `annotate` adds to an article.
#[derive(Serialize, JsonSchema)]
struct Layers {
    sentences: Vec<Span>,
    quotes: Vec<Quote>,
    times: Vec<TimeExpression>,
    names: Vec<Name>,
    numbers: Vec<Number>,
}

#[derive(Serialize, JsonSchema)]
struct Quote {
    /// Inside the marks; for mixed and indirect speech, the reported clause.
    span: Span,
    /// The pieces that stand inside quotation marks.
    parts: Vec<Span>,
    /// direct | indirect | mixed | headline | scare
    kind: &'static str,
    /// communication | attitude | factive | control | other: only the first is speech; the others tell what somebody
    /// thinks, finds or wants.
    act: &'static str,
    speaker: Option<String>,
    speaker_span: Option<Span>,
    cue_span: Option<Span>,
    rule: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct TimeExpression {
    span: Span,
    /// DATE | TIME | DURATION | SET
    r#type: &'static str,
    /// TIMEX3 value.
    value: String,
    /// YYYY-MM-DD or RFC 3339 without zone.
    start: Option<String>,
    /// The last day, or the end of the time.
    end: Option<String>,
    rule: &'static str,
    /// Whether the article has no date and the value comes from other evidence.
    inferred: bool,
}

#[derive(Serialize, JsonSchema)]
struct Name {
    span: Span,
    /// person | organization | place | other
    r#type: &'static str,
    /// Full form in this article.
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct Number {
    span: Span,
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    unit: Option<String>,
    /// exact | about | at-least | at-most
    approximation: &'static str,
}

impl Article {
    pub(crate) fn plain(it: &model::Article) -> Self {
        Self {
            id: it.id.clone(),
            source: it.source.clone(),
            url: it.url.clone(),
            outlet: it.outlet.clone(),
            title: it.title.clone(),
            byline: it.byline.clone(),
            published: it.published.map(model::Moment::rfc3339),
            updated: it.updated.map(model::Moment::rfc3339),
            language: it.language.clone(),
            developing: it.developing,
            digest: it.digest.clone(),
            text: it.text.clone(),
            furniture: spans(&it.furniture),
            declared: it
                .declared
                .iter()
                .map(|d| Declared {
                    name: d.name.clone(),
                    kind: d.kind.as_str(),
                    span: d.span.into(),
                    retrieved: d.retrieved.map(Into::into),
                })
                .collect(),
            origin: it.origin.as_ref().map(|o| {
                o.pieces().iter().map(|p| [p.text.start(), p.text.end(), p.source.start(), p.source.end()]).collect()
            }),
            layers: None,
            extra: it
                .extra
                .iter()
                .filter(|(k, _)| !ARTICLE_KEYS.contains(&k.as_str()))
                .filter_map(|(k, v)| Some((k.clone(), serde_json::value::RawValue::from_string(v.clone()).ok()?)))
                .collect(),
        }
    }

    pub(crate) fn annotated(it: &Annotated) -> Self {
        let layers = Layers {
            sentences: it.sentences.iter().map(|s| s.span.into()).collect(),
            quotes: it.quotes.iter().map(quote).collect(),
            times: it.times.iter().map(time).collect(),
            names: it
                .names
                .iter()
                .map(|n| Name {
                    span: n.span.into(),
                    r#type: n.kind.as_str(),
                    name: it.entities[n.entity].name.clone(),
                })
                .collect(),
            numbers: it.numbers.iter().map(number).collect(),
        };
        let mut out = Self { layers: Some(layers), ..Self::plain(&it.article) };
        // A row that came with a layer of that name gets ours: two keys of one name would leave it to the reader's parser.
        out.extra.retain(|k, _| !LAYER_KEYS.contains(&k.as_str()));
        out
    }
}

fn quote(it: &annotate::Quote) -> Quote {
    Quote {
        span: it.span.into(),
        parts: it.parts.iter().map(|&p| p.into()).collect(),
        kind: it.kind.as_str(),
        act: it.act.as_str(),
        speaker: it.speaker.clone(),
        speaker_span: it.speaker_span.map(Span::from),
        cue_span: it.cue_span.map(Span::from),
        rule: it.rule,
    }
}

fn time(it: &annotate::Time) -> TimeExpression {
    let (start, end) = match (it.start, it.end) {
        (Some(s), Some(e)) => {
            let (s, e) = extent(s, e);
            (Some(s), Some(e))
        }
        _ => (None, None),
    };
    TimeExpression {
        span: it.span.into(),
        r#type: it.kind.as_str(),
        value: it.value.clone(),
        start,
        end,
        rule: it.rule,
        inferred: it.inferred,
    }
}

fn number(it: &annotate::Number) -> Number {
    let approximation = match it.approximation {
        Approximation::Exact => "exact",
        Approximation::About => "about",
        Approximation::AtLeast => "at-least",
        Approximation::AtMost => "at-most",
    };
    Number { span: it.span.into(), value: it.value, high: it.high, unit: it.unit.clone(), approximation }
}

/// A half-open extent of time as its first and last day, or as times of day where it is not whole days.
fn extent(start: DateTime, end: DateTime) -> (String, String) {
    if start.time() == Time::midnight() && end.time() == Time::midnight() && end > start {
        let last = end.date().yesterday().unwrap_or(end.date());
        return (start.date().to_string(), last.to_string());
    }
    (start.to_string(), end.to_string())
}

/// What `rashomon collate --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Rashomon collation")]
pub(crate) struct Collations {
    /// Name and version of this schema.
    schema: &'static str,
    articles: Vec<Article>,
    stories: Vec<Story>,
}

#[derive(Serialize, JsonSchema)]
struct Story {
    id: String,
    headline: String,
    articles: Vec<String>,
    /// Why each article but the first is in the story.
    joins: Vec<Join>,
    independent: Independent,
    lineage: Vec<Relation>,
    quotes: Vec<Utterance>,
    points: Vec<Point>,
    timeline: Vec<Moment>,
    revisions: Vec<Revision>,
    framing: Vec<Framing>,
    /// Whose voices get how many quoted words, the most quoted first.
    voices: Vec<Voice>,
}

#[derive(Serialize, JsonSchema)]
struct Join {
    article: String,
    nearest: String,
    score: f64,
    rule: &'static str,
    reasons: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Independent {
    low: usize,
    high: usize,
    accounts: Vec<Vec<String>>,
    /// Articles of one owner, by the list of `--owners`: a reason for the lower end.
    owners: Vec<Owned>,
}

#[derive(Serialize, JsonSchema)]
struct Owned {
    owner: String,
    articles: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Relation {
    source: Option<String>,
    source_name: Option<String>,
    derived: String,
    /// revision | reprint | excerpt | rewrite | translation | common-source | credit
    kind: &'static str,
    /// Whether the evidence decides who took from whom.
    directed: bool,
    declared: bool,
    score: f64,
    rule: &'static str,
    reasons: Vec<String>,
    /// Pairs of matching passages, source side first; twice the declaration for a source outside the corpus.
    evidence: Vec<[Anchor; 2]>,
    /// What was changed inside the passages.
    edits: Vec<Edit>,
}

#[derive(Serialize, JsonSchema)]
struct Edit {
    /// inserted | dropped | replaced
    kind: &'static str,
    /// In the source.
    source_span: Span,
    /// In the derived article.
    derived_span: Span,
}

#[derive(Serialize, JsonSchema)]
struct Utterance {
    id: String,
    speaker: Option<String>,
    other_speakers: Vec<String>,
    text: String,
    best: Anchor,
    rule: &'static str,
    forms: Vec<Form>,
}

#[derive(Serialize, JsonSchema)]
struct Form {
    article: String,
    span: Span,
    kind: &'static str,
    speaker_span: Option<Span>,
    cue_span: Option<Span>,
    /// verbatim | truncated | altered | reworded | fragment
    relation: &'static str,
    differences: Vec<Difference>,
}

#[derive(Serialize, JsonSchema)]
struct Difference {
    /// inserted | omitted | replaced
    kind: &'static str,
    /// In the article of `best`.
    best_span: Span,
    /// In this form's article.
    form_span: Span,
}

#[derive(Serialize, JsonSchema)]
struct Point {
    id: String,
    text: String,
    wording: Anchor,
    /// all | some | one
    status: &'static str,
    said_by: Option<String>,
    background: bool,
    /// Words of doubt ("may", "reportedly") where other reports state it as a fact.
    hedged: Vec<Anchor>,
    weight: f64,
    rule: &'static str,
    carried: Vec<Anchor>,
    omitted: Vec<String>,
    conflicts: Vec<Conflict>,
}

#[derive(Serialize, JsonSchema)]
struct Conflict {
    /// number | date | name | place | negation
    kind: &'static str,
    /// Whether the later value only updates the earlier one.
    update: bool,
    rule: &'static str,
    reason: String,
    values: Vec<Value>,
}

#[derive(Serialize, JsonSchema)]
struct Value {
    value: String,
    article: String,
    span: Span,
}

#[derive(Serialize, JsonSchema)]
struct Moment {
    /// YYYY-MM-DD or RFC 3339 without zone.
    start: String,
    /// The last day, or the end of the time.
    end: String,
    text: String,
    wording: Anchor,
    planned: bool,
    rule: &'static str,
    mentions: Vec<Anchor>,
    misleading: Vec<Anchor>,
}

#[derive(Serialize, JsonSchema)]
struct Revision {
    from: String,
    to: String,
    rule: &'static str,
    changes: Vec<Change>,
}

#[derive(Serialize, JsonSchema)]
struct Change {
    /// added | removed | reworded | moved
    kind: &'static str,
    trivial: bool,
    /// number, name, quote, date, negation
    touches: Vec<&'static str>,
    from_span: Option<Span>,
    to_span: Option<Span>,
}

#[derive(Serialize, JsonSchema)]
struct Voice {
    speaker: String,
    words: usize,
    articles: Vec<VoiceShare>,
    /// The quotations that are counted.
    evidence: Vec<Anchor>,
}

#[derive(Serialize, JsonSchema)]
struct VoiceShare {
    article: String,
    words: usize,
}

#[derive(Serialize, JsonSchema)]
struct Framing {
    referent: String,
    rule: &'static str,
    terms: Vec<Term>,
}

#[derive(Serialize, JsonSchema)]
struct Term {
    text: String,
    article: String,
    span: Span,
    /// Loaded words in it, by the lexicon.
    loaded: Vec<Span>,
}

impl Collations {
    pub(crate) fn new(corpus: &Corpus, stories: &[(group::Story, compare::Collation)]) -> Self {
        Self {
            schema: SCHEMA,
            articles: corpus.iter().map(|(_, it)| Article::annotated(it)).collect(),
            stories: stories.iter().map(|(s, c)| story(corpus, s, c)).collect(),
        }
    }

    pub(crate) fn of_story(corpus: &Corpus, (it, found): &(group::Story, compare::Collation)) -> Self {
        Self {
            schema: SCHEMA,
            articles: it.articles.iter().map(|a| Article::annotated(corpus.get(*a))).collect(),
            stories: vec![story(corpus, it, found)],
        }
    }
}

fn story(corpus: &Corpus, it: &group::Story, found: &compare::Collation) -> Story {
    let anchor = |a: model::Anchor| Anchor::new(corpus, a);
    let id = |a| id(corpus, a);
    Story {
        id: it.id.clone(),
        headline: headline(corpus, it),
        articles: ids(corpus, &it.articles),
        joins: it
            .joins
            .iter()
            .map(|j| Join {
                article: id(j.article),
                nearest: id(j.nearest),
                score: j.score,
                rule: j.rule,
                reasons: j.reasons.clone(),
            })
            .collect(),
        independent: Independent {
            low: found.lineage.independence.low,
            high: found.lineage.independence.high,
            accounts: found.lineage.independence.accounts.iter().map(|a| ids(corpus, a)).collect(),
            owners: owned(corpus, &found.lineage.independence.owners),
        },
        lineage: found.lineage.relations.iter().map(|r| relation(corpus, r)).collect(),
        quotes: found.quotes.iter().enumerate().map(|(n, q)| utterance(corpus, n, q)).collect(),
        points: found.points.iter().enumerate().map(|(n, p)| point(corpus, n, p)).collect(),
        timeline: found
            .timeline
            .iter()
            .map(|m| {
                let (start, end) = extent(m.start, m.end);
                Moment {
                    start,
                    end,
                    text: m.text.clone(),
                    wording: anchor(m.wording),
                    planned: m.planned,
                    rule: m.rule,
                    mentions: m.mentions.iter().map(|a| anchor(*a)).collect(),
                    misleading: m.misleading.iter().map(|a| anchor(*a)).collect(),
                }
            })
            .collect(),
        revisions: found
            .revisions
            .iter()
            .map(|r| Revision {
                from: id(r.from),
                to: id(r.to),
                rule: r.rule,
                changes: r
                    .changes
                    .iter()
                    .map(|c| Change {
                        kind: c.kind.as_str(),
                        trivial: c.trivial,
                        touches: c.touches.clone(),
                        from_span: c.from.map(Span::from),
                        to_span: c.to.map(Span::from),
                    })
                    .collect(),
            })
            .collect(),
        framing: found
            .framing
            .iter()
            .map(|f| Framing {
                referent: f.referent.clone(),
                rule: f.rule,
                terms: f
                    .terms
                    .iter()
                    .map(|t| Term {
                        text: corpus.text(t.anchor).to_owned(),
                        article: id(t.anchor.article),
                        span: t.anchor.span.into(),
                        loaded: spans(&t.loaded),
                    })
                    .collect(),
            })
            .collect(),
        voices: found
            .voices
            .iter()
            .map(|v| Voice {
                speaker: v.speaker.clone(),
                words: v.words,
                articles: v.articles.iter().map(|(a, n)| VoiceShare { article: id(*a), words: *n }).collect(),
                evidence: v.evidence.iter().map(|a| anchor(*a)).collect(),
            })
            .collect(),
    }
}

/// The headline of the oldest article that has one.
pub(crate) fn headline(corpus: &Corpus, story: &group::Story) -> String {
    let first = |a: &model::ArticleId| corpus.get(*a).article.title.clone();
    story.articles.iter().find_map(first).unwrap_or_default()
}

fn relation(corpus: &Corpus, it: &lineage::Relation) -> Relation {
    Relation {
        source: it.source.map(|a| id(corpus, a)),
        source_name: it.source_name.clone(),
        derived: id(corpus, it.derived),
        kind: it.kind.as_str(),
        directed: it.directed,
        declared: it.declared,
        score: it.score,
        rule: it.rule,
        reasons: it.reasons.clone(),
        evidence: it.evidence.iter().map(|p| [Anchor::new(corpus, p.source), Anchor::new(corpus, p.derived)]).collect(),
        edits: it
            .edits
            .iter()
            .map(|e| Edit {
                kind: e.kind.as_str(),
                source_span: e.source.span.into(),
                derived_span: e.derived.span.into(),
            })
            .collect(),
    }
}

fn utterance(corpus: &Corpus, n: usize, it: &compare::Utterance) -> Utterance {
    let form = |f: &compare::Form| Form {
        article: id(corpus, f.anchor.article),
        span: f.anchor.span.into(),
        kind: f.kind.as_str(),
        speaker_span: f.speaker_span.map(Span::from),
        cue_span: f.cue_span.map(Span::from),
        relation: f.relation.as_str(),
        differences: f
            .differences
            .iter()
            .map(|d| Difference { kind: d.kind.as_str(), best_span: d.best.into(), form_span: d.form.into() })
            .collect(),
    };
    Utterance {
        id: format!("q{}", n + 1),
        speaker: it.speaker.clone(),
        other_speakers: it.other_speakers.clone(),
        text: it.text.clone(),
        best: Anchor::new(corpus, it.best),
        rule: it.rule,
        forms: it.forms.iter().map(form).collect(),
    }
}

fn point(corpus: &Corpus, n: usize, it: &compare::Point) -> Point {
    let conflict = |c: &compare::Conflict| Conflict {
        kind: c.kind.as_str(),
        update: c.update,
        rule: c.rule,
        reason: c.reason.clone(),
        values: c
            .values
            .iter()
            .map(|v| Value {
                value: v.value.clone(),
                article: id(corpus, v.anchor.article),
                span: v.anchor.span.into(),
            })
            .collect(),
    };
    Point {
        id: format!("p{}", n + 1),
        text: it.text.clone(),
        wording: Anchor::new(corpus, it.wording),
        status: it.status.as_str(),
        said_by: it.said_by.clone(),
        background: it.background,
        hedged: it.hedged.iter().map(|a| Anchor::new(corpus, *a)).collect(),
        weight: it.weight,
        rule: it.rule,
        carried: it.carried.iter().map(|a| Anchor::new(corpus, *a)).collect(),
        omitted: ids(corpus, &it.omitted),
        conflicts: it.conflicts.iter().map(conflict).collect(),
    }
}
