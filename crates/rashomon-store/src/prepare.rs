//! A retrieved record to what the store keeps of it. Pure, so that it can be done on all threads.

use crate::address::{Address, normal};
use crate::blobs::{Encoder, Packed};
use crate::outlets::assume_zone;
use crate::rows::Noticed;
use crate::{frozen, noticed, signal, trivial};
use jiff::Timestamp;
use rashomon::group::{Light, Record as Sketch};
use rashomon::model::{Article, Noted};
use rashomon::read::{self, Format, Record};
use sha2::{Digest, Sha256};

/// A record, and how it was come by.
#[derive(Clone, Debug)]
pub struct Retrieved {
    /// What was retrieved.
    pub record: Record,
    /// When.
    pub at: Timestamp,
    /// HTTP status, if it was fetched.
    pub status: Option<u16>,
    /// Response headers as they came, if it was fetched.
    pub headers: Vec<(String, String)>,
    /// `withdrawal`, if whoever sent it says that it is withdrawn.
    pub signal: Option<&'static str>,
    /// The outlet it is of, if whoever asked for it says so: above what the record says.
    pub outlet: Option<String>,
    /// Where it was found, the surest first, with the rule that says so: `requested`, `redirect`, `canonical`, `guid`, `feed`.
    pub addresses: Vec<(String, &'static str)>,
}

impl Retrieved {
    /// A record of a file or a stream.
    #[must_use]
    pub fn of(record: Record, at: Timestamp) -> Self {
        Self { record, at, status: None, headers: Vec::new(), signal: None, outlet: None, addresses: Vec::new() }
    }
}

/// An article ready to be put into a store.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The article as read; of rows of JSONL only what their own columns say.
    pub article: Article,
    pub(crate) at: Timestamp,
    pub(crate) status: Option<u16>,
    pub(crate) format: u8,
    pub(crate) headers: Option<Packed>,
    pub(crate) raw: Packed,
    pub(crate) raw_bytes: usize,
    pub(crate) frozen: Option<Packed>,
    pub(crate) addresses: Vec<(Address, &'static str)>,
    pub(crate) content: i64,
    pub(crate) sketch: Vec<u8>,
    pub(crate) day: Option<i64>,
    pub(crate) spaceless: bool,
    pub(crate) signal: Option<(&'static str, String)>,
    /// What was noticed while it was read.
    pub(crate) noticed: Vec<Noticed>,
}

/// How a kept record is read again.
pub(crate) const FORMATS: [Format; 3] = [Format::Jsonl, Format::Plain, Format::Html];

/// Reads and packs a record; nothing, and a note why, if there is no article in it.
#[must_use]
pub fn prepare(retrieved: Retrieved, encoder: &Encoder) -> Noted<Option<Prepared>> {
    let Retrieved { record, at, status, headers, signal: said, outlet, addresses } = retrieved;
    let Noted { output, mut notes } = read::bare_article(&record);
    let Some(mut article) = output else { return Noted { output: None, notes } };
    let first = addresses.first().map(|it| it.0.as_str());
    let mut told = outlet.is_some() && outlet != article.outlet;
    article.outlet = outlet.or(article.outlet);
    told |= assume_zone(&mut article, first, encoder.zones());
    let raw = encoder.pack(&record.bytes);
    // A row or a plain text is read again from its bytes; a page is kept as it was read.
    let again = matches!(record.format, Format::Jsonl | Format::Plain) && !told;
    if told && let Some(full) = read::article(&record).output {
        // What was told stands beside all that the record says, furniture and sources too.
        let (outlet, published, updated) = (article.outlet.take(), article.published, article.updated);
        article = Article { outlet, published, updated, ..full };
    }
    let frozen = (!again).then(|| encoder.pack(&frozen::freeze(&article)));
    let headers = (!headers.is_empty()).then(|| encoder.pack(&serde_json::to_vec(&headers).unwrap_or_default()));
    let derived = raw.digest[..8].iter().map(|b| format!("{b:02x}")).collect::<String>();
    let given_id = article.id != derived;
    // The id is given with the identity.
    let light = Light { id: "", ..Light::from(&article) };
    let mut sketch = Vec::new();
    let Noted { output: keyed, notes: of_keying } = Sketch::keyed(&light, &record.place);
    keyed.encode(&mut sketch);
    notes.extend(of_keying);
    let day = light.published.map(|it| it.as_second().div_euclid(86_400));
    let format = FORMATS.iter().position(|it| *it == record.format).unwrap_or_default();
    let prepared = Prepared {
        addresses: found_at(&article, &record.place, &addresses, given_id),
        at,
        status,
        format: u8::try_from(format).unwrap_or_default(),
        headers,
        raw_bytes: record.bytes.len(),
        raw,
        frozen,
        content: content(&article),
        sketch,
        day,
        signal: said
            .map(|kind| (kind, String::new()))
            .or_else(|| signal::signal(&article).map(|it| (it.kind, it.words)))
            .or_else(|| signal::stated(record.format, &record.bytes, &article).map(|it| ("correction", it))),
        spaceless: trivial::is_spaceless(&article.text),
        noticed: noticed::of(&notes),
        article,
    };
    Noted { output: Some(prepared), notes }
}

/// Where an article was found: what the caller knows, what it says itself, else its id or its file.
fn found_at(
    article: &Article,
    place: &str,
    known: &[(String, &'static str)],
    given_id: bool,
) -> Vec<(Address, &'static str)> {
    let mut out: Vec<(Address, &'static str)> = Vec::new();
    let of_article = article.url.iter().map(|it| (it.as_str(), "canonical"));
    for (url, rule) in known.iter().map(|(url, rule)| (url.as_str(), *rule)).chain(of_article) {
        let Some(it) = normal(url) else { continue };
        // A page that calls the front page its canonical address is mistaken.
        let front = it.normal == it.host();
        if !(front && rule == "canonical" && !out.is_empty()) && out.iter().all(|(a, _)| a.normal != it.normal) {
            // What a row or a page alone says is simply its address.
            let rule = if out.is_empty() && rule == "canonical" { "address" } else { rule };
            out.push((it, rule));
        }
    }
    if out.is_empty() {
        let outlet = article.outlet.as_deref().unwrap_or_default().to_lowercase();
        out.push((Address::other("id", &format!("{outlet}/{}", article.id)), "id"));
        if !given_id && place != "-" {
            out.push((Address::other("file", place), "file"));
        }
    }
    out
}

/// A number that changes with what a reader sees: headline, text, first date.
fn content(article: &Article) -> i64 {
    let mut hasher = Sha256::new();
    hasher.update(article.title.as_deref().unwrap_or_default());
    hasher.update([0]);
    hasher.update(article.published.map_or(0, |it| it.at.as_second()).to_le_bytes());
    hasher.update(&article.text);
    let digest = hasher.finalize();
    i64::from_le_bytes(digest[..8].try_into().unwrap_or_default())
}
