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
    /// How many items could not be read, where the first of them stands and why, or that there are too many; the others are
    /// there.
    pub broken: Option<String>,
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
/// Of a feed that is not well-formed the items are read that are, as of one that breaks off; bytes that are not in the
/// character set that they are said to be in are read in the one they are like.
///
/// # Errors
/// Says why it is none.
pub fn feed(bytes: &[u8], base: Option<&str>) -> Result<Feed, String> {
    let parse = |bytes: &[u8]| feed_rs::parser::Builder::new().base_uri(base).build().parse(bytes);
    match parse(without_false_encoding(bytes)) {
        Ok(it) => Ok(feed_of(it)),
        Err(_) if is_page(bytes) => Err("not a feed, but a page in HTML".into()),
        Err(e) => mended(bytes, &e.to_string(), parse).ok_or_else(|| format!("not a feed: {e}")),
    }
}

/// The bytes without a declaration that says another character set than UTF-8, if they are UTF-8: letters of other sets are so
/// by no chance.
fn without_false_encoding(bytes: &[u8]) -> &[u8] {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes };
    let declared = text.strip_prefix("<?xml").and_then(|it| it.split_once("?>"));
    match declared {
        Some((said, rest)) if !text.is_ascii() && !said.to_ascii_lowercase().contains("utf-8") => rest.as_bytes(),
        _ => bytes,
    }
}

/// Whether they begin as pages in HTML do.
fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    head.contains("<!doctype html") || head.contains("<html")
}

/// Bytes before the first item of a feed that is mended.
const LONGEST_HEAD: usize = 16_384;

/// What can be read of a feed that is not well-formed for the reason `why`.
fn mended<E>(bytes: &[u8], why: &str, parse: impl Fn(&[u8]) -> Result<feed_rs::model::Feed, E>) -> Option<Feed> {
    let decoded = rashomon_read::decoded(bytes);
    // What it says of its character set no longer holds.
    let begin = if decoded.trim_start().starts_with("<?xml") { decoded.find("?>")? + 2 } else { 0 };
    let text = &decoded[begin..];
    if let Ok(it) = parse(text.as_bytes()) {
        return Some(feed_of(it));
    }
    let (open, close) = if text.contains("<item") { ("<item", "</item>") } else { ("<entry", "</entry>") };
    let is_tag = |at: &usize| text[at + open.len()..].starts_with(|c: char| c.is_whitespace() || c == '>');
    let starts: Vec<usize> = text.match_indices(open).map(|it| it.0).filter(is_tag).collect();
    let head = &text[..*starts.first()?];
    // Each item is read behind the head: what is no feed at all would be read so without end.
    if head.len() > LONGEST_HEAD {
        return None;
    }
    let tail = match (open, head.contains("<rdf:RDF")) {
        ("<entry", _) => "</feed>",
        (_, true) => "</rdf:RDF>",
        _ => "</channel></rss>",
    };
    let whole = |items: &str| parse(format!("{head}{items}{tail}").as_bytes());
    let (mut kept, mut broken) = (String::new(), Vec::new());
    for (n, start) in starts.iter().enumerate().take(MOST) {
        let part = &text[*start..starts.get(n + 1).copied().unwrap_or(text.len())];
        match part.find(close).map(|it| &part[..it + close.len()]) {
            Some(item) if whole(item).is_ok_and(|it| it.entries.len() == 1) => kept.push_str(item),
            _ => broken.push(*start),
        }
    }
    let it = whole(&kept).ok().filter(|_| !kept.is_empty())?;
    let lost = match broken.first() {
        None if starts.len() > MOST => format!("of {} items the first {MOST} are taken: {why}", starts.len()),
        None => format!("breaks off behind its last item: {why}"),
        Some(first) => {
            let line = decoded[..begin + first].matches('\n').count() + 1;
            format!("{} of {} items cannot be read, the first at line {line}: {why}", broken.len(), starts.len())
        }
    };
    Some(Feed { broken: Some(lost), ..feed_of(it) })
}

fn feed_of(it: feed_rs::model::Feed) -> Feed {
    let kind = match it.feed_type {
        feed_rs::model::FeedType::Atom => "atom",
        feed_rs::model::FeedType::JSON => "json",
        _ => "rss",
    };
    let clean = |it: String| Some(it.trim().to_owned()).filter(|it| !it.is_empty());
    let title = it.title.and_then(|it| clean(it.content));
    let outlet = title.clone();
    let language = it.language;
    let all = it.entries.len();
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
    let broken = (all > MOST).then(|| format!("of {all} items the first {MOST} are taken"));
    Feed { kind, title, ttl: it.ttl, entries: entries.collect(), broken }
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
        assert!(feed(b"<html></html>", None).unwrap_err().contains("a page in HTML"));
        assert!(feed(b"", None).is_err());
        assert!(feed(b"<rss><channel><item><title>a & b", None).is_err(), "nothing of it can be read");
    }

    fn item(n: usize, title: &str) -> String {
        format!("<item><title>{title}</title>\n<link>https://x.example/{n}</link></item>\n")
    }

    #[test]
    fn what_is_whole_of_a_broken_feed_is_read_and_the_rest_is_named_with_its_line() {
        let head = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Harbour Post</title>\n";
        let titles = |it: &Feed| it.entries.iter().map(|e| e.title.clone().unwrap()).collect::<Vec<_>>();
        // Broken in the middle, and cut off in the third.
        let whole = [item(1, "Ferry"), item(2, "Lock & <b>quay"), item(3, "Harbour")].concat();
        let middle = feed(format!("{head}{whole}</channel></rss>").as_bytes(), None).unwrap();
        assert_eq!(titles(&middle), ["Ferry", "Harbour"]);
        let said = middle.broken.clone().unwrap();
        assert!(said.starts_with("1 of 3 items cannot be read, the first at line 5: "), "{said}");
        let cut = feed(format!("{head}{}{}<item><tit", item(1, "Ferry"), item(2, "Lock")).as_bytes(), None).unwrap();
        assert_eq!((titles(&cut), cut.title.as_deref()), (vec!["Ferry".into(), "Lock".into()], Some("Harbour Post")));
        assert!(cut.broken.unwrap().starts_with("1 of 3 items"));
        let behind = feed(format!("{head}{}", item(1, "Ferry")).as_bytes(), None).unwrap();
        assert!(
            behind.broken.as_deref().is_some_and(|it| it.starts_with("breaks off behind its last item")),
            "{behind:?}"
        );
        let many: String = (0..=MOST).map(|n| item(n, "Ferry")).collect();
        let many = feed(format!("{head}{many}</channel></rss>").as_bytes(), None).unwrap();
        assert_eq!(
            (many.entries.len(), many.broken.as_deref()),
            (MOST, Some("of 10001 items the first 10000 are taken"))
        );
        let more: String = (0..=MOST).map(|n| item(n, "Ferry")).collect();
        let more = feed(format!("{head}{more}<item><tit").as_bytes(), None).unwrap();
        assert_eq!(more.entries.len(), MOST);
        assert!(more.broken.unwrap().starts_with("of 10002 items the first 10000 are taken: "));
        let long = format!("{head}<description>{}</description>{}", "x".repeat(LONGEST_HEAD), item(1, "Ferry"));
        assert!(feed(format!("{long}<item>&</item>").as_bytes(), None).unwrap_err().starts_with("not a feed: "));
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>P</title><entry><id>1</id><title>Ferry</title></entry><entry><id>2";
        assert_eq!(titles(&feed(atom.as_bytes(), None).unwrap()), ["Ferry"]);
    }

    #[test]
    fn a_feed_in_another_character_set_than_it_says_is_read() {
        for encoding in ["nonsense-42", "utf-8"] {
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"{encoding}\"?><rss version=\"2.0\"><channel><title>Die Post</title>{}</channel></rss>",
                item(1, "Fähre läuft auf Grund, Schleuse öffnet später")
            );
            let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
            let it = feed(&latin, None).unwrap();
            assert_eq!(it.entries[0].title.as_deref(), Some("Fähre läuft auf Grund, Schleuse öffnet später"));
            assert_eq!(it.broken, None);
        }
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss version=\"2.0\"><channel><title>P</title>{}</channel></rss>",
            item(1, "Шлюз в Тарвеле")
        );
        assert_eq!(feed(text.as_bytes(), None).unwrap().entries[0].title.as_deref(), Some("Шлюз в Тарвеле"));
    }
}
