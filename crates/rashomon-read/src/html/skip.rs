//! Which parts of a page are never the article: by element, by role, by telling names, by their shape.
//!
//! Names of classes and elements come from templates of common publishing systems, as in Readability's lists; a name never
//! skips a part that holds the headline, because wrappers are named for what they may hold ("layout has-sidebar").
//! The counts below were chosen on `tests/pages`.

use super::dom::{DOCUMENT, Dom, Id};

/// Elements whose text is not running text, or not shown.
const ELEMENTS: [&str; 25] = [
    "script", "style", "noscript", "template", "svg", "math", "head", "nav", "footer", "button", "select", "textarea",
    "iframe", "object", "embed", "canvas", "audio", "video", "dialog", "menu", "input", "aside", "datalist", "map",
    "progress",
];

/// Parts of a class or an identifier that tell of something beside the article.
const NAMES: [&str; 46] = [
    "share",
    "social",
    "related",
    "recommend",
    "promo",
    "newsletter",
    "subscribe",
    "signup",
    "sign-up",
    "comment",
    "disqus",
    "sidebar",
    "side-bar",
    "footer",
    "breadcrumb",
    "most-read",
    "most-popular",
    "popular",
    "trending",
    "advert",
    "ad-slot",
    "ad-unit",
    "adslot",
    "sponsor",
    "outbrain",
    "taboola",
    "cookie",
    "consent",
    "paywall",
    "toolbar",
    "read-more",
    "readmore",
    "more-on",
    "more-stories",
    "tags",
    "tag-list",
    "topic-list",
    "navigation",
    "masthead",
    "site-header",
    "widget",
    "author-bio",
    // A pulled quote repeats a sentence of the article: read twice it would be two utterances.
    "pullquote",
    "pull-quote",
    "visually-hidden",
    "sr-only",
];

/// Headings, less their digits and marks, under which readers write.
const READERS_WRITE: [&str; 14] = [
    "comments",
    "comment",
    "responses",
    "your responses",
    "reader comments",
    "readers comments",
    "your comments",
    "replies",
    "discussion",
    "join the discussion",
    "join the conversation",
    "leave a comment",
    "leave a reply",
    "have your say",
];

/// For every node whether it is never text of an article, and all nodes in document order.
pub(crate) fn survey(dom: &Dom) -> (Vec<bool>, Vec<Id>) {
    let order: Vec<Id> = dom.below(DOCUMENT).collect();
    let mut headline = vec![false; dom.len()];
    for &id in order.iter().filter(|id| dom.tag(**id) == "h1") {
        let mut at = Some(id);
        while let Some(up) = at.filter(|up| !headline[*up]) {
            headline[up] = true;
            at = dom.parent(up);
        }
    }
    let mut skipped = vec![false; dom.len()];
    for &id in &order {
        skipped[id] |= dom.parent(id).is_some_and(|p| skipped[p])
            || is_never_text(dom, id)
            || !headline[id] && (dom.tag(id) == "form" || is_named_beside(dom, id));
        if skipped[id] {
            continue;
        }
        let teasers: Vec<Id> =
            dom.children(id).iter().copied().filter(|c| !headline[*c] && is_teaser(dom, *c)).collect();
        if teasers.len() > 1 {
            teasers.into_iter().for_each(|c| skipped[c] = true);
        }
        let replies = dom.children(id).iter().position(|c| is_readers_heading(dom, *c));
        for &reply in replies.map_or(&[][..], |at| &dom.children(id)[at..]) {
            skipped[reply] |= !headline[reply];
        }
    }
    (skipped, order)
}

/// The class and the identifier of an element, in lower case, a space between them.
pub(crate) fn class_and_id(dom: &Dom, id: Id) -> String {
    let mut names = dom.attribute(id, "class").to_ascii_lowercase();
    names.push(' ');
    names.push_str(&dom.attribute(id, "id").to_ascii_lowercase());
    names
}

fn is_never_text(dom: &Dom, id: Id) -> bool {
    ELEMENTS.contains(&dom.tag(id))
        || dom.attribute(id, "aria-hidden") == "true"
        || !dom.attribute(id, "hidden").is_empty()
        || dom.attribute(id, "style").replace(' ', "").contains("display:none")
        || matches!(
            dom.attribute(id, "role"),
            "navigation" | "complementary" | "dialog" | "menu" | "banner" | "search" | "alert"
        )
}

fn is_named_beside(dom: &Dom, id: Id) -> bool {
    if matches!(dom.tag(id), "" | "html" | "body" | "article" | "main" | "h1" | "p") {
        return false;
    }
    let names = class_and_id(dom, id);
    names.len() > 1
        && NAMES.iter().any(|n| names.contains(n))
        && !names.contains("article-body")
        && !names.contains("story-body")
}

/// A short block under a heading that is a link elsewhere: one is an article's own title, several are a list of others.
fn is_teaser(dom: &Dom, id: Id) -> bool {
    const LONGEST: usize = 600;
    const MOST_NODES: usize = 100;
    if !matches!(dom.tag(id), "div" | "li" | "section" | "article" | "td") {
        return false;
    }
    let (mut heading, mut length) = (None, 0);
    for (seen, below) in dom.below(id).enumerate() {
        if heading.is_none() && matches!(dom.tag(below), "h2" | "h3" | "h4" | "h5" | "h6") {
            heading = Some(below);
        }
        length += dom.pieces(below).iter().map(|p| p.text.trim().len()).sum::<usize>();
        if length > LONGEST || seen > MOST_NODES {
            return false;
        }
    }
    let Some(heading) = heading else { return false };
    let all = dom.text(heading).trim().len();
    let link = dom.below(heading).chain(dom.parent(heading)).find(|n| dom.tag(*n) == "a");
    all > 0
        && link.is_some_and(|a| {
            let target = dom.attribute(a, "href");
            !target.is_empty() && !target.starts_with('#') && dom.text(a).trim().len() >= all
        })
}

fn is_readers_heading(dom: &Dom, id: Id) -> bool {
    if !matches!(dom.tag(id), "h2" | "h3" | "h4" | "h5" | "h6") {
        return false;
    }
    let text: String = dom.text(id).chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    READERS_WRITE.contains(&text.as_str())
}
