//! Which words of a description are loaded, by the list of loaded words of the language.

use crate::meaning::base_form;
use rashomon_annotate::Corpus;
use rashomon_language::{Fact, Language, List};
use rashomon_model::{Anchor, Span};

/// The loaded words inside a description, in order of place.
pub(super) fn loaded(corpus: &Corpus, anchor: Anchor) -> Vec<Span> {
    let article = corpus.get(anchor.article);
    let tokens = article.tokens_in(anchor.span);
    let mut out: Vec<Span> = Vec::new();
    for from in 0..tokens.len() {
        // The longest entry wins: "so-called" before "called".
        let found = (from..tokens.len().min(from + 4)).rev().find_map(|to| {
            let span = tokens[from].span.cover(tokens[to].span);
            let words = article.text(span).to_lowercase();
            let based = base_form(&words);
            (lexicon().contains(words.as_str()) || lexicon().contains(based)).then_some(span)
        });
        if let Some(span) = found.filter(|s| out.last().is_none_or(|l| l.end() <= s.start())) {
            out.push(span);
        }
    }
    out
}

fn lexicon() -> &'static List {
    Language::english().list(Fact::LoadedWords)
}
