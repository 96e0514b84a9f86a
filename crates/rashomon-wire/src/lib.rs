//! What goes out and can come back: the types behind every JSON that Rashomon prints, both ways.
//!
//! | type | printed by |
//! | --- | --- |
//! | [`Article`] | `rashomon read`, and with [`Layers`] `rashomon annotate` |
//! | [`Collation`] | `rashomon collate --format json`; its stories are [`Story`] |
//! | [`Checked`] | `rashomon check --format json` |
//!
//! All of them are plain data: public fields, `Serialize`, `Deserialize`, `JsonSchema` and `PartialEq`. Keys are fixed by a
//! contract with others: adding one is free, renaming or dropping one is a new [`COLLATION_SCHEMA`].
//!
//! An article that went out comes back as it was, byte for byte, with [`Article::into_model`]. Its layers are not read back
//! into the engine: they follow from the article and the models, so annotating it again gives them, and a file that was
//! written by an older model is never mixed with findings of a newer one.
//!
//! ```
//! use rashomon_model as model;
//! use rashomon_wire::Article;
//!
//! let article = model::Article { id: "a1".into(), text: "It rained.".into(), ..model::Article::default() };
//! let line = rashomon_wire::json(&Article::new(&article));
//! assert_eq!(Article::from_json(line.as_bytes())?.into_model()?, article);
//! # Ok::<(), rashomon_wire::Error>(())
//! ```

mod article;
mod checked;
mod collation;
mod error;
#[cfg(feature = "findings")]
mod findings;
#[cfg(feature = "findings")]
mod ids;
mod kinds;
mod layers;
mod made_by;
mod moment;
#[cfg(feature = "findings")]
mod quote_row;
mod raw;
#[cfg(feature = "findings")]
mod reasons;
mod schema;
mod span;
mod story;

pub use article::{Article, Declared};
pub use checked::{Checked, CheckedDifference, CheckedForm};
pub use collation::Collation;
pub use error::Error;
#[cfg(feature = "findings")]
pub use ids::{event_id, point_id, unique, utterance_id};
pub use kinds::{
    Act, Approximation, ChangeKind, ConflictKind, DeclaredKind, DifferenceKind, EditKind, FormRelation, NameKind,
    QuoteKind, RelationKind, Status, TimeKind, Touch, Zone,
};
pub use layers::{Layers, Name, Number, Quote, TimeExpression};
pub use made_by::MadeBy;
pub use moment::{Dated, Offsets};
#[cfg(feature = "findings")]
pub use quote_row::QuoteRow;
pub use raw::Raw;
#[cfg(feature = "findings")]
pub use reasons::{reasons, reasons_found};
pub use schema::{ARTICLE_SCHEMA, ArticleSchema, COLLATION_SCHEMA, CollationSchema, schema_of};
pub use span::{Anchor, Span};
pub use story::{
    Change, Conflict, Difference, Edit, Event, Form, Framing, Independent, Join, Owned, Point, Relation, Revision,
    Story, Term, Utterance, Value, Voice, VoiceShare,
};

/// One line of JSON, without a line end.
#[must_use]
pub fn json(it: &impl serde::Serialize) -> String {
    serde_json::to_string(it).unwrap_or_default()
}

/// The JSON Schema (draft 2020-12) of a [`Collation`].
#[must_use]
pub fn collation_schema() -> String {
    let schema = schemars::schema_for!(Collation);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
