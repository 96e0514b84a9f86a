//! `rashomon store`: looking after a store.

use crate::add::plural;
use crate::console::Console;
use crate::exit::Failure;
use crate::options::{Output, Shared};
use crate::output;
use crate::place::{self, Place, now};
use clap::{Subcommand, ValueEnum};
use rashomon_store::{Retention, warc_info, warc_record};
use rashomon_tables::{Column, Format, Kind, Table, Value};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Checks, copies, shrinks and exports a store
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon store check                              every row and every byte
  rashomon store backup copy.db                     a whole copy, while others go on writing
  rashomon store compact --keep-days 365            let go of what was not seen for a year
  rashomon store export --format warc -o all.warc
  rashomon store forget https://paper.example/x     for good: it is not taken in again
  rashomon store part ARTICLE ADDRESS               undo what made an address this article's
  rashomon store pin join ARTICLE OTHER             one story, whatever is measured")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Looks at every row and every byte; exit code 1 if something is wrong
    Check {
        #[command(flatten)]
        place: Place,
    },
    /// Writes a copy, whole and at one moment
    Backup {
        /// Where to
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Makes the file as small as what it holds; lets go of what the options say
    Compact {
        /// Articles that were not seen for so many days; those that a pin or an alert points at stay
        #[arg(long, value_name = "DAYS")]
        keep_days: Option<u32>,
        /// Versions of an article beyond so many; the first and the latest stay
        #[arg(long, value_name = "N")]
        keep_versions: Option<u32>,
        #[command(flatten)]
        place: Place,
    },
    /// Writes every version of every article
    Export {
        #[arg(long, default_value = "jsonl")]
        format: Form,
        #[command(flatten)]
        output: Output,
        #[command(flatten)]
        place: Place,
    },
    /// Removes an article, or all of a host, with everything that quotes it, for good
    Forget {
        /// Address or id of an article, or a host
        what: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Undoes what joined an address to an article
    Part {
        /// Address or id of the article
        article: String,
        /// The address that is not this article's
        address: String,
        #[command(flatten)]
        place: Place,
    },
    /// Joins or parts two articles, or watches a story or an article
    Pin {
        kind: PinKind,
        /// Article or story
        a: String,
        /// The other article
        b: Option<String>,
        /// Why
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Takes a pin back; without a number lists the pins
    Unpin {
        number: Option<i64>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One JSON object a line, as `rashomon read` prints it, with `version` and `retrieved`
    Jsonl,
    /// The same as a table (Apache Parquet); needs `-o FILE`
    Parquet,
    /// Web archive (ISO 28500): the bytes as retrieved, with their headers
    Warc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PinKind {
    Join,
    Part,
    Watch,
}

/// Does what was asked with the store.
pub(crate) fn run(args: &Args, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    match &args.what {
        What::Check { place } => check(place, console),
        What::Backup { file, place } => {
            place.read()?.backup(file).map_err(Failure::nothing)?;
            say(&format!("copied to {}", file.display()))
        }
        What::Compact { keep_days, keep_versions, place } => {
            let keep = Retention { days: *keep_days, versions: *keep_versions };
            let done = place.open_known()?.compact(keep, now()).map_err(Failure::nothing)?;
            say(&format!(
                "{} and {} let go of; {} held by a pin or an alert",
                plural(done.articles, "article", "articles"),
                plural(done.versions, "version", "versions"),
                done.held
            ))
        }
        What::Export { format, output, place } => export(*format, output, place),
        What::Forget { what, yes, place } => forget(what, *yes, place),
        What::Part { article, address, place } => {
            let mut store = place.open_known()?;
            let key = store.find_article(article).map_err(Failure::nothing)?.id;
            let new = store.part_address(&key, address, now()).map_err(Failure::nothing)?;
            store.group(now()).map_err(Failure::nothing)?;
            say(&format!("{address} is now the article {new}"))
        }
        What::Pin { kind, a, b, note, place } => {
            let mut store = place.open_known()?;
            let kind = match kind {
                PinKind::Join => "join",
                PinKind::Part => "part",
                PinKind::Watch => "watch",
            };
            let pin = store.pin(kind, a, b.as_deref(), note.as_deref(), now()).map_err(Failure::nothing)?;
            let done = store.group(now()).map_err(Failure::nothing)?;
            say(&format!("pin {pin}; {} changed", plural(done.changed.len(), "story", "stories")))
        }
        What::Unpin { number, place } => {
            let Some(number) = number else {
                let pins = place.read()?.pins().map_err(Failure::nothing)?;
                return pins.iter().try_for_each(|it| {
                    let b = it.b.as_deref().unwrap_or_default();
                    let note = it.note.as_deref().unwrap_or_default();
                    say(&format!("{}  {} {} {b}  {note}", it.id, it.kind, it.a))
                });
            };
            let mut store = place.open_known()?;
            store.unpin(*number).map_err(Failure::nothing)?;
            let done = store.group(now()).map_err(Failure::nothing)?;
            say(&format!("pin {number} taken back; {} changed", plural(done.changed.len(), "story", "stories")))
        }
    }
}

fn say(line: &str) -> Result<(), Failure> {
    let mut out = output::Output::open(&Output { output: None })?;
    out.line(line)?;
    out.finish()
}

fn check(place: &Place, console: &mut Console) -> Result<(), Failure> {
    console.doing("checking");
    let mut store = place.read()?;
    let health = store.check().map_err(place::failed(&store))?;
    say(&format!(
        "{}, {}, {}",
        plural(usize::try_from(health.articles).unwrap_or(0), "article", "articles"),
        plural(usize::try_from(health.versions).unwrap_or(0), "version", "versions"),
        plural(usize::try_from(health.stories).unwrap_or(0), "story", "stories"),
    ))?;
    for (name, bytes) in &health.parts {
        say(&format!("{:>10} KB  {name}", bytes.div_ceil(1000)))?;
    }
    if health.problems.is_empty() {
        return say("all is well");
    }
    for it in &health.problems {
        say(&format!("wrong: {it}"))?;
    }
    Err(Failure::nothing("the store is damaged; a backup, or `store export` of what can be read, is the way out"))
}

fn forget(what: &str, yes: bool, place: &Place) -> Result<(), Failure> {
    let mut store = place.open_known()?;
    if !yes {
        if !std::io::stdin().is_terminal() {
            return Err(Failure::Usage("forgetting cannot be undone; say --yes".into()));
        }
        eprint!("Forget {what} and all that quotes it, for good? [y/N] ");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map_err(Failure::nothing)?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            return Err(Failure::nothing("nothing was forgotten"));
        }
    }
    let gone = store.forget(what, now()).map_err(Failure::nothing)?;
    store.group(now()).map_err(Failure::nothing)?;
    say(&format!(
        "{} forgotten for good: {}. Copies made before (backups, exports) still hold what they held.",
        plural(gone.len(), "article", "articles"),
        gone.join(", ")
    ))
}

/// The columns of the table: those that `rashomon read` understands, with the number and the time of the version.
fn columns() -> [Column; 13] {
    let some = |name: &str| Column::new(name, Kind::Text).optional();
    [
        Column::new("id", Kind::Text),
        Column::new("version", Kind::Integer),
        Column::new("retrieved", Kind::Text),
        some("url"),
        some("outlet"),
        some("title"),
        Column::new("byline", Kind::Texts),
        some("published"),
        some("updated"),
        some("language"),
        some("digest"),
        some("signal"),
        Column::new("text", Kind::Text),
    ]
}

fn table(to: &Output, place: &Place) -> Result<(), Failure> {
    let path = to.output.as_deref().ok_or_else(|| Failure::Usage("Parquet goes into a file; say -o FILE".into()))?;
    let mut store = place.read()?;
    let mut table = Table::create_at(path, &columns(), Format::Parquet).map_err(Failure::nothing)?;
    let done = store.each_version(|row, article, _, _| {
        let byline: Vec<&str> = article.byline.iter().map(String::as_str).collect();
        let values = [
            Value::Text(&row.article),
            Value::Integer(i64::from(row.number)),
            Value::Text(&row.retrieved),
            row.url.as_deref().or(article.url.as_deref()).into(),
            row.outlet.as_deref().into(),
            row.title.as_deref().into(),
            Value::Texts(&byline),
            row.published.as_deref().into(),
            row.updated.as_deref().into(),
            row.language.as_deref().into(),
            row.digest.as_deref().into(),
            row.signal.as_deref().into(),
            Value::Text(&article.text),
        ];
        table.row(&values).map_err(|e| rashomon_store::Error::Other(e.to_string()))
    });
    done.map_err(Failure::nothing)?;
    table.finish().map(drop).map_err(Failure::nothing)
}

fn export(format: Form, to: &Output, place: &Place) -> Result<(), Failure> {
    if format == Form::Parquet {
        return table(to, place);
    }
    let mut out = output::Output::open(to)?;
    let mut store = place.read()?;
    let mut failed: Option<Failure> = None;
    if format == Form::Warc {
        out.write(warc_info())?;
    }
    let done = store.each_version(|row, article, headers, raw| {
        let written = match format {
            Form::Jsonl => out.line(&jsonl(row, article)),
            Form::Warc | Form::Parquet => out.write(warc_record(row, headers, raw).bytes),
        };
        written.map_err(|e| {
            failed = Some(e);
            rashomon_store::Error::Other("writing failed".into())
        })
    });
    match (done, failed) {
        (_, Some(failed)) => Err(failed),
        (Err(e), None) => Err(Failure::nothing(e)),
        (Ok(()), None) => out.finish(),
    }
}

fn jsonl(row: &rashomon_store::VersionRow, article: &rashomon::model::Article) -> String {
    let mut value: serde_json::Value =
        serde_json::from_str(&rashomon::report::article_json(article)).unwrap_or_default();
    if let Some(it) = value.as_object_mut() {
        it.insert("version".into(), row.number.into());
        it.insert("retrieved".into(), row.retrieved.clone().into());
        if let Some(url) = &row.url {
            it.insert("url".into(), url.clone().into());
        }
    }
    value.to_string()
}
