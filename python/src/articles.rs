//! `read`, `annotate`, `quotes`, `check`.

use crate::each::{all, each};
use crate::input::{Input, TableRow};
use crate::table::{Column, Table};
use crate::work::{PlainNote, Watch, plain, pool, working};
use pyo3::prelude::*;
use rashomon::annotate::{Corpus, annotate};
use rashomon::compare::may_hold;
use rashomon::model::{Article, Note, Noted};
use rashomon::wire::{Checked, QuoteRow, Span, json};
use rashomon::{read, report};
use serde::Serialize;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The line of an article, annotated if asked for.
fn line(article: Article, annotated: bool) -> Noted<String> {
    if !annotated {
        return Noted::quiet(report::article_json(&article));
    }
    let Noted { output, notes } = annotate(article);
    Noted { output: report::annotated_json(&output), notes }
}

/// Articles as lines of JSON, and what there is to say.
#[pyfunction]
#[pyo3(signature = (sources, annotated, threads, progress))]
pub(crate) fn articles(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    annotated: bool,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Vec<String>, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    working(py, threads, progress, move |watch| {
        watch.doing(if annotated { "annotating" } else { "reading" });
        let mut lines = Vec::new();
        let make = |it: Article, _: Option<TableRow>| line(it, annotated);
        let notes = each(inputs, watch, read::article, make, |it| {
            lines.push(it);
            true
        });
        (lines, plain(notes))
    })
}

/// Articles one by one, as they are made; a few batches ahead of who takes them.
#[pyclass(frozen)]
pub(crate) struct Stream {
    lines: Mutex<Receiver<String>>,
    watch: Arc<Watch>,
    notes: Arc<Mutex<Vec<Note>>>,
}

/// The same as [`articles`], one by one.
#[pyfunction]
#[pyo3(signature = (sources, annotated, threads))]
pub(crate) fn stream(sources: &Bound<'_, PyAny>, annotated: bool, threads: usize) -> PyResult<Stream> {
    let inputs = Input::all(sources)?;
    let pool = pool(threads)?;
    let (sender, lines) = sync_channel(512);
    let (watch, notes) = (Arc::new(Watch::default()), Arc::new(Mutex::default()));
    let (their_watch, their_notes) = (Arc::clone(&watch), Arc::clone(&notes));
    std::thread::spawn(move || {
        let make = |it: Article, _: Option<TableRow>| line(it, annotated);
        let said = pool.install(|| each(inputs, &their_watch, read::article, make, |it| sender.send(it).is_ok()));
        *their_notes.lock().unwrap_or_else(PoisonError::into_inner) = said;
        drop(sender);
    });
    Ok(Stream { lines: Mutex::new(lines), watch, notes })
}

#[pymethods]
impl Stream {
    fn __iter__(it: Py<Self>) -> Py<Self> {
        it
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<String>> {
        loop {
            let look = Duration::from_millis(50);
            let waited = py.detach(|| self.lines.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(look));
            match waited {
                Ok(line) => return Ok(Some(line)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            }
        }
    }

    /// What there is to say, once all articles have come.
    fn notes(&self) -> Vec<PlainNote> {
        plain(std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.watch.cancel();
    }
}

/// A row with its spans in characters too, as Python counts them.
#[derive(Serialize)]
struct InPython<'a> {
    #[serde(flatten)]
    row: &'a QuoteRow,
    characters: Span,
    parts_in_characters: Vec<Span>,
}

/// Quotations: lines of JSON, the same as a table, the number of articles, and what there is to say.
#[pyfunction]
#[pyo3(signature = (sources, kinds, everything, threads, progress))]
pub(crate) fn quotes(
    py: Python<'_>,
    sources: &Bound<'_, PyAny>,
    kinds: Vec<String>,
    everything: bool,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Vec<String>, Table, usize, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    let (rows, lines, count, notes) = working(py, threads, progress, move |watch| {
        watch.doing("annotating");
        let (mut rows, mut lines, mut count) = (Vec::new(), Vec::new(), 0);
        let make = |article: Article, _: Option<TableRow>| {
            let Noted { output, notes } = annotate(article);
            let text = &output.article.text;
            let characters = |it: Span| {
                let count = |at: usize| text.get(..at).map_or(at, |it| it.chars().count());
                Span(count(it.0), count(it.1))
            };
            let rows = QuoteRow::of(&output, &kinds, everything);
            let line = |row: &QuoteRow| {
                let parts_in_characters = row.parts.iter().map(|it| characters(*it)).collect();
                json(&InPython { row, characters: characters(Span(row.start, row.end)), parts_in_characters })
            };
            let lines: Vec<String> = rows.iter().map(line).collect();
            Noted { output: (rows, lines), notes }
        };
        let notes = each(inputs, watch, read::article, make, |(its_rows, its_lines)| {
            count += 1;
            rows.extend(its_rows);
            lines.extend(its_lines);
            true
        });
        (rows, lines, count, plain(notes))
    })?;
    Ok((lines, table(&rows)?, count, notes))
}

fn table(rows: &[QuoteRow]) -> PyResult<Table> {
    let text = |of: fn(&QuoteRow) -> &str| Column::text(rows.iter().map(|it| Some(of(it))));
    let optional = |of: fn(&QuoteRow) -> Option<&str>| Column::text(rows.iter().map(of));
    Table::of(vec![
        ("quoteID", text(|it| &it.quote_id)),
        ("utterance", text(|it| &it.utterance)),
        ("quotation", text(|it| &it.quotation)),
        ("speaker", optional(|it| it.speaker.as_deref())),
        ("kind", text(|it| it.kind)),
        ("act", text(|it| it.act)),
        ("stance", text(|it| it.stance)),
        ("article", text(|it| &it.article)),
        ("url", optional(|it| it.url.as_deref())),
        ("outlet", optional(|it| it.outlet.as_deref())),
        ("title", optional(|it| it.title.as_deref())),
        ("date", optional(|it| it.date.as_deref())),
        ("published", optional(|it| it.published.as_deref())),
        ("start", Column::integers(rows.iter().map(|it| it.start))),
        ("end", Column::integers(rows.iter().map(|it| it.end))),
        ("parts", Column::spans(rows.iter().map(|it| it.parts.iter().map(|p| [p.0, p.1]).collect()))),
        ("mention", optional(|it| it.mention.as_deref())),
        ("cue", optional(|it| it.cue.as_deref())),
        ("rule", text(|it| it.rule)),
    ])
}

/// What became of a sentence, as JSON, the texts of the articles that may hold it, and what there is to say.
#[pyfunction]
#[pyo3(signature = (text, sources, speaker, threads, progress))]
#[allow(clippy::type_complexity, reason = "what one call gives")]
pub(crate) fn check(
    py: Python<'_>,
    text: String,
    sources: &Bound<'_, PyAny>,
    speaker: Option<String>,
    threads: usize,
    progress: Option<Py<PyAny>>,
) -> PyResult<(String, Vec<(String, String)>, usize, Vec<PlainNote>)> {
    let inputs = Input::all(sources)?;
    working(py, threads, progress, move |watch| {
        watch.doing("reading");
        let text = text.trim();
        let Noted { output, mut notes } = all(inputs, watch);
        let count = output.len();
        watch.doing("checking");
        let held = output.into_iter().filter(|it| may_hold(&it.text, text)).collect();
        let annotated = rashomon::annotate_all(held);
        notes.extend(annotated.notes);
        let corpus = Corpus::new(annotated.output);
        notes.extend(corpus.notes);
        let corpus = corpus.output;
        let found = rashomon::compare::check(&corpus, text);
        let found = match speaker.as_deref() {
            Some(name) => found.by(name),
            None => found,
        };
        let texts = corpus.iter().map(|(_, it)| (it.article.id.clone(), it.article.text.clone())).collect();
        (json(&Checked::new(&corpus, text, &found)), texts, count, plain(notes))
    })
}
