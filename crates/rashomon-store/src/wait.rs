//! Waiting for another program that writes to the store: told after a second, given up after three minutes.

use rusqlite::Connection;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How long a write waits for another program's before it gives up, by name.
const LONGEST: Duration = Duration::from_secs(180);
/// How long nobody need know of it.
const SILENT: Duration = Duration::from_secs(1);
/// The pauses between two looks, in milliseconds; the last goes on.
const PAUSES: [u64; 10] = [1, 2, 5, 10, 15, 20, 25, 25, 50, 100];

type Tell = Box<dyn Fn(&Path) + Send + Sync>;

static TELL: OnceLock<Tell> = OnceLock::new();
static TOLD: AtomicBool = AtomicBool::new(false);
static FILE: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Has `tell` called with the file, once, when a store has been waited for a second. Errors name the file from then on.
///
/// For programs that hold one store open at a time: what waits does not know which of several it is.
pub fn tell_of_waits(tell: impl Fn(&Path) + Send + Sync + 'static) {
    let _ = TELL.set(Box::new(tell));
}

/// The file that is waited for, where somebody wanted to be told of it.
pub(crate) fn file() -> Option<PathBuf> {
    FILE.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Says that the store at `path` is used from now on.
pub(crate) fn uses(path: &Path) {
    if TELL.get().is_some() {
        *FILE.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    }
}

/// Has all that is done over `conn` wait for other programs.
pub(crate) fn wait_for_others(conn: &mut Connection) -> rusqlite::Result<()> {
    conn.busy_handler(Some(goes_on))
}

/// Waits a moment, and whether to look again: the store was locked `tries` times before in one wait.
pub(crate) fn goes_on(tries: i32) -> bool {
    thread_local! {
        static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    }
    if tries == 0 {
        SINCE.set(None);
    }
    let since = SINCE.get().unwrap_or_else(Instant::now);
    SINCE.set(Some(since));
    let waited = since.elapsed();
    if waited >= SILENT
        && let (Some(tell), Some(file)) = (TELL.get(), file())
        && !TOLD.swap(true, Ordering::Relaxed)
    {
        tell(&file);
    }
    let pause = PAUSES[usize::try_from(tries).unwrap_or(usize::MAX).min(PAUSES.len() - 1)];
    std::thread::sleep(Duration::from_millis(pause));
    waited < LONGEST
}
