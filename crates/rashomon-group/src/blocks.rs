//! Stories by blocks of days, each linked for itself, with a proof that all of them together are the stories of one run.
//!
//! [`Cut`] says where the days are cut. Of each block all articles within a margin around it are linked ([`Grouper::link`]),
//! and of each article the story is taken from the block that it lies in. That alone would be a guess. The proof is at the
//! borders: around each lies a strip wider than the window of time, and both blocks say which stories touch it ([`Border`]).
//! Where they say the same, no pair of near articles leads across but by those stories, in neither run anything of the one
//! side was joined with anything of the other, and whether two clusters are joined depends on these two alone, the surest
//! pair first; so one run over all meets the same pairs of clusters and joins them alike. Where they do not ([`unsettled`]),
//! both blocks are linked again with a larger margin; a border that never settles is a failure that names its day.
//!
//! Not for articles without a day, which look for what is near among all, nor for pins, which may tie far days together:
//! [`Grouper::link`] refuses them.

use crate::candidates::{WINDOW_DAYS, nearest_of};
use crate::faults::{Faults, NOTHING};
use crate::grouper::{Grouper, Placement, probability};
pub use crate::ids::{Name, numbered};
use crate::linkage::{Limits, Weights};
use crate::pins::Resolved;
use crate::record::Record;
use crate::regions::Field;
use crate::rules;
use rashomon_model::{Note, Rule};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// Days from a border to either end of its strip: together more than the window.
const HALF_STRIP: i32 = WINDOW_DAYS / 2 + 1;
/// Days of a block at least: strips do not overlap.
const LEAST_DAYS: i32 = 2 * HALF_STRIP + 1;
/// How often the margin of a block may double.
const DOUBLED: u32 = 4;

/// Where the days are cut into blocks: the first day of each but the first. The first and the last have no end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    borders: Vec<i32>,
}

impl Cut {
    /// Days around a block that are linked with it. On the pool of 37,554 articles laid over 20 to 2,000 days it settles
    /// all borders at once.
    pub const MARGIN: i32 = 20;
    /// The least margin: strips lie inside of what both neighbours link.
    pub const LEAST_MARGIN: i32 = HALF_STRIP;

    /// Cut before each of `days` (since 1970), but where the block would be too short.
    #[must_use]
    pub fn before(days: impl IntoIterator<Item = i32>) -> Self {
        let mut sorted: Vec<i32> = days.into_iter().collect();
        sorted.sort_unstable();
        let mut borders: Vec<i32> = Vec::new();
        for day in sorted {
            if borders.last().is_none_or(|last| day - last >= LEAST_DAYS) {
                borders.push(day);
            }
        }
        Self { borders }
    }

    /// Cut so that each block but the last has at least so many `articles` and `least_days`; `counts` is the number of
    /// articles of each day.
    #[must_use]
    pub fn even(counts: &BTreeMap<i32, u64>, articles: u64, least_days: i32) -> Self {
        let mut borders: Vec<i32> = Vec::new();
        let (mut begin, mut held) = (counts.keys().next().copied().unwrap_or_default(), 0);
        for (day, count) in counts {
            if held >= articles && day - begin >= least_days.max(LEAST_DAYS) {
                borders.push(*day);
                (begin, held) = (*day, 0);
            }
            held += count;
        }
        Self { borders }
    }

    /// The days before which it is cut.
    #[must_use]
    pub fn borders(&self) -> &[i32] {
        &self.borders
    }

    /// Number of blocks.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.borders.len() + 1
    }

    /// The block that `day` lies in.
    #[must_use]
    pub fn home(&self, day: i32) -> usize {
        self.borders.partition_point(|it| *it <= day)
    }

    /// The blocks that need an article of `day` when they are linked with `margin` days around them.
    #[must_use]
    pub fn needed_in(&self, day: i32, margin: i32) -> Range<usize> {
        let reach = Self::reach(margin);
        self.home(day.saturating_sub(reach))..self.home(day.saturating_add(reach)) + 1
    }

    /// The days whose articles a block needs when it is linked with `margin` days around it, as in [`Cut::needed_in`].
    #[must_use]
    pub fn needed_by(&self, block: usize, margin: i32) -> Range<i32> {
        let (days, reach) = (self.days(block), Self::reach(margin));
        days.start.saturating_sub(reach)..days.end.saturating_add(reach)
    }

    /// How far from a block the articles are that it needs.
    fn reach(margin: i32) -> i32 {
        margin.max(Self::LEAST_MARGIN).saturating_add(WINDOW_DAYS)
    }

    /// The blocks that have to be linked again after these digests at borders, each with twice its margin: none if all agree.
    /// `margins` are the present ones of all blocks, `first` the one of the first round.
    ///
    /// # Errors
    /// If a margin would grow beyond [`Cut::most_margin`].
    pub fn wider(
        &self,
        margins: &BTreeMap<usize, i32>,
        first: i32,
        said: impl IntoIterator<Item = (i32, u64)>,
    ) -> Result<BTreeMap<usize, i32>, Unlinkable> {
        let days = unsettled(said);
        let blocks = days.iter().map(|it| self.home(*it)).flat_map(|n| [n.saturating_sub(1), n]);
        let present = |n: usize| margins.get(&n).copied().unwrap_or(first).max(Self::LEAST_MARGIN);
        let again: BTreeMap<usize, i32> = blocks.map(|n| (n, present(n).saturating_mul(2))).collect();
        if again.values().any(|it| *it > Self::most_margin(first)) {
            return Err(Unlinkable::Unsettled(days));
        }
        Ok(again)
    }

    /// How far the margin of a block may grow that begins with `first`.
    #[must_use]
    pub fn most_margin(first: i32) -> i32 {
        first.max(Self::LEAST_MARGIN).saturating_mul(1 << DOUBLED)
    }

    /// The days of a block.
    fn days(&self, block: usize) -> Range<i32> {
        let before = |n: usize| self.borders.get(n).copied();
        block.checked_sub(1).and_then(before).unwrap_or(i32::MIN)..before(block).unwrap_or(i32::MAX)
    }
}

/// Why articles cannot be linked by blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlinkable {
    /// An article has no day: it looks for what is near among all.
    Undated(String),
    /// There are pins, which may tie far days together.
    Pinned,
    /// Blocks on both sides of a border say otherwise of what lies there however large the margin: the days of such borders.
    Unsettled(Vec<i32>),
}

impl fmt::Display for Unlinkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undated(id) => write!(f, "the article {id} has no day: blocks of days are for dated articles only"),
            Self::Pinned => write!(f, "pins may tie far days together: blocks of days are not for them"),
            Self::Unsettled(days) => {
                let days: Vec<String> = days.iter().map(|it| date(*it)).collect();
                write!(f, "the stories at the borders of blocks never agreed before {}", days.join(", "))
            }
        }
    }
}

impl std::error::Error for Unlinkable {}

fn date(day: i32) -> String {
    let it = jiff::civil::Date::constant(1970, 1, 1);
    it.checked_add(jiff::Span::new().days(day)).map_or_else(|_| day.to_string(), |it| it.to_string())
}

/// One article in its story, by names that hold in all blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The oldest article of the story.
    pub first: Name,
    /// The article.
    pub name: Name,
    /// As in [`Placement`].
    pub score: f64,
    /// As in [`Placement`].
    pub rule: Rule,
}

/// What a block says of the stories at one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// The first day behind the border.
    pub day: i32,
    /// Of the members of all stories that touch the strip.
    pub digest: u64,
    /// How many these are.
    pub stories: usize,
}

/// What was found of one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The articles that lie in it, in order.
    pub located: Vec<Located>,
    /// Its borders: two, at the ends one.
    pub borders: Vec<Border>,
    /// As in [`Placed::notes`](crate::Placed::notes); what lies at a border is told on both sides.
    pub notes: Vec<Note>,
}

impl Grouper {
    /// Links one block of `cut`. The articles are those which [`Cut::needed_in`] says the block needs, and may be more.
    ///
    /// # Errors
    /// If an article has no day or there are pins.
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    pub fn link(self, cut: &Cut, block: usize, margin: i32) -> Result<Linked, Unlinkable> {
        let margin = margin.max(Cut::LEAST_MARGIN);
        let home = cut.days(block);
        let (from, to) = (home.start.saturating_sub(margin), home.end.saturating_add(margin));
        let records = self.dated()?;
        let at = |day: i32| records.partition_point(|it| it.day.is_some_and(|it| it < day)) as u32;
        let wanted: Vec<u32> = (at(from)..at(to)).collect();
        let faults = Faults::new(NOTHING);
        let near = nearest_of(&records, &wanted, &faults);
        let (weights, pins) = (Weights::shipped(), Resolved::default());
        let limits = Limits::of(&weights);
        let field = Field { records: &records, near: &near, weights: &weights, limits, pins: &pins, faults: &faults };
        let found = field.groups(&field.region(wanted), |it| it.log_odds >= weights.threshold);
        let mut located = Vec::new();
        let ends = [home.start, home.end].into_iter().filter(|it| cut.borders.contains(it));
        let mut borders: Vec<Border> = ends.map(|day| Border { day, digest: 0, stories: 0 }).collect();
        for group in &found.groups {
            let first = group[0];
            for border in &mut borders {
                let strip = border.day - HALF_STRIP..border.day + HALF_STRIP;
                if group.iter().any(|n| records[*n as usize].day.is_some_and(|it| strip.contains(&it))) {
                    border.stories += 1;
                    border.digest = border.digest.wrapping_add(digest(group, &records));
                }
            }
            for n in group.iter().filter(|n| records[**n as usize].day.is_some_and(|it| home.contains(&it))) {
                let (score, rule) = match found.surest.get(n) {
                    _ if *n == first => (1.0, rules::OLDEST_REPORT),
                    Some((_, odds)) => (probability(f64::from(*odds)), rules::SAME_EVENT),
                    None => (0.0, rules::SAME_EVENT),
                };
                let name = |n: u32| Name::of(&records[n as usize]);
                located.push(Located { first: name(first), name: name(*n), score, rule });
            }
        }
        located.sort_unstable_by(|p, q| (&p.first, &p.name).cmp(&(&q.first, &q.name)));
        let notes = faults.notes(|n| records[n as usize].id.to_string());
        Ok(Linked { located, borders, notes })
    }

    /// The stories of all articles, block by block on all threads: those of [`Grouper::place`].
    ///
    /// # Errors
    /// If an article has no day, if there are pins, or if a border never settles.
    pub fn place_by_blocks(self, cut: &Cut, margin: i32) -> Result<Vec<Placement>, Unlinkable> {
        Ok(self.settle_by_blocks(cut, margin)?.0)
    }

    /// The same, with the days of the borders at which blocks had to be linked again, once for each time.
    #[doc(hidden)]
    pub fn settle_by_blocks(self, cut: &Cut, margin: i32) -> Result<(Vec<Placement>, Vec<i32>), Unlinkable> {
        let records = self.dated()?;
        let mut margins = BTreeMap::new();
        let mut todo: BTreeMap<usize, i32> = (0..cut.blocks()).map(|n| (n, margin)).collect();
        let mut linked: BTreeMap<usize, Linked> = BTreeMap::new();
        let mut again = Vec::new();
        while !todo.is_empty() {
            let part = |(block, margin): (&usize, &i32)| {
                let mut it = Grouper::new();
                let days = cut.needed_by(*block, *margin);
                records.iter().filter(|r| r.day.is_some_and(|day| days.contains(&day))).for_each(|r| {
                    it.add(r.clone());
                });
                Ok((*block, it.link(cut, *block, *margin)?))
            };
            linked.extend(todo.par_iter().map(part).collect::<Result<Vec<_>, Unlinkable>>()?);
            margins.append(&mut todo);
            let said = || linked.values().flat_map(|it| &it.borders).map(|it| (it.day, it.digest));
            todo = cut.wider(&margins, margin, said())?;
            again.extend(unsettled(said()));
        }
        let numbers = numbered(records.iter().map(Name::of).collect());
        let located = linked.into_values().flat_map(|it| it.located).collect();
        Ok((placements(located, &numbers), again))
    }

    /// The records in order; all have a day.
    fn dated(self) -> Result<Vec<Record>, Unlinkable> {
        if self.is_pinned() {
            return Err(Unlinkable::Pinned);
        }
        let mut records = self.into_records();
        records.par_sort_unstable_by(|a, b| a.order().cmp(&b.order()));
        match records.iter().find(|it| it.day.is_none()) {
            Some(it) => Err(Unlinkable::Undated(it.id().to_owned())),
            None => Ok(records),
        }
    }
}

/// The days of the borders of which not both blocks said the same, in order. `said` is the day and the digest of each
/// [`Border`].
#[must_use]
pub fn unsettled(said: impl IntoIterator<Item = (i32, u64)>) -> Vec<i32> {
    let mut by_day: BTreeMap<i32, Vec<u64>> = BTreeMap::new();
    said.into_iter().for_each(|(day, digest)| by_day.entry(day).or_default().push(digest));
    let settled = |it: &[u64]| it.len() == 2 && it[0] == it[1];
    by_day.into_iter().filter(|it| !settled(&it.1)).map(|it| it.0).collect()
}

/// The rows of all blocks as one table; `numbers` are those of [`numbered`].
#[must_use]
pub fn placements(mut located: Vec<Located>, numbers: &[(u64, u32)]) -> Vec<Placement> {
    let numbers: FxHashMap<u64, u32> = numbers.iter().copied().collect();
    let id = |it: Name| match numbers.get(&it.fingerprint) {
        Some(n) => format!("{}#{n}", it.id).into(),
        None => it.id,
    };
    located.par_sort_unstable_by(|p, q| (&p.first, &p.name).cmp(&(&q.first, &q.name)));
    let row = |it: Located| Placement { id: id(it.name), story: id(it.first), score: it.score, rule: it.rule };
    located.into_iter().map(row).collect()
}

/// Of the members of a story, which are in order.
fn digest(group: &[u32], records: &[Record]) -> u64 {
    let mix = |sum: u64, n: &u32| {
        (sum.rotate_left(29) ^ records[*n as usize].fingerprint()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let it = group.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    (it ^ (it >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}
