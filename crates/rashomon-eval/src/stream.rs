//! A stream of any number of made-up articles with the statistics of a real one, for measuring cost and memory.
//!
//! Words, lengths and near-copies come from a pool that is read at run time and never stored. Every article continues the
//! chain of words of a real one: three to eight words in a row stand as they stood somewhere in the pool, so frequencies of
//! terms, names and phrases keep their shape. Stories have sizes, spans of days and shared passages as in the pool; the
//! number of articles a day is the pool's, so more articles mean more days, as in life.

use crate::pool;
use crate::random::Random;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many articles
    #[arg(long, default_value_t = 1_000_000)]
    articles: usize,
    /// JSONL (.gz) the statistics are taken from
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    pool: String,
    /// Articles a day; the pool's densest years have about thirty
    #[arg(long, default_value_t = 30)]
    daily: usize,
    /// Same seed, same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Serialize)]
struct Made<'a> {
    id: String,
    outlet: String,
    published: String,
    title: &'a str,
    text: &'a str,
}

/// Writes the stream to standard output, a JSON object a line.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let rows = pool::read(&args.pool)?;
    let chunks: Vec<Vec<&str>> = rows.iter().map(|it| passages(&it.text)).collect();
    let lengths: Vec<usize> = rows.iter().map(pool::Row::words).collect();
    let source = Source { rows: &rows, chunks: &chunks, lengths: &lengths };
    let mut random = Random::new(args.seed);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut open: Vec<Story> = Vec::new();
    for n in 0..args.articles {
        let day = n / args.daily.max(1);
        open.retain(|it| it.left > 0 && it.until >= day);
        // Of ten articles about six are alone in the pool, as found by `rashomon group`.
        let story = if !open.is_empty() && random.below(10) < 4 {
            let at = random.below(open.len());
            open[at].left -= 1;
            &open[at]
        } else {
            // Zipf: one story in two ends with one or two reports, one in forty has forty or more.
            let left = 80 / (1 + random.below(80));
            open.push(Story { topic: random.below(rows.len()), left, until: day + 2 + random.below(4) });
            &open[open.len() - 1]
        };
        let text = source.text(story, &mut random);
        let title = rows[story.topic].title.as_deref().unwrap_or_default();
        let shuffled = reordered(title, &mut random);
        let made = Made {
            id: format!("g{n}"),
            outlet: format!("Paper {}", random.below(400)),
            published: date(day, random.below(86_400)),
            title: &shuffled,
            text: &text,
        };
        serde_json::to_writer(&mut out, &made).map_err(|e| e.to_string())?;
        out.write_all(b"\n").map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// A story that may still get reports.
struct Story {
    /// The article of the pool it takes its passages from.
    topic: usize,
    left: usize,
    until: usize,
}

struct Source<'a> {
    rows: &'a [pool::Row],
    chunks: &'a [Vec<&'a str>],
    lengths: &'a [usize],
}

impl Source<'_> {
    /// Half of the passages from the story's own article, the rest from everywhere; one in twelve is a near-copy.
    fn text(&self, story: &Story, random: &mut Random) -> String {
        let own = &self.chunks[story.topic];
        if random.below(12) == 0 {
            let cut = random.below(own.len().min(20) + 1);
            return own[cut..].concat();
        }
        let wanted = self.lengths[random.below(self.rows.len())];
        let mut text = String::new();
        let mut words = 0;
        while words < wanted {
            let from = if random.below(2) == 0 { own } else { &self.chunks[random.below(self.rows.len())] };
            if from.is_empty() {
                words += 1;
                continue;
            }
            let passage = from[random.below(from.len())];
            words += passage.split_whitespace().count().max(1);
            text.push_str(passage);
        }
        text
    }
}

/// A text in passages of three to eight words, their lengths from their bytes.
fn passages(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut from, mut words) = (0, 0);
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() {
            words += 1;
            let end = at + letter.len_utf8();
            if words >= 3 + from % 6 {
                out.push(&text[from..end]);
                (from, words) = (end, 0);
            }
        }
    }
    out
}

fn reordered(title: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = title.split_whitespace().collect();
    words.retain(|_| random.below(10) < 7);
    random.shuffle(&mut words);
    words.join(" ")
}

/// Days after the first of January 1970, in years of twelve months of 28 days: no calendar is needed to be within a window.
fn date(day: usize, second: usize) -> String {
    let (year, month, day) = (1970 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
    format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}
