//! How long the same lasts, told differently: "two weeks" and "six weeks".

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::rules;
use rashomon_annotate::{Time, TimeKind};

/// The length that each sentence gives, if it gives one, and both stand in the same place.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    if !pair.a.values.durations || !pair.b.values.durations {
        return Vec::new();
    }
    let (left, right) = (durations(&pair.a), durations(&pair.b));
    let ([(x, p)], [(y, q)]) = (left.as_slice(), right.as_slice()) else { return Vec::new() };
    // Longer by a third: "about a month" and "four weeks" are one.
    if p.max(*q) <= 1.34 * p.min(*q) {
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
