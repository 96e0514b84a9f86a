//! Alerts, cases and feeds: lists of one shape.

use super::{Paging, Shown, now};
use crate::app::App;
use crate::guard::Sent;
use crate::kept::cut;
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
struct Page {
    title: String,
    lead: Option<String>,
    rows: Vec<Row>,
    empty: &'static str,
    paging: Paging,
}

#[derive(Default, Serialize)]
struct Row {
    when: Option<When>,
    kind: Option<String>,
    title: String,
    href: Option<String>,
    texts: Vec<String>,
    proofs: Vec<Proof>,
    actions: Vec<Action>,
    fresh: bool,
}

#[derive(Serialize)]
struct Proof {
    words: String,
    label: String,
    href: String,
}

#[derive(Serialize)]
struct Action {
    name: &'static str,
    action: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    cursor: String,
}

/// A proof as the store keeps it.
#[derive(Deserialize)]
struct KeptProof {
    article: String,
    version: Option<u32>,
    span: [usize; 2],
    #[serde(default)]
    exact: String,
}

pub(super) async fn alerts(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let page = app.read(move |store| {
        let cursor = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
        let found = store.alerts(false, cursor, 40)?;
        let row = |a: rashomon_store::Alert| {
            let proofs: Vec<KeptProof> = serde_json::from_value(a.proof).unwrap_or_default();
            let proof = |p: KeptProof| Proof { words: cut(&p.exact, 300), href: words::article(&p.article, p.version, Some(p.span)), label: "open".to_owned() };
            Row {
                when: words::when(Some(&a.at)),
                kind: Some(a.kind.replace('-', " ")),
                title: a.text,
                href: a.story.as_deref().map(words::story).or(a.article.as_deref().map(|id| words::article(id, None, None))),
                proofs: proofs.into_iter().map(proof).collect(),
                actions: a.seen.is_none().then(|| Action { name: "Seen", action: format!("/alerts/{}/seen", a.id) }).into_iter().collect(),
                fresh: a.seen.is_none(),
                ..Row::default()
            }
        };
        let paging = Paging::new("/alerts", &[], &asked.cursor, found.next.as_deref());
        Ok(Page {
            title: "Alerts".to_owned(),
            lead: Some("What changed after it was published and matters to a story: corrections that others still carry, figures and quotations that were altered, a new independent account.".to_owned()),
            rows: found.items.into_iter().map(row).collect(),
            empty: "Nothing to tell.",
            paging,
        })
    });
    Ok(view::page(&app, "list", "/alerts", "Alerts", &page.await?))
}

pub(super) async fn seen(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Shown {
    let shared = app.clone();
    app.write(move |store| {
        store.mark_seen(id, now())?;
        shared.set_unseen(store.unseen_alerts()? as usize);
        Ok(())
    })
    .await?;
    view::back("/alerts")
}

pub(super) async fn cases(State(app): State<Arc<App>>) -> Shown {
    let page = app.read(move |store| {
        let row = |c: rashomon_store::Case| Row {
            when: words::when(Some(&c.made)),
            href: Some(format!("/cases/{}", c.id)),
            texts: vec![words::count(c.stories.len(), "story", "stories")],
            title: c.name,
            ..Row::default()
        };
        Ok(Page {
            title: "Cases".to_owned(),
            lead: Some("Folders of stories. A story is put into one on its own page.".to_owned()),
            rows: store.cases()?.into_iter().map(row).collect(),
            empty: "No case yet. Open a story and put it into one.",
            paging: Paging::default(),
        })
    });
    Ok(view::page(&app, "list", "/cases", "Cases", &page.await?))
}

pub(super) async fn case(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Shown {
    let page = app.read(move |store| {
        let case = store.cases()?.into_iter().find(|c| c.id == id).ok_or_else(|| Problem::missing("case"))?;
        let mut rows = Vec::new();
        for key in &case.stories {
            let out = Action { name: "Take out", action: format!("/cases/{id}/out?story={}", words::part(key)) };
            let notes = store.notes(Some(key), None)?.into_iter().map(|n| format!("Note: {}", cut(&n.text, 400)));
            rows.push(match store.story(key)? {
                Some(story) => Row {
                    when: words::when(Some(&story.changed)),
                    href: Some(words::story(key)),
                    title: story.headline.unwrap_or_else(|| "(no headline)".to_owned()),
                    texts: std::iter::once(words::count(story.articles as usize, "report", "reports"))
                        .chain(notes)
                        .collect(),
                    actions: vec![out],
                    ..Row::default()
                },
                None => Row { title: format!("{key} is no longer a story"), actions: vec![out], ..Row::default() },
            });
        }
        Ok(Page { title: case.name, lead: None, rows, empty: "No story in this case.", paging: Paging::default() })
    });
    let page = page.await?;
    Ok(view::page(&app, "list", "/cases", &page.title, &page))
}

#[derive(Deserialize)]
pub(super) struct Out {
    story: String,
}

pub(super) async fn out_of_case(
    State(app): State<Arc<App>>,
    Path(id): Path<i64>,
    Query(it): Query<Out>,
    _body: Sent,
) -> Shown {
    app.write(move |store| Ok(store.take_out_of_case(id, &it.story)?)).await?;
    view::back("/cases")
}

pub(super) async fn feeds(State(app): State<Arc<App>>) -> Shown {
    let page = app.read(move |store| {
        let row = |f: rashomon_store::Feed| {
            let mut texts = vec![format!("{}; next look {}", f.url, words(Some(&f.due)))];
            texts.push(format!(
                "last looked {}; last something new {}; {} items",
                words(f.checked.as_deref()),
                words(f.changed.as_deref()),
                f.items
            ));
            if f.failures > 0 {
                texts.push(format!(
                    "{} in a row since {}: {}",
                    words::count(f.failures as usize, "error", "errors"),
                    words(f.failing_since.as_deref()),
                    f.reason.clone().unwrap_or_default()
                ));
            } else if let Some(reason) = &f.reason {
                texts.push(reason.clone());
            }
            if let Some(to) = &f.moved_to {
                texts.push(format!("says that it has moved for good to {to}; rashomon watch --adopt follows it"));
            }
            Row {
                when: words::when(f.checked.as_deref()),
                kind: Some(f.state.clone()),
                title: f.title.or(f.outlet).unwrap_or_else(|| f.url.clone()),
                texts,
                ..Row::default()
            }
        };
        Ok(Page {
            title: "Feeds".to_owned(),
            lead: Some("What rashomon watch reads, how it is, and when it looks again.".to_owned()),
            rows: store.feeds()?.into_iter().map(row).collect(),
            empty: "No feed is watched. rashomon watch FEED… or a list as OPML begins with it.",
            paging: Paging::default(),
        })
    });
    Ok(view::page(&app, "list", "/sources", "Feeds", &page.await?))
}

fn words(it: Option<&str>) -> String {
    words::when(it).map_or_else(|| "never".to_owned(), |w| w.words)
}
