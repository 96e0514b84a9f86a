//! `rashomon collate`: the full comparison of one or a few stories.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Job, Shared};
use crate::{input, output};
use clap::ValueEnum;
use rashomon::Collated;
use rashomon::annotate::Corpus;
use rashomon::lineage::{Owners, independence};
use rashomon::model::Noted;
use rashomon::report;
use rashomon::wire;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The full comparison of one or a few stories.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon collate reports/                  read the comparison on the terminal
  rashomon collate reports/ --brief          what to know first, on one screen
  rashomon collate reports/ --evidence       the same, every statement with the words it rests on
  rashomon collate reports/ -o event.html    one HTML file to send to an editor
  rashomon collate reports/ --one-story      reports that are told apart, taken as those of one event
  rashomon collate --story ID                a story of your store, see `rashomon stories`
  rashomon collate *.txt --format json | jq '.stories[].quotes[].forms[].relation'")]
pub(crate) struct Args {
    #[command(flatten)]
    job: Job<Format>,
    /// In text and Markdown: print the words that each statement rests on
    #[arg(long)]
    evidence: bool,
    /// In text and Markdown: only what an editor should know first, a screen a story
    #[arg(long, conflicts_with = "evidence")]
    brief: bool,
    /// Who owns which outlet, `outlet<TAB>owner` or CSV: reports of one owner may be one account
    #[arg(long, value_name = "FILE")]
    owners: Option<PathBuf>,
    /// Take all inputs as reports of one event, also where they look like several: you say so, and the result says that you did
    #[arg(long)]
    #[cfg_attr(feature = "store", arg(conflicts_with = "story"))]
    one_story: bool,
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
    /// Reports, what they took from each other, and stories as items of ninjs 3 (IPTC), one a line
    Ninjs,
}

/// Reads all inputs, compares them and prints what was found.
pub(crate) fn run(args: &Args, shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    // Into a pipe goes JSON; what to know first is for people there too.
    let piped = if args.brief { Format::Text } else { Format::Json };
    let format = args.job.format(Format::Text, piped)?;
    let mut out = output::Output::shown(&args.job.output, shared, format == Format::Text)?;
    let owners = args.owners.as_deref().map(owners).transpose()?;
    let mut found = compared(args, console)?;
    if let Some(owners) = &owners {
        let Collated { corpus, stories } = &mut found.output;
        told_apart(args, owners, corpus, console)?;
        for (story, collation) in stories {
            let it = &mut collation.lineage;
            it.independence = independence(corpus, &story.articles, &it.relations, owners);
        }
    }
    found.notes.iter().for_each(|n| console.note(n));
    console.step_aside();
    let Collated { corpus, stories } = &found.output;
    let views =
        || stories.iter().map(|(story, collation)| report::report(corpus, story, collation)).collect::<Vec<_>>();
    match format {
        Format::Text => {
            let look = args.job.look(shared, args.evidence);
            let text = if args.brief {
                report::brief_text(&views(), look)
            } else {
                report::text(&views(), console.notes(), look)
            };
            out.write(text)?;
        }
        Format::Md if args.brief => out.write(report::brief_markdown(&views()))?,
        Format::Md => out.write(report::markdown(&views(), console.notes(), args.evidence))?,
        Format::Html => match &args.job.output.output {
            // A file can have others beside it.
            Some(path) if path.extension().is_some() => {
                let name = |n: usize| page_of(path, n).file_name().map_or_else(String::new, encoded);
                let mut pages = report::html_pages(&views(), console.notes(), &name).into_iter();
                out.write(pages.next().unwrap_or_default())?;
                for (n, page) in pages.enumerate() {
                    let mut beside =
                        output::Output::open(&crate::options::Output { output: Some(page_of(path, n + 2)) })?;
                    beside.write(page)?;
                    beside.finish()?;
                }
            }
            _ => out.write(report::html(&views(), console.notes()))?,
        },
        Format::Graphml => out.write(report::graphml(corpus, stories))?,
        Format::Prov => out.line(&report::prov_json(corpus, stories))?,
        Format::Annotations => out.line(&report::annotations(&wire::Collation::new(corpus, stories)))?,
        Format::Jsonld => out.line(&report::schema_org(&wire::Collation::new(corpus, stories)))?,
        Format::Tei => out.write(report::tei(&wire::Collation::new(corpus, stories)))?,
        Format::Csv => out.write(report::csv(&wire::Collation::new(corpus, stories)))?,
        Format::Ninjs => out.write(report::ninjs(&wire::Collation::new(corpus, stories)))?,
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
    let options = rashomon::Options::new();
    let options = options.one_story(args.one_story);
    Ok(rashomon::collate_with(articles, &options))
}

/// The file of a page: `event.html`, `event-2.html`.
fn page_of(path: &Path, n: usize) -> PathBuf {
    if n < 2 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{n}."));
    name.push(path.extension().unwrap_or_default());
    path.with_file_name(name)
}

/// A file's name as a relative address (RFC 3986).
fn encoded(name: &OsStr) -> String {
    let mut out = String::new();
    for b in name.as_encoded_bytes() {
        match b {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(*b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// Names the outlets of the list of owners that none of the reports is from; refuses a list of which none is.
fn told_apart(args: &Args, owners: &Owners, corpus: &Corpus, console: &mut Console) -> Result<(), Failure> {
    let unmatched = owners.unmatched(corpus.iter().map(|(_, it)| &it.article));
    let place = args.owners.as_deref().unwrap_or(Path::new("owners")).display();
    let shown = unmatched.iter().take(OUTLETS).copied().collect::<Vec<_>>().join(", ");
    let more = unmatched.len().saturating_sub(OUTLETS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    if corpus.iter().all(|(_, it)| owners.owner(&it.article).is_none()) {
        return Err(Failure::Usage(format!("{place}: no report is from {shown}{more}")));
    }
    if !unmatched.is_empty() {
        console.remark(&format!("note: {place}: no report is from {shown}{more}"));
    }
    Ok(())
}

/// Outlets of a list of owners that are named before the rest is counted: such lists are made once for many stories.
const OUTLETS: usize = 12;

/// Reads a list of owners; a line that is not understood is named by its number.
fn owners(path: &Path) -> Result<Owners, Failure> {
    let place = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| Failure::nothing(format!("{place}: {e}")))?;
    Owners::parse(&text).map_err(|(line, what)| Failure::Usage(format!("{place}:{line}: {what}")))
}
