//! Bytes to articles: the only parsers of foreign formats.
//!
//! [`records`] opens an input (file, folder, `-`) and yields its records as they come, decompressed, in bounded memory;
//! [`article`] turns one record into an [`Article`](rashomon_model::Article). The first does I/O, the second is pure,
//! so that callers can parse in parallel.

mod error;
mod jsonl;
mod plain;
mod record;

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

/// `sha256:` digest of the retrieved bytes, and the id derived from it.
fn digest(bytes: &[u8]) -> (String, String) {
    let hex: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let id = hex[..16].to_owned();
    (format!("sha256:{hex}"), id)
}
