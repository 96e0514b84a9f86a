//! Words inside the names of people and newsrooms, and filing such a name.

use rashomon_language::{Fact, Language};
use rashomon_model::{Declared, DeclaredKind, MONTHS, Span};

/// Adds a declared source, if its name is one and it is not there yet.
pub(crate) fn push(out: &mut Vec<Declared>, text: &str, span: Span, kind: DeclaredKind) {
    let span = span.trimmed(text);
    let name = span.text(text);
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 || name.len() > 90 {
        return;
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    push_known(out, &name, span, kind);
}

/// Adds a declared source that is known to be called `name`, if it is not there yet.
pub(crate) fn push_known(out: &mut Vec<Declared>, name: &str, span: Span, kind: DeclaredKind) {
    let known = out.iter().any(|d| d.name == name && (d.kind == kind || d.span.overlaps(span)));
    if !known {
        out.push(Declared { name: name.to_owned(), kind, span, retrieved: None });
    }
}

/// Whether a small word may stand inside a name.
pub(crate) fn is_connector(word: &str) -> bool {
    Language::english().list(Fact::NameConnectors).has(word, "source")
}

/// Whether a word is the name of a month, or short for one; "Maria" and "Julian" are none, though they begin like one.
pub(crate) fn is_month(word: &str) -> bool {
    const GERMAN: [&str; 5] = ["Januar", "Februar", "Juni", "Juli", "Dezember"];
    let word = word.strip_suffix('.').unwrap_or(word);
    let short = |month: &str| word == "Sept" || word.len() == 3 && month.starts_with(word);
    MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month) || short(month)) || GERMAN.contains(&word)
}

/// Whether a word of a name makes it a newsroom's.
pub(crate) fn is_organisation_word(word: &str) -> bool {
    Language::english().list(Fact::NewsroomWords).has(word, "newsroom")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_like_a_month() {
        for month in ["March", "Mar", "Mar.", "Sept", "May", "DECEMBER", "Juli"] {
            assert!(is_month(month), "{month}");
        }
        for name in ["Maria", "Mark", "Marsh", "Janet", "Julian", "Maya", "Decker", "Octavia", "Augusta"] {
            assert!(!is_month(name), "{name}");
        }
    }
}
