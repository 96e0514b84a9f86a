//! The table of lineage that `group` writes: who took what from whom, among the articles that share a story with another.
//!
//! Texts wait in a temporary file, so that memory does not grow with them, and are read again where articles may be related.
//! Articles that only the state knows have no text any more; relations to them were told by the run that read them.

use crate::exit::Failure;
use rashomon::group::Placement;
use rashomon::lineage::{Card, Finder, Sketch, Words};
use rashomon::model::{Article, Moment};
use rashomon_tables::{Column, Format, Kind, Table, Value};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

/// Texts on their way to the finder.
pub(crate) struct Texts {
    file: BufWriter<File>,
    end: u64,
    places: HashMap<u64, Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: usize,
    published: Option<Moment>,
    updated: Option<Moment>,
}

/// Stands between the parts of an article in the file.
const BETWEEN: &str = "\0";
/// Articles that are sketched together.
const BATCH: usize = 1024;

impl Texts {
    /// An empty file, which the system removes when the program ends, however it does.
    pub(crate) fn new() -> Result<Self, Failure> {
        let file = tempfile::tempfile().map_err(|e| Failure::write("temporary file", &e))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 20, file), end: 0, places: HashMap::new() })
    }

    /// The parts of `article` that are kept.
    pub(crate) fn packed(article: &Article) -> String {
        let plain = |it: &Option<String>| it.as_deref().unwrap_or_default().replace('\0', " ");
        [&plain(&article.outlet), &plain(&article.url), &plain(&article.title), &article.text]
            .map(String::as_str)
            .join(BETWEEN)
    }

    /// Keeps the parts of an article under the fingerprint of its record.
    pub(crate) fn add(&mut self, fingerprint: u64, packed: &str, times: [Option<Moment>; 2]) -> Result<(), Failure> {
        self.file.write_all(packed.as_bytes()).map_err(|e| Failure::write("temporary file", &e))?;
        let [published, updated] = times;
        self.places.insert(fingerprint, Place { start: self.end, length: packed.len(), published, updated });
        self.end += packed.len() as u64;
        Ok(())
    }

    /// Finds the relations among the articles that are not alone in their story, and writes the table.
    pub(crate) fn table(self, dir: &Path, format: Format, placements: &[Placement]) -> Result<(), Failure> {
        let Self { file, places, .. } = self;
        let file = Mutex::new(file.into_inner().map_err(|e| Failure::write("temporary file", e.error()))?);
        let mut known: Vec<(&str, Place)> = placements
            .chunk_by(|a, b| a.story == b.story)
            .filter(|story| story.len() > 1)
            .flatten()
            .filter_map(|it| Some((it.id.as_str(), *places.get(&it.fingerprint)?)))
            .collect();
        known.sort_unstable_by_key(|it| it.0);
        let mut finder = Finder::default();
        for batch in known.chunks(BATCH) {
            let made: Vec<(Card, Sketch)> = batch
                .par_iter()
                .map(|(id, place)| {
                    let packed = read(&file, *place);
                    let mut parts = packed.splitn(4, BETWEEN);
                    let mut part = || parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
                    let (outlet, url, title) = (part(), part(), part());
                    let (published, updated) = (place.published, place.updated);
                    let card = Card { id: (*id).to_owned(), outlet, url, title, published, updated, ..Card::default() };
                    (card, Sketch::of(&Words::of(&part().unwrap_or_default())))
                })
                .collect();
            made.into_iter().for_each(|(card, sketch)| finder.add(card, &sketch));
        }
        let text =
            |n: usize| Cow::Owned(read(&file, known[n].1).splitn(4, BETWEEN).nth(3).unwrap_or_default().to_owned());
        let found = finder.find(text);
        write(dir, format, &found, &known).map_err(Failure::nothing)
    }
}

/// The kept parts of an article; nothing where they cannot be read again.
fn read(file: &Mutex<File>, place: Place) -> String {
    let mut bytes = vec![0; place.length];
    let Ok(mut file) = file.lock() else { return String::new() };
    let read = file.seek(SeekFrom::Start(place.start)).and_then(|_| file.read_exact(&mut bytes));
    read.ok().and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn write(
    dir: &Path,
    format: Format,
    found: &[rashomon::lineage::Found],
    known: &[(&str, Place)],
) -> Result<(), rashomon_tables::Error> {
    let columns = [
        Column::new("source", Kind::Text),
        Column::new("derived", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("directed", Kind::Boolean),
        Column::new("score", Kind::Real),
        Column::new("rule", Kind::Text),
        Column::new("source_spans", Kind::Spans),
        Column::new("derived_spans", Kind::Spans),
    ];
    let mut table = Table::create(dir, "lineage", &columns, format)?;
    let ends = |span: rashomon::model::Span| [span.start(), span.end()].map(|it| u32::try_from(it).unwrap_or(u32::MAX));
    for it in found {
        let source: Vec<[u32; 2]> = it.passages.iter().map(|(s, _)| ends(*s)).collect();
        let derived: Vec<[u32; 2]> = it.passages.iter().map(|(_, d)| ends(*d)).collect();
        table.row(&[
            Value::Text(known[it.source].0),
            Value::Text(known[it.derived].0),
            Value::Text(it.kind.as_str()),
            Value::Boolean(it.directed),
            Value::Real(it.score),
            Value::Text(it.rule),
            Value::Spans(&source),
            Value::Spans(&derived),
        ])?;
    }
    table.finish().map(|_| ())
}
