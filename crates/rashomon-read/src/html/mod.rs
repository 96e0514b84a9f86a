//! HTML to an article: its readable text with the way back to the retrieved bytes, and what its metadata says.

mod authors;
mod content;
mod dom;
mod found;
mod graph;
mod linear;
mod lines;
mod linked;
mod measures;
mod meta;
mod skip;
mod stated;
mod times;
mod trees;

pub use measures::{Row, WIDTH};
pub use trees::{DEPTH, Tree, Trees};

use crate::{Record, encoding, language, layout};
use rashomon_model::{Article, Note, Noted, Origin, OriginPiece, Severity, Span};
pub(crate) use trees::model_file;

/// The article in an HTML record.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    article_with(record, &trees::SHIPPED)
}

/// The same where `trees` weigh the lines.
pub(crate) fn article_with(record: &Record, trees: &Trees) -> Noted<Option<Article>> {
    let (digest, id) = crate::digest(&record.bytes);
    let decoded = encoding::decode(&record.bytes, declared_encoding(&record.bytes), &record.place);
    let mut notes = decoded.notes.clone();
    let mut article = Article { id, source: record.place.clone(), digest, ..Article::default() };
    let page = fill_with(&mut article, &decoded.text, &record.place, &mut notes, trees);
    if let Some(note) = crate::too_long_or_empty(&article.text, &record.place) {
        notes.push(note);
        return Noted { output: None, notes };
    }
    let pieces = page.pieces.iter().map(|p| {
        let (from, to) = decoded.source(p.source.start(), p.source.end());
        OriginPiece { text: p.text, source: Span::new(from, to) }
    });
    article.origin = Some(Origin::new(pieces.collect()));
    for it in &mut article.declared {
        it.retrieved = it.retrieved.map(|s| {
            let (from, to) = decoded.source(s.start(), s.end());
            Span::new(from, to)
        });
    }
    layout::lay_out(&mut article);
    page.finish(&mut article);
    article.language = language::settled(article.language.as_deref(), &article.text);
    Noted { output: Some(article), notes }
}

/// Where the text of a page came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Stretches of the article's text and of the decoded page.
    pub(crate) pieces: Vec<OriginPiece>,
    /// Captions, headline, bylines and dates, in the text: what is no part of the account.
    pub(crate) beside: Vec<Span>,
    /// The main headline as the page shows it.
    pub(crate) headline: Option<String>,
    /// Lines between the headline and the article that hold dates.
    pub(crate) dates: Vec<String>,
    /// Lines near both that hold some, the likelier first.
    pub(crate) other_dates: Vec<String>,
    /// Lines further down that hold some.
    pub(crate) far_dates: Vec<String>,
    /// Whether enough of the text is more likely of an article than not.
    pub(crate) sure: bool,
    pub(crate) unsettled: meta::Unsettled,
}

impl Page {
    /// Marks what is no part of the account and settles what the visible lines of `article`, now read, had to say.
    pub(crate) fn finish(self, article: &mut Article) {
        article.furniture.extend(self.beside.iter().filter(|c| !c.is_empty()));
        article.furniture.sort_unstable();
        article.furniture.dedup_by(|later, first| {
            let both = later.overlaps(*first);
            if both {
                *first = first.cover(*later);
            }
            both
        });
        self.unsettled.settle(article);
    }
}

/// Fills the text of `article` and all fields it does not have yet from `html`.
pub(crate) fn fill(article: &mut Article, html: &str, place: &str, notes: &mut Vec<Note>) -> Page {
    fill_with(article, html, place, notes, &trees::SHIPPED)
}

fn fill_with(article: &mut Article, html: &str, place: &str, notes: &mut Vec<Note>, trees: &Trees) -> Page {
    let dom = dom::parse(html);
    if dom.cut {
        notes.push(Note {
            place: place.to_owned(),
            message: format!("elements are nested deeper than {}; what follows was left out", dom::DEEPEST),
            rule: "too-deep",
            severity: Severity::Warning,
        });
    }
    let held = linked::body(&dom);
    let witness = content::witness(&dom, held.as_ref().map(|(text, _)| text.as_str()));
    let beside = skip::survey(&dom);
    let shown = content::readable(&dom, &beside, &witness, trees);
    // What a page prints is its article, unless it prints less than half of what it holds as data, or nothing that is surely
    // an article and nothing of that.
    let (headline, below) = (shown.1.headline.clone(), shown.1.dates.clone());
    let (others, far) = (shown.1.other_dates.clone(), shown.1.far_dates.clone());
    let (text, mut page) = match held {
        Some(held)
            if 2 * shown.0.len() < held.0.len() || !shown.1.sure && content::is_another_text(&held.0, &shown.0) =>
        {
            held
        }
        _ => shown,
    };
    article.text = text;
    page.unsettled =
        meta::fill(article, &dom, &beside, html, headline, times::Dates { below: &below, others: &others, far: &far });
    page
}

/// The encoding that the page names for itself in its first 4 KB: `<meta charset=…>` or in an XML declaration.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = ["charset=", "encoding="]
        .iter()
        .find_map(|k| memchr::memmem::find(&head, k.as_bytes()).map(|i| i + k.len()))?;
    let label = head[at..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'))
        .unwrap_or(label.len());
    encoding_rs::Encoding::for_label(&label[..end])
}

/// The lines of a page with what is measured of each, for training.
pub(crate) fn measured(html: &str) -> Vec<(String, Row)> {
    let dom = dom::parse(html);
    let held = linked::body(&dom);
    let witness = content::witness(&dom, held.as_ref().map(|(text, _)| text.as_str()));
    let beside = skip::survey(&dom);
    let it = content::measured(&dom, &beside, &witness);
    it.lines.into_iter().map(|line| line.text).zip(it.rows).collect()
}

/// The page in a record as UTF-8.
pub(crate) fn decoded(record: &Record) -> String {
    encoding::decode(&record.bytes, declared_encoding(&record.bytes), &record.place).text
}
