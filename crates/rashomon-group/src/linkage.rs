//! How pairs become groups: the two clusters that most surely report one event are joined, again and again.

use crate::cluster::{Cluster, MEASURES, measure};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Log-odds below which two clusters are not looked at again.
pub(crate) const FLOOR: f64 = -3.5;

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

impl Weights {
    /// The weights that ship, trained by `rashomon-eval train groups`; `models/linkage.md` says on what.
    #[must_use]
    pub fn shipped() -> Self {
        let bytes = include_bytes!("../models/linkage.bin");
        let mut numbers = bytes.chunks_exact(4).map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
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

    /// Log-odds that two clusters with these measures report one event.
    pub(crate) fn log_odds(&self, measures: &[f64; MEASURES]) -> f64 {
        self.measures.iter().zip(measures).fold(self.bias, |sum, (w, x)| sum + w * x)
    }
}

/// One possible join, as the linkage meets it.
pub(crate) struct Proposal<'a> {
    pub(crate) measures: &'a [f64; MEASURES],
    pub(crate) log_odds: f64,
    /// Members of the two clusters, in the order they joined.
    pub(crate) members: [&'a [u32]; 2],
}

/// Joins clusters in order of their log-odds, as long as `decide` says so.
///
/// `articles` are the clusters of one article each; `edges` the pairs that are worth comparing, each once.
/// `forced` pairs are joined before anything else. Returns the members of each group, in the order they joined.
pub(crate) fn link(
    articles: Vec<Cluster>,
    edges: &[(u32, u32)],
    forced: &[(u32, u32)],
    weights: &Weights,
    mut decide: impl FnMut(&Proposal<'_>) -> bool,
) -> Vec<Vec<u32>> {
    let mut forest = Forest::new(articles, edges);
    for (a, b) in forced {
        let (a, b) = (forest.root(*a), forest.root(*b));
        if a != b {
            forest.join(a, b);
        }
    }
    let mut heap = BinaryHeap::new();
    #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
    for a in 0..forest.nodes.len() as u32 {
        forest.propose(a, weights, &mut heap, |b| b > a);
    }
    while let Some(it) = heap.pop() {
        let Reverse((a, b)) = it.pair;
        let (Some(x), Some(y)) = (&forest.nodes[a as usize], &forest.nodes[b as usize]) else { continue };
        if [x.version, y.version] != it.versions {
            continue;
        }
        let measures = measure(&x.cluster, &y.cluster);
        let log_odds = weights.log_odds(&measures);
        if decide(&Proposal { measures: &measures, log_odds, members: [&x.members, &y.members] }) {
            forest.join(a, b);
            forest.propose(a, weights, &mut heap, |_| true);
        }
    }
    forest.nodes.into_iter().flatten().map(|it| it.members).collect()
}

struct Forest {
    nodes: Vec<Option<Node>>,
    parent: Vec<u32>,
}

struct Node {
    cluster: Cluster,
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
struct Ordered(f64);

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

impl Forest {
    fn new(articles: Vec<Cluster>, edges: &[(u32, u32)]) -> Self {
        let mut neighbours = vec![Vec::new(); articles.len()];
        for (a, b) in edges {
            neighbours[*a as usize].push(*b);
            neighbours[*b as usize].push(*a);
        }
        #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
        let nodes = articles
            .into_iter()
            .zip(neighbours)
            .enumerate()
            .map(|(n, (cluster, mut neighbours))| {
                neighbours.sort_unstable();
                neighbours.dedup();
                Some(Node { cluster, members: vec![n as u32], neighbours, version: 0 })
            })
            .collect::<Vec<_>>();
        #[allow(clippy::cast_possible_truncation, reason = "made from 32-bit indices")]
        let parent = (0..nodes.len() as u32).collect();
        Self { nodes, parent }
    }

    fn root(&mut self, mut it: u32) -> u32 {
        while self.parent[it as usize] != it {
            let above = self.parent[self.parent[it as usize] as usize];
            self.parent[it as usize] = above;
            it = above;
        }
        it
    }

    /// Puts `b` into `a`.
    fn join(&mut self, a: u32, b: u32) {
        let Some(taken) = self.nodes[b as usize].take() else { return };
        self.parent[b as usize] = a;
        let Some(mut into) = self.nodes[a as usize].take() else { return };
        into.cluster = into.cluster.merge(&taken.cluster);
        into.members.extend(taken.members);
        into.neighbours.extend(taken.neighbours);
        let neighbours = std::mem::take(&mut into.neighbours);
        into.neighbours = neighbours.into_iter().map(|n| self.root(n)).filter(|n| *n != a).collect();
        into.neighbours.sort_unstable();
        into.neighbours.dedup();
        into.version += 1;
        self.nodes[a as usize] = Some(into);
    }

    /// Queues the pairs of `a` and those of its neighbours that `with` allows.
    fn propose(&mut self, a: u32, weights: &Weights, heap: &mut BinaryHeap<Queued>, with: impl Fn(u32) -> bool) {
        let Some(mut node) = self.nodes[a as usize].take() else { return };
        let neighbours = std::mem::take(&mut node.neighbours);
        for b in neighbours {
            let b = self.root(b);
            if b == a {
                continue;
            }
            if !with(b) {
                node.neighbours.push(b);
                continue;
            }
            let Some(other) = &self.nodes[b as usize] else { continue };
            let log_odds = weights.log_odds(&measure(&node.cluster, &other.cluster));
            if log_odds > FLOOR {
                node.neighbours.push(b);
                let (pair, versions) = if a < b {
                    ((a, b), [node.version, other.version])
                } else {
                    ((b, a), [other.version, node.version])
                };
                heap.push(Queued { log_odds: Ordered(log_odds), pair: Reverse(pair), versions });
            }
        }
        node.neighbours.sort_unstable();
        node.neighbours.dedup();
        self.nodes[a as usize] = Some(node);
    }
}
