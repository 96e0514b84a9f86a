//! Versions as records of a web archive (WARC 1.1, ISO 28500).

use crate::{VersionRow, blobs};

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarcRecord {
    /// What it is of: an address, or a name of this store's own for what came from a file.
    pub url: String,
    /// The media type of what was retrieved, if it is known.
    pub media: Option<String>,
    /// SHA-256 of the bytes retrieved, in hexadecimal digits.
    pub digest: String,
    /// The record.
    pub bytes: Vec<u8>,
}

/// The record that an archive begins with.
#[must_use]
pub fn warc_info() -> Vec<u8> {
    let fields = b"software: rashomon\r\nformat: WARC File Format 1.1\r\n";
    record("warcinfo", "", None, "application/warc-fields", fields)
}

/// A version as a record: what was fetched as a response, a file as a resource.
#[must_use]
pub fn warc_record(row: &VersionRow, headers: &[(String, String)], raw: &[u8]) -> WarcRecord {
    let url = row.url.clone().unwrap_or_else(|| format!("urn:rashomon:{}:{}", row.article, row.number));
    let media = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")).map(|(_, it)| it.clone());
    let digest = blobs::digest(&[raw]);
    let at = Some(row.retrieved.as_str());
    let Some(status) = row.status else {
        let media = media_of(raw);
        let bytes = record("resource", &url, at, media, raw);
        return WarcRecord { url, media: Some(media.to_owned()), digest, bytes };
    };
    // The bytes are kept as decoded: what said how they were packed no longer holds.
    let packed = ["content-encoding", "transfer-encoding", "content-length"];
    let mut block = format!("HTTP/1.1 {status} \r\n").into_bytes();
    for (name, value) in headers.iter().filter(|(name, _)| !packed.contains(&&*name.to_ascii_lowercase())) {
        let line = |text: &str| text.replace(['\r', '\n'], " ");
        block.extend(format!("{}: {}\r\n", line(name), line(value)).bytes());
    }
    block.extend(format!("Content-Length: {}\r\n\r\n", raw.len()).bytes());
    block.extend(raw);
    let bytes = record("response", &url, at, "application/http; msgtype=response", &block);
    WarcRecord { url, media, digest, bytes }
}

/// What a file is that nobody named a type for: readers of archives show what they know the type of.
fn media_of(raw: &[u8]) -> &'static str {
    match (raw.trim_ascii_start().first(), std::str::from_utf8(raw)) {
        (Some(b'{'), _) if serde_json::from_slice::<serde::de::IgnoredAny>(raw).is_ok() => "application/json",
        (Some(b'<'), _) => "text/html",
        (_, Ok(_)) => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn record(kind: &str, url: &str, at: Option<&str>, media: &str, block: &[u8]) -> Vec<u8> {
    // An id from the content: the same store gives the same bytes.
    let digest = blobs::digest(&[kind.as_bytes(), url.as_bytes(), at.unwrap_or("").as_bytes(), block]);
    let id =
        format!("{}-{}-5{}-a{}-{}", &digest[..8], &digest[8..12], &digest[13..16], &digest[17..20], &digest[20..32]);
    let mut out = format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n");
    out.push_str(&format!("WARC-Date: {}\r\n", at.unwrap_or("1970-01-01T00:00:00Z")));
    if !url.is_empty() {
        out.push_str(&format!("WARC-Target-URI: {url}\r\n"));
    }
    out.push_str(&format!("Content-Type: {media}\r\nContent-Length: {}\r\n\r\n", block.len()));
    let mut out = out.into_bytes();
    out.extend(block);
    out.extend(b"\r\n\r\n");
    out
}
