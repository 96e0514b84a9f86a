//! What goes on behind the pages: stories are made anew when something has changed, and listeners are told.

use crate::app::App;
use jiff::Timestamp;
use rashomon_store::Store;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// Time between two looks at what another program (`watch`, `add`) has written.
const LOOK: Duration = Duration::from_secs(2);
/// Stories that are compared before the next look.
const COMPARED: u32 = 4;

/// Begins both; they end with the last user of `app`.
pub(crate) fn start(app: &Arc<App>) {
    tokio::spawn(listen(Arc::downgrade(app)));
    let app = Arc::downgrade(app);
    // A thread of its own with its own connection: comparing takes seconds, and no form waits for it.
    std::thread::spawn(move || compare(&app));
}

/// Tells listeners of changes, and keeps the number of alerts.
async fn listen(app: Weak<App>) {
    while let Some(app) = app.upgrade() {
        let seen = app.read(|store| Ok((store.last_change()?, store.unseen_alerts()?))).await;
        if let Ok((last, unseen)) = seen {
            app.set_unseen(unseen as usize);
            app.heard.send_if_modified(|it| std::mem::replace(it, last) != last);
        }
        drop(app);
        tokio::time::sleep(LOOK).await;
    }
}

/// Groups what pins or new pages have changed, and compares the stories that have no comparison of their present reports.
///
/// Requests come first: half of the processors at most are taken, at a lower rank, and a pause follows each look in which they
/// have all.
fn compare(app: &Weak<App>) {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().div_ceil(2));
    // Without a pool of its own, comparing takes that of the whole program.
    match rayon::ThreadPoolBuilder::new().num_threads(threads).start_handler(|_| step_back()).build() {
        Ok(pool) => pool.install(|| compare_here(app)),
        Err(_) => {
            step_back();
            compare_here(app);
        }
    }
}

/// How far behind the threads that answer a thread of this work stands: a tenth of a processor that all want. Not the last
/// rank: now and then it holds the one place of who writes.
#[cfg(target_os = "linux")]
const RANK: i32 = 10;

/// Lets all other threads go first; where a rank is of the whole program and not of a thread, nothing.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        let _ = rustix::process::nice(RANK);
    }
}

fn compare_here(app: &Weak<App>) {
    let mut store: Option<Store> = None;
    while let Some(it) = app.upgrade() {
        if store.is_none() {
            store = Store::open(it.path()).ok();
        }
        let asked = it.take_regroup();
        let began = Instant::now();
        drop(it);
        let busy = store.as_mut().is_some_and(|store| {
            // What fails now is tried again at the next look; the pages say that the comparison lags.
            if asked {
                let _ = store.group(Timestamp::now());
            }
            let stale = store.stale_stories(COMPARED).unwrap_or_default();
            // Looking for what there is to tell compares what has not been compared; where that fails for one story, the
            // others are compared all the same.
            let told = store.raise_alerts(&stale, Timestamp::now()).is_ok();
            let compared = told || stale.iter().any(|key| store.collate(key, Timestamp::now()).is_ok());
            compared && !stale.is_empty()
        });
        std::thread::sleep(if busy { began.elapsed().min(LOOK) } else { LOOK });
    }
}
