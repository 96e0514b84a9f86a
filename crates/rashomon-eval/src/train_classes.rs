//! `train classes`: which words stand between the same neighbours in unlabelled news?
//!
//! Builds `crates/rashomon-annotate/models/word-classes.bin` from counts of words next to each other: every frequent word
//! is the vector of the square roots of its neighbours' shares (left and right, the commonest words only), and spherical
//! k-means sorts the vectors, seeded with the commonest words (after Schütze 1995 and Clark 2003). No text is kept.

use flate2::read::MultiGzDecoder;
use rashomon::annotate::training::{WordClasses, canonical, hash, tokenize};
use rustc_hash::FxHashMap;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

/// Where the texts are and how many classes are made.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of articles with `text`
    #[arg(long, default_values = ["../shared/data/stream/allsides.jsonl.gz", "../shared/data/quotes/polnear-train.jsonl.gz"])]
    texts: Vec<PathBuf>,
    /// Number of fine classes
    #[arg(long, default_value_t = 1000)]
    fine: usize,
    /// Number of coarse classes, at most 255
    #[arg(long, default_value_t = 64)]
    coarse: usize,
    /// Number of words that get a class, the commonest first
    #[arg(long, default_value_t = 50_000)]
    words: usize,
    #[arg(short, long, default_value = "crates/rashomon-annotate/models/word-classes.bin")]
    output: PathBuf,
}

/// Number of neighbours told apart on each side.
const NEIGHBOURS: usize = 600;
const ROUNDS: usize = 12;
/// Stands in the stream between sentences.
const EDGE: u32 = u32::MAX;

/// One word as the shares of its neighbours: dimension and square root.
type Row = Vec<(usize, f32)>;

/// Builds the table and writes it.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let (stream, words) = read(&args.texts)?;
    let mut counts = vec![0u32; words.len()];
    stream.iter().filter(|w| **w != EDGE).for_each(|w| counts[*w as usize] += 1);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then_with(|| words[*a].cmp(&words[*b])));
    order.truncate(args.words);
    let rows = rows(&stream, &order, words.len());
    let (fine, coarse) = (sort(&rows, args.fine), sort(&rows, args.coarse.min(255)));
    let mut table: Vec<(u32, u16, u8)> = order
        .iter()
        .enumerate()
        .map(|(i, &w)| Ok((hash(words[w].as_bytes()), to(fine[i] + 1)?, to(coarse[i] + 1)?)))
        .collect::<io::Result<_>>()?;
    table.sort_unstable();
    table.dedup_by_key(|row| row.0);
    eprintln!("{} words, least count {}", table.len(), order.last().map_or(0, |w| counts[*w]));
    crate::models::write(&args.output, "word-classes", &WordClasses::write(&table))
}

fn to<T: TryFrom<usize>>(class: usize) -> io::Result<T> {
    T::try_from(class).map_err(|_| io::Error::other("too many classes"))
}

/// All words of all texts as numbers, with [`EDGE`] between sentences.
fn read(paths: &[PathBuf]) -> io::Result<(Vec<u32>, Vec<String>)> {
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut words = Vec::new();
    let mut stream = vec![EDGE];
    for path in paths {
        for line in BufReader::new(MultiGzDecoder::new(fs::File::open(path)?)).lines() {
            let row: serde_json::Value = serde_json::from_str(&line?)?;
            let text = row["text"].as_str().unwrap_or("");
            let (tokens, sentences) = tokenize(text);
            for sentence in sentences {
                for token in &tokens[sentence.first_token..sentence.end_token] {
                    let word = canonical(token.span.text(text));
                    let next = to(words.len())?;
                    stream.push(*ids.entry(word).or_insert_with_key(|word| {
                        words.push(word.clone());
                        next
                    }));
                }
                stream.push(EDGE);
            }
        }
    }
    Ok((stream, words))
}

/// The vectors of the words in `order`.
fn rows(stream: &[u32], order: &[usize], words: usize) -> Vec<Row> {
    let mut rank = vec![usize::MAX; words];
    order.iter().enumerate().for_each(|(i, w)| rank[*w] = i);
    // 0 is the edge of a sentence, 1 any rare word.
    let neighbour = |w: u32| match w {
        EDGE => 0,
        w if rank[w as usize] < NEIGHBOURS => rank[w as usize] + 2,
        _ => 1,
    };
    let mut counts: Vec<FxHashMap<usize, u32>> = vec![FxHashMap::default(); order.len()];
    for three in stream.windows(3) {
        let Some(row) = (three[1] != EDGE).then(|| rank[three[1] as usize]).and_then(|r| counts.get_mut(r)) else {
            continue;
        };
        *row.entry(neighbour(three[0])).or_default() += 1;
        *row.entry(NEIGHBOURS + 2 + neighbour(three[2])).or_default() += 1;
    }
    let shares = |counts: FxHashMap<usize, u32>| {
        let mut row: Vec<(usize, u32)> = counts.into_iter().collect();
        row.sort_unstable();
        let total: u32 = row.iter().map(|(_, n)| n).sum();
        row.into_iter().map(|(d, n)| (d, (n as f32 / total as f32).sqrt())).collect()
    };
    counts.into_iter().map(shares).collect()
}

/// Spherical k-means; the class of each row.
fn sort(rows: &[Row], classes: usize) -> Vec<usize> {
    let dims = 2 * (NEIGHBOURS + 2);
    let classes = classes.min(rows.len());
    let mut centres = vec![0f32; dims * classes];
    for (class, row) in rows.iter().take(classes).enumerate() {
        row.iter().for_each(|(d, x)| centres[d * classes + class] = *x);
    }
    let mut class_of = vec![0; rows.len()];
    let mut scores = vec![0f32; classes];
    for _ in 0..ROUNDS {
        for (row, class) in rows.iter().zip(&mut class_of) {
            scores.fill(0.0);
            for (d, x) in row {
                scores.iter_mut().zip(&centres[d * classes..(d + 1) * classes]).for_each(|(s, c)| *s += x * c);
            }
            *class = (0..classes).fold(0, |best, c| if scores[c] > scores[best] { c } else { best });
        }
        centres.fill(0.0);
        for (row, class) in rows.iter().zip(&class_of) {
            row.iter().for_each(|(d, x)| centres[d * classes + class] += x);
        }
        let mut norms = vec![0f32; classes];
        for row in centres.chunks_exact(classes) {
            norms.iter_mut().zip(row).for_each(|(n, c)| *n += c * c);
        }
        for row in centres.chunks_exact_mut(classes) {
            row.iter_mut().zip(&norms).filter(|(_, n)| **n > 0.0).for_each(|(c, n)| *c /= n.sqrt());
        }
    }
    class_of
}
