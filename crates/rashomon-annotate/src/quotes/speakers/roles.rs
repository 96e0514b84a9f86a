//! Who bears a role: "the minister" is the one who was called a minister.

use crate::Annotated;
use crate::quotes::persons::takes_name;
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;

/// Words that make a noun phrase definite.
static DEFINITE: WordSet = WordSet::english(Fact::Determiners, "definite");

/// The entity whose role in this article is the head of the words at `span`; only for definite phrases.
pub(super) fn by_role(it: &Annotated, span: Span, words: &str) -> Option<usize> {
    let words: Vec<&str> = words.split_whitespace().filter(|w| !DEFINITE.contains(w)).collect();
    let head = *words.last()?;
    let first = it.text(span).split_whitespace().next().map(str::to_lowercase)?;
    let definite = DEFINITE.contains(first.as_str()) || DEFINITE.contains(token_before_span(it, span).as_str());
    if !definite || head.len() < 4 {
        return None;
    }
    let bearer = takes_name(head);
    let rank = Rank::of(words.iter().copied());
    let end = it.names.partition_point(|n| n.span.end() <= span.start());
    let bears = |e: usize| {
        it.entities[e].roles.iter().any(|r| {
            let role = r.to_lowercase();
            let mut role_words = role.split_whitespace().map(spelled_out);
            rank.may_be(&Rank::of(role.split_whitespace()))
                && (
                    // "The budget" is no "budget chief".
                    bearer && words.iter().all(|w| role.split_whitespace().map(spelled_out).any(|r| r == *w))
                        || role_words.next_back() == Some(head)
                )
        })
    };
    it.names[..end].iter().rev().find(|n| bears(n.entity)).map(|n| n.entity)
}

/// What the words of a role say besides the office: the vice president is not the president, and who is a former governor is not
/// governor any more.
#[derive(PartialEq)]
struct Rank<'a> {
    second: Option<&'a str>,
    former: bool,
}

impl<'a> Rank<'a> {
    fn of(words: impl Iterator<Item = &'a str>) -> Self {
        let (mut second, mut former) = (None, false);
        for word in words {
            match word {
                "vice" | "deputy" | "assistant" | "associate" | "lieutenant" => second = Some(word),
                "former" | "ex" | "then" => former = true,
                _ => {}
            }
        }
        Self { second, former }
    }

    /// Whether a phrase with this rank may mean who bears `role`.
    fn may_be(&self, role: &Self) -> bool {
        // "the senator" may be a former one; "the former senator" is no senator.
        self.second == role.second && (!self.former || role.former)
    }
}

/// The word that a title before a name abbreviates: "Dr." is a doctor.
fn spelled_out(title: &str) -> &str {
    let bare = title.trim_end_matches('.');
    Language::english().list(Fact::ShortTitles).get(bare).unwrap_or(title)
}

fn token_before_span(it: &Annotated, span: Span) -> String {
    let at = it.tokens.partition_point(|t| t.span.end() <= span.start());
    let word =
        |back: usize| at.checked_sub(back).map(|i| it.text(it.tokens[i].span).to_lowercase()).unwrap_or_default();
    let near = word(1);
    if DEFINITE.contains(near.as_str()) { near } else { word(2) }
}
