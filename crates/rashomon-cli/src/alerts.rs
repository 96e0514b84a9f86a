//! Looking behind the watcher for what a person should know: comparing takes seconds, and no request waits for it.

use crate::place::now;
use rashomon::model::Noted;
use rashomon_store::{Alert, Error, Store, behind};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// A thread that compares stories, with a connection of its own.
pub(crate) struct Alerts {
    stories: Option<Sender<Vec<String>>>,
    found: Receiver<Result<Noted<Vec<Alert>>, Error>>,
    thread: Option<JoinHandle<()>>,
    /// Stories that are not looked through yet.
    left: Arc<AtomicUsize>,
}

impl Alerts {
    /// Begins to wait for stories of the store at `path`.
    pub(crate) fn begin(path: PathBuf) -> Self {
        let (stories, given) = channel();
        let (tell, found) = channel();
        let left = Arc::new(AtomicUsize::new(0));
        let of_thread = left.clone();
        let thread = std::thread::spawn(move || behind(move || look(path, given, tell, &of_thread)));
        Self { stories: Some(stories), found, thread: Some(thread), left }
    }

    /// Has stories looked through, after those that wait.
    pub(crate) fn look_through(&self, stories: Vec<String>) {
        if let Some(it) = &self.stories {
            let new = stories.len();
            self.left.fetch_add(new, Ordering::Relaxed);
            // Where the store could not be opened nobody looks; that is among what was found.
            if it.send(stories).is_err() {
                self.left.fetch_sub(new, Ordering::Relaxed);
            }
        }
    }

    /// How many stories are not looked through yet, for threads too.
    pub(crate) fn left(&self) -> Arc<AtomicUsize> {
        self.left.clone()
    }

    /// What was found since the last time.
    pub(crate) fn found(&self) -> Result<Noted<Vec<Alert>>, Error> {
        let mut all = Noted::quiet(Vec::new());
        for it in self.found.try_iter() {
            let Noted { output, notes } = it?;
            all.output.extend(output);
            all.notes.extend(notes);
        }
        Ok(all)
    }

    /// Waits until all stories are looked through; what was found meanwhile.
    pub(crate) fn end(mut self) -> Result<Noted<Vec<Alert>>, Error> {
        self.stories = None;
        if let Some(it) = self.thread.take() {
            let _ = it.join();
        }
        self.found()
    }
}

/// Looks through what is given, each story once however often it has changed while it waited, until nobody gives any more.
fn look(
    path: PathBuf,
    given: Receiver<Vec<String>>,
    tell: Sender<Result<Noted<Vec<Alert>>, Error>>,
    left: &AtomicUsize,
) {
    let mut store = match Store::open(path) {
        Ok(it) => it,
        Err(e) => return drop(tell.send(Err(e))),
    };
    let mut waiting: VecDeque<String> = VecDeque::new();
    loop {
        if waiting.is_empty() {
            let Ok(more) = given.recv() else { return };
            waiting.extend(more);
        }
        for key in given.try_iter().flatten() {
            if waiting.contains(&key) {
                left.fetch_sub(1, Ordering::Relaxed);
            } else {
                waiting.push_back(key);
            }
        }
        let Some(key) = waiting.pop_front() else { continue };
        let found = store.raise_alerts(&[key], now());
        left.fetch_sub(1, Ordering::Relaxed);
        if tell.send(found).is_err() {
            return;
        }
    }
}
