//! Which part of a page is the article, as text.
//!
//! Scoring follows Readability (Arc90 2010; Mozilla's readability.js): paragraphs vote for their parents by length and commas,
//! links and telling class names vote against. The best container, with the siblings that score like it, is the article.
//! The headline and visible datelines between it and the article come before it. `docs/html-extraction.md` has the
//! comparison with extractor crates.

use super::Page;
use super::dom::{DOCUMENT, Dom, Id};
use super::linear::linear;
use super::skip::{class_and_id, survey};

/// The readable text of a page, one block a line, and where it came from.
pub(crate) fn readable(dom: &Dom) -> (String, Page) {
    let (skipped, order) = survey(dom);
    let mut chosen = vec![false; dom.len()];
    let container = best_container(dom, &skipped, &order, &mut chosen);
    let first = container.and_then(|c| dom.below(c).find(|id| chosen[*id] && !dom.pieces(*id).is_empty()));
    if let Some(headline) = headline(dom, &skipped, &order) {
        dom.below(headline).for_each(|id| chosen[id] = true);
        // Datelines, bylines and key points between headline and article.
        let from = order.iter().position(|id| *id == headline).unwrap_or(0);
        let to = first.and_then(|f| order.iter().position(|id| *id == f)).unwrap_or(from);
        for &id in order.get(from..to.max(from)).unwrap_or_default() {
            if !skipped[id] && (tells_of_article(dom, id) || lists_points(dom, id)) && length(dom, id, &skipped) < 600 {
                dom.below(id).for_each(|id| chosen[id] = true);
            }
        }
    }
    linear(dom, &skipped, &chosen, &order)
}

/// Whether an element above the article holds its date, its authors or its summary.
fn tells_of_article(dom: &Dom, id: Id) -> bool {
    const NAMES: [&str; 12] = [
        "byline",
        "author",
        "dateline",
        "timestamp",
        "publish",
        "pub-date",
        "updated",
        "date",
        "standfirst",
        "subtitle",
        "dek",
        "summary",
    ];
    let names = class_and_id(dom, id);
    matches!(dom.tag(id), "time" | "address") || NAMES.iter().any(|n| names.contains(n))
}

/// Whether an element is a list of sentences without links, as key points are.
fn lists_points(dom: &Dom, id: Id) -> bool {
    let mut items = dom.children(id).iter().filter(|c| dom.tag(**c) == "li").peekable();
    matches!(dom.tag(id), "ul" | "ol")
        && items.peek().is_some()
        && items.all(|item| dom.text(*item).trim().len() > 20 && dom.below(*item).all(|n| dom.tag(n) != "a"))
}

/// The main headline: the longest `h1` outside of what is skipped, the first of equals.
pub(crate) fn headline(dom: &Dom, skipped: &[bool], order: &[Id]) -> Option<Id> {
    let found = order.iter().copied().filter(|id| dom.tag(*id) == "h1" && !skipped[*id]);
    found
        .map(|id| (length(dom, id, skipped), id))
        .filter(|(n, _)| (8..400).contains(n))
        .max_by_key(|(n, id)| (*n, usize::MAX - id))
        .map(|(_, id)| id)
}

/// Characters of text below `id` that are not skipped, white space counted once.
fn length(dom: &Dom, id: Id, skipped: &[bool]) -> usize {
    dom.below(id)
        .filter(|n| !skipped[*n])
        .flat_map(|n| dom.pieces(n))
        .map(|p| p.text.split_whitespace().map(|w| w.len() + 1).sum::<usize>())
        .sum()
}

/// Chooses the article's nodes; gives the container.
fn best_container(dom: &Dom, skipped: &[bool], order: &[Id], chosen: &mut [bool]) -> Option<Id> {
    // Length of text and of linked text below each node, from the leaves up.
    let mut text = vec![0_usize; dom.len()];
    let mut linked = vec![0_usize; dom.len()];
    let mut commas = vec![0_usize; dom.len()];
    for &id in order.iter().rev() {
        if skipped[id] {
            continue;
        }
        for piece in dom.pieces(id) {
            text[id] += piece.text.split_whitespace().map(|w| w.len() + 1).sum::<usize>();
            commas[id] += piece.text.matches([',', '，', '、']).count();
        }
        if dom.tag(id) == "a" {
            linked[id] = text[id];
        }
        if let Some(parent) = dom.parent(id) {
            text[parent] += text[id];
            linked[parent] += linked[id];
            commas[parent] += commas[id];
        }
    }
    // Points in hundredths, so that no float decides a tie.
    let mut score = vec![0_usize; dom.len()];
    for &id in order {
        if skipped[id] || text[id] < 25 || !is_paragraph(dom, id) {
            continue;
        }
        // Running text has a comma in forty characters at most; more are a list of figures.
        let points = 100 + 100 * commas[id].min(text[id] / 40) + text[id].min(300);
        let points = points * (text[id] - linked[id].min(text[id])) / text[id];
        let Some(parent) = dom.parent(id) else { continue };
        score[parent] += points;
        if let Some(grand) = dom.parent(parent) {
            score[grand] += points / 2;
        }
    }
    // The place in the page of the last node below each, for what ends above the headline.
    let mut last = vec![0_usize; dom.len()];
    for (place, &id) in order.iter().enumerate().rev() {
        last[id] = last[id].max(place);
        if let Some(parent) = dom.parent(id) {
            last[parent] = last[parent].max(last[id]);
        }
    }
    let headline = headline(dom, skipped, order).and_then(|h| order.iter().position(|id| *id == h));
    let above = |id: Id| headline.is_some_and(|h| last[id] < h);
    let telling = |id: Id| {
        let names = class_and_id(dom, id);
        let itself = dom.tag(id) == "article" || dom.attribute(id, "itemprop").eq_ignore_ascii_case("articlebody");
        itself
            || [
                "article-body",
                "articlebody",
                "story-body",
                "storybody",
                "entry-content",
                "post-content",
                "article__body",
                "article-content",
            ]
            .iter()
            .any(|n| names.contains(n))
    };
    let weighed = |id: Id| {
        let free = text[id] - linked[id].min(text[id]);
        let points = score[id] * free / text[id].max(1);
        // Consent walls, alerts and teasers stand above the headline, articles below it.
        let points = if above(id) { points / 4 } else { points };
        if telling(id) { points + points / 4 + 25 } else { points }
    };
    let best = order
        .iter()
        .copied()
        .filter(|id| score[*id] > 0 && !skipped[*id])
        .max_by_key(|id| (weighed(*id), usize::MAX - id));
    let Some(best) = best else {
        // No paragraphs at all: all that is not skipped.
        let all = order.iter().copied().filter(|id| !skipped[*id]);
        all.for_each(|id| chosen[id] = true);
        return Some(DOCUMENT);
    };
    // Text split over siblings, by advertisements or sections, belongs together: from a fifth of the score of the best upward.
    let mut container = dom.parent(best).filter(|p| !dom.tag(*p).is_empty()).unwrap_or(best);
    let mut heads = vec![best];
    let peers: Vec<Id> = order
        .iter()
        .copied()
        .filter(|id| score[*id] > 0 && !skipped[*id] && weighed(*id) * 3 >= weighed(best))
        .collect();
    if let Some(shared) = wrapper_of_wrappers(dom, best, &peers) {
        // A wrapper around each paragraph: the children that hold a paragraph of the same kind are the article.
        let names = class_and_id(dom, child_towards(dom, shared, best));
        let alike = |id: &Id| class_and_id(dom, *id) == names && !skipped[*id];
        heads = dom.children(shared).iter().copied().filter(alike).collect();
        container = shared;
    }
    let mut kept = heads.clone();
    for &sibling in dom.children(container) {
        let alike = weighed(sibling) * 5 >= weighed(best) && score[sibling] > 0;
        let paragraph =
            matches!(dom.tag(sibling), "p" | "blockquote") && text[sibling] > 80 && linked[sibling] * 4 < text[sibling];
        let figure = dom.tag(sibling) == "figure" && text[sibling] < 600;
        if !heads.contains(&sibling) && !skipped[sibling] && (alike || paragraph || figure) {
            kept.push(sibling);
        }
    }
    for root in kept {
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            if skipped[id] {
                continue;
            }
            // A block that is nearly all links is a list of other articles.
            let links = matches!(dom.tag(id), "ul" | "ol" | "div" | "section" | "table" | "tr" | "td")
                && linked[id] * 10 > text[id] * 7
                && text[id] > 0;
            if links {
                continue;
            }
            chosen[id] = true;
            open.extend(dom.children(id));
        }
    }
    Some(container)
}

/// The element whose children each wrap a container that scores like the best, where three or more of one name do.
fn wrapper_of_wrappers(dom: &Dom, best: Id, peers: &[Id]) -> Option<Id> {
    const DEEPEST_WRAPPER: usize = 3;
    let ancestors = std::iter::successors(dom.parent(best), |id| dom.parent(*id)).take(DEEPEST_WRAPPER);
    ancestors.skip(1).filter(|id| !dom.tag(*id).is_empty()).find(|&shared| {
        let names = class_and_id(dom, child_towards(dom, shared, best));
        let mut wrapped: Vec<Id> = peers
            .iter()
            .filter(|peer| {
                std::iter::successors(dom.parent(**peer), |id| dom.parent(*id))
                    .take(DEEPEST_WRAPPER)
                    .any(|a| a == shared)
            })
            .map(|peer| child_towards(dom, shared, *peer))
            .filter(|child| class_and_id(dom, *child) == names)
            .collect();
        wrapped.sort_unstable();
        wrapped.dedup();
        wrapped.len() >= 3
    })
}

/// The child of `ancestor` that holds `id`, or `id` itself.
fn child_towards(dom: &Dom, ancestor: Id, id: Id) -> Id {
    std::iter::successors(Some(id), |at| dom.parent(*at)).take_while(|at| *at != ancestor).last().unwrap_or(id)
}

/// A block of running text: a paragraph, or a division with text of its own.
fn is_paragraph(dom: &Dom, id: Id) -> bool {
    match dom.tag(id) {
        "p" | "pre" | "blockquote" | "li" | "td" => true,
        "div" | "section" | "article" => {
            let own: usize = dom.children(id).iter().flat_map(|c| dom.pieces(*c)).map(|p| p.text.trim().len()).sum();
            own > 60
        }
        _ => false,
    }
}
