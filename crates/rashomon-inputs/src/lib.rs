//! Inputs of other kinds to records: feeds, sitemaps, web archives, tables, what agencies send.
//!
//! [`records`] opens any input that [`rashomon_read::records`] opens, and those it does not, told apart by content. What is
//! no page becomes a row of JSON with the contract's own keys, which is then read like any other row; what is a page stays a
//! page, with the address and the time it was retrieved beside it.
//!
//! | file | reads |
//! | --- | --- |
//! | `open` | opening and telling apart |
//! | `feed` | RSS, Atom, JSON Feed |
//! | `sitemap`, `opml` | what lists articles and feeds |
//! | `warc`, `wacz` | web archives |
//! | `table` | CSV, Parquet |
//! | `newsml`, `ninjs` | NewsML-G2 and ninjs 1 to 3 |
//! | `xml` | the little of XML that these share, without recursion |
//!
//! Every reader has limits: bytes of a document, of a record, entries of an archive, and what they unpack to.

mod feed;
mod newsml;
mod ninjs;
mod open;
mod opml;
mod sitemap;
mod table;
mod wacz;
mod warc;
mod xml;

pub use feed::{Entry, Feed, feed};
pub use newsml::newsml;
pub use ninjs::ninjs;
pub use open::{Items, MOST, Options, Source, records, records_in};
pub use opml::{opml, write_opml};
pub use sitemap::{Sitemap, sitemap};
pub use warc::warc;
