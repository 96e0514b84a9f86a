//! The little of XML that sitemaps, OPML and NewsML share: a flat run of events, without recursion, entities or schemas.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Elements inside each other, at most; what is deeper is no document of news.
pub(crate) const DEEPEST: usize = 1_000;
/// Attributes of one element that are looked at.
const ATTRIBUTES: usize = 64;

/// An event of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// An element begins: its name without prefix, its attributes without prefixes.
    Open(String, Vec<(String, String)>),
    /// It ends.
    Close(String),
    /// Text, unescaped; entities other than XML's own five and numbers stay as they are written.
    Text(String),
}

/// The text of a document in its declared or detected character set.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(it) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(it);
    }
    rashomon_read::decoded(bytes)
}

/// Calls `take` with each step; ends at the first thing that is no XML, or when `take` says so by `false`.
///
/// Returns why it ended early, if it did.
pub(crate) fn steps(document: &str, mut take: impl FnMut(Step) -> bool) -> Option<String> {
    let mut reader = Reader::from_str(document);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut depth = 0_usize;
    loop {
        let go_on = match reader.read_event() {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(it)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(format!("elements stand more than {DEEPEST} deep inside each other"));
                }
                take(open(&it))
            }
            Ok(Event::Empty(it)) => {
                let step = open(&it);
                let name = name(it.name().as_ref());
                take(step) && take(Step::Close(name))
            }
            Ok(Event::End(it)) => {
                depth = depth.saturating_sub(1);
                take(Step::Close(name(it.name().as_ref())))
            }
            Ok(Event::Text(it)) => take(Step::Text(it.into_inner().into_owned())),
            Ok(Event::CData(it)) => take(Step::Text(it.into_inner().into_owned())),
            Ok(Event::GeneralRef(it)) => take(Step::Text(reference(&it))),
            // A document type is passed over: entities it declares are never opened.
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => true,
            Err(e) => return Some(format!("not well-formed at byte {}: {e}", reader.error_position())),
        };
        if !go_on {
            return None;
        }
    }
}

fn name(full: &str) -> String {
    full.rsplit(':').next().unwrap_or(full).to_owned()
}

fn open(it: &BytesStart<'_>) -> Step {
    let mut all = it.html_attributes();
    all.with_checks(false);
    let attributes = all.take(ATTRIBUTES).filter_map(|a| {
        let a = a.ok()?;
        Some((name(a.key.as_ref()), unescaped(&a.value)))
    });
    Step::Open(name(it.name().as_ref()), attributes.collect())
}

/// What `&it;` stands for.
fn reference(it: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = it.resolve_char_ref() {
        return c.to_string();
    }
    let it: &str = it;
    match it {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => "\u{a0}".into(),
        other => format!("&{other};"),
    }
}

/// An attribute's value with XML's own entities and numbers opened, others as they are.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(n, _)| n);
        let Some(end) = end else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        let it = &rest[1..end];
        let number = it.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        match (number.and_then(char::from_u32), it) {
            (Some(c), _) => out.push(c),
            (None, "amp") => out.push('&'),
            (None, "lt") => out.push('<'),
            (None, "gt") => out.push('>'),
            (None, "quot") => out.push('"'),
            (None, "apos") => out.push('\''),
            _ => out.push_str(&rest[..=end]),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(all: &'a [(String, String)], name: &str) -> Option<&'a str> {
    all.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_that_a_document_declares_are_never_opened() {
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><x y='&#65;&b;&amp;'>&b;&#x42;&lt;</x>";
        let mut seen = Vec::new();
        assert_eq!(
            steps(bomb, |it| {
                seen.push(it);
                true
            }),
            None
        );
        assert_eq!(seen[0], Step::Open("x".into(), vec![("y".into(), "A&b;&".into())]));
        let text: String =
            seen.iter().filter_map(|it| if let Step::Text(t) = it { Some(t.as_str()) } else { None }).collect();
        assert_eq!(text, "&b;B<");
    }

    #[test]
    fn depth_ends_a_document_and_broken_ones_say_where() {
        let deep = "<o>".repeat(100_000);
        assert!(steps(&deep, |_| true).unwrap().contains("deep"));
        assert!(steps("<a><b", |_| true).is_some());
        assert_eq!(steps("<a></b></a>", |_| true), None);
    }
}
