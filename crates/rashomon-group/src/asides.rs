//! Where a live page or a bulletin turns to other news for a sentence: "Elsewhere: an otter was seen in the canal". What is
//! told there is another event, and says nothing of the report's own.

use rashomon_language::{Fact, WordSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Words that such a sentence begins with.
static OPENINGS: WordSet = WordSet::english(Fact::PageFurniture, "other-news");

/// The parts of `text` that tell its own event, in order: all of it but for sentences that turn to other news.
pub(crate) fn own_matter(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(aside) = opening(text) else { return rest.take() };
        let after = &text[aside.end..];
        rest = Some(&after[sentence(after)..]);
        Some(&text[..aside.start])
    })
}

/// Bytes up to the end of the sentence or line that `text` is inside of.
fn sentence(text: &str) -> usize {
    let stop = |n: usize| text.as_bytes().get(n + 1).is_none_or(u8::is_ascii_whitespace);
    text.bytes()
        .enumerate()
        .find(|(n, byte)| *byte == b'\n' || matches!(byte, b'.' | b'!' | b'?') && stop(*n))
        .map_or(text.len(), |(n, _)| n + 1)
}

/// Where the first sentence of `text` begins that turns to other news, and where its opening ends.
///
/// A sentence begins behind a sign or at the start of the text. Signs are looked for in eight bytes at once: a search for the
/// openings at every byte cost a tenth of the instructions of grouping.
fn opening(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let openings: &Openings = &BY_BEGINNING;
    if let found @ Some(_) = opening_behind(text, 0, openings) {
        return found;
    }
    let (eights, tail) = bytes.as_chunks::<8>();
    for (n, eight) in eights.iter().enumerate() {
        let mut signs = signs(*eight);
        while signs != 0 {
            let sign = n * 8 + signs.trailing_zeros() as usize / 8;
            if let found @ Some(_) = opening_behind(text, sign + 1, openings) {
                return found;
            }
            signs &= signs - 1;
        }
    }
    let from = bytes.len() - tail.len();
    let signs = (from..bytes.len()).filter(|n| !bytes[*n].is_ascii_alphabetic() && bytes[*n] != b' ');
    signs.map(|sign| sign + 1).find_map(|behind| opening_behind(text, behind, openings))
}

/// The opening that stands at `behind`, spaces aside, if a sentence may begin there.
#[inline]
fn opening_behind(text: &str, behind: usize, openings: &Openings) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Behind a comma and a digit none begins.
    if behind.checked_sub(1).is_some_and(|sign| bytes[sign] == b',' || bytes[sign].is_ascii_digit()) {
        return None;
    }
    let mut at = behind;
    while *bytes.get(at)? == b' ' {
        at += 1;
    }
    if openings.letters >> (bytes[at] & 31) & 1 == 0 {
        return None;
    }
    let beginning = small(*bytes[at..].first_chunk()?);
    if openings.beginnings.contains(&beginning) { Openings::at(text, at) } else { None }
}

/// The highest bit of each byte that is a sign: no letter of ASCII and no space. A digit or a part of a wider letter counts
/// as one here.
fn signs(eight: [u8; 8]) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let bytes = u64::from_le_bytes(eight);
    let low = bytes & all(0x7F);
    let small = low | all(0x20);
    let from_a = small + all(0x80 - b'a');
    let behind_z = small + all(0x80 - b'z' - 1);
    let no_space = (low ^ all(b' ')) + all(0x7F);
    (bytes | (!(from_a & !behind_z) & no_space)) & all(0x80)
}

/// Four bytes as a number, letters of ASCII in lower case, other signs perhaps as others.
#[inline]
fn small(four: [u8; 4]) -> u32 {
    u32::from_le_bytes(four) | 0x2020_2020
}

fn begins_sentence(before: &str) -> bool {
    before.trim_end_matches(' ').chars().next_back().is_none_or(|last| !last.is_alphanumeric() && last != ',')
}

/// Words that turn to other news, by how they begin.
struct Openings {
    /// A bit for each letter of ASCII that one begins with, by its last five bits.
    letters: u32,
    /// The first four bytes of each, as [`small`] gives them.
    beginnings: Vec<u32>,
}

static BY_BEGINNING: LazyLock<Openings> = LazyLock::new(|| {
    let mut it = Openings { letters: 0, beginnings: Vec::new() };
    for words in OPENINGS.iter() {
        let four = words.as_bytes().first_chunk().filter(|_| words.starts_with(|it: char| it.is_ascii_alphabetic()));
        let four = four.expect("an opening begins with a letter and has three more bytes");
        it.letters |= 1 << (four[0] & 31);
        it.beginnings.push(small(*four));
    }
    it.beginnings.sort_unstable();
    it.beginnings.dedup();
    it
});

impl Openings {
    /// The opening at `at`, which begins like one, if a sentence begins there.
    #[inline(never)]
    fn at(text: &str, at: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let opens = |words: &&str| {
            let begins =
                bytes.get(at..at + words.len()).is_some_and(|there| there.eq_ignore_ascii_case(words.as_bytes()));
            begins && !text[at + words.len()..].starts_with(char::is_alphanumeric)
        };
        let words = OPENINGS.iter().find(opens)?;
        begins_sentence(&text[..at]).then(|| at..at + words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_turn_to_other_news_are_left_out() {
        let cases: [(&str, &[&str]); 5] = [
            ("The dam broke. In other news: bakers strike. Nine died.", &["The dam broke. ", " Nine died."]),
            (
                "12.10 Polls close.\nElsewhere: an otter was seen.\n11.00 Polls open.",
                &["12.10 Polls close.\n", "\n11.00 Polls open."],
            ),
            (
                "Prices rose in Tarn and elsewhere: bread is dear.",
                &["Prices rose in Tarn and elsewhere: bread is dear."],
            ),
            ("Elsewhere: rain at 9.30 in the hills", &["", ""]),
            ("", &[""]),
        ];
        for (text, own) in cases {
            assert_eq!(own_matter(text).collect::<Vec<_>>(), own, "{text}");
        }
    }

    /// What `own_matter` gives, by looking for every opening at every byte.
    fn plainly(text: &str) -> Vec<&str> {
        let begins = |at: &usize| text.is_char_boundary(*at) && begins_sentence(&text[..*at]);
        let opening = |at: usize| OPENINGS.iter().map(move |it| at..at + it.len());
        let small = text.to_ascii_lowercase();
        let aside = (0..text.len()).filter(begins).flat_map(opening).find(|it| {
            small.get(it.clone()).is_some_and(|words| OPENINGS.contains(words))
                && !text[it.end..].starts_with(char::is_alphanumeric)
        });
        let Some(aside) = aside else { return vec![text] };
        let after = &text[aside.end..];
        [vec![&text[..aside.start]], plainly(&after[sentence(after)..])].concat()
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_passed_over(
            pieces in proptest::collection::vec(("[a-zA-Z0-9é]{0,3}[ ,.:;!?’é\n–\u{a0}@`]{0,3}", 0_usize..100), 0..20),
            upper: bool,
        ) {
            let phrases: Vec<&str> = OPENINGS.iter().collect();
            let text: String = pieces.iter().map(|(piece, n)| format!("{piece}{}", phrases.get(*n).unwrap_or(&""))).collect();
            let text = if upper { text.to_uppercase() } else { text };
            proptest::prop_assert_eq!(own_matter(&text).collect::<Vec<_>>(), plainly(&text));
        }
    }
}
