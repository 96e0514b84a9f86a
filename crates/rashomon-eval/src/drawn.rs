//! Pairs of sentences of stories as grouping finds them, drawn by chance for a reader to judge; and what readers judged.
//!
//! The marked stories were picked for being told by three outlets at length. Stories of the pool are less alike, and what the
//! weights would join there is where they err. So pairs are drawn by their scores: those that would be joined, and such as
//! lie not far below.

use crate::marks::{Judged, MARKED, POOL};
use crate::pool;
use crate::random::Random;
use rashomon::annotate::Corpus;
use rashomon::compare::joins::Weights;
use rashomon::model::{Anchor, Article};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Stories of the pool: `stories.jsonl` of `rashomon group`
    stories: PathBuf,
    /// Their articles
    #[arg(long, default_value = POOL)]
    pool: String,
    /// Marked stories: no story that holds one of their articles is drawn
    #[arg(long, default_values = MARKED)]
    not: Vec<PathBuf>,
    /// How many stories
    #[arg(long, default_value_t = 60)]
    count: usize,
    /// Same seed, same stories
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for `pairs.jsonl`, a line a story, and `STORY.txt`, what a reader reads
    #[arg(short, long)]
    output: PathBuf,
}

/// What readers judged.
pub(crate) const JUDGED: &str = "crates/rashomon-eval/marks/drawn.jsonl";
/// A row of `stories.jsonl`.
#[derive(Deserialize)]
struct Row {
    id: String,
    story: String,
}

/// A marked story, as far as it tells which articles to leave out.
#[derive(Deserialize)]
struct Taken {
    articles: Vec<String>,
}

/// A story with the pairs that were drawn from it.
#[derive(Deserialize, Serialize)]
struct Drawn {
    name: String,
    articles: Vec<String>,
    pairs: Vec<Drew>,
}

/// A pair: two sentences, each with the place of its article in `articles`, and what a reader says of it: 2 for one fact that
/// is the news, 1 for one fact, 0 for none.
#[derive(Deserialize, Serialize)]
struct Drew {
    a: (usize, usize, usize),
    b: (usize, usize, usize),
    #[serde(skip_serializing_if = "Option::is_none")]
    fact: Option<u8>,
}

/// Reports of a story that is drawn.
const REPORTS: std::ops::RangeInclusive<usize> = 2..=6;
/// Pairs of a story that would be joined, and from which score on; pairs below, and down to which.
const JOINED: (usize, f32) = (14, 0.3);
const BELOW: (usize, f32) = (8, -1.5);

/// Draws.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for path in &args.not {
        for line in std::fs::read_to_string(path)?.lines() {
            taken.extend(serde_json::from_str::<Taken>(line)?.articles);
        }
    }
    let mut stories: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(&args.stories)?.lines() {
        let Row { id, story } = serde_json::from_str(line)?;
        stories.entry(story).or_default().push(id);
    }
    stories.retain(|_, them| REPORTS.contains(&them.len()) && !them.iter().any(|a| taken.contains(a)));
    let mut stories: Vec<(String, Vec<String>)> = stories.into_iter().collect();
    let mut random = Random::new(args.seed);
    random.shuffle(&mut stories);
    let texts = pool::articles(&args.pool, &stories.iter().flat_map(|(_, them)| them).collect())?;
    std::fs::create_dir_all(&args.output)?;
    let mut out = io::BufWriter::new(std::fs::File::create(args.output.join("pairs.jsonl"))?);
    let mut n = 0;
    for (story, articles) in stories {
        let Some(reports) = found(&articles, &texts).filter(|_| n < args.count) else { continue };
        let outlets: FxHashSet<&Option<String>> = reports.iter().map(|it| &it.outlet).collect();
        if outlets.len() < articles.len() {
            continue;
        }
        let Some((drawn, text)) = draw(&story, articles, reports, &mut random) else { continue };
        n += 1;
        writeln!(out, "{}", serde_json::to_string(&drawn)?)?;
        std::fs::write(args.output.join(format!("{n:02}.txt")), text)?;
    }
    Ok(())
}

/// The articles of a story, in order; none if one is missing.
fn found(ids: &[String], texts: &FxHashMap<String, Article>) -> Option<Vec<Article>> {
    ids.iter().map(|id| texts.get(id).cloned()).collect()
}

/// Draws pairs of one story; none if it has too few worth a reading.
fn draw(name: &str, articles: Vec<String>, reports: Vec<Article>, random: &mut Random) -> Option<(Drawn, String)> {
    let mut text = String::new();
    for (n, it) in reports.iter().enumerate() {
        let of = |s: &Option<String>| s.clone().unwrap_or_default();
        let day = it.published.map(|p| p.at.to_string()).unwrap_or_default();
        let _ = writeln!(text, "{}: {}, {day}: {}", letter(n), of(&it.outlet), of(&it.title));
    }
    let (corpus, story) = pool::as_story(name, reports);
    let weights = Weights::stored();
    let mut pairs: Vec<(f32, Anchor, Anchor)> = Vec::new();
    for p in rashomon::compare::pairs(&corpus, &story).pairs {
        pairs.push((weights.score(&p), p.a, p.b));
    }
    random.shuffle(&mut pairs);
    let joined = pairs.iter().filter(|p| p.0 >= JOINED.1).take(JOINED.0);
    let below = pairs.iter().filter(|p| (BELOW.1..JOINED.1).contains(&p.0)).take(BELOW.0);
    let mut drawn: Vec<(Anchor, Anchor)> = joined.chain(below).map(|p| (p.1, p.2)).collect();
    if drawn.len() < 3 {
        return None;
    }
    drawn.sort_unstable();
    let place = |a: Anchor| {
        let id = &corpus.get(a.article).article.id;
        articles.iter().position(|it| it == id).unwrap_or_default()
    };
    for (n, (a, b)) in drawn.iter().enumerate() {
        let _ = writeln!(text, "\n#{}", n + 1);
        for anchor in [a, b] {
            let _ = writeln!(text, "{}: {}", letter(place(*anchor)), shown(&corpus, *anchor));
        }
    }
    let at = |a: Anchor| (place(a), a.span.start(), a.span.end());
    let pairs = drawn.iter().map(|(a, b)| Drew { a: at(*a), b: at(*b), fact: None }).collect();
    Some((Drawn { name: name.to_owned(), articles, pairs }, text))
}

/// A, B, C …
fn letter(n: usize) -> char {
    char::from(b'A' + u8::try_from(n).unwrap_or(25).min(25))
}

/// A sentence in brackets, behind the end of what stands before it.
fn shown(corpus: &Corpus, anchor: Anchor) -> String {
    let text = &corpus.get(anchor.article).article.text;
    let mut from = anchor.span.start().saturating_sub(BEFORE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let line = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("…{} [[{}]]", line(&text[from..anchor.span.start()]), line(anchor.span.text(text)))
}

/// Bytes before a sentence that a reader sees.
const BEFORE: usize = 180;

/// Whether two places are one sentence: of one article, with half of the longer in both.
fn same(a: (usize, usize, usize), b: (usize, usize, usize)) -> bool {
    let shared = a.2.min(b.2).saturating_sub(a.1.max(b.1));
    a.0 == b.0 && 2 * shared > (a.2 - a.1).max(b.2 - b.1)
}

/// What readers judged, a list a story: each pair that a reader is sure of.
pub(crate) fn judged(marks: &Path, pool: &str, weight: f32) -> io::Result<Vec<Vec<Judged>>> {
    let rows = std::fs::read_to_string(marks)?;
    let rows: Vec<Drawn> = rows.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts = pool::articles(pool, &rows.iter().flat_map(|it| &it.articles).collect())?;
    let mut out = Vec::with_capacity(rows.len());
    for it in &rows {
        let reports = found(&it.articles, &texts)
            .ok_or_else(|| io::Error::other(format!("{}: an article is missing", it.name)))?;
        let (corpus, story) = pool::as_story(&it.name, reports);
        let place: Vec<usize> = corpus
            .iter()
            .map(|(_, a)| it.articles.iter().position(|id| *id == a.article.id).unwrap_or_default())
            .collect();
        let at = |a: Anchor| (place[a.article.0 as usize], a.span.start(), a.span.end());
        let mut found = Vec::new();
        for p in rashomon::compare::pairs(&corpus, &story).pairs {
            let (a, b) = (at(p.a), at(p.b));
            let meant = |it: &&Drew| (same(it.a, a) && same(it.b, b)) || (same(it.a, b) && same(it.b, a));
            if let Some(fact) = it.pairs.iter().find(meant).and_then(|it| it.fact) {
                found.push(Judged { pair: p, right: fact > 0, weight });
            }
        }
        out.push(found);
    }
    Ok(out)
}

/// How many pairs score so much that they may found a point, how many of these state a common fact, and how well the scores
/// part those that do from those that do not (the share of such twos in the right order).
#[allow(clippy::cast_precision_loss, reason = "counts of pairs")]
pub(crate) fn told(scored: &mut [(f32, bool)], seed: f32) -> String {
    let joined = || scored.iter().filter(|it| it.0 >= seed);
    let (of, right) = (joined().count(), joined().filter(|it| it.1).count());
    let all = scored.iter().filter(|it| it.1).count();
    scored.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut ordered) = (0u64, 0u64);
    for (_, right) in &*scored {
        if *right { ordered += below } else { below += 1 }
    }
    let twos = (all as u64 * (scored.len() - all) as u64).max(1);
    format!(
        "pairs drawn by chance: {:.3} of {of} right, {:.3} of {all} found, {:.3} in order",
        right as f64 / of.max(1) as f64,
        right as f64 / all.max(1) as f64,
        ordered as f64 / twos as f64
    )
}
