//! How the scores of sentences decide which statements are one point, and of which reports it is not certain whether they
//! carry it.

use super::candidates::{self, likeness};
use crate::cluster::Likeness;
use crate::joins::{Field, NEVER, Weights};
use crate::meaning::Vocabulary;
use crate::statements::Statement;
use crate::{Point, Status};
use rashomon_annotate::Corpus;
use rashomon_model::{Anchor, ArticleId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a pair must score above the others to found a second point with a sentence: of 167 such pairs 136 were right on the
/// marked stories, of all pairs of points .89.
const SECOND: f32 = 0.3;

/// What the best pair of the first sentences of two reports scores above what the trees say: most tell the news there. Of
/// the 14 such pairs of the marked stories between .4 and .9, 13 were right, of all pairs between them .67.
const LEADS: f32 = 0.5;
/// A report of fewer statements is all lead, and nothing is added for it.
const LEAST_TOLD: usize = 3;

/// The sentences of a story with the scores of their pairs.
pub(super) struct Lines {
    field: Field,
    /// The line of each statement.
    line_of: Vec<usize>,
    /// The scores of pairs, the lesser line first.
    scores: FxHashMap<(usize, usize), f32>,
    /// For each line those of other reports that it is judged with.
    judged: Vec<Vec<(usize, f32)>>,
}

/// Sentences that score less are not held against each other for values in conflict, nor taken to tell of one event of a day.
const WORTH_A_LOOK: f32 = -1.0;

/// Two statements that are less alike do not show by themselves what their sentences have in common. Set by hand, as what makes
/// statements worth holding against each other.
const MUCH_ALIKE: f32 = 0.3;

/// A statement is held against at most so many of a point to see whether it shows what they have in common.
const MOST_HELD: usize = 16;

/// Pairs of sentences that may well state a common fact, the lesser anchor first, each with its score.
#[derive(Clone, Debug, Default)]
pub(crate) struct Likely(FxHashMap<(Anchor, Anchor), f32>);

impl Likely {
    /// How well two sentences score, if they are such a pair.
    pub(crate) fn score(&self, a: Anchor, b: Anchor) -> Option<f32> {
        self.0.get(&(a.min(b), a.max(b))).copied()
    }
}

impl Lines {
    pub(super) fn new(field: Field, weights: &Weights, units: usize) -> Self {
        let mut line_of = vec![0; units];
        for (n, line) in field.lines.iter().enumerate() {
            line_of[line.units.clone()].fill(n);
        }
        let mut scores = FxHashMap::default();
        let mut leads: BTreeMap<(usize, usize), (f32, (usize, usize))> = BTreeMap::new();
        // A lead is one of a report that goes on.
        let mut told = vec![0_usize; field.lines.iter().map(|l| l.report + 1).max().unwrap_or(0)];
        field.lines.iter().for_each(|l| told[l.report] += 1);
        let mut judged = vec![Vec::new(); field.lines.len()];
        for (pair, score) in field.pairs.iter().zip(weights.scores(&field.pairs)) {
            let (i, j) = pair.lines;
            scores.insert((i, j), score);
            judged[i].push((j, score));
            judged[j].push((i, score));
            let (a, b) = (&field.lines[i], &field.lines[j]);
            if a.leads() && b.leads() && told[a.report].min(told[b.report]) >= LEAST_TOLD {
                let best = leads.entry((a.report, b.report)).or_insert((score, (i, j)));
                if score > best.0 {
                    *best = (score, (i, j));
                }
            }
        }
        for (score, pair) in leads.into_values() {
            scores.insert(pair, score + LEADS);
        }
        Self { field, line_of, scores, judged }
    }

    /// The pairs of sentences that may well state a common fact.
    pub(super) fn likely(&self) -> Likely {
        let anchor = |line: usize| self.field.lines[line].anchor;
        let pair = |(i, j): &(usize, usize)| (anchor(*i).min(anchor(*j)), anchor(*i).max(anchor(*j)));
        let likely = self.scores.iter().filter(|(_, score)| **score >= WORTH_A_LOOK);
        Likely(likely.map(|(lines, score)| (pair(lines), *score)).collect())
    }

    /// A statement of each of two sentences that may state a common fact.
    pub(super) fn likely_units(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let first = |line: usize| self.field.lines[line].units.start;
        let may = |(_, score): &(&(usize, usize), &f32)| **score >= WORTH_A_LOOK;
        self.scores.iter().filter(may).map(move |((i, j), _)| (first(*i), first(*j)))
    }

    fn score(&self, i: usize, j: usize) -> f32 {
        self.scores.get(&(i.min(j), i.max(j))).copied().unwrap_or(NEVER)
    }

    /// How likely two statements belong together; `None` for those of one report and for headlines, of which nothing is known.
    pub(super) fn likeness(&self, a: usize, b: usize) -> Option<f32> {
        let (i, j) = (*self.line_of.get(a)?, *self.line_of.get(b)?);
        (self.field.lines[i].report != self.field.lines[j].report).then(|| self.score(i, j))
    }

    /// The pairs of statements that carry what two sentences have in common: the most alike of each pair of sentences, and
    /// others that are alike on their own; and what one report says twice.
    pub(super) fn links(
        &self,
        vocabulary: &Vocabulary,
        units: &[Statement],
        alike: &[Likeness],
        weights: &Weights,
    ) -> Vec<Likeness> {
        let mut out = Vec::new();
        for pair in &self.field.pairs {
            let ((x, y), mut best, mut found) = (pair.lines, None::<Likeness>, Vec::new());
            let score = self.score(x, y);
            if score < weights.floors.least {
                continue;
            }
            let (of_x, of_y) = (self.field.lines[x].units.clone(), self.field.lines[y].units.clone());
            // Of two sentences with one statement each, these two are the most alike.
            let single = of_x.len() == 1 && of_y.len() == 1;
            for i in of_x {
                for j in of_y.clone() {
                    let like = if single { 0.0 } else { likeness(vocabulary, &units[i], &units[j]) };
                    if like >= candidates::FLOORS.seed {
                        found.push(Likeness { i, j, score });
                    }
                    if best.is_none_or(|b| like > b.score) {
                        best = Some(Likeness { i, j, score: like });
                    }
                }
            }
            // What is asked for is not what is ordered.
            let Some(best) = best.filter(|b| !candidates::asked_and_decreed(&units[b.i], &units[b.j])) else {
                continue;
            };
            if found.is_empty() {
                found.push(Likeness { score, ..best });
            }
            out.extend(found);
        }
        let own = |c: &&Likeness| self.likeness(c.i, c.j).is_none() && c.score >= candidates::FLOORS.seed;
        out.extend(alike.iter().filter(own).map(|c| Likeness { score: weights.floors.seed, ..*c }));
        out
    }

    /// What is cited for each statement of a point: its words, or its whole sentence where no statement of another report in the
    /// point is much like it; the sentences are what was found to state a common fact.
    pub(super) fn cited(&self, vocabulary: &Vocabulary, units: &[Statement], group: &[usize]) -> Vec<Anchor> {
        let met = |i: usize| {
            let others = group.iter().filter(|j| units[**j].anchor.article != units[i].anchor.article).take(MOST_HELD);
            let mut found = others.map(|j| likeness(vocabulary, &units[i], &units[*j])).peekable();
            found.peek().is_none() || found.any(|like| like >= MUCH_ALIKE)
        };
        let of = |i: &usize| match self.line_of.get(*i) {
            Some(line) if !met(*i) => self.field.lines[*line].anchor,
            _ => units[*i].anchor,
        };
        let mut cited: Vec<Anchor> = group.iter().map(of).collect();
        // What stands inside of another is cited with it.
        cited.sort_unstable_by_key(|a| (a.article, a.span.start(), Reverse(a.span.end())));
        cited.dedup_by(|a, kept| a.article == kept.article && kept.span.contains(a.span));
        cited
    }

    /// The links that would found a point, of pairs of sentences that no group holds together.
    pub(super) fn left_over(&self, links: &[Likeness], groups: &[Vec<usize>], weights: &Weights) -> Vec<Likeness> {
        let mut held: FxHashSet<(usize, usize)> = FxHashSet::default();
        for group in groups {
            let lines: Vec<usize> = group.iter().map(|u| self.line_of[*u]).collect();
            let pairs = lines.iter().enumerate().flat_map(|(n, i)| lines[..n].iter().map(move |j| (*i, *j)));
            held.extend(pairs.map(|(i, j)| (i.min(j), i.max(j))));
        }
        let apart = |c: &&Likeness| {
            let (i, j) = (self.line_of[c.i], self.line_of[c.j]);
            c.score >= weights.floors.seed + SECOND
                && self.likeness(c.i, c.j).is_some()
                && !held.contains(&(i.min(j), i.max(j)))
        };
        links.iter().filter(apart).copied().collect()
    }

    /// Takes back the claim that a report leaves a point out where one of its sentences may say it, or where it came before
    /// all that give this background.
    pub(super) fn silence(&self, corpus: &Corpus, group: &[usize], weights: &Weights, point: &mut Point) {
        let mut nearest: FxHashMap<ArticleId, (f32, usize)> = FxHashMap::default();
        for line in group.iter().filter_map(|u| self.line_of.get(*u)) {
            for (other, score) in &self.judged[*line] {
                let best = nearest.entry(self.field.lines[*other].anchor.article).or_insert((*score, *other));
                if *score > best.0 || *score == best.0 && *other < best.1 {
                    *best = (*score, *other);
                }
            }
        }
        let told = |a: ArticleId| corpus.get(a).dateline.map(|d| d.date());
        let first = point.carried.iter().filter_map(|c| told(c.article)).min();
        let came_first = |a: ArticleId| told(a).zip(first).is_some_and(|(own, first)| own < first);
        let unclear = |a: &ArticleId| {
            let (score, line) = nearest.get(a)?;
            let silent = if point.status == Status::One { weights.silent_of_one } else { weights.silent };
            let excused = point.background && came_first(*a);
            (*score >= silent || excused).then(|| self.field.lines[*line].anchor)
        };
        let found: Vec<(ArticleId, Option<Anchor>)> = point.omitted.iter().map(|a| (*a, unclear(a))).collect();
        point.omitted = found.iter().filter(|(_, n)| n.is_none()).map(|(a, _)| *a).collect();
        point.unclear = found.into_iter().filter_map(|(_, n)| n).collect();
    }
}
