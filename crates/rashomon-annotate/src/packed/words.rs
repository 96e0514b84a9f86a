//! Words of a text in any script, with what lists are asked for.

use crate::Annotated;
use rashomon_model::Span;

/// A word or a number, or one mark between.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// In lower case, with straight apostrophes.
    pub(super) lower: String,
    /// Whether it is a mark and no word.
    pub(super) mark: bool,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Number of its sentence.
    pub(super) sentence: usize,
}

impl Word {
    pub(super) fn is_number(&self) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The words of all sentences, in order. Digits with the marks and spaces of their groups are one word.
pub(super) fn words(it: &Annotated) -> Vec<Word> {
    let text = it.article.text.as_str();
    let mut out = Vec::new();
    for (sentence, span) in it.sentences.iter().map(|s| s.span).enumerate() {
        let mut at = span.start();
        while let Some(c) = text[at..span.end()].chars().next() {
            let rest = &text[at..span.end()];
            let end = if c.is_ascii_digit() {
                at + number(rest)
            } else if c.is_alphabetic() {
                at + word(rest)
            } else {
                at + c.len_utf8()
            };
            if !c.is_whitespace() {
                let span = Span::new(at, end);
                let lower = span.text(text).to_lowercase().replace(['’', 'ʼ'], "'");
                out.push(Word { span, lower, mark: !c.is_alphanumeric(), capital: c.is_uppercase(), sentence });
            }
            at = end;
        }
    }
    out
}

/// Bytes of the word that `rest` begins with: letters, and hyphens and apostrophes between them.
fn word(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((n, c)) = letters.next() {
        let joins = matches!(c, '-' | '\'' | '’' | 'ʼ') && letters.peek().is_some_and(|it| it.1.is_alphabetic());
        if !c.is_alphabetic() && !joins && !matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}') {
            return n;
        }
    }
    rest.len()
}

/// Bytes of the number that `rest` begins with.
fn number(rest: &str) -> usize {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    loop {
        let Some(mark) = rest[end..].chars().next() else { return end };
        let next = end + mark.len_utf8();
        let goes_on = match mark {
            '.' | ',' => digits(next) > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
                let before = rest[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
                digits(next) == 3 && before <= 3 && !rest[next + 3..].starts_with(char::is_alphanumeric)
            }
            _ => false,
        };
        if !goes_on {
            return end;
        }
        end = next + digits(next);
    }
}
