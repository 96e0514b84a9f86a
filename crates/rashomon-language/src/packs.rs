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
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
    pack!("en":
        "abbreviations" "acts" "aliases" "auxiliaries" "bodies" "changes" "citing" "complements" "connectives" "contractions"
        "conventions" "corrections" "counted-nouns" "countries" "currencies" "departures" "determiners" "documents" "elisions"
        "endings" "expectations" "fates" "forms-of-address" "function-words" "given-names" "group-ends" "irregular-forms"
        "joined-prefixes" "lettered" "lexicon" "loaded-words" "mute-nouns" "name-connectors" "named-days" "names-of-things"
        "newsroom-words" "nicknames" "notices" "number-words" "numbered" "occasions" "opposites" "organization-endings"
        "outlet-nouns" "page-furniture" "parties" "passed-on" "person-nouns" "photo-credits" "place-words" "places" "polarity" "prepositions"
        "pronouns" "quantifiers" "reporting-verbs" "scheduling" "sentence-adverbs" "sentence-starters"
        "short-titles" "states" "synonyms" "time-grammar" "title-modifiers" "title-small" "titles" "vague-nouns" "verb-forms" "verb-particles"
        "works" "writers"
    ),
    pack!("es":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
    pack!("fr":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
    pack!("mul":
        "datelines" "domains" "function-words" "page-talk"
    ),
    pack!("pt":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
    pack!("ru":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
    pack!("uk":
        "abbreviations" "conventions" "credit-phrases" "endings" "function-words" "lexicon" "months"
        "names-of-things" "number-words" "relative-times" "reporting-verbs" "time-words" "weekdays"
    ),
];
