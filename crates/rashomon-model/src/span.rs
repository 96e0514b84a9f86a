//! Where in a text something stands: half-open byte ranges.

use std::fmt;

/// A half-open range `start..end` of UTF-8 byte offsets into one text.
///
/// Eight bytes and `Copy`. Whoever makes a span makes it on character boundaries of the text it belongs to;
/// [`Span::checked`] verifies that, and [`Span::text`] gives the empty string for a span that does not fit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    ///
    /// # Panics
    /// If `start > end` or `end` does not fit into 32 bits; readers refuse texts of 4 GiB or more.
    #[inline]
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "checked by the assertion")]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end && end <= u32::MAX as usize, "span {start}..{end} is not a range");
        Self { start: start as u32, end: end as u32 }
    }

    /// The span `start..end`, if both ends lie inside `text` on character boundaries.
    #[must_use]
    pub fn checked(text: &str, start: usize, end: usize) -> Option<Self> {
        (start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)).then(|| Self::new(start, end))
    }

    /// First byte.
    #[inline]
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[inline]
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes as a standard range.
    #[inline]
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies wholly inside.
    #[inline]
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[inline]
    #[must_use]
    pub fn holds(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether the two share at least one byte.
    #[inline]
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Number of bytes the two share.
    #[inline]
    #[must_use]
    pub fn shared(self, other: Self) -> usize {
        (self.end.min(other.end) as usize).saturating_sub(self.start.max(other.start) as usize)
    }

    /// The smallest span that holds both.
    #[inline]
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The piece of `text` the span points at, or `""` if it does not fit.
    #[inline]
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let piece = self.text(text);
        let start = self.start() + (piece.len() - piece.trim_start().len());
        Self::new(start, start + piece.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A normalised value and the place in the text it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn checked_refuses_the_middle_of_a_character() {
        assert_eq!(Span::checked("é", 0, 1), None);
        assert_eq!(Span::checked("é", 0, 2), Some(Span::new(0, 2)));
        assert_eq!(Span::checked("é", 0, 3), None);
    }

    #[test]
    fn neighbours_do_not_overlap() {
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)));
        assert_eq!(Span::new(0, 3).shared(Span::new(2, 4)), 1);
    }

    #[test]
    fn trimming_keeps_to_characters() {
        let text = " “a” ";
        assert_eq!(Span::new(0, text.len()).trimmed(text).text(text), "“a”");
    }
}
