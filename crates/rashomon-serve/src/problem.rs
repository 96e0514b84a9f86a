//! What went wrong, for programs (RFC 9457) and for people.

use crate::templates;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

/// A problem document.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// The kind of problem; only the status tells them apart.
    r#type: String,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What went wrong here.
    detail: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            r#type: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
        }
    }

    /// There is no such thing.
    pub(crate) fn missing(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no such {what}"))
    }

    /// The request makes no sense.
    pub(crate) fn bad(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, why)
    }

    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// As a document for programs, or as a page.
    pub(crate) fn show(self, to_program: bool) -> Response {
        let status = self.status();
        let mut response = if to_program {
            let body = serde_json::to_string(&self).unwrap_or_default();
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
        } else {
            (
                status,
                [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                templates::problem(&self.title, &self.detail, self.status),
            )
                .into_response()
        };
        if status == StatusCode::UNAUTHORIZED && to_program {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A problem of a page.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.show(false)
    }
}

/// The same for programs.
pub(crate) struct ForPrograms(pub(crate) Problem);

impl From<Problem> for ForPrograms {
    fn from(it: Problem) -> Self {
        Self(it)
    }
}

impl IntoResponse for ForPrograms {
    fn into_response(self) -> Response {
        self.0.show(true)
    }
}
