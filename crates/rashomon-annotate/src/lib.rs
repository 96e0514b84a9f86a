//! What stands where in one article: sentences, tokens, names, quotations and speakers, times, numbers.
//!
//! [`annotate`] turns an [`Article`] into an [`Annotated`] article; it does no I/O and cannot fail on text.
//! Layers are made in order, each seeing those before it, and none moves an offset.

mod annotated;
mod corpus;
mod entities;
mod gazetteer;
mod names;
mod numbers;
mod packed;
mod paragraphs;
mod persons;
pub mod quotes;
pub mod rules;
mod sentences;
mod tags;
mod times;
mod tokens;
#[doc(hidden)]
pub mod training;
mod weights;
mod words;

pub use annotated::{
    Act, Annotated, Approximation, Entity, Name, NameKind, Number, Quote, QuoteKind, Sentence, Tag, Time, TimeKind,
    Token,
};
pub use corpus::Corpus;
pub use persons::{PersonKey, same_person};
pub use times::times_at;

use rashomon_language::Language;
use rashomon_model::{Article, ModelFile, Noted};

/// The models of this stage.
#[must_use]
pub fn models() -> Vec<ModelFile> {
    vec![words::model_file(), tags::model_file(), names::model_file(), quotes::model_file()]
}

/// All layers of one article that its language allows: English is read by trained models, a language with a pack by its lists,
/// any other by marks and digits alone, with a note that says so. Where the language could not be told it is English.
#[must_use]
pub fn annotate(article: Article) -> Noted<Annotated> {
    let language = Language::of(article.language.as_deref());
    annotate_in(article, language)
}

/// The same in a given language, such as one that the program does not ship.
#[must_use]
pub fn annotate_in(article: Article, language: &Language) -> Noted<Annotated> {
    let mut it = Annotated::new(article);
    (it.tokens, it.sentences) = sentences::sentences(&it.article);
    if !language.is_english() {
        packed::annotate(&mut it, language);
        let note = packed::note(&it, language);
        return Noted { output: it, notes: vec![note] };
    }
    let words = words::describe_all(&it.article.text, &it.tokens);
    tags::tag(&mut it.tokens, &words, &it.sentences);
    it.times = times::times(&it);
    it.numbers = numbers::numbers(&it);
    (it.names, it.entities) = names::names(&it, &words);
    it.quotes = quotes::quotes(&it, &words);
    Noted::quiet(it)
}
