//! What counts as a term of an article: words cut to a plain form, names, numbers; no function words.

use crate::function_words::FUNCTION_WORDS;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// One occurrence of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence<'a> {
    /// Plain form: lower case, without possessive or plural ending; digits without grouping marks.
    pub(crate) form: &'a str,
    /// Its stable key.
    pub(crate) key: u32,
    /// Whether it is written as a name in the middle of a sentence.
    pub(crate) name: bool,
    /// Words of the text before it, function words included.
    pub(crate) position: usize,
}

/// Calls `take` for every term of `text` in order.
pub(crate) fn each_term(text: &str, mut take: impl FnMut(Occurrence<'_>)) {
    let bytes = text.as_bytes();
    let mut form = String::with_capacity(32);
    let mut at = 0;
    let mut position = 0;
    let mut sentence_start = true;
    while at < bytes.len() {
        let byte = bytes[at];
        if !starts_word(text, at, byte) {
            match byte {
                b'.' | b'!' | b'?' | b':' | b'\n' | b'"' | b'(' => sentence_start = true,
                // The lead byte of curly quotes and dashes; other marks share it and do no harm.
                0xE2 => sentence_start = true,
                _ => {}
            }
            at += width(byte);
            continue;
        }
        let from = at;
        form.clear();
        let upper = lower_word(text, &mut at, &mut form);
        let number = form.as_bytes()[0].is_ascii_digit();
        let letters = at - from;
        cut(&mut form);
        if !form.is_empty() && (number || letters > 1) {
            let key = key(&form);
            if !is_function_word(key) {
                take(Occurrence { form: &form, key, name: upper && !number && !sentence_start, position });
            }
        }
        position += 1;
        sentence_start = false;
    }
}

/// A stable 32-bit key of a term's plain form (FNV-1a, Fowler, Noll & Vo, folded).
fn key(form: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in form.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    #[allow(clippy::cast_possible_truncation, reason = "folded to 32 bits on purpose")]
    let folded = (hash ^ (hash >> 32)) as u32;
    folded
}

fn width(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

fn starts_word(text: &str, at: usize, byte: u8) -> bool {
    if byte < 0x80 {
        return byte.is_ascii_alphanumeric();
    }
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// Moves `at` behind the word that starts there, puts it in lower case into `form`; whether it begins with a capital.
fn lower_word(text: &str, at: &mut usize, form: &mut String) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes[*at].is_ascii_digit();
    let upper = if bytes[*at] < 0x80 {
        bytes[*at].is_ascii_uppercase()
    } else {
        text[*at..].chars().next().is_some_and(char::is_uppercase)
    };
    while *at < bytes.len() {
        let byte = bytes[*at];
        if byte < 0x80 {
            let inner = |ok: fn(&u8) -> bool| bytes.get(*at + 1).is_some_and(ok);
            if byte.is_ascii_alphanumeric() {
                form.push(byte.to_ascii_lowercase() as char);
            } else if byte == b'\'' && !digits && inner(u8::is_ascii_alphabetic) {
                form.push('\'');
            } else if byte == b'.' && digits && inner(u8::is_ascii_digit) {
                form.push('.');
            } else if !(byte == b',' && digits && inner(u8::is_ascii_digit)) {
                break;
            }
            *at += 1;
            continue;
        }
        let Some(letter) = text[*at..].chars().next() else { break };
        if letter.is_alphanumeric() {
            form.extend(letter.to_lowercase());
        } else if letter == '’' && !digits && text[*at + 3..].starts_with(|c: char| c.is_alphabetic()) {
            form.push('\'');
        } else {
            break;
        }
        *at += letter.len_utf8();
    }
    upper
}

/// Takes a possessive ending and a plural ending off.
fn cut(form: &mut String) {
    if form.ends_with("'s") {
        form.truncate(form.len() - 2);
    }
    let (bytes, length) = (form.as_bytes(), form.len());
    if length > 4 && form.ends_with("ies") {
        form.truncate(length - 3);
        form.push('y');
    } else if length > 3 && bytes[length - 1] == b's' && !matches!(bytes[length - 2], b's' | b'u' | b'i' | b'\'') {
        form.truncate(length - 1);
    }
}

/// By key alone: that another word has the key of one of some hundred function words is one in millions.
fn is_function_word(key: u32) -> bool {
    static KEYS: OnceLock<FxHashSet<u32>> = OnceLock::new();
    KEYS.get_or_init(|| FUNCTION_WORDS.iter().map(|it| self::key(it)).collect()).contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        each_term(text, |it| all.push((it.form.to_owned(), it.name)));
        all
    }

    #[test]
    fn words_are_cut_to_plain_forms_and_names_told() {
        let cases: &[(&str, &[(&str, bool)])] = &[
            ("The cities burn.", &[("city", false), ("burn", false)]),
            ("Police said Mayor Ruiz’s car", &[("police", false), ("mayor", true), ("ruiz", true), ("car", false)]),
            ("about 1,200 of 3.5 tons", &[("1200", false), ("3.5", false), ("ton", false)]),
            ("Él vio a Íñigo.", &[("él", false), ("vio", false), ("íñigo", true)]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(f, n)| ((*f).to_owned(), *n)).collect();
            assert_eq!(forms(text), expected, "{text}");
        }
    }

    #[test]
    fn function_words_are_in_order() {
        assert!(FUNCTION_WORDS.windows(2).all(|w| w[0] < w[1]));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_terms_without_panic(text in "\\PC*") {
            each_term(&text, |it| assert!(!it.form.is_empty()));
        }
    }
}
