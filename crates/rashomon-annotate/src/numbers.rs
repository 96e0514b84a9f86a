//! The layer of numbers.

use crate::{Annotated, Number};

/// All numbers of an article.
pub(crate) fn numbers(_it: &Annotated) -> Vec<Number> {
    Vec::new()
}
