//! Alerts and cases: lists of one shape.

use super::{Paging, Shown, now};
use crate::app::App;
use crate::guard::Sent;
use crate::kept::cut;
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Path, Query, State};
use rashomon_store::Store;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
struct Page {
    title: String,
    lead: Option<String>,
    /// How many of the rows are new, as a sentence.
    fresh: Option<String>,
    /// What can be done with all of them.
    all: Option<Action>,
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
    #[serde(default)]
    role: String,
}

impl KeptProof {
    /// What the words are to the alert, and whose they are.
    fn label(&self, store: &Store) -> Result<String, Problem> {
        let row = store.article(&self.article)?;
        let publisher =
            row.map_or_else(|| self.article.clone(), |it| words::publisher(it.outlet.as_deref(), it.url.as_deref()));
        let version = self.version.map(|n| format!(", version {n}")).unwrap_or_default();
        let role = match self.role.as_str() {
            "" => String::new(),
            role => format!("{role}: "),
        };
        Ok(format!("{role}{publisher}{version}"))
    }
}

/// Accounts as proof: the report that each begins with, and how many take from it.
fn accounts(store: &Store, proof: &serde_json::Value) -> Result<Vec<Proof>, Problem> {
    let accounts: Vec<Vec<String>> = serde_json::from_value(proof["accounts"].clone()).unwrap_or_default();
    let mut out = Vec::new();
    for (n, account) in accounts.iter().enumerate() {
        let Some(first) = account.first() else { continue };
        let Some(row) = store.article(first)? else { continue };
        let publisher = words::publisher(row.outlet.as_deref(), row.url.as_deref());
        let more = match account.len() {
            1 => String::new(),
            all => format!(" and {}", words::count(all - 1, "report that takes from it", "reports that take from it")),
        };
        out.push(Proof {
            words: cut(row.title.as_deref().unwrap_or_default(), 200),
            label: format!("account {}: {publisher}{more}", n + 1),
            href: words::article(first, None, None),
        });
    }
    Ok(out)
}

pub(super) async fn alerts(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let page = app.read(move |store| {
        let cursor = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
        let found = store.alerts(false, cursor, 40)?;
        let row = |a: rashomon_store::Alert| -> Result<Row, Problem> {
            let of_accounts = accounts(store, &a.proof)?;
            let proofs: Vec<KeptProof> = serde_json::from_value(a.proof).unwrap_or_default();
            let proof = |p: KeptProof| -> Result<Proof, Problem> {
                let (words, label) = (cut(&p.exact, 300), p.label(store)?);
                Ok(Proof { words, href: words::article(&p.article, p.version, Some(p.span)), label })
            };
            // An alert about a story says which.
            let story = a.story.as_deref().map(|key| store.story(key)).transpose()?.flatten();
            let of = story.and_then(|it| it.headline).filter(|it| !it.is_empty()).map(|it| format!("In the story “{}”", cut(&it, 120)));
            // The accounts are those of a look that knows only what is certain; the number counts every sign of dependence.
            let how = (!of_accounts.is_empty())
                .then(|| "These stand apart by what is certain; the number counts every sign that one took from another.".to_owned());
            Ok(Row {
                texts: of.into_iter().chain(how).collect(),
                when: words::when(Some(&a.at)),
                kind: Some(a.kind.replace('-', " ")),
                title: a.text,
                href: a.story.as_deref().map(words::story).or(a.article.as_deref().map(|id| words::article(id, None, None))),
                proofs: proofs.into_iter().map(proof).chain(of_accounts.into_iter().map(Ok)).collect::<Result<_, _>>()?,
                actions: a.seen.is_none().then(|| Action { name: "Seen", action: format!("/alerts/{}/seen", a.id) }).into_iter().collect(),
                fresh: a.seen.is_none(),
            })
        };
        let unseen = store.unseen_alerts()? as usize;
        let paging = Paging::new("/alerts", &[], &asked.cursor, found.next.as_deref());
        Ok(Page {
            title: "Alerts".to_owned(),
            lead: Some("What changed after it was published and matters to a story: corrections that others still carry, figures and quotations that were altered, a new independent account.".to_owned()),
            fresh: (!found.items.is_empty()).then(|| words::unseen(unseen)),
            all: (unseen > 1).then(|| Action { name: "Mark all as seen", action: "/alerts/seen".to_owned() }),
            rows: found.items.into_iter().map(row).collect::<Result<_, _>>()?,
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

pub(super) async fn all_seen(State(app): State<Arc<App>>) -> Shown {
    let shared = app.clone();
    app.write(move |store| {
        store.mark_all_seen(now())?;
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
            fresh: None,
            all: None,
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
        Ok(Page {
            title: case.name,
            lead: None,
            fresh: None,
            all: None,
            rows,
            empty: "No story in this case.",
            paging: Paging::default(),
        })
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
