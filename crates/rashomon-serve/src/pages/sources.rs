//! Feeds: what the watcher reads, how each is and why it is slow, lists of them in and out.

use super::{Form, Shown, file, now};
use crate::app::App;
use crate::atom::xml;
use crate::guard::Sent;
use crate::kept::cut;
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use rashomon_store::{Feed, Store};
use serde::Serialize;
use std::sync::Arc;

/// Feeds of one list that are taken: a list is no way to have this program ask half the net.
const LISTED: usize = 2000;

#[derive(Serialize)]
struct Page {
    problem: Option<String>,
    facts: Vec<Fact>,
    feeds: Vec<Row>,
    lists: bool,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Row {
    id: i64,
    title: String,
    url: String,
    href: Option<String>,
    state: String,
    ill: bool,
    why: Option<String>,
    moved: Option<String>,
    checked: Option<When>,
    changed: Option<When>,
    due: Option<When>,
    items: u32,
}

pub(super) async fn page(State(app): State<Arc<App>>) -> Shown {
    shown(&app, None).await
}

async fn shown(app: &Arc<App>, problem: Option<String>) -> Shown {
    let failed = problem.is_some();
    let lists = app.inputs.asks_the_net();
    let page = app.read(move |store| {
        let feeds = store.feeds()?.into_iter().map(row).collect();
        Ok(Page { problem, facts: facts(store)?, feeds, lists })
    });
    let mut it = view::page(app, "sources", "/sources", "Feeds", &page.await?);
    if failed {
        *it.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(it)
}

fn facts(store: &Store) -> Result<Vec<Fact>, Problem> {
    let it = store.watch_status(now())?;
    let mut facts = vec![
        Fact { name: "Feeds", value: format!("{}, {} failing", it.feeds, it.failing) },
        Fact { name: "Pages looked at again", value: format!("{}, {} due", it.watched, it.due) },
        Fact { name: "Requests in the last day", value: it.requests.to_string() },
        Fact { name: "New versions in the last day", value: it.versions.to_string() },
    ];
    if !it.outcomes.is_empty() {
        let told: Vec<String> = it.outcomes.iter().map(|(outcome, n)| format!("{n} {outcome}")).collect();
        facts.push(Fact { name: "What became of them", value: told.join(", ") });
    }
    let last = words::when(it.last.as_deref())
        .map_or_else(|| "never; nothing is read while rashomon watch does not run".to_owned(), |w| w.words);
    facts.push(Fact { name: "Last request", value: last });
    Ok(facts)
}

fn row(f: Feed) -> Row {
    let said = |it: Option<&str>| words::when(it).map_or_else(|| "never".to_owned(), |w| w.words);
    let why = if f.failures > 0 {
        let errors = words::count(f.failures as usize, "error", "errors");
        let reason = cut(f.reason.as_deref().unwrap_or("no reason given"), 300);
        Some(format!(
            "{errors} in a row since {}: {reason}. It is asked less and less, once a day at least.",
            said(f.failing_since.as_deref())
        ))
    } else {
        f.reason.as_deref().map(|it| cut(it, 300))
    };
    Row {
        id: f.id,
        title: f.title.or(f.outlet).unwrap_or_else(|| f.url.clone()),
        href: words::safe(&f.url).map(str::to_owned),
        state: f.state,
        ill: f.failures > 0,
        why,
        moved: f.moved_to,
        checked: words::when(f.checked.as_deref()),
        changed: words::when(f.changed.as_deref()),
        due: words::when(Some(&f.due)),
        items: f.items,
        url: f.url,
    }
}

pub(super) async fn add(State(app): State<Arc<App>>, body: Sent) -> Shown {
    let url = Form::new(&body).needed("url", 2000)?;
    let done = app.write(move |store| Ok(store.add_feed(&url, None, now())?)).await;
    match done {
        Ok(_) => view::back("/sources"),
        Err(problem) => shown(&app, Some(problem.detail().to_owned())).await,
    }
}

pub(super) async fn remove(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Shown {
    app.write(move |store| Ok(store.remove_feed(id)?)).await?;
    view::back("/sources")
}

pub(super) async fn adopt(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Shown {
    app.write(move |store| Ok(store.adopt_move(id, now())?)).await?;
    view::back("/sources")
}

/// A list of feeds that somebody chose: all of them are watched from now on.
pub(super) async fn take_list(State(app): State<Arc<App>>, request: Request) -> Shown {
    let broken = || Problem::bad("the file did not come whole");
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let mut all: Vec<(String, Option<String>)> = Vec::new();
    let mut token = String::new();
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| broken())?;
        match name.as_str() {
            "token" => token = String::from_utf8_lossy(&bytes).into_owned(),
            _ => match app.inputs.feeds_in(&bytes) {
                Ok(found) => all.extend(found),
                Err(why) => return shown(&app, Some(why)).await,
            },
        }
    }
    if !app.guard.is_form_token(&token) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "the form is out of date; load the page again and send it once more",
        ));
    }
    if all.len() > LISTED {
        return shown(&app, Some(format!("a list of {} feeds; {LISTED} are taken at once", all.len()))).await;
    }
    app.write(move |store| {
        // One that is no address of the web is passed over; the page shows what was taken.
        for (url, _) in &all {
            let _ = store.add_feed(url, None, now());
        }
        Ok(())
    })
    .await?;
    view::back("/sources")
}

pub(super) async fn list(State(app): State<Arc<App>>) -> Shown {
    let feeds = app.read(|store| Ok(store.feeds()?)).await?;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>Rashomon</title></head>\n<body>\n",
    );
    for it in &feeds {
        let title = xml(it.title.as_deref().or(it.outlet.as_deref()).unwrap_or(&it.url));
        out.push_str(&format!(
            "<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"/>\n",
            xml(&it.url)
        ));
    }
    out.push_str("</body>\n</opml>\n");
    file("text/x-opml; charset=utf-8", "feeds.opml", out)
}
