//! The table `lineage` of `rashomon group` from outside: the same in one run or in many, killed or not, from files or from
//! standard input; and owners in `rashomon collate`.

use crate::desk::{command, read, succeed};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

const NOUNS: [&str; 12] =
    ["harbour", "ferry", "pilot", "bridge", "rudder", "crew", "signal", "minister", "engine", "pier", "storm", "lamp"];

/// A sentence that shares no run of words with another.
fn sentence(n: usize) -> String {
    (0..14).map(|k| format!("{}{}", NOUNS[(n + k) % 12], n * 14 + k)).collect::<Vec<_>>().join(" ") + "."
}

/// Invented articles: of every three the second is a reprint of the first, and the third has more than half of it.
fn rows(from: usize, to: usize) -> String {
    let mut out = String::new();
    for n in from..to {
        let (story, part) = (n / 3, n % 3);
        let text = |from: usize, to: usize| (from..to).map(|k| sentence(story * 40 + k)).collect::<Vec<_>>().join(" ");
        let text = match part {
            0 => text(0, 12),
            1 => format!("{} {}", text(0, 12), text(20, 21)),
            _ => format!("{} {} {}", text(21, 28), text(3, 10), text(28, 35)),
        };
        let _ = writeln!(
            out,
            r#"{{"id":"a{n}","outlet":"Paper {part}","published":"2021-05-01T{part:02}:00:00Z","title":"Report {n}","text":"{text}"}}"#
        );
    }
    out
}

#[test]
fn parts_in_any_order_give_the_table_of_one_run() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    let all = rows(0, 30);
    let lines: Vec<&str> = all.lines().collect();
    std::fs::write(dir.join("all.jsonl"), &all).unwrap();
    succeed(dir, &["group", "all.jsonl", "--out", "whole"]);
    let whole = read(dir, "whole/lineage.jsonl");
    for (kind, count) in [(r#""kind":"reprint""#, 10), (r#""kind":"excerpt""#, 10)] {
        assert!(whole.matches(kind).count() >= count, "{kind} in {whole}");
    }
    // Every third article of a story stands in the other part; one is read twice.
    let part = |rest: usize| {
        let own: Vec<&str> =
            lines.iter().enumerate().filter(|(n, _)| n % 2 == rest || *n == 4).map(|it| *it.1).collect();
        own.join("\n")
    };
    for (n, name) in [(1, "late.jsonl"), (0, "early.jsonl")] {
        std::fs::write(dir.join(name), part(n)).unwrap();
        succeed(dir, &["group", name, "--state", "s", "--out", "parts"]);
    }
    assert_eq!(read(dir, "parts/lineage.jsonl"), whole);
    // From the state alone, and from standard input without stories.
    succeed(dir, &["group", "--state", "s", "--out", "again"]);
    assert_eq!(read(dir, "again/lineage.jsonl"), whole);
    let mut child =
        command(dir, &["group", "-", "--no-stories", "--out", "piped"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(all.as_bytes()).unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(read(dir, "piped/lineage.jsonl"), whole);
    assert!(!dir.join("piped/stories.jsonl").exists());
    assert_eq!(std::fs::read_dir(dir.join("piped")).unwrap().count(), 1, "nothing stays beside the table");
}

#[test]
fn kills_lose_nothing_and_what_was_read_without_lineage_is_told() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    std::fs::write(dir.join("all.jsonl"), rows(0, 3_000)).unwrap();
    succeed(dir, &["group", "all.jsonl", "--out", "whole"]);
    let mut random = 11_u64;
    for _ in 0..12 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = command(dir, &["group", "all.jsonl", "--state", "s", "--out", "resumed"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random >> 33 & 255));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    succeed(dir, &["group", "all.jsonl", "--state", "s", "--out", "resumed"]);
    assert!(read(dir, "resumed/lineage.jsonl") == read(dir, "whole/lineage.jsonl"));
    // What a run has ended with is there to stay: a cut is told, and nothing changed.
    let texts = std::fs::read(dir.join("s.texts")).unwrap();
    let cut = &texts[..texts.len() - 7];
    std::fs::write(dir.join("s.texts"), cut).unwrap();
    let run = command(dir, &["group", "--state", "s", "--out", "o"]).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("s.texts: cut at byte"));
    assert!(std::fs::read(dir.join("s.texts")).unwrap() == cut);
    // So is damage.
    let mut broken = texts.clone();
    broken[texts.len() / 2] ^= 1;
    std::fs::write(dir.join("s.texts"), &broken).unwrap();
    let run = command(dir, &["group", "--state", "s", "--out", "o"]).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("s.texts: damaged"));
    assert!(std::fs::read(dir.join("s.texts")).unwrap() == broken);
    std::fs::remove_file(dir.join("s.texts")).unwrap();
    let run = succeed(dir, &["group", "--state", "s", "--out", "o"]);
    assert!(String::from_utf8_lossy(&run.stderr).contains("3000 articles of the state have no text here"));
    assert_eq!(read(dir, "o/lineage.jsonl"), "");
}

#[test]
fn the_table_knows_what_texts_declare_in_one_run_or_in_many() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    let said = |from: usize, to: usize| (from..to).map(sentence).collect::<Vec<_>>().join(" ");
    let text = |n: usize| format!("{}\\n\\n{}\\n\\n{}", said(n, n + 6), said(0, 6), said(n + 6, n + 12));
    let credit = "\\n\\nThe Associated Press contributed to this report.";
    let row = |id: &str, outlet: &str, text: String| {
        format!(r#"{{"id":"{id}","outlet":"{outlet}","published":"2021-05-01","title":"Report {id}","text":"{text}"}}"#)
    };
    // Two owe one passage to an agency, which is not here; then it comes.
    let credited = [
        row("a", "Quay Post", text(100) + credit),
        row("b", "Strait Courier", text(200) + credit),
        row("c", "Lark", text(300)),
    ];
    std::fs::write(dir.join("credited.jsonl"), credited.join("\n")).unwrap();
    let own = row("d", "Associated Press", format!("REEDHAVEN (AP) — {}", text(400)));
    std::fs::write(dir.join("own.jsonl"), own).unwrap();
    let relations = |out: &str| {
        let table = read(dir, &format!("{out}/lineage.jsonl"));
        let rows = table.lines().map(|it| serde_json::from_str::<serde_json::Value>(it).unwrap());
        let told = |it: serde_json::Value| {
            format!("{} {} {} {}", it["source"], it["derived"], it["kind"], it["directed"]).replace('"', "")
        };
        rows.map(told).collect::<Vec<_>>()
    };
    succeed(dir, &["group", "credited.jsonl", "--state", "s", "--out", "first"]);
    assert!(relations("first").contains(&"a b common-source false".to_owned()), "{:?}", relations("first"));
    succeed(dir, &["group", "own.jsonl", "--state", "s", "--out", "then"]);
    succeed(dir, &["group", "own.jsonl", "credited.jsonl", "--out", "once"]);
    for it in ["d a excerpt true", "d b excerpt true", "d c excerpt true"] {
        assert!(relations("then").contains(&it.to_owned()), "{it} in {:?}", relations("then"));
    }
    assert_eq!(relations("then"), relations("once"));
}

#[test]
fn one_owner_lowers_the_range_of_independent_accounts() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    for (n, outlet) in ["Quay Post", "Strait Courier", "Lark"].iter().enumerate() {
        let said = [
            "The Reedhaven ferry struck the pier at noon and forty passengers were taken off by boat",
            "Forty passengers left by boat after the ferry at Reedhaven hit its pier around noon",
            "At noon the ferry ran into the Reedhaven pier, and boats took its forty passengers off",
        ][n];
        let row = format!(
            r#"{{"id":"{outlet}","outlet":"{outlet}","published":"2021-05-01T0{n}:00:00Z","title":"Ferry at Reedhaven","text":"{said}, {}"}}"#,
            sentence(n)
        );
        std::fs::write(dir.join(format!("{n}.jsonl")), row).unwrap();
    }
    std::fs::write(dir.join("owners.csv"), "# invented\nQuay Post,Strait Group\n\"Strait Courier\",Strait Group\n")
        .unwrap();
    let inputs = ["0.jsonl", "1.jsonl", "2.jsonl"];
    let range = |more: &[&str]| {
        let args: Vec<&str> =
            ["collate"].iter().chain(&inputs).chain(&["--format", "json"]).chain(more).copied().collect();
        let run = succeed(dir, &args);
        let it: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let stories = it["stories"].as_array().unwrap().clone();
        assert_eq!(stories.len(), 1, "{stories:#?}");
        stories[0]["independent"].clone()
    };
    let without = range(&[]);
    assert_eq!((&without["low"], &without["high"]), (&3.into(), &3.into()));
    let with = range(&["--owners", "owners.csv"]);
    assert_eq!((&with["low"], &with["high"]), (&2.into(), &3.into()));
    assert!(with["owners"].to_string().contains("Strait Group"), "{with}");
    std::fs::write(dir.join("owners.csv"), "Quay Post,Strait Group\nno owner here\n").unwrap();
    let run = command(dir, &["collate", "0.jsonl", "--owners", "owners.csv"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains('2'), "the line is named");
}
