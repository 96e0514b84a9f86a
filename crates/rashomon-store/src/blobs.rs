//! Bytes by their digest, compressed, each only once.
//!
//! News texts are short, and a compressor that begins with nothing spends most of one on learning the language. When a
//! store holds [`SAMPLES`] texts, a dictionary is made of them, and all later ones are compressed with it.

use crate::outlets::{self, Zones};
use crate::{Error, Result};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CCtx, DCtx};

/// Level of compression of what is kept for good. Who adds waits for the one that writes, not for those that compress: of
/// 2,000 rows of 6.4 KB 36.8 % is left at level 3 with a dictionary of 112 KB, 33.0 % at level 6 with one of 512 KB.
const LEVEL: i32 = 6;
/// The same of what is made anew and read often.
const QUICK: i32 = 3;
/// Bytes of a dictionary: a tenth of the texts it is made of, within these.
const DICTIONARY: (usize, usize) = (112 << 10, 512 << 10);
/// Texts that a dictionary is made of, at least; four times as many where there are more.
const SAMPLES: usize = 1200;
/// What one blob may take when it is opened: more than any article may hold.
const LARGEST: usize = 1 << 30;

/// Dictionaries that were loaded, and the one that new bytes are compressed with.
#[derive(Default)]
pub(crate) struct Codecs {
    decoders: FxHashMap<i64, DecoderDictionary<'static>>,
    encoder: Option<Arc<Encoder>>,
    /// How many blobs there were when a dictionary was last looked for.
    looked: Option<i64>,
}

impl fmt::Debug for Codecs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Codecs({} dictionaries)", self.decoders.len())
    }
}

/// Compresses with one dictionary of a store, on any thread.
///
/// It carries what else a store knows that records are read with, so that they can be made ready on any thread.
pub struct Encoder {
    id: Option<i64>,
    zones: Zones,
    dictionary: Option<EncoderDictionary<'static>>,
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Encoder({:?})", self.id)
    }
}

/// Bytes ready to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    pub(crate) digest: [u8; 32],
    size: usize,
    codec: u8,
    dictionary: Option<i64>,
    bytes: Vec<u8>,
}

impl Encoder {
    /// Zones of outlets.
    pub(crate) fn zones(&self) -> &Zones {
        &self.zones
    }

    /// Packs bytes; pure, so that it can be done on many threads.
    pub(crate) fn pack(&self, bytes: &[u8]) -> Packed {
        let made = match &self.dictionary {
            Some(it) => with_dictionary(bytes, it),
            None => zstd::bulk::compress(bytes, LEVEL),
        };
        let digest = Sha256::digest(bytes).into();
        match made {
            Ok(made) if made.len() < bytes.len() => {
                Packed { digest, size: bytes.len(), codec: 1, dictionary: self.id, bytes: made }
            }
            _ => Packed { digest, size: bytes.len(), codec: 0, dictionary: None, bytes: bytes.to_vec() },
        }
    }
}

thread_local! {
    /// A context is a megabyte to make ready: each thread keeps one.
    static CONTEXT: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    /// And one to open with: a page of search opens fifty texts.
    static OPENER: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

fn opened(bytes: &[u8], size: usize, dictionary: &DecoderDictionary<'static>) -> std::io::Result<Vec<u8>> {
    OPENER.with_borrow_mut(|context| {
        let mut out: Vec<u8> = Vec::with_capacity(size);
        context
            .decompress_using_ddict(&mut out, bytes, dictionary.as_ddict())
            .map_err(|code| std::io::Error::other(zstd_safe::get_error_name(code)))?;
        Ok(out)
    })
}

fn with_dictionary(bytes: &[u8], dictionary: &EncoderDictionary<'static>) -> std::io::Result<Vec<u8>> {
    CONTEXT.with_borrow_mut(|context| {
        let mut out: Vec<u8> = Vec::with_capacity(zstd_safe::compress_bound(bytes.len()));
        context
            .compress_using_cdict(&mut out, bytes, dictionary.as_cdict())
            .map_err(|code| std::io::Error::other(zstd_safe::get_error_name(code)))?;
        // What is kept is kept long: without the room that was not needed.
        out.shrink_to_fit();
        Ok(out)
    })
}

/// Keeps packed bytes, unless they are there; returns their number.
pub(crate) fn keep(conn: &Connection, it: &Packed) -> Result<i64> {
    let known = conn
        .prepare_cached("SELECT id FROM blobs WHERE digest = ?1")?
        .query_row([&it.digest[..]], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO blobs (digest, size, codec, dictionary, bytes) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            &it.digest[..],
            i64::try_from(it.size).unwrap_or(i64::MAX),
            it.codec,
            it.dictionary,
            it.bytes
        ])?;
    Ok(conn.last_insert_rowid())
}

/// Puts the same bytes, packed anew, in the place of `id`.
pub(crate) fn replace(conn: &Connection, id: i64, it: &Packed) -> Result<()> {
    conn.prepare_cached("UPDATE blobs SET codec = ?1, dictionary = ?2, bytes = ?3 WHERE id = ?4")?.execute(params![
        it.codec,
        it.dictionary,
        it.bytes,
        id
    ])?;
    Ok(())
}

impl Codecs {
    /// What new bytes are to be packed with: makes a dictionary when there are enough texts for the first one.
    pub(crate) fn encoder(&mut self, conn: &Connection) -> Result<Arc<Encoder>> {
        if let Some(it) = self.encoder.clone().filter(|it| it.id.is_some()) {
            return Ok(it);
        }
        let latest: Option<(i64, Vec<u8>)> = conn
            .query_row("SELECT id, bytes FROM dictionaries ORDER BY id DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let made = match latest {
            Some(it) => Some(it),
            None => self.train(conn)?,
        };
        let (id, dictionary) = match made {
            Some((id, bytes)) => (Some(id), Some(EncoderDictionary::copy(&bytes, LEVEL))),
            None => (None, None),
        };
        let it = Arc::new(Encoder { id, zones: outlets::zones(conn)?, dictionary });
        self.encoder = Some(it.clone());
        Ok(it)
    }

    /// Makes the first dictionary, if there are texts enough.
    fn train(&mut self, conn: &Connection) -> Result<Option<(i64, Vec<u8>)>> {
        let count: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM blobs", [], |row| row.get(0))?;
        if usize::try_from(count).unwrap_or(0) < SAMPLES || self.looked.is_some_and(|it| count < 2 * it) {
            return Ok(None);
        }
        self.looked = Some(count);
        self.make(conn)
    }

    /// A dictionary of the texts that are there now, in place of the one before; for bytes that must leave no trace.
    pub(crate) fn renewed(&mut self, conn: &Connection) -> Result<Arc<Encoder>> {
        let made = self.make(conn)?;
        let (id, dictionary) = match made {
            Some((id, bytes)) => (Some(id), Some(EncoderDictionary::copy(&bytes, LEVEL))),
            None => (None, None),
        };
        Ok(Arc::new(Encoder { id, zones: Zones::new(), dictionary }))
    }

    fn make(&mut self, conn: &Connection) -> Result<Option<(i64, Vec<u8>)>> {
        let samples = self.samples(conn)?;
        let texts: Vec<&[u8]> = samples.iter().map(|it| &it.1[..]).collect();
        let all: usize = texts.iter().map(|it| it.len()).sum();
        let size = (all / 10).clamp(DICTIONARY.0, DICTIONARY.1);
        let Ok(bytes) = zstd::dict::from_samples(&texts, size) else { return Ok(None) };
        let ids: Vec<u8> =
            samples.iter().flat_map(|it| u32::try_from(it.0).unwrap_or(u32::MAX).to_le_bytes()).collect();
        conn.execute("INSERT INTO dictionaries (bytes, samples) VALUES (?1, ?2)", params![bytes, ids])?;
        Ok(Some((conn.last_insert_rowid(), bytes)))
    }

    /// Texts to make a dictionary of: spread evenly, the long ones cut.
    fn samples(&mut self, conn: &Connection) -> Result<Vec<(i64, Vec<u8>)>> {
        let raw: Vec<i64> = conn
            .prepare("SELECT DISTINCT coalesce(frozen, raw) FROM versions WHERE coalesce(frozen, raw) IS NOT NULL ORDER BY 1")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let step = (raw.len() / (4 * SAMPLES)).max(1);
        raw.into_iter()
            .step_by(step)
            .take(4 * SAMPLES)
            .map(|id| {
                let mut it = self.open(conn, id)?;
                it.truncate(16 << 10);
                Ok((id, it))
            })
            .collect()
    }

    /// Forgets what was loaded: the dictionaries of the store have changed.
    pub(crate) fn reload(&mut self) {
        *self = Self::default();
    }

    /// The bytes of a blob.
    pub(crate) fn open(&mut self, conn: &Connection, id: i64) -> Result<Vec<u8>> {
        let (size, codec, dictionary, bytes): (i64, u8, Option<i64>, Vec<u8>) = conn
            .prepare_cached("SELECT size, codec, dictionary, bytes FROM blobs WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?
            .ok_or_else(|| {
                Error::Unusable(format!("the store lacks the bytes {id}; `rashomon store check` says more"))
            })?;
        if codec == 0 {
            return Ok(bytes);
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(LARGEST);
        let damaged = |e: std::io::Error| Error::Unusable(format!("the bytes {id} of the store are damaged: {e}"));
        let Some(dictionary) = dictionary else {
            return zstd::bulk::decompress(&bytes, size).map_err(damaged);
        };
        if let std::collections::hash_map::Entry::Vacant(e) = self.decoders.entry(dictionary) {
            let it: Vec<u8> =
                conn.query_row("SELECT bytes FROM dictionaries WHERE id = ?1", [dictionary], |row| row.get(0))?;
            e.insert(DecoderDictionary::copy(&it));
        }
        opened(&bytes, size, &self.decoders[&dictionary]).map_err(damaged)
    }
}

/// Compresses what is made anew rather than kept: collations, annotations.
pub(crate) fn squeeze(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, QUICK).unwrap_or_default()
}

/// Opens what [`squeeze`] made.
pub(crate) fn unsqueeze(bytes: &[u8]) -> Result<Vec<u8>> {
    zstd::stream::decode_all(bytes).map_err(|e| Error::Unusable(format!("the store is damaged: {e}")))
}

/// SHA-256 of some pieces one after the other, in hexadecimal digits.
#[must_use]
pub fn digest(pieces: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    pieces.iter().for_each(|it| hasher.update(it));
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
