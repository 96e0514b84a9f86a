//! What is known about a language: its words of each kind, as data.
//!
//! Every stage asks a [`Language`] and holds no list of words of its own. What is known lies in `data`, one folder a
//! language, one file a [`Fact`], one entry a line; each file names its source and licence at its head. `data/mul` holds
//! what no single language owns.
//!
//! A language that has no folder is [`Language::of`]'s answer all the same: it knows nothing, and
//! [`Language::has_pack`] says so. Stages then give what depends on no language and leave the rest out.
//!
//! ```
//! use rashomon_language::{Fact, Language};
//!
//! let english = Language::of(Some("en"));
//! assert_eq!(english.list(Fact::GivenNames).get("Ada"), Some("f"));
//! assert!(!Language::of(Some("tlh")).has_pack());
//! ```

mod countries;
pub mod crossing;
mod fact;
mod language;
mod list;
mod packs;
mod words;

pub use countries::{Country, CountryWord};
pub use fact::Fact;
pub use language::Language;
pub use list::List;
pub use words::WordSet;
