//! Stories told in several languages, made of those that were grouped in each.
//!
//! Terms of a text say nothing in another language, so each language is grouped by itself; what shows that two articles of
//! two languages tell of one event is found elsewhere and handed in as links, each with its reason.

use crate::rules;
use crate::{Join, Placement, Story};
use rashomon_annotate::Corpus;
use rashomon_model::{ArticleId, Rule};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// How sure a join must be to hold against reports in other languages that know nothing of it. Of halves of NTREX articles
/// that share no sentence, 26 % are not linked with English though they tell of one event: below this, two stories are the
/// likelier of the two.
const UNSURE: f64 = 1.0 / (1.0 + 0.26);

/// Two articles that tell of one event though in two languages.
#[derive(Clone, Debug, PartialEq)]
pub struct Link<A> {
    /// The two articles.
    pub pair: (A, A),
    /// How sure, 0 to 1.
    pub score: f64,
    /// The rule that found it.
    pub rule: Rule,
    /// The reason in words.
    pub reason: String,
}

/// The stories with those put together that `links` connect, the oldest first.
#[must_use]
pub fn link(corpus: &Corpus, stories: Vec<Story>, links: &[Link<ArticleId>]) -> Vec<Story> {
    let of_article: FxHashMap<ArticleId, usize> =
        (0..).zip(&stories).flat_map(|(n, it)| it.articles.iter().map(move |a| (*a, n))).collect();
    let place = |a: ArticleId| of_article.get(&a).copied();
    let mut sorted: Vec<&Link<ArticleId>> = links.iter().collect();
    sorted.sort_by(|p, q| q.score.total_cmp(&p.score).then(p.pair.cmp(&q.pair)));
    let mut whole: Vec<usize> = (0..stories.len()).collect();
    // For each story that was put to another, the link that did it and which way it points.
    let mut joined: Vec<(usize, &Link<ArticleId>)> = Vec::new();
    for link in sorted {
        let (Some(a), Some(b)) = (place(link.pair.0), place(link.pair.1)) else { continue };
        let (x, y) = (root(&whole, a), root(&whole, b));
        if x != y {
            let (first, other) = (x.min(y), x.max(y));
            whole[other] = first;
            joined.push((other, link));
        }
    }
    let mut out: Vec<Option<Story>> = stories.into_iter().map(Some).collect();
    // The last put together first, so that each is whole when it joins another.
    for n in (0..out.len()).rev() {
        let first = root(&whole, n);
        if first == n {
            continue;
        }
        let Some(story) = out[n].take() else { continue };
        let Some((_, link)) = joined.iter().find(|it| it.0 == n) else { continue };
        let Some(into) = out[first].as_mut() else { continue };
        let nearest = if story.articles.contains(&link.pair.0) { link.pair.1 } else { link.pair.0 };
        into.joins.push(Join {
            article: story.articles[0],
            nearest,
            score: link.score,
            rule: link.rule,
            reasons: vec![link.reason.clone()],
        });
        into.articles.extend(story.articles);
        into.joins.extend(story.joins);
    }
    let time = |a: &ArticleId| {
        let article = &corpus.get(*a).article;
        let at = article.dateline().map(|it| it.at);
        (at.is_none(), at, article.id.clone())
    };
    let mut out: Vec<Story> = out.into_iter().flatten().collect();
    for it in out.iter_mut().filter(|it| it.joins.iter().any(|j| links.iter().any(|l| l.rule == j.rule))) {
        let first = it.articles[0];
        it.articles[1..].sort_by_key(time);
        it.joins.sort_by_key(|j| it.articles.iter().position(|a| *a == j.article));
        debug_assert_eq!(first, it.articles[0]);
    }
    out
}

fn root(whole: &[usize], mut at: usize) -> usize {
    while whole[at] != at {
        at = whole[at];
    }
    at
}

/// The same for the rows of a corpus, by id. Terms of other languages than English are all rare to grouping, and what it put
/// together of them is not to be relied on: an article moves to the story it is linked with and takes no other along.
/// `is_english` tells which articles stay where they are.
pub fn link_placements(placements: &mut [Placement], links: &[Link<String>], is_english: impl Fn(&str) -> bool) {
    if links.is_empty() {
        return;
    }
    let places: FxHashMap<&str, usize> = (0..).zip(placements.iter()).map(|(n, it)| (&*it.id, n)).collect();
    let mut whole: Vec<usize> = (0..placements.len()).collect();
    let mut of_row: FxHashMap<usize, &Link<String>> = FxHashMap::default();
    for link in links {
        let (Some(a), Some(b)) = (places.get(&*link.pair.0), places.get(&*link.pair.1)) else { continue };
        for n in [*a, *b] {
            let best = of_row.entry(n).or_insert(link);
            if link.score > best.score {
                *best = link;
            }
        }
        let (x, y) = (root(&whole, *a), root(&whole, *b));
        whole[x.max(y)] = x.min(y);
    }
    // Stories by number: those of grouping, then one for each row that moves without an English article to go to.
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut story: Vec<usize> = Vec::with_capacity(placements.len());
    for it in placements.iter() {
        let next = numbers.len();
        story.push(*numbers.entry(&it.story).or_insert(next));
    }
    let mut home: FxHashMap<usize, usize> = FxHashMap::default();
    for n in (0..placements.len()).filter(|n| of_row.contains_key(n) && is_english(&placements[*n].id)) {
        home.entry(root(&whole, n)).or_insert(story[n]);
    }
    let apart = apart(placements, &is_english, |n| of_row.contains_key(&n).then(|| root(&whole, n)));
    for (n, root) in apart {
        story[n] = 2 * placements.len() + root;
        home.insert(root, story[n]);
    }
    for n in (0..placements.len()).filter(|n| of_row.contains_key(n) && !is_english(&placements[*n].id)) {
        story[n] = *home.entry(root(&whole, n)).or_insert(placements.len() + n);
    }
    // A story goes by the article that stands first in it.
    let mut names: FxHashMap<usize, (usize, Box<str>)> = FxHashMap::default();
    for (n, it) in placements.iter().enumerate() {
        names.entry(story[n]).or_insert_with(|| (n, it.id.clone()));
    }
    let mut rows: Vec<(usize, Placement)> = Vec::with_capacity(placements.len());
    for (n, it) in placements.iter().enumerate() {
        let (first, name) = &names[&story[n]];
        let mut it = it.clone();
        if let Some(link) = of_row.get(&n).filter(|_| n != *first && !is_english(&it.id)) {
            (it.score, it.rule) = (link.score, link.rule);
        }
        if n == *first && *it.story != **name {
            (it.score, it.rule) = (1.0, rules::OLDEST_REPORT);
        }
        it.story = name.clone();
        rows.push((*first, it));
    }
    rows.sort_by_key(|it| it.0);
    placements.iter_mut().zip(rows).for_each(|(old, (_, new))| *old = new);
}

/// The English articles, each with what it is linked with, that leave their story because reports in other languages say so.
///
/// Where every English article of a story has reports in other languages of its own, and these are not linked with those of
/// the others, nothing outside English says that it is one story; a join that was less than [`UNSURE`] then does not hold.
fn apart(
    placements: &[Placement],
    is_english: &impl Fn(&str) -> bool,
    linked_with: impl Fn(usize) -> Option<usize>,
) -> Vec<(usize, usize)> {
    let mut of_story: BTreeMap<&str, Vec<(usize, Option<usize>)>> = BTreeMap::new();
    for (n, it) in placements.iter().enumerate().filter(|it| is_english(&it.1.id)) {
        of_story.entry(&it.story).or_default().push((n, linked_with(n)));
    }
    let mut out = Vec::new();
    for rows in of_story.values() {
        let Some(all) = rows.iter().map(|it| Some((it.0, it.1?))).collect::<Option<Vec<_>>>() else { continue };
        // What holds the first article's reports stays.
        let first = all[0].1;
        let unsure = |n: usize| placements[n].rule == rules::SAME_EVENT && placements[n].score < UNSURE;
        let leaves = |root: usize| root != first && all.iter().filter(|it| it.1 == root).all(|it| unsure(it.0));
        out.extend(all.iter().filter(|it| leaves(it.1)));
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, story: &str) -> Placement {
        Placement { id: id.into(), story: story.into(), score: 1.0, rule: rules::SAME_EVENT }
    }

    #[test]
    fn an_unsure_join_does_not_hold_where_no_other_language_knows_of_it() {
        let link = |a: &str, b: &str| Link {
            pair: (a.to_owned(), b.to_owned()),
            score: 0.9,
            rule: rules::PINNED,
            reason: String::new(),
        };
        let stories = |score: f64, links: &[Link<String>]| {
            let mut rows = [row("a", "a"), row("b", "a"), row("x", "x"), row("y", "x")];
            rows[1].score = score;
            link_placements(&mut rows, links, |id| id < "d");
            rows.map(|it| format!("{} {} {}", it.id, it.story, it.rule))
        };
        let own = [link("a", "x"), link("b", "y")];
        assert_eq!(stories(0.7, &own), ["a a same-event", "x a pinned", "b b oldest-report", "y b pinned"]);
        let together = ["a a same-event", "b a same-event", "x a pinned", "y a pinned"];
        // A join that is sure holds, and so does one that another language knows of, or of which only half is told there.
        assert_eq!(stories(0.9, &own), together);
        assert_eq!(stories(0.7, &[link("a", "x"), link("b", "y"), link("a", "y")]), together);
        assert_eq!(stories(0.7, &own[..1])[..2], together[..2]);
    }

    #[test]
    fn an_article_moves_to_the_story_it_is_linked_with() {
        let mut rows = [row("a", "a"), row("b", "a"), row("c", "c"), row("d", "d"), row("e", "d"), row("f", "d")];
        let link = |a: &str, b: &str| Link {
            pair: (a.to_owned(), b.to_owned()),
            score: 0.9,
            rule: rules::PINNED,
            reason: String::new(),
        };
        // "d", "e" and "f" are not English; nobody knows "x".
        link_placements(&mut rows, &[link("e", "b"), link("x", "c")], |id| id < "d");
        let found: Vec<(&str, &str, &str)> = rows.iter().map(|it| (&*it.id, &*it.story, it.rule.name())).collect();
        let own = "same-event";
        assert_eq!(
            found,
            [("a", "a", own), ("b", "a", own), ("e", "a", "pinned"), ("c", "c", own), ("d", "d", own), ("f", "d", own)]
        );
    }
}
