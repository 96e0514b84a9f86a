//! What are the months and the days of the week called in English?
//!
//! Source: Unicode CLDR 44, English, wide and abbreviated forms, and the longer abbreviations of the AP Stylebook.

/// The months in order.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week, from Monday on.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Days from Monday of a day of the week, written out, in any case.
#[must_use]
pub fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|d| d.eq_ignore_ascii_case(word))
}

/// The same for its abbreviation without a stop: "Tue", "Tues".
#[must_use]
pub fn short_weekday(word: &str) -> Option<usize> {
    const LONGER: [(&str, usize); 4] = [("tues", 1), ("weds", 2), ("thur", 3), ("thurs", 3)];
    let longer = || LONGER.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, d)| *d);
    let three = |d: &&str| word.len() == 3 && d.as_bytes()[..3].eq_ignore_ascii_case(word.as_bytes());
    WEEKDAYS.iter().position(three).or_else(longer)
}

/// Months before a month, written out, in any case.
#[must_use]
pub fn month(word: &str) -> Option<usize> {
    MONTHS.iter().position(|m| m.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_are_known_in_any_case() {
        assert_eq!((weekday("sunday"), weekday("SUN"), short_weekday("Sun")), (Some(6), None, Some(6)));
        assert_eq!((short_weekday("thurs"), short_weekday("Sunday"), short_weekday("sué")), (Some(3), None, None));
        assert_eq!((month("may"), month("December"), month("Mai")), (Some(4), Some(11), None));
    }
}
