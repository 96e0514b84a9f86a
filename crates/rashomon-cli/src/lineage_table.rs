//! The `lineage` table of `rashomon group`: which articles share text, and who took it from whom.

use crate::exit::Failure;
use crate::spool::Spool;
use crate::table;
use rashomon::group::Link;
use rashomon::lineage::{Card, Crossed, Finder, Found};
use rashomon::model::Span;
use rashomon_tables::{Column, Format, Kind, Table, Value};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// Finds all relations among the articles of `spool` and writes the table into `dir`. `numbered` holds other ids than their own
/// for articles that share theirs, by fingerprint. Returns what connects stories across languages.
pub(crate) fn write(
    spool: &mut Spool,
    numbered: &[(u64, Box<str>)],
    dir: &Path,
    format: Format,
) -> Result<Links, Failure> {
    let place = spool.path().display().to_string();
    let failed = |e: &io::Error| Failure::write(&place, e);
    spool.flush().map_err(|e| failed(&e))?;
    // The table has no column for reasons; `collate` gives them.
    let mut finder = Finder::with(spool.take_seen()).without_reasons();
    spool.each(|card, sketch, fingerprint| finder.add_marked(card, sketch, fingerprint)).map_err(|e| failed(&e))?;
    let broken: Mutex<Option<io::Error>> = Mutex::new(None);
    // Many articles are held against several others.
    let declared: Mutex<HashMap<usize, [Vec<String>; 2]>> = Mutex::default();
    let failing = |e: io::Error| {
        broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(e);
    };
    let text = |n: usize| {
        let text = spool.article(n).map(|it| it.text).map_err(failing);
        Cow::Owned(text.unwrap_or_default())
    };
    let article = |n: usize| match spool.article(n) {
        Ok(mut it) => {
            if let Some(byline) = it.byline.take() {
                let known = declared.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&n).cloned();
                [it.card.origins, it.card.credits] = known.unwrap_or_else(|| {
                    let names = it.declared(byline);
                    let mut declared = declared.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    declared.entry(n).or_insert(names).clone()
                });
            }
            (it.card, Cow::Owned(it.text))
        }
        Err(e) => {
            failing(e);
            (Card::default(), Cow::Borrowed(""))
        }
    };
    let found = finder.find(article, text);
    if let Some(e) = broken.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(failed(&e));
    }
    let numbered: HashMap<u64, &str> = numbered.iter().map(|(of, id)| (*of, &**id)).collect();
    let id = |n: usize| {
        // Few corpora have two articles of one id.
        if numbered.is_empty() {
            return Ok(finder.id(n).to_owned());
        }
        let it = spool.article(n)?;
        Ok(numbered.get(&it.fingerprint).map_or(it.card.id, |id| (*id).to_owned()))
    };
    let mut table = table::begin(dir, "lineage", &columns(), format).map_err(Failure::nothing)?;
    for it in &found {
        let [source, derived] = [it.source, it.derived].map(id);
        let (source, derived) = (source.map_err(|e| failed(&e))?, derived.map_err(|e| failed(&e))?);
        row(&mut table, it, &source, &derived).map_err(Failure::nothing)?;
    }
    table::finish(dir, "lineage", table, format).map_err(Failure::nothing)?;
    let link = |it: &Crossed| {
        let pair = (id(it.pair.0)?, id(it.pair.1)?);
        Ok(Link { pair, score: it.score, rule: it.rule, reason: it.words() })
    };
    let crossed = finder.crossed().iter().filter(|it| it.connects());
    let links = crossed.map(link).collect::<io::Result<_>>().map_err(|e| failed(&e))?;
    let foreign = finder.foreign().into_iter().map(id).collect::<io::Result<_>>().map_err(|e| failed(&e))?;
    Ok(Links { links, foreign, found: found.len() })
}

/// Writes relations that were found elsewhere.
#[cfg(feature = "inputs")]
pub(crate) fn write_rows(all: &[rashomon::rows::Relation], dir: &Path, format: Format) -> Result<(), Failure> {
    let mut table = Table::create(dir, "lineage", &columns(), format).map_err(Failure::nothing)?;
    for it in all {
        row(&mut table, &it.found, &it.source, &it.derived).map_err(Failure::nothing)?;
    }
    table.finish().map_err(Failure::nothing).map(|_| ())
}

/// What connects stories across languages.
pub(crate) struct Links {
    pub(crate) links: Vec<Link<String>>,
    /// The ids of articles that are not English.
    pub(crate) foreign: HashSet<String>,
    /// How many relations there are in all.
    pub(crate) found: usize,
}

/// The columns of the table.
fn columns() -> [Column; 8] {
    [
        Column::new("source", Kind::Text),
        Column::new("derived", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("directed", Kind::Boolean),
        Column::new("score", Kind::Real),
        Column::new("rule", Kind::Text),
        Column::new("source_spans", Kind::Spans),
        Column::new("derived_spans", Kind::Spans),
    ]
}

fn row(table: &mut Table, it: &Found, source: &str, derived: &str) -> Result<(), rashomon_tables::Error> {
    let (source_spans, derived_spans): (Vec<_>, Vec<_>) = it.passages.iter().map(|(p, q)| (ends(*p), ends(*q))).unzip();
    table.row(&[
        Value::Text(source),
        Value::Text(derived),
        Value::Text(it.kind.as_str()),
        Value::Boolean(it.directed),
        Value::Real(it.score),
        Value::Text(it.rule.name()),
        Value::Spans(&source_spans),
        Value::Spans(&derived_spans),
    ])
}

#[allow(clippy::cast_possible_truncation, reason = "spans hold 32-bit offsets")]
fn ends(span: Span) -> [u32; 2] {
    [span.start() as u32, span.end() as u32]
}
