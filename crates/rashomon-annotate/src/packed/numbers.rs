//! Numbers by the marks of the language, with words of scale: "1.200.000,5", "1,2 Mio.", "три тысячи".

use super::words::Word;
use crate::{Annotated, Approximation, Number};
use rashomon_language::{Fact, Language, List};

/// Signs written beside a number, with the unit they stand for.
const SIGNS: [(&str, &str); 6] =
    [("%", "percent"), ("€", "EUR"), ("$", "USD"), ("£", "GBP"), ("₽", "RUB"), ("₴", "UAH")];

/// The numbers of an article outside its times.
pub(super) fn numbers(it: &Annotated, words: &[Word], language: &Language) -> Vec<Number> {
    let list = language.list(Fact::NumberWords);
    let decimal = language.list(Fact::Conventions).get("decimal").unwrap_or(".");
    let mut out = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let word = &words[n];
        let first = if word.is_number() { value(&word.lower, decimal) } else { plain(list, &word.lower) };
        let Some(mut value) = first.filter(|_| it.times_in(word.span).is_empty() && !in_time(it, word)) else {
            n += 1;
            continue;
        };
        let (mut end, mut scaled) = (n + 1, false);
        while let Some(scale) = words.get(end).and_then(|w| scale(list, &w.lower)) {
            value *= scale;
            scaled = true;
            end += 1;
        }
        // "Ein", "una" and their like are articles by themselves, and a word beside another is part of a longer number that
        // is not read: a wrong value is worse than none.
        let beside = |w: Option<&Word>| w.is_some_and(|w| plain(list, &w.lower).is_some() && !w.is_number());
        let alone = !beside(words.get(end)) && !n.checked_sub(1).is_some_and(|b| beside(words.get(b)));
        if !word.is_number() && (!alone || (value <= 1.0 && !scaled)) {
            n = end;
            continue;
        }
        let (unit, from, to) = unit(words, n, end);
        let span = words[from].span.cover(words[to - 1].span);
        out.push(Number { span, value, high: None, unit, approximation: Approximation::Exact });
        n = to;
    }
    out
}

fn in_time(it: &Annotated, word: &Word) -> bool {
    let n = it.times.partition_point(|t| t.span.end() <= word.span.start());
    it.times.get(n).is_some_and(|t| t.span.overlaps(word.span))
}

/// The value of digits with the language's decimal mark; all other marks group.
fn value(written: &str, decimal: &str) -> Option<f64> {
    let marks: Vec<&str> = written.matches(|c: char| !c.is_ascii_digit()).collect();
    let groups = written.split(|c: char| !c.is_ascii_digit()).skip(1).all(|g| g.len() == 3);
    let (last, only) = (marks.last().copied(), marks.len() == 1);
    // A mark before other than three digits is a decimal one, whatever the language: "3.5".
    let cut = last.filter(|mark| *mark == decimal && (only || marks[0] != *mark) || only && !groups);
    let plain = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    match cut.and_then(|mark| written.rsplit_once(mark)) {
        Some((whole, part)) => format!("{}.{part}", plain(whole)).parse().ok(),
        // Dates, versions and addresses in digits.
        None if !groups && !marks.is_empty() => None,
        None => plain(written).parse().ok(),
    }
}

fn plain(list: &List, word: &str) -> Option<f64> {
    list.get(word).filter(|it| !it.ends_with("scale"))?.split(' ').next()?.parse().ok()
}

fn scale(list: &List, word: &str) -> Option<f64> {
    list.get(word).filter(|it| it.ends_with("scale"))?.split(' ').next()?.parse().ok()
}

/// The unit beside the number that the words from `n` to `end` make, and what it covers with it.
fn unit(words: &[Word], n: usize, end: usize) -> (Option<String>, usize, usize) {
    let sign = |w: Option<&Word>| w.and_then(|w| SIGNS.iter().find(|it| it.0 == w.lower)).map(|it| it.1.to_owned());
    if let Some(unit) = sign(words.get(end)) {
        return (Some(unit), n, end + 1);
    }
    match n.checked_sub(1).and_then(|before| sign(words.get(before))) {
        Some(unit) if unit != "percent" => (Some(unit), n - 1, end),
        _ => (None, n, end),
    }
}
