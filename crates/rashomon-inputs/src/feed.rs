//! RSS, Atom and JSON Feed.

use serde_json::{Map, Value};

/// A feed with its items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// `rss`, `atom` or `json`.
    pub kind: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// Minutes it asks to be left alone.
    pub ttl: Option<u32>,
    /// Its items, in order.
    pub entries: Vec<Entry>,
}

/// An item of a feed or a sitemap, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its own id.
    pub id: Option<String>,
    /// Where the article is.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// First published, RFC 3339 or as written.
    pub published: Option<String>,
    /// Last updated.
    pub updated: Option<String>,
    /// Authors.
    pub byline: Vec<String>,
    /// Masthead, where it is named.
    pub outlet: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Its content as HTML, where the feed has more than a summary.
    pub html: Option<String>,
    /// Its summary as HTML.
    pub summary: Option<String>,
}

/// Items of one feed that are taken.
const MOST: usize = 10_000;

/// Reads a feed; `base` is where it was found, for addresses that are relative to it.
///
/// # Errors
/// Says why it is none.
pub fn feed(bytes: &[u8], base: Option<&str>) -> Result<Feed, String> {
    let parser = feed_rs::parser::Builder::new().base_uri(base).build();
    let it = parser.parse(bytes).map_err(|e| format!("not a feed: {e}"))?;
    let kind = match it.feed_type {
        feed_rs::model::FeedType::Atom => "atom",
        feed_rs::model::FeedType::JSON => "json",
        _ => "rss",
    };
    let clean = |it: String| Some(it.trim().to_owned()).filter(|it| !it.is_empty());
    let title = it.title.and_then(|it| clean(it.content));
    let outlet = title.clone();
    let language = it.language;
    let entries = it.entries.into_iter().take(MOST).map(|e| {
        let link = e
            .links
            .iter()
            .find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate") && l.href.starts_with("http"))
            .or_else(|| e.links.iter().find(|l| l.href.starts_with("http") && l.rel.as_deref() != Some("enclosure")));
        let id = clean(e.id);
        // An id that is an address is one where there is no link.
        let url = link.map(|l| l.href.clone()).or_else(|| id.clone().filter(|it| it.starts_with("http")));
        Entry {
            url,
            id,
            title: e.title.and_then(|it| clean(it.content)),
            published: e.published.map(|it| it.to_rfc3339()),
            updated: e.updated.map(|it| it.to_rfc3339()),
            byline: e.authors.into_iter().filter_map(|it| it.name.and_then(clean)).collect(),
            outlet: e.source.and_then(clean).filter(|it| !it.starts_with("http")).or_else(|| outlet.clone()),
            language: e.language.or_else(|| language.clone()),
            html: e.content.and_then(|it| it.body).and_then(clean),
            summary: e.summary.and_then(|it| clean(it.content)),
        }
    });
    Ok(Feed { kind, title, ttl: it.ttl, entries: entries.collect() })
}

impl Entry {
    /// The item as a row that is read like one of JSONL; nothing if it holds no text.
    #[must_use]
    pub fn row(&self) -> Option<Vec<u8>> {
        let html = self.html.as_ref().or(self.summary.as_ref())?;
        let mut row = Map::new();
        let mut put = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                row.insert(key.to_owned(), Value::String(value.clone()));
            }
        };
        put("url", self.url.as_ref());
        put("title", self.title.as_ref());
        put("published", self.published.as_ref());
        put("updated", self.updated.as_ref().filter(|it| Some(*it) != self.published.as_ref()));
        put("outlet", self.outlet.as_ref());
        put("language", self.language.as_ref());
        put("guid", self.id.as_ref().filter(|_| self.url.is_none()));
        let marked = html.contains('<') && html.contains('>') || html.contains("&#") || html.contains("&amp;");
        put(if marked { "html" } else { "text" }, Some(html));
        if !self.byline.is_empty() {
            row.insert("byline".into(), self.byline.iter().map(|it| Value::String(it.clone())).collect());
        }
        serde_json::to_vec(&row).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_feed_are_read() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title><link>https://x.example/</link>
            <description>d</description><ttl>30</ttl><item><title>Ferry</title><link>https://x.example/ferry</link><guid isPermaLink="false">n-1</guid>
            <pubDate>Sun, 04 May 2031 08:00:00 GMT</pubDate><description>Short.</description>
            <content:encoded><![CDATA[<p>The ferry ran aground.</p>]]></content:encoded></item></channel></rss>"#;
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><id>urn:x</id><updated>2031-05-04T08:00:00Z</updated>
            <entry><id>urn:1</id><title>Ferry</title><link href="https://x.example/ferry"/><published>2031-05-04T08:00:00Z</published>
            <updated>2031-05-04T09:00:00Z</updated><author><name>Ola Brandt</name></author><content type="html">&lt;p&gt;The ferry ran aground.&lt;/p&gt;</content></entry></feed>"#;
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": [{"id": "1", "url": "https://x.example/ferry",
            "title": "Ferry", "content_html": "<p>The ferry ran aground.</p>", "date_published": "2031-05-04T08:00:00Z"}]}"#;
        for (bytes, kind) in [(rss, "rss"), (atom, "atom"), (json, "json")] {
            let it = feed(bytes.as_bytes(), None).unwrap();
            assert_eq!((it.kind, it.title.as_deref()), (kind, Some("Harbour Post")));
            let entry = &it.entries[0];
            assert_eq!(
                (entry.url.as_deref(), entry.title.as_deref()),
                (Some("https://x.example/ferry"), Some("Ferry"))
            );
            let row = String::from_utf8(entry.row().unwrap()).unwrap();
            assert!(row.contains("\"html\":\"<p>The ferry ran aground.</p>\""), "{row}");
            assert!(entry.published.as_deref().unwrap().starts_with("2031-05-04T08:00:00"), "{entry:?}");
        }
        assert!(feed(b"<html></html>", None).is_err());
        assert!(feed(b"", None).is_err());
    }
}
