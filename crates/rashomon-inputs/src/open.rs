//! Opening an input, and telling what it is by its first bytes; its name decides only where these leave it open.

use crate::{feed, newsml, ninjs, opml, sitemap, table, wacz, warc};
use jiff::Timestamp;
use rashomon_read::{Error, Format, Record};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// Bytes of one document or record.
pub const MOST: u64 = 64 << 20;
/// Bytes that an archive may unpack to.
pub(crate) const MOST_UNPACKED: u64 = 8 << 30;
/// Bytes that are looked at to tell what an input is.
const HEAD: u64 = 8 << 10;

/// A record, and what stands beside it: where and when it was retrieved.
#[derive(Clone, Debug)]
pub struct Source {
    /// The record.
    pub record: Record,
    /// Where it was retrieved.
    pub url: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// HTTP status.
    pub status: Option<u16>,
    /// Headers it came with.
    pub headers: Vec<(String, String)>,
    /// `withdrawal`, if what sent it says that it is withdrawn.
    pub signal: Option<&'static str>,
}

impl Source {
    /// Whether it says that nothing stands at an address any more, taken down for good (410) or by law (451).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self.status, Some(410 | 451))
    }
}

impl Source {
    /// A record about which nothing else is known.
    #[must_use]
    pub fn of(record: Record) -> Self {
        Self { record, url: None, at: None, status: None, headers: Vec::new(), signal: None }
    }
}

/// The sources of an input.
pub type Items = Box<dyn Iterator<Item = Result<Source, Error>> + Send>;

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Columns of tables that go by another name: from, to.
    pub map: Vec<(String, String)>,
    /// Bytes that one article may grow to when it is unpacked.
    pub largest: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { map: Vec::new(), largest: rashomon_read::LARGEST }
    }
}

/// Opens `input`: a file, a folder with all files below it in order of name, or `-` for standard input.
///
/// # Errors
/// If the input itself cannot be opened or is of a format that is not read.
pub fn records(input: impl AsRef<OsStr>, options: &Options) -> Result<Items, Error> {
    let path = Path::new(input.as_ref());
    let shown = path.to_string_lossy();
    let input = &*shown;
    if input.starts_with("http://") || input.starts_with("https://") {
        // The reader says that addresses are not for it.
        return Ok(plain(rashomon_read::records_within(input, options.largest)?, options));
    }
    if input == "-" {
        return open(Box::new(io::stdin()), "-", options);
    }
    if !path.is_dir() {
        return file(path, options);
    }
    let (files, errors) = rashomon_read::files_below(path);
    if files.is_empty() && errors.is_empty() {
        return Err(Error::said(input, "folder holds no files"));
    }
    let options = options.clone();
    let read = files.into_iter().flat_map(move |path: PathBuf| match file(&path, &options) {
        Ok(it) => it,
        Err(e) => Box::new(std::iter::once(Err(e))),
    });
    Ok(Box::new(errors.into_iter().map(Err).chain(read)))
}

/// The sources in bytes at hand, told apart like a file of that name.
///
/// # Errors
/// If they are of a format that is not read.
pub fn records_in(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Items, Error> {
    if bytes.starts_with(b"PAR1") {
        return table::parquet(bytes::Bytes::from(bytes), name, options);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return wacz::wacz(Cursor::new(bytes), name).map(tidied);
    }
    open(Box::new(Cursor::new(bytes)), name, options)
}

fn file(path: &Path, options: &Options) -> Result<Items, Error> {
    let place = path.to_string_lossy();
    let mut file = match File::open(path) {
        Ok(it) => it,
        // The reader has the plain words for what is wrong.
        Err(_) => return Ok(plain(rashomon_read::records_within(path, options.largest)?, options)),
    };
    let mut head = [0; 4];
    let n = if path.is_file() { file.read(&mut head).unwrap_or(0) } else { 0 };
    let again = || File::open(path).map_err(|e| Error::said(&*place, e));
    match &head[..n] {
        b"PAR1" => table::parquet(again()?, &place, options),
        b"PK\x03\x04" => wacz::wacz(BufReader::new(again()?), &place).map(tidied),
        _ if !path.is_file() => Ok(plain(rashomon_read::records_within(path, options.largest)?, options)),
        _ => open(Box::new(again()?), &place, options),
    }
}

/// Opens a stream: what this crate reads it reads, everything else goes to the reader as it came.
fn open(reader: Box<dyn Read + Send>, place: &str, options: &Options) -> Result<Items, Error> {
    let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, reader));
    let outer = head(&mut reader).map_err(|e| Error::said(place, e))?;
    let bare = bare(place);
    // Only the head is unpacked to see what is inside.
    let inner = unpacked_head(&outer);
    let packed = inner.is_some();
    let kind = kind(inner.as_ref().unwrap_or(&outer), &bare);
    let whole: Box<dyn BufRead + Send> = Box::new(Cursor::new(outer.clone()).chain(reader));
    if kind == Kind::Other {
        return Ok(plain(rashomon_read::records_from(whole, place, options.largest)?, options));
    }
    let opened: Box<dyn BufRead + Send> = if !packed {
        whole
    } else if outer.starts_with(b"\x1f\x8b") {
        Box::new(BufReader::with_capacity(1 << 16, flate2::bufread::MultiGzDecoder::new(whole)))
    } else {
        let decoder = zstd::stream::read::Decoder::with_buffer(whole).map_err(|e| Error::said(place, e))?;
        Box::new(BufReader::with_capacity(1 << 16, decoder))
    };
    match kind {
        Kind::Warc => Ok(tidied(Box::new(warc(opened, place)))),
        Kind::Csv(delimiter) => Ok(table::csv(Box::new(opened), delimiter, place, options)),
        Kind::Parquet => {
            let mut bytes = Vec::new();
            opened.take(MOST_UNPACKED + 1).read_to_end(&mut bytes).map_err(|e| Error::said(place, e))?;
            table::parquet(bytes::Bytes::from(bytes), place, options)
        }
        Kind::Feed | Kind::Sitemap | Kind::Opml | Kind::Newsml => {
            let mut bytes = Vec::new();
            let read = opened.take(MOST + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > MOST {
                return Err(Error::said(place, format!("a document of more than {MOST} bytes")));
            }
            read.map_err(|e| Error::said(place, e))?;
            document(kind, &bytes, place)
        }
        Kind::Other => Err(Error::said(place, "not read")),
    }
}

/// The rows of a document that is read as a whole.
fn document(kind: Kind, bytes: &[u8], place: &str) -> Result<Items, Error> {
    let row =
        |n: usize, bytes: Vec<u8>| Source::of(Record { place: format!("{place}:{n}"), format: Format::Jsonl, bytes });
    match kind {
        Kind::Newsml => {
            let (rows, wrong) = newsml::newsml(bytes).ok_or_else(|| Error::said(place, "not NewsML-G2"))?;
            let rows: Vec<_> = (1..).zip(rows).map(|(n, bytes)| Ok(signalled(row(n, bytes)))).collect();
            let wrong = wrong.map(|it| Err(Error::said(place, format!("{it}; what came before was kept"))));
            Ok(Box::new(rows.into_iter().chain(wrong)))
        }
        Kind::Sitemap => {
            let it = sitemap::sitemap(bytes).ok_or_else(|| Error::said(place, "not a sitemap"))?;
            let count = it.entries.len() + it.sitemaps.len();
            Err(Error::said(
                place,
                format!(
                    "a sitemap: it lists {count} addresses and holds no text; `rashomon watch` reads what it lists"
                ),
            ))
        }
        Kind::Opml => {
            let (feeds, _) = opml::opml(bytes).ok_or_else(|| Error::said(place, "not OPML"))?;
            Err(Error::said(
                place,
                format!("a list of {} feeds, without text; `rashomon watch` reads them", feeds.len()),
            ))
        }
        _ => {
            let it = feed::feed(bytes, None).map_err(|e| Error::said(place, e))?;
            let rows: Vec<_> = (1..)
                .zip(&it.entries)
                .map(|(n, entry)| match entry.row() {
                    Some(bytes) => Ok(row(n, bytes)),
                    None => Err(Error::said(format!("{place}:{n}"), "an item without text; its page was not fetched")),
                })
                .collect();
            if rows.is_empty() {
                return Err(Error::said(place, "a feed without items"));
            }
            let broken = it.broken.map(|it| Err(Error::said(place, it)));
            Ok(Box::new(rows.into_iter().chain(broken)))
        }
    }
}

/// What the reader reads, rows of ninjs turned into rows, columns by the names that were asked for.
fn plain(records: rashomon_read::Records, options: &Options) -> Items {
    let map = options.map.clone();
    Box::new(records.map(move |record| {
        let mut record = record?;
        if record.format == Format::Jsonl {
            if !map.is_empty() {
                record.bytes = renamed(&record.bytes, &map).unwrap_or(record.bytes);
            }
            if let Some(bytes) = ninjs::ninjs(&record.bytes) {
                record.bytes = bytes;
                return Ok(signalled(Source::of(record)));
            }
        }
        Ok(Source::of(record))
    }))
}

fn renamed(bytes: &[u8], map: &[(String, String)]) -> Option<Vec<u8>> {
    let serde_json::Value::Object(mut row) = serde_json::from_slice(bytes).ok()? else { return None };
    for (from, to) in map {
        if let Some(value) = row.remove(from) {
            row.insert(to.clone(), value);
        }
    }
    serde_json::to_vec(&row).ok()
}

/// A row that carries its signal, with it beside it.
fn signalled(mut it: Source) -> Source {
    if memchr::memmem::find(&it.record.bytes, b"\"signal\":\"withdrawal\"").is_some() {
        it.signal = Some("withdrawal");
    }
    it
}

/// Errors of a stream pass, but not more than a page of them.
fn tidied(items: Items) -> Items {
    let mut errors = 0;
    Box::new(items.filter(move |it| {
        errors += usize::from(it.is_err());
        it.is_ok() || errors <= 100
    }))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Warc,
    Parquet,
    Csv(u8),
    Feed,
    Sitemap,
    Opml,
    Newsml,
    Other,
}

/// What an input is, by its first bytes.
fn kind(head: &[u8], name: &str) -> Kind {
    if head.starts_with(b"WARC/") {
        return Kind::Warc;
    }
    if head.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    let trimmed = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let has = |it: &[u8]| memchr::memmem::find(trimmed, it).is_some();
    match trimmed.first() {
        Some(b'{') if has(b"jsonfeed.org/version") => Kind::Feed,
        Some(b'<') => match root(trimmed).as_deref() {
            Some("rss" | "feed" | "RDF") => Kind::Feed,
            Some("urlset" | "sitemapindex") => Kind::Sitemap,
            Some("opml" | "OPML") => Kind::Opml,
            Some("newsItem" | "newsMessage" | "packageItem") => Kind::Newsml,
            _ => Kind::Other,
        },
        Some(b'{' | b'[') => Kind::Other,
        Some(_) => {
            let named = [".csv", ".tsv"].iter().any(|it| name.ends_with(it));
            table::delimiter(head, named).map_or(Kind::Other, Kind::Csv)
        }
        None => Kind::Other,
    }
}

/// The name of the first element, without its prefix.
fn root(head: &[u8]) -> Option<String> {
    let mut rest = head;
    loop {
        let at = memchr::memchr(b'<', rest)?;
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            let end = memchr::memmem::find(rest, b"-->")?;
            rest = &rest[end..];
        } else if rest.starts_with(b"!") {
            // A document type may have one level of brackets with declarations in it.
            let open = memchr::memchr(b'[', rest);
            let close = memchr::memchr(b'>', rest)?;
            let end = match open {
                Some(open) if open < close => {
                    memchr::memmem::find(rest, b"]>").or_else(|| memchr::memmem::find(rest, b"] >"))?
                }
                _ => close,
            };
            rest = &rest[end..];
        } else if rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_') {
            let end =
                rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/')).unwrap_or(rest.len());
            let name = String::from_utf8_lossy(&rest[..end]);
            return Some(name.rsplit(':').next().unwrap_or_default().to_owned());
        }
    }
}

fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// The first bytes inside a packed head; nothing if it is not packed.
fn unpacked_head(head: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0; 4096];
    let mut reader: Box<dyn Read + '_> = if head.starts_with(b"\x1f\x8b") {
        Box::new(flate2::read::MultiGzDecoder::new(head))
    } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
        Box::new(zstd::stream::read::Decoder::new(head).ok()?)
    } else {
        return None;
    };
    let mut filled = 0;
    // The head breaks off in the middle: what came before is enough.
    while filled < out.len() {
        match reader.read(&mut out[filled..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => filled += n,
        }
    }
    out.truncate(filled);
    Some(out)
}

fn bare(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    [".gz", ".zst", ".zstd"].iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_what_it_is() {
        for (head, name, wanted) in [
            (&b"<?xml version='1.0'?>\n<!-- <html> -->\n<rss version='2.0'>"[..], "a.txt", Kind::Feed),
            (b"<rdf:RDF xmlns:rdf='x'>", "a", Kind::Feed),
            (b"<!DOCTYPE x [<!ENTITY a \"<feed>\">]><opml>", "a", Kind::Opml),
            (b"<urlset xmlns='x'>", "a.html", Kind::Sitemap),
            (b"<!DOCTYPE html><html><body><rss>", "a.xml", Kind::Other),
            (b"<newsItem guid='x'>", "a", Kind::Newsml),
            (b"{ \"version\": \"https://jsonfeed.org/version/1\"", "a.json", Kind::Feed),
            (b"{\"text\": \"x\"}", "a", Kind::Other),
            (b"WARC/1.1\r\n", "a", Kind::Warc),
            (b"url,text\n", "a", Kind::Csv(b',')),
            (b"a;b\n1;2\n", "x.CSV.gz", Kind::Other),
            (b"a;b\n1;2\n", "x.csv", Kind::Csv(b';')),
            (b"", "a.csv", Kind::Other),
        ] {
            assert_eq!(kind(head, name), wanted, "{}", String::from_utf8_lossy(head));
        }
    }

    fn texts(bytes: Vec<u8>, name: &str) -> Vec<String> {
        records_in(bytes, name, &Options::default())
            .unwrap()
            .map(|it| rashomon_read::article(&it.unwrap().record).output.unwrap().text.trim().to_owned())
            .collect()
    }

    #[test]
    fn feeds_tables_and_archives_are_read_packed_or_not() {
        let rss = "<rss version='2.0'><channel><title>Harbour Post</title><item><title>Ferry</title><link>https://x.example/1</link>\
                   <description>The ferry ran aground off Port Nora.</description></item></channel></rss>";
        let csv = "title,text\nFerry,The ferry ran aground off Port Nora.\n";
        let wanted = ["The ferry ran aground off Port Nora."];
        for plain in [rss, csv] {
            assert_eq!(texts(plain.into(), "-"), wanted);
            assert_eq!(texts(zstd::bulk::compress(plain.as_bytes(), 3).unwrap(), "x.zst"), wanted);
        }
        let rows = "{\"headline\": \"Ferry\", \"uri\": \"urn:1\", \"pubstatus\": \"canceled\", \"body_text\": \"The ferry ran aground off Port Nora.\"}\n";
        assert_eq!(texts(rows.into(), "a.jsonl"), wanted);
        let all: Vec<_> = records_in(rows.into(), "a.jsonl", &Options::default()).unwrap().collect();
        assert_eq!(all[0].as_ref().unwrap().signal, Some("withdrawal"));
        let renamed = Options { map: vec![("story".into(), "text".into())], ..Options::default() };
        let row =
            records_in(b"{\"story\": \"The ferry.\"}".to_vec(), "a.jsonl", &renamed).unwrap().next().unwrap().unwrap();
        assert_eq!(row.record.bytes, b"{\"text\":\"The ferry.\"}");
        for (document, words) in [("<opml><body/></opml>", "0 feeds"), ("<urlset></urlset>", "sitemap")] {
            let error = records_in(document.into(), "a", &Options::default()).err().unwrap().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
