//! Votes and scores of one thing that differ: "9-4" and "8 to 5".

use super::{Aligned, Clash};
use crate::ConflictKind;
use crate::rules;
use rashomon_annotate::Annotated;
use rashomon_language::{Fact, Language};
use rashomon_model::Span;

/// A tally that each sentence gives, where both stand in the same place.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let ([x], [y]) = (pair.a.values.tallies.as_slice(), pair.b.values.tallies.as_slice()) else { return Vec::new() };
    // The loser's side may be told first.
    let same = x.votes == y.votes || x.votes == (y.votes.1, y.votes.0);
    if same || !pair.same_place(x.span, y.span, true) {
        return Vec::new();
    }
    let shown = |t: &Tally| (format!("{} to {}", t.votes.0, t.votes.1), t.span);
    let reason = "the votes for and against differ";
    vec![pair.clash(ConflictKind::Number, rules::TALLY_OF_THE_SAME, reason, shown(x), shown(y))]
}

/// Votes for and against, or points of two sides.
pub(super) struct Tally {
    votes: (u32, u32),
    span: Span,
}

/// The tallies of a sentence that speaks of a vote: "9-4", "9 to 4", "nine votes to four".
pub(super) fn tallies(article: &Annotated, sentence: Span) -> Vec<Tally> {
    let tokens = article.tokens_in(sentence);
    let mut out = Vec::new();
    // Without a vote it may be a range, a score of another game, a date.
    let votes = |word: &str| VOTES.iter().any(|v| word.get(..v.len()).is_some_and(|w| w.eq_ignore_ascii_case(v)));
    if !tokens.iter().any(|t| votes(article.text(t.span))) {
        return out;
    }
    let lower = |i: usize| tokens.get(i).map_or(String::new(), |t| article.text(t.span).to_lowercase());
    for i in 0..tokens.len() {
        let Some(first) = small(&lower(i)) else {
            // "62-38" may be one word.
            let word = lower(i);
            let parts = word.split_once(['-', '–']).and_then(|(x, y)| Some((small(x)?, small(y)?)));
            if let Some(found) = parts {
                out.push(Tally { votes: found, span: tokens[i].span });
            }
            continue;
        };
        let mut k = i + 1;
        while matches!(lower(k).as_str(), "votes" | "vote" | "in" | "favor" | "favour") {
            k += 1;
        }
        let joins = match lower(k).as_str() {
            "-" | "–" => k == i + 1 && tokens[i].span.end() == tokens[k].span.start(),
            "to" | "against" => true,
            _ => false,
        };
        if joins && let Some(second) = small(&lower(k + 1)) {
            out.push(Tally { votes: (first, second), span: tokens[i].span.cover(tokens[k + 1].span) });
        }
    }
    out
}

/// How words of a vote begin. Source: the wording of roll calls in wire reports (AP Stylebook, "votes, scores").
const VOTES: [&str; 9] = ["vot", "approv", "pass", "reject", "rul", "confirm", "decid", "defeat", "ballot"];

/// A whole number of up to three digits, in digits or in words up to twelve.
fn small(word: &str) -> Option<u32> {
    let numbers = Language::english().list(Fact::NumberWords);
    if numbers.has(word, "whole")
        && let Some(n) = (0..=12).find(|n| numbers.number(word) == Some(f64::from(*n)))
    {
        return Some(n);
    }
    if word.is_empty() || word.len() > 3 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok()
}
