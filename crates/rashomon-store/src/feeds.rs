//! Feeds, and what became of every request.

use crate::articles::{MOST, moment_at, page, some_moment_at};
use crate::rows::{Feed, Fetch, Page};
use crate::{Error, Result, Store, address};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

const FEED: &str = "SELECT id, url, kind, title, outlet, added, checked, changed, due, failures, failing_since, state, reason, \
     moved_to, items FROM feeds";

fn feed_row(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        id: row.get(0)?,
        url: row.get(1)?,
        kind: row.get(2)?,
        title: row.get(3)?,
        outlet: row.get(4)?,
        added: moment_at(row, 5)?,
        checked: some_moment_at(row, 6)?,
        changed: some_moment_at(row, 7)?,
        due: moment_at(row, 8)?,
        failures: row.get(9)?,
        failing_since: some_moment_at(row, 10)?,
        state: row.get(11)?,
        reason: row.get(12)?,
        moved_to: row.get(13)?,
        items: row.get(14)?,
    })
}

impl Store {
    /// All feeds, in order of address.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        let mut statement = self.conn.prepare_cached(&format!("{FEED} ORDER BY url"))?;
        Ok(statement.query_map([], feed_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// One feed.
    ///
    /// # Errors
    /// If there is no such feed.
    pub fn feed(&self, id: i64) -> Result<Feed> {
        self.conn
            .prepare_cached(&format!("{FEED} WHERE id = ?1"))?
            .query_row([id], feed_row)
            .optional()?
            .ok_or_else(|| Error::unknown("feed", id))
    }

    /// Adds a feed, due at once, unless its address is known in any form; returns its number and whether it is new.
    ///
    /// # Errors
    /// If it is no address of the web.
    pub fn add_feed(&mut self, url: &str, outlet: Option<&str>, at: Timestamp) -> Result<(i64, bool)> {
        let form = address::normal(url).ok_or_else(|| Error::Wrong(format!("{url}: no address of the web")))?;
        let hash = address::hashed(&form.normal);
        let tx = self.begin()?;
        let known: Vec<(i64, String)> = tx
            .prepare_cached("SELECT id, url FROM feeds WHERE normal = ?1")?
            .query_map([hash], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let same = |it: &str| address::normal(it).is_some_and(|it| it.normal == form.normal);
        if let Some((id, _)) = known.into_iter().find(|(_, it)| same(it)) {
            tx.execute("UPDATE feeds SET outlet = coalesce(?1, outlet) WHERE id = ?2", params![outlet, id])?;
            tx.commit()?;
            return Ok((id, false));
        }
        tx.execute(
            "INSERT INTO feeds (url, normal, outlet, added, due) VALUES (?1, ?2, ?3, ?4, ?4)",
            params![form.url, hash, outlet, at.as_second()],
        )?;
        let id = tx.last_insert_rowid();
        tx.commit()?;
        Ok((id, true))
    }

    /// Removes a feed; what it led to stays.
    ///
    /// # Errors
    /// If there is no such feed.
    pub fn remove_feed(&mut self, id: i64) -> Result<()> {
        let n = self.conn.execute("DELETE FROM feeds WHERE id = ?1", [id])?;
        if n == 0 { Err(Error::unknown("feed", id)) } else { Ok(()) }
    }

    /// Follows the move that a feed has announced; a person decides that.
    ///
    /// # Errors
    /// If there is no such feed, or it announced none.
    pub fn adopt_move(&mut self, id: i64, at: Timestamp) -> Result<()> {
        let to = self.feed(id)?.moved_to.ok_or_else(|| Error::Wrong(format!("feed {id} has not announced a move")))?;
        let form = address::normal(&to).ok_or_else(|| Error::Wrong(format!("{to}: no address of the web")))?;
        self.conn.execute(
            "UPDATE feeds SET url = ?1, normal = ?2, moved_to = NULL, moved_seen = 0, moved_since = NULL, state = 'ok', reason = NULL, \
             etag = NULL, last_modified = NULL, due = ?3 WHERE id = ?4",
            params![form.url, address::hashed(&form.normal), at.as_second(), id],
        )?;
        Ok(())
    }

    /// Requests, the newest first; of one feed or one article, if named.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn fetches(
        &self,
        feed: Option<i64>,
        article: Option<&str>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Fetch>> {
        let before: i64 = cursor.map_or(Ok(i64::MAX), |it| it.parse().map_err(|_| crate::articles::bad_cursor()))?;
        let limit = limit.clamp(1, MOST);
        let article = article.map(|key| crate::articles::number(&self.conn, key)).transpose()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT f.id, f.at, f.url, f.feed, a.key, f.status, f.outcome, f.reason, f.bytes, f.took_ms, f.found FROM fetches f \
             LEFT JOIN articles a ON a.id = f.article WHERE f.id < ?1 AND (?2 IS NULL OR f.feed = ?2) AND (?3 IS NULL OR f.article = ?3) \
             ORDER BY f.id DESC LIMIT ?4",
        )?;
        let rows = statement.query_map(params![before, feed, article, limit + 1], |row| {
            let id: i64 = row.get(0)?;
            let fetch = Fetch {
                id,
                at: moment_at(row, 1)?,
                url: row.get(2)?,
                feed: row.get(3)?,
                article: row.get(4)?,
                status: row.get(5)?,
                outcome: row.get(6)?,
                reason: row.get(7)?,
                bytes: row.get::<_, i64>(8)?.try_into().unwrap_or(0),
                took_ms: row.get::<_, i64>(9)?.try_into().unwrap_or(0),
                found: row.get(10)?,
            };
            Ok((fetch, id.to_string()))
        })?;
        page(rows.collect::<rusqlite::Result<_>>()?, limit)
    }
}
