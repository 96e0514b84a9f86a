//! What all routes share: the store, what was made from it, and who is told when it changes.

use crate::guard::Guard;
use crate::inputs::{Inputs, Plain};
use crate::kept::{Summary, Told};
use crate::problem::Problem;
use crate::recent::Recent;
use axum::http::StatusCode;
use jiff::Timestamp;
use rashomon::annotate::Annotated;
use rashomon_store::{Error, Store, StoredCollation, VersionRow};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, watch};

/// Readings of the store at once: more would only wait for the disk.
const READERS: usize = 8;
/// Bytes of collations whose stories are kept in memory as they are shown: some five times as much.
const PAGES: usize = 24 << 20;
/// Bytes of texts that are kept in memory with all that stands in them: some ten times as much.
const TEXTS: usize = 4 << 20;
/// Articles in lists of what was found, which are kept in memory.
const FOUND: usize = 500_000;
/// How old what was found may be when the store has changed since: a page of it and the next are then of one list.
const LAG: Duration = Duration::from_secs(15);
/// Stories whose line in the list is kept in memory.
const LINES: usize = 4096;

/// Listeners at once; the next is told to ask again later, so that a forgotten tab never takes the place of a page.
pub(crate) const LISTENERS: usize = 64;

/// What all routes share.
pub(crate) struct App {
    pub(crate) guard: Arc<Guard>,
    /// Whether the store is the invented example.
    pub(crate) demo: bool,
    /// Where links in feeds lead; never taken from what a request says.
    pub(crate) base: String,
    /// What opens dropped files and addresses.
    pub(crate) inputs: Arc<dyn Inputs>,
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    reading: Semaphore,
    writer: Mutex<Option<Store>>,
    lines: Recent<Summary>,
    pages: Recent<Told>,
    texts: Recent<Annotated>,
    found: Recent<Found>,
    unseen: AtomicUsize,
    regroup: AtomicBool,
    /// The last change that the store tells of.
    pub(crate) heard: watch::Sender<i64>,
    /// Listeners to the stream of changes.
    pub(crate) listeners: Arc<Semaphore>,
}

impl App {
    pub(crate) fn new(path: PathBuf, guard: Arc<Guard>, base: String, demo: bool) -> Self {
        Self {
            guard,
            demo,
            base,
            inputs: Arc::new(Plain),
            path,
            idle: Mutex::default(),
            reading: Semaphore::new(READERS),
            writer: Mutex::default(),
            lines: Recent::new(LINES),
            pages: Recent::new(PAGES),
            texts: Recent::new(TEXTS),
            found: Recent::new(FOUND),
            unseen: AtomicUsize::new(0),
            regroup: AtomicBool::new(true),
            heard: watch::Sender::new(0),
            listeners: Arc::new(Semaphore::new(LISTENERS)),
        }
    }

    /// The same with what opens dropped files and addresses.
    pub(crate) fn opening(mut self, inputs: Arc<dyn Inputs>) -> Self {
        self.inputs = inputs;
        self
    }

    /// Where the store is.
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Reads the store away from the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&mut Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.reading.acquire().await.map_err(|_| broken())?;
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let kept = lock(&app.idle).pop();
            let mut store = kept.map_or_else(|| Store::open_read_only(&app.path), Ok)?;
            let out = store.at_one_moment(read)?;
            lock(&app.idle).push(store);
            out
        });
        done.await.unwrap_or_else(|_| Err(broken()))
    }

    /// Writes to the store, one at a time.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        write: impl FnOnce(&mut Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || app.write_now(write)).await.unwrap_or_else(|_| Err(broken()))
    }

    /// The same on this thread, which may wait.
    pub(crate) fn write_now<T>(&self, write: impl FnOnce(&mut Store) -> Result<T, Problem>) -> Result<T, Problem> {
        let mut writer = lock(&self.writer);
        if writer.is_none() {
            *writer = Some(Store::open(&self.path)?);
        }
        writer.as_mut().map_or_else(|| Err(broken()), write)
    }

    /// The line of a story in lists, from its kept collation.
    pub(crate) fn summary(&self, store: &Store, story: &str) -> Result<Option<Arc<Summary>>, Problem> {
        remembered(&self.lines, |_| 1, store, story, |it| Summary::new(&it.json))
    }

    /// A story as it is shown, from its kept collation.
    pub(crate) fn told(&self, store: &Store, story: &str) -> Result<Option<Arc<Told>>, Problem> {
        remembered(&self.pages, str::len, store, story, Told::new)
    }

    /// A version of an article, annotated.
    pub(crate) fn annotated(&self, store: &mut Store, version: &VersionRow) -> Result<Arc<Annotated>, Problem> {
        // A row of the store never changes, but another may take its number when it is let go of.
        let (key, stamp) = (version.row.to_string(), format!("{} {}", version.article, version.id));
        if let Some(it) = self.texts.get(&key, &stamp) {
            return Ok(it);
        }
        let it = store.annotated_version(&version.article, Some(version.number))?;
        Ok(self.texts.keep(&key, stamp, it.article.text.len(), it))
    }

    /// What a search finds, the best first: as it is now, or as it was a moment ago.
    pub(crate) fn found(&self, store: &Store, text: &str) -> Result<Arc<Found>, Problem> {
        let change = store.last_change()?;
        if let Some(it) = self.found.any(text)
            && (it.change == change || it.since.elapsed() < LAG)
        {
            return Ok(it);
        }
        let it = Found { articles: store.found(text)?, change, at: Timestamp::now(), since: Instant::now() };
        Ok(self.found.keep(text, String::new(), it.articles.len() + 20, it))
    }

    /// Whether somebody waits for an answer.
    pub(crate) fn is_asked(&self) -> bool {
        self.reading.available_permits() < READERS
    }

    /// Asks for stories to be made anew in the background, as a pin or a page has come.
    pub(crate) fn regroup(&self) {
        self.found.clear();
        self.regroup.store(true, Ordering::Release);
    }

    /// Whether that was asked for since the last time.
    pub(crate) fn take_regroup(&self) -> bool {
        self.regroup.swap(false, Ordering::AcqRel)
    }

    /// Alerts that nobody has marked as seen.
    pub(crate) fn unseen_alerts(&self) -> usize {
        self.unseen.load(Ordering::Relaxed)
    }

    /// Keeps their number.
    pub(crate) fn set_unseen(&self, n: usize) {
        self.unseen.store(n, Ordering::Relaxed);
    }
}

/// What a search found.
pub(crate) struct Found {
    /// By their numbers inside the store, the best first.
    pub(crate) articles: Vec<i64>,
    /// The last change before.
    change: i64,
    at: Timestamp,
    since: Instant,
}

impl Found {
    /// When it was found, if the store has changed since.
    pub(crate) fn as_of(&self, store: &Store) -> Result<Option<Timestamp>, Problem> {
        Ok((store.last_change()? != self.change).then_some(self.at))
    }
}

/// What `make` makes of a story's kept collation, made once for each collation.
fn remembered<T>(
    kept: &Recent<T>,
    weight: impl FnOnce(&str) -> usize,
    store: &Store,
    story: &str,
    make: impl FnOnce(StoredCollation) -> Result<T, Problem>,
) -> Result<Option<Arc<T>>, Problem> {
    let Some(stamp) = store.collation_made(story)? else { return Ok(None) };
    if let Some(it) = kept.get(story, &stamp) {
        return Ok(Some(it));
    }
    let Some(collation) = store.collation(story)? else { return Ok(None) };
    Ok(Some(kept.keep(story, stamp, weight(&collation.json), make(collation)?)))
}

/// What it holds is whole whatever befell the thread that held it: every change to it is one insertion or removal.
fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

fn broken() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "this could not be answered")
}

impl From<Error> for Problem {
    fn from(it: Error) -> Self {
        let status = match &it {
            Error::Unknown(_) => StatusCode::NOT_FOUND,
            Error::Wrong(_) => StatusCode::BAD_REQUEST,
            Error::Busy(_) | Error::Full(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, it.to_string())
    }
}
