//! The article's text as a row of words with their class, cut at sentence ends.
//!
//! Finer than tokens, of which "9.30pm" and "2014-15" are one each; what the tagger knows of a token is taken from it.

use super::lexicon::{Class, PAST_AUXILIARIES, SCHEDULED, UNCHANGED, Verb, class};
use crate::{Annotated, Tag, Token};
use rashomon_model::Span;

/// One word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub(super) span: Span,
    /// What it can mean for time.
    pub(super) class: Class,
    /// Whether no white space stands before it.
    pub(super) joined: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether it is a past form that tells what was done, and no participle that describes a noun.
    pub(super) told: bool,
}

/// The words of all sentences of an article, with a [`Class::Break`] after each sentence.
pub(super) fn words(it: &Annotated) -> Vec<Word> {
    let text = it.article.text.as_str();
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut last_end = 0;
    for s in &it.sentences {
        if s.span.start() < last_end || s.span.text(text).is_empty() {
            continue;
        }
        last_end = s.span.end();
        // A date split after its abbreviated month ("on Sept." / "30 …") is one date.
        let glued = out.len() > 1
            && matches!(out[out.len() - 2], Word { class: Class::Mark(b'.'), .. })
            && out.len() > 2
            && matches!(out[out.len() - 3].class, Class::Month(_, _, true))
            && text.as_bytes()[s.span.start()].is_ascii_digit();
        if glued {
            out.pop();
        }
        let from = out.len();
        sentence(text, s.span, &mut out);
        past_verbs(text, it.tokens_of(s), &mut out[from..]);
        // In a headline the present tells what has happened.
        if !s.heading {
            unchanged_verbs(text, it.tokens_of(s), &mut out[from..]);
            scheduled_verbs(text, it.tokens_of(s), &mut out[from..]);
            scheduled_nouns(text, it.tokens_of(s), &mut out[from..]);
        }
        out.push(Word {
            span: Span::new(s.span.end(), s.span.end()),
            class: Class::Break,
            joined: false,
            capital: false,
            told: false,
        });
    }
    out
}

/// Marks words that the tagger knows as past forms and the lexicon does not; nouns that look like such, and "may" as a verb.
fn past_verbs(text: &str, tokens: &[Token], words: &mut [Word]) {
    let mut at = 0;
    for i in 0..words.len() {
        let w = words[i];
        at += tokens[at..].iter().take_while(|t| t.span.start() < w.span.start()).count();
        let Some(tag) = tokens.get(at).filter(|t| t.span == w.span).map(|t| t.tag) else { continue };
        let noun = is_named(&words[..i], at.checked_sub(1).map(|k| tokens[k].tag));
        match w.class {
            Class::Verb(Verb::Past) if noun => words[i].class = Class::Other,
            // "drifting in the current", "cases that fall under the rule".
            Class::Current if tag.is_noun() => words[i].class = Class::Other,
            Class::Season(_) if matches!(tag, Tag::VB | Tag::VBP | Tag::VBD) => words[i].class = Class::Other,
            // "The storm may turn".
            Class::Month(..) if tag == Tag::MD => words[i].class = Class::Verb(Verb::Modal),
            _ => {}
        }
        if !matches!(tag, Tag::VBD | Tag::VBN) {
            continue;
        }
        // "The year ended in March" is a stretch, "the strike ended on Tuesday" is told.
        let stretch = i.checked_sub(1).is_some_and(|k| matches!(words[k].class, Class::Unit(..)));
        if (w.class == Class::Other || w.class == Class::Ended && !stretch) && !noun {
            words[i].class = Class::Verb(Verb::Past);
        }
        words[i].told = tag == Tag::VBD || helped(text, words, i);
    }
}

/// Whether what follows `before`, the last of which has the tag `last`, is a noun or describes one, whatever its form: "the
/// wounded", "a direct hit on". "The injured died" has its noun between.
fn is_named(before: &[Word], last: Option<Tag>) -> bool {
    let class = |n: usize| before.len().checked_sub(n).map_or(Class::Break, |k| before[k].class);
    matches!(class(1), Class::The | Class::A) || class(2) == Class::A && last == Some(Tag::JJ)
}

/// Words from a participle back to the auxiliary that makes a verb of it: "were not all arrested".
const HELPED: usize = 3;

/// Whether the participle at `i` has an auxiliary of the past, or is joined by "and" to one that has: "was held and freed".
fn helped(text: &str, words: &[Word], i: usize) -> bool {
    let before = &words[..i];
    let near = before.iter().rev().take(HELPED).take_while(|w| !matches!(w.class, Class::Break | Class::Mark(_)));
    let and = before.last().is_some_and(|w| w.class == Class::And) && before.iter().rev().take(FAR).any(|w| w.told);
    and || near.into_iter().any(|w| PAST_AUXILIARIES.contains(w.span.text(text)))
}

/// Words before a second participle among which the first is looked for: "arrested in April and freed".
const FAR: usize = 8;

/// Marks forms such as "cut" and "shut" as past behind a subject: reports tell what was done. Behind "to", "will" and the
/// like they are none.
fn unchanged_verbs(text: &str, tokens: &[Token], words: &mut [Word]) {
    let mut tokens = tokens.iter().peekable();
    let mut before = Tag::Other;
    for i in 0..words.len() {
        while let Some(t) = tokens.next_if(|t| t.span.start() < words[i].span.start()) {
            before = t.tag;
        }
        let word = words[i];
        if !UNCHANGED.contains(word.span.text(text)) {
            continue;
        }
        let behind = i.checked_sub(1).map_or(Class::Break, |k| words[k].class);
        if behind == Class::To {
            words[i].class = Class::Other;
            continue;
        }
        let helped = matches!(behind, Class::Verb(Verb::Future | Verb::Modal)) || before == Tag::MD;
        let subject = before.is_noun() || matches!(before, Tag::PRP | Tag::RB | Tag::CC | Tag::WDT | Tag::WP);
        let verb = tokens.peek().is_some_and(|t| {
            let form = match t.tag {
                Tag::VB | Tag::VBP => subject,
                // "A main burst on Friday": a noun before "on" is none where the sentence has no other verb.
                Tag::NN => {
                    (before.is_noun() || before == Tag::JJ) && !words.iter().any(|w| matches!(w.class, Class::Verb(_)))
                }
                _ => false,
            };
            t.span == word.span && form
        });
        if word.class == Class::Other && verb && !helped {
            words[i].class = Class::Verb(Verb::Past);
        }
    }
}

/// Marks the present forms of verbs that tell what is set for a day.
fn scheduled_verbs(text: &str, tokens: &[Token], words: &mut [Word]) {
    let mut tokens = tokens.iter().peekable();
    let mut before = Tag::Other;
    for w in words {
        while let Some(t) = tokens.next_if(|t| t.span.start() < w.span.start()) {
            before = t.tag;
        }
        // "Schools reopen": the bare form right behind a plural is a present too.
        let present = tokens.peek().is_some_and(|t| {
            let form = match t.tag {
                Tag::VBZ | Tag::VBP => true,
                Tag::VB | Tag::NN => matches!(before, Tag::NNS | Tag::NNPS),
                _ => false,
            };
            t.span == w.span && form
        });
        if present && w.class == Class::Other && is_scheduled(text, w.span) {
            w.class = Class::Verb(Verb::Scheduled);
        }
    }
}

/// Marks the present forms of such verbs that the tagger takes for nouns or names: "Harrow play Melby on Saturday", "the
/// inquest resumes on Monday". Their clause has a day or a month behind them, and no other verb.
fn scheduled_nouns(text: &str, tokens: &[Token], words: &mut [Word]) {
    let dated = |w: &Word| matches!(w.class, Class::Weekday(_, false) | Class::Month(..));
    if !words.iter().any(dated) {
        return;
    }
    for i in 1..words.len() {
        let word = words[i];
        if !matches!(word.class, Class::Other | Class::Season(_)) || word.joined || word.capital {
            continue;
        }
        let at = tokens.partition_point(|t| t.span.start() < word.span.start());
        let noun = tokens.get(at).is_some_and(|t| {
            t.span == word.span
                && matches!(t.tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::JJ | Tag::VB | Tag::VBP | Tag::VBZ | Tag::VBG)
        });
        let Some(before) = at.checked_sub(1).map(|k| tokens[k].tag).filter(|_| noun) else { continue };
        let close = |w: &Word| matches!(w.class, Class::Break | Class::Mark(b',' | b';' | b':' | b'(' | b')' | b'"'));
        let from = words[..i].iter().rposition(close).map_or(0, |k| k + 1);
        let to = words[i..].iter().position(close).map_or(words.len(), |k| i + k);
        // "Melby play and face": the second has the subject of the first.
        let second = before == Tag::CC && words[from..i].iter().any(|w| w.class == Class::Verb(Verb::Scheduled));
        let third = word.span.text(text).ends_with('s');
        let subject = match before {
            Tag::NNS | Tag::NNPS | Tag::NNP => true,
            // "Tickets for the gala go on sale".
            Tag::NN if matches!(tokens[at].tag, Tag::VB | Tag::VBP) => {
                let clause = words[from].span.start();
                third || tokens[..at].iter().rev().take_while(|t| t.span.start() >= clause).any(|t| t.tag == Tag::NNS)
            }
            Tag::NN | Tag::VBG => third,
            // "The fair runs", of which the tagger takes the noun for an adjective.
            Tag::JJ => third && at > 1 && tokens[at - 2].tag == Tag::DT,
            _ => second,
        };
        // "Floods cut the road" may tell what was done.
        if !subject
            || UNCHANGED.contains(word.span.text(text))
            || !is_scheduled(text, word.span)
            || !words[i..to].iter().any(dated)
        {
            continue;
        }
        let verb = |k: usize| matches!(words[k].class, Class::Verb(v) if v != Verb::Scheduled);
        let clause = words[from].span.start()..words.get(to).map_or(words[to - 1].span.end(), |w| w.span.start());
        let finite = tokens.iter().enumerate().any(|(k, t)| {
            k != at
                && clause.contains(&t.span.start())
                && matches!(t.tag, Tag::VBZ | Tag::VBP | Tag::VBD | Tag::MD)
                && !is_scheduled(text, t.span)
        });
        if !finite && !(from..to).any(|k| k != i && verb(k)) {
            words[i].class = Class::Verb(Verb::Scheduled);
        }
    }
}

/// Whether the present form at `span` is one of a verb that tells what is set, by itself or with its particle: "steps down".
fn is_scheduled(text: &str, span: Span) -> bool {
    let lower = span.text(text).to_ascii_lowercase();
    let particle = text[span.end()..].strip_prefix(' ').unwrap_or_default();
    let particle = &particle[..particle.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(particle.len())];
    let listed = |stem: &str| {
        SCHEDULED.contains(stem)
            || (2..=LONGEST_PARTICLE).contains(&particle.len()) && SCHEDULED.contains(&format!("{stem} {particle}"))
    };
    lower.strip_suffix("es").is_some_and(listed) || listed(lower.strip_suffix('s').unwrap_or(&lower))
}

/// Letters of a particle, at most: "forward".
const LONGEST_PARTICLE: usize = 7;

/// Whether a word is the form in "-ing" of a verb that tells what is set: "closing", "beginning".
pub(super) fn is_setting(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing").filter(|s| s.len() > 1) else { return false };
    let doubled = || stem.as_bytes().windows(2).last().is_some_and(|w| w[0] == w[1]);
    SCHEDULED.contains(stem)
        || SCHEDULED.contains(&format!("{stem}e"))
        || doubled() && SCHEDULED.contains(&stem[..stem.len() - 1])
}

/// Longest word of the lexicon, in bytes.
const LONGEST: usize = 13;

fn sentence(text: &str, span: Span, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let end = span.end();
    let mut i = span.start();
    let mut joined = false;
    while i < end {
        let b = bytes[i];
        let from = i;
        if b.is_ascii_whitespace() {
            joined = false;
            i += 1;
            continue;
        }
        if b.is_ascii_alphabetic() {
            let mut lower = [0u8; LONGEST];
            while i < end && bytes[i].is_ascii_alphabetic() {
                if i - from < LONGEST {
                    lower[i - from] = bytes[i].to_ascii_lowercase();
                }
                i += 1;
            }
            // A letter beyond ASCII continues the word, which then is none of ours.
            let mut class = if i < end && bytes[i] >= 0x80 && letter_at(text, i) {
                i += letters(&text[i..end]);
                Class::Other
            } else if i - from > LONGEST {
                if text[from..i].ends_with("ed") { class("linked") } else { Class::Other }
            } else {
                std::str::from_utf8(&lower[..i - from]).map_or(Class::Other, class)
            };
            if let Some((stop, pm)) = meridiem(bytes, from, end) {
                let after_digits = matches!(out.last(), Some(Word { class: Class::Digits(..), .. }));
                if after_digits {
                    i = stop;
                    class = Class::Meridiem(pm);
                }
            }
            // "won't" is no past.
            if class == Class::Verb(Verb::Past) && text[from..i].eq_ignore_ascii_case("won") {
                let rest = &text[i..end];
                if rest.starts_with("'t") || rest.starts_with("’t") {
                    class = Class::Verb(Verb::Future);
                }
            }
            let after_digits = joined && matches!(out.last(), Some(Word { class: Class::Digits(..), .. }));
            if after_digits && matches!(&lower[..(i - from).min(LONGEST)], b"st" | b"nd" | b"rd" | b"th") {
                if let Some(Word { class: c @ Class::Digits(..), span: s, .. }) = out.last_mut()
                    && let Class::Digits(n, _) = *c
                {
                    *c = Class::Ordinal(n);
                    *s = Span::new(s.start(), i);
                }
                continue;
            }
            out.push(Word { span: Span::new(from, i), class, joined, capital: b.is_ascii_uppercase(), told: false });
        } else if b.is_ascii_digit() {
            let mut value = 0u32;
            let mut digits = 0u8;
            while i < end && (bytes[i].is_ascii_digit() || (bytes[i] == b',' && group(bytes, i, from, end))) {
                if bytes[i] != b',' {
                    value = value.saturating_mul(10).saturating_add(u32::from(bytes[i] - b'0'));
                    digits = digits.saturating_add(1);
                }
                i += 1;
            }
            // A number with grouping marks is not a year.
            let digits = if text[from..i].contains(',') { 9 } else { digits };
            let class = Class::Digits(value, digits);
            out.push(Word { span: Span::new(from, i), class, joined, capital: false, told: false });
        } else if b < 0x80 {
            i += 1;
            out.push(Word { span: Span::new(from, i), class: Class::Mark(b), joined, capital: false, told: false });
        } else {
            let c = text[i..].chars().next().unwrap_or(' ');
            if c.is_whitespace() {
                joined = false;
                i += c.len_utf8();
                continue;
            }
            let class = match c {
                '’' | '‘' | '´' | 'ʼ' => Class::Mark(b'\''),
                '–' | '—' | '‐' | '‑' | '−' => Class::Mark(b'-'),
                '“' | '”' | '„' => Class::Mark(b'"'),
                '½' => Class::Half,
                '£' | '€' | '¥' | '₹' => Class::Mark(b'$'),
                _ => Class::Other,
            };
            i += if c.is_alphabetic() { letters(&text[i..end]) } else { c.len_utf8() };
            out.push(Word { span: Span::new(from, i), class, joined, capital: c.is_uppercase(), told: false });
        }
        joined = true;
    }
}

fn letter_at(text: &str, i: usize) -> bool {
    text[i..].chars().next().is_some_and(char::is_alphabetic)
}

/// Length in bytes of the run of letters at the start of `rest`.
fn letters(rest: &str) -> usize {
    rest.char_indices().find(|(_, c)| !c.is_alphabetic()).map_or(rest.len(), |(n, _)| n)
}

/// Whether the comma at `i` groups digits: "1,000", "1,90,000".
fn group(bytes: &[u8], i: usize, from: usize, end: usize) -> bool {
    let digit = |k: usize| k < end && bytes[k].is_ascii_digit();
    let three = digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
    let two = digit(i + 1) && digit(i + 2) && i + 3 < end && bytes[i + 3] == b',' && digit(i + 4);
    (three || two) && i - from <= 9
}

/// The end of "am", "a.m.", "P.M." at `from`, and whether it is after noon.
fn meridiem(bytes: &[u8], from: usize, end: usize) -> Option<(usize, bool)> {
    let at = |k: usize| if k < end { bytes[k].to_ascii_lowercase() } else { b' ' };
    let pm = match at(from) {
        b'a' => false,
        b'p' => true,
        _ => return None,
    };
    let (m, dotted) = if at(from + 1) == b'.' { (from + 2, true) } else { (from + 1, false) };
    if at(m) != b'm' || at(m + 1).is_ascii_alphanumeric() {
        return None;
    }
    Some((if dotted && at(m + 1) == b'.' { m + 2 } else { m + 1 }, pm))
}
