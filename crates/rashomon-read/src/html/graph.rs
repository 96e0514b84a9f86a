//! The JSON-LD of a page (schema.org) as one table of objects, mended where it does not parse.
//!
//! Systems write an article's author or publisher once, under an `@id`, and refer to it; they nest the article in a
//! `mainEntity`, or list it beside others in a `@graph`. Some write line ends into strings, or commas too many.

use super::dom::{DOCUMENT, Dom};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

/// All objects of a page's JSON-LD.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    objects: Vec<Map<String, Value>>,
    /// The objects that say more than their own `@id`, by it.
    named: FxHashMap<String, usize>,
}

/// Objects of one page beyond this are not looked at: a list of everything a site holds is not about one article.
const MOST: usize = 4_000;

impl Graph {
    pub(crate) fn of(dom: &Dom) -> Self {
        let mut it = Self::default();
        for id in dom.below(DOCUMENT).filter(|id| dom.tag(*id) == "script") {
            if !dom.attribute(id, "type").to_ascii_lowercase().contains("ld+json") {
                continue;
            }
            parsed(&dom.text(id)).into_iter().for_each(|value| it.take(value));
        }
        it
    }

    /// Files an object and those inside it, the outer before the inner, in the order of the page.
    fn take(&mut self, value: Value) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.into_iter().rev()),
                Value::Object(map) => {
                    if self.objects.len() >= MOST {
                        return;
                    }
                    let inner = map.iter().filter(|(key, value)| {
                        !matches!(key.as_str(), "comment" | "liveBlogUpdate" | "review")
                            && (value.is_object() || value.is_array())
                    });
                    let inner: Vec<Value> = inner.map(|(_, value)| value.clone()).collect();
                    open.extend(inner.into_iter().rev());
                    if let Some(id) = map.get("@id").and_then(Value::as_str).filter(|_| map.len() > 1) {
                        let place = self.objects.len();
                        let held = self.named.entry(id.to_owned()).or_insert(place);
                        if self.objects.get(*held).is_some_and(|o| o.get("name").is_none()) && map.contains_key("name")
                        {
                            *held = place;
                        }
                    }
                    self.objects.push(map);
                }
                _ => {}
            }
        }
    }

    /// The object that is the page's article: of those whose type is an article's the one whose headline `alike` rates best,
    /// the first of equals. One with another headline and an address other than the page's `own` is another page's.
    pub(crate) fn article(&self, own: Option<&str>, alike: impl Fn(&str) -> usize) -> Option<&Map<String, Value>> {
        let found = self.objects.iter().enumerate().filter(|(_, it)| is_a(it, is_article));
        let rated = found.filter_map(|(n, it)| {
            let headline = ["headline", "name"].iter().find_map(|k| it.get(*k)).and_then(plain);
            let rate = headline.as_deref().map_or(0, &alike);
            let address = it.get("url").and_then(plain).filter(|_| rate == 0 && headline.is_some());
            let elsewhere = own.zip(address).is_some_and(|(own, other)| bare(own) != bare(&other));
            (!elsewhere).then_some((rate, n))
        });
        rated.max_by_key(|(alike, n)| (*alike, usize::MAX - n)).map(|(_, n)| &self.objects[n])
    }

    /// What the first page or other work that is no article, picture or film says under `key`.
    pub(crate) fn of_page(&self, key: &str) -> Option<String> {
        let page = |kind: &str| {
            kind.ends_with("Page")
                || matches!(kind, "CreativeWork" | "TechArticle" | "Review" | "Recipe" | "PodcastEpisode")
        };
        self.objects.iter().filter(|it| is_a(it, page)).find_map(|it| it.get(key).and_then(plain))
    }

    /// The names under a value: of a string, of an object, of what an `@id` refers to, of several.
    pub(crate) fn names(&self, value: &Value) -> Vec<String> {
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let each = |it: &Value| match it.get("name").and_then(Value::as_array) {
            // One object of several names.
            Some(several) => several.iter().filter_map(plain).collect(),
            None => self.name(it).into_iter().collect::<Vec<_>>(),
        };
        items.iter().flat_map(each).collect()
    }

    pub(crate) fn name(&self, value: &Value) -> Option<String> {
        let Value::Object(map) = value else { return plain(value) };
        let own = map.get("name").and_then(plain);
        let parts = || {
            let [given, family] = ["givenName", "familyName"].map(|key| map.get(key).and_then(plain));
            Some(format!("{} {}", given?, family?))
        };
        own.or_else(parts).or_else(|| {
            let id = map.get("@id")?.as_str()?;
            let named = self.objects.get(*self.named.get(id)?)?;
            named.get("name").and_then(plain)
        })
    }
}

/// An address less what one page may be asked for with: its scheme, host, query and a slash at its end.
fn bare(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
}

fn is_a(map: &Map<String, Value>, kind: impl Fn(&str) -> bool) -> bool {
    match map.get("@type") {
        Some(Value::String(it)) => kind(it),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).any(kind),
        _ => false,
    }
}

/// Whether the object says that it is news, and not any article.
pub(crate) fn is_news(map: &Map<String, Value>) -> bool {
    is_a(map, |kind| kind.ends_with("NewsArticle") || kind == "LiveBlogPosting" || kind == "ReportageNewsArticle")
}

pub(crate) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.first().and_then(plain),
        _ => None,
    }
}

/// The values of a script: of JSON as written, or mended.
fn parsed(text: &str) -> Vec<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text = text.trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    // A script whose quotation marks are references, which are none inside of scripts.
    let unescaped = text.starts_with(['{', '[']) && !text.contains('"') && text.contains("&quot;");
    let unescaped = unescaped.then(|| text.replace("&quot;", "\"").replace("&amp;", "&"));
    let mut rest = unescaped.as_deref().unwrap_or(text);
    let mut out = Vec::new();
    // Several objects may stand one behind the other.
    while out.len() < SEVERAL {
        let (value, length) = mended(rest);
        out.extend(serde_json::from_str::<Value>(&value).ok().filter(|it| it.is_object() || it.is_array()));
        rest = rest[length..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '}' | ']'));
        if !rest.starts_with(['{', '[']) {
            break;
        }
    }
    out
}

/// Values of one broken script that are looked at.
const SEVERAL: usize = 20;

/// The first value of broken JSON, and how many bytes of `text` it takes. Escapes line ends, tabs and quotation marks inside of
/// strings, drops commas before a closing bracket and escapes JSON does not know, and closes what is open at the end.
fn mended(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let (mut inside, mut comma) = (false, None);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if inside {
            match c {
                '"' if closes(&text[at + 1..]) => {
                    inside = false;
                    out.push(c);
                }
                '"' => out.push_str("\\\""),
                '\\' => {
                    if let Some((_, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) = chars.peek() {
                        out.push(c);
                        out.extend(chars.next().map(|(_, c)| c));
                    }
                }
                c if c.is_control() => out.push(' '),
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => inside = true,
            '{' | '[' => open.push(if c == '{' { '}' } else { ']' }),
            '}' | ']' => {
                if let Some(at) = comma.take() {
                    out.truncate(at);
                }
                open.pop();
            }
            _ => {}
        }
        if c == ',' {
            comma.get_or_insert(out.len());
        } else if !c.is_whitespace() {
            comma = None;
        }
        out.push(c);
        if open.is_empty() && matches!(c, '}' | ']') {
            return (out, at + 1);
        }
    }
    if inside {
        out.push('"');
    }
    if let Some(at) = comma {
        out.truncate(at);
    }
    out.extend(open.into_iter().rev());
    (out, text.len())
}

/// Whether a quotation mark before `rest` closes a string: a bracket, a colon or a comma follows, and behind a comma another
/// value or name.
fn closes(rest: &str) -> bool {
    let rest = rest.trim_start();
    match rest.chars().next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => rest[1..]
            .trim_start()
            .starts_with(|c: char| matches!(c, '"' | '{' | '[' | '}' | ']' | '-') || c.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_object_and_names_in_parts() {
        let graph = Graph::default();
        let names = |text: &str| graph.names(&serde_json::from_str(text).unwrap());
        assert_eq!(names(r#"{"@type": "Person", "name": ["Ada Lund", "Bo Berg"]}"#), ["Ada Lund", "Bo Berg"]);
        assert_eq!(
            names(r#"[{"givenName": "Ada", "familyName": "Lund"}, {"name": "Bo Berg"}]"#),
            ["Ada Lund", "Bo Berg"]
        );
        assert!(names(r#"{"givenName": "Ada"}"#).is_empty());
    }

    #[test]
    fn broken_json_is_mended() {
        for (text, key, value) in [
            ("{\"headline\": \"Weir\ngives way\",}", "headline", "Weir gives way"),
            ("{\"a\": [1, 2,], \"headline\": \"Weir\"};", "headline", "Weir"),
            ("{\"headline\": \"The \\'old\\' weir\"}", "headline", "The 'old' weir"),
            ("<!-- {\"headline\": \"Weir\"} -->", "headline", "Weir"),
            ("{\"headline\": \"Weir\", \"author\": {\"name\": \"Ada", "headline", "Weir"),
            ("{\"headline\": \"Weir\"}}", "headline", "Weir"),
            ("{\"headline\": \"The \"old\" weir\", \"a\": 1}", "headline", "The \"old\" weir"),
            ("{\"text\": \"She said \"no\", and left.\", \"headline\": \"Weir\"}", "headline", "Weir"),
            ("{&quot;headline&quot;: &quot;Weir &amp; lock&quot;}", "headline", "Weir & lock"),
        ] {
            let found = parsed(text).into_iter().next().unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found[key], value, "{text}");
        }
        assert!(parsed("no json").is_empty());
        let several = parsed("{\"headline\": \"Weir\",}\n{\"headline\": \"Lock\"}, [{\"headline\": \"Quay\"}]");
        assert_eq!(several.len(), 3);
        assert_eq!(several[2][0]["headline"], "Quay");
    }
}
