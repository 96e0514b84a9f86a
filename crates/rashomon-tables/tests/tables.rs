//! What is written can be read back, in both forms, and the same rows give the same bytes.

use parquet::file::reader::{FileReader, SerializedFileReader};
use rashomon_tables::{Column, Format, Kind, ROWS_IN_A_GROUP, Table, Value};
use std::fs::{self, File};
use std::path::Path;

fn columns() -> Vec<Column> {
    vec![
        Column::new("id", Kind::Text),
        Column::new("speaker", Kind::Text).optional(),
        Column::new("count", Kind::Integer),
        Column::new("score", Kind::Real),
        Column::new("declared", Kind::Boolean),
        Column::new("reasons", Kind::Texts),
        Column::new("spans", Kind::Spans).optional(),
    ]
}

fn write(dir: &Path, format: Format) -> Vec<u8> {
    let mut table = Table::create(dir, "rows", &columns(), format).unwrap();
    let row = |id, speaker, spans| {
        let reasons: &[&str] = if id == "b" { &[] } else { &["same place", "“same” words"] };
        [
            Value::Text(id),
            speaker,
            Value::Integer(-3),
            Value::Real(0.25),
            Value::Boolean(id == "a"),
            Value::Texts(reasons),
            spans,
        ]
    };
    table.row(&row("a", Value::Text("Ann \"Q\" Ruiz"), Value::Spans(&[[0, 4], [9, 12]]))).unwrap();
    table.row(&row("b", Value::Null, Value::Spans(&[]))).unwrap();
    table.row(&row("c", Value::Null, Value::Null)).unwrap();
    fs::read(table.finish().unwrap()).unwrap()
}

#[test]
fn a_line_of_json_a_row() {
    let dir = tempfile::tempdir().unwrap();
    let text = String::from_utf8(write(dir.path(), Format::Jsonl)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"id":"a","speaker":"Ann \"Q\" Ruiz","count":-3,"score":0.25,"declared":true,"reasons":["same place","“same” words"],"spans":[[0,4],[9,12]]}"#
    );
    assert!(lines[1].ends_with(r#""reasons":[],"spans":[]}"#));
    assert!(lines[2].ends_with(r#""spans":null}"#));
    assert!(!dir.path().join("rows.jsonl.part").exists());
}

#[test]
fn parquet_reads_back_with_its_types() {
    let dir = tempfile::tempdir().unwrap();
    let bytes = write(dir.path(), Format::Parquet);
    assert_eq!(bytes, write(dir.path(), Format::Parquet), "same rows, same bytes");
    let reader = SerializedFileReader::new(File::open(dir.path().join("rows.parquet")).unwrap()).unwrap();
    let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|r| r.unwrap().to_string()).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].contains(r#"reasons: ["same place", "“same” words"]"#), "{}", rows[0]);
    assert!(rows[0].contains("spans: [{start: 0, end: 4}, {start: 9, end: 12}]"), "{}", rows[0]);
    assert!(rows[1].contains("speaker: null") && rows[1].contains("spans: []"), "{}", rows[1]);
    assert!(rows[2].contains("spans: null"), "{}", rows[2]);
}

#[test]
fn more_rows_than_a_group_holds() {
    let dir = tempfile::tempdir().unwrap();
    let mut table = Table::create(dir.path(), "n", &[Column::new("n", Kind::Integer)], Format::Parquet).unwrap();
    let rows = ROWS_IN_A_GROUP + 7;
    for n in 0..rows {
        table.row(&[Value::Integer(i64::try_from(n).unwrap())]).unwrap();
    }
    let reader = SerializedFileReader::new(File::open(table.finish().unwrap()).unwrap()).unwrap();
    assert_eq!(reader.num_row_groups(), 2);
    assert_eq!(usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap(), rows);
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for bad in [&[Value::Null][..], &[Value::Text("x")], &[Value::Real(f64::NAN)], &[]] {
        let mut table = Table::create(dir.path(), "bad", &[Column::new("x", Kind::Real)], Format::Jsonl).unwrap();
        assert!(table.row(bad).is_err(), "{bad:?}");
    }
    assert!(!dir.path().join("bad.jsonl").exists(), "an unfinished table has no name");
}
