//! The collation of a story, made anew only when the story has changed.

use crate::rows::{Noticed, StoredCollation};
use crate::{Result, Store, articles, blobs, changes, noticed, outlets, stories};
use jiff::Timestamp;
use rashomon::annotate::{Annotated, Corpus, annotate};
use rashomon::compare::{self, Collation};
use rashomon::group::{self, Join, Story, rules};
use rashomon::lineage::independence;
use rashomon::model::{Anchor, Article, ArticleId, Note, Noted, Severity, Span};
use rashomon::{Collated, assume_datelines};
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
        self.fresh && self.made_by == made_by() && self.noticed.is_some()
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
        self.collate_anew_by(key, at, Stages::REAL)
    }

    fn collate_anew_by(&mut self, key: &str, at: Timestamp, stages: Stages) -> Result<(StoredCollation, Collated)> {
        let ComparedStory { collated, versions, noticed } = self.compare_story(key, stages)?;
        let Collated { corpus, stories } = &collated;
        let pair = &stories[0];
        let json = rashomon::report::story_json(corpus, pair);
        let tx = self.begin()?;
        let id = stories::number(&tx, key)?;
        // Another program may have changed the story meanwhile; then the collation is kept, but not as fresh.
        let now = latest(&tx, id)?;
        let fresh = last(&now).iter().all(|it| versions.values().any(|(_, version)| *version == it.1));
        let mut named: Vec<String> = versions.values().map(|(_, version)| version.to_string()).collect();
        named.sort();
        // Pins and owners change a comparison of the same versions, and within a second.
        named.push(blobs::digest(&[json.as_bytes(), rashomon::wire::json(&noticed).as_bytes()])[..16].to_owned());
        tx.execute(
            "INSERT OR REPLACE INTO collations (story, made, made_by, versions, bytes, noticed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id,
                at.as_second(),
                made_by(),
                named.join(","),
                blobs::squeeze(json.as_bytes()),
                rashomon::wire::json(&noticed)
            ],
        )?;
        let independence = &pair.1.lineage.independence;
        tx.execute(
            "UPDATE stories SET fresh = ?1, low = ?2, high = ?3 WHERE id = ?4",
            params![fresh, count(independence.low), count(independence.high), id],
        )?;
        write_tables(&tx, id, corpus, &pair.1, &versions)?;
        tx.commit()?;
        let made = articles::moment(at.as_second());
        let kept = StoredCollation { json, made, made_by: made_by(), fresh, noticed: Some(noticed) };
        Ok((kept, collated))
    }

    /// The articles of a story, annotated, and their comparison, for whoever shows it; not kept, so that a store that is only
    /// read gives it too.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn compared(&mut self, key: &str) -> Result<Collated> {
        Ok(self.compare_story(key, Stages::REAL)?.collated)
    }

    /// The articles of a story, annotated, and their comparison, for whoever goes on with it; kept if what is kept is older.
    ///
    /// # Errors
    /// If there is no such story, or an article of it cannot be read.
    pub fn collated(&mut self, key: &str, at: Timestamp) -> Result<Collated> {
        let is_current = self.collation(key)?.is_some_and(|it| it.is_current());
        Ok(if is_current { self.compared(key)? } else { self.collate_anew(key, at)?.1 })
    }

    /// What was noticed while the articles of a story were read and placed, what is missing first: all that is known of one
    /// that was not compared.
    ///
    /// # Errors
    /// If there is no such story.
    pub fn noticed_in(&self, key: &str) -> Result<Vec<Noticed>> {
        let id = stories::number(&self.conn, key)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT v.noticed, s.noticed FROM story_articles m JOIN articles a ON a.id = m.article JOIN versions v ON v.id = a.latest \
             LEFT JOIN sketches s ON s.article = a.id WHERE m.story = ?1 AND coalesce(v.noticed, s.noticed) IS NOT NULL",
        )?;
        let rows = statement.query_map([id], |row| Ok([row.get::<_, Option<String>>(0)?, row.get(1)?]))?;
        let columns: Vec<[Option<String>; 2]> = rows.collect::<rusqlite::Result<_>>()?;
        let all = columns.iter().flatten().flat_map(|it| noticed::read(it.as_deref()));
        Ok(noticed::in_order(all.collect()))
    }

    fn compare_story(&mut self, key: &str, stages: Stages) -> Result<ComparedStory> {
        let id = stories::number(&self.conn, key)?;
        let whole_story = latest(&self.conn, id)?;
        let members = last(&whole_story);
        let numbers: Vec<i64> = members.iter().map(|it| it.1).collect();
        let (annotated, mut noticed) = self.annotated_by(&numbers, stages.annotate)?;
        noticed.extend(self.noticed_in(key)?);
        if members.len() < whole_story.len() {
            noticed.push(Noticed::from(&cut_short(key, whole_story.len())));
        }
        let mut versions: FxHashMap<String, (i64, i64)> = FxHashMap::default();
        let mut scores: FxHashMap<String, (f64, String)> = FxHashMap::default();
        for ((article, version, score, rule), it) in members.iter().zip(&annotated) {
            versions.insert(it.article.id.clone(), (*article, *version));
            scores.insert(it.article.id.clone(), (*score, rule.clone()));
        }
        let mut corpus = Corpus::new(annotated).output;
        let found = group::group(&corpus);
        noticed.extend(noticed::of(&found.notes));
        let story = whole(&corpus, key, &found.output, &scores);
        noticed.extend(noticed::of(&assume_datelines(&mut corpus, std::slice::from_ref(&story))));
        let apart = apart(&corpus, &changes::unlike(&self.conn)?);
        let Noted { output: mut collation, notes } = (stages.compare)(&corpus, &story, &apart);
        noticed.extend(noticed::of(&notes));
        if let Some(owners) = outlets::owners(&self.conn)? {
            let it = &mut collation.lineage;
            it.independence = independence(&corpus, &story.articles, &it.relations, &owners);
        }
        let collated = Collated { corpus, stories: vec![(story, collation)] };
        Ok(ComparedStory { collated, versions, noticed: noticed::in_order(noticed) })
    }
}

/// A story that was compared.
struct ComparedStory {
    collated: Collated,
    /// By key the numbers of the articles and versions that went into it.
    versions: FxHashMap<String, (i64, i64)>,
    /// What was noticed on the way.
    noticed: Vec<Noticed>,
}

/// What reads and compares the articles of a story; a test puts faults into it.
#[derive(Clone, Copy)]
struct Stages {
    annotate: fn(Article) -> Noted<Annotated>,
    compare: fn(&Corpus, &Story, &[(Anchor, Anchor)]) -> Noted<Collation>,
}

impl Stages {
    const REAL: Self = Self { annotate, compare: compare::compare_apart };
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

/// Those of a story's articles that are compared.
fn last<T>(members: &[T]) -> &[T] {
    &members[members.len().saturating_sub(COMPARED)..]
}

/// Says that a story has more reports than are compared.
fn cut_short(key: &str, reports: usize) -> Note {
    Note {
        place: format!("story {key}"),
        message: format!("of {reports} reports the last {COMPARED} were compared"),
        rule: "long-story",
        severity: Severity::Warning,
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
fn whole(corpus: &Corpus, key: &str, found: &[Story], scores: &FxHashMap<String, (f64, String)>) -> Story {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Prepared, Retrieved, prepare};
    use rashomon::model::{survive, survive_faults};

    fn at(hour: i8) -> Timestamp {
        jiff::civil::date(2031, 5, 4).at(hour, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    }

    /// A store with one story of `reports` reports, and its key.
    fn store_of(reports: usize, path: &std::path::Path) -> (Store, String) {
        let mut store = Store::open(path).unwrap();
        let encoder = store.encoder().unwrap();
        let row = |n: usize| {
            let text = format!(
                "The ferry Lind ran aground off Port Nora on Sunday with 212 people on board, the harbour office said. \
                 \u{201c}Nobody was hurt,\u{201d} captain Ola Brandt said. Paper {n} saw {n} tugs at the ferry Lind."
            );
            let it = serde_json::json!({"url": format!("https://paper-{n}.example/ferry"), "outlet": format!("Paper {n}"),
                "title": "Ferry Lind aground off Port Nora", "text": text, "published": "2031-05-04T06:00:00Z"});
            it.to_string()
        };
        let rows: Vec<String> = (0..reports).map(row).collect();
        let records = rashomon::read::records_in(rows.join("\n").into(), "a.jsonl").unwrap();
        let all: Vec<Prepared> =
            records.map(|it| prepare(Retrieved::of(it.unwrap(), at(7)), &encoder).output.unwrap()).collect();
        let key = store.put(&all).unwrap()[0].article.clone();
        store.group(at(7)).unwrap();
        let story = store.article(&key).unwrap().unwrap().story.unwrap();
        assert_eq!(store.story(&story).unwrap().unwrap().articles as usize, reports);
        (store, story)
    }

    fn failing<T>(what: &str) -> T {
        panic!("{what}")
    }

    /// Annotates, but for the report of one paper.
    fn annotate_all_but_one(article: Article) -> Noted<Annotated> {
        if article.outlet.as_deref() != Some("Paper 1") {
            return annotate(article);
        }
        let fault = survive(|| failing::<()>("no such word")).unwrap_err();
        let note = Note::of_fault(&article.source, "its sentences are not known", &fault);
        Noted { output: Annotated::new(article), notes: vec![note] }
    }

    fn compare_without_points(corpus: &Corpus, story: &Story, apart: &[(Anchor, Anchor)]) -> Noted<Collation> {
        let mut it = compare::compare_apart(corpus, story, apart);
        it.output.points.clear();
        let fault = survive(|| failing::<()>("no such sentence")).unwrap_err();
        it.notes.push(Note::of_fault("a.jsonl:1 and 2 more reports", "points are not known", &fault));
        it
    }

    #[test]
    fn what_a_fault_cost_a_story_is_kept_and_told_until_it_is_compared_whole() {
        survive_faults();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        let (mut store, story) = store_of(3, &path);
        let faulty = Stages { annotate: annotate_all_but_one, compare: compare_without_points };
        let (made, _) = store.collate_anew_by(&story, at(8), faulty).unwrap();
        drop(store);

        let store = Store::open_read_only(&path).unwrap();
        let kept = store.collation(&story).unwrap().unwrap();
        assert_eq!(kept.noticed, made.noticed);
        let noticed = kept.noticed.unwrap();
        let [points, layers] = &noticed[..] else { panic!("{noticed:?}") };
        assert_eq!((layers.place.as_str(), points.place.as_str()), ("a.jsonl:2", "a.jsonl:1 and 2 more reports"));
        for (it, lost) in [(layers, "sentences are not known"), (points, "points are not known")] {
            assert!(it.is_loss() && it.rule == "fault-of-the-program", "{it:?}");
            assert!(it.message.contains(lost) && it.message.contains("no such"), "{it:?}");
            assert!(it.message.contains("collate.rs:"), "the line of the source: {it:?}");
        }
        let stamp = store.collation_made(&story).unwrap();
        drop(store);

        // What was left without layers is not kept as if it had none: a program without the fault reads it.
        let mut store = Store::open(&path).unwrap();
        let (made, _) = store.collate_anew(&story, at(8)).unwrap();
        assert_eq!((store.annotations_made(), made.noticed), (1, Some(Vec::new())));
        assert_ne!(store.collation_made(&story).unwrap(), stamp, "what shows it is made anew too");
    }

    #[test]
    fn a_store_of_version_1_is_brought_up_to_date_and_what_it_never_kept_is_not_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        let (mut store, story) = store_of(2, &path);
        let json = store.collate(&story, at(8)).unwrap().json;
        for table in ["versions", "sketches", "annotations", "collations"] {
            store.conn.execute(&format!("ALTER TABLE {table} DROP COLUMN noticed"), []).unwrap();
        }
        store.conn.pragma_update(None, "user_version", 1).unwrap();
        drop(store);

        let refused = Store::open_read_only(&path).unwrap_err().to_string();
        assert!(refused.contains("version 1") && refused.contains("brings it up to date"), "{refused}");
        drop(Store::open_to_read(&path).unwrap());
        let mut store = Store::open(&path).unwrap();
        let before = folder.path().join("news.db.before-2");
        assert_eq!(
            rusqlite::Connection::open(before).unwrap().query_row("PRAGMA user_version", [], |it| it.get(0)),
            Ok(1)
        );
        let kept = store.collation(&story).unwrap().unwrap();
        assert_eq!((kept.noticed.as_ref(), kept.json.as_str()), (None, json.as_str()));
        let anew = store.collate(&story, at(9)).unwrap();
        assert_eq!((anew.noticed, anew.json), (Some(Vec::new()), json));
        assert!(store.check().unwrap().problems.is_empty());
        assert!(Store::open_read_only(&path).is_ok());
    }

    #[test]
    fn a_story_of_more_reports_than_are_compared_says_so_and_is_compared_once() {
        let all: Vec<usize> = (0..COMPARED + 7).collect();
        assert_eq!((last(&all).len(), last(&all)[0]), (COMPARED, 7));
        assert_eq!(last(&all[..3]), [0, 1, 2]);
        assert!(cut_short("a", 407).message.contains("of 407 reports the last 400"));
    }
}
