//! What goes on behind the pages: stories are made anew when something has changed, and listeners are told.

use crate::app::App;
use jiff::Timestamp;
use rashomon::model::survive;
use rashomon_store::{Store, behind};
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

/// Time between two looks at what another program (`watch`, `add`) has written.
const LOOK: Duration = Duration::from_secs(2);
/// Stories that are compared before the next look.
const COMPARED: u32 = 4;

/// How long a story waits for a moment in which nobody asks for anything.
const PATIENCE: Duration = Duration::from_secs(1);

/// Begins both; they end with the last user of `app`.
pub(crate) fn start(app: &Arc<App>) {
    tokio::spawn(listen(Arc::downgrade(app)));
    let app = Arc::downgrade(app);
    // A thread of its own with its own connection: comparing takes seconds, and no form waits for it.
    std::thread::spawn(move || behind(|| compare(&app)));
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
/// Requests come first: half of the processors at most are taken, at a lower rank; no story is begun while somebody waits, but
/// for one a second, so that stories are compared at last however many ask; and a pause follows each look in which requests
/// have all.
fn compare(app: &Weak<App>) {
    let mut store: Option<Store> = None;
    // Stories that a fault of the program kept from being compared, as they were then: asked again when they have changed.
    let mut failed: BTreeSet<(String, String)> = BTreeSet::new();
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
            let stale = store
                .stale_stories(COMPARED.saturating_add(u32::try_from(failed.len()).unwrap_or(0)))
                .unwrap_or_default();
            let mut compared = false;
            for key in stale {
                calm(app);
                let Some(row) = store.story(&key).ok().flatten() else { continue };
                let state = (key, row.changed);
                if failed.contains(&state) {
                    continue;
                }
                // Looking for what there is to tell compares what has not been compared.
                match store.raise_alerts(std::slice::from_ref(&state.0), Timestamp::now()) {
                    Ok(it) if it.notes.is_empty() => compared = true,
                    _ => match survive(|| store.collate(&state.0, Timestamp::now())) {
                        Ok(done) => compared |= done.is_ok(),
                        Err(_) => drop(failed.insert(state)),
                    },
                }
            }
            compared
        });
        std::thread::sleep(if busy { began.elapsed().min(LOOK) } else { LOOK });
    }
}

/// Waits until nobody waits for an answer, or patience ends.
fn calm(app: &Weak<App>) {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && app.upgrade().is_some_and(|it| it.is_asked()) {
        std::thread::sleep(Duration::from_millis(2));
    }
}
