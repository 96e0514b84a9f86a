//! Whom a pronoun or a bare role means: the name that stands for it in a neighbouring place of the same article.

use rashomon_annotate::{Annotated, NameKind};
use rashomon_model::Span;

/// The name that the pronoun at the beginning of a statement stands for: the last person named before it in its sentence,
/// else the first one of the sentence before. A guess; it only adds to what a statement is compared by, never to what is
/// shown.
pub(super) fn of_pronoun(article: &Annotated, span: Span) -> Option<Span> {
    let text = article.text(span);
    let first = text.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty())?.to_lowercase();
    if matches!(first.as_str(), "i" | "we") || text.contains(" I ") {
        let quote = article.quotes_over(span).max_by_key(|q| q.span.shared(span))?;
        let entity = quote.speaker_entity?;
        return article.names.iter().find(|n| n.entity == entity).map(|n| n.span);
    }
    let gender = match first.as_str() {
        "he" => 'm',
        "she" => 'f',
        _ => return None,
    };
    let at = article.sentence_at(span.start())?;
    let fits = |n: &&rashomon_annotate::Name| {
        let entity = article.entities.get(n.entity);
        n.kind == NameKind::Person && entity.is_some_and(|e| e.gender.is_none_or(|g| g == gender))
    };
    let inside = |s: Span| article.names_in(s).iter().filter(fits);
    let mut before = inside(article.sentences[at].span).filter(|n| n.span.end() <= span.start());
    // "Calloway" of "…,” Calloway said": the subject is nearer than an object further on.
    if let Some(n) = before.next_back() {
        return Some(n.span);
    }
    let last = article.sentences.get(at.checked_sub(1)?)?;
    inside(last.span).next().map(|n| n.span)
}

/// Names of those that the statement calls only by a role the article gave them before: "his counterpart".
pub(super) fn of_roles(article: &Annotated, span: Span) -> Vec<Span> {
    let text = article.text(span).to_lowercase();
    let mut out = Vec::new();
    for (e, entity) in article.entities.iter().enumerate() {
        if entity.kind != NameKind::Person {
            continue;
        }
        // "Minister Jane Roe" names another, or this one.
        let bare = |at: usize| {
            let next = article.names.partition_point(|n| n.span.start() < span.start() + at);
            article.names.get(next).is_none_or(|n| n.span.start() > span.start() + at + 2)
        };
        let called = |role: &String| {
            let role = role.to_lowercase();
            // One bare word such as "president" can be anyone's role.
            let telling = role.contains(' ') && role.len() > 8;
            telling && text.match_indices(&role).any(|(i, _)| whole(&text, i, role.len()) && bare(i + role.len()))
        };
        let named = article.names_in(span).iter().any(|n| n.entity == e);
        if !named && entity.roles.iter().any(called) {
            out.extend(article.names.iter().find(|n| n.entity == e && n.span.end() <= span.start()).map(|n| n.span));
        }
    }
    out.truncate(3);
    out
}

/// "his counterpart" without a name means whom the article called so by name before: "his counterpart Jane Roe".
pub(super) fn of_counterpart(article: &Annotated, span: Span) -> Option<Span> {
    const WORD: &str = "counterpart";
    let after = |at: usize| {
        let next = article.names.partition_point(|n| n.span.start() < at);
        article.names.get(next).filter(|n| article.article.text[at..n.span.start()].trim_matches([' ', ',']).is_empty())
    };
    let bare = article.text(span).match_indices(WORD).any(|(i, _)| after(span.start() + i + WORD.len()).is_none());
    let before = article.article.text.get(..span.start())?;
    let named = |(i, _)| after(i + WORD.len()).filter(|n| n.kind == NameKind::Person).map(|n| n.span);
    bare.then(|| before.match_indices(WORD).filter_map(named).last()).flatten()
}

/// Whether the stretch at `at` is no part of longer words.
fn whole(text: &str, at: usize, len: usize) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    edge(text[..at].chars().next_back()) && edge(text[at + len..].chars().next())
}
