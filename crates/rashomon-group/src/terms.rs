//! What counts as a term of an article: words cut to a plain form, names, numbers; no function words.
//!
//! Made of the letters and not of tokens: articles of a corpus are grouped without being annotated, which costs twenty-five
//! times as much, and a kept state holds the keys of its terms.

use rashomon_language::{Fact, Language};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// One occurrence of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence<'a> {
    /// Its plain form, but perhaps with capitals.
    form: &'a [u8],
    /// Its stable key.
    pub(crate) key: u32,
    /// Whether it is written as a name in the middle of a sentence.
    pub(crate) name: bool,
    /// How it is written.
    pub(crate) case: Case,
    /// Words of the text before it, function words included.
    pub(crate) position: usize,
}

/// How a term is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Capital,
    Digits,
}

impl Occurrence<'_> {
    /// Plain form: lower case, without possessive or plural ending; digits without grouping marks.
    pub(crate) fn form(&self) -> String {
        std::str::from_utf8(self.form).unwrap_or_default().to_ascii_lowercase()
    }
}

/// Letters and digits of ASCII in lower case, 0 for all other bytes.
const LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut n = 0;
    while n < 128 {
        if (n as u8).is_ascii_alphanumeric() {
            lower[n] = (n as u8).to_ascii_lowercase();
        }
        n += 1;
    }
    lower
};

/// Calls `take` for every term of `text` in order.
pub(crate) fn each_term(text: &str, mut take: impl FnMut(Occurrence<'_>)) {
    let bytes = text.as_bytes();
    let functions = function_words();
    let mut long: Vec<u8> = Vec::new();
    let mut at = 0;
    let mut position = 0;
    let mut sentence_start = true;
    while at < bytes.len() {
        let first = bytes[at];
        if LOWER[usize::from(first)] == 0 && !(first >= 0x80 && starts_wide_word(text, at)) {
            // The lead byte of curly quotes and dashes begins a sentence, too; other marks share it and do no harm.
            sentence_start |= matches!(first, b'.' | b'!' | b'?' | b':' | b'\n' | b'"' | b'(' | 0xE2);
            at += width(first);
            continue;
        }
        let from = at;
        let digits = first.is_ascii_digit();
        let upper = if first < 0x80 {
            first.is_ascii_uppercase()
        } else {
            text[at..].chars().next().is_some_and(char::is_uppercase)
        };
        let (length, hash) = plain(&bytes[from..]);
        at += length;
        let word = &bytes[from..at];
        let inner = |ok: fn(&u8) -> bool| bytes.get(at + 1).is_some_and(ok);
        let goes_on = match bytes.get(at) {
            Some(b'\'') => !digits && inner(u8::is_ascii_alphabetic),
            Some(b'.' | b',') => digits && inner(u8::is_ascii_digit),
            Some(byte) => *byte >= 0x80,
            None => false,
        };
        let (form, key) = if goes_on {
            long.clear();
            long.extend(word.iter().map(u8::to_ascii_lowercase));
            lower_rest(text, &mut at, digits, &mut long);
            cut(&mut long);
            (&long[..], key(&long))
        } else if !matches!(word.last(), Some(b's' | b'S')) {
            (word, folded(hash))
        } else {
            // What `cut` does, for words of ASCII.
            match *word {
                [.., _, b's' | b'S' | b'u' | b'U' | b'i' | b'I', b's' | b'S'] => (word, folded(hash)),
                [_, _, .., b'i' | b'I', b'e' | b'E', b's' | b'S'] => {
                    long.clear();
                    long.extend(word.iter().map(u8::to_ascii_lowercase));
                    cut(&mut long);
                    (&long[..], key(&long))
                }
                [ref stem @ .., _] if stem.len() >= 3 => {
                    (stem, folded(stem.iter().fold(OFFSET, |hash, byte| next(hash, LOWER[usize::from(*byte)]))))
                }
                _ => (word, folded(hash)),
            }
        };
        let number = form.first().is_some_and(u8::is_ascii_digit);
        if !form.is_empty() && (number || at - from > 1) && !functions.contains(key) {
            let case = match (number, upper) {
                (true, _) => Case::Digits,
                (false, true) => Case::Capital,
                (false, false) => Case::Lower,
            };
            take(Occurrence { form, key, name: case == Case::Capital && !sentence_start, case, position });
        }
        position += 1;
        sentence_start = false;
    }
}

/// FNV-1a of 64 bits (Fowler, Noll & Vo).
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A stable 32-bit key of a term's plain form: FNV-1a, folded.
fn key(form: &[u8]) -> u32 {
    folded(form.iter().fold(OFFSET, |hash, byte| next(hash, *byte)))
}

/// How many letters and digits of ASCII `bytes` begins with, and their hash in lower case.
///
/// A function of its own, so that its few values stay in registers.
#[inline(never)]
fn plain(bytes: &[u8]) -> (usize, u64) {
    let mut hash = OFFSET;
    for (n, byte) in bytes.iter().enumerate() {
        let lower = LOWER[usize::from(*byte)];
        if lower == 0 {
            return (n, hash);
        }
        hash = next(hash, lower);
    }
    (bytes.len(), hash)
}

fn next(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

#[allow(clippy::cast_possible_truncation, reason = "folded to 32 bits on purpose")]
fn folded(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

fn width(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Whether a word begins with the letter at `at`, which is not ASCII.
fn starts_wide_word(text: &str, at: usize) -> bool {
    // Dashes and curly quotes (U+2000 to U+203F) are by far the commonest.
    !text.as_bytes()[at..].starts_with(b"\xE2\x80")
        && text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// Moves `at` behind the word it is in, and puts what is left of it in lower case into `form`.
fn lower_rest(text: &str, at: &mut usize, digits: bool, form: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    while *at < bytes.len() {
        let byte = bytes[*at];
        if byte < 0x80 {
            let inner = |ok: fn(&u8) -> bool| bytes.get(*at + 1).is_some_and(ok);
            if byte.is_ascii_alphanumeric() {
                form.push(byte | 0x20);
            } else if byte == b'\'' && !digits && inner(u8::is_ascii_alphabetic) {
                form.push(b'\'');
            } else if byte == b'.' && digits && inner(u8::is_ascii_digit) {
                form.push(b'.');
            } else if !(byte == b',' && digits && inner(u8::is_ascii_digit)) {
                break;
            }
            *at += 1;
            continue;
        }
        let Some(letter) = text[*at..].chars().next() else { break };
        if letter.is_alphanumeric() {
            let mut buffer = [0; 4];
            letter.to_lowercase().for_each(|it| form.extend(it.encode_utf8(&mut buffer).as_bytes()));
        } else if letter == '’' && !digits && text[*at + 3..].starts_with(char::is_alphabetic) {
            form.push(b'\'');
        } else {
            break;
        }
        *at += letter.len_utf8();
    }
}

/// Takes a possessive ending and a plural ending off.
fn cut(form: &mut Vec<u8>) {
    if form.last() != Some(&b's') {
        return;
    }
    if form.ends_with(b"'s") {
        form.truncate(form.len() - 2);
    }
    let length = form.len();
    if length > 4 && form.ends_with(b"ies") {
        form.truncate(length - 3);
        form.push(b'y');
    } else if length > 3 && form[length - 1] == b's' && !matches!(form[length - 2], b's' | b'u' | b'i' | b'\'') {
        form.truncate(length - 1);
    }
}

/// Function words by key alone: that another word has the key of one of some hundred is one in millions.
struct FunctionWords {
    /// A bit for the low bits of each key, which tells most other words.
    bits: Vec<u64>,
    keys: FxHashSet<u32>,
}

impl FunctionWords {
    fn contains(&self, key: u32) -> bool {
        let low = key as usize & 0xffff;
        self.bits[low / 64] >> (low % 64) & 1 == 1 && self.keys.contains(&key)
    }
}

fn function_words() -> &'static FunctionWords {
    static WORDS: OnceLock<FunctionWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        // Articles of all languages are read with one list.
        let english = Language::english().list(Fact::FunctionWords).with("grouping");
        let all = english.chain(Language::shared().list(Fact::FunctionWords).entries());
        let keys: FxHashSet<u32> = all.clone().map(|it| key(it.as_bytes())).collect();
        let mut bits = vec![0_u64; 1024];
        for word in all {
            let low = key(word.as_bytes()) as usize & 0xffff;
            bits[low / 64] |= 1 << (low % 64);
        }
        FunctionWords { bits, keys }
    })
}

/// Whether a term is an office, a kind of place or of body, by its key: "mayor", "street", "council". What many reports of one
/// town share.
pub(crate) fn is_office(term: u32) -> bool {
    static WORDS: OnceLock<FxHashSet<u32>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let lists = [Fact::Titles, Fact::PlaceWords, Fact::OrganizationEndings];
        let entries = lists.into_iter().flat_map(|fact| Language::english().list(fact).entries());
        entries.map(|it| key(it.to_lowercase().as_bytes())).collect()
    });
    words.contains(&term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        each_term(text, |it| all.push((it.form(), it.name)));
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
    fn keys_are_those_of_the_forms() {
        let long = "x".repeat(50);
        for text in
            ["ferries buses gas bus was Pass cities ships", "Jones's 1,200's don't l’eau", &long, &(long.clone() + "s")]
        {
            each_term(text, |it| assert_eq!(it.key, key(it.form().as_bytes()), "{}", it.form()));
        }
        assert_eq!(forms(&long), [(long.clone(), false)]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_terms_without_panic(text in "\\PC*") {
            each_term(&text, |it| assert!(!it.form().is_empty()));
        }
    }
}
