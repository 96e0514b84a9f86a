//! The answers about one story, put for people out of what once went out: a kept collation is shown as the fresh one was.

use crate::phrase;
use crate::report::{
    Change, Conflict, Descent, Form, Framing, Join, Moment, Piece, Point, Report, Revision, Term, Utterance, Voice,
};
use crate::view::{View, headline, merged};
use crate::wording;
use jiff::civil::{Date, DateTime, Time};
use rashomon_annotate::{Annotated, Corpus};
use rashomon_compare::Difference;
use rashomon_group as group;
use rashomon_lineage as lineage;
use rashomon_model::{self as model, ArticleId, Span};
use rashomon_wire as wire;
use std::collections::{BTreeMap, BTreeSet};

/// The view model of a story as it went out with its articles; nothing if they do not belong together.
///
/// A statement whose proof does not lie in the text is left out, as nothing is shown without proof.
#[must_use]
pub fn kept(articles: &[wire::Article], story: &wire::Story) -> Option<Report> {
    let mine: BTreeSet<&str> = story.articles.iter().map(String::as_str).collect();
    let read = articles.iter().filter(|a| mine.contains(a.id.as_str())).map(|a| a.clone().into_model());
    let read: Vec<model::Article> = read.collect::<Result<_, _>>().ok()?;
    let corpus = Corpus::new(read.into_iter().map(Annotated::new).collect()).output;
    let kept = Kept::new(&corpus, story)?;
    Some(kept.report(story))
}

struct Kept<'a> {
    corpus: &'a Corpus,
    ids: BTreeMap<&'a str, ArticleId>,
    view: View<'a>,
}

impl<'a> Kept<'a> {
    fn new(corpus: &'a Corpus, it: &wire::Story) -> Option<Self> {
        let ids: BTreeMap<&str, ArticleId> = corpus.iter().map(|(n, a)| (a.article.id.as_str(), n)).collect();
        let story = group::Story {
            id: it.id.clone(),
            articles: it.articles.iter().map(|a| ids.get(a.as_str()).copied()).collect::<Option<_>>()?,
            joins: Vec::new(),
        };
        let view = View::new(corpus, &story);
        Some(Self { corpus, ids, view })
    }

    /// Why each of the reports is in the story.
    fn joins(&self, it: &wire::Story) -> BTreeMap<ArticleId, Join> {
        let join = |j: &wire::Join| {
            let (article, nearest) = (self.id(&j.article)?, self.place(&j.nearest)?);
            let rule = j.rule.clone().into();
            Some((article, Join { nearest, score: j.score, reasons: j.reasons.clone(), rule }))
        };
        it.joins.iter().filter_map(join).collect()
    }

    fn report(&self, it: &wire::Story) -> Report {
        let independence = lineage::Independence {
            low: it.independent.low,
            high: it.independent.high,
            accounts: it.independent.accounts.iter().map(|a| a.iter().filter_map(|id| self.id(id)).collect()).collect(),
            owners: Vec::new(),
        };
        let accounts = self.view.accounts(&independence);
        let witnesses = self.view.witnesses(self.joins(it), &accounts);
        let named: Vec<String> = witnesses.iter().map(|w| format!("{} ({})", w.letter, w.name)).collect();
        let mut points: Vec<_> = it.points.iter().filter_map(|p| self.point(p)).collect();
        points.sort_by_key(|p| !p.conflicts.iter().any(|c| !c.update));
        let dated: Vec<_> = self.view.articles().filter_map(model::Article::dateline).map(|it| it.at).collect();
        Report {
            id: it.id.clone(),
            headline: headline(&it.headline, &witnesses),
            days: dated.iter().min().zip(dated.iter().max()).map(|(a, b)| phrase::days(*a, *b)),
            descents: it.lineage.iter().filter_map(|r| self.descent(&named, r)).collect(),
            points,
            quotes: it.quotes.iter().filter_map(|q| self.utterance(q)).collect(),
            timeline: it.timeline.iter().filter_map(|e| self.moment(e)).collect(),
            revisions: it.revisions.iter().filter_map(|r| self.revision(r)).collect(),
            framing: it.framing.iter().filter_map(|f| self.framing(f)).collect(),
            voices: it.voices.iter().map(|v| self.voice(v)).collect(),
            accounts,
            witnesses,
        }
    }

    fn id(&self, article: &str) -> Option<ArticleId> {
        self.ids.get(article).copied()
    }

    fn place(&self, article: &str) -> Option<usize> {
        self.view.place(self.id(article)?)
    }

    fn text(&self, article: ArticleId) -> &str {
        &self.corpus.get(article).article.text
    }

    /// A place, if it lies in the text of its article.
    fn anchor(&self, article: &str, span: wire::Span) -> Option<model::Anchor> {
        let id = self.id(article)?;
        Some(model::Anchor::new(id, span.within(self.text(id), "span").ok()?))
    }

    fn evidence(&self, it: &wire::Anchor) -> Option<crate::report::Evidence> {
        self.view.evidence(self.anchor(&it.article, it.span)?)
    }

    fn all(&self, it: &[wire::Anchor]) -> Vec<crate::report::Evidence> {
        let anchors: Vec<_> = it.iter().filter_map(|a| self.anchor(&a.article, a.span)).collect();
        self.view.all(&anchors)
    }

    fn descent(&self, named: &[String], it: &wire::Relation) -> Option<Descent> {
        let derived = self.place(&it.derived)?;
        let source = match &it.source {
            Some(source) => Some(self.place(source)?),
            None => None,
        };
        let source_text = match (source, &it.source_name) {
            (Some(source), _) => named[source].clone(),
            (None, Some(name)) => name.clone(),
            (None, None) => "a source that is not among the reports".into(),
        };
        let rule = lineage::rules::RULES.iter().copied().find(|known| known.name == it.rule);
        let inside = source.is_some();
        let kind = it.kind.into();
        let statement = phrase::relation(kind, it.directed, it.declared, &source_text, &named[derived], inside, rule);
        let passages = it.evidence.iter().filter_map(|[a, b]| Some((self.evidence(a)?, self.evidence(b)?)));
        Some(Descent {
            statement,
            source,
            source_name: it.source_name.clone(),
            derived,
            kind: it.kind.as_str(),
            directed: it.directed,
            declared: it.declared,
            score: it.score,
            reasons: it.reasons.clone(),
            rule: it.rule.clone().into(),
            passages: passages.collect(),
        })
    }

    fn point(&self, it: &wire::Point) -> Option<Point> {
        let mut omitted: Vec<_> = it.omitted.iter().filter_map(|a| self.place(a)).collect();
        omitted.sort_unstable();
        Some(Point {
            id: it.id.clone(),
            text: it.text.clone(),
            wording: self.evidence(&it.wording)?,
            alone: self.all(&it.alone),
            status: it.status.as_str(),
            said_by: it.said_by.clone(),
            background: it.background,
            weight: it.weight,
            rule: it.rule.clone().into(),
            carried: self.all(&it.carried),
            omitted,
            unclear: self.all(&it.unclear),
            conflicts: merged(it.conflicts.iter().map(|c| self.conflict(c))),
        })
    }

    fn conflict(&self, it: &wire::Conflict) -> Conflict {
        let mut values: Vec<(String, Vec<_>)> = Vec::new();
        for value in &it.values {
            let Some(at) = self.anchor(&value.article, value.span).and_then(|a| self.view.evidence(a)) else {
                continue;
            };
            let said = phrase::value(it.kind.into(), &value.value);
            match values.iter_mut().find(|(v, _)| *v == said) {
                Some((_, places)) => places.push(at),
                None => values.push((said, vec![at])),
            }
        }
        let rule = it.rule.clone().into();
        Conflict { kind: it.kind.into(), update: it.update, values, reason: it.reason.clone(), rule }
    }

    fn utterance(&self, it: &wire::Utterance) -> Option<Utterance> {
        let best = self.anchor(&it.best.article, it.best.span)?;
        let best_text = self.text(best.article);
        let mut forms: Vec<Form> = Vec::new();
        for form in &it.forms {
            let Some(at) = self.anchor(&form.article, form.span) else { continue };
            let Some(evidence) = self.view.evidence(at) else { continue };
            let text = self.text(at.article);
            let difference = |d: &wire::Difference| {
                let (best, form) =
                    (d.best_span.within(best_text, "best").ok()?, d.form_span.within(text, "form").ok()?);
                Some(Difference { kind: d.kind.into(), best, form, negation: d.negation })
            };
            let differences: Vec<_> = form.differences.iter().filter_map(difference).collect();
            let wording = wording::against_best(best_text, text, at.span, &differences);
            let relation: rashomon_compare::FormRelation = form.relation.into();
            let kind: rashomon_annotate::QuoteKind = form.kind.into();
            match forms.iter_mut().find(|f| (f.relation, f.kind) == (relation, kind) && f.wording == wording) {
                Some(same) => same.evidence.push(evidence),
                None => {
                    forms.push(Form { relation, translated: form.translated, kind, wording, evidence: vec![evidence] })
                }
            }
        }
        forms.sort_by_key(|f| f.relation);
        Some(Utterance {
            id: it.id.clone(),
            speaker: it.speaker.clone(),
            other_speakers: it.other_speakers.clone(),
            text: it.text.clone(),
            best: self.view.evidence(best)?,
            forms,
            rule: it.rule.clone().into(),
        })
    }

    fn moment(&self, it: &wire::Event) -> Option<Moment> {
        let (start, end) = extent(&it.start, &it.end)?;
        Some(Moment {
            when: phrase::extent(start, end),
            start: phrase::iso(start),
            text: it.text.clone(),
            wording: self.evidence(&it.wording)?,
            planned: it.planned,
            mentions: self.all(&it.mentions),
            misleading: self.all(&it.misleading),
            rule: it.rule.clone().into(),
        })
    }

    fn revision(&self, it: &wire::Revision) -> Option<Revision> {
        let (from_id, to_id) = (self.id(&it.from)?, self.id(&it.to)?);
        let (from, to) = (self.view.place(from_id)?, self.view.place(to_id)?);
        let (from_text, to_text) = (self.text(from_id), self.text(to_id));
        let change = |c: &wire::Change| {
            let inside = |span: Option<wire::Span>, text: &str| span.and_then(|s| s.within(text, "change").ok());
            let (earlier, later) = (inside(c.from_span, from_text), inside(c.to_span, to_text));
            let words = |span: Option<Span>, text: &str| span.map_or(String::new(), |s| s.text(text).to_owned());
            let pieces = wording::against(&words(earlier, from_text), &words(later, to_text));
            let around = later.map(|s| (to_text, s)).or(earlier.map(|s| (from_text, s)));
            let wording: Vec<Piece> = match (&c.from_text, &c.to_text) {
                // A headline that stands apart from the text.
                (Some(old), Some(new)) => wording::against(old, new),
                _ => around.map_or_else(Vec::new, |(text, span)| wording::within(text, span, pieces)),
            };
            Change {
                kind: c.kind.into(),
                trivial: c.trivial,
                touches: c.touches.iter().map(|t| t.as_str()).collect(),
                from: earlier.map(|s| self.view.at(from, s)),
                to: later.map(|s| self.view.at(to, s)),
                wording,
            }
        };
        Some(Revision { from, to, changes: it.changes.iter().map(change).collect(), rule: it.rule.clone().into() })
    }

    fn voice(&self, it: &wire::Voice) -> Voice {
        Voice {
            speaker: it.speaker.clone(),
            words: it.words,
            shares: it.articles.iter().filter_map(|s| Some((self.place(&s.article)?, s.words))).collect(),
            evidence: self.all(&it.evidence),
        }
    }

    fn framing(&self, it: &wire::Framing) -> Option<Framing> {
        let mut terms: Vec<Term> = Vec::new();
        for term in &it.terms {
            let Some(at) = self.anchor(&term.article, term.span) else { continue };
            let Some(evidence) = self.view.evidence(at) else { continue };
            let text = self.text(at.article);
            let words = at.span.text(text);
            match terms.iter_mut().find(|t| t.text.to_lowercase() == words.to_lowercase()) {
                Some(same) => same.evidence.push(evidence),
                None => {
                    let loaded = term.loaded.iter().filter_map(|s| s.within(text, "loaded").ok());
                    let loaded = loaded.map(|s| s.text(text).to_owned()).collect();
                    terms.push(Term { text: words.to_owned(), loaded, evidence: vec![evidence] });
                }
            }
        }
        (!terms.is_empty()).then(|| Framing { referent: it.referent.clone(), terms, rule: it.rule.clone().into() })
    }
}

/// An extent as it went out: first and last day, or first moment and the one past the last.
fn extent(start: &str, end: &str) -> Option<(DateTime, DateTime)> {
    match (start.parse::<Date>(), end.parse::<Date>()) {
        (Ok(first), Ok(last)) if start.len() == 10 && end.len() == 10 => {
            Some((first.to_datetime(Time::midnight()), last.tomorrow().ok()?.to_datetime(Time::midnight())))
        }
        _ => Some((start.parse().ok()?, end.parse().ok()?)),
    }
}
