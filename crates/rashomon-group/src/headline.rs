//! The headline of a story: what its reports say of it by now.

use crate::terms::each_term;
use rustc_hash::FxHashSet;

/// Terms that two headlines share which tell of one thing, at least.
const SHARED: usize = 2;
/// Headlines that are held against each other: of more, the newest.
const MOST: usize = 100;

/// The headline among those of a story's reports, each with when it stood so, in any order.
///
/// It is the newest one that tells what most of them tell: a toll that rose stands in it, and a comment, a question or what
/// came of it for somebody does not. How much it tells of the others is how many of them share two terms with it; three
/// quarters of what the best one has are enough (set by reading those of the demo and of a dozen invented stories; not measured).
/// Where no two meet, or none is dated, it is the one that meets most, the oldest of equals.
#[must_use]
pub fn headline<'a, T: Ord + Copy>(titles: impl IntoIterator<Item = (&'a str, Option<T>)>) -> Option<&'a str> {
    let mut titles: Vec<(&str, Option<T>)> = titles.into_iter().filter(|it| !it.0.trim().is_empty()).collect();
    // A headline that is repeated stands since it was first printed.
    titles.sort_by(|a, b| (a.1.is_none(), a.1, a.0).cmp(&(b.1.is_none(), b.1, b.0)));
    let mut seen = FxHashSet::default();
    titles.retain(|it| seen.insert(it.0));
    let dated = titles.partition_point(|it| it.1.is_some());
    titles.drain(..dated.saturating_sub(MOST));
    titles.truncate(MOST);
    let terms: Vec<FxHashSet<u32>> = titles.iter().map(|it| terms(it.0)).collect();
    let meets = |n: usize| {
        let others = terms.iter().enumerate().filter(|(m, _)| *m != n);
        others.filter(|(_, it)| it.intersection(&terms[n]).count() >= SHARED).count()
    };
    let met: Vec<usize> = (0..titles.len()).map(meets).collect();
    let most = met.iter().copied().max()?;
    let newest = (0..titles.len()).rev().find(|n| {
        let (title, at) = titles[*n];
        most > 0 && at.is_some() && 4 * met[*n] >= 3 * most && !title.trim_end().ends_with('?')
    });
    let n = newest.or_else(|| met.iter().position(|it| *it == most))?;
    Some(titles[n].0)
}

/// The terms of a headline, by their keys.
fn terms(title: &str) -> FxHashSet<u32> {
    let mut out = FxHashSet::default();
    each_term(title, |it| {
        out.insert(it.key);
    });
    out
}

#[cfg(test)]
mod tests {
    use super::headline;

    const FIRST: &str = "Ferry runs aground off Lindholm, at least 12 hurt";
    const LATER: &str = "Lindholm ferry: number of hurt rises to 23";

    #[test]
    fn the_newest_state_is_told() {
        let others =
            ["Ferry aground off Lindholm", "What the harbour means to the town", "Who steers the Lindholm ferry?"];
        let all =
            [(FIRST, Some(1)), (LATER, Some(3)), (others[0], Some(2)), (others[1], Some(4)), (others[2], Some(5))];
        assert_eq!(headline(all), Some(LATER));
        let mut turned = all;
        turned.reverse();
        assert_eq!(headline(turned), Some(LATER));
    }

    #[test]
    fn what_is_printed_again_is_no_newer() {
        assert_eq!(headline([(FIRST, Some(1)), (LATER, Some(3)), (FIRST, Some(4))]), Some(LATER));
    }

    #[test]
    fn the_oldest_stands_where_none_meet_or_none_is_dated() {
        assert_eq!(headline([("Harbour closed", Some(2)), (FIRST, Some(1)), ("", Some(0))]), Some(FIRST));
        assert_eq!(headline([(LATER, None::<i64>), (FIRST, None)]), Some(FIRST));
        assert_eq!(headline([("", None::<i64>)]), None);
    }
}
