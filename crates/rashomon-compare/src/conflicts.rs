//! Where statements of one point give values that cannot all be right.
//!
//! Only values in the same place of aligned statements are held against each other: the number that counts the same
//! noun, the date of the same verb, the name between the same neighbours. Hedges and rounding are honoured; a count that
//! grows from report to report is an update, not a conflict. What is not certain is left out: a false conflict sends a
//! reader looking for nothing.

mod dates;
mod names;
mod negation;
mod numbers;

use crate::meaning::{Alignment, Class, Gist, Vocabulary, align};
use crate::points::Unit;
use crate::{Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus};
use rashomon_model::{Anchor, Rule, Span};
use std::collections::BTreeMap;

/// Conflicts among the statements of one point, by kind and place.
pub(crate) fn conflicts(corpus: &Corpus, vocabulary: &Vocabulary, members: &[&Unit]) -> Vec<Conflict> {
    let mut groups: Vec<Group> = Vec::new();
    // A reprint repeats what is there already.
    let mut bodies: Vec<&Unit> = Vec::new();
    for u in members {
        if bodies.len() < MOST && !bodies.iter().any(|b| corpus.text(b.anchor) == corpus.text(u.anchor)) {
            bodies.push(u);
        }
    }
    for (i, a) in bodies.iter().enumerate() {
        for b in &bodies[i + 1..] {
            if a.anchor.article != b.anchor.article {
                for found in between(corpus, vocabulary, a, b) {
                    Group::add(&mut groups, found);
                }
            }
        }
    }
    let mut out: Vec<Conflict> = groups.into_iter().map(|g| g.conflict(corpus)).collect();
    out.sort_by(|x, y| x.kind.cmp(&y.kind).then(x.values[0].anchor.cmp(&y.values[0].anchor)));
    out
}

/// Keeps one of two conflicts about the same date: the one that names the event it misses.
pub(crate) fn settle(points: &mut [Point]) {
    let told: Vec<Anchor> = points
        .iter()
        .flat_map(|p| &p.conflicts)
        .filter(|c| c.kind == ConflictKind::Date && c.rule != dates::RULE)
        .flat_map(|c| c.values.iter().map(|v| v.anchor))
        .collect();
    for p in points {
        p.conflicts.retain(|c| c.rule != dates::RULE || !c.values.iter().any(|v| told.contains(&v.anchor)));
    }
}

/// Statements of one point that are held against each other.
const MOST: usize = 20;

/// Two values in conflict.
#[derive(Clone, Debug)]
pub(crate) struct Clash {
    pub(crate) kind: ConflictKind,
    pub(crate) values: [ConflictValue; 2],
    pub(crate) rule: Rule,
    pub(crate) reason: &'static str,
}

/// Two statements with their alignment.
pub(crate) struct Aligned<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) a: Side<'a>,
    pub(crate) b: Side<'a>,
    pub(crate) alignment: Alignment,
}

/// One of two statements.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) article: &'a Annotated,
    pub(crate) anchor: Anchor,
    pub(crate) gist: &'a Gist,
    pub(crate) borrowed: usize,
}

impl Side<'_> {
    /// The text of a span.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.article.text(span)
    }

    /// Index of the first own content term at or behind `offset`.
    pub(crate) fn term_from(&self, offset: usize) -> Option<usize> {
        (self.borrowed..self.gist.terms.len())
            .find(|i| self.gist.terms[*i].span.start() >= offset && self.gist.terms[*i].class != Class::Function)
    }

    /// Index of the last own content term that ends at or before `offset`.
    pub(crate) fn term_before(&self, offset: usize) -> Option<usize> {
        (self.borrowed..self.gist.terms.len())
            .rev()
            .find(|i| self.gist.terms[*i].span.end() <= offset && self.gist.terms[*i].class != Class::Function)
    }
}

impl Aligned<'_> {
    /// Whether two terms are aligned to each other.
    pub(crate) fn linked(&self, a: usize, b: usize) -> bool {
        self.alignment.links.iter().any(|l| l.a == a && l.b == b && l.likeness >= 0.6)
    }

    /// Whether the terms around two stretches are aligned: those before, those behind, or an edge on both sides.
    /// Gives how many of the two sides agree, and how many disagree.
    pub(crate) fn frame(&self, x: Span, y: Span) -> (usize, usize) {
        let mut agree = 0;
        let mut differ = 0;
        let pairs = [
            (self.a.term_before(x.start()), self.b.term_before(y.start())),
            (self.a.term_from(x.end()), self.b.term_from(y.end())),
        ];
        for pair in pairs {
            match pair {
                (Some(p), Some(q)) if self.linked(p, q) => agree += 1,
                (None, None) => {}
                _ => differ += 1,
            }
        }
        (agree, differ)
    }

    /// Share of own weight that is aligned, leaving out the terms inside `spans`; the lesser of both sides.
    pub(crate) fn rest(&self, x: &[Span], y: &[Span]) -> f32 {
        let one = |side: &Side, linked: &dyn Fn(usize) -> f32, without: &[Span]| {
            let (mut hit, mut of) = (0.0, 0.0);
            for (i, t) in side.gist.terms.iter().enumerate().skip(side.borrowed) {
                if t.class != Class::Function && !without.iter().any(|s| s.overlaps(t.span)) {
                    of += t.weight;
                    hit += t.weight * linked(i);
                }
            }
            if of > 0.0 { hit / of } else { 0.0 }
        };
        let of_a = |i| self.alignment.links.iter().find(|l| l.a == i).map_or(0.0, |l| l.likeness);
        let of_b = |i| self.alignment.links.iter().find(|l| l.b == i).map_or(0.0, |l| l.likeness);
        one(&self.a, &of_a, x).min(one(&self.b, &of_b, y))
    }

    fn value(&self, side: &Side, value: String, span: Span) -> ConflictValue {
        ConflictValue { value, anchor: Anchor::new(side.anchor.article, span) }
    }

    /// A clash of a value at `x` on one side with a value at `y` on the other.
    pub(crate) fn clash(
        &self,
        kind: ConflictKind,
        rule: Rule,
        reason: &'static str,
        x: (String, Span),
        y: (String, Span),
    ) -> Clash {
        let values = [self.value(&self.a, x.0, x.1), self.value(&self.b, y.0, y.1)];
        Clash { kind, values, rule, reason }
    }
}

/// All clashes between two statements.
fn between(corpus: &Corpus, vocabulary: &Vocabulary, a: &Unit, b: &Unit) -> Vec<Clash> {
    fn side<'a>(corpus: &'a Corpus, u: &'a Unit) -> Side<'a> {
        Side { article: corpus.get(u.anchor.article), anchor: u.anchor, gist: &u.gist, borrowed: u.borrowed }
    }
    let alignment = align(vocabulary, &a.gist, &b.gist);
    let pair = Aligned { vocabulary, a: side(corpus, a), b: side(corpus, b), alignment };
    let mut out = numbers::clashes(&pair);
    out.extend(dates::clashes(&pair));
    out.extend(names::clashes(&pair));
    out.extend(negation::clashes(&pair));
    out
}

/// Clashes that share a value or a place are one conflict.
struct Group {
    kind: ConflictKind,
    rule: Rule,
    reason: &'static str,
    values: BTreeMap<Anchor, String>,
}

impl Group {
    fn add(groups: &mut Vec<Self>, found: Clash) {
        let joins = |g: &Self| g.kind == found.kind && found.values.iter().any(|v| g.values.contains_key(&v.anchor));
        let at = groups.iter().position(joins).unwrap_or_else(|| {
            let values = BTreeMap::new();
            groups.push(Self { kind: found.kind, rule: found.rule, reason: found.reason, values });
            groups.len() - 1
        });
        for v in found.values {
            groups[at].values.insert(v.anchor, v.value);
        }
    }

    fn conflict(self, corpus: &Corpus) -> Conflict {
        let time = |v: &ConflictValue| corpus.get(v.anchor.article).article.dateline().map(|d| d.at);
        let mut values: Vec<ConflictValue> =
            self.values.into_iter().map(|(anchor, value)| ConflictValue { value, anchor }).collect();
        // In order of article time; those without a date come last.
        values.sort_by_key(|v| (time(v).is_none(), time(v), v.anchor));
        let update = self.kind == ConflictKind::Number && is_update(&values, time);
        let rule = if update { "growing-count" } else { self.rule };
        let reason = if update { "a later report counts more" } else { self.reason };
        Conflict { kind: self.kind, update, values, rule, reason: reason.to_owned() }
    }
}

/// Whether counts only grow with time: every value is dated, and no later one is smaller.
fn is_update<T: Ord>(values: &[ConflictValue], time: impl Fn(&ConflictValue) -> Option<T>) -> bool {
    let number = |v: &ConflictValue| v.value.split(' ').next().and_then(|n| n.parse::<f64>().ok());
    let dated = values.iter().all(|v| time(v).is_some());
    let count = values.iter().all(|v| v.value.contains(' ') && !v.value.contains("percent"));
    let grows = values.windows(2).all(|w| match (number(&w[0]), number(&w[1])) {
        (Some(x), Some(y)) => x == y || x < y && time(&w[0]) < time(&w[1]),
        _ => false,
    });
    dated && count && grows
}
