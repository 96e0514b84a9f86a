//! Who said what, and whether a sentence was said.

use super::{Paging, Shown};
use crate::app::App;
use crate::check::{self, Checked};
use crate::diff::Words;
use crate::view;
use crate::words::{self, When};
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    text: String,
    speaker: String,
    all: String,
    cursor: String,
}

#[derive(Default, Serialize)]
struct Page {
    asked: Asked,
    verdict: Option<Verdict>,
    quotes: Option<Vec<Line>>,
    found: String,
    spoken: bool,
    paging: Paging,
}

#[derive(Serialize)]
struct Line {
    text: String,
    speaker: String,
    kind: String,
    href: String,
    outlet: String,
    when: Option<When>,
}

#[derive(Serialize)]
struct Verdict {
    headline: &'static str,
    searched: String,
    forms: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    verdict: String,
    speaker: String,
    cue: Option<String>,
    href: String,
    outlet: String,
    when: Option<When>,
    /// Whether enough agrees for the differences to tell something.
    near: bool,
    exact: String,
    pieces: Vec<Words>,
}

pub(super) async fn page(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let page = app.read(move |store| {
        let words = (!asked.q.trim().is_empty()).then(|| asked.q.trim().to_owned());
        let cursor = (!asked.cursor.is_empty()).then_some(asked.cursor.as_str());
        // What stands between marks first: reported speech is often only "it".
        let spoken = words.is_none() && asked.all.is_empty();
        let found = store.quotes_of(words.as_deref(), spoken, cursor, 40)?;
        let paging = Paging::new(
            "/quotes",
            &[("q", asked.q.as_str()), ("all", asked.all.as_str())],
            &asked.cursor,
            found.next.as_deref(),
        );
        let line = |q: rashomon_store::QuoteRow| Line {
            text: crate::kept::cut(&q.text, 700),
            speaker: q.speaker.unwrap_or_else(|| "Nobody is named".to_owned()),
            kind: q.kind,
            href: words::article(&q.article, Some(q.version), Some(q.span)),
            outlet: words::publisher(q.outlet.as_deref(), q.url.as_deref()),
            when: words::when(q.published.as_deref()),
        };
        let quotes: Vec<_> = found.items.into_iter().map(line).collect();
        let said = if words.is_some() { "Quotations with these words" } else { "The latest quotations" };
        let found = if quotes.is_empty() { "No quotation found".to_owned() } else { said.to_owned() };
        Ok(Page { asked, quotes: Some(quotes), found, spoken, paging, ..Page::default() })
    });
    Ok(view::page(&app, "quotes", "/quotes", "Quotes", &page.await?))
}

pub(super) async fn checked(State(app): State<Arc<App>>, Query(asked): Query<Asked>) -> Shown {
    let page = app.read(move |store| {
        let found = check::answer(store, &asked.text, Some(&asked.speaker))?;
        Ok(Page { asked, verdict: Some(verdict(found)), ..Page::default() })
    });
    Ok(view::page(&app, "quotes", "/quotes", "Was this said?", &page.await?))
}

fn verdict(it: Checked) -> Verdict {
    let form = |f: check::CheckedForm| Found {
        near: f.share * 2.0 >= 1.0 || f.relation != "near",
        href: words::article(&f.at.article, Some(f.at.version), Some(f.at.span)),
        verdict: if f.relation == "missing" || f.relation == "absent" { "nearest".to_owned() } else { f.relation },
        speaker: f.speaker.unwrap_or_else(|| "Nobody is named".to_owned()),
        cue: f.cue,
        outlet: f.at.outlet.unwrap_or(f.at.article),
        when: words::when(f.published.as_deref()),
        exact: f.at.exact,
        pieces: f.pieces,
    };
    Verdict {
        headline: check::sentence(&it.verdict),
        searched: format!(
            "Looked through {} that share words with it.",
            words::count(it.searched, "article", "articles")
        ),
        forms: it.forms.into_iter().map(form).collect(),
    }
}
