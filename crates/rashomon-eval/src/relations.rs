//! Which relations does a pile of articles hold? For reading them, and for time and memory against other tools.

use crate::pool;
use clap::Args as ClapArgs;
use rashomon::lineage::{Aligner, Card, Finder, Sketch, Words};
use std::borrow::Cow;
use std::io::Write;
use std::time::{Duration, Instant};

/// Options of `relations`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Articles, as JSONL
    input: String,
    /// Print the shared passages too
    #[arg(long)]
    passages: bool,
    /// Print how long one alignment of the related pairs takes instead, for texts of 300 to 500 words
    #[arg(long)]
    align_times: bool,
}

/// Prints one relation a line, as JSON.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let rows = pool::read(&args.input)?;
    let mut finder = Finder::default();
    let cards: Vec<Card> = rows.iter().map(pool::Row::card).collect();
    for (card, r) in cards.iter().zip(&rows) {
        finder.add(card, &Sketch::of(&r.text));
    }
    let text = |n: usize| Cow::Borrowed(rows[n].text.as_str());
    let article = |n: usize| (cards[n].clone(), text(n));
    if args.align_times {
        let found = finder.find(article, text);
        return align_times(found.iter().map(|f| [f.source, f.derived].map(|n| rows[n].text.as_str())));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for f in finder.find(article, text) {
        let (x, y) = (&rows[f.source], &rows[f.derived]);
        let mut row = serde_json::json!({
            "source": x.id, "derived": y.id, "outlets": [x.outlet, y.outlet], "kind": f.kind.as_str(),
            "directed": f.directed, "score": f.score, "rule": f.rule.name, "reasons": rashomon::wire::reasons_found(&f),
        });
        if args.passages {
            row["passages"] =
                f.passages.iter().map(|(p, q)| serde_json::json!([p.text(&x.text), q.text(&y.text)])).collect();
        }
        writeln!(out, "{row}").map_err(|e| e.to_string())?;
    }
    out.flush().map_err(|e| e.to_string())
}

/// Aligns each pair of texts of a like length eleven times and prints the quantiles of the medians over the pairs.
fn align_times<'a>(pairs: impl Iterator<Item = [&'a str; 2]>) -> Result<(), String> {
    let mut aligner = Aligner::default();
    let mut times: Vec<Duration> = Vec::new();
    for pair in pairs {
        let [a, b] = pair.map(Words::of);
        if [&a, &b].iter().any(|it| !(300..=500).contains(&it.len())) {
            continue;
        }
        let mut runs: Vec<Duration> = (0..11)
            .map(|_| {
                let started = Instant::now();
                std::hint::black_box(aligner.align(&a, &b));
                started.elapsed()
            })
            .collect();
        runs.sort_unstable();
        times.push(runs[5]);
    }
    times.sort_unstable();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).ok_or("no pair of 300 to 500 words");
    println!("{} pairs: median {:?}, nine in ten below {:?}", times.len(), at(0.5)?, at(0.9)?);
    Ok(())
}
