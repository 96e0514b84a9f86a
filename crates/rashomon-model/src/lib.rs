//! The words every other crate speaks: what an article, a span, an anchor and a note are.
//!
//! | word | meaning |
//! | --- | --- |
//! | [`Span`] | half-open range of UTF-8 byte offsets into one article's text |
//! | [`Anchor`] | a span together with the article it points into |
//! | [`Spanned`] | a normalised value and the place it was read from |
//! | [`Article`] | one retrieved report: frozen text and what the page says about itself |
//! | [`Moment`] | a point in time with the precision and the zone it was written with |
//! | [`Note`] | a problem in an input that did not stop the work |
//! | [`Fault`] | a fault of the program itself, met on one input and survived |
//! | [`Agency`] | a news agency, picture agency or masthead, under all its names |
//! | [`ModelFile`] | learned weights inside the program, under a name |
//! | [`math`] | logarithms and powers that are the same on every machine |
//! | [`Rule`] | the rule behind a statement: one of those that are registered |
//! | [`Unit`] | what a number is of: a currency, a measure, a share, or things that are counted |
//! | [`RuleEntry`] | what is known about a rule: what it finds, why that matters, an example, when it is wrong |
//!
//! Nothing here reads files, the clock or the environment, and nothing here depends on another crate of ours.

mod agency;
mod anchor;
mod article;
mod calendar;
mod fault;
mod lines;
pub mod math;
mod model_file;
mod moment;
mod note;
mod origin;
mod rule;
mod span;
mod unit;

pub use agency::{Agency, agency, agency_names, is_outlet};
pub use anchor::{Anchor, ArticleId};
pub use article::{Article, AssumedZones, Declared, DeclaredKind};
pub use calendar::{MONTHS, WEEKDAYS, month, short_weekday, weekday};
pub use fault::{Fault, survive, survive_faults};
pub use lines::LineIndex;
pub use model_file::ModelFile;
pub use moment::{Moment, Precision};
pub use note::{Note, Noted, Severity};
pub use origin::{Origin, OriginPiece};
pub use rule::{ExampleReport, Rule, RuleEntry};
pub use span::{Span, Spanned};
pub use unit::{Currency, Measure, Quantity, Unit};
