//! Counts by the marks of the language or in its words: "1.200.000,5", "treinta y cinco", "двадцать пять", "zweihundertzehn".

use super::words::Word;
use rashomon_language::{Fact, Language, List};

/// Reads counts in one language.
pub(super) struct Counts<'a> {
    list: &'a List,
    decimal: &'a str,
}

/// What was read: the value, one past its last word, and whether words of scale made it.
pub(super) struct Count {
    pub(super) value: f64,
    pub(super) end: usize,
    pub(super) scaled: bool,
}

impl<'a> Counts<'a> {
    pub(super) fn of(language: &'a Language) -> Self {
        Self {
            list: language.list(Fact::NumberWords),
            decimal: language.list(Fact::Conventions).get("decimal").unwrap_or("."),
        }
    }

    /// The count that begins at word `n`.
    pub(super) fn at(&self, words: &[Word], n: usize) -> Option<Count> {
        let (mut value, mut end) = self.unscaled(words, n)?;
        let mut scaled = false;
        while let Some(scale) = words.get(end).and_then(|w| self.scale(&w.lower)) {
            value *= scale;
            scaled = true;
            end += 1;
            // "Two million three hundred thousand": a smaller scale may follow with a count of its own.
            if let Some((more, after)) = self.unscaled(words, end).filter(|_| !words[end].is_number()) {
                let (mut more, mut after) = (more, after);
                if let Some(smaller) = words.get(after).and_then(|w| self.scale(&w.lower)).filter(|it| *it < scale) {
                    more *= smaller;
                    after += 1;
                }
                if more < scale {
                    value += more;
                    end = after;
                }
            }
        }
        // An abbreviated scale keeps its stop: "1,2 Mio."
        Some(Count { value, end, scaled })
    }

    fn unscaled(&self, words: &[Word], n: usize) -> Option<(f64, usize)> {
        let word = words.get(n)?;
        if word.is_number() {
            return Some((value(&word.lower, self.decimal)?, n + 1));
        }
        let mut sum = self.in_words(&word.lower)?;
        let (mut end, mut last) = (n + 1, sum);
        // Hundreds, tens and ones follow each other in words, each smaller than the one before.
        loop {
            let joined = words.get(end).is_some_and(|w| self.list.get(&w.lower) == Some("join"));
            let next = end + usize::from(joined);
            let Some(more) =
                words.get(next).filter(|w| !w.mark && !w.is_number()).and_then(|w| self.in_words(&w.lower))
            else {
                return Some((sum, end));
            };
            let hundreds = more == 100.0 && (2.0..10.0).contains(&last) && !joined;
            let fits =
                (last >= 100.0 && more < 100.0) || (last >= 20.0 && last % 10.0 == 0.0 && more < 10.0 && more > 0.0);
            if hundreds {
                sum = sum - last + last * 100.0;
                last *= 100.0;
            } else if fits {
                sum += more;
                last = more;
            } else {
                return Some((sum, end));
            }
            end = next + 1;
        }
    }

    /// The value of one word of a count.
    fn in_words(&self, word: &str) -> Option<f64> {
        self.plain(word).or_else(|| self.hyphened(word)).or_else(|| self.compound(word))
    }

    /// "Vingt-cinq".
    fn hyphened(&self, word: &str) -> Option<f64> {
        let (tens, ones) = word.rsplit_once('-')?;
        let (tens, ones) = (self.plain(tens).or_else(|| self.plain(tens.strip_suffix("-et")?))?, self.plain(ones)?);
        (tens >= 20.0 && ones < 20.0 && ones > 0.0).then_some(tens + ones)
    }

    /// "Fünfundzwanzig", "zweihundertzehn", where words are written as one.
    fn compound(&self, word: &str) -> Option<f64> {
        let inner = self.list.with("inner").next()?;
        let hundred = self.list.with("hundred").next()?;
        if let Some((before, after)) = word.split_once(hundred) {
            let before = if before.is_empty() { 1.0 } else { self.plain(before).filter(|it| *it < 10.0)? };
            let after = if after.is_empty() { 0.0 } else { self.plain(after).or_else(|| self.compound(after))? };
            return Some(before * 100.0 + after);
        }
        let (ones, tens) = word.split_once(inner)?;
        let (ones, tens) = (self.plain(ones)?, self.plain(tens)?);
        (ones < 10.0 && (20.0..100.0).contains(&tens)).then_some(ones + tens)
    }

    /// The value of a word that is listed.
    pub(super) fn plain(&self, word: &str) -> Option<f64> {
        self.list.get(word).filter(|it| !it.ends_with("scale"))?.split(' ').next()?.parse().ok()
    }

    /// What a word multiplies by.
    pub(super) fn scale(&self, word: &str) -> Option<f64> {
        self.list.get(word).filter(|it| it.ends_with("scale"))?.split(' ').next()?.parse().ok()
    }

    /// The count that a word in the plural stands for by itself: "hundreds", "millions".
    pub(super) fn vague(&self, word: &str) -> Option<f64> {
        let value = || self.list.number(word);
        // Of "millions" alone there are two at the least.
        if self.list.has(word, "plural") {
            return Some(2.0 * value()?);
        }
        value().filter(|_| self.list.has(word, "several"))
    }
}

/// The value of digits with the language's decimal mark; all other marks group.
pub(super) fn value(written: &str, decimal: &str) -> Option<f64> {
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
