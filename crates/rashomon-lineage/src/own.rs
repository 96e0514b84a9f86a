//! Which words of a text are the outlet's own running text, and which were only set by it?
//!
//! Speech, statements, transcripts, posts, captions and sign-offs often stand without quotation marks. Two reports that share
//! such words share what a third person said or what an author prints under every column; neither took it from the other.
//! [`mark`] knows them by their form in one text, [`is_narrative`] by where a shared passage stands in two.

use crate::align::Block;
use crate::side::Side;
use crate::words::{FUNCTION, PARAGRAPH, QUOTED, SPOKEN, STOCK, Words, words_of};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rashomon_language::{Fact, WordSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Phrases of forms to sign up; two of them make a paragraph of any length one.
static SIGN_UP: WordSet = WordSet::english(Fact::PageFurniture, "sign-up");

/// Phrases of short paragraphs that are page furniture: disclaimers, sign-offs of authors, galleries. Compared in
/// lower case. From the usual wording of such lines in English-language news; none names an outlet.
static FURNITURE: WordSet = WordSet::english(Fact::PageFurniture, "short-paragraph");

/// Marks of a photograph's credit.
static PHOTO_CREDITS: WordSet = WordSet::english(Fact::PhotoCredits, "in-lower-case");

/// Labels of galleries and players; two of them make a paragraph of any length a run of captions.
static GALLERY: WordSet = WordSet::english(Fact::PageFurniture, "gallery");

/// The longest caption or sign-off in words: a paragraph that is longer is a report that mentions one.
const LONGEST_CAPTION: usize = 70;

/// Marks posts, turns of a transcript, captions, sign-offs and sign-up forms in `words` of `text`.
pub(crate) fn mark(words: &mut Words, text: &str) {
    // Most texts have none of the phrases; one look says so.
    let plain = !phrases().is_match(text);
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
        let form = if plain { form_of_turn(paragraph) } else { form(paragraph, to - from, words.len()) };
        if form == Form::Post && to - from > LONGEST_CAPTION {
            mark_signed(words, from..to, paragraph, start);
            from = to;
            continue;
        }
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

/// Marks the words before each signature of a post in a paragraph that has more than the post.
fn mark_signed(words: &mut Words, range: Range<usize>, paragraph: &str, start: usize) {
    for (at, _) in SIGNATURES.iter().flat_map(|it| paragraph.match_indices(it)) {
        let end = range.start + words.span[range.clone()].partition_point(|s| s.start() < start + at);
        let first = end.saturating_sub(POST).max(range.start);
        words.mark[first..(end + 4).min(range.end)].iter_mut().for_each(|m| *m |= SPOKEN);
    }
}

/// What ends a post: the address of a picture, an account name, a shortened address.
const SIGNATURES: [&str; 3] = ["pic.twitter.com", "(@", "https://t.co/"];
/// The words of a post of 280 characters.
const POST: usize = 48;

/// Words in capitals before a colon that speak for nobody: they point to other pages, pictures and notes.
static LABELS: WordSet = WordSet::english(Fact::PageFurniture, "label");

/// So many turns make a transcript.
const LEAST_TURNS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Post,
    Furniture,
    Turn,
}

fn form(paragraph: &str, words: usize, all: usize) -> Form {
    if SIGNATURES.iter().any(|it| paragraph.contains(it)) {
        return Form::Post;
    }
    let lower = paragraph.to_lowercase();
    if words <= LONGEST_CAPTION && PHOTO_CREDITS.iter().any(|it| lower.contains(it)) {
        return Form::Furniture;
    }
    if GALLERY.iter().map(|it| lower.matches(it).count()).sum::<usize>() > 1 && words < all {
        return Form::Furniture;
    }
    let form_of_page = SIGN_UP.iter().filter(|it| lower.contains(*it)).count() > 1 && words * 2 <= all;
    if form_of_page || words <= LONGEST_CAPTION && SIGN_UP.iter().chain(FURNITURE.iter()).any(|it| lower.contains(it)) {
        return Form::Furniture;
    }
    form_of_turn(paragraph)
}

fn form_of_turn(paragraph: &str) -> Form {
    if turns_in(paragraph) > 0 { Form::Turn } else { Form::Plain }
}

/// All phrases that make a form other than a turn, in any case.
fn phrases() -> &'static AhoCorasick {
    static ALL: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let lists = [&PHOTO_CREDITS, &SIGN_UP, &FURNITURE, &GALLERY];
        let all = SIGNATURES.iter().copied().chain(lists.into_iter().flat_map(WordSet::iter));
        let it = AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(all);
        it.expect("short phrases make a small automaton")
    });
    &ALL
}

/// How often a name in capitals and a colon stand at the head of a paragraph or of a sentence in it.
fn turns_in(paragraph: &str) -> usize {
    // Two signs are looked for at some cost, one by all bytes of a word at once.
    let colons = paragraph.match_indices(':').filter(|(at, _)| paragraph[at + 1..].starts_with(' '));
    let turns = colons.filter(|(at, _)| {
        let before = &paragraph[..*at];
        let name = before.rsplit(['.', '?', '!', '"', '”', '—', '(', ')', '[', ']', ',']).next().unwrap_or("");
        if before[..before.len() - name.len()].ends_with(['(', '[']) || name.split(' ').any(|it| LABELS.contains(it)) {
            return false;
        }
        let name = name.trim();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        (3..=32).contains(&letters)
            && name.split(' ').count() <= 4
            && !name.chars().any(|c| c.is_lowercase() || c.is_numeric())
    });
    turns.count()
}

/// One of the first or second person among so many words of a passage makes it speech, if it is also introduced.
const SPEECH: usize = 40;
/// One of them among so many words of running text makes it a column.
const COLUMN: usize = 200;
/// With so many words, and this share of all, in sentences without such words it is a report that has speech in it.
const LEAST_PLAIN: usize = 40;
const PLAIN: f64 = 0.5;
/// So many stretches of running text between quotations, equal in both, are no chance.
const STRETCHES: usize = 3;
/// So many words before a passage may introduce it.
const INTRODUCTION: usize = 12;
/// A passage that ends so near the end of both texts closes them.
const TAIL: usize = 20;
/// One that begins so near the beginning of both, far apart in time, presents an author.
const HEAD: usize = 5;
/// Above this share of capitals and figures among its content words a short passage is a list of names.
const NAMES: f64 = 0.65;
const LONGEST_LIST: usize = 60;
/// So many bars stand between headlines of other pages.
const LINKS: usize = 2;
/// A list has at least so many items, of fewer words than this each.
const ITEMS: usize = 5;
const ITEMS_WORDS: usize = 9;
/// Where most words are quoted, so many words of running text are needed around them.
const AROUND_QUOTES: usize = 45;

/// Marks of words that are not the outlet's own.
const FOREIGN: u8 = QUOTED | STOCK | SPOKEN;

/// What two texts say of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Debt {
    /// Nothing.
    Unknown,
    /// Both name a third as a source.
    Shared,
    /// One names the other as a source, or cites it beside a passage.
    Named,
}

/// Whether the passage that `a` and `b` share is running text of one of the outlets, and not a third person's words, a list
/// of names, or what both print above or under other things. `near` says whether the two were published within a few days.
///
/// Between two that have one source the words of third persons count too, and where one says that it took from the other,
/// mostly quoted passages: `debt` says which it is.
pub(crate) fn is_narrative(a: &Side<'_>, b: &Side<'_>, block: &Block, near: Option<bool>, debt: Debt) -> bool {
    let Told { own, plain, persons, content, capital, stretches } = told(a, b, block);
    let (before_a, before_b) = (introduced(a, block.a()), introduced(b, block.b()));
    let said = before_a != Before::Nothing || before_b != Before::Nothing;
    let speech = persons >= 2 && persons * SPEECH >= own && (plain < LEAST_PLAIN || plain as f64 <= PLAIN * own as f64);
    let third = speech && (said || !(in_person(a, block.a()) || in_person(b, block.b())))
        || before_a == Before::Colon && before_b == Before::Colon;
    if third && debt == Debt::Unknown {
        return false;
    }
    if debt != Debt::Named && own * 2 < block.matched() && own < AROUND_QUOTES && stretches < STRETCHES {
        return false;
    }
    if own < LONGEST_LIST && capital as f64 > NAMES * content as f64 {
        return false;
    }
    // The first paragraphs of a post may look like the outlet's own; its last one is signed.
    let posted = |s: &Side<'_>, r: Range<usize>| s.words.mark[r.end - 1] & SPOKEN != 0;
    if own <= POST && posted(a, block.a()) && posted(b, block.b()) {
        return false;
    }
    if is_list(passage(a, block.a()), own, before_a == Before::Colon || before_b == Before::Colon) {
        return false;
    }
    let closes = |s: &Side<'_>, r: Range<usize>| {
        (r.end..s.words.len()).filter(|w| s.words.own(*w)).take(TAIL + 1).count() <= TAIL
    };
    let opens = |s: &Side<'_>, r: Range<usize>| (0..r.start).filter(|w| s.words.own(*w)).take(HEAD + 1).count() <= HEAD;
    match near {
        Some(true) => true,
        None => !(closes(a, block.a()) && closes(b, block.b())),
        Some(false) => !(closes(a, block.a()) && closes(b, block.b())) && !(opens(a, block.a()) && opens(b, block.b())),
    }
}

fn passage<'a>(s: &Side<'a>, words: Range<usize>) -> &'a str {
    s.words.cover(words.start, words.end).map_or("", |span| span.text(s.text))
}

/// Whether a passage only lists things: links to other pages between bars, or behind a colon items of a few words between
/// commas, as charges, demands and titles are copied out of a document.
fn is_list(passage: &str, words: usize, introduced: bool) -> bool {
    let bars = passage.matches(" | ").count();
    let items = passage.matches([',', ';']).count() + 1;
    let sentences = [". ", "? ", "! ", ".\n"].iter().any(|it| passage.contains(it));
    bars >= LINKS || introduced && !sentences && items >= ITEMS && words < ITEMS_WORDS * items
}

/// What a passage is made of, in equal words.
#[derive(Default)]
struct Told {
    /// Words without marks of foreign speech.
    own: usize,
    /// Those in sentences without the first and second person.
    plain: usize,
    /// Words of the first and second person.
    persons: usize,
    /// Words that are no function words, and those of them with a capital or a figure.
    content: usize,
    capital: usize,
    /// Stretches of four and more own words between quotations.
    stretches: usize,
}

fn told(a: &Side<'_>, b: &Side<'_>, block: &Block) -> Told {
    let mut it = Told::default();
    let (mut sentence, mut spoken, mut stretch) = (0, false, 0);
    let mut last = None;
    for r in &block.runs {
        for k in 0..r.len {
            let (i, j) = ((r.a + k) as usize, (r.b + k) as usize);
            let span = a.words.span(i);
            if last.is_some_and(|end: usize| a.text[end..span.start()].contains(['.', '?', '!', '\n'])) {
                it.plain += if spoken { 0 } else { sentence };
                (sentence, spoken) = (0, false);
            }
            last = Some(span.end());
            if !a.words.is_free_of(i, FOREIGN) || !b.words.is_free_of(j, FOREIGN) {
                stretch = 0;
                continue;
            }
            stretch += 1;
            it.stretches += usize::from(stretch == 4);
            it.own += 1;
            sentence += 1;
            if is_person(a, i) {
                it.persons += 1;
                spoken = true;
            }
            if a.words.mark[i] & FUNCTION == 0 {
                it.content += 1;
                let first = span.text(a.text).chars().next();
                it.capital += usize::from(first.is_some_and(|c| c.is_uppercase() || c.is_numeric()));
            }
        }
    }
    it.plain += if spoken { 0 } else { sentence };
    it
}

/// Whether a word stands all in capitals, as "US" does and "us" does not; "I" is a word of its own.
fn is_initials(word: &str) -> bool {
    word.len() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether the rest of a text, too, speaks in the first or second person: a column, and not a report.
fn in_person(s: &Side<'_>, passage: Range<usize>) -> bool {
    let rest = (0..passage.start).chain(passage.end..s.words.len()).filter(|w| s.words.is_free_of(*w, FOREIGN));
    let (mut all, mut persons) = (0, 0);
    for w in rest {
        all += 1;
        persons += usize::from(is_person(s, w));
    }
    persons * COLUMN >= all
}

fn is_person(s: &Side<'_>, word: usize) -> bool {
    static PERSON: LazyLock<Vec<u32>> = LazyLock::new(|| words_of(Fact::Pronouns, "speaker"));
    PERSON.binary_search(&s.words.hash[word]).is_ok() && !is_initials(s.words.span(word).text(s.text))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Said,
    Colon,
}

/// What stands before a passage.
fn introduced(s: &Side<'_>, passage: Range<usize>) -> Before {
    static SAID: LazyLock<Vec<u32>> = LazyLock::new(|| words_of(Fact::ReportingVerbs, "introduces"));
    let colon = |word: usize| {
        let before = &s.text[..s.words.span(word).start()];
        before.trim_end_matches(|c: char| c.is_whitespace() || "\"'“‘[(-–—>".contains(c)).ends_with(':')
    };
    let head = (passage.start.saturating_sub(LONGEST_CAPTION)..=passage.start)
        .rev()
        .find(|w| s.words.mark[*w] & PARAGRAPH != 0);
    if colon(passage.start) || head.is_some_and(colon) {
        return Before::Colon;
    }
    // Only words of the same paragraph introduce; the passage may begin with them: "she said we must".
    let from = passage.start.saturating_sub(INTRODUCTION).max(head.unwrap_or(0));
    let to = (passage.start + 3).min(passage.end);
    let said = (from..to).any(|w| SAID.binary_search(&s.words.hash[w]).is_ok());
    // "Lee: I was not there": the speaker's name is the first of the shared words.
    let opening = s.words.cover(passage.start, to).map_or("", |span| span.text(s.text));
    if said || opening.contains(": ") { Before::Said } else { Before::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> String {
        let mut words = Words::of(text);
        mark(&mut words, text);
        (0..words.len())
            .filter(|w| words.is_free_of(*w, FOREIGN))
            .map(|w| words.span(w).text(text))
            .collect::<Vec<_>>()
            .join(" ")
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
            (
                "PHOTOS: At dawn. (VIDEO: At noon) READ MORE: At dusk.\nThe ferry sank.\nSEE ALSO: The pier.\nIt was raised.",
                "PHOTOS At dawn VIDEO At noon READ MORE At dusk The ferry sank SEE ALSO The pier It was raised",
            ),
            (
                "The ferry sank.\nPhotos: The harbour The pier at dawn. Hide Caption 1 of 2 Photos: The harbour The pier. Hide Caption 2 of 2\nIt was raised.",
                "The ferry sank It was raised",
            ),
            (
                "The ferry sank.\nJUST WATCHED The ferry Replay More Videos ... MUST WATCH The ferry 01:22\nIt was raised.",
                "The ferry sank It was raised",
            ),
        ];
        for (text, want) in cases {
            assert_eq!(own(text), want, "{text}");
        }
    }

    #[test]
    fn lists_are_told_from_sentences() {
        let cases = [
            ("fraud, theft of two boats, false papers, arson at the pier, and three counts of neglect", true, true),
            ("fraud, theft of two boats, false papers, arson at the pier, and three counts of neglect", false, false),
            (
                "The pilot, who was late, saw the lamps, the quay and the crew, and turned. Nobody, he said, spoke",
                true,
                false,
            ),
            ("Ferry sinks | Pier closed | Pilot held", false, true),
        ];
        for (text, introduced, list) in cases {
            assert_eq!(is_list(text, text.split_whitespace().count(), introduced), list, "{text}");
        }
    }
}
