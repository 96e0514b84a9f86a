//! `train words`: what does the meaning stage know about single English words?
//!
//! Builds `crates/rashomon-compare/models/words.bin` from three sources: how many articles of a news stream hold a word
//! (its rarity), WordNet 3.0 (base forms, synonyms, derivations, opposites, broader words, phrasal verbs) and a table of
//! static word-piece vectors. The format is read by `rashomon-compare/src/meaning/words.rs`.

use flate2::read::GzDecoder;
use rashomon::model::math;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Where the sources are and where the table goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of articles whose words are counted
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    stream: PathBuf,
    /// Folder with WordNet's data.*, index.* and *.exc (Debian package wordnet-base)
    #[arg(long)]
    wordnet: PathBuf,
    /// Folder with vocab.txt, static128.i8
    #[arg(long, default_value = "../shared/data/static-embed")]
    vectors: PathBuf,
    /// Words in fewer articles are left out
    #[arg(long, default_value_t = 12)]
    least: u32,
    /// Words in fewer articles get no vector
    #[arg(long, default_value_t = 60)]
    least_vector: u32,
    /// Leading dimensions kept of each vector (the table is in order of variance)
    #[arg(long, default_value_t = 96)]
    dims: usize,
    #[arg(short, long, default_value = "crates/rashomon-compare/models/words.bin")]
    output: PathBuf,
}

/// How two base forms are related; the numbers stand in the file.
const SYNONYM: u8 = 1;
const DERIVED: u8 = 2;
const OPPOSITE: u8 = 3;
const BROADER: u8 = 4;
const SIMILAR: u8 = 5;

/// Builds the table and writes it.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let (articles, counts) = count(&args.stream)?;
    let wordnet = WordNet::read(&args.wordnet)?;
    let mut words: BTreeMap<String, u32> =
        counts.into_iter().filter(|(w, n)| *n >= args.least && w.len() < 40).collect();
    // Phrasal verbs get the rarity of their verb, base forms that the stream has only inflected the least count.
    for phrase in wordnet.phrasal() {
        let verb = phrase.split('_').next().unwrap_or_default();
        if let Some(n) = words.get(verb).copied() {
            words.insert(phrase.clone(), n);
        }
    }
    let forms: Vec<String> = words.keys().cloned().collect();
    for form in &forms {
        words.entry(wordnet.base(form)).or_insert(args.least);
    }
    let index: BTreeMap<&str, usize> = words.keys().enumerate().map(|(i, w)| (w.as_str(), i)).collect();
    assert!(index.len() < usize::from(u16::MAX), "too many words for 16 bits");

    let pieces = Pieces::read(&args.vectors)?;
    let mut vectors: Vec<i8> = Vec::new();
    let mut vector_of: Vec<u16> = Vec::new();
    let mut n_vectors = 0u16;
    for (word, n) in &words {
        let vector = (*n >= args.least_vector).then(|| pieces.vector(word, args.dims)).flatten();
        vector_of.push(if vector.is_some() { n_vectors } else { u16::MAX });
        if let Some(v) = vector {
            vectors.extend(v);
            n_vectors += 1;
        }
    }
    let base: Vec<u16> = words.keys().map(|w| number(index[wordnet.base(w).as_str()])).collect();
    let mut relations: Vec<BTreeMap<u16, u8>> = vec![BTreeMap::new(); words.len()];
    for (a, b, kind) in wordnet.relations() {
        let (Some(&i), Some(&j)) = (index.get(a.as_str()), index.get(b.as_str())) else { continue };
        if i == j {
            continue;
        }
        for (from, to) in [(i, j), (j, i)] {
            let slot = relations[from].entry(number(to)).or_insert(kind);
            *slot = (*slot).min(kind);
        }
    }

    let mut out: Vec<u8> = b"RWORDS1\n".to_vec();
    let text = words.keys().cloned().collect::<Vec<_>>().join("\n");
    for n in [words.len(), text.len(), usize::from(n_vectors), args.dims, articles as usize] {
        out.extend(u32::try_from(n).expect("fits").to_le_bytes());
    }
    out.extend(text.as_bytes());
    // Rarity in 1/24 nats: ln(articles / articles with the word).
    for n in words.values() {
        let rarity = math::ln(f64::from(articles) / f64::from(*n));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        out.push((rarity * 24.0).round().clamp(0.0, 255.0) as u8);
    }
    base.iter().chain(&vector_of).for_each(|i| out.extend(i.to_le_bytes()));
    for r in &relations {
        out.push(u8::try_from(r.len().min(255)).expect("capped"));
        for (to, kind) in r.iter().take(255) {
            out.extend(to.to_le_bytes());
            out.push(*kind);
        }
    }
    out.extend(vectors.iter().map(|v| v.to_le_bytes()[0]));
    eprintln!(
        "{} words of {articles} articles, {n_vectors} vectors of {} dimensions, {} relations, {} bytes",
        words.len(),
        args.dims,
        relations.iter().map(BTreeMap::len).sum::<usize>(),
        out.len()
    );
    crate::models::write(&args.output, "words", &out)
}

fn number(i: usize) -> u16 {
    u16::try_from(i).expect("checked")
}

/// In how many articles each lower-case word of letters stands.
fn count(path: &Path) -> io::Result<(u32, BTreeMap<String, u32>)> {
    let reader = BufReader::new(GzDecoder::new(fs::File::open(path)?));
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut articles = 0;
    for line in reader.lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = format!("{} {}", row["title"].as_str().unwrap_or(""), row["text"].as_str().unwrap_or(""));
        articles += 1;
        let lower = text.to_lowercase();
        let distinct: BTreeSet<&str> =
            lower.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1 && w.is_ascii() || *w == "a").collect();
        for word in distinct {
            match counts.get_mut(word) {
                Some(n) => *n += 1,
                None => {
                    counts.insert(word.to_owned(), 1);
                }
            }
        }
    }
    Ok((articles, counts))
}

/// The word-piece vectors.
struct Pieces {
    row: BTreeMap<String, usize>,
    table: Vec<i8>,
}

impl Pieces {
    fn read(folder: &Path) -> io::Result<Self> {
        let vocabulary = fs::read_to_string(folder.join("vocab.txt"))?;
        let row = vocabulary.lines().enumerate().map(|(i, w)| (w.to_owned(), i)).collect();
        let table = fs::read(folder.join("static128.i8"))?.into_iter().map(|b| i8::from_le_bytes([b])).collect();
        Ok(Self { row, table })
    }

    /// The direction of a word, scaled to length 127: its own row, or the sum of its pieces, longest piece first.
    fn vector(&self, word: &str, dims: usize) -> Option<Vec<i8>> {
        let mut sum = vec![0.0f64; dims];
        for part in word.split('_') {
            let mut at = 0;
            while at < part.len() {
                let found = (at + 1..=part.len()).rev().find_map(|end| {
                    let piece = &part[at..end];
                    let key = if at == 0 { piece.to_owned() } else { format!("##{piece}") };
                    self.row.get(&key).map(|r| (end, *r))
                });
                let (end, row) = found?;
                for (s, v) in sum.iter_mut().zip(&self.table[row * 128..]) {
                    *s += f64::from(*v);
                }
                at = end;
            }
        }
        let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt();
        #[allow(clippy::cast_possible_truncation, reason = "at most 127")]
        let scaled = sum.iter().map(|v| (v / length * 127.0).round() as i8).collect();
        (length > 0.0).then_some(scaled)
    }
}

/// What is needed of WordNet 3.0 (Miller 1995; Fellbaum 1998).
struct WordNet {
    /// Irregular forms: form to base, by part of speech.
    exceptions: BTreeMap<char, BTreeMap<String, String>>,
    /// Base forms with their synsets, most frequent sense first, by part of speech.
    senses: BTreeMap<char, BTreeMap<String, Vec<u32>>>,
    synsets: BTreeMap<(char, u32), Synset>,
}

struct Synset {
    words: Vec<String>,
    pointers: Vec<Pointer>,
}

struct Pointer {
    symbol: String,
    target: (char, u32),
    /// Number of the word in this synset and in the target, from 1; 0 for the whole synset.
    from: usize,
    to: usize,
}

const FILES: [(char, &str); 4] = [('n', "noun"), ('v', "verb"), ('a', "adj"), ('r', "adv")];
const PARTICLES: [&str; 16] = [
    "off", "out", "up", "down", "on", "in", "away", "over", "back", "through", "forward", "ahead", "apart", "aside",
    "together", "around",
];

impl WordNet {
    fn read(folder: &Path) -> io::Result<Self> {
        let (mut exceptions, mut senses, mut synsets) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (pos, name) in FILES {
            let text = fs::read_to_string(folder.join(format!("{name}.exc")))?;
            let pairs = text.lines().filter_map(|l| l.split_once(' '));
            let first = |b: &str| b.split(' ').next().unwrap_or(b).to_owned();
            exceptions.insert(pos, pairs.map(|(f, b)| (f.to_owned(), first(b))).collect());
            let text = fs::read_to_string(folder.join(format!("index.{name}")))?;
            let entries = text.lines().filter(|l| !l.starts_with(' ')).map(|l| {
                let f: Vec<&str> = l.split(' ').filter(|f| !f.is_empty()).collect();
                let n: usize = f[2].parse().expect("count of senses");
                let offsets = f[f.len() - n..].iter().map(|o| o.parse().expect("offset")).collect();
                (f[0].to_owned(), offsets)
            });
            senses.insert(pos, entries.collect());
            let text = fs::read_to_string(folder.join(format!("data.{name}")))?;
            for line in text.lines().filter(|l| !l.starts_with(' ')) {
                let (offset, synset) = synset(line);
                synsets.insert((pos, offset), synset);
            }
        }
        Ok(Self { exceptions, senses, synsets })
    }

    fn is_base(&self, pos: char, word: &str) -> bool {
        self.senses[&pos].contains_key(word)
    }

    /// Verbs of two words, the second a particle: `call_off`.
    fn phrasal(&self) -> Vec<String> {
        let is = |w: &&String| w.split_once('_').is_some_and(|(v, p)| PARTICLES.contains(&p) && !v.contains('_'));
        self.senses[&'v'].keys().filter(is).cloned().collect()
    }

    /// The base form of a word. Irregular forms first; then the regular endings of nouns and verbs, where the rest is a
    /// base form. "-ing" forms and comparatives that are words of their own stay.
    fn base(&self, word: &str) -> String {
        const KEPT: [&str; 8] = ["us", "his", "has", "was", "as", "this", "is", "its"];
        if KEPT.contains(&word) || word.contains('_') {
            return word.to_owned();
        }
        if let Some(b) = self.exceptions[&'v'].get(word).or_else(|| self.exceptions[&'n'].get(word)) {
            return b.clone();
        }
        let ends: [(char, &str, &str); 15] = [
            ('n', "ies", "y"),
            ('n', "ches", "ch"),
            ('n', "shes", "sh"),
            ('n', "xes", "x"),
            ('n', "sses", "ss"),
            ('n', "s", ""),
            ('v', "ies", "y"),
            ('v', "es", "e"),
            ('v', "es", ""),
            ('v', "s", ""),
            ('v', "ied", "y"),
            ('v', "ed", "e"),
            ('v', "ed", ""),
            ('v', "ing", "e"),
            ('v', "ing", ""),
        ];
        for (pos, end, instead) in ends {
            if end == "ing" && self.is_base('n', word) || end == "s" && word.ends_with("ss") {
                continue;
            }
            let Some(stem) = word.strip_suffix(end) else { continue };
            if stem.len() < 2 {
                continue;
            }
            let candidate = format!("{stem}{instead}");
            if self.is_base(pos, &candidate) && !(end == "s" && self.is_base('n', word) && candidate.len() < 3) {
                return candidate;
            }
            // "stopped": the last letter is doubled.
            let mut letters = stem.chars().rev();
            if pos == 'v' && instead.is_empty() && letters.next() == letters.next() {
                let single = &stem[..stem.len() - 1];
                if self.is_base('v', single) {
                    return single.to_owned();
                }
            }
        }
        word.to_owned()
    }

    /// Related base forms. Only the first senses of a word count: its rare ones relate it to almost anything.
    fn relations(&self) -> Vec<(String, String, u8)> {
        let mut out = Vec::new();
        for (pos, words) in &self.senses {
            for (word, senses) in words {
                for (rank, offset) in senses.iter().enumerate() {
                    let synset = &self.synsets[&(*pos, *offset)];
                    let place = synset.words.iter().position(|w| w == word).map_or(0, |p| p + 1);
                    let common = |other: &str| {
                        let its = &self.senses[pos];
                        its.get(other).is_some_and(|s| s.iter().take(4).any(|o| o == offset))
                    };
                    if rank < 4 {
                        for other in synset.words.iter().filter(|w| *w != word && common(w)) {
                            out.push((word.clone(), other.clone(), SYNONYM));
                        }
                    }
                    for p in &synset.pointers {
                        let Some(target) = self.synsets.get(&p.target) else { continue };
                        let one =
                            |kind| target.words.get(p.to.wrapping_sub(1)).map(|w| (word.clone(), w.clone(), kind));
                        match p.symbol.as_str() {
                            "+" | "\\" if p.from == place && rank < 5 => out.extend(one(DERIVED)),
                            "!" if p.from == place && rank < 3 => out.extend(one(OPPOSITE)),
                            "@" if rank < 2 => {
                                out.extend(target.words.iter().map(|w| (word.clone(), w.clone(), BROADER)));
                            }
                            "&" if rank < 2 => {
                                out.extend(target.words.iter().map(|w| (word.clone(), w.clone(), SIMILAR)));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        // "meeting" stays a word of its own but belongs to "meet".
        for word in self.senses[&'n'].keys().filter(|w| w.ends_with("ing") && w.len() > 5) {
            let stem = &word[..word.len() - 3];
            for verb in [stem.to_owned(), format!("{stem}e"), stem[..stem.len() - 1].to_owned()] {
                if self.is_base('v', &verb) {
                    out.push((word.clone(), verb, DERIVED));
                    break;
                }
            }
        }
        out
    }
}

/// One line of a data file: see wndb(5WN).
fn synset(line: &str) -> (u32, Synset) {
    let line = line.split(" | ").next().unwrap_or(line);
    let f: Vec<&str> = line.split(' ').collect();
    let n_words = usize::from_str_radix(f[3], 16).expect("count of words");
    let bare = |w: &str| w.split('(').next().unwrap_or(w).to_lowercase();
    let words = (0..n_words).map(|i| bare(f[4 + 2 * i])).collect();
    let at = 4 + 2 * n_words;
    let n_pointers: usize = f[at].parse().expect("count of pointers");
    let pointers = (0..n_pointers)
        .map(|i| {
            let p = &f[at + 1 + 4 * i..at + 5 + 4 * i];
            let pos = match p[2].chars().next() {
                Some('s') => 'a',
                other => other.unwrap_or('n'),
            };
            let side = |s: &str| usize::from_str_radix(s, 16).expect("number of a word");
            let (from, to) = (side(&p[3][..2]), side(&p[3][2..]));
            Pointer { symbol: p[0].to_owned(), target: (pos, p[1].parse().expect("offset")), from, to }
        })
        .collect();
    (f[0].parse().expect("offset"), Synset { words, pointers })
}
