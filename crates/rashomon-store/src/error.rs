//! What can go wrong with a store, in words.

use crate::wait;
use std::fmt;
use std::path::Path;

/// What a function of the store gives.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a store could not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// There is no such article, version, story, feed or pin.
    Unknown(String),
    /// Another program is writing to the store and did not end in time.
    Busy(String),
    /// The disk is full; nothing of the transaction was kept.
    Full(String),
    /// The file is not a store, is damaged, or is one of a newer version.
    Unusable(String),
    /// The store is of an older version, and was to be read only.
    Older(String),
    /// What was asked for makes no sense, or is not allowed.
    Wrong(String),
    /// Anything else.
    Other(String),
}

impl Error {
    pub(crate) fn unknown(what: &str, key: impl fmt::Display) -> Self {
        Self::Unknown(format!("no {what} {key} in the store"))
    }

    pub(crate) fn other(e: impl fmt::Display) -> Self {
        Self::Other(e.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unknown(it)
        | Self::Busy(it)
        | Self::Full(it)
        | Self::Unusable(it)
        | Self::Older(it)
        | Self::Wrong(it)
        | Self::Other(it)) = self;
        f.write_str(it)
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        // A limit on the size of files stops a write without saying that the disk is full.
        if e.sqlite_error().is_some_and(|it| it.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE) {
            return Self::Full(
                "the store could not be written: no space left, or a limit on the size of files (`ulimit -f`); what was \
                 being written was taken back, the store is sound"
                    .into(),
            );
        }
        match e.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy(given_up(wait::file().as_deref())),
            Some(Code::DiskFull) => Self::Full(
                "no space left on the disk; what was being written was taken back, the store is sound".into(),
            ),
            Some(Code::NotADatabase) => Self::Unusable("not a store of Rashomon".into()),
            Some(Code::DatabaseCorrupt) => {
                Self::Unusable("the store is damaged; `rashomon store check` says where".into())
            }
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                Self::Unusable(format!("the store cannot be opened for this: {e}"))
            }
            _ => Self::Other(format!("store: {e}")),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::StorageFull => Self::Full("no space left on the disk".into()),
            _ => Self::Other(e.to_string()),
        }
    }
}

/// Why a write was given up, and what to do.
fn given_up(file: Option<&Path>) -> String {
    let place = file.map(|it| format!("{}: ", it.display())).unwrap_or_default();
    format!(
        "{place}locked: another program has been writing to the store for three minutes; try again when it has ended, or \
         end it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_gives_up_waiting_names_the_file_and_what_to_do() {
        let busy = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None);
        let Error::Busy(said) = busy.into() else { panic!("not told as busy") };
        assert!(said.contains("locked") && said.contains("try again"), "{said}");
        let said = given_up(Some(Path::new("desk/news.db")));
        assert!(said.starts_with("desk/news.db: locked"), "{said}");
    }
}
