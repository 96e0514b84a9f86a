//! Stories by blocks of days: what `rashomon.spark` and `rashomon.files` call on each part of a table.
//!
//! Every function is of the set of rows that it is given: their order is nobody's business.

use crate::input::{reader, string};
use crate::table::{Column, Table};
use crate::tables::{bytes, stories};
use crate::work::working;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rashomon::group::blocks::{self, Cut, Linked, Located, Name, Unlinkable};
use rashomon::group::{Grouper, Link, Record, link_placements};
use rashomon::model::Rule;
use rashomon::rows::Row;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// The days before which a table of so many articles a day is cut.
#[pyfunction]
pub(crate) fn cut(counts: BTreeMap<i32, u64>, articles: u64, least_days: i32) -> Vec<i32> {
    Cut::even(&counts, articles, least_days).borders().to_vec()
}

/// The blocks that have to be linked again after what was said of the borders, with their margins: none if all agree. And the
/// days of borders that never settle, with the margin at which they are given up.
#[pyfunction]
pub(crate) fn wider(
    borders: Vec<i32>,
    margins: BTreeMap<usize, i32>,
    first: i32,
    said: Vec<(i32, i64)>,
) -> PyResult<(BTreeMap<usize, i32>, Vec<i32>, i32)> {
    let said = said.into_iter().map(|(day, digest)| (day, digest.cast_unsigned()));
    match Cut::before(borders).wider(&margins, first, said) {
        Ok(again) => Ok((again, Vec::new(), Cut::most_margin(first))),
        Err(Unlinkable::Unsettled(days)) => Ok((BTreeMap::new(), days, Cut::most_margin(first))),
        Err(other) => Err(PyValueError::new_err(other.to_string())),
    }
}

/// The first day whose articles a block needs, and the first after that it does not.
#[pyfunction]
pub(crate) fn needed_by(borders: Vec<i32>, block: usize, margin: i32) -> (i32, i32) {
    let days = Cut::before(borders).needed_by(block, margin);
    (days.start, days.end)
}

/// What the blocks of `margins` (block to days around it) need of some sketches: `block` and `record`.
#[pyfunction]
pub(crate) fn spread(
    py: Python<'_>,
    sketches: &Bound<'_, PyAny>,
    borders: Vec<i32>,
    margins: BTreeMap<usize, i32>,
) -> PyResult<Table> {
    let batches = reader(sketches)?;
    let made = working(py, 1, None, move |_| {
        let cut = Cut::before(borders);
        let widest = margins.values().copied().max().unwrap_or_default();
        let mut made: Vec<(usize, Vec<u8>)> = Vec::new();
        for batch in batches {
            let batch = batch.map_err(|e| e.to_string())?;
            let rows = column(&batch, "row")?;
            for n in 0..batch.num_rows() {
                let row = decoded(rows, n)?;
                let day = row.day().ok_or_else(|| format!("the article {} has no day", row.id()))?;
                let mut record = Vec::new();
                row.into_record().encode(&mut record);
                let needs =
                    |block: &usize| margins.get(block).is_some_and(|it| cut.needed_in(day, *it).contains(block));
                made.extend(cut.needed_in(day, widest).filter(needs).map(|block| (block, record.clone())));
            }
        }
        Ok::<_, String>(made)
    })?;
    let made = made.map_err(PyValueError::new_err)?;
    Table::of(vec![
        ("block", Column::integers(made.iter().map(|it| it.0))),
        ("record", Column::bytes(made.into_iter().map(|it| it.1))),
    ])
}

/// Links the blocks whose records these are, of `block` and `record`: a row an article in its story, and a row a border, of
/// which `border` is the day.
#[pyfunction]
pub(crate) fn link(
    py: Python<'_>,
    records: &Bound<'_, PyAny>,
    borders: Vec<i32>,
    margins: BTreeMap<usize, i32>,
    threads: usize,
) -> PyResult<Table> {
    let batches = reader(records)?;
    let linked = working(py, threads, None, move |_| {
        let cut = Cut::before(borders);
        let mut parts: BTreeMap<usize, Grouper> = BTreeMap::new();
        for batch in batches {
            let batch = batch.map_err(|e| e.to_string())?;
            let blocks = column(&batch, "block")?;
            let records = column(&batch, "record")?;
            for (n, block) in integers(blocks)?.into_iter().enumerate() {
                let mut rest = bytes(records, n).ok_or("the column `record` holds bytes")?;
                let record = Record::decode(&mut rest).ok_or("a record is damaged")?;
                let block = usize::try_from(block).map_err(|e| e.to_string())?;
                parts.entry(block).or_default().add(record);
            }
        }
        let parts: Vec<(usize, Grouper)> = parts.into_iter().collect();
        let one = |(block, it): (usize, Grouper)| {
            let margin = margins.get(&block).copied().ok_or_else(|| format!("nobody asked for block {block}"))?;
            Ok((block, it.link(&cut, block, margin).map_err(|e| e.to_string())?))
        };
        parts.into_par_iter().map(one).collect::<Result<Vec<(usize, Linked)>, String>>()
    })?;
    let linked = linked.map_err(PyValueError::new_err)?;
    located(&linked)
}

fn located(linked: &[(usize, Linked)]) -> PyResult<Table> {
    let rows: Vec<(usize, Option<&blocks::Border>, Option<&Located>)> = linked
        .iter()
        .flat_map(|(block, it)| {
            let borders = it.borders.iter().map(move |border| (*block, Some(border), None));
            borders.chain(it.located.iter().map(move |row| (*block, None, Some(row))))
        })
        .collect();
    let named = |of: fn(&Located) -> &Name| {
        let each = || rows.iter().map(move |it| it.2.map(of));
        [
            Column::some(each().map(|it| it.map(|it| it.at))),
            Column::text(each().map(|it| it.map(|it| &*it.id))),
            Column::some(each().map(|it| it.map(|it| sortable(it.digest)))),
            Column::some(each().map(|it| it.map(|it| it.fingerprint.cast_signed()))),
        ]
    };
    let [at, id, digest, fingerprint] = named(|it| &it.name);
    let [first_at, first_id, first_digest, first_fingerprint] = named(|it| &it.first);
    Table::of(vec![
        ("block", Column::integers(rows.iter().map(|it| it.0))),
        ("border", Column::some(rows.iter().map(|it| it.1.map(|it| i64::from(it.day))))),
        ("said", Column::some(rows.iter().map(|it| it.1.map(|it| it.digest.cast_signed())))),
        ("first_at", first_at),
        ("first_id", first_id),
        ("first_digest", first_digest),
        ("first_fingerprint", first_fingerprint),
        ("at", at),
        ("id", id),
        ("digest", digest),
        ("fingerprint", fingerprint),
        ("score", Column::reals(rows.iter().map(|it| it.2.map_or(0.0, |it| it.score)))),
        ("rule", Column::text(rows.iter().map(|it| it.2.map(|it| it.rule.name())))),
    ])
}

/// The numbers behind the ids of articles that share them, of `id`, `at`, `digest`, `fingerprint`: pairs of fingerprint and
/// number. All articles of an id must be among them.
#[pyfunction]
pub(crate) fn numbered(names: &Bound<'_, PyAny>) -> PyResult<Vec<(i64, u32)>> {
    let mut all = Vec::new();
    for batch in reader(names)? {
        let batch = batch.map_err(|e| PyValueError::new_err(e.to_string()))?;
        all.extend(names_of(&batch, "").map_err(PyValueError::new_err)?);
    }
    Ok(blocks::numbered(all).into_iter().map(|(of, n)| (of.cast_signed(), n)).collect())
}

/// One link across languages as Python's side hands it on: the two ids, how sure, the rule.
type PlainLink = (String, String, f64, String);

/// The table `stories` of what [`link`] found of all blocks, with what lineage says of them.
#[pyfunction]
pub(crate) fn stories_of(
    located: &Bound<'_, PyAny>,
    numbers: Vec<(i64, u32)>,
    links: Vec<PlainLink>,
    foreign: HashSet<String>,
) -> PyResult<Table> {
    let mut all = Vec::new();
    for batch in reader(located)? {
        let batch = batch.map_err(|e| PyValueError::new_err(e.to_string()))?;
        all.extend(rows(&batch).map_err(PyValueError::new_err)?);
    }
    let numbers: Vec<(u64, u32)> = numbers.into_iter().map(|(of, n)| (of.cast_unsigned(), n)).collect();
    let mut placed = blocks::placements(all, &numbers);
    let link = |(a, b, score, rule): PlainLink| {
        let rule = known(&rule)?;
        Ok(Link { pair: (a, b), score, rule, reason: String::new() })
    };
    let links = links.into_iter().map(link).collect::<Result<Vec<_>, String>>().map_err(PyValueError::new_err)?;
    link_placements(&mut placed, &links, |id| !foreign.contains(id));
    stories(&placed)
}

fn rows(batch: &RecordBatch) -> Result<Vec<Located>, String> {
    let (first, name) = (names_of(batch, "first_")?, names_of(batch, "")?);
    let scores = column(batch, "score")?.as_primitive_opt::<Float64Type>().ok_or("`score` holds reals")?;
    let rules = column(batch, "rule")?;
    let row = |(n, (first, name)): (usize, (Name, Name))| {
        let rule = known(string(rules, n).unwrap_or_default())?;
        Ok(Located { first, name, score: scores.value(n), rule })
    };
    first.into_iter().zip(name).enumerate().map(row).collect()
}

/// The rule of that name.
fn known(rule: &str) -> Result<Rule, String> {
    rashomon::rule(rule).ok_or_else(|| format!("there is no rule {rule:?}"))
}

fn names_of(batch: &RecordBatch, before: &str) -> Result<Vec<Name>, String> {
    let of = |name: &str| column(batch, &format!("{before}{name}"));
    let (at, digest, fingerprint) = (of("at")?, of("digest")?, of("fingerprint")?);
    let (at, digest, fingerprint) = (integers(at)?, integers(digest)?, integers(fingerprint)?);
    let ids = of("id")?;
    let name = |n: usize| Name {
        at: at[n],
        id: string(ids, n).unwrap_or_default().into(),
        digest: sortable(digest[n].cast_unsigned()).cast_unsigned(),
        fingerprint: fingerprint[n].cast_unsigned(),
    };
    Ok((0..batch.num_rows()).map(name).collect())
}

/// A number without a sign as one with a sign that is sorted alike, and back: engines have no other.
pub(crate) fn sortable(it: u64) -> i64 {
    (it ^ (1 << 63)).cast_signed()
}

pub(crate) fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a dyn Array, String> {
    batch.column_by_name(name).map(AsRef::as_ref).ok_or_else(|| format!("there is no column {name:?}"))
}

pub(crate) fn integers(column: &dyn Array) -> Result<Vec<i64>, String> {
    column
        .as_primitive_opt::<Int64Type>()
        .map(|it| it.values().to_vec())
        .ok_or_else(|| "64-bit integers are wanted".into())
}

pub(crate) fn decoded(rows: &dyn Array, n: usize) -> Result<Row, String> {
    let row = bytes(rows, n).ok_or("the column `row` holds bytes")?;
    Row::decode(row).ok_or_else(|| "a sketch is damaged, or was made by another version of this program".into())
}
