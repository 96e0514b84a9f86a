//! Work behind what people wait for: on few threads, at a lower rank.

use std::thread::available_parallelism;

/// How far behind a thread stands that has stepped back: a tenth of a processor that all want. Not the last rank: now and then
/// it holds the one place of who writes.
#[cfg(target_os = "linux")]
const RANK: i32 = 10;

/// Lets all other threads of the session go before this one and those it begins; where a rank is of the whole program and not
/// of a thread, nothing.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // Of this thread alone; one that was begun further back stays there.
        if getpriority_process(None).is_ok_and(|own| own < RANK) {
            let _ = setpriority_process(None, RANK);
        }
    }
}

/// Does `work`, and what it hands to other threads, on half of the processors at most, each stepped back.
pub fn behind<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let threads = available_parallelism().map_or(1, |n| n.get().div_ceil(2));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).start_handler(|_| step_back()).build() {
        Ok(pool) => pool.install(work),
        // Without threads of its own, it takes those of the whole program.
        Err(_) => {
            step_back();
            work()
        }
    }
}
