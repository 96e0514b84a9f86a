//! What is to be read, as Python hands it over.

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{Array, ArrayRef, BinaryArray, LargeBinaryArray, LargeStringArray, RecordBatch, RecordBatchReader};
use arrow_array::{BinaryViewArray, StringArray, StringViewArray};
use arrow_json::LineDelimitedWriter;
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use rashomon::read::{Error, Format, Record};
use rashomon_inputs::{Options, Source};
use std::sync::Arc;

/// Rows of a table that become JSON at once.
const ROWS: usize = 256;

/// One thing to read.
pub(crate) enum Input {
    /// A file or folder.
    Path(String),
    /// Bytes at hand, told apart like a file of that name.
    Content(Vec<u8>, String),
    /// JSON objects, one an article.
    Rows(Vec<Vec<u8>>, String),
    /// Batches of a table with a row an article.
    Table(Box<dyn RecordBatchReader + Send>, String),
}

/// A record on its way to an article, and the row of a table it came from.
pub(crate) struct Item {
    pub(crate) source: Source,
    pub(crate) row: Option<TableRow>,
}

/// A row of a table: its columns of text, which lie where Python has them.
#[derive(Clone)]
pub(crate) struct TableRow {
    columns: Arc<Vec<ArrayRef>>,
    row: usize,
}

/// The text of an article: in a column of the table it came from, without a copy, or its own.
pub(crate) enum Text {
    Column(ArrayRef, usize),
    Own(String),
}

impl Text {
    /// `text`, held where the row of a table has the same.
    pub(crate) fn of(text: String, row: Option<&TableRow>) -> Self {
        let same = row
            .and_then(|it| it.columns.iter().find(|c| string(c.as_ref(), it.row) == Some(&text)).map(|c| (c, it.row)));
        match same {
            Some((column, row)) => Self::Column(Arc::clone(column), row),
            None => Self::Own(text),
        }
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        match self {
            Self::Column(column, row) => string(column.as_ref(), *row).unwrap_or_default(),
            Self::Own(text) => text,
        }
    }
}

/// The string in a row of a column of strings.
pub(crate) fn string(column: &dyn Array, row: usize) -> Option<&str> {
    let any = column.as_any();
    if column.is_null(row) {
        None
    } else if let Some(it) = any.downcast_ref::<StringArray>() {
        Some(it.value(row))
    } else if let Some(it) = any.downcast_ref::<LargeStringArray>() {
        Some(it.value(row))
    } else {
        any.downcast_ref::<StringViewArray>().map(|it| it.value(row))
    }
}

impl Input {
    /// What Python's side made: `("path", str)`, `("content", bytes, name)`, `("rows", [bytes], name)` or `("table", object, name)`.
    pub(crate) fn all(given: &Bound<'_, PyAny>) -> PyResult<Vec<Self>> {
        given.try_iter()?.map(|it| Self::of(&it?)).collect()
    }

    fn of(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        let kind: String = given.get_item(0)?.extract()?;
        let value = given.get_item(1)?;
        let name = || given.get_item(2)?.extract::<String>();
        match kind.as_str() {
            "path" => Ok(Self::Path(value.extract()?)),
            "content" => Ok(Self::Content(value.extract()?, name()?)),
            "rows" => Ok(Self::Rows(value.extract()?, name()?)),
            "table" => Ok(Self::Table(reader(&value)?, name()?)),
            _ => Err(PyTypeError::new_err(format!("{kind} is no kind of source"))),
        }
    }

    /// Its records, as they come.
    pub(crate) fn items(self) -> Box<dyn Iterator<Item = Result<Item, Error>> + Send> {
        let alone = |it: Result<Source, Error>| it.map(|source| Item { source, row: None });
        let opened = match self {
            Self::Path(path) => rashomon_inputs::records(&path, &Options::default()),
            Self::Content(bytes, name) => rashomon_inputs::records_in(bytes, &name, &Options::default()),
            Self::Rows(rows, name) => {
                let rows =
                    (1_usize..).zip(rows).map(move |(n, bytes)| Ok(Item { source: row(&name, n, bytes), row: None }));
                return Box::new(rows);
            }
            Self::Table(batches, name) => return table(batches, name),
        };
        match opened {
            Ok(it) => Box::new(it.map(alone)),
            Err(e) => Box::new(std::iter::once(Err(e))),
        }
    }
}

fn row(name: &str, number: usize, bytes: Vec<u8>) -> Source {
    Source::of(Record { place: format!("{name}:{number}"), format: Format::Jsonl, bytes })
}

/// The batches of an object with one of the methods of the Arrow PyCapsule interface.
pub(crate) fn reader(value: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    if value.hasattr("__arrow_c_stream__")? {
        return Ok(Box::new(RecordBatchStreamReader::from_pyarrow_bound(value)?));
    }
    let batch = RecordBatch::from_pyarrow_bound(value)?;
    let schema = batch.schema();
    Ok(Box::new(arrow_array::RecordBatchIterator::new([Ok(batch)], schema)))
}

/// The rows of a table as JSON objects by the names of its columns.
fn table(
    batches: Box<dyn RecordBatchReader + Send>,
    name: String,
) -> Box<dyn Iterator<Item = Result<Item, Error>> + Send> {
    let mut before = 0;
    let mut done = false;
    let batches = batches.take_while(move |it| !std::mem::replace(&mut done, it.is_err()));
    Box::new(batches.flat_map(move |batch| -> Box<dyn Iterator<Item = Result<Item, Error>> + Send> {
        let failed = |e: &dyn std::fmt::Display| Error::said(&name, e);
        match batch.map_err(|e| failed(&e)).and_then(|batch| decoded(&batch).map_err(|e| failed(&e))) {
            Err(e) => Box::new(std::iter::once(Err(e))),
            Ok(batch) => {
                let first = before;
                before += batch.num_rows();
                let name = name.clone();
                let pieces = (0..batch.num_rows())
                    .step_by(ROWS)
                    .map(move |from| (from, batch.slice(from, ROWS.min(batch.num_rows() - from))));
                Box::new(pieces.flat_map(move |(from, piece)| items(&piece, &name, first + from)))
            }
        }
    }))
}

/// The items of a piece of a table whose first row is number `first`, from 0.
fn items(piece: &RecordBatch, name: &str, first: usize) -> Vec<Result<Item, Error>> {
    let mut writer = LineDelimitedWriter::new(Vec::with_capacity(1 << 16));
    if let Err(e) = writer.write(piece).and_then(|()| writer.finish()) {
        return vec![Err(Error::said(format!("{name}:{}", first + 1), e))];
    }
    let columns: Vec<ArrayRef> = piece
        .columns()
        .iter()
        .filter(|it| matches!(it.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View))
        .cloned()
        .collect();
    let columns = Arc::new(columns);
    // No string of JSON holds a line end.
    let lines = writer.into_inner();
    let lines = lines.split(|b| *b == b'\n').filter(|it| !it.is_empty());
    let item = |(n, line): (usize, &[u8])| {
        let row_ = TableRow { columns: Arc::clone(&columns), row: n };
        Ok(Item { source: row(name, first + n + 1, line.to_vec()), row: Some(row_) })
    };
    lines.enumerate().map(item).collect()
}

/// Columns of bytes as text, as a page may be one; moments of any zone in UTC, which they count from.
fn decoded(batch: &RecordBatch) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let plain = |it: &DataType| match it {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => false,
        DataType::Timestamp(_, zone) => zone.is_none(),
        _ => true,
    };
    let schema = batch.schema();
    if schema.fields().iter().all(|f| plain(f.data_type())) {
        return Ok(batch.clone());
    }
    let text = |bytes: Option<&[u8]>| bytes.map(|it| rashomon::read::decoded(it).into_owned());
    let column = |it: &ArrayRef| -> Result<ArrayRef, arrow_schema::ArrowError> {
        let any = it.as_any();
        if let DataType::Timestamp(unit, Some(_)) = it.data_type() {
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            return it.to_data().into_builder().data_type(utc).build().map(arrow_array::make_array);
        }
        Ok(if let Some(it) = any.downcast_ref::<BinaryArray>() {
            Arc::new(LargeStringArray::from_iter(it.iter().map(text)))
        } else if let Some(it) = any.downcast_ref::<LargeBinaryArray>() {
            Arc::new(LargeStringArray::from_iter(it.iter().map(text)))
        } else if let Some(it) = any.downcast_ref::<BinaryViewArray>() {
            Arc::new(LargeStringArray::from_iter(it.iter().map(text)))
        } else {
            Arc::clone(it)
        })
    };
    let columns = batch.columns().iter().map(column).collect::<Result<Vec<ArrayRef>, _>>()?;
    let fields: Vec<Field> =
        schema.fields().iter().zip(&columns).map(|(f, c)| Field::new(f.name(), c.data_type().clone(), true)).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}
