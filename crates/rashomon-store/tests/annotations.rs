//! What is annotated once is not annotated again.

use jiff::Timestamp;
use rashomon::read::records_in;
use rashomon_store::{Outlet, Retrieved, Store, prepare};

fn at(hour: u32) -> Timestamp {
    format!("2031-05-04T{hour:02}:00:00Z").parse().unwrap()
}

fn put(store: &mut Store, n: usize, text: &str, hour: u32) -> String {
    let row = serde_json::json!({"url": format!("https://paper-{n}.example/ferry"), "title": "Ferry Lind aground off Port Nora",
        "outlet": format!("Paper {n}"), "text": text, "published": "2031-05-04T06:00:00Z"});
    let encoder = store.encoder().unwrap();
    let record = records_in(row.to_string().into(), "a.jsonl").unwrap().next().unwrap().unwrap();
    let prepared = prepare(Retrieved::of(record, at(hour)), &encoder).output.unwrap();
    store.put(&[prepared]).unwrap().remove(0).article
}

fn report(n: usize) -> String {
    format!(
        "The ferry Lind ran aground off Port Nora on Sunday with 212 people on board, the harbour office said. “Nobody was hurt,” \
         captain Ola Brandt said. Paper {n} saw {n} tugs from Calder Bay at the ferry Lind."
    )
}

fn told(store: &mut Store, hour: u32) -> u64 {
    let before = store.annotations_made();
    let changed = store.group(at(hour)).unwrap().changed;
    store.raise_alerts(&changed, at(hour)).unwrap();
    store.annotations_made() - before
}

#[test]
fn a_story_that_gains_a_report_costs_one_annotation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    let mut store = Store::open(&path).unwrap();
    let mut keys: Vec<String> = (1..6).map(|n| put(&mut store, n, &report(n), 7)).collect();
    assert_eq!(told(&mut store, 7), 5, "each report once, whatever is asked of it");
    let story = store.article(&keys[0]).unwrap().unwrap().story.unwrap();
    assert_eq!(store.story(&story).unwrap().unwrap().articles, 5);
    assert_eq!(told(&mut store, 8), 0);
    let quotes = |store: &Store| store.quotes(Some("nobody hurt"), None, 100).unwrap().items.len();
    assert_eq!(quotes(&store), 5);

    keys.push(put(&mut store, 6, &report(6), 9));
    assert_eq!(told(&mut store, 9), 1);
    assert_eq!(store.story(&story).unwrap().unwrap().articles, 6);
    assert_eq!(quotes(&store), 6);
    // A new version of one report is annotated, and nothing else is.
    put(&mut store, 2, &report(2).replace("212", "214"), 10);
    assert_eq!(told(&mut store, 10), 1);
    let anew = store.collate_anew(&story, at(11)).unwrap().0.json;
    drop(store);

    // Another program finds them, and what it makes of them is the same to the byte.
    let mut store = Store::open(&path).unwrap();
    assert_eq!(store.collate_anew(&story, at(11)).unwrap().0.json, anew);
    assert_eq!(store.annotations_made(), 0);
    store.compact(rashomon_store::Retention::default(), at(12)).unwrap();
    // Annotations of versions that are not the latest are made again when they are asked for.
    store.annotated_version(&keys[1], Some(1)).unwrap();
    assert_eq!(store.annotations_made(), 1);
    store.annotated_version(&keys[1], None).unwrap();
    assert_eq!(store.annotations_made(), 1);
    assert!(store.check().unwrap().problems.is_empty());
}

#[test]
fn reports_of_one_owner_may_be_one_account() {
    let mut store = Store::in_memory().unwrap();
    let texts = [
        "The ferry Lind ran aground off Port Nora on Sunday. A tug from Calder Bay pulled at it until the evening, people on the quay said.",
        "Port Nora woke on Sunday to the sight of the ferry Lind aground. Its passengers were taken off in boats by the harbour office.",
        "On Sunday the ferry Lind went aground at Port Nora; divers looked at the hull and found a hole as wide as a door.",
    ];
    let keys: Vec<String> = texts.iter().enumerate().map(|(n, it)| put(&mut store, n, it, 7)).collect();
    store.group(at(7)).unwrap();
    for key in &keys[1..] {
        store.pin("join", &keys[0], Some(key), None, at(7)).unwrap();
    }
    store.group(at(7)).unwrap();
    let story = store.article(&keys[0]).unwrap().unwrap().story.unwrap();
    store.collate(&story, at(8)).unwrap();
    let before = store.story(&story).unwrap().unwrap();
    let owned = |n: usize| Outlet { name: format!("Paper {n}"), owner: Some("Coast Group".into()), zone: None };
    store.know_outlets(&[owned(0), owned(1), owned(2)]).unwrap();
    assert!(!store.story(&story).unwrap().unwrap().collated, "it is to be compared anew");
    store.collate(&story, at(9)).unwrap();
    let after = store.story(&story).unwrap().unwrap();
    assert_eq!((before.independent_low, before.independent_high), (Some(3), Some(3)));
    assert_eq!(after.independent_low, Some(1), "{after:?}");
}
