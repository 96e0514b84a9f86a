//! What grouping keeps of an article: its weightiest terms, each with its weight in the whole, in the lead and as a name.

use crate::asides::own_matter;
use crate::rarity::{STEPS, rarity};
use crate::terms::{Case, each_term};
use rashomon_model::math;
use std::cell::RefCell;
use std::sync::OnceLock;

/// Terms kept of an article.
pub(crate) const TERMS: usize = 96;
/// Words of the text that make up the lead, with the headline.
const LEAD_WORDS: usize = 80;
/// How many occurrences in the text one in the headline counts for.
const HEADLINE_COUNT: u16 = 2;

/// One term of a sketch. Weights are 0 to 255, the largest of each channel in the article being 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) key: u32,
    pub(crate) body: u8,
    pub(crate) lead: u8,
    /// Weight as a name, or one of the marks of what is none.
    pub(crate) named: u8,
    /// Rarity in news at large, in steps of `rarity::STEPS`.
    pub(crate) rarity: u8,
}

impl Term {
    /// In place of a weight as a name, which is above: written with a capital wherever it stands, but only where sentences
    /// begin. It may be a name.
    const CAPITAL: u8 = 1;
    /// In place of a weight as a name: a number in digits.
    const NUMBER: u8 = 2;

    /// Its weight as a name; 0 for what never stands as one inside a sentence.
    pub(crate) fn name(self) -> u8 {
        if self.named > Self::NUMBER { self.named } else { 0 }
    }

    pub(crate) fn is_number(self) -> bool {
        self.named == Self::NUMBER
    }

    /// Whether it is a name, or may be one that only begins sentences.
    pub(crate) fn may_be_name(self) -> bool {
        self.named == Self::CAPITAL || self.named > Self::NUMBER
    }
}

/// The weightiest terms of an article, in order of key.
#[must_use]
pub(crate) fn sketch(title: &str, text: &str) -> Box<[Term]> {
    thread_local! {
        static COUNTS: RefCell<Counts> = RefCell::default();
    }
    COUNTS.with_borrow_mut(|counts| {
        counts.clear();
        each_term(title, |it| {
            let count = counts.of(it.key);
            count.body = count.body.saturating_add(HEADLINE_COUNT);
            count.lead = count.lead.saturating_add(HEADLINE_COUNT);
            count.digits |= it.case == Case::Digits;
            count.lower |= it.case == Case::Lower;
        });
        let mut words = 0;
        for part in own_matter(text) {
            let before = words;
            each_term(part, |it| {
                let count = counts.of(it.key);
                count.body = count.body.saturating_add(1);
                words = before + it.position + 1;
                count.lead = count.lead.saturating_add(u16::from(words <= LEAD_WORDS));
                count.name = count.name.saturating_add(u16::from(it.name));
                count.digits |= it.case == Case::Digits;
                count.lower |= it.case == Case::Lower;
                count.capital |= it.case == Case::Capital;
            });
        }
        let mut weighed: Vec<Weighed> = counts.all.iter().map(|(key, count)| Weighed::of(*key, *count)).collect();
        if weighed.len() > TERMS {
            // The weightiest first, of equals the lowest key.
            let rank =
                |it: &Weighed| u64::from(!ordered(it.weights[0] + 0.5 * it.weights[1])) << 32 | u64::from(it.key);
            counts.ranks.clear();
            counts.ranks.extend(weighed.iter().map(rank));
            let last = *counts.ranks.select_nth_unstable(TERMS - 1).1;
            weighed.retain(|it| rank(it) <= last);
        }
        weighed.sort_unstable_by_key(|it| it.key);
        quantized(&weighed)
    })
}

/// Occurrences of one term.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    body: u16,
    lead: u16,
    name: u16,
    /// Whether it stands anywhere in digits, in lower case, in the text with a capital.
    digits: bool,
    lower: bool,
    capital: bool,
}

impl Count {
    /// What is told of a term that nowhere stands as a name inside a sentence.
    fn mark(self) -> u8 {
        match (self.digits, self.lower, self.capital) {
            (true, ..) => Term::NUMBER,
            (_, false, true) => Term::CAPITAL,
            _ => 0,
        }
    }
}

/// Occurrences of the terms of one article.
#[derive(Default)]
struct Counts {
    /// In the order they were met.
    all: Vec<(u32, Count)>,
    /// At a key's low bits, or as soon after as is free, the key and 1 more than its place in `all`; 0 where nothing is.
    places: Vec<(u32, u32)>,
    /// Which places are taken.
    taken: Vec<u32>,
    /// Room to rank the terms in.
    ranks: Vec<u64>,
}

impl Counts {
    fn clear(&mut self) {
        if self.places.len() > 1 << 14 {
            // Of an article that was huge: not to be kept for every small one.
            self.places = Vec::new();
        }
        for at in self.taken.drain(..) {
            if let Some(place) = self.places.get_mut(at as usize) {
                *place = (0, 0);
            }
        }
        self.all.clear();
    }

    /// Where `key` is or may be put, and 1 more than its place in `all`, or 0.
    fn place(&self, key: u32) -> (usize, u32) {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        while let Some((there, n)) = self.places.get(at) {
            if *n == 0 || *there == key {
                return (at, *n);
            }
            at = (at + 1) & mask;
        }
        (at, 0)
    }

    #[inline]
    fn of(&mut self, key: u32) -> &mut Count {
        let (mut at, mut n) = self.place(key);
        if n == 0 {
            if self.places.len() < 2 * (self.all.len() + 1) {
                self.grow();
                at = self.place(key).0;
            }
            self.all.push((key, Count::default()));
            n = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.put(at, key, n);
        }
        &mut self.all[n as usize - 1].1
    }

    fn put(&mut self, at: usize, key: u32, n: u32) {
        self.places[at] = (key, n);
        self.taken.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn grow(&mut self) {
        self.places = vec![(0, 0); (4 * self.all.len()).next_power_of_two().max(2048)];
        self.taken.clear();
        for n in 0..self.all.len() {
            let key = self.all[n].0;
            let at = self.place(key).0;
            self.put(at, key, u32::try_from(n + 1).unwrap_or(u32::MAX));
        }
    }
}

/// A term with its weight in each channel: rarity times the sublinear count (Salton & Buckley 1988).
struct Weighed {
    key: u32,
    weights: [f32; 3],
    /// What it is told to be where it has no weight as a name.
    mark: u8,
    rarity: u8,
}

impl Weighed {
    fn of(key: u32, count: Count) -> Self {
        let steps = rarity(key);
        let rarity = f32::from(steps) / STEPS;
        let weight = |n: u16| rarity * sublinear(n);
        Self { key, weights: [count.body, count.lead, count.name].map(weight), mark: count.mark(), rarity: steps }
    }
}

/// 1 and the logarithm of a count, which most often is a small one; 0 for 0.
fn sublinear(count: u16) -> f32 {
    static SMALL: OnceLock<[f32; 64]> = OnceLock::new();
    let of = |n: u16| if n == 0 { 0.0 } else { 1.0 + math::ln(f32::from(n)) };
    #[allow(clippy::cast_possible_truncation, reason = "below 64")]
    let small = SMALL.get_or_init(|| std::array::from_fn(|n| of(n as u16)));
    small.get(usize::from(count)).copied().unwrap_or_else(|| of(count))
}

/// A non-negative number as an integer of the same order.
fn ordered(weight: f32) -> u32 {
    weight.to_bits()
}

fn quantized(weighed: &[Weighed]) -> Box<[Term]> {
    let mut largest = [f32::MIN_POSITIVE; 3];
    for it in weighed {
        for (most, weight) in largest.iter_mut().zip(it.weights) {
            *most = most.max(weight);
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
    let step = |it: &Weighed, channel: usize| {
        let exact = it.weights[channel] / largest[channel] * 255.0;
        // Rounded, without asking a library for each.
        let whole = exact as u8;
        whole + u8::from(exact - f32::from(whole) >= 0.5)
    };
    let named = |it: &Weighed| if it.weights[2] > 0.0 { step(it, 2).max(Term::NUMBER + 1) } else { it.mark };
    let term =
        |it: &Weighed| Term { key: it.key, body: step(it, 0), lead: step(it, 1), named: named(it), rarity: it.rarity };
    weighed.iter().map(term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_weightiest_terms_in_order_of_key() {
        let text: String = (0..500).map(|n| format!("word{n} ")).collect();
        let it = sketch("Bridge falls", &(text + "The Bridge fell. The bridge fell in Oldport, near Oldport."));
        assert_eq!(it.len(), TERMS);
        assert!(it.windows(2).all(|w| w[0].key < w[1].key));
        let of = |form: &str| {
            let mut key = 0;
            each_term(form, |it| key = it.key);
            it.iter().find(|t| t.key == key)
        };
        assert!(of("bridge").is_some_and(|t| t.body > 0 && t.lead > 0));
        assert!(of("oldport").is_some_and(|t| t.name() > 0 && t.lead == 0));
    }

    #[test]
    fn no_text_is_an_empty_sketch() {
        assert!(sketch("", "").is_empty());
        assert!(sketch("", "of the and").is_empty());
    }
}
