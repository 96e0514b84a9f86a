//! The text of an article that a page holds only as data: `articleBody` of its JSON-LD (schema.org).
//!
//! Pages that are put together in the browser, and some behind a wall, print a teaser or nothing and keep the whole text
//! in a script. Every byte of it is traced to the script, escapes and all.

use super::Page;
use super::dom::{DOCUMENT, Dom, Id};
use super::linear::push_piece;
use super::measures::Witness;
use super::skip;
use rashomon_model::{OriginPiece, Span};

/// The first `articleBody` of the page as lines of text; of a live report those of all its entries. Markup inside it is read
/// as a page of its own.
pub(crate) fn body(dom: &Dom) -> Option<(String, Page)> {
    let scripts = dom.below(DOCUMENT).filter(|id| dom.tag(*id) == "script");
    let linked = scripts.filter(|id| dom.attribute(*id, "type").to_ascii_lowercase().contains("ld+json"));
    linked.into_iter().find_map(|id| {
        let written = Written::of(dom, id);
        let mut out = String::new();
        let mut page = Page::default();
        let entries = written.text.find(ENTRIES);
        let mut from = entries.unwrap_or(0);
        while let Some((value, end)) = string_of(&written.text, KEY, from) {
            from = end;
            append(&written, &value, &mut out, &mut page);
            if entries.is_none() {
                break;
            }
        }
        (!out.is_empty()).then_some((out, page))
    })
}

/// Adds one value, traced to the script it stood in, behind what there is.
fn append(written: &Written, value: &Unescaped, out: &mut String, page: &mut Page) {
    let (text, part) = if value.text.contains("</") || value.text.contains("<br") {
        let dom = super::dom::parse(&value.text);
        super::content::readable(&dom, &skip::survey(&dom), &Witness::default(), &super::trees::SHIPPED)
    } else {
        lines(&value.text)
    };
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let base = out.len();
    for it in part.pieces.iter().flat_map(|p| value.parts_in(p)) {
        let (from, to) = (it.source.start(), it.source.end());
        let source = (written.source(from, false), written.source(to, true));
        push_piece(&mut page.pieces, base + it.text.start(), base + it.text.end(), source);
    }
    page.beside.extend(part.beside.iter().map(|s| Span::new(base + s.start(), base + s.end())));
    out.push_str(&text);
}

const KEY: &str = "\"articleBody\"";
const ENTRIES: &str = "\"liveBlogUpdate\"";

/// The text of a script and where its bytes stood in the page.
struct Written {
    text: String,
    /// Where each run begins in `text`, where it began and ended in the page.
    runs: Vec<(usize, usize, usize)>,
}

impl Written {
    fn of(dom: &Dom, script: Id) -> Self {
        let mut it = Self { text: String::new(), runs: Vec::new() };
        for piece in dom.below(script).flat_map(|id| dom.pieces(id)) {
            it.runs.push((it.text.len(), piece.start, piece.end));
            it.text.push_str(&piece.text);
        }
        it
    }

    /// The place in the page of an offset: that of its byte, or as an end, one past the byte before it.
    fn source(&self, offset: usize, end: bool) -> usize {
        let inside = if end { offset.saturating_sub(1) } else { offset };
        let n = self.runs.partition_point(|r| r.0 <= inside).saturating_sub(1);
        let Some(&(from, start, stop)) = self.runs.get(n) else { return 0 };
        (start + (offset - from)).min(stop)
    }
}

/// A JSON string with its escapes undone.
struct Unescaped {
    text: String,
    /// Stretches of `text` and the stretches of the script they were written as: as long as these, or one escape.
    parts: Vec<OriginPiece>,
}

impl Unescaped {
    /// The parts of a piece that points into the value, its source led on to the script.
    fn parts_in(&self, piece: &OriginPiece) -> Vec<OriginPiece> {
        let straight = piece.text.len() == piece.source.len();
        let from = self.parts.partition_point(|p| p.text.end() <= piece.source.start());
        let touched = self.parts[from..].iter().take_while(|p| p.text.start() < piece.source.end());
        let led = touched.map(|p| {
            let (start, end) = (p.text.start().max(piece.source.start()), p.text.end().min(piece.source.end()));
            let whole = p.text.len() != p.source.len();
            let shift = |at: usize| at - p.text.start() + p.source.start();
            let source = if whole { p.source } else { Span::new(shift(start), shift(end)) };
            let shift = |at: usize| at - piece.source.start() + piece.text.start();
            OriginPiece { text: if straight { Span::new(shift(start), shift(end)) } else { piece.text }, source }
        });
        let led: Vec<OriginPiece> = led.collect();
        if straight {
            return led;
        }
        // A character reference inside an escaped text: all that it was written as counts.
        let source = led.iter().map(|p| p.source).reduce(Span::cover);
        source.map(|source| OriginPiece { text: piece.text, source }).into_iter().collect()
    }
}

/// The string that follows the first `key` behind `from` in JSON, as far as it is well formed, and where it ends.
fn string_of(json: &str, key: &str, from: usize) -> Option<(Unescaped, usize)> {
    let mut from = from;
    let open = loop {
        let at = from + json.get(from..)?.find(key)? + key.len();
        let rest = json[at..].trim_ascii_start();
        let value = rest.strip_prefix(':').map(str::trim_ascii_start);
        match value {
            Some(it) if it.starts_with('"') => break json.len() - it.len() + 1,
            _ => from = at,
        }
    };
    let mut it = Unescaped { text: String::new(), parts: Vec::new() };
    let mut at = open;
    while let Some(c) = json[at..].chars().next() {
        let (shown, len) = match c {
            '"' => break,
            '\\' => escape(&json[at..])?,
            c => (c, c.len_utf8()),
        };
        let start = it.text.len();
        it.text.push(shown);
        push_piece(&mut it.parts, start, it.text.len(), (at, at + len));
        at += len;
    }
    Some((it, at))
}

/// The character that an escape at the start of `json` stands for, and the bytes it takes (RFC 8259, section 7).
fn escape(json: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u16::from_str_radix(json.get(at..at + 4)?, 16).ok();
    let shown = match json.as_bytes().get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' | b'f' => ' ',
        b'u' => {
            let first = unit(2)?;
            let second = (json.get(6..8) == Some("\\u")).then(|| unit(8)).flatten();
            return match char::decode_utf16([Some(first), second].into_iter().flatten()).next()? {
                Ok(c) => Some((c, if c.len_utf16() == 2 { 12 } else { 6 })),
                Err(_) => Some((char::REPLACEMENT_CHARACTER, 6)),
            };
        }
        _ => {
            let c = json[1..].chars().next()?;
            return Some((c, 1 + c.len_utf8()));
        }
    };
    Some((shown, 2))
}

/// Text without markup, its lines trimmed, blank ones left out.
fn lines(value: &str) -> (String, Page) {
    let mut text = String::new();
    let mut page = Page::default();
    let mut at = 0;
    for line in value.split_inclusive(['\n', '\r']) {
        let words = line.trim();
        if !words.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            let from = at + (line.len() - line.trim_start().len());
            let start = text.len();
            text.push_str(words);
            let piece = OriginPiece { text: Span::new(start, text.len()), source: Span::new(from, from + words.len()) };
            page.pieces.push(piece);
        }
        at += line.len();
    }
    (text, page)
}
