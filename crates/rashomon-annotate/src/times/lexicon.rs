//! Which words speak of time, and what each can mean.
//!
//! English calendar words and their usual abbreviations (Associated Press style and common web usage), the closed-class
//! words around them, and the verbs that tell whether a sentence looks back or ahead.

use rashomon_language::{Fact, Language, WordSet};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Units of time, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// Parts of a day, as TIMEX3 knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Dawn,
    Morning,
    Afternoon,
    Evening,
    Night,
    Noon,
    Midnight,
    /// From one evening to the next morning.
    Overnight,
}

/// Seasons, as TIMEX3 knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Feasts that news dates things by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    /// A fixed month and day.
    Fixed(i8, i8),
    /// The nth (from 1; 0 for the last) weekday (Monday 0) of a month.
    Nth(u8, i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
}

/// How a sentence stands in time around a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// "will", "shall".
    Future,
    /// "expected", "scheduled", "due", "plans": what follows lies ahead of them.
    Plan,
    /// "cancel", "postpone": their object lies ahead, the act itself does not.
    Cancel,
    /// "agreed", "planned": plans where "to" follows, reports else.
    Promise,
    /// "planned": its object lies ahead, what stands before it does not.
    Planned,
    /// "starts", "opens" in the present: with a day or a month it tells what is to come.
    Scheduled,
    /// A past form.
    Past,
    /// "moved", "pushed": past, but "moved to Friday" looks ahead.
    Move,
    /// A present form of "be" or "have".
    Present,
    /// "would", "could", "should".
    Modal,
}

/// What a word can mean for time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Between two sentences or stretches of text.
    Break,
    /// Nothing.
    Other,
    /// A punctuation mark of one byte; both kinds of apostrophe are `'`, all dashes are `-`.
    Mark(u8),
    /// Digits: their value and how many.
    Digits(u32, u8),
    /// "one" to "ninety".
    Count(u32),
    /// "hundred", "thousand".
    Scale(u32),
    /// "first", "22nd".
    Ordinal(u32),
    /// "several", "many", "some".
    Vague,
    Few,
    Couple,
    Dozen,
    /// "nineties": the tens.
    Tens(u32),
    Half,
    Weekday(i8, bool),
    /// A month by number; whether it is a common word too ("may", "march"), whether it is abbreviated.
    Month(i8, bool, bool),
    Season(Season),
    Part(Part, bool),
    Unit(Unit, bool),
    Weekend,
    Feast(Feast),
    Period,
    Term,
    Time,
    A,
    The,
    Of,
    In,
    At,
    On,
    To,
    And,
    Or,
    From,
    Than,
    By,
    Before,
    After,
    Last,
    Next,
    This,
    That,
    These,
    Each,
    Every,
    Per,
    Past,
    Coming,
    Previous,
    Following,
    Same,
    Current,
    Recent,
    Latest,
    Ago,
    Earlier,
    Later,
    Early,
    Late,
    Mid,
    More,
    Another,
    Adjective,
    Nearly,
    AtLeast,
    Fiscal,
    End,
    Start,
    Middle,
    Now,
    Recently,
    Currently,
    Future,
    Near,
    Soon,
    Day(i32),
    Tonight,
    Overnight,
    Often(Unit),
    /// "yearlong", "weekslong": a unit, and whether several.
    Lasting(Unit, bool),
    Meridiem(bool),
    Zone,
    Old,
    Long,
    Ended,
    S,
    Possessive,
    Preposition,
    Until,
    As,
    /// "who", "which": a clause about what stands before begins.
    Who,
    Verb(Verb),
}

/// Terminals that say nothing more than their name.
macro_rules! plain {
    ($($name:ident)+) => {
        const PLAIN: &[(&str, Class)] = &[$((stringify!($name), Class::$name)),+];
    };
}

plain! {
    Vague Few Couple Dozen Half Weekend Period Term Time A The Of In At On To And Or From Than By Before After
    Last Next This That These Each Every Per Past Coming Previous Following Same Current Recent Latest Ago Earlier
    Later Early Late Mid More Another Adjective Long Nearly AtLeast Fiscal End Start Middle Now Recently Currently
    Future Near Soon Tonight Overnight Zone Old Ended S Possessive Preposition Until As Who
}

/// The terminal that a line of the list tells of.
fn terminal(columns: &str) -> Option<Class> {
    let mut columns = columns.split(' ');
    let name = columns.next()?;
    if let Some((_, it)) = PLAIN.iter().find(|it| it.0 == name) {
        return Some(*it);
    }
    let first = columns.next()?;
    let rest: Vec<&str> = columns.collect();
    let several = rest.contains(&"several");
    Some(match name {
        "Scale" => Class::Scale(first.parse().ok()?),
        "Ordinal" => Class::Ordinal(first.parse().ok()?),
        "Tens" => Class::Tens(first.parse().ok()?),
        "Day" => Class::Day(first.parse().ok()?),
        "Weekday" => Class::Weekday(first.parse().ok()?, several),
        "Month" => Class::Month(first.parse().ok()?, rest.contains(&"common"), rest.contains(&"short")),
        "Season" => Class::Season(season(first)?),
        "Part" => Class::Part(part(first)?, several),
        "Unit" => Class::Unit(unit(first)?, several),
        "Often" => Class::Often(unit(first)?),
        "Lasting" => Class::Lasting(unit(first)?, several),
        "Feast" => Class::Feast(feast(first, &rest)?),
        _ => return None,
    })
}

fn feast(kind: &str, values: &[&str]) -> Option<Feast> {
    let values: Vec<i8> = values.iter().map(|it| it.parse().ok()).collect::<Option<_>>()?;
    Some(match (kind, &values[..]) {
        ("Fixed", [month, day]) => Feast::Fixed(*month, *day),
        ("Nth", [nth, weekday, month]) => Feast::Nth(u8::try_from(*nth).ok()?, *weekday, *month),
        ("Easter", [days]) => Feast::Easter(i32::from(*days)),
        _ => return None,
    })
}

/// The variants of an enum by their names.
macro_rules! by_name {
    ($of:ident $as:ident $($name:ident)+) => {
        fn $as(name: &str) -> Option<$of> {
            $(if name == stringify!($name) { return Some($of::$name); })+
            None
        }
    };
}

by_name!(Unit unit Second Minute Hour Day Week Fortnight Month Quarter Year Decade Century Millennium);
by_name!(Part part Dawn Morning Afternoon Evening Night Noon Midnight);
by_name!(Season season Spring Summer Autumn Winter);

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| {
    let kinds = [
        ("time-future", Verb::Future),
        ("time-plan", Verb::Plan),
        ("time-cancel", Verb::Cancel),
        ("time-promise", Verb::Promise),
        ("time-planned", Verb::Planned),
        ("time-past", Verb::Past),
        ("time-move", Verb::Move),
        ("time-present", Verb::Present),
        ("time-modal", Verb::Modal),
    ];
    let list = Language::english().list(Fact::VerbForms);
    let verbs = kinds.into_iter().flat_map(|(flag, verb)| list.with(flag).map(move |form| (form, Class::Verb(verb))));
    let counts = Language::english().list(Fact::NumberWords);
    let counts = counts.with("count").filter_map(|word| {
        let value = counts.get(word)?.split(' ').next()?.parse().ok()?;
        Some((word, Class::Count(value)))
    });
    let words = Language::english().list(Fact::TimeGrammar).rows().filter_map(|(word, it)| Some((word, terminal(it)?)));
    counts.chain(words).chain(verbs).collect()
});

/// The class of a word in lower case.
pub(super) fn class(word: &str) -> Class {
    if let Some(it) = CLASSES.get(word) {
        return *it;
    }
    if word.len() > 4 && word.ends_with("ed") {
        return Class::Verb(Verb::Past);
    }
    Class::Other
}

/// Verbs whose past is spelled like their present: "cut", "shut".
pub(super) static UNCHANGED: WordSet = WordSet::english(Fact::VerbForms, "time-unchanged");

/// Auxiliaries behind which a participle tells what was done: "was", "had".
pub(super) static PAST_AUXILIARIES: WordSet = WordSet::english(Fact::VerbForms, "past-auxiliary");

/// Past forms whose object may lie ahead of them: "proposed a vote in May".
pub(super) static PROPOSING: WordSet = WordSet::english(Fact::VerbForms, "proposing");

/// Words before a weekday that make it the name of an occasion: "Super Tuesday".
pub(super) static NAMING: WordSet = WordSet::english(Fact::NamedDays, "before");

/// Words behind a weekday that make it a masthead or a title: "Sunday Post".
pub(super) static ENTITLING: WordSet = WordSet::english(Fact::NamedDays, "behind");

/// Words behind a "Today" that make it the title of a programme: "the Today programme".
pub(super) static TITLED: WordSet = WordSet::english(Fact::NamedDays, "today");

/// Verbs whose present with a day tells what is set for that day: "the ban starts on Sunday".
pub(super) static SCHEDULED: WordSet = WordSet::english(Fact::Scheduling, "present");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_names_a_terminal_and_every_terminal_has_a_word() {
        let list = Language::english().list(Fact::TimeGrammar);
        let unread: Vec<_> = list.rows().filter(|(_, it)| terminal(it).is_none()).collect();
        assert!(unread.is_empty(), "{unread:?}");
        let idle: Vec<_> = PLAIN.iter().filter(|it| !list.rows().any(|row| row.1 == it.0)).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }
}
