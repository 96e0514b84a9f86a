//! What happened, alerts and pins.

use crate::articles::{MOST, moment_at, page, some_moment_at};
use crate::rows::{Alert, Change, Page, Pin};
use crate::{Error, Result, Store};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// What happened after the change with this number, in order; a page is full at 1,000.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn changes_since(&self, after: i64, limit: u32) -> Result<Vec<Change>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.id, c.at, c.kind, a.key, v.number, s.key, c.detail FROM changes c LEFT JOIN articles a ON a.id = c.article \
             LEFT JOIN versions v ON v.id = c.version LEFT JOIN stories s ON s.id = c.story WHERE c.id > ?1 ORDER BY c.id LIMIT ?2",
        )?;
        let rows = statement.query_map(params![after, limit.clamp(1, 1000)], |row| {
            Ok(Change {
                id: row.get(0)?,
                at: moment_at(row, 1)?,
                kind: row.get(2)?,
                article: row.get(3)?,
                version: row.get(4)?,
                story: row.get(5)?,
                detail: row.get::<_, Option<String>>(6)?.and_then(|it| serde_json::from_str(&it).ok()),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The number of the last change before `at`: what [`Store::changes_since`] is given for all that happened from then on.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn change_before(&self, at: Timestamp) -> Result<i64> {
        let first: Option<i64> = self
            .conn
            .prepare_cached("SELECT min(id) FROM changes WHERE at >= ?1")?
            .query_row([at.as_second()], |row| row.get(0))?;
        match first {
            Some(id) => Ok(id - 1),
            None => self.last_change(),
        }
    }

    /// The number of the last change; 0 if nothing ever happened.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn last_change(&self) -> Result<i64> {
        let mut statement = self.conn.prepare_cached("SELECT coalesce(max(id), 0) FROM changes")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Alerts, the newest first; with `unseen` only those that nobody has marked as seen.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn alerts(&self, unseen: bool, cursor: Option<&str>, limit: u32) -> Result<Page<Alert>> {
        let before: i64 = cursor.map_or(Ok(i64::MAX), |it| it.parse().map_err(|_| crate::articles::bad_cursor()))?;
        let limit = limit.clamp(1, MOST);
        let mut statement = self.conn.prepare_cached(
            "SELECT l.id, l.at, l.kind, s.key, a.key, v.number, l.text, l.proof, l.seen FROM alerts l \
             LEFT JOIN stories s ON s.id = l.story LEFT JOIN articles a ON a.id = l.article LEFT JOIN versions v ON v.id = l.version \
             WHERE l.id < ?1 AND (l.seen IS NULL OR NOT ?2) ORDER BY l.id DESC LIMIT ?3",
        )?;
        let rows = statement.query_map(params![before, unseen, limit + 1], |row| {
            let id: i64 = row.get(0)?;
            let alert = Alert {
                id,
                at: moment_at(row, 1)?,
                kind: row.get(2)?,
                story: row.get(3)?,
                article: row.get(4)?,
                version: row.get(5)?,
                text: row.get(6)?,
                proof: serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or_default(),
                seen: some_moment_at(row, 8)?,
            };
            Ok((alert, id.to_string()))
        })?;
        page(rows.collect::<rusqlite::Result<_>>()?, limit)
    }

    /// Marks all alerts as seen.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn mark_all_seen(&mut self, at: Timestamp) -> Result<()> {
        self.conn.execute("UPDATE alerts SET seen = ?1 WHERE seen IS NULL", [at.as_second()])?;
        Ok(())
    }

    /// Marks an alert as seen.
    ///
    /// # Errors
    /// If there is no such alert.
    pub fn mark_seen(&mut self, alert: i64, at: Timestamp) -> Result<()> {
        let n = self
            .conn
            .execute("UPDATE alerts SET seen = coalesce(seen, ?1) WHERE id = ?2", params![at.as_second(), alert])?;
        if n == 0 { Err(Error::unknown("alert", alert)) } else { Ok(()) }
    }

    /// All pins, in order.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn pins(&self) -> Result<Vec<Pin>> {
        let mut statement = self.conn.prepare_cached("SELECT id, kind, a, b, note, made FROM pins ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(Pin {
                id: row.get(0)?,
                kind: row.get(1)?,
                a: row.get(2)?,
                b: row.get(3)?,
                note: row.get(4)?,
                made: moment_at(row, 5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps a person's decision: `join` or `part` of two articles by their keys, `watch` of a story or an article, `unlike`
    /// of two statements that are not the same, each as the key of its article, a line end, and its words.
    /// [`Store::group`] then puts it into effect; the last is heeded when their story is next compared.
    ///
    /// # Errors
    /// If it is none of these, names what is not there, or contradicts another one.
    pub fn pin(&mut self, kind: &str, a: &str, b: Option<&str>, note: Option<&str>, at: Timestamp) -> Result<i64> {
        let tx = self.begin()?;
        match (kind, b) {
            ("join" | "part", Some(b)) if a != b => {
                for key in [a, b] {
                    crate::articles::number(&tx, key)?;
                }
            }
            ("unlike", Some(b)) if a != b => {
                for words in [a, b] {
                    let (key, words) = words.split_once('\n').unwrap_or((words, ""));
                    crate::articles::number(&tx, key)?;
                    if words.trim().is_empty() {
                        return Err(Error::Wrong(
                            "`unlike` parts two places, each the id of an article, a line end and the words there"
                                .into(),
                        ));
                    }
                }
            }
            ("watch", None) => {
                crate::stories::number(&tx, a).or_else(|_| crate::articles::number(&tx, a))?;
            }
            _ => {
                return Err(Error::Wrong(format!(
                    "a pin is `join` or `part` of two articles, `unlike` of two statements, or `watch` of one, not {kind}"
                )));
            }
        }
        let (a, b) = match b {
            Some(b) => (a.min(b), Some(a.max(b))),
            None => (a, None),
        };
        let known: Option<i64> = tx
            .query_row("SELECT id FROM pins WHERE kind = ?1 AND a = ?2 AND b IS ?3", params![kind, a, b], |row| {
                row.get(0)
            })
            .optional()?;
        if let Some(id) = known {
            return Ok(id);
        }
        tx.execute(
            "INSERT INTO pins (kind, a, b, note, made) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![kind, a, b, note, at.as_second()],
        )?;
        let id = tx.last_insert_rowid();
        let pins = story_pins(&tx)?;
        if let Some((a, b)) = pins.contradiction() {
            return Err(Error::Wrong(format!("{a} and {b} would be joined and parted")));
        }
        place_pinned(&tx, id)?;
        tx.commit()?;
        Ok(id)
    }

    /// Takes a pin back.
    ///
    /// # Errors
    /// If there is no such pin.
    pub fn unpin(&mut self, pin: i64) -> Result<()> {
        let tx = self.begin()?;
        place_pinned(&tx, pin)?;
        if tx.execute("DELETE FROM pins WHERE id = ?1", [pin])? == 0 {
            return Err(Error::unknown("pin", pin));
        }
        tx.commit()?;
        Ok(())
    }
}

/// Has the articles that a pin names placed anew, or the story of the statements that it names compared anew.
fn place_pinned(conn: &rusqlite::Connection, pin: i64) -> Result<()> {
    conn.prepare_cached(
        "UPDATE stories SET fresh = 0 WHERE id IN (SELECT m.story FROM pins p JOIN articles a \
         ON a.key IN (substr(p.a, 1, instr(p.a, char(10)) - 1), substr(p.b, 1, instr(p.b, char(10)) - 1)) \
         JOIN story_articles m ON m.article = a.id WHERE p.id = ?1 AND p.kind = 'unlike')",
    )?
    .execute([pin])?;
    let mut statement = conn.prepare_cached(
        "SELECT a.id FROM pins p JOIN articles a ON a.key IN (p.a, p.b) WHERE p.id = ?1 AND p.kind IN ('join', 'part')",
    )?;
    let all: Vec<i64> = statement.query_map([pin], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    all.into_iter().try_for_each(|article| crate::put::place_again(conn, article))
}

/// Pairs of statements that a person said are not the same, each as the key of its article and its words.
pub(crate) fn unlike(conn: &rusqlite::Connection) -> Result<Vec<[(String, String); 2]>> {
    let mut statement =
        conn.prepare_cached("SELECT a, b FROM pins WHERE kind = 'unlike' AND b IS NOT NULL ORDER BY id")?;
    let place = |text: String| text.split_once('\n').map(|(key, words)| (key.to_owned(), words.to_owned()));
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let pairs = rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    Ok(pairs.into_iter().filter_map(|(a, b)| Some([place(a)?, place(b)?])).collect())
}

/// The pins that grouping heeds.
pub(crate) fn story_pins(conn: &rusqlite::Connection) -> Result<rashomon::group::Pins> {
    let mut pins = rashomon::group::Pins::default();
    let mut statement = conn
        .prepare_cached("SELECT kind, a, b FROM pins WHERE kind IN ('join', 'part') AND b IS NOT NULL ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        let pair = (row.get(1)?, row.get(2)?);
        if kind == "join" { pins.join.push(pair) } else { pins.part.push(pair) }
    }
    Ok(pins)
}
