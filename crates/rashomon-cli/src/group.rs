//! `rashomon group`: many articles to stories, as tables.

use crate::console::Console;
use crate::exit::Failure;
use crate::lineage_table::{self, Links};
use crate::options::{INPUTS, Shared};
use crate::spool::{Entry, Spool};
use crate::state::State;
use crate::{input, table};
use rashomon::group::{Event, Grouper, Light, Pins, Placement, Record, link_placements};
use rashomon::model::{Article, Note, Noted, Severity, survive};
use rashomon::read;
use rashomon_tables::{Column, Format, Kind, Value};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Many articles to stories, as tables.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rashomon group day.jsonl.gz --out stories/                     one table, stories.jsonl: id, story, score, rule
  rashomon group *.jsonl.gz --out stories/ --format parquet
  rashomon group today.jsonl --state news.state --out stories/   go on where the last run stopped
  rashomon group day.jsonl --pins decided.txt --out stories/     lines `join A B` and `part A B` stand above all")]
pub(crate) struct Args {
    #[arg(value_name = "INPUT", help = INPUTS)]
    #[cfg_attr(feature = "inputs", arg(required_unless_present_any = ["state", "records"]))]
    #[cfg_attr(not(feature = "inputs"), arg(required_unless_present = "state"))]
    inputs: Vec<OsString>,
    /// Folder for the tables: `stories`, `lineage`, and with --state `events`
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Form of the tables
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Form,
    /// Leave out the table `lineage`
    #[arg(long)]
    no_lineage: bool,
    /// Only the table `lineage`: group nothing
    #[arg(long, conflicts_with_all = ["no_lineage", "state", "pins"])]
    no_stories: bool,
    /// In place of inputs: what other machines kept of articles, Parquet files of `rashomon.spark.sketch`
    #[cfg(feature = "inputs")]
    #[arg(long, value_name = "DIR", conflicts_with_all = ["inputs", "state", "pins", "no_stories", "no_lineage"])]
    records: Option<PathBuf>,
    #[command(flatten)]
    known: Known,
}

/// What is known before an input is read.
#[derive(Debug, clap::Args)]
pub(crate) struct Known {
    /// Go on where the last run with this file stopped; made if it is not there
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Decisions that stand above everything measured: lines `join A B` and `part A B`
    #[arg(long, value_name = "FILE")]
    pub(crate) pins: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// One JSON object a line
    Jsonl,
    /// Apache Parquet, zstd
    Parquet,
}

/// Reads all inputs, groups them and writes the tables.
pub(crate) fn run(args: &Args, _shared: &Shared, console: &mut Console) -> Result<(), Failure> {
    let format = match args.format {
        Form::Jsonl => Format::Jsonl,
        Form::Parquet => Format::Parquet,
    };
    #[cfg(feature = "inputs")]
    if let Some(records) = &args.records {
        let tables = crate::records::tables(records, console)?;
        console.doing("writing");
        lineage_table::write_rows(&tables.relations, &args.out, format)?;
        return stories(&args.out, format, &tables.placements).map_err(Failure::nothing);
    }
    if args.no_stories {
        let mut spool = spooled(&args.inputs, &args.out, console)?;
        console.doing("tracing lineage");
        let Links { found, .. } = lineage_table::write(&mut spool, &[], &args.out, format)?;
        console.finish();
        let noun = if found == 1 { "relation" } else { "relations" };
        console.remark(&format!("{found} {noun} in {} articles; table in {}", spool.len(), args.out.display()));
        return Ok(());
    }
    let texts = (!args.no_lineage).then_some(args.out.as_path());
    let Gathered { grouper, mut state, spool, pins } = gather(&args.inputs, &args.known, texts, console)?;
    console.doing("grouping");
    let mut placed = grouper.place();
    placed.notes.iter().for_each(|it| console.note(it));
    if let Some(pins) = &pins {
        matched(pins, &placed.placements, &args.known)?;
        if let Some(state) = &mut state {
            state.pin(pins)?;
        }
    }
    let mut relations = None;
    if let Some(mut spool) = spool {
        console.doing("tracing lineage");
        let Links { links, foreign, found } = lineage_table::write(&mut spool, &placed.numbered, &args.out, format)?;
        link_placements(&mut placed.placements, &links, |id| !foreign.contains(id));
        relations = Some(found);
    }
    console.doing("writing");
    stories(&args.out, format, &placed.placements).map_err(Failure::nothing)?;
    if let Some(state) = &mut state {
        state.end(&placed.change)?;
        events(&args.out, format, &placed.events).map_err(Failure::nothing)?;
    }
    console.finish();
    console.remark(&summary(&placed.placements, relations, &args.out));
    Ok(())
}

/// What came out, in a line.
fn summary(placements: &[Placement], relations: Option<usize>, out: &Path) -> String {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for it in placements {
        *sizes.entry(&it.story).or_default() += 1;
    }
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let of_several: Vec<usize> = sizes.values().copied().filter(|n| *n > 1).collect();
    let mut text = format!(
        "{} in {}: {} of several, with {}, and {} alone",
        counted(placements.len(), "article", "articles"),
        counted(sizes.len(), "story", "stories"),
        of_several.len(),
        counted(of_several.iter().sum(), "article", "articles"),
        sizes.len() - of_several.len(),
    );
    if let Some(found) = relations {
        text.push_str(&format!("; {}", counted(found, "relation", "relations")));
    }
    text.push_str(&format!("; tables in {}", out.display()));
    text
}

/// Refuses pins that name an article that is not there: a slip in an id would silently undo a decision.
fn matched(pins: &Pins, placements: &[Placement], known: &Known) -> Result<(), Failure> {
    let there: HashSet<&str> = placements.iter().map(|it| &*it.id).collect();
    let named = pins.join.iter().chain(&pins.part).flat_map(|(a, b)| [a, b]);
    let missing: BTreeSet<&str> = named.map(String::as_str).filter(|id| !there.contains(id)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let place = known.pins.as_deref().unwrap_or(Path::new("pins")).display();
    let missing: Vec<&str> = missing.into_iter().collect();
    Err(Failure::Usage(format!("{place}: no article has the id {}", missing.join(" nor "))))
}

/// All that is known and read.
pub(crate) struct Gathered {
    /// All articles of the state and of the inputs, with the pins that hold.
    pub(crate) grouper: Grouper,
    pub(crate) state: Option<State>,
    /// The same articles with their texts, where asked for.
    pub(crate) spool: Option<Spool>,
    /// The pins of this run, which the grouper has and the state has not yet.
    pub(crate) pins: Option<Pins>,
}

/// All articles of the state and of the inputs. Their texts are kept, too, where a folder for passing files is given.
pub(crate) fn gather(
    inputs: &[OsString],
    known: &Known,
    texts: Option<&Path>,
    console: &mut Console,
) -> Result<Gathered, Failure> {
    let mut grouper = Grouper::new();
    let mut state = known.state.as_deref().map(|path| State::open(path, &mut grouper)).transpose()?;
    // After the state, whose lock is held for both.
    let mut spool = match (texts, &known.state) {
        (None, _) => None,
        (Some(_), Some(state)) => Some(Spool::kept(state).map_err(Failure::nothing)?),
        (Some(dir), None) => Some(passing(dir)?),
    };
    let mut new_pins = None;
    if let Some(path) = &known.pins {
        let place = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| Failure::nothing(place(&e)))?;
        let pins = Pins::parse(&text).map_err(|e| Failure::Usage(place(&e)))?;
        let all = state.as_ref().map_or_else(Pins::default, |it| it.pins.clone()).and(&pins);
        if let Some((a, b)) = all.contradiction() {
            return Err(Failure::Usage(place(&format!(
                "with the pins of the state, {a} and {b} are joined and parted"
            ))));
        }
        grouper.pin(&pins);
        new_pins = Some(pins);
    }
    if let Some(state) = &state {
        grouper.pin(&state.pins);
    }
    if inputs.is_empty() {
        return Ok(Gathered { grouper, state, spool, pins: new_pins }.told(console));
    }
    console.doing("reading");
    if let Some(bytes) = expected_bytes(inputs) {
        console.expect(bytes);
    }
    let mut failed = None;
    {
        // Records are made on all threads; whether one is known is asked only when it is handed on.
        let (grouper, state, spool) = (&mut grouper, &mut state, &mut spool);
        let compress = spool.as_ref().map(Spool::compresses);
        let result = input::each_read(
            inputs,
            console,
            read::bare_article,
            |it| {
                let Noted { output: record, mut notes } = Record::keyed(&Light::from(&it), &it.source);
                let entry = compress.and_then(|compress| {
                    let Noted { output, notes: of_entry } = entry(&it, record.fingerprint(), compress);
                    notes.extend(of_entry);
                    output
                });
                Noted { output: (record, entry), notes }
            },
            |(record, entry)| {
                if let (Some(spool), Some(entry)) = (spool.as_mut(), &entry) {
                    spool.add(entry).map_err(|e| Failure::write(spool.path().display(), &e))?;
                }
                if let Some(state) = state.as_mut().filter(|_| !grouper.knows(record.fingerprint())) {
                    state.add(&record)?;
                }
                grouper.add(record);
                Ok(())
            },
        );
        if let Err(e) = result {
            failed = Some(e);
        }
    }
    match failed {
        // Nothing new is no failure where something is known.
        Some(Failure::Nothing(_)) if !grouper.is_empty() && console.left_out() == 0 => {}
        Some(e) => return Err(e),
        None => {}
    }
    Ok(Gathered { grouper, state, spool, pins: new_pins }.told(console))
}

impl Gathered {
    /// The same; says how many articles of the state have no text.
    fn told(self, console: &mut Console) -> Self {
        if let (Some(spool), Some(_)) = (&self.spool, &self.state)
            && let Some(lacking) = self.grouper.len().checked_sub(spool.len()).filter(|n| *n > 0)
        {
            console.note(&Note {
                place: spool.path().display().to_string(),
                message: format!("{lacking} articles of the state have no text here: lineage leaves them out"),
                rule: "texts-not-kept",
                severity: Severity::Warning,
            });
        }
        self
    }
}

/// The texts of all articles of the inputs.
fn spooled(inputs: &[OsString], dir: &Path, console: &mut Console) -> Result<Spool, Failure> {
    let mut spool = passing(dir)?;
    console.doing("reading");
    if let Some(bytes) = expected_bytes(inputs) {
        console.expect(bytes);
    }
    let entry = |it: Article| entry(&it, Record::fingerprint_of(&Light::from(&it)), false);
    input::each_read(inputs, console, read::bare_article, entry, |it| {
        let Some(it) = it else { return Ok(()) };
        spool.add(&it).map_err(|e| Failure::write(spool.path().display(), &e))
    })?;
    Ok(spool)
}

/// What the spool holds of an article, or a note if a fault of the program keeps it out.
fn entry(it: &Article, fingerprint: u64, compress: bool) -> Noted<Option<Entry>> {
    survive(|| Entry::of(it, fingerprint, compress)).map_or_else(
        |fault| Noted { output: None, notes: vec![Note::of_fault(&it.source, "its lineage is not traced", &fault)] },
        |it| Noted::quiet(Some(it)),
    )
}

fn passing(dir: &Path) -> Result<Spool, Failure> {
    Spool::passing(dir).map_err(|e| Failure::write(dir.display(), &e))
}

/// About how many bytes the inputs hold, decompressed: nothing if one of them is not a file.
fn expected_bytes(inputs: &[OsString]) -> Option<u64> {
    inputs.iter().map(|it| decompressed_size(Path::new(it))).sum()
}

/// The size of a file; of a gzip file the size it ends with (RFC 1952), of another compressed one a guess.
fn decompressed_size(path: &Path) -> Option<u64> {
    let mut file = File::open(path).ok()?;
    let meta = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    match path.extension().and_then(|it| it.to_str()) {
        Some("gz") => {
            let mut last = [0; 4];
            file.seek(SeekFrom::End(-4)).ok()?;
            file.read_exact(&mut last).ok()?;
            Some(u64::from(u32::from_le_bytes(last)).max(meta.len()))
        }
        Some("zst") => Some(meta.len() * 4),
        _ => Some(meta.len()),
    }
}

fn stories(dir: &Path, format: Format, placements: &[Placement]) -> Result<(), rashomon_tables::Error> {
    let columns = [
        Column::new("id", Kind::Text),
        Column::new("story", Kind::Text),
        Column::new("score", Kind::Real),
        Column::new("rule", Kind::Text),
    ];
    let mut table = table::begin(dir, "stories", &columns, format)?;
    for it in placements {
        table.row(&[
            Value::Text(&it.id),
            Value::Text(&it.story),
            Value::Real(it.score),
            Value::Text(it.rule.name()),
        ])?;
    }
    table::finish(dir, "stories", table, format)
}

fn events(dir: &Path, format: Format, events: &[Event]) -> Result<(), rashomon_tables::Error> {
    let columns = [
        Column::new("kind", Kind::Text),
        Column::new("before", Kind::Texts),
        Column::new("after", Kind::Texts),
        Column::new("articles", Kind::Integer),
    ];
    let mut table = table::begin(dir, "events", &columns, format)?;
    for it in events {
        let [before, after] = [&it.before, &it.after].map(|ids| ids.iter().map(String::as_str).collect::<Vec<_>>());
        let articles = i64::try_from(it.articles).unwrap_or(i64::MAX);
        table.row(&[Value::Text(it.kind), Value::Texts(&before), Value::Texts(&after), Value::Integer(articles)])?;
    }
    table::finish(dir, "events", table, format)
}
