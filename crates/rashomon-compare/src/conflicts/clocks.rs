//! At what time of day the same happened, told differently: "6:40 a.m." and "8:15 a.m.".

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::points::clauses::dates_speech;
use rashomon_annotate::{Time, TimeKind};

/// The one time of day that each sentence gives, where both stand in the same place and are too far apart.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (clocks(&pair.a), clocks(&pair.b));
    let ([(x, p)], [(y, q)]) = (left.as_slice(), right.as_slice()) else { return Vec::new() };
    let gap = p.abs_diff(*q);
    // Whole hours may be zones.
    let zones = gap % 60 == 0 && zone(&pair.a, x) != zone(&pair.b, y);
    if gap < LEAST || zones || !pair.same_place(x.span, y.span, true) {
        return Vec::new();
    }
    let shown = |t: &Time| (t.value.clone(), t.span);
    let reason = "the same is put at another time of day";
    vec![pair.clash(ConflictKind::Date, "time-of-the-same", reason, shown(x), shown(y))]
}

/// Minutes by which two times of day must differ.
const LEAST: u32 = 30;

/// The times of day of a sentence that are read from a clock, each with its minutes since midnight.
fn clocks<'a>(side: &Side<'a>) -> Vec<(&'a Time, u32)> {
    let told = |t: &&Time| t.kind == TimeKind::Time && !dates_speech(side.article, side.anchor.span, t.span);
    let inside = side.article.times_in(side.anchor.span).iter().filter(told);
    inside.filter_map(|t| Some((t, minutes(&t.value)?))).collect()
}

/// Minutes since midnight of a TIMEX3 time: `2031-05-09T06:40` is 400.
fn minutes(value: &str) -> Option<u32> {
    let (_, clock) = value.split_once('T')?;
    let (hour, rest) = clock.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, rest.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(60 * hour + minute)
}

/// The words of a zone behind a time of day.
fn zone<'a>(side: &Side<'a>, t: &Time) -> Option<&'a str> {
    const ZONES: [&str; 14] =
        ["GMT", "UTC", "ET", "EST", "EDT", "CT", "CST", "MT", "PT", "PST", "PDT", "BST", "CET", "local"];
    let end = side.anchor.span.end();
    let near = side.article.article.text.get(t.span.start()..(t.span.end() + 16).min(end))?;
    near.split(|c: char| !c.is_alphanumeric()).find(|w| ZONES.contains(w))
}
