//! Stretches of the calendar: how TIMEX3 writes them, and from when to when they last.

use super::lexicon::{Part, Season, Unit};
use super::meaning::Amount;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// A stretch of the calendar; without a year where none is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granule {
    /// 19 for 1900 to 1999.
    Century(i16),
    /// 199 for 1990 to 1999.
    Decade(i16),
    Year(i16),
    Half(Option<i16>, i8),
    Quarter(Option<i16>, i8),
    Season(Option<i16>, Season),
    Month(Option<i16>, i8),
    /// The week, from Monday, that holds the day.
    Week(Date),
    /// The Saturday and Sunday of the week that holds the day.
    Weekend(Date),
    Day(Date),
    /// So many units from a day on; they end before the second day.
    Run {
        from: Date,
        to: Date,
        amount: u32,
        unit: Unit,
    },
    /// A day of an unknown year.
    MonthDay(i8, i8),
    /// A weekday (Monday 0) of an unknown week.
    Weekday(i8),
    /// A week, weekend or day of which nothing is known.
    Unknown(Unit),
}

/// The TIMEX3 value of a granule with what is said of the hour.
pub(super) fn value(granule: Granule, part_of_day: Option<Part>, clock: Option<(i8, i8)>) -> String {
    let year = |y: Option<i16>| y.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    let mut out = match granule {
        Granule::Century(c) => format!("{c:02}"),
        Granule::Decade(d) => format!("{d:03}"),
        Granule::Year(y) => format!("{y:04}"),
        Granule::Half(y, h) => format!("{}-H{h}", year(y)),
        Granule::Quarter(y, q) => format!("{}-Q{q}", year(y)),
        Granule::Season(y, s) => format!("{}-{}", year(y), season(s)),
        Granule::Month(y, m) => format!("{}-{m:02}", year(y)),
        Granule::Week(d) => week(d),
        Granule::Weekend(d) => format!("{}-WE", week(d)),
        Granule::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
        Granule::Run { amount, unit, .. } => duration(Amount::of(amount), unit),
        Granule::MonthDay(m, d) => format!("XXXX-{m:02}-{d:02}"),
        Granule::Weekday(w) => format!("XXXX-WXX-{}", w + 1),
        Granule::Unknown(Unit::Year) => "XXXX".into(),
        Granule::Unknown(Unit::Month) => "XXXX-XX".into(),
        Granule::Unknown(Unit::Week) => "XXXX-WXX".into(),
        Granule::Unknown(Unit::Quarter) => "XXXX-QX".into(),
        Granule::Unknown(_) => "XXXX-XX-XX".into(),
    };
    match (clock, part_of_day) {
        (Some((hour, minute)), _) => out.push_str(&format!("T{hour:02}:{minute:02}")),
        (None, Some(Part::Noon)) => out.push_str("T12:00"),
        (None, Some(Part::Midnight)) => out.push_str("T24:00"),
        (None, Some(it)) => {
            out.push('T');
            out.push_str(part(it));
        }
        _ => {}
    }
    out
}

fn week(day: Date) -> String {
    let it = day.iso_week_date();
    format!("{:04}-W{:02}", it.year(), it.week())
}

/// The TIMEX3 code of a part of the day.
pub(super) fn part(it: Part) -> &'static str {
    match it {
        Part::Dawn => "DA",
        Part::Morning => "MO",
        Part::Noon => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night | Part::Midnight | Part::Overnight => "NI",
    }
}

/// The TIMEX3 code of a season.
pub(super) fn season(it: Season) -> &'static str {
    match it {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

/// The TIMEX3 value of a duration: `P7Y`, `PT30M`, `PXD`.
pub(super) fn duration(amount: Amount, unit: Unit) -> String {
    let Amount { whole, tenths, vague } = amount;
    if vague {
        return match unit {
            Unit::Second => "PTXS".into(),
            Unit::Minute => "PTXM".into(),
            Unit::Hour => "PTXH".into(),
            Unit::Day => "PXD".into(),
            Unit::Week | Unit::Fortnight => "PXW".into(),
            Unit::Month => "PXM".into(),
            Unit::Quarter => "PXQ".into(),
            Unit::Year | Unit::Decade => "PXY".into(),
            Unit::Century => "PXC".into(),
            Unit::Millennium => "PXL".into(),
        };
    }
    let n = u64::from(whole);
    let half = tenths == 5;
    let number = |n: u64, t: u8| if t == 0 { n.to_string() } else { format!("{n}.{t}") };
    match unit {
        Unit::Second => format!("PT{}S", number(n, tenths)),
        Unit::Minute if half && n > 0 => format!("PT{n}M30S"),
        Unit::Minute if half => "PT30S".into(),
        Unit::Minute => format!("PT{}M", number(n, tenths)),
        Unit::Hour if half && n > 0 => format!("PT{n}H30M"),
        Unit::Hour if half => "PT30M".into(),
        Unit::Hour => format!("PT{}H", number(n, tenths)),
        Unit::Day if half && n == 0 => "PT12H".into(),
        Unit::Day => format!("P{}D", number(n, tenths)),
        Unit::Week => format!("P{}W", number(n, tenths)),
        Unit::Fortnight => format!("P{}W", n * 2),
        Unit::Month => format!("P{}M", number(n, tenths)),
        Unit::Quarter => format!("P{}Q", number(n, tenths)),
        Unit::Year if half && n > 0 => format!("P{n}Y6M"),
        Unit::Year if half => "P6M".into(),
        Unit::Year => format!("P{}Y", number(n, tenths)),
        Unit::Decade => format!("P{}Y", n * 10 + u64::from(tenths)),
        Unit::Century => format!("P{}Y", n * 100 + u64::from(tenths) * 10),
        Unit::Millennium => format!("P{}Y", n * 1000 + u64::from(tenths) * 100),
    }
}

/// From when to when a granule lasts, in local time, half-open; `None` where the year is not known.
pub(super) fn extent(
    granule: Granule,
    part_of_day: Option<Part>,
    clock: Option<(i8, i8)>,
) -> Option<(DateTime, DateTime)> {
    let days = |from: Date, to: Date| Some((midnight(from), midnight(to)));
    let year_start = |y: i16| Date::new(y, 1, 1).ok();
    match granule {
        Granule::Century(c) => {
            let from = c.checked_mul(100)?;
            days(year_start(from)?, year_start(from.checked_add(100)?)?)
        }
        Granule::Decade(d) => {
            let from = d.checked_mul(10)?;
            days(year_start(from)?, year_start(from.checked_add(10)?)?)
        }
        Granule::Year(y) => days(year_start(y)?, year_start(y.checked_add(1)?)?),
        Granule::Half(Some(y), h) => months(y, (h - 1) * 6 + 1, 6),
        Granule::Quarter(Some(y), q) => months(y, (q - 1) * 3 + 1, 3),
        Granule::Season(Some(y), s) => match s {
            Season::Spring => months(y, 3, 3),
            Season::Summer => months(y, 6, 3),
            Season::Autumn => months(y, 9, 3),
            Season::Winter => months(y, 12, 3),
        },
        Granule::Month(Some(y), m) => months(y, m, 1),
        Granule::Week(d) => {
            let from = monday(d)?;
            days(from, from.checked_add(7.days()).ok()?)
        }
        Granule::Weekend(d) => {
            let from = monday(d)?.checked_add(5.days()).ok()?;
            days(from, from.checked_add(2.days()).ok()?)
        }
        Granule::Run { from, to, .. } => days(from, to),
        Granule::Day(d) => {
            if let Some((hour, minute)) = clock {
                let from =
                    if hour == 24 { midnight(d.tomorrow().ok()?) } else { d.at(hour, minute.clamp(0, 59), 0, 0) };
                return Some((from, from.checked_add(1.minute()).ok()?));
            }
            let next = midnight(d.tomorrow().ok()?);
            let at = |hour: i8| d.at(hour, 0, 0, 0);
            Some(match part_of_day {
                Some(Part::Dawn) => (at(4), at(8)),
                Some(Part::Morning) => (at(5), at(12)),
                Some(Part::Noon) => (at(12), at(13)),
                Some(Part::Afternoon) => (at(12), at(18)),
                Some(Part::Evening) => (at(17), next),
                Some(Part::Night | Part::Midnight) => (at(18), next),
                Some(Part::Overnight) => (at(18), next.checked_add(6.hours()).ok()?),
                None => (midnight(d), next),
            })
        }
        _ => None,
    }
}

fn months(year: i16, month: i8, n: i32) -> Option<(DateTime, DateTime)> {
    let from = Date::new(year, month, 1).ok()?;
    Some((midnight(from), midnight(from.checked_add(n.months()).ok()?)))
}

/// The Monday of the week that holds `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}
