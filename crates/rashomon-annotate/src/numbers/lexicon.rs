//! Words of quantity: number words, scales, currencies (ISO 4217 codes), hedges.

use super::currencies;
use rashomon_language::{Fact, Language, WordSet};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word or mark does around a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    None,
    /// "one" to "ninety".
    Count(f64),
    /// "hundred", "million", "bn", "lakh".
    Scale(f64),
    Dozen,
    Half,
    /// "third", "quarters": the denominator.
    Part(f64),
    /// "hundreds", "tens": the least each is worth.
    Many(f64),
    Few,
    Couple,
    Article,
    /// A currency sign before digits.
    Sign(&'static str),
    /// Letters before a currency sign or digits: "US$", "Rs 500", "EUR 20".
    SignPrefix(&'static str),
    /// A currency word behind digits.
    Currency(&'static str),
    About,
    Estimated,
    More,
    Less,
    Over,
    Under,
    At,
    Up,
    As,
    No,
    /// "nobody", "none".
    Nobody,
    /// "minus", "negative".
    Minus,
    Between,
    /// "No.", "Article", "chapter": what follows is a label, not a count.
    Label,
}

/// The role of a word in lower case, or of a mark.
pub(super) fn role(word: &str) -> Role {
    static BY_WORD: LazyLock<FxHashMap<&str, Role>> = LazyLock::new(|| {
        let money = currencies::named().map(|(word, code)| (word, Role::Currency(code)));
        let letters =
            currencies::PREFIXES.iter().flat_map(|(words, code)| words.iter().map(|w| (*w, Role::SignPrefix(code))));
        let signs = currencies::SIGNS.iter().map(|(sign, code)| (*sign, Role::Sign(code)));
        let english = Language::english();
        let values = [
            worth("count", Role::Count),
            worth("scale", Role::Scale),
            worth("part", Role::Part),
            worth("many", Role::Many),
        ];
        let labels = english.list(Fact::Numbered).with("label").map(|word| (word, Role::Label));
        let meant = english.list(Fact::Quantifiers).rows().map(|(word, flag)| (word, named(flag)));
        let others = values.into_iter().flatten().chain(labels).chain(meant);
        // Where a word is in two tables ("a", "as") its common sense wins.
        money.chain(letters).chain(signs).chain(others).collect()
    });
    BY_WORD.get(word).copied().unwrap_or(Role::None)
}

/// Words with what they are worth, by the flag of their kind.
fn worth(kind: &'static str, role: fn(f64) -> Role) -> impl Iterator<Item = (&'static str, Role)> {
    let list = Language::english().list(Fact::NumberWords);
    list.with(kind).filter_map(move |word| Some((word, role(list.number(word)?))))
}

/// The role that a flag of the quantifiers names.
fn named(flag: &str) -> Role {
    match flag {
        "dozen" => Role::Dozen,
        "half" => Role::Half,
        "few" => Role::Few,
        "couple" => Role::Couple,
        "article" => Role::Article,
        "about" => Role::About,
        "estimated" => Role::Estimated,
        "more" => Role::More,
        "less" => Role::Less,
        "over" => Role::Over,
        "under" => Role::Under,
        "at" => Role::At,
        "up" => Role::Up,
        "as" => Role::As,
        "no" => Role::No,
        "nobody" => Role::Nobody,
        "minus" => Role::Minus,
        "between" => Role::Between,
        _ => Role::None,
    }
}

/// Nouns whose plural has no "s", and mass words that are counted in news.
pub(super) static PLURALS: WordSet = WordSet::english(Fact::CountedNouns, "plural");

/// Words behind a length in metres, which "30m" in front of them is.
pub(super) static LENGTHS: WordSet = WordSet::english(Fact::GroupEnds, "length");

/// What befell those counted, where no noun follows: "12 killed".
pub(super) static CASUALTIES: WordSet = WordSet::english(Fact::Fates, "behind-number");

/// Words for one of those counted.
pub(super) static SINGULAR: WordSet = WordSet::english(Fact::CountedNouns, "one");

/// Words that end the noun group behind a number.
pub(super) static ENDS_GROUP: WordSet = WordSet::english(Fact::GroupEnds, "number");

/// Units of time: what they count is the business of the times.
pub(super) static SPANS_OF_TIME: WordSet = WordSet::english(Fact::CountedNouns, "time");

/// Measures of two units: the words for the greater and the lesser, how many of the lesser make the greater, and the unit
/// of the sum.
#[rustfmt::skip]
pub(super) const COMPOUNDS: &[(&[&str], &[&str], f64, &str)] = &[
    (&["ft", "foot", "feet", "'", "’", "′"], &["in", "ins", "inch", "inches", "\"", "”", "″"], 12.0, "inches"),
    (&["lb", "lbs", "pound", "pounds"], &["oz", "ounce", "ounces"], 16.0, "ounces"),
    (&["st", "stone"], &["lb", "lbs", "pound", "pounds"], 14.0, "pounds"),
    (&["m", "metre", "metres", "meter", "meters"], &["cm", "centimetres", "centimeters"], 100.0, "cm"),
];

/// Words for units of length, and the unit of the area behind "square" or before "²".
#[rustfmt::skip]
pub(super) const AREAS: &[(&[&str], &str)] = &[
    (&["km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"], "square km"),
    (&["m", "metre", "metres", "meter", "meters"], "square metres"),
    (&["ft", "foot", "feet"], "square feet"), (&["mi", "mile", "miles"], "square miles"),
    (&["yd", "yds", "yard", "yards"], "square yards"), (&["cm", "centimetres", "centimeters"], "square cm"),
];

/// Metres of the races of athletics and swimming, where "the" stands before them: "won the 800m".
pub(super) const RACES: [&str; 10] = ["50", "60", "100", "110", "200", "400", "800", "1500", "5000", "10000"];

/// Adjectives behind a measure: "5' tall".
pub(super) const DIMENSIONS: [&str; 5] = ["tall", "high", "long", "wide", "deep"];

/// Units written right behind their digits: "30km", "5C".
#[rustfmt::skip]
pub(super) const GLUED: &[(&str, &str)] = &[
    ("km", "km"), ("kg", "kg"), ("cm", "cm"), ("mm", "mm"), ("mph", "mph"), ("kph", "kph"), ("ft", "feet"),
    ("lb", "pounds"), ("lbs", "pounds"), ("oz", "ounces"), ("MW", "MW"), ("GW", "GW"), ("kW", "kW"),
    ("C", "degrees Celsius"), ("F", "degrees Fahrenheit"), ("p", "pence"), ("pc", "percent"),
    ("ml", "millilitres"), ("cl", "centilitres"), ("g", "grams"), ("mg", "milligrams"), ("kWh", "kWh"), ("MWh", "MWh"),
];

/// The unit that counts those to whom something can be said to have happened: "nobody died" counts the dead.
pub(super) fn outcome(word: &str) -> Option<&'static str> {
    static UNITS: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| Language::english().list(Fact::Fates).valued("unit").collect());
    UNITS.get(word).copied()
}

/// Nouns of which there can be none: "no deaths".
pub(super) static TOLLS: WordSet = WordSet::english(Fact::Fates, "none-of");

/// The plural of a noun that a number is tied to by a hyphen: "12-foot", "80,000-seat".
pub(super) fn tied(noun: &str) -> Option<&'static str> {
    static NOUNS: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| Language::english().list(Fact::CountedNouns).valued("tied").collect());
    NOUNS.get(noun).copied()
}

/// Ordinals that end a number word: "twenty-second".
pub(super) static ORDINALS: WordSet = WordSet::english(Fact::TimeGrammar, "Ordinal");

/// Numbers by which the police or an ambulance are called, and words beside them.
pub(super) static EMERGENCY: WordSet = WordSet::english(Fact::Numbered, "emergency");
pub(super) static CALLS: WordSet = WordSet::english(Fact::Numbered, "calls");

/// Verbs of motion before a length in metres: "swam 400m".
pub(super) static MOVES: WordSet = WordSet::english(Fact::GroupEnds, "moves");

/// Nouns whose capital makes a name of the number behind them, whatever follows: "Year 6 pupils".
pub(super) static CLASSES: WordSet = WordSet::english(Fact::Numbered, "class");

/// How verbs of rise and fall, and of setting a number to another, begin.
pub(super) static CHANGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let list = Language::english().list(Fact::Changes);
    ["up", "down", "set"].into_iter().flat_map(|flag| list.with(flag)).collect()
});

/// Words that end the name of a street, which stand behind the number of a house.
pub(super) static STREETS: WordSet = WordSet::english(Fact::PlaceWords, "street");

/// Vehicles and lines that go by a number: "the 42 bus".
pub(super) static LINES: WordSet = WordSet::english(Fact::Numbered, "line");
