//! What of a text crosses from one language into another: numbers, the sound of names and loan words, and concepts.
//!
//! A text becomes a row of [`Key`]s that are the same in every language: a number by its value; a word that the language's
//! lexicon knows by its concepts; any longer word by the consonants of its form in Latin letters (`any_ascii`), which names
//! and international words keep in translation ("президент" and "president" are both `prsd`). No key proves anything alone;
//! how many rare ones two sentences share does.

use crate::{Fact, Language};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// What two texts of different languages may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u32);

impl Key {
    fn new(kind: u32, form: &[u8]) -> Self {
        let hash = form.iter().fold(0x811c_9dc5_u32 ^ kind, |h, b| (h ^ u32::from(*b)).wrapping_mul(0x0100_0193));
        // The lower bits of FNV-1a mix best; the kind stands in the two lowest.
        Self((hash ^ hash >> 15) << 2 | kind)
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        self.0 & 3 == NUMBER
    }

    /// Whether it is the sound of a word.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.0 & 3 == SOUND
    }

    /// Whether it is a run of letters.
    #[must_use]
    pub fn is_run(self) -> bool {
        self.0 & 3 == LETTERS
    }

    /// A number for it, the same in every run.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

const NUMBER: u32 = 0;
const CONCEPT: u32 = 1;
const SOUND: u32 = 2;
const LETTERS: u32 = 3;

/// Marks that a translation keeps: what is asked, exclaimed or counted in hundredths.
const MARKS: [char; 3] = ['?', '!', '%'];
/// Marks of quotation, all one.
const QUOTES: [char; 6] = ['"', '“', '”', '«', '»', '„'];
/// Letters of a run that two spellings of a word may share.
const RUN: usize = 4;

/// Consonants of a word's sound that are kept. Four tell "prsd" from "prst" and survive other endings.
const KEPT: usize = 4;
/// Letters of a word below which its sound says too little; one more is asked of a word that is no name.
const LEAST_NAME: usize = 3;
/// Letters that an ending must leave.
const LEAST_STEM: usize = 3;

/// What a language's lists come to for keys, made once.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    endings: Vec<Box<str>>,
    concepts: FxHashMap<Box<str>, Vec<Key>>,
    function: FxHashSet<Box<str>>,
    apostrophe_is_letter: bool,
}

impl Lexicon {
    pub(crate) fn of(language: &Language) -> Self {
        let mut endings: Vec<Box<str>> = language.list(Fact::Endings).entries().map(Into::into).collect();
        endings.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        let mut it = Self {
            endings,
            function: language.list(Fact::FunctionWords).entries().map(Into::into).collect(),
            apostrophe_is_letter: language.list(Fact::Conventions).get("apostrophe") == Some("letter"),
            ..Self::default()
        };
        for fact in [Fact::Lexicon, Fact::NamesOfThings] {
            for (word, concepts) in language.list(fact).rows() {
                let stem: Box<str> = it.stem(word).into();
                let keys = it.concepts.entry(stem).or_default();
                for concept in concepts.split_whitespace() {
                    let key = Key::new(CONCEPT, concept.as_bytes());
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
            }
        }
        it
    }

    /// `word`, in lower case, without its ending.
    fn stem<'w>(&self, word: &'w str) -> &'w str {
        let long = |stem: &&str| stem.chars().nth(LEAST_STEM - 1).is_some();
        self.endings.iter().find_map(|ending| word.strip_suffix(&**ending).filter(long)).unwrap_or(word)
    }
}

/// Calls `take` with every key of `text` and where it stands, in order.
pub fn each_key(text: &str, language: &Language, mut take: impl FnMut(Key, Range<usize>)) {
    let lexicon = language.lexicon();
    let mut lower = String::new();
    let mut sound = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_ascii_digit() {
            let end = number_end(text, at);
            if let Some(value) = value(&text[at..end]) {
                take(Key::new(NUMBER, value.as_bytes()), at..end);
            }
            at = end;
        } else if first.is_alphabetic() {
            let end = word_end(text, at, lexicon.apostrophe_is_letter);
            let word = &text[at..end];
            lower.clear();
            for c in word.chars().flat_map(char::to_lowercase) {
                lower.push(match c {
                    'ё' => 'е',
                    '’' | 'ʼ' => '\'',
                    _ => c,
                });
            }
            if let Some(keys) = lexicon.concepts.get(lexicon.stem(&lower)).filter(|_| end - at > 1) {
                keys.iter().for_each(|key| take(*key, at..end));
            }
            let letters = word.chars().count();
            let least = if first.is_uppercase() { LEAST_NAME } else { LEAST_NAME + 1 };
            if letters >= least && !lexicon.function.contains(&*lower) {
                sounds(&lower, &mut sound);
                if sound.len() >= if letters > LEAST_NAME { 3 } else { 2 } {
                    sound.truncate(KEPT);
                    take(Key::new(SOUND, &sound), at..end);
                }
            }
            at = end;
        } else {
            let end = at + first.len_utf8();
            if MARKS.contains(&first) {
                take(Key::new(CONCEPT, &text.as_bytes()[at..end]), at..end);
            } else if QUOTES.contains(&first) {
                take(Key::new(CONCEPT, b"\""), at..end);
            }
            at = end;
        }
    }
}

/// Calls `take` with every run of letters of the words of `text`, in Latin letters and spelt as they sound: what cognates
/// share whose consonants are not quite the same. They say little and are many: of use for sentences alone.
pub fn each_run(text: &str, language: &Language, mut take: impl FnMut(Key)) {
    let lexicon = language.lexicon();
    let mut sound = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if !first.is_alphabetic() {
            at += first.len_utf8();
            continue;
        }
        let end = word_end(text, at, lexicon.apostrophe_is_letter);
        let lower = text[at..end].to_lowercase();
        if lower.chars().nth(RUN - 1).is_some() && !lexicon.function.contains(&*lower) {
            spelt(&lower, &mut sound);
            sound.windows(RUN).for_each(|run| take(Key::new(LETTERS, run)));
        }
        at = end;
    }
}

/// Where the word that begins at `at` ends.
fn word_end(text: &str, at: usize, apostrophe_is_letter: bool) -> usize {
    let mut letters = text[at..].char_indices().peekable();
    while let Some((n, c)) = letters.next() {
        let inner = matches!(c, '\'' | '’' | 'ʼ')
            && apostrophe_is_letter
            && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        // Combining marks and the soft hyphen are parts of words.
        let mark = matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}');
        if !c.is_alphabetic() && !inner && !mark {
            return at + n;
        }
    }
    text.len()
}

/// Where the number that begins at `at` ends: digits with stops, commas and spaces of three-digit groups between.
fn number_end(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        end += text[end..].bytes().take_while(u8::is_ascii_digit).count();
        let Some(mark) = text[end..].chars().next() else { return end };
        let after = &text[end + mark.len_utf8()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = match mark {
            '.' | ',' => digits > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
                let before = text[at..end].bytes().rev().take_while(u8::is_ascii_digit).count();
                digits == 3 && before <= 3
            }
            _ => false,
        };
        if !goes_on {
            return end;
        }
        end += mark.len_utf8();
    }
}

/// The value a number is written for, whatever marks its language groups by: "1.200", "1 200" and "1,200" are one; "1,5" and
/// "1.50" are one. One digit alone says too little.
fn value(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).collect();
    let marks: Vec<char> = written.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups = |parts: &[&str]| {
        parts[0].len() <= 3 && parts[0] != "0" && parts.len() > 1 && parts[1..].iter().all(|p| p.len() == 3)
    };
    let last_differs = marks.len() > 1 && marks[..marks.len() - 1].iter().all(|m| m != &marks[marks.len() - 1]);
    let decimal = |whole: String, part: &str| match part.trim_end_matches('0') {
        "" => whole,
        part => format!("{whole}.{part}"),
    };
    let it = match parts.as_slice() {
        [whole] => (*whole).to_owned(),
        all if groups(all) && !last_differs => all.concat(),
        [whole, part] => decimal((*whole).to_owned(), part),
        [whole @ .., part] if last_differs && groups(whole) => decimal(whole.concat(), part),
        all => all.iter().map(|p| p.trim_start_matches('0')).collect::<Vec<_>>().join("/"),
    };
    (it.len() > 1).then_some(it)
}

/// Spellings of one sound, the longest first.
const SPELLINGS: [(&[u8], &[u8]); 17] = [
    (b"shch", b"s"),
    (b"dsch", b"j"),
    (b"dzh", b"j"),
    (b"sch", b"s"),
    (b"ph", b"f"),
    (b"th", b"t"),
    (b"ch", b"k"),
    (b"sh", b"s"),
    (b"zh", b"s"),
    (b"ck", b"k"),
    (b"qu", b"k"),
    (b"q", b"k"),
    (b"x", b"ks"),
    (b"w", b"v"),
    (b"c", b"k"),
    (b"z", b"s"),
    (b"kh", b""),
];

/// Calls `take` for each letter of a word as it sounds alike in many languages; `h` is silent.
fn each_sound(lower: &str, mut take: impl FnMut(u8)) {
    let ascii: std::borrow::Cow<'_, str> =
        if lower.is_ascii() { lower.into() } else { any_ascii::any_ascii(lower).to_ascii_lowercase().into() };
    let bytes = ascii.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (taken, sound): (usize, &[u8]) = match SPELLINGS.iter().find(|it| rest.starts_with(it.0)) {
            Some((spelt, sound)) => (spelt.len(), sound),
            None => (1, &rest[..1]),
        };
        at += taken;
        sound.iter().copied().filter(|it| it.is_ascii_lowercase() && *it != b'h').for_each(&mut take);
    }
}

/// The letters of a word as they sound alike in many languages, none twice on end: `y` and `j` are `i`.
fn spelt(lower: &str, out: &mut Vec<u8>) {
    out.clear();
    each_sound(lower, |byte| {
        let letter = if matches!(byte, b'y' | b'j') { b'i' } else { byte };
        if out.last() != Some(&letter) {
            out.push(letter);
        }
    });
}

/// The consonants of a word as they sound alike in many languages, behind its first letter; a first vowel is `a`.
fn sounds(lower: &str, out: &mut Vec<u8>) {
    out.clear();
    let mut last = 0;
    let mut first = true;
    each_sound(lower, |byte| {
        if std::mem::replace(&mut last, byte) == byte {
            return;
        }
        let vowel = matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'j');
        if first || !vowel {
            out.push(if vowel { b'a' } else { byte });
        }
        first = false;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, code: &str) -> Vec<Key> {
        let mut out = Vec::new();
        each_key(text, Language::of(Some(code)), |key, _| out.push(key));
        out
    }

    /// Whether the texts share a key.
    fn meet(one: (&str, &str), other: (&str, &str)) -> bool {
        let there = keys(other.1, other.0);
        keys(one.1, one.0).iter().any(|key| there.contains(key))
    }

    #[test]
    fn words_numbers_and_names_cross() {
        for (one, other) in [
            (("en", "The president"), ("ru", "президентом")),
            (("en", "earthquakes"), ("uk", "землетрусу")),
            (("en", "1,200,000.5"), ("es", "1.200.000,5")),
            (("en", "12,500"), ("fr", "12\u{202f}500")),
            (("de", "Bürgermeister"), ("fr", "maires")),
            (("en", "Halvorsen"), ("uk", "Халворсен")),
            (("es", "Japón"), ("de", "Japan")),
            (("en", "Johnson"), ("ru", "Джонсона")),
        ] {
            assert!(meet(one, other), "{one:?} {other:?}");
        }
        assert!(!meet(("en", "1.5"), ("de", "1.500")));
    }

    #[test]
    fn marks_of_a_number_are_told() {
        for (written, wanted) in [
            ("1.200", Some("1200")),
            ("1,5", Some("1.5")),
            ("1.200.000,50", Some("1200000.5")),
            ("7", None),
            ("2,0", None),
            ("03.10.2025", Some("3/10/2025")),
        ] {
            assert_eq!(value(written).as_deref(), wanted, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_keys_in_place(text in "(\\PC|[ a-zA-Zа-я0-9.,'’\n]){0,60}", code in "en|uk|de|qx") {
            let mut last = 0;
            each_key(&text, Language::of(Some(&code)), |_, place| {
                assert!(place.start >= last && text.get(place.clone()).is_some());
                last = place.start;
            });
        }
    }
}
