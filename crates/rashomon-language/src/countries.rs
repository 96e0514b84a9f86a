//! Countries under all their names.

use crate::{Fact, Language};

/// A country, or what is told of like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country<'a> {
    /// What it is called, the usual name first.
    pub names: Vec<CountryWord<'a>>,
    /// What its people and things are called, the adjective first.
    pub people: Vec<CountryWord<'a>>,
    /// Capitals and seats that stand for the government; `None` where the country has but its name.
    pub seats: Option<Vec<&'a str>>,
}

/// A word for a country or its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryWord<'a> {
    /// As it is written.
    pub text: &'a str,
    /// Whether it shows by itself that it is the name of a place or of a people; "Kiwi" does not.
    pub tells: bool,
}

impl Language {
    /// The countries that the language has names for, in the order of its list.
    ///
    /// ```
    /// let country = rashomon_language::Language::english().countries().find(|it| it.names[0].text == "Austria").unwrap();
    /// assert_eq!(country.people[0].text, "Austrian");
    /// assert_eq!(country.seats, Some(vec!["Vienna"]));
    /// ```
    pub fn countries(&self) -> impl Iterator<Item = Country<'_>> {
        self.list(Fact::Countries).entries().map(|line| {
            let mut columns = line.split('|');
            let mut column = || columns.next().map(listed);
            let words = |column: Option<Vec<_>>| column.unwrap_or_default().into_iter().map(word).collect();
            Country { names: words(column()), people: words(column()), seats: column() }
        })
    }
}

fn listed(column: &str) -> Vec<&str> {
    column.split(',').map(str::trim).filter(|it| !it.is_empty()).collect()
}

fn word(entry: &str) -> CountryWord<'_> {
    match entry.strip_prefix('~') {
        Some(text) => CountryWord { text, tells: false },
        None => CountryWord { text: entry, tells: true },
    }
}
