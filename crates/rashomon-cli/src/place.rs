//! Which store a command is about.

use crate::console::Console;
use crate::exit::Failure;
use jiff::{Timestamp, ToSpan};
use rashomon_store::Store;
use std::path::PathBuf;

/// The store a command works with.
#[derive(Debug, clap::Args)]
pub(crate) struct Place {
    /// The store [default: $RASHOMON_STORE, else rashomon/rashomon.db in your data folder]
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

impl Place {
    /// The file that was asked for, else that of the environment, else the one in the user's data folder.
    pub(crate) fn path(&self) -> Result<PathBuf, Failure> {
        let named = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        let data = || {
            if cfg!(target_os = "windows") {
                named("APPDATA")
            } else if cfg!(target_os = "macos") {
                named("HOME").map(|it| it.join("Library/Application Support"))
            } else {
                named("XDG_DATA_HOME").or_else(|| named("HOME").map(|it| it.join(".local/share")))
            }
        };
        self.store
            .clone()
            .or_else(|| named("RASHOMON_STORE"))
            .or_else(|| Some(data()?.join("rashomon/rashomon.db")))
            .ok_or_else(|| Failure::Usage("no data folder is known here; say --store FILE".into()))
    }

    /// Opens the store for writing; makes it if it is not there.
    pub(crate) fn open(&self) -> Result<Store, Failure> {
        Store::open(self.path()?).map_err(Failure::nothing)
    }

    /// Opens a store that is there for writing.
    pub(crate) fn open_known(&self) -> Result<Store, Failure> {
        self.read()?;
        self.open()
    }

    /// Opens the store for reading.
    pub(crate) fn read(&self) -> Result<Store, Failure> {
        Store::open_to_read(self.path()?).map_err(Failure::nothing)
    }
}

/// Has it said when a store is waited for.
pub(crate) fn tell_of_waits(console: &Console) {
    let say = console.remarks();
    rashomon_store::tell_of_waits(move |file| {
        say(&format!("{} is locked: another program writes to it; waiting, three minutes at most", file.display()));
    });
}

/// Why a command ends when `store` fails in the middle of it: with the name of the file.
pub(crate) fn failed(store: &Store) -> impl Fn(rashomon_store::Error) -> Failure + use<> {
    let path = store.path().display().to_string();
    move |e| {
        let said = e.to_string();
        Failure::nothing(if said.contains(&path) { said } else { format!("{path}: {said}") })
    }
}

/// The moment it is.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A moment in the past: `24h`, `7d`, `90m`, `2w`, a day, or RFC 3339.
pub(crate) fn since(text: &str) -> Result<Timestamp, String> {
    let what = || format!("{text:?} is no stretch of time (24h, 7d, 90m, 2w), day or moment (RFC 3339)");
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return day.to_zoned(jiff::tz::TimeZone::UTC).map(|it| it.timestamp()).map_err(|_| what());
    }
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(what)?);
    let number: i64 = number.parse().map_err(|_| what())?;
    let hours = match unit {
        "m" | "min" => return now().checked_sub(number.minutes()).map_err(|_| what()),
        "h" => Some(number),
        "d" => number.checked_mul(24),
        "w" => number.checked_mul(24 * 7),
        _ => None,
    };
    let hours = hours.filter(|it| *it < 24 * 366 * 100).ok_or_else(what)?;
    now().checked_sub(hours.hours()).map_err(|_| what())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_days_and_moments_are_understood() {
        assert_eq!(since("2031-05-04T08:00:00Z").unwrap().to_string(), "2031-05-04T08:00:00Z");
        assert_eq!(since("2031-05-04").unwrap().to_string(), "2031-05-04T00:00:00Z");
        assert!(since("24h").unwrap() > since("2d").unwrap());
        for text in ["", "h", "24", "24y", "yesterday", "99999999999999999999h", "9999999999w"] {
            assert!(since(text).is_err(), "{text}");
        }
    }
}
