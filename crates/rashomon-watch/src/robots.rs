//! robots.txt (RFC 9309): what a host asks not to be fetched.
//!
//! Rules are matched byte by byte with at most one place to go back to, so a match costs no more than rule times path,
//! whatever the rule; of a file only the first [`MOST`] bytes are read, as the standard allows.

use std::time::Duration;

/// Bytes of a robots.txt that are read (RFC 9309, 2.5).
pub(crate) const MOST: usize = 500 << 10;
/// Longest pause between requests that a file may ask for and get.
const LONGEST_DELAY: Duration = Duration::from_secs(120);

/// What a file says to one robot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<(bool, String)>,
    /// `Crawl-delay`, which the standard does not know and many files have.
    pub delay: Option<Duration>,
    /// Sitemaps that the file names.
    pub sitemaps: Vec<String>,
}

impl Robots {
    /// What the file says to the robot whose name is `name`, such as `rashomon`.
    #[must_use]
    pub fn parse(bytes: &[u8], name: &str) -> Self {
        let bytes = &bytes[..bytes.len().min(MOST)];
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let (mut ours, mut anyones) = (Self::default(), Self::default());
        let mut names_us = false;
        // Which of the two the present group speaks to, and whether its list of names is still going on.
        let (mut to_us, mut to_all, mut naming) = (false, false, false);
        let mut sitemaps = Vec::new();
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" | "useragent" | "user agent" => {
                    if !naming {
                        (to_us, to_all, naming) = (false, false, true);
                    }
                    to_all |= value == "*";
                    let token = value.split(|c: char| !(c.is_ascii_alphabetic() || c == '_' || c == '-')).next();
                    let is_us = token.is_some_and(|it| !it.is_empty() && it.eq_ignore_ascii_case(name));
                    to_us |= is_us;
                    names_us |= is_us;
                }
                "allow" | "disallow" => {
                    naming = false;
                    if !value.is_empty() {
                        let rule = (key == "allow", encoded(value));
                        if to_us {
                            ours.rules.push(rule.clone());
                        }
                        if to_all {
                            anyones.rules.push(rule);
                        }
                    }
                }
                "crawl-delay" => {
                    naming = false;
                    let delay = value.parse::<f64>().ok().filter(|it| it.is_finite() && *it >= 0.0);
                    let delay = delay.map(|it| Duration::from_secs_f64(it.min(LONGEST_DELAY.as_secs_f64())));
                    if to_us {
                        ours.delay = delay.or(ours.delay);
                    }
                    if to_all {
                        anyones.delay = delay.or(anyones.delay);
                    }
                }
                "sitemap" if sitemaps.len() < 100 => sitemaps.push(value.to_owned()),
                _ => {}
            }
        }
        let mut it = if names_us { ours } else { anyones };
        it.sitemaps = sitemaps;
        it
    }

    /// A file that forbids everything: what is to be assumed of a host whose file cannot be reached.
    #[must_use]
    pub fn closed() -> Self {
        Self { rules: vec![(false, "/".into())], ..Self::default() }
    }

    /// Whether a path with its query may be fetched: the longest rule that matches decides, of two the one that allows.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let path = encoded(if path.is_empty() { "/" } else { path });
        if path == "/robots.txt" {
            return true;
        }
        let mut best: Option<(usize, bool)> = None;
        for (allow, rule) in &self.rules {
            if matches(rule.as_bytes(), path.as_bytes()) && best.is_none_or(|it| (rule.len(), *allow) > it) {
                best = Some((rule.len(), *allow));
            }
        }
        best.is_none_or(|it| it.1)
    }
}

/// Whether a rule matches the beginning of a path; `*` stands for any bytes, `$` at the end for the end.
fn matches(rule: &[u8], path: &[u8]) -> bool {
    let (rule, to_end) = match rule.split_last() {
        Some((b'$', rest)) => (rest, true),
        _ => (rule, false),
    };
    let (mut r, mut p) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    loop {
        if r == rule.len() && (!to_end || p == path.len()) {
            return true;
        }
        if r < rule.len() && rule[r] == b'*' {
            back = Some((r + 1, p));
            r += 1;
        } else if r < rule.len() && p < path.len() && rule[r] == path[p] {
            r += 1;
            p += 1;
        } else {
            // The last star takes one more byte; a rule that is done but not at the end of the path does the same.
            match back {
                Some((after, from)) if from < path.len() => {
                    back = Some((after, from + 1));
                    (r, p) = (after, from + 1);
                }
                _ => return false,
            }
        }
    }
}

/// A path with every byte that is not plain ASCII percent-encoded and every escape in capitals; escapes of letters, digits
/// and `-._~` are what they stand for.
fn encoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut n = 0;
    while n < bytes.len() {
        let escape = || u8::from_str_radix(path.get(n + 1..n + 3)?, 16).ok();
        match bytes[n] {
            b'%' => match escape() {
                Some(b) if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => {
                    out.push(char::from(b));
                    n += 2;
                }
                Some(b) => {
                    out.push_str(&format!("%{b:02X}"));
                    n += 2;
                }
                None => out.push_str("%25"),
            },
            b if b.is_ascii_graphic() => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
        n += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides_and_allowing_wins() {
        let robots = Robots::parse(
            b"User-agent: *\nDisallow: /news/\nAllow: /news/2031/\nDisallow: /*.pdf$\nDisallow: /print*old\n\n\
              User-agent: rashomon\nUser-agent: other\nDisallow: /archive\nAllow: /archive\nCrawl-delay: 2.5\nSitemap: https://x.example/s.xml",
            "someone",
        );
        for (path, allowed) in [
            ("/", true),
            ("/news/x", false),
            ("/news/2031/x", true),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/print/very/old/page", false),
            ("/print/new", true),
            ("/archive", true),
            ("/robots.txt", true),
            ("", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, None);
        assert_eq!(robots.sitemaps, ["https://x.example/s.xml"]);
    }

    #[test]
    fn a_group_of_our_own_is_all_that_holds() {
        let file = b"User-Agent: *\nDisallow: /\nUser-agent: Rashomon/1.0\nDisallow: /private\ncrawl-delay: 1\n";
        let robots = Robots::parse(file, "rashomon");
        assert!(robots.allows("/news") && !robots.allows("/private/x"));
        assert_eq!(robots.delay, Some(Duration::from_secs(1)));
        assert!(!Robots::parse(file, "other").allows("/news"));
        assert!(!Robots::closed().allows("/x") && Robots::default().allows("/x"));
        assert!(!Robots::parse(b"\xef\xbb\xbfuser-agent:*\r\ndisallow:/x\r\n", "a").allows("/x/y"));
    }

    #[test]
    fn escapes_and_letters_are_the_same() {
        let robots =
            Robots::parse("User-agent: *\nDisallow: /zürich\nDisallow: /a%7Eb\nDisallow: /c%3fd".as_bytes(), "a");
        for path in ["/z%C3%BCrich", "/z%c3%bcrich/x", "/zürich", "/a~b", "/c%3Fd"] {
            assert!(!robots.allows(path), "{path}");
        }
        assert!(robots.allows("/c?d"));
    }

    #[test]
    fn a_hostile_file_costs_little() {
        let rule = format!("Disallow: /{}$\n", "*a".repeat(200));
        let file = format!("User-agent: *\n{}", rule.repeat(1_000));
        let robots = Robots::parse(file.as_bytes(), "x");
        let started = std::time::Instant::now();
        assert!(robots.allows(&format!("/{}b", "a".repeat(2_000))));
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        assert!(Robots::parse(&vec![b'a'; 10 << 20], "x").allows("/"));
    }
}
