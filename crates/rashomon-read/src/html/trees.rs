//! How likely a line is part of the article: a sum of small decision trees over its measures.
//!
//! Every tree asks the same question of all branches of one depth, so that its answer is a number made of bits
//! (oblivious trees: Kohavi & Li 1995). Trained by `rashomon-eval train pages`; `models/pages.md` has data and figures.

use super::measures::{Row, WIDTH};
use std::sync::LazyLock;

/// Questions of one tree.
pub const DEPTH: usize = 6;
const LEAVES: usize = 1 << DEPTH;

/// One tree: for each question the measure asked about and the number it has to exceed; and what is added for each row of
/// answers, the first answer being the lowest bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Measure and number of each question.
    pub questions: [(u8, f32); DEPTH],
    /// What each row of answers adds.
    pub leaves: [f32; LEAVES],
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    /// What is there before the first tree.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// The shipped trees.
pub(crate) static SHIPPED: LazyLock<Trees> =
    LazyLock::new(|| Trees::from_bytes(model_file().content()).expect("the file of model pages is whole"));

impl Trees {
    /// The sum for a row of measures: above zero it is more likely part of the article than not.
    #[must_use]
    pub fn score(&self, row: &Row) -> f32 {
        self.base
            + self
                .trees
                .iter()
                .map(|tree| {
                    let mut leaf = 0;
                    for (bit, &(measure, above)) in tree.questions.iter().enumerate() {
                        leaf |= usize::from(row[usize::from(measure) % WIDTH] > above) << bit;
                    }
                    tree.leaves[leaf % LEAVES]
                })
                .sum::<f32>()
    }

    /// As stored: base, then for each tree its questions and leaves; little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.base.to_le_bytes().to_vec();
        for tree in &self.trees {
            for (measure, above) in &tree.questions {
                out.push(*measure);
                out.extend(above.to_le_bytes());
            }
            tree.leaves.iter().for_each(|leaf| out.extend(leaf.to_le_bytes()));
        }
        out
    }

    /// Reads what [`Trees::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let number = |bytes: &[u8]| bytes.try_into().ok().map(f32::from_le_bytes);
        let (base, rest) = bytes.split_at_checked(4)?;
        let stored = rest.chunks_exact(5 * DEPTH + 4 * LEAVES);
        if !stored.remainder().is_empty() {
            return None;
        }
        let trees = stored.map(|bytes| {
            let (questions, leaves) = bytes.split_at(5 * DEPTH);
            let mut tree = Tree { questions: [(0, 0.0); DEPTH], leaves: [0.0; LEAVES] };
            for (question, bytes) in tree.questions.iter_mut().zip(questions.chunks_exact(5)) {
                *question = (bytes[0], number(&bytes[1..])?);
            }
            for (leaf, bytes) in tree.leaves.iter_mut().zip(leaves.chunks_exact(4)) {
                *leaf = number(bytes)?;
            }
            Some(tree)
        });
        Some(Self { base: number(base)?, trees: trees.collect::<Option<_>>()? })
    }
}

/// The model that ships.
pub(crate) fn model_file() -> rashomon_model::ModelFile {
    rashomon_model::ModelFile {
        name: "pages",
        version: 1,
        digest: "2ef863e7754921ed",
        bytes: include_bytes!("../../models/pages.bin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_has_the_digest_that_is_written_down() {
        use sha2::{Digest, Sha256};
        let model = model_file();
        let digest: String = Sha256::digest(model.bytes).iter().take(8).map(|b| format!("{b:02x}")).collect();
        assert_eq!(model.digest, digest);
    }

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
        assert_eq!(Trees::from_bytes(&trees.to_bytes()), Some(trees.clone()));
        assert_eq!(Trees::from_bytes(&trees.to_bytes()[..40]), None);
    }

    #[test]
    fn the_shipped_trees_are_read() {
        assert!(SHIPPED.trees.len() > 50, "{} trees", SHIPPED.trees.len());
    }
}
