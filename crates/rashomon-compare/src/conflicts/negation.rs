//! One statement says a thing, the other that it is not so.

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::meaning::{Class, Negation};

/// Terms that one side negates and the other states, where the sentences agree in most of the rest.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (negated(pair, &pair.a, true), negated(pair, &pair.b, false));
    let mut out = Vec::new();
    for (first, found, other) in [(true, &left, &right), (false, &right, &left)] {
        for n in found {
            let link = pair.alignment.links.iter().find(|l| if first { l.a == n.target } else { l.b == n.target });
            let Some(link) = link.filter(|l| l.likeness >= 0.6) else { continue };
            let (side, plain) = if first { (&pair.a, &pair.b) } else { (&pair.b, &pair.a) };
            let stated = if first { link.b } else { link.a };
            // The other side negates it too, perhaps in other words nearby.
            if other.iter().any(|o| o.negator.abs_diff(stated) <= 4 || o.target == stated) {
                continue;
            }
            let word = side.gist.terms[n.negator].span;
            let rest = if first { pair.rest(&[word], &[]) } else { pair.rest(&[], &[word]) };
            let stated_span = plain.gist.terms[stated].span;
            let denied_span = side.gist.terms[n.target].span;
            let (agree, differ) = if first {
                pair.frame(word.cover(denied_span), stated_span)
            } else {
                pair.frame(stated_span, word.cover(denied_span))
            };
            let sure =
                rest >= 0.55 && (agree == 2 || agree == 1 && differ == 0) || rest >= 0.7 && agree == 1 || rest >= 0.85;
            // "has yet to" negates as well. What is only supposed is neither said nor denied.
            if !sure
                || yet_to(plain)
                || infinitive(plain, stated) != infinitive(side, n.target)
                || supposed(side, n.negator)
                || supposed(plain, stated)
            {
                continue;
            }
            let no = word.cover(side.gist.terms[n.target].span);
            let yes = plain.gist.terms[stated].span;
            let (no, yes) = ((side.text(no).to_owned(), no), (plain.text(yes).to_owned(), yes));
            let (x, y) = if first { (no, yes) } else { (yes, no) };
            out.push(pair.clash(ConflictKind::Negation, "one-side-negates", "one report says it is not so", x, y));
        }
    }
    out
}

/// Whether a term is a verb behind "to", which states nothing: "asked the court to stop it".
fn infinitive(side: &Side, at: usize) -> bool {
    at > 0 && side.text(side.gist.terms[at - 1].span).eq_ignore_ascii_case("to")
}

/// Whether a side says of something that it is yet to come.
fn yet_to(side: &Side) -> bool {
    let words: Vec<String> = side.gist.terms.iter().map(|t| side.text(t.span).to_lowercase()).collect();
    words.windows(2).any(|w| w[0] == "yet" && w[1] == "to")
}

/// Whether "if", "unless" or "whether" stands among the eight terms before `at`.
fn supposed(side: &Side, at: usize) -> bool {
    let before = &side.gist.terms[at.saturating_sub(8)..at];
    before.iter().any(|t| matches!(side.text(t.span).to_lowercase().as_str(), "if" | "unless" | "whether"))
}

/// A negating term and the content term it negates.
struct Negated {
    negator: usize,
    target: usize,
}

/// Negating terms that are not aligned to anything, each with the content term behind it. "not yet" and "not only" state
/// more than they deny.
fn negated(pair: &Aligned, side: &Side, first: bool) -> Vec<Negated> {
    let linked =
        |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.6);
    let terms = &side.gist.terms;
    let text = |i: usize| terms.get(i).map_or("", |t| side.text(t.span)).to_lowercase();
    let mut out = Vec::new();
    for (i, t) in terms.iter().enumerate() {
        let negates = match pair.vocabulary.entries[t.entry as usize].negation {
            Some(Negation::Not) => !matches!(text(i + 1).as_str(), "yet" | "only" | "just" | "merely" | "longer"),
            Some(Negation::Deny | Negation::Fail) => t.class != Class::Function && !linked(i),
            None => false,
        };
        if negates && let Some(target) = side.term_from(t.span.end()) {
            out.push(Negated { negator: i, target });
        }
    }
    out
}
