//! Names that stand in the same place of aligned statements and name different things.

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::meaning::Class;
use rashomon_annotate::{NameKind, same_person};
use rashomon_model::Span;

/// Names of the two statements between aligned neighbours that cannot be one.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (names(pair, &pair.a, true), names(pair, &pair.b, false));
    let mut out = Vec::new();
    let alone = |of: &[Named], kind| of.iter().filter(|n| n.kind == kind).count() == 1;
    for x in &left {
        for y in &right {
            if same_person(&x.full, &y.full) || shares_word(&x.full, &y.full) || abbreviates(&x.full, &y.full) {
                continue;
            }
            // The other report knows this name too: then it may only give another detail here.
            if named(&pair.b, &x.full) || named(&pair.a, &y.full) {
                continue;
            }
            let (agree, differ) = pair.frame(x.span, y.span);
            let rest = pair.rest(&[x.span], &[y.span]);
            let kinds = x.kind == y.kind;
            // The only name of its kind in doubt on either side needs no neighbours if nearly all the rest agrees.
            let only = kinds && alone(&left, x.kind) && alone(&right, y.kind);
            let sure = agree == 2 && rest >= if kinds { 0.45 } else { 0.6 }
                || agree == 1 && differ == 0 && rest >= 0.55
                || only && rest >= if agree > 0 { 0.6 } else { 0.75 };
            if sure {
                let place = x.kind == NameKind::Place && y.kind == NameKind::Place;
                let kind = if place { ConflictKind::Place } else { ConflictKind::Name };
                out.push(pair.clash(
                    kind,
                    "name-in-the-same-place",
                    "another name stands in the same place",
                    (x.full.clone(), x.span),
                    (y.full.clone(), y.span),
                ));
            }
        }
    }
    out
}

/// A name that nothing on the other side answers to.
struct Named {
    span: Span,
    kind: NameKind,
    full: String,
}

/// The names inside a sentence that are not aligned: first those known as names, then other runs of capitals.
fn names(pair: &Aligned, side: &Side, first: bool) -> Vec<Named> {
    let whole = side.anchor.span;
    let linked =
        |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.5);
    let terms = &side.gist.terms;
    let free = |span: Span| {
        let mut inside =
            (0..terms.len()).filter(|i| span.overlaps(terms[*i].span) && terms[*i].class != Class::Function);
        inside.clone().next().is_some() && inside.all(|i| !linked(i))
    };
    let mut out: Vec<Named> = Vec::new();
    for n in side.article.names_in(whole).iter().filter(|n| free(n.span)) {
        let full = side.article.entities.get(n.entity).map_or_else(String::new, |e| e.name.clone());
        out.push(Named { span: n.span, kind: n.kind, full });
    }
    let known: Vec<Span> = out.iter().map(|n| n.span).collect();
    let mut i = 0;
    while i < terms.len() {
        let from = i;
        while i < terms.len() && terms[i].class == Class::Name && !known.iter().any(|k| k.overlaps(terms[i].span)) {
            i += 1;
        }
        if i > from {
            let span = terms[from].span.cover(terms[i - 1].span);
            if free(span) {
                out.push(Named { span, kind: NameKind::Other, full: side.text(span).to_owned() });
            }
        }
        i += 1;
    }
    out
}

fn shares_word(a: &str, b: &str) -> bool {
    a.split(' ').any(|w| w.len() > 2 && b.split(' ').any(|v| v.eq_ignore_ascii_case(w)))
}

/// Whether one is the other's initials: "ECB", "European Central Bank".
fn abbreviates(a: &str, b: &str) -> bool {
    let initials = |s: &str| -> String { s.split(' ').filter_map(|w| w.chars().find(|c| c.is_uppercase())).collect() };
    let letters = |s: &str| -> String { s.chars().filter(|c| c.is_alphabetic()).collect() };
    // "NYC" for "New York", too.
    let stands =
        |s: &str, l: &str| initials(s).len() > 1 && letters(l).starts_with(&initials(s)) && letters(l).len() < 6;
    a.len() > 1 && b.len() > 1 && (stands(a, b) || stands(b, a))
}

/// Whether an article names this thing, or one of nearly that name, anywhere.
fn named(side: &Side, full: &str) -> bool {
    side.article.entities.iter().any(|e| shares_word(&e.name, full))
}
