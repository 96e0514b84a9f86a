//! Lineage in parts: what has to be held against what is found from sketches at one place, and held wherever the texts are.
//!
//! [`Rows::pairing`] takes rows without their texts, [`held`] some of the pairs with the rows and texts of their articles, and
//! [`settled`] what was held of all pairs. The relations are those of [`Rows::traced`] or [`Rows::lineage`], in whatever parts.
//! Where there are articles of several languages ([`Pairing::across`]), relations between languages come on top, which take all
//! texts at one place.

use super::{Declared, Relation, Row, Rows};
use rashomon_lineage::{self as lineage, Finder, Found, Kind};
use rashomon_model::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// What has to be held against what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairing {
    /// The articles in the pairs, in order of rank.
    pub articles: Vec<Asked>,
    /// Pairs of ranks, the lower one first, in order.
    pub pairs: Vec<(u32, u32)>,
    /// Whether relations between languages come on top.
    pub across: bool,
}

/// One article that has to be held against others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// As in [`Row::fingerprint`].
    pub fingerprint: u64,
    /// Its id as tables print it.
    pub id: String,
    /// Its place in the order of all articles.
    pub rank: u32,
    /// A number for who published it, 0 if that is not known.
    pub publisher: u32,
    /// Passages that are not its own: ranges of words.
    pub stock: Vec<(u32, u32)>,
}

/// A relation on its way, of which source and derived are ranks, with the publishers of both.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The relation so far.
    pub relation: Relation,
    /// Of source and derived.
    pub publishers: [u32; 2],
}

impl<T: AsRef<str> + Sync> Rows<T> {
    /// What has to be held against what. No text is looked at. `numbered` says whether different articles of one id are
    /// numbered, as in [`Rows::traced`], or not, as in [`Rows::lineage`].
    #[must_use]
    pub fn pairing(mut self, numbered: bool) -> Pairing {
        let numbers = if numbered { self.grouper.numbered() } else { Vec::new() };
        let numbered: HashMap<u64, _> = numbers.into_iter().collect();
        let mut finder = Finder::with(std::mem::take(&mut self.seen)).without_reasons();
        for it in &mut self.kept {
            finder.add_marked(&it.trace.card, &std::mem::take(&mut it.trace.sketch), it.fingerprint);
        }
        let found = finder.candidates();
        let asked = |it: lineage::Candidate| {
            let fingerprint = self.kept[it.article].fingerprint;
            let id = numbered.get(&fingerprint).map_or_else(|| finder.id(it.article).to_owned(), |id| id.to_string());
            Asked { fingerprint, id, rank: it.rank, publisher: it.publisher, stock: it.stock }
        };
        Pairing {
            across: finder.crosses(),
            articles: found.articles.into_iter().map(asked).collect(),
            pairs: found.pairs,
        }
    }
}

/// The relations of some pairs; `articles` are those in them, and may be more.
#[must_use]
pub fn held<T: AsRef<str> + Sync>(articles: Vec<(Asked, Row, T)>, mut pairs: Vec<(u32, u32)>) -> Vec<Held> {
    pairs.sort_unstable();
    pairs.dedup();
    let at: HashMap<usize, usize> = articles.iter().enumerate().map(|(n, it)| (it.0.rank as usize, n)).collect();
    pairs.retain(|(a, b)| at.contains_key(&(*a as usize)) && at.contains_key(&(*b as usize)));
    let declared = Declared::default();
    let of = |rank: usize| &articles[at[&rank]];
    let article = |rank: usize| {
        let (_, row, text) = of(rank);
        let card = row.trace.as_ref().map(|it| declared.card(rank, it, text.as_ref())).unwrap_or_default();
        (card, Cow::Borrowed(text.as_ref()))
    };
    let found = lineage::held(&pairs, article, |rank| of(rank).0.stock.clone());
    let held = found.into_iter().map(|found| {
        let [source, derived] = [found.source, found.derived].map(|rank| &of(rank).0);
        Held {
            publishers: [source.publisher, derived.publisher],
            relation: Relation { source: source.id.clone(), derived: derived.id.clone(), found },
        }
    });
    held.collect()
}

/// What was held of all pairs as the table `lineage`.
#[must_use]
pub fn settled(held: Vec<Held>) -> Vec<Relation> {
    let mut publishers: HashMap<usize, u32> = HashMap::new();
    let mut ids: HashMap<usize, String> = HashMap::new();
    let mut found = Vec::with_capacity(held.len());
    for Held { relation: Relation { source, derived, found: it }, publishers: [of_source, of_derived] } in held {
        publishers.extend([(it.source, of_source), (it.derived, of_derived)]);
        ids.extend([(it.source, source), (it.derived, derived)]);
        found.push(it);
    }
    lineage::settled(&mut found, |rank| publishers.get(&rank).copied().unwrap_or_default());
    let id = |rank: usize| ids.get(&rank).cloned().unwrap_or_default();
    found.into_iter().map(|found| Relation { source: id(found.source), derived: id(found.derived), found }).collect()
}

/// A relation on its way as bytes hold it.
#[derive(Serialize, Deserialize)]
struct StoredHeld<'a> {
    ids: [Cow<'a, str>; 2],
    ranks: [usize; 2],
    publishers: [u32; 2],
    kind: Cow<'a, str>,
    directed: bool,
    score: f64,
    rule: Cow<'a, str>,
    passages: Vec<[usize; 4]>,
}

impl Held {
    /// Appends it as bytes, which [`Held::decode`] reads.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let Relation { source, derived, found } = &self.relation;
        let stored = StoredHeld {
            ids: [source.into(), derived.into()],
            ranks: [found.source, found.derived],
            publishers: self.publishers,
            kind: found.kind.as_str().into(),
            directed: found.directed,
            score: found.score,
            rule: found.rule.name().into(),
            passages: found.passages.iter().map(|(p, q)| [p.start(), p.end(), q.start(), q.end()]).collect(),
        };
        // Nothing that is written to memory fails.
        *out = postcard::to_extend(&stored, std::mem::take(out)).unwrap_or_default();
    }

    /// What `bytes` hold; nothing if they hold none, or one of another version of the program.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let it: StoredHeld<'_> = postcard::from_bytes(bytes).ok()?;
        let [source, derived] = it.ids.map(Cow::into_owned);
        let span = |from: usize, to: usize| (from <= to).then(|| Span::new(from, to));
        let passages = it.passages.iter().map(|[a, b, c, d]| Some((span(*a, *b)?, span(*c, *d)?)));
        let found = Found {
            source: it.ranks[0],
            derived: it.ranks[1],
            kind: Kind::named(&it.kind)?,
            directed: it.directed,
            score: it.score,
            rule: crate::rule(&it.rule)?,
            reasons: Vec::new(),
            passages: passages.collect::<Option<_>>()?,
        };
        Some(Self { relation: Relation { source, derived, found }, publishers: it.publishers })
    }
}

impl Asked {
    /// Appends it as bytes, which [`Asked::decode`] reads.
    pub fn encode(&self, out: &mut Vec<u8>) {
        // Nothing that is written to memory fails.
        *out = postcard::to_extend(self, std::mem::take(out)).unwrap_or_default();
    }

    /// What `bytes` hold; nothing if they hold none.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
