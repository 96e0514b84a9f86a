//! Which day: dates, hours, years, months, weekdays, seasons, feasts, quarters.

use super::{Found, Row, century, longer, mark};
use crate::times::lexicon::{Class, ENTITLING, Feast, NAMING, Part, Season, Unit, class};
use crate::times::meaning::{Base, Meaning, Point, When, Which, Year};
use rashomon_language::{Fact, WordSet};

static COUNTED: WordSet = WordSet::english(Fact::CountedNouns, "no-year");

/// Years between the two of "1939-45": more are rather two numbers of something else.
const LONGEST_STRETCH: i32 = 120;

/// Words around a date among which another one tells how its figures are ordered.
const NEAR: usize = 60;

/// Words in the bracket behind a clock time.
const BRACKET: usize = 6;

/// Days that a list names, at most: "19, 20 and 21 March".
const MOST_DAYS: usize = 8;

impl Row<'_> {
    /// `2022-02-22`, `22.02.2022`, `2/22/2022`, `10-25-98`.
    pub(super) fn numeric_date(self, i: usize) -> Found<Meaning> {
        let Class::Digits(a, da) = self.at(i) else { return None };
        let Class::Mark(sep @ (b'-' | b'.' | b'/')) = self.at(i + 1) else { return None };
        if self.at(i + 3) != mark(sep) || !(i + 1..=i + 4).all(|k| self.joined(k)) {
            return None;
        }
        let (Class::Digits(b, db), Class::Digits(c, dc)) = (self.at(i + 2), self.at(i + 4)) else { return None };
        if db > 2 || matches!(self.at(i + 5), Class::Mark(s) if s == sep && self.joined(i + 5) && self.joined(i + 6)) {
            return None;
        }
        let (y, m, d) = match (da, dc, sep) {
            (4, 1..=2, _) => (a, b, c),
            (1..=2, 4, b'.') => (c, b, a),
            (1..=2, 4, _) if a > 12 => (c, b, a),
            (1..=2, 4, b'/') if self.day_first(i) => (c, b, a),
            (1..=2, 4, _) => (c, a, b),
            (1..=2, 2, b'.') => (century(c), b, a),
            (1..=2, 2, _) if a <= 12 => (century(c), a, b),
            _ => return None,
        };
        if !(1000..=2999).contains(&y) || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        let when = When::Day { year: Year::Given(y as i16), month: m as i8, day: d as i8 };
        Some((i + 5, Meaning::Point(Point::at(when))))
    }

    /// Whether another date near word `i` shows that the day stands first: "14/04/2024".
    fn day_first(self, i: usize) -> bool {
        (i.saturating_sub(NEAR)..(i + NEAR).min(self.words.len())).any(|k| {
            let slashes = self.at(k + 1) == mark(b'/') && self.at(k + 3) == mark(b'/');
            slashes
                && matches!(self.at(k), Class::Digits(13..=31, 2))
                && matches!((self.at(k + 2), self.at(k + 4)), (Class::Digits(1..=12, _), Class::Digits(_, 4)))
        })
    }

    /// "10 a.m.", "10:30", "2153 GMT", "noon", with the zone and the day behind it: "9 a.m. EST Tuesday".
    pub(super) fn clock(self, i: usize) -> Found<Meaning> {
        let joined_number = self.joined(i) && matches!(self.before(i), Class::Mark(b'$' | b'.' | b':' | b'/' | b'-'));
        if joined_number {
            return None;
        }
        let (mut end, hour, minute) = match self.at(i) {
            Class::Part(Part::Noon, _) => (i + 1, 12, 0),
            Class::Part(_, _) => (i + 1, 24, 0),
            Class::Digits(h, d) => {
                let minutes = match (self.at(i + 1), self.at(i + 2)) {
                    (Class::Mark(b':'), Class::Digits(m, 2)) if self.joined(i + 1) && self.joined(i + 2) && m < 60 => {
                        Some(m)
                    }
                    // "4.40 am".
                    (Class::Mark(b'.'), Class::Digits(m, 2))
                        if self.joined(i + 1)
                            && self.joined(i + 2)
                            && m < 60
                            && matches!(self.at(i + 3), Class::Meridiem(_)) =>
                    {
                        Some(m)
                    }
                    _ => None,
                };
                let j = if minutes.is_some() { i + 3 } else { i + 1 };
                // Seconds are read over.
                let j = match (self.at(j), self.at(j + 1)) {
                    (Class::Mark(b':'), Class::Digits(s, 2))
                        if minutes.is_some() && self.joined(j) && self.joined(j + 1) && s < 60 =>
                    {
                        j + 2
                    }
                    _ => j,
                };
                match (self.at(j), minutes) {
                    (Class::Meridiem(pm), _) if h <= 12 && d <= 2 => {
                        let h = h % 12 + if pm { 12 } else { 0 };
                        (j + 1, h, minutes.unwrap_or(0))
                    }
                    (Class::In, m) if h <= 12 && d <= 2 && h > 0 && self.at(j + 1) == Class::The => {
                        let Class::Part(part, false) = self.at(j + 2) else { return None };
                        (j + 3, super::hours::half_of_day(h, part), m.unwrap_or(0))
                    }
                    (_, Some(m)) if h < 24 && d <= 2 => (j, h, m),
                    (Class::Zone, None) if d == 4 && h < 2400 && h % 100 < 60 => (j, h / 100, h % 100),
                    _ if d <= 2 && (1..=12).contains(&h) && self.is(j, "o") && self.at(j + 1) == mark(b'\'') => {
                        (j + 3, h, 0)
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        let part_word = matches!(self.at(i), Class::Part(..));
        end = self.zone(end);
        let mut point = Point { clock: Some((hour as i8, minute as i8)), ..Point::at(When::SomeDay) };
        if self.comes_again(i, end) {
            return Some((end, Meaning::Set(format!("XXXX-XX-XXT{hour:02}:{minute:02}"))));
        }
        // "5 p.m. EST, Nov. 6".
        let dated = self.at(end) == mark(b',') && matches!(self.at(end + 1), Class::Month(..));
        let day = match self.at(end) {
            Class::Mark(b',') if dated => self.month(end + 1),
            Class::Weekday(..) => self.weekday(end, Which::Bare),
            // "8 a.m. this Sunday".
            Class::This | Class::Next | Class::Last if self.weekday_at(end + 1).is_some() => self.relative(end),
            Class::Month(..) => self.month(end),
            Class::Day(n) => Some((end + 1, Meaning::Point(Point::at(When::Deictic(Unit::Day, n))))),
            Class::Digits(..) if !part_word => self.day_month(end),
            _ => None,
        };
        if let Some((e, Meaning::Point(Point { when, part: None, clock: None, .. }))) = day
            && !matches!(when, When::Month { .. })
        {
            point.when = when;
            end = e;
        } else if let Some(when) =
            self.on_day(end).or_else(|| self.day_past_bracket(end)).or_else(|| self.range_day(i, end, &point))
        {
            // "9 a.m. on Thursday": two expressions, the first on the day of the second.
            point.when = when;
        }
        if let (Class::Digits(_, 4), When::Year(_)) = (self.at(i), point.when) {
            return None;
        }
        Some((end, Meaning::Point(point)))
    }

    /// The day of a range of hours whose first one stands at `i` and ends at `end`: "between 1 a.m. and 2 a.m. on Sunday".
    fn range_day(self, i: usize, end: usize, first: &Point) -> Option<When> {
        let and = self.at(end) == Class::And && i > 0 && self.is(i - 1, "between");
        if !(and || matches!(self.at(end), Class::To | Class::Until | Class::Mark(b'-'))) {
            return None;
        }
        match self.clock(end + 1) {
            Some((_, Meaning::Point(Point { when, part: None, clock, .. }))) => {
                (when != When::SomeDay && clock > first.clock).then_some(when)
            }
            _ => None,
        }
    }

    /// The day behind a bracket that opens at `i`, or that closes there: "3 a.m. local time (0100 GMT) on Sunday".
    fn day_past_bracket(self, i: usize) -> Option<When> {
        let close = match self.at(i) {
            Class::Mark(b')') => i,
            Class::Mark(b'(') => (i + 1..=i + BRACKET).find(|k| self.at(*k) == mark(b')'))?,
            _ => return None,
        };
        self.on_day(close + 1).or_else(|| {
            let (_, it) = self.weekday_at(close + 1).and_then(|_| self.weekday(close + 1, Which::Bare))?;
            match it {
                Meaning::Point(Point { when, part: None, clock: None, .. }) => Some(when),
                _ => None,
            }
        })
    }

    /// The day behind "on", if one follows at `i`.
    pub(super) fn on_day(self, i: usize) -> Option<When> {
        if !self.is(i, "on") {
            return None;
        }
        let day = match self.at(i + 1) {
            Class::A if self.weekday_at(i + 2).is_some() => self.weekday(i + 2, Which::Bare),
            Class::Weekday(..) => self.weekday(i + 1, Which::Bare),
            Class::Month(..) => self.month(i + 1),
            Class::Digits(..) => self.day_month(i + 1),
            _ => None,
        };
        match day {
            Some((_, Meaning::Point(Point { when, part: None, clock: None, .. }))) => {
                let one = matches!(
                    when,
                    When::Day { .. } | When::Weekday { .. } | When::WeekdayOf { .. } | When::SomeWeekday(_)
                );
                one.then_some(when)
            }
            _ => None,
        }
    }

    /// The index after a zone: "EST", "Eastern", "local time".
    pub(super) fn zone(self, i: usize) -> usize {
        if self.at(i) == Class::Zone && self.capital(i) {
            return i + 1;
        }
        if self.is(i, "local") && self.at(i + 1) == Class::Time {
            return i + 2;
        }
        if ["eastern", "pacific", "central", "mountain"].iter().any(|w| self.is(i, w)) {
            let j = if self.is(i + 1, "standard") || self.is(i + 1, "daylight") { i + 2 } else { i + 1 };
            if self.at(j) == Class::Time {
                return j + 1;
            }
        }
        i
    }

    /// A four-digit year that stands alone, at `i`, with or without a comma or bracket before it.
    pub(super) fn year_number(self, i: usize) -> Found<i16> {
        let Class::Digits(n, 4) = self.at(i) else { return None };
        if !(1000..=2199).contains(&n) {
            return None;
        }
        let glued = matches!(self.at(i + 1), Class::Mark(b'.' | b':' | b'/' | b'%'))
            && self.joined(i + 1)
            && self.joined(i + 2)
            && matches!(self.at(i + 2), Class::Digits(..));
        (!glued).then_some((i + 1, n as i16))
    }

    /// "1990", "1990s", "'90s".
    pub(super) fn year(self, i: usize) -> Found<Meaning> {
        let (j, apostrophe) = if self.at(i) == mark(b'\'') { (i + 1, true) } else { (i, false) };
        let Class::Digits(n, d) = self.at(j) else { return None };
        if apostrophe && (!self.joined(j) || d != 2) {
            return None;
        }
        let behind = self.before(i);
        if self.joined(i) && matches!(behind, Class::Mark(b'$' | b'#' | b'.' | b':' | b'/' | b',' | b'@')) {
            return None;
        }
        // "the 1990s", "the '90s", "1990's".
        let plural = if self.at(j + 1) == Class::S && self.joined(j + 1) {
            Some(j + 2)
        } else if self.at(j + 1) == mark(b'\'')
            && self.joined(j + 1)
            && self.at(j + 2) == Class::S
            && self.joined(j + 2)
            && n % 10 == 0
            && d == 4
            && matches!(behind, Class::The | Class::Early | Class::Late | Class::Mid)
        {
            Some(j + 3)
        } else {
            None
        };
        if let Some(end) = plural {
            let decade = match d {
                4 if (1000..=2199).contains(&n) && n % 10 == 0 => n / 10,
                2 if n % 10 == 0
                    && (apostrophe
                        || matches!(behind, Class::The | Class::Early | Class::Late | Class::Mid)
                        || self.before(i) == mark(b'-')) =>
                {
                    century(n) / 10
                }
                _ => return None,
            };
            return Some((end, Meaning::Point(Point::at(When::Decade(decade as i16)))));
        }
        if apostrophe {
            return None;
        }
        if let (Class::Mark(b'/'), Class::Digits(y @ 1700..=2100, 4)) = (self.at(i + 1), self.at(i)) {
            // "2018/19"; "2018/6" is none.
            return self.years(i + 1, y as i16);
        }
        let (end, y) = self.year_number(i)?;
        if self.at(end) == mark(b'-') && self.joined(end) && self.joined(end + 1) {
            // "1998-99" is a stretch of years; "1500-meter" is none.
            if !matches!(self.at(end + 1), Class::Digits(_, 2 | 4)) {
                return None;
            }
        }
        if let Some(it) = self.years(end, y) {
            return Some(it);
        }
        if self.joined(i)
            && behind == mark(b'-')
            && i >= 2
            && !matches!(self.at(i - 2), Class::Digits(_, 4) | Class::Mid | Class::Early | Class::Late)
            && !self.is(i - 2, "post")
            && !self.is(i - 2, "pre")
        {
            return None;
        }
        if self.at(end) == mark(b'%')
            || matches!(self.at(end), Class::Unit(..) | Class::Zone | Class::Scale(_))
                && !matches!(self.at(end), Class::Unit(Unit::Year | Unit::Quarter, false))
        {
            return None;
        }
        let sure = (1700..=2050).contains(&y);
        let led = matches!(
            behind,
            Class::In
                | Class::Of
                | Class::By
                | Class::From
                | Class::To
                | Class::Preposition
                | Class::Until
                | Class::Before
                | Class::After
                | Class::Early
                | Class::Late
                | Class::And
        );
        let counted = COUNTED.iter().any(|w| self.is(end, w));
        if counted || !(sure || led && y >= 1400) {
            return None;
        }
        Some((end, Meaning::Point(Point::at(When::Year(y)))))
    }

    /// "-20", "-2020", "/20" behind the year `first` that ends at `i`: a stretch of years.
    fn years(self, i: usize, first: i16) -> Found<Meaning> {
        if !matches!(self.at(i), Class::Mark(b'-' | b'/')) || !self.joined(i) || !self.joined(i + 1) {
            return None;
        }
        let last = match self.at(i + 1) {
            Class::Digits(n, 2) => (i32::from(first) / 100) * 100 + n as i32,
            Class::Digits(n, 4) => n as i32,
            _ => return None,
        };
        // "1999-00" goes over the century.
        let last =
            if last < i32::from(first) && matches!(self.at(i + 1), Class::Digits(_, 2)) { last + 100 } else { last };
        let more = matches!(self.at(i + 2), Class::Mark(b'-' | b'/' | b':' | b'.'))
            && self.joined(i + 2)
            && self.joined(i + 3);
        if more || !(i32::from(first) + 1..=i32::from(first) + LONGEST_STRETCH).contains(&last) {
            return None;
        }
        let to = i16::try_from(last).ok()?;
        Some((i + 2, Meaning::Point(Point::at(When::Years { from: first, to }))))
    }

    /// The year behind a month, season or quarter: ", 2014", "of last year", "this year".
    pub(super) fn year_after(self, i: usize, comma: bool) -> Found<Year> {
        let j = if comma && self.at(i) == mark(b',') { i + 1 } else { i };
        if let Some((end, y)) = self.year_number(j)
            && (1400..=2199).contains(&y)
            && !self.joined(j)
        {
            return Some((end, Year::Given(y)));
        }
        if j > i {
            return None;
        }
        // "March (2012)", "on March 5 in 2012".
        let bracketed = self.at(i) == mark(b'(') && self.at(i + 2) == mark(b')');
        if (bracketed || self.at(i) == Class::In)
            && let Some((end, y)) = self.year_number(i + 1).filter(|it| (1700..=2100).contains(&it.1))
        {
            return Some((end + usize::from(bracketed), Year::Given(y)));
        }
        if let Some((end, Meaning::Point(Point { when: When::Year(y), .. }))) = self.spelled_year(i) {
            return Some((end, Year::Given(y)));
        }
        let of = self.skip(i, Class::Of);
        let fiscal = self.skip(of, Class::Fiscal);
        if of > i {
            if let Some((end, y)) = self.year_number(fiscal) {
                return Some((end, Year::Given(y)));
            }
            if let Some((end, Meaning::Point(Point { when: When::Year(y), .. }))) = self.spelled_year(of) {
                return Some((end, Year::Given(y)));
            }
        }
        let offset = match self.at(of) {
            Class::Last => -1,
            Class::This => 0,
            Class::Next => 1,
            _ => return None,
        };
        (self.at(of + 1) == Class::Unit(Unit::Year, false) && self.at(of + 2) != mark(b'\''))
            .then_some((of + 2, Year::Offset(offset)))
    }

    /// "February 22, 2022", "Feb. 22", "March 2014", "May".
    pub(super) fn month(self, i: usize) -> Found<Meaning> {
        self.month_of(i, Which::Bare)
    }

    pub(super) fn month_of(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Month(month, common, short) = self.at(i) else { return None };
        if !self.capital(i) {
            return None;
        }
        let j = if short && self.at(i + 1) == mark(b'.') { i + 2 } else { i + 1 };
        let day = match self.at(j) {
            Class::Digits(d @ 1..=31, 1..=2) if !self.joined(j) => Some((j + 1, d)),
            Class::Ordinal(d @ 1..=31) => Some((j + 1, d)),
            Class::The => match self.at(j + 1) {
                Class::Ordinal(d @ 1..=31) if !matches!(self.at(j + 2), Class::Unit(..)) => Some((j + 2, d)),
                _ => None,
            },
            _ => None,
        };
        if let Some((end, d)) = day {
            let clock =
                matches!(self.at(end), Class::Meridiem(_)) || (self.at(end) == mark(b':') && self.joined(end + 1));
            let units = matches!(self.at(end), Class::Unit(..) | Class::Mark(b'%'));
            if !clock && !units {
                // "April 3-7, 2019", "April 3 to 7".
                if let Some((k, from, to)) = self.two_days(j, false)
                    && !matches!(
                        self.at(k + 1),
                        Class::Month(..) | Class::Meridiem(_) | Class::Unit(..) | Class::Mark(b':' | b'%')
                    )
                {
                    let (end, year) = self.year_after(k + 1, true).unwrap_or((k + 1, Year::Which(which)));
                    return Some((end, Meaning::Point(Point::at(When::Days { year, month, from, to }))));
                }
                if let Some(last) = self.days_listed(j) {
                    let (_, year) = self.year_after(last, true).unwrap_or((last, Year::Which(which)));
                    let when = When::Day { year, month, day: d as i8 };
                    return Some((end, Meaning::Point(Point::at(when))));
                }
                let (end, year) = self.year_after(end, true).unwrap_or((end, self.year_nearby(i, end, month, which)));
                let when = When::Day { year, month, day: d as i8 };
                return Some((end, Meaning::Point(Point::at(when))));
            }
        }
        if let Some((end, year)) = self.year_after(j, true) {
            return Some((end, Meaning::Point(Point::at(When::Month { year, month }))));
        }
        if which == Which::Bare && common {
            let led = matches!(
                self.before(i),
                Class::In
                    | Class::By
                    | Class::Of
                    | Class::Preposition
                    | Class::Until
                    | Class::Early
                    | Class::Late
                    | Class::Mid
                    | Class::And
                    | Class::Or
                    | Class::From
                    | Class::Before
                    | Class::After
                    | Class::To
            ) || self.before(i) == mark(b'-')
                && matches!(self.before(i - 1), Class::Early | Class::Late | Class::Mid);
            if !led || self.capital(i + 1) {
                return None;
            }
        }
        // "Sep", "Jan" without a dot or a day are mostly names.
        let end = if short {
            if j == i + 1 {
                return None;
            }
            j
        } else {
            i + 1
        };
        // "April Smith", "August Wilson": a name.
        if which == Which::Bare
            && self.capital(i + 1)
            && matches!(self.at(i + 1), Class::Other)
            && !self.led_by_preposition(i)
        {
            return None;
        }
        let year = self.year_nearby(i, end, month, which);
        Some((end, Meaning::Point(Point::at(When::Month { year, month }))))
    }

    /// The year of a month or date at `i` that ends at `end` and has none behind it: that of the one it is told with ("from
    /// March to May 2012", "in November and January 2012"), or of the words that open its sentence ("In 2012, on March 5").
    fn year_nearby(self, i: usize, end: usize, month: i8, which: Which) -> Year {
        let none = Year::Which(which);
        if which != Which::Bare {
            return none;
        }
        if matches!(self.at(end), Class::To | Class::Until | Class::And | Class::Or | Class::Mark(b'-'))
            && let Some((_, Meaning::Point(Point { when, .. }))) = self.month(end + 1)
            && let When::Month { year: Year::Given(y), month: last }
            | When::Day { year: Year::Given(y), month: last, .. } = when
        {
            return Year::Given(if month <= last { y } else { y - 1 });
        }
        let opens = i > 4 && self.at(i - 5) == Class::Break || i == 4;
        if opens
            && matches!(self.at(i - 1), Class::On | Class::In)
            && self.at(i - 2) == mark(b',')
            && self.at(i - 4) == Class::In
            && let Some((_, y)) = self.year_number(i - 3)
        {
            return Year::Given(y);
        }
        none
    }

    /// The day of the month at `i`: "8", "8th".
    fn day_number(self, i: usize) -> Option<i8> {
        match self.at(i) {
            Class::Digits(d @ 1..=31, 1..=2) | Class::Ordinal(d @ 1..=31) => i8::try_from(d).ok(),
            _ => None,
        }
    }

    /// Behind a month, the list of days that begins at `i`, closed by "and" and with nothing counted behind it: one past its
    /// last day. "8, 9 and 10".
    fn days_listed(self, i: usize) -> Option<usize> {
        let end = self.day_list(i)? + 1;
        let alone = matches!(
            self.at(end),
            Class::Break
                | Class::Mark(b',' | b'.' | b';' | b')')
                | Class::In
                | Class::At
                | Class::On
                | Class::To
                | Class::By
                | Class::From
                | Class::Preposition
                | Class::Until
                | Class::After
                | Class::Before
                | Class::And
                | Class::Verb(_)
                | Class::As
                | Class::Digits(_, 4)
        );
        alone.then_some(end)
    }

    /// Days that rise, parted by commas and a last "and": where the last one stands.
    fn day_list(self, i: usize) -> Option<usize> {
        let mut at = i;
        let mut day = self.day_number(i)?;
        for _ in 1..MOST_DAYS {
            let comma = self.skip(at + 1, mark(b','));
            let and = if self.at(comma) == Class::Or { comma + 1 } else { self.skip(comma, Class::And) };
            if and == at + 1 || self.joined(and) {
                return None;
            }
            let next = self.day_number(and).filter(|next| *next > day)?;
            (at, day) = (and, next);
            if and > comma {
                return Some(at);
            }
        }
        None
    }

    /// A day of a list with its month before or behind all: "19" of "19, 20 and 21 March", "9" of "April 8, 9 and 10".
    pub(super) fn listed_day(self, i: usize) -> Found<Meaning> {
        let day = self.day_number(i)?;
        if self.joined(i) {
            return None;
        }
        if let Some(last) = self.day_list(i)
            && let Some((_, Meaning::Point(Point { when: When::Day { year, month, .. }, .. }))) = self.day_month(last)
        {
            return Some((i + 1, Meaning::Point(Point::at(When::Day { year, month, day }))));
        }
        let mut from = i;
        for _ in 0..MOST_DAYS {
            let and = if from > 0 && matches!(self.at(from - 1), Class::And | Class::Or) { from - 1 } else { from };
            let comma = if and > 0 && self.at(and - 1) == mark(b',') { and - 1 } else { and };
            if comma == from || comma == 0 {
                break;
            }
            self.day_number(comma - 1)?;
            from = comma - 1;
        }
        let dot = if from > 0 && self.at(from - 1) == mark(b'.') { from - 1 } else { from };
        let Class::Month(month, ..) = (if dot > 0 { self.at(dot - 1) } else { Class::Break }) else { return None };
        let end = self.days_listed(from).filter(|_| from < i && self.capital(dot - 1))?;
        let (_, year) = self.year_after(end, true).unwrap_or((end, Year::Which(Which::Bare)));
        (end > i).then_some((i + 1, Meaning::Point(Point::at(When::Day { year, month, day }))))
    }

    /// "from 3 to 7 April", "between 3 and 7 April", "3-7 April 2019".
    pub(super) fn days_of_month(self, i: usize) -> Found<Meaning> {
        let led = matches!(self.at(i), Class::From) || self.is(i, "between");
        let first = if led { i + 1 } else { i };
        let (k, from, to) = self.two_days(first, led)?;
        let (end, it) = self.day_month(k)?;
        let Meaning::Point(Point { when: When::Day { year, month, .. }, .. }) = it else { return None };
        Some((end, Meaning::Point(Point::at(When::Days { year, month, from, to }))))
    }

    /// "3 to 7", "3rd-7th" at `i`: where the second stands, and both.
    fn two_days(self, i: usize, led: bool) -> Option<(usize, i8, i8)> {
        let day = |k: usize| match self.at(k) {
            Class::Digits(d @ 1..=31, 1..=2) | Class::Ordinal(d @ 1..=31) => i8::try_from(d).ok(),
            _ => None,
        };
        if self.joined(i) && matches!(self.before(i), Class::Mark(b'$' | b'.' | b':' | b'/' | b'-' | b',')) {
            return None;
        }
        // "the 8th to the 12th".
        let the = |k: usize| if matches!(self.at(k + 1), Class::Ordinal(_)) { self.skip(k, Class::The) } else { k };
        let start = the(i);
        let from = day(start)?;
        let k = match self.at(start + 1) {
            Class::To | Class::Until | Class::Mark(b'-') => the(start + 2),
            Class::And if led && self.is(i - 1, "between") => the(start + 2),
            _ => return None,
        };
        let to = day(k)?;
        (from < to).then_some((k, from, to))
    }

    pub(super) fn led_by_preposition(self, i: usize) -> bool {
        matches!(
            self.before(i),
            Class::In
                | Class::By
                | Class::Of
                | Class::Preposition
                | Class::Until
                | Class::The
                | Class::Early
                | Class::Late
                | Class::From
                | Class::A
        )
    }

    /// "22 February 2022", "22nd of February".
    pub(super) fn day_month(self, i: usize) -> Found<Meaning> {
        let (Class::Digits(d @ 1..=31, 1..=2) | Class::Ordinal(d @ 1..=31)) = self.at(i) else { return None };
        if matches!(self.before(i), Class::Mark(b'$' | b'.' | b':' | b'/')) && self.joined(i) {
            return None;
        }
        let j = self.skip(i + 1, Class::Of);
        let Class::Month(month, common, short) = self.at(j) else { return None };
        if !self.capital(j)
            || self.joined(j)
            || (common && self.capital(j + 1) && !matches!(self.at(j + 1), Class::Digits(..)))
        {
            return None;
        }
        // "Dec. 12 May 3" reads the other way round.
        if matches!(self.before(i), Class::Month(..))
            || self.before(i) == mark(b'.') && i >= 2 && matches!(self.at(i - 2), Class::Month(..))
        {
            return None;
        }
        let k = if short && self.at(j + 1) == mark(b'.') { j + 2 } else { j + 1 };
        let (end, year) =
            self.year_after(k, true).unwrap_or((if short && k == j + 2 { k } else { j + 1 }, Year::Which(Which::Bare)));
        Some((end, Meaning::Point(Point::at(When::Day { year, month, day: d as i8 }))))
    }

    /// "Friday", "Friday night", "Friday, Oct. 23", "Monday (21)", "Tuesdays".
    pub(super) fn weekday(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Weekday(weekday, plural) = self.at(i) else { return None };
        if !self.capital(i) || self.occasion(i) {
            return None;
        }
        let mut end = i + 1;
        if plural || which == Which::Bare && (self.one_of_every(i) || self.excepted(i)) {
            return Some((end, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1))));
        }
        // "Tuesday week" is British for a week from Tuesday.
        if which == Which::Bare
            && self.at(end) == Class::Unit(Unit::Week, false)
            && !matches!(self.before(i), Class::The | Class::A | Class::Each | Class::Every)
            && !matches!(self.at(end + 1), Class::Other | Class::Unit(..) | Class::Part(..) | Class::Mark(b'-' | b'\''))
        {
            let base = Base::Weekday { which, weekday };
            return Some((end + 1, Meaning::Point(Point::at(When::Counted { unit: Unit::Week, amount: 1, base }))));
        }
        // "On a Friday in March", "one Saturday", "on Friday in June 2012": which one is not said.
        let parted = if matches!(self.at(end), Class::Part(_, false)) { end + 1 } else { end };
        let one = (self.before(i) == Class::A || i > 0 && self.is(i - 1, "one")) && self.at(parted) != Class::Other;
        if which == Which::Bare && (one || self.of_month_with_year(parted)) {
            let part = if let Class::Part(part, false) = self.at(end) { Some(part) } else { None };
            return Some((parted, Meaning::Point(Point { part, ..Point::at(When::SomeWeekday(weekday)) })));
        }
        if let Class::Part(part, plural) = self.at(end) {
            if plural {
                let value = format!("XXXX-WXX-{}T{}", weekday + 1, crate::times::value::part(part));
                return Some((end + 1, Meaning::Set(value)));
            }
            end += 1;
            let mut point = Point { part: Some(part), ..Point::at(When::Weekday { which, weekday }) };
            if let Some((e, when)) = self.date_behind(end) {
                point.when = when;
                end = e;
            }
            return Some((end, Meaning::Point(point)));
        }
        if let (Class::Mark(b'('), Class::Digits(day @ 1..=31, 1..=2), Class::Mark(b')')) =
            (self.at(end), self.at(end + 1), self.at(end + 2))
        {
            let when = When::WeekdayOf { weekday, day: day as i8 };
            return Some((end + 3, Meaning::Point(Point::at(when))));
        }
        // "Friday the 22nd", "Tuesday, the 5th".
        let the = self.skip(end, mark(b','));
        if let (Class::The, Some(day), Class::Mark(_) | Class::Break) =
            (self.at(the), self.day_number(the + 1), self.at(the + 2))
            && matches!(self.at(the + 1), Class::Ordinal(_))
        {
            return Some((the + 2, Meaning::Point(Point::at(When::WeekdayOf { weekday, day }))));
        }
        if let Some((e, when)) = self.date_behind(end) {
            return Some((e, Meaning::Point(Point::at(when))));
        }
        Some((end, Meaning::Point(Point::at(When::Weekday { which, weekday }))))
    }

    /// Whether a month or a year with its number follows at `i`: "in June 2012", ", in March of 2012".
    fn of_month_with_year(self, i: usize) -> bool {
        let j = self.skip(i, mark(b','));
        if !matches!(self.at(j), Class::In | Class::Of) {
            return false;
        }
        let late = usize::from(matches!(self.at(j + 1), Class::Early | Class::Late | Class::Mid));
        let month = self.month(j + 1 + late);
        matches!(
            month,
            Some((_, Meaning::Point(Point { when: When::Month { year: Year::Given(_) | Year::Offset(_), .. }, .. })))
        )
    }

    /// Whether a weekday is a part of the name of an occasion, a masthead or a title, which its week does not tell: "Super
    /// Tuesday", "the Sunday Post".
    fn occasion(self, i: usize) -> bool {
        let named = |k: usize, words: &WordSet| {
            self.capital(k) && self.words.get(k).is_some_and(|w| words.contains(&w.span.text(self.text).to_lowercase()))
        };
        i > 0 && named(i - 1, &NAMING) || named(i + 1, &ENTITLING)
    }

    /// "Q3", "Q1 2031".
    pub(super) fn short_quarter(self, i: usize) -> Found<Meaning> {
        let Class::Digits(quarter @ 1..=4, 1) = self.at(i + 1) else { return None };
        if !self.is(i, "q") || !self.capital(i) || !self.joined(i + 1) || self.joined(i + 2) && self.capital(i + 2) {
            return None;
        }
        let (end, year) = self.year_after(i + 2, false).unwrap_or((i + 2, Year::Which(Which::Bare)));
        Some((end, Meaning::Point(Point::at(When::Quarter { year, quarter: quarter as i8 }))))
    }

    /// The date behind a weekday: ", Oct. 23", "23 October", "the 21st".
    pub(super) fn date_behind(self, i: usize) -> Found<When> {
        let j = self.skip(i, mark(b','));
        let found = match self.at(j) {
            Class::Month(..) => self.month(j),
            Class::Digits(..) | Class::Ordinal(_) => longer(self.numeric_date(j), self.day_month(j)),
            Class::The if matches!(self.at(j + 1), Class::Ordinal(_)) => self.day_month(j + 1),
            _ => None,
        };
        match found {
            Some((end, Meaning::Point(Point { when: when @ When::Day { .. }, .. }))) => Some((end, when)),
            _ => None,
        }
    }

    /// "summer", "fall 2014", "spring of last year".
    pub(super) fn bare_season(self, i: usize) -> Found<Meaning> {
        let Class::Season(season) = self.at(i) else { return None };
        if self.before(i) == mark(b'-')
            && self.joined(i)
            && !matches!(self.before(i - 1), Class::Mid | Class::Early | Class::Late)
        {
            return None;
        }
        let dated = self.year_after(i + 1, false);
        let verb_like = matches!(season, Season::Spring | Season::Autumn) && !self.is(i, "autumn");
        let led = matches!(
            self.before(i),
            Class::In | Class::By | Class::Until | Class::Preposition | Class::Early | Class::Late | Class::Mid
        );
        // "a winter storm", "a summer job" name a kind.
        let kind = self.before(i) == Class::A && self.at(i + 1) == Class::Other;
        if dated.is_none()
            && (kind || (verb_like && !led) || self.capital(i) || (self.at(i + 1) == mark(b'-') && self.joined(i + 1)))
        {
            return None;
        }
        self.season(i, Which::Bare)
    }

    pub(super) fn season(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Season(season) = self.at(i) else { return None };
        let (end, year) = self.year_after(i + 1, false).unwrap_or((i + 1, Year::Which(which)));
        Some((end, Meaning::Point(Point::at(When::Season { year, season }))))
    }

    /// "Thanksgiving Day", "Christmas Eve 2014", "Easter week".
    pub(super) fn feast(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Feast(mut feast) = self.at(i) else { return None };
        if !self.capital(i) {
            return None;
        }
        let mut end = i + 1;
        if self.is(end, "day") && self.capital(end) {
            end += 1;
        } else if self.is(end, "eve") {
            if let Feast::Fixed(month, day) = feast {
                feast = Feast::Fixed(month, day - 1);
            }
            end += 1;
        } else if (self.is(end, "sunday") || self.is(end, "monday")) && matches!(feast, Feast::Easter(_)) {
            feast = Feast::Easter(i32::from(self.is(end, "monday")));
            end += 1;
        }
        // "Christmas Island", "Easter Road".
        if end == i + 1 && self.capital(end) && self.at(end) == Class::Other {
            return None;
        }
        self.feast_year(end, feast, which)
    }

    /// "Boxing Day", "Good Friday 2019": a day of the calendar whose name is two words.
    pub(super) fn named_day(self, i: usize) -> Found<Meaning> {
        let day = self.is(i + 1, "day") || matches!(self.at(i + 1), Class::Weekday(_, false));
        if !(day && self.capital(i) && self.capital(i + 1)) {
            return None;
        }
        // "the Good Friday Agreement".
        let behind = self.words.get(i + 2).map(|w| w.span.text(self.text).to_lowercase());
        if behind.is_some_and(|it| ENTITLING.contains(&it)) {
            return None;
        }
        let name = format!("{} {}", self.words[i].span.text(self.text), self.words[i + 1].span.text(self.text));
        match class(&name.to_lowercase()) {
            Class::Feast(feast) => self.feast_year(i + 2, feast, Which::Bare),
            _ => None,
        }
    }

    pub(super) fn feast_year(self, i: usize, feast: Feast, which: Which) -> Found<Meaning> {
        let (end, year) = self.year_after(i, true).unwrap_or((i, Year::Which(which)));
        Some((end, Meaning::Point(Point::at(When::Feast { year, feast }))))
    }

    /// "third quarter", "third-quarter", "first half of 1990", "20th century", "first nine months".
    pub(super) fn ordinal_period(self, i: usize) -> Found<Meaning> {
        let Class::Ordinal(n) = self.at(i) else { return None };
        // "trailed by 12 in the second quarter".
        if i > 3
            && self.is(i - 4, "by")
            && matches!(self.at(i - 3), Class::Digits(_, 1..=2) | Class::Count(_))
            && (self.at(i - 2), self.at(i - 1)) == (Class::In, Class::The)
        {
            return None;
        }
        let tied = self.dash(i + 1);
        let j = self.skip(tied, Class::Fiscal);
        match self.at(j) {
            // "the fourth quarter of a loss to Harrow" is one of a game.
            Class::Unit(Unit::Quarter, false)
                if self.at(j + 1) == Class::Of
                    && matches!(self.at(j + 2), Class::A | Class::The | Class::Possessive)
                    && matches!(self.at(j + 3), Class::Other | Class::Digits(_, 1..=3)) =>
            {
                None
            }
            Class::Unit(Unit::Quarter, false) if (1..=4).contains(&n) => {
                let (end, year) = self.year_after(j + 1, false).unwrap_or((j + 1, Year::Which(Which::Bare)));
                Some((end, Meaning::Point(Point::at(When::Quarter { year, quarter: n as i8 }))))
            }
            Class::Half if (1..=2).contains(&n) => {
                // "the second half" of a match is no time; only with a year.
                let (end, year) = self.year_after(j + 1, false)?;
                Some((end, Meaning::Point(Point::at(When::Half { year, half: n as i8 }))))
            }
            Class::Unit(Unit::Century, false) if n <= 22 => {
                Some((j + 1, Meaning::Point(Point::at(When::Century(n as i16 - 1)))))
            }
            Class::Digits(..) | Class::Count(_) | Class::Few if n == 1 => {
                let (end, it) = self.duration(j)?;
                matches!(it, Meaning::Duration(_, u) if u >= Unit::Month).then_some((end, it))
            }
            _ => None,
        }
    }

    pub(super) fn half(self, i: usize) -> Found<Meaning> {
        if self.at(i) == Class::A && self.at(i + 1) == Class::Half { self.duration(i + 1) } else { None }
    }

    /// "fiscal 1989", "fiscal year 1989", "fiscal third quarter".
    pub(super) fn fiscal(self, i: usize) -> Found<Meaning> {
        let j = self.skip(i + 1, Class::Unit(Unit::Year, false));
        if let Some((end, y)) = self.year_number(j) {
            // "fiscal year 2023-24".
            return self.years(end, y).or(Some((end, Meaning::Point(Point::at(When::Year(y))))));
        }
        if j > i + 1 {
            return None;
        }
        self.ordinal_period(j)
    }
}
