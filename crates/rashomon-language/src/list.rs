//! A list of entries, each with what its columns say.

use rustc_hash::FxHashMap;

/// The entries of one data file, in the order of the file.
///
/// A line is an entry, and behind a tab what is known of it: words parted by white space, of which each may be asked as a
/// flag. Lines that begin with `#` are for the reader.
#[derive(Debug, Default)]
pub struct List {
    rows: Vec<(Box<str>, Box<str>)>,
    places: FxHashMap<Box<str>, usize>,
}

impl List {
    /// The list that `file` holds; of an entry given twice the first counts.
    ///
    /// ```
    /// let list = rashomon_language::List::parse("# Source: none.\nnorth\tplace\nmayor\thead title\n");
    /// assert!(list.contains("north") && list.has("mayor", "title"));
    /// assert_eq!(list.with("place").collect::<Vec<_>>(), ["north"]);
    /// ```
    #[must_use]
    pub fn parse(file: &str) -> Self {
        let mut it = Self::default();
        for line in file.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (entry, rest) = line.split_once('\t').unwrap_or((line, ""));
            it.places.entry(entry.into()).or_insert_with(|| {
                it.rows.push((entry.into(), rest.trim().into()));
                it.rows.len() - 1
            });
        }
        it
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether `entry` is listed.
    #[must_use]
    pub fn contains(&self, entry: &str) -> bool {
        self.places.contains_key(entry)
    }

    /// What the columns say of `entry`; empty where the file says nothing more than that it is one.
    #[must_use]
    pub fn get(&self, entry: &str) -> Option<&str> {
        self.places.get(entry).map(|n| &*self.rows[*n].1)
    }

    /// Whether `entry` is listed with this flag.
    #[must_use]
    pub fn has(&self, entry: &str, flag: &str) -> bool {
        self.get(entry).is_some_and(|it| has_flag(it, flag))
    }

    /// The number that the first column of `entry` gives.
    #[must_use]
    pub fn number(&self, entry: &str) -> Option<f64> {
        self.get(entry)?.split_whitespace().next()?.parse().ok()
    }

    /// All entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &str> + Clone {
        self.rows.iter().map(|it| &*it.0)
    }

    /// All entries with what the columns say of them.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.rows.iter().map(|it| (&*it.0, &*it.1))
    }

    /// The entries with this flag.
    pub fn with<'a>(&'a self, flag: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        self.rows.iter().filter(move |it| has_flag(&it.1, flag)).map(|it| &*it.0)
    }

    /// The entries with a column `key:value`, each with its value.
    ///
    /// ```
    /// let list = rashomon_language::List::parse("told\tcue of:tell\nsaid\tof:say\n");
    /// assert_eq!(list.valued("of").collect::<Vec<_>>(), [("told", "tell"), ("said", "say")]);
    /// ```
    pub fn valued<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> + Clone {
        let value =
            move |columns: &'a str| columns.split_whitespace().find_map(|it| it.strip_prefix(key)?.strip_prefix(':'));
        self.rows.iter().filter_map(move |it| Some((&*it.0, value(&it.1)?)))
    }
}

fn has_flag(columns: &str, flag: &str) -> bool {
    columns.split_whitespace().any(|it| it == flag)
}
