//! The keys of a text, sentence by sentence.

use rashomon_language::crossing::{Key, each_key};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;

/// Sentences that are looked at: bounds the cost of a pair.
const MOST_SENTENCES: usize = 400;

/// The keys of a text by sentence.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    pub(super) sentences: Vec<(Span, Vec<Key>)>,
}

impl Profile {
    pub(crate) fn of(text: &str, language: &Language) -> Self {
        let of_sentence = |span: Span| (span, keys_of(span.text(text), language));
        Self { sentences: sentences(text, language).into_iter().take(MOST_SENTENCES).map(of_sentence).collect() }
    }

    /// All keys with how often each stands there, in order.
    pub(crate) fn counted(&self) -> Vec<(Key, u32)> {
        let mut all: Vec<Key> = self.sentences.iter().flat_map(|it| it.1.iter().copied()).collect();
        all.sort_unstable();
        counts(&all)
    }
}

/// The keys of a sentence, in order.
pub(super) fn keys_of(sentence: &str, language: &Language) -> Vec<Key> {
    let mut keys = Vec::new();
    each_key(sentence, language, |key, _| keys.push(key));
    keys.sort_unstable();
    keys
}

pub(super) fn counts(sorted: &[Key]) -> Vec<(Key, u32)> {
    let count = |same: &[Key]| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX));
    sorted.chunk_by(|p, q| p == q).map(count).collect()
}

/// The sentences of a text, by marks that all these languages end them with. Lines are never joined.
fn sentences(text: &str, language: &Language) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let end = from + line.len();
        let mut start = from;
        for (n, mark) in line.char_indices().filter(|it| matches!(it.1, '.' | '!' | '?' | '…')) {
            let after = &line[n + mark.len_utf8()..];
            let rest = after.trim_start_matches(['.', '!', '?', '…', '"', '\'', '»', '”', '’', '“', ')']);
            let spaced = rest.trim_start();
            let opened = spaced.trim_start_matches(['"', '\'', '«', '„', '“', '‘', '(', '—', '–', '-', ' ', '¿', '¡']);
            let begins = opened.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            if spaced.len() == rest.len() || !begins || (mark == '.' && is_abbreviated(&line[..n], language)) {
                continue;
            }
            let stop = end - rest.len();
            out.extend(trimmed(text, start, stop));
            start = stop;
        }
        out.extend(trimmed(text, start, end));
        from = end;
    }
    out
}

/// Whether the stop behind `before` belongs to an initial or an abbreviation.
fn is_abbreviated(before: &str, language: &Language) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next().unwrap_or_default();
    let one = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    one || language.list(Fact::Abbreviations).has(&word.to_lowercase(), "before-name")
}

fn trimmed(text: &str, from: usize, to: usize) -> Option<Span> {
    let piece = &text[from..to];
    let start = from + piece.len() - piece.trim_start().len();
    let end = from + piece.trim_end().len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_any_of_the_languages_ends_them() {
        for (code, parted) in [
            ("es", "«Llegó tarde.»| ¿Quién?| Nadie lo vio.\n|El Sr. Ruiz calló."),
            ("ru", "Паром сел на мель.| — Мы ждали, — сказал Орлов.| Г. Орлов ушел…| «Да!»| Всё"),
            ("de", "„Wir warten.“| 12 Boote kamen."),
        ] {
            let text = parted.replace('|', "");
            let found: Vec<&str> =
                sentences(&text, Language::of(Some(code))).into_iter().map(|s| s.text(&text)).collect();
            let wanted: Vec<&str> = parted.split('|').map(str::trim).collect();
            if code == "es" {
                // Without a list of abbreviations "Sr." ends a sentence.
                assert!(found.len() >= wanted.len(), "{found:?}");
            } else {
                assert_eq!(found, wanted);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_sentences_in_order(text in "(\\PC|[ .!?A-ZА-Я\"»\n]){0,60}") {
            let mut last = 0;
            for it in sentences(&text, Language::english()) {
                assert!(it.start() >= last && Span::checked(&text, it.start(), it.end()).is_some() && !it.is_empty());
                last = it.end();
            }
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
            let covered: usize = sentences(&text, Language::english()).iter().map(|s| letters(s.text(&text))).sum();
            assert_eq!(covered, letters(&text));
        }
    }
}
