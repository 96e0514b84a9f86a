//! How rare a term is in news at large.

use rashomon_model::ModelFile;
use std::sync::OnceLock;

/// Inverse document frequency of a term in the news the table was counted on, at least 1 (Spärck Jones 1972), in [`STEPS`].
///
/// A term that the table does not hold is taken to be rarer than the rarest in it.
pub(crate) fn rarity(key: u32) -> u8 {
    table().steps(key)
}

/// Steps to one unit of inverse document frequency.
pub(crate) const STEPS: f32 = 16.0;
/// Steps from the rarest term in the table to one that is not.
const UNSEEN: u8 = 8;

/// Keys are spread evenly, so their upper halves are places in a list of where the lower halves stand.
struct Table {
    starts: Vec<u32>,
    lower: Vec<u16>,
    steps: Vec<u8>,
    unseen: u8,
}

impl Table {
    fn steps(&self, key: u32) -> u8 {
        let upper = (key >> 16) as usize;
        let range = self.starts[upper] as usize..self.starts[upper + 1] as usize;
        let found = self.lower[range.clone()].iter().position(|it| u32::from(*it) == key & 0xffff);
        found.map_or(self.unseen, |n| self.steps[range.start + n])
    }
}

static BYTES: &[u8] = include_bytes!("../models/rarity.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "rarity", version: 1, digest: "b9e1b34edd644655", bytes: BYTES }
}

/// The stored table is a list of keys in order, each as four bytes, then one byte of rarity.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let bytes = model_file().content();
        let mut it = Table { starts: vec![0; (1 << 16) + 1], lower: Vec::new(), steps: Vec::new(), unseen: 0 };
        for entry in bytes.chunks_exact(5) {
            it.starts[usize::from(u16::from_le_bytes([entry[2], entry[3]])) + 1] += 1;
            it.lower.push(u16::from_le_bytes([entry[0], entry[1]]));
            it.steps.push(entry[4]);
        }
        for n in 0..1 << 16 {
            it.starts[n + 1] += it.starts[n];
        }
        it.unseen = it.steps.iter().max().map_or(0, |most| most + UNSEEN);
        it
    })
}
