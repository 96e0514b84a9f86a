//! One JSON row to an article.

use crate::Record;
use rashomon_model::{Article, Moment, Note, Noted, Severity};
use serde_json::Value;

/// The article in a JSON row.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    let omit = |message: String| Noted {
        output: None,
        notes: vec![Note { place: record.place.clone(), message, rule: "broken-row", severity: Severity::Omitted }],
    };
    let row: serde_json::Map<String, Value> = match serde_json::from_slice(&record.bytes) {
        Ok(row) => row,
        Err(e) => return omit(format!("not a JSON object: {e}")),
    };
    let text_of = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let Some(text) = text_of("text") else { return omit("row has no \"text\"".into()) };
    let (digest, id) = crate::digest(&record.bytes);
    let moment = |key: &str| {
        let value = text_of(key)?;
        if let Ok(at) = value.parse() {
            return Some(Moment::instant(at, 0));
        }
        Moment::day(value.get(..10)?.parse().ok()?)
    };
    Noted::quiet(Some(Article {
        id: text_of("id").unwrap_or(id),
        source: record.place.clone(),
        url: text_of("url"),
        outlet: text_of("outlet"),
        title: text_of("title"),
        byline: text_of("byline").into_iter().collect(),
        published: moment("published"),
        updated: moment("updated"),
        language: text_of("language"),
        digest,
        text,
        ..Article::default()
    }))
}
