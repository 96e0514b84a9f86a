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
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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
        put(&mut head, &Kept::of(article));
        let mut bytes = Vec::with_capacity(article.text.len() / if compress { 2 } else { 1 } + head.len() + 16);
        put(&mut bytes, &fingerprint);
        // The next run makes no sketches of what it reads here.
        bytes.extend(if compress { &head[..] } else { &head[card..] });
        // Zstandard (RFC 8878) at its fastest level, where that helps.
        match compress.then(|| zstd::bulk::compress(article.text.as_bytes(), 1)) {
            Some(Ok(packed)) if packed.len() < article.text.len() => {
                put(&mut bytes, &Text { unpacked: Some(length(article.text.len())), bytes: &packed });
            }
            _ => put(&mut bytes, &Text { unpacked: None, bytes: article.text.as_bytes() }),
        }
        Self { fingerprint, sketch, head, bytes }
    }
}

/// What is kept of an article beside its text.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    outlet: Option<String>,
    url: Option<String>,
    title: Option<String>,
    language: Option<String>,
    published: Option<KeptMoment>,
    updated: Option<KeptMoment>,
    declares: Declares,
}

/// What an article declares.
#[derive(Serialize, Deserialize)]
enum Declares {
    /// A row was read without a look at its text: that is done for the few that are held against others, with the byline.
    Unread(Vec<String>),
    /// Origins and agencies.
    Read([Vec<String>; 2]),
}

/// A moment to the second.
#[derive(Serialize, Deserialize)]
struct KeptMoment {
    second: i64,
    offset_seconds: i32,
    day: bool,
}

/// A text, compressed where its length in bytes stands before it.
#[derive(Serialize, Deserialize)]
struct Text<'a> {
    unpacked: Option<u32>,
    #[serde(with = "raw")]
    bytes: &'a [u8],
}

/// Bytes as one stretch.
mod raw {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de [u8], D::Error> {
        <&[u8]>::deserialize(deserializer)
    }
}

impl<'a> Kept<'a> {
    fn of(article: &'a Article) -> Self {
        let moment = |it: Moment| KeptMoment {
            second: it.at.as_second(),
            offset_seconds: it.offset_seconds,
            day: it.precision == Precision::Day,
        };
        let declares = if article.declared.is_empty() {
            Declares::Unread(article.byline.clone())
        } else {
            Declares::Read(declared_names(&article.declared))
        };
        Self {
            id: Cow::Borrowed(&article.id),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            title: article.title.clone(),
            language: read::language(article).filter(|it| it != "en"),
            published: article.published.map(moment),
            updated: article.updated.map(moment),
            declares,
        }
    }

    /// The card, and the byline where what the article declares has not been read from its text.
    fn card(self) -> Option<(Card, Option<Vec<String>>)> {
        let moment = |it: KeptMoment| {
            let precision = if it.day { Precision::Day } else { Precision::Minute };
            let at = jiff::Timestamp::from_second(it.second).ok()?;
            Some(Moment { at, offset_seconds: it.offset_seconds, precision })
        };
        let mut card = Card {
            id: self.id.into_owned(),
            outlet: self.outlet,
            url: self.url,
            title: self.title,
            language: self.language,
            published: self.published.and_then(moment),
            updated: self.updated.and_then(moment),
            ..Card::default()
        };
        match self.declares {
            Declares::Unread(byline) => Some((card, Some(byline))),
            Declares::Read([origins, credits]) => {
                (card.origins, card.credits) = (origins, credits);
                Some((card, None))
            }
        }
    }
}

/// Appends a value in postcard's format.
fn put(out: &mut Vec<u8>, it: &impl Serialize) {
    // Nothing that is written to memory fails.
    *out = postcard::to_extend(it, std::mem::take(out)).unwrap_or_default();
}

/// Takes a value off the front of `bytes`.
fn unpack<'a, T: Deserialize<'a>>(bytes: &mut &'a [u8]) -> Option<T> {
    let (it, rest) = postcard::take_from_bytes(bytes).ok()?;
    *bytes = rest;
    Some(it)
}

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
    fingerprints: Vec<u64>,
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
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| failed(&e))?;
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
            frames::begin(&mut file).map_err(|e| failed(&e))?;
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
            fingerprints: Vec::new(),
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
            let fingerprint = unpack(&mut rest)?;
            let head = rest;
            let sketch = Sketch::decode(&mut rest)?;
            unpack::<Kept<'_>>(&mut rest)?.card()?;
            let head = &head[..head.len() - rest.len()];
            unpack::<Text<'_>>(&mut rest)?;
            if self.known.insert(fingerprint) {
                self.seen.add(&sketch);
                self.places.push(place);
                self.fingerprints.push(fingerprint);
                if let Err(e) = put_head(&mut self.heads, head) {
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
            self.fingerprints.push(it.fingerprint);
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
        if !self.compress {
            return Ok(());
        }
        let mut file = self.file();
        file.sync_data()?;
        frames::vouch(&mut *file, self.end)?;
        file.sync_data()
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
            self.append(&frame)?;
            self.end += frame.len() as u64;
        } else {
            self.append(&content)?;
            self.end += content.len() as u64;
        }
        self.pending = content;
        self.pending.clear();
        Ok(())
    }

    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.file();
        file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)
    }

    fn file(&self) -> std::sync::MutexGuard<'_, File> {
        self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Hands card, sketch and fingerprint of every article to `each`, in order.
    ///
    /// # Errors
    /// If they cannot be read.
    pub(crate) fn each(&mut self, mut each: impl FnMut(&Card, &Sketch, u64)) -> io::Result<()> {
        self.heads.flush()?;
        let mut reader = BufReader::with_capacity(1 << 18, self.heads.get_mut());
        reader.seek(SeekFrom::Start(0))?;
        let mut head = Vec::new();
        for fingerprint in &self.fingerprints {
            let mut size = [0; 4];
            reader.read_exact(&mut size)?;
            head.resize(u32::from_le_bytes(size) as usize, 0);
            reader.read_exact(&mut head)?;
            let mut rest = &head[..];
            let (sketch, (card, _)) = Sketch::decode(&mut rest)
                .and_then(|it| Some((it, unpack::<Kept<'_>>(&mut rest)?.card()?)))
                .ok_or_else(broken)?;
            each(&card, &sketch, *fingerprint);
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
    let mut rest = entry;
    let fingerprint = unpack(&mut rest)?;
    if kept {
        Sketch::decode(&mut rest)?;
    }
    let (card, byline) = unpack::<Kept<'_>>(&mut rest)?.card()?;
    let Text { unpacked, bytes } = unpack(&mut rest)?;
    let text = match unpacked {
        None => bytes.to_vec(),
        Some(length) => zstd::bulk::decompress(bytes, length as usize).ok()?,
    };
    Some(Spooled { fingerprint, card, text: String::from_utf8(text).ok()?, byline })
}

fn length(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

/// Writes a head with its size before it.
fn put_head(out: &mut impl Write, head: &[u8]) -> io::Result<()> {
    out.write_all(&length(head.len()).to_le_bytes())?;
    out.write_all(head)
}
