//! The layer of times.

use crate::{Annotated, Time};

/// All times of an article.
pub(crate) fn times(_it: &Annotated) -> Vec<Time> {
    Vec::new()
}
