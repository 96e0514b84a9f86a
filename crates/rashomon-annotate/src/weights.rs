//! Weights of a linear model over hashed features, sparse and small: what the trainers write and the annotators read.

/// A sparse table: for each feature the classes it speaks for or against.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Open addressing: feature (0 is empty), and where its cells begin and how many there are.
    slots: Vec<(u32, u32)>,
    /// One bit for every hashed feature: most features of running text are unknown, and this small table says so.
    filter: Vec<u64>,
    /// Class in the low byte, weight in the two high bytes.
    cells: Vec<u32>,
    /// Rows that speak of many classes, one weight for each class: added at once they cost less than cell by cell.
    dense: Vec<[i16; DENSE]>,
}

/// Scores of at most this many classes.
pub(crate) type Scores = [i32; 64];

/// Features of one position, at most [`MOST`]; more are left out.
#[derive(Clone, Debug)]
pub(crate) struct Features {
    keys: [u32; MOST],
    count: usize,
}

/// Most features of one position.
const MOST: usize = 128;

impl Features {
    /// No features yet.
    pub(crate) fn new() -> Self {
        Self { keys: [0; MOST], count: 0 }
    }

    /// One more.
    #[inline]
    pub(crate) fn push(&mut self, key: u32) {
        if let Some(slot) = self.keys.get_mut(self.count) {
            *slot = key;
            self.count += 1;
        }
    }
}

/// Most cells of one feature.
const CELLS: usize = 62;
/// Most classes of a dense row, and the fewest cells that make one.
const DENSE: usize = 48;
const DENSE_FROM: usize = 6;
/// In place of a number of cells: the row is dense.
const IS_DENSE: u32 = 63;
/// Number of 64-bit words of the filter: a quarter of a megabyte.
const FILTER: usize = 1 << 15;

fn filter_word(key: u32) -> usize {
    (key >> 6) as usize & (FILTER - 1)
}

impl Weights {
    /// The table of features with their `(class, weight)` cells; the last of equal features stays.
    #[must_use]
    pub fn new(rows: &[(u32, Vec<(u8, i16)>)]) -> Self {
        let size = (rows.len() * 2).next_power_of_two().max(2);
        let mut it = Self { slots: vec![(0, 0); size], filter: vec![0; FILTER], cells: Vec::new(), dense: Vec::new() };
        for (key, row) in rows {
            let key = (*key).max(1);
            let mut slot = it.first_slot(key);
            while it.slots[slot].0 != 0 && it.slots[slot].0 != key {
                slot = (slot + 1) & (size - 1);
            }
            let row = &row[..row.len().min(CELLS)];
            #[allow(clippy::cast_possible_truncation, reason = "tables have far fewer than 2^26 rows and cells")]
            let place = if row.len() >= DENSE_FROM && row.iter().all(|(class, _)| usize::from(*class) < DENSE) {
                let mut weights = [0; DENSE];
                row.iter().for_each(|(class, weight)| weights[usize::from(*class)] = *weight);
                it.dense.push(weights);
                ((it.dense.len() - 1) << 6) as u32 | IS_DENSE
            } else {
                let start = it.cells.len();
                let cell =
                    |(class, weight): &(u8, i16)| u32::from(*class & 63) | u32::from(weight.cast_unsigned()) << 16;
                it.cells.extend(row.iter().map(cell));
                (start << 6 | row.len()) as u32
            };
            it.slots[slot] = (key, place);
            it.filter[filter_word(key)] |= 1 << (key & 63);
        }
        it
    }

    /// Adds the weights of features to the scores of their classes.
    ///
    /// Done in passes without branches between look-ups, so that the processor waits for many of them at once: the time
    /// goes into fetching rows from memory, not into adding.
    pub(crate) fn add(&self, features: &Features, scores: &mut Scores) {
        let mut known = [0u32; MOST];
        let mut count = 0;
        for key in &features.keys[..features.count] {
            let key = (*key).max(1);
            known[count % MOST] = key;
            count += (self.filter[filter_word(key)] >> (key & 63) & 1) as usize;
        }
        let mask = self.slots.len().wrapping_sub(1);
        let mut found = [(0u32, 0u32); MOST];
        for (slot, key) in found.iter_mut().zip(&known[..count.min(MOST)]) {
            *slot = self.slots[self.first_slot(*key)];
        }
        for (&(mut in_slot, mut place), key) in found.iter().zip(&known[..count.min(MOST)]) {
            let mut slot = self.first_slot(*key);
            while in_slot != *key && in_slot != 0 {
                slot = (slot + 1) & mask;
                (in_slot, place) = self.slots[slot];
            }
            if in_slot == 0 {
                continue;
            }
            let start = (place >> 6) as usize;
            if place & 63 == IS_DENSE {
                for (score, weight) in scores.iter_mut().zip(&self.dense[start]) {
                    *score += i32::from(*weight);
                }
                continue;
            }
            for cell in &self.cells[start..start + (place & 63) as usize] {
                scores[(cell & 63) as usize] += i32::from((cell >> 16) as u16 as i16);
            }
        }
    }

    #[inline]
    fn first_slot(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9e37_79b1) >> 7) as usize & self.slots.len().wrapping_sub(1)
    }

    /// Reads what [`Weights::write`] wrote, and gives the bytes behind it; bytes that do not fit give an empty table.
    #[must_use]
    pub fn read(bytes: &[u8]) -> (Self, &[u8]) {
        Self::parse(bytes).unwrap_or((Self::new(&[]), &[]))
    }

    fn parse(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (count, mut rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let mut rows = Vec::with_capacity(count.min(1 << 20));
        for _ in 0..count {
            let (head, after) = rest.split_first_chunk::<5>()?;
            let (cells, after) = after.split_at_checked(usize::from(head[4]) * 3)?;
            let row = cells.chunks_exact(3).map(|c| (c[0], i16::from_le_bytes([c[1], c[2]]))).collect();
            rows.push((u32::from_le_bytes([head[0], head[1], head[2], head[3]]), row));
            rest = after;
        }
        Some((Self::new(&rows), rest))
    }

    /// As bytes, in order of feature.
    #[must_use]
    pub fn write(rows: &[(u32, Vec<(u8, i16)>)]) -> Vec<u8> {
        let mut rows: Vec<_> = rows.iter().filter(|(_, row)| !row.is_empty() && row.len() <= CELLS).collect();
        rows.sort();
        #[allow(clippy::cast_possible_truncation, reason = "rows are at most 63 cells and far fewer than 2^32")]
        let mut out = (rows.len() as u32).to_le_bytes().to_vec();
        for (key, row) in rows {
            out.extend(key.to_le_bytes());
            out.push(row.len() as u8);
            for (class, weight) in row {
                out.push(*class);
                out.extend(weight.to_le_bytes());
            }
        }
        out
    }
}

/// The class of the highest score among the first `classes`; the first of equals.
#[must_use]
pub(crate) fn best(scores: &Scores, classes: usize) -> u8 {
    let mut best = 0;
    for class in 1..classes.min(scores.len()) {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    best as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_written() {
        let rows = vec![(7, vec![(1, -300), (2, 5)]), (9, vec![(0, 1)]), (0, vec![(3, 2)])];
        let bytes = Weights::write(&rows);
        let (read, rest) = Weights::read(&bytes);
        assert!(rest.is_empty());
        let mut scores = [0; 64];
        let mut features = Features::new();
        [7, 9, 0, 12345].into_iter().for_each(|key| features.push(key));
        read.add(&features, &mut scores);
        assert_eq!(scores[..4], [1, -300, 5, 2]);
        assert_eq!(best(&scores, 43), 2);
    }

    #[test]
    fn broken_bytes_are_an_empty_table() {
        let mut scores = [0; 64];
        let mut features = Features::new();
        features.push(1);
        Weights::read(&[9, 0, 0, 0, 1]).0.add(&features, &mut scores);
        assert_eq!(scores, [0; 64]);
    }
}
