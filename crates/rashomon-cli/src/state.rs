//! What `group` knows from earlier runs: a log that only grows, so that no kill can lose what stands in it.
//!
//! `frames.rs` says how it is laid out and what is damage. A log instead of a database: nothing is ever changed in place,
//! one pass reads it, and a million articles are written at the speed of the disk. A run appends the articles that are new,
//! and at its end, in one frame, what it changed in the stories: a run that was killed has placed nothing, but what it has
//! read need not be read again.

use crate::exit::Failure;
use crate::frames;
use rashomon::group::{Grouper, Pins, Record};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Kinds of frames.
const RECORDS: u8 = 1;
const PINS: u8 = 2;
const RUN: u8 = 3;
/// Bytes of records after which a frame is closed.
const FRAME: usize = 1 << 20;

/// An open state.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    pending: Vec<u8>,
    /// What earlier runs were told to hold on to.
    pub(crate) pins: Pins,
}

impl State {
    /// Opens or makes the state at `path` and gives what is in it to `grouper`, which must be empty.
    pub(crate) fn open(path: &Path, grouper: &mut Grouper) -> Result<Self, Failure> {
        let failed = |e: &dyn std::fmt::Display| Failure::nothing(format!("{}: {e}", path.display()));
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|e| failed(&e))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(failed(&"another run is using this state")),
            Err(TryLockError::Error(e)) if e.kind() != ErrorKind::Unsupported => return Err(failed(&e)),
            _ => {}
        }
        let mut it = Self { path: path.to_owned(), file, pending: Vec::new(), pins: Pins::default() };
        grouper.resumable();
        let sound = it.replay(grouper).map_err(|e| failed(&e))?;
        let length = it.file.metadata().map_err(|e| failed(&e))?.len();
        if sound < length {
            it.file.set_len(sound).map_err(|e| failed(&e))?;
        }
        it.file.seek(SeekFrom::End(0)).map_err(|e| failed(&e))?;
        if sound == 0 {
            frames::begin(&mut it.file).map_err(|e| failed(&e))?;
        }
        Ok(it)
    }

    /// Adds an article; it is on disk at the latest after [`State::end`].
    pub(crate) fn add(&mut self, record: &Record) -> Result<(), Failure> {
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

    /// Ends a run: the next one goes on from the stories it has changed.
    pub(crate) fn end(&mut self, change: &[u8]) -> Result<(), Failure> {
        self.flush()?;
        self.frame(RUN, change)?;
        self.vouch().map_err(|e| Failure::write(self.path.display(), &e))
    }

    /// What is there now is there to stay: a file that is shorter at the next run was cut.
    fn vouch(&mut self) -> std::io::Result<()> {
        self.file.sync_data()?;
        let length = self.file.metadata()?.len();
        frames::vouch(&mut self.file, length)?;
        self.file.sync_data()
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() { Ok(()) } else { self.frame(RECORDS, &pending) }
    }

    fn frame(&mut self, kind: u8, content: &[u8]) -> Result<(), Failure> {
        self.file.write_all(&frames::frame(kind, content)).map_err(|e| Failure::write(self.path.display(), &e))
    }

    /// Reads all sound frames; returns where they end.
    fn replay(&mut self, grouper: &mut Grouper) -> Result<u64, String> {
        self.file.seek(SeekFrom::Start(0)).map_err(|e| e.to_string())?;
        let length = self.file.metadata().map_err(|e| e.to_string())?.len();
        let reader = BufReader::with_capacity(1 << 20, self.file.try_clone().map_err(|e| e.to_string())?);
        frames::read(reader, length, |kind, content| {
            match kind {
                RECORDS => {
                    let mut rest = content;
                    while !rest.is_empty() {
                        grouper.add(Record::decode(&mut rest)?);
                    }
                }
                PINS => self.pins = Pins::parse(std::str::from_utf8(content).ok()?).ok()?,
                RUN => grouper.resume(content)?,
                _ => return None,
            }
            Some(())
        })
    }
}
