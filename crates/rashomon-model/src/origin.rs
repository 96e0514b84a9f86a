//! How an article's text maps back to the bytes it was retrieved as.

use crate::Span;

/// One stretch of article text and the stretch of retrieved bytes it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginPiece {
    /// In the article's text.
    pub text: Span,
    /// In the retrieved bytes.
    pub source: Span,
}

/// The map from article text to retrieved bytes: pieces in order of `text`, not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pieces: Vec<OriginPiece>,
}

impl Origin {
    /// A map of `pieces`, which are put in order of their place in the text.
    #[must_use]
    pub fn new(mut pieces: Vec<OriginPiece>) -> Self {
        pieces.sort_by_key(|p| (p.text, p.source));
        Self { pieces }
    }

    /// All pieces, in order of their place in the text.
    #[must_use]
    pub fn pieces(&self) -> &[OriginPiece] {
        &self.pieces
    }

    /// The smallest stretch of retrieved bytes that holds everything `span` was made from.
    ///
    /// Pieces as long as their source run byte by byte; of others, such as character references, the whole source counts.
    #[must_use]
    pub fn source_of(&self, span: Span) -> Option<Span> {
        let from = self.pieces.partition_point(|p| p.text.end() <= span.start());
        let touched = self.pieces[from..].iter().take_while(|p| p.text.start() < span.end());
        let sources = touched.map(|p| {
            if p.text.len() != p.source.len() {
                return p.source;
            }
            let (start, end) = (p.text.start().max(span.start()), p.text.end().min(span.end()));
            let shift = |at: usize| at - p.text.start() + p.source.start();
            Span::new(shift(start), shift(end))
        });
        sources.reduce(Span::cover)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_over_two_pieces_covers_both_sources() {
        let piece = |t: (usize, usize), s: (usize, usize)| OriginPiece {
            text: Span::new(t.0, t.1),
            source: Span::new(s.0, s.1),
        };
        let origin = Origin::new(vec![piece((5, 9), (40, 44)), piece((0, 4), (10, 14))]);
        assert_eq!(origin.source_of(Span::new(2, 6)), Some(Span::new(12, 41)));
        assert_eq!(origin.source_of(Span::new(4, 5)), None);
    }
}
