//! Which articles of a whole corpus share text, and who took it from whom?
//!
//! Candidates come from an inverted index over sampled runs of three words: one run in four, chosen by its hash, so that a
//! copied passage keeps its samples wherever it stands (Manber 1994, "mod" sampling) and half of the words can be replaced
//! before too few are left. Two articles are aligned when enough rare samples stand on nearly one diagonal, that is, follow
//! each other at like distances in both. What an outlet prints under everything is learned from the corpus and does not count.

use crate::direction::Direction;
use crate::relate::{self, Side, Verdict};
use crate::words::QUOTED;
use crate::{Aligner, Block, Kind, Words, own, sources};
use rashomon_model::{Moment, Rule, Span};
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// What is known of an article beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// Its id; results are in order of ids.
    pub id: String,
    /// Masthead.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last updated.
    pub updated: Option<Moment>,
    /// Sources it declares as the origin of the whole.
    pub origins: Vec<String>,
    /// Sources it credits for a part.
    pub credits: Vec<String>,
}

/// The sampled runs of words of one text: what the index keeps of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hash of the run and the place of its first word.
    prints: Vec<(u32, u32)>,
}

/// One run of three words in this many is kept.
const SAMPLED: u64 = 4;

impl Sketch {
    /// The sketch of `words`. Runs inside quotation marks are left out: one speech is in many papers.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "the halves of a hash; texts are below 2^32 words")]
    pub fn of(words: &Words) -> Self {
        let mut prints = Vec::with_capacity(words.len() / 4 + 4);
        for (at, w) in words.hash.windows(3).enumerate() {
            let key = run_hash(w);
            if key.is_multiple_of(SAMPLED) && words.mark[at + 1] & QUOTED == 0 {
                prints.push(((key >> 32) as u32, at as u32));
            }
        }
        prints.shrink_to_fit();
        Self { prints }
    }
}

fn run_hash(w: &[u32]) -> u64 {
    let mut h = u64::from(w[0]).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(w[1]);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ u64::from(w[2]);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 29)
}

/// The key of two neighbouring samples at a distance.
#[allow(clippy::cast_possible_truncation, reason = "the upper half of a hash")]
fn pair_key(first: u32, second: u32, distance: u32) -> u32 {
    (run_hash(&[first, second, distance]) >> 32) as u32
}

/// A relation between two articles of a corpus, by their index.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The article that was taken from; if undirected, the one of smaller id.
    pub source: usize,
    /// The article that took.
    pub derived: usize,
    /// What kind of taking.
    pub kind: Kind,
    /// Whether the evidence decides who took from whom.
    pub directed: bool,
    /// How sure, 0 to 1.
    pub score: f64,
    /// The rule that decided the kind.
    pub rule: Rule,
    /// The reasons in words, the weightiest first.
    pub reasons: Vec<String>,
    /// Shared passages, source side first, the longest first.
    pub passages: Vec<(Span, Span)>,
}

/// An index of sketches, to which articles are added one by one.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    cards: Vec<Card>,
    /// First print of every article; one more at the end.
    starts: Vec<u32>,
    keys: Vec<u32>,
    places: Vec<u32>,
}

/// A sample in more articles than this links only neighbours in order of id: a family of reprints stays linked, and the
/// cost stays linear.
const COMMON: usize = 24;
/// A passage in this many otherwise different articles of one outlet is stock.
const STOCK_IN_OUTLET: usize = 3;
/// One in this many otherwise different articles, of at least so many outlets, is stock of all.
const STOCK_EVERYWHERE: usize = 8;
const OUTLETS_EVERYWHERE: usize = 4;
/// A passage that so many outlets have comes to all of them from one source.
const SEVERAL_OUTLETS: usize = 3;
/// Samples further apart than this many words are no neighbours.
const NEIGHBOURS: u32 = 24;
/// Samples that two articles must share on one diagonal band to be aligned.
const LEAST_SHARED: usize = 3;
/// Width of the band in words, and the distance over which the samples must lie.
const BAND: u32 = 24;
const LEAST_REACH: u32 = 8;

impl Finder {
    /// Adds an article; its index is the number of articles added before it.
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 samples fit into memory")]
    pub fn add(&mut self, card: Card, sketch: &Sketch) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.keys.extend(sketch.prints.iter().map(|p| p.0));
        self.places.extend(sketch.prints.iter().map(|p| p.1));
        self.starts.push(self.keys.len() as u32);
        self.cards.push(card);
    }

    /// The id of article `at`.
    #[must_use]
    pub fn id(&self, at: usize) -> &str {
        &self.cards[at].id
    }

    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// All relations, in order of the ids of derived and source. `text` gives an article's text again.
    #[must_use]
    pub fn find<'t>(&self, text: impl Fn(usize) -> Cow<'t, str> + Sync) -> Vec<Found> {
        self.find_from(0, text)
    }

    /// The relations in which at least one article has index `first_new` or above: for a corpus that grows.
    #[must_use]
    pub fn find_from<'t>(&self, first_new: usize, text: impl Fn(usize) -> Cow<'t, str> + Sync) -> Vec<Found> {
        let index = Index::new(self);
        let n = self.len();
        let step = n.div_ceil(256).max(16);
        let chunks: Vec<Range<usize>> = (0..n).step_by(step).map(|s| s..(s + step).min(n)).collect();
        let mut found: Vec<Found> =
            chunks.into_par_iter().flat_map_iter(|ranks| self.find_in(&index, ranks, first_new, &text)).collect();
        let rank = |x: usize| index.rank[x];
        found.sort_by_key(|f| (rank(f.derived), rank(f.source)));
        self.several_outlets(&mut found);
        found
    }

    /// A passage that neither of two takes from the other, and that a third outlet has too, comes to all from one source.
    fn several_outlets(&self, found: &mut [Found]) {
        // Every passage in its article, with the publisher on the other side.
        let mut held: Vec<(usize, Span, String)> = Vec::new();
        for it in found.iter() {
            for (p, q) in &it.passages {
                held.push((it.source, *p, self.publisher(it.derived)));
                held.push((it.derived, *q, self.publisher(it.source)));
            }
        }
        held.sort();
        let others = |x: usize, span: Span| {
            let from = held.partition_point(|h| h.0 < x);
            let overlaps =
                |s: Span| s.end().min(span.end()).saturating_sub(s.start().max(span.start())) * 2 >= span.len();
            let mut out: Vec<&str> = held[from..]
                .iter()
                .take_while(|h| h.0 == x)
                .filter(|h| overlaps(h.1) && !h.2.is_empty())
                .map(|h| h.2.as_str())
                .collect();
            out.sort_unstable();
            out.dedup();
            out
        };
        for it in found.iter_mut().filter(|it| it.kind == Kind::Excerpt && !it.directed) {
            let (own, other) = (self.publisher(it.source), self.publisher(it.derived));
            let Some((p, q)) = it.passages.first().filter(|_| own != other) else { continue };
            let mut outlets = others(it.source, *p);
            outlets.extend(others(it.derived, *q));
            outlets.extend([own.as_str(), other.as_str()]);
            outlets.retain(|o| !o.is_empty());
            outlets.sort_unstable();
            outlets.dedup();
            if outlets.len() >= SEVERAL_OUTLETS {
                it.kind = Kind::CommonSource;
                it.rule = "passage-in-several-outlets";
                it.reasons.push(format!("{} outlets have it", outlets.len()));
            }
        }
    }

    fn publisher(&self, x: usize) -> String {
        relate::publisher(self.cards[x].url.as_deref(), self.cards[x].outlet.as_deref()).unwrap_or_default()
    }

    fn find_in<'t>(
        &self,
        index: &Index,
        ranks: Range<usize>,
        first_new: usize,
        text: &(impl Fn(usize) -> Cow<'t, str> + Sync),
    ) -> Vec<Found> {
        let mut tally = Tally::new(self.len());
        let mut aligner = Aligner::default();
        let mut out = Vec::new();
        for rank in ranks {
            let x = index.order[rank] as usize;
            let partners: Vec<usize> = index
                .partners(rank, &mut tally)
                .into_iter()
                .map(|r| index.order[r as usize] as usize)
                .filter(|y| x >= first_new || *y >= first_new)
                .collect();
            if partners.is_empty() {
                continue;
            }
            let text_x = text(x);
            let a = self.side(x, &text_x, index);
            for y in partners {
                let text_y = text(y);
                let b = self.side(y, &text_y, index);
                if let Some(v) = relate::relate(&mut aligner, &a, &b) {
                    out.push(found(x, y, &a, &b, v));
                }
            }
        }
        out
    }

    fn side<'a>(&'a self, x: usize, text: &'a str, index: &Index) -> Side<'a> {
        let card = &self.cards[x];
        let mut words = Words::of(text);
        words.mark_function_words();
        own::mark(&mut words, text);
        index.mark_stock(x, self, &mut words);
        Side {
            text,
            words,
            title: card.title.as_deref(),
            outlet: card.outlet.as_deref(),
            url: card.url.as_deref(),
            published: card.published,
            updated: card.updated,
            origins: card.origins.iter().map(|n| sources::source_key(n)).collect(),
            credits: card.credits.iter().map(|n| sources::source_key(n)).collect(),
        }
    }
}

fn found(x: usize, y: usize, a: &Side<'_>, b: &Side<'_>, v: Verdict) -> Found {
    let flip = v.direction == Direction::SecondIsSource;
    let place = |side: &Side<'_>, r: Range<usize>| side.words.cover(r.start, r.end).unwrap_or_default();
    let passages = v
        .blocks
        .iter()
        .map(|it: &Block| {
            let (p, q) = (place(a, it.a()), place(b, it.b()));
            if flip { (q, p) } else { (p, q) }
        })
        .collect();
    let (source, derived) = if flip { (y, x) } else { (x, y) };
    let directed = v.direction != Direction::Open;
    Found { source, derived, kind: v.kind, directed, score: v.score, rule: v.rule, reasons: v.reasons, passages }
}

/// The samples that more than one article has, as lists of articles.
struct Index {
    /// Articles in order of id, and the rank of each.
    order: Vec<u32>,
    rank: Vec<u32>,
    /// For each group its postings: rank and place.
    group_starts: Vec<u32>,
    postings: Vec<(u32, u32)>,
    /// For each rank the groups it is in, with its place.
    doc_starts: Vec<u32>,
    doc_groups: Vec<(u32, u32)>,
    /// Pairs of neighbouring samples that are stock, sorted.
    stock: Vec<u32>,
}

impl Index {
    #[allow(clippy::cast_possible_truncation, reason = "fewer than 2^32 samples fit into memory")]
    fn new(finder: &Finder) -> Self {
        let n = finder.len();
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by(|x, y| {
            let key = |k: &u32| &finder.cards[*k as usize].id;
            key(x).cmp(key(y)).then(x.cmp(y))
        });
        let mut rank = vec![0; n];
        for (r, x) in (0u32..).zip(&order) {
            rank[*x as usize] = r;
        }
        // Key above, position in the flat lists below: sorting brings equal samples together.
        let mut sorted: Vec<u64> = (0u64..).zip(&finder.keys).map(|(at, key)| u64::from(*key) << 32 | at).collect();
        sorted.par_sort_unstable();
        let owner = |at: u32| finder.starts.partition_point(|s| *s <= at) as u32 - 1;
        let mut group_starts = vec![0];
        let mut postings: Vec<(u32, u32)> = Vec::new();
        let mut keys = Vec::new();
        for group in sorted.chunk_by(|p, q| p >> 32 == q >> 32).filter(|g| g.len() > 1) {
            let first = postings.len();
            postings.extend(group.iter().map(|p| {
                let at = *p as u32;
                (rank[owner(at) as usize], finder.places[at as usize])
            }));
            postings[first..].sort_unstable();
            // An article that repeats itself counts once, with its first place.
            let mut kept = first + 1;
            for k in first + 1..postings.len() {
                if postings[k].0 != postings[kept - 1].0 {
                    postings[kept] = postings[k];
                    kept += 1;
                }
            }
            postings.truncate(kept);
            if kept - first < 2 {
                postings.truncate(first);
                continue;
            }
            group_starts.push(postings.len() as u32);
            keys.push((group[0] >> 32) as u32);
        }
        drop(sorted);
        postings.shrink_to_fit();
        let mut doc_starts = vec![0u32; n + 1];
        for (r, _) in &postings {
            doc_starts[*r as usize + 1] += 1;
        }
        for r in 0..n {
            doc_starts[r + 1] += doc_starts[r];
        }
        let mut next = doc_starts.clone();
        let mut doc_groups = vec![(0, 0); postings.len()];
        for g in 0..keys.len() {
            for (r, place) in &postings[group_starts[g] as usize..group_starts[g + 1] as usize] {
                let slot = &mut next[*r as usize];
                doc_groups[*slot as usize] = (g as u32, *place);
                *slot += 1;
            }
        }
        let mut it = Self { order, rank, group_starts, postings, doc_starts, doc_groups, stock: Vec::new() };
        it.learn_stock(finder, &keys);
        it
    }

    fn group(&self, g: usize) -> &[(u32, u32)] {
        &self.postings[self.group_starts[g] as usize..self.group_starts[g + 1] as usize]
    }

    fn groups_of(&self, rank: usize) -> &[(u32, u32)] {
        &self.doc_groups[self.doc_starts[rank] as usize..self.doc_starts[rank + 1] as usize]
    }

    /// Learns passages that stand in many articles of one outlet which are otherwise different: pairs of neighbouring samples
    /// at one distance, about seven words. Samples that stand mostly in such passages make no candidates.
    #[allow(clippy::cast_possible_truncation, reason = "ranks and groups are below 2^32; halves of a hash")]
    fn learn_stock(&mut self, finder: &Finder, keys: &[u32]) {
        let mut names: Vec<String> = finder
            .cards
            .iter()
            .map(|c| relate::publisher(c.url.as_deref(), c.outlet.as_deref()).unwrap_or_default())
            .collect();
        let mut distinct = names.clone();
        distinct.sort();
        distinct.dedup();
        let outlet: Vec<u32> = names.drain(..).map(|n| distinct.binary_search(&n).unwrap_or(0) as u32).collect();
        let unnamed = distinct.first().is_some_and(String::is_empty);
        let frequent =
            |g: u32| self.group_starts[g as usize + 1] - self.group_starts[g as usize] >= STOCK_IN_OUTLET as u32;
        // Pair, outlet, rank, and the group of the first sample.
        let mut pairs: Vec<(u32, u32, u32, u32)> = Vec::new();
        let mut own: Vec<(u32, u32)> = Vec::new();
        for rank in 0..self.order.len() {
            let of = outlet[self.order[rank] as usize];
            own.clear();
            own.extend(self.groups_of(rank).iter().filter(|(g, _)| frequent(*g)).map(|(g, at)| (*at, *g)));
            own.sort_unstable();
            for w in own.windows(2).filter(|w| w[1].0 - w[0].0 <= NEIGHBOURS) {
                let pair = pair_key(keys[w[0].1 as usize], keys[w[1].1 as usize], w[1].0 - w[0].0);
                pairs.push((pair, of, rank as u32, w[0].1));
            }
        }
        pairs.sort_unstable();
        let mut in_stock: Vec<u32> = vec![0; keys.len()];
        let named = |it: &&[(u32, u32, u32, u32)]| !(unnamed && it[0].1 == 0);
        for all in pairs.chunk_by(|p, q| p.0 == q.0) {
            let outlets = all.chunk_by(|p, q| p.1 == q.1).filter(named).count();
            let mut stock: Vec<&[(u32, u32, u32, u32)]> = Vec::new();
            if all.len() >= STOCK_EVERYWHERE && outlets >= OUTLETS_EVERYWHERE && self.mostly_different(all) {
                stock.push(all);
            } else {
                let of_one = all.chunk_by(|p, q| p.1 == q.1).filter(named).filter(|s| s.len() >= STOCK_IN_OUTLET);
                stock.extend(of_one.filter(|s| self.mostly_different(s)));
            }
            for p in stock.into_iter().flatten() {
                self.stock.push(p.0);
                in_stock[p.3 as usize] += 1;
            }
        }
        self.stock.sort_unstable();
        self.stock.dedup();
        for (g, count) in in_stock.iter().enumerate() {
            let (from, to) = (self.group_starts[g] as usize, self.group_starts[g + 1] as usize);
            if *count as usize * 2 > to - from {
                self.postings[from..to].fill((u32::MAX, 0));
            }
        }
    }

    /// Whether most neighbours among these articles share less than a quarter of the samples that any article shares.
    fn mostly_different(&self, same: &[(u32, u32, u32, u32)]) -> bool {
        let step = (same.len() / 8).max(1);
        let (mut different, mut all) = (0, 0);
        for pair in same.windows(2).step_by(step) {
            let (x, y) = (self.groups_of(pair[0].2 as usize), self.groups_of(pair[1].2 as usize));
            let (mut i, mut j, mut shared) = (0, 0, 0);
            while i < x.len() && j < y.len() {
                match x[i].0.cmp(&y[j].0) {
                    std::cmp::Ordering::Less => i += 1,
                    std::cmp::Ordering::Greater => j += 1,
                    std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
                }
            }
            all += 1;
            different += usize::from(shared * 4 < x.len().min(y.len()));
        }
        different * 2 > all
    }

    /// Marks the words of article `x` that stand in stock passages.
    fn mark_stock(&self, x: usize, finder: &Finder, words: &mut Words) {
        if self.stock.is_empty() {
            return;
        }
        let prints: Vec<usize> = (finder.starts[x] as usize..finder.starts[x + 1] as usize).collect();
        for (n, first) in prints.iter().enumerate() {
            // Between two samples of a pair there may be samples that few articles have.
            for second in &prints[n + 1..] {
                let (from, to) = (finder.places[*first], finder.places[*second]);
                if to - from > NEIGHBOURS {
                    break;
                }
                let pair = pair_key(finder.keys[*first], finder.keys[*second], to - from);
                if self.stock.binary_search(&pair).is_ok() {
                    words.mark_stock_words(from as usize, to as usize + 3);
                }
            }
        }
    }

    /// The articles of higher rank that share enough samples on one diagonal with article `rank`, in order of rank.
    fn partners(&self, rank: usize, tally: &mut Tally) -> Vec<u32> {
        tally.clear();
        let me = rank as u64;
        let groups = self.groups_of(rank);
        let visit = |g: u32, see: &mut dyn FnMut(u32, u32)| {
            let group = self.group(g as usize);
            if group[0].0 == u32::MAX {
                return;
            }
            let at = group.partition_point(|p| u64::from(p.0) <= me);
            let most = if group.len() <= COMMON { group.len() } else { (at + 2).min(group.len()) };
            for (other, place) in &group[at..most] {
                see(*other, *place);
            }
        };
        for (g, _) in groups {
            visit(*g, &mut |other, _| tally.count(other));
        }
        tally.keep(LEAST_SHARED);
        if tally.kept.is_empty() {
            return Vec::new();
        }
        for (g, here) in groups {
            visit(*g, &mut |other, there| tally.place(other, *here, there));
        }
        tally.on_diagonal()
    }
}

/// Counts of shared samples for one article against all others.
struct Tally {
    counts: Vec<u16>,
    seen: Vec<u32>,
    kept: Vec<u32>,
    places: Vec<(u32, u32, u32)>,
}

impl Tally {
    fn new(n: usize) -> Self {
        Self { counts: vec![0; n], seen: Vec::new(), kept: Vec::new(), places: Vec::new() }
    }

    fn clear(&mut self) {
        for it in self.seen.drain(..) {
            self.counts[it as usize] = 0;
        }
        self.kept.clear();
        self.places.clear();
    }

    fn count(&mut self, other: u32) {
        let count = &mut self.counts[other as usize];
        if *count == 0 {
            self.seen.push(other);
        }
        *count = count.saturating_add(1);
    }

    fn keep(&mut self, least: usize) {
        self.kept = self.seen.iter().copied().filter(|s| self.counts[*s as usize] as usize >= least).collect();
    }

    fn place(&mut self, other: u32, here: u32, there: u32) {
        if self.counts[other as usize] as usize >= LEAST_SHARED {
            // The diagonal, kept positive.
            self.places.push((other, there.wrapping_sub(here).wrapping_add(1 << 31), here));
        }
    }

    /// The articles whose shared samples lie on one band of diagonals, far enough apart.
    fn on_diagonal(&mut self) -> Vec<u32> {
        self.places.sort_unstable();
        let mut out = Vec::new();
        for own in self.places.chunk_by(|p, q| p.0 == q.0) {
            let mut from = 0;
            for to in 0..own.len() {
                while own[to].1 - own[from].1 > BAND {
                    from += 1;
                }
                let band = &own[from..=to];
                if band.len() >= LEAST_SHARED {
                    let least = band.iter().map(|p| p.2).min().unwrap_or(0);
                    let most = band.iter().map(|p| p.2).max().unwrap_or(0);
                    if most - least >= LEAST_REACH {
                        out.push(own[0].0);
                        break;
                    }
                }
            }
        }
        out
    }
}
