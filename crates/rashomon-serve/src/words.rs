//! Times, numbers and addresses as pages say them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

/// A time, for people and for programs.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct When {
    pub(crate) iso: String,
    pub(crate) words: String,
}

/// `it` (RFC 3339, or a day) in words.
pub(crate) fn when(it: Option<&str>) -> Option<When> {
    let iso = it?.to_owned();
    let words = match iso.parse::<Timestamp>() {
        Ok(t) => t.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M UTC").to_string(),
        Err(_) => {
            iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.clone(), |d| d.strftime("%-d %b %Y").to_string())
        }
    };
    Some(When { iso, words })
}

/// One or many.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many alerts nobody has seen yet, as a sentence.
pub(crate) fn unseen(n: usize) -> String {
    match n {
        0 => "You have seen every alert.".to_owned(),
        1 => "There is 1 alert that you have not seen.".to_owned(),
        n => format!("There are {n} alerts that you have not seen."),
    }
}

/// `2` or `2 to 3`.
pub(crate) fn range(low: usize, high: usize) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// An address that may be linked to: `http` and `https` only.
pub(crate) fn safe(url: &str) -> Option<&str> {
    let lower = url.get(..8)?.to_ascii_lowercase();
    let fits = lower.starts_with("http://") || lower.starts_with("https://");
    (fits && !url.contains(|c: char| c.is_control() || c.is_whitespace())).then_some(url)
}

/// Who published an article: the outlet, else the site it was found on.
pub(crate) fn publisher(outlet: Option<&str>, url: Option<&str>) -> String {
    let site = || {
        let (_, rest) = safe(url?)?.split_once("://")?;
        let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?;
        Some(host.trim_start_matches("www.").to_owned()).filter(|it| !it.is_empty())
    };
    outlet.map(str::to_owned).or_else(site).unwrap_or_else(|| "unknown outlet".to_owned())
}

/// A part of an address, escaped.
pub(crate) fn part(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

/// `/path?name=value&…` from what is not empty.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (n, (name, value)) in query.iter().filter(|(_, v)| !v.is_empty()).enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        out.push_str(&format!("{name}={}", part(value)));
    }
    out
}

/// The page of an article, perhaps at a place in it.
pub(crate) fn article(id: &str, version: Option<u32>, span: Option<[usize; 2]>) -> String {
    let mut out = format!("/articles/{}", part(id));
    if let Some(version) = version {
        out.push_str(&format!("/versions/{version}"));
    }
    if let Some([start, end]) = span {
        out.push_str(&format!("?at={start}-{end}#at"));
    }
    out
}

/// The page of a story.
pub(crate) fn story(id: &str) -> String {
    format!("/stories/{}", part(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unseen_is_told_in_whole_sentences() {
        assert_eq!(unseen(0), "You have seen every alert.");
        assert_eq!(unseen(1), "There is 1 alert that you have not seen.");
        assert_eq!(unseen(2), "There are 2 alerts that you have not seen.");
    }

    #[test]
    fn who_published_is_told_by_outlet_or_site() {
        assert_eq!(publisher(Some("Harbour Post"), None), "Harbour Post");
        assert_eq!(publisher(None, Some("https://www.paper.example:8080/a?b")), "paper.example");
        assert_eq!(publisher(None, Some("javascript:x")), "unknown outlet");
    }

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert!(safe("https://example.com/a").is_some());
        assert!(safe("HTTP://example.com").is_some());
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)//http://",
            "data:text/html,x",
            "http:",
            "https://a\nb",
            " https://a",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            assert!(safe(bad).is_none(), "{bad}");
        }
    }
}
