//! A store from outside: adding, asking, killing, looking after.

use crate::desk::{command, rashomon, succeed};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

fn row(n: usize, text: &str) -> String {
    serde_json::json!({"url": format!("https://harbour-post.example/story-{n}"), "title": format!("Ferry {n} aground"),
        "outlet": "Harbour Post", "published": format!("2031-05-{:02}T08:00:00Z", 1 + n % 28), "text": text})
    .to_string()
}

fn ferry(n: usize) -> String {
    format!(
        "The ferry Lind {n} ran aground off Port Nora on Tuesday with {} people on board, the harbour office said.\n\nNobody was \
         hurt. Two tugs were on their way from Calder Bay, a spokeswoman said. The {n}th report of the kind this year.",
        200 + n
    )
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn add(dir: &Path, file: &str, rows: &str) -> String {
    std::fs::write(dir.join(file), rows).unwrap();
    text(&succeed(dir, &["add", file, "--store", "news.db"]).stdout)
}

#[test]
fn from_the_first_article_to_the_last_question() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let first = add(
        dir,
        "a.jsonl",
        &[
            row(1, &ferry(1)),
            row(2, "Bread is dearer in Ostvik. The bakers' guild blames the price of flour.")
                .replace("Ferry 2 aground", "Bread dearer in Ostvik"),
        ]
        .join("\n"),
    );
    assert!(first.starts_with("2 articles: 2 new"), "{first}");
    assert!(add(dir, "a.jsonl", &row(1, &ferry(1))).contains("1 as before"));
    assert!(add(dir, "b.jsonl", &row(1, &ferry(1).replace("201 people", "102 people"))).contains("1 new version"));
    let url = "https://www.harbour-post.example/story-1?utm_source=x";
    let versions = text(&succeed(dir, &["versions", url, "--store", "news.db", "--format", "text"]).stdout);
    assert!(versions.contains("- 201") && versions.contains("+ 102"), "{versions}");
    let found = text(&succeed(dir, &["search", "tugs", "calder", "--store", "news.db"]).stdout);
    assert_eq!(found.lines().count(), 1);
    let stories = text(&succeed(dir, &["stories", "--store", "news.db", "--since", "24h"]).stdout);
    assert_eq!(stories.lines().count(), 2, "{stories}");
    let id = serde_json::from_str::<serde_json::Value>(stories.lines().next().unwrap()).unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let collated = succeed(dir, &["collate", "--story", &id, "--store", "news.db", "--format", "json"]);
    let collated: serde_json::Value = serde_json::from_slice(&collated.stdout).unwrap();
    assert_eq!(collated["stories"].as_array().unwrap().len(), 1);
    assert_eq!(collated["stories"][0]["id"], id.as_str());

    let check = text(&succeed(dir, &["store", "check", "--store", "news.db"]).stdout);
    assert!(check.contains("2 articles, 3 versions") && check.contains("all is well"), "{check}");
    succeed(dir, &["store", "backup", "copy.db", "--store", "news.db"]);
    assert_eq!(rashomon(dir, &["store", "backup", "copy.db", "--store", "news.db"]).status.code(), Some(1));
    // What goes out comes back in.
    succeed(dir, &["store", "export", "-o", "all.jsonl", "--store", "news.db"]);
    let back = text(&succeed(dir, &["add", "all.jsonl", "--store", "again.db"]).stdout);
    assert!(back.starts_with("3 articles: 2 new, 1 new version"), "{back}");
    succeed(dir, &["store", "export", "--format", "parquet", "-o", "all.parquet", "--store", "news.db"]);
    let back = text(&succeed(dir, &["add", "all.parquet", "--store", "table.db"]).stdout);
    assert!(back.starts_with("3 articles: 2 new, 1 new version"), "{back}");
    let nowhere = rashomon(dir, &["store", "export", "--format", "parquet", "--store", "news.db"]);
    assert_eq!(nowhere.status.code(), Some(2));
    succeed(dir, &["store", "export", "--format", "warc", "-o", "all.warc", "--store", "news.db"]);
    let back = text(&succeed(dir, &["add", "all.warc", "--store", "archive.db"]).stdout);
    assert!(back.starts_with("3 articles: 2 new, 1 new version"), "{back}");

    let forgotten = text(&succeed(dir, &["store", "forget", url, "--yes", "--store", "news.db"]).stdout);
    assert!(forgotten.contains("for good"), "{forgotten}");
    for file in ["news.db", "news.db-wal"] {
        let bytes = std::fs::read(dir.join(file)).unwrap_or_default();
        assert!(!bytes.windows(11).any(|it| it == b"Ferry 1 agr"), "{file}");
    }
    assert!(text(&succeed(dir, &["search", "tugs", "--store", "news.db"]).stdout).is_empty());
    assert!(text(&succeed(dir, &["store", "check", "--store", "news.db"]).stdout).contains("all is well"));
    assert!(add(dir, "a.jsonl", &[row(1, &ferry(1)), row(3, &ferry(3))].join("\n")).contains("forgotten for good"));
    succeed(dir, &["store", "compact", "--store", "news.db"]);
}

#[test]
fn what_an_archive_saw_taken_down_is_told_with_its_proof() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let carried = "The harbour office of Port Nora hid the inspection of the ferry Lind for 14 months, two captains said on Monday.";
    let report = |host: &str, hour: u32| {
        serde_json::json!({"url": format!("https://{host}.example/ferry"), "title": "Ferry Lind inspection was hidden", "outlet": host,
            "published": format!("2031-05-04T{hour:02}:00:00Z"),
            "text": format!("{carried}\n\nThe ferry Lind ran aground off Port Nora on Sunday with 212 people on board.")})
        .to_string()
    };
    add(dir, "a.jsonl", &[report("agency", 8), report("paper", 9)].join("\n"));
    let gone = "HTTP/1.1 451 Unavailable For Legal Reasons\r\nContent-Type: text/html\r\n\r\n<p>Sorry</p>";
    let record = |at: &str| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://agency.example/ferry\r\nWARC-Date: {at}\r\n"
        );
        format!("{head}Content-Length: {}\r\n\r\n{gone}\r\n\r\n", gone.len())
    };
    // What an archive saw before the article was read says nothing of it.
    std::fs::write(dir.join("old.warc"), record("2020-01-01T00:00:00Z")).unwrap();
    let old = text(&succeed(dir, &["add", "old.warc", "--store", "news.db"]).stdout);
    assert!(!old.contains("taken down"), "{old}");
    std::fs::write(dir.join("new.warc"), record("2199-01-01T00:00:00Z")).unwrap();
    let new = text(&succeed(dir, &["add", "new.warc", "--store", "news.db"]).stdout);
    assert!(new.contains("1 article taken down since") && new.contains("alert (still-carried)"), "{new}");
    assert!(text(&rashomon(dir, &["read", "new.warc"]).stderr).contains("no article in the input"));
    let alerts = text(&succeed(dir, &["alerts", "--store", "news.db", "--since", "24h"]).stdout);
    let alert: serde_json::Value = serde_json::from_str(alerts.lines().next().unwrap()).unwrap();
    assert_eq!(alert["kind"], "still-carried");
    assert!(alert["proof"].to_string().contains("hid the inspection"), "{alert}");
    let atom = text(&succeed(dir, &["alerts", "--store", "news.db", "--format", "atom"]).stdout);
    assert!(atom.contains("<entry>") && atom.contains("http://127.0.0.1:8787/stories/"), "{atom}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    for args in [
        &["stories", "--store", "none.db"][..],
        &["search", "x", "--store", "none.db"],
        &["store", "check", "--store", "none.db"],
        &["collate", "--story", "x", "--store", "none.db"],
    ] {
        let run = rashomon(dir, args);
        assert_eq!(run.status.code(), Some(1), "{args:?}");
        assert!(text(&run.stderr).contains("no such store"), "{args:?}: {}", text(&run.stderr));
    }
    assert_eq!(rashomon(dir, &["stories", "--since", "soon"]).status.code(), Some(2));
    assert_eq!(rashomon(dir, &["collate"]).status.code(), Some(2));
    std::fs::write(dir.join("x.db"), "x".repeat(5000)).unwrap();
    std::fs::write(dir.join("a.jsonl"), row(1, &ferry(1))).unwrap();
    let run = rashomon(dir, &["add", "a.jsonl", "--store", "x.db"]);
    assert!(text(&run.stderr).contains("not a store"), "{}", text(&run.stderr));
    std::fs::write(dir.join("bad.jsonl"), "{\"text\": \"A ferry sank off Port Nora.\"}\n{broken\n").unwrap();
    assert_eq!(rashomon(dir, &["add", "bad.jsonl", "--store", "news.db"]).status.code(), Some(3));
    succeed(dir, &["add", "a.jsonl", "--store", "news.db"]);
    assert_eq!(rashomon(dir, &["versions", "https://nowhere.example/", "--store", "news.db"]).status.code(), Some(1));
    assert_eq!(
        rashomon(dir, &["store", "forget", "https://nowhere.example/", "--yes", "--store", "news.db"]).status.code(),
        Some(1)
    );
}

/// Disk full, and a limit on the size of files, which would end a program that does not expect it.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_said_and_damages_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let first = add(dir, "first.jsonl", &row(1, &ferry(1)));
    assert!(first.contains("1 new"), "{first}");
    // Words that no compression makes small.
    let words = |n: u64| {
        (0..400).map(|w| format!("{:x} ", (n * 1000 + w).wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect::<String>()
    };
    let rows: String = (10..1500).map(|n| format!("{}\n", row(n, &words(n as u64)))).collect();
    std::fs::write(dir.join("many.jsonl"), &rows).unwrap();
    let limited = |args: &str| {
        // In blocks of 512 bytes, or of 1,024 where `sh` is bash: 2 or 4 MB, less than the rows take.
        let line = format!("ulimit -f 4000; exec {} {args}", env!("CARGO_BIN_EXE_rashomon"));
        std::process::Command::new("sh").args(["-c", &line]).current_dir(dir).output().unwrap()
    };
    for (args, wanted) in [
        ("add many.jsonl --no-group --store news.db", "limit on the size of files"),
        ("read many.jsonl -o read.jsonl", "too large"),
        ("read - -o read.jsonl --format jsonl < many.jsonl", "too large"),
    ] {
        let run = limited(args);
        let said = text(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{args}: {said}");
        assert!(said.contains(wanted), "{args}: {said}");
    }
    assert!(!dir.join("read.jsonl").exists(), "no half a file under the name that was asked for");
    let check = text(&succeed(dir, &["store", "check", "--store", "news.db"]).stdout);
    assert!(check.contains("all is well") && check.starts_with("1 article"), "{check}");
    let again = add(dir, "many.jsonl", &rows);
    assert!(again.contains("1490 new"), "{again}");
}

#[test]
fn two_programs_wait_for_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let part = |from: usize| {
        (from..from + 900).fold(String::new(), |mut out, n| {
            let _ = writeln!(out, "{}", row(n, &ferry(n)));
            out
        })
    };
    for n in 0..3 {
        std::fs::write(dir.join(format!("{n}.jsonl")), part(n * 900)).unwrap();
    }
    let children: Vec<_> = (0..3)
        .map(|n| command(dir, &["add", &format!("{n}.jsonl"), "--no-alerts", "--store", "news.db"]).spawn().unwrap())
        .collect();
    for child in children {
        let run = child.wait_with_output().unwrap();
        assert!(run.status.success(), "{}", text(&run.stderr));
    }
    let check = text(&succeed(dir, &["store", "check", "--store", "news.db"]).stdout);
    assert!(check.contains("2700 articles, 2700 versions") && check.contains("all is well"), "{check}");
}

/// How often the program is killed; `RASHOMON_KILLS=100` for the long form.
fn kills() -> u64 {
    std::env::var("RASHOMON_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(8)
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let rows = (0..3000).fold(String::new(), |mut out, n| {
        let _ = writeln!(out, "{}", row(n, &ferry(n)));
        out
    });
    std::fs::write(dir.join("all.jsonl"), rows).unwrap();
    let mut acknowledged = std::collections::BTreeSet::new();
    for n in 0..kills() {
        let out = std::fs::File::create(dir.join("out.jsonl")).unwrap();
        let mut child = command(dir, &["add", "all.jsonl", "--each", "--no-alerts", "--store", "news.db"])
            .stdout(out)
            .spawn()
            .unwrap();
        // Spread over the life of a run, in an order that is no order.
        std::thread::sleep(Duration::from_millis(40 + (n * 7919) % 1500));
        child.kill().unwrap();
        child.wait().unwrap();
        let said = std::fs::read_to_string(dir.join("out.jsonl")).unwrap();
        let whole = said.rfind('\n').map_or("", |end| &said[..end]);
        for line in whole.lines() {
            let it: serde_json::Value = serde_json::from_str(line).unwrap();
            acknowledged.insert(it["article"].as_str().unwrap().to_owned());
        }
    }
    succeed(dir, &["add", "all.jsonl", "--no-alerts", "--store", "news.db"]);
    let check = text(&succeed(dir, &["store", "check", "--store", "news.db"]).stdout);
    assert!(check.contains("3000 articles, 3000 versions") && check.contains("all is well"), "{check}");
    let exported = text(&succeed(dir, &["store", "export", "--store", "news.db"]).stdout);
    let there: std::collections::BTreeSet<String> = exported
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(acknowledged.is_subset(&there));
}

#[test]
fn who_waits_for_another_program_says_so_once_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    add(dir, "a.jsonl", &row(1, &ferry(1)));
    std::fs::write(dir.join("b.jsonl"), [row(2, &ferry(2)), row(3, &ferry(3))].join("\n")).unwrap();
    let path = dir.join("news.db");
    for (held, quiet) in [(0, false), (2_500, false), (2_500, true)] {
        let (began, wait) = std::sync::mpsc::channel();
        let path = path.clone();
        let other = std::thread::spawn(move || {
            let mut store = rashomon_store::Store::open(path).unwrap();
            let write = |store: &mut rashomon_store::Store| {
                store.set_meta("held", "by another").unwrap();
                began.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(held));
            };
            store.at_one_moment(write).unwrap();
        });
        wait.recv().unwrap();
        let mut args = vec!["add", "b.jsonl", "--store", "news.db"];
        args.extend(quiet.then_some("--quiet"));
        let told = text(&succeed(dir, &args).stderr);
        other.join().unwrap();
        let lines = told.lines().filter(|it| it.contains("locked")).count();
        assert_eq!(lines, usize::from(held > 0 && !quiet), "{told}");
        assert!(lines == 0 || told.contains("news.db"), "{told}");
    }
}

#[test]
fn feeds_tables_and_archives_are_inputs_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let rss = "<rss version='2.0'><channel><title>Harbour Post</title><item><title>Ferry</title><link>https://x.example/1</link>\
               <description>&lt;p&gt;The ferry ran aground off Port Nora on Tuesday.&lt;/p&gt;</description></item></channel></rss>";
    std::fs::write(dir.join("feed.xml"), rss).unwrap();
    std::fs::write(
        dir.join("t.csv"),
        "story,url,headline\n\"The ferry ran aground off Port Nora on Tuesday.\",https://x.example/2,Ferry\n",
    )
    .unwrap();
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>The ferry ran aground off Port Nora on Tuesday.</p></body></html>";
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/3\r\nWARC-Date: 2031-05-04T08:00:00Z\r\n";
    std::fs::write(dir.join("a.warc"), format!("{head}Content-Length: {}\r\n\r\n{page}\r\n\r\n", page.len())).unwrap();
    let read = text(&succeed(dir, &["read", "feed.xml", "t.csv", "a.warc", "--map", "story=text"]).stdout);
    let urls: Vec<String> = read
        .lines()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap()["url"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(urls, ["https://x.example/1", "https://x.example/2", "https://x.example/3"]);
    succeed(dir, &["group", "feed.xml", "a.warc", "--out", "tables"]);
    succeed(dir, &["add", "feed.xml", "a.warc", "t.csv", "--map", "story=text", "--store", "news.db"]);
    let versions = text(&succeed(dir, &["versions", "https://x.example/3", "--store", "news.db"]).stdout);
    assert!(versions.contains("2031-05-04T08:00:00Z"), "{versions}");
    assert_eq!(rashomon(dir, &["read", "feed.xml", "--map", "nothing"]).status.code(), Some(2));
    std::fs::write(dir.join("list.opml"), "<opml><body><outline xmlUrl='https://x.example/feed'/></body></opml>")
        .unwrap();
    assert!(text(&rashomon(dir, &["read", "list.opml"]).stderr).contains("rashomon watch"));
    let private = rashomon(dir, &["read", "http://127.0.0.1:9/x"]);
    assert!(text(&private.stderr).contains("--allow-private"), "{}", text(&private.stderr));
}
