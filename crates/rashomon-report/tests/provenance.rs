//! The graph of lineage for other programs: every relation of an invented event is there with its rule and evidence.

mod fixture;

use rashomon_report::{graphml, prov_json};
use serde_json::Value;

#[test]
fn graphml_has_every_node_and_edge_once() {
    let (corpus, story, collation) = fixture::story();
    let (articles, relations) = (story.articles.len(), collation.lineage.relations.clone());
    let page = graphml(&corpus, &[(story, collation)]);
    let outside = relations.iter().filter_map(|r| r.source_name.clone().filter(|_| r.source.is_none()));
    let sources: std::collections::BTreeSet<_> = outside.collect();
    assert_eq!(page.matches("<node ").count(), articles + sources.len());
    assert_eq!(page.matches("<edge ").count(), relations.len());
    assert_eq!(page.matches("key=\"edge.rule\"").count(), relations.len());
    assert_eq!(page.matches("key=\"edge.source_spans\"").count(), relations.len());
    for r in &relations {
        assert!(page.contains(&format!("<data key=\"edge.rule\">{}</data>", r.rule)), "{}", r.rule);
    }
    // Titles that try to break out stay text.
    assert!(!page.contains("<script>") && !page.contains('\u{1b}'));
    let edge = page.split("<edge ").nth(1).unwrap();
    let end = |side: &str| edge.split(&format!("{side}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    for node in [end("source"), end("target")] {
        assert!(page.contains(&format!("<node id=\"{node}\">")), "{node}");
    }
}

#[test]
fn prov_names_only_entities_that_are_there() {
    let (corpus, story, collation) = fixture::story();
    let relations = collation.lineage.relations.clone();
    let it: Value = serde_json::from_str(&prov_json(&corpus, &[(story, collation)])).unwrap();
    let entities = it["entity"].as_object().unwrap();
    let mut seen = 0;
    for (kind, keys) in [
        ("wasDerivedFrom", ["prov:generatedEntity", "prov:usedEntity"]),
        ("alternateOf", ["prov:alternate1", "prov:alternate2"]),
    ] {
        for r in it.get(kind).and_then(Value::as_object).into_iter().flat_map(|all| all.values()) {
            seen += 1;
            for key in keys {
                assert!(entities.contains_key(r[key].as_str().unwrap()), "{r}");
            }
            assert!(r["rashomon:rule"].is_string() && r["rashomon:derived_spans"].is_string(), "{r}");
        }
    }
    let two_sided = relations.iter().filter(|r| r.kind.as_str() == "common-source").count();
    assert_eq!(seen, relations.len() + two_sided);
    let revision = relations.iter().any(|r| r.kind.as_str() == "revision");
    assert_eq!(it.to_string().contains("prov:Revision"), revision);
}
