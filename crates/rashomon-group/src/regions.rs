//! Which articles must be grouped anew, and how: all at first, later those that new articles have an effect on.
//!
//! Clusters are joined in order of how sure a join is, so what is far apart has no effect on each other, but how far an
//! effect goes shows only in the joining. A region is grouped anew together with the stories that border on it. A bordering
//! story that comes out as it was has nothing to do with the region: none of its clusters was ever sure enough to be joined
//! with one of the region, and beyond it nothing has changed. One that does not is looked at in turn, with what borders on
//! it. When all come out as they were, all articles are as if they had been grouped at once.

use crate::candidates::Near;
use crate::cluster::Cluster;
use crate::faults::Faults;
use crate::linkage::{Limits, NEVER, Proposal, Ways, Weights, link};
use crate::parents::root;
use crate::pins::Resolved;
use crate::record::Record;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Articles, what is near each, and how they are joined.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// In order of time.
    pub(crate) records: &'a [Record],
    pub(crate) near: &'a [Near],
    pub(crate) weights: &'a Weights,
    pub(crate) limits: Limits,
    pub(crate) pins: &'a Resolved,
    pub(crate) faults: &'a Faults<'a>,
}

/// Some articles, in order, and the pairs of them that are worth joining, by place among them, with their log-odds.
pub(crate) struct Region {
    pub(crate) articles: Vec<u32>,
    pub(crate) edges: Vec<(u32, u32, f32)>,
}

/// Articles in groups.
pub(crate) struct Groups {
    /// Members of each group, in order; groups in order of their first member.
    pub(crate) groups: Vec<Vec<u32>>,
    /// For each article of the region, in order, the surest edge inside its group, with its log-odds.
    pub(crate) surest: FxHashMap<u32, (u32, f32)>,
}

impl Field<'_> {
    /// The cluster of one article.
    pub(crate) fn cluster(&self, n: u32) -> Cluster {
        let record = &self.records[n as usize];
        Cluster::of(&record.terms, self.near[n as usize].similarity, record.day)
    }

    /// All articles.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub(crate) fn all(&self) -> Region {
        self.region((0..self.records.len() as u32).collect())
    }

    /// The region of `articles`, which are in order.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub(crate) fn region(&self, articles: Vec<u32>) -> Region {
        let mut place = vec![u32::MAX; self.records.len()];
        for (n, article) in articles.iter().enumerate() {
            place[*article as usize] = n as u32;
        }
        let inside = |n: u32, m: u32| {
            let (a, b) = (place[n as usize], place[m as usize]);
            (b != u32::MAX && self.known_once(n, m)).then(|| (a.min(b), a.max(b)))
        };
        let edges = articles
            .par_chunks((articles.len() / rayon::current_num_threads()).clamp(256, 1024))
            .flat_map_iter(|part| {
                let mut edges = Vec::new();
                self.each_edge(
                    part,
                    |n| &self.near[n as usize].articles,
                    inside,
                    |pair, odds| {
                        edges.push((pair.0, pair.1, odds));
                    },
                );
                edges
            })
            .collect();
        Region { articles, edges }
    }

    /// Calls `take` with what `wanted` makes of each pair of one of `part` and one of its `others`, and their log-odds, if
    /// they are worth joining.
    fn each_edge<'b, T>(
        &self,
        part: &[u32],
        others: impl Fn(u32) -> &'b [u32],
        wanted: impl Fn(u32, u32) -> Option<T>,
        mut take: impl FnMut(T, f32),
    ) {
        // Near articles are near in time, so those of one part have most of their neighbours in common.
        let mut known: FxHashMap<u32, Cluster> = FxHashMap::default();
        for n in part {
            if known.len() > 2048 {
                known.clear();
            }
            for m in others(*n) {
                let Some(it) = wanted(*n, *m) else { continue };
                if [n, m].iter().any(|it| self.near[**it as usize].is_lost()) {
                    continue;
                }
                let mut compare = || {
                    for it in [n, m] {
                        known.entry(*it).or_insert_with(|| self.cluster(*it));
                    }
                    let (own, other) = (&known[n], &known[m]);
                    if n < m { self.weights.odds(own, other) } else { self.weights.odds(other, own) }
                };
                let odds = self.faults.pair(self.records, *n, *m, &mut compare).unwrap_or(NEVER);
                if odds > self.limits.edge {
                    #[allow(clippy::cast_possible_truncation, reason = "an order needs no more")]
                    take(it, odds as f32);
                }
            }
        }
    }

    /// Whether the pair is to be taken from the list of `n`: always if `m` does not know `n`, else from the lower one.
    fn known_once(&self, n: u32, m: u32) -> bool {
        n < m || !self.near[m as usize].articles.contains(&n)
    }

    /// Whether `n`, which was near to what `before` says, has other edges now.
    pub(crate) fn matters(&self, n: u32, before: &Near) -> bool {
        let now = &self.near[n as usize];
        if now.similarity != before.similarity {
            return true;
        }
        let only =
            |a: &Near, b: &Near| a.articles.iter().copied().filter(|m| !b.articles.contains(m)).collect::<Vec<_>>();
        let differing = [only(now, before), only(before, now)].concat();
        differing.into_iter().any(|m| {
            let mut edge = false;
            self.each_edge(&[n], |_| std::slice::from_ref(&m), |_, _| Some(()), |(), _| edge = true);
            edge
        })
    }

    /// Groups what `changed`, given the `story` of each article that had one: a number that its members have in common.
    ///
    /// Returns the articles that were grouped and are not all in the stories they had, with their groups.
    pub(crate) fn regroup(&self, changed: &[u32], story: &[u32]) -> Groups {
        let pinned = self.pins.join.iter().chain(&self.pins.part).flat_map(|(a, b)| [*a, *b]);
        let mut begin: Vec<u32> = changed.iter().copied().chain(pinned).collect();
        let backward = Backward::new(self.near);
        let mut stories = Stories::new(story);
        let mut surest = FxHashMap::default();
        let mut regrouped: FxHashSet<u32> = FxHashSet::default();
        let mut rounds = 0;
        while !begin.is_empty() {
            rounds += 1;
            if rounds > ROUNDS {
                begin.extend(&regrouped);
            }
            let within: FxHashSet<u32> = begin.iter().flat_map(|n| stories.members(*n)).collect();
            let mut inner: Vec<u32> = within.iter().copied().collect();
            inner.sort_unstable();
            let touched: Vec<u32> = inner
                .par_chunks(256)
                .flat_map_iter(|part| {
                    let mut touched = Vec::new();
                    let outside = |_: u32, m: u32| (!within.contains(&m)).then_some(m);
                    self.each_edge(part, |n| &self.near[n as usize].articles, outside, |m, _| touched.push(m));
                    self.each_edge(part, |n| backward.of(n), outside, |m, _| touched.push(m));
                    touched
                })
                .collect();
            let mut articles = inner;
            articles.extend(touched.iter().flat_map(|n| stories.members(*n)));
            articles.sort_unstable();
            articles.dedup();
            let found = self.groups(&self.region(articles), |it| it.log_odds >= self.weights.threshold);
            // Beyond the border all is as it was, but for the stories that did not come out as they were.
            begin.clear();
            let mut new: Vec<&Vec<u32>> = Vec::new();
            for group in &found.groups {
                let crossed = || {
                    let mut before: Vec<u32> = stories.members(group[0]).collect();
                    before.sort_unstable();
                    before != *group
                };
                if group.iter().any(|n| within.contains(n)) || crossed() {
                    new.push(group);
                    begin.extend(group.iter().filter(|n| !within.contains(n)));
                }
            }
            for group in new {
                stories.set(group);
                for n in group {
                    regrouped.insert(*n);
                    match found.surest.get(n) {
                        Some(it) => surest.insert(*n, *it),
                        None => surest.remove(n),
                    };
                }
            }
        }
        let mut articles: Vec<u32> = regrouped.into_iter().collect();
        articles.sort_unstable();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for n in articles {
            let mut group: Vec<u32> = stories.members(n).collect();
            group.sort_unstable();
            // A group is taken up at its first member.
            if group[0] == n {
                groups.push(group);
            }
        }
        Groups { groups, surest }
    }

    /// The groups of a region.
    pub(crate) fn groups(&self, region: &Region, decide: impl Fn(&Proposal<'_>) -> bool + Sync) -> Groups {
        let mut groups: Vec<Vec<u32>> = self
            .components(region)
            .into_par_iter()
            .flat_map_iter(|part| {
                if part.articles.len() == 1 {
                    return vec![part.articles];
                }
                let articles = part.articles.clone();
                let grouped = self.faults.part(&articles, || self.component_groups(part, &decide));
                grouped.unwrap_or_else(|| articles.into_iter().map(|it| vec![it]).collect())
            })
            .collect();
        groups.par_sort_unstable();
        let mut group_of: FxHashMap<u32, u32> = FxHashMap::default();
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        for (n, group) in groups.iter().enumerate() {
            group_of.extend(group.iter().map(|it| (*it, n as u32)));
        }
        let mut surest: FxHashMap<u32, (u32, f32)> = FxHashMap::default();
        for (a, b, odds) in &region.edges {
            let (a, b) = (region.articles[*a as usize], region.articles[*b as usize]);
            if group_of[&a] == group_of[&b] {
                for (it, other) in [(a, b), (b, a)] {
                    let best = surest.entry(it).or_insert((other, *odds));
                    if best.1 < *odds || (best.1 == *odds && other < best.0) {
                        *best = (other, *odds);
                    }
                }
            }
        }
        Groups { groups, surest }
    }

    /// The connected parts of a region, in order of their first article; pins connect, too.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub(crate) fn components(&self, region: &Region) -> Vec<Region> {
        let count = region.articles.len();
        let mut parent: Vec<u32> = (0..count as u32).collect();
        let pins: Vec<(u32, u32)> = self.pins.local(&region.articles).join;
        for (a, b) in region.edges.iter().map(|(a, b, _)| (a, b)).chain(pins.iter().map(|(a, b)| (a, b))) {
            let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
            parent[a.max(b) as usize] = a.min(b);
        }
        let mut place = vec![u32::MAX; count];
        let mut within = vec![0_u32; count];
        let mut all: Vec<Region> = Vec::new();
        for n in 0..count as u32 {
            let first = root(&mut parent, n) as usize;
            if place[first] == u32::MAX {
                place[first] = all.len() as u32;
                all.push(Region { articles: Vec::new(), edges: Vec::new() });
            }
            let part = &mut all[place[first] as usize];
            within[n as usize] = part.articles.len() as u32;
            part.articles.push(region.articles[n as usize]);
        }
        for (a, b, odds) in &region.edges {
            let first = root(&mut parent, *a) as usize;
            all[place[first] as usize].edges.push((within[*a as usize], within[*b as usize], *odds));
        }
        all
    }

    /// The groups of one connected part.
    pub(crate) fn component_groups(
        &self,
        part: Region,
        mut decide: impl FnMut(&Proposal<'_>) -> bool,
    ) -> Vec<Vec<u32>> {
        let Region { articles, edges } = part;
        if articles.len() == 1 {
            return vec![articles];
        }
        let pins = self.pins.local(&articles);
        let decide = |it: &Proposal<'_>| decide(it) && !pins.forbids(it.members[0], it.members[1]);
        let cluster = |n: u32| self.cluster(articles[n as usize]);
        let compare = |[a, b]: [u32; 2], own: &Cluster, other: &Cluster| {
            let [a, b] = [a, b].map(|n| articles[n as usize]);
            self.faults.pair(self.records, a, b, || self.weights.odds(own, other)).unwrap_or(NEVER)
        };
        let merge = |[a, b]: [u32; 2], own: &Cluster, other: &Cluster| {
            let [a, b] = [a, b].map(|n| articles[n as usize]);
            self.faults.pair(self.records, a, b, || own.merge(other))
        };
        link(articles.len(), cluster, &edges, &pins.join, Ways { compare, merge }, self.limits, decide)
            .into_iter()
            .map(|group| {
                let mut it: Vec<u32> = group.into_iter().map(|n| articles[n as usize]).collect();
                it.sort_unstable();
                it
            })
            .collect()
    }
}

/// Rounds after which a region only grows, so that there is an end.
const ROUNDS: usize = 8;

/// Who knows whom the other way round: for each article those that it is near to.
struct Backward {
    starts: Vec<u32>,
    articles: Vec<u32>,
}

impl Backward {
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits, neighbours a few for each")]
    fn new(near: &[Near]) -> Self {
        let mut starts = vec![0_u32; near.len() + 1];
        for m in near.iter().flat_map(|it| &it.articles) {
            starts[*m as usize + 1] += 1;
        }
        for n in 0..near.len() {
            starts[n + 1] += starts[n];
        }
        let mut next = starts.clone();
        let mut articles = vec![0; starts[near.len()] as usize];
        for (n, it) in near.iter().enumerate() {
            for m in &it.articles {
                articles[next[*m as usize] as usize] = n as u32;
                next[*m as usize] += 1;
            }
        }
        Self { starts, articles }
    }

    fn of(&self, n: u32) -> &[u32] {
        &self.articles[self.starts[n as usize] as usize..self.starts[n as usize + 1] as usize]
    }
}

/// The members of stories, each with the next one; the last with the first.
struct Stories(Vec<u32>);

impl Stories {
    /// By the number that the members of a story have in common; `u32::MAX` is none.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    fn new(story: &[u32]) -> Self {
        let mut next: Vec<u32> = (0..story.len() as u32).collect();
        let mut last: FxHashMap<u32, u32> = FxHashMap::default();
        for (n, it) in story.iter().enumerate().filter(|(_, it)| **it != u32::MAX) {
            if let Some(before) = last.insert(*it, n as u32) {
                next.swap(n, before as usize);
            }
        }
        Self(next)
    }

    fn members(&self, n: u32) -> impl Iterator<Item = u32> {
        let mut next = Some(n);
        std::iter::from_fn(move || {
            let it = next?;
            next = Some(self.0[it as usize]).filter(|it| *it != n);
            Some(it)
        })
    }

    /// Makes `group` a story. What its members were in must be set anew as a whole.
    fn set(&mut self, group: &[u32]) {
        for (n, it) in group.iter().enumerate() {
            self.0[*it as usize] = group[(n + 1) % group.len()];
        }
    }
}
