//! Which terms of two gists mean the same.
//!
//! Greedy one-to-one alignment by likeness of the words and of their neighbours, after Sultan, Bethard & Sumner 2014
//! ("Back to Basics for Monolingual Alignment", TACL 2), without a parser.

use super::gist::{Class, Entry, Gist, Hedge, Vocabulary};
use super::words::{Relation, words};

/// One pair of aligned terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Index into the terms of the first gist.
    pub(crate) a: usize,
    /// Index into the terms of the second.
    pub(crate) b: usize,
    /// How alike the two are, 0 to 1.
    pub(crate) likeness: f32,
}

/// The alignment of two gists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// Content terms, in order of the first gist.
    pub(crate) links: Vec<Link>,
    /// Aligned pairs of words with opposite meaning.
    pub(crate) opposites: Vec<(usize, usize)>,
}

/// Pairs less alike than this are not aligned.
const LEAST: f32 = 0.35;

/// How alike two opposites are: what is said of one subject.
const OPPOSITE: f32 = 0.3;

/// Aligns the content terms of `a` and `b`.
pub(crate) fn align(vocabulary: &Vocabulary, a: &Gist, b: &Gist) -> Alignment {
    let content = |g: &Gist| -> Vec<usize> {
        (0..g.terms.len()).filter(|i| g.terms[*i].class != Class::Function).take(80).collect()
    };
    let (left, right) = (content(a), content(b));
    let mut table = vec![0.0f32; left.len() * right.len()];
    let mut out = Alignment::default();
    let mut known = vocabulary.known();
    for (i, p) in left.iter().enumerate() {
        let s = &a.terms[*p];
        for (j, q) in right.iter().enumerate() {
            let t = &b.terms[*q];
            if s.entry == t.entry {
                table[i * right.len() + j] = 1.0;
                continue;
            }
            // A number is like a number only, a date like a date.
            if (s.class == Class::Number) != (t.class == Class::Number)
                || (s.class == Class::Date) != (t.class == Class::Date)
            {
                continue;
            }
            let (like, opposite) = known.likeness(s.entry, t.entry);
            if opposite {
                out.opposites.push((*p, *q));
            }
            // Two names are one or they are not: Lima is like Quito only in kind.
            let apart = s.class == Class::Name && t.class == Class::Name && like < 0.75;
            table[i * right.len() + j] = if apart { 0.0 } else { like };
        }
    }
    drop(known);
    let near = |i: usize, j: usize| {
        let mut sum = 0.0;
        for (d, e) in [(-1i32, -1i32), (1, 1), (-2, -2), (2, 2), (-1, 1), (1, -1), (-1, -2), (-2, -1), (1, 2), (2, 1)] {
            let at = |n: usize, d: i32, len: usize| n.checked_add_signed(d as isize).filter(|n| *n < len);
            let (Some(k), Some(l)) = (at(i, d, left.len()), at(j, e, right.len())) else { continue };
            sum += table[k * right.len() + l] * if d.abs() + e.abs() == 2 { 1.0 } else { 0.5 };
        }
        sum / 4.0
    };
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for i in 0..left.len() {
        for j in 0..right.len() {
            let like = table[i * right.len() + j];
            if like >= LEAST {
                pairs.push((like + 0.15 * near(i, j), i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = (vec![false; left.len()], vec![false; right.len()]);
    for (_, i, j) in pairs {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            out.links.push(Link { a: left[i], b: right[j], likeness: table[i * right.len() + j] });
        }
    }
    out.links.sort_by_key(|l| l.a);
    out
}

/// How alike two different terms are, 0 to 1, and whether they are opposites.
pub(super) fn likeness(entries: &[Entry], a: &Entry, b: &Entry) -> (f32, bool) {
    if let (Some(x), Some(y)) = (a.value, b.value) {
        let alike = if x == y {
            1.0
        } else if Hedge::compatible((x, a.hedge), (y, b.hedge)) {
            0.8
        } else {
            0.0
        };
        return (alike, false);
    }
    if a.value.is_some() || b.value.is_some() {
        return (0.0, false);
    }
    // A month covers its days; two days are the same or they are not.
    if a.text.starts_with('@') || b.text.starts_with('@') {
        let (short, long) = if a.text.len() < b.text.len() { (&a.text, &b.text) } else { (&b.text, &a.text) };
        return (if short.starts_with('@') && long.starts_with(&**short) { 0.8 } else { 0.0 }, false);
    }
    let seat = |e: &Entry| e.seat.map(|s| &entries[s as usize].text);
    if seat(a).is_some_and(|s| *s == b.text || Some(s) == seat(b)) || seat(b).is_some_and(|s| *s == a.text) {
        return (0.8, false);
    }
    let mut best = 0.0f32;
    if a.groups.iter().any(|g| b.groups.contains(g)) {
        best = 0.85;
    }
    let mut opposite = false;
    match (a.word, b.word) {
        (Some(x), Some(y)) if x == y => return (1.0, false),
        (Some(x), Some(y)) => {
            let cosine = words().cosine(x, y);
            let relation = words().relation(x, y);
            opposite = relation == Some(Relation::Opposite);
            best = best.max(match relation {
                Some(Relation::Synonym) => 0.75 + 0.2 * cosine.max(0.0),
                Some(Relation::Derived) => 0.9,
                Some(Relation::Opposite) => OPPOSITE,
                Some(Relation::Similar) => 0.5 + 0.3 * cosine.max(0.0),
                Some(Relation::Broader) => 0.4 + 0.4 * cosine.max(0.0),
                None => ((cosine - 0.25) * 1.1).clamp(0.0, 0.75),
            });
        }
        _ => best = best.max(spelling(&a.text, &b.text)),
    }
    (best, opposite)
}

/// How alike two spellings are, for words of which one is not in the table: names in another transliteration.
fn spelling(a: &str, b: &str) -> f32 {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().take(24).collect(), b.chars().take(24).collect());
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    if short < 4 || long - short > 3 || x[0] != y[0] {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for i in 0..x.len() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for j in 0..y.len() {
            let change = diagonal + usize::from(x[i] != y[j]);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    match (row[y.len()], long) {
        (0, _) => 1.0,
        (1, 5..) => 0.9,
        (2, 7..) => 0.75,
        (3, 10..) => 0.6,
        _ => 0.0,
    }
}
