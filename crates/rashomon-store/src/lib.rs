//! What was read and when: one SQLite file with every version of every article, and the stories as they grow.
//!
//! ```text
//! Retrieved ──prepare──▶ Prepared ──Store::put──▶ article, version, index ──Store::group──▶ stories ──Store::collate──▶ collations
//! ```
//!
//! A [`Store`] is one open file. [`Store::open`] writes, [`Store::open_read_only`] only reads; many programs may have one
//! file open, and their writes wait for each other. The crate reads no clock: whoever calls says what time it is.
//! Functions are synchronous and hold no cursor open when they return.
//!
//! | file | holds |
//! | --- | --- |
//! | `schema` | the tables, the views, and how an older store becomes a newer one |
//! | `store` | opening, transactions, waiting for another program |
//! | `blobs` | bytes by their digest, compressed with a dictionary, each only once |
//! | `address` | when two addresses are one |
//! | `identity` | which article a version belongs to, and how that is undone |
//! | `prepare`, `put` | adding a version |
//! | `group` | stories as articles arrive |
//! | `annotations` | what stands where in a version, kept by model |
//! | `noticed` | what was noticed on the way, kept beside what was made |
//! | `collate`, `diff` | comparing a story, and two versions |
//! | `behind` | work that lets others go first: comparing, while people read
//! | `archive` | versions as records of a web archive |
//! | `wait` | waiting for another program that writes |
//! | `keep` | checking, copying, making smaller, letting go |
//! | `watching` | what the watcher keeps |
//! | `outlets` | what a user knows of outlets: owners, zones |
//! | `signal`, `alerts` | what articles say of their own faults; what a person should know of a story |
//! | `rows` | what reading gives |
//! | `articles`, `stories`, `search`, `feeds`, `changes` | reading |
//! | `desk` | what a person keeps beside the findings: notes, cases, what was looked at |

mod address;
mod alerts;
mod annotations;
mod archive;
mod articles;
mod behind;
mod blobs;
mod changes;
mod collate;
mod desk;
mod diff;
mod error;
mod feeds;
mod frozen;
mod group;
mod identity;
mod keep;
mod noticed;
mod outlets;
mod prepare;
mod put;
mod query;
mod rows;
mod schema;
mod search;
mod signal;
mod store;
mod stories;
mod trivial;
mod wait;
mod watching;

pub use address::{Address, normal};
pub use archive::{WarcRecord, warc_info, warc_record};
pub use behind::{behind, step_back};
pub use blobs::{Encoder, digest};
pub use desk::{Case, News, Note, StoryFilter};
pub use diff::{Diff, DiffRow};
pub use error::{Error, Result};
pub use group::Grouped;
pub use keep::{Dropped, Health, Retention};
pub use outlets::Outlet;
pub use prepare::{Prepared, Retrieved, prepare};
pub use put::{Added, Outcome};
pub use rows::{
    AddressRow, Alert, ArticleRow, Change, Feed, Fetch, Hit, Noticed, Page, Pin, QuoteRow, StoredCollation,
    StoryArticle, StoryRow, VersionRow,
};
pub use schema::VERSION;
pub use signal::{Signal, signal};
pub use store::Store;
pub use stories::StoryQuery;
pub use wait::tell_of_waits;
pub use watching::{Asked, FeedLook, FetchLog, PageLook, Task, WatchStatus, host_of};
