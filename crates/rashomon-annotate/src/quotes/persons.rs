//! Which nouns mean a person.

use crate::gazetteer::GAZETTEER;
use rashomon_language::{Fact, Language};

/// Whether a noun, in lower case, means a person.
pub(crate) fn names_person(noun: &str) -> bool {
    let nouns = Language::english().list(Fact::PersonNouns);
    GAZETTEER.heads.contains(noun) || nouns.contains(noun) && !nouns.has(noun, "by-role")
}

/// Whether a pronoun, in lower case, can only mean a person of the gender that a noun tells: "she" and "sister".
pub(crate) fn agrees(pronoun: &str, noun: &str) -> bool {
    let gender = match pronoun {
        "he" | "him" | "his" => "m",
        "she" | "her" => "f",
        _ => return false,
    };
    Language::english().list(Fact::PersonNouns).has(noun, gender)
}

/// Whether a noun, in lower case, means a person whose name may follow it: "the minister, Ada Stone".
pub(crate) fn takes_name(noun: &str) -> bool {
    GAZETTEER.heads.contains(noun) || Language::english().list(Fact::PersonNouns).contains(noun)
}
