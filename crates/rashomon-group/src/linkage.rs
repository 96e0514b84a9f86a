//! How pairs become groups: the two clusters that most surely report one event are joined, again and again.

use crate::cluster::{Cluster, MEASURES, far_apart, measure, strangers};
use rashomon_model::ModelFile;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// From which log-odds two clusters are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Two articles begin as neighbours.
    pub(crate) edge: f64,
    /// Two clusters stay neighbours, as what joins one of them may bring them closer.
    pub(crate) keep: f64,
    /// Two clusters are proposed to be joined.
    pub(crate) propose: f64,
}

impl Limits {
    /// For learning: everything that a threshold might let through.
    pub(crate) const WIDE: Self = Self { edge: -3.5, keep: -3.5, propose: -3.5 };

    /// For the threshold that holds. On the pool of 37,554 articles 14 are placed otherwise than with [`Limits::WIDE`].
    pub(crate) fn of(weights: &Weights) -> Self {
        let it = weights.threshold;
        Self { edge: it, keep: it - 2.0, propose: it }
    }
}

/// Weights of the measures: the log-odds that two clusters report one event is `bias` plus the weighted measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One weight a measure, in the order of [`Weights::names`].
    pub measures: [f64; MEASURES],
    /// Log-odds when all measures are 0.
    pub bias: f64,
    /// Log-odds from which two clusters are joined.
    pub threshold: f64,
}

/// Log-odds that no threshold lets through.
pub(crate) const NEVER: f64 = -9.0;

static BYTES: &[u8] = include_bytes!("../models/linkage.bin");

pub(crate) fn model_file() -> ModelFile {
    ModelFile { name: "linkage", version: 1, digest: "f4ee036e4f692963", bytes: BYTES }
}

impl Weights {
    /// The weights that ship, trained by `rashomon-eval train groups`; `models/linkage.md` says on what.
    #[must_use]
    pub fn shipped() -> Self {
        let mut numbers =
            model_file().content().chunks_exact(4).map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        let mut next = || numbers.next().unwrap_or(0.0);
        Self { threshold: next(), bias: next(), measures: std::array::from_fn(|_| next()) }
    }

    /// The names of the measures.
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        &crate::cluster::NAMES
    }

    /// The weights as they are stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        #[allow(clippy::cast_possible_truncation, reason = "stored as single precision")]
        [self.threshold, self.bias].iter().chain(&self.measures).flat_map(|x| (*x as f32).to_le_bytes()).collect()
    }

    /// Log-odds that two clusters report one event.
    pub(crate) fn odds(&self, a: &Cluster, b: &Cluster) -> f64 {
        if far_apart(a, b) || strangers(a, b) { NEVER } else { self.log_odds(&measure(a, b)) }
    }

    /// Log-odds that two clusters with these measures report one event.
    pub(crate) fn log_odds(&self, measures: &[f64; MEASURES]) -> f64 {
        self.measures.iter().zip(measures).fold(self.bias, |sum, (w, x)| sum + w * x)
    }
}

/// One possible join, as the linkage meets it.
pub(crate) struct Proposal<'a> {
    pub(crate) log_odds: f64,
    /// Members of the two clusters, in the order they joined.
    pub(crate) members: [&'a [u32]; 2],
    /// Makes the measures the log-odds are from.
    pub(crate) measures: &'a dyn Fn() -> [f64; MEASURES],
}

/// How two clusters, named by their first articles, are compared and put together.
pub(crate) struct Ways<C, M> {
    /// The log-odds that they report one event.
    pub(crate) compare: C,
    /// The articles of both; nothing if they cannot be put together.
    pub(crate) merge: M,
}

/// Joins clusters in order of their log-odds, as long as `decide` says so.
///
/// `article` makes the cluster of one of the `count` articles; `edges` are the pairs that are worth comparing, each once,
/// with their log-odds. `forced` pairs are joined before anything else. Returns the members of each group, in the order
/// they joined.
pub(crate) fn link<C, M>(
    count: usize,
    article: impl Fn(u32) -> Cluster,
    edges: &[(u32, u32, f32)],
    forced: &[(u32, u32)],
    ways: Ways<C, M>,
    limits: Limits,
    mut decide: impl FnMut(&Proposal<'_>) -> bool,
) -> Vec<Vec<u32>>
where
    C: Fn([u32; 2], &Cluster, &Cluster) -> f64,
    M: Fn([u32; 2], &Cluster, &Cluster) -> Option<Cluster>,
{
    let mut forest = Forest::new(count, article, ways, edges);
    for (a, b) in forced {
        let (a, b) = (forest.root(*a), forest.root(*b));
        if a != b {
            forest.join(a.min(b), a.max(b));
        }
    }
    let mut heap: BinaryHeap<Queued> = edges
        .iter()
        .filter(|it| f64::from(it.2) >= limits.propose)
        .filter(|it| [it.0, it.1].iter().all(|n| forest.nodes[*n as usize].as_ref().is_some_and(|it| it.version == 0)))
        .map(|it| Queued { log_odds: Ordered(it.2), pair: Reverse((it.0.min(it.1), it.0.max(it.1))), versions: [0; 2] })
        .collect();
    #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
    for a in 0..forest.nodes.len() as u32 {
        if forest.nodes[a as usize].as_ref().is_some_and(|it| it.version > 0) {
            forest.propose(a, limits, &mut heap);
        }
    }
    while let Some(it) = heap.pop() {
        let Reverse((a, b)) = it.pair;
        let (Some(x), Some(y)) = (&forest.nodes[a as usize], &forest.nodes[b as usize]) else { continue };
        if [x.version, y.version] != it.versions {
            continue;
        }
        let log_odds = f64::from(it.log_odds.0);
        let measures = || measure(&forest.rebuilt(a), &forest.rebuilt(b));
        if decide(&Proposal { log_odds, members: [&x.members, &y.members], measures: &measures }) && forest.join(a, b) {
            forest.propose(a, limits, &mut heap);
        }
    }
    forest.nodes.into_iter().flatten().map(|it| it.members).collect()
}

struct Forest<A, C, M> {
    nodes: Vec<Option<Node>>,
    parent: Vec<u32>,
    /// The clusters of nodes, made when they are needed.
    clusters: Vec<Option<Box<Cluster>>>,
    /// Terms in them, and from how many on those that can be made again are forgotten.
    terms: usize,
    most: usize,
    article: A,
    ways: Ways<C, M>,
}

/// Terms of clusters that are kept at least: some 190 MB.
const MOST_TERMS: usize = 6_000_000;

struct Node {
    members: Vec<u32>,
    neighbours: Vec<u32>,
    version: u32,
}

/// A pair in the queue; a higher log-odds comes first, then the pair with the lower indices.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Queued {
    log_odds: Ordered,
    pair: Reverse<(u32, u32)>,
    versions: [u32; 2],
}

#[derive(Clone, Copy, PartialEq)]
struct Ordered(f32);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl<A, C, M> Forest<A, C, M>
where
    A: Fn(u32) -> Cluster,
    C: Fn([u32; 2], &Cluster, &Cluster) -> f64,
    M: Fn([u32; 2], &Cluster, &Cluster) -> Option<Cluster>,
{
    fn new(count: usize, article: A, ways: Ways<C, M>, edges: &[(u32, u32, f32)]) -> Self {
        let mut neighbours = vec![Vec::new(); count];
        for (a, b, _) in edges {
            neighbours[*a as usize].push(*b);
            neighbours[*b as usize].push(*a);
        }
        #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
        let nodes = neighbours
            .into_iter()
            .enumerate()
            .map(|(n, mut neighbours)| {
                neighbours.sort_unstable();
                neighbours.dedup();
                Some(Node { members: vec![n as u32], neighbours, version: 0 })
            })
            .collect::<Vec<_>>();
        #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
        let parent = (0..nodes.len() as u32).collect();
        Self { nodes, parent, clusters: vec![None; count], terms: 0, most: MOST_TERMS, article, ways }
    }

    fn root(&mut self, it: u32) -> u32 {
        crate::parents::root(&mut self.parent, it)
    }

    /// The cluster of node `n`, made anew from its articles if it was forgotten: sums of integers come out the same.
    fn rebuilt(&self, n: u32) -> Box<Cluster> {
        if let Some(it) = &self.clusters[n as usize] {
            return it.clone();
        }
        let members = self.nodes[n as usize].as_ref().map_or(&[][..], |it| &it.members);
        let (first, rest) = members.split_first().unwrap_or((&n, &[]));
        Box::new(rest.iter().fold((self.article)(*first), |sum, it| sum.merge(&(self.article)(*it))))
    }

    /// Takes the cluster of node `n` out.
    fn take(&mut self, n: u32) -> Box<Cluster> {
        if self.clusters[n as usize].is_none() {
            return self.rebuilt(n);
        }
        let it = self.clusters[n as usize].take();
        let it = it.unwrap_or_else(|| self.rebuilt(n));
        self.terms -= it.terms();
        it
    }

    /// Keeps the cluster of node `n` for the next time.
    fn keep(&mut self, n: u32, it: Box<Cluster>) {
        self.terms += it.terms();
        self.clusters[n as usize] = Some(it);
        if self.terms > self.most {
            for slot in &mut self.clusters {
                if slot.as_ref().is_some_and(|it| it.whole) {
                    self.terms -= slot.take().map_or(0, |it| it.terms());
                }
            }
            self.most = MOST_TERMS.max(2 * self.terms);
        }
    }

    /// Puts `b` into `a`; whether they could be put together.
    fn join(&mut self, a: u32, b: u32) -> bool {
        let (own, other) = (self.take(a), self.take(b));
        let Some(cluster) = (self.ways.merge)([a, b], &own, &other) else {
            self.keep(a, own);
            self.keep(b, other);
            return false;
        };
        let Some(taken) = self.nodes[b as usize].take() else { return false };
        self.parent[b as usize] = a;
        let Some(mut into) = self.nodes[a as usize].take() else { return false };
        into.members.extend(taken.members);
        into.neighbours.extend(taken.neighbours);
        let neighbours = std::mem::take(&mut into.neighbours);
        into.neighbours = neighbours.into_iter().map(|n| self.root(n)).filter(|n| *n != a).collect();
        into.neighbours.sort_unstable();
        into.neighbours.dedup();
        into.version += 1;
        self.nodes[a as usize] = Some(into);
        self.keep(a, Box::new(cluster));
        true
    }

    /// Queues the pairs of `a` and its neighbours.
    fn propose(&mut self, a: u32, limits: Limits, heap: &mut BinaryHeap<Queued>) {
        let Some(mut node) = self.nodes[a as usize].take() else { return };
        let own = self.take(a);
        let mut neighbours: Vec<u32> = node.neighbours.drain(..).map(|n| self.root(n)).filter(|n| *n != a).collect();
        neighbours.sort_unstable();
        neighbours.dedup();
        for b in neighbours {
            let other = self.take(b);
            // Of two clusters of one size the measures are told apart by their order.
            let compare = &self.ways.compare;
            let log_odds = if a < b { compare([a, b], &own, &other) } else { compare([b, a], &other, &own) };
            self.keep(b, other);
            let Some(other) = &self.nodes[b as usize] else { continue };
            if log_odds > limits.keep {
                node.neighbours.push(b);
                if log_odds >= limits.propose {
                    let (pair, versions) = if a < b {
                        ((a, b), [node.version, other.version])
                    } else {
                        ((b, a), [other.version, node.version])
                    };
                    #[allow(clippy::cast_possible_truncation, reason = "an order needs no more")]
                    heap.push(Queued { log_odds: Ordered(log_odds as f32), pair: Reverse(pair), versions });
                }
            }
        }
        self.nodes[a as usize] = Some(node);
        self.keep(a, own);
    }
}
