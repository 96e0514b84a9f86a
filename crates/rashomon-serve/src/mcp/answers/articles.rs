//! Articles: found by words, their quotations, their versions, and what there is to know of them.

use super::{Answer, ROWS, answer, place, quoted};
use crate::app::App;
use crate::check::{self, Checked};
use crate::diff;
use crate::evidence::Evidence;
use crate::mcp::asked::{Alerts, OfArticle, Sentence, TwoVersions, Words};
use crate::problem::Problem;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// Articles.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Found {
    articles: Vec<FoundArticle>,
    cursor: Option<String>,
}

/// An article that has the words.
#[derive(Serialize, JsonSchema)]
struct FoundArticle {
    article: String,
    version: u32,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    story: Option<String>,
    /// The text around the words, on one line.
    excerpt: String,
    span: [usize; 2],
}

pub(in crate::mcp) async fn search(app: &Arc<App>, it: Words) -> Result<Answer, Problem> {
    let shared = app.clone();
    let found = app
        .read(move |store| {
            let all = shared.found(store, &it.query)?;
            let page = store.hits(&all.articles, &it.query, it.cursor.as_deref(), ROWS as u32)?;
            let one = |h: rashomon_store::Hit| FoundArticle {
                article: h.article.id,
                version: h.article.versions,
                outlet: Some(crate::words::publisher(h.article.outlet.as_deref(), h.article.url.as_deref())),
                title: h.article.title,
                published: h.article.published,
                story: h.article.story,
                excerpt: h.excerpt,
                span: h.span,
            };
            Ok(Found { articles: page.items.into_iter().map(one).collect(), cursor: page.next })
        })
        .await?;
    let mut text = if found.articles.is_empty() { "Nothing found.\n".to_owned() } else { String::new() };
    for a in &found.articles {
        text.push_str(&format!(
            "article {} version {} ({}, story {}): {} {}\n",
            a.article,
            a.version,
            a.outlet.as_deref().unwrap_or("unknown outlet"),
            a.story.as_deref().unwrap_or("none"),
            quoted(a.title.as_deref().unwrap_or_default()),
            quoted(&a.excerpt)
        ));
    }
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("more with cursor {cursor}\n"));
    }
    answer(text, &found)
}

/// Quotations.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Quotes {
    quotes: Vec<FoundQuote>,
    cursor: Option<String>,
}

/// A quotation.
#[derive(Serialize, JsonSchema)]
struct FoundQuote {
    /// Who is said to have said it.
    speaker: Option<String>,
    /// direct | indirect | mixed | headline | scare
    kind: String,
    published: Option<String>,
    #[serde(flatten)]
    at: Evidence,
}

pub(in crate::mcp) async fn find_quote(app: &Arc<App>, it: Words) -> Result<Answer, Problem> {
    let found = app
        .read(move |store| {
            let page = store.quotes(Some(&it.query), it.cursor.as_deref(), ROWS as u32)?;
            let mut quotes = Vec::new();
            for q in page.items {
                let text = store.read_version(&q.article, Some(q.version))?.text;
                let Some(at) = Evidence::new(&q.article, q.version, q.outlet.as_deref(), &text, q.span) else {
                    continue;
                };
                quotes.push(FoundQuote { speaker: q.speaker, kind: q.kind, published: q.published, at });
            }
            Ok(Quotes { quotes, cursor: page.next })
        })
        .await?;
    let mut text = if found.quotes.is_empty() { "No quotation found.\n".to_owned() } else { String::new() };
    for q in &found.quotes {
        text.push_str(&format!(
            "{} ({}): {}\n",
            quoted(q.speaker.as_deref().unwrap_or("nobody is named")),
            q.kind,
            place(&q.at)
        ));
    }
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("more with cursor {cursor}\n"));
    }
    answer(text, &found)
}

pub(in crate::mcp) async fn check_quote(app: &Arc<App>, it: Sentence) -> Result<Answer, Problem> {
    let found: Checked = app.read(move |store| check::answer(store, &it.text, it.speaker.as_deref())).await?;
    let mut text = format!(
        "{}: {} ({} articles looked through)\n",
        found.verdict,
        check::sentence(&found.verdict),
        found.searched
    );
    for f in found.forms.iter().take(ROWS) {
        text.push_str(&format!(
            "{} by {}: {}\n",
            f.relation,
            quoted(f.speaker.as_deref().unwrap_or("nobody named")),
            place(&f.at)
        ));
    }
    let more = found.forms.len().saturating_sub(ROWS) + found.left_out;
    if more > 0 {
        text.push_str(&format!("and {more} more places\n"));
    }
    answer(text, &found)
}

/// The versions of an article.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Versions {
    article: String,
    versions: Vec<VersionTold>,
    versions_left_out: usize,
}

/// A version.
#[derive(Serialize, JsonSchema)]
struct VersionTold {
    number: u32,
    retrieved: String,
    title: Option<String>,
    digest: Option<String>,
    /// Whether it differs from the one before only in what no reader cares for.
    trivial: bool,
    /// correction | retraction | withdrawal
    signal: Option<String>,
    /// The words that say so.
    signal_words: Option<String>,
}

pub(in crate::mcp) async fn versions(app: &Arc<App>, it: OfArticle) -> Result<Answer, Problem> {
    let found = app
        .read(move |store| {
            let all = store.versions(&it.article)?;
            let left_out = all.len().saturating_sub(60);
            let one = |v: rashomon_store::VersionRow| VersionTold {
                number: v.number,
                retrieved: v.retrieved,
                title: v.title,
                digest: v.digest,
                trivial: v.trivial,
                signal: v.signal,
                signal_words: v.signal_words,
            };
            Ok(Versions {
                article: it.article,
                versions: all.into_iter().skip(left_out).map(one).collect(),
                versions_left_out: left_out,
            })
        })
        .await?;
    let mut text = format!("article {}\n", found.article);
    if found.versions_left_out > 0 {
        text.push_str(&format!("{} older versions left out\n", found.versions_left_out));
    }
    for v in &found.versions {
        let signal = v
            .signal
            .as_ref()
            .map(|s| format!(" says of itself: {s} {}", quoted(v.signal_words.as_deref().unwrap_or_default())))
            .unwrap_or_default();
        text.push_str(&format!(
            "version {} retrieved {}: {}{}{signal}\n",
            v.number,
            v.retrieved,
            quoted(v.title.as_deref().unwrap_or_default()),
            if v.trivial { " (nothing of substance changed)" } else { "" }
        ));
    }
    answer(text, &found)
}

/// What changed.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Differences {
    article: String,
    from: u32,
    to: u32,
    rows: Vec<diff::Row>,
    rows_left_out: usize,
}

pub(in crate::mcp) async fn diff(app: &Arc<App>, it: TwoVersions) -> Result<Answer, Problem> {
    let found = app
        .read(move |store| {
            let (a, b) = (
                store.read_version(&it.article, Some(it.from))?.text,
                store.read_version(&it.article, Some(it.to))?.text,
            );
            let all: Vec<_> = diff::rows(&a, &b, true).into_iter().filter(|r| r.kind != "same").collect();
            let left_out = all.len().saturating_sub(ROWS * 2);
            Ok(Differences {
                article: it.article,
                from: it.from,
                to: it.to,
                rows: all.into_iter().take(ROWS * 2).collect(),
                rows_left_out: left_out,
            })
        })
        .await?;
    let mut text = if found.rows.is_empty() { "No paragraph differs.\n".to_owned() } else { String::new() };
    for r in &found.rows {
        let words: String = r
            .both
            .iter()
            .map(|w| match w.tag {
                "ins" => format!("[+{}+]", w.text),
                "del" => format!("[-{}-]", w.text),
                _ => w.text.clone(),
            })
            .collect();
        text.push_str(&format!("{}: {}\n", r.kind, quoted(&words)));
    }
    if found.rows_left_out > 0 {
        text.push_str(&format!("and {} more paragraphs\n", found.rows_left_out));
    }
    answer(text, &found)
}

/// Alerts.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Alerted {
    alerts: Vec<rashomon_store::Alert>,
    cursor: Option<String>,
}

pub(in crate::mcp) async fn alerts(app: &Arc<App>, it: Alerts) -> Result<Answer, Problem> {
    let found = app
        .read(move |store| {
            let page = store.alerts(it.unseen, it.cursor.as_deref(), ROWS as u32)?;
            Ok(Alerted { alerts: page.items, cursor: page.next })
        })
        .await?;
    let mut text = if found.alerts.is_empty() { "Nothing to tell.\n".to_owned() } else { String::new() };
    for a in &found.alerts {
        text.push_str(&format!(
            "alert {} {} {}: {} (story {}, article {})\n",
            a.id,
            a.at,
            a.kind,
            quoted(&a.text),
            a.story.as_deref().unwrap_or("none"),
            a.article.as_deref().unwrap_or("none")
        ));
    }
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("more with cursor {cursor}\n"));
    }
    answer(text, &found)
}
