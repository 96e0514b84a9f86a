//! The pages that people see: one file a page.

mod article;
mod compare;
mod export;
mod lists;
mod quotes;
mod search;
mod settings;
mod sources;
mod stories;
mod story;
mod wacz;

use crate::app::App;
use crate::guard::Sent;
use crate::problem::Problem;
use crate::words;
use crate::{reply, view};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::sync::Arc;

pub(crate) use compare::{ARTICLES, collated};
pub(crate) use export::NINJS;

/// What a handler of a page gives.
type Shown = Result<Response, Problem>;

/// All pages.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(stories::page))
        .route("/stories/{id}", get(story::page))
        .route("/stories/{id}/follow", post(story::follow))
        .route("/stories/{id}/split", post(story::split))
        .route("/stories/{id}/join", post(story::join))
        .route("/stories/{id}/unlike", post(story::unlike))
        .route("/stories/{id}/case", post(story::case))
        .route("/stories/{id}/notes", post(story::note))
        .route("/stories/{id}/export/{format}", get(export::story))
        .route("/articles/{id}", get(article::latest))
        .route("/articles/{id}/versions/{number}", get(article::version))
        .route("/articles/{id}/versions/{number}/raw", get(article::raw))
        .route("/articles/{id}/diff", get(article::diff))
        .route("/articles/{id}/notes", post(article::note))
        .route("/notes/{id}/delete", post(settings::drop_note))
        .route("/quotes", get(quotes::page))
        .route("/quotes/check", get(quotes::checked))
        .route("/compare", get(compare::page).post(compare::compare))
        .route("/capture", post(compare::capture))
        .route("/search", get(search::page))
        .route("/alerts", get(lists::alerts))
        .route("/alerts/seen", post(lists::all_seen))
        .route("/alerts/{id}/seen", post(lists::seen))
        .route("/cases", get(lists::cases))
        .route("/cases/{id}", get(lists::case))
        .route("/cases/{id}/out", post(lists::out_of_case))
        .route("/compare/addresses", post(compare::addresses))
        .route("/sources", get(sources::page).post(sources::add))
        .route("/sources/feeds.opml", get(sources::list))
        .route("/sources/list", post(sources::take_list))
        .route("/sources/{id}/adopt", post(sources::adopt))
        .route("/sources/{id}/delete", post(sources::remove))
        .route("/settings", get(settings::page))
        .route("/settings/name", post(settings::name))
        .route("/pins/{id}/delete", post(settings::unpin))
        .route("/login", get(login).post(enter))
}

#[derive(Deserialize)]
struct To {
    #[serde(default)]
    to: String,
}

async fn login(State(app): State<Arc<App>>, Query(it): Query<To>) -> Response {
    view::login(&app, &it.to, None)
}

async fn enter(State(app): State<Arc<App>>, body: Sent) -> Response {
    let form = Form::new(&body);
    match app.guard.login(form.get("shown")) {
        Some(cookie) => {
            let to = form.get("to");
            let to = if to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') { to } else { "/" };
            let mut it = Redirect::to(to).into_response();
            it.headers_mut().insert(axum::http::header::SET_COOKIE, cookie);
            it
        }
        None => view::login(&app, form.get("to"), Some("That is not the token.")),
    }
}

/// A form as it was sent.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub(crate) fn new(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// A value; empty if it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// A value that must be there, of at most so many bytes.
    pub(crate) fn needed(&self, name: &str, most: usize) -> Result<String, Problem> {
        let it = self.get(name).trim();
        if it.is_empty() {
            return Err(Problem::bad(format!("{name} is missing")));
        }
        if it.len() > most {
            return Err(Problem::bad(format!("{name} is longer than {most} bytes")));
        }
        Ok(it.to_owned())
    }
}

/// The pages before and after this one.
#[derive(Default, serde::Serialize)]
struct Paging {
    first: Option<String>,
    next: Option<String>,
}

impl Paging {
    fn new(path: &str, query: &[(&str, &str)], cursor: &str, next: Option<&str>) -> Self {
        let with = |cursor: &str| {
            let mut all = query.to_vec();
            all.push(("cursor", cursor));
            words::address(path, &all)
        };
        Self { first: (!cursor.is_empty()).then(|| words::address(path, query)), next: next.map(with) }
    }
}

/// Now. The pages are the one place of this crate that reads the clock.
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A file to keep.
fn file(kind: &'static str, name: &str, body: String) -> Shown {
    Ok(reply::file(kind, name, body))
}
