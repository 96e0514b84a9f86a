//! A store, read beside whoever writes it.

use crate::work::working;
use pyo3::exceptions::{PyKeyError, PyOSError, PyValueError};
use pyo3::prelude::*;
use rashomon::wire::json;
use rashomon::{report, wire};
use rashomon_store::{Error, Page, StoryQuery};
use std::sync::{Arc, Mutex, PoisonError};

/// A store that is only read.
#[pyclass(frozen, module = "rashomon")]
pub(crate) struct Store {
    inner: Arc<Mutex<rashomon_store::Store>>,
}

fn raised(e: Error) -> PyErr {
    match e {
        Error::Unknown(it) => PyKeyError::new_err(it),
        Error::Unusable(it) | Error::Older(it) => PyValueError::new_err(it),
        e => PyOSError::new_err(e.to_string()),
    }
}

/// Lines of JSON, and where the next page begins.
type Lines = (Vec<String>, Option<String>);

fn lines<T: serde::Serialize>(page: Page<T>) -> Lines {
    (page.items.iter().map(json).collect(), page.next)
}

impl Store {
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut rashomon_store::Store) -> Result<T, Error> + Send + 'static,
    ) -> PyResult<T> {
        let inner = Arc::clone(&self.inner);
        working(py, 0, None, move |_| question(&mut inner.lock().unwrap_or_else(PoisonError::into_inner)))?
            .map_err(raised)
    }
}

fn moment(text: Option<&str>) -> PyResult<Option<jiff::Timestamp>> {
    text.map(|it| it.parse().map_err(|_| PyValueError::new_err(format!("{it:?} is no moment (RFC 3339)")))).transpose()
}

#[pymethods]
impl Store {
    #[new]
    fn new(py: Python<'_>, path: std::path::PathBuf) -> PyResult<Self> {
        let store = py.detach(|| rashomon_store::Store::open_to_read(&path)).map_err(raised)?;
        Ok(Self { inner: Arc::new(Mutex::new(store)) })
    }

    fn stories(&self, py: Python<'_>, since: Option<&str>, least: u32, cursor: Option<String>) -> PyResult<Lines> {
        let mut query = StoryQuery::default();
        (query.since, query.least_articles, query.cursor) = (moment(since)?, least, cursor);
        self.ask(py, move |it| it.stories(&query).map(lines))
    }

    fn story(&self, py: Python<'_>, key: String) -> PyResult<Option<String>> {
        self.ask(py, move |it| Ok(it.story(&key)?.map(|row| json(&row))))
    }

    fn story_articles(&self, py: Python<'_>, key: String) -> PyResult<Vec<String>> {
        self.ask(py, move |it| Ok(it.story_articles(&key)?.iter().map(json).collect()))
    }

    fn articles(&self, py: Python<'_>, since: Option<&str>, cursor: Option<String>) -> PyResult<Lines> {
        let since = moment(since)?;
        self.ask(py, move |it| it.articles(since, cursor.as_deref(), 100).map(lines))
    }

    fn article(&self, py: Python<'_>, key: String) -> PyResult<String> {
        self.ask(py, move |it| Ok(json(&it.find_article(&key)?)))
    }

    fn versions(&self, py: Python<'_>, key: String) -> PyResult<Vec<String>> {
        self.ask(py, move |it| {
            let key = it.find_article(&key)?.id;
            Ok(it.versions(&key)?.iter().map(json).collect())
        })
    }

    fn read(&self, py: Python<'_>, key: String, version: Option<u32>, annotated: bool) -> PyResult<String> {
        self.ask(py, move |it| {
            let key = it.find_article(&key)?.id;
            Ok(if annotated {
                json(&wire::Article::annotated(&it.annotated_version(&key, version)?))
            } else {
                report::article_json(&it.read_version(&key, version)?)
            })
        })
    }

    fn quotes(&self, py: Python<'_>, words: Option<String>, cursor: Option<String>) -> PyResult<Lines> {
        self.ask(py, move |it| it.quotes(words.as_deref(), cursor.as_deref(), 100).map(lines))
    }

    fn search(&self, py: Python<'_>, words: String, cursor: Option<String>) -> PyResult<Lines> {
        self.ask(py, move |it| it.search(&words, cursor.as_deref(), 100).map(lines))
    }

    fn alerts(&self, py: Python<'_>, unseen: bool, cursor: Option<String>) -> PyResult<Lines> {
        self.ask(py, move |it| it.alerts(unseen, cursor.as_deref(), 100).map(lines))
    }

    fn feeds(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        self.ask(py, |it| Ok(it.feeds()?.iter().map(json).collect()))
    }

    /// The kept collation of a story if it is of the story's present articles, else one that is made now and not kept.
    fn collation(&self, py: Python<'_>, key: String) -> PyResult<String> {
        self.ask(py, move |it| {
            if let Some(kept) = it.collation(&key)?.filter(|it| it.fresh) {
                return Ok(kept.json);
            }
            let found = it.compared(&key)?;
            Ok(report::collation_json(&found.corpus, &found.stories))
        })
    }
}
