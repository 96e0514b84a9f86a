//! One story: its collation as it lives, what came last, and what a person adds or puts right.

use super::{Form, Shown, now};
use crate::app::App;
use crate::guard::Sent;
use crate::kept::{Told, cut};
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::response::Redirect;
use rashomon::wire::Anchor;
use rashomon_store::{Note, Noticed, Store, StoryArticle, StoryRow};
use serde::Serialize;
use std::sync::Arc;

/// What came last: so many of them.
const LATEST: u32 = 8;

/// Statements that a report can be taken out of.
const SHARED: usize = 40;

#[derive(Serialize)]
struct Page {
    #[serde(rename = "self")]
    here: String,
    tools: bool,
    followed: bool,
    exports: Vec<Link>,
    members: Vec<Member>,
    cases: Vec<String>,
    in_cases: Vec<Link>,
    lag: Option<String>,
    news: Vec<Latest>,
    /// Whether some of that came after somebody looked.
    unseen: bool,
    /// Whether that somebody looks now is news to the store.
    #[serde(skip)]
    look: bool,
    more: Option<String>,
    body: String,
    noticed: Vec<String>,
    notes: Vec<ShownNote>,
    statements: Vec<Statement>,
    shared: Vec<SharedPoint>,
    atom: Option<String>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    name: String,
}

#[derive(Serialize)]
struct Member {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Latest {
    when: Option<When>,
    text: String,
    href: Option<String>,
    link: &'static str,
}

#[derive(Serialize)]
pub(super) struct ShownNote {
    id: i64,
    text: String,
    when: Option<When>,
    about: Option<String>,
    href: Option<String>,
}

#[derive(Serialize)]
struct Statement {
    id: String,
    text: String,
}

/// A statement that several reports share, and these.
#[derive(Serialize)]
struct SharedPoint {
    id: String,
    text: String,
    reports: Vec<Member>,
}

/// Statements of several reports, from each of which one may be taken out.
fn shared_points(told: &Told, members: &[StoryArticle]) -> Vec<SharedPoint> {
    let Some(story) = told.collation.stories.first() else { return Vec::new() };
    let point = |p: &rashomon::wire::Point| {
        let carries = |m: &&StoryArticle| p.carried.iter().any(|a| a.article == m.article.id);
        let outlet = publisher;
        let reports: Vec<Member> =
            members.iter().filter(carries).map(|m| Member { id: m.article.id.clone(), name: outlet(m) }).collect();
        (reports.len() > 1).then(|| SharedPoint { id: p.id.clone(), text: cut(&p.text, 80), reports })
    };
    story.points.iter().filter_map(point).take(SHARED).collect()
}

pub(super) async fn page(State(app): State<Arc<App>>, Path(id): Path<String>) -> Shown {
    let shared = app.clone();
    let story = id.clone();
    let read = app.read(move |store| {
        let Some(row) = store.story(&story)? else { return Err(Problem::missing("story")) };
        if let Some(into) = &row.merged_into {
            return Ok((row.clone(), Err(words::story(into))));
        }
        let told = shared.told(store, &story)?;
        Ok((row.clone(), Ok(page_of(store, row, told.as_deref())?)))
    });
    let (row, page) = read.await?;
    let page = match page {
        Ok(page) => page,
        Err(to) => return Ok(Redirect::permanent(&to).into_response()),
    };
    // Looking is remembered after the page is made, so that the page still says what is new.
    if page.look {
        let looked = app.clone();
        tokio::spawn(async move { looked.write(move |store| Ok(store.look(&id)?)).await });
    }
    let title = row.headline.unwrap_or_else(|| "A story".to_owned());
    Ok(view::page(&app, "story_app", "/", &cut(&title, 120), &page))
}

fn page_of(store: &mut Store, row: StoryRow, told: Option<&Told>) -> Result<Page, Problem> {
    let here = words::story(&row.id);
    let members = store.story_articles(&row.id)?;
    let pins = store.pins()?;
    let cases = store.cases()?;
    let body = match told {
        Some(it) => it.part.clone(),
        None => waiting(&members),
    };
    let fresh = row.collated;
    let statements = told.map(statements).unwrap_or_default();
    let since = store.news_of(&row.id)?;
    let has_news = since.articles + since.versions > 0;
    let export = |format: &str, name: &str| Link { href: format!("{here}/export/{format}"), name: name.to_owned() };
    Ok(Page {
        tools: true,
        followed: pins.iter().any(|p| p.kind == "watch" && p.a == row.id),
        exports: if told.is_some() {
            vec![
                export("html", "HTML report"),
                export("json", "JSON"),
                export("csv", "CSV of points"),
                export("graphml", "GraphML"),
                export("prov", "PROV-JSON"),
                export("annotations", "Web Annotations"),
                export("jsonld", "schema.org"),
                export("ninjs", "ninjs 3"),
                export("tei", "TEI"),
                export("wacz", "WACZ of the retrieved pages"),
            ]
        } else {
            Vec::new()
        },
        in_cases: cases
            .iter()
            .filter(|c| c.stories.contains(&row.id))
            .map(|c| Link { href: format!("/cases/{}", c.id), name: c.name.clone() })
            .collect(),
        cases: cases.into_iter().map(|c| c.name).collect(),
        lag: (!fresh).then(|| {
            if told.is_some() {
                "Reports have come since this comparison was made; it is being made anew.".to_owned()
            } else {
                "The reports of this story are being compared; load the page again in a moment.".to_owned()
            }
        }),
        news: latest(store, &row.id, &members)?,
        unseen: since.looked && has_news,
        look: !since.looked || has_news,
        more: None,
        notes: notes(&here, store.notes(Some(&row.id), None)?, &statements),
        statements,
        shared: told.map(|it| shared_points(it, &members)).unwrap_or_default(),
        members: members.iter().map(|m| Member { id: m.article.id.clone(), name: named(m) }).collect(),
        atom: None,
        noticed: told
            .map_or_else(|| store.noticed_in(&row.id), |it| Ok(it.noticed.clone()))?
            .iter()
            .map(shown)
            .collect(),
        body,
        here,
    })
}

/// The reports by their names, while there is no comparison.
fn waiting(members: &[StoryArticle]) -> String {
    let mut page = String::from("<ul>");
    for it in members {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        page.push_str(&format!(
            "<li><a href=\"{}\" dir=\"auto\">{}</a></li>",
            escaped(&words::article(&it.article.id, None, None)),
            escaped(&named(it))
        ));
    }
    page.push_str("</ul>");
    page
}

fn publisher(it: &StoryArticle) -> String {
    words::publisher(it.article.outlet.as_deref(), it.article.url.as_deref())
}

fn named(it: &StoryArticle) -> String {
    format!("{}: {}", publisher(it), cut(it.article.title.as_deref().unwrap_or(&it.article.id), 90))
}

fn latest(store: &Store, story: &str, members: &[StoryArticle]) -> Result<Vec<Latest>, Problem> {
    let named =
        |id: &str| members.iter().find(|m| m.article.id == id).map(publisher).unwrap_or_else(|| "A report".to_owned());
    let changes = store.story_changes(story, LATEST)?;
    let line = |c: &rashomon_store::Change| {
        let article = c.article.as_deref()?;
        let version = c.version.unwrap_or(1);
        let (text, href, link) = match c.kind.as_str() {
            "article" => {
                (format!("{} joined", named(article)), words::article(article, Some(version), None), "read it")
            }
            "version" if version > 1 => (
                format!("{} changed its report", named(article)),
                format!("{}/diff?from={}&to={version}", words::article(article, None, None), version - 1),
                "what changed",
            ),
            "gone" => (
                format!("{} took its report away", named(article)),
                words::article(article, None, None),
                "last version",
            ),
            "withdrawn" => {
                (format!("{} withdrew its report", named(article)), words::article(article, None, None), "last version")
            }
            _ => return None,
        };
        Some(Latest { when: words::when(Some(&c.at)), text, href: Some(href), link })
    };
    Ok(changes.iter().filter_map(line).collect())
}

/// What was noticed, as the HTML report shows it.
pub(super) fn shown(it: &Noticed) -> String {
    format!("{}: {}", it.place, it.message)
}

/// What a note may be on.
fn statements(told: &Told) -> Vec<Statement> {
    let report = &told.report;
    let points = report.points.iter().map(|p| Statement { id: p.id.clone(), text: cut(&p.text, 90) });
    let quotes =
        report.quotes.iter().map(|q| Statement { id: q.id.clone(), text: format!("“{}”", cut(&q.text, 90)) });
    points.take(60).chain(quotes.take(40)).collect()
}

fn notes(here: &str, all: Vec<Note>, statements: &[Statement]) -> Vec<ShownNote> {
    let shown = |n: Note| {
        let about = n.statement.as_ref().map(|id| {
            statements
                .iter()
                .find(|s| &s.id == id)
                .map_or_else(|| "a statement that is no longer made".to_owned(), |s| s.text.clone())
        });
        ShownNote {
            id: n.id,
            when: words::when(Some(&n.made)),
            href: n.statement.map(|id| format!("{here}#s1.{id}")),
            about,
            text: match n.by {
                Some(by) => format!("{}\n— {by}", n.text),
                None => n.text,
            },
        }
    };
    all.into_iter().map(shown).collect()
}

pub(super) async fn follow(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let on = Form::new(&body).get("on") == "1";
    let story = id.clone();
    app.write(move |store| {
        let known = store.pins()?.into_iter().find(|p| p.kind == "watch" && p.a == story);
        match known {
            Some(pin) if !on => store.unpin(pin.id)?,
            None if on => {
                store.pin("watch", &story, None, None, now())?;
            }
            _ => {}
        }
        Ok(())
    })
    .await?;
    view::back(&words::story(&id))
}

pub(super) async fn split(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let article = Form::new(&body).needed("article", 400)?;
    let story = id.clone();
    app.write(move |store| {
        let members = store.story_articles(&story)?;
        if !members.iter().any(|m| m.article.id == article) {
            return Err(Problem::bad("that report is not in this story"));
        }
        let by = super::settings::me(store)?;
        for other in members.iter().filter(|m| m.article.id != article) {
            store.pin("part", &article, Some(&other.article.id), by.as_deref(), now())?;
        }
        Ok(())
    })
    .await?;
    app.regroup();
    view::back(&words::story(&id))
}

pub(super) async fn join(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let other = Form::new(&body).needed("other", 400)?;
    let story = id.clone();
    app.write(move |store| {
        let other =
            other.rsplit("/stories/").next().unwrap_or_default().split(['#', '?', '/']).next().unwrap_or_default();
        let first = |store: &Store, key: &str| -> Result<String, Problem> {
            let members = store.story_articles(key)?;
            members.first().map(|m| m.article.id.clone()).ok_or_else(|| Problem::missing("story"))
        };
        let (a, b) = (first(store, &story)?, first(store, other)?);
        if a == b {
            return Err(Problem::bad("that is this story itself"));
        }
        let by = super::settings::me(store)?;
        store.pin("join", &a, Some(&b), by.as_deref(), now())?;
        Ok(())
    })
    .await?;
    app.regroup();
    view::back(&words::story(&id))
}

/// One report does not state what the others of a point do: its words are kept apart from each of theirs.
pub(super) async fn unlike(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let which = Form::new(&body).needed("which", 400)?;
    let story = id.clone();
    let shared = app.clone();
    app.write(move |store| {
        let told = shared.told(store, &story)?.ok_or_else(|| Problem::missing("comparison of this story"))?;
        let (point, article) = which.split_once(' ').ok_or_else(|| Problem::bad("a statement and a report"))?;
        let found = told.collation.stories.first().and_then(|s| s.points.iter().find(|p| p.id == point));
        let point = found.ok_or_else(|| Problem::bad("that statement is no longer made; look at the story again"))?;
        let place = |a: &Anchor| {
            let it = told.collation.articles.iter().find(|it| it.id == a.article)?;
            Some(format!("{}\n{}", a.article, it.text.get(a.span.0..a.span.1)?))
        };
        let (own, others): (Vec<_>, Vec<_>) = point.carried.iter().partition(|a| a.article == article);
        if own.is_empty() || others.is_empty() {
            return Err(Problem::bad("that report does not share this statement with another"));
        }
        let by = super::settings::me(store)?;
        for a in own.iter().filter_map(|it| place(it)) {
            for b in others.iter().filter_map(|it| place(it)) {
                store.pin("unlike", &a, Some(&b), by.as_deref(), now())?;
            }
        }
        Ok(())
    })
    .await?;
    app.regroup();
    view::back(&words::story(&id))
}

pub(super) async fn case(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let name = Form::new(&body).needed("case", 200)?;
    let story = id.clone();
    let case = app.write(move |store| Ok(store.put_into_case(&name, &story, now())?)).await?;
    view::back(&format!("/cases/{case}"))
}

pub(super) async fn note(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let form = Form::new(&body);
    let text = form.needed("text", 20_000)?;
    let about = form.get("about").to_owned();
    let story = id.clone();
    app.write(move |store| {
        if store.story(&story)?.is_none() {
            return Err(Problem::missing("story"));
        }
        let by = super::settings::me(store)?;
        let statement = (!about.is_empty()).then_some(about);
        store.add_note(&Note { story: Some(story), statement, text, by, ..Note::default() }, now())?;
        Ok(())
    })
    .await?;
    view::back(&format!("{}#notes", words::story(&id)))
}
