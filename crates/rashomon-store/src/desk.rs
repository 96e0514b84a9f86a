//! What a person keeps beside the findings: notes, cases, what was looked at, and lists of stories by what is in them.

use crate::articles::{MOST, moment_at, two};
use crate::rows::{Page, StoryRow};
use crate::stories::{STORY, story_row};
use crate::{Error, Result, Store};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params, params_from_iter, types::Value};
use schemars::JsonSchema;
use serde::Serialize;

/// A person's remark on a story, on a statement of it, or on an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Note {
    /// Number inside the store.
    pub id: i64,
    /// The story, by its key.
    pub story: Option<String>,
    /// The statement of the story: id of a point, a quotation or an event.
    pub statement: Option<String>,
    /// The article, by its key.
    pub article: Option<String>,
    /// The remark.
    pub text: String,
    /// Who made it.
    pub by: Option<String>,
    /// When.
    pub made: String,
}

/// A folder of stories.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Case {
    /// Number inside the store.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The stories in it, by their keys.
    pub stories: Vec<String>,
    /// When it was made.
    pub made: String,
}

/// Which stories are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryFilter {
    /// Only those that changed since then.
    pub since: Option<Timestamp>,
    /// Only those with at least so many articles.
    pub least_articles: u32,
    /// Only those with a report by this outlet.
    pub outlet: Option<String>,
    /// Only those with a report in this language.
    pub language: Option<String>,
    /// Only those with a report that has these words.
    pub words: Option<String>,
    /// Only those that somebody follows.
    pub followed: bool,
    /// Go on where a page ended.
    pub cursor: Option<String>,
    /// At most so many; 100 at most.
    pub limit: u32,
}

/// What came to a story after somebody looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// New reports.
    pub articles: u32,
    /// New versions of reports.
    pub versions: u32,
    /// Whether anybody has looked at all.
    pub looked: bool,
}

impl Store {
    /// Stories that a filter lets through, the one that changed last first.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn story_list(&self, filter: &StoryFilter) -> Result<Page<StoryRow>> {
        let (changed, id) = two(filter.cursor.as_deref())?.unwrap_or((i64::MAX, i64::MAX));
        let limit = if filter.limit == 0 { MOST } else { filter.limit.min(MOST) };
        let mut given: Vec<Value> = vec![
            filter.least_articles.into(),
            filter.since.map_or(i64::MIN, Timestamp::as_second).into(),
            changed.into(),
            id.into(),
            (limit + 1).into(),
        ];
        let mut sql = format!(
            "{STORY} WHERE s.articles >= ?1 AND s.articles > 0 AND s.into_story IS NULL AND s.changed >= ?2 AND (s.changed, s.id) < (?3, ?4)"
        );
        const REPORT: &str = "EXISTS (SELECT 1 FROM story_articles m JOIN articles a ON a.id = m.article \
                              JOIN versions v ON v.id = a.latest LEFT JOIN outlets o ON o.id = v.outlet WHERE m.story = s.id AND";
        for (column, wanted) in [("o.name", &filter.outlet), ("v.language", &filter.language)] {
            if let Some(it) = wanted {
                given.push(it.clone().into());
                sql.push_str(&format!(" AND {REPORT} {column} = ?{})", given.len()));
            }
        }
        if let Some(words) = &filter.words {
            let Some((table, query)) = crate::query::fts(words) else {
                return Ok(Page { items: Vec::new(), next: None });
            };
            given.push(query.into());
            sql.push_str(&format!(
                " AND s.id IN (SELECT m.story FROM story_articles m WHERE m.article IN (SELECT rowid FROM {table} WHERE {table} MATCH ?{}))",
                given.len()
            ));
        }
        if filter.followed {
            sql.push_str(" AND EXISTS (SELECT 1 FROM pins p WHERE p.kind = 'watch' AND p.a = s.key)");
        }
        sql.push_str(" ORDER BY s.changed DESC, s.id DESC LIMIT ?5");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(given), |row| {
            Ok((story_row(row)?, format!("{},{}", row.get::<_, i64>(8)?, row.get::<_, i64>(11)?)))
        })?;
        let mut rows: Vec<(StoryRow, String)> = rows.collect::<rusqlite::Result<_>>()?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| more).map(|(_, at)| at.clone());
        Ok(Page { items: rows.into_iter().map(|(it, _)| it).collect(), next })
    }

    /// When the kept collation of a story was made, and by what: it changes with the collation.
    ///
    /// # Errors
    /// If the store cannot be read, or there is no such story.
    pub fn collation_made(&self, story: &str) -> Result<Option<String>> {
        let id = crate::stories::number(&self.conn, story)?;
        let mut statement = self
            .conn
            .prepare_cached("SELECT made || ' ' || made_by || ' ' || versions FROM collations WHERE story = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// Stories of several articles without a comparison of their present articles, the one that changed last first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn stale_stories(&self, most: u32) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key FROM stories WHERE into_story IS NULL AND articles > 1 AND NOT fresh ORDER BY changed DESC, id DESC LIMIT ?1",
        )?;
        Ok(statement.query_map([most], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Names of outlets, the most used first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn outlet_names(&self, most: u32) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached("SELECT name FROM outlets ORDER BY id LIMIT ?1")?;
        Ok(statement.query_map([most], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// How many articles, versions and stories there are.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn counts(&self) -> Result<[u32; 3]> {
        let one = |sql: &str| self.conn.query_row(sql, [], |row| row.get::<_, u32>(0));
        Ok([
            one("SELECT count(*) FROM articles")?,
            one("SELECT count(*) FROM versions")?,
            one("SELECT count(*) FROM stories WHERE into_story IS NULL AND articles > 1")?,
        ])
    }

    /// How many alerts nobody has marked as seen.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn unseen_alerts(&self) -> Result<u32> {
        Ok(self.conn.query_row("SELECT count(*) FROM alerts WHERE seen IS NULL", [], |row| row.get(0))?)
    }

    /// What came to a story since somebody looked at it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn news_of(&self, story: &str) -> Result<News> {
        let looked: Option<i64> = self
            .conn
            .prepare_cached("SELECT change FROM looked WHERE story = ?1")?
            .query_row([story], |row| row.get(0))
            .optional()?;
        let Some(looked) = looked else { return Ok(News::default()) };
        let id = crate::stories::number(&self.conn, story)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT count(DISTINCT CASE WHEN v.number = 1 THEN v.article END), count(CASE WHEN v.number > 1 AND NOT v.trivial THEN 1 END) \
             FROM changes c JOIN versions v ON v.id = c.version JOIN story_articles m ON m.article = v.article \
             WHERE m.story = ?1 AND c.id > ?2 AND c.kind IN ('article', 'version')",
        )?;
        let (articles, versions) = statement.query_row(params![id, looked], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(News { articles, versions, looked: true })
    }

    /// Remembers that somebody looked at a story as it is now.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn look(&mut self, story: &str) -> Result<()> {
        let last = self.last_change()?;
        self.conn.execute("INSERT OR REPLACE INTO looked (story, change) VALUES (?1, ?2)", params![story, last])?;
        Ok(())
    }

    /// Changes to a story and to its articles, the newest first.
    ///
    /// # Errors
    /// If the store cannot be read, or there is no such story.
    pub fn story_changes(&self, story: &str, most: u32) -> Result<Vec<crate::Change>> {
        let id = crate::stories::number(&self.conn, story)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT c.id, c.at, c.kind, a.key, v.number FROM changes c LEFT JOIN articles a ON a.id = c.article \
             LEFT JOIN versions v ON v.id = c.version \
             WHERE c.article IN (SELECT article FROM story_articles WHERE story = ?1) AND c.kind IN ('article', 'version', 'gone', 'withdrawn') \
             ORDER BY c.id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![id, most], |row| {
            Ok(crate::Change {
                id: row.get(0)?,
                at: moment_at(row, 1)?,
                kind: row.get(2)?,
                article: row.get(3)?,
                version: row.get(4)?,
                story: Some(story.to_owned()),
                detail: None,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Notes on a story and on its statements, or on an article, the oldest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn notes(&self, story: Option<&str>, article: Option<&str>) -> Result<Vec<Note>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, story, statement, article, text, by, made FROM notes \
             WHERE (?1 IS NULL OR story = ?1) AND (?2 IS NULL OR article = ?2) ORDER BY id",
        )?;
        let rows = statement.query_map(params![story, article], |row| {
            Ok(Note {
                id: row.get(0)?,
                story: row.get(1)?,
                statement: row.get(2)?,
                article: row.get(3)?,
                text: row.get(4)?,
                by: row.get(5)?,
                made: moment_at(row, 6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps a note; its `id` and `made` are not looked at. Returns its number.
    ///
    /// # Errors
    /// If it is on nothing, or the store cannot be written.
    pub fn add_note(&mut self, note: &Note, at: Timestamp) -> Result<i64> {
        if note.story.is_none() && note.article.is_none() {
            return Err(Error::Wrong("a note is on a story or on an article".into()));
        }
        self.conn.execute(
            "INSERT INTO notes (story, statement, article, text, by, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![note.story, note.statement, note.article, note.text, note.by, at.as_second()],
        )?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Drops a note.
    ///
    /// # Errors
    /// If there is no such note.
    pub fn remove_note(&mut self, id: i64) -> Result<()> {
        let n = self.conn.execute("DELETE FROM notes WHERE id = ?1", [id])?;
        if n == 0 { Err(Error::unknown("note", id)) } else { Ok(()) }
    }

    /// All cases, in order of name.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn cases(&self) -> Result<Vec<Case>> {
        let mut statement = self.conn.prepare_cached("SELECT id, name, made FROM cases ORDER BY name")?;
        let rows = statement.query_map([], |row| {
            Ok(Case { id: row.get(0)?, name: row.get(1)?, stories: Vec::new(), made: moment_at(row, 2)? })
        })?;
        let mut all: Vec<Case> = rows.collect::<rusqlite::Result<_>>()?;
        let mut statement =
            self.conn.prepare_cached("SELECT story FROM case_stories WHERE in_case = ?1 ORDER BY story")?;
        for it in &mut all {
            it.stories = statement.query_map([it.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        }
        Ok(all)
    }

    /// Puts a story into the case of that name, which is made if it is not there.
    ///
    /// # Errors
    /// If there is no such story, or the store cannot be written.
    pub fn put_into_case(&mut self, name: &str, story: &str, at: Timestamp) -> Result<i64> {
        let tx = self.begin()?;
        crate::stories::number(&tx, story)?;
        tx.execute("INSERT OR IGNORE INTO cases (name, made) VALUES (?1, ?2)", params![name, at.as_second()])?;
        let id: i64 = tx.query_row("SELECT id FROM cases WHERE name = ?1", [name], |row| row.get(0))?;
        tx.execute("INSERT OR IGNORE INTO case_stories (in_case, story) VALUES (?1, ?2)", params![id, story])?;
        tx.commit()?;
        Ok(id)
    }

    /// Takes a story out of a case; a case without stories is dropped.
    ///
    /// # Errors
    /// If the story is not in it.
    pub fn take_out_of_case(&mut self, case: i64, story: &str) -> Result<()> {
        let tx = self.begin()?;
        let n = tx.execute("DELETE FROM case_stories WHERE in_case = ?1 AND story = ?2", params![case, story])?;
        if n == 0 {
            return Err(Error::unknown("story", format!("{story} in this case")));
        }
        tx.execute("DELETE FROM cases WHERE id = ?1 AND id NOT IN (SELECT in_case FROM case_stories)", [case])?;
        tx.commit()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn notes_are_kept_where_they_were_made() {
        let mut store = Store::in_memory().unwrap();
        let on_story = Note {
            story: Some("s".into()),
            statement: Some("p1".into()),
            text: "Ask the harbour.".into(),
            ..Note::default()
        };
        let id = store.add_note(&on_story, at(10)).unwrap();
        store
            .add_note(&Note { article: Some("a".into()), text: "Old photo.".into(), ..Note::default() }, at(11))
            .unwrap();
        assert!(store.add_note(&Note { text: "On nothing.".into(), ..Note::default() }, at(12)).is_err());
        assert_eq!(store.notes(Some("s"), None).unwrap().len(), 1);
        assert_eq!(store.notes(None, Some("a")).unwrap()[0].text, "Old photo.");
        assert_eq!(store.notes(None, None).unwrap().len(), 2);
        store.remove_note(id).unwrap();
        assert!(store.remove_note(id).is_err());
        assert!(store.notes(Some("s"), None).unwrap().is_empty());
    }

    #[test]
    fn a_case_lives_as_long_as_a_story_is_in_it() {
        let mut store = Store::in_memory().unwrap();
        assert!(store.put_into_case("Harbour", "none", at(1)).is_err());
        store.conn.execute("INSERT INTO stories (key, articles, made, changed) VALUES ('s', 2, 1, 1)", []).unwrap();
        let case = store.put_into_case("Harbour", "s", at(1)).unwrap();
        assert_eq!(store.put_into_case("Harbour", "s", at(2)).unwrap(), case);
        assert_eq!(store.cases().unwrap()[0].stories, ["s"]);
        store.take_out_of_case(case, "s").unwrap();
        assert!(store.take_out_of_case(case, "s").is_err());
        assert!(store.cases().unwrap().is_empty());
    }

    #[test]
    fn stories_are_filtered_and_paged() {
        let mut store = Store::in_memory().unwrap();
        for (key, changed) in [("a", 30), ("b", 20), ("c", 10)] {
            let row = params![key, changed];
            store
                .conn
                .execute("INSERT INTO stories (key, articles, made, changed) VALUES (?1, 2, 1, ?2)", row)
                .unwrap();
        }
        store.pin("watch", "b", None, None, at(1)).unwrap();
        let keys = |filter: &StoryFilter| {
            let page = store.story_list(filter).unwrap();
            (page.items.iter().map(|s| s.id.clone()).collect::<Vec<_>>().join(""), page.next)
        };
        let first = keys(&StoryFilter { limit: 2, ..StoryFilter::default() });
        assert_eq!(first.0, "ab");
        assert_eq!(keys(&StoryFilter { limit: 2, cursor: first.1, ..StoryFilter::default() }), ("c".into(), None));
        assert_eq!(keys(&StoryFilter { followed: true, ..StoryFilter::default() }).0, "b");
        assert_eq!(keys(&StoryFilter { since: Some(at(15)), ..StoryFilter::default() }).0, "ab");
        assert_eq!(keys(&StoryFilter { least_articles: 3, ..StoryFilter::default() }).0, "");
        assert_eq!(keys(&StoryFilter { outlet: Some("none".into()), ..StoryFilter::default() }).0, "");
        assert_eq!(keys(&StoryFilter { words: Some("rain".into()), ..StoryFilter::default() }).0, "");
        assert!(!store.news_of("a").unwrap().looked);
    }
}
