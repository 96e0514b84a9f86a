//! `train names`: which words name people, organizations, places and other things?
//!
//! Builds `crates/rashomon-annotate/models/names.bin` from GUM's entities whose head is a proper noun. With `--folds N` it
//! writes nothing: it holds out every N-th document in turn, trains on the others (the tagger too), and prints precision,
//! recall and F1 of exact spans with their kind.

use crate::gum::{self, Document};
use crate::perceptron::{self, Options, Sequence};
use crate::train_tagger;
use rashomon::annotate::training::names::{Finder, KINDS, LABELS, View, fixed_features, label_features};
use rashomon::annotate::training::{EDGE, Tagger, Weights, Word, WordClasses, describe};
use rashomon::annotate::{NameKind, Sentence, Tag, Token};
use rashomon::model::Span;
use std::io;
use std::path::PathBuf;

/// Where the data is and where the model goes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of GUM's CoNLL-U files
    #[arg(long, default_value = "../shared/data/gum")]
    gum: PathBuf,
    /// Instead of writing a model, measure with this many parts of the documents held out in turn
    #[arg(long, default_value_t = 0)]
    folds: usize,
    /// Perceptrons summed
    #[arg(long, default_value_t = 3)]
    members: u64,
    #[arg(long, default_value_t = 8)]
    epochs: usize,
    /// Prints what is found wrongly and what is missed
    #[arg(long)]
    show: bool,
    #[arg(short, long, default_value = "crates/rashomon-annotate/models/names.bin")]
    output: PathBuf,
}

/// A document as one text.
struct Whole {
    text: String,
    tokens: Vec<Token>,
    words: Vec<Word>,
    sentences: Vec<Sentence>,
    /// Per sentence: first token, one past the last, kind.
    names: Vec<Vec<(usize, usize, NameKind)>>,
    news: bool,
}

/// Trains or measures.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let documents = gum::read(&args.gum)?;
    if args.folds == 0 {
        let mut whole: Vec<Whole> = documents.iter().map(whole).collect();
        // The tags are those a tagger gives that was trained without the document, as in use.
        for fold in 0..JACKKNIFE {
            let rest: Vec<&Document> =
                documents.iter().enumerate().filter(|(i, _)| i % JACKKNIFE != fold).map(|(_, d)| d).collect();
            let tagger = train_tagger::tagger(&rest);
            whole.iter_mut().skip(fold).step_by(JACKKNIFE).for_each(|w| tag(w, &tagger));
        }
        return crate::models::write(&args.output, "names", &train(&whole.iter().collect::<Vec<_>>(), args));
    }
    let mut counts = [[[0u32; 3]; 4]; 2];
    for fold in 0..args.folds {
        let rest: Vec<&Document> =
            documents.iter().enumerate().filter(|(i, _)| i % args.folds != fold).map(|(_, d)| d).collect();
        let tagger = train_tagger::tagger(&rest);
        let mut whole: Vec<Whole> = documents.iter().map(whole).collect();
        whole.iter_mut().skip(fold).step_by(args.folds).for_each(|w| tag(w, &tagger));
        let training: Vec<&Whole> =
            whole.iter().enumerate().filter(|(i, _)| i % args.folds != fold).map(|(_, w)| w).collect();
        let finder = Finder::read(train(&training, args).into());
        for it in whole.iter().skip(fold).step_by(args.folds) {
            let view = View::new(&it.text, &it.tokens, &it.sentences, &it.words);
            for (sentence, gold) in it.sentences.iter().zip(&it.names) {
                let found = finder.find(&view, sentence);
                count(&found, gold, &mut counts[usize::from(it.news)]);
                if args.show && it.news {
                    show(it, sentence, &found, gold);
                }
            }
        }
    }
    print(&counts);
    Ok(())
}

/// Parts of the documents whose tags come from a tagger trained on the others.
const JACKKNIFE: usize = 5;

fn kind_index(kind: NameKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(3)
}

fn count(found: &[(usize, usize, NameKind)], gold: &[(usize, usize, NameKind)], counts: &mut [[u32; 3]; 4]) {
    for name in found {
        counts[kind_index(name.2)][0] += 1;
        counts[kind_index(name.2)][2] += u32::from(gold.contains(name));
    }
    gold.iter().for_each(|name| counts[kind_index(name.2)][1] += 1);
}

fn show(it: &Whole, sentence: &Sentence, found: &[(usize, usize, NameKind)], gold: &[(usize, usize, NameKind)]) {
    let text =
        |n: &(usize, usize, NameKind)| it.tokens[n.0].span.cover(it.tokens[n.1 - 1].span).text(&it.text).to_string();
    let wrong: Vec<_> = found.iter().filter(|n| !gold.contains(n)).map(|n| format!("+{} {:?}", text(n), n.2)).collect();
    let missed: Vec<_> =
        gold.iter().filter(|n| !found.contains(n)).map(|n| format!("-{} {:?}", text(n), n.2)).collect();
    if !wrong.is_empty() || !missed.is_empty() {
        println!("{} {} | {}", wrong.join(" "), missed.join(" "), sentence.span.text(&it.text));
    }
}

fn print(counts: &[[[u32; 3]; 4]; 2]) {
    let f1 = |[found, gold, right]: [u32; 3]| {
        let share = |a: u32, b: u32| f64::from(a) * 100.0 / f64::from(b.max(1));
        format!(
            "P {:.1} R {:.1} F1 {:.1} of {gold}",
            share(right, found),
            share(right, gold),
            share(2 * right, found + gold)
        )
    };
    let add = |a: [u32; 3], b: &[u32; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    for (name, by_kind) in
        [("news", counts[1].to_vec()), ("all", (0..4).map(|k| add(counts[0][k], &counts[1][k])).collect())]
    {
        for (kind, c) in KINDS.iter().zip(&by_kind) {
            println!("{name} {}: {}", kind.as_str(), f1(*c));
        }
        println!("{name} together: {}", f1(by_kind.iter().fold([0; 3], add)));
        println!("{name} without other: {}", f1(by_kind[..3].iter().fold([0; 3], add)));
    }
}

/// A document's sentences put together.
fn whole(document: &Document) -> Whole {
    let mut it = Whole {
        text: String::new(),
        tokens: Vec::new(),
        words: Vec::new(),
        sentences: Vec::new(),
        names: Vec::new(),
        news: document.news,
    };
    for sentence in &document.sentences {
        let (at, first) = (it.text.len(), it.tokens.len());
        it.text.push_str(&sentence.text);
        it.text.push('\n');
        it.tokens.extend(
            sentence
                .tokens
                .iter()
                .map(|t| Token { span: Span::new(t.span.start() + at, t.span.end() + at), tag: t.tag }),
        );
        let end = it.tokens.len();
        let span = it.tokens[first].span.cover(it.tokens[end - 1].span);
        it.sentences.push(Sentence { span, paragraph: 0, first_token: first, end_token: end, heading: false });
        it.names.push(sentence.names.iter().map(|(a, b, k)| (a + first, b + first, *k)).collect());
    }
    it.words = it.tokens.iter().map(|t| describe(t.span.text(&it.text), WordClasses::shipped())).collect();
    it
}

fn tag(it: &mut Whole, tagger: &Tagger) {
    for s in &it.sentences {
        let range = s.first_token..s.end_token;
        tagger.tag(&mut it.tokens[range.clone()], &it.words[range]);
    }
    debug_assert!(it.tokens.iter().all(|t| Tag::ALL.contains(&t.tag)));
}

/// A model as bytes.
fn train(documents: &[&Whole], args: &Args) -> Vec<u8> {
    let views: Vec<View> = documents.iter().map(|d| View::new(&d.text, &d.tokens, &d.sentences, &d.words)).collect();
    let mut places = Vec::new();
    let mut sequences = Vec::new();
    for (d, (document, view)) in documents.iter().zip(&views).enumerate() {
        for (sentence, names) in document.sentences.iter().zip(&document.names) {
            let range = sentence.first_token..sentence.end_token;
            let capitals = view.is_headline(&range);
            let mut gold = vec![0u8; range.len()];
            for (first, end, kind) in names {
                #[allow(clippy::cast_possible_truncation, reason = "there are four kinds")]
                let label = kind_index(*kind) as u8 + 1;
                for i in *first..*end {
                    gold[i - range.start] = if i == *first { label } else { label + 4 };
                }
            }
            let fixed = |i: usize| {
                let mut out = Vec::new();
                fixed_features(view, i, &range, capitals, &mut |f| out.push(f));
                out
            };
            sequences.push(Sequence {
                fixed: range.clone().map(fixed).collect(),
                given: range.clone().map(|i| (!view.eligible(i, &range)).then_some(0)).collect(),
                gold,
            });
            places.push((d, range));
        }
    }
    let dynamic = |s: usize, i: usize, before: u8, second: u8, out: &mut Vec<u32>| {
        let (d, range) = &places[s];
        label_features(&views[*d], range.start + i, range, before, second, &mut |f| out.push(f));
    };
    let options = Options { classes: LABELS, epochs: args.epochs, members: args.members, margin: 4.0, edge: EDGE };
    Weights::write(&perceptron::train(&sequences, &dynamic, options), 16)
}
