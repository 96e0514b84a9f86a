//! The learned weights of the attribution model and how they are stored.
//!
//! Four tables of signed bytes, addressed by the leading bits of a feature's hash, each with a scale; the sorted hashes of
//! the words that can be the head of a cue; and between which parts of speech content may begin and end. Little-endian:
//! magic, least confidences (two f32), number of words, words, two sets of pairs (64 times eight bytes each); then for each
//! table its bits (one byte), its scale (f32), its bytes; then the chain: bits, scale, 30 steps (f32), rows of five bytes;
//! then the trees.

use super::chain::{Cells, Chain, LABELS};
use super::hashing::Take;
use super::pairs::Pairs;
use super::trees::Trees;
use rashomon_model::ModelFile;
use std::sync::LazyLock;

/// One table of weights.
#[derive(Clone, Debug, Default)]
pub struct Table {
    bits: u32,
    scale: f32,
    cells: Vec<i8>,
}

impl Table {
    /// The table of `values` (their number a power of two), each rounded to one of 255 steps; `limit` is the largest kept.
    ///
    /// # Panics
    /// If the number of values is not a power of two.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "clamped to the range of a byte")]
    pub fn new(values: &[f32], limit: f32) -> Self {
        assert!(values.len().is_power_of_two(), "a table's size is a power of two");
        let scale = limit / 127.0;
        let cells = values.iter().map(|v| (v / scale).round().clamp(-127.0, 127.0) as i8).collect();
        Self { bits: values.len().trailing_zeros(), scale, cells }
    }

    /// The sum of the weights of `features`.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a few dozen bytes added up")]
    pub fn score(&self, features: &[u32]) -> f32 {
        if self.cells.is_empty() {
            return 0.0;
        }
        let shift = 32 - self.bits;
        features.iter().map(|&f| i32::from(self.cells[(f >> shift) as usize])).sum::<i32>() as f32 * self.scale
    }
}

/// Adds up the weights of features as they are made.
pub(crate) struct Sum<'a> {
    cells: &'a [i8],
    shift: u32,
    scale: f32,
    total: i32,
}

impl<'a> Sum<'a> {
    pub(crate) fn new(table: &'a Table) -> Self {
        Self { cells: &table.cells, shift: 32 - table.bits, scale: table.scale, total: 0 }
    }

    /// The sum so far.
    #[allow(clippy::cast_precision_loss, reason = "a few dozen bytes added up")]
    pub(crate) fn score(&self) -> f32 {
        self.total as f32 * self.scale
    }
}

impl Take for Sum<'_> {
    #[inline]
    fn take(&mut self, feature: u32) {
        self.total += self.cells.get((feature >> self.shift) as usize).map_or(0, |cell| i32::from(*cell));
    }
}

/// The weights of the decisions.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Least confidence of an attribution that stays.
    pub least: f32,
    /// The same where the cue is no word of speech.
    pub least_apart: f32,
    /// Hashes of the words that can be the head of a cue, sorted.
    pub heads: Vec<u32>,
    /// Parts of speech between which content may begin.
    pub starts: Pairs,
    /// Parts of speech between which it may end.
    pub ends: Pairs,
    /// Is this word the head of a cue?
    pub cue: Table,
    /// Does the content begin here?
    pub start: Table,
    /// Does it end here?
    pub end: Table,
    /// Does this word name the source?
    pub source: Table,
    /// Is this attribution right as a whole?
    pub whole: Trees,
    /// Which words belong to content, cue and source?
    pub chain: Chain,
}

const MAGIC: &[u8; 8] = b"RSHQUO6\n";

impl Weights {
    /// As stored.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a few thousand words, tables of at most 2^31 cells")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.least.to_le_bytes());
        out.extend(self.least_apart.to_le_bytes());
        out.extend((self.heads.len() as u32).to_le_bytes());
        self.heads.iter().for_each(|h| out.extend(h.to_le_bytes()));
        for pairs in [&self.starts, &self.ends] {
            pairs.rows.iter().for_each(|row| out.extend(row.to_le_bytes()));
        }
        for table in [&self.cue, &self.start, &self.end, &self.source] {
            out.push(table.bits as u8);
            out.extend(table.scale.to_le_bytes());
            out.extend(table.cells.iter().map(|c| c.to_le_bytes()[0]));
        }
        out.push(self.chain.bits as u8);
        out.extend(self.chain.scale.to_le_bytes());
        self.chain.steps.iter().flatten().for_each(|step| out.extend(step.to_le_bytes()));
        out.extend(self.chain.cells.iter().flat_map(|row| &row[..LABELS]).map(|c| c.to_le_bytes()[0]));
        out.extend(self.whole.to_bytes());
        out
    }

    /// Reads what [`Weights::to_bytes`] wrote; `None` if it did not.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut take = |n: usize| {
            let (head, tail) = rest.split_at_checked(n)?;
            rest = tail;
            Some(head)
        };
        let four = |b: &[u8]| <[u8; 4]>::try_from(b).ok();
        let least = f32::from_le_bytes(four(take(4)?)?);
        let least_apart = f32::from_le_bytes(four(take(4)?)?);
        let count = u32::from_le_bytes(four(take(4)?)?) as usize;
        let heads = take(count.checked_mul(4)?)?.chunks_exact(4).filter_map(four).map(u32::from_le_bytes).collect();
        let mut pairs = || {
            let mut it = Pairs::default();
            for (row, bytes) in it.rows.iter_mut().zip(take(512)?.chunks_exact(8)) {
                *row = u64::from_le_bytes(bytes.try_into().ok()?);
            }
            Some(it)
        };
        let (starts, ends) = (pairs()?, pairs()?);
        let mut table = || {
            let bits = u32::from(take(1)?[0]);
            let scale = f32::from_le_bytes(four(take(4)?)?);
            let cells = take(1usize.checked_shl(bits)?)?.iter().map(|b| i8::from_le_bytes([*b])).collect();
            (1..=31).contains(&bits).then_some(Table { bits, scale, cells })
        };
        let (cue, start, end, source) = (table()?, table()?, table()?, table()?);
        let bits = u32::from(take(1)?[0]);
        let scale = f32::from_le_bytes(four(take(4)?)?);
        let mut steps = [[0.0; LABELS]; LABELS + 1];
        for (step, bytes) in steps.iter_mut().flatten().zip(take(4 * LABELS * (LABELS + 1))?.chunks_exact(4)) {
            *step = f32::from_le_bytes(four(bytes)?);
        }
        let rows = 1usize.checked_shl(bits).filter(|_| (1..=31).contains(&bits))?;
        let bytes = take(rows.checked_mul(LABELS)?)?;
        let row = |row: &[u8; LABELS]| {
            let mut cells = Cells::default();
            cells.iter_mut().zip(row).for_each(|(cell, byte)| *cell = byte.cast_signed());
            cells
        };
        let chain = Chain { bits, scale, cells: bytes.as_chunks::<LABELS>().0.iter().map(row).collect(), steps };
        let (whole, rest) = Trees::from_bytes(rest)?;
        rest.is_empty().then_some(Self {
            least,
            least_apart,
            heads,
            starts,
            ends,
            cue,
            start,
            end,
            source,
            whole,
            chain,
        })
    }

    /// Whether a token of this hash can be the head of a cue.
    #[must_use]
    pub fn is_head(&self, word: u32) -> bool {
        self.heads.binary_search(&word).is_ok()
    }
}

static STORED: &[u8] = include_bytes!("../../models/quotes.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "quotes", version: 1, digest: "49e78518718f066a", bytes: STORED }
}

/// The weights that ship, trained by `rashomon-eval train quotes`.
pub(crate) fn stored() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> =
        LazyLock::new(|| Weights::from_bytes(model_file().content()).expect("models/quotes.bin is whole"));
    &WEIGHTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_and_read_again() {
        let table = Table::new(&[0.5, -1.0, 0.0, 2.0], 2.0);
        let weights = Weights {
            least: 0.5,
            least_apart: 0.6,
            heads: vec![3, 9],
            starts: Pairs::default(),
            ends: Pairs::without([(3, 9)]),
            cue: table.clone(),
            start: table.clone(),
            end: table.clone(),
            source: table,
            whole: Trees::default(),
            chain: Chain::new(&[[0.5, -1.0, 0.0, 2.0, 1.0], [0.0; LABELS]], [[0.25; LABELS]; LABELS + 1], 2.0),
        };
        let bytes = weights.to_bytes();
        let again = Weights::from_bytes(&bytes).unwrap();
        assert_eq!(again.to_bytes(), bytes);
        assert!(again.is_head(9) && !again.is_head(4));
        assert!((again.cue.score(&[0xffff_ffff, 0]) - 2.5).abs() < 0.02);
        assert!(Weights::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }

    #[test]
    fn the_stored_weights_can_be_read() {
        assert!(Weights::from_bytes(model_file().content()).is_some());
    }
}
