//! One statement says a thing, the other that it is not so.

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::meaning::{Class, Negation};

/// A negation on one side only, where the statements agree in nearly all the rest.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (negations(pair, &pair.a, true), negations(pair, &pair.b, false));
    if left.len() % 2 == right.len() % 2 {
        return Vec::new();
    }
    let (first, negating, plain, found) =
        if left.len() > right.len() { (true, &pair.a, &pair.b, &left) } else { (false, &pair.b, &pair.a, &right) };
    let spans: Vec<_> = found.iter().map(|i| negating.gist.terms[*i].span).collect();
    let rest = if first { pair.rest(&spans, &[]) } else { pair.rest(&[], &spans) };
    if rest < 0.7 {
        return Vec::new();
    }
    let at = found[found.len() - 1];
    // What is negated: the next content term, which the other side must have too.
    let Some(next) = negating.term_from(negating.gist.terms[at].span.end()) else { return Vec::new() };
    let link = pair.alignment.links.iter().find(|l| if first { l.a == next } else { l.b == next });
    let Some(link) = link.filter(|l| l.likeness >= 0.6) else { return Vec::new() };
    let other = if first { link.b } else { link.a };
    if other < plain.borrowed {
        return Vec::new();
    }
    let (no, yes) = (negating.gist.terms[at].span.cover(negating.gist.terms[next].span), plain.gist.terms[other].span);
    let (no, yes) = ((negating.text(no).to_owned(), no), (plain.text(yes).to_owned(), yes));
    let (x, y) = if first { (no, yes) } else { (yes, no) };
    vec![pair.clash(ConflictKind::Negation, "one-side-negates", "one report says it is not so", x, y)]
}

/// Own terms that negate and are not aligned to anything.
fn negations(pair: &Aligned, side: &Side, first: bool) -> Vec<usize> {
    let linked =
        |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.6);
    (side.borrowed..side.gist.terms.len())
        .filter(|i| {
            let t = &side.gist.terms[*i];
            match pair.vocabulary.entries[t.entry as usize].negation {
                Some(Negation::Not) => true,
                Some(Negation::Deny | Negation::Fail) => t.class != Class::Function && !linked(*i),
                None => false,
            }
        })
        .collect()
}
