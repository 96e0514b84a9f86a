//! `train points`: which pairs of sentences of two reports state a common fact.
//!
//! Learns from stories that were marked by reading and writes `crates/rashomon-compare/models/points.bin`; the same stories
//! give the same bytes. How well it does on stories it has not seen is told by `points`.

use crate::drawn;
use crate::impostors;
use crate::marks;
use crate::points::{self, LEAST, MEAN, SEED, SILENT, SILENT_OF_ONE};
use rashomon::compare::joins::{Floors, Weights};
use std::io;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Marked stories, one a line
    #[arg(long, default_values = marks::MARKED)]
    data: Vec<PathBuf>,
    /// Their articles
    #[arg(long, default_value = "../shared/data/groups/allsides-dev.jsonl.gz")]
    texts: String,
    /// Articles among which reports of other events are looked for
    #[arg(long, default_value = marks::POOL)]
    pool: String,
    /// Pairs of other stories that were judged by reading
    #[arg(long, default_value = drawn::JUDGED)]
    drawn: PathBuf,
    #[command(flatten)]
    growing: points::Growing,
    #[arg(short, long, default_value = "crates/rashomon-compare/models/points.bin")]
    output: PathBuf,
}

/// Learns and writes the weights.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let stories = points::read_marked(&args.data, &args.texts)?;
    let mut pairs: Vec<marks::Judged> = stories.iter().flat_map(points::judged).collect();
    let disguised = impostors::disguised(&points::beside(&stories), &args.pool)?;
    pairs.extend(disguised.iter().flatten().flat_map(|it| points::not_one(it, args.growing.impostors)));
    pairs.extend(drawn::judged(&args.drawn, &args.pool, args.growing.by_chance)?.into_iter().flatten());
    let trees = points::learn(&args.growing, &pairs.iter().collect::<Vec<_>>());
    eprintln!("{} stories, {} pairs, {} trees", stories.len(), pairs.len(), trees.trees.len());
    let floors = Floors { seed: SEED, mean: MEAN, least: LEAST };
    let weights = Weights { trees, floors, silent: SILENT, silent_of_one: SILENT_OF_ONE };
    crate::models::write(&args.output, "points", &weights.to_bytes())
}
