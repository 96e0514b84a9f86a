//! Whom a page names as its source outside of its text: canonical links to another site, `syndication-source`, and what
//! JSON-LD says of it.
//!
//! Sources: RFC 6596 (canonical), Google News' `syndication-source` and `original-source` (2010), schema.org's `isBasedOn`,
//! `translationOfWork`, `sourceOrganization`, `author`.

use super::found::Found;
use rashomon_model::{Declared, DeclaredKind, Span, agency};
use serde_json::Value;

/// The sources that the metadata of the page at `address` by `outlet` names. They have no place in the text: their span is
/// empty, and `retrieved` tells where they stand in `html`.
pub(super) fn sources(found: &Found, html: &str, address: Option<&str>, outlet: Option<&str>) -> Vec<Declared> {
    let mut out = Vec::new();
    let mut push = |name: &str, kind: DeclaredKind, key: &str, value: &str| {
        let known = out.iter().any(|it: &Declared| it.name == name);
        if !name.is_empty() && !known && outlet.is_none_or(|own| !own.eq_ignore_ascii_case(name)) {
            let retrieved = written(html, key, value);
            out.push(Declared { name: name.to_owned(), kind, span: Span::default(), retrieved });
        }
    };
    let elsewhere = |other: &str| address.is_some_and(|own| !same_site(own, other));
    let links = found
        .meta
        .iter()
        .filter_map(|(key, value)| match key.as_str() {
            "syndication-source" => Some((DeclaredKind::Origin, "syndication-source", value)),
            "original-source" => Some((DeclaredKind::Agency, "original-source", value)),
            _ => None,
        })
        .chain(found.canonical.iter().map(|it| (DeclaredKind::Origin, "canonical", it)));
    for (kind, key, value) in links {
        if let Some(host) = host(value).filter(|_| elsewhere(value)) {
            push(host, kind, key, value);
        }
    }
    for (key, kind) in [
        ("isBasedOn", DeclaredKind::Agency),
        ("isBasedOnUrl", DeclaredKind::Agency),
        ("translationOfWork", DeclaredKind::Origin),
        ("sourceOrganization", DeclaredKind::Agency),
        ("author", DeclaredKind::Agency),
    ] {
        let Some(value) = found.linked.as_ref().and_then(|it| it.get(key)) else { continue };
        for it in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            let Some((name, of_report)) = named(it) else { continue };
            // An author is a source only if it is an agency.
            if key == "author" && !agency(name).is_some_and(|a| a.wire && !a.outlet)
                || name.contains("://") && !elsewhere(name)
            {
                continue;
            }
            let kind = if of_report && key == "isBasedOn" { DeclaredKind::Origin } else { kind };
            push(host(name).unwrap_or(name), kind, key, name);
        }
    }
    out
}

/// Whether two addresses are of one site: with or without `www.`, `m.`, `amp.`, or by way of a cache of AMP pages.
pub(super) fn same_site(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (host(a), host(b)) else { return true };
    let within = |x: &str, y: &str| x == y || x.strip_suffix(y).is_some_and(|rest| rest.ends_with('.'));
    let cached = |x: &str, y: &str| x.split('.').next() == Some(y.replace('.', "-").as_str());
    within(a, b) || within(b, a) || cached(a, b) || cached(b, a)
}

/// The host of an address, without `www.`, `m.` and `amp.`.
pub(super) fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = ["www.", "m.", "amp.", "mobile."].iter().find_map(|it| host.strip_prefix(it)).unwrap_or(host);
    (host.contains('.')).then_some(host)
}

/// What a value of JSON-LD names: a publisher, a name or an address; and whether it is a report.
fn named(value: &Value) -> Option<(&str, bool)> {
    let Value::Object(map) = value else { return Some((value.as_str()?.trim(), false)) };
    let report = map.get("@type").and_then(Value::as_str).is_some_and(|it| it.ends_with("Article") || it == "Report");
    let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::trim);
    let publisher = map.get("publisher").and_then(|it| it.get("name")).and_then(Value::as_str);
    // The name of a report is its headline.
    let name = if report { text("url").or_else(|| text("@id")) } else { text("name").or_else(|| text("url")) };
    Some((publisher.or(name)?, report))
}

/// Where `value` is written in the page, near `key`.
fn written(html: &str, key: &str, value: &str) -> Option<Span> {
    const NEAR: usize = 400;
    memchr::memmem::find_iter(html.as_bytes(), value).map(|at| Span::new(at, at + value.len())).find(|it| {
        let around = &html.as_bytes()[it.start().saturating_sub(NEAR)..(it.end() + NEAR).min(html.len())];
        memchr::memmem::find(&around.to_ascii_lowercase(), key.to_ascii_lowercase().as_bytes()).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_site_by_any_of_its_addresses() {
        for (a, b, same) in [
            ("https://www.harbour.example/ferry", "https://harbour.example/x", true),
            ("https://m.harbour.example/ferry", "https://news.harbour.example/x", true),
            ("https://harbour-example.cdn.ampproject.org/c/s/x", "https://harbour.example/x", true),
            ("https://quay.example/ferry", "https://harbour.example/ferry", false),
            ("https://myharbour.example/ferry", "https://harbour.example/ferry", false),
            ("ferry.html", "https://harbour.example/ferry", true),
        ] {
            assert_eq!(same_site(a, b), same, "{a} {b}");
        }
    }
}
