//! How long, and how far from now or from what was told: "three weeks", "two years ago", "four days later".

use super::when::{Unit, When};
use super::{OLDEST, Read, Reader, YOUNGEST};
use crate::packed::words::Word;
use crate::rules;
use rashomon_language::Fact;

/// Letters before the end of a noun that tells what lasts.
const SHORTEST_STEM: usize = 3;

impl Reader<'_> {
    /// "Tres semanas", "hace dos años", "5 лет назад", "several hours", "quatre dernières années".
    pub(super) fn counted(&self, n: usize) -> Option<Read> {
        // "Останнього десятиліття" is one of them, though its noun looks like several.
        let whole = |what: &str| self.phrases.says(n, what).is_some_and(|it| it.1 > n + 1);
        let few_of_it = self.phrases.says(n, "few").is_some() && ["span", "future"].iter().any(|it| whole(it));
        if few_of_it || whole("past") {
            return None;
        }
        if let Some((length, end)) = self.phrases.says(n, "length") {
            return Some((When::Duration(length.into()), rules::DURATION, end));
        }
        let before = |what: &str| self.phrases.says(n, what).filter(|it| it.0 == "before").map(|it| it.1);
        let (ago, later) = (before("ago"), before("later"));
        let from = ago.or(later).unwrap_or(n);
        let few = |n: usize| {
            let (count, end) = self.phrases.says(n, "few")?;
            Some((count.parse::<f64>().ok(), end))
        };
        let (count, at) = match self.counts.at(self.words, from) {
            // "The four last years".
            // "Ein paar Tage" are no single pair.
            Some(it) if few(from).is_some_and(|it_few| it_few.1 > it.end) => few(from).unwrap_or((None, from)),
            Some(it) => (self.exact(from, it.end, it.value), few(it.end).map_or(it.end, |it| it.1)),
            None => match few(from) {
                // "The last few years", "the last four years".
                Some((None, end)) => match self.counts.at(self.words, end) {
                    Some(it) => (self.exact(end, it.end, it.value), it.end),
                    None => few(end).unwrap_or((None, end)),
                },
                Some(it) => it,
                None => (None, from),
            },
        };
        // "Два с половиной года", "un an et demi".
        let half = |n: usize| self.phrases.says(n, "half").map(|it| it.1);
        let (count, at) = match half(at).zip(count) {
            Some((end, count)) => (Some(count + 0.5), end),
            None => (count, at),
        };
        let unit = |n: usize, what: &str| {
            let (unit, end) = self.phrases.says(n, what)?;
            Some((Unit::named(unit)?, end))
        };
        let behind = |end: usize, what: &str| {
            self.phrases.says(end, what).filter(|it| it.0 != "before" && !(it.0 == "closed" && self.goes_on(it.1)))
        };
        let told = |end: usize| ["ago", "later", "earlier"].iter().any(|it| behind(end, it).is_some());
        // "Провел год в тюрьме"; a "day" behind it may be a birthday.
        let spent =
            at == n && self.phrases.said_before(n, "spent") && unit(n, "unit").is_some_and(|it| it.0 != Unit::Day);
        let one = || unit(at, "unit").filter(|it| at == from && (from > n || told(it.1) || spent));
        let several = unit(at, "units");
        let (unit, end) = match count {
            Some(_) => several.or_else(|| unit(at, "unit"))?,
            None => one().or(several)?,
        };
        let (count, end) = match half(end).zip(count) {
            Some((end, count)) => (Some(count + 0.5), end),
            None => (count, end),
        };
        let alone = at == from;
        // "Los años 80" are read with their number, and "le mois de mai" is none of several months.
        let decade = || self.words.get(end).is_some_and(Word::is_number) && self.phrases.says(at, "decade").is_some();
        let plural = several == Some((unit, end)) && self.phrases.says(at, "unit").is_none();
        if alone && from == n && !told(end) && !spent && (decade() || !plural) || self.phrases.says(at, "age").is_some()
        {
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
                Some(count) if unit == Unit::Decade => Unit::Year.from(self.today, -10.0 * count),
                Some(count) if unit == Unit::Century => Unit::Year.from(self.today, -100.0 * count),
                Some(count) => unit.from(self.today, -count),
                None => When::Reference("PAST_REF"),
            };
            return Some((when, rules::RELATIVE_TO_DATELINE, end));
        }
        let sign = |what: &str, sign: f64| Some((sign, behind(end, what)?.1));
        let away = sign("later", 1.0).or_else(|| sign("earlier", -1.0)).or(later.map(|_| (1.0, end)));
        if let (Some((sign, after)), Some(count)) = (away, count) {
            // "Three days after the fall" is a length of time, and so is "an hour later".
            // "Два роки до того, як": what comes before is told, the time of it is not.
            let more = after > end + 1 && self.phrases.says(after, "than").is_some();
            let of = self.phrases.says(after, "of").is_some() || more;
            if unit >= Unit::Day && !of {
                return Some((When::Later(unit, sign * count), rules::RELATIVE_TO_TEXT, after));
            }
            return Some((When::Duration(unit.duration(Some(count))), rules::DURATION, after));
        }
        // "In den kommenden Wochen"; of "the coming two weeks" the length is told.
        let ahead = |n: usize| self.phrases.says(n, "ahead").map(|it| it.1);
        let led = ahead(from).filter(|_| at > from).map(|_| end);
        if let Some(end) = ahead(end).or(led).filter(|_| count.is_none() && unit >= Unit::Day) {
            return Some((When::Reference("FUTURE_REF"), rules::RELATIVE_TO_DATELINE, end));
        }
        let age = |count: f64| {
            let led = self.phrases.said_before(from, "aged") || from > 0 && self.word(from - 1) == ",";
            let sure = self.phrases.said_before(from, "aged sure");
            unit == Unit::Year && (sure && count <= OLDEST || (YOUNGEST..=OLDEST).contains(&count) && led)
        };
        let apart = || self.phrases.says(end, "apart").is_some();
        if count.is_some_and(age) && !apart() || alone && several.is_none() && !spent {
            return None;
        }
        Some((When::Duration(unit.duration(count)), rules::DURATION, end))
    }

    /// A count that is one: "dozens of years" are nobody knows how many.
    fn exact(&self, from: usize, end: usize, value: f64) -> Option<f64> {
        let vague = |n: usize| {
            self.language.list(Fact::NumberWords).has(self.word(n), "several")
                && self.counts.plain(self.word(n)).is_none_or(|it| it > 10.0)
        };
        (!(from..end).any(vague)).then_some(value)
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
        // "Dans le mois suivant leur arrivée", but not "dans le mois suivant".
        let open = self.phrases.says(n, "span open").filter(|it| self.goes_on(it.1));
        let closed = self.phrases.says(n, "span").filter(|it| !it.0.starts_with("open"));
        if let Some((unit, end)) = open.or(closed) {
            return duration(Unit::named(unit)?, Some(1.0), end);
        }
        if let Some((unit, end)) = self.phrases.says(n, "several") {
            return duration(Unit::named(unit)?, None, end);
        }
        let word = self.words.get(n).filter(|w| !w.mark)?;
        if word.is_number() {
            let at = n + 1 + usize::from(matches!(self.word(n + 1), "-" | "‑"));
            let count = self.counts.at(self.words, n).map(|it| it.value);
            let lasts = self.lasting.iter().find(|it| it.0 == self.word(at));
            if let Some(it) = lasts.and_then(|it| self.lasted(it.1, count?, at + 1)) {
                return Some(it);
            }
            let unit = self.tails.iter().find(|it| it.0 == self.word(at))?.1;
            return duration(unit, count, at + 1);
        }
        let lasts = self.lasting.iter().find_map(|(tail, unit)| {
            let count = self.counts.plain(word.lower.strip_suffix(tail)?)?;
            self.lasted(*unit, count, n + 1)
        });
        lasts.or_else(|| {
            self.tails.iter().find_map(|(tail, unit)| {
                let count = self.counts.plain(word.lower.strip_suffix(tail)?)?;
                duration(*unit, Some(count), n + 1)
            })
        })
    }

    /// What a number word and a unit in one say of the noun at `n`: a length before one that lasts ("fünfjährige Haft"), a time
    /// before one of age ("трехлетней давности"); of all else it is the age.
    fn lasted(&self, unit: Unit, count: f64, n: usize) -> Option<Read> {
        let word = self.words.get(n).filter(|_| self.goes_on(n))?;
        if self.phrases.says(n, "back").is_some() {
            return Some((unit.from(self.today, -count), rules::RELATIVE_TO_DATELINE, n + 1));
        }
        // A "Zeitung" ends so, a "Junge" does not.
        let ends = |it: &&str| {
            word.lower.strip_suffix(*it).is_some_and(|stem| stem.is_empty() || stem.chars().count() >= SHORTEST_STEM)
        };
        let lasts = self.phrases.says(n, "lasted").is_some() || self.lasted.iter().any(ends);
        lasts.then(|| (When::Duration(unit.duration(Some(count))), rules::DURATION, n))
    }
}
