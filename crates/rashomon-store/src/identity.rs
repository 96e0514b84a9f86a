//! Which article a version belongs to, and how that is undone.
//!
//! An address that is known names its article. One that may be (another form of a page, the same number beside another slug,
//! the same given id, the same file) does so only if the texts resemble each other. A canonical link joins addresses of one
//! site only: to another site it says who was first to publish, which is lineage, not identity.

use crate::address::{Address, hashed, normal, one_site};
use crate::prepare::Prepared;
use crate::{Error, Result, Store, articles, put, trivial};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// Share of the shorter text's pairs of words that must stand in the other for two addresses to be taken as one.
///
/// Chosen by hand: versions of one report keep far more than half of it, two reports of one event that were written apart
/// have less than a fifth in common.
pub(crate) const RESEMBLES: f64 = 0.5;

/// An article that is known, and why the version is of it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) article: i64,
    pub(crate) rule: &'static str,
    pub(crate) reason: Option<String>,
}

/// The article that `it` is a version of, if it is known.
pub(crate) fn find(
    conn: &Connection,
    it: &Prepared,
    mut text_of: impl FnMut(i64) -> Result<String>,
) -> Result<Option<Found>> {
    let first = it.addresses.first().map(|(address, _)| address.host().to_owned()).unwrap_or_default();
    for (address, rule) in &it.addresses {
        if *rule == "canonical" && !one_site(address.host(), &first) {
            continue;
        }
        let Some((article, url)) = known(conn, address)? else { continue };
        let surely = address.weak.is_some() || !matches!(address.rule, "id" | "file");
        if surely {
            let reason = (*url != address.url).then_some(url);
            return Ok(Some(Found {
                article,
                rule: if *rule == "canonical" { "canonical" } else { address.rule },
                reason,
            }));
        }
        let share = trivial::resemblance(&text_of(article)?, &it.article.text);
        if share >= RESEMBLES {
            return Ok(Some(Found { article, rule: address.rule, reason: Some(percent(share)) }));
        }
    }
    for (address, rule) in &it.addresses {
        if *rule == "canonical" && !one_site(address.host(), &first) {
            continue;
        }
        let Some(weak) = &address.weak else { continue };
        let mut statement =
            conn.prepare_cached("SELECT DISTINCT article, url FROM addresses WHERE weak = ?1 ORDER BY id LIMIT 8")?;
        let candidates: Vec<(i64, String)> = statement
            .query_map([hashed(weak)], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (article, url) in candidates {
            if normal(&url).and_then(|it| it.weak).as_ref() != Some(weak) || parted(conn, &url, &address.url)? {
                continue;
            }
            let share = trivial::resemblance(&text_of(article)?, &it.article.text);
            if share >= RESEMBLES {
                let rule = if weak.contains('#') { "same-number" } else { "other-form" };
                return Ok(Some(Found { article, rule, reason: Some(format!("{url}; {}", percent(share))) }));
            }
        }
    }
    Ok(None)
}

fn percent(share: f64) -> String {
    format!("{:.0} % of the shorter text's word pairs in both", share * 100.0)
}

/// The article of an address, and the address as it is known.
fn known(conn: &Connection, address: &Address) -> Result<Option<(i64, String)>> {
    let mut statement = conn.prepare_cached("SELECT article, url FROM addresses WHERE normal = ?1 ORDER BY id")?;
    let mut rows = statement.query([hashed(&address.normal)])?;
    while let Some(row) = rows.next()? {
        let url: String = row.get(1)?;
        if form(&url) == address.normal {
            return Ok(Some((row.get(0)?, url)));
        }
    }
    Ok(None)
}

/// The normal form of a kept address.
fn form(url: &str) -> String {
    normal(url).map_or_else(|| url.to_owned(), |it| it.normal)
}

/// Whether a person said that the two addresses are not one article.
fn parted(conn: &Connection, a: &str, b: &str) -> Result<bool> {
    let (a, b) = (form(a), form(b));
    let it = conn
        .prepare_cached("SELECT 1 FROM pins WHERE kind = 'different' AND ((a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1))")?
        .query_row([a, b], |_| Ok(()))
        .optional()?;
    Ok(it.is_some())
}

/// Keeps the addresses of a version as those of `article`, unless they are known; returns the number of the first.
pub(crate) fn keep_addresses(
    conn: &Connection,
    article: i64,
    it: &Prepared,
    found: Option<&Found>,
) -> Result<Option<i64>> {
    let mut first = None;
    let host = it.addresses.first().map(|(address, _)| address.host().to_owned()).unwrap_or_default();
    for (n, (address, said)) in it.addresses.iter().enumerate() {
        if *said == "canonical" && !one_site(address.host(), &host) {
            continue;
        }
        let same: Option<i64> = {
            let mut statement =
                conn.prepare_cached("SELECT id, article, url FROM addresses WHERE normal = ?1 ORDER BY id")?;
            let mut rows = statement.query([hashed(&address.normal)])?;
            let mut same = None;
            let mut taken = false;
            while let Some(row) = rows.next()? {
                if form(&row.get::<_, String>(2)?) == address.normal {
                    if row.get::<_, i64>(1)? == article {
                        same = Some(row.get(0)?);
                    } else {
                        taken = true;
                    }
                }
            }
            // An id or a file that names another text from now on names this one; an address of another article stays there.
            if same.is_none() && taken && !matches!(address.rule, "id" | "file") {
                continue;
            }
            same
        };
        let id = match same {
            Some(id) => id,
            None => {
                // The first address of a version that was found by another one is there because of what found it.
                let joined = found.filter(|_| n == 0);
                let rule = joined.map_or(*said, |it| it.rule);
                let reason = joined.and_then(|it| it.reason.clone());
                conn.prepare_cached(
                    "INSERT INTO addresses (article, url, normal, weak, rule, reason, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    article,
                    address.url,
                    hashed(&address.normal),
                    address.weak.as_deref().map(hashed),
                    rule,
                    reason,
                    it.at.as_second()
                ])?;
                conn.last_insert_rowid()
            }
        };
        first.get_or_insert(id);
    }
    Ok(first)
}

impl Store {
    /// Undoes what joined an address to an article: the versions that were found there become an article of their own, and
    /// stay so. Returns its key.
    ///
    /// # Errors
    /// If the address is not one of the article's, or the only one.
    pub fn part_address(&mut self, article: &str, url: &str, at: Timestamp) -> Result<String> {
        let wanted = form(url);
        let tx = self.begin()?;
        let id = articles::number(&tx, article)?;
        let addresses: Vec<(i64, String)> = tx
            .prepare("SELECT id, url FROM addresses WHERE article = ?1 ORDER BY id")?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let (of_it, others): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|(_, it)| form(it) == wanted);
        if of_it.is_empty() {
            return Err(Error::unknown("address", format!("{url} of article {article}")));
        }
        let moved: i64 = of_it.iter().try_fold(0, |sum, (address, _)| {
            tx.query_row("SELECT count(*) FROM versions WHERE address = ?1", [address], |row| row.get::<_, i64>(0))
                .map(|n| sum + n)
        })?;
        let all: i64 = tx.query_row("SELECT count(*) FROM versions WHERE article = ?1", [id], |row| row.get(0))?;
        if moved == 0 || moved == all {
            return Err(Error::Wrong(format!(
                "{url}: {} of the versions of {article} were found there; nothing to part",
                if moved == 0 { "none" } else { "all" }
            )));
        }
        let now = at.as_second();
        let key = put::free_key(&tx, article)?;
        tx.execute(
            "INSERT INTO articles (key, first_seen, last_seen, changed) VALUES (?1, ?2, ?2, ?2)",
            params![key, now],
        )?;
        let new = tx.last_insert_rowid();
        for (address, _) in &of_it {
            tx.execute("UPDATE versions SET article = ?1 WHERE address = ?2", params![new, address])?;
            tx.execute(
                "UPDATE addresses SET article = ?1, rule = 'parted', reason = NULL WHERE id = ?2",
                params![new, address],
            )?;
        }
        for (_, other) in &others {
            for (_, url) in &of_it {
                tx.execute(
                    "INSERT OR IGNORE INTO pins (kind, a, b, made) VALUES ('different', ?1, ?2, ?3)",
                    params![form(other), form(url), now],
                )?;
            }
        }
        put::recount(&tx, id)?;
        put::recount(&tx, new)?;
        put::say(&tx, now, "article", Some(new), None, None, None)?;
        put::say(&tx, now, "version", Some(id), None, None, Some(&serde_json::json!({"parted": key})))?;
        tx.commit()?;
        self.index_again(&[id, new])?;
        Ok(key)
    }
}
