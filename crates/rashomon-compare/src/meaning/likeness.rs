//! How alike two words are.

use super::entries::{Entry, Hedge};
use super::words::{Relation, words};

/// How alike two opposites are: what is said of one subject.
const OPPOSITE: f32 = 0.3;

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

/// Whether one of two terms is only derived from the other: "state" and "statement".
pub(super) fn derived(a: &Entry, b: &Entry) -> bool {
    matches!((a.word, b.word), (Some(x), Some(y)) if x != y && words().relation(x, y) == Some(Relation::Derived))
}

/// Whether two terms stand for one thing, are derived from one word, or one is the broader of the other; so, too, if one is
/// not in the tables.
pub(super) fn related(a: &Entry, b: &Entry) -> bool {
    let (Some(x), Some(y)) = (a.word, b.word) else { return true };
    let tied = |r| matches!(r, Relation::Synonym | Relation::Derived | Relation::Similar | Relation::Broader);
    x == y || a.groups.iter().any(|g| b.groups.contains(g)) || words().relation(x, y).is_some_and(tied)
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
