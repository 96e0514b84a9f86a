//! Dates and times told from the day of the report, by the language's months, weekdays and phrases.

mod counted;
mod periods;
mod phrases;
mod spoken;
mod when;

use super::counts::Counts;
use super::words::Word;
use crate::Time;
use crate::rules;
use jiff::ToSpan;
use jiff::civil::Date;
use phrases::Phrases;
use rashomon_language::{Fact, Language};
use rashomon_model::Rule;
use when::{Unit, When};

/// A time, the rule that reads it, and one past its last word.
type Read = (When, Rule, usize);

/// Words between a day and the part of it: "el viernes por la mañana", "in the morning of that Friday".
const BETWEEN: usize = 3;
/// Years that are an age when a comma or "of" stands before them: fewer are more often a length of time.
const YOUNGEST: f64 = 14.0;
const OLDEST: f64 = 110.0;
/// From this hour on "9 h 30" without a word before it is more often an hour of the day than a length of time.
const DAYBREAK: u8 = 7;
/// Letters of a month that is no other word, wherever it stands.
const LONG: usize = 7;

/// How far from now or from what was told something lies.
#[derive(Clone, Copy)]
enum Shift {
    By(f64),
    That,
    Following,
    Preceding,
}

impl Shift {
    fn count(self) -> Option<f64> {
        if let Self::By(count) = self { Some(count) } else { None }
    }
}

/// The time expressions of an article.
pub(super) fn times(words: &[Word], language: &Language, today: Option<Date>) -> Vec<Time> {
    let phrases = Phrases::of(words, language);
    let rows = || language.list(Fact::TimeWords).rows();
    let tails = |what: &'static str| {
        let unit = move |meaning: &str| Unit::named(meaning.strip_prefix(what)?.strip_prefix(' ')?);
        rows().filter_map(move |(tail, meaning)| Some((tail.strip_prefix('-')?, unit(meaning)?))).collect()
    };
    let (tails, lasting) = (tails("tail"), tails("lasting"));
    let lasted = rows().filter(|it| it.1 == "lasted").filter_map(|it| it.0.strip_prefix('-')).collect();
    let reader = Reader { words, phrases, tails, lasting, lasted, counts: Counts::of(language), language, today };
    let mut found: Vec<(usize, Read)> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let end = reader.at(n).map(|it| {
            found.push((n, it));
            found[found.len() - 1].1.2
        });
        n = end.unwrap_or(n + 1);
    }
    reader.place(&mut found);
    spoken::resolve(found.iter_mut().map(|it| &mut it.1.0), today);
    let time = |(n, (when, rule, end)): &(usize, Read)| when.time(words[*n].span.cover(words[end - 1].span), *rule);
    found.iter().map(time).collect()
}

struct Reader<'a> {
    words: &'a [Word],
    phrases: Phrases<'a>,
    /// What a number word becomes an adjective with, and the unit this counts: "-wöchige", "-дневный".
    tails: Vec<(&'a str, Unit)>,
    /// The same where it is more often an age, and the ends of the nouns before which it is none: "-jährige" of a "-ung".
    lasting: Vec<(&'a str, Unit)>,
    lasted: Vec<&'a str>,
    counts: Counts<'a>,
    language: &'a Language,
    today: Option<Date>,
}

impl Reader<'_> {
    fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |w| &w.lower)
    }

    /// What begins at word `n`.
    fn at(&self, n: usize) -> Option<Read> {
        // "32-летнего" is an age, no summer.
        if self.tied(n) || self.phrases.says(n, "none").is_some() {
            return None;
        }
        let day = |it: Option<Read>| it.map(|it| self.with_part(it));
        self.digits(n)
            .or_else(|| day(self.day_and_month(n)))
            .or_else(|| self.month(n))
            .or_else(|| self.decade(n))
            .or_else(|| self.century(n))
            .or_else(|| self.piece(n))
            .or_else(|| self.years(n))
            .or_else(|| self.clock(n))
            .or_else(|| self.day_on(n).map(|it| self.with_part(it)))
            .or_else(|| day(self.relative(n)))
            .or_else(|| self.shifted(n))
            .or_else(|| self.year_alone(n))
            .or_else(|| self.counted(n))
            .or_else(|| self.span(n))
            .or_else(|| day(self.weekday(n)))
            .or_else(|| self.weekday_and_part(n))
            .or_else(|| self.named(n))
    }

    /// Whether word `n` is tied to a number by a hyphen.
    fn tied(&self, n: usize) -> bool {
        let touches = |n: usize| self.words[n - 1].span.end() == self.words[n].span.start();
        let hyphen = n > 1 && matches!(self.word(n - 1), "-" | "‑") && touches(n) && touches(n - 1);
        hyphen && self.words[n - 2].is_number() && !self.words[n].is_number()
    }

    /// Gives hours and parts of a day that stand without one the day told nearest before or else behind them in their
    /// sentence.
    fn place(&self, found: &mut [(usize, Read)]) {
        let day = |it: &When| match it {
            When::Within(Some(day), _) => Some(When::clone(day)),
            it => Some(it.clone()).filter(When::is_day),
        };
        let days: Vec<Option<When>> = found.iter().map(|it| day(&it.1.0)).collect();
        for k in 0..found.len() {
            let sentence = |k: usize| self.words[found[k].0].sentence;
            let here = |i: &usize| sentence(*i) == sentence(k);
            if matches!(found[k].1.0, When::Within(None, _)) {
                // "Вдень або ввечері понеділка", "am Montagnachmittag oder -abend": two parts of one day.
                let beside = |i: usize| match &found.get(i)?.1.0 {
                    When::Within(Some(day), _) if self.alternatives(&found[i.min(k)], &found[i.max(k)]) => {
                        Some(When::clone(day))
                    }
                    _ => None,
                };
                let paired = k.checked_sub(1).and_then(beside).or_else(|| beside(k + 1));
                let before = paired.or_else(|| (0..k).rev().take_while(here).find_map(|i| days[i].clone()));
                let day = before.or_else(|| (k + 1..days.len()).take_while(here).find_map(|i| days[i].clone()));
                if let (When::Within(place, _), Some(day)) = (&mut found[k].1.0, day) {
                    *place = Some(Box::new(day));
                }
            }
        }
    }

    /// Whether between one time and the next stands nothing but a small word of their sentence, and perhaps a hyphen.
    fn alternatives(&self, one: &(usize, Read), other: &(usize, Read)) -> bool {
        let (from, to) = (one.1.2, other.0);
        let small = |n: usize| {
            self.word(n) == "-" && n > from || self.language.list(Fact::FunctionWords).contains(self.word(n))
        };
        (from + 1..=from + 2).contains(&to)
            && self.words[from - 1].sentence == self.words[to].sentence
            && (from..to).all(small)
    }

    /// A day with the part of it that stands behind it: "viernes por la mañana".
    fn with_part(&self, (when, rule, end): Read) -> Read {
        let Some((part, end)) = when.is_day().then(|| self.part_behind(end)).flatten() else {
            return (when, rule, end);
        };
        (When::Within(Some(Box::new(when)), part), rule, end)
    }

    fn part_behind(&self, end: usize) -> Option<(Box<str>, usize)> {
        let small = |n: &usize| {
            self.language.list(Fact::FunctionWords).contains(self.word(*n)) || self.phrases.says(*n, "shift").is_some()
        };
        for n in end..end + BETWEEN {
            if let Some((part, end)) = self.phrases.says(n, "part") {
                return Some((part.into(), end));
            }
            if !small(&n) {
                return None;
            }
        }
        None
    }

    /// "15:00", "15h30", "3 p. m.", "15 Uhr", "a las 15 horas".
    fn clock(&self, n: usize) -> Option<Read> {
        let hours_of = |w: &str| w.parse::<u8>().ok().filter(|it| *it <= 24);
        let minutes_at = |n: usize| {
            let word = self.words.get(n).filter(|w| w.is_number() && w.lower.len() == 2)?;
            word.lower.parse::<u8>().ok().filter(|it| *it < 60)
        };
        let word = self.words.get(n)?;
        let half = |end: usize| {
            self.phrases
                .says(end, "pm")
                .map(|it| (true, it.1))
                .or_else(|| Some((false, self.phrases.says(end, "am")?.1)))
        };
        // "Об 11.15", where what stands before leads to nothing but an hour.
        let sharp = self.phrases.said_before(n, "at sharp");
        let (hour, minute, end) = if !word.is_number() {
            let hour = self.counts.plain(&word.lower).filter(|it| (1.0..=12.0).contains(it))?;
            half(n + 1)?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 12")]
            (hour as u8, 0, n + 1)
        } else if let Some((hour, minute)) = word.lower.split_once('.').filter(|it| it.1.len() == 2) {
            let marked = sharp || self.phrases.says(n + 1, "clock").is_some() || half(n + 1).is_some();
            (hours_of(hour)?, minute.parse::<u8>().ok().filter(|it| *it < 60 && marked)?, n + 1)
        } else {
            let hour = hours_of(&word.lower)?;
            match self.word(n + 1) {
                ":" => (hour, minutes_at(n + 2)?, n + 3),
                _ => (hour, 0, n + 1),
            }
        };
        let told = end > n + 1 || word.lower.contains('.');
        let (mut hour, mut minute, mut end, mut told) = (hour, minute, end, told);
        let led = self.phrases.said_before(n, "at");
        if let Some((_, after)) = self.phrases.says(end, "clock") {
            let touching = self.words[after - 1].span.end() == self.words.get(after).map_or(0, |w| w.span.start());
            // "La séance débute 17 h 30"; "en 17 h 30" and "un vol de 17 h 30" count hours.
            let counted =
                || n.checked_sub(1).is_some_and(|b| self.word(b) == "en" || self.phrases.says(b, "of").is_some());
            let of_day = self.word(after - 1) == "h" && (DAYBREAK..24).contains(&hour) && !counted();
            match minutes_at(after).filter(|_| !told && (touching || sharp || led || of_day)) {
                Some(it) => (minute, end) = (it, after + 1),
                // "15 h" may count hours; a number that touches its mark or stands behind "at" does not.
                None if led || told || hour > 0 && self.word(after - 1) != "h" && self.word(after - 1) != "heures" => {
                    end = after
                }
                None => return None,
            }
            told = true;
        } else if let Some((unit, after)) = self.phrases.says(end, "units").filter(|it| it.0 == "H" && led) {
            debug_assert_eq!(unit, "H");
            (end, told) = (after, true);
        }
        if let Some((after_noon, after)) = half(end) {
            hour = match (after_noon, hour) {
                (true, 1..=11) => hour + 12,
                (false, 12) => 0,
                _ => hour,
            };
            (end, told) = (after, true);
        }
        told.then(|| (When::Within(None, format!("{hour:02}:{minute:02}").into()), rules::CALENDAR_DATE, end))
    }

    /// "El año pasado", "la próxima semana", "в этом году": a unit and how far it lies.
    fn shifted(&self, n: usize) -> Option<Read> {
        let unit = |n: usize| {
            let (unit, end) = self.phrases.says(n, "unit")?;
            Some((Unit::named(unit)?, end))
        };
        let of = |it: Shift, unit: Unit, end: usize| {
            let when = match it {
                Shift::By(count) => unit.from(self.today, count),
                Shift::That => When::Some(unit),
                Shift::Following => When::Later(unit, 1.0),
                Shift::Preceding => When::Later(unit, -1.0),
            };
            match unit {
                Unit::Day | Unit::Week | Unit::Month | Unit::Year => Some((when, rules::RELATIVE_TO_DATELINE, end)),
                // "The past century" is its length, not a century of the calendar.
                Unit::Decade | Unit::Century => Some((When::Duration(unit.duration(Some(1.0))), rules::DURATION, end)),
                _ => None,
            }
        };
        let of = |it: Shift, unit: Unit, end: usize| {
            // "Der letzte Tag" is that of something, not yesterday.
            let last = unit == Unit::Day && matches!(it, Shift::By(count) if count < 0.0);
            (!last).then(|| of(it, unit, end)).flatten()
        };
        // "Sommer 2016", "été 2016": with a year even a word that is something else besides.
        let season_at = |n: usize| self.phrases.says(n, "season").or_else(|| self.phrases.says(n, "season-behind"));
        if let Some(((season, _), (year, end))) = season_at(n).and_then(|it| Some((it, self.year_at(it.1)?))) {
            return Some((When::Season(Some(year), season.into()), rules::CALENDAR_DATE, end));
        }
        if let Some((season, end)) = self.phrases.says(n, "season") {
            let (count, end) = self.shift(end).map_or((None, end), |it| (it.0.count(), it.1));
            return Some((self.season(season, count), rules::RELATIVE_TO_DATELINE, end));
        }
        if let Some((it, at)) = self.shift(n) {
            // "Cet été": a word that is something else without "this" before it.
            let season = |what: &str| self.phrases.says(at, what);
            if let Some((season, end)) = season("season").or_else(|| season("season-behind")) {
                return Some((self.season(season, it.count()), rules::RELATIVE_TO_DATELINE, end));
            }
            if let Some((part, end)) = self.phrases.says(at, "part") {
                return Some((
                    When::Within(Some(Box::new(self.day_of(it)?)), part.into()),
                    rules::RELATIVE_TO_DATELINE,
                    end,
                ));
            }
            let (unit, end) = unit(at)?;
            return of(it, unit, end);
        }
        let (unit, end) = unit(n)?;
        let it = self.shift(end)?;
        of(it.0, unit, it.1)
    }

    /// How far from now what follows lies: "last", "this", "that", "the following".
    fn shift(&self, n: usize) -> Option<(Shift, usize)> {
        if let Some((count, end)) = self.phrases.says(n, "shift") {
            return Some((Shift::By(count.parse().ok()?), end));
        }
        let one = |what: &str, it: Shift| Some((it, self.phrases.says(n, what)?.1));
        one("follow", Shift::Following)
            .or_else(|| one("precede", Shift::Preceding))
            .or_else(|| one("that", Shift::That))
    }

    /// The day of "this morning", "last night", "the following evening". The next morning is that of what was told.
    fn day_of(&self, it: Shift) -> Option<When> {
        match it {
            Shift::By(count) if count <= 0.0 => Some(Unit::Day.from(self.today, count)),
            Shift::By(_) | Shift::Following => Some(When::Later(Unit::Day, 1.0)),
            Shift::Preceding => Some(When::Later(Unit::Day, -1.0)),
            Shift::That => None,
        }
    }

    fn season(&self, season: &str, count: Option<f64>) -> When {
        let year = self.today.map(|it| it.year()).filter(|_| count == Some(0.0));
        When::Season(year, season.into())
    }

    /// "Freitagmorgen", where words are written as one.
    fn weekday_and_part(&self, n: usize) -> Option<Read> {
        let word = self.words.get(n).filter(|w| !w.mark)?;
        let day = self
            .language
            .list(Fact::Weekdays)
            .rows()
            .find(|it| word.lower.len() > it.0.len() && word.lower.starts_with(it.0))?;
        let rest = &word.lower[day.0.len()..];
        let parts = self.language.list(Fact::TimeWords).get(rest)?.split(", ");
        let part = parts.filter_map(|it| it.strip_prefix("part ")).next()?;
        let (when, rule) = self.day_of_week(day.1.parse().ok()?, false)?;
        Some((When::Within(Some(Box::new(when)), part.into()), rule, n + 1))
    }

    /// "Ahora", "navidad", "diario", "por la mañana".
    fn named(&self, n: usize) -> Option<Read> {
        for (meaning, value) in [("now", "PRESENT_REF"), ("past", "PAST_REF"), ("future", "FUTURE_REF")] {
            // "In the past" is one, "in the past year" another.
            let counted = |end: usize| {
                let time = ["unit", "units", "season", "part"].iter().any(|it| self.phrases.says(end, it).is_some());
                time || self.month_at(end).is_some() || self.weekday(end).is_some()
            };
            let said =
                self.phrases.says(n, meaning).filter(|it| !counted(it.1) && (it.0 != "closed" || !self.goes_on(it.1)));
            if let Some((_, end)) = said {
                return Some((When::Reference(value), rules::RELATIVE_TO_DATELINE, end));
            }
        }
        if let Some((day, end)) = self.phrases.says(n, "feast") {
            let (month, day) = day.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            let year = self.nearest_year(month, day).and_then(|y| Date::new(y, month, day).ok());
            return Some((year.map_or(When::DayOfMonth(month, day), When::Day), rules::RELATIVE_TO_DATELINE, end));
        }
        if let Some((unit, end)) = self.phrases.says(n, "each").and_then(|it| self.phrases.says(it.1, "unit")) {
            return Some((When::Set(Unit::named(unit)?.duration(Some(1.0))), rules::DURATION, end));
        }
        // "Станом на день суботи" is no "a day".
        let dated = |end: usize| end > n + 1 && self.weekday(end).is_some();
        if let Some((unit, end)) = self.phrases.says(n, "set").filter(|it| !dated(it.1)) {
            return Some((When::Set(Unit::named(unit)?.duration(Some(1.0))), rules::DURATION, end));
        }
        let (part, end) = self.phrases.says(n, "part")?;
        // "Перед последним днем", "первого дня": a day, not a part of one.
        let told =
            |b: usize| ["few", "nth", "each", "shift", "follow"].iter().any(|it| self.phrases.says(b, it).is_some());
        if self.phrases.says(n, "unit").is_some() && n.checked_sub(1).is_some_and(told) {
            return None;
        }
        let small = |n: &usize| self.language.list(Fact::FunctionWords).contains(self.word(*n));
        if let Some((Shift::Following, end)) = self.shift(end) {
            let day = When::Later(Unit::Day, 1.0);
            return Some((When::Within(Some(Box::new(day)), part.into()), rules::RELATIVE_TO_TEXT, end));
        }
        for n in end..end + BETWEEN {
            if let Some((day, rule, end)) = self.weekday(n).or_else(|| self.day_and_month(n)) {
                return Some((When::Within(Some(Box::new(day)), part.into()), rule, end));
            }
            if !small(&n) {
                break;
            }
        }
        Some((When::Within(None, part.into()), rules::RELATIVE_TO_DATELINE, end))
    }

    /// "2020-05-03", "03.05.2020", "3/5/2020".
    fn digits(&self, n: usize) -> Option<Read> {
        if !self.words[n].is_number() {
            return None;
        }
        let (mut parts, mut end) = (Vec::new(), n);
        while parts.len() < 3 {
            let word = self.words.get(end).filter(|w| w.is_number())?;
            parts.extend(word.lower.split('.').map(|p| p.parse::<i16>().ok()));
            end += 1;
            if parts.len() < 3 {
                matches!(self.word(end), "-" | "/").then_some(())?;
                end += 1;
            }
        }
        let [a, b, c] = parts[..] else { return None };
        let (a, b, c) = (a?, b?, c?);
        let (year, day) = if a > 1000 { (a, c) } else { (c, a) };
        if year < 1000 {
            return None;
        }
        let date = Date::new(year, i8::try_from(b).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((When::Day(date), rules::CALENDAR_DATE, end))
    }

    /// Whether a word may be a month or a weekday: where these are written small, one with a capital is a name (Марта,
    /// Domingo), but for the first of a sentence.
    fn is_calendar(&self, n: usize) -> bool {
        let word = &self.words[n];
        let large = self.language.list(Fact::Conventions).get("nouns") == Some("capitalised");
        let first = n.checked_sub(1).is_none_or(|before| self.words[before].sentence != word.sentence);
        !word.mark && (large || first || !word.capital)
    }

    fn month_at(&self, n: usize) -> Option<i8> {
        // Where writers differ, one with a capital is a month behind a small word: "em Outubro".
        let either = || {
            let led = n.checked_sub(1).is_some_and(|b| self.language.list(Fact::FunctionWords).contains(self.word(b)));
            led && self.language.list(Fact::Conventions).get("months") == Some("either")
        };
        let word = self.words.get(n).filter(|_| self.is_calendar(n) || either())?;
        self.language.list(Fact::Months).get(&word.lower)?.parse().ok()
    }

    /// The year that stands at word `n`, perhaps behind a small word, and one past it.
    fn year_at(&self, n: usize) -> Option<(i16, usize)> {
        let n = if matches!(self.word(n), "de" | "del" | "do" | ",") { n + 1 } else { n };
        let year = self.words.get(n).filter(|w| w.lower.len() == 4)?.lower.parse::<i16>().ok()?;
        let end = n + 1;
        let named = matches!(self.word(end), "года" | "году" | "год" | "року" | "році" | "рік" | "г" | "р");
        (1500..2200).contains(&year).then_some((year, if named { end + 1 } else { end }))
    }

    /// "3 de mayo de 2020", "1er mai", "3. Mai 2020", "3 мая".
    fn day_and_month(&self, n: usize) -> Option<Read> {
        let word = self.words.get(n)?;
        #[allow(clippy::cast_possible_truncation, reason = "days of a month")]
        let in_words = || self.counts.plain(&word.lower).filter(|it| (1.0..=31.0).contains(it)).map(|it| it as i8);
        let day: i8 = if word.is_number() { word.lower.parse().ok()? } else { in_words()? };
        let mut at = n + 1;
        if matches!(self.word(at), "." | "er" | "º" | "-го" | "de" | "го") {
            at += 1;
        }
        let month = self.month_at(at)?;
        Date::new(2000, month, day).ok()?;
        let given = self.year_at(at + 1);
        let end = given.map_or(at + 1, |it| it.1);
        let year = given.map(|it| it.0).or_else(|| self.nearest_year(month, day));
        let when = year.and_then(|y| Date::new(y, month, day).ok()).map_or(When::DayOfMonth(month, day), When::Day);
        Some((when, if given.is_some() { rules::CALENDAR_DATE } else { rules::RELATIVE_TO_DATELINE }, end))
    }

    /// The year in which a day lies nearest to the day of the report.
    fn nearest_year(&self, month: i8, day: i8) -> Option<i16> {
        let today = self.today?;
        let apart = |year: i16| {
            let date = Date::new(year, month, day).ok()?;
            Some((today.until(date).ok()?.get_days().abs(), year))
        };
        [today.year(), today.year() - 1, today.year() + 1].into_iter().filter_map(apart).min().map(|it| it.1)
    }

    fn month(&self, n: usize) -> Option<Read> {
        let month = self.month_at(n)?;
        if let Some((year, end)) = self.year_at(n + 1) {
            return Some((When::Month(Some(year), month), rules::CALENDAR_DATE, end));
        }
        // "Von März bis Mai 2012".
        let tied =
            matches!(self.word(n + 1), "-" | "–") || self.language.list(Fact::FunctionWords).contains(self.word(n + 1));
        if let Some((last, year)) = tied.then(|| Some((self.month_at(n + 2)?, self.year_at(n + 3)?.0))).flatten() {
            let year = if month <= last { year } else { year - 1 };
            return Some((When::Month(Some(year), month), rules::CALENDAR_DATE, n + 1));
        }
        // Short forms and words at the head of a sentence are something else too often.
        let letters = self.words[n].lower.chars().count();
        let led = n > 0
            && self.words[n - 1].sentence == self.words[n].sentence
            && (!self.words[n - 1].mark || self.word(n - 1) == ",");
        let year = self.today.map(|today| if month > today.month() { today.year() - 1 } else { today.year() });
        // May is short by itself, all others where they are cut.
        let told =
            || n > 0 && (self.phrases.says(n - 1, "year").is_some() || self.phrases.says(n - 1, "start").is_some());
        ((letters > 3 || month == 5 && told()) && led || letters >= LONG).then_some((
            When::Month(year, month),
            rules::RELATIVE_TO_DATELINE,
            n + 1,
        ))
    }

    /// "Le lendemain", "на следующий день", "am selben Tag": so many days on from the one last told.
    fn day_on(&self, n: usize) -> Option<Read> {
        let (count, end) = self.phrases.says(n, "day-on")?;
        Some((When::Later(Unit::Day, count.parse().ok()?), rules::RELATIVE_TO_TEXT, end))
    }

    /// "ayer", "la semana pasada", "в прошлом году".
    fn relative(&self, n: usize) -> Option<Read> {
        let list = self.language.list(Fact::RelativeTimes);
        if list.is_empty() || self.words[n].mark {
            return None;
        }
        let mut phrase = String::new();
        let mut best = None;
        for (k, word) in self.words[n..].iter().take(4).enumerate() {
            if k > 0 {
                phrase.push(' ');
            }
            phrase.push_str(&word.lower);
            if let Some(meaning) = list.get(&phrase) {
                best = Some((meaning, n + k + 1));
            }
        }
        let (meaning, end) = best?;
        let (unit, count) = meaning.split_once(' ')?;
        let count: f64 = count.parse().ok()?;
        let when = match unit {
            "day" => Unit::Day.from(self.today, count),
            "week" => Unit::Week.from(self.today, count),
            "month" => Unit::Month.from(self.today, count),
            "year" => Unit::Year.from(self.today, count),
            "WE" => match Unit::Week.from(self.today, count) {
                When::Week(day) => When::Weekend(day),
                unknown => unknown,
            },
            part => When::Within(Some(Box::new(Unit::Day.from(self.today, count))), part.into()),
        };
        Some((when, rules::RELATIVE_TO_DATELINE, end))
    }

    /// A weekday is the last one before the report, or its own day; after a word for "next" it is the one after.
    fn weekday(&self, n: usize) -> Option<Read> {
        let word = self.words.get(n).filter(|_| n < self.words.len() && self.is_calendar(n))?;
        let day: i8 = self.language.list(Fact::Weekdays).get(&word.lower)?.parse().ok()?;
        let next = |n: usize| self.phrases.says(n, "shift").is_some_and(|it| it.0 == "1");
        let (when, rule) = self.day_of_week(day, next(n + 1) || n > 0 && next(n - 1))?;
        Some((when, rule, n + 1))
    }

    fn day_of_week(&self, day: i8, ahead: bool) -> Option<(When, Rule)> {
        let Some(today) = self.today else { return Some((When::Weekday(day), rules::NEAREST_BY_TENSE)) };
        let own = today.weekday().to_monday_one_offset();
        let back = if ahead { (own - day).rem_euclid(7) - 7 } else { (own - day).rem_euclid(7) };
        Some((When::Day(today.checked_sub(i32::from(back).days()).ok()?), rules::NEAREST_BY_TENSE))
    }

    /// Four digits that nothing counts.
    fn year_alone(&self, n: usize) -> Option<Read> {
        let word = self.words.get(n).filter(|w| w.is_number() && w.lower.len() == 4)?;
        let year: i16 = word.lower.parse().ok()?;
        let (_, end) = self.year_at(n)?;
        let before = n.checked_sub(1).map_or("", |n| self.word(n));
        let numbers = self.language.list(Fact::NumberWords);
        let counted =
            matches!(self.word(n + 1), "%" | "€" | "$" | "£" | "km" | "m" | "км") || matches!(before, "$" | "£" | "€");
        let scaled = numbers.has(self.word(n + 1), "scale") || numbers.has(before, "hedge");
        // "Ryder Cup 2018": the year of what is named before it; or the first word of its sentence.
        let of_name = n.checked_sub(1).is_none_or(|b| {
            let it = &self.words[b];
            it.sentence != word.sentence || it.capital
        });
        let led = self.phrases.says(n.wrapping_sub(1), "year").is_some();
        let in_year = n > 0 && self.phrases.says(n - 1, "unit").is_some_and(|it| it.0 == "Y");
        let named = end > n + 1;
        let free = if self.closes_years(n, year) { Some(true) } else { self.stands_free(n) };
        let recent = (1900..2100).contains(&year)
            && (led && free.is_none_or(|it| it) || named || in_year || before == "(" || of_name || free == Some(true));
        let early = (1500..1900).contains(&year) && (named || in_year || led && free == Some(true));
        ((recent || early) && !counted && !scaled).then_some((When::Year(year), rules::CALENDAR_DATE, end))
    }

    /// Whether a year stands behind another one and a small word that a word for years leads: "von 1950 bis 1953 geführt".
    fn closes_years(&self, n: usize, year: i16) -> bool {
        let Some(first) = n.checked_sub(2) else { return false };
        let from = self.words[first].lower.parse::<i16>().ok().filter(|_| self.words[first].lower.len() == 4);
        let led = |n: usize| self.phrases.says(n, "year").is_some();
        let round = |it: i16| it % 100 == 0;
        led(n - 1)
            && first.checked_sub(1).is_some_and(led)
            && from.is_some_and(|it| (1500..year).contains(&it) && !(round(it) && round(year)))
    }

    /// Whether a number counts nothing that stands behind it: a mark or a word of grammar follows. Where nouns are written
    /// large every other small word that leads to none will do as well, and a large one is what is counted; elsewhere
    /// nobody can tell.
    fn stands_free(&self, n: usize) -> Option<bool> {
        let small = |n: usize| self.words.get(n).is_none_or(|w| w.mark || !w.capital);
        let of = self.phrases.says(n + 1, "of").is_some();
        let round = self.word(n).ends_with("00");
        let grammar = self.language.list(Fact::FunctionWords).contains(self.word(n + 1));
        if !self.goes_on(n + 1) || grammar && !of {
            return if round { None } else { Some(true) };
        }
        let large = self.language.list(Fact::Conventions).get("nouns") == Some("capitalised");
        large.then(|| !round && small(n + 1) && small(n + 2))
    }
}
