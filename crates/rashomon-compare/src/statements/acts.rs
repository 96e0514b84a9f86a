//! Which words of a statement tell what is done: its main verb and the verbs it governs, or, where the verb only says that
//! something takes place or is so, the noun or adjective that carries the sense.
//!
//! Two statements about one subject share most of their words although they state different things ("the bridge was shut
//! after the crash", "the ferry crashed into the bridge"); their acts tell them apart.

use super::clauses::is_saying;
use crate::meaning::base_form;
use rashomon_annotate::{Annotated, Tag, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// What a statement does, as a kind of speech act (Searle 1976, "A classification of illocutionary acts").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Force {
    /// Somebody asks for it.
    Asked,
    /// Somebody with the power to do so brings it about by saying so.
    Decreed,
    /// Anything else.
    Plain,
}

/// The words that tell what is done, in order of place; empty where nothing does.
pub(super) fn acts(article: &Annotated, span: Span) -> Vec<Span> {
    let tokens = article.tokens_in(span);
    let base = |t: &Token| base_form(&article.text(t.span).to_lowercase()).to_owned();
    let Some(main) = main_verb(article, tokens) else { return Vec::new() };
    let verb = base(&tokens[main]);
    let content = |t: &&Token| t.tag.is_noun() || matches!(t.tag, Tag::JJ | Tag::VBN | Tag::VBG);
    let behind = || tokens[main + 1..].iter().take(REACH).find(content).map(|t| t.span);
    let before = || tokens[..main].iter().rev().find(|t| matches!(t.tag, Tag::NN | Tag::NNS)).map(|t| t.span);
    let mut out: Vec<Span> = if COPULAS.contains(verb.as_str()) {
        behind().into_iter().collect()
    } else if HAPPENS.contains(verb.as_str()) {
        before().into_iter().chain(behind()).collect()
    } else {
        vec![tokens[main].span]
    };
    // "had written to the minister to ask for a hearing": what it is for.
    let governed = tokens[main + 1..].windows(2).filter(|w| w[0].tag == Tag::TO && w[1].tag == Tag::VB);
    out.extend(governed.map(|w| w[1].span));
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether the acts ask for something or decree it.
pub(super) fn force(article: &Annotated, acts: &[Span]) -> Force {
    let is = |list: &WordSet| acts.iter().any(|a| list.contains(base_form(&article.text(*a).to_lowercase())));
    match (is(&ASKS), is(&DECREES)) {
        (true, false) => Force::Asked,
        (false, true) => Force::Decreed,
        _ => Force::Plain,
    }
}

/// Whether a base form only says that something takes place or is so.
pub(crate) fn is_light(base: &str) -> bool {
    HAPPENS.contains(base) || COPULAS.contains(base)
}

/// Words behind a verb among which its object is looked for.
const REACH: usize = 6;

/// Verbs that say of an event that it takes place, will, or was to.
static HAPPENS: WordSet = WordSet::english(Fact::Scheduling, "happens");
/// Verbs that link their subject to what it is.
static COPULAS: WordSet = WordSet::english(Fact::Auxiliaries, "copula");
/// Verbs of asking (directives) and of deciding (declarations and commissives); Searle 1976.
static ASKS: WordSet = WordSet::english(Fact::Acts, "asks");
static DECREES: WordSet = WordSet::english(Fact::Acts, "decrees");

/// Index of the last verb of the first finite verb group: "held" of "will not be held"; else of the first verb.
fn main_verb(article: &Annotated, tokens: &[Token]) -> Option<usize> {
    use Tag::{MD, RB, TO, VB, VBD, VBG, VBN, VBP, VBZ};
    let finite = |t: &Token| matches!(t.tag, VBD | VBP | VBZ | MD);
    // "Nobody, she said, could have …": who says it is not what is said.
    let tells = |t: &Token| finite(t) && !is_saying(&article.text(t.span).to_lowercase());
    let first = tokens
        .iter()
        .position(tells)
        .or_else(|| tokens.iter().position(finite))
        .or_else(|| tokens.iter().position(|t| t.tag.is_verb()))?;
    let mut last = first;
    for i in first + 1..tokens.len().min(first + 8) {
        let word = article.text(tokens[i].span);
        let helps = |at: usize| {
            let base = base_form(&article.text(tokens[at].span).to_lowercase()).to_owned();
            tokens[at].tag == MD || AUXILIARIES.contains(base.as_str())
        };
        match tokens[i].tag {
            VB | VBN | VBG | VBD if helps(last) => last = i,
            RB | TO => {}
            _ if matches!(word, "n't" | "not" | "also" | "been" | "be") => {}
            _ => break,
        }
    }
    Some(last)
}

/// Verbs that others follow in one group.
static AUXILIARIES: WordSet = WordSet::english(Fact::Auxiliaries, "act");

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    #[test]
    fn the_words_that_tell() {
        for (text, want) in [
            ("A barge was shut out of the lock by the crew.", vec!["shut"]),
            ("The mayor has ordered a review of the lock.", vec!["ordered"]),
            ("The review will be held on Monday in Tarvel.", vec!["review", "Monday"]),
            ("The union wrote to the mayor to demand a review.", vec!["wrote", "demand"]),
            ("The lock remains closed to barges.", vec!["closed"]),
        ] {
            let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
            let found: Vec<&str> = acts(&it, Span::new(0, text.len())).into_iter().map(|s| it.text(s)).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
