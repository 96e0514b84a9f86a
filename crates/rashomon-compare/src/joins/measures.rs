//! What two sentences have in common, as numbers; the order of the two does not matter.

use super::lines::{Known, Line, Rarity, Weighted};
use crate::meaning::{Class, Vocabulary, common};
use rashomon_annotate::Number;
use rashomon_annotate::quotes::training::WIDTH;

/// What each measure tells.
pub const NAMES: [&str; 64] = [
    "cosine",
    "least covered",
    "most covered",
    "shared of the shorter",
    "shared terms",
    "weightiest shared",
    "second shared",
    "third shared",
    "weight shared",
    "verbs shared",
    "acts shared",
    "names shared",
    "names not shared",
    "numbers shared",
    "numbers agree",
    "days agree",
    "neighbours shared",
    "longest run",
    "words shared",
    "least covered with synonyms",
    "most covered with synonyms",
    "synonyms",
    "direction",
    "least quoted",
    "most quoted",
    "one utterance",
    "quoted words shared",
    "speakers agree",
    "one negates",
    "one is modal",
    "first place",
    "second place",
    "places apart",
    "first line",
    "second line",
    "shorter",
    "longer",
    "headlines shared",
    "less of its headline",
    "more of its headline",
    "better rank",
    "worse rank",
    "less ahead",
    "more ahead",
    "beside",
    "by a third",
    "reports that share it",
    "likeness of clauses",
    "leads that hold it",
    "cosine with names meant",
    "cosine with lines around",
    "least covered by lines around",
    "most covered by lines around",
    "shared by no third line",
    "their weight",
    "alone in both reports",
    "their weight too",
    "acts alike",
    "first names agree",
    "quoted on one side",
    "reports close",
    "pairs more alike",
    "openings alike",
    "third best of the reports",
];

/// A row of measures.
pub type Row = [f32; WIDTH];

/// What is known of a pair from the search for candidates.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// How alike the two are by the weights of their terms.
    pub(super) cosine: f32,
    /// Rank of the one among the lines of its report for the other, both ways.
    pub(super) ranks: [f32; 2],
    /// How far it is ahead of the next best there, both ways.
    pub(super) ahead: [f32; 2],
    /// Likeness of the lines beside them.
    pub(super) beside: f32,
    /// Likeness of both to one line of a third report.
    pub(super) third: f32,
    /// Best likeness of their clauses.
    pub(super) clauses: f32,
    /// How alike the closest lines of the two reports are.
    pub(super) closest: f32,
    /// Pairs of the two reports that are more alike.
    pub(super) overtaken: f32,
    /// How alike the openings of the two reports are, and their third best pair: low where they tell of two events.
    pub(super) leads: f32,
    pub(super) several: f32,
}

/// Whether what a pair has in common tells nothing of a fact.
pub(super) fn tells_little(vocabulary: &Vocabulary, row: &Row, numbers: [&[Number]; 2], s: &Shared) -> bool {
    only_names(row) || only_one_thing(row) && !has_equal_quantity(numbers) || only_who_says_it(vocabulary, row, s)
}

/// Whether a pair shares names only, outside quotation marks too.
fn only_names(row: &Row) -> bool {
    row[8] - row[11] < 0.01 && row[26] < 0.01 && row[25] < 0.5
}

/// Whether a pair shares one thing, and nothing of what is told of it: "was published by the harbour authority", "the harbour
/// authority will meet". In the marked stories no such pair scores high; in reports of few sentences some do.
fn only_one_thing(row: &Row) -> bool {
    let told = row[9] + row[21] + row[26];
    row[4] <= 2.0 && told < 0.01 && row[57] < 0.5 && row[25] < 0.5
}

/// Whether a pair shares only words of who says it, and is not one utterance: two statements of one speaker. Of the twelve
/// such pairs of the marked stories that weights of other stories would join, with half of a sentence in marks, six state a common fact.
fn only_who_says_it(vocabulary: &Vocabulary, row: &Row, s: &Shared) -> bool {
    let negates = |t: &Known| vocabulary.entries[t.entry as usize].negation.is_some();
    let told = |(p, q): &&(&Known, &Known)| !p.naming && !q.naming && !negates(p);
    let told: f32 = s.both.iter().filter(told).map(|(p, q)| p.weight.min(q.weight)).sum();
    row[25] < 0.5 && told < NOTHING && s.both.iter().any(|(p, q)| p.naming || q.naming)
}

/// Weight of what is shared, in nats, that tells nothing: "one".
const NOTHING: f32 = 0.5;

/// Numbers of a sentence that are looked at.
const MOST_NUMBERS: usize = 16;

/// Whether both have a number of one unit: of pairs that weights of other stories would join, .98 of 118 with one state a common
/// fact, .83 of the others.
fn has_equal_quantity(numbers: [&[Number]; 2]) -> bool {
    let equal = |x: &Number, y: &Number| x.unit == y.unit && (x.value - y.value).abs() < f64::EPSILON;
    let [a, b] = numbers.map(|all| all.iter().take(MOST_NUMBERS));
    a.filter(|x| x.unit.is_some()).any(|x| b.clone().any(|y| equal(x, y)))
}

/// Terms of two lines: of one family on both sides, of one only. Kept from one pair to the next, so that its lists need not be
/// made again.
#[derive(Debug, Default)]
pub(super) struct Shared<'a> {
    both: Vec<(&'a Known, &'a Known)>,
    left: Vec<&'a Known>,
    right: Vec<&'a Known>,
    /// The lesser weights of those on both sides, the greatest first.
    weights: Vec<f32>,
    /// How near the nearest term of the other side is, for each of one side only.
    nearest: Vec<f32>,
    /// Runs of words that end at each word.
    runs: [Vec<i32>; 2],
}

impl<'a> Shared<'a> {
    fn read(&mut self, a: &'a Line, b: &'a Line) {
        let (x, y) = (&a.terms, &b.terms);
        let Self { both, left, right, weights, .. } = self;
        both.clear();
        left.clear();
        right.clear();
        weights.clear();
        let (mut i, mut j) = (0, 0);
        while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
            if p.family == q.family {
                both.push((p, q));
                (i, j) = (i + 1, j + 1);
            } else if p.family < q.family {
                left.push(p);
                i += 1;
            } else {
                right.push(q);
                j += 1;
            }
        }
        left.extend(&x[i..]);
        right.extend(&y[j..]);
        weights.extend(both.iter().map(|(p, q)| p.weight.min(q.weight)));
        weights.sort_by(|x, y| y.total_cmp(x));
    }
}

/// The weights of one line by family, laid out so that those of another are each found in one step.
#[derive(Debug)]
pub(super) struct Spread {
    /// Which line it is.
    line: usize,
    /// Its terms, the same with those that are meant, the same with those of the lines around.
    own: Vec<f32>,
    with_meant: Vec<f32>,
    around: Vec<f32>,
}

impl Spread {
    /// Of no line yet.
    pub(super) fn new(families: usize) -> Self {
        let none = || vec![0.0; families];
        Self { line: usize::MAX, own: none(), with_meant: none(), around: none() }
    }

    /// Lays out line `n`, unless it is laid out already.
    pub(super) fn lay(&mut self, n: usize, lines: &[Line], around: &[Weighted]) {
        if self.line == n {
            return;
        }
        for (row, of) in [
            (&mut self.own, (|line, _| &line.own) as for<'a> fn(&'a Line, &'a Weighted) -> &'a Weighted),
            (&mut self.with_meant, |line, _| &line.with_meant),
            (&mut self.around, |_, around| around),
        ] {
            if let Some(old) = lines.get(self.line) {
                of(old, &around[self.line]).weights.iter().for_each(|(family, _)| row[*family as usize] = 0.0);
            }
            of(&lines[n], &around[n]).weights.iter().for_each(|(family, weight)| row[*family as usize] = *weight);
        }
        self.line = n;
    }

    /// Cosine of the line, which is `a`, and another by the weights of their terms.
    pub(super) fn cosine(&self, a: &Line, b: &Line) -> f32 {
        let of = a.length * b.length;
        if of == 0.0 { 0.0 } else { product(&self.own, &b.own.weights) / of }
    }
}

/// Fills in the measures of a pair.
#[allow(clippy::cast_precision_loss, reason = "counts of words and lines")]
pub(super) fn measures<'a>(
    vocabulary: &Vocabulary,
    rarity: &Rarity,
    (a, around_a): (&'a Line, &Weighted),
    (b, around_b): (&'a Line, &Weighted),
    found: &Found,
    first: &Spread,
    s: &mut Shared<'a>,
) -> Row {
    let mut out = [0.0; WIDTH];
    s.read(a, b);
    let (near_a, near_b) = near(vocabulary, s);
    out[17] = longest_run(a, b, &mut s.runs);
    let s = &*s;
    let top = |n: usize| s.weights.get(n).copied().unwrap_or(0.0);
    let weight: f32 = s.weights.iter().sum();
    let of = |class: Class| s.both.iter().filter(move |(p, q)| p.class == class || q.class == class);
    let sum = |class: Class| of(class).map(|(p, q)| p.weight.min(q.weight)).sum::<f32>();
    let (x, y) = (weight / a.weight.max(1e-3), weight / b.weight.max(1e-3));
    out[0] = found.cosine;
    (out[1], out[2]) = (x.min(y), x.max(y));
    out[3] = s.both.len() as f32 / a.terms.len().min(b.terms.len()).max(1) as f32;
    out[4] = s.both.len() as f32;
    (out[5], out[6], out[7]) = (top(0), top(1), top(2));
    out[8] = weight;
    out[9] = sum(Class::Verb);
    out[10] = s.both.iter().filter(|(p, q)| p.act && q.act).map(|(p, q)| p.weight.min(q.weight)).sum();
    out[11] = sum(Class::Name);
    let only = |side: &[&Known], class: Class| side.iter().filter(|t| t.class == class).count();
    out[12] = only(&s.left, Class::Name).min(only(&s.right, Class::Name)) as f32;
    out[13] = of(Class::Number).count() as f32;
    let agree = |class: Class| {
        let (both, left, right) = (of(class).count() as f32, only(&s.left, class), only(&s.right, class));
        if left > 0 && right > 0 { both - 1.0 } else { both }
    };
    (out[14], out[15]) = (agree(Class::Number), agree(Class::Date));
    out[16] = neighbours(a, b, s);
    out[18] = 2.0 * common(&a.sorted, &b.sorted) as f32 / (a.sorted.len() + b.sorted.len()).max(1) as f32;
    let (x, y) = ((weight + near_a) / a.weight.max(1e-3), (weight + near_b) / b.weight.max(1e-3));
    (out[19], out[20], out[21]) = (x.min(y), x.max(y), near_a + near_b);
    out[22] = a.gist.direction.iter().zip(&b.gist.direction).map(|(x, y)| x * y).sum();
    (out[23], out[24]) = (a.quoted.min(b.quoted), a.quoted.max(b.quoted));
    out[25] = common(&a.utterances, &b.utterances).min(1) as f32;
    out[26] = s.both.iter().filter(|(p, q)| p.quoted && q.quoted).map(|(p, q)| p.weight.min(q.weight)).sum();
    out[27] = match (&a.speaker, &b.speaker) {
        (Some(x), Some(y)) if x == y => 2.0,
        (Some(_), Some(_)) => -1.0,
        (None, None) => 1.0,
        _ => 0.0,
    };
    out[28] = f32::from(u8::from(a.negated != b.negated));
    out[29] = f32::from(u8::from(a.modal != b.modal));
    (out[30], out[31], out[32]) = (a.place.min(b.place), a.place.max(b.place), (a.place - b.place).abs());
    (out[33], out[34]) = (a.order.min(b.order) as f32, a.order.max(b.order) as f32);
    let (p, q) = (a.terms.len() as f32, b.terms.len() as f32);
    (out[35], out[36]) = (p.min(q), p.max(q));
    out[37] =
        s.both.iter().map(|(p, q)| p.weight.min(q.weight) * f32::from(u8::from(p.titled) + u8::from(q.titled))).sum();
    (out[38], out[39]) = (a.title.min(b.title), a.title.max(b.title));
    (out[40], out[41]) = (found.ranks[0].min(found.ranks[1]), found.ranks[0].max(found.ranks[1]));
    (out[42], out[43]) = (found.ahead[0].min(found.ahead[1]), found.ahead[0].max(found.ahead[1]));
    (out[44], out[45], out[47]) = (found.beside, found.third, found.clauses);
    let spread: f32 = s
        .both
        .iter()
        .map(|(p, q)| {
            p.weight.min(q.weight) * rarity.reports[p.family as usize] as f32 / rarity.n_reports.max(1) as f32
        })
        .sum();
    out[46] = spread / weight.max(1e-3);
    let least = |(p, q): &(&Known, &Known)| p.weight.min(q.weight);
    out[48] = s.both.iter().map(|t| least(t) * rarity.leads[t.0.family as usize] as f32).sum::<f32>()
        / rarity.n_reports.max(1) as f32;
    let angle = |product: f32, x: &Weighted, y: &Weighted| product / (x.length * y.length).max(1e-3);
    out[49] = angle(product(&first.with_meant, &b.with_meant.weights), &a.with_meant, &b.with_meant);
    out[50] = angle(product(&first.around, &around_b.weights), around_a, around_b);
    let x = lesser(&first.own, &around_b.weights) / a.weight.max(1e-3);
    let y = lesser(&first.around, &b.own.weights) / b.weight.max(1e-3);
    (out[51], out[52]) = (x.min(y), x.max(y));
    let only = || s.both.iter().filter(|(p, _)| rarity.lines[p.family as usize] == 2);
    (out[53], out[54]) = (only().count() as f32, only().map(least).sum());
    let alone = || s.both.iter().filter(|(p, q)| p.alone && q.alone);
    (out[55], out[56]) = (alone().count() as f32, alone().map(least).sum());
    out[57] = acts_alike(vocabulary, a, b);
    out[58] = match (a.first_name, b.first_name) {
        (Some(x), Some(y)) => f32::from(u8::from(x == y)) * 2.0 - 1.0,
        _ => 0.0,
    };
    out[59] = (a.quoted - b.quoted).abs();
    (out[60], out[61]) = (found.closest, found.overtaken);
    (out[62], out[63]) = (found.leads, found.several);
    out
}

/// The product of two rows of weights, of which one is laid out by family. What only one of them has adds nothing, not even
/// to the last bit, and the families that both have are added in their order.
fn product(x: &[f32], y: &[(u32, f32)]) -> f32 {
    y.iter().map(|(family, weight)| x[*family as usize] * weight).fold(0.0, |sum, it| sum + it)
}

/// The sum of the lesser weights. No weight is below zero.
fn lesser(x: &[f32], y: &[(u32, f32)]) -> f32 {
    y.iter().map(|(family, weight)| x[*family as usize].min(*weight)).fold(0.0, |sum, it| sum + it)
}

/// How alike the most alike words are that tell what is done.
fn acts_alike(vocabulary: &Vocabulary, a: &Line, b: &Line) -> f32 {
    let mut known = vocabulary.known();
    let mut best = 0.0f32;
    for p in a.terms.iter().filter(|t| t.act) {
        for q in b.terms.iter().filter(|t| t.act) {
            let like = if p.family == q.family { 1.0 } else { known.likeness(p.entry, q.entry).0 };
            best = best.max(like);
        }
    }
    best
}

/// Weight of the shared terms that stand next to each other in both.
fn neighbours(a: &Line, b: &Line, s: &Shared) -> f32 {
    if common(&a.beside, &b.beside) == 0 {
        return 0.0;
    }
    let weight = |f: u32| s.both.binary_search_by_key(&f, |(p, _)| p.family).map_or(0.0, |i| s.both[i].0.weight);
    let found = a.content.windows(2).filter(|w| b.beside.binary_search(&(w[0], w[1])).is_ok());
    found.map(|w| weight(w[0]).min(weight(w[1]))).sum()
}

/// The most words in a row that both have, grammar included.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn longest_run(a: &Line, b: &Line, runs: &mut [Vec<i32>; 2]) -> f32 {
    let (x, y) = (&a.sequence, &b.sequence);
    let (x, y) = (&x[..x.len().min(LONGEST)], &y[..y.len().min(LONGEST)]);
    let [before, here] = runs;
    for row in [&mut *before, &mut *here] {
        row.clear();
        row.resize(y.len() + 1, 0);
    }
    let mut most = 0;
    // Whether no run ends at the word before.
    let mut none = true;
    for word in x {
        if !b.families.may_hold(*word) {
            if !none {
                before.fill(0);
                none = true;
            }
            continue;
        }
        // The run that ends at each word is longer by one than that which ended at the word before it, one word ago.
        for ((other, ended), ends) in y.iter().zip(&*before).zip(&mut here[1..]) {
            *ends = if word == other { *ended + 1 } else { 0 };
            most = most.max(*ends);
        }
        std::mem::swap(before, here);
        none = false;
    }
    most as f32
}

/// Words of a sentence among which runs are looked for: no sentence of news has as many.
const LONGEST: usize = 2_000;

/// What the terms of either side weigh that have a near-synonym on the other, each by how near it is.
fn near(vocabulary: &Vocabulary, s: &mut Shared) -> (f32, f32) {
    let Shared { left, right, nearest, .. } = s;
    nearest.clear();
    nearest.resize(right.len(), 0.0);
    let mut known = vocabulary.known();
    let (mut of_left, mut of_right) = (0.0, 0.0);
    for a in &*left {
        let name = a.class == Class::Name;
        let mut best = 0.0f32;
        for (b, of_b) in right.iter().zip(&mut *nearest) {
            if a.kind != b.kind {
                continue;
            }
            let (like, _) = known.likeness(a.entry, b.entry);
            if like >= LEAST_NEAR && !(name && b.class == Class::Name && like < 0.75) {
                best = best.max(like);
                *of_b = of_b.max(like);
            }
        }
        if best > 0.0 {
            of_left += best * a.weight;
        }
    }
    for (b, best) in right.iter().zip(nearest).filter(|(_, best)| **best > 0.0) {
        of_right += *best * b.weight;
    }
    (of_left, of_right)
}

/// Terms less alike tell nothing.
const LEAST_NEAR: f32 = 0.5;
