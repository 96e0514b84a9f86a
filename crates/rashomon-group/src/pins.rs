//! What people decided: articles that must be in one story, and articles that must not.

use crate::record::Record;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Decisions that stand above everything measured. They hold for every run they are given to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// Pairs of ids that must be in one story.
    pub join: Vec<(String, String)>,
    /// Pairs of ids that must not.
    pub part: Vec<(String, String)>,
}

impl Pins {
    /// Reads pins: a line `join A B` or `part A B` each, with tabs between if an id has spaces; `#` begins a comment line.
    ///
    /// # Errors
    /// Names the first line that is neither, or the first pair that is to be joined, perhaps by way of others, and parted.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pins = Self::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = if line.contains('\t') {
                line.split('\t').map(str::trim).collect()
            } else {
                line.split_whitespace().collect()
            };
            match fields[..] {
                ["join", a, b] => pins.join.push((a.to_owned(), b.to_owned())),
                ["part", a, b] => pins.part.push((a.to_owned(), b.to_owned())),
                _ => return Err(format!("line {}: expected \"join A B\" or \"part A B\"", n + 1)),
            }
        }
        match pins.contradiction() {
            None => Ok(pins),
            Some((a, b)) => Err(format!("{a} and {b} are to be joined and to be parted")),
        }
    }

    /// The pins as [`Pins::parse`] reads them.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (verb, pairs) in [("join", &self.join), ("part", &self.part)] {
            for (a, b) in pairs {
                let _ = writeln!(out, "{verb}\t{a}\t{b}");
            }
        }
        out
    }

    /// The pins of both; the same pin only once.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.join.extend(other.join.iter().cloned());
        self.part.extend(other.part.iter().cloned());
        self.join.sort();
        self.join.dedup();
        self.part.sort();
        self.part.dedup();
        self
    }

    /// A pair that is to be joined, perhaps by way of others, and to be parted.
    #[must_use]
    pub fn contradiction(&self) -> Option<(&str, &str)> {
        let mut set: BTreeMap<&str, &str> = BTreeMap::new();
        fn root<'a>(set: &BTreeMap<&'a str, &'a str>, mut it: &'a str) -> &'a str {
            while let Some(above) = set.get(it) {
                it = above;
            }
            it
        }
        for (a, b) in &self.join {
            let (a, b) = (root(&set, a), root(&set, b));
            if a != b {
                set.insert(a.max(b), a.min(b));
            }
        }
        let together = |(a, b): &&(String, String)| root(&set, a) == root(&set, b);
        self.part.iter().find(together).map(|(a, b)| (a.as_str(), b.as_str()))
    }

    /// The pins as indices of `records`; those that name an article that is not there are left out.
    pub(crate) fn resolve(&self, records: &[Record]) -> Resolved {
        if self.join.is_empty() && self.part.is_empty() {
            return Resolved::default();
        }
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        for (a, b) in self.join.iter().chain(&self.part) {
            places.insert(a, u32::MAX);
            places.insert(b, u32::MAX);
        }
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        for (n, record) in records.iter().enumerate() {
            if let Some(place) = places.get_mut(&*record.id) {
                *place = n as u32;
            }
        }
        let pairs = |all: &[(String, String)]| {
            all.iter()
                .map(|(a, b)| (places[a.as_str()], places[b.as_str()]))
                .filter(|(a, b)| *a != u32::MAX && *b != u32::MAX && a != b)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .collect()
        };
        Resolved { join: pairs(&self.join), part: pairs(&self.part) }
    }
}

/// Pins as pairs of indices, the lower first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) join: Vec<(u32, u32)>,
    pub(crate) part: Vec<(u32, u32)>,
}

impl Resolved {
    /// The same by place in `articles`, which are in order; pairs with others are left out.
    pub(crate) fn local(&self, articles: &[u32]) -> Self {
        let place = |n: &u32| articles.binary_search(n).ok().and_then(|n| u32::try_from(n).ok());
        let pairs = |all: &[(u32, u32)]| all.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect();
        Self { join: pairs(&self.join), part: pairs(&self.part) }
    }

    /// Whether joining the two sets would bring parted articles together.
    pub(crate) fn forbids(&self, a: &[u32], b: &[u32]) -> bool {
        self.part.iter().any(|(x, y)| (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x)))
    }
}

#[cfg(test)]
mod tests {
    use super::Pins;

    #[test]
    fn pins_are_read_and_written() {
        let pins = Pins::parse("# mine\njoin a b\npart\ta\tthe other one\n").unwrap();
        assert_eq!(Pins::parse(&pins.to_text()), Ok(pins.clone()));
        assert_eq!(pins.part, [("a".to_owned(), "the other one".to_owned())]);
        assert_eq!(pins.clone().and(&pins), pins);
    }

    #[test]
    fn nonsense_and_contradictions_are_refused() {
        assert_eq!(Pins::parse("join a").unwrap_err(), "line 1: expected \"join A B\" or \"part A B\"");
        let error = Pins::parse("join a b\njoin c b\npart a c").unwrap_err();
        assert_eq!(error, "a and c are to be joined and to be parted");
    }
}
