//! Names.

use crate::{Annotated, Entity, Name};

/// The names of an article and the things they name.
pub(crate) fn names(_it: &Annotated) -> (Vec<Name>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
