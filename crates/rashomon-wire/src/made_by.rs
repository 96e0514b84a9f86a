//! Which program and which models made a document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which program and which models made a document: the same of both and the same articles give the same document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MadeBy {
    /// Version of the program.
    pub version: String,
    /// Digest of each model, by its name.
    pub models: BTreeMap<String, String>,
}

#[cfg(feature = "findings")]
impl MadeBy {
    /// This program and the models inside it.
    #[must_use]
    pub fn this() -> &'static Self {
        static THIS: std::sync::OnceLock<MadeBy> = std::sync::OnceLock::new();
        THIS.get_or_init(|| {
            let all = [
                rashomon_annotate::models(),
                rashomon_group::models(),
                rashomon_lineage::models(),
                rashomon_compare::models(),
            ];
            let models = all.into_iter().flatten().map(|m| (m.name.to_owned(), digest(m.bytes))).collect();
            Self { version: env!("CARGO_PKG_VERSION").to_owned(), models }
        })
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
#[cfg(feature = "findings")]
pub(crate) fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect()
}
