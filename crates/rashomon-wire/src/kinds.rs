//! Kinds of things, as words.
//!
//! Each list is checked against the engine's own by the compiler: a kind that the engine gains is an error here until it
//! has a word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An enum of words, and the way to and from the engine's enum of the same variants.
macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[schemars(inline)]
        #[allow(missing_docs, reason = "documented where the engine defines them")]
        pub enum $name {
            $(#[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident = $home:ident::$kind:ident { $($variant:ident = $word:literal,)* }) => {
        kinds! { $(#[$doc])* $name { $($variant = $word,)* } }

        impl From<$home::$kind> for $name {
            fn from(it: $home::$kind) -> Self {
                match it { $($home::$kind::$variant => Self::$variant,)* }
            }
        }

        impl From<$name> for $home::$kind {
            fn from(it: $name) -> Self {
                match it { $($name::$variant => Self::$variant,)* }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident = findings $home:ident::$kind:ident { $($variant:ident = $word:literal,)* }) => {
        kinds! { $(#[$doc])* $name { $($variant = $word,)* } }

        #[cfg(feature = "findings")]
        impl From<$home::$kind> for $name {
            fn from(it: $home::$kind) -> Self {
                match it { $($home::$kind::$variant => Self::$variant,)* }
            }
        }

        #[cfg(feature = "findings")]
        impl From<$name> for $home::$kind {
            fn from(it: $name) -> Self {
                match it { $($name::$variant => Self::$variant,)* }
            }
        }
    };
}

kinds! {
    /// How a time of an article was stated: with its zone, without it, or only as a day.
    Zone { Stated = "stated", Assumed = "assumed", Day = "day", }
}

kinds! {
    /// What kind of debt an article declares.
    DeclaredKind = rashomon_model::DeclaredKind {
        Origin = "origin", Agency = "agency", Author = "author", Photo = "photo", Post = "post",
        Cited = "cited", Unnamed = "unnamed",
    }
}

kinds! {
    /// How speech is reported.
    QuoteKind = findings rashomon_annotate::QuoteKind {
        Direct = "direct", Indirect = "indirect", Mixed = "mixed", Headline = "headline", Scare = "scare",
    }
}

kinds! {
    /// What a source is said to have done; only communication is speech, the others tell what somebody thinks, finds or wants.
    Act = findings rashomon_annotate::Act {
        Communication = "communication", Attitude = "attitude", Factive = "factive", Control = "control", Other = "other",
    }
}

kinds! {
    /// TIMEX3 types.
    TimeKind = findings rashomon_annotate::TimeKind {
        Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET",
    }
}

kinds! {
    /// Kinds of named things.
    NameKind = findings rashomon_annotate::NameKind {
        Person = "person", Organization = "organization", Place = "place", Other = "other",
    }
}

kinds! {
    /// How exact a number claims to be.
    Approximation = findings rashomon_annotate::Approximation {
        Exact = "exact", About = "about", AtLeast = "at-least", AtMost = "at-most",
    }
}

kinds! {
    /// What kind of taking a relation is.
    RelationKind = findings rashomon_lineage::Kind {
        Revision = "revision", Reprint = "reprint", Excerpt = "excerpt", Rewrite = "rewrite", Translation = "translation",
        CommonSource = "common-source", Credit = "credit",
    }
}

kinds! {
    /// What was done to a run of words.
    EditKind = findings rashomon_lineage::EditKind {
        Inserted = "inserted", Dropped = "dropped", Replaced = "replaced",
    }
}

kinds! {
    /// How a form of an utterance relates to its best-attested wording.
    FormRelation = findings rashomon_compare::FormRelation {
        Verbatim = "verbatim", Truncated = "truncated", Altered = "altered", Reworded = "reworded", Fragment = "fragment",
    }
}

kinds! {
    /// What happened to a run of words of an utterance.
    DifferenceKind = findings rashomon_compare::DifferenceKind {
        Inserted = "inserted", Omitted = "omitted", Replaced = "replaced",
    }
}

kinds! {
    /// How many of the reports state a point.
    Status = findings rashomon_compare::Status { All = "all", Some = "some", One = "one", }
}

kinds! {
    /// What kind of values are in conflict.
    ConflictKind = findings rashomon_compare::ConflictKind {
        Number = "number", Date = "date", Name = "name", Place = "place", Negation = "negation",
    }
}

kinds! {
    /// What was done in a change between two versions.
    ChangeKind = findings rashomon_compare::ChangeKind {
        Added = "added", Removed = "removed", Reworded = "reworded", Moved = "moved",
    }
}

kinds! {
    /// What kind of fact a change touches.
    Touch = findings rashomon_compare::Touch {
        Number = "number", Name = "name", Quote = "quote", Date = "date", Negation = "negation", Headline = "headline",
    }
}
