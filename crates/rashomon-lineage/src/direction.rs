//! Who took from whom, by named evidence?
//!
//! Every sign has a weight towards one side; the direction is given only when the sum is clear and no strong sign speaks
//! against it. A later time is never enough against fuller text: the original may be the one that was stamped later.

use crate::Block;
use crate::reason::Party::{First, Second};
use crate::reason::{Party, Reason, Stamp};
use crate::relate::{MOSTLY, Measures, SOLID};
use crate::side::Side;
use crate::sources;
use crate::words::{QUOTED, Words, word_set, words_of};
use rashomon_language::Fact;
use rashomon_model::agency;
use std::ops::Range;
use std::sync::LazyLock;

/// Which of two texts is the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The second was made from the first.
    FirstIsSource,
    /// The first was made from the second.
    SecondIsSource,
    /// The evidence does not decide.
    Open,
}

/// One sign: its weight (positive if the first text is the source) and the reason.
struct Sign {
    weight: i32,
    reason: Reason,
}

impl Sign {
    /// The weightiest first; of one weight a cut quotation, then what is said of the first text.
    fn order(&self) -> (i32, bool, Option<Party>, u8) {
        let (side, rank) = match &self.reason {
            Reason::CutsQuote(side) => (Some(*side), 0),
            Reason::WithinOther(side) => (Some(*side), 1),
            Reason::Corrects(side) => (Some(*side), 2),
            Reason::IsAgency(side) => (Some(*side), 3),
            Reason::NamesOther(side) => (Some(*side), 4),
            Reason::CitesOther(side) => (Some(*side), 5),
            Reason::Earlier(side, _) => (Some(*side), 6),
            _ => (None, 7),
        };
        (-self.weight.abs(), rank > 1, side, rank)
    }
}

/// A direction is given from this sum on.
const DECISIVE: i32 = 3;

/// The direction and its reasons, the weightiest first.
///
/// Versions of one publication go by time and corrections alone: an update may fill up what the first version cut.
pub(crate) fn decide(
    a: &Side<'_>,
    b: &Side<'_>,
    blocks: &[Block],
    m: &Measures,
    versions: bool,
    cited: Direction,
) -> (Direction, Vec<Reason>) {
    let mut signs = Vec::new();
    times(a, b, versions, &mut signs);
    corrections(a, b, &mut signs);
    if !versions {
        declared(a, b, m, &mut signs);
        reported(cited, &mut signs);
        agencies(a, b, &mut signs);
        containment(m, &mut signs);
        fuller_quotes(a, b, blocks, &mut signs);
    }
    signs.sort_by_key(Sign::order);
    let sum: i32 = signs.iter().map(|s| s.weight).sum();
    let direction = match sum {
        // What was published days before cannot have been taken from there.
        _ if days_earlier(a, b) && sum < 0 || days_earlier(b, a) && sum > 0 => Direction::Open,
        DECISIVE.. => Direction::FirstIsSource,
        i32::MIN..=-3 => Direction::SecondIsSource,
        _ => Direction::Open,
    };
    (direction, signs.into_iter().map(|s| s.reason).collect())
}

/// Whether the first was published days before the second: no date in print explains that.
fn days_earlier(a: &Side<'_>, b: &Side<'_>) -> bool {
    const DAYS: i64 = 3 * 86_400;
    let at = |s: &Side<'_>| s.published.map(|it| it.at.as_second());
    at(a).zip(at(b)).is_some_and(|(a, b)| a + DAYS < b)
}

/// Whether one of the two names the other's outlet as its source.
pub(crate) fn named(a: &Side<'_>, b: &Side<'_>) -> bool {
    let declares = |s: &Side<'_>| !s.origins.is_empty() || !s.credits.is_empty();
    (declares(a) || declares(b)) && !of_one_house(a, b) && (a.owes(&b.keys()) || b.owes(&a.keys()))
}

/// Whether one of the two names the other's outlet as the origin of the whole.
pub(crate) fn is_origin(a: &Side<'_>, b: &Side<'_>) -> bool {
    let from = |taker: &Side<'_>, giver: &Side<'_>| {
        !taker.origins.is_empty() && taker.origins.iter().any(|key| giver.is_from(key) && !taker.is_of(key))
    };
    from(a, b) || from(b, a)
}

/// Whether both stand under one name: an outlet credits its own people.
fn of_one_house(a: &Side<'_>, b: &Side<'_>) -> bool {
    let keys = a.keys();
    b.keys().iter().any(|own| keys.contains(own))
}

/// Whether both name one source as theirs that neither is: an agency whose report both may carry.
pub(crate) fn of_one_source(a: &Side<'_>, b: &Side<'_>) -> bool {
    third_source(a, b).is_some()
}

/// A text that names the other's outlet as its source.
fn declared(a: &Side<'_>, b: &Side<'_>, m: &Measures, signs: &mut Vec<Sign>) {
    let names = |taker: &Side<'_>, giver: &Side<'_>, share: f64| {
        let keys = giver.keys();
        if of_one_house(taker, giver) {
            return 0;
        }
        let hit = |list: &[String]| keys.iter().any(|k| list.contains(k));
        if hit(&taker.origins) {
            12
        } else if hit(&taker.credits) {
            8
        } else if share >= MOSTLY && giver.signature().is_some_and(|k| taker.origins.contains(&k)) {
            6
        } else {
            0
        }
    };
    for (weight, sign, who) in [(names(b, a, m.whole_b()), 1, Second), (names(a, b, m.whole_a()), -1, First)] {
        if weight > 0 {
            signs.push(Sign { weight: sign * weight, reason: Reason::NamesOther(who) });
        }
    }
}

/// The source that both name as theirs and that neither is: an agency whose report both carry.
pub(crate) fn third_source(a: &Side<'_>, b: &Side<'_>) -> Option<String> {
    let of = |s: &Side<'_>, key: &String| s.origins.contains(key) || s.credits.contains(key);
    let key = a.origins.iter().chain(&a.credits).find(|key| of(b, key) && !a.is_from(key) && !b.is_from(key))?;
    Some(agency(key).map_or_else(|| key.clone(), |known| known.name.to_owned()))
}

/// Whether one of the two seems to be an agency's own copy and the other names that agency: the earlier is the nearer to it.
pub(crate) fn of_one_signature(a: &Side<'_>, b: &Side<'_>) -> bool {
    let signed = |x: &Side<'_>, y: &Side<'_>| x.signature().is_some_and(|key| y.owes(&[key]));
    signed(a, b) || signed(b, a)
}

/// So many words before a shared passage, and behind it, may name the outlet it was taken from.
const NEAR_BEFORE: usize = 60;
const NEAR_BEHIND: usize = 30;
/// Words that make a name next to them the name of a source: before it, and behind it.
const TAKEN_FROM: &str = "from by via per at in";
/// Who spoke to an outlet said that one thing there: so near the passage.
const SPOKE_TO: &str = "to told";
const NEAR_SPEECH: usize = 15;

/// Whether one of the two says beside a passage that the other's outlet reported it, and the other says nothing of the kind.
pub(crate) fn is_reported(a: &Side<'_>, b: &Side<'_>, blocks: &[Block]) -> Direction {
    let solid = || blocks.iter().filter(|it| it.matched() >= SOLID);
    if solid().next().is_none() {
        return Direction::Open;
    }
    let (of_a, of_b) = (outlet_names(a), outlet_names(b));
    // One outlet names itself.
    if of_a.iter().any(|it| of_b.contains(it)) {
        return Direction::Open;
    }
    let (in_a, in_b) = (places(a, &of_b), places(b, &of_a));
    let in_first = !in_a.is_empty() && solid().any(|it| cites(a, it.a(), &in_a));
    let in_second = !in_b.is_empty() && solid().any(|it| cites(b, it.b(), &in_b));
    match (in_first, in_second) {
        (false, true) => Direction::FirstIsSource,
        (true, false) => Direction::SecondIsSource,
        _ => Direction::Open,
    }
}

fn reported(cited: Direction, signs: &mut Vec<Sign>) {
    let (sign, who) = match cited {
        Direction::FirstIsSource => (1, Second),
        Direction::SecondIsSource => (-1, First),
        Direction::Open => return,
    };
    signs.push(Sign { weight: sign * 8, reason: Reason::CitesOther(who) });
}

/// The words of each name of a side's outlet.
fn outlet_names(side: &Side<'_>) -> Vec<Vec<u32>> {
    side.outlet.map_or_else(Vec::new, |it| sources::names(it).iter().map(|name| Words::of(name).hash).collect())
}

/// Where the words of a side name one of `names`, each with the words that it has.
fn places(side: &Side<'_>, names: &[Vec<u32>]) -> Vec<Range<usize>> {
    let words = &side.words.hash;
    let mut out = Vec::new();
    for name in names {
        let Some(first) = name.first() else { continue };
        let begins = words.iter().enumerate().filter(|(_, word)| *word == first).map(|(at, _)| at);
        out.extend(begins.filter(|at| words[*at..].starts_with(name)).map(|at| at..at + name.len()));
    }
    out
}

/// Whether `taker` names the other's outlet, as it does at these `places`, as a source around its words `passage`.
fn cites(taker: &Side<'_>, passage: Range<usize>, places: &[Range<usize>]) -> bool {
    static BEFORE: LazyLock<Vec<u32>> = LazyLock::new(|| word_set(TAKEN_FROM));
    static BEHIND: LazyLock<Vec<u32>> = LazyLock::new(|| words_of(Fact::ReportingVerbs, "source"));
    static SPOKEN_TO: LazyLock<Vec<u32>> = LazyLock::new(|| word_set(SPOKE_TO));
    static ACCORDING: LazyLock<Vec<u32>> = LazyLock::new(|| word_set("according"));
    let words = &taker.words;
    let from = passage.start.saturating_sub(NEAR_BEFORE);
    let to = (passage.end + NEAR_BEHIND).min(words.len());
    let beside = passage.start.saturating_sub(NEAR_SPEECH)..passage.end + NEAR_SPEECH;
    let has = |set: &[u32], range: Range<usize>| words.hash[range].iter().any(|w| set.binary_search(w).is_ok());
    places.iter().filter(|place| (from..to).contains(&place.start)).any(|place| {
        let (at, end) = (place.start, place.end);
        let begins = |at: usize, with: fn(char) -> bool| words.span(at).text(taker.text).starts_with(with);
        // "to Vice President": a longer name.
        let longer = end < words.len()
            && begins(end, char::is_uppercase)
            && words.span(end).start() == words.span(end - 1).end() + 1;
        !longer
            && !begins(at, char::is_lowercase)
            && (has(&BEFORE, at.saturating_sub(2)..at)
                || has(&ACCORDING, at.saturating_sub(3)..at)
                || beside.contains(&at) && has(&SPOKEN_TO, at.saturating_sub(2)..at)
                || has(&BEHIND, end..(end + 3).min(words.len())))
    })
}

/// An agency's own copy is what others print.
fn agencies(a: &Side<'_>, b: &Side<'_>, signs: &mut Vec<Sign>) {
    let (sign, who) = match (is_agency(a), is_agency(b)) {
        (true, false) => (1, First),
        (false, true) => (-1, Second),
        _ => return,
    };
    signs.push(Sign { weight: sign * 3, reason: Reason::IsAgency(who) });
}

/// Whether a text was published by an agency that others take whole reports from.
pub(crate) fn is_agency(side: &Side<'_>) -> bool {
    side.outlet.and_then(agency).is_some_and(|it| it.wire && !it.outlet)
}

/// The earlier of two published times; for one published time, the earlier of two updates, and of two versions the one that was
/// never updated.
fn times(a: &Side<'_>, b: &Side<'_>, versions: bool, signs: &mut Vec<Sign>) {
    let mut sign = |x: Option<rashomon_model::Moment>, y: Option<rashomon_model::Moment>, what: Stamp, weight: i32| {
        let (Some(x), Some(y)) = (x, y) else { return false };
        let day = x.precision == rashomon_model::Precision::Day || y.precision == rashomon_model::Precision::Day;
        let same = if day { x.date() == y.date() } else { x.at == y.at };
        if same {
            return false;
        }
        let (sign, who) = if x.at < y.at { (1, First) } else { (-1, Second) };
        signs.push(Sign { weight: sign * weight, reason: Reason::Earlier(who, what) });
        true
    };
    if sign(a.published, b.published, Stamp::Published, 4) || sign(a.updated, b.updated, Stamp::Updated, 4) {
        return;
    }
    // Of two versions, one of which was updated since they were published.
    let began = a.published.filter(|at| versions && b.published.is_some_and(|other| other.at == at.at));
    let since = |it: &Side<'_>| it.updated.is_some_and(|at| began.is_some_and(|began| began.at < at.at));
    match (a.updated.is_none() && since(b), b.updated.is_none() && since(a)) {
        (true, _) => signs.push(Sign { weight: 4, reason: Reason::Earlier(First, Stamp::Untouched) }),
        (_, true) => signs.push(Sign { weight: -4, reason: Reason::Earlier(Second, Stamp::Untouched) }),
        _ => {}
    }
}

/// A text that holds all of the other and more is the fuller one: a weak sign for the source.
fn containment(m: &Measures, signs: &mut Vec<Sign>) {
    let (x, y) = (m.share_a(), m.share_b());
    let (sign, who) = if y >= 0.9 && x <= 0.7 {
        (1, Second)
    } else if x >= 0.9 && y <= 0.7 {
        (-1, First)
    } else {
        return;
    };
    signs.push(Sign { weight: sign, reason: Reason::WithinOther(who) });
}

/// Quotations that both have, fuller in one: words can be cut from a quotation, not added.
fn fuller_quotes(a: &Side<'_>, b: &Side<'_>, blocks: &[Block], signs: &mut Vec<Sign>) {
    let (mut fuller_a, mut fuller_b) = (0, 0);
    for block in blocks {
        for (x, y) in block.runs.iter().zip(&block.runs[1..]) {
            let gap = |w: &crate::Words, from: u32, to: u32| {
                (from..to).filter(|k| w.mark[*k as usize] & QUOTED != 0).count() == (to - from) as usize && to > from
            };
            let quoted = |w: &crate::Words, at: u32| w.mark[at as usize] & QUOTED != 0;
            let inside = quoted(&a.words, x.a + x.len - 1)
                && quoted(&a.words, y.a)
                && quoted(&b.words, x.b + x.len - 1)
                && quoted(&b.words, y.b);
            if !inside {
                continue;
            }
            let (ga, gb) = (y.a - (x.a + x.len), y.b - (x.b + x.len));
            if gb == 0 && ga >= 3 && gap(&a.words, x.a + x.len, y.a) {
                fuller_a += 1;
            } else if ga == 0 && gb >= 3 && gap(&b.words, x.b + x.len, y.b) {
                fuller_b += 1;
            }
        }
    }
    if fuller_a > 0 && fuller_b == 0 {
        signs.push(Sign { weight: 3, reason: Reason::CutsQuote(Second) });
    } else if fuller_b > 0 && fuller_a == 0 {
        signs.push(Sign { weight: -3, reason: Reason::CutsQuote(First) });
    }
}

/// A correction note stands only in the later of two versions.
fn corrections(a: &Side<'_>, b: &Side<'_>, signs: &mut Vec<Sign>) {
    match (corrects(a.text), corrects(b.text)) {
        (false, true) => signs.push(Sign { weight: 3, reason: Reason::Corrects(Second) }),
        (true, false) => signs.push(Sign { weight: -3, reason: Reason::Corrects(First) }),
        _ => {}
    }
}

fn corrects(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start().as_bytes();
        let begins = |with: &str| line.len() >= with.len() && line[..with.len()].eq_ignore_ascii_case(with.as_bytes());
        [
            "correction:",
            "corrections:",
            "correction (",
            "editor's note: an earlier version",
            "an earlier version of this",
        ]
        .iter()
        .any(|w| begins(w))
            || begins("(corrects ")
    })
}
