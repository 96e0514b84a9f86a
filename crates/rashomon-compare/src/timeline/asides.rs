//! Times that say which event a noun means, and tell of none themselves.

use rashomon_annotate::{Annotated, Tag, Token};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;

/// Whether an expression only describes a noun ("Thursday's ruling", "the reality of today"): the clause around it tells of
/// something else.
pub(super) fn only_describes(it: &Annotated, time: Span) -> bool {
    let text = &it.article.text;
    // "as of Tuesday" says until when something is known, "in the weeks before May 3" what did not take place on it.
    let before = text[..time.start()].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let aside = matches!(
        word,
        "before" | "after" | "since" | "until" | "till" | "through" | "beyond" | "Before" | "After" | "Since" | "Until"
    );
    if aside || ["as of", "As of", "ahead of", "Ahead of"].iter().any(|phrase| before.ends_with(phrase)) {
        return true;
    }
    let behind = &text[time.end()..];
    let owns = ["'s ", "’s ", "'s\u{a0}", "’s\u{a0}"].iter().any(|s| behind.starts_with(s))
        || it.text(time).ends_with("'s")
        || it.text(time).ends_with("’s");
    let now = matches!(it.text(time).to_lowercase().as_str(), "today" | "now");
    owns || now && text[..time.start()].trim_end().ends_with(" of")
}

/// Whether a day only tells which event a noun means: "her Tuesday triumph", "his move on Wednesday was praised", "after the
/// debate on Thursday".
pub(super) fn names_by_day(it: &Annotated, sentence: Span, time: Span) -> bool {
    let tokens = it.tokens_in(sentence);
    let at = tokens.partition_point(|t| t.span.start() < time.start());
    let behind = tokens.partition_point(|t| t.span.start() < time.end());
    let owned = at > 0 && matches!(tokens[at - 1].tag, Tag::PRPS | Tag::POS | Tag::DT);
    if owned && tokens.get(behind).is_some_and(|t| matches!(t.tag, Tag::NN | Tag::NNS | Tag::JJ)) {
        return true;
    }
    let leads = |t: &Token| matches!(it.text(t.span), "on" | "of" | "in" | "early" | "late");
    let noun = at - tokens[..at].iter().rev().take(2).take_while(|t| leads(t)).count();
    let Some(head) = noun.checked_sub(1).map(|n| &tokens[n]) else { return false };
    if !matches!(head.tag, Tag::NN | Tag::NNS) || acts(&it.text(head.span).to_lowercase()) {
        return false;
    }
    let finite = |t: &Token| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD);
    if tokens.get(behind).is_some_and(finite) {
        return true;
    }
    let phrase = |t: &Token| {
        t.tag.is_noun()
            || matches!(t.tag, Tag::DT | Tag::JJ | Tag::CD | Tag::PRPS | Tag::POS)
            || it.text(t.span) == "of"
    };
    let from = noun - tokens[..noun].iter().rev().take_while(|t| phrase(t)).count();
    from.checked_sub(1).is_some_and(|n| {
        let word = it.text(tokens[n].span).to_lowercase();
        matches!(word.as_str(), "after" | "following" | "during" | "since" | "before" | "amid" | "despite" | "about")
    })
}

/// Whether a noun, in lower case, acts itself: a time behind it belongs to its verb ("officials on Monday said").
fn acts(noun: &str) -> bool {
    let language = Language::english();
    [Fact::PersonNouns, Fact::Titles, Fact::Bodies, Fact::OutletNouns].iter().any(|f| language.list(*f).contains(noun))
        || ["er", "or", "ist", "ers", "ors", "ists", "ians"].iter().any(|end| noun.ends_with(end))
}
