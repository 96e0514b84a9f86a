//! Dates of the same thing that exclude each other.

use super::{Aligned, Clash, Side, is_spoken};
use crate::ConflictKind;
use crate::meaning::Class;
use crate::rules;
use crate::statements::acts::is_light;
use crate::statements::clauses::{between_weeks, dates_speech};
use rashomon_annotate::{Time, TimeKind};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

static LINKING: WordSet = WordSet::english(Fact::Prepositions, "time");

/// Letters of the value of a year.
const YEAR: usize = 4;

/// Dates of the two statements that belong to the same word and share no day.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (dates(&pair.a), dates(&pair.b));
    let mut out = Vec::new();
    for x in left {
        for y in right {
            // A year beside a day tells of two things: "in 1988" and "next week".
            if !excludes(x, y) || (x.value.len() == YEAR) != (y.value.len() == YEAR) {
                continue;
            }
            // A date that the other side has too is not in doubt.
            let shared = |t: &Time, others: &[Time]| others.iter().any(|o| !excludes(t, o));
            if shared(x, right) || shared(y, left) {
                continue;
            }
            // One "today", said once, printed on two days.
            if around(&pair.a, x) == around(&pair.b, y)
                || far_apart(&pair.a, &pair.b)
                || spoken(&pair.a, x)
                || spoken(&pair.b, y)
                || blurred(&pair.a, x, y)
                || blurred(&pair.b, y, x)
                || is_open(&pair.a, x)
                || is_open(&pair.b, y)
                || one_weekday(&pair.a, x, &pair.b, y)
                || denied(pair)
                || lasts(&pair.a)
                || lasts(&pair.b)
            {
                continue;
            }
            if same_place(pair, x, y, left, right) && !other_verb(pair, x, y) {
                out.push(pair.clash(
                    ConflictKind::Date,
                    rules::DATE_OF_THE_SAME,
                    "the same is dated differently",
                    (x.value.clone(), x.span),
                    (y.value.clone(), y.span),
                ));
            }
        }
    }
    out
}

/// Whether a date counts from the day on which somebody spoke: "today" inside quotation marks.
fn spoken(side: &Side, t: &Time) -> bool {
    !side.text(t.span).contains(|c: char| c.is_ascii_digit()) && is_spoken(side.article, t.span)
}

/// Whether a date bounds a time and tells no day of its own ("the first since December"), or may be read of two years
/// ("last April", in May).
fn is_open(side: &Side, t: &Time) -> bool {
    let before = side.article.tokens_in(Span::new(side.anchor.span.start(), t.span.start()));
    let since = before.last().is_some_and(|k| side.text(k.span).eq_ignore_ascii_case("since"));
    let text = side.text(t.span);
    let last = text.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("last "));
    // "three years ago" is of that year or of one beside it.
    let ago = text.ends_with("years ago") || text.ends_with("months ago");
    since || ago || last && t.value.len() == MONTH && !text.to_lowercase().ends_with("month")
}

/// Whether a week is told where it is read in two ways, and the other day is at most a week off.
fn blurred(side: &Side, t: &Time, other: &Time) -> bool {
    let (Some(from), Some(to), Some(a), Some(b)) = (t.start, t.end, other.start, other.end) else { return false };
    let week = |d: jiff::civil::DateTime, by: i64| d.checked_add(jiff::Span::new().days(by)).unwrap_or(d);
    between_weeks(side.article) && t.value.contains("-W") && week(from, -7) < b && a < week(to, 7)
}

/// Letters of the value of a month.
const MONTH: usize = 7;

/// Whether both sentences name one weekday and nothing else: of which week is read from the dates of their articles, and
/// these may be those of a later print.
fn one_weekday(a: &Side, x: &Time, b: &Side, y: &Time) -> bool {
    let word = |s: &Side, t: &Time| s.text(t.span).to_lowercase();
    let (v, w) = (word(a, x), word(b, y));
    v == w && !v.contains(' ')
}

/// Whether a sentence tells of a state that goes on, and is so on other days too: "were still missing on Saturday".
fn lasts(side: &Side) -> bool {
    let goes_on = |word: &str| matches!(word, "still" | "remain" | "remains" | "remained");
    side.article.tokens_in(side.anchor.span).iter().any(|t| goes_on(side.text(t.span)))
}

/// Whether one of two sentences says that the other's act did not take place: "did not meet with others over the weekend".
fn denied(pair: &Aligned) -> bool {
    let negates = |s: &Side| {
        let not = |t: &crate::meaning::Term| {
            pair.vocabulary.entries[t.entry as usize].negation == Some(crate::meaning::Negation::Not)
        };
        s.gist.terms.iter().any(not)
    };
    negates(&pair.a) != negates(&pair.b)
}

/// Whether both sentences name days, and none of either can be one of the other: they tell of two times.
pub(super) fn apart(a: &Side, b: &Side) -> bool {
    let (left, right) = (dates(a), dates(b));
    !left.is_empty() && !right.is_empty() && left.iter().all(|x| right.iter().all(|y| excludes(x, y)))
}

/// Whether some date of one statement excludes some date of the other.
pub(super) fn may_clash(a: &Side, b: &Side) -> bool {
    let right = dates(b);
    dates(a).iter().any(|x| right.iter().any(|y| excludes(x, y)))
}

/// Whether the articles are so far apart in time that each tells of its own day: "the warmest June", "the warmest March".
fn far_apart(a: &Side, b: &Side) -> bool {
    let day = |s: &Side| s.article.dateline.map(rashomon_model::Moment::date);
    matches!((day(a), day(b)), (Some(x), Some(y)) if x.until(y).is_ok_and(|gap| gap.get_days().abs() > FAR))
}

/// Days between two reports of one event, at most.
const FAR: i32 = 21;

/// The words of a date with three before it.
fn around<'a>(side: &Side<'a>, t: &Time) -> Vec<&'a str> {
    let (tokens, span) = (&side.article.tokens, t.span);
    let from = tokens.partition_point(|k| k.span.end() <= span.start());
    let to = tokens.partition_point(|k| k.span.start() < span.end());
    tokens[from.saturating_sub(3)..to].iter().map(|k| side.article.text(k.span)).collect()
}

/// The dates inside a statement that name a day, week, month or year.
fn dates<'a>(side: &Side<'a>) -> &'a [Time] {
    side.values.dates.get_or_init(|| read(side))
}

fn read(side: &Side) -> Vec<Time> {
    // "April's 8.1 percent": the day of a noun, not of what is told.
    let owns = |t: &Time| side.article.article.text[t.span.end()..].starts_with(['\'', '’']);
    let told = |t: &&Time| !dates_speech(side.article, side.anchor.span, t.span) && !owns(t);
    let inside = side.article.times_in(side.anchor.span).iter().filter(told);
    inside.filter(|t| t.kind == TimeKind::Date && !t.value.ends_with("_REF")).cloned().collect()
}

/// Whether two dates share no moment. Dates that are not placed in time exclude each other only if both are weekdays or
/// both are days of a month.
pub(super) fn excludes(x: &Time, y: &Time) -> bool {
    if let (Some(a), Some(b), Some(c), Some(d)) = (x.start, x.end, y.start, y.end) {
        return b <= c || d <= a;
    }
    match (unplaced(x), unplaced(y)) {
        (Some(p), Some(q)) if p.starts_with('W') || q.starts_with('W') => {
            p.starts_with('W') && q.starts_with('W') && p.len() > 4 && q.len() > 4 && p != q
        }
        // A month and one of its days do not exclude each other.
        (Some(p), Some(q)) => {
            let n = p.len().min(q.len());
            !p.starts_with('X') && !q.starts_with('X') && p.get(..n) != q.get(..n)
        }
        (Some(p), None) if p.len() == 5 && !p.starts_with('W') => outside(&p, y),
        (None, Some(q)) if q.len() == 5 && !q.starts_with('W') => outside(&q, x),
        _ => false,
    }
}

/// What is known of a date whose year is not: `02-24`, `02`, `WXX-4`.
fn unplaced(t: &Time) -> Option<String> {
    t.value.strip_prefix("XXXX-").map(str::to_owned)
}

/// Whether the day `MM-DD` lies outside a placed stretch, whatever the year.
fn outside(day: &str, stretch: &Time) -> bool {
    let (Some(start), Some(end)) = (stretch.start, stretch.end) else { return false };
    let Some((month, day)) = day.split_once('-') else { return false };
    let (Ok(month), Ok(day)) = (month.parse::<i8>(), day.parse::<i8>()) else { return false };
    let years = [start.year(), end.year()];
    !years.iter().any(|y| {
        let Ok(date) = jiff::civil::Date::new(*y, month, day) else { return true };
        let at = date.at(12, 0, 0, 0);
        start <= at && at < end
    })
}

/// Whether two dates stand in the same place: both before aligned nouns, both between aligned neighbours, or each the
/// only one in doubt that dates a verb of its sentence.
fn same_place(pair: &Aligned, x: &Time, y: &Time, left: &[Time], right: &[Time]) -> bool {
    let rest = pair.rest(&[x.span], &[y.span]);
    let (noun_x, noun_y) = (before_noun(&pair.a, x), before_noun(&pair.b, y));
    if let (Some(p), Some(q)) = (noun_x, noun_y) {
        return pair.linked(p, q) && rest >= 0.3;
    }
    let (agree, differ) = pair.frame(x.span, y.span);
    if agree == 2 && rest >= 0.45 || agree == 1 && differ == 0 && rest >= 0.5 {
        return true;
    }
    let alone =
        |these: &[Time], those: &[Time]| these.iter().filter(|t| those.iter().all(|o| excludes(t, o))).count() == 1;
    let settled = if agree > 0 { 0.5 } else { 0.65 };
    noun_x.is_none() && noun_y.is_none() && alone(left, right) && alone(right, left) && rest >= settled
}

/// Whether the verbs next to two dates tell of two things: found "in February", used "last summer". Verbs that only say
/// that something takes place tell nothing.
fn other_verb(pair: &Aligned, x: &Time, y: &Time) -> bool {
    let verb = |side: &Side, t: &Time| {
        let terms = &side.gist.terms;
        let at = terms.iter().position(|k| k.span.overlaps(t.span))?;
        let near = |d: usize| [at.checked_sub(d), at.checked_add(d)].into_iter().flatten();
        let tells = |k: &usize| {
            let entry = |t: &crate::meaning::Term| &*pair.vocabulary.entries[t.entry as usize].text;
            terms.get(*k).is_some_and(|t| t.class == Class::Verb && !is_light(entry(t)))
        };
        (1..=VERB).flat_map(near).find(tells)
    };
    let alike = |p: usize, q: usize| {
        let (a, b) = (pair.a.gist.terms[p].entry, pair.b.gist.terms[q].entry);
        pair.linked(p, q) || a == b || pair.vocabulary.likeness(a, b) >= 0.6
    };
    matches!((verb(&pair.a, x), verb(&pair.b, y)), (Some(p), Some(q)) if !alike(p, q))
}

/// Terms on either side of a date among which its verb is looked for.
const VERB: usize = 5;

/// The noun that a date stands before: "Thursday meeting". None for "on Thursday".
fn before_noun(side: &Side, t: &Time) -> Option<usize> {
    let text = &side.article.article.text;
    let before = text[..t.span.start()].trim_end().rsplit(' ').next().unwrap_or("").to_lowercase();
    let linked = LINKING.contains(before.as_str());
    let gap = text.get(t.span.end()..)?;
    let next = side.term_from(t.span.end())?;
    let close = side.gist.terms[next].span.start() == t.span.end() + gap.len() - gap.trim_start().len();
    (!linked && close && gap.starts_with(' ')).then_some(next)
}
