//! Learned weights that are part of the program.

/// A file of learned weights, or of counts, that is part of the program.
///
/// It begins with a line of [`ModelFile::HEADER`] bytes that names the model and the version of its features: weights that
/// were learned on other features would give answers, and wrong ones.
#[derive(Clone, Copy)]
pub struct ModelFile {
    /// Its name, such as `tagger`.
    pub name: &'static str,
    /// Version of the features that the program gives it; raised with every change to them.
    pub version: u32,
    /// The first 16 hexadecimal digits of the file's SHA-256, by which documents name the model: written down, so that no run
    /// has to read ten megabytes for it. Tests hold it against the bytes.
    pub digest: &'static str,
    /// What is in the file.
    pub bytes: &'static [u8],
}

impl ModelFile {
    /// Bytes of the header: a cache line, so that what follows is aligned as the file is.
    pub const HEADER: usize = 64;

    /// The header that such a file begins with.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut header = format!("rashomon model {} {}", self.name, self.version).into_bytes();
        header.resize(Self::HEADER - 1, b' ');
        header.push(b'\n');
        header
    }

    /// What stands behind the header.
    ///
    /// # Panics
    /// If the file is another model, or of another version of the features: the program was put together wrongly.
    #[must_use]
    pub fn content(&self) -> &'static [u8] {
        let (header, content) = self.bytes.split_at_checked(Self::HEADER).unwrap_or((self.bytes, &[]));
        assert!(
            header == self.header(),
            "the file of model {} says {:?}, but this program needs version {}: train it again",
            self.name,
            String::from_utf8_lossy(header).trim_end(),
            self.version
        );
        content
    }
}

#[cfg(test)]
mod tests {
    use super::ModelFile;

    #[test]
    fn a_model_of_other_features_is_refused_loudly() {
        let model = |version, bytes| ModelFile { name: "bells", version, digest: "", bytes };
        let bytes: &'static [u8] = [model(1, &[]).header(), b"weights".to_vec()].concat().leak();
        assert_eq!(model(1, bytes).content(), b"weights");
        assert!(std::panic::catch_unwind(|| model(2, bytes).content().len()).is_err());
        assert!(std::panic::catch_unwind(|| model(1, b"weights").content().len()).is_err());
    }
}
