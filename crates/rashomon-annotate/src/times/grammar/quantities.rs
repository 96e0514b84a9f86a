//! How long: counts and durations, and what follows them ("ago", "later", "from now").

use super::{Found, Row, mark, shift};
use crate::times::lexicon::{Class, Unit, Verb};
use crate::times::meaning::{Amount, Base, Meaning, Point, When, Which};

/// Words of the occasion between "after" and its day: "after the vote on the law on March 5" has too many.
const OCCASION: usize = 5;

impl Row<'_> {
    /// A count: "two", "twenty-five", "2 1/2", "two and a half", "a few", "several".
    pub(super) fn amount(self, i: usize) -> Found<Amount> {
        let (end, mut amount) = self.plain_amount(i)?;
        if amount.vague || amount.tenths > 0 || !matches!(self.at(i), Class::Digits(..) | Class::Count(_)) {
            return Some((end, amount));
        }
        // "2½", "two-and-a-half".
        let and = self.dash(end);
        let a = self.dash(and + 1);
        let half = self.dash(a + 1);
        if self.at(and) == Class::And && self.at(a) == Class::A && self.at(half) == Class::Half {
            amount.tenths = 5;
            return Some((half + 1, amount));
        }
        if self.at(end) == Class::Half && self.joined(end) {
            amount.tenths = 5;
            return Some((end + 1, amount));
        }
        Some((end, amount))
    }

    fn plain_amount(self, i: usize) -> Found<Amount> {
        match self.at(i) {
            Class::Digits(n, _) => {
                if self.at(i + 1) == mark(b'.')
                    && self.joined(i + 1)
                    && self.joined(i + 2)
                    && let Class::Digits(t, 1) = self.at(i + 2)
                {
                    return Some((i + 3, Amount { whole: n, tenths: t as u8, vague: false }));
                }
                let k = self.dash(i + 1);
                if let (Class::Digits(1, 1), Class::Mark(b'/'), Class::Digits(2, 1)) =
                    (self.at(k), self.at(k + 1), self.at(k + 2))
                {
                    return Some((k + 3, Amount { whole: n, tenths: 5, vague: false }));
                }
                if self.at(i + 1) == mark(b'/') && self.joined(i + 1) {
                    return None;
                }
                if let Class::Scale(s) = self.at(i + 1) {
                    return Some((i + 2, Amount::of(n.saturating_mul(s))));
                }
                Some((i + 1, Amount::of(n)))
            }
            Class::Count(_) => self.count(i).map(|(end, n)| (end, Amount::of(n))),
            Class::A => match self.at(i + 1) {
                Class::Few => Some((i + 2, Amount::VAGUE)),
                Class::Couple => Some((self.skip(i + 2, Class::Of), Amount::of(2))),
                Class::Dozen => Some((i + 2, Amount::of(12))),
                Class::Scale(s) => Some((i + 2, Amount::of(s))),
                Class::Half if self.at(self.dash(i + 2)) != Class::Dozen => {
                    Some((i + 2, Amount { whole: 0, tenths: 5, vague: false }))
                }
                _ => Some((i + 1, Amount::of(1))),
            },
            Class::Another => {
                let (end, it) = self.amount(i + 1).unwrap_or((i + 1, Amount::of(1)));
                Some((end, it))
            }
            Class::Vague | Class::Few => Some((i + 1, Amount::VAGUE)),
            Class::Couple => Some((self.skip(i + 1, Class::Of), Amount::of(2))),
            Class::Half => {
                let j = if self.at(i + 1) == Class::A { i + 2 } else { self.dash(i + 1) };
                (j > i + 1).then_some((j, Amount { whole: 0, tenths: 5, vague: false }))
            }
            _ => None,
        }
    }

    /// A number in words, below a million.
    pub(super) fn count(self, i: usize) -> Found<u32> {
        let small = |i: usize| -> Found<u32> {
            let Class::Count(n) = self.at(i) else { return None };
            let j = self.dash(i + 1);
            match self.at(j) {
                Class::Count(m) if n >= 20 && m < 10 => Some((j + 1, n + m)),
                _ => Some((i + 1, n)),
            }
        };
        let (mut end, mut n) = small(i)?;
        while let Class::Scale(s) = self.at(end) {
            n = n.saturating_mul(s);
            end += 1;
            let k = self.skip(end, Class::And);
            if let Some((e, m)) = small(k)
                && m < s
            {
                n = n.saturating_add(m);
                end = e;
            }
        }
        Some((end, n))
    }

    /// "nineteen ninety-six".
    pub(super) fn spelled_year(self, i: usize) -> Found<Meaning> {
        let Class::Count(c @ (18..=20)) = self.at(i) else { return None };
        let (end, n) = self.count(i + 1)?;
        if !(10..100).contains(&n) || !matches!(self.at(i + 1), Class::Count(k) if k >= 10) || self.joined(i + 1) {
            return None;
        }
        let year = i16::try_from(c * 100 + n).ok()?;
        Some((end, Meaning::Point(Point::at(When::Year(year)))))
    }

    /// "two years", "10-year", "a few days", and what follows them: "ago", "earlier", "later", "from now".
    pub(super) fn duration(self, i: usize) -> Found<Meaning> {
        if matches!(self.before(i), Class::Mark(b'$' | b'#' | b'.')) && self.joined(i) {
            return None;
        }
        let (mut j, mut amount) = self.amount(i)?;
        j = self.dash(j);
        while matches!(self.at(j), Class::More | Class::Another | Class::Adjective | Class::Long | Class::Fiscal) {
            j += 1;
        }
        let Class::Unit(unit, plural) = self.at(j) else { return None };
        // "the 1988 quarter", "a 2012 day": a year, not a count.
        if !plural && matches!(self.at(i), Class::Digits(1400..=2199, 4)) {
            return None;
        }
        // The title of a programme or a book.
        if self.capital(j) && self.titled(i) {
            return None;
        }
        let compound = j > i && self.at(j - 1) == mark(b'-');
        let mut end = j + 1;
        // "a quarter of the market", "three-quarters", "24 hours a day".
        let fraction = unit == Unit::Quarter
            && (!amount.vague && (amount.whole <= 1 || compound || (amount.whole == 3 && self.whole_behind(end))))
            && !matches!(self.at(end), Class::Ago | Class::Earlier | Class::Later);
        if fraction || (self.at(end) == Class::A && matches!(self.at(end + 1), Class::Unit(..))) {
            return None;
        }
        if self.at(end) == Class::And && self.at(end + 1) == Class::A && self.at(end + 2) == Class::Half {
            amount.tenths = 5;
            end += 3;
        }
        if let it @ Some(_) = self.two_units(amount, unit, end) {
            return it;
        }
        if let it @ Some(_) = self.in_time_to_come(i, end, amount, unit) {
            return it;
        }
        if let Some(when) = self.span_to(end, amount, unit).or_else(|| self.counted_from_day(end, amount, unit)) {
            return Some((end, Meaning::Point(Point::at(when))));
        }
        if let it @ Some(_) = self.ahead(i, end, amount, unit) {
            return it;
        }
        // Ages are not durations.
        let k = self.dash(end);
        if self.at(k) == Class::Old
            || (self.at(k) == Class::Of && self.is(k + 1, "age"))
            || self.is(i.wrapping_sub(1), "aged")
        {
            return None;
        }
        if k > end && self.at(k) == Class::Long {
            end = k + 1;
        }
        let tail = self.dash(end);
        // "an hour later": without a clock to count from it is a stretch of time.
        if unit < Unit::Day && matches!(self.at(tail), Class::Ago | Class::Earlier | Class::Later) && !amount.vague {
            return Some((tail + 1, Meaning::Duration(amount, unit)));
        }
        let step = |n: i32| if amount.vague { None } else { shift(amount, unit, n) };
        match self.at(tail) {
            // "20 years ago today", "ten years ago this week".
            Class::Ago if unit >= Unit::Day && self.this_unit(tail + 1).is_some() => {
                if let (Some((end, of)), Some((unit, n))) = (self.this_unit(tail + 1), shift(amount, unit, -1))
                    && !amount.vague
                {
                    return Some((end, Meaning::Point(Point::at(When::Back { unit, amount: n, of }))));
                }
            }
            // "a week ago Tuesday", "two weeks ago on Monday".
            Class::Ago if unit >= Unit::Week && self.weekday_at(self.skip(tail + 1, Class::On)).is_some() => {
                let day = self.skip(tail + 1, Class::On);
                if let (Some(weekday), Some((u, n))) = (self.weekday_at(day), shift(amount, unit, -1))
                    && let (false, Ok(amount)) = (amount.vague, i16::try_from(n))
                {
                    let base = Base::Weekday { which: Which::Bare, weekday };
                    return Some((day + 1, Meaning::Point(Point::at(When::Counted { unit: u, amount, base }))));
                }
            }
            // "The inquest will open a week on Monday"; "for a week on Monday" is none.
            Class::On
                if unit == Unit::Week
                    && !amount.vague
                    && matches!(self.before(i), Class::Other | Class::Verb(_))
                    && self.weekday_at(tail + 1).is_some() =>
            {
                if let (Some(weekday), Ok(amount)) = (self.weekday_at(tail + 1), i16::try_from(amount.whole)) {
                    let base = Base::Weekday { which: Which::Bare, weekday };
                    return Some((tail + 2, Meaning::Point(Point::at(When::Counted { unit, amount, base }))));
                }
            }
            // "Two days earlier, on March 2,".
            Class::Earlier | Class::Later if self.at(tail + 1) == mark(b',') => {
                if let Some(when @ When::Day { .. }) = self.on_day(tail + 2) {
                    return Some((tail + 1, Meaning::Point(Point::at(when))));
                }
            }
            _ => {}
        }
        let closes = matches!(self.at(tail + 1), Class::Break | Class::Mark(b'.' | b','));
        match self.at(tail) {
            Class::Ago => {
                let it = match step(-1) {
                    Some((Unit::Year, -1)) if !matches!(self.at(i), Class::Digits(..)) => {
                        Meaning::Point(Point::at(When::YearAgo))
                    }
                    Some((u, n)) => Meaning::Point(Point::at(When::Deictic(u, n))),
                    None => Meaning::Reference("PAST_REF"),
                };
                return Some((tail + 1, it));
            }
            // "100 years on", "convicted two years before".
            it @ (Class::Earlier | Class::Later | Class::On | Class::Before)
                if matches!(it, Class::Earlier | Class::Later) || closes && unit >= Unit::Day =>
            {
                let sign = if matches!(it, Class::Later | Class::On) { 1 } else { -1 };
                let it = match step(sign) {
                    Some((Unit::Year, -1)) => Meaning::Point(Point::at(When::YearAgo)),
                    Some((u, n)) => Meaning::Point(Point::at(When::Anaphoric(u, n))),
                    // "A few hours later" is as long as "two hours later".
                    None if unit <= Unit::Hour => Meaning::Duration(Amount::VAGUE, unit),
                    None => Meaning::Reference(if sign > 0 { "FUTURE_REF" } else { "PAST_REF" }),
                };
                return Some((tail + 1, it));
            }
            Class::From if matches!(self.at(tail + 1), Class::Now | Class::Day(0)) => {
                let it = match step(1) {
                    Some((u, n)) => Meaning::Point(Point::at(When::Deictic(u, n))),
                    None => Meaning::Reference("FUTURE_REF"),
                };
                return Some((tail + 2, it));
            }
            Class::From if !amount.vague && unit >= Unit::Day => {
                if let (Some((end, base)), Some((u, n))) = (self.base(tail + 1), shift(amount, unit, 1))
                    && let Ok(amount) = i16::try_from(n)
                {
                    return Some((end, Meaning::Point(Point::at(When::Counted { unit: u, amount, base }))));
                }
            }
            _ => {}
        }
        if self.at(i) == Class::A && j == i + 1 && !compound && self.rate(i) {
            return None;
        }
        if matches!(self.at(i), Class::Vague) && self.is(i, "some") && !plural {
            return None;
        }
        // "one second thought", "second" is no unit in the table; "minute" and "day" after "a" are often idiom.
        Some((end, Meaning::Duration(amount, unit)))
    }

    /// The weekday (Monday 0) at `i`.
    pub(super) fn weekday_at(self, i: usize) -> Option<i8> {
        match self.at(i) {
            Class::Weekday(weekday, false) if self.capital(i) => Some(weekday),
            _ => None,
        }
    }

    /// "two years and three months ago": a second, lesser unit at `end`, behind `amount` of `unit`, and where they lie.
    fn two_units(self, amount: Amount, unit: Unit, end: usize) -> Found<Meaning> {
        if self.at(end) != Class::And || amount.vague || amount.tenths > 0 {
            return None;
        }
        let (k, rest) = self.plain_amount(end + 1)?;
        let Class::Unit(lesser, _) = self.at(k) else { return None };
        let many = match (unit, lesser) {
            (Unit::Year, Unit::Month) => 12,
            (Unit::Week, Unit::Day) => 7,
            _ => return None,
        };
        let sum = amount.whole.checked_mul(many)?.checked_add(rest.whole)?;
        if rest.vague || rest.tenths > 0 {
            return None;
        }
        let (_, n) = shift(Amount::of(sum), lesser, 1)?;
        let (end, when) = match (self.at(k + 1), self.at(k + 2)) {
            (Class::Ago, _) => (k + 2, When::Deictic(lesser, -n)),
            (Class::Earlier, _) => (k + 2, When::Anaphoric(lesser, -n)),
            (Class::Later, _) => (k + 2, When::Anaphoric(lesser, n)),
            (Class::From, Class::Now) => (k + 3, When::Deictic(lesser, n)),
            _ => return None,
        };
        Some((end, Meaning::Point(Point::at(when))))
    }

    /// "in two weeks' time", "in a year's time".
    fn in_time_to_come(self, i: usize, end: usize, amount: Amount, unit: Unit) -> Found<Meaning> {
        if self.before(i) != Class::In || self.at(end) != mark(b'\'') || amount.vague {
            return None;
        }
        let k = if self.at(end + 1) == Class::S && self.joined(end + 1) { end + 2 } else { end + 1 };
        let (unit, n) = shift(amount, unit, 1).filter(|_| self.at(k) == Class::Time && unit >= Unit::Day)?;
        Some((k + 1, Meaning::Point(Point::at(When::Deictic(unit, n)))))
    }

    /// "today", "this week", "this month" at `i`.
    fn this_unit(self, i: usize) -> Found<Unit> {
        match (self.at(i), self.at(i + 1)) {
            (Class::Day(0), _) => Some((i + 1, Unit::Day)),
            (Class::This, Class::Unit(unit @ (Unit::Week | Unit::Month), false)) if self.at(i + 2) != mark(b'\'') => {
                Some((i + 2, unit))
            }
            _ => None,
        }
    }

    /// "to February" at `i`, behind so many months or years.
    pub(super) fn span_to(self, i: usize, amount: Amount, unit: Unit) -> Option<When> {
        if self.at(i) != Class::To || !matches!(unit, Unit::Month | Unit::Year) || amount.vague || amount.tenths > 0 {
            return None;
        }
        match self.month(i + 1)? {
            (_, Meaning::Point(Point { when: When::Month { year, month }, .. })) => {
                let amount = u16::try_from(amount.whole).ok().filter(|n| (1..=120).contains(n))?;
                Some(When::SpanTo { unit, amount, year, month })
            }
            _ => None,
        }
    }

    /// "after the crash on Feb. 20" at `i`, behind so many days or weeks: the day so far from that one.
    fn counted_from_day(self, i: usize, amount: Amount, unit: Unit) -> Option<When> {
        let sign = match self.at(i) {
            Class::After => 1,
            Class::Before => -1,
            _ => return None,
        };
        let (unit, n) = shift(amount, unit, sign).filter(|_| unit >= Unit::Day && !amount.vague)?;
        let noun =
            |k: &usize| matches!(self.at(*k), Class::Other | Class::The | Class::A | Class::Possessive | Class::Of);
        let on = (i + 1..i + 2 + OCCASION).find(|k| !noun(k)).filter(|k| *k > i + 1)?;
        let When::Day { year, month, day } = self.on_day(on)? else { return None };
        let amount = i16::try_from(n).ok()?;
        Some(When::Counted { unit, amount, base: Base::Day { year, month, day } })
    }

    /// "is due in a fortnight", "will reopen in three weeks": a day to come, where the verb right before says so.
    fn ahead(self, i: usize, end: usize, amount: Amount, unit: Unit) -> Found<Meaning> {
        if i < 2 || self.before(i) != Class::In || amount.vague || amount.tenths > 0 || unit < Unit::Day {
            return None;
        }
        let verb = |k: usize| matches!(self.at(k), Class::Verb(Verb::Future | Verb::Scheduled));
        let plan = matches!(self.at(i - 2), Class::Verb(Verb::Plan | Verb::Scheduled));
        // "will be held in", "will take place in".
        let near = (i.saturating_sub(5)..i - 1).rev();
        let mut part = near.take_while(|k| {
            matches!(
                self.at(*k),
                Class::Other | Class::Verb(Verb::Present | Verb::Past | Verb::Future | Verb::Scheduled)
            )
        });
        if !(plan || part.any(verb)) || self.at(end) == mark(b'-') {
            return None;
        }
        let (unit, n) = shift(amount, unit, 1)?;
        Some((end, Meaning::Point(Point::at(When::Deictic(unit, n)))))
    }

    /// The day that "three weeks from" counts from: "Tuesday", "this Friday", "tomorrow", "May 3".
    fn base(self, i: usize) -> Found<Base> {
        let found = match self.at(i) {
            Class::Weekday(..) | Class::Month(..) | Class::Day(_) | Class::This | Class::Next | Class::Coming => {
                self.core(i)?
            }
            Class::Digits(..) | Class::Ordinal(_) => self.day_month(i)?,
            Class::The => self.the(i)?,
            _ => return None,
        };
        let (end, Meaning::Point(Point { when, part: None, clock: None, .. })) = found else { return None };
        let base = match when {
            When::Deictic(Unit::Day, n) => Base::Today(n),
            When::Weekday { which, weekday } => Base::Weekday { which, weekday },
            When::Day { year, month, day } => Base::Day { year, month, day },
            _ => return None,
        };
        Some((end, base))
    }

    /// "of the", "of a", "of its" at `i`: what stands before is a part of a whole.
    fn whole_behind(self, i: usize) -> bool {
        self.at(i) == Class::Of && matches!(self.at(i + 1), Class::The | Class::A | Class::Possessive)
    }

    /// Whether "a year" at `i` follows a price or a frequency: "$40 a year", "twice a day".
    pub(super) fn rate(self, i: usize) -> bool {
        let number = |c: Class| matches!(c, Class::Digits(..) | Class::Scale(_) | Class::Dozen | Class::Count(_));
        number(self.before(i))
            || (i > 1 && matches!(self.before(i), Class::Other | Class::Unit(..)) && number(self.at(i - 2)))
            || [
                "million", "billion", "trillion", "times", "once", "twice", "barrels", "cents", "dollars", "percent",
                "people", "tons",
            ]
            .iter()
            .any(|w| i > 0 && self.is(i - 1, w))
    }

    /// A unit without a number: "years", "weeks ago", "year-ago", "day-long".
    pub(super) fn bare_unit(self, i: usize) -> Found<Meaning> {
        let Class::Unit(unit, plural) = self.at(i) else { return None };
        if self.before(i) == mark(b'-') && self.joined(i) {
            return None;
        }
        let tail = self.dash(i + 1);
        let tied = tail > i + 1;
        match self.at(tail) {
            Class::Ago | Class::Earlier if !plural && unit == Unit::Year && tied => {
                return Some((self.period_after(tail + 1), Meaning::Point(Point::at(When::YearAgo))));
            }
            Class::Ago if plural => return Some((tail + 1, Meaning::Reference("PAST_REF"))),
            Class::Earlier if plural && unit >= Unit::Hour => return Some((tail + 1, Meaning::Reference("PAST_REF"))),
            Class::Long if tied && unit >= Unit::Hour => {
                let amount = if plural { Amount::VAGUE } else { Amount::of(1) };
                return Some((tail + 1, Meaning::Duration(amount, unit)));
            }
            Class::End if unit == Unit::Year && !plural => {
                return Some((tail + 1, Meaning::Point(Point::at(When::YearEnd))));
            }
            Class::Old => return None,
            Class::Mark(b'\'')
                if !plural && unit == Unit::Year && self.at(i + 2) == Class::S && self.at(i + 3) == Class::End =>
            {
                return Some((i + 4, Meaning::Point(Point::at(When::YearEnd))));
            }
            _ => {}
        }
        let led = matches!(
            self.before(i),
            Class::Preposition | Class::In | Class::After | Class::Before | Class::Or | Class::Until | Class::Current
        );
        (plural && !tied && led && unit >= Unit::Hour).then_some((i + 1, Meaning::Duration(Amount::VAGUE, unit)))
    }

    /// The index after "period", "quarter" and the like behind "year-ago".
    pub(super) fn period_after(self, i: usize) -> usize {
        if matches!(self.at(i), Class::Period | Class::Unit(Unit::Quarter, false)) { i + 1 } else { i }
    }
}
