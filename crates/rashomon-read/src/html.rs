//! HTML to an article.

use crate::Record;
use rashomon_model::{Article, Noted};

/// The article in an HTML record.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    let _ = record;
    Noted::quiet(None)
}

/// Fills `article` from `page`.
pub(crate) fn fill(article: &mut Article, page: &str, full: bool) {
    let _ = (page, full);
    article.text.clear();
}
