//! Dates and times told from the day of the report, by the language's months, weekdays and phrases.

use super::words::Word;
use crate::{Time, TimeKind};
use jiff::ToSpan;
use jiff::civil::Date;
use rashomon_language::{Fact, Language};
use rashomon_model::Span;

/// A day, a month or a year; a date without its year where nothing tells it.
#[derive(Clone, Copy)]
enum When {
    Day(Date),
    DayOfMonth(i8, i8),
    Week(Date),
    Month(Option<i16>, i8),
    Year(i16),
    Weekday(i8),
}

/// The time expressions of an article.
pub(super) fn times(words: &[Word], language: &Language, today: Option<Date>) -> Vec<Time> {
    let reader = Reader { words, language, today };
    let mut out = Vec::new();
    let mut n = 0;
    while n < words.len() {
        match reader.at(n) {
            Some((when, rule, end)) => {
                let span = words[n].span.cover(words[end - 1].span);
                out.push(time(when, span, rule));
                n = end;
            }
            None => n += 1,
        }
    }
    out
}

struct Reader<'a> {
    words: &'a [Word],
    language: &'a Language,
    today: Option<Date>,
}

impl Reader<'_> {
    fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |w| &w.lower)
    }

    /// What begins at word `n`: the time, the rule that reads it, and one past its last word.
    fn at(&self, n: usize) -> Option<(When, &'static str, usize)> {
        self.digits(n)
            .or_else(|| self.day_and_month(n))
            .or_else(|| self.month(n))
            .or_else(|| self.relative(n))
            .or_else(|| self.weekday(n))
            .or_else(|| self.year_alone(n))
    }

    /// "2020-05-03", "03.05.2020", "3/5/2020".
    fn digits(&self, n: usize) -> Option<(When, &'static str, usize)> {
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
        Some((When::Day(date), "calendar-date", end))
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
        let word = self.words.get(n).filter(|_| self.is_calendar(n))?;
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
    fn day_and_month(&self, n: usize) -> Option<(When, &'static str, usize)> {
        let day: i8 = self.words.get(n).filter(|w| w.is_number())?.lower.parse().ok()?;
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
        Some((when, if given.is_some() { "calendar-date" } else { "relative-to-dateline" }, end))
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

    fn month(&self, n: usize) -> Option<(When, &'static str, usize)> {
        let month = self.month_at(n)?;
        if let Some((year, end)) = self.year_at(n + 1) {
            return Some((When::Month(Some(year), month), "calendar-date", end));
        }
        // Short forms and words at the head of a sentence are something else too often.
        let long = self.words[n].lower.chars().count() > 3;
        let led = n > 0 && self.words[n - 1].sentence == self.words[n].sentence && !self.words[n - 1].mark;
        let year = self.today.map(|today| if month > today.month() { today.year() - 1 } else { today.year() });
        (long && led).then_some((When::Month(year, month), "relative-to-dateline", n + 1))
    }

    /// "ayer", "la semana pasada", "в прошлом году".
    fn relative(&self, n: usize) -> Option<(When, &'static str, usize)> {
        let list = self.language.list(Fact::RelativeTimes);
        if list.is_empty() || self.words[n].mark {
            return None;
        }
        let today = self.today?;
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
        let count: i32 = count.parse().ok()?;
        let when = match unit {
            "day" | "night" => When::Day(today.checked_add(count.days()).ok()?),
            "week" => When::Week(today.checked_add(count.weeks()).ok()?),
            "month" => {
                let it = today.first_of_month().checked_add(count.months()).ok()?;
                When::Month(Some(it.year()), it.month())
            }
            _ => When::Year(today.year() + i16::try_from(count).ok()?),
        };
        Some((when, "relative-to-dateline", end))
    }

    /// A weekday is the last one before the report, or its own day; after a word for "next" it is the one after.
    fn weekday(&self, n: usize) -> Option<(When, &'static str, usize)> {
        let word = self.words.get(n).filter(|_| self.is_calendar(n))?;
        let day: i8 = self.language.list(Fact::Weekdays).get(&word.lower)?.parse().ok()?;
        let Some(today) = self.today else { return Some((When::Weekday(day), "nearest-by-tense", n + 1)) };
        let next = |n: usize| {
            ["próxim", "prochain", "nächst", "kommend", "следующ", "ближайш", "наступн"]
                .iter()
                .any(|it| self.word(n).starts_with(it))
        };
        let ahead = next(n + 1) || n > 0 && next(n - 1);
        let own = today.weekday().to_monday_one_offset();
        let back = if ahead { (own - day).rem_euclid(7) - 7 } else { (own - day).rem_euclid(7) };
        Some((When::Day(today.checked_sub(i32::from(back).days()).ok()?), "nearest-by-tense", n + 1))
    }

    /// Four digits that nothing counts.
    fn year_alone(&self, n: usize) -> Option<(When, &'static str, usize)> {
        let word = self.words.get(n).filter(|w| w.is_number() && w.lower.len() == 4)?;
        let year: i16 = word.lower.parse().ok()?;
        let (_, end) = self.year_at(n)?;
        let before = n.checked_sub(1).map_or("", |n| self.word(n));
        let counted =
            matches!(self.word(n + 1), "%" | "€" | "$" | "£" | "km" | "m" | "км") || matches!(before, "$" | "£");
        let scaled = self.language.list(Fact::NumberWords).has(self.word(n + 1), "scale");
        let led = matches!(
            before,
            "en" | "em"
                | "de"
                | "desde"
                | "del"
                | "depuis"
                | "in"
                | "im"
                | "jahr"
                | "seit"
                | "в"
                | "с"
                | "у"
                | "з"
                | "année"
                | "ano"
                | "año"
                | "("
        );
        let named = end > n + 1;
        ((1900..2100).contains(&year) && !counted && !scaled && (led || named)).then_some((
            When::Year(year),
            "year",
            end,
        ))
    }
}

fn time(when: When, span: Span, rule: &'static str) -> Time {
    let year = |y: Option<i16>| y.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
    let value = match when {
        When::Day(d) => d.to_string(),
        When::DayOfMonth(m, d) => format!("XXXX-{m:02}-{d:02}"),
        When::Week(d) => format!("{:04}-W{:02}", d.iso_week_date().year(), d.iso_week_date().week()),
        When::Month(y, m) => format!("{}-{m:02}", year(y)),
        When::Year(y) => format!("{y:04}"),
        When::Weekday(d) => format!("XXXX-WXX-{d}"),
    };
    let extent = match when {
        When::Day(d) => d.tomorrow().ok().map(|e| (d, e)),
        When::Week(d) => {
            let monday = d.checked_sub(i32::from(d.weekday().to_monday_zero_offset()).days()).ok();
            monday.and_then(|m| Some((m, m.checked_add(7.days()).ok()?)))
        }
        When::Month(Some(y), m) => Date::new(y, m, 1).ok().and_then(|d| Some((d, d.checked_add(1.month()).ok()?))),
        When::Year(y) => Date::new(y, 1, 1).ok().and_then(|d| Some((d, d.checked_add(1.year()).ok()?))),
        When::DayOfMonth(..) | When::Month(None, _) | When::Weekday(_) => None,
    };
    let midnight = |d: Date| d.to_datetime(jiff::civil::Time::midnight());
    Time {
        span,
        kind: TimeKind::Date,
        value,
        start: extent.map(|it| midnight(it.0)),
        end: extent.map(|it| midnight(it.1)),
        rule,
        inferred: false,
    }
}
