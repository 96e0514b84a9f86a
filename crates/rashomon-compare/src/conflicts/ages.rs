//! Ages of one person that differ: "Holm, 34" and "the 43-year-old".

use super::{Aligned, Clash};
use crate::ConflictKind;
use crate::rules;
use crate::words::lower;
use rashomon_annotate::{Annotated, NameKind, Tag};
use rashomon_language::{Fact, Language};
use rashomon_model::Span;

/// The age that each sentence gives, if it gives one, and both stand in the same place.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let ([x], [y]) = (pair.a.values.ages.as_slice(), pair.b.values.ages.as_slice()) else { return Vec::new() };
    // There may be a birthday between two reports.
    let near = pair.a.published().zip(pair.b.published()).is_some_and(|(p, q)| p.duration_since(q).abs() < BIRTHDAY);
    let least = if near && pair.rest(&[x.span], &[y.span]) >= ONE_YEAR { 1 } else { 2 };
    // A girl of seven and a boy of eight are two.
    let two = matches!((x.person.as_deref(), y.person.as_deref()), (Some(p), Some(q)) if p != q);
    if two || x.years.abs_diff(y.years) < least || !pair.same_place(x.span, y.span, true) {
        return Vec::new();
    }
    let shown = |a: &Age| (format!("{} years", a.years), a.span);
    vec![pair.clash(ConflictKind::Number, rules::AGE_OF_THE_SAME, "the same person's age differs", shown(x), shown(y))]
}

/// Share of the rest that must agree for two ages of one year's difference to be of one person.
const ONE_YEAR: f32 = 0.55;
/// Time between two reports in which a birthday is not to be thought of.
const BIRTHDAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(14 * 24);

/// How old somebody is, and where that stands.
pub(super) struct Age {
    years: u32,
    span: Span,
    /// The noun for the person behind it, if one stands there: "7-year-old Askelian girl".
    person: Option<String>,
}

/// The ages of people in a sentence: "28-year-old", "28 years old", "aged 28", "Jane Roe, 28,".
pub(super) fn ages(article: &Annotated, sentence: Span) -> Vec<Age> {
    let tokens = article.tokens_in(sentence);
    let word = |i: usize| tokens.get(i).map_or("", |t| article.text(t.span));
    let mut out = Vec::new();
    for (i, t) in tokens.iter().enumerate() {
        let text = article.text(t.span);
        let digits = text.split(['-', ' ']).next().unwrap_or_default();
        let Some(years) = years(digits).or_else(|| in_words(digits)) else { continue };
        let rest = text[digits.len()..].to_lowercase();
        let next = || (i + 1..i + 5).map(word).collect::<String>().to_lowercase();
        let old = rest.starts_with("-year-old")
            || rest.is_empty() && {
                let next = next();
                next.starts_with("-year-old") || next.starts_with("yearsold") || next.starts_with("-years-old")
            };
        let aged = rest.is_empty() && i > 0 && matches!(word(i - 1), "aged" | "age");
        let beside = rest.is_empty()
            && i > 1
            && word(i - 1) == ","
            && matches!(word(i + 1), "," | ".")
            && article.names_over(tokens[i - 2].span).any(|n| {
                n.kind != NameKind::Organization && n.span.end() == tokens[i - 2].span.end() && n.span.len() > 3
            });
        // "The victim, 34, was": of a person whom a noun names.
        let of_noun = rest.is_empty()
            && i > 1
            && word(i - 1) == ","
            && word(i + 1) == ","
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && tokens[i - 2].tag == Tag::NN
            && Language::english().list(Fact::PersonNouns).contains(&word(i - 2).to_lowercase());
        let dated = article.times_over(t.span).any(|d| d.value.contains('-'));
        if old || (aged || beside || of_noun) && !dated {
            let nouns = Language::english().list(Fact::PersonNouns);
            let behind = (i + 1..tokens.len().min(i + PERSON)).map(|k| word(k).to_lowercase());
            let person = if old { { behind }.find(|w| nouns.has(w, "m") || nouns.has(w, "f")) } else { None };
            out.push(Age { years, span: Span::new(t.span.start(), t.span.start() + digits.len()), person });
        }
    }
    out
}

/// A number up to a hundred in words, which only an age in words is taken for: "two-year-old".
fn in_words(word: &str) -> Option<u32> {
    let value = Language::english().list(Fact::NumberWords).get(&lower(word))?;
    value.split_whitespace().find_map(|it| it.parse().ok()).filter(|n| (1..100).contains(n))
}

/// Words behind an age, itself included, among which the noun for the person stands.
const PERSON: usize = 8;

/// An age in years, 1 to 119.
fn years(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 3 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok().filter(|n| (1..120).contains(n))
}
