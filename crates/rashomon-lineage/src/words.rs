//! What are the words of a text, and which of them were spoken by somebody else?
//!
//! A word is a maximal run of letters and digits, compared without case. Hyphens and apostrophes separate, so that
//! "it's" and "it’s", "lend-lease" and "Lend-Lease" have the same words.

use rashomon_model::Span;
use std::ops::Range;

/// The words of a text: a hash, a place and marks for each.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub(crate) hash: Vec<u32>,
    pub(crate) span: Vec<Span>,
    pub(crate) mark: Vec<u8>,
}

/// The word stands inside quotation marks.
pub(crate) const QUOTED: u8 = 1;
/// The word stands in page furniture, or in a passage that an outlet prints under everything.
pub(crate) const STOCK: u8 = 2;
/// The word is a function word: it carries no content of its own.
pub(crate) const FUNCTION: u8 = 4;
/// The word is the first of a paragraph.
pub(crate) const PARAGRAPH: u8 = 8;
/// The word stands in a post or in a turn of a transcript: somebody else's words without quotation marks. Of a text that was
/// taken as a whole they are part; a passage of them alone is no copy.
pub(crate) const SPOKEN: u8 = 16;

impl Words {
    /// The words of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut out = Self::default();
        out.fill(text);
        out
    }

    /// Replaces the words by those of `text`, keeping the buffers.
    pub fn fill(&mut self, text: &str) {
        self.hash.clear();
        self.span.clear();
        self.mark.clear();
        self.hash.reserve(text.len() / 6 + 1);
        self.span.reserve(text.len() / 6 + 1);
        self.mark.reserve(text.len() / 6 + 1);
        scan(text, self);
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hash.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hash.is_empty()
    }

    /// The hashes of the words, in order.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.hash
    }

    /// The place of word `at`.
    #[must_use]
    pub fn span(&self, at: usize) -> Span {
        self.span[at]
    }

    /// The places of the words `from..to` as one span; `None` if there is none.
    #[must_use]
    pub fn cover(&self, from: usize, to: usize) -> Option<Span> {
        (from < to && to <= self.len()).then(|| self.span[from].cover(self.span[to - 1]))
    }

    /// Number of words that carry content of their own.
    #[must_use]
    pub fn content(&self) -> usize {
        self.hash.iter().filter(|h| !is_function_word(**h)).count()
    }

    /// Marks the words in `spans`, which are in order, as page furniture.
    pub fn mark_stock(&mut self, spans: &[Span]) {
        for s in spans {
            let from = self.span.partition_point(|w| w.end() <= s.start());
            for at in from..self.len() {
                if self.span[at].start() >= s.end() {
                    break;
                }
                self.mark[at] |= STOCK;
            }
        }
    }

    /// Marks the words `from..to` as stock.
    pub(crate) fn mark_stock_words(&mut self, from: usize, to: usize) {
        let to = to.min(self.len());
        self.mark[from.min(to)..to].iter_mut().for_each(|m| *m |= STOCK);
    }

    /// Marks the function words.
    pub(crate) fn mark_function_words(&mut self) {
        for (hash, mark) in self.hash.iter().zip(&mut self.mark) {
            if is_function_word(*hash) {
                *mark |= FUNCTION;
            }
        }
    }

    /// Whether word `at` is the outlet's own running text: not quoted, not furniture.
    pub(crate) fn own(&self, at: usize) -> bool {
        self.mark[at] & (QUOTED | STOCK) == 0
    }

    /// Whether word `at` has none of the marks `foreign`.
    pub(crate) fn is_free_of(&self, at: usize, foreign: u8) -> bool {
        self.mark[at] & foreign == 0
    }
}

impl Sink for Words {
    fn word(&mut self, hash: u32, place: Range<usize>, mark: u8) {
        self.hash.push(hash);
        self.span.push(Span::new(place.start, place.end));
        self.mark.push(mark);
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn quoted_from(&mut self, first: usize) {
        self.mark[first..].iter_mut().for_each(|m| *m |= QUOTED);
    }
}

/// What takes the words of a text as they are found.
pub(crate) trait Sink {
    /// The next word: its hash, its place, its marks.
    fn word(&mut self, hash: u32, place: Range<usize>, mark: u8);
    /// How many words there were.
    fn count(&self) -> usize;
    /// All words from this one on turned out to be quoted.
    fn quoted_from(&mut self, first: usize);
}

/// Hands the words of `text` to `sink`, in order.
pub(crate) fn scan(text: &str, sink: &mut impl Sink) {
    let bytes = text.as_bytes();
    let mut quotes = QuoteState::default();
    let mut paragraph = PARAGRAPH;
    let mut lower = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (mut hash, end) = ascii_word(bytes, start);
        at = end;
        // The character that ends the word, or that stands between words.
        let mut wide = bytes.get(at).filter(|b| **b >= 128).and_then(|_| text[at..].chars().next());
        if wide.is_some_and(is_wide_word) {
            at = text[at..].find(|c: char| !c.is_alphanumeric()).map_or(bytes.len(), |n| at + n);
            lower.clear();
            lower.extend(text[start..at].chars().map(|c| c.to_lowercase().next().unwrap_or(c)));
            wide = bytes.get(at).filter(|b| **b >= 128).and_then(|_| text[at..].chars().next());
            hash = word_hash(&lower);
        }
        if start < at {
            sink.word(hash, start..at, quotes.mark(start) | std::mem::take(&mut paragraph));
        }
        let Some(byte) = bytes.get(at) else { break };
        if *byte == b' ' {
            at += 1;
            continue;
        }
        match wide.unwrap_or(char::from(*byte)) {
            '"' => match straight(bytes, at) {
                Some(true) if quotes.depth > 0 => {}
                Some(true) => quotes.open(),
                Some(false) => quotes.close(sink),
                None if quotes.depth > 0 => quotes.close(sink),
                None => quotes.open(),
            },
            '“' | '„' | '«' => quotes.open(),
            '”' | '»' => quotes.close(sink),
            '\'' => quotes.single(bytes, at, 1),
            '‘' => quotes.single(bytes, at, 3),
            '\n' => {
                quotes = QuoteState { paragraph: sink.count(), ..QuoteState::default() };
                paragraph = PARAGRAPH;
            }
            _ => {}
        }
        at += wide.map_or(1, char::len_utf8);
    }
}

/// Whether a character that is not ASCII is a letter or digit. Most in news text are quotation marks and dashes, which stand in
/// a block of their own, General Punctuation.
fn is_wide_word(c: char) -> bool {
    !('\u{2000}'..='\u{206f}').contains(&c) && c.is_alphanumeric()
}

/// The hash of one word in lower case, as [`Words`] makes it.
pub(crate) fn word_hash(lower: &str) -> u32 {
    let (eights, rest) = lower.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = eights.iter().fold(SEED, |hash, it| step(hash, u64::from_le_bytes(*it)));
    finish(if rest.is_empty() { hash } else { step(hash, u64::from_le_bytes(last)) })
}

/// The same of the ASCII letters and digits from `at` on, in any case, and where they end. Eight bytes are looked at together:
/// where words end is no pattern that a processor could foresee, byte by byte.
#[inline]
fn ascii_word(bytes: &[u8], mut at: usize) -> (u32, usize) {
    let mut hash = SEED;
    loop {
        let eight = match bytes[at..].first_chunk::<8>() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => bytes[at..].iter().rev().fold(0, |it, b| it << 8 | u64::from(*b)),
        };
        let others = no_word(eight);
        if others == 0 {
            hash = step(hash, eight | SMALL);
            at += 8;
            continue;
        }
        let length = (others.trailing_zeros() / 8) as usize;
        if length > 0 {
            // The bytes below the first other one.
            let of_word = (others & others.wrapping_neg()) - 1;
            hash = step(hash, (eight | SMALL) & (of_word >> 7));
        }
        return (finish(hash), at + length);
    }
}

/// A bit of each byte that makes a letter small and leaves a digit as it is.
const SMALL: u64 = EACH * 0x20;
/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The upper bit of each of eight bytes that is no ASCII letter or digit; all other bits are 0.
fn no_word(eight: u64) -> u64 {
    const UPPER: u64 = EACH * 0x80;
    // The upper bit of each byte whose lower seven bits are at least `least`: no sum is above 255, so none reaches the next byte.
    let from = |it: u64, least: u64| (it & !UPPER) + EACH * (0x80 - least);
    let small = eight | SMALL;
    let letter = from(small, 0x61) & !from(small, 0x7b);
    let digit = from(eight, 0x30) & !from(eight, 0x3a);
    (!(letter | digit) | eight) & UPPER
}

/// What is open inside one paragraph.
#[derive(Default)]
struct QuoteState {
    /// Quotations that are open, one inside the other.
    depth: u8,
    /// Whether the paragraph has had any double mark.
    seen: bool,
    /// First word of the paragraph.
    paragraph: usize,
    /// Words before this byte stand between single marks.
    single_until: usize,
}

impl QuoteState {
    fn open(&mut self) {
        self.depth = self.depth.saturating_add(1);
        self.seen = true;
    }

    /// A closing mark. The first mark of a paragraph closes a quotation that came from before it.
    fn close(&mut self, sink: &mut impl Sink) {
        if !self.seen {
            sink.quoted_from(self.paragraph);
        }
        self.depth = self.depth.saturating_sub(1);
        self.seen = true;
    }

    /// A single mark before a word opens a quotation if one after a word closes it in the same paragraph.
    fn single(&mut self, bytes: &[u8], at: usize, width: usize) {
        let boundary = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t' | b'(' | b'[' | b'"' | b'-');
        if at < self.single_until || !boundary || !bytes.get(at + width).is_some_and(u8::is_ascii_alphabetic) {
            return;
        }
        let rest = &bytes[at + width..];
        let mut k = 0;
        while k < rest.len() && rest[k] != b'\n' {
            let wide = rest[k..].starts_with("’".as_bytes());
            if rest[k] == b'\'' || wide {
                let after = rest.get(k + if wide { 3 } else { 1 });
                if !after.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 128) {
                    self.single_until = at + width + k;
                    return;
                }
            }
            k += 1;
        }
        // None closes it. At the head of a paragraph it opens a quotation that goes on in the next one.
        let head = at == 0 || bytes[at - 1] == b'\n';
        self.single_until = if head { at + width + k } else { self.single_until.max(at + width) };
    }

    fn mark(&self, start: usize) -> u8 {
        u8::from(self.depth > 0 || start < self.single_until) * QUOTED
    }
}

/// Whether a straight double mark opens (`true`) or closes; `None` if its neighbours do not tell.
fn straight(bytes: &[u8], at: usize) -> Option<bool> {
    let blank = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    let before = blank(at.checked_sub(1).and_then(|k| bytes.get(k)));
    match (before, blank(bytes.get(at + 1))) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, eight: u64) -> u64 {
    let it = (hash ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    it ^ (it >> 32)
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half is wanted")]
fn finish(hash: u64) -> u32 {
    (hash.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// Function words of English: determiners, pronouns, prepositions, conjunctions, auxiliaries, the commonest adverbs, and
/// the reporting words of news. After the closed classes in Quirk et al., A Comprehensive Grammar (1985).
const FUNCTION_WORDS: &str = "a an the this that these those some any no every each either neither all both half such
 i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself yourself himself
 herself itself ourselves themselves who whom whose which what when where why how whoever whatever
 of in to for on with at by from as into about over after under between out against during without before through
 among across toward towards upon within along behind beyond off up down near since until till per via amid despite
 and or but nor so yet if because while although though unless whereas than whether not
 is are was were be been being am do does did done have has had having will would can could shall should may might must
 there here then now also just only very more most much many other others own same too even still again ever never
 s t d ll re ve m don doesn didn isn aren wasn weren won wouldn can couldn shouldn hasn haven hadn
 said says say told tells added according one two new first last";

fn is_function_word(hash: u32) -> bool {
    // A bit for the upper bits of each hash says at once that most words are none.
    static LISTED: std::sync::LazyLock<(Vec<u32>, [u64; 128])> = std::sync::LazyLock::new(|| {
        let mut all: Vec<u32> = FUNCTION_WORDS.split_whitespace().map(word_hash).collect();
        all.sort_unstable();
        all.dedup();
        let mut bits = [0; 128];
        all.iter().for_each(|hash| bits[(hash >> 25) as usize] |= 1 << (hash >> 19 & 63));
        (all, bits)
    });
    let (all, bits) = &*LISTED;
    bits[(hash >> 25) as usize] >> (hash >> 19 & 63) & 1 == 1 && all.binary_search(&hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        words.span.iter().map(|s| s.text(text)).collect()
    }

    #[test]
    fn hyphens_and_apostrophes_separate() {
        assert_eq!(listed("It’s a lend-lease, é1!"), ["It", "s", "a", "lend", "lease", "é1"]);
        assert_eq!(Words::of("IT’S ÉTÉ").hash, Words::of("it's été").hash);
        assert_eq!(listed("naïve cafés"), ["naïve", "cafés"]);
    }

    #[test]
    fn a_word_hashes_alike_wherever_it_stands() {
        for word in ["a", "seventh", "eightlet", "ninelette", "sixteenletterssx", "seventeenletterss", "1974", "x1"] {
            let last = Words::of(&format!("x {}", word.to_uppercase()));
            let first = Words::of(&format!("{word} and much more after it"));
            assert_eq!((last.hash[1], first.hash[0]), (word_hash(word), word_hash(word)), "{word}");
        }
    }

    #[test]
    fn general_punctuation_has_no_letter() {
        assert!(('\u{80}'..='\u{ffff}').all(|c| is_wide_word(c) == c.is_alphanumeric()));
    }

    #[test]
    fn letters_and_digits_are_told_among_eight_bytes() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let eight = u64::from_le_bytes(std::array::from_fn(|n| if n == at { byte } else { b'z' }));
                let want = if byte.is_ascii_alphanumeric() { 0 } else { 0x80 << (8 * at) };
                assert_eq!(no_word(eight), want, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn quotations_end_with_their_paragraph() {
        let words = Words::of("he “said so” then\nshe \"left it open\nand went");
        let quoted: Vec<bool> = words.mark.iter().map(|m| m & QUOTED != 0).collect();
        assert_eq!(quoted, [false, true, true, false, false, true, true, true, false, false]);
    }

    #[test]
    fn furniture_is_marked_by_place() {
        let text = "Share this now Ferry sinks";
        let mut words = Words::of(text);
        words.mark_stock(&[Span::new(0, 14)]);
        assert_eq!((0..words.len()).map(|w| words.own(w)).collect::<Vec<_>>(), [false, false, false, true, true]);
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_on_characters(text in "\\PC{0,80}") {
            let words = Words::of(&text);
            let mut last = 0;
            for s in &words.span {
                prop_assert!(Span::checked(&text, s.start(), s.end()).is_some());
                prop_assert!(s.start() >= last && !s.is_empty());
                last = s.end();
            }
        }
    }
}
