//! What part of speech each token is.
//!
//! A linear model scores every tag for a word from the word, its neighbours and the two tags before, and the best one is
//! taken from left to right: the averaged perceptron of Collins (2002) in greedy form, several of them summed. Features are
//! 32-bit hashes, made without allocating. Words that had one tag throughout training are looked up, and so are words that
//! get one tag wherever the same tag stands before them and a word of the same class behind ([`Settled`]).
//! Data and figures are in `models/tagger.md`.

use crate::weights::{Aligned, Features, Weights, best};
use crate::words::{Shape, Word, hash, mix};
use crate::{Sentence, Tag, Token};
use rashomon_model::ModelFile;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Gives every token its part of speech, sentence by sentence; what lies between sentences is a sentence of its own.
pub(crate) fn tag(tokens: &mut [Token], words: &[Word], sentences: &[Sentence]) {
    let mut at = 0;
    for sentence in sentences {
        let (from, to) = (sentence.first_token, sentence.end_token);
        TAGGER.tag(&mut tokens[at..from], &words[at..from]);
        TAGGER.tag(&mut tokens[from..to], &words[from..to]);
        at = to;
    }
    TAGGER.tag(&mut tokens[at..], &words[at..]);
}

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/tagger.bin"));
static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::read(Cow::Borrowed(model_file().content())));

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "tagger", version: 1, digest: "c2dbf85a4fc92666", bytes: &BYTES.0 }
}

/// A trained tagger.
#[derive(Clone, Debug)]
pub struct Tagger {
    weights: Weights,
    settled: Settled,
}

/// Words whose tag needs no model: always, or between some neighbours.
///
/// As bytes: a power of two of places of 32 bits, little-endian, filled by open addressing (Knuth, vol. 3, 6.4, algorithm
/// L). A place holds 24 bits of a key and one more than the tag; 0 is empty.
#[derive(Clone, Debug)]
pub struct Settled {
    places: Cow<'static, [u8]>,
    mask: u32,
}

/// The key of a word that always gets one tag.
#[must_use]
pub fn always(word: &Word) -> u32 {
    mix(word.exact, 0x5e77)
}

/// The key of a word behind the tag `before` and in front of `next`.
#[must_use]
pub fn between(word: &Word, before: u8, next: Option<&Word>) -> u32 {
    mix(word.exact, mix(u32::from(before), next.map_or(OUTSIDE, |w| u32::from(w.coarse))))
}

impl Settled {
    /// Reads what [`Settled::write`] wrote; bytes that do not fit give one that settles nothing.
    #[must_use]
    pub fn read(places: Cow<'static, [u8]>) -> Self {
        match u32::try_from(places.len() / 4) {
            Ok(n) if n.is_power_of_two() && places.len().is_multiple_of(4) => Self { places, mask: n - 1 },
            _ => Self { places: Cow::Borrowed(&[0; 4]), mask: 0 },
        }
    }

    /// As bytes, three of four places filled at most; of keys that cannot be told apart the first stays.
    #[must_use]
    pub fn write(rows: &[(u32, u8)]) -> Vec<u8> {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let mut places = vec![0u32; (rows.len() * 4 / 3 + 1).next_power_of_two()];
        let mask = places.len() - 1;
        for (key, tag) in rows {
            let mut at = key as usize & mask;
            while places[at] != 0 && places[at] >> 8 != key >> 8 {
                at = (at + 1) & mask;
            }
            if places[at] == 0 {
                places[at] = (key & !0xff) | (u32::from(tag) + 1);
            }
        }
        places.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    #[inline]
    fn get(&self, key: u32) -> Option<u8> {
        let mut at = key & self.mask;
        loop {
            let place = self.places.get(at as usize * 4..at as usize * 4 + 4)?;
            let place = u32::from_le_bytes([place[0], place[1], place[2], place[3]]);
            if place == 0 {
                return None;
            }
            if place >> 8 == key >> 8 {
                return Some((place & 0xff) as u8 - 1);
            }
            at = (at + 1) & self.mask;
        }
    }
}

/// The tag before the first word, in place of a class.
pub const EDGE: u8 = 62;

impl Tagger {
    /// Reads a model; bytes that do not fit give one that knows nothing.
    #[must_use]
    pub fn read(bytes: Cow<'static, [u8]>) -> Self {
        let (weights, rest) = Weights::read(bytes);
        Self { weights, settled: Settled::read(rest) }
    }

    /// Tags the tokens of one sentence.
    pub fn tag(&self, tokens: &mut [Token], words: &[Word]) {
        let capitals = is_capitalised(words);
        let (mut before, mut second) = (EDGE, EDGE);
        let mut features = Features::new();
        for i in 0..tokens.len() {
            let settled = self.settled.get(always(&words[i]));
            let settled = settled.or_else(|| self.settled.get(between(&words[i], before, words.get(i + 1))));
            let tag = match settled {
                Some(tag) => tag,
                None => {
                    let mut scores = [0; 64];
                    let glue = glue(tokens, i);
                    fixed_features(words, i, capitals, glue, &mut |f| features.push(f));
                    tag_features(words, i, before, second, &mut |f| features.push(f));
                    self.weights.add(&mut features, &mut scores);
                    best(&scores, Tag::ALL.len())
                }
            };
            tokens[i].tag = Tag::ALL.get(usize::from(tag)).copied().unwrap_or(Tag::Other);
            second = before;
            before = tag;
        }
    }
}

/// Whether token `i` is written without space before it (1) and behind it (2).
pub fn glue(tokens: &[Token], i: usize) -> u32 {
    let touches = |a: usize, b: usize| tokens[a].span.end() == tokens[b].span.start();
    u32::from(i > 0 && touches(i - 1, i)) + 2 * u32::from(i + 1 < tokens.len() && touches(i, i + 1))
}

/// Whether a sentence is written in capitals throughout, as headlines are, so that they tell less.
#[must_use]
pub fn is_capitalised(words: &[Word]) -> bool {
    let small = words.iter().filter(|w| w.shape == Shape::Lower && w.length > 3).count();
    let capital = words.iter().filter(|w| w.shape.is_capital()).count();
    capital > small && capital > 2
}

/// Stands for a word outside the sentence.
const OUTSIDE: u32 = 0xffff_fff1;

/// The features of token `i` that do not depend on tags.
pub fn fixed_features(words: &[Word], i: usize, capitals: bool, glue: u32, each: &mut impl FnMut(u32)) {
    let at = |by: isize| i.checked_add_signed(by).and_then(|j| words.get(j));
    let lower = |by: isize| at(by).map_or(OUTSIDE, |w| w.lower);
    let class = |by: isize| at(by).map_or(OUTSIDE, |w| u32::from(w.class));
    let coarse = |by: isize| at(by).map_or(OUTSIDE, |w| u32::from(w.coarse));
    let suffix = |by: isize, length: usize| at(by).map_or(OUTSIDE, |w| w.suffixes[length - 1]);
    let shape_of = |by: isize| at(by).map_or(99, |w| w.shape as u32);
    let word = &words[i];
    let first = at(-1).is_none_or(|w| w.shape == Shape::Mark && opens(w.lower));
    let shape = word.shape as u32 * 4 + u32::from(first) * 2 + u32::from(capitals);
    let marked = if word.shape == Shape::Mark { mix(word.lower, glue) } else { 0 };
    let features = [
        0,
        word.lower,
        word.exact,
        word.suffixes[0],
        word.suffixes[1],
        word.suffixes[2],
        word.suffixes[3],
        shape,
        class(0),
        mix(u32::from(word.lower_class), shape),
        lower(-1),
        lower(1),
        class(-1),
        class(1),
        suffix(1, 2),
        suffix(-1, 2),
        mix(shape_of(-1), mix(shape, shape_of(1))),
        mix(class(-1), class(0)),
        mix(class(0), class(1)),
        mix(suffix(0, 2), shape),
        marked,
        mix(coarse(-1), mix(coarse(0), coarse(1))),
    ];
    for (name, value) in (1..).zip(features) {
        each(mix(name, value));
    }
}

/// The features of token `i` made of the tags before it.
pub fn tag_features(words: &[Word], i: usize, before: u8, second: u8, each: &mut impl FnMut(u32)) {
    let word = &words[i];
    let next = words.get(i + 1);
    let (before, second) = (u32::from(before), u32::from(second));
    let features = [
        before,
        mix(before, second),
        mix(before, word.lower),
        mix(before, u32::from(word.class)),
        mix(before, next.map_or(OUTSIDE, |w| u32::from(w.class))),
        mix(before, mix(u32::from(word.coarse), next.map_or(OUTSIDE, |w| u32::from(w.coarse)))),
        mix(before, mix(second, u32::from(word.coarse))),
    ];
    for (name, value) in (101..).zip(features) {
        each(mix(name, value));
    }
}

/// Whether the mark with this hash can stand before the first word of a sentence.
fn opens(lower: u32) -> bool {
    static OPENING: LazyLock<Vec<u32>> = LazyLock::new(|| {
        ["\"", "'", "''", "``", "(", "[", ":", "-", "--", "—", "...", "…", "•", "*", "_"]
            .iter()
            .map(|m| hash(m.as_bytes()))
            .collect()
    });
    OPENING.contains(&lower)
}
