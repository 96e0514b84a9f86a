//! What grouping keeps of an article: its weightiest terms, each with its weight in the whole, in the lead and as a name.

use crate::rarity::{STEPS, rarity};
use crate::terms::each_term;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

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
    pub(crate) name: u8,
    /// Rarity in news at large, in steps of `rarity::STEPS`.
    pub(crate) rarity: u8,
}

/// The weightiest terms of an article, in order of key.
#[must_use]
pub(crate) fn sketch(title: &str, text: &str) -> Box<[Term]> {
    thread_local! {
        static COUNTS: RefCell<FxHashMap<u32, Count>> = RefCell::default();
    }
    COUNTS.with_borrow_mut(|counts| {
        counts.clear();
        each_term(title, |it| {
            let count = counts.entry(it.key).or_default();
            count.body = count.body.saturating_add(HEADLINE_COUNT);
            count.lead = count.lead.saturating_add(HEADLINE_COUNT);
        });
        each_term(text, |it| {
            let count = counts.entry(it.key).or_default();
            count.body = count.body.saturating_add(1);
            count.lead = count.lead.saturating_add(u16::from(it.position < LEAD_WORDS));
            count.name = count.name.saturating_add(u16::from(it.name));
        });
        let mut weighed: Vec<(u32, [f32; 3])> = counts.iter().map(|(key, count)| (*key, count.weights(*key))).collect();
        let rank = |it: &(u32, [f32; 3])| (std::cmp::Reverse(ordered(it.1[0] + 0.5 * it.1[1])), it.0);
        if weighed.len() > TERMS {
            weighed.select_nth_unstable_by_key(TERMS - 1, rank);
            weighed.truncate(TERMS);
        }
        weighed.sort_unstable_by_key(|it| it.0);
        quantized(&weighed)
    })
}

/// Occurrences of one term.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    body: u16,
    lead: u16,
    name: u16,
}

impl Count {
    /// Weight in each channel: rarity times the sublinear count (Salton & Buckley 1988).
    fn weights(self, key: u32) -> [f32; 3] {
        let rarity = rarity(key);
        [self.body, self.lead, self.name].map(|n| if n == 0 { 0.0 } else { rarity * (1.0 + f32::from(n).ln()) })
    }
}

/// A non-negative number as an integer of the same order.
fn ordered(weight: f32) -> u32 {
    weight.to_bits()
}

fn quantized(weighed: &[(u32, [f32; 3])]) -> Box<[Term]> {
    let mut largest = [f32::MIN_POSITIVE; 3];
    for (_, weights) in weighed {
        for (most, weight) in largest.iter_mut().zip(weights) {
            *most = most.max(*weight);
        }
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
    let step = |weight: f32, channel: usize| (weight / largest[channel] * 255.0).round() as u8;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rarities fit into a byte of steps")]
    weighed
        .iter()
        .map(|(key, w)| Term {
            key: *key,
            body: step(w[0], 0),
            lead: step(w[1], 1),
            name: step(w[2], 2),
            rarity: (rarity(*key) * STEPS).round() as u8,
        })
        .collect()
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
        assert!(of("oldport").is_some_and(|t| t.name > 0 && t.lead == 0));
    }

    #[test]
    fn no_text_is_an_empty_sketch() {
        assert!(sketch("", "").is_empty());
        assert!(sketch("", "of the and").is_empty());
    }
}
