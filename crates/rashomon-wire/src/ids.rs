//! Ids of what was found, from what it holds.
//!
//! An id is made of the articles and places of a statement, never of its place in a list: when another article joins the
//! story and does not touch a point, its id stays. Articles count by their own ids, which come from their bytes.

use crate::made_by::digest;
use rashomon_annotate::Corpus;
use rashomon_compare as compare;
use rashomon_model::Anchor;
use std::collections::BTreeMap;

/// The id of a point: where it is carried.
#[must_use]
pub fn point_id(corpus: &Corpus, it: &compare::Point) -> String {
    id('p', corpus, it.carried.iter().copied(), "")
}

/// The id of an utterance: its forms.
#[must_use]
pub fn utterance_id(corpus: &Corpus, it: &compare::Utterance) -> String {
    id('q', corpus, it.forms.iter().map(|f| f.anchor), "")
}

/// The id of an event: its time and its mentions.
#[must_use]
pub fn event_id(corpus: &Corpus, it: &compare::Moment) -> String {
    id('e', corpus, it.mentions.iter().copied(), &format!("{}/{}", it.start, it.end))
}

fn id(kind: char, corpus: &Corpus, places: impl Iterator<Item = Anchor>, more: &str) -> String {
    let place = |a: Anchor| format!("{}\t{}\t{}\n", corpus.get(a.article).article.id, a.span.start(), a.span.end());
    let mut places: Vec<String> = places.map(place).collect();
    places.sort_unstable();
    places.dedup();
    let held = format!("{kind}\n{more}\n{}", places.concat());
    format!("{kind}{}", &digest(held.as_bytes())[..12])
}

/// The same ids with `-2`, `-3` … behind those that came before: two statements of one story never share an id.
#[must_use]
pub fn unique(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = |id: String| {
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        if *times == 1 { id } else { format!("{id}-{times}") }
    };
    ids.into_iter().map(numbered).collect()
}
