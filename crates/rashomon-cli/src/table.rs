//! Tables of a run: begun under another name, and alone of theirs when they are done.

use crate::interrupt;
use rashomon_tables::{Column, Error, Format, Table};
use std::path::{Path, PathBuf};

/// A table that vanishes if the run is interrupted before it has its name.
pub(crate) fn begin(dir: &Path, name: &str, columns: &[Column], format: Format) -> Result<Table, Error> {
    interrupt::begun(&part(dir, name, format));
    Table::create(dir, name, columns, format)
}

/// Ends a table; one of the same name in another form is of an earlier run and would contradict it.
pub(crate) fn finish(dir: &Path, name: &str, table: Table, format: Format) -> Result<(), Error> {
    table.finish()?;
    interrupt::ended(&part(dir, name, format));
    for other in [Format::Jsonl, Format::Parquet].into_iter().filter(|it| *it != format) {
        let _ = std::fs::remove_file(dir.join(format!("{name}.{}", other.extension())));
    }
    Ok(())
}

fn part(dir: &Path, name: &str, format: Format) -> PathBuf {
    dir.join(format!("{name}.{}.part", format.extension()))
}
