//! What all routes share: the store, what was made from it, and who is told when it changes.

use crate::guard::Guard;
use crate::inputs::{Inputs, Plain};
use crate::kept::{Summary, Told};
use crate::problem::Problem;
use axum::http::StatusCode;
use rashomon_store::{Error, Store};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, watch};

/// Readings of the store at once: more would only wait for the disk.
const READERS: usize = 8;
/// Stories whose page is kept in memory.
const PAGES: usize = 64;
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
    lines: Mutex<BTreeMap<String, (String, Arc<Summary>)>>,
    pages: Mutex<BTreeMap<String, (String, Arc<Told>)>>,
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
            lines: Mutex::default(),
            pages: Mutex::default(),
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
            let out = read(&mut store);
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
        remembered(&self.lines, LINES, store, story, Summary::new)
    }

    /// A story as it is shown, from its kept collation.
    pub(crate) fn told(&self, store: &Store, story: &str) -> Result<Option<Arc<Told>>, Problem> {
        remembered(&self.pages, PAGES, store, story, Told::new)
    }

    /// Asks for stories to be made anew in the background, as a pin or a page has come.
    pub(crate) fn regroup(&self) {
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

/// What `make` makes of a story's kept collation, made once for each collation.
fn remembered<T>(
    kept: &Mutex<BTreeMap<String, (String, Arc<T>)>>,
    most: usize,
    store: &Store,
    story: &str,
    make: impl FnOnce(&str) -> Result<T, Problem>,
) -> Result<Option<Arc<T>>, Problem> {
    let Some(stamp) = store.collation_made(story)? else { return Ok(None) };
    if let Some((of, it)) = lock(kept).get(story)
        && *of == stamp
    {
        return Ok(Some(it.clone()));
    }
    let Some(collation) = store.collation(story)? else { return Ok(None) };
    let it = Arc::new(make(&collation.json)?);
    let mut kept = lock(kept);
    if kept.len() >= most {
        kept.clear();
    }
    kept.insert(story.to_owned(), (stamp, it.clone()));
    Ok(Some(it))
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
