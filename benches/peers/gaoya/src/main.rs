//! Near-duplicate pairs with gaoya's MinHash LSH: JSONL in, pairs out.
//!
//! usage: peer-gaoya FILE.jsonl [lean|words|letters]
//!
//! lean     runs of three words, 42 bands of 3, each signature made once (default)
//! words    as in gaoya's README: single words, 42 bands of 3, signatures made again for the queries
//! letters  as in the notebook on documents that its README points to: runs of 3 and 4 letters, 50 bands of 4
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::{shingle_text_range, whitespace_split};
use std::io::{BufRead, Write};

fn main() {
    let path = std::env::args().nth(1).expect("a JSONL file");
    let way = std::env::args().nth(2).unwrap_or_else(|| "lean".into());
    let (bands, width) = if way == "letters" { (50, 4) } else { (42, 3) };
    let hasher = MinHasher32::new(bands * width);
    let mut index: MinHashIndex<u32, usize> = MinHashIndex::new(bands, width, 0.5);
    let sign = |text: &str| match way.as_str() {
        "letters" => hasher.create_signature(shingle_text_range(text, 3, 4)),
        "words" => hasher.create_signature(whitespace_split(&text.to_lowercase())),
        _ => {
            let text = text.to_lowercase();
            let words: Vec<&str> = whitespace_split(&text).collect();
            hasher.create_signature(words.windows(3).map(|w| w.join(" ")))
        }
    };
    let (mut signatures, mut texts, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for (n, line) in std::io::BufReader::new(std::fs::File::open(path).unwrap()).lines().enumerate() {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = row["text"].as_str().unwrap();
        let signature = sign(text);
        if way == "words" {
            texts.push(text.to_owned());
        } else {
            signatures.push(signature.clone());
        }
        ids.push(row["id"].as_str().unwrap().to_owned());
        index.insert(n, signature);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for n in 0..ids.len() {
        let again;
        let signature = match signatures.get(n) {
            Some(it) => it,
            None => {
                again = sign(&texts[n]);
                &again
            }
        };
        let mut near: Vec<usize> = index.query(signature).into_iter().copied().filter(|m| *m > n).collect();
        near.sort_unstable();
        for m in near {
            writeln!(out, "{}\t{}", ids[n], ids[m]).unwrap();
        }
    }
}
