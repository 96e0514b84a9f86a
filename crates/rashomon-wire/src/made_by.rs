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
            let models = models().map(|m| (m.name.to_owned(), m.digest.to_owned())).collect();
            Self { version: env!("CARGO_PKG_VERSION").to_owned(), models }
        })
    }
}

/// The models of all stages.
#[cfg(feature = "findings")]
fn models() -> impl Iterator<Item = rashomon_model::ModelFile> {
    let stages =
        [rashomon_annotate::models(), rashomon_group::models(), rashomon_lineage::models(), rashomon_compare::models()];
    stages.into_iter().flatten()
}

/// The first 16 hexadecimal digits of the SHA-256 of `bytes`.
#[cfg(feature = "findings")]
pub(crate) fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(all(test, feature = "findings"))]
mod tests {
    use super::*;

    #[test]
    fn every_model_has_the_digest_that_is_written_down() {
        let wrong: Vec<_> = models()
            .map(|m| (m.name, m.digest.to_owned(), digest(m.bytes)))
            .filter(|(_, written, is)| written != is)
            .collect();
        assert!(wrong.is_empty(), "name, written down, and what it is: {wrong:?}");
        assert!(models().count() >= 10);
    }
}
