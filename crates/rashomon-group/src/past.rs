//! What a run leaves to the next one: what each article was near to, and its story.
//!
//! Articles are numbered in the order in which they were added, which a state keeps. A run leaves only what it changed.

use crate::candidates::Near;
use crate::linkage::Weights;
use serde::{Deserialize, Serialize};

/// What earlier runs left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Past {
    /// For each article what it is near to.
    pub(crate) near: Vec<Near>,
    /// For each article the lowest number of its story.
    pub(crate) story: Vec<u32>,
    /// For each article the log-odds of its surest join in the story.
    pub(crate) surest: Vec<Option<f32>>,
}

/// What tells runs apart that would not place alike: anything that is learned or chosen.
fn recipe() -> u64 {
    // Raised with every change to how articles are placed.
    const PLACING: u64 = 1;
    Weights::shipped()
        .to_bytes()
        .iter()
        .fold(PLACING, |hash, byte| (hash.rotate_left(7) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// What one run changed, as a state holds it. Articles stand under their numbers in the order they were added.
#[derive(Serialize, Deserialize)]
struct Change {
    #[serde(with = "postcard::fixint::le")]
    recipe: u64,
    /// Number of all articles at the end of the run.
    count: u32,
    near: Vec<ChangedNear>,
    /// Stories that are new: each article with the log-odds of its surest join.
    groups: Vec<Vec<(u32, Option<f32>)>>,
}

#[derive(Serialize, Deserialize)]
struct ChangedNear {
    article: u32,
    similarity: f32,
    crowded: bool,
    articles: Vec<u32>,
}

/// What one run changed: of `changed` articles what they are near to, and `groups`, the stories that are new. `arrival` are
/// the numbers of all articles in the order they were added, `now` is what is known of them.
pub(crate) fn change(arrival: &[u32], now: &Past, changed: &[u32], groups: &[Vec<u32>]) -> Vec<u8> {
    let number = |n: &u32| arrival[*n as usize];
    let near = |n: &u32| {
        let it = &now.near[*n as usize];
        let articles = it.articles.iter().map(number).collect();
        ChangedNear { article: number(n), similarity: it.similarity, crowded: it.crowded, articles }
    };
    let member = |n: &u32| (number(n), now.surest[*n as usize]);
    let change = Change {
        recipe: recipe(),
        count: u32::try_from(arrival.len()).unwrap_or(u32::MAX),
        near: changed.iter().map(near).collect(),
        groups: groups.iter().map(|group| group.iter().map(member).collect()).collect(),
    };
    // Nothing that is written to memory fails.
    postcard::to_allocvec(&change).unwrap_or_default()
}

impl Past {
    /// Number of the articles that were placed.
    pub(crate) fn count(&self) -> usize {
        self.near.len()
    }

    /// Takes in the change of a run that ended with `count` articles; nothing if `bytes` are none.
    ///
    /// A run that placed by another recipe leaves nothing to rely on: all is forgotten.
    pub(crate) fn take(&mut self, count: usize, bytes: &[u8]) -> Option<()> {
        let (change, rest) = postcard::take_from_bytes::<Change>(bytes).ok()?;
        if change.recipe != recipe() {
            *self = Self::default();
            return Some(());
        }
        if !rest.is_empty() || change.count as usize != count || count < self.count() {
            return None;
        }
        let before = self.count();
        self.near.resize(count, Near::default());
        self.story.resize(count, u32::MAX);
        self.surest.resize(count, None);
        let mut fresh = 0;
        for ChangedNear { article, similarity, crowded, articles } in change.near {
            if articles.iter().any(|it| *it as usize >= count) {
                return None;
            }
            fresh += usize::from(article as usize >= before);
            *self.near.get_mut(article as usize)? = Near { articles: articles.into(), similarity, crowded };
        }
        for group in &change.groups {
            let lowest = group.iter().map(|(article, _)| *article).min()?;
            for (article, surest) in group {
                *self.story.get_mut(*article as usize)? = lowest;
                self.surest[*article as usize] = *surest;
            }
        }
        (fresh == count - before && !self.story.contains(&u32::MAX)).then_some(())
    }
}
