//! Inputs to records: one document or one row each, decompressed, as they come.

use crate::Error;
use crate::format::{self, Looks};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The formats told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object: one line of JSONL, one element of an array.
    Jsonl,
    /// Plain text.
    Plain,
    /// HTML, whole or cut.
    Html,
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

/// What one article may grow to, in bytes, unless told otherwise: a page, a text, or a row.
pub const LARGEST: u64 = 64 << 20;

/// Opens `input`: a file, a folder with all files below it in order of name, or `-` for standard input.
///
/// Rows are read one at a time, so that memory stays bounded by the longest row. What was read before an input broke off
/// is yielded, then the error.
///
/// # Errors
/// If the input itself cannot be opened or is of a format that is not read. Records that cannot be read are errors of
/// their own, in their place in the sequence.
pub fn records(input: &str) -> Result<Records, Error> {
    records_within(input, LARGEST)
}

/// The same where one article may grow to `largest` bytes, decompressed; what is larger is left out by name.
///
/// # Errors
/// As [`records`].
pub fn records_within(input: impl AsRef<OsStr>, largest: u64) -> Result<Records, Error> {
    let path = Path::new(input.as_ref());
    let shown = path.to_string_lossy();
    let input = &*shown;
    if input.starts_with("http://") || input.starts_with("https://") {
        return Err(Error::new(
            input,
            "reading web addresses is not built yet; download the page first and give its file",
        ));
    }
    if input == "-" {
        return from_reader(Box::new(io::stdin()), "-", "-", largest);
    }
    if path.is_dir() {
        let mut files = Vec::new();
        let mut errors = Vec::new();
        walk(path, &mut files, &mut errors);
        if files.is_empty() && errors.is_empty() {
            return Err(Error::new(input, "folder holds no files"));
        }
        let read = files.into_iter().flat_map(move |path| -> Records {
            match open_file(&path, largest) {
                Ok(records) => records,
                Err(e) => Box::new(std::iter::once(Err(e))),
            }
        });
        return Ok(Box::new(errors.into_iter().map(Err).chain(read)));
    }
    open_file(path, largest)
}

/// The records in bytes at hand, told apart like a file of that name.
///
/// # Errors
/// As [`records`].
pub fn records_in(bytes: Vec<u8>, name: &str) -> Result<Records, Error> {
    from_reader(Box::new(Cursor::new(bytes)), name, name, LARGEST)
}

/// The records of a stream, told apart like a file of that name; an article may grow to `largest` bytes.
///
/// # Errors
/// As [`records`].
pub fn records_from(reader: Box<dyn BufRead + Send>, name: &str, largest: u64) -> Result<Records, Error> {
    from_reader(Box::new(reader), name, name, largest)
}

/// All files below `folder` that [`records`] would read, in its order, and what could not be looked at.
#[must_use]
pub fn files_below(folder: &Path) -> (Vec<PathBuf>, Vec<Error>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    walk(folder, &mut files, &mut errors);
    (files, errors)
}

fn open_file(path: &Path, largest: u64) -> Result<Records, Error> {
    let place = path.to_string_lossy();
    let file = File::open(path).map_err(|e| Error::new(&*place, plain_words(&e)))?;
    from_reader(Box::new(file), &place, &place, largest)
}

/// All files below `folder`, in order of name, hidden ones aside; links to folders are not followed.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, errors: &mut Vec<Error>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => return errors.push(Error::new(folder.to_string_lossy(), plain_words(&e))),
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, files, errors);
            }
        } else if path.metadata().is_ok_and(|it| !it.is_file()) {
            // Opening a pipe waits for somebody to write into it.
            let place = path.to_string_lossy();
            errors.push(Error::new(place, "a pipe, socket or device, not a file; give it by name to read it"));
        } else {
            files.push(path);
        }
    }
}

fn plain_words(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::UnexpectedEof => "compressed data breaks off; what came before was kept".into(),
        _ => e.to_string(),
    }
}

type Reader = Box<dyn Read + Send>;

fn from_reader(reader: Reader, place: &str, name: &str, largest: u64) -> Result<Records, Error> {
    let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, reader));
    let broken = Broken::default();
    let mut name = name.to_owned();
    // Compressed data in compressed data is opened as well, but not without end.
    for _ in 0..3 {
        let head = head(&mut reader).map_err(|e| Error::new(place, plain_words(&e)))?;
        let decoder: Reader = match format::looks(&head, &name) {
            Looks::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(joined(head, reader))),
            Looks::Zstd => Box::new(
                zstd::stream::read::Decoder::with_buffer(joined(head, reader)).map_err(|e| Error::new(place, e))?,
            ),
            looks => return told(looks, joined(head, reader), broken, place, &name, largest),
        };
        let tolerant = Tolerant { inner: decoder, broken: broken.clone() };
        reader = Box::new(BufReader::with_capacity(1 << 16, tolerant));
        name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name).to_owned();
    }
    Err(Error::new(place, "compressed more than twice; decompress it first"))
}

/// The first bytes of a reader, taken out of it.
fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.by_ref().take(1 << 13).read_to_end(&mut head)?;
    Ok(head)
}

fn joined(head: Vec<u8>, rest: Box<dyn BufRead + Send>) -> Box<dyn BufRead + Send> {
    Box::new(Cursor::new(head).chain(rest))
}

fn told(
    looks: Looks,
    mut reader: Box<dyn BufRead + Send>,
    broken: Broken,
    place: &str,
    name: &str,
    largest: u64,
) -> Result<Records, Error> {
    let format = match looks {
        Looks::Refused(why) => return Err(Error::new(place, why)),
        Looks::Binary => return Err(Error::new(place, "binary data, not text")),
        Looks::Gzip | Looks::Zstd => return Err(Error::new(place, "compressed more than twice; decompress it first")),
        Looks::JsonObjects | Looks::JsonArray => {
            let wide = {
                let head = reader.fill_buf().map_err(|e| Error::new(place, plain_words(&e)))?;
                head.starts_with(b"\xff\xfe")
                    || head.starts_with(b"\xfe\xff")
                    || crate::encoding::utf16_without_mark(head).is_some()
            };
            if wide {
                // Of many rows in sixteen bits a character each may be as large as an article.
                let bytes = whole(&mut reader, place, largest.saturating_mul(16))?;
                reader = Box::new(Cursor::new(crate::encoding::decode(&bytes, None, place).text.into_bytes()));
            }
            if looks == Looks::JsonArray {
                return Ok(Box::new(Elements::new(reader, place, largest).flat_map(opened).chain(broken.after(place))));
            }
            return objects(reader, broken, place, name, largest);
        }
        Looks::Html => Format::Html,
        Looks::Plain | Looks::Empty => Format::Plain,
    };
    let bytes = whole(&mut reader, place, largest)?;
    let error = broken.error(place);
    // Nothing could be read at all: the error says it better than an empty article.
    if bytes.is_empty()
        && let Some(error) = error
    {
        return Err(error);
    }
    let record = Record { place: place.to_owned(), format, bytes };
    Ok(Box::new(std::iter::once(Ok(record)).chain(error.map(Err))))
}

/// All bytes of a reader, at most `largest`.
fn whole(reader: &mut impl Read, place: &str, largest: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    reader.take(largest.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| Error::new(place, plain_words(&e)))?;
    if bytes.len() as u64 > largest {
        return Err(too_large(place, largest));
    }
    Ok(bytes)
}

fn too_large(place: &str, largest: u64) -> Error {
    let size =
        if largest.is_multiple_of(1 << 20) { format!("{} MiB", largest >> 20) } else { format!("{largest} bytes") };
    Error::new(place, format!("an article of more than {size}; --largest raises the limit"))
}

/// JSONL, or one object over many lines.
fn objects(
    mut reader: Box<dyn BufRead + Send>,
    broken: Broken,
    place: &str,
    name: &str,
    largest: u64,
) -> Result<Records, Error> {
    let mut first = Vec::new();
    loop {
        let more = reader.by_ref().take(largest.saturating_add(2)).read_until(b'\n', &mut first);
        if more.map_err(|e| Error::new(place, plain_words(&e)))? == 0 || !first.trim_ascii().is_empty() {
            break;
        }
    }
    let content = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first).trim_ascii();
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(content);
    let unfinished = whole.is_err_and(|e| e.is_eof());
    let next_is_row = reader.fill_buf().is_ok_and(|b| b.trim_ascii_start().first() == Some(&b'{'));
    let joined: Box<dyn BufRead + Send> = Box::new(Cursor::new(first).chain(reader));
    if unfinished && !next_is_row && !format::is_jsonl_name(name) {
        // Objects over many lines are elements of an array without its brackets.
        return Ok(Box::new(Elements::new(joined, place, largest).flat_map(opened).chain(broken.after(place))));
    }
    let rows = Rows { reader: joined, place: place.to_owned(), line: 0, largest };
    Ok(Box::new(rows.flat_map(opened).chain(broken.after(place))))
}

/// A row as it is; of a collation that we printed, its articles. One of another version stays whole, and is refused by name.
fn opened(row: Result<Record, Error>) -> Vec<Result<Record, Error>> {
    #[derive(serde::Deserialize)]
    struct Collation<'a> {
        #[serde(rename = "schema")]
        _schema: rashomon_wire::CollationSchema,
        #[serde(borrow)]
        articles: Vec<&'a serde_json::value::RawValue>,
    }
    let Ok(record) = &row else { return vec![row] };
    let head = &record.bytes[..record.bytes.len().min(256)];
    if memchr::memmem::find(head, b"\"rashomon/collation/").is_none() {
        return vec![row];
    }
    let Ok(Collation { articles, .. }) = serde_json::from_slice(&record.bytes) else { return vec![row] };
    let article = |(n, raw): (usize, &serde_json::value::RawValue)| {
        let place = format!("{} article {}", record.place, n + 1);
        Ok(Record { place, format: Format::Jsonl, bytes: raw.get().as_bytes().to_vec() })
    };
    articles.into_iter().enumerate().map(article).collect()
}

/// The error that ended a compressed stream, kept until what came before it was used.
#[derive(Clone, Default)]
struct Broken(Arc<Mutex<Option<String>>>);

impl Broken {
    fn set(&self, e: &io::Error) {
        if let Ok(mut slot) = self.0.lock() {
            let words = match e.kind() {
                io::ErrorKind::UnexpectedEof => plain_words(e),
                _ => format!("compressed data is damaged ({e}); what came before was kept"),
            };
            slot.get_or_insert(words);
        }
    }

    fn error(&self, place: &str) -> Option<Error> {
        self.0.lock().ok()?.as_ref().map(|words| Error::new(place, words))
    }

    /// The error, asked for only when all before it was read.
    fn after(self, place: &str) -> impl Iterator<Item = Result<Record, Error>> + Send + use<> {
        let place = place.to_owned();
        std::iter::once_with(move || self.error(&place).map(Err)).flatten()
    }
}

/// A reader that ends where its data breaks off.
struct Tolerant<R> {
    inner: R,
    broken: Broken,
}

impl<R: Read> Read for Tolerant<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buf) {
            Ok(n) => Ok(n),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => {
                self.broken.set(&e);
                Ok(0)
            }
        }
    }
}

/// The lines of JSONL.
struct Rows {
    reader: Box<dyn BufRead + Send>,
    place: String,
    line: usize,
    largest: u64,
}

impl Iterator for Rows {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line += 1;
            let mut bytes = Vec::new();
            let place = format!("{}:{}", self.place, self.line);
            match self.reader.by_ref().take(self.largest.saturating_add(2)).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(n) if n as u64 > self.largest && !bytes.ends_with(b"\n") => {
                    // The rest of the line is passed over, the lines behind it are read.
                    drop(bytes);
                    return Some(Err(match self.pass_line() {
                        Ok(()) => too_large(&place, self.largest),
                        Err(e) => Error::new(place, plain_words(&e)),
                    }));
                }
                Ok(_) => {
                    if self.line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                        bytes.drain(..3);
                    }
                    while bytes.last().is_some_and(u8::is_ascii_whitespace) {
                        bytes.pop();
                    }
                    if !bytes.trim_ascii_start().is_empty() {
                        return Some(Ok(Record { place, format: Format::Jsonl, bytes }));
                    }
                }
                Err(e) => {
                    self.reader = Box::new(io::empty());
                    return Some(Err(Error::new(place, plain_words(&e))));
                }
            }
        }
    }
}

impl Rows {
    /// Reads on behind the end of the line without keeping it.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', available);
            let used = end.map_or(available.len(), |at| at + 1);
            self.reader.consume(used);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// The objects of a JSON array, or objects one after the other, cut out one at a time by counting braces outside of strings.
struct Elements {
    reader: Box<dyn BufRead + Send>,
    place: String,
    line: usize,
    done: bool,
    largest: u64,
}

impl Elements {
    fn new(reader: Box<dyn BufRead + Send>, place: &str, largest: u64) -> Self {
        Self { reader, place: place.to_owned(), line: 1, done: false, largest }
    }
}

impl Iterator for Elements {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes: Vec<u8> = Vec::new();
        let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
        let mut started = self.line;
        // An element that is too large is passed over to its end without being kept.
        let mut over = false;
        while !self.done {
            let available = match self.reader.fill_buf() {
                Ok([]) => break,
                Ok(available) => available,
                Err(e) => {
                    self.done = true;
                    return Some(Err(Error::new(&self.place, plain_words(&e))));
                }
            };
            let mut used = 0;
            let mut complete = false;
            for &byte in available {
                used += 1;
                self.line += usize::from(byte == b'\n');
                if depth == 0 && byte != b'{' {
                    // Commas, brackets and white space between elements; anything else is passed over as well.
                    continue;
                }
                if depth == 0 {
                    started = self.line;
                }
                over |= bytes.len() as u64 >= self.largest;
                if !over {
                    bytes.push(byte);
                }
                if escaped {
                    escaped = false;
                } else if quoted {
                    escaped = byte == b'\\';
                    quoted = byte != b'"';
                } else {
                    match byte {
                        b'"' => quoted = true,
                        b'{' => depth += 1,
                        b'}' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        complete = true;
                        break;
                    }
                }
            }
            self.reader.consume(used);
            if complete {
                let place = format!("{}:{started}", self.place);
                if over {
                    return Some(Err(too_large(&place, self.largest)));
                }
                return Some(Ok(Record { place, format: Format::Jsonl, bytes }));
            }
        }
        self.done = true;
        if bytes.is_empty() {
            return None;
        }
        if over {
            return Some(Err(too_large(&format!("{}:{started}", self.place), self.largest)));
        }
        Some(Ok(Record { place: format!("{}:{started}", self.place), format: Format::Jsonl, bytes }))
    }
}
