//! Which articles stand near enough in time to one of another language to be held against it?
//!
//! A corpus may hold many thousand articles of one language and a handful of others: only what stands near these in time is
//! read for keys, counted and held against them. What is not dated stands near everything.

use super::Told;

/// Articles further apart than so many seconds are not held against each other: a translation comes out within days, and what
/// takes a passage from another language within weeks.
const NEAR: i64 = 30 * 86_400;
/// Places for languages with a lexicon.
const LANGUAGES: usize = 16;

/// Whether articles of these times are held against each other.
pub(crate) fn is_near(a: Option<i64>, b: Option<i64>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.abs_diff(b) <= NEAR.unsigned_abs())
}

/// The articles that are near one of another language, of those whose languages can be held against each other, in order.
pub(crate) fn near(told: &[Told]) -> Vec<usize> {
    let place = |it: &Told| it.language.number().min(LANGUAGES - 1);
    // By language, the times in order, and whether one has none.
    let mut times: [Vec<i64>; LANGUAGES] = Default::default();
    let mut undated = [false; LANGUAGES];
    for it in told.iter().filter(|it| it.language.crosses()) {
        match it.at {
            Some(at) => times[place(it)].push(at),
            None => undated[place(it)] = true,
        }
    }
    times.iter_mut().for_each(|it| it.sort_unstable());
    let meets = |it: &Told| {
        let of_other = |l: usize| match it.at {
            None => undated[l] || !times[l].is_empty(),
            Some(at) => {
                let from = times[l].partition_point(|other| *other < at.saturating_sub(NEAR));
                undated[l] || times[l].get(from).is_some_and(|other| is_near(Some(at), Some(*other)))
            }
        };
        it.language.crosses() && (0..LANGUAGES).any(|l| l != place(it) && of_other(l))
    };
    (0..told.len()).filter(|n| meets(&told[*n])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::Language;

    const DAY: i64 = 86_400;

    #[test]
    fn what_is_near_one_of_another_language_is_taken() {
        for (articles, wanted) in [
            (&[("en", Some(0)), ("es", Some(5)), ("en", Some(80)), ("en", Some(35))][..], &[0, 1, 3][..]),
            (&[("en", Some(0)), ("es", None), ("en", Some(800)), ("en", None)], &[0, 1, 2, 3]),
            (&[("en", None), ("es", Some(5)), ("en", Some(800))], &[0, 1]),
            (&[("en", Some(0)), ("en", None)], &[]),
            (&[("en", Some(0)), ("qx", Some(0)), ("qx", None)], &[]),
            (&[("es", Some(100)), ("uk", Some(130)), ("en", Some(161))], &[0, 1]),
        ] {
            let told: Vec<Told> = articles
                .iter()
                .map(|(code, day)| Told { language: Language::of(Some(code)), at: day.map(|it: i64| it * DAY) })
                .collect();
            assert_eq!(near(&told), wanted, "{articles:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn those_near_are_those_with_a_partner(
            drawn in proptest::collection::vec((0_usize..4, proptest::option::of(0_i64..120)), 0..24),
        ) {
            let languages = ["en", "es", "uk", "qx"].map(|code| Language::of(Some(code)));
            let told: Vec<Told> =
                drawn.iter().map(|(l, day)| Told { language: languages[*l], at: day.map(|it| it * DAY) }).collect();
            let partner = |a: &Told| {
                let meets = |b: &&Told| {
                    b.language.crosses() && a.language.number() != b.language.number() && is_near(a.at, b.at)
                };
                a.language.crosses() && told.iter().any(|b| meets(&b))
            };
            let wanted: Vec<usize> = (0..told.len()).filter(|n| partner(&told[*n])).collect();
            proptest::prop_assert_eq!(near(&told), wanted);
        }
    }
}
