//! The lineage of stories for other programs: as GraphML and as PROV-JSON.
//!
//! GraphML (graphml.graphdrawing.org) is what Gephi, Cytoscape, yEd and networkx read; PROV-JSON (W3C Member Submission,
//! 24 April 2013) is what provenance tools read. Both carry for every relation its rule, its reasons and the spans of its
//! evidence, so that each edge can be opened to its proof.

use rashomon_annotate::Corpus;
use rashomon_compare::Collation;
use rashomon_group::Story;
use rashomon_lineage::{Kind, Relation, source_key};
use rashomon_model::{Anchor, ArticleId, Moment};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The lineage of `stories` as one GraphML document: a node for every article and every named source, an edge from source to
/// derived for every relation. An edge whose direction the evidence does not decide has `directed` false: readers such as
/// networkx take no graph that mixes directed and undirected edges.
#[must_use]
pub fn graphml(corpus: &Corpus, stories: &[(Story, Collation)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (side, name, kind) in KEYS {
        let _ = writeln!(out, "  <key id=\"{side}.{name}\" for=\"{side}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"lineage\" edgedefault=\"directed\">\n");
    for node in nodes(corpus, stories).values() {
        element(&mut out, "node", &format!("id=\"{}\"", escaped(&node.id)), &node.data);
    }
    for (n, (story, r)) in relations(stories).enumerate() {
        let [source_spans, derived_spans] = spans(r);
        let data = [
            ("story", story.id.clone()),
            ("kind", r.kind.as_str().to_owned()),
            ("directed", r.directed.to_string()),
            ("declared", r.declared.to_string()),
            ("score", r.score.to_string()),
            ("rule", r.rule.name().to_owned()),
            ("reasons", rashomon_wire::reasons(r).join("; ")),
            ("source_spans", source_spans),
            ("derived_spans", derived_spans),
        ];
        let (source, derived) = ends(corpus, r);
        let ends = format!("id=\"r{n}\" source=\"{}\" target=\"{}\"", escaped(&source), escaped(&derived));
        element(&mut out, "edge", &ends, &data);
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

/// The lineage of `stories` as a PROV-JSON document.
///
/// Articles and named sources are entities. A revision is a derivation of type `prov:Revision` (in PROV-O
/// `wasRevisionOf`), an excerpt `prov:Quotation` (`wasQuotedFrom`), a named source outside the corpus `prov:PrimarySource`
/// (`hadPrimarySource`), all else a plain `wasDerivedFrom`. Two that come from a third that is not known are derived from an
/// entity without a name; where the evidence does not decide who took from whom, the two are `alternateOf` each other.
#[must_use]
pub fn prov_json(corpus: &Corpus, stories: &[(Story, Collation)]) -> String {
    let mut entities = Map::new();
    for node in nodes(corpus, stories).values() {
        let entity = node.data.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (attribute(k), json!(v)));
        entities.insert(name(&node.id), Value::Object(entity.collect()));
    }
    let (mut derived_from, mut alternates) = (Map::new(), Map::new());
    for (n, (story, r)) in relations(stories).enumerate() {
        let (source, derived) = ends(corpus, r);
        let (source, derived) = (name(&source), name(&derived));
        let mut about = about(story, r);
        if r.kind == Kind::CommonSource {
            let third = format!("rashomon:third-r{n}");
            entities.insert(third.clone(), json!({"prov:label": "a source that is not known"}));
            for (part, taker) in [("a", &source), ("b", &derived)] {
                let mut it = about.clone();
                it.insert("prov:generatedEntity".into(), json!(taker));
                it.insert("prov:usedEntity".into(), json!(third));
                derived_from.insert(format!("_:r{n}{part}"), Value::Object(it));
            }
        } else if r.directed {
            about.insert("prov:generatedEntity".into(), json!(derived));
            about.insert("prov:usedEntity".into(), json!(source));
            if let Some((kind, relation)) = derivation(r) {
                about.insert("prov:type".into(), json!({"$": kind, "type": "prov:QUALIFIED_NAME"}));
                about.insert("rashomon:prov-o".into(), json!(relation));
            }
            derived_from.insert(format!("_:r{n}"), Value::Object(about));
        } else {
            about.insert("prov:alternate1".into(), json!(source));
            about.insert("prov:alternate2".into(), json!(derived));
            alternates.insert(format!("_:r{n}"), Value::Object(about));
        }
    }
    let mut all = Map::new();
    all.insert("prefix".into(), json!({"rashomon": "urn:rashomon:"}));
    for (key, it) in [("entity", entities), ("wasDerivedFrom", derived_from), ("alternateOf", alternates)] {
        if !it.is_empty() {
            all.insert(key.into(), Value::Object(it));
        }
    }
    Value::Object(all).to_string()
}

/// The subtype of a derivation, and the name of the relation in PROV-O.
fn derivation(r: &Relation) -> Option<(&'static str, &'static str)> {
    match r.kind {
        Kind::Revision => Some(("prov:Revision", "wasRevisionOf")),
        Kind::Excerpt => Some(("prov:Quotation", "wasQuotedFrom")),
        _ if r.source.is_none() => Some(("prov:PrimarySource", "hadPrimarySource")),
        _ => None,
    }
}

fn about(story: &Story, r: &Relation) -> Map<String, Value> {
    let [source_spans, derived_spans] = spans(r);
    let data = [
        ("story", json!(story.id)),
        ("kind", json!(r.kind.as_str())),
        ("rule", json!(r.rule.name)),
        ("score", json!(r.score)),
        ("declared", json!(r.declared)),
        ("reasons", json!(rashomon_wire::reasons(r).join("; "))),
        ("source_spans", json!(source_spans)),
        ("derived_spans", json!(derived_spans)),
    ];
    data.into_iter().map(|(k, v)| (attribute(k), v)).collect()
}

fn attribute(key: &str) -> String {
    if key == "label" { "prov:label".to_owned() } else { format!("rashomon:{key}") }
}

/// The attributes of GraphML: of what, name, type.
const KEYS: [(&str, &str, &str); 14] = [
    ("node", "label", "string"),
    ("node", "type", "string"),
    ("node", "outlet", "string"),
    ("node", "published", "string"),
    ("node", "url", "string"),
    ("edge", "story", "string"),
    ("edge", "kind", "string"),
    ("edge", "directed", "boolean"),
    ("edge", "declared", "boolean"),
    ("edge", "score", "double"),
    ("edge", "rule", "string"),
    ("edge", "reasons", "string"),
    ("edge", "source_spans", "string"),
    ("edge", "derived_spans", "string"),
];

struct Node {
    id: String,
    data: Vec<(&'static str, String)>,
}

/// Articles and named sources, by id.
fn nodes(corpus: &Corpus, stories: &[(Story, Collation)]) -> BTreeMap<String, Node> {
    let mut out = BTreeMap::new();
    for article in stories.iter().flat_map(|(story, _)| &story.articles) {
        let (id, it) = (article_node(corpus, *article), &corpus.get(*article).article);
        let data = vec![
            ("label", it.title.clone().unwrap_or_else(|| it.id.clone())),
            ("type", "article".to_owned()),
            ("outlet", it.outlet.clone().unwrap_or_default()),
            ("published", it.published.map(Moment::rfc3339).unwrap_or_default()),
            ("url", it.url.clone().unwrap_or_default()),
        ];
        out.insert(id.clone(), Node { id, data });
    }
    for (_, r) in relations(stories).filter(|(_, r)| r.source.is_none()) {
        let id = source_node(r);
        let label = r.source_name.clone().unwrap_or_default();
        out.entry(id.clone()).or_insert(Node { id, data: vec![("label", label), ("type", "source".to_owned())] });
    }
    out
}

fn relations(stories: &[(Story, Collation)]) -> impl Iterator<Item = (&Story, &Relation)> {
    stories.iter().flat_map(|(story, found)| found.lineage.relations.iter().map(move |r| (story, r)))
}

/// The nodes of a relation: source and derived.
fn ends(corpus: &Corpus, r: &Relation) -> (String, String) {
    let source = r.source.map_or_else(|| source_node(r), |id| article_node(corpus, id));
    (source, article_node(corpus, r.derived))
}

fn article_node(corpus: &Corpus, id: ArticleId) -> String {
    format!("article/{}", corpus.get(id).article.id)
}

fn source_node(r: &Relation) -> String {
    format!("source/{}", source_key(r.source_name.as_deref().unwrap_or_default()))
}

/// The spans of the evidence on both sides, as `12-40 60-85`.
fn spans(r: &Relation) -> [String; 2] {
    let list = |of: &dyn Fn(&rashomon_lineage::Passage) -> Anchor| {
        let all = r.evidence.iter().map(|p| of(p).span).map(|s| format!("{}-{}", s.start(), s.end()));
        all.collect::<Vec<_>>().join(" ")
    };
    [list(&|p| p.source), list(&|p| p.derived)]
}

/// A qualified name: bytes that such a name may not hold are written as in an address.
fn name(id: &str) -> String {
    let mut out = String::from("rashomon:");
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn element(out: &mut String, tag: &str, attributes: &str, data: &[(&str, String)]) {
    let _ = writeln!(out, "    <{tag} {attributes}>");
    for (key, value) in data.iter().filter(|(_, v)| !v.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{tag}.{key}\">{}</data>", escaped(value));
    }
    let _ = writeln!(out, "    </{tag}>");
}

/// Text for XML 1.0: marks escaped, characters that it cannot hold replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(escaped("a<b> & \"c\"\u{0}\n"), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd} ");
    }

    #[test]
    fn names_are_qualified_names() {
        assert_eq!(name("article/a:b é"), "rashomon:article/a%3Ab%20%C3%A9");
    }
}
