//! A sentence as a row of words, digits and marks.

use super::{Role, role};
use rashomon_model::Span;

/// One word, run of digits or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) role: Role,
    /// Whether no white space stands before it.
    pub(super) joined: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether a quantity can begin here.
    pub(super) number: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Word,
    /// Digits with their grouping and decimals, and their value.
    Digits(f64),
    Mark,
}

/// Appends the pieces of `span` to `out`.
pub(super) fn pieces(text: &str, span: Span, out: &mut Vec<Piece>) {
    let end = span.end();
    let mut i = span.start();
    let mut joined = false;
    let mut lower = String::new();
    while let Some(c) = text.get(i..end).and_then(|t| t.chars().next()) {
        let from = i;
        if c.is_whitespace() {
            joined = false;
            i += c.len_utf8();
            continue;
        }
        let (kind, role) = if c.is_ascii_digit() {
            let (value, to) = digits(text.as_bytes(), i, end);
            i = to;
            // "2½".
            let part = text[i..end].chars().next().and_then(|c| Some((fraction(c)?, c.len_utf8())));
            let (part, length) = part.unwrap_or_default();
            i += length;
            (Kind::Digits(value + part), Role::None)
        } else if let Some(value) = fraction(c) {
            i += c.len_utf8();
            (Kind::Digits(value), Role::None)
        } else if c.is_alphabetic() {
            // Most words are of ASCII.
            i += text.as_bytes()[i..end].iter().take_while(|it| it.is_ascii_alphabetic()).count();
            if !text.as_bytes()[i..end].first().is_none_or(u8::is_ascii) {
                i += text[i..end].char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(end - i, |(n, _)| n);
            }
            lower.clear();
            if i - from <= 16 {
                lower.push_str(&text[from..i]);
                lower.make_ascii_lowercase();
            }
            (Kind::Word, role(&lower))
        } else {
            i += c.len_utf8();
            (Kind::Mark, role(&text[from..i]))
        };
        let number = matches!(kind, Kind::Digits(_))
            || matches!(
                role,
                Role::Count(_) | Role::Article | Role::Few | Role::Many(_) | Role::Half | Role::Nobody | Role::No
            );
        out.push(Piece { span: Span::new(from, i), kind, role, joined, capital: c.is_uppercase(), number });
        joined = true;
    }
}

/// The value of a fraction that is one character, by its place in Unicode (Latin-1 Supplement, Number Forms).
fn fraction(c: char) -> Option<f64> {
    let nth = |first: char| f64::from(u32::from(c) - u32::from(first) + 1);
    match c {
        '¼'..='¾' => Some(nth('¼') / 4.0),
        '⅓' | '⅔' => Some(nth('⅓') / 3.0),
        '⅕'..='⅘' => Some(nth('⅕') / 5.0),
        '⅛'..='⅞' => Some((2.0 * nth('⅛') - 1.0) / 8.0),
        _ => None,
    }
}

/// The value of the digits at `from` and where they end: "1,234.5", "1,90,000".
fn digits(bytes: &[u8], from: usize, end: usize) -> (f64, usize) {
    let digit = |k: usize| k < end && bytes[k].is_ascii_digit();
    let mut value = 0.0;
    let mut i = from;
    let run = |mut k: usize| {
        while digit(k) {
            k += 1;
        }
        k
    };
    while i < end {
        if bytes[i].is_ascii_digit() {
            value = value * 10.0 + f64::from(bytes[i] - b'0');
            i += 1;
        } else if bytes[i] == b',' && i - from <= 12 {
            // Groups of three, or of two before a last one of three.
            let group = run(i + 1) - (i + 1);
            let more = i + 1 + group < end && bytes[i + 1 + group] == b',' && digit(i + 2 + group);
            if group == 3 || (group == 2 && more) {
                i += 1;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    if let Some((value, to)) = dotted(bytes, from, end) {
        return (value, to);
    }
    if i + 1 < end && bytes[i] == b'.' && digit(i + 1) {
        let to = run(i + 1);
        // A second dot makes it a version or an address.
        if !(to + 1 < end && bytes[to] == b'.' && digit(to + 1)) {
            let mut place = 0.1;
            for b in &bytes[i + 1..to] {
                value += f64::from(b - b'0') * place;
                place /= 10.0;
            }
            // Decimal fractions as one would type them: 1.1, not 1.1000000000000001.
            let typed = std::str::from_utf8(&bytes[from..to]).ok().and_then(|t| t.replace(',', "").parse().ok());
            return (typed.unwrap_or(value), to);
        }
    }
    (value, i)
}

/// The value of digits whose groups of three are parted by dots, and where they end: "1.250.000". With one dot alone they are a
/// decimal fraction, with four groups they may be an address.
fn dotted(bytes: &[u8], from: usize, end: usize) -> Option<(f64, usize)> {
    let run = |from: usize| bytes[from..end].iter().take_while(|b| b.is_ascii_digit()).count();
    let first = run(from);
    if !(1..=3).contains(&first) || bytes[from] == b'0' {
        return None;
    }
    let mut to = from + first;
    let mut groups = 1;
    while to + 4 <= end && bytes[to] == b'.' && run(to + 1) == 3 {
        to += 4;
        groups += 1;
    }
    let alone = !(to + 1 < end && matches!(bytes[to], b'.' | b',') && bytes[to + 1].is_ascii_digit());
    let value = bytes[from..to].iter().filter(|b| b.is_ascii_digit()).fold(0.0, |n, b| n * 10.0 + f64::from(b - b'0'));
    (groups == 3 && alone).then_some((value, to))
}
