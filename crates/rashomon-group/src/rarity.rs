//! How rare a term is in news at large.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Inverse document frequency of a term in the news the table was counted on, at least 1 (Spärck Jones 1972).
///
/// A term that the table does not hold is taken to be as rare as the rarest in it.
pub(crate) fn rarity(key: u32) -> f32 {
    let table = table();
    table.steps.get(&key).map_or(table.unseen, |step| f32::from(*step) / STEPS)
}

/// Steps to one unit of inverse document frequency.
pub(crate) const STEPS: f32 = 16.0;

struct Table {
    steps: FxHashMap<u32, u8>,
    unseen: f32,
}

/// The table is a list of keys in order, each the difference from the one before as four bytes, then one byte of rarity.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let bytes = include_bytes!("../models/rarity.bin");
        let mut steps = FxHashMap::default();
        let mut highest = 0;
        for entry in bytes.chunks_exact(5) {
            let key = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
            steps.insert(key, entry[4]);
            highest = highest.max(entry[4]);
        }
        Table { steps, unseen: f32::from(highest) / STEPS + 0.5 }
    })
}
