//! An article as grouping keeps it: under a kilobyte, whatever its length.

use crate::sketch::{Term, sketch};
use jiff::{Timestamp, tz::TimeZone};
use rashomon_model::{Article, Note, Noted, survive};
use serde::{Deserialize, Serialize};

/// The parts of an article that grouping looks at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Light<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its headline, or nothing.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
    /// When it was first published, where known.
    pub published: Option<Timestamp>,
}

impl<'a> From<&'a Article> for Light<'a> {
    fn from(article: &'a Article) -> Self {
        Self {
            id: &article.id,
            title: article.title.as_deref().unwrap_or_default(),
            text: &article.text,
            published: article.dateline().map(|it| it.at),
        }
    }
}

/// What is kept of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub(crate) id: Box<str>,
    /// Seconds since 1970, in UTC.
    pub(crate) at: Option<i64>,
    /// Days since 1970, in UTC.
    pub(crate) day: Option<i32>,
    /// Of headline and text, to tell a repeated article from another one under the same id.
    pub(crate) digest: u64,
    /// Of id, time and content, as given; see [`Record::fingerprint`].
    pub(crate) fingerprint: u64,
    pub(crate) terms: Box<[Term]>,
}

/// A record as a state holds it.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    id: &'a str,
    at: Option<i64>,
    #[serde(with = "postcard::fixint::le")]
    digest: u64,
    terms: Vec<StoredTerm>,
}

#[derive(Serialize, Deserialize)]
struct StoredTerm {
    #[serde(with = "postcard::fixint::le")]
    key: u32,
    /// Body, lead, name and rarity of a [`Term`].
    counts: [u8; 4],
}

impl Record {
    /// What is kept of `article`. Pure, so that callers can do it on many threads.
    ///
    /// A fault of the program itself leaves it without terms: it is a story of its own.
    #[must_use]
    pub fn of(article: &Light<'_>) -> Self {
        Self::keyed(article, article.id).output
    }

    /// The same with a note if a fault left it without terms; `place` is where the article is from.
    #[must_use]
    pub fn keyed(article: &Light<'_>, place: &str) -> Noted<Self> {
        Self::keyed_by(article, place, |it| sketch(it.title, it.text))
    }

    fn keyed_by(article: &Light<'_>, place: &str, terms: impl FnOnce(&Light<'_>) -> Box<[Term]>) -> Noted<Self> {
        let (terms, notes) = match survive(|| terms(article)) {
            Ok(terms) => (terms, Vec::new()),
            Err(fault) => {
                let lost = "could not be grouped and stands alone";
                (Box::default(), vec![Note::of_fault(place, lost, &fault)])
            }
        };
        let output = Self {
            id: article.id.into(),
            at: article.published.map(Timestamp::as_second),
            day: article.published.map(day),
            digest: content(article),
            fingerprint: Self::fingerprint_of(article),
            terms,
        };
        Noted { output, notes }
    }

    /// The same article under another id.
    #[must_use]
    pub fn called(mut self, id: &str) -> Self {
        self.id = id.into();
        self.fingerprint = fingerprint(id, self.at, self.digest);
        self
    }

    /// The article's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Days since 1970 in UTC, where known.
    #[must_use]
    pub fn day(&self) -> Option<i32> {
        self.day
    }

    /// The place of the record in the run: by time, the undated last, then by id, then by content.
    pub(crate) fn order(&self) -> (i64, &str, u64) {
        (self.at.unwrap_or(i64::MAX), &self.id, self.digest)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "a timestamp is within some thousands of years")]
fn day(at: Timestamp) -> i32 {
    TimeZone::UTC
        .to_datetime(at)
        .date()
        .since(jiff::civil::Date::constant(1970, 1, 1))
        .map_or(0, |span| span.get_days())
}

fn content(article: &Light<'_>) -> u64 {
    digest(article.title).rotate_left(1) ^ digest(article.text)
}

/// A 64-bit digest, eight bytes at a step; not against ill will, only to tell texts apart.
fn digest(text: &str) -> u64 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte) + 1));
    hash ^ (hash >> 32)
}

impl Record {
    /// A number that tells this article from every other one: of its id, time and content.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The fingerprint the record of `article` would have, at a fraction of the cost.
    #[must_use]
    pub fn fingerprint_of(article: &Light<'_>) -> u64 {
        fingerprint(article.id, article.published.map(Timestamp::as_second), content(article))
    }

    /// Appends the record as bytes, which [`Record::decode`] reads.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let term = |it: &Term| StoredTerm { key: it.key, counts: [it.body, it.lead, it.named, it.rarity] };
        let stored =
            Stored { id: &self.id, at: self.at, digest: self.digest, terms: self.terms.iter().map(term).collect() };
        // Nothing that is written to memory fails.
        *out = postcard::to_extend(&stored, std::mem::take(out)).unwrap_or_default();
    }

    /// Takes a record off the front of `bytes`; nothing if they hold none.
    #[must_use]
    pub fn decode(bytes: &mut &[u8]) -> Option<Self> {
        let (Stored { id, at, digest, terms }, rest) = postcard::take_from_bytes(bytes).ok()?;
        *bytes = rest;
        let term = |StoredTerm { key, counts: [body, lead, named, rarity] }| Term { key, body, lead, named, rarity };
        let day = at.and_then(|at| Timestamp::from_second(at).ok()).map(day);
        let fingerprint = fingerprint(id, at, digest);
        Some(Self { id: id.into(), at, day, digest, fingerprint, terms: terms.into_iter().map(term).collect() })
    }
}

fn fingerprint(id: &str, at: Option<i64>, content: u64) -> u64 {
    let mixed = digest(id).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ content.rotate_left(23);
    mixed ^ at.map_or(0, |at| at.cast_unsigned().wrapping_add(1).wrapping_mul(0xbf58_476d_1ce4_e5b9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_leaves_one_record_without_terms_and_says_so() {
        rashomon_model::survive_faults();
        let light = Light { id: "a", title: "Lock fails", text: "The lock at Tarvel failed.", published: None };
        let found = Record::keyed_by(&light, "a.txt", |_| panic!("no such letter"));
        assert!(found.output.terms.is_empty() && !Record::of(&light).terms.is_empty());
        assert_eq!(found.output.fingerprint(), Record::of(&light).fingerprint(), "it is known again");
        let [note] = &found.notes[..] else { panic!("{:?}", found.notes) };
        assert!(note.place == "a.txt" && note.message.contains("no such letter"), "{note:?}");
        assert_eq!(Record::keyed(&light, "a.txt"), Noted::quiet(Record::of(&light)));
    }

    proptest::proptest! {
        #[test]
        fn any_record_comes_back_from_its_bytes(id in "\\PC*", title in "\\PC*", text in "\\PC*", at: Option<i32>) {
            let published = at.and_then(|at| Timestamp::from_second(at.into()).ok());
            let light = Light { id: &id, title: &title, text: &text, published };
            let record = Record::of(&light);
            assert_eq!(record.fingerprint(), Record::fingerprint_of(&light));
            let mut bytes = Vec::new();
            record.encode(&mut bytes);
            let mut rest = &bytes[..];
            assert_eq!(Record::decode(&mut rest).as_ref(), Some(&record));
            assert!(rest.is_empty());
            assert_eq!(Record::decode(&mut &bytes[..bytes.len() - 1]), None);
        }
    }
}
