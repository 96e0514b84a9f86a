//! Which words speak of time, and what each can mean.
//!
//! English calendar words and their usual abbreviations (Associated Press style and common web usage), the closed-class
//! words around them, and the verbs that tell whether a sentence looks back or ahead.

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
    /// The Tuesday after the first Monday of November.
    Election,
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
    /// A past form.
    Past,
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
    Meridiem(bool),
    Zone,
    Old,
    Long,
    Ended,
    S,
    Possessive,
    Preposition,
    Verb(Verb),
}

const TABLE: &[(&str, Class)] = {
    use Class::*;
    use self::Unit as U;
    &[
        ("one", Count(1)), ("two", Count(2)), ("three", Count(3)), ("four", Count(4)), ("five", Count(5)),
        ("six", Count(6)), ("seven", Count(7)), ("eight", Count(8)), ("nine", Count(9)), ("ten", Count(10)),
        ("eleven", Count(11)), ("twelve", Count(12)), ("thirteen", Count(13)), ("fourteen", Count(14)),
        ("fifteen", Count(15)), ("sixteen", Count(16)), ("seventeen", Count(17)), ("eighteen", Count(18)),
        ("nineteen", Count(19)), ("twenty", Count(20)), ("thirty", Count(30)), ("forty", Count(40)),
        ("fifty", Count(50)), ("sixty", Count(60)), ("seventy", Count(70)), ("eighty", Count(80)),
        ("ninety", Count(90)), ("hundred", Scale(100)), ("thousand", Scale(1000)),
        ("first", Ordinal(1)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
        ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)),
        ("tenth", Ordinal(10)), ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)), ("thirteenth", Ordinal(13)),
        ("fourteenth", Ordinal(14)), ("fifteenth", Ordinal(15)), ("sixteenth", Ordinal(16)),
        ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)), ("nineteenth", Ordinal(19)),
        ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)), ("second", Ordinal(2)),
        ("several", Vague), ("many", Vague), ("some", Vague), ("few", Few), ("couple", Couple), ("dozen", Dozen),
        ("half", Half),
        ("monday", Weekday(0, false)), ("tuesday", Weekday(1, false)), ("wednesday", Weekday(2, false)),
        ("thursday", Weekday(3, false)), ("friday", Weekday(4, false)), ("saturday", Weekday(5, false)),
        ("sunday", Weekday(6, false)), ("mondays", Weekday(0, true)), ("tuesdays", Weekday(1, true)),
        ("wednesdays", Weekday(2, true)), ("thursdays", Weekday(3, true)), ("fridays", Weekday(4, true)),
        ("saturdays", Weekday(5, true)), ("sundays", Weekday(6, true)), ("tues", Weekday(1, false)),
        ("thurs", Weekday(3, false)), ("thur", Weekday(3, false)),
        ("january", Month(1, false, false)), ("february", Month(2, false, false)), ("march", Month(3, true, false)),
        ("april", Month(4, false, false)), ("may", Month(5, true, false)), ("june", Month(6, false, false)),
        ("july", Month(7, false, false)), ("august", Month(8, false, false)), ("september", Month(9, false, false)),
        ("october", Month(10, false, false)), ("november", Month(11, false, false)),
        ("december", Month(12, false, false)), ("jan", Month(1, true, true)), ("feb", Month(2, false, true)),
        ("mar", Month(3, true, true)), ("apr", Month(4, false, true)), ("jun", Month(6, true, true)),
        ("jul", Month(7, true, true)), ("aug", Month(8, false, true)), ("sep", Month(9, true, true)),
        ("sept", Month(9, false, true)), ("oct", Month(10, false, true)), ("nov", Month(11, false, true)),
        ("dec", Month(12, false, true)),
        ("spring", Season(self::Season::Spring)), ("summer", Season(self::Season::Summer)),
        ("autumn", Season(self::Season::Autumn)), ("fall", Season(self::Season::Autumn)),
        ("winter", Season(self::Season::Winter)),
        ("dawn", Part(self::Part::Dawn, false)), ("morning", Part(self::Part::Morning, false)),
        ("afternoon", Part(self::Part::Afternoon, false)), ("evening", Part(self::Part::Evening, false)),
        ("night", Part(self::Part::Night, false)), ("noon", Part(self::Part::Noon, false)),
        ("midday", Part(self::Part::Noon, false)), ("midnight", Part(self::Part::Midnight, false)),
        ("mornings", Part(self::Part::Morning, true)), ("afternoons", Part(self::Part::Afternoon, true)),
        ("evenings", Part(self::Part::Evening, true)), ("nights", Part(self::Part::Night, true)),
        ("seconds", Unit(U::Second, true)), ("minute", Unit(U::Minute, false)), ("minutes", Unit(U::Minute, true)),
        ("hour", Unit(U::Hour, false)), ("hours", Unit(U::Hour, true)), ("day", Unit(U::Day, false)),
        ("days", Unit(U::Day, true)), ("week", Unit(U::Week, false)), ("weeks", Unit(U::Week, true)),
        ("fortnight", Unit(U::Fortnight, false)), ("month", Unit(U::Month, false)), ("months", Unit(U::Month, true)),
        ("quarter", Unit(U::Quarter, false)), ("quarters", Unit(U::Quarter, true)), ("year", Unit(U::Year, false)),
        ("years", Unit(U::Year, true)), ("decade", Unit(U::Decade, false)), ("decades", Unit(U::Decade, true)),
        ("century", Unit(U::Century, false)), ("centuries", Unit(U::Century, true)),
        ("millennium", Unit(U::Millennium, false)), ("millennia", Unit(U::Millennium, true)),
        ("weekend", Weekend), ("period", Period), ("term", Term), ("time", Time),
        ("christmas", Feast(self::Feast::Fixed(12, 25))), ("halloween", Feast(self::Feast::Fixed(10, 31))),
        ("thanksgiving", Feast(self::Feast::Nth(4, 3, 11))), ("easter", Feast(self::Feast::Easter(0))),
        ("a", A), ("an", A), ("the", The), ("of", Of), ("in", In), ("at", At), ("on", On), ("to", To), ("and", And),
        ("or", Or), ("from", From), ("than", Than), ("by", By), ("before", Before), ("after", After),
        ("last", Last), ("next", Next), ("this", This), ("that", That), ("these", These), ("each", Each),
        ("every", Every), ("per", Per), ("past", Past), ("coming", Coming), ("upcoming", Coming), ("previous", Previous),
        ("preceding", Previous), ("prior", Previous), ("following", Following), ("ensuing", Following),
        ("subsequent", Following), ("same", Same), ("current", Current), ("recent", Recent), ("latest", Latest),
        ("ago", Ago), ("earlier", Earlier), ("later", Later), ("early", Early), ("late", Late), ("mid", Mid),
        ("more", More), ("another", Another), ("additional", Another), ("extra", Another),
        ("consecutive", Adjective), ("straight", Adjective), ("full", Adjective), ("long", Long), ("whole", Adjective),
        ("entire", Adjective), ("solid", Adjective), ("calendar", Adjective), ("trading", Adjective),
        ("business", Adjective), ("working", Adjective), ("successive", Adjective), ("critical", Adjective),
        ("nearly", Nearly), ("almost", Nearly), ("least", AtLeast), ("fiscal", Fiscal), ("financial", Fiscal),
        ("end", End), ("start", Start), ("beginning", Start), ("middle", Middle),
        ("now", Now), ("recently", Recently), ("currently", Currently), ("future", Future), ("near", Near), ("soon", Soon),
        ("today", Day(0)), ("yesterday", Day(-1)), ("tomorrow", Day(1)), ("tonight", Tonight), ("overnight", Overnight),
        ("daily", Often(U::Day)), ("weekly", Often(U::Week)), ("monthly", Often(U::Month)), ("hourly", Often(U::Hour)),
        ("annually", Often(U::Year)), ("yearly", Often(U::Year)),
        ("est", Zone), ("edt", Zone), ("et", Zone), ("cst", Zone), ("cdt", Zone), ("ct", Zone), ("mst", Zone), ("mdt", Zone),
        ("pst", Zone), ("pdt", Zone), ("pt", Zone), ("gmt", Zone), ("utc", Zone), ("bst", Zone), ("cet", Zone),
        ("cest", Zone), ("ist", Zone), ("msk", Zone), ("jst", Zone), ("aest", Zone), ("aedt", Zone),
        ("old", Old), ("olds", Old), ("ended", Ended), ("ending", Ended), ("s", S), ("its", Possessive), ("his", Possessive), ("her", Possessive),
        ("their", Possessive), ("our", Possessive), ("my", Possessive), ("your", Possessive),
        ("since", Preposition), ("until", Preposition), ("till", Preposition), ("during", Preposition),
        ("through", Preposition), ("throughout", Preposition), ("between", Preposition), ("for", Preposition),
        ("with", Preposition), ("around", Preposition), ("about", Preposition), ("over", Preposition),
        ("within", Preposition), ("into", Preposition), ("as", Preposition), ("back", Preposition), ("circa", Preposition),
        ("will", Verb(self::Verb::Future)), ("shall", Verb(self::Verb::Future)), ("ll", Verb(self::Verb::Future)),
        ("won", Verb(self::Verb::Past)), ("expected", Verb(self::Verb::Plan)), ("expects", Verb(self::Verb::Plan)),
        ("expect", Verb(self::Verb::Plan)), ("scheduled", Verb(self::Verb::Plan)), ("due", Verb(self::Verb::Plan)),
        ("slated", Verb(self::Verb::Plan)), ("planned", Verb(self::Verb::Plan)), ("plans", Verb(self::Verb::Plan)),
        ("plan", Verb(self::Verb::Plan)), ("planning", Verb(self::Verb::Plan)), ("intends", Verb(self::Verb::Plan)),
        ("hopes", Verb(self::Verb::Plan)), ("going", Verb(self::Verb::Plan)), ("deadline", Verb(self::Verb::Plan)),
        ("upcoming", Verb(self::Verb::Plan)), ("likely", Verb(self::Verb::Plan)), ("ahead", Verb(self::Verb::Plan)),
        ("agreed", Verb(self::Verb::Plan)), ("vowed", Verb(self::Verb::Plan)), ("set", Verb(self::Verb::Plan)),
        ("cancel", Verb(self::Verb::Cancel)), ("cancels", Verb(self::Verb::Cancel)),
        ("canceled", Verb(self::Verb::Cancel)), ("cancelled", Verb(self::Verb::Cancel)),
        ("canceling", Verb(self::Verb::Cancel)), ("cancelling", Verb(self::Verb::Cancel)),
        ("called", Verb(self::Verb::Cancel)), ("calls", Verb(self::Verb::Cancel)), ("calling", Verb(self::Verb::Cancel)),
        ("postpone", Verb(self::Verb::Cancel)), ("postpones", Verb(self::Verb::Cancel)),
        ("postponed", Verb(self::Verb::Cancel)), ("scrap", Verb(self::Verb::Cancel)),
        ("scraps", Verb(self::Verb::Cancel)), ("scrapped", Verb(self::Verb::Cancel)),
        ("nix", Verb(self::Verb::Cancel)), ("nixes", Verb(self::Verb::Cancel)), ("nixed", Verb(self::Verb::Cancel)),
        ("skip", Verb(self::Verb::Cancel)), ("skips", Verb(self::Verb::Cancel)), ("delays", Verb(self::Verb::Cancel)),
        ("would", Verb(self::Verb::Modal)), ("could", Verb(self::Verb::Modal)), ("should", Verb(self::Verb::Modal)),
        ("must", Verb(self::Verb::Modal)), ("might", Verb(self::Verb::Modal)), ("can", Verb(self::Verb::Modal)),
        ("is", Verb(self::Verb::Present)), ("are", Verb(self::Verb::Present)), ("be", Verb(self::Verb::Present)),
        ("has", Verb(self::Verb::Past)), ("have", Verb(self::Verb::Past)), ("was", Verb(self::Verb::Past)),
        ("were", Verb(self::Verb::Past)), ("had", Verb(self::Verb::Past)), ("did", Verb(self::Verb::Past)),
        ("said", Verb(self::Verb::Past)), ("told", Verb(self::Verb::Past)), ("became", Verb(self::Verb::Past)),
        ("began", Verb(self::Verb::Past)), ("came", Verb(self::Verb::Past)), ("went", Verb(self::Verb::Past)),
        ("took", Verb(self::Verb::Past)), ("gave", Verb(self::Verb::Past)), ("made", Verb(self::Verb::Past)),
        ("found", Verb(self::Verb::Past)), ("fell", Verb(self::Verb::Past)), ("rose", Verb(self::Verb::Past)),
        ("met", Verb(self::Verb::Past)), ("held", Verb(self::Verb::Past)), ("left", Verb(self::Verb::Past)),
        ("lost", Verb(self::Verb::Past)), ("sent", Verb(self::Verb::Past)), ("shot", Verb(self::Verb::Past)),
        ("saw", Verb(self::Verb::Past)), ("got", Verb(self::Verb::Past)), ("ran", Verb(self::Verb::Past)),
        ("spoke", Verb(self::Verb::Past)), ("wrote", Verb(self::Verb::Past)), ("broke", Verb(self::Verb::Past)),
        ("struck", Verb(self::Verb::Past)), ("paid", Verb(self::Verb::Past)), ("bought", Verb(self::Verb::Past)),
        ("sold", Verb(self::Verb::Past)), ("brought", Verb(self::Verb::Past)), ("felt", Verb(self::Verb::Past)),
        ("kept", Verb(self::Verb::Past)), ("knew", Verb(self::Verb::Past)), ("led", Verb(self::Verb::Past)),
        ("drew", Verb(self::Verb::Past)), ("flew", Verb(self::Verb::Past)), ("grew", Verb(self::Verb::Past)),
        ("hit", Verb(self::Verb::Past)), ("put", Verb(self::Verb::Past)), ("stood", Verb(self::Verb::Past)),
        ("thought", Verb(self::Verb::Past)), ("threw", Verb(self::Verb::Past)), ("swept", Verb(self::Verb::Past)),
        ("sought", Verb(self::Verb::Past)), ("sank", Verb(self::Verb::Past)), ("chose", Verb(self::Verb::Past)),
    ]
};

static CLASSES: LazyLock<FxHashMap<&'static str, Class>> = LazyLock::new(|| TABLE.iter().copied().collect());

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
