//! The collation of a story, made anew only when the story has changed.

use crate::rows::StoredCollation;
use crate::{Result, Store, articles, blobs, changes, outlets, stories};
use jiff::Timestamp;
use rashomon::Collated;
use rashomon::annotate::{Annotated, Corpus};
use rashomon::compare::{self, Collation};
use rashomon::group::{self, Join, Story, rules};
use rashomon::lineage::independence;
use rashomon::model::{Anchor, ArticleId, Span};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// Articles of one story that are compared, those published last: comparing grows faster than the story.
const COMPARED: usize = 400;

/// What made a collation, as it is kept with it.
pub(crate) fn made_by() -> String {
    rashomon::wire::json(rashomon::wire::MadeBy::this())
}

impl StoredCollation {
    /// Whether it is of the story's present articles and made by this program.
    pub(crate) fn is_current(&self) -> bool {
        self.fresh && self.made_by == made_by()
    }
}

impl Store {
    /// The collation of a story: the kept one if it is of the story's present articles, else a new one, which is kept.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn collate(&mut self, key: &str, at: Timestamp) -> Result<StoredCollation> {
        if let Some(kept) = self.collation(key)?
            && kept.is_current()
        {
            return Ok(kept);
        }
        Ok(self.collate_anew(key, at)?.0)
    }

    /// Compares a story and keeps its collation; both the kept form and that for whoever goes on with it.
    ///
    /// # Errors
    /// As [`Store::collate`].
    pub fn collate_anew(&mut self, key: &str, at: Timestamp) -> Result<(StoredCollation, Collated)> {
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
        // Pins and owners change a comparison of the same versions, and within a second.
        named.push(blobs::digest(&[json.as_bytes()])[..16].to_owned());
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
        tx.commit()?;
        let kept = StoredCollation { json, made: articles::moment(at.as_second()), made_by: made_by(), fresh };
        Ok((kept, collated))
    }

    /// The articles of a story, annotated, and their comparison, for whoever shows it; not kept, so that a store that is only
    /// read gives it too.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn compared(&mut self, key: &str) -> Result<Collated> {
        Ok(self.compare_story(key)?.0)
    }

    /// The articles of a story, annotated, and their comparison, for whoever goes on with it; kept if what is kept is older.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn collated(&mut self, key: &str, at: Timestamp) -> Result<Collated> {
        let is_current = self.collation(key)?.is_some_and(|it| it.is_current());
        Ok(if is_current { self.compare_story(key)?.0 } else { self.collate_anew(key, at)?.1 })
    }

    /// The comparison, and by key the numbers of the articles and versions that went into it.
    fn compare_story(&mut self, key: &str) -> Result<(Collated, FxHashMap<String, (i64, i64)>)> {
        let id = stories::number(&self.conn, key)?;
        let mut members = latest(&self.conn, id)?;
        let from = members.len().saturating_sub(COMPARED);
        let members = members.split_off(from);
        let numbers: Vec<i64> = members.iter().map(|it| it.1).collect();
        let annotated = self.annotated(&numbers)?;
        let mut versions: FxHashMap<String, (i64, i64)> = FxHashMap::default();
        let mut scores: FxHashMap<String, (f64, String)> = FxHashMap::default();
        for ((article, version, score, rule), it) in members.into_iter().zip(&annotated) {
            versions.insert(it.article.id.clone(), (article, version));
            scores.insert(it.article.id.clone(), (score, rule));
        }
        let mut corpus = Corpus::new(annotated).output;
        let story = whole(&corpus, key, &scores);
        for (article, dateline) in compare::datelines(&corpus, &story) {
            corpus.assume_dateline(article, dateline);
        }
        let apart = apart(&corpus, &changes::unlike(&self.conn)?);
        let mut collation = compare::compare_apart(&corpus, &story, &apart).output;
        if let Some(owners) = outlets::owners(&self.conn)? {
            let it = &mut collation.lineage;
            it.independence = independence(&corpus, &story.articles, &it.relations, &owners);
        }
        Ok((Collated { corpus, stories: vec![(story, collation)] }, versions))
    }
}

/// The places of statements that are not the same, where their articles are in the corpus and still have the words.
fn apart(corpus: &Corpus, pairs: &[[(String, String); 2]]) -> Vec<(Anchor, Anchor)> {
    let places = |(key, words): &(String, String)| -> Vec<Anchor> {
        let of_article = corpus.iter().filter(|(_, it)| it.article.id == *key);
        of_article
            .flat_map(|(id, it)| {
                let found = it.article.text.match_indices(words.as_str());
                found.map(move |(at, it)| Anchor::new(id, Span::new(at, at + it.len())))
            })
            .collect()
    };
    let mut out = Vec::new();
    for [a, b] in pairs {
        let (a, b) = (places(a), places(b));
        out.extend(a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b))));
    }
    out
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
        let known = scores.get(&corpus.get(*it).article.id);
        let score = known.map_or(1.0, |(score, _)| *score);
        let rule =
            if known.is_some_and(|(_, rule)| *rule == rules::PINNED.name) { rules::PINNED } else { rules::SAME_EVENT };
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
            r.rule.name()
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
pub(crate) fn write_quotes(conn: &Connection, version: i64, it: &Annotated) -> Result<()> {
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
