//! The `lineage` table of `rashomon group`: which articles share text, and who took it from whom.

use rashomon::lineage::{Card, Finder, Found, Sketch, Words};
use rashomon::model::Span;
use rashomon::read;
use rashomon_tables::{Column, Error, Format, Kind, Table, Value};
use std::borrow::Cow;
use std::path::Path;

/// Reads `inputs` a second time and writes the table into `dir`. What cannot be read was named the first time.
///
/// Standard input cannot be read twice: with `-` among the inputs there is no table, and `false` is returned.
pub(crate) fn write(inputs: &[String], dir: &Path, format: Format) -> Result<bool, Error> {
    if inputs.is_empty() || inputs.iter().any(|it| it == "-") {
        return Ok(false);
    }
    let mut finder = Finder::default();
    let (mut ids, mut texts) = (Vec::new(), Vec::new());
    let records = inputs.iter().filter_map(|it| read::records(it).ok()).flatten().flatten();
    for it in records.filter_map(|record| read::bare_article(&record).output) {
        ids.push(it.id.clone());
        let card = Card {
            id: it.id,
            outlet: it.outlet,
            url: it.url,
            title: it.title,
            published: it.published,
            updated: it.updated,
            ..Card::default()
        };
        finder.add(card, &Sketch::of(&Words::of(&it.text)));
        texts.push(it.text);
    }
    rows(&finder.find(|n| Cow::Borrowed(texts[n].as_str())), &ids, dir, format)?;
    Ok(true)
}

fn rows(found: &[Found], ids: &[String], dir: &Path, format: Format) -> Result<(), Error> {
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
            Value::Text(&ids[it.source]),
            Value::Text(&ids[it.derived]),
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
