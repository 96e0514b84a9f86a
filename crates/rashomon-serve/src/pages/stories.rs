//! Stories, the newest movement first.

use super::{Paging, Shown, now};
use crate::app::App;
use crate::kept::Glyph;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Query, State};
use jiff::SignedDuration;
use rashomon_store::{News, StoryFilter};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Stories on a page.
const SHOWN: u32 = 40;

#[derive(Clone, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    outlet: String,
    language: String,
    since: String,
    followed: String,
    alone: String,
    cursor: String,
}

impl Default for Asked {
    fn default() -> Self {
        let none = String::new;
        Self {
            q: none(),
            outlet: none(),
            language: none(),
            since: none(),
            followed: none(),
            alone: none(),
            cursor: none(),
        }
    }
}

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    name: &'static str,
}

const SPANS: [Choice; 5] = [
    Choice { value: "", name: "any time" },
    Choice { value: "6", name: "6 hours" },
    Choice { value: "24", name: "a day" },
    Choice { value: "168", name: "a week" },
    Choice { value: "720", name: "30 days" },
];

#[derive(Serialize)]
struct Line {
    href: String,
    headline: String,
    moved: Option<When>,
    reports: u32,
    outlets: String,
    followed: bool,
    fresh: bool,
    news: Option<String>,
    disputed: Vec<String>,
    disputed_more: usize,
    accounts: Option<String>,
    glyph: Option<Glyph>,
}

#[derive(Serialize)]
struct Page {
    asked: Asked,
    stories: Vec<Line>,
    /// Whether any of them is drawn, so that the drawing is to be explained.
    drawn: bool,
    outlets: Vec<String>,
    languages: [&'static str; 10],
    spans: [Choice; 5],
    filtered: bool,
    paging: Paging,
}

pub(super) async fn page(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let shared = app.clone();
    let page = app.read(move |store| {
        let some = |it: &String| (!it.trim().is_empty()).then(|| it.trim().to_owned());
        let hours: Option<i64> = asked.since.parse().ok().filter(|h| (1..=24 * 366).contains(h));
        let filter = StoryFilter {
            since: hours.and_then(|h| now().checked_sub(SignedDuration::from_hours(h)).ok()),
            least_articles: if asked.alone.is_empty() { 2 } else { 1 },
            outlet: some(&asked.outlet),
            language: some(&asked.language),
            words: some(&asked.q),
            followed: !asked.followed.is_empty(),
            cursor: some(&asked.cursor),
            limit: SHOWN,
        };
        let found = store.story_list(&filter)?;
        let followed: Vec<String> = store.pins()?.into_iter().filter(|p| p.kind == "watch").map(|p| p.a).collect();
        let mut stories = Vec::with_capacity(found.items.len());
        for row in found.items {
            let summary = if row.articles > 1 { shared.summary(store, &row.id).ok().flatten() } else { None };
            let news = store.news_of(&row.id)?;
            let outlets = names(
                store
                    .story_articles(&row.id)?
                    .into_iter()
                    .map(|a| words::publisher(a.article.outlet.as_deref(), a.article.url.as_deref())),
            );
            stories.push(Line {
                href: words::story(&row.id),
                headline: row.headline.unwrap_or_else(|| "(no headline)".to_owned()),
                moved: words::when(Some(&row.changed)),
                reports: row.articles,
                outlets,
                followed: followed.contains(&row.id),
                fresh: news.articles + news.versions > 0,
                news: said(news),
                disputed: summary.as_ref().map(|s| s.disputed.clone()).unwrap_or_default(),
                disputed_more: summary.as_ref().map_or(0, |s| s.disputed_more),
                accounts: summary.as_ref().map(|s| s.accounts.clone()),
                glyph: summary.and_then(|s| s.glyph.clone()),
            });
        }
        let query = [
            ("q", asked.q.as_str()),
            ("outlet", &asked.outlet),
            ("language", &asked.language),
            ("since", &asked.since),
            ("followed", &asked.followed),
            ("alone", &asked.alone),
        ];
        Ok(Page {
            paging: Paging::new("/", &query, &asked.cursor, found.next.as_deref()),
            filtered: query.iter().any(|(_, v)| !v.is_empty()),
            outlets: store.outlet_names(300)?,
            languages: ["ar", "de", "en", "es", "fr", "it", "pt", "ru", "uk", "zh"],
            spans: SPANS,
            drawn: stories.iter().any(|it| it.glyph.is_some()),
            stories,
            asked,
        })
    });
    Ok(view::page(&app, "stories", "/", "Stories", &page.await?))
}

/// What came since somebody looked, in words.
fn said(it: News) -> Option<String> {
    let articles = (it.articles > 0).then(|| words::count(it.articles as usize, "new report", "new reports"));
    let versions = (it.versions > 0).then(|| words::count(it.versions as usize, "report changed", "reports changed"));
    let all: Vec<_> = articles.into_iter().chain(versions).collect();
    (!all.is_empty()).then(|| format!("{} since you looked", all.join(", ")))
}

/// The first few names, each once.
fn names(all: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for it in all {
        if !seen.contains(&it) {
            seen.push(it);
        }
    }
    let more = seen.len().saturating_sub(5);
    let mut out = seen[..seen.len() - more].join(", ");
    if more > 0 {
        out.push_str(&format!(" and {more} more"));
    }
    out
}
