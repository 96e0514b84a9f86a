//! Where time expressions stand and what each says.
//!
//! A hand-written longest-match grammar over word classes. Extents follow the TimeML guidelines (Saurí et al. 2006) as
//! TimeBank applies them: determiners and quantifiers are in ("the past seven years", "nearly two hours"),
//! prepositions and "about" are out, a calendar date loses the article of the noun it modifies ("the [Aug. 7] ruling").

mod calendar;
mod hours;
mod quantities;
mod relative;

use super::lexicon::{Class, Feast, Part, TITLED, Unit};
use super::meaning::{Amount, Base, Expression, Meaning, Point, When, Which};
use super::scan::Word;
use rashomon_language::{Fact, WordSet};

/// All expressions in a row of words, in order, not overlapping.
pub(super) fn expressions(text: &str, words: &[Word]) -> Vec<Expression> {
    let row = Row { text, words };
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match row.expression(i) {
            Some((end, _)) if end > i && (row.is_name(i, end) || row.is_length(i, end)) => i = end,
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

/// Letters of a word that only a sentence writes without a capital, and words in which one is looked for.
const LONG: usize = 5;
const SIGHT: usize = 40;

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
        let is = |w: &Word| w.span.len() == word.len() && w.span.text(self.text).eq_ignore_ascii_case(word);
        self.words.get(i).is_some_and(is)
    }

    /// Whether a quotation mark opens right before the word at `i`.
    fn titled(self, i: usize) -> bool {
        matches!(self.before(i), Class::Mark(b'"' | b'`')) && !self.joined(i.wrapping_sub(1))
    }

    /// Whether the words are of a name: "Saturday Night Live", "the Evening News", "Twenty-First Century Press", "This Week". In
    /// a headline capitals say nothing.
    fn is_name(self, i: usize, end: usize) -> bool {
        let capital = |k: usize, is: fn(Class) -> bool| is(self.at(k)) && self.capital(k);
        let part = (i..end).any(|k| capital(k, |c| matches!(c, Class::Part(..))));
        let century = capital(end - 1, |c| matches!(c, Class::Unit(Unit::Century, false)));
        let named = (part || century) && self.at(end) == Class::Other && self.capital(end);
        let period = end == i + 2
            && capital(i, |c| matches!(c, Class::This | Class::Last))
            && capital(i + 1, |c| matches!(c, Class::Unit(..)));
        (named || period) && self.is_told(i)
    }

    /// Whether the sentence around the word at `i` writes a long word without a capital, as no headline in title case does.
    fn is_told(self, i: usize) -> bool {
        let long = |k: &usize| self.words[*k].span.len() >= LONG && self.at(*k) == Class::Other && !self.capital(*k);
        let inside = |k: &usize| self.at(*k) != Class::Break;
        let behind = (i..self.words.len().min(i + SIGHT)).take_while(inside);
        (i.saturating_sub(SIGHT)..i).rev().take_while(inside).chain(behind).any(|k| long(&k))
    }

    /// Whether digits are how long a recording is, or a verse: "WATCH the gate fall 01:37", "Listen · 3:27", "Amos 5:24". An hour
    /// of the day has a word before it, half a day or a zone behind it, or opens its line.
    fn is_length(self, i: usize, end: usize) -> bool {
        let bare = end == i + 3 && matches!(self.at(i), Class::Digits(..)) && self.at(i + 1) == mark(b':');
        let last = matches!(self.at(end), Class::Break | Class::Digits(..));
        let padded = self.words.get(i).is_some_and(|w| w.span.text(self.text).starts_with('0'));
        let verse = self.before(i) == Class::Other && self.capital(i - 1);
        let word = matches!(self.before(i), Class::Other | Class::Mark(b'\'' | b'"' | b'.' | b'?' | b'!'));
        let dot = self.before(i) == Class::Other && self.words[i - 1].span.text(self.text) == "·";
        let again = matches!(self.before(i), Class::Digits(..));
        bare && i > 0 && !self.joined(i) && (verse || dot || last && (again || padded && word))
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
            Meaning::Point(Point { when: When::Years { .. }, .. }) => true,
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
        if self.is(i, "between")
            && let it @ Some(_) = self.days_of_month(i)
        {
            return it;
        }
        if let it @ Some(_) = self.named_day(i) {
            return it;
        }
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
        } else if self.is(i, "present") && self.before(i) == Class::At {
            let compound = self.at(i + 1) == mark(b'-') && self.joined(i + 1);
            // "At present prices" tells of prices; "At present nobody knows" stands before what it dates.
            let free = self.at(i + 1) != Class::Other || i > 1 && self.at(i - 2) == Class::Break;
            return (!compound && free).then_some((i + 1, Meaning::Reference("PRESENT_REF")));
        } else if self.is(i, "right") && self.at(i + 1) == Class::Now {
            return Some((i + 2, Meaning::Reference("PRESENT_REF")));
        } else if self.is(i, "sometime") || self.is(i, "sometimes") {
            if matches!(self.at(i + 1), Class::Next | Class::This | Class::Last) {
                return self.core(i + 1);
            }
        } else if self.weekday_abbreviated(i).is_some() {
            return self.opening_days(i);
        } else if self.is(i, "q") {
            return self.short_quarter(i);
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
                    let (end, when) = match self.at(j + 1) {
                        Class::Day(n) => (j + 2, When::Deictic(Unit::Day, n)),
                        _ => self.day_of_part(j + 1),
                    };
                    return Some((end, Meaning::Point(Point { part: Some(part), ..Point::at(when) })));
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
                    (
                        end,
                        it @ Meaning::Point(Point {
                            when: When::Decade(_) | When::Century(_) | When::Season { .. } | When::Year(_),
                            ..
                        }),
                    ) => Some((end, it)),
                    _ => match (self.at(i + 1), self.at(j)) {
                        (_, Class::Part(part, false)) => {
                            let (end, when) = self.day_of_part(j + 1);
                            Some((end, Meaning::Point(Point { part: Some(part), ..Point::at(when) })))
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

    /// The day of a part of one that ends at `i`, and where both end: "the early morning hours Tuesday"; of "the afternoon or
    /// evening on Monday" the day is an expression of its own.
    pub(super) fn day_of_part(self, i: usize) -> (usize, When) {
        let hours = self.skip(i, Class::Unit(Unit::Hour, true));
        let of = self.skip(hours, Class::Of);
        if let Some((end, Meaning::Point(Point { when: when @ When::Weekday { .. }, part: None, .. }))) =
            self.weekday_at(of).and_then(|_| self.weekday(of, Which::Bare))
        {
            return (end, when);
        }
        // "The morning of March 5".
        if of > hours
            && let Some((end, Meaning::Point(Point { when: when @ When::Day { .. }, part: None, clock: None, .. }))) =
                longer(self.day_month(of), if matches!(self.at(of), Class::Month(..)) { self.month(of) } else { None })
        {
            return (end, when);
        }
        let other =
            if self.at(i) == Class::Or && matches!(self.at(i + 1), Class::Part(_, false)) { i + 2 } else { hours };
        (i, self.on_day(other).unwrap_or(When::SomeDay))
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
        // "later in the day on Saturday".
        let when = match unit {
            Unit::Day => self.on_day(i + 3).unwrap_or(When::SomeDay),
            _ => When::Deictic(unit, 0),
        };
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
            Class::From => self.days_of_month(i),
            Class::Digits(..) => {
                if let it @ Some(_) = self.opening_hours(i).or_else(|| self.days_of_month(i)) {
                    return it;
                }
                let it = longer(self.numeric_date(i), self.clock(i));
                let it = longer(longer(it, self.day_month(i)), self.listed_day(i));
                let it = longer(it, self.duration(i));
                longer(it, self.year(i))
            }
            Class::Ordinal(_) => {
                let day = longer(longer(self.day_month(i), self.days_of_month(i)), self.listed_day(i));
                longer(self.within(i), longer(self.ordinal_period(i), day))
            }
            Class::Count(_) => longer(longer(self.duration(i), self.spelled_year(i)), self.spoken_clock(i)),
            Class::Mark(b'\'') => self.year(i),
            Class::Tens(tens)
                if matches!(self.before(i), Class::Early | Class::Late | Class::Mid)
                    || self.before(i) == mark(b'-') =>
            {
                Some((i + 1, Meaning::Point(Point::at(When::Decade(190 + tens as i16)))))
            }
            Class::Month(..) => self.month(i),
            Class::Weekday(..) => {
                self.opening_days(i).or_else(|| self.days_behind_hours(i)).or_else(|| self.weekday(i, Which::Bare))
            }
            Class::Season(_) => self.bare_season(i),
            Class::Feast(_) => self.feast(i, Which::Bare),
            Class::Part(Part::Noon | Part::Midnight, false) => self.opening_hours(i).or_else(|| self.clock(i)),
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
            Class::A => longer(longer(self.duration(i), self.half(i)), self.spoken_clock(i)),
            Class::Half => longer(self.duration(i), self.spoken_clock(i)),
            Class::Vague | Class::Few | Class::Couple | Class::Another => self.duration(i),
            Class::Unit(..) => longer(self.bare_unit(i), self.spoken_clock(i)),
            Class::Each | Class::Every => self.set(i),
            // "Their daily lives".
            Class::Often(_) if self.is(i + 1, "life") || self.is(i + 1, "lives") => None,
            Class::Often(unit) => Some((i + 1, Meaning::Set(super::value::duration(Amount::of(1), unit)))),
            Class::Lasting(unit, several) => {
                let amount = if several { Amount::VAGUE } else { Amount::of(1) };
                Some((i + 1, Meaning::Duration(amount, unit)))
            }
            Class::Fiscal => self.fiscal(i),
            Class::Now => self.now(i),
            Class::Recently => Some((i + 1, Meaning::Reference("PAST_REF"))),
            Class::Currently => Some((i + 1, Meaning::Reference("PRESENT_REF"))),
            Class::Day(_) if self.masthead(i) || self.programme(i) => None,
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
            Class::Tonight => {
                let when = When::Deictic(Unit::Day, 0);
                Some((i + 1, Meaning::Point(Point { part: Some(Part::Night), ..Point::at(when) })))
            }
            Class::Overnight => {
                Some((i + 1, Meaning::Point(Point { part: Some(Part::Overnight), ..Point::at(self.night(i)) })))
            }
            _ => None,
        }
    }

    /// Which night "overnight" at `i` means: "overnight on Sunday", "overnight into Sunday", else the one by today.
    fn night(self, i: usize) -> When {
        let into = self.is(i + 1, "into") || self.at(i + 1) == Class::To;
        let day = if into { i + 2 } else { self.skip(i + 1, Class::On) };
        match self.weekday_at(day) {
            Some(weekday) if into => {
                let base = Base::Weekday { which: Which::Bare, weekday };
                When::Counted { unit: Unit::Day, amount: -1, base }
            }
            Some(weekday) => When::Weekday { which: Which::Bare, weekday },
            None => When::Overnight,
        }
    }

    /// Whether the word at `i` is a part of a masthead: "USA TODAY", "Gardening Today".
    fn masthead(self, i: usize) -> bool {
        let named = matches!(self.before(i), Class::Other) && self.capital(i) && self.capital(i - 1);
        let shouted = |k: usize| {
            let word = self.words.get(k).map_or("", |w| w.span.text(self.text));
            word.len() > 1 && word.chars().all(char::is_uppercase)
        };
        // A line in capitals shouts "TODAY" too.
        named && (!shouted(i) || !(i > 1 && shouted(i - 2)))
    }

    /// Whether the word at `i` is the title of a programme or paper: "the Today programme".
    fn programme(self, i: usize) -> bool {
        let titled = self.words.get(i + 1).is_some_and(|w| TITLED.contains(&w.span.text(self.text).to_lowercase()));
        titled && self.capital(i) && !matches!(self.before(i), Class::Break)
    }

    fn now(self, i: usize) -> Found<Meaning> {
        // "a now-defunct firm" dates nothing.
        let compound = self.at(i + 1) == mark(b'-') && self.joined(i + 1) && self.joined(i + 2);
        (!compound).then_some((i + 1, Meaning::Reference("PRESENT_REF")))
    }
}

/// Words without time that can follow "the past" and "the future".
static FOLLOWERS: WordSet = WordSet::english(Fact::Connectives, "behind-past");

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
