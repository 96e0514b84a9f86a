//! What pages show of a kept collation: a line in a list, and the whole story.

use crate::problem::Problem;
use crate::words;
use axum::http::StatusCode;
use rashomon::report;
use rashomon::wire::{Collation, Story};
use rashomon_store::{Noticed, StoredCollation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Disagreements that a line in the list names.
const NAMED: usize = 2;

/// The line of a story in a list.
#[derive(Clone, Debug)]
pub(crate) struct Summary {
    /// `2` or `2 to 3`.
    pub(crate) accounts: String,
    pub(crate) disputed: Vec<String>,
    pub(crate) disputed_more: usize,
    pub(crate) glyph: Option<Glyph>,
}

/// A small drawing of who descends from whom: an account is a row of dots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Glyph {
    width: usize,
    height: usize,
    label: String,
    lines: Vec<Thread>,
    dots: Vec<Dot>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Thread {
    kind: String,
    path: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Dot {
    x: usize,
    y: usize,
    first: bool,
}

/// Of a collation only what a line in a list needs; the texts are passed over.
#[derive(Deserialize)]
struct Brief {
    stories: Vec<BriefStory>,
}

#[derive(Deserialize)]
struct BriefStory {
    independent: rashomon::wire::Independent,
    lineage: Vec<BriefRelation>,
    points: Vec<BriefPoint>,
}

#[derive(Deserialize)]
struct BriefRelation {
    source: Option<String>,
    derived: String,
    kind: String,
}

#[derive(Deserialize)]
struct BriefPoint {
    text: String,
    conflicts: Vec<BriefConflict>,
}

#[derive(Deserialize)]
struct BriefConflict {
    kind: String,
    update: bool,
    values: Vec<BriefValue>,
}

#[derive(Deserialize)]
struct BriefValue {
    value: String,
}

impl Summary {
    pub(crate) fn new(json: &str) -> Result<Self, Problem> {
        let brief: Brief = serde_json::from_str(json).map_err(|_| unreadable())?;
        let Some(story) = brief.stories.into_iter().next() else { return Err(unreadable()) };
        let disputed: Vec<String> = story
            .points
            .iter()
            .flat_map(|p| p.conflicts.iter().map(move |c| (p, c)))
            .filter(|(_, c)| !c.update)
            .map(|(p, c)| dispute(p, c))
            .collect();
        let mut named: Vec<String> = Vec::new();
        for it in &disputed {
            if !named.contains(it) && named.len() < NAMED {
                named.push(it.clone());
            }
        }
        Ok(Self {
            accounts: words::range(story.independent.low, story.independent.high),
            disputed_more: disputed.len().saturating_sub(named.len()),
            disputed: named,
            glyph: glyph(&story),
        })
    }
}

fn dispute(point: &BriefPoint, conflict: &BriefConflict) -> String {
    let mut values: Vec<&str> = Vec::new();
    for it in &conflict.values {
        if !values.contains(&it.value.as_str()) {
            values.push(&it.value);
        }
    }
    let text = cut(&point.text, 110);
    format!(
        "{}: {text}",
        values
            .iter()
            .take(4)
            .map(|v| cut(&report::conflict_value(&conflict.kind, v), 40))
            .collect::<Vec<_>>()
            .join(" against ")
    )
}

/// `text` on one line, cut to `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        line
    } else {
        format!("{}…", line.chars().take(most).collect::<String>().trim_end())
    }
}

const ROWS: usize = 6;
const COLUMNS: usize = 12;

fn glyph(story: &BriefStory) -> Option<Glyph> {
    let accounts = &story.independent.accounts;
    let reports: usize = accounts.iter().map(Vec::len).sum();
    if reports < 2 {
        return None;
    }
    let mut place = BTreeMap::new();
    let mut dots = Vec::new();
    for (row, account) in accounts.iter().take(ROWS).enumerate() {
        for (column, article) in account.iter().take(COLUMNS).enumerate() {
            let (x, y) = (6 + column * 14, 6 + row * 11);
            place.insert(article.as_str(), (x, y));
            dots.push(Dot { x, y, first: column == 0 });
        }
    }
    let mut lines: Vec<Thread> = Vec::new();
    for it in &story.lineage {
        let Some(source) = &it.source else { continue };
        let (Some((x1, y1)), Some((x2, y2))) = (place.get(source.as_str()), place.get(it.derived.as_str())) else {
            continue;
        };
        let bend = if y1 == y2 && x1.abs_diff(*x2) > 14 { y1.saturating_sub(7) } else { (y1 + y2) / 2 };
        let path = format!("M{x1} {y1}Q{} {bend} {x2} {y2}", (x1 + x2) / 2);
        let kind =
            if ["common-source", "credit"].contains(&it.kind.as_str()) { it.kind.clone() } else { String::new() };
        let thread = Thread { kind, path };
        if !lines.contains(&thread) {
            lines.push(thread);
        }
    }
    let width = dots.iter().map(|d| d.x).max().unwrap_or(0) + 6;
    let height = dots.iter().map(|d| d.y).max().unwrap_or(0) + 6;
    let label = format!(
        "{} in {}",
        words::count(reports, "report", "reports"),
        words::count(accounts.len(), "account", "accounts")
    );
    Some(Glyph { width, height, label, lines, dots })
}

/// A story as it is shown.
pub(crate) struct Told {
    pub(crate) collation: Collation,
    pub(crate) report: report::Report,
    /// Its part of the page.
    pub(crate) part: String,
    /// What was noticed while it was made: what is missing first.
    pub(crate) noticed: Vec<Noticed>,
}

impl Told {
    pub(crate) fn new(kept: StoredCollation) -> Result<Self, Problem> {
        let collation = Collation::from_json(kept.json.as_bytes()).map_err(|_| unreadable())?;
        let Some(story) = collation.stories.first() else { return Err(unreadable()) };
        let report = report::kept(&collation.articles, story).ok_or_else(unreadable)?;
        let part = report::story_part(&report, &|id| Some(words::article(id, None, None)));
        Ok(Self { report, part, collation, noticed: kept.noticed.unwrap_or_default() })
    }

    /// The story.
    pub(crate) fn story(&self) -> &Story {
        &self.collation.stories[0]
    }
}

fn unreadable() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the comparison of this story was made by another version of the program and is being made anew",
    )
}
