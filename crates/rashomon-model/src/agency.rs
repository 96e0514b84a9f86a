//! Which news agency, picture agency or masthead a name stands for.
//!
//! The table is `data/agencies.tsv`; its sources are named there.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// The agency or masthead that `name` stands for: "AP" and "The Associated Press" are one.
///
/// Case and a leading "the" do not matter. Unknown names give `None`.
#[must_use]
pub fn agency(name: &str) -> Option<&'static Agency> {
    of_key(&key(name))
}

fn of_key(key: &str) -> Option<&'static Agency> {
    TABLE.by_name.get(key).map(|&i| &TABLE.agencies[i])
}

/// Every name in the table as written, other names too, in the table's order.
pub fn agency_names() -> impl Iterator<Item = &'static str> {
    lines().flat_map(|(name, _, others)| std::iter::once(name).chain(others))
}

/// Whether reports name `name` in their prose as an outlet or a service that carries what was published.
#[must_use]
pub fn is_outlet(name: &str) -> bool {
    static OUTLETS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        include_str!("../data/outlets.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(key).collect()
    });
    let key = key(name);
    OUTLETS.contains(&key) || of_key(&key).is_some_and(|a| a.wire || a.outlet)
}

/// The lines of the table: name, kinds, other names.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, impl Iterator<Item = &'static str>)> {
    include_str!("../data/agencies.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        (next(), next(), next().split('|').filter(|a| !a.is_empty()))
    })
}

/// A news agency, picture agency or masthead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its usual full name.
    pub name: &'static str,
    /// Whether it sells text to other outlets.
    pub wire: bool,
    /// Whether it sells pictures to other outlets.
    pub photo: bool,
    /// Whether it is a masthead of its own.
    pub outlet: bool,
    /// Its other names.
    pub others: Vec<&'static str>,
}

struct Table {
    agencies: Vec<Agency>,
    by_name: FxHashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { agencies: Vec::new(), by_name: FxHashMap::default() };
    for (name, kinds, others) in lines() {
        let has = |kind: &str| kinds.split(',').any(|k| k == kind);
        let at = table.agencies.len();
        let others: Vec<&'static str> = others.collect();
        for alias in others.iter().copied().chain([name]) {
            table.by_name.entry(key(alias)).or_insert(at);
        }
        table.agencies.push(Agency { name, wire: has("wire"), photo: has("photo"), outlet: has("outlet"), others });
    }
    table
});

fn key(name: &str) -> String {
    let mut lower = name.trim().to_lowercase();
    if lower.starts_with("the ") {
        lower.drain(..4);
    }
    if lower.contains('-') { lower.replace('-', " ") } else { lower }
}

#[cfg(test)]
mod tests {
    use super::agency;

    #[test]
    fn aliases_meet() {
        assert_eq!(agency("AP"), agency("The Associated Press"));
        assert!(agency("AP").is_some_and(|a| a.wire && a.photo && !a.outlet));
        assert!(agency("getty images").is_some_and(|a| a.photo && !a.wire));
        assert_eq!(agency("Harbour Gazette"), None);
    }
}
