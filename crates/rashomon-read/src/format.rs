//! What bytes hold, told by content first and by name second.

/// What the head of an input looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    Gzip,
    Zstd,
    /// JSON objects, one a line or one over many lines.
    JsonObjects,
    /// A JSON array of objects.
    JsonArray,
    Html,
    Plain,
    Empty,
    Binary,
    /// A known format that is not read: what it is and what to do.
    Refused(&'static str),
}

/// How the first bytes of an input look; `name` decides only where content leaves it open.
pub(crate) fn looks(head: &[u8], name: &str) -> Looks {
    const MAGIC: [(&[u8], Looks); 19] = [
        (b"\x1f\x8b", Looks::Gzip),
        (b"\x28\xb5\x2f\xfd", Looks::Zstd),
        (b"\xff\xfe\0\0", Looks::Refused("UTF-32 is not read; save it as UTF-8 first")),
        (b"\0\0\xfe\xff", Looks::Refused("UTF-32 is not read; save it as UTF-8 first")),
        (b"PAR1", Looks::Refused("Parquet is not read yet; write it as JSONL first")),
        (b"WARC/", Looks::Refused("WARC is not read yet; extract its pages first")),
        (b"%PDF", Looks::Refused("PDF is not read; extract its text first")),
        (b"PK\x03\x04", Looks::Refused("a ZIP container is not read; unpack it first")),
        (b"BZh", Looks::Refused("bzip2 is not read; decompress it first")),
        (b"\xfd7zXZ\0", Looks::Refused("xz is not read; decompress it first")),
        (b"7z\xbc\xaf\x27\x1c", Looks::Refused("7z is not read; unpack it first")),
        (b"\x89PNG", Looks::Refused("a picture, not text")),
        (b"\xff\xd8\xff", Looks::Refused("a picture, not text")),
        (b"GIF8", Looks::Refused("a picture, not text")),
        (b"RIFF", Looks::Refused("a picture or recording, not text")),
        (b"SQLite format 3\0", Looks::Refused("a database, not text")),
        (b"\x7fELF", Looks::Refused("a program, not text")),
        (b"\xd0\xcf\x11\xe0", Looks::Refused("an office document is not read; save it as text first")),
        (b"{\\rtf", Looks::Refused("RTF is not read; save it as text first")),
    ];
    if head.is_empty() {
        return Looks::Empty;
    }
    for (magic, found) in MAGIC {
        if head.starts_with(magic) {
            return found;
        }
    }
    if crate::encoding::is_binary(head) {
        return Looks::Binary;
    }
    let wide = crate::encoding::utf16_without_mark(head).is_some()
        || head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff");
    let narrowed: Vec<u8>;
    let head = if wide {
        narrowed = head.iter().copied().filter(|b| *b != 0 && *b < 0x80).collect();
        &narrowed[..]
    } else {
        head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
    };
    if is_own_report(head) {
        return Looks::Refused("a report that rashomon made, not an article; give it the articles");
    }
    let trimmed = head.trim_ascii_start();
    let next = |rest: &[u8]| rest.trim_ascii_start().first().copied();
    match trimmed.first() {
        None => Looks::Plain,
        Some(b'{') if matches!(next(&trimmed[1..]), Some(b'"' | b'}')) => {
            if find(&trimmed[..trimmed.len().min(300)], b"jsonfeed.org/version").is_some() {
                return Looks::Refused("JSON Feed is not read yet; download its pages first");
            }
            Looks::JsonObjects
        }
        Some(b'[') if matches!(next(&trimmed[1..]), Some(b'{' | b']')) => Looks::JsonArray,
        Some(b'<') => markup(trimmed, name),
        Some(_) if is_jsonl_name(name) => Looks::JsonObjects,
        Some(_) if is_html_name(name) && find(trimmed, b"</").is_some() => Looks::Html,
        Some(_) => Looks::Plain,
    }
}

/// Whether this begins like a comparison that we printed for people: a folder that one was saved in is read again.
fn is_own_report(head: &[u8]) -> bool {
    if head.starts_with(b"<!doctype html>") {
        return find(&head[..head.len().min(2048)], b"<meta name=\"generator\" content=\"rashomon ").is_some();
    }
    let mut lines = head.split(|b| *b == b'\n');
    let title = lines.next().unwrap_or_default();
    let rest: Vec<u8> = lines.take(40).collect::<Vec<_>>().join(&b'\n');
    let counted = |text: &[u8]| find(text, b" report").is_some() && find(text, b" independent account").is_some();
    let ruled = rest.starts_with("═".as_bytes()) && !title.is_empty();
    (ruled && find(&rest, b"\nTHE REPORTS\n").is_some())
        || (title.starts_with(b"# ") && find(&rest, b"\n## The reports\n").is_some() && counted(&rest))
        || (ruled && counted(&rest[..rest.len().min(4096)]))
}

/// Whether `name` says JSON, one object a line.
pub(crate) fn is_jsonl_name(name: &str) -> bool {
    let name = bare(name);
    [".jsonl", ".ndjson", ".jsonlines"].iter().any(|e| name.ends_with(e))
}

fn is_html_name(name: &str) -> bool {
    let name = bare(name);
    [".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"].iter().any(|e| name.ends_with(e))
}

/// The name in lower case, without what compression put behind it.
fn bare(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    name.strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".zst"))
        .or_else(|| name.strip_suffix(".zstd"))
        .unwrap_or(&name)
        .to_owned()
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

fn markup(head: &[u8], name: &str) -> Looks {
    let lower = head[..head.len().min(4096)].to_ascii_lowercase();
    let has = |needle: &[u8]| find(&lower, needle).is_some();
    let feed = "a feed is not read yet; download its pages first";
    if !has(b"<html") && !has(b"<!doctype html") {
        if has(b"<rss") || has(b"<feed") || has(b"<rdf:rdf") {
            return Looks::Refused(feed);
        }
        if lower.starts_with(b"<?xml") {
            return Looks::Refused("XML other than XHTML is not read; save its text first");
        }
    }
    const TAGS: [&[u8]; 24] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<title",
        b"<meta",
        b"<div",
        b"<p>",
        b"<p ",
        b"<article",
        b"<main",
        b"<section",
        b"<h1",
        b"<h2",
        b"<span",
        b"<a ",
        b"<script",
        b"<style",
        b"<link",
        b"<table",
        b"<ul",
        b"<header",
        b"<nav",
        b"<figure",
    ];
    let opens = TAGS.iter().any(|t| lower.starts_with(t));
    let commented = lower.starts_with(b"<!--") || lower.starts_with(b"<?xml");
    if opens || (commented && TAGS.iter().any(|t| has(t))) || is_html_name(name) { Looks::Html } else { Looks::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_first_name_second() {
        for (head, name, wanted) in [
            (&b"\x1f\x8b\x08"[..], "a.txt", Looks::Gzip),
            (b"{\"text\": 1}", "a.txt", Looks::JsonObjects),
            (b"[{\"text\"", "a", Looks::JsonArray),
            (b"[Update] The ferry ran aground", "a", Looks::Plain),
            (b"{ferry}", "a", Looks::Plain),
            (b"broken line\n{}", "a.jsonl.gz", Looks::JsonObjects),
            (b"\xef\xbb\xbf<!DOCTYPE html><p>", "a.txt", Looks::Html),
            (b"<p>A fragment</p>", "a", Looks::Html),
            (b"<3 this ferry", "a.txt", Looks::Plain),
            (b"no tags first <b>x</b>", "a.html", Looks::Html),
            (b"plain", "a.html", Looks::Plain),
            (b"", "a", Looks::Empty),
            (b"\x00\x01\x02\x03", "a", Looks::Binary),
        ] {
            assert_eq!(looks(head, name), wanted, "{name} {}", String::from_utf8_lossy(head));
        }
        let text = "Gate jams\n═════════\n2 reports, 1 to 2 independent accounts\n\nTHE REPORTS\n  A  Vell News\n";
        let page = "<!doctype html>\n<html><head><meta name=\"generator\" content=\"rashomon 0.1.0\">";
        let markdown = "# Gate jams\n\n**2 reports, 2 independent accounts**\n\n## The reports\n";
        for own in [text, page, markdown] {
            assert!(matches!(looks(own.as_bytes(), "a.txt"), Looks::Refused(_)), "{own}");
        }
        assert_eq!(looks("# The reports\n\nTwo reports came out on Monday.".as_bytes(), "a.txt"), Looks::Plain);
        assert!(matches!(looks(b"\xff\xfe\0\0G\0\0\0", "a.txt"), Looks::Refused(_)));
        for head in [
            &b"<?xml version=\"1.0\"?><rss>"[..],
            b"PAR1",
            b"WARC/1.0",
            b"{\"version\": \"https://jsonfeed.org/version/1\"}",
        ] {
            assert!(matches!(looks(head, "a"), Looks::Refused(_)));
        }
    }
}
