//! Stretches of the calendar: decades, centuries, quarters of a year, runs of years.

use super::when::When;
use super::{Read, Reader};
use crate::packed::words::Word;
use crate::rules;

impl Reader<'_> {
    /// "Los años 80", "1930er", "90-х".
    pub(super) fn decade(&self, n: usize) -> Option<Read> {
        let word = self.words.get(n).filter(|w| w.is_number())?;
        let behind = self.phrases.says(n + 1, "decade").filter(|it| it.0 == "after");
        let (_, end) = behind.unwrap_or(("", n + 1));
        let led = self.phrases.said_before(n, "decade before");
        if end == n + 1 && !led || !word.lower.ends_with('0') {
            return None;
        }
        // "90-х годов".
        let end = self.phrases.says(end, "units").filter(|it| it.0 == "Y").map_or(end, |it| it.1);
        let year: i16 = word.lower.parse().ok()?;
        let decade = match word.lower.len() {
            4 => year / 10,
            2 if year >= 20 => 190 + year / 10,
            _ => return None,
        };
        Some((When::Decade(decade), rules::CALENDAR_DATE, end))
    }

    /// "Segundo trimestre de 2018", "во втором квартале".
    pub(super) fn piece(&self, n: usize) -> Option<Read> {
        let (which, at) = self.phrases.says(n, "nth")?;
        let (of, end) = self.phrases.says(at, "piece")?;
        let (year, end) = match self.year_at(end).map(|it| (Some(it.0), it.1)) {
            Some(it) => it,
            None => (self.today.map(|it| it.year()), end),
        };
        Some((When::Piece(year, format!("{of}{which}").into()), rules::CALENDAR_DATE, end))
    }

    /// "Siglo XIX", "XIXᵉ siècle", "19. Jahrhundert", "19-го века".
    pub(super) fn century(&self, n: usize) -> Option<Read> {
        let unit = |n: usize| self.phrases.says(n, "unit").filter(|it| it.0 == "CE").map(|it| it.1);
        let (count, end) = match unit(n) {
            Some(at) => (self.roman(at)?, at + 1),
            None => {
                let word = self.words.get(n)?;
                let count = if word.is_number() { word.lower.parse().ok()? } else { self.roman(n)? };
                let ordinal = |at: &usize| unit(*at).is_some();
                let at = [n + 1, n + 2, n + 3].into_iter().find(ordinal)?;
                let short = |it: &Word| it.mark || it.lower.chars().count() <= 3;
                if !word.is_number() && at > n + 1 || !self.words[n + 1..at].iter().all(short) {
                    return None;
                }
                // "3 века" are three of them.
                if word.is_number() && at == n + 1 {
                    return None;
                }
                (count, unit(at)?)
            }
        };
        (1..=21).contains(&count).then_some((When::Century(count - 1), rules::CALENDAR_DATE, end))
    }

    /// The value of a numeral of Latin capitals, with the ending of an ordinal.
    fn roman(&self, n: usize) -> Option<i16> {
        let word = self.words.get(n).filter(|w| w.capital)?;
        let digits = word.lower.trim_end_matches(|c: char| !"ivx".contains(c));
        if digits.is_empty() || word.lower.len() - digits.len() > "ème".len() {
            return None;
        }
        let value = |c: char| match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => 0,
        };
        let all: Vec<i16> = digits.chars().map(value).collect();
        let less = |n: &usize| all.get(n + 1).is_some_and(|next| *next > all[*n]);
        let sum: i16 = (0..all.len()).map(|n| if less(&n) { -all[n] } else { all[n] }).sum();
        (!all.contains(&0) && sum > 0).then_some(sum)
    }

    /// "1950-53", "1950–1953": from the first to the last.
    pub(super) fn years(&self, n: usize) -> Option<Read> {
        let number = |n: usize| self.words.get(n).filter(|w| w.is_number() && !w.lower.contains(['.', ',']));
        let from: i16 = number(n).filter(|w| w.lower.len() == 4)?.lower.parse().ok()?;
        matches!(self.word(n + 1), "-" | "–" | "/").then_some(())?;
        let last = number(n + 2).filter(|w| matches!(w.lower.len(), 2 | 4))?;
        let touches = |n: usize| self.words[n].span.end() == self.words[n + 1].span.start();
        let mut to: i16 = last.lower.parse().ok()?;
        if last.lower.len() == 2 {
            to += from / 100 * 100;
        }
        let known = (1500..2100).contains(&from) && to > from && to < 2100;
        let end = self.phrases.says(n + 3, "units").filter(|it| it.0 == "Y").map_or(n + 3, |it| it.1);
        (known && touches(n) && touches(n + 1) && !self.counts_before(n))
            .then(|| (When::Duration(format!("P{}Y", to - from + 1).into()), rules::CALENDAR_DATE, end))
    }
}
