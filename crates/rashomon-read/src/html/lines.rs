//! Which lines of text a page has, whatever they are: runs of text nodes that one block holds and no break parts.

use super::dom::{DOCUMENT, Dom, Id};
use super::linear::opens_block;

/// One line of a page.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The text nodes, in order.
    pub(crate) nodes: Vec<Id>,
    /// The block that holds them.
    pub(crate) block: Id,
    /// The text, white space as single spaces.
    pub(crate) text: String,
    pub(crate) words: usize,
    /// How many of the words stand in links.
    pub(crate) linked: usize,
}

/// Elements whose text is never shown as running text.
const UNREAD: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "head", "button", "select", "textarea", "iframe",
    "object", "embed", "canvas", "audio", "video", "input", "datalist", "map", "progress", "option", "title",
];

/// Which of the nodes, in document order, are never read, and the lines of the others.
pub(crate) fn lines(dom: &Dom, order: &[Id]) -> (Vec<bool>, Vec<Line>) {
    let mut unread = vec![false; dom.len()];
    let mut block = vec![DOCUMENT; dom.len()];
    let mut link = vec![false; dom.len()];
    let mut lines: Vec<Line> = Vec::new();
    let mut broken = true;
    for &id in order {
        let parent = dom.parent(id).unwrap_or(DOCUMENT);
        let tag = dom.tag(id);
        unread[id] = unread[parent] || UNREAD.contains(&tag);
        block[id] = if opens_block(dom, id) { id } else { block[parent] };
        link[id] = link[parent] || tag == "a" && !dom.attribute(id, "href").is_empty();
        broken |= tag == "br" || tag == "hr";
        if unread[id] || dom.pieces(id).is_empty() {
            continue;
        }
        let blank = dom.pieces(id).iter().all(|p| p.text.bytes().all(|b| b.is_ascii_whitespace()));
        if blank {
            if let Some(line) = lines.last_mut().filter(|l| !broken && l.block == block[id] && !l.text.ends_with(' ')) {
                line.text.push(' ');
                line.nodes.push(id);
            }
            continue;
        }
        if broken || lines.last().is_none_or(|l| l.block != block[id]) {
            lines.push(Line { nodes: Vec::new(), block: block[id], text: String::new(), words: 0, linked: 0 });
        }
        broken = false;
        let Some(line) = lines.last_mut() else { continue };
        line.nodes.push(id);
        for piece in dom.pieces(id) {
            for part in piece.text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
                let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace());
                line.text.push_str(word);
                let words = usize::from(!word.is_empty()) + wide(word) / 2;
                line.words += words;
                line.linked += if link[id] { words } else { 0 };
                if word.len() < part.len() && !line.text.is_empty() && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
            }
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
    }
    (unread, lines)
}

/// Letters of scripts that write no spaces: two of them count as a word.
fn wide(word: &str) -> usize {
    word.chars()
        .filter(|c| matches!(u32::from(*c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x3040..=0x30FF | 0x3400..=0x9FFF))
        .count()
}
