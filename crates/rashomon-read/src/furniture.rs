//! Which lines of a page are furniture: navigation, sharing, appeals, section labels, reading times, developing notices.
//!
//! All rules look at one line and where on the page it stands. What counts is data: `data/furniture-*.txt`, `sections.txt`.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rashomon_language::{Fact, Language, WordSet};
use std::sync::LazyLock;

static TIMES: WordSet = WordSet::english(Fact::PageFurniture, "reading-time-word");

/// Where on the page a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before the first paragraph of prose.
    Head,
    /// Between the first and the last.
    Body,
    /// After the last.
    Tail,
}

/// Lines longer than this, in bytes, are prose to all rules here.
pub(crate) const LONGEST: usize = 400;

/// Lines longer than this, in bytes, label nothing.
pub(crate) const LONGEST_LABEL: usize = 60;

/// Whether `line` (trimmed) is furniture where it stands.
pub(crate) fn is_furniture(line: &str, place: Place) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    if !line.chars().any(char::is_alphanumeric) {
        return true;
    }
    let bare = parted(normal(line));
    (bare.len() <= 90 && LINES.binary_search(&bare.as_str()).is_ok())
        || (place != Place::Body && is_section(line, &bare))
        || is_reading_time(&bare)
        || is_share_row(&bare)
        || is_count(&bare)
        || is_counted_line(&bare)
        || is_clock(&bare)
        || is_stamp(&bare)
        || is_address_only(line)
        || begins_like_furniture(line, &bare)
        || offers(line, &bare)
        || MADE_BY.is_match(bare.as_bytes())
        || is_place_in_gallery(&bare)
        || is_way_to_reach(&bare)
        || says_unfinished(&bare)
        || is_player(line)
}

/// `CLOSE The bridge was shut. Harbour News`: the button of a player, then the caption of what it plays.
fn is_player(line: &str) -> bool {
    let caption = line.trim_start_matches("CLOSE ");
    let mut words = caption.split(' ');
    let first = words.next().is_some_and(|w| w.starts_with(char::is_uppercase));
    // Who writes all in capitals has no button there.
    let shouted = || !caption.split(' ').take(SHOUTED).any(|w| w.contains(char::is_lowercase));
    caption.len() < line.len() && first && words.count() > 1 && !shouted()
}

/// Words of a line among which one in small letters shows that it is not written in capitals.
const SHOUTED: usize = 4;

/// What a line says anywhere that a machine made for the page: a chart, a summary.
static MADE_BY: LazyLock<AhoCorasick> = LazyLock::new(|| of_normal(&furniture("made-by").collect::<Vec<_>>()));

/// A line with a space behind "ago" where a clock runs into another: `4m ago4 minutes agothu 16 may`.
fn parted(bare: String) -> String {
    let runs_on = |at: usize| bare[at + "ago".len()..].starts_with(char::is_alphanumeric) && bare[..at].ends_with(' ');
    let counted = bare.bytes().any(|b| b.is_ascii_digit());
    let ends: Vec<usize> = bare.match_indices("ago").map(|(at, _)| at).filter(|at| counted && runs_on(*at)).collect();
    ends.into_iter().rev().fold(bare, |mut it, at| {
        it.insert(at + "ago".len(), ' ');
        it
    })
}

/// `The Harbour Briefing newsletter has all you need to start your day. Sign up here.`: what is offered, and then an appeal.
fn offers(line: &str, bare: &str) -> bool {
    static OFFERED: WordSet = WordSet::english(Fact::PageFurniture, "offered");
    const LONGEST: usize = 300;
    const APPEAL: usize = 8;
    let Some((offer, appeal)) = bare.rsplit_once(['.', '!', '?']) else { return false };
    let appeal = appeal.trim_start();
    let begins = || STARTS.iter().any(|(phrase, kind)| *kind == Start::Call && appeal.starts_with(phrase));
    line.len() <= LONGEST
        && !line.starts_with(['"', '“', '‘', '\''])
        && appeal.split(' ').count() <= APPEAL
        && ["here", "now", "today", "us", "newsletter", "free"].contains(&appeal.rsplit(' ').next().unwrap_or_default())
        && begins()
        && holds_call(appeal)
        && offer.split([' ', ',', '.', '\'']).any(|word| OFFERED.contains(word))
        && !reports_speech(bare)
}

/// `Contact Ann Lee at 555-0100 or alee@harbour.example.`
fn is_way_to_reach(bare: &str) -> bool {
    static REACHES: WordSet = WordSet::english(Fact::PageFurniture, "reaches");
    const LONGEST: usize = 160;
    bare.len() <= LONGEST
        && bare
            .split(' ')
            .any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
        && REACHES
            .iter()
            .any(|opening| bare.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
        && !reports_speech(bare)
}

/// `Photo 1 of 5`, `1/5`, `View 12 images`: a place in a gallery, or how much it holds.
fn is_place_in_gallery(bare: &str) -> bool {
    static SHOWN: WordSet = WordSet::english(Fact::PageFurniture, "shown");
    const LONGEST: usize = 30;
    if bare.len() > LONGEST || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    if let Some((at, all)) = bare.split_once('/') {
        return !at.is_empty() && !all.is_empty() && at.len() <= 2 && all.len() <= 3 && number(at) && number(all);
    }
    let words: Vec<&str> = bare.split(' ').collect();
    words.iter().any(|word| SHOWN.contains(word))
        && words
            .iter()
            .all(|word| number(word) || SHOWN.contains(word) || matches!(*word, "of" | "view" | "see" | "all"))
}

/// Whether `line` (trimmed) is a notice that the page is unfinished.
pub(crate) fn is_developing(line: &str) -> bool {
    line.len() <= LONGEST && says_unfinished(&normal(line))
}

/// The same of a line as [`normal`] gives it.
fn says_unfinished(bare: &str) -> bool {
    static WHOLE: WordSet = WordSet::english(Fact::PageFurniture, "unfinished");
    // The notice must open its line, after a label at most; elsewhere it may be somebody's words.
    const LABEL: usize = 30;
    WHOLE.contains(bare)
        || (bare.len() < 40 && bare.ends_with("to follow") && bare.starts_with("more"))
        || UNFINISHED.iter().any(|(word, of_noun)| bare.contains(word) && (!of_noun || bare.contains("this "))) && {
            let opening = bare.len().min(LABEL + DEVELOPING.max_pattern_len());
            DEVELOPING.find(&bare.as_bytes()[..opening]).is_some_and(|m| m.start() < LABEL)
        }
}

/// The longest word of each phrase of [`DEVELOPING`], and whether "this" and a noun stand before it: where none stands, no phrase
/// does, and these are found without an automaton.
static UNFINISHED: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
    let plain = furniture("developing").chain(["developing"]).map(|it| (it, false));
    let phrases = plain.chain(furniture("developing-state").map(|it| (it, true)));
    let longest = |(phrase, of_noun): (&'static str, bool)| Some((phrase.split(' ').max_by_key(|w| w.len())?, of_noun));
    let mut words: Vec<(&str, bool)> = phrases.filter_map(longest).collect();
    words.sort_unstable();
    words.dedup();
    words
});

static DEVELOPING: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let mut phrases: Vec<String> = furniture("developing").map(str::to_owned).collect();
    for noun in furniture("developing-noun") {
        phrases.extend(furniture("developing-state").map(|state| format!("this {noun} {state}")));
        phrases.push(format!("developing {noun}"));
    }
    of_normal(&phrases)
});

/// Whether a line, as [`normal`] gives it, heads a list of other pages' titles.
pub(crate) fn heads_links(bare: &str) -> bool {
    static HEADINGS: WordSet = WordSet::english(Fact::PageFurniture, "heading");
    HEADINGS.contains(bare)
}

/// `line` in lower case, without bullets, arrows and marks at either end, with single spaces and straight apostrophes.
pub(crate) fn normal(line: &str) -> String {
    let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '?' | '@' | '©');
    let mut out = String::with_capacity(line.len());
    for c in line.trim_matches(edge).chars() {
        match c {
            '’' | '‘' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Finds phrases in a text, whatever their case; of those that begin at one place the longest.
pub(crate) fn automaton<P: AsRef<[u8]>>(phrases: &[P]) -> AhoCorasick {
    automaton_of(phrases, true)
}

/// The same in a line as [`normal`] gives it, where most of it is passed over by the bytes that all phrases have.
fn of_normal<P: AsRef<str>>(phrases: &[P]) -> AhoCorasick {
    automaton_of(&phrases.iter().map(|it| it.as_ref().to_ascii_lowercase()).collect::<Vec<_>>(), false)
}

fn automaton_of<P: AsRef<[u8]>>(phrases: &[P], any_case: bool) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(any_case)
        .match_kind(MatchKind::LeftmostLongest)
        // Four times as quick to make as the table of all transitions, and most lines are short.
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(phrases)
        .expect("a short list of phrases makes an automaton")
}

fn furniture(flag: &'static str) -> impl Iterator<Item = &'static str> {
    Language::english().list(Fact::PageFurniture).with(flag)
}

static LINES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut lines: Vec<&str> = furniture("line").collect();
    lines.sort_unstable();
    lines
});

static SECTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut lines: Vec<&str> = furniture("section").collect();
    lines.sort_unstable();
    lines
});

/// `World`, `- World News`, `Home > World > Europe`, `News / Politics`
fn is_section(line: &str, bare: &str) -> bool {
    if bare.len() > 90 {
        return false;
    }
    let known = |part: &str| SECTIONS.binary_search(&part).is_ok();
    if known(bare) {
        return true;
    }
    let trail = line.contains(['>', '›', '»', '/', '|', '•', '·', '→']);
    let parts: Vec<String> =
        line.split(['>', '›', '»', '/', '|', '•', '·', '→']).map(normal).filter(|p| !p.is_empty()).collect();
    if !trail || parts.len() < 2 {
        return false;
    }
    let short = parts.iter().all(|p| p.split(' ').count() <= 4);
    short && (matches!(parts[0].as_str(), "home" | "homepage" | "news") || parts.iter().all(|p| known(p)))
}

fn is_reading_time(bare: &str) -> bool {
    static MARKS: WordSet = WordSet::english(Fact::PageFurniture, "reading-time");
    bare.len() <= 60 && bare.bytes().any(|b| b.is_ascii_digit()) && MARKS.iter().any(|m| bare.contains(m)) && {
        let other = bare
            .split([' ', '-', ':', '.', '|', ','])
            .filter(|w| !w.is_empty() && !w.bytes().all(|b| b.is_ascii_digit()) && !TIMES.contains(w));
        other.count() <= 2
    }
}

/// `Facebook Twitter WhatsApp Email`, `Share 12 Tweet`
fn is_share_row(bare: &str) -> bool {
    static NETWORKS: WordSet = WordSet::english(Fact::PageFurniture, "network");
    static OTHERS: WordSet = WordSet::english(Fact::PageFurniture, "sharing");
    if bare.len() > 150 {
        return false;
    }
    let (mut networks, mut others) = (0, 0);
    for word in bare.split([' ', '|', ',', '/', '•', '·', '(', ')']).filter(|w| !w.is_empty()) {
        if NETWORKS.contains(word) {
            networks += 1;
        } else if OTHERS.contains(word) {
            others += 1;
        } else if !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
    }
    networks >= 2 || (networks == 1 && others >= 1) || (others >= 3 && bare.contains("share"))
}

/// `12 comments`, `1.2K shares`, `Comments (12)`
fn is_count(bare: &str) -> bool {
    if bare.len() > 30 || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut counted = 0;
    for word in bare.split([' ', '(', ')', ':', '|']).filter(|w| !w.is_empty()) {
        if matches!(
            word,
            "comments"
                | "comment"
                | "shares"
                | "share"
                | "views"
                | "view"
                | "likes"
                | "retweets"
                | "reactions"
                | "votes"
        ) {
            counted += 1;
        } else if !word.trim_end_matches(['k', 'm', '+']).bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        {
            return false;
        }
    }
    counted > 0
}

/// `5 minutes ago`, `Updated an hour ago`, `3h ago`: a clock that was right when the page was loaded.
fn is_clock(bare: &str) -> bool {
    static UNITS: WordSet = WordSet::english(Fact::PageFurniture, "age");
    let Some(rest) = bare.strip_suffix(" ago").filter(|r| r.len() <= 40) else { return false };
    let labels = ["updated", "posted", "published", "last", "about", "edited"];
    let mut words = rest.split(' ').filter(|w| !labels.contains(&w.trim_end_matches(':'))).peekable();
    let mut counted = false;
    while let Some(word) = words.next() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let unit = if digits == word.len() || matches!(word, "a" | "an" | "one") {
            words.next().unwrap_or_default()
        } else {
            &word[digits..]
        };
        if digits == 0 && !matches!(word, "a" | "an" | "one") || !UNITS.contains(unit) {
            return false;
        }
        counted = true;
    }
    counted
}

/// `Posted yesterday at 5:50am`, `3 hours ago / 9:40 AM EDT`, `PUBLISHED: May 1, 2031 at 6:12 a.m. | UPDATED: …`: nothing but
/// when the page, or an entry of it, was made.
fn is_stamp(bare: &str) -> bool {
    static LABELS: WordSet = WordSet::english(Fact::PageFurniture, "stamp-label");
    static BESIDE: WordSet = WordSet::english(Fact::PageFurniture, "beside-stamp");
    static DAYS: WordSet = WordSet::english(Fact::PageFurniture, "stamp-day");
    const LONGEST: usize = 120;
    if bare.len() > LONGEST || !bare.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    // "First published", "Originally posted".
    let opens = words.first().is_some_and(|w| DAYS.contains(w)) && bare.contains([':', '.']);
    let labelled = opens || words.iter().take(2).any(|w| LABELS.contains(w)) || words.contains(&"ago");
    labelled && words.iter().all(|w| *w == "ago" || LABELS.contains(w) || BESIDE.contains(w))
}

/// `Join the conversation (3)`: a line that is furniture by itself, and how many.
fn is_counted_line(bare: &str) -> bool {
    bare.rsplit_once(" (").is_some_and(|(line, count)| {
        let digits = |b: u8| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'k' | b'm' | b'+');
        count.starts_with(|c: char| c.is_ascii_digit())
            && count.bytes().all(digits)
            && LINES.binary_search(&line).is_ok()
    })
}

/// A lone web address, or nothing but hashtags.
fn is_address_only(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    let first = words.peek().copied().unwrap_or_default();
    if first.starts_with("http://") || first.starts_with("https://") || first.starts_with("www.") {
        return words.count() == 1;
    }
    first.starts_with('#') && first.len() > 1 && words.all(|w| w.starts_with('#'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Link,
    Call,
    Always,
    AlwaysColon,
}

/// Beginnings with their kinds, in order; the same beginning may be of two kinds.
static STARTS: LazyLock<Vec<(&str, Start)>> = LazyLock::new(|| {
    let kinds = [
        ("begins-link", Start::Link),
        ("begins-call", Start::Call),
        ("begins", Start::Always),
        ("begins-with-colon", Start::AlwaysColon),
    ];
    let mut starts: Vec<(&str, Start)> =
        kinds.into_iter().flat_map(|(flag, kind)| furniture(flag).map(move |phrase| (phrase, kind))).collect();
    starts.sort_unstable_by_key(|(phrase, _)| *phrase);
    starts
});

static CALLS: LazyLock<AhoCorasick> = LazyLock::new(|| automaton(&furniture("call").collect::<Vec<_>>()));

fn begins_like_furniture(line: &str, bare: &str) -> bool {
    let quoted = line.starts_with(['"', '“', '‘', '\'']);
    let Some(initial) = bare.get(..1) else { return false };
    let from = STARTS.partition_point(|(phrase, _)| *phrase < initial);
    STARTS[from..].iter().take_while(|(phrase, _)| phrase.starts_with(initial)).any(|(phrase, kind)| {
        let Some(rest) = bare.strip_prefix(phrase) else { return false };
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'') {
            return false;
        }
        match kind {
            Start::Always => true,
            Start::AlwaysColon => rest.trim_start().starts_with(':'),
            Start::Link => rest.trim_start().starts_with([':', '|', '>', '»', '→', '▶']) && bare.len() <= 250,
            Start::Call => !quoted && bare.len() <= 300 && holds_call(bare) && !reports_speech(bare),
        }
    })
}

fn holds_call(bare: &str) -> bool {
    CALLS.find_iter(bare).any(|m| {
        let before = bare[..m.start()].chars().next_back();
        let after = bare[m.end()..].chars().next();
        m.len() == 1 || (!before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric))
    })
}

/// Whether somebody says the line: then it is no appeal of the page.
fn reports_speech(bare: &str) -> bool {
    bare.split(' ').any(|w| {
        matches!(w.trim_end_matches([',', '.']), "said" | "says" | "told" | "added" | "wrote" | "tweeted" | "asked")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_by_itself() {
        for line in [
            "Navigation",
            "  •  ",
            "SUBSCRIBE",
            "- 3 min read",
            "Reading time: 4 minutes",
            "Facebook Twitter WhatsApp Email",
            "12 Comments",
            "5 minutes ago",
            "Updated: an hour ago",
            "Posted yesterday at 7:15am",
            "Today at 10.40 BST",
            "4 hours ago / 8:05 PM CST",
            "PUBLISHED: May 3, 2031 at 6:12 a.m. | UPDATED: May 3, 2031 at 9:30 p.m.",
            "First published on Sunday 4 May 2031 at 08:00 BST",
            "4m ago4 minutes agoThu 4 May 2031 at 8:10am",
            "The Harbour Briefing newsletter has all the news you need to start your day. Sign up here.",
            "Our Standards: The Harbour Wire Principles.",
            "CLOSE A letter from the keeper was read to the council on Monday night. HNT",
            "CLOSE CLOSE The bridge was shut for a day. (May 3) AP",
            "See a spelling or grammar error in our story? Please click here to report it.",
            "Do you have a photo or video of the storm? Send it to us here with a few words.",
            "Find out what's happening in Port Ellis with free, real-time updates from Quayside.",
            "This summary was generated by AI and may hold errors.",
            "Source: Harbour Office • Get the data • Created with Datawrapper",
            "Photo 1 of 5",
            "1/5",
            "View 12 images",
            "Have a story? Email news@harbour.example",
            "Contact Ann Lee at 555-0100 or alee@harbour.example.",
            "Updated at 11:40 a.m. with comment from the council.",
            "This story has been updated.",
            "We use your sign-up to provide content in ways you've consented to.",
            "Please enter a valid email",
            "Join the conversation (12)",
            "Buy a print of this picture",
            "License this image",
            "Have your say in the comments section",
            "Get in touch with our newsroom: call 555 0100.",
            "For more stories like this, see our harbour page.",
            "1h 20m ago",
            "Read more: Harbour closes for repairs",
            "ALSO READ | Harbour closes for repairs",
            "Sign up for our daily newsletter",
            "Join our brand new Telegram channel and get the latest news!",
            "Follow us on Twitter @harbour",
            "Advertisement",
            "https://harbour.example/a/1",
            "#harbour #ferry",
            "Story continues below advertisement",
            "Being updated",
            "This is a developing story. Please check back for updates.",
            "Developing story: this report will be updated.",
            "Image source, Harbour Pictures",
            "Tags: harbour, ferry",
            "Like our Facebook page for more stories",
        ] {
            assert!(is_furniture(line, Place::Body), "{line}");
        }
        for line in ["World", "- World News", "Home > World > Europe", "News / Politics"] {
            assert!(is_furniture(line, Place::Head), "{line}");
            assert!(!is_furniture(line, Place::Body) || line.contains("News"), "{line}");
        }
    }

    #[test]
    fn prose_is_not_furniture() {
        for line in [
            "The newsletter was read by all. Sign up sheets lay in the hall.",
            "Two of 5 boats sank.",
            "CLOSE CALL AT THE HARBOUR as two boats meet.",
            "Close The Gap is the name of the plan that the council voted on.",
            "9/11 changed that.",
            "Contact with the boat was lost at noon.",
            "Updated rules are due in May.",
            "Follow the money, the prosecutor told the court on Monday.",
            "Join the army, he was told.",
            "Watch the harbour: it is where the story began.",
            "Subscribers of the fund lost two million crowns in the crash.",
            "More: the word of the decade.",
            "The mill closed two years ago",
            "He had left an hour ago",
            "The rules were published on 4 May 2031",
            "Posted to the islands in 1931, he stayed",
            "Have your say in the vote on Sunday, the council told its people.",
            "Order returned to the quay by noon.",
            "“Subscribe to our newsletter,” she said.",
            "Share prices fell 3% on Tuesday.",
            "Donations reached a record in May, the charity said.",
            "The ministry said the story was still developing and would be updated.",
            "Print sales fell again last year.",
            "Views differ on whether the ferry should sail.",
            "Are you safe? she asked her brother.",
            "Try as they might, the crews could not reach the ferry.",
            "Facebook sued.",
        ] {
            let expected = line.starts_with("More:");
            assert_eq!(is_furniture(line, Place::Body), expected, "{line}");
        }
    }
}
