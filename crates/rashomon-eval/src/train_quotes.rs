//! `train quotes`: the weights by which the annotator attributes content to sources.
//!
//! Builds `crates/rashomon-annotate/models/quotes.bin` from PolNeAR (Newell, Margolin & Ruths 2018): logistic regression
//! for the cue, softmax regression for the content's two ends and for the source, each by `AdaGrad` (Duchi et al. 2011) over
//! hashed features. One thread, one seed, the same bytes every time. With `--folds N` it trains N times, each without one
//! part of the articles, and writes what the model left in the dark makes of that part, for `score_quotes.py`.

use crate::boosting::{Growth, boost};
use crate::random::Random;
use crate::random_field::{Learning, Lines, chain};
use rashomon::annotate::quotes::training as model;
use rashomon::annotate::quotes::{Pairs, Reading, Table, Weights, quotes_with};
use rashomon::annotate::{Annotated, annotate};
use rashomon::model::{Span, math};
use rashomon::read;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

/// Where the data are and where the weights go.
#[derive(Clone, clap::Args)]
pub(crate) struct Args {
    /// JSONL (.gz) of articles with gold attributions
    #[arg(default_value = "../shared/data/quotes/polnear-train.jsonl.gz")]
    data: String,
    #[arg(short, long, default_value = "crates/rashomon-annotate/models/quotes.bin")]
    output: PathBuf,
    /// Cross-validate in N parts instead of writing weights
    #[arg(long)]
    folds: Option<usize>,
    /// Only the first of the folds
    #[arg(long)]
    one_fold: bool,
    /// Where the predictions on the parts held out go
    #[arg(long, default_value = "predictions.jsonl")]
    predictions: PathBuf,
    /// Passes over the data
    #[arg(long, default_value_t = 5)]
    epochs: usize,
    /// Least times a feature is seen
    #[arg(long, default_value_t = 2)]
    least: u8,
    /// Weight of the squared norm
    #[arg(long, default_value_t = 2e-6)]
    ridge: f32,
    /// First step
    #[arg(long, default_value_t = 0.04)]
    step: f32,
    /// Least confidence of an attribution that stays
    #[arg(long, default_value_t = 0.29)]
    threshold: f32,
    /// The same where the cue is no word of speech
    #[arg(long, default_value_t = 0.31)]
    threshold_apart: f32,
    /// Size of the table of the chain of labels, as a power of two
    #[arg(long, default_value_t = 17)]
    chain_bits: u32,
    /// Passes over its sentences
    #[arg(long, default_value_t = 6)]
    chain_epochs: usize,
    /// First step for it
    #[arg(long, default_value_t = 0.03)]
    chain_step: f32,
    /// Least times one of its features is seen
    #[arg(long, default_value_t = 3)]
    chain_least: u8,
    /// First step for the source
    #[arg(long, default_value_t = 0.06)]
    source_step: f32,
    /// First step for the cue
    #[arg(long, default_value_t = 0.03)]
    cue_step: f32,
    /// Trees that weigh candidates as a whole
    #[arg(long, default_value_t = 120)]
    trees: usize,
    /// Share of a step that each tree takes
    #[arg(long, default_value_t = 0.12)]
    tree_rate: f64,
    /// Weight of the squared norm of their leaves
    #[arg(long, default_value_t = 5.0)]
    tree_ridge: f64,
    /// Weight of a content's being exactly right against its being right by half
    #[arg(long, default_value_t = 0.35)]
    exact: f32,
    /// The same of its being right by .8
    #[arg(long, default_value_t = 0.2)]
    near: f32,
    /// Share of gold contents whose edges may be left out
    #[arg(long, default_value_t = 0.005)]
    lost: f64,
    /// Size of each table, as a power of two
    #[arg(long, default_value_t = 18)]
    bits: u32,
}

/// Trains, or cross-validates.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let documents = documents(&args.data)?;
    let attributions: usize = documents.iter().map(|d| d.gold.len()).sum();
    eprintln!("{} articles, {attributions} attributions", documents.len());
    let Some(folds) = args.folds else {
        let all: Vec<&Document> = documents.iter().collect();
        let bytes = train(args, &all).to_bytes();
        crate::models::write(&args.output, "quotes", &bytes)?;
        eprintln!("{}: {} bytes", args.output.display(), bytes.len());
        return Ok(());
    };
    let mut out = io::BufWriter::new(fs::File::create(&args.predictions)?);
    for fold in 0..if args.one_fold { 1 } else { folds } {
        let rest: Vec<&Document> =
            documents.iter().enumerate().filter(|(n, _)| n % folds != fold).map(|(_, d)| d).collect();
        let weights = train(args, &rest);
        for d in documents.iter().skip(fold).step_by(folds) {
            let pair = |s: Span| json!([s.start(), s.end()]);
            let quotes: Vec<Value> = quotes_with(&weights, &d.article)
                .iter()
                .map(|q| {
                    json!({"span": pair(q.span), "kind": q.kind.as_str(), "act": q.act.as_str(), "speaker": q.speaker, "speaker_span": q.speaker_span.map(pair), "rule": q.rule.name, "cue_span": q.cue_span.map(pair)})
                })
                .collect();
            writeln!(out, "{}", json!({"id": d.article.article.id, "quotes": quotes}))?;
        }
    }
    out.flush()
}

/// An article and its gold attributions.
struct Document {
    article: Annotated,
    gold: Vec<Gold>,
}

struct Gold {
    content: Span,
    source: Vec<Span>,
    cue: Span,
}

fn documents(path: &str) -> io::Result<Vec<Document>> {
    let mut out = Vec::new();
    for record in read::records(path).map_err(io::Error::other)? {
        let record = record.map_err(io::Error::other)?;
        let row: Value = serde_json::from_slice(&record.bytes)?;
        let Some(article) = read::article(&record).output else { continue };
        let spans = |v: &Value| -> Vec<Span> {
            let list = v.as_array().map(Vec::as_slice).unwrap_or_default();
            let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
            list.iter().filter_map(|s| Some(Span::new(number(&s[0])?, number(&s[1])?))).collect()
        };
        let list = row["attributions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let gold = list.iter().filter_map(|a| {
            Some(Gold {
                content: spans(&a["content"]).into_iter().reduce(Span::cover)?,
                source: spans(&a["source"]),
                cue: spans(&a["cue"]).into_iter().reduce(Span::cover)?,
            })
        });
        out.push(Document { gold: gold.collect(), article: annotate(article).output });
    }
    Ok(out)
}

/// One gold attribution in tokens.
struct Target {
    head: usize,
    content: std::ops::Range<usize>,
    source: Vec<usize>,
}

/// How often each word is a whole cue or part of one, and how often it stands anywhere.
#[derive(Default, Clone, Copy)]
struct Count {
    alone: u32,
    within: u32,
    head: u32,
    all: u32,
}

/// All weights. Candidates are made, words labelled and candidates weighed by what models that have not seen their article
/// make of it, as in use.
fn train(args: &Args, documents: &[&Document]) -> Weights {
    let mut weights = edges(args, documents);
    let seen: Vec<Seen<'_>> = {
        let mut seen: Vec<Option<Seen<'_>>> = documents.iter().map(|_| None).collect();
        for fold in 0..FOLDS {
            let rest: Vec<&Document> = without(documents, fold).map(|(_, d)| *d).collect();
            let unseen = edges(args, &rest);
            for (n, d) in documents.iter().enumerate().skip(fold).step_by(FOLDS) {
                let r = Reading::new(&d.article);
                let candidates = model::candidates(&unseen, &r);
                seen[n] = Some(Seen { labels: gold_labels(&r, d), r, candidates, gold: &d.gold });
            }
        }
        seen.into_iter().flatten().collect()
    };
    let lines: Vec<Lines> = seen.iter().map(lines).collect();
    let learning = Learning {
        bits: args.chain_bits,
        epochs: args.chain_epochs,
        step: args.chain_step,
        ridge: args.ridge,
        least: args.chain_least,
        limit: LIMIT,
    };
    let (mut rows, mut right) = (Vec::new(), Vec::new());
    for fold in 0..FOLDS {
        let rest: Vec<&Lines> = without(&lines, fold).map(|(_, l)| l).collect();
        let chain = chain(&learning, &rest);
        for s in seen.iter().skip(fold).step_by(FOLDS) {
            whole_examples(args, &chain, s, &mut rows, &mut right);
        }
    }
    weights.chain = chain(&learning, &lines.iter().collect::<Vec<_>>());
    let growth =
        Growth { trees: args.trees, rate: args.tree_rate, ridge: args.tree_ridge, rows: 0.6, measures: 0.4, seed: 1 };
    let grown = boost(&growth, &rows, model::MEASURES, &right, None);
    let trees = grown.trees.into_iter().map(|t| model::Tree { questions: t.questions, leaves: t.leaves });
    weights.whole = model::Trees { base: grown.base, trees: trees.collect() };
    weights
}

/// Parts in which the candidates to be weighed are made.
const FOLDS: usize = 4;

/// All items but those of one fold, with their numbers.
fn without<T>(items: &[T], fold: usize) -> impl Iterator<Item = (usize, &T)> {
    items.iter().enumerate().filter(move |(n, _)| n % FOLDS != fold)
}

/// An article with the candidates of models that have not seen it.
struct Seen<'a> {
    r: Reading<'a>,
    candidates: Vec<model::Candidate>,
    gold: &'a [Gold],
    /// What each token is to the gold attributions.
    labels: Vec<u8>,
}

/// What each token is: of a cue, of a source, of content; the widest content first, cues and sources within it apart.
#[allow(clippy::cast_possible_truncation, reason = "five labels")]
fn gold_labels(r: &Reading<'_>, d: &Document) -> Vec<u8> {
    use model::label::{CUE, FIRST, INSIDE, SOURCE};
    let mut labels = vec![0u8; r.len()];
    for g in &d.gold {
        labels[r.tokens(g.cue)].fill(CUE as u8);
    }
    for tokens in d.gold.iter().flat_map(|g| &g.source).map(|s| r.tokens(*s)) {
        labels[tokens].fill(SOURCE as u8);
    }
    let mut contents: Vec<_> =
        d.gold.iter().map(|g| r.trimmed(r.tokens(g.content))).filter(|c| !c.is_empty()).collect();
    contents.sort_by_key(|c| (std::cmp::Reverse(c.len()), c.start));
    for content in contents {
        for i in content.clone() {
            if labels[i] != CUE as u8 && labels[i] != SOURCE as u8 {
                labels[i] = INSIDE as u8;
            }
        }
        labels[content.start] = FIRST as u8;
    }
    labels
}

/// Adds the measures of an article's candidates, and how right each is: by half, and wholly.
fn whole_examples(
    args: &Args,
    chain: &model::Chain,
    s: &Seen<'_>,
    rows: &mut Vec<[f32; model::WIDTH]>,
    right: &mut Vec<f32>,
) {
    let r = &s.r;
    let gold: Vec<Span> = s
        .gold
        .iter()
        .map(|g| r.trimmed(r.tokens(g.content)))
        .filter(|c| !c.is_empty())
        .map(|c| r.span(c.start, c.end))
        .collect();
    let field = model::Field::new(r, &s.candidates, model::labels(chain, r, &s.candidates));
    for (n, c) in s.candidates.iter().enumerate() {
        let span = r.span(c.content.start, c.content.end);
        rows.push(model::measures(&field, n));
        let near = |g: &Span| g.shared(span) * 5 >= g.len().max(span.len()) * 4;
        let share = |is: bool, worth: f32| if is { worth } else { 0.0 };
        right.push(
            share(gold.iter().any(|g| model::by_half(*g, span)), 1.0 - args.near - args.exact)
                + share(gold.iter().any(near), args.near)
                + share(gold.contains(&span), args.exact),
        );
    }
}

/// The sentences of an article that have candidates.
fn lines(s: &Seen<'_>) -> Lines {
    let mut out = Lines::default();
    let likely = model::likelihoods(&s.r, &s.candidates);
    for sentence in model::sentences(&s.r, &s.candidates) {
        let line = model::Line::new(&s.r, sentence.clone(), &likely);
        for i in sentence {
            model::token(&line, i, &mut out.features);
            out.tokens.push(out.features.len());
            out.labels.push(s.labels[i]);
        }
        out.sentences.push(out.tokens.len());
    }
    out
}

/// The weights of cues, of where content begins and ends, and of sources.
fn edges(args: &Args, documents: &[&Document]) -> Weights {
    let readings: Vec<Reading<'_>> = documents.iter().map(|d| Reading::new(&d.article)).collect();
    let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
    for (r, d) in readings.iter().zip(documents) {
        (0..r.len()).for_each(|i| counts.entry(r.word(i)).or_default().all += 1);
        for g in &d.gold {
            let cue = r.trimmed(r.tokens(g.cue));
            let alone = cue.len() == 1;
            for i in cue {
                let c = counts.entry(r.word(i)).or_default();
                c.within += 1;
                c.alone += u32::from(alone);
            }
        }
    }
    // The head of a cue is, of its nouns, verbs and adjectives, the word that is most often a cue, the last of equals.
    let worth = |c: &Count| (f64::from(c.alone) + 0.05 * f64::from(c.within)) / (f64::from(c.all) + 5.0);
    let mut targets: Vec<Vec<Target>> = Vec::with_capacity(documents.len());
    for (r, d) in readings.iter().zip(documents) {
        let mut list = Vec::new();
        for g in &d.gold {
            let cue = r.tokens(g.cue);
            let content = r.trimmed(r.tokens(g.content));
            let head = cue.clone().max_by(|&a, &b| {
                let (x, y) = (worth(&counts[&r.word(a)]), worth(&counts[&r.word(b)]));
                (r.has_meaning(a).cmp(&r.has_meaning(b))).then(x.total_cmp(&y)).then(a.cmp(&b))
            });
            let (Some(head), false) = (head, content.is_empty()) else { continue };
            let source = g.source.iter().flat_map(|s| r.tokens(*s)).collect();
            list.push(Target { head, content, source });
        }
        for t in &list {
            if let Some(c) = counts.get_mut(&r.word(t.head)) {
                c.head += 1;
            }
        }
        targets.push(list);
    }
    let mut weights = Weights { least: args.threshold, least_apart: args.threshold_apart, ..Weights::default() };
    weights.heads = counts.iter().filter(|(_, c)| c.head >= 2 && c.head * 100 >= c.all).map(|(w, _)| *w).collect();

    (weights.starts, weights.ends) = pairs(args, &readings, &targets);
    let cues = cue_examples(&weights, &readings, &targets);
    weights.cue = binary(&Args { step: args.cue_step, ..args.clone() }, cues);
    let (starts, ends, sources) = choice_examples(&weights, &readings, &targets);
    weights.start = choice(args, starts);
    weights.end = choice(args, ends);
    weights.source = choice(&Args { step: args.source_step, ..args.clone() }, sources);
    weights
}

/// Between which parts of speech content may begin and end: all pairs but those between which it least often does, as many
/// as leave out no more than a share of the gold contents.
fn pairs(args: &Args, readings: &[Reading<'_>], targets: &[Vec<Target>]) -> (Pairs, Pairs) {
    let all = Pairs::default();
    let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    let mut places = Vec::new();
    for (r, targets) in readings.iter().zip(targets) {
        for t in targets {
            model::starts(&all, r, t.head, &mut places);
            for &p in &places {
                let count: &mut [u32; 2] = starts.entry(r.sorts(p)).or_default();
                count[usize::from(p == t.content.start)] += 1;
            }
            model::ends(&all, r, t.head, t.content.start, &mut places);
            for &p in &places {
                let count: &mut [u32; 2] = ends.entry(r.sorts(p)).or_default();
                count[usize::from(p == t.content.end)] += 1;
            }
        }
    }
    let rare = |counts: BTreeMap<(usize, usize), [u32; 2]>| {
        let mut rows: Vec<_> = counts.into_iter().collect();
        // Ordered by the share that is right, cross-multiplied.
        rows.sort_by(|(p, a), (q, b)| {
            let (x, y) = (u64::from(a[1]) * u64::from(b[0] + b[1]), u64::from(b[1]) * u64::from(a[0] + a[1]));
            x.cmp(&y).then(p.cmp(q))
        });
        let right: u32 = rows.iter().map(|(_, c)| c[1]).sum();
        let wrong: u32 = rows.iter().map(|(_, c)| c[0]).sum();
        let (mut lost, mut spared, mut out) = (0, 0, Vec::new());
        for (pair, c) in rows {
            lost += c[1];
            if f64::from(lost) > args.lost * f64::from(right) {
                break;
            }
            spared += c[0];
            out.push(pair);
        }
        eprintln!("edges: {} pairs left out, {spared} of {wrong} wrong places", out.len());
        Pairs::without(out)
    };
    (rare(starts), rare(ends))
}

/// Features of all examples one after the other; those that are seen too seldom are left out.
#[derive(Default)]
struct Examples {
    features: Vec<u32>,
    /// End of each candidate in `features`, and whether it is right.
    candidates: Vec<(usize, bool)>,
    /// End of each example in `candidates`.
    examples: Vec<usize>,
}

impl Examples {
    fn push(&mut self, right: bool, fill: impl FnOnce(&mut Vec<u32>)) {
        fill(&mut self.features);
        self.candidates.push((self.features.len(), right));
    }
}

fn cue_examples(weights: &Weights, readings: &[Reading<'_>], targets: &[Vec<Target>]) -> Examples {
    let mut out = Examples::default();
    let (mut reached, mut all) = (0, 0);
    for (r, targets) in readings.iter().zip(targets) {
        let mut is_head = vec![false; r.len()];
        for t in targets {
            is_head[t.head] = true;
            all += 1;
            reached += usize::from(model::may_be_cue(weights, r, t.head));
        }
        for i in (0..r.len()).filter(|&i| model::may_be_cue(weights, r, i)) {
            out.push(is_head[i], |f| model::cue(r, i, f));
            out.examples.push(out.candidates.len());
        }
    }
    eprintln!("cues: {} candidates, {reached} of {all} heads among them", out.candidates.len());
    out
}

fn choice_examples(
    weights: &Weights,
    readings: &[Reading<'_>],
    targets: &[Vec<Target>],
) -> (Examples, Examples, Examples) {
    let (mut starts, mut ends, mut sources) = (Examples::default(), Examples::default(), Examples::default());
    let (mut reached, mut all) = ([0; 3], 0);
    let mut places = Vec::new();
    for (r, targets) in readings.iter().zip(targets) {
        for t in targets {
            all += 1;
            let around = model::Around::new(r, t.head);
            model::starts(&weights.starts, r, t.head, &mut places);
            if places.contains(&t.content.start) {
                for &p in &places {
                    starts.push(p == t.content.start, |f| model::start(&around, p, f));
                }
                starts.examples.push(starts.candidates.len());
                reached[0] += 1;
            }
            model::ends(&weights.ends, r, t.head, t.content.start, &mut places);
            if places.contains(&t.content.end) {
                for &p in &places {
                    ends.push(p == t.content.end, |f| model::end(&around, &(t.content.start..p), f));
                }
                ends.examples.push(ends.candidates.len());
                reached[1] += 1;
            }
            model::sources(r, t.head, &t.content, &mut places);
            if t.source.is_empty() || t.source.iter().any(|s| places.contains(s)) {
                sources.push(t.source.is_empty(), |f| model::source(&around, &t.content, None, f));
                for &p in &places {
                    sources.push(t.source.contains(&p), |f| model::source(&around, &t.content, Some(p), f));
                }
                sources.examples.push(sources.candidates.len());
                reached[2] += 1;
            }
        }
    }
    eprintln!("contents: of {all}, {} starts, {} ends, {} sources in reach", reached[0], reached[1], reached[2]);
    (starts, ends, sources)
}

/// `AdaGrad` with a ridge.
struct Learner {
    values: Vec<f32>,
    squares: Vec<f32>,
    step: f32,
    ridge: f32,
    shift: u32,
    /// Sum of the values after each pass but the first, and their number.
    sum: Vec<f32>,
    passes: u16,
}

impl Learner {
    fn new(args: &Args) -> Self {
        let size = 1 << args.bits;
        Self {
            values: vec![0.0; size],
            squares: vec![1e-2; size],
            step: args.step,
            ridge: args.ridge,
            shift: 32 - args.bits,
            sum: vec![0.0; size],
            passes: 0,
        }
    }

    /// Ends a pass: the weights that ship are the mean over passes (Polyak & Juditsky 1992).
    fn end_pass(&mut self, epoch: usize) {
        if epoch > 0 {
            self.sum.iter_mut().zip(&self.values).for_each(|(s, v)| *s += v);
            self.passes += 1;
        }
    }

    fn table(&self) -> Table {
        if self.passes == 0 {
            return Table::new(&self.values, LIMIT);
        }
        let mean: Vec<f32> = self.sum.iter().map(|s| s / f32::from(self.passes)).collect();
        Table::new(&mean, LIMIT)
    }

    fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.values[(f >> self.shift) as usize]).sum()
    }

    fn update(&mut self, features: &[u32], error: f32) {
        for &f in features {
            let i = (f >> self.shift) as usize;
            let gradient = error + self.ridge * self.values[i];
            self.squares[i] += gradient * gradient;
            self.values[i] -= self.step * gradient / self.squares[i].sqrt();
        }
    }
}

/// Leaves out features seen fewer than `least` times.
fn prune(args: &Args, e: &mut Examples) {
    let mut seen = vec![0u8; 1 << 26];
    for f in &e.features {
        let c = &mut seen[(f >> 6) as usize];
        *c = c.saturating_add(1);
    }
    let mut kept = Vec::with_capacity(e.features.len());
    let mut from = 0;
    for (end, _) in &mut e.candidates {
        kept.extend(e.features[from..*end].iter().filter(|f| seen[(**f >> 6) as usize] >= args.least));
        from = *end;
        *end = kept.len();
    }
    e.features = kept;
}

/// A fixed order that differs from pass to pass.
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        #[allow(clippy::cast_possible_truncation, reason = "less than n")]
        let j = (random.next() % (i as u64 + 1)) as usize;
        order.swap(i, j);
    }
    order
}

/// Largest weight kept.
const LIMIT: f32 = 3.0;

/// Logistic regression: every candidate for itself.
fn binary(args: &Args, mut e: Examples) -> Table {
    prune(args, &mut e);
    let mut learner = Learner::new(args);
    for epoch in 0..args.epochs {
        let mut loss = 0.0;
        for i in shuffled(e.candidates.len(), epoch as u64 + 1) {
            let from = if i == 0 { 0 } else { e.candidates[i - 1].0 };
            let (to, right) = e.candidates[i];
            let features = &e.features[from..to];
            let p = 1.0 / (1.0 + math::exp(-learner.score(features)));
            loss -= math::ln(if right { p } else { 1.0 - p }.max(1e-6));
            learner.update(features, p - f32::from(u8::from(right)));
        }
        learner.end_pass(epoch);
        if epoch + 1 == args.epochs {
            eprintln!("loss {:.4}", loss / e.candidates.len() as f32);
        }
    }
    learner.table()
}

/// Softmax regression: the candidates of one example against each other; several may be right.
fn choice(args: &Args, mut e: Examples) -> Table {
    prune(args, &mut e);
    let mut learner = Learner::new(args);
    let mut scores: Vec<f32> = Vec::new();
    for epoch in 0..args.epochs {
        let mut loss = 0.0;
        for i in shuffled(e.examples.len(), epoch as u64 + 1) {
            let first = if i == 0 { 0 } else { e.examples[i - 1] };
            let candidates = &e.candidates[first..e.examples[i]];
            let begin = |n: usize| if first + n == 0 { 0 } else { e.candidates[first + n - 1].0 };
            scores.clear();
            scores.extend((0..candidates.len()).map(|n| learner.score(&e.features[begin(n)..candidates[n].0])));
            let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            scores.iter_mut().for_each(|s| *s = math::exp(*s - top));
            let sum: f32 = scores.iter().sum();
            let right: f32 = scores.iter().zip(candidates).filter(|(_, c)| c.1).map(|(s, _)| s).sum::<f32>().max(1e-12);
            loss -= math::ln(right / sum);
            for n in 0..candidates.len() {
                let p = scores[n] / sum;
                let wanted = if candidates[n].1 { scores[n] / right } else { 0.0 };
                if (p - wanted).abs() > 1e-4 {
                    learner.update(&e.features[begin(n)..candidates[n].0], p - wanted);
                }
            }
        }
        learner.end_pass(epoch);
        if epoch + 1 == args.epochs {
            eprintln!("loss {:.4}", loss / e.examples.len() as f32);
        }
    }
    learner.table()
}
