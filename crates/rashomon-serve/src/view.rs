//! Pages: the templates, what every page has, and how times are said.

use crate::app::App;
use crate::assets;
use crate::guard::hex;
use crate::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

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

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut it = rashomon::report::environment();
        it.add_function("asset", |name: &str| assets::address(name));
        let templates = [
            ("layout", include_str!("../templates/layout.html")),
            ("parts_app", include_str!("../templates/parts_app.html")),
            ("stories", include_str!("../templates/stories.html")),
            ("story_app", include_str!("../templates/story_app.html")),
            ("article", include_str!("../templates/article.html")),
            ("diff", include_str!("../templates/diff.html")),
            ("quotes", include_str!("../templates/quotes.html")),
            ("compare", include_str!("../templates/compare.html")),
            ("search", include_str!("../templates/search.html")),
            ("list", include_str!("../templates/list.html")),
            ("settings", include_str!("../templates/settings.html")),
            ("reference", include_str!("../templates/reference.html")),
            ("problem", include_str!("../templates/problem.html")),
            ("login", include_str!("../templates/login.html")),
        ];
        for (name, source) in templates {
            it.add_template(name, source).expect("the templates are part of the program");
        }
        it
    })
}

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
    let tag = format!("\"{}\"", &hex(&Sha256::digest(&page))[..20]);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    (StatusCode::OK, headers, page).into_response()
}

fn render(template: &str, context: Value) -> String {
    let made = environment().get_template(template).and_then(|t| t.render(context));
    // A name that a template asks for and nobody gives is a fault of ours; it must not take the server down.
    made.unwrap_or_else(|error| problem("Something is wrong with this page", &format!("{error:#}"), 500))
}

/// The page that says what went wrong.
pub(crate) fn problem(title: &str, detail: &str, _status: u16) -> String {
    let template = environment().get_template("problem");
    template.and_then(|t| t.render(context! { title, detail })).unwrap_or_else(|_| "something is wrong".to_owned())
}

/// The page that asks for the token.
pub(crate) fn login(app: &App, to: &str, problem: Option<&str>) -> Response {
    let status = if problem.is_some() { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let mut it = html(render("login", context! { to, problem, form_token => app.guard.form.clone() }));
    *it.status_mut() = status;
    it
}

/// A time, for people and for programs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct When {
    pub(crate) iso: String,
    pub(crate) words: String,
}

/// `it` (RFC 3339, or a day) in words.
pub(crate) fn when(it: Option<&str>) -> Option<When> {
    let iso = it?.to_owned();
    let words = match iso.parse::<Timestamp>() {
        Ok(t) => t.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M UTC").to_string(),
        Err(_) => {
            iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.clone(), |d| d.strftime("%-d %b %Y").to_string())
        }
    };
    Some(When { iso, words })
}

/// One or many.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// `2` or `2 to 3`.
pub(crate) fn range(low: usize, high: usize) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// An address that may be linked to: `http` and `https` only.
pub(crate) fn safe(url: &str) -> Option<&str> {
    let lower = url.get(..8)?.to_ascii_lowercase();
    let fits = lower.starts_with("http://") || lower.starts_with("https://");
    (fits && !url.contains(|c: char| c.is_control() || c.is_whitespace())).then_some(url)
}

/// A part of an address, escaped.
pub(crate) fn part(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// `/path?name=value&…` from what is not empty.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (n, (name, value)) in query.iter().filter(|(_, v)| !v.is_empty()).enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(&format!("{name}={}", part(value)));
    }
    out
}

/// The page of an article, perhaps at a place in it.
pub(crate) fn article(id: &str, version: Option<u32>, span: Option<[usize; 2]>) -> String {
    let mut out = format!("/articles/{}", part(id));
    if let Some(version) = version {
        out.push_str(&format!("/versions/{version}"));
    }
    if let Some([start, end]) = span {
        out.push_str(&format!("?at={start}-{end}#at"));
    }
    out
}

/// The page of a story.
pub(crate) fn story(id: &str) -> String {
    format!("/stories/{}", part(id))
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
    fn only_addresses_of_the_web_are_linked() {
        assert!(safe("https://example.com/a").is_some());
        assert!(safe("HTTP://example.com").is_some());
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)//http://",
            "data:text/html,x",
            "http:",
            "https://a\nb",
            " https://a",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            assert!(safe(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn no_form_leads_to_another_site() {
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", ""] {
            let it = back(bad).unwrap();
            assert_eq!(it.headers()["location"], "/", "{bad}");
        }
        assert_eq!(back("/stories/a#notes").unwrap().headers()["location"], "/stories/a#notes");
    }

    #[test]
    fn every_template_is_well_formed() {
        environment();
    }
}
