//! Do two reports tell the same facts in the same order, in other words?
//!
//! Runs of equal words too short for copying are set in order of place; where enough of them follow each other in the same
//! order in both texts, and some are turns of phrase that the rest of the story does not have, the two reports may have a
//! common source (or one is the other, back from another language). Independent reports of one event are as like, so
//! `story.rs` asks only where a report declares that it was made from another. Names and titles alone are no turn of phrase, and the
//! words of one speech, inside quotation marks, count little.

use crate::side::Side;
use crate::words::FUNCTION;
use crate::{Aligner, Run};
use rustc_hash::FxHashMap;

/// Facts in the same order in two texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sequence {
    /// The runs of equal words, in order in both texts.
    pub(crate) runs: Vec<Run>,
    /// Weight of all runs.
    pub(crate) weight: f64,
    /// Weight of the turns of phrase outside quotation marks.
    pub(crate) own: f64,
}

/// Number of texts that hold each run of three words.
pub(crate) fn frequencies<'a>(texts: impl Iterator<Item = &'a [u32]>) -> FxHashMap<[u32; 3], u32> {
    let mut out: FxHashMap<[u32; 3], u32> = FxHashMap::default();
    for text in texts {
        let mut seen: Vec<[u32; 3]> = text.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
        seen.sort_unstable();
        seen.dedup();
        for t in seen {
            *out.entry(t).or_default() += 1;
        }
    }
    out
}

/// The weightiest chain of facts that stand in the same order in both texts.
pub(crate) fn sequence(
    aligner: &mut Aligner,
    a: &Side<'_>,
    b: &Side<'_>,
    in_story: &FxHashMap<[u32; 3], u32>,
) -> Sequence {
    let runs = aligner.equal_runs(&a.words.hash, &b.words.hash);
    let weighed: Vec<(Run, f64, bool)> = runs.into_iter().filter_map(|r| weigh(a, b, r, in_story)).collect();
    // The chain of greatest weight, by dynamic programming over runs in order of the first text.
    let mut best: Vec<(f64, usize)> = Vec::with_capacity(weighed.len());
    for (n, (r, weight, _)) in weighed.iter().enumerate() {
        let mut it = (*weight, usize::MAX);
        for p in n.saturating_sub(256)..n {
            let before = &weighed[p].0;
            if before.a + before.len <= r.a && before.b + before.len <= r.b && best[p].0 + weight > it.0 {
                it = (best[p].0 + weight, p);
            }
        }
        best.push(it);
    }
    let mut at = (0..best.len()).max_by(|x, y| best[*x].0.total_cmp(&best[*y].0).then(y.cmp(x)));
    let mut out = Sequence { runs: Vec::new(), weight: 0.0, own: 0.0 };
    while let Some(n) = at {
        let (run, weight, own) = weighed[n];
        out.runs.push(run);
        out.weight += weight;
        out.own += if own { weight } else { 0.0 };
        at = Some(best[n].1).filter(|p| *p != usize::MAX);
    }
    out.runs.reverse();
    out
}

/// What a run of equal words weighs as a shared turn of phrase, and whether it stands outside quotation marks.
fn weigh(a: &Side<'_>, b: &Side<'_>, r: Run, in_story: &FxHashMap<[u32; 3], u32>) -> Option<(Run, f64, bool)> {
    let first = r.a as usize..(r.a + r.len) as usize;
    let stock =
        |s: &Side<'_>, from: u32| (from..from + r.len).any(|w| s.words.mark[w as usize] & crate::words::STOCK != 0);
    if stock(a, r.a) || stock(b, r.b) {
        return None;
    }
    let content = first.clone().filter(|w| a.words.mark[*w] & FUNCTION == 0).count();
    let lower = first.clone().filter(|w| a.words.mark[*w] & FUNCTION == 0 && begins_lower(a, *w)).count();
    if content < 2 || (r.len < 4 && lower == 0) {
        return None;
    }
    let rare = a.words.hash[first.clone()]
        .windows(3)
        .map(|t| in_story.get(&[t[0], t[1], t[2]]).copied().unwrap_or(2))
        .min()
        .unwrap_or(2);
    let own = (0..r.len).filter(|k| a.words.own((r.a + k) as usize) && b.words.own((r.b + k) as usize)).count() * 2
        > r.len as usize;
    let phrase = if own { (lower.min(4) as f64) + if r.len >= 6 { 1.0 } else { 0.0 } } else { 0.5 };
    if own && lower == 0 {
        return None;
    }
    Some((r, phrase / f64::from(rare.max(2) - 1), own))
}

fn begins_lower(s: &Side<'_>, word: usize) -> bool {
    s.words.span(word).text(s.text).chars().next().is_some_and(char::is_lowercase)
}
