//! Pages: the templates, what every page has, and how times are said.

use crate::app::App;
use crate::digest::tag;
use crate::problem::Problem;
use crate::templates::render;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

/// A place in the bar above every page.
#[derive(Serialize)]
struct Nav {
    name: &'static str,
    href: &'static str,
    count: usize,
}

const NAV: [(&str, &str); 8] = [
    ("Stories", "/"),
    ("Quotes", "/quotes"),
    ("Compare", "/compare"),
    ("Search", "/search"),
    ("Alerts", "/alerts"),
    ("Cases", "/cases"),
    ("Feeds", "/sources"),
    ("Settings", "/settings"),
];

/// A page with the bar above it; `here` is its place in the bar, `it` what its template asks for.
pub(crate) fn page(app: &App, template: &str, here: &str, title: &str, it: &impl Serialize) -> Response {
    let unseen = app.unseen_alerts();
    let nav = NAV.iter().map(|(name, href)| Nav { name, href, count: if *href == "/alerts" { unseen } else { 0 } });
    let shared = context! {
        nav => Value::from(Serde(nav.collect::<Vec<_>>())),
        here => here,
        title => title,
        form_token => app.guard.form.clone(),
        demo => app.demo,
        version => env!("CARGO_PKG_VERSION"),
    };
    html(render(template, context! { ..Value::from(Serde(it)), ..shared }))
}

/// A finished page, with a tag by which a browser knows that it has it already.
pub(crate) fn html(page: String) -> Response {
    let tag = tag(&page);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    (StatusCode::OK, headers, page).into_response()
}

/// The page that asks for the token.
pub(crate) fn login(app: &App, to: &str, problem: Option<&str>) -> Response {
    let status = if problem.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let mut it = html(render("login", context! { to, problem, form_token => app.guard.form.clone() }));
    *it.status_mut() = status;
    it
}

/// Where a form goes back to: a place of ours, never another site's.
pub(crate) fn back(to: &str) -> Result<Response, Problem> {
    let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    Ok(axum::response::Redirect::to(if ours { to } else { "/" }).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_leads_to_another_site() {
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", ""] {
            let it = back(bad).unwrap();
            assert_eq!(it.headers()["location"], "/", "{bad}");
        }
        assert_eq!(back("/stories/a#notes").unwrap().headers()["location"], "/stories/a#notes");
    }
}
