//! Reads many accounts of one event and shows, with proof, how they relate.
//!
//! ```text
//! bytes ──read──▶ Article ──annotate──▶ Annotated ──▶ Corpus ──group──▶ Story ──compare──▶ Collation ──report──▶ text, HTML, JSON
//! ```
//!
//! Each stage is a function in a crate of its own, re-exported here under the stage's name; [`collate`] runs them all.

pub use rashomon_annotate as annotate;
pub use rashomon_compare as compare;
pub use rashomon_group as group;
pub use rashomon_language as language;
pub use rashomon_lineage as lineage;
pub use rashomon_model as model;
pub use rashomon_read as read;
pub use rashomon_report as report;
pub use rashomon_wire as wire;

mod pipeline;
mod rules;

pub use pipeline::{Collated, annotate_all, collate};
pub use rules::{StageRules, rule, rules};
