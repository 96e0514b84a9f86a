//! The answers about one story, put for people.

use crate::phrase;
use crate::report::{
    Accounts, Change, Conflict, Credit, Descent, Evidence, Form, Framing, Join, Moment, Point, Report, Revision, Term,
    Utterance, Voice, Witness,
};
use crate::wording;
use rashomon_annotate::Corpus;
use rashomon_compare::{self as compare, Collation};
use rashomon_group::Story;
use rashomon_lineage as lineage;
use rashomon_model::{Anchor, Article, ArticleId, LineIndex, Span};
use rashomon_wire::{point_id, unique, utterance_id};
use std::collections::BTreeMap;

/// The view model of one story. Statements about articles that are not in the story are left out.
#[must_use]
pub fn report(corpus: &Corpus, story: &Story, collation: &Collation) -> Report {
    let view = View::new(corpus, story);
    let accounts = view.accounts(&collation.lineage.independence);
    let witnesses = view.witnesses(view.joins(story), &accounts);
    let mut points: Vec<_> = ids(corpus, &collation.points, point_id).filter_map(|(id, p)| view.point(id, p)).collect();
    points.sort_by_key(|p| !p.conflicts.iter().any(|c| !c.update));
    let dated: Vec<_> = view.articles().filter_map(Article::dateline).map(|it| it.at).collect();
    Report {
        id: story.id.clone(),
        headline: headline(story.headline(corpus).unwrap_or_default(), &witnesses),
        days: dated.iter().min().zip(dated.iter().max()).map(|(a, b)| phrase::days(*a, *b)),
        descents: collation.lineage.relations.iter().filter_map(|r| view.descent(&witnesses, r)).collect(),
        points,
        quotes: ids(corpus, &collation.quotes, utterance_id).filter_map(|(id, q)| view.utterance(id, q)).collect(),
        timeline: collation.timeline.iter().filter_map(|m| view.moment(m)).collect(),
        revisions: collation.revisions.iter().filter_map(|r| view.revision(r)).collect(),
        framing: collation.framing.iter().filter_map(|f| view.framing(f)).collect(),
        voices: collation.voices.iter().map(|v| view.voice(v)).collect(),
        accounts,
        witnesses,
    }
}

/// The findings with their ids.
fn ids<'a, T>(
    corpus: &Corpus,
    all: &'a [T],
    id: fn(&Corpus, &T) -> String,
) -> impl Iterator<Item = (String, &'a T)> + use<'a, T> {
    unique(all.iter().map(|it| id(corpus, it))).into_iter().zip(all)
}

/// The story's headline, else the beginning of the oldest text.
pub(crate) fn headline(told: &str, witnesses: &[Witness]) -> String {
    if !told.is_empty() {
        return told.to_owned();
    }
    let begun = || {
        let text = witnesses.iter().map(|w| w.text.trim()).find(|t| !t.is_empty())?;
        let words: Vec<_> = text.split_whitespace().take(14).collect();
        Some(format!("{} …", words.join(" ")))
    };
    begun().unwrap_or_else(|| "(no text)".into())
}

/// Whether a source that an article names is its own outlet: "told the Herald", in the Northbank Herald.
fn is_own(article: &Article, name: &str) -> bool {
    article.outlet.as_deref().is_some_and(|outlet| {
        let [outlet, name] = [outlet, name].map(lineage::source_key);
        outlet == name || outlet.strip_suffix(&*name).is_some_and(|rest| rest.ends_with(' '))
    })
}

/// A story's articles under their place in the report.
pub(crate) struct View<'a> {
    corpus: &'a Corpus,
    articles: Vec<ArticleId>,
    places: BTreeMap<ArticleId, usize>,
    lines: Vec<LineIndex>,
}

impl<'a> View<'a> {
    pub(crate) fn new(corpus: &'a Corpus, story: &Story) -> Self {
        let articles = story.articles.clone();
        let places = articles.iter().enumerate().map(|(i, a)| (*a, i)).collect();
        let lines = articles.iter().map(|a| LineIndex::new(&corpus.get(*a).article.text)).collect();
        Self { corpus, articles, places, lines }
    }

    pub(crate) fn articles(&self) -> impl Iterator<Item = &'a Article> {
        self.articles.iter().map(|a| &self.corpus.get(*a).article)
    }

    pub(crate) fn place(&self, id: ArticleId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    pub(crate) fn evidence(&self, anchor: Anchor) -> Option<Evidence> {
        let witness = self.place(anchor.article)?;
        Some(self.at(witness, anchor.span))
    }

    pub(crate) fn at(&self, witness: usize, span: Span) -> Evidence {
        let text = &self.corpus.get(self.articles[witness]).article.text;
        // The line of the first word: spans may begin with the line end before it.
        let start = span.trimmed(text).start();
        Evidence { witness, span, line: self.lines[witness].line_column(text, start).0 }
    }

    pub(crate) fn all(&self, anchors: &[Anchor]) -> Vec<Evidence> {
        let mut all: Vec<_> = anchors.iter().filter_map(|a| self.evidence(*a)).collect();
        all.sort();
        all.dedup();
        all
    }

    pub(crate) fn accounts(&self, it: &lineage::Independence) -> Accounts {
        let place = |account: &Vec<ArticleId>| {
            let mut members: Vec<_> = account.iter().filter_map(|a| self.place(*a)).collect();
            members.sort_unstable();
            members
        };
        let mut members: Vec<_> = it.accounts.iter().map(place).filter(|m| !m.is_empty()).collect();
        let known: Vec<usize> = members.iter().flatten().copied().collect();
        members.extend((0..self.articles.len()).filter(|w| !known.contains(w)).map(|w| vec![w]));
        members.sort();
        Accounts { low: it.low, high: it.high, members }
    }

    /// Why each of the reports is in the story.
    fn joins(&self, story: &Story) -> BTreeMap<ArticleId, Join> {
        let join = |j: &rashomon_group::Join| {
            let nearest = self.place(j.nearest)?;
            Some((j.article, Join { nearest, score: j.score, reasons: j.reasons.clone(), rule: j.rule.name().into() }))
        };
        story.joins.iter().filter_map(join).collect()
    }

    pub(crate) fn witnesses(&self, mut joins: BTreeMap<ArticleId, Join>, accounts: &Accounts) -> Vec<Witness> {
        let mut account = vec![0; self.articles.len()];
        for (n, members) in accounts.members.iter().enumerate() {
            members.iter().for_each(|w| account[*w] = n);
        }
        let witness = |(n, article): (usize, &Article)| {
            let declared = |d: &rashomon_model::Declared| Credit {
                name: d.name.clone(),
                kind: d.kind.as_str(),
                evidence: self.at(n, d.span),
            };
            Witness {
                letter: phrase::letter(n),
                id: article.id.clone(),
                name: name(article),
                source: article.source.clone(),
                url: article.url.clone(),
                title: article.title.clone(),
                byline: article.byline.clone(),
                published: article.published.map(phrase::moment),
                updated: article.updated.filter(|it| Some(*it) != article.published).map(phrase::moment),
                developing: article.developing,
                language: article.language.clone(),
                digest: article.digest.clone(),
                declared: article.declared.iter().filter(|d| !is_own(article, &d.name)).map(declared).collect(),
                account: account[n],
                join: joins.remove(&self.articles[n]),
                furniture: article.furniture.clone(),
                text: article.text.clone(),
            }
        };
        self.articles().enumerate().map(witness).collect()
    }

    fn descent(&self, witnesses: &[Witness], it: &lineage::Relation) -> Option<Descent> {
        let derived = self.place(it.derived)?;
        let source = match it.source {
            Some(source) => Some(self.place(source)?),
            None => None,
        };
        let named = |w: usize| format!("{} ({})", witnesses[w].letter, witnesses[w].name);
        let source_text = match (source, &it.source_name) {
            (Some(source), _) => named(source),
            (None, Some(name)) => name.clone(),
            (None, None) => "a source that is not among the reports".into(),
        };
        let inside = source.is_some();
        let derived_text = named(derived);
        let statement =
            phrase::relation(it.kind, it.directed, it.declared, &source_text, &derived_text, inside, Some(it.rule));
        let passages = it.evidence.iter();
        Some(Descent {
            statement,
            source,
            source_name: it.source_name.clone(),
            derived,
            kind: it.kind.as_str(),
            directed: it.directed,
            declared: it.declared,
            score: it.score,
            reasons: rashomon_wire::reasons(it),
            rule: it.rule.name().into(),
            passages: passages.filter_map(|p| Some((self.evidence(p.source)?, self.evidence(p.derived)?))).collect(),
        })
    }

    fn point(&self, id: String, it: &compare::Point) -> Option<Point> {
        Some(Point {
            id,
            text: it.text.clone(),
            wording: self.evidence(it.wording)?,
            alone: self.all(&it.alone),
            status: it.status.as_str(),
            said_by: it.said_by.clone(),
            background: it.background,
            weight: it.weight,
            rule: it.rule.name().into(),
            carried: self.all(&it.carried),
            omitted: {
                let mut omitted: Vec<_> = it.omitted.iter().filter_map(|a| self.place(*a)).collect();
                omitted.sort_unstable();
                omitted
            },
            unclear: self.all(&it.unclear),
            conflicts: merged(it.conflicts.iter().map(|c| self.conflict(c))),
        })
    }

    fn conflict(&self, it: &compare::Conflict) -> Conflict {
        let mut values: Vec<(String, Vec<Evidence>)> = Vec::new();
        for value in &it.values {
            let Some(evidence) = self.evidence(value.anchor) else { continue };
            let said = phrase::value(it.kind, &value.value);
            match values.iter_mut().find(|(v, _)| *v == said) {
                Some((_, places)) => places.push(evidence),
                None => values.push((said, vec![evidence])),
            }
        }
        Conflict { kind: it.kind, update: it.update, values, reason: it.reason.clone(), rule: it.rule.name().into() }
    }

    fn utterance(&self, id: String, it: &compare::Utterance) -> Option<Utterance> {
        let best_text = &self.corpus.get(it.best.article).article.text;
        let mut forms: Vec<Form> = Vec::new();
        for form in &it.forms {
            let Some(evidence) = self.evidence(form.anchor) else { continue };
            let text = &self.corpus.get(form.anchor.article).article.text;
            let wording = wording::against_best(best_text, text, form.anchor.span, &form.differences);
            let (relation, kind) = (form.relation, form.kind);
            match forms.iter_mut().find(|f| (f.relation, f.kind) == (relation, kind) && f.wording == wording) {
                Some(same) => same.evidence.push(evidence),
                None => {
                    forms.push(Form { relation, translated: form.translated, kind, wording, evidence: vec![evidence] })
                }
            }
        }
        forms.sort_by_key(|f| f.relation);
        Some(Utterance {
            id,
            speaker: it.speaker.clone(),
            other_speakers: it.other_speakers.clone(),
            text: it.text.clone(),
            best: self.evidence(it.best)?,
            forms,
            rule: it.rule.name().into(),
        })
    }

    fn moment(&self, it: &compare::Moment) -> Option<Moment> {
        Some(Moment {
            when: phrase::extent(it.start, it.end),
            start: phrase::iso(it.start),
            text: it.text.clone(),
            wording: self.evidence(it.wording)?,
            planned: it.planned,
            mentions: self.all(&it.mentions),
            misleading: self.all(&it.misleading),
            rule: it.rule.name().into(),
        })
    }

    fn revision(&self, it: &compare::Revision) -> Option<Revision> {
        let (from, to) = (self.place(it.from)?, self.place(it.to)?);
        let text = |article: ArticleId| self.corpus.get(article).article.text.as_str();
        let words = |article: ArticleId, span: Option<Span>| span.map_or("", |s| s.text(text(article)));
        let change = |c: &compare::Change| Change {
            kind: c.kind,
            trivial: c.trivial,
            touches: c.touches.iter().map(|t| t.as_str()).collect(),
            from: c.from.map(|s| self.at(from, s)),
            to: c.to.map(|s| self.at(to, s)),
            wording: {
                let around = c.to.map(|s| (text(it.to), s)).or(c.from.map(|s| (text(it.from), s)));
                let pieces = wording::against(words(it.from, c.from), words(it.to, c.to));
                around.map_or_else(Vec::new, |(text, span)| wording::within(text, span, pieces))
            },
        };
        let headline = it.headline.as_ref().map(|[old, new]| Change {
            kind: compare::ChangeKind::Reworded,
            trivial: false,
            touches: vec!["headline"],
            from: None,
            to: None,
            wording: wording::against(old, new),
        });
        Some(Revision {
            from,
            to,
            changes: headline.into_iter().chain(it.changes.iter().map(change)).collect(),
            rule: it.rule.name().into(),
        })
    }

    fn voice(&self, it: &compare::Voice) -> Voice {
        Voice {
            speaker: it.speaker.clone(),
            words: it.words,
            shares: it.articles.iter().filter_map(|(a, n)| Some((self.place(*a)?, *n))).collect(),
            evidence: self.all(&it.evidence),
        }
    }

    fn framing(&self, it: &compare::Framing) -> Option<Framing> {
        let mut terms: Vec<Term> = Vec::new();
        for term in &it.terms {
            let Some(evidence) = self.evidence(term.anchor) else { continue };
            let text = self.corpus.text(term.anchor);
            let article = &self.corpus.get(term.anchor.article).article.text;
            match terms.iter_mut().find(|t| t.text.to_lowercase() == text.to_lowercase()) {
                Some(same) => same.evidence.push(evidence),
                None => terms.push(Term {
                    text: text.to_owned(),
                    loaded: term.loaded.iter().map(|s| s.text(article).to_owned()).collect(),
                    evidence: vec![evidence],
                }),
            }
        }
        (!terms.is_empty()).then(|| Framing { referent: it.referent.clone(), terms, rule: it.rule.name().into() })
    }
}

/// Conflicts about the same values, which several rules may find, as one.
pub(crate) fn merged(all: impl Iterator<Item = Conflict>) -> Vec<Conflict> {
    let values = |c: &Conflict| {
        let mut values: Vec<_> = c.values.iter().map(|(value, _)| value.clone()).collect();
        values.sort();
        values
    };
    let mut kept: Vec<Conflict> = Vec::new();
    for it in all {
        match kept.iter_mut().find(|k| (k.kind, k.update) == (it.kind, it.update) && values(k) == values(&it)) {
            None => kept.push(it),
            Some(same) => {
                same.reason = format!("{}; {}", same.reason, it.reason);
                for (value, places) in it.values {
                    let held = same.values.iter_mut().filter(|(v, _)| *v == value);
                    held.for_each(|(_, all)| {
                        all.extend(&places);
                        all.sort();
                        all.dedup();
                    });
                }
            }
        }
    }
    kept
}

/// Outlet; else the site's name; else the file's name without its endings.
#[must_use]
pub fn name(article: &Article) -> String {
    if let Some(outlet) = &article.outlet {
        return outlet.clone();
    }
    let host = |url: &str| {
        let rest = url.split_once("://")?.1;
        let host = rest.split(['/', '?', '#', ':']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    if let Some(host) = article.url.as_deref().and_then(host).or_else(|| host(&article.source)) {
        return host;
    }
    if let Some(row) = article.source.strip_prefix('-').filter(|it| it.is_empty() || it.starts_with([':', ' '])) {
        return format!("standard input{row}");
    }
    let file = article.source.rsplit(['/', '\\']).next().unwrap_or_default();
    let endings = [".gz", ".zst", ".txt", ".html", ".htm"];
    let stem = endings.iter().fold(file, |name, ending| name.strip_suffix(ending).unwrap_or(name));
    if stem.is_empty() { article.id.clone() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_no_source_of_its_own_report() {
        let of = |outlet: &str| Article { outlet: Some(outlet.to_owned()), ..Article::default() };
        for (outlet, name, own) in [
            ("Northbank Herald", "Herald", true),
            ("Court Wire", "Court Wire", true),
            ("Northbank Herald", "Selwyn Wire", false),
            ("Northbank Herald", "Bank Herald", false),
        ] {
            assert_eq!(is_own(&of(outlet), name), own, "{outlet} {name}");
        }
    }
}
