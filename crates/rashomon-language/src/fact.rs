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
    /// Countries under all their names, with their people and the capitals that stand for their governments.
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
    /// Verbs by which somebody gives out a document of his own.
    IssuingVerbs = "issuing-verbs",
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
    /// Words by which times are told: units, parts of the day, "ago" and their like.
    TimeWords = "time-words",
    /// Number words with their values.
    NumberWords = "number-words",
    /// Words by which times are told, with the terminal of the grammar of times that each is.
    TimeGrammar = "time-grammar",
    /// Forms of verbs by which news reports speech.
    ReportingVerbs = "reporting-verbs",
    /// Words by which news passes on what another said, by the sets that stages use.
    PassedOn = "passed-on",
    /// Phrases by which a report names whom it takes from.
    CreditPhrases = "credit-phrases",
    /// Auxiliaries and verbs that others follow, by the sets that stages use.
    Auxiliaries = "auxiliaries",
    /// Pronouns, by the sets that stages use.
    Pronouns = "pronouns",
    /// Determiners and quantifiers, by the sets that stages use.
    Determiners = "determiners",
    /// Conjunctions and relative words, by the sets that stages use.
    Connectives = "connectives",
    /// Prepositions and other small words that link, by the sets that stages use.
    Prepositions = "prepositions",
    /// Words that end the noun group behind a number.
    GroupEnds = "group-ends",
    /// Nouns and participles before the title of a work.
    Works = "works",
    /// Words that stay small in a title.
    TitleSmall = "title-small",
    /// Words that comment on or link a whole sentence.
    SentenceAdverbs = "sentence-adverbs",
    /// Words that begin with an apostrophe.
    Elisions = "elisions",
    /// Verbs that set an event or say that it takes place, by the sets that stages use.
    Scheduling = "scheduling",
    /// Nouns for what news counts, by how they are counted.
    CountedNouns = "counted-nouns",
    /// Nouns for what takes place once, on a day.
    Occasions = "occasions",
    /// Words beside a weekday that make a name of both.
    NamedDays = "named-days",
    /// Words of what is expected, worked out or feared.
    Expectations = "expectations",
    /// What befalls people whom news counts.
    Fates = "fates",
    /// Nouns of which a number names one.
    Numbered = "numbered",
    /// What members of parties and parliaments are called.
    Parties = "parties",
    /// States of the United States by short forms and names.
    States = "states",
    /// Short forms of titles with what they stand for.
    ShortTitles = "short-titles",
    /// Nouns that describe nothing by themselves.
    VagueNouns = "vague-nouns",
    /// Verbs of asking and of deciding.
    Acts = "acts",
    /// Words that turn round, take back or open what stands in their scope, by the sets that stages use.
    Polarity = "polarity",
    /// How verbs of rise and fall begin.
    Changes = "changes",
    /// Particles of phrasal verbs.
    VerbParticles = "verb-particles",
    /// Forms of verbs by what they tell of time and finiteness.
    VerbForms = "verb-forms",
    /// Words by which a page speaks for itself: navigation, appeals, labels, stamps, by the sets that stages use.
    PageFurniture = "page-furniture",
    /// What stands in datelines of many languages: months, labels, small words.
    Datelines = "datelines",
    /// Words by which a page speaks of itself and of its readers' accounts.
    PageTalk = "page-talk",
    /// Marks of the credit of a picture, as they stand in a text.
    PhotoCredits = "photo-credits",
    /// Wordings by which an article says whom it takes from.
    Notices = "notices",
    /// What people who write say they are or do.
    Writers = "writers",
    /// Words beside a number that say how it is meant.
    Quantifiers = "quantifiers",
    /// Verbs of leaving and removing, of acquitting and convicting.
    Departures = "departures",
    /// Wordings of notes of correction, retraction and withdrawal.
    Corrections = "corrections",
    /// Words that cannot both be true of one thing at one time, a pair of groups a line.
    Opposites = "opposites",
    /// Prepositions, adverbs and quantifiers of which only one can hold, a pair of groups a line.
    Complements = "complements",
    /// News near-synonyms, a group a line.
    Synonyms = "synonyms",
    /// Spellings and short forms of one term.
    Aliases = "aliases",
    /// Words that judge or take a side where a plainer word would do.
    LoadedWords = "loaded-words",
    /// Words for currencies with their ISO 4217 codes.
    Currencies = "currencies",
}
