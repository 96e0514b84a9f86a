//! A table being written: its columns, its rows, its file.

use crate::{Error, jsonl, typed};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows held in memory before they are written; the size of a Parquet row group.
pub const ROWS_IN_A_GROUP: usize = 1 << 16;

/// A table being written. Dropped without [`Table::finish`] it leaves only a `.part` file.
pub struct Table {
    path: PathBuf,
    part: PathBuf,
    columns: Vec<Column>,
    sink: Sink,
}

enum Sink {
    Jsonl(BufWriter<File>, Vec<u8>),
    Parquet(Box<typed::Writer>),
}

impl Table {
    /// Opens the table `name` in the folder `dir`, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder or the file cannot be made.
    pub fn create(dir: &Path, name: &str, columns: &[Column], format: Format) -> Result<Self, Error> {
        fs::create_dir_all(dir).map_err(|e| Error::new(dir, e))?;
        Self::create_at(&dir.join(format!("{name}.{}", format.extension())), columns, format)
    }

    /// Opens a table at `path`, which is used as it stands.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub fn create_at(path: &Path, columns: &[Column], format: Format) -> Result<Self, Error> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|e| Error::new(&part, e))?;
        let sink = match format {
            Format::Jsonl => Sink::Jsonl(BufWriter::with_capacity(1 << 18, file), Vec::new()),
            Format::Parquet => {
                Sink::Parquet(Box::new(typed::Writer::new(columns, file).map_err(|e| Error::new(&part, e))?))
            }
        };
        Ok(Self { path: path.to_owned(), part, columns: columns.to_vec(), sink })
    }

    /// Adds a row: one value for each column, in their order.
    ///
    /// # Errors
    /// If the row does not fit the columns, a real number is not finite, or writing fails.
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<(), Error> {
        check(&self.columns, values).map_err(|e| Error::new(&self.path, e))?;
        match &mut self.sink {
            Sink::Jsonl(file, line) => {
                line.clear();
                jsonl::line(&self.columns, values, line);
                file.write_all(line).map_err(|e| Error::new(&self.part, e))
            }
            Sink::Parquet(writer) => writer.row(values).map_err(|e| Error::new(&self.part, e)),
        }
    }

    /// Writes what is left and gives the table its name; returns its path.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(self) -> Result<PathBuf, Error> {
        let failed = |e: &dyn std::fmt::Display| Error::new(&self.part, e);
        match self.sink {
            Sink::Jsonl(mut file, _) => file.flush().map_err(|e| failed(&e))?,
            Sink::Parquet(writer) => writer.finish().map_err(|e| failed(&e))?,
        }
        fs::rename(&self.part, &self.path).map_err(|e| Error::new(&self.path, e))?;
        Ok(self.path)
    }
}

/// Why a row does not fit.
fn check(columns: &[Column], values: &[Value<'_>]) -> Result<(), String> {
    if columns.len() != values.len() {
        return Err(format!("a row of {} values for {} columns", values.len(), columns.len()));
    }
    for (column, value) in columns.iter().zip(values) {
        let fits = match value {
            Value::Null => column.optional,
            Value::Text(_) => column.kind == Kind::Text,
            Value::Integer(_) => column.kind == Kind::Integer,
            Value::Real(x) => column.kind == Kind::Real && x.is_finite(),
            Value::Boolean(_) => column.kind == Kind::Boolean,
            Value::Texts(_) => column.kind == Kind::Texts,
            Value::Spans(_) => column.kind == Kind::Spans,
        };
        if !fits {
            return Err(format!("column {:?} cannot hold {value:?}", column.name));
        }
    }
    Ok(())
}

/// The two forms a table takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// Apache Parquet, zstd.
    Parquet,
}

impl Format {
    /// The file name extension, without a dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
        }
    }
}

/// A column's name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
}

impl Column {
    /// A column in which every row has a value.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), kind, optional: false }
    }

    /// The same column, in which a row may have no value.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// Types of columns; the second name is the one in Parquet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text: `BYTE_ARRAY (STRING)`.
    Text,
    /// 64-bit signed integer: `INT64`.
    Integer,
    /// Finite 64-bit real number: `DOUBLE`.
    Real,
    /// Yes or no: `BOOLEAN`.
    Boolean,
    /// List of texts: `LIST` of `STRING`.
    Texts,
    /// List of byte spans: `LIST` of groups `start`, `end` (`INT64`); in JSON `[[start, end], …]`.
    Spans,
}

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names are those of `Kind`")]
pub enum Value<'a> {
    Null,
    Text(&'a str),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Texts(&'a [&'a str]),
    Spans(&'a [[u32; 2]]),
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(it: Option<&'a str>) -> Self {
        it.map_or(Self::Null, Self::Text)
    }
}
