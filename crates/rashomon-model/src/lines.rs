//! Byte offsets to line and column, for people. Used only when something is shown.

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// The index of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect() }
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&s| s <= offset).saturating_sub(1);
        let column = text.get(self.starts[line]..offset).map_or(0, |t| t.chars().count());
        (line + 1, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn columns_count_characters() {
        let text = "a\né b";
        assert_eq!(LineIndex::new(text).line_column(text, 5), (2, 3));
        assert_eq!(LineIndex::new(text).line_column(text, 0), (1, 1));
    }
}
