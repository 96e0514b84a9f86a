//! What can go wrong when an input is opened or read.

use std::fmt;

/// An input that could not be read, with its place.
#[derive(Debug)]
pub struct Error {
    place: String,
    message: String,
}

impl Error {
    pub(crate) fn new(place: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { place: place.into(), message: message.to_string() }
    }

    /// An error of a reader of another format: what is wrong at `place`.
    #[must_use]
    pub fn said(place: impl Into<String>, message: impl fmt::Display) -> Self {
        Self::new(place, message)
    }

    /// The file, or file and line.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for Error {}
