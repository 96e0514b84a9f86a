//! `rashomon annotate`: what stands where in each article.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Job, Shared};
use crate::read::Format;
use crate::{input, output};
use rashomon::annotate::annotate;
use rashomon::model::{Article, Noted};
use rashomon::report;

/// The same with sentences, quotes, times, names, numbers and declared sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon annotate article.txt                       quotes and their speakers, on the terminal
  rashomon annotate articles.jsonl -o annotated.jsonl
  rashomon annotate page.html | jq '.quotes[].speaker'")]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job<Format>,
}

/// Annotates and prints articles as they come.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let format = args.job.format(Format::Text, Format::Jsonl)?;
    let mut out = output::Output::shown(&args.job.output, shared, format == Format::Text)?;
    let look = args.job.look(shared, false);
    console.doing("annotating");
    if args.job.output.is_terminal() {
        console.step_aside();
    }
    let print = |article: Article| {
        let Noted { output, notes } = annotate(article);
        let output = match format {
            Format::Text => report::annotated_text(&output, look),
            Format::Jsonl => report::annotated_json(&output),
        };
        Noted { output, notes }
    };
    input::each(&args.job.inputs, console, print, |line| out.line(&line))?;
    out.finish()
}
