//! What stands where in one article: sentences, tokens, names, quotations and speakers, times, numbers.
//!
//! [`annotate`] turns an [`Article`] into an [`Annotated`] article; it does no I/O and cannot fail on text.
//! Layers are made in order, each seeing those before it, and none moves an offset.

mod annotated;
mod corpus;
mod english;
mod numbers;
mod paragraphs;
mod quotes;
mod sentences;
mod times;
mod tokens;
mod words;

pub use annotated::{
    Annotated, Approximation, Entity, Name, NameKind, Number, Quote, QuoteKind, Sentence, Tag, Time, TimeKind, Token,
};
pub use corpus::Corpus;

use rashomon_model::{Article, Noted};

/// All layers of one article.
#[must_use]
pub fn annotate(article: Article) -> Noted<Annotated> {
    let mut it = Annotated::new(article);
    (it.tokens, it.sentences) = sentences::sentences(&it.article);
    it.times = times::times(&it);
    it.numbers = numbers::numbers(&it);
    (it.names, it.entities) = words::names(&it);
    it.quotes = quotes::quotes(&it);
    Noted::quiet(it)
}
