//! The learned weights of the labels of words.

/// Number of labels.
pub const LABELS: usize = 5;

/// What a token is to an attribution, as an index.
pub mod label {
    /// Nothing.
    pub const OUTSIDE: usize = 0;
    /// First token of content.
    pub const FIRST: usize = 1;
    /// Further token of content.
    pub const INSIDE: usize = 2;
    /// Of a cue.
    pub const CUE: usize = 3;
    /// Of the source.
    pub const SOURCE: usize = 4;
}

/// A number for each label.
pub type Row = [f32; LABELS];

/// A row of weights as they lie in memory, zeros behind the last label, so that all are added at once.
pub(crate) type Cells = [i8; 8];

/// The learned weights: a row of signed bytes for each hash of a feature, and one number for each pair of labels that
/// follow one another; the last row is for the beginning of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    pub(crate) bits: u32,
    pub(crate) scale: f32,
    pub(crate) cells: Vec<Cells>,
    pub(crate) steps: [Row; LABELS + 1],
}

impl Chain {
    /// The chain of `rows` (their number a power of two), each weight rounded to one of 255 steps; `limit` is the largest.
    ///
    /// # Panics
    /// If the number of rows is not a power of two.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "clamped to the range of a byte")]
    pub fn new(rows: &[Row], steps: [Row; LABELS + 1], limit: f32) -> Self {
        assert!(rows.len().is_power_of_two(), "a table's size is a power of two");
        let scale = limit / 127.0;
        let cell = |row: &Row, b: usize| row.get(b).map_or(0, |v| (v / scale).round().clamp(-127.0, 127.0) as i8);
        let cells = rows.iter().map(|row| std::array::from_fn(|b| cell(row, b))).collect();
        Self { bits: rows.len().trailing_zeros(), scale, cells, steps }
    }
}
