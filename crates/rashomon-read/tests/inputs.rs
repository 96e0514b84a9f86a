//! Inputs of every kind and in every state: what is read, what is left out, and what is said about it.

use rashomon_model::{Article, Note, Severity};
use rashomon_read::{Format, article, bare_article, records, records_from, records_in};
use std::io::Write;

/// Articles, notes and errors of an input in memory.
fn read(bytes: &[u8], name: &str) -> (Vec<Article>, Vec<Note>, Vec<String>) {
    let (mut articles, mut notes, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    match records_in(bytes.to_vec(), name) {
        Err(e) => errors.push(e.to_string()),
        Ok(records) => {
            for record in records {
                match record {
                    Err(e) => errors.push(e.to_string()),
                    Ok(record) => {
                        let noted = article(&record);
                        articles.extend(noted.output);
                        notes.extend(noted.notes);
                    }
                }
            }
        }
    }
    (articles, notes, errors)
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const ROWS: &str = concat!(
    "{\"id\": \"a\", \"title\": \"Ferry aground\", \"text\": \"A ferry ran aground on Wednesday.\"}\n",
    "{\"id\": \"b\", \"title\": \"Ferry aground\", \"text\": \n",
    "\n",
    "{\"id\": \"c\", \"title\": \"Ferry towed\"}\n",
    "not json\n",
    "{\"id\": \"d\", \"title\": \"Ferry towed\", \"text\": \"The ferry was towed away on Monday.\", \"mood\": {\"a\": [1]}}"
);

#[test]
fn broken_rows_are_named_and_the_rest_is_read() {
    let (articles, notes, errors) = read(ROWS.as_bytes(), "rows.jsonl");
    assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
    assert!(errors.is_empty());
    let omitted: Vec<_> = notes.iter().filter(|n| n.severity == Severity::Omitted).collect();
    assert_eq!(
        omitted.iter().map(|n| n.place.as_str()).collect::<Vec<_>>(),
        ["rows.jsonl:2", "rows.jsonl:4", "rows.jsonl:5"]
    );
    assert!(omitted[0].message.contains("not a JSON object") && omitted[1].message.contains("no text"));
    assert_eq!(articles[1].extra, [("mood".to_owned(), "{\"a\": [1]}".to_owned())]);
}

#[test]
fn the_same_rows_under_any_wrapping() {
    let good = "{\"id\":\"a\",\"text\":\"A ferry ran aground.\"}\n{\"id\":\"b\",\"text\":\"It was towed away.\"}\n";
    let array =
        "[\n {\"id\":\"a\",\"text\":\"A ferry ran aground.\"},\n {\"id\":\"b\",\n \"text\":\"It was towed away.\"}\n]";
    let pretty = "{\n \"id\": \"a\",\n \"text\": \"A ferry ran aground.\"\n}\n{\n \"id\": \"b\", \"text\": \"It was towed away.\"\n}";
    let utf16: Vec<u8> = format!("\u{feff}{good}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let zst = zstd::encode_all(good.as_bytes(), 3).unwrap();
    for (bytes, name) in [
        (good.as_bytes().to_vec(), "x"),
        (good.replace('\n', "\r\n").into_bytes(), "x.jsonl"),
        (format!("\u{feff}{good}").into_bytes(), "x"),
        (array.as_bytes().to_vec(), "x.json"),
        (pretty.as_bytes().to_vec(), "x.json"),
        (utf16, "x"),
        (gz(good.as_bytes()), "x.jsonl.gz"),
        (gz(good.as_bytes()), "wrong-name.txt"),
        (gz(&gz(array.as_bytes())), "x"),
        (zst, "x.zst"),
    ] {
        let (articles, notes, errors) = read(&bytes, name);
        let found: Vec<_> = articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
        assert_eq!(found, [("a", "A ferry ran aground."), ("b", "It was towed away.")], "{name} {notes:?} {errors:?}");
    }
}

#[test]
fn columns_of_other_tools() {
    for (row, title, outlet, published, url) in [
        // trafilatura
        (
            r#"{"title":"T","author":"Ann Lee; Bo Berg","hostname":"isle.example","date":"2021-03-03","source":"https://isle.example/a","source-hostname":"Isle Wire","text":"A ferry.","raw_text":"A ferry."}"#,
            "T",
            "isle.example",
            "2021-03-03",
            "https://isle.example/a",
        ),
        // news-please
        (
            r#"{"title":"T","authors":["Ann Lee","Bo Berg"],"date_publish":"2021-03-03 21:53:00","date_modify":null,"maintext":"A ferry.","source_domain":"isle.example","url":"https://isle.example/a","language":"en"}"#,
            "T",
            "isle.example",
            "2021-03-03",
            "https://isle.example/a",
        ),
        // fundus
        (
            r#"{"title":"T","authors":["Ann Lee","Bo Berg"],"publishing_date":"2021-03-03T21:53:00+00:00","publisher":"Isle Wire","url":"https://isle.example/a","body":{"summary":["A"],"sections":[{"headline":[],"paragraphs":["ferry."]}]}}"#,
            "T",
            "Isle Wire",
            "2021-03-03",
            "https://isle.example/a",
        ),
        // CC-News
        (
            r#"{"requested_url":"https://isle.example/a","plain_text":"A ferry.","published_date":"2021-03-03","title":"T","author":"Ann Lee, Bo Berg","sitename":"Isle Wire","language":"en"}"#,
            "T",
            "Isle Wire",
            "2021-03-03",
            "https://isle.example/a",
        ),
        // only HTML
        (
            r#"{"title":"T","byline":["Ann Lee","Bo Berg"],"published":1614808387,"outlet":"Isle Wire","url":"https://isle.example/a","html":"<html><body><article><p>A <b>ferry</b>.</p></article></body></html>","text":""}"#,
            "T",
            "Isle Wire",
            "2021-03-03",
            "https://isle.example/a",
        ),
    ] {
        let (articles, notes, _) = read(row.as_bytes(), "x.jsonl");
        let it = articles.first().unwrap_or_else(|| panic!("{row} {notes:?}"));
        assert_eq!(it.title.as_deref(), Some(title), "{row}");
        assert_eq!(it.outlet.as_deref(), Some(outlet), "{row}");
        assert_eq!(it.published.map(|m| m.date().to_string()).as_deref(), Some(published), "{row}");
        assert_eq!(it.url.as_deref(), Some(url), "{row}");
        assert_eq!(it.byline, ["Ann Lee", "Bo Berg"], "{row}");
        assert_eq!(it.text.replace('\n', " ").replace("  ", " "), "A ferry.", "{row}");
    }
}

#[test]
fn bare_articles_agree_with_full_ones() {
    for row in ROWS.lines().chain([r#"{"text":"By Ann Lee\nA ferry ran aground.","date":"2021-03-03","x":NaN}"#]) {
        for record in records_in(row.as_bytes().to_vec(), "x.jsonl").unwrap() {
            let record = record.unwrap();
            let (bare, full) = (bare_article(&record), article(&record));
            // A headline without a text is enough to be grouped by, not to be read.
            if full.output.is_none() {
                continue;
            }
            assert_eq!(bare.notes, full.notes);
            let key = |a: Article| (a.id, a.text, a.published, a.url);
            assert_eq!(bare.output.map(key), full.output.map(key));
        }
    }
}

#[test]
fn slips_of_other_writers_are_mended() {
    for (row, text) in [
        (&br#"{"text":"A ferry.","n":NaN,"m":-Infinity,"k":"NaN"}"#[..], "A ferry."),
        (br#"{"text":"A \ud83d ferry \ud83d\ude00."}"#, "A \u{fffd} ferry 😀."),
        (b"{\"text\":\"A\tferry \x01.\"}", "A\tferry \u{1}."),
        (b"{\"text\":\"The caf\xe9 of the ferry\"}", "The café of the ferry"),
    ] {
        let (articles, notes, _) = read(row, "x.jsonl");
        assert_eq!(articles.first().map(|a| a.text.as_str()), Some(text), "{notes:?}");
    }
}

#[test]
fn truncated_compression_keeps_what_came_before() {
    let row = |i: usize| format!("{{\"id\":\"{i}\",\"text\":\"Ferry number {} ran aground.\"}}\n", i * 7919 % 1000);
    let all: String = (0..4000).map(row).collect();
    for bytes in [gz(all.as_bytes()), zstd::encode_all(all.as_bytes(), 3).unwrap()] {
        let (articles, notes, errors) = read(&bytes[..bytes.len() * 3 / 4], "x");
        assert!(articles.len() < 4000, "{}", articles.len());
        assert!(notes.iter().filter(|n| n.severity == Severity::Omitted).count() <= 1);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("what came before was kept"), "{errors:?}");
    }
    let (articles, _, errors) = read(&gz(all.as_bytes())[..12_000], "x.gz");
    assert!(articles.len() > 100 && errors.len() == 1);
    let text = "A ferry ran aground. ".repeat(20_000);
    let (articles, _, errors) = read(&gz(text.as_bytes())[..200], "x.txt.gz");
    assert!(articles[0].text.starts_with("A ferry ran aground.") && errors.len() == 1);
}

#[test]
fn what_is_not_read_is_said_clearly() {
    for (bytes, name, words) in [
        (&b"\x00\x01\x02\x03\xff\xfe\x00\x00\x07"[..], "a.txt", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.txt", "picture"),
        (b"PAR1\x15\x04", "a.parquet", "Parquet"),
        (b"WARC/1.0\r\n", "a.warc", "WARC"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "a.xml", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "a", "feed"),
        (b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", "a.json", "Feed"),
        (b"%PDF-1.4", "a", "PDF"),
        (b"PK\x03\x04", "a.docx", "ZIP"),
    ] {
        let (articles, _, errors) = read(bytes, name);
        assert!(articles.is_empty());
        assert!(errors.len() == 1 && errors[0].contains(words) && errors[0].contains(name), "{errors:?}");
    }
    let refused = |input: &str| records(input).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused("https://isle.example/a").contains("download"));
    assert!(refused("/no/such/file").contains("no such file"));
    for empty in [&b""[..], b" \n\t\n", b"\xef\xbb\xbf"] {
        let (articles, notes, errors) = read(empty, "a.txt");
        assert!(articles.is_empty() && errors.is_empty());
        assert_eq!(
            notes.iter().map(|n| (n.message.as_str(), n.severity)).collect::<Vec<_>>(),
            [("no text", Severity::Omitted)]
        );
    }
}

#[test]
fn folders_are_read_in_order_of_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    std::fs::create_dir(folder.path().join("b")).unwrap();
    file("c.jsonl", b"{\"text\":\"three\"}\n{\"text\":\"four\"}");
    file("a.txt", b"one");
    file("b/x.txt", b"two");
    file("b/y.bin", b"\x00\x01\x02");
    file(".hidden", b"never");
    let root = folder.path().to_str().unwrap();
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for record in records(root).unwrap() {
        match record {
            Ok(record) => texts.push(article(&record).output.unwrap().text),
            Err(e) => errors.push(e.to_string()),
        }
    }
    assert_eq!(texts, ["one", "two", "three", "four"]);
    assert!(errors.len() == 1 && errors[0].contains("y.bin") && errors[0].contains("binary"));
    let empty = tempfile::tempdir().unwrap();
    assert!(records(empty.path().to_str().unwrap()).is_err());
}

#[test]
fn wrong_and_mixed_encodings() {
    for (bytes, text, rule) in [
        (
            &b"The ferry\x92s caf\xe9 was closed, the \x93Sabine\x94 said."[..],
            "The ferry’s café was closed, the “Sabine” said.",
            "decoded",
        ),
        ("Fähre auf Grund, sagte das Amt für Häfen: \u{201e}gut\u{201c}. caf".as_bytes(), "", ""),
    ] {
        let (articles, notes, _) = read(bytes, "a.txt");
        if rule.is_empty() {
            assert!(notes.is_empty());
        } else {
            assert_eq!(articles[0].text, text);
            assert_eq!(notes[0].rule, rule);
        }
    }
    let mixed = ["Fähre läuft auf Grund – ".as_bytes(), b"caf\xe9"].concat();
    let (articles, notes, _) = read(&mixed, "a.txt");
    assert!(articles[0].text.ends_with("café"));
    assert!(notes[0].message.contains("1 bytes that are not UTF-8") && notes[0].severity == Severity::Warning);
}

#[test]
fn a_single_line_of_a_hundred_megabytes() {
    let line = "A ferry ran aground on Wednesday (Reuters). ".repeat(100_000_000 / 44 + 1);
    // Unless it is allowed to, no article grows so large: it is left out by name.
    let (articles, _, errors) = read(line.as_bytes(), "a.txt");
    assert!(articles.is_empty() && errors[0].contains("a.txt"), "{errors:?}");
    let all = |bytes: Vec<u8>, name: &str| -> Vec<_> {
        let reader = Box::new(std::io::Cursor::new(bytes));
        records_from(reader, name, 1 << 30).unwrap().map(Result::unwrap).collect()
    };
    let records = all(line.clone().into_bytes(), "a.txt");
    assert_eq!(article(&records[0]).output.unwrap().text.len(), line.len());
    let row = format!("{{\"text\":\"{line}\"}}\n{{\"text\":\"short\"}}");
    let records = all(row.into_bytes(), "a.jsonl");
    assert_eq!(records.len(), 2);
    assert!(records.iter().all(|r| r.format == Format::Jsonl && bare_article(r).output.is_some()));
}

#[test]
fn what_grows_beyond_the_limit_is_left_out_by_name_and_the_rest_is_read() {
    use rashomon_read::records_within;
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let long = "The weir gave way. ".repeat(200_000);
    let mut packed =
        flate2::write::GzEncoder::new(std::fs::File::create(path("a.txt.gz")).unwrap(), flate2::Compression::best());
    packed.write_all(long.as_bytes()).unwrap();
    packed.finish().unwrap();
    assert!(std::fs::metadata(path("a.txt.gz")).unwrap().len() < 50_000);
    let row = |text: &str| format!("{{\"text\": \"{text}\"}}\n");
    std::fs::write(path("b.jsonl"), format!("{}{}{}", row("First."), row(&long), row("Third."))).unwrap();
    std::fs::write(path("c.json"), format!("[{},{},{}]", row("First."), row(&long), row("Third."))).unwrap();
    let read = |input: &str, largest: u64| -> Vec<String> {
        match records_within(input, largest) {
            Ok(records) => {
                records.map(|r| r.map_or_else(|e| e.to_string(), |r| format!("{} bytes", r.bytes.len()))).collect()
            }
            Err(e) => vec![e.to_string()],
        }
    };
    let limit = 1 << 20;
    let told = |place: &str| format!("{}: an article of more than 1 MiB; --largest raises the limit", path(place));
    assert_eq!(read(&path("a.txt.gz"), limit), [told("a.txt.gz")]);
    assert_eq!(read(&path("a.txt.gz"), 8 << 20), [format!("{} bytes", long.len())]);
    for (name, at) in [("b.jsonl", "b.jsonl:2"), ("c.json", "c.json:2")] {
        let found = read(&path(name), limit);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[1], told(at), "{name}");
        assert!(found[0].ends_with("bytes") && found[2].ends_with("bytes"), "{found:?}");
    }
}

/// Opening a pipe would wait for somebody to write into it.
#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_left_out_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    std::fs::write(folder.path().join("a.txt"), "The weir gave way on Monday.").unwrap();
    if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|it| it.success()) {
        return;
    }
    let found: Vec<_> = rashomon_read::records(&folder.path().to_string_lossy()).unwrap().collect();
    assert_eq!(found.iter().filter(|r| r.is_ok()).count(), 1);
    let told: Vec<String> = found.iter().filter_map(|r| r.as_ref().err().map(ToString::to_string)).collect();
    assert!(told.len() == 1 && told[0].contains("pipe") && told[0].contains("not a file"), "{told:?}");
}
