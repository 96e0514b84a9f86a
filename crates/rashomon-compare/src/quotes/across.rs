//! One utterance in two languages: which quotation of one is which of the other, and what was changed on the way.
//!
//! Sayings are one where each is the other's likeliest partner by far ([`Sayings`]) and nothing speaks against it: not the
//! names of the speakers. Numbers and negation that differ are told as differences.

use super::people::is_named;
use super::{Group, Piece, rule_rank};
use crate::rules;
use crate::{Difference, DifferenceKind};
use rashomon_annotate::{Annotated, Corpus, QuoteKind};
use rashomon_language::crossing::{Key, each_key};
use rashomon_language::{Fact, Language};
use rashomon_lineage::Sayings;
use rashomon_model::{Anchor, ArticleId, Span};

/// The least words of a quotation that is looked for in other languages.
const LEAST_WORDS: usize = 4;
/// The least logarithm of the odds that two quotations are one, if both are given to one name, and if not both are named.
const NAMED: f32 = 1.0;
const UNNAMED: f32 = 4.0;
/// The most quotations of a story that are held against those of other languages: what is held is held against all.
const MOST: usize = 2_000;

/// The language of an article.
pub(super) fn language(it: &Annotated) -> &'static Language {
    Language::of(it.article.language.as_deref())
}

/// Puts groups of `pieces` together that are one utterance in two languages.
pub(super) fn link(corpus: &Corpus, articles: &[ArticleId], pieces: &[Piece], groups: Vec<Group>) -> Vec<Group> {
    let of_piece = |n: usize| language(corpus.get(pieces[n].anchor.article));
    let mut numbers: Vec<usize> =
        articles.iter().map(|a| language(corpus.get(*a))).filter(|it| it.crosses()).map(Language::number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() < 2 {
        return groups;
    }
    let quoted = |n: &usize| {
        let it = &pieces[*n];
        matches!(it.kind, QuoteKind::Direct | QuoteKind::Mixed)
            && it.words.len() >= LEAST_WORDS
            && of_piece(*n).crosses()
    };
    let held: Vec<usize> = (0..pieces.len()).filter(quoted).take(MOST).collect();
    let texts: Vec<_> = articles
        .iter()
        .map(|a| corpus.get(*a))
        .map(|it| (it.article.text.as_str(), language(it)))
        .filter(|it| it.1.crosses())
        .collect();
    let said: Vec<_> = held.iter().map(|n| (corpus.text(pieces[*n].anchor), of_piece(*n))).collect();
    let sayings = Sayings::of(&texts, &said);
    let of_language = |number: usize| (0..held.len()).filter(|k| said[*k].1.number() == number).collect::<Vec<_>>();
    let mut group_of = vec![usize::MAX; pieces.len()];
    for (g, group) in groups.iter().enumerate() {
        group.members.iter().for_each(|m| group_of[*m] = g);
    }
    let mut home: Vec<usize> = (0..groups.len()).collect();
    for (k, one) in numbers.iter().enumerate() {
        for other in &numbers[k + 1..] {
            for (x, y, odds) in sayings.partners(&of_language(*one), &of_language(*other), NAMED) {
                let (p, q) = (&pieces[held[x]], &pieces[held[y]]);
                let one_name = same_name((p.speaker, said[x].1), (q.speaker, said[y].1));
                let sure = match one_name {
                    Some(true) => true,
                    Some(false) => false,
                    None => odds >= UNNAMED,
                };
                let (a, b) = (root(&home, group_of[held[x]]), root(&home, group_of[held[y]]));
                if sure {
                    home[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut out: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    for n in (0..out.len()).rev() {
        let first = root(&home, n);
        if first == n {
            continue;
        }
        let Some(moved) = out[n].take() else { continue };
        if let Some(into) = out[first].as_mut() {
            into.members.extend(moved.members);
            if rule_rank(rules::QUOTED_IN_ANOTHER_LANGUAGE) < rule_rank(into.rule) || into.rule == rules::SINGLE_FORM {
                into.rule = rules::QUOTED_IN_ANOTHER_LANGUAGE;
            }
        }
    }
    out.into_iter().flatten().collect()
}

fn root(home: &[usize], mut at: usize) -> usize {
    while home[at] != at {
        at = home[at];
    }
    at
}

/// Whether two names of two languages sound alike; `None` where not both are names.
pub(super) fn same_name(a: (Option<&str>, &Language), b: (Option<&str>, &Language)) -> Option<bool> {
    let sounds = |(name, language): (Option<&str>, &Language)| {
        let name = name.filter(|it| is_named(it))?;
        let mut keys: Vec<Key> = Vec::new();
        each_key(name, language, |key, place| {
            if key.is_sound() && name[place].starts_with(char::is_uppercase) {
                keys.push(key);
            }
        });
        (!keys.is_empty()).then_some(keys)
    };
    let (x, y) = (sounds(a)?, sounds(b)?);
    Some(x.iter().any(|key| y.contains(key)))
}

/// Whether two places of two languages give other numbers.
pub(crate) fn changed_numbers(corpus: &Corpus, a: Anchor, b: Anchor) -> bool {
    let of = |at: Anchor| (corpus.text(at), language(corpus.get(at.article)), at.span);
    differences(of(a), of(b)).iter().any(|it| it.kind == DifferenceKind::Replaced)
}

/// What two wordings of two languages do not share that a translation keeps: numbers, and whether anything is negated. `best`
/// and `form` are texts with their languages and where they stand.
pub(super) fn differences(best: (&str, &Language, Span), form: (&str, &Language, Span)) -> Vec<Difference> {
    let numbers = |(text, language, at): (&str, &Language, Span)| {
        let mut out: Vec<(Key, Span)> = Vec::new();
        each_key(text, language, |key, place| {
            if key.is_number() {
                out.push((key, Span::new(at.start() + place.start, at.start() + place.end)));
            }
        });
        out
    };
    let (of_best, of_form) = (numbers(best), numbers(form));
    let only = |some: &[(Key, Span)], others: &[(Key, Span)]| {
        some.iter().filter(|it| !others.iter().any(|other| other.0 == it.0)).map(|it| it.1).collect::<Vec<_>>()
    };
    let (left, come) = (only(&of_best, &of_form), only(&of_form, &of_best));
    let (best_at, form_at) = (empty(best.2), empty(form.2));
    let mut out = Vec::new();
    // A number of one that the other gives in words is none that was changed: only where both have one of their own are
    // these set against each other.
    for (x, y) in left.iter().zip(&come) {
        out.push(Difference { kind: DifferenceKind::Replaced, best: *x, form: *y, negation: false });
    }
    match (negation(best), negation(form)) {
        (Some(at), None) => {
            out.push(Difference { kind: DifferenceKind::Omitted, best: at, form: form_at, negation: true });
        }
        (None, Some(at)) => {
            out.push(Difference { kind: DifferenceKind::Inserted, best: best_at, form: at, negation: true });
        }
        _ => {}
    }
    out.sort_by_key(|it| (it.best, it.form));
    out
}

fn empty(span: Span) -> Span {
    Span::new(span.start(), span.start())
}

/// The first word of negation.
fn negation((text, language, at): (&str, &Language, Span)) -> Option<Span> {
    let list = language.list(Fact::Conventions);
    let mut from = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
        let lower = bare.to_lowercase().replace('’', "'");
        // "N'est", "don't".
        let clitic = lower.split_once('\'').is_some_and(|(head, _)| list.has(&format!("{head}'"), "negation"));
        if list.has(&lower, "negation") || clitic {
            return Some(Span::new(at.start() + from, at.start() + from + bare.len()));
        }
        from += word.len();
    }
    None
}
