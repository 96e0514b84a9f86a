//! How long, and how far from now or from what was told: "three weeks", "two years ago", "four days later".

use super::when::{Unit, When};
use super::{OLDEST, Read, Reader, YOUNGEST};
use crate::packed::words::Word;
use crate::rules;

impl Reader<'_> {
    /// "Tres semanas", "hace dos años", "5 лет назад", "several hours", "quatre dernières années".
    pub(super) fn counted(&self, n: usize) -> Option<Read> {
        let before = |what: &str| self.phrases.says(n, what).filter(|it| it.0 == "before").map(|it| it.1);
        let (ago, later) = (before("ago"), before("later"));
        let from = ago.or(later).unwrap_or(n);
        let few = |n: usize| {
            let (count, end) = self.phrases.says(n, "few")?;
            Some((count.parse::<f64>().ok(), end))
        };
        let (count, at) = match self.counts.at(self.words, from) {
            // "The four last years".
            Some(it) => (Some(it.value), few(it.end).map_or(it.end, |it| it.1)),
            None => match few(from) {
                // "The last few years", "the last four years".
                Some((None, end)) => match self.counts.at(self.words, end) {
                    Some(it) => (Some(it.value), it.end),
                    None => few(end).unwrap_or((None, end)),
                },
                Some(it) => it,
                None => (None, from),
            },
        };
        let unit = |n: usize, what: &str| {
            let (unit, end) = self.phrases.says(n, what)?;
            Some((Unit::named(unit)?, end))
        };
        let behind = |end: usize, what: &str| {
            self.phrases.says(end, what).filter(|it| it.0 != "before" && !(it.0 == "closed" && self.goes_on(it.1)))
        };
        let told = |end: usize| ["ago", "later", "earlier"].iter().any(|it| behind(end, it).is_some());
        let one = || unit(at, "unit").filter(|it| at == from && (from > n || told(it.1)));
        let several = unit(at, "units");
        let (unit, end) = match count {
            Some(_) => several.or_else(|| unit(at, "unit"))?,
            None => one().or(several)?,
        };
        let alone = at == from;
        // "Los años 80" are read with their number, and "le mois de mai" is none of several months.
        let decade = || self.words.get(end).is_some_and(Word::is_number) && self.phrases.says(at, "decade").is_some();
        let plural = several == Some((unit, end)) && self.phrases.says(at, "unit").is_none();
        if alone && from == n && !told(end) && (decade() || !plural) || self.phrases.says(at, "age").is_some() {
            return None;
        }
        // The years of an age that was not read are no years by themselves, nor are the hours of "the hours of the night".
        let part = || self.phrases.says(at, "part").is_some_and(|it| it.1 > end);
        if alone && (self.counts_before(at) || part()) {
            return None;
        }
        let count = match count {
            // "Месяц назад", "через год": one of it. Only plurals tell of several.
            None if alone && several.is_none_or(|it| it != (unit, end)) => Some(1.0),
            count => count.filter(|it| *it > 0.0 || at > from),
        };
        // "Desde hace tres años": so long, until now.
        let since = n > 0 && ago.is_some() && self.phrases.says(n - 1, "since").is_some();
        let from_now = behind(end, "ago").map(|it| it.1).or(ago.map(|_| end)).filter(|_| !since);
        if let Some(end) = from_now {
            // Nobody can name the day of "weeks ago".
            let when = match count {
                Some(count) => unit.from(self.today, -count),
                None => When::Reference("PAST_REF"),
            };
            return Some((when, rules::RELATIVE_TO_DATELINE, end));
        }
        let sign = |what: &str, sign: f64| Some((sign, behind(end, what)?.1));
        let away = sign("later", 1.0).or_else(|| sign("earlier", -1.0)).or(later.map(|_| (1.0, end)));
        if let (Some((sign, after)), Some(count)) = (away, count) {
            // "Three days after the fall" is a length of time, and so is "an hour later".
            let of = self.phrases.says(after, "of").is_some();
            if unit >= Unit::Day && !of {
                return Some((When::Later(unit, sign * count), rules::RELATIVE_TO_TEXT, after));
            }
            return Some((When::Duration(unit.duration(Some(count))), rules::DURATION, after));
        }
        let age = |count: f64| {
            let led = self.phrases.said_before(from, "aged") || from > 0 && self.word(from - 1) == ",";
            let sure = self.phrases.said_before(from, "aged sure");
            unit == Unit::Year && (sure && count <= OLDEST || (YOUNGEST..=OLDEST).contains(&count) && led)
        };
        if count.is_some_and(age) || alone && several.is_none() {
            return None;
        }
        Some((When::Duration(unit.duration(count)), rules::DURATION, end))
    }

    /// Whether the sentence goes on at word `n` without a mark.
    pub(super) fn goes_on(&self, n: usize) -> bool {
        let sentence = |n: usize| self.words.get(n).map(|w| w.sentence);
        self.words.get(n).is_some_and(|w| !w.mark) && sentence(n) == sentence(n - 1)
    }

    /// Whether the word before `n` is a number.
    pub(super) fn counts_before(&self, n: usize) -> bool {
        n.checked_sub(1).is_some_and(|b| self.words[b].is_number() || self.counts.plain(self.word(b)).is_some())
    }

    /// One of a unit: "в течение недели"; several: "monatelang"; and adjectives of a number: "einwöchige", "3-дневный".
    pub(super) fn span(&self, n: usize) -> Option<Read> {
        let duration = |unit: Unit, count: Option<f64>, end: usize| {
            Some((When::Duration(unit.duration(count)), rules::DURATION, end))
        };
        if let Some((unit, end)) = self.phrases.says(n, "span") {
            return duration(Unit::named(unit)?, Some(1.0), end);
        }
        if let Some((unit, end)) = self.phrases.says(n, "several") {
            return duration(Unit::named(unit)?, None, end);
        }
        let word = self.words.get(n).filter(|w| !w.mark)?;
        if word.is_number() {
            let at = n + 1 + usize::from(matches!(self.word(n + 1), "-" | "‑"));
            let unit = self.tails.iter().find(|it| it.0 == self.word(at))?.1;
            return duration(unit, self.counts.at(self.words, n).map(|it| it.value), at + 1);
        }
        self.tails.iter().find_map(|(tail, unit)| {
            let count = self.counts.plain(word.lower.strip_suffix(tail)?)?;
            duration(*unit, Some(count), n + 1)
        })
    }
}
