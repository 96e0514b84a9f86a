//! NewsML-G2: the news items of agencies as XML.

use crate::xml::{self, Step};
use serde_json::{Map, Value};

/// Items of one message that are taken.
const MOST: usize = 10_000;

/// The items of a NewsML-G2 document as rows with the contract's own keys; nothing if it is none. What is wrong with it as
/// the second.
#[must_use]
pub fn newsml(bytes: &[u8]) -> Option<(Vec<Vec<u8>>, Option<String>)> {
    let document = xml::text(bytes);
    let mut out = Vec::new();
    let mut is_one = false;
    let mut first = true;
    let mut path: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut row: Map<String, Value> = Map::new();
    let mut body = String::new();
    let wrong = xml::steps(&document, |step| {
        match step {
            Step::Open(name, attributes) => {
                if std::mem::take(&mut first) {
                    is_one = matches!(name.as_str(), "newsItem" | "newsMessage" | "packageItem");
                }
                let value = |key: &str| xml::attribute(&attributes, key).map(str::to_owned);
                match name.as_str() {
                    "newsItem" => {
                        (row, body) = (Map::new(), String::new());
                        put(&mut row, "id", value("guid"));
                    }
                    "pubStatus" => put(&mut row, "pubstatus", value("qcode").or_else(|| value("uri"))),
                    "infoSource" if !row.contains_key("outlet") => put(&mut row, "outlet", value("literal")),
                    "language" if !row.contains_key("language") => put(&mut row, "language", value("tag")),
                    "link" => {
                        let rel = value("rel").unwrap_or_default();
                        if rel.is_empty() || rel.ends_with("alternate") {
                            put(&mut row, "url", value("href").filter(|it| it.starts_with("http")));
                        }
                    }
                    "p" | "h1" | "h2" | "h3" | "li" | "block" | "br" if inside(&path) && !body.ends_with("\n\n") => {
                        body.push_str("\n\n")
                    }
                    _ => {}
                }
                text.clear();
                path.push(name);
            }
            Step::Text(it) => {
                if inside(&path)
                    && !path.iter().any(|p| matches!(p.as_str(), "head" | "script" | "style" | "media-metadata"))
                {
                    body.push_str(&it);
                }
                text.push_str(&it);
            }
            Step::Close(name) => {
                let value = Some(text.trim().to_owned()).filter(|it| !it.is_empty());
                let parent = path.len().checked_sub(2).and_then(|n| path.get(n)).map_or("", String::as_str);
                match (parent, name.as_str()) {
                    ("contentMeta", "headline") => put(&mut row, "title", value),
                    ("contentMeta", "by") => put(&mut row, "byline", value),
                    ("contentMeta", "contentCreated") | ("itemMeta", "firstCreated") => {
                        put(&mut row, "published", value)
                    }
                    ("itemMeta", "versionCreated") => put(&mut row, "updated", value),
                    ("itemMeta", "edNote") => put(&mut row, "ednote", value),
                    ("infoSource", "name") => put(&mut row, "outlet", value),
                    (_, "newsItem") => {
                        let mut done = std::mem::take(&mut row);
                        let canceled = done
                            .get("pubstatus")
                            .and_then(Value::as_str)
                            .is_some_and(|it| it.rsplit([':', '/']).next().is_some_and(|it| it.starts_with("cancel")));
                        let lines: Vec<&str> = body.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
                        put(&mut done, "text", Some(lines.join("\n\n")).filter(|it| !it.is_empty()));
                        if canceled {
                            done.insert("signal".into(), "withdrawal".into());
                            let left = done.get("ednote").or_else(|| done.get("title")).cloned();
                            done.entry("text").or_insert_with(|| left.unwrap_or_else(|| "canceled".into()));
                        }
                        out.extend(serde_json::to_vec(&done).ok().filter(|_| !done.is_empty()));
                        body.clear();
                    }
                    _ => {}
                }
                text.clear();
                path.pop();
            }
        }
        is_one && out.len() < MOST
    });
    is_one.then_some((out, wrong))
}

fn put(row: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        row.entry(key).or_insert(Value::String(value));
    }
}

/// Whether the present element is the article's own body.
fn inside(path: &[String]) -> bool {
    path.iter().any(|it| matches!(it.as_str(), "inlineXML" | "inlineData"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_message_are_read() {
        let item = |status: &str, body: &str| {
            format!(
                "<newsItem guid='urn:x:1' xmlns='http://iptc.org/std/nar/2006-10-01/'><itemMeta><versionCreated>2031-05-04T09:00:00Z</versionCreated>\
                 <pubStatus qcode='stat:{status}'/></itemMeta><contentMeta><contentCreated>2031-05-04T08:00:00Z</contentCreated>\
                 <by>Ola Brandt</by><language tag='en'/><headline>Ferry &amp; tugs</headline></contentMeta>{body}</newsItem>"
            )
        };
        let body = "<contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body><p>The ferry \
                    ran <b>aground</b>.</p><p>Nobody was hurt.</p></body></html></inlineXML></contentSet>";
        let message =
            format!("<newsMessage><itemSet>{}{}</itemSet></newsMessage>", item("usable", body), item("canceled", ""));
        let (rows, wrong) = newsml(message.as_bytes()).unwrap();
        assert_eq!((rows.len(), wrong), (2, None));
        let row: Value = serde_json::from_slice(&rows[0]).unwrap();
        assert_eq!(row["text"], "The ferry ran aground.\n\nNobody was hurt.");
        assert_eq!(
            (&row["title"], &row["byline"], row.get("signal")),
            (&"Ferry & tugs".into(), &"Ola Brandt".into(), None)
        );
        let row: Value = serde_json::from_slice(&rows[1]).unwrap();
        assert_eq!((&row["signal"], &row["text"]), (&"withdrawal".into(), &"Ferry & tugs".into()));
        assert_eq!(newsml(b"<rss/>"), None);
    }
}
