//! Reports and stories as items of ninjs 3 (IPTC, News in JSON), for the systems of newsrooms and agencies.

use super::{Articles, urn};
use fluent_uri::Iri;
use rashomon_lineage::source_key;
use rashomon_wire::{Article, Collation, Join, Relation, RelationKind, Span, Story};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One item a line: every report, with an association to each report or named source that it relates to, then every story as
/// a composite item of its reports. What a rule decided stands in the `edNote` of an association, the passages it rests on in
/// `descriptions`. The texts themselves are not in it, so every item is a `partial` one.
#[must_use]
pub fn ninjs(it: &Collation) -> String {
    let items = Items::of(it);
    let reports = it.articles.iter().map(|a| items.report(a, &it.stories));
    let stories = it.stories.iter().map(|s| items.story(s));
    reports.chain(stories).map(|item| format!("{item}\n")).collect()
}

/// An object that leaves out what is not known.
#[derive(Default)]
struct Item(Map<String, Value>);

impl Item {
    fn new(uri: &str, kind: &str) -> Self {
        Self::default()
            .with("standard", json!({"name": "ninjs", "version": "3.0", "schema": SCHEMA}))
            .with("uri", json!(uri))
            .with("type", json!(kind))
            .with("representationType", json!("partial"))
    }

    fn with(mut self, key: &str, value: Value) -> Self {
        if !value.is_null() && value != json!([]) && value != json!("") {
            self.0.insert(key.to_owned(), value);
        }
        self
    }
}

/// The name of the schema, as the standard itself writes it.
const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#";

/// The articles of a collation, and a URI for each that no other has.
struct Items<'a> {
    articles: Articles<'a>,
    uris: BTreeMap<&'a str, String>,
}

impl<'a> Items<'a> {
    /// An id that is a URI stays what it is; else the address of the web is taken, if there is one report only at it; else a
    /// URN is made. Versions of one page are items of their own here.
    fn of(it: &'a Collation) -> Self {
        let mut bearers: BTreeMap<String, Vec<&Article>> = BTreeMap::new();
        for a in &it.articles {
            let uri = own_uri(&a.id).or_else(|| address(a)).unwrap_or_else(|| urn(&a.id));
            bearers.entry(uri).or_default().push(a);
        }
        let mut uris = BTreeMap::new();
        for (uri, all) in bearers {
            let alone = all.len() == 1;
            for a in all {
                let kept = alone || own_uri(&a.id).is_some();
                uris.insert(a.id.as_str(), if kept { uri.clone() } else { urn(&a.id) });
            }
        }
        Self { articles: Articles::of(it), uris }
    }

    fn uri(&self, id: &str) -> String {
        self.uris.get(id).cloned().unwrap_or_else(|| urn(id))
    }

    fn report(&self, a: &Article, stories: &[Story]) -> Value {
        let uri = self.uri(&a.id);
        let page = address(a).filter(|it| *it != uri);
        let page = page.map(|it| json!([{"name": "page", "href": it, "contentType": "text/html"}]));
        let relations = stories.iter().flat_map(|s| &s.lineage);
        let item = Item::new(&uri, "text")
            .with("altIds", alternative(&a.id, &uri))
            .with("pubStatus", json!(status(a)))
            .with("firstCreated", json!(instant(a.published.as_deref())))
            .with("versionCreated", json!(version_created(a)))
            .with("language", json!(a.language))
            .with("headlines", headlines(a.title.as_deref()))
            // A semicolon parts names also where one of them holds a comma.
            .with("by", json!(a.byline.join("; ")))
            .with("infoSources", a.outlet.iter().map(|it| json!({"name": it, "role": "publisher"})).collect())
            .with("renditions", json!(page))
            .with("associations", relations.filter_map(|r| self.relation(&a.id, r)).collect());
        Value::Object(item.0)
    }

    /// A relation as the report `here` has it, if it is one of its own. One that the evidence gives no direction is on both sides.
    fn relation(&self, here: &str, r: &Relation) -> Option<Value> {
        let directed = r.directed && r.kind != RelationKind::CommonSource;
        let spans = |side: usize| {
            let all = r.evidence.iter().map(|pair| pair[side].span);
            all.map(|Span(start, end)| format!("{start}-{end}")).collect::<Vec<_>>().join(" ")
        };
        let (other, passages) = match (r.source.as_deref(), r.source_name.as_deref()) {
            (Some(source), _) if r.derived == here => (self.reference(source), [spans(1), spans(0)]),
            (Some(source), _) if source == here && !directed => (self.reference(&r.derived), [spans(0), spans(1)]),
            (None, Some(name)) if r.derived == here => {
                let key = urn_among("source", &source_key(name));
                let outside = Item::default().with("name", json!(name)).with("uri", json!(key));
                (outside, [spans(1), String::new()])
            }
            _ => return None,
        };
        let mut note = vec![decided(&r.rule, r.score)];
        note.extend(r.declared.then(|| "the report declares it".to_owned()));
        note.extend((!directed).then(|| "neither is known to have taken from the other".to_owned()));
        note.extend(r.reasons.iter().cloned());
        let passages = ["passages-here", "passages-there"].into_iter().zip(passages).filter(|(_, it)| !it.is_empty());
        let passages = passages.map(|(role, it)| json!({"role": role, "contentType": "text/plain", "value": it}));
        let item = other
            .with("rel", json!(r.kind.as_str()))
            .with("edNote", json!(note.join("; ")))
            .with("descriptions", passages.collect());
        Some(Value::Object(item.0))
    }

    fn story(&self, story: &Story) -> Value {
        // A story may be called as its first report is.
        let uri = urn_among("story", &story.id);
        let (low, high) = (story.independent.low, story.independent.high);
        let accounts = if low == high { low.to_string() } else { format!("{low} to {high}") };
        let member = |id: &String| {
            let joined = story.joins.iter().find(|j| j.article == *id).map(|j| self.joined(j));
            let item = self.reference(id).with("rel", json!("report")).with("edNote", json!(joined));
            Value::Object(item.0)
        };
        let item = Item::new(&uri, "composite")
            .with("altIds", alternative(&story.id, &uri))
            .with("headlines", headlines(Some(&story.headline)))
            .with("edNote", json!(format!("reports: {}; independent accounts: {accounts}", story.articles.len())))
            .with("associations", story.articles.iter().map(member).collect());
        Value::Object(item.0)
    }

    fn joined(&self, j: &Join) -> String {
        let closest = format!("closest to {}", self.uri(&j.nearest));
        [decided(&j.rule, j.score), closest].into_iter().chain(j.reasons.iter().cloned()).collect::<Vec<_>>().join("; ")
    }

    /// What tells an associated report from others, without its own associations.
    fn reference(&self, id: &str) -> Item {
        let uri = self.uri(id);
        let article = self.articles.0.get(id);
        let filled = |it: &Option<String>| it.clone().filter(|it| !it.trim().is_empty());
        let name = article.and_then(|a| filled(&a.title).or_else(|| filled(&a.outlet)));
        Item::default()
            .with("name", json!(name.unwrap_or_else(|| id.to_owned())))
            .with("uri", json!(uri))
            .with("type", json!("text"))
            .with("altIds", alternative(id, &uri))
            .with("versionCreated", json!(article.and_then(|a| version_created(a))))
    }
}

/// A URN of something that is no report: the slash keeps it apart, as in an id it is escaped.
fn urn_among(kind: &str, id: &str) -> String {
    urn(id).replacen("rashomon:", &format!("rashomon:{kind}/"), 1)
}

fn decided(rule: &str, score: f64) -> String {
    format!("rule {rule}, score {score}")
}

fn headlines(title: Option<&str>) -> Value {
    let title = title.filter(|it| !it.trim().is_empty());
    title.map_or(Value::Null, |it| json!([{"role": "main", "contentType": "text/plain", "value": it}]))
}

/// The id of this program where it is not the URI itself.
fn alternative(id: &str, uri: &str) -> Value {
    if id == uri { Value::Null } else { json!([{"role": "rashomon", "value": id}]) }
}

/// An id that came as a URI, as those of ninjs and NewsML do.
fn own_uri(id: &str) -> Option<String> {
    let global = ["urn:", "tag:", "https://", "http://"].iter().any(|scheme| id.starts_with(scheme));
    Some(id.to_owned()).filter(|it| global && fluent_uri::Uri::parse(it.as_str()).is_ok())
}

/// The address of an article on the web, in the letters of RFC 3986.
fn address(a: &Article) -> Option<String> {
    let url = a.url.as_deref().filter(|it| it.starts_with("https://") || it.starts_with("http://"))?;
    Iri::parse(url).ok().map(|it| it.to_uri().into_string())
}

/// What an item of an agency that was read said of itself: one that was cancelled stays so.
fn status(a: &Article) -> Option<String> {
    let said: String = serde_json::from_str(a.extra.get("pubstatus")?.get()).ok()?;
    Some(said).filter(|it| ["usable", "withheld", "canceled"].contains(&it.as_str()))
}

/// A time with its hour; ninjs has no place for a day alone.
fn instant(written: Option<&str>) -> Option<&str> {
    written.filter(|it| it.contains('T') && !it.starts_with('-'))
}

fn version_created(a: &Article) -> Option<&str> {
    instant(a.updated.as_deref().or(a.published.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A collation of articles with these ids and addresses.
    fn uris(articles: &[(&str, Option<&str>)]) -> Vec<String> {
        let model = |(id, url): &(&str, Option<&str>)| rashomon_model::Article {
            id: (*id).into(),
            url: url.map(Into::into),
            text: "The lock failed.".into(),
            ..Default::default()
        };
        let all = articles.iter().map(|it| rashomon_annotate::Annotated::new(model(it))).collect();
        let it = Collation::new(&rashomon_annotate::Corpus::new(all).output, &[]);
        let items = Items::of(&it);
        articles.iter().map(|(id, _)| items.uri(id)).collect()
    }

    #[test]
    fn every_report_has_a_uri_that_no_other_has() {
        let page = Some("https://post.example/lock");
        assert_eq!(uris(&[("a", page), ("b c", None)]), ["https://post.example/lock", "urn:rashomon:b%20c"]);
        // Versions of one page; an id that is its address keeps it.
        assert_eq!(uris(&[("a", page), ("b", page)]), ["urn:rashomon:a", "urn:rashomon:b"]);
        assert_eq!(
            uris(&[("a", page), ("https://post.example/lock", None)]),
            ["urn:rashomon:a", "https://post.example/lock"]
        );
        assert_eq!(uris(&[("urn:newsml:agency.example:1", page)]), ["urn:newsml:agency.example:1"]);
        assert_eq!(
            uris(&[("a", Some("https://post.example/schleuse-öffnet"))]),
            ["https://post.example/schleuse-%C3%B6ffnet"]
        );
        for hostile in ["https://post.example/a b", "javascript:alert(1)", "https://post.example/100%", "https://[x/"] {
            assert_eq!(uris(&[("a", Some(hostile))]), ["urn:rashomon:a"], "{hostile}");
            assert!(uris(&[(hostile, None)])[0].starts_with("urn:rashomon:"), "{hostile}");
        }
    }

    #[test]
    fn a_day_is_no_time() {
        assert_eq!(instant(Some("2031-05-04T09:00:00Z")), Some("2031-05-04T09:00:00Z"));
        assert_eq!(instant(Some("2031-05-04")), None);
    }
}
