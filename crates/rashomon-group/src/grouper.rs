//! Many articles to stories, whatever the order they come in.

use crate::candidates::{Neighbour, neighbours};
use crate::cluster::{Cluster, measure};
use crate::linkage::{FLOOR, Proposal, Weights, link};
use crate::pins::{Pins, Resolved};
use crate::record::Record;
use rashomon_model::Rule;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Articles on their way into stories.
#[derive(Clone, Debug, Default)]
pub struct Grouper {
    records: Vec<Record>,
    pins: Pins,
}

/// One article in its story.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The article.
    pub id: String,
    /// Its story: the id of the story's oldest article.
    pub story: String,
    /// Probability that it reports the same event as its nearest article in the story, 0 to 1; 1 for the oldest.
    pub score: f64,
    /// The rule that put it there.
    pub rule: Rule,
    /// Of the article's record: see [`Record::fingerprint`].
    pub fingerprint: u64,
}

impl Grouper {
    /// A grouper without articles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article.
    pub fn add(&mut self, record: Record) {
        self.records.push(record);
    }

    /// Adds decisions that stand above everything measured.
    pub fn pin(&mut self, pins: &Pins) {
        self.pins = std::mem::take(&mut self.pins).and(pins);
    }

    /// Number of articles so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no article yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The stories of all articles: the oldest story first, in it the oldest article first, undated ones last.
    #[must_use]
    pub fn stories(mut self) -> Vec<Placement> {
        self.put_in_order();
        let pins = self.pins.resolve(&self.records);
        Linked::new(&self.records, &Weights::shipped(), &pins).placements(&self.records, &pins)
    }

    /// Puts the records in order: by time, the undated last; the same article only once.
    ///
    /// Articles of one id that differ get `#2`, `#3` … behind the id, in this order.
    pub(crate) fn put_in_order(&mut self) {
        let records = &mut self.records;
        records.par_sort_unstable_by(|a, b| a.order().cmp(&b.order()));
        records.dedup_by(|b, a| a.id == b.id && a.at == b.at && a.digest == b.digest);
        let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
        let mut again = Vec::new();
        for (n, record) in records.iter().enumerate() {
            let count = seen.entry(&record.id).or_default();
            *count += 1;
            if *count > 1 {
                again.push((n, *count));
            }
        }
        for (n, count) in again {
            records[n].id = format!("{}#{count}", records[n].id).into();
        }
    }

    pub(crate) fn pins(&self) -> &Pins {
        &self.pins
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }
}

/// Records and how they hang together.
pub(crate) struct Linked {
    /// Members of each group, in order of record; groups in order of their first record.
    pub(crate) groups: Vec<Vec<u32>>,
    /// For each record the surest edge inside its group, with its log-odds.
    pub(crate) nearest: Vec<Option<(u32, f64)>>,
}

/// Pairs worth joining, with the log-odds that the two report one event.
pub(crate) struct Graph {
    pub(crate) neighbours: Vec<Box<[Neighbour]>>,
    pub(crate) edges: Vec<(u32, u32, f32)>,
}

impl Graph {
    /// The pairs of `records`, which are in order.
    pub(crate) fn new(records: &[Record], weights: &Weights) -> Self {
        let near = neighbours(records);
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        let edges = (0..records.len() as u32)
            .into_par_iter()
            .with_min_len(64)
            .flat_map_iter(|n| {
                let fresh: Vec<u32> =
                    near[n as usize].iter().map(|it| it.article).filter(|m| known_once(&near, n, *m)).collect();
                if fresh.is_empty() {
                    return Vec::new();
                }
                let own = cluster(records, &near, n);
                let log_odds = |m: u32| weights.log_odds(&measure(&own, &cluster(records, &near, m)));
                let edge = |m: u32| (n.min(m), n.max(m), log_odds(m) as f32);
                fresh.into_iter().map(edge).filter(|it| f64::from(it.2) > FLOOR).collect()
            })
            .collect();
        Self { neighbours: near, edges }
    }
}

/// Whether the pair is to be taken from the list of `n`: always if `m` does not know `n`, else from the lower one.
fn known_once(neighbours: &[Box<[Neighbour]>], n: u32, m: u32) -> bool {
    n < m || !neighbours[m as usize].iter().any(|it| it.article == n)
}

pub(crate) fn cluster(records: &[Record], neighbours: &[Box<[Neighbour]>], n: u32) -> Cluster {
    let record = &records[n as usize];
    let nearest = neighbours[n as usize].first().map_or(0.0, |it| it.similarity);
    Cluster::of(&record.terms, nearest, record.day)
}

impl Linked {
    pub(crate) fn new(records: &[Record], weights: &Weights, pins: &Resolved) -> Self {
        Self::with_neighbours(records, weights, pins).0
    }

    pub(crate) fn with_neighbours(
        records: &[Record],
        weights: &Weights,
        pins: &Resolved,
    ) -> (Self, Vec<Box<[Neighbour]>>) {
        let mut graph = Graph::new(records, weights);
        graph.edges.extend(pins.join.iter().map(|(a, b)| (*a, *b, f32::NEG_INFINITY)));
        let components = components(records.len(), &graph.edges);
        let mut groups: Vec<Vec<u32>> = components
            .into_par_iter()
            .flat_map_iter(|part| {
                part.groups(records, &graph.neighbours, weights, pins, |it| it.log_odds >= weights.threshold)
            })
            .collect();
        groups.par_sort_unstable();
        let mut group_of = vec![0_u32; records.len()];
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        for (n, group) in groups.iter().enumerate() {
            group.iter().for_each(|a| group_of[*a as usize] = n as u32);
        }
        let mut nearest: Vec<Option<(u32, f64)>> = vec![None; records.len()];
        for (a, b, log_odds) in &graph.edges {
            if log_odds.is_finite() && group_of[*a as usize] == group_of[*b as usize] {
                for (it, other) in [(*a, *b), (*b, *a)] {
                    let best = &mut nearest[it as usize];
                    if best.is_none_or(|(_, known)| known < f64::from(*log_odds)) {
                        *best = Some((other, f64::from(*log_odds)));
                    }
                }
            }
        }
        (Self { groups, nearest }, graph.neighbours)
    }

    fn placements(&self, records: &[Record], pins: &Resolved) -> Vec<Placement> {
        let mut out = Vec::with_capacity(records.len());
        for group in &self.groups {
            let story = &records[group[0] as usize].id;
            for (n, it) in group.iter().enumerate() {
                let pinned = || pins.join.iter().any(|(a, b)| a == it || b == it);
                let (score, rule) = match (n, self.nearest[*it as usize]) {
                    (0, _) => (1.0, "oldest-report"),
                    _ if pinned() => (1.0, "pinned"),
                    (_, Some((_, log_odds))) => (probability(log_odds), "same-event"),
                    (_, None) => (0.0, "same-event"),
                };
                let record = &records[*it as usize];
                let (id, story) = (record.id.to_string(), story.to_string());
                out.push(Placement { id, story, score, rule, fingerprint: record.fingerprint });
            }
        }
        out
    }
}

/// The probability with these log-odds, to six decimals.
pub(crate) fn probability(log_odds: f64) -> f64 {
    (1e6 / (1.0 + (-log_odds).exp())).round() / 1e6
}

/// Records that hang together by edges.
pub(crate) struct Component {
    /// In order of record.
    pub(crate) members: Vec<u32>,
    /// Between positions in `members`.
    pub(crate) edges: Vec<(u32, u32)>,
}

impl Component {
    /// The groups of this component, as indices of records in order.
    pub(crate) fn groups(
        self,
        records: &[Record],
        neighbours: &[Box<[Neighbour]>],
        weights: &Weights,
        pins: &Resolved,
        mut decide: impl FnMut(&Proposal<'_>) -> bool,
    ) -> Vec<Vec<u32>> {
        let Self { members, edges } = self;
        if members.len() == 1 {
            return vec![members];
        }
        let clusters = members.iter().map(|n| cluster(records, neighbours, *n)).collect();
        let local = |pairs: &[(u32, u32)]| -> Vec<(u32, u32)> {
            let place = |n: &u32| members.binary_search(n).ok().and_then(|n| u32::try_from(n).ok());
            pairs.iter().filter_map(|(a, b)| Some((place(a)?, place(b)?))).collect()
        };
        let pins = Resolved { join: local(&pins.join), part: local(&pins.part) };
        let decide = |it: &Proposal<'_>| decide(it) && !pins.forbids(it.members[0], it.members[1]);
        link(clusters, &edges, &pins.join, weights, decide)
            .into_iter()
            .map(|group| {
                let mut it: Vec<u32> = group.into_iter().map(|n| members[n as usize]).collect();
                it.sort_unstable();
                it
            })
            .collect()
    }
}

/// The connected components of `count` records, in order of their first record.
#[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
pub(crate) fn components(count: usize, edges: &[(u32, u32, f32)]) -> Vec<Component> {
    let mut parent: Vec<u32> = (0..count as u32).collect();
    for (a, b, _) in edges {
        let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut place = vec![u32::MAX; count];
    let mut within = vec![0_u32; count];
    let mut all: Vec<Component> = Vec::new();
    for n in 0..count as u32 {
        let first = root(&mut parent, n) as usize;
        if place[first] == u32::MAX {
            place[first] = all.len() as u32;
            all.push(Component { members: Vec::new(), edges: Vec::new() });
        }
        let component = &mut all[place[first] as usize];
        within[n as usize] = component.members.len() as u32;
        component.members.push(n);
    }
    for (a, b, _) in edges {
        let first = root(&mut parent, *a) as usize;
        all[place[first] as usize].edges.push((within[*a as usize], within[*b as usize]));
    }
    all
}

/// The set `it` is in, paths halved on the way (Tarjan & van Leeuwen 1984).
pub(crate) fn root(parent: &mut [u32], mut it: u32) -> u32 {
    while parent[it as usize] != it {
        parent[it as usize] = parent[parent[it as usize] as usize];
        it = parent[it as usize];
    }
    it
}
