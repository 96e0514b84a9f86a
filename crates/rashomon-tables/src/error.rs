//! What can go wrong while a table is written.

use std::{fmt, path::Path};

/// A table that could not be written, with its path.
#[derive(Debug)]
pub struct Error {
    message: String,
}

impl Error {
    pub(crate) fn new(path: &Path, message: impl fmt::Display) -> Self {
        Self { message: format!("{}: {message}", path.display()) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
