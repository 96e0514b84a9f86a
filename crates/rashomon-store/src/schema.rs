//! The tables, and how a store of an older version becomes one of this.

use crate::{Error, Result};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// The version of the store that this program writes.
pub const VERSION: i64 = 2;
/// `RASM`, in the header of the file.
const APPLICATION: i64 = 0x5241_534d;

/// Steps from one version to the next: the first makes a store out of an empty file.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("schema_2.sql")];

/// Makes the file behind `conn` a store of this version. An older one is copied beside itself first.
pub(crate) fn ensure(conn: &mut Connection, path: &Path, may_write: bool) -> Result<()> {
    let found = version(conn, path)?;
    if found == VERSION {
        return Ok(());
    }
    if !may_write && found == 0 {
        return Err(Error::Unusable(format!(
            "{}: an empty file, no store yet; `rashomon add INPUT` makes one",
            path.display()
        )));
    }
    if !may_write {
        return Err(Error::Unusable(format!(
            "{}: a store of version {found}, this program reads {VERSION}; any command that writes brings it up to date",
            path.display()
        )));
    }
    if found > 0 {
        let copy = beside(path, found);
        conn.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another program may have done it while this one waited.
    let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in &STEPS[usize::try_from(found).unwrap_or(0).min(STEPS.len())..] {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}

/// The version of the store behind `conn`; 0 for an empty file.
fn version(conn: &Connection, path: &Path) -> Result<i64> {
    let number = |what: &str| conn.query_row(&format!("PRAGMA {what}"), [], |row| row.get::<_, i64>(0));
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let path = path.display();
    if tables > 0 && application != APPLICATION {
        return Err(Error::Unusable(format!("{path}: a database, but not a store of Rashomon")));
    }
    if found > VERSION {
        return Err(Error::Unusable(format!(
            "{path}: a store of version {found}, made by a newer program; this one knows {VERSION}"
        )));
    }
    Ok(found)
}

fn beside(path: &Path, version: i64) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-{}", version + 1));
    let mut copy = PathBuf::from(&name);
    let mut n = 1;
    while copy.exists() {
        n += 1;
        let mut numbered = name.clone();
        numbered.push(format!("-{n}"));
        copy = numbered.into();
    }
    copy
}
