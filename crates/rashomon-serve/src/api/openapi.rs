//! The description of the API (OpenAPI 3.1), made from the types that the answers are made of.

use super::{ArticleFull, CheckAsked, CollateAsked, Collated, Differences, Kept, PinAsked, StoryFull, VersionFull};
use crate::app::App;
use crate::check::Checked;
use crate::pages::{ARTICLES, NINJS};
use crate::problem::Problem;
use crate::reply::{self, Listing};
use crate::view;
use axum::extract::State;
use axum::response::Response;
use rashomon_store::{Alert, Change, Feed, Hit, Pin, QuoteRow, StoryRow, VersionRow};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// The version of the API.
pub(crate) const VERSION: &str = "1.0.0";

type Schema = fn(&mut SchemaGenerator) -> schemars::Schema;

/// One thing that can be asked.
pub(crate) struct Operation {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) id: &'static str,
    summary: &'static str,
    parameters: &'static [Parameter],
    body: Option<Schema>,
    /// Status, type and schema of the answer.
    pub(crate) answer: (u16, &'static str, Option<Schema>),
    /// Problems besides those that every request may meet.
    problems: &'static [u16],
}

#[derive(Clone, Copy)]
struct Parameter {
    name: &'static str,
    place: &'static str,
    kind: &'static str,
    needed: bool,
    text: &'static str,
}

const fn query(name: &'static str, kind: &'static str, text: &'static str) -> Parameter {
    Parameter { name, place: "query", kind, needed: false, text }
}

const fn path(name: &'static str, kind: &'static str, text: &'static str) -> Parameter {
    Parameter { name, place: "path", kind, needed: true, text }
}

const CURSOR: Parameter = query("cursor", "string", "The cursor that the page before gave.");
const LIMIT: Parameter = query("limit", "limit", "Rows of a page, 1 to 100; 50 if not said.");
const STORY: Parameter = path("id", "string", "Id of the story.");
const ARTICLE: Parameter = path("id", "string", "Id of the article.");

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> schemars::Schema {
    generator.subschema_for::<T>()
}

const JSON: &str = "application/json";

/// All that can be asked.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/api/v1/stories",
        id: "listStories",
        summary: "Stories, the newest movement first.",
        parameters: &[
            query("since", "string", "Only those that moved since: RFC 3339 or a day."),
            query("outlet", "string", "Only those with a report by this outlet."),
            query("language", "string", "Only those with a report in this language (ISO 639-1)."),
            query("q", "string", "Only those with a report that has these words."),
            query("followed", "boolean", "Only those that are followed."),
            query("least", "count", "Only those of at least so many reports."),
            CURSOR,
            LIMIT,
        ],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<StoryRow>>)),
        problems: &[400],
    },
    Operation {
        method: "get",
        path: "/api/v1/stories/{id}",
        id: "getStory",
        summary: "A story, its reports and its comparison.",
        parameters: &[STORY],
        body: None,
        answer: (200, JSON, Some(schema::<StoryFull>)),
        problems: &[404],
    },
    Operation {
        method: "get",
        path: "/api/v1/stories/{id}/ninjs",
        id: "getStoryAsNinjs",
        summary: "A story and its reports as items of ninjs 3 (IPTC), one a line.",
        parameters: &[STORY],
        body: None,
        answer: (200, NINJS, None),
        problems: &[404],
    },
    Operation {
        method: "get",
        path: "/api/v1/articles/{id}",
        id: "getArticle",
        summary: "An article and its addresses.",
        parameters: &[ARTICLE],
        body: None,
        answer: (200, JSON, Some(schema::<ArticleFull>)),
        problems: &[404],
    },
    Operation {
        method: "get",
        path: "/api/v1/articles/{id}/versions",
        id: "listVersions",
        summary: "The versions of an article, the oldest first.",
        parameters: &[ARTICLE],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<VersionRow>>)),
        problems: &[404],
    },
    Operation {
        method: "get",
        path: "/api/v1/articles/{id}/versions/{number}",
        id: "getVersion",
        summary: "One version: its text and what stands in it.",
        parameters: &[ARTICLE, path("number", "count", "Number of the version, from 1.")],
        body: None,
        answer: (200, JSON, Some(schema::<VersionFull>)),
        problems: &[400, 404],
    },
    Operation {
        method: "get",
        path: "/api/v1/articles/{id}/versions/{number}/diff/{other}",
        id: "diffVersions",
        summary: "What changed from one version to another.",
        parameters: &[
            ARTICLE,
            path("number", "count", "Number of the earlier version."),
            path("other", "count", "Number of the later version."),
        ],
        body: None,
        answer: (200, JSON, Some(schema::<Differences>)),
        problems: &[400, 404],
    },
    Operation {
        method: "get",
        path: "/api/v1/quotes",
        id: "findQuotes",
        summary: "Quotations by words or speaker, the newest first.",
        parameters: &[query("q", "string", "Words, or a speaker; all quotations without."), CURSOR, LIMIT],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<QuoteRow>>)),
        problems: &[400],
    },
    Operation {
        method: "get",
        path: "/api/v1/check",
        id: "checkQuote",
        summary: "Whether a sentence was said, by whom, and in which form.",
        parameters: &[
            Parameter { name: "text", place: "query", kind: "words", needed: true, text: "The sentence." },
            query("speaker", "string", "Who is said to have said it."),
        ],
        body: None,
        answer: (200, JSON, Some(schema::<Checked>)),
        problems: &[400],
    },
    Operation {
        method: "post",
        path: "/api/v1/check",
        id: "checkLongQuote",
        summary: "The same with the sentence in the body; nothing is kept.",
        parameters: &[],
        body: Some(schema::<CheckAsked>),
        answer: (200, JSON, Some(schema::<Checked>)),
        problems: &[400, 413, 415],
    },
    Operation {
        method: "get",
        path: "/api/v1/search",
        id: "search",
        summary: "Articles by their words, the best first.",
        parameters: &[
            query("q", "string", "Words; those in quotation marks stand together, a - before a word leaves it out."),
            CURSOR,
            LIMIT,
        ],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<Hit>>)),
        problems: &[400],
    },
    Operation {
        method: "get",
        path: "/api/v1/alerts",
        id: "listAlerts",
        summary: "Alerts, the newest first, each with its proof.",
        parameters: &[query("unseen", "boolean", "Only those that nobody has marked as seen."), CURSOR, LIMIT],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<Alert>>)),
        problems: &[400],
    },
    Operation {
        method: "get",
        path: "/api/v1/changes",
        id: "changesSince",
        summary: "Everything that happened since a time, or since a change, in order.",
        parameters: &[query("since", "string", "RFC 3339, a day, or the id of a change."), CURSOR, LIMIT],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<Change>>)),
        problems: &[400],
    },
    Operation {
        method: "get",
        path: "/api/v1/feeds",
        id: "listFeeds",
        summary: "What is watched, and how it is.",
        parameters: &[],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<Feed>>)),
        problems: &[],
    },
    Operation {
        method: "get",
        path: "/api/v1/pins",
        id: "listPins",
        summary: "What people put right.",
        parameters: &[],
        body: None,
        answer: (200, JSON, Some(schema::<Listing<Pin>>)),
        problems: &[],
    },
    Operation {
        method: "post",
        path: "/api/v1/pins",
        id: "addPin",
        summary: "Join or part articles, or follow a story; honoured from then on.",
        parameters: &[],
        body: Some(schema::<PinAsked>),
        answer: (201, JSON, Some(schema::<Kept>)),
        problems: &[400, 404, 413, 415],
    },
    Operation {
        method: "delete",
        path: "/api/v1/pins/{id}",
        id: "removePin",
        summary: "Undo a pin.",
        parameters: &[path("id", "count", "Number of the pin.")],
        body: None,
        answer: (204, JSON, None),
        problems: &[400, 404],
    },
    Operation {
        method: "post",
        path: "/api/v1/collate",
        id: "collate",
        summary: "Compare articles without keeping them; `noticed` says what was left out.",
        parameters: &[],
        body: Some(schema::<CollateAsked>),
        answer: (200, JSON, Some(schema::<Collated>)),
        problems: &[400, 413, 415],
    },
    Operation {
        method: "get",
        path: "/api/v1/events",
        id: "events",
        summary: "What happens, as server-sent events; Last-Event-ID goes on where a stream broke off.",
        parameters: &[Parameter {
            name: "Last-Event-ID",
            place: "header",
            kind: "string",
            needed: false,
            text: "The id of the last change that came.",
        }],
        body: None,
        answer: (200, "text/event-stream", None),
        problems: &[400],
    },
];

/// The document.
pub(crate) fn openapi() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let problem = schema::<Problem>(&mut generator);
    let mut paths = serde_json::Map::new();
    for it in OPERATIONS {
        let mut answers = serde_json::Map::new();
        let (status, kind, answer) = it.answer;
        let mut ok = json!({"description": "What was asked for."});
        if status != 204 {
            ok["content"] = json!({kind: {"schema": answer.map_or_else(|| json!({"type": "string"}), |s| s(&mut generator).to_value())}});
        }
        if it.method == "get" && kind == JSON {
            // A header that is not named in a document is none for the programs made from it.
            ok["headers"] = json!({
                "ETag": {"description": "Sent back as If-None-Match, it is answered by 304 while nothing has changed.", "schema": {"type": "string"}},
                "Age": {"description": "Seconds since this was true, where it is from what was kept and the store has changed since (RFC 9111, 5.1).", "schema": {"type": "integer", "minimum": 0}},
            });
            answers.insert("304".to_owned(), json!({"description": "It is as it was."}));
        }
        answers.insert(status.to_string(), ok);
        for status in it.problems.iter().chain(&[401, 403, 421, 503]) {
            answers.insert(
                status.to_string(),
                json!({"description": "A problem.", "content": {"application/problem+json": {"schema": problem}}}),
            );
        }
        let mut operation = json!({
            "operationId": it.id,
            "summary": it.summary,
            "parameters": it.parameters.iter().map(parameter).collect::<Vec<_>>(),
            "responses": answers,
        });
        if let Some(body) = it.body {
            operation["requestBody"] = json!({"required": true, "content": {JSON: {"schema": body(&mut generator)}}});
        }
        let at = paths.entry(it.path).or_insert_with(|| json!({}));
        at[it.method] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Rashomon", "version": VERSION, "description": format!("Many accounts of one event, with proof. Texts of articles are quoted matter of their outlets. At most {ARTICLES} articles in one comparison.")},
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    })
}

fn parameter(it: &Parameter) -> Value {
    let kind = match it.kind {
        "boolean" => json!({"type": "boolean"}),
        "count" => json!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
        "words" => json!({"type": "string", "minLength": 1, "maxLength": 4000}),
        "limit" => json!({"type": "integer", "minimum": 1, "maximum": 100, "default": 50}),
        _ => json!({"type": "string"}),
    };
    json!({"name": it.name, "in": it.place, "required": it.needed, "description": it.text, "schema": kind})
}

pub(super) async fn document() -> Response {
    reply::text(JSON, serde_json::to_string_pretty(&openapi()).unwrap_or_default())
}

#[derive(Serialize)]
struct Reference {
    api_version: &'static str,
    operations: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    id: &'static str,
    method: String,
    path: &'static str,
    summary: &'static str,
    parameters: Vec<ToldParameter>,
}

#[derive(Serialize)]
struct ToldParameter {
    name: &'static str,
    place: &'static str,
    text: &'static str,
}

pub(super) async fn page(State(app): State<Arc<App>>) -> Response {
    let told = |o: &Operation| Told {
        id: o.id,
        method: o.method.to_uppercase(),
        path: o.path,
        summary: o.summary,
        parameters: o.parameters.iter().map(|p| ToldParameter { name: p.name, place: p.place, text: p.text }).collect(),
    };
    let page = Reference { api_version: VERSION, operations: OPERATIONS.iter().map(told).collect() };
    view::page(&app, "reference", "/settings", "The HTTP API", &page)
}
