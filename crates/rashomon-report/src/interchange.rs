//! Findings in the forms of others: what annotation tools, archives, search engines and editions read.
//!
//! | function | form | who reads it |
//! | --- | --- | --- |
//! | [`annotations`] | W3C Web Annotation, JSON-LD | Hypothesis, Recogito, any annotation server |
//! | [`schema_org`] | schema.org, JSON-LD | search engines, archives, knowledge graphs |
//! | [`tei`] | TEI P5 critical apparatus | editions, collation tools |
//! | [`csv`] | RFC 4180, one row a place | spreadsheets, statistics |
//! | [`ninjs()`] | IPTC ninjs 3, one item a line | systems of newsrooms and agencies |
//!
//! All of them are made from what goes out as JSON, so a kept comparison gives the same. Nothing is claimed about truth: a
//! schema.org `Claim` says who states it where, and no `ClaimReview` is ever made.

mod ninjs;

pub use ninjs::ninjs;

use rashomon_wire::{Anchor, Article, Collation, FormRelation, Relation, RelationKind, Span, Story};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Characters of the text around a passage that help to find it again where the page has changed.
const AROUND: usize = 32;

/// The articles of a collation by their ids, and how they are called outside.
struct Articles<'a>(BTreeMap<&'a str, &'a Article>);

impl<'a> Articles<'a> {
    fn of(it: &'a Collation) -> Self {
        Self(it.articles.iter().map(|a| (a.id.as_str(), a)).collect())
    }

    /// The address of an article if it is one of the web, else a URN of its id.
    fn iri(&self, id: &str) -> String {
        let url = self.0.get(id).and_then(|it| it.url.as_deref());
        let web = |it: &&str| (it.starts_with("https://") || it.starts_with("http://")) && it.chars().all(in_iri);
        url.filter(web).map_or_else(|| urn(id), str::to_owned)
    }

    fn text(&self, id: &str) -> &'a str {
        self.0.get(id).map_or("", |it| it.text.as_str())
    }
}

fn in_iri(c: char) -> bool {
    c > ' ' && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
}

/// A URN of an id, with everything escaped that has no place in one (RFC 8141).
fn urn(id: &str) -> String {
    let mut out = String::from("urn:rashomon:");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The words in a span; nothing if it does not lie in the text.
fn words(text: &str, span: Span) -> Option<&str> {
    text.get(span.0..span.1)
}

/// Points, quotations and lineage as Web Annotations (W3C Recommendation of 2017): an `AnnotationPage` with every place by its
/// words, by what stands around them, and by its position in characters.
#[must_use]
pub fn annotations(it: &Collation) -> String {
    let articles = Articles::of(it);
    let target = |at: &Anchor| -> Option<Value> {
        let text = articles.text(&at.article);
        let exact = words(text, at.span)?;
        let (before, after) = (&text[..at.span.0], &text[at.span.1..]);
        let prefix: String = before[before.char_indices().rev().nth(AROUND - 1).map_or(0, |c| c.0)..].to_owned();
        let suffix: String = after.chars().take(AROUND).collect();
        let start = before.chars().count();
        Some(json!({
            "source": articles.iri(&at.article),
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": start, "end": start + exact.chars().count()},
            ],
        }))
    };
    let mut items = Vec::new();
    let mut add = |story: &Story, id: &str, motivation: &str, body: Value, places: &[Anchor]| {
        let targets: Vec<Value> = places.iter().filter_map(target).collect();
        if !targets.is_empty() {
            items.push(json!({
                "type": "Annotation",
                "id": format!("{}#{}", urn(&story.id), urn(id).trim_start_matches("urn:rashomon:")),
                "motivation": motivation,
                "body": body,
                "target": targets,
            }));
        }
    };
    let said = |value: &str| json!({"type": "TextualBody", "value": value, "format": "text/plain"});
    for story in &it.stories {
        for p in &story.points {
            add(story, &p.id, "describing", said(&p.text), &p.carried);
        }
        for q in &story.quotes {
            let places: Vec<Anchor> =
                q.forms.iter().map(|f| Anchor { article: f.article.clone(), span: f.span }).collect();
            let who = q.speaker.as_deref().map_or_else(|| "unknown speaker".to_owned(), str::to_owned);
            add(story, &q.id, "identifying", json!([said(&q.text), said(&who)]), &places);
        }
        for (n, r) in story.lineage.iter().enumerate() {
            let Some(source) = &r.source else { continue };
            let places: Vec<Anchor> = r.evidence.iter().map(|pair| pair[1].clone()).collect();
            let body = json!([said(r.kind.as_str()), {"type": "SpecificResource", "source": articles.iri(source)}]);
            add(story, &format!("r{n}"), "linking", body, &places);
        }
    }
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "id": "urn:rashomon:annotations",
        "items": items,
    })
    .to_string()
}

/// Articles, what they take from each other, their corrections, quotations and claims, in the vocabulary of schema.org.
#[must_use]
pub fn schema_org(it: &Collation) -> String {
    let articles = Articles::of(it);
    let reference = |id: &str| json!({"@id": articles.iri(id)});
    let mut graph = Vec::new();
    for a in &it.articles {
        let mut node = Map::new();
        let mut put = |key: &str, value: Value| {
            if !value.is_null() && value != json!([]) {
                node.insert(key.to_owned(), value);
            }
        };
        put("@id", json!(articles.iri(&a.id)));
        put("@type", json!("NewsArticle"));
        put("identifier", json!(a.id));
        put("headline", json!(a.title));
        put("url", json!(a.url));
        put("inLanguage", json!(a.language));
        put("datePublished", json!(a.published));
        put("dateModified", json!(a.updated));
        put("author", a.byline.iter().map(|name| json!({"@type": "Person", "name": name})).collect());
        put("publisher", a.outlet.as_ref().map_or(Value::Null, |it| json!({"@type": "Organization", "name": it})));
        let relations = || it.stories.iter().flat_map(|s| &s.lineage).filter(move |r| r.derived == a.id && r.directed);
        let translated = |r: &&Relation| r.kind == RelationKind::Translation;
        put("isBasedOn", relations().filter(|r| !translated(r)).map(|r| source_of(r, &reference)).collect());
        // One work, as the property has it: the surest.
        let original = relations().filter(translated).max_by(|p, q| p.score.total_cmp(&q.score));
        put("translationOfWork", original.map_or(Value::Null, |r| source_of(r, &reference)));
        let revisions = it.stories.iter().flat_map(|s| &s.revisions).filter(|r| r.to == a.id);
        let changes = revisions.flat_map(|r| r.changes.iter().map(move |c| (r, c))).filter(|(_, c)| !c.trivial);
        let correction = changes.map(|(r, c)| {
            let of = |id: &str, span: Option<Span>| span.and_then(|s| words(articles.text(id), s));
            let before = c.from_text.as_deref().or(of(&r.from, c.from_span));
            let after = c.to_text.as_deref().or(of(&r.to, c.to_span));
            json!({"@type": "CorrectionComment", "about": reference(&r.from), "text": match (before, after) {
                (Some(b), Some(a)) => format!("{}: {b} → {a}", c.kind.as_str()),
                (one, other) => format!("{}: {}", c.kind.as_str(), one.or(other).unwrap_or_default()),
            }})
        });
        put("correction", correction.collect());
        graph.push(Value::Object(node));
    }
    for story in &it.stories {
        let node = |id: &str| format!("{}#{}", urn(&story.id), urn(id).trim_start_matches("urn:rashomon:"));
        for p in &story.points {
            let mut by: Vec<&str> = p.carried.iter().map(|c| c.article.as_str()).collect();
            by.dedup();
            let mut claim = json!({
                "@id": node(&p.id),
                "@type": "Claim",
                "text": p.text,
                "appearance": by.iter().map(|id| reference(id)).collect::<Vec<_>>(),
            });
            // Articles of a story stand in order of time: the first that carries it.
            if let Some(first) = story.articles.iter().find(|id| by.contains(&id.as_str())) {
                claim["firstAppearance"] = reference(first);
            }
            if let Some(name) = &p.said_by {
                claim["author"] = json!({"@type": "Person", "name": name});
            }
            graph.push(claim);
        }
        for q in &story.quotes {
            let mut by: Vec<&str> = q.forms.iter().map(|f| f.article.as_str()).collect();
            by.dedup();
            let mut quotation = json!({
                "@id": node(&q.id),
                "@type": "Quotation",
                "text": q.text,
                "isPartOf": by.iter().map(|id| reference(id)).collect::<Vec<_>>(),
            });
            if let Some(name) = &q.speaker {
                quotation["creator"] = json!({"@type": "Person", "name": name});
            }
            graph.push(quotation);
        }
    }
    json!({"@context": "https://schema.org", "@graph": graph}).to_string()
}

fn source_of(r: &Relation, reference: &impl Fn(&str) -> Value) -> Value {
    match (&r.source, &r.source_name) {
        (Some(id), _) => reference(id),
        (None, name) => json!({"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": name}}),
    }
}

/// The wordings of every quotation as a critical apparatus (TEI P5, `app`): the best-attested one as lemma, the others as
/// readings, the articles as witnesses.
#[must_use]
pub fn tei(it: &Collation) -> String {
    let articles = Articles::of(it);
    let witness: BTreeMap<&str, String> =
        articles.0.keys().zip(1..).map(|(id, n): (&&str, usize)| (*id, format!("w{n}"))).collect();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n  <teiHeader>\n    <fileDesc>\n      \
         <titleStmt><title>Wordings of quotations</title></titleStmt>\n      <publicationStmt><p>Made by rashomon.</p></publicationStmt>\n      \
         <sourceDesc>\n        <listWit>\n",
    );
    for (id, a) in &articles.0 {
        let name = [a.outlet.as_deref(), a.title.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let name = if name.is_empty() { (*id).to_owned() } else { name };
        let _ = writeln!(
            out,
            "          <witness xml:id=\"{}\" n=\"{}\">{}</witness>",
            witness[id],
            escaped(id),
            escaped(&name)
        );
    }
    out.push_str("        </listWit>\n      </sourceDesc>\n    </fileDesc>\n  </teiHeader>\n  <text>\n    <body>\n");
    for story in &it.stories {
        let _ = writeln!(
            out,
            "      <div n=\"{}\">\n        <head>{}</head>",
            escaped(&story.id),
            escaped(&story.headline)
        );
        for q in &story.quotes {
            // Witnesses of one wording stand together, the lemma first.
            let mut readings: Vec<(&str, &'static str, Vec<&str>)> = Vec::new();
            for f in &q.forms {
                let Some(text) = words(articles.text(&f.article), f.span) else { continue };
                let Some(sigil) = witness.get(f.article.as_str()).map(String::as_str) else { continue };
                let kind = if f.relation == FormRelation::Verbatim { "" } else { f.relation.as_str() };
                match readings.iter_mut().find(|r| r.0 == text) {
                    Some(r) => r.2.push(sigil),
                    None => readings.push((text, kind, vec![sigil])),
                }
            }
            let best = words(articles.text(&q.best.article), q.best.span);
            let Some(lemma) = readings.iter().position(|r| Some(r.0) == best).or((!readings.is_empty()).then_some(0))
            else {
                continue;
            };
            let lemma = readings.remove(lemma);
            let wit = |all: &[&str]| {
                let mut all = all.to_vec();
                all.dedup();
                all.iter().map(|it| format!("#{it}")).collect::<Vec<_>>().join(" ")
            };
            let _ = write!(
                out,
                "        <p><app n=\"{}\"><lem wit=\"{}\">{}</lem>",
                escaped(&q.id),
                wit(&lemma.2),
                escaped(lemma.0)
            );
            for (text, kind, all) in &readings {
                let kind = if kind.is_empty() { String::new() } else { format!(" type=\"{kind}\"") };
                let _ = write!(out, "<rdg wit=\"{}\"{kind}>{}</rdg>", wit(all), escaped(text));
            }
            let _ =
                writeln!(out, "</app> <name>{}</name></p>", escaped(q.speaker.as_deref().unwrap_or("unknown speaker")));
        }
        // A division holds something beside its head.
        out.push_str("        <p/>\n      </div>\n");
    }
    if it.stories.is_empty() {
        out.push_str("      <p/>\n");
    }
    out.push_str("    </body>\n  </text>\n</TEI>\n");
    out
}

/// Text inside XML; what no XML can hold is left out.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| {
        matches!(c, '\t' | '\n') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{7f}'..='\u{9f}'))
    };
    text.chars()
        .filter(allowed)
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Every place that a statement rests on as a row: `story`, `what`, `id`, `statement`, `who`, `relation`, `article`, `start`,
/// `end` (bytes), `words`. No cell begins like a formula of a spreadsheet.
#[must_use]
pub fn csv(it: &Collation) -> String {
    let articles = Articles::of(it);
    let mut out = String::from("story,what,id,statement,who,relation,article,start,end,words\r\n");
    let mut row =
        |story: &Story, what: &str, id: &str, statement: &str, who: Option<&str>, relation: &str, at: &Anchor| {
            let words = words(articles.text(&at.article), at.span).unwrap_or_default();
            let cells =
                [story.id.as_str(), what, id, statement, who.unwrap_or_default(), relation, at.article.as_str()]
                    .map(cell);
            let _ = write!(out, "{},{},{},{}\r\n", cells.join(","), at.span.0, at.span.1, cell(words));
        };
    for story in &it.stories {
        for p in &story.points {
            for at in &p.carried {
                row(story, "point", &p.id, &p.text, p.said_by.as_deref(), p.status.as_str(), at);
            }
            for at in &p.unclear {
                row(story, "point", &p.id, &p.text, p.said_by.as_deref(), "unclear", at);
            }
            for c in &p.conflicts {
                for v in &c.values {
                    let at = Anchor { article: v.article.clone(), span: v.span };
                    row(story, "conflict", &p.id, &v.value, None, c.kind.as_str(), &at);
                }
            }
        }
        for q in &story.quotes {
            for f in &q.forms {
                let at = Anchor { article: f.article.clone(), span: f.span };
                row(story, "quote", &q.id, &q.text, q.speaker.as_deref(), f.relation.as_str(), &at);
            }
        }
        for r in &story.lineage {
            for pair in &r.evidence {
                let source = r.source.as_deref().or(r.source_name.as_deref());
                row(story, "lineage", &r.rule, &r.derived, source, r.kind.as_str(), &pair[1]);
            }
        }
        for e in &story.timeline {
            for at in &e.mentions {
                row(story, "event", &e.id, &e.text, None, &e.start, at);
            }
        }
        for f in &story.framing {
            for t in &f.terms {
                let at = Anchor { article: t.article.clone(), span: t.span };
                row(story, "term", &f.rule, &f.referent, None, "", &at);
            }
        }
    }
    out
}

fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let guarded = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text };
    if guarded.contains([',', '"']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_cells_are_safe_wherever_they_go() {
        assert_eq!(urn("a b/ø#1"), "urn:rashomon:a%20b%2F%C3%B8%231");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("so, \"he\"\n said"), "\"so, \"\"he\"\" said\"");
        assert_eq!(escaped("a\u{0}<b>&\"\u{1b}"), "a&lt;b&gt;&amp;&quot;");
    }
}
