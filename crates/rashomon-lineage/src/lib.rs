//! Who took what from whom: relations between reports, their kind and their direction.
//!
//! [`lineage`] answers it for the reports of one story, with all layers of annotation; [`Finder`] for a whole corpus. Texts
//! are held against each other by [`align`] and judged by `relate`. Its thresholds were set by reading examples; no labelled set measured them.

pub mod align;
mod cited;
mod copies;
mod direction;
mod find;
mod found;
mod held;
mod independence;
mod index;
mod lineage;
mod own;
mod owners;
mod publishers;
mod reason;
mod relate;
pub mod rules;
mod sequence;
mod side;
mod sketch;
mod slips;
mod sources;
mod stock;
mod story;
mod translation;
mod words;

/// The models inside this stage.
#[must_use]
pub fn models() -> Vec<rashomon_model::ModelFile> {
    vec![translation::model_file()]
}

pub use align::{Aligner, Block, Run};
pub use copies::{CopyLevel, Shares, copy_level, shares};
pub use find::Finder;
pub use found::{Card, Found};
pub use held::{Candidate, Candidates, held, settled};
pub use independence::independence;
pub use lineage::{Edit, EditKind, Independence, Kind, Lineage, Passage, Relation};
pub use owners::Owners;
pub use reason::{Party, Reason, Stamp};
pub use sketch::{Seen, Sketch};
pub use sources::{declared_names, source_key};
pub use story::lineage;
pub use translation::{Bars, Crossed, Sayings, Shared, Told, cross, cross_with, crossed};
pub use words::Words;

use direction::Direction;
