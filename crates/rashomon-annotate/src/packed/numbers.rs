//! Numbers by the marks of the language, with words of scale: "1.200.000,5", "1,2 Mio.", "три тысячи".
//!
//! Left out, as in English, because they count nothing: what lies inside a time, ages, ordinals, scores ("3-1") and telephone
//! numbers.

use super::counts::Counts;
use super::words::Word;
use crate::{Annotated, Approximation, Number};
use rashomon_language::{Fact, Language};

/// Signs written beside a number, with the unit they stand for.
const SIGNS: [(&str, &str); 6] =
    [("%", "percent"), ("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("₽", "RUB"), ("₴", "UAH")];
/// Numbers of a score are small.
const MOST_SCORED: f64 = 200.0;
/// Words between one that asks to call and the number.
const FREE_LINE: usize = 10;
/// The oldest people.
const OLDEST: f64 = 120.0;

/// The numbers of an article outside its times.
pub(super) fn numbers(it: &Annotated, words: &[Word], language: &Language) -> Vec<Number> {
    let reader = Reader { it, words, language, counts: Counts::of(language) };
    let mut out: Vec<Number> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let (number, end) = reader.at(n);
        out.extend(number);
        n = end;
    }
    out
}

struct Reader<'a> {
    it: &'a Annotated,
    words: &'a [Word],
    language: &'a Language,
    counts: Counts<'a>,
}

impl Reader<'_> {
    fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |w| &w.lower)
    }

    /// The number at word `n`, if there is one, and the word after all that was read of it.
    fn at(&self, n: usize) -> (Option<Number>, usize) {
        let word = &self.words[n];
        if self.in_time(word) {
            return (None, n + 1);
        }
        let Some(count) = self.counts.at(self.words, n) else { return self.vague(n) };
        // "Ein", "una" and their like are articles by themselves, and a word beside another is part of a longer number that
        // is not read: a wrong value is worse than none.
        let beside = |w: Option<&Word>| w.is_some_and(|w| self.counts.plain(&w.lower).is_some() && !w.is_number());
        let alone = !beside(self.words.get(count.end)) && !n.checked_sub(1).is_some_and(|b| beside(self.words.get(b)));
        if !word.is_number() && (!alone || (count.value <= 1.0 && !count.scaled && !self.one_counts(n))) {
            return (None, count.end);
        }
        if let Some(end) = self.score(n).or_else(|| self.counts_nothing(n, count.end, count.value)) {
            return (None, end);
        }
        let (unit, from, to) = self.unit(n, count.end);
        let span = self.words[from].span.cover(self.words[to - 1].span);
        (Some(Number { span, value: count.value, high: None, unit, approximation: Approximation::Exact }), to)
    }

    /// Whether "one" before a noun counts it, in a language where it is no article: "одна женщина", not "один из них".
    fn one_counts(&self, n: usize) -> bool {
        let noun = self.words.get(n + 1).filter(|w| !w.mark && w.sentence == self.words[n].sentence);
        let grammar = |w: &Word| self.language.list(Fact::FunctionWords).contains(&w.lower);
        self.language.list(Fact::NumberWords).has(self.word(n), "counts") && noun.is_some_and(|w| !grammar(w))
    }

    /// "Hundreds of people", without a count before it.
    fn vague(&self, n: usize) -> (Option<Number>, usize) {
        let number = self.counts.vague(self.word(n)).map(|value| Number {
            span: self.words[n].span,
            value,
            high: None,
            unit: None,
            approximation: Approximation::About,
        });
        (number, n + 1)
    }

    fn in_time(&self, word: &Word) -> bool {
        let times = &self.it.times;
        let n = times.partition_point(|t| t.span.end() <= word.span.start());
        times.get(n).is_some_and(|t| t.span.overlaps(word.span))
    }

    /// One past a score or another row of digits joined by marks: "3-1", "2:0", "0800-55-11".
    fn score(&self, n: usize) -> Option<usize> {
        let touches = |a: usize, b: usize| self.words[a].span.end() == self.words[b].span.start();
        // "Melby 2 – 0 Harrow": with spaces between names only.
        let named = |n: usize| self.words.get(n).is_some_and(|w| w.capital);
        let apart = |at: usize| at > 1 && self.words[at].mark && named(at - 2) && named(at + 2);
        let joined = |at: usize| {
            let mark = matches!(self.word(at), "-" | "–" | ":" | "/");
            let next = self.words.get(at + 1).filter(|w| w.is_number())?;
            let close = touches(at - 1, at) && touches(at, at + 1);
            (mark && (close || apart(at)) && !next.mark).then_some(at + 2)
        };
        if !self.words[n].is_number() {
            return None;
        }
        let mut end = joined(n + 1)?;
        let parts = |n: usize| self.word(n).parse::<f64>().ok();
        // "200-1000" is a range, from the smaller to the larger.
        let (low, high) = (parts(n), parts(n + 2));
        let range = low.zip(high).is_some_and(|(a, b)| a < b && b - a > 3.0 && a >= 5.0);
        let small = low.zip(high).is_some_and(|(a, b)| a < MOST_SCORED && b < MOST_SCORED);
        let third = joined(end);
        if third.is_none() && (range || !small) {
            return None;
        }
        while let Some(more) = joined(end) {
            end = more;
        }
        Some(end)
    }

    /// One past a number that is an age or an ordinal.
    fn counts_nothing(&self, n: usize, end: usize, value: f64) -> Option<usize> {
        let conventions = self.language.list(Fact::Conventions);
        let joined = matches!(self.word(end), "-" | "–" | "‑");
        let behind = self.word(if joined { end + 1 } else { end });
        let begins = |with: &str| conventions.with(with).any(|it| behind.starts_with(it));
        if self.words[n].is_number() && value <= OLDEST && joined && begins("age") {
            return Some(end + 2);
        }
        let touches = self.words.get(end).is_some_and(|w| w.span.start() == self.words[end - 1].span.end());
        let ordinal = conventions.with("ordinal").any(|it| it == behind) && (joined || touches);
        // What is left of years is somebody's age.
        let years = |unit: &str| {
            let meanings = self.language.list(Fact::TimeWords).get(unit).unwrap_or_default();
            meanings.split(", ").any(|it| matches!(it, "unit Y" | "units Y"))
        };
        if value <= OLDEST && years(self.word(end)) {
            return Some(end + 1);
        }
        // "Llame al 116 123".
        let grouped = self.words[n].lower.contains(|c: char| c.is_whitespace());
        let called = |n: usize| conventions.has(self.word(n), "dial");
        if grouped && self.words[n].is_number() && (n.saturating_sub(FREE_LINE)..n).any(called) {
            return Some(end);
        }
        let led = n.checked_sub(1).is_some_and(|b| conventions.has(self.word(b), "before-identifier"));
        (ordinal || led).then_some(end)
    }

    /// The unit beside the number that the words from `n` to `end` make, and what it covers with it.
    fn unit(&self, n: usize, end: usize) -> (Option<String>, usize, usize) {
        let sign = |n: usize| SIGNS.iter().find(|it| it.0 == self.word(n)).map(|it| it.1.to_owned());
        if let Some(unit) = sign(end) {
            return (Some(unit), n, end + 1);
        }
        match n.checked_sub(1).and_then(sign) {
            Some(unit) if unit != "percent" => (Some(unit), n - 1, end),
            _ => (None, n, end),
        }
    }
}
