//! Plain text to an article.

use crate::{Record, encoding, language, layout};
use rashomon_model::{Article, Noted};

/// The article in a plain-text record.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    let (digest, id) = crate::digest(&record.bytes);
    let decoded = encoding::decode(&record.bytes, None, &record.place);
    let mut notes = decoded.notes;
    if let Some(note) = crate::too_long_or_empty(&decoded.text, &record.place) {
        notes.push(note);
        return Noted { output: None, notes };
    }
    let mut article = Article { id, source: record.place.clone(), digest, text: decoded.text, ..Article::default() };
    layout::lay_out(&mut article);
    article.language = language::detect(&article.text);
    Noted { output: Some(article), notes }
}
