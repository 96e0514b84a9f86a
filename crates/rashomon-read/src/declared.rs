//! Whom an article itself says it takes from.
//!
//! Every rule reads a fixed wording of the trade: wire datelines (`PORT ELLIS (Wire) —`), sign-offs (`(Reporting by …)`,
//! `— AFP`, `Source: …`), reprint notices (`originally published by …`), contributor lines and embedded posts.
//! Sources: the style books' sign-off forms as seen on agency copy, Creative Commons republishing notices,
//! WordPress' "appeared first on" footer, and the embed format of posts.

use crate::contributors::name_list;
use crate::names::{is_connector, is_month, is_organisation_word, push};
use crate::{furniture::automaton, pattern, zone};
use aho_corasick::AhoCorasick;
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Declared, DeclaredKind, Span, agency, weekday};
use regex::Regex;
use std::sync::LazyLock;

static CREDITING: WordSet = WordSet::english(Fact::Notices, "credit-lead");

static OPENING: WordSet = WordSet::english(Fact::Notices, "notice-lead");

/// Sources that stand anywhere in `text`: reprint notices, contributor lines, embedded posts.
pub(crate) fn in_text(text: &str, out: &mut Vec<Declared>) {
    for found in NOTICES.find_iter(text) {
        let (_, rule) = KEYS[found.pattern().as_usize()];
        let (from, to) = sentence_around(text, found.start(), found.end());
        match rule {
            Notice::OriginAfter if opens_notice(&text[from..found.start()]) => {
                if let Some(name) = name_after(text, found.end(), to) {
                    push(out, text, name, DeclaredKind::Origin);
                }
            }
            Notice::NamesAfter if opens_credit(&text[from..found.start()]) => names_until(text, found.end(), to, out),
            Notice::OriginAfter | Notice::NamesAfter => {}
            Notice::NamesBefore => names_before(text, from, found.start(), out),
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), "(@") {
        if let Some(name) = post_author(text, at) {
            push(out, text, name, DeclaredKind::Post);
        }
    }
}

/// Sources in one trimmed line at `base`; `opening` lines may carry a wire dateline, `closing` ones a sign-off.
pub(crate) fn in_line(text: &str, line: Span, opening: bool, closing: bool, out: &mut Vec<Declared>) {
    let piece = line.text(text);
    if opening {
        wire_dateline(text, line, out);
    }
    if piece.len() <= 400 && (opening || closing) {
        source_line(text, line, out);
    }
    if piece.len() <= 600 && (closing || piece.starts_with('(')) {
        people_of(text, line, out);
    }
    sign_off(text, line, closing, out);
    if opening || closing {
        credited_in_other_languages(text, line, out);
    }
}

/// The phrases by which other languages than English name an agency, small and with a capital.
static CREDITED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let phrases = Language::crossing().flat_map(|it| it.list(Fact::CreditPhrases).entries());
    let capital = |it: &str| {
        let mut letters = it.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    automaton(&phrases.flat_map(|it| [it.to_owned(), capital(it)]).collect::<Vec<_>>())
});

/// Words of the longest name of an agency that a phrase may name.
const AGENCY_WORDS: usize = 4;

/// "Con información de EFE", "mit Material von dpa", "по материалам ТАСС": known agencies alone.
fn credited_in_other_languages(text: &str, line: Span, out: &mut Vec<Declared>) {
    let piece = line.text(text);
    for found in CREDITED.find_iter(piece) {
        let whole = piece[..found.start()].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = &piece[found.end()..];
        let from = found.end() + rest.len() - rest.trim_start().len();
        if !whole || from == found.end() && !rest.is_empty() {
            continue;
        }
        // The longest run of words that names one.
        let clause = &piece[from..];
        let clause = &clause[..clause.find(['.', ',', ';', ')', ']']).unwrap_or(clause.len())];
        let breaks = clause.char_indices().filter(|it| it.1.is_whitespace()).map(|it| from + it.0);
        let ends: Vec<usize> = breaks.chain([from + clause.len()]).take(AGENCY_WORDS).collect();
        let named = ends.into_iter().rev().find(|end| agency(&piece[from..*end]).is_some_and(|it| it.wire));
        if let Some(end) = named {
            push(out, text, Span::new(line.start() + from, line.start() + end), DeclaredKind::Agency);
        }
    }
}

/// Whether `line` is nothing but a declaration, and so no part of the account.
pub(crate) fn is_declaration(line: &str, closing: bool) -> bool {
    if line.len() > 600 {
        return false;
    }
    let inner = line.trim_start_matches(['(', '[', '*', ' ', '_', '—', '–', '-']);
    if may_be_notice(inner) && NOTICE_OPENINGS.is_match(inner) {
        return true;
    }
    if line.starts_with('(') && line.trim_end().ends_with([')', '.']) && PEOPLE.is_match(line) {
        return true;
    }
    if is_source_line(line) {
        return closing || line.split_whitespace().count() <= 6;
    }
    // "ab/cd (AP, Reuters)": initials of the desk and what it compiled.
    if let Some((initials, names)) = line.strip_suffix(')').and_then(|l| l.split_once(" ("))
        && closing
        && initials.len() <= 12
        && !initials.contains(' ')
        && is_agency_list(names)
    {
        return true;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if closing && compiled(line).is_some() {
        return true;
    }
    if closing && line.len() < 120 && bare.ends_with(" contributed") && bare.starts_with(char::is_uppercase) {
        return true;
    }
    line.len() < 60 && (agency(bare).is_some_and(|a| a.wire) || is_agency_list(bare))
}

/// Whether `line` names in a few words the source of something: `Source: Harbour Office`.
pub(crate) fn is_source_line(line: &str) -> bool {
    line.len() < 160 && line.contains([':', '：']) && SOURCE.is_match(line)
}

/// Whether a line begins with a word that notices begin with, or names contributors.
fn may_be_notice(line: &str) -> bool {
    static FIRST: WordSet = WordSet::english(Fact::Notices, "first-word");
    let word = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let begins = FIRST.iter().any(|f| f.eq_ignore_ascii_case(word));
    // Most lines that begin with "the" are prose.
    let holds = |line: &str, it: &str| line.as_bytes().windows(it.len()).any(|w| w.eq_ignore_ascii_case(it.as_bytes()));
    let appeared = || holds(line, "appeared");
    let may_be = match word.to_ascii_lowercase().as_str() {
        "the" => appeared(),
        // So are most that begin with these: what else the openings hold there.
        "with" => ["from", "by"].iter().any(|it| holds(line, it)),
        "this" => {
            const ACTS: [&str; 11] = [
                "publish", "appear", "post", "ran", "print", "syndicat", "produc", "provid", "writ", "report", "compil",
            ];
            ACTS.iter().any(|it| holds(line, it))
        }
        _ => true,
    };
    begins && may_be || line.contains("contributed")
}

#[derive(Clone, Copy)]
enum Notice {
    /// One source stands behind.
    OriginAfter,
    /// People and agencies stand behind.
    NamesAfter,
    /// People and agencies stand before, from the beginning of the sentence.
    NamesBefore,
}

static KEYS: LazyLock<Vec<(&str, Notice)>> = LazyLock::new(|| {
    let kinds = [
        ("origin-after", Notice::OriginAfter),
        ("names-after", Notice::NamesAfter),
        ("names-before", Notice::NamesBefore),
    ];
    let list = Language::english().list(Fact::Notices);
    kinds.into_iter().flat_map(|(flag, kind)| list.with(flag).map(move |key| (key, kind))).collect()
});

static NOTICES: LazyLock<AhoCorasick> =
    LazyLock::new(|| automaton(&KEYS.iter().map(|(key, _)| key).collect::<Vec<_>>()));

static NOTICE_OPENINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(concat!(
        r"(?i)^(?:",
        r"this\s+(?:article|story|report|post|piece|column|essay|interview|item|version|feature|work)\s+(?:[^.]*?\s)?",
        r"(?:(?:originally|first)\s+(?:published|appeared|posted|ran)|re(?:published|printed|posted)\s|syndicated\s|appeared\s+(?:first|originally)|",
        r"(?:was|is)\s+(?:published|produced|provided|written|reported|compiled)\s+(?:by|in|on|at|from)\s)|",
        r"the\s+(?:post|article|story)\s.*appeared\s+first\s+(?:on|in)\s|",
        r"(?:originally|first)\s+(?:published|appeared|posted)\b|",
        r"re(?:published|printed|posted)\s+(?:from|with|by)\b|",
        r"(?:(?:with\s+)?(?:additional\s+)?(?:reporting|writing)\s+(?:by|from)|(?:reported|written|edited|editing)\s+by)\s+(?-i:[\p{Lu}\p{Ll}])|",
        r"compiled\s+(?:by|from)\b|",
        r"with\s+(?:agency\s+)?(?:inputs?|files|a\s+file|reports|reporting|information|material|agencies|assistance|help|additional\s+reporting)\s+(?:from|by)\b.*$|",
        r"read\s+(?:the\s+)?original\s+(?:article|story)|",
        r"[^.]+\bcontributed\s+(?:reporting|to\s+th(?:is|e)\s+(?:report|story|article|post|piece))",
        r")"
    ))
});

static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(
        r"(?i)^[(\[*_]*(?:sources?|news source|article source|original source|via|fuente|quelle|fonte|h/t|from|originally from|provided by|courtesy of|courtesy)\s*[:：]\s*(\S.*)$",
    )
});

static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern::compile(
        r"^[(\[*_]*(?i:from|by|with|reports?|story by|text by|words by)\s+(?:\p{Lu}|the \p{Lu}).*(?:\bof\b|\bfrom\b|\bat\b|\bfor\b)",
    )
});

/// The sentence or line around `from..to`: bytes, at most 400 to either side.
fn sentence_around(text: &str, from: usize, to: usize) -> (usize, usize) {
    let start = floor(text, from.saturating_sub(400));
    let before = &text[start..from];
    let begin = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let begin = before[begin..]
        .rmatch_indices(". ")
        .find(|(i, _)| !ends_in_initial(&before[begin..begin + i]))
        .map_or(begin, |(i, _)| begin + i + 2);
    let stop = floor(text, (to + 400).min(text.len()));
    let end = text[to..stop].find(['\n', '\r']).map_or(stop, |i| to + i);
    (start + begin, end)
}

/// Whether the sentence is about the article itself: in prose, books and studies are "originally published" as well.
fn opens_notice(lead: &str) -> bool {
    let lead = lead.trim_start();
    if lead.len() > 200 {
        return false;
    }
    let words: Vec<String> =
        lead.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase).collect();
    let known = words.iter().all(|w| OPENING.contains(w.as_str()));
    let post = words.starts_with(&["the".to_owned(), "post".to_owned()]);
    let report = words.iter().any(|w| w == "report") && !words.iter().any(|w| w == "this");
    (known && !report) || post
}

/// Whether only words of a credit line stand before: in prose, "reported by" says something else.
fn opens_credit(lead: &str) -> bool {
    let lead = lead.rsplit(['(', ';', '[']).next().unwrap_or_default();
    // "(… and reported by …)" goes on with what was said before.
    lead.trim() != "and"
        && lead
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .all(|w| CREDITING.contains(w.to_ascii_lowercase().as_str()))
}

fn ends_in_initial(text: &str) -> bool {
    let word = text.rsplit([' ', '(']).next().unwrap_or_default();
    word.chars().count() == 1 || matches!(word, "Mr" | "Ms" | "Mrs" | "Dr" | "Sr" | "Jr" | "St" | "U.S" | "U.K")
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The name of an outlet behind "published by", "appeared in": capitalised words up to the next small one.
fn name_after(text: &str, from: usize, to: usize) -> Option<Span> {
    let piece = text.get(from..to)?;
    let mut start = None;
    let mut end = 0;
    let mut kept = 0;
    let mut skipped = 0;
    let mut at = 0;
    for word in piece.split([' ', '\u{a0}', '\t']) {
        let word_start = at;
        at += word.len() + piece[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        let bare = word.trim_matches(|c: char| {
            matches!(c, ',' | ';' | ')' | '(' | ']' | '[' | '"' | '“' | '”' | '*' | '_' | ':' | '‘' | '’')
        });
        // A full stop ends the name, unless the word is made of initials: "U.S.".
        let initials = bare.split('.').all(|p| p.chars().count() <= 1);
        let bare = if initials { bare } else { bare.trim_end_matches('.') };
        let capital = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || (bare.contains('.') && bare.len() > 4 && !bare.starts_with('.'));
        let offset = word.find(bare).unwrap_or(0);
        if start.is_none() {
            let host = bare.contains('.') && !bare.contains(' ');
            // "published May 16, 2031, 8:12 AM ET": a clock is no outlet.
            let clock = matches!(bare, "AM" | "PM" | "A.M" | "P.M" | "A.M." | "P.M.")
                || zone::is_zone(bare) && piece[..word_start].bytes().any(|b| b.is_ascii_digit());
            if clock || weekday(bare).is_some() {
                continue;
            }
            if capital && !is_month(bare) && (!bare.starts_with(|c: char| c.is_ascii_digit()) || host) {
                start = Some(word_start + offset);
            } else if word.ends_with('.') && bare.len() == 4 && bare.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            } else if is_month(bare) || bare.bytes().any(|b| b.is_ascii_digit()) {
                // "on February 22, 2021, by …": dates are passed over.
            } else if matches!(bare, "headline" | "title" | "heading")
                || bare == "as"
                    && piece[at..].starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\''))
            {
                // "Originally published as Ferry aground": what it was called.
                return None;
            } else {
                skipped += 1;
                if skipped > 7 || word.ends_with(['.', ';']) {
                    return None;
                }
                continue;
            }
            if start.is_none() {
                continue;
            }
        } else if !(capital || is_connector(bare)) || bare.is_empty() || is_month(bare) {
            break;
        }
        let whose = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s"));
        if bare.starts_with(char::is_uppercase) || capital {
            end = word_start + offset + whose.unwrap_or(bare).len();
            kept += 1;
        }
        let stops = whose.is_some() && piece[at..].starts_with(char::is_lowercase)
            || word.ends_with([',', ';', ')', ']', ':'])
            || (word.ends_with('.') && !initials);
        if stops || kept > 8 {
            break;
        }
    }
    let start = start?;
    (end > start).then(|| Span::new(from + start, from + end))
}

/// `reporting by A in X and B; writing by C.`: names up to the end of the clause.
fn names_until(text: &str, from: usize, to: usize, out: &mut Vec<Declared>) {
    let Some(piece) = text.get(from..to) else { return };
    // Prose goes on in small letters: "reporting by local media". A list begins with a capital, "the" before it at most.
    let lead = piece.trim_start_matches([' ', ':', '\u{a0}']);
    let lead = lead.strip_prefix("the ").unwrap_or(lead);
    if !lead.starts_with(char::is_uppercase) {
        return;
    }
    let end = piece.find([';', ')', ']']).unwrap_or(piece.len());
    let end = piece[..end].match_indices(". ").find(|(i, _)| !ends_in_initial(&piece[..*i])).map_or(end, |(i, _)| i);
    name_list(text, from, from + end, out);
}

/// `Associated Press writers A in X and B in Y contributed …`
fn names_before(text: &str, from: usize, to: usize, out: &mut Vec<Declared>) {
    let Some(piece) = text.get(from..to) else { return };
    let piece = piece.trim_end();
    let piece = piece
        .strip_suffix(" also")
        .or_else(|| piece.strip_suffix(" has"))
        .or_else(|| piece.strip_suffix(" have"))
        .unwrap_or(piece);
    if !piece.trim_start_matches(['(', '[', '*', '_', '—', '–', '-', ' ', '\n']).starts_with(char::is_uppercase)
        || piece.len() > 300
    {
        return;
    }
    name_list(text, from, from + piece.len(), out);
}

/// `PORT ELLIS, Feb 22 (Wire) - `, `(Wire) — `, `PORT ELLIS, February 22. /WIRE/.`, `AFP - `
/// Bytes of the dateline that `line` opens with, as agency copy does, its dash included: `PORT ELLIS, March 3 (Wire) --`.
pub(crate) fn wire_dateline_end(line: &str) -> Option<usize> {
    if !line.as_bytes()[..line.len().min(120)].iter().any(|b| matches!(b, b'(' | b'/')) {
        return None;
    }
    let mut named = Vec::new();
    wire_dateline(line, Span::new(0, line.len()), &mut named);
    // A place in capitals before it makes a wire of a name that no list has.
    let place = line.split([' ', ',']).next().unwrap_or_default();
    let capitals = place.chars().count() > 2 && place.chars().all(char::is_uppercase);
    let is_wire = |d: &&Declared| capitals || agency(&d.name).is_some_and(|a| a.wire);
    let wire = named.iter().filter(is_wire).map(|d| d.span.end()).max()?;
    let behind = line[wire..].find(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '‘' | '\''))?;
    let mark = line[wire..wire + behind].trim_end();
    mark.ends_with(['-', '–', '—', ':', '.', '/', '_']).then_some(wire + mark.len())
}

fn wire_dateline(text: &str, line: Span, out: &mut Vec<Declared>) {
    static PAREN: LazyLock<Regex> =
        LazyLock::new(|| pattern::compile(r"^[^()\n]*?\(([^()\n]+)\)\s?(?:--|[-–—:]|\s[-–—:])"));
    static SLASH: LazyLock<Regex> = LazyLock::new(|| pattern::compile(r"^\p{Lu}[^/\n]+\. ?/(\p{Lu}[\p{L} -]+)/"));
    static PLAIN: LazyLock<Regex> =
        LazyLock::new(|| pattern::compile(r"^(?:\p{Lu}[\p{L}.' ]+[,:] )?(\p{L}[\p{L} ]*?)\s?(?:--|[–—]|\s-)\s"));
    let piece = line.text(text);
    let head = &piece[..floor(piece, piece.len().min(180))];
    if !head.bytes().any(|b| matches!(b, b'(' | b'/' | b'-' | 0xe2)) {
        return;
    }
    let at = |m: regex::Match<'_>| Span::new(line.start() + m.start(), line.start() + m.end());
    if let Some(found) = wire_match(head, &PAREN, &SLASH) {
        // The place before it is in capitals or carries a date, or there is none: "(Wire) -".
        let before = &head[..found.start().saturating_sub(1)];
        let place_like = before.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count() <= 1
            && !before.starts_with(char::is_lowercase);
        if place_like {
            for part in split_keeping(found.as_str(), &['/', ',']) {
                let span = Span::new(at(found).start() + part.start, at(found).start() + part.end).trimmed(text);
                let name = span.text(text);
                let upper = name.chars().all(|c| c.is_uppercase() || c.is_whitespace()) && name.len() <= 8;
                let titled = name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
                    && name.split_whitespace().count() <= 4;
                // "(ALBANY, N.Y.) —": with nothing before it, the place may stand there.
                let house = name.contains(".com") || name.split_whitespace().any(is_organisation_word);
                if agency(name).is_some() || ((upper || titled) && !before.is_empty()) || titled && house {
                    push(out, text, span, DeclaredKind::Agency);
                }
            }
        }
    } else if let Some(found) = PLAIN.captures(head).and_then(|c| c.get(1))
        && found.as_str().len() <= 26
        && agency(found.as_str()).is_some_and(|a| a.wire)
        && (found.as_str().chars().all(char::is_uppercase) || found.as_str().len() > 2)
    {
        push(out, text, at(found), DeclaredKind::Agency);
    }
}

/// The agency in a dateline's parentheses or slashes; the patterns run only where such marks stand near the beginning.
fn wire_match<'a>(head: &'a str, parentheses: &Regex, slashes: &Regex) -> Option<regex::Match<'a>> {
    let found = match head.bytes().find(|b| matches!(b, b'(' | b'/'))? {
        b'(' => parentheses.captures(head),
        _ => slashes.captures(head),
    };
    found.and_then(|c| c.get(1)).filter(|m| (2..=50).contains(&m.len()) && m.start() <= 82)
}

fn split_keeping(text: &str, separators: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, c) in text.match_indices(separators) {
        out.push(start..i);
        start = i + c.len();
    }
    out.push(start..text.len());
    out
}

/// `(Reuters)`, `— AFP`, `/dpa` at the end of a line.
fn sign_off(text: &str, line: Span, closing: bool, out: &mut Vec<Declared>) {
    let piece = line.text(text);
    let whole = piece.trim_end_matches('.');
    if let Some(names) = closing.then(|| compiled(piece).or(Some(whole).filter(|it| is_agency_list(it)))).flatten() {
        let base = line.start() + (names.as_ptr() as usize - piece.as_ptr() as usize);
        for part in split_keeping(names, &['/', ',', '&']) {
            let mut from = part.start;
            for name in names[part].split(" and ") {
                push(out, text, Span::new(base + from, base + from + name.len()), DeclaredKind::Agency);
                from += name.len() + " and ".len();
            }
        }
        return;
    }
    if let Some(inner) = piece.strip_suffix(')').or_else(|| piece.strip_suffix(").")) {
        let Some(open) = inner.rfind('(').filter(|o| inner.len() - o <= 70) else { return };
        if open == 0 && !is_agency_list(&inner[1..]) {
            return;
        }
        let names = &inner[open + 1..];
        // "the state-run Korean Central News Agency (KCNA)": short for what stands before.
        let before = inner[..open].trim_end();
        let initials = before.len() <= 12 && !before.contains(' ');
        let sentence = initials || before.ends_with(|c: char| !c.is_alphanumeric());
        if sentence && is_agency_list(names) {
            for part in split_keeping(names, &['/', ',', '&']) {
                let from = line.start() + open + 1;
                push(out, text, Span::new(from + part.start, from + part.end), DeclaredKind::Agency);
            }
        }
    } else if closing {
        let dash =
            piece.rfind(['—', '–']).or_else(|| piece.rfind(" -").map(|i| i + 1)).or_else(|| piece.rfind(['-', '/']));
        let (from, spaced) = match dash.filter(|at| piece.len() - at <= 50) {
            Some(at) => {
                let spaced = at == 0 || piece[..at].ends_with([' ', '.', '"', '”']) || !piece[at..].starts_with('-');
                (at + piece[at..].chars().next().map_or(1, char::len_utf8), spaced)
            }
            None => (0, true),
        };
        let names = piece[from..].trim_end_matches('.');
        if spaced && is_agency_list(names) {
            for part in split_keeping(names, &['/', ',', '&']) {
                let base = line.start() + from;
                push(out, text, Span::new(base + part.start, base + part.end), DeclaredKind::Agency);
            }
        }
    }
}

/// The agencies of `(Harbour Courier with AFP and Reuters)`: what a desk added to its own.
fn compiled(line: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let inner = line.trim_end_matches('.').strip_prefix('(')?.strip_suffix(')').filter(|it| it.len() <= LONGEST)?;
    let (house, names) = inner.split_once(" with ")?;
    (house.split_whitespace().all(|w| w.starts_with(char::is_uppercase)) && is_agency_list(names)).then_some(names)
}

fn is_agency_list(text: &str) -> bool {
    let mut parts =
        text.split(['/', ',', '&']).flat_map(|p| p.split(" and ")).map(str::trim).filter(|p| !p.is_empty()).peekable();
    parts.peek().is_some()
        && parts.all(|p| {
            agency(p).is_some_and(|a| a.wire) && p.starts_with(char::is_uppercase) || p == "dpa" || p == "Agencies"
        })
}

/// `Source: X`, `Via: X, Y`
fn source_line(text: &str, line: Span, out: &mut Vec<Declared>) {
    let piece = line.text(text);
    // Its label is short.
    if !piece[..floor(piece, piece.len().min(40))].contains([':', '：']) {
        return;
    }
    let Some(rest) = SOURCE.captures(piece).and_then(|c| c.get(1)) else { return };
    let list = rest.as_str().trim_end_matches([')', ']', '.', '*', '_', ' ']);
    let base = line.start() + rest.start();
    if let Some(host) = host(list) {
        return push(out, text, Span::new(base + host.start, base + host.end), DeclaredKind::Origin);
    }
    let parts = split_keeping(list, &[',', ';', '|']);
    let single = parts.len() == 1;
    for part in parts {
        let span = Span::new(base + part.start, base + part.end).trimmed(text);
        // "The Quay and news agencies": who else was read is not named.
        let lower = span.text(text).to_ascii_lowercase();
        let alone = lower.strip_suffix(" and news agencies").or_else(|| lower.strip_suffix(" and agencies"));
        let span = alone.map_or(span, |alone| Span::new(span.start(), span.start() + alone.len()));
        let name = span.text(text);
        let words = name.split_whitespace().count();
        if words == 0
            || words > 8
            || name.contains(':')
            || !name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == 'd')
        {
            continue;
        }
        // "Source: World Health Office (beds)" stands under a chart: who counted, not who reported.
        let span = name.find(" (").map_or(span, |cut| Span::new(span.start(), span.start() + cut));
        let whole = single && span.text(text) == name && !name.split_whitespace().any(counts);
        push(out, text, span, if whole { DeclaredKind::Origin } else { DeclaredKind::Agency });
    }
}

/// Words of the names of bodies that publish figures.
fn counts(word: &str) -> bool {
    matches!(
        word,
        "Administration"
            | "Association"
            | "Bank"
            | "Board"
            | "Census"
            | "Center"
            | "Centre"
            | "Commission"
            | "Committee"
            | "Council"
            | "Department"
            | "Federation"
            | "Fund"
            | "Institute"
            | "Ministry"
            | "Nations"
            | "Office"
            | "Organisation"
            | "Organization"
            | "Poll"
            | "Statistics"
            | "Survey"
            | "Union"
            | "University"
    )
}

/// The bytes of the host in a lone web address.
fn host(address: &str) -> Option<std::ops::Range<usize>> {
    let start = address.find("://").map_or(0, |i| i + 3);
    let start = start + if address[start..].starts_with("www.") { 4 } else { 0 };
    let end = address[start..].find(['/', '?', ' ']).map_or(address.len(), |i| start + i);
    let host = &address[start..end];
    let looks = host.contains('.')
        && !host.contains(' ')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    (looks && (start > 0 || address.split_whitespace().count() == 1)).then_some(start..end)
}

/// `(From A and B of C and D, from E)`
fn people_of(text: &str, line: Span, out: &mut Vec<Declared>) {
    let piece = line.text(text);
    let Some(found) = PEOPLE.find(piece) else { return };
    if !piece.starts_with(['(', '[', '*', '_']) && piece.len() > 200 {
        return;
    }
    let opening = piece.find(|c: char| c.is_alphabetic()).unwrap_or(0);
    let first = opening + piece[opening..].find(' ').unwrap_or(0);
    let list = piece[first..].trim_end_matches([')', ']', '.', ' ', '*', '_']);
    let small = list
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_lowercase) && !is_connector(w) && !matches!(*w, "from" | "at" | "with"))
        .count();
    if small == 0 && found.start() == 0 {
        let mut named = Vec::new();
        name_list(text, line.start() + first, line.start() + first + list.len(), &mut named);
        // Without marks it may be a headline: "With Reyd, the Benefit of the Doubt Is Gone".
        if piece.starts_with(['(', '[', '*', '_']) || named.iter().any(|it| agency(&it.name).is_some()) {
            named.into_iter().for_each(|it| push(out, text, it.span, it.kind));
        }
    }
}

/// The display name before `(@handle)` at `at`, if a dash stands before it: the attribution of an embedded post.
fn post_author(text: &str, at: usize) -> Option<Span> {
    let before = &text[floor(text, at.saturating_sub(90))..at];
    let base = at - before.len();
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    let dash = before[line..].rfind(['—', '–']).or_else(|| before[line..].rfind("- ")).map(|i| line + i)?;
    let mark = before[dash..].chars().next().map_or(1, char::len_utf8);
    let close = text[at..].find(')').filter(|c| *c <= 30)?;
    let handle = &text[at + 2..at + close];
    let valid = !handle.is_empty() && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let span = Span::new(base + dash + mark, at).trimmed(text);
    (valid && !span.is_empty()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> String {
        let mut out = Vec::new();
        in_text(line, &mut out);
        in_line(line, Span::new(0, line.len()), true, true, &mut out);
        out.sort_by_key(|d| (d.span, d.kind));
        out.iter().map(|d| format!("{}={}", d.kind.as_str(), d.name)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn wordings_of_the_trade() {
        for (line, wanted) in [
            (
                "This article was originally published by Radio Harbour/Radio Quay and is reprinted with permission.",
                "origin=Radio Harbour/Radio Quay",
            ),
            (
                "This story was originally published on February 22, 2021 by The Harbour Gazette.",
                "origin=The Harbour Gazette",
            ),
            ("This article is republished from The Quay under a Creative Commons license.", "origin=The Quay"),
            ("The post Ferry runs aground appeared first on Harbour Daily.", "origin=Harbour Daily"),
            ("This story first appeared on harbournews.example.", "origin=harbournews.example"),
            ("PORT ELLIS, Feb 22 (Reuters) - A ferry ran aground.", "agency=Reuters"),
            ("PORT ELLIS (AP) — A ferry ran aground.", "agency=AP"),
            ("(Reuters) - A ferry ran aground.", "agency=Reuters"),
            ("PORT ELLIS, February 22. /TASS/. A ferry ran aground.", "agency=TASS"),
            ("New Ellis [Harbourland], February 22 (ANI): A ferry ran aground.", "agency=ANI"),
            ("A ferry ran aground, the port said. (Reuters)", "agency=Reuters"),
            ("A ferry ran aground, the port said. - AFP", "agency=AFP"),
            ("A ferry ran aground, the port said. — AFP/Reuters", "agency=AFP; agency=Reuters"),
            ("Reuters", "agency=Reuters"),
            ("— With assistance from Ann Lee and Bo Berg", "author=Ann Lee; author=Bo Berg"),
            ("AFP/Reuters", "agency=AFP; agency=Reuters"),
            ("Agence France-Presse", "agency=Agence France-Presse"),
            ("(Harbour Courier with AFP and Reuters)", "agency=AFP; agency=Reuters"),
            ("Source: Quay Brasil", "origin=Quay Brasil"),
            ("Source: https://www.harbour.example/ferry", "origin=harbour.example"),
            ("Source: World Harbour Organization", "agency=World Harbour Organization"),
            ("Source: HBO (beds), Ferryboard (boats)", "agency=HBO; agency=Ferryboard"),
            ("This piece was originally published in New Harbour's digital magazine.", "origin=New Harbour"),
            ("(CNSNews.com) - A ferry ran aground.", "agency=CNSNews.com"),
            (
                "Additional reporting by Ann Lee from Kerala and Bo Berg at the United Nations",
                "author=Ann Lee; author=Bo Berg",
            ),
            ("SOURCE: QUAY NEWS AND NEWS AGENCIES", "origin=QUAY NEWS"),
            ("Sources: AP, Reuters", "agency=AP; agency=Reuters"),
            (
                "(From Ann Lee and Bo Berg of Reuters and Cy Dahl, from CNN)",
                "author=Ann Lee; author=Bo Berg; agency=Reuters; author=Cy Dahl; agency=CNN",
            ),
            (
                "(Reporting by Ann Lee in Port Ellis; Additional reporting by Bo Berg and Cy Dahl; Editing by Di Eck)",
                "author=Ann Lee; author=Bo Berg; author=Cy Dahl",
            ),
            ("With reporting by AFP, Reuters and Ann Lee", "agency=AFP; agency=Reuters; author=Ann Lee"),
            (
                "Additional reporting by Maria Lee, Jan Hale and April Berg",
                "author=Maria Lee; author=Jan Hale; author=April Berg",
            ),
            ("The Associated Press contributed to this report.", "agency=The Associated Press"),
            (
                "Associated Press writers Ann Lee in Port Ellis and Bo Berg in Quayside contributed to this report.",
                "agency=Associated Press; author=Ann Lee; author=Bo Berg",
            ),
            (
                "Quay News Channel's Ann Lee and Bo Berg contributed to this report.",
                "agency=Quay News Channel; author=Ann Lee; author=Bo Berg",
            ),
            ("With files from The Canadian Press", "agency=The Canadian Press"),
            ("(With inputs from PTI and agencies)", "agency=PTI"),
            ("With inputs from Press Trust of India and AFP", "agency=Press Trust of India; agency=AFP"),
            ("The ferry is off. pic.example/1— Quay Radio (@quayradio) February 22, 2021", "post=Quay Radio"),
        ] {
            assert_eq!(found(line), wanted, "{line}");
        }
    }

    #[test]
    fn where_the_account_begins_behind_a_wire_dateline() {
        for (line, account) in [
            ("PORT ELLIS, Feb 22 (Reuters) - A ferry ran aground.", Some("A ferry ran aground.")),
            ("PORT ELLIS (AP) — “A ferry”, he said.", Some("“A ferry”, he said.")),
            ("PORT ELLIS, February 22. /TASS/. A ferry ran aground.", Some("A ferry ran aground.")),
            ("QUAYSIDE, March 3 (Quay Wire) - A ferry ran aground.", Some("A ferry ran aground.")),
            ("A ferry (Reuters has a picture) ran aground.", None),
            ("A ferry ran aground.", None),
        ] {
            assert_eq!(wire_dateline_end(line).map(|end| line[end..].trim_start()), account, "{line}");
        }
    }

    #[test]
    fn prose_declares_nothing() {
        for line in [
            "This story was originally published May 16, 2031, 8:12 AM.",
            "This story was originally published Monday, May 16, 2031 at 8:12 AM ET.",
            "Originally published as Ferry off course at Quay Point.",
            "The study was originally published in 2019 and has been criticised.",
            "He said reporting by local media was wrong.",
            "The car was produced by Ford in 1962.",
            "The study, originally published in Nature, was withdrawn.",
            "Her first novel was first published in London.",
            "The dossier written by Mr. Doe was first reported by Reuters.",
            "According to numbers compiled by the Center for Harbour Science, ships are late.",
            "The mayor (a former sailor) said so.",
            "Rain and snow contributed to this disaster.",
            "From Monday the ferry sails again.",
            "(ALBANY, N.Y.) — A ferry ran aground.",
            "annl (Ann Lee, harbour editor): Last Monday the ferry sailed.",
            "He sails for a lumber firm (and reported by NBC).",
            "They struck the border at Rabia, says the BBC's Ann Lee in Port Ellis, and were late to contribute.",
            "With Reyd, the Benefit of the Doubt Is Gone",
            "This article was originally published on January 25, 2016. It has been updated.",
            "Originally published under the headline \"It's Okay to Sail\", the online version changed.",
            "It was said by the state-run Korean Central News Agency (KCNA).",
        ] {
            assert_eq!(found(line), "", "{line}");
        }
    }
}
