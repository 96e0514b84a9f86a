//! Where do trained models go? Into their files, behind the header that names model and features.

use std::io;
use std::path::Path;

/// Writes the content of the model of that name. Its digest is then another; a test tells which to write into its
/// `ModelFile`.
///
/// # Errors
/// If the program has no such model, or the file cannot be written.
pub(crate) fn write(path: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let all = [
        rashomon::read::models(),
        rashomon::annotate::models(),
        rashomon::group::models(),
        rashomon::lineage::models(),
        rashomon::compare::models(),
    ];
    let model = all.into_iter().flatten().find(|m| m.name == name);
    let model = model.ok_or_else(|| io::Error::other(format!("the program has no model {name}")))?;
    std::fs::write(path, [model.header(), content.to_vec()].concat())
}
