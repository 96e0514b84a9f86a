//! Articles into stories as they arrive.
//!
//! Of each article its sketch, what it is near to and its surest join are kept. A run loads only what new articles may have
//! to do with: the articles within three windows of time of theirs, and all of the stories these are in. Undated articles
//! look for what is near among the [`LATEST`] articles that came last.

use crate::rows::Noticed;
use crate::{Result, Store, changes, noticed, put};
use jiff::Timestamp;
use rashomon::group::{Grouper, Record, Remembered, probability, rules};
use rashomon::model::Note;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// New articles that are placed together: enough that little is loaded twice, few enough to stay small.
const PLACED: usize = 50_000;
/// Days around new articles that are loaded: three windows of [`rashomon::group`].
const AROUND: i64 = 30;
/// Stores up to this many articles are loaded as a whole; of larger ones so many for undated articles.
const LATEST: i64 = 40_000;

/// What a run of grouping did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouped {
    /// Articles that were placed for the first time or again.
    pub placed: usize,
    /// Stories that are new or have other articles, or other versions of them, by key, in order.
    pub changed: Vec<String>,
    /// Stories that were merged into others.
    pub merged: usize,
    /// Stories that were split.
    pub split: usize,
    /// Which articles faults of the program kept from being placed, or two from being compared.
    pub notes: Vec<Note>,
}

impl Store {
    /// Puts all articles that are new or changed into stories.
    ///
    /// # Errors
    /// If the store cannot be read or written; what was placed before stays.
    pub fn group(&mut self, at: Timestamp) -> Result<Grouped> {
        self.group_with(at, &|_, _| {})
    }

    /// The same, with what is called with two articles before they are compared: a test puts a fault there.
    fn group_with(&mut self, at: Timestamp, before: &(dyn Fn(&Record, &Record) + Sync)) -> Result<Grouped> {
        let mut all = Grouped::default();
        let mut changed: BTreeSet<String> = BTreeSet::new();
        loop {
            let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let fresh = fresh(&tx)?;
            if fresh.is_empty() {
                break;
            }
            let known = known(&tx, &fresh)?;
            let done = place(&tx, &known, &fresh, at.as_second(), before)?;
            tx.commit()?;
            all.placed += done.placed;
            all.merged += done.merged;
            all.split += done.split;
            all.notes.extend(done.notes);
            changed.extend(done.changed);
        }
        all.changed = changed.into_iter().collect();
        Ok(all)
    }
}

/// Articles that were never placed or have changed since, the oldest first, the undated last; not more than fit into a run.
fn fresh(conn: &Connection) -> Result<Vec<(i64, Option<i64>)>> {
    let mut statement = conn.prepare_cached(
        "SELECT article, day FROM sketches WHERE near IS NULL ORDER BY day IS NULL, day, article LIMIT ?1",
    )?;
    let rows =
        statement.query_map([i64::try_from(PLACED).unwrap_or(i64::MAX)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The articles that were placed and that the fresh ones may have to do with, in order.
fn known(conn: &Connection, fresh: &[(i64, Option<i64>)]) -> Result<Vec<i64>> {
    let count: i64 =
        conn.query_row("SELECT count(*) FROM (SELECT 1 FROM sketches LIMIT ?1)", [LATEST + 1], |r| r.get(0))?;
    let ids = |sql: &str, params: &[&dyn rusqlite::ToSql]| -> Result<Vec<i64>> {
        Ok(conn.prepare_cached(sql)?.query_map(params, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    if count <= LATEST {
        return ids("SELECT article FROM sketches WHERE near IS NOT NULL ORDER BY article", &[]);
    }
    let mut found: BTreeSet<i64> = BTreeSet::new();
    let days = || fresh.iter().filter_map(|it| it.1);
    // One stretch of days after the other: an old report that comes late does not load all that lies between.
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for day in days() {
        match stretches.last_mut() {
            Some((_, last)) if day - AROUND <= *last + 1 => *last = day + AROUND,
            _ => stretches.push((day - AROUND, day + AROUND)),
        }
    }
    for (first, last) in stretches {
        found.extend(ids(
            "SELECT article FROM sketches WHERE near IS NOT NULL AND day BETWEEN ?1 AND ?2 \
             UNION SELECT y.article FROM story_articles y WHERE y.story IN (SELECT x.story FROM sketches s JOIN story_articles x \
             ON x.article = s.article WHERE s.near IS NOT NULL AND s.day BETWEEN ?1 AND ?2)",
            &[&first, &last],
        )?);
    }
    if fresh.iter().any(|it| it.1.is_none()) {
        found.extend(ids(
            "SELECT y.article FROM story_articles y WHERE y.story IN (SELECT x.story FROM (SELECT article FROM sketches \
             WHERE near IS NOT NULL ORDER BY article DESC LIMIT ?1) s JOIN story_articles x ON x.article = s.article)",
            &[&LATEST],
        )?);
    }
    let pinned = "SELECT y.article FROM story_articles y WHERE y.story IN (SELECT x.story FROM pins p JOIN articles a ON a.key IN (p.a, p.b) \
        JOIN story_articles x ON x.article = a.id WHERE p.kind IN ('join', 'part'))";
    found.extend(ids(pinned, &[])?);
    let fresh: FxHashSet<i64> = fresh.iter().map(|it| it.0).collect();
    Ok(found.into_iter().filter(|it| !fresh.contains(it)).collect())
}

/// Places the fresh articles among the known ones and writes down what changed.
fn place(
    conn: &Transaction<'_>,
    known: &[i64],
    fresh: &[(i64, Option<i64>)],
    now: i64,
    before_each: &(dyn Fn(&Record, &Record) + Sync),
) -> Result<Grouped> {
    let mut grouper = Grouper::new();
    // Numbers of the run to numbers of the store, and back.
    let mut rows: Vec<i64> = Vec::with_capacity(known.len() + fresh.len());
    let mut numbers: FxHashMap<i64, u32> = FxHashMap::default();
    let mut before: Vec<(Option<Vec<u8>>, Option<f32>, Option<i64>)> = Vec::with_capacity(known.len());
    let mut statement = conn.prepare_cached(
        "SELECT s.record, a.key, s.near, s.surest, m.story FROM sketches s JOIN articles a ON a.id = s.article \
         LEFT JOIN story_articles m ON m.article = s.article WHERE s.article = ?1",
    )?;
    // What was placed before but has lost its story or its neighbours is placed again.
    let mut again: Vec<i64> = Vec::new();
    for id in known {
        let row = statement
            .query_row([id], |row| {
                Ok((
                    row.get::<_, Vec<u8>>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, Option<Vec<u8>>>(2)?,
                    row.get::<_, Option<f64>>(3)?,
                    row.get::<_, Option<i64>>(4)?,
                ))
            })
            .optional()?;
        let Some((record, key, near, surest, story)) = row else { continue };
        if near.is_none() || story.is_none() {
            again.push(*id);
            continue;
        }
        let Some(record) = Record::decode(&mut &record[..]) else { continue };
        if grouper.add(record.called(&key)) {
            numbers.insert(*id, u32::try_from(rows.len()).unwrap_or(u32::MAX));
            rows.push(*id);
            #[allow(clippy::cast_possible_truncation, reason = "was one before it was kept")]
            before.push((near, surest.map(|it| it as f32), story));
        }
    }
    let story_number = |id: i64| u32::try_from(id).unwrap_or(u32::MAX);
    let remembered = before.iter().map(|(near, surest, story)| {
        let (similarity, crowded, ids) = unpack(near.as_deref().unwrap_or_default());
        Remembered {
            near: ids.iter().filter_map(|id| numbers.get(id).copied()).collect(),
            similarity,
            crowded,
            story: story_number(story.unwrap_or_default()),
            surest: *surest,
        }
    });
    let remembered: Vec<Remembered> = remembered.collect();
    grouper.remember(remembered);
    let mut placed = 0;
    let mut fresh_rows: FxHashSet<i64> = FxHashSet::default();
    for id in fresh.iter().map(|it| it.0).chain(again) {
        if fresh_rows.contains(&id) {
            continue;
        }
        let row: (Vec<u8>, String) = conn
            .prepare_cached(
                "SELECT s.record, a.key FROM sketches s JOIN articles a ON a.id = s.article WHERE s.article = ?1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let record = Record::decode(&mut &row.0[..]).unwrap_or_else(|| Record::of(&rashomon::group::Light::default()));
        if grouper.add(record.called(&row.1)) {
            rows.push(id);
            fresh_rows.insert(id);
            placed += 1;
        }
    }
    grouper.pin(&changes::story_pins(conn)?);
    let found = grouper.place_with(before_each);

    // What every article that was looked at is near to.
    let mut keep = conn.prepare_cached("UPDATE sketches SET near = ?1, surest = ?2 WHERE article = ?3")?;
    let mut surest: FxHashMap<u32, Option<f32>> = FxHashMap::default();
    for (n, it) in &found.remembered {
        let near: Vec<i64> = it.near.iter().map(|m| rows[*m as usize]).collect();
        keep.execute(params![pack(it.similarity, it.crowded, &near), it.surest, rows[*n as usize]])?;
        surest.insert(*n, it.surest);
    }
    // No article is looked at for ever.
    let mut looked =
        conn.prepare_cached("UPDATE sketches SET near = x'0000000000' WHERE article = ?1 AND near IS NULL")?;
    for (row, _) in fresh {
        looked.execute([row])?;
    }
    // The stories that are new, have other articles, or others of their versions.
    let mut touched: BTreeMap<u32, Vec<(i64, Option<f32>)>> = BTreeMap::new();
    for (number, group) in (0_u32..).zip(&found.groups) {
        let row = |n: &u32| rows[*n as usize];
        let story = |n: &u32| before.get(*n as usize).and_then(|it| it.2);
        let held: FxHashSet<Option<i64>> = group.iter().map(story).collect();
        let size = |story: i64| -> Result<usize> {
            let sql = "SELECT count(*) FROM story_articles WHERE story = ?1";
            let size: i64 = conn.prepare_cached(sql)?.query_row([story], |it| it.get(0))?;
            Ok(usize::try_from(size).unwrap_or(0))
        };
        let as_it_was = match (held.len(), story(&group[0])) {
            (1, Some(story)) => size(story)? == group.len() && !group.iter().any(|n| fresh_rows.contains(&row(n))),
            _ => false,
        };
        if !as_it_was {
            touched.insert(number, group.iter().map(|n| (row(n), surest.get(n).copied().flatten())).collect());
        }
    }
    let again = found.groups.iter().flatten().map(|n| rows[*n as usize]);
    let notes = tell(conn, again, found.notes)?;
    Ok(Grouped { placed, notes, ..write(conn, touched, now)? })
}

/// Keeps what could not be compared beside the articles, in place of what was said of those that were placed again; gives it
/// with where they are from in place of their keys.
fn tell(conn: &Connection, again: impl Iterator<Item = i64>, mut notes: Vec<Note>) -> Result<Vec<Note>> {
    let mut quiet =
        conn.prepare_cached("UPDATE sketches SET noticed = NULL WHERE article = ?1 AND noticed IS NOT NULL")?;
    for article in again {
        quiet.execute([article])?;
    }
    let mut source = conn.prepare_cached(
        "SELECT a.id, v.source FROM articles a LEFT JOIN versions v ON v.id = a.latest WHERE a.key = ?1",
    )?;
    let mut of_article: BTreeMap<i64, Vec<Noticed>> = BTreeMap::new();
    for it in &mut notes {
        let found = source.query_row([&it.place], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?)));
        let Some((article, source)) = found.optional()? else { continue };
        it.place = source.unwrap_or_else(|| std::mem::take(&mut it.place));
        of_article.entry(article).or_default().push(Noticed::from(&*it));
    }
    let mut keep = conn.prepare_cached("UPDATE sketches SET noticed = ?1 WHERE article = ?2")?;
    for (article, noticed) in of_article {
        keep.execute(params![noticed::written(&noticed), article])?;
    }
    Ok(notes)
}

/// Writes down the new stories: each keeps the key of the one that most of its articles were in.
fn write(conn: &Connection, groups: BTreeMap<u32, Vec<(i64, Option<f32>)>>, now: i64) -> Result<Grouped> {
    let mut done = Grouped::default();
    let mut old: FxHashMap<i64, i64> = FxHashMap::default();
    let mut shares: Vec<(usize, i64, u32)> = Vec::new();
    let mut story_of = conn.prepare_cached("SELECT story FROM story_articles WHERE article = ?1")?;
    for (number, members) in &groups {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for (row, _) in members {
            if let Some(story) = story_of.query_row([row], |it| it.get::<_, i64>(0)).optional()? {
                old.insert(*row, story);
                *counts.entry(story).or_default() += 1;
            }
        }
        shares.extend(counts.into_iter().map(|(story, n)| (n, story, *number)));
    }
    // The largest share first; each story goes on as one group, each group as one story.
    shares.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut goes_on: BTreeMap<u32, i64> = BTreeMap::new();
    let mut taken: BTreeSet<i64> = BTreeSet::new();
    for (_, story, number) in &shares {
        if !taken.contains(story) && !goes_on.contains_key(number) {
            goes_on.insert(*number, *story);
            taken.insert(*story);
        }
    }
    let mut touched: BTreeSet<i64> = old.values().copied().collect();
    let mut set = conn.prepare_cached(
        "INSERT OR REPLACE INTO story_articles (article, story, score, rule) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut groups_of: BTreeMap<i64, i64> = BTreeMap::new();
    for (number, members) in &groups {
        let (story, is_new) = match goes_on.get(number) {
            Some(story) => (*story, false),
            None => (make(conn, members, now)?, true),
        };
        touched.insert(story);
        let oldest = oldest(conn, members)?;
        for (row, surest) in members {
            let (score, rule) = match surest {
                _ if *row == oldest => (1.0, rules::OLDEST_REPORT),
                Some(odds) => (probability(f64::from(*odds)), rules::SAME_EVENT),
                None => (1.0, rules::PINNED),
            };
            set.execute(params![row, story, score, rule.name()])?;
        }
        let from: BTreeSet<i64> = members.iter().filter_map(|(row, _)| old.get(row).copied()).collect();
        let grown = members.iter().any(|(row, _)| !old.contains_key(row));
        for other in from.iter().filter(|it| **it != story) {
            groups_of.insert(*other, story);
        }
        let kind = if is_new && from.is_empty() {
            "story"
        } else if is_new {
            done.split += 1;
            "split"
        } else if from.len() > 1 {
            "merged"
        } else if grown {
            "grown"
        } else {
            "changed"
        };
        let detail = (from.len() > 1 || kind == "split")
            .then(|| from.iter().map(|it| key(conn, *it)).collect::<Result<Vec<_>>>());
        let detail = detail.transpose()?.map(|it| serde_json::json!({"before": it}));
        put::say(conn, now, kind, None, None, Some(story), detail.as_ref())?;
    }
    drop(set);
    for story in &touched {
        let left: i64 =
            conn.query_row("SELECT count(*) FROM story_articles WHERE story = ?1", [story], |it| it.get(0))?;
        if left == 0 {
            let into = groups_of.get(story).copied();
            conn.execute(
                "UPDATE stories SET into_story = ?1, articles = 0, fresh = 0, changed = ?2 WHERE id = ?3",
                params![into, now, story],
            )?;
            if into.is_some() {
                done.merged += 1;
            }
        } else {
            sum_up(conn, *story, now)?;
        }
        done.changed.push(key(conn, *story)?);
    }
    Ok(done)
}

fn key(conn: &Connection, story: i64) -> Result<String> {
    Ok(conn.query_row("SELECT key FROM stories WHERE id = ?1", [story], |it| it.get(0))?)
}

/// The oldest of some articles: by date, undated ones last, then by key.
fn oldest(conn: &Connection, members: &[(i64, Option<f32>)]) -> Result<i64> {
    let mut best: Option<((bool, i64, String), i64)> = None;
    let mut statement = conn.prepare_cached(
        "SELECT coalesce(v.published, v.updated), a.key FROM articles a LEFT JOIN versions v ON v.id = a.latest WHERE a.id = ?1",
    )?;
    for (row, _) in members {
        let (at, key): (Option<i64>, String) = statement.query_row([row], |it| Ok((it.get(0)?, it.get(1)?)))?;
        let rank = (at.is_none(), at.unwrap_or_default(), key);
        if best.as_ref().is_none_or(|(held, _)| rank < *held) {
            best = Some((rank, *row));
        }
    }
    Ok(best.map_or(0, |it| it.1))
}

/// A new story, called by its oldest article.
fn make(conn: &Connection, members: &[(i64, Option<f32>)], now: i64) -> Result<i64> {
    let oldest = oldest(conn, members)?;
    let wanted: String = conn.query_row("SELECT key FROM articles WHERE id = ?1", [oldest], |it| it.get(0))?;
    let mut key = wanted.clone();
    let mut n = 1;
    let mut taken = conn.prepare_cached("SELECT 1 FROM stories WHERE key = ?1")?;
    while taken.query_row([&key], |_| Ok(())).optional()?.is_some() {
        n += 1;
        key = format!("{wanted}#{n}");
    }
    conn.prepare_cached("INSERT INTO stories (key, made, changed) VALUES (?1, ?2, ?2)")?.execute(params![key, now])?;
    Ok(conn.last_insert_rowid())
}

/// Writes down anew what can be said of a story from its articles.
pub(crate) fn sum_up(conn: &Connection, story: i64, now: i64) -> Result<()> {
    conn.prepare_cached(
        "UPDATE stories SET (articles, outlets, first_published, last_published) = \
         (SELECT count(*), count(DISTINCT v.outlet), min(coalesce(v.published, v.updated)), max(coalesce(v.published, v.updated)) \
          FROM story_articles m JOIN articles a ON a.id = m.article LEFT JOIN versions v ON v.id = a.latest WHERE m.story = ?1), \
         headline = ?3, fresh = 0, changed = ?2, into_story = NULL WHERE id = ?1",
    )?
    .execute(params![story, now, headline(conn, story)?])?;
    Ok(())
}

/// The headline of a story's newest state; empty if none of its articles has one.
fn headline(conn: &Connection, story: i64) -> Result<String> {
    let mut statement = conn.prepare_cached(
        "SELECT v.title, coalesce(v.published, v.updated), v.updated FROM story_articles m JOIN articles a ON a.id = m.article \
         JOIN versions v ON v.id = a.latest WHERE m.story = ?1 AND v.title IS NOT NULL",
    )?;
    let titles = statement
        .query_map([story], |it| Ok((it.get(0)?, it.get::<_, Option<i64>>(1)?, it.get::<_, Option<i64>>(2)?)))?
        .collect::<rusqlite::Result<Vec<(String, _, _)>>>()?;
    let told = titles.iter().map(|(title, at, updated)| (title.as_str(), at.map(|at| (at, *updated))));
    Ok(rashomon::group::headline(told).unwrap_or_default().to_owned())
}

/// What an article is near to, as bytes: similarity, whether its terms are crowded, and numbers of the store.
fn pack(similarity: f32, crowded: bool, near: &[i64]) -> Vec<u8> {
    let mut out = similarity.to_le_bytes().to_vec();
    out.push(u8::from(crowded));
    for id in near {
        out.extend(u32::try_from(*id).unwrap_or(u32::MAX).to_le_bytes());
    }
    out
}

fn unpack(bytes: &[u8]) -> (f32, bool, Vec<i64>) {
    let Some((head, rest)) = bytes.split_at_checked(5) else { return (0.0, false, Vec::new()) };
    let similarity = f32::from_le_bytes([head[0], head[1], head[2], head[3]]);
    let ids = rest.chunks_exact(4).map(|b| i64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
    (similarity, head[4] == 1, ids.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i8) -> Timestamp {
        jiff::civil::date(2031, 5, 4).at(hour, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    }

    /// Puts a report of each of these papers; their keys.
    fn put(store: &mut Store, papers: std::ops::Range<usize>, hour: i8) -> Vec<String> {
        let encoder = store.encoder().unwrap();
        let row = |n: usize| {
            let text =
                format!("The ferry Lind ran aground off Port Nora on Sunday with 212 people on board, said paper {n}.");
            serde_json::json!({"url": format!("https://paper-{n}.example/ferry"), "text": text,
                "title": "Ferry Lind aground off Port Nora", "published": "2031-05-04T06:00:00Z"})
            .to_string()
        };
        let rows: Vec<String> = papers.clone().map(row).collect();
        let records = rashomon::read::records_in(rows.join("\n").into(), "a.jsonl").unwrap();
        let all: Vec<crate::Prepared> = records
            .map(|it| crate::prepare(crate::Retrieved::of(it.unwrap(), at(hour)), &encoder).output.unwrap())
            .collect();
        store.put(&all).unwrap().into_iter().map(|it| it.article).collect()
    }

    #[test]
    fn a_fault_costs_one_article_its_story_and_is_told_until_it_is_placed_again() {
        rashomon::model::survive_faults();
        let mut store = Store::in_memory().unwrap();
        let keys = put(&mut store, 0..5, 7);
        let odd = keys[1].clone();
        let fault = move |a: &Record, b: &Record| assert!(![a.id(), b.id()].contains(&odd.as_str()), "no such term");
        let done = store.group_with(at(7), &fault).unwrap();
        let [note] = &done.notes[..] else { panic!("{:?}", done.notes) };
        assert_eq!((done.placed, note.place.as_str()), (5, "a.jsonl:2"), "where it is from");
        let story = |store: &Store, key: &str| store.article(key).unwrap().unwrap().story.unwrap();
        let (alone, whole) = (story(&store, &keys[1]), story(&store, &keys[0]));
        let size = |store: &Store, key: &str| store.story(key).unwrap().unwrap().articles;
        assert_eq!((size(&store, &alone), size(&store, &whole)), (1, 4));
        let noticed = store.noticed_in(&alone).unwrap();
        assert!(matches!(&noticed[..], [it] if it.is_loss() && it.message.contains("no such term")), "{noticed:?}");
        assert!(store.noticed_in(&whole).unwrap().is_empty());
        // The next round asks nothing again, and the one after it places what came beside it.
        assert_eq!(store.group_with(at(8), &fault).unwrap(), Grouped::default());
        put(&mut store, 5..6, 9);
        assert!(store.group(at(9)).unwrap().notes.is_empty());
        assert_eq!(size(&store, &story(&store, &keys[1])), 6);
        assert!(store.noticed_in(&whole).unwrap().is_empty());
    }

    #[test]
    fn what_is_near_comes_back() {
        assert_eq!(unpack(&pack(0.25, true, &[7, 3, 70_000])), (0.25, true, vec![7, 3, 70_000]));
        assert_eq!(unpack(&[1]), (0.0, false, vec![]));
    }
}
