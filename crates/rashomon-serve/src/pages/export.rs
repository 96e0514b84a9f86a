//! What is seen, to be taken away: with the user's own notes, apart from what was found.

use super::{Shown, file, wacz};
use crate::app::App;
use crate::kept::Told;
use crate::problem::Problem;
use axum::extract::{Path, State};
use rashomon::model::{self, Severity};
use rashomon::report;
use rashomon::wire::Collation;
use rashomon_store::{Note, Noticed};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// What items of ninjs are served as, one a line.
pub(crate) const NINJS: &str = "application/x-ndjson";

pub(super) async fn story(State(app): State<Arc<App>>, Path((id, format)): Path<(String, String)>) -> Shown {
    let shared = app.clone();
    let story = id.clone();
    if format == "wacz" {
        let packed = app.read(move |store| {
            let told = shared.told(store, &story)?.ok_or_else(|| Problem::missing("comparison of this story"))?;
            let notes = store.notes(Some(&story), None)?;
            wacz::evidence(store, &story, &document(&told, &notes))
        });
        return wacz::file(&id, packed.await?);
    }
    let read = app.read(move |store| {
        let told = shared.told(store, &story)?.ok_or_else(|| Problem::missing("comparison of this story"))?;
        Ok((told, store.notes(Some(&story), None)?))
    });
    let (told, notes) = read.await?;
    export(&told, &notes, &id, &format)
}

/// A story in a format.
pub(crate) fn export(told: &Told, notes: &[Note], id: &str, format: &str) -> Shown {
    match format {
        "html" => file(
            "text/html; charset=utf-8",
            &format!("{id}.html"),
            with_notes(report::html(std::slice::from_ref(&told.report), &noticed(told)), notes),
        ),
        "json" => file("application/json", &format!("{id}.json"), document(told, notes)),
        "csv" => file("text/csv; charset=utf-8", &format!("{id}.csv"), points(told)),
        "graphml" => file("application/xml", &format!("{id}.graphml"), graphml(&told.collation)),
        "prov" => file("application/json", &format!("{id}.prov.json"), prov(&told.collation)),
        "annotations" => {
            file("application/ld+json", &format!("{id}.annotations.json"), report::annotations(&told.collation))
        }
        "jsonld" => file("application/ld+json", &format!("{id}.jsonld"), report::schema_org(&told.collation)),
        "ninjs" => file(NINJS, &format!("{id}.ninjs.jsonl"), report::ninjs(&told.collation)),
        "tei" => file("application/tei+xml", &format!("{id}.tei.xml"), report::tei(&told.collation)),
        _ => Err(Problem::missing("format")),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    collation: &'a Collation,
    /// The user's own remarks: no findings.
    notes: &'a [Note],
    /// What was noticed while the comparison was made.
    noticed: &'a [Noticed],
}

fn document(told: &Told, notes: &[Note]) -> String {
    let Told { collation, noticed, .. } = told;
    serde_json::to_string(&Document { collation, notes, noticed }).unwrap_or_default()
}

/// What was noticed, as the report takes it; of each it shows the place and the words.
fn noticed(told: &Told) -> Vec<model::Note> {
    let note = |it: &Noticed| {
        let severity = if it.is_loss() { Severity::Omitted } else { Severity::Warning };
        model::Note { place: it.place.clone(), message: it.message.clone(), rule: "kept", severity }
    };
    told.noticed.iter().map(note).collect()
}

/// The report with the notes at its end, escaped as text.
fn with_notes(page: String, notes: &[Note]) -> String {
    if notes.is_empty() {
        return page;
    }
    let mut part = String::from(
        "<section class=\"story\"><h2>Notes of the reader</h2><p class=\"legend\">Remarks of a person; not found by rule.</p><ul>",
    );
    for note in notes {
        part.push_str(&format!(
            "<li><p>{}</p><p class=\"small\">{}{}</p></li>",
            escaped(&note.text),
            escaped(&note.made),
            note.by.as_deref().map(|b| format!(" · {}", escaped(b))).unwrap_or_default()
        ));
    }
    part.push_str("</ul></section>");
    match page.rfind("</main>") {
        Some(at) => format!("{}{part}{}", &page[..at], &page[at..]),
        None => page,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Points against reports, one row a point; a cell begins with no sign that a spreadsheet takes for a formula.
fn points(told: &Told) -> String {
    let report = &told.report;
    let mut out = String::from("point,status,said_by");
    for w in &report.witnesses {
        out.push(',');
        out.push_str(&cell(&format!("{} {}", w.letter, w.name)));
    }
    out.push_str("\r\n");
    for p in &report.points {
        out.push_str(&[cell(&p.text), cell(p.status), cell(p.said_by.as_deref().unwrap_or_default())].join(","));
        for n in 0..report.witnesses.len() {
            let carried = p.carried.iter().find(|e| e.witness == n).map(|e| cell(report.text(*e)));
            out.push(',');
            out.push_str(
                &carried.unwrap_or_else(|| if p.omitted.contains(&n) { "-omitted-".to_owned() } else { String::new() }),
            );
        }
        out.push_str("\r\n");
    }
    out
}

fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let guarded = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text };
    format!("\"{}\"", guarded.replace('"', "\"\""))
}

fn graphml(it: &Collation) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"outlet\" for=\"node\" attr.name=\"outlet\" attr.type=\"string\"/>\n<key id=\"title\" for=\"node\" attr.name=\"title\" attr.type=\"string\"/>\n\
         <key id=\"kind\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n<key id=\"score\" for=\"edge\" attr.name=\"score\" attr.type=\"double\"/>\n\
         <key id=\"rule\" for=\"edge\" attr.name=\"rule\" attr.type=\"string\"/>\n<graph edgedefault=\"directed\">\n",
    );
    let xml = |text: &str| escaped(&text.chars().filter(|c| !c.is_control() || *c == '\n').collect::<String>());
    for a in &it.articles {
        out.push_str(&format!(
            "<node id=\"{}\"><data key=\"outlet\">{}</data><data key=\"title\">{}</data></node>\n",
            xml(&a.id),
            xml(a.outlet.as_deref().unwrap_or_default()),
            xml(a.title.as_deref().unwrap_or_default())
        ));
    }
    for story in &it.stories {
        for r in story.lineage.iter() {
            let Some(source) = &r.source else { continue };
            out.push_str(&format!("<edge source=\"{}\" target=\"{}\"><data key=\"kind\">{}</data><data key=\"score\">{}</data><data key=\"rule\">{}</data></edge>\n", xml(source), xml(&r.derived), r.kind.as_str(), r.score, xml(&r.rule)));
        }
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

/// PROV-JSON: articles are entities, what one took from another is a derivation.
fn prov(it: &Collation) -> String {
    let mut entities = serde_json::Map::new();
    for a in &it.articles {
        entities.insert(
            format!("r:{}", a.id),
            json!({"prov:label": a.title, "r:outlet": a.outlet, "r:digest": a.digest, "r:url": a.url}),
        );
    }
    let mut derived = serde_json::Map::new();
    let relations = it.stories.iter().flat_map(|s| &s.lineage);
    for (n, r) in relations.filter(|r| r.directed).enumerate() {
        let Some(source) = &r.source else { continue };
        derived.insert(format!("_:d{n}"), json!({"prov:usedEntity": format!("r:{source}"), "prov:generatedEntity": format!("r:{}", r.derived), "r:kind": r.kind.as_str(), "r:score": r.score, "r:rule": r.rule}));
    }
    json!({"prefix": {"prov": "http://www.w3.org/ns/prov#", "r": "urn:rashomon:"}, "entity": entities, "wasDerivedFrom": derived}).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@a \"b\"\n c"), "\"'@a \"\"b\"\" c\"");
    }
}
