//! Looking after a store: checking, copying, making smaller, letting go.

use crate::address::{hashed, normal};
use crate::{Error, Result, Store, articles, collate, group, put};
use jiff::Timestamp;
use rashomon::model::Article;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// What a store holds, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Articles.
    pub articles: u64,
    /// Versions.
    pub versions: u64,
    /// Stories.
    pub stories: u64,
    /// Bytes of each part, by name, the largest first.
    pub parts: Vec<(String, u64)>,
    /// What is wrong, each with its place; nothing if all is well.
    pub problems: Vec<String>,
}

/// What a store lets go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Articles that were not seen for so many days.
    pub days: Option<u32>,
    /// Versions of an article beyond so many; the first and the latest always stay.
    pub versions: Option<u32>,
}

/// What was let go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Articles.
    pub articles: usize,
    /// Versions of articles that stay.
    pub versions: usize,
    /// Articles that were due to go and stay, as a pin or an alert points at them.
    pub held: usize,
}

/// What a look at a part of the store gave; damage that ended it is a problem.
fn sound<T>(what: &str, found: rusqlite::Result<T>, problems: &mut Vec<String>) -> Result<Option<T>> {
    use rusqlite::ErrorCode as Code;
    match found {
        Ok(it) => Ok(Some(it)),
        Err(e) if matches!(e.sqlite_error_code(), Some(Code::DatabaseBusy | Code::DatabaseLocked)) => Err(e.into()),
        Err(e) => {
            problems.push(format!("{what}: cannot be read: {e}"));
            Ok(None)
        }
    }
}

impl Store {
    /// Looks at every row and every byte. Damage that ends one look is a problem like any other, and the next look begins.
    ///
    /// # Errors
    /// If another program keeps the store to itself.
    pub fn check(&mut self) -> Result<Health> {
        let Self { conn, codecs, .. } = self;
        let mut out = Health::default();
        let mut problems: Vec<String> = Vec::new();
        let count = |table: &str, problems: &mut Vec<String>| -> Result<u64> {
            let found = conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |it| it.get::<_, i64>(0));
            Ok(sound(table, found, problems)?.unwrap_or_default().unsigned_abs())
        };
        out.articles = count("articles", &mut problems)?;
        out.versions = count("versions", &mut problems)?;
        out.stories = count("stories WHERE articles > 0", &mut problems)?;
        let lines = |sql: &str| -> rusqlite::Result<Vec<String>> {
            conn.prepare(sql)?.query_map([], |it| it.get(0))?.collect::<rusqlite::Result<_>>()
        };
        let found = sound("the file", lines("PRAGMA integrity_check(20)"), &mut problems)?;
        problems.extend(found.into_iter().flatten().filter(|it| it != "ok"));
        let pointing = lines(
            "SELECT \"table\" || ', row ' || coalesce(rowid, 0) || ': points at a row of ' || parent || ' that is not there' \
             FROM pragma_foreign_key_check LIMIT 20",
        );
        let pointing = sound("what points at rows", pointing, &mut problems)?;
        problems.extend(pointing.into_iter().flatten());
        for (what, sql) in [
            (
                "articles without a latest version",
                "SELECT key FROM articles WHERE latest IS NULL OR latest NOT IN (SELECT id FROM versions)",
            ),
            (
                "articles that count their versions wrongly",
                "SELECT a.key FROM articles a WHERE a.versions != (SELECT count(*) FROM versions v WHERE v.article = a.id)",
            ),
            ("articles without an address", "SELECT key FROM articles WHERE id NOT IN (SELECT article FROM addresses)"),
            (
                "versions kept twice in a row",
                "SELECT a.key FROM versions v JOIN versions w ON w.article = v.article AND w.number = v.number + 1 \
                 AND w.content = v.content AND w.retrieved >= v.retrieved JOIN articles a ON a.id = v.article",
            ),
            (
                "stories that count their articles wrongly",
                "SELECT s.key FROM stories s WHERE s.articles != (SELECT count(*) FROM story_articles m WHERE m.story = s.id)",
            ),
        ] {
            let found = sound(what, lines(&format!("{sql} LIMIT 20")), &mut problems)?.unwrap_or_default();
            if !found.is_empty() {
                problems.push(format!("{what}: {}", found.join(", ")));
            }
        }
        let blobs = || -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
            conn.prepare("SELECT id, digest FROM blobs ORDER BY id")?
                .query_map([], |it| Ok((it.get(0)?, it.get(1)?)))?
                .collect()
        };
        for (id, digest) in sound("the table of bytes", blobs(), &mut problems)?.unwrap_or_default() {
            match codecs.open(conn, id) {
                Ok(bytes) if Sha256::digest(&bytes)[..] == digest[..] => {}
                Ok(_) => problems.push(format!("bytes {id}: are not those that were kept")),
                Err(e) => problems.push(format!("bytes {id}: {e}")),
            }
            if problems.len() > 100 {
                break;
            }
        }
        match parts(conn) {
            Ok(it) => out.parts = it,
            Err(e) => problems.push(format!("the sizes of parts: {e}")),
        }
        out.problems = problems;
        Ok(out)
    }

    /// Writes a copy of the store to `to`, which appears only when it is whole. Others may go on writing meanwhile.
    ///
    /// # Errors
    /// If `to` is there already or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::Wrong(format!("{}: is there already", to.display())));
        }
        let mut beside = to.as_os_str().to_owned();
        beside.push(".part");
        let beside = std::path::PathBuf::from(beside);
        let _ = std::fs::remove_file(&beside);
        let done = self.conn.execute("VACUUM INTO ?1", [beside.to_string_lossy()]);
        if let Err(e) = done {
            let _ = std::fs::remove_file(&beside);
            return Err(e.into());
        }
        std::fs::rename(&beside, to)?;
        Ok(())
    }

    /// Lets go of what `keep` says, and makes the file as small as what it holds.
    ///
    /// What a pin or an alert points at stays, with the whole of its story.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn compact(&mut self, keep: Retention, at: Timestamp) -> Result<Dropped> {
        let mut out = Dropped::default();
        let tx = self.begin()?;
        let held = held(&tx)?;
        if let Some(days) = keep.days {
            let before = at.as_second() - i64::from(days) * 86_400;
            let due: Vec<i64> = tx
                .prepare("SELECT id FROM articles WHERE last_seen < ?1 ORDER BY id")?
                .query_map([before], |it| it.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let (stay, go): (Vec<i64>, Vec<i64>) = due.into_iter().partition(|it| held.contains(it));
            out.held = stay.len();
            out.articles = go.len();
            remove(&tx, &go, at.as_second())?;
        }
        if let Some(most) = keep.versions {
            let most = most.max(2);
            let many: Vec<i64> = tx
                .prepare("SELECT id FROM articles WHERE versions > ?1 ORDER BY id")?
                .query_map([most], |it| it.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for article in many.into_iter().filter(|it| !held.contains(it)) {
                // Trivial ones go first, then the older ones.
                let go: Vec<i64> = tx
                    .prepare_cached(
                        "SELECT v.id FROM versions v JOIN articles a ON a.id = v.article WHERE v.article = ?1 AND v.number > 1 \
                         AND v.id != a.latest ORDER BY v.trivial DESC, v.number LIMIT \
                         (SELECT count(*) - ?2 FROM versions WHERE article = ?1)",
                    )?
                    .query_map(params![article, most], |it| it.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                out.versions += go.len();
                for version in go {
                    remove_version(&tx, version)?;
                }
                put::recount(&tx, article)?;
            }
        }
        sweep(&tx)?;
        // Annotations are made again when they are asked for: of older versions they hardly are.
        tx.execute(
            "DELETE FROM annotations WHERE version NOT IN (SELECT latest FROM articles WHERE latest IS NOT NULL)",
            [],
        )?;
        tx.commit()?;
        self.conn.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        self.conn.execute("INSERT INTO trigrams (trigrams) VALUES ('optimize')", [])?;
        self.shrink()?;
        Ok(out)
    }

    /// Removes an article, or all of a host, with everything that quotes it, for good: its addresses are not taken in again.
    /// Returns the keys of what was removed.
    ///
    /// Copies of the store that were made before still hold it.
    ///
    /// # Errors
    /// If there is no such article or host, or the store cannot be written.
    pub fn forget(&mut self, what: &str, at: Timestamp) -> Result<Vec<String>> {
        let ids: Vec<(i64, String)> = match self.find_article(what) {
            Ok(it) => vec![(articles::number(&self.conn, &it.id)?, it.id)],
            Err(Error::Unknown(_)) => of_host(&self.conn, what)?,
            Err(e) => return Err(e),
        };
        if ids.is_empty() {
            return Err(Error::unknown("article or host", what));
        }
        self.conn.pragma_update(None, "secure_delete", true)?;
        let is_host = self.find_article(what).is_err();
        let tx = self.begin()?;
        if is_host {
            tx.execute("INSERT OR IGNORE INTO forgotten (form) VALUES (?1)", [hashed(&bare_host(what))])?;
        }
        let rows: Vec<i64> = ids.iter().map(|it| it.0).collect();
        for row in &rows {
            tx.execute(
                "INSERT OR IGNORE INTO forgotten (form) SELECT normal FROM addresses WHERE article = ?1",
                [row],
            )?;
            tx.execute("DELETE FROM fetches WHERE article = ?1", [row])?;
        }
        remove(&tx, &rows, at.as_second())?;
        let gone = sweep(&tx)?;
        put::say(
            &tx,
            at.as_second(),
            "forgotten",
            None,
            None,
            None,
            Some(&serde_json::json!({"articles": rows.len()})),
        )?;
        tx.commit()?;
        // The dictionary may hold pieces of what is forgotten.
        self.renew_dictionaries(&gone)?;
        self.conn.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
        self.conn.execute("INSERT INTO trigrams (trigrams) VALUES ('optimize')", [])?;
        self.conn.execute("INSERT INTO quote_words (quote_words) VALUES ('optimize')", [])?;
        self.shrink()?;
        self.conn.pragma_update(None, "secure_delete", false)?;
        Ok(ids.into_iter().map(|it| it.1).collect())
    }

    /// Calls `take` with every version, the articles in order of key, with the article as read, the headers and the bytes.
    ///
    /// # Errors
    /// If the store cannot be read, or `take` fails.
    pub fn each_version(
        &mut self,
        mut take: impl FnMut(&crate::VersionRow, &Article, &[(String, String)], &[u8]) -> Result<()>,
    ) -> Result<()> {
        let keys: Vec<String> = self
            .conn
            .prepare("SELECT key FROM articles ORDER BY key")?
            .query_map([], |it| it.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for key in keys {
            for row in self.versions(&key)? {
                let article = self.read_version(&key, Some(row.number))?;
                let (headers, raw) = self.raw_version(&key, Some(row.number))?;
                take(&row, &article, &headers, &raw)?;
            }
        }
        Ok(())
    }

    fn shrink(&mut self) -> Result<()> {
        self.conn.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    /// Packs anew all that was packed with a dictionary that was made of bytes that are gone.
    fn renew_dictionaries(&mut self, gone: &[i64]) -> Result<()> {
        let held: Vec<(i64, Vec<u8>)> = self
            .conn
            .prepare("SELECT id, samples FROM dictionaries")?
            .query_map([], |it| Ok((it.get(0)?, it.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let gone: BTreeSet<u32> = gone.iter().filter_map(|it| u32::try_from(*it).ok()).collect();
        for (dictionary, samples) in held {
            let of = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
            if !samples.chunks_exact(4).any(|b| gone.contains(&of(b))) {
                continue;
            }
            let Self { conn, codecs, .. } = self;
            let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let encoder = codecs.renewed(&tx)?;
            let ids: Vec<i64> = tx
                .prepare("SELECT id FROM blobs WHERE dictionary = ?1")?
                .query_map([dictionary], |it| it.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for id in ids {
                let bytes = codecs.open(&tx, id)?;
                crate::blobs::replace(&tx, id, &encoder.pack(&bytes))?;
            }
            tx.execute("DELETE FROM dictionaries WHERE id = ?1", [dictionary])?;
            tx.commit()?;
            codecs.reload();
        }
        Ok(())
    }
}

/// Whether an address, or its host, was forgotten for good.
pub(crate) fn is_forgotten(conn: &Connection, normal: i64, host: &str) -> Result<bool> {
    let found = conn
        .prepare_cached("SELECT 1 FROM forgotten WHERE form = ?1 OR form = ?2")?
        .query_row(params![normal, hashed(&bare_host(host))], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

fn bare_host(text: &str) -> String {
    let text = text.trim().to_lowercase();
    format!("host {}", text.strip_prefix("www.").unwrap_or(&text))
}

/// The articles one of whose addresses is of that host.
fn of_host(conn: &Connection, host: &str) -> Result<Vec<(i64, String)>> {
    let wanted = bare_host(host);
    let mut statement = conn.prepare(
        "SELECT DISTINCT a.id, a.key, d.url FROM articles a JOIN addresses d ON d.article = a.id ORDER BY a.id",
    )?;
    let mut rows = statement.query([])?;
    let mut out: Vec<(i64, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let url: String = row.get(2)?;
        let id = row.get(0)?;
        if normal(&url).is_some_and(|it| bare_host(it.host()) == wanted) && out.last().is_none_or(|it| it.0 != id) {
            out.push((id, row.get(1)?));
        }
    }
    Ok(out)
}

/// The articles that a pin or an alert points at, with those of their stories.
fn held(conn: &Connection) -> Result<BTreeSet<i64>> {
    let mut statement = conn.prepare(
        "WITH named(article) AS (SELECT a.id FROM pins p JOIN articles a ON a.key IN (p.a, p.b, \
         substr(p.a, 1, instr(p.a, char(10)) - 1), substr(p.b, 1, instr(p.b, char(10)) - 1)) \
         UNION SELECT article FROM alerts WHERE article IS NOT NULL), \
         told(story) AS (SELECT s.id FROM pins p JOIN stories s ON s.key IN (p.a, p.b) \
         UNION SELECT story FROM alerts WHERE story IS NOT NULL \
         UNION SELECT m.story FROM named n JOIN story_articles m ON m.article = n.article) \
         SELECT article FROM named UNION SELECT m.article FROM told t JOIN story_articles m ON m.story = t.story",
    )?;
    let ids = statement.query_map([], |it| it.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// Takes articles out of all tables; stories and collations that held them are made anew.
fn remove(conn: &Connection, all: &[i64], now: i64) -> Result<()> {
    for article in all {
        let story: Option<i64> = conn
            .prepare_cached("SELECT story FROM story_articles WHERE article = ?1")?
            .query_row([article], |it| it.get(0))
            .optional()?;
        put::place_again(conn, *article)?;
        let versions: Vec<i64> = conn
            .prepare_cached("SELECT id FROM versions WHERE article = ?1")?
            .query_map([article], |it| it.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for sql in [
            "DELETE FROM story_articles WHERE article = ?1",
            "DELETE FROM sketches WHERE article = ?1",
            "DELETE FROM watched WHERE article = ?1",
            "DELETE FROM alerts WHERE article = ?1",
            "DELETE FROM pins WHERE (SELECT key FROM articles WHERE id = ?1) IN (a, b)",
            "DELETE FROM pins WHERE kind = 'unlike' AND (SELECT key FROM articles WHERE id = ?1) IN \
             (substr(a, 1, instr(a, char(10)) - 1), substr(b, 1, instr(b, char(10)) - 1))",
            "DELETE FROM notes WHERE article = (SELECT key FROM articles WHERE id = ?1)",
            "DELETE FROM words WHERE rowid = ?1",
            "DELETE FROM trigrams WHERE rowid = ?1",
            "UPDATE articles SET latest = NULL WHERE id = ?1",
        ] {
            conn.prepare_cached(sql)?.execute([article])?;
        }
        for version in versions {
            remove_version(conn, version)?;
        }
        for sql in [
            "DELETE FROM addresses WHERE article = ?1",
            "DELETE FROM changes WHERE article = ?1",
            "UPDATE fetches SET article = NULL, version = NULL WHERE article = ?1",
            "DELETE FROM articles WHERE id = ?1",
        ] {
            conn.prepare_cached(sql)?.execute([article])?;
        }
        if let Some(story) = story {
            for sql in [
                "DELETE FROM collations WHERE story = ?1",
                "DELETE FROM lineage WHERE story = ?1",
                "DELETE FROM points WHERE story = ?1",
                "DELETE FROM alerts WHERE story = ?1",
            ] {
                conn.prepare_cached(sql)?.execute([story])?;
            }
            group::sum_up(conn, story, now)?;
        }
    }
    Ok(())
}

fn remove_version(conn: &Connection, version: i64) -> Result<()> {
    collate::drop_quotes(conn, version)?;
    for sql in [
        "DELETE FROM annotations WHERE version = ?1",
        "UPDATE alerts SET version = NULL WHERE version = ?1",
        "UPDATE changes SET version = NULL WHERE version = ?1",
        "UPDATE fetches SET version = NULL WHERE version = ?1",
        "DELETE FROM versions WHERE id = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([version])?;
    }
    Ok(())
}

/// Removes bytes that no version holds any more; returns their numbers.
fn sweep(conn: &Connection) -> Result<Vec<i64>> {
    let gone: Vec<i64> = conn
        .prepare(
            "SELECT id FROM blobs WHERE id NOT IN (SELECT raw FROM versions WHERE raw IS NOT NULL \
             UNION SELECT frozen FROM versions WHERE frozen IS NOT NULL UNION SELECT headers FROM versions WHERE headers IS NOT NULL)",
        )?
        .query_map([], |it| it.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut delete = conn.prepare("DELETE FROM blobs WHERE id = ?1")?;
    for id in &gone {
        delete.execute([id])?;
    }
    Ok(gone)
}

/// What each part of the store takes, in bytes.
fn parts(conn: &Connection) -> Result<Vec<(String, u64)>> {
    let page: i64 = conn.query_row("PRAGMA page_size", [], |it| it.get(0))?;
    let all: i64 = conn.query_row("PRAGMA page_count", [], |it| it.get(0))?;
    let sum =
        |sql: &str| conn.query_row(sql, [], |it| it.get::<_, Option<i64>>(0)).map(|it| it.unwrap_or(0).unsigned_abs());
    let mut out = vec![
        ("texts as retrieved".to_owned(), sum("SELECT sum(length(bytes)) FROM blobs")?),
        (
            "search index".to_owned(),
            sum("SELECT (SELECT coalesce(sum(length(block)), 0) FROM words_data) \
            + (SELECT coalesce(sum(length(sz)), 0) FROM words_docsize) + (SELECT coalesce(sum(length(block)), 0) FROM trigrams_data)")?,
        ),
        (
            "sketches for grouping".to_owned(),
            sum("SELECT sum(length(record) + coalesce(length(near), 0)) FROM sketches")?,
        ),
        (
            "annotations and collations".to_owned(),
            sum("SELECT (SELECT coalesce(sum(length(bytes)), 0) FROM annotations) \
            + (SELECT coalesce(sum(length(bytes)), 0) FROM collations)")?,
        ),
    ];
    let told: u64 = out.iter().map(|it| it.1).sum();
    let whole = (page * all).unsigned_abs();
    out.push(("rows, indexes and free pages".to_owned(), whole.saturating_sub(told)));
    out.sort_by_key(|it| std::cmp::Reverse(it.1));
    Ok(out)
}
