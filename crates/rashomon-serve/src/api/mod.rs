//! The HTTP API: what the contract promises under `/api/v1`, each answer from the same types as the JSON of the program.

pub(crate) mod events;
pub(crate) mod openapi;

use crate::app::App;
use crate::check::{self, Checked};
use crate::diff::{self, Row};
use crate::guard::Sent;
use crate::pages::NINJS;
use crate::problem::{ForPrograms, Problem};
use crate::reply::{self, Listing};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::Timestamp;
use rashomon::Options;
use rashomon::model::Noted;
use rashomon::report;
use rashomon::wire::{Article, Collation};
use rashomon_store::{
    AddressRow, Alert, ArticleRow, Change, Feed, Hit, Noticed, Pin, QuoteRow, StoryArticle, StoryFilter, StoryRow,
    VersionRow,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

type Told = Result<Response, ForPrograms>;

/// All routes of the API.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api", get(openapi::page))
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/api/v1/stories", get(stories))
        .route("/api/v1/stories/{id}", get(story))
        .route("/api/v1/stories/{id}/ninjs", get(story_ninjs))
        .route("/api/v1/articles/{id}", get(article))
        .route("/api/v1/articles/{id}/versions", get(versions))
        .route("/api/v1/articles/{id}/versions/{number}", get(version))
        .route("/api/v1/articles/{id}/versions/{number}/diff/{other}", get(versions_diff))
        .route("/api/v1/quotes", get(quotes))
        .route("/api/v1/check", get(check_get).post(check_post))
        .route("/api/v1/search", get(search))
        .route("/api/v1/alerts", get(alerts))
        .route("/api/v1/changes", get(changes))
        .route("/api/v1/feeds", get(feeds))
        .route("/api/v1/pins", get(pins).post(pin))
        .route("/api/v1/pins/{id}", axum::routing::delete(unpin))
        .route("/api/v1/collate", axum::routing::post(collate))
        .route("/api/v1/events", get(events::stream))
        .route("/api/{*rest}", axum::routing::any(nothing))
}

async fn nothing() -> ForPrograms {
    ForPrograms(Problem::missing("resource"))
}

/// A query, or a problem document that says what is wrong with it.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = ForPrograms;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ForPrograms> {
        let read: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        read.map(|Query(it)| Self(it)).map_err(|e| ForPrograms(Problem::bad(e.body_text())))
    }
}

/// The parts of an address, or a problem document that says what is wrong with them.
struct Path<T>(T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = ForPrograms;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ForPrograms> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.map(|it| Self(it.0)).map_err(|e| ForPrograms(Problem::bad(e.body_text())))
    }
}

/// What is sent empty is not sent.
fn filled<'de, D: serde::Deserializer<'de>>(text: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(text)?.filter(|it| !it.trim().is_empty()))
}

fn limit(asked: Option<u32>) -> Result<u32, Problem> {
    match asked {
        None => Ok(50),
        Some(n @ 1..=100) => Ok(n),
        Some(_) => Err(Problem::bad("limit is a number from 1 to 100")),
    }
}

/// A moment, or a day.
fn moment(text: &str) -> Result<Timestamp, Problem> {
    let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|z| z.timestamp());
    text.parse()
        .ok()
        .or_else(day)
        .ok_or_else(|| Problem::bad("a time is written as in RFC 3339, 2025-03-11T17:42:00Z, or as a day"))
}

/// A cursor that the store did not give is the asker's fault.
fn given<T>(cursor: Option<&str>, read: Result<T, rashomon_store::Error>) -> Result<T, Problem> {
    read.map_err(|e| match (cursor, Problem::from(e)) {
        (Some(_), p) if p.detail().contains("cursor") => Problem::bad("that is no cursor of this list"),
        (_, p) => p,
    })
}

#[derive(Deserialize)]
struct StoriesAsked {
    #[serde(default, deserialize_with = "filled")]
    since: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    outlet: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    language: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    q: Option<String>,
    #[serde(default)]
    followed: bool,
    least: Option<u32>,
    #[serde(default, deserialize_with = "filled")]
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn stories(State(app): State<Arc<App>>, Asked(it): Asked<StoriesAsked>) -> Told {
    let filter = StoryFilter {
        since: it.since.as_deref().map(moment).transpose()?,
        least_articles: it.least.unwrap_or(1),
        outlet: it.outlet,
        language: it.language,
        words: it.q.filter(|q| !q.trim().is_empty()),
        followed: it.followed,
        cursor: it.cursor,
        limit: limit(it.limit)?,
    };
    let found = app.read(move |store| given(filter.cursor.as_deref(), store.story_list(&filter))).await?;
    Ok(reply::json(&Listing::<StoryRow>::from(found)))
}

/// A story with its reports and its comparison.
#[derive(Serialize, JsonSchema)]
struct StoryFull {
    /// The story.
    story: StoryRow,
    /// Its reports, the oldest first, and why each is there.
    articles: Vec<StoryArticle>,
    /// The comparison; null until it is made.
    collation: Option<Collation>,
    /// Whether the comparison is of the present reports.
    fresh: bool,
    /// What was noticed while the reports were read and compared, what is missing first: a report or a part of the comparison
    /// that is not there by a fault of the program is named here.
    noticed: Vec<Noticed>,
}

async fn story(State(app): State<Arc<App>>, Path(id): Path<String>) -> Told {
    let shared = app.clone();
    let full = app.read(move |store| {
        let story = store.story(&id)?.ok_or_else(|| Problem::missing("story"))?;
        let told = shared.told(store, &id)?;
        Ok(StoryFull {
            articles: store.story_articles(&id)?,
            fresh: story.collated,
            noticed: told.as_ref().map_or_else(|| store.noticed_in(&id), |t| Ok(t.noticed.clone()))?,
            collation: told.map(|t| t.collation.clone()),
            story,
        })
    });
    Ok(reply::json(&full.await?))
}

async fn story_ninjs(State(app): State<Arc<App>>, Path(id): Path<String>) -> Told {
    let shared = app.clone();
    let told = app.read(move |store| {
        store.story(&id)?.ok_or_else(|| Problem::missing("story"))?;
        shared.told(store, &id)?.ok_or_else(|| Problem::missing("comparison of this story"))
    });
    Ok(reply::text(NINJS, report::ninjs(&told.await?.collation)))
}

/// An article with its addresses.
#[derive(Serialize, JsonSchema)]
struct ArticleFull {
    /// The article.
    article: ArticleRow,
    /// Where it was found, and why each address is its own.
    addresses: Vec<AddressRow>,
}

async fn article(State(app): State<Arc<App>>, Path(id): Path<String>) -> Told {
    let full = app.read(move |store| {
        let article = store.article(&id)?.ok_or_else(|| Problem::missing("article"))?;
        Ok(ArticleFull { addresses: store.addresses(&id)?, article })
    });
    Ok(reply::json(&full.await?))
}

async fn versions(State(app): State<Arc<App>>, Path(id): Path<String>) -> Told {
    let items = app.read(move |store| Ok(store.versions(&id)?)).await?;
    Ok(reply::json(&Listing::<VersionRow> { items, cursor: None }))
}

/// A version with its text and what stands in it.
#[derive(Serialize, JsonSchema)]
struct VersionFull {
    /// The version.
    version: VersionRow,
    /// The article as read and annotated.
    content: Article,
    /// What was noticed on the way.
    noticed: Vec<Noticed>,
}

async fn version(State(app): State<Arc<App>>, Path((id, number)): Path<(String, u32)>) -> Told {
    let full = app.read(move |store| {
        let version = store.version(&id, Some(number))?;
        let (content, noticed) = store.annotated_version_noted(&id, Some(number))?;
        Ok(VersionFull { content: Article::annotated(&content), version, noticed })
    });
    Ok(reply::json(&full.await?))
}

/// What changed between two versions.
#[derive(Serialize, JsonSchema)]
struct Differences {
    /// The article.
    article: String,
    /// The number of the earlier version.
    from: u32,
    /// The number of the later one.
    to: u32,
    /// Paragraphs in order; those that did not change are left out.
    rows: Vec<Row>,
}

async fn versions_diff(State(app): State<Arc<App>>, Path((id, from, to)): Path<(String, u32, u32)>) -> Told {
    let all = app.read(move |store| {
        let (a, b) = (store.read_version(&id, Some(from))?.text, store.read_version(&id, Some(to))?.text);
        let rows = diff::rows(&a, &b, true).into_iter().filter(|r| r.kind != "same").collect();
        Ok(Differences { article: id, from, to, rows })
    });
    Ok(reply::json(&all.await?))
}

#[derive(Deserialize)]
struct Searched {
    #[serde(default)]
    q: String,
    #[serde(default, deserialize_with = "filled")]
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn quotes(State(app): State<Arc<App>>, Asked(it): Asked<Searched>) -> Told {
    let most = limit(it.limit)?;
    let found = app.read(move |store| {
        let words = (!it.q.trim().is_empty()).then_some(it.q.as_str());
        given(it.cursor.as_deref(), store.quotes(words, it.cursor.as_deref(), most))
    });
    Ok(reply::json(&Listing::<QuoteRow>::from(found.await?)))
}

async fn search(State(app): State<Arc<App>>, Asked(it): Asked<Searched>) -> Told {
    let most = limit(it.limit)?;
    let shared = app.clone();
    let found = app.read(move |store| {
        let all = shared.found(store, &it.q)?;
        let page = given(it.cursor.as_deref(), store.hits(&all.articles, &it.q, it.cursor.as_deref(), most))?;
        Ok((page, all.as_of(store)?))
    });
    let (page, as_of) = found.await?;
    Ok(reply::aged(reply::json(&Listing::<Hit>::from(page)), as_of))
}

/// A sentence that somebody is said to have said.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct CheckAsked {
    /// The sentence.
    text: String,
    /// Who is said to have said it.
    #[serde(default)]
    speaker: Option<String>,
}

async fn check_get(State(app): State<Arc<App>>, Asked(it): Asked<CheckAsked>) -> Told {
    checked(app, it).await
}

async fn check_post(State(app): State<Arc<App>>, body: Sent) -> Told {
    checked(app, read(&body)?).await
}

async fn checked(app: Arc<App>, it: CheckAsked) -> Told {
    let found: Checked = app.read(move |store| check::answer(store, &it.text, it.speaker.as_deref())).await?;
    Ok(reply::json(&found))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|e| Problem::bad(format!("the body is not what is asked for: {e}")))
}

#[derive(Deserialize)]
struct AlertsAsked {
    #[serde(default)]
    unseen: bool,
    #[serde(default, deserialize_with = "filled")]
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn alerts(State(app): State<Arc<App>>, Asked(it): Asked<AlertsAsked>) -> Told {
    let most = limit(it.limit)?;
    let found =
        app.read(move |store| given(it.cursor.as_deref(), store.alerts(it.unseen, it.cursor.as_deref(), most))).await?;
    Ok(reply::json(&Listing::<Alert>::from(found)))
}

#[derive(Deserialize)]
struct ChangesAsked {
    #[serde(default, deserialize_with = "filled")]
    since: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    cursor: Option<String>,
    limit: Option<u32>,
}

async fn changes(State(app): State<Arc<App>>, Asked(it): Asked<ChangesAsked>) -> Told {
    let most = limit(it.limit)?;
    let found = app.read(move |store| {
        let after = match (&it.cursor, &it.since) {
            (Some(cursor), _) => cursor.parse().map_err(|_| Problem::bad("that is no cursor of this list"))?,
            // The id of a change will do as well, so that a stream that broke off goes on without a gap.
            (None, Some(since)) => match since.parse::<i64>() {
                Ok(id) => id,
                Err(_) => store.change_before(moment(since)?)?,
            },
            (None, None) => 0,
        };
        let items = store.changes_since(after, most)?;
        let cursor = (items.len() == most as usize).then(|| items.last().map(|c| c.id.to_string())).flatten();
        Ok(Listing::<Change> { items, cursor })
    });
    Ok(reply::json(&found.await?))
}

async fn feeds(State(app): State<Arc<App>>) -> Told {
    let items = app.read(|store| Ok(store.feeds()?)).await?;
    Ok(reply::json(&Listing::<Feed> { items, cursor: None }))
}

async fn pins(State(app): State<Arc<App>>) -> Told {
    let items = app.read(|store| Ok(store.pins()?)).await?;
    Ok(reply::json(&Listing::<Pin> { items, cursor: None }))
}

/// A decision to be kept.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct PinAsked {
    /// join | part of two articles, unlike of two statements, watch of a story or an article
    kind: String,
    /// An article or story; a statement as the id of its article, a line end, and its words.
    a: String,
    /// The other one.
    #[serde(default)]
    b: Option<String>,
    /// Why.
    #[serde(default)]
    note: Option<String>,
}

/// The number of what was kept.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Kept {
    /// The number.
    id: i64,
}

async fn pin(State(app): State<Arc<App>>, body: Sent) -> Told {
    let it: PinAsked = read(&body)?;
    let id = app
        .write(move |store| Ok(store.pin(&it.kind, &it.a, it.b.as_deref(), it.note.as_deref(), Timestamp::now())?))
        .await?;
    app.regroup();
    let mut response = reply::json(&Kept { id });
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

async fn unpin(State(app): State<Arc<App>>, Path(id): Path<i64>) -> Told {
    app.write(move |store| Ok(store.unpin(id)?)).await?;
    app.regroup();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Articles to be compared and forgotten.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct CollateAsked {
    /// Articles as rows: `text` is needed; `url`, `outlet`, `title`, `byline`, `published` are used where given.
    articles: Vec<serde_json::Map<String, serde_json::Value>>,
    /// Take them all as reports of one event, also where they look like several.
    #[serde(default)]
    one_story: bool,
}

/// What was found, with what was noticed on the way.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Collated {
    #[serde(flatten)]
    collation: Collation,
    /// What was noticed while the articles were read and compared, what is missing first: an article that was left out is named
    /// here by its place in the request, `articles[0]` on.
    noticed: Vec<Noticed>,
}

async fn collate(body: Sent) -> Told {
    let it: CollateAsked = read(&body)?;
    let options = Options::new().one_story(it.one_story);
    let read_all = move || {
        let mut read = Noted::quiet(Vec::new());
        for (n, row) in it.articles.into_iter().enumerate() {
            let Noted { output, notes } = rashomon::read::article(&rashomon::read::Record {
                place: format!("articles[{n}]"),
                format: rashomon::read::Format::Jsonl,
                bytes: serde_json::to_vec(&row).unwrap_or_default(),
            });
            read.notes.extend(notes);
            read.output.extend(output);
        }
        read
    };
    let Noted { output, notes } = crate::pages::collated(read_all, options).await?;
    let collation = Collation::new(&output.corpus, &output.stories);
    Ok(reply::json(&Collated { collation, noticed: Noticed::of(&notes) }))
}
