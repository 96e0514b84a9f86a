//! `points`: stories that were marked by reading, as rows to learn from; and what is found in each with weights that never
//! saw it.

use crate::boosting::{Grown, Growth, boost};
use crate::drawn;
use crate::impostors::{self, Disguised};
use crate::marks::{Judged, MARKED, POOL};
use crate::pool;
use crate::random::Random;
use rashomon::annotate::Corpus;
use rashomon::annotate::quotes::training::{Tree, Trees};
use rashomon::compare::compare_with;
use rashomon::compare::joins::{self, Field, Floors, Row, Weights};
use rashomon::group::Story;
use rashomon::model::{Anchor, Article, ArticleId, Span};
use rashomon::report::collation_json;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Marked stories, one a line
    #[arg(long, default_values = MARKED)]
    data: Vec<PathBuf>,
    /// Their articles
    #[arg(long, default_value = "../shared/data/groups/allsides-dev.jsonl.gz")]
    texts: String,
    /// Writes the rows to learn from to this folder and ends
    #[arg(long)]
    rows: Option<PathBuf>,
    /// Articles among which reports of other events are looked for
    #[arg(long, default_value = POOL)]
    pool: String,
    /// Pairs of other stories that were judged by reading, and their articles
    #[arg(long, default_value = drawn::JUDGED)]
    drawn: PathBuf,
    /// Parts that the stories are split into; each is collated with weights learned from the others
    #[arg(long, default_value_t = 5)]
    folds: usize,
    /// Score from which a pair founds a point
    #[arg(long, default_value_t = SEED)]
    seed: f32,
    /// Least mean score of the pairs of a point
    #[arg(long, default_value_t = MEAN)]
    mean: f32,
    /// Least score of any pair of a point
    #[arg(long, default_value_t = LEAST)]
    least: f32,
    /// Score from which a sentence may say what a point says
    #[arg(long, default_value_t = SILENT)]
    silent: f32,
    /// The same for points of one account
    #[arg(long, default_value_t = SILENT_OF_ONE)]
    silent_of_one: f32,
    #[command(flatten)]
    growing: Growing,
    /// Folder for the collations, one a story
    #[arg(short, long, default_value = "target/points")]
    output: PathBuf,
}

/// How the trees are grown. The defaults do best by five parts of the 46 marked stories.
#[derive(clap::Args)]
pub(crate) struct Growing {
    /// Trees of one sum
    #[arg(long, default_value_t = 140)]
    trees: usize,
    /// Share of a Newton step that is taken
    #[arg(long, default_value_t = 0.08)]
    rate: f64,
    /// Weight of the squared norm of a tree's leaves
    #[arg(long, default_value_t = 8.0)]
    ridge: f64,
    /// Share of the pairs that each tree sees
    #[arg(long, default_value_t = 0.7)]
    share: f64,
    /// Share of the measures that each tree may ask about
    #[arg(long, default_value_t = 0.25)]
    measures: f64,
    /// Sums of other seeds that are averaged
    #[arg(long, default_value_t = 4)]
    sums: u16,
    /// What a pair of a report and one of another event counts
    #[arg(long, default_value_t = 0.05)]
    pub(crate) impostors: f32,
    /// What a pair of a story drawn by chance counts
    #[arg(long, default_value_t = 1.0)]
    pub(crate) by_chance: f32,
}

/// One marked story.
#[derive(Deserialize)]
struct Gold {
    name: String,
    articles: Vec<String>,
    sentences: BTreeMap<String, Vec<(usize, usize)>>,
    facts: Vec<Fact>,
}

#[derive(Deserialize)]
struct Fact {
    weight: u8,
    quote: bool,
    carried: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    article: String,
    span: (usize, usize),
}

/// A marked story with its articles.
pub(crate) struct Marked {
    pub(crate) name: String,
    pub(crate) corpus: Corpus,
    pub(crate) story: Story,
    sentences: Vec<Vec<Span>>,
    /// For each fact its weight, whether it is a quotation, and its sentences.
    facts: Vec<(u8, bool, BTreeSet<(ArticleId, Span)>)>,
}

impl Marked {
    /// The marked sentences that an anchor stands in: those it covers half of, or that hold half of it.
    fn at(&self, anchor: Anchor) -> impl Iterator<Item = (ArticleId, Span)> + '_ {
        let half = move |s: &&Span| {
            let shared = anchor.span.shared(**s);
            shared > 0 && 2 * shared >= s.len().min(anchor.span.len())
        };
        self.sentences[anchor.article.0 as usize].iter().filter(half).map(move |s| (anchor.article, *s))
    }

    /// The facts that both sentences state.
    pub(crate) fn common(&self, a: Anchor, b: Anchor) -> Vec<usize> {
        let holds = |places: &BTreeSet<(ArticleId, Span)>, anchor: Anchor| self.at(anchor).any(|p| places.contains(&p));
        let both = |(_, (_, _, places)): &(usize, &(u8, bool, BTreeSet<(ArticleId, Span)>))| {
            holds(places, a) && holds(places, b)
        };
        self.facts.iter().enumerate().filter(both).map(|(n, _)| n).collect()
    }
}

impl Marked {
    /// The story as if each of its reports had a few sentences only: such as stand together, from the start or from anywhere.
    ///
    /// In a long report many sentences vie for each of the other's; where there are few, the nearest may be far.
    fn cut(&self, random: &mut Random) -> Self {
        let mut articles = Vec::new();
        let mut parts: BTreeMap<&str, (Vec<Span>, usize)> = BTreeMap::new();
        for (id, it) in self.corpus.iter() {
            let all = &self.sentences[id.0 as usize];
            let n = (FEWEST + random.below(MOST - FEWEST + 1)).min(all.len());
            let from = if random.below(2) == 0 { 0 } else { random.below(all.len() - n + 1) };
            let kept = &all[from..from + n];
            let Some(whole) = kept.first().zip(kept.last()).map(|(a, b)| a.cover(*b)) else { continue };
            let it = &it.article;
            articles.push(Article {
                id: it.id.clone(),
                outlet: it.outlet.clone(),
                title: it.title.clone().filter(|_| from == 0),
                published: it.published,
                language: it.language.clone(),
                text: whole.text(&it.text).to_owned(),
                ..Article::default()
            });
            parts.insert(&it.id, (kept.to_vec(), whole.start()));
        }
        let (corpus, story) = pool::as_story(&self.name, articles);
        let moved = |s: &Span, start: usize| Span::new(s.start() - start, s.end() - start);
        let mut ids: BTreeMap<&str, ArticleId> = BTreeMap::new();
        let mut sentences = vec![Vec::new(); self.sentences.len()];
        for (id, it) in corpus.iter() {
            let (kept, start) = &parts[it.article.id.as_str()];
            sentences[id.0 as usize] = kept.iter().map(|s| moved(s, *start)).collect();
            ids.insert(&it.article.id, id);
        }
        let place = |(id, span): &(ArticleId, Span)| {
            let name = self.corpus.get(*id).article.id.as_str();
            let (kept, start) = parts.get(name)?;
            kept.contains(span).then(|| (ids[name], moved(span, *start)))
        };
        let facts =
            self.facts.iter().map(|(weight, quote, at)| (*weight, *quote, at.iter().filter_map(place).collect()));
        let facts = facts.collect();
        Self { name: self.name.clone(), corpus, story, sentences, facts }
    }
}

/// Sentences of a report that is cut short.
const FEWEST: usize = 3;
const MOST: usize = 8;
/// Times each story is cut short.
const CUTS: u64 = 4;

/// A story cut short some times, each another way.
fn cuts(story: &Marked) -> Vec<Marked> {
    (0..CUTS).map(|n| story.cut(&mut Random::new(n))).collect()
}

/// How much of what reports that were cut short have in common is joined.
#[derive(Default)]
struct Short {
    joined: usize,
    right: usize,
    facts: usize,
    found: usize,
}

impl Short {
    fn count(&mut self, m: &Marked, weights: &Weights) {
        let points = compare_with(&m.corpus, &m.story, weights).output.points;
        let mut found: BTreeSet<(usize, ArticleId, ArticleId)> = BTreeSet::new();
        for point in &points {
            for (n, b) in point.carried.iter().enumerate() {
                for a in point.carried[..n].iter().filter(|a| a.article != b.article) {
                    let common = m.common(*a, *b);
                    self.joined += 1;
                    self.right += usize::from(!common.is_empty());
                    let pair = (a.article.min(b.article), a.article.max(b.article));
                    found.extend(common.into_iter().map(|fact| (fact, pair.0, pair.1)));
                }
            }
        }
        self.found += found.len();
        for (_, _, places) in &m.facts {
            let mut reports: Vec<ArticleId> = places.iter().map(|p| p.0).collect();
            reports.dedup();
            self.facts += reports.len() * reports.len().saturating_sub(1) / 2;
        }
    }
}

impl std::fmt::Display for Short {
    #[allow(clippy::cast_precision_loss, reason = "counts of pairs")]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |a: usize, b: usize| a as f64 / b.max(1) as f64;
        let Self { joined, right, facts, found } = *self;
        write!(
            f,
            "reports cut short: joins {:.3} of {joined}, recall {:.3} of {facts}",
            part(right, joined),
            part(found, facts)
        )
    }
}

/// Reads the marked stories and annotates their articles.
pub(crate) fn read_marked(data: &[PathBuf], texts: &str) -> io::Result<Vec<Marked>> {
    let mut gold: Vec<Gold> = Vec::new();
    for path in data {
        for line in fs::read_to_string(path)?.lines().filter(|l| !l.trim().is_empty()) {
            gold.push(serde_json::from_str(line)?);
        }
    }
    let found = pool::articles(texts, &gold.iter().flat_map(|g| &g.articles).collect())?;
    let mut out = Vec::new();
    for g in gold {
        let missing = || io::Error::other(format!("{}: an article is missing", g.name));
        let articles = g.articles.iter().map(|a| found.get(a).cloned().ok_or_else(missing));
        let (corpus, story) = pool::as_story(&g.name, articles.collect::<Result<_, _>>()?);
        let ids: BTreeMap<String, ArticleId> = corpus.iter().map(|(id, a)| (a.article.id.clone(), id)).collect();
        let span = |(from, to): (usize, usize)| Span::new(from, to);
        let place = |p: &Place| Some((*ids.get(&p.article)?, span(p.span)));
        let facts = g.facts.iter().map(|f| (f.weight, f.quote, f.carried.iter().filter_map(place).collect())).collect();
        let mut sentences = vec![Vec::new(); ids.len()];
        for (article, spans) in &g.sentences {
            if let Some(id) = ids.get(article) {
                sentences[id.0 as usize] = spans.iter().map(|s| span(*s)).collect();
            }
        }
        out.push(Marked { name: g.name, corpus, story, sentences, facts });
    }
    Ok(out)
}

/// The stories with their articles, for whoever looks for others beside them.
pub(crate) fn beside(stories: &[Marked]) -> Vec<(&Corpus, &Story)> {
    stories.iter().map(|m| (&m.corpus, &m.story)).collect()
}

/// Writes rows or collations.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let stories = read_marked(&args.data, &args.texts)?;
    let drawn = drawn::judged(&args.drawn, &args.pool, args.growing.by_chance)?;
    if let Some(folder) = &args.rows {
        rows(&stories, folder)?;
        return drawn_rows(&drawn, folder);
    }
    fs::create_dir_all(&args.output)?;
    let all: Vec<Vec<Judged>> = stories.iter().map(judged).collect();
    let disguised = impostors::disguised(&beside(&stories), &args.pool)?;
    let foreign: Vec<Vec<Judged>> =
        disguised.iter().map(|them| them.iter().flat_map(|it| not_one(it, args.growing.impostors)).collect()).collect();
    let mut joined = Beside::default();
    let mut short = Short::default();
    let part = parts(stories.len(), args.folds);
    let part_of_drawn = parts(drawn.len(), args.folds);
    let mut by_chance: Vec<(f32, bool)> = Vec::new();
    let mut scores: Vec<Vec<f32>> = vec![Vec::new(); stories.len()];
    for fold in 0..args.folds {
        let others = (0..stories.len()).filter(|n| part[*n] != fold);
        let mut others: Vec<&Judged> = others.flat_map(|n| all[n].iter().chain(&foreign[n])).collect();
        others.extend((0..drawn.len()).filter(|n| part_of_drawn[*n] != fold).flat_map(|n| &drawn[n]));
        let floors = Floors { seed: args.seed, mean: args.mean, least: args.least };
        let weights = Weights {
            trees: learn(&args.growing, &others),
            floors,
            silent: args.silent,
            silent_of_one: args.silent_of_one,
        };
        let held = (0..drawn.len()).filter(|n| part_of_drawn[*n] == fold).flat_map(|n| &drawn[n]);
        by_chance.extend(held.map(|it| (weights.score(&it.pair), it.right)));
        for (n, m) in stories.iter().enumerate().filter(|(n, _)| part[*n] == fold) {
            scores[n] = all[n].iter().map(|p| weights.score(&p.pair)).collect();
            let found = compare_with(&m.corpus, &m.story, &weights).output;
            let json = collation_json(&m.corpus, &[(m.story.clone(), found)]);
            fs::write(args.output.join(format!("{}.json", m.name)), json)?;
            disguised[n].iter().for_each(|it| joined.count(it, &weights));
            cuts(m).iter().for_each(|it| short.count(it, &weights));
        }
    }
    println!("{joined}\n{short}\n{}", drawn::told(&mut by_chance, args.seed));
    let scores: Vec<u8> = scores.iter().flatten().flat_map(|s| s.to_le_bytes()).collect();
    fs::write(args.output.join("scores.f32"), scores)
}

/// Which part each story belongs to: shuffled, and of like size.
fn parts(stories: usize, folds: usize) -> Vec<usize> {
    let mut out: Vec<usize> = (0..stories).map(|n| n % folds.max(1)).collect();
    Random::new(7).shuffle(&mut out);
    out
}

/// The pairs of a marked story.
pub(crate) fn judged(m: &Marked) -> Vec<Judged> {
    let field: Field = rashomon::compare::pairs(&m.corpus, &m.story);
    let judge = |p: &joins::Pair| {
        let weightiest = m.common(p.a, p.b).into_iter().map(|f| m.facts[f].0).max();
        let weight = weightiest.map_or(1.0, |w| COUNTS[usize::from(w).clamp(1, 3) - 1]);
        Judged { pair: p.clone(), right: weightiest.is_some(), weight }
    };
    field.pairs.iter().map(judge).collect()
}

/// The pairs of a report of the marked event and one of another: none states the same, but such as tell what was before both
/// in nearly the same words, of which nothing is learned.
pub(crate) fn not_one(it: &Disguised, weight: f32) -> Vec<Judged> {
    let field: Field = rashomon::compare::pairs(&it.corpus, &it.story);
    let mixed = |p: &&joins::Pair| it.own.contains(&p.a.article) != it.own.contains(&p.b.article);
    let pairs = field.pairs.iter().filter(mixed).filter(|p| p.row[0] < SAME_BEFORE && p.row[25] < 0.5);
    pairs.map(|p| Judged { pair: p.clone(), right: false, weight }).collect()
}

/// Cosine from which on two sentences of reports of two events may tell the same background.
const SAME_BEFORE: f32 = 0.5;

/// How much is joined between reports of two events.
#[derive(Default)]
struct Beside {
    pairs: usize,
    points: usize,
    joined: usize,
}

impl Beside {
    fn count(&mut self, it: &Disguised, weights: &Weights) {
        let found = compare_with(&it.corpus, &it.story, weights).output;
        let foreign = it.story.articles.len() - it.own.len();
        self.pairs += foreign * it.own.len();
        for point in &found.points {
            let own = |a: &Anchor| it.own.contains(&a.article);
            let mixed = point.carried.iter().any(own) && !point.carried.iter().all(own);
            let shared = point.carried.iter().any(|a| a.article != point.carried[0].article);
            self.points += usize::from(shared);
            self.joined += usize::from(mixed);
        }
    }
}

impl std::fmt::Display for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { pairs, points, joined } = self;
        write!(f, "{pairs} pairs of reports of two events: {joined} points join them, of {points} shared ones there")
    }
}

/// What a pair counts that states a detail, something important, the news.
const COUNTS: [f32; 3] = [0.6, 1.0, 1.5];

/// Where the scores decide, by the same parts.
pub(crate) const SEED: f32 = 0.7;
pub(crate) const MEAN: f32 = 0.25;
pub(crate) const LEAST: f32 = -0.5;
pub(crate) const SILENT: f32 = -1.1;
pub(crate) const SILENT_OF_ONE: f32 = -7.0;

/// The trees that tell pairs that state a common fact from others: several sums averaged, their trees in turn, so that
/// the first ones say most.
pub(crate) fn learn(growing: &Growing, pairs: &[&Judged]) -> Trees {
    let &Growing { trees, rate, ridge, share, measures, sums, .. } = growing;
    let growth = |seed: u16| Growth { trees, rate, ridge, rows: share, measures, seed: u64::from(seed) };
    let rows: Vec<Row> = pairs.iter().map(|p| p.pair.row).collect();
    let right: Vec<f32> = pairs.iter().map(|p| f32::from(u8::from(p.right))).collect();
    let counts: Vec<f32> = pairs.iter().map(|p| p.weight).collect();
    let grow = |seed: u16| boost(&growth(seed), &rows, joins::MEASURES.len(), &right, Some(&counts));
    let grown: Vec<Grown> = (1..=sums.max(1)).map(grow).collect();
    let part = 1.0 / f32::from(sums.max(1));
    let mut out = Trees { base: grown.iter().map(|g| g.base * part).sum(), trees: Vec::new() };
    for n in 0..trees {
        for tree in grown.iter().filter_map(|g| g.trees.get(n)) {
            out.trees.push(Tree { questions: tree.questions, leaves: tree.leaves.map(|l| l * part) });
        }
    }
    out
}

/// The same of the pairs that were drawn: `drawn.f32`, and in `drawn.tsv` the story and whether they state a common fact.
fn drawn_rows(drawn: &[Vec<Judged>], folder: &Path) -> io::Result<()> {
    let mut numbers = io::BufWriter::new(fs::File::create(folder.join("drawn.f32"))?);
    let mut names = io::BufWriter::new(fs::File::create(folder.join("drawn.tsv"))?);
    for (n, it) in drawn.iter().enumerate().flat_map(|(n, them)| them.iter().map(move |it| (n, it))) {
        it.pair.row.iter().try_for_each(|v| numbers.write_all(&v.to_le_bytes()))?;
        writeln!(names, "{n}\t{}", u8::from(it.right))?;
    }
    Ok(())
}

/// The rows of all stories: measures as little-endian `f32` in `rows.f32`, and for each what it is in `rows.tsv`.
fn rows(stories: &[Marked], folder: &PathBuf) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut numbers = io::BufWriter::new(fs::File::create(folder.join("rows.f32"))?);
    let mut names = io::BufWriter::new(fs::File::create(folder.join("rows.tsv"))?);
    let mut facts = io::BufWriter::new(fs::File::create(folder.join("facts.tsv"))?);
    for m in stories {
        let field: Field = rashomon::compare::pairs(&m.corpus, &m.story);
        for p in &field.pairs {
            p.row.iter().try_for_each(|v| numbers.write_all(&v.to_le_bytes()))?;
            let common: Vec<String> = m.common(p.a, p.b).iter().map(ToString::to_string).collect();
            let (a, b) = (p.a, p.b);
            writeln!(
                names,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                m.name,
                a.article.0,
                a.span.start(),
                a.span.end(),
                b.article.0,
                b.span.start(),
                b.span.end(),
                common.join(",")
            )?;
        }
        for (n, (weight, quote, places)) in m.facts.iter().enumerate() {
            let mut reports: Vec<u32> = places.iter().map(|p| p.0.0).collect();
            reports.dedup();
            let pairs = reports.len() * (reports.len() - 1) / 2;
            writeln!(facts, "{}\t{n}\t{weight}\t{}\t{pairs}", m.name, u8::from(*quote))?;
        }
    }
    Ok(())
}
