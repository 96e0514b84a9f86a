//! Where sentences begin and end.

use crate::Sentence;
use rashomon_model::{Article, Span};

/// Sentences outside furniture, with no tokens assigned yet.
pub(crate) fn sentences(article: &Article) -> Vec<Sentence> {
    let text = &article.text;
    let mut out = Vec::new();
    let mut at = 0;
    for (paragraph, line) in (0u32..).zip(text.split('\n')) {
        let end = at + line.len();
        let mut from = at;
        let bytes = text.as_bytes();
        for i in at..end {
            let stop = matches!(bytes[i], b'.' | b'!' | b'?') && bytes.get(i + 1).is_none_or(|b| *b == b' ');
            if stop || i + 1 == end {
                let span = Span::new(from, i + 1).trimmed(text);
                from = i + 1;
                if !span.is_empty() && !article.is_furniture(span) {
                    let heading = article.title_span.is_some_and(|t| t.contains(span));
                    out.push(Sentence { span, paragraph, first_token: 0, end_token: 0, heading });
                }
            }
        }
        at = end + 1;
    }
    out
}
