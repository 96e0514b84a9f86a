//! How the program behaves among others: endings, pins and owners by name, tables of earlier runs, words that could do harm,
//! interrupts.

use crate::desk::{command, rashomon, read, succeed};
use serde_json::Value;
use std::path::Path;

const STUB: &str = "Gate jams at Orrin dam\n\nA gate of the Orrin dam jammed on Monday, the operator said. \
\"We could have lost the whole valley,\" said engineer Mara Quill.\n";
const LONGER: &str = "Families leave valley\n\nFourteen families left their homes after a gate of the Orrin dam \
jammed on Monday. \"We could have lost the valley,\" engineer Mara Quill said. The operator said the gate jammed.\n";

fn stderr(run: &std::process::Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn files(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(dir).unwrap().map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn an_ending_that_names_no_format_is_refused() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), STUB).unwrap();
    for (command, name) in [("collate", "o.pdf"), ("read", "o.html"), ("quotes", "o.xlsx"), ("annotate", "o.csv.gz")] {
        let run = rashomon(desk.path(), &[command, "a.txt", "-o", name]);
        assert_eq!(run.status.code(), Some(2), "{command} {name}: {}", stderr(&run));
        assert!(stderr(&run).contains(name), "{}", stderr(&run));
    }
    succeed(desk.path(), &["collate", "a.txt", "-o", "o.htm"]);
    assert!(read(desk.path(), "o.htm").starts_with("<!doctype html>"));
    succeed(desk.path(), &["collate", "a.txt", "-o", "o.pdf", "--format", "json"]);
    assert_eq!(files(desk.path()), ["a.txt", "o.htm", "o.pdf"]);
}

#[test]
fn a_table_of_another_form_does_not_outlive_the_next_run() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), STUB).unwrap();
    std::fs::write(desk.path().join("b.txt"), LONGER).unwrap();
    let run = succeed(desk.path(), &["group", "a.txt", "b.txt", "--out", "o"]);
    assert!(stderr(&run).contains("2 articles in "), "{}", stderr(&run));
    assert_eq!(files(&desk.path().join("o")), ["lineage.jsonl", "stories.jsonl"]);
    let run = succeed(desk.path(), &["group", "a.txt", "b.txt", "--out", "o", "--format", "parquet", "-q"]);
    assert_eq!(stderr(&run), "");
    assert_eq!(files(&desk.path().join("o")), ["lineage.parquet", "stories.parquet"]);
}

#[test]
fn pins_and_owners_that_match_nothing_are_named() {
    let desk = tempfile::tempdir().unwrap();
    let row = |id: &str| {
        format!("{{\"id\":\"{id}\",\"outlet\":\"Vell News\",\"text\":\"A gate of the Orrin dam jammed on Monday.\"}}\n")
    };
    std::fs::write(desk.path().join("a.jsonl"), row("a") + &row("b")).unwrap();
    std::fs::write(desk.path().join("pins"), "join a b\npart a bb\n").unwrap();
    let run = rashomon(desk.path(), &["group", "a.jsonl", "--pins", "pins", "--state", "s", "--out", "o"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("pins: no article has the id bb"), "{}", stderr(&run));
    assert!(!desk.path().join("o/stories.jsonl").exists());
    succeed(desk.path(), &["group", "a.jsonl", "--state", "s", "--out", "o"]);

    std::fs::write(desk.path().join("owners"), "Vell Nwes\tPier Group\n").unwrap();
    let run = rashomon(desk.path(), &["collate", "a.jsonl", "--owners", "owners"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("Vell Nwes"), "{}", stderr(&run));
    std::fs::write(desk.path().join("owners"), "Vell News\tPier Group\nQuay Post\tPier Group\n").unwrap();
    let run = succeed(desk.path(), &["collate", "a.jsonl", "--owners", "owners"]);
    assert!(stderr(&run).contains("no report is from Quay Post"), "{}", stderr(&run));
}

#[test]
fn what_a_text_does_not_say_can_be_said_for_it() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), STUB).unwrap();
    std::fs::write(
        desk.path().join("b.jsonl"),
        "{\"outlet\":\"Quay Post\",\"published\":\"2031-05-07T08:00:00Z\",\"text\":\"The gate held.\"}\n",
    )
    .unwrap();
    let more = ["--outlet", "Vell News", "--published", "2031-05-06"];
    let run = succeed(desk.path(), &[&["annotate", "a.txt", "b.jsonl"], &more[..]].concat());
    let rows: Vec<Value> =
        String::from_utf8(run.stdout).unwrap().lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!((rows[0]["outlet"].as_str(), rows[0]["published"].as_str()), (Some("Vell News"), Some("2031-05-06")));
    assert_eq!(rows[0]["times"][0]["value"], "2031-05-05", "Monday is counted from the day that was given");
    assert_eq!(
        (rows[1]["outlet"].as_str(), rows[1]["published"].as_str()),
        (Some("Quay Post"), Some("2031-05-07T08:00:00Z"))
    );
    let run = rashomon(desk.path(), &["annotate", "a.txt", "--published", "lately"]);
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn words_of_others_drive_no_terminal_and_no_spreadsheet() {
    let desk = tempfile::tempdir().unwrap();
    let text = "\u{1b}]0;owned\u{7}Gate jams\n\n\"=HYPERLINK(1) \u{1b}[31mred,\" said engineer Mara Quill. \"We \u{9b}31m stay here now,\" she said.\n";
    std::fs::write(desk.path().join("a.txt"), text).unwrap();
    let hidden = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
    };
    for args in [
        &["read", "--format", "text", "a.txt"][..],
        &["annotate", "--format", "text", "a.txt"],
        &["quotes", "--format", "text", "a.txt"],
        &["quotes", "--format", "csv", "a.txt"],
        &["collate", "--format", "text", "a.txt"],
        &["collate", "--format", "md", "a.txt"],
        &["collate", "--format", "html", "a.txt"],
        &["collate", "--format", "text", "--brief", "a.txt"],
        &["check", "--format", "text", "we stay here", "a.txt"],
        &["read", "\u{1b}[31mmissing"],
    ] {
        let run = rashomon(desk.path(), args);
        assert!(!hidden(&run.stdout) && !hidden(&run.stderr), "{args:?}");
    }
    let csv = String::from_utf8(succeed(desk.path(), &["quotes", "--format", "csv", "a.txt"]).stdout).unwrap();
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
}

#[test]
fn the_brief_is_a_screen() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let desk = tempfile::tempdir().unwrap();
    let run = succeed(desk.path(), &["collate", example.to_str().unwrap(), "--format", "text", "--brief"]);
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.lines().count() <= 24, "{} lines:\n{text}", text.lines().count());
    for words in ["independent accounts", "disagreement", "altered wording"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(!read_markdown(desk.path(), &example).contains("\n## "));
}

fn read_markdown(dir: &Path, example: &Path) -> String {
    succeed(dir, &["collate", example.to_str().unwrap(), "--brief", "-o", "o.md"]);
    read(dir, "o.md")
}

#[test]
fn many_stories_are_an_index_and_pages_that_lead_to_each_other() {
    let events = [
        ("Arven", "mill", "burned down"),
        ("Brosk", "ferry", "ran aground"),
        ("Calder", "bridge", "was sold"),
        ("Dunmar", "bakery", "won a prize"),
        ("Elvik", "school", "was closed"),
        ("Farrow", "tram", "derailed"),
        ("Gresk", "harbour crane", "collapsed"),
        ("Holm", "museum", "was robbed"),
        ("Istra", "orchard", "was flooded"),
        ("Jarrow", "theatre", "reopened"),
        ("Kelm", "lighthouse", "lost its lamp"),
        ("Lorne", "brewery", "spilled beer"),
        ("Marsk", "library", "banned phones"),
        ("Norvel", "quarry", "caved in"),
        ("Orrin", "stadium", "was renamed"),
        ("Pell", "chapel", "was struck by lightning"),
        ("Quor", "hospital", "went on strike"),
        ("Risk", "prison", "lost two inmates"),
        ("Selm", "aquarium", "hatched a shark"),
        ("Tarvel", "windmill", "was moved"),
        ("Ulm", "tunnel", "was drilled through"),
        ("Varn", "castle", "was haunted"),
        ("Wexel", "market", "ran out of fish"),
    ];
    let mut rows = String::new();
    for (n, (place, thing, deed)) in events.iter().enumerate() {
        for outlet in ["Vell News", "Quay Post"] {
            let (month, day, year) = (1 + n / 2, 1 + n, 1700 + n * 7);
            rows.push_str(&format!(
                "{{\"outlet\":\"{outlet}\",\"published\":\"2031-{month:02}-{day:02}T10:00:00Z\",\"title\":\"The {thing} of {place} {deed}\",\"text\":\"The {thing} of {place} {deed} on the day of the {place} fair, keeper Ada {place}son told the {outlet}. The {place} {thing} had stood since {year}.\"}}\n"
            ));
        }
    }
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("in.jsonl"), rows).unwrap();
    succeed(desk.path(), &["collate", "in.jsonl", "-o", "day of news.html"]);
    assert_eq!(files(desk.path()), ["day of news-2.html", "day of news.html", "in.jsonl"]);
    let (first, second) = (read(desk.path(), "day of news.html"), read(desk.path(), "day of news-2.html"));
    assert!(first.contains("23 stories") && first.contains("href=\"day%20of%20news-2.html#s23\""));
    assert_eq!(
        (first.matches("<section class=\"story\"").count(), second.matches("<section class=\"story\"").count()),
        (20, 3)
    );
    assert!(second.contains("id=\"s23\"") && second.contains("href=\"day%20of%20news.html\""));
    let whole = String::from_utf8(succeed(desk.path(), &["collate", "in.jsonl", "--format", "html"]).stdout).unwrap();
    assert_eq!(whole.matches("<section class=\"story\"").count(), 23);
}

/// A run that is interrupted takes what it has begun with it.
#[cfg(unix)]
#[test]
fn an_interrupt_leaves_nothing_half_written() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::create_dir(desk.path().join("o")).unwrap();
    std::process::Command::new("mkfifo").arg(desk.path().join("pipe")).status().unwrap();
    // It waits for the pipe, which nobody writes into, with its output begun.
    let mut child = command(desk.path(), &["annotate", "pipe", "-o", "o/annotated.jsonl"]).spawn().unwrap();
    let begun = || !files(&desk.path().join("o")).is_empty();
    for _ in 0..500 {
        if begun() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(begun(), "the run has begun its output");
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(files(&desk.path().join("o")).is_empty());
}

/// Names are bytes; where one is no UTF-8 it is shown with signs in place of what is wrong.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_read_and_written() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    let desk = tempfile::tempdir().unwrap();
    std::fs::create_dir(desk.path().join("in")).unwrap();
    std::fs::write(desk.path().join("in").join(name), STUB).unwrap();
    std::fs::write(desk.path().join(name), STUB).unwrap();
    for args in [&["read", "in"][..], &["group", "in", "--out", "o"], &["collate", "in"]] {
        succeed(desk.path(), args);
    }
    let run = command(desk.path(), &["read"])
        .arg(name)
        .arg("-o")
        .arg(std::ffi::OsStr::from_bytes(b"\xe9.jsonl"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", stderr(&run));
    let written = std::fs::read_to_string(desk.path().join(std::ffi::OsStr::from_bytes(b"\xe9.jsonl"))).unwrap();
    assert!(written.contains("Mara Quill") && written.contains("caf\u{fffd}.txt"));
}

#[test]
fn what_is_no_article_is_said_by_name() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("a.txt"), STUB).unwrap();
    std::fs::write(desk.path().join("b.txt"), LONGER).unwrap();
    for name in ["o.html", "o.txt", "o.md"] {
        succeed(desk.path(), &["collate", "a.txt", "b.txt", "-o", name]);
        let run = rashomon(desk.path(), &["read", "a.txt", name]);
        assert_eq!(run.status.code(), Some(3), "{name}: {}", stderr(&run));
        assert!(stderr(&run).contains(&format!("left out: {name}: a report that rashomon made")), "{}", stderr(&run));
    }
    let wide: Vec<u8> = "\u{feff}Gate jams.".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    std::fs::write(desk.path().join("wide.txt"), wide).unwrap();
    let run = rashomon(desk.path(), &["read", "wide.txt"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("UTF-32"), "{}", stderr(&run));
}
