//! Which words name people, organizations, places and other things.
//!
//! A linear model labels the capitalised words of each sentence from left to right: outside, or first or later word of a
//! name of one of four kinds. It sees the words and their neighbours, parts of speech, classes, what the lists know
//! ([`crate::gazetteer`]) and how the same word is written elsewhere in the article. Figures are in `models/names.md`.

use crate::entities::{Mention, resolve};
use crate::gazetteer::{ADDRESS, BODY, DATE, DEMONYM, ENDING, GAZETTEER, GIVEN, MODIFIER, PLACE, PLACE_WORD, TITLE};
use crate::tags::{EDGE, is_capitalised};
use crate::weights::{Aligned, Features, Weights, best};
use crate::words::{Shape, Word, mix};
use crate::{Annotated, Entity, Name, NameKind, Sentence, Tag, Token};
use mending::{cut_run_together, mend};
use rashomon_language::{Fact, WordSet};
use rashomon_model::ModelFile;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

static CONNECTORS: WordSet = WordSet::english(Fact::NameConnectors, "name");

mod mending;

/// The names of an article and the things they name. `words` describes its tokens.
pub(crate) fn names(it: &Annotated, words: &[Word]) -> (Vec<Name>, Vec<Entity>) {
    let view = View::new(&it.article.text, &it.tokens, &it.sentences, words);
    let mut mentions = Vec::new();
    for sentence in &it.sentences {
        for (first, end, kind) in FINDER.find(&view, sentence) {
            mentions.push(Mention { first, end, kind });
        }
    }
    resolve(it, mentions)
}

static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/names.bin"));
static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::read(Cow::Borrowed(model_file().content())));

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "names", version: 1, digest: "008d24ff75b990b9", bytes: &BYTES.0 }
}

/// Kinds in the order of their labels.
pub const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other];
/// Number of labels: 0 outside, 1 to 4 first words, 5 to 8 later words.
pub const LABELS: usize = 9;

/// A trained name finder.
#[derive(Clone, Debug)]
pub struct Finder {
    weights: Weights,
}

impl Finder {
    /// Reads a model; bytes that do not fit give one that finds nothing.
    #[must_use]
    pub fn read(bytes: Cow<'static, [u8]>) -> Self {
        Self { weights: Weights::read(bytes).0 }
    }

    /// The names of one sentence: first token, one past the last, kind.
    #[must_use]
    pub fn find(&self, view: &View, sentence: &Sentence) -> Vec<(usize, usize, NameKind)> {
        let range = sentence.first_token..sentence.end_token;
        let capitals = view.is_headline(&range);
        let (mut before, mut second) = (EDGE, EDGE);
        let mut out: Vec<(usize, usize, NameKind)> = Vec::new();
        let mut features = Features::new();
        for i in range.clone() {
            let mut label = 0;
            if view.eligible(i, &range) {
                let mut scores = [0; 64];
                fixed_features(view, i, &range, capitals, &mut |f| features.push(f));
                label_features(view, i, &range, before, second, &mut |f| features.push(f));
                self.weights.add(&mut features, &mut scores);
                // A later word continues a name of its kind.
                for later in 5..LABELS as u8 {
                    if before != later && before + 4 != later {
                        scores[usize::from(later)] = i16::MIN;
                    }
                }
                label = best(&scores, LABELS);
            }
            match label {
                0 => {}
                1..=4 => out.push((i, i + 1, KINDS[usize::from(label) - 1])),
                _ => {
                    if let Some(last) = out.last_mut() {
                        last.1 = i + 1;
                    }
                }
            }
            second = before;
            before = label;
        }
        // A name does not end in a connecting word.
        for name in &mut out {
            while name.1 > name.0 + 1
                && !view.words[name.1 - 1].shape.is_name_like()
                && view.tokens[name.1 - 2].tag != Tag::Hyph
            {
                name.1 -= 1;
            }
        }
        view.complete(&range, capitals, &mut out);
        let out = if capitals { view.apart(out) } else { out };
        let mut out = view.trim(out, capitals);
        cut_run_together(view, &mut out);
        if !capitals {
            mend(view, &range, &mut out);
        }
        out
    }
}

/// Whether the tokens `range` are written in capitals as headlines are; a short sentence full of names ends in a stop.
fn is_headline(text: &str, tokens: &[Token], words: &[Word], range: &std::ops::Range<usize>) -> bool {
    let stops = || range.clone().rev().take(2).any(|i| tokens[i].tag == Tag::Stop && tokens[i].span.text(text) == ".");
    is_capitalised(&words[range.clone()]) && !stops()
}

impl Shape {
    /// Whether a word of this shape can begin or end a name.
    fn is_name_like(self) -> bool {
        !matches!(self, Self::Lower | Self::Mark)
    }
}

/// An article as the name finder sees it.
pub struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) words: &'a [Word],
    /// What the lists and the rest of the article tell of each token, one bit each.
    pub(crate) clues: Vec<u32>,
}

/// Written with a capital inside a sentence elsewhere.
pub(crate) const INSIDE: u32 = 1 << 10;
/// Written in lower case elsewhere.
const SMALL: u32 = 1 << 11;
/// Stands behind a given name, an initial or a title elsewhere.
pub(crate) const SURNAME: u32 = 1 << 12;
/// Joins words of a name.
const CONNECTS: u32 = 1 << 13;
const CLUES: u32 = 13;
/// An address or a handle, never a name.
const NEVER: u32 = 1 << 14;
/// "People" before "'s", as in the names of republics and papers.
const PEOPLES: u32 = 1 << 15;

impl<'a> View<'a> {
    /// The view of an article; `words` describes its tokens.
    #[must_use]
    pub fn new(text: &'a str, tokens: &'a [Token], sentences: &[Sentence], words: &'a [Word]) -> Self {
        let gazetteer = &*GAZETTEER;
        let mut clues = vec![0u32; tokens.len()];
        let word_at = |i: usize| tokens[i].span.text(text);
        let mut elsewhere: FxHashMap<u32, u32> = FxHashMap::default();
        for sentence in sentences {
            let range = sentence.first_token..sentence.end_token;
            let capitals = is_headline(text, tokens, words, &range);
            for i in range.clone() {
                let word = word_at(i);
                if !words[i].shape.is_name_like() {
                    if words[i].shape == Shape::Lower {
                        if words[i].length > 2 {
                            *elsewhere.entry(words[i].lower).or_default() |= SMALL;
                        }
                        let bits = if word.len() <= 14 { gazetteer.of_lower(word) } else { 0 };
                        if bits & (TITLE | ADDRESS) != 0 {
                            clues[i] |= TITLE;
                        } else {
                            clues[i] |= bits & MODIFIER;
                        }
                    }
                    if CONNECTORS.contains(word) {
                        clues[i] |= CONNECTS;
                    }
                    continue;
                }
                let mut bits = gazetteer.of(word);
                bits |= if word.contains(['/', '@', '#']) && word.len() > 3 { NEVER } else { 0 };
                bits |=
                    if word == "People" && i + 1 < range.end && tokens[i + 1].tag == Tag::POS { PEOPLES } else { 0 };
                clues[i] |= bits;
                let longest = gazetteer.firsts.get(word).copied().unwrap_or(1).min(range.end - i);
                for length in (1..=longest).rev() {
                    let found = if length == 1 {
                        gazetteer.whole.get(word)
                    } else {
                        let joined = tokens[i].span.cover(tokens[i + length - 1].span).text(text);
                        gazetteer.whole.get(joined)
                    };
                    if let Some(kind) = found {
                        let bit = if *kind == NameKind::Place { PLACE } else { BODY };
                        clues[i..i + length].iter_mut().for_each(|c| *c |= bit);
                        break;
                    }
                }
                let first = i == range.start || words[i - 1].shape == Shape::Mark;
                if !first && !capitals {
                    *elsewhere.entry(words[i].lower).or_default() |= INSIDE;
                }
                if i > range.start && !capitals && bits & (TITLE | MODIFIER) == 0 {
                    let before = clues[i - 1];
                    let named = before & (GIVEN | ADDRESS) != 0
                        || (before & TITLE != 0)
                        || (words[i - 1].shape == Shape::Initial && i > range.start + 1);
                    if named {
                        *elsewhere.entry(words[i].lower).or_default() |= SURNAME;
                    }
                }
            }
        }
        for (clue, word) in clues.iter_mut().zip(words) {
            if word.shape.is_name_like() {
                *clue |= elsewhere.get(&word.lower).copied().unwrap_or(0);
            }
        }
        Self { text, tokens, words, clues }
    }

    /// Whether the tokens `range` are written in capitals as headlines are.
    #[must_use]
    pub fn is_headline(&self, range: &std::ops::Range<usize>) -> bool {
        is_headline(self.text, self.tokens, self.words, range)
    }

    /// Adds what the lists are sure of and the model missed, and corrects kinds the lists know better.
    fn complete(&self, range: &std::ops::Range<usize>, capitals: bool, names: &mut Vec<(usize, usize, NameKind)>) {
        let capital = |i: usize| {
            range.contains(&i) && matches!(self.words[i].shape, Shape::Title | Shape::Initial | Shape::Mixed)
        };
        let clue = |i: usize, bits: u32| range.contains(&i) && self.clues[i] & bits != 0;
        let taken = |names: &[(usize, usize, NameKind)], i: usize| names.iter().any(|n| n.0 <= i && i < n.1);
        let mut i = range.start;
        while i < range.end {
            if taken(names, i) || !self.words[i].shape.is_name_like() {
                i += 1;
                continue;
            }
            let mut end = i + 1;
            let titled = i > range.start && clue(i - 1, TITLE | ADDRESS) && self.words[i - 1].shape.is_name_like();
            let person = !capitals
                && capital(i)
                && !clue(i, TITLE | MODIFIER | ENDING | DATE | DEMONYM | PLACE | BODY | PLACE_WORD)
                && (titled
                    || clue(i, SURNAME) && self.tokens[i].tag.is_proper()
                    || clue(i, GIVEN) && capital(i + 1) && !clue(i + 1, ENDING | PLACE_WORD));
            if person {
                while end < range.end && !taken(names, end) && end < i + 5 {
                    let hyphen = self.words[end].shape == Shape::Mark
                        && self.tokens[end].tag == Tag::Hyph
                        && end + 1 < range.end
                        && self.words[end + 1].shape.is_name_like();
                    if hyphen {
                        end += 2;
                    } else if capital(end) && !clue(end, DATE | DEMONYM | PLACE) {
                        end += 1;
                    } else {
                        break;
                    }
                }
                names.push((i, end.min(range.end), NameKind::Person));
            } else if clue(i, PLACE | BODY) && self.tokens[i].tag.is_proper() {
                let bit = if clue(i, PLACE) { PLACE } else { BODY };
                while end < range.end && clue(end, bit) && !taken(names, end) {
                    end += 1;
                }
                names.push((i, end, if bit == PLACE { NameKind::Place } else { NameKind::Organization }));
            }
            i = end;
        }
        for i in range.clone().filter(|i| clue(*i, PEOPLES)) {
            let start = (range.start..i).rev().take_while(|&j| capital(j) && !clue(j, DATE)).last().unwrap_or(i);
            let end = (i + 2..range.end).take_while(|&j| capital(j)).last().map_or(i + 1, |j| j + 1);
            if end > i + 2 {
                names.retain(|n| n.1 <= start || n.0 >= end);
                let kind = if clue(end - 1, PLACE_WORD) { NameKind::Place } else { NameKind::Organization };
                names.push((start, end, kind));
            }
        }
        names.sort_unstable_by_key(|n| n.0);
        for (first, end, kind) in names {
            let all = |bit: u32| (*first..*end).all(|i| clue(i, bit));
            if all(PLACE) && !all(SURNAME) && *kind == NameKind::Other {
                *kind = NameKind::Place;
            } else if *end > *first + 1 && clue(*end - 1, ENDING) && !clue(*first, GIVEN) {
                *kind = NameKind::Organization;
            } else if *end > *first + 1
                && clue(*first, GIVEN)
                && (*first..*end).all(|i| !clue(i, ENDING | PLACE_WORD | PLACE))
                && *end <= *first + 4
            {
                *kind = NameKind::Person;
            }
        }
    }

    /// Parts people whom a headline of capitals joins by a word that is none of a name: "Stone Chides Marsh".
    fn apart(&self, names: Vec<(usize, usize, NameKind)>) -> Vec<(usize, usize, NameKind)> {
        let known = |i: usize| self.clues[i] & (INSIDE | GIVEN | SURNAME) != 0;
        let common = |i: usize| {
            self.words[i].lower_class != 0
                && self.clues[i] & (INSIDE | GIVEN | SURNAME | PLACE | BODY | ENDING | CONNECTS) == 0
        };
        let mut out = Vec::with_capacity(names.len());
        for (first, end, kind) in names {
            let between = |i: &usize| common(*i) && known(i - 1) && known(i + 1);
            match (first + 1..end.saturating_sub(1)).find(between).filter(|_| kind == NameKind::Person) {
                Some(i) => out.extend([(first, i, kind), (i + 1, end, kind)]),
                None => out.push((first, end, kind)),
            }
        }
        out
    }

    /// Takes titles off people, adjectives of nations out, and keeps the country a title stands with.
    fn trim(&self, names: Vec<(usize, usize, NameKind)>, capitals: bool) -> Vec<(usize, usize, NameKind)> {
        let clue = |i: usize, bits: u32| self.clues[i] & bits != 0;
        let mut out: Vec<(usize, usize, NameKind)> = Vec::with_capacity(names.len());
        for (mut first, mut end, kind) in names {
            if out.last().is_some_and(|last| last.1 > first) || (first..end).any(|i| clue(i, NEVER)) {
                continue;
            }
            // "On Friday Ada Stone had said": the day is no part of the name.
            while kind == NameKind::Person && end - first > 2 && clue(first, DATE) && !clue(first, GIVEN | SURNAME) {
                first += 1;
            }
            if (first..end).all(|i| clue(i, DEMONYM)) {
                if self.tokens[first].tag.is_noun() && !clue(first, PLACE) {
                    out.push((first, end, NameKind::Other));
                }
                continue;
            }
            // In a headline of capitals words that are no names stand at the edges of names.
            if capitals {
                let told = kind == NameKind::Person && (first..end).any(|i| clue(i, INSIDE) && clue(i, SURNAME));
                let known = |i: usize| {
                    clue(i, INSIDE | GIVEN | SURNAME | PLACE | BODY | ENDING)
                        || (!told && !clue(i, SMALL) && self.tokens[i].tag.is_noun())
                        || (!told && !self.words[i].shape.is_name_like())
                };
                let from = (first..end).find(|i| known(*i));
                let to = (first..end).rev().find(|i| known(*i));
                let Some((from, to)) = from.zip(to) else { continue };
                (first, end) = (from, to + 1);
            }
            let titled = (first..end).rev().find(|&i| clue(i, TITLE | ADDRESS));
            if let Some(title) = titled.filter(|t| !clue(*t, GIVEN | PLACE | BODY)) {
                let mut start = title + 1;
                while start < end && clue(start, CONNECTS | MODIFIER) {
                    start += 1;
                }
                if kind == NameKind::Person || start == end || clue(start, GIVEN | SURNAME) {
                    let country = (first..end).take_while(|&i| clue(i, PLACE)).count();
                    if country > 0 {
                        out.push((first, first + country, NameKind::Place));
                    }
                    if start < end {
                        out.push((start, end, NameKind::Person));
                    }
                    continue;
                }
            }
            if kind == NameKind::Person && (first..end).all(|i| clue(i, PLACE) && !clue(i, GIVEN | SURNAME)) {
                out.push((first, end, NameKind::Place));
                continue;
            }
            // A given name and the name right behind it are one.
            if let Some(last) = out.last_mut().filter(|l| {
                l.2 == NameKind::Person
                    && kind == NameKind::Person
                    && l.1 == first
                    && l.1 == l.0 + 1
                    && clue(l.0, GIVEN)
            }) {
                last.1 = end;
                continue;
            }
            out.push((first, end, kind));
        }
        out
    }

    /// Whether token `i` can be part of a name.
    #[must_use]
    pub fn eligible(&self, i: usize, range: &std::ops::Range<usize>) -> bool {
        let shape = self.words[i].shape;
        if self.clues[i] & NEVER != 0 {
            return false;
        }
        if matches!(shape, Shape::Number) {
            return i > range.start && self.words[i - 1].shape.is_name_like();
        }
        if shape.is_name_like() {
            return true;
        }
        // The second half of a given name: "Min-woo".
        if shape == Shape::Lower
            && i >= range.start + 2
            && self.tokens[i - 1].tag == Tag::Hyph
            && self.words[i - 2].shape == Shape::Title
            && self.words[i].length <= 6
        {
            return true;
        }
        self.clues[i] & CONNECTS != 0
            && i > range.start
            && i + 1 < range.end
            && self.words[i - 1].shape != Shape::Mark
            && (self.words[i + 1].shape.is_name_like()
                || self.clues[i + 1] & CONNECTS != 0
                || self.tokens[i].tag == Tag::Hyph)
    }
}

const OUTSIDE: u32 = 0xffff_fff1;

/// The features of token `i` that do not depend on labels.
pub fn fixed_features(
    view: &View,
    i: usize,
    range: &std::ops::Range<usize>,
    capitals: bool,
    each: &mut impl FnMut(u32),
) {
    let place = |by: isize| i.checked_add_signed(by).filter(|j| range.contains(j));
    let word = |by: isize| place(by).map(|j| &view.words[j]);
    let lower = |by: isize| word(by).map_or(OUTSIDE, |w| w.lower);
    let class = |by: isize| word(by).map_or(OUTSIDE, |w| u32::from(w.class));
    let coarse = |by: isize| word(by).map_or(OUTSIDE, |w| u32::from(w.coarse));
    let shape = |by: isize| word(by).map_or(99, |w| w.shape as u32);
    let tag = |by: isize| place(by).map_or(99, |j| view.tokens[j].tag as u32);
    let clues = |by: isize| place(by).map_or(1 << 20, |j| view.clues[j]);
    let it = &view.words[i];
    let first = u32::from(i == range.start) + 2 * u32::from(capitals);
    let lists = clues(0) & !(INSIDE | SMALL | SURNAME);
    // The clues of the last capitalised word of the run that begins here, and its length.
    let mut end = i;
    while end + 1 < range.end && view.words[end + 1].shape.is_name_like() && end < i + 6 {
        end += 1;
    }
    let run = view.clues[end] & !(INSIDE | SMALL);
    let tail = &view.words[end];
    let features = [
        0,
        it.lower,
        it.exact,
        it.suffixes[2],
        it.suffixes[3],
        it.suffixes[1],
        mix(it.shape as u32, first),
        class(0),
        coarse(0),
        mix(u32::from(it.lower_class), first),
        lower(-1),
        lower(1),
        lower(-2),
        lower(2),
        class(-1),
        class(1),
        coarse(-2),
        coarse(2),
        coarse(-1),
        coarse(1),
        tag(0),
        mix(tag(-1), tag(0)),
        mix(tag(0), tag(1)),
        mix(shape(-1), mix(shape(0), shape(1))),
        mix(lists, shape(0)),
        mix(clues(0), first),
        mix(clues(0), clues(1) & 0x3ff),
        mix(clues(-1) & 0x3ff, clues(0)),
        clues(1) & 0x3ff,
        clues(-1) & 0x3ff,
        mix(run, (end - i) as u32),
        mix(run, lists),
        tail.lower,
        mix(u32::from(tail.coarse), coarse(0)),
        class_of(view, end + 1, range),
        lower_of(view, end + 1, range),
        mix(lower(-1), shape(0)),
        mix(lower(-1), coarse(0)),
        mix(class(-1), class(0)),
        mix(class(0), class(1)),
        mix(coarse(-1), mix(coarse(0), coarse(1))),
    ];
    for (name, value) in (1..).zip(features) {
        each(mix(name, value));
    }
    for bit in 0..CLUES {
        if view.clues[i] & (1 << bit) != 0 {
            each(mix(60 + bit, 1));
            each(mix(60 + bit, shape(0) + 2));
        }
        if run & (1 << bit) != 0 {
            each(mix(80 + bit, 1));
        }
    }
}

fn class_of(view: &View, i: usize, range: &std::ops::Range<usize>) -> u32 {
    if range.contains(&i) { u32::from(view.words[i].class) } else { OUTSIDE }
}

fn lower_of(view: &View, i: usize, range: &std::ops::Range<usize>) -> u32 {
    if range.contains(&i) { view.words[i].lower } else { OUTSIDE }
}

/// The features of token `i` made of the labels before it.
pub fn label_features(
    view: &View,
    i: usize,
    range: &std::ops::Range<usize>,
    before: u8,
    second: u8,
    each: &mut impl FnMut(u32),
) {
    let it = &view.words[i];
    let next = if i + 1 < range.end { view.words[i + 1].shape as u32 } else { 99 };
    let last = if i > range.start { view.words[i - 1].lower } else { OUTSIDE };
    let (before, second) = (u32::from(before), u32::from(second));
    let features = [
        before,
        mix(before, second),
        mix(before, it.lower),
        mix(before, mix(it.shape as u32, next)),
        mix(before, view.clues[i]),
        mix(before, u32::from(it.coarse)),
        mix(before, view.tokens[i].tag as u32),
        mix(before, last),
        mix(before, mix(it.suffixes[2], it.shape as u32)),
        mix(before, mix(second, it.shape as u32)),
    ];
    for (name, value) in (101..).zip(features) {
        each(mix(name, value));
    }
}

/// Whether a word belongs to a title before a name, such as "President" or "Foreign".
#[must_use]
pub fn is_title_word(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    GAZETTEER.is_title(&lower) || GAZETTEER.modifiers.contains(lower.as_str())
}
