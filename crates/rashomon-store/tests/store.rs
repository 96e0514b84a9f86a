//! A store, from the first article to the last question.

use jiff::Timestamp;
use rashomon::read::records_in;
use rashomon_store::{Outcome, Retrieved, Store, prepare};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Puts what stands in `bytes`, as a file of that name would be added.
fn put(store: &mut Store, bytes: &str, name: &str, when: &str) -> Vec<(String, u32, Outcome, Option<&'static str>)> {
    let encoder = store.encoder().unwrap();
    let records = records_in(bytes.into(), name).unwrap();
    let prepared: Vec<_> =
        records.filter_map(|it| prepare(Retrieved::of(it.unwrap(), at(when)), &encoder).output).collect();
    let added = store.put(&prepared).unwrap();
    added.into_iter().map(|it| (it.article, it.version, it.outcome, it.joined)).collect()
}

fn row(url: &str, title: &str, text: &str) -> String {
    serde_json::json!({"url": url, "title": title, "text": text, "outlet": "Harbour Post", "published": "2031-05-04T08:00:00Z"})
        .to_string()
}

const FERRY: &str = "The ferry Lind ran aground off Port Nora on Tuesday with 212 people on board, the harbour office said. \
    Nobody was hurt. Two tugs were on their way from Calder Bay, a spokeswoman said.";

#[test]
fn an_article_is_one_through_titles_addresses_and_forms() {
    let mut store = Store::in_memory().unwrap();
    let url = "https://harbour-post.example/news/ferry-aground-81234567";
    let first = put(&mut store, &row(url, "Ferry aground", FERRY), "a.jsonl", "2031-05-04T09:00:00Z");
    assert_eq!((first[0].1, first[0].2), (1, Outcome::New));
    let key = first[0].0.clone();
    let again = put(&mut store, &row(url, "Ferry aground", FERRY), "b.jsonl", "2031-05-04T10:00:00Z");
    assert_eq!(again, [(key.clone(), 1, Outcome::Unchanged, Some("address"))]);
    let tracked = format!("{url}?utm_source=x");
    let changed = FERRY.replace("212", "214");
    let second = put(&mut store, &row(&tracked, "Ferry refloated", &changed), "c.jsonl", "2031-05-04T11:00:00Z");
    assert_eq!(second, [(key.clone(), 2, Outcome::Version, Some("tracking"))]);
    let slug = "https://m.harbour-post.example/news/ferry-refloated-81234567";
    let third = put(
        &mut store,
        &row(slug, "Ferry refloated", &changed.replace("Two", "Three")),
        "d.jsonl",
        "2031-05-04T12:00:00Z",
    );
    assert_eq!(third, [(key.clone(), 3, Outcome::Version, Some("same-number"))]);
    // The same number, another text: another article.
    let other =
        "The council of Port Nora voted on Monday to raise the price of bread, and people queued at the bakeries.";
    let fourth = put(&mut store, &row(slug, "Bread", other), "e.jsonl", "2031-05-04T13:00:00Z");
    assert_eq!(fourth[0].0, key, "a known address names its article whatever stands there");
    let apart = "https://harbour-post.example/news/bread-91234567";
    assert_ne!(put(&mut store, &row(apart, "Bread", other), "f.jsonl", "2031-05-04T13:00:00Z")[0].0, key);

    let addresses = store.addresses(&key).unwrap();
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    assert!(addresses[1].reason.as_deref().unwrap().contains("word pairs"));
    let versions = store.versions(&key).unwrap();
    assert_eq!(versions.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(versions[1].digest.as_deref().unwrap().starts_with("sha256:"));
    assert!(store.read_version(&key, Some(1)).unwrap().text.contains("212"));
    assert!(store.read_version(&key, Some(2)).unwrap().text.contains("214"));
    assert_eq!(store.find_article(&tracked).unwrap().id, key);

    // What joined two addresses can be undone, and stays so.
    let new = store.part_address(&key, slug, at("2031-05-05T00:00:00Z")).unwrap();
    assert_eq!(store.versions(&key).unwrap().len(), 2);
    assert_eq!(store.versions(&new).unwrap().len(), 2);
    let again = put(&mut store, &row(slug, "Ferry refloated", &changed), "g.jsonl", "2031-05-06T12:00:00Z");
    assert_eq!(again[0].0, new);
    assert!(store.part_address(&key, url, at("2031-05-05T00:00:00Z")).is_err(), "nothing would be left");
}

#[test]
fn a_canonical_link_to_another_site_joins_nothing() {
    let mut store = Store::in_memory().unwrap();
    put(
        &mut store,
        &row("https://agency.example/ferry-aground-story", "Ferry", FERRY),
        "a.jsonl",
        "2031-05-04T09:00:00Z",
    );
    let encoder = store.encoder().unwrap();
    let page = format!(
        "<html><head><title>Ferry</title><link rel=canonical href='https://agency.example/ferry-aground-story'></head>\
         <body><h1>Ferry</h1><p>{FERRY}</p></body></html>"
    );
    let record = records_in(page.into(), "a.html").unwrap().next().unwrap().unwrap();
    let mut it = Retrieved::of(record, at("2031-05-04T10:00:00Z"));
    it.addresses.push(("https://paper.example/ferry-aground-story".into(), "requested"));
    let prepared = prepare(it, &encoder).output.unwrap();
    let added = store.put(&[prepared]).unwrap();
    assert_eq!(added[0].outcome, Outcome::New);
}

#[test]
fn words_are_found_and_changes_told() {
    let mut store = Store::in_memory().unwrap();
    let url = "https://harbour-post.example/ferry";
    let key = put(&mut store, &row(url, "Ferry aground", FERRY), "a.jsonl", "2031-05-04T09:00:00Z")[0].0.clone();
    put(
        &mut store,
        &row("https://x.example/3", "座礁", "水曜日に渡し船が港の沖で座礁したと当局が発表した。"),
        "j.jsonl",
        "2031-05-04T09:00:00Z",
    );
    let hits = store.search("tugs \"Calder Bay\"", None, 10).unwrap();
    assert_eq!(hits.items.len(), 1);
    assert_eq!(hits.items[0].article.id, key);
    assert!(hits.items[0].excerpt.contains("Calder Bay"), "{hits:?}");
    assert_eq!(store.search("渡し船が", None, 10).unwrap().items.len(), 1);
    assert!(store.search("tugs -calder", None, 10).unwrap().items.is_empty());
    assert!(store.search("OR NOT ( \"", None, 10).unwrap().items.is_empty());
    assert!(store.search("tugs\0", None, 10).is_ok() && store.quotes(Some("tugs\0"), None, 10).is_ok());
    // The latest version is what is searched.
    put(
        &mut store,
        &row(url, "Ferry aground", &FERRY.replace("Calder Bay", "Sandwick")),
        "a.jsonl",
        "2031-05-04T12:00:00Z",
    );
    assert!(store.search("Calder", None, 10).unwrap().items.is_empty());
    assert_eq!(store.search("sandwick", None, 10).unwrap().items.len(), 1);
    let kinds: Vec<_> = store.changes_since(0, 100).unwrap().into_iter().map(|it| (it.kind, it.version)).collect();
    assert_eq!(kinds, [("article".to_owned(), Some(1)), ("article".into(), Some(1)), ("version".into(), Some(2))]);
    assert_eq!(store.change_before(at("2031-05-04T10:00:00Z")).unwrap(), 2);
    let page = store.articles(None, None, 1).unwrap();
    assert_eq!(page.items[0].id, key);
    let rest = store.articles(None, page.next.as_deref(), 1).unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
}

#[test]
fn a_store_is_opened_again_and_what_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/news.db");
    let mut store = Store::open(&path).unwrap();
    let key =
        put(&mut store, &row("https://x.example/1", "Ferry", FERRY), "a.jsonl", "2031-05-04T09:00:00Z")[0].0.clone();
    drop(store);
    let mut store = Store::open_read_only(&path).unwrap();
    assert_eq!(store.read_version(&key, None).unwrap().text, FERRY);
    assert!(Store::open_read_only(folder.path().join("none.db")).unwrap_err().to_string().contains("no such store"));
    let other = folder.path().join("text.db");
    std::fs::write(
        &other,
        "not a database, whatever its name says, and long enough to have a header of its own.........",
    )
    .unwrap();
    assert!(Store::open(&other).unwrap_err().to_string().contains("not a store"));
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_name_and_damage_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.db");
    let mut store = Store::open(&path).unwrap();
    let rows: Vec<String> =
        (0..60).map(|n| row(&format!("https://x.example/{n}"), "Ferry", &format!("{FERRY} {n} tugs."))).collect();
    put(&mut store, &rows.join("\n"), "a.jsonl", "2031-05-04T09:00:00Z");
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Store::open_read_only(path)
    };
    let half = bytes.len() / 2;
    let said = open("half.db", &bytes[..half]).unwrap_err().to_string();
    assert!(said.contains("half.db: the store was cut short") && said.contains(&format!("{half} are there")), "{said}");
    let said = Store::open(folder.path().join("half.db")).unwrap_err().to_string();
    assert!(said.contains("was cut short"), "{said}");
    let said = open("empty.db", b"").unwrap_err().to_string();
    assert!(said.contains("empty.db: an empty file, no store yet"), "{said}");
    let said = Store::open_read_only(folder.path()).unwrap_err().to_string();
    assert!(said.contains("a folder, no store"), "{said}");
    // A page in the middle is not what it was: looking through the store says where, and looks on.
    let mut odd = bytes.clone();
    let page = 16_384;
    let places: Vec<usize> = (2 * page..odd.len()).step_by(3 * page).collect();
    places.iter().for_each(|at| odd[*at..*at + 64].fill(0xa5));
    let health = open("odd.db", &odd).unwrap().check().unwrap();
    assert!(!health.problems.is_empty());
    assert!(health.problems.iter().any(|it| it.contains("page") || it.contains("cannot be read")), "{health:?}");
}

#[test]
fn enough_texts_make_a_dictionary_and_all_come_back() {
    let mut store = Store::in_memory().unwrap();
    let rows = |from: usize, to: usize| {
        (from..to)
            .map(|n| {
                row(
                    &format!("https://x.example/story-{n}"),
                    "Ferry",
                    &format!("{FERRY} Report number {n} of the harbour office."),
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    put(&mut store, &rows(0, 1300), "a.jsonl", "2031-05-04T09:00:00Z");
    let added = put(&mut store, &rows(1300, 1400), "b.jsonl", "2031-05-04T10:00:00Z");
    for (n, it) in added.iter().enumerate() {
        assert!(store.read_version(&it.0, None).unwrap().text.contains(&format!("number {} of", n + 1300)));
    }
}

#[test]
fn who_reads_outlives_a_store_that_is_made_smaller_and_reads_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("news.db");
    let mut store = Store::open(&place).unwrap();
    for part in 0..3 {
        let rows: Vec<String> = (part * 300..part * 300 + 300)
            .map(|n| {
                let words: String = (0..300).map(|w| format!("w{:x} ", (n * 977 + w * 31) % 65_521)).collect();
                row(&format!("https://paper.example/{n}"), &format!("Ferry {n}"), &format!("The ferry sails. {words}"))
            })
            .collect();
        put(&mut store, &rows.join("\n"), "a.jsonl", "2031-05-04T09:00:00Z");
    }
    // Who closes a store last writes all of it into the file.
    drop(store);
    let before = std::fs::metadata(&place).unwrap().len();
    let mut store = Store::open(&place).unwrap();
    let mut reader = Store::open_read_only(&place).unwrap();
    let ferries = |it: &mut Store| it.search("ferry", None, 100).unwrap().items.len();
    assert_eq!(ferries(&mut reader), 100);
    let seen = reader.at_one_moment(|it| {
        let before = it.found("ferry").unwrap().len();
        put(&mut store, &row("https://paper.example/late", "A late ferry", FERRY), "b.jsonl", "2031-05-04T10:00:00Z");
        (before, it.found("ferry").unwrap().len())
    });
    assert_eq!(seen.unwrap(), (900, 900));
    assert_eq!(reader.found("ferry").unwrap().len(), 901);
    store.forget("paper.example", at("2031-05-05T09:00:00Z")).unwrap();
    store.compact(rashomon_store::Retention::default(), at("2031-05-05T09:00:00Z")).unwrap();
    drop(store);
    assert!(std::fs::metadata(&place).unwrap().len() < before / 2, "the file is shorter than what was mapped");
    assert_eq!(ferries(&mut reader), 0);
}
