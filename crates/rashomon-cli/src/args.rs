//! What can be typed: the subcommands.

use crate::options::{Shared, kinds, places};
use crate::{annotate, check, collate, completions, explain, group, man, quotes, read, schema, why};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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

const EXAMPLES: &str = concat!(
    "\
Examples:
  rashomon collate reports/                  compare the reports of one event, on the terminal
  rashomon collate reports/ -o event.html    the same as one HTML file to send around
  rashomon collate *.txt | jq .stories       the same for programs
  rashomon annotate feed.jsonl.gz -o annotated.jsonl

INPUT is any of these. ",
    places!(),
    ": ",
    kinds!(),
    ".

Exit codes:
  0  all read
  1  nothing could be done
  2  wrong usage
  3  done, but some inputs were left out, each named on standard error"
);

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
    /// Inputs into a store, and there into stories
    #[cfg(feature = "store")]
    Add(crate::add::Args),
    /// Feeds and articles, read again and again into a store
    #[cfg(feature = "watch")]
    Watch(crate::watch::Args),
    /// The stories of a store, the one that changed last first
    #[cfg(feature = "store")]
    Stories(crate::ask::Stories),
    /// Articles of a store that have all of the words
    #[cfg(feature = "store")]
    Search(crate::ask::Search),
    /// What a person should know of the stories of a store, the newest first
    #[cfg(feature = "store")]
    Alerts(crate::ask::Alerts),
    /// The history of an article, and what changed from one version to another
    #[cfg(feature = "store")]
    Versions(crate::ask::Versions),
    /// Checks, copies, shrinks and exports a store
    #[cfg(feature = "store")]
    Store(crate::store::Args),
    /// A store as a local web app with an HTTP API
    #[cfg(feature = "serve")]
    Serve(crate::serve::Args),
    /// A store for programs that speak the Model Context Protocol, on standard input and output
    #[cfg(feature = "serve")]
    Mcp(crate::serve::McpArgs),
    /// The JSON Schema of what `collate --format json` prints
    Schema(schema::Args),
    /// Completions for a shell
    Completions(completions::Args),
    /// The manual page
    Man(man::Args),
}

impl Args {
    /// What was typed; a command line that makes no sense ends the program and says why.
    pub(crate) fn read(typed: impl IntoIterator<Item = std::ffi::OsString>) -> Self {
        let command = Self::command();
        // `collate` takes a story of a store in place of inputs.
        #[cfg(feature = "store")]
        let command = command.mut_subcommand("collate", |it| {
            it.mut_arg("inputs", |it| it.required(false).required_unless_present("story"))
        });
        Self::from_arg_matches(&command.get_matches_from(typed)).unwrap_or_else(|e| e.exit())
    }
}
