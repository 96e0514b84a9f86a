//! What is measured of a line to tell whether it is part of the article.
//!
//! Length and links of the line and of the lines around it, the elements and names above it, how the containers it stands in
//! compare with the rest of the page, and what the page's metadata says of its text. Names of classes count only on
//! containers that hold less than a third of the page's running text: wrappers are named for what they may hold.

use super::dom::{DOCUMENT, Dom, Id};
use super::lines::Line;
use super::skip::Beside;
use crate::{byline, credit, dateline, furniture};
use rashomon_language::{Fact, Language, List};
use rashomon_model::math;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Room for measures in a row.
pub const WIDTH: usize = 160;

/// The measures of one line.
pub type Row = [f32; WIDTH];

/// What the metadata of the page says its text, headline and summary are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Witness {
    pub(crate) body: Option<String>,
    pub(crate) titles: Vec<String>,
    pub(crate) summary: Option<String>,
}

/// What parts of classes and identifiers tell, by kind.
const NAMES: [&[&str]; 16] = [
    &[
        "share",
        "sharing",
        "social",
        "socials",
        "sns",
        "follow",
        "facebook",
        "twitter",
        "whatsapp",
        "addthis",
        "sharedaddy",
        "tweet",
    ],
    &[
        "related",
        "recommend",
        "recommended",
        "recommendations",
        "recirc",
        "recirculation",
        "readmore",
        "more",
        "popular",
        "trending",
        "latest",
        "next",
        "prev",
        "previous",
        "outbrain",
        "taboola",
        "similar",
        "suggested",
        "mostread",
        "also",
        "teaser",
        "teasers",
        "promo",
        "promos",
        "onward",
        "carousel",
        "slider",
    ],
    &["comment", "comments", "disqus", "respond", "reply", "replies", "commentlist", "discussion"],
    &["sidebar", "aside", "rail", "right", "secondary", "side", "infobox", "factbox", "complementary"],
    &[
        "newsletter",
        "subscribe",
        "subscription",
        "signup",
        "cta",
        "register",
        "login",
        "account",
        "donate",
        "paywall",
        "membership",
        "piano",
        "offer",
        "form",
    ],
    &[
        "ad",
        "ads",
        "advert",
        "advertisement",
        "advertising",
        "sponsor",
        "sponsored",
        "dfp",
        "adslot",
        "banner",
        "affiliate",
        "commercial",
        "product",
        "price",
    ],
    &["author", "authors", "byline", "bio", "contributor", "writer", "profile", "avatar", "credits"],
    &[
        "caption",
        "credit",
        "figure",
        "image",
        "img",
        "photo",
        "gallery",
        "media",
        "video",
        "player",
        "wp-caption",
        "slideshow",
        "picture",
        "copyright",
    ],
    &[
        "meta",
        "tags",
        "tag",
        "category",
        "categories",
        "breadcrumb",
        "breadcrumbs",
        "topic",
        "topics",
        "label",
        "kicker",
        "keywords",
        "info",
        "details",
    ],
    &[
        "footer",
        "nav",
        "navigation",
        "menu",
        "header",
        "masthead",
        "toolbar",
        "navbar",
        "footnote",
        "footnotes",
        "disclaimer",
        "legal",
        "bottom",
        "topbar",
    ],
    &["widget", "module", "card", "cards", "block", "list", "item", "grid", "box", "panel", "component"],
    &["cookie", "cookies", "consent", "gdpr", "modal", "popup", "overlay", "dialog", "lightbox", "toast", "alert"],
    &["date", "time", "timestamp", "published", "updated", "dateline", "posted", "clock"],
    &["toc", "contents", "jump", "outline", "index"],
    &["print", "sr", "hidden", "screen", "visually", "skip", "invisible", "hide", "offscreen"],
    &["pullquote", "pull", "quote", "tooltip", "embed", "oembed", "callout"],
];

/// The same for what is part of an article.
const OWN: [&[&str]; 4] = [
    &["article", "story", "post", "entry", "content", "contents", "single", "news"],
    &[
        "body",
        "text",
        "main",
        "paragraph",
        "richtext",
        "prose",
        "articlebody",
        "rte",
        "wysiwyg",
        "copy",
        "paragraphs",
        "fulltext",
    ],
    &[
        "summary",
        "standfirst",
        "dek",
        "lead",
        "lede",
        "subtitle",
        "intro",
        "subheadline",
        "excerpt",
        "abstract",
        "description",
        "deck",
        "teaser",
        "chapo",
        "vorspann",
        "ingress",
    ],
    &["title", "headline", "heading", "hed"],
];

/// Places of measures that are asked for by themselves; `rows` fills them in this order.
const WORDS: usize = 0;
const LINKED: usize = 2;
const CLOSED: usize = 5;
const FURNITURE: usize = 9;
const CREDIT: usize = 12;
const PARAGRAPH: usize = 17;
/// The block is a `figcaption`, a `time`, an `address` and the like.
const BLOCK_OF_ITS_OWN: usize = 22;
const QUOTED: usize = 25;
const FIGURE: usize = 26;
const ASIDE: usize = 31;
const PULLED: usize = 39 + NAMES.len() - 1;
const SUMMARY_NAMED: usize = 39 + NAMES.len() + 2;
const WITH_BEFORE: usize = 39 + NAMES.len() + OWN.len() + 56;
const SINCE_HEADING: usize = 39 + NAMES.len() + OWN.len() + 3;
const LINKS_HEADING: usize = 39 + NAMES.len() + OWN.len() + 4;
const IN_SUMMARY: usize = 39 + NAMES.len() + OWN.len() + 10;

/// How often a line is looked up at most, and how many levels above it.
const LEVELS: usize = 16;

/// The rows of all lines, in order.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
pub(crate) fn rows(dom: &Dom, lines: &[Line], witness: &Witness, headline: Option<usize>, beside: &Beside) -> Vec<Row> {
    let page = Around::new(dom, &beside.order, lines, headline);
    let texts = Texts::new(lines, witness);
    let own: Vec<Own> = lines.iter().map(Own::new).collect();
    let total: usize = lines.iter().map(|l| l.words).sum();
    let linked: usize = lines.iter().map(|l| l.linked).sum();
    let mut heading = (0usize, false, 0usize);
    let mut before = 0usize;
    let mut out = Vec::with_capacity(lines.len());
    let start_words = headline.map(|h| lines[..=h].iter().map(|l| l.words).sum::<usize>());
    for (i, line) in lines.iter().enumerate() {
        let mut row = [0.0f32; WIDTH];
        let mut at = 0usize;
        let mut put = |value: f32| {
            row[at] = value;
            at += 1;
        };
        let it = &own[i];
        // The line itself.
        put(line.words.min(400) as f32);
        put(line.text.len() as f32 / line.words.max(1) as f32);
        put(share(line.linked, line.words));
        put(it.commas as f32);
        put(it.sentences as f32);
        put(flag(it.closed));
        put(it.lower);
        put(it.digits);
        put(it.capitals);
        put(flag(it.furniture));
        put(flag(it.byline));
        put(flag(it.dated));
        put(flag(it.credit));
        put(flag(it.copyright));
        put(flag(it.labelled));
        put(flag(it.quoted));
        put(it.talk);
        // The elements it stands in.
        let tag = dom.tag(line.block);
        put(flag(tag == "p"));
        put(flag(tag == "li"));
        put(heading_level(tag));
        put(flag(matches!(tag, "td" | "th")));
        put(flag(matches!(tag, "div" | "section" | "article")));
        put(flag(matches!(tag, "time" | "address" | "figcaption" | "dt" | "dd" | "summary")));
        let chain: Vec<Id> = std::iter::successors(Some(line.block), |id| dom.parent(*id)).take(LEVELS).collect();
        for bit in (0..ELEMENTS).map(|n| 1 << n) {
            let near = chain.iter().position(|id| element(dom.tag(*id)) == bit);
            // Further up only whether there is one counts, and that is known of every element.
            let further = if page.within[line.block] & bit != 0 { LEVELS } else { 0 };
            put(near.map_or(further, |n| n + 1) as f32);
        }
        put((page.depth[line.block] + 1) as f32);
        put(chain.iter().take(LEVELS).position(|id| page.hidden[*id]).map_or(0.0, |n| (n + 1) as f32));
        put(chain.iter().take(LEVELS).position(|id| page.aside[*id]).map_or(0.0, |n| (n + 1) as f32));
        put(chain.iter().take(LEVELS).position(|id| beside.teaser[*id]).map_or(0.0, |n| (n + 1) as f32));
        put(flag(beside.replies[line.block]));
        // The names above it.
        for kind in 0..NAMES.len() {
            let hit = chain.iter().take(LEVELS).position(|id| page.names[*id] & (1 << kind) != 0 && !page.large(*id));
            put(hit.map_or(0.0, |n| (n + 1) as f32));
        }
        for kind in 0..OWN.len() {
            let hit = chain.iter().take(LEVELS).position(|id| page.names[*id] & (1 << (kind + NAMES.len())) != 0);
            put(hit.map_or(0.0, |n| (n + 1) as f32));
        }
        // Where on the page.
        put(share(before, total));
        put(match start_words {
            Some(start) => (before as f32 - start as f32).clamp(-2000.0, 4000.0),
            None => -3000.0,
        });
        put(headline.map_or(0.0, |h| (i as f32 - h as f32).clamp(-200.0, 400.0)));
        put((i - heading.0) as f32);
        put(flag(heading.1));
        put((before - heading.2).min(2000) as f32);
        put(texts.repeats(i).min(5) as f32);
        put(texts.nth[i].min(5) as f32);
        put(flag(texts.is_title[i]));
        put(texts.in_body[i]);
        put(texts.in_summary[i]);
        put(total.min(20_000) as f32);
        put(share(linked, total));
        put(page.prose_words.min(10_000) as f32);
        put(lines.len().min(3000) as f32);
        // The containers it stands in.
        for level in 0..5 {
            let id = chain.get(level).copied().unwrap_or(DOCUMENT);
            put(math::ln(page.words[id] as f32 + 1.0));
            put(share(page.linked[id], page.words[id]));
            put(share(page.prose[id], page.prose_words));
            put(page.lines[id].min(500) as f32);
            put(share(page.prose[id], page.words[id]));
        }
        for core in [page.core, page.half] {
            let shared = page.shared(core, line.block);
            let up = page.depth[line.block] - page.depth[shared];
            put(if shared == core { (up + 1).min(LEVELS) as f32 } else { 0.0 });
            put(up.min(LEVELS) as f32);
            put(page.depth[core].saturating_sub(page.depth[shared]) as f32);
        }
        put(share(page.alike(dom, line.block), page.prose_words));
        // The lines around it.
        for step in [-2isize, -1, 1, 2] {
            let other = i.checked_add_signed(step).and_then(|n| lines.get(n).map(|l| (n, l)));
            put(other.map_or(-1.0, |(_, l)| l.words.min(200) as f32));
            put(other.map_or(-1.0, |(_, l)| share(l.linked, l.words)));
            put(other.map_or(-1.0, |(n, _)| flag(own[n].closed)));
            put(other.map_or(-1.0, |(_, l)| heading_level(dom.tag(l.block))));
            put(other.map_or(-1.0, |(_, l)| flag(dom.parent(l.block) == dom.parent(line.block))));
        }
        let around = &lines[i.saturating_sub(6)..(i + 7).min(lines.len())];
        let words: usize = around.iter().map(|l| l.words).sum();
        put(words as f32 / around.len() as f32);
        put(share(around.iter().map(|l| l.linked).sum(), words));
        let tail = &lines[i..(i + 12).min(lines.len())];
        let prose = |l: &[Line], from: usize| l.iter().enumerate().filter(|(n, _)| own[from + n].prose).count() as f32;
        put(prose(tail, i));
        let from = i.saturating_sub(11);
        put(prose(&lines[from..=i], from));
        put(share(before, total.max(1)) * flag(headline.is_some()));
        if heading_level(tag) > 0.0 {
            heading = (
                i,
                furniture::heads_links(&furniture::normal(&line.text)) || super::skip::readers_write(&line.text),
                before,
            );
        }
        before += line.words;
        out.push(row);
    }
    out
}

/// Whether the line of `row` is furniture by its own words, or in a figure.
pub(crate) fn is_furniture(row: &Row) -> bool {
    row[FURNITURE] > 0.0 || row[FIGURE] > 0.0
}

/// Whether the line of `row`, of six words or more, is what the metadata say is the summary, or stands where one is named.
pub(crate) fn is_summary(row: &Row) -> bool {
    row[WORDS] >= 6.0 && (row[IN_SUMMARY] > 0.8 || row[SUMMARY_NAMED] > 0.0 && row[SUMMARY_NAMED] <= 2.0)
}

/// Whether the line of `row` is furniture by its own words.
pub(crate) fn talks_of_page(row: &Row) -> bool {
    row[FURNITURE] > 0.0
}

/// Whether the line of `row` stands right below a heading of links to other pages.
pub(crate) fn is_below_links_heading(row: &Row) -> bool {
    row[LINKS_HEADING] > 0.0 && row[SINCE_HEADING] <= 6.0
}

/// Whether the line of `row` is a caption or the credit of a picture.
pub(crate) fn is_caption(row: &Row) -> bool {
    row[CREDIT] > 0.0 || row[FIGURE] > 0.0 && row[BLOCK_OF_ITS_OWN] > 0.0
}

/// Whether the line of `row` stands in the container of the line before it.
pub(crate) fn is_with_the_line_before(row: &Row) -> bool {
    row[WITH_BEFORE] > 0.0
}

/// Whether the line of `row` is a paragraph that is a sentence.
pub(crate) fn is_closed_paragraph(row: &Row) -> bool {
    row[CLOSED] > 0.0 && row[PARAGRAPH] > 0.0 && row[LINKED] == 0.0
}

/// Whether the line of `row` ends as a sentence does.
pub(crate) fn is_closed(row: &Row) -> bool {
    row[CLOSED] > 0.0
}

/// Whether the line of `row` is a paragraph that is a sentence and one link.
pub(crate) fn is_linked_paragraph(row: &Row) -> bool {
    row[WORDS] >= 12.0 && row[LINKED] > 0.5 && row[CLOSED] > 0.0 && row[PARAGRAPH] > 0.0
}

/// Whether the line of `row` stands in a block quotation, beside the text, or in what is named for pulled quotes.
pub(crate) fn is_set_apart(row: &Row) -> bool {
    row[QUOTED] > 0.0 || row[ASIDE] > 0.0 || row[PULLED] > 0.0
}

/// Kinds of elements that lines are looked for in.
const ELEMENTS: usize = 11;

/// The kind of an element as a bit, in the order of what is measured; 0 for all others.
fn element(tag: &str) -> u16 {
    let n = match tag {
        "ul" | "ol" => 0,
        "table" => 1,
        "blockquote" => 2,
        "figure" | "figcaption" => 3,
        "article" => 4,
        "main" => 5,
        "header" => 6,
        "footer" => 7,
        "aside" | "dialog" => 8,
        "nav" | "menu" => 9,
        "form" => 10,
        _ => return 0,
    };
    1 << n
}

fn flag(it: bool) -> f32 {
    f32::from(u8::from(it))
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// How many words of `text` are such as a page speaks of itself with.
fn talk(text: &str) -> usize {
    static WORDS: LazyLock<&List> = LazyLock::new(|| Language::shared().list(Fact::PageTalk));
    let mut lower = String::new();
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '“' | '”' | '"' | '(' | ')' | '!' | '?'));
    words
        .filter(|w| {
            lower.clear();
            lower.extend(w.chars().flat_map(char::to_lowercase));
            WORDS.contains(lower.as_str())
        })
        .count()
}

fn heading_level(tag: &str) -> f32 {
    match tag.as_bytes() {
        [b'h', n @ b'1'..=b'6'] => f32::from(n - b'0'),
        _ => 0.0,
    }
}

/// What a line says by itself.
struct Own {
    commas: usize,
    sentences: usize,
    closed: bool,
    lower: f32,
    digits: f32,
    capitals: f32,
    furniture: bool,
    byline: bool,
    dated: bool,
    credit: bool,
    copyright: bool,
    labelled: bool,
    quoted: bool,
    /// Share of words by which pages speak of themselves.
    talk: f32,
    /// Twelve words or more, most of them not linked, closed like a sentence.
    prose: bool,
}

impl Own {
    fn new(line: &Line) -> Self {
        let text = line.text.as_str();
        let ends = ['.', '!', '?', '…', '。', '！', '？', '।'];
        let trimmed = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '»', ' ', '」']);
        let closed = trimmed.ends_with(ends);
        let short = text.len() <= 240;
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let lower = text.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count();
        Self {
            commas: text.matches([',', '，', '、', '،']).count().min(30),
            sentences: text.split(' ').filter(|w| w.len() > 1 && w.ends_with(ends)).count().min(30),
            closed,
            lower: share(lower, line.words),
            digits: share(text.bytes().filter(u8::is_ascii_digit).count(), text.len()),
            capitals: share(text.chars().filter(|c| c.is_uppercase()).count(), letters),
            furniture: furniture::is_furniture(text, furniture::Place::Head),
            byline: short && byline::byline(text).is_some(),
            dated: short && (dateline::stamps(text, &[]).is_some() || dateline::is_yearless(text)),
            credit: text.len() <= 600 && credit::photo_credit(text).is_some(),
            copyright: text.contains(['©', '®']),
            labelled: trimmed.ends_with(':'),
            quoted: text.starts_with(['"', '“', '„', '«', '‘', '»']),
            talk: share(talk(text), line.words),
            prose: is_prose(line),
        }
    }
}

/// Whether a line is running text: twelve words or more of which at most half are linked, closed like a sentence.
pub(crate) fn is_prose(line: &Line) -> bool {
    let trimmed = line.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '»', ' ', '」']);
    line.words >= 12
        && 2 * line.linked <= line.words
        && (trimmed.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', ';', ',']) || line.words >= 40)
}

/// Sums over the containers of a page.
struct Around {
    words: Vec<usize>,
    linked: Vec<usize>,
    /// Words in lines of running text.
    prose: Vec<usize>,
    lines: Vec<usize>,
    depth: Vec<usize>,
    prose_words: usize,
    headline: Vec<bool>,
    hidden: Vec<bool>,
    aside: Vec<bool>,
    names: Vec<u32>,
    /// The deepest container of two thirds of the running text, and of two fifths.
    core: Id,
    half: Id,
    /// The nearest container that also holds the one, and the other.
    shared: Vec<[Id; 2]>,
    /// The elements that each stands in, as [`element`] tells them.
    within: Vec<u16>,
    /// Words of running text by the kind of block and of its container.
    alike: FxHashMap<String, usize>,
}

impl Around {
    fn new(dom: &Dom, order: &[Id], lines: &[Line], headline: Option<usize>) -> Self {
        let count = dom.len();
        let mut it = Self {
            words: vec![0; count],
            linked: vec![0; count],
            prose: vec![0; count],
            lines: vec![0; count],
            depth: vec![0; count],
            prose_words: 0,
            headline: vec![false; count],
            hidden: vec![false; count],
            aside: vec![false; count],
            names: vec![0; count],
            core: DOCUMENT,
            half: DOCUMENT,
            shared: vec![[DOCUMENT; 2]; count],
            within: vec![0; count],
            alike: FxHashMap::default(),
        };
        for line in lines {
            it.words[line.block] += line.words;
            it.linked[line.block] += line.linked;
            it.lines[line.block] += 1;
            if is_prose(line) {
                it.prose[line.block] += line.words - line.linked;
                it.prose_words += line.words - line.linked;
                *it.alike.entry(kind(dom, line.block)).or_default() += line.words - line.linked;
            }
        }
        for &id in order.iter().rev() {
            if let Some(parent) = dom.parent(id) {
                it.words[parent] += it.words[id];
                it.linked[parent] += it.linked[id];
                it.prose[parent] += it.prose[id];
                it.lines[parent] += it.lines[id];
            }
        }
        for &id in order {
            if dom.tag(id).is_empty() {
                continue;
            }
            it.depth[id] = dom.parent(id).map_or(0, |p| it.depth[p] + 1);
            it.within[id] = dom.parent(id).map_or(0, |p| it.within[p]) | element(dom.tag(id));
            if it.lines[id] == 0 {
                continue;
            }
            it.hidden[id] = !matches!(dom.tag(id), "html" | "body") && is_hidden(dom, id);
            it.aside[id] = matches!(
                dom.attribute(id, "role"),
                "navigation" | "complementary" | "dialog" | "menu" | "banner" | "search" | "alert" | "contentinfo"
            );
            if !matches!(dom.tag(id), "html" | "body") {
                it.names[id] = names(dom, id);
            }
        }
        it.core = it.container(dom, 66);
        it.half = it.container(dom, 40);
        let mut on_core = vec![[false; 2]; count];
        for (core, n) in [(it.core, 0), (it.half, 1)] {
            std::iter::successors(Some(core), |id| dom.parent(*id)).for_each(|id| on_core[id][n] = true);
        }
        for &id in order {
            for n in 0..2 {
                let above = dom.parent(id).map_or(DOCUMENT, |p| it.shared[p][n]);
                it.shared[id][n] = if on_core[id][n] { id } else { above };
            }
        }
        if let Some(line) = headline {
            std::iter::successors(Some(lines[line].block), |id| dom.parent(*id)).for_each(|id| it.headline[id] = true);
        }
        it
    }

    /// The deepest container that holds `percent` of the running text.
    fn container(&self, dom: &Dom, percent: usize) -> Id {
        let mut at = DOCUMENT;
        while let Some(next) = dom
            .children(at)
            .iter()
            .copied()
            .find(|c| self.prose_words > 0 && self.prose[*c] * 100 >= self.prose_words * percent)
        {
            at = next;
        }
        at
    }

    /// Whether the names of a container say nothing: it holds a third of the running text, or the headline.
    fn large(&self, id: Id) -> bool {
        self.headline[id] || self.prose[id] * 3 >= self.prose_words && self.prose[id] > 0
    }

    /// The nearest container of `id`, or itself, that also holds `core`.
    fn shared(&self, core: Id, id: Id) -> Id {
        self.shared[id][usize::from(core != self.core)]
    }

    fn alike(&self, dom: &Dom, block: Id) -> usize {
        self.alike.get(&kind(dom, block)).copied().unwrap_or(0)
    }
}

/// The kind of a block: its element and names and those of its container.
fn kind(dom: &Dom, block: Id) -> String {
    let mut out = String::new();
    for id in [Some(block), dom.parent(block)].into_iter().flatten() {
        out.push_str(dom.tag(id));
        out.push('.');
        out.push_str(dom.attribute(id, "class"));
        out.push('/');
    }
    out
}

pub(crate) fn is_hidden(dom: &Dom, id: Id) -> bool {
    let style = dom.attribute(id, "style");
    dom.attribute(id, "aria-hidden") == "true"
        || dom.has_attribute(id, "hidden")
        || (style.contains("none") || style.contains("hidden")) && {
            let style = style.replace(' ', "");
            style.contains("display:none") || style.contains("visibility:hidden")
        }
}

/// Which kinds of names an element has, a bit each.
fn names(dom: &Dom, id: Id) -> u32 {
    let mut bits = 0;
    let values = [
        dom.attribute(id, "class"),
        dom.attribute(id, "id"),
        dom.attribute(id, "itemprop"),
        dom.attribute(id, "data-component"),
        dom.attribute(id, "data-testid"),
    ];
    let mut word = String::new();
    for value in values {
        if value.len() > 600 {
            continue;
        }
        let mut negated = false;
        let mut close = |word: &mut String| {
            if !word.is_empty() {
                if !negated {
                    bits |= told_by(word);
                }
                negated = matches!(word.as_str(), "no" | "has" | "with" | "without" | "hide" | "not");
                word.clear();
            }
        };
        let mut before = ' ';
        for c in value.chars() {
            if !c.is_ascii_alphabetic() || c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                close(&mut word);
            }
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
            before = c;
        }
        close(&mut word);
    }
    bits
}

fn told_by(word: &str) -> u32 {
    static WORDS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
        let mut out: FxHashMap<&str, u32> = FxHashMap::default();
        for (bit, words) in NAMES.iter().chain(&OWN).enumerate() {
            for word in *words {
                *out.entry(word).or_default() |= 1 << bit;
            }
        }
        out
    });
    WORDS.get(word).copied().unwrap_or(0)
}

/// What the texts of the lines have in common with each other and with the metadata.
struct Texts {
    hashes: Vec<u64>,
    seen: FxHashMap<u64, usize>,
    /// How often the text stood on the page before.
    nth: Vec<usize>,
    is_title: Vec<bool>,
    in_body: Vec<f32>,
    in_summary: Vec<f32>,
}

impl Texts {
    fn new(lines: &[Line], witness: &Witness) -> Self {
        let words: Vec<Vec<u64>> = lines.iter().map(|l| hashed_words(&l.text)).collect();
        let hashes: Vec<u64> = words.iter().map(|w| w.iter().fold(7, |h, w| mixed(h, *w))).collect();
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        let nth = hashes
            .iter()
            .map(|h| {
                let times = seen.entry(*h).or_default();
                *times += 1;
                *times - 1
            })
            .collect();
        let titles: Vec<Vec<u64>> = witness.titles.iter().map(|t| hashed_words(t)).collect();
        let is_title = words.iter().map(|w| !w.is_empty() && titles.contains(w)).collect();
        let held = |text: &Option<String>| -> Vec<f32> {
            let Some(text) = text.as_ref() else { return vec![-1.0; words.len()] };
            let all = hashed_words(text);
            let runs =
                |w: &[u64]| -> Vec<u64> { w.windows(3).map(|r| r.iter().fold(11, |h, w| mixed(h, *w))).collect() };
            let set: FxHashSet<u64> = runs(&all).into_iter().collect();
            words
                .iter()
                .map(|w| {
                    let it = runs(w);
                    if it.is_empty() { -0.5 } else { share(it.iter().filter(|r| set.contains(r)).count(), it.len()) }
                })
                .collect()
        };
        let in_body = held(&witness.body);
        let in_summary = held(&witness.summary);
        Self { hashes, seen, nth, is_title, in_body, in_summary }
    }

    fn repeats(&self, line: usize) -> usize {
        self.seen.get(&self.hashes[line]).copied().unwrap_or(1)
    }
}

/// The words of a text by their letters and digits, in lower case, each as a number.
pub(crate) fn hashed_words(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut hash = 0u64;
    for c in text.chars() {
        if c.is_alphanumeric() {
            for c in c.to_lowercase() {
                hash = mixed(hash | 1, u64::from(u32::from(c)));
            }
        } else if !matches!(c, '\'' | '’' | '\u{ad}') && hash != 0 {
            out.push(hash);
            hash = 0;
        }
    }
    if hash != 0 {
        out.push(hash);
    }
    out
}

fn mixed(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}
