//! `rashomon collate`: the full comparison of one or a few stories.

use crate::args::{Job, Shared};
use crate::console::Console;
use crate::exit::Failure;
use crate::{input, output};
use clap::ValueEnum;
use rashomon::Collated;
use rashomon::lineage::{Owners, independence};
use rashomon::model::Noted;
use rashomon::report;
use rashomon::wire;
use std::path::{Path, PathBuf};

/// The full comparison of one or a few stories.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon collate reports/                  read the comparison on the terminal
  rashomon collate reports/ --evidence       the same, every statement with the words it rests on
  rashomon collate reports/ -o event.html    one HTML file to send to an editor
  rashomon collate --story ID                a story of your store, see `rashomon stories`
  rashomon collate *.txt --format json | jq '.stories[].quotes[].forms[].relation'")]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job<Format>,
    /// In text and Markdown: print the words that each statement rests on
    #[arg(long)]
    evidence: bool,
    /// Who owns which outlet, `outlet<TAB>owner` or CSV: reports of one owner may be one account
    #[arg(long, value_name = "FILE")]
    owners: Option<PathBuf>,
    /// A story of a store, by its id, in place of inputs
    #[cfg(feature = "store")]
    #[arg(long, value_name = "ID", conflicts_with = "inputs")]
    story: Option<String>,
    #[cfg(feature = "store")]
    #[command(flatten)]
    place: crate::place::Place,
}

/// What a comparison is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on a terminal
    Text,
    /// One document for programs; see `rashomon schema`
    Json,
    /// One such document a story and line
    Jsonl,
    /// One self-contained page
    Html,
    /// Markdown
    #[value(alias = "markdown")]
    Md,
    /// The graph of lineage as GraphML, for Gephi, Cytoscape, yEd or networkx
    Graphml,
    /// The graph of lineage as PROV-JSON (W3C Member Submission)
    #[value(alias = "provjson")]
    Prov,
    /// Points, quotations and lineage as Web Annotations (W3C)
    Annotations,
    /// Articles, claims and quotations as JSON-LD in the vocabulary of schema.org
    Jsonld,
    /// The wordings of quotations as a critical apparatus (TEI P5)
    Tei,
    /// One row for every place that a statement rests on
    Csv,
}

/// Reads all inputs, compares them and prints what was found.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.job.output)?;
    let owners = args.owners.as_deref().map(owners).transpose()?;
    let mut found = compared(args, console)?;
    if let Some(owners) = &owners {
        let Collated { corpus, stories } = &mut found.output;
        for (story, collation) in stories {
            let it = &mut collation.lineage;
            it.independence = independence(corpus, &story.articles, &it.relations, owners);
        }
    }
    found.notes.iter().for_each(|n| console.note(n));
    let Collated { corpus, stories } = &found.output;
    let views =
        || stories.iter().map(|(story, collation)| report::report(corpus, story, collation)).collect::<Vec<_>>();
    match args.job.format(Format::Text, Format::Json) {
        Format::Text => {
            let look = args.job.look(shared, args.evidence);
            out.write(report::text(&views(), console.notes(), look))?;
        }
        Format::Md => out.write(report::markdown(&views(), console.notes(), args.evidence))?,
        Format::Html => out.write(report::html(&views(), console.notes()))?,
        Format::Graphml => out.write(report::graphml(corpus, stories))?,
        Format::Prov => out.line(&report::prov_json(corpus, stories))?,
        Format::Annotations => out.line(&report::annotations(&wire::Collation::new(corpus, stories)))?,
        Format::Jsonld => out.line(&report::schema_org(&wire::Collation::new(corpus, stories)))?,
        Format::Tei => out.write(report::tei(&wire::Collation::new(corpus, stories)))?,
        Format::Csv => out.write(report::csv(&wire::Collation::new(corpus, stories)))?,
        Format::Json => out.line(&report::collation_json(corpus, stories))?,
        Format::Jsonl => {
            for story in stories {
                out.line(&report::story_json(corpus, story))?;
            }
        }
    }
    out.finish()
}

/// The comparison of the inputs, or of a story of a store, which keeps it.
fn compared(args: &Args, console: &mut Console) -> Result<Noted<Collated>, Failure> {
    #[cfg(feature = "store")]
    if let Some(story) = &args.story {
        console.doing("comparing");
        let mut store = args.place.open_known()?;
        return store.collated(story, crate::place::now()).map(Noted::quiet).map_err(Failure::nothing);
    }
    let articles = input::articles(&args.job.inputs, console)?;
    console.doing("comparing");
    Ok(rashomon::collate(articles))
}

/// Reads a list of owners; a line that is not understood is named by its number.
fn owners(path: &Path) -> Result<Owners, Failure> {
    let place = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| Failure::nothing(format!("{place}: {e}")))?;
    Owners::parse(&text).map_err(|(line, what)| Failure::Usage(format!("{place}:{line}: {what}")))
}
