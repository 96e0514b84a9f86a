//! What is known of single English words: rarity, base form, related words, direction of meaning.
//!
//! The table is `models/words.bin`, made by `rashomon-eval train words`; `models/words.md` names its sources.

use rashomon_model::{ModelFile, math};
use std::sync::OnceLock;

/// Index of a word in the table.
pub(super) type WordId = u16;

/// How two base forms are related (WordNet 3.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Members of one synset.
    Synonym,
    /// One derived from the other: "recognize", "recognition".
    Derived,
    /// Opposites.
    Opposite,
    /// One is the other's direct broader term.
    Broader,
    /// Adjectives of similar meaning.
    Similar,
}

/// The table.
pub(super) struct Words {
    /// Where each word stands in `TABLE`, in order of its bytes.
    places: Vec<(u32, u32)>,
    rarity: &'static [u8],
    base: Vec<WordId>,
    vector: Vec<u16>,
    /// Where each word's relations stand in `TABLE`, and how many there are.
    relations: Vec<(u32, u8)>,
    vectors: Vec<i8>,
    dims: usize,
    most: f32,
}

/// Endings of inflected forms and what stands in their place; those of verbs last.
const ENDINGS: [(&str, &[&str]); 10] = [
    ("ies", &["y"]),
    ("ches", &["ch"]),
    ("shes", &["sh"]),
    ("sses", &["ss"]),
    ("xes", &["x"]),
    ("es", &["e"]),
    ("s", &[""]),
    ("ied", &["y"]),
    ("ed", &["e", ""]),
    ("ing", &["e", ""]),
];

static FILE: &[u8] = include_bytes!("../../models/words.bin");
/// What stands behind the header.
static TABLE: &[u8] = FILE.split_at(ModelFile::HEADER).1;
const NONE: u16 = u16::MAX;

pub(crate) fn words_file() -> ModelFile {
    ModelFile { name: "words", version: 1, digest: "93268d54825db97f", bytes: FILE }
}

/// The embedded table, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::read)
}

impl Words {
    fn read() -> Self {
        // Refuses a table that does not fit.
        let _ = words_file().content();
        let number = |i: usize| {
            let at = 8 + 4 * i;
            u32::from_le_bytes([TABLE[at], TABLE[at + 1], TABLE[at + 2], TABLE[at + 3]])
        };
        let [n, text, n_vectors, dims, articles] = [0, 1, 2, 3, 4].map(number);
        let (n, dims) = (n as usize, dims as usize);
        let mut at = 8 + 4 * 5;
        let mut places = Vec::with_capacity(n);
        let end = at + text as usize;
        while at < end {
            let stop = TABLE[at..end].iter().position(|b| *b == b'\n').map_or(end, |i| at + i);
            #[allow(clippy::cast_possible_truncation, reason = "the table is a few megabytes")]
            places.push((at as u32, stop as u32));
            at = stop + 1;
        }
        at = end;
        let rarity = &TABLE[at..at + n];
        at += n;
        let pairs = |from: usize| TABLE[from..from + 2 * n].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        let base = pairs(at).collect();
        let vector = pairs(at + 2 * n).collect();
        at += 4 * n;
        let mut relations = Vec::with_capacity(n);
        for _ in 0..n {
            let count = TABLE[at];
            #[allow(clippy::cast_possible_truncation, reason = "the table is a few megabytes")]
            relations.push((at as u32 + 1, count));
            at += 1 + 3 * usize::from(count);
        }
        let vectors = TABLE[at..at + n_vectors as usize * dims].iter().map(|b| i8::from_le_bytes([*b])).collect();
        #[allow(clippy::cast_precision_loss, reason = "a count of articles")]
        let most = math::ln(articles as f32);
        Self { places, rarity, base, vector, relations, vectors, dims, most }
    }

    fn text(&self, id: WordId) -> &'static str {
        let (start, end) = self.places[usize::from(id)];
        std::str::from_utf8(&TABLE[start as usize..end as usize]).unwrap_or_default()
    }

    /// The table's entry for a lower-case word.
    pub(super) fn find(&self, word: &str) -> Option<WordId> {
        let entry = |p: &(u32, u32)| &TABLE[p.0 as usize..p.1 as usize];
        let i = self.places.binary_search_by(|p| entry(p).cmp(word.as_bytes())).ok()?;
        u16::try_from(i).ok()
    }

    /// The base form of a lower-case word; for an inflected form that the table lacks, by the detachment rules of WordNet's
    /// `morphy`.
    pub(super) fn lemma(&self, word: &str) -> Option<WordId> {
        if let Some(id) = self.find(word) {
            return Some(self.base(id));
        }
        self.detached(word, &ENDINGS)
    }

    /// The verb that a lower-case form in "-ing" or "-ed" is of.
    pub(super) fn verb_of(&self, word: &str) -> Option<WordId> {
        self.detached(word, &ENDINGS[7..])
    }

    /// The base form that is left when one of the endings is taken off.
    fn detached(&self, word: &str, endings: &[(&str, &[&str])]) -> Option<WordId> {
        for (ending, instead) in endings {
            let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() > 2) else { continue };
            // "planning": the consonant is doubled before the ending.
            let mut last = stem.chars().rev();
            let doubled = (last.next() == last.next()).then(|| &stem[..stem.len() - 1]).filter(|s| s.is_ascii());
            let with = instead.iter().map(|e| format!("{stem}{e}"));
            let found = with.chain(doubled.map(str::to_owned)).find_map(|w| self.find(&w));
            // Only of a base form: "wedding" is none of "wed" if it stands in the table itself.
            if let Some(id) = found.filter(|id| self.base(*id) == *id) {
                return Some(id);
            }
        }
        None
    }

    /// Its base form.
    pub(super) fn base(&self, id: WordId) -> WordId {
        self.base[usize::from(id)]
    }

    /// The written form of an entry.
    pub(super) fn form(&self, id: WordId) -> &'static str {
        self.text(id)
    }

    /// Rarity in nats: the logarithm of one over the share of news articles that hold the word.
    pub(super) fn rarity(&self, id: WordId) -> f32 {
        f32::from(self.rarity[usize::from(id)]) / 24.0
    }

    /// Rarity of a word that only one article holds.
    pub(super) fn most(&self) -> f32 {
        self.most
    }

    /// How two base forms are related.
    pub(super) fn relation(&self, a: WordId, b: WordId) -> Option<Relation> {
        let (at, n) = self.relations[usize::from(a)];
        let entries = &TABLE[at as usize..at as usize + 3 * usize::from(n)];
        let target = |i: usize| u16::from_le_bytes([entries[3 * i], entries[3 * i + 1]]);
        let (mut low, mut high) = (0, usize::from(n));
        while low < high {
            let mid = usize::midpoint(low, high);
            if target(mid) < b { low = mid + 1 } else { high = mid }
        }
        if low >= usize::from(n) || target(low) != b {
            return None;
        }
        match entries[3 * low + 2] {
            1 => Some(Relation::Synonym),
            2 => Some(Relation::Derived),
            3 => Some(Relation::Opposite),
            4 => Some(Relation::Broader),
            5 => Some(Relation::Similar),
            _ => None,
        }
    }

    /// The base forms that one derives from the other, or both from one.
    pub(super) fn derived(&self, id: WordId) -> impl Iterator<Item = WordId> + '_ {
        let (at, n) = self.relations[usize::from(id)];
        let entries = &TABLE[at as usize..at as usize + 3 * usize::from(n)];
        entries.chunks_exact(3).filter(|e| e[2] == 2).map(|e| u16::from_le_bytes([e[0], e[1]]))
    }

    /// The direction of a word, of length 127.
    pub(super) fn vector(&self, id: WordId) -> Option<&[i8]> {
        let row = self.vector[usize::from(id)];
        (row != NONE).then(|| &self.vectors[usize::from(row) * self.dims..][..self.dims])
    }

    /// Cosine of the directions of two words; 0 where one is not known.
    pub(super) fn cosine(&self, a: WordId, b: WordId) -> f32 {
        let (Some(x), Some(y)) = (self.vector(a), self.vector(b)) else { return 0.0 };
        let dot: i32 = x.iter().zip(y).map(|(p, q)| i32::from(*p) * i32::from(*q)).sum();
        #[allow(clippy::cast_precision_loss, reason = "below 2^24")]
        let dot = dot as f32;
        dot / (127.0 * 127.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(word: &str) -> &'static str {
        let w = words();
        w.form(w.lemma(word).unwrap())
    }

    #[test]
    fn base_forms() {
        for (form, want) in [
            ("cancelled", "cancel"),
            ("said", "say"),
            ("cities", "city"),
            ("stopped", "stop"),
            ("meeting", "meeting"),
            ("troops", "troop"),
            ("children", "child"),
            ("has", "has"),
            ("evacuates", "evacuate"),
        ] {
            assert_eq!(base(form), want);
        }
    }

    #[test]
    fn relations_go_both_ways() {
        let w = words();
        let id = |word| w.find(word).unwrap();
        assert_eq!(w.relation(id("recognition"), id("recognize")), Some(Relation::Derived));
        assert_eq!(w.relation(id("recognize"), id("recognition")), Some(Relation::Derived));
        assert_eq!(w.relation(id("cancel"), id("call_off")), Some(Relation::Synonym));
        assert_eq!(w.relation(id("cancel"), id("city")), None);
        assert!(w.rarity(id("the")) < w.rarity(id("cancel")));
        assert!(w.cosine(id("soldier"), id("troop")) > w.cosine(id("soldier"), id("bank")));
    }
}
