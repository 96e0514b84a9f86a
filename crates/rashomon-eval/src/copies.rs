//! Is it told how much of a source a derived text took over?

use clap::Args as ClapArgs;
use rashomon::lineage::{copy_level, shares};
use std::io::{self, BufRead, Write};

/// Options of `copies`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Lines of JSON with `source` and `derived`
    file: String,
    /// Print the measures beside the level
    #[arg(long)]
    shares: bool,
}

/// Prints `cut`, `light`, `heavy` or `non` for each line.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let file = io::BufReader::new(std::fs::File::open(&args.file)?);
    let mut out = io::stdout().lock();
    for line in file.lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        let (source, derived) = (text("source"), text("derived"));
        let level = copy_level(&source, &derived).as_str();
        if args.shares {
            let it = shares(&source, &derived);
            writeln!(
                out,
                "{level}\t{:.3}\t{:.3}\t{:.3}\t{:.3}\t{:.3}",
                it.words, it.threes, it.eights, it.reach, it.density
            )?;
        } else {
            writeln!(out, "{level}")?;
        }
    }
    Ok(())
}
