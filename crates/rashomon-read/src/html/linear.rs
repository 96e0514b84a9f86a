//! The chosen parts of a page as lines of text, and where each stretch of it stood.

use super::Page;
use super::dom::{DOCUMENT, Dom, Id};
use rashomon_model::{OriginPiece, Span};

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

/// Whether an element stands on lines of its own: a block, or one that its style makes one; a time inside a sentence does not.
pub(crate) fn opens_block(dom: &Dom, id: Id) -> bool {
    match dom.tag(id) {
        "span" => {
            let style = dom.attribute(id, "style");
            style.contains("display:block") || style.contains("display: block")
        }
        "time" => !is_in_sentence(dom, id),
        tag => is_block(tag),
    }
}

/// Whether an element stands among the words of a sentence: `The first ferry sank on <time>March 4, 1998</time>, when …`
pub(crate) fn is_in_sentence(dom: &Dom, id: Id) -> bool {
    /// Words around it that make a sentence.
    const WORDS: usize = 5;
    /// Parts of a sentence; what has more is none.
    const PARTS: usize = 40;
    let Some(around) = dom.parent(id).filter(|up| matches!(dom.tag(*up), "p" | "span" | "em" | "strong" | "li")) else {
        return false;
    };
    if dom.children(around).len() > PARTS {
        return false;
    }
    let small = |text: &str| text.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
    let whole = dom.text(around);
    // "Posted by Ada Lund on May 6, 2031 from the quay."
    let labelled = crate::dateline::opens_date(whole.trim_start());
    !labelled && whole.trim_end().ends_with(['.', '!', '?', '”', '"']) && small(&whole) >= small(&dom.text(id)) + WORDS
}

/// The chosen text in document order: blocks on lines of their own, white space as single spaces.
/// `margin` marks text nodes that are no part of the account.
pub(crate) fn linear(dom: &Dom, skipped: &[bool], chosen: &[bool], margin: &[bool], order: &[Id]) -> (String, Page) {
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
        block[id] = if opens_block(dom, id) { id } else { block[parent] };
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
                if caption[id] || margin[id] {
                    match page.beside.last_mut().filter(|c| {
                        block[id] == last
                            && c.end() < start + 2
                            && start - c.end() <= 1
                            && !text[c.end()..start].contains('\n')
                    }) {
                        Some(held) => *held = Span::new(held.start(), text.len()),
                        None => page.beside.push(Span::new(start, text.len())),
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
pub(crate) fn push_piece(pieces: &mut Vec<OriginPiece>, start: usize, end: usize, source: (usize, usize)) {
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
