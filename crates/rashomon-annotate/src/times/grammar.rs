//! Where time expressions stand and what each says.
//!
//! A hand-written longest-match grammar over word classes. Extents follow the TimeML guidelines (Saurí et al. 2006) as
//! TimeBank applies them: determiners and quantifiers are in ("the past seven years", "nearly two hours"),
//! prepositions and "about" are out, a calendar date loses the article of the noun it modifies ("the [Aug. 7] ruling").

use super::lexicon::{Class, Feast, Part, Season, Unit};
use super::meaning::{Amount, Expression, Meaning, Point, When, Which, Year};
use super::scan::Word;

/// All expressions in a row of words, in order, not overlapping.
pub(super) fn expressions(text: &str, words: &[Word]) -> Vec<Expression> {
    let row = Row { text, words };
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match row.expression(i) {
            Some((end, meaning)) if end > i => {
                let first = row.first_of(i, end, &meaning);
                out.push(Expression { first, end, meaning });
                i = end;
            }
            _ => i += 1,
        }
    }
    out
}

/// Where a piece ends and what it says.
type Found<T> = Option<(usize, T)>;

#[derive(Clone, Copy)]
struct Row<'a> {
    text: &'a str,
    words: &'a [Word],
}

const fn mark(b: u8) -> Class {
    Class::Mark(b)
}

impl Row<'_> {
    fn at(self, i: usize) -> Class {
        self.words.get(i).map_or(Class::Break, |w| w.class)
    }

    fn before(self, i: usize) -> Class {
        if i == 0 { Class::Break } else { self.at(i - 1) }
    }

    fn is(self, i: usize, word: &str) -> bool {
        self.words.get(i).is_some_and(|w| w.span.text(self.text).eq_ignore_ascii_case(word))
    }

    fn joined(self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.joined)
    }

    fn capital(self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.capital)
    }

    /// The index after an optional hyphen that ties two words.
    fn dash(self, i: usize) -> usize {
        if self.at(i) == mark(b'-') && self.joined(i) && self.joined(i + 1) { i + 1 } else { i }
    }

    fn skip(self, i: usize, class: Class) -> usize {
        if self.at(i) == class { i + 1 } else { i }
    }

    /// The first word of an expression that matched at `i..end`.
    ///
    /// An article that belongs to a noun behind the expression is left out: "the [Aug. 7] ruling", "the [two-day] visit".
    fn first_of(self, i: usize, end: usize, meaning: &Meaning) -> usize {
        if self.at(i) != Class::The {
            return i;
        }
        let dated =
            matches!(self.at(i + 1), Class::Digits(..) | Class::Month(..) | Class::Weekday(..) | Class::Ordinal(_));
        let attributive = match meaning {
            Meaning::Point(Point { when: When::Year(_), .. }) => end == i + 2,
            Meaning::Point(Point { when: When::Day { .. } | When::Month { .. } | When::Weekday { .. }, .. }) => dated,
            Meaning::Point(Point { when: When::Quarter { .. }, .. }) => self.at(i + 2) == mark(b'-'),
            Meaning::Reference(value) => *value == "PRESENT_REF" && self.at(i + 1) == Class::Current,
            Meaning::Duration(..) => {
                matches!(self.at(i + 1), Class::Digits(..) | Class::Count(_)) && self.at(end - 2) == mark(b'-')
                    || self.noun_behind(i, end)
            }
            _ => false,
        };
        if attributive { i + 1 } else { i }
    }

    /// Whether "the two days of music" goes on behind the unit.
    fn noun_behind(self, i: usize, end: usize) -> bool {
        matches!(self.at(i + 1), Class::Count(_))
            && matches!(self.at(end - 1), Class::Unit(_, false))
            && self.at(end) == Class::Other
    }

    /// The longest expression that begins at `i`.
    fn expression(self, i: usize) -> Found<Meaning> {
        match self.at(i) {
            Class::Break
            | Class::Other
            | Class::Verb(_)
            | Class::Preposition
            | Class::Until
            | Class::As
            | Class::Zone
            | Class::Meridiem(_) => {
                return self.worded(i);
            }
            _ => {}
        }
        let modified = self.modified(i);
        let plain = self.core(i);
        longer(modified, plain)
    }

    /// Expressions that begin with a word that is no time word by itself.
    fn worded(self, i: usize) -> Found<Meaning> {
        if self.is(i, "less") || self.is(i, "fewer") {
            if self.at(i + 1) == Class::Than {
                return self.quantified(i + 2);
            }
        } else if self.is(i, "right") && self.at(i + 1) == Class::Now {
            return Some((i + 2, Meaning::Reference("PRESENT_REF")));
        } else if self.is(i, "sometime") || self.is(i, "sometimes") {
            if matches!(self.at(i + 1), Class::Next | Class::This | Class::Last) {
                return self.core(i + 1);
            }
        } else if self.is(i, "new") && self.is(i + 1, "year") && self.capital(i) && self.at(i + 2) == mark(b'\'') {
            let eve = self.is(i + 4, "eve");
            if eve || self.is(i + 4, "day") {
                let feast = if eve { Feast::Fixed(12, 31) } else { Feast::Fixed(1, 1) };
                return self.feast_year(i + 5, feast, Which::Bare);
            }
        }
        None
    }

    /// An expression with a word before it that narrows or hedges it.
    fn modified(self, i: usize) -> Found<Meaning> {
        match self.at(i) {
            Class::Early | Class::Late | Class::Mid => {
                let j = self.dash(i + 1);
                if let Class::Part(part, false) = self.at(j) {
                    return Some((j + 1, Meaning::Point(Point { part: Some(part), ..Point::at(When::SomeDay) })));
                }
                if self.at(j) == Class::In && self.at(j + 1) == Class::The {
                    return self.within_unit(j, 0);
                }
                match self.core(j)? {
                    (end, it @ Meaning::Point(_)) if self.at(j) != Class::A => Some((end, it)),
                    _ => None,
                }
            }
            Class::Earlier | Class::Later => {
                let rest = if self.at(i) == Class::Later { 1 } else { -1 };
                if self.at(i + 1) == Class::In && self.at(i + 2) == Class::The {
                    return self.within_unit(i + 1, rest);
                }
                if !matches!(self.at(i + 1), Class::This | Class::That | Class::Last | Class::Next | Class::Day(_)) {
                    return None;
                }
                let (end, mut it) = self.core(i + 1)?;
                if let Meaning::Point(p) = &mut it {
                    p.rest = rest;
                    return Some((end, it));
                }
                None
            }
            Class::The if matches!(self.at(i + 1), Class::Early | Class::Late | Class::Mid) => {
                let j = self.dash(i + 2);
                match self.core(j)? {
                    (end, it @ Meaning::Point(Point { when, .. }))
                        if matches!(when, When::Decade(_) | When::Century(_) | When::Season { .. } | When::Year(_)) =>
                    {
                        Some((end, it))
                    }
                    _ => match (self.at(i + 1), self.at(j)) {
                        (_, Class::Part(part, false)) => {
                            Some((j + 1, Meaning::Point(Point { part: Some(part), ..Point::at(When::SomeDay) })))
                        }
                        _ => None,
                    },
                }
            }
            Class::The if matches!(self.at(i + 1), Class::End | Class::Start | Class::Middle) => {
                if self.at(i + 2) != Class::Of {
                    return None;
                }
                match self.core(i + 3)? {
                    (end, it @ Meaning::Point(_)) => Some((end, it)),
                    _ => None,
                }
            }
            Class::Nearly => self.quantified(i + 1),
            Class::At if self.at(i + 1) == Class::AtLeast => self.quantified(i + 2),
            Class::More if self.at(i + 1) == Class::Than => self.quantified(i + 2),
            _ => None,
        }
    }

    /// "in the day", "in the year" after "earlier" or "later".
    fn within_unit(self, i: usize, rest: i8) -> Found<Meaning> {
        let Class::Unit(unit, false) = self.at(i + 2) else {
            if let Class::Part(part, false) = self.at(i + 2) {
                return Some((i + 3, Meaning::Point(Point { part: Some(part), ..Point::at(When::SomeDay) })));
            }
            return None;
        };
        if unit < Unit::Day {
            return None;
        }
        let when = if unit == Unit::Day { When::SomeDay } else { When::Deictic(unit, 0) };
        Some((i + 3, Meaning::Point(Point { rest, ..Point::at(when) })))
    }

    /// What may follow "nearly", "at least", "more than".
    fn quantified(self, i: usize) -> Found<Meaning> {
        let measured = matches!(
            self.at(i),
            Class::Digits(..) | Class::Count(_) | Class::A | Class::Half | Class::Vague | Class::Few
        );
        let stretch = matches!(self.at(i), Class::The) && matches!(self.at(i + 1), Class::Past | Class::Last);
        if measured || stretch { self.duration(i).or_else(|| self.relative(i)) } else { None }
    }

    /// An expression without hedges.
    fn core(self, i: usize) -> Found<Meaning> {
        match self.at(i) {
            Class::Digits(..) => {
                let it = longer(self.numeric_date(i), self.clock(i));
                let it = longer(it, self.day_month(i));
                let it = longer(it, self.duration(i));
                longer(it, self.year(i))
            }
            Class::Ordinal(_) => longer(self.ordinal_period(i), self.day_month(i)),
            Class::Count(_) => longer(self.duration(i), self.spelled_year(i)),
            Class::Mark(b'\'') => self.year(i),
            Class::Tens(tens)
                if matches!(self.before(i), Class::Early | Class::Late | Class::Mid)
                    || self.before(i) == mark(b'-') =>
            {
                Some((i + 1, Meaning::Point(Point::at(When::Decade(190 + tens as i16)))))
            }
            Class::Month(..) => self.month(i),
            Class::Weekday(..) => self.weekday(i, Which::Bare),
            Class::Season(_) => self.bare_season(i),
            Class::Feast(_) => self.feast(i, Which::Bare),
            Class::Part(Part::Noon | Part::Midnight, false) => self.clock(i),
            Class::Last
            | Class::Next
            | Class::This
            | Class::That
            | Class::These
            | Class::Past
            | Class::Coming
            | Class::Previous
            | Class::Following
            | Class::Same
            | Class::Current
            | Class::Recent
            | Class::Latest
            | Class::Future => self.relative(i),
            Class::The => self.the(i),
            Class::A => longer(self.duration(i), self.half(i)),
            Class::Vague | Class::Few | Class::Couple | Class::Half | Class::Another => self.duration(i),
            Class::Unit(..) => self.bare_unit(i),
            Class::Each | Class::Every => self.set(i),
            Class::Often(unit) => Some((i + 1, Meaning::Set(super::value::duration(Amount::of(1), unit)))),
            Class::Lasting(unit, several) => {
                let amount = if several { Amount::VAGUE } else { Amount::of(1) };
                Some((i + 1, Meaning::Duration(amount, unit)))
            }
            Class::Fiscal => self.fiscal(i),
            Class::Now => self.now(i),
            Class::Recently => Some((i + 1, Meaning::Reference("PAST_REF"))),
            Class::Currently => Some((i + 1, Meaning::Reference("PRESENT_REF"))),
            Class::Day(n) => {
                let mut point = Point::at(When::Deictic(Unit::Day, n));
                let end = match self.at(i + 1) {
                    Class::Part(part, false) => {
                        point.part = Some(part);
                        i + 2
                    }
                    _ => i + 1,
                };
                Some((end, Meaning::Point(point)))
            }
            Class::Tonight | Class::Overnight => {
                let when = if self.at(i) == Class::Tonight { When::Deictic(Unit::Day, 0) } else { When::SomeDay };
                Some((i + 1, Meaning::Point(Point { part: Some(Part::Night), ..Point::at(when) })))
            }
            _ => None,
        }
    }

    fn now(self, i: usize) -> Found<Meaning> {
        // "a now-defunct firm" dates nothing.
        let compound = self.at(i + 1) == mark(b'-') && self.joined(i + 1) && self.joined(i + 2);
        (!compound).then_some((i + 1, Meaning::Reference("PRESENT_REF")))
    }

    // Numbers --------------------------------------------------------------------------------------------------------

    /// A count: "two", "twenty-five", "2 1/2", "a few", "several".
    fn amount(self, i: usize) -> Found<Amount> {
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
    fn count(self, i: usize) -> Found<u32> {
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
    fn spelled_year(self, i: usize) -> Found<Meaning> {
        let Class::Count(c @ (18..=20)) = self.at(i) else { return None };
        let (end, n) = self.count(i + 1)?;
        if !(10..100).contains(&n) || !matches!(self.at(i + 1), Class::Count(k) if k >= 10) || self.joined(i + 1) {
            return None;
        }
        let year = i16::try_from(c * 100 + n).ok()?;
        Some((end, Meaning::Point(Point::at(When::Year(year)))))
    }

    // Durations ------------------------------------------------------------------------------------------------------

    /// "two years", "10-year", "a few days", and what follows them: "ago", "earlier", "later", "from now".
    fn duration(self, i: usize) -> Found<Meaning> {
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
        let compound = j > i && self.at(j - 1) == mark(b'-');
        let mut end = j + 1;
        // "a quarter of the market", "three-quarters", "24 hours a day".
        let fraction = unit == Unit::Quarter
            && (!amount.vague && (amount.whole <= 1 || compound))
            && !matches!(self.at(end), Class::Ago | Class::Earlier | Class::Later);
        if fraction || (self.at(end) == Class::A && matches!(self.at(end + 1), Class::Unit(..))) {
            return None;
        }
        if self.at(end) == Class::And && self.at(end + 1) == Class::A && self.at(end + 2) == Class::Half {
            amount.tenths = 5;
            end += 3;
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
        let step = |n: i32| if amount.vague { None } else { shift(amount, unit, n) };
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
            Class::Earlier | Class::Later => {
                let sign = if self.at(tail) == Class::Later { 1 } else { -1 };
                let it = match step(sign) {
                    Some((Unit::Year, -1)) => Meaning::Point(Point::at(When::YearAgo)),
                    Some((u, n)) => Meaning::Point(Point::at(When::Anaphoric(u, n))),
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

    /// Whether "a year" at `i` follows a price or a frequency: "$40 a year", "twice a day".
    fn rate(self, i: usize) -> bool {
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
    fn bare_unit(self, i: usize) -> Found<Meaning> {
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
    fn period_after(self, i: usize) -> usize {
        if matches!(self.at(i), Class::Period | Class::Unit(Unit::Quarter, false)) { i + 1 } else { i }
    }

    // Calendar -------------------------------------------------------------------------------------------------------

    /// `2022-02-22`, `22.02.2022`, `2/22/2022`, `10-25-98`.
    fn numeric_date(self, i: usize) -> Found<Meaning> {
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

    /// "10 a.m.", "10:30", "2153 GMT", "noon", with the zone and the day behind it: "9 a.m. EST Tuesday".
    fn clock(self, i: usize) -> Found<Meaning> {
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
                        let late = part != Part::Morning && h != 12 && !(part == Part::Night && h < 5);
                        (j + 3, if late { h + 12 } else { h % 12 }, m.unwrap_or(0))
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
        let day = match self.at(end) {
            Class::Weekday(..) => self.weekday(end, Which::Bare),
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
        }
        if let (Class::Digits(_, 4), When::Year(_)) = (self.at(i), point.when) {
            return None;
        }
        Some((end, Meaning::Point(point)))
    }

    /// The index after a zone: "EST", "Eastern", "local time".
    fn zone(self, i: usize) -> usize {
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
    fn year_number(self, i: usize) -> Found<i16> {
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
    fn year(self, i: usize) -> Found<Meaning> {
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
        let (end, y) = self.year_number(i)?;
        if self.at(end) == mark(b'-') && self.joined(end) && self.joined(end + 1) {
            // "1998-99" is a stretch of years; "1500-meter" is none.
            if !matches!(self.at(end + 1), Class::Digits(_, 2 | 4)) {
                return None;
            }
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
        let counted = [
            "people",
            "feet",
            "miles",
            "men",
            "women",
            "troops",
            "soldiers",
            "jobs",
            "meters",
            "metres",
            "employees",
            "workers",
            "shares",
            "copies",
            "students",
            "members",
            "points",
            "votes",
            "square",
            "cases",
            "deaths",
            "yards",
            "pounds",
            "dollars",
            "homes",
        ]
        .iter()
        .any(|w| self.is(end, w));
        if counted || !(sure || led && y >= 1400) {
            return None;
        }
        Some((end, Meaning::Point(Point::at(When::Year(y)))))
    }

    /// The year behind a month, season or quarter: ", 2014", "of last year", "this year".
    fn year_after(self, i: usize, comma: bool) -> Found<Year> {
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
    fn month(self, i: usize) -> Found<Meaning> {
        self.month_of(i, Which::Bare)
    }

    fn month_of(self, i: usize, which: Which) -> Found<Meaning> {
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
                let (end, year) = self.year_after(end, true).unwrap_or((end, Year::Which(which)));
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
        Some((end, Meaning::Point(Point::at(When::Month { year: Year::Which(which), month }))))
    }

    fn led_by_preposition(self, i: usize) -> bool {
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
    fn day_month(self, i: usize) -> Found<Meaning> {
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
    fn weekday(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Weekday(weekday, plural) = self.at(i) else { return None };
        if !self.capital(i) {
            return None;
        }
        let mut end = i + 1;
        if plural {
            return Some((end, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1))));
        }
        if let Class::Part(part, plural) = self.at(end) {
            if plural {
                let value = format!("XXXX-WXX-{}T{}", weekday + 1, super::value::part(part));
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
        if let Some((e, when)) = self.date_behind(end) {
            return Some((e, Meaning::Point(Point::at(when))));
        }
        Some((end, Meaning::Point(Point::at(When::Weekday { which, weekday }))))
    }

    /// The date behind a weekday: ", Oct. 23", "23 October", "the 21st".
    fn date_behind(self, i: usize) -> Found<When> {
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
    fn bare_season(self, i: usize) -> Found<Meaning> {
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
        if dated.is_none()
            && ((verb_like && !led) || self.capital(i) || (self.at(i + 1) == mark(b'-') && self.joined(i + 1)))
        {
            return None;
        }
        self.season(i, Which::Bare)
    }

    fn season(self, i: usize, which: Which) -> Found<Meaning> {
        let Class::Season(season) = self.at(i) else { return None };
        let (end, year) = self.year_after(i + 1, false).unwrap_or((i + 1, Year::Which(which)));
        Some((end, Meaning::Point(Point::at(When::Season { year, season }))))
    }

    /// "Thanksgiving Day", "Christmas Eve 2014", "Easter week".
    fn feast(self, i: usize, which: Which) -> Found<Meaning> {
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

    fn feast_year(self, i: usize, feast: Feast, which: Which) -> Found<Meaning> {
        let (end, year) = self.year_after(i, true).unwrap_or((i, Year::Which(which)));
        Some((end, Meaning::Point(Point::at(When::Feast { year, feast }))))
    }

    /// "third quarter", "third-quarter", "first half of 1990", "20th century", "first nine months".
    fn ordinal_period(self, i: usize) -> Found<Meaning> {
        let Class::Ordinal(n) = self.at(i) else { return None };
        let tied = self.dash(i + 1);
        let j = self.skip(tied, Class::Fiscal);
        match self.at(j) {
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

    fn half(self, i: usize) -> Found<Meaning> {
        if self.at(i) == Class::A && self.at(i + 1) == Class::Half { self.duration(i + 1) } else { None }
    }

    /// "fiscal 1989", "fiscal year 1989", "fiscal third quarter".
    fn fiscal(self, i: usize) -> Found<Meaning> {
        let j = self.skip(i + 1, Class::Unit(Unit::Year, false));
        if let Some((end, y)) = self.year_number(j) {
            return Some((end, Meaning::Point(Point::at(When::Year(y)))));
        }
        if j > i + 1 {
            return None;
        }
        self.ordinal_period(j)
    }

    // What is told by its place before or after ----------------------------------------------------------------------

    /// "last week", "the past seven years", "this Friday", "next month", "the same day", "recent years".
    fn relative(self, i: usize) -> Found<Meaning> {
        let start = self.skip(i, Class::The);
        let the = start > i;
        let mut j = start + 1;
        let class = self.at(start);
        let which = match class {
            Class::Last => Which::Last,
            Class::Past => Which::Last,
            Class::Next => Which::Next,
            Class::Coming => Which::Next,
            Class::This | Class::These | Class::Current => Which::This,
            Class::Previous => Which::Previous,
            Class::Following => Which::Following,
            Class::That | Class::Same => Which::That,
            Class::Latest => Which::Last,
            Class::Recent | Class::Future => Which::Bare,
            _ => return None,
        };
        let mut which = which;
        match (class, self.at(j)) {
            (Class::This, Class::Past) => {
                which = Which::Last;
                j += 1;
            }
            (Class::This, Class::Coming) => {
                which = Which::Next;
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
                    Which::Following | Which::Next => When::Anaphoric(Unit::Day, 1),
                    Which::Previous => When::Anaphoric(Unit::Day, -1),
                    _ => return None,
                };
                Some((j + 1, Meaning::Point(Point { part: Some(part), ..Point::at(when) })))
            }
            Class::Period if matches!(class, Class::Latest) => point(j + 1, When::Period(Unit::Quarter)),
            Class::Ordinal(_) if matches!(which, Which::This | Which::Last | Which::Next) => {
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
            _ if class == Class::Current => Some((j, Meaning::Reference("PRESENT_REF"))),
            _ => None,
        }
    }

    fn relative_unit(self, class: Class, which: Which, unit: Unit, j: usize, the: bool) -> Found<Meaning> {
        let mut end = j + 1;
        if unit < Unit::Hour {
            return None;
        }
        let offset = match which {
            Which::Last | Which::Previous => -1,
            Which::This | Which::That | Which::Bare => 0,
            Which::Next | Which::Following => 1,
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
                _ => {}
            }
        }
        // "last year" said of a day a year ago goes on: "this week on February 24" stays two expressions.
        let when = match class {
            Class::Past if unit >= Unit::Decade || unit == Unit::Hour || unit == Unit::Day => {
                return Some((end, Meaning::Duration(Amount::of(1), unit)));
            }
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
    fn future(self, i: usize, start: usize) -> Found<Meaning> {
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
    fn joint_units(self, i: usize) -> (usize, bool) {
        match (self.at(i + 1), self.at(i + 2)) {
            (Class::And | Class::Or, Class::Unit(_, true)) => (i + 3, true),
            _ => (i + 1, false),
        }
    }

    /// What begins with "the".
    fn the(self, i: usize) -> Found<Meaning> {
        let j = i + 1;
        let point = |end: usize, when: When| Some((end, Meaning::Point(Point::at(when))));
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
                        Class::Period | Class::Unit(Unit::Quarter, false) => return point(fiscal + 1, When::Year(*y)),
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
                if self.at(j + 1) == Class::Of {
                    return None;
                }
                (part != Part::Night)
                    .then_some((j + 1, Meaning::Point(Point { part: Some(part), ..Point::at(When::SomeDay) })))
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
    fn the_unit(self, i: usize, unit: Unit, plural: bool) -> Found<Meaning> {
        let j = i + 1;
        let point = |end: usize, when: When| Some((end, Meaning::Point(Point::at(when))));
        if plural {
            return match self.at(j + 1) {
                Class::Verb(super::lexicon::Verb::Plan) if self.is(j + 1, "ahead") => {
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
        match unit {
            Unit::Year if self.at(j + 1) == Class::Ended => Some((j + 1, Meaning::Duration(Amount::of(1), Unit::Year))),
            Unit::Year | Unit::Month | Unit::Week
                if self.at(j + 1) != mark(b'-')
                    && !matches!(self.at(j + 1), Class::Before | Class::After | Class::Digits(..)) =>
            {
                point(j + 1, When::Period(unit))
            }
            Unit::Quarter if self.at(j + 1) != mark(b'-') => point(j + 1, When::Period(unit)),
            _ => None,
        }
    }

    /// "every day", "each Tuesday", "every two weeks".
    fn set(self, i: usize) -> Found<Meaning> {
        let other = self.is(i + 1, "other");
        let j = if other { i + 2 } else { i + 1 };
        match self.at(j) {
            Class::Unit(unit, false) => {
                Some((j + 1, Meaning::Set(super::value::duration(Amount::of(if other { 2 } else { 1 }), unit))))
            }
            Class::Weekday(weekday, false) => match self.at(j + 1) {
                Class::Part(part, false) => {
                    Some((j + 2, Meaning::Set(format!("XXXX-WXX-{}T{}", weekday + 1, super::value::part(part)))))
                }
                _ => Some((j + 1, Meaning::Set(format!("XXXX-WXX-{}", weekday + 1)))),
            },
            Class::Part(part, false) => Some((j + 1, Meaning::Set(format!("XXXX-XX-XXT{}", super::value::part(part))))),
            Class::Season(season) => Some((j + 1, Meaning::Set(format!("XXXX-{}", super::value::season(season))))),
            Class::Month(month, ..) if self.capital(j) => Some((j + 1, Meaning::Set(format!("XXXX-{month:02}")))),
            Class::Weekend => Some((j + 1, Meaning::Set("XXXX-WXX-WE".into()))),
            Class::Digits(..) | Class::Count(_) | Class::Few => {
                let (k, amount) = self.amount(j)?;
                let Class::Unit(unit, true) = self.at(k) else { return None };
                Some((k + 1, Meaning::Set(super::value::duration(amount, unit))))
            }
            _ => None,
        }
    }
}

/// Words without time that can follow "the past" and "the future".
const FOLLOWERS: [&str; 14] =
    ["if", "when", "but", "he", "she", "they", "it", "we", "while", "because", "unless", "where", "may", "not"];

/// The one that ends later; the first of two that end alike.
fn longer<T>(a: Found<T>, b: Found<T>) -> Found<T> {
    match (&a, &b) {
        (Some((x, _)), Some((y, _))) if y > x => b,
        (None, _) => b,
        _ => a,
    }
}

/// The year that two digits mean: 1950 to 2049.
fn century(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

/// `amount` units as a step of `sign`, in a unit a calendar can count.
fn shift(amount: Amount, unit: Unit, sign: i32) -> Option<(Unit, i32)> {
    let n = i32::try_from(amount.whole).ok().filter(|n| *n < 10_000)?;
    let (unit, n) = match unit {
        Unit::Fortnight => (Unit::Week, 2 * n),
        Unit::Decade => (Unit::Year, 10 * n + i32::from(amount.tenths)),
        Unit::Century => (Unit::Year, 100 * n + 10 * i32::from(amount.tenths)),
        Unit::Year if amount.tenths == 5 => (Unit::Month, 12 * n + 6),
        _ => (unit, n),
    };
    Some((unit, sign * n))
}
