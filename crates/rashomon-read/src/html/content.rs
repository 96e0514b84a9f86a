//! Which part of a page is the article, as text.
//!
//! Scoring follows Readability (Arc90 2010; Mozilla's readability.js): paragraphs vote for their parents by length and commas,
//! links and telling class names vote against. The best container, with the siblings that score like it, is the article.
//! The headline and visible datelines between it and the article come before it. `docs/html-extraction.md` has the
//! comparison with extractor crates.

use super::Page;
use super::dom::{DOCUMENT, Dom, Id};
use rashomon_model::{OriginPiece, Span};

/// The readable text of a page, one block a line, and where it came from.
pub(crate) fn readable(dom: &Dom) -> (String, Page) {
    let (skipped, order) = survey(dom);
    let mut chosen = vec![false; dom.len()];
    let container = best_container(dom, &skipped, &order, &mut chosen);
    let first = container.and_then(|c| dom.below(c).find(|id| chosen[*id] && !dom.pieces(*id).is_empty()));
    if let Some(headline) = headline(dom, &skipped, &order) {
        dom.below(headline).for_each(|id| chosen[id] = true);
        // Datelines and bylines between headline and article.
        let from = order.iter().position(|id| *id == headline).unwrap_or(0);
        let to = first.and_then(|f| order.iter().position(|id| *id == f)).unwrap_or(from);
        for &id in order.get(from..to.max(from)).unwrap_or_default() {
            let telling = matches!(dom.tag(id), "time" | "address") || {
                let names = class_and_id(dom, id);
                [
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
                ]
                .iter()
                .any(|n| names.contains(n))
            };
            if telling && !skipped[id] && length(dom, id, &skipped) < 400 {
                dom.below(id).for_each(|id| chosen[id] = true);
            }
        }
    }
    linear(dom, &skipped, &chosen, &order)
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

fn class_and_id(dom: &Dom, id: Id) -> String {
    let mut names = dom.attribute(id, "class").to_ascii_lowercase();
    names.push(' ');
    names.push_str(&dom.attribute(id, "id").to_ascii_lowercase());
    names
}

/// For every node whether it is never text of an article, and all nodes in document order.
pub(crate) fn survey(dom: &Dom) -> (Vec<bool>, Vec<Id>) {
    let order: Vec<Id> = dom.below(DOCUMENT).collect();
    let mut skipped = vec![false; dom.len()];
    for &id in &order {
        skipped[id] = dom.parent(id).is_some_and(|p| skipped[p]) || is_skipped(dom, id);
    }
    (skipped, order)
}

fn is_skipped(dom: &Dom, id: Id) -> bool {
    let tag = dom.tag(id);
    if tag.is_empty() {
        return false;
    }
    if matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "head"
            | "nav"
            | "footer"
            | "form"
            | "button"
            | "select"
            | "textarea"
            | "iframe"
            | "object"
            | "embed"
            | "canvas"
            | "audio"
            | "video"
            | "dialog"
            | "menu"
            | "input"
            | "aside"
    ) {
        return true;
    }
    let hidden = dom.attribute(id, "aria-hidden") == "true"
        || !dom.attribute(id, "hidden").is_empty()
        || dom.attribute(id, "style").replace(' ', "").contains("display:none")
        || matches!(
            dom.attribute(id, "role"),
            "navigation" | "complementary" | "dialog" | "menu" | "banner" | "search" | "alert"
        );
    if hidden {
        return true;
    }
    if matches!(tag, "html" | "body" | "article" | "main" | "h1" | "p") {
        return false;
    }
    const NOISE: [&str; 42] = [
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
    ];
    let names = class_and_id(dom, id);
    names.len() > 1
        && NOISE.iter().any(|n| names.contains(n))
        && !names.contains("article-body")
        && !names.contains("story-body")
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
        let points = 100 + 100 * commas[id] + (text[id]).min(300);
        let points = points * (text[id] - linked[id].min(text[id])) / text[id];
        let Some(parent) = dom.parent(id) else { continue };
        score[parent] += points;
        if let Some(grand) = dom.parent(parent) {
            score[grand] += points / 2;
        }
    }
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
    // Text split over siblings, by advertisements or sections, belongs together: from half the score of the best upward.
    let container = dom.parent(best).filter(|p| !dom.tag(*p).is_empty()).unwrap_or(best);
    let mut kept = vec![best];
    for &sibling in dom.children(container) {
        let alike = weighed(sibling) * 5 >= weighed(best) && score[sibling] > 0;
        let paragraph =
            matches!(dom.tag(sibling), "p" | "blockquote") && text[sibling] > 80 && linked[sibling] * 4 < text[sibling];
        let figure = dom.tag(sibling) == "figure" && text[sibling] < 600;
        if sibling != best && !skipped[sibling] && (alike || paragraph || figure) {
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

fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "br"
            | "hr"
            | "address"
            | "body"
            | "html"
            | "details"
            | "summary"
            | "center"
            | "time"
    )
}

/// The chosen text in document order: blocks on lines of their own, white space as single spaces.
fn linear(dom: &Dom, skipped: &[bool], chosen: &[bool], order: &[Id]) -> (String, Page) {
    let mut text = String::new();
    let mut page = Page::default();
    // Which block an inline run belongs to: a new line where it changes.
    let mut block = vec![DOCUMENT; dom.len()];
    let mut caption = vec![false; dom.len()];
    let mut last = usize::MAX;
    let mut broken = false;
    let mut space = false;
    for &id in order {
        let parent = dom.parent(id).unwrap_or(DOCUMENT);
        let tag = dom.tag(id);
        block[id] = if is_block(tag) { id } else { block[parent] };
        caption[id] = tag == "figcaption" || caption[parent];
        broken |= tag == "br" || tag == "hr";
        if !chosen[id] || skipped[id] || dom.pieces(id).is_empty() {
            continue;
        }
        for piece in dom.pieces(id) {
            let exact = piece.end - piece.start == piece.text.len();
            let mut at = 0;
            for part in piece.text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace());
                if word.is_empty() {
                    space = true;
                    at += part.len();
                    continue;
                }
                if text.is_empty() {
                } else if block[id] != last || broken {
                    text.push('\n');
                } else if space {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(word);
                let source =
                    if exact { (piece.start + at, piece.start + at + word.len()) } else { (piece.start, piece.end) };
                push_piece(&mut page.pieces, start, text.len(), source);
                if caption[id] {
                    match page
                        .captions
                        .last_mut()
                        .filter(|c| block[id] == last && c.end() < start + 2 && start - c.end() <= 1)
                    {
                        Some(held) => *held = Span::new(held.start(), text.len()),
                        None => page.captions.push(Span::new(start, text.len())),
                    }
                }
                last = block[id];
                broken = false;
                space = word.len() < part.len();
                at += part.len();
            }
        }
    }
    (text, page)
}

/// Adds a piece, joined with the one before where both sides run on with one space between or none.
fn push_piece(pieces: &mut Vec<OriginPiece>, start: usize, end: usize, source: (usize, usize)) {
    if let Some(last) = pieces.last_mut() {
        let (gap, apart) = (start - last.text.end(), source.0.wrapping_sub(last.source.end()));
        let straight = last.text.len() == last.source.len() && end - start == source.1.saturating_sub(source.0);
        if straight && gap == apart && gap <= 1 {
            *last = OriginPiece {
                text: Span::new(last.text.start(), end),
                source: Span::new(last.source.start(), source.1),
            };
            return;
        }
    }
    pieces.push(OriginPiece { text: Span::new(start, end), source: Span::new(source.0, source.1.max(source.0)) });
}
