//! The invented example: two weeks of news that never happened, as a watcher would have kept them.
//!
//! The folder `demo` of this crate holds copies of what stands in `examples`, which is not in its package.

use jiff::Timestamp;
use rashomon::read::{Format, Record};
use rashomon_store::{Error, Retrieved, Store, prepare};
use std::path::Path;

/// One retrieved state a line.
const HISTORY: &str = include_str!("../demo/history.jsonl");

/// The reports of the ferry: when retrieved, address, whether a page, and what was retrieved.
const FERRY: [(&str, &str, Format, &[u8]); 9] = [
    (
        "2025-03-11T18:02:00Z",
        "https://harbourcourier.example/2025/03/ferry-bridge",
        Format::Plain,
        include_bytes!("../demo/ferry/01-harbour-courier-stub.txt"),
    ),
    (
        "2025-03-11T22:40:00Z",
        "https://harbourcourier.example/2025/03/ferry-bridge",
        Format::Plain,
        include_bytes!("../demo/ferry/02-harbour-courier-revised.txt"),
    ),
    (
        "2025-03-11T20:20:00Z",
        "https://selwynwire.example/2025/ferry-aldmoor",
        Format::Plain,
        include_bytes!("../demo/ferry/03-selwyn-wire.txt"),
    ),
    (
        "2025-03-11T21:30:00Z",
        "https://coastlinepost.example/news/ferry",
        Format::Plain,
        include_bytes!("../demo/ferry/04-coastline-post-reprint.txt"),
    ),
    (
        "2025-03-12T06:40:00Z",
        "https://inlandledger.example/ferry-crash",
        Format::Plain,
        include_bytes!("../demo/ferry/05-inland-ledger.txt"),
    ),
    (
        "2025-03-12T08:10:00Z",
        "https://dailymeridian.example/ferry",
        Format::Html,
        include_bytes!("../demo/ferry/06-daily-meridian.html"),
    ),
    (
        "2025-03-12T14:00:00Z",
        "https://straitmonitor.example/port-selwyn",
        Format::Plain,
        include_bytes!("../demo/ferry/07-strait-monitor-backtranslation.txt"),
    ),
    (
        "2025-03-12T09:00:00Z",
        "https://northbankherald.example/ferry-union",
        Format::Plain,
        include_bytes!("../demo/ferry/08-northbank-herald.txt"),
    ),
    (
        "2025-03-13T11:00:00Z",
        "https://kestrelgazette.example/island-teacher",
        Format::Plain,
        include_bytes!("../demo/ferry/09-kestrel-gazette.txt"),
    ),
];

/// Fills the store at `path`, which must be empty, and makes its stories.
///
/// # Errors
/// If the store cannot be written.
pub fn fill(path: &Path) -> Result<(), Error> {
    let mut store = Store::open(path)?;
    for retrieved in history() {
        let at = retrieved.at;
        let encoder = store.encoder()?;
        if let Some(prepared) = prepare(retrieved, &encoder).output {
            store.put(&[prepared])?;
        }
        // Grouped as they come, so that the store tells which report joined when, and what there was to tell of it.
        let changed = store.group(at)?.changed;
        store.raise_alerts(&changed, at)?;
    }
    let end = Timestamp::UNIX_EPOCH.max(last());
    while let [first, ..] = store.stale_stories(1)?.as_slice() {
        let key = first.clone();
        store.collate(&key, end)?;
    }
    Ok(())
}

fn last() -> Timestamp {
    history().iter().map(|r| r.at).max().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// All that was retrieved, in order of time.
fn history() -> Vec<Retrieved> {
    let ferry = FERRY.iter().map(|(at, url, format, bytes)| retrieved(at, url, *format, bytes.to_vec()));
    let row = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        retrieved(row["retrieved"].as_str()?, row["url"].as_str()?, Format::Jsonl, line.as_bytes().to_vec())
    };
    let mut all: Vec<Retrieved> = ferry.chain(HISTORY.lines().map(row)).flatten().collect();
    all.sort_by(|a, b| (a.at, &a.record.place).cmp(&(b.at, &b.record.place)));
    all
}

fn retrieved(at: &str, url: &str, format: Format, bytes: Vec<u8>) -> Option<Retrieved> {
    let record = Record { place: url.to_owned(), format, bytes };
    let mut it = Retrieved::of(record, at.parse().ok()?);
    it.addresses = vec![(url.to_owned(), "requested")];
    Some(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_history_is_read() {
        assert_eq!(history().len(), FERRY.len() + HISTORY.lines().count());
        assert!(history().is_sorted_by_key(|r| r.at));
    }

    #[test]
    fn the_copies_are_the_shipped_examples() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
        let shipped = here.join("../../../examples");
        let bytes = |path: &Path| std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(bytes(&here.join("history.jsonl")), bytes(&shipped.join("demo/history.jsonl")));
        let names = |folder: &Path| -> std::collections::BTreeSet<_> {
            std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name()).collect()
        };
        let (copies, articles) = (here.join("ferry"), shipped.join("ferry/articles"));
        assert_eq!(names(&copies), names(&articles));
        assert_eq!(names(&copies).len(), FERRY.len());
        for name in names(&articles) {
            assert_eq!(bytes(&copies.join(&name)), bytes(&articles.join(&name)), "{}", name.display());
        }
    }
}
