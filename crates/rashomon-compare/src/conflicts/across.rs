//! Where a sentence and its counterpart in another language cannot both be right: they give other figures or days, or one says
//! no where the other says yes.
//!
//! What two languages say is aligned by sentences alone, not word for word. So a figure clashes only where all others of both
//! sentences and of those beside them are accounted for, and a "no" only where the word it stands with is there on the other
//! side and nothing else denies it.

use super::measures::{counts, measure};
use crate::rounding::compatible;
use crate::{Amount, Conflict, ConflictKind, ConflictValue, rules};
use rashomon_annotate::{Annotated, Approximation, Corpus, Number};
use rashomon_language::crossing::{Key, each_key};
use rashomon_language::{Fact, Language};
use rashomon_model::{Anchor, Rule, Span};

/// Two sentences of two languages of which each is the other's likeliest partner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counterparts {
    /// The sentences.
    pub(crate) at: [Anchor; 2],
    /// Whether they stand in a passage that one report has from the other.
    pub(crate) translated: bool,
    /// Whether they surely say the same, by themselves.
    pub(crate) sure: bool,
}

/// What `pair` cannot agree on.
pub(crate) fn across(corpus: &Corpus, pair: Counterparts) -> Vec<Conflict> {
    let sides = pair.at.map(|at| Side::of(corpus, at));
    let [a, b] = &sides;
    let mut out = Vec::new();
    let values = |x: (String, Span), y: (String, Span), amounts: [Option<Amount>; 2]| {
        let [m, n] = amounts;
        let value = |side: &Side, it: (String, Span), amount| ConflictValue {
            value: it.0,
            amount,
            anchor: Anchor::new(side.at.article, it.1),
        };
        vec![value(a, x, m), value(b, y, n)]
    };
    let mut add = |kind, rule, what: &str, values: Vec<ConflictValue>| {
        out.push(conflict(corpus, &sides, kind, rule, what, values, pair.translated));
    };
    if let Some((x, y)) = figures(a, b) {
        let shown = |it: &Figure| (it.shown(), it.span);
        let amounts = [&x, &y]
            .map(|it| Some(Amount { number: it.number.value, counts: it.number.unit.as_deref().is_none_or(counts) }));
        let values = values(shown(&x), shown(&y), amounts);
        add(ConflictKind::Number, rules::FIGURE_IN_ANOTHER_LANGUAGE, "has another figure", values);
    }
    if let Some((x, y)) = days(a, b) {
        add(ConflictKind::Date, rules::FIGURE_IN_ANOTHER_LANGUAGE, "names another day", values(x, y, [None; 2]));
    }
    if let Some((x, y)) = denied(a, b).filter(|_| pair.sure) {
        let word = |side: &Side, span: Span| (side.it.text(span).to_owned(), span);
        let values = values(word(a, x), word(b, y), [None; 2]);
        add(ConflictKind::Negation, rules::DENIED_IN_ANOTHER_LANGUAGE, "says it is not so", values);
    }
    out
}

/// Whether the one denies something and the other nothing at all, perhaps in words that cannot be told to clash: they are not
/// known to agree.
pub(crate) fn may_deny(corpus: &Corpus, at: [Anchor; 2]) -> bool {
    let [a, b] = at.map(|at| Side::of(corpus, at));
    a.negations().is_empty() != b.negations().is_empty()
}

fn conflict(
    corpus: &Corpus,
    [a, b]: &[Side; 2],
    kind: ConflictKind,
    rule: Rule,
    what: &str,
    mut values: Vec<ConflictValue>,
    translated: bool,
) -> Conflict {
    let reason = format!("the same sentence in two languages ({}, {}) {what}", a.language.code(), b.language.code());
    let time = |v: &ConflictValue| corpus.get(v.anchor.article).article.dateline().map(|d| d.at);
    values.sort_by_key(|v| (time(v).is_none(), time(v), v.anchor));
    // Who translates a sentence changes a figure; who tells of the same later may have counted more.
    let update = kind == ConflictKind::Number && !translated && super::is_update(&values, time);
    Conflict { kind, update, values, rule, reason }
}

/// One of two sentences.
struct Side<'a> {
    it: &'a Annotated,
    at: Anchor,
    language: &'static Language,
}

/// A figure that a sentence gives: a number, or digits that are an age.
struct Figure {
    number: Number,
    span: Span,
}

impl Figure {
    fn shown(&self) -> String {
        let unit = self.number.unit.as_deref().map_or_else(String::new, |it| format!(" {it}"));
        format!("{}{unit}", self.number.value)
    }
}

impl<'a> Side<'a> {
    fn of(corpus: &'a Corpus, at: Anchor) -> Self {
        let it = corpus.get(at.article);
        Self { it, at, language: Language::of(it.article.language.as_deref()) }
    }

    fn text(&self) -> &'a str {
        self.it.text(self.at.span)
    }

    fn place(&self, from: usize, to: usize) -> Span {
        Span::new(self.at.span.start() + from, self.at.span.start() + to)
    }

    fn figures(&self) -> Vec<Figure> {
        let number = |n: &Number| Figure { number: n.clone(), span: n.span };
        let within = self.it.numbers.iter().filter(|n| self.at.span.contains(n.span));
        let mut out: Vec<Figure> = within.map(number).collect();
        let read = |span: Span| {
            out.iter().any(|f| f.span.overlaps(span))
                || self.it.times_in(self.at.span).iter().any(|t| t.span.overlaps(span))
        };
        let ages: Vec<Figure> = self.digits().into_iter().filter(|it| !read(it.span)).collect();
        out.extend(ages);
        out
    }

    /// Two or three digits that stand by themselves.
    fn digits(&self) -> Vec<Figure> {
        let text = self.text();
        let mut out = Vec::new();
        let mut from = 0;
        for piece in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let end = from + digits;
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/'));
            let mut behind = text[end..].chars();
            let goes_on = joins(behind.next()) && behind.next().is_some_and(char::is_alphanumeric);
            if (2..=3).contains(&digits) && !goes_on && !joins(text[..from].chars().next_back()) {
                let span = self.place(from, end);
                let value = text[from..end].parse().unwrap_or_default();
                let approximation = Approximation::Exact;
                out.push(Figure { number: Number { span, value, high: None, unit: None, approximation }, span });
            }
            from += piece.len();
        }
        out
    }

    /// The number keys of the sentence and of those beside it.
    fn numbers_around(&self) -> Vec<f64> {
        let n = self.it.sentence_at(self.at.span.start()).unwrap_or_default();
        let around = &self.it.sentences[n.saturating_sub(1)..(n + 2).min(self.it.sentences.len())];
        let Some((first, last)) = around.first().zip(around.last()) else { return Vec::new() };
        let whole = first.span.cover(last.span);
        let mut out: Vec<f64> = self
            .it
            .numbers
            .iter()
            .filter(|n| whole.contains(n.span))
            .flat_map(|n| [Some(n.value), n.high])
            .flatten()
            .collect();
        out.extend(self.it.text(whole).split(|c: char| !c.is_ascii_digit()).filter_map(|it| it.parse::<f64>().ok()));
        out
    }

    /// The words of negation, with where they stand in the sentence.
    fn negations(&self) -> Vec<Span> {
        self.flagged("negation")
    }

    fn flagged(&self, flag: &str) -> Vec<Span> {
        let list = self.language.list(Fact::Conventions);
        let mut out = Vec::new();
        for (from, word) in words(self.text()) {
            let lower = word.to_lowercase().replace('’', "'");
            // "N'est", "don't".
            let clitic = lower.split_once('\'').is_some_and(|(head, _)| list.has(&format!("{head}'"), flag));
            // "No. 1", "non-".
            let joined = self.text()[from + word.len()..].starts_with(['.', '-']);
            let ends = self.text()[from + word.len()..].trim_start_matches('.').trim().is_empty();
            if (list.has(&lower, flag) || clitic) && (!joined || ends) {
                out.push(self.place(from, from + word.len()));
            }
        }
        out
    }

    /// Every word and figure with its keys.
    fn keyed(&self) -> Vec<(Span, Vec<Key>)> {
        let mut out: Vec<(Span, Vec<Key>)> = Vec::new();
        each_key(self.text(), self.language, |key, place| {
            let span = self.place(place.start, place.end);
            if !self.it.text(span).starts_with(char::is_alphanumeric) {
                return;
            }
            match out.last_mut().filter(|it| it.0 == span) {
                Some(it) => it.1.push(key),
                None => out.push((span, vec![key])),
            }
        });
        out
    }
}

/// The words of a text with where they begin; an apostrophe is a part of one.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let of_word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | 'ʼ');
    let mut end = 0;
    let pieces = text.split_inclusive(move |c: char| !of_word(c)).map(move |it| {
        end += it.len();
        (end - it.len(), it.trim_end_matches(|c| !of_word(c)))
    });
    pieces.filter(|it| !it.1.is_empty())
}

/// The one figure of each side that the other lacks, if all others are accounted for. Hedges are left aside: "more than 20" and
/// "über 30" are no translation of each other.
fn figures(a: &Side, b: &Side) -> Option<(Figure, Figure)> {
    let around = [a, b].map(Side::numbers_around);
    let (mut left, mut right) = (a.figures(), b.figures());
    let bare = |it: &Figure| Number { approximation: Approximation::Exact, ..it.number.clone() };
    // Equal ones first, then those that are as good as equal.
    for exact in [true, false] {
        left.retain(|x| {
            let same = |y: &Figure| {
                if exact {
                    (x.number.value - y.number.value).abs() < f64::EPSILON
                } else {
                    compatible(&bare(x), &bare(y))
                }
            };
            let at = right.iter().position(same);
            at.is_none_or(|n| {
                right.remove(n);
                false
            })
        });
    }
    let told = |it: &Figure, there: &[f64]| there.iter().any(|v| (v - it.number.value).abs() < f64::EPSILON);
    left.retain(|it| !told(it, &around[1]));
    right.retain(|it| !told(it, &around[0]));
    let [x] = <[Figure; 1]>::try_from(left).ok()?;
    let [y] = <[Figure; 1]>::try_from(right).ok()?;
    let one = |it: &Figure| it.number.high.is_none();
    (one(&x) && one(&y) && may_be_of_one_unit(&x, &y)).then_some((x, y))
}

/// Whether two figures may be of one unit: a currency or a share is not another, and miles are put into kilometres.
fn may_be_of_one_unit(x: &Figure, y: &Figure) -> bool {
    let units = [x, y].map(|it| it.number.unit.as_deref());
    let share = |it: Option<&str>| it == Some("percent");
    if share(units[0]) != share(units[1]) || matches!(units, [Some(p), Some(q)] if p != q) {
        return false;
    }
    // "47 passengers" are put into nothing.
    let unit = units.into_iter().flatten().next();
    let measured = unit.is_none_or(|it| measure(it).is_some());
    !(measured && converted(x.number.value, y.number.value))
}

/// What a unit of one country is of one of another: miles and kilometres, feet, inches and centimetres, pounds, stones and
/// kilograms, ounces and grams, gallons and litres, acres and hectares, square miles and square kilometres, yards and metres.
const CONVERSIONS: [f64; 11] = [1.609, 0.3048, 2.54, 0.0254, 30.48, 0.4536, 6.35, 28.35, 3.785, 0.4047, 2.59];
/// Degrees Fahrenheit that news tells of, at most.
const HOTTEST: f64 = 250.0;
/// A yard in metres, which rounding takes less far: other figures are as near to one another.
const YARD: f64 = 0.9144;
const YARD_ROUNDED: f64 = 0.015;
/// How far rounding may take a converted figure from what it is.
const ROUNDED: f64 = 0.08;

/// Whether one of two figures may be the other in the units of another country.
fn converted(x: f64, y: f64) -> bool {
    let near = |v: f64, w: f64| (v - w).abs() <= ROUNDED * w.abs();
    let celsius = |v: f64| (v - 32.0) / 1.8;
    let degrees = |v: f64, w: f64| v.abs() <= HOTTEST && near(celsius(v), w);
    let yards = |v: f64, w: f64| (v * YARD - w).abs() <= YARD_ROUNDED * w.abs();
    yards(x, y)
        || yards(y, x)
        || CONVERSIONS.iter().any(|by| near(x * by, y) || near(y * by, x))
        || degrees(x, y)
        || degrees(y, x)
}

/// The one day of each side, given in figures, that the other does not name.
fn days(a: &Side, b: &Side) -> Option<((String, Span), (String, Span))> {
    let days = |side: &Side| -> Vec<(String, Span)> {
        let of = side.it.times_in(side.at.span).iter();
        let day = of.filter(|t| {
            t.value.len() == DAY.len() && t.value.bytes().zip(DAY.bytes()).all(|(c, d)| d != b'0' || c.is_ascii_digit())
        });
        day.map(|t| (t.value.clone(), t.span)).collect()
    };
    let (x, y) = (days(a), days(b));
    let figure = |side: &Side, it: &(String, Span)| side.it.text(it.1).contains(|c: char| c.is_ascii_digit());
    let left: Vec<_> = x.iter().filter(|it| !y.iter().any(|o| o.0 == it.0)).collect();
    let right: Vec<_> = y.iter().filter(|it| !x.iter().any(|o| o.0 == it.0)).collect();
    match (left.as_slice(), right.as_slice()) {
        ([p], [q]) if figure(a, p) && figure(b, q) => Some(((*p).clone(), (*q).clone())),
        _ => None,
    }
}

/// A day as times give it: a digit for each nought.
const DAY: &str = "0000-00-00";

/// The share of the words of each of two sentences that the other must have too, if the one is to deny what the other says, and
/// how many words that are at least: freely put, a sentence has a "not" where another has none.
const LEAST_SHARED: f32 = 0.6;
const LEAST_WORDS: usize = 3;

/// The share of the words of a sentence that have a counterpart in the other; none of too few.
#[allow(clippy::cast_precision_loss, reason = "words of a sentence")]
fn shared(here: &[(Span, Vec<Key>)], there: &[(Span, Vec<Key>)]) -> f32 {
    let meets = |it: &&(Span, Vec<Key>)| there.iter().any(|other| other.1.iter().any(|key| it.1.contains(key)));
    let both = here.iter().filter(meets).count();
    if both < LEAST_WORDS { 0.0 } else { both as f32 / here.len() as f32 }
}

/// Words beside a negation among which the one it stands with is looked for.
const REACH: usize = 3;

/// The most words of one denial.
const NEGATIONS: usize = 4;

/// The denial of one side and the word that the other side has without it.
fn denied(a: &Side, b: &Side) -> Option<(Span, Span)> {
    let (no, yes, flip) = match (a.negations().is_empty(), b.negations().is_empty()) {
        (false, true) => (a, b, false),
        (true, false) => (b, a, true),
        _ => return None,
    };
    let negations = no.negations();
    let negation = negations[0].cover(*negations.last()?);
    // "Ne … pas", "никто не": one denial. Two of them may come to none.
    let one = words(no.it.text(negation)).count() <= NEGATIONS;
    if !one || !yes.flagged("denial").is_empty() || !no.flagged("denial").is_empty() {
        return None;
    }
    let (here, there) = (no.keyed(), yes.keyed());
    if shared(&here, &there) < LEAST_SHARED || shared(&there, &here) < LEAST_SHARED {
        return None;
    }
    let before = here.partition_point(|it| it.0.start() < negation.start());
    let behind = here.partition_point(|it| it.0.start() < negation.end());
    let beside = here[before.saturating_sub(REACH)..before].iter().rev();
    // A figure is denied by another one.
    let word = |it: &&(Span, Vec<Key>)| !it.1.iter().any(|key| key.is_number());
    let near = here[behind..(behind + REACH).min(here.len())].iter().chain(beside).filter(word);
    let stated = |it: &(Span, Vec<Key>)| there.iter().find(|other| other.1.iter().any(|key| it.1.contains(key)));
    let (denied, other) = near.filter_map(|it| Some((it.0, stated(it)?.0))).next()?;
    let denied = negation.cover(denied);
    Some(if flip { (other, denied) } else { (denied, other) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_other_countries_are_no_other_figures() {
        for (x, y) in [(650.0, 290.0), (26.0, 42.0), (100.0, 38.0), (12.0, 3.7)] {
            assert!(converted(x, y) && converted(y, x), "{x} {y}");
        }
        for (x, y) in [(12.0, 15.0), (480.0, 430.0), (1250.0, 1520.0)] {
            assert!(!converted(x, y), "{x} {y}");
        }
    }
}
