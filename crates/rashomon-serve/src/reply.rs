//! Answers to programs.

use crate::digest::tag;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

/// A page of rows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listing<T> {
    /// The rows.
    pub(crate) items: Vec<T>,
    /// To be sent as `cursor` for the rows that follow; null if these were the last.
    pub(crate) cursor: Option<String>,
}

impl<T> From<rashomon_store::Page<T>> for Listing<T> {
    fn from(it: rashomon_store::Page<T>) -> Self {
        Self { items: it.items, cursor: it.next }
    }
}

/// `it` as JSON, with a tag by which the asker knows whether it has changed.
pub(crate) fn json(it: &impl Serialize) -> Response {
    text("application/json", serde_json::to_string(it).unwrap_or_default())
}

/// A text of some type, with a tag.
pub(crate) fn text(kind: &'static str, body: String) -> Response {
    let tag = tag(&body);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    (headers, body).into_response()
}

/// Says how many seconds ago it was true, of an answer from what was kept.
pub(crate) fn aged(mut it: Response, as_of: Option<Timestamp>) -> Response {
    if let Some(at) = as_of {
        let age = Timestamp::now().as_second().saturating_sub(at.as_second()).max(0);
        it.headers_mut().insert(header::AGE, age.into());
    }
    it
}

/// The same as a file to keep.
pub(crate) fn file(kind: &'static str, name: &str, body: String) -> Response {
    attached(text(kind, body), name)
}

/// Bytes as a file to keep.
pub(crate) fn bytes(kind: &'static str, name: &str, body: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, no-cache")];
    attached((headers, body).into_response(), name)
}

fn attached(mut it: Response, name: &str) -> Response {
    let safe: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).take(80).collect();
    if let Ok(value) = format!("attachment; filename=\"{safe}\"").parse() {
        it.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    it
}
