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
use rashomon_model::{Article, ModelFile, Note, Noted, survive};

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
///
/// A fault of the program itself costs the article its layers and is told as a note; the article stays in the corpus.
#[must_use]
pub fn annotate_in(article: Article, language: &Language) -> Noted<Annotated> {
    survived(article, |it| layers(it, language))
}

/// `article` with what `layers` adds to it, or without any layer and with a note if that fails.
fn survived(article: Article, layers: impl FnOnce(&mut Annotated) -> Vec<Note>) -> Noted<Annotated> {
    let mut it = Annotated::new(article);
    match survive(|| layers(&mut it)) {
        Ok(notes) => Noted { output: it, notes },
        Err(fault) => {
            let lost = "its sentences, names, quotations, times and numbers are not known";
            let note = Note::of_fault(&it.article.source, lost, &fault);
            Noted { output: Annotated::new(it.article), notes: vec![note] }
        }
    }
}

/// Adds the layers.
fn layers(it: &mut Annotated, language: &Language) -> Vec<Note> {
    (it.tokens, it.sentences) = sentences::sentences(&it.article);
    if !language.is_english() {
        packed::annotate(it, language);
        return vec![packed::note(it, language)];
    }
    let words = words::describe_all(&it.article.text, &it.tokens);
    tags::tag(&mut it.tokens, &words, &it.sentences);
    it.times = times::times(it);
    it.numbers = numbers::numbers(it);
    (it.names, it.entities) = names::names(it, &words);
    it.quotes = quotes::quotes(it, &words);
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_costs_an_article_its_layers_and_nothing_else() {
        rashomon_model::survive_faults();
        let article = Article { text: "Two men left.".into(), source: "a.txt".into(), ..Article::default() };
        let found = survived(article.clone(), |it| {
            layers(it, Language::english());
            panic!("no such word")
        });
        assert_eq!(found.output.article, article);
        assert!(found.output.tokens.is_empty() && found.output.quotes.is_empty());
        assert!(found.output.is_unread());
        let [note] = &found.notes[..] else { panic!("{:?}", found.notes) };
        assert!(note.place == "a.txt" && note.message.contains("no such word"), "{note:?}");
    }
}
