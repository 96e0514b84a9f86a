//! Articles by their words.

use super::{Paging, Shown};
use crate::app::App;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    cursor: String,
}

#[derive(Serialize)]
struct Page {
    asked: Asked,
    problem: Option<String>,
    hits: Vec<Hit>,
    found: &'static str,
    /// When it was found, if something came since.
    as_of: Option<When>,
    paging: Paging,
}

#[derive(Serialize)]
struct Hit {
    href: String,
    title: String,
    outlet: String,
    when: Option<When>,
    story: Option<String>,
    snippet: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    lit: bool,
}

pub(super) async fn page(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let shared = app.clone();
    let page = app.read(move |store| {
        let cursor = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
        let all = shared.found(store, &asked.q)?;
        let as_of = all.as_of(store)?.and_then(|at| words::when(Some(&at.to_string())));
        let found = store.hits(&all.articles, &asked.q, cursor, 20)?;
        let paging = Paging::new("/search", &[("q", asked.q.as_str())], &asked.cursor, found.next.as_deref());
        let hit = |h: rashomon_store::Hit| Hit {
            href: words::article(&h.article.id, Some(h.article.versions), Some(h.span)),
            title: h.article.title.unwrap_or_else(|| h.article.id.clone()),
            outlet: words::publisher(h.article.outlet.as_deref(), h.article.url.as_deref()),
            when: words::when(h.article.published.as_deref()),
            story: h.article.story.as_deref().map(words::story),
            snippet: lit(&h.excerpt, &asked.q),
        };
        let hits: Vec<_> = found.items.into_iter().map(hit).collect();
        let found = if hits.is_empty() { "Nothing found" } else { "Articles, the best first" };
        Ok(Page { problem: None, hits, found, as_of, paging, asked })
    });
    Ok(view::page(&app, "search", "/search", "Search", &page.await?))
}

/// An excerpt with the words that were asked for set apart.
fn lit(excerpt: &str, asked: &str) -> Vec<Piece> {
    let wanted: Vec<String> =
        asked.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |text: &str, lit: bool| match out.last_mut().filter(|p| p.lit == lit) {
        Some(last) => last.text.push_str(text),
        None => out.push(Piece { text: text.to_owned(), lit }),
    };
    let mut rest = excerpt;
    while !rest.is_empty() {
        let is_word = rest.starts_with(char::is_alphanumeric);
        let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        push(run, is_word && wanted.contains(&run.to_lowercase()));
        rest = after;
    }
    out
}
