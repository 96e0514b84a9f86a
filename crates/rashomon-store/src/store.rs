//! Opening a store, and its transactions.

use crate::blobs::Codecs;
use crate::{Error, Result, schema, wait};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes of the file that a store open for reading only has mapped into memory, where addresses are wide enough.
///
/// After every write of another program all pages that a connection holds are stale; read from the map, they cost nothing to
/// hold. Nobody shortens the file while somebody reads it: SQLite waits for its readers.
#[cfg(target_pointer_width = "64")]
const MAPPED: i64 = 64 << 30;

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) codecs: Codecs,
    pub(crate) annotations_made: u64,
}

impl Store {
    /// Opens the store at `path` for reading and writing; makes it, and the folders above it, if it is not there.
    ///
    /// Several programs may hold one store open: writes are short and wait for each other.
    ///
    /// # Errors
    /// If the file cannot be opened, is not a store, or is one of a newer version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|e| Error::Unusable(format!("{}: {e}", folder.display())))?;
        }
        wait::uses(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut conn = Connection::open_with_flags(path, flags).map_err(|e| named(path, e.into()))?;
        prepare(&mut conn).map_err(|e| named(path, e))?;
        // Pages that hold several compressed articles waste less of their ends: of 100,000 articles 673 MB, with 8 KiB 695.
        // Only a new file takes the size.
        conn.pragma_update(None, "page_size", 16_384)?;
        write_ahead(&conn).map_err(|e| named(path, e.into()))?;
        conn.pragma_update(None, "synchronous", "NORMAL")?;
        schema::ensure(&mut conn, path, true).map_err(|e| named(path, e))?;
        Ok(Self { conn, path: path.to_owned(), codecs: Codecs::default(), annotations_made: 0 })
    }

    /// Opens the store at `path` for reading only.
    ///
    /// # Errors
    /// If there is none, or it is not one that this program reads.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Unusable(format!("{}: no such store; `rashomon add INPUT` makes one", path.display())));
        }
        match Self::reading(path, path.as_os_str(), OpenFlags::empty()) {
            // Readers keep their places in files beside the store. Where none may be made, it is read as it lies there, if no
            // other program writes to it.
            Err(Error::Unusable(_)) if lies_still(path) => {
                let uri = format!("file:{}?immutable=1", in_uri(path));
                Self::reading(path, uri.as_ref(), OpenFlags::SQLITE_OPEN_URI).map_err(|e| named(path, e))
            }
            other => other.map_err(|e| named(path, e)),
        }
    }

    /// The same for whoever may write but has nothing to: a store of an older version is brought up to date first.
    ///
    /// # Errors
    /// As [`Store::open_read_only`].
    pub fn open_to_read(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match Self::open_read_only(path) {
            Err(Error::Older(said)) => match Self::open(path) {
                Ok(_) => Self::open_read_only(path),
                // Where it may not be written, what is wanted is somebody who may.
                Err(Error::Unusable(_)) => Err(Error::Older(said)),
                Err(e) => Err(e),
            },
            other => other,
        }
    }

    /// The store at `path`, which SQLite calls `name`, for reading only.
    fn reading(path: &Path, name: &OsStr, how: OpenFlags) -> Result<Self> {
        wait::uses(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | how;
        let mut conn = Connection::open_with_flags(name, flags)?;
        prepare(&mut conn)?;
        #[cfg(target_pointer_width = "64")]
        conn.pragma_update(None, "mmap_size", MAPPED)?;
        schema::ensure(&mut conn, path, false)?;
        Ok(Self { conn, path: path.to_owned(), codecs: Codecs::default(), annotations_made: 0 })
    }

    /// A store in memory, gone when it is dropped: for demonstrations and tests.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Self> {
        let mut conn = Connection::open_in_memory()?;
        prepare(&mut conn)?;
        schema::ensure(&mut conn, Path::new("memory"), true)?;
        Ok(Self { conn, path: PathBuf::from(":memory:"), codecs: Codecs::default(), annotations_made: 0 })
    }

    /// Says that many articles are to be put: more pages of the file are held in memory. The indexes by digest and address
    /// are hit at random places, and in a large store a page that does not stay is written again for every few articles.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn expect_many(&self) -> Result<()> {
        Ok(self.conn.pragma_update(None, "cache_size", -131_072)?)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write, waiting for that of another program.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>> {
        Ok(self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Reads several things as they stand at one moment, whatever other programs write meanwhile.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn at_one_moment<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Result<T> {
        self.turn("BEGIN")?;
        let out = read(self);
        self.turn("COMMIT")?;
        Ok(out)
    }

    fn turn(&self, what: &str) -> Result<()> {
        self.conn.prepare_cached(what)?.execute([])?;
        Ok(())
    }

    /// A value that is kept with the store, such as when it was last looked after.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        meta(&self.conn, key)
    }

    /// Keeps a value with the store.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<()> {
        self.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
        Ok(())
    }
}

/// Turns the write-ahead log on. Of programs that make one store together all but one are told at once that it is busy: the
/// log's beginning does not wait as other writes do.
fn write_ahead(conn: &Connection) -> rusqlite::Result<()> {
    let mut tries = 0;
    loop {
        match conn.pragma_update(None, "journal_mode", "WAL") {
            Err(rusqlite::Error::SqliteFailure(e, _))
                if e.code == rusqlite::ErrorCode::DatabaseBusy && wait::goes_on(tries) =>
            {
                tries += 1;
            }
            other => return other,
        }
    }
}

pub(crate) fn meta(conn: &Connection, key: &str) -> Result<Option<String>> {
    use rusqlite::OptionalExtension;
    Ok(conn.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0)).optional()?)
}

fn prepare(conn: &mut Connection) -> Result<()> {
    wait::wait_for_others(conn)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -32_768)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Whether the file is a whole store by itself: what other programs have written to it is not in a log beside it.
fn lies_still(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    path.is_file() && std::fs::metadata(log).map_or(true, |it| it.len() == 0)
}

/// A path as a part of an address of a file.
fn in_uri(path: &Path) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    let write = |b: &u8| if plain(*b) { char::from(*b).to_string() } else { format!("%{b:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(write).collect()
}

/// How many bytes a store has and how many it should have, if it was cut short.
fn cut_short(path: &Path) -> Option<(u64, u64)> {
    let mut head = [0; 32];
    let mut file = std::fs::File::open(path).ok()?;
    let there = file.metadata().ok()?.len();
    file.read_exact(&mut head).ok()?;
    head.starts_with(b"SQLite format 3\0").then_some(())?;
    // The size of a page and the number of pages stand in the header; a page of 64 KiB has the size 1.
    let size = u64::from(u16::from_be_bytes([head[16], head[17]]));
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    let whole = pages * if size == 1 { 65_536 } else { size };
    (there < whole).then_some((there, whole))
}

fn named(path: &Path, e: Error) -> Error {
    match e {
        Error::Unusable(_) if cut_short(path).is_some() => {
            let (there, whole) = cut_short(path).unwrap_or_default();
            Error::Unusable(format!(
                "{}: the store was cut short: of {whole} bytes {there} are there; put a copy back in its place",
                path.display()
            ))
        }
        Error::Unusable(_) | Error::Other(_) if path.is_dir() => {
            Error::Unusable(format!("{}: a folder, no store", path.display()))
        }
        Error::Unusable(it) if !it.contains(&*path.to_string_lossy()) => {
            Error::Unusable(format!("{}: {it}", path.display()))
        }
        Error::Full(it) => Error::Full(format!("{}: {it}", path.display())),
        Error::Busy(it) if !it.contains(&*path.to_string_lossy()) => Error::Busy(format!("{}: {it}", path.display())),
        Error::Other(it) => Error::Other(format!("{}: {it}", path.display())),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_in_a_folder_that_nothing_may_be_written_to_is_read_as_it_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("only read % ? #/news.db");
        let mut store = Store::open(&path).unwrap();
        store.set_meta("a", "b").unwrap();
        assert!(!lies_still(&path), "what was written is in the log");
        drop(store);
        assert!(lies_still(&path));
        // Whoever runs this test may be somebody who may write everywhere: the way is taken by hand.
        let uri = format!("file:{}?immutable=1", in_uri(&path));
        let store = Store::reading(&path, uri.as_ref(), OpenFlags::SQLITE_OPEN_URI).unwrap();
        assert_eq!(store.meta("a").unwrap().as_deref(), Some("b"));
        let beside: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(beside.len(), 1, "{beside:?}");
    }
}
