//! `rashomon add`: inputs into a store.

use crate::console::Console;
use crate::exit::Failure;
use crate::options::{INPUTS, Output, Shared};
use crate::place::{self, Place, now};
use crate::source::Source;
use crate::{input, output};
use rashomon::model::Noted;
use rashomon_store::{Added, Outcome, Prepared, Retrieved, Store, prepare};
use std::ffi::OsString;
use std::sync::{PoisonError, RwLock};

/// Articles that are kept together: what a run that is killed may lose, and must read again. Their words make one piece of the
/// search index, and fewer pieces are joined less often.
const KEPT_TOGETHER: usize = 4000;

/// Batches that are made ready while the store takes those before.
const AHEAD: usize = 6;

/// Stories that are looked through for alerts at the end of a run: a whole archive is not news.
const ALERTED: usize = 100;

/// Inputs into a store, and there into stories.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon add reports/ crawl.jsonl.gz                      into the store in your data folder, made if it is not there
  rashomon add day.jsonl --store news.db
  rashomon add https://paper.example/feed.xml https://agency.example/a-page
  rashomon add archive-*.jsonl --no-group --store news.db   only keep; `rashomon add` without that groups later
  zcat crawl.jsonl.gz | rashomon add - --store news.db

What is in the store already is not kept twice; what has changed is kept as a new version.")]
pub(crate) struct Args {
    #[arg(value_name = "INPUT", required = true, help = INPUTS)]
    inputs: Vec<OsString>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
    /// Do not put the articles into stories now
    #[arg(long)]
    no_group: bool,
    /// Do not look for what a person should know of the stories that changed
    #[arg(long)]
    no_alerts: bool,
    /// Print what became of every article, a JSON object a line
    #[arg(long)]
    each: bool,
}

/// What an input holds for a store.
enum Item {
    Article(Box<Prepared>),
    /// At that time nothing stood at the address any more.
    Gone {
        url: String,
        status: u16,
        at: jiff::Timestamp,
    },
}

impl Item {
    #[cfg(feature = "inputs")]
    fn gone(it: Source, now: jiff::Timestamp) -> Self {
        Self::Gone { url: it.url.unwrap_or_default(), status: it.status.unwrap_or_default(), at: it.at.unwrap_or(now) }
    }

    #[cfg(not(feature = "inputs"))]
    fn gone(it: Source, now: jiff::Timestamp) -> Self {
        Self::Gone { url: it.url.unwrap_or_default(), status: 0, at: now }
    }
}

/// What became of the articles of a run.
#[derive(Debug, Default)]
struct Count {
    new: usize,
    versions: usize,
    trivial: usize,
    unchanged: usize,
    forgotten: usize,
}

impl Count {
    fn take(&mut self, added: &Added) {
        match added.outcome {
            Outcome::New => self.new += 1,
            Outcome::Version => self.versions += 1,
            Outcome::Trivial => self.trivial += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Forgotten => self.forgotten += 1,
        }
    }
}

/// Reads all inputs into the store and groups them.
pub(crate) fn run(args: &Args, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let mut out = output::Output::open(&args.output)?;
    let mut store = args.place.open()?;
    let failed = place::failed(&store);
    store.expect_many().map_err(&failed)?;
    let at = now();
    let mut count = Count::default();
    console.doing("adding");
    let encoder = RwLock::new(store.encoder().map_err(&failed)?);
    let mut waiting: Vec<Prepared> = Vec::new();
    let mut gone = 0;
    let mut keep = |store: &mut Store, waiting: &mut Vec<Prepared>| -> Result<(), Failure> {
        let added = store.put(waiting).map_err(&failed)?;
        waiting.clear();
        for it in &added {
            count.take(it);
            if args.each {
                out.line(&told(it))?;
            }
        }
        // The first texts of a store make the dictionary for the later ones.
        *encoder.write().unwrap_or_else(PoisonError::into_inner) = store.encoder().map_err(&failed)?;
        Ok(())
    };
    let make = |source: Source| {
        if source.is_gone() {
            return Noted::quiet(Some(Item::gone(source, at)));
        }
        let encoder = encoder.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Noted { output, notes } = prepare(retrieved(source, at), &encoder);
        Noted { output: output.map(|it| Item::Article(Box::new(it))), notes }
    };
    input::each_source(&args.inputs, console, AHEAD, make, |it| match it {
        Item::Article(it) => {
            waiting.push(*it);
            if waiting.len() >= KEPT_TOGETHER { keep(&mut store, &mut waiting) } else { Ok(()) }
        }
        Item::Gone { url, status, at } => {
            // The page itself may be among those that wait.
            keep(&mut store, &mut waiting)?;
            gone += usize::from(store.taken_down(&url, status, at).map_err(&failed)?);
            Ok(())
        }
    })?;
    keep(&mut store, &mut waiting)?;
    let mut stories = String::new();
    if !args.no_group {
        console.doing("grouping");
        let grouped = store.group(at).map_err(&failed)?;
        grouped.notes.iter().for_each(|it| console.note(it));
        stories = format!("; {} new or changed", plural(grouped.changed.len(), "story", "stories"));
        let told: Vec<String> =
            if args.no_alerts { Vec::new() } else { grouped.changed.into_iter().take(ALERTED).collect() };
        console.doing("comparing");
        let alerts = store.raise_alerts(&told, at).map_err(&failed)?;
        alerts.notes.iter().for_each(|it| console.note(it));
        for it in alerts.output {
            stories.push_str(&format!("\nalert ({}): {}", it.kind, it.text.replace(char::is_control, " ")));
        }
    }
    if !args.each {
        let Count { new, versions, trivial, unchanged, forgotten } = count;
        let mut line = format!(
            "{}: {new} new, {} ({trivial} of them trivial), {unchanged} as before{stories}",
            plural(new + versions + trivial + unchanged, "article", "articles"),
            plural(versions + trivial, "new version", "new versions"),
        );
        if gone > 0 {
            line.push_str(&format!("; {} taken down since", plural(gone, "article", "articles")));
        }
        if forgotten > 0 {
            line.push_str(&format!("; {forgotten} left out, as their addresses were forgotten for good"));
        }
        out.line(&line)?;
    }
    out.finish()
}

/// A source as the store takes it.
#[cfg(feature = "inputs")]
fn retrieved(it: Source, at: jiff::Timestamp) -> Retrieved {
    let addresses = it.url.into_iter().map(|url| (url, "requested")).collect();
    Retrieved {
        record: it.record,
        at: it.at.unwrap_or(at),
        status: it.status,
        headers: it.headers,
        signal: it.signal,
        outlet: None,
        addresses,
    }
}

#[cfg(not(feature = "inputs"))]
fn retrieved(it: Source, at: jiff::Timestamp) -> Retrieved {
    Retrieved::of(it.record, at)
}

/// A number with its noun.
pub(crate) fn plural(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

fn told(it: &Added) -> String {
    let outcome = match it.outcome {
        Outcome::New => "new",
        Outcome::Version => "version",
        Outcome::Trivial => "trivial",
        Outcome::Unchanged => "unchanged",
        Outcome::Forgotten => "forgotten",
    };
    serde_json::json!({"article": it.article, "version": it.version, "outcome": outcome, "joined": it.joined})
        .to_string()
}
