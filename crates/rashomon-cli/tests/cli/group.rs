//! `rashomon group` from outside: the same stories in one run or in many, killed or not; pins, broken rows, versions.

use crate::desk::{command, rashomon, read, succeed};
use std::fmt::Write;
use std::time::Duration;

/// Invented articles: every event is told by three outlets in nearly the same words.
fn rows(from: usize, to: usize) -> String {
    let mut out = String::new();
    for n in from..to {
        let (event, outlet) = (n / 3, n % 3);
        let day = 1 + event / 40 % 28;
        let _ = writeln!(
            out,
            r#"{{"id":"a{n}","outlet":"Paper {outlet}","published":"2021-05-{day:02}T{outlet:02}:00:00Z","title":"Mayor of Quor{event} opens zelkova{event} bridge","text":"The mayor of Quor{event} opened the zelkova{event} bridge over the Brin{event} after work of {event} weeks, outlet {outlet} reports. Engineer Tamsin Orla{event} built it with larchwood{event}."}}"#
        );
    }
    out
}

#[test]
fn twenty_kills_and_a_resumed_run_give_the_stories_of_one_run() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    std::fs::write(dir.join("all.jsonl"), rows(0, 12_000)).unwrap();
    succeed(dir, &["group", "all.jsonl", "--out", "whole"]);
    let mut random = 7_u64;
    for _ in 0..20 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = command(dir, &["group", "all.jsonl", "--state", "s", "--out", "resumed"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random >> 33 & 511));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    succeed(dir, &["group", "all.jsonl", "--state", "s", "--out", "resumed"]);
    assert!(read(dir, "resumed/stories.jsonl") == read(dir, "whole/stories.jsonl"));
}

#[test]
fn parts_out_of_order_give_the_stories_of_one_run_and_tell_merges() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    let all = rows(0, 90);
    let lines: Vec<&str> = all.lines().collect();
    std::fs::write(dir.join("all.jsonl"), &all).unwrap();
    std::fs::write(dir.join("late.jsonl"), lines[45..].join("\n")).unwrap();
    std::fs::write(dir.join("early.jsonl"), lines[..45].join("\n")).unwrap();
    succeed(dir, &["group", "all.jsonl", "--out", "whole", "--format", "jsonl"]);
    for part in ["late.jsonl", "early.jsonl"] {
        succeed(dir, &["group", part, "--state", "s", "--out", "parts"]);
    }
    assert_eq!(read(dir, "parts/stories.jsonl"), read(dir, "whole/stories.jsonl"));
    std::fs::write(dir.join("pins"), "join a0 a9\npart a30 a31\n").unwrap();
    succeed(dir, &["group", "--state", "s", "--pins", "pins", "--out", "pinned"]);
    let events = read(dir, "pinned/events.jsonl");
    assert!(events.contains(r#""kind":"merge""#), "{events}");
    succeed(dir, &["group", "--state", "s", "--out", "again"]);
    assert_eq!(read(dir, "again/stories.jsonl"), read(dir, "pinned/stories.jsonl"), "pins survive");
}

#[test]
fn broken_rows_are_named_and_newer_states_refused() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    std::fs::write(dir.join("in.jsonl"), format!("{}{{broken\n{}", rows(0, 3), rows(3, 6))).unwrap();
    let run = rashomon(dir, &["group", "in.jsonl", "--out", "o"]);
    assert_eq!(run.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&run.stderr).contains("in.jsonl:4"));
    assert_eq!(read(dir, "o/stories.jsonl").lines().count(), 6);
    assert!(dir.join("o/lineage.jsonl").exists());
    let mut newer = b"rashomon stories".to_vec();
    newer.extend(99_u32.to_le_bytes());
    std::fs::write(dir.join("s"), newer).unwrap();
    let run = rashomon(dir, &["group", "in.jsonl", "--state", "s", "--out", "o"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("newer rashomon"));
    let older = [&b"rashomon stories"[..], &4_u32.to_le_bytes(), b"what version four held"].concat();
    std::fs::write(dir.join("s"), &older).unwrap();
    let run = rashomon(dir, &["group", "in.jsonl", "--state", "s", "--out", "o"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("state version 4"));
    assert_eq!(std::fs::read(dir.join("s")).unwrap(), older);
}

#[test]
fn a_cut_or_flipped_state_is_refused_by_name_and_left_as_it_is() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path();
    std::fs::write(dir.join("in.jsonl"), rows(0, 60)).unwrap();
    succeed(dir, &["group", "in.jsonl", "--state", "s", "--out", "o"]);
    let mut random = 11_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let sound = ["s", "s.texts"].map(|name| (name, std::fs::read(dir.join(name)).unwrap()));
    for n in 0..60 {
        let (name, whole) = &sound[n % 2];
        let mut broken = whole.clone();
        let at = next(whole.len() - 1);
        if n % 4 < 2 {
            broken.truncate(1 + at);
        } else {
            broken[at] ^= 1 << next(8);
        }
        std::fs::write(dir.join(name), &broken).unwrap();
        let run = rashomon(dir, &["group", "in.jsonl", "--state", "s", "--out", "o"]);
        let told = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{name} at {at}: {told}");
        assert!(told.contains(&format!("{name}: ")), "{told}");
        assert!(std::fs::read(dir.join(name)).unwrap() == broken, "{name} was written over");
        std::fs::write(dir.join(name), whole).unwrap();
    }
    succeed(dir, &["group", "in.jsonl", "--state", "s", "--out", "o"]);
}

#[test]
fn why_says_so_in_words_and_numbers() {
    let desk = tempfile::tempdir().unwrap();
    std::fs::write(desk.path().join("in.jsonl"), rows(0, 9)).unwrap();
    let run = rashomon(desk.path(), &["why", "a0", "a1", "in.jsonl"]);
    let text = String::from_utf8_lossy(&run.stdout);
    assert!(text.contains("in one story") && text.contains("both name") && text.contains("log-odds"), "{text}");
    assert_eq!(rashomon(desk.path(), &["why", "a0", "nobody", "in.jsonl"]).status.code(), Some(1));
}
