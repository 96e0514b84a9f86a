//! What the store holds, what a person put right, and the name under which they do it.

use super::{Form, Shown};
use crate::app::App;
use crate::guard::Sent;
use crate::kept::cut;
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Path, State};
use rashomon_store::Store;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Page {
    facts: Vec<Fact>,
    pins: Vec<Pinned>,
    me: String,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Pinned {
    id: i64,
    what: &'static str,
    articles: Vec<Named>,
    when: Option<When>,
    note: String,
}

#[derive(Serialize)]
struct Named {
    title: String,
    href: Option<String>,
}

pub(super) async fn page(State(app): State<Arc<App>>) -> Shown {
    let place = app.path().display().to_string();
    let demo = app.demo;
    let page = app.read(move |store| {
        let [articles, versions, stories] = store.counts()?;
        let pins = store.pins()?;
        let pinned = |p: rashomon_store::Pin| -> Result<Pinned, Problem> {
            let what = match p.kind.as_str() {
                "join" => "one story",
                "part" => "not one story",
                "same" => "one article",
                "different" => "not one article",
                "unlike" => "not the same statement",
                _ => "followed",
            };
            let articles =
                [Some(p.a), p.b].into_iter().flatten().map(|key| named(store, key)).collect::<Result<_, _>>()?;
            Ok(Pinned { id: p.id, what, articles, when: words::when(Some(&p.made)), note: p.note.unwrap_or_default() })
        };
        Ok(Page {
            facts: vec![
                Fact { name: "File", value: if demo { "in memory of this demonstration".to_owned() } else { place } },
                Fact { name: "Articles", value: articles.to_string() },
                Fact { name: "Versions", value: versions.to_string() },
                Fact { name: "Stories of several reports", value: stories.to_string() },
            ],
            pins: pins.into_iter().map(pinned).collect::<Result<_, _>>()?,
            me: me(store)?.unwrap_or_default(),
        })
    });
    Ok(view::page(&app, "settings", "/settings", "Settings", &page.await?))
}

fn named(store: &Store, key: String) -> Result<Named, Problem> {
    // A statement is its article and its words there.
    if let Some((key, words)) = key.split_once('\n') {
        let it = named(store, key.to_owned())?;
        let outlet = it.title.split(": ").next().unwrap_or_default().to_owned();
        return Ok(Named { title: format!("{outlet}: “{}”", cut(words, 120)), href: it.href });
    }
    if let Some(it) = store.article(&key)? {
        let title = cut(it.title.as_deref().unwrap_or(&key), 80);
        return Ok(Named {
            title: format!("{}: {title}", words::publisher(it.outlet.as_deref(), it.url.as_deref())),
            href: Some(words::article(&key, None, None)),
        });
    }
    if let Some(it) = store.story(&key)? {
        return Ok(Named { title: it.headline.unwrap_or_default(), href: Some(words::story(&key)) });
    }
    Ok(Named { title: key, href: None })
}

/// The name under which a person works here.
pub(super) fn me(store: &Store) -> Result<Option<String>, Problem> {
    Ok(store.meta("person")?.filter(|n| !n.is_empty()))
}

pub(super) async fn name(State(app): State<Arc<App>>, body: Sent) -> Shown {
    let name: String = Form::new(&body).get("name").trim().chars().take(100).collect();
    app.write(move |store| Ok(store.set_meta("person", &name)?)).await?;
    view::back("/settings")
}

pub(super) async fn unpin(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Shown {
    app.write(move |store| Ok(store.unpin(id)?)).await?;
    app.regroup();
    view::back("/settings#pins")
}

pub(super) async fn drop_note(State(app): State<Arc<App>>, Path(id): Path<i64>, body: Sent) -> Shown {
    let to = Form::new(&body).get("back").to_owned();
    app.write(move |store| Ok(store.remove_note(id)?)).await?;
    view::back(&to)
}
