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
        "abbreviations" "bodies" "citing" "contractions" "countries" "documents" "endings" "forms-of-address" "function-words" "given-names"
        "irregular-forms" "joined-prefixes" "lettered" "lexicon" "mute-nouns" "name-connectors" "names-of-things" "newsroom-words" "nicknames" "organization-endings" "outlet-nouns" "person-nouns" "place-words" "places"
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
