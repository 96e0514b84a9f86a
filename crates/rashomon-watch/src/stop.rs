//! Saying that it is time to end, and what the end waits for.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whether a run is to end, and the requests it would still wait for. Threads that heed a signal share it with the run.
#[derive(Debug, Default)]
pub struct Stop {
    asked: AtomicBool,
    /// How many requests are on their way, by host.
    under_way: Mutex<BTreeMap<String, usize>>,
}

impl Stop {
    /// Says that it is time to end; whether that was said before.
    pub fn ask(&self) -> bool {
        self.asked.swap(true, Ordering::Relaxed)
    }

    /// Whether it is time to end.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The hosts that have not answered yet, in order.
    #[must_use]
    pub fn under_way(&self) -> Vec<String> {
        self.hosts().keys().cloned().collect()
    }

    pub(crate) fn began(&self, host: &str) {
        *self.hosts().entry(host.to_owned()).or_default() += 1;
    }

    pub(crate) fn ended(&self, host: &str) {
        let mut hosts = self.hosts();
        if let Some(n) = hosts.get_mut(host) {
            *n -= 1;
            if *n == 0 {
                hosts.remove(host);
            }
        }
    }

    fn hosts(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
