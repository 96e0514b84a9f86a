//! What the templates are given: one story, put into lists of strings and references.

use super::body::{self, Line};
use super::graph::{self, Graph};
use super::matrix::{self, Matrix};
use super::{Ref, place};
use crate::brief::{Brief, brief};
use crate::phrase;
use crate::report::{Conflict, Descent, Evidence, Form, Framing, Piece, Point, Report, Revision, RuleName, Utterance};
use crate::visible::line;
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters of a statement that are shown before it is cut.
const STATEMENT: usize = 480;
/// Entries of a list that are shown before the rest is folded.
const SHOWN: usize = 12;
/// References behind a statement before the rest is only counted.
const REFERENCES: usize = 24;
/// Stories of more reports have texts that browsers lay out only when they are opened.
const MANY: usize = 12;
/// Points of one report alone that are shown before the rest is folded.
const ONLY: usize = 8;

/// One story.
#[derive(Serialize)]
pub(super) struct Story {
    n: usize,
    /// Whether other stories stand on the page: what stays at the top says then which one it is of.
    several: bool,
    headline: String,
    days: Option<String>,
    reports: usize,
    independent: String,
    brief: Vec<Brief>,
    witnesses: Vec<Witness>,
    accounts: Vec<Vec<usize>>,
    conflicts: Vec<Disagreement>,
    graph: Option<Graph>,
    descents: Folded<Statement>,
    matrix: Option<Matrix>,
    /// What only one account says, by account.
    only: Vec<Only>,
    quotes: Folded<Quote>,
    /// Utterances that take one form only.
    single: Folded<Quote>,
    timeline: Vec<Moment>,
    revisions: Vec<Changes>,
    framing: Folded<Terms>,
    voices: Folded<Voice>,
    many: bool,
}

/// A list of which only the first part is open.
#[derive(Serialize)]
struct Folded<T> {
    shown: Vec<T>,
    rest: Vec<T>,
}

impl<T> Folded<T> {
    fn new(all: impl Iterator<Item = T>, shown: usize) -> Self {
        let mut all: Vec<_> = all.collect();
        let rest = if all.len() > shown { all.split_off(shown) } else { Vec::new() };
        Self { shown: all, rest }
    }
}

#[derive(Serialize)]
struct Witness {
    letter: String,
    name: String,
    title: Option<String>,
    byline: String,
    published: String,
    updated: Option<String>,
    developing: bool,
    language: Option<String>,
    url: Option<String>,
    /// Where the program that serves the page has the article.
    link: Option<String>,
    source: String,
    digest: String,
    account: usize,
    credits: Vec<Credited>,
    join: Option<String>,
    lines: Vec<Line>,
    /// Bytes of the text that are not shown.
    cut: usize,
}

#[derive(Serialize)]
struct Credited {
    kind: &'static str,
    name: String,
    place: Ref,
}

/// The points that one report alone carries.
#[derive(Serialize)]
struct Only {
    letter: String,
    name: String,
    points: Folded<Said>,
    /// What others may say too.
    perhaps: Vec<Said>,
}

#[derive(Serialize)]
struct Said {
    id: String,
    text: String,
    said_by: Option<String>,
    background: bool,
    refs: Refs,
    /// The sentences of other reports that may say the same.
    nearest: Refs,
}

#[derive(Serialize)]
struct Disagreement {
    kind: &'static str,
    update: bool,
    point: String,
    point_id: String,
    values: Vec<Held>,
    reason: String,
    rule: RuleName,
}

/// A value and who holds it.
#[derive(Serialize)]
struct Held {
    value: String,
    words: Vec<String>,
    refs: Refs,
    letters: Vec<String>,
}

/// References behind a statement.
#[derive(Serialize)]
struct Refs {
    shown: Vec<Ref>,
    more: usize,
}

#[derive(Serialize)]
struct Statement {
    text: String,
    kind: String,
    sure: String,
    reasons: Vec<String>,
    rule: RuleName,
    passages: Vec<(Ref, Ref)>,
    /// Whether both sides of each passage are the same declaration.
    declaration: bool,
    more: usize,
}

#[derive(Serialize)]
struct Quote {
    id: String,
    speaker: Option<String>,
    others: Option<String>,
    text: String,
    language: Option<String>,
    best: Ref,
    rule: RuleName,
    forms: Vec<QuoteForm>,
}

#[derive(Serialize)]
struct QuoteForm {
    relation: &'static str,
    label: &'static str,
    language: Option<String>,
    kind: &'static str,
    pieces: Vec<Words>,
    refs: Refs,
}

/// A run of words: same, ins or del.
#[derive(Serialize)]
struct Words {
    tag: &'static str,
    /// The space before what is marked, which the mark does not take in.
    before: String,
    text: String,
    after: String,
}

#[derive(Serialize)]
struct Moment {
    when: String,
    start: String,
    text: String,
    planned: bool,
    refs: Refs,
    misleading: Vec<Ref>,
    rule: RuleName,
}

#[derive(Serialize)]
struct Changes {
    from: String,
    to: String,
    from_name: String,
    to_name: String,
    facts: Vec<Changed>,
    style: Vec<Changed>,
    rule: RuleName,
}

#[derive(Serialize)]
struct Changed {
    kind: &'static str,
    touches: String,
    pieces: Vec<Words>,
    refs: Refs,
}

#[derive(Serialize)]
struct Terms {
    referent: String,
    rule: RuleName,
    terms: Vec<Named>,
}

#[derive(Serialize)]
struct Named {
    text: String,
    loaded: String,
    letters: Vec<String>,
    refs: Refs,
}

#[derive(Serialize)]
struct Voice {
    speaker: String,
    words: usize,
    /// Length of its bar, 0 to 100.
    bar: usize,
    shares: Vec<Share>,
    refs: Refs,
}

#[derive(Serialize)]
struct Share {
    letter: String,
    words: usize,
}

/// A report that stands alone.
#[derive(Serialize)]
pub(super) struct Alone {
    name: String,
    headline: String,
    published: String,
    source: String,
}

impl Alone {
    pub(super) fn new(it: &Report) -> Self {
        let witness = &it.witnesses[0];
        Self {
            name: line(&witness.name, 60),
            headline: line(&it.headline, 200),
            published: witness.published.clone().unwrap_or_else(|| "undated".into()),
            source: witness.source.clone(),
        }
    }
}

impl Story {
    pub(super) fn new(it: &Report, n: usize) -> Self {
        Self::linked(it, n, &|_| None)
    }

    /// The same, on a page with others.
    pub(super) fn among_others(it: &Report, n: usize) -> Self {
        Self { several: true, ..Self::new(it, n) }
    }

    /// The same, with an address for each article.
    pub(super) fn linked(it: &Report, n: usize, link: &dyn Fn(&str) -> Option<String>) -> Self {
        let view = View { it, n, link };
        let told = |q: &&Utterance| q.forms.iter().map(|f| f.evidence.len()).sum::<usize>() > 1;
        let conflicts = it.conflicts().chain(it.updates());
        Self {
            n,
            several: false,
            headline: line(&it.headline, STATEMENT),
            days: it.days.clone(),
            reports: it.witnesses.len(),
            independent: phrase::range(it.accounts.low, it.accounts.high),
            brief: brief(it),
            witnesses: view.witnesses(),
            accounts: it.accounts.members.clone(),
            conflicts: conflicts.map(|(p, c)| view.disagreement(p, c)).collect(),
            graph: graph::graph(it, n),
            descents: Folded::new(it.descents.iter().map(|d| view.statement(d)), SHOWN),
            matrix: matrix::matrix(it, n),
            only: view.only(),
            quotes: Folded::new(it.quotes.iter().filter(told).map(|q| view.quote(q)), SHOWN),
            single: Folded::new(it.quotes.iter().filter(|q| !told(q)).map(|q| view.quote(q)), 0),
            timeline: view.timeline(),
            revisions: it.revisions.iter().map(|r| view.changes(r)).collect(),
            framing: Folded::new(it.framing.iter().map(|f| view.terms(f)), SHOWN),
            voices: Folded::new(it.voices.iter().map(|v| view.voice(v)), SHOWN),
            many: it.witnesses.len() > MANY,
        }
    }
}

struct View<'a> {
    it: &'a Report,
    n: usize,
    link: &'a dyn Fn(&str) -> Option<String>,
}

impl View<'_> {
    fn one(&self, evidence: crate::report::Evidence) -> Ref {
        Ref::new(self.it, self.n, evidence)
    }

    fn refs<'e>(&self, evidence: impl IntoIterator<Item = &'e crate::report::Evidence>) -> Refs {
        let all = Report::in_order(&evidence.into_iter().copied().collect::<Vec<_>>());
        let more = all.len().saturating_sub(REFERENCES);
        Refs { shown: Ref::all(self.it, self.n, all.iter().take(REFERENCES)), more }
    }

    fn letters<'e>(&self, evidence: impl IntoIterator<Item = &'e crate::report::Evidence>) -> Vec<String> {
        let mut all: Vec<_> = evidence.into_iter().map(|e| e.witness).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(|w| self.it.witnesses[w].letter.clone()).collect()
    }

    fn witnesses(&self) -> Vec<Witness> {
        let marks = body::marks(self.it);
        let witness = |(n, w): (usize, &crate::report::Witness)| {
            let (lines, cut) = body::lines(self.it, n, &marks[n], |span| place(self.n, &w.letter, span));
            let credited = |c: &crate::report::Credit| Credited {
                kind: c.kind,
                name: line(&c.name, 80),
                place: self.one(c.evidence),
            };
            let why = |j: &crate::report::Join| {
                if j.is_by_hand() {
                    return phrase::by_hand(j);
                }
                let reasons = line(&j.reasons.join("; "), STATEMENT);
                format!("{:.0}% one event with {}: {reasons} ({})", j.score * 100.0, self.it.named(j.nearest), j.rule)
            };
            Witness {
                letter: w.letter.clone(),
                name: line(&w.name, 80),
                title: w.title.as_ref().map(|t| line(t, 300)),
                byline: line(&w.byline.join(", "), 160),
                published: w.published.clone().unwrap_or_else(|| "undated".into()),
                updated: w.updated.clone(),
                developing: w.developing,
                language: w.language.clone(),
                url: w.url.clone().filter(|u| u.starts_with("https://") || u.starts_with("http://")),
                link: (self.link)(&w.id),
                source: w.source.clone(),
                digest: w.digest.clone(),
                account: w.account + 1,
                credits: w.declared.iter().map(credited).collect(),
                join: w.join.as_ref().map(why),
                lines,
                cut,
            }
        };
        self.it.witnesses.iter().enumerate().map(witness).collect()
    }

    fn only(&self) -> Vec<Only> {
        if self.it.witnesses.len() < 2 {
            return Vec::new();
        }
        // A reprint is no other account: what both carry stands once, under the report it comes from.
        let mut by_account: BTreeMap<usize, Vec<&Point>> = BTreeMap::new();
        for point in self.it.points_of("one") {
            by_account.entry(self.it.witnesses[point.wording.witness].account).or_default().push(point);
        }
        let said = |p: &&Point| Said {
            id: p.id.clone(),
            text: line(&phrase::point(&p.text, p.said_by.is_some()), STATEMENT),
            said_by: p.said_by.as_ref().map(|s| line(&phrase::speaker(s), 80)),
            background: p.background,
            refs: self.refs(&p.carried),
            nearest: self.refs(&p.unclear),
        };
        let only = |points: Vec<&Point>| {
            let first = points.iter().map(|p| p.wording.witness);
            let rest = points.iter().flat_map(|p| p.carried.iter().map(|e| e.witness));
            let mut carriers: Vec<usize> = Vec::new();
            first.chain(rest).for_each(|w| {
                if !carriers.contains(&w) {
                    carriers.push(w)
                }
            });
            let each = |text: &dyn Fn(&crate::report::Witness) -> String, by: &str| {
                carriers.iter().map(|w| text(&self.it.witnesses[*w])).collect::<Vec<_>>().join(by)
            };
            let letter = each(&|w| w.letter.clone(), " ");
            let name = each(&|w| line(&w.name, 80), "; ");
            let (alone, perhaps): (Vec<&Point>, Vec<&Point>) = points.into_iter().partition(|p| p.is_sure());
            Only {
                letter,
                name,
                points: Folded::new(alone.iter().map(said), ONLY),
                perhaps: perhaps.iter().map(said).collect(),
            }
        };
        by_account.into_values().map(only).collect()
    }

    fn disagreement(&self, point: &Point, it: &Conflict) -> Disagreement {
        let held = |(value, places): &(String, Vec<crate::report::Evidence>)| {
            let mut words: Vec<String> = Vec::new();
            for place in places {
                let text = line(self.it.text(*place), 90);
                if !words.contains(&text) && words.len() < 4 {
                    words.push(text);
                }
            }
            Held { value: line(value, 60), words, refs: self.refs(places), letters: self.letters(places) }
        };
        Disagreement {
            kind: phrase::conflict(it.kind),
            update: it.update,
            point: line(&point.text, STATEMENT),
            point_id: point.id.clone(),
            values: it.values.iter().map(held).collect(),
            reason: line(&it.reason, STATEMENT),
            rule: it.rule.clone(),
        }
    }

    fn statement(&self, it: &Descent) -> Statement {
        Statement {
            text: line(&it.statement, STATEMENT),
            kind: it.kind.replace('-', " "),
            sure: if it.declared { "declared".into() } else { format!("{:.0}%", it.score * 100.0) },
            // What a report declares about an outside source is its own reason.
            reasons: it.reasons.iter().filter(|_| it.source.is_some()).map(|r| line(r, STATEMENT)).collect(),
            rule: it.rule.clone(),
            passages: it.passages.iter().take(8).map(|(a, b)| (self.one(*a), self.one(*b))).collect(),
            declaration: it.passages.iter().all(|(a, b)| a == b),
            more: it.passages.len().saturating_sub(8),
        }
    }

    /// The language of the report that `it` stands in, so that it is spoken right.
    fn language(&self, it: &Evidence) -> Option<String> {
        self.it.witnesses.get(it.witness)?.language.clone()
    }

    fn quote(&self, it: &Utterance) -> Quote {
        let form = |f: &Form| QuoteForm {
            relation: f.relation.as_str(),
            label: phrase::form(f),
            language: f.evidence.first().and_then(|it| self.language(it)),
            kind: f.kind.as_str(),
            pieces: words(&f.wording),
            refs: self.refs(&f.evidence),
        };
        let others = line(&it.other_speakers.join(", "), 160);
        Quote {
            id: it.id.clone(),
            speaker: it.speaker.as_ref().map(|s| line(s, 100)),
            others: (!others.is_empty()).then_some(others),
            language: self.language(&it.best),
            text: line(it.text.trim_end_matches([',', ' ']), 1200),
            best: self.one(it.best),
            rule: it.rule.clone(),
            forms: it.forms.iter().map(form).collect(),
        }
    }

    fn timeline(&self) -> Vec<Moment> {
        let moment = |m: &crate::report::Moment| Moment {
            when: m.when.clone(),
            start: m.start.clone(),
            text: line(&m.text, 320),
            planned: m.planned,
            refs: self.refs(&m.mentions),
            misleading: Ref::all(self.it, self.n, &m.misleading),
            rule: m.rule.clone(),
        };
        self.it.timeline.iter().map(moment).collect()
    }

    fn changes(&self, it: &Revision) -> Changes {
        let change = |c: &crate::report::Change| Changed {
            kind: c.kind.as_str(),
            touches: c.touches.join(", "),
            pieces: words(&c.wording),
            refs: self.refs(c.from.iter().chain(&c.to)),
        };
        let (style, facts): (Vec<_>, Vec<_>) = it.changes.iter().partition(|c| c.trivial);
        let witness = |w: usize| &self.it.witnesses[w];
        Changes {
            from: witness(it.from).letter.clone(),
            to: witness(it.to).letter.clone(),
            from_name: line(&witness(it.from).name, 60),
            to_name: line(&witness(it.to).name, 60),
            facts: facts.into_iter().map(change).collect(),
            style: style.into_iter().map(change).collect(),
            rule: it.rule.clone(),
        }
    }

    fn voice(&self, it: &crate::report::Voice) -> Voice {
        let most = self.it.voices.iter().map(|v| v.words).max().unwrap_or(0).max(1);
        let share = |(w, n): &(usize, usize)| Share { letter: self.it.witnesses[*w].letter.clone(), words: *n };
        Voice {
            speaker: line(&it.speaker, 80),
            words: it.words,
            bar: it.words * 100 / most,
            shares: it.shares.iter().take(REFERENCES).map(share).collect(),
            refs: self.refs(&it.evidence),
        }
    }

    fn terms(&self, it: &Framing) -> Terms {
        let named = |t: &crate::report::Term| Named {
            text: line(&t.text, 160),
            loaded: line(&t.loaded.join(", "), 80),
            letters: self.letters(&t.evidence),
            refs: self.refs(&t.evidence),
        };
        Terms { referent: line(&it.referent, 160), rule: it.rule.clone(), terms: it.terms.iter().map(named).collect() }
    }
}

fn words(pieces: &[Piece]) -> Vec<Words> {
    let marked = |tag, text: &str| {
        let words = if text.trim().is_empty() { text } else { text.trim() };
        let start = text.find(words).unwrap_or(0);
        let end = start + words.len();
        Words { tag, before: text[..start].to_owned(), text: words.to_owned(), after: text[end..].to_owned() }
    };
    let word = |p: &Piece| match p {
        Piece::Same(text) => Words { tag: "same", before: String::new(), text: text.clone(), after: String::new() },
        Piece::Added(text) => marked("ins", text),
        Piece::Dropped(text) => marked("del", text),
    };
    pieces.iter().map(word).collect()
}
