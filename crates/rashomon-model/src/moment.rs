//! A point in time with the precision and the zone it was written with.

use jiff::{Timestamp, civil, tz};

/// How exactly a moment was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day without a time of day; the instant is midnight in the moment's zone.
    Day,
    /// A time of day was given.
    Minute,
}

/// A point in time, with the offset of the zone it was written in, so that "today" can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// Offset from UTC of the zone it was written in, in seconds; 0 where none was given.
    pub offset_seconds: i32,
    /// How exactly it was written.
    pub precision: Precision,
}

impl Moment {
    /// A full day, without a time.
    #[must_use]
    pub fn day(date: civil::Date) -> Option<Self> {
        let at = date.to_zoned(tz::TimeZone::UTC).ok()?.timestamp();
        Some(Self { at, offset_seconds: 0, precision: Precision::Day })
    }

    /// An instant written with an offset from UTC in seconds.
    #[must_use]
    pub fn instant(at: Timestamp, offset_seconds: i32) -> Self {
        Self { at, offset_seconds, precision: Precision::Minute }
    }

    /// The calendar day where the moment was written.
    #[must_use]
    pub fn date(self) -> civil::Date {
        let offset = tz::Offset::from_seconds(self.offset_seconds).unwrap_or(tz::Offset::UTC);
        offset.to_datetime(self.at).date()
    }

    /// RFC 3339 in UTC, to the second: `2022-02-22T21:53:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.offset_seconds, self.precision).cmp(&(other.at, other.offset_seconds, other.precision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_told_where_it_was_written() {
        // 02:10 in UTC on the 23rd is still the 22nd five hours to the west.
        let at: Timestamp = "2022-02-23T02:10:00Z".parse().unwrap();
        assert_eq!(Moment::instant(at, -5 * 3600).date().to_string(), "2022-02-22");
        assert_eq!(Moment::instant(at, 0).date().to_string(), "2022-02-23");
        assert_eq!(Moment::instant(at, 0).rfc3339(), "2022-02-23T02:10:00Z");
    }
}
