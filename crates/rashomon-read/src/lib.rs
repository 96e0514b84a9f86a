//! Bytes to articles: the only parsers of foreign formats.
//!
//! [`records`] opens an input (file, folder, `-`) and yields its records as they come, decompressed, in bounded memory;
//! [`article`] turns one record into an [`Article`]. The first does I/O, the second is pure,
//! so that callers can parse in parallel. [`bare_article`] is for grouping at scale: the same article without what only
//! a reader of the single text needs.

mod byline;
mod cards;
mod cited;
mod contributors;
mod credit;
mod dateline;
mod declared;
mod encoding;
mod error;
mod format;
mod furniture;
mod html;
mod jsonl;
mod language;
mod layout;
mod margins;
mod names;
mod pattern;
mod plain;
mod record;
mod zone;

/// The models inside this stage.
#[must_use]
pub fn models() -> Vec<rashomon_model::ModelFile> {
    vec![html::model_file()]
}

pub use error::Error;
pub use margins::declared_sources;
pub use record::{Format, LARGEST, Record, Records, files_below, records, records_from, records_in, records_within};

use rashomon_model::{Article, Note, Noted, Severity, survive};
use sha2::{Digest, Sha256};

/// What training the choice of a page's lines needs (`rashomon-eval train pages`).
#[doc(hidden)]
pub mod training {
    pub use crate::html::{DEPTH, Row, Tree, Trees, WIDTH};

    /// The lines of an HTML record with what is measured of each.
    #[must_use]
    pub fn measured_lines(record: &crate::Record) -> Vec<(String, Row)> {
        crate::html::measured(&crate::html::decoded(record))
    }

    /// The article in an HTML record where `trees` weigh the lines of the page.
    #[must_use]
    pub fn article_with(record: &crate::Record, trees: &Trees) -> Option<rashomon_model::Article> {
        crate::html::article_with(record, trees).output
    }
}

/// The article in one record, or a note why there is none. A fault of the program itself is such a note too.
#[must_use]
pub fn article(record: &Record) -> Noted<Option<Article>> {
    survived(record, || match record.format {
        Format::Jsonl => jsonl::article(record),
        Format::Plain => plain::article(record),
        Format::Html => html::article(record),
    })
}

/// What `read` makes of `record`, or a note if that fails.
fn survived(record: &Record, read: impl FnOnce() -> Noted<Option<Article>>) -> Noted<Option<Article>> {
    survive(read).unwrap_or_else(|fault| Noted {
        output: None,
        notes: vec![Note::of_fault(&record.place, "could not be read", &fault)],
    })
}

/// The moment in a machine-made field: ISO 8601 above all.
#[must_use]
pub fn moment(value: &str) -> Option<rashomon_model::Moment> {
    dateline::field(value, &[])
}

/// The text of bytes in the character set that they are in, as far as it can be told.
#[must_use]
pub fn decoded(bytes: &[u8]) -> std::borrow::Cow<'static, str> {
    std::borrow::Cow::Owned(encoding::decode(bytes, None, "").text)
}

/// The article in one record as the record's own fields give it, cheaply: same id and text as [`article`],
/// but for rows of JSONL no digest unless the id is made from it, no page furniture, no declared sources, no language detection, no unknown keys; a headline
/// without a text is an article too.
///
/// For callers that read many thousands of rows a second, such as grouping; other formats are read in full.
#[must_use]
pub fn bare_article(record: &Record) -> Noted<Option<Article>> {
    match record.format {
        Format::Jsonl => survived(record, || jsonl::bare_article(record)),
        Format::Plain | Format::Html => article(record),
    }
}

/// ISO 639-1 code of the language of an article: what it says of itself, unless its text is plainly English; else what its text
/// is like. [`bare_article`] leaves this question open.
#[must_use]
pub fn language(article: &Article) -> Option<String> {
    language::settled(article.language.as_deref(), &article.text)
}

/// Why `text` makes no article: it holds nothing, or more bytes than a span can point at.
fn too_long_or_empty(text: &str, place: &str) -> Option<Note> {
    let (message, rule) = if text.len() >= u32::MAX as usize {
        ("text of 4 GiB or more", "too-long")
    } else if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        ("no text", "no-text")
    } else {
        return None;
    };
    Some(Note { place: place.to_owned(), message: message.to_owned(), rule, severity: Severity::Omitted })
}

/// `sha256:` digest of the retrieved bytes, and the id derived from it.
fn digest(bytes: &[u8]) -> (String, String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(71);
    hex.push_str("sha256:");
    for byte in Sha256::digest(bytes) {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    let id = hex[7..23].to_owned();
    (hex, id)
}
