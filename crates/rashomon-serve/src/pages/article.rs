//! One article: its text with what stands in it marked, its versions, any two of them side by side, and where its passages
//! came from and went.

use super::{Form, Shown, now};
use crate::app::App;
use crate::diff::{self, Row, Words};
use crate::evidence::floor;
use crate::guard::Sent;
use crate::kept::cut;
use crate::problem::Problem;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use rashomon::annotate::Annotated;
use rashomon::model::Span;
use rashomon_store::{Note, Store, VersionRow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes of a text that are shown.
const SHOWN: usize = 200_000;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `start-end` in bytes: the words that a link points at.
    at: String,
}

#[derive(Serialize)]
struct Page {
    #[serde(rename = "self")]
    here: String,
    name: String,
    byline: String,
    title: String,
    published: Option<When>,
    updated: Option<When>,
    state: Option<&'static str>,
    url: Option<String>,
    addresses: Vec<Address>,
    story: Option<InStory>,
    versions: Vec<Version>,
    from: u32,
    to: u32,
    relations: Vec<Relation>,
    shown: u32,
    lost: Option<&'static str>,
    language: Option<String>,
    lines: Vec<Line>,
    cut: usize,
    digest: String,
    raw: Option<String>,
    notes: Vec<ShownNote>,
}

#[derive(Serialize)]
struct Address {
    href: Option<String>,
    text: String,
    why: String,
}

#[derive(Serialize)]
struct InStory {
    href: String,
    headline: String,
}

#[derive(Serialize)]
struct Version {
    number: u32,
    href: String,
    when: Option<When>,
    change: String,
    diff: Option<String>,
    /// How much changed, 0 to 3.
    shade: u8,
    shown: bool,
}

#[derive(Serialize)]
struct Relation {
    text: String,
    sure: String,
    rule: String,
    passages: Vec<Passage>,
}

#[derive(Serialize)]
struct Passage {
    words: String,
    href: Option<String>,
    label: String,
}

#[derive(Serialize)]
struct Line {
    number: usize,
    blank: bool,
    segments: Vec<Segment>,
}

#[derive(Serialize)]
struct Segment {
    text: String,
    marks: String,
    title: Option<String>,
    lit: bool,
    /// Whether the words that a link points at begin here.
    at: bool,
}

#[derive(Serialize)]
struct ShownNote {
    id: i64,
    text: String,
    when: Option<When>,
}

pub(super) async fn latest(State(app): State<Arc<App>>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Shown {
    show(app, id, None, asked).await
}

pub(super) async fn version(
    State(app): State<Arc<App>>,
    Path((id, number)): Path<(String, u32)>,
    Query(asked): Query<Asked>,
) -> Shown {
    show(app, id, Some(number), asked).await
}

async fn show(app: Arc<App>, id: String, number: Option<u32>, asked: Asked) -> Shown {
    let shared = app.clone();
    let page = app.read(move |store| page_of(&shared, store, &id, number, &asked)).await?;
    Ok(view::page(&app, "article", "", &cut(&page.title, 120), &page))
}

fn page_of(app: &App, store: &mut Store, id: &str, number: Option<u32>, asked: &Asked) -> Result<Page, Problem> {
    let row = store.article(id)?.ok_or_else(|| Problem::missing("article"))?;
    let version = store.version(id, number)?;
    let it = app.annotated(store, &version)?;
    let versions = store.versions(id)?;
    let text = &it.article.text;
    let wanted = place(text, &asked.at);
    let lost = (!asked.at.is_empty() && wanted.is_none())
        .then_some("The place that the link points at is not in this version of the text.");
    let shown = floor(text, SHOWN);
    let here = words::article(id, None, None);
    let headline = |key: &str| -> Result<Option<InStory>, Problem> {
        let found = store.story(key)?.filter(|s| s.articles > 1);
        Ok(found
            .map(|s| InStory { href: words::story(key), headline: s.headline.unwrap_or_else(|| "a story".to_owned()) }))
    };
    let story = row.story.as_deref().map(headline).transpose()?.flatten();
    let relations = match &row.story {
        Some(key) => relations(app, store, key, id)?,
        _ => Vec::new(),
    };
    let address = |a: rashomon_store::AddressRow| Address {
        href: words::safe(&a.url).map(str::to_owned),
        why: match a.reason {
            Some(reason) => format!("{}: {reason}", a.rule),
            None => a.rule,
        },
        text: a.url,
    };
    let note = |n: Note| ShownNote {
        id: n.id,
        when: words::when(Some(&n.made)),
        text: match n.by {
            Some(by) => format!("{}\n— {by}", n.text),
            None => n.text,
        },
    };
    Ok(Page {
        name: words::publisher(it.article.outlet.as_deref().or(row.outlet.as_deref()), row.url.as_deref()),
        byline: it.article.byline.join(", "),
        title: version.title.clone().or(row.title.clone()).unwrap_or_else(|| "(no headline)".to_owned()),
        published: words::when(version.published.as_deref()),
        updated: words::when(version.updated.as_deref()),
        state: match row.state.as_str() {
            "gone" => Some("no longer at its address"),
            "withdrawn" => Some("withdrawn by its outlet"),
            _ => None,
        },
        url: version.url.as_deref().and_then(words::safe).map(str::to_owned),
        addresses: store.addresses(id)?.into_iter().map(address).collect(),
        story,
        from: version.number.saturating_sub(1).max(1),
        to: version.number,
        shown: version.number,
        versions: timeline(store, id, &versions, version.number)?,
        relations,
        lost,
        language: version.language.clone(),
        lines: lines(&it, &text[..shown], wanted),
        cut: text.len() - shown,
        digest: version.digest.clone().unwrap_or_default(),
        raw: Some(format!("{here}/versions/{}/raw", version.number)),
        notes: store.notes(None, Some(id))?.into_iter().map(note).collect(),
        here,
    })
}

/// `start-end` as a range of the text.
fn place(text: &str, at: &str) -> Option<Span> {
    let (start, end) = at.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    text.get(start..end).filter(|w| !w.is_empty())?;
    Some(Span::new(start, end))
}

fn timeline(store: &mut Store, id: &str, all: &[VersionRow], shown: u32) -> Result<Vec<Version>, Problem> {
    /// Versions whose change is measured; of longer histories the latest.
    const MEASURED: usize = 40;
    let mut out = Vec::with_capacity(all.len());
    let mut before: Option<String> = None;
    for (n, v) in all.iter().enumerate() {
        let measured = all.len() > 1 && all.len() - n <= MEASURED;
        let text = if measured { Some(store.read_version(id, Some(v.number))?.text) } else { None };
        let changed = match (&before, &text) {
            (Some(from), Some(to)) => Some(share(from, to)),
            _ => None,
        };
        let (shade, change) = match changed {
            _ if n == 0 => (0, "first retrieved".to_owned()),
            _ if v.trivial => (1, "nothing of substance".to_owned()),
            Some(share) if share >= 0.3 => (3, format!("{:.0} % of the words changed", share * 100.0)),
            Some(share) if share >= 0.005 => (2, format!("{:.0} % of the words changed", (share * 100.0).max(1.0))),
            Some(_) => (2, "a few words changed".to_owned()),
            None => (2, "changed".to_owned()),
        };
        let change = match &v.signal {
            Some(signal) => format!("{change} · says of itself: {signal}"),
            None => change,
        };
        out.push(Version {
            number: v.number,
            href: words::article(id, Some(v.number), None),
            when: words::when(Some(&v.retrieved)),
            change,
            diff: (n > 0)
                .then(|| format!("{}/diff?from={}&to={}", words::article(id, None, None), all[n - 1].number, v.number)),
            shade,
            shown: v.number == shown,
        });
        before = text;
    }
    out.reverse();
    Ok(out)
}

/// Share of words that changed, 0 to 1.
fn share(from: &str, to: &str) -> f64 {
    let words = |all: &[Words], tag: Option<&str>| {
        all.iter().filter(|w| tag.is_none_or(|t| w.tag == t)).map(|w| w.text.split_whitespace().count()).sum::<usize>()
    };
    let all = diff::words(from, to);
    let changed = words(&all, Some("ins")).max(words(&all, Some("del")));
    changed as f64 / words(&all, None).max(1) as f64
}

/// What relates the article to others of its story, from the kept collation.
fn relations(app: &App, store: &Store, story: &str, id: &str) -> Result<Vec<Relation>, Problem> {
    let Some(told) = app.told(store, story)? else { return Ok(Vec::new()) };
    let report = &told.report;
    let Some(me) = report.witnesses.iter().position(|w| w.id == id) else { return Ok(Vec::new()) };
    let ours = report.descents.iter().filter(|d| d.source == Some(me) || d.derived == me);
    let relation = |d: &rashomon::report::report::Descent| Relation {
        text: d.statement.clone(),
        sure: if d.declared { "declared".to_owned() } else { format!("{:.0}%", d.score * 100.0) },
        rule: d.rule.to_string(),
        passages: d
            .passages
            .iter()
            .take(3)
            .map(|(a, b)| {
                let (mine, other) = if b.witness == me { (b, a) } else { (a, b) };
                let there = &report.witnesses[other.witness];
                Passage {
                    words: cut(report.text(*mine), 400),
                    href: (other.witness != me)
                        .then(|| words::article(&there.id, None, Some([other.span.start(), other.span.end()]))),
                    label: format!("in {}", there.name),
                }
            })
            .collect(),
    };
    Ok(ours.take(40).map(relation).collect())
}

/// What stands at a place, for people.
struct Mark {
    span: Span,
    class: &'static str,
    title: Option<String>,
}

fn marks(it: &Annotated) -> Vec<Mark> {
    let mut all: Vec<Mark> = Vec::new();
    let mut add = |span: Span, class, title| all.push(Mark { span, class, title });
    for q in &it.quotes {
        add(
            q.span,
            "m-quote",
            Some(format!("{}, {}", q.speaker.as_deref().unwrap_or("nobody is named"), q.kind.as_str())),
        );
    }
    for n in &it.names {
        add(n.span, "m-name", Some(format!("{}: {}", n.kind.as_str(), it.entities[n.entity].name)));
    }
    for t in &it.times {
        add(t.span, "m-time", Some(t.value.clone()));
    }
    for d in it.article.declared.iter().filter(|d| !d.span.is_empty()) {
        add(d.span, "m-passage", Some(format!("{}: {}", d.kind.as_str(), d.name)));
    }
    for f in &it.article.furniture {
        add(*f, "furniture", None);
    }
    all.sort_by_key(|m| (m.span.start(), m.span.end()));
    all
}

/// The lines of a text, cut wherever a mark begins or ends.
fn lines(it: &Annotated, text: &str, wanted: Option<Span>) -> Vec<Line> {
    let marks = marks(it);
    let mut cuts: BTreeSet<usize> = marks.iter().flat_map(|m| [m.span.start(), m.span.end()]).collect();
    cuts.extend(wanted.iter().flat_map(|w| [w.start(), w.end()]));
    cuts.retain(|c| text.is_char_boundary(*c));
    let mut out = Vec::new();
    let mut start = 0;
    let mut first = 0;
    let mut lit_before = false;
    for (n, words) in text.split('\n').enumerate() {
        let end = start + words.len();
        let mut edges = vec![start];
        edges.extend(cuts.range(start + 1..end.max(start + 1)).copied().filter(|c| *c < end));
        edges.push(end);
        // Marks are in order of place: what ended before this line is over for good, but long ones may still be open.
        while first < marks.len() && marks[first].span.end() <= start {
            first += 1;
        }
        let here: Vec<&Mark> =
            marks[first..].iter().take_while(|m| m.span.start() < end).filter(|m| m.span.end() > start).collect();
        let mut segments = Vec::new();
        for edge in edges.windows(2).filter(|e| e[0] < e[1]) {
            let span = Span::new(edge[0], edge[1]);
            let on: Vec<&&Mark> = here.iter().filter(|m| m.span.overlaps(span)).collect();
            let mut classes: Vec<&str> = on.iter().map(|m| m.class).collect();
            classes.sort_unstable();
            classes.dedup();
            let titles: Vec<&str> = on.iter().filter_map(|m| m.title.as_deref()).collect();
            let lit = wanted.is_some_and(|w| w.overlaps(span));
            segments.push(Segment {
                text: span.text(text).to_owned(),
                marks: classes.join(" "),
                title: (!titles.is_empty()).then(|| cut(&titles.join("; "), 300)),
                at: lit && !lit_before,
                lit,
            });
            lit_before |= lit;
        }
        out.push(Line { number: n + 1, blank: words.trim().is_empty(), segments });
        start = end + 1;
    }
    out
}

/// The bytes as retrieved, never as a page of ours: a browser keeps them as a file and does not look what they are.
pub(super) async fn raw(State(app): State<Arc<App>>, Path((id, number)): Path<(String, u32)>) -> Shown {
    let (_, bytes) = app.read(move |store| Ok(store.raw_version(&id, Some(number))?)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"retrieved.bin\""),
    ];
    Ok((headers, bytes).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Two {
    from: u32,
    to: u32,
    r#as: String,
    all: String,
}

#[derive(Serialize)]
struct DiffPage {
    #[serde(rename = "self")]
    here: String,
    title: String,
    from: Side,
    to: Side,
    versions: Vec<u32>,
    summary: String,
    side: bool,
    all: bool,
    facts: Vec<Change>,
    style: Vec<Change>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Side {
    number: u32,
    when: Option<When>,
}

#[derive(Serialize)]
struct Change {
    kind: &'static str,
    touches: String,
    /// The words of the sentence before and behind, that stayed.
    around: [String; 2],
    pieces: Vec<Words>,
}

/// Words that are shown on either side of a change.
const AROUND: usize = 7;

/// Some words before and behind a place, of its line.
fn around(text: &str, span: [usize; 2]) -> [String; 2] {
    let (Some(before), Some(behind)) = (text.get(..span[0]), text.get(span[1]..)) else { return Default::default() };
    let before = &before[before.rfind('\n').map_or(0, |n| n + 1)..];
    let behind = &behind[..behind.find('\n').unwrap_or(behind.len())];
    let first = before.split_inclusive(char::is_whitespace).rev().take(AROUND).map(str::len).sum::<usize>();
    let last = behind.split_inclusive(char::is_whitespace).take(AROUND + 1).map(str::len).sum::<usize>();
    let dots = |cut: bool| if cut { "…" } else { "" };
    [
        format!("{}{}", dots(first < before.len()), before[before.len() - first..].trim_start()),
        format!("{}{}", behind[..last].trim_end(), dots(last < behind.len())),
    ]
}

pub(super) async fn diff(State(app): State<Arc<App>>, Path(id): Path<String>, Query(asked): Query<Two>) -> Shown {
    let page = app.read(move |store| {
        let versions = store.versions(&id)?;
        let row = |n: u32| versions.iter().find(|v| v.number == n).ok_or_else(|| Problem::missing("version"));
        let (from, to) = (row(asked.from)?, row(asked.to)?);
        let (a, b) = (store.read_version(&id, Some(from.number))?.text, store.read_version(&id, Some(to.number))?.text);
        let (style, facts): (Vec<_>, Vec<_>) =
            store.diff(&id, from.number, to.number)?.rows().into_iter().partition(|c| c.trivial);
        let change = |c: rashomon_store::DiffRow| Change {
            kind: c.kind,
            touches: c.touches.join(", "),
            around: match (c.from_span, c.to_span) {
                (_, Some(span)) => around(&b, span),
                (Some(span), None) => around(&a, span),
                (None, None) => Default::default(),
            },
            pieces: diff::words(&c.from, &c.to),
        };
        let facts = facts.into_iter().map(change).collect();
        let style = style.into_iter().map(change).collect();
        let rows = diff::rows(&a, &b, !asked.all.is_empty());
        let number = |kind: &str| rows.iter().filter(|r| r.kind == kind).count();
        let moved = rows.iter().filter(|r| r.moved_from.is_some()).count();
        let parts = [
            ("changed", number("changed")),
            ("added", number("added")),
            ("removed", number("removed")),
            ("moved", moved),
        ];
        let told: Vec<_> = parts
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(what, n)| format!("{} {what}", words::count(*n, "paragraph", "paragraphs")))
            .collect();
        let summary =
            if told.is_empty() { "No paragraph differs.".to_owned() } else { format!("{}.", told.join(", ")) };
        let side = |v: &VersionRow| Side { number: v.number, when: words::when(Some(&v.retrieved)) };
        Ok(DiffPage {
            here: words::article(&id, None, None),
            title: cut(to.title.as_deref().unwrap_or("the article"), 200),
            from: side(from),
            to: side(to),
            versions: versions.iter().map(|v| v.number).collect(),
            summary,
            side: asked.r#as == "side",
            all: !asked.all.is_empty(),
            facts,
            style,
            rows,
        })
    });
    Ok(view::page(&app, "diff", "", "What changed", &page.await?))
}

pub(super) async fn note(State(app): State<Arc<App>>, Path(id): Path<String>, body: Sent) -> Shown {
    let text = Form::new(&body).needed("text", 20_000)?;
    let article = id.clone();
    app.write(move |store| {
        if store.article(&article)?.is_none() {
            return Err(Problem::missing("article"));
        }
        let by = super::settings::me(store)?;
        store.add_note(&Note { article: Some(article), text, by, ..Note::default() }, now())?;
        Ok(())
    })
    .await?;
    view::back(&format!("{}#notes", words::article(&id, None, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_among_its_words() {
        let text = "First line.\nThe fähre that left at nine was seen by an inspector late on Tuesday evening.\nLast.";
        let at = text.find("nine").unwrap();
        assert_eq!(
            around(text, [at, at + 4]),
            ["The fähre that left at ".to_owned(), " was seen by an inspector late on…".to_owned()]
        );
        assert_eq!(around(text, [0, 11]), [String::new(), String::new()]);
        assert_eq!(around("é", [1, 2]), [String::new(), String::new()]);
    }
}
