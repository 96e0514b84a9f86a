//! Reads feeds and articles again and again, politely, into a store.
//!
//! | file | holds |
//! | --- | --- |
//! | `guard` | which addresses may be reached |
//! | `robots` | what a host asks not to be fetched |
//! | `hints` | what a server says about when to come back |
//! | `ladder` | when to look again |

mod guard;
mod hints;
mod ladder;
mod robots;

pub use guard::{Block, Guard};
pub use hints::{Hints, date};
pub use ladder::{FEED, LONGEST_WISH, after_failure, next_look, next_poll};
pub use robots::Robots;
