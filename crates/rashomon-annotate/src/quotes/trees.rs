//! A sum of small decision trees over a row of measures.
//!
//! Every tree asks the same question of all branches of one depth, so that its answer is a number made of bits
//! (oblivious trees: Kohavi & Li 1995; Prokhorenkova et al. 2018). Trained by `rashomon-eval train quotes`.

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
const TOGETHER: usize = 4;

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
            for (lane, sum) in sums.iter_mut().enumerate() {
                for (tree, leaves) in trees.iter().zip(&leaves) {
                    *sum += tree.leaves[leaves[lane % LANES] as usize % LEAVES];
                }
            }
        }
        for tree in rest {
            find_leaves(tree, &measures, &mut leaves[0][..filled]);
            sums.iter_mut().zip(&leaves[0]).for_each(|(sum, leaf)| *sum += tree.leaves[*leaf as usize % LEAVES]);
        }
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
        let (first, rest) = self.trees.split_at(FIRST.min(self.trees.len()));
        let rows: Vec<_> = rows.collect();
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
        }
    }
}
