//! Reading articles, their versions, texts, annotations and quotations.

use crate::blobs::Codecs;
use crate::prepare::FORMATS;
use crate::rows::{AddressRow, ArticleRow, Noticed, Page, QuoteRow, VersionRow};
use crate::{Error, Result, Store, frozen, noticed};
use jiff::Timestamp;
use rashomon::annotate::Annotated;
use rashomon::model::Article;
use rashomon::read::{self, Record};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Rows of a page at most.
pub(crate) const MOST: u32 = 100;

/// An RFC 3339 moment out of a column of seconds.
pub(crate) fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|it| it.to_string()).unwrap_or_default()
}

pub(crate) fn moment_at(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    row.get(column).map(moment)
}

pub(crate) fn some_moment_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    row.get::<_, Option<i64>>(column).map(|it| it.map(moment))
}

/// The columns of an [`ArticleRow`], to be followed by what chooses the rows.
pub(crate) const ARTICLE: &str = "SELECT a.key, v.title, o.name, d.url, v.published, v.updated, v.language, a.versions, a.state, \
     a.first_seen, a.last_seen, a.changed, s.key, a.id FROM articles a LEFT JOIN versions v ON v.id = a.latest \
     LEFT JOIN outlets o ON o.id = v.outlet LEFT JOIN addresses d ON d.id = v.address \
     LEFT JOIN story_articles m ON m.article = a.id LEFT JOIN stories s ON s.id = m.story";

pub(crate) fn article_row(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: row.get(0)?,
        title: row.get(1)?,
        outlet: row.get(2)?,
        url: row.get::<_, Option<String>>(3)?.filter(|it| it.starts_with("http")),
        published: some_moment_at(row, 4)?,
        updated: some_moment_at(row, 5)?,
        language: row.get(6)?,
        versions: row.get(7)?,
        state: row.get(8)?,
        first_seen: moment_at(row, 9)?,
        last_seen: moment_at(row, 10)?,
        changed: moment_at(row, 11)?,
        story: row.get(12)?,
    })
}

const VERSION: &str = "SELECT v.id, a.key, v.number, b.digest, v.retrieved, v.last_seen, v.status, d.url, v.source, v.title, o.name, \
     v.published, v.updated, v.language, v.bytes, v.trivial, v.signal, v.signal_words FROM versions v \
     JOIN articles a ON a.id = v.article LEFT JOIN blobs b ON b.id = v.raw LEFT JOIN addresses d ON d.id = v.address \
     LEFT JOIN outlets o ON o.id = v.outlet";

fn version_row(row: &Row<'_>) -> rusqlite::Result<VersionRow> {
    let digest: Option<Vec<u8>> = row.get(3)?;
    let hex = digest.map(|it| it.iter().map(|b| format!("{b:02x}")).collect::<String>());
    Ok(VersionRow {
        row: row.get(0)?,
        article: row.get(1)?,
        number: row.get(2)?,
        id: hex.as_deref().and_then(|it| it.get(..16)).unwrap_or_default().to_owned(),
        retrieved: moment_at(row, 4)?,
        last_seen: moment_at(row, 5)?,
        status: row.get(6)?,
        digest: hex.map(|it| format!("sha256:{it}")),
        url: row.get::<_, Option<String>>(7)?.filter(|it| it.starts_with("http")),
        source: row.get(8)?,
        title: row.get(9)?,
        outlet: row.get(10)?,
        published: some_moment_at(row, 11)?,
        updated: some_moment_at(row, 12)?,
        language: row.get(13)?,
        bytes: row.get::<_, i64>(14)?.try_into().unwrap_or(0),
        trivial: row.get(15)?,
        signal: row.get(16)?,
        signal_words: row.get(17)?,
    })
}

/// The number inside the store of the article with this key.
pub(crate) fn number(conn: &Connection, key: &str) -> Result<i64> {
    conn.prepare_cached("SELECT id FROM articles WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::unknown("article", key))
}

/// The article of a version as it was read: `full` with page furniture and declared sources, which rows of JSONL cost time.
///
/// Its id is the key of the article it is a version of.
pub(crate) fn hydrate(conn: &Connection, codecs: &mut Codecs, version: i64, full: bool) -> Result<Article> {
    Ok(hydrated(conn, codecs, version, full)?.0)
}

/// The same with what was noticed when the version came and now.
pub(crate) fn hydrated(
    conn: &Connection,
    codecs: &mut Codecs,
    version: i64,
    full: bool,
) -> Result<(Article, Vec<Noticed>)> {
    type Row = (String, u8, Option<i64>, Option<i64>, Option<String>, Option<String>);
    let (key, format, raw, frozen, source, kept): Row = conn
        .prepare_cached(
            "SELECT a.key, v.format, v.raw, v.frozen, v.source, v.noticed FROM versions v JOIN articles a ON a.id = v.article WHERE v.id = ?1",
        )?
        .query_row([version], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .optional()?
        .ok_or_else(|| Error::unknown("version", version))?;
    let mut noticed = noticed::read(kept.as_deref());
    let lost = || Error::Unusable(format!("the text of version {version} of {key} is damaged or was dropped"));
    let mut article = if let Some(frozen) = frozen {
        frozen::thaw(&codecs.open(conn, frozen)?).ok_or_else(lost)?
    } else {
        let bytes = codecs.open(conn, raw.ok_or_else(lost)?)?;
        let format = *FORMATS.get(usize::from(format)).ok_or_else(lost)?;
        let record = Record { place: source.clone().unwrap_or_default(), format, bytes };
        let read = if full { read::article(&record) } else { read::bare_article(&record) };
        match read.output {
            Some(it) => it,
            // What cannot be read in full, by a fault of the program, is read as it was when it came.
            None if full => {
                noticed.extend(noticed::of(&read.notes));
                read::bare_article(&record).output.ok_or_else(lost)?
            }
            None => return Err(lost()),
        }
    };
    if article.digest.is_empty()
        && let Some(raw) = raw
    {
        article.digest = conn.prepare_cached("SELECT digest FROM blobs WHERE id = ?1")?.query_row([raw], |row| {
            Ok(format!("sha256:{}", row.get::<_, Vec<u8>>(0)?.iter().map(|b| format!("{b:02x}")).collect::<String>()))
        })?;
    }
    article.id = key;
    article.source = source.unwrap_or_default();
    Ok((article, noticed))
}

impl Store {
    /// An article.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn article(&self, key: &str) -> Result<Option<ArticleRow>> {
        let sql = format!("{ARTICLE} WHERE a.key = ?1");
        Ok(self.conn.prepare_cached(&sql)?.query_row([key], article_row).optional()?)
    }

    /// The article that an address, a key, or the id of a version names.
    ///
    /// # Errors
    /// If the store cannot be read, or knows none.
    pub fn find_article(&self, text: &str) -> Result<ArticleRow> {
        if let Some(it) = self.article(text)? {
            return Ok(it);
        }
        let form = crate::normal(text).map_or_else(|| text.to_owned(), |it| it.normal);
        let by_address: Vec<(String, String)> = self
            .conn
            .prepare_cached(
                "SELECT a.key, d.url FROM addresses d JOIN articles a ON a.id = d.article WHERE d.normal = ?1 ORDER BY d.id",
            )?
            .query_map([crate::address::hashed(&form)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let same = |url: &str| crate::normal(url).map_or_else(|| url.to_owned(), |it| it.normal) == form;
        let key = by_address.into_iter().find(|(_, url)| same(url)).map(|(key, _)| key);
        let key = match key {
            Some(key) => Some(key),
            None if text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit()) => self
                .conn
                .query_row(
                    "SELECT a.key FROM blobs b JOIN versions v ON v.raw = b.id JOIN articles a ON a.id = v.article \
                     WHERE b.digest >= ?1 AND hex(substr(b.digest, 1, 8)) = upper(?2) LIMIT 1",
                    params![&u64::from_str_radix(text, 16).unwrap_or(0).to_be_bytes()[..], text],
                    |row| row.get(0),
                )
                .optional()?,
            None => None,
        };
        let key = key.ok_or_else(|| Error::unknown("article", text))?;
        self.article(&key)?.ok_or_else(|| Error::unknown("article", text))
    }

    /// All articles, those that changed last first; `since` leaves out those that did not change since then.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn articles(&self, since: Option<Timestamp>, cursor: Option<&str>, limit: u32) -> Result<Page<ArticleRow>> {
        let (changed, id) = two(cursor)?.unwrap_or((i64::MAX, i64::MAX));
        let sql = format!(
            "{ARTICLE} WHERE a.changed >= ?1 AND (a.changed, a.id) < (?2, ?3) ORDER BY a.changed DESC, a.id DESC LIMIT ?4"
        );
        let limit = limit.clamp(1, MOST);
        let since = since.map_or(i64::MIN, Timestamp::as_second);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![since, changed, id, limit + 1], |row| {
            Ok((article_row(row)?, format!("{},{}", row.get::<_, i64>(11)?, row.get::<_, i64>(13)?)))
        })?;
        page(rows.collect::<rusqlite::Result<_>>()?, limit)
    }

    /// The addresses of an article, and what made each of them its own.
    ///
    /// # Errors
    /// If there is no such article.
    pub fn addresses(&self, article: &str) -> Result<Vec<AddressRow>> {
        let id = number(&self.conn, article)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT url, rule, reason, since FROM addresses WHERE article = ?1 ORDER BY id")?;
        let rows = statement.query_map([id], |row| {
            Ok(AddressRow { url: row.get(0)?, rule: row.get(1)?, reason: row.get(2)?, since: moment_at(row, 3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All versions of an article, in order of number.
    ///
    /// # Errors
    /// If there is no such article.
    pub fn versions(&self, article: &str) -> Result<Vec<VersionRow>> {
        let id = number(&self.conn, article)?;
        let sql = format!("{VERSION} WHERE v.article = ?1 ORDER BY v.number");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([id], version_row)?.collect::<rusqlite::Result<_>>()?)
    }

    /// One version of an article; the latest without a number.
    ///
    /// # Errors
    /// If there is no such article or version.
    pub fn version(&self, article: &str, number_: Option<u32>) -> Result<VersionRow> {
        let id = number(&self.conn, article)?;
        let sql = format!(
            "{VERSION} WHERE v.article = ?1 AND (v.number = ?2 OR (?2 IS NULL AND v.id = (SELECT latest FROM articles WHERE id = ?1)))"
        );
        self.conn
            .prepare_cached(&sql)?
            .query_row(params![id, number_], version_row)
            .optional()?
            .ok_or_else(|| Error::unknown("version", format!("{} of {article}", number_.unwrap_or(0))))
    }

    /// The article as that version has it, with furniture and declared sources. Its id is the article's key.
    ///
    /// # Errors
    /// If there is no such version, or its bytes were dropped or damaged.
    pub fn read_version(&mut self, article: &str, number: Option<u32>) -> Result<Article> {
        let row = self.version(article, number)?;
        let Self { conn, codecs, .. } = self;
        hydrate(conn, codecs, row.row, true)
    }

    /// The same, annotated.
    ///
    /// # Errors
    /// As [`Store::read_version`].
    pub fn annotated_version(&mut self, article: &str, number: Option<u32>) -> Result<Annotated> {
        Ok(self.annotated_version_noted(article, number)?.0)
    }

    /// The same with what was noticed while it was read and annotated.
    ///
    /// # Errors
    /// As [`Store::read_version`].
    pub fn annotated_version_noted(&mut self, article: &str, number: Option<u32>) -> Result<(Annotated, Vec<Noticed>)> {
        let row = self.version(article, number)?;
        let none = || Error::unknown("version", row.row);
        let (mut all, noticed) = self.annotated(&[row.row])?;
        Ok((all.pop().ok_or_else(none)?, noticed))
    }

    /// The bytes of a version as they were retrieved, with the headers they came with.
    ///
    /// # Errors
    /// If there is no such version, or its bytes were dropped or damaged.
    pub fn raw_version(&mut self, article: &str, number: Option<u32>) -> Result<(Vec<(String, String)>, Vec<u8>)> {
        let row = self.version(article, number)?;
        let (headers, raw): (Option<i64>, Option<i64>) =
            self.conn.query_row("SELECT headers, raw FROM versions WHERE id = ?1", [row.row], |it| {
                Ok((it.get(0)?, it.get(1)?))
            })?;
        let Self { conn, codecs, .. } = self;
        let headers = headers.map(|id| codecs.open(conn, id)).transpose()?;
        let headers = headers.and_then(|it| serde_json::from_slice(&it).ok()).unwrap_or_default();
        let raw = raw.ok_or_else(|| Error::Other("the bytes of this version were not kept".into()))?;
        Ok((headers, codecs.open(conn, raw)?))
    }

    /// Quotations of annotated versions, those of older ones only where the latest has them no more, that hold all words of `words` (all quotations without any), the newest first.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn quotes(&self, words: Option<&str>, cursor: Option<&str>, limit: u32) -> Result<Page<QuoteRow>> {
        self.quotes_of(words, false, cursor, limit)
    }

    /// The same; `spoken` leaves out what does not stand between quotation marks.
    ///
    /// # Errors
    /// As [`Store::quotes`].
    pub fn quotes_of(
        &self,
        words: Option<&str>,
        spoken: bool,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<QuoteRow>> {
        let before: i64 = cursor.map_or(Ok(i64::MAX), |it| it.parse().map_err(|_| bad_cursor()))?;
        let limit = limit.clamp(1, MOST);
        let query = words.and_then(crate::query::query);
        let chosen = if query.is_some() {
            "q.id IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?3)"
        } else {
            "?3 IS NULL"
        };
        let sql = format!(
            "SELECT q.id, q.text, q.speaker, q.kind, q.start, q.end, a.key, v.number, v.title, o.name, v.published, d.url FROM quotes q \
             JOIN versions v ON v.id = q.version JOIN articles a ON a.id = v.article LEFT JOIN outlets o ON o.id = v.outlet LEFT JOIN addresses d ON d.id = v.address \
             WHERE q.id < ?1 AND {chosen} AND (NOT ?4 OR q.kind IN ('direct', 'mixed')) AND (v.id = a.latest OR NOT EXISTS \
             (SELECT 1 FROM quotes y WHERE y.version = a.latest AND y.text = q.text)) ORDER BY q.id DESC LIMIT ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![before, limit + 1, query, spoken], |row| {
            let id: i64 = row.get(0)?;
            let quote = QuoteRow {
                id,
                text: row.get(1)?,
                speaker: row.get(2)?,
                kind: row.get(3)?,
                span: [row.get::<_, u32>(4)? as usize, row.get::<_, u32>(5)? as usize],
                article: row.get(6)?,
                version: row.get(7)?,
                title: row.get(8)?,
                outlet: row.get(9)?,
                published: some_moment_at(row, 10)?,
                url: row.get::<_, Option<String>>(11)?.filter(|it| it.starts_with("http")),
            };
            Ok((quote, id.to_string()))
        })?;
        page(rows.collect::<rusqlite::Result<_>>()?, limit)
    }
}

/// A page out of one row more than was asked for, each with its cursor.
pub(crate) fn page<T>(mut rows: Vec<(T, String)>, limit: u32) -> Result<Page<T>> {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = if more { rows.last().map(|(_, cursor)| cursor.clone()) } else { None };
    Ok(Page { items: rows.into_iter().map(|(it, _)| it).collect(), next })
}

pub(crate) fn bad_cursor() -> Error {
    Error::Wrong("not a cursor of this store".into())
}

/// The two numbers of a cursor.
pub(crate) fn two(cursor: Option<&str>) -> Result<Option<(i64, i64)>> {
    let Some(cursor) = cursor else { return Ok(None) };
    let (a, b) = cursor.split_once(',').ok_or_else(bad_cursor)?;
    Ok(Some((a.parse().map_err(|_| bad_cursor())?, b.parse().map_err(|_| bad_cursor())?)))
}
