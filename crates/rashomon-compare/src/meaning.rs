//! Do two stretches of text state the same thing?
//!
//! [`similarity`] answers for two short texts, 0 (unrelated) to 1 (the same statement).

mod align;
mod entries;
mod features;
mod gist;
mod lexicon;
mod likeness;
mod model;
mod surface;
mod words;

pub(crate) use align::{Alignment, Link, align};
pub(crate) use gist::{Class, Gist, Keys, Kind, Term, Vocabulary};
pub(crate) use lexicon::Negation;
pub(crate) use model::model_file;
pub(crate) use surface::common;
pub(crate) use words::words_file;

use rashomon_annotate::Annotated;
use rashomon_model::Span;

/// How nearly two texts state the same thing, 0 to 1. Both are taken whole; the order does not matter.
#[must_use]
pub fn similarity(a: &Annotated, b: &Annotated) -> f64 {
    model::model().similarity(&of_pair(a, b))
}

/// The features behind [`similarity`], for training and measuring.
#[doc(hidden)]
#[must_use]
pub fn features(a: &Annotated, b: &Annotated) -> Vec<f32> {
    of_pair(a, b)
}

/// The similarity of a pair with these features for which the fitted model found `learned`.
#[doc(hidden)]
#[must_use]
pub fn settled(learned: f32, features: &[f32]) -> f32 {
    model::settled(learned, features)
}

/// The inputs of the linear model for features that [`features`] gave.
#[doc(hidden)]
#[must_use]
pub fn inputs(features: &[f32]) -> Vec<f32> {
    model::inputs(features)
}

fn of_pair(a: &Annotated, b: &Annotated) -> Vec<f32> {
    let mut vocabulary = Vocabulary::default();
    let whole = |it: &Annotated| Span::new(0, it.article.text.len());
    let (x, y) = (vocabulary.gist(a, whole(a)), vocabulary.gist(b, whole(b)));
    let alignment = align(&vocabulary, &x, &y);
    let mut out = features::features(&vocabulary, (&x, &a.article.text), (&y, &b.article.text), &alignment).to_vec();
    out.extend(surface::features(a, b));
    out
}

/// Logarithm to base 2 of a whole number, 0 for 0, in steps of 1/256: the same on every machine.
pub(crate) fn log2(n: u32) -> f32 {
    let Some(whole) = n.checked_ilog2() else { return 0.0 };
    let mut mantissa = u64::from(n) << (31 - whole);
    let mut part = 0u16;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 31;
        part <<= 1;
        if mantissa >= 1 << 32 {
            (mantissa, part) = (mantissa >> 1, part | 1);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "at most 31")]
    let whole = whole as f32;
    whole + f32::from(part) / 256.0
}

/// Whether and how a lower-case word negates.
pub(crate) fn negation(word: &str) -> Option<Negation> {
    lexicon::lexicon().negation(word)
}

/// The base form of a lower-case word, or the word itself.
pub(crate) fn base_form(word: &str) -> &str {
    let table = words::words();
    table.lemma(word).map_or(word, |w| table.form(w))
}
