//! An article as the attribution model reads it: one small record a token, with its place among quotation marks.

use super::cues::reporting_verb;
use super::marks::{Marked, marked};
use crate::words::{Word, describe_all};
use crate::{Annotated, NameKind, Tag};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;
use std::sync::LazyLock;

/// What a token looks like, for the conditions that are not learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Word,
    Comma,
    Stop,
    Colon,
    Quote,
    Bracket,
    Dash,
    Other,
}

/// One token, reduced to what features are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    /// Hash of the token in lower case.
    pub(crate) word: u32,
    /// Hash of its base form, roughly.
    pub(crate) lemma: u32,
    /// Its part of speech; where there is none, a guess from its shape.
    pub(crate) tag: u32,
    /// Hash of its last three letters.
    pub(crate) suffix: u32,
    /// Its class among unlabelled news, one of about a thousand, and one of a few dozen; 0 for none.
    pub(crate) class: u32,
    pub(crate) coarse: u32,
    /// Index of its sentence; [`NONE`] in furniture.
    pub(crate) sentence: u32,
    /// Index of the quotation it stands in, or [`NONE`].
    pub(crate) stretch: u32,
    pub(crate) mark: Mark,
    pub(crate) capital: bool,
    /// A form of a verb that reports.
    pub(crate) reports: bool,
    /// A noun, name, pronoun or number; where there are no tags, a capitalised word or pronoun.
    pub(crate) nominal: bool,
    /// A finite verb, modal or infinitive; where there are no tags, a form of a verb that reports.
    pub(crate) verbal: bool,
    /// Kind of the name it belongs to: 0 none, 1 person, 2 organization, 3 place, 4 other.
    pub(crate) name: u8,
}

/// Tags from here on are guesses from the shape of a word.
pub(crate) const UNTAGGED: u32 = 1_000;

/// No sentence, no quotation.
pub(crate) const NONE: u32 = u32::MAX;

/// A stretch inside quotation marks, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) marked: Marked,
}

/// An article as the attribution model reads it.
#[derive(Debug)]
pub struct Reading<'a> {
    pub(crate) it: &'a Annotated,
    pub(crate) atoms: Vec<Atom>,
    pub(crate) stretches: Vec<Stretch>,
    /// How many tokens of each sort stand before each token, and before the end.
    before: Vec<Counts>,
}

/// How many tokens of some sorts a stretch of text holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) commas: u32,
    pub(crate) verbs: u32,
    pub(crate) nominals: u32,
    pub(crate) reports: u32,
    pub(crate) quotes: u32,
    pub(crate) words: u32,
    /// Words and dashes.
    pub(crate) solid: u32,
}

impl Counts {
    fn add(self, a: &Atom) -> Self {
        let word = u32::from(a.mark == Mark::Word);
        Self {
            commas: self.commas + u32::from(a.mark == Mark::Comma),
            verbs: self.verbs + u32::from(a.verbal),
            nominals: self.nominals + u32::from(a.nominal),
            reports: self.reports + u32::from(a.reports),
            quotes: self.quotes + u32::from(a.mark == Mark::Quote),
            words: self.words + word,
            solid: self.solid + word + u32::from(a.mark == Mark::Dash),
        }
    }

    fn minus(self, less: Self) -> Self {
        Self {
            commas: self.commas - less.commas,
            verbs: self.verbs - less.verbs,
            nominals: self.nominals - less.nominals,
            reports: self.reports - less.reports,
            quotes: self.quotes - less.quotes,
            words: self.words - less.words,
            solid: self.solid - less.solid,
        }
    }
}

impl<'a> Reading<'a> {
    /// Reads `it`; needs its tokens, sentences and names.
    #[must_use]
    pub fn new(it: &'a Annotated) -> Self {
        Self::with(it, &describe_all(&it.article.text, &it.tokens))
    }

    /// The same, with the tokens already described.
    pub(crate) fn with(it: &'a Annotated, words: &[Word]) -> Self {
        let text = &it.article.text;
        let mut atoms: Vec<Atom> =
            it.tokens.iter().zip(words).map(|(t, w)| atom(t.span.text(text), t.tag, w)).collect();
        for (n, sentence) in (0u32..).zip(&it.sentences) {
            for a in &mut atoms[sentence.first_token..sentence.end_token] {
                a.sentence = n;
            }
        }
        for name in &it.names {
            let from = it.tokens.partition_point(|t| t.span.start() < name.span.start());
            let to = from + it.tokens[from..].partition_point(|t| t.span.end() <= name.span.end());
            for a in &mut atoms[from..to] {
                a.name = match name.kind {
                    NameKind::Person => 1,
                    NameKind::Organization => 2,
                    NameKind::Place => 3,
                    NameKind::Other => 4,
                };
            }
        }
        let mut stretches = Vec::new();
        for m in marked(text).into_iter().filter(|m| !it.article.is_furniture(m.inner)) {
            let first = it.tokens.partition_point(|t| t.span.start() < m.inner.start());
            let end = first + it.tokens[first..].partition_point(|t| t.span.end() <= m.inner.end());
            if first < end {
                #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 tokens fit into a text of 4 GiB")]
                atoms[first..end].iter_mut().for_each(|a| a.stretch = stretches.len() as u32);
                stretches.push(Stretch { first, end, marked: m });
            }
        }
        let mut before = Vec::with_capacity(atoms.len() + 1);
        before.push(Counts::default());
        for a in &atoms {
            before.push(before[before.len() - 1].add(a));
        }
        Self { it, atoms, stretches, before }
    }

    /// How many tokens of each sort stand from `from` up to `to`.
    #[inline]
    pub(crate) fn counts(&self, from: usize, to: usize) -> Counts {
        self.before[to].minus(self.before[from])
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// Where the tokens `first..end` stand, from the first byte to the last.
    #[must_use]
    pub fn span(&self, first: usize, end: usize) -> Span {
        self.it.tokens[first].span.cover(self.it.tokens[end - 1].span)
    }

    /// The tokens that share a byte with `span`.
    #[must_use]
    pub fn tokens(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.it.tokens.partition_point(|t| t.span.end() <= span.start());
        let to = from + self.it.tokens[from..].partition_point(|t| t.span.start() < span.end());
        from..to
    }

    /// The tokens `range` without marks at either end and without a leading "that".
    #[must_use]
    pub fn trimmed(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let (mut from, mut to) = (range.start, range.end);
        let edge = |a: &Atom| matches!(a.mark, Mark::Comma | Mark::Stop | Mark::Colon | Mark::Quote);
        while from < to && edge(&self.atoms[from]) {
            from += 1;
        }
        if from + 1 < to
            && self.atoms[from].word == THAT
            && self.it.tokens[from].span.end() < self.it.tokens[from + 1].span.start()
        {
            from += 1;
            while from < to && edge(&self.atoms[from]) {
                from += 1;
            }
        }
        while from < to && edge(&self.atoms[to - 1]) {
            to -= 1;
        }
        from..to
    }

    /// Hash of the token `i` in lower case.
    #[must_use]
    pub fn word(&self, i: usize) -> u32 {
        self.atoms[i].word
    }

    /// Whether the token `i` is a noun, a verb or an adjective, no auxiliary.
    #[must_use]
    pub fn has_meaning(&self, i: usize) -> bool {
        let a = &self.atoms[i];
        FULL >> a.tag.min(63) & 1 == 1 && !is_auxiliary(a)
    }

    /// The numbers in [`super::Pairs`] of the tokens before and at `i`.
    #[must_use]
    pub fn sorts(&self, i: usize) -> (usize, usize) {
        (sort_of(self.at(i, -1)), sort_of(self.at(i, 0)))
    }

    /// The tokens of the sentence that token `i` stands in.
    #[must_use]
    pub fn sentence(&self, i: usize) -> std::ops::Range<usize> {
        match self.it.sentences.get(self.atoms[i].sentence as usize) {
            Some(s) => s.first_token..s.end_token,
            None => i..i + 1,
        }
    }
}

/// Hash of "that".
pub(crate) const THAT: u32 = hash(b"that");

/// FNV-1a (Fowler, Noll & Vo), 32 bits.
pub(crate) const fn hash(bytes: &[u8]) -> u32 {
    let mut h: u32 = 0x811c_9dc5;
    let mut i = 0;
    while i < bytes.len() {
        h = (h ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    h
}

fn atom(token: &str, tag: Tag, word: &Word) -> Atom {
    let capital = token.chars().next().is_some_and(char::is_uppercase);
    let lower: std::borrow::Cow<'_, str> = if token.is_ascii() {
        if token.bytes().any(|b| b.is_ascii_uppercase()) { token.to_ascii_lowercase().into() } else { token.into() }
    } else {
        token.to_lowercase().replace(['’', 'ʼ'], "'").into()
    };
    let mark = mark(&lower);
    let verb = if mark == Mark::Word && !capital { reporting_verb(&lower) } else { None };
    let lemma = verb.map_or_else(|| hash(stem(&lower).as_bytes()), |v| hash(v.as_bytes()));
    let word_hash = hash(lower.as_bytes());
    let tag = if tag == Tag::Other { guess(&lower, capital, mark) } else { tag as u32 };
    let suffix_from = lower.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
    Atom {
        word: word_hash,
        lemma,
        tag,
        suffix: hash(lower[suffix_from..].as_bytes()),
        class: u32::from(word.class),
        coarse: u32::from(word.coarse),
        sentence: NONE,
        stretch: NONE,
        mark,
        capital,
        reports: verb.is_some(),
        nominal: NOMINAL >> tag.min(63) & 1 == 1 || (tag >= UNTAGGED && (capital || PRONOUNS.contains(&word_hash))),
        verbal: VERBAL >> tag.min(63) & 1 == 1 || (tag >= UNTAGGED && verb.is_some()),
        name: 0,
    }
}

/// Tags of nouns, names, pronouns and numbers, one bit each.
const NOMINAL: u64 = 1 << Tag::NN as u32
    | 1 << Tag::NNS as u32
    | 1 << Tag::NNP as u32
    | 1 << Tag::NNPS as u32
    | 1 << Tag::PRP as u32
    | 1 << Tag::CD as u32
    | 1 << Tag::WP as u32;
/// Tags of finite verbs, modals and infinitives.
const VERBAL: u64 =
    1 << Tag::VBD as u32 | 1 << Tag::VBZ as u32 | 1 << Tag::VBP as u32 | 1 << Tag::MD as u32 | 1 << Tag::VB as u32;

/// Tags of nouns, names, verbs and adjectives.
const FULL: u64 = 1 << Tag::NN as u32
    | 1 << Tag::NNS as u32
    | 1 << Tag::NNP as u32
    | 1 << Tag::NNPS as u32
    | 1 << Tag::JJ as u32
    | 1 << Tag::JJR as u32
    | 1 << Tag::JJS as u32
    | 1 << Tag::VB as u32
    | 1 << Tag::VBD as u32
    | 1 << Tag::VBG as u32
    | 1 << Tag::VBN as u32
    | 1 << Tag::VBP as u32
    | 1 << Tag::VBZ as u32;

static PRONOUNS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    Language::english().list(Fact::Pronouns).with("quotation").map(|word| hash(word.as_bytes())).collect()
});

fn mark(token: &str) -> Mark {
    let mut chars = token.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() => Mark::Word,
        Some(',') => Mark::Comma,
        Some('.' | '…') => Mark::Stop,
        Some(':' | ';') => Mark::Colon,
        Some('"' | '“' | '”' | '„' | '«' | '»' | '‘' | '`') => Mark::Quote,
        Some('\'' | '’') if chars.next().is_none_or(|c| !c.is_alphabetic()) => Mark::Quote,
        Some('\'' | '’' | '$' | '@' | '#' | '£' | '€') => Mark::Word,
        Some('(' | ')' | '[' | ']' | '{' | '}') => Mark::Bracket,
        Some('-' | '–' | '—' | '―') => Mark::Dash,
        _ => Mark::Other,
    }
}

/// A rough base form, for words that are no listed verb.
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s", "d"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() >= 3) {
            return stem;
        }
    }
    word
}

/// A stand-in for a part of speech, from the shape of the word; never equal to a real one.
fn guess(lower: &str, capital: bool, mark: Mark) -> u32 {
    if mark != Mark::Word {
        return 1_000 + mark as u32;
    }
    if lower.len() <= 4 && !capital {
        return 2_000 + (hash(lower.as_bytes()) & 0xffff);
    }
    if capital {
        return 1_020;
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return 1_021;
    }
    for (n, ending) in (1_030..).zip(["ing", "ed", "ly", "s", "er", "ion", "al", "ent", "ive"]) {
        if lower.ends_with(ending) {
            return n;
        }
    }
    1_022
}

/// The number of a part of speech in a set of pairs of them; tokens without share a few.
pub(crate) fn sort_of(a: &Atom) -> usize {
    if a.tag < UNTAGGED { a.tag.min(63) as usize } else { 48 + a.mark as usize }
}

/// Whether a word is an auxiliary.
pub(crate) fn is_auxiliary(a: &Atom) -> bool {
    AUXILIARIES.contains(&a.word)
}

static AUXILIARIES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    Language::english().list(Fact::Auxiliaries).with("quotation").map(|word| hash(word.as_bytes())).collect()
});
