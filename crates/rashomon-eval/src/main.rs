//! Measuring and training: one subcommand a file. Calls the library exactly as the product does.

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
    /// Prints what can be measured and trained
    About,
}

fn main() -> ExitCode {
    match Args::parse().command {
        Command::About => println!("subcommands are listed by --help"),
    }
    ExitCode::SUCCESS
}
