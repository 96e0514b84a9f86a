//! Bytes of any encoding to UTF-8 text.
//!
//! In order: UTF-16 told by its zero bytes; valid UTF-8; a byte-order mark; UTF-8 with a few foreign bytes among it; what the
//! page declares; what chardetng guesses. Methods: the WHATWG Encoding Standard (encoding_rs), chardetng for guessing.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rashomon_model::{Note, Severity};

/// Text decoded from bytes.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Byte offset in the text and in the source of each stretch; empty if both are the same everywhere.
    pub(crate) map: Vec<(usize, usize)>,
    pub(crate) notes: Vec<Note>,
}

/// Decodes `bytes`; `declared` is the encoding that the document names for itself.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>, place: &str) -> Decoded {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(bytes, encoding, place);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), map: Vec::new(), notes: Vec::new() };
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes).filter(|(e, _)| *e != UTF_8) {
        return with(bytes, encoding, place);
    }
    if let Some(decoded) = mixed(bytes, place) {
        return decoded;
    }
    let encoding = declared.filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE).unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(1 << 16)], bytes.len() <= 1 << 16);
        detector.guess(None, chardetng::Utf8Detection::Deny)
    });
    with(bytes, encoding, place)
}

/// Whether the bytes are no text of any encoding: control characters abound.
pub(crate) fn is_binary(head: &[u8]) -> bool {
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    let control = head.iter().filter(|b| matches!(b, 0..=7 | 14..=26 | 28..=31 | 127)).count();
    control > 2 && control * 50 > head.len()
}

/// UTF-16 without a byte-order mark: nearly every second byte of Western text is zero.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    if odd * 10 >= pairs * 7 && even * 10 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 with single foreign bytes among it, each read as windows-1252, if at least as many characters are good UTF-8.
fn mixed(bytes: &[u8], place: &str) -> Option<Decoded> {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good < bad {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + bad);
    let mut map = vec![(0, 0)];
    let mut source = 0;
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        source += chunk.valid().len();
        for byte in chunk.invalid() {
            first.get_or_insert(source);
            map.push((text.len(), source));
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0);
            source += 1;
            map.push((text.len(), source));
        }
    }
    let at = first.unwrap_or_default();
    let note = Note {
        place: place.to_owned(),
        message: format!(
            "mixed encodings: {bad} bytes that are not UTF-8 were read as windows-1252, the first at byte {at}"
        ),
        rule: "mixed-encoding",
        severity: Severity::Warning,
    };
    Some(Decoded { text, map, notes: vec![note] })
}

/// Decodes character by character, so that the way back to the bytes is known.
fn with(bytes: &[u8], encoding: &'static Encoding, place: &str) -> Decoded {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut map = Vec::new();
    let mut replaced = 0_usize;
    let mut buffer = [0_u8; 4096];
    let mut at = 0;
    // Stretches of 64 bytes: the map is exact at their edges, and within them for characters of one length.
    while at < bytes.len() {
        let end = (at + 64).min(bytes.len());
        map.push((text.len(), at));
        let mut from = at;
        loop {
            let (_, read, written, errors) = decoder.decode_to_utf8(&bytes[from..end], &mut buffer, end == bytes.len());
            text.push_str(std::str::from_utf8(&buffer[..written]).unwrap_or_default());
            replaced += usize::from(errors);
            from += read;
            if from >= end {
                break;
            }
        }
        at = end;
    }
    map.push((text.len(), bytes.len()));
    let mut notes = Vec::new();
    if replaced > 0 {
        notes.push(Note {
            place: place.to_owned(),
            message: format!("read as {}; some bytes do not fit and became U+FFFD", encoding.name()),
            rule: "wrong-encoding",
            severity: Severity::Warning,
        });
    } else {
        notes.push(Note {
            place: place.to_owned(),
            message: format!("read as {}", encoding.name()),
            rule: "decoded",
            severity: Severity::Info,
        });
    }
    Decoded { text, map, notes }
}

impl Decoded {
    /// The stretch of source bytes that holds the text bytes `from..to`: exact where one text byte is one source byte.
    pub(crate) fn source(&self, from: usize, to: usize) -> (usize, usize) {
        if self.map.is_empty() {
            return (from, to);
        }
        let start = self.map.partition_point(|m| m.0 <= from).saturating_sub(1);
        let end = self.map.partition_point(|m| m.0 < to).min(self.map.len() - 1);
        let (text, source) = self.map[start];
        let next = self.map.get(start + 1).copied().unwrap_or((text, source));
        let straight = |a: (usize, usize), b: (usize, usize)| b.0 - a.0 == b.1 - a.1;
        let first = if straight(self.map[start], next) { source + (from - text) } else { source };
        let before = self.map[end.saturating_sub(1)];
        let last = if straight(before, self.map[end]) && to >= before.0 {
            before.1 + (to - before.0)
        } else {
            self.map[end].1
        };
        // Behind the last entry of a map of single bytes, text and source run on together.
        let tail = self.map[self.map.len() - 1];
        let first = if from >= tail.0 { tail.1 + (from - tail.0) } else { first };
        let last = if to > tail.0 { tail.1 + (to - tail.0) } else { last };
        (first, last.max(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let utf16: Vec<u8> = "\u{feff}Fähre läuft auf".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bare16: Vec<u8> = "The ferry ran aground".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, wanted) in [
            ("Fähre läuft auf".as_bytes().to_vec(), "Fähre läuft auf"),
            (utf16, "Fähre läuft auf"),
            (bare16, "The ferry ran aground"),
            (
                b"The mayor\x92s \x93ferry\x94 ran aground off the caf\xe9".to_vec(),
                "The mayor’s “ferry” ran aground off the café",
            ),
            ([&b"caf\xe9 "[..], "Fähre läuft".as_bytes()].concat(), "café Fähre läuft"),
        ] {
            assert_eq!(decode(&bytes, None, "x").text, wanted);
        }
    }

    #[test]
    fn the_way_back_is_exact_where_it_can_be() {
        let bytes = [&b"caf\xe9 "[..], "Fähre".as_bytes(), b" aground"].concat();
        let decoded = decode(&bytes, None, "x");
        let at = decoded.text.find("aground").unwrap();
        let (from, to) = decoded.source(at, at + 7);
        assert_eq!(&bytes[from..to], b"aground");
        let (from, to) = decoded.source(0, 3);
        assert_eq!(&bytes[from..to], b"caf");
    }

    #[test]
    fn binary_is_refused_and_text_is_not() {
        assert!(is_binary(&[0, 1, 2, 3, 200, 0, 0, 9]));
        assert!(!is_binary("Größe\tund\r\n".as_bytes()));
        assert!(!is_binary(b""));
    }
}
