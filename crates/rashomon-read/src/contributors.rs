//! Which people and agencies does a list of contributors name?
//!
//! `Associated Press writers A in X and B in Y`, `AFP, Reuters and C of D`: names between commas and "and", with the places
//! they wrote from and the houses they write for.

use crate::names::{is_connector, is_month, is_organisation_word, push};
use crate::pattern;
use rashomon_model::{Declared, DeclaredKind, Span, agency};
use regex::Regex;
use std::sync::LazyLock;

/// Names between commas and "and", each told as a person or an agency.
pub(crate) fn name_list(text: &str, from: usize, to: usize, out: &mut Vec<Declared>) {
    static CUT: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(r"\s*(?:,|;|\s/\s|\s&\s|\band\b|\||\bwith\b|\bof\b|\bfrom\b|\bat\b|\bfor\b|\balso\b)\s*")
    });
    let Some(piece) = text.get(from..to) else { return };
    // "Press Trust of India and …": whole pieces between commas and "and" that are agencies go first.
    let mut pieces: Vec<(usize, usize, Behind)> = Vec::new();
    let mut start = 0;
    let mut of = Behind::List;
    for cut in CUT.find_iter(piece) {
        let word = cut.as_str().trim();
        if word == "of" && piece[cut.end()..].starts_with(char::is_uppercase) {
            // Of an agency's own name, "Press Trust of India", or of people's employer.
            let head = piece[start..cut.start()].trim_start();
            let tail_end = cut.end() + piece[cut.end()..].find([',', ';', ')']).unwrap_or(piece.len() - cut.end());
            let tail = piece[cut.end()..tail_end].split(" and ").next().unwrap_or_default();
            if agency(&format!("{head} of {tail}")).is_some() {
                continue;
            }
        }
        pieces.push((start, cut.start(), of));
        of = match word {
            "of" | "for" => Behind::Of,
            "from" | "at" => Behind::From,
            _ => Behind::List,
        };
        start = cut.end();
    }
    pieces.push((start, piece.len(), of));
    for (start, end, of) in pieces {
        one_name(text, from + start, from + end, of, out);
    }
}

/// What stands before a name in a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// Another name, or nothing.
    List,
    /// "of", "for": it employs who is named before.
    Of,
    /// "from", "at": it may be a place.
    From,
}

fn one_name(text: &str, from: usize, to: usize, of: Behind, out: &mut Vec<Declared>) {
    let Some(piece) = text.get(from..to) else { return };
    // "A in Port Ellis", "A reported from X": the place is no part of the name.
    let piece = piece.split(" in ").next().unwrap_or_default();
    let piece = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches(". ");
    let piece =
        if piece.split_whitespace().last().is_some_and(|w| w.len() > 3) { piece.trim_end_matches('.') } else { piece };
    let at = piece.as_ptr() as usize - text.as_ptr() as usize;
    let whole = Span::new(at, at + piece.len());
    if piece.is_empty() {
        return;
    }
    if agency(piece).is_some() {
        return push(out, text, whole, DeclaredKind::Agency);
    }
    // "Harbour Wire Channel's Jane Doe": whose she is, and who.
    for mark in ["'s ", "’s ", "s' ", "s’ "] {
        if let Some(i) = piece.find(mark).filter(|i| *i > 0) {
            let owner = i + usize::from(mark.starts_with('s'));
            if piece.starts_with(char::is_uppercase)
                && piece[..owner].split_whitespace().count() <= 4
                && piece[i + mark.len()..].starts_with(char::is_uppercase)
            {
                push(out, text, Span::new(at, at + owner), DeclaredKind::Agency);
                return one_name(text, at + i + mark.len(), at + piece.len(), Behind::List, out);
            }
        }
    }
    // "Associated Press writer Jane Doe", "Fox News' Jane Doe", "Gazette reporter Jane Doe".
    for (i, _) in piece.char_indices().filter(|(_, c)| c.is_whitespace()).collect::<Vec<_>>().into_iter().rev() {
        let head = piece[..i].trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
        if agency(head).is_some_and(|_| head.len() > 1 && head.starts_with(char::is_uppercase)) {
            push(out, text, Span::new(at, at + head.len()), DeclaredKind::Agency);
            return one_name(text, at + i + 1, at + piece.len(), Behind::List, out);
        }
    }
    static ROLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"(?i)^(?:(?:staff|senior|chief|political|diplomatic|foreign|business|science|health|our|the|contributing|video|writers?|reporters?|correspondents?|journalists?|editors?|producers?|columnists?|photographers?|researchers?|freelance|special|agency|news)\s+)+",
        )
    });
    let role = ROLE.find(piece).map_or(0, |m| m.end());
    if role > 0 && role < piece.len() {
        return one_name(text, at + role, at + piece.len(), of, out);
    }
    let words: Vec<&str> = piece.split_whitespace().collect();
    let capitals = words.iter().all(|w| {
        w.starts_with(char::is_uppercase)
            || is_connector(w)
            || matches!(*w, "bin" | "ibn" | "ben" | "abu" | "dos" | "das")
    });
    // "Jan Hale" and "April Hale" are people.
    let dated = is_month(words[0]) && words.get(1).is_none_or(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    if !capitals || words.len() > 6 || !words[0].starts_with(char::is_uppercase) || dated {
        return;
    }
    if matches!(
        piece,
        "Agencies"
            | "Agency"
            | "Bureau"
            | "Staff"
            | "Editing"
            | "Writing"
            | "Reporting"
            | "Additional"
            | "Other"
            | "News"
            | "This"
            | "The"
            | "He"
            | "She"
            | "They"
    ) {
        return;
    }
    let organisation = of == Behind::Of
        || words.len() == 1 && piece.chars().filter(|c| c.is_uppercase()).count() > 1
        || words.iter().any(|w| is_organisation_word(w));
    if organisation {
        push(out, text, whole, DeclaredKind::Agency);
    } else if words.len() >= 2 && of != Behind::From {
        push(out, text, whole, DeclaredKind::Author);
    }
}
