//! What a trainer needs: joins as the linkage meets them, with the measures they are decided on.

use crate::candidates::Near;
use crate::cluster::MEASURES;
use crate::faults::{Faults, NOTHING};
use crate::grouper::Grouper;
use crate::linkage::{Limits, Weights};
use crate::parents::root;
use crate::pins::Resolved;
use crate::record::Record;
use crate::regions::Field;
use crate::terms::each_term;
use rashomon_model::math;
use std::collections::BTreeMap;

/// One possible join and whether it is right.
#[derive(Clone, Debug)]
pub struct Example {
    /// The measures between the two clusters.
    pub measures: [f64; MEASURES],
    /// Share of the pairs between them that belong together.
    pub right: f64,
    /// Articles in the smaller cluster.
    pub smaller: usize,
}

/// How the joins are chosen while examples are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// As the weights say, down to log-odds of -2.
    Free,
    /// Only right joins; wrong ones are met and refused.
    Guided,
}

/// Articles with their true story.
pub struct Labelled {
    records: Vec<Record>,
    near: Vec<Near>,
    pins: Resolved,
    stories: Vec<u32>,
}

impl Labelled {
    /// `articles` with the number of their story.
    #[must_use]
    pub fn new(articles: Vec<(Record, u32)>) -> Self {
        let story: BTreeMap<String, u32> = articles.iter().map(|(r, s)| (r.id().to_owned(), *s)).collect();
        let mut grouper = Grouper::new();
        for (record, _) in articles {
            grouper.add(record);
        }
        let (records, near, pins) = grouper.looked_at();
        let stories = records.iter().map(|r| story[r.id()]).collect();
        Self { records, near, pins, stories }
    }

    fn field<'a>(&'a self, weights: &'a Weights, faults: &'a Faults<'a>) -> Field<'a> {
        Field { records: &self.records, near: &self.near, weights, limits: Limits::WIDE, pins: &self.pins, faults }
    }

    /// The joins met on a walk with `weights`.
    #[must_use]
    pub fn examples(&self, weights: &Weights, walk: Walk) -> Vec<Example> {
        let faults = Faults::new(NOTHING);
        let field = self.field(weights, &faults);
        let mut out = Vec::new();
        for part in field.components(&field.all()) {
            let members = part.articles.clone();
            let _ = field.component_groups(part, |it| {
                let story = |n: &u32| self.stories[members[*n as usize] as usize];
                let [a, b] = it.members;
                let together: usize = a.iter().map(|x| b.iter().filter(|y| story(x) == story(y)).count()).sum();
                #[allow(clippy::cast_precision_loss, reason = "small counts")]
                let right = together as f64 / (a.len() * b.len()) as f64;
                if it.log_odds > -4.0 {
                    out.push(Example { measures: (it.measures)(), right, smaller: a.len().min(b.len()) });
                }
                match walk {
                    Walk::Free => it.log_odds > -2.0,
                    Walk::Guided => right == 1.0,
                }
            });
        }
        out
    }

    /// Groups with these weights at each of `thresholds`, which fall, as (predicted, true) story of each article.
    ///
    /// One walk serves all: the joins above a threshold are those before the first one below it.
    #[must_use]
    pub fn outcomes(&self, weights: &Weights, thresholds: &[f64]) -> Vec<Vec<(u32, u32)>> {
        let faults = Faults::new(NOTHING);
        let field = self.field(weights, &faults);
        let least = thresholds.iter().copied().fold(f64::INFINITY, f64::min);
        let mut joins: Vec<(f64, u32, u32)> = Vec::new();
        for part in field.components(&field.all()) {
            let members = part.articles.clone();
            let mut lowest = f64::INFINITY;
            let _ = field.component_groups(part, |it| {
                lowest = lowest.min(it.log_odds);
                if lowest < least {
                    return false;
                }
                let [a, b] = it.members.map(|of| members[of[0] as usize]);
                joins.push((lowest, a, b));
                true
            });
        }
        joins.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        #[allow(clippy::cast_possible_truncation, reason = "few articles")]
        let mut parent: Vec<u32> = (0..self.records.len() as u32).collect();
        let mut next = joins.iter().peekable();
        let mut at = |threshold: f64| {
            while let Some((_, a, b)) = next.next_if(|it| it.0 >= threshold) {
                let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
                parent[a.max(b) as usize] = a.min(b);
            }
            #[allow(clippy::cast_possible_truncation, reason = "few articles")]
            (0..self.records.len() as u32).map(|n| (root(&mut parent, n), self.stories[n as usize])).collect()
        };
        thresholds.iter().map(|it| at(*it)).collect()
    }
}

/// Counts in how many of the texts seen each term occurs.
#[derive(Clone, Debug, Default)]
pub struct Rarities {
    articles: u32,
    counts: BTreeMap<u32, u32>,
}

impl Rarities {
    /// Counts one article.
    pub fn add(&mut self, title: &str, text: &str) {
        let mut seen = std::collections::BTreeSet::new();
        for part in [title, text] {
            each_term(part, |it| {
                seen.insert(it.key);
            });
        }
        self.articles += 1;
        seen.into_iter().for_each(|k| *self.counts.entry(k).or_default() += 1);
    }

    /// The table as it is stored, of the terms that occur in `least` articles or more.
    #[must_use]
    pub fn to_bytes(&self, least: u32) -> Vec<u8> {
        let mut out = Vec::new();
        for (key, count) in self.counts.iter().filter(|(_, count)| **count >= least) {
            let rarity = math::ln(f64::from(self.articles + 1) / f64::from(count + 1)) + 1.0;
            out.extend(key.to_le_bytes());
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 16 and 256")]
            out.push((rarity * f64::from(crate::rarity::STEPS)).round().min(240.0) as u8);
        }
        out
    }
}
