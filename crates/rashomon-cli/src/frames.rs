//! What does a state file hold, and is it whole? A header with the version, then frames of a kind and a content.
//!
//! A frame has a head (kind, length, digest of the content, check of the head itself) and a content. What a kill leaves is a
//! file cut short: its last frame is not there to its end, and only that one is left out. Anything else that does not fit,
//! a flipped byte above all, is an error that changes nothing: to drop it would lose what stands behind it.

use std::io::Read;

/// The version that is written, and the only one that is understood.
pub(crate) const VERSION: u32 = 4;
const MAGIC: &[u8; 16] = b"rashomon stories";
/// Bytes of the header, and of the head of a frame.
pub(crate) const HEADER: u64 = 20;
pub(crate) const HEAD: u64 = 25;

/// The header of a new file.
pub(crate) fn header() -> Vec<u8> {
    let mut header = MAGIC.to_vec();
    header.extend(VERSION.to_le_bytes());
    header
}

/// A frame as it is written.
pub(crate) fn frame(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut frame = vec![kind];
    frame.extend((content.len() as u64).to_le_bytes());
    frame.extend(digest(content).to_le_bytes());
    frame.extend(digest(&frame).to_le_bytes());
    frame.extend(content);
    frame
}

/// Hands every frame of a file of `length` bytes to `apply`, in order; returns where the last whole one ends, 0 for a file
/// that ends within its header.
///
/// # Errors
/// What is wrong and where: not a state, of another version, or damaged. `apply` says with nothing that a content is none.
pub(crate) fn read(
    mut reader: impl Read,
    length: u64,
    mut apply: impl FnMut(u8, &[u8]) -> Option<()>,
) -> Result<u64, String> {
    let mut header = Vec::new();
    reader.by_ref().take(HEADER).read_to_end(&mut header).map_err(|e| e.to_string())?;
    let known = header.len().min(MAGIC.len());
    if header[..known] != MAGIC[..known] {
        return Err("not a state of rashomon".into());
    }
    let Some(version) = header.get(16..20) else { return Ok(0) };
    match u32::from_le_bytes([version[0], version[1], version[2], version[3]]) {
        VERSION => {}
        newer if newer > VERSION => {
            return Err(format!(
                "written by a newer rashomon: state version {newer}, this program knows {VERSION}; update it or start a new state"
            ));
        }
        older => {
            return Err(format!(
                "written by an older rashomon: state version {older}, this program knows {VERSION}; start a new state"
            ));
        }
    }
    let mut sound = HEADER;
    let mut content = Vec::new();
    loop {
        let damaged = || format!("damaged at byte {sound}; nothing was changed, put a copy back or start a new state");
        let mut head = Vec::new();
        reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| e.to_string())?;
        if (head.len() as u64) < HEAD {
            return Ok(sound);
        }
        let number = |from: usize| u64::from_le_bytes(std::array::from_fn(|n| head[from + n]));
        if digest(&head[..17]) != number(17) {
            return Err(damaged());
        }
        let size = number(1);
        let end = (sound + HEAD).checked_add(size).ok_or_else(damaged)?;
        if end > length {
            return Ok(sound);
        }
        content.clear();
        reader.by_ref().take(size).read_to_end(&mut content).map_err(|e| e.to_string())?;
        if content.len() as u64 != size {
            return Ok(sound);
        }
        if digest(&content) != number(9) || apply(head[0], &content).is_none() {
            return Err(damaged());
        }
        sound = end;
    }
}

/// A 64-bit digest against damage, not against ill will.
fn digest(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let hash = rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte) + 1));
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of `contents`, and what comes out of `bytes`.
    fn file(contents: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = header();
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
    fn every_cut_leaves_the_frames_before_it_and_every_flip_is_told() {
        let whole = vec![b"first".to_vec(), Vec::new(), b"a longer third frame".to_vec()];
        let bytes = file(&whole);
        assert_eq!(contents(&bytes), Ok((bytes.len() as u64, whole.clone())));
        for cut in 0..bytes.len() {
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
