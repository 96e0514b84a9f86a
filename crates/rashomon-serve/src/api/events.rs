//! What happens, as it happens: a stream that goes on where it broke off.

use crate::app::App;
use crate::problem::{ForPrograms, Problem};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rashomon_store::Change;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// A sign of life, so that both sides know that the other is still there.
const BEAT: Duration = Duration::from_secs(20);
/// Changes told in one go.
const AT_ONCE: u32 = 200;

struct Listener {
    app: Arc<App>,
    after: i64,
    news: tokio::sync::watch::Receiver<i64>,
    begun: bool,
    _place: OwnedSemaphorePermit,
}

pub(super) async fn stream(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, ForPrograms> {
    let Ok(place) = app.listeners.clone().try_acquire_owned() else {
        return Err(ForPrograms(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too many listen already; ask /api/v1/changes from time to time instead",
        )));
    };
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok());
    let after = match last {
        Some(id) => id.parse().map_err(|_| Problem::bad("Last-Event-ID is the id of a change"))?,
        None => app.read(|store| Ok(store.last_change()?)).await?,
    };
    let news = app.heard.subscribe();
    let listener = Listener { app, after, news, begun: false, _place: place };
    let body = futures_util::stream::unfold(listener, |mut it| async move {
        let text = next(&mut it).await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), it))
    });
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// The next piece of the stream; `None` ends it.
async fn next(it: &mut Listener) -> Option<String> {
    if !it.begun {
        it.begun = true;
        return Some("retry: 5000\n\n".to_owned());
    }
    loop {
        let after = it.after;
        let changes = it.app.read(move |store| Ok(store.changes_since(after, AT_ONCE)?)).await.ok()?;
        if let Some(last) = changes.last() {
            it.after = last.id;
            return Some(changes.iter().map(event).collect());
        }
        match tokio::time::timeout(BEAT, it.news.changed()).await {
            Err(_) => return Some(": still here\n\n".to_owned()),
            Ok(Err(_)) => return None,
            Ok(Ok(())) => {}
        }
    }
}

fn event(it: &Change) -> String {
    format!("id: {}\nevent: change\ndata: {}\n\n", it.id, serde_json::to_string(it).unwrap_or_default())
}
