//! Work on the repository itself: `cargo xtask <task>`.

mod cluster;
mod eval;
mod picture;
mod rules;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "xtask", about = "Work on the repository itself")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Score the release build on the development data and print one table
    Eval(eval::Args),
    /// Check on Spark that killed executors and a small heap change no row
    Cluster(cluster::Args),
    /// Take the picture of the HTML report that stands in the README
    Picture(picture::Args),
    /// Write the book's page of rules from what the program knows about them
    Rules,
}

/// The root of the checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

fn main() -> ExitCode {
    let result = match Args::parse().task {
        Task::Eval(args) => eval::run(&root(), &args),
        Task::Cluster(args) => cluster::run(&root(), &args),
        Task::Picture(args) => picture::run(&root(), &args),
        Task::Rules => rules::run(&root()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
