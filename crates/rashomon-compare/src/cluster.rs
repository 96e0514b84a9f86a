//! Which statements are one point.
//!
//! Agglomeration by average likeness with a check of the weakest: every statement of a point is like all the others, so
//! no chain of half-alike statements joins two points.

use rustc_hash::FxHashMap;

/// Likeness of two statements, by index; `i < j`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likeness {
    pub(crate) i: usize,
    pub(crate) j: usize,
    pub(crate) score: f32,
}

/// How alike statements must be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Floors {
    /// A pair below is never the reason to join.
    pub seed: f32,
    /// Mean over all pairs of the joined group.
    pub mean: f32,
    /// Any pair of the joined group.
    pub least: f32,
}

/// Groups `n` statements. `likeness` gives the score of a pair that was no candidate; `None` if it says nothing about
/// whether the two belong together.
///
/// Members of a group are checked against at most [`WITNESSES`] members of the other, which bounds the work for stories
/// where hundreds of reports carry one sentence.
pub(crate) fn cluster(
    n: usize,
    mut candidates: Vec<Likeness>,
    floors: Floors,
    mut likeness: impl FnMut(usize, usize) -> Option<f32>,
) -> Vec<Vec<usize>> {
    candidates.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.i, x.j).cmp(&(y.i, y.j))));
    let mut known: FxHashMap<(usize, usize), Option<f32>> =
        candidates.iter().map(|c| ((c.i, c.j), Some(c.score))).collect();
    let mut group_of: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for c in candidates.iter().take_while(|c| c.score >= floors.seed) {
        let (g, h) = (group_of[c.i], group_of[c.j]);
        if g == h {
            continue;
        }
        let (mut sum, mut count, mut least) = (0.0, 0.0, f32::INFINITY);
        'check: for i in witnesses(&members[g]) {
            for j in witnesses(&members[h]) {
                let key = (i.min(j), i.max(j));
                let Some(score) = *known.entry(key).or_insert_with(|| likeness(key.0, key.1)) else { continue };
                sum += score;
                count += 1.0;
                least = least.min(score);
                if least < floors.least {
                    break 'check;
                }
            }
        }
        if least >= floors.least && sum / count >= floors.mean {
            let (keep, gone) = if members[g].len() >= members[h].len() { (g, h) } else { (h, g) };
            let moved = std::mem::take(&mut members[gone]);
            moved.iter().for_each(|m| group_of[*m] = keep);
            members[keep].extend(moved);
        }
    }
    let mut out: Vec<Vec<usize>> = members.into_iter().filter(|m| !m.is_empty()).collect();
    out.iter_mut().for_each(|m| m.sort_unstable());
    out.sort();
    out
}

/// At most this many members of a group speak for it.
pub(crate) const WITNESSES: usize = 6;

/// Members that speak for a group: evenly spaced in the order they joined.
fn witnesses(members: &[usize]) -> Vec<usize> {
    let n = members.len();
    if n <= WITNESSES {
        return members.to_vec();
    }
    (0..WITNESSES).map(|k| members[k * (n - 1) / (WITNESSES - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOORS: Floors = Floors { seed: 0.5, mean: 0.5, least: 0.3 };

    fn groups(n: usize, pairs: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        let candidates = pairs.iter().map(|(i, j, score)| Likeness { i: *i, j: *j, score: *score }).collect();
        cluster(n, candidates, FLOORS, |_, _| Some(0.0))
    }

    #[test]
    fn a_chain_does_not_join() {
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.8)]), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn all_alike_join() {
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.4)]), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_weak_mean_does_not_join() {
        assert_eq!(groups(3, &[(0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.31)]), [vec![0, 1], vec![2]]);
    }
}
