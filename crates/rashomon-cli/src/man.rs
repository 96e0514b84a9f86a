//! `rashomon man`: the manual pages, from the same source as the command line itself.

use crate::exit::Failure;
use crate::options::Output;
use crate::output;
use clap::Command;

/// The manual page of rashomon, or of one of its subcommands.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon man | man -l -
  rashomon man collate -o rashomon-collate.1")]
pub(crate) struct Args {
    /// The subcommand whose page to print
    subcommand: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Prints the page of `command`, the whole of what can be typed.
pub(crate) fn run(args: &Args, mut command: Command) -> Result<(), Failure> {
    command.build();
    let page = match &args.subcommand {
        None => command,
        Some(name) => {
            let found =
                command.find_subcommand(name).ok_or_else(|| Failure::Usage(format!("no subcommand {name:?}")))?;
            found.clone()
        }
    };
    let mut bytes = Vec::new();
    clap_mangen::Man::new(page).render(&mut bytes).map_err(Failure::nothing)?;
    let mut out = output::Output::open(&args.output)?;
    out.write(bytes)?;
    out.finish()
}
