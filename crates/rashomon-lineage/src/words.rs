//! What are the words of a text, and which of them were spoken by somebody else?
//!
//! A word is a maximal run of letters and digits, compared without case. Hyphens and apostrophes separate, so that
//! "it's" and "it’s", "lend-lease" and "Lend-Lease" have the same words.

use rashomon_model::Span;

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
        let bytes = text.as_bytes();
        self.hash.reserve(bytes.len() / 6 + 1);
        self.span.reserve(bytes.len() / 6 + 1);
        self.mark.reserve(bytes.len() / 6 + 1);
        let mut quotes = QuoteState::default();
        let mut paragraph = PARAGRAPH;
        let mut hash = SEED;
        let mut start = usize::MAX;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let class = CLASS[byte as usize];
            if class > 1 {
                if start == usize::MAX {
                    start = at;
                }
                hash = step(hash, class);
                at += 1;
                continue;
            }
            let mut width = 1;
            let mut other = ' ';
            if class == WIDE {
                let Some(c) = text[at..].chars().next() else { break };
                width = c.len_utf8();
                if c.is_alphanumeric() {
                    if start == usize::MAX {
                        start = at;
                    }
                    let lower = if c.is_uppercase() { c.to_lowercase().next().unwrap_or(c) } else { c };
                    let mut buffer = [0; 4];
                    hash = lower.encode_utf8(&mut buffer).bytes().fold(hash, step);
                    at += width;
                    continue;
                }
                other = c;
            } else if byte == b'"' || byte == b'\n' || byte == b'\'' {
                other = char::from(byte);
            }
            if start != usize::MAX {
                self.push(finish(hash), Span::new(start, at), quotes.mark(start) | std::mem::take(&mut paragraph));
                start = usize::MAX;
                hash = SEED;
            }
            match other {
                '"' => match straight(bytes, at) {
                    Some(true) if quotes.depth > 0 => {}
                    Some(true) => quotes.open(),
                    Some(false) => quotes.close(&mut self.mark),
                    None if quotes.depth > 0 => quotes.close(&mut self.mark),
                    None => quotes.open(),
                },
                '“' | '„' | '«' => quotes.open(),
                '”' | '»' => quotes.close(&mut self.mark),
                '\'' | '‘' => quotes.single(bytes, at, width),
                '\n' => {
                    quotes = QuoteState { paragraph: self.mark.len(), ..QuoteState::default() };
                    paragraph = PARAGRAPH;
                }
                _ => {}
            }
            at += width;
        }
        if start != usize::MAX {
            self.push(finish(hash), Span::new(start, bytes.len()), quotes.mark(start) | paragraph);
        }
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

    fn push(&mut self, hash: u32, span: Span, mark: u8) {
        self.hash.push(hash);
        self.span.push(span);
        self.mark.push(mark);
    }
}

/// The hash of one word in lower case, as [`Words`] makes it.
pub(crate) fn word_hash(lower: &str) -> u32 {
    finish(lower.bytes().fold(SEED, step))
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
    fn close(&mut self, marks: &mut [u8]) {
        if !self.seen {
            marks[self.paragraph..].iter_mut().for_each(|m| *m |= QUOTED);
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

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

#[allow(clippy::cast_possible_truncation, reason = "the upper half is wanted")]
fn finish(hash: u64) -> u32 {
    ((hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// A byte that begins a character of more than one byte.
const WIDE: u8 = 1;

/// The lower-case form of an ASCII letter or digit, [`WIDE`], or 0 for a separator.
const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        table[byte] = if b.is_ascii_alphanumeric() {
            b.to_ascii_lowercase()
        } else if b >= 128 {
            WIDE
        } else {
            0
        };
        byte += 1;
    }
    table
};

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
    static SORTED: std::sync::LazyLock<Vec<u32>> = std::sync::LazyLock::new(|| {
        let mut all: Vec<u32> = FUNCTION_WORDS.split_whitespace().map(word_hash).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
    SORTED.binary_search(&hash).is_ok()
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
