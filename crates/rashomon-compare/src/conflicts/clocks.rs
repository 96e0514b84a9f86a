//! At what time of day the same happened, told differently: "6:40 a.m." and "8:15 a.m.".

use super::{Aligned, Clash, Side};
use crate::ConflictKind;
use crate::rules;
use crate::statements::clauses::{dates_speech, describes_noun};
use rashomon_annotate::{Time, TimeKind};
use rashomon_model::Span;

/// The one time of day that each sentence gives, where both stand in the same place and are too far apart: the instant
/// counts where both name a zone, so that noon in one zone and noon in another are two times.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    if !pair.a.values.clocks || !pair.b.values.clocks {
        return Vec::new();
    }
    let (left, right) = (clocks(&pair.a), clocks(&pair.b));
    let ([(x, p)], [(y, q)]) = (left.as_slice(), right.as_slice()) else { return Vec::new() };
    let apart = match (zone(&pair.a, x), zone(&pair.b, y)) {
        (Some(from), Some(to)) if !from.is_empty() && !to.is_empty() => {
            let far = |from: i32, to: i32| {
                // Over midnight, too.
                let gap = (p - from).rem_euclid(DAY).abs_diff((q - to).rem_euclid(DAY));
                gap.min(DAY.unsigned_abs() - gap) >= LEAST
            };
            // Clocks of one land are put forward on one day: both are ahead, or neither.
            let pairs =
                || from.iter().enumerate().flat_map(|(i, f)| to.iter().enumerate().map(move |(k, t)| (i, k, *f, *t)));
            let season = from.len() == to.len();
            pairs().filter(|(i, k, ..)| !season || i == k).all(|(_, _, f, t)| far(f, t))
        }
        _ => {
            // Midnight is the end of one day and the beginning of another.
            let gap = p.abs_diff(*q).min(DAY.unsigned_abs() - p.abs_diff(*q));
            let named = |side: &Side, t: &Time| {
                side.text(with_zone(side, t)).get(t.span.len()..).unwrap_or_default().trim().to_lowercase()
            };
            // Whole hours may be zones.
            gap >= LEAST && (gap % 60 != 0 || named(&pair.a, x) == named(&pair.b, y))
        }
    };
    if !apart || !pair.same_place(with_zone(&pair.a, x), with_zone(&pair.b, y), true) {
        return Vec::new();
    }
    let shown = |side: &Side, t: &Time| {
        let words = with_zone(side, t);
        let named = side.text(words).get(t.span.len()..).unwrap_or_default().trim();
        let value = t.value.trim_end_matches('Z');
        let inner = side.text(t.span).split(' ').find(|w| ZONES.iter().any(|(name, _)| name == w));
        let named = if named.is_empty() { inner.unwrap_or("") } else { named };
        (if named.is_empty() { t.value.clone() } else { format!("{value} {named}") }, t.span)
    };
    let reason = "the same is put at another time of day";
    vec![pair.clash(ConflictKind::Date, rules::TIME_OF_THE_SAME, reason, shown(&pair.a, x), shown(&pair.b, y))]
}

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// Minutes by which two times of day must differ.
const LEAST: u32 = 30;

/// The times of day of a sentence that are read from a clock, each with its minutes since midnight.
fn clocks<'a>(side: &Side<'a>) -> Vec<(&'a Time, i32)> {
    // "his 9 p.m. slot": a time that only describes a thing.
    let describes = |t: &Time| describes_noun(side.article, t.span) && with_zone(side, t).len() == t.span.len();
    let told =
        |t: &&Time| t.kind == TimeKind::Time && !describes(t) && !dates_speech(side.article, side.anchor.span, t.span);
    let inside = side.article.times_in(side.anchor.span).iter().filter(told);
    inside.filter_map(|t| Some((t, minutes(&t.value)?))).collect()
}

/// Minutes since midnight of a TIMEX3 time: `2031-05-09T06:40` is 400.
fn minutes(value: &str) -> Option<i32> {
    let (_, clock) = value.split_once('T')?;
    let (hour, rest) = clock.split_once(':')?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, rest.get(..2)?.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(60 * hour + minute)
}

/// A time of day with the zone named behind it.
fn with_zone(side: &Side, t: &Time) -> Span {
    let rest = Span::new(t.span.end(), side.anchor.span.end().max(t.span.end()));
    let found = named_zone(side.text(rest)).map_or(0, |(len, _)| len);
    Span::new(t.span.start(), t.span.end() + found)
}

/// The zone of a time of day, if one is named in it or behind it: its minutes ahead of UTC in winter and in summer, as far as
/// they are known.
fn zone(side: &Side, t: &Time) -> Option<&'static [i32]> {
    let words = side.text(with_zone(side, t));
    let inner = words.split(|c: char| !c.is_alphanumeric()).find_map(|w| ZONES.iter().find(|(name, _)| *name == w));
    let behind = || named_zone(words.get(t.span.len()..).unwrap_or_default()).map(|(_, offset)| offset);
    inner.map(|(_, offset)| *offset).or_else(behind)
}

/// A zone named at the beginning of a text: how long its words are, with the space before, and its offset.
fn named_zone(text: &str) -> Option<(usize, &'static [i32])> {
    let rest = text.trim_start_matches([' ', '\u{a0}', '(', ',']);
    let before = text.len() - rest.len();
    let whole = |name: &str| rest[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let starts = |name: &&(&str, &[i32])| {
        rest.get(..name.0.len())
            .is_some_and(|r| if name.0.len() > 4 { r.eq_ignore_ascii_case(name.0) } else { r == name.0 })
            && whole(name.0)
    };
    let (name, offset) = ZONES.iter().filter(starts).max_by_key(|z| z.0.len())?;
    Some((before + name.len(), *offset))
}

/// Zones by their names in reports, with their minutes ahead of UTC, where a name stands for two those of winter and of
/// summer; those without are named and not fixed. Source: IANA
/// time zone database, abbreviations in use; RFC 5322, section 4.3, for those of North America.
#[rustfmt::skip]
const ZONES: [(&str, &[i32]); 72] = [
    ("GMT", &[0]), ("UTC", &[0]), ("Greenwich Mean Time", &[0]), ("Z", &[0]), ("WET", &[0]), ("BST", &[60]),
    ("British Summer Time", &[60]), ("CET", &[60]), ("Central European Time", &[60]), ("WEST", &[60]), ("CEST", &[120]),
    ("Central European Summer Time", &[120]), ("EET", &[120]), ("Eastern European Time", &[120]), ("SAST", &[120]),
    ("EEST", &[180]), ("MSK", &[180]), ("Moscow time", &[180]), ("JST", &[540]), ("Japan Standard Time", &[540]),
    ("KST", &[540]), ("AEST", &[600]), ("AEDT", &[660]), ("NZST", &[720]), ("NZDT", &[780]), ("EST", &[-300]),
    ("Eastern Standard Time", &[-300]), ("EDT", &[-240]), ("Eastern Daylight Time", &[-240]), ("CDT", &[-300]),
    ("MST", &[-420]), ("MDT", &[-360]), ("PST", &[-480]), ("Pacific Standard Time", &[-480]), ("PDT", &[-420]),
    ("ET", &[-300, -240]), ("Eastern Time", &[-300, -240]), ("Eastern", &[-300, -240]), ("CT", &[-360, -300]), ("Central Time", &[-360, -300]), ("CST", &[-360]), ("MT", &[-420, -360]),
    ("Mountain Time", &[-420, -360]), ("Mountain", &[-420, -360]), ("Central", &[-360, -300]), ("Pacific", &[-480, -420]),
    ("PT", &[-480, -420]), ("Pacific Time", &[-480, -420]), ("local time", &[]), ("local", &[]),
    ("HKT", &[480]), ("Hong Kong time", &[480]), ("SGT", &[480]), ("Singapore time", &[480]), ("Beijing time", &[480]),
    ("AWST", &[480]), ("PHT", &[480]), ("WIB", &[420]), ("ICT", &[420]), ("IST", &[330, 60, 120]),
    ("Indian Standard Time", &[330]), ("PKT", &[300]), ("NPT", &[345]), ("ACST", &[570]), ("EAT", &[180]), ("TRT", &[180]),
    ("WAT", &[60]), ("CAT", &[120]), ("BRT", &[-180]), ("ART", &[-180]), ("HST", &[-600]), ("AKST", &[-540]),
];
