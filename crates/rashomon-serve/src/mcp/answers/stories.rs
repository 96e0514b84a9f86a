//! Stories: which there are, their claims, their accounts, who says what, and texts compared without being kept.

use super::{Answer, PLACES, ROWS, answer, offset, place, quoted};
use crate::app::App;
use crate::evidence::Evidence;
use crate::kept::Told;
use crate::mcp::asked::{Compare, ListStories, OfStory, WhoSays};
use crate::problem::Problem;
use rashomon::Options;
use rashomon::model::Noted;
use rashomon::wire::{Anchor, Collation, Point};
use rashomon_store::{Noticed, Store, StoryFilter};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Stories.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Stories {
    stories: Vec<StoryLine>,
    /// For the next ones; null if these were the last.
    cursor: Option<String>,
}

/// A story in a line.
#[derive(Serialize, JsonSchema)]
struct StoryLine {
    id: String,
    headline: String,
    reports: u32,
    outlets: u32,
    /// At least so many accounts are independent.
    independent_low: Option<u32>,
    /// At most so many.
    independent_high: Option<u32>,
    disputed: Vec<String>,
    changed: String,
}

pub(in crate::mcp) async fn list_stories(app: &Arc<App>, it: ListStories) -> Result<Answer, Problem> {
    let since = it
        .since
        .as_deref()
        .map(|s| s.parse().map_err(|_| Problem::bad("since is a time as in RFC 3339")))
        .transpose()?;
    let filter = StoryFilter {
        since,
        least_articles: 2,
        outlet: it.outlet,
        words: it.query,
        cursor: it.cursor,
        limit: ROWS as u32,
        ..StoryFilter::default()
    };
    let shared = app.clone();
    let found = app
        .read(move |store| {
            let page = store.story_list(&filter)?;
            let mut stories = Vec::new();
            for s in page.items {
                let disputed =
                    shared.summary(store, &s.id).ok().flatten().map(|it| it.disputed.clone()).unwrap_or_default();
                stories.push(StoryLine {
                    id: s.id,
                    headline: s.headline.unwrap_or_default(),
                    reports: s.articles,
                    outlets: s.outlets,
                    independent_low: s.independent_low,
                    independent_high: s.independent_high,
                    disputed,
                    changed: s.changed,
                });
            }
            Ok(Stories { stories, cursor: page.next })
        })
        .await?;
    let mut text = String::new();
    for s in &found.stories {
        let accounts = s.independent_low.zip(s.independent_high).map_or_else(
            || "not compared yet".to_owned(),
            |(a, b)| format!("{} independent", crate::words::range(a as usize, b as usize)),
        );
        text.push_str(&format!(
            "story {}: {} | {} reports, {accounts} | moved {}\n",
            s.id,
            quoted(&s.headline),
            s.reports,
            s.changed
        ));
        s.disputed.iter().for_each(|d| text.push_str(&format!("  disputed: {}\n", quoted(d))));
    }
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("more with cursor {cursor}\n"));
    }
    answer(text, &found)
}

/// A report of a story.
#[derive(Serialize, JsonSchema)]
struct ReportLine {
    article: String,
    version: u32,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
}

/// Something that reports state, and the proof.
#[derive(Serialize, JsonSchema)]
struct Claim {
    id: String,
    /// disagreement | update | point | quotation
    kind: &'static str,
    statement: String,
    /// Parts of the statement for which no other report has words.
    alone: Vec<Evidence>,
    /// all | some | one, of the reports
    status: Option<&'static str>,
    /// Whom the reports attribute it to.
    said_by: Option<String>,
    /// The rule that found it.
    rule: String,
    /// The words that prove it.
    evidence: Vec<Evidence>,
    /// How many more places there are.
    evidence_left_out: usize,
    /// Reports that leave it out, by article.
    omitted: Vec<String>,
    /// Reports where it is unclear, with the words that may say it.
    unclear: Vec<Evidence>,
}

/// A story.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct StoryTold {
    id: String,
    headline: String,
    reports: Vec<ReportLine>,
    independent_low: usize,
    independent_high: usize,
    claims: Vec<Claim>,
    /// How many claims there are in all.
    claims_in_all: usize,
    /// For the next claims; null if these were the last.
    cursor: Option<String>,
    /// What is missing, and what may be read wrongly.
    noticed: Vec<Noticed>,
}

/// Places of a collation, with the versions its articles are of.
struct Places<'a> {
    collation: &'a Collation,
    versions: BTreeMap<&'a str, u32>,
}

impl<'a> Places<'a> {
    fn kept(store: &Store, told: &'a Told) -> Result<Self, Problem> {
        let mut versions = BTreeMap::new();
        for a in &told.collation.articles {
            versions.insert(a.id.as_str(), crate::evidence::version_of(store, &a.id, &a.digest)?);
        }
        Ok(Self { collation: &told.collation, versions })
    }

    fn at(&self, article: &str, span: [usize; 2]) -> Option<Evidence> {
        let it = self.collation.articles.iter().find(|a| a.id == article)?;
        Evidence::new(article, self.versions.get(article).copied().unwrap_or(1), it.outlet.as_deref(), &it.text, span)
    }

    fn all<'b>(&self, anchors: impl IntoIterator<Item = &'b Anchor>) -> (Vec<Evidence>, usize) {
        let anchors: Vec<_> = anchors.into_iter().collect();
        let shown = anchors.iter().take(PLACES).filter_map(|a| self.at(&a.article, [a.span.0, a.span.1])).collect();
        (shown, anchors.len().saturating_sub(PLACES))
    }

    fn reports(&self) -> Vec<ReportLine> {
        let line = |id: &String| {
            let a = self.collation.articles.iter().find(|a| &a.id == id)?;
            Some(ReportLine {
                article: id.clone(),
                version: self.versions.get(id.as_str()).copied().unwrap_or(1),
                outlet: Some(crate::words::publisher(a.outlet.as_deref(), a.url.as_deref())),
                title: a.title.clone(),
                published: a.published.clone(),
            })
        };
        self.collation.stories.iter().flat_map(|s| &s.articles).filter_map(line).collect()
    }

    fn point(&self, p: &Point) -> Claim {
        let (evidence, evidence_left_out) = self.all(&p.carried);
        Claim {
            id: p.id.clone(),
            kind: "point",
            statement: p.text.clone(),
            alone: self.all(&p.alone).0,
            status: Some(p.status.as_str()),
            said_by: p.said_by.clone(),
            rule: p.rule.clone(),
            evidence,
            evidence_left_out,
            omitted: p.omitted.clone(),
            unclear: self.all(&p.unclear).0,
        }
    }

    /// Disagreements first, then points by weight, then quotations that differ.
    fn claims(&self) -> Vec<Claim> {
        let Some(story) = self.collation.stories.first() else { return Vec::new() };
        let mut out = Vec::new();
        for update in [false, true] {
            for p in &story.points {
                for c in p.conflicts.iter().filter(|c| c.update == update) {
                    let anchors: Vec<_> =
                        c.values.iter().map(|v| Anchor { article: v.article.clone(), span: v.span }).collect();
                    let (evidence, evidence_left_out) = self.all(&anchors);
                    let mut values: Vec<&str> = c.values.iter().map(|v| v.value.as_str()).collect();
                    values.dedup();
                    out.push(Claim {
                        id: p.id.clone(),
                        kind: if update { "update" } else { "disagreement" },
                        statement: format!("{}: {}", values.join(" against "), p.text),
                        alone: Vec::new(),
                        status: Some(p.status.as_str()),
                        said_by: p.said_by.clone(),
                        rule: c.rule.clone(),
                        evidence,
                        evidence_left_out,
                        omitted: Vec::new(),
                        unclear: Vec::new(),
                    });
                }
            }
        }
        out.extend(story.points.iter().map(|p| self.point(p)));
        for q in story.quotes.iter().filter(|q| q.forms.len() > 1) {
            let anchors: Vec<_> = q.forms.iter().map(|f| Anchor { article: f.article.clone(), span: f.span }).collect();
            let (evidence, evidence_left_out) = self.all(&anchors);
            out.push(Claim {
                id: q.id.clone(),
                kind: "quotation",
                statement: q.text.clone(),
                alone: Vec::new(),
                status: None,
                said_by: q.speaker.clone(),
                rule: q.rule.clone(),
                evidence,
                evidence_left_out,
                omitted: Vec::new(),
                unclear: Vec::new(),
            });
        }
        out
    }
}

fn told(app: &App, store: &Store, story: &str) -> Result<Arc<Told>, Problem> {
    if store.story(story)?.is_none() {
        return Err(Problem::missing("story"));
    }
    app.told(store, story)?.ok_or_else(|| Problem::bad("this story has not been compared yet; ask again in a minute"))
}

fn claim_text(it: &Claim) -> String {
    let mut out = format!("[{}] {} {}", it.id, it.kind, quoted(&it.statement));
    if let Some(by) = &it.said_by {
        out.push_str(&format!(" according to {}", quoted(by)));
    }
    if let Some(status) = it.status {
        out.push_str(&format!(" (in {status} of the reports; rule {})", it.rule));
    }
    out.push('\n');
    it.alone.iter().for_each(|e| out.push_str(&format!("  no other report has words like: {}\n", place(e))));
    it.evidence.iter().for_each(|e| out.push_str(&format!("  - {}\n", place(e))));
    if it.evidence_left_out > 0 {
        out.push_str(&format!("  - and {} more places\n", it.evidence_left_out));
    }
    if !it.omitted.is_empty() {
        out.push_str(&format!("  left out by articles {}\n", it.omitted.join(", ")));
    }
    it.unclear.iter().for_each(|e| out.push_str(&format!("  unclear: {}\n", place(e))));
    out
}

pub(in crate::mcp) async fn get_story(app: &Arc<App>, it: OfStory) -> Result<Answer, Problem> {
    let from = offset(it.cursor.as_deref())?;
    let shared = app.clone();
    let found = app
        .read(move |store| {
            let told = told(&shared, store, &it.story)?;
            let places = Places::kept(store, &told)?;
            let claims = places.claims();
            let claims_in_all = claims.len();
            let story = told.story();
            Ok(StoryTold {
                id: it.story,
                headline: told.report.headline.clone(),
                reports: places.reports(),
                independent_low: story.independent.low,
                independent_high: story.independent.high,
                claims: claims.into_iter().skip(from).take(ROWS).collect(),
                claims_in_all,
                cursor: (from + ROWS < claims_in_all).then(|| (from + ROWS).to_string()),
                noticed: told.noticed.clone(),
            })
        })
        .await?;
    let mut text = format!(
        "story {}: {}\n{} independent of {} reports\n",
        found.id,
        quoted(&found.headline),
        crate::words::range(found.independent_low, found.independent_high),
        found.reports.len()
    );
    if from == 0 {
        for r in &found.reports {
            text.push_str(&format!(
                "report {} version {}: {} {}\n",
                r.article,
                r.version,
                r.outlet.as_deref().unwrap_or("unknown outlet"),
                quoted(r.title.as_deref().unwrap_or_default())
            ));
        }
    }
    if from == 0 {
        found.noticed.iter().for_each(|it| text.push_str(&noticed_text(it)));
    }
    found.claims.iter().for_each(|c| text.push_str(&claim_text(c)));
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("{} claims in all; more with cursor {cursor}\n", found.claims_in_all));
    }
    answer(text, &found)
}

/// Who took from whom.
#[derive(Serialize, JsonSchema)]
struct RelationTold {
    statement: String,
    kind: &'static str,
    source: Option<String>,
    derived: String,
    declared: bool,
    score: f64,
    rule: String,
    /// Passages on the side of the source.
    taken_from: Vec<Evidence>,
    /// The matching passages on the side of the report that took.
    taken_to: Vec<Evidence>,
}

/// The accounts of a story.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct AccountsTold {
    story: String,
    independent_low: usize,
    independent_high: usize,
    /// The articles of each account, by certain dependence.
    accounts: Vec<Vec<String>>,
    reports: Vec<ReportLine>,
    relations: Vec<RelationTold>,
    relations_in_all: usize,
    cursor: Option<String>,
}

pub(in crate::mcp) async fn accounts(app: &Arc<App>, it: OfStory) -> Result<Answer, Problem> {
    let from = offset(it.cursor.as_deref())?;
    let shared = app.clone();
    let found = app
        .read(move |store| {
            let told = told(&shared, store, &it.story)?;
            let places = Places::kept(store, &told)?;
            let story = told.story();
            let relation = |n: usize| -> Option<RelationTold> {
                let r = story.lineage.get(n)?;
                let said = told.report.descents.iter().find(|d| {
                    let id = |w: usize| told.report.witnesses[w].id.as_str();
                    id(d.derived) == r.derived
                        && d.source.map(id) == r.source.as_deref()
                        && d.kind == r.kind.as_str()
                        && d.source_name == r.source_name
                });
                let side = |n: usize| {
                    r.evidence
                        .iter()
                        .take(3)
                        .filter_map(|e| places.at(&e[n].article, [e[n].span.0, e[n].span.1]))
                        .collect()
                };
                Some(RelationTold {
                    statement: said.map(|d| d.statement.clone()).unwrap_or_default(),
                    kind: r.kind.as_str(),
                    source: r.source.clone(),
                    derived: r.derived.clone(),
                    declared: r.declared,
                    score: r.score,
                    rule: r.rule.clone(),
                    taken_from: side(0),
                    taken_to: side(1),
                })
            };
            let in_all = story.lineage.len();
            Ok(AccountsTold {
                independent_low: story.independent.low,
                independent_high: story.independent.high,
                accounts: story.independent.accounts.clone(),
                reports: places.reports(),
                relations: (from..in_all).take(ROWS).filter_map(relation).collect(),
                relations_in_all: in_all,
                cursor: (from + ROWS < in_all).then(|| (from + ROWS).to_string()),
                story: it.story,
            })
        })
        .await?;
    let mut text = format!(
        "{} of {} reports are independent\n",
        crate::words::range(found.independent_low, found.independent_high),
        found.reports.len()
    );
    for (n, account) in found.accounts.iter().enumerate() {
        text.push_str(&format!("account {}: articles {}\n", n + 1, account.join(", ")));
    }
    for r in &found.relations {
        text.push_str(&format!(
            "{} (rule {}, {})\n",
            quoted(&r.statement),
            r.rule,
            if r.declared { "declared".to_owned() } else { format!("{:.0} % sure", r.score * 100.0) }
        ));
        for (a, b) in r.taken_from.iter().zip(&r.taken_to) {
            text.push_str(&format!("  from {}\n  to {}\n", place(a), place(b)));
        }
    }
    if let Some(cursor) = &found.cursor {
        text.push_str(&format!("{} relations in all; more with cursor {cursor}\n", found.relations_in_all));
    }
    answer(text, &found)
}

/// Claims.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Claims {
    story: String,
    claims: Vec<Claim>,
}

pub(in crate::mcp) async fn who_says(app: &Arc<App>, it: WhoSays) -> Result<Answer, Problem> {
    let shared = app.clone();
    let found = app
        .read(move |store| {
            let told = told(&shared, store, &it.story)?;
            let places = Places::kept(store, &told)?;
            let words: Vec<String> = it
                .statement
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect();
            let fit = |p: &Point| {
                let held = p.text.to_lowercase();
                words.iter().filter(|w| held.contains(w.as_str())).count()
            };
            let points = &told.story().points;
            let exact: Vec<&Point> = points.iter().filter(|p| p.id == it.statement).collect();
            let chosen = if exact.is_empty() {
                let mut alike: Vec<(usize, &Point)> =
                    points.iter().map(|p| (fit(p), p)).filter(|(n, _)| *n * 2 > words.len()).collect();
                alike.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
                alike.into_iter().take(3).map(|(_, p)| p).collect()
            } else {
                exact
            };
            Ok(Claims { story: it.story, claims: chosen.into_iter().map(|p| places.point(p)).collect() })
        })
        .await?;
    let text = if found.claims.is_empty() {
        "No statement of the story has most of these words.\n".to_owned()
    } else {
        found.claims.iter().map(claim_text).collect()
    };
    answer(text, &found)
}

/// A comparison.
#[derive(Serialize, JsonSchema)]
pub(in crate::mcp) struct Compared {
    /// One for each event that the articles report.
    stories: Vec<ComparedStory>,
    /// What was noticed while the texts were read and compared, what is missing first.
    noticed: Vec<Noticed>,
}

/// What was found about one event.
#[derive(Serialize, JsonSchema)]
struct ComparedStory {
    headline: String,
    reports: Vec<ReportLine>,
    independent_low: usize,
    independent_high: usize,
    claims: Vec<Claim>,
    claims_in_all: usize,
}

fn noticed_text(it: &Noticed) -> String {
    format!("noticed: {}\n", quoted(&format!("{}: {}", it.place, it.message)))
}

pub(in crate::mcp) async fn compare(app: &Arc<App>, it: Compare) -> Result<Answer, Problem> {
    let options = Options::new().one_story(it.one_story);
    let ids = it.articles;
    if ids.len() + it.texts.len() > crate::pages::ARTICLES {
        return Err(Problem::bad(format!("at most {} articles", crate::pages::ARTICLES)));
    }
    let (mut articles, versions) = app
        .read(move |store| {
            let mut out = Vec::new();
            let mut versions = BTreeMap::new();
            for id in ids {
                let row = store.version(&id, None)?;
                let mut article = store.read_version(&id, None)?;
                article.id.clone_from(&id);
                versions.insert(id, row.number);
                out.push(article);
            }
            Ok((out, versions))
        })
        .await?;
    let mut notes = Vec::new();
    for (n, t) in it.texts.into_iter().enumerate() {
        let row = serde_json::json!({"id": format!("text-{}", n + 1), "text": t.text, "outlet": t.outlet, "published": t.published});
        let record = rashomon::read::Record {
            place: format!("texts[{n}]"),
            format: rashomon::read::Format::Jsonl,
            bytes: row.to_string().into_bytes(),
        };
        let read = rashomon::read::article(&record);
        articles.extend(read.output);
        notes.extend(read.notes);
    }
    let Noted { output: found, notes } =
        crate::pages::collated(move || Noted { output: articles, notes }, options).await?;
    let noticed = Noticed::of(&notes);
    let mut stories = Vec::new();
    for (story, collation) in &found.stories {
        let collation = Collation::of_story(&found.corpus, story, collation);
        let places =
            Places { versions: versions.iter().map(|(id, v)| (id.as_str(), *v)).collect(), collation: &collation };
        let claims = places.claims();
        let it = &collation.stories[0];
        stories.push(ComparedStory {
            headline: it.headline.clone(),
            reports: places.reports(),
            independent_low: it.independent.low,
            independent_high: it.independent.high,
            claims_in_all: claims.len(),
            claims: claims.into_iter().take(ROWS * 2).collect(),
        });
    }
    let mut text = String::new();
    for s in &stories {
        text.push_str(&format!(
            "{}: {} of {} reports are independent; {} claims in all\n",
            quoted(&s.headline),
            crate::words::range(s.independent_low, s.independent_high),
            s.reports.len(),
            s.claims_in_all
        ));
        s.claims.iter().for_each(|c| text.push_str(&claim_text(c)));
    }
    noticed.iter().for_each(|it| text.push_str(&noticed_text(it)));
    answer(text, &Compared { stories, noticed })
}
