//! What other machines kept of articles, put together here: `group --records DIR`.
//!
//! `rashomon.spark.sketch` of the Python package writes such a folder: Parquet files with a column `row`, what stories and
//! lineage keep of an article, and `text`. The tables are those of one run over all the articles.

use crate::console::Console;
use crate::exit::Failure;
use parquet::file::reader::SerializedFileReader;
use parquet::record::Row as Columns;
use parquet::record::reader::RowIter;
use rashomon::rows::{Row, Rows, Tables};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The tables of all records in the files below `dir`.
pub(crate) fn tables(dir: &Path, console: &mut Console) -> Result<Tables, Failure> {
    console.doing("reading");
    let (files, errors) = rashomon::read::files_below(dir);
    errors.iter().for_each(|e| console.omitted(&e.to_string()));
    let is_table = |it: &PathBuf| it.extension().is_some_and(|ending| ending == "parquet");
    let mut rows: Rows<String> = Rows::default();
    for file in files.into_iter().filter(is_table) {
        read(&file, &mut rows, console).map_err(|e| Failure::nothing(format!("{}: {e}", file.display())))?;
    }
    if rows.is_empty() {
        return Err(Failure::nothing(format!("{}: no records in this folder", dir.display())));
    }
    console.doing("grouping");
    let tables = rows.tables();
    tables.notes.iter().for_each(|it| console.note(it));
    Ok(tables)
}

/// Adds the records of one file. Half a corpus has other stories than the whole: what cannot be read ends the run.
fn read(path: &Path, rows: &mut Rows<String>, console: &mut Console) -> Result<(), String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let reader = SerializedFileReader::new(file).map_err(|e| e.to_string())?;
    let mut taken = 0;
    for (number, columns) in (1_usize..).zip(RowIter::from_file_into(Box::new(reader))) {
        let columns = columns.map_err(|e| e.to_string())?;
        if let Some(why) = string(&columns, "note") {
            // Left out where it was read.
            console.omitted(&format!("{}: {why}", path.display()));
            continue;
        }
        let row = bytes(&columns, "row").ok_or_else(|| format!("row {number} has no column `row`: no records"))?;
        let row = Row::decode(row)
            .ok_or_else(|| format!("row {number} is damaged, or was made by another version of the program"))?;
        rows.add(row, string(&columns, "text").unwrap_or_default().to_owned());
        taken += 1;
    }
    console.advance(taken, 0);
    Ok(())
}

fn bytes<'a>(columns: &'a Columns, name: &str) -> Option<&'a [u8]> {
    use parquet::record::Field;
    columns.get_column_iter().find(|(it, _)| *it == name).and_then(|(_, field)| match field {
        Field::Bytes(it) => Some(it.data()),
        _ => None,
    })
}

fn string<'a>(columns: &'a Columns, name: &str) -> Option<&'a str> {
    use parquet::record::Field;
    columns.get_column_iter().find(|(it, _)| *it == name).and_then(|(_, field)| match field {
        Field::Str(it) => Some(it.as_str()),
        _ => None,
    })
}
