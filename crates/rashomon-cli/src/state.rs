//! What `group` knows from earlier runs: a log that is only ever appended to, so that no kill can lose what stands in it.
//!
//! `frames.rs` says how it is laid out and what is damage. A log instead of a database: nothing is ever changed in place,
//! one pass reads it, and a million articles are written at the speed of the disk.

use crate::exit::Failure;
use crate::frames;
use rashomon::group::{Pins, Placement, Record};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Kinds of frames.
const RECORDS: u8 = 1;
const PINS: u8 = 2;
const STORIES: u8 = 3;
/// Bytes of records after which a frame is closed.
const FRAME: usize = 1 << 20;

/// An open state.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    pending: Vec<u8>,
    known: HashSet<u64>,
    /// What earlier runs were told to hold on to.
    pub(crate) pins: Pins,
    /// The stories of the last run that ended: the story of each article that was not alone, by fingerprint.
    stories: HashMap<u64, String>,
    /// Fingerprints that the last run that ended has seen.
    told: usize,
    order: Vec<u64>,
}

impl State {
    /// Opens or makes the state at `path` and hands every article in it to `take`.
    pub(crate) fn open(path: &Path, mut take: impl FnMut(Record)) -> Result<Self, Failure> {
        let failed = |e: &dyn std::fmt::Display| Failure::nothing(format!("{}: {e}", path.display()));
        let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(|e| failed(&e))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(failed(&"another run is using this state")),
            Err(TryLockError::Error(e)) if e.kind() != ErrorKind::Unsupported => return Err(failed(&e)),
            _ => {}
        }
        let mut it = Self {
            path: path.to_owned(),
            file,
            pending: Vec::new(),
            known: HashSet::new(),
            pins: Pins::default(),
            stories: HashMap::new(),
            told: 0,
            order: Vec::new(),
        };
        let sound = it.replay(&mut take).map_err(|e| failed(&e))?;
        let length = it.file.metadata().map_err(|e| failed(&e))?.len();
        if sound < length {
            it.file.set_len(sound).map_err(|e| failed(&e))?;
        }
        if sound == 0 {
            it.file.write_all(&frames::header()).map_err(|e| failed(&e))?;
        }
        Ok(it)
    }

    /// Whether an article with this fingerprint is in the state.
    pub(crate) fn knows(&self, fingerprint: u64) -> bool {
        self.known.contains(&fingerprint)
    }

    /// Adds an article; it is on disk at the latest after [`State::end`].
    pub(crate) fn add(&mut self, record: &Record) -> Result<(), Failure> {
        self.known.insert(record.fingerprint());
        self.order.push(record.fingerprint());
        record.encode(&mut self.pending);
        if self.pending.len() >= FRAME { self.flush() } else { Ok(()) }
    }

    /// Adds pins.
    pub(crate) fn pin(&mut self, pins: &Pins) -> Result<(), Failure> {
        let all = std::mem::take(&mut self.pins).and(pins);
        let text = all.to_text();
        self.pins = all;
        self.frame(PINS, text.as_bytes())
    }

    /// Ends a run: its stories are what the next one compares its own with. Returns what has become of the last run's.
    pub(crate) fn end(&mut self, placements: &[Placement]) -> Result<Vec<Event>, Failure> {
        self.flush()?;
        let events = self.events(placements);
        let mut content = Vec::new();
        for story in placements.chunk_by(|a, b| a.story == b.story).filter(|it| it.len() > 1) {
            let id = story[0].story.as_bytes();
            for n in [id.len(), story.len()] {
                content.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
            }
            content.extend(id);
            story.iter().for_each(|it| content.extend(it.fingerprint.to_le_bytes()));
        }
        self.frame(STORIES, &content)?;
        self.file.sync_data().map_err(|e| Failure::write(self.path.display(), &e))?;
        Ok(events)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() { Ok(()) } else { self.frame(RECORDS, &pending) }
    }

    fn frame(&mut self, kind: u8, content: &[u8]) -> Result<(), Failure> {
        self.file.write_all(&frames::frame(kind, content)).map_err(|e| Failure::write(self.path.display(), &e))
    }

    /// Reads all sound frames; returns where they end.
    fn replay(&mut self, take: &mut impl FnMut(Record)) -> Result<u64, String> {
        self.file.seek(SeekFrom::Start(0)).map_err(|e| e.to_string())?;
        let length = self.file.metadata().map_err(|e| e.to_string())?.len();
        let reader = BufReader::with_capacity(1 << 20, self.file.try_clone().map_err(|e| e.to_string())?);
        frames::read(reader, length, |kind, content| self.apply(kind, content, take))
    }

    fn apply(&mut self, kind: u8, content: &[u8], take: &mut impl FnMut(Record)) -> Option<()> {
        match kind {
            RECORDS => {
                let mut rest = content;
                while !rest.is_empty() {
                    let record = Record::decode(&mut rest)?;
                    if self.known.insert(record.fingerprint()) {
                        self.order.push(record.fingerprint());
                        take(record);
                    }
                }
            }
            PINS => self.pins = Pins::parse(std::str::from_utf8(content).ok()?).ok()?,
            STORIES => {
                self.stories.clear();
                self.told = self.order.len();
                let mut rest = content;
                while !rest.is_empty() {
                    let (head, tail) = rest.split_at_checked(8)?;
                    let number = |from: usize| u32::from_le_bytes(std::array::from_fn(|n| head[from + n])) as usize;
                    let (id, tail) = tail.split_at_checked(number(0))?;
                    let (members, tail) = tail.split_at_checked(number(4).checked_mul(8)?)?;
                    let id = std::str::from_utf8(id).ok()?;
                    for member in members.as_chunks::<8>().0 {
                        self.stories.insert(u64::from_le_bytes(*member), id.to_owned());
                    }
                    rest = tail;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// What has become of the stories of the last run.
    fn events(&self, placements: &[Placement]) -> Vec<Event> {
        let told: HashSet<u64> = self.order[..self.told].iter().copied().collect();
        let mut into: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        let mut from: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for it in placements.iter().filter(|it| told.contains(&it.fingerprint)) {
            let before = self.stories.get(&it.fingerprint).map_or(it.id.as_str(), String::as_str);
            *into.entry(before).or_default().entry(&it.story).or_default() += 1;
            *from.entry(&it.story).or_default().entry(before).or_default() += 1;
        }
        let list = |ids: &BTreeMap<&str, usize>| ids.keys().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let merged = from.iter().filter(|(_, before)| before.len() > 1).map(|(story, before)| Event {
            kind: "merge",
            before: list(before),
            after: vec![(*story).to_owned()],
            articles: before.values().sum(),
        });
        let split = into.iter().filter(|(_, after)| after.len() > 1).map(|(story, after)| Event {
            kind: "split",
            before: vec![(*story).to_owned()],
            after: list(after),
            articles: after.values().sum(),
        });
        merged.chain(split).collect()
    }
}

/// What has become of stories of the last run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// `merge` or `split`.
    pub(crate) kind: &'static str,
    /// Stories of the last run.
    pub(crate) before: Vec<String>,
    /// Stories of this one.
    pub(crate) after: Vec<String>,
    /// Articles of the last run concerned.
    pub(crate) articles: usize,
}
