//! Whether a line is a picture's credit or caption, and whom it credits.

use crate::{byline, pattern};
use rashomon_language::{Fact, WordSet};
use rashomon_model::agency;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static CONNECTORS: WordSet = WordSet::english(Fact::NameConnectors, "credit");

/// A picture credit found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credit {
    /// Bytes of the line that name whom to thank: agencies where known, else the credit as it stands.
    pub(crate) names: Vec<Range<usize>>,
}

/// The picture credit that makes `line` (trimmed) a credit line or a caption.
pub(crate) fn photo_credit(line: &str) -> Option<Credit> {
    if line.len() < 4
        || line.len() > 420
        || !line.contains(['/', ':', ')', ']', '©', ','])
            && ![" by ", "ourtesy of "].iter().any(|words| line.contains(words))
            && !bare_credit(line)
    {
        return None;
    }
    if line.starts_with(['B', 'b']) && byline::byline(line).is_some() {
        return None;
    }
    // What a picture shows names nobody; a credit may stand behind it.
    if may_be_caption(line)
        && let Some(shown) = CAPTION.captures(line).and_then(|found| found.get(1))
    {
        let behind = photo_credit(shown.as_str()).into_iter().flat_map(|it| it.names);
        return Some(Credit { names: behind.map(|r| shown.start() + r.start..shown.start() + r.end).collect() });
    }
    if may_be_labelled(line)
        && let Some(found) = LABELLED.captures(line)
    {
        let rest = found.get(1)?;
        if rest.len() <= 130 && rest.as_str().split_whitespace().count() <= 14 && !ends_as_prose(rest.as_str()) {
            return Some(Credit { names: names(line, rest.range()) });
        }
    }
    let whole = line.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']'));
    let from = whole.as_ptr() as usize - line.as_ptr() as usize;
    if is_credit_text(whole) {
        return Some(Credit { names: names(line, from..from + whole.len()) });
    }
    // A caption with its credit in parentheses or brackets behind it.
    if let Some(close) = line.strip_suffix([')', ']']).or_else(|| line.strip_suffix(").")) {
        let open = close.rfind(['(', '['])?;
        let inner = open + 1..close.len();
        let credit = &line[inner.clone()];
        if may_be_labelled(credit)
            && let Some(rest) = LABELLED.captures(credit).and_then(|c| c.get(1))
        {
            return Some(Credit { names: names(line, inner.start + rest.start()..inner.start + rest.end()) });
        }
        if is_credit_text(credit) && !is_plain_agency(credit) && !is_wire_list(credit) {
            return Some(Credit { names: names(line, inner) });
        }
        return None;
    }
    // A caption with its credit run on: "… in Port Ellis. Photograph: Ann Lee/AP"
    if !may_trail(line) {
        return None;
    }
    let tail = TRAILING.captures(line)?;
    let (whole, rest) = (tail.get(0)?, tail.get(1)?);
    // "REUTERS/Jane Doe" names the agency before the slash.
    let agency_first =
        whole.as_str().trim_start_matches([' ', '.', '|']).split('/').next().is_some_and(is_agency_photo);
    let from = if agency_first {
        whole.start() + whole.as_str().len() - whole.as_str().trim_start_matches([' ', '.', '|']).len()
    } else {
        rest.start()
    };
    Some(Credit { names: names(line, from..rest.end()) })
}

fn is_agency_photo(name: &str) -> bool {
    let name = name.trim();
    agency(name.strip_suffix(" Photo").or_else(|| name.strip_suffix(" PHOTO")).unwrap_or(name)).is_some()
}

// Compiling the patterns below is a good part of what it costs to read one article: each is asked only where a line may
// well be what it looks for.

/// Whether "caption" stands at the head of a line.
fn may_be_caption(line: &str) -> bool {
    const HEAD: usize = 24;
    let head = &line.as_bytes()[..line.len().min(HEAD)];
    head.windows(7).any(|w| w.eq_ignore_ascii_case(b"caption"))
}

/// Whether a line begins with a word that labels of pictures begin with.
fn may_be_labelled(line: &str) -> bool {
    static BEGINNINGS: WordSet = WordSet::english(Fact::PhotoCredits, "begins-label");
    let head = line.strip_prefix(['(', '[']).unwrap_or(line).as_bytes();
    let starts = |word: &str| head.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()));
    BEGINNINGS.iter().any(starts)
}

/// Whether a line has a word that credits behind a caption begin with.
fn may_trail(line: &str) -> bool {
    static BEGINNINGS: WordSet = WordSet::english(Fact::PhotoCredits, "begins-trail");
    let capitals = line.bytes().enumerate().filter(|(_, b)| b.is_ascii_uppercase());
    capitals.into_iter().any(|(at, _)| BEGINNINGS.iter().any(|word| line.as_bytes()[at..].starts_with(word.as_bytes())))
}

/// `Image caption, …`
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(r"(?i)^[(\[]?(?:image|photo|photograph|picture|media|video|figure)\s?caption[:,]\s*(\S.*)$")
});

/// `Photo: …`, `Image source, …`, `AP Photo/…`, `Picture by …`
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(concat!(
        r"(?i)^[(\[]?(?:(?:file|featured|stock|main|lead|header|top|cover|representative|handout|courtesy|social)\s+)?",
        r"(?:photos?|images?|pictures?|pics?|photographs?|photography|illustrations?|graphics?|credits?|photo ?credits?|image ?credits?|",
        r"picture ?credits?|video ?credits?|photo|image|screengrab|screenshot|thumbnail|foto|bild|image|media|video|figure|",
        r"(?:u\.s\. |us )?(?:army|navy|air force|marine corps|coast guard|national guard|department of defense) photo)",
        r"(?:\s?source(?::|,)\s|\s*(?::|/|\||©|,\s+(?:by|via|courtesy)|\s(?:by|via|from|courtesy of|courtesy|credit:|credit|copyright|source:|from)\s))\s*(?:by |via |courtesy of |courtesy )?(\S.+?)[)\]]?\.?$"
    ))
});

static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(concat!(
        r"(?:^|[\s.|])(?:(?:Photo|Photograph|Image|Credit|Picture|Photos|Images|Photo credit|Image credit|Foto|File photo|File Photo|PHOTO|IMAGE|CREDIT)",
        r"(?:\s+(?:by|via|courtesy of)\s+|\s*[:©|]\s*)|(?:AP|REUTERS|AFP|EPA)(?: Photo| PHOTO)?\s?/\s?)",
        r"((?:[\p{Lu}@][\p{L}.'’@-]*|and|of|via|de|van|der|bin|al|the|[/|,&])(?:[\s/|,]+(?:[\p{Lu}@][\p{L}.'’@-]*|and|of|via|de|van|der|bin|al|the|[/|&]))*)\.?$"
    ))
});

/// Whether all of `text` is a credit: `Jane Doe/AFP via Getty Images`, `State Department/Released`, `REUTERS/Jane Doe`.
fn is_credit_text(text: &str) -> bool {
    if text.len() > 110 || text.ends_with(['.', '!', '?']) && !text.ends_with("Inc.") {
        return false;
    }
    let words: Vec<&str> = text.split([' ', '/', '|', ',', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let capitals = words.iter().all(|w| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '@' | '©' | '&' | '-'))
            || CONNECTORS.contains(w)
    });
    if words.is_empty() || words.len() > 12 || !capitals {
        return false;
    }
    let parts: Vec<&str> = parts(text).collect();
    let photo = |p: &&str| agency(p).is_some_and(|a| a.photo);
    let pictures = |p: &str| matches!(p.split(' ').next_back(), Some("Photos" | "Pictures" | "Images" | "Photography"));
    let marker = |p: &&str| {
        pictures(p.trim()) && p.contains(' ') && parts.len() > 1
            || matches!(
                p.trim().to_ascii_lowercase().as_str(),
                "released"
                    | "handout"
                    | "pool"
                    | "file"
                    | "file photo"
                    | "pool photo"
                    | "photo"
                    | "file image"
                    | "archive"
                    | "courtesy"
            )
    };
    let person = |p: &&str| p.split_whitespace().count() >= 2;
    let others = parts.iter().filter(|p| !photo(p)).count();
    if parts.len() == 1 {
        return photo(&parts[0]) && is_plain_agency(text);
    }
    parts.iter().any(marker)
        || (others < parts.len() && parts.iter().all(|p| person(p) || photo(p)) && !text.contains(". "))
}

/// Whether `text` names two or more wires between commas, as desks sign off what they compiled: `AP, Reuters, dpa`.
fn is_wire_list(text: &str) -> bool {
    text.contains(',') && text.split(',').all(|part| agency(part.trim()).is_some_and(|a| a.wire))
}

/// Whether `text` is one agency's name and nothing else.
fn is_plain_agency(text: &str) -> bool {
    agency(text).is_some()
}

fn bare_credit(line: &str) -> bool {
    line.len() < 60 && agency(line.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']'))).is_some_and(|a| a.photo)
}

fn ends_as_prose(text: &str) -> bool {
    text.len() > 60 && text.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count() > 4
}

/// The parts of a credit, between slashes, bars, commas and "via".
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', '|', ',']).flat_map(|p| p.split(" via ")).map(str::trim).filter(|p| !p.is_empty())
}

fn names(line: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let text = &line[within.clone()];
    let place = |p: &str| {
        let at = p.as_ptr() as usize - line.as_ptr() as usize;
        at..at + p.len()
    };
    let trimmed =
        |p: &str| p.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '©') || c.is_whitespace()).len();
    let known: Vec<_> = parts(text)
        .filter_map(|p| {
            let p = p.strip_suffix(" Photo").or_else(|| p.strip_suffix(" PHOTO")).unwrap_or(p);
            let p = p.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '©') || c.is_whitespace());
            agency(p).map(|_| place(p))
        })
        .collect();
    if !known.is_empty() || trimmed(text) == 0 {
        return known;
    }
    let first = parts(text).next().unwrap_or(text);
    vec![place(first.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '©') || c.is_whitespace()))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credited(line: &str) -> Option<Vec<&str>> {
        photo_credit(line).map(|c| c.names.into_iter().map(|r| &line[r]).collect())
    }

    #[test]
    fn credits_and_captions() {
        for (line, names) in [
            ("(Image: AP)", vec!["AP"]),
            ("Photo: Jane Doe/Reuters", vec!["Reuters"]),
            ("The mayor at the quay. (Harbour Office/Released)", vec!["Harbour Office"]),
            ("The mayor at the quay [Jane Doe/AFP]", vec!["AFP"]),
            ("The mayor at the quay. Photograph: Jane Doe/AP", vec!["AP"]),
            ("Jane Doe/AFP via Getty Images", vec!["AFP", "Getty Images"]),
            ("The quay at dawn on Monday. (Jane Doe/Quay Photos)", vec!["Jane Doe"]),
            ("REUTERS/Jane Doe", vec!["REUTERS"]),
            ("AP Photo/Jane Doe", vec!["AP"]),
            ("Getty Images", vec!["Getty Images"]),
            ("(AP Photo/Jane Doe, File)", vec!["AP"]),
            ("The quay at dawn. (AP Photo/Jane Doe)", vec!["AP"]),
            ("Image source, Getty Images", vec!["Getty Images"]),
            ("Image caption, The ferry lies at the quay", vec![]),
            ("Photo caption: The ferry at the quay (Photo: Jane Doe)", vec!["Jane Doe"]),
            ("Photo by Jane Doe", vec!["Jane Doe"]),
            ("Image courtesy of Quay Museum", vec!["Quay Museum"]),
            ("The ferry at the quay. REUTERS/Jane Doe", vec!["REUTERS"]),
            ("The quay at dawn. (Photo: Getty Images)", vec!["Getty Images"]),
        ] {
            let found = credited(line);
            assert!(found.is_some(), "{line}");
            assert_eq!(found.unwrap(), names, "{line}");
        }
    }

    #[test]
    fn prose_with_marks_is_no_caption() {
        for line in [
            "The strike ended on Monday, the union said. (Reuters)",
            "A poll found that 40% agree (Reuters/Ipsos).",
            "He blamed the ministry (and the port).",
            "She looked at the photo: it showed the ferry leaving the harbour with all its lights on and nobody on deck.",
            "Prices rose in May/June.",
            "ab/cd (AP, Reuters)",
            "Credit: the bank lends less and less to small firms, according to the report that was published on Monday.",
        ] {
            assert_eq!(credited(line), None, "{line}");
        }
    }
}
