//! Why two articles are, or are not, in one story: in words and numbers.

use crate::cluster::{far_apart, measure, strangers};
use crate::faults::{Faults, NOTHING};
use crate::grouper::{Grouper, probability};
use crate::linkage::Limits;
use crate::regions::Field;
use crate::sketch::Term;
use crate::terms::each_term;
use crate::{Light, Record, Weights};
use std::collections::BTreeMap;

/// What can be said about two articles of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whether they are in one story.
    pub together: bool,
    /// The story of each.
    pub stories: [String; 2],
    /// Number of articles in the story of each.
    pub sizes: [usize; 2],
    /// Probability that the two alone report one event.
    pub pair: f64,
    /// Probability that their stories are one, where they are two.
    pub stories_as_one: Option<f64>,
    /// From here on clusters are joined.
    pub threshold: f64,
    /// Whether they were compared at all: within the window, and sharing terms.
    pub compared: bool,
    /// Whether both are short and share only what reports of one place, office or template share: never joined for that.
    pub strangers: bool,
    /// Whether the dated reports of their stories lie too far apart for one event, where the stories are two.
    pub far_apart: bool,
    /// Whether a pin joins (`true`) or parts (`false`) just these two.
    pub pinned: Option<bool>,
    /// Measures of the pair with what each adds to its log-odds, the weightiest first.
    pub measures: Vec<(&'static str, f64, f64)>,
}

/// Why the articles with ids `a` and `b` are, or are not, in one story; nothing if one of them is not there.
#[must_use]
pub fn why(grouper: Grouper, a: &str, b: &str) -> Option<Why> {
    let (records, near, pins) = grouper.looked_at();
    #[allow(clippy::cast_possible_truncation, reason = "articles are counted in 32 bits")]
    let place = |id: &str| records.iter().position(|it| it.id() == id).map(|n| n as u32);
    let (x, y) = (place(a)?, place(b)?);
    let weights = Weights::shipped();
    let (limits, faults) = (Limits::of(&weights), Faults::new(NOTHING));
    let field = Field { records: &records, near: &near, weights: &weights, limits, pins: &pins, faults: &faults };
    let found = field.groups(&field.all(), |it| it.log_odds >= weights.threshold);
    let pinned = |pairs: &[(u32, u32)]| pairs.contains(&(x.min(y), x.max(y)));
    let group = |n: u32| found.groups.iter().find(|g| g.contains(&n));
    let (p, q) = (group(x)?, group(y)?);
    let together = p[0] == q[0];
    let (own, other) = (field.cluster(x), field.cluster(y));
    let alone = measure(&own, &other);
    let whole = |group: &[u32]| group.iter().map(|n| field.cluster(*n)).reduce(|sum, it| sum.merge(&it));
    let two = (!together).then(|| whole(p).zip(whole(q))).flatten();
    let stories_as_one = two.as_ref().map(|(p, q)| probability(weights.odds(p, q)));
    let far_apart = two.is_some_and(|(p, q)| far_apart(&p, &q));
    let mut measures: Vec<_> = Weights::names()
        .iter()
        .zip(alone)
        .zip(weights.measures)
        .filter(|((_, value), _)| *value != 0.0)
        .map(|((name, value), weight)| (*name, value, weight * value))
        .collect();
    measures.sort_by(|m, n| n.2.abs().total_cmp(&m.2.abs()).then(m.0.cmp(n.0)));
    let knows = |n: u32, m: u32| near[n as usize].articles.contains(&m);
    Some(Why {
        together,
        stories: [p, q].map(|g| records[g[0] as usize].id.to_string()),
        sizes: [p.len(), q.len()],
        pair: probability(weights.odds(&own, &other)),
        strangers: strangers(&own, &other),
        far_apart,
        stories_as_one,
        threshold: probability(weights.threshold),
        compared: knows(x, y) || knows(y, x),
        pinned: if pinned(&pins.join) { Some(true) } else { pinned(&pins.part).then_some(false) },
        measures,
    })
}

/// Words shown for each reason.
const WORDS: usize = 6;

/// What two articles share and what sets them apart, in words, the weightiest first.
#[must_use]
pub fn explain(a: &Light<'_>, b: &Light<'_>) -> Vec<String> {
    let (x, y) = (Record::of(a), Record::of(b));
    let mut words = BTreeMap::new();
    for text in [a.title, a.text, b.title, b.text] {
        each_term(text, |it| {
            words.entry(it.key).or_insert_with(|| it.form());
        });
    }
    let word = |t: &Term| words.get(&t.key).cloned().unwrap_or_default();
    let shared: Vec<(&Term, &Term)> = x
        .terms
        .iter()
        .filter_map(|t| y.terms.binary_search_by_key(&t.key, |u| u.key).ok().map(|n| (t, &y.terms[n])))
        .collect();
    let top = |weight: &dyn Fn(&Term, &Term) -> u32| {
        let mut all: Vec<_> = shared.iter().map(|(t, u)| (weight(t, u), word(t))).filter(|(w, _)| *w > 0).collect();
        all.sort_by(|m, n| n.0.cmp(&m.0).then_with(|| m.1.cmp(&n.1)));
        all.into_iter().map(|(_, word)| word).take(WORDS).collect::<Vec<_>>()
    };
    let mut reasons = Vec::new();
    let mut say = |what: &str, words: Vec<String>| {
        if !words.is_empty() {
            reasons.push(format!("{what}: {}", words.join(", ")));
        }
    };
    let product = |m: u8, n: u8| u32::from(m) * u32::from(n);
    say("both begin with", top(&|t, u| product(t.lead, u.lead)));
    say("both name", top(&|t, u| product(t.name(), u.name())));
    say("both use the rare words", top(&|t, u| if t.name().max(u.name()) > 0 { 0 } else { product(t.body, u.body) }));
    match (x.day, y.day) {
        (Some(p), Some(q)) if p == q => reasons.push("published on the same day".into()),
        (Some(p), Some(q)) => {
            let days = p.abs_diff(q);
            let days = if days == 1 { "a day".into() } else { format!("{days} days") };
            reasons.push(format!("published {days} apart"));
        }
        _ => {}
    }
    reasons
}

/// What the lead of one article rests on and the other does not have at all: the rarest first.
#[must_use]
pub fn missing(a: &Light<'_>, b: &Light<'_>) -> Vec<String> {
    let x = Record::of(a);
    let mut there = BTreeMap::new();
    for text in [b.title, b.text] {
        each_term(text, |it| {
            there.insert(it.key, ());
        });
    }
    let mut words: Vec<(u32, String)> = Vec::new();
    for text in [a.title, a.text] {
        each_term(text, |it| {
            let k = it.key;
            let term = x.terms.binary_search_by_key(&k, |t| t.key).ok().map(|n| &x.terms[n]);
            if let Some(term) = term.filter(|t| t.lead > 0 && !there.contains_key(&t.key)) {
                let word = (u32::from(term.lead), it.form());
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        });
    }
    words.sort_by(|m, n| n.0.cmp(&m.0).then_with(|| m.1.cmp(&n.1)));
    words.into_iter().map(|(_, word)| word).take(WORDS).collect()
}
