//! Stories told in several languages, made of those that were grouped in each.
//!
//! Terms of a text say nothing in another language, so each language is grouped by itself; what shows that two articles of
//! two languages tell of one event is found elsewhere and handed in as links, each with its reason.

use crate::{Join, Placement, Story};
use rashomon_annotate::Corpus;
use rashomon_model::{ArticleId, Rule};
use rustc_hash::FxHashMap;

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

/// The same for the rows of a corpus, by id: a story goes by the id of the one that stands first.
pub fn link_placements(placements: &mut [Placement], links: &[Link<String>]) {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of_article: FxHashMap<&str, usize> = FxHashMap::default();
    for it in placements.iter() {
        let next = numbers.len();
        let number = *numbers.entry(&it.story).or_insert(next);
        of_article.insert(&it.id, number);
    }
    let mut whole: Vec<usize> = (0..numbers.len()).collect();
    let mut sorted: Vec<&Link<String>> = links.iter().collect();
    sorted.sort_by(|p, q| q.score.total_cmp(&p.score).then_with(|| p.pair.cmp(&q.pair)));
    let mut joined: FxHashMap<usize, &Link<String>> = FxHashMap::default();
    for link in sorted {
        let (Some(a), Some(b)) = (of_article.get(&*link.pair.0), of_article.get(&*link.pair.1)) else { continue };
        let (x, y) = (root(&whole, *a), root(&whole, *b));
        if x != y {
            whole[x.max(y)] = x.min(y);
            joined.insert(x.max(y), link);
        }
    }
    if joined.is_empty() {
        return;
    }
    let mut names: Vec<Box<str>> = vec!["".into(); whole.len()];
    let mut of_row = Vec::with_capacity(placements.len());
    for it in placements.iter() {
        let number = numbers[&*it.story];
        of_row.push(number);
        if names[number].is_empty() {
            names[number] = it.story.clone();
        }
    }
    let mut seen = vec![false; whole.len()];
    for (it, number) in placements.iter_mut().zip(of_row.iter().copied()) {
        // The oldest article of a story that joined another has the link as its reason.
        if let Some(link) = joined.get(&number).filter(|_| !std::mem::replace(&mut seen[number], true)) {
            (it.score, it.rule) = (link.score, link.rule);
        }
        it.story = names[root(&whole, number)].clone();
    }
    let mut order: Vec<usize> = (0..placements.len()).collect();
    order.sort_by_key(|n| root(&whole, of_row[*n]));
    let sorted: Vec<Placement> = order.iter().map(|n| placements[*n].clone()).collect();
    placements.clone_from_slice(&sorted);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, story: &str) -> Placement {
        Placement { id: id.into(), story: story.into(), score: 1.0, rule: "same-event" }
    }

    #[test]
    fn stories_that_a_link_connects_are_one() {
        let mut rows = [row("a", "a"), row("b", "a"), row("c", "c"), row("d", "d"), row("e", "d")];
        let link = |a: &str, b: &str| Link {
            pair: (a.to_owned(), b.to_owned()),
            score: 0.9,
            rule: "across",
            reason: String::new(),
        };
        link_placements(&mut rows, &[link("e", "b"), link("x", "c")]);
        let found: Vec<(&str, &str, &str)> = rows.iter().map(|it| (&*it.id, &*it.story, it.rule)).collect();
        let own = "same-event";
        assert_eq!(found, [("a", "a", own), ("b", "a", own), ("d", "a", "across"), ("e", "a", own), ("c", "c", own)]);
    }
}
