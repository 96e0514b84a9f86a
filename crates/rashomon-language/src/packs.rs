//! The packs the program ships: which files each language has.

macro_rules! pack {
    ($code:literal: $($file:literal)*) => {
        ($code, &[$(($file, include_str!(concat!("../data/", $code, "/", $file, ".txt")))),*])
    };
}

/// For each language its files by name.
#[rustfmt::skip]
pub(crate) const PACKS: &[(&str, &[(&str, &str)])] = &[
    pack!("en":
        "abbreviations" "bodies" "citing" "countries" "forms-of-address" "function-words" "given-names" "joined-prefixes"
        "lettered"
        "nicknames" "organization-endings" "place-words" "places" "sentence-starters" "title-modifiers" "titles"
    ),
    pack!("mul":
        "domains" "function-words"
    ),
];
