//! The evidence of a story as a web archive (WACZ 1.1.1): every version of every report as it was retrieved, with the
//! comparison and the notes beside them. The same store gives the same bytes.

use super::Shown;
use crate::problem::Problem;
use crate::reply;
use axum::http::StatusCode;
use rashomon_store::{Store, VersionRow, WarcRecord, digest, warc_info, warc_record};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Bytes of retrieved pages in one archive.
const MOST: usize = 256 << 20;

/// What a story rests on, packed.
pub(super) fn evidence(store: &mut Store, story: &str, comparison: &str) -> Result<Vec<u8>, Problem> {
    let mut archive = warc_info();
    let mut index: Vec<String> = Vec::new();
    let mut pages: Vec<Value> = Vec::new();
    let mut last = String::new();
    for member in store.story_articles(story)? {
        for row in store.versions(&member.article.id)? {
            // What retention has dropped cannot be shown any more.
            let Ok((headers, raw)) = store.raw_version(&member.article.id, Some(row.number)) else { continue };
            let record = warc_record(&row, &headers, &raw);
            if archive.len() + record.bytes.len() > MOST {
                return Err(Problem::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "the pages of this story are larger than 256 MiB; `rashomon store export --format warc` has no limit",
                ));
            }
            index.push(indexed(&row, &record, archive.len()));
            if record.url.starts_with("http") {
                pages.push(json!({"id": format!("{}-{}", row.article, row.number), "url": record.url,
                    "ts": row.retrieved, "title": row.title}));
            }
            last = last.max(row.retrieved.clone());
            archive.extend(record.bytes);
        }
    }
    index.sort();
    let mut list = json!({"format": "json-pages-1.0", "id": "pages", "title": "Pages of the story"}).to_string();
    list.push('\n');
    pages.iter().for_each(|it| list.push_str(&format!("{it}\n")));
    let parts: [(&str, Vec<u8>); 4] = [
        ("archive/data.warc", archive),
        ("indexes/index.cdx", (index.join("\n") + "\n").into_bytes()),
        ("pages/pages.jsonl", list.into_bytes()),
        ("rashomon/comparison.json", comparison.as_bytes().to_vec()),
    ];
    let resource = |(path, bytes): &(&str, Vec<u8>)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        json!({"name": name, "path": path, "hash": format!("sha256:{}", digest(&[bytes])), "bytes": bytes.len()})
    };
    let package =
        json!({"profile": "data-package", "wacz_version": "1.1.1", "title": format!("Evidence of the story {story}"),
        "created": last, "software": concat!("rashomon/", env!("CARGO_PKG_VERSION")),
        "resources": parts.iter().map(resource).collect::<Vec<_>>()})
        .to_string();
    let seal =
        json!({"path": "datapackage.json", "hash": format!("sha256:{}", digest(&[package.as_bytes()]))}).to_string();
    zipped(&parts, &[("datapackage.json", package), ("datapackage-digest.json", seal)])
        .map_err(|e| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the archive could not be packed: {e}")))
}

fn zipped(parts: &[(&str, Vec<u8>)], texts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // The archive must be stored as it is, so that readers can seek in it.
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let all = parts.iter().map(|(path, bytes)| (*path, bytes.as_slice()));
    for (path, bytes) in all.chain(texts.iter().map(|(path, text)| (*path, text.as_bytes()))) {
        let seekable = path.starts_with("archive/") || path.starts_with("indexes/");
        zip.start_file(path, if seekable { stored } else { packed })?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A line of the index (CDXJ).
fn indexed(row: &VersionRow, it: &WarcRecord, offset: usize) -> String {
    let when: String = row.retrieved.chars().filter(char::is_ascii_digit).take(14).collect();
    let about = json!({"url": it.url, "mime": it.media.as_deref().and_then(|m| m.split(';').next()).unwrap_or("unk"),
        "status": row.status.map_or_else(|| "200".to_owned(), |s| s.to_string()), "digest": format!("sha256:{}", it.digest),
        "length": it.bytes.len().to_string(), "offset": offset.to_string(), "filename": "data.warc"});
    format!("{} {when} {about}", surt(&it.url))
}

/// An address in the order that an index sorts by: `com,example)/path`.
fn surt(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://") else { return url.to_lowercase() };
    let rest = rest.to_lowercase();
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.trim_start_matches("www.");
    let turned: Vec<&str> = host.split('.').rev().collect();
    format!("{}){}", turned.join(","), if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
}

/// The archive as a file to keep.
pub(super) fn file(id: &str, bytes: Vec<u8>) -> Shown {
    Ok(reply::bytes("application/wacz", &format!("{id}.wacz"), bytes))
}

#[cfg(test)]
mod tests {
    use super::surt;

    #[test]
    fn addresses_are_sorted_by_site() {
        assert_eq!(surt("https://www.Paper.example/News?a=1"), "example,paper)/news?a=1");
        assert_eq!(surt("https://paper.example"), "example,paper)/");
        assert_eq!(surt("urn:rashomon:A:1"), "urn:rashomon:a:1");
    }
}
