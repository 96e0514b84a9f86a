//! WACZ: a web archive in a ZIP file. Its entries are read by name, in order, and never written anywhere.

use crate::open::{Items, MOST_UNPACKED};
use crate::warc::warc;
use rashomon_read::Error;
use std::io::{BufReader, Cursor, Read, Seek};

/// Entries of one archive that are looked at.
const ENTRIES: usize = 10_000;

/// The articles of all WARC files of an archive.
///
/// # Errors
/// If it is no ZIP file, or holds no WARC.
pub(crate) fn wacz<R: Read + Seek>(reader: R, place: &str) -> Result<Items, Error> {
    let said = |why: &dyn std::fmt::Display| Error::said(place, why);
    let mut archive = zip::ZipArchive::new(reader).map_err(|e| said(&format!("not a ZIP file: {e}")))?;
    if archive.len() > ENTRIES {
        return Err(said(&format!("a ZIP file of {} entries; the limit is {ENTRIES}", archive.len())));
    }
    // A name that is no text names nothing.
    let named = archive.file_names().filter_map(|it| it.ok().map(std::borrow::Cow::into_owned));
    let mut names: Vec<String> = named.filter(|it| it.ends_with(".warc.gz") || it.ends_with(".warc")).collect();
    names.sort();
    if names.is_empty() {
        return Err(said(&"a ZIP container without a WARC file is not read; unpack it first"));
    }
    let mut out: Items = Box::new(std::iter::empty());
    let mut left = MOST_UNPACKED;
    for name in names {
        let entry = archive.by_name(&name).map_err(|e| said(&format!("{name}: {e}")))?;
        let mut bytes = Vec::new();
        let read = entry.take(left + 1).read_to_end(&mut bytes);
        let inner = format!("{place}/{name}");
        if bytes.len() as u64 > left {
            let error = Error::said(
                inner,
                format!("unpacks to more than {MOST_UNPACKED} bytes; it and what follows were left out"),
            );
            return Ok(Box::new(out.chain(std::iter::once(Err(error)))));
        }
        left -= bytes.len() as u64;
        if let Err(e) = read {
            out = Box::new(out.chain(std::iter::once(Err(Error::said(inner, e)))));
            continue;
        }
        let packed = bytes.starts_with(b"\x1f\x8b");
        let bytes = Cursor::new(bytes);
        out = if packed {
            let open = BufReader::new(flate2::read::MultiGzDecoder::new(bytes));
            Box::new(out.chain(warc(Box::new(open), &inner)))
        } else {
            Box::new(out.chain(warc(Box::new(bytes), &inner)))
        };
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn archives_in_a_zip_are_read_and_names_that_climb_are_only_names() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("../../etc/archive/data.warc", options).unwrap();
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ferry</p>";
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\n";
        zip.write_all(format!("{head}Content-Length: {}\r\n\r\n{page}\r\n\r\n", page.len()).as_bytes()).unwrap();
        zip.start_file("datapackage.json", options).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let found: Vec<_> = wacz(Cursor::new(bytes), "a.wacz").unwrap().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].as_ref().unwrap().url.as_deref(), Some("https://x.example/"));
        assert!(wacz(Cursor::new(b"PK\x03\x04".to_vec()), "a").is_err());
    }
}
