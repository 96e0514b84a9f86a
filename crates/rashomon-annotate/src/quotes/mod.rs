//! The layer of quotations: what was said, how it is reported, by whom, with which cue.

mod cues;
mod marks;
mod rules;
mod speakers;

use crate::{Annotated, Quote};

/// All quotations of an article, in order of place.
pub(crate) fn quotes(it: &Annotated) -> Vec<Quote> {
    let mut quotes = rules::quotes(it);
    speakers::resolve(it, &mut quotes);
    quotes
}
