//! The program from outside.
//!
//! One program of tests, so that it is linked once.

mod check;
mod command;
mod desk;
mod explain;
mod group;
mod lineage;
mod manners;
mod ninjs;
mod quotes;
#[cfg(feature = "watch")]
mod store;
#[cfg(feature = "watch")]
mod watched;
