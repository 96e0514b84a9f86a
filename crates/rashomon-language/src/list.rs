//! A list of entries, each with what its columns say.

use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::ops::Range;

/// The entries of one data file, in the order of the file.
///
/// A line is an entry, and behind a tab what is known of it: words parted by white space, of which each may be asked as a
/// flag. Lines that begin with `#` are for the reader.
#[derive(Debug, Default)]
pub struct List {
    /// The file, as it lies in the program.
    text: Cow<'static, str>,
    /// Where in it each entry and its columns stand.
    rows: Vec<(Range<u32>, Range<u32>)>,
    /// For each hash of an entry the number of its row; a power of two of them, of which half are free at least.
    slots: Vec<u32>,
}

/// No row.
const FREE: u32 = u32::MAX;

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
        Self::read(Cow::Owned(file.to_owned()))
    }

    /// The same of a file that need not be copied.
    pub(crate) fn read(text: Cow<'static, str>) -> Self {
        let at = |part: &str| {
            let from = part.as_ptr() as usize - text.as_ptr() as usize;
            #[allow(clippy::cast_possible_truncation, reason = "files of words are small")]
            let number = |n: usize| n as u32;
            number(from)..number(from + part.len())
        };
        let lines = || text.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let rows: Vec<_> = lines()
            .map(|line| {
                let (entry, rest) = line.split_once('\t').unwrap_or((line, ""));
                (at(entry), if rest.is_empty() { 0..0 } else { at(rest.trim()) })
            })
            .collect();
        let mut it = Self { slots: vec![FREE; 2 * rows.len().next_power_of_two()], rows: Vec::new(), text };
        it.rows.reserve_exact(rows.len());
        for row in rows {
            if let Err(slot) = it.find(it.part(&row.0)) {
                #[allow(clippy::cast_possible_truncation, reason = "fewer rows than bytes")]
                let number = it.rows.len() as u32;
                it.slots[slot] = number;
                it.rows.push(row);
            }
        }
        it
    }

    fn part(&self, at: &Range<u32>) -> &str {
        &self.text[at.start as usize..at.end as usize]
    }

    /// The row of an entry, or the free slot where its number would stand.
    fn find(&self, entry: &str) -> Result<usize, usize> {
        if self.slots.is_empty() {
            return Err(0);
        }
        let mask = self.slots.len() - 1;
        #[allow(clippy::cast_possible_truncation, reason = "as many bits as there are slots")]
        let mut slot = FxBuildHasher.hash_one(entry) as usize & mask;
        while self.slots[slot] != FREE {
            let row = self.slots[slot] as usize;
            if self.part(&self.rows[row].0) == entry {
                return Ok(row);
            }
            slot = (slot + 1) & mask;
        }
        Err(slot)
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
        self.find(entry).is_ok()
    }

    /// What the columns say of `entry`; empty where the file says nothing more than that it is one.
    #[must_use]
    pub fn get(&self, entry: &str) -> Option<&str> {
        self.find(entry).ok().map(|row| self.part(&self.rows[row].1))
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
        self.rows.iter().map(|it| self.part(&it.0))
    }

    /// All entries with what the columns say of them.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.rows.iter().map(|it| (self.part(&it.0), self.part(&it.1)))
    }

    /// The entries with this flag.
    pub fn with<'a>(&'a self, flag: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        self.rows().filter(move |it| has_flag(it.1, flag)).map(|it| it.0)
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
        self.rows().filter_map(move |it| Some((it.0, value(it.1)?)))
    }
}

fn has_flag(columns: &str, flag: &str) -> bool {
    // Most rows have one flag, and no white space.
    let several = || columns.bytes().any(|it| it.is_ascii_whitespace());
    match columns.len().cmp(&flag.len()) {
        Ordering::Less => false,
        Ordering::Equal => columns == flag,
        Ordering::Greater => several() && columns.split_ascii_whitespace().any(|it| it == flag),
    }
}
