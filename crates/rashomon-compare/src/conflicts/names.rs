//! Names that stand in the same place of aligned statements and name different things.

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::meaning::Class;
use rashomon_annotate::{Name, NameKind, same_person};

/// Names of the two statements between aligned neighbours that cannot be one.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (names(&pair.a), names(&pair.b));
    let mut out = Vec::new();
    for x in &left {
        if touched(pair, &pair.a, x, true) {
            continue;
        }
        for y in &right {
            if x.kind != y.kind || touched(pair, &pair.b, y, false) {
                continue;
            }
            let (full_x, full_y) = (full(&pair.a, x), full(&pair.b, y));
            if x.kind == NameKind::Person && same_person(full_x, full_y) || shares_word(full_x, full_y) {
                continue;
            }
            // The other report knows this name too: then it may only give another detail here.
            if named(&pair.b, full_x) || named(&pair.a, full_y) {
                continue;
            }
            let (agree, differ) = pair.frame(x.span, y.span);
            let rest = pair.rest(&[x.span], &[y.span]);
            if agree == 2 && rest >= 0.5 || agree == 1 && differ == 0 && rest >= 0.6 {
                let kind = if x.kind == NameKind::Place { ConflictKind::Place } else { ConflictKind::Name };
                out.push(pair.clash(
                    kind,
                    "name-in-the-same-place",
                    "another name stands in the same place",
                    (full_x.to_owned(), x.span),
                    (full_y.to_owned(), y.span),
                ));
            }
        }
    }
    out
}

/// The names inside a statement that are people, places or organizations.
fn names<'a>(side: &Side<'a>) -> Vec<&'a Name> {
    let span = side.anchor.span;
    let inside = side.article.names.iter().filter(|n| span.contains(n.span));
    inside.filter(|n| n.kind != NameKind::Other).collect()
}

fn full<'a>(side: &Side<'a>, n: &Name) -> &'a str {
    side.article.entities.get(n.entity).map_or("", |e| e.name.as_str())
}

/// Whether a part of the name is aligned to anything.
fn touched(pair: &Aligned, side: &Side, n: &Name, first: bool) -> bool {
    let terms = (0..side.gist.terms.len()).filter(|i| n.span.overlaps(side.gist.terms[*i].span));
    let mut linked = terms
        .filter(|i| side.gist.terms[*i].class != Class::Function)
        .map(|i| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.5));
    linked.any(|l| l)
}

fn shares_word(a: &str, b: &str) -> bool {
    a.split(' ').any(|w| w.len() > 2 && b.split(' ').any(|v| v.eq_ignore_ascii_case(w)))
}

/// Whether an article names this thing, or one of nearly that name, anywhere.
fn named(side: &Side, full: &str) -> bool {
    side.article.entities.iter().any(|e| shares_word(&e.name, full))
}
