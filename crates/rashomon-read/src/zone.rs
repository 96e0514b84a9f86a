//! Which offset from UTC a zone abbreviation in a dateline means.
//!
//! The table and the rules for ambiguous abbreviations are in `data/zones.tsv`.

use jiff::civil::{DateTime, Weekday};
use std::sync::LazyLock;

/// The offset from UTC, in seconds, that `abbreviation` means at `local` time, where `places` are lower-case words that
/// tell the country: the top-level domain of the page, the words of the dateline.
pub(crate) fn offset(abbreviation: &str, local: DateTime, places: &[&str]) -> Option<i32> {
    let rows = || TABLE.iter().filter(|row| row.abbreviation.eq_ignore_ascii_case(abbreviation));
    let row = rows()
        .find(|row| row.countries.iter().any(|c| places.contains(c)))
        .or_else(|| rows().find(|row| row.countries.is_empty()))?;
    Some(60 * if row.united_states { row.minutes + 60 * i32::from(us_daylight_saving(local)) } else { row.minutes })
}

/// Whether `abbreviation` stands in the table.
pub(crate) fn is_zone(abbreviation: &str) -> bool {
    abbreviation.len() <= 7 && TABLE.iter().any(|row| row.abbreviation.eq_ignore_ascii_case(abbreviation))
}

/// The offset from UTC, in seconds, that clocks show in a `country` of one zone at `local` time (`data/country-zones.tsv`).
pub(crate) fn of_country(country: &str, local: DateTime) -> Option<i32> {
    static COUNTRIES: LazyLock<Vec<(&str, i32, bool)>> = LazyLock::new(|| {
        let lines = include_str!("../data/country-zones.tsv").lines().filter(|l| !l.starts_with('#'));
        lines
            .filter_map(|line| {
                let mut columns = line.split('\t');
                Some((columns.next()?, columns.next()?.parse().ok()?, columns.next()? == "eu"))
            })
            .collect()
    });
    let (_, minutes, summer) = COUNTRIES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(country))?;
    Some(60 * (minutes + 60 * i32::from(*summer && eu_summer_time(local))))
}

/// Whether summer time holds in the European Union: from the last Sunday in March to the last in October, 2:00 (Directive
/// 2000/84/EC).
fn eu_summer_time(local: DateTime) -> bool {
    let sunday = |month: i8| {
        jiff::civil::date(local.year(), month, 1).nth_weekday_of_month(-1, Weekday::Sunday).map(|d| d.at(2, 0, 0, 0))
    };
    match (sunday(3), sunday(10)) {
        (Ok(from), Ok(to)) => from <= local && local < to,
        _ => false,
    }
}

struct Row {
    abbreviation: &'static str,
    minutes: i32,
    united_states: bool,
    countries: Vec<&'static str>,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../data/zones.tsv").lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let abbreviation = columns.next()?;
            let offset = columns.next()?;
            let (united_states, minutes) = match offset.strip_prefix("us") {
                Some(minutes) => (true, minutes.parse().ok()?),
                None => (false, offset.parse().ok()?),
            };
            let countries = columns.next().unwrap_or_default().split(',').filter(|c| !c.is_empty()).collect();
            Some(Row { abbreviation, minutes, united_states, countries })
        })
        .collect()
});

/// Whether daylight saving holds in the United States: from the second Sunday in March to the first in November, 2:00
/// (Energy Policy Act of 2005).
fn us_daylight_saving(local: DateTime) -> bool {
    let sunday = |month: i8, nth: i8| {
        jiff::civil::date(local.year(), month, 1).nth_weekday_of_month(nth, Weekday::Sunday).map(|d| d.at(2, 0, 0, 0))
    };
    match (sunday(3, 2), sunday(11, 1)) {
        (Ok(from), Ok(to)) => from <= local && local < to,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_follow_country_and_season() {
        let winter = jiff::civil::date(2024, 1, 15).at(12, 0, 0, 0);
        let summer = jiff::civil::date(2024, 7, 15).at(12, 0, 0, 0);
        for (name, at, places, hours) in [
            ("IST", winter, &[][..], 5.5),
            ("IST", summer, &["ie"][..], 1.0),
            ("ist", winter, &["il"][..], 2.0),
            ("ET", winter, &[][..], -5.0),
            ("ET", summer, &[][..], -4.0),
            ("CST", winter, &["cn"][..], 8.0),
            ("CST", winter, &["com"][..], -6.0),
            ("EST", winter, &["au"][..], 10.0),
        ] {
            assert_eq!(offset(name, at, places).map(f64::from), Some(hours * 3600.0), "{name} {places:?}");
        }
        assert_eq!(offset("XYZ", winter, &[]), None);
    }
}
