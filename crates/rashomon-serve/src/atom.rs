//! Atom feeds: stories as they move, alerts, the versions of an article.

use crate::app::App;
use crate::diff;
use crate::problem::Problem;
use crate::reply;
use crate::words;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rashomon_store::{Alert, StoryFilter};
use std::sync::Arc;

/// Entries of a feed.
const ENTRIES: u32 = 50;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/feeds/stories.atom", get(stories))
        .route("/feeds/alerts.atom", get(alerts))
        .route("/feeds/article/{file}", get(article))
}

struct Entry {
    id: String,
    title: String,
    updated: String,
    href: String,
    text: String,
}

fn feed(app: &App, id: &str, title: &str, entries: &[Entry]) -> Response {
    reply::text("application/atom+xml; charset=utf-8", document(&app.base, id, title, entries))
}

/// Alerts as an Atom feed, the newest first, with links into the pages that a server shows at `base`.
#[must_use]
pub fn alerts_atom(alerts: Vec<Alert>, base: &str) -> String {
    let entries: Vec<Entry> = alerts.into_iter().map(alert_entry).collect();
    document(base, "alerts.atom", "Alerts", &entries)
}

fn alert_entry(a: Alert) -> Entry {
    let of_story = a.story.as_deref().map(words::story);
    let href = of_story.or(a.article.as_deref().map(|id| words::article(id, None, None)));
    Entry {
        id: format!("alert:{}", a.id),
        title: a.text,
        updated: a.at,
        href: href.unwrap_or_else(|| "/alerts".to_owned()),
        text: a.kind,
    }
}

fn document(base: &str, id: &str, title: &str, entries: &[Entry]) -> String {
    let updated = entries.iter().map(|e| e.updated.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>urn:rashomon:{}</id>\n<title>{}</title>\n\
         <updated>{updated}</updated>\n<author><name>Rashomon</name></author>\n<link rel=\"self\" href=\"{}/feeds/{}\"/>\n",
        xml(id),
        xml(title),
        xml(base),
        xml(id)
    );
    for e in entries {
        out.push_str(&format!(
            "<entry>\n<id>urn:rashomon:{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"{}{}\"/>\n<summary>{}</summary>\n</entry>\n",
            xml(&e.id), xml(&e.title), xml(&e.updated), xml(base), xml(&e.href), xml(&e.text)
        ));
    }
    out.push_str("</feed>\n");
    out
}

/// Text for XML 1.0, which has no place for control characters.
pub(crate) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

async fn stories(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let shared = app.clone();
    let entries = app.read(move |store| {
        let filter = StoryFilter { least_articles: 2, limit: ENTRIES, ..StoryFilter::default() };
        let mut entries = Vec::new();
        for s in store.story_list(&filter)?.items {
            let summary = shared.summary(store, &s.id).ok().flatten();
            let mut text = words::count(s.articles as usize, "report", "reports");
            if let Some(it) = summary {
                text.push_str(&format!(", {} independent. {}", it.accounts, it.disputed.join("; ")));
            }
            entries.push(Entry {
                id: format!("story:{}:{}", s.id, s.changed),
                title: s.headline.unwrap_or_else(|| "(no headline)".to_owned()),
                updated: s.changed,
                href: words::story(&s.id),
                text,
            });
        }
        Ok(entries)
    });
    Ok(feed(&app, "stories.atom", "Stories", &entries.await?))
}

async fn alerts(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let entries = app
        .read(|store| Ok(store.alerts(false, None, ENTRIES)?.items.into_iter().map(alert_entry).collect::<Vec<_>>()));
    Ok(feed(&app, "alerts.atom", "Alerts", &entries.await?))
}

async fn article(State(app): State<Arc<App>>, Path(file): Path<String>) -> Result<Response, Problem> {
    let Some(id) = file.strip_suffix(".atom").map(str::to_owned) else { return Err(Problem::missing("feed")) };
    let (title, entries) = app
        .read(move |store| {
            let versions = store.versions(&id)?;
            let title = versions.last().and_then(|v| v.title.clone()).unwrap_or_else(|| id.clone());
            let from = versions.len().saturating_sub(ENTRIES as usize);
            let mut entries = Vec::new();
            let mut before: Option<String> = None;
            for v in &versions[from..] {
                let text = store.read_version(&id, Some(v.number))?.text;
                let told = before.as_ref().map_or_else(|| "First retrieved.".to_owned(), |from| changed(from, &text));
                let href = if v.number > 1 {
                    format!("{}/diff?from={}&to={}", words::article(&id, None, None), v.number - 1, v.number)
                } else {
                    words::article(&id, Some(1), None)
                };
                entries.push(Entry {
                    id: format!("version:{id}:{}", v.number),
                    title: format!("Version {} of: {title}", v.number),
                    updated: v.retrieved.clone(),
                    href,
                    text: told,
                });
                before = Some(text);
            }
            entries.reverse();
            Ok((title, entries))
        })
        .await?;
    Ok(feed(&app, "article", &title, &entries))
}

/// The paragraphs that changed, with the words that came and went.
fn changed(from: &str, to: &str) -> String {
    let mut out = String::new();
    for row in diff::rows(from, to, true).iter().filter(|r| r.kind != "same").take(20) {
        for w in &row.both {
            match w.tag {
                "ins" => out.push_str(&format!("[+{}+]", w.text)),
                "del" => out.push_str(&format!("[-{}-]", w.text)),
                _ => out.push_str(&w.text),
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn hostile_titles_stay_text() {
        assert_eq!(xml("<script>&\"\u{0}\u{1b}]]>"), "&lt;script&gt;&amp;&quot;]]&gt;");
    }
}
