//! Tokens with their part of speech, and names.

use crate::{Annotated, Entity, Name, Sentence, Tag, Token};
use rashomon_model::{Article, Span};

/// The tokens of an article, and its sentences with their tokens assigned.
pub(crate) fn tokens(article: &Article, mut sentences: Vec<Sentence>) -> (Vec<Token>, Vec<Sentence>) {
    let mut tokens = Vec::new();
    for s in &mut sentences {
        s.first_token = tokens.len();
        let mut start = None;
        let text = s.span.text(&article.text);
        for (i, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
            if c.is_alphanumeric() {
                start.get_or_insert(i);
                continue;
            }
            if let Some(from) = start.take() {
                tokens.push(Token { span: Span::new(s.span.start() + from, s.span.start() + i), tag: Tag::Other });
            }
            if !c.is_whitespace() {
                let at = s.span.start() + i;
                tokens.push(Token { span: Span::new(at, at + c.len_utf8()), tag: Tag::Other });
            }
        }
        s.end_token = tokens.len();
    }
    (tokens, sentences)
}

/// The names of an article and the things they name.
pub(crate) fn names(_it: &Annotated) -> (Vec<Name>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
