//! The tables, and how a store of an older version becomes one of this.

use crate::{Error, Result};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

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
        return Err(Error::Older(format!(
            "{}: a store of version {found}, this program reads {VERSION}; any command that writes brings it up to date",
            path.display()
        )));
    }
    if found > 0 {
        copy(conn, path, found)?;
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

/// Copies a store of an older version beside itself. The copy gets its name when it is whole: no half of one stays behind, and
/// programs and threads that do this at once are not in each other's way.
fn copy(conn: &Connection, path: &Path, version: i64) -> Result<()> {
    static COPIES: AtomicU32 = AtomicU32::new(0);
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".{}-{}.part", std::process::id(), COPIES.fetch_add(1, Ordering::Relaxed)));
    let done = conn.execute("VACUUM INTO ?1", [part.to_string_lossy()]).map_err(Error::from);
    let done = done.and_then(|_| {
        let is_done = self::version(conn, path)? == VERSION;
        // Another program was faster, and has a copy.
        if is_done { Ok(false) } else { Ok(std::fs::rename(&part, beside(path, version)).map(|()| true)?) }
    });
    if !matches!(done, Ok(true)) {
        let _ = std::fs::remove_file(&part);
    }
    done.map(|_| ())
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

#[cfg(test)]
mod tests {
    use crate::Store;

    #[test]
    fn many_who_bring_a_store_up_to_date_at_once_all_open_it_and_leave_no_half_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        let mut store = Store::open(&path).unwrap();
        store.set_meta("a", "b").unwrap();
        for table in ["versions", "sketches", "annotations", "collations"] {
            store.conn.execute(&format!("ALTER TABLE {table} DROP COLUMN noticed"), []).unwrap();
        }
        store.conn.pragma_update(None, "user_version", 1).unwrap();
        drop(store);
        std::thread::scope(|scope| {
            let all: Vec<_> =
                (0..8).map(|_| scope.spawn(|| Store::open(&path).map(|it| it.meta("a").unwrap()))).collect();
            for it in all {
                assert_eq!(it.join().unwrap().unwrap().as_deref(), Some("b"));
            }
        });
        let names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        assert!(names.iter().any(|it| it == "news.db.before-2"), "{names:?}");
        assert!(!names.iter().any(|it| it.ends_with(".part")), "{names:?}");
    }
}
