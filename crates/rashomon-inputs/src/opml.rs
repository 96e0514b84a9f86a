//! OPML: lists of feeds, in and out.

use crate::xml::{self, Step};

/// Feeds of one list that are taken.
const MOST: usize = 20_000;

/// The feeds of a list, each with its title, in order, without repetition. Nothing if it is no list; what is wrong with it
/// as the second.
#[must_use]
pub fn opml(bytes: &[u8]) -> Option<(Vec<(String, Option<String>)>, Option<String>)> {
    let document = xml::text(bytes);
    let mut out: Vec<(String, Option<String>)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut is_one = false;
    let mut first = true;
    let wrong = xml::steps(&document, |step| {
        if let Step::Open(name, attributes) = step {
            if std::mem::take(&mut first) {
                is_one = name.eq_ignore_ascii_case("opml");
            }
            if name.eq_ignore_ascii_case("outline")
                && let Some(url) = xml::attribute(&attributes, "xmlUrl")
                && seen.insert(url.to_owned())
            {
                let title = xml::attribute(&attributes, "title").or_else(|| xml::attribute(&attributes, "text"));
                out.push((url.to_owned(), title.map(str::to_owned)));
            }
        }
        (is_one || first) && out.len() < MOST
    });
    is_one.then_some((out, wrong))
}

/// A list of feeds, each with its title.
#[must_use]
pub fn write_opml(feeds: &[(String, Option<String>)]) -> String {
    let escaped = |it: &str| {
        let it = it.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        it.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>Rashomon</title></head>\n<body>\n",
    );
    for (url, title) in feeds {
        let (title, url) = (escaped(title.as_deref().unwrap_or(url)), escaped(url));
        out.push_str(&format!("<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\"/>\n"));
    }
    out.push_str("</body>\n</opml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_and_nesting_breaks_nothing() {
        let feeds = vec![
            ("https://x.example/feed?a=1&b=2".to_owned(), Some("Harbour \"Post\" <news>".to_owned())),
            ("https://y.example/atom".to_owned(), Some("https://y.example/atom".to_owned())),
        ];
        assert_eq!(opml(write_opml(&feeds).as_bytes()), Some((feeds, None)));
        let loose = "<opml><body><outline text='A & B'><outline xmlUrl='https://x.example/f?a&b' text='X'/></outline></body></opml>";
        let (found, _) = opml(loose.as_bytes()).unwrap();
        assert_eq!(found, [("https://x.example/f?a&b".to_owned(), Some("X".to_owned()))]);
        let deep = format!("<opml><body>{}", "<outline text='x'>".repeat(100_000));
        let (found, wrong) = opml(deep.as_bytes()).unwrap();
        assert!(found.is_empty() && wrong.unwrap().contains("deep"));
        assert_eq!(opml(b"<rss/>"), None);
    }
}
