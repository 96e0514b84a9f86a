//! Sayings of one language held against those of others: which says in another language what one says?

use super::cells::Cells;
use super::profile::keys_of;
use super::rows::Sentence;
use super::weights::{Settled, Weights};
use rashomon_language::Language;
use rashomon_model::Span;

/// Sayings by language, each known by its place in the order in which they were given.
pub struct Sayings {
    sentences: Vec<Sentence>,
    languages: Vec<&'static Language>,
}

impl Sayings {
    /// `texts` are texts with their languages among which the keys of rare words tell more than those of common ones; `said`
    /// are the sayings.
    #[must_use]
    pub fn of(texts: &[(&str, &'static Language)], said: &[(&str, &'static Language)]) -> Self {
        let weights = Weights::new();
        for (text, language) in texts {
            weights.count(&super::Profile::of(text, language), language);
        }
        let weights: Settled = weights.settled();
        let sentence = |(text, language): &(&str, &'static Language)| {
            Sentence::of(text, Span::new(0, text.len()), &keys_of(text, language), language, &weights)
        };
        Self { sentences: said.iter().map(sentence).collect(), languages: said.iter().map(|it| it.1).collect() }
    }

    /// Calls `take` for each pair of a saying among `some` and one of another language among `others`, with the logarithm of
    /// the odds that they are one.
    pub fn each_pair(&self, some: &[usize], others: &[usize], mut take: impl FnMut(usize, usize, f32)) {
        let gather = |places: &[usize]| places.iter().map(|n| &self.sentences[*n]).collect::<Vec<_>>();
        let cells = Cells::of(&gather(some), &gather(others));
        for (x, n) in some.iter().enumerate() {
            for (y, m) in others.iter().enumerate() {
                if self.languages[*n].number() != self.languages[*m].number() {
                    take(*n, *m, cells.at(x, y));
                }
            }
        }
    }

    /// Pairs of a saying among `some` and one among `others` of which each is the other's likeliest, with the logarithm of the
    /// odds that they are one, where it is above `least`.
    #[must_use]
    pub fn partners(&self, some: &[usize], others: &[usize], least: f32) -> Vec<(usize, usize, f32)> {
        let gather = |places: &[usize]| places.iter().map(|n| &self.sentences[*n]).collect::<Vec<_>>();
        let cells = Cells::of(&gather(some), &gather(others));
        cells.mutual(least).into_iter().map(|(x, y)| (some[x], others[y], cells.at(x, y))).collect()
    }
}
