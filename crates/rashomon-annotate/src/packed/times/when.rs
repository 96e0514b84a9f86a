//! What a time is, and how it is written as a TIMEX3 value.

use crate::{Time, TimeKind};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time as Clock};
use rashomon_model::{Rule, Span};

/// A stretch of time, as far as the words and the day of the report tell it.
#[derive(Clone, Debug)]
pub(super) enum When {
    Day(Date),
    /// Month and day of a year that nothing tells.
    DayOfMonth(i8, i8),
    Week(Date),
    /// The end of a week, by a day of it.
    Weekend(Date),
    Month(Option<i16>, i8),
    Season(Option<i16>, Box<str>),
    Year(i16),
    /// A decade by its first three digits.
    Decade(i16),
    Weekday(i8),
    /// A century by its first two digits.
    Century(i16),
    /// A quarter or half of a year, as TIMEX3 names it.
    Piece(Option<i16>, Box<str>),
    /// So many units from the time last told.
    Later(Unit, f64),
    /// One of these, nobody says which.
    Some(Unit),
    /// A part of a day or an hour of it: the day, if known, and what stands behind it in the value.
    Within(Option<Box<When>>, Box<str>),
    Duration(Box<str>),
    Set(Box<str>),
    Reference(&'static str),
}

/// Units by which time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit that a data file names.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "S" => Self::Second,
            "MI" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "W" => Self::Week,
            "M" => Self::Month,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            _ => return None,
        })
    }

    /// So many of it, as TIMEX3 writes a duration; `None` for several.
    pub(super) fn duration(self, count: Option<f64>) -> Box<str> {
        let (letter, times) = match self {
            Self::Second => ("S", 1.0),
            Self::Minute => ("M", 1.0),
            Self::Hour => ("H", 1.0),
            Self::Day => ("D", 1.0),
            Self::Week => ("W", 1.0),
            Self::Month => ("M", 1.0),
            Self::Year => ("Y", 1.0),
            Self::Decade => ("Y", 10.0),
            Self::Century => ("Y", 100.0),
        };
        // "A year and a half" is one and six months.
        if let Some(count) = count.filter(|it| it.fract() == 0.5) {
            let half = match self {
                Self::Year => Some(("P", "Y6M")),
                Self::Hour => Some(("PT", "H30M")),
                Self::Minute => Some(("PT", "M30S")),
                _ => None,
            };
            if let Some((head, tail)) = half {
                let whole = count.trunc();
                return if whole == 0.0 { format!("{head}{}", &tail[1..]) } else { format!("{head}{whole}{tail}") }
                    .into();
            }
        }
        let time = if matches!(self, Self::Second | Self::Minute | Self::Hour) { "T" } else { "" };
        let count = count.map_or_else(|| "X".to_owned(), |it| (it * times).to_string());
        format!("P{time}{count}{letter}").into()
    }

    /// The day, week, month or year that lies so many of this unit from `today`; hours lie on a day nobody can name.
    pub(super) fn from(self, today: Option<Date>, count: f64) -> When {
        let at = || {
            let today = today.filter(|_| count.fract() == 0.0 && count.abs() < 10_000.0)?;
            #[allow(clippy::cast_possible_truncation, reason = "small and whole")]
            let count = count as i32;
            Some(match self {
                Self::Day => When::Day(today.checked_add(count.days()).ok()?),
                Self::Week => When::Week(today.checked_add(count.weeks()).ok()?),
                Self::Month => {
                    let it = today.first_of_month().checked_add(count.months()).ok()?;
                    When::Month(Some(it.year()), it.month())
                }
                Self::Year => When::Year(today.year().checked_add(i16::try_from(count).ok()?)?),
                _ => return None,
            })
        };
        at().unwrap_or(When::Some(self))
    }
}

impl When {
    /// Whether a part of a day may belong to it.
    pub(super) fn is_day(&self) -> bool {
        matches!(
            self,
            Self::Day(_) | Self::DayOfMonth(..) | Self::Weekday(_) | Self::Some(Unit::Day) | Self::Later(Unit::Day, _)
        )
    }

    fn kind(&self) -> TimeKind {
        match self {
            Self::Within(..) => TimeKind::Time,
            Self::Duration(_) => TimeKind::Duration,
            Self::Set(_) => TimeKind::Set,
            _ => TimeKind::Date,
        }
    }

    fn value(&self) -> String {
        let year = |y: Option<i16>| y.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
        let week = |d: &Date| format!("{:04}-W{:02}", d.iso_week_date().year(), d.iso_week_date().week());
        match self {
            Self::Day(d) => d.to_string(),
            Self::DayOfMonth(m, d) => format!("XXXX-{m:02}-{d:02}"),
            Self::Week(d) => week(d),
            Self::Weekend(d) => format!("{}-WE", week(d)),
            Self::Month(y, m) => format!("{}-{m:02}", year(*y)),
            Self::Season(y, season) => format!("{}-{season}", year(*y)),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(d) => format!("{d:03}"),
            Self::Century(c) => format!("{c:02}"),
            Self::Piece(y, piece) => format!("{}-{piece}", year(*y)),
            Self::Later(Unit::Decade | Unit::Century, _) => Self::Some(Unit::Year).value(),
            Self::Later(unit, _) => Self::Some(*unit).value(),
            Self::Weekday(d) => format!("XXXX-WXX-{d}"),
            Self::Some(Unit::Week) => "XXXX-WXX".into(),
            Self::Some(Unit::Month) => "XXXX-XX".into(),
            Self::Some(Unit::Year) => "XXXX".into(),
            Self::Some(Unit::Decade) => "XXX".into(),
            Self::Some(Unit::Century) => "XX".into(),
            Self::Some(Unit::Day) => "XXXX-XX-XX".into(),
            Self::Some(_) => "XXXX-XX-XXTXX".into(),
            Self::Within(day, part) => {
                format!("{}T{part}", day.as_ref().map_or_else(|| "XXXX-XX-XX".into(), |it| it.value()))
            }
            Self::Duration(it) | Self::Set(it) => it.to_string(),
            Self::Reference(it) => (*it).into(),
        }
    }

    /// First moment and one past the last, where they can be placed.
    fn extent(&self) -> Option<(DateTime, DateTime)> {
        let midnight = |d: Date| d.to_datetime(Clock::midnight());
        let days = |from: Date, to: Date| (midnight(from), midnight(to));
        match self {
            Self::Day(d) => Some(days(*d, d.tomorrow().ok()?)),
            Self::Week(d) | Self::Weekend(d) => {
                let monday = d.checked_sub(i32::from(d.weekday().to_monday_zero_offset()).days()).ok()?;
                let from = if matches!(self, Self::Weekend(_)) { monday.checked_add(5.days()).ok()? } else { monday };
                Some(days(from, monday.checked_add(7.days()).ok()?))
            }
            Self::Month(Some(y), m) => {
                let first = Date::new(*y, *m, 1).ok()?;
                Some(days(first, first.checked_add(1.month()).ok()?))
            }
            Self::Year(y) => {
                let first = Date::new(*y, 1, 1).ok()?;
                Some(days(first, first.checked_add(1.year()).ok()?))
            }
            Self::Within(Some(day), hour) => {
                let Self::Day(day) = **day else { return None };
                let (hour, minute) = hour.split_once(':')?;
                let at = day.to_datetime(Clock::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?);
                Some((at, at.checked_add(1.minute()).ok()?))
            }
            _ => None,
        }
    }

    /// The time as a layer of the article keeps it.
    pub(super) fn time(&self, span: Span, rule: Rule) -> Time {
        let extent = self.extent();
        Time {
            span,
            kind: self.kind(),
            value: self.value(),
            start: extent.map(|it| it.0),
            end: extent.map(|it| it.1),
            rule,
            inferred: false,
        }
    }
}
