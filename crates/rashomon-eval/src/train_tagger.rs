//! `train tagger`: which part of speech has each token?
//!
//! Builds `crates/rashomon-annotate/models/tagger.bin` from GUM's tags. With `--folds N` it writes nothing: it holds out
//! every N-th news document in turn, trains on all others, and prints the share of right tags on the held-out ones.

use crate::gum::{self, Document, GoldSentence};
use crate::perceptron::{self, Options, Sequence};
use crate::pool;
use rashomon::annotate::Tag;
use rashomon::annotate::training::{
    EDGE, Settled, Tagger, Weights, Word, WordClasses, always, between, describe, fixed_features, glue, is_capitalised,
    tag_features, tokenize,
};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of GUM's CoNLL-U files
    #[arg(long, default_value = "../shared/data/gum")]
    gum: PathBuf,
    /// Instead of writing a model, measure with this many parts of the news documents held out in turn
    #[arg(long, default_value_t = 0)]
    folds: usize,
    /// Perceptrons summed
    #[arg(long, default_value_t = 4)]
    members: u64,
    #[arg(long, default_value_t = 8)]
    epochs: usize,
    /// JSONL (.gz) of articles that show which words always get the same tag
    #[arg(long, default_value = "../shared/data/stream/allsides.jsonl.gz")]
    pool: String,
    /// Of the pool every how manieth article is read
    #[arg(long, default_value_t = 4)]
    every: usize,
    /// Words with one tag at least this often, ...
    #[arg(long, default_value_t = 120)]
    steady_count: u32,
    /// ... and in at least this share of places, keep it
    #[arg(long, default_value_t = 0.99)]
    steady_share: f64,
    /// The same of a word between a tag and a class of words
    #[arg(long, default_value_t = 10)]
    between_count: u32,
    #[arg(long, default_value_t = 0.975)]
    between_share: f64,
    #[arg(short, long, default_value = "crates/rashomon-annotate/models/tagger.bin")]
    output: PathBuf,
}

/// A word seen this often with one tag in this share keeps it.
const CERTAIN_COUNT: u32 = 15;
const CERTAIN_SHARE: f64 = 0.998;

/// Trains or measures.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let documents = gum::read(&args.gum)?;
    let pool = pool::read(&args.pool).map_err(io::Error::other)?;
    let texts: Vec<&str> = pool.iter().step_by(args.every.max(1)).map(|row| row.text.as_str()).collect();
    let all: Vec<&GoldSentence> = documents.iter().flat_map(|d| &d.sentences).collect();
    if args.folds == 0 {
        return crate::models::write(&args.output, "tagger", &finished(&all, args, &texts));
    }
    let (mut right, mut total, mut right_new, mut total_new) = (0, 0, 0, 0);
    for fold in 0..args.folds {
        let news = documents.iter().filter(|d| d.news).enumerate().filter(|(i, _)| i % args.folds == fold);
        let held: BTreeSet<&str> = news.map(|(_, d)| d.name.as_str()).collect();
        let of = |out: bool| {
            documents.iter().filter(move |d| held.contains(d.name.as_str()) == out).flat_map(|d| &d.sentences)
        };
        let held_out: Vec<&GoldSentence> = of(true).collect();
        let rest: Vec<&GoldSentence> =
            all.iter().copied().filter(|s| !held_out.iter().any(|h| std::ptr::eq(*h, *s))).collect();
        let known: BTreeSet<u32> = rest.iter().flat_map(|s| words(s)).map(|w| w.lower).collect();
        let tagger = Tagger::read(finished(&rest, args, &texts).into());
        for sentence in held_out {
            let words = words(sentence);
            let mut tokens = sentence.tokens.clone();
            tagger.tag(&mut tokens, &words);
            for ((found, gold), word) in tokens.iter().zip(&sentence.tokens).zip(&words) {
                let ok = u32::from(found.tag == gold.tag);
                (right, total) = (right + ok, total + 1);
                if !known.contains(&word.lower) {
                    (right_new, total_new) = (right_new + ok, total_new + 1);
                }
            }
        }
    }
    let share = |a: u32, b: u32| f64::from(a) * 100.0 / f64::from(b.max(1));
    println!("held-out news: {:.2} of {total} tokens right", share(right, total));
    println!("words not seen in training: {:.2} of {total_new}", share(right_new, total_new));
    Ok(())
}

/// A small tagger trained on these documents alone, for taggings that did not see a document.
pub(crate) fn tagger(documents: &[&Document]) -> Tagger {
    let sentences: Vec<&GoldSentence> = documents.iter().flat_map(|d| &d.sentences).collect();
    let (rows, certain) = train(&sentences, 1, 5);
    Tagger::read(bytes(&rows, &certain).into())
}

/// What the models see of a sentence.
pub(crate) fn words(sentence: &GoldSentence) -> Vec<Word> {
    sentence.tokens.iter().map(|t| describe(t.span.text(&sentence.text), WordClasses::shipped())).collect()
}

fn class(tag: Tag) -> u8 {
    Tag::ALL.iter().zip(0..).find(|(t, _)| **t == tag).map_or(0, |(_, i)| i)
}

/// Features with their weights, and words that have one tag.
type Model = (Vec<(u32, Vec<(u8, i8)>)>, BTreeMap<u32, u8>);

/// The model that ships, as bytes: trained, and with the words that get the same tag throughout `texts`, or wherever they
/// stand between the same neighbours.
fn finished(sentences: &[&GoldSentence], args: &Args, texts: &[&str]) -> Vec<u8> {
    let (rows, mut settled) = train(sentences, args.members, args.epochs);
    let tagger = Tagger::read(bytes(&rows, &settled).into());
    let (mut steady, mut placed) = (Habits::default(), Habits::default());
    let mut tagged = Vec::new();
    for text in texts {
        let (mut tokens, sentences) = tokenize(text);
        for sentence in sentences {
            let tokens = &mut tokens[sentence.first_token..sentence.end_token];
            let words: Vec<Word> = tokens.iter().map(|t| describe(t.span.text(text), WordClasses::shipped())).collect();
            tagger.tag(tokens, &words);
            for (token, word) in tokens.iter().zip(&words) {
                steady.count(always(word), class(token.tag));
            }
            tagged.push((tokens.iter().map(|t| class(t.tag)).collect::<Vec<u8>>(), words));
        }
    }
    steady.settle(args.steady_count, args.steady_share, &mut settled);
    let (mut seen, mut always_settled, mut between_settled) = (0u32, 0, 0);
    for (tags, words) in &tagged {
        for i in (0..words.len()).filter(|&i| !settled.contains_key(&always(&words[i]))) {
            let before = if i == 0 { EDGE } else { tags[i - 1] };
            placed.count(between(&words[i], before, words.get(i + 1)), tags[i]);
        }
    }
    let words = settled.len();
    placed.settle(args.between_count, args.between_share, &mut settled);
    for (tags, words) in &tagged {
        for i in 0..words.len() {
            let before = if i == 0 { EDGE } else { tags[i - 1] };
            seen += 1;
            if settled.contains_key(&always(&words[i])) {
                always_settled += 1;
            } else if settled.contains_key(&between(&words[i], before, words.get(i + 1))) {
                between_settled += 1;
            }
        }
    }
    let share = |n: u32| f64::from(n) / f64::from(seen.max(1));
    eprintln!(
        "{words} words with one tag, {:.3} of text; {} between neighbours, {:.3}",
        share(always_settled),
        settled.len() - words,
        share(between_settled)
    );
    bytes(&rows, &settled)
}

/// How often each key gets each tag.
#[derive(Default)]
struct Habits {
    counts: FxHashMap<u32, Vec<(u8, u32)>>,
}

impl Habits {
    fn count(&mut self, key: u32, tag: u8) {
        let tags = self.counts.entry(key).or_default();
        match tags.iter_mut().find(|(t, _)| *t == tag) {
            Some((_, n)) => *n += 1,
            None => tags.push((tag, 1)),
        }
    }

    /// Adds the keys seen at least `least` times, with one tag in at least `share` of them.
    fn settle(self, least: u32, share: f64, out: &mut BTreeMap<u32, u8>) {
        let mut counts: Vec<_> = self.counts.into_iter().collect();
        counts.sort_unstable_by_key(|(key, _)| *key);
        for (key, tags) in counts {
            let total: u32 = tags.iter().map(|(_, n)| n).sum();
            let most = tags.iter().max_by_key(|(tag, n)| (*n, std::cmp::Reverse(*tag)));
            if let Some((tag, _)) = most.filter(|(_, n)| total >= least && f64::from(*n) >= share * f64::from(total)) {
                out.entry(key).or_insert(*tag);
            }
        }
    }
}

/// A model as bytes.
fn bytes(rows: &[(u32, Vec<(u8, i8)>)], settled: &BTreeMap<u32, u8>) -> Vec<u8> {
    let mut out = Weights::write(rows, Tag::ALL.len().next_multiple_of(16));
    out.extend(Settled::write(&settled.iter().map(|(key, tag)| (*key, *tag)).collect::<Vec<_>>()));
    out
}

/// Learns weights, and which words have one tag throughout.
fn train(sentences: &[&GoldSentence], members: u64, epochs: usize) -> Model {
    let described: Vec<Vec<Word>> = sentences.iter().map(|s| words(s)).collect();
    let mut habits = Habits::default();
    for (sentence, words) in sentences.iter().zip(&described) {
        for (token, word) in sentence.tokens.iter().zip(words) {
            habits.count(always(word), class(token.tag));
        }
    }
    let mut certain: BTreeMap<u32, u8> = BTreeMap::new();
    habits.settle(CERTAIN_COUNT, CERTAIN_SHARE, &mut certain);
    let sequences: Vec<Sequence> = sentences
        .iter()
        .zip(&described)
        .map(|(sentence, words)| {
            let capitals = is_capitalised(words);
            let fixed = |i: usize| {
                let mut out = Vec::new();
                fixed_features(words, i, capitals, glue(&sentence.tokens, i), &mut |f| out.push(f));
                out
            };
            Sequence {
                fixed: (0..words.len()).map(fixed).collect(),
                given: words.iter().map(|w| certain.get(&always(w)).copied()).collect(),
                gold: sentence.tokens.iter().map(|t| class(t.tag)).collect(),
            }
        })
        .collect();
    let dynamic = |s: usize, i: usize, before: u8, second: u8, out: &mut Vec<u32>| {
        tag_features(&described[s], i, before, second, &mut |f| out.push(f));
    };
    let options = Options { classes: Tag::ALL.len(), epochs, members, margin: 4.0, edge: EDGE };
    (perceptron::train(&sequences, &dynamic, options), certain)
}
