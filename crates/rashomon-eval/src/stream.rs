//! A stream of any number of made-up articles with the statistics of a real one, for measuring cost and memory.
//!
//! The pool is read at run time and never stored. It is told again and again, each time as much later as it is long: same
//! sizes and days of stories, same lengths, near-copies, order and share of undated articles, same articles a day; so more
//! articles mean more days, as in life. In each telling but the first, rare words are other words: those of up to
//! [`RARE`] articles are new in every telling, those of up to [`UNCOMMON`] have some [`VERSIONS`] forms over all of them.
//! Vocabulary grows as it does in life, and no story continues one of an earlier telling.

use crate::pool::{self, Row};
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many articles
    #[arg(long, default_value_t = 1_000_000)]
    articles: usize,
    /// JSONL (.gz) that is told again
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    pool: String,
    /// Lay the dated articles of each telling, in their order, evenly over so many days, all tellings over the same ones;
    /// leave out the undated: density, not number, is what breaks
    #[arg(long)]
    days: Option<u32>,
}

/// Articles of the pool that a rare word stands in at most: it is a new word in every telling.
const RARE: u32 = 20;
/// The same for a word that is another in some tellings.
const UNCOMMON: u32 = 200;
/// Forms of such a word.
const VERSIONS: u64 = 8;

/// The second at which squeezed articles begin: 2018-01-01.
const BEGIN: i64 = 1_514_764_800;

#[derive(Serialize)]
struct Made<'a> {
    id: String,
    outlet: Option<&'a str>,
    url: Option<String>,
    published: Option<String>,
    title: Option<String>,
    text: String,
}

/// Writes the stream to standard output, a JSON object a line.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let mut rows = pool::read(&args.pool)?;
    if args.days.is_some() {
        rows.retain(|row| row.published.is_some());
        rows.sort_by(|p, q| (p.published.map(|it| it.at), &p.id).cmp(&(q.published.map(|it| it.at), &q.id)));
    }
    if rows.is_empty() {
        return Err("no article in the pool".into());
    }
    let counts = counts(&rows);
    let told: Vec<[Told<'_>; 2]> = rows
        .iter()
        .map(|row| [Told::of(row.title.as_deref().unwrap_or_default(), &counts), Told::of(&row.text, &counts)])
        .collect();
    let [first, last] = span(&rows);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for n in 0..args.articles {
        let (telling, row, [title, text]) = (n / rows.len(), &rows[n % rows.len()], &told[n % rows.len()]);
        let later = ((last - first) / 86_400 + 1) * 86_400 * i64::try_from(telling).unwrap_or(0);
        let published = match args.days {
            Some(days) => Some(BEGIN + (n % rows.len()) as i64 * 86_400 * i64::from(days) / rows.len() as i64),
            None => row.published.map(|it| it.at.as_second().clamp(first, last) + later),
        };
        let made = Made {
            id: format!("{}-{telling}", row.id),
            outlet: row.outlet.as_deref(),
            // Another host: with one site's addresses a store would take the tellings for versions of one article.
            url: row.url.as_deref().map(|url| url.replacen("://", &format!("://telling-{telling}."), 1)),
            published: published.and_then(|it| jiff::Timestamp::from_second(it).ok()).map(|it| it.to_string()),
            title: row.title.is_some().then(|| title.again(telling)),
            text: text.again(telling),
        };
        serde_json::to_writer(&mut out, &made).map_err(|e| e.to_string())?;
        out.write_all(b"\n").map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// The seconds between which all but one in a thousand dated articles were published: what lies outside is an error.
fn span(rows: &[Row]) -> [i64; 2] {
    let mut all: Vec<i64> = rows.iter().filter_map(|row| Some(row.published?.at.as_second())).collect();
    all.sort_unstable();
    let out = all.len() / 1000;
    [all.get(out), all.get(all.len().saturating_sub(out + 1))].map(|it| it.copied().unwrap_or_default())
}

/// In how many articles each word stands.
fn counts(rows: &[Row]) -> HashMap<String, u32> {
    let mut counts: HashMap<String, (u32, usize)> = HashMap::new();
    for (n, row) in rows.iter().enumerate() {
        let parts = [row.title.as_deref().unwrap_or_default(), &row.text];
        for word in parts.into_iter().flat_map(|text| words(text).map(|it| it.1)) {
            let count = counts.entry(word.to_lowercase()).or_insert((0, usize::MAX));
            if count.1 != n {
                *count = (count.0 + 1, n);
            }
        }
    }
    counts.into_iter().map(|(word, (count, _))| (word, count)).collect()
}

/// The words of a text, each with its place: letters in a row.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// A text with the words that change.
struct Told<'a> {
    text: &'a str,
    /// Where each ends, its number, and whether it is rare.
    changing: Vec<(usize, u64, bool)>,
}

impl<'a> Told<'a> {
    fn of(text: &'a str, counts: &HashMap<String, u32>) -> Self {
        let changing = words(text)
            .filter_map(|(at, word)| {
                let word_small = word.to_lowercase();
                let count = counts.get(&word_small).copied().unwrap_or_default();
                let number = word_small.bytes().fold(7, |hash: u64, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
                });
                (count <= UNCOMMON).then_some((at + word.len(), number, count <= RARE))
            })
            .collect();
        Self { text, changing }
    }

    /// The text with the words of a telling.
    fn again(&self, telling: usize) -> String {
        let mut out = String::with_capacity(self.text.len() + 2 * self.changing.len());
        let mut from = 0;
        for (end, number, rare) in &self.changing {
            out.push_str(&self.text[from..*end]);
            from = *end;
            let telling = telling as u64;
            let version = if *rare || telling == 0 {
                telling
            } else {
                (number ^ telling.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
                    & (VERSIONS - 1)
            };
            ending(version, &mut out);
        }
        out.push_str(&self.text[from..]);
        out
    }
}

/// Letters that make a word another one; none for the first version.
fn ending(mut version: u64, out: &mut String) {
    const LETTERS: &[u8; 16] = b"bdfgklmnprtvxzoa";
    while version > 0 {
        out.push(char::from(LETTERS[(version & 15) as usize]));
        version >>= 4;
    }
}
