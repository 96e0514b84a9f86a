//! What can be typed: the subcommands, and the options that several of them share.

use crate::exit::Failure;
use crate::{annotate, check, collate, completions, explain, group, man, quotes, read, schema, why};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use rashomon::report::Look;
use std::io::IsTerminal;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "rashomon",
    version,
    about = "Reads many accounts of one event and shows, with proof, how they relate",
    long_about = "Reads many accounts of one event and shows, with proof, how they relate: which descend from which, \
                  what all of them say and what only some do, where they contradict each other, how quotes were \
                  altered on the way, what was changed after publication, and what they call the same thing.\n\n\
                  Works offline. The same input gives the same bytes out, whatever its order and the number of threads.",
    after_help = EXIT_CODES,
    after_long_help = EXAMPLES,
    max_term_width = 100
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

const EXIT_CODES: &str = "Exit codes: 0 all read, 1 nothing done, 2 wrong usage, 3 some inputs left out";

const EXAMPLES: &str = "\
Examples:
  rashomon collate reports/                  compare the reports of one event, on the terminal
  rashomon collate reports/ -o event.html    the same as one HTML file to send around
  rashomon collate *.txt | jq .stories       the same for programs
  rashomon annotate feed.jsonl.gz -o annotated.jsonl

INPUT is a file, a folder or `-` for standard input: plain text, HTML or JSONL,
each also as .gz or .zst, told apart by content.

Exit codes:
  0  all read
  1  nothing could be done
  2  wrong usage
  3  done, but some inputs were left out, each named on standard error";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Any input to articles, one JSON object a line
    Read(read::Args),
    /// The same with sentences, quotes, times, names, numbers and declared sources
    Annotate(annotate::Args),
    /// The full comparison of one or a few stories
    Collate(collate::Args),
    /// All quotations with their speakers, as a table
    Quotes(quotes::Args),
    /// Whether a sentence is quoted in articles, from whom, and in which words
    Check(check::Args),
    /// Many articles to stories, as tables
    Group(group::Args),
    /// Why two articles are, or are not, in one story
    Why(why::Args),
    /// What a rule finds, why it matters, an example, and when it is wrong
    Explain(explain::Args),
    /// The JSON Schema of what `collate --format json` prints
    Schema(schema::Args),
    /// Completions for a shell
    Completions(completions::Args),
    /// The manual page
    Man(man::Args),
}

/// Options that every subcommand takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Shared {
    /// When to colour text; `auto` heeds NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Shared options")]
    color: ColorChoice,
    /// Number of threads; results do not depend on it [default: one a core]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Shared options")]
    threads: Option<u16>,
    /// What one article may grow to when it is unpacked, as bytes or with K, M or G; larger ones are left out by name
    #[arg(long, global = true, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = "Shared options")]
    largest: u64,
    /// No progress and no notes; inputs that were left out are still named
    #[arg(short, long, global = true, help_heading = "Shared options")]
    pub(crate) quiet: bool,
}

impl Shared {
    /// Puts the number of threads into effect.
    pub(crate) fn start(&self) -> Result<(), Failure> {
        crate::input::allow(self.largest);
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global().map_err(Failure::nothing)?;
        }
        Ok(())
    }

    /// Whether results that go to `output` are coloured.
    pub(crate) fn colors(&self, output: &Output) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                output.is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
                    && std::env::var_os("TERM").is_none_or(|it| it != "dumb")
            }
        }
    }
}

/// Where results go.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// Write to FILE, which appears only when all is done, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

impl Output {
    /// Whether results are shown on a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// Columns that text may take: those of the terminal, else COLUMNS, else 80.
    pub(crate) fn width(&self) -> usize {
        let terminal = || terminal_size::terminal_size().map(|(width, _)| width.0.into());
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        self.is_terminal().then(terminal).flatten().or_else(columns).unwrap_or(80)
    }
}

/// What to read, where results go, and as what: the same for every subcommand that turns inputs into one output.
#[derive(Debug, clap::Args)]
pub(crate) struct Job<F: ValueEnum + Copy + Send + Sync + 'static> {
    /// Files, folders or `-`: plain text, HTML, JSONL, each also as .gz or .zst
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    /// [default: by the ending of FILE; text for a terminal, else JSON]
    #[arg(long)]
    format: Option<F>,
}

impl<F: ValueEnum + Copy + Send + Sync + 'static> Job<F> {
    /// The format that was asked for; else the one that the file's name ends in; else `text` for a terminal and `piped` elsewhere.
    pub(crate) fn format(&self, text: F, piped: F) -> F {
        let ending = || match self.output.output.as_ref()?.extension()?.to_str()? {
            "txt" => F::from_str("text", true).ok(),
            ending => F::from_str(ending, true).ok(),
        };
        self.format.or_else(ending).unwrap_or(if self.output.is_terminal() { text } else { piped })
    }

    /// How text is laid out where the results go.
    pub(crate) fn look(&self, shared: &Shared, evidence: bool) -> Look {
        Look { width: self.output.width(), color: shared.colors(&self.output), evidence }
    }
}

/// A size in bytes, or with K, M or G of 1024 each: `64M`.
fn size(written: &str) -> Result<u64, String> {
    let number = written.trim_end_matches(['K', 'k', 'M', 'm', 'G', 'g']);
    let shift = match written[number.len()..].to_ascii_uppercase().as_str() {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err("a number of bytes, or one with K, M or G".to_owned()),
    };
    let size = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift)).filter(|n| *n > 0);
    size.ok_or_else(|| "a number of bytes, or one with K, M or G".to_owned())
}
