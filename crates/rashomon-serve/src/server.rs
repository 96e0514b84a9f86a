//! Connections: so many at once, and none that keeps us waiting for its first line.

use crate::patient::{Pace, Patient};
use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at once.
const CONNECTIONS: usize = 512;
/// Time in which the head of a request must have arrived.
const HEAD: Duration = Duration::from_secs(10);
/// How slowly an answer may be taken: a page of a megabyte in half an hour, on the worst of lines.
const PACE: Pace = Pace { bytes: 16 << 10, time: Duration::from_secs(30) };
/// Time that running requests are given when the server is told to stop.
const STOP: Duration = Duration::from_secs(3);

/// Answers until `stop` comes, then lets running requests end.
pub(crate) async fn run(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = tokio::select! {
            () = &mut stop => break,
            place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
        };
        let (stream, _) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(it) => it,
                // Out of files, or the other side has gone: the next may do better.
                Err(_) => { tokio::time::sleep(Duration::from_millis(50)).await; continue }
            },
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(routes.clone());
        tokio::spawn(async move {
            let _place = place;
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 << 10);
            let _ = http.serve_connection(TokioIo::new(Patient::new(stream, PACE)), service).await;
        });
    }
    let _ = tokio::time::timeout(STOP, places.acquire_many(CONNECTIONS as u32)).await;
    Ok(())
}
