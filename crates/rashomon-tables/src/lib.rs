//! How rows become a table on disk: JSON lines or Parquet, typed, the same bytes for the same rows.
//!
//! ```no_run
//! use rashomon_tables::{Column, Format, Kind, Table, Value};
//! let columns = [Column::new("id", Kind::Text), Column::new("score", Kind::Real).optional()];
//! let mut table = Table::create("out".as_ref(), "stories", &columns, Format::Parquet)?;
//! table.row(&[Value::Text("a1"), Value::Real(0.93)])?;
//! table.row(&[Value::Text("a2"), Value::Null])?;
//! let path = table.finish()?; // out/stories.parquet
//! # Ok::<(), rashomon_tables::Error>(())
//! ```
//!
//! A table is written under a name of its own (`stories.parquet.part`) and takes its real name only in
//! [`Table::finish`], so that a reader never sees half a table. Rows stay in the order they were given; memory holds
//! at most [`ROWS_IN_A_GROUP`] rows.

mod error;
mod jsonl;
mod table;
mod typed;

pub use error::Error;
pub use table::{Column, Format, Kind, ROWS_IN_A_GROUP, Table, Value};
