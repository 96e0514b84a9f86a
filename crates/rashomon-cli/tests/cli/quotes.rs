//! The table of quotations: the same rows whatever it is written as.

use crate::desk::succeed;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Map, Value};
use std::fs::File;
use std::path::Path;

const ARTICLES: [(&str, &str); 2] = [
    (
        "a.txt",
        "Bridge to stay shut\n\n“We will open it when it is safe,” Ada Stone, the mayor of Ost, said on Monday. “Not before.”\n\n\
         Engineers said that the deck had moved by two inches.\n",
    ),
    ("b.txt", "The ministry said that no report had been made. It rained all day.\n"),
];

#[test]
fn parquet_holds_what_jsonl_prints() {
    let desk = tempfile::tempdir().unwrap();
    for (name, text) in ARTICLES {
        std::fs::write(desk.path().join(name), text).unwrap();
    }
    let printed = String::from_utf8(quotes(desk.path(), &["--format", "jsonl"])).unwrap();
    let expected: Vec<Map<String, Value>> = printed.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(expected.len() >= 3, "{printed}");
    assert!(expected.iter().any(|row| row["speaker"] == "Ada Stone"), "{printed}");

    quotes(desk.path(), &["--format", "parquet", "-o", "quotes.parquet"]);
    let reader = SerializedFileReader::new(File::open(desk.path().join("quotes.parquet")).unwrap()).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), expected.len());
    for (row, expected) in rows.iter().zip(&expected) {
        let names: Vec<&str> = row.get_column_iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..4], ["quoteID", "utterance", "quotation", "speaker"]);
        assert_eq!(names.len(), 19);
        for (name, field) in row.get_column_iter() {
            let value = match field {
                Field::Null => Value::Null,
                Field::Str(text) => Value::from(text.as_str()),
                Field::Long(number) => Value::from(*number),
                other => panic!("{name} is {other:?}"),
            };
            // A table has no lists: there the spans are a text of JSON.
            let value = if name == "parts" { serde_json::from_str(value.as_str().unwrap()).unwrap() } else { value };
            assert_eq!(&value, expected.get(name).unwrap_or(&Value::Null), "{name}");
        }
    }
}

/// What `rashomon quotes` prints of the articles in `desk`.
fn quotes(desk: &Path, args: &[&str]) -> Vec<u8> {
    succeed(desk, &[&["quotes"], &ARTICLES.map(|(name, _)| name)[..], args].concat()).stdout
}

#[test]
fn words_that_somebody_denies_are_not_shown_as_his() {
    let desk = tempfile::tempdir().unwrap();
    let text = "Captain Oskar Reyd denied that the ferry was overloaded. Ada Stone said that the nets were safe.\n";
    std::fs::write(desk.path().join("a.txt"), text).unwrap();
    let run = succeed(desk.path(), &["quotes", "a.txt", "--format", "jsonl"]);
    let rows: Vec<Value> =
        String::from_utf8(run.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let stances: Vec<_> =
        rows.iter().map(|r| (r["speaker"].as_str().unwrap(), r["stance"].as_str().unwrap())).collect();
    assert_eq!(stances, [("Oskar Reyd", "denies"), ("Ada Stone", "says")]);
    let shown = String::from_utf8(succeed(desk.path(), &["quotes", "a.txt", "--format", "text"]).stdout).unwrap();
    assert!(shown.contains("Oskar Reyd denies: the ferry was overloaded"), "{shown}");
}
