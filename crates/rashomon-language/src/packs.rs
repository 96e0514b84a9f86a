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
        "endings" "function-words" "lexicon" "names-of-things"
    ),
    pack!("en":
        "abbreviations" "bodies" "citing" "countries" "endings" "forms-of-address" "function-words" "given-names"
        "joined-prefixes" "lettered" "lexicon" "mute-nouns" "names-of-things" "nicknames" "organization-endings" "place-words" "places"
        "sentence-starters" "title-modifiers" "titles"
    ),
    pack!("es":
        "endings" "function-words" "lexicon" "names-of-things"
    ),
    pack!("fr":
        "endings" "function-words" "lexicon" "names-of-things"
    ),
    pack!("mul":
        "domains" "function-words"
    ),
    pack!("pt":
        "endings" "function-words" "lexicon" "names-of-things"
    ),
    pack!("ru":
        "endings" "function-words" "lexicon" "names-of-things"
    ),
    pack!("uk":
        "conventions" "endings" "function-words" "lexicon" "names-of-things"
    ),
];
