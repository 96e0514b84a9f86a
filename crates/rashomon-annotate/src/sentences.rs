//! Where sentences begin and end.
//!
//! A stop ends a sentence together with the closing marks behind it, unless it belongs to an abbreviation, an initial or
//! a number, or what follows cannot begin a sentence. "Yes?" he asked and "Yes!" Smith said stay whole.

use crate::paragraphs::{Block, blocks, inside_sentence};
use crate::tokens::{Abbreviation, abbreviation, tokenize};
use crate::{Sentence, Token};
use rashomon_language::{Fact, Language, List, WordSet};
use rashomon_model::{Article, Span};
use std::sync::LazyLock;

static SAYING: WordSet = WordSet::english(Fact::ReportingVerbs, "behind-quotation");

/// The tokens of an article, furniture included, and its sentences, furniture excluded.
pub(crate) fn sentences(article: &Article) -> (Vec<Token>, Vec<Sentence>) {
    let text = &article.text;
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut sentences = Vec::with_capacity(text.len() / 100);
    let blocks = blocks(article);
    let language = Language::of(article.language.as_deref());
    let months = (!language.is_english()).then(|| language.list(Fact::Months));
    let last = blocks.iter().rposition(|b| !b.furniture).unwrap_or(0);
    for (i, block) in blocks.iter().enumerate() {
        let first = tokens.len();
        // What stands inside a sentence and is none of it has no tokens.
        let mut at = block.span.start();
        let inside = article.furniture.partition_point(|f| f.end() <= at);
        let inside = article.furniture[inside..].iter().take_while(|f| f.end() < block.span.end());
        for aside in inside.filter(|f| !block.furniture && inside_sentence(text, **f)) {
            tokenize(text, Span::new(at, aside.start().max(at)), &mut tokens);
            at = aside.end().max(at);
        }
        tokenize(text, Span::new(at, block.span.end()), &mut tokens);
        if block.furniture {
            continue;
        }
        let before = sentences.len();
        let mut from = first;
        let mut open = false;
        while from < tokens.len() {
            let end = sentence_end(text, &tokens[..tokens.len().min(from + LONGEST)], from, months, &mut open);
            let span = tokens[from].span.cover(tokens[end - 1].span);
            sentences.push(Sentence {
                span,
                paragraph: block.paragraph,
                first_token: from,
                end_token: end,
                heading: block.headline,
            });
            from = end;
        }
        let body_follows = i < last;
        if let [only] = &mut sentences[before..] {
            only.heading |= body_follows && is_heading(text, block, &tokens[first..])
                || article.title.as_deref().is_some_and(|t| t.trim() == block.span.text(text));
        }
    }
    (tokens, sentences)
}

static STARTERS: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::SentenceStarters));
static FIRMS: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::OrganizationEndings));
static LETTERED: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::Lettered));

/// Tokens after which a sentence is cut: no writer's sentence is as long, and what is looked for in a sentence looks at all of
/// it for each of its words.
const LONGEST: usize = 1_000;

/// Most words of a heading between paragraphs, in tokens.
const HEADING_TOKENS: usize = 14;

/// Whether a block of one sentence is a heading: short, begins like a sentence, and has no stop.
fn is_heading(text: &str, block: &Block, tokens: &[Token]) -> bool {
    let starts =
        block.span.text(text).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "'‘“\"".contains(c));
    let ends = tokens.last().is_some_and(|t| t.span.text(text).ends_with(|c: char| c.is_alphanumeric() || c == '?'));
    starts && ends && tokens.len() <= HEADING_TOKENS
}

/// One past the last token of the sentence that begins at `from`; the tokens end where the block ends. `months` are those of a
/// language that tells days by ordinals. `open` says whether words in straight quotation marks go on from the sentence before,
/// and then whether they go on behind this one.
fn sentence_end(text: &str, tokens: &[Token], from: usize, months: Option<&List>, open: &mut bool) -> usize {
    let mut has_word = false;
    let mut i = from;
    while i < tokens.len() {
        let token = tokens[i].span.text(text);
        let bytes = token.as_bytes();
        let last = bytes[bytes.len() - 1];
        if last.is_ascii_alphanumeric() {
            has_word = true;
            i += 1;
            continue;
        }
        if token == "\"" {
            *open = !closes_straight(tokens, i, *open);
        }
        if token == "•" && has_word {
            return i;
        }
        let stop = if has_word || bytes.len() > 1 { stop_of(token) } else { None };
        has_word |= token.starts_with(char::is_alphanumeric);
        let Some(stop) = stop else {
            i += 1;
            continue;
        };
        // A numeral and its stop at the beginning count a list: "1. The".
        if stop == Stop::Full
            && i == from + 1
            && tokens[from].span.len() <= 3
            && is_numeral(tokens[from].span.text(text))
        {
            i += 1;
            continue;
        }
        // "am 3. Mai".
        let is_month = |t: &Token| months.is_some_and(|list| list.contains(&t.span.text(text).to_lowercase()));
        if stop == Stop::Full
            && i > from
            && tokens[i - 1].span.len() <= 2
            && is_numeral(tokens[i - 1].span.text(text))
            && tokens.get(i + 1).is_some_and(is_month)
        {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        let mut quoted = false;
        while end < tokens.len() {
            let attached = tokens[end].span.start() == tokens[end - 1].span.end();
            let closes = match tokens[end].span.text(text) {
                "\"" if closes_straight(tokens, end, *open) => {
                    *open = false;
                    quoted = true;
                    true
                }
                "”" | "''" | "»" => {
                    quoted = true;
                    true
                }
                "'" | "’" if attached => {
                    quoted = true;
                    true
                }
                ")" | "]" | "}" => true,
                other => {
                    attached
                        && !matches!(stop, Stop::Abbreviated(_))
                        && stop_of(other).is_some_and(|s| !matches!(s, Stop::Ellipsis | Stop::Abbreviated(_)))
                }
            };
            if !closes {
                break;
            }
            end += 1;
        }
        if end >= tokens.len() || ends_before(text, tokens, i, end, stop, quoted) {
            return end;
        }
        i = end;
    }
    tokens.len()
}

/// Whether the straight quotation mark at `i` closes: it stands behind a word or a stop and before none, or stands between two
/// or alone where words in marks are `open`.
fn closes_straight(tokens: &[Token], i: usize, open: bool) -> bool {
    let before = i > 0 && tokens[i - 1].span.end() == tokens[i].span.start();
    let behind = tokens.get(i + 1).is_some_and(|next| next.span.start() == tokens[i].span.end());
    if before == behind { open } else { before }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Full,
    Emphatic,
    Ellipsis,
    Abbreviated(Abbreviation),
}

fn stop_of(token: &str) -> Option<Stop> {
    let bytes = token.as_bytes();
    match bytes {
        b"." => Some(Stop::Full),
        [b'!' | b'?', ..] => Some(Stop::Emphatic),
        [b'.', b'.', ..] => Some(Stop::Ellipsis),
        [.., b'.'] => Some(Stop::Abbreviated(match abbreviation(&token[..token.len() - 1]) {
            Abbreviation::None => Abbreviation::BeforeName,
            other => other,
        })),
        _ if matches!(token, "…" | "……") => Some(Stop::Ellipsis),
        _ if matches!(token, "。" | "！" | "？" | "؟" | "।") => Some(Stop::Emphatic),
        _ => None,
    }
}

fn is_numeral(token: &str) -> bool {
    token.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the sentence ends between the stop at `stop_at` with its closing marks and the token at `next`.
fn ends_before(text: &str, tokens: &[Token], stop_at: usize, next: usize, stop: Stop, quoted: bool) -> bool {
    let spaced = tokens[next].span.start() > tokens[next - 1].span.end();
    // Look behind the marks that open the next sentence.
    let mut first = next;
    while first + 1 < tokens.len() && is_opening(tokens[first].span.text(text)) {
        first += 1;
    }
    let word = tokens[first].span.text(text);
    let opened = first > next;
    let mut chars = word.chars();
    let initial = chars.next().unwrap_or(' ');
    let capital = initial.is_uppercase() || (initial.is_lowercase() && chars.next().is_some_and(char::is_uppercase));
    let begins = capital
        || initial.is_ascii_digit()
        || matches!(initial, '@' | '#' | '•' | '$' | '£' | '€')
        || (initial.is_alphabetic() && !initial.is_lowercase());
    match stop {
        Stop::Full if after_et(text, tokens, stop_at) => {
            // "et al. [2004]", "et al. found": a citation goes on, but for a word that begins sentences.
            spaced && capital && !matches!(tokens[next].span.text(text), "(" | "[") && STARTERS.contains(word)
        }
        // "See p. 12", "Rs. 500".
        Stop::Full
            if initial.is_ascii_digit() && stop_at > 0 && matches!(tokens[stop_at - 1].span.text(text), "p" | "Rs") =>
        {
            false
        }
        Stop::Full => {
            let attached_suffix = !spaced && !capital && !opened;
            (begins && (spaced || capital))
                || (opened && spaced && !attached_suffix)
                || (spaced && matches!(initial, '—' | '–' | '*'))
        }
        // "Splash! Inc." is one name.
        Stop::Emphatic if tokens[next].span.text(text).ends_with('.') && is_firm(word) => false,
        Stop::Emphatic => {
            ((begins && (spaced || quoted || capital)) || (opened && spaced))
                && !(quoted && is_attribution(text, &tokens[next..]))
        }
        Stop::Ellipsis => {
            begins && spaced && !initial.is_ascii_digit() && !(quoted && is_attribution(text, &tokens[next..]))
        }
        // "lives on Elm St. The house"; "in St. Louis" goes on.
        Stop::Abbreviated(Abbreviation::BeforeName) if tokens[stop_at].span.text(text) == "St." => {
            let named = stop_at > 1 && tokens[stop_at - 1].span.text(text).starts_with(char::is_uppercase);
            named && spaced && !opened && STARTERS.contains(word)
        }
        Stop::Abbreviated(Abbreviation::BeforeName | Abbreviation::None) => false,
        Stop::Abbreviated(Abbreviation::Initial) => {
            if spaced && begins && is_labelled(text, tokens, stop_at) {
                return true;
            }
            let after_name = stop_at > 0 && tokens[stop_at - 1].span.text(text).starts_with(char::is_uppercase);
            spaced && STARTERS.contains(word) && !matches!(word, "A" | "I") && !(after_name && opened)
        }
        Stop::Abbreviated(Abbreviation::Anywhere) => {
            let it = tokens[stop_at].span.text(text);
            if !spaced || !begins {
                return false;
            }
            if quoted {
                return capital && !is_attribution(text, &tokens[next..]);
            }
            if matches!(it, "a.m." | "p.m." | "etc." | "A.M." | "P.M.") {
                // "at 7 a.m. British time".
                let zone = || (first + 1..tokens.len().min(first + 3)).any(|k| tokens[k].span.text(text) == "time");
                return capital && !is_zone_or_day(word.trim_end_matches('.')) && !zone();
            }
            // "at 4 a.m. EST. Nobody": nothing goes on behind a zone.
            let clock = stop_at.checked_sub(1).map_or("", |k| tokens[k].span.text(text));
            let timed =
                matches!(clock, "a.m." | "p.m." | "am" | "pm") || clock.starts_with(|c: char| c.is_ascii_digit());
            if timed && it.starts_with(char::is_uppercase) && is_zone_or_day(it.trim_end_matches('.')) {
                return capital;
            }
            STARTERS.contains(word)
                || (opened && capital && tokens[next].span.text(text) != "(" && tokens[next].span.text(text) != "[")
        }
    }
}

/// Whether the stop at `stop_at` belongs to "et al.".
fn after_et(text: &str, tokens: &[Token], stop_at: usize) -> bool {
    stop_at > 1 && tokens[stop_at - 1].span.text(text) == "al" && tokens[stop_at - 2].span.text(text) == "et"
}

/// Whether a word abbreviates what ends the name of a firm: "Inc.", "Corp.".
fn is_firm(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|it| FIRMS.contains(&it.to_lowercase()))
}

/// Whether the letter at `at` tells one of several apart and is no initial: "plan B.", "hepatitis C.", "Group A.".
fn is_labelled(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = tokens[before].span.text(text).to_lowercase();
    LETTERED.contains(&word)
}

fn is_opening(token: &str) -> bool {
    matches!(token, "\"" | "“" | "‘" | "'" | "``" | "`" | "(" | "[" | "«" | "„")
}

fn is_zone_or_day(word: &str) -> bool {
    (word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase()) && word.len() >= 2)
        || matches!(
            word,
            "Eastern" | "Pacific" | "Central" | "Mountain" | "Moscow" | "London" | "Kyiv" | "Greenwich" | "Beijing"
        )
        || (word.len() >= 3
            && [
                "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                "Aug", "Sep", "Oct", "Nov", "Dec",
            ]
            .contains(&word.get(..3).unwrap_or("")))
}

/// Tokens from a name behind a quotation to the verb behind what is said of its bearer.
const ASIDE: usize = 14;

/// Whether the words after a closed quotation say who said it: "Smith said", "the minister added".
fn is_attribution(text: &str, tokens: &[Token]) -> bool {
    let mut words = 0;
    for token in tokens.iter().take(7) {
        let word = token.span.text(text);
        if SAYING.contains(word) {
            return words > 0;
        }
        // "Marta Hale, head of the union, told".
        if word == "," && words > 0 {
            let behind = &tokens[words + 1..tokens.len().min(words + ASIDE)];
            let close = behind.iter().position(|t| t.span.text(text) == ",");
            return close.and_then(|c| behind.get(c + 1)).is_some_and(|t| SAYING.contains(t.span.text(text)));
        }
        let starts_name = word.starts_with(char::is_uppercase)
            || matches!(word, "the" | "of" | "de" | "van" | "al" | "-" | "'s" | "’s");
        if !starts_name {
            // One lower-case noun: "The minister said".
            if words > 1 || words == 0 {
                return false;
            }
        }
        words += 1;
    }
    false
}

/// The place, date and agency a report begins with, dash included: "PORT NORA, May 3 (Reuters) - ".
pub(crate) fn dateline(text: &str, tokens: &[Token]) -> Option<Span> {
    let first = tokens.first()?;
    let word = first.span.text(text);
    let capitals = word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '\'' | '’'));
    if !(capitals || word == "(") {
        return None;
    }
    let mut depth = 0i32;
    for (i, token) in tokens.iter().enumerate().take(24).skip(1) {
        let word = token.span.text(text);
        let spaced = token.span.start() > tokens[i - 1].span.end();
        match word {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "–" | "—" | "--" | "_" => return Some(first.span.cover(token.span)),
            "-" if spaced => return Some(first.span.cover(token.span)),
            "," | "." | "/" | "-" | ":" | "and" | "of" | "de" | "la" => {}
            _ if depth > 0 || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let article = Article { text: text.into(), ..Article::default() };
        sentences(&article).1.into_iter().map(|s| s.span.text(text)).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        let article = Article { text: text.into(), ..Article::default() };
        sentences(&article).0.into_iter().map(|t| t.span.text(text)).collect()
    }

    /// Checks that the text, whose sentences are parted by `|`, is split there and nowhere else.
    fn check(parted: &str) {
        let expected: Vec<&str> = parted.split('|').map(str::trim).collect();
        let text = parted.replace('|', "");
        assert_eq!(split(&text), expected);
    }

    #[test]
    fn an_ordinal_before_its_month_ends_no_sentence() {
        let split = |text: &str, language: &str| {
            let article = Article { text: text.into(), language: Some(language.into()), ..Article::default() };
            sentences(&article).1.len()
        };
        assert_eq!(split("Die Fähre lief am 3. Mai auf Grund. Niemand ertrank.", "de"), 2);
        assert_eq!(split("Sie kam auf Platz 3. Das Rennen war lang.", "de"), 2);
        assert_eq!(split("She came in at number 3. May was second.", "en"), 2);
    }

    #[test]
    fn stops_that_end_nothing() {
        check("Gen. Ana Ruiz met Sen. J. R. Hale at 5 p.m. on Jan. 3 in the U.S. Senate.");
        check("The U.S. President's envoy, Dr. Lee, saw No. 10 at 3.30 p.m. Monday.");
        check("Splash! Inc. and Wave! Ltd. rose.");
        check("Acme Inc. and Bolt Co. Ltd. rose 3.5 percent.");
        check("“Yes!” Marta Hale said.");
        check("“Yes!” Marta Hale, head of the union, told a crowd.");
        check("“Yes!”| Marta Hale, head of the union, left.");
        check("\"Is it over?\" the minister asked.");
        check("“We waited... and waited,” he said.");
        check("“Even then…We say: we wait,” she said.");
        check("1. The first point.");
        check("The survey by Tarn et al. (2011) was wrong.");
        check("The survey by Tarn et al. [3] was wrong, as Bell et al. said.");
        check("The tenor J. Hale sang with A. B. Ross.");
        check(".@Mayor says no.");
    }

    #[test]
    fn stops_that_end_a_sentence() {
        check("He left the U.S.| The ship stayed.");
        check("He left the U.S.| Everybody stayed.");
        check("It went to Splash!| Then Inc. lost.");
        check("It closed at 5 p.m.| Nobody came.");
        check("It sank at 4 a.m. EST.| Nobody came.");
        check("It sank at 4 a.m. Lisbon time.| Nobody came.");
        check("“We won.”| He left.");
        check("\"We won.\"| \"They lost.\"| Then it rained.");
        check("``We won.''| ``They lost.''");
        check("\"The lock failed.| We wept,\" said Ann Roe.| \"It happens.| Nobody listens.\"| She left.");
        check("\"The lock failed.| We wept.\"| She left.| \"So (\"he\") did.\"| He said \"no.\"| Then he left.");
        check("(It rained.)| Then it stopped.");
        check("It rained.|Then it stopped.|“Why?”| Nobody knew.");
        check("It rained.|Mr. Hale left.");
        check("Rain hit it.|She ran.");
        check("“I know.”|Rain fell.");
        check("He waited...| Then he left.");
        check("The survey of Tarn et al.| The town ignored it.");
        check("Nobody liked plan B.| I did.| Rain fell.");
        check("The crew had hepatitis C.| Doctors came.");
        check("They lost in Group A.| Norvik won Group B.| We slept.");
        check("The ship lay at berth D.| Cranes stood idle.");
        check("It cost $5.| “Too much!”| 12 people left.");
    }

    #[test]
    fn tokens_follow_the_treebank() {
        let table: [(&str, &[&str]); 18] = [
            ("don't can't won’t", &["do", "n't", "ca", "n't", "wo", "n’t"]),
            ("Hale's boats' cannot", &["Hale", "'s", "boats", "'", "can", "not"]),
            ("U.S.-led at 3:30 p.m.", &["U.S.", "-", "led", "at", "3:30", "p.m."]),
            ("$1.5bn, US$3 and 1,000,000", &["$", "1.5bn", ",", "US$", "3", "and", "1,000,000"]),
            ("40% of O'Neil–AT&T", &["40", "%", "of", "O'Neil", "–", "AT&T"]),
            ("see https://example.org/a?b=1.", &["see", "https://example.org/a?b=1", "."]),
            ("pic.example.com/X3— Hale (@m_hale)", &["pic.example.com/X3", "—", "Hale", "(", "@m_hale", ")"]),
            ("wait...it #Rain2 --no", &["wait", "...", "it", "#Rain2", "--", "no"]),
            ("``Go,'' he said", &["``", "Go", ",", "''", "he", "said"]),
            (
                "a 14-year-old anti-war he/she 9/11",
                &["a", "14", "-", "year", "-", "old", "anti-war", "he", "/", "she", "9/11"],
            ),
            ("He left.The end", &["He", "left", ".", "The", "end"]),
            ("the '90s [...] (EU)'s", &["the", "'90s", "[...]", "(", "EU", ")", "'s"]),
            ("mail a.b@example.org now", &["mail", "a.b@example.org", "now"]),
            ("mail Ada.Stone@port.example now", &["mail", "Ada.Stone@port.example", "now"]),
            ("It rained.Mr. Hale left", &["It", "rained", ".", "Mr.", "Hale", "left"]),
            ("Mr.Hale in St.Ives, Ph.D.", &["Mr.", "Hale", "in", "St.", "Ives", ",", "Ph.D."]),
            ("end of U.S.", &["end", "of", "U.S."]),
            ("Łódź naïve東京 ‘so’", &["Łódź", "naïve東京", "‘", "so", "’"]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn datelines() {
        let table = [
            ("PORT NORA, May 3 (Reuters) - Rain fell.", Some("PORT NORA, May 3 (Reuters) -")),
            ("PORT NORA (AP) — Rain fell.", Some("PORT NORA (AP) —")),
            ("NASA said the ship - an old one - sank.", None),
            ("Rain fell - at last.", None),
        ];
        for (text, expected) in table {
            let article = Article { text: text.into(), ..Article::default() };
            assert_eq!(dateline(text, &sentences(&article).0).map(|s| s.text(text)), expected, "{text}");
        }
    }

    #[test]
    fn headings_have_no_stop() {
        let text = "A storm passes\nIt rained.\nWhat comes next\nIt dried.";
        let article = Article { text: text.into(), ..Article::default() };
        let headings: Vec<bool> = sentences(&article).1.iter().map(|s| s.heading).collect();
        assert_eq!(headings, [true, false, true, false]);
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_all_that_is_not_space(text in "(\\PC|[ a-zA-Z.'\"“”’?!\n-]){0,80}") {
            let article = Article { text: text.clone(), ..Article::default() };
            let (tokens, sentences) = sentences(&article);
            let mut at = 0;
            for token in &tokens {
                assert!(Span::checked(&text, token.span.start(), token.span.end()).is_some() && !token.span.is_empty());
                assert!(text[at..token.span.start()].trim().is_empty());
                assert!(!token.span.text(&text).contains(char::is_whitespace));
                at = token.span.end();
            }
            assert!(text[at..].trim().is_empty());
            let mut next = 0;
            for sentence in &sentences {
                assert_eq!(sentence.first_token, next);
                assert!(sentence.end_token > next);
                next = sentence.end_token;
                assert_eq!(sentence.span, tokens[sentence.first_token].span.cover(tokens[next - 1].span));
            }
            assert_eq!(next, tokens.len());
        }
    }

    #[test]
    fn streets_pages_and_lettered_parts() {
        check("She lives on Oak St. | They met there.");
        check("They met in St. Orwen on Monday.");
        check("The leak was in module D. | Crews shut it.");
        check("See also p. 14 of the report.");
        check("It cost Rs. 500 in May. | It split Ds from Rs. | But nobody cared.");
    }
}
