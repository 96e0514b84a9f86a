//! What does the index of a corpus keep of one text?
//!
//! A sample of its runs of three words, chosen by their hashes, so that a copied passage keeps its samples wherever it stands
//! (Manber 1994, "mod" sampling).

use crate::words::{QUOTED, Sink, scan};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The sampled runs of words of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of the run and the place of its first word, in order of place.
    pub(crate) prints: Vec<(u32, u32)>,
}

/// One run of three words in this many is kept.
const SAMPLED: u64 = 4;
/// Beyond so many words one in twice as many: there is more to find a copy by.
const DENSE: u32 = 1024;

impl Sketch {
    /// Changes with anything that makes another sketch of the same text: sketches of two versions are not comparable.
    pub const VERSION: u8 = 2;

    /// The sketch of `text`. Runs inside quotation marks are left out: one speech is in many papers.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut it = Sampler { prints: Vec::with_capacity(text.len() / 24 + 4), ..Sampler::default() };
        scan(text, &mut it);
        Self { prints: it.prints }
    }

    /// Number of samples.
    #[must_use]
    pub fn len(&self) -> usize {
        self.prints.len()
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// Appends the sketch as bytes, which [`Sketch::decode`] reads.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut last = 0;
        let print = |(key, place): &(u32, u32)| {
            let gap = place - last;
            last = *place;
            Print { key: *key, gap }
        };
        let prints: Vec<Print> = self.prints.iter().map(print).collect();
        // Nothing that is written to memory fails.
        *out = postcard::to_extend(&prints, std::mem::take(out)).unwrap_or_default();
    }

    /// Takes a sketch off the front of `bytes`; nothing if they hold none.
    #[must_use]
    pub fn decode(bytes: &mut &[u8]) -> Option<Self> {
        let (prints, rest) = postcard::take_from_bytes::<Vec<Print>>(bytes).ok()?;
        let mut place: u32 = 0;
        let prints = prints.into_iter().map(|Print { key, gap }| {
            place = place.checked_add(gap)?;
            Some((key, place))
        });
        let prints = prints.collect::<Option<_>>()?;
        *bytes = rest;
        Some(Self { prints })
    }
}

/// A sample as it is kept: its hash, and the distance from the sample before.
#[derive(Serialize, Deserialize)]
struct Print {
    #[serde(with = "postcard::fixint::le")]
    key: u32,
    gap: u32,
}

/// Which samples have been seen before? Without it the index would hold every sample that only one article has.
///
/// A filter of cells of two bits (Bloom 1970, with one hash): seen, and seen again. It may say that a sample was seen twice
/// that was not, never the reverse.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Cells, each with the bit for once below the bit for twice.
    cells: Vec<u64>,
    samples: usize,
}

/// Cells in one number.
const CELLS: usize = 32;

impl Seen {
    /// Takes note of the samples of one more article.
    pub fn add(&mut self, sketch: &Sketch) {
        self.samples += sketch.prints.len();
        while self.cells.len() * CELLS < self.samples * 4 {
            // A filter that doubles holds all it held: what stood at the lower bits of a hash now stands at both places.
            if self.cells.is_empty() { self.cells.resize(1 << 13, 0) } else { self.cells.extend_from_within(..) }
        }
        for (key, _) in &sketch.prints {
            let (at, once) = self.place(*key);
            self.cells[at] |= once | (self.cells[at] & once) << 1;
        }
    }

    /// Number of samples so far.
    pub(crate) fn samples(&self) -> usize {
        self.samples
    }

    /// Whether a sample may stand in more than one place.
    pub(crate) fn twice(&self, key: u32) -> bool {
        let (at, once) = self.place(key);
        self.cells[at] & once << 1 != 0
    }

    fn place(&self, key: u32) -> (usize, u64) {
        let at = key.wrapping_mul(0x9e37_79b1) as usize & (self.cells.len() * CELLS - 1);
        (at / CELLS, 1 << (at % CELLS * 2))
    }
}

#[derive(Default)]
struct Sampler {
    prints: Vec<(u32, u32)>,
    words: u32,
    last: [u32; 2],
    mark: u8,
}

impl Sink for Sampler {
    #[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
    fn word(&mut self, hash: u32, _: Range<usize>, mark: u8) {
        if self.words >= 2 && self.mark & QUOTED == 0 {
            let key = run_hash(&[self.last[0], self.last[1], hash]);
            // Powers of two: the lower bits tell.
            let lower = if self.words < DENSE { SAMPLED - 1 } else { 2 * SAMPLED - 1 };
            // Whether a run is kept cannot be foreseen: all are, and most are let go at once.
            self.prints.push(((key >> 32) as u32, self.words - 2));
            self.prints.truncate(self.prints.len() - usize::from(key & lower != 0));
        }
        self.last = [self.last[1], hash];
        self.mark = mark;
        self.words += 1;
    }

    fn count(&self) -> usize {
        self.words as usize
    }

    fn quoted_from(&mut self, first: usize) {
        let kept = self.prints.partition_point(|(_, place)| *place as usize + 1 < first);
        self.prints.truncate(kept);
        if first < self.count() {
            self.mark |= QUOTED;
        }
    }
}

/// The hash of a few numbers in order.
pub(crate) fn run_hash(w: &[u32; 3]) -> u64 {
    let mut h = u64::from(w[0]).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(w[1]);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ u64::from(w[2]);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sketches_of_one_version_stay_the_same() {
        let text = "The harbour was dredged so that larger ferries could reach the northern pier at low water. \
            Der Fährmann wartete am Ufer, und niemand wußte, wann die nächste Flut kommen würde.";
        let mut bytes = Vec::new();
        Sketch::of(text).encode(&mut bytes);
        let sum = bytes.iter().fold(0_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3));
        assert_eq!(
            (Sketch::VERSION, sum),
            (2, 3_430_837_999_432_399_491),
            "kept sketches would no longer match: raise the version"
        );
    }

    #[test]
    fn quoted_runs_are_no_samples() {
        let speech: String = (0..400).map(|n| format!("word{n} ")).collect();
        assert!(Sketch::of(&format!("he said “{speech}” then")).len() < 3);
        // One whose opening mark is missing reaches back so far only.
        let short: String = (0..40).map(|n| format!("word{n} ")).collect();
        assert!(Sketch::of(&format!("{short}” he said")).len() < 3);
        assert!(Sketch::of(&format!("{speech}” he said")).len() > 40);
        assert!(Sketch::of(&speech).len() > 60);
    }

    proptest! {
        #[test]
        fn any_sketch_comes_back_from_its_bytes(prints: Vec<(u32, u16)>) {
            let mut place = 0;
            let prints = prints.into_iter().map(|(key, gap)| { place += u32::from(gap); (key, place) }).collect();
            let it = Sketch { prints };
            let mut bytes = Vec::new();
            it.encode(&mut bytes);
            let mut rest = &bytes[..];
            prop_assert_eq!(Sketch::decode(&mut rest), Some(it));
            prop_assert!(rest.is_empty());
            prop_assert_eq!(Sketch::decode(&mut &bytes[..bytes.len() - 1]), None);
        }

        #[test]
        fn a_filter_never_forgets(sketches in proptest::collection::vec(proptest::collection::vec(0u32..50_000, 0..20_000), 1..6)) {
            let mut seen = Seen::default();
            let mut counts = std::collections::BTreeMap::new();
            for keys in &sketches {
                keys.iter().for_each(|k| *counts.entry(*k).or_insert(0) += 1);
                seen.add(&Sketch { prints: keys.iter().map(|k| (*k, 0)).collect() });
            }
            prop_assert!(counts.iter().all(|(key, n)| *n < 2 || seen.twice(*key)));
        }
    }
}
