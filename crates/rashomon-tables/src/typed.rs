//! Rows as Parquet: each column gathered until a row group is full, then written, compressed with zstd.
//!
//! Lists follow the three-level layout of the Parquet format's LogicalTypes document; definition and repetition
//! levels are those of Melnik et al. 2010 (Dremel).

use crate::{Column, Kind, ROWS_IN_A_GROUP, Value};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::fs::File;
use std::sync::Arc;

/// A Parquet file being written.
pub(crate) struct Writer {
    file: SerializedFileWriter<File>,
    leaves: Vec<Leaves>,
    rows: usize,
}

/// What has been gathered of one column: the leaf (or, for spans, the two leaves) below it.
struct Leaves {
    kind: Kind,
    /// Definition level of a row without value, of an empty list, of a value.
    null: i16,
    empty: i16,
    full: i16,
    definition: Vec<i16>,
    repetition: Vec<i16>,
    texts: Vec<ByteArray>,
    integers: Vec<i64>,
    ends: Vec<i64>,
    reals: Vec<f64>,
    booleans: Vec<bool>,
}

impl Writer {
    pub(crate) fn new(columns: &[Column], file: File) -> Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<Vec<TypePtr>>>()?;
        let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_created_by("rashomon".to_owned())
            .build();
        let file = SerializedFileWriter::new(file, schema, Arc::new(properties))?;
        Ok(Self { file, leaves: columns.iter().map(Leaves::new).collect(), rows: 0 })
    }

    pub(crate) fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        for (leaves, value) in self.leaves.iter_mut().zip(values) {
            leaves.gather(value);
        }
        self.rows += 1;
        if self.rows == ROWS_IN_A_GROUP { self.flush() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.file.close()?;
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for leaves in &mut self.leaves {
            leaves.write(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

impl Leaves {
    fn new(column: &Column) -> Self {
        let optional = i16::from(column.optional);
        let list = matches!(column.kind, Kind::Texts | Kind::Spans);
        Self {
            kind: column.kind,
            null: 0,
            empty: optional,
            full: optional + i16::from(list),
            definition: Vec::new(),
            repetition: Vec::new(),
            texts: Vec::new(),
            integers: Vec::new(),
            ends: Vec::new(),
            reals: Vec::new(),
            booleans: Vec::new(),
        }
    }

    fn gather(&mut self, value: &Value<'_>) {
        let length = match value {
            Value::Null => return self.level(self.null, 0),
            Value::Texts(x) => x.len(),
            Value::Spans(x) => x.len(),
            _ => 1,
        };
        if length == 0 {
            return self.level(self.empty, 0);
        }
        for n in 0..length {
            self.level(self.full, i16::from(n > 0));
        }
        match value {
            Value::Null => {}
            Value::Text(x) => self.texts.push(ByteArray::from(*x)),
            Value::Integer(x) => self.integers.push(*x),
            Value::Real(x) => self.reals.push(*x),
            Value::Boolean(x) => self.booleans.push(*x),
            Value::Texts(x) => self.texts.extend(x.iter().map(|t| ByteArray::from(*t))),
            Value::Spans(x) => {
                self.integers.extend(x.iter().map(|s| i64::from(s[0])));
                self.ends.extend(x.iter().map(|s| i64::from(s[1])));
            }
        }
    }

    fn level(&mut self, definition: i16, repetition: i16) {
        self.definition.push(definition);
        self.repetition.push(repetition);
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<()> {
        let (definition, repetition) = (&self.definition, &self.repetition);
        match self.kind {
            Kind::Text | Kind::Texts => leaf::<ByteArrayType>(group, &self.texts, definition, repetition)?,
            Kind::Integer => leaf::<Int64Type>(group, &self.integers, definition, repetition)?,
            Kind::Real => leaf::<DoubleType>(group, &self.reals, definition, repetition)?,
            Kind::Boolean => leaf::<BoolType>(group, &self.booleans, definition, repetition)?,
            Kind::Spans => {
                leaf::<Int64Type>(group, &self.integers, definition, repetition)?;
                leaf::<Int64Type>(group, &self.ends, definition, repetition)?;
            }
        }
        self.definition.clear();
        self.repetition.clear();
        self.texts.clear();
        self.integers.clear();
        self.ends.clear();
        self.reals.clear();
        self.booleans.clear();
        Ok(())
    }
}

/// Writes one leaf column; levels are given even where the column needs none, and are then not looked at.
fn leaf<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    definition: &[i16],
    repetition: &[i16],
) -> Result<()> {
    let missing = || ParquetError::General("more columns written than declared".into());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(values, Some(definition), Some(repetition))?;
    column.close()
}

fn field(column: &Column) -> Result<TypePtr> {
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let it = match column.kind {
        Kind::Text => text(&column.name, repetition)?,
        Kind::Integer => primitive(&column.name, Physical::INT64, repetition)?,
        Kind::Real => primitive(&column.name, Physical::DOUBLE, repetition)?,
        Kind::Boolean => primitive(&column.name, Physical::BOOLEAN, repetition)?,
        Kind::Texts => list(&column.name, repetition, text("element", Repetition::REQUIRED)?)?,
        Kind::Spans => {
            let end = |name| Ok::<_, ParquetError>(Arc::new(primitive(name, Physical::INT64, Repetition::REQUIRED)?));
            let element = Type::group_type_builder("element")
                .with_repetition(Repetition::REQUIRED)
                .with_fields(vec![end("start")?, end("end")?])
                .build()?;
            list(&column.name, repetition, element)?
        }
    };
    Ok(Arc::new(it))
}

fn primitive(name: &str, physical: Physical, repetition: Repetition) -> Result<Type> {
    Type::primitive_type_builder(name, physical).with_repetition(repetition).build()
}

fn text(name: &str, repetition: Repetition) -> Result<Type> {
    Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::String))
        .with_converted_type(ConvertedType::UTF8)
        .build()
}

fn list(name: &str, repetition: Repetition, element: Type) -> Result<Type> {
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(name)
        .with_repetition(repetition)
        .with_logical_type(Some(LogicalType::List))
        .with_converted_type(ConvertedType::LIST)
        .with_fields(vec![Arc::new(repeated)])
        .build()
}
