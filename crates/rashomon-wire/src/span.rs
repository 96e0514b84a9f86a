//! Spans and anchors on the wire.

use crate::Error;
use rashomon_model as model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Half-open range of UTF-8 byte offsets into the article's `text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span(pub usize, pub usize);

impl From<model::Span> for Span {
    fn from(it: model::Span) -> Self {
        Self(it.start(), it.end())
    }
}

impl Span {
    /// The engine's span, if it lies in `text` on character boundaries.
    ///
    /// # Errors
    /// If it does not; `what` names it in the message.
    pub fn within(self, text: &str, what: &str) -> Result<model::Span, Error> {
        let Self(start, end) = self;
        model::Span::checked(text, start, end)
            .ok_or_else(|| Error::new(format_args!("{what} [{start}, {end}] does not lie in the text")))
    }

    /// The engine's span into bytes that are not at hand.
    pub(crate) fn unchecked(self, what: &str) -> Result<model::Span, Error> {
        let Self(start, end) = self;
        if start > end || u32::try_from(end).is_err() {
            return Err(Error::new(format_args!("{what} [{start}, {end}] is not a range")));
        }
        Ok(model::Span::new(start, end))
    }
}

/// The wire's spans of the engine's.
pub(crate) fn spans(it: &[model::Span]) -> Vec<Span> {
    it.iter().map(|s| (*s).into()).collect()
}

/// A span of one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// Its id.
    pub article: String,
    /// Where in its text.
    pub span: Span,
}
