//! `rashomon read`: any input to articles.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Job, Shared};
use crate::{input, output};
use clap::ValueEnum;
use rashomon::model::Noted;
use rashomon::report;

/// Any input to articles, one JSON object a line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon read page.html                    what was read, on the terminal
  rashomon read pages/ -o articles.jsonl     a folder of pages to one file
  zcat feed.jsonl.gz | rashomon read - | head -1")]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job<Format>,
}

/// What articles are printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object a line
    #[value(alias = "json")]
    Jsonl,
}

/// Reads and prints articles as they come.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let format = args.job.format(Format::Text, Format::Jsonl)?;
    let mut out = output::Output::shown(&args.job.output, shared, format == Format::Text)?;
    let look = args.job.look(shared, false);
    console.doing("reading");
    if args.job.output.is_terminal() {
        console.step_aside();
    }
    let print = |it| {
        Noted::quiet(match format {
            Format::Text => report::article_text(&it, look),
            Format::Jsonl => report::article_json(&it),
        })
    };
    input::each(&args.job.inputs, console, print, |line| out.line(&line))?;
    out.finish()
}
