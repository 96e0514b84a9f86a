//! Bytes to articles: the only parsers of foreign formats.
//!
//! [`records`] opens an input (file, folder, `-`) and yields its records as they come, decompressed, in bounded memory;
//! [`article`] turns one record into an [`Article`]. The first does I/O, the second is pure,
//! so that callers can parse in parallel. [`bare_article`] is for grouping at scale: the same article without what only
//! a reader of the single text needs.

mod byline;
mod credit;
mod dateline;
mod declared;
mod error;
mod furniture;
mod jsonl;
mod layout;
mod plain;
mod record;
mod zone;

pub use error::Error;
pub use record::{Format, Record, Records, records};

use rashomon_model::{Article, Noted};
use sha2::{Digest, Sha256};

/// The article in one record, or a note why there is none.
#[must_use]
pub fn article(record: &Record) -> Noted<Option<Article>> {
    match record.format {
        Format::Jsonl => jsonl::article(record),
        Format::Plain => Noted::quiet(Some(plain::article(record))),
    }
}

/// The article in one record as the record's own fields give it, cheaply: same id, digest and text as [`article`],
/// but no page furniture, no declared sources, no language detection for rows of JSONL.
///
/// For callers that read many thousands of rows a second, such as grouping; other formats are read in full.
#[must_use]
pub fn bare_article(record: &Record) -> Noted<Option<Article>> {
    article(record)
}

/// `sha256:` digest of the retrieved bytes, and the id derived from it.
fn digest(bytes: &[u8]) -> (String, String) {
    let hex: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let id = hex[..16].to_owned();
    (format!("sha256:{hex}"), id)
}
