//! `train crossing`: how common in English news is what crosses languages?
//!
//! Counts in how many articles of a news stream each key of `rashomon_language::crossing` occurs and stores the shares, a byte
//! a cell, as `crates/rashomon-lineage/models/crossing.bin`. No text is stored.

use crate::labelled::each_row;
use rashomon::lineage::Shared;
use std::io;
use std::path::PathBuf;

/// Where the stream is and where the table goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of English articles
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    stream: PathBuf,
    #[arg(short, long, default_value = "crates/rashomon-lineage/models/crossing.bin")]
    output: PathBuf,
}

/// Counts and writes the table.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut counts = Shared::default();
    each_row(&args.stream, |it| counts.add(&it.text)).map_err(io::Error::other)?;
    crate::models::write(&args.output, "crossing", &counts.to_bytes())
}
