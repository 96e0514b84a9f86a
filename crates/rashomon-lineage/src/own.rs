//! Which words of a text are the outlet's own running text, and which were only set by it?
//!
//! Speech, statements, transcripts, posts, captions and sign-offs often stand without quotation marks. Two reports that share
//! such words share what a third person said or what an author prints under every column; neither took it from the other.
//! [`mark`] knows them by their form in one text, [`is_narrative`] by where a shared passage stands in two.

use crate::align::Block;
use crate::relate::Side;
use crate::words::{FUNCTION, PARAGRAPH, QUOTED, SPOKEN, STOCK, Words, word_hash};
use std::ops::Range;
use std::sync::LazyLock;

/// Phrases of paragraphs that are page furniture: sign-up forms, disclaimers, sign-offs of authors, galleries. Compared in
/// lower case. From the usual wording of such lines in English-language news; none names an outlet.
const FURNITURE: [&str; 24] = [
    "sign up to",
    "sign up for",
    "our newsletter",
    "newsletters",
    "subscribe to",
    "follow him on",
    "follow her on",
    "follow them on",
    "follow us on",
    "follow me on",
    "like us on",
    "on twitter at @",
    "views expressed",
    "opinions expressed",
    "all rights reserved",
    "hide caption",
    "read more of his",
    "read more of her",
    "more of his reports",
    "more of her reports",
    "click here",
    "is a contributor to",
    "is a columnist for",
    "is the author of",
];

/// Marks of a photograph's credit.
const PHOTO_CREDITS: [&str; 10] = [
    "(ap photo",
    "reuters/",
    "/reuters",
    "getty images",
    "/afp",
    "(photo by",
    "photo credit",
    "(photo:",
    "file photo",
    "/associated press)",
];

/// The longest caption or sign-off in words: a paragraph that is longer is a report that mentions one.
const LONGEST_CAPTION: usize = 70;

/// Marks posts, turns of a transcript, captions, sign-offs and sign-up forms in `words` of `text`.
pub(crate) fn mark(words: &mut Words, text: &str) {
    let mut from = 0;
    let mut turns = 0;
    let mut paragraphs = Vec::new();
    while from < words.len() {
        let to = (from + 1..words.len()).find(|w| words.mark[*w] & PARAGRAPH != 0).unwrap_or(words.len());
        let Some(span) = words.cover(from, to) else { break };
        // The paragraph with the marks around its words.
        let end = text[span.end()..].find('\n').map_or(text.len(), |k| span.end() + k);
        let start = text[..span.start()].rfind('\n').map_or(0, |k| k + 1);
        let paragraph = &text[start..end];
        let form = form(paragraph, to - from);
        turns += if form == Form::Turn { turns_in(paragraph) } else { 0 };
        paragraphs.push((from..to, form));
        from = to;
    }
    let mut speaking = false;
    for (range, form) in paragraphs {
        // One name in capitals with a colon is a place or a headline; several are an interview.
        speaking = turns >= LEAST_TURNS && (form == Form::Turn || speaking);
        let mark = match form {
            Form::Post => SPOKEN,
            Form::Furniture => STOCK,
            _ if speaking => SPOKEN,
            _ => continue,
        };
        words.mark[range].iter_mut().for_each(|m| *m |= mark);
    }
}

/// So many turns make a transcript.
const LEAST_TURNS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Post,
    Furniture,
    Turn,
}

fn form(paragraph: &str, words: usize) -> Form {
    if paragraph.contains("pic.twitter.com") || paragraph.contains("(@") || paragraph.contains("https://t.co/") {
        return Form::Post;
    }
    let lower = paragraph.to_lowercase();
    if words <= LONGEST_CAPTION && PHOTO_CREDITS.iter().any(|it| lower.contains(it)) {
        return Form::Furniture;
    }
    if FURNITURE.iter().any(|it| lower.contains(it)) && words <= LONGEST_CAPTION {
        return Form::Furniture;
    }
    if turns_in(paragraph) > 0 { Form::Turn } else { Form::Plain }
}

/// How often a name in capitals and a colon stand at the head of a paragraph or of a sentence in it.
fn turns_in(paragraph: &str) -> usize {
    let turns = paragraph.match_indices(": ").filter(|(at, _)| {
        let before = &paragraph[..*at];
        let name = before.rsplit(['.', '?', '!', '"', '”', '—', '(', ')', ']']).next().unwrap_or("").trim();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        (3..=32).contains(&letters) && name.split(' ').count() <= 4 && !name.chars().any(|c| c.is_lowercase() || c.is_numeric() || c == ',')
    });
    turns.count()
}

/// Words of the first and second person. In running news text they stand in what somebody says.
const PERSONS: &str = "i we my our me myself ourselves you your ve ll";

/// Words that introduce what somebody said or wrote.
const INTRODUCES: &str = "said says saying told tells wrote writes tweeted posted replied asked answered added stated declared
 concluded continued argued announced statement speech remarks letter testimony transcript memo email tweet post text reads
 read address interview quote excerpt";

fn set(list: &str) -> Vec<u32> {
    let mut all: Vec<u32> = list.split_whitespace().map(word_hash).collect();
    all.sort_unstable();
    all
}

/// One of the first or second person among so many words of a passage makes it speech, if it is also introduced.
const SPEECH: usize = 40;
/// So many words before a passage may introduce it.
const INTRODUCTION: usize = 12;
/// A passage that ends so near the end of both texts closes them.
const TAIL: usize = 20;
/// One that begins so near the beginning of both, far apart in time, presents an author.
const HEAD: usize = 5;
/// Above this share of capitals and figures among its content words a short passage is a list of names.
const NAMES: f64 = 0.65;
const LONGEST_LIST: usize = 60;
/// Where most words are quoted, so many words of running text are needed around them.
const AROUND_QUOTES: usize = 45;

/// Marks of words that are not the outlet's own.
const FOREIGN: u8 = QUOTED | STOCK | SPOKEN;

/// Whether the passage that `a` and `b` share is running text of one of the outlets, and not a third person's words, a list
/// of names, or what both print above or under other things. `near` says whether the two were published within a few days.
pub(crate) fn is_narrative(a: &Side<'_>, b: &Side<'_>, block: &Block, near: Option<bool>) -> bool {
    static PERSON: LazyLock<Vec<u32>> = LazyLock::new(|| set(PERSONS));
    let (mut own, mut persons, mut content, mut capital) = (0, 0, 0, 0);
    for r in &block.runs {
        for k in 0..r.len {
            let (i, j) = ((r.a + k) as usize, (r.b + k) as usize);
            if !a.words.is_free_of(i, FOREIGN) || !b.words.is_free_of(j, FOREIGN) {
                continue;
            }
            own += 1;
            persons += usize::from(PERSON.binary_search(&a.words.hash[i]).is_ok());
            if a.words.mark[i] & FUNCTION == 0 {
                content += 1;
                let first = a.words.span(i).text(a.text).chars().next();
                capital += usize::from(first.is_some_and(|c| c.is_uppercase() || c.is_numeric()));
            }
        }
    }
    let (before_a, before_b) = (introduced(a, block.a()), introduced(b, block.b()));
    if persons >= 2 && persons * SPEECH >= own && (before_a != Before::Nothing || before_b != Before::Nothing) {
        return false;
    }
    if before_a == Before::Colon && before_b == Before::Colon {
        return false;
    }
    if own * 2 < block.matched() && own < AROUND_QUOTES {
        return false;
    }
    if own < LONGEST_LIST && capital as f64 > NAMES * content as f64 {
        return false;
    }
    let closes = |s: &Side<'_>, r: Range<usize>| (r.end..s.words.len()).filter(|w| s.words.own(*w)).take(TAIL + 1).count() <= TAIL;
    let opens = |s: &Side<'_>, r: Range<usize>| (0..r.start).filter(|w| s.words.own(*w)).take(HEAD + 1).count() <= HEAD;
    match near {
        Some(true) => true,
        None => !(closes(a, block.a()) && closes(b, block.b())),
        Some(false) => {
            !(closes(a, block.a()) && closes(b, block.b())) && !(opens(a, block.a()) && opens(b, block.b()))
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Said,
    Colon,
}

/// What stands before a passage.
fn introduced(s: &Side<'_>, passage: Range<usize>) -> Before {
    static SAID: LazyLock<Vec<u32>> = LazyLock::new(|| set(INTRODUCES));
    let start = s.words.span(passage.start).start();
    let before = s.text[..start].trim_end_matches(|c: char| c.is_whitespace() || "\"'“‘[(-–—>".contains(c));
    if before.ends_with(':') {
        return Before::Colon;
    }
    let begins = |w: usize| s.words.mark[w] & PARAGRAPH != 0;
    // Only words of the same paragraph introduce; the passage may begin with them: "she said we must".
    let from = (passage.start.saturating_sub(INTRODUCTION)..=passage.start).rev().find(|w| begins(*w));
    let from = from.unwrap_or(passage.start.saturating_sub(INTRODUCTION));
    let to = (passage.start + 3).min(passage.end);
    let said = (from..to).any(|w| SAID.binary_search(&s.words.hash[w]).is_ok());
    if said { Before::Said } else { Before::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> String {
        let mut words = Words::of(text);
        mark(&mut words, text);
        (0..words.len()).filter(|w| words.own(*w)).map(|w| words.span(w).text(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn set_words_are_told_from_own_ones() {
        let cases = [
            ("The ferry sank.\nSee it here pic.twitter.com/x1 — A. Nobody (@nobody)", "The ferry sank"),
            ("The ferry sank.\nThe pier at dawn. (AP Photo/Ann Lee)", "The ferry sank"),
            ("The ferry sank.\nAnn Lee writes on ports. Follow her on Twitter at @annlee", "The ferry sank"),
            (
                "On the air.\nHOST: Why did it sink?\nLEE: Nobody knows.\nAnd more of that.\nHOST: Thank you.",
                "On the air",
            ),
            ("LONDON: The ferry sank.", "LONDON The ferry sank"),
        ];
        for (text, want) in cases {
            assert_eq!(own(text), want, "{text}");
        }
    }
}
