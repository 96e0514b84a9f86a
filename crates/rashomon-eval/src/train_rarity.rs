//! `train rarity`: how rare is each term in news at large?
//!
//! Counts in how many articles of a news stream each term occurs and stores the inverse document frequency, a byte a term,
//! as `crates/rashomon-group/models/rarity.bin`. No text is stored: a term is there as a 32-bit key only.

use crate::labelled::each_row;
use rashomon::group::learn::Rarities;
use std::io;
use std::path::PathBuf;

/// Where the stream is and where the table goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of articles whose terms are counted
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    stream: PathBuf,
    /// Terms in fewer articles are left out
    #[arg(long, default_value_t = 3)]
    least: u32,
    #[arg(short, long, default_value = "crates/rashomon-group/models/rarity.bin")]
    output: PathBuf,
}

/// Counts and writes the table.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut counts = Rarities::default();
    each_row(&args.stream, |it| counts.add(it.title.as_deref().unwrap_or_default(), &it.text))
        .map_err(io::Error::other)?;
    crate::models::write(&args.output, "rarity", &counts.to_bytes(args.least))
}
