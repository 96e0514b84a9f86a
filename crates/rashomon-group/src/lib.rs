//! Which reports are about the same event.
//!
//! One mechanism, two ways in: [`group`] for the few annotated articles of a comparison, [`Grouper`] for millions of light
//! ones. Of each article a [`Record`] is kept: its weightiest terms ([`sketch`]). Articles that share rare terms within
//! the window of time are compared ([`candidates`]); beginning with the surest, clusters are joined as long as a learned
//! measure of two clusters says that they report one event ([`cluster`], [`linkage`]). Joining whole clusters, not pairs,
//! keeps apart two events of one kind: what most reports of one event name, the reports of the other do not.

mod articles;
mod candidates;
mod cluster;
mod function_words;
mod grouper;
pub mod learn;
mod linkage;
mod pins;
mod rarity;
mod record;
mod sketch;
mod story;
mod terms;
mod why;

pub use articles::group;
pub use grouper::{Grouper, Placement};
pub use linkage::Weights;
pub use pins::Pins;
pub use record::{Light, Record};
pub use story::{Join, Story};
pub use why::{Why, explain, missing, why};
