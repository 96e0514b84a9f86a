//! Digests as text.

use sha2::{Digest, Sha256};

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// The tag by which an answer is known again.
pub(crate) fn tag(body: &str) -> String {
    format!("\"{}\"", &hex(&Sha256::digest(body))[..20])
}
