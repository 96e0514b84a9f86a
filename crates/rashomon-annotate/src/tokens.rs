//! Where words, numbers and punctuation marks begin and end.
//!
//! The conventions are those of the Penn Treebank in the form GUM and OntoNotes use: contractions are two tokens
//! ("do" "n't", "Smith" "'s"), abbreviations keep their stop, hyphenated words are split at the hyphen ("six" "-" "member")
//! but for prefixes ("anti-war"), a sum of money is its sign and its amount ("$" "1.5bn"). Addresses, handles and hash
//! tags are one token each; so are runs of dots ("...") and dashes ("--").

use crate::{Tag, Token};
use rashomon_language::{Fact, Language, List};
use rashomon_model::Span;
use std::sync::LazyLock;
use unicode_normalization::char::is_combining_mark;

/// Appends the tokens of `text[span]` to `out`, all tagged [`Tag::Other`].
///
/// Every character that is not white space lies in exactly one token.
pub(crate) fn tokenize(text: &str, span: Span, out: &mut Vec<Token>) {
    let text = &text[..span.end()];
    let bytes = text.as_bytes();
    let mut at = span.start();
    let mut spaced = true;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b' ' || (9..=13).contains(&byte) {
            at += 1;
            spaced = true;
            continue;
        }
        // A plain word between spaces needs no care.
        if byte.is_ascii_alphabetic() {
            let mut end = at + 1;
            while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
                end += 1;
            }
            if bytes.get(end).is_none_or(|b| *b == b' ' || *b == b'\n') {
                push_word(text, at, end, out);
                at = end;
                spaced = false;
                continue;
            }
        }
        let c = char_at(text, at);
        if c.is_whitespace() {
            at += c.len_utf8();
            spaced = true;
            continue;
        }
        let end = if starts_word(text, at, c, spaced) {
            let end = word_end(text, at);
            push_word(text, at, end, out);
            end
        } else {
            let end = mark_end(text, at, c, spaced);
            push(at, end, out);
            end
        };
        at = end;
        spaced = false;
    }
}

static ABBREVIATIONS: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::Abbreviations));
static PREFIXES: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::JoinedPrefixes));
static DOMAINS: LazyLock<&List> = LazyLock::new(|| Language::shared().list(Fact::Domains));

/// What a stop after a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// The word is none: the stop ends the sentence.
    None,
    /// The word stands before a name or number: the sentence goes on.
    BeforeName,
    /// The stop may end the sentence too.
    Anywhere,
    /// One letter with its stop.
    Initial,
}

/// Whether `word`, without its stop, is an abbreviation.
pub(crate) fn abbreviation(word: &str) -> Abbreviation {
    let bytes = word.as_bytes();
    if bytes.len() > 8 || bytes.is_empty() {
        return Abbreviation::None;
    }
    if bytes.len() == 1 && bytes[0].is_ascii_uppercase() {
        return Abbreviation::Initial;
    }
    let dotted = word.contains('.');
    let mut lower = [0u8; 8];
    for (to, from) in lower.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
    }
    let Ok(lower) = std::str::from_utf8(&lower[..bytes.len()]) else { return Abbreviation::None };
    let capital = bytes[0].is_ascii_uppercase();
    let flags = ABBREVIATIONS.get(lower).unwrap_or_default();
    if !dotted && !capital && flags.contains("also-word") {
        return Abbreviation::None;
    }
    if flags.contains("before-name") {
        return if capital || matches!(lower, "vs" | "v" | "e.g" | "i.e" | "cf" | "ca" | "approx" | "pp" | "al") {
            Abbreviation::BeforeName
        } else {
            Abbreviation::None
        };
    }
    if flags.contains("anywhere") {
        return Abbreviation::Anywhere;
    }
    // U.S.S. and other runs of single letters.
    if dotted && word.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic)) {
        return Abbreviation::Anywhere;
    }
    Abbreviation::None
}

/// Whether `c` is one of the marks that stand for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | 'ʼ' | '´')
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')))
}

fn push(start: usize, end: usize, out: &mut Vec<Token>) {
    out.push(Token { span: Span::new(start, end), tag: Tag::Other });
}

/// Whether a word, not a mark, begins at `at`.
fn starts_word(text: &str, at: usize, c: char, spaced: bool) -> bool {
    if is_word_char(c) {
        return true;
    }
    let next = char_at(text, at + c.len_utf8());
    match c {
        '@' | '#' => next.is_alphanumeric() || (c == '@' && next == '_'),
        '.' => spaced && next.is_ascii_digit(),
        _ if is_apostrophe(c) => {
            let rest = &text[at + c.len_utf8()..];
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = &rest[..length];
            if spaced {
                matches!(
                    word,
                    "em" | "til" | "tis" | "Tis" | "twas" | "Twas" | "cause" | "n" | "bout" | "ll" | "re" | "ve"
                ) || (word.len() == 3 && word.ends_with('s') && word.as_bytes()[0].is_ascii_digit())
            } else {
                // After a closing mark: (EU)'s.
                matches!(word, "s" | "S" | "re" | "ve" | "ll" | "d" | "m") && c != '`'
            }
        }
        _ => false,
    }
}

/// End of the mark, or run of equal marks, that begins at `at`.
fn mark_end(text: &str, at: usize, c: char, spaced: bool) -> usize {
    let run = |same: fn(char) -> bool| {
        let rest = &text[at..];
        at + rest.find(|c: char| !same(c)).unwrap_or(rest.len())
    };
    let one = at + c.len_utf8();
    match c {
        '.' => run(|c| c == '.'),
        '-' => run(|c| c == '-'),
        '!' | '?' => run(|c| matches!(c, '!' | '?')),
        '`' if text[one..].starts_with('`') => one + 1,
        '\'' if text[one..].starts_with('\'') => one + 1,
        '[' if text[at..].starts_with("[...]") => at + 5,
        '[' if text[at..].starts_with("[…]") => at + "[…]".len(),
        '=' | '*' | '_' | '~' | '…' if spaced => run(match c {
            '=' => |c| c == '=',
            '*' => |c| c == '*',
            '_' => |c| c == '_',
            '~' => |c| c == '~',
            _ => |c| c == '…',
        }),
        _ => one,
    }
}

/// End of the word that begins at `start`, before contractions are split off.
fn word_end(text: &str, start: usize) -> usize {
    let first = char_at(text, start);
    let rest = &text[start..];
    if matches!(first, 'h' | 'H' | 'w' | 'W') && is_address(rest) {
        return address_end(text, start);
    }
    let mut at = start + first.len_utf8();
    let handle = matches!(first, '@' | '#');
    if first == '.' {
        at = start + 1;
    }
    let bytes = text.as_bytes();
    let mut piece = if is_word_char(first) { start } else { at };
    loop {
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        if at >= bytes.len() {
            return bytes.len();
        }
        let c = char_at(text, at);
        if is_word_char(c) {
            at += c.len_utf8();
            continue;
        }
        let after = at + c.len_utf8();
        let next = if after < text.len() { char_at(text, after) } else { ' ' };
        let before = bytes[at - 1];
        let next_is_word = is_word_char(next);
        let goes_on = match c {
            _ if handle => c == '_',
            '.' => {
                let word = &text[start..at];
                if matches!(word, "No" | "Nos" | "no" | "nos")
                    && text[after..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit())
                {
                    return after;
                }
                if next == '.' && text[after..].starts_with("..")
                    || (next == '.' && abbreviation(word) == Abbreviation::None)
                {
                    return at;
                }
                // "VOWG_p.DE" is one code of an exchange.
                let digits =
                    before.is_ascii_digit() && next.is_ascii_digit() || word.contains('_') && next.is_ascii_uppercase();
                if !digits && !joins(text, start, piece, at, after, next) {
                    return if abbreviation(word) == Abbreviation::None { at } else { after };
                }
                if !digits && is_domain(&text[after..]) && text[after..].find('/').is_some_and(|i| i < 4) {
                    return address_end(text, start);
                }
                true
            }
            ',' | ':' => before.is_ascii_digit() && next.is_ascii_digit(),
            '\'' | '’' | 'ʼ' => next_is_word && next.is_alphabetic(),
            '&' => before.is_ascii_uppercase() && next.is_ascii_uppercase(),
            '-' | '\u{2010}' | '\u{2011}' => next_is_word && keeps_hyphen(&text[start..at]),
            '/' => {
                next_is_word && (before.is_ascii_digit() && next.is_ascii_digit() || at - piece == 1 && piece == start)
            }
            '_' => next_is_word || next == '_',
            '@' => next_is_word,
            '$' => {
                return if next.is_ascii_digit() && before.is_ascii_uppercase() { after } else { at };
            }
            _ => false,
        };
        if !goes_on {
            return at;
        }
        at = after;
        piece = after;
    }
}

/// Characters of a mailbox before its "@", at most (RFC 5321, 4.5.3.1.1).
const LOCAL_PART: usize = 64;

/// Whether the stop at `at` is inside a word: `U.S`, `example.com`, but not `said.The`.
fn joins(text: &str, start: usize, piece: usize, at: usize, after: usize, next: char) -> bool {
    if !is_word_char(next) {
        return false;
    }
    let left = &text[piece..at];
    let rest = &text[after..];
    let length = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
    let right = &rest[..length];
    if is_domain(rest) && left.bytes().all(|b| b.is_ascii_alphanumeric()) && left.len() > 1 {
        return true;
    }
    // "Ada.Stone@port.example".
    let mut local = rest.char_indices().take(LOCAL_PART);
    let mailbox = local.find(|(_, c)| !(is_word_char(*c) || matches!(c, '.' | '-' | '_' | '+')));
    if mailbox.is_some_and(|(i, c)| c == '@' && rest[i + 1..].starts_with(char::is_alphanumeric)) {
        return true;
    }
    let single = left.chars().count() == 1;
    if single && left.starts_with(char::is_alphabetic) {
        // U.S, p.m; the last letter of U.S before a word that was glued to it ends the word.
        return right.chars().count() == 1 || (piece == start && right.len() <= 3 && next.is_lowercase());
    }
    if abbreviation(&text[start..at]) != Abbreviation::None && !matches!(left, "Ph" | "W") {
        return false;
    }
    let lower = |c: char| c.is_lowercase() || c.is_ascii_digit();
    let capitalised = next.is_uppercase() && (right.chars().nth(1).is_none_or(char::is_lowercase));
    // "saw it.She ran", but "St.Ives".
    let least = if piece == start && left.bytes().all(|b| b.is_ascii_lowercase()) { 2 } else { 3 };
    !(left.chars().next_back().is_some_and(lower) && capitalised && left.chars().count() >= least)
}

/// Whether `rest` begins with a top-level domain that ends there.
fn is_domain(rest: &str) -> bool {
    let length = rest.bytes().take(5).take_while(u8::is_ascii_lowercase).count();
    let ends = rest.as_bytes().get(length).is_none_or(|b| !b.is_ascii_alphanumeric());
    (2..=4).contains(&length) && ends && DOMAINS.contains(&rest[..length])
}

fn is_address(rest: &str) -> bool {
    let starts = |p: &str| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p));
    starts("http://") || starts("https://") || starts("www.")
}

fn address_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stops = |c: char| c.is_whitespace() || matches!(c, '—' | '–' | '"' | '“' | '”' | '‘' | '’' | '<' | '>' | '…');
    let length = rest.find(stops).unwrap_or(rest.len());
    let trimmed = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '}']);
    start + trimmed.len().max(1)
}

/// Whether a hyphen after `word` does not split: after prefixes.
fn keeps_hyphen(word: &str) -> bool {
    word.len() <= 7 && word.is_ascii() && PREFIXES.contains(&word.to_ascii_lowercase())
}

/// Appends the token or tokens of one word: contractions are two.
fn push_word(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let word = &text[start..end];
    let bytes = word.as_bytes();
    let split = match bytes.len() {
        5 if word.eq_ignore_ascii_case("gonna")
            || word.eq_ignore_ascii_case("gotta")
            || word.eq_ignore_ascii_case("wanna") =>
        {
            Some(3)
        }
        6 if word.eq_ignore_ascii_case("cannot") => Some(3),
        3.. => contraction(word),
        _ => None,
    };
    match split {
        Some(at) => {
            push(start, start + at, out);
            push(start + at, end, out);
        }
        None => push(start, end, out),
    }
}

/// Where a contraction splits: `do|n't`, `Smith|'s`.
fn contraction(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    // The apostrophe stands two or three letters before the end.
    let tail = bytes.len() - 6.min(bytes.len());
    if bytes[tail..].iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let suffix = &word[at + mark.len_utf8()..];
    if at == 0 {
        return None;
    }
    let is = |s: &str| suffix.eq_ignore_ascii_case(s);
    if is("t") && matches!(bytes[at - 1], b'n' | b'N') && at > 1 {
        return Some(at - 1);
    }
    (is("s") || is("m") || is("d") || is("re") || is("ve") || is("ll")).then_some(at)
}
