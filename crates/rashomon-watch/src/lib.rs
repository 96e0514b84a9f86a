//! Reads feeds and articles again and again, politely, into a store.
//!
//! | file | holds |
//! | --- | --- |
//! | `guard` | which addresses may be reached |
//! | `fetch` | one request, within limits |
//! | `robots` | what a host asks not to be fetched |
//! | `hints` | what a server says about when to come back |
//! | `ladder` | when to look again |
//! | `watcher` | what is asked next, and what becomes of the answer; no clock, no net |
//! | `run` | watching by the clock on the wall |
//! | `stop` | the end of a run, and what it waits for |
//! | `once` | addresses on a command line |
//! | `settings` | the configuration file |

mod fetch;
mod guard;
mod hints;
mod ladder;
mod once;
mod robots;
mod run;
mod settings;
mod stop;
mod watcher;

pub use fetch::{Answer, Ask, Failed, Fetcher, Limits, Net};
pub use guard::{Block, Guard};
pub use hints::{Hints, date};
pub use ladder::{FEED, LONGEST_WISH, after_failure, next_look, next_poll};
pub use once::Once;
pub use robots::Robots;
pub use run::{Run, Told, run};
pub use settings::{FeedSetting, OutletSetting, Settings};
pub use stop::Stop;
pub use watcher::{Done, Job, Manners, Next, Watcher, put};
