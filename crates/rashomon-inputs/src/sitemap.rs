//! News sitemaps: what a site says it has published of late.

use crate::feed::Entry;
use crate::xml::{self, Step};

/// Addresses of one sitemap that are taken (the protocol's own limit).
const MOST: usize = 50_000;

/// A sitemap: the articles it lists, and the sitemaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Articles, in order.
    pub entries: Vec<Entry>,
    /// Sitemaps that an index lists, each with its last change as written.
    pub sitemaps: Vec<(String, Option<String>)>,
}

/// Reads a sitemap or an index of sitemaps; nothing if it is none.
#[must_use]
pub fn sitemap(bytes: &[u8]) -> Option<Sitemap> {
    let document = xml::text(bytes);
    let mut out = Sitemap::default();
    let mut is_one = false;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut entry = Entry::default();
    xml::steps(&document, |step| {
        match step {
            Step::Open(name, _) => {
                is_one |= path.is_empty() && matches!(name.as_str(), "urlset" | "sitemapindex");
                if name == "url" || name == "sitemap" {
                    entry = Entry::default();
                }
                text.clear();
                path.push(name);
            }
            Step::Text(it) => text.push_str(&it),
            Step::Close(name) => {
                let value = text.trim();
                let parent = path.len().checked_sub(2).and_then(|n| path.get(n)).map_or("", String::as_str);
                if !value.is_empty() && value.len() < 4096 {
                    let value = value.to_owned();
                    match (parent, name.as_str()) {
                        ("url" | "sitemap", "loc") => entry.url = Some(value),
                        ("url" | "sitemap", "lastmod") => entry.updated = Some(value),
                        ("news", "publication_date") => entry.published = Some(value),
                        ("news", "title") => entry.title = Some(value),
                        ("publication", "name") => entry.outlet = Some(value),
                        ("publication", "language") => entry.language = Some(value),
                        _ => {}
                    }
                }
                let done = std::mem::take(&mut entry);
                match name.as_str() {
                    "url" if done.url.is_some() => out.entries.push(done),
                    "sitemap" => out.sitemaps.extend(done.url.map(|it| (it, done.updated))),
                    _ => entry = done,
                }
                text.clear();
                path.pop();
            }
        }
        is_one && out.entries.len() < MOST && out.sitemaps.len() < MOST
    });
    is_one.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_and_indexes_are_read() {
        let news = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
            <url><loc>https://x.example/a?b=1&amp;c=2</loc><lastmod>2031-05-04</lastmod>
            <n:news><n:publication><n:name>Harbour Post</n:name><n:language>en</n:language></n:publication>
            <n:publication_date>2031-05-04T08:00:00Z</n:publication_date><n:title>Ferry <![CDATA[& bread]]></n:title></n:news></url>
            <url><lastmod>2031</lastmod></url></urlset>"#;
        let it = sitemap(news.as_bytes()).unwrap();
        assert_eq!(it.entries.len(), 1);
        let entry = &it.entries[0];
        assert_eq!(entry.url.as_deref(), Some("https://x.example/a?b=1&c=2"));
        assert_eq!((entry.title.as_deref(), entry.outlet.as_deref()), (Some("Ferry & bread"), Some("Harbour Post")));
        assert_eq!(entry.published.as_deref(), Some("2031-05-04T08:00:00Z"));
        let index = "<sitemapindex><sitemap><loc>https://x.example/1.xml</loc><lastmod>2031-05-04</lastmod></sitemap></sitemapindex>";
        assert_eq!(
            sitemap(index.as_bytes()).unwrap().sitemaps,
            [("https://x.example/1.xml".into(), Some("2031-05-04".into()))]
        );
        assert_eq!(sitemap(b"<rss><channel/></rss>"), None);
        assert_eq!(sitemap(b"\x00\xff"), None);
    }
}
