//! ninjs 1 to 3: the news items of agencies as JSON.

use serde_json::{Map, Value};

/// A row of ninjs as a row with the contract's own keys; nothing if it is no ninjs.
///
/// `pubstatus: canceled` is kept as the row's `signal`.
#[must_use]
pub fn ninjs(bytes: &[u8]) -> Option<Vec<u8>> {
    let has = |it: &[u8]| memchr::memmem::find(bytes, it).is_some();
    let keys: [&[u8]; 4] = [b"\"versioncreated\"", b"\"pubstatus\"", b"\"versionCreated\"", b"\"pubStatus\""];
    // Most rows have no key of that name: one look tells.
    if !has(b"\"uri\"") {
        return None;
    }
    let known = keys.into_iter().any(has);
    if !(known || has(b"\"ninjs\"")) {
        return None;
    }
    let Value::Object(item) = serde_json::from_slice(bytes).ok()? else { return None };
    // An item without a status and a date is one if it says so.
    if !known && item.get("standard").and_then(|it| it.get("name")?.as_str()) != Some("ninjs") {
        return None;
    }
    let uri = item.get("uri")?.as_str()?;
    let mut row = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|it| !it.trim().is_empty()) {
            row.insert(key.to_owned(), Value::String(value));
        }
    };
    let string = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    put("id", Some(uri.to_owned()));
    put(
        "url",
        string("link").or_else(|| page(&item)).or_else(|| Some(uri.to_owned()).filter(|it| it.starts_with("http"))),
    );
    put("title", string("headline").or_else(|| of_role(&item, "headlines", "value")).or_else(|| string("title")));
    let version = string("versioncreated").or_else(|| string("versionCreated"));
    let published = string("firstcreated").or_else(|| string("firstCreated")).or_else(|| version.clone());
    // The first version is no update.
    put("updated", version.filter(|it| Some(it) != published.as_ref()));
    put("published", published);
    put("language", string("language"));
    put(
        "byline",
        string("byline")
            .or_else(|| string("by"))
            .or_else(|| of_role(&item, "bylines", "value"))
            .or_else(|| of_role(&item, "by", "value")),
    );
    let names = |key: &str| {
        let all = item.get(key)?.as_array()?;
        all.iter().find_map(|it| it.get("name").and_then(Value::as_str).map(str::to_owned))
    };
    let outlet = ["infosources", "infoSources", "infosource"].into_iter().find_map(names);
    put("outlet", outlet.or_else(|| string("copyrightholder")).or_else(|| string("copyrightHolder")));
    put("pubstatus", string("pubstatus").or_else(|| string("pubStatus")));
    let note = string("ednote").or_else(|| string("edNote"));
    put("ednote", note.clone().or_else(|| of_role(&item, "ednotes", "value")));
    let (html, text) = body(&item);
    put("html", html.clone());
    if html.is_none() {
        put("text", text.or_else(|| string("description_text")));
    }
    let canceled =
        string("pubstatus").or_else(|| string("pubStatus")).is_some_and(|it| it.to_lowercase().starts_with("cancel"));
    if canceled {
        put("signal", Some("withdrawal".to_owned()));
        // A cancelled item often has no body any more: its note is what is left to read.
        if !row.contains_key("html") && !row.contains_key("text") {
            let left = note.or_else(|| string("headline")).unwrap_or_else(|| "canceled".into());
            row.insert("text".into(), Value::String(left));
        }
    }
    serde_json::to_vec(&row).ok()
}

/// The page that an item of ninjs 3 names among its renditions.
fn page(item: &Map<String, Value>) -> Option<String> {
    let all = item.get("renditions")?.as_array()?;
    let is_page = |it: &&Value| it.get("contentType").and_then(Value::as_str) == Some("text/html");
    all.iter().find(is_page)?.get("href")?.as_str().map(str::to_owned)
}

/// Body as HTML and as text: `body_xhtml`, `body_html`, `body_text` of ninjs 1, `bodies` of 2 and 3.
fn body(item: &Map<String, Value>) -> (Option<String>, Option<String>) {
    let string = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let of_kind = |wanted: &[&str]| {
        let all = item.get("bodies")?.as_array()?;
        all.iter().find_map(|it| {
            let kind =
                it.get("contenttype").or_else(|| it.get("contentType")).and_then(Value::as_str).unwrap_or("text/plain");
            wanted.iter().any(|w| kind.contains(w)).then(|| it.get("value")?.as_str().map(str::to_owned))?
        })
    };
    let html = string("body_xhtml").or_else(|| string("body_html")).or_else(|| of_kind(&["html"]));
    (html, string("body_text").or_else(|| of_kind(&["plain"])))
}

/// The value of the first of `headlines` and the like: the one of role `main`, else the first.
fn of_role(item: &Map<String, Value>, key: &str, value: &str) -> Option<String> {
    let all = item.get(key)?.as_array()?;
    let main = all.iter().find(|it| it.get("role").and_then(Value::as_str).is_some_and(|it| it.ends_with("main")));
    main.or_else(|| all.first())?.get(value)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Option<Value> {
        ninjs(text.as_bytes()).map(|it| serde_json::from_slice(&it).unwrap())
    }

    #[test]
    fn one_two_and_three_are_read() {
        let one = row(
            r#"{"uri": "urn:x:1", "pubstatus": "usable", "versioncreated": "2031-05-04T09:00:00Z", "firstcreated": "2031-05-04T08:00:00Z",
            "headline": "Ferry aground", "byline": "Ola Brandt", "body_xhtml": "<p>The ferry ran aground.</p>", "language": "en"}"#,
        )
        .unwrap();
        assert_eq!((&one["title"], &one["html"]), (&"Ferry aground".into(), &"<p>The ferry ran aground.</p>".into()));
        assert_eq!((&one["published"], one.get("signal")), (&"2031-05-04T08:00:00Z".into(), None));
        let two = row(
            r#"{"uri": "https://agency.example/1", "pubstatus": "canceled", "versioncreated": "2031-05-04T09:00:00Z",
            "headlines": [{"role": "sub", "value": "x"}, {"role": "http://cv.example/main", "value": "Ferry aground"}],
            "bodies": [{"contenttype": "text/plain", "value": "The ferry ran aground."}], "infosources": [{"name": "Coast Agency"}]}"#,
        )
        .unwrap();
        assert_eq!(
            (&two["title"], &two["text"], &two["outlet"]),
            (&"Ferry aground".into(), &"The ferry ran aground.".into(), &"Coast Agency".into())
        );
        assert_eq!((&two["signal"], &two["url"]), (&"withdrawal".into(), &"https://agency.example/1".into()));
        let three = row(
            r#"{"uri": "urn:x:3", "standard": {"name": "ninjs", "version": "3.0"}, "by": "Ola Brandt", "edNote": "Developing",
            "headlines": [{"value": "Ferry aground"}], "bodies": [{"contentType": "text/plain", "value": "The ferry ran aground."}],
            "infoSources": [{"name": "Coast Agency"}], "renditions": [{"name": "page", "contentType": "text/html", "href": "https://x.example/3"}]}"#,
        )
        .unwrap();
        for (key, value) in [
            ("byline", "Ola Brandt"),
            ("outlet", "Coast Agency"),
            ("ednote", "Developing"),
            ("url", "https://x.example/3"),
            ("text", "The ferry ran aground."),
        ] {
            assert_eq!(three[key], value, "{key}");
        }
        let first =
            row(r#"{"uri": "urn:x:4", "versionCreated": "2031-05-04T09:00:00Z", "copyrightHolder": "Coast Agency"}"#)
                .unwrap();
        assert_eq!((&first["published"], first.get("updated")), (&"2031-05-04T09:00:00Z".into(), None));
        assert_eq!(first["outlet"], "Coast Agency");
        assert_eq!(row(r#"{"uri": "x", "text": "not ninjs"}"#), None);
        assert_eq!(row(r#"{"uri": "x", "text": "about \"ninjs\"", "tags": ["ninjs"]}"#), None);
        assert_eq!(row(r#"["uri", "pubstatus"]"#), None);
    }
}
