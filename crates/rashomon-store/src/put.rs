//! Adding versions: all of a call, or none of them, and what was added is on disk when the call returns.

use crate::address::hashed;
use crate::blobs::{self, Codecs, Encoder};
use crate::prepare::Prepared;
use crate::{Result, Store, articles, identity, keep, noticed, trivial};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What became of a version that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first version of an article.
    New,
    /// A new version.
    Version,
    /// A new version that differs only in what no reader cares for.
    Trivial,
    /// The article as it was.
    Unchanged,
    /// Nothing was kept: the address was forgotten for good.
    Forgotten,
}

/// What became of a version that was put, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The article's key.
    pub article: String,
    /// The number of the version.
    pub version: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was taken for a version of a known article, if it was.
    pub joined: Option<&'static str>,
    pub(crate) article_row: i64,
    pub(crate) version_row: i64,
}

impl Added {
    /// Numbers of article and version inside the store.
    #[must_use]
    pub fn rows(&self) -> (i64, i64) {
        (self.article_row, self.version_row)
    }
}

impl Store {
    /// What new records are packed with; to be asked for again with each batch, as the dictionary may come later.
    ///
    /// # Errors
    /// If the store cannot be read, or a dictionary not be written.
    pub fn encoder(&mut self) -> Result<Arc<Encoder>> {
        self.codecs.encoder(&self.conn)
    }

    /// Puts versions, in order: when this returns they are kept, all of them.
    ///
    /// # Errors
    /// If the store cannot be written; then none of them is kept.
    pub fn put(&mut self, all: &[Prepared]) -> Result<Vec<Added>> {
        let Self { conn, codecs, .. } = self;
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut outlets = FxHashMap::default();
        let mut added = Vec::with_capacity(all.len());
        for it in all {
            added.push(one(&tx, codecs, &mut outlets, it)?);
        }
        tx.commit()?;
        Ok(added)
    }

    /// Indexes the latest versions of articles again.
    pub(crate) fn index_again(&mut self, all: &[i64]) -> Result<()> {
        let Self { conn, codecs, .. } = self;
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for article in all {
            let latest: Option<i64> = tx
                .query_row("SELECT latest FROM articles WHERE id = ?1", [article], |row| row.get(0))
                .optional()?
                .flatten();
            let Some(latest) = latest else { continue };
            let it = articles::hydrate(&tx, codecs, latest, false)?;
            index(&tx, *article, it.title.as_deref(), &it.text, trivial::is_spaceless(&it.text))?;
        }
        tx.commit()?;
        Ok(())
    }
}

/// The version before, as far as it is needed.
struct Before {
    id: i64,
    number: u32,
    content: i64,
    retrieved: i64,
    updated: Option<i64>,
}

fn one(conn: &Connection, codecs: &mut Codecs, outlets: &mut FxHashMap<String, i64>, it: &Prepared) -> Result<Added> {
    let text_of = |article: i64| -> Result<String> {
        let latest: Option<i64> =
            conn.query_row("SELECT latest FROM articles WHERE id = ?1", [article], |row| row.get(0))?;
        latest.map_or(Ok(String::new()), |latest| Ok(articles::hydrate(conn, codecs, latest, false)?.text))
    };
    for (address, _) in &it.addresses {
        if keep::is_forgotten(conn, hashed(&address.normal), address.host())? {
            return Ok(Added {
                article: String::new(),
                version: 0,
                outcome: Outcome::Forgotten,
                joined: None,
                article_row: 0,
                version_row: 0,
            });
        }
    }
    let found = identity::find(conn, it, text_of)?;
    let at = it.at.as_second();
    let Some(found) = found else {
        let key = free_key(conn, &it.article.id)?;
        conn.prepare_cached("INSERT INTO articles (key, first_seen, last_seen, changed) VALUES (?1, ?2, ?2, ?2)")?
            .execute(params![key, at])?;
        let article = conn.last_insert_rowid();
        let address = identity::keep_addresses(conn, article, it, None)?;
        let version = insert(conn, outlets, it, article, 1, address, false)?;
        conn.prepare_cached("UPDATE articles SET latest = ?1, versions = 1 WHERE id = ?2")?
            .execute([version, article])?;
        put_words(conn, "INSERT", article, it.article.title.as_deref(), &it.article.text, it.spaceless)?;
        sketch(conn, article, it)?;
        if it.signal.as_ref().is_some_and(|it| it.0 != "correction") {
            conn.execute("UPDATE articles SET state = 'withdrawn' WHERE id = ?1", [article])?;
        }
        say(conn, at, "article", Some(article), Some(version), None, None)?;
        return Ok(Added {
            article: key,
            version: 1,
            outcome: Outcome::New,
            joined: None,
            article_row: article,
            version_row: version,
        });
    };
    let article = found.article;
    let address = identity::keep_addresses(conn, article, it, Some(&found))?;
    let key: String = conn.query_row("SELECT key FROM articles WHERE id = ?1", [article], |row| row.get(0))?;
    let before = conn
        .prepare_cached(
            "SELECT v.id, v.number, v.content, v.retrieved, v.updated FROM versions v JOIN articles a ON a.latest = v.id WHERE a.id = ?1",
        )?
        .query_row([article], |row| {
            Ok(Before { id: row.get(0)?, number: row.get(1)?, content: row.get(2)?, retrieved: row.get(3)?, updated: row.get(4)? })
        })
        .optional()?;
    let withdrawn = it.signal.as_ref().is_some_and(|it| it.0 != "correction");
    let to = if withdrawn { "withdrawn" } else { "live" };
    let was: String = conn.query_row("SELECT state FROM articles WHERE id = ?1", [article], |row| row.get(0))?;
    conn.prepare_cached("UPDATE articles SET last_seen = max(last_seen, ?1), state = ?2 WHERE id = ?3")?
        .execute(params![at, to, article])?;
    if withdrawn && was != to {
        say(conn, at, to, Some(article), None, None, None)?;
        place_again(conn, article)?;
    }
    // The same state again, or one that was kept before and is not newer than the latest.
    let updated = it.article.updated.or(it.article.published).map(|it| it.at.as_second());
    let older = before.as_ref().is_some_and(|b| {
        at < b.retrieved || (at == b.retrieved && updated.zip(b.updated).is_some_and(|(new, old)| new < old))
    });
    let same = match &before {
        Some(b) if b.content == it.content => Some((b.id, b.number)),
        _ if older => conn
            .prepare_cached("SELECT id, number FROM versions WHERE article = ?1 AND content = ?2 LIMIT 1")?
            .query_row(params![article, it.content], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?,
        _ => None,
    };
    if let Some((version, number)) = same {
        conn.prepare_cached(
            "UPDATE versions SET last_seen = max(last_seen, ?1), signal = coalesce(?3, signal) WHERE id = ?2",
        )?
        .execute(params![at, version, it.signal.as_ref().map(|it| it.0)])?;
        return Ok(Added {
            article: key,
            version: number,
            outcome: Outcome::Unchanged,
            joined: Some(found.rule),
            article_row: article,
            version_row: version,
        });
    }
    let number: u32 =
        conn.query_row("SELECT coalesce(max(number), 0) + 1 FROM versions WHERE article = ?1", [article], |row| {
            row.get(0)
        })?;
    let is_trivial = match &before {
        Some(b) => trivial::is_trivial(&articles::hydrate(conn, codecs, b.id, true)?, &it.article),
        None => false,
    };
    let version = insert(conn, outlets, it, article, number, address, is_trivial)?;
    conn.prepare_cached("UPDATE articles SET versions = versions + 1 WHERE id = ?1")?.execute([article])?;
    if !older {
        conn.prepare_cached(
            "UPDATE articles SET latest = ?1, changed = CASE WHEN ?2 THEN changed ELSE ?3 END WHERE id = ?4",
        )?
        .execute(params![version, is_trivial, at, article])?;
        index(conn, article, it.article.title.as_deref(), &it.article.text, it.spaceless)?;
        if !is_trivial {
            sketch(conn, article, it)?;
        }
    }
    say(
        conn,
        at,
        "version",
        Some(article),
        Some(version),
        None,
        is_trivial.then(|| serde_json::json!({"trivial": true})).as_ref(),
    )?;
    let outcome = if is_trivial { Outcome::Trivial } else { Outcome::Version };
    Ok(Added {
        article: key,
        version: number,
        outcome,
        joined: Some(found.rule),
        article_row: article,
        version_row: version,
    })
}

fn insert(
    conn: &Connection,
    outlets: &mut FxHashMap<String, i64>,
    it: &Prepared,
    article: i64,
    number: u32,
    address: Option<i64>,
    is_trivial: bool,
) -> Result<i64> {
    let raw = blobs::keep(conn, &it.raw)?;
    let frozen = it.frozen.as_ref().map(|it| blobs::keep(conn, it)).transpose()?;
    let headers = it.headers.as_ref().map(|it| blobs::keep(conn, it)).transpose()?;
    let outlet = it.article.outlet.as_deref().map(|name| outlet(conn, outlets, name)).transpose()?;
    let seconds = |it: Option<rashomon::model::Moment>| it.map(|it| it.at.as_second());
    conn.prepare_cached(
        "INSERT INTO versions (article, number, address, retrieved, last_seen, status, format, headers, raw, frozen, content, outlet, \
         title, published, updated, language, bytes, trivial, source, signal, signal_words, noticed) \
         VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .execute(params![
        article,
        number,
        address,
        it.at.as_second(),
        it.status,
        it.format,
        headers,
        raw,
        frozen,
        it.content,
        outlet,
        it.article.title,
        seconds(it.article.published),
        seconds(it.article.updated),
        it.article.language,
        i64::try_from(it.raw_bytes).unwrap_or(i64::MAX),
        is_trivial,
        it.article.source,
        it.signal.as_ref().map(|it| it.0),
        it.signal.as_ref().map(|it| &it.1),
        noticed::written(&it.noticed),
    ])?;
    Ok(conn.last_insert_rowid())
}

fn outlet(conn: &Connection, known: &mut FxHashMap<String, i64>, name: &str) -> Result<i64> {
    if let Some(id) = known.get(name) {
        return Ok(*id);
    }
    conn.prepare_cached("INSERT OR IGNORE INTO outlets (name) VALUES (?1)")?.execute([name])?;
    let id = conn.prepare_cached("SELECT id FROM outlets WHERE name = ?1")?.query_row([name], |row| row.get(0))?;
    known.insert(name.to_owned(), id);
    Ok(id)
}

/// Puts the words of an article into the index, in place of those it had.
fn index(conn: &Connection, article: i64, title: Option<&str>, text: &str, spaceless: bool) -> Result<()> {
    // A contentless table takes the new words of a row it has as a deletion and an insertion.
    put_words(conn, "INSERT OR REPLACE", article, title, text, spaceless)
}

fn put_words(
    conn: &Connection,
    how: &str,
    article: i64,
    title: Option<&str>,
    text: &str,
    spaceless: bool,
) -> Result<()> {
    let into = |table: &str| -> Result<()> {
        conn.prepare_cached(&format!("{how} INTO {table} (rowid, title, text) VALUES (?1, ?2, ?3)"))?
            .execute(params![article, title, text])?;
        Ok(())
    };
    into("words")?;
    if spaceless { into("trigrams") } else { Ok(()) }
}

/// Keeps what grouping looks at; the article is to be grouped again.
///
/// Not by `INSERT OR REPLACE`: that opens a savepoint, at which the search index writes out the words it has gathered, and an
/// index written article by article is joined again for ever. It was three quarters of the cost of adding.
fn sketch(conn: &Connection, article: i64, it: &Prepared) -> Result<()> {
    place_again(conn, article)?;
    conn.prepare_cached(
        "INSERT INTO sketches (article, day, record) VALUES (?1, ?2, ?3) \
         ON CONFLICT (article) DO UPDATE SET day = ?2, record = ?3, near = NULL, surest = NULL",
    )?
    .execute(params![article, it.day, it.sketch])?;
    Ok(())
}

/// Has an article and all of its story placed anew by the next run of grouping.
pub(crate) fn place_again(conn: &Connection, article: i64) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sketches SET near = NULL WHERE article = ?1 OR article IN (SELECT y.article FROM story_articles x \
         JOIN story_articles y ON y.story = x.story WHERE x.article = ?1)",
    )?
    .execute([article])?;
    Ok(())
}

/// A key for a new article: `wanted`, or that with the first number behind it that is free.
pub(crate) fn free_key(conn: &Connection, wanted: &str) -> Result<String> {
    let mut key = wanted.to_owned();
    let mut n = 1;
    while conn
        .prepare_cached("SELECT 1 FROM articles WHERE key = ?1")?
        .query_row([&key], |_| Ok(()))
        .optional()?
        .is_some()
    {
        n += 1;
        key = format!("{wanted}#{n}");
    }
    Ok(key)
}

/// Counts the versions of an article again and finds the latest.
pub(crate) fn recount(conn: &Connection, article: i64) -> Result<()> {
    conn.execute(
        "UPDATE articles SET versions = (SELECT count(*) FROM versions WHERE article = ?1), \
         latest = (SELECT id FROM versions WHERE article = ?1 ORDER BY retrieved DESC, number DESC LIMIT 1), \
         first_seen = coalesce((SELECT min(retrieved) FROM versions WHERE article = ?1), first_seen), \
         last_seen = coalesce((SELECT max(last_seen) FROM versions WHERE article = ?1), last_seen), \
         changed = coalesce((SELECT max(retrieved) FROM versions WHERE article = ?1 AND trivial = 0), changed) WHERE id = ?1",
        [article],
    )?;
    Ok(())
}

/// Writes down that something happened.
pub(crate) fn say(
    conn: &Connection,
    at: i64,
    kind: &str,
    article: Option<i64>,
    version: Option<i64>,
    story: Option<i64>,
    detail: Option<&serde_json::Value>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO changes (at, kind, article, version, story, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![at, kind, article, version, story, detail.map(ToString::to_string)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{Error, Prepared, Retrieved, Store, prepare};
    use rashomon::read::records_in;

    fn prepared(store: &mut Store, from: usize) -> Vec<Prepared> {
        let encoder = store.encoder().unwrap();
        let row = |n: usize| {
            // Words that no dictionary makes small.
            let text: String = (0..400).map(|w| format!("{:x} ", (n * 1000 + w).wrapping_mul(0x9e37_79b9))).collect();
            serde_json::json!({"url": format!("https://x.example/{n}"), "text": text}).to_string()
        };
        let rows: Vec<String> = (from..from + 50).map(row).collect();
        let records = records_in(rows.join("\n").into(), "a.jsonl").unwrap();
        let at = "2031-05-04T09:00:00Z".parse().unwrap();
        records.map(|it| prepare(Retrieved::of(it.unwrap(), at), &encoder).output.unwrap()).collect()
    }

    #[test]
    fn the_words_of_what_is_put_together_are_written_together() {
        let mut store = Store::in_memory().unwrap();
        let all = prepared(&mut store, 0);
        store.put(&all).unwrap();
        let sql = "SELECT count(DISTINCT segid) FROM words_idx";
        let pieces: i64 = store.conn.query_row(sql, [], |it| it.get(0)).unwrap();
        assert_eq!(pieces, 1, "a statement among them opens a savepoint, at which the index writes what it has");
    }

    #[test]
    fn a_full_disk_keeps_what_was_acknowledged_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path().join("news.db")).unwrap();
        let first = prepared(&mut store, 0);
        store.put(&first).unwrap();
        // The file may not grow any more: to SQLite the same as a disk without space.
        let pages: i64 = store.conn.query_row("PRAGMA page_count", [], |it| it.get(0)).unwrap();
        let limit = |store: &Store, pages: i64| {
            store.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |it| it.get::<_, i64>(0)).unwrap();
        };
        limit(&store, pages + 2);
        let second = prepared(&mut store, 50);
        let error = store.put(&second).unwrap_err();
        assert!(matches!(&error, Error::Full(_)) && error.to_string().contains("no space left"), "{error}");
        let health = store.check().unwrap();
        assert_eq!((health.articles, health.problems), (50, Vec::<String>::new()));
        limit(&store, 1 << 30);
        assert_eq!(store.put(&second).unwrap().len(), 50);
        assert_eq!(store.check().unwrap().articles, 100);
    }
}
