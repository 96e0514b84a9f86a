//! From what the engine found to what goes out.

use crate::ids::{event_id, point_id, unique, utterance_id};
use crate::span::spans;
use crate::{
    Anchor, Article, Change, Collation, CollationSchema, Conflict, Difference, Edit, Event, Form, Framing, Independent,
    Join, Layers, MadeBy, Name, Number, Owned, Point, Quote, Relation, Revision, Span, Story, Term, TimeExpression,
    Utterance, Value, Voice, VoiceShare,
};
use jiff::civil::{DateTime, Time};
use rashomon_annotate::{self as annotate, Annotated, Corpus};
use rashomon_compare as compare;
use rashomon_group as group;
use rashomon_lineage as lineage;
use rashomon_model::{self as model, ArticleId};

impl Article {
    /// An annotated article as it goes out.
    #[must_use]
    pub fn annotated(it: &Annotated) -> Self {
        Self::new(&it.article).with_layers(Layers::new(it))
    }
}

impl Layers {
    /// The layers of an annotated article.
    #[must_use]
    pub fn new(it: &Annotated) -> Self {
        let name = |n: &annotate::Name| Name {
            span: n.span.into(),
            r#type: n.kind.into(),
            name: it.entities[n.entity].name.clone(),
        };
        Self {
            sentences: it.sentences.iter().map(|s| s.span.into()).collect(),
            quotes: it.quotes.iter().map(quote).collect(),
            times: it.times.iter().map(time).collect(),
            names: it.names.iter().map(name).collect(),
            numbers: it.numbers.iter().map(number).collect(),
        }
    }
}

fn quote(it: &annotate::Quote) -> Quote {
    Quote {
        span: it.span.into(),
        parts: spans(&it.parts),
        kind: it.kind.into(),
        act: it.act.into(),
        speaker: it.speaker.clone(),
        speaker_span: it.speaker_span.map(Span::from),
        cue_span: it.cue_span.map(Span::from),
        rule: it.rule.name().to_owned(),
    }
}

fn time(it: &annotate::Time) -> TimeExpression {
    let (start, end) = it.start.zip(it.end).map(|(s, e)| extent(s, e)).unzip();
    TimeExpression {
        span: it.span.into(),
        r#type: it.kind.into(),
        value: it.value.clone(),
        start,
        end,
        rule: it.rule.name().to_owned(),
        inferred: it.inferred,
    }
}

fn number(it: &annotate::Number) -> Number {
    Number {
        span: it.span.into(),
        value: it.value,
        high: it.high,
        unit: it.unit.clone(),
        approximation: it.approximation.into(),
    }
}

/// A half-open extent of time as its first and last day, or as times of day where it is not whole days.
fn extent(start: DateTime, end: DateTime) -> (String, String) {
    if start.time() == Time::midnight() && end.time() == Time::midnight() && end > start {
        let last = end.date().yesterday().unwrap_or(end.date());
        return (start.date().to_string(), last.to_string());
    }
    (start.to_string(), end.to_string())
}

impl Collation {
    /// All stories of a corpus, each with what was found.
    #[must_use]
    pub fn new(corpus: &Corpus, stories: &[(group::Story, compare::Collation)]) -> Self {
        Self {
            schema: CollationSchema,
            articles: corpus.iter().map(|(_, it)| Article::annotated(it)).collect(),
            stories: stories.iter().map(|(s, c)| Story::new(corpus, s, c)).collect(),
            made_by: MadeBy::this().clone(),
        }
    }

    /// One story with its own articles only.
    #[must_use]
    pub fn of_story(corpus: &Corpus, story: &group::Story, found: &compare::Collation) -> Self {
        Self {
            schema: CollationSchema,
            articles: story.articles.iter().map(|a| Article::annotated(corpus.get(*a))).collect(),
            stories: vec![Story::new(corpus, story, found)],
            made_by: MadeBy::this().clone(),
        }
    }
}

impl Story {
    /// One story with what was found.
    #[must_use]
    pub fn new(corpus: &Corpus, it: &group::Story, found: &compare::Collation) -> Self {
        let out = Out(corpus);
        let utterances = unique(found.quotes.iter().map(|q| utterance_id(corpus, q)));
        let points = unique(found.points.iter().map(|p| point_id(corpus, p)));
        let events = unique(found.timeline.iter().map(|m| event_id(corpus, m)));
        Self {
            id: it.id.clone(),
            headline: it.headline(corpus).unwrap_or_default().to_owned(),
            articles: out.ids(&it.articles),
            joins: it.joins.iter().map(|j| out.join(j)).collect(),
            independent: out.independent(&found.lineage.independence),
            lineage: found.lineage.relations.iter().map(|r| out.relation(r)).collect(),
            quotes: utterances.into_iter().zip(&found.quotes).map(|(id, q)| out.utterance(id, q)).collect(),
            points: points.into_iter().zip(&found.points).map(|(id, p)| out.point(id, p)).collect(),
            timeline: events.into_iter().zip(&found.timeline).map(|(id, m)| out.event(id, m)).collect(),
            revisions: found.revisions.iter().map(|r| out.revision(r)).collect(),
            framing: found.framing.iter().map(|f| out.framing(f)).collect(),
            voices: found.voices.iter().map(|v| out.voice(v)).collect(),
        }
    }
}

/// Findings about articles of one corpus.
#[derive(Clone, Copy)]
struct Out<'a>(&'a Corpus);

impl Out<'_> {
    fn id(self, it: ArticleId) -> String {
        self.0.get(it).article.id.clone()
    }

    fn ids(self, it: &[ArticleId]) -> Vec<String> {
        it.iter().map(|a| self.id(*a)).collect()
    }

    fn anchor(self, it: model::Anchor) -> Anchor {
        Anchor { article: self.id(it.article), span: it.span.into() }
    }

    fn anchors(self, it: &[model::Anchor]) -> Vec<Anchor> {
        it.iter().map(|a| self.anchor(*a)).collect()
    }

    fn join(self, it: &group::Join) -> Join {
        Join {
            article: self.id(it.article),
            nearest: self.id(it.nearest),
            score: it.score,
            rule: it.rule.name().to_owned(),
            reasons: it.reasons.clone(),
        }
    }

    fn independent(self, it: &lineage::Independence) -> Independent {
        let owned =
            |(owner, articles): &(String, Vec<ArticleId>)| Owned { owner: owner.clone(), articles: self.ids(articles) };
        Independent {
            low: it.low,
            high: it.high,
            accounts: it.accounts.iter().map(|a| self.ids(a)).collect(),
            owners: it.owners.iter().map(owned).collect(),
        }
    }

    fn relation(self, it: &lineage::Relation) -> Relation {
        let edit = |e: &lineage::Edit| Edit {
            kind: e.kind.into(),
            source_span: e.source.span.into(),
            derived_span: e.derived.span.into(),
        };
        Relation {
            source: it.source.map(|a| self.id(a)),
            source_name: it.source_name.clone(),
            derived: self.id(it.derived),
            kind: it.kind.into(),
            directed: it.directed,
            declared: it.declared,
            score: it.score,
            rule: it.rule.name().to_owned(),
            reasons: crate::reasons(it),
            evidence: it.evidence.iter().map(|p| [self.anchor(p.source), self.anchor(p.derived)]).collect(),
            edits: it.edits.iter().map(edit).collect(),
        }
    }

    fn utterance(self, id: String, it: &compare::Utterance) -> Utterance {
        let difference = |d: &compare::Difference| Difference {
            kind: d.kind.into(),
            best_span: d.best.into(),
            form_span: d.form.into(),
            negation: d.negation,
        };
        let form = |f: &compare::Form| Form {
            article: self.id(f.anchor.article),
            span: f.anchor.span.into(),
            kind: f.kind.into(),
            speaker_span: f.speaker_span.map(Span::from),
            cue_span: f.cue_span.map(Span::from),
            relation: f.relation.into(),
            translated: f.translated,
            differences: f.differences.iter().map(difference).collect(),
        };
        Utterance {
            id,
            speaker: it.speaker.clone(),
            other_speakers: it.other_speakers.clone(),
            text: it.text.clone(),
            best: self.anchor(it.best),
            rule: it.rule.name().to_owned(),
            forms: it.forms.iter().map(form).collect(),
        }
    }

    fn point(self, id: String, it: &compare::Point) -> Point {
        Point {
            id,
            text: it.text.clone(),
            wording: self.anchor(it.wording),
            status: it.status.into(),
            said_by: it.said_by.clone(),
            background: it.background,
            hedged: self.anchors(&it.hedged),
            alone: self.anchors(&it.alone),
            weight: it.weight,
            rule: it.rule.name().to_owned(),
            carried: self.anchors(&it.carried),
            omitted: self.ids(&it.omitted),
            unclear: self.anchors(&it.unclear),
            conflicts: it.conflicts.iter().map(|c| self.conflict(c)).collect(),
        }
    }

    fn conflict(self, it: &compare::Conflict) -> Conflict {
        let value = |v: &compare::ConflictValue| Value {
            value: v.value.clone(),
            article: self.id(v.anchor.article),
            span: v.anchor.span.into(),
        };
        Conflict {
            kind: it.kind.into(),
            update: it.update,
            rule: it.rule.name().to_owned(),
            reason: it.reason.clone(),
            values: it.values.iter().map(value).collect(),
        }
    }

    fn event(self, id: String, it: &compare::Moment) -> Event {
        let (start, end) = extent(it.start, it.end);
        Event {
            id,
            start,
            end,
            text: it.text.clone(),
            wording: self.anchor(it.wording),
            planned: it.planned,
            rule: it.rule.name().to_owned(),
            mentions: self.anchors(&it.mentions),
            misleading: self.anchors(&it.misleading),
        }
    }

    fn revision(self, it: &compare::Revision) -> Revision {
        let change = |c: &compare::Change| Change {
            kind: c.kind.into(),
            trivial: c.trivial,
            touches: c.touches.iter().map(|t| (*t).into()).collect(),
            from_span: c.from.map(Span::from),
            to_span: c.to.map(Span::from),
            from_text: None,
            to_text: None,
        };
        let headline = it.headline.iter().map(|[from, to]| Change {
            kind: compare::ChangeKind::Reworded.into(),
            trivial: false,
            touches: vec![compare::Touch::Headline.into()],
            from_span: None,
            to_span: None,
            from_text: Some(from.clone()),
            to_text: Some(to.clone()),
        });
        Revision {
            from: self.id(it.from),
            to: self.id(it.to),
            rule: it.rule.name().to_owned(),
            changes: headline.chain(it.changes.iter().map(change)).collect(),
        }
    }

    fn framing(self, it: &compare::Framing) -> Framing {
        let term = |t: &compare::Term| Term {
            text: self.0.text(t.anchor).to_owned(),
            article: self.id(t.anchor.article),
            span: t.anchor.span.into(),
            loaded: spans(&t.loaded),
        };
        Framing {
            referent: it.referent.clone(),
            rule: it.rule.name().to_owned(),
            terms: it.terms.iter().map(term).collect(),
        }
    }

    fn voice(self, it: &compare::Voice) -> Voice {
        let share = |(a, words): &(ArticleId, usize)| VoiceShare { article: self.id(*a), words: *words };
        Voice {
            speaker: it.speaker.clone(),
            words: it.words,
            articles: it.articles.iter().map(share).collect(),
            evidence: self.anchors(&it.evidence),
        }
    }
}
