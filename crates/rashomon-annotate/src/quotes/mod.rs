//! The layer of quotations: what was said, how it is reported, by whom, with which cue.

mod agents;
mod animacy;
mod attribution;
mod candidates;
mod chain;
mod cues;
mod definites;
mod features;
mod hashing;
mod marks;
pub(crate) use marks::marked;
mod mentions;
mod messages;
mod pairs;
mod persons;
mod reading;
mod relayed;
mod replies;
mod rules;
mod sequence;
mod set_apart;
mod shared_sentences;
mod speakers;
mod subjects;
mod table;
mod trees;
mod turns;
mod weighing;
mod weights;

use crate::words::Word;
use crate::{Annotated, Quote};

/// All quotations of an article, in order of place.
pub(crate) fn quotes(it: &Annotated, words: &[Word]) -> Vec<Quote> {
    attribute(weights::stored(), &Reading::with(it, words))
}

/// All quotations of an article by the weights given, as the trainer needs to measure what it trained.
#[must_use]
pub fn quotes_with(weights: &Weights, it: &Annotated) -> Vec<Quote> {
    attribute(weights, &Reading::new(it))
}

fn attribute(weights: &Weights, reading: &Reading<'_>) -> Vec<Quote> {
    let mut quotes = rules::quotes(reading, &attribution::attributions(weights, reading));
    speakers::resolve(reading.it, &mut quotes);
    animacy::silence(reading.it, &mut quotes);
    quotes
}

pub(crate) use cues::reporting_verb;
pub use features::Content;
pub use pairs::Pairs;
pub use reading::Reading;
pub use table::{Row, rows};
pub(crate) use weights::model_file;
pub use weights::{Table, Weights};

/// What the trainer needs of the model: its candidates and its features.
#[doc(hidden)]
pub mod training {
    pub use super::attribution::{Attribution, attributions};
    pub use super::candidates::{Candidate, by_half, candidates, may_be_cue};
    pub use super::chain::{Chain, LABELS, Row, label};
    pub use super::features::{Around, cue, end, ends, source, sources, start, starts};
    pub use super::sequence::{Lattice, Line, labels, likelihoods, sentences, token};
    pub use super::trees::{DEPTH, Tree, Trees, WIDTH};
    pub use super::weighing::{Field, MEASURES, measures};
}
