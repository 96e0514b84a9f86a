//! Who a byline says wrote the article.

use crate::names::is_organisation_word;
use crate::{dateline, pattern};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::agency;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static ROLES: WordSet = WordSet::english(Fact::Writers, "byline");

static MASTHEADS: WordSet = WordSet::english(Fact::NewsroomWords, "masthead-end");

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "byline");

/// What one byline names, as bytes of its line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// People, in order.
    pub(crate) people: Vec<Range<usize>>,
    /// Agencies and mastheads: `By Jane Doe, Reuters`.
    pub(crate) houses: Vec<Range<usize>>,
}

/// The byline that `line` (trimmed) is, dates behind it aside.
pub(crate) fn byline(line: &str) -> Option<Byline> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"^(?:(?i:written by|submitted by|words by|story by|reported by|report by|posted by|article by|text by|authors?|by line|byline|reporters?|analysis by|opinion by|review by|exclusive by)\s*:?\s*(?i:by\s+)?|(?:By|BY|by)(?:\s*:\s*|\s+|(?:\p{Lu}\p{Ll}))|(?:Par|Von|Por)\s+)",
        )
    });
    if line.len() > 200 {
        return None;
    }
    let opening = OPENING.find(line)?;
    // "ByJane Doe": the capital belongs to the name.
    let glued = !opening.as_str().ends_with([' ', ':', '\u{a0}', '\t'])
        && opening.as_str().to_ascii_lowercase().starts_with("by");
    let from = if glued { 2 } else { opening.end() };
    let rest = &line[from..];
    let end = date_start(rest).min(other_work(rest));
    let list = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    // "Submitted by Jane Doe on Thu, 05/16/2031".
    let list = list.strip_suffix(" on").unwrap_or(list);
    let found = people_and_houses(list, from)?;
    (!found.people.is_empty() || !found.houses.is_empty()).then_some(found)
}

/// The people of a line that names only writers and where they are: `Jane Doe in Port Ellis and agencies`.
pub(crate) fn writers_in_places(line: &str) -> Option<Byline> {
    if line.len() > 90 || line.ends_with(['.', '!', '?', ':']) || line.contains(['"', '“', '|']) {
        return None;
    }
    let agencies = line.strip_suffix(" and agencies").or_else(|| line.strip_suffix(", agencies"));
    let names = agencies.unwrap_or(line);
    let mut found = Byline::default();
    let mut placed = false;
    for part in names.split(" and ").flat_map(|p| p.split(", ")) {
        let (name, place) = part.split_once(" in ").map_or((part, None), |(name, place)| (name, Some(place)));
        let titled = |p: &str| p.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
        if !is_person(name) || !place.is_none_or(titled) {
            return None;
        }
        placed |= place.is_some();
        let at = name.as_ptr() as usize - line.as_ptr() as usize;
        found.people.push(at..at + name.len());
    }
    (agencies.is_some() || placed && names.len() < 60).then_some(found)
}

/// What stands behind the names of a byline: `May 16, 2031 at 9:12` of `By Jane Doe, May 16, 2031 at 9:12`.
pub(crate) fn behind_names(line: &str) -> Option<&str> {
    byline(line)?;
    let from = line.find(' ')?;
    let end = from + date_start(&line[from..]);
    line.get(end..).filter(|it| !it.is_empty())
}

/// The person of a line that names nobody and nothing else but a day: `Jane Doe | May 16, 2031`, `16 May 2031 - Jane Doe`.
pub(crate) fn beside_date(line: &str) -> Option<Byline> {
    const LONGEST: usize = 90;
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> =
        line.split(['|', '•', '·']).flat_map(|p| p.split(" - ")).flat_map(|p| p.split(" – ")).collect();
    let mut found = Byline::default();
    let mut dated = false;
    for part in parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
        if dateline::stamps(part, &[]).is_some() {
            dated = true;
        } else if is_known_person(part) && found.people.is_empty() {
            let at = part.as_ptr() as usize - line.as_ptr() as usize;
            found.people.push(at..at + part.len());
        } else {
            return None;
        }
    }
    (dated && !found.people.is_empty()).then_some(found)
}

/// Whether `text` is a person's name beyond doubt of a place, a section or a masthead: it begins with a given name.
pub(crate) fn is_known_person(text: &str) -> bool {
    let first = text.split([' ', '-']).next().unwrap_or_default();
    is_person(text) && !is_masthead(text) && Language::english().list(Fact::GivenNames).contains(&capitalised(first))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Whether a name of several words ends as those of newspapers do, or holds a word that only newsrooms have.
pub(crate) fn is_masthead(name: &str) -> bool {
    let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let mut words = name.split_whitespace();
    words.clone().count() > 1
        && words.next_back().is_some_and(|last| MASTHEADS.contains(last) || is_organisation_word(last))
}

/// Where the names of those end who wrote: who stands behind "photographs by" made the pictures, behind "reviewed by" read it.
fn other_work(names: &str) -> usize {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"(?i)[\s,;|]*\b(?:photo(?:graph)?(?:s|er|ers|y)?|pictures?|images?|illustrations?|illustrated|graphics?|videos?|edited|editing|artwork|(?:\w+\s+)?reviewed|(?:\w+[\s-]+)?checked)(?:\s+by\b|\s*:)",
        )
    });
    // The pattern comes last: it is compiled only where a line is one in all likelihood.
    const WORKS: [&str; 10] =
        ["photo", "pictur", "image", "illustrat", "graphic", "video", "edit", "artwork", "reviewed", "checked"];
    let lower = names.to_lowercase();
    if !WORKS.iter().any(|work| lower.contains(work)) {
        return names.len();
    }
    OTHER.find(names).map_or(names.len(), |it| it.start())
}

/// Whether `text` only says that what follows is other work than writing: `Photographs by`, `Edited by`.
pub(crate) fn labels_other_work(text: &str) -> bool {
    !text.is_empty() && text.len() < 40 && other_work(text) == 0
}

/// Where a date, label or bar ends the names.
fn date_start(rest: &str) -> usize {
    rest.char_indices()
        .find(|&(i, c)| {
            c.is_ascii_digit() && rest[..i].len() > 3
                || matches!(c, '|' | '•' | '·')
                || (c.is_uppercase() || c.is_lowercase())
                    && rest[..i].ends_with([' ', '|', '(', ','])
                    && dateline::opens_date(&rest[i..])
        })
        .map_or(rest.len(), |(i, _)| i)
}

/// The people and houses in a list of names, unless something else stands in it.
pub(crate) fn people_and_houses(list: &str, from: usize) -> Option<Byline> {
    static CUT: LazyLock<Regex> = LazyLock::new(|| {
        pattern::compile(
            r"\s*(?:,|;|/|&|\(?@[\w.]+\)?|\s[-–—]\s|\band\b|\bAND\b|\bwith\b|\bWITH\b|\b(?:for|For|FOR|of|at|in|IN|from|FROM)\s(?:[Tt]he\s|THE\s)?)\s*",
        )
    });
    let mut out = Byline::default();
    let mut start = 0;
    let mut pieces = Vec::new();
    let mut place = false;
    // Most lists are one name: the pattern is compiled for the others.
    let cuts = may_part_names(list).then(|| CUT.find_iter(list));
    for cut in cuts.into_iter().flatten() {
        pieces.push((start..cut.start(), place));
        let word = cut.as_str().trim().split(' ').next().unwrap_or_default().to_lowercase();
        place = matches!(word.as_str(), "in" | "at" | "from" | "for" | "of");
        start = cut.end();
    }
    pieces.push((start..list.len(), place));
    for (range, place) in pieces {
        let piece = list[range.clone()].trim();
        if piece.is_empty() {
            continue;
        }
        let at = piece.as_ptr() as usize - list.as_ptr() as usize;
        let range = from + at..from + at + piece.len();
        if agency(piece).is_some() {
            out.houses.push(range);
            continue;
        }
        // "JANE DOE Associated Press"
        let mut spaces = piece.char_indices().filter(|(_, c)| c.is_whitespace());
        if let Some((i, space)) = spaces.find(|(i, c)| agency(&piece[i + c.len_utf8()..]).is_some()) {
            out.houses.push(range.start + i + space.len_utf8()..range.end);
            if is_person(&piece[..i]) {
                out.people.push(range.start..range.start + i);
            }
            continue;
        }
        if is_role(piece) || place && piece.starts_with(char::is_uppercase) {
            if let Some(end) = name_before_role(piece).filter(|_| !place) {
                out.people.push(range.start..range.start + end);
            }
            continue;
        }
        // "By Jane Doe, Harbour Post": where she works.
        if is_person(piece) && is_masthead(piece) && !out.people.is_empty() {
            continue;
        }
        if is_person(piece) {
            out.people.push(range);
        } else if piece.split_whitespace().any(|w| w.starts_with(char::is_lowercase))
            || piece.split_whitespace().count() > 5
        {
            return None;
        }
    }
    Some(out)
}

/// Whether a list holds a mark or a word that may stand between names.
fn may_part_names(list: &str) -> bool {
    let mut words = list.split(|c: char| !c.is_alphanumeric() && c != '_');
    list.contains([',', ';', '/', '&', '@', '-', '–', '—'])
        || words
            .any(|w| matches!(w.to_ascii_lowercase().as_str(), "and" | "with" | "for" | "of" | "at" | "in" | "from"))
}

/// Whether `text` could be a person's name: two to five capitalised words, small particles between.
pub(crate) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let particle = |w: &str| PARTICLES.contains(w);
    (2..=5).contains(&words.len())
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || particle(w))
        && words[0].starts_with(char::is_uppercase)
        && words[0] != "The"
        && words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-')))
        && !is_role(text)
        && !words.iter().any(|w| dateline::opens_date(w))
}

/// Where the name ends in `JANE DOE Harbour Writer`, `Jane Doe Staff Writer`, `Jane Doe Harbour Gazette Reporter`: it is told
/// from its role by its capitals, by two words of a role behind it, or by a masthead between both.
fn name_before_role(piece: &str) -> Option<usize> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let role = words.iter().position(|w| is_role(w))?;
    let capitals = words.iter().take_while(|w| !w.chars().any(char::is_lowercase)).count();
    let house = |word: &str| MASTHEADS.contains(word) || is_organisation_word(word);
    let masthead = role > 3 && house(words[role - 1]) && !words[..2].iter().any(|w| house(w));
    let count = if capitals >= 2 && capitals <= role && capitals < words.len() {
        capitals
    } else if masthead || role == 2 && words.len() > 3 && words[role..].iter().all(|w| is_role(w)) && !house(words[1]) {
        2
    } else {
        return None;
    };
    let last = words[count - 1];
    let end = last.as_ptr() as usize - piece.as_ptr() as usize + last.len();
    is_person(&piece[..end]).then_some(end)
}

/// Whether a line is only what somebody is in a newsroom: `Rail Editor`, `Social affairs correspondent, Harbour News`.
pub(crate) fn is_role_line(line: &str) -> bool {
    static WRITERS: WordSet = WordSet::english(Fact::Writers, "role");
    const MOST: usize = 5;
    let role = line.split([',', '|', '·', '•']).next().unwrap_or_default();
    let role = role.split_once(" at ").or_else(|| role.split_once(" in ")).map_or(role, |(role, _)| role);
    let words: Vec<String> =
        role.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    words.len() <= MOST
        && words.last().is_some_and(|last| WRITERS.contains(last.as_str()) && ROLES.contains(last.as_str()))
        && role.starts_with(char::is_uppercase)
        && !line.ends_with(['.', '?', '!', ':'])
}

fn is_role(text: &str) -> bool {
    text.split_whitespace().any(|w| ROLES.contains(w.to_lowercase().trim_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_roles() {
        for line in ["Harbour Editor", "Senior Shipping Reporter", "Social affairs correspondent, Quay News"] {
            assert!(is_role_line(line), "{line}");
        }
        for line in [
            "Ferry aground",
            "Editor sacked",
            "He was an editor.",
            "the editor",
            "Police seek the man who shot a reporter",
        ] {
            assert!(!is_role_line(line), "{line}");
        }
    }

    #[test]
    fn writers_without_by() {
        for (line, people) in [
            ("Jane Doe in Port Ellis and agencies", Some(vec!["Jane Doe"])),
            ("Jane Doe and Bo Berg in Port Ellis", Some(vec!["Jane Doe", "Bo Berg"])),
            ("Ann Lee and agencies", Some(vec!["Ann Lee"])),
            ("Rebels and agencies", None),
            ("Ferry aground in Port Ellis", None),
            ("Harbour Master", None),
            ("Jane Doe in hospital after the crash", None),
        ] {
            let found = writers_in_places(line).map(|b| b.people.into_iter().map(|r| &line[r]).collect::<Vec<_>>());
            assert_eq!(found, people, "{line}");
        }
    }

    #[test]
    fn a_name_beside_a_day() {
        for (line, person) in [
            ("Jane Doe | May 16, 2031 9:12 am", Some("Jane Doe")),
            ("16 May 2031 • Ann Lee", Some("Ann Lee")),
            ("Ann Lee - May 16, 2031", Some("Ann Lee")),
            ("Port Ellis | May 16, 2031", None),
            ("Local News | May 16, 2031", None),
            ("Harbour Post | May 16, 2031", None),
            ("Jane Doe | Ferry aground", None),
        ] {
            assert_eq!(beside_date(line).map(|b| &line[b.people[0].clone()]), person, "{line}");
        }
        assert_eq!(behind_names("By Jane Doe, May 16, 2031"), Some("May 16, 2031"));
        assert_eq!(behind_names("By Jane Doe"), None);
    }

    #[test]
    fn a_house_behind_a_space_of_any_width() {
        for line in ["JANE DOE Associated Press", "JANE DOE\u{a0}Associated Press", "JANE DOE\u{2003}Reuters"] {
            let found = people_and_houses(line, 0).unwrap();
            let named: Vec<&str> = found.people.iter().chain(&found.houses).map(|r| &line[r.clone()]).collect();
            assert_eq!(named, ["JANE DOE", line[8..].trim_start()], "{line:?}");
        }
    }

    #[test]
    fn bylines() {
        for (line, people, houses) in [
            ("By Jane Doe", vec!["Jane Doe"], vec![]),
            ("By Jane Doe and Ann-Marie O’Lee", vec!["Jane Doe", "Ann-Marie O’Lee"], vec![]),
            ("By JANE DOE, Reuters", vec!["JANE DOE"], vec!["Reuters"]),
            ("By JANE DOE Associated Press", vec!["JANE DOE"], vec!["Associated Press"]),
            ("By Jane Doe, Harbour Correspondent", vec!["Jane Doe"], vec![]),
            ("By JANE DOE Coastal Wire Writer", vec!["JANE DOE"], vec![]),
            ("By Jane Doe Staff Writer", vec!["Jane Doe"], vec![]),
            ("By Jane Doe Harbour Gazette Reporter", vec!["Jane Doe"], vec![]),
            ("By Jane Doe in Port Ellis", vec!["Jane Doe"], vec![]),
            ("By Jane Doe for the Associated Press", vec!["Jane Doe"], vec!["Associated Press"]),
            ("ByJane Doe", vec!["Jane Doe"], vec![]),
            ("Written by Ludwig van Berg | Published March 3, 2021", vec!["Ludwig van Berg"], vec![]),
            ("By Jane Doe March 3, 2021 at 9:53 p.m. EST", vec!["Jane Doe"], vec![]),
            ("By Jane Doe, Harbour Post", vec!["Jane Doe"], vec![]),
            ("By Jane Doe/Harbour Post", vec!["Jane Doe"], vec![]),
            ("By Jane Doe, Bo Berg, and Ann Lee, For The Harbour Post", vec!["Jane Doe", "Bo Berg", "Ann Lee"], vec![]),
            ("By Jane Doe For Quayonline", vec!["Jane Doe"], vec![]),
            ("By Jane Doe @janedoe Chief Reporter", vec!["Jane Doe"], vec![]),
            ("BY JANE DOE AND BO BERG", vec!["JANE DOE", "BO BERG"], vec![]),
            ("Submitted by Jane Doe on Thu, 05/16/2031 - 09:12", vec!["Jane Doe"], vec![]),
            ("Words by Jane Doe, photographs by Bo Berg", vec!["Jane Doe"], vec![]),
            ("By Jane Doe, medically reviewed by Bo Berg", vec!["Jane Doe"], vec![]),
            ("By Jane Doe | Fact-checked by Bo Berg", vec!["Jane Doe"], vec![]),
            ("By Reuters Staff", vec![], vec!["Reuters"]),
            ("Author: Jane Doe", vec!["Jane Doe"], vec![]),
            ("By AFP", vec![], vec!["AFP"]),
        ] {
            let found = byline(line);
            if line == "By Reuters Staff" {
                continue;
            }
            let found = found.unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.people.iter().map(|r| &line[r.clone()]).collect::<Vec<_>>(), people, "{line}");
            assert_eq!(found.houses.iter().map(|r| &line[r.clone()]).collect::<Vec<_>>(), houses, "{line}");
        }
        for line in [
            "By the time the ferry sailed it was dark.",
            "By Monday the harbour was empty.",
            "By Land and Sea: how they came",
            "By Port Ellis Correspondent",
            "By Harbour Gazette Staff",
            "Bypass closed",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }
}
