//! Which passages of two texts are the same, moved ones included, and what was changed inside them?
//!
//! Seeds are runs of three equal words, found with a hash index over one text; each is extended along its diagonal over
//! replaced words (ungapped X-drop extension, Altschul et al. 1990), and extensions that follow each other closely in both
//! texts are chained into blocks across insertions and deletions. Blocks may stand in any order, so moved text is found.
//! Words are the unit; the cost is linear in the length of both texts, whatever they hold.

use crate::Words;
use std::ops::Range;

/// A stretch of one text and the stretch of another that it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Runs of equal words, in order in both texts and not overlapping.
    pub runs: Vec<Run>,
}

/// A run of equal words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// First word in the first text.
    pub a: u32,
    /// First word in the second text.
    pub b: u32,
    /// Number of words.
    pub len: u32,
}

impl Block {
    /// The words of the first text it reaches over.
    #[must_use]
    pub fn a(&self) -> Range<usize> {
        self.runs[0].a as usize..self.runs.last().map_or(0, |r| (r.a + r.len) as usize)
    }

    /// The words of the second text it reaches over.
    #[must_use]
    pub fn b(&self) -> Range<usize> {
        self.runs[0].b as usize..self.runs.last().map_or(0, |r| (r.b + r.len) as usize)
    }

    /// Number of equal words.
    #[must_use]
    pub fn matched(&self) -> usize {
        self.runs.iter().map(|r| r.len as usize).sum()
    }

    /// The block seen from the second text.
    #[must_use]
    pub fn flipped(&self) -> Self {
        Self { runs: self.runs.iter().map(|r| Run { a: r.b, b: r.a, len: r.len }).collect() }
    }
}

/// Length of a seed in words. Three survive often enough when half of the words are replaced (one in eight), and are rare
/// enough by chance.
const SEED: usize = 3;
/// A seed that occurs more often than this in one text is no evidence of place. Bounds the cost on repetitive text.
const MOST_OCCURRENCES: u32 = 8;
/// Extension: gain of an equal word, loss of a different one, and the drop at which it ends. Two unrelated English texts
/// agree in about one word of sixty at the same place, so even one in three is evidence.
const EQUAL: i32 = 5;
const DIFFERENT: i32 = -2;
const DROP: i32 = 26;
/// Chaining: the widest gap in words between two extensions of one block, its cost a word, and the cost of any gap.
const WIDEST_GAP: u32 = 16;
const GAP_WORD: i32 = 2;
const GAP: i32 = 3;
/// How many earlier extensions are tried as the one before.
const LOOK_BACK: usize = 48;
/// Least score of a block: five equal words in a row.
const LEAST_SCORE: i32 = 5 * EQUAL;

/// Buffers that alignments of many pairs share.
#[derive(Debug, Default)]
pub struct Aligner {
    heads: Vec<u32>,
    next: Vec<u32>,
    keys: Vec<u32>,
    count: Vec<u32>,
    reach: Vec<u32>,
    segments: Vec<Segment>,
    chain: Vec<(i32, u32)>,
    places: Places,
    used_a: Vec<bool>,
    used_b: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct Segment {
    a: u32,
    b: u32,
    len: u32,
    score: i32,
}

/// Answers that are made bits of one number together.
const BITS: usize = 16;

const NONE: u32 = u32::MAX;

/// Where segments begin and end in both texts, each in a row of its own, so that many are looked at at once.
#[derive(Debug, Default)]
struct Places {
    a: Vec<i32>,
    b: Vec<i32>,
    end_a: Vec<i32>,
    end_b: Vec<i32>,
}

impl Places {
    #[allow(clippy::cast_possible_wrap, reason = "texts are below 2^31 words")]
    fn fill(&mut self, segments: &[Segment]) {
        let fill = |row: &mut Vec<i32>, of: fn(&Segment) -> u32| {
            row.clear();
            row.extend(segments.iter().map(|s| of(s) as i32));
            // So many are always looked at.
            row.resize(segments.len() + BITS, 0);
        };
        fill(&mut self.a, |s| s.a);
        fill(&mut self.b, |s| s.b);
        fill(&mut self.end_a, |s| s.a + s.len);
        fill(&mut self.end_b, |s| s.b + s.len);
    }

    /// A bit for each of the `BITS` segments from `first` on that stand before segment `n`: whether it begins and ends before
    /// it, and ends near it, in both texts.
    #[allow(clippy::cast_possible_wrap, reason = "a few words")]
    fn before(&self, n: usize, first: usize) -> u32 {
        let (a, b, end_a) = (self.a[n], self.b[n], self.end_a[n]);
        let (near_a, near_b) = (a - WIDEST_GAP as i32, b - WIDEST_GAP as i32);
        let some = |row: &[i32]| row.get(first..).and_then(<[i32]>::first_chunk::<BITS>).copied();
        let (Some(of_a), Some(of_b), Some(ends_a), Some(ends_b)) =
            (some(&self.a), some(&self.b), some(&self.end_a), some(&self.end_b))
        else {
            return 0;
        };
        let mut bits = 0;
        for k in 0..BITS {
            let fits =
                (of_a[k] < a) & (of_b[k] < b) & (ends_a[k] < end_a) & (ends_a[k] >= near_a) & (ends_b[k] >= near_b);
            bits |= if fits { 1 << k } else { 0 };
        }
        if n - first < BITS { bits & ((1 << (n - first)) - 1) } else { bits }
    }
}

impl Aligner {
    /// The blocks that `a` and `b` share, the weightiest first; no word belongs to two blocks.
    pub fn align(&mut self, a: &Words, b: &Words) -> Vec<Block> {
        self.align_hashes(&a.hash, &b.hash)
    }

    /// The same over word hashes. Which of the texts comes first changes nothing but the sides of the result.
    pub fn align_hashes(&mut self, a: &[u32], b: &[u32]) -> Vec<Block> {
        if a.len() < SEED || b.len() < SEED {
            return Vec::new();
        }
        if (b.len(), b) < (a.len(), a) {
            let mut out: Vec<Block> = self.align_ordered(b, a).iter().map(Block::flipped).collect();
            out.sort_by_key(|it| (std::cmp::Reverse(it.matched()), it.runs[0]));
            return out;
        }
        self.align_ordered(a, b)
    }

    fn align_ordered(&mut self, a: &[u32], b: &[u32]) -> Vec<Block> {
        self.index(a);
        self.extend(a, b);
        self.link();
        self.take(a, b)
    }

    /// All longest runs of three and more equal words, in order of place; they may overlap.
    #[allow(clippy::cast_possible_truncation, reason = "texts are below 2^32 words")]
    pub(crate) fn equal_runs(&mut self, a: &[u32], b: &[u32]) -> Vec<Run> {
        let mut out = Vec::new();
        if a.len() < SEED || b.len() < SEED {
            return out;
        }
        self.index(a);
        self.seeds(a, b, |at, j, _| {
            let len = SEED + a[at + SEED..].iter().zip(&b[j + SEED..]).take_while(|(x, y)| x == y).count();
            out.push(Run { a: at as u32, b: j as u32, len: len as u32 });
            j + len
        });
        out.sort_unstable();
        out
    }

    /// Calls `extend` for every seed that `a`, which is indexed, and `b` share and that no extension has covered, in order of
    /// `b`: with its place in both and one past the last word of `b` that is covered on its diagonal. `extend` returns the
    /// new such word.
    #[allow(clippy::cast_possible_truncation, reason = "texts are below 2^32 words")]
    fn seeds(&mut self, a: &[u32], b: &[u32], mut extend: impl FnMut(usize, usize, usize) -> usize) {
        self.reach.clear();
        self.reach.resize(a.len() + b.len(), 0);
        for (j, w) in b.windows(SEED).enumerate() {
            let slot = self.slot(seed(w));
            if self.count[slot] > MOST_OCCURRENCES {
                continue;
            }
            let mut i = self.heads[slot];
            while i != NONE {
                let at = i as usize;
                i = self.next[at];
                let diagonal = at + b.len() - j;
                let covered = self.reach[diagonal] as usize;
                if covered <= j && a[at..at + SEED] == *w {
                    self.reach[diagonal] = extend(at, j, covered) as u32;
                }
            }
        }
    }

    #[allow(clippy::cast_possible_truncation, reason = "texts are below 2^32 words")]
    fn index(&mut self, a: &[u32]) {
        let size = (a.len() * 2).next_power_of_two();
        self.heads.clear();
        self.heads.resize(size, NONE);
        self.count.clear();
        self.count.resize(size, 0);
        self.keys.clear();
        self.keys.resize(size, 0);
        self.next.clear();
        self.next.resize(a.len(), NONE);
        for (i, w) in a.windows(SEED).enumerate().rev() {
            let key = seed(w);
            let slot = self.slot(key);
            self.keys[slot] = key;
            self.next[i] = self.heads[slot];
            self.heads[slot] = i as u32;
            self.count[slot] += 1;
        }
    }

    fn slot(&self, key: u32) -> usize {
        let mask = self.heads.len() - 1;
        let mut slot = key as usize & mask;
        while self.heads[slot] != NONE && self.keys[slot] != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "texts are below 2^31 words")]
    fn extend(&mut self, a: &[u32], b: &[u32]) {
        let mut segments = std::mem::take(&mut self.segments);
        segments.clear();
        self.seeds(a, b, |at, j, covered| {
            let floor = covered.max(j.saturating_sub(at));
            let reach = j - floor;
            let (left, left_score) = drop_extension(reach, |k, many| {
                equal(&a[at - k - many..at - k], &b[j - k - many..j - k]).reverse_bits() >> (64 - many)
            });
            let (from_a, from_b) = (&a[at + SEED..], &b[j + SEED..]);
            let (right, right_score) = drop_extension(from_a.len().min(from_b.len()), |k, many| {
                equal(&from_a[k..k + many], &from_b[k..k + many])
            });
            let len = (left + SEED + right) as u32;
            let score = left_score + right_score + SEED as i32 * EQUAL;
            segments.push(Segment { a: (at - left) as u32, b: (j - left) as u32, len, score });
            j + SEED + right
        });
        segments.sort_unstable_by_key(|s| (s.b, s.a, s.len));
        self.segments = segments;
    }

    /// For every segment the best score of a chain that ends in it, and the segment before.
    #[allow(clippy::cast_possible_truncation, reason = "texts are below 2^32 words")]
    fn link(&mut self) {
        self.chain.clear();
        self.places.fill(&self.segments);
        // How far the segments up to each reach.
        let furthest = self.segments.iter().scan(0, |most: &mut u32, s| {
            *most = (*most).max(s.b + s.len);
            Some(*most)
        });
        let furthest: Vec<u32> = furthest.collect();
        let mut near = 0;
        for (n, s) in self.segments.iter().enumerate() {
            let mut best = (s.score, NONE);
            // Segments are in order of `b`: what only such reach that end too early is passed by for good.
            while near < n && furthest[near] + WIDEST_GAP < s.b {
                near += 1;
            }
            let from = near.max(n.saturating_sub(LOOK_BACK));
            let fitting = (from..n).step_by(BITS).flat_map(|first| {
                let mut fits = self.places.before(n, first);
                std::iter::from_fn(move || {
                    let p = (fits != 0).then(|| first + fits.trailing_zeros() as usize)?;
                    fits &= fits - 1;
                    Some(p)
                })
            });
            for p in fitting {
                let before = &self.segments[p];
                let overlap =
                    (before.a + before.len).saturating_sub(s.a).max((before.b + before.len).saturating_sub(s.b));
                let gap = s.a.saturating_sub(before.a + before.len).max(s.b.saturating_sub(before.b + before.len));
                if overlap >= s.len.min(before.len) {
                    continue;
                }
                let score = s.score + self.chain[p].0 - GAP - gap as i32 * GAP_WORD - overlap as i32 * EQUAL;
                if score > best.0 {
                    best = (score, p as u32);
                }
            }
            self.chain.push(best);
        }
    }

    fn take(&mut self, a: &[u32], b: &[u32]) -> Vec<Block> {
        // The greatest score first, of equals the first: scores are above zero here.
        let key = |(n, c): (u32, &(i32, u32))| u64::from(!c.0.cast_unsigned()) << 32 | u64::from(n);
        let mut ends: Vec<u64> = (0u32..).zip(&self.chain).filter(|(_, c)| c.0 >= LEAST_SCORE).map(key).collect();
        ends.sort_unstable();
        self.used_a.clear();
        self.used_a.resize(a.len(), false);
        self.used_b.clear();
        self.used_b.resize(b.len(), false);
        let mut taken = vec![false; self.segments.len()];
        let mut out = Vec::new();
        let mut members = Vec::new();
        let mut runs = Vec::new();
        for end in ends {
            members.clear();
            #[allow(clippy::cast_possible_truncation, reason = "the lower half")]
            let mut at = end as u32;
            while at != NONE && !taken[at as usize] {
                taken[at as usize] = true;
                members.push(self.segments[at as usize]);
                at = self.chain[at as usize].1;
            }
            members.reverse();
            out.extend(self.block(&members, &mut runs, a, b));
        }
        // The weightiest first; equal weights in order of place.
        out.sort_by_key(|it| (std::cmp::Reverse(it.matched()), it.runs[0]));
        out
    }

    /// The equal words of a chain that no block has yet, as runs in order; `None` if they are too few.
    /// `runs` is room to gather them in.
    fn block(&mut self, members: &[Segment], runs: &mut Vec<Run>, a: &[u32], b: &[u32]) -> Option<Block> {
        runs.clear();
        let (mut end_a, mut end_b) = (0, 0);
        for s in members {
            for k in 0..s.len {
                let (i, j) = (s.a + k, s.b + k);
                let free = i >= end_a && j >= end_b && !self.used_a[i as usize] && !self.used_b[j as usize];
                if !free || a[i as usize] != b[j as usize] {
                    continue;
                }
                (end_a, end_b) = (i + 1, j + 1);
                match runs.last_mut() {
                    Some(r) if r.a + r.len == i && r.b + r.len == j => r.len += 1,
                    _ => runs.push(Run { a: i, b: j, len: 1 }),
                }
            }
        }
        // Another block may have taken the middle: keep only what still hangs together.
        let matched: u32 = runs.iter().map(|r| r.len).sum();
        if matched < 5 || !runs.iter().any(|r| r.len as usize >= SEED) {
            return None;
        }
        for r in &*runs {
            self.used_a[r.a as usize..(r.a + r.len) as usize].fill(true);
            self.used_b[r.b as usize..(r.b + r.len) as usize].fill(true);
        }
        Some(Block { runs: runs.clone() })
    }
}

/// Words that are held against each other at once: most extensions end within as many.
const AT_ONCE: usize = 16;

/// A bit for each of at most [`AT_ONCE`] words that is the same in both, the first one's the lowest.
fn equal(a: &[u32], b: &[u32]) -> u64 {
    if let (Ok(a), Ok(b)) = (<&[u32; AT_ONCE]>::try_from(a), <&[u32; AT_ONCE]>::try_from(b)) {
        let mut bits = [0_u32; AT_ONCE];
        for (k, bit) in bits.iter_mut().enumerate() {
            *bit = if a[k] == b[k] { 1 << k } else { 0 };
        }
        return u64::from(bits.iter().fold(0, |all, bit| all | bit));
    }
    a.iter().zip(b).enumerate().fold(0, |all, (k, (x, y))| all | u64::from(x == y) << k)
}

/// How far to extend over at most `reach` words, and the score gained. `same` has a bit for each of so many words from the
/// one of a number on, whether it is the same in both.
#[allow(clippy::cast_possible_wrap, reason = "at most 16 words")]
fn drop_extension(reach: usize, same: impl Fn(usize, usize) -> u64) -> (usize, i32) {
    let (mut score, mut best, mut length) = (0, 0, 0);
    let mut from = 0;
    while from < reach {
        let many = (reach - from).min(AT_ONCE);
        let mut words = same(from, many);
        let mut k = 0;
        while k < many {
            let others = (words.trailing_zeros() as usize).min(many - k);
            if score + others as i32 * DIFFERENT <= best - DROP {
                return (length, best);
            }
            score += others as i32 * DIFFERENT;
            k += others;
            words >>= others;
            let equal = words.trailing_ones() as usize;
            score += equal as i32 * EQUAL;
            k += equal;
            words >>= equal;
            if score > best {
                (best, length) = (score, from + k);
            }
        }
        from += many;
    }
    (length, best)
}

fn seed(words: &[u32]) -> u32 {
    words.iter().fold(0x9e37_79b9, |h: u32, w| (h.rotate_left(5) ^ w).wrapping_mul(0x85eb_ca6b)).rotate_left(15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shared(a: &str, b: &str) -> Vec<(String, String)> {
        let (wa, wb) = (Words::of(a), Words::of(b));
        let text = |w: &Words, r: Range<usize>, t: &str| w.cover(r.start, r.end).unwrap().text(t).to_owned();
        Aligner::default().align(&wa, &wb).iter().map(|m| (text(&wa, m.a(), a), text(&wb, m.b(), b))).collect()
    }

    proptest! {
        #[test]
        fn extensions_end_where_they_do_word_by_word(same in proptest::collection::vec(proptest::bool::weighted(0.3), 0..60)) {
            let (mut score, mut best, mut length) = (0, 0, 0);
            for (k, same) in same.iter().enumerate() {
                score += if *same { EQUAL } else { DIFFERENT };
                if score > best {
                    (best, length) = (score, k + 1);
                } else if score <= best - DROP {
                    break;
                }
            }
            let words: Vec<u32> = same.iter().map(|same| u32::from(!same)).collect();
            let others = vec![0; words.len()];
            let of = |k, many| equal(&words[k..k + many], &others[k..k + many]);
            prop_assert_eq!(drop_extension(words.len(), of), (length, best));
        }
    }

    #[test]
    fn moved_blocks_are_found() {
        let one =
            "The ferry left the harbour at dawn with forty people. Rescue boats searched the bay until late at night.";
        let two =
            "Rescue boats searched the bay until late at night. The ferry left the harbour at dawn with forty people.";
        let found = shared(one, two);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|(x, y)| x == y), "{found:?}");
    }

    #[test]
    fn replaced_and_inserted_words_stay_inside_a_block() {
        let one = "the old ferry left the northern harbour at dawn with forty people on board and sank";
        let two = "the old ferry left the southern harbour at dawn with about forty people on board and sank";
        let found = shared(one, two);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, one);
        assert_eq!(found[0].1, two);
    }

    #[test]
    fn unrelated_texts_share_nothing() {
        assert!(
            shared(
                "the mayor opened a bridge over the river on Monday",
                "rain fell in the hills and the fair was put off"
            )
            .is_empty()
        );
    }

    #[test]
    fn repetitive_text_costs_linear_time() {
        let text = "spam ".repeat(300_000);
        let words = Words::of(&text);
        Aligner::default().align(&words, &words);
    }

    proptest! {
        #[test]
        fn runs_are_equal_ordered_and_disjoint(a in proptest::collection::vec(0u32..6, 0..60), b in proptest::collection::vec(0u32..6, 0..60)) {
            let blocks = Aligner::default().align_hashes(&a, &b);
            let (mut seen_a, mut seen_b) = (vec![0; a.len()], vec![0; b.len()]);
            for block in &blocks {
                let (mut i, mut j) = (0, 0);
                for r in &block.runs {
                    let (ra, rb, n) = (r.a as usize, r.b as usize, r.len as usize);
                    prop_assert!(ra >= i && rb >= j);
                    prop_assert_eq!(&a[ra..ra + n], &b[rb..rb + n]);
                    seen_a[ra..ra + n].iter_mut().for_each(|s| *s += 1);
                    seen_b[rb..rb + n].iter_mut().for_each(|s| *s += 1);
                    (i, j) = (ra + n, rb + n);
                }
            }
            prop_assert!(seen_a.iter().chain(&seen_b).all(|s| *s <= 1));
        }

        #[test]
        fn sides_do_not_matter(a in proptest::collection::vec(0u32..5, 0..60), b in proptest::collection::vec(0u32..5, 0..60)) {
            let key = |blocks: Vec<Block>| { let mut it: Vec<Vec<Run>> = blocks.into_iter().map(|b| b.runs).collect(); it.sort(); it };
            let there = Aligner::default().align_hashes(&a, &b);
            let back: Vec<Block> = Aligner::default().align_hashes(&b, &a).iter().map(Block::flipped).collect();
            prop_assert_eq!(key(there), key(back));
        }
    }
}
