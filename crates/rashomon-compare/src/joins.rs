//! Which sentences of two reports state a common fact?
//!
//! A pair is judged in its story: what two sentences share, weighted by how rare it is in news and in the story, how good
//! the alternatives on both sides are, what stands beside them and what a third report says. A sum of trees learned it
//! from stories that were marked by reading. The weights are `models/points.bin`, made by `rashomon-eval train points`;
//! `models/points.md` names data and figures.

pub(crate) mod lines;
mod measures;

use crate::Utterance;
pub use crate::cluster::Floors;
use crate::cluster::Likeness;
use crate::meaning::Vocabulary;
use crate::statements::{Attributed, Statement};
use lines::{Line, Rarity};
use measures::Found;
pub use measures::{NAMES as MEASURES, Row};
use rashomon_annotate::Corpus;
use rashomon_annotate::quotes::training::Trees;
use rashomon_model::{Anchor, ModelFile};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A pair of sentences of two reports.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The sentence of the first report.
    pub a: Anchor,
    /// The sentence of the second.
    pub b: Anchor,
    /// Its measures.
    pub row: Row,
    /// Whether what it has in common tells nothing of a fact, whatever the measures say.
    pub(crate) little: bool,
    /// The two as lines of the field.
    pub(crate) lines: (usize, usize),
}

/// The pairs of a story that are worth judging, and its lines.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The pairs, in order of place.
    pub pairs: Vec<Pair>,
    pub(crate) lines: Vec<Line>,
}

/// Pairs that are judged: the best of each line with each other report, and overall.
const MOST_A_REPORT: usize = 8;
const MOST: usize = 72;
/// Lines on either side that a term finds.
const REACH: usize = 150;
/// Lines less alike are not worth judging.
const LEAST: f32 = 0.03;

/// The pairs of lines of a story that are worth judging, with their measures.
pub(crate) fn field(
    corpus: &Corpus,
    vocabulary: &mut Vocabulary,
    units: &[Statement],
    said: &Attributed,
    quotes: &[Utterance],
    clauses: &[Likeness],
) -> Field {
    let (lines, rarity) = lines::lines(corpus, vocabulary, units, said, quotes);
    let ranked = ranked(&lines, &rarity);
    let by_clause = by_clause(&lines, units, clauses);
    let mut wanted: Vec<(usize, usize)> = by_clause.keys().copied().collect();
    for (i, row) in ranked.iter().enumerate() {
        wanted.extend(chosen(row).map(|j| (i.min(j), i.max(j))));
    }
    wanted.sort_unstable();
    wanted.dedup();
    let standings: Vec<Standing> = ranked.iter().map(|row| Standing::of(row)).collect();
    let around = lines::around(&lines);
    let mut spread = measures::Spread::new(rarity.lines.len());
    let cosine = |(i, j): &(usize, usize)| {
        spread.lay(*i, &lines, &around);
        spread.cosine(&lines[*i], &lines[*j])
    };
    let cosines: Vec<f32> = wanted.iter().map(cosine).collect();
    let closeness = Closeness::new(&lines, &wanted, &cosines);
    let mut shared = measures::Shared::default();
    let pairs = wanted
        .into_iter()
        .zip(cosines)
        .map(|((i, j), cosine)| {
            let clauses = by_clause.get(&(i, j)).copied().unwrap_or(0.0);
            let mut found = Found { cosine, clauses, ..found(&lines, &ranked, &standings, (i, j)) };
            let reports = closeness.of(&lines, (i, j), cosine);
            (found.closest, found.overtaken) = (reports.closest, reports.overtaken);
            (found.leads, found.several) = (reports.leads, reports.several);
            let (a, b) = ((&lines[i], &around[i]), (&lines[j], &around[j]));
            spread.lay(i, &lines, &around);
            let row = measures::measures(vocabulary, &rarity, a, b, &found, &spread, &mut shared);
            let numbers = [i, j].map(|n| corpus.get(lines[n].anchor.article).numbers_in(lines[n].anchor.span));
            let little = measures::tells_little(vocabulary, &row, numbers, &shared);
            Pair { a: lines[i].anchor, b: lines[j].anchor, row, little, lines: (i, j) }
        })
        .collect();
    Field { pairs, lines }
}

/// A line of another report and how alike it is.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    line: usize,
    report: usize,
    score: f32,
}

/// For each line those of other reports that share some of its weight, the most alike first.
fn ranked(lines: &[Line], rarity: &Rarity) -> Vec<Vec<Candidate>> {
    let mut postings: Vec<Vec<(usize, f32)>> = vec![Vec::new(); rarity.lines.len()];
    for (n, line) in lines.iter().enumerate() {
        line.terms.iter().for_each(|t| postings[t.family as usize].push((n, t.weight)));
    }
    let mut shared = vec![0.0f32; lines.len()];
    let mut keys: Vec<u64> = Vec::new();
    let mut out = Vec::with_capacity(lines.len());
    for (n, line) in lines.iter().enumerate() {
        let mut touched: Vec<usize> = Vec::new();
        for t in &line.terms {
            let all = &postings[t.family as usize];
            let at = all.partition_point(|(m, _)| *m < n);
            for (m, weight) in &all[at.saturating_sub(REACH)..all.len().min(at + REACH)] {
                if lines[*m].report == line.report {
                    continue;
                }
                if shared[*m] == 0.0 {
                    touched.push(*m);
                }
                shared[*m] += weight * t.weight;
            }
        }
        // Scores are not below zero, where their bits are in the order of their numbers: the most alike first, of equals the
        // first line.
        keys.clear();
        for m in touched {
            let of = line.length * lines[m].length;
            let score = if of > 0.0 { std::mem::take(&mut shared[m]) / of } else { 0.0 };
            if score >= LEAST {
                keys.push(u64::from(!score.to_bits()) << 32 | m as u64);
            }
            shared[m] = 0.0;
        }
        if keys.len() > MOST_KEPT {
            keys.select_nth_unstable(MOST_KEPT);
            keys.truncate(MOST_KEPT);
        }
        keys.sort_unstable();
        #[allow(clippy::cast_possible_truncation, reason = "the lower half, and the upper")]
        let candidate = |key: &u64| {
            let line = *key as u32 as usize;
            Candidate { line, report: lines[line].report, score: f32::from_bits(!((*key >> 32) as u32)) }
        };
        let row: Vec<Candidate> = keys.iter().map(candidate).collect();
        out.push(row);
    }
    out
}

/// How a line's candidates stand to each other.
#[derive(Clone, Debug)]
struct Standing {
    /// Each with how alike it is and its rank among those of its report, in order of the lines.
    by_line: Vec<(usize, f32, u16)>,
    /// The first of each report with the score of the second, in order of the reports.
    first: Vec<(Candidate, f32)>,
}

/// Ranks from here on are not told apart.
const LAST_RANK: u16 = 20;

impl Standing {
    fn of(row: &[Candidate]) -> Self {
        // The line of each with its place in the row, which sort faster than what is known of them.
        let mut places: Vec<u64> = Vec::with_capacity(row.len());
        let mut ranks: Vec<u16> = Vec::with_capacity(row.len());
        let mut first: Vec<(Candidate, f32)> = Vec::new();
        // For each report where its first is, and how many of it there were.
        let mut seen: Vec<(usize, u16)> = vec![(0, 0); row.iter().map(|c| c.report + 1).max().unwrap_or(0)];
        for (n, c) in row.iter().enumerate() {
            let (place, rank) = &mut seen[c.report];
            match *rank {
                0 => {
                    *place = first.len();
                    first.push((*c, 0.0));
                }
                1 => first[*place].1 = c.score,
                _ => {}
            }
            places.push((c.line as u64) << 32 | n as u64);
            ranks.push(*rank);
            *rank = LAST_RANK.min(*rank + 1);
        }
        places.sort_unstable();
        #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
        let known = |place: &u64| {
            let n = *place as u32 as usize;
            (row[n].line, row[n].score, ranks[n])
        };
        let by_line = places.iter().map(known).collect();
        first.sort_unstable_by_key(|(c, _)| c.report);
        Self { by_line, first }
    }

    /// How alike a line is, and its rank among those of its report.
    fn get(&self, line: usize) -> Option<(f32, u16)> {
        let at = self.by_line.binary_search_by_key(&line, |c| c.0).ok()?;
        Some((self.by_line[at].1, self.by_line[at].2))
    }

    /// How alike the best line of a report is that is not this one.
    fn rival(&self, report: usize, line: usize) -> f32 {
        let at = self.first.binary_search_by_key(&report, |(c, _)| c.report);
        at.map_or(0.0, |at| if self.first[at].0.line == line { self.first[at].1 } else { self.first[at].0.score })
    }
}

/// Lines that are kept for each line.
const MOST_KEPT: usize = 400;

/// The lines that a line is judged with.
fn chosen(row: &[Candidate]) -> impl Iterator<Item = usize> {
    let mut taken: FxHashMap<usize, usize> = FxHashMap::default();
    let fits = move |c: &&Candidate| {
        let n = taken.entry(c.report).or_default();
        *n += 1;
        *n <= MOST_A_REPORT
    };
    row.iter().filter(fits).take(MOST).map(|c| c.line)
}

/// The best likeness of clauses for each pair of lines.
fn by_clause(lines: &[Line], units: &[Statement], clauses: &[Likeness]) -> FxHashMap<(usize, usize), f32> {
    let mut line_of = vec![0; units.len()];
    for (n, line) in lines.iter().enumerate() {
        line.units.clone().for_each(|u| line_of[u] = n);
    }
    let mut out: FxHashMap<(usize, usize), f32> = FxHashMap::default();
    for c in clauses {
        let (i, j) = (line_of[c.i], line_of[c.j]);
        if lines[i].report != lines[j].report {
            let best = out.entry((i.min(j), i.max(j))).or_default();
            *best = best.max(c.score);
        }
    }
    out
}

/// What the search for candidates knows of a pair.
fn found(lines: &[Line], ranked: &[Vec<Candidate>], standings: &[Standing], (i, j): (usize, usize)) -> Found {
    let alike = |i: usize, j: usize| standings[i].get(j).map(|(score, _)| score);
    let side = |i: usize, j: usize| {
        let (own, rank) = standings[i].get(j).unwrap_or((0.0, LAST_RANK));
        (f32::from(rank), own - standings[i].rival(lines[j].report, j))
    };
    let ((r, s), (t, u)) = (side(i, j), side(j, i));
    let near = |d: isize| {
        let at = |n: usize| {
            let m = n.checked_add_signed(d)?;
            lines.get(m).filter(|l| l.report == lines[n].report).map(|_| m)
        };
        at(i).zip(at(j)).and_then(|(x, y)| alike(x, y)).unwrap_or(0.0)
    };
    let mut third = 0.0f32;
    for c in ranked[i].iter().filter(|c| c.report != lines[j].report).take(MOST_THIRD) {
        // They are in order: no later one is more alike.
        if third >= c.score {
            break;
        }
        third = third.max(alike(j, c.line).map_or(0.0, |score| score.min(c.score)));
    }
    Found { ranks: [r, t], ahead: [s, u], beside: near(-1).max(near(1)), third, ..Found::default() }
}

/// Lines of third reports that are looked at for a pair.
const MOST_THIRD: usize = 12;

/// How alike the judged lines of each two reports are, and the most alike of those that open them.
struct Closeness(FxHashMap<(usize, usize), (Vec<f32>, f32)>);

/// How two reports stand to each other, and a pair of lines among their pairs.
#[derive(Clone, Copy, Debug, Default)]
struct Reports {
    closest: f32,
    overtaken: f32,
    leads: f32,
    several: f32,
}

impl Closeness {
    fn new(lines: &[Line], pairs: &[(usize, usize)], cosines: &[f32]) -> Self {
        let mut out: FxHashMap<(usize, usize), (Vec<f32>, f32)> = FxHashMap::default();
        for ((i, j), score) in pairs.iter().zip(cosines) {
            let (all, leads) = out.entry((lines[*i].report, lines[*j].report)).or_default();
            all.push(*score);
            if lines[*i].order.max(lines[*j].order) < OPENING {
                *leads = leads.max(*score);
            }
        }
        out.values_mut().for_each(|v| v.0.sort_unstable_by(f32::total_cmp));
        Self(out)
    }

    /// The likeness that one pair in ten of the two reports exceeds, how many pairs are more alike than this one, how alike
    /// their openings are, and their third best pair.
    #[allow(clippy::cast_precision_loss, reason = "counts of pairs")]
    fn of(&self, lines: &[Line], (i, j): (usize, usize), own: f32) -> Reports {
        let Some((all, leads)) = self.0.get(&(lines[i].report, lines[j].report)) else { return Reports::default() };
        let above = all.len() - all.partition_point(|s| *s <= own);
        Reports {
            closest: all[all.len() * 9 / 10],
            overtaken: (above as f32).min(99.0),
            leads: *leads,
            several: all.len().checked_sub(3).map_or(0.0, |n| all[n]),
        }
    }
}

/// Lines that open a report.
const OPENING: usize = 4;

/// The learned sum of trees, and where its scores decide.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// How likely a pair states a common fact, as log odds.
    pub trees: Trees,
    /// How likely the pairs of a point must be.
    pub floors: Floors,
    /// Below this score the best sentence of a report does not say what a point of several accounts says.
    pub silent: f32,
    /// The same for what only one account says: that a report lacks it is claimed of very many points, and tells little.
    pub silent_of_one: f32,
}

/// The score of a pair of which the trees say `sum`.
fn judged(pair: &Pair, sum: f32) -> f32 {
    if pair.little { sum.min(LITTLE) } else { sum }
}

const MAGIC: &[u8; 8] = b"RSHPTS1\n";

impl Weights {
    /// The score of a pair: the log odds that it states a common fact.
    #[must_use]
    pub fn score(&self, pair: &Pair) -> f32 {
        judged(pair, self.trees.sum(&pair.row, HOPELESS))
    }

    /// The scores of many pairs, in order.
    pub(crate) fn scores(&self, pairs: &[Pair]) -> Vec<f32> {
        let sums = self.trees.sums(pairs.iter().map(|pair| &pair.row), HOPELESS);
        pairs.iter().zip(sums).map(|(pair, sum)| judged(pair, sum)).collect()
    }

    /// As stored: magic, five numbers, trees; little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let Floors { seed, mean, least } = self.floors;
        [seed, mean, least, self.silent, self.silent_of_one].iter().for_each(|n| out.extend(n.to_le_bytes()));
        out.extend(self.trees.to_bytes());
        out
    }

    /// Reads what [`Weights::to_bytes`] wrote; `None` if it did not.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.strip_prefix(MAGIC)?.split_at_checked(20)?;
        let number = |n: usize| Some(f32::from_le_bytes(numbers.get(4 * n..4 * n + 4)?.try_into().ok()?));
        let floors = Floors { seed: number(0)?, mean: number(1)?, least: number(2)? };
        let (trees, rest) = Trees::from_bytes(rest)?;
        rest.is_empty().then_some(Self { trees, floors, silent: number(3)?, silent_of_one: number(4)? })
    }

    /// The weights that ship.
    #[must_use]
    pub fn stored() -> &'static Self {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::from_bytes(model_file().content()).expect("the file of model points is whole"));
        &WEIGHTS
    }
}

static STORED: &[u8] = include_bytes!("../models/points.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "points", version: 3, digest: "100c94df9f0c0634", bytes: STORED }
}

/// A pair whose score is below this after the first trees is not looked at further.
const HOPELESS: f32 = -5.0;
/// The best score of a pair that has only names in common, or little else: who is spoken of is not yet what is said. Of 38 pairs of
/// names of the marked stories that the trees alone would join, 12 had no fact in common.
const LITTLE: f32 = -1.0;
/// The score of a pair that is not worth judging.
pub(crate) const NEVER: f32 = -8.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_weights_can_be_read() {
        let stored = model_file().content();
        let weights = Weights::from_bytes(stored).unwrap();
        assert_eq!(weights.to_bytes(), stored);
        assert!(!weights.trees.trees.is_empty());
    }
}
