//! Lineage in parts: what `rashomon.spark` calls on each part of a table.

use crate::blocks::{column, decoded, integers};
use crate::input::{Text, reader, string};
use crate::table::{Column, Table};
use crate::tables::{bytes, relations};
use crate::work::working;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rashomon::rows::{self, Asked, Held, Row, Rows};
use std::collections::HashMap;

/// What has to be held against what: pairs (`part`, `first`, `second`), the articles that each part needs (`part`,
/// `fingerprint`, `asked`), and whether relations between languages come on top. `numbered` as in `place`: yes
/// for `traced`, no for `lineage`. A part has about so many pairs.
#[pyfunction]
pub(crate) fn pairing(
    py: Python<'_>,
    sketches: &Bound<'_, PyAny>,
    numbered: bool,
    pairs_a_part: usize,
    threads: usize,
) -> PyResult<(Table, Table, bool)> {
    let batches = reader(sketches)?;
    let found = working(py, threads, None, move |_| {
        let mut all: Rows<&str> = Rows::default();
        for batch in batches {
            let batch = batch.map_err(|e| e.to_string())?;
            let column = column(&batch, "row")?;
            for n in 0..batch.num_rows() {
                all.add(decoded(column, n)?, "");
            }
        }
        Ok::<_, String>(all.pairing(numbered))
    })?;
    let found = found.map_err(PyValueError::new_err)?;
    // Cut between articles, so that all pairs of one stand in one part.
    let mut pairs: Vec<(usize, (u32, u32))> = Vec::with_capacity(found.pairs.len());
    let (mut part, mut held) = (0, 0);
    for of_one in found.pairs.chunk_by(|p, q| p.0 == q.0) {
        if held >= pairs_a_part {
            (part, held) = (part + 1, 0);
        }
        held += of_one.len();
        pairs.extend(of_one.iter().map(|it| (part, *it)));
    }
    let mut needs: Vec<(usize, u32)> = pairs.iter().flat_map(|(part, it)| [(*part, it.0), (*part, it.1)]).collect();
    needs.sort_unstable();
    needs.dedup();
    let by_rank: HashMap<u32, &Asked> = found.articles.iter().map(|it| (it.rank, it)).collect();
    let encoded = |it: &Asked| {
        let mut out = Vec::new();
        it.encode(&mut out);
        out
    };
    let paired = Table::of(vec![
        ("part", Column::integers(pairs.iter().map(|it| it.0))),
        ("first", Column::signed(pairs.iter().map(|it| it.1.0.into()))),
        ("second", Column::signed(pairs.iter().map(|it| it.1.1.into()))),
    ])?;
    let asked = Table::of(vec![
        ("part", Column::integers(needs.iter().map(|it| it.0))),
        ("fingerprint", Column::signed(needs.iter().map(|it| by_rank[&it.1].fingerprint.cast_signed()))),
        ("asked", Column::bytes(needs.iter().map(|it| encoded(by_rank[&it.1])))),
    ])?;
    Ok((paired, asked, found.across))
}

/// The relations of some pairs, as bytes for [`settle`]: of rows that are pairs (`first`, `second`) and rows that are articles
/// (`asked`, `row`, `text`). All pairs of a part and all articles that it needs must be among them.
#[pyfunction]
pub(crate) fn hold(py: Python<'_>, parts: &Bound<'_, PyAny>, threads: usize) -> PyResult<Table> {
    let batches = reader(parts)?;
    let made = working(py, threads, None, move |_| {
        let mut pairs = Vec::new();
        let mut articles: HashMap<u32, (Asked, Row, Text)> = HashMap::new();
        for batch in batches {
            let batch = batch.map_err(|e| e.to_string())?;
            let of = |name: &str| column(&batch, name);
            let (asked, rows, first, second) = (of("asked")?, of("row")?, of("first")?, of("second")?);
            let ranks = integers(first)?.into_iter().zip(integers(second)?);
            let texts = batch.column_by_name("text").ok_or("there is no column \"text\"")?;
            for (n, (first, second)) in ranks.enumerate() {
                let Some(it) = bytes(asked, n) else {
                    let rank = |it: i64| u32::try_from(it).map_err(|e| e.to_string());
                    pairs.push((rank(first)?, rank(second)?));
                    continue;
                };
                let asked = Asked::decode(it).ok_or("what is asked of an article is damaged")?;
                let text =
                    string(texts.as_ref(), n).map_or(Text::Own(String::new()), |_| Text::Column(texts.clone(), n));
                articles.insert(asked.rank, (asked, decoded(rows, n)?, text));
            }
        }
        let asked = pairs.iter().flat_map(|it: &(u32, u32)| [it.0, it.1]);
        if let Some(rank) = asked.into_iter().find(|it| !articles.contains_key(it)) {
            return Err(format!("the article of rank {rank} is not there: a part was torn"));
        }
        Ok(rows::held(articles.into_values().collect(), pairs))
    })?;
    let made = made.map_err(PyValueError::new_err)?;
    let encoded = made.iter().map(|it| {
        let mut out = Vec::new();
        it.encode(&mut out);
        out
    });
    Table::of(vec![("held", Column::bytes(encoded))])
}

/// The table `lineage` of what [`hold`] made of all pairs.
#[pyfunction]
pub(crate) fn settle(held: &Bound<'_, PyAny>) -> PyResult<Table> {
    let mut all = Vec::new();
    for batch in reader(held)? {
        let batch = batch.map_err(|e| PyValueError::new_err(e.to_string()))?;
        let column = column(&batch, "held").map_err(PyValueError::new_err)?;
        for n in 0..batch.num_rows() {
            let Some(it) = bytes(column, n) else { continue };
            let it = Held::decode(it);
            all.push(it.ok_or_else(|| PyValueError::new_err("a relation is damaged, or of another version"))?);
        }
    }
    relations(&rows::settled(all))
}
