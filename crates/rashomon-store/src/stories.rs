//! Reading stories and their collations.

use crate::articles::{ARTICLE, MOST, article_row, moment, moment_at, page, some_moment_at, two};
use crate::rows::{Page, StoredCollation, StoryArticle, StoryRow};
use crate::{Error, Result, Store, blobs, noticed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Which stories, the one that changed last first.
#[derive(Clone, Debug, Default)]
pub struct StoryQuery {
    /// Only those that changed since then.
    pub since: Option<Timestamp>,
    /// Only those with at least so many articles.
    pub least_articles: u32,
    /// Go on where a page ended.
    pub cursor: Option<String>,
    /// At most so many; 100 at most.
    pub limit: u32,
}

pub(crate) const STORY: &str = "SELECT s.key, s.headline, s.articles, s.outlets, s.low, s.high, s.first_published, s.last_published, s.changed, \
     s.fresh, t.key, s.id FROM stories s LEFT JOIN stories t ON t.id = s.into_story";

pub(crate) fn story_row(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    Ok(StoryRow {
        id: row.get(0)?,
        headline: row.get(1)?,
        articles: row.get(2)?,
        outlets: row.get(3)?,
        independent_low: row.get(4)?,
        independent_high: row.get(5)?,
        first_published: some_moment_at(row, 6)?,
        last_published: some_moment_at(row, 7)?,
        changed: moment_at(row, 8)?,
        collated: row.get(9)?,
        merged_into: row.get(10)?,
    })
}

/// The number inside the store of the story with this key.
pub(crate) fn number(conn: &Connection, key: &str) -> Result<i64> {
    conn.prepare_cached("SELECT id FROM stories WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::unknown("story", key))
}

impl Store {
    /// Stories, the one that changed last first.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn stories(&self, query: &StoryQuery) -> Result<Page<StoryRow>> {
        let (changed, id) = two(query.cursor.as_deref())?.unwrap_or((i64::MAX, i64::MAX));
        let limit = if query.limit == 0 { MOST } else { query.limit.min(MOST) };
        let sql = format!(
            "{STORY} WHERE s.articles >= ?1 AND s.into_story IS NULL AND s.changed >= ?2 AND (s.changed, s.id) < (?3, ?4) \
             ORDER BY s.changed DESC, s.id DESC LIMIT ?5"
        );
        let since = query.since.map_or(i64::MIN, Timestamp::as_second);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![query.least_articles.max(1), since, changed, id, limit + 1], |row| {
            Ok((story_row(row)?, format!("{},{}", row.get::<_, i64>(8)?, row.get::<_, i64>(11)?)))
        })?;
        page(rows.collect::<rusqlite::Result<_>>()?, limit)
    }

    /// A story; one that was merged says into which.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn story(&self, key: &str) -> Result<Option<StoryRow>> {
        let sql = format!("{STORY} WHERE s.key = ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_row([key], story_row).optional()?)
    }

    /// The articles of a story, the oldest first, undated ones last, and why each is there.
    ///
    /// # Errors
    /// If there is no such story.
    pub fn story_articles(&self, key: &str) -> Result<Vec<StoryArticle>> {
        let id = number(&self.conn, key)?;
        let sql = ARTICLE.replace(", a.id FROM", ", a.id, m.score, m.rule FROM");
        let sql = format!("{sql} WHERE m.story = ?1 ORDER BY v.published IS NULL, v.published, a.key");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(StoryArticle { article: article_row(row)?, score: row.get(14)?, rule: row.get(15)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The kept collation of a story, perhaps of fewer articles than it has now.
    ///
    /// # Errors
    /// If there is no such story, or the store is damaged.
    pub fn collation(&self, key: &str) -> Result<Option<StoredCollation>> {
        let id = number(&self.conn, key)?;
        let found: Option<(i64, String, Vec<u8>, bool, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT c.made, c.made_by, c.bytes, s.fresh, c.noticed FROM collations c JOIN stories s ON s.id = c.story WHERE c.story = ?1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?;
        let Some((made, made_by, bytes, fresh, noticed)) = found else { return Ok(None) };
        let json = String::from_utf8(blobs::unsqueeze(&bytes)?).map_err(Error::other)?;
        let noticed = noticed.map(|it| noticed::read(Some(&it)));
        Ok(Some(StoredCollation { json, made: moment(made), made_by, fresh, noticed }))
    }
}
