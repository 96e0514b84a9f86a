//! CSV and Parquet: a row an article, by the names of its columns.

use crate::open::{Items, MOST, Options, Source};
use parquet::file::reader::{ChunkReader, SerializedFileReader};
use rashomon_read::{Error, Format, Record};
use serde_json::{Map, Value};
use std::io::Read;

/// The rows of a CSV file with a line of names.
pub(crate) fn csv(reader: Box<dyn Read + Send>, delimiter: u8, place: &str, options: &Options) -> Items {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(reader);
    let names: Vec<String> = match reader.byte_headers() {
        Ok(it) => it.iter().map(|b| name(b, options)).collect(),
        Err(e) => return one(Error::said(place, format!("no line of column names: {e}"))),
    };
    let place = place.to_owned();
    let mut done = false;
    let mut rows = reader.into_byte_records();
    Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        let row = match rows.next()? {
            Ok(row) => row,
            Err(e) => {
                done = true;
                return Some(Err(Error::said(&place, format!("{e}; what came before was kept"))));
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let place = format!("{place}:{line}");
        if row.as_slice().len() as u64 > MOST {
            return Some(Err(Error::said(place, format!("a row of more than {MOST} bytes"))));
        }
        let mut out = Map::new();
        for (name, value) in names.iter().zip(row.iter()) {
            let value = String::from_utf8_lossy(value);
            if !value.is_empty() && !matches!(&*value, "NULL" | "null" | "None" | "nan" | "NaN") {
                out.insert(name.clone(), Value::String(value.into_owned()));
            }
        }
        Some(Ok(source(place, &Value::Object(out))))
    }))
}

/// The rows of a Parquet file.
///
/// # Errors
/// If it is none.
pub(crate) fn parquet<R: ChunkReader + Send + 'static>(
    reader: R,
    place: &str,
    options: &Options,
) -> Result<Items, Error> {
    let broken = |e: parquet::errors::ParquetError| Error::said(place, format!("not a Parquet file that is read: {e}"));
    let reader = SerializedFileReader::new(reader).map_err(broken)?;
    let map = options.map.clone();
    let place = place.to_owned();
    // Rows of the library stay on the thread that reads them.
    let (sender, received) = std::sync::mpsc::sync_channel(256);
    std::thread::spawn(move || {
        for (number, row) in (1_usize..).zip(parquet::record::reader::RowIter::from_file_into(Box::new(reader))) {
            let place = format!("{place}:{number}");
            let (found, last) = match row {
                Ok(row) => (Ok(named(place, row.to_json_value(), &map)), false),
                Err(e) => (Err(Error::said(place, format!("{e}; what came before was kept"))), true),
            };
            if sender.send(found).is_err() || last {
                break;
            }
        }
    });
    Ok(Box::new(received.into_iter()))
}

/// A row with the names of columns that were asked for.
fn named(place: String, row: Value, map: &[(String, String)]) -> Source {
    let Value::Object(row) = row else { return source(place, &Value::Null) };
    let named = row.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| {
        let key = map.iter().find(|(from, _)| *from == key).map_or(key, |(_, to)| to.clone());
        (key, value)
    });
    source(place, &Value::Object(named.collect()))
}

fn one(error: Error) -> Items {
    Box::new(std::iter::once(Err(error)))
}

fn name(bytes: &[u8], options: &Options) -> String {
    let name = String::from_utf8_lossy(bytes);
    let name = name.trim_start_matches('\u{feff}').trim();
    options.map.iter().find(|(from, _)| from == name).map_or_else(|| name.to_owned(), |(_, to)| to.clone())
}

fn source(place: String, row: &Value) -> Source {
    Source::of(Record { place, format: Format::Jsonl, bytes: row.to_string().into_bytes() })
}

/// The character between the columns, if the first line looks like names of columns of articles.
pub(crate) fn delimiter(head: &[u8], by_name: bool) -> Option<u8> {
    const TEXT: [&str; 12] = [
        "text",
        "maintext",
        "main_text",
        "plain_text",
        "plaintext",
        "body",
        "content",
        "article_text",
        "full_text",
        "fulltext",
        "html",
        "raw_html",
    ];
    const OTHERS: [&str; 14] = [
        "id",
        "url",
        "link",
        "title",
        "headline",
        "date",
        "published",
        "publishing_date",
        "date_publish",
        "authors",
        "author",
        "outlet",
        "source",
        "language",
    ];
    let line = head.split(|b| *b == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.trim_start_matches('\u{feff}').trim();
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| {
        let names: Vec<String> =
            line.split(char::from(*delimiter)).map(|it| it.trim().trim_matches('"').to_ascii_lowercase()).collect();
        let has = |list: &[&str]| names.iter().any(|it| list.contains(&it.as_str()));
        names.len() > 1
            && (by_name || (has(&TEXT) && has(&OTHERS) && names.iter().all(|it| it.len() < 60 && !it.contains(". "))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_commas_lines_and_the_names_they_are_given() {
        let file = "\u{feff}headline,story,url,when\nFerry,\"The ferry, \"\"Lind\"\",\nran aground.\",https://x.example/1,2031-05-04\n,,,\n";
        let options = Options { map: vec![("story".into(), "text".into())], ..Options::default() };
        let rows: Vec<_> = csv(Box::new(std::io::Cursor::new(file)), b',', "a.csv", &options).collect();
        assert_eq!(rows.len(), 2);
        let first = rows[0].as_ref().unwrap();
        assert_eq!(first.record.place, "a.csv:2");
        let row: Value = serde_json::from_slice(&first.record.bytes).unwrap();
        assert_eq!((&row["text"], &row["headline"]), (&"The ferry, \"Lind\",\nran aground.".into(), &"Ferry".into()));
    }

    #[test]
    fn only_names_of_columns_make_a_table() {
        assert_eq!(delimiter(b"url,title,text\nx", false), Some(b','));
        assert_eq!(delimiter(b"\"title\"\t\"maintext\"\n", false), Some(b'\t'));
        assert_eq!(
            delimiter(b"PORT NORA, May 4 - The ferry ran aground, the text said, and the title was lost\n", false),
            None
        );
        assert_eq!(delimiter(b"a;b\n", true), Some(b';'));
        assert_eq!(delimiter(b"text\n", false), None);
    }
}
