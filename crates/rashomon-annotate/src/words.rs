//! What a word looks like to the models: hashes of its forms, its shape, and its class among unlabelled news.

use crate::Token;
use rashomon_model::ModelFile;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What the models see of one token. Made without allocating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Hash of the word in lower case, digits as 0, apostrophes and quotation marks straight.
    pub lower: u32,
    /// Hash of the word as written, digits as 0.
    pub exact: u32,
    /// Hashes of its last one to four letters in lower case.
    pub suffixes: [u32; 4],
    /// Hashes of its first one to three letters in lower case.
    pub prefixes: [u32; 3],
    /// How it is written.
    pub shape: Shape,
    /// Its class among unlabelled news, one of about a thousand; 0 for words without.
    pub class: u16,
    /// The same, one of a few dozen.
    pub coarse: u16,
    /// The class of its lower-case form, if it is capitalised; 0 for none.
    pub lower_class: u16,
    /// Length in letters, at most 255.
    pub length: u8,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Letters in lower case.
    #[default]
    Lower,
    /// A capital and lower-case letters.
    Title,
    /// One capital, with or without a stop.
    Initial,
    /// Capitals only.
    Upper,
    /// Capitals with stops: U.S.
    Dotted,
    /// Capitals inside: iPhone.
    Mixed,
    /// Digits only, with signs between them.
    Number,
    /// Digits and letters.
    Alphanumeric,
    /// Anything else.
    Mark,
}

impl Shape {
    /// Whether the word begins with a capital.
    #[must_use]
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Title | Self::Initial | Self::Upper | Self::Dotted)
    }
}

/// Longest form that is told apart, in bytes.
const LONGEST: usize = 48;

/// Describes one word.
#[must_use]
pub fn describe(word: &str, classes: &WordClasses) -> Word {
    let mut lower = [0u8; LONGEST + 4];
    let mut exact = [0u8; LONGEST + 4];
    let (mut n, mut m) = (0, 0);
    let (mut letters, mut digits, mut capitals, mut smalls, mut stops, mut count) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut first_capital = false;
    if word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_alphabetic()) {
        for (i, b) in word.bytes().enumerate() {
            capitals += u32::from(b.is_ascii_uppercase());
            exact[i] = b;
            lower[i] = b.to_ascii_lowercase();
        }
        first_capital = exact[0].is_ascii_uppercase();
        letters = word.len() as u32;
        (n, m, smalls, count) = (word.len(), word.len(), letters - capitals, letters);
    } else {
        for c in word.chars() {
            let c = canonical(c);
            if c.is_alphabetic() {
                letters += 1;
                if c.is_uppercase() {
                    capitals += 1;
                    first_capital |= count == 0;
                } else {
                    smalls += 1;
                }
            } else if c.is_numeric() {
                digits += 1;
            } else if c == '.' {
                stops += 1;
            }
            count += 1;
            if n < LONGEST && m < LONGEST {
                if c.is_ascii() {
                    lower[n] = c.to_ascii_lowercase() as u8;
                    n += 1;
                    exact[m] = c as u8;
                    m += 1;
                } else {
                    let small = c.to_lowercase().next().unwrap_or(c);
                    n += small.encode_utf8(&mut lower[n..]).len();
                    m += c.encode_utf8(&mut exact[m..]).len();
                }
            }
        }
    }
    let (lower, exact) = (&lower[..n], &exact[..m]);
    let shape = if letters == 0 && digits == 0 {
        Shape::Mark
    } else if letters == 0 {
        Shape::Number
    } else if digits > 0 {
        Shape::Alphanumeric
    } else if capitals == 0 {
        Shape::Lower
    } else if letters == 1 {
        Shape::Initial
    } else if smalls == 0 {
        if stops > 0 { Shape::Dotted } else { Shape::Upper }
    } else if first_capital && (capitals == 1 || smalls > capitals) {
        Shape::Title
    } else {
        Shape::Mixed
    };
    let mut suffixes = [0; 4];
    let mut prefixes = [0; 3];
    for (i, s) in suffixes.iter_mut().enumerate() {
        *s = hash(&lower[n.saturating_sub(i + 1)..]);
    }
    for (i, p) in prefixes.iter_mut().enumerate() {
        *p = hash(&lower[..n.min(i + 1)]);
    }
    let (lower, exact) = (hash(lower), hash(exact));
    let (class, coarse) = classes.get(exact);
    let (lower_class, lower_coarse) = if exact == lower { (class, coarse) } else { classes.get(lower) };
    Word {
        lower,
        exact,
        suffixes,
        prefixes,
        shape,
        class: if class == 0 { lower_class } else { class },
        coarse: if class == 0 { lower_coarse } else { coarse },
        lower_class: if exact == lower { 0 } else { lower_class },
        length: count.min(255) as u8,
    }
}

/// One character for those that mean the same: digits, apostrophes, dashes, quotation marks.
pub(crate) fn canonical(c: char) -> char {
    match c {
        '’' | '‘' | '`' | 'ʼ' | '´' => '\'',
        '“' | '”' | '«' | '»' | '„' => '"',
        '–' => '—',
        c if c.is_ascii_digit() => '0',
        c => c,
    }
}

/// FNV-1a with a final mix, 32 bits.
#[must_use]
pub const fn hash(bytes: &[u8]) -> u32 {
    let mut h: u32 = 0x811c_9dc5;
    let mut i = 0;
    while i < bytes.len() {
        h = (h ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    mix(h, 0)
}

/// A hash of two numbers.
#[must_use]
#[inline]
pub const fn mix(a: u32, b: u32) -> u32 {
    let mut h = a.wrapping_mul(0x9e37_79b1) ^ b.wrapping_mul(0x85eb_ca77).rotate_left(13);
    h ^= h >> 15;
    h = h.wrapping_mul(0xc2b2_ae3d);
    h ^ (h >> 14)
}

/// Classes of words that stand between the same neighbours in unlabelled news: many fine ones, few coarse ones.
#[derive(Clone, Debug, Default)]
pub struct WordClasses {
    /// Rows of seven bytes in order of hash: hash, fine class, coarse class.
    rows: Cow<'static, [u8]>,
    /// Where the rows begin whose hashes begin with each number of [`PREFIX`] bits.
    starts: Vec<u32>,
}

/// Bytes of a row.
const ROW: usize = 7;
/// Leading bits of a hash by which rows are looked up: a few rows share them.
const PREFIX: u32 = 14;

static BYTES: &[u8] = include_bytes!("../models/word-classes.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "word-classes", version: 1, digest: "b95192a6aa10698b", bytes: BYTES }
}

impl WordClasses {
    /// The classes the product ships.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<WordClasses> =
            LazyLock::new(|| WordClasses::read(Cow::Borrowed(model_file().content())));
        &SHIPPED
    }

    /// Reads what [`WordClasses::write`] wrote; bytes that do not fit are left out.
    #[must_use]
    pub fn read(rows: Cow<'static, [u8]>) -> Self {
        let mut starts = vec![0u32; (1 << PREFIX) + 1];
        for row in rows.chunks_exact(ROW) {
            starts[(row_hash(row) >> (32 - PREFIX)) as usize + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        Self { rows, starts }
    }

    /// Rows of the hash of a word as written, its fine and its coarse class, as bytes.
    #[must_use]
    pub fn write(rows: &[(u32, u16, u8)]) -> Vec<u8> {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        rows.into_iter().flat_map(|(h, f, c)| h.to_le_bytes().into_iter().chain(f.to_le_bytes()).chain([c])).collect()
    }

    /// The fine and the coarse class of the word with this hash; 0 for none.
    #[must_use]
    pub fn get(&self, hash: u32) -> (u16, u16) {
        let prefix = (hash >> (32 - PREFIX)) as usize;
        let Some(&[from, to]) = self.starts.get(prefix..prefix + 2) else { return (0, 0) };
        let rows = &self.rows[from as usize * ROW..to as usize * ROW];
        let row = rows.chunks_exact(ROW).find(|row| row_hash(row) == hash);
        row.map_or((0, 0), |row| (u16::from_le_bytes([row[4], row[5]]), u16::from(row[6])))
    }
}

fn row_hash(row: &[u8]) -> u32 {
    u32::from_le_bytes([row[0], row[1], row[2], row[3]])
}

/// What the models see of all tokens of a text.
pub(crate) fn describe_all(text: &str, tokens: &[Token]) -> Vec<Word> {
    let classes = WordClasses::shipped();
    tokens.iter().map(|t| describe(t.span.text(text), classes)).collect()
}
