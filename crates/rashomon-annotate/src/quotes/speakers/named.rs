//! Which name, or pronoun, the words are.

use crate::{Annotated, Name, NameKind, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

static PRONOUNS: WordSet = WordSet::english(Fact::Pronouns, "speaker-phrase");

/// Whether a word, in lower case, is a pronoun.
pub(super) fn is_pronoun(lower: &str) -> bool {
    PRONOUNS.contains(lower)
}

/// The name that heads `span`: a person's before another's, the last of several. In "a Gazette writer" and "Stone's aide"
/// the head is no name.
pub(super) fn named(it: &Annotated, span: Span) -> Option<&Name> {
    let from = it.names.partition_point(|n| n.span.end() <= span.start());
    let found = || it.names[from..].iter().take_while(|n| n.span.start() < span.end());
    let name = found().filter(|n| n.kind == NameKind::Person).last().or_else(|| found().last())?;
    let rest = Span::new(name.span.end().min(span.end()), span.end());
    let small = it.tokens_in(rest).last().is_some_and(|t| it.text(t.span).starts_with(char::is_lowercase));
    let common = small || it.tokens_in(rest).iter().any(|t| matches!(t.tag, Tag::NN | Tag::NNS));
    let proper = it.tokens_in(rest).last().is_some_and(|t| t.tag.is_proper()) && name.kind != NameKind::Person;
    (!common && !proper).then_some(name)
}

/// Whether a name owns what stands behind it: "Stone's claim".
pub(super) fn possessive(it: &Annotated, name: &Name) -> bool {
    let rest = &it.article.text[name.span.end()..];
    rest.starts_with("'s") || rest.starts_with("’s")
}
