//! A row as one line of JSON, keys in the order of the columns.

use crate::{Column, Value};

/// Appends the row and a line break to `out`.
pub(crate) fn line(columns: &[Column], values: &[Value<'_>], out: &mut Vec<u8>) {
    out.push(b'{');
    for (n, (column, value)) in columns.iter().zip(values).enumerate() {
        if n > 0 {
            out.push(b',');
        }
        json(&column.name, out);
        out.push(b':');
        match value {
            Value::Null => out.extend_from_slice(b"null"),
            Value::Text(x) => json(x, out),
            Value::Integer(x) => json(x, out),
            Value::Real(x) => json(x, out),
            Value::Boolean(x) => json(x, out),
            Value::Texts(x) => json(x, out),
            Value::Spans(x) => json(x, out),
        }
    }
    out.extend_from_slice(b"}\n");
}

/// Strings, integers and finite numbers cannot fail to become JSON, and writing to memory cannot fail either.
fn json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    let written = serde_json::to_writer(&mut *out, value);
    debug_assert!(written.is_ok(), "a plain value is always JSON");
}
