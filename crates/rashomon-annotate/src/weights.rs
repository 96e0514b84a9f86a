//! Weights of a linear model over hashed features, sparse and small: what the trainers write and the annotators read.
//!
//! Look-ups are most of the work of tagging, and each costs what fetching its row from memory costs. So the table lies in
//! memory as it lies in the file, with nothing to build when the program starts; a feature and its weights share one cache
//! line where it speaks of at most three classes; and a small table of bits tells most unknown features before that.

use std::borrow::Cow;

/// A sparse table: for each feature the classes it speaks for or against.
///
/// As bytes, little-endian: a head of [`LINE`] bytes (number of filter bytes, of buckets, of dense rows, width of a dense
/// row; 32 bits each), the filter, the buckets, the dense rows. A bucket is a cache line: eight fingerprints of 16 bits (0
/// is empty), eight payloads of six bytes. A payload holds three pairs of class and weight, or [`IS_DENSE`] and the number
/// of a dense row: one weight for each class, and zeros up to a multiple of [`LANES`]. What does not fit into its bucket is
/// in the next one.
#[derive(Clone, Debug)]
pub struct Weights {
    bytes: Cow<'static, [u8]>,
    filter: usize,
    buckets: usize,
    width: usize,
}

/// Bytes that begin on a cache line, as [`Weights`] and its like want them.
#[repr(C, align(64))]
pub(crate) struct Aligned<B: ?Sized>(pub(crate) B);

/// Scores of at most this many classes. [`MOST`] features of one byte each cannot overflow them.
pub(crate) type Scores = [i16; 64];

/// Features of one position, at most [`MOST`]; more are left out.
#[derive(Clone, Debug)]
pub(crate) struct Features {
    keys: [u32; MOST],
    count: usize,
    /// Room that `Weights::add` works in: places of known features, payloads found, and what was read on the way.
    places: [(u32, u16); MOST],
    found: [[u8; 8]; MOST],
    touched: u8,
}

/// Most features of one position.
const MOST: usize = 128;

impl Features {
    /// No features yet.
    pub(crate) fn new() -> Self {
        Self { keys: [0; MOST], count: 0, places: [(0, 0); MOST], found: [[0; 8]; MOST], touched: 0 }
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

/// Bytes of a bucket and of the head.
const LINE: usize = 64;
/// Features of one bucket.
const BUCKET: usize = 8;
/// Pairs of class and weight beside a feature.
const INLINE: usize = 3;
/// In place of the first class: a dense row.
const IS_DENSE: u8 = 0x80;
/// Rows for each bucket, on average.
const LOAD: usize = 5;
/// Bits of the filter for each row, at least.
const FILTER_BITS: usize = 8;
/// Weights of a dense row that are added at once.
const LANES: usize = 16;

/// Where a feature lies among `buckets`, and its fingerprint.
#[inline]
fn place(key: u32, buckets: usize) -> (u32, u16) {
    let hash = key.wrapping_mul(0x9e37_79b1);
    let hash = hash ^ (hash >> 15);
    let bucket = ((u64::from(hash) * buckets as u64) >> 32) as u32;
    (bucket, (hash.wrapping_mul(0x85eb_ca6b) >> 16) as u16 | 1)
}

/// The fingerprints of a bucket, the first in the lowest 16 bits.
#[inline]
fn fingerprints(bucket: &[u8]) -> u128 {
    bucket.first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes))
}

/// Which of the fingerprints is this one, or 0 for the first free place. All are compared at once (Lamport 1975, "Multiple
/// Byte Processing with Full-Word Instructions"; Mycroft's test for a zero lane, exact for the lowest one).
#[inline]
fn position(fingerprints: u128, wanted: u16) -> Option<usize> {
    const ONES: u64 = 0x0001_0001_0001_0001;
    let row = u64::from(wanted).wrapping_mul(ONES);
    let equal = |half: u64| {
        let unlike = half ^ row;
        unlike.wrapping_sub(ONES) & !unlike & (ONES << 15)
    };
    #[allow(clippy::cast_possible_truncation, reason = "the lower half, and the upper")]
    let (low, high) = (fingerprints as u64, (fingerprints >> 64) as u64);
    let in_low = equal(low);
    if in_low != 0 {
        return Some(in_low.trailing_zeros() as usize / 16);
    }
    let in_high = equal(high);
    (in_high != 0).then(|| 4 + in_high.trailing_zeros() as usize / 16)
}

impl Weights {
    /// Adds the weights of features to the scores of their classes, and empties the features.
    ///
    /// Done in passes without branches between look-ups, each begun by touching all it will read, so that the processor
    /// waits for many rows at once.
    #[inline]
    pub(crate) fn add(&self, features: &mut Features, scores: &mut Scores) {
        let Features { keys, places, found, count, touched } = features;
        let asked = std::mem::take(count).min(MOST);
        if self.buckets == 0 {
            return;
        }
        let (filter, rest) = self.bytes[LINE..].split_at(self.filter);
        let (buckets, dense) = rest.split_at(self.buckets * LINE);
        let mut known = 0;
        for n in 0..asked {
            let key = keys[n];
            keys[known] = key;
            known += usize::from(filter[(key >> 3) as usize & (filter.len() - 1)] >> (key & 7) & 1);
        }
        for (to, key) in places.iter_mut().zip(&keys[..known]) {
            *to = place(*key, self.buckets);
            *touched ^= buckets[to.0 as usize * LINE];
        }
        let mut hits = 0;
        for (at, fingerprint) in &places[..known] {
            let (mut at, fingerprint) = (*at as usize, *fingerprint);
            while let Some(bucket) = buckets.get(at * LINE..at * LINE + LINE) {
                let there = fingerprints(bucket);
                if let Some(n) = position(there, fingerprint) {
                    let n = 2 * BUCKET + 2 * INLINE * n;
                    found[hits][..6].copy_from_slice(&bucket[n..n + 6]);
                    hits += 1;
                    break;
                }
                if there >> (16 * (BUCKET - 1)) == 0 {
                    break;
                }
                at += 1;
            }
        }
        let row = |p: &[u8; 8]| u32::from_le_bytes([p[1], p[2], p[3], p[4]]) as usize * self.width;
        for payload in found[..hits].iter().filter(|p| p[0] & IS_DENSE != 0) {
            *touched ^= dense[row(payload)];
        }
        for payload in &found[..hits] {
            if payload[0] & IS_DENSE == 0 {
                for pair in payload[..2 * INLINE].chunks_exact(2) {
                    scores[usize::from(pair[0] & 63)] += i16::from(pair[1].cast_signed());
                }
            } else {
                let row = row(payload);
                let rows = dense[row..row + self.width].as_chunks::<LANES>().0;
                for (scores, weights) in scores.as_chunks_mut::<LANES>().0.iter_mut().zip(rows) {
                    for (score, weight) in scores.iter_mut().zip(weights) {
                        *score += i16::from(weight.cast_signed());
                    }
                }
            }
        }
    }

    /// Reads what [`Weights::write`] wrote, and gives the bytes behind it; bytes that do not fit give an empty table.
    #[must_use]
    pub fn read(bytes: Cow<'static, [u8]>) -> (Self, Cow<'static, [u8]>) {
        let head =
            |n: usize| bytes.get(4 * n..4 * n + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
        let sizes = (head(0), head(1), head(2), head(3));
        let (Some(filter), Some(buckets), Some(rows), Some(width)) = sizes else { return Self::empty() };
        let end = (width <= 64 && width.is_multiple_of(LANES)).then(|| LINE + filter + buckets * LINE + rows * width);
        let Some(end) = end.filter(|end| *end <= bytes.len() && filter.is_power_of_two()) else { return Self::empty() };
        let rest = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[end..]),
            Cow::Owned(bytes) => Cow::Owned(bytes[end..].to_vec()),
        };
        (Self { bytes, filter, buckets, width }, rest)
    }

    fn empty() -> (Self, Cow<'static, [u8]>) {
        (Self { bytes: Cow::Borrowed(&[]), filter: 1, buckets: 0, width: 0 }, Cow::Borrowed(&[]))
    }

    /// As bytes; of rows whose features cannot be told apart the first stays. Dense rows speak of `classes` classes.
    #[must_use]
    pub fn write(rows: &[(u32, Vec<(u8, i8)>)], classes: usize) -> Vec<u8> {
        let width = classes.next_multiple_of(LANES);
        let mut rows: Vec<_> = rows.iter().filter(|(_, row)| !row.is_empty()).collect();
        rows.sort();
        let buckets = rows.len() / LOAD + 1;
        let mut filter = vec![0u8; (rows.len() * FILTER_BITS / 8).next_power_of_two()];
        let mask = filter.len() - 1;
        // A few buckets more, for what the last one has no room for.
        let mut table = vec![[0u8; LINE]; buckets];
        let mut dense: Vec<u8> = Vec::new();
        for (key, row) in rows {
            let mut payload = [0u8; 2 * INLINE];
            if row.len() <= INLINE {
                for (to, (class, weight)) in payload.chunks_exact_mut(2).zip(row) {
                    to.copy_from_slice(&[class & 63, weight.cast_unsigned()]);
                }
            } else {
                payload[0] = IS_DENSE;
                #[allow(clippy::cast_possible_truncation, reason = "far fewer than 2^32 rows")]
                payload[1..5].copy_from_slice(&((dense.len() / width) as u32).to_le_bytes());
            }
            let (at, fingerprint) = place(*key, buckets);
            let mut at = at as usize;
            let free = loop {
                if at == table.len() {
                    table.push([0; LINE]);
                }
                let there = fingerprints(&table[at]);
                if position(there, fingerprint).is_some() {
                    break None;
                }
                if let Some(n) = position(there, 0) {
                    break Some(n);
                }
                at += 1;
            };
            let Some(n) = free else { continue };
            table[at][2 * n..2 * n + 2].copy_from_slice(&fingerprint.to_le_bytes());
            let from = 2 * BUCKET + 2 * INLINE * n;
            table[at][from..from + 2 * INLINE].copy_from_slice(&payload);
            filter[(key >> 3) as usize & mask] |= 1 << (key & 7);
            if row.len() > INLINE {
                let start = dense.len();
                dense.resize(start + width, 0);
                row.iter().for_each(|(class, weight)| dense[start + usize::from(*class)] = weight.cast_unsigned());
            }
        }
        let mut out = Vec::new();
        for size in [filter.len(), table.len(), dense.len() / width, width] {
            #[allow(clippy::cast_possible_truncation, reason = "far fewer than 2^32 bytes")]
            out.extend((size as u32).to_le_bytes());
        }
        out.resize(LINE, 0);
        out.extend(filter);
        out.extend(table.as_flattened());
        out.extend(dense);
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

    fn scores(weights: &Weights, keys: &[u32]) -> Scores {
        let mut scores = [0; 64];
        let mut features = Features::new();
        keys.iter().for_each(|key| features.push(*key));
        weights.add(&mut features, &mut scores);
        scores
    }

    #[test]
    fn weights_come_back_as_written() {
        let many = (0..9).map(|class| (class, 10 + class as i8)).collect();
        let mut rows = vec![(7, vec![(1, -100), (2, 5)]), (9, vec![(0, 1)]), (0, vec![(3, 2)]), (8, many)];
        rows.extend((100..5000).map(|key| (key, vec![(5, 1)])));
        let (read, rest) = Weights::read([&Weights::write(&rows, 16)[..], &[77]].concat().into());
        assert_eq!(*rest, [77]);
        let found = scores(&read, &[7, 9, 0, 12345]);
        assert_eq!(found[..4], [1, -100, 5, 2]);
        assert_eq!(best(&found, 43), 2);
        assert_eq!(scores(&read, &[8, 8])[..10], [20, 22, 24, 26, 28, 30, 32, 34, 36, 0]);
        let all = (100..5000).filter(|key| scores(&read, &[*key])[5] == 1).count();
        assert!(all >= 4890, "{all}");
    }

    #[test]
    fn broken_bytes_are_an_empty_table() {
        for bytes in [&[][..], &[9, 0, 0, 0, 1], &[255; 80]] {
            assert_eq!(scores(&Weights::read(bytes.to_vec().into()).0, &[1]), [0; 64]);
        }
    }
}
