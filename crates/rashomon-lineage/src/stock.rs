//! Which passages does an outlet print under everything, and which stand everywhere?
//!
//! Learned from the corpus: passages that stand in many articles which are otherwise different.

use crate::index::{Counts, Desk, Index, OFTEN_COUNT, pair_key};

/// A passage in this many otherwise different articles of one outlet is stock.
const STOCK_IN_OUTLET: usize = OFTEN_COUNT;
/// One in this many otherwise different articles, of at least so many outlets, is stock of all.
const STOCK_EVERYWHERE: usize = 8;
const OUTLETS_EVERYWHERE: usize = 4;
/// Samples further apart than this many words are no neighbours.
const NEIGHBOURS: u32 = 24;
/// Upper bits of keys that are told apart at once.
const BITS: u32 = 17;

/// Pairs of neighbouring samples that are stock.
pub(crate) struct Stock {
    /// In order.
    keys: Vec<u32>,
    /// A bit for the upper bits of each says at once that most pairs are none.
    bits: Vec<u64>,
}

/// Two neighbouring samples at one distance, about seven words, in one article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    key: u32,
    publisher: u32,
    rank: u32,
    first: u32,
}

impl Stock {
    /// Learns the stock of the articles of `index`. `publisher` gives a number for an article's outlet, 0 for none.
    ///
    /// Samples that stand mostly in such passages make no candidates from then on.
    #[allow(clippy::cast_possible_truncation, reason = "ranks are below 2^32")]
    pub(crate) fn learn(index: &mut Index, publisher: impl Fn(usize) -> u32) -> Self {
        // How often each pair stands at least: three times is the least that counts.
        let mut often = Counts::new(index.samples().next_power_of_two().clamp(1 << 12, 1 << 28));
        for x in &index.order {
            each_pair(index, *x as usize, |key, _| often.add(key.into()));
        }
        let mut pairs: Vec<Pair> = Vec::new();
        for (rank, x) in index.order.iter().enumerate() {
            each_pair(index, *x as usize, |key, first| {
                if often.is_full(key.into()) {
                    pairs.push(Pair { key, publisher: publisher(*x as usize), rank: rank as u32, first });
                }
            });
        }
        drop(often);
        pairs.sort_unstable();
        let mut others = Others::new(index);
        let mut keys = Vec::new();
        let mut first: Vec<u32> = Vec::new();
        for all in pairs.chunk_by(|p, q| p.key == q.key).filter(|it| it.len() >= STOCK_IN_OUTLET) {
            let named = || all.chunk_by(|p, q| p.publisher == q.publisher).filter(|it| it[0].publisher != 0);
            let mut add = |stock: &[Pair]| {
                keys.push(stock[0].key);
                first.extend(stock.iter().map(|p| p.first));
            };
            if all.len() >= STOCK_EVERYWHERE && named().count() >= OUTLETS_EVERYWHERE && others.mostly_different(all) {
                add(all);
            } else {
                named().filter(|it| it.len() >= STOCK_IN_OUTLET && others.mostly_different(it)).for_each(&mut add);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        first.sort_unstable();
        index.set_stock(&first);
        let mut bits = vec![0; 1 << (BITS - 6)];
        keys.iter().map(|key| (key >> (32 - BITS)) as usize).for_each(|at| bits[at / 64] |= 1 << (at % 64));
        Self { keys, bits }
    }

    fn holds(&self, key: u32) -> bool {
        let at = (key >> (32 - BITS)) as usize;
        self.bits[at / 64] >> (at % 64) & 1 == 1 && self.keys.binary_search(&key).is_ok()
    }

    /// The stock passages of article `x`, as ranges of words.
    pub(crate) fn passages(&self, index: &Index, x: usize) -> Vec<(u32, u32)> {
        let mut out = Vec::new();
        if self.keys.is_empty() {
            return out;
        }
        let own: Vec<(u32, u32)> = index.often_of(x).collect();
        for (n, (first, from)) in own.iter().enumerate() {
            // Between two samples of a pair there may be samples that few articles have.
            for (second, to) in own[n + 1..].iter().take_while(|it| it.1 - from <= NEIGHBOURS) {
                if self.holds(pair_key(*first, *second, to - from)) {
                    out.push((*from, *to + 3));
                }
            }
        }
        out
    }
}

/// Calls `see` with the key of every pair of neighbours in article `x`, and the group of the first.
fn each_pair(index: &Index, x: usize, mut see: impl FnMut(u32, u32)) {
    let mut last: Option<(u32, u32)> = None;
    for (group, place) in index.often_of(x) {
        if let Some((first, from)) = last
            && place - from <= NEIGHBOURS
        {
            see(pair_key(first, group, place - from), first);
        }
        last = Some((group, place));
    }
}

/// Which articles are otherwise different? The same two have many pairs of samples in common, or none.
struct Others<'a> {
    index: &'a Index,
    desk: Desk,
    /// Ranks of two articles and whether they are different, in the cell that their hash names.
    known: Vec<([u32; 2], bool)>,
}

impl<'a> Others<'a> {
    fn new(index: &'a Index) -> Self {
        Self { index, desk: Desk::default(), known: vec![([0; 2], false); 1 << 14] }
    }

    /// Whether most neighbours among these articles share less than a quarter of the samples that any article shares.
    fn mostly_different(&mut self, same: &[Pair]) -> bool {
        let step = (same.len() / 8).max(1);
        let pairs = same.windows(2).step_by(step);
        let all = pairs.len();
        let (mut different, mut alike) = (0, 0);
        for pair in pairs {
            if self.are_different([pair[0].rank, pair[1].rank]) {
                different += 1;
            } else {
                alike += 1;
            }
            if different * 2 > all || alike * 2 >= all {
                break;
            }
        }
        different * 2 > all
    }

    fn are_different(&mut self, ranks: [u32; 2]) -> bool {
        let at = pair_key(ranks[0], ranks[1], 0) as usize % self.known.len();
        if self.known[at].0 != ranks {
            let [x, y] = ranks.map(|rank| self.index.order[rank as usize] as usize);
            let (shared, [of_x, of_y]) = self.index.shared(x, y, &mut self.desk);
            self.known[at] = (ranks, shared * 4 < of_x.min(of_y));
        }
        self.known[at].1
    }
}
