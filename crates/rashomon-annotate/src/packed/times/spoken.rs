//! Times told from the time last told: "four days later", "the following year".

use super::when::{Unit, When};
use jiff::civil::Date;

/// Gives every time that is told from another its place, in the order of the text; without one before it, from `today`.
pub(super) fn resolve<'a>(times: impl Iterator<Item = &'a mut When>, today: Option<Date>) {
    let mut last = Spoken { place: None, day: None };
    for it in times {
        place(it, &last, today);
        last.tell(it);
    }
}

fn place(it: &mut When, last: &Spoken, today: Option<Date>) {
    match it {
        When::Later(unit, count) => {
            let (unit, count) = match unit {
                Unit::Decade => (Unit::Year, *count * 10.0),
                Unit::Century => (Unit::Year, *count * 100.0),
                unit => (*unit, *count),
            };
            *it = unit.from(last.at_least(unit).or(today), count);
        }
        When::Within(Some(day), _) => place(day, last, today),
        _ => {}
    }
}

/// The time last told, by its first day and how exact it is, and the day last told.
struct Spoken {
    place: Option<(Unit, Date)>,
    day: Option<Date>,
}

impl Spoken {
    fn tell(&mut self, it: &When) {
        let first = |year: i16, month: i8| Date::new(year, month, 1).ok();
        // What goes on from a day or a year that nobody can name has none either: what was told before it is another.
        match it {
            When::Weekday(_) | When::DayOfMonth(..) | When::Some(Unit::Day) => (self.place, self.day) = (None, None),
            When::Month(None, _) | When::Some(_) => self.place = None,
            _ => {}
        }
        let place = match it {
            When::Day(d) => Some((Unit::Day, *d)),
            When::Week(d) | When::Weekend(d) => Some((Unit::Week, *d)),
            When::Month(Some(y), m) => first(*y, *m).map(|d| (Unit::Month, d)),
            When::Year(y) => first(*y, 1).map(|d| (Unit::Year, d)),
            When::Within(Some(day), _) => return self.tell(day),
            _ => None,
        };
        self.place = place.or(self.place);
        if let When::Day(d) = it {
            self.day = Some(*d);
        }
    }

    /// The first day of the time last told, if that is as exact as `unit`.
    fn at_least(&self, unit: Unit) -> Option<Date> {
        let place = self.place.filter(|it| it.0 <= unit).map(|it| it.1);
        place.or(self.day.filter(|_| unit <= Unit::Week))
    }
}
