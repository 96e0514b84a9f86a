//! The packs the program ships: which files each language has.

macro_rules! pack {
    ($code:literal: $($file:literal)*) => {
        ($code, &[$(($file, include_str!(concat!("../data/", $code, "/", $file, ".txt")))),*])
    };
}

/// For each language its files by name.
#[rustfmt::skip]
pub(crate) const PACKS: &[(&str, &[(&str, &str)])] = &[
    pack!("de":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
    pack!("en":
        "abbreviations" "bodies" "citing" "countries" "endings" "forms-of-address" "function-words" "given-names"
        "joined-prefixes" "lettered" "lexicon" "mute-nouns" "names-of-things" "nicknames" "organization-endings" "place-words" "places"
        "sentence-starters" "title-modifiers" "titles"
    ),
    pack!("es":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
    pack!("fr":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
    pack!("mul":
        "domains" "function-words"
    ),
    pack!("pt":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
    pack!("ru":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
    pack!("uk":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "weekdays"
    ),
];
