//! The collation of a story, made anew only when the story has changed.

use crate::rows::StoredCollation;
use crate::{Result, Store, articles, blobs, stories};
use jiff::Timestamp;
use rashomon::Collated;
use rashomon::annotate::{Annotated, Corpus};
use rashomon::compare::{self, Collation};
use rashomon::group::{self, Join, Story};
use rashomon::model::ArticleId;
use rayon::prelude::*;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// Articles of one story that are compared, those published last: comparing grows faster than the story.
const COMPARED: usize = 400;

/// What made a collation, as it is kept with it.
pub(crate) fn made_by() -> String {
    rashomon::wire::json(rashomon::wire::MadeBy::this())
}

impl Store {
    /// The collation of a story: the kept one if it is of the story's present articles, else a new one, which is kept.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn collate(&mut self, key: &str, at: Timestamp) -> Result<StoredCollation> {
        if let Some(kept) = self.collation(key)?
            && kept.fresh
            && kept.made_by == made_by()
        {
            return Ok(kept);
        }
        let (collated, versions) = self.compare_story(key)?;
        let Collated { corpus, stories } = &collated;
        let pair = &stories[0];
        let json = rashomon::report::story_json(corpus, pair);
        let tx = self.begin()?;
        let id = stories::number(&tx, key)?;
        // Another program may have changed the story meanwhile; then the collation is kept, but not as fresh.
        let now: Vec<i64> = latest(&tx, id)?.into_iter().map(|it| it.1).collect();
        let fresh = now.iter().all(|it| versions.values().any(|(_, version)| version == it));
        let mut named: Vec<String> = versions.values().map(|(_, version)| version.to_string()).collect();
        named.sort();
        tx.execute(
            "INSERT OR REPLACE INTO collations (story, made, made_by, versions, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, at.as_second(), made_by(), named.join(","), blobs::squeeze(json.as_bytes())],
        )?;
        let independence = &pair.1.lineage.independence;
        tx.execute(
            "UPDATE stories SET fresh = ?1, low = ?2, high = ?3 WHERE id = ?4",
            params![fresh, count(independence.low), count(independence.high), id],
        )?;
        write_tables(&tx, id, corpus, &pair.1, &versions)?;
        for (_, it) in corpus.iter() {
            if let Some((_, version)) = versions.get(&it.article.id) {
                write_quotes(&tx, *version, it)?;
            }
        }
        tx.commit()?;
        Ok(StoredCollation { json, made: articles::moment(at.as_second()), made_by: made_by(), fresh })
    }

    /// The articles of a story, annotated, and their comparison, for whoever shows it; not kept.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn compared(&mut self, key: &str) -> Result<Collated> {
        Ok(self.compare_story(key)?.0)
    }

    /// The comparison, and by key the numbers of the articles and versions that went into it.
    fn compare_story(&mut self, key: &str) -> Result<(Collated, FxHashMap<String, (i64, i64)>)> {
        let Self { conn, codecs, .. } = self;
        let id = stories::number(conn, key)?;
        let mut members = latest(conn, id)?;
        let from = members.len().saturating_sub(COMPARED);
        let members = members.split_off(from);
        let mut versions: FxHashMap<String, (i64, i64)> = FxHashMap::default();
        let mut read = Vec::with_capacity(members.len());
        let mut scores: FxHashMap<String, (f64, String)> = FxHashMap::default();
        for (article, version, score, rule) in members {
            let it = articles::hydrate(conn, codecs, version, true)?;
            versions.insert(it.id.clone(), (article, version));
            scores.insert(it.id.clone(), (score, rule));
            read.push(it);
        }
        let annotated: Vec<Annotated> =
            read.into_par_iter().map(|it| rashomon::annotate::annotate(it).output).collect();
        let mut corpus = Corpus::new(annotated).output;
        let story = whole(&corpus, key, &scores);
        for (article, dateline) in compare::datelines(&corpus, &story) {
            corpus.assume_dateline(article, dateline);
        }
        let collation = compare::compare(&corpus, &story).output;
        Ok((Collated { corpus, stories: vec![(story, collation)] }, versions))
    }
}

/// Articles of a story with their latest versions, the oldest first, the undated last; why each is there.
fn latest(conn: &Connection, story: i64) -> Result<Vec<(i64, i64, f64, String)>> {
    let mut statement = conn.prepare_cached(
        "SELECT a.id, a.latest, m.score, m.rule FROM story_articles m JOIN articles a ON a.id = m.article JOIN versions v ON v.id = a.latest \
         WHERE m.story = ?1 ORDER BY coalesce(v.published, v.updated) IS NULL, coalesce(v.published, v.updated), a.key",
    )?;
    let rows = statement.query_map([story], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All articles of the corpus as the one story the store holds them for. Grouping says why each joined, where it would have
/// joined them by themselves; elsewhere the store does.
fn whole(corpus: &Corpus, key: &str, scores: &FxHashMap<String, (f64, String)>) -> Story {
    let found = group::group(corpus);
    let mut articles: Vec<ArticleId> = corpus.iter().map(|it| it.0).collect();
    articles.sort_by_key(|it| {
        let article = &corpus.get(*it).article;
        (article.dateline().is_none(), article.dateline().map(|it| it.at), article.id.clone())
    });
    let first = articles.first().copied().unwrap_or(ArticleId(0));
    let mut joins: Vec<Join> =
        found.iter().flat_map(|it| it.joins.iter().cloned()).filter(|it| it.article != first).collect();
    let said: Vec<ArticleId> = joins.iter().map(|it| it.article).collect();
    for it in articles.iter().filter(|it| **it != first && !said.contains(it)) {
        let (score, rule) = scores.get(&corpus.get(*it).article.id).map_or((1.0, ""), |(score, rule)| (*score, rule));
        let rule = if rule == "pinned" { "pinned" } else { "same-event" };
        joins.push(Join { article: *it, nearest: first, score, rule, reasons: Vec::new() });
    }
    let place = |it: ArticleId| articles.iter().position(|a| *a == it);
    joins.sort_by_key(|it| place(it.article));
    Story { id: key.to_owned(), articles, joins }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Lineage and points as tables that any SQLite program can read.
fn write_tables(
    conn: &Connection,
    story: i64,
    corpus: &Corpus,
    it: &Collation,
    versions: &FxHashMap<String, (i64, i64)>,
) -> Result<()> {
    let row = |id: ArticleId| versions.get(&corpus.get(id).article.id).map(|it| it.0);
    conn.execute("DELETE FROM lineage WHERE story = ?1", [story])?;
    conn.execute("DELETE FROM points WHERE story = ?1", [story])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO lineage (story, source, source_name, derived, kind, declared, score, rule) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for r in &it.lineage.relations {
        let source = r.source.and_then(row);
        insert.execute(params![
            story,
            source,
            r.source_name,
            row(r.derived),
            r.kind.as_str(),
            r.declared,
            r.score,
            r.rule
        ])?;
    }
    let mut insert = conn.prepare_cached(
        "INSERT INTO points (story, key, text, status, said_by, carried, conflicts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let keys = rashomon::wire::unique(it.points.iter().map(|p| rashomon::wire::point_id(corpus, p)));
    for (key, p) in keys.iter().zip(&it.points) {
        insert.execute(params![
            story,
            key,
            p.text,
            p.status.as_str(),
            p.said_by,
            count(p.carried.len()),
            count(p.conflicts.len())
        ])?;
    }
    Ok(())
}

/// The quotations of an annotated version, in place of those it had.
fn write_quotes(conn: &Connection, version: i64, it: &Annotated) -> Result<()> {
    drop_quotes(conn, version)?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO quotes (version, start, end, kind, speaker, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut index = conn.prepare_cached("INSERT INTO quote_words (rowid, text, speaker) VALUES (?1, ?2, ?3)")?;
    for q in it.quotes.iter().filter(|q| q.kind != rashomon::annotate::QuoteKind::Scare) {
        let text = it.text(q.span);
        insert.execute(params![
            version,
            count(q.span.start()),
            count(q.span.end()),
            q.kind.as_str(),
            q.speaker,
            text
        ])?;
        index.execute(params![conn.last_insert_rowid(), text, q.speaker])?;
    }
    Ok(())
}

/// Takes the quotations of a version out of the store.
pub(crate) fn drop_quotes(conn: &Connection, version: i64) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO quote_words (quote_words, rowid, text, speaker) SELECT 'delete', id, text, speaker FROM quotes WHERE version = ?1",
    )?
    .execute([version])?;
    conn.prepare_cached("DELETE FROM quotes WHERE version = ?1")?.execute([version])?;
    Ok(())
}
