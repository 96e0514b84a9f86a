//! When two addresses are one.
//!
//! The normal form drops what never tells two articles of one site apart: scheme, `www.`, fragment, tracking parameters,
//! the order of parameters, a closing slash. What usually does not (AMP and mobile pages, a slug beside a number) makes the
//! weak form, which joins two addresses only if their texts resemble each other.

use rustc_hash::FxHasher;
use std::hash::Hasher;
use url::Url;

/// An address in the forms it is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As seen.
    pub url: String,
    /// Equal for addresses that are one.
    pub normal: String,
    /// Equal for addresses that may be one.
    pub weak: Option<String>,
    /// What had to be taken off to get the normal form: `tracking`, `amp-cache`; `address` for an address as it is.
    pub rule: &'static str,
}

/// Parameters that say where a reader came from. `*` stands for any ending.
///
/// Collected from the documentation of the analytics and advertising programs that set them.
const TRACKING: [&str; 44] = [
    "utm_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_cid",
    "cmpid",
    "cmp",
    "icid",
    "ncid",
    "ocid",
    "ito",
    "xtor",
    "at_*",
    "ns_*",
    "pk_*",
    "mtm_*",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "smid",
    "sr_share",
    "__twitter_impression",
];

/// Parameters that ask for another form of the same page.
const FORM: [(&str, &str); 5] =
    [("amp", ""), ("outputtype", "amp"), ("outputtype", "valid_amp"), ("print", ""), ("view", "amp")];

/// The address in its forms; nothing if it is no address of the web.
#[must_use]
pub fn normal(text: &str) -> Option<Address> {
    let seen = Url::parse(text.trim()).ok()?;
    if !matches!(seen.scheme(), "http" | "https") {
        return None;
    }
    let (url, cached) = match out_of_cache(&seen) {
        Some(inner) => (inner, true),
        None => (seen.clone(), false),
    };
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let port = url.port().map(|it| format!(":{it}")).unwrap_or_default();
    let mut kept: Vec<(String, String)> = Vec::new();
    let (mut tracked, mut form) = (false, false);
    for (key, value) in url.query_pairs() {
        let small = key.to_ascii_lowercase();
        if is_tracking(&small) {
            tracked = true;
        } else if is_form(&small, &value) {
            form = true;
        } else {
            kept.push((key.into_owned(), value.into_owned()));
        }
    }
    kept.sort();
    let path = url.path().trim_end_matches('/');
    let path = ["/index.html", "/index.htm", "/index.php"].iter().find_map(|it| path.strip_suffix(it)).unwrap_or(path);
    let query = |kept: &[(String, String)]| {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        kept.iter().for_each(|(key, value)| {
            out.append_pair(key, value);
        });
        let out = out.finish();
        if out.is_empty() { out } else { format!("?{out}") }
    };
    let form_mark = if form { "#form" } else { "" };
    let normal = format!("{host}{port}{path}{}{form_mark}", query(&kept));
    let bare_host = ["m.", "mobile.", "amp.", "touch."].iter().find_map(|it| host.strip_prefix(it)).unwrap_or(host);
    // What is left of `m.com` would be no host.
    let bare_host = if bare_host.contains('.') { bare_host } else { host };
    let bare_path = without_amp(path);
    let weak = match number(bare_path) {
        Some(number) => Some(format!("{bare_host}{port}#{number}")),
        None if bare_path.len() > 1 => Some(format!("{bare_host}{port}{bare_path}{}", query(&kept))),
        None => None,
    };
    let rule = if cached {
        "amp-cache"
    } else if tracked {
        "tracking"
    } else {
        "address"
    };
    Some(Address { url: text.trim().to_owned(), normal, weak, rule })
}

impl Address {
    /// An address that is no web address: an id, a file. It has no other forms.
    pub(crate) fn other(kind: &'static str, text: &str) -> Self {
        Self { url: format!("{kind}:{text}"), normal: format!("{kind}:{text}"), weak: None, rule: kind }
    }

    /// The host of the normal form; empty for what is no web address.
    pub(crate) fn host(&self) -> &str {
        if self.rule == "id" || self.rule == "file" {
            return "";
        }
        self.normal.split(['/', '?', '#', ':']).next().unwrap_or("")
    }
}

/// Whether two hosts are of one site: the same, or one below the other.
pub(crate) fn one_site(a: &str, b: &str) -> bool {
    let below = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|it| it.ends_with('.'));
    !a.is_empty() && !b.is_empty() && (a == b || below(a, b) || below(b, a))
}

/// A hash that fits into a column; what it finds is compared in full.
#[allow(clippy::cast_possible_wrap, reason = "only the bits count")]
pub(crate) fn hashed(form: &str) -> i64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    hasher.write_u8(0xff);
    hasher.finish() as i64
}

fn is_tracking(key: &str) -> bool {
    TRACKING.iter().any(|it| match it.strip_suffix('*') {
        Some(begin) => key.starts_with(begin) && key.len() > begin.len(),
        None => key == *it,
    })
}

fn is_form(key: &str, value: &str) -> bool {
    FORM.iter()
        .any(|(k, v)| key == *k && (value.eq_ignore_ascii_case(v) || (v.is_empty() && matches!(value, "1" | "true"))))
}

/// The page behind an AMP cache or viewer.
fn out_of_cache(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let rest = if host.ends_with(".cdn.ampproject.org") {
        let rest = url.path().strip_prefix('/')?;
        let (kind, rest) = rest.split_once('/')?;
        matches!(kind, "c" | "v" | "i" | "a").then_some(rest)?
    } else if host == "google.com" || host.starts_with("www.google.") {
        url.path().strip_prefix("/amp/")?
    } else {
        return None;
    };
    let (scheme, rest) = match rest.strip_prefix("s/") {
        Some(rest) => ("https", rest),
        None => ("http", rest),
    };
    let query = url.query().map(|it| format!("?{it}")).unwrap_or_default();
    let inner = Url::parse(&format!("{scheme}://{rest}{query}")).ok()?;
    inner.host_str()?.contains('.').then_some(inner)
}

/// A path without the parts that ask for the AMP form of a page.
fn without_amp(path: &str) -> &str {
    let path = path.strip_prefix("/amp/").map_or(path, |rest| &path[path.len() - rest.len() - 1..]);
    [".amp.html", ".amp", "/amp", "-amp"].iter().find_map(|it| path.strip_suffix(it)).unwrap_or(path)
}

/// The number by which a site knows the article, from the last part of its path on: six digits or more that are no day, or
/// a long hexadecimal one.
fn number(path: &str) -> Option<&str> {
    path.rsplit('/').take(2).find_map(|part| {
        let digits = part.split(|c: char| !c.is_ascii_alphanumeric());
        digits.filter(|it| is_number(it)).max_by_key(|it| it.len())
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == text.len() {
        let year = text.get(..4).and_then(|it| it.parse::<u16>().ok()).unwrap_or(0);
        let a_day = text.len() == 8 && (1990..2100).contains(&year);
        return digits >= 6 && !a_day;
    }
    text.len() >= 12 && digits >= 3 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        normal(a).unwrap().normal == normal(b).unwrap().normal
    }

    fn maybe(a: &str, b: &str) -> bool {
        normal(a).unwrap().weak.is_some() && normal(a).unwrap().weak == normal(b).unwrap().weak
    }

    #[test]
    fn what_never_tells_articles_apart_is_dropped() {
        let plain = "https://harbour-post.example/2031/ferry-aground?page=2";
        for other in [
            "http://www.harbour-post.example/2031/ferry-aground/?page=2",
            "https://Harbour-Post.example:443/2031/ferry-aground?utm_source=x&page=2&fbclid=9#comments",
            "https://harbour--post-example.cdn.ampproject.org/c/s/harbour-post.example/2031/ferry-aground?page=2",
        ] {
            assert!(same(plain, other), "{other}");
        }
        for other in [
            "https://harbour-post.example/2031/ferry-aground?page=3",
            "https://harbour-post.example/2031/ferry-aground-2?page=2",
            "https://harbour-post.example/2031/Ferry-Aground?page=2",
        ] {
            assert!(!same(plain, other), "{other}");
        }
    }

    #[test]
    fn other_forms_and_slugs_beside_a_number_may_be_one() {
        for (a, b) in [
            ("https://x.example/a/long-story", "https://m.x.example/a/long-story"),
            ("https://x.example/a/long-story", "https://x.example/a/long-story/amp"),
            ("https://x.example/a/long-story", "https://x.example/amp/a/long-story?amp=1"),
            ("https://x.example/news/ferry-aground-81234567", "https://x.example/news/ferry-refloated-81234567"),
        ] {
            assert!(!same(a, b) && maybe(a, b), "{a} {b}");
        }
        assert!(!maybe("https://x.example/20310504/ferry", "https://x.example/20310504/train"));
        assert!(!maybe("https://x.example/news/a-81234567", "https://y.example/news/a-81234567"));
    }

    #[test]
    fn what_is_no_address_of_the_web_has_no_form() {
        for text in ["", "javascript:alert(1)", "file:///etc/passwd", "ferry", "http://"] {
            assert_eq!(normal(text), None, "{text}");
        }
        assert!(one_site("m.x.example", "x.example") && !one_site("nox.example", "x.example"));
    }
}
