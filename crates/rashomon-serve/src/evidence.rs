//! A place in a version of an article, with the words there and around: what proof looks like outside this program.

use rashomon_store::Store;
use schemars::JsonSchema;
use serde::Serialize;

/// Bytes of context on either side.
const AROUND: usize = 80;

/// Words of an article, and where they stand: enough to find them again when the page has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Evidence {
    /// The article's id.
    pub(crate) article: String,
    /// The number of the version.
    pub(crate) version: u32,
    /// Half-open range of UTF-8 bytes in the version's text.
    pub(crate) span: [usize; 2],
    /// The words there, as they stand.
    pub(crate) exact: String,
    /// What stands before them.
    pub(crate) prefix: String,
    /// What stands behind them.
    pub(crate) suffix: String,
    /// Who published the article.
    pub(crate) outlet: Option<String>,
}

impl Evidence {
    /// The words at `span` of a version whose text is `text`; nothing if the span does not lie in it.
    pub(crate) fn new(article: &str, version: u32, outlet: Option<&str>, text: &str, span: [usize; 2]) -> Option<Self> {
        let [start, end] = span;
        Some(Self {
            article: article.to_owned(),
            version,
            span,
            exact: text.get(start..end)?.to_owned(),
            prefix: text[floor(text, start.saturating_sub(AROUND))..start].to_owned(),
            suffix: text[end..floor(text, (end + AROUND).min(text.len()))].to_owned(),
            outlet: outlet.map(str::to_owned),
        })
    }
}

/// The last character boundary at or before `at`.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Which version of an article a text is of: the version whose bytes have this digest, else the latest.
pub(crate) fn version_of(store: &Store, article: &str, digest: &str) -> Result<u32, rashomon_store::Error> {
    let versions = store.versions(article)?;
    let same = versions.iter().rev().find(|v| v.digest.as_deref() == Some(digest));
    Ok(same.or(versions.last()).map_or(1, |v| v.number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_context_never_break_a_character() {
        let text = "Die Fähre stieß an den Pfeiler. Niemand wurde verletzt – sagte sie.";
        for start in 0..text.len() {
            for end in start..=text.len() {
                let it = Evidence::new("a", 1, None, text, [start, end]);
                let fits = text.is_char_boundary(start) && text.is_char_boundary(end);
                assert_eq!(it.is_some(), fits);
                assert!(it.is_none_or(|e| text.contains(&format!("{}{}{}", e.prefix, e.exact, e.suffix))));
            }
        }
        assert!(Evidence::new("a", 1, None, text, [5, 4]).is_none());
        assert!(Evidence::new("a", 1, None, text, [0, 9999]).is_none());
    }
}
