//! What may be known about a language, one data file each.

/// Declares the facts with the files that hold them.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $file:literal,)*) => {
        /// One kind of knowledge about a language; its file says what the columns mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact {
            $($(#[$doc])* $name,)*
        }

        impl Fact {
            /// All facts.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name of its file in a language's folder, without its ending `.txt`.
            #[must_use]
            pub const fn file(self) -> &'static str {
                match self {
                    $(Self::$name => $file,)*
                }
            }
        }
    };
}

facts! {
    /// Words that carry grammar, not content, by the sets that stages use.
    FunctionWords = "function-words",
    /// Abbreviations written with a stop.
    Abbreviations = "abbreviations",
    /// Words that begin sentences far more often than they continue a name.
    SentenceStarters = "sentence-starters",
    /// Words before a single letter that tells one of several apart.
    Lettered = "lettered",
    /// Words by which prose names its sources.
    Citing = "citing",
    /// Prefixes that stay joined to their word by a hyphen.
    JoinedPrefixes = "joined-prefixes",
    /// Top-level domains and file endings.
    Domains = "domains",
    /// Given names with the gender they usually tell.
    GivenNames = "given-names",
    /// Given names and their short forms, a group a line.
    Nicknames = "nicknames",
    /// "Mr", "Mrs" and their like.
    FormsOfAddress = "forms-of-address",
    /// Words that head a title.
    Titles = "titles",
    /// Words inside titles.
    TitleModifiers = "title-modifiers",
    /// Bodies known by these names.
    Bodies = "bodies",
    /// Words that end an organization's name.
    OrganizationEndings = "organization-endings",
    /// Countries with their demonyms.
    Countries = "countries",
    /// Cities, regions, continents and seas.
    Places = "places",
    /// Words that make a place's name.
    PlaceWords = "place-words",
    /// Nouns for things and forces that nobody speaks by.
    MuteNouns = "mute-nouns",
    /// Endings of inflection.
    Endings = "endings",
    /// Words of news with the concepts they may stand for, which are named alike in all languages.
    Lexicon = "lexicon",
    /// Countries, languages and things with their concepts, from CLDR.
    NamesOfThings = "names-of-things",
    /// Nouns for what somebody issues and others quote.
    Documents = "documents",
    /// Nouns by which a report calls an outlet that it has named.
    OutletNouns = "outlet-nouns",
    /// Nouns for persons that are no titles.
    PersonNouns = "person-nouns",
    /// Irregular forms with the form they count as.
    IrregularForms = "irregular-forms",
    /// Endings of contractions with the word they are short for.
    Contractions = "contractions",
    /// Small words inside names.
    NameConnectors = "name-connectors",
    /// Words that make a name that of a newsroom.
    NewsroomWords = "newsroom-words",
    /// How the language is written: a convention and its value.
    Conventions = "conventions",
    /// Names of months with their numbers.
    Months = "months",
    /// Names of weekdays with their numbers.
    Weekdays = "weekdays",
    /// Times told from the day of the report.
    RelativeTimes = "relative-times",
    /// Number words with their values.
    NumberWords = "number-words",
    /// Forms of verbs by which news reports speech.
    ReportingVerbs = "reporting-verbs",
    /// Phrases by which a report names whom it takes from.
    CreditPhrases = "credit-phrases",
}
