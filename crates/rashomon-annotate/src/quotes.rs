//! The layer of quotes.

use crate::{Annotated, Quote};

/// All quotes of an article.
pub(crate) fn quotes(_it: &Annotated) -> Vec<Quote> {
    Vec::new()
}
