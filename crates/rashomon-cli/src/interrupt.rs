//! What must not stay behind when a run is interrupted: files that have not got their names yet. And what does not end one.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The exit code of a program that was interrupted, as shells give it.
const INTERRUPTED: i32 = 130;

static BEGUN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static PAGING: AtomicBool = AtomicBool::new(false);

/// Says that `path` is to vanish if the run is interrupted, file or folder.
pub(crate) fn begun(path: &Path) {
    heed();
    all().push(absolute(path));
}

/// Makes a file or folder that is to vanish if the run is interrupted.
/// An interrupt between its making and its being known here has to wait, so that no moment leaves anything behind.
pub(crate) fn make<T>(make: impl FnOnce() -> io::Result<T>, path: impl FnOnce(&T) -> &Path) -> io::Result<T> {
    heed();
    let mut begun = all();
    let made = make()?;
    begun.push(absolute(path(&made)));
    Ok(made)
}

/// Says that `path` is done, or gone.
pub(crate) fn ended(path: &Path) {
    let path = absolute(path);
    all().retain(|it| *it != path);
}

/// The run may change its folder's name for itself, but not the place of what it has begun.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Has a write beyond the limit on the size of files (`ulimit -f`) fail by name, as one on a full disk does. By itself it would
/// end the program in the middle of it.
pub(crate) fn outlive_limits() {
    #[cfg(unix)]
    {
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    }
}

/// Ends an interrupted run at once; what it has begun vanishes.
pub(crate) fn end() -> ! {
    for path in all().drain(..) {
        let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    }
    std::process::exit(INTERRUPTED);
}

/// While somebody reads in a pager, an interrupt is meant for the pager.
pub(crate) fn paging(on: bool) {
    heed();
    PAGING.store(on, Ordering::Relaxed);
}

fn all() -> MutexGuard<'static, Vec<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Heeds interrupts from now on. Commands that end in a way of their own have set theirs before, and keep it.
fn heed() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = ctrlc::set_handler(|| {
            if !PAGING.load(Ordering::Relaxed) {
                end();
            }
        });
    });
}
