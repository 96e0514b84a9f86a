//! How the engine's answers are put into words: dates, relations, counts. English only.

use crate::report::{Form, Join};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, ISOWeekDate, Time, Weekday};
use rashomon_compare::{ConflictKind, FormRelation};
use rashomon_lineage::{Kind, rules};
use rashomon_model::{Moment, Precision, Rule};
use std::borrow::Cow;

/// `1 report`, `2 reports`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A speaker inside a sentence: `A teacher from the island` is `a teacher from the island` there.
pub(crate) fn speaker(name: &str) -> String {
    let article = ["A ", "An ", "The "].into_iter().find(|a| name.starts_with(a));
    article.map_or_else(|| name.to_owned(), |a| format!("{}{}", a.to_lowercase(), &name[a.len()..]))
}

/// The words of a point. Where "according to …" follows, without the comma or stop before them.
pub(crate) fn point(text: &str, speaker_follows: bool) -> Cow<'_, str> {
    if !speaker_follows {
        return text.into();
    }
    for close in ['”', '"', '’'] {
        if let Some(body) = text.strip_suffix(close) {
            return format!("{}{close}", body.trim_end_matches(['.', ','])).into();
        }
    }
    text.trim_end_matches(['.', ',']).into()
}

/// `3`, or `3 to 4`.
pub(crate) fn range(low: usize, high: usize) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// `A`, `B` … `Z`, `AA` …
pub(crate) fn letter(mut n: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(n % 26).unwrap_or_default()));
        if n < 26 {
            break;
        }
        n = n / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// `22 Feb 2022, 21:53 UTC`, or the day alone where only the day was written.
pub(crate) fn moment(it: Moment) -> String {
    match it.precision {
        Precision::Day => it.date().strftime("%-d %b %Y").to_string(),
        Precision::Minute => it.at.strftime("%-d %b %Y, %H:%M UTC").to_string(),
    }
}

/// `22 Feb 2022`, or `22 Feb 2022 to 3 Mar 2022`.
pub(crate) fn days(first: Timestamp, last: Timestamp) -> String {
    let day = |it: Timestamp| it.strftime("%-d %b %Y").to_string();
    let (first, last) = (day(first), day(last));
    if first == last { first } else { format!("{first} to {last}") }
}

/// A half-open extent of time: `Thu 24 Feb 2022`, `Mon 21 to Tue 22 Feb 2022`, `Feb 2022`, `2014`, `Tue 22 Feb 2022, 21:30`.
pub(crate) fn extent(start: DateTime, end: DateTime) -> String {
    let midnight = Time::midnight();
    if start.time() != midnight || end.time() != midnight || end <= start {
        if let Some(part) = part_of_day(start, end) {
            return format!("{}, {part}", start.strftime("%a %-d %b %Y"));
        }
        return start.strftime("%a %-d %b %Y, %H:%M").to_string();
    }
    let (first, last) = (start.date(), end.date().yesterday().unwrap_or(end.date()));
    let whole_month = first.day() == 1 && end.date().day() == 1;
    if first == last {
        first.strftime("%a %-d %b %Y").to_string()
    } else if whole_month && first.month() == 1 && end.date().month() == 1 {
        if first.year() == last.year() {
            first.year().to_string()
        } else {
            format!("{} to {}", first.year(), last.year())
        }
    } else if whole_month && (first.year(), first.month()) == (last.year(), last.month()) {
        first.strftime("%b %Y").to_string()
    } else {
        format!("{} to {}", first.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"))
    }
}

/// The part of a day that covers just these hours, as the annotation of times sets them: nobody wrote "05:00".
fn part_of_day(start: DateTime, end: DateTime) -> Option<&'static str> {
    let hours = end.duration_since(start).as_hours();
    let sharp = start.minute() == 0 && end.minute() == 0;
    match (start.hour(), hours) {
        _ if !sharp => None,
        (4, 4) => Some("dawn"),
        (5, 7) => Some("morning"),
        (12, 6) => Some("afternoon"),
        (17, 7) => Some("evening"),
        (18, 6) => Some("night"),
        _ => None,
    }
}

/// Why a report is in a story that a person put it into: `you said so (pinned)`.
pub(crate) fn by_hand(it: &Join) -> String {
    let reasons = if it.reasons.is_empty() { "somebody put it there".to_owned() } else { it.reasons.join("; ") };
    format!("{reasons} ({})", it.rule)
}

/// A relation in a sentence, of the names of both sides.
pub(crate) fn relation(
    kind: Kind,
    directed: bool,
    declared: bool,
    source: &str,
    derived: &str,
    inside: bool,
    rule: Option<Rule>,
) -> String {
    if !inside {
        return match kind {
            Kind::Credit if rule == Some(rules::EMBEDDED_POST) => format!("{derived} shows a post by {source}"),
            Kind::Credit => format!("{derived} credits {source}"),
            Kind::CommonSource => format!("{derived} draws on {source}"),
            Kind::Translation => format!("{derived} says it is a translation of {source}"),
            Kind::Excerpt => format!("{derived} says it takes a passage from {source}"),
            Kind::Rewrite => format!("{derived} says it is based on {source}"),
            Kind::Revision => format!("{derived} says it is a later version of {source}"),
            Kind::Reprint => format!("{derived} says it was first published by {source}"),
        };
    }
    let says = if declared { ", and says so" } else { "" };
    match (kind, directed) {
        (Kind::Revision, true) => format!("{derived} is a later version of {source}{says}"),
        (Kind::Revision, false) => format!("{source} and {derived} are versions of one report"),
        (Kind::Reprint, true) => format!("{derived} reprints {source}{says}"),
        (Kind::Reprint, false) => format!("{source} and {derived} print the same text"),
        (Kind::Excerpt, true) => format!("{derived} carries a passage of {source}{says}"),
        (Kind::Excerpt, false) => format!("{source} and {derived} share a passage"),
        (Kind::Rewrite, true) if rule == Some(rules::PASSAGE_IN_OTHER_WORDS) => {
            format!("{derived} carries a passage of {source} in other words{says}")
        }
        (Kind::Rewrite, false) if rule == Some(rules::PASSAGE_IN_OTHER_WORDS) => {
            format!("{source} and {derived} share a passage in different words")
        }
        (Kind::Rewrite, true) => format!("{derived} rewrites {source}{says}"),
        (Kind::Rewrite, false) => format!("{source} and {derived} are one text in different words"),
        (Kind::Translation, true) if rule == Some(rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES) => {
            format!("{derived} carries a passage of {source} in another language{says}")
        }
        (Kind::Translation, false) if rule == Some(rules::PASSAGE_ALIGNED_ACROSS_LANGUAGES) => {
            format!("{source} and {derived} share a passage in two languages")
        }
        (Kind::Translation, true) if rule == Some(rules::SENTENCES_ALIGNED_ACROSS_LANGUAGES) => {
            format!("{derived} is {source} in another language{says}")
        }
        (Kind::Translation, false) if rule == Some(rules::SENTENCES_ALIGNED_ACROSS_LANGUAGES) => {
            format!("{source} and {derived} are one text in two languages")
        }
        (Kind::Translation, true) => format!("{derived} is {source} by way of another language{says}"),
        (Kind::Translation, false) => format!("{source} and {derived} are one text by way of another language"),
        (Kind::CommonSource, _) => format!("{source} and {derived} draw on a common source"),
        (Kind::Credit, _) => format!("{derived} credits {source}"),
    }
}

/// What a form's relation to the best-attested wording means.
pub(crate) fn form(it: &Form) -> &'static str {
    match it.relation {
        _ if it.translated => "in another language",
        FormRelation::Verbatim => "word for word",
        FormRelation::Truncated => "cut",
        FormRelation::Altered => "words changed",
        FormRelation::Reworded => "in other words",
        FormRelation::Fragment => "a fragment",
    }
}

/// What kind of values disagree.
pub(crate) fn conflict(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Number => "Different numbers",
        ConflictKind::Date => "Different dates",
        ConflictKind::Name => "Different names",
        ConflictKind::Place => "Different places",
        ConflictKind::Negation => "One says yes, another no",
    }
}

/// A value in conflict as people say it: a date with its weekday, a week by its first day, a month by its name, long figures
/// in groups of three; others as they are.
pub(crate) fn value(kind: ConflictKind, value: &str) -> String {
    match kind {
        ConflictKind::Date => date(value),
        ConflictKind::Number => grouped(value),
        _ => value.to_owned(),
    }
}

/// The same by the name of the kind on the wire.
#[must_use]
pub fn conflict_value(kind: &str, value: &str) -> String {
    match kind {
        "date" => date(value),
        "number" => grouped(value),
        _ => value.to_owned(),
    }
}

/// `84000000 crowns` as `84,000,000 crowns`; figures of up to four digits, which may be years, stay.
fn grouped(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    let mut rest = value;
    // Only what begins a figure: not the digits behind a point, or in a name.
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 4 && before == ' ' {
            for (n, digit) in rest[..digits].chars().enumerate() {
                if n > 0 && (digits - n).is_multiple_of(3) {
                    out.push(',');
                }
                out.push(digit);
            }
            before = '0';
            rest = &rest[digits..];
        } else {
            out.push(c);
            before = if c.is_whitespace() { ' ' } else { c };
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn date(value: &str) -> String {
    let week = || {
        let (year, week) = value.split_once("-W")?;
        let (week, from, words) = match week.strip_suffix("-WE") {
            Some(week) => (week, Weekday::Saturday, "weekend of %a %-d %b %Y"),
            None => (week, Weekday::Monday, "week of %a %-d %b %Y"),
        };
        let first = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, from).ok()?;
        Some(first.date().strftime(words).to_string())
    };
    // Parts of a year and of a day (TIMEX3).
    let part = || {
        let (year, part) = value.split_once('-').filter(|(year, _)| year.len() == 4)?;
        let name = match part {
            "SP" => "spring",
            "SU" => "summer",
            "FA" => "autumn",
            "WI" => "winter",
            "Q1" => "first quarter of",
            "Q2" => "second quarter of",
            "Q3" => "third quarter of",
            "Q4" => "fourth quarter of",
            "H1" => "first half of",
            "H2" => "second half of",
            _ => return None,
        };
        Some(format!("{name} {year}"))
    };
    let hour = || {
        let (day, hour) = value.split_once('T')?;
        let day: Date = day.parse().ok()?;
        let name = match hour {
            "MO" => "in the morning",
            "MI" => "at midday",
            "AF" => "in the afternoon",
            "EV" => "in the evening",
            "NI" => "at night",
            clock => return Some(format!("{}, {clock}", day.strftime("%a %-d %b %Y"))),
        };
        Some(format!("{}, {name}", day.strftime("%a %-d %b %Y")))
    };
    let month = || {
        let (year, month) = value.split_once('-').filter(|it| it.0.len() == 4 && it.1.len() == 2)?;
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        Some(first.strftime("%B %Y").to_string())
    };
    let day = || Some(value.parse::<Date>().ok()?.strftime("%a %-d %b %Y").to_string());
    // A day with an hour is read as the day alone, too.
    hour().or_else(day).or_else(week).or_else(month).or_else(part).unwrap_or_else(|| value.to_owned())
}

/// `2022-02-24` for a whole day, else with the time of day.
pub(crate) fn iso(it: DateTime) -> String {
    if it.time() == Time::midnight() { it.date().to_string() } else { it.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        let letters: Vec<_> = [0, 25, 26, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn speakers_in_a_sentence() {
        for (name, said) in [
            ("A teacher", "a teacher"),
            ("The union", "the union"),
            ("Ann Lee", "Ann Lee"),
            ("Anders Thew", "Anders Thew"),
        ] {
            assert_eq!(speaker(name), said);
        }
    }

    #[test]
    fn dates_in_conflict_have_their_weekday() {
        assert_eq!(value(ConflictKind::Date, "2031-05-09"), "Fri 9 May 2031");
        assert_eq!(value(ConflictKind::Date, "2031-W19"), "week of Mon 5 May 2031");
        assert_eq!(value(ConflictKind::Date, "2031-SU"), "summer 2031");
        assert_eq!(value(ConflictKind::Date, "2031-W19-WE"), "weekend of Sat 10 May 2031");
        assert_eq!(value(ConflictKind::Date, "2031-Q2"), "second quarter of 2031");
        assert_eq!(value(ConflictKind::Date, "2031-05-09TNI"), "Fri 9 May 2031, at night");
        assert_eq!(value(ConflictKind::Date, "2031-05-09T08:15"), "Fri 9 May 2031, 08:15");
        assert_eq!(value(ConflictKind::Date, "PAST_REF"), "PAST_REF");
        assert_eq!(value(ConflictKind::Date, "2031-05"), "May 2031");
    }

    #[test]
    fn long_figures_are_grouped() {
        for (given, said) in [
            ("84000000 crowns", "84,000,000 crowns"),
            ("12500.12345 tonnes", "12,500.12345 tonnes"),
            ("2031", "2031"),
            ("10000 to 25000 people", "10,000 to 25,000 people"),
            ("A10000", "A10000"),
        ] {
            assert_eq!(value(ConflictKind::Number, given), said);
        }
        assert_eq!(value(ConflictKind::Number, "2031"), "2031");
    }

    #[test]
    fn no_stop_stands_before_a_speaker() {
        assert_eq!(point("an “800-year flood.”", true), "an “800-year flood”");
        assert_eq!(point("it will rise,", true), "it will rise");
        assert_eq!(point("It rose.", false), "It rose.");
    }

    #[test]
    fn extents_are_said_as_people_say_them() {
        let case = |start: &str, end: &str| extent(start.parse().unwrap(), end.parse().unwrap());
        assert_eq!(case("2031-05-01T00:00", "2031-05-02T00:00"), "Thu 1 May 2031");
        assert_eq!(case("2031-05-01T00:00", "2031-06-01T00:00"), "May 2031");
        assert_eq!(case("2031-01-01T00:00", "2032-01-01T00:00"), "2031");
        assert_eq!(case("2031-01-01T00:00", "2041-01-01T00:00"), "2031 to 2040");
        assert_eq!(case("2031-05-05T00:00", "2031-05-12T00:00"), "5 May 2031 to 11 May 2031");
        assert_eq!(case("2031-05-05T21:30", "2031-05-05T21:31"), "Mon 5 May 2031, 21:30");
        assert_eq!(case("2031-05-05T05:00", "2031-05-05T12:00"), "Mon 5 May 2031, morning");
        assert_eq!(case("2031-05-05T18:00", "2031-05-06T00:00"), "Mon 5 May 2031, night");
        assert_eq!(case("2031-05-05T12:00", "2031-05-05T13:00"), "Mon 5 May 2031, 12:00");
    }
}
