//! Web archives (WARC, ISO 28500): one record at a time, in bounded memory.

use crate::open::{MOST, Source};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use rashomon_read::{Error, Format, Record};
use std::io::{self, BufRead, Read};

/// Bytes of the headers of one record.
const HEADERS: usize = 64 << 10;

/// The articles of an archive, one a response or resource that is a page or a text, in order.
pub fn warc(
    reader: Box<dyn BufRead + Send>,
    place: &str,
) -> impl Iterator<Item = Result<Source, Error>> + Send + use<> {
    Archive { reader, place: place.to_owned(), number: 0, done: false }
}

struct Archive {
    reader: Box<dyn BufRead + Send>,
    place: String,
    number: usize,
    done: bool,
}

impl Iterator for Archive {
    type Item = Result<Source, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.number += 1;
            let place = format!("{}:{}", self.place, self.number);
            match self.record(&place) {
                Ok(Some(Some(found))) => return Some(found),
                Ok(Some(None)) => {}
                Ok(None) => self.done = true,
                Err(e) => {
                    self.done = true;
                    let why = match e.kind() {
                        io::ErrorKind::UnexpectedEof => "the archive breaks off; what came before was kept".to_owned(),
                        _ => format!("{e}; what came before was kept"),
                    };
                    return Some(Err(Error::said(place, why)));
                }
            }
        }
        None
    }
}

type Found = Option<Result<Source, Error>>;

impl Archive {
    /// The next record: nothing at the end, nothing inside if it is no article.
    fn record(&mut self, place: &str) -> io::Result<Option<Found>> {
        let Some(version) = self.first_line()? else { return Ok(None) };
        if !version.starts_with("WARC/") {
            return Err(io::Error::other("not a WARC record where one should begin"));
        }
        let headers = headers(&mut self.reader)?;
        let get = |name: &str| header(&headers, name);
        let length: u64 = get("content-length")
            .and_then(|it| it.parse().ok())
            .ok_or_else(|| io::Error::other("a record without its length"))?;
        let kind = get("warc-type").unwrap_or_default().to_ascii_lowercase();
        let url = get("warc-target-uri").map(|it| it.trim_matches(['<', '>']).to_owned());
        // What a store exports of a file has a name of the store's own.
        let own = |it: &str| kind == "resource" && it.starts_with("urn:rashomon:");
        let wanted = matches!(kind.as_str(), "response" | "resource")
            && url.as_ref().is_some_and(|it| it.starts_with("http") || own(it));
        if !wanted {
            skip(&mut self.reader, length)?;
            return Ok(Some(None));
        }
        if length > MOST {
            skip(&mut self.reader, length)?;
            return Ok(Some(Some(Err(Error::said(place, format!("a record of {length} bytes; the limit is {MOST}"))))));
        }
        let mut block = Vec::new();
        self.reader.by_ref().take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let at = get("warc-date").and_then(|it| it.parse().ok());
        let url = url.unwrap_or_default();
        if kind == "resource" {
            let media = get("content-type").unwrap_or_default().to_owned();
            let mut found = page(place, url, at, None, vec![("content-type".into(), media)], block);
            if let Some(Ok(it)) = &mut found {
                it.url = it.url.take().filter(|it| it.starts_with("http"));
            }
            return Ok(Some(found));
        }
        let mut rest = &block[..];
        let mut line = String::new();
        let status = match rest.read_line(&mut line) {
            Ok(_) if line.starts_with("HTTP/") => line.split_whitespace().nth(1).and_then(|it| it.parse::<u16>().ok()),
            _ => None,
        };
        let Some(status) = status else { return Ok(Some(None)) };
        let Ok(http) = self::headers(&mut rest) else { return Ok(Some(None)) };
        if matches!(status, 410 | 451) {
            // What the server says in place of the page is no article; that it says so is news of the page.
            let record = Record { place: place.to_owned(), format: Format::Plain, bytes: Vec::new() };
            let (status, headers) = (Some(status), http);
            return Ok(Some(Some(Ok(Source { record, url: Some(url), at, status, headers, signal: None }))));
        }
        if status != 200 {
            return Ok(Some(None));
        }
        let chunked = header(&http, "transfer-encoding").is_some_and(|it| it.to_ascii_lowercase().contains("chunked"));
        // Some crawlers keep the header and not the chunks.
        let body = if chunked { unchunked(rest).unwrap_or_else(|| rest.to_vec()) } else { rest.to_vec() };
        let body = match header(&http, "content-encoding").map(str::to_ascii_lowercase).as_deref() {
            None | Some("identity" | "") => body,
            Some(encoding) => match decoded(&body, encoding) {
                Ok(it) => it,
                Err(why) => return Ok(Some(Some(Err(Error::said(place, format!("{url}: {why}")))))),
            },
        };
        Ok(Some(page(place, url, at, Some(status), http, body)))
    }

    /// The first line of a record, the empty ones before it passed over.
    fn first_line(&mut self) -> io::Result<Option<String>> {
        loop {
            let mut line = Vec::new();
            if self.reader.by_ref().take(HEADERS as u64).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some(String::from_utf8_lossy(line.trim_ascii()).into_owned()));
            }
        }
    }
}

/// A page or a text as a source; nothing if it is neither.
fn page(
    place: &str,
    url: String,
    at: Option<jiff::Timestamp>,
    status: Option<u16>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
) -> Found {
    let media = header(&headers, "content-type").unwrap_or_default().to_ascii_lowercase();
    let format = if media.contains("html") {
        Format::Html
    } else if media.starts_with("text/plain") {
        Format::Plain
    } else if status.is_none() && media.starts_with("application/json") && body.trim_ascii_start().starts_with(b"{") {
        // A row that a store has exported as it came; an answer of a server in JSON is of no article.
        Format::Jsonl
    } else {
        return None;
    };
    if body.trim_ascii().is_empty() {
        return None;
    }
    let record = Record { place: place.to_owned(), format, bytes: body };
    Some(Ok(Source { record, url: Some(url), at, status, headers, signal: None }))
}

/// Lines of headers up to the empty one; a line that begins with white space goes on with the one before.
fn headers(reader: &mut dyn BufRead) -> io::Result<Vec<(String, String)>> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut left = HEADERS;
    loop {
        let mut line = Vec::new();
        let n = reader.take(left as u64 + 1).read_until(b'\n', &mut line)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        left = left.checked_sub(n).ok_or_else(|| io::Error::other("headers of more than 64 KB"))?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return Ok(out);
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            out.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
}

fn header<'a>(all: &'a [(String, String)], name: &str) -> Option<&'a str> {
    all.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn skip(reader: &mut dyn BufRead, length: u64) -> io::Result<()> {
    let copied = io::copy(&mut reader.take(length), &mut io::sink())?;
    if copied < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

/// A body out of its chunks; nothing if it is not in chunks.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest[..end].trim_ascii()).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// A body out of its packing, up to the limit.
fn decoded(body: &[u8], encoding: &str) -> Result<Vec<u8>, String> {
    let reader: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(body)),
        // What servers call deflate is zlib, and with some it is not.
        "deflate" if body.first().is_some_and(|b| b & 15 == 8) => Box::new(ZlibDecoder::new(body)),
        "deflate" => Box::new(DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
        "zstd" => Box::new(zstd::stream::read::Decoder::new(body).map_err(|e| e.to_string())?),
        other => return Err(format!("packed as {other}, which is not read")),
    };
    let mut out = Vec::new();
    match reader.take(MOST + 1).read_to_end(&mut out) {
        _ if out.len() as u64 > MOST => Err(format!("unpacks to more than {MOST} bytes")),
        Ok(_) => Ok(out),
        // Crawlers often keep the header of a body they have unpacked.
        Err(_) if out.is_empty() => Ok(body.to_vec()),
        Err(_) => Ok(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
        let mut out = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-04T08:00:00Z\r\nContent-Length: {}\r\n\r\n",
            block.len()
        )
        .into_bytes();
        out.extend(block);
        out.extend(b"\r\n\r\n");
        out
    }

    fn read(bytes: Vec<u8>) -> Vec<Result<(String, String), String>> {
        warc(Box::new(Cursor::new(bytes)), "a.warc")
            .map(|it| {
                it.map(|it| (it.url.unwrap(), String::from_utf8(it.record.bytes).unwrap())).map_err(|e| e.to_string())
            })
            .collect()
    }

    #[test]
    fn pages_come_out_of_chunks_and_packing() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"<p>Ferry</p>").unwrap();
        let gz = gz.finish().unwrap();
        let mut packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        packed.extend(&gz);
        let chunked =
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n<p>F\r\n3\r\nerr\r\n0\r\n\r\n";
        let all = [
            record("warcinfo", "", b"software: x"),
            record("response", "https://x.example/1", &packed),
            record("request", "https://x.example/1", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "<https://x.example/2>", chunked),
            record(
                "response",
                "https://x.example/3",
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>",
            ),
            record("response", "https://x.example/p", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx"),
            record("response", "dns:x.example", b"HTTP/1.1 200 OK\r\n\r\n1.2.3.4"),
        ]
        .concat();
        let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
        assert_eq!(read(all), [pair("https://x.example/1", "<p>Ferry</p>"), pair("https://x.example/2", "<p>Ferr")]);
    }

    #[test]
    fn what_was_taken_down_is_told() {
        let gone =
            |status: &str| format!("HTTP/1.1 {status} x\r\nContent-Type: text/html\r\n\r\n<p>Sorry</p>").into_bytes();
        let all: Vec<u8> = ["410", "404", "451", "500"]
            .iter()
            .flat_map(|it| record("response", &format!("https://x.example/{it}"), &gone(it)))
            .collect();
        let found: Vec<Source> = warc(Box::new(Cursor::new(all)), "a").map(Result::unwrap).collect();
        let told: Vec<_> = found.iter().map(|it| (it.url.as_deref().unwrap(), it.status, it.is_gone())).collect();
        assert_eq!(told, [("https://x.example/410", Some(410), true), ("https://x.example/451", Some(451), true)]);
        assert!(found.iter().all(|it| it.record.bytes.is_empty() && it.at.is_some()));
    }

    #[test]
    fn brotli_is_unpacked() {
        // What the reference encoder makes of these words: one block, uncompressed, and an empty last one (RFC 7932).
        let packed = b"\x8b\x05\x80<p>Ferry</p>\x03";
        let mut block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n".to_vec();
        block.extend(packed);
        assert_eq!(
            read(record("response", "https://x.example/1", &block)),
            [Ok(("https://x.example/1".to_owned(), "<p>Ferry</p>".to_owned()))]
        );
    }

    #[test]
    fn what_breaks_off_or_boasts_is_named_and_ends() {
        let whole =
            record("response", "https://x.example/1", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>");
        let mut cut = whole.clone();
        cut.extend(&whole[..whole.len() - 12]);
        let found = read(cut);
        assert_eq!(found.len(), 2);
        assert!(found[1].as_ref().unwrap_err().contains("breaks off"), "{found:?}");
        let huge = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\nContent-Length: 18446744073709551615\r\n\r\nx";
        assert_eq!(read(huge.into()).len(), 1);
        assert!(read(b"WARC/1.0\r\nContent-Length: x\r\n\r\n".to_vec())[0].is_err());
        assert!(read(b"not an archive".to_vec())[0].is_err());
        assert!(read(Vec::new()).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = read_any([b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x\r\nContent-Length: 9\r\n\r\n".to_vec(), bytes].concat());
        }
    }

    fn read_any(bytes: Vec<u8>) -> usize {
        warc(Box::new(Cursor::new(bytes)), "a").count()
    }
}
