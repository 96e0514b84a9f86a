//! Which reports are about the same event.
//!
//! One mechanism, two ways in: [`group`] for the few annotated articles of a comparison, [`Grouper`] for millions of light
//! ones. Of each article a [`Record`] is kept: its weightiest terms ([`sketch`]). Articles that share rare terms within
//! the window of time are compared ([`candidates`]); beginning with the surest, clusters are joined as long as a learned
//! measure of two clusters says that they report one event ([`cluster`], [`linkage`]). Joining whole clusters, not pairs,
//! keeps apart two events of one kind: what most reports of one event name, the reports of the other do not.
//!
//! **Window.** Two dated articles more than ten days apart are not compared, however alike: later reports tell of the next
//! turn, the anniversary or the trial, which are other events. A story may still last longer, by way of articles between;
//! a cluster's days are a span, and what falls into the span of a story is not far from it.
//!
//! **Order.** Records are put in order by time, id and content before anything else, so neither the order of input nor the
//! number of threads changes a story, and an article that comes late is placed as if it had come in time; if that merges
//! or splits stories of an earlier run, this is told as events.
//!
//! **Runs.** What a run leaves is what each article is near to and its story ([`Grouper::resume`]). The next one looks again
//! only at what a new article may be near to, which the window bounds, and groups again only the stories that may come out
//! otherwise ([`regions`]); the stories are those of one run over all.
//!
//! **Blocks.** Days can be cut into blocks that are linked apart, on other threads or other machines ([`blocks`]): neighbouring
//! blocks must agree on what lies at their border, and then the stories are those of one run over all.
//!
//! **Faults** of the program itself cost one article its place among the others, or one pair its comparison, and are told as
//! notes ([`faults`]).
//!
//! **Headline.** A story is called by the newest headline that tells what most of its reports tell ([`headline`]).
//!
//! **Undated articles** stand last, look for what is near among all articles, and gain or lose nothing by days; dated ones
//! look among dated ones only, so that what is undated never crowds out what is of the day. The same
//! article twice is one; different articles under one id are told apart as `id#2`, `id#3`, in the order of records.

mod articles;
mod asides;
pub mod blocks;
mod candidates;
mod cluster;
mod faults;
mod grouper;
mod headline;
mod ids;
#[doc(hidden)]
pub mod learn;
mod linkage;
mod linked;
mod parents;
mod past;
mod pins;
mod rarity;
mod record;
mod regions;
pub mod rules;
mod sketch;
mod story;
mod terms;
mod why;

pub use articles::group;
pub use grouper::{Event, Grouper, Placed, Placement, Remembered, probability};
pub use headline::headline;
pub use linkage::Weights;
pub use linked::{Link, link, link_placements};
pub use pins::Pins;
pub use record::{Light, Record};
pub use story::{Join, Story};
pub use why::{Why, explain, missing, why};

/// The models of this stage.
#[must_use]
pub fn models() -> Vec<rashomon_model::ModelFile> {
    vec![rarity::model_file(), linkage::model_file()]
}
