//! A page as a tree whose text knows where in the page it stood.
//!
//! html5ever (the parser of the WHATWG HTML standard) does not say where text stood. It is therefore fed in pieces that begin
//! at `<`, `&` and carriage returns and end behind `>` and `;`: text that arrives during a piece is found again in it.
//! The tree is an arena, and nothing here or above recurses, so that nesting costs no stack.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Pages nested deeper than this are read up to there: the standard's algorithm is quadratic in the depth.
pub(crate) const DEEPEST: usize = 12_000;

/// Elements around a node that are looked at.
const FAR_UP: usize = 512;

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    /// Whether the page was nested too deep to be read to its end.
    pub(crate) cut: bool,
}

/// A node of the tree, by its index.
pub(crate) type Id = usize;

#[derive(Debug, Default)]
struct Node {
    parent: Option<Id>,
    children: Vec<Id>,
    element: Option<(QualName, Vec<Attribute>)>,
    text: Vec<Piece>,
    depth: usize,
}

/// A run of text and the bytes of the page it came from.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Dom {
    /// The tag of an element, in lower case; empty for text and the document.
    pub(crate) fn tag(&self, id: Id) -> &str {
        self.nodes[id].element.as_ref().map_or("", |(name, _)| &*name.local)
    }

    /// An attribute's value; empty if there is none.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> &str {
        let attributes = self.nodes[id].element.as_ref().map_or(&[][..], |(_, attributes)| attributes);
        attributes.iter().find(|a| &*a.name.local == name).map_or("", |a| &*a.value)
    }

    /// What an element is called, in lower case: its classes, its identifier, and how systems name parts of a page for their
    /// tests and scripts.
    pub(crate) fn called(&self, id: Id) -> String {
        let names = ["class", "id", "data-testid", "data-component", "data-hook"];
        names.map(|name| self.attribute(id, name).to_ascii_lowercase()).join(" ")
    }

    /// Whether an attribute is there, with a value or without.
    pub(crate) fn has_attribute(&self, id: Id, name: &str) -> bool {
        let attributes = self.nodes[id].element.as_ref().map_or(&[][..], |(_, attributes)| attributes);
        attributes.iter().any(|a| &*a.name.local == name)
    }

    pub(crate) fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// A node and those it stands in, from the inside. Where a page is nested deeper than browsers lay out (Blink: 512), what lies
    /// farther up tells nothing of it any more.
    pub(crate) fn above(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(id), |id| self.parent(*id)).take(FAR_UP)
    }

    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent
    }

    /// The runs of a text node.
    pub(crate) fn pieces(&self, id: Id) -> &[Piece] {
        &self.nodes[id].text
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// All nodes below `root` and itself, in document order.
    pub(crate) fn below(&self, root: Id) -> impl Iterator<Item = Id> {
        let mut open = vec![root];
        std::iter::from_fn(move || {
            let id = open.pop()?;
            open.extend(self.children(id).iter().rev());
            Some(id)
        })
    }

    /// All text below `root`, as written.
    pub(crate) fn text(&self, root: Id) -> String {
        self.below(root).flat_map(|id| self.pieces(id)).map(|p| p.text.as_str()).collect()
    }
}

/// The root of every tree.
pub(crate) const DOCUMENT: Id = 0;

/// Attributes of one element that are read: the parser holds each against all before it.
const ATTRIBUTES: usize = 256;

/// A page in which overlong tags are blank from their last attribute that is read on; every byte keeps its place.
fn bounded(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut blank: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        // What stands in a script is no tag.
        if let Some(raw) = ["script", "style"].into_iter().find(|it| named(bytes, at, it)) {
            at = closed(bytes, at, raw);
            continue;
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (last, end) = attributes(bytes, at);
        if last < end {
            blank.push(last..end);
        }
        at = end;
    }
    if blank.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut out = html.to_owned().into_bytes();
    blank.into_iter().for_each(|it| out[it].fill(b' '));
    // Attributes begin and end at ASCII bytes, so that no character is cut.
    String::from_utf8(out).map_or(Cow::Borrowed(html), Cow::Owned)
}

/// Whether the tag whose name begins at `at` is a `name`.
fn named(bytes: &[u8], at: usize, name: &str) -> bool {
    bytes.get(at..at + name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()))
}

/// Where the element `name` that is open at `at` is closed.
fn closed(bytes: &[u8], mut at: usize, name: &str) -> usize {
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        at += found + 2;
        if named(bytes, at, name) {
            return at;
        }
    }
    bytes.len()
}

/// Where the last attribute that is read ends in a tag whose name begins at `at`, and where the tag does.
fn attributes(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let (mut count, mut last) = (0, None);
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => break,
            b'=' => {
                at += 1 + bytes[at + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
                at = match bytes.get(at) {
                    Some(quote @ (b'"' | b'\'')) => {
                        memchr::memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |end| at + 1 + end + 1)
                    }
                    _ => at + bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count(),
                };
            }
            b if b.is_ascii_whitespace() => {
                count += 1;
                if count > ATTRIBUTES {
                    last.get_or_insert(at);
                }
                at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            }
            _ => at += 1,
        }
    }
    (last.unwrap_or(at), at)
}

/// Parses a page, whole or cut.
pub(crate) fn parse(html: &str) -> Dom {
    let html = &*bounded(html);
    /// Bytes of a page for each of its nodes, where they are many.
    const BYTES: usize = 40;
    let mut nodes = Vec::with_capacity(1 + html.len() / BYTES);
    nodes.push(Node::default());
    let sink = Sink {
        nodes: RefCell::new(nodes),
        html,
        now: Cell::new((0, 0)),
        before: Cell::new((0, 0)),
        found: Cell::new(0),
        deepest: Cell::new(0),
        owed: Cell::new(None),
    };
    let mut parser = html5ever::parse_document(sink, ParseOpts::default());
    let mut cut = false;
    for (start, end) in stretches(html) {
        let sink = &parser.tokenizer.sink.sink;
        if sink.deepest.get() > DEEPEST {
            cut = true;
            break;
        }
        let (before, until) = sink.now.get();
        // The text of a character reference may arrive only with what follows it.
        if html[before..until].starts_with('&') && sink.found.get() == before {
            sink.owed.set(Some((before, until)));
        }
        sink.before.set((before, until));
        sink.now.set((start, end));
        sink.found.set(start);
        parser.process(StrTendril::from_slice(&html[start..end]));
    }
    Dom { nodes: parser.finish(), cut }
}

/// The stretches of a page that are fed one at a time.
fn stretches(html: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        if start >= bytes.len() {
            return None;
        }
        let next = |from: usize| memchr::memchr3(b'<', b'&', b'\r', &bytes[from..]).map_or(bytes.len(), |i| from + i);
        at = match bytes[start] {
            b'<' => memchr::memchr2(b'>', b'<', &bytes[start + 1..]).map_or(bytes.len(), |i| {
                let i = start + 1 + i;
                i + usize::from(bytes[i] == b'>')
            }),
            b'&' => {
                let limit = next(start + 1);
                memchr::memchr(b';', &bytes[start..limit.min(start + 40)]).map_or(limit, |i| start + i + 1)
            }
            b'\r' => start + 1,
            _ => next(start),
        };
        Some((start, at))
    })
}

struct Sink<'a> {
    nodes: RefCell<Vec<Node>>,
    html: &'a str,
    /// The stretch fed now, the one before, and how far the first has been found again.
    now: Cell<(usize, usize)>,
    before: Cell<(usize, usize)>,
    found: Cell<usize>,
    deepest: Cell<usize>,
    /// A character reference whose text has not arrived yet.
    owed: Cell<Option<(usize, usize)>>,
}

impl Sink<'_> {
    fn add(&self, node: Node) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    fn located(&self, text: &str) -> Piece {
        let (start, end) = self.now.get();
        let from = self.found.get().clamp(start, end);
        if let Some((start, end)) = self.owed.take()
            && !self.html.get(from..).is_some_and(|rest| rest.starts_with(text))
        {
            return Piece { text: text.to_owned(), start, end };
        }
        let ahead = self.html.get(from..end).and_then(|rest| {
            // Nearly all text stands right here; to look for it takes preparing.
            if rest.starts_with(text) { Some(0) } else { memchr::memmem::find(rest.as_bytes(), text.as_bytes()) }
        });
        if let Some(i) = ahead {
            self.found.set(from + i + text.len());
            return Piece { text: text.to_owned(), start: from + i, end: from + i + text.len() };
        }
        let (before, until) = self.before.get();
        if let Some(i) =
            self.html.get(before..until).and_then(|rest| memchr::memmem::rfind(rest.as_bytes(), text.as_bytes()))
        {
            return Piece { text: text.to_owned(), start: before + i, end: before + i + text.len() };
        }
        // Text that stood in a table where none may stand arrives when the table is closed.
        let mut near = end.saturating_sub(4096);
        while !self.html.is_char_boundary(near) {
            near -= 1;
        }
        if let Some(i) =
            self.html.get(near..end).and_then(|rest| memchr::memmem::rfind(rest.as_bytes(), text.as_bytes()))
        {
            return Piece { text: text.to_owned(), start: near + i, end: near + i + text.len() };
        }
        // A character reference: the whole of it stands for the text.
        self.found.set(end);
        Piece { text: text.to_owned(), start, end }
    }

    fn insert(&self, parent: Id, at: usize, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.remove_from_parent(&child);
                let mut nodes = self.nodes.borrow_mut();
                let at = at.min(nodes[parent].children.len());
                nodes[parent].children.insert(at, child);
                nodes[child].parent = Some(parent);
                nodes[child].depth = nodes[parent].depth + 1;
                self.deepest.set(self.deepest.get().max(nodes[child].depth));
            }
            NodeOrText::AppendText(text) => {
                let piece = self.located(&text);
                let last = at.checked_sub(1).and_then(|i| self.nodes.borrow()[parent].children.get(i).copied());
                if let Some(last) = last.filter(|l| !self.nodes.borrow()[*l].text.is_empty()) {
                    return self.nodes.borrow_mut()[last].text.push(piece);
                }
                let child = self.add(Node { parent: Some(parent), text: vec![piece], ..Node::default() });
                let mut nodes = self.nodes.borrow_mut();
                let at = at.min(nodes[parent].children.len());
                nodes[parent].children.insert(at, child);
            }
        }
    }
}

/// The name of an element, as html5ever asks for it.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Id;
    type Output = Vec<Node>;
    type ElemName<'b>
        = Name
    where
        Self: 'b;

    fn finish(self) -> Self::Output {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _msg: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        DOCUMENT
    }

    fn elem_name<'b>(&'b self, target: &'b Id) -> Name {
        let nodes = self.nodes.borrow();
        let name = nodes[*target].element.as_ref().map(|(name, _)| name.clone());
        Name(name.unwrap_or_else(|| QualName::new(None, Namespace::default(), LocalName::default())))
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _flags: ElementFlags) -> Id {
        self.add(Node { element: Some((name, attrs)), ..Node::default() })
    }

    fn create_comment(&self, _text: StrTendril) -> Id {
        self.add(Node::default())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Id {
        self.add(Node::default())
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &Id, prev_element: &Id, child: NodeOrText<Id>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(prev_element, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, new_node: NodeOrText<Id>) {
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes[*sibling].parent;
            parent.and_then(|p| nodes[p].children.iter().rposition(|c| c == sibling).map(|at| (p, at)))
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, new_node);
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        if let Some((_, held)) = &mut self.nodes.borrow_mut()[*target].element {
            for attribute in attrs {
                if !held.iter().any(|a| a.name == attribute.name) {
                    held.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take()
            && let Some(at) = nodes[parent].children.iter().rposition(|c| c == target)
        {
            nodes[parent].children.remove(at);
        }
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_million_attributes_is_cut_and_nothing_else_moves() {
        let many: String = (0..2_000).map(|n| format!("a{n}=\"x > y\" ")).collect();
        let page = format!("<p id=\"one\" {many}>The gate jammed.</p><p class=\"two\">It held.</p>");
        let shorter = bounded(&page);
        assert_eq!(shorter.len(), page.len());
        assert!(shorter.contains("a100=") && !shorter.contains("a1000="));
        assert!(shorter.ends_with(">The gate jammed.</p><p class=\"two\">It held.</p>"));
        let dom = parse(&page);
        let held: Vec<_> = dom.below(DOCUMENT).filter(|id| dom.tag(*id) == "p").map(|id| dom.text(id)).collect();
        assert_eq!(held, ["The gate jammed.", "It held."]);
    }

    #[test]
    fn data_of_a_page_keeps_its_words() {
        let words = "gate ".repeat(2_000);
        let page = format!(
            "<script type=\"application/ld+json\">{{\"articleBody\": \"a <b {words}\"}}</script><p>It held.</p>"
        );
        assert!(matches!(bounded(&page), Cow::Borrowed(_)));
    }
}
