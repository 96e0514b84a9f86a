//! Learned weights that are part of the program.

/// A file of learned weights, or of counts, that is part of the program.
#[derive(Clone, Copy)]
pub struct ModelFile {
    /// Its name, such as `tagger`.
    pub name: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}
