//! The `lineage` table of `rashomon group`: which articles share text, and who took it from whom.
//!
//! Articles are sketched while they are read, once. Their texts are kept compressed and only those of pairs that share enough
//! samples are looked at again.

use rashomon::lineage::{Card, Finder, Found, Sketch, Words};
use rashomon::model::{Article, Span};
use rashomon_tables::{Column, Error, Format, Kind, Table, Value};
use std::borrow::Cow;
use std::path::Path;

/// All articles that were read, as lineage needs them.
#[derive(Default)]
pub(crate) struct Traces {
    finder: Finder,
    texts: Vec<Packed>,
}

/// One article as lineage needs it.
pub(crate) struct Trace {
    card: Card,
    sketch: Sketch,
    text: Packed,
}

impl Trace {
    /// The trace of `article`.
    pub(crate) fn of(article: &Article) -> Self {
        let card = Card {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            published: article.published,
            updated: article.updated,
            ..Card::default()
        };
        Self { card, sketch: Sketch::of(&Words::of(&article.text)), text: Packed::of(&article.text) }
    }
}

impl Traces {
    /// Adds an article.
    pub(crate) fn add(&mut self, it: Trace) {
        self.finder.add(it.card, &it.sketch);
        self.texts.push(it.text);
    }

    /// Finds all relations and writes the table into `dir`; nothing where no article was read.
    pub(crate) fn write(&self, dir: &Path, format: Format) -> Result<(), Error> {
        if self.finder.is_empty() {
            return Ok(());
        }
        let found = self.finder.find(|n| Cow::Owned(self.texts[n].text()));
        rows(&found, &self.finder, dir, format)
    }
}

/// A text, compressed (Zstandard, RFC 8878, the fastest level) where that helps.
enum Packed {
    Plain(Box<str>),
    Zstd { bytes: Box<[u8]>, length: usize },
}

impl Packed {
    fn of(text: &str) -> Self {
        match zstd::bulk::compress(text.as_bytes(), 1) {
            Ok(bytes) if bytes.len() < text.len() => Self::Zstd { bytes: bytes.into(), length: text.len() },
            _ => Self::Plain(text.into()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Plain(it) => it.to_string(),
            Self::Zstd { bytes, length } => {
                let bytes = zstd::bulk::decompress(bytes, *length).unwrap_or_default();
                String::from_utf8(bytes).unwrap_or_default()
            }
        }
    }
}

fn rows(found: &[Found], finder: &Finder, dir: &Path, format: Format) -> Result<(), Error> {
    let columns = [
        Column::new("source", Kind::Text),
        Column::new("derived", Kind::Text),
        Column::new("kind", Kind::Text),
        Column::new("directed", Kind::Boolean),
        Column::new("score", Kind::Real),
        Column::new("rule", Kind::Text),
        Column::new("source_spans", Kind::Spans),
        Column::new("derived_spans", Kind::Spans),
    ];
    let mut table = Table::create(dir, "lineage", &columns, format)?;
    for it in found {
        let (source, derived): (Vec<_>, Vec<_>) = it.passages.iter().map(|(p, q)| (ends(*p), ends(*q))).unzip();
        table.row(&[
            Value::Text(finder.id(it.source)),
            Value::Text(finder.id(it.derived)),
            Value::Text(it.kind.as_str()),
            Value::Boolean(it.directed),
            Value::Real(it.score),
            Value::Text(it.rule),
            Value::Spans(&source),
            Value::Spans(&derived),
        ])?;
    }
    table.finish().map(|_| ())
}

#[allow(clippy::cast_possible_truncation, reason = "spans hold 32-bit offsets")]
fn ends(span: Span) -> [u32; 2] {
    [span.start() as u32, span.end() as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_text_comes_back() {
        for text in ["", "é", &"The ferry struck the pier. ".repeat(400)] {
            assert_eq!(Packed::of(text).text(), text);
        }
    }
}
