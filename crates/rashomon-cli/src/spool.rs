//! Where are the articles that lineage looks at again? In a file: in memory is only where each begins. What the search begins
//! with, sketches and whose they are, stands by itself in a passing file that is read once, from front to back.
//!
//! A run without a state keeps them in a file without a name beside the tables, gone when the run ends; one with a state
//! beside it (`STATE.texts`), compressed, so that the next run finds what new articles share with earlier ones. It is laid out
//! as `frames.rs` says and only ever appended to. Which articles it holds is told by their fingerprints, whatever the state
//! knows: after a kill, or after runs with `--no-lineage`, what is missing is added when it is read again.

use crate::frames::{self, HEAD, HEADER};
use rashomon::lineage::{Card, Seen, Sketch, declared_names};
use rashomon::model::{Article, Moment, Precision};
use rashomon::read;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The kind of frames, which tells the version of the sketches too, and that cards name the language.
const KIND: u8 = 65 + Sketch::VERSION;
/// Bytes of entries after which a frame is closed.
const FRAME: usize = 1 << 20;

/// One article on its way into the spool.
pub(crate) struct Entry {
    fingerprint: u64,
    sketch: Sketch,
    /// Sketch and card.
    head: Vec<u8>,
    bytes: Vec<u8>,
}

impl Entry {
    /// The entry of `article`. Pure, so that it can be made on many threads.
    pub(crate) fn of(article: &Article, fingerprint: u64, compress: bool) -> Self {
        let sketch = Sketch::of(&article.text);
        let mut head = Vec::with_capacity(sketch.len() * 6 + 512);
        sketch.encode(&mut head);
        let card = head.len();
        for field in [Some(&article.id), article.outlet.as_ref(), article.url.as_ref(), article.title.as_ref()] {
            put(&mut head, field.map(String::as_str));
        }
        put_moment(&mut head, article.published);
        put_moment(&mut head, article.updated);
        put(&mut head, read::language(article).filter(|it| it != "en").as_deref());
        // A row was read without a look at its text: that is done for the few that are held against others.
        let declared = !article.declared.is_empty();
        head.push(u8::from(declared));
        if declared {
            declared_names(&article.declared).iter().for_each(|names| put_all(&mut head, names));
        } else {
            put_all(&mut head, &article.byline);
        }
        let mut bytes = Vec::with_capacity(article.text.len() / if compress { 2 } else { 1 } + head.len() + 16);
        bytes.extend([0; 4]);
        bytes.extend(fingerprint.to_le_bytes());
        // The next run makes no sketches of what it reads here.
        bytes.extend(if compress { &head[..] } else { &head[card..] });
        // Zstandard (RFC 8878) at its fastest level, where that helps.
        match compress.then(|| zstd::bulk::compress(article.text.as_bytes(), 1)) {
            Some(Ok(packed)) if packed.len() < article.text.len() => {
                bytes.extend(length(article.text.len()).to_le_bytes());
                bytes.extend(packed);
            }
            _ => {
                bytes.extend(PLAIN.to_le_bytes());
                bytes.extend(article.text.as_bytes());
            }
        }
        let rest = length(bytes.len() - 4).to_le_bytes();
        bytes[..4].copy_from_slice(&rest);
        Self { fingerprint, sketch, head, bytes }
    }
}

/// In place of the length of a compressed text: it stands as it is.
const PLAIN: u32 = u32::MAX;
/// In place of the length of a string: there is none.
const NOTHING: u32 = u32::MAX;

/// All articles of this run and of earlier ones, in the order they came.
pub(crate) struct Spool {
    path: PathBuf,
    file: Mutex<File>,
    compress: bool,
    pending: Vec<u8>,
    /// Sketches and cards.
    heads: BufWriter<File>,
    /// Where the file ends.
    end: u64,
    /// Where each entry begins.
    places: Vec<u64>,
    known: HashSet<u64>,
    seen: Seen,
}

impl Spool {
    /// An empty one in a file of no name in `dir`, which is made if it is not there.
    ///
    /// # Errors
    /// If no file can be made there.
    pub(crate) fn passing(dir: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let (file, heads) = (tempfile::tempfile_in(dir)?, tempfile::tempfile_in(dir)?);
        Ok(Self::new(dir.join("(articles)"), file, heads, false))
    }

    /// The one that is kept beside the state at `state`; made if it is not there.
    ///
    /// # Errors
    /// What is wrong with the file, which is left as it is.
    pub(crate) fn kept(state: &Path) -> Result<Self, String> {
        let mut path = state.as_os_str().to_owned();
        path.push(".texts");
        let path = PathBuf::from(path);
        let failed = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(|e| failed(&e))?;
        let length = file.metadata().map_err(|e| failed(&e))?.len();
        let dir = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let heads = tempfile::tempfile_in(dir).map_err(|e| failed(&e))?;
        let mut it = Self::new(path.clone(), file.try_clone().map_err(|e| failed(&e))?, heads, true);
        let mut at = HEADER;
        let mut unwritten = None;
        let reader = BufReader::with_capacity(1 << 20, &mut file);
        let sound = frames::read(reader, length, |kind, content| {
            (kind == KIND).then_some(())?;
            it.replay(content, at + HEAD)?.unwrap_or_else(|e| unwritten = Some(e));
            at += HEAD + content.len() as u64;
            Some(())
        })
        .map_err(|e| failed(&e))?;
        if let Some(e) = unwritten {
            return Err(failed(&e));
        }
        if sound < length {
            file.set_len(sound).map_err(|e| failed(&e))?;
        }
        if sound > 0 {
            it.end = sound;
        } else {
            file.write_all(&frames::header()).map_err(|e| failed(&e))?;
        }
        Ok(it)
    }

    fn new(path: PathBuf, file: File, heads: File, compress: bool) -> Self {
        Self {
            path,
            file: Mutex::new(file),
            compress,
            pending: Vec::new(),
            heads: BufWriter::with_capacity(1 << 18, heads),
            end: if compress { HEADER } else { 0 },
            places: Vec::new(),
            known: HashSet::new(),
            seen: Seen::default(),
        }
    }

    /// Takes note of the entries of a frame whose content begins at `at`.
    /// Nothing if it holds no entries; an error if what they begin with cannot be written.
    fn replay(&mut self, content: &[u8], at: u64) -> Option<io::Result<()>> {
        let mut rest = content;
        while !rest.is_empty() {
            let place = at + (content.len() - rest.len()) as u64;
            let entry = rest.split_off(..4)?;
            let mut entry = rest.split_off(..number(entry)? as usize)?;
            let fingerprint = u64::from_le_bytes(entry.split_off(..8)?.try_into().ok()?);
            let head = entry;
            let sketch = Sketch::decode(&mut entry)?;
            card(&mut entry)?;
            if self.known.insert(fingerprint) {
                self.seen.add(&sketch);
                self.places.push(place);
                if let Err(e) = put_head(&mut self.heads, &head[..head.len() - entry.len()]) {
                    return Some(Err(e));
                }
            }
        }
        Some(Ok(()))
    }

    /// Whether texts are to be compressed.
    pub(crate) fn compresses(&self) -> bool {
        self.compress
    }

    /// Adds an article that is not there yet.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn add(&mut self, it: &Entry) -> io::Result<()> {
        if self.known.insert(it.fingerprint) {
            self.seen.add(&it.sketch);
            self.places.push(self.end + if self.compress { HEAD } else { 0 } + self.pending.len() as u64);
            self.pending.extend(&it.bytes);
            put_head(&mut self.heads, &it.head)?;
            if self.pending.len() >= FRAME {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Where the articles are kept.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Number of articles.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Hands what is pending to the system. One that is kept is on disk afterwards.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        if self.compress { self.file().sync_data() } else { Ok(()) }
    }

    /// Which samples have been seen before; the spool forgets it, and takes no article any more.
    pub(crate) fn take_seen(&mut self) -> Seen {
        (self.known, self.pending) = (HashSet::new(), Vec::new());
        std::mem::take(&mut self.seen)
    }

    fn write(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let content = std::mem::take(&mut self.pending);
        if self.compress {
            let frame = frames::frame(KIND, &content);
            self.file().write_all(&frame)?;
            self.end += frame.len() as u64;
        } else {
            self.file().write_all(&content)?;
            self.end += content.len() as u64;
        }
        self.pending = content;
        self.pending.clear();
        Ok(())
    }

    fn file(&self) -> std::sync::MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Hands card and sketch of every article to `take`, in order.
    ///
    /// # Errors
    /// If they cannot be read.
    pub(crate) fn each(&mut self, mut take: impl FnMut(&Card, &Sketch)) -> io::Result<()> {
        self.heads.flush()?;
        let mut reader = BufReader::with_capacity(1 << 18, self.heads.get_mut());
        reader.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        for _ in 0..self.places.len() {
            let mut size = [0; 4];
            reader.read_exact(&mut size)?;
            head.resize(u32::from_le_bytes(size) as usize, 0);
            reader.read_exact(&mut head)?;
            let mut rest = &head[..];
            let (sketch, (card, _)) =
                Sketch::decode(&mut rest).and_then(|it| Some((it, card(&mut rest)?))).ok_or_else(broken)?;
            take(&card, &sketch);
        }
        reader.seek(SeekFrom::End(0))?;
        Ok(())
    }

    /// Article `n`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn article(&self, n: usize) -> io::Result<Spooled> {
        // The place of the next entry tells the length, and at most a head of a frame more.
        let next = self.places.get(n + 1).copied().unwrap_or(self.end);
        let mut entry = vec![0; usize::try_from(next - self.places[n]).unwrap_or(usize::MAX)];
        {
            let mut file = self.file();
            file.seek(SeekFrom::Start(self.places[n]))?;
            file.read_exact(&mut entry)?;
        }
        unpacked(&entry, self.compress).ok_or_else(broken)
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "an article does not come back as it was written")
}

/// One article out of the spool.
pub(crate) struct Spooled {
    pub(crate) fingerprint: u64,
    pub(crate) card: Card,
    pub(crate) text: String,
    /// Where what it declares is not in its card yet, but to be read from its text: its byline.
    pub(crate) byline: Option<Vec<String>>,
}

impl Spooled {
    /// The names of the origins and of the agencies that it declares, read from its text.
    pub(crate) fn declared(&mut self, byline: Vec<String>) -> [Vec<String>; 2] {
        let (text, outlet) = (std::mem::take(&mut self.text), self.card.outlet.clone());
        let article = Article { text, byline, outlet, ..Article::default() };
        let names = declared_names(&read::declared_sources(&article));
        self.text = article.text;
        names
    }
}

/// The article in `entry`, which may go on behind it; `kept` ones have their sketch before the card.
fn unpacked(entry: &[u8], kept: bool) -> Option<Spooled> {
    let size = number(entry.get(..4)?)? as usize;
    let mut rest = entry.get(4..4 + size)?;
    let fingerprint = u64::from_le_bytes(rest.split_off(..8)?.try_into().ok()?);
    if kept {
        Sketch::decode(&mut rest)?;
    }
    let (card, byline) = card(&mut rest)?;
    let length = number(rest.split_off(..4)?)?;
    let text = if length == PLAIN { rest.to_vec() } else { zstd::bulk::decompress(rest, length as usize).ok()? };
    Some(Spooled { fingerprint, card, text: String::from_utf8(text).ok()?, byline })
}

/// A card; where what it declares has not been read from the text yet, its byline.
fn card(rest: &mut &[u8]) -> Option<(Card, Option<Vec<String>>)> {
    let mut card = Card {
        id: string(rest)??,
        outlet: string(rest)?,
        url: string(rest)?,
        title: string(rest)?,
        published: moment(rest)?,
        updated: moment(rest)?,
        language: string(rest)?,
        ..Card::default()
    };
    if *rest.split_off_first()? == 0 {
        let byline = strings(rest)?;
        return Some((card, Some(byline)));
    }
    (card.origins, card.credits) = (strings(rest)?, strings(rest)?);
    Some((card, None))
}

/// As many strings as the number before them says.
fn strings(rest: &mut &[u8]) -> Option<Vec<String>> {
    let count = number(rest.split_off(..4)?)?;
    (0..count).map(|_| string(rest)?).collect()
}

fn length(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Writes a head with its size before it.
fn put_head(out: &mut impl Write, head: &[u8]) -> io::Result<()> {
    out.write_all(&length(head.len()).to_le_bytes())?;
    out.write_all(head)
}

/// Strings with their number before them.
fn put_all(out: &mut Vec<u8>, all: &[String]) {
    out.extend(length(all.len()).to_le_bytes());
    all.iter().for_each(|it| put(out, Some(it)));
}

fn put(out: &mut Vec<u8>, field: Option<&str>) {
    out.extend(field.map_or(NOTHING, |it| length(it.len())).to_le_bytes());
    out.extend(field.unwrap_or_default().as_bytes());
}

/// A string, or none; nothing if the bytes hold neither.
fn string(rest: &mut &[u8]) -> Option<Option<String>> {
    let size = number(rest.split_off(..4)?)?;
    if size == NOTHING {
        return Some(None);
    }
    Some(Some(std::str::from_utf8(rest.split_off(..size as usize)?).ok()?.to_owned()))
}

fn put_moment(out: &mut Vec<u8>, it: Option<Moment>) {
    let precision = it.map_or(0, |it| if it.precision == Precision::Day { 1 } else { 2 });
    out.push(precision);
    if let Some(it) = it {
        out.extend(it.at.as_second().to_le_bytes());
        out.extend(it.offset_seconds.to_le_bytes());
    }
}

/// A moment to the second, or none; nothing if the bytes hold neither.
fn moment(rest: &mut &[u8]) -> Option<Option<Moment>> {
    let precision = match rest.split_off_first()? {
        0 => return Some(None),
        1 => Precision::Day,
        _ => Precision::Minute,
    };
    let second = i64::from_le_bytes(rest.split_off(..8)?.try_into().ok()?);
    let offset_seconds = i32::from_le_bytes(rest.split_off(..4)?.try_into().ok()?);
    Some(Some(Moment { at: jiff::Timestamp::from_second(second).ok()?, offset_seconds, precision }))
}
