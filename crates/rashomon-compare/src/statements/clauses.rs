//! Which statements a sentence makes: its clauses, each with the words it silently takes over from the rest.
//!
//! "X, who did Y, said Z" makes three statements. Boundaries are found by marks, connectives and verbs, without a parse;
//! a piece without a verb of its own stays with its neighbour.

use crate::meaning::{Negation, negation};
use crate::words::straight;
use jiff::civil::Weekday;
use rashomon_annotate::{Annotated, QuoteKind, Sentence, Tag, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Span, weekday};

/// One clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Where it stands, without connective and marks at its ends.
    pub(crate) span: Span,
    /// Words of the same sentence that it takes over: the subject it shares, the noun it explains.
    pub(crate) context: Option<Span>,
    /// What cut it off.
    pub(crate) kind: ClauseKind,
    /// The words of the same sentence that name who says it.
    pub(crate) by: Option<Span>,
}

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ClauseKind {
    /// The first clause, or one that stands alone.
    Main,
    /// Joined by "and", "but", a semicolon or a dash.
    Coordinate,
    /// After "which", "who", "that".
    Relative,
    /// What is said, thought or agreed.
    Complement,
    /// After "after", "because", "when".
    Adverbial,
    /// ", adding …".
    Participle,
    /// Words inside quotation marks.
    Quoted,
    /// Who says the rest, where, and to whom; nothing more.
    Attribution,
}

/// The clauses of one sentence, in order of place. At least one, however short the sentence.
pub(crate) fn clauses(article: &Annotated, sentence: &Sentence) -> Vec<Clause> {
    let text = &article.article.text;
    let tokens = article.tokens_of(sentence);
    let whole = Clause { span: sentence.span, context: None, kind: ClauseKind::Main, by: None };
    if sentence.heading || tokens.len() < 8 || tokens.len() > 400 {
        return vec![whole];
    }
    let words: Vec<String> = tokens.iter().map(|t| straight(t.span.text(text)).into_owned()).collect();
    let read = Reading { text, tokens, words: &words };
    let mut cuts = cuts(article, sentence, &read);
    cuts.sort_unstable();
    cuts.dedup_by_key(|c| c.0);

    // Pieces between cuts; one without a verb or with hardly a word joins the piece before it.
    let mut pieces: Vec<(usize, usize, ClauseKind)> = Vec::new();
    let mut from = (0, ClauseKind::Main);
    for (at, kind) in cuts.into_iter().chain([(tokens.len(), ClauseKind::Main)]) {
        if at <= from.0 {
            from.1 = if at == from.0 { kind } else { from.1 };
            continue;
        }
        let states = read.states(from.0, at)
            || from.1 == ClauseKind::Quoted && read.content(from.0, at) >= 2
            || read.attribution(from.0, at).is_some();
        match pieces.last_mut() {
            Some(last) if !states && last.2 != ClauseKind::Quoted => last.1 = at,
            _ => pieces.push((from.0, at, from.1)),
        }
        from = (at, kind);
    }
    // A first piece that states nothing goes to the second: "On Monday, …".
    let idle = |p: &(usize, usize, ClauseKind)| !read.states(p.0, p.1) && read.attribution(p.0, p.1).is_none();
    if pieces.len() > 1 && idle(&pieces[0]) && pieces[1].2 != ClauseKind::Quoted {
        // "PORT SELWYN, March 11 (Agency) - A ferry …": where and when the report was filed is no part of it.
        let (from, to, _) = pieces[0];
        let dash = [to - 1, to].iter().any(|i| matches!(words[*i].as_str(), "-" | "–" | "—" | "--"));
        let shouted = tokens[from].span.text(text);
        let filed = dash && to <= 12 && shouted.len() > 2 && !shouted.chars().any(char::is_lowercase);
        pieces[0].0 = if filed { to } else { from };
        pieces[1].0 = pieces[0].0;
        pieces[1].2 = ClauseKind::Main;
        pieces.remove(0);
    }
    // "announced his travel plans after both signaled [that …]": what ends in the verb of another's speech or thought is
    // whole with it only; "both signaled [that …]" says who thinks it.
    let mut n = 0;
    while n + 1 < pieces.len() {
        let (from, to, kind) = pieces[n];
        let said = pieces[n + 1].2 == ClauseKind::Complement && kind != ClauseKind::Quoted;
        if said && read.dangling(from, to) && read.attribution(from, to).is_none() && read.deeds(from, to) > 1 {
            pieces[n].1 = pieces.remove(n + 1).1;
        } else {
            n += 1;
        }
    }
    let mut out = Vec::with_capacity(pieces.len());
    let says: Vec<Option<Span>> = pieces.iter().map(|(from, to, _)| read.attribution(*from, *to)).collect();
    for (n, (from, to, kind)) in pieces.iter().copied().enumerate() {
        let said = |k: usize| matches!(pieces.get(k), Some((_, _, ClauseKind::Complement | ClauseKind::Quoted)));
        let beside = said(n + 1) || n > 0 && said(n - 1);
        let thinks = said(n + 1) && read.dangling(from, to) && read.deeds(from, to) < 2;
        // "…, according to officials [who asked not to be named]": that is about who says it, too.
        let about_speaker = kind == ClauseKind::Relative && n > 0 && says[n - 1].is_some();
        let only_says = (says[n].is_some() && (beside || pieces.len() > 1) || thinks || about_speaker)
            && kind != ClauseKind::Quoted;
        // "…, Calloway said, adding [that …]": who says the rest is no part of what comes before.
        let to = if only_says || kind == ClauseKind::Quoted { to } else { read.before_speech(from, to) };
        // What follows these is stated as a fact and stands alone without them.
        let joins =
            |i: &usize| matches!(words[*i].as_str(), "after" | "although" | "though" | "whereas" | "because" | "while");
        let link = if kind == ClauseKind::Adverbial { (from..to.min(from + 5)).find(joins) } else { None };
        let from = link.map_or(from, |i| i + 1);
        let Some(span) = read.trimmed(from, to) else { continue };
        let kind = if only_says { ClauseKind::Attribution } else { kind };
        let by = match kind {
            ClauseKind::Complement | ClauseKind::Quoted => {
                n.checked_sub(1).and_then(|k| says[k]).or_else(|| says.get(n + 1).copied().flatten())
            }
            _ => None,
        };
        let context = match kind {
            ClauseKind::Complement if read.pronoun(from, to) => by,
            ClauseKind::Relative => read.antecedent(from),
            ClauseKind::Coordinate | ClauseKind::Participle if !read.own_subject(from, to) => {
                // Of the nearest clause before it that has one and is not about who speaks.
                let before = pieces[..n].iter().zip(&says).rev().filter(|(_, says)| says.is_none());
                before.map(|(p, _)| p).find_map(|p| read.subject(p.0, p.1)).or_else(|| read.subject(0, words.len()))
            }
            _ => None,
        };
        out.push(Clause { span, context: context.filter(|c| !c.overlaps(span)), kind, by });
    }
    if out.is_empty() { vec![whole] } else { out }
}

/// The tokens of a sentence and their lower-case words.
struct Reading<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a [String],
}

/// Where clauses begin.
fn cuts(article: &Annotated, sentence: &Sentence, read: &Reading) -> Vec<(usize, ClauseKind)> {
    let (tokens, words) = (read.tokens, read.words);
    let mut out = Vec::new();
    let inside = |offset: usize| tokens.partition_point(|t| t.span.start() < offset);
    for q in article.quotes_over(sentence.span) {
        let long = article.tokens_in(q.span).len() >= 5;
        if long && matches!(q.kind, QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Indirect) {
            // A piece of speech inside the reporter's own sentence is a clause only if it has a verb of its own.
            let (start, end) = (inside(q.span.start()), inside(q.span.end()));
            let opens = match q.kind {
                QuoteKind::Direct => true,
                QuoteKind::Mixed => read.states(start, end),
                _ => read.states(start, end) && read.own_subject(start, end),
            };
            if opens {
                let kind = if q.kind == QuoteKind::Indirect { ClauseKind::Complement } else { ClauseKind::Quoted };
                out.push((start, kind));
                out.push((end, ClauseKind::Coordinate));
            }
        }
    }
    for i in 1..words.len() {
        let before = words[i - 1].as_str();
        let comma = before == ",";
        let kind = match words[i].as_str() {
            "which" | "who" | "whose" if comma => Some(ClauseKind::Relative),
            "where" if comma => Some(ClauseKind::Relative),
            "that" if read.verb(i - 1) || SPEECH_NOUNS.contains(before) => Some(ClauseKind::Complement),
            "that" if words.get(i + 1).is_some_and(|_| read.finite(i + 1)) => {
                out.extend(read.resumed(i).map(|at| (at, ClauseKind::Coordinate)));
                Some(ClauseKind::Relative)
            }
            "who" if read.finite(i + 1) => Some(ClauseKind::Relative),
            "and" | "but" | "while" | "or" | "so" | "yet" if comma && read.finite_within(i + 1, 6).is_some() => {
                Some(ClauseKind::Coordinate)
            }
            "and" | "but" if read.finite(i + 1) && read.states(0, i) => Some(ClauseKind::Coordinate),
            "and" | "but" if read.fresh_subject(i + 1) && read.finite_within(0, i).is_some() && !read.listed(i) => {
                Some(ClauseKind::Coordinate)
            }
            // What follows "unless", "until", "before" need not have happened and stays with the rest.
            "after" | "because" | "although" | "though" | "while" | "when" | "whereas" | "since" | "as" | "once"
                if read.finite_within(i + 1, 8).is_some()
                    && !PRONOUNS.contains(words[i + 1].as_str())
                    && !words[i + 1].starts_with(|c: char| c.is_ascii_digit())
                    && !matches!(before, "such" | "as" | "well" | "even" | "so") =>
            {
                // "a day after": how long after belongs to the connective.
                let at = if words[i] == "after" { read.measured(i) } else { i };
                if at < i && at > 0 {
                    out.push((at, ClauseKind::Adverbial));
                    None
                } else {
                    (words[i] != "as" || comma).then_some(ClauseKind::Adverbial)
                }
            }
            // What is asked about or told is taken as a fact: "into why a ferry struck the pier".
            "why" | "how" if read.own_subject(i + 1, words.len()) && read.finite_within(i + 1, 8).is_some() => {
                (i > 3).then_some(ClauseKind::Complement)
            }
            ";" | "—" | "–" | "--" => Some(ClauseKind::Coordinate),
            // A hyphen between spaces is a dash; inside a word it is none.
            "-" if tokens[i - 1].span.end() < tokens[i].span.start() => Some(ClauseKind::Coordinate),
            w if comma && w.len() > 5 && w.ends_with("ing") && read.verb(i) => Some(ClauseKind::Participle),
            _ => None,
        };
        out.extend(kind.map(|k| (i, k)));
    }
    // What somebody says in one breath stays one statement.
    let quoted = |at: usize| {
        let offset = tokens[at].span.start();
        let inside = |s: Span| s.start() < offset && offset < s.end();
        article.quotes_over(tokens[at].span).any(|q| q.kind == QuoteKind::Direct && inside(q.span))
    };
    out.retain(|(at, kind)| *at >= tokens.len() || *kind == ClauseKind::Quoted || !quoted(*at));
    // "says he has …": what is said, without "that".
    for i in 0..words.len() {
        let says = read.speech(i);
        if says && i + 2 < words.len() && read.own_subject(i + 1, words.len()) && read.finite_within(i + 1, 7).is_some()
        {
            out.push((i + 1, ClauseKind::Complement));
        }
    }
    // What somebody denies is no statement without the denial: "denied that …", "rejects claims that …".
    out.retain(|(at, kind)| {
        let before = at.saturating_sub(4)..(*at).min(words.len());
        let denied = words[before].iter().any(|w| matches!(negation(w), Some(Negation::Deny | Negation::Fail)));
        let marked = tokens.get(*at).is_some_and(|t| t.tag == Tag::Quote);
        !(denied
            && (matches!(kind, ClauseKind::Complement | ClauseKind::Relative)
                || *kind == ClauseKind::Quoted && !marked))
    });
    out
}

/// Whether a time expression only says when somebody spoke: "…, the mayor said on Thursday". The nearest verb before it
/// in its sentence, not far off, is one of saying.
pub(crate) fn dates_speech(article: &Annotated, sentence: Span, time: Span) -> bool {
    static SAYS: WordSet = WordSet::english(Fact::ReportingVerbs, "dated-speech");
    let before = article.tokens_in(Span::new(sentence.start(), time.start().max(sentence.start())));
    let verb = before.iter().rev().take(6).find(|t| t.tag.is_verb() || t.tag == Tag::Quote);
    verb.is_some_and(|t| SAYS.contains(article.text(t.span).to_lowercase().as_str()))
}

/// Whether a stretch only describes the common noun that follows it at once: "Muslim leaders", "his 9 p.m. slot", "the 2016
/// election".
pub(crate) fn describes_noun(article: &Annotated, span: Span) -> bool {
    let next = article.tokens.get(article.tokens.partition_point(|t| t.span.start() < span.end()));
    next.is_some_and(|t| matches!(t.tag, Tag::NN | Tag::NNS) && t.span.start() <= span.end() + 1)
}

/// Whether an article is of a weekend or a Monday, when "last week" and "next week" are read in two ways.
pub(crate) fn between_weeks(article: &Annotated) -> bool {
    let day = article.dateline.map(rashomon_model::Moment::date);
    day.is_some_and(|d| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday | Weekday::Monday))
}

/// Whether the words at `span` begin with "if" or "whether".
pub(super) fn supposes(article: &Annotated, span: Span) -> bool {
    let first =
        article.tokens_in(span).iter().map(|t| article.text(t.span)).find(|w| w.contains(char::is_alphanumeric));
    first.is_some_and(|w| w.eq_ignore_ascii_case("if") || w.eq_ignore_ascii_case("whether"))
}

/// Whether a lower-case word reports speech or thought.
pub(super) fn is_saying(word: &str) -> bool {
    SPEECH.contains(word)
}

static SPEECH: WordSet = WordSet::english(Fact::ReportingVerbs, "clause");
/// Whether a lower-case word begins a date: "announced Monday", "announced last week".
fn dates(word: &str) -> bool {
    weekday(word).is_some() || matches!(word, "yesterday" | "today" | "tonight" | "last")
}

/// Whether a tag can begin an object.
fn nominal(tag: Tag) -> bool {
    use Tag::{CD, DT, JJ, NN, NNP, NNPS, NNS, PRPS};
    matches!(tag, CD | DT | JJ | NN | NNP | NNPS | NNS | PRPS)
}

static SPEECH_NOUNS: WordSet = WordSet::english(Fact::ReportingVerbs, "before-that");
static AUXILIARIES: WordSet = WordSet::english(Fact::Auxiliaries, "clause");
static PRONOUNS: WordSet = WordSet::english(Fact::Pronouns, "clause");

impl Reading<'_> {
    /// Whether the word at `i` reports speech or thought; in "the first warning was given" it is a noun.
    fn speech(&self, i: usize) -> bool {
        let noun = self.tokens[i].tag.is_noun() && self.words[i].ends_with("ing");
        SPEECH.contains(self.words[i].as_str()) && !noun
    }

    /// Whether the word is a verb, finite or not.
    fn verb(&self, i: usize) -> bool {
        let (Some(word), Some(token)) = (self.words.get(i), self.tokens.get(i)) else { return false };
        match token.tag {
            Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ | Tag::MD => true,
            Tag::Other => guessed_verb(word) || word.ends_with("ing") && word.len() > 5,
            _ => false,
        }
    }

    /// Whether the word is a verb that can carry a clause.
    fn finite(&self, i: usize) -> bool {
        let (Some(word), Some(token)) = (self.words.get(i), self.tokens.get(i)) else { return false };
        match token.tag {
            Tag::VBD | Tag::VBP | Tag::VBZ | Tag::MD => true,
            Tag::Other => guessed_verb(word),
            _ => AUXILIARIES.contains(word.as_str()),
        }
    }

    /// The first finite verb among the next `n` words, before a comma.
    fn finite_within(&self, from: usize, n: usize) -> Option<usize> {
        (from..(from + n).min(self.words.len()))
            .take_while(|i| !matches!(self.words[*i].as_str(), "," | ";"))
            .find(|i| self.finite(*i))
    }

    /// Whether a subject of its own and a finite verb begin at `i`: "the United States called".
    fn fresh_subject(&self, i: usize) -> bool {
        let Some(word) = self.words.get(i) else { return false };
        let capital = self.tokens[i].span.text(self.text).starts_with(char::is_uppercase);
        let starts = PRONOUNS.contains(word.as_str())
            || capital
            || matches!(word.as_str(), "the" | "a" | "an" | "its" | "his" | "their");
        let reach = if PRONOUNS.contains(word.as_str()) { 2 } else { 5 };
        starts && self.finite_within(i + 1, reach).is_some()
    }

    /// Whether `from..to` has words before its first finite verb that can be a subject.
    fn own_subject(&self, from: usize, to: usize) -> bool {
        let skip = |w: &str| {
            matches!(w, "and" | "but" | "," | "that" | "also" | "then" | "later" | "or" | "while" | "so" | "yet")
        };
        let Some(first) = (from..to).find(|i| !skip(&self.words[*i])) else { return false };
        !self.verb(first) && self.finite_within(first, 9).is_some_and(|v| v > first && v < to)
    }

    /// Whether the "and" at `i` joins two nouns: "between A and B".
    fn listed(&self, i: usize) -> bool {
        self.words[i.saturating_sub(6)..i].iter().any(|w| matches!(w.as_str(), "between" | "both"))
    }

    /// Whether the piece only names who says the rest, and perhaps where, when and to whom: "A ministry spokeswoman said
    /// earlier", "said the mayor", "according to the ministry", "At a news conference with his guest, he told reporters".
    /// Gives the words that name the speaker.
    fn attribution(&self, from: usize, to: usize) -> Option<Span> {
        let marks = |w: &String| !w.chars().any(char::is_alphanumeric);
        let start = (from..to).find(|i| !marks(&self.words[*i]))?;
        let end = (start..to).rev().find(|i| !marks(&self.words[*i]))? + 1;
        let (length, says) = (end - start, (start..end).rev().find(|i| self.speech(*i)));
        if self.words[start] == "according" && length <= 20 {
            // "according to officials who asked not to be named": what is told of them is no more.
            let who = (start + 3..end).find(|i| matches!(self.words[*i].as_str(), "who" | "whose"));
            let to = who.unwrap_or(end);
            return self.cover((start + 2).min(to - 1), to).filter(|_| !(start..to).any(|i| self.finite(i)));
        }
        let says = says?;
        // "has stepped down, saying": the participle tells of a deed.
        let perfect = |i: usize| {
            let has = |k: usize| matches!(self.words[k].as_str(), "has" | "have" | "had");
            self.tokens[i].tag == Tag::VBN && (i.saturating_sub(2).max(start)..i).any(has)
        };
        let acts = |i: usize| {
            let word = self.words[i].as_str();
            (self.finite(i) || perfect(i))
                && !SPEECH.contains(word)
                && !AUXILIARIES.contains(word)
                && !(word == "asked" && i > 0 && self.words[i - 1] == "when")
        };
        let told = self.words[says].starts_with("to") || self.words[says].starts_with("te");
        // "told staff to leave": more than who says it.
        let asks = told && (says..end).any(|i| self.words[i] == "to" && self.verb(i + 1));
        // "announced a first round of talks" states more than that somebody spoke; "told reporters" does not.
        let object =
            says > start && !told && self.tokens.get(says + 1).is_some_and(|t| says + 1 < end && nominal(t.tag));
        let object = object && !dates(&self.words[says + 1]);
        if length > 28 || end - says > 16 || asks || object || (start..end).any(acts) {
            return None;
        }
        let first = (start..=says).find(|i| self.speech(*i))?;
        if first == start {
            return self.cover(says + 1, end);
        }
        // "At a news conference with his guest, the mayor": who speaks stands behind the comma; in "the mayor, a former
        // teacher," before it.
        let opens = matches!(self.tokens[start].tag, Tag::IN | Tag::TO | Tag::VBG | Tag::VBN | Tag::RB | Tag::WRB);
        let comma = (start..first).rev().find(|i| self.words[*i] == ",").filter(|i| opens && i + 1 < first);
        let from = comma.map_or(start, |i| i + 1);
        let to = (from..first).find(|i| self.words[*i] == "," && *i > from).unwrap_or(first);
        self.cover(from, to)
    }

    /// Where the piece ends before words at its end that only say who says what follows: ", Calloway said, adding",
    /// ", who said", ", with the mayor saying".
    fn before_speech(&self, from: usize, mut to: usize) -> usize {
        let mark = |w: &str| !w.chars().any(char::is_alphanumeric);
        loop {
            let Some(last) = (from..to).rev().find(|i| !mark(&self.words[*i]) && self.words[*i] != "that") else {
                return to;
            };
            if !self.speech(last) {
                return to;
            }
            // Back to the mark or the relative word before its subject.
            let reach = last.saturating_sub(9).max(from);
            let stop = |i: &usize| matches!(self.words[*i].as_str(), "," | "who" | "which" | "and" | "but" | "”" | "—");
            let Some(mut at) = (reach..last).rev().find(stop) else { return to };
            // ", the town's clerk, Ada Stone, said": the subject has two parts, and a comma behind it.
            if at + 1 == last
                && let Some(before) = self.apposed(from, at)
            {
                at = before;
            }
            while at > from && matches!(self.words[at - 1].as_str(), "," | "and" | "but") {
                at -= 1;
            }
            if !self.states(from, at)
                || (at..last).any(|i| self.verb(i) && !AUXILIARIES.contains(self.words[i].as_str()))
            {
                return to;
            }
            to = at;
        }
    }

    /// The comma before a role and a name, or a name and a role, that end at the comma `at`.
    fn apposed(&self, from: usize, at: usize) -> Option<usize> {
        let comma = |to: usize| (from.max(to.saturating_sub(10))..to).rev().find(|i| self.words[*i] == ",");
        let middle = comma(at)?;
        let before = comma(middle)?;
        let nominal = |i: usize| {
            let tag = self.tokens[i].tag;
            tag.is_noun() || matches!(tag, Tag::DT | Tag::JJ | Tag::POS | Tag::PRPS | Tag::IN | Tag::Hyph | Tag::NNP)
        };
        let (role, name) = (before + 1..middle, middle + 1..at);
        let named = |r: &std::ops::Range<usize>| r.clone().all(|i| self.tokens[i].tag.is_proper());
        let both = !role.is_empty() && !name.is_empty() && role.clone().all(nominal) && name.clone().all(nominal);
        (both && named(&role) != named(&name)).then_some(before)
    }

    /// Where the words before "after" at `at` begin that say how long: "two weeks after", "shortly after".
    fn measured(&self, at: usize) -> usize {
        let is = |i: usize, list: &[&str]| i > 0 && list.contains(&self.words[i - 1].as_str());
        if is(at, &["shortly", "soon", "immediately", "just", "right"]) {
            return at - 1;
        }
        if !is(at, &["minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"]) {
            return at;
        }
        let mut from = at - 1;
        while from > 0 && at - from < 4 && matches!(self.tokens[from - 1].tag, Tag::CD | Tag::DT | Tag::JJ | Tag::RB) {
            from -= 1;
        }
        from
    }

    /// Whether the piece ends in a finite verb with nothing behind it: "both signaled".
    fn dangling(&self, from: usize, to: usize) -> bool {
        let last =
            (from..to).rev().find(|i| self.words[*i].chars().any(char::is_alphanumeric) && self.words[*i] != "that");
        last.is_some_and(|i| self.finite(i) && !AUXILIARIES.contains(self.words[i].as_str()))
    }

    /// Number of finite verbs in the piece that tell of a deed.
    fn deeds(&self, from: usize, to: usize) -> usize {
        (from..to).filter(|i| self.finite(*i) && !AUXILIARIES.contains(self.words[*i].as_str())).count()
    }

    /// Where the sentence goes on behind a clause that tells which subject is meant: "The ferry that hit the pier | had lost
    /// its rudder".
    fn resumed(&self, relative: usize) -> Option<usize> {
        let first = self.finite_within(relative + 1, 4)?;
        if (0..relative).any(|i| self.finite(i)) {
            return None;
        }
        let bare = |i: usize| {
            let before = self.tokens[i - 1].tag;
            before.is_noun() || matches!(before, Tag::CD | Tag::RB | Tag::VBN)
        };
        // Behind a comma or another connective the clause may go on.
        let ends = |i: &usize| {
            matches!(self.words[*i].as_str(), "," | ";" | "and" | "or" | "but" | "that" | "who" | "which" | "what")
        };
        let reach = (first + 2)..(first + 12).min(self.words.len());
        let at = { reach }
            .take_while(|i| !ends(i))
            .find(|i| matches!(self.tokens[*i].tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD) && bare(*i))?;
        Some(at)
    }

    /// Whether the piece begins with a pronoun.
    fn pronoun(&self, from: usize, to: usize) -> bool {
        let link = |w: &str| matches!(w, "that" | "," | "“" | "\"");
        let first = self.words[from..to].iter().find(|w| !link(w));
        first.is_some_and(|w| PRONOUNS.contains(w.as_str()))
    }

    fn content(&self, from: usize, to: usize) -> usize {
        let counts = |i: &usize| {
            let w = &self.words[*i];
            w.len() > 3 && w.chars().all(char::is_alphanumeric) || w.starts_with(|c: char| c.is_ascii_digit())
        };
        (from..to).filter(counts).count()
    }

    /// Whether the piece states something: a verb and at least three words of content.
    fn states(&self, from: usize, to: usize) -> bool {
        from < to && (from..to).any(|i| self.verb(i)) && self.content(from, to) >= 3
    }

    /// The words before the first finite verb of a piece, at most eight.
    fn subject(&self, from: usize, to: usize) -> Option<Span> {
        let link =
            |i: &usize| matches!(self.words[*i].as_str(), "that" | "and" | "but" | "," | "after" | "why" | "how");
        let from = (from..to).find(|i| !link(i))?;
        let verb = (from + 1..to).find(|i| self.finite(*i)).filter(|_| !self.verb(from))?;
        let opens = |i: &usize| {
            matches!(self.words[*i].as_str(), "," | "after" | "when" | "because" | "as" | "while" | "since")
        };
        let comma = (from..verb).rev().find(opens).map_or(from, |i| i + 1);
        self.cover(comma.max(verb.saturating_sub(8)), verb)
    }

    /// The noun phrase before `at`: back to the last verb or preposition but "of" and "with".
    fn antecedent(&self, at: usize) -> Option<Span> {
        let end = if at > 0 && self.words[at - 1] == "," { at - 1 } else { at };
        let stop =
            |i: &usize| self.verb(*i) || matches!(self.words[*i].as_str(), "," | "that" | "to" | "by" | "“" | "\"");
        let from = (end.saturating_sub(10)..end).rev().find(stop).map_or(end.saturating_sub(10), |i| i + 1);
        self.cover(from, end)
    }

    fn cover(&self, from: usize, to: usize) -> Option<Span> {
        (from < to).then(|| self.tokens[from].span.cover(self.tokens[to - 1].span))
    }

    /// The piece without connective and marks at its ends, but with the marks that close what it opens.
    fn trimmed(&self, mut from: usize, mut to: usize) -> Option<Span> {
        let mark = |w: &str| is_mark(w);
        let link = |w: &str| matches!(w, "and" | "but" | "that" | "or" | "so" | "yet" | "why" | "how");
        let open = |w: &str| link(w) || matches!(w, "into" | "of" | "about" | "on" | "over" | "as" | "to" | "in");
        // "That decision was upheld", "How does one prove it?": what opens a sentence of its own is no connective.
        let opens = |i: usize| {
            matches!(self.words[i].as_str(), "that" | "how" | "why")
                && (i == 0 || self.tokens[i].tag == Tag::DT && self.words[i] == "that")
        };
        while from < to
            && (mark(&self.words[from]) || link(&self.words[from]) && !opens(from) || self.words[from] == "however")
        {
            from += 1;
        }
        while from < to && (mark(&self.words[to - 1]) || open(&self.words[to - 1])) {
            to -= 1;
        }
        let (from, to) = if from < to { self.paired(from, to) } else { (from, to) };
        // A question keeps its mark.
        let to = if from < to && self.words.get(to).is_some_and(|w| w == "?") { to + 1 } else { to };
        self.cover(from, to)
    }

    /// The piece with the brackets and quotation marks right beside it whose partners stand inside.
    fn paired(&self, mut from: usize, mut to: usize) -> (usize, usize) {
        let mut open: Vec<&str> = Vec::new();
        let mut closing: Vec<&str> = Vec::new();
        for word in &self.words[from..to] {
            let partner = PAIRS.iter().find(|(_, close)| close == word).map(|(o, _)| *o);
            if open.last().is_some_and(|o| Some(*o) == partner) {
                open.pop();
            } else if let Some((o, _)) = PAIRS.iter().find(|(o, _)| o == word) {
                open.push(o);
            } else if let Some(o) = partner {
                closing.push(o);
            }
        }
        let beside = |words: &mut dyn Iterator<Item = &String>, wanted: &str| {
            words.take(3).take_while(|w| is_mark(w)).position(|w| w == wanted)
        };
        for o in open {
            let close = PAIRS.iter().find(|p| p.0 == o).map_or(o, |p| p.1);
            if let Some(n) = beside(&mut self.words[to..].iter(), close) {
                to += n + 1;
            } else if o == close && beside(&mut self.words[..from].iter().rev(), o) == Some(0) {
                from -= 1;
            }
        }
        for o in closing {
            if let Some(n) = beside(&mut self.words[..from].iter().rev(), o) {
                from -= n + 1;
            }
        }
        (from, to)
    }
}

/// Marks that come in pairs. A straight mark is its own partner.
const PAIRS: [(&str, &str); 4] = [("“", "”"), ("(", ")"), ("[", "]"), ("\"", "\"")];

/// Whether a token holds no letter, no digit and no sign that belongs to a number.
fn is_mark(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric) && !matches!(word, "$" | "£" | "€" | "%" | "°")
}

/// A guess for text without tags: auxiliaries, regular past forms and the commonest irregular ones.
fn guessed_verb(word: &str) -> bool {
    static COMMON: WordSet = WordSet::english(Fact::VerbForms, "finite");
    AUXILIARIES.contains(word) || COMMON.contains(word) || word.len() > 4 && word.ends_with("ed")
}
