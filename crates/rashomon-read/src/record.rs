//! Inputs to records: one document or one row each, decompressed, as they come.

use crate::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

/// The formats told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// Plain text.
    Plain,
}

/// One document, or one row of a table.
#[derive(Clone, Debug)]
pub struct Record {
    /// Path as given; for a row, path and line: `feed.jsonl:17`.
    pub place: String,
    /// What the bytes hold.
    pub format: Format,
    /// The bytes as retrieved, decompressed.
    pub bytes: Vec<u8>,
}

/// The records of one input.
pub type Records = Box<dyn Iterator<Item = Result<Record, Error>> + Send>;

/// Opens `input`: a file, a folder, or `-` for standard input.
///
/// # Errors
/// If the input itself cannot be opened; records that cannot be read are errors of their own.
pub fn records(input: &str) -> Result<Records, Error> {
    let mut reader = open(input)?;
    let place = input.to_owned();
    let head = reader.fill_buf().map_err(|e| Error::new(input, e))?;
    if head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{') {
        let rows = reader.split(b'\n').enumerate().filter_map(move |(i, line)| {
            let place = format!("{place}:{}", i + 1);
            match line {
                Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => None,
                Ok(bytes) => Some(Ok(Record { place, format: Format::Jsonl, bytes })),
                Err(e) => Some(Err(Error::new(place, e))),
            }
        });
        return Ok(Box::new(rows));
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|e| Error::new(input, e))?;
    Ok(Box::new(std::iter::once(Ok(Record { place, format: Format::Plain, bytes }))))
}

fn open(input: &str) -> Result<Box<dyn BufRead + Send>, Error> {
    if input == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    let file = File::open(input).map_err(|e| Error::new(input, e))?;
    Ok(if input.ends_with(".gz") {
        Box::new(BufReader::with_capacity(1 << 16, flate2::read::MultiGzDecoder::new(file)))
    } else {
        Box::new(BufReader::with_capacity(1 << 16, file))
    })
}
