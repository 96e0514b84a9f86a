//! What an article says of its own faults: a correction, a retraction, a withdrawal.

use aho_corasick::AhoCorasick;
use rashomon::language::{Fact, Language, WordSet};
use rashomon::model::{Article, Span};
use rashomon::read::Format;
use std::sync::LazyLock;

/// What an article says of itself, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// `correction`, `retraction` or `withdrawal`.
    pub kind: &'static str,
    /// Where it says so in the text; nothing if in the headline beside it or in what sent it.
    pub span: Option<Span>,
    /// The words.
    pub words: String,
}

/// Words that begin a line of their own or a headline.
static BEGINS: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| Language::english().list(Fact::Corrections).valued("begins").collect());

/// What a desk says has been done; the thing it was done to must stand before it, close by.
static DONE: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| Language::english().list(Fact::Corrections).valued("done").collect());

/// Those words, looked for all at once.
static DONE_WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = DONE.iter().map(|it| it.0);
    // The list is fixed and short: it always fits.
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).unwrap_or_else(|_| unreachable!())
});

/// What a desk calls its own piece. "An earlier version" must be of one of these.
static PIECES: WordSet = WordSet::english(Fact::Corrections, "piece");

/// Longest line that is taken for a note: a desk's note is short.
const LONGEST: usize = 600;

/// What the article says of itself; the gravest of what it says.
#[must_use]
pub fn signal(article: &Article) -> Option<Signal> {
    let mut best: Option<Signal> = None;
    let mut take = |kind: &'static str, span: Option<Span>, words: &str| {
        let rank = |kind: &str| ["correction", "retraction", "withdrawal"].iter().position(|it| *it == kind);
        if best.as_ref().is_none_or(|it| rank(kind) > rank(it.kind)) {
            best = Some(Signal { kind, span, words: words.trim().to_owned() });
        }
    };
    if let Some(title) = &article.title
        && let Some(kind) = begins(title)
    {
        take(kind, None, title);
    }
    // Few texts have any of the words; the others are not taken apart.
    let may_say = DONE_WORDS.is_match(&article.text);
    let mut at = 0;
    for line in article.text.split_inclusive('\n') {
        let trimmed = line.trim();
        let from = at + (line.len() - line.trim_start().len());
        at += line.len();
        if trimmed.is_empty() {
            continue;
        }
        let span = || Span::checked(&article.text, from, from + trimmed.len());
        if trimmed.len() <= LONGEST
            && let Some(kind) = begins(trimmed)
        {
            take(kind, span(), trimmed);
        }
        if !may_say {
            continue;
        }
        let mut inside = from;
        for sentence in trimmed.split_inclusive(['.', '!', '?']) {
            let start = inside + (sentence.len() - sentence.trim_start().len());
            inside += sentence.len();
            let sentence = sentence.trim();
            if sentence.len() <= LONGEST
                && let Some(kind) = done(&sentence.to_lowercase())
            {
                take(kind, Span::checked(&article.text, start, start + sentence.len()), sentence);
            }
        }
    }
    best
}

/// The words of a correction that a page or a row states as data: `correction` of schema.org, in JSON-LD, as microdata, or as
/// a key of a row.
pub(crate) fn stated(format: Format, bytes: &[u8], article: &Article) -> Option<String> {
    if format == Format::Jsonl {
        let (_, value) = article.extra.iter().find(|(key, _)| is_correction(key))?;
        return words_of(&serde_json::from_str(value).ok()?);
    }
    if format != Format::Html || !contains(bytes, b"correction") {
        return None;
    }
    let page = String::from_utf8_lossy(bytes);
    let mut rest: &str = &page;
    while let Some(at) = rest.find("application/ld+json") {
        rest = &rest[at..];
        let Some(from) = rest.find('>') else { break };
        let Some(to) = rest.find("</script") else { break };
        if let Some(found) =
            rest.get(from + 1..to).and_then(|it| serde_json::from_str(it.trim()).ok()).and_then(|it| correction(&it, 0))
        {
            return Some(found);
        }
        rest = &rest[to..];
    }
    // Microdata: the words of the element, as far as the next one.
    let at = ["itemprop=\"correction\"", "itemprop='correction'", "itemprop=correction"]
        .iter()
        .find_map(|it| page.find(it))?;
    let inner = page[at..].split_once('>')?.1;
    let words = inner.split('<').next().unwrap_or_default().trim();
    Some(shortened(words))
}

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|it| it.eq_ignore_ascii_case(words))
}

fn is_correction(key: &str) -> bool {
    matches!(key.rsplit([':', '/']).next(), Some("correction"))
}

/// The correction in a document of JSON-LD, which may nest as deep as pages do and no deeper.
fn correction(it: &serde_json::Value, depth: usize) -> Option<String> {
    if depth > 8 {
        return None;
    }
    match it {
        serde_json::Value::Object(all) => all
            .iter()
            .find_map(|(key, value)| if is_correction(key) { words_of(value) } else { None })
            .or_else(|| all.values().find_map(|it| correction(it, depth + 1))),
        serde_json::Value::Array(all) => all.iter().find_map(|it| correction(it, depth + 1)),
        _ => None,
    }
}

/// What a correction says: itself, the text of its comment, else its address.
fn words_of(it: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    match it {
        Value::String(words) if !words.trim().is_empty() => Some(shortened(words)),
        Value::Array(all) => all.iter().find_map(words_of),
        Value::Object(all) => {
            ["text", "description", "headline", "name", "url", "@id"].iter().find_map(|it| words_of(all.get(*it)?))
        }
        _ => None,
    }
}

fn shortened(words: &str) -> String {
    words.trim().chars().take(LONGEST).collect()
}

fn begins(line: &str) -> Option<&'static str> {
    let head: String = line.chars().take(40).collect::<String>().to_lowercase();
    let head = head.trim_start_matches(['*', '_', '(', '—', '–', '-', ' ']);
    let bare = |it: &str| head.strip_prefix(it.trim_start_matches('(')).is_some();
    BEGINS.iter().find(|(begin, _)| head.starts_with(begin) || (begin.starts_with('(') && bare(begin))).map(|it| it.1)
}

/// Whether a sentence, in small letters, says what was done to the piece it stands in.
fn done(sentence: &str) -> Option<&'static str> {
    let (at, kind) = DONE.iter().find_map(|(words, kind)| sentence.find(words).map(|at| (at, *kind)))?;
    let before = &sentence[..at];
    let piece = PIECES.iter().filter_map(|it| before.rfind(it).map(|n| n + it.len())).max()?;
    // Between the piece and what was done to it stands hardly more than "of this story, published on Tuesday,".
    (before[piece..].len() <= 90).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(title: &str, text: &str) -> Option<&'static str> {
        let article = Article { title: Some(title.into()), text: text.into(), ..Article::default() };
        let found = signal(&article)?;
        if let Some(span) = found.span {
            assert_eq!(span.text(text), found.words);
        }
        Some(found.kind)
    }

    #[test]
    fn notes_of_a_desk_are_read() {
        for (text, wanted) in [
            ("The ferry sank.\n\nCorrection: The ferry carried 12 people, not 21.", "correction"),
            ("The ferry sank.\n*Clarification: the harbour office did not comment.", "correction"),
            ("An earlier version of this story misstated the number of people on board.", "correction"),
            ("The ferry sank. This article has been amended to give the right day.", "correction"),
            ("A previous version of this report, published on Tuesday, incorrectly named the captain.", "correction"),
            ("This article was amended on 5 May to remove a name.", "correction"),
            ("This story has been withdrawn. Correction: the ferry never sank.", "withdrawal"),
            ("This article has been retracted because its source could not be found.", "retraction"),
        ] {
            assert_eq!(kind("Ferry", text), Some(wanted), "{text}");
        }
        assert_eq!(kind("RETRACTED: Ferry sinks", "It did not."), Some("retraction"));
        assert_eq!(kind("Correction: Ferry did not sink", "x"), Some("correction"));
    }

    #[test]
    fn corrections_stated_as_data_are_read() {
        let page = |inner: &str| format!("<html><head>{inner}</head><body><p>The ferry sank.</p></body></html>");
        let read = |page: &str| stated(Format::Html, page.as_bytes(), &Article::default());
        let json = |it: &str| page(&format!("<script type='application/ld+json'>{it}</script>"));
        for (data, wanted) in [
            (r#"{"@type": "NewsArticle", "correction": "It carried 12."}"#, "It carried 12."),
            (
                r#"[{"@graph": [{"schema:correction": {"@type": "CorrectionComment", "text": "It carried 12."}}]}]"#,
                "It carried 12.",
            ),
            (r#"{"correction": [{"url": "https://x.example/c"}]}"#, "https://x.example/c"),
        ] {
            assert_eq!(read(&json(data)).as_deref(), Some(wanted), "{data}");
        }
        assert_eq!(read(&page("<p itemprop=\"correction\">It carried 12.</p>")).as_deref(), Some("It carried 12."));
        for data in [r#"{"correction": ""}"#, r#"{"correctionsPolicy": "https://x.example/policy"}"#, "{broken"] {
            assert_eq!(read(&json(data)), None, "{data}");
        }
        assert_eq!(read("<p>A correction of prices.</p>"), None);
        let row = Article { extra: vec![("correction".into(), "\"It carried 12.\"".into())], ..Article::default() };
        assert_eq!(stated(Format::Jsonl, b"{}", &row).as_deref(), Some("It carried 12."));
    }

    #[test]
    fn what_is_news_of_corrections_is_no_signal() {
        for text in [
            "The ministry said the report had been withdrawn from parliament after protests.",
            "The court said the company had wrongly dismissed 12 people.",
            "The offer has been withdrawn, the union said.",
            "Police incorrectly told reporters that the ferry had sunk, the mayor said.",
            "Markets fell in a correction that analysts had expected.",
            "The department of correction said nothing.",
            "The article of the treaty was cited. The law has been amended twice.",
        ] {
            assert_eq!(kind("Ferry", text), None, "{text}");
        }
    }
}
