//! Two versions of an article, paragraph by paragraph: what stayed, what changed and in which words, what moved.

use rashomon::report::{aligned, runs};
use schemars::JsonSchema;
use serde::Serialize;
use similar::DiffOp;
use std::collections::BTreeMap;

/// Share of words in common from which two paragraphs are one paragraph changed. Paragraphs of one article on two matters
/// share names and little more, which stays below a third.
const SAME: f32 = 0.4;
/// Paragraphs in one gap that are paired by likeness; longer gaps are paired in order.
const GAP: usize = 60;

/// A run of words: same, ins or del.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Words {
    pub(crate) tag: &'static str,
    pub(crate) text: String,
}

/// One paragraph of either version, or of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Row {
    /// same, changed, added, removed or moved.
    pub(crate) kind: &'static str,
    pub(crate) left: Vec<Words>,
    pub(crate) right: Vec<Words>,
    /// The later words against the earlier ones.
    pub(crate) both: Vec<Words>,
    /// The paragraph of the later version that this one became.
    pub(crate) moved_to: Option<usize>,
    /// The paragraph of the earlier version that this one was.
    pub(crate) moved_from: Option<usize>,
    /// So many paragraphs that did not change stand here.
    pub(crate) folded: usize,
}

/// The two texts, paragraph by paragraph; with `all` also what did not change.
pub(crate) fn rows(from: &str, to: &str, all: bool) -> Vec<Row> {
    let (a, b) = (paragraphs(from), paragraphs(to));
    let mut rows = Vec::new();
    let mut gap = (Vec::new(), Vec::new());
    for op in aligned(&a, &b) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                settle(&mut rows, &mut gap, &a, &b);
                rows.extend(a[old_index..old_index + len].iter().map(|text| same(text)));
            }
            DiffOp::Delete { old_index, old_len, .. } => gap.0.extend(old_index..old_index + old_len),
            DiffOp::Insert { new_index, new_len, .. } => gap.1.extend(new_index..new_index + new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                gap.0.extend(old_index..old_index + old_len);
                gap.1.extend(new_index..new_index + new_len);
            }
        }
    }
    settle(&mut rows, &mut gap, &a, &b);
    moves(&mut rows, &a, &b);
    if all { rows } else { folded(rows) }
}

/// The later words against the earlier ones.
pub(crate) fn words(from: &str, to: &str) -> Vec<Words> {
    let (a, b) = (runs(from), runs(to));
    let mut out = Vec::new();
    let mut put = |tag, words: &[&str]| {
        if !words.is_empty() {
            out.push(Words { tag, text: words.concat() });
        }
    };
    for op in aligned(&a, &b) {
        if let DiffOp::Equal { .. } = op {
            put("same", &a[op.old_range()]);
        } else {
            put("del", &a[op.old_range()]);
            put("ins", &b[op.new_range()]);
        }
    }
    out
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect()
}

fn plain(text: &str) -> Vec<Words> {
    vec![Words { tag: "same", text: text.to_owned() }]
}

fn same(text: &str) -> Row {
    Row { kind: "same", left: plain(text), right: plain(text), both: plain(text), ..Row::default() }
}

/// Pairs the paragraphs of a gap: each of the earlier ones with the first later one, in order, that is like it.
fn settle(rows: &mut Vec<Row>, gap: &mut (Vec<usize>, Vec<usize>), a: &[&str], b: &[&str]) {
    let (old, new) = std::mem::take(gap);
    let mut next = 0;
    let by_likeness = old.len() <= GAP && new.len() <= GAP;
    for o in old {
        let alike = |n: usize| likeness(a[o], b[n]) >= SAME;
        let met =
            if by_likeness { (next..new.len()).find(|n| alike(new[*n])) } else { (next < new.len()).then_some(next) };
        match met {
            Some(n) => {
                rows.extend(new[next..n].iter().map(|n| added(b[*n], *n)));
                let both = words(a[o], b[new[n]]);
                let side = |other: &str| both.iter().filter(|w| w.tag != other).cloned().collect();
                rows.push(Row {
                    kind: "changed",
                    left: side("ins"),
                    right: side("del"),
                    both: both.clone(),
                    ..Row::default()
                });
                next = n + 1;
            }
            None => {
                let gone = vec![Words { tag: "del", text: a[o].to_owned() }];
                rows.push(Row { kind: "removed", left: gone.clone(), both: gone, moved_to: Some(o), ..Row::default() });
            }
        }
    }
    rows.extend(new[next.min(new.len())..].iter().map(|n| added(b[*n], *n)));
}

/// Share of words that two paragraphs have in common and in order, 0 to 1.
fn likeness(a: &str, b: &str) -> f32 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let ops = aligned(&a, &b);
    let common: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    2.0 * common as f32 / (a.len() + b.len()).max(1) as f32
}

fn added(text: &str, place: usize) -> Row {
    let new = vec![Words { tag: "ins", text: text.to_owned() }];
    Row { kind: "added", right: new.clone(), both: new, moved_from: Some(place), ..Row::default() }
}

/// A paragraph that left one place and stands in another has moved. Until here the fields hold the paragraph's own number.
fn moves(rows: &mut [Row], a: &[&str], b: &[&str]) {
    let mut came: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.kind == "added") {
        let place = row.moved_from.unwrap_or_default();
        came.insert(b[place], place);
    }
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.iter_mut().filter(|r| r.kind == "removed") {
        let place = row.moved_to.take().unwrap_or_default();
        if let Some(to) = came.remove(a[place]) {
            moved.insert(to, place);
            *row = Row {
                kind: "moved",
                left: plain(a[place]),
                both: plain(a[place]),
                moved_to: Some(to + 1),
                ..Row::default()
            };
        }
    }
    for row in rows.iter_mut().filter(|r| r.kind == "added") {
        let place = row.moved_from.take().unwrap_or_default();
        if let Some(from) = moved.get(&place) {
            *row = Row {
                kind: "moved",
                right: plain(b[place]),
                both: plain(b[place]),
                moved_from: Some(from + 1),
                ..Row::default()
            };
        }
    }
}

/// Unchanged paragraphs as their number, but for the one on either side of a change.
fn folded(rows: Vec<Row>) -> Vec<Row> {
    let changed: Vec<bool> = rows.iter().map(|r| r.kind != "same").collect();
    let near = |n: usize| changed[n] || n > 0 && changed[n - 1] || changed.get(n + 1).copied().unwrap_or(false);
    let mut out: Vec<Row> = Vec::new();
    for (n, row) in rows.into_iter().enumerate() {
        if near(n) {
            out.push(row);
        } else if let Some(last) = out.last_mut().filter(|l| l.folded > 0) {
            last.folded += 1;
        } else {
            out.push(Row { kind: "same", folded: 1, ..Row::default() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(from: &str, to: &str) -> Vec<&'static str> {
        rows(from, to, true).iter().map(|r| r.kind).collect()
    }

    #[test]
    fn a_changed_figure_is_one_changed_paragraph() {
        let rows = rows(
            "Nine people were hurt.\nThe bridge is shut.",
            "Fourteen people were hurt.\nThe bridge is shut.",
            true,
        );
        assert_eq!(rows[0].kind, "changed");
        let changed: Vec<_> = rows[0].both.iter().filter(|w| w.tag != "same").map(|w| w.text.trim()).collect();
        assert_eq!(changed, ["Nine", "Fourteen"]);
        assert_eq!(rows[1].kind, "same");
    }

    #[test]
    fn a_paragraph_that_changes_place_has_moved() {
        let (a, b, c) = ("The first says one thing.", "The second tells of rain.", "A third stands alone here.");
        let it = rows(&format!("{a}\n{b}\n{c}"), &format!("{b}\n{c}\n{a}"), true);
        assert_eq!(it.iter().filter(|r| r.kind == "moved").count(), 2, "{it:#?}");
        assert_eq!(it[0].moved_to, Some(3));
        assert_eq!(it.last().unwrap().moved_from, Some(1));
    }

    #[test]
    fn unlike_paragraphs_are_not_one() {
        assert_eq!(
            kinds("Rain fell in the valley all day long.", "Ministers meet tomorrow to vote on taxes."),
            ["removed", "added"]
        );
    }

    #[test]
    fn what_did_not_change_is_folded() {
        let same = (0..9).map(|n| format!("Sentence number {n} stands.\n")).collect::<String>();
        let it = rows(&format!("{same}The end is near."), &format!("{same}The end is here."), false);
        assert_eq!(it.iter().map(|r| r.folded).collect::<Vec<_>>(), [8, 0, 0]);
    }

    proptest::proptest! {
        #[test]
        fn no_word_of_either_version_is_lost(from in "[a-c \n]{0,60}", to in "[a-c \n]{0,60}") {
            let rows = rows(&from, &to, true);
            let mut left: Vec<String> = rows.iter().map(|r| r.left.iter().map(|w| w.text.as_str()).collect::<String>()).filter(|t| !t.is_empty()).collect();
            let mut right: Vec<String> = rows.iter().map(|r| r.right.iter().map(|w| w.text.as_str()).collect::<String>()).filter(|t| !t.is_empty()).collect();
            let (mut a, mut b): (Vec<_>, Vec<_>) = (paragraphs(&from), paragraphs(&to));
            left.sort(); right.sort(); a.sort_unstable(); b.sort_unstable();
            proptest::prop_assert_eq!(left, a);
            proptest::prop_assert_eq!(right, b);
        }
    }
}
