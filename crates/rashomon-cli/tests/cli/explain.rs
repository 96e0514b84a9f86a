//! Rules: each finds in its example what it says, each that stands beside a statement is known, the book's page is fresh.

use crate::command::Desk;
use rashomon::model::Rule;
use serde_json::{Value, json};
use std::path::Path;

fn entries() -> Vec<Rule> {
    rashomon::rules().into_iter().flat_map(|(_, rules)| rules).copied().collect()
}

/// The reports of an example as rows.
fn rows(it: Rule) -> String {
    let mut out = String::new();
    for (n, report) in it.reports.iter().enumerate() {
        let (title, text) = report.text.split_once("\n\n").filter(|(t, _)| t.len() < 80 && !t.ends_with('.')).unzip();
        let mut row = json!({"id": format!("r{n}"), "text": text.unwrap_or(report.text), "title": title});
        if title.is_some() {
            row["text"] = report.text.into();
        }
        let key = if report.publisher.starts_with("http") { "url" } else { "outlet" };
        for (key, value) in [(key, report.publisher), ("published", report.published)] {
            if !value.is_empty() {
                row[key] = value.into();
            }
        }
        out += &format!("{row}\n");
    }
    out
}

/// Everything that `value` says or points at: its own JSON, and the text of its spans.
fn said(value: &Value, own: Option<&str>, texts: &dyn Fn(&str) -> String, out: &mut String) {
    match value {
        Value::Object(map) => {
            let article = map.get("article").and_then(Value::as_str).map(texts);
            let text = article.as_deref().or(own);
            map.values().for_each(|v| said(v, text, texts, out));
        }
        Value::Array(items) => {
            if let ([a, b], Some(text)) = (&items[..], own)
                && let (Some(a), Some(b)) = (a.as_u64(), b.as_u64())
            {
                out.push_str(text.get(a as usize..b as usize).unwrap_or_default());
                out.push('\n');
            }
            items.iter().for_each(|v| said(v, own, texts, out));
        }
        it => {
            out.push_str(&it.to_string());
            out.push('\n');
        }
    }
}

/// Calls `take` for each statement with a rule in a collation: the rule, and what it says.
fn statements(collation: &Value, take: &mut dyn FnMut(&str, String)) {
    let articles = collation["articles"].as_array().unwrap();
    let text = |id: &str| {
        let it = articles.iter().find(|a| a["id"] == id).unwrap();
        it["text"].as_str().unwrap().to_owned()
    };
    fn visit(value: &Value, own: Option<&str>, texts: &dyn Fn(&str) -> String, take: &mut dyn FnMut(&str, String)) {
        match value {
            Value::Object(map) => {
                if let Some(rule) = map.get("rule").and_then(Value::as_str) {
                    let mut out = String::new();
                    said(value, own, texts, &mut out);
                    take(rule, out);
                }
                map.values().for_each(|v| visit(v, own, texts, take));
            }
            Value::Array(items) => items.iter().for_each(|v| visit(v, own, texts, take)),
            _ => {}
        }
    }
    for article in articles {
        visit(article, article["text"].as_str(), &text, take);
    }
    visit(&collation["stories"], None, &text, take);
}

/// Rules of which no example short enough to be read was found: they show in long reports only.
const TOO_LONG: [&str; 2] = ["passage-aligned-across-languages", "same-day-same-words"];

#[test]
fn every_rule_finds_what_its_example_says_and_no_other_rule_is_at_work() {
    let (mut silent, mut unknown) = (Vec::new(), Vec::new());
    for it in entries() {
        let desk = Desk::new(&[("rows.jsonl", rows(it).as_bytes()), ("pins.txt", b"join r0 r1\n")]);
        let ran = desk.run(&["collate", "rows.jsonl", "--format", "json"]);
        assert_eq!(ran.code, 0, "{}: {}", it.name, ran.err);
        let mut found = false;
        statements(&serde_json::from_str(&ran.out).unwrap(), &mut |rule, says| {
            if rashomon::rule(rule).is_none() {
                unknown.push(format!("{rule} (in the example of {})", it.name));
            }
            found |= rule == it.name && says.contains(it.shows);
        });
        if !found {
            // What only a whole corpus shows stands in the tables.
            let pins: &[&str] = if it.name == "pinned" { &["--pins", "pins.txt"] } else { &[] };
            let ran = desk.run(&[&["group", "rows.jsonl", "--out", "tables", "--format", "jsonl"], pins].concat());
            assert_eq!(ran.code, 0, "{}: {}", it.name, ran.err);
            for table in ["stories", "lineage"] {
                let rows = std::fs::read_to_string(desk.path(&format!("tables/{table}.jsonl"))).unwrap_or_default();
                found |= rows.lines().any(|r| r.contains(&format!("\"{}\"", it.name)) && r.contains(it.shows));
            }
        }
        if !found && !TOO_LONG.contains(&it.name) {
            silent.push(it.name);
        }
    }
    unknown.sort();
    unknown.dedup();
    assert_eq!((silent, unknown), (Vec::<&str>::new(), Vec::<String>::new()));
}

#[test]
fn every_rule_of_the_shipped_example_is_known() {
    let desk = Desk::new(&[]);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let ran = desk.run(&["collate", example.to_str().unwrap(), "--format", "json"]);
    let mut seen = 0;
    statements(&serde_json::from_str(&ran.out).unwrap(), &mut |rule, _| {
        seen += 1;
        assert!(rashomon::rule(rule).is_some(), "{rule} has no entry in rules.rs");
    });
    assert!(seen > 50);
}

#[test]
fn entries_are_complete_and_unlike() {
    let mut names: Vec<_> = entries().iter().map(|r| r.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "two rules of one name");
    for it in entries() {
        let lines = [it.finds, it.matters, it.wrong_when, it.measured, it.shows];
        assert!(lines.iter().all(|l| !l.trim().is_empty()), "{}", it.name);
        assert!(!it.finds.ends_with('.') && it.matters.ends_with('.') && it.wrong_when.ends_with('.'), "{}", it.name);
    }
}

#[test]
fn a_rule_is_explained_and_a_mistyped_one_is_answered_with_near_ones() {
    let desk = Desk::new(&[]);
    let it = desk.run(&["explain", "growing-count"]);
    assert_eq!(it.code, 0, "{}", it.err);
    for words in ["Why it matters", "When it is wrong", "Measured on", "Harbour Times", "140"] {
        assert!(it.out.contains(words), "{words} in\n{}", it.out);
    }
    let all = desk.run(&["explain"]).out;
    assert!(entries().iter().all(|r| all.contains(r.name)));
    let it = desk.run(&["explain", "growing-counts"]);
    assert_eq!(it.code, 2);
    assert!(it.err.contains("near: growing-count"), "{}", it.err);
    assert_eq!(desk.run(&["explain", "xyzzy"]).code, 2);
}

#[test]
fn the_page_of_rules_is_fresh() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book/src/rules.md");
    let desk = Desk::new(&[]);
    let made = desk.run(&["explain", "--format", "md"]).out;
    let kept = std::fs::read_to_string(page).unwrap_or_default();
    assert!(made == kept, "docs/book/src/rules.md is not what the rules say; run `cargo xtask rules`");
}
