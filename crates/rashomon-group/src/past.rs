//! What a run leaves to the next one: what each article was near to, and its story.
//!
//! Articles are numbered in the order in which they were added, which a state keeps. A run leaves only what it changed.

use crate::candidates::Near;
use crate::linkage::Weights;

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

/// What one run changed: of `changed` articles what they are near to, and `groups`, the stories that are new. `arrival` are
/// the numbers of all articles in the order they were added, `now` is what is known of them.
pub(crate) fn change(arrival: &[u32], now: &Past, changed: &[u32], groups: &[Vec<u32>]) -> Vec<u8> {
    let mut out = recipe().to_le_bytes().to_vec();
    let length = |out: &mut Vec<u8>, n: usize| out.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
    let number = |out: &mut Vec<u8>, n: u32| out.extend(arrival[n as usize].to_le_bytes());
    length(&mut out, arrival.len());
    length(&mut out, changed.len());
    for n in changed {
        let near = &now.near[*n as usize];
        number(&mut out, *n);
        out.extend(near.similarity.to_le_bytes());
        #[allow(clippy::cast_possible_truncation, reason = "some dozen")]
        out.push(near.articles.len() as u8 | u8::from(near.crowded) << 7);
        near.articles.iter().for_each(|it| number(&mut out, *it));
    }
    length(&mut out, groups.len());
    for group in groups {
        length(&mut out, group.len());
        for n in group {
            number(&mut out, *n);
            out.extend(now.surest[*n as usize].unwrap_or(f32::NAN).to_le_bytes());
        }
    }
    out
}

impl Past {
    /// Number of the articles that were placed.
    pub(crate) fn count(&self) -> usize {
        self.near.len()
    }

    /// Takes in the change of a run that ended with `count` articles; nothing if `bytes` are none.
    ///
    /// A run that placed by another recipe leaves nothing to rely on: all is forgotten.
    pub(crate) fn take(&mut self, count: usize, mut bytes: &[u8]) -> Option<()> {
        let mut next = |n: usize| -> Option<&[u8]> {
            let (head, rest) = bytes.split_at_checked(n)?;
            bytes = rest;
            Some(head)
        };
        if next(8)? != recipe().to_le_bytes() {
            *self = Self::default();
            return Some(());
        }
        let mut number = |n: &[u8]| u32::from_le_bytes([n[0], n[1], n[2], n[3]]);
        if number(next(4)?) as usize != count || count < self.count() {
            return None;
        }
        let before = self.count();
        self.near.resize(count, Near::default());
        self.story.resize(count, u32::MAX);
        self.surest.resize(count, None);
        let mut fresh = 0;
        for _ in 0..number(next(4)?) {
            let article = number(next(4)?) as usize;
            let similarity = f32::from_bits(number(next(4)?));
            let head = next(1)?[0];
            let articles = next(usize::from(head & 127) * 4)?.chunks_exact(4).map(&mut number).collect::<Box<[u32]>>();
            if articles.iter().any(|it| *it as usize >= count) {
                return None;
            }
            fresh += usize::from(article >= before);
            *self.near.get_mut(article)? = Near { articles, similarity, crowded: head > 127 };
        }
        for _ in 0..number(next(4)?) {
            let length = number(next(4)?) as usize;
            let members = next(length.checked_mul(8)?)?;
            let lowest = members.chunks_exact(8).map(&mut number).min()?;
            for it in members.chunks_exact(8) {
                let article = number(it) as usize;
                *self.story.get_mut(article)? = lowest;
                let surest = f32::from_bits(number(&it[4..]));
                self.surest[article] = (!surest.is_nan()).then_some(surest);
            }
        }
        (bytes.is_empty() && fresh == count - before && !self.story.contains(&u32::MAX)).then_some(())
    }
}
