//! What the trainers in `rashomon-eval` share with the models they train. Not meant for other callers.

pub use crate::tags::{EDGE, Settled, Tagger, always, between, fixed_features, glue, is_capitalised, tag_features};
pub use crate::weights::Weights;
pub use crate::words::{Shape, Word, WordClasses, describe, hash, mix};

use crate::{Sentence, Token, sentences};
use rashomon_model::Article;

/// The name finder's features.
pub mod names {
    pub use crate::names::{Finder, KINDS, LABELS, View, fixed_features, is_title_word, label_features};
}

/// The tokens and sentences of a text without furniture.
#[must_use]
pub fn tokenize(text: &str) -> (Vec<Token>, Vec<Sentence>) {
    sentences::sentences(&Article { text: text.to_string(), ..Article::default() })
}

/// A word as its hash sees it: digits as 0, apostrophes, dashes and quotation marks of one kind.
#[must_use]
pub fn canonical(word: &str) -> String {
    word.chars().map(crate::words::canonical).take(48).collect()
}
