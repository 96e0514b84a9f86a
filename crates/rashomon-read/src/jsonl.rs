//! One JSON row to an article.
//!
//! Besides the contract's own keys, the columns of trafilatura, news-please, fundus and CC-News are understood; of several
//! columns for one thing the first in [`KEYS`] that holds something is taken. All others are carried through.

use crate::{Record, byline, dateline, digest, encoding, html, language, layout};
use rashomon_model::{Article, AssumedZones, Moment, Note, Noted, Severity};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The article in a JSON row.
pub(crate) fn article(record: &Record) -> Noted<Option<Article>> {
    let Parsed { mut noted, ours, page } = parse(record, true);
    if let Some(article) = noted.output.as_mut().filter(|_| !ours) {
        layout::lay_out(article);
        if let Some(page) = page {
            page.finish(article);
        }
        article.language = language::settled(article.language.as_deref(), &article.text);
    }
    noted
}

/// The article in a JSON row with what its own columns say and nothing else.
pub(crate) fn bare_article(record: &Record) -> Noted<Option<Article>> {
    let Parsed { mut noted, page, .. } = parse(record, false);
    if let (Some(article), Some(page)) = (&mut noted.output, page) {
        page.finish(article);
    }
    noted
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Url,
    Outlet,
    Title,
    Byline,
    Published,
    Updated,
    Language,
    Text,
    Html,
}

const FIELDS: usize = 10;

/// Column names by field; earlier ones are preferred.
const KEYS: [(&str, Field); 98] = [
    ("id", Field::Id),
    ("_id", Field::Id),
    ("article_id", Field::Id),
    ("articleId", Field::Id),
    ("uuid", Field::Id),
    ("guid", Field::Id),
    ("doc_id", Field::Id),
    ("url", Field::Url),
    ("link", Field::Url),
    ("canonical_url", Field::Url),
    ("canonical", Field::Url),
    ("article_url", Field::Url),
    ("responded_url", Field::Url),
    ("requested_url", Field::Url),
    ("web_url", Field::Url),
    ("source_url", Field::Url),
    ("permalink", Field::Url),
    ("uri", Field::Url),
    ("outlet", Field::Outlet),
    ("sitename", Field::Outlet),
    ("site_name", Field::Outlet),
    ("siteName", Field::Outlet),
    ("publisher", Field::Outlet),
    ("publication", Field::Outlet),
    ("source_name", Field::Outlet),
    ("sourceName", Field::Outlet),
    ("newspaper", Field::Outlet),
    ("media_name", Field::Outlet),
    ("source", Field::Outlet),
    ("hostname", Field::Outlet),
    ("source-hostname", Field::Outlet),
    ("source_hostname", Field::Outlet),
    ("source_domain", Field::Outlet),
    ("sourceDomain", Field::Outlet),
    ("domain", Field::Outlet),
    ("title", Field::Title),
    ("headline", Field::Title),
    ("article_title", Field::Title),
    ("heading", Field::Title),
    ("title_page", Field::Title),
    ("title_rss", Field::Title),
    ("byline", Field::Byline),
    ("authors", Field::Byline),
    ("author", Field::Byline),
    ("creator", Field::Byline),
    ("writers", Field::Byline),
    ("published", Field::Published),
    ("date_publish", Field::Published),
    ("publishing_date", Field::Published),
    ("published_date", Field::Published),
    ("publish_date", Field::Published),
    ("publication_date", Field::Published),
    ("published_at", Field::Published),
    ("publishedAt", Field::Published),
    ("date_published", Field::Published),
    ("datePublished", Field::Published),
    ("pub_date", Field::Published),
    ("pubDate", Field::Published),
    ("published_time", Field::Published),
    ("published_on", Field::Published),
    ("date", Field::Published),
    ("datetime", Field::Published),
    ("timestamp", Field::Published),
    ("time", Field::Published),
    ("created_at", Field::Published),
    ("updated", Field::Updated),
    ("date_modify", Field::Updated),
    ("modified", Field::Updated),
    ("modified_date", Field::Updated),
    ("modified_at", Field::Updated),
    ("date_modified", Field::Updated),
    ("dateModified", Field::Updated),
    ("last_updated", Field::Updated),
    ("last_modified", Field::Updated),
    ("updated_at", Field::Updated),
    ("updatedAt", Field::Updated),
    ("update_date", Field::Updated),
    ("language", Field::Language),
    ("lang", Field::Language),
    ("locale", Field::Language),
    ("text", Field::Text),
    ("maintext", Field::Text),
    ("main_text", Field::Text),
    ("plain_text", Field::Text),
    ("plaintext", Field::Text),
    ("body", Field::Text),
    ("content", Field::Text),
    ("article_text", Field::Text),
    ("articleBody", Field::Text),
    ("article_body", Field::Text),
    ("full_text", Field::Text),
    ("fulltext", Field::Text),
    ("raw_text", Field::Text),
    ("content_text", Field::Text),
    ("body_text", Field::Text),
    ("html", Field::Html),
    ("raw_html", Field::Html),
    ("html_content", Field::Html),
];

/// The columns of one row, borrowed from its bytes: the best value by field with its rank, and the rest.
#[derive(Default)]
struct Columns<'a> {
    fields: [Option<(usize, Cow<'a, str>, &'a RawValue)>; FIELDS],
    extra: Vec<(Cow<'a, str>, &'a RawValue)>,
}

struct Row<'a>(Columns<'a>);

impl<'de> Deserialize<'de> for Row<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Row<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<'de>, A::Error> {
                let mut columns = Columns::default();
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    columns.put(key.0, map.next_value()?);
                }
                Ok(Row(columns))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> Columns<'a> {
    fn put(&mut self, key: Cow<'a, str>, value: &'a RawValue) {
        let empty = matches!(value.get(), "null" | "\"\"" | "[]" | "{}" | "NaN");
        let known = KEYS.iter().enumerate().find(|(_, (name, _))| *name == key);
        if let Some((rank, (_, field))) = known
            && !empty
        {
            let slot = &mut self.fields[*field as usize];
            match slot {
                // The later of two columns of one name counts, as in other readers of JSON.
                Some((held, ..)) if *held < rank => {}
                _ => {
                    if let Some((_, key, value)) = slot.replace((rank, key, value)) {
                        self.extra.push((key, value));
                    }
                    return;
                }
            }
        } else if known.is_some() {
            return;
        }
        self.extra.push((key, value));
    }

    fn raw(&self, field: Field) -> Option<&'a RawValue> {
        self.fields[field as usize].as_ref().map(|(_, _, value)| *value)
    }

    /// Whether the row names a schema of ours.
    fn is_ours(&self) -> bool {
        self.extra.iter().any(|(k, v)| k == "schema" && v.get().starts_with("\"rashomon/"))
    }

    fn text(&self, field: Field) -> Option<Cow<'a, str>> {
        string(self.raw(field)?)
    }
}

/// The string in a value: itself, a number as written, or the strings of nested paragraphs, one a line.
fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let raw = value.get();
    match raw.as_bytes().first()? {
        b'"' => match serde_json::from_str::<Key<'_>>(raw) {
            Ok(text) => Some(text.0),
            // Halves of surrogate pairs are found only when the string is unescaped.
            Err(_) => serde_json::from_str::<String>(&mend(raw)).ok().map(Cow::Owned),
        },
        b'{' | b'[' => {
            let mut out = String::new();
            gather(&serde_json::from_str(raw).ok()?, &mut out);
            (!out.is_empty()).then_some(Cow::Owned(out))
        }
        b'0'..=b'9' | b'-' => Some(Cow::Borrowed(raw)),
        _ => None,
    }
}

/// Fundus keeps a body as sections with headlines and paragraphs.
fn gather(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(text);
        }
        Value::Array(items) => items.iter().for_each(|v| gather(v, out)),
        Value::Object(map) => {
            let first = ["summary", "headline", "title", "text", "content"];
            first.iter().filter_map(|k| map.get(*k)).for_each(|v| gather(v, out));
            map.iter().filter(|(k, _)| !first.contains(&k.as_str())).for_each(|(_, v)| gather(v, out));
        }
        _ => {}
    }
}

/// What a row gave, whether we wrote it (such an article is complete), and the page it held.
struct Parsed {
    noted: Noted<Option<Article>>,
    ours: bool,
    page: Option<html::Page>,
}

fn parse(record: &Record, full: bool) -> Parsed {
    let mut page = None;
    match serde_json::from_slice::<Row<'_>>(&record.bytes) {
        Ok(Row(row)) if row.is_ours() => Parsed { noted: ours(record), ours: true, page: None },
        Ok(row) => Parsed { noted: build(record, &row.0, full, Vec::new(), &mut page), ours: false, page },
        Err(first) => {
            let (repaired, notes) = repair(record);
            let noted = match serde_json::from_str::<Row<'_>>(&repaired) {
                Ok(row) => build(record, &row.0, full, notes, &mut page),
                Err(_) => omitted(record, format!("not a JSON object: {first}"), "broken-row"),
            };
            Parsed { noted, ours: false, page }
        }
    }
}

/// The article that `read` or `annotate` printed, as it was: its own source, spans and furniture.
fn ours(record: &Record) -> Noted<Option<Article>> {
    let schema = rashomon_wire::schema_of(&record.bytes).unwrap_or_default();
    if schema.starts_with("rashomon/collation/") {
        // Those of this version were taken apart before they came here.
        let why = match rashomon_wire::Collation::from_json(&record.bytes) {
            Ok(_) => "a collation among the rows of something else is not read".to_owned(),
            Err(why) => why.to_string(),
        };
        return omitted(record, why, "broken-row");
    }
    match rashomon_wire::Article::from_json(&record.bytes).and_then(rashomon_wire::Article::into_model) {
        Ok(article) => match crate::too_long_or_empty(&article.text, &record.place) {
            None => Noted::quiet(Some(article)),
            note => Noted { output: None, notes: note.into_iter().collect() },
        },
        Err(why) => omitted(record, why.to_string(), "broken-row"),
    }
}

fn omitted(record: &Record, message: String, rule: &'static str) -> Noted<Option<Article>> {
    Noted {
        output: None,
        notes: vec![Note { place: record.place.clone(), message, rule, severity: Severity::Omitted }],
    }
}

/// The row in UTF-8 and mended.
fn repair(record: &Record) -> (String, Vec<Note>) {
    let decoded = encoding::decode(&record.bytes, None, &record.place);
    (mend(&decoded.text), decoded.notes)
}

/// JSON out of what other writers let through: `NaN`, halves of surrogate pairs, raw control characters.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| matches!(c, '"' | '\\' | 'N' | 'I' | '-') || c.is_control()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut taken = 1;
        if rest.starts_with('"') {
            quoted = !quoted;
            out.push('"');
        } else if quoted && rest.starts_with("\\u") {
            taken = unicode_escape(rest, &mut out);
        } else if quoted && rest.starts_with('\\') {
            taken = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(&rest[..taken]);
        } else if let Some(word) =
            (!quoted).then(|| ["NaN", "Infinity", "-Infinity"].into_iter().find(|w| rest.starts_with(w))).flatten()
        {
            out.push_str("null");
            taken = word.len();
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            taken = c.len_utf8();
            if quoted && u32::from(c) < 0x20 {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            } else {
                out.push(c);
            }
        }
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// Copies the `\uXXXX` that `rest` begins with, both halves of a pair, or `\ufffd` for half a pair; returns its length.
fn unicode_escape(rest: &str, out: &mut String) -> usize {
    let unit = |at: usize| {
        let escape = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(escape, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => {
            out.push_str(&rest[..12]);
            12
        }
        (Some(0xD800..=0xDFFF), _) => {
            out.push_str("\\ufffd");
            6
        }
        (Some(_), _) => {
            out.push_str(&rest[..6]);
            6
        }
        (None, _) => {
            out.push_str("\\u");
            2
        }
    }
}

fn build(
    record: &Record,
    columns: &Columns<'_>,
    full: bool,
    mut notes: Vec<Note>,
    shown: &mut Option<html::Page>,
) -> Noted<Option<Article>> {
    let given_id = columns.text(Field::Id).map(Cow::into_owned);
    // Only the id needs it where nobody reads the single article.
    let (digest, derived_id) = if full || given_id.is_none() { digest(&record.bytes) } else { Default::default() };
    let url = columns.text(Field::Url);
    let mut outlet = columns.text(Field::Outlet);
    let mut source_url = None;
    if let Some(name) = &outlet
        && (name.contains('/') || is_file_name(name))
    {
        // trafilatura keeps the address under "source"; our own articles keep the path there.
        source_url = name.contains("://").then(|| name.clone());
        outlet = columns
            .extra
            .iter()
            .find(|(k, _)| matches!(&**k, "hostname" | "source-hostname" | "source_domain" | "domain"))
            .and_then(|(_, v)| string(v));
    }
    let url = url.or(source_url).map(Cow::into_owned);
    let host = url.as_deref().and_then(|u| u.split("://").nth(1)?.split(['/', ':', '?']).next());
    let domain = host.and_then(|h| h.rsplit('.').next()).map(str::to_ascii_lowercase);
    let places: Vec<&str> = domain.as_deref().into_iter().collect();
    let moment = |field: Field| -> Option<(Moment, bool)> { dateline::field_zoned(&columns.text(field)?, &places) };
    let (published, updated) = (moment(Field::Published), moment(Field::Updated));
    let assumed = |it: Option<(Moment, bool)>| it.is_some_and(|(_, zoned)| !zoned);
    let mut article = Article {
        id: given_id.unwrap_or(derived_id),
        source: record.place.clone(),
        outlet: outlet.map(Cow::into_owned),
        title: columns.text(Field::Title).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()),
        byline: columns.raw(Field::Byline).map(authors).unwrap_or_default(),
        published: published.map(|(at, _)| at),
        updated: updated.map(|(at, _)| at),
        assumed_zones: AssumedZones { published: assumed(published), updated: assumed(updated) },
        language: columns.text(Field::Language).and_then(|l| language::code(&l)),
        digest,
        url,
        ..Article::default()
    };
    if full {
        article.extra = columns.extra.iter().map(|(k, v)| (k.clone().into_owned(), on_one_line(v.get()))).collect();
        article.extra.sort_unstable();
    }
    if let Some(text) = columns.text(Field::Text) {
        article.text = text.into_owned();
    } else if let Some(page) = columns.raw(Field::Html).and_then(page) {
        *shown = Some(html::fill(&mut article, &page, &record.place, &mut notes));
    } else if full || article.title.is_none() {
        let mut noted = omitted(record, "row has no text".into(), "no-text");
        noted.notes.splice(0..0, notes);
        return noted;
    }
    // A headline alone is enough to be grouped by.
    let headline_only = !full && article.title.is_some() && article.text.len() < 64 && article.text.trim().is_empty();
    if let Some(note) = crate::too_long_or_empty(&article.text, &record.place).filter(|_| !headline_only) {
        notes.push(note);
        return Noted { output: None, notes };
    }
    Noted { output: Some(article), notes }
}

/// JSON as written, its line ends as spaces: no string of JSON holds any.
fn on_one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}

/// The page in an `html` column: a string, or fundus' object with the page under `content`.
fn page(value: &RawValue) -> Option<String> {
    if value.get().starts_with('{') {
        let map: serde_json::Map<String, Value> = serde_json::from_str(value.get()).ok()?;
        return map.get("content").and_then(Value::as_str).map(str::to_owned);
    }
    string(value).map(Cow::into_owned).filter(|p| p.contains('<'))
}

fn is_file_name(name: &str) -> bool {
    const ENDINGS: [&str; 8] = [".txt", ".html", ".htm", ".jsonl", ".json", ".gz", ".zst", ".md"];
    let stem = name
        .rsplit_once(':')
        .filter(|(_, line)| line.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(stem, _)| stem);
    ENDINGS.iter().any(|e| stem.ends_with(e))
}

/// Names in a list, in objects with a `name`, or in a string with `;`, commas or "and" between them.
fn authors(value: &RawValue) -> Vec<String> {
    let mut out = Vec::new();
    match serde_json::from_str::<Value>(value.get()) {
        Ok(Value::String(names)) => split_names(&names, &mut out),
        Ok(Value::Array(items)) => {
            for item in items {
                match item {
                    Value::String(name) => split_names(&name, &mut out),
                    Value::Object(map) => {
                        if let Some(name) = map.get("name").and_then(Value::as_str) {
                            split_names(name, &mut out);
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(Value::Object(map)) => {
            if let Some(name) = map.get("name").and_then(Value::as_str) {
                split_names(name, &mut out);
            }
        }
        _ => {}
    }
    out
}

/// The names in a byline as a field holds it.
pub(crate) fn split_names(names: &str, out: &mut Vec<String>) {
    let names = names.trim();
    let names = names.get(..3).filter(|b| b.eq_ignore_ascii_case("by ")).map_or(names, |_| &names[3..]);
    let mut push = |name: &str| {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if !name.is_empty() && !name.contains("://") && !out.contains(&name) {
            out.push(name);
        }
    };
    if names.contains(';') {
        names.split(';').for_each(push);
    } else {
        let parts: Vec<&str> =
            names.split(',').flat_map(|p| p.split(" and ")).map(str::trim).filter(|p| !p.is_empty()).collect();
        // "Jane Doe, Harbour Gazette": only lists of people are taken apart.
        if parts.len() > 1 && parts.iter().all(|p| byline::is_person(p)) {
            parts.into_iter().for_each(push);
        } else {
            push(names);
        }
    }
}
