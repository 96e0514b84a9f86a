//! An article as grouping keeps it: under a kilobyte, whatever its length.

use crate::sketch::{Term, sketch};
use jiff::{Timestamp, tz::TimeZone};

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
    pub(crate) terms: Box<[Term]>,
}

impl Record {
    /// What is kept of `article`. Pure, so that callers can do it on many threads.
    #[must_use]
    pub fn of(article: &Light<'_>) -> Self {
        Self {
            id: article.id.into(),
            at: article.published.map(Timestamp::as_second),
            day: article.published.map(day),
            digest: digest(article.title).rotate_left(1) ^ digest(article.text),
            terms: sketch(article.title, article.text),
        }
    }

    /// The article's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
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

fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
