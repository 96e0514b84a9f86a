//! Which one of many: what is told by its place before or after ("last week", "the following year", "every day").

use super::{FOLLOWERS, Found, Row, longer, mark};
use crate::times::lexicon::{Class, Part, Season, Unit, Verb};
use crate::times::meaning::{Amount, Frame, Meaning, Piece, Point, When, Which, Year};

impl Row<'_> {
    /// "last week", "the past seven years", "this Friday", "next month", "the same day", "recent years".
    pub(super) fn relative(self, i: usize) -> Found<Meaning> {
        let start = self.skip(i, Class::The);
        let the = start > i;
        let mut j = start + 1;
        let class = self.at(start);
        let which = match class {
            Class::Last => Which::Last,
            Class::Past => Which::Last,
            Class::Next => Which::Next,
            Class::Coming => Which::Coming,
            Class::This | Class::These | Class::Current => Which::This,
            Class::Previous => Which::Previous,
            Class::Following => Which::Following,
            Class::That | Class::Same => Which::That,
            Class::Latest => Which::Last,
            Class::Recent | Class::Future => Which::Bare,
            _ => return None,
        };
        // "a new low following Saturday's shooting": behind it, not the next Saturday.
        if class == Class::Following
            && matches!(self.at(j), Class::Weekday(..))
            && (self.at(j + 1), self.at(j + 2)) == (mark(b'\''), Class::S)
        {
            return None;
        }
        let mut which = which;
        match (class, self.at(j)) {
            (Class::This, Class::Past) => {
                which = Which::Last;
                j += 1;
            }
            (Class::This, Class::Coming) => {
                which = Which::Coming;
                j += 1;
            }
            (Class::That | Class::This, Class::Same) => {
                which = Which::That;
                j += 1;
            }
            (Class::Latest | Class::Current | Class::Last | Class::Next, Class::Fiscal | Class::Adjective) => j += 1,
            _ => {}
        }
        if class == Class::Future && which == Which::Bare {
            return self.future(i, start);
        }
        if class == Class::Recent {
            return match self.at(j) {
                Class::Unit(unit, true) => {
                    let (end, _) = self.joint_units(j);
                    let it = match unit {
                        Unit::Year | Unit::Decade | Unit::Century => Meaning::Reference("PAST_REF"),
                        _ => Meaning::Duration(Amount::VAGUE, unit),
                    };
                    Some((end, it))
                }
                _ => None,
            };
        }
        let point = |end: usize, when: When| Some((end, Meaning::Point(Point::at(when))));
        // "the same period last year", "the same quarter a year ago".
        if class == Class::Same && matches!(self.at(j), Class::Period | Class::Unit(Unit::Quarter, false)) {
            let year = self.at(j + 2) == Class::Unit(Unit::Year, false);
            match (self.at(j + 1), self.at(j + 3)) {
                (Class::Last, _) if year => return point(j + 3, When::YearAgo),
                (Class::A, Class::Ago | Class::Earlier) if year => return point(j + 4, When::YearAgo),
                _ => {}
            }
        }
        match self.at(j) {
            Class::Unit(unit, plural) => {
                if plural {
                    return match class {
                        Class::These if unit == Unit::Day => Some((j + 1, Meaning::Reference("PRESENT_REF"))),
                        Class::Past | Class::Last => Some((j + 1, Meaning::Duration(Amount::VAGUE, unit))),
                        Class::Coming | Class::Next => Some((j + 1, Meaning::Reference("FUTURE_REF"))),
                        _ => None,
                    };
                }
                self.relative_unit(class, which, unit, j, the)
            }
            Class::Weekday(..) => self.weekday(j, which),
            Class::Month(..) => self.month_of(j, which),
            Class::Season(_) => self.season(j, which),
            Class::Weekend => point(j + 1, When::Weekend(which)),
            Class::Feast(_) => self.feast(j, which),
            Class::Part(part, false) => {
                let when = match which {
                    Which::Last if part == Part::Night || part == Part::Evening => When::Deictic(Unit::Day, -1),
                    Which::This => When::Deictic(Unit::Day, 0),
                    Which::That => When::SomeDay,
                    Which::Following | Which::Next | Which::Coming => When::Anaphoric(Unit::Day, 1),
                    Which::Previous => When::Anaphoric(Unit::Day, -1),
                    _ => return None,
                };
                Some((j + 1, Meaning::Point(Point { part: Some(part), ..Point::at(when) })))
            }
            Class::Period if matches!(class, Class::Latest) => point(j + 1, When::Period(Unit::Quarter)),
            Class::Ordinal(_) if matches!(which, Which::This | Which::Last | Which::Next | Which::Coming) => {
                // "last third quarter" is rare and clear.
                let (end, it) = self.ordinal_period(j)?;
                Some((end, it))
            }
            Class::Digits(..)
            | Class::Count(_)
            | Class::Few
            | Class::Vague
            | Class::Couple
            | Class::Dozen
            | Class::Half
                if !matches!(class, Class::Current | Class::This | Class::That | Class::Same | Class::These)
                    || class == Class::These =>
            {
                if class == Class::Last && self.at(j) == Class::Half && self.at(j + 1) == Class::Of {
                    let (end, year) = self.year_after(j + 1, false)?;
                    return point(end, When::Half { year, half: 2 });
                }
                let (mut end, amount) = self.amount(j)?;
                end = self.dash(end);
                while matches!(self.at(end), Class::Adjective | Class::Fiscal | Class::Long) {
                    end += 1;
                }
                let Class::Unit(unit, _) = self.at(end) else { return None };
                Some((end + 1, Meaning::Duration(amount, unit)))
            }
            _ if the && class == Class::Past => match self.at(j) {
                // "the past" itself; "the past president" is none.
                Class::Other if FOLLOWERS.iter().any(|w| self.is(j, w)) => Some((j, Meaning::Reference("PAST_REF"))),
                Class::Other | Class::Ordinal(_) => None,
                _ => Some((j, Meaning::Reference("PAST_REF"))),
            },
            // "drifting in the current near the bridge".
            Class::Mark(b'.' | b',' | b'"')
            | Class::Break
            | Class::Near
            | Class::In
            | Class::Of
            | Class::Preposition
                if class == Class::Current =>
            {
                None
            }
            _ if class == Class::Current => Some((j, Meaning::Reference("PRESENT_REF"))),
            _ => None,
        }
    }

    /// "of March", "in next month", "of 2019" at `i`, behind what is counted off in it.
    fn frame(self, i: usize) -> Found<Frame> {
        if !matches!(self.at(i), Class::Of | Class::In) {
            return None;
        }
        let j = i + 1;
        let the = self.skip(j, Class::The);
        match self.at(the) {
            Class::Month(..) if the == j => match self.month(j)? {
                (end, Meaning::Point(Point { when: When::Month { year, month }, .. })) => {
                    Some((end, Frame::Month { year, month }))
                }
                _ => None,
            },
            Class::Last | Class::This | Class::Next if the == j => match (self.at(j), self.at(j + 1)) {
                (which, Class::Unit(unit @ (Unit::Month | Unit::Year), false)) => {
                    let n = match which {
                        Class::Last => -1,
                        Class::Next => 1,
                        _ => 0,
                    };
                    Some((j + 2, Frame::Deictic(unit, n)))
                }
                (Class::Last, Class::Month(..)) => self.framed_month(j, Which::Last),
                (Class::This, Class::Month(..)) => self.framed_month(j, Which::This),
                (Class::Next, Class::Month(..)) => self.framed_month(j, Which::Next),
                _ => None,
            },
            Class::Unit(unit @ (Unit::Month | Unit::Year), false) if the > j => match self.year_number(the + 1) {
                Some((end, y)) if unit == Unit::Year => Some((end, Frame::Year(y))),
                _ => Some((the + 1, Frame::Deictic(unit, 0))),
            },
            Class::Digits(_, 4) if the == j => {
                let (end, y) = self.year_number(j)?;
                Some((end, Frame::Year(y)))
            }
            _ => None,
        }
    }

    fn framed_month(self, i: usize, which: Which) -> Found<Frame> {
        match self.month_of(i + 1, which)? {
            (end, Meaning::Point(Point { when: When::Month { year, month }, .. })) => {
                Some((end, Frame::Month { year, month }))
            }
            _ => None,
        }
    }

    /// "the last week of March", "the second Sunday in June", "the 1st of last month", "the last five days of May".
    pub(super) fn within(self, i: usize) -> Found<Meaning> {
        let (nth, j) = match self.at(i) {
            Class::Last => (-1, i + 1),
            Class::Other if self.is(i, "final") || self.is(i, "closing") => (-1, i + 1),
            Class::Other if self.is(i, "opening") => (1, i + 1),
            Class::Other if self.is(i, "penultimate") => (-2, i + 1),
            Class::Ordinal(n @ 1..=31) => {
                // "the second to last Sunday".
                let last = self.dash(i + 1);
                let last = if self.at(last) == Class::To { self.dash(last + 1) } else { last };
                if last > i + 1 && self.at(last) == Class::Last { (-(n as i8), last + 1) } else { (n as i8, i + 1) }
            }
            _ => return None,
        };
        let full = self.skip(j, Class::Adjective);
        let piece = match self.at(full) {
            Class::Unit(Unit::Day, false) => Some(Piece::Day),
            Class::Unit(Unit::Week, false) => Some(Piece::Week),
            Class::Weekend => Some(Piece::Weekend),
            Class::Weekday(weekday, false) if self.capital(full) => Some(Piece::Weekday(weekday)),
            _ => None,
        };
        if let Some(piece) = piece {
            // "the first Monday of every month" comes again.
            if matches!(self.at(full + 1), Class::Of | Class::In)
                && matches!(self.at(full + 2), Class::Each | Class::Every)
                && let Some((end, it)) = self.set(full + 2)
            {
                return Some((end, it));
            }
            let (end, frame) = self.frame(full + 1)?;
            // "meets the second Tuesday of the month", "meets on the last Friday of the month".
            let the = i.saturating_sub(1);
            let led = if self.before(the) == Class::On { the.saturating_sub(1) } else { the };
            if let (Piece::Weekday(weekday), Frame::Deictic(Unit::Month, 0), Class::Verb(Verb::Scheduled)) =
                (piece, frame, self.before(led))
                && self.at(end - 2) == Class::The
            {
                return Some((end, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1))));
            }
            return Some((end, Meaning::Point(Point::at(When::Within { frame, piece, nth }))));
        }
        // "the 1st of last month"; "the 1st of May" and "the third of the year" are others.
        if let (Class::Ordinal(_), 1.., Class::Of) = (self.at(i), nth, self.at(j)) {
            let (end, frame) = self.frame(j)?;
            let month = matches!(frame, Frame::Deictic(Unit::Month, _));
            let when = When::Within { frame, piece: Piece::Day, nth };
            // "On the first of next month"; "the first of this month's hearings" is no day.
            let led = matches!(self.before(i), Class::The)
                && i > 1
                && matches!(
                    self.at(i - 2),
                    Class::On
                        | Class::By
                        | Class::From
                        | Class::Until
                        | Class::Preposition
                        | Class::Before
                        | Class::After
                )
                && self.at(end) != mark(b'\'');
            return (month && (nth > 3 || led || self.digit(i))).then_some((end, Meaning::Point(Point::at(when))));
        }
        if !matches!(nth, -1 | 1) {
            return None;
        }
        let (k, amount) = match self.at(j) {
            Class::Digits(n, 1..=2) => (j + 1, n),
            Class::Count(_) => self.count(j)?,
            _ => return None,
        };
        let k = self.skip(k, Class::Adjective);
        let Class::Unit(unit @ (Unit::Day | Unit::Week), true) = self.at(k) else { return None };
        let (end, frame) = self.frame(k + 1)?;
        let amount = u16::try_from(amount).ok().filter(|n| *n <= 366)?;
        Some((end, Meaning::Point(Point::at(When::Run { frame, unit, amount, last: nth < 0 }))))
    }

    /// Whether the word at `i` begins with a digit: "1st", not "first".
    fn digit(self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.span.text(self.text).starts_with(|c: char| c.is_ascii_digit()))
    }

    pub(super) fn relative_unit(self, class: Class, which: Which, unit: Unit, j: usize, the: bool) -> Found<Meaning> {
        let mut end = j + 1;
        if unit < Unit::Hour || (self.capital(j) && self.titled(j - 1)) {
            return None;
        }
        let offset = match which {
            Which::Last | Which::Previous => -1,
            Which::This | Which::That | Which::Bare => 0,
            Which::Next | Which::Coming | Which::Following => 1,
        };
        // "this year's third quarter", "last year's summer".
        if unit == Unit::Year && self.at(end) == mark(b'\'') && self.at(end + 1) == Class::S {
            let year = Year::Offset(offset);
            match self.at(end + 2) {
                Class::Ordinal(_) | Class::Fiscal => {
                    if let Some((e, Meaning::Point(Point { when: When::Quarter { quarter, .. }, .. }))) =
                        self.ordinal_period(self.skip(end + 2, Class::Fiscal))
                    {
                        return Some((e, Meaning::Point(Point::at(When::Quarter { year, quarter }))));
                    }
                }
                Class::Season(season) => {
                    return Some((end + 3, Meaning::Point(Point::at(When::Season { year, season }))));
                }
                Class::Unit(Unit::Quarter, false) if offset == -1 => {
                    return Some((end + 3, Meaning::Point(Point::at(When::YearAgo))));
                }
                _ => {}
            }
        }
        // "last year" said of a day a year ago goes on: "this week on February 24" stays two expressions.
        let when = match class {
            Class::Past if unit >= Unit::Decade || unit == Unit::Hour || unit == Unit::Day => {
                return Some((end, Meaning::Duration(Amount::of(1), unit)));
            }
            // "The last day" is that of something, not yesterday.
            Class::Last if unit == Unit::Day && self.before(j - 1) == Class::The => return None,
            Class::Last if the && unit >= Unit::Decade => When::Deictic(unit, -1),
            Class::Latest if unit == Unit::Quarter => When::Period(Unit::Quarter),
            Class::That | Class::Same if unit == Unit::Day => When::SomeDay,
            Class::That | Class::Same => When::Anaphoric(unit, 0),
            Class::Previous | Class::Following => When::Anaphoric(unit, offset),
            Class::Next if the && unit == Unit::Day => When::Anaphoric(unit, 1),
            Class::This if unit == Unit::Hour => return None,
            _ => When::Deictic(unit, offset),
        };
        if self.at(end) == Class::Part(Part::Night, false) && unit == Unit::Day {
            end += 1;
        }
        Some((end, Meaning::Point(Point::at(when))))
    }

    /// "the future", "future years".
    pub(super) fn future(self, i: usize, start: usize) -> Found<Meaning> {
        let reference = |end: usize| Some((end, Meaning::Reference("FUTURE_REF")));
        let alone = match self.at(start + 1) {
            Class::Unit(_, true) => return reference(start + 2),
            // "the future of", "the future if"; "the future king" is none.
            Class::Other => FOLLOWERS.iter().any(|w| self.is(start + 1, w)),
            _ => true,
        };
        if start > i && alone { reference(start + 1) } else { None }
    }

    /// "months" in "weeks and months": the end and whether there was a second unit.
    pub(super) fn joint_units(self, i: usize) -> (usize, bool) {
        match (self.at(i + 1), self.at(i + 2)) {
            (Class::And | Class::Or, Class::Unit(_, true)) => (i + 3, true),
            _ => (i + 1, false),
        }
    }

    /// What begins with "the".
    pub(super) fn the(self, i: usize) -> Found<Meaning> {
        let j = i + 1;
        let point = |end: usize, when: When| Some((end, Meaning::Point(Point::at(when))));
        if let Some(it) = self.within(j) {
            return Some(it);
        }
        match self.at(j) {
            Class::Digits(..) | Class::Mark(b'\'') => {
                let found = self.year(j);
                if let (Class::Digits(_, 4), Some((end, Meaning::Point(Point { when: When::Year(y), .. })))) =
                    (self.at(j), &found)
                {
                    // "the 1988 third quarter", "the 1989 period".
                    let year = Year::Given(*y);
                    let fiscal = self.skip(*end, Class::Fiscal);
                    match self.at(fiscal) {
                        Class::Ordinal(_) => {
                            if let Some((e, Meaning::Point(Point { when: When::Quarter { quarter, .. }, .. }))) =
                                self.ordinal_period(fiscal)
                            {
                                return point(e, When::Quarter { year, quarter });
                            }
                        }
                        Class::Season(season) => return point(fiscal + 1, When::Season { year, season }),
                        Class::Period | Class::Unit(Unit::Quarter, false) => {
                            return point(fiscal + 1, When::PeriodOf(*y));
                        }
                        _ => {}
                    }
                }
                longer(found, longer(self.duration(j), self.day_month(j)))
            }
            Class::Unit(unit, plural) => self.the_unit(i, unit, plural),
            Class::Tens(tens) => point(j + 1, When::Decade(190 + tens as i16)),
            // "the full year".
            Class::Adjective if self.at(j + 1) == Class::Unit(Unit::Year, false) => {
                point(j + 2, When::Period(Unit::Year))
            }
            Class::Ordinal(_) => longer(self.ordinal_period(j), self.day_month(j)),
            Class::Fiscal => match self.at(j + 1) {
                Class::Unit(Unit::Year, false) => {
                    if let Some(it) = self.fiscal(j) {
                        return Some(it);
                    }
                    self.the_unit(j, Unit::Year, false)
                }
                _ => self.fiscal(j),
            },
            // "the weekend after next".
            Class::Weekend if self.at(j + 1) == Class::After && self.at(j + 2) == Class::Next => {
                point(j + 3, When::Weekend(Which::Next))
            }
            Class::Weekend => {
                if let (Class::Of, Some((end, Meaning::Point(Point { when: When::Day { year, month, day }, .. })))) =
                    (self.at(j + 1), self.core(j + 2))
                {
                    return point(end, When::WeekOf { year, month, day });
                }
                point(j + 1, When::Weekend(Which::Bare))
            }
            Class::Season(_) => {
                // "the fall of the government".
                let of = self.at(j + 1) == Class::Of && self.year_after(j + 1, false).is_none();
                let body = matches!(self.at(j), Class::Season(Season::Autumn | Season::Spring))
                    && !matches!(self.before(i), Class::In | Class::Preposition | Class::Of | Class::By);
                if of || (body && self.year_after(j + 1, false).is_none()) { None } else { self.season(j, Which::Bare) }
            }
            Class::Part(part @ (Part::Morning | Part::Afternoon | Part::Evening | Part::Night), false) => {
                let (end, when) = self.day_of_part(j + 1);
                // "The night of the long knives".
                if self.at(j + 1) == Class::Of && end == j + 1 {
                    return None;
                }
                (part != Part::Night).then_some((end, Meaning::Point(Point { part: Some(part), ..Point::at(when) })))
            }
            Class::Count(_) | Class::Few => self.duration(j),
            Class::Near if self.at(j + 1) == Class::Term || self.at(j + 1) == Class::Future => {
                Some((j + 2, Meaning::Reference("FUTURE_REF")))
            }
            Class::Last
            | Class::Next
            | Class::Past
            | Class::Coming
            | Class::Previous
            | Class::Following
            | Class::Same
            | Class::Current
            | Class::Recent
            | Class::Latest
            | Class::Future => self.relative(i),
            Class::Weekday(..) => self.weekday(j, Which::Bare),
            Class::Month(..) => match self.month(j) {
                it @ Some((_, Meaning::Point(Point { when: When::Day { .. }, .. }))) => it,
                _ => None,
            },
            _ => None,
        }
    }

    /// "the year", "the year 2000", "the year-ago period", "the week of March 6", "the day before yesterday".
    pub(super) fn the_unit(self, i: usize, unit: Unit, plural: bool) -> Found<Meaning> {
        let j = i + 1;
        let point = |end: usize, when: When| Some((end, Meaning::Point(Point::at(when))));
        if plural {
            return match self.at(j + 1) {
                Class::Verb(Verb::Plan) if self.is(j + 1, "ahead") => {
                    Some((j + 2, Meaning::Duration(Amount::VAGUE, unit)))
                }
                _ => None,
            };
        }
        let tail = self.dash(j + 1);
        if unit == Unit::Year {
            if let Some((end, y)) = self.year_number(j + 1) {
                return point(end, When::Year(y));
            }
            if let Some((end, n @ 1000..=2199)) = self.count(j + 1) {
                return point(end, When::Year(n as i16));
            }
            if matches!(self.at(tail), Class::Ago | Class::Earlier) {
                if let (
                    Class::Ordinal(_),
                    Some((end, Meaning::Point(Point { when: When::Quarter { quarter, .. }, .. }))),
                ) = (self.at(tail + 1), self.ordinal_period(tail + 1))
                {
                    return point(end, When::Quarter { year: Year::Offset(-1), quarter });
                }
                if let Some(it @ (_, Meaning::Duration(..))) = self.duration(tail + 1) {
                    return Some(it);
                }
                let named = self.period_after(tail + 1);
                return if named > tail + 1 || tail == j + 1 { point(named, When::YearAgo) } else { None };
            }
        }
        if unit == Unit::Day && matches!(self.at(j + 1), Class::Before | Class::After) {
            let sign = if self.at(j + 1) == Class::Before { -1 } else { 1 };
            if let Class::Day(n @ (-1 | 1)) = self.at(j + 2)
                && n == sign
            {
                return point(j + 3, When::Deictic(Unit::Day, 2 * sign));
            }
            return None;
        }
        if unit == Unit::Week
            && self.at(j + 1) == Class::Of
            && let Some((end, Meaning::Point(Point { when: When::Day { year, month, day }, .. }))) = self.month(j + 2)
        {
            return point(end, When::WeekOf { year, month, day });
        }
        // "the week after next", "the week before last".
        match (self.at(j + 1), self.at(j + 2)) {
            (Class::After, Class::Next) => return point(j + 3, When::Deictic(unit, 2)),
            (Class::Before, Class::Last) => return point(j + 3, When::Deictic(unit, -2)),
            _ => {}
        }
        // "the week beginning 18 March", "the week commencing Monday, April 8".
        if unit == Unit::Week
            && (matches!(self.at(j + 1), Class::Start | Class::Ended)
                || self.is(j + 1, "starting")
                || self.is(j + 1, "commencing"))
            && let Some((end, Meaning::Point(Point { when: When::Day { year, month, day }, .. }))) = self.core(j + 2)
        {
            return point(end, When::WeekOf { year, month, day });
        }
        if unit == Unit::Year
            && let Some(when) = self.span_to(j + 1, Amount::of(1), unit)
        {
            return point(j + 1, when);
        }
        // "1996, the year they last met".
        if unit == Unit::Year
            && let (Class::Mark(b','), Some((_, y))) =
                (self.before(i), i.checked_sub(2).and_then(|k| self.year_number(k)))
        {
            return point(j + 1, When::Year(y));
        }
        match unit {
            Unit::Year if self.at(j + 1) == Class::Ended => Some((j + 1, Meaning::Duration(Amount::of(1), Unit::Year))),
            Unit::Year | Unit::Month | Unit::Week
                if self.at(j + 1) != mark(b'-')
                    && !matches!(self.at(j + 1), Class::Before | Class::After | Class::Digits(..)) =>
            {
                point(j + 1, When::Period(unit))
            }
            Unit::Quarter if self.at(j + 1) == Class::Ended && matches!(self.at(j + 2), Class::Month(..)) => {
                match self.month(j + 2) {
                    Some((_, Meaning::Point(Point { when: When::Day { year, month, day }, .. }))) => {
                        point(j + 1, When::QuarterTo { year, month, day })
                    }
                    _ => point(j + 1, When::Period(unit)),
                }
            }
            // "the quarter a year ago".
            Unit::Quarter
                if self.at(j + 1) == Class::A
                    && self.at(j + 2) == Class::Unit(Unit::Year, false)
                    && matches!(self.at(j + 3), Class::Ago | Class::Earlier) =>
            {
                point(j + 4, When::YearAgo)
            }
            Unit::Quarter if self.at(j + 1) != mark(b'-') => point(j + 1, When::Period(unit)),
            _ => None,
        }
    }

    /// "every day", "each Tuesday", "every two weeks".
    pub(super) fn set(self, i: usize) -> Found<Meaning> {
        let other = self.is(i + 1, "other");
        let j = if other { i + 2 } else { i + 1 };
        match self.at(j) {
            // "every second Wednesday of the month", "every third day".
            Class::Ordinal(n @ 2..=31) => match self.at(j + 1) {
                Class::Weekday(weekday, false) => {
                    let month = self.at(j + 2) == Class::Of
                        && matches!(self.at(j + 3), Class::The | Class::Each | Class::Every)
                        && self.at(j + 4) == Class::Unit(Unit::Month, false);
                    let end = if month { j + 5 } else { j + 2 };
                    Some((end, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1))))
                }
                Class::Unit(unit, false) => {
                    Some((j + 2, Meaning::Set(crate::times::value::duration(Amount::of(n), unit))))
                }
                _ => None,
            },
            Class::Unit(unit, false) => {
                Some((j + 1, Meaning::Set(crate::times::value::duration(Amount::of(if other { 2 } else { 1 }), unit))))
            }
            Class::Weekday(weekday, false) => match self.at(j + 1) {
                Class::Part(part, false) => {
                    Some((j + 2, Meaning::Set(format!("XXXX-WXX-{}T{}", weekday + 1, crate::times::value::part(part)))))
                }
                _ => Some((j + 1, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1)))),
            },
            Class::Part(part, false) => {
                Some((j + 1, Meaning::Set(format!("XXXX-XX-XXT{}", crate::times::value::part(part)))))
            }
            Class::Season(season) => {
                Some((j + 1, Meaning::Set(format!("XXXX-{}", crate::times::value::season(season)))))
            }
            Class::Month(month, ..) if self.capital(j) => Some((j + 1, Meaning::Set(format!("XXXX-{month:02}")))),
            Class::Weekend => Some((j + 1, Meaning::Set("XXXX-WXX-WE".into()))),
            Class::Digits(..) | Class::Count(_) | Class::Few => {
                let (k, amount) = self.amount(j)?;
                let Class::Unit(unit, true) = self.at(k) else { return None };
                Some((k + 1, Meaning::Set(crate::times::value::duration(amount, unit))))
            }
            _ => None,
        }
    }
}
