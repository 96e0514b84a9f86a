//! What a person should know of a story, each with its proof.
//!
//! | kind | says |
//! | --- | --- |
//! | `still-carried` | a report carries what the report it stands beside has taken back |
//! | `changed` | a figure or a quotation changed in a story that somebody watches |
//! | `new-account` | a story has one independent account more |
//! | `other-speaker` | reports give one quotation to different speakers |
//! | `one-source` | all reports of a story come to one account |

use crate::signal::signal;
use crate::{Alert, Result, Store, put, stories, trivial};
use jiff::Timestamp;
use rashomon::annotate::{Annotated, Corpus};
use rashomon::compare::{Change, ChangeKind, Touch, changes};
use rashomon::model::{Note, Noted, Span, survive};
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Share of the pairs of words of the shorter sentence that must stand in both for the one to carry the other.
///
/// Chosen on the invented corpus in `tests/corrections.rs`: reprints keep more, other sentences of one story less.
const CARRIES: f64 = 0.6;
/// Versions of one article that are held against each other, those found last.
const VERSIONS: usize = 6;
/// Articles of one report that "all rest on one account" is worth saying of, at least.
const MANY: i64 = 3;
/// Words of a sentence below which it proves nothing.
const WORDS: usize = 5;

/// An alert about to be kept.
struct New {
    key: String,
    kind: &'static str,
    article: Option<i64>,
    version: Option<i64>,
    text: String,
    proof: Value,
}

/// One version, annotated.
struct Kept {
    article: i64,
    version: i64,
    number: u32,
    key: String,
    name: String,
    state: String,
    at: Annotated,
}

impl Store {
    /// Looks through stories for what a person should know; keeps and returns what is new. A fault of the program itself costs
    /// one story, and is told as a note.
    ///
    /// # Errors
    /// If a story cannot be read or an alert not be kept.
    pub fn raise_alerts(&mut self, keys: &[String], at: Timestamp) -> Result<Noted<Vec<Alert>>> {
        self.raise_alerts_by(keys, |store, key| store.look_through(key, at))
    }

    /// The same with another way to look through a story, for tests.
    fn raise_alerts_by(
        &mut self,
        keys: &[String],
        look: impl Fn(&mut Self, &str) -> Result<()>,
    ) -> Result<Noted<Vec<Alert>>> {
        let before: i64 = self.conn.query_row("SELECT coalesce(max(id), 0) FROM alerts", [], |it| it.get(0))?;
        let mut notes = Vec::new();
        for key in keys {
            match survive(|| look(self, key)) {
                Ok(done) => done?,
                Err(fault) => notes.push(Note::of_fault(&format!("story {key}"), "was not looked through", &fault)),
            }
        }
        let mut new: Vec<Alert> = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = self.alerts(false, cursor.as_deref(), 100)?;
            let done = page.items.iter().any(|it| it.id <= before);
            new.extend(page.items.into_iter().filter(|it| it.id > before));
            match page.next.filter(|_| !done) {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        new.reverse();
        Ok(Noted { output: new, notes })
    }

    /// Keeps what a person should know of one story.
    fn look_through(&mut self, key: &str, at: Timestamp) -> Result<()> {
        let Some(story) = self.story(key)?.filter(|it| it.articles > 0) else { return Ok(()) };
        let is_watched = self.is_watched(key)?;
        let old_low = story.independent_low;
        let mut found = self.about_versions(key, is_watched)?;
        if story.articles > 1 {
            found.extend(self.about_accounts(key, is_watched, old_low, at)?);
        }
        self.keep_alerts(key, found, at)
    }

    fn is_watched(&self, story: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM pins p WHERE p.kind = 'watch' AND (p.a = ?1 OR p.a IN (SELECT a.key FROM stories s \
            JOIN story_articles m ON m.story = s.id JOIN articles a ON a.id = m.article WHERE s.key = ?1)) LIMIT 1";
        Ok(self.conn.prepare_cached(sql)?.query_row([story], |_| Ok(())).optional()?.is_some())
    }

    fn keep_alerts(&mut self, story: &str, found: Vec<New>, at: Timestamp) -> Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        let tx = self.begin()?;
        let id = stories::number(&tx, story)?;
        for it in found {
            let new = tx
                .prepare_cached(
                    "INSERT OR IGNORE INTO alerts (key, at, kind, story, article, version, text, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![it.key, at.as_second(), it.kind, id, it.article, it.version, it.text, it.proof.to_string()])?;
            if new > 0 {
                let detail = json!({"alert": tx.last_insert_rowid(), "kind": it.kind});
                put::say(&tx, at.as_second(), "alert", it.article, it.version, Some(id), Some(&detail))?;
            }
        }
        tx.commit()?;
        Ok(())
    }

    /// Alerts that follow from what reports of the story have changed or taken back.
    fn about_versions(&mut self, story: &str, is_watched: bool) -> Result<Vec<New>> {
        let id = stories::number(&self.conn, story)?;
        let members: Vec<(i64, String, u32, String)> = self
            .conn
            .prepare_cached(
                "SELECT a.id, a.key, a.versions, a.state FROM story_articles m JOIN articles a ON a.id = m.article WHERE m.story = ?1 ORDER BY a.key",
            )?
            .query_map([id], |it| Ok((it.get(0)?, it.get(1)?, it.get(2)?, it.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let has_signal = |article: i64| -> Result<bool> {
            let sql = "SELECT v.signal IS NOT NULL AND v.signal != 'correction' FROM versions v JOIN articles a ON a.latest = v.id WHERE a.id = ?1";
            Ok(self.conn.prepare_cached(sql)?.query_row([article], |it| it.get(0)).optional()?.unwrap_or(false))
        };
        let mut sources: Vec<i64> = Vec::new();
        for (article, _, versions, state) in &members {
            if *versions > 1 || state == "withdrawn" || has_signal(*article)? {
                sources.push(*article);
            }
        }
        if sources.is_empty() || (members.len() < 2 && !is_watched) {
            return Ok(Vec::new());
        }
        let mut latest: Vec<Kept> = Vec::new();
        for (article, key, ..) in &members {
            latest.extend(self.kept(*article, key, 1)?);
        }
        let mut out = Vec::new();
        for source in &sources {
            let Some((_, key, ..)) = members.iter().find(|it| it.0 == *source) else { continue };
            let history = self.kept(*source, key, VERSIONS)?;
            let Some(now) = history.last() else { continue };
            let others = || latest.iter().filter(|it| it.article != *source);
            let taken_back = signal(&now.at.article).filter(|it| it.kind != "correction");
            if now.state == "withdrawn" || taken_back.is_some() {
                // The last version that had something to say.
                let said = if taken_back.is_some() && history.len() > 1 { &history[history.len() - 2] } else { now };
                let why = taken_back.map_or_else(|| "taken down".to_owned(), |it| it.words);
                out.extend(others().filter_map(|it| carries_withdrawn(said, it, &why)));
            }
            for pair in history.windows(2) {
                let [old, new] = pair else { continue };
                let found = changes(&old.at, &new.at);
                for change in found.iter().filter(|it| !it.trivial) {
                    if is_watched {
                        out.extend(changed(old, new, change));
                    }
                    let Some(lost) = Lost::of(old, new, now, change) else { continue };
                    out.extend(others().filter_map(|it| lost.carried_by(it)));
                }
            }
        }
        Ok(out)
    }

    /// The last versions of an article that are no trivial ones, annotated, the oldest first.
    fn kept(&mut self, article: i64, key: &str, most: usize) -> Result<Vec<Kept>> {
        let rows: Vec<(i64, u32, String, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT v.id, v.number, a.state, o.name FROM versions v JOIN articles a ON a.id = v.article LEFT JOIN outlets o ON o.id = v.outlet \
                 WHERE v.article = ?1 AND (v.trivial = 0 OR v.id = a.latest) ORDER BY v.retrieved DESC, v.number DESC LIMIT ?2",
            )?
            .query_map(params![article, i64::try_from(most).unwrap_or(i64::MAX)], |it| {
                Ok((it.get(0)?, it.get(1)?, it.get(2)?, it.get(3)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let versions: Vec<i64> = rows.iter().rev().map(|it| it.0).collect();
        let (annotated, _) = self.annotated(&versions)?;
        let mut out = Vec::with_capacity(rows.len());
        for ((version, number, state, outlet), at) in rows.into_iter().rev().zip(annotated) {
            let name = outlet.or_else(|| at.article.title.clone()).unwrap_or_else(|| key.to_owned());
            out.push(Kept { article, version, number, key: key.to_owned(), name, state, at });
        }
        Ok(out)
    }

    /// Alerts that follow from the comparison of the story.
    fn about_accounts(
        &mut self,
        story: &str,
        is_watched: bool,
        before: Option<u32>,
        at: Timestamp,
    ) -> Result<Vec<New>> {
        let kept = self.collation(story)?;
        let was_collated = kept.is_some();
        if kept.is_some_and(|it| it.is_current()) {
            return Ok(Vec::new());
        }
        let (_, compared) = self.collate_anew(story, at)?;
        let corpus = &compared.corpus;
        let Some((_, found)) = compared.stories.first() else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        let independence = &found.lineage.independence;
        let keys = |ids: &[rashomon::model::ArticleId]| -> Vec<String> {
            ids.iter().map(|it| corpus.get(*it).article.id.clone()).collect()
        };
        let accounts: Vec<Vec<String>> = independence.accounts.iter().map(|it| keys(it)).collect();
        let count = corpus.len();
        if independence.high == 1 && i64::try_from(count).unwrap_or(0) >= MANY {
            out.push(New {
                key: format!("one-source:{story}"),
                kind: "one-source",
                article: None,
                version: None,
                text: format!("All {count} reports of this story come to one account."),
                proof: json!({"accounts": accounts, "lineage": found.lineage.relations.iter().map(|r| json!({
                    "source": r.source.map(|it| corpus.get(it).article.id.clone()), "source_name": r.source_name,
                    "derived": corpus.get(r.derived).article.id, "kind": r.kind.as_str(), "rule": r.rule.name})).collect::<Vec<_>>()}),
            });
        }
        let low = u32::try_from(independence.low).unwrap_or(u32::MAX);
        // That a story has a sixth account is news only to whoever follows it; that it has a second, to everybody.
        if let Some(before) = before.filter(|it| *it < low && (is_watched || was_collated && *it == 1)) {
            out.push(New {
                key: format!("new-account:{story}:{low}"),
                kind: "new-account",
                article: None,
                version: None,
                text: new_accounts(low, before),
                proof: json!({"accounts": accounts}),
            });
        }
        for it in found.quotes.iter().filter(|it| !it.other_speakers.is_empty()) {
            let Some(speaker) = &it.speaker else { continue };
            let forms: Vec<Value> =
                it.forms.iter().map(|f| anchor(corpus, f.anchor.article, f.anchor.span, f.speaker_span)).collect();
            out.push(New {
                key: format!("other-speaker:{story}:{}", rashomon::wire::utterance_id(corpus, it)),
                kind: "other-speaker",
                article: None,
                version: None,
                text: format!(
                    "“{}” is given to {speaker} and to {}.",
                    shortened(&it.text),
                    it.other_speakers.join(" and to ")
                ),
                proof: Value::Array(forms),
            });
        }
        Ok(out)
    }
}

/// That a story has more independent accounts than before. So many are certain, at least.
fn new_accounts(now: u32, before: u32) -> String {
    let noun = if now == 1 { "account" } else { "accounts" };
    match before {
        0 => format!("This story now has at least {now} independent {noun}."),
        _ => format!("This story now has at least {now} independent {noun}, up from {before}."),
    }
}

/// A place in an article as proof, with the words that stand there.
fn anchor(corpus: &Corpus, article: rashomon::model::ArticleId, span: Span, speaker: Option<Span>) -> Value {
    let it = corpus.get(article);
    json!({"article": it.article.id, "span": [span.start(), span.end()], "exact": it.text(span),
        "speaker": speaker.map(|it| [it.start(), it.end()])})
}

/// A place in a version as proof.
fn place(it: &Kept, role: &str, span: Span) -> Value {
    json!({"article": it.key, "version": it.number, "span": [span.start(), span.end()], "exact": it.at.text(span), "role": role})
}

fn shortened(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.chars().count() <= 120 { plain } else { plain.chars().take(117).collect::<String>() + "…" }
}

/// A figure or a quotation that changed.
fn changed(old: &Kept, new: &Kept, change: &Change) -> Option<New> {
    let what = if change.touches.contains(&Touch::Number) {
        "a figure"
    } else if change.touches.contains(&Touch::Quote) {
        "a quotation"
    } else {
        return None;
    };
    let words = |it: &Kept, span: Option<Span>| span.map(|span| shortened(it.at.text(span)));
    let (from, to) = (words(old, change.from), words(new, change.to));
    let text = match (&from, &to) {
        (Some(from), Some(to)) => format!("{} changed {what}: “{from}” became {}", new.name, quoted(to)),
        (Some(from), None) => format!("{} took out {what}: {}", new.name, quoted(from)),
        (None, Some(to)) => format!("{} put in {what}: {}", new.name, quoted(to)),
        (None, None) => return None,
    };
    let proof: Vec<Value> =
        [change.from.map(|it| place(old, "before", it)), change.to.map(|it| place(new, "after", it))]
            .into_iter()
            .flatten()
            .collect();
    let place = change.to.or(change.from).map_or(0, Span::start);
    Some(New {
        key: format!("changed:{}:{}:{place}", new.key, new.number),
        kind: "changed",
        article: Some(new.article),
        version: Some(new.version),
        text,
        proof: Value::Array(proof),
    })
}

/// A statement that a version does not make any more.
struct Lost<'a> {
    old: &'a Kept,
    new: &'a Kept,
    /// The sentence it stood in.
    sentence: Span,
    /// What stands there now.
    instead: Option<Span>,
    /// Words of it that are gone, and words that came in their place, in small letters.
    gone: BTreeSet<String>,
    came: BTreeSet<String>,
    /// Words of a note that says so.
    note: Option<String>,
}

impl<'a> Lost<'a> {
    /// What a change took back, if it took back a fact: figures, names, days, denials, quotations. `now` is the latest version,
    /// which must not say it again.
    fn of(old: &'a Kept, new: &'a Kept, now: &Kept, change: &Change) -> Option<Self> {
        let fact =
            |it: &Touch| matches!(it, Touch::Number | Touch::Name | Touch::Quote | Touch::Date | Touch::Negation);
        if change.kind == ChangeKind::Moved || !change.touches.iter().any(fact) {
            return None;
        }
        let from = change.from?;
        let sentence = old.at.sentences[old.at.sentence_at(from.start())?].span;
        let words = set(old.at.text(sentence));
        if words.len() < WORDS {
            return None;
        }
        let instead = change.to.and_then(|to| Some(new.at.sentences[new.at.sentence_at(to.start())?].span));
        let replaced = instead.map(|it| set(new.at.text(it))).unwrap_or_default();
        let changed = set(old.at.text(from));
        let gone: BTreeSet<String> = changed.difference(&replaced).cloned().collect();
        let came: BTreeSet<String> =
            change.to.map(|to| set(new.at.text(to))).unwrap_or_default().difference(&words).cloned().collect();
        if gone.is_empty() {
            return None;
        }
        let note = signal(&new.at.article).map(|it| it.words);
        let it = Self { old, new, sentence, instead, gone, came, note };
        // A sentence that came back, or was only moved or cut in two, is not lost.
        it.in_text(now).is_none().then_some(it)
    }

    /// The sentence of `other` that still says it.
    fn in_text(&self, other: &Kept) -> Option<Span> {
        let wanted = self.old.at.text(self.sentence);
        let candidates =
            other.at.sentences.iter().filter(|it| !other.at.article.is_furniture(it.span)).filter_map(|it| {
                let text = other.at.text(it.span);
                let words = set(text);
                if words.len() < WORDS || !self.gone.is_subset(&words) || self.came.iter().any(|it| words.contains(it))
                {
                    return None;
                }
                let share = trivial::resemblance(wanted, text);
                (share >= CARRIES).then_some((share, it.span))
            });
        candidates.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|it| it.1)
    }

    /// The alert that another report still carries it.
    fn carried_by(&self, other: &Kept) -> Option<New> {
        // A note that tells of the correction is how it should be.
        let span = self.in_text(other)?;
        if let Some(note) = signal(&other.at.article).and_then(|it| it.span)
            && note.overlaps(span)
        {
            return None;
        }
        let before = shortened(self.old.at.text(self.sentence));
        let what = match (&self.note, self.instead) {
            (Some(_), _) => "corrected",
            (None, Some(_)) => "changed without a note",
            (None, None) => "took out",
        };
        let mut proof = vec![place(self.old, "before", self.sentence)];
        proof.extend(self.instead.map(|it| place(self.new, "after", it)));
        proof.push(place(other, "carried", span));
        if let Some(note) = signal(&self.new.at.article).and_then(|it| it.span) {
            proof.push(place(self.new, "note", note));
        }
        Some(New {
            key: format!("still-carried:{}:{}:{}:{}", self.old.key, self.old.number, self.sentence.start(), other.key),
            kind: "still-carried",
            article: Some(other.article),
            version: Some(other.version),
            text: format!("{} still carries what {} {what}: {}", other.name, self.old.name, quoted(&before)),
            proof: Value::Array(proof),
        })
    }
}

/// The alert that a report still carries sentences of one that was withdrawn as a whole.
fn carries_withdrawn(source: &Kept, other: &Kept, why: &str) -> Option<New> {
    if other.state == "withdrawn" || signal(&other.at.article).is_some_and(|it| it.kind != "correction") {
        return None;
    }
    let own = |it: &Kept| -> Vec<(Span, BTreeSet<String>)> {
        let sentences = it.at.sentences.iter().filter(|s| !s.heading && !it.at.article.is_furniture(s.span));
        sentences.map(|s| (s.span, set(it.at.text(s.span)))).filter(|it| it.1.len() >= 2 * WORDS).collect()
    };
    let theirs = own(other);
    let mut pairs: Vec<(Span, Span)> = Vec::new();
    for (span, words) in own(source) {
        let text = source.at.text(span);
        let same = theirs.iter().find(|(it, w)| {
            // Cheap first: most of the words, then their order.
            w.intersection(&words).count() * 10 >= words.len() * 7
                && trivial::resemblance(text, other.at.text(*it)) >= CARRIES
        });
        pairs.extend(same.map(|it| (span, it.0)));
    }
    // One sentence may be an agency's; two are the report's.
    let (first, _) = *pairs.first()?;
    if pairs.len() < 2 {
        return None;
    }
    let proof: Vec<Value> =
        pairs.iter().take(5).flat_map(|(a, b)| [place(source, "withdrawn", *a), place(other, "carried", *b)]).collect();
    Some(New {
        key: format!("still-carried:{}:withdrawn:{}", source.key, other.key),
        kind: "still-carried",
        article: Some(other.article),
        version: Some(other.version),
        text: format!(
            "{} still carries {} sentences of {}, which was withdrawn ({}): {}",
            other.name,
            pairs.len(),
            source.name,
            shortened(why),
            quoted(&shortened(source.at.text(first)))
        ),
        proof: Value::Array(proof),
    })
}

/// Words between marks, at the end of a sentence: with one full stop.
fn quoted(words: &str) -> String {
    if words.ends_with(['.', '!', '?', '…']) { format!("“{words}”") } else { format!("“{words}”.") }
}

/// The words of a text in small letters; figures as they are.
fn set(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == ','))
        .map(|it| it.trim_matches(['.', ',']))
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn accounts_are_counted_in_whole_sentences() {
        assert_eq!(new_accounts(2, 1), "This story now has at least 2 independent accounts, up from 1.");
        assert_eq!(new_accounts(1, 0), "This story now has at least 1 independent account.");
    }

    #[test]
    fn a_fault_costs_one_story_its_look_and_the_next_is_looked_through() {
        rashomon::model::survive_faults();
        let mut store = Store::in_memory().unwrap();
        let seen = RefCell::new(Vec::new());
        let look = |_: &mut Store, key: &str| {
            assert_ne!(key, "b", "no such sentence");
            seen.borrow_mut().push(key.to_owned());
            Ok(())
        };
        let found = store.raise_alerts_by(&["a", "b", "c"].map(str::to_owned), look).unwrap();
        assert_eq!(*seen.borrow(), ["a", "c"]);
        let [note] = &found.notes[..] else { panic!("{:?}", found.notes) };
        assert!(note.place == "story b" && note.message.contains("no such sentence"), "{note:?}");
        assert!(found.output.is_empty());
    }
}
