//! Whose document speaks: "the statement" is of whom a statement was quoted last.

use crate::Annotated;
use rashomon_language::{Fact, Language};
use rashomon_model::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Nouns for what somebody issues.
static DOCUMENTS: LazyLock<Vec<&str>> = LazyLock::new(|| Language::english().list(Fact::Documents).entries().collect());

/// The documents that the words around `at` bring in as the speaker's own, within their sentence: "said in a statement", "her
/// letter", "released a report". "Rejected a report" brings in somebody else's.
pub(super) fn issues(it: &Annotated, at: usize) -> impl Iterator<Item = String> + '_ {
    let sentence = it.sentence_at(at).map_or(0..0, |s| it.sentences[s].first_token..it.sentences[s].end_token);
    let cue = it.tokens.partition_point(|t| t.span.end() <= at);
    let near = sentence.start.max(cue.saturating_sub(AROUND))..sentence.end.min(cue + AROUND);
    near.filter_map(move |i| {
        let noun = it.text(it.tokens[i].span);
        let known = if noun.is_ascii() {
            DOCUMENTS.iter().any(|it| it.eq_ignore_ascii_case(noun))
        } else {
            DOCUMENTS.contains(&noun.to_lowercase().as_str())
        };
        let word = |k: usize| it.text(it.tokens[k].span).to_lowercase();
        let article = known.then(|| (i.saturating_sub(3).max(sentence.start)..i).rev()).and_then(|mut before| {
            before.find(|&k| matches!(word(k).as_str(), "a" | "an" | "his" | "her" | "its" | "their"))
        })?;
        let own = !matches!(word(article).as_str(), "a" | "an");
        let through = article.checked_sub(1).filter(|&k| k >= sentence.start).is_some_and(|k| {
            let issuing = Language::english().list(Fact::IssuingVerbs);
            matches!(word(k).as_str(), "in" | "via" | "through" | "by") || issuing.contains(&word(k))
        });
        (own || through).then(|| noun.to_lowercase())
    })
}

/// Tokens on either side of a cue in which a document is brought in.
const AROUND: usize = 40;

/// For each noun for a document who issued the last one, as entity if there is one, and by name.
pub(super) type Issued = FxHashMap<String, (Option<usize>, String)>;

/// Who issued the document that speaks at `head`: "the statement" is of whom a statement was quoted last.
pub(super) fn issuer<'a>(it: &Annotated, head: Span, issued: &'a Issued) -> Option<&'a (Option<usize>, String)> {
    let words = it.text(head).to_lowercase();
    let noun = words.strip_prefix("the ").or_else(|| words.strip_prefix("this "))?;
    issued.get(noun)
}
