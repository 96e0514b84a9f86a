//! Which articles of a whole corpus share text, and who took it from whom?
//!
//! Candidates come from an inverted index over sampled runs of three words (`sketch.rs`, `index.rs`). Two articles are aligned
//! when enough rare samples stand on nearly one diagonal, that is, follow each other at like distances in both: then half of
//! the words can be replaced before too few are left. What an outlet prints under everything is learned (`stock.rs`) and does
//! not count.

use crate::direction::Direction;
use crate::index::{Desk, Index, Samples};
use crate::publishers;
use crate::reason::Reason;
use crate::relate::{self, Verdict};
use crate::rules;
use crate::side::Side;
use crate::sketch::{Seen, Sketch};
use crate::stock::Stock;
use crate::translation::{self, Crossed, Told, cross};
use crate::{Aligner, Block, Kind, Words, own, sources};
use rashomon_language::Language;
use rashomon_model::{Moment, Rule, Span};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
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
    /// ISO 639-1 code of its language, if that is not English.
    pub language: Option<String>,
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
    /// The reasons, the weightiest first; none after [`Finder::without_reasons`].
    pub reasons: Vec<Reason>,
    /// Shared passages, source side first, the longest first.
    pub passages: Vec<(Span, Span)>,
}

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
    crossed: Vec<Crossed>,
}

/// A passage that so many outlets have comes to all of them from one source.
const SEVERAL_OUTLETS: usize = 3;

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

    /// All relations, in order of the ids of derived and source. `article` gives an article's card and text again, by index.
    /// Afterwards the finder knows the ids, but no sketches any more: it can find nothing a second time.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub fn find<'t>(&mut self, article: impl Fn(usize) -> (Card, Cow<'t, str>) + Sync) -> Vec<Found> {
        if self.samples.articles() < self.len() {
            return Vec::new();
        }
        self.seen = None;
        self.number_publishers_by_name();
        let without_reasons = self.without_reasons;
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        // Different texts under one id go by what they hold.
        order.par_sort_unstable_by_key(|x| {
            (self.id(*x as usize), self.samples.keys(*x as usize), self.marks[*x as usize], *x)
        });
        let mut index = Index::new(std::mem::take(&mut self.samples), order);
        let stock = Stock::learn(&mut index, |x| self.publishers[x]);
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
        let mut rank = vec![0_u32; self.len()];
        (0u32..).zip(&index.order).for_each(|(r, x)| rank[*x as usize] = r);
        let order = std::mem::take(&mut index.order);
        drop(index);
        found.extend(self.across_languages(&order, &article));
        found.sort_by_key(|f| (rank[f.derived], rank[f.source]));
        self.several_outlets(&mut found);
        found
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

    /// Relations between articles of two languages; `order` lists the articles by rank.
    fn across_languages<'t>(
        &mut self,
        order: &[u32],
        article: &(impl Fn(usize) -> (Card, Cow<'t, str>) + Sync),
    ) -> Vec<Found> {
        if self.foreign.is_empty() {
            return Vec::new();
        }
        let language = |x: &u32| self.foreign.get(&(*x as usize)).copied().unwrap_or(Language::english());
        let languages: Vec<_> = order.iter().map(language).collect();
        let told = |n: usize| {
            let (card, text) = article(order[n] as usize);
            Told { text, at: card.published.or(card.updated).map(|it| it.at.as_second()) }
        };
        let mut crossed = cross(&languages, told);
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

    /// A passage that neither of two takes from the other, and that a third outlet has too, comes to all from one source.
    fn several_outlets(&self, found: &mut [Found]) {
        let of_two = |it: &Found| it.kind == Kind::Excerpt && !it.directed;
        let mut asked: Vec<usize> =
            found.iter().filter(|it| of_two(it)).flat_map(|it| [it.source, it.derived]).collect();
        asked.sort_unstable();
        asked.dedup();
        // Every passage in its article, with the publisher on the other side.
        let mut held: Vec<(usize, Span, u32)> = Vec::new();
        for it in found.iter() {
            for (x, other, side) in [(it.source, it.derived, 0), (it.derived, it.source, 1)] {
                if asked.binary_search(&x).is_ok() {
                    let passages = it.passages.iter().map(|both| if side == 0 { both.0 } else { both.1 });
                    held.extend(passages.map(|span| (x, span, self.publishers[other])));
                }
            }
        }
        held.sort_unstable();
        let others = |x: usize, span: Span| {
            let from = held.partition_point(|h| h.0 < x);
            let overlaps =
                |s: Span| s.end().min(span.end()).saturating_sub(s.start().max(span.start())) * 2 >= span.len();
            let mut out: Vec<u32> = held[from..]
                .iter()
                .take_while(|h| h.0 == x)
                .filter(|h| overlaps(h.1) && h.2 != 0)
                .map(|h| h.2)
                .collect();
            out.sort_unstable();
            out.dedup();
            out
        };
        for it in found.iter_mut().filter(|it| of_two(it)) {
            let (own, other) = (self.publishers[it.source], self.publishers[it.derived]);
            let Some((p, q)) = it.passages.first().filter(|_| own != other) else { continue };
            let mut outlets = others(it.source, *p);
            outlets.extend(others(it.derived, *q));
            outlets.extend([own, other]);
            outlets.retain(|o| *o != 0);
            outlets.sort_unstable();
            outlets.dedup();
            if outlets.len() >= SEVERAL_OUTLETS {
                it.kind = Kind::CommonSource;
                it.rule = rules::PASSAGE_IN_SEVERAL_OUTLETS;
                if !self.without_reasons {
                    it.reasons.push(Reason::InOutlets(outlets.len()));
                }
            }
        }
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
    let mut out = Vec::new();
    let at = |rank: u32| index.order[rank as usize] as usize;
    let x = at(pairs[0].0);
    let partners = index.partners(x, pairs.iter().map(|it| at(it.1)), desk);
    if partners.is_empty() {
        return out;
    }
    let (card, text) = article(x);
    let mut a = side(&card, &text);
    let mut marked = false;
    for y in partners {
        let (card, text) = article(y);
        let mut b = side(&card, &text);
        let blocks = aligner.align(&a.words, &b.words);
        if relate::too_little(&a, &b, &blocks) {
            continue;
        }
        if !std::mem::replace(&mut marked, true) {
            mark(&mut a, x, index, stock);
        }
        mark(&mut b, y, index, stock);
        if let Some(v) = relate::relate(&a, &b, blocks) {
            out.push(found(x, y, &a, &b, v));
        }
    }
    out
}

fn side<'a>(card: &'a Card, text: &'a str) -> Side<'a> {
    Side {
        text,
        words: Words::of(text),
        title: card.title.as_deref(),
        outlet: card.outlet.as_deref(),
        url: card.url.as_deref(),
        published: card.published,
        updated: card.updated,
        origins: card.origins.iter().map(|n| sources::source_key(n)).collect(),
        credits: card.credits.iter().map(|n| sources::source_key(n)).collect(),
    }
}

/// Marks what is not the outlet's own running text.
fn mark(side: &mut Side<'_>, x: usize, index: &Index, stock: &Stock) {
    side.words.mark_function_words();
    own::mark(&mut side.words, side.text);
    stock.mark(index, x, &mut side.words);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OUTLETS: [&str; 3] = ["Harbour News", "Port Daily", "Quay Times"];

    proptest! {
        #[test]
        fn what_is_too_little_makes_no_relation(
            first in proptest::collection::vec(0u16..900, 30..300),
            own in proptest::collection::vec(900u16..1800, 0..300),
            copies in proptest::collection::vec((0usize..250, 10usize..120, 2usize..40), 0..4),
            outlets in [0usize..3, 0usize..3],
            days in [proptest::option::of(0i64..6), proptest::option::of(0i64..6)],
        ) {
            let word = |n: u16| match n % 90 {
                0 => "of".to_owned(),
                1 => "\u{201c}so\u{201d}".to_owned(),
                2 => format!("{} reported.", OUTLETS[outlets[0]]),
                3 => "said.\n\n".to_owned(),
                _ => format!("w{n}"),
            };
            let mut second: Vec<String> = own.iter().map(|n| word(*n)).collect();
            for (from, length, every) in copies {
                let copy = first.iter().enumerate().skip(from).take(length);
                second.extend(copy.map(|(k, n)| if k % every == 0 { format!("x{k}") } else { word(*n) }));
            }
            let texts = [first.iter().map(|n| word(*n)).collect::<Vec<_>>().join(" "), second.join(" ")];
            let card = |n: usize| Card {
                id: n.to_string(),
                outlet: Some(OUTLETS[outlets[n]].to_owned()),
                published: days[n].map(|day| Moment::instant(jiff::Timestamp::from_second(day * 86_400).unwrap(), 0)),
                ..Card::default()
            };
            let cards = [card(0), card(1)];
            let [mut a, mut b] = [0, 1].map(|n| side(&cards[n], &texts[n]));
            let blocks = Aligner::default().align(&a.words, &b.words);
            if relate::too_little(&a, &b, &blocks) {
                for it in [&mut a, &mut b] {
                    it.words.mark_function_words();
                    own::mark(&mut it.words, it.text);
                }
                prop_assert!(relate::relate(&a, &b, blocks).is_none());
            }
        }
    }
}
