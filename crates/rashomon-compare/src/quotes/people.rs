//! Whether two names of speakers, from two articles, can mean the same person or body.

use rashomon_annotate::same_person;
use rashomon_language::{Fact, WordSet};

/// How two names of speakers stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Names that can mean one person, or one name within the other.
    Same,
    /// Nothing speaks for or against: one is not named, or only by a role.
    Open,
    /// Two different names.
    Different,
}

/// How `a` and `b` stand to each other.
pub(crate) fn identity(a: Option<&str>, b: Option<&str>) -> Identity {
    let (Some(a), Some(b)) = (a.filter(|n| is_named(n)), b.filter(|n| is_named(n))) else { return Identity::Open };
    if a == b || same_person(a, b) {
        return Identity::Same;
    }
    // One name inside the other: "the Ministry" and "Foreign Ministry of Ost".
    let (a, b) = (capitalised(a), capitalised(b));
    let within = |x: &[&str], y: &[&str]| x.iter().all(|w| y.contains(w));
    if within(&a, &b) || within(&b, &a) { Identity::Same } else { Identity::Different }
}

/// Whether a name is one: a role such as "a spokesman" or "the spokesman for Ada Stone" is not.
pub(crate) fn is_named(name: &str) -> bool {
    static SMALL: WordSet = WordSet::english(Fact::NameConnectors, "person");
    !capitalised(name).is_empty()
        && name.split_whitespace().all(|w| !w.starts_with(char::is_lowercase) || SMALL.contains(w))
}

/// The capitalised words of a name.
fn capitalised(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|w| w.starts_with(char::is_uppercase) && *w != "The")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Identity, identity};

    #[test]
    fn names_of_one_and_of_two() {
        for (a, b, expected) in [
            ("Ines Calloway", "Calloway", Identity::Same),
            ("Ines Calloway", "Ines M. Calloway", Identity::Same),
            ("Ines Calloway", "Secretary Calloway", Identity::Same),
            ("Ines Calloway", "Oskar Calloway", Identity::Different),
            ("Ines Calloway", "Tomas Reyd", Identity::Different),
            ("Andriy Belenky", "Andrii Stonefield", Identity::Different),
            ("Andriy Belensky", "Andrii Belenskyy", Identity::Same),
            ("the Ministry", "Foreign Ministry of Ost", Identity::Same),
            ("a spokesman", "Tomas Reyd", Identity::Open),
            ("a spokesman for Tomas Reyd", "Tomas Reyd", Identity::Open),
        ] {
            assert_eq!(identity(Some(a), Some(b)), expected, "{a} / {b}");
        }
        assert_eq!(identity(None, Some("Tomas Reyd")), Identity::Open);
    }
}
