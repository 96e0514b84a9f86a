//! Reads many accounts of one event and shows, with proof, how they relate.
//!
//! ```text
//! bytes ──read──▶ Article ──annotate──▶ Annotated ──▶ Corpus ──group──▶ Story ──compare──▶ Collation ──report──▶ text, HTML, JSON
//! ```
//!
//! Each stage is a function in a crate of its own, re-exported here under the stage's name; [`collate`] runs them all.
//!
//! | feature | brings | without it |
//! | --- | --- | --- |
//! | `read` | files, HTML and JSONL to articles | articles are made by hand, or by `wire` |
//! | `report` | text, Markdown and HTML for people | JSON by `wire` |
//!
//! Both are there by default.

pub use rashomon_annotate as annotate;
pub use rashomon_compare as compare;
pub use rashomon_group as group;
pub use rashomon_language as language;
pub use rashomon_lineage as lineage;
pub use rashomon_model as model;
#[cfg(feature = "read")]
pub use rashomon_read as read;
#[cfg(feature = "report")]
pub use rashomon_report as report;
pub use rashomon_wire as wire;

mod options;
mod pipeline;
#[cfg(feature = "read")]
pub mod rows;
mod rules;

pub use options::Options;
pub use pipeline::{Collated, annotate_all, assume_datelines, collate, collate_with, stories};
pub use rules::{StageRules, rule, rules};

/// The examples of pages outside the code, compiled.
#[cfg(all(doctest, feature = "read"))]
mod pages {
    #[doc = include_str!("../../../README.md")]
    struct Readme;
    #[doc = include_str!("../../../docs/book/src/library.md")]
    struct Library;
}
