//! What a server says about when to come back.

use jiff::Timestamp;
use std::time::Duration;

/// What an answer's headers say, as far as they are understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `Retry-After`, in both of its forms.
    pub retry_after: Option<Duration>,
    /// How long the answer may be kept: `Cache-Control: max-age`, else `Expires`.
    pub fresh_for: Option<Duration>,
    /// `ETag`, as it came.
    pub etag: Option<String>,
    /// `Last-Modified`, as it came.
    pub last_modified: Option<String>,
}

/// Longest value of a validator that is kept: one that is longer is no validator.
const LONGEST: usize = 512;

impl Hints {
    /// What these headers say at `now`.
    #[must_use]
    pub fn of(headers: &[(String, String)], now: Timestamp) -> Self {
        let get =
            |name: &str| headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
        let kept = |it: &str| (!it.is_empty() && it.len() <= LONGEST).then(|| it.to_owned());
        // A server's clock may be wrong; what it means is the time from its own now.
        let its_now = get("date").and_then(date).unwrap_or(now);
        let until = |it: &str| date(it).map(|at| seconds(at.as_second() - its_now.as_second()));
        Self {
            retry_after: get("retry-after")
                .and_then(|it| it.parse().ok().map(Duration::from_secs).or_else(|| until(it))),
            fresh_for: get("cache-control").and_then(max_age).or_else(|| get("expires").and_then(until)),
            etag: get("etag").and_then(kept),
            last_modified: get("last-modified").and_then(kept),
        }
    }
}

fn seconds(n: i64) -> Duration {
    Duration::from_secs(u64::try_from(n).unwrap_or(0))
}

fn max_age(text: &str) -> Option<Duration> {
    let parts = || text.split(',').map(|it| it.trim().to_ascii_lowercase());
    if parts().any(|it| it == "no-cache" || it == "no-store") {
        return Some(Duration::ZERO);
    }
    parts().find_map(|it| it.strip_prefix("max-age=")?.trim_matches('"').parse().ok()).map(Duration::from_secs)
}

/// A date of HTTP: the form of RFC 9110, or one of the two old ones.
#[must_use]
pub fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(it) = jiff::fmt::rfc2822::parse(text) {
        return Some(it.timestamp());
    }
    // `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    let rest = text.split_once(", ").map_or(text, |it| it.1);
    let civil = jiff::civil::DateTime::strptime("%d-%b-%y %H:%M:%S GMT", rest)
        .or_else(|_| jiff::civil::DateTime::strptime("%a %b %e %H:%M:%S %Y", text));
    Some(civil.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(headers: &[(&str, &str)]) -> Hints {
        let headers: Vec<_> = headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Hints::of(&headers, "2031-05-04T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn both_forms_of_retry_after_are_understood() {
        let minutes = |n: u64| Some(Duration::from_secs(60 * n));
        assert_eq!(hints(&[("Retry-After", "120")]).retry_after, minutes(2));
        assert_eq!(hints(&[("retry-after", "Sun, 04 May 2031 08:05:00 GMT")]).retry_after, minutes(5));
        // By the server's own clock, which is an hour slow.
        let slow = [("Date", "Sun, 04 May 2031 07:00:00 GMT"), ("Retry-After", "Sun, 04 May 2031 07:05:00 GMT")];
        assert_eq!(hints(&slow).retry_after, minutes(5));
        assert_eq!(hints(&[("Retry-After", "Sun, 04 May 2031 07:05:00 GMT")]).retry_after, minutes(0));
        for text in ["", "soon", "-5", "1.5", "99999999999999999999999"] {
            assert_eq!(hints(&[("Retry-After", text)]).retry_after, None, "{text}");
        }
    }

    #[test]
    fn old_dates_and_ages_are_understood() {
        let wanted: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(date(text), Some(wanted), "{text}");
        }
        assert_eq!(hints(&[("Cache-Control", "public, max-age=90")]).fresh_for, Some(Duration::from_secs(90)));
        assert_eq!(hints(&[("Cache-Control", "no-store, max-age=90")]).fresh_for, Some(Duration::ZERO));
        assert_eq!(hints(&[("Expires", "Sun, 04 May 2031 08:01:00 GMT")]).fresh_for, Some(Duration::from_secs(60)));
        assert_eq!(hints(&[("Expires", "0")]).fresh_for, None);
        assert_eq!(hints(&[("ETag", " \"a\" ")]).etag.as_deref(), Some("\"a\""));
    }
}
