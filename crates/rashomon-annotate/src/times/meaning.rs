//! What a time expression says, before it is known what "today" is.

use super::lexicon::{Feast, Part, Season, Unit};

/// How much of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Whole units.
    pub(super) whole: u32,
    /// Tenths of a unit besides; 5 is a half.
    pub(super) tenths: u8,
    /// Whether no number is given ("several").
    pub(super) vague: bool,
}

impl Amount {
    pub(super) const VAGUE: Self = Self { whole: 0, tenths: 0, vague: true };

    pub(super) fn of(whole: u32) -> Self {
        Self { whole, tenths: 0, vague: false }
    }
}

/// Which of the recurring ones is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Nothing says which.
    Bare,
    Last,
    This,
    Next,
    /// "this coming": the first one ahead.
    Coming,
    /// "the previous", counted from a time the text spoke of.
    Previous,
    /// "the following", counted from a time the text spoke of.
    Following,
    /// "that", "the same": a time the text spoke of.
    That,
}

/// How a year is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// "last May", "this summer".
    Which(Which),
    /// "June last year": years from the article's.
    Offset(i32),
}

/// A stretch of which another is a part: "of March", "of next month", "of 2019".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Month {
        year: Year,
        month: i8,
    },
    Year(i16),
    /// The month or year that lies so many from the article's.
    Deictic(Unit, i32),
}

/// What is counted off inside a [`Frame`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Day,
    Week,
    Weekend,
    Weekday(i8),
}

/// What "three weeks from …" is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// "from tomorrow": days from the article's.
    Today(i32),
    Weekday {
        which: Which,
        weekday: i8,
    },
    Day {
        year: Year,
        month: i8,
        day: i8,
    },
}

/// A place in the calendar as expressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Year(i16),
    /// 199 for the 1990s; without the century ("the '90s") the likeliest one is filled in already.
    Decade(i16),
    /// 19 for the 20th century.
    Century(i16),
    Month {
        year: Year,
        month: i8,
    },
    Day {
        year: Year,
        month: i8,
        day: i8,
    },
    Season {
        year: Year,
        season: Season,
    },
    Quarter {
        year: Year,
        quarter: i8,
    },
    Half {
        year: Year,
        half: i8,
    },
    Feast {
        year: Year,
        feast: Feast,
    },
    /// "the quarter ended Sept. 30": the calendar quarter that holds most of the three months before that day.
    QuarterTo {
        year: Year,
        month: i8,
        day: i8,
    },
    /// "the 1988 period": of that year the stretch spoken of.
    PeriodOf(i16),
    /// The end of the year: as value the year, as in "the end of 2021".
    YearEnd,
    Weekday {
        which: Which,
        weekday: i8,
    },
    /// "Monday (21)".
    WeekdayOf {
        weekday: i8,
        day: i8,
    },
    /// "One Friday", "on a Friday": nobody says of which week.
    SomeWeekday(i8),
    Weekend(Which),
    /// "the week of March 6".
    WeekOf {
        year: Year,
        month: i8,
        day: i8,
    },
    /// So many units from the article's own time: "last year", "two days ago".
    Deictic(Unit, i32),
    /// So many units from the time last spoken of: "two days later", "the following year".
    Anaphoric(Unit, i32),
    /// "a year earlier": the same stretch of the year before.
    YearAgo,
    /// The period last spoken of.
    Period(Unit),
    /// "the last week of March", "the second Sunday of June", "the 1st of last month": the nth piece of a stretch,
    /// from its end where negative.
    Within {
        frame: Frame,
        piece: Piece,
        nth: i8,
    },
    /// "the last five days of May": so many pieces at the end (or the start) of a stretch.
    Run {
        frame: Frame,
        unit: Unit,
        amount: u16,
        last: bool,
    },
    /// "from 3 to 7 April".
    Days {
        year: Year,
        month: i8,
        from: i8,
        to: i8,
    },
    /// "2019-20".
    Years {
        from: i16,
        to: i16,
    },
    /// "three weeks from Tuesday", "a week ago Tuesday": negative where it lies behind.
    Counted {
        unit: Unit,
        amount: i16,
        base: Base,
    },
    /// "overnight": the night before the article's day, or the one after it where the sentence looks ahead.
    Overnight,
    /// "20 years ago this week": the week, month or day that holds the day so many units back.
    Back {
        unit: Unit,
        amount: i32,
        of: Unit,
    },
    /// "the year to February", "the three months to May": so many months or years that end with a month.
    SpanTo {
        unit: Unit,
        amount: u16,
        year: Year,
        month: i8,
    },
    /// A day that only its part or hour is said of: "10 a.m.", "the morning".
    SomeDay,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
    Point(Point),
    Duration(Amount, Unit),
    /// A recurring time, with its TIMEX3 value.
    Set(String),
}

/// A point in time with what is said of the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) when: When,
    pub(super) part: Option<Part>,
    /// Hour and minute.
    pub(super) clock: Option<(i8, i8)>,
    /// "later this week": only what is left of it (1), "earlier this week": what is over (-1).
    pub(super) rest: i8,
}

impl Point {
    pub(super) fn at(when: When) -> Self {
        Self { when, part: None, clock: None, rest: 0 }
    }
}

/// One time expression as found in the row of words.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// Index of its first word.
    pub(super) first: usize,
    /// One past the index of its last word.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
}
