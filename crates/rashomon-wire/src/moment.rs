//! Times of articles on the wire: exact, with what they were written with beside them.

use crate::{Error, Zone};
use jiff::{Timestamp, civil};
use rashomon_model::{Article, AssumedZones, Moment, Precision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the times of an article were stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dated {
    /// Of `published`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Zone>,
    /// Of `updated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Zone>,
}

/// Offsets from UTC of the zones that times were written in, in seconds, where they are not 0: "today" is told by them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Offsets {
    /// Of `published`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub published: i32,
    /// Of `updated`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub updated: i32,
}

impl Offsets {
    /// Whether nothing needs saying.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(it: &i32) -> bool {
    *it == 0
}

/// How the times of `article` were stated.
pub(crate) fn dated(article: &Article) -> Dated {
    let assumed = article.assumed_zones;
    Dated {
        published: article.published.map(|at| zone(at, assumed.published)),
        updated: article.updated.map(|at| zone(at, assumed.updated)),
    }
}

/// The zones that the times of `article` were written in.
pub(crate) fn offsets(article: &Article) -> Offsets {
    let offset = |it: Option<Moment>| it.map_or(0, |it| it.offset_seconds);
    Offsets { published: offset(article.published), updated: offset(article.updated) }
}

/// Which zones of an article's times were assumed.
pub(crate) fn assumed(dated: Dated) -> AssumedZones {
    let assumed = |zone: Option<Zone>| zone == Some(Zone::Assumed);
    AssumedZones { published: assumed(dated.published), updated: assumed(dated.updated) }
}

fn zone(it: Moment, assumed: bool) -> Zone {
    match it.precision {
        Precision::Day => Zone::Day,
        Precision::Minute if assumed => Zone::Assumed,
        Precision::Minute => Zone::Stated,
    }
}

/// A moment as it goes out: a bare date where only a day is known, else RFC 3339 in UTC.
pub(crate) fn written(it: Moment) -> String {
    match it.precision {
        Precision::Day => it.date().to_string(),
        Precision::Minute => it.at.to_string(),
    }
}

/// The moment that [`written`] wrote.
pub(crate) fn read(written: &str, zone: Option<Zone>, offset_seconds: i32) -> Result<Moment, Error> {
    let wrong = |e: jiff::Error| Error::new(format_args!("{written:?} is not a time: {e}"));
    if zone == Some(Zone::Day) || !written.contains('T') {
        let day: civil::Date = written.parse().map_err(wrong)?;
        return Moment::day(day).ok_or_else(|| Error::new(format_args!("{written:?} lies outside the calendar")));
    }
    let at: Timestamp = written.parse().map_err(wrong)?;
    Ok(Moment { at, offset_seconds, precision: Precision::Minute })
}
