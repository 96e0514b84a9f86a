//! Many articles to stories, whatever the order they come in and in how many runs.

use crate::candidates::{Near, nearest, nearest_again};
use crate::faults::{Faults, NOTHING};
use crate::ids::{Name, numbered};
use crate::linkage::{Limits, Weights};
use crate::past::{Past, change};
use crate::pins::{Pins, Resolved};
use crate::record::Record;
use crate::regions::{Field, Groups};
use crate::rules;
use rashomon_model::{Note, Rule, math};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Articles on their way into stories.
#[derive(Clone, Debug, Default)]
pub struct Grouper {
    /// In the order in which they were added.
    records: Vec<Record>,
    known: FxHashSet<u64>,
    pins: Pins,
    past: Past,
    resumable: bool,
    remembering: bool,
}

/// What is kept of an article between runs by whoever keeps articles one by one, as a database does. Numbers are those of
/// the order in which articles were added in this run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// The articles it is near to, the nearest first.
    pub near: Vec<u32>,
    /// How near the nearest is, 0 to 1.
    pub similarity: f32,
    /// Whether even its rarest term stands in more articles than are looked at.
    pub crowded: bool,
    /// An article of its story, the same for all of them.
    pub story: u32,
    /// Log-odds of its surest join in the story; nothing for an article that stands alone.
    pub surest: Option<f32>,
}

/// Articles in their stories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// The oldest story first, in it the oldest article first, undated ones last.
    pub placements: Vec<Placement>,
    /// What has become of stories of earlier runs.
    pub events: Vec<Event>,
    /// Number of articles that were looked at again or for the first time.
    pub regrouped: usize,
    /// For [`Grouper::resume`]; empty unless the run was [`Grouper::resumable`].
    pub change: Vec<u8>,
    /// The ids of articles that share theirs with others, numbered, by [`Record::fingerprint`]: all ids with a `#`.
    pub numbered: Vec<(u64, Box<str>)>,
    /// After [`Grouper::remember`]: what is to be kept of the articles of which something changed, with their numbers, in
    /// order of number.
    pub remembered: Vec<(u32, Remembered)>,
    /// After [`Grouper::remember`]: the stories that were looked at again, whole, by the numbers of their articles.
    pub groups: Vec<Vec<u32>>,
    /// Which articles faults of the program kept from being placed, or two from being compared, by their ids.
    pub notes: Vec<Note>,
}

/// One article in its story.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The article.
    pub id: Box<str>,
    /// Its story: the id of the story's oldest article.
    pub story: Box<str>,
    /// Probability that it reports the same event as its nearest article in the story, 0 to 1; 1 for the oldest.
    pub score: f64,
    /// The rule that put it there.
    pub rule: Rule,
}

/// What has become of stories of earlier runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// `merge` or `split`.
    pub kind: &'static str,
    /// Stories before this run.
    pub before: Vec<String>,
    /// Stories after it.
    pub after: Vec<String>,
    /// Articles of earlier runs concerned.
    pub articles: usize,
}

impl Grouper {
    /// A grouper without articles.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an article; whether it was not there yet.
    pub fn add(&mut self, record: Record) -> bool {
        let new = self.known.insert(record.fingerprint());
        if new {
            self.records.push(record);
        }
        new
    }

    /// Whether the article with this [`Record::fingerprint`] is there.
    #[must_use]
    pub fn knows(&self, fingerprint: u64) -> bool {
        self.known.contains(&fingerprint)
    }

    /// Says that what this run changes is wanted, as another one is to go on from it.
    pub fn resumable(&mut self) {
        self.resumable = true;
    }

    /// Says that an earlier run ended here, with the articles added so far, and left `change` ([`Placed::change`]): they
    /// are in their stories and need not be placed again.
    ///
    /// Nothing if `change` is not what a run with these articles leaves. What a program with other weights left is passed
    /// over: all is placed anew.
    pub fn resume(&mut self, change: &[u8]) -> Option<()> {
        self.past.take(self.records.len(), change)
    }

    /// Says what is known of the articles added so far, one by one in their order: they are in their stories. For whoever
    /// gives a run only the articles that new ones may have to do with: those within three windows of time, and the stories
    /// these are in.
    pub fn remember(&mut self, known: Vec<Remembered>) {
        let count = known.len();
        debug_assert_eq!(count, self.records.len());
        self.remembering = true;
        self.past = Past::default();
        let mut lowest: FxHashMap<u32, u32> = FxHashMap::default();
        for (n, it) in (0_u32..).zip(&known) {
            lowest.entry(it.story).or_insert(n);
        }
        for it in known {
            self.past.story.push(lowest[&it.story]);
            self.past.surest.push(it.surest);
            self.past.near.push(Near { articles: it.near.into(), similarity: it.similarity, crowded: it.crowded });
        }
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

    /// The stories of all articles, as [`Grouper::place`] finds them.
    #[must_use]
    pub fn stories(self) -> Vec<Placement> {
        self.place().placements
    }

    /// Puts all articles into stories: the same ones whether they came in one run or in many.
    ///
    /// After [`Grouper::resume`] only what new articles may have an effect on is looked at again.
    #[must_use]
    pub fn place(self) -> Placed {
        self.place_with(NOTHING)
    }

    /// The same, with what is called with each article (twice) before it is looked for, and with two before they are compared: a
    /// test puts a fault there.
    #[doc(hidden)]
    #[must_use]
    pub fn place_with(self, before: &(dyn Fn(&Record, &Record) + Sync)) -> Placed {
        let faults = Faults::new(before);
        let weights = Weights::shipped();
        let (resumable, remembering) = (self.resumable, self.remembering);
        let InOrder { records, arrival, pins, mut past } = self.in_order();
        let fresh: Vec<bool> = past.story.iter().map(|it| *it == u32::MAX).collect();
        let first_run = fresh.iter().all(|it| *it);
        let limits = Limits::of(&weights);
        let mut changed: Vec<u32> = Vec::new();
        let found = if first_run {
            past.near = nearest(&records, &faults);
            changed.extend((0_u32..).take(records.len()));
            let field =
                Field { records: &records, near: &past.near, weights: &weights, limits, pins: &pins, faults: &faults };
            field.groups(&field.all(), |it| it.log_odds >= weights.threshold)
        } else {
            let mut held: Vec<(u32, Near)> = Vec::new();
            for (n, near) in nearest_again(&records, &past.near, &fresh, &faults) {
                if fresh[n as usize] || past.near[n as usize] != near {
                    changed.push(n);
                    held.push((n, std::mem::replace(&mut past.near[n as usize], near)));
                }
            }
            let field =
                Field { records: &records, near: &past.near, weights: &weights, limits, pins: &pins, faults: &faults };
            held.retain(|(n, before)| fresh[*n as usize] || field.matters(*n, before));
            let begin: Vec<u32> = held.iter().map(|it| it.0).collect();
            field.regroup(&begin, &past.story)
        };
        let events = events(&records, &found, &past.story);
        for group in &found.groups {
            for n in group {
                past.story[*n as usize] = group[0];
                past.surest[*n as usize] = found.surest.get(n).map(|it| it.1);
            }
        }
        let regrouped = found.groups.iter().map(Vec::len).sum();
        let change = if resumable { change(&arrival, &past, &changed, &found.groups) } else { Vec::new() };
        let remembered = if remembering { remembered(&arrival, &past, &changed, &found.groups) } else { Vec::new() };
        let by_number = |group: &Vec<u32>| group.iter().map(|n| arrival[*n as usize]).collect();
        let groups = if remembering { found.groups.iter().map(by_number).collect() } else { Vec::new() };
        drop((found, changed, std::mem::take(&mut past.near)));
        let numbered = records.iter().filter(|it| it.id.contains('#'));
        let numbered = numbered.map(|it| (it.fingerprint(), it.id.clone())).collect();
        Placed {
            placements: placements(&records, &past, &pins),
            events,
            regrouped,
            change,
            numbered,
            remembered,
            groups,
            notes: faults.notes(|n| records[n as usize].id.to_string()),
        }
    }

    /// The articles in the order in which they were added.
    pub(crate) fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// Whether there are pins.
    pub(crate) fn is_pinned(&self) -> bool {
        self.pins != Pins::default()
    }

    /// The ids of articles that share theirs with others, numbered, as in [`Placed::numbered`], without placing any.
    #[must_use]
    pub fn numbered(&self) -> Vec<(u64, Box<str>)> {
        let numbers: FxHashMap<u64, u32> = numbered(self.records.iter().map(Name::of).collect()).into_iter().collect();
        let called = |it: &Record| numbers.get(&it.fingerprint()).map(|n| format!("{}#{n}", it.id).into());
        self.records.iter().filter_map(|it| Some((it.fingerprint(), called(it)?))).collect()
    }

    /// The records by time, the undated last. Articles of one id that differ get `#2`, `#3` … behind the id.
    fn in_order(self) -> InOrder {
        #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
        let mut numbered: Vec<(Record, u32)> = self.records.into_iter().zip(0_u32..).collect();
        numbered.par_sort_unstable_by(|a, b| a.0.order().cmp(&b.0.order()));
        let (mut records, arrival): (Vec<Record>, Vec<u32>) = numbered.into_iter().unzip();
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
        let pins = self.pins.resolve(&records);
        let mut place = vec![0; arrival.len()];
        for (n, it) in (0_u32..).zip(&arrival) {
            place[*it as usize] = n;
        }
        let mut past = self.past;
        let mut near = vec![Near::default(); arrival.len()];
        for (n, mut it) in past.near.drain(..).enumerate() {
            it.articles.iter_mut().for_each(|m| *m = place[*m as usize]);
            near[place[n] as usize] = it;
        }
        let story = arrival.iter().map(|n| past.story.get(*n as usize).map_or(u32::MAX, |it| place[*it as usize]));
        let surest = arrival.iter().map(|n| past.surest.get(*n as usize).copied().flatten());
        let past = Past { near, story: story.collect(), surest: surest.collect() };
        InOrder { records, arrival, pins, past }
    }

    /// All records in order with what is near each and the pins: what a first run sees.
    pub(crate) fn looked_at(self) -> (Vec<Record>, Vec<Near>, Resolved) {
        let InOrder { records, pins, .. } = self.in_order();
        let near = nearest(&records, &Faults::new(NOTHING));
        (records, near, pins)
    }
}

/// What a run works on: articles, and what is known of them, in order of time.
struct InOrder {
    records: Vec<Record>,
    /// Number of each in the order in which they were added.
    arrival: Vec<u32>,
    pins: Resolved,
    past: Past,
}

/// What is to be kept of the articles that are near to others now, or in other stories.
fn remembered(arrival: &[u32], past: &Past, changed: &[u32], groups: &[Vec<u32>]) -> Vec<(u32, Remembered)> {
    let mut all: Vec<u32> = changed.iter().copied().chain(groups.iter().flatten().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let keep = |n: u32| {
        let near = &past.near[n as usize];
        let it = Remembered {
            near: near.articles.iter().map(|m| arrival[*m as usize]).collect(),
            similarity: near.similarity,
            crowded: near.crowded,
            story: arrival[past.story[n as usize] as usize],
            surest: past.surest[n as usize],
        };
        (arrival[n as usize], it)
    };
    let mut out: Vec<(u32, Remembered)> = all.into_iter().map(keep).collect();
    out.sort_unstable_by_key(|it| it.0);
    out
}

fn placements(records: &[Record], past: &Past, pins: &Resolved) -> Vec<Placement> {
    let mut starts: FxHashMap<u32, u32> = FxHashMap::default();
    let mut order: Vec<(u32, u32)> =
        (0_u32..).zip(&past.story).map(|(n, story)| (*starts.entry(*story).or_insert(n), n)).collect();
    order.sort_unstable();
    let pinned: FxHashSet<u32> = pins.join.iter().flat_map(|(a, b)| [*a, *b]).collect();
    order
        .into_iter()
        .map(|(first, n)| {
            let (score, rule) = match past.surest[n as usize] {
                _ if n == first => (1.0, rules::OLDEST_REPORT),
                _ if pinned.contains(&n) => (1.0, rules::PINNED),
                Some(log_odds) => (probability(f64::from(log_odds)), rules::SAME_EVENT),
                None => (0.0, rules::SAME_EVENT),
            };
            let id = |n: u32| records[n as usize].id.clone();
            Placement { id: id(n), story: id(first), score, rule }
        })
        .collect()
}

/// What has become of the stories that were grouped again. `story` is what each article had in common with the others of
/// its story.
fn events(records: &[Record], found: &Groups, story: &[u32]) -> Vec<Event> {
    let mut articles: Vec<u32> =
        found.groups.iter().flatten().copied().filter(|n| story[*n as usize] != u32::MAX).collect();
    articles.sort_unstable();
    let after: FxHashMap<u32, u32> =
        found.groups.iter().flat_map(|group| group.iter().map(|n| (*n, group[0]))).collect();
    // Stories are called by their oldest article; of those before, the oldest that was there.
    let mut oldest: FxHashMap<u32, u32> = FxHashMap::default();
    let mut into: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut from: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for n in &articles {
        let before = &*records[*oldest.entry(story[*n as usize]).or_insert(*n) as usize].id;
        let after = &*records[after[n] as usize].id;
        *into.entry(before).or_default().entry(after).or_default() += 1;
        *from.entry(after).or_default().entry(before).or_default() += 1;
    }
    let list = |ids: &BTreeMap<&str, usize>| ids.keys().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let merged = from.iter().filter(|(_, before)| before.len() > 1).map(|(story, before)| Event {
        kind: "merge",
        before: list(before),
        after: vec![(*story).to_owned()],
        articles: before.values().sum(),
    });
    let split = into.iter().filter(|(_, after)| after.len() > 1).map(|(story, after)| Event {
        kind: "split",
        before: vec![(*story).to_owned()],
        after: list(after),
        articles: after.values().sum(),
    });
    merged.chain(split).collect()
}

/// The probability with these log-odds, to six decimals.
#[must_use]
pub fn probability(log_odds: f64) -> f64 {
    (1e6 / (1.0 + math::exp(-log_odds))).round() / 1e6
}
