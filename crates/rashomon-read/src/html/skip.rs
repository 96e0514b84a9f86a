//! Which parts of a page stand beside any article by their shape: teasers of other articles, and what readers wrote.
//!
//! The counts below were chosen on `tests/pages`.

use super::dom::{DOCUMENT, Dom, Id};
use rashomon_language::{Fact, WordSet};

/// Headings, less their digits and marks, under which readers write.
static READERS_WRITE: WordSet = WordSet::english(Fact::PageFurniture, "readers-write");

/// All nodes of a page in order, and for every node what it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    pub(crate) order: Vec<Id>,
    /// One of several short blocks under linked headings.
    pub(crate) teaser: Vec<bool>,
    /// Below a heading under which readers write, or in a container named for their comments.
    pub(crate) replies: Vec<bool>,
    /// In a link around a heading and whatever else it holds: another article's card.
    pub(crate) card: Vec<bool>,
}

/// What stands beside the article, by its shape. Nothing that holds an `h1` does.
pub(crate) fn survey(dom: &Dom) -> Beside {
    let order: Vec<Id> = dom.below(DOCUMENT).collect();
    let mut headline = vec![false; dom.len()];
    for &id in order.iter().filter(|id| dom.tag(**id) == "h1") {
        let mut at = Some(id);
        while let Some(up) = at.filter(|up| !headline[*up]) {
            headline[up] = true;
            at = dom.parent(up);
        }
    }
    let none = || vec![false; dom.len()];
    let mut it = Beside { order: Vec::new(), teaser: none(), replies: none(), card: none() };
    mark_cards(dom, &order, &headline, &mut it.card);
    for &id in &order {
        if let Some(parent) = dom.parent(id) {
            it.teaser[id] |= it.teaser[parent];
            it.replies[id] |= it.replies[parent];
            it.card[id] |= it.card[parent];
        }
        it.replies[id] |= !headline[id] && is_named_for_replies(dom, id);
        if it.replies[id] || dom.children(id).is_empty() {
            continue;
        }
        let teasers: Vec<Id> =
            dom.children(id).iter().copied().filter(|c| !headline[*c] && is_teaser(dom, *c)).collect();
        if teasers.len() > 1 {
            teasers.into_iter().for_each(|c| it.teaser[c] = true);
        }
        let replies = dom.children(id).iter().position(|c| is_readers_heading(dom, *c));
        for &reply in replies.map_or(&[][..], |at| &dom.children(id)[at..]) {
            it.replies[reply] |= !headline[reply];
        }
    }
    it.order = order;
    it
}

/// Whether a container calls itself a comment (`itemtype="https://schema.org/Comment"`) or a list of comments:
/// `id="comments"`, `class="comment-list"`.
fn is_named_for_replies(dom: &Dom, id: Id) -> bool {
    if is_reply(dom, id) {
        return true;
    }
    if !matches!(dom.tag(id), "div" | "section" | "aside" | "ol" | "ul" | "article") {
        return false;
    }
    let named = |value: &str| {
        value.split_ascii_whitespace().any(|name| {
            let name = name.to_ascii_lowercase();
            matches!(
                name.as_str(),
                "comments"
                    | "comment-list"
                    | "commentlist"
                    | "comments-area"
                    | "comments-section"
                    | "comment-section"
                    | "comments-list"
                    | "commentarea"
                    | "reader-comments"
                    | "disqus_thread"
                    | "respond"
                    | "responses"
            )
        })
    };
    named(dom.attribute(id, "id")) || named(dom.attribute(id, "class"))
}

/// Whether an element is marked as a reader's comment.
pub(crate) fn is_reply(dom: &Dom, id: Id) -> bool {
    dom.attribute(id, "itemtype").ends_with("Comment")
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

/// Marks the links around the headings of `order`: cards of other articles, unless they hold an `h1`.
fn mark_cards(dom: &Dom, order: &[Id], headline: &[bool], card: &mut [bool]) {
    /// How far up the link may be.
    const LEVELS: usize = 8;
    let is_link = |id: &Id| dom.tag(*id) == "a" && !matches!(dom.attribute(*id, "href").as_bytes(), [] | [b'#', ..]);
    for &id in order.iter().filter(|id| matches!(dom.tag(**id), "h2" | "h3" | "h4" | "h5")) {
        let above = std::iter::successors(dom.parent(id), |up| dom.parent(*up));
        if let Some(link) = above.take(LEVELS).find(is_link).filter(|link| !headline[*link]) {
            card[link] = true;
        }
    }
}

fn is_readers_heading(dom: &Dom, id: Id) -> bool {
    matches!(dom.tag(id), "h2" | "h3" | "h4" | "h5" | "h6" | "summary") && readers_write(&dom.text(id))
}

/// Whether a heading says that readers write below it.
pub(crate) fn readers_write(heading: &str) -> bool {
    const LONGEST: usize = 60;
    if heading.len() > LONGEST {
        return false;
    }
    let text: String = heading.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    READERS_WRITE.contains(text.as_str())
}
