//! `group` and `lineage` over tables, and their two halves: what is kept of each article, and where it is put together.

use crate::blocks::sortable;
use crate::each::each;
use crate::input::{Input, TableRow, Text, reader, string};
use crate::table::{Column, Table};
use crate::work::{PlainNote, Watch, plain, working};
use arrow_array::{Array, ArrayRef, BinaryArray, LargeBinaryArray, RecordBatch};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rashomon::group::blocks::Name;
use rashomon::group::{Pins, Placement};
use rashomon::model::{Article, Note, Noted};
use rashomon::read;
use rashomon::rows::{Relation, Row, Rows, Tables, Traced};
use rayon::prelude::*;

/// Adds all articles to `rows`; returns their number and what there is to say.
fn gather(inputs: Vec<Input>, watch: &Watch, traced: bool, rows: &mut Rows<Text>) -> (usize, Vec<Note>) {
    watch.doing("reading");
    let mut count = 0;
    let make = |it: Article, from: Option<TableRow>| {
        let Noted { output: row, notes } = if traced { Row::noted(&it) } else { Row::noted_without_lineage(&it) };
        // Stories alone need no text any more.
        let text = if traced { Text::of(it.text, from.as_ref()) } else { Text::Own(String::new()) };
        Noted { output: (row, text), notes }
    };
    let notes = each(inputs, watch, read::bare_article, make, |(row, text)| {
        count += 1;
        rows.add(row, text);
        true
    });
    (count, notes)
}

fn pins(text: Option<&str>) -> PyResult<Option<Pins>> {
    text.map(|it| Pins::parse(it).map_err(|e| PyValueError::new_err(format!("pins: {e}")))).transpose()
}

type Grouped = (Table, Table, usize, Vec<PlainNote>);

/// The tables `stories` and `lineage` (empty if not `traced`), the number of articles, and what there is to say.
#[pyfunction]
#[pyo3(signature = (sources, traced, pinned, threads, progress))]
pub(crate) fn group(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    traced: bool,
    pinned: Option<&str>,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<Grouped> {
    let inputs = Input::all(sources)?;
    let pins = pins(pinned)?;
    let (tables, count, notes) = working(py, threads, progress, move |watch| {
        let mut rows = Rows::default();
        if let Some(pins) = &pins {
            rows.pin(pins);
        }
        let (count, mut notes) = gather(inputs, watch, traced, &mut rows);
        if watch.is_cancelled() {
            return (Tables::default(), count, Vec::new());
        }
        watch.doing("grouping");
        let tables = rows.tables();
        notes.extend(tables.notes.iter().cloned());
        (tables, count, plain(notes))
    })?;
    Ok((stories(&tables.placements)?, relations(&tables.relations)?, count, notes))
}

/// The table `lineage` alone, the number of articles, and what there is to say.
#[pyfunction]
#[pyo3(signature = (sources, threads, progress))]
pub(crate) fn lineage(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Table, usize, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    let (found, count, notes) = working(py, threads, progress, move |watch| {
        let mut rows = Rows::default();
        let (count, notes) = gather(inputs, watch, true, &mut rows);
        if watch.is_cancelled() {
            return (Vec::new(), count, Vec::new());
        }
        watch.doing("tracing lineage");
        (rows.lineage(), count, plain(notes))
    })?;
    Ok((relations(&found)?, count, notes))
}

/// One article as [`sketch`] keeps it.
struct Sketched {
    name: Name,
    day: Option<i32>,
    row: Vec<u8>,
    text: Text,
}

/// What grouping and lineage keep of each article of some sources: a table of `id`, `at`, `digest`, `fingerprint`, `day`, `row`
/// and `text`. Order of id, `at` and `digest` is that of articles of one id.
#[pyfunction]
#[pyo3(signature = (sources, threads))]
pub(crate) fn sketch(py: Python<'_>, sources: &Bound<'_, PyAny>, threads: usize) -> PyResult<(Table, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    let (made, notes) = working(py, threads, None, move |watch| {
        let mut made: Vec<Sketched> = Vec::new();
        let make = |it: Article, from: Option<TableRow>| {
            let Noted { output: row, notes } = Row::noted(&it);
            let mut bytes = Vec::new();
            row.encode(&mut bytes);
            let text = Text::of(it.text, from.as_ref());
            Noted { output: Sketched { name: row.name(), day: row.day(), row: bytes, text }, notes }
        };
        let notes = each(inputs, watch, read::bare_article, make, |it| {
            made.push(it);
            true
        });
        (made, plain(notes))
    })?;
    let table = Table::of(vec![
        ("id", Column::text(made.iter().map(|it| Some(&*it.name.id)))),
        ("at", Column::signed(made.iter().map(|it| it.name.at))),
        ("digest", Column::signed(made.iter().map(|it| sortable(it.name.digest)))),
        ("fingerprint", Column::signed(made.iter().map(|it| it.name.fingerprint.cast_signed()))),
        ("day", Column::some(made.iter().map(|it| it.day.map(i64::from)))),
        ("text", Column::text(made.iter().map(|it| Some(it.text.as_ref())))),
        ("row", Column::bytes(made.iter().map(|it| it.row.clone()))),
    ])?;
    Ok((table, notes))
}

/// A link across languages: two ids, how sure, the rule.
type PlainLink = (String, String, f64, &'static str);

/// Puts what [`sketch`] made together, in whatever order it comes. `wanted` is `group`, for stories and lineage; `lineage`, for
/// lineage alone; or `traced`, for the lineage of `group` and what it says of stories: links across languages and the ids of
/// articles that are not English, for [`crate::blocks::stories_of`]. Without a column `text` there are stories only.
#[pyfunction]
#[pyo3(signature = (sketches, wanted, pinned, threads, progress))]
pub(crate) fn place(
    py: Python<'_>,
    sketches: &Bound<'_, PyAny>,
    wanted: &str,
    pinned: Option<&str>,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Table, Table, Vec<PlainLink>, Vec<String>)> {
    let batches = reader(sketches)?;
    let pins = pins(pinned)?;
    let wanted = match wanted {
        "group" => Wanted::Group,
        "traced" => Wanted::Traced,
        _ => Wanted::Lineage,
    };
    let made = working(py, threads, progress, move |watch| {
        watch.doing("reading");
        // Which of several rows of one fingerprint comes first is nobody's business: they are of one article.
        let mut rows: Rows<Text> = Rows::default();
        if let Some(pins) = &pins {
            rows.pin(pins);
        }
        for batch in batches {
            let batch = batch.map_err(|e| e.to_string())?;
            for (row, text) in decoded(&batch)? {
                rows.add(row, text);
            }
            watch.advance(batch.num_rows());
            if watch.is_cancelled() {
                return Err("cancelled".to_owned());
            }
        }
        watch.doing("grouping");
        let traced = |it: Traced| (Vec::new(), it);
        Ok(match wanted {
            Wanted::Group => {
                let Tables { placements, relations, .. } = rows.tables();
                (placements, Traced { relations, ..Traced::default() })
            }
            Wanted::Lineage => traced(Traced { relations: rows.lineage(), ..Traced::default() }),
            Wanted::Traced => traced(rows.traced()),
        })
    })?;
    let (placements, traced) = made.map_err(PyValueError::new_err)?;
    let links = traced.links.into_iter().map(|it| (it.pair.0, it.pair.1, it.score, it.rule.name())).collect();
    let mut foreign: Vec<String> = traced.foreign.into_iter().collect();
    foreign.sort_unstable();
    Ok((stories(&placements)?, relations(&traced.relations)?, links, foreign))
}

/// What is to be put together.
enum Wanted {
    Group,
    Lineage,
    Traced,
}

fn decoded(batch: &RecordBatch) -> Result<Vec<(Row, Text)>, String> {
    let column = |name: &str| batch.column_by_name(name).cloned();
    let rows: ArrayRef = column("row").ok_or("sketches have a column `row`")?;
    let texts = column("text");
    let one = |n: usize| {
        let bytes = bytes(rows.as_ref(), n).ok_or("the column `row` holds bytes")?;
        let row = Row::decode(bytes).ok_or("a sketch is damaged, or was made by another version of this program")?;
        let text = match &texts {
            Some(it) if string(it.as_ref(), n).is_some() => Text::Column(it.clone(), n),
            _ => Text::Own(String::new()),
        };
        Ok((row, text))
    };
    (0..batch.num_rows()).into_par_iter().map(one).collect()
}

/// The bytes in a row of a column of bytes, if there are any.
pub(crate) fn bytes(column: &dyn Array, n: usize) -> Option<&[u8]> {
    if column.is_null(n) {
        return None;
    }
    let any = column.as_any();
    any.downcast_ref::<BinaryArray>()
        .map(|it| it.value(n))
        .or_else(|| any.downcast_ref::<LargeBinaryArray>().map(|it| it.value(n)))
}

/// The table `stories`.
pub(crate) fn stories(rows: &[Placement]) -> PyResult<Table> {
    Table::of(vec![
        ("id", Column::text(rows.iter().map(|it| Some(&*it.id)))),
        ("story", Column::text(rows.iter().map(|it| Some(&*it.story)))),
        ("score", Column::reals(rows.iter().map(|it| it.score))),
        ("rule", Column::text(rows.iter().map(|it| Some(it.rule.name())))),
    ])
}

pub(crate) fn relations(rows: &[Relation]) -> PyResult<Table> {
    let passages = |side: usize| {
        Column::spans(rows.iter().map(move |it| {
            let of = |both: &(rashomon::model::Span, rashomon::model::Span)| if side == 0 { both.0 } else { both.1 };
            it.found.passages.iter().map(|both| [of(both).start(), of(both).end()]).collect()
        }))
    };
    Table::of(vec![
        ("source", Column::text(rows.iter().map(|it| Some(it.source.as_str())))),
        ("derived", Column::text(rows.iter().map(|it| Some(it.derived.as_str())))),
        ("kind", Column::text(rows.iter().map(|it| Some(it.found.kind.as_str())))),
        ("directed", Column::booleans(rows.iter().map(|it| it.found.directed))),
        ("score", Column::reals(rows.iter().map(|it| it.found.score))),
        ("rule", Column::text(rows.iter().map(|it| Some(it.found.rule.name())))),
        ("source_spans", passages(0)),
        ("derived_spans", passages(1)),
    ])
}
