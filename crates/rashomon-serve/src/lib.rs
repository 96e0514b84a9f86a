//! A store in a browser, over HTTP, and for programs that reason.
//!
//! ```text
//! request ──guard──▶ route ──▶ pages (HTML), api (JSON), atom, mcp ──App::read──▶ store
//! ```
//!
//! Every control of a page is a link or a form first; scripts only add comfort. Nothing is fetched from anywhere, nothing of
//! an article is ever served as markup, and every request passes [`guard`] before any route sees it.
//!
//! | file | holds |
//! | --- | --- |
//! | `guard` | who may ask for what: host, origin, token, forms, headers |
//! | `patient` | connections that are read too slowly |
//! | `server` | connections and their limits |
//! | `app` | what routes share: the store, what is remembered, who is told of changes |
//! | `recent` | how much of it, and for how long |
//! | `work` | what goes on behind the pages: stories made anew, listeners told |
//! | `view`, `templates` | a page with the bar above it; the templates |
//! | `words`, `digest` | times, numbers and addresses as pages say them; digests as text |
//! | `pages` | what people see, one file a page |
//! | `api` | what programs ask, its description, the stream of changes |
//! | `mcp` | the same for programs that reason |
//! | `kept`, `check`, `diff`, `evidence` | what is shown of a collation; checking a sentence; two versions; proof |
//! | `inputs` | files that are dropped, addresses that are named |
//! | `keep`, `demo` | putting a page into the store; the invented example |

mod api;
mod app;
mod assets;
mod atom;
mod check;
mod demo;
mod diff;
mod digest;
mod evidence;
mod guard;
mod inputs;
mod keep;
mod kept;
mod mcp;
mod pages;
mod patient;
mod problem;
mod recent;
mod reply;
mod server;
mod templates;
mod view;
mod words;
mod work;

use app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use guard::Guard;
use rmcp::ServiceExt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub use atom::alerts_atom;
pub use demo::fill as fill_demo;
pub use inputs::{Inputs, Plain};

/// How a store is served.
#[derive(Clone)]
pub struct Options {
    /// The store.
    pub store: PathBuf,
    /// Where to answer.
    pub listen: SocketAddr,
    /// What has to be shown; needed where others than this machine can ask.
    pub token: Option<String>,
    /// What lets its holder read, and nothing else.
    pub read_token: Option<String>,
    /// Names, besides those of this machine, under which the server is asked.
    pub hosts: Vec<String>,
    /// Whether the store is the invented example.
    pub demo: bool,
    /// What opens files that are dropped and addresses that are named; [`Plain`] asks no net.
    pub inputs: Arc<dyn Inputs>,
}

impl std::fmt::Debug for Options {
    /// Without the tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("store", &self.store).field("listen", &self.listen).finish_non_exhaustive()
    }
}

/// Serves until the program is told to stop; `ready` is called with the address once it answers.
///
/// # Errors
/// If the address cannot be listened on, or needs a token and has none.
pub fn serve(options: &Options, ready: impl FnOnce(&str)) -> io::Result<()> {
    if !options.listen.ip().is_loopback() && options.token.is_none() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "others can reach this address: give a --token, or listen on 127.0.0.1",
        ));
    }
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let base = format!(
            "http://{}",
            options.hosts.first().map_or_else(|| address.to_string(), |h| format!("{h}:{}", address.port()))
        );
        let app = App::new(options.store.clone(), guard_of(options, address)?, base.clone(), options.demo);
        let app = Arc::new(app.opening(options.inputs.clone()));
        work::start(&app);
        ready(&base);
        server::run(listener, routes(&app), stopped()).await
    })
}

/// Speaks the Model Context Protocol on standard input and output until that is closed.
///
/// # Errors
/// If the store cannot be read, or the other side breaks off.
pub fn mcp(store: PathBuf) -> io::Result<()> {
    runtime()?.block_on(async {
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let guard = Arc::new(Guard::new(address, &[], None, None, &secret()?));
        let app = Arc::new(App::new(store, guard, String::new(), false));
        let running = mcp::Desk::new(app).serve(rmcp::transport::io::stdio()).await.map_err(io::Error::other)?;
        running.waiting().await.map_err(io::Error::other)?;
        Ok(())
    })
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build()
}

fn guard_of(options: &Options, address: SocketAddr) -> io::Result<Arc<Guard>> {
    let it = Guard::new(address, &options.hosts, options.token.as_deref(), options.read_token.as_deref(), &secret()?);
    Ok(Arc::new(it))
}

/// New with every start.
fn secret() -> io::Result<[u8; 32]> {
    let mut out = [0; 32];
    getrandom::fill(&mut out).map_err(|e| io::Error::other(e.to_string()))?;
    Ok(out)
}

/// A token that nobody guesses.
///
/// # Errors
/// If the system gives no random bytes.
pub fn new_token() -> io::Result<String> {
    Ok(digest::hex(&secret()?[..16]))
}

/// All routes, behind the guard.
fn routes(app: &Arc<App>) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .merge(atom::routes())
        .merge(mcp::routes(app))
        .route("/assets/{digest}/{name}", get(assets::asset))
        .fallback(|| async { problem::Problem::missing("page") })
        .layer(axum::extract::DefaultBodyLimit::max(guard::BODY))
        .layer(from_fn_with_state(app.guard.clone(), guard::guard))
        .with_state(app.clone())
}

/// Ends when the program is told to stop.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut told) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = told.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}

#[cfg(test)]
mod tests;
