//! Two wordings against each other, word by word.

use crate::excerpt;
use crate::report::Piece;
use rashomon_compare::{Difference, DifferenceKind};
use rashomon_model::Span;
use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, patience};

/// The words of a form against the best-attested wording, as the comparison found them.
///
/// Differences that do not lie in order inside both spans are left out, so that the words of the form are always whole.
pub(crate) fn against_best(best: &str, form: &str, form_span: Span, differences: &[Difference]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let mut at = form_span.start();
    for it in differences {
        if it.form.start() < at || it.form.end() > form_span.end() {
            continue;
        }
        pieces.same(Span::new(at, it.form.start()).text(form));
        if it.kind != DifferenceKind::Inserted {
            pieces.dropped(it.best.text(best));
        }
        if it.kind != DifferenceKind::Omitted {
            pieces.added(it.form.text(form));
            at = it.form.end();
        } else {
            at = it.form.start();
        }
    }
    pieces.same(Span::new(at, form_span.end()).text(form));
    spaced(pieces.0)
}

/// The words of `later` against those of `earlier` (patience on words, cleaned up for reading).
pub(crate) fn against(earlier: &str, later: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let (old, new) = (runs(earlier), runs(later));
    for op in aligned(&old, &new) {
        if let DiffOp::Equal { .. } = op {
            old[op.old_range()].iter().for_each(|it| pieces.same(it));
        } else {
            old[op.old_range()].iter().for_each(|it| pieces.dropped(it));
            new[op.new_range()].iter().for_each(|it| pieces.added(it));
        }
    }
    pieces.islands();
    spaced(pieces.0)
}

/// What stays and what changes between two rows of words or lines.
///
/// One function for all who ask, and one algorithm: what chooses among all of them for every type is a megabyte of program.
#[must_use]
pub fn aligned(earlier: &[&str], later: &[&str]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), earlier, later);
    let Ok(()) = patience::diff(&mut hook, earlier, 0..earlier.len(), later, 0..later.len());
    hook.into_inner().into_inner().into_ops()
}

/// The words of a text and the spaces between them, in order: together they are the text.
#[must_use]
pub fn runs(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let space = c.is_whitespace();
        if before.is_some_and(|it| it != space) {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(space);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// Bytes of the line shown on either side of a change.
const AROUND: usize = 60;

/// A change with the words around it on its line, so that it reads by itself.
pub(crate) fn within(text: &str, span: Span, pieces: Vec<Piece>) -> Vec<Piece> {
    let (before, after) = excerpt::around(text, span, AROUND, AROUND);
    let mut all = Pieces::default();
    all.same(before.trim_start());
    all.0.extend(pieces);
    all.same(after.trim_end());
    spaced(all.0)
}

/// Puts a space between dropped words and what they would otherwise run into.
fn spaced(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let text = |p: &Piece| match p {
        Piece::Same(it) | Piece::Added(it) | Piece::Dropped(it) => it.clone(),
    };
    for n in 0..pieces.len() {
        let word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let before = n.checked_sub(1).map(|i| text(&pieces[i])).is_some_and(|t| word(t.chars().next_back()));
        let behind = pieces.get(n + 1).map(text).is_some_and(|t| t.starts_with(char::is_alphanumeric));
        if let Piece::Dropped(it) = &mut pieces[n] {
            if before && it.starts_with(char::is_alphanumeric) {
                it.insert(0, ' ');
            }
            if behind && word(it.chars().next_back()) {
                it.push(' ');
            }
        }
    }
    pieces
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn same(&mut self, it: &str) {
        match self.0.last_mut() {
            _ if it.is_empty() => {}
            Some(Piece::Same(last)) => last.push_str(it),
            _ => self.0.push(Piece::Same(it.to_owned())),
        }
    }

    fn dropped(&mut self, it: &str) {
        match self.0.last_mut() {
            _ if it.is_empty() => {}
            Some(Piece::Dropped(last)) => last.push_str(it),
            _ => self.0.push(Piece::Dropped(it.to_owned())),
        }
    }

    fn added(&mut self, it: &str) {
        match self.0.last_mut() {
            _ if it.is_empty() => {}
            Some(Piece::Added(last)) => last.push_str(it),
            _ => self.0.push(Piece::Added(it.to_owned())),
        }
    }

    /// Joins changes that only a space or a single short word keeps apart: a run of changed words reads as one change.
    fn islands(&mut self) {
        let pieces = std::mem::take(&mut self.0);
        let mut dropped = String::new();
        let mut added = String::new();
        for (i, piece) in pieces.iter().enumerate() {
            let last = i + 1 == pieces.len();
            match piece {
                Piece::Dropped(it) => dropped.push_str(it),
                Piece::Added(it) => added.push_str(it),
                Piece::Same(it) => {
                    let changed = !dropped.is_empty() || !added.is_empty();
                    if !last && changed && it.trim().is_empty() {
                        dropped.push_str(it);
                        added.push_str(it);
                    } else {
                        self.dropped(&std::mem::take(&mut dropped));
                        self.added(&std::mem::take(&mut added));
                        self.same(it);
                    }
                }
            }
        }
        self.dropped(&dropped);
        self.added(&added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_aligned_as_the_whole_library_does(old in "[a-d \u{a0}é]{0,300}", new in "[a-d \u{a0}é]{0,300}") {
            let diff = similar::TextDiff::configure().algorithm(similar::Algorithm::Patience).diff_words(&old, &new);
            proptest::prop_assert_eq!(aligned(&runs(&old), &runs(&new)), diff.ops());
            proptest::prop_assert_eq!(runs(&old).concat(), old);
        }
    }

    fn marked(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| match p {
                Piece::Same(it) => it.clone(),
                Piece::Added(it) => format!("{{+{it}+}}"),
                Piece::Dropped(it) => format!("[-{it}-]"),
            })
            .collect()
    }

    #[test]
    fn words_are_marked_against_the_other_wording() {
        let case = |a, b| marked(&against(a, b));
        assert_eq!(case("the bridge is safe", "the old bridge was safe"), "the {+old +}bridge [-is -]{+was+} safe");
        assert_eq!(case("same", "same"), "same");
        assert_eq!(case("", "new words"), "{+new words+}");
    }

    #[test]
    fn a_difference_out_of_order_loses_no_word_of_the_form() {
        let wild = [
            Difference {
                kind: DifferenceKind::Replaced,
                best: Span::new(0, 3),
                form: Span::new(4, 7),
                negation: false,
            },
            Difference {
                kind: DifferenceKind::Inserted,
                best: Span::new(0, 0),
                form: Span::new(0, 3),
                negation: false,
            },
        ];
        let pieces = against_best("one two", "six two", Span::new(0, 7), &wild);
        assert_eq!(marked(&pieces), "six [-one -]{+two+}");
    }
}
