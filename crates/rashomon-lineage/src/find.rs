//! Which articles of a whole corpus share text, and who took it from whom?
//!
//! Candidates come from an inverted index over sampled runs of three words (`sketch.rs`, `index.rs`). Two articles are aligned
//! when enough rare samples stand on nearly one diagonal, that is, follow each other at like distances in both: then half of
//! the words can be replaced before too few are left. What an outlet prints under everything is learned (`stock.rs`) and does
//! not count.

use crate::Aligner;
use crate::found::{Card, Found};
use crate::held::{Candidate, Candidates, hold, several_outlets};
use crate::index::{Desk, Index, Samples};
use crate::publishers;
use crate::sketch::{Seen, Sketch};
use crate::stock::Stock;
use crate::translation::{self, Crossed, Told, cross};
use rashomon_language::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// The sketches of a corpus, to which articles are added one by one.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// The ids one after the other, and where each ends.
    ids: String,
    ends: Vec<usize>,
    /// What tells articles of one id and one sketch apart.
    marks: Vec<u64>,
    /// Who published each, as a number; 0 if that is not known.
    publishers: Vec<u32>,
    numbers: FxHashMap<String, u32>,
    samples: Samples,
    seen: Option<Seen>,
    without_reasons: bool,
    /// The articles that are not English, with their languages.
    foreign: FxHashMap<usize, &'static Language>,
    /// When each was published, in seconds; [`UNDATED`] where that is not known.
    published: Vec<i64>,
    crossed: Vec<Crossed>,
}

/// The time of an article without one.
const UNDATED: i64 = i64::MIN;

impl Finder {
    /// A finder that keeps only samples which `seen` knows more than once. All sketches that are added must have been shown
    /// to `seen`. It finds the same with less memory.
    #[must_use]
    pub fn with(seen: Seen) -> Self {
        Self { samples: Samples::with_room(seen.samples()), seen: Some(seen), ..Self::default() }
    }

    /// The same, leaving out the reasons: they take most of the memory of what is found.
    #[must_use]
    pub fn without_reasons(self) -> Self {
        Self { without_reasons: true, ..self }
    }

    /// Adds an article; its index is the number of articles added before it.
    pub fn add(&mut self, card: &Card, sketch: &Sketch) {
        self.add_marked(card, sketch, 0);
    }

    /// The same with a number made of what the article holds: it decides where two articles have one id and one sketch, so
    /// that which of them came first does not.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub fn add_marked(&mut self, card: &Card, sketch: &Sketch, mark: u64) {
        self.marks.push(mark);
        let publisher = publishers::publisher(card.url.as_deref(), card.outlet.as_deref()).filter(|it| !it.is_empty());
        let next = self.numbers.len() as u32 + 1;
        if let Some(code) = card.language.as_deref().filter(|it| *it != "en") {
            self.foreign.insert(self.len(), Language::of(Some(code)));
        }
        self.published.push(card.published.or(card.updated).map_or(UNDATED, |it| it.at.as_second()));
        self.publishers.push(publisher.map_or(0, |name| *self.numbers.entry(name).or_insert(next)));
        self.ids.push_str(&card.id);
        self.ends.push(self.ids.len());
        self.samples.add(sketch, self.seen.as_ref());
    }

    /// Number of articles.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of the article of index `x`.
    #[must_use]
    pub fn id(&self, x: usize) -> &str {
        &self.ids[x.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[x]]
    }

    /// All relations, in order of the ids of derived and source. `article` gives an article's card and text again, by index,
    /// `text` its text alone, which may cost less. Afterwards the finder knows the ids, but no sketches any more: it can find nothing a second time.
    #[must_use]
    pub fn find<'t>(
        &mut self,
        article: impl Fn(usize) -> (Card, Cow<'t, str>) + Sync,
        text: impl Fn(usize) -> Cow<'t, str> + Sync,
    ) -> Vec<Found> {
        let Some((mut index, stock)) = self.indexed() else { return Vec::new() };
        let without_reasons = self.without_reasons;
        let mut found: Vec<Found> = index
            .pairs()
            .par_chunk_by(|p, q| p.0 == q.0)
            .map_init(
                || (Desk::default(), Aligner::default()),
                |(desk, aligner), pairs| {
                    let mut found = find_in(&index, &stock, pairs, &article, desk, aligner);
                    if without_reasons {
                        found.iter_mut().for_each(|it| it.reasons = Vec::new());
                    }
                    found
                },
            )
            .flatten_iter()
            .collect();
        let rank = ranks(&index.order);
        let order = std::mem::take(&mut index.order);
        drop(index);
        found.extend(self.across_languages(&order, &article, &text));
        found.sort_by_key(|f| (rank[f.derived], rank[f.source]));
        several_outlets(&mut found, |x| self.publishers[x], without_reasons);
        found
    }

    /// What has to be held against what, for whoever has the texts at another place ([`Candidates`]). What [`Finder::find`]
    /// does, but for the languages: where [`Finder::crosses`] says yes, that is not all. Can be asked once, like it.
    #[must_use]
    pub fn candidates(&mut self) -> Candidates {
        let Some((index, stock)) = self.indexed() else { return Candidates::default() };
        let rank = ranks(&index.order);
        let pairs: Vec<(u32, u32)> = index
            .pairs()
            .par_chunk_by(|p, q| p.0 == q.0)
            .map_init(Desk::default, |desk, pairs| {
                let (x, partners) = partners(&index, pairs, desk);
                partners.into_iter().map(|y| (rank[x], rank[y])).collect::<Vec<_>>()
            })
            .flatten_iter()
            .collect();
        let mut asked: Vec<u32> = pairs.iter().flat_map(|it| [it.0, it.1]).collect();
        asked.par_sort_unstable();
        asked.dedup();
        let candidate = |rank: u32| {
            let article = index.order[rank as usize] as usize;
            Candidate { article, rank, publisher: self.publishers[article], stock: stock.passages(&index, article) }
        };
        Candidates { articles: asked.into_par_iter().map(candidate).collect(), pairs }
    }

    /// The index of all samples and the stock learned from it; nothing a second time.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    fn indexed(&mut self) -> Option<(Index, Stock)> {
        if self.samples.articles() < self.len() {
            return None;
        }
        self.seen = None;
        self.number_publishers_by_name();
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        // Different texts under one id go by what they hold.
        order.par_sort_unstable_by_key(|x| {
            (self.id(*x as usize), self.samples.keys(*x as usize), self.marks[*x as usize], *x)
        });
        let mut index = Index::new(std::mem::take(&mut self.samples), order);
        let stock = Stock::learn(&mut index, |x| self.publishers[x]);
        Some((index, stock))
    }

    /// What is learned goes through publishers by their numbers: these must not depend on which article came first.
    fn number_publishers_by_name(&mut self) {
        let mut named: Vec<(String, u32)> = std::mem::take(&mut self.numbers).into_iter().collect();
        named.sort_unstable();
        let mut by_name = vec![0; named.len() + 1];
        for (number, (_, arrived)) in (1_u32..).zip(&named) {
            by_name[*arrived as usize] = number;
        }
        self.publishers.iter_mut().for_each(|it| *it = by_name[*it as usize]);
    }

    /// Pairs of articles of two languages that tell of one event, by index: translations and others. Known after
    /// [`Finder::find`].
    #[must_use]
    pub fn crossed(&self) -> &[Crossed] {
        &self.crossed
    }

    /// The articles that are not English, by index.
    #[must_use]
    pub fn foreign(&self) -> Vec<usize> {
        (0..self.len()).filter(|x| self.foreign.contains_key(x)).collect()
    }

    /// Whether articles of two languages may be related: some that can be held against each other stand near in time.
    #[must_use]
    pub fn crosses(&self) -> bool {
        // Most corpora are of one language.
        !self.foreign.is_empty() && translation::crosses(&(0..self.len()).map(|x| self.told(x)).collect::<Vec<_>>())
    }

    fn told(&self, x: usize) -> Told {
        let language = self.foreign.get(&x).copied().unwrap_or(Language::english());
        Told { language, at: Some(self.published[x]).filter(|it| *it != UNDATED) }
    }

    /// Relations between articles of two languages; `order` lists the articles by rank.
    fn across_languages<'t>(
        &mut self,
        order: &[u32],
        article: &(impl Fn(usize) -> (Card, Cow<'t, str>) + Sync),
        text: &(impl Fn(usize) -> Cow<'t, str> + Sync),
    ) -> Vec<Found> {
        if self.foreign.is_empty() {
            return Vec::new();
        }
        let told: Vec<Told> = order.iter().map(|x| self.told(*x as usize)).collect();
        let mut crossed = cross(&told, |n| text(order[n] as usize));
        for it in &mut crossed {
            it.pair = (order[it.pair.0] as usize, order[it.pair.1] as usize);
        }
        let found = crossed.iter().filter(|it| it.is_translation()).map(|it| {
            let cards = [it.pair.0, it.pair.1].map(|x| article(x).0);
            translation::found(it, &cards, self.without_reasons)
        });
        let found = found.collect();
        self.crossed = crossed;
        found
    }
}

/// The relations of the article of one rank with those of higher rank that it makes `pairs` with.
fn find_in<'t>(
    index: &Index,
    stock: &Stock,
    pairs: &[(u32, u32)],
    article: &(impl Fn(usize) -> (Card, Cow<'t, str>) + Sync),
    desk: &mut Desk,
    aligner: &mut Aligner,
) -> Vec<Found> {
    let (x, partners) = partners(index, pairs, desk);
    hold(x, &partners, article, |x| stock.passages(index, x), aligner)
}

/// The article of one rank, and those of higher rank that share enough with it on one diagonal.
fn partners(index: &Index, pairs: &[(u32, u32)], desk: &mut Desk) -> (usize, Vec<usize>) {
    let at = |rank: u32| index.order[rank as usize] as usize;
    let x = at(pairs[0].0);
    (x, index.partners(x, pairs.iter().map(|it| at(it.1)), desk))
}

/// The rank of each article.
fn ranks(order: &[u32]) -> Vec<u32> {
    let mut rank = vec![0_u32; order.len()];
    (0u32..).zip(order).for_each(|(r, x)| rank[*x as usize] = r);
    rank
}
