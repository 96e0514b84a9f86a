//! What a person types to find something, as FTS5 takes it.

use crate::trivial;

/// The words of a person's search as FTS5 takes them: all must stand in the article, what is in quotation marks as it is,
/// what has a `-` before it must not stand there. Nothing if there is no word.
pub(crate) fn query(text: &str) -> Option<String> {
    let mut wanted: Vec<String> = Vec::new();
    let mut unwanted: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (not, from) = match rest.strip_prefix('-') {
            Some(it) => (true, it),
            None => (false, rest),
        };
        let opened = from.strip_prefix(['"', '“', '„', '«']);
        let (term, after) = match opened {
            Some(it) => it.split_once(['"', '”', '“', '»']).unwrap_or((it, "")),
            None => from.split_once(char::is_whitespace).unwrap_or((from, "")),
        };
        rest = after.trim_start();
        if term.chars().any(char::is_alphanumeric) {
            let list = if not { &mut unwanted } else { &mut wanted };
            // To SQLite a text ends at a NUL, in the middle of the quotation marks.
            list.push(format!("\"{}\"", term.replace(['"', '\0'], " ")));
        }
    }
    if wanted.is_empty() {
        return None;
    }
    let mut out = wanted.join(" AND ");
    for it in unwanted {
        out = format!("({out}) NOT {it}");
    }
    Some(out)
}

/// The table to look in and what to look for there.
pub(crate) fn fts(text: &str) -> Option<(&'static str, String)> {
    Some((if trivial::is_spaceless(text) { "trigrams" } else { "words" }, query(text)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_people_write_it() {
        assert_eq!(query("ferry  aground").unwrap(), "\"ferry\" AND \"aground\"");
        assert_eq!(query("\"port nora\" -train").unwrap(), "(\"port nora\") NOT \"train\"");
        assert_eq!(query("NEAR(x) OR \"").unwrap(), "\"NEAR(x)\" AND \"OR\"");
        assert_eq!(query("fer\0ry").unwrap(), "\"fer ry\"");
        assert_eq!(query("-only"), None);
        assert_eq!(query(" * "), None);
    }
}
