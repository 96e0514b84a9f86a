//! Putting articles into the store, and making its stories anew when something has changed.

use crate::problem::Problem;
use jiff::Timestamp;
use rashomon::read::{Format, Record};
use rashomon_store::{Retrieved, Store, prepare};

/// Keeps a page as it stands in a browser; gives the article's key, or nothing if there is no article in it.
pub(crate) fn page(store: &mut Store, url: &str, html: Vec<u8>, at: Timestamp) -> Result<Option<String>, Problem> {
    let record = Record { place: url.to_owned(), format: Format::Html, bytes: html };
    let mut retrieved = Retrieved::of(record, at);
    retrieved.addresses = vec![(url.to_owned(), "requested")];
    let encoder = store.encoder()?;
    let Some(prepared) = prepare(retrieved, &encoder).output else { return Ok(None) };
    Ok(store.put(&[prepared])?.into_iter().next().map(|a| a.article))
}
