//! What stands in the metadata of a page, before anything is chosen from it.

use super::dom::{DOCUMENT, Dom, Id};
use super::graph::Graph;
use super::skip;
use serde_json::{Map, Value};

/// What was found in the metadata of a page.
#[derive(Default)]
pub(super) struct Found {
    pub(super) graph: Graph,
    /// The JSON-LD object that is the article.
    pub(super) linked: Option<Map<String, Value>>,
    /// `meta` elements: name, property or itemprop in lower case, and content.
    pub(super) meta: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    pub(super) language: Option<String>,
    /// The `title` element.
    pub(super) window: Option<String>,
    pub(super) headline: Option<String>,
}

impl Found {
    /// Reads the metadata of a page whose visible headline is known.
    pub(super) fn of(dom: &Dom, headline: Option<String>) -> Self {
        let mut found = Self { graph: Graph::of(dom), headline, ..Self::default() };
        for id in dom.below(DOCUMENT) {
            match dom.tag(id) {
                "html" => found.language = Some(dom.attribute(id, "lang").to_owned()).filter(|l| !l.is_empty()),
                "title" if found.window.is_none() && !in_drawing(dom, id) => {
                    found.window = Some(collapse(&dom.text(id))).filter(|t| !t.is_empty())
                }
                // What a comment says of itself is nothing of the article's.
                "meta"
                    if std::iter::successors(dom.parent(id), |up| dom.parent(*up))
                        .any(|up| skip::is_reply(dom, up)) => {}
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
                _ => {}
            }
        }
        let titles = found.headline.iter().chain(&found.window);
        let titles: Vec<Vec<u64>> = titles.map(|t| super::measures::hashed_words(t)).collect();
        let alike = |headline: &str| {
            let words = super::measures::hashed_words(headline);
            let shared = titles.iter().map(|t| words.iter().filter(|w| t.contains(w)).count());
            4 * shared.max().unwrap_or(0) / words.len().max(1)
        };
        let shown = || found.meta.iter().find(|(key, _)| key == "og:url").map(|(_, value)| value.as_str());
        let own = found.canonical.as_deref().or_else(shown);
        found.linked = found.graph.article(own, alike).cloned();
        found
    }
}

fn in_drawing(dom: &Dom, id: Id) -> bool {
    dom.parent(id).is_some_and(|p| dom.tag(p) == "svg")
}

pub(super) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a heading; a break in it parts words.
pub(super) fn heading(dom: &Dom, id: Id) -> String {
    let part = |below: Id| {
        let broken = matches!(dom.tag(below), "br" | "p" | "div");
        let said = dom.pieces(below).iter().map(|piece| piece.text.as_str());
        broken.then_some(" ").into_iter().chain(said)
    };
    collapse(&dom.below(id).flat_map(part).collect::<String>())
}

/// `Fishers&#39; fury &amp; fear`, escaped once more than it should be.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') || !text.contains(';') {
        return text.to_owned();
    }
    let dom = super::dom::parse(&format!("<p>{}", text.replace('<', "&lt;")));
    dom.text(DOCUMENT)
}
