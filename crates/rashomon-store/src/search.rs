//! Finding articles by words.

use crate::articles::{ARTICLE, MOST, article_row, hydrate};
use crate::query::query;
use crate::rows::{Hit, Page};
use crate::{Result, Store, trivial};
use aho_corasick::{AhoCorasick, MatchKind::LeftmostLongest};
use rusqlite::{OptionalExtension, params};

/// Bytes of an excerpt, about.
const EXCERPT: usize = 180;

/// Articles with all the words that are ranked, those that came last: to rank one, its length is looked up, and a common word
/// stands in every third article of a store.
const RANKED: u32 = 5000;

impl Store {
    /// Articles whose latest version shares the most words with a sentence, the most alike first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn articles_with_words(&self, sentence: &str, most: usize) -> Result<Vec<crate::ArticleRow>> {
        let mut words = terms(sentence);
        // Long words are rare words, and rare words are what tells one sentence from another.
        words.sort_by_key(|w| std::cmp::Reverse(w.chars().count()));
        words.dedup();
        words.truncate(12);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let table = if trivial::is_spaceless(sentence) { "trigrams" } else { "words" };
        let query = words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" OR ");
        let sql = format!(
            "{ARTICLE} JOIN (SELECT rowid AS hit, bm25({table}) AS weight FROM {table} WHERE {table} MATCH ?1 ORDER BY weight LIMIT ?2) \
             ON hit = a.id ORDER BY weight, a.id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![query, most as i64], article_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Articles whose latest version has all the words, the best first; of more than five thousand, those that came last. Words
    /// in quotation marks must stand together; a `-` before a word leaves out the articles that have it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn search(&mut self, text: &str, cursor: Option<&str>, limit: u32) -> Result<Page<Hit>> {
        let found = self.found(text)?;
        self.hits(&found, text, cursor, limit)
    }

    /// The numbers inside the store of the articles that [`Store::search`] gives page by page, the best first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn found(&self, text: &str) -> Result<Vec<i64>> {
        let Some(query) = query(text) else { return Ok(Vec::new()) };
        let table = if trivial::is_spaceless(text) { "trigrams" } else { "words" };
        let sql = format!(
            "SELECT rowid FROM (SELECT rowid, bm25({table}, 4.0, 1.0) AS weight FROM {table} WHERE {table} MATCH ?1 \
             ORDER BY rowid DESC LIMIT {RANKED}) ORDER BY weight, rowid DESC"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_map([query], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// One page of what [`Store::found`] found for `text`, perhaps a while ago: an article that is gone since is passed over.
    ///
    /// # Errors
    /// If the store cannot be read, or the cursor is not one it gave.
    pub fn hits(&mut self, found: &[i64], text: &str, cursor: Option<&str>, limit: u32) -> Result<Page<Hit>> {
        let limit = limit.clamp(1, MOST);
        let skip: u32 = cursor.map_or(Ok(0), |it| it.parse().map_err(|_| crate::articles::bad_cursor()))?;
        let rest = found.get(skip as usize..).unwrap_or_default();
        let sql = format!("{ARTICLE} WHERE a.id = ?1");
        let mut items = Vec::new();
        let terms = terms(text);
        for id in rest.iter().take(limit as usize) {
            let row = self.conn.prepare_cached(&sql)?.query_row([id], article_row).optional()?;
            let latest: Option<i64> = self
                .conn
                .prepare_cached("SELECT latest FROM articles WHERE id = ?1")?
                .query_row([id], |row| row.get(0))
                .optional()?
                .flatten();
            let (Some(article), Some(latest)) = (row, latest) else { continue };
            let Self { conn, codecs, .. } = self;
            let text = hydrate(conn, codecs, latest, false).map(|it| it.text).unwrap_or_default();
            let (excerpt, span) = excerpt(&text, &terms);
            items.push(Hit { article, excerpt, span });
        }
        let more = rest.len() > limit as usize;
        Ok(Page { items, next: more.then(|| skip.saturating_add(limit).to_string()) })
    }
}

/// The words of a search, small.
fn terms(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// Whether a word of a text is that term, which is in small letters.
fn is_word(word: &str, term: &str) -> bool {
    if word.is_ascii() { word.eq_ignore_ascii_case(term) } else { word.to_lowercase() == term }
}

/// Where words of the text are terms, and which, up to some thousands.
fn places(text: &str, terms: &[String]) -> Vec<(usize, usize)> {
    const MOST: usize = 4000;
    if terms.iter().all(|it| it.is_ascii())
        && let Ok(found) = AhoCorasick::builder().ascii_case_insensitive(true).match_kind(LeftmostLongest).build(terms)
    {
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let words = found
            .find_iter(text)
            .filter(|it| ends(text[..it.start()].chars().next_back()) && ends(text[it.end()..].chars().next()));
        return words.map(|it| (it.start(), it.pattern().as_usize())).take(MOST).collect();
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty()
            && places.len() < MOST
            && let Some(n) = terms.iter().position(|it| is_word(word, it))
        {
            places.push((at, n));
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    places
}

/// A stretch of text around the first place where most of the terms stand near each other.
fn excerpt(text: &str, terms: &[String]) -> (String, [usize; 2]) {
    let places = places(text, terms);
    let distinct = |from: usize| {
        let mut seen: Vec<usize> =
            places[from..].iter().take_while(|it| it.0 < places[from].0 + EXCERPT).map(|it| it.1).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let best = (0..places.len()).max_by_key(|n| (distinct(*n), std::cmp::Reverse(*n)));
    let centre = best.map_or(0, |n| places[n].0);
    let mut start = text.floor_char_boundary(centre.saturating_sub(EXCERPT / 3));
    if start > 0 {
        start += text[start..].find(char::is_whitespace).filter(|n| start + n < centre).map_or(0, |n| n + 1);
    }
    let mut end = text.floor_char_boundary((start + EXCERPT).min(text.len()));
    if end < text.len() {
        end = text[start..end].rfind(char::is_whitespace).filter(|n| start + n > centre).map_or(end, |n| start + n);
    }
    let piece = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (piece, [start, end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_excerpt_shows_the_words() {
        let text =
            format!("{} The ferry Lind ran aground off Port Nora. {}", "Weather. ".repeat(60), "More. ".repeat(60));
        let (piece, [start, end]) = excerpt(&text, &["ferry".into(), "aground".into()]);
        assert!(piece.contains("ferry Lind ran aground"), "{piece}");
        assert!(text.get(start..end).is_some());
        assert_eq!(excerpt("短い", &["x".into()]).0, "短い");
        assert_eq!(
            places("Ferrying the FERRY, not a\u{e9}ferry: ferry-lane", &["ferry".into(), "lane".into()]),
            [(13, 0), (34, 0), (40, 1)]
        );
        let places = places("A ferry to Calé; the CALÉ ferry", &["calé".into()]);
        assert_eq!(places, [(11, 0), (22, 0)]);
    }
}
