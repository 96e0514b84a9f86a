//! How long the same lasts, told differently: "two weeks" and "six weeks".

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::rules;
use crate::words::lower;
use rashomon_annotate::{Time, TimeKind};
use rashomon_language::{Fact, WordSet};

/// The length that each sentence gives, if it gives one, and both stand in the same place.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    if !pair.a.values.durations || !pair.b.values.durations {
        return Vec::new();
    }
    let (left, right) = (durations(&pair.a), durations(&pair.b));
    let ([(x, p)], [(y, q)]) = (left.as_slice(), right.as_slice()) else { return Vec::new() };
    // Longer by a third: "about a month" and "four weeks" are one. Two figures of one unit are told apart sooner: "18 months" and
    // "16 months" of one sentence.
    let (longer, shorter) = (p.max(*q), p.min(*q));
    let figures = x.value.chars().next_back() == y.value.chars().next_back()
        && x.value.starts_with("PT") == y.value.starts_with("PT")
        && figure(&x.value).max(figure(&y.value)) >= FIGURES
        && ![(&pair.a, *x), (&pair.b, *y)].into_iter().any(|(side, it)| hedged(side, it));
    if longer <= if figures { EXACT } else { 1.34 } * shorter {
        return Vec::new();
    }
    // "in two weeks" is a day, "in ten minutes" how long it took; what follows "if" is one of several punishments.
    let open = |s: &Side, t: &Time| {
        let words = s.article.tokens_in(s.anchor.span).iter();
        let before = words.clone().rfind(|k| k.span.end() <= t.span.start());
        let days = !t.value.starts_with("PT");
        before.is_some_and(|k| days && matches!(s.text(k.span), "in" | "In" | "within" | "Within"))
            || words.map(|k| s.text(k.span)).any(|w| matches!(w, "if" | "If"))
    };
    let day = |s: &Side, t: &Time| s.text(t.span).contains(['-', '–']) || open(s, t);
    if day(&pair.a, x) || day(&pair.b, y) {
        return Vec::new();
    }
    if pair.frame(x.span, y.span).0 == 0 || pair.rest(&[x.span], &[y.span]) < REST {
        return Vec::new();
    }
    let shown = |t: &Time| (t.value.clone(), t.span);
    let reason = "the same is said to last differently long";
    vec![pair.clash(ConflictKind::Number, rules::DURATION_OF_THE_SAME, reason, shown(x), shown(y))]
}

/// What the rest of the sentences must share.
const REST: f32 = 0.55;

/// From which figure on two of one unit that are apart by more than the second number are two.
const FIGURES: f64 = 10.0;
const EXACT: f64 = 1.08;

/// The figure of a TIMEX3 period.
fn figure(value: &str) -> f64 {
    value.trim_matches(|c: char| c.is_ascii_alphabetic()).parse().unwrap_or(0.0)
}

/// Whether a length is only about so: "nearly 18 months", "more than 16 months".
fn hedged(side: &Side, it: &Time) -> bool {
    let words = side.article.tokens_in(side.anchor.span).iter();
    let before = words.rev().skip_while(|k| k.span.end() > it.span.start()).take(2);
    let is_hedge = |word: &str| {
        let word = lower(word);
        ABOUT.contains(&word) || OVER.contains(&word) || matches!(&*word, "than" | "least" | "most" | "under")
    };
    let inside = side.text(it.span).split_whitespace().any(is_hedge);
    inside || before.into_iter().any(|k| is_hedge(side.text(k.span)))
}

static ABOUT: WordSet = WordSet::english(Fact::Quantifiers, "about");
static OVER: WordSet = WordSet::english(Fact::Quantifiers, "over");

/// The durations of a sentence that are given in figures, each with its days.
fn durations<'a>(side: &Side<'a>) -> Vec<(&'a Time, f64)> {
    let inside = side.article.times_in(side.anchor.span).iter().filter(|t| t.kind == TimeKind::Duration);
    inside.filter_map(|t| Some((t, days(&t.value)?))).collect()
}

/// Days of a TIMEX3 period of one unit: `P2W` is 14.
fn days(value: &str) -> Option<f64> {
    let (clock, body) = match value.strip_prefix("PT") {
        Some(body) => (true, body),
        None => (false, value.strip_prefix('P')?),
    };
    let unit = body.chars().next_back()?;
    let number: f64 = body.strip_suffix(unit)?.parse().ok()?;
    let size = match (clock, unit) {
        (true, 'S') => 1.0 / 86_400.0,
        (true, 'M') => 1.0 / 1440.0,
        (true, 'H') => 1.0 / 24.0,
        (false, 'D') => 1.0,
        (false, 'W') => 7.0,
        (false, 'M') => 30.4,
        (false, 'Y') => 365.25,
        _ => return None,
    };
    (number > 0.0).then_some(number * size)
}
