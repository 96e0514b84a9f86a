//! Words of quantity: number words, scales, currencies (ISO 4217 codes), hedges.

use super::currencies;
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
        let money = currencies::NAMED.iter().flat_map(|(words, code)| words.iter().map(|w| (*w, Role::Currency(code))));
        let letters =
            currencies::PREFIXES.iter().flat_map(|(words, code)| words.iter().map(|w| (*w, Role::SignPrefix(code))));
        let signs = currencies::SIGNS.iter().map(|(sign, code)| (*sign, Role::Sign(code)));
        let others = ROLES.iter().flat_map(|(words, role)| words.iter().map(|w| (*w, *role)));
        // Where a word is in two tables ("a", "as") its common sense wins.
        money.chain(letters).chain(signs).chain(others).collect()
    });
    BY_WORD.get(word).copied().unwrap_or(Role::None)
}

#[rustfmt::skip]
const ROLES: &[(&[&str], Role)] = &[
    (&["one"], Role::Count(1.0)),
    (&["two"], Role::Count(2.0)),
    (&["three"], Role::Count(3.0)),
    (&["four"], Role::Count(4.0)),
    (&["five"], Role::Count(5.0)),
    (&["six"], Role::Count(6.0)),
    (&["seven"], Role::Count(7.0)),
    (&["eight"], Role::Count(8.0)),
    (&["nine"], Role::Count(9.0)),
    (&["ten"], Role::Count(10.0)),
    (&["eleven"], Role::Count(11.0)),
    (&["twelve"], Role::Count(12.0)),
    (&["thirteen"], Role::Count(13.0)),
    (&["fourteen"], Role::Count(14.0)),
    (&["fifteen"], Role::Count(15.0)),
    (&["sixteen"], Role::Count(16.0)),
    (&["seventeen"], Role::Count(17.0)),
    (&["eighteen"], Role::Count(18.0)),
    (&["nineteen"], Role::Count(19.0)),
    (&["twenty"], Role::Count(20.0)),
    (&["thirty"], Role::Count(30.0)),
    (&["forty"], Role::Count(40.0)),
    (&["fifty"], Role::Count(50.0)),
    (&["sixty"], Role::Count(60.0)),
    (&["seventy"], Role::Count(70.0)),
    (&["eighty"], Role::Count(80.0)),
    (&["ninety"], Role::Count(90.0)),
    (&["hundred"], Role::Scale(1e2)),
    (&["thousand", "k"], Role::Scale(1e3)),
    (&["million", "mn", "m", "mln"], Role::Scale(1e6)),
    (&["billion", "bn", "b"], Role::Scale(1e9)),
    (&["trillion", "tn"], Role::Scale(1e12)),
    (&["lakh", "lakhs"], Role::Scale(1e5)),
    (&["crore", "crores"], Role::Scale(1e7)),
    (&["dozen"], Role::Dozen),
    (&["half"], Role::Half),
    (&["third", "thirds"], Role::Part(3.0)),
    (&["quarter", "quarters"], Role::Part(4.0)),
    (&["fifth", "fifths"], Role::Part(5.0)),
    (&["sixth", "sixths"], Role::Part(6.0)),
    (&["seventh", "sevenths"], Role::Part(7.0)),
    (&["eighth", "eighths"], Role::Part(8.0)),
    (&["ninth", "ninths"], Role::Part(9.0)),
    (&["tenth", "tenths"], Role::Part(10.0)),
    (&["tens"], Role::Many(10.0)),
    (&["dozens"], Role::Many(12.0)),
    (&["scores"], Role::Many(20.0)),
    (&["hundreds"], Role::Many(1e2)),
    (&["thousands"], Role::Many(1e3)),
    (&["millions"], Role::Many(1e6)),
    (&["billions"], Role::Many(1e9)),
    (&["several", "few"], Role::Few),
    (&["couple"], Role::Couple),
    (&["a", "an"], Role::Article),
    (&["about", "around", "some", "nearly", "almost", "roughly", "approximately", "approx", "close", "circa", "~"],
        Role::About),
    (&["estimated"], Role::Estimated),
    (&["more", "greater", "higher"], Role::More),
    (&["less", "fewer", "lower"], Role::Less),
    (&["over", "exceeding", "above"], Role::Over),
    (&["under", "below"], Role::Under),
    (&["at"], Role::At),
    (&["up"], Role::Up),
    (&["as"], Role::As),
    (&["no"], Role::No),
    (&["nobody", "none"], Role::Nobody),
    (&["minus", "negative"], Role::Minus),
    (&["between", "from"], Role::Between),
    (&["no.", "number", "article", "chapter", "section", "page", "room", "route", "highway", "flight", "line",
        "resolution", "act", "title", "district", "apollo", "channel", "phase", "day", "week", "game",
        "season", "bus", "tram", "platform", "gate", "berth", "pier", "junction", "exit", "box", "suite", "flat",
        "apartment", "type", "model", "volume", "verse", "psalm", "ward", "lane", "track", "sector", "zone",
        "motorway", "interstate", "formula", "extension"], Role::Label),
];

/// Nouns whose plural has no "s", and mass words that are counted in news.
pub(super) const PLURALS: &[&str] = &[
    "people",
    "men",
    "women",
    "children",
    "police",
    "troops",
    "personnel",
    "staff",
    "aircraft",
    "policemen",
    "firemen",
    "servicemen",
    "crew",
    "fish",
    "sheep",
    "cattle",
    "media",
    "countrymen",
    "fishermen",
    "gunmen",
    "militiamen",
    "lawmakers",
    "km",
    "kg",
    "mph",
    "kph",
    "miles",
    "degrees",
    "feet",
    "percent",
    "square",
    "tonnes",
    "tons",
    "barrels",
];

/// What befell those counted, where no noun follows: "12 killed".
pub(super) const CASUALTIES: &[&str] = &[
    "killed",
    "dead",
    "injured",
    "wounded",
    "missing",
    "arrested",
    "detained",
    "hurt",
    "deaths",
    "homeless",
    "displaced",
    "hospitalized",
    "infected",
];

/// Words for one of those counted.
pub(super) const SINGULAR: &[&str] = &[
    "person",
    "man",
    "woman",
    "child",
    "boy",
    "girl",
    "soldier",
    "officer",
    "policeman",
    "civilian",
    "student",
    "worker",
    "victim",
    "death",
    "killed",
    "dead",
    "injured",
    "wounded",
    "missing",
    "serviceman",
    "protester",
    "passenger",
    "suspect",
    "million",
    "billion",
    "hundred",
    "thousand",
    "percent",
];

/// Words that end the noun group behind a number.
pub(super) const ENDS_GROUP: &[&str] = &[
    "the",
    "a",
    "an",
    "and",
    "or",
    "but",
    "in",
    "on",
    "at",
    "to",
    "from",
    "for",
    "with",
    "by",
    "of",
    "who",
    "which",
    "that",
    "as",
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "has",
    "have",
    "had",
    "will",
    "would",
    "could",
    "said",
    "says",
    "this",
    "his",
    "its",
    "their",
    "her",
    "he",
    "she",
    "it",
    "they",
    "after",
    "before",
    "during",
    "since",
    "while",
    "when",
    "where",
    "into",
    "over",
    "under",
    "across",
    "against",
    "between",
    "because",
    "if",
    "than",
    "not",
    "also",
    "us",
    "yes",
    "plus",
    "versus",
    "vs",
    "s",
    "per",
    "each",
    "every",
    "until",
    "through",
    "about",
    "around",
    "near",
    "outside",
    "inside",
    "including",
];

/// Units of time: what they count is the business of the times.
pub(super) const SPANS_OF_TIME: &[&str] =
    &["years", "months", "weeks", "days", "hours", "minutes", "seconds", "decades", "centuries"];

/// Measures of two units: the words for the greater and the lesser, how many of the lesser make the greater, and the unit
/// of the sum.
#[rustfmt::skip]
pub(super) const COMPOUNDS: &[(&[&str], &[&str], f64, &str)] = &[
    (&["ft", "foot", "feet", "'", "’", "′"], &["in", "ins", "inch", "inches", "\"", "”", "″"], 12.0, "inches"),
    (&["lb", "lbs", "pound", "pounds"], &["oz", "ounce", "ounces"], 16.0, "ounces"),
    (&["st", "stone"], &["lb", "lbs", "pound", "pounds"], 14.0, "pounds"),
    (&["m", "metre", "metres", "meter", "meters"], &["cm", "centimetres", "centimeters"], 100.0, "cm"),
];

/// Units written right behind their digits: "30km", "5C".
#[rustfmt::skip]
pub(super) const GLUED: &[(&str, &str)] = &[
    ("km", "km"), ("kg", "kg"), ("cm", "cm"), ("mm", "mm"), ("mph", "mph"), ("kph", "kph"), ("ft", "feet"),
    ("lb", "pounds"), ("lbs", "pounds"), ("oz", "ounces"), ("MW", "MW"), ("GW", "GW"), ("kW", "kW"),
    ("C", "degrees Celsius"), ("F", "degrees Fahrenheit"),
];

/// What can be said to have happened to nobody, with the unit that counts it.
#[rustfmt::skip]
pub(super) const OUTCOMES: &[(&str, &str)] = &[
    ("killed", "killed"), ("died", "dead"), ("dead", "dead"), ("injured", "injured"), ("hurt", "hurt"),
    ("wounded", "wounded"), ("harmed", "hurt"), ("missing", "missing"), ("arrested", "arrested"),
    ("detained", "detained"), ("charged", "charged"), ("trapped", "trapped"), ("displaced", "displaced"),
    ("infected", "infected"), ("hospitalized", "hospitalized"), ("hospitalised", "hospitalized"),
    ("survived", "survivors"), ("rescued", "rescued"), ("evacuated", "evacuated"),
];

/// Nouns of which there can be none: "no deaths".
pub(super) const TOLLS: &[&str] =
    &["deaths", "injuries", "casualties", "fatalities", "arrests", "survivors", "victims", "charges"];

/// Vehicles and lines that go by a number: "the 42 bus".
pub(super) const LINES: &[&str] = &["bus", "tram", "train", "service", "route", "ferry", "trolleybus", "streetcar"];
