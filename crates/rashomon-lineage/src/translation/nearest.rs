//! What must be left out of what was found, because something else explains it better.

use super::rows::Row;
use super::{Crossed, Told};
use crate::rules;
use rashomon_model::{Rule, Span};
use rustc_hash::FxHashMap;

/// Two texts of one language with this cosine may well tell of one event: neither speaks against the other. The articles of
/// NTREX that tell of one match come to .44.
const ALIKE: f32 = 0.45;
/// Nearest articles that are asked for one that tells of something else.
const ASKED: usize = 6;
/// The share of a passage that another article must account for to explain it.
const EXPLAINED: f64 = 0.5;

/// Two articles that were held against each other.
pub(crate) struct Held {
    pub(crate) pair: (usize, usize),
    pub(crate) cosine: f32,
    pub(crate) found: Option<Crossed>,
}

impl Held {
    fn is(&self, rule: Rule) -> bool {
        self.found.as_ref().is_some_and(|it| it.rule == rule)
    }

    /// Both ways of looking at the pair.
    fn sides(&self) -> [(usize, usize); 2] {
        [self.pair, (self.pair.1, self.pair.0)]
    }
}

/// Leaves out reports of one event of which not each is the other's nearest in the other's language, clearly before any that
/// tells of something else, by `margin`. `whole` gives the keys of an article.
pub(crate) fn keep(held: &mut [Held], told: &[Told], margin: f32, whole: &dyn Fn(usize) -> Row) {
    let mut near: FxHashMap<(usize, usize), Vec<(f32, usize)>> = FxHashMap::default();
    for it in held.iter() {
        for (x, y) in it.sides() {
            near.entry((x, told[y].language.number())).or_default().push((it.cosine, y));
        }
    }
    near.values_mut().for_each(|it| it.sort_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(&q.1))));
    let mut rows: FxHashMap<usize, Row> = FxHashMap::default();
    let mut alike = |x: usize, y: usize| {
        for it in [x, y] {
            rows.entry(it).or_insert_with(|| whole(it));
        }
        rows[&x].dot(&rows[&y]) >= ALIKE
    };
    for it in held.iter_mut().filter(|it| it.is(rules::NAMES_AND_NUMBERS_ACROSS_LANGUAGES)) {
        let mut stands_out = |(x, y): (usize, usize)| {
            let others = &near[&(x, told[y].language.number())];
            let before = others.iter().take(ASKED).take_while(|other| other.0 > it.cosine - margin);
            before.filter(|other| other.1 != y).all(|other| alike(y, other.1))
        };
        if !it.sides().into_iter().all(&mut stands_out) {
            it.found = None;
        }
    }
}

/// Leaves out passages that stand in both articles because each is, just there, the translation of a third: two reports of one
/// speech quote the same sentences.
pub(crate) fn drop_explained(held: &mut [Held], told: &[Told]) {
    let mut accounted: FxHashMap<(usize, usize), Vec<(usize, Span)>> = FxHashMap::default();
    for it in held.iter() {
        let Some(found) = it.found.as_ref().filter(|it| it.connects() && it.is_translation()) else { continue };
        let (x, y) = it.pair;
        for (a, b) in &found.passages {
            accounted.entry((x, told[y].language.number())).or_default().push((y, *a));
            accounted.entry((y, told[x].language.number())).or_default().push((x, *b));
        }
    }
    let explained = |(x, y): (usize, usize), spans: &[Span]| {
        let Some(by) = accounted.get(&(x, told[y].language.number())) else { return false };
        let within = |span: &&Span| by.iter().any(|(other, there)| *other != y && there.overlaps(**span));
        #[allow(clippy::cast_precision_loss, reason = "sentences are few")]
        let share = spans.iter().filter(within).count() as f64 / spans.len().max(1) as f64;
        share >= EXPLAINED
    };
    for it in held.iter_mut().filter(|it| it.is(rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES)) {
        let Some(found) = &it.found else { continue };
        let (of_first, of_second): (Vec<Span>, Vec<Span>) = found.passages.iter().copied().unzip();
        let [forth, back] = it.sides();
        if explained(forth, &of_first) && explained(back, &of_second) {
            it.found = None;
        }
    }
}
