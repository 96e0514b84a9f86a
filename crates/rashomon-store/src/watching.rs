//! What the watcher keeps: which addresses are due, what they last said, and a row for every request.

use crate::address::{self, hashed};
use crate::articles::some_moment_at;
use crate::{Error, Result, Store, put};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

/// Days after which validators are dropped: some servers answer 304 for ever.
const VALIDATORS_DAYS: i64 = 8;

/// Something that is looked at again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// A feed, by its number.
    Feed(i64),
    /// An address of an article, by its number among the watched ones.
    Page(i64),
}

/// What is known of a task before it is asked again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Its address.
    pub url: String,
    /// Validators of the last answer, unless they are too old to be trusted.
    pub etag: Option<String>,
    /// The same.
    pub last_modified: Option<String>,
    /// Errors in a row.
    pub failures: u32,
    /// When it was added.
    pub since: i64,
    /// When it was last asked.
    pub checked: Option<i64>,
    /// Of a page: when it last changed.
    pub rung_from: i64,
    /// Of a page: the article, by its key.
    pub article: Option<String>,
    /// Of a page: the outlet that the feed it was found in is said to be of.
    pub outlet: Option<String>,
    /// Of a feed: a hash of the last body.
    pub body: Option<i64>,
}

/// How a look at a feed ended.
#[derive(Clone, Debug, Default)]
pub struct FeedLook {
    /// `rss`, `atom`, `json`, `sitemap`.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// New validators; nothing keeps the old ones.
    pub validators: Option<(Option<String>, Option<String>)>,
    /// A hash of its body.
    pub body: Option<i64>,
    /// Items it has.
    pub items: Option<u32>,
    /// Whether it had something new.
    pub news: bool,
    /// Why it failed.
    pub failed: Option<String>,
    /// Whether it is gone for good.
    pub gone: bool,
    /// Where it says it has moved for good.
    pub moved_to: Option<String>,
    /// When it is due again.
    pub due: i64,
}

/// How a look at a page ended.
#[derive(Clone, Debug, Default)]
pub struct PageLook {
    /// The article that was found, by its number inside the store.
    pub article: Option<i64>,
    /// New validators; nothing keeps the old ones.
    pub validators: Option<(Option<String>, Option<String>)>,
    /// Whether it changed: looked at more often again.
    pub changed: bool,
    /// Why it failed.
    pub failed: Option<String>,
    /// When it is due again; never without.
    pub due: Option<i64>,
}

/// A request and its outcome, to be written down.
#[derive(Clone, Debug, Default)]
pub struct FetchLog {
    /// When.
    pub at: i64,
    /// What was asked for.
    pub url: String,
    /// Its host.
    pub host: String,
    /// The task it was for.
    pub task: Option<Task>,
    /// The version it led to, by its number inside the store.
    pub version: Option<i64>,
    /// HTTP status.
    pub status: Option<u16>,
    /// As in [`crate::Fetch`].
    pub outcome: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// Bytes that came.
    pub bytes: u64,
    /// Milliseconds.
    pub took_ms: u64,
    /// New articles or versions.
    pub found: u32,
}

/// How watching goes, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WatchStatus {
    /// Feeds.
    pub feeds: u64,
    /// Feeds that failed the last time.
    pub failing: u64,
    /// Addresses that are looked at again.
    pub watched: u64,
    /// Of these, due now.
    pub due: u64,
    /// Requests of the last day.
    pub requests: u64,
    /// New versions of the last day.
    pub versions: u64,
    /// When the last request was made.
    pub last: Option<String>,
    /// Requests of the last day by outcome, the most frequent first.
    pub outcomes: Vec<(String, u64)>,
}

impl Store {
    /// Everything that is looked at again, with its host and when it is due.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn tasks(&self) -> Result<Vec<(Task, String, i64)>> {
        let mut out = Vec::new();
        let mut feeds = self.conn.prepare("SELECT id, url, due FROM feeds ORDER BY id")?;
        let mut rows = feeds.query([])?;
        while let Some(row) = rows.next()? {
            out.push((Task::Feed(row.get(0)?), host_of(&row.get::<_, String>(1)?), row.get(2)?));
        }
        let mut pages = self.conn.prepare("SELECT id, host, due FROM watched WHERE due IS NOT NULL ORDER BY id")?;
        let mut rows = pages.query([])?;
        while let Some(row) = rows.next()? {
            out.push((Task::Page(row.get(0)?), row.get(1)?, row.get(2)?));
        }
        Ok(out)
    }

    /// What is known of a task.
    ///
    /// # Errors
    /// If there is no such task any more.
    pub fn asked(&self, task: Task, now: i64) -> Result<Asked> {
        let sql = match task {
            Task::Feed(_) => {
                "SELECT url, etag, last_modified, validators_since, failures, added, checked, added, NULL, body, outlet FROM feeds WHERE id = ?1"
            }
            Task::Page(_) => {
                "SELECT w.url, w.etag, w.last_modified, w.validators_since, w.failures, w.since, w.checked, w.rung_from, a.key, NULL, f.outlet \
                 FROM watched w LEFT JOIN articles a ON a.id = w.article LEFT JOIN feeds f ON f.id = w.feed WHERE w.id = ?1"
            }
        };
        let (Task::Feed(id) | Task::Page(id)) = task;
        self.conn
            .prepare_cached(sql)?
            .query_row([id], |row| {
                let old = row.get::<_, Option<i64>>(3)?.is_none_or(|it| now - it > VALIDATORS_DAYS * 86_400);
                Ok(Asked {
                    url: row.get(0)?,
                    etag: if old { None } else { row.get(1)? },
                    last_modified: if old { None } else { row.get(2)? },
                    failures: row.get(4)?,
                    since: row.get(5)?,
                    checked: row.get(6)?,
                    rung_from: row.get(7)?,
                    article: row.get(8)?,
                    body: row.get(9)?,
                    outlet: row.get(10)?,
                })
            })
            .optional()?
            .ok_or_else(|| Error::unknown("task", id))
    }

    /// Watches an address from now on, unless it is watched in any form or was forgotten; returns the new task.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn watch_page(&mut self, url: &str, feed: Option<i64>, at: i64) -> Result<Option<Task>> {
        let Some(form) = address::normal(url) else { return Ok(None) };
        let hash = hashed(&form.normal);
        let tx = self.begin()?;
        let known: Vec<String> = tx
            .prepare_cached("SELECT url FROM watched WHERE normal = ?1")?
            .query_map([hash], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let same = |it: &String| address::normal(it).is_some_and(|it| it.normal == form.normal);
        if known.iter().any(same) || crate::keep::is_forgotten(&tx, hash, form.host())? {
            return Ok(None);
        }
        tx.prepare_cached(
            "INSERT INTO watched (url, normal, host, feed, since, rung_from, due) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
        )?
        .execute(params![form.url, hash, host_of(url), feed, at])?;
        let id = tx.last_insert_rowid();
        tx.commit()?;
        Ok(Some(Task::Page(id)))
    }

    /// Writes down how a look at a feed ended.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn feed_looked(&mut self, id: i64, look: &FeedLook, log: &FetchLog) -> Result<()> {
        let tx = self.begin()?;
        let at = log.at;
        if let Some(reason) = &look.failed {
            tx.prepare_cached(
                "UPDATE feeds SET checked = ?1, due = ?2, failures = failures + 1, failing_since = coalesce(failing_since, ?1), \
                 state = CASE WHEN ?4 THEN 'gone' WHEN failures >= 2 THEN 'slow' ELSE state END, reason = ?3 WHERE id = ?5",
            )?
            .execute(params![at, look.due, reason, look.gone, id])?;
        } else {
            tx.prepare_cached(
                "UPDATE feeds SET checked = ?1, due = ?2, failures = 0, failing_since = NULL, reason = NULL, \
                 state = CASE WHEN ?3 IS NULL THEN 'ok' ELSE 'moved' END, moved_seen = CASE WHEN ?3 IS NULL THEN 0 \
                 WHEN moved_to = ?3 THEN moved_seen + 1 ELSE 1 END, moved_since = CASE WHEN ?3 IS NULL THEN NULL \
                 WHEN moved_to = ?3 THEN moved_since ELSE ?1 END, moved_to = ?3, kind = coalesce(?4, kind), title = coalesce(?5, title), \
                 body = coalesce(?6, body), items = coalesce(?7, items), changed = CASE WHEN ?8 THEN ?1 ELSE changed END WHERE id = ?9",
            )?
            .execute(params![at, look.due, look.moved_to, look.kind, look.title, look.body, look.items, look.news, id])?;
        }
        if let Some((etag, last_modified)) = &look.validators {
            tx.prepare_cached("UPDATE feeds SET etag = ?1, last_modified = ?2, validators_since = ?3 WHERE id = ?4")?
                .execute(params![etag, last_modified, at, id])?;
        }
        write_log(&tx, log)?;
        tx.commit()?;
        Ok(())
    }

    /// Writes down how a look at a page ended.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn page_looked(&mut self, id: i64, look: &PageLook, log: &FetchLog) -> Result<()> {
        let tx = self.begin()?;
        tx.prepare_cached(
            "UPDATE watched SET checked = ?1, due = ?2, article = coalesce(?3, article), rung_from = CASE WHEN ?4 THEN ?1 ELSE rung_from END, \
             failures = CASE WHEN ?5 IS NULL THEN 0 ELSE failures + 1 END, reason = ?5 WHERE id = ?6",
        )?
        .execute(params![log.at, look.due, look.article, look.changed, look.failed, id])?;
        if let Some((etag, last_modified)) = &look.validators {
            tx.prepare_cached("UPDATE watched SET etag = ?1, last_modified = ?2, validators_since = ?3 WHERE id = ?4")?
                .execute(params![etag, last_modified, log.at, id])?;
        }
        write_log(&tx, log)?;
        tx.commit()?;
        Ok(())
    }

    /// Writes down a request that was for no task: robots.txt, an address on the command line.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn log_fetch(&mut self, log: &FetchLog) -> Result<()> {
        write_log(&self.conn, log)
    }

    /// Says that an article was seen as it was.
    ///
    /// # Errors
    /// If there is no such article.
    pub fn seen_unchanged(&mut self, key: &str, at: i64) -> Result<()> {
        let tx = self.begin()?;
        let id = crate::articles::number(&tx, key)?;
        tx.execute(
            "UPDATE articles SET last_seen = max(last_seen, ?1), state = 'live' WHERE id = ?2",
            params![at, id],
        )?;
        tx.execute(
            "UPDATE versions SET last_seen = max(last_seen, ?1) WHERE id = (SELECT latest FROM articles WHERE id = ?2)",
            params![at, id],
        )?;
        tx.commit()?;
        Ok(())
    }

    /// Says that an article is gone from its address: `gone`, or `withdrawn` if the server says it was taken down for good.
    /// Whether that is news.
    ///
    /// # Errors
    /// If there is no such article.
    pub fn seen_gone(&mut self, key: &str, state: &str, status: u16, at: i64) -> Result<bool> {
        let tx = self.begin()?;
        let id = crate::articles::number(&tx, key)?;
        let n = tx.execute("UPDATE articles SET state = ?1 WHERE id = ?2 AND state != ?1", params![state, id])?;
        if n > 0 {
            // Whoever looks at its story next is told.
            put::place_again(&tx, id)?;
            put::say(&tx, at, state, Some(id), None, None, Some(&serde_json::json!({"status": status})))?;
        }
        tx.commit()?;
        Ok(n > 0)
    }

    /// Says that an archive has 410 or 451 at an address: an article of the store that was found there is withdrawn, unless it
    /// was seen later. Whether that is news.
    ///
    /// # Errors
    /// If the store cannot be read or written.
    pub fn taken_down(&mut self, url: &str, status: u16, at: Timestamp) -> Result<bool> {
        let found = match self.find_article(url) {
            Ok(it) => it,
            Err(Error::Unknown(_)) => return Ok(false),
            Err(e) => return Err(e),
        };
        if found.last_seen.parse::<Timestamp>().is_ok_and(|it| it > at) {
            return Ok(false);
        }
        self.seen_gone(&found.id, "withdrawn", status, at.as_second())
    }

    /// New articles that a feed led to since then.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn found_since(&self, feed: i64, since: i64) -> Result<u32> {
        let sql = "SELECT coalesce(sum(found), 0) FROM fetches WHERE feed = ?1 AND at >= ?2";
        let found: i64 = self.conn.prepare_cached(sql)?.query_row([feed, since], |row| row.get(0))?;
        Ok(u32::try_from(found).unwrap_or(u32::MAX))
    }

    /// How watching goes.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn watch_status(&self, now: Timestamp) -> Result<WatchStatus> {
        let (now, day) = (now.as_second(), now.as_second() - 86_400);
        let count = |sql: &str, at: i64| -> Result<u64> {
            Ok(self.conn.query_row(sql, [at], |row| row.get::<_, i64>(0))?.unsigned_abs())
        };
        let mut statement = self.conn.prepare(
            "SELECT outcome, count(*) AS n FROM fetches WHERE at >= ?1 GROUP BY outcome ORDER BY n DESC, outcome",
        )?;
        let outcomes = statement.query_map([day], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        Ok(WatchStatus {
            feeds: count("SELECT count(*) FROM feeds WHERE added <= ?1", i64::MAX)?,
            failing: count("SELECT count(*) FROM feeds WHERE failures > 0 AND added <= ?1", i64::MAX)?,
            watched: count("SELECT count(*) FROM watched WHERE due IS NOT NULL AND since <= ?1", i64::MAX)?,
            due: count("SELECT count(*) FROM watched WHERE due <= ?1", now)?,
            requests: count("SELECT count(*) FROM fetches WHERE at >= ?1", day)?,
            versions: count("SELECT count(*) FROM versions WHERE number > 1 AND retrieved >= ?1", day)?,
            last: self.conn.query_row("SELECT max(at) FROM fetches", [], |row| some_moment_at(row, 0))?,
            outcomes: outcomes.collect::<rusqlite::Result<_>>()?,
        })
    }
}

/// The host of an address with its port, which politeness counts by.
#[must_use]
pub fn host_of(url: &str) -> String {
    let Ok(url) = url::Url::parse(url) else { return String::new() };
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    url.port().map_or(host.clone(), |port| format!("{host}:{port}"))
}

fn write_log(conn: &Connection, log: &FetchLog) -> Result<()> {
    let (feed, page) = match log.task {
        Some(Task::Feed(id)) => (Some(id), None),
        Some(Task::Page(id)) => (None, Some(id)),
        None => (None, None),
    };
    conn.prepare_cached(
        "INSERT INTO fetches (at, url, host, feed, article, version, status, outcome, reason, bytes, took_ms, found) \
         VALUES (?1, ?2, ?3, ?4, (SELECT article FROM watched WHERE id = ?5), ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        log.at,
        log.url,
        log.host,
        feed,
        page,
        log.version,
        log.status,
        log.outcome,
        log.reason,
        i64::try_from(log.bytes).unwrap_or(i64::MAX),
        i64::try_from(log.took_ms).unwrap_or(i64::MAX),
        log.found
    ])?;
    Ok(())
}
