//! What a page's metadata says: JSON-LD (schema.org), OpenGraph, meta tags, `time` elements, in this order of trust.

use super::dom::{DOCUMENT, Dom, Id};
use super::stated;
use crate::{dateline, jsonl, language, layout};
use rashomon_model::{Article, Moment};
use serde_json::{Map, Value};

/// Fills the fields that `article` does not have yet.
pub(crate) fn fill(article: &mut Article, dom: &Dom, html: &str) {
    let found = gather(dom);
    let any =
        |names: &[&str]| names.iter().find_map(|n| found.meta.iter().find(|(k, _)| k == n).map(|(_, v)| v.as_str()));
    let ld = |names: &[&str]| names.iter().find_map(|n| found.linked.as_ref().and_then(|m| m.get(*n)).and_then(plain));

    let shown = article.url.clone().or_else(|| any(&["og:url", "twitter:url", "parsely-link"]).map(str::to_owned));
    // A canonical link to another site is whose report it is, and not where this page stands.
    let own = |it: &String| shown.as_deref().is_none_or(|shown| stated::same_site(shown, it));
    let address = found.canonical.clone().filter(own).or(shown).or_else(|| {
        let page = found.linked.as_ref()?.get("mainEntityOfPage")?;
        plain(page).or_else(|| page.get("@id").and_then(plain)).or_else(|| page.get("url").and_then(plain))
    });
    let address = address.or_else(|| ld(&["url"])).filter(|a| a.starts_with("http"));
    article.url = article.url.take().or(address);
    let domain =
        article.url.as_deref().and_then(|u| u.split("://").nth(1)?.split(['/', ':', '?']).next()?.rsplit('.').next());
    let domain = domain.map(str::to_ascii_lowercase);
    let places: Vec<&str> = domain.as_deref().into_iter().collect();
    let moment = |value: Option<String>| -> Option<Moment> { dateline::field(&value?, &places) };

    let publisher = found.linked.as_ref().and_then(|m| m.get("publisher")).and_then(name_in);
    let masthead =
        any(&["og:site_name", "application-name", "dc.publisher", "publisher", "copyright", "cre", "twitter:site"]);
    let masthead =
        masthead.map(|m| m.trim_start_matches('@').to_owned()).filter(|m| !m.contains("://") && m.len() < 80);
    let window = found.window.as_deref().and_then(|title| window_title(title, found.headline.as_deref()));
    article.outlet =
        article.outlet.take().or(publisher).or(masthead).or_else(|| window.as_ref().map(|(_, outlet)| outlet.clone()));

    let without_outlet = |title: String| match layout::outlet_behind(&title) {
        Some((cut, outlet)) if article.outlet.as_deref().is_none_or(|o| o.eq_ignore_ascii_case(&outlet)) => {
            title[..cut].trim().to_owned()
        }
        _ => title,
    };
    let title = found.headline.clone().or_else(|| ld(&["headline", "name"]));
    let title =
        title.or_else(|| any(&["og:title", "twitter:title", "dc.title", "title", "parsely-title"]).map(str::to_owned));
    let title =
        title.or_else(|| window.map(|(title, _)| title)).or(found.window.clone()).map(|t| without_outlet(collapse(&t)));
    article.title = article.title.take().or(title.filter(|t| !t.is_empty()));

    let published = moment(ld(&["datePublished", "dateCreated"]))
        .or_else(|| {
            let names = [
                "article:published_time",
                "og:published_time",
                "datepublished",
                "parsely-pub-date",
                "publish-date",
                "publish_date",
                "publishdate",
                "published_time",
                "published-date",
                "pubdate",
                "date",
                "dc.date.issued",
                "dc.date",
                "dcterms.created",
                "dcterms.date",
                "sailthru.date",
                "cxenseparse:recs:publishtime",
                "originalpublicationdate",
                "article.published",
                "article.created",
                "ptime",
                "pdate",
            ];
            moment(any(&names).map(str::to_owned))
        })
        .or_else(|| moment(found.time.clone()));
    let names = [
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "last-modified",
        "lastmod",
        "dcterms.modified",
        "dc.date.modified",
        "article.updated",
        "utime",
        "revised",
        "updated_time",
        "modified",
    ];
    let updated = moment(ld(&["dateModified"]))
        .or_else(|| moment(any(&names).map(str::to_owned)))
        .or_else(|| moment(found.time_updated.clone()));
    article.published = article.published.or(published);
    article.updated = article.updated.or(updated);

    if article.byline.is_empty() {
        let mut authors = Vec::new();
        match found.linked.as_ref().and_then(|m| m.get("author").or_else(|| m.get("creator"))) {
            Some(Value::Array(all)) => {
                all.iter().filter_map(name_in).for_each(|n| jsonl::split_names(&n, &mut authors))
            }
            Some(one) => name_in(one).iter().for_each(|n| jsonl::split_names(n, &mut authors)),
            None => {}
        }
        if authors.is_empty()
            && let Some(name) = any(&[
                "author",
                "byl",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "article:author",
                "article.author",
                "twitter:creator",
            ])
        {
            jsonl::split_names(name.trim_start_matches('@'), &mut authors);
        }
        authors.retain(|a| article.outlet.as_deref() != Some(a));
        article.byline = authors;
    }
    article.declared.extend(stated::sources(&found, html, article.url.as_deref(), article.outlet.as_deref()));
    let declared = found
        .language
        .clone()
        .or_else(|| ld(&["inLanguage"]))
        .or_else(|| any(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned));
    article.language = article.language.take().or_else(|| declared.and_then(|l| language::code(&l)));
}

/// Headline and masthead in the title of the window: `Ferry runs aground | Harbour Gazette`.
///
/// What stands behind the page's own headline and a bar or dash is the masthead, whatever its name.
fn window_title(title: &str, headline: Option<&str>) -> Option<(String, String)> {
    if let Some(rest) = headline.and_then(|h| title.strip_prefix(h)) {
        let name = rest.trim_start().strip_prefix(['|', '-', '–', '—', '•', '·', ':'])?.trim();
        let short = name.rsplit(['|', '–', '—']).next().unwrap_or(name).trim();
        return (!short.is_empty() && short.len() < 60)
            .then(|| (title[..title.len() - rest.len()].to_owned(), short.to_owned()));
    }
    layout::outlet_behind(title).map(|(cut, outlet)| (title[..cut].trim().to_owned(), outlet))
}

/// What was found in the metadata of a page.
#[derive(Default)]
pub(super) struct Found {
    /// The JSON-LD object that is an article.
    pub(super) linked: Option<Map<String, Value>>,
    /// `meta` elements: name, property or itemprop in lower case, and content.
    pub(super) meta: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    language: Option<String>,
    /// The `title` element.
    window: Option<String>,
    headline: Option<String>,
    time: Option<String>,
    time_updated: Option<String>,
}

fn gather(dom: &Dom) -> Found {
    let mut found = Found::default();
    for id in dom.below(DOCUMENT) {
        match dom.tag(id) {
            "html" => found.language = Some(dom.attribute(id, "lang").to_owned()).filter(|l| !l.is_empty()),
            "title" if found.window.is_none() && !in_drawing(dom, id) => {
                found.window = Some(collapse(&dom.text(id))).filter(|t| !t.is_empty())
            }
            "meta" => {
                let content = dom.attribute(id, "content").trim();
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    let name = dom.attribute(id, key);
                    if !name.is_empty() && !content.is_empty() {
                        found.meta.push((name.to_ascii_lowercase(), content.to_owned()));
                    }
                }
            }
            "link" if dom.attribute(id, "rel").eq_ignore_ascii_case("canonical") => {
                found.canonical.get_or_insert_with(|| dom.attribute(id, "href").to_owned());
            }
            "script" if dom.attribute(id, "type").to_ascii_lowercase().contains("ld+json") => {
                if let Ok(value) = serde_json::from_str::<Value>(dom.text(id).trim().trim_end_matches(';')) {
                    linked_article(value, &mut found.linked);
                }
            }
            "time" => {
                let stamp = dom.attribute(id, "datetime");
                let names =
                    format!("{} {}", dom.attribute(id, "class"), dom.attribute(id, "itemprop")).to_ascii_lowercase();
                if stamp.is_empty() {
                    continue;
                }
                if names.contains("modif") || names.contains("updat") {
                    found.time_updated.get_or_insert_with(|| stamp.to_owned());
                } else {
                    found.time.get_or_insert_with(|| stamp.to_owned());
                }
            }
            _ => {}
        }
    }
    let (skipped, order) = super::skip::survey(dom);
    found.headline =
        super::content::headline(dom, &skipped, &order).map(|id| collapse(&dom.text(id))).filter(|t| !t.is_empty());
    found
}

fn in_drawing(dom: &Dom, id: Id) -> bool {
    dom.parent(id).is_some_and(|p| dom.tag(p) == "svg")
}

/// Keeps the first object whose type is an article's, and merges nothing: two articles on a page are two articles.
fn linked_article(value: Value, kept: &mut Option<Map<String, Value>>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev()),
            Value::Object(mut map) => {
                let is = |kind: &str| {
                    kind.ends_with("Article")
                        || kind.ends_with("Posting")
                        || kind == "Report"
                        || kind == "LiveBlogPosting"
                };
                let article = match map.get("@type") {
                    Some(Value::String(kind)) => is(kind),
                    Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
                    _ => false,
                };
                if let Some(graph) = map.remove("@graph") {
                    open.push(graph);
                }
                if article && kept.is_none() {
                    *kept = Some(map);
                }
            }
            _ => {}
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.first().and_then(plain),
        _ => None,
    }
}

fn name_in(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => map.get("name").and_then(plain),
        other => plain(other),
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
