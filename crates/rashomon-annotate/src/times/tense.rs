//! Whether what is said around a time expression lies behind or ahead.

use super::lexicon::{Class, PAST_AUXILIARIES, PROPOSING, Verb};
use super::scan::{Word, is_setting};

/// Which way to look for the nearest fitting day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    /// The verb right before the expression tells what was done then: "was arrested in April", "ran from Thursday through
    /// Saturday".
    Done,
    Future,
    /// The verb right before the expression says so: "expires in January".
    Set,
    /// Nothing in the sentence tells.
    Unknown,
}

impl Direction {
    /// Whether it looks back.
    pub(super) fn is_past(self) -> bool {
        matches!(self, Self::Past | Self::Done)
    }
}

/// Words on either side of an expression among which its verb is looked for.
const FAR: usize = 400;

/// Words from a verb to the month or day that it sets: "will end in", "comes out in".
const BESIDE: usize = 4;

/// The direction at the expression `words[first..end]`: the nearest verb before it in the sentence decides, else the
/// nearest after it.
pub(super) fn direction(text: &str, words: &[Word], first: usize, end: usize) -> Direction {
    let at = |i: usize| words.get(i).map_or(Class::Break, |w| w.class);
    let before = |n: usize| first.checked_sub(n).map_or(Class::Break, at);
    // "until Friday", "through January", "as early as Monday", "by March"; "by Monday" is as often behind.
    let month = matches!(at(first), Class::Month(..) | Class::Early | Class::Late | Class::Mid | Class::End);
    let as_soon_as = before(1) == Class::As && matches!(before(2), Class::Soon | Class::Early);
    // "Until Thursday, nobody had called": at the head of its sentence the verb decides.
    let until = before(1) == Class::Until && before(2) != Class::Break;
    // "from Thursday through Saturday": both days lie where the verb says.
    let day = |c: Class| matches!(c, Class::Weekday(..));
    let month_of = |c: Class| matches!(c, Class::Month(..));
    // "from Aug. 15 through Tuesday": the first may be a date.
    let dated = matches!(before(2), Class::Digits(1..=31, _) | Class::Ordinal(_))
        && matches!(before(3), Class::Month(..) | Class::Mark(b'.'));
    let range =
        until && (day(before(2)) || dated) && day(at(first)) || until && month_of(before(2)) && month_of(at(first));
    let ranged = range || day(at(first)) && matches!(at(end), Class::To | Class::Until) && day(at(end + 1));
    // "By June, most had voted": at the head of its sentence the verb decides here, too.
    let by = before(1) == Class::By && month && !(before(2) == Class::Break && at(end) == Class::Mark(b','));
    if until && !range || as_soon_as || by {
        return Direction::Future;
    }
    // "Wednesday's ruling" is known already, whatever one would do about it.
    let possessive = at(end) == Class::Mark(b'\'') && at(end + 1) == Class::S;
    let attributive =
        !matches!(before(1), Class::On | Class::In | Class::By) && at(end) == Class::Other && !words[end].joined;
    // "moved to Friday", "set the hearing for Thursday": whereto, not when.
    let whereto = before(1) == Class::To || first > 0 && words[first - 1].span.text(text).eq_ignore_ascii_case("for");
    if first > 0 && words[first - 1].span.text(text).eq_ignore_ascii_case("since") && month_of(at(first)) {
        return Direction::Done;
    }
    // "The mayor in January rejected the plan", "Stone on Tuesday would not rule it out".
    if told_behind(text, words, first, end) {
        return Direction::Past;
    }
    // "just days after Saturday's shooting".
    if possessive && matches!(before(1), Class::After | Class::Following) {
        return Direction::Past;
    }
    let from = before_relative(words, first);
    for i in (first.saturating_sub(FAR)..from).rev() {
        match words[i].class {
            Class::Break => break,
            // "closed due to the flood" gives a reason.
            // "rejected the plan in May", "halted that plan late Tuesday".
            Class::Verb(Verb::Plan)
                if i > 0
                    && matches!(at(i - 1), Class::The | Class::A | Class::This | Class::That | Class::Possessive)
                    && (i + 1 == first || i + 2 == first && matches!(at(i + 1), Class::In | Class::On)) => {}
            // "to have a set of proposals ready by Tuesday".
            Class::Verb(_) if i > 0 && at(i - 1) == Class::A && at(i + 1) == Class::Of => {}
            Class::Verb(Verb::Plan | Verb::Planned)
                if at(i + 1) == Class::To && matches!(at(i + 2), Class::The | Class::A | Class::This | Class::That) => {
            }
            Class::Verb(Verb::Future | Verb::Scheduled)
                if matches!(before(1), Class::In | Class::On) && first - i <= BESIDE =>
            {
                return Direction::Set;
            }
            // "had been expected to pass on Thursday".
            Class::Verb(Verb::Plan | Verb::Planned) if had_been(text, words, i) => return Direction::Past,
            Class::Verb(Verb::Future | Verb::Plan | Verb::Planned | Verb::Scheduled) => return Direction::Future,
            // "plans to have it ready by Tuesday".
            Class::Verb(Verb::Present | Verb::Past)
                if i > 1
                    && at(i - 1) == Class::To
                    && matches!(
                        at(i - 2),
                        Class::Verb(Verb::Plan | Verb::Planned | Verb::Scheduled | Verb::Promise)
                    ) =>
            {
                return Direction::Future;
            }
            Class::Verb(Verb::Move | Verb::Cancel | Verb::Promise) if whereto => return Direction::Future,
            // "agreed to meet Friday", but "agreed on Friday".
            Class::Verb(Verb::Promise) if matches!(at(i + 1), Class::To | Class::Preposition) => {
                return Direction::Future;
            }
            Class::Verb(Verb::Modal) => return if possessive { Direction::Past } else { Direction::Future },
            // "will be held", "would have met", "to be heard": the form is past, the sense is not.
            Class::Verb(Verb::Past | Verb::Move | Verb::Cancel | Verb::Promise) if ahead(words, i) => {
                return Direction::Future;
            }
            // What is called off lies ahead; when it was called off does not.
            Class::Verb(Verb::Cancel) => return if attributive { Direction::Future } else { Direction::Past },
            // "stressed that winds arriving on Thursday would …": the clause has its verb behind the expression.
            Class::Verb(Verb::Past) if at(i + 1) == Class::That && looks_ahead(words, end) => return Direction::Future,
            // "is closed Thursday through Saturday".
            Class::Verb(Verb::Past) if range && i > 0 && at(i - 1) == Class::Verb(Verb::Present) => {
                return Direction::Future;
            }
            // "when the members are sworn in on Thursday".
            Class::Verb(Verb::Past) if day(at(first)) && set_by(text, words, i, first) => return Direction::Future,
            Class::Verb(Verb::Past | Verb::Move | Verb::Promise) => {
                return if before(1) == Class::By {
                    Direction::Unknown
                } else if ranged || done(text, words, i, first) || had_been(text, words, i) {
                    Direction::Done
                } else {
                    Direction::Past
                };
            }
            // "would be leaving late on Saturday": said of what was ahead then.
            Class::Verb(Verb::Present)
                if (1..=2).any(|n| i >= n && matches!(words[i - n].class, Class::Verb(Verb::Modal | Verb::Future))) =>
            {
                return Direction::Future;
            }
            Class::Verb(Verb::Present) => {
                // "is to meet", "the vote is Friday", "the vote is on Friday".
                // "the fair is in July", "the market is from 9 a.m. to 1 p.m. on Sunday", "the plant is closing in June".
                let led = at(i + 1) == Class::On || at(i + 1) == Class::In && month;
                let hours = matches!(at(i + 1), Class::At | Class::From) && matches!(at(i + 2), Class::Digits(..));
                let beside = i + 1 == first || i + 2 == first && led || hours;
                return if at(i + 1) == Class::To || beside || progressive(text, words, i, first) {
                    Direction::Future
                } else {
                    Direction::Unknown
                };
            }
            _ => {}
        }
    }
    if range {
        return Direction::Future;
    }
    // "The mayor's announcement Thursday that the quay would close": it has been made.
    if day(at(first)) && at(end) == Class::That && before(1) == Class::Other {
        return Direction::Past;
    }
    for i in end..words.len().min(end + FAR) {
        match words[i].class {
            Class::Break => break,
            Class::Verb(Verb::Future | Verb::Modal | Verb::Plan | Verb::Scheduled) => return Direction::Future,
            Class::Verb(Verb::Past | Verb::Move | Verb::Cancel | Verb::Promise | Verb::Planned) => {
                return Direction::Past;
            }
            Class::Verb(Verb::Present) => {
                let planned = matches!(at(i + 1), Class::Verb(Verb::Plan | Verb::Planned | Verb::Promise) | Class::To);
                return if planned { Direction::Future } else { Direction::Unknown };
            }
            _ => {}
        }
    }
    Direction::Unknown
}

/// Whether a day or month stands between a subject and its verb that tells what was done: "Stone in January rejected", "Stone on
/// Tuesday would not".
fn told_behind(text: &str, words: &[Word], first: usize, end: usize) -> bool {
    let at = |i: usize| words.get(i).map_or(Class::Break, |w| w.class);
    let led = first > 1 && matches!(at(first - 1), Class::In | Class::On);
    let timed = matches!(at(first), Class::Weekday(..) | Class::Month(..));
    let subject = first > 1 && at(first - 2) == Class::Other && !words[first - 2].span.text(text).ends_with("ing");
    let not = |i: usize| words.get(i).is_some_and(|w| w.span.text(text) == "not");
    let finite = match at(end) {
        Class::Verb(Verb::Past | Verb::Cancel | Verb::Move | Verb::Promise) => {
            words[end].told && !helped_by(text, words, end)
        }
        Class::Verb(Verb::Modal) => words[end].span.text(text) == "would" && not(end + 1),
        _ => false,
    };
    led && timed && subject && finite
}

/// Whether the word before `i` is an auxiliary: a participle behind it tells nothing by itself.
fn helped_by(text: &str, words: &[Word], i: usize) -> bool {
    i > 0 && PAST_AUXILIARIES.contains(words[i - 1].span.text(text))
}

/// Whether the participle at `i` is set for the day at `first` by "is" or "are": "is sworn in on Thursday". What stands between
/// is nothing but small words: "is accused of killing two on Monday" tells of what was.
fn set_by(text: &str, words: &[Word], i: usize, first: usize) -> bool {
    let is = i > 0 && matches!(words[i - 1].span.text(text), "is" | "are");
    let small = |w: &Word| matches!(w.class, Class::In | Class::On | Class::At | Class::Preposition);
    is && first > i + 1 && words[i + 1..first].iter().all(small)
}

/// Whether an expression that begins at `first` goes on from the one that ends at `end`: "Thursday or Friday", "Saturday into
/// Sunday".
pub(super) fn goes_on(text: &str, words: &[Word], end: usize, first: usize) -> bool {
    let Some(between) = words.get(end..first) else { return false };
    let led = |w: &Word| matches!(w.class, Class::Or | Class::And | Class::To | Class::Until);
    let (Some(link), rest) = (between.first(), between.get(1..).unwrap_or_default()) else { return false };
    (led(link) || link.span.text(text).eq_ignore_ascii_case("into")) && rest.iter().all(|w| w.class == Class::On)
}

/// Where the search for a verb before the expression at `first` begins: before "who was chosen in May," where that clause is
/// over when the expression comes ("will meet the mayor, who was chosen in May, in October").
fn before_relative(words: &[Word], first: usize) -> usize {
    let at = |i: usize| words.get(i).map_or(Class::Break, |w| w.class);
    let comma = |i: usize| at(i) == Class::Mark(b',');
    let close = match first {
        2.. if comma(first - 2) && matches!(at(first - 1), Class::In | Class::On | Class::By | Class::At) => first - 2,
        1.. if comma(first - 1) => first - 1,
        _ => return first,
    };
    for i in (first.saturating_sub(FAR)..close).rev() {
        match at(i) {
            Class::Break => break,
            Class::Mark(b',') if at(i + 1) == Class::Who => return i,
            Class::Mark(b',') => break,
            _ => {}
        }
    }
    first
}

/// Words from a past verb to the preposition before the month or day in which it was done.
const NEAR: usize = 4;

/// Words before a past verb among which one that looks ahead makes none of it.
const CLAUSE: usize = 14;

/// Whether the past verb at `i` says what was done in the month, quarter or on the day at `first`: "was arrested in April",
/// "rejected the plan in May". What was said or asked for then may be ahead: "proposed a vote in May".
fn done(text: &str, words: &[Word], i: usize, first: usize) -> bool {
    let at = |i: usize| words.get(i).map_or(Class::Break, |w| w.class);
    let Some(led) = first.checked_sub(1).filter(|k| *k > i && matches!(at(*k), Class::In | Class::On)) else {
        return false;
    };
    let dated = matches!(at(first), Class::Month(..) | Class::Digits(..) | Class::Ordinal(_) | Class::The);
    let verb = &words[i];
    let object = led > i + 1;
    let plain = (i + 1..led).all(|k| {
        matches!(
            at(k),
            Class::Other
                | Class::The
                | Class::A
                | Class::Possessive
                | Class::Count(_)
                | Class::Digits(..)
                | Class::Verb(Verb::Plan)
        ) && !words[k].span.text(text).eq_ignore_ascii_case("for")
    });
    let lower = || verb.span.text(text).to_ascii_lowercase();
    // "will redeem preferred shares on Oct. 31": what the tagger took for a past form is none.
    let ahead = words[..i]
        .iter()
        .rev()
        .take(CLAUSE)
        .take_while(|w| !matches!(w.class, Class::Break | Class::Mark(b',' | b'"')))
        .any(|w| matches!(w.class, Class::Verb(Verb::Future | Verb::Modal)));
    dated
        && !ahead
        && verb.told
        && led - i <= NEAR
        && plain
        && !(object && (PAST_AUXILIARIES.contains(&lower()) || PROPOSING.contains(&lower())))
}

/// Whether the past form at `i` tells what was over by then: "had confirmed", "had already left".
fn had_been(text: &str, words: &[Word], i: usize) -> bool {
    words[..i].iter().rev().take(2).any(|w| w.span.text(text).eq_ignore_ascii_case("had"))
}

/// Whether the present form of "be" at `i` has a form in "-ing" that sets what is told at `first`: "is closing in June".
fn progressive(text: &str, words: &[Word], i: usize, first: usize) -> bool {
    let word = |k: usize| words[k].span.text(text);
    let led = first > 0 && matches!(words[first - 1].class, Class::In | Class::On);
    let form = (i + 1..first).take(2).find(|k| word(*k).len() > 4 && word(*k).ends_with("ing"));
    form.is_some_and(|k| led && k + 2 == first || is_setting(word(k)) && first - k <= BESIDE + 1)
}

/// Whether the first verb of the sentence from word `end` on looks ahead.
fn looks_ahead(words: &[Word], end: usize) -> bool {
    let verb = words.iter().skip(end).take(FAR).map(|w| w.class).find(|c| matches!(c, Class::Verb(_) | Class::Break));
    matches!(verb, Some(Class::Verb(Verb::Future | Verb::Modal)))
}

/// Whether the participle at `i` stands behind "will", "would" or "to be".
fn ahead(words: &[Word], i: usize) -> bool {
    let class = |n: usize| i.checked_sub(n).map_or(Class::Break, |k| words[k].class);
    let to_be = class(1) == Class::Verb(Verb::Present) && class(2) == Class::To;
    to_be || (1..=3).any(|n| matches!(class(n), Class::Verb(Verb::Future | Verb::Modal)))
}
