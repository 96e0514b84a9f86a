//! What was marked by reading, and a pair to learn from.

use rashomon::compare::joins::Pair;

/// Stories that were marked by reading: those that came with the issue, and those of the repository.
pub(crate) const MARKED: [&str; 2] = ["../shared/data/points/dev.jsonl", "crates/rashomon-eval/marks/points.jsonl"];
/// Articles among which the others are found.
pub(crate) const POOL: &str = "../shared/data/stream/allsides.jsonl.gz";

/// A pair to learn from: its measures, and whether it states a common fact.
pub(crate) struct Judged {
    pub(crate) pair: Pair,
    pub(crate) right: bool,
    /// How much it counts: a pair that states a fact, by the weight of the weightiest.
    pub(crate) weight: f32,
}
