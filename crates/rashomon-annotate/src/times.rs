//! When: time expressions with their TIMEX3 type and value (ISO-TimeML; Pustejovsky et al. 2003), placed in the calendar.
//!
//! Rules, no learned weights. [`scan`] classes the words, [`grammar`] finds the expressions and says what each means,
//! [`tense`] tells whether the sentence looks back or ahead, and [`resolve`] counts from the article's dateline and from
//! the times spoken of before. An article without a date keeps what it says of itself: full dates, and the year they give.

mod grammar;
mod lexicon;
mod meaning;
mod resolve;
mod scan;
mod tense;
mod value;

use crate::packed;
use crate::rules;
use crate::{Annotated, Time};
use meaning::{Expression, Meaning, Point, When, Year};
use rashomon_language::Language;
use rashomon_model::{Moment, Span};

/// All time expressions of an article, resolved against its own date.
pub(crate) fn times(it: &Annotated) -> Vec<Time> {
    resolved(it, it.article.dateline(), false)
}

/// The time expressions of an article as they read if it was written at `dateline`; all are marked as inferred.
///
/// For an article without a date whose day is known from elsewhere, such as the other accounts of its story.
#[must_use]
pub fn times_at(it: &Annotated, dateline: Moment) -> Vec<Time> {
    let language = Language::of(it.article.language.as_deref());
    if !language.is_english() {
        return packed::times_at(it, language, dateline);
    }
    resolved(it, Some(dateline), true)
}

fn resolved(it: &Annotated, dateline: Option<Moment>, assumed: bool) -> Vec<Time> {
    let text = it.article.text.as_str();
    let words = scan::words(it);
    let expressions = grammar::expressions(text, &words);
    let today = dateline.map(Moment::date);
    let year = if today.is_none() { own_year(&expressions) } else { None };
    let mut context = resolve::Context::new(today, year);
    let mut out = Vec::with_capacity(expressions.len());
    let mut last_end = None;
    for e in &expressions {
        let direction = tense::direction(text, &words, e.first, e.end);
        let goes_on = last_end.replace(e.end).is_some_and(|end| tense::goes_on(text, &words, end, e.first));
        context.read_on(it.sentence_at(words[e.first].span.start()), goes_on);
        let found = context.resolve(&e.meaning, direction);
        let (start, end) = found.extent.map_or((None, None), |(s, e)| (Some(s), Some(e)));
        out.push(Time {
            span: Span::new(words[e.first].span.start(), words[e.end - 1].span.end()),
            kind: found.kind,
            value: found.value,
            start,
            end,
            inferred: assumed || (today.is_none() && found.rule == rules::YEAR_FROM_TEXT),
            rule: found.rule,
        });
    }
    out
}

/// The year of the first full date in the text of an article that has no date of its own. One that tells of a month of a
/// later year was written later: its first full date is of what went before.
fn own_year(expressions: &[Expression]) -> Option<i16> {
    let given = |e: &Expression| match e.meaning {
        Meaning::Point(Point { when: When::Day { year: Year::Given(y), .. }, .. }) => Some((y, true)),
        Meaning::Point(Point { when: When::Month { year: Year::Given(y), .. }, .. }) => Some((y, false)),
        _ => None,
    };
    let year = expressions.iter().filter_map(given).find(|it| it.1)?.0;
    (!expressions.iter().filter_map(given).any(|it| it.0 > year)).then_some(year)
}

#[cfg(test)]
mod tests;
