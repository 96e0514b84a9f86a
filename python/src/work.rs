//! Work beside the interpreter: on threads of our own, ended by Ctrl-C, telling how far it is.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rashomon::model::Note;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often the interpreter is asked whether somebody pressed Ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// How far some work is, and whether anybody still wants it.
#[derive(Default)]
pub(crate) struct Watch {
    done: AtomicUsize,
    stage: Mutex<&'static str>,
    cancelled: AtomicBool,
}

impl Watch {
    /// Says what is being done now.
    pub(crate) fn doing(&self, what: &'static str) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }

    /// Counts more articles.
    pub(crate) fn advance(&self, articles: usize) {
        self.done.fetch_add(articles, Ordering::Relaxed);
    }

    /// Says that nobody wants the result.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants the result.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn now(&self) -> (&'static str, usize) {
        (*self.stage.lock().unwrap_or_else(PoisonError::into_inner), self.done.load(Ordering::Relaxed))
    }
}

/// Threads by process and number: those of a process do not live on in its forks.
static POOLS: Mutex<BTreeMap<(u32, usize), Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());

/// A pool of so many threads; 0 for one a core.
pub(crate) fn pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (std::process::id(), threads);
    if let Some(it) = pools.get(&key) {
        return Ok(Arc::clone(it));
    }
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let it = Arc::new(built.map_err(|e| PyRuntimeError::new_err(e.to_string()))?);
    // What was inherited by a fork has no threads behind it: it is left alone, as ending it would wait for them.
    pools.insert(key, Arc::clone(&it));
    Ok(it)
}

/// Does `job` on a pool of `threads` with the interpreter free, and returns what it gives. `progress` is called as
/// `progress(stage, articles)` while it works. What a signal handler or `progress` raises ends the wait at once; the work ends
/// at its next batch.
pub(crate) fn working<T: Send + 'static>(
    py: Python<'_>,
    threads: usize,
    progress: Option<Py<PyAny>>,
    job: impl FnOnce(&Watch) -> T + Send + 'static,
) -> PyResult<T> {
    let pool = pool(threads)?;
    let watch = Arc::new(Watch::default());
    let (sender, results) = channel();
    let theirs = Arc::clone(&watch);
    let thread = std::thread::spawn(move || {
        let _ = sender.send(pool.install(|| job(&theirs)));
    });
    let results = Mutex::new(results);
    let mut told = ("", 0);
    let mut tell = |watch: &Watch| -> PyResult<()> {
        let now = watch.now();
        if let Some(progress) = &progress
            && now != told
        {
            told = now;
            progress.call1(py, now)?;
        }
        Ok(())
    };
    loop {
        let waited = py.detach(|| results.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK));
        match waited {
            Ok(it) => {
                let _ = thread.join();
                tell(&watch)?;
                return Ok(it);
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Err(e) = py.check_signals().and_then(|()| tell(&watch)) {
                    watch.cancel();
                    return Err(e);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the engine failed on this input; please report it"));
            }
        }
    }
}

/// A note as Python's side takes it: place, message, rule, severity.
pub(crate) type PlainNote = (String, String, String, &'static str);

/// Notes as Python's side takes them.
pub(crate) fn plain(notes: Vec<Note>) -> Vec<PlainNote> {
    notes.into_iter().map(|it| (it.place, it.message, it.rule.to_owned(), it.severity.name())).collect()
}
