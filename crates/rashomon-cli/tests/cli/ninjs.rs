//! `collate --format ninjs`: items that a validator of JSON Schema takes, that name each other, and that can be read again.

use crate::command::Desk;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The part of ninjs 3.0 that is written, held strictly.
const SCHEMA: &str = include_str!("ninjs.schema.json");

/// What `collate --format ninjs` prints of these inputs, every item valid.
fn items(desk: &Desk, inputs: &[&str]) -> Vec<Value> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let check = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for wrong in [
        json!({"type": "text"}),
        json!({"uri": "a b"}),
        json!({"uri": "urn:x:1", "versionCreated": "2031-05-04"}),
        json!({"uri": "urn:x:1", "rel": "reprint"}),
        json!({"uri": "urn:x:1", "associations": [{"uri": "urn:x:2"}]}),
    ] {
        assert!(!check.is_valid(&wrong), "{wrong}");
    }
    let ended = desk.run(&[&["collate", "--format", "ninjs"], inputs].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    let items: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for item in &items {
        let errors: Vec<_> = check.iter_errors(item).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    items
}

fn list<'a>(item: &'a Value, key: &str) -> &'a [Value] {
    item[key].as_array().map_or(&[], Vec::as_slice)
}

/// The id of a report, which stands beside its URI where it is not the URI itself.
fn id(item: &Value) -> &str {
    item["altIds"][0]["value"].as_str().or(item["uri"].as_str()).unwrap()
}

/// The words in places such as "12-40 51-60".
fn words<'a>(text: &'a str, places: &str) -> Vec<&'a str> {
    let place = |it: &str| {
        let (start, end) = it.split_once('-').unwrap();
        text.get(start.parse().unwrap()..end.parse().unwrap()).unwrap()
    };
    places.split(' ').map(place).collect()
}

#[test]
fn reports_name_what_they_took_and_stories_their_reports() {
    let desk = Desk::new(&[]);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/ferry/articles");
    let example = example.to_str().unwrap();
    let items = items(&desk, &[example]);
    let found: Value = serde_json::from_str(&desk.run(&["collate", "--format", "json", example]).out).unwrap();
    let texts: BTreeMap<&str, &str> =
        list(&found, "articles").iter().map(|a| (a["id"].as_str().unwrap(), a["text"].as_str().unwrap())).collect();
    let (reports, stories): (Vec<_>, Vec<_>) = items.iter().partition(|it| it["type"] == "text");
    assert_eq!(reports.iter().map(|it| id(it)).collect::<BTreeSet<_>>(), texts.keys().copied().collect());
    assert_eq!(stories.len(), list(&found, "stories").len());
    let uris: BTreeSet<&str> = items.iter().map(|it| it["uri"].as_str().unwrap()).collect();
    assert_eq!(uris.len(), items.len());

    let mut stated = BTreeSet::new();
    for (here, to) in reports.iter().flat_map(|it| list(it, "associations").iter().map(move |to| (id(it), to))) {
        let (uri, kind) = (to["uri"].as_str().unwrap(), to["rel"].as_str().unwrap());
        let note = to["edNote"].as_str().unwrap();
        let rule = note.strip_prefix("rule ").unwrap().split(',').next().unwrap();
        let outside = uri.starts_with("urn:rashomon:source/");
        assert!(outside || uris.contains(uri), "{to}");
        for it in list(to, "descriptions") {
            let text = if it["role"] == "passages-here" { texts[here] } else { texts[id(to)] };
            assert!(words(text, it["value"].as_str().unwrap()).iter().all(|it| !it.is_empty()));
        }
        let there = if outside { to["name"].as_str().unwrap() } else { id(to) };
        stated.insert((here.to_owned(), there.to_owned(), kind.to_owned(), rule.to_owned()));
    }
    let mut wanted = BTreeSet::new();
    for r in list(&found, "stories").iter().flat_map(|s| list(s, "lineage")) {
        let of = |key: &str| r[key].as_str().unwrap_or_default().to_owned();
        let source = r["source"].as_str().or(r["source_name"].as_str()).unwrap().to_owned();
        let (derived, kind, rule) = (of("derived"), of("kind"), of("rule"));
        if r["directed"] == false || kind == "common-source" {
            wanted.insert((source.clone(), derived.clone(), kind.clone(), rule.clone()));
        }
        wanted.insert((derived, source, kind, rule));
    }
    assert_eq!(stated, wanted);
    for kind in ["revision", "reprint", "translation"] {
        assert!(stated.iter().any(|it| it.2 == kind), "the example has a {kind}");
    }
    for (item, story) in stories.iter().zip(list(&found, "stories")) {
        let members: Vec<&str> = list(item, "associations").iter().map(id).collect();
        assert_eq!(json!(members), story["articles"]);
        assert_eq!(item["headlines"][0]["value"], story["headline"]);
    }
    // Texts stay where they are.
    assert!(items.iter().all(|it| it["representationType"] == "partial" && it.get("bodies").is_none()));
}

#[cfg(feature = "inputs")]
#[test]
fn what_came_as_ninjs_goes_out_and_is_read_again() {
    let body =
        "A lock gate failed at Tarvel on Sunday. Nine barges ran aground below the weir, the harbour office said.";
    let item = |n: u32, more: Value| {
        let mut it = json!({
            "uri": format!("urn:newsml:agency.example:{n}"),
            "headlines": [{"role": "main", "value": "Barges aground at Tarvel"}],
            "bodies": [{"contentType": "text/plain", "value": body}],
            "infoSources": [{"name": "Coast Agency"}],
            "language": "en",
        });
        it.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        it.to_string()
    };
    let link = json!([{"name": "page", "contentType": "text/html", "href": "https://agency.example/tarvel"}]);
    let given = [
        item(1, json!({"by": "Ola Brandt; Mia Lorne", "versionCreated": "2031-05-04T09:00:00Z", "renditions": link})),
        item(
            2,
            json!({"firstCreated": "2031-05-04T09:00:00Z", "versionCreated": "2031-05-04T11:00:00Z", "renditions": link}),
        ),
        item(3, json!({"pubStatus": "canceled", "versionCreated": "2031-05-04T12:00:00Z"})),
        item(4, json!({"standard": {"name": "ninjs", "version": "3.0"}})),
    ];
    let desk = Desk::new(&[("wire.jsonl", given.join("\n").as_bytes())]);
    let items = items(&desk, &["wire.jsonl"]);
    let row = |item: &str| -> Value {
        let row = rashomon_inputs::ninjs(item.as_bytes()).unwrap_or_else(|| panic!("ninjs is read: {item}"));
        let mut row: Value = serde_json::from_slice(&row).unwrap();
        row.as_object_mut().unwrap().retain(|key, _| key != "text");
        row
    };
    let reports: BTreeMap<&str, &Value> =
        items.iter().filter(|it| it["type"] == "text").map(|it| (it["uri"].as_str().unwrap(), it)).collect();
    assert_eq!(reports.len(), given.len());
    for item in &given {
        let wanted = row(item);
        assert_eq!(row(&reports[wanted["id"].as_str().unwrap()].to_string()), wanted);
    }
    assert_eq!(reports["urn:newsml:agency.example:3"]["pubStatus"], "canceled");
}
