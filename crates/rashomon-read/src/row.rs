//! Which columns has a row of JSON, read at the speed of memory?
//!
//! Of the rows that programs write; whatever else a row may hold, [`crate::jsonl`] reads it with a full parser of JSON. Columns are
//! found by looking for quotation marks and backslashes, many bytes at a time; values stay as they are written.

use serde_json::value::RawValue;
use std::borrow::Cow;

/// Calls `put` for every column of the object `row`, in order, with its name and its value as written.
///
/// Nothing, after some columns perhaps, if this is no object or one that a full parser must judge: control characters, names
/// with escapes, unknown escapes.
pub(crate) fn columns<'a>(row: &'a [u8], mut put: impl FnMut(&'a str, &'a str)) -> Option<()> {
    // Only tabs and ends of lines may stand in JSON, and not in its strings. All bytes are looked at: that is faster than to stop.
    if row.iter().fold(false, |it, byte| it | (*byte < b' ')) {
        return None;
    }
    let row = std::str::from_utf8(row).ok()?;
    let mut at = expect(row, 0, b'{')?;
    if expect(row, at, b'}').is_some() {
        return None;
    }
    loop {
        let from = expect(row, at, b'"')?;
        let end = from + memchr::memchr2(b'"', b'\\', &row.as_bytes()[from..])?;
        at = expect(row, end, b'"')?;
        at = expect(row, at, b':')?;
        let value = value(&row[blanks(row, at)..])?;
        at = blanks(row, at) + value.len();
        put(&row[from..end], value);
        match expect(row, at, b',') {
            Some(next) => at = next,
            None => break,
        }
    }
    at = expect(row, at, b'}')?;
    (blanks(row, at) == row.len()).then_some(())
}

/// Where the blanks from `at` on end.
fn blanks(row: &str, at: usize) -> usize {
    at + row.as_bytes()[at..].iter().take_while(|b| **b == b' ').count()
}

/// The place behind `mark`, if it is next.
fn expect(row: &str, at: usize, mark: u8) -> Option<usize> {
    let at = blanks(row, at);
    (row.as_bytes().get(at) == Some(&mark)).then_some(at + 1)
}

/// The value that `rest` begins with, as written.
fn value(rest: &str) -> Option<&str> {
    let bytes = rest.as_bytes();
    if bytes.first() != Some(&b'"') {
        return serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>().next()?.ok().map(RawValue::get);
    }
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', &bytes[at..])?;
        if bytes[at] == b'"' {
            return Some(&rest[..=at]);
        }
        at += match bytes.get(at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' if bytes.get(at + 2..at + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return None,
        };
    }
}

/// The string between the quotation marks of `raw`, which [`columns`] gave; nothing if it holds half a surrogate pair.
pub(crate) fn string(raw: &str) -> Option<Cow<'_, str>> {
    let mut rest = raw.strip_prefix('"')?.strip_suffix('"')?;
    let Some(mut at) = memchr::memchr(b'\\', rest.as_bytes()) else { return Some(Cow::Borrowed(rest)) };
    let mut out = String::with_capacity(rest.len());
    loop {
        out.push_str(&rest[..at]);
        let (c, taken) = escape(&rest[at..])?;
        out.push(c);
        rest = &rest[at + taken..];
        at = match memchr::memchr(b'\\', rest.as_bytes()) {
            Some(at) => at,
            None => break,
        };
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

/// The character of the escape that `text` begins with, and the length of the escape.
fn escape(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok();
    Some(match *text.as_bytes().get(1)? {
        b'n' => ('\n', 2),
        b't' => ('\t', 2),
        b'r' => ('\r', 2),
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{c}', 2),
        b'u' => match (unit(0)?, unit(6)) {
            (high @ 0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                (char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?, 12)
            }
            (one, _) => (char::from_u32(one)?, 6),
        },
        it @ (b'"' | b'\\' | b'/') => (char::from(it), 2),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn read(row: &[u8]) -> Option<Vec<(&str, &str)>> {
        let mut all = Vec::new();
        columns(row, |name, value| all.push((name, value))).map(|()| all)
    }

    #[test]
    fn columns_come_as_written_and_strings_unescaped() {
        let row = br#" {"id" : 7,"text":"A \"B\"\\\n\u00e9\ud83d\ude00/\/", "tags":["x", {"}": 1}],"n":null } "#;
        let all = read(row).unwrap();
        assert_eq!(all.iter().map(|it| it.0).collect::<Vec<_>>(), ["id", "text", "tags", "n"]);
        assert_eq!((all[0].1, all[2].1, all[3].1), ("7", r#"["x", {"}": 1}]"#, "null"));
        assert_eq!(string(all[1].1).unwrap(), "A \"B\"\\\né😀//");
    }

    #[test]
    fn what_a_full_parser_must_judge_is_left_to_it() {
        let rows = [
            "",
            "7",
            "{",
            "{}",
            "{\"a\":1",
            "{\"a\":1}x",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{\"a\":}",
            "{\"\\u0061\":1}",
            "{\"a\":\"\t\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12g4\"}",
            "{\"a\":NaN}",
            "{\"a\":\"x}",
            "{a:1}",
        ];
        for row in rows {
            assert_eq!(read(row.as_bytes()), None, "{row}");
        }
        assert_eq!(read(b"{\"a\":\"\xff\"}"), None);
        assert_eq!(string("\"\\ud800\""), None);
        assert_eq!(string("\"\\ud800\\u0041\""), None);
    }

    proptest! {
        #[test]
        fn rows_are_read_as_a_full_parser_reads_them(columns: BTreeMap<String, String>, more: BTreeMap<String, Option<i32>>) {
            let mut row = serde_json::Map::new();
            row.extend(more.into_iter().map(|(k, v)| (k, v.into())));
            row.extend(columns.into_iter().map(|(k, v)| (k, v.into())));
            let written = serde_json::to_string(&row).unwrap();
            let Some(all) = read(written.as_bytes()) else { return Ok(()) };
            prop_assert_eq!(all.len(), row.len());
            for (name, value) in all {
                let want = &row[name];
                match want.as_str() {
                    Some(want) => prop_assert_eq!(string(value).unwrap(), want),
                    None => prop_assert_eq!(value, want.to_string()),
                }
            }
        }

        #[test]
        fn whatever_is_read_is_json(row in "[{}\\[\\]\",:0-9a\\\\nu ]{0,24}") {
            if let Some(all) = read(row.as_bytes()) {
                let full: serde_json::Value = serde_json::from_str(&row).unwrap();
                prop_assert!(full.is_object());
                for (_, value) in all {
                    let want: Result<String, _> = serde_json::from_str(value);
                    if value.starts_with('"') {
                        prop_assert_eq!(string(value).map(Cow::into_owned), want.ok());
                    }
                }
            }
        }
    }
}
