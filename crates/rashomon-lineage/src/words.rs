//! What are the words of a text, and which of them were spoken by somebody else?
//!
//! A word is a maximal run of letters and digits, compared without case. Hyphens and apostrophes separate, so that
//! "it's" and "it’s", "lend-lease" and "Lend-Lease" have the same words.
//!
//! Made of the letters and not of tokens: most texts of a corpus are searched for copies without being annotated, and those of
//! a story must be found by the same words. Copies lose marks and gain others, so what is quoted is told paragraph by
//! paragraph, where the layer of quotations joins marks across them.

use rashomon_language::{Fact, Language, WordSet};
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
            for c in text[start..at].chars() {
                match ligature(c) {
                    Some(letters) => lower.push_str(letters),
                    None => lower.push(c.to_lowercase().next().unwrap_or(c)),
                }
            }
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
                Some(true) if quotes.is_open(at) => {}
                Some(true) => quotes.open(text, at, 1),
                Some(false) => quotes.close(sink),
                None if quotes.is_open(at) => quotes.close(sink),
                None => quotes.open(text, at, 1),
            },
            '“' => quotes.open(text, at, 3),
            '„' | '«' => quotes.nest(),
            '”' | '»' => quotes.close(sink),
            '\'' => quotes.single(bytes, at, 1),
            '‘' => quotes.single(bytes, at, 3),
            '\n' => {
                let runs_on = quotes.is_open(at);
                quotes = QuoteState { paragraph: sink.count(), runs_on, ..QuoteState::default() };
                paragraph = PARAGRAPH;
            }
            _ => {}
        }
        at += wide.map_or(1, char::len_utf8);
    }
}

/// The letters that a ligature stands for (Unicode, "Alphabetic Presentation Forms").
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
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

/// The hashes of the words of a fact with a flag, sorted.
pub(crate) fn words_of(fact: Fact, flag: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Language::english().list(fact).with(flag).map(word_hash).collect();
    all.sort_unstable();
    all
}

/// The hashes of the words of a list, sorted.
pub(crate) fn word_set(list: &str) -> Vec<u32> {
    let mut all: Vec<u32> = list.split_whitespace().map(word_hash).collect();
    all.sort_unstable();
    all
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
struct QuoteState {
    /// Quotations that are open, one inside the other.
    depth: u8,
    /// Whether the paragraph has had any double mark.
    seen: bool,
    /// Whether the paragraph before it ended inside a quotation.
    runs_on: bool,
    /// First word of the paragraph.
    paragraph: usize,
    /// The outermost quotation ends at this byte, if no mark closes it before.
    ends: usize,
    /// Words before this byte stand between single marks.
    single_until: usize,
}

impl Default for QuoteState {
    fn default() -> Self {
        Self { depth: 0, seen: false, runs_on: false, paragraph: 0, ends: usize::MAX, single_until: 0 }
    }
}

impl QuoteState {
    fn is_open(&self, at: usize) -> bool {
        self.depth > 0 && at < self.ends
    }

    /// An opening mark of `width` bytes at `at`.
    fn open(&mut self, text: &str, at: usize, width: usize) {
        if !self.is_open(at) {
            self.depth = 0;
            self.ends = unclosed(text, at + width).unwrap_or(usize::MAX);
        }
        self.nest();
    }

    /// An opening mark that is taken to be closed.
    fn nest(&mut self) {
        self.depth = self.depth.saturating_add(1);
        self.seen = true;
    }

    /// A closing mark. The first mark of a paragraph closes a quotation that came from before it, or whose opening mark is
    /// missing: then it reaches back [`LONGEST_QUOTED`] words at most.
    fn close(&mut self, sink: &mut impl Sink) {
        if !self.seen {
            let longest = if self.runs_on { usize::MAX } else { LONGEST_QUOTED };
            sink.quoted_from(self.paragraph.max(sink.count().saturating_sub(longest)));
        }
        self.depth = self.depth.saturating_sub(1);
        self.seen = true;
    }

    /// A single mark before a word opens a quotation if one after a word closes it in the same paragraph, not too far away.
    fn single(&mut self, bytes: &[u8], at: usize, width: usize) {
        let boundary = at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'\t' | b'(' | b'[' | b'"' | b'-');
        if at < self.single_until || !boundary || !bytes.get(at + width).is_some_and(u8::is_ascii_alphabetic) {
            return;
        }
        let rest = &bytes[at + width..];
        let rest = &rest[..rest.len().min(LONGEST_SINGLE)];
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
        let head = (at == 0 || bytes[at - 1] == b'\n') && rest.get(k) == Some(&b'\n');
        self.single_until = if head { at + width + k } else { self.single_until.max(at + width) };
    }

    fn mark(&self, start: usize) -> u8 {
        u8::from(self.is_open(start) || start < self.single_until) * QUOTED
    }
}

/// A quotation whose opening mark is missing begins at most so many words before its closing one.
const LONGEST_QUOTED: usize = 60;
/// What stands between a mark that nothing closes and the end of its paragraph is quoted if it has no more bytes; as in
/// `rashomon-annotate`.
const LONGEST_UNCLOSED: usize = 1_500;
/// The same where a text has no paragraphs, or before the next quotation.
const LONGEST_IN_LINE: usize = 400;
/// The most bytes between single marks.
const LONGEST_SINGLE: usize = 800;

/// Where a quotation that begins at `from` ends if no mark closes it before the next one opens; `None` if one does.
///
/// As an editor reads it: where its speaker is named behind it ("…, she said"), else with its paragraph if that goes on in
/// the next one, which opens with a mark again, or ends soon; else with its first sentence.
fn unclosed(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = unclosed_stretch(bytes, from)?;
    let most = (from + LONGEST_IN_LINE..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let near = &text[from..most];
    if let Some(stop) = said_behind(near) {
        return Some(from + stop);
    }
    let length = match bytes.get(end) {
        Some(b'\n') if text[end..].trim_start().starts_with(['"', '“', '„', '«']) => usize::MAX,
        Some(b'\n') => LONGEST_UNCLOSED,
        // Before another quotation narration is likely to stand.
        Some(_) => 0,
        None => LONGEST_IN_LINE,
    };
    if end - from <= length {
        return Some(end);
    }
    let sentence = [". ", "? ", "! "].iter().filter_map(|stop| near.find(stop)).min();
    Some(sentence.map_or(most, |n| from + n))
}

/// Up to where a mark could close what opens at `from`: the next opening mark, the end of the paragraph or of the text.
/// `None` if one does, before or behind a quotation inside.
fn unclosed_stretch(bytes: &[u8], from: usize) -> Option<usize> {
    let mut inner = None;
    let mut inside = false;
    let mut at = from;
    while let Some(n) = memchr::memchr3(b'"', 0xe2, b'\n', &bytes[at..]) {
        at += n;
        let opens = match bytes[at] {
            b'\n' => return Some(inner.unwrap_or(at)),
            b'"' => straight(bytes, at) == Some(true),
            _ => bytes[at..].starts_with("“".as_bytes()),
        };
        if opens && inner.is_some() {
            return inner;
        } else if opens {
            (inner, inside) = (Some(at), true);
        } else if bytes[at] == b'"' || bytes[at..].starts_with("”".as_bytes()) {
            if !inside {
                return None;
            }
            inside = false;
        }
        at += 1;
    }
    Some(inner.unwrap_or(bytes.len()))
}

/// Where narration goes on behind a quotation without its closing mark, because somebody is said to have said it: "We are
/// late, the pilot said", "Who goes? asked Stone".
fn said_behind(stretch: &str) -> Option<usize> {
    static SAYS: WordSet = WordSet::english(Fact::ReportingVerbs, "closing");
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    stretch.match_indices([',', '?', '!', '.']).map(|(at, _)| at + 1).find(|at| {
        if !stretch[*at..].starts_with(' ') {
            return false;
        }
        let words: Vec<String> = stretch[*at..].split_whitespace().take(5).map(bare).collect();
        let Some(says) = words.iter().position(|w| SAYS.contains(w.as_str())) else { return false };
        let named = |w: &String| {
            matches!(w.as_str(), "he" | "she" | "they" | "the")
                || w.starts_with(char::is_uppercase) && w != "I" && w != "We"
        };
        let before = &words[..says];
        let subject = before.first().is_some_and(named)
            && before[1..].iter().all(|w| named(w) || before[0] == "the" || before[0] == "The");
        // What it says of the next quotation stands at the very end.
        words.len() > says + 1 && (subject || before.is_empty() && named(&words[1]))
    })
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

/// Whether a word joins others in any text, copied or not: the set `lineage` of the language's function words.
fn is_function_word(hash: u32) -> bool {
    // A bit for the upper bits of each hash says at once that most words are none.
    static LISTED: std::sync::LazyLock<(Vec<u32>, [u64; 128])> = std::sync::LazyLock::new(|| {
        let mut all = words_of(Fact::FunctionWords, "lineage");
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
    fn a_mark_without_its_other_one_quotes_what_an_editor_would() {
        let narration = "the ferry went on past the pier and nobody on the quay saw it go";
        let long = format!("{narration}. ").repeat(9);
        for (text, quoted) in [
            ("He said \u{201c}we go now, and then \u{201c}we stay\u{201d} as well", "we go now and then we stay"),
            ("\u{201c}We go now, she said. The ferry left", "We go now"),
            ("\"We go. The ferry left. He said \"we stay\" too", "We go we stay"),
            ("\u{201c}We go now, the harbour master said. The ferry left", "We go now"),
            ("\u{201c}Who goes? asked Stone. The ferry left", "Who goes"),
            ("\"We go now, Ann Lee told the board. The ferry left", "We go now"),
            ("He said \u{201c}we go \u{201c}now\u{201d} or not\u{201d} and left", "we go now or not"),
            ("He said \"we go\" and \"we stay\" and left", "we go we stay"),
            ("\"One part.\n\"The other,\" he said", "One part The other"),
            (
                &format!("\u{201c}One part. {long}{long}\n\u{201c}The other,\u{201d} he said"),
                &format!("One part {long}{long}The other"),
            ),
            (&format!("He said \u{201c}we go. {long}"), "we go"),
            (&format!("He said \"we go. {long}He said \"we stay\" too"), "we go we stay"),
            (&format!("{long}We stay\u{201d} he said"), ""),
            (&format!("So '{long}{long}and the boats' went"), ""),
            ("So 'the boats' went", "the boats"),
        ] {
            let words = Words::of(text);
            let found: Vec<&str> =
                (0..words.len()).filter(|w| words.mark[*w] & QUOTED != 0).map(|w| words.span(w).text(text)).collect();
            let wanted = quoted.replace(['.', ','], "");
            if wanted.is_empty() {
                assert!(found.len() <= LONGEST_QUOTED, "{text}: {found:?}");
            } else {
                assert_eq!(found.join(" "), wanted.split_whitespace().collect::<Vec<_>>().join(" "), "{text}");
            }
        }
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
        fn one_mark_in_a_text_without_paragraphs_quotes_a_bounded_part(
            before in "([a-z]{1,9} ){0,200}", after in "([a-zA-Z]{1,9}[.,]? ){0,400}", mark in "[\"\u{201c}\u{201d}\u{2018}']",
        ) {
            let text = format!("{before}{mark}{after}");
            let words = Words::of(&text);
            let quoted: usize = words.span.iter().zip(&words.mark).filter(|it| it.1 & QUOTED != 0).map(|it| it.0.len() + 1).sum();
            prop_assert!(quoted <= 10 * LONGEST_QUOTED.max(LONGEST_IN_LINE / 10), "{} bytes of {}", quoted, text.len());
        }

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
