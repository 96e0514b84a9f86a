//! What stands in an article of a language that has a pack of lists and no trained models: quotations with their speakers,
//! numbers and times. Without a pack, stretches inside quotation marks and dates written in digits.
//!
//! Everything is found by lists and marks; names are not looked for, and speech without marks is not either.

mod counts;
mod numbers;
mod quotes;
mod times;
mod words;

use crate::{Annotated, Time};
use rashomon_language::Language;
use rashomon_model::{Moment, Note, Severity};

/// Adds the layers that `language` allows to `it`, whose sentences are known.
pub(crate) fn annotate(it: &mut Annotated, language: &Language) {
    let words = words::words(it);
    it.times = times::times(&words, language, it.dateline.map(Moment::date));
    it.numbers = numbers::numbers(it, &words, language);
    it.quotes = quotes::quotes(it, &words, language);
}

/// The times of an article without a date of its own, as if it had been written at `dateline`.
pub(crate) fn times_at(it: &Annotated, language: &Language, dateline: Moment) -> Vec<Time> {
    let mut times = times::times(&words::words(it), language, Some(dateline.date()));
    times.iter_mut().for_each(|it| it.inferred = true);
    times
}

/// What a reader of the article is told about that.
pub(crate) fn note(it: &Annotated, language: &Language) -> Note {
    let code = it.article.language.as_deref().unwrap_or("und");
    let found = if language.has_pack() {
        "quotations, speakers, numbers and times are found by lists; names, indirect speech and points are not"
    } else {
        "only sentences, quotation marks, digits and copied passages are read"
    };
    Note {
        place: it.article.source.clone(),
        message: format!("language {code}: {found}"),
        rule: if language.has_pack() { "language-with-lists" } else { "language-without-pack" },
        severity: Severity::Info,
    }
}

#[cfg(test)]
mod tests;
