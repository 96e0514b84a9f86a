//! Which words of a description are loaded, by the lexicon `meaning/english/loaded.txt`.

use crate::meaning::{base_form, lines};
use rashomon_annotate::Corpus;
use rashomon_model::{Anchor, Span};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

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

fn lexicon() -> &'static FxHashSet<&'static str> {
    static LEXICON: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let lists = lines(include_str!("../meaning/english/loaded.txt")).filter_map(|l| l.split_once(':'));
        lists.flat_map(|(_, words)| words.split(',').map(str::trim)).filter(|w| !w.is_empty()).collect()
    })
}
