//! A sum of small decision trees over a row of measures.
//!
//! Every tree asks the same question of all branches of one depth, so that its answer is a number made of bits
//! (oblivious trees: Kohavi & Li 1995; Prokhorenkova et al. 2018). Trained by `rashomon-eval train quotes`.

use std::ops::Range;

/// Questions of one tree.
pub const DEPTH: usize = 6;
/// Room for measures in a row.
pub const WIDTH: usize = 64;
/// Trees after which a sum is looked at, and below which it is left as it is.
const FIRST: usize = 32;
const HOPELESS: f32 = -2.5;
const LEAVES: usize = 1 << DEPTH;
/// Rows that are asked at once, and how many of them the compiler's vectors take in one step.
const LANES: usize = 64;
const STEP: usize = 8;
/// Trees whose leaves are added in one go.
const TOGETHER: usize = 8;

/// One tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// For each question the measure asked about and the number it has to exceed.
    pub questions: [(u8, f32); DEPTH],
    /// What is added for each row of answers; the first answer is the lowest bit.
    pub leaves: [f32; LEAVES],
}

/// Measures of some rows, lane by lane.
type Lanes = [[f32; LANES]; WIDTH];

/// Finds the leaf of each lane. The loop has no fixed length, so that the compiler makes vectors of it.
fn find_leaves(tree: &Tree, measures: &Lanes, leaves: &mut [u32]) {
    let n = leaves.len().min(LANES);
    let leaves = &mut leaves[..n];
    let question = |k: usize| {
        let (measure, above) = tree.questions[k];
        (&measures[usize::from(measure) % WIDTH][..n], above)
    };
    let [first, second, third, fourth, fifth, sixth] = std::array::from_fn(question);
    for lane in 0..n {
        let answer = |(of, above): (&[f32], f32)| u32::from(of[lane] > above);
        let mut leaf = answer(sixth);
        leaf = leaf + leaf + answer(fifth);
        leaf = leaf + leaf + answer(fourth);
        leaf = leaf + leaf + answer(third);
        leaf = leaf + leaf + answer(second);
        leaves[lane] = leaf + leaf + answer(first);
    }
}

/// Adds what trees say of each row.
fn add(trees: &[Tree], rows: &[&[f32; WIDTH]], sums: &mut [f32]) {
    let mut measures: Lanes = [[0.0; LANES]; WIDTH];
    let mut leaves = [[0_u32; LANES]; TOGETHER];
    let (together, rest) = trees.as_chunks::<TOGETHER>();
    for (rows, sums) in rows.chunks(LANES).zip(sums.chunks_mut(LANES)) {
        for (lane, row) in rows.iter().enumerate() {
            measures.iter_mut().zip(*row).for_each(|(of, measure)| of[lane] = *measure);
        }
        // What lanes beyond the rows hold is looked at and not added.
        let filled = sums.len().next_multiple_of(STEP);
        for trees in together {
            for (tree, leaves) in trees.iter().zip(&mut leaves) {
                find_leaves(tree, &measures, &mut leaves[..filled]);
            }
            let [a, b, c, d, e, f, g, h] = trees;
            let lanes = leaves.each_ref().map(|leaves| &leaves[..sums.len().min(LANES)]);
            let [p, q, r, s, t, u, v, w] = lanes;
            for (lane, sum) in sums.iter_mut().enumerate().take(p.len()) {
                let of = |tree: &Tree, leaf: u32| tree.leaves[leaf as usize % LEAVES];
                // In the order of the trees.
                let mut all = *sum + of(a, p[lane]) + of(b, q[lane]) + of(c, r[lane]) + of(d, s[lane]);
                all = all + of(e, t[lane]) + of(f, u[lane]) + of(g, v[lane]) + of(h, w[lane]);
                *sum = all;
            }
        }
        for tree in rest {
            find_leaves(tree, &measures, &mut leaves[0][..filled]);
            sums.iter_mut().zip(&leaves[0]).for_each(|(sum, leaf)| *sum += tree.leaves[*leaf as usize % LEAVES]);
        }
    }
}

/// Rows from which on it is worth it to rank their measures.
const MANY: usize = 512;

/// Trees that ask of the rank of a measure among all numbers that it is held against, which is a byte: sixteen rows are then
/// asked at once, with the same answers.
struct Ranked<'a> {
    trees: &'a [Tree],
    /// For each measure the numbers that it is held against, in order.
    above: Vec<Vec<f32>>,
    /// For each tree the measures it asks of, and the places of the numbers they have to exceed.
    questions: Vec<[(u8, i8); DEPTH]>,
}

/// Ranks of the measures of some rows, lane by lane.
type Ranks = [[i8; LANES]; WIDTH];

impl<'a> Ranked<'a> {
    /// Nothing where a measure is held against more numbers than a byte tells apart.
    fn of(trees: &'a [Tree]) -> Option<Self> {
        let mut above = vec![Vec::new(); WIDTH];
        for (measure, number) in trees.iter().flat_map(|tree| tree.questions) {
            above[usize::from(measure) % WIDTH].push(number);
        }
        for row in &mut above {
            row.sort_unstable_by(f32::total_cmp);
            row.dedup();
        }
        let fits = |row: &Vec<f32>| row.len() <= 127 && !row.iter().any(|number| number.is_nan());
        let place = |(measure, number): (u8, f32)| {
            let place = above[usize::from(measure) % WIDTH].partition_point(|it| *it < number);
            (measure, i8::try_from(place).unwrap_or(i8::MAX))
        };
        let questions = above.iter().all(fits).then(|| trees.iter().map(|it| it.questions.map(place)).collect())?;
        Some(Self { trees, above, questions })
    }

    /// How many of the numbers it is held against a measure exceeds.
    fn rank(above: &[f32], of: f32) -> i8 {
        // Most measures of a pair are nothing.
        let exceeds = above.first().is_some_and(|first| of > *first);
        if !exceeds {
            return 0;
        }
        i8::try_from(above.partition_point(|it| of > *it)).unwrap_or(i8::MAX)
    }

    fn sums(&self, base: f32, rows: &[&[f32; WIDTH]], hopeless: f32) -> Vec<f32> {
        let mut out = vec![base; rows.len()];
        let mut ranks: Ranks = [[0; LANES]; WIDTH];
        let first = FIRST.min(self.trees.len());
        for (rows, sums) in rows.chunks(LANES).zip(out.chunks_mut(LANES)) {
            for (lane, row) in rows.iter().enumerate() {
                let measures = ranks.iter_mut().zip(&self.above).zip(*row);
                measures.for_each(|((ranks, above), of)| ranks[lane] = Self::rank(above, *of));
            }
            self.add(0..first, &ranks, sums);
            let early = sums.to_vec();
            if early.iter().any(|sum| *sum >= hopeless) {
                self.add(first..self.trees.len(), &ranks, sums);
                let left_out = sums.iter_mut().zip(early).filter(|(_, early)| *early < hopeless);
                left_out.for_each(|(sum, early)| *sum = early);
            }
        }
        out
    }

    fn add(&self, range: Range<usize>, ranks: &Ranks, sums: &mut [f32]) {
        let mut leaves = [[0_u8; LANES]; TOGETHER];
        // What lanes beyond the rows hold is looked at and not added.
        let filled = sums.len().next_multiple_of(RANKS_STEP).min(LANES);
        let (together, rest) = self.trees[range.clone()].as_chunks::<TOGETHER>();
        let (asked, rest_asked) = self.questions[range].as_chunks::<TOGETHER>();
        for (trees, asked) in together.iter().zip(asked) {
            for (questions, leaves) in asked.iter().zip(&mut leaves) {
                rank_leaves(questions, ranks, &mut leaves[..filled]);
            }
            let [a, b, c, d, e, f, g, h] = trees;
            let lanes = leaves.each_ref().map(|leaves| &leaves[..sums.len().min(LANES)]);
            let [p, q, r, s, t, u, v, w] = lanes;
            for (lane, sum) in sums.iter_mut().enumerate().take(p.len()) {
                let of = |tree: &Tree, leaf: u8| tree.leaves[usize::from(leaf) % LEAVES];
                // In the order of the trees.
                let mut all = *sum + of(a, p[lane]) + of(b, q[lane]) + of(c, r[lane]) + of(d, s[lane]);
                all = all + of(e, t[lane]) + of(f, u[lane]) + of(g, v[lane]) + of(h, w[lane]);
                *sum = all;
            }
        }
        for (tree, questions) in rest.iter().zip(rest_asked) {
            rank_leaves(questions, ranks, &mut leaves[0][..filled]);
            let found = sums.iter_mut().zip(&leaves[0]);
            found.for_each(|(sum, leaf)| *sum += tree.leaves[usize::from(*leaf) % LEAVES]);
        }
    }
}

/// Lanes that the compiler's vectors of bytes take in one step.
const RANKS_STEP: usize = 16;

/// What [`find_leaves`] does, of ranks.
fn rank_leaves(questions: &[(u8, i8); DEPTH], ranks: &Ranks, leaves: &mut [u8]) {
    let n = leaves.len().min(LANES);
    let leaves = &mut leaves[..n];
    let question = |k: usize| {
        let (measure, above) = questions[k];
        (&ranks[usize::from(measure) % WIDTH][..n], above)
    };
    let [first, second, third, fourth, fifth, sixth] = std::array::from_fn(question);
    for lane in 0..n {
        let answer = |(of, above): (&[i8], i8)| u8::from(of[lane] > above);
        let mut leaf = answer(sixth);
        leaf = leaf + leaf + answer(fifth);
        leaf = leaf + leaf + answer(fourth);
        leaf = leaf + leaf + answer(third);
        leaf = leaf + leaf + answer(second);
        leaves[lane] = leaf + leaf + answer(first);
    }
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    /// What is there before the first tree.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Trees {
    /// The sum for a row of measures; if it is far below zero after the first trees, which say most, the rest is left out.
    #[must_use]
    pub fn score(&self, measures: &[f32; WIDTH]) -> f32 {
        self.sum(measures, HOPELESS)
    }

    /// The same for many rows.
    #[must_use]
    pub fn scores(&self, rows: &[[f32; WIDTH]]) -> Vec<f32> {
        self.sums(rows.iter(), HOPELESS)
    }

    /// The sum, of which the rest is left out only below `hopeless`.
    #[must_use]
    pub fn sum(&self, measures: &[f32; WIDTH], hopeless: f32) -> f32 {
        let mut sum = self.base;
        for (n, tree) in self.trees.iter().enumerate() {
            if n == FIRST && sum < hopeless {
                break;
            }
            let mut leaf = 0;
            for (bit, &(measure, above)) in tree.questions.iter().enumerate() {
                leaf |= usize::from(measures[usize::from(measure) % WIDTH] > above) << bit;
            }
            sum += tree.leaves[leaf % LEAVES];
        }
        sum
    }

    /// The sums of many rows, each that of [`Trees::sum`] to the bit: one question is asked of [`LANES`] rows at once, and the
    /// rows that are not left out after the first trees are put together anew.
    #[must_use]
    pub fn sums<'a>(&self, rows: impl Iterator<Item = &'a [f32; WIDTH]>, hopeless: f32) -> Vec<f32> {
        let rows: Vec<_> = rows.collect();
        if rows.len() >= MANY
            && let Some(ranked) = Ranked::of(&self.trees)
        {
            return ranked.sums(self.base, &rows, hopeless);
        }
        let (first, rest) = self.trees.split_at(FIRST.min(self.trees.len()));
        let mut sums = vec![self.base; rows.len()];
        add(first, &rows, &mut sums);
        let left: Vec<usize> = (0..rows.len()).filter(|n| sums[*n] >= hopeless).collect();
        let mut of_left: Vec<f32> = left.iter().map(|n| sums[*n]).collect();
        add(rest, &left.iter().map(|n| rows[*n]).collect::<Vec<_>>(), &mut of_left);
        left.into_iter().zip(of_left).for_each(|(n, sum)| sums[n] = sum);
        sums
    }

    /// As stored: base, number of trees, and for each its questions and leaves; little-endian.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a few hundred trees")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.base.to_le_bytes().to_vec();
        out.extend((self.trees.len() as u32).to_le_bytes());
        for tree in &self.trees {
            for (measure, above) in &tree.questions {
                out.push(*measure);
                out.extend(above.to_le_bytes());
            }
            tree.leaves.iter().for_each(|leaf| out.extend(leaf.to_le_bytes()));
        }
        out
    }

    /// Reads what [`Trees::to_bytes`] wrote from the front of `bytes`; the trees and what follows, or `None`.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let number = |bytes: &[u8]| bytes.try_into().ok().map(f32::from_le_bytes);
        let (base, rest) = bytes.split_at_checked(4)?;
        let (count, mut rest) = rest.split_at_checked(4)?;
        let count = u32::from_le_bytes(count.try_into().ok()?);
        let mut trees = Vec::with_capacity((count as usize).min(rest.len() / (5 * DEPTH + 4 * LEAVES)));
        for _ in 0..count {
            let (questions, tail) = rest.split_at_checked(5 * DEPTH)?;
            let (leaves, tail) = tail.split_at_checked(4 * LEAVES)?;
            let mut tree = Tree { questions: [(0, 0.0); DEPTH], leaves: [0.0; LEAVES] };
            for (question, bytes) in tree.questions.iter_mut().zip(questions.chunks_exact(5)) {
                *question = (bytes[0], number(&bytes[1..])?);
            }
            let (leaves, _) = leaves.as_chunks::<4>();
            tree.leaves.iter_mut().zip(leaves).for_each(|(leaf, bytes)| *leaf = f32::from_le_bytes(*bytes));
            trees.push(tree);
            rest = tail;
        }
        Some((Self { base: number(base)?, trees }, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_choose_the_leaf() {
        let mut questions = [(9, 0.0); DEPTH];
        questions[0] = (0, 1.0);
        questions[2] = (1, -1.0);
        let leaves = std::array::from_fn(|n| f32::from(u8::try_from(n).unwrap()));
        let row = |a: f32| std::array::from_fn(|n| if n == 0 { a } else { 0.0 });
        let trees = Trees { base: 0.5, trees: vec![Tree { questions, leaves }] };
        assert!((trees.score(&row(2.0)) - 5.5).abs() < 1e-6, "both above");
        assert!((trees.score(&row(1.0)) - 4.5).abs() < 1e-6, "equal is not above");
        let mut bytes = trees.to_bytes();
        bytes.push(7);
        assert_eq!(Trees::from_bytes(&bytes), Some((trees, &[7u8][..])));
        assert_eq!(Trees::from_bytes(&bytes[..40]), None);
    }

    #[test]
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    fn many_rows_are_summed_as_one_is() {
        let tree = |n: usize| Tree {
            questions: std::array::from_fn(|k| (((n * 7 + k * 11) % WIDTH) as u8, ((n + k) % 5) as f32 - 2.0)),
            leaves: std::array::from_fn(|k| ((n * 31 + k * 17) % 13) as f32 * 0.1 - 0.7),
        };
        let trees = Trees { base: 0.3, trees: (0..90).map(tree).collect() };
        let row = |n: usize| std::array::from_fn(|k| ((n * 13 + k * 5) % 9) as f32 - 4.0);
        let rows: Vec<[f32; WIDTH]> = (0..2 * LANES + 3).map(row).collect();
        for hopeless in [-100.0, -2.0, 0.0, 100.0] {
            let one_by_one: Vec<u32> = rows.iter().map(|row| trees.sum(row, hopeless).to_bits()).collect();
            let together: Vec<u32> = trees.sums(rows.iter(), hopeless).into_iter().map(f32::to_bits).collect();
            assert_eq!(together, one_by_one);
            let rows: Vec<_> = rows.iter().collect();
            let ranked = Ranked::of(&trees.trees).unwrap().sums(trees.base, &rows, hopeless);
            assert_eq!(ranked.into_iter().map(f32::to_bits).collect::<Vec<_>>(), one_by_one);
        }
    }
}
