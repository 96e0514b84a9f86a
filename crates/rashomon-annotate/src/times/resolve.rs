//! What an expression means for an article of a given day: its TIMEX3 value and its place in the calendar.

use super::lexicon::{Feast, Part, Season, Unit};
use super::meaning::{Base, Frame, Meaning, Piece, Point, When, Which, Year};
use super::tense::Direction;
use super::value::{self, Granule, monday};
use crate::TimeKind;
use crate::rules;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use rashomon_model::Rule;

/// Within so many months a bare month or quarter is the nearest one, whatever the tense: writers say "last November" for
/// the one eleven months ago. Chosen by reading errors on one half of TimeBank dev; other values were not tried.
const NEAR: i32 = 2;

/// Days for which a day that has gone by is the one meant even behind a verb that sets it.
const JUST_PAST: i64 = 30;

/// Days after a month or a season from which on it is a time long past.
const LONG_PAST: i64 = 40;

/// Days ahead within which a bare weekday is the coming one where the sentence has no verb that tells.
const SOON: i64 = 2;

/// What is known while an article is read from start to end.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The day the article calls today.
    today: Option<Date>,
    /// The year to read dates without a year in, for an article without a date.
    year: Option<i16>,
    /// The place in the calendar last spoken of.
    last: Option<Granule>,
    /// The day last spoken of.
    last_day: Option<Date>,
    /// The sentence that is read, and the one of the place last spoken of.
    sentence: Option<usize>,
    last_sentence: Option<usize>,
    /// Whether the next expression goes on from the one before it: "Thursday or Friday".
    goes_on: bool,
    /// The day of the bare weekday that the expression before was.
    last_weekday: Option<Date>,
    /// The quarter last spoken of.
    last_quarter: Option<(i16, i8)>,
    /// Whether results are told by the quarter: no year and no run of more months has been spoken of since.
    by_quarter: bool,
}

/// A resolved expression.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) extent: Option<(DateTime, DateTime)>,
    pub(super) rule: Rule,
}

impl Context {
    /// What is known at the start of an article: its day, or the year its own full dates give.
    pub(super) fn new(today: Option<Date>, year: Option<i16>) -> Self {
        Self { today, year, ..Self::default() }
    }

    /// Tells in which sentence the next expression stands, and whether it goes on from the one before it.
    pub(super) fn read_on(&mut self, sentence: Option<usize>, goes_on: bool) {
        self.sentence = sentence;
        self.goes_on = goes_on;
    }

    /// Resolves the next expression of the article and remembers it.
    pub(super) fn resolve(&mut self, meaning: &Meaning, direction: Direction) -> Resolved {
        match meaning {
            Meaning::Reference(value) => {
                let extent = (*value == "PRESENT_REF")
                    .then(|| self.today.and_then(|d| value::extent(Granule::Day(d), None, None)))
                    .flatten();
                Resolved { kind: TimeKind::Date, value: (*value).into(), extent, rule: rules::TIME_REFERENCE }
            }
            Meaning::Duration(amount, unit) => {
                // "the first nine months": what is compared with it a year earlier is no quarter.
                if *unit == Unit::Month && amount.whole > 3 {
                    self.by_quarter = false;
                }
                Resolved {
                    kind: TimeKind::Duration,
                    value: value::duration(*amount, *unit),
                    extent: None,
                    rule: rules::DURATION,
                }
            }
            Meaning::Set(value) => {
                Resolved { kind: TimeKind::Set, value: value.clone(), extent: None, rule: rules::RECURRING_TIME }
            }
            Meaning::Point(point) => self.point(point, direction),
        }
    }

    fn point(&mut self, point: &Point, direction: Direction) -> Resolved {
        let (mut granule, rule) = self.granule(point, direction);
        self.last_weekday = match (point.when, granule) {
            (When::Weekday { which: Which::Bare, .. }, Granule::Day(d)) => Some(d),
            _ => None,
        };
        // "died overnight on Sunday", written on Sunday: that night has not begun.
        if let (Some(Part::Overnight), Granule::Day(d), When::Weekday { .. }) = (point.part, granule, point.when)
            && self.today == Some(d)
            && direction.is_past()
        {
            granule = step(d, Unit::Day, -1).unwrap_or(granule);
        }
        let timed = point.part.is_some() || point.clock.is_some();
        if matches!(point.when, When::YearAgo | When::PeriodOf(_)) {
            // What it is compared with stays the time spoken of.
        } else if point.part == Some(Part::Overnight) {
            // What comes after it is said of the day, not of the evening before.
        } else if point.when != When::SomeDay || granule != Granule::Unknown(Unit::Day) {
            self.remember(granule);
        }
        let mut extent = value::extent(granule, point.part, point.clock);
        if let (Some((from, to)), Some(today), true) = (extent, self.today, point.rest != 0) {
            // "later this week" begins today; "earlier this week" ends with today.
            let day = today.to_datetime(jiff::civil::Time::midnight());
            let next = today.tomorrow().unwrap_or(today).to_datetime(jiff::civil::Time::midnight());
            if point.rest > 0 && from < day && day < to {
                extent = Some((day, to));
            } else if point.rest < 0 && from < next && next < to {
                extent = Some((from, next));
            }
        }
        let kind = match granule {
            Granule::Run { .. } => TimeKind::Duration,
            _ if timed => TimeKind::Time,
            _ => TimeKind::Date,
        };
        Resolved { kind, value: value::value(granule, point.part, point.clock), extent, rule }
    }

    fn remember(&mut self, granule: Granule) {
        self.last = Some(granule);
        self.last_sentence = self.sentence;
        match granule {
            Granule::Day(d) => self.last_day = Some(d),
            // What goes on from a day that nobody can name has no day: the one told before it is another.
            Granule::Weekday(_) | Granule::MonthDay(..) => self.last_day = None,
            Granule::Quarter(Some(y), q) => {
                self.last_quarter = Some((y, q));
                self.by_quarter = true;
            }
            Granule::Year(_) => self.by_quarter = false,
            _ => {}
        }
    }

    fn granule(&self, point: &Point, direction: Direction) -> (Granule, Rule) {
        let dated = rules::CALENDAR_DATE;
        let relative = rules::RELATIVE_TO_DATELINE;
        let nearby = rules::RELATIVE_TO_TEXT;
        match point.when {
            When::Year(y) => (Granule::Year(y), dated),
            When::PeriodOf(y) => match self.last_quarter.filter(|_| self.by_quarter) {
                Some((_, q)) => (Granule::Quarter(Some(y), q), nearby),
                None => (Granule::Year(y), dated),
            },
            When::Decade(d) => (Granule::Decade(d), dated),
            When::Century(c) => (Granule::Century(c), dated),
            When::Month { year, month } => self.month(year, month, direction),
            When::Day { year, month, day } => self.month_day(year, month, day, direction),
            When::Season { year, season } => {
                let first = match season {
                    Season::Spring => 3,
                    Season::Summer => 6,
                    Season::Autumn => 9,
                    Season::Winter => 12,
                };
                let (y, rule) = self.year(year, first, 3, direction);
                (Granule::Season(y, season), rule)
            }
            When::Quarter { year, quarter } => {
                let (y, rule) = self.year(year, quarter * 3 - 2, 3, direction);
                (Granule::Quarter(y, quarter), rule)
            }
            When::QuarterTo { year, month, day } => match self.month_day(year, month, day, Direction::Past) {
                (Granule::Day(end), rule) => {
                    let back = if end.day() >= 15 { 1 } else { 2 };
                    let middle = end.first_of_month().checked_sub(back.months()).unwrap_or(end);
                    (Granule::Quarter(Some(middle.year()), (middle.month() - 1) / 3 + 1), rule)
                }
                (_, rule) => (Granule::Unknown(Unit::Quarter), rule),
            },
            When::Half { year, half } => {
                let (y, rule) = self.year(year, half * 6 - 5, 6, direction);
                (Granule::Half(y, half), rule)
            }
            When::Feast { year, feast } => self.feast(year, feast, direction),
            When::YearEnd => {
                let Some(today) = self.today else { return (Granule::Unknown(Unit::Year), rules::UNRESOLVED) };
                let y = if direction.is_past() && today.month() < 11 { today.year() - 1 } else { today.year() };
                (Granule::Year(y), relative)
            }
            When::Weekday { which, weekday } => self.weekday(which, weekday, direction),
            When::SomeWeekday(weekday) => (Granule::Weekday(weekday), rules::UNRESOLVED),
            When::WeekdayOf { weekday, day } => self.weekday_of(weekday, day),
            When::Weekend(which) => self.weekend(which, direction),
            When::WeekOf { year, month, day } => match self.month_day(year, month, day, direction) {
                (Granule::Day(d), rule) => (Granule::Week(d), rule),
                other => other,
            },
            When::Deictic(unit, n) => match self.today {
                // Said on a Sunday, "last week" is the one that is about to end.
                Some(today) if (unit, n) == (Unit::Week, -1) && today.weekday() == Weekday::Sunday => {
                    (Granule::Week(today), relative)
                }
                Some(today) => (step(today, unit, n).unwrap_or(Granule::Unknown(unit)), relative),
                None => (Granule::Unknown(unit), rules::UNRESOLVED),
            },
            // "in April 2022 and was suspended four days later": of which day is not known.
            When::Anaphoric(unit, _) if self.long_past(unit) => (Granule::Unknown(unit), rules::UNRESOLVED),
            When::Anaphoric(unit, n) => match self.spoken_of(unit).or(self.today) {
                // "Two days later, he replied" was not after the report.
                Some(day)
                    if n > 0
                        && direction.is_past()
                        && self.spoken_of(unit).is_some()
                        && self.after_today(day, unit, n) =>
                {
                    (Granule::Unknown(unit), rules::UNRESOLVED)
                }
                Some(day) => (step(day, unit, n).unwrap_or(Granule::Unknown(unit)), nearby),
                None => (Granule::Unknown(unit), rules::UNRESOLVED),
            },
            When::YearAgo => match (self.last_quarter.filter(|_| self.by_quarter), self.today) {
                // "rose in 2015, up 5 percent from a year earlier".
                (None, _) if let Some(y) = self.year_beside() => (Granule::Year(y - 1), nearby),
                (Some((y, q)), Some(today)) if y >= today.year() - 1 => {
                    (Granule::Quarter(Some(y.min(today.year()) - 1), q), nearby)
                }
                (_, Some(today)) => (Granule::Year(today.year() - 1), relative),
                _ => (Granule::Unknown(Unit::Year), rules::UNRESOLVED),
            },
            When::Period(Unit::Quarter) => match (self.last_quarter, self.today) {
                (Some((y, q)), _) => (Granule::Quarter(Some(y), q), nearby),
                (None, Some(today)) => {
                    (step(today, Unit::Quarter, -1).unwrap_or(Granule::Unknown(Unit::Quarter)), relative)
                }
                _ => (Granule::Unknown(Unit::Quarter), rules::UNRESOLVED),
            },
            When::Period(unit) => match self.today {
                Some(today) => (step(today, unit, 0).unwrap_or(Granule::Unknown(unit)), relative),
                None => (Granule::Unknown(unit), rules::UNRESOLVED),
            },
            When::Within { frame, piece, nth } => self.within(frame, piece, nth, direction),
            When::Run { frame, unit, amount, last } => self.run(frame, unit, amount, last, direction),
            When::Days { year, month, from, to } => self.days(year, month, from, to, direction),
            When::Years { from, to } => (years(from, to).unwrap_or(Granule::Year(from)), dated),
            When::Counted { unit, amount, base } => self.counted(unit, amount, base, direction),
            When::Overnight => {
                let back = if matches!(direction, Direction::Future | Direction::Set) { 0 } else { -1 };
                match self.today.and_then(|today| step(today, Unit::Day, back)) {
                    Some(granule) => (granule, relative),
                    None => (Granule::Unknown(Unit::Day), rules::UNRESOLVED),
                }
            }
            When::Back { unit, amount, of } => {
                let found = self.today.and_then(|today| moved(today, unit, amount)).and_then(|d| step(d, of, 0));
                found.map_or((Granule::Unknown(of), rules::UNRESOLVED), |granule| (granule, relative))
            }
            When::SpanTo { unit, amount, year, month } => self.span_to(unit, amount, year, month),
            When::SomeDay => {
                // What took place at an hour did not take place on a day that lies ahead.
                let ahead = |d: &Date| direction.is_past() && self.today.is_some_and(|today| *d > today);
                // "On Sunday at 11:15", of which Sunday nobody knows.
                let timed = point.part.is_some() || point.clock.is_some();
                if let (Some(last @ Granule::Weekday(_)), None, true) = (self.last, self.today, timed)
                    && self.last_sentence == self.sentence
                {
                    return (last, nearby);
                }
                let spoken = self.last_day.filter(|d| matches!(self.last, Some(Granule::Day(_))) && !ahead(d));
                match spoken.or(self.today) {
                    Some(day) => (Granule::Day(day), nearby),
                    None => (Granule::Unknown(Unit::Day), rules::UNRESOLVED),
                }
            }
        }
    }

    /// Whether what was spoken of last is a month or more, over for long, and less exact than `unit`.
    fn long_past(&self, unit: Unit) -> bool {
        let coarse = matches!(self.last, Some(Granule::Month(..) | Granule::Season(..) | Granule::Year(_)));
        let end = self.last.and_then(|last| value::extent(last, None, None)).map(|(_, to)| to.date());
        let over =
            end.zip(self.today).is_some_and(|(to, today)| to.checked_add(LONG_PAST.days()).is_ok_and(|to| to < today));
        coarse && over && unit <= Unit::Week
    }

    /// Whether `n` units after `day` lie after the article's day.
    fn after_today(&self, day: Date, unit: Unit, n: i32) -> bool {
        let from = step(day, unit, n).and_then(|it| value::extent(it, None, None)).map(|(from, _)| from.date());
        from.zip(self.today).is_some_and(|(from, today)| from > today)
    }

    /// The time last spoken of, as a day, if it is at least as exact as `unit`.
    fn spoken_of(&self, unit: Unit) -> Option<Date> {
        let year = |y: i16| Date::new(y, 1, 1).ok();
        match self.last? {
            Granule::Day(d) => Some(d),
            Granule::Week(d) | Granule::Weekend(d) if unit >= Unit::Week => Some(d),
            Granule::Month(Some(y), m) if unit >= Unit::Month => Date::new(y, m, 1).ok(),
            Granule::Quarter(Some(y), q) if unit >= Unit::Quarter => Date::new(y, q * 3 - 2, 1).ok(),
            Granule::Season(Some(y), _) | Granule::Half(Some(y), _) | Granule::Year(y) if unit >= Unit::Year => year(y),
            _ => None,
        }
        .or(self.last_day.filter(|_| unit <= Unit::Week))
    }

    /// The year of something that recurs each year from month `first` for `length` months.
    fn year(&self, year: Year, first: i8, length: i8, direction: Direction) -> (Option<i16>, Rule) {
        let relative = rules::RELATIVE_TO_DATELINE;
        let (today, which) = match (year, self.today) {
            (Year::Given(y), _) => return (Some(y), rules::CALENDAR_DATE),
            (_, None) => {
                return (self.year, if self.year.is_some() { rules::YEAR_FROM_TEXT } else { rules::UNRESOLVED });
            }
            (Year::Offset(n), Some(today)) => return (i16::try_from(i32::from(today.year()) + n).ok(), relative),
            (Year::Which(which), Some(today)) => (today, which),
        };
        let (y, m) = (today.year(), today.month());
        let begun = m >= first;
        let over = i32::from(m) >= i32::from(first) + i32::from(length);
        // Months from the end of this year's to now, and from now to its start.
        let behind = i32::from(m) - i32::from(first) - i32::from(length) + 1;
        let ahead = i32::from(first) - i32::from(m);
        let it = match which {
            // "last February" in March is the one a year ago: the other is "last month".
            Which::Last | Which::Previous => {
                if over && !(length == 1 && behind == 1) {
                    y
                } else {
                    y - 1
                }
            }
            Which::This => y,
            Which::Next | Which::Coming | Which::Following => {
                if begun {
                    y + 1
                } else {
                    y
                }
            }
            Which::That => match self.last {
                Some(
                    Granule::Month(Some(y), _)
                    | Granule::Season(Some(y), _)
                    | Granule::Quarter(Some(y), _)
                    | Granule::Year(y),
                ) => y,
                Some(Granule::Day(d)) => d.year(),
                _ => y,
            },
            // "The lease expires in January", written in March.
            Which::Bare if direction == Direction::Set => {
                if over {
                    y + 1
                } else {
                    y
                }
            }
            // "He was arrested in April", written in March.
            Which::Bare if direction == Direction::Done => {
                if begun {
                    y
                } else {
                    y - 1
                }
            }
            // One that is near, behind or ahead, needs no "last" or "next"; farther off the tense decides.
            Which::Bare if (1..=NEAR).contains(&ahead) || (0..=NEAR).contains(&behind) => y,
            Which::Bare if (1..=NEAR).contains(&(ahead + 12)) => y + 1,
            Which::Bare if (1..=NEAR).contains(&(behind + 12)) => y - 1,
            Which::Bare => match direction {
                Direction::Future | Direction::Set => {
                    if over {
                        y + 1
                    } else {
                        y
                    }
                }
                _ => {
                    if begun {
                        y
                    } else {
                        y - 1
                    }
                }
            },
        };
        (Some(it), if which == Which::Bare { rules::NEAREST_BY_TENSE } else { relative })
    }

    fn month(&self, year: Year, month: i8, direction: Direction) -> (Granule, Rule) {
        let (y, rule) = self.year(year, month, 1, direction);
        (Granule::Month(y, month), rule)
    }

    fn month_day(&self, year: Year, month: i8, day: i8, direction: Direction) -> (Granule, Rule) {
        let unknown = Granule::MonthDay(month, day);
        let on = |y: i16| Date::new(y, month, day).ok();
        // "died on October 26, the clinic announced on October 27": of one month in one sentence.
        if let (Year::Which(Which::Bare), Some(day)) = (year, self.beside(month).and_then(|d| on(d.year()))) {
            return (Granule::Day(day), rules::YEAR_FROM_TEXT);
        }
        match (year, self.today) {
            (Year::Which(_), None) => match self.year.and_then(on) {
                Some(d) => (Granule::Day(d), rules::YEAR_FROM_TEXT),
                None => (unknown, rules::UNRESOLVED),
            },
            (Year::Which(Which::Bare), Some(today)) => {
                let y = today.year();
                let days = |d: Date| today.until(d).map_or(i64::MAX, |s| i64::from(s.get_days()));
                // A plan lies within a year ahead, a report within a year behind; but a day just past is that day
                // even under a verb that looks ahead ("the meeting planned for …").
                let candidates = [on(y - 1), on(y), on(y + 1)];
                let best = candidates.into_iter().flatten().min_by_key(|d| {
                    let n = days(*d);
                    let wrong = match direction {
                        Direction::Past | Direction::Done => n > 0,
                        Direction::Future | Direction::Set => n < 0,
                        Direction::Unknown => false,
                    };
                    let never = match direction {
                        Direction::Set => n < -JUST_PAST,
                        Direction::Done => n > SOON,
                        _ => false,
                    };
                    n.abs()
                        + if never {
                            366
                        } else if wrong {
                            120
                        } else {
                            0
                        }
                });
                (best.map_or(unknown, Granule::Day), rules::NEAREST_BY_TENSE)
            }
            _ => {
                let (y, rule) = self.year(year, month, 1, direction);
                (y.and_then(on).map_or(unknown, Granule::Day), rule)
            }
        }
    }

    /// The year that the same sentence has spoken of, if it was the last.
    fn year_beside(&self) -> Option<i16> {
        let here = self.sentence.is_some() && self.sentence == self.last_sentence;
        match self.last {
            Some(Granule::Year(y)) if here => Some(y),
            _ => None,
        }
    }

    /// The day of this month that the same sentence has spoken of, if it was the last.
    fn beside(&self, month: i8) -> Option<Date> {
        let here = self.sentence.is_some() && self.sentence == self.last_sentence;
        self.last_day.filter(|d| here && d.month() == month)
    }

    fn weekday(&self, which: Which, weekday: i8, direction: Direction) -> (Granule, Rule) {
        let relative = rules::RELATIVE_TO_DATELINE;
        let day = |from: Date, n: i64| from.checked_add(n.days()).map_or(Granule::Weekday(weekday), Granule::Day);
        let gap = |from: Date| i64::from((weekday - from.weekday().to_monday_zero_offset()).rem_euclid(7));
        let spoken = self.last_day.or(self.today);
        let (today, from) = match (self.today, spoken) {
            (Some(today), Some(from)) => (today, from),
            (None, Some(from)) if matches!(which, Which::Previous | Which::Following | Which::That) => (from, from),
            _ => return (Granule::Weekday(weekday), rules::UNRESOLVED),
        };
        let back = |n: i64| if n == 0 { -7 } else { n - 7 };
        // "Thursday or Friday", "Saturday into Sunday": the second is the first such day after the first.
        if let (Which::Bare, true, Some(first)) = (which, self.goes_on, self.last_weekday)
            && gap(first) > 0
        {
            return (day(first, gap(first)), rules::NEAREST_BY_TENSE);
        }
        match which {
            // "last Thursday", said on a Friday, is not yesterday: all ten that were drawn from the pool, one or two days after
            // a day of the same week, mean the week before.
            Which::Last if in_week(today, weekday, -back(gap(today))) => (day(today, back(gap(today)) - 7), relative),
            Which::Last => (day(today, back(gap(today))), relative),
            // Said on a Wednesday, "next Saturday" is not the one that "this Saturday" is.
            Which::Next => {
                let monday = 7 - i64::from(today.weekday().to_monday_zero_offset());
                (day(today, monday + i64::from(weekday)), relative)
            }
            Which::Coming => (day(today, if gap(today) == 0 { 7 } else { gap(today) }), relative),
            Which::This => match direction {
                // "was asked to speak this Thursday", said on a Wednesday: the one of this week.
                Direction::Past | Direction::Done if weekday < today.weekday().to_monday_zero_offset() => {
                    (day(today, gap(today) - 7), relative)
                }
                _ => (day(today, gap(today)), relative),
            },
            Which::Previous => (day(from, back(gap(from))), rules::RELATIVE_TO_TEXT),
            Which::Following => (day(from, if gap(from) == 0 { 7 } else { gap(from) }), rules::RELATIVE_TO_TEXT),
            Which::That => {
                let n = gap(from);
                (day(from, if n > 3 { n - 7 } else { n }), rules::RELATIVE_TO_TEXT)
            }
            // What took place on the day after the date was told by an update: a report six days late says "last". Of twenty
            // such weekdays in marked stories and TimeBank fifteen were the day after, three the one before.
            Which::Bare if gap(today) == 1 && direction == Direction::Past => {
                (day(today, 1), rules::UPDATED_AFTER_ITS_DATE)
            }
            Which::Bare => {
                let ahead = gap(today);
                let n = match direction {
                    Direction::Future | Direction::Set => ahead,
                    // Where no verb tells, the day after next is nearer than the one five days ago.
                    Direction::Unknown if ahead <= SOON => ahead,
                    _ if ahead == 0 => 0,
                    _ => ahead - 7,
                };
                (day(today, n), rules::NEAREST_BY_TENSE)
            }
        }
    }

    /// The last such weekday up to today, which "a week ago Tuesday" counts from.
    fn latest(&self, weekday: i8) -> (Granule, Rule) {
        let day = self.today.and_then(|today| {
            let back = (today.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
            today.checked_sub(i64::from(back).days()).ok()
        });
        day.map_or((Granule::Weekday(weekday), rules::UNRESOLVED), |d| (Granule::Day(d), rules::RELATIVE_TO_DATELINE))
    }

    /// "Monday (21)": the month nearest to today in which the 21st is a Monday.
    fn weekday_of(&self, weekday: i8, day: i8) -> (Granule, Rule) {
        let from = self.today.or(self.last_day);
        let Some(from) = from else { return (Granule::Weekday(weekday), rules::UNRESOLVED) };
        let mut best = None;
        for n in [0, -1, 1, -2, 2] {
            let Ok(month) = from.first_of_month().checked_add(n.months()) else { continue };
            let Ok(it) = Date::new(month.year(), month.month(), day) else { continue };
            if it.weekday().to_monday_zero_offset() == weekday {
                best = Some(it);
                break;
            }
        }
        (best.map_or(Granule::Weekday(weekday), Granule::Day), rules::WEEKDAY_WITH_DAY)
    }

    /// From when to when a frame lasts, half-open, and the rule that tells; what it is where that is not known.
    fn frame(&self, frame: Frame, direction: Direction) -> Result<(Date, Date, Rule), Granule> {
        let (granule, rule) = match frame {
            Frame::Year(y) => (Granule::Year(y), rules::CALENDAR_DATE),
            Frame::Month { year, month } => self.month(year, month, direction),
            Frame::Deictic(unit, n) => {
                let it = self.today.and_then(|today| step(today, unit, n));
                (it.unwrap_or(Granule::Unknown(unit)), rules::RELATIVE_TO_DATELINE)
            }
        };
        match value::extent(granule, None, None) {
            Some((from, to)) => Ok((from.date(), to.date(), rule)),
            None => Err(granule),
        }
    }

    fn within(&self, frame: Frame, piece: Piece, nth: i8, direction: Direction) -> (Granule, Rule) {
        let (from, to, rule) = match self.frame(frame, direction) {
            Ok(it) => it,
            Err(granule) => return (granule, rules::UNRESOLVED),
        };
        let found = nth_piece(from, to, piece, nth);
        found.map_or((Granule::Unknown(Unit::Day), rules::UNRESOLVED), |granule| (granule, rule))
    }

    fn run(&self, frame: Frame, unit: Unit, amount: u16, last: bool, direction: Direction) -> (Granule, Rule) {
        let (from, to, rule) = match self.frame(frame, direction) {
            Ok(it) => it,
            Err(granule) => return (granule, rules::UNRESOLVED),
        };
        let days = i32::from(amount) * if unit == Unit::Week { 7 } else { 1 };
        let found = if last {
            to.checked_sub(days.days()).ok().map(|start| (start.max(from), to))
        } else {
            from.checked_add(days.days()).ok().map(|end| (from, end.min(to)))
        };
        match found {
            Some((from, to)) => (Granule::Run { from, to, amount: u32::from(amount), unit }, rule),
            None => (Granule::Unknown(unit), rules::UNRESOLVED),
        }
    }

    fn days(&self, year: Year, month: i8, from: i8, to: i8, direction: Direction) -> (Granule, Rule) {
        let (first, rule) = self.month_day(year, month, from, direction);
        let Granule::Day(first) = first else { return (first, rule) };
        let end = Date::new(first.year(), month, to).ok().and_then(|d| d.tomorrow().ok());
        let amount = u32::try_from(i32::from(to) - i32::from(from) + 1).unwrap_or(1);
        let run = end.map(|to| Granule::Run { from: first, to, amount, unit: Unit::Day });
        (run.unwrap_or(Granule::Day(first)), rule)
    }

    /// "three weeks from Tuesday": what a plan is counted from lies ahead.
    fn counted(&self, unit: Unit, amount: i16, base: Base, direction: Direction) -> (Granule, Rule) {
        let (granule, rule) = match base {
            Base::Today(n) => {
                let it = self.today.and_then(|today| step(today, Unit::Day, n));
                (it.unwrap_or(Granule::Unknown(Unit::Day)), rules::RELATIVE_TO_DATELINE)
            }
            Base::Weekday { weekday, .. } if amount < 0 => self.latest(weekday),
            Base::Weekday { which, weekday } => self.weekday(which, weekday, Direction::Future),
            Base::Day { year, month, day } => self.month_day(year, month, day, direction),
        };
        let Granule::Day(from) = granule else { return (Granule::Unknown(Unit::Day), rules::UNRESOLVED) };
        let n = i32::from(amount);
        moved(from, unit, n).map_or((Granule::Unknown(Unit::Day), rules::UNRESOLVED), |d| (Granule::Day(d), rule))
    }

    /// "the year to February": what ends with the last such month.
    fn span_to(&self, unit: Unit, amount: u16, year: Year, month: i8) -> (Granule, Rule) {
        let (granule, rule) = self.month(year, month, Direction::Done);
        let run = value::extent(granule, None, None).and_then(|(_, to)| {
            let to = to.date();
            let from = moved(to, unit, -i32::from(amount))?;
            Some(Granule::Run { from, to, amount: u32::from(amount), unit })
        });
        run.map_or((Granule::Unknown(unit), rules::UNRESOLVED), |granule| (granule, rule))
    }

    fn weekend(&self, which: Which, direction: Direction) -> (Granule, Rule) {
        let Some(today) = self.today else { return (Granule::Unknown(Unit::Week), rules::UNRESOLVED) };
        let on_weekend = today.weekday().to_monday_zero_offset() >= 5;
        let weeks = match which {
            Which::Last | Which::Previous => -1,
            Which::Next | Which::Following => 1,
            Which::Coming => i32::from(on_weekend),
            Which::This | Which::That => 0,
            Which::Bare if on_weekend || matches!(direction, Direction::Future | Direction::Set) => 0,
            Which::Bare => -1,
        };
        let day = today.checked_add(weeks.weeks()).unwrap_or(today);
        (Granule::Weekend(day), rules::RELATIVE_TO_DATELINE)
    }

    fn feast(&self, year: Year, feast: Feast, direction: Direction) -> (Granule, Rule) {
        let month = match feast {
            Feast::Fixed(month, _) => month,
            Feast::Nth(_, _, month) => month,
            Feast::Easter(..-30) => 2,
            Feast::Easter(-30..30) => 4,
            Feast::Easter(_) => 5,
        };
        if let Feast::Fixed(month, day) = feast {
            return self.month_day(year, month, day, direction);
        }
        let (y, rule) = self.year(year, month, 1, direction);
        let day = y.and_then(|y| feast_day(feast, y));
        (day.map_or(Granule::Month(y, month), Granule::Day), rule)
    }
}

fn feast_day(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Fixed(month, day) => Date::new(year, month, day).ok(),
        Feast::Nth(n, weekday, month) => {
            let weekday = jiff::civil::Weekday::from_monday_zero_offset(weekday).ok()?;
            let n = if n == 0 { -1 } else { i8::try_from(n).ok()? };
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
        }
        Feast::Easter(offset) => easter(year)?.checked_add(offset.days()).ok(),
    }
}

/// The nth piece of the stretch from `from` to `to` (half-open), from its end where `nth` is negative.
///
/// A week belongs to the stretch that holds four or more of its days, as ISO 8601 has it for years.
fn nth_piece(from: Date, to: Date, piece: Piece, nth: i8) -> Option<Granule> {
    let n = i32::from(nth.unsigned_abs().max(1)) - 1;
    let last = to.yesterday().ok()?;
    let inside = |d: &Date| (from..to).contains(d);
    match piece {
        Piece::Day => {
            let day = if nth < 0 { last.checked_sub(n.days()) } else { from.checked_add(n.days()) };
            day.ok().filter(inside).map(Granule::Day)
        }
        Piece::Week => {
            // The day in the middle of a week decides where it belongs.
            let thursday = nth_weekday(from, to, 3, nth)?;
            Some(Granule::Week(monday(thursday)?))
        }
        Piece::Weekend => nth_weekday(from, to, 5, nth).map(Granule::Weekend),
        Piece::Weekday(weekday) => nth_weekday(from, to, weekday, nth).map(Granule::Day),
    }
}

/// The nth such weekday (Monday 0) of the stretch, from its end where `nth` is negative.
fn nth_weekday(from: Date, to: Date, weekday: i8, nth: i8) -> Option<Date> {
    let weeks = i32::from(nth.unsigned_abs().max(1)) - 1;
    let day = if nth < 0 {
        let last = to.yesterday().ok()?;
        let back = (last.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
        last.checked_sub((i32::from(back) + 7 * weeks).days()).ok()?
    } else {
        let ahead = (weekday - from.weekday().to_monday_zero_offset()).rem_euclid(7);
        from.checked_add((i32::from(ahead) + 7 * weeks).days()).ok()?
    };
    (from..to).contains(&day).then_some(day)
}

/// The years from `from` to `to`, both whole.
fn years(from: i16, to: i16) -> Option<Granule> {
    let amount = u32::try_from(i32::from(to) - i32::from(from) + 1).ok()?;
    let start = |y: i16| Date::new(y, 1, 1).ok();
    Some(Granule::Run { from: start(from)?, to: start(to.checked_add(1)?)?, amount, unit: Unit::Year })
}

/// Easter Sunday of a Gregorian year (the anonymous algorithm of Meeus 1991, "Astronomical Algorithms", chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// The day `n` units from `day`.
fn moved(day: Date, unit: Unit, n: i32) -> Option<Date> {
    let it = match unit {
        Unit::Day => day.checked_add(n.days()),
        Unit::Week => day.checked_add(n.weeks()),
        Unit::Month => day.checked_add(n.months()),
        Unit::Year => day.checked_add(n.years()),
        _ => return None,
    };
    it.ok()
}

/// The granule of `unit` that lies `n` units from the one that holds `day`.
fn step(day: Date, unit: Unit, n: i32) -> Option<Granule> {
    let years = |n: i32| i16::try_from(i32::from(day.year()).checked_add(n)?).ok();
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Granule::Day(day),
        Unit::Day => Granule::Day(day.checked_add(n.days()).ok()?),
        Unit::Week => Granule::Week(monday(day)?.checked_add(n.weeks()).ok()?),
        Unit::Fortnight => Granule::Week(monday(day)?.checked_add(n.checked_mul(2)?.weeks()).ok()?),
        Unit::Month => {
            let it = day.first_of_month().checked_add(n.months()).ok()?;
            Granule::Month(Some(it.year()), it.month())
        }
        Unit::Quarter => {
            let it = day.first_of_month().checked_add(n.checked_mul(3)?.months()).ok()?;
            Granule::Quarter(Some(it.year()), (it.month() - 1) / 3 + 1)
        }
        Unit::Year => Granule::Year(years(n)?),
        Unit::Decade => Granule::Decade(years(n.checked_mul(10)?)?.div_euclid(10)),
        Unit::Century => Granule::Century(years(n.checked_mul(100)?)?.div_euclid(100)),
        Unit::Millennium => return None,
    })
}

/// Whether a weekday that was `ago` days before `today` is of its week, and so near that nobody says "last" of it.
fn in_week(today: Date, weekday: i8, ago: i64) -> bool {
    let today = today.weekday().to_monday_zero_offset();
    let most = if today > FRIDAY { 1 } else { 2 };
    weekday < today && ago <= most
}

/// Days from Monday.
const FRIDAY: i8 = 4;
