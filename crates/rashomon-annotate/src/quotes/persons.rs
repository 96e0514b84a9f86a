//! Which nouns mean a person.

use crate::gazetteer::GAZETTEER;
use rashomon_language::{Fact, Language};

/// Whether a noun, in lower case, means a person.
pub(crate) fn names_person(noun: &str) -> bool {
    let known = Language::english().list(Fact::PersonNouns).get(noun);
    GAZETTEER.heads.contains(noun) || known.is_some_and(|flags| flags.is_empty())
}

/// Whether a noun, in lower case, means a person whose name may follow it: "the minister, Ada Stone".
pub(crate) fn takes_name(noun: &str) -> bool {
    GAZETTEER.heads.contains(noun) || Language::english().list(Fact::PersonNouns).contains(noun)
}
