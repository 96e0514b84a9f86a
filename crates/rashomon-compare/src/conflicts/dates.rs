//! Dates of the same thing that exclude each other.

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use rashomon_annotate::{Time, TimeKind};

/// The name of the rule.
pub(super) const RULE: rashomon_model::Rule = "date-of-the-same";

/// Dates of the two statements that belong to the same word and share no day.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (dates(&pair.a), dates(&pair.b));
    let mut out = Vec::new();
    for x in &left {
        for y in &right {
            if !excludes(x, y) {
                continue;
            }
            // A date that the other side has too is not in doubt.
            let shared = |t: &Time, others: &[&Time]| others.iter().any(|o| !excludes(t, o));
            if shared(x, &right) || shared(y, &left) {
                continue;
            }
            if same_place(pair, x, y, &left, &right) {
                out.push(pair.clash(
                    ConflictKind::Date,
                    RULE,
                    "the same is dated differently",
                    (x.value.clone(), x.span),
                    (y.value.clone(), y.span),
                ));
            }
        }
    }
    out
}

/// The dates inside a statement that name a day, week, month or year.
fn dates<'a>(side: &Side<'a>) -> Vec<&'a Time> {
    let span = side.anchor.span;
    let inside = side.article.times.iter().filter(|t| span.contains(t.span));
    inside.filter(|t| t.kind == TimeKind::Date && !t.value.ends_with("_REF")).collect()
}

/// Whether two dates share no moment. Dates that are not placed in time exclude each other only if both are weekdays or
/// both are days of a month.
pub(super) fn excludes(x: &Time, y: &Time) -> bool {
    if let (Some(a), Some(b), Some(c), Some(d)) = (x.start, x.end, y.start, y.end) {
        return b <= c || d <= a;
    }
    let day = |t: &Time| {
        t.value
            .strip_prefix("XXXX-")
            .map(str::to_owned)
            .or_else(|| t.value.get(5..10).filter(|_| t.value.len() == 10 && !t.value.contains('W')).map(str::to_owned))
    };
    match (day(x), day(y)) {
        (Some(p), Some(q)) if p.starts_with('W') == q.starts_with('W') => {
            p.len() == q.len() && p != q && !p.contains("XX-XX") && p.len() > 4
        }
        // A day of a month without its year, and a week or month that is placed.
        (Some(p), None) if !p.starts_with('W') => outside(&p, y),
        (None, Some(q)) if !q.starts_with('W') => outside(&q, x),
        _ => false,
    }
}

/// Whether the day `MM-DD` lies outside a placed stretch, whatever the year.
fn outside(day: &str, stretch: &Time) -> bool {
    let (Some(start), Some(end)) = (stretch.start, stretch.end) else { return false };
    let Some((month, day)) = day.split_once('-') else { return false };
    let (Ok(month), Ok(day)) = (month.parse::<i8>(), day.parse::<i8>()) else { return false };
    let years = [start.year(), end.year()];
    !years.iter().any(|y| {
        let Ok(date) = jiff::civil::Date::new(*y, month, day) else { return true };
        let at = date.at(12, 0, 0, 0);
        start <= at && at < end
    })
}

/// Whether two dates stand in the same place: both before aligned nouns, both between aligned neighbours, or each the
/// only one that dates the verb of its statement.
fn same_place(pair: &Aligned, x: &Time, y: &Time, left: &[&Time], right: &[&Time]) -> bool {
    let rest = pair.rest(&[x.span], &[y.span]);
    let (agree, differ) = pair.frame(x.span, y.span);
    if agree == 2 || agree == 1 && differ == 0 && rest >= 0.5 {
        return true;
    }
    let (noun_x, noun_y) = (before_noun(&pair.a, x), before_noun(&pair.b, y));
    match (noun_x, noun_y) {
        (Some(p), Some(q)) => pair.linked(p, q),
        (None, None) => left.len() == 1 && right.len() == 1 && rest >= 0.35,
        _ => false,
    }
}

/// The noun that a date stands before: "Thursday meeting". None for "on Thursday".
fn before_noun(side: &Side, t: &Time) -> Option<usize> {
    let text = &side.article.article.text;
    let before = text[..t.span.start()].trim_end().rsplit(' ').next().unwrap_or("").to_lowercase();
    let linked = matches!(
        before.as_str(),
        "on" | "in" | "by" | "for" | "at" | "until" | "since" | "from" | "before" | "after" | "during" | "of" | "to"
    );
    let gap = text.get(t.span.end()..)?;
    let next = side.term_from(t.span.end())?;
    let close = side.gist.terms[next].span.start() == t.span.end() + gap.len() - gap.trim_start().len();
    (!linked && close && gap.starts_with(' ')).then_some(next)
}
