//! When a place is open: "Mon-Fri 7am-7pm", "daily from 9 a.m. to 5 p.m.", "open 10am-4pm".
//!
//! Such hours come again and again; read as instants they would put a visit of the office on the day of the report.

use super::{Found, Row, mark};
use crate::times::lexicon::{Class, Part, Unit, Verb};
use crate::times::meaning::{Meaning, Point};

/// Abbreviated weekdays, as tables of hours write them.
const SHORT: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Words before hours that say the hours hold whenever the place is open.
const OPEN: [&str; 7] = ["open", "opens", "hours", "staffed", "daily", "weekdays", "weekends"];

/// Verbs of hours that come again, in the present.
const DOORS: [&str; 6] = ["open", "opens", "close", "closes", "shut", "shuts"];

/// Verbs of the last or the first of a line's journeys.
const LEAVING: [&str; 5] = ["leaves", "departs", "sails", "runs", "goes"];

/// Words on either side of an hour among which it is looked for whether it comes again.
const SENTENCE: usize = 40;

/// How many words before the hours say so.
const REACH: usize = 4;

impl Row<'_> {
    /// The weekday (Monday 0) whose abbreviation stands at `i`: "Mon", "Sat".
    pub(super) fn weekday_abbreviated(self, i: usize) -> Option<usize> {
        if !self.capital(i) {
            return None;
        }
        SHORT.iter().position(|w| self.is(i, w))
    }

    /// A weekday by name or abbreviation, and the index behind it and its dot.
    fn any_weekday(self, i: usize) -> Found<usize> {
        if let Class::Weekday(n, _) = self.at(i) {
            return (self.capital(i)).then(|| (i + 1, n.unsigned_abs().into()));
        }
        let n = self.weekday_abbreviated(i)?;
        let dotted = self.at(i + 1) == mark(b'.') && self.joined(i + 1);
        Some((if dotted { i + 2 } else { i + 1 }, n))
    }

    /// "Mon-Fri 7am-7pm", "Saturday and Sunday, 8am to 6pm", "Tues 10am-4pm".
    pub(super) fn opening_days(self, i: usize) -> Found<Meaning> {
        let (mut j, first) = self.any_weekday(i)?;
        let mut last = first;
        while matches!(self.at(j), Class::Mark(b'-' | b',' | b'&' | b'/') | Class::To | Class::Until | Class::And) {
            let Some((end, n)) = self.any_weekday(j + 1) else { break };
            last = n;
            j = end;
        }
        let hours = self.skip_marks(j);
        let (end, from, to) = self.clock_range(hours)?;
        // One day with hours may be a day that was: "on Tuesday, 9am to 5pm".
        if first == last && self.weekday_abbreviated(i).is_none() && !self.open_before(i) {
            return None;
        }
        Some((end, Meaning::Set(format!("XXXX-WXX-{}T{from}/XXXX-WXX-{}T{to}", first + 1, last + 1))))
    }

    /// "7am-7pm" or "from 9 a.m. to 5 p.m." where the words before say that a place is open then.
    pub(super) fn opening_hours(self, i: usize) -> Found<Meaning> {
        let (end, from, to) = self.clock_range(i)?;
        // "7 a.m. to 7 p.m. Monday through Saturday".
        if let Some((close, first, last)) = self.weekday_run(self.skip_marks(end)) {
            return Some((close, Meaning::Set(format!("XXXX-WXX-{}T{from}/XXXX-WXX-{}T{to}", first + 1, last + 1))));
        }
        let lead = self.lead(i);
        let days = matches!(self.before(lead), Class::Weekday(_, true) | Class::Often(_))
            || matches!(self.before(lead), Class::Weekday(..)) && self.one_of_every(lead - 1)
            || lead > 1 && self.before(lead) == mark(b',') && matches!(self.at(lead - 2), Class::Weekday(_, true));
        let behind = matches!(self.at(end), Class::Often(_) | Class::Every | Class::Each | Class::Weekday(_, true))
            || self.is(end, "on")
                && (matches!(self.at(end + 1), Class::Weekday(_, true)) || self.is(end + 1, "weekdays"));
        let standing = self.standing(i) && self.undated(i);
        if !(days || behind || standing || self.open_before(i)) || self.dated(end) {
            return None;
        }
        Some((end, Meaning::Set(format!("XXXX-XX-XXT{from}/XXXX-XX-XXT{to}"))))
    }

    /// "Monday to Friday", "Tuesdays through Saturdays" at `i`: where it ends, and both days.
    fn weekday_run(self, i: usize) -> Option<(usize, usize, usize)> {
        let (j, first) = self.any_weekday(i)?;
        if !matches!(self.at(j), Class::To | Class::Until | Class::Mark(b'-')) {
            return None;
        }
        let (end, last) = self.any_weekday(j + 1)?;
        Some((end, first, last))
    }

    /// The days of the week behind hours: "from 9 to 5, Monday to Friday".
    pub(super) fn days_behind_hours(self, i: usize) -> Found<Meaning> {
        let (end, first, last) = self.weekday_run(i)?;
        let k = if i > 0 && matches!(self.before(i), Class::Mark(b',') | Class::On) { i - 1 } else { i };
        let hour = |n: usize| k >= n && matches!(self.at(k - n), Class::Digits(1..=24, 1..=2));
        let range = hour(1) && hour(3) && matches!(self.at(k - 2), Class::To | Class::Until | Class::Mark(b'-'));
        (range || k > 0 && matches!(self.at(k - 1), Class::Meridiem(_)))
            .then(|| (end, Meaning::Set(format!("XXXX-WXX-{}/XXXX-WXX-{}", first + 1, last + 1))))
    }

    /// Whether the weekday at `i` is one of those that "every" or "each" leads: "every Tuesday and Thursday".
    pub(super) fn one_of_every(self, i: usize) -> bool {
        let mut k = i;
        while k > 1 && matches!(self.at(k - 1), Class::And | Class::Or | Class::Mark(b',')) {
            k -= 1;
            if k > 1 && self.at(k - 1) == mark(b',') {
                k -= 1;
            }
            match self.at(k - 1) {
                Class::Weekday(..) => k -= 1,
                _ => return false,
            }
        }
        k < i && k > 0 && matches!(self.at(k - 1), Class::Each | Class::Every)
    }

    /// Whether the weekday at `i` is left out of what comes again: "every day except Monday".
    pub(super) fn excepted(self, i: usize) -> bool {
        let k = if i > 0 && self.at(i - 1) == Class::On { i - 1 } else { i };
        let except = k > 0 && (self.is(k - 1, "except") || self.is(k - 1, "but") || self.is(k - 1, "bar"));
        except && k > 2 && matches!(self.at(k - 3), Class::Each | Class::Every)
            || except && k > 1 && matches!(self.at(k - 2), Class::Often(_))
    }

    /// Whether the hour at `i` that ends at `end` comes again: "opens at 6 a.m. every day", "10 a.m.
    /// Tuesdays through Saturdays", "opens at 7am and closes at 5pm, seven days a week".
    pub(super) fn comes_again(self, i: usize, end: usize) -> bool {
        let opens =
            i > 1 && matches!(self.before(i), Class::At | Class::From) && DOORS.iter().any(|w| self.is(i - 2, w));
        let j = if matches!(self.at(end), Class::On | Class::Mark(b',')) { end + 1 } else { end };
        // "the second Tuesday of the month at 7 p.m.", where that day is no single one.
        let monthly = i > 6
            && (self.at(i - 1), self.at(i - 2), self.at(i - 3))
                == (Class::At, Class::Unit(Unit::Month, false), Class::The)
            && matches!(
                (self.at(i - 4), self.at(i - 5), self.at(i - 6)),
                (Class::Of, Class::Weekday(..), Class::Ordinal(_) | Class::Last)
            )
            && (1..9).any(|back| i > back && matches!(self.at(i - back), Class::Verb(Verb::Scheduled)));
        let again = monthly || matches!(self.at(end), Class::Each | Class::Every | Class::Often(Unit::Day));
        let plural = again || matches!(self.at(j), Class::Weekday(_, true)) || self.weekday_run(j).is_some() && opens;
        let every = |k: usize| {
            matches!(self.at(k), Class::Each | Class::Every | Class::Often(Unit::Day))
                || matches!(self.at(k), Class::Weekday(_, true))
                || self.at(k) == Class::Unit(Unit::Day, true)
                    && self.at(k + 1) == Class::A
                    && self.at(k + 2) == Class::Unit(Unit::Week, false)
        };
        if self.standing(i) && self.undated(i) {
            return true;
        }
        let sentence = (i.saturating_sub(SENTENCE)..i).rev().take_while(|k| self.at(*k) != Class::Break);
        let rest = (end..end + SENTENCE).take_while(|k| self.at(*k) != Class::Break);
        plural || opens && !self.dated(end) && sentence.chain(rest).any(every)
    }

    /// Whether the words before the hour at `i` tell what holds on any day: "the last bus leaves at", "bars must close at", "a
    /// curfew from".
    fn standing(self, i: usize) -> bool {
        let verb = |words: &[&str]| i > 3 && self.at(i - 1) == Class::At && words.iter().any(|w| self.is(i - 2, w));
        let last = || matches!(self.at(i - 4), Class::Last | Class::Ordinal(1));
        let curfew = |k: usize| i > k && self.is(i - k, "curfew");
        verb(&LEAVING) && last()
            || verb(&DOORS) && self.is(i - 3, "must")
            || self.at(i.wrapping_sub(1)) == Class::From && curfew(2)
    }

    /// Whether the sentence of the hour at `i` names no day.
    fn undated(self, i: usize) -> bool {
        let day =
            |k: usize| matches!(self.at(k), Class::Weekday(..) | Class::Month(..) | Class::Day(_) | Class::Tonight);
        let before = (i.saturating_sub(SENTENCE)..i).rev().take_while(|k| self.at(*k) != Class::Break);
        let rest = (i..i + SENTENCE).take_while(|k| self.at(*k) != Class::Break);
        !before.chain(rest).any(day)
    }

    /// Whether a single day follows the hours at `i`: "10am to 4pm on Tuesday".
    fn dated(self, i: usize) -> bool {
        let j = if self.at(i) == Class::On || self.at(i) == mark(b',') { i + 1 } else { i };
        matches!(self.at(j), Class::Weekday(_, false) | Class::Month(..) | Class::Day(_) | Class::Digits(..))
    }

    /// The index of the "from" or "between" before the hours, if any.
    fn lead(self, i: usize) -> usize {
        if i > 0 && (self.at(i - 1) == Class::From || self.is(i - 1, "between")) { i - 1 } else { i }
    }

    fn open_before(self, i: usize) -> bool {
        let from = i.saturating_sub(REACH);
        let near = (from..i).rev().take_while(|k| !matches!(self.at(*k), Class::Break));
        let mut open = false;
        for k in near {
            // "was open from 9 a.m." tells of one day.
            if self.is(k, "was") || self.is(k, "were") || self.is(k, "been") {
                return false;
            }
            open |= OPEN.iter().any(|w| self.is(k, w)) || matches!(self.at(k), Class::Every | Class::Each);
        }
        open
    }

    fn skip_marks(self, i: usize) -> usize {
        let mut j = i;
        while matches!(self.at(j), Class::Mark(b',' | b':' | b'(') | Class::From) {
            j += 1;
        }
        j
    }

    /// "7am-7pm", "9 to 5 p.m.", "between 10am and 4pm" at `i`: where it ends, and both hours as TIMEX3 writes them.
    fn clock_range(self, i: usize) -> Option<(usize, String, String)> {
        let (j, from) = self.hour(i)?;
        let and = self.at(j) == Class::And && i > 0 && self.is(i - 1, "between");
        if !(matches!(self.at(j), Class::To | Class::Until | Class::Mark(b'-')) || and) {
            return None;
        }
        let (end, to) = self.hour(j + 1)?;
        Some((end, from, to))
    }

    fn hour(self, i: usize) -> Found<String> {
        if let Some((end, Meaning::Point(Point { clock: Some((hour, minute)), .. }))) = self.bare_clock(i) {
            return Some((end, format!("{hour:02}:{minute:02}")));
        }
        None
    }

    /// "half past nine on Monday evening", "a quarter to six in the morning", "ten past three this afternoon": an hour in
    /// words, where the part of the day says which half of the day it is of.
    pub(super) fn spoken_clock(self, i: usize) -> Found<Meaning> {
        let first = self.skip(i, Class::A);
        let minutes = match self.at(first) {
            Class::Half if first == i => 30,
            Class::Unit(Unit::Quarter, false) => 15,
            Class::Count(n @ (5 | 10 | 20)) if first == i => n as i8,
            _ => return None,
        };
        let to = self.at(first + 1) == Class::To;
        if !(to && minutes < 30 || self.at(first + 1) == Class::Past) {
            return None;
        }
        let hour = match self.at(first + 2) {
            Class::Count(n @ 1..=12) => n,
            Class::Digits(n @ 1..=12, 1..=2) => n,
            _ => return None,
        };
        let end = first + 3;
        if self.at(end) == Class::In
            && self.at(end + 1) == Class::The
            && let Class::Part(part, false) = self.at(end + 2)
        {
            let point = Point { clock: Some(spoken(hour, minutes, to, part)), ..Point::at(super::When::SomeDay) };
            return Some((end + 3, Meaning::Point(point)));
        }
        // Two expressions, the first on the day of the second.
        let (_, Meaning::Point(Point { when, part: Some(part), clock: None, .. })) =
            self.expression(self.skip(end, Class::On))?
        else {
            return None;
        };
        Some((end, Meaning::Point(Point { clock: Some(spoken(hour, minutes, to, part)), ..Point::at(when) })))
    }

    /// A clock time without the day behind it.
    fn bare_clock(self, i: usize) -> Found<Meaning> {
        let meridiem = |k: usize| match self.at(k) {
            Class::Meridiem(pm) => Some((k + 1, pm)),
            _ => None,
        };
        if let Class::Part(part @ (Part::Noon | Part::Midnight), false) = self.at(i) {
            let hour = if part == Part::Noon { 12 } else { 24 };
            return Some((i + 1, Meaning::Point(Point { clock: Some((hour, 0)), ..Point::at(super::When::SomeDay) })));
        }
        let Class::Digits(h, 1..=2) = self.at(i) else { return None };
        let colon = matches!(self.at(i + 1), Class::Mark(b':' | b'.')) && self.joined(i + 1) && self.joined(i + 2);
        let (j, minute) = match self.at(i + 2) {
            Class::Digits(m, 2) if colon && m < 60 => (i + 3, m),
            _ => (i + 1, 0),
        };
        let (end, hour) = match meridiem(j) {
            Some((end, pm)) if (1..=12).contains(&h) => (end, h % 12 + if pm { 12 } else { 0 }),
            None if j > i + 1 && h <= 24 => (j, h),
            // "9 to noon", "8 to midnight".
            None if (1..=11).contains(&h)
                && matches!(self.at(j), Class::To | Class::Until | Class::Mark(b'-'))
                && matches!(self.at(j + 1), Class::Part(Part::Noon | Part::Midnight, false)) =>
            {
                (j, if self.at(j + 1) == Class::Part(Part::Noon, false) { h } else { h + 12 })
            }
            // "9-5pm": the first hour borrows the half of the day, which is the other one where it would come later.
            None if (1..=12).contains(&h) && matches!(self.at(j), Class::To | Class::Mark(b'-')) => {
                let Class::Digits(later, 1..=2) = self.at(j + 1) else { return None };
                let (_, pm) = meridiem(j + 2)?;
                let same = h % 12 < later % 12;
                (j, h % 12 + if pm == same { 12 } else { 0 })
            }
            _ => return None,
        };
        Some((
            end,
            Meaning::Point(Point { clock: Some((hour as i8, minute as i8)), ..Point::at(super::When::SomeDay) }),
        ))
    }
}

/// The hour and minute of so many minutes past `hour`, or to it, in a part of the day.
fn spoken(hour: u32, minutes: i8, to: bool, part: Part) -> (i8, i8) {
    let hour = half_of_day(hour, part) as i8;
    if to { ((hour + 23) % 24, 60 - minutes) } else { (hour, minutes) }
}

/// The hour of the day that a clock of twelve hours shows as `hour` in a part of it: "12 in the afternoon" is noon, "12 at night"
/// midnight.
pub(super) fn half_of_day(hour: u32, part: Part) -> u32 {
    let late = match part {
        Part::Dawn | Part::Morning => false,
        Part::Night | Part::Midnight => (5..12).contains(&hour),
        _ => true,
    };
    hour % 12 + if late { 12 } else { 0 }
}
