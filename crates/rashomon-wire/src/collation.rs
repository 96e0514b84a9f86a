//! The document that `collate` prints.

use crate::{Article, CollationSchema, Error, MadeBy, Story};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `rashomon collate --format json` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Rashomon collation")]
pub struct Collation {
    /// Name and version of this schema.
    pub schema: CollationSchema,
    /// All articles, annotated, in order of id.
    pub articles: Vec<Article>,
    /// The stories, each with what was found.
    pub stories: Vec<Story>,
    /// Which program and which models made it.
    pub made_by: MadeBy,
}

impl Collation {
    /// Reads a document that `collate --format json` printed.
    ///
    /// # Errors
    /// If it is no such JSON, or of another version of the schema.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        // The schema first: an older document is told by its version, not by the first key that it lacks.
        if let Some(schema) = crate::schema_of(json) {
            serde_json::from_value::<CollationSchema>(schema.into()).map_err(Error::new)?;
        }
        serde_json::from_slice(json).map_err(Error::new)
    }
}
