//! Rows as an Arrow table that any program with Arrow takes over without a copy.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, RecordBatchIterator,
    StringArray, StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, Fields, Schema};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyTuple};
use std::sync::Arc;

/// A column of a table.
#[derive(Clone)]
pub(crate) struct Column {
    values: ArrayRef,
    optional: bool,
}

fn int(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

impl Column {
    /// Texts.
    pub(crate) fn text<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Self {
        let values: StringArray = values.collect();
        Self { optional: values.null_count() > 0, values: Arc::new(values) }
    }

    /// 64-bit integers.
    pub(crate) fn integers(values: impl Iterator<Item = usize>) -> Self {
        Self::signed(values.map(int))
    }

    /// 64-bit integers that may be below 0.
    pub(crate) fn signed(values: impl Iterator<Item = i64>) -> Self {
        Self { values: Arc::new(Int64Array::from_iter_values(values)), optional: false }
    }

    /// 64-bit integers, some of them not known.
    pub(crate) fn some(values: impl Iterator<Item = Option<i64>>) -> Self {
        Self { values: Arc::new(values.collect::<Int64Array>()), optional: true }
    }

    fn integers_or_none(values: Vec<Option<i64>>) -> Self {
        let it = Self::some(values.into_iter());
        Self { optional: it.values.null_count() > 0, ..it }
    }

    /// 64-bit reals.
    pub(crate) fn reals(values: impl Iterator<Item = f64>) -> Self {
        Self { values: Arc::new(Float64Array::from_iter_values(values)), optional: false }
    }

    /// Yes or no.
    pub(crate) fn booleans(values: impl Iterator<Item = bool>) -> Self {
        Self { values: Arc::new(values.map(Some).collect::<BooleanArray>()), optional: false }
    }

    /// Bytes.
    pub(crate) fn bytes(values: impl Iterator<Item = Vec<u8>>) -> Self {
        Self { values: Arc::new(BinaryArray::from_iter_values(values)), optional: false }
    }

    /// Lists of spans: groups of `start` and `end`, as in the Parquet tables of the program.
    pub(crate) fn spans(values: impl Iterator<Item = Vec<[usize; 2]>>) -> Self {
        let (mut starts, mut ends, mut offsets) = (Vec::new(), Vec::new(), vec![0_i32]);
        for spans in values {
            starts.extend(spans.iter().map(|it| int(it[0])));
            ends.extend(spans.iter().map(|it| int(it[1])));
            offsets.push(i32::try_from(starts.len()).unwrap_or(i32::MAX));
        }
        let fields: Fields = ["start", "end"].map(|name| Field::new(name, DataType::Int64, false)).to_vec().into();
        let columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(starts)), Arc::new(Int64Array::from(ends))];
        let spans = StructArray::new(fields.clone(), columns, None);
        let field = Arc::new(Field::new("element", DataType::Struct(fields), false));
        let offsets = OffsetBuffer::new(offsets.into());
        Self { values: Arc::new(ListArray::new(field, offsets, Arc::new(spans), None)), optional: false }
    }
}

/// A table in Arrow's layout. It has the methods of the Arrow PyCapsule interface, so `pyarrow.table(it)`, `polars.DataFrame(it)`,
/// `pandas.DataFrame.from_arrow(it)` and DuckDB take it over without a copy.
#[pyclass(frozen, module = "rashomon")]
pub(crate) struct Table {
    pub(crate) batch: RecordBatch,
}

impl Table {
    /// A table of columns of one length.
    pub(crate) fn of(columns: Vec<(&str, Column)>) -> PyResult<Self> {
        let field = |(name, it): &(&str, Column)| Field::new(*name, it.values.data_type().clone(), it.optional);
        let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
        let values = columns.into_iter().map(|(_, it)| it.values).collect();
        let batch = RecordBatch::try_new(Arc::new(schema), values).map_err(failed)?;
        Ok(Self { batch })
    }
}

fn failed(e: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(e.to_string())
}

#[pymethods]
impl Table {
    /// Takes over any object of the Arrow PyCapsule interface. Several batches become one.
    #[new]
    fn new(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        let mut batches = crate::input::reader(data)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        match batches.len() {
            1 => Ok(Self { batch: batches.remove(0) }),
            n => Err(PyValueError::new_err(format!("a table of one batch is wanted, not of {n}"))),
        }
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|it| it.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        let shown = "pyarrow.table(it), polars.from_arrow(it) and duckdb take it";
        format!("<Table of {} rows: {}; {shown}>", self.batch.num_rows(), self.column_names().join(", "))
    }

    /// The rows as one line of JSON each, in the order of the columns: the lines of the program's tables.
    fn rows_json(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        let columns = self.batch.columns();
        let schema = self.batch.schema();
        let mut out = Vec::new();
        py.detach(|| {
            for row in 0..self.batch.num_rows() {
                for (n, (field, column)) in schema.fields().iter().zip(columns).enumerate() {
                    out.push(if n == 0 { b'{' } else { b',' });
                    put(&mut out, field.name());
                    out.push(b':');
                    value(&mut out, column.as_ref(), row);
                }
                out.extend_from_slice(b"}\n");
            }
        });
        Ok(out)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref()).map_err(failed)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Whoever asks for another layout is given this one: the interface leaves that free.
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }

    /// What pickling keeps: each column with its name, its kind and its values.
    fn __reduce__<'py>(it: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let py = it.py();
        let values = it.get().to_pydict(py)?;
        let columns = PyList::empty(py);
        for field in it.get().batch.schema().fields() {
            let kind = match field.data_type() {
                DataType::Int64 => "integers",
                DataType::Float64 => "reals",
                DataType::Boolean => "booleans",
                DataType::Binary => "bytes",
                DataType::List(_) => "spans",
                _ => "text",
            };
            columns.append((field.name(), kind, values.get_item(field.name())?))?;
        }
        Ok((it.get_type().getattr("_rebuilt")?, PyTuple::new(py, [columns])?))
    }

    /// The table that was pickled.
    #[staticmethod]
    #[pyo3(name = "_rebuilt")]
    fn rebuilt(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Self> {
        let column = |(name, kind, values): &(String, String, Bound<'_, PyAny>)| {
            let column = match kind.as_str() {
                "integers" => Column::integers_or_none(values.extract::<Vec<Option<i64>>>()?),
                "reals" => Column::reals(values.extract::<Vec<f64>>()?.into_iter()),
                "booleans" => Column::booleans(values.extract::<Vec<bool>>()?.into_iter()),
                "bytes" => Column::bytes(values.extract::<Vec<Vec<u8>>>()?.into_iter()),
                "spans" => Column::spans(values.extract::<Vec<Vec<[usize; 2]>>>()?.into_iter()),
                _ => Column::text(values.extract::<Vec<Option<String>>>()?.iter().map(Option::as_deref)),
            };
            Ok((name.clone(), column))
        };
        let columns = columns.iter().map(column).collect::<PyResult<Vec<_>>>()?;
        Self::of(columns.iter().map(|(name, it)| (name.as_str(), it.clone())).collect())
    }

    /// The columns as lists, for programs without Arrow.
    fn to_pydict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let json = py.import("json")?;
        let out = PyDict::new(py);
        for (field, column) in self.batch.schema().fields().iter().zip(self.batch.columns()) {
            if let Some(it) = column.as_any().downcast_ref::<BinaryArray>() {
                out.set_item(field.name(), PyList::new(py, it.iter())?)?;
                continue;
            }
            let mut text = vec![b'['];
            for row in 0..self.batch.num_rows() {
                if row > 0 {
                    text.push(b',');
                }
                value(&mut text, column.as_ref(), row);
            }
            text.push(b']');
            out.set_item(field.name(), json.call_method1("loads", (text.as_slice(),))?)?;
        }
        Ok(out)
    }
}

fn put<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, it: &T) {
    // Nothing that is written to memory fails.
    let _ = serde_json::to_writer(out, it);
}

/// One value as JSON; of what our tables hold.
fn value(out: &mut Vec<u8>, column: &dyn Array, row: usize) {
    let any = column.as_any();
    if column.is_null(row) {
        out.extend_from_slice(b"null");
    } else if let Some(it) = crate::input::string(column, row) {
        put(out, it);
    } else if let Some(it) = any.downcast_ref::<Int64Array>() {
        put(out, &it.value(row));
    } else if let Some(it) = any.downcast_ref::<Float64Array>() {
        put(out, &it.value(row));
    } else if let Some(it) = any.downcast_ref::<BooleanArray>() {
        put(out, &it.value(row));
    } else if let Some(it) = any.downcast_ref::<ListArray>() {
        let spans = it.value(row);
        let Some(spans) = spans.as_any().downcast_ref::<StructArray>() else { return out.extend_from_slice(b"null") };
        let ends: Vec<&Int64Array> = spans.columns().iter().filter_map(|c| c.as_any().downcast_ref()).collect();
        put(out, &(0..spans.len()).map(|n| ends.iter().map(|c| c.value(n)).collect::<Vec<_>>()).collect::<Vec<_>>());
    } else {
        out.extend_from_slice(b"null");
    }
}
