//! What does a state file hold, and is it whole? A header with the version and the length that is vouched for, then frames of
//! a kind and a content.
//!
//! A frame has a head (kind, length, check of the content, check of the head itself) and a content; contents are postcard's
//! format, checks are CRC-32, which tells any flipped byte. At the end of a run the header is told how long the file is:
//! a file that is shorter was cut, and is refused. What stands behind that length is of a run that was killed; its last
//! frame may not be there to its end, and only that one is left out. Anything that does not fit is an error that changes
//! nothing: to drop it would lose what stands behind it.

use serde::{Deserialize, Serialize};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The version that is written, and the only one that is understood.
pub(crate) const VERSION: u32 = 5;
const MAGIC: &[u8; 16] = b"rashomon stories";
/// Bytes of magic and version, which every version has.
const NAMED: usize = 20;
/// Bytes of the header, and of the head of a frame.
pub(crate) const HEADER: u64 = 32;
pub(crate) const HEAD: u64 = 17;

#[derive(Serialize, Deserialize)]
struct Head {
    kind: u8,
    #[serde(with = "postcard::fixint::le")]
    length: u64,
    #[serde(with = "postcard::fixint::le")]
    check: u32,
}

/// `bytes` with their check behind them.
fn checked(mut bytes: Vec<u8>) -> Vec<u8> {
    let check = crc32fast::hash(&bytes);
    bytes.extend(check.to_le_bytes());
    bytes
}

/// The bytes before a check, if it is theirs.
fn sound(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, check) = bytes.split_last_chunk::<4>()?;
    (crc32fast::hash(rest) == u32::from_le_bytes(*check)).then_some(rest)
}

/// The header of a file of which the first `vouched` bytes are there to stay.
fn header(vouched: u64) -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend(VERSION.to_le_bytes());
    header.extend(vouched.to_le_bytes());
    checked(header)
}

/// Writes the header of a new file.
pub(crate) fn begin(file: &mut (impl Write + Seek)) -> io::Result<()> {
    vouch(file, 0)
}

/// Tells the header that the first `length` bytes are there to stay; they must be on disk.
pub(crate) fn vouch(file: &mut (impl Write + Seek), length: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&header(length))?;
    file.seek(SeekFrom::End(0))?;
    Ok(())
}

/// A frame as it is written.
pub(crate) fn frame(kind: u8, content: &[u8]) -> Vec<u8> {
    let head = Head { kind, length: content.len() as u64, check: crc32fast::hash(content) };
    // Nothing that is written to memory fails.
    let mut frame = checked(postcard::to_allocvec(&head).unwrap_or_default());
    frame.extend(content);
    frame
}

/// Hands every frame of a file of `length` bytes to `apply`, in order; returns where the last whole one ends, 0 for an empty
/// file.
///
/// # Errors
/// What is wrong and where: not a state, of another version, cut, or damaged. `apply` says with nothing that a content is
/// none.
pub(crate) fn read(
    mut reader: impl Read,
    length: u64,
    mut apply: impl FnMut(u8, &[u8]) -> Option<()>,
) -> Result<u64, String> {
    let mut header = Vec::new();
    reader.by_ref().take(HEADER).read_to_end(&mut header).map_err(|e| e.to_string())?;
    if header.is_empty() {
        return Ok(0);
    }
    let vouched = vouched(&header)?;
    let cut =
        |at: u64| format!("cut at byte {at} of {vouched}; nothing was changed, put a copy back or start a new state");
    if length < vouched {
        return Err(cut(length));
    }
    let mut sound_to = HEADER;
    let mut content = Vec::new();
    loop {
        let damaged =
            || format!("damaged at byte {sound_to}; nothing was changed, put a copy back or start a new state");
        // What is not vouched for may end anywhere.
        let ended = || if sound_to < vouched { Err(damaged()) } else { Ok(sound_to) };
        let mut head = Vec::new();
        reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| e.to_string())?;
        if (head.len() as u64) < HEAD {
            return ended();
        }
        let Head { kind, length: size, check } =
            sound(&head).and_then(|it| postcard::from_bytes(it).ok()).ok_or_else(damaged)?;
        let end = (sound_to + HEAD).checked_add(size).ok_or_else(damaged)?;
        if end > length {
            return ended();
        }
        content.clear();
        reader.by_ref().take(size).read_to_end(&mut content).map_err(|e| e.to_string())?;
        if content.len() as u64 != size {
            return ended();
        }
        if crc32fast::hash(&content) != check || apply(kind, &content).is_none() {
            return Err(damaged());
        }
        sound_to = end;
    }
}

/// The length that a header vouches for.
fn vouched(header: &[u8]) -> Result<u64, String> {
    let known = header.len().min(MAGIC.len());
    if header[..known] != MAGIC[..known] {
        return Err("not a state of rashomon".into());
    }
    let cut = || "cut within its header; nothing was changed, put a copy back or start a new state".to_owned();
    let version: [u8; 4] = header.get(MAGIC.len()..NAMED).and_then(|it| it.try_into().ok()).ok_or_else(cut)?;
    match u32::from_le_bytes(version) {
        VERSION => {}
        newer if newer > VERSION => {
            return Err(format!(
                "written by a newer rashomon, or damaged: state version {newer}, this program knows {VERSION}; update it or start a new state"
            ));
        }
        older => {
            return Err(format!(
                "written by an older rashomon: state version {older}, this program knows {VERSION}; start a new state"
            ));
        }
    }
    if (header.len() as u64) < HEADER {
        return Err(cut());
    }
    let rest =
        sound(header).ok_or("damaged in its header; nothing was changed, put a copy back or start a new state")?;
    let vouched = rest.get(NAMED..).and_then(|it| it.try_into().ok()).map(u64::from_le_bytes);
    vouched.ok_or_else(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of `contents`, and what comes out of `bytes`.
    fn file(contents: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = header(0);
        contents.iter().for_each(|it| bytes.extend(frame(1, it)));
        bytes
    }

    fn contents(bytes: &[u8]) -> Result<(u64, Vec<Vec<u8>>), String> {
        let mut all = Vec::new();
        let end = read(bytes, bytes.len() as u64, |_, content| {
            all.push(content.to_vec());
            Some(())
        })?;
        Ok((end, all))
    }

    #[test]
    fn every_cut_and_every_flip_of_what_is_vouched_for_is_told() {
        let whole = vec![b"first".to_vec(), Vec::new(), b"a longer third frame".to_vec()];
        let mut file = io::Cursor::new(file(&whole));
        let length = file.get_ref().len() as u64;
        vouch(&mut file, length).unwrap();
        let bytes = file.into_inner();
        assert_eq!(contents(&bytes), Ok((length, whole)));
        for cut in 1..bytes.len() {
            assert!(contents(&bytes[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut broken = bytes.clone();
                broken[at] ^= 1 << bit;
                assert!(contents(&broken).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    #[test]
    fn a_thousand_cuts_and_a_thousand_flips_of_a_larger_file_are_told() {
        let mut random = 3_u64;
        let mut next = move |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % below
        };
        let whole: Vec<Vec<u8>> = (0..80).map(|n| (0..n * 7).map(|_| next(256) as u8).collect()).collect();
        let mut file = io::Cursor::new(file(&whole));
        let length = file.get_ref().len();
        vouch(&mut file, length as u64).unwrap();
        let mut bytes = file.into_inner();
        for _ in 0..1000 {
            let cut = 1 + next(length - 1);
            assert!(contents(&bytes[..cut]).is_err(), "cut at {cut}");
            let (at, bit) = (next(length), next(8));
            bytes[at] ^= 1 << bit;
            assert!(contents(&bytes).is_err(), "bit {bit} of byte {at}");
            bytes[at] ^= 1 << bit;
        }
        assert_eq!(contents(&bytes), Ok((length as u64, whole)));
    }

    #[test]
    fn every_cut_of_a_killed_run_leaves_the_frames_before_it_and_every_flip_is_told() {
        let whole = vec![b"first".to_vec(), Vec::new(), b"a longer third frame".to_vec()];
        let bytes = file(&whole);
        assert_eq!(contents(&bytes), Ok((bytes.len() as u64, whole.clone())));
        for cut in HEADER as usize..bytes.len() {
            let (end, found) = contents(&bytes[..cut]).unwrap();
            assert!(end as usize <= cut && whole.starts_with(&found), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut broken = bytes.clone();
                broken[at] ^= 1 << bit;
                assert!(contents(&broken).is_err(), "bit {bit} of byte {at}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_frames_come_back_and_any_bytes_are_survived(whole: Vec<Vec<u8>>, noise: Vec<u8>, at: proptest::sample::Index) {
            let mut bytes = file(&whole);
            proptest::prop_assert_eq!(contents(&bytes), Ok((bytes.len() as u64, whole)));
            let at = at.index(bytes.len());
            bytes.splice(at.., noise);
            let _ = contents(&bytes);
        }
    }
}
