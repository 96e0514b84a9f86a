//! Whether alerts find what a report still carries after its source has taken it back, on sixty invented corrections.

use jiff::Timestamp;
use rashomon::read::records_in;
use rashomon_store::{Retrieved, Store, prepare};

/// A report of another outlet, and whether it still carries what was taken back.
struct Other {
    carries: bool,
    text: String,
}

struct Case {
    name: String,
    old: String,
    new: String,
    others: Vec<Other>,
}

fn cases() -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut common = String::new();
    let paragraphs = |text: &str| text.split('|').map(str::trim).collect::<Vec<_>>().join("\n\n");
    for line in include_str!("corrections/cases.txt").lines().filter(|it| !it.is_empty()) {
        let (mark, rest) = line.split_at(1);
        let rest = rest.trim();
        let joined = |text: &str, common: &str| {
            let parts: Vec<String> =
                [paragraphs(text), paragraphs(common)].into_iter().filter(|it| !it.is_empty()).collect();
            parts.join("\n\n")
        };
        if mark == "#" {
            out.push(Case { name: rest.into(), old: String::new(), new: String::new(), others: Vec::new() });
            continue;
        }
        let case = out.last_mut().unwrap();
        match mark {
            "C" => common = if rest == "-" { String::new() } else { rest.to_owned() },
            "O" => case.old = joined(rest, &common),
            "N" => {
                case.new = match rest.strip_prefix("-withdrawn") {
                    Some(note) => note.trim().to_owned(),
                    None => joined(rest.strip_prefix("-cut").unwrap_or(rest).trim_start_matches('|'), &common),
                }
            }
            "+" | "." => case.others.push(Other { carries: mark == "+", text: joined(rest, &common) }),
            other => panic!("{other}"),
        }
    }
    out
}

fn at(hour: u32) -> Timestamp {
    format!("2031-05-{:02}T{:02}:00:00Z", 4 + hour / 24, hour % 24).parse().unwrap()
}

fn put(store: &mut Store, url: &str, outlet: &str, text: &str, hour: u32) -> String {
    let row = serde_json::json!({"url": url, "outlet": outlet, "title": outlet, "text": text, "published": at(6).to_string()});
    let encoder = store.encoder().unwrap();
    let record = records_in(row.to_string().into(), "a.jsonl").unwrap().next().unwrap().unwrap();
    let prepared = prepare(Retrieved::of(record, at(hour)), &encoder).output.unwrap();
    store.put(&[prepared]).unwrap().remove(0).article
}

#[test]
fn what_is_still_carried_is_found_and_nothing_else() {
    let all = cases();
    assert_eq!(all.len(), 60);
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for case in &all {
        let mut store = Store::in_memory().unwrap();
        let source = put(&mut store, "https://source.example/story", "Coast Agency", &case.old, 7);
        let mut keys = Vec::new();
        for (n, other) in case.others.iter().enumerate() {
            keys.push(put(
                &mut store,
                &format!("https://paper{n}.example/story"),
                &format!("Paper {n}"),
                &other.text,
                8,
            ));
        }
        store.group(at(9)).unwrap();
        // One story, whatever grouping makes of texts of three sentences: what is measured is the alert.
        for key in &keys {
            store.pin("join", &source, Some(key), None, at(9)).unwrap();
        }
        let before = store.group(at(9)).unwrap().changed;
        let early = store.raise_alerts(&before, at(9)).unwrap().output;
        assert!(early.iter().all(|it| it.kind != "still-carried"), "{}: {early:?}", case.name);
        put(&mut store, "https://source.example/story", "Coast Agency", &case.new, 12);
        let changed = store.group(at(13)).unwrap().changed;
        let alerts = store.raise_alerts(&changed, at(13)).unwrap().output;
        let told: Vec<&str> =
            alerts.iter().filter(|it| it.kind == "still-carried").filter_map(|it| it.article.as_deref()).collect();
        for (key, other) in keys.iter().zip(&case.others) {
            match (other.carries, told.contains(&key.as_str())) {
                (true, true) => right += 1,
                (true, false) => missed.push(format!("{}: {}", case.name, other.text)),
                (false, true) => wrong.push(format!("{}: {}", case.name, other.text)),
                (false, false) => {}
            }
        }
        // Every alert shows words that stand where it says.
        for alert in alerts.iter().filter(|it| it.kind == "still-carried") {
            for place in alert.proof.as_array().unwrap() {
                let version = place["version"].as_u64().and_then(|it| u32::try_from(it).ok());
                let read = store.read_version(place["article"].as_str().unwrap(), version).unwrap();
                let span = |n: usize| usize::try_from(place["span"][n].as_u64().unwrap()).unwrap();
                assert_eq!(read.text.get(span(0)..span(1)), place["exact"].as_str());
            }
        }
        // The same again says nothing new.
        assert!(store.raise_alerts(&changed, at(14)).unwrap().output.is_empty(), "{}", case.name);
    }
    let precision = f64::from(right) / (f64::from(right) + wrong.len() as f64);
    let recall = f64::from(right) / (f64::from(right) + missed.len() as f64);
    println!(
        "precision {precision:.3}, recall {recall:.3} ({right} right, {} wrong, {} missed)",
        wrong.len(),
        missed.len()
    );
    assert!(
        precision >= 0.95 && recall >= 0.85,
        "precision {precision:.3} recall {recall:.3}\nwrong {wrong:#?}\nmissed {missed:#?}"
    );
}
