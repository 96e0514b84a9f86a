//! Measuring and training: one subcommand a file. Calls the library exactly as the product does.

mod story;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "rashomon-eval", version, about = "Measure Rashomon and train its models")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints a made-up story of any size as JSONL, for measuring speed
    Story(story::Args),
}

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Story(args) => story::run(&args),
    }
    ExitCode::SUCCESS
}
