//! Near-duplicate pairs with gaoya's MinHash LSH: JSONL in, pairs out.
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::whitespace_split;
use std::io::BufRead;

fn main() {
    let path = std::env::args().nth(1).expect("a JSONL file");
    // 128 permutations in 42 bands of 3, threshold .5, shingles of three words: the common settings.
    let hasher = MinHasher32::new(42 * 3);
    let mut index: MinHashIndex<u32, usize> = MinHashIndex::new(42, 3, 0.5);
    let mut signatures = Vec::new();
    let mut ids = Vec::new();
    for (n, line) in std::io::BufReader::new(std::fs::File::open(path).unwrap()).lines().enumerate() {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = row["text"].as_str().unwrap().to_lowercase();
        let words: Vec<&str> = whitespace_split(&text).collect();
        let signature = hasher.create_signature(words.windows(3).map(|w| w.join(" ")));
        signatures.push(signature.clone());
        ids.push(row["id"].as_str().unwrap().to_owned());
        index.insert(n, signature);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    use std::io::Write;
    for (n, s) in signatures.iter().enumerate() {
        let mut near: Vec<usize> = index.query(s).into_iter().copied().filter(|m| *m > n).collect();
        near.sort_unstable();
        for m in near {
            writeln!(out, "{}\t{}", ids[n], ids[m]).unwrap();
        }
    }
}
