//! The `rashomon` program: its subcommands, one file each, and the order of a run.
//!
//! | file | holds |
//! | --- | --- |
//! | `args` | what can be typed: the subcommands |
//! | `options` | the options that several of them share |
//! | `input` | inputs to articles, in parallel and in order |
//! | `output` | where results go: standard output, or a file written at once |
//! | `console` | what goes to standard error: notes and progress |
//! | `interrupt` | what must not stay behind when a run is interrupted |
//! | `state` | what `group` knows from earlier runs |
//! | `exit` | how a run ends: the one place that knows exit codes |
//!
//! To add a subcommand: a file with `Args` and `run`, a line in `args::Command`, and a line in [`run`].

#[cfg(feature = "store")]
mod add;
#[cfg(feature = "watch")]
mod alerts;
mod annotate;
mod args;
#[cfg(feature = "store")]
mod ask;
mod check;
mod collate;
mod completions;
mod console;
mod exit;
mod explain;
mod frames;
mod group;
mod input;
mod interrupt;
mod lineage_table;
mod man;
#[cfg(feature = "watch")]
mod net;
mod options;
mod output;
#[cfg(feature = "store")]
mod place;
mod quotes;
mod read;
#[cfg(feature = "inputs")]
mod records;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod source;
mod spool;
mod state;
#[cfg(feature = "store")]
mod store;
mod table;
#[cfg(feature = "watch")]
mod watch;
mod why;

use args::Command;
use clap::CommandFactory;
use std::ffi::OsString;

/// Runs the program with what was typed, its own name first; returns its exit code. A command line that makes no sense ends
/// the process.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> u8 {
    interrupt::outlive_limits();
    rashomon::model::survive_faults();
    let args = args::Args::read(typed);
    let mut console = console::Console::new(args.shared.quiet);
    #[cfg(feature = "store")]
    place::tell_of_waits(&console);
    let result = args.shared.start().and_then(|()| match &args.command {
        Command::Read(it) => read::run(it, &args.shared, &mut console),
        Command::Annotate(it) => annotate::run(it, &args.shared, &mut console),
        Command::Collate(it) => collate::run(it, &args.shared, &mut console),
        Command::Quotes(it) => quotes::run(it, &args.shared, &mut console),
        Command::Check(it) => check::run(it, &args.shared, &mut console),
        Command::Group(it) => group::run(it, &args.shared, &mut console),
        Command::Why(it) => why::run(it, &mut console),
        Command::Explain(it) => explain::run(it),
        #[cfg(feature = "store")]
        Command::Add(it) => add::run(it, &args.shared, &mut console),
        #[cfg(feature = "watch")]
        Command::Watch(it) => watch::run(it, &args.shared, &mut console),
        #[cfg(feature = "store")]
        Command::Stories(it) => ask::stories(it, &args.shared, &mut console),
        #[cfg(feature = "store")]
        Command::Search(it) => ask::search(it, &args.shared, &mut console),
        #[cfg(feature = "store")]
        Command::Alerts(it) => ask::alerts(it, &args.shared, &mut console),
        #[cfg(feature = "store")]
        Command::Versions(it) => ask::versions(it, &args.shared, &mut console),
        #[cfg(feature = "store")]
        Command::Store(it) => store::run(it, &args.shared, &mut console),
        #[cfg(feature = "serve")]
        Command::Serve(it) => serve::run(it, &args.shared, &mut console),
        #[cfg(feature = "serve")]
        Command::Mcp(it) => serve::mcp(it),
        Command::Schema(it) => schema::run(it),
        Command::Completions(it) => completions::run(it, args::Args::command()),
        Command::Man(it) => man::run(it, args::Args::command()),
    });
    exit::code(result, &mut console)
}
