//! Plain text to an article.

use crate::{Record, layout};
use rashomon_model::Article;

/// The article in a plain-text record.
pub(crate) fn article(record: &Record) -> Article {
    let (digest, id) = crate::digest(&record.bytes);
    let text = String::from_utf8_lossy(&record.bytes).into_owned();
    let mut article = Article { id, source: record.place.clone(), digest, text, ..Article::default() };
    layout::lay_out(&mut article);
    article
}
