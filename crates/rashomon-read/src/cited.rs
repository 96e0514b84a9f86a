//! Whom the prose names as its source: "told the Harbour Gazette", "Quay Radio reported", "according to two officials".
//!
//! A run of capitalised words counts where it is an outlet (a table, or words that only the names of outlets have) and where a
//! word of reporting stands beside it; without such a word the name is only spoken of. Bodies and papers that are no outlets
//! count behind "according to" and the like; people do not: what they said is theirs, and the quotations have it. Sources
//! without a name are told apart, for they are nobody's proof.

use crate::names::{is_month, is_organisation_word, push, push_known};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Declared, DeclaredKind, MONTHS, Span, is_outlet, short_weekday, weekday};

/// Most bytes of a line that are read at once.
const WINDOW: usize = 8192;

/// Most sources kept of one article.
const MOST: usize = 400;

/// How many words before a name its word of reporting may stand: chosen by reading misses on one half of the marked stories.
const REACH: usize = 7;

// Words around the names of sources, by the place where each is asked for.
static AFTER_OUTLET: WordSet = WordSet::english(Fact::Citing, "after-outlet");
static AS_WROTE: WordSet = WordSet::english(Fact::Citing, "as-wrote");
static BEFORE_OUTLET: WordSet = WordSet::english(Fact::Citing, "before-outlet");
static BEFORE_NETWORK: WordSet = WordSet::english(Fact::Citing, "before-network");
static BODY: WordSet = WordSet::english(Fact::Citing, "body");
static COUNT: WordSet = WordSet::english(Fact::Citing, "count");
static DESCRIBED: WordSet = WordSet::english(Fact::Citing, "described");
static IN_A_TWEET: WordSet = WordSet::english(Fact::Citing, "in-a-tweet");
static NETWORK_IN_A_LETTER: WordSet = WordSet::english(Fact::Citing, "network-in-a-letter");
static NETWORK_PRODUCT: WordSet = WordSet::english(Fact::Citing, "network-product");
static NO_OUTLET: WordSet = WordSet::english(Fact::Citing, "no-outlet");
static OPENING: WordSet = WordSet::english(Fact::Citing, "opening");
static OUTLET_AND_WORD: WordSet = WordSet::english(Fact::Citing, "outlet-and-word");
static OUTLET_ENDING: WordSet = WordSet::english(Fact::Citing, "outlet-ending");
static OUTLET_ENDING_AFTER_THE: WordSet = WordSet::english(Fact::Citing, "outlet-ending-after-the");
static OUTLET_IN_SMALL: WordSet = WordSet::english(Fact::Citing, "outlet-in-small");
static OUTLET_PRODUCT: WordSet = WordSet::english(Fact::Citing, "outlet-product");
static NAMES_OUTLET: WordSet = WordSet::english(Fact::Citing, "names-outlet");
static NAMES_OUTLET_BESIDE: WordSet = WordSet::english(Fact::Citing, "names-outlet-beside");
static OUTLET_ALONE: WordSet = WordSet::english(Fact::Citing, "outlet-alone");
static PAPER: WordSet = WordSet::english(Fact::Citing, "paper");
static PRINTS: WordSet = WordSet::english(Fact::Citing, "prints");
static PRONOUN: WordSet = WordSet::english(Fact::Citing, "pronoun");
static REPORT: WordSet = WordSet::english(Fact::Citing, "report");
static REPORTING: WordSet = WordSet::english(Fact::Citing, "reporting");
static STAFF: WordSet = WordSet::english(Fact::Citing, "staff");
static TELLS: WordSet = WordSet::english(Fact::Citing, "tells");
static THROUGH: WordSet = WordSet::english(Fact::Citing, "through");
static TITLE: WordSet = WordSet::english(Fact::Citing, "title");
static TWEET: WordSet = WordSet::english(Fact::Citing, "tweet");
static TWEETS: WordSet = WordSet::english(Fact::Citing, "tweets");
static UNNAMED: WordSet = WordSet::english(Fact::Citing, "unnamed");
static WRITTEN: WordSet = WordSet::english(Fact::Citing, "written");

/// The sources that the prose of `line` names.
pub(crate) fn in_prose(text: &str, line: Span, out: &mut Vec<Declared>) {
    let mut words = Vec::new();
    let mut from = line.start();
    while from < line.end() && out.len() < MOST {
        let mut to = line.end().min(from + WINDOW);
        if to < line.end() {
            while !text.is_char_boundary(to) {
                to -= 1;
            }
            to = text[from..to].rfind(' ').map_or(to, |i| from + i + 1);
        }
        words.clear();
        split(text, from, to, &mut words);
        let row = Row { text, words: &words };
        row.outlets(out);
        row.tweets(out);
        row.bodies(out);
        row.papers(out);
        row.statements(out);
        row.unnamed(out);
        from = to;
    }
}

/// A word without the marks around it.
#[derive(Clone, Copy)]
struct Word<'a> {
    /// Without a possessive ending.
    core: &'a str,
    start: usize,
    end: usize,
    /// Whether a mark ends a name or a clause behind it.
    stop: bool,
    /// Whether a sentence ends behind it.
    ends: bool,
    possessive: bool,
    /// Whether a bracket or quotation mark opens before it.
    opens: bool,
}

fn split<'a>(text: &'a str, from: usize, to: usize, out: &mut Vec<Word<'a>>) {
    let piece = &text[from..to];
    for raw in piece.split(char::is_whitespace).filter(|w| !w.is_empty()) {
        let at = from + (raw.as_ptr() as usize - piece.as_ptr() as usize);
        let front = raw.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let bare = front.trim_end_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            if let Some(last) = out.last_mut() {
                last.stop = true;
            }
            continue;
        }
        let start = at + (raw.len() - front.len());
        // "in May. The Gazette": a word that only opens sentences closes the one before.
        if let Some(last) = out.last_mut()
            && text[last.end..start].starts_with('.')
            && matches!(bare, "The" | "A" | "An" | "He" | "She" | "It" | "They" | "We" | "In" | "On" | "But" | "And")
        {
            (last.stop, last.ends) = (true, true);
        }
        let behind = &front[bare.len()..];
        let possessive = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s"));
        let plural = behind.starts_with(['\'', '’']) && bare.ends_with('s') && behind.chars().count() == 1;
        let core = possessive.unwrap_or(bare);
        let month = MONTHS.contains(&core);
        // "Gov." and "U.S." end nothing.
        let short = core.chars().count() <= 3 && core.starts_with(char::is_uppercase) && !month
            || core.contains('.')
            || matches!(core, "Sens" | "Reps" | "Capt" | "Prof");
        let full_stop =
            behind.starts_with('.') && !short || behind.starts_with(['!', '?']) || behind.contains(['”', '"']);
        out.push(Word {
            core,
            start,
            end: start + core.len(),
            stop: !behind.trim_start_matches(['\'', '’', '.']).is_empty() || full_stop,
            ends: full_stop,
            possessive: possessive.is_some() || plural,
            opens: raw.len() > front.len(),
        });
    }
}

struct Row<'a, 'w> {
    text: &'a str,
    words: &'w [Word<'a>],
}

impl<'a> Row<'a, '_> {
    fn core(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.core)
    }

    fn capital(&self, i: usize) -> bool {
        self.core(i).starts_with(|c: char| c.is_uppercase())
            || self.core(i).starts_with(|c: char| c.is_ascii_digit())
                && self.core(i + 1).starts_with(char::is_uppercase)
    }

    /// One past the last word of the run of capitalised words at `i`.
    fn run(&self, i: usize) -> usize {
        let mut end = i + 1;
        while end < self.words.len() && end < i + 7 {
            let before = &self.words[end - 1];
            if before.stop || before.possessive || self.words[end].opens {
                break;
            }
            let joins =
                matches!(self.core(end), "of" | "the" | "&" | "for" | "de" | "la" | "del" | "and" | "da" | "do");
            if self.capital(end) {
                end += 1;
            } else if joins && self.capital(end + 1) && !self.words[end].stop && self.core(end) != "and" {
                end += 2;
            } else if joins && self.core(end) == "of" && self.core(end + 1) == "the" && self.capital(end + 2) {
                end += 3;
            } else {
                break;
            }
        }
        end.min(self.words.len())
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.words[from].start, self.words[to - 1].end)
    }

    /// Outlets with a word of reporting before or behind them.
    fn outlets(&self, out: &mut Vec<Declared>) {
        let mut i = 0;
        // Where the last outlet that counted ends: "NBC News and the Quay Journal" share their word.
        let mut last = None;
        while i < self.words.len() {
            let small = OUTLET_IN_SMALL.contains(self.core(i));
            if !(small || self.capital(i)) || OPENING.contains(self.core(i)) {
                i += 1;
                continue;
            }
            let end = if small { i + 1 } else { self.run(i) };
            let called = !small && self.is_called_outlet(i, end);
            let found = if small || called { Some((i, end)) } else { self.outlet(i, end) };
            let Some((from, to)) = found else {
                i = end;
                continue;
            };
            let listed = last.is_some_and(|l| (l..from).all(|k| matches!(self.core(k), "and" | "the")));
            let behind = self.reports_behind(to);
            if listed || behind || self.cited_before(from) {
                let span = self.span(from, to);
                if NETWORK_IN_A_LETTER.contains(span.text(self.text)) {
                    push_known(out, span.text(self.text), span, DeclaredKind::Cited);
                } else {
                    push(out, self.text, span, DeclaredKind::Cited);
                }
                last = Some(to);
            }
            i = to.max(i + 1);
        }
    }

    /// "The minister tweeted that": the verb says where, and so does "in a tweet".
    fn tweets(&self, out: &mut Vec<Declared>) {
        const NAME: &str = "Twitter";
        for i in 1..self.words.len() {
            let verb = TWEETS.contains(self.core(i)) && !self.words[i - 1].ends;
            let noun = TWEET.contains(self.core(i)) && i > 1 && IN_A_TWEET.contains(self.core(i - 2));
            if verb || noun {
                push_known(out, NAME, self.span(i, i + 1), DeclaredKind::Cited);
                return;
            }
        }
    }

    /// Whether the one letter at `i` is a network that goes by it: "on X", "the platform X", "in an X post".
    fn is_network(&self, i: usize) -> bool {
        let alone = self.words[i].stop || !self.capital(i + 1) || weekday(self.core(i + 1)).is_some();
        let posted_to = i > 1 && self.core(i - 1) == "to" && self.core(i - 2) == "posted";
        let before = i > 0
            && !self.words[i - 1].stop
            && (posted_to || BEFORE_NETWORK.contains(self.core(i - 1).to_ascii_lowercase().as_str()));
        let product =
            i > 0 && !self.capital(i - 1) && !self.words[i].stop && NETWORK_PRODUCT.contains(self.core(i + 1));
        alone && (before || product)
    }

    /// Whether the word before the run `i..end` says that it names an outlet: "the newspaper Le Quai", "news agency KNA".
    fn is_called_outlet(&self, i: usize, end: usize) -> bool {
        let Some(noun) = i.checked_sub(1).filter(|n| !self.words[*n].stop && !self.words[*n].possessive) else {
            return false;
        };
        let word = |n: usize| self.core(n).to_lowercase();
        let named = NAMES_OUTLET.contains(&word(noun))
            || noun > 0 && NAMES_OUTLET_BESIDE.contains(&word(noun)) && NAMES_OUTLET_BESIDE.contains(&word(noun - 1));
        let small = || !self.capital(noun) || noun == 0 || self.words[noun - 1].ends;
        // "told the newspaper Monday", "the broadcaster Ann Lee".
        let person =
            || Language::english().list(Fact::GivenNames).contains(self.core(i)) || TITLE.contains(self.core(i));
        named && small() && end - i <= 5 && !is_day(self.core(i)) && !person()
    }

    /// The longest name of an outlet inside the run `i..end`.
    fn outlet(&self, i: usize, end: usize) -> Option<(usize, usize)> {
        for from in i..end {
            if !self.capital(from) {
                continue;
            }
            for to in (from + 1..=end).rev() {
                if !self.capital(to - 1) && !self.core(to - 1).contains('.') {
                    continue;
                }
                if self.names_outlet(from, to, from == i && to == end) {
                    return Some((from, to));
                }
            }
        }
        None
    }

    fn names_outlet(&self, from: usize, to: usize, whole: bool) -> bool {
        let name = self.span(from, to).text(self.text);
        if to == from + 1 {
            if NETWORK_IN_A_LETTER.contains(name) {
                return self.is_network(from);
            }
            // "told the Echo": papers of one word.
            if OUTLET_ALONE.contains(name) && whole && from > 0 && self.core(from - 1) == "the" {
                return true;
            }
            if OUTLET_AND_WORD.contains(name) {
                let the = from > 0 && self.core(from - 1).eq_ignore_ascii_case("the");
                let opens = from == 0 || self.words[from - 1].ends;
                return whole
                    && (the || !opens)
                    && (the
                        || !matches!(name, "Times" | "Post" | "Journal" | "Globe" | "Tribune" | "Record" | "State"))
                    && is_outlet(name);
            }
            let ends = |with: &&str| {
                let end = name.as_bytes().last_chunk::<4>().map(|it| &it[4 - with.len()..]);
                end.is_some_and(|end| end.eq_ignore_ascii_case(with.as_bytes()))
            };
            if name.len() > 5 && [".com", ".org", ".net", ".tv"].iter().any(ends) {
                return true;
            }
            return is_outlet(name) && (whole || !name.chars().any(char::is_lowercase) || name.len() > 3)
                || is_call_sign(name)
                || is_paper_of_two(name);
        }
        if is_outlet(name) {
            return true;
        }
        // "Harbour Gazette", "Quay Radio News": at most five words, of which the last is an outlet's.
        let last = self.core(to - 1);
        let the = from > 0 && self.core(from - 1).eq_ignore_ascii_case("the");
        let plain = (from..to).all(|k| self.capital(k) && self.core(k).len() > 1 || self.core(k) == "of");
        let own = OUTLET_ENDING.contains(last) || is_paper_of_two(last);
        let shared = OUTLET_ENDING_AFTER_THE.contains(last) && the;
        let first = self.core(from);
        let titled = TITLE.contains(first) || NO_OUTLET.contains(first);
        plain && to - from <= 5 && (own || shared) && !titled
            || first == "Radio" && to - from == 2
            || is_call_sign(first) && to - from == 2 && is_organisation_word(last)
    }

    /// Whether what stands before the name at `i` says that something was told to it, printed by it, or comes from it.
    fn cited_before(&self, i: usize) -> bool {
        for k in (i.saturating_sub(7)..i).rev() {
            if self.words[k].ends {
                return false;
            }
            let cue = self.core(k).to_ascii_lowercase();
            // "a reporter, CNN": nothing joins them.
            if self.words[k].stop && !matches!(cue.as_str(), "reported" | "reports" | "via") {
                return false;
            }
            if TELLS.contains(&cue) || THROUGH.contains(&cue) && self.reporting_before(k, i) {
                return true;
            }
            if !BEFORE_OUTLET.contains(&cue) {
                return false;
            }
        }
        false
    }

    /// Whether a word of reporting stands before the small word at `k`, or behind the name at `i` where that opens its
    /// sentence: "On CNN on Sunday, she said".
    fn reporting_before(&self, k: usize, i: usize) -> bool {
        for w in (k.saturating_sub(REACH)..k).rev() {
            if self.words[w].ends {
                return w + 1 == k && self.said_soon(i);
            }
            // "did not answer requests for comment from the Gazette": nothing was said.
            if matches!(self.core(w), "request" | "requests") {
                return false;
            }
            if REPORTING.contains(&self.core(w).to_ascii_lowercase()) {
                return true;
            }
        }
        k == 0 && self.said_soon(i)
    }

    /// Whether a verb of printing comes in the sentence from `k` on: "a Gazette writer who was there, reported".
    fn printed_soon(&self, k: usize) -> bool {
        (k..(k + 12).min(self.words.len()))
            .take_while(|w| *w == k || !self.words[w - 1].ends)
            .any(|w| PRINTS.contains(self.core(w)))
    }

    fn said_soon(&self, i: usize) -> bool {
        (i..(i + 14).min(self.words.len()))
            .take_while(|k| *k == i || !self.words[k - 1].ends)
            .any(|k| matches!(self.core(k), "said" | "says" | "told" | "called" | "wrote" | "argued" | "asked"))
    }

    /// Whether what stands behind the name that ends at `i` is its reporting: "has learned", "reporter Ann Lee wrote", "poll".
    fn reports_behind(&self, i: usize) -> bool {
        let last = &self.words[i - 1];
        // "Quay Radio, citing police, said": a clause between commas is passed over only where it cites.
        if last.stop && !last.possessive {
            return !last.ends && matches!(self.core(i), "citing" | "which") && !self.words[i - 1].ends;
        }
        let mut k = i;
        let mut skipped = 0;
        // "was first to report", "was the first to reveal".
        let first = i + 1 + usize::from(self.core(i + 1) == "the");
        if self.core(i) == "was" && self.core(first) == "first" && self.core(first + 1) == "to" {
            return REPORTING.contains(&format!("{}ed", self.core(first + 2)))
                || REPORTING.contains(&format!("{}d", self.core(first + 2)));
        }
        while k < self.words.len() && skipped < 7 {
            let word = self.core(k);
            if OUTLET_PRODUCT.contains(word) {
                return true;
            }
            if STAFF.contains(word) && self.printed_soon(k + 1) {
                return true;
            }
            if PRINTS.contains(&word.to_ascii_lowercase()) {
                return true;
            }
            let person = self.capital(k) && (last.possessive || skipped > 0);
            if !(person || AFTER_OUTLET.contains(&self.core(k).to_ascii_lowercase())) || self.words[k].ends {
                return false;
            }
            k += 1;
            skipped += 1;
        }
        false
    }

    /// Bodies that are no outlets, and papers of any name, behind a wording that makes them a source.
    fn bodies(&self, out: &mut Vec<Declared>) {
        for i in 1..self.words.len() {
            let word = self.core(i);
            let paper_by = matches!(word, "by" | "from") && REPORT.contains(self.core(i - 1))
                || word == "in" && self.core(i - 1) == "published";
            let lower = word == "to" && self.core(i - 1).eq_ignore_ascii_case("according")
                || paper_by
                || matches!(word, "by") && matches!(self.core(i - 1), "obtained" | "reviewed" | "compiled")
                || matches!(word, "by") && self.core(i - 1) == "reported" && i > 1 && self.core(i - 2) == "first";
            if !lower || self.words[i].stop {
                continue;
            }
            let mut k = i + 1;
            let mut paper = paper_by;
            while k < self.words.len() && k < i + 10 && !self.capital(k) && !self.words[k].stop {
                paper |= PAPER.contains(self.core(k));
                let known = paper || matches!(self.core(k), "the" | "a" | "an" | "new" | "recent");
                if !known && !PAPER.contains(self.core(k + 1)) {
                    break;
                }
                k += 1;
            }
            if k >= self.words.len() || !self.capital(k) {
                continue;
            }
            let end = self.run(k);
            let the = self.core(k - 1).eq_ignore_ascii_case("the");
            let person = (k..end).any(|w| TITLE.contains(self.core(w)));
            // "records released Wednesday", "published in London": when and where, not by whom.
            let name = self.span(k, end).text(self.text);
            let somewhere = Language::english().list(Fact::Places).contains(name);
            let plain_in = word == "in" && k == i + 1;
            if is_day(self.core(k)) || plain_in && (somewhere || end == k + 1 && !is_outlet(name)) {
                continue;
            }
            let body = paper
                || (k..end).any(|w| BODY.contains(self.core(w)) || is_organisation_word(self.core(w)))
                || self.words[k].core.len() > 1 && self.words[k].core.chars().all(char::is_uppercase)
                || self.words[k].core.chars().skip(1).any(char::is_uppercase)
                    && self.words[k].core.chars().any(char::is_lowercase)
                || self.words[end - 1].core.contains('.') && self.words[end - 1].core.len() > 5
                || the && end > k + 1;
            if body && !person {
                push(out, self.text, self.span(k, end), DeclaredKind::Cited);
            }
        }
    }

    /// "a Quay Institute study found", "as Ann Lee reported": papers of any name, and colleagues who are named for what they wrote.
    fn papers(&self, out: &mut Vec<Declared>) {
        for i in 0..self.words.len() {
            let opens = i == 0 || self.words[i - 1].ends;
            if self.core(i).eq_ignore_ascii_case("as") && (opens || self.words[i - 1].stop) {
                let k = if self.core(i + 1) == "my" && self.core(i + 2) == "colleague" { i + 3 } else { i + 1 };
                let k = if self.core(k) == "the" { k + 1 } else { k };
                if k < self.words.len() && self.capital(k) && !self.words[k].possessive {
                    let end = self.run(k);
                    let at = if matches!(self.core(end), "has" | "have" | "first") { end + 1 } else { end };
                    if AS_WROTE.contains(self.core(at)) && !self.words[end - 1].stop {
                        push(out, self.text, self.span(k, end), DeclaredKind::Cited);
                    }
                }
            }
            let determined = matches!(self.core(i), "a" | "A" | "an" | "the" | "The" | "recent" | "new" | "latest");
            if determined && i + 1 < self.words.len() && self.capital(i + 1) && !self.words[i].stop {
                let end = self.run(i + 1);
                let known = matches!(self.core(end), "poll" | "survey" | "study") && !self.words[end - 1].stop;
                let common = OPENING.contains(self.core(i + 1)) || TITLE.contains(self.core(i + 1));
                if known && !common {
                    push(out, self.text, self.span(i + 1, end), DeclaredKind::Cited);
                }
            }
        }
    }

    /// "Ann Lee said in a statement", "in a post on their page, the Harbour Board said": who put out the words.
    fn statements(&self, out: &mut Vec<Declared>) {
        for i in 0..self.words.len() {
            let written = WRITTEN.contains(self.core(i))
                && (1..=4).any(|n| i >= n && self.core(i - n).eq_ignore_ascii_case("in"));
            let put_out =
                usize::from(matches!(self.core(i + 1), "provided" | "released" | "issued" | "sent" | "posted"));
            let from = matches!(self.core(i), "statement" | "letter" | "memo")
                && matches!(self.core(i + 1 + put_out), "from" | "by")
                && !self.words[i].stop;
            if from && let Some(k) = (i + 2 + put_out..i + 5 + put_out).find(|k| self.capital(*k)) {
                let plain = (i + 2 + put_out..k).all(|w| !self.words[w].stop);
                if plain {
                    push(out, self.text, self.span(k, self.run(k)), DeclaredKind::Cited);
                }
            }
            // "the Harbour Board released a long statement", "Ann Lee tweeted".
            let gave = matches!(self.core(i), "statement" | "statements")
                .then(|| {
                    (i.saturating_sub(6)..i)
                        .rev()
                        .take_while(|k| !self.words[*k].stop)
                        .find(|k| matches!(self.core(*k), "released" | "issued"))
                })
                .flatten()
                .or_else(|| (self.core(i) == "tweeted").then_some(i));
            if let Some(verb) = gave {
                self.subject_before(verb, out);
                continue;
            }
            if !written {
                continue;
            }
            let said =
                |k: usize| matches!(self.core(k), "said" | "says" | "wrote" | "announced" | "confirmed" | "added");
            // Before: "Ann Lee said in a written statement".
            let verb = (i.saturating_sub(6)..i).rev().take_while(|k| !self.words[*k].ends).find(|k| said(*k));
            if let Some(verb) = verb {
                self.subject_before(verb, out);
                continue;
            }
            // Behind: "In a statement on Monday, Ann Lee said".
            let verb = (i + 1..(i + 16).min(self.words.len())).find(|k| said(*k));
            if let Some(verb) = verb.filter(|v| (i..*v).all(|k| !self.words[k].ends)) {
                self.subject_before(verb, out);
            }
        }
    }

    /// The capitalised run right before the verb at `verb`.
    fn subject_before(&self, verb: usize, out: &mut Vec<Declared>) {
        if verb == 0 || self.words[verb - 1].ends || self.words[verb - 1].possessive {
            return;
        }
        let mut from = verb;
        while from > 0 && verb - from < 6 && self.capital(from - 1) && (from == verb || !self.words[from - 1].stop) {
            from -= 1;
        }
        // "Friends of Ostland said".
        if from > 1 && from < verb && matches!(self.core(from - 1), "of" | "for") && self.capital(from - 2) {
            from -= 2;
            while from > 0 && self.capital(from - 1) && !self.words[from - 1].stop {
                from -= 1;
            }
        }
        // "Ann Lee, a Liberal, said".
        if from > 0 && matches!(self.core(from - 1), "a" | "an") {
            return;
        }
        let pronoun = from + 1 == verb && PRONOUN.contains(self.core(from));
        if from < verb && !pronoun {
            push(out, self.text, self.span(from, verb), DeclaredKind::Cited);
        }
    }

    /// "according to two officials", "a person familiar with the matter".
    fn unnamed(&self, out: &mut Vec<Declared>) {
        let mut until = 0;
        for i in 0..self.words.len() {
            if i < until || !UNNAMED.contains(self.core(i)) {
                continue;
            }
            let mut from = i;
            while from > 0 && i - from < 5 && !self.words[from - 1].stop {
                let word = self.core(from - 1).to_ascii_lowercase();
                let describes = COUNT.contains(&word) || DESCRIBED.contains(&word);
                if !describes {
                    break;
                }
                from -= 1;
            }
            let counted = (from..i).any(|k| COUNT.contains(&self.core(k).to_ascii_lowercase()));
            let according =
                from > 1 && self.core(from - 1) == "to" && self.core(from - 2).eq_ignore_ascii_case("according");
            let knows = matches!(self.core(i + 1), "familiar" | "briefed") && !self.words[i].stop
                || self.core(i + 1) == "close" && self.core(i + 2) == "to"
                || self.core(i + 1) == "with" && matches!(self.core(i + 2), "knowledge" | "direct");
            let anonymous =
                (from..i).any(|k| matches!(self.core(k).to_ascii_lowercase().as_str(), "anonymous" | "unnamed"));
            // "a purge of people close to the chief": they said nothing.
            let spoken_of = from > 0 && matches!(self.core(from - 1), "of" | "for" | "against" | "between");
            if (according && counted) || (knows && !spoken_of) || anonymous {
                push(out, self.text, self.span(from, i + 1), DeclaredKind::Unnamed);
                until = i + 1;
            }
        }
    }
}

/// Whether a word tells when: a month or a day of the week.
fn is_day(word: &str) -> bool {
    MONTHS.contains(&word)
        || weekday(word).is_some()
        || short_weekday(word).is_some()
        || is_month(word) && word.len() <= 4
}

/// "KQED", "WXYZ-TV": the call signs of American stations begin with K or W.
fn is_call_sign(name: &str) -> bool {
    let head = name.split('-').next().unwrap_or(name);
    let suffix = &name[head.len()..];
    (3..=4).contains(&head.len())
        && head.starts_with(['K', 'W'])
        && head.bytes().all(|b| b.is_ascii_uppercase())
        && (head.len() == 4 || !suffix.is_empty())
        && matches!(suffix, "" | "-TV" | "-FM" | "-AM" | "-DT")
        && !matches!(head, "WHO" | "WTO" | "WFP" | "WWII" | "KGB" | "WMD" | "WMDS" | "WIFI" | "KKK")
}

/// "Post-Dispatch", "Journal-Constitution": two words of newspapers in one.
fn is_paper_of_two(name: &str) -> bool {
    name.split_once('-').is_some_and(|(a, b)| {
        let paper = |w: &str| OUTLET_ENDING.contains(w) || OUTLET_ENDING_AFTER_THE.contains(w);
        paper(a) && b.starts_with(char::is_uppercase) || paper(b) && a.starts_with(char::is_uppercase) && a.len() > 3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> String {
        let mut out = Vec::new();
        in_prose(line, Span::new(0, line.len()), &mut out);
        out.sort_by_key(|d| (d.span, d.kind));
        out.iter().map(|d| format!("{}={}", d.kind.as_str(), d.name)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn outlets_named_as_sources() {
        for (line, wanted) in [
            ("Mayor Olin Verd told the news agency Reuters that he would go.", "cited=Reuters"),
            ("“It is over,” Verd told The Washington Post on Monday.", "cited=Washington Post"),
            ("The wall was rotten, the Daily Beast reported.", "cited=Daily Beast"),
            ("Fox News has learned that the wall was rotten.", "cited=Fox News"),
            ("In an interview with CNN, Verd said the wall was rotten.", "cited=CNN"),
            ("The plan was first reported by the Kelmouth Gazette.", "cited=Kelmouth Gazette"),
            ("The wall was rotten, according to the Kelmouth Post.", "cited=Kelmouth Post"),
            ("He said so during an appearance on Quay Radio.", "cited=Quay Radio"),
            ("NBC News and The Wall Street Journal reported the sale.", "cited=NBC News; cited=Wall Street Journal"),
            ("A Quay Tribune investigation found rot in the wall.", "cited=Quay Tribune"),
            ("CNN's Ann Lee reported that the wall was rotten.", "cited=CNN"),
            ("The wall fell at noon, KXYV-TV reported.", "cited=KXYV-TV"),
            ("In an essay for Politico, Verd blamed the sea.", "cited=Politico"),
            ("Police said in a post on Facebook that the quay was shut.", "cited=Police; cited=Facebook"),
            ("Police posted a video on Instagram.", "cited=Instagram"),
            ("The port said in a post on X that the quay was shut.", "cited=X"),
            ("“Keep off the wall,” the port wrote on X, formerly Twitter.", "cited=X"),
            ("Verd said on the social media platform X that he would go.", "cited=X"),
            ("Verd wrote on X Tuesday that he would go.", "cited=X"),
            ("In an X post, Verd said he would go.", "cited=X; cited=Verd"),
            ("The port posted on Nextdoor and Threads that the quay was shut.", "cited=Nextdoor; cited=Threads"),
            ("The harbour master tweeted that the wall was rotten.", "cited=Twitter"),
            ("He said so in a tweet.", "cited=Twitter"),
            ("Verd told the dpa news agency that he would go.", "cited=dpa"),
            ("The German news agency dpa quoted Verd as saying so.", "cited=dpa"),
            ("The letter was obtained by the Associated Press.", "cited=Associated Press"),
            ("As the Times noted, the wall was rotten.", "cited=Times"),
            ("The official news agency QNA reported that two men died.", "cited=QNA"),
            ("“It is over,” a general told state news agency QNT.", "cited=QNT"),
            ("The broadcaster ORV said the man was 34.", "cited=ORV"),
            ("Public broadcaster ORV reported that the mayor would quit.", "cited=ORV"),
            ("The newspaper La Digue reported on Friday that the firm would close.", "cited=La Digue"),
            ("The magazine Der Damm said the wall had been sold.", "cited=Der Damm"),
            ("News website Quayside Live said the man was 34.", "cited=Quayside Live"),
            ("The Quay Star was first to report the sale.", "cited=Quay Star"),
            ("A source told the Echo that the mayor would leave.", "cited=Echo"),
            ("The mayor told Quay FM that he was staying.", "cited=Quay FM"),
            (
                "The leak was first revealed by the Guardian in May. The Times has reported it.",
                "cited=Guardian; cited=Times",
            ),
            ("She wrote on her Substack that she was leaving.", "cited=Substack"),
        ] {
            assert_eq!(found(line), wanted, "{line}");
        }
    }

    #[test]
    fn bodies_statements_and_people_without_a_name() {
        for (line, wanted) in [
            ("The wall was rotten, according to the Harbour Research Institute.", "cited=Harbour Research Institute"),
            ("It cost $3m, according to a report by Ostland Water.", "cited=Ostland Water"),
            ("Ann Lee said in a statement that the wall was rotten.", "cited=Ann Lee"),
            ("In a statement on Monday, Harbour Minister Ann Lee said so.", "cited=Harbour Minister Ann Lee"),
            ("The wall was rotten, according to two officials.", "unnamed=two officials"),
            ("A person familiar with the plan said it was off.", "unnamed=A person"),
            ("It was off, according to three senior port officials.", "unnamed=three senior port officials"),
        ] {
            assert_eq!(found(line), wanted, "{line}");
        }
    }

    #[test]
    fn outlets_that_are_only_spoken_of() {
        for line in [
            "The report was published in full in March.",
            "The data were published in April, and the order was published in London.",
            "The map was published in Kelmouth on Friday.",
            "According to court records released Wednesday, he had bought it.",
            "According to a poll released in June, nobody cares.",
            "He told the newspaper Monday that he would go.",
            "The broadcaster Ann Lee was late.",
            "She sold her shares in The Washington Post.",
            "CNN has 3,000 employees.",
            "He said that Malcolm X was wrong.",
            "X marks the spot, he said.",
            "She posted a photo of Company X on the wall.",
            "She deleted her tweets.",
            "She works at dpa.",
            "The Times building was evacuated.",
            "He posted bail on Friday in Kelmouth.",
            "State Department officials were late.",
            "Verd told Kelly that he would go.",
            "People told the mayor to go.",
            "The Post Office was shut on Monday.",
            "According to Verd, the wall was rotten.",
            "The wall was rotten, according to Mayor Olin Verd.",
            "Two officials left the room.",
            "The sun rose over the Independent State of Ost.",
        ] {
            assert_eq!(found(line), "", "{line}");
        }
    }
}
