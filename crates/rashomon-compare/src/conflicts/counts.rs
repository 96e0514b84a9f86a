//! How many people a report says were killed, hurt, went missing or were arrested: which of its figures count them.
//!
//! Counts of a part ("two of the", "14 children", "six others"), of other events and places (a sentence that names an earlier
//! time, two places), forecasts, and what somebody is quoted with are left out.

use super::measures::counts;
use super::opposites::nobody;
use super::{is_foretold, is_spoken};
use crate::words::lower;
use jiff::Timestamp;
use rashomon_annotate::{Annotated, Approximation, Corpus, Name, NameKind, Number, Sentence, Tag, Time, TimeKind};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What is counted, and the words that say so.
pub(super) static FATES: [(&str, WordSet); 4] = [
    (KILLED, WordSet::english(Fact::Fates, "killed")),
    ("hurt", WordSet::english(Fact::Fates, "hurt")),
    (MISSING, WordSet::english(Fact::Fates, "missing")),
    (ARRESTED, WordSet::english(Fact::Fates, "arrested")),
];
pub(super) const KILLED: &str = "killed";
/// Fewer when some are found.
pub(super) const MISSING: &str = "missing";
/// Counted by the day: arrests of another night are other arrests.
pub(super) const ARRESTED: &str = "arrested";
/// Units that count people as such; "children", "officers" or "civilians" count some of them.
const PEOPLE: [&str; 3] = ["people", "person", "persons"];
/// Words beside a number that make it a part of a count or an addition to one.
static PART: WordSet = WordSet::english(Fact::Determiners, "part");
/// Who kills others and may die with them.
static ATTACKERS: WordSet = WordSet::english(Fact::PersonNouns, "attacker");
/// Tokens between a number and the word that says what befell.
const REACH: usize = 8;

/// Bytes within which a time belongs to a count.
const NEAR: usize = 80;

/// One report's count.
#[derive(Clone, Debug)]
pub(super) struct Count<'a> {
    pub(super) at: Option<Timestamp>,
    pub(super) number: Cow<'a, Number>,
    pub(super) anchor: Anchor,
    /// Whether it counts people by their kind, who may be but a part of all: "three workers".
    pub(super) of_kind: bool,
}

impl<'a> Count<'a> {
    pub(super) fn new(it: &Annotated, id: ArticleId, number: Cow<'a, Number>) -> Self {
        Self { at: it.dateline.map(|d| d.at), anchor: Anchor::new(id, number.span), number, of_kind: false }
    }

    /// The places that the sentence of a count names; of "Quay, Ost" the first.
    fn places<'b>(&self, corpus: &'b Corpus) -> Vec<&'b str> {
        let it = corpus.get(self.anchor.article);
        let Some(s) = it.sentence_at(self.anchor.span.start()) else { return Vec::new() };
        let names: Vec<&Name> = it.names_in(it.sentences[s].span).iter().collect();
        let place = |i: usize| {
            let name = names[i];
            let after = i > 0
                && it.text(Span::new(names[i - 1].span.end(), name.span.start().max(names[i - 1].span.end()))) == ", ";
            (name.kind == NameKind::Place && !after)
                .then(|| it.entities.get(name.entity).map(|e| e.name.as_str()))
                .flatten()
        };
        (0..names.len()).filter_map(place).collect()
    }
}

/// The first count of each kind of people with this fate in the body of a report, by its noun: "three civilians were
/// among those killed". Whoever acts on others is not counted, as in "two officers killed a man".
pub(super) fn counts_of_kinds<'a>(it: &'a Annotated, words: &WordSet) -> BTreeMap<&'a str, &'a Number> {
    let mut out = BTreeMap::new();
    for s in it.sentences.iter().filter(|s| !s.heading) {
        for n in it.numbers_in(s.span) {
            let Some(kind) = n.unit.as_deref().filter(|u| counts(u) && !PEOPLE.contains(u)) else { continue };
            if !is_fate(kind) && counts_living(it, n) && suffers(it, n, words) && is_told(it, s.span, n) {
                out.entry(counted_as(kind)).or_insert(n);
            }
        }
    }
    out
}

/// The noun by which other reports count the same people: "children" for "pupils".
fn counted_as(kind: &str) -> &str {
    static NOUNS: LazyLock<FxHashMap<&str, &str>> =
        LazyLock::new(|| Language::english().list(Fact::CountedNouns).valued("as").collect());
    NOUNS.get(kind).copied().unwrap_or(kind)
}

/// Whether a fate befalls those that a number counts: right behind a verb that does it ("killed two civilians"), or
/// before a passive or "among those killed".
fn suffers(it: &Annotated, n: &Number, words: &WordSet) -> bool {
    let tokens = &it.tokens;
    let Range { start: from, end: to } = tokens_of(it, n);
    let is = |i: usize| words.contains(word(it, i).as_str());
    let before = from > 0 && tokens[from - 1].tag.is_verb() && is(from - 1);
    let verb = (to..to + KIND).find(|i| tokens.get(*i).is_some_and(|t| t.tag.is_verb()));
    let passive = verb.is_some_and(|i| {
        let helps = matches!(word(it, i).as_str(), "were" | "are" | "had" | "have");
        helps && (i + 1..i + KIND).take_while(|k| !ends_clause(it, *k)).any(is)
    });
    before || passive
}

/// Tokens in which the noun ends and the verb stands, and in which the verb names the fate.
const KIND: usize = 5;

/// The first count of people with this fate in the body of a report, before its last third; else that there were none.
pub(super) fn first_count<'a>(it: &'a Annotated, words: &WordSet) -> Option<Cow<'a, Number>> {
    let some = early(it).find_map(|s| {
        let mut counts = it.numbers_in(s.span).iter();
        counts.find(|n| counts_fate(it, n, words) && is_told(it, s.span, n))
    });
    some.map(Cow::Borrowed).or_else(|| none(it, words).map(Cow::Owned))
}

/// Whether a report counts as many with this fate in some sentence: what it begins with it has since brought up to date.
pub(super) fn counts_too(it: &Annotated, words: &WordSet, value: f64) -> bool {
    let of = |s: &Sentence| {
        let mut counts = it.numbers_in(s.span).iter();
        #[allow(clippy::float_cmp, reason = "whole numbers of people")]
        counts.any(|n| n.value == value && counts_fate(it, n, words))
    };
    it.sentences.iter().any(of)
}

/// The sentences of a report before its last third, headings aside.
fn early(it: &Annotated) -> impl Iterator<Item = &Sentence> {
    let end = it.sentences.len().div_ceil(3) * 2;
    it.sentences.iter().take(end.max(8)).filter(|s| !s.heading)
}

/// A count of none in the body of a report, before its last third: "no injuries were reported", "no one was hurt", "left zero
/// dead". What is only supposed, a part ("no serious injuries") and what is not yet known ("no immediate reports of deaths") count nothing.
fn none(it: &Annotated, words: &WordSet) -> Option<Number> {
    static NOUNS: WordSet = WordSet::english(Fact::Fates, "none-of");
    let no_one = |s: &Sentence| {
        let (who, verb) = nobody(it, s.span)?;
        let told = words.contains(&lower(it.text(verb))) && !is_spoken(it, who) && !is_foretold(it, s.span, who, true);
        (is_no_one(it.text(who)) && told).then_some(who)
    };
    early(it).find_map(|s| {
        if let Some(span) = no_one(s) {
            return Some(zero(span));
        }
        let tokens = it.tokens_in(s.span);
        let form = |i: usize| tokens.get(i).map_or_else(String::new, |t| it.text(t.span).to_lowercase());
        let at = (0..tokens.len()).find(|i| {
            let is = |word: &str| it.text(tokens[*i].span).eq_ignore_ascii_case(word);
            let next = || form(i + 1);
            let none = is("no") && NOUNS.contains(next().as_str()) && words.contains(next().as_str())
                || is("zero") && words.contains(next().as_str());
            none && !is_spoken(it, tokens[*i].span) && !(0..*i).any(|k| form(k) == "if")
        })?;
        Some(zero(tokens[at].span.cover(tokens[at + 1].span)))
    })
}

/// Whether the words of a count say that it befell nobody at all, of whatever kind.
pub(super) fn is_no_one(words: &str) -> bool {
    matches!(&*lower(words), "nobody" | "no one" | "no people")
}

fn zero(span: Span) -> Number {
    Number { span, value: 0.0, high: None, unit: None, approximation: Approximation::Exact }
}

/// Leaves out counts of elsewhere, and those that hold the attacker where others do not.
pub(super) fn of_one_event(corpus: &Corpus, counts: &mut Vec<Count>) {
    of_one_place(corpus, counts);
    of_others(corpus, counts);
}

/// Leaves out counts that hold the attacker where others do not: "four people, including the gunman" and "three killed" are
/// one count.
fn of_others(corpus: &Corpus, counts: &mut Vec<Count>) {
    let with: Vec<bool> = counts.iter().map(|c| holds_attacker(corpus.get(c.anchor.article), c.anchor.span)).collect();
    if with.iter().any(|w| !w) {
        let mut it = with.into_iter();
        counts.retain(|_| !it.next().unwrap_or(false));
    }
}

/// Whether a count says that who killed is among the dead.
fn holds_attacker(it: &Annotated, number: Span) -> bool {
    let from = it.tokens.partition_point(|t| t.span.start() < number.end());
    let mut words = (from..it.tokens.len().min(from + AMONG)).take_while(|i| it.tokens[*i].tag != Tag::Stop);
    let is = |i: &usize| matches!(word(it, *i).as_str(), "including" | "among" | "counting" | "plus");
    words.clone().any(|i| is(&i)) && words.any(|i| ATTACKERS.contains(word(it, i).as_str()))
}

/// Tokens behind a count in which the attacker is named.
const AMONG: usize = 14;

/// Leaves out counts of elsewhere: those whose sentence names places, none of which a sentence of another count names, where
/// other reports name places too.
fn of_one_place(corpus: &Corpus, counts: &mut Vec<Count>) {
    let places: Vec<(ArticleId, Vec<&str>)> = counts.iter().map(|c| (c.anchor.article, c.places(corpus))).collect();
    let elsewhere: Vec<bool> = places
        .iter()
        .map(|(article, own)| {
            let mut others = places.iter().filter(|(a, p)| a != article && !p.is_empty()).peekable();
            !own.is_empty() && others.peek().is_some() && !others.any(|(_, p)| p.iter().any(|w| own.contains(w)))
        })
        .collect();
    // Two reports that name two places each: neither is known to be the place.
    if elsewhere.iter().filter(|e| **e).count() * 2 <= counts.len() {
        let mut it = elsewhere.into_iter();
        counts.retain(|_| !it.next().unwrap_or(false));
    }
}

/// Whether a count is of what came about, at one place and not long ago: no forecast, and not "31 killed in Quay and Wold".
fn is_told(it: &Annotated, sentence: Span, n: &Number) -> bool {
    let behind = Span::new(n.span.end(), sentence.end().min(n.span.end() + NEAR).max(n.span.end()));
    let places: Vec<&Name> = it.names_in(sentence).iter().filter(|p| p.kind == NameKind::Place).collect();
    let joined = |w: &[&Name]| {
        let between = Span::new(w[0].span.end(), w[1].span.start());
        behind.contains(w[0].span)
            && it.tokens_in(between).iter().any(|t| it.text(t.span) == "and")
            && between.len() < NEAR
    };
    !is_past(it, sentence, n.span) && !is_foretold(it, sentence, n.span, true) && !places.windows(2).any(joined)
}

/// Whether a time near a number in its sentence lies more than a week before the report.
fn is_past(it: &Annotated, sentence: Span, number: Span) -> bool {
    let Some(today) = it.dateline.map(rashomon_model::Moment::date) else { return false };
    // A year tells of which event the sentence is, wherever it stands.
    let year = |t: &&Time| t.value.len() == 4 && t.value.parse::<i16>().is_ok_and(|y| y < today.year());
    let near = |t: &&Time| year(t) || number.cover(t.span).len() <= NEAR;
    it.times_in(sentence).iter().filter(near).any(|t| match t.kind {
        TimeKind::Date | TimeKind::Time => {
            t.end.is_some_and(|e| today.since(e.date()).is_ok_and(|gap| gap.get_days() > 7))
        }
        TimeKind::Duration | TimeKind::Set => false,
    })
}

/// Whether a number counts the people of a fate.
fn counts_fate(it: &Annotated, n: &Number, words: &WordSet) -> bool {
    counts_people(it, n) && befalls(it, n, words) || is_toll(it, n, words)
}

/// Whether a number is what a toll has come to: "the death toll from the floods rose to 19", "the number of dead stands at 23".
/// Not "by 19" and not "from 19".
fn is_toll(it: &Annotated, n: &Number, words: &WordSet) -> bool {
    let bare = n.unit.as_deref().is_none_or(|u| is_fate(u) || PEOPLE.contains(&u));
    let Range { start, .. } = tokens_of(it, n);
    if !bare || start == 0 || !counts_living(it, n) {
        return false;
    }
    // Behind "at least", "more than", "as many as".
    let hedge = |i: &usize| matches!(it.tokens[*i].tag, Tag::JJR | Tag::JJS | Tag::RB | Tag::RBR | Tag::JJ);
    let of_hedge = |i: &usize| hedge(i) || matches!(word(it, *i).as_str(), "than" | "as" | "about" | "around" | "some");
    let mut before = start;
    while before > 0 && start - before < HEDGE && of_hedge(&(before - 1)) {
        before -= 1;
    }
    if before == 0 {
        return false;
    }
    let comes_to = |i: usize| it.tokens[i].tag.is_verb() || matches!(word(it, i).as_str(), "to" | "at" | "of");
    let clause = (before.saturating_sub(TOLL)..before).rev();
    // "Rose from 12 to 19".
    let was = |i: usize| i > 0 && word(it, i - 1) == "from";
    let clause = clause.take_while(|i| it.tokens[*i].tag != Tag::Stop && (it.tokens[*i].tag != Tag::CD || was(*i)));
    let head = |i: usize| {
        let previous = || if i == 0 { String::new() } else { word(it, i - 1) };
        match word(it, i).as_str() {
            "toll" => words.contains("killed") && matches!(previous().as_str(), "death" | "the"),
            "number" => {
                word(it, i + 1) == "of" && (i + 2..before.min(i + 2 + KIND)).any(|k| words.contains(&word(it, k)))
            }
            _ => false,
        }
    };
    comes_to(before - 1) && { clause }.any(head)
}

/// Tokens of a hedge before a number; tokens before a number among which the toll that came to it stands.
const HEDGE: usize = 3;
const TOLL: usize = 16;

/// Whether a number counts people as such, and by itself: no money, no age.
fn counts_people(it: &Annotated, n: &Number) -> bool {
    // "Fourteen hurt": what befell them is all that is said of them, and follows at once. "Five were killed" may be five of a
    // kind named before.
    let bare = n.unit.as_deref().is_none_or(is_fate);
    let people = n.unit.as_deref().is_some_and(|u| PEOPLE.contains(&u));
    counts_living(it, n) && (people || bare && is_fate(&word(it, tokens_of(it, n).end)))
}

/// Whether a number may count the living: whole, no part of others nor added to them ("two of the", "six others"), no date
/// and not in somebody's mouth.
fn counts_living(it: &Annotated, n: &Number) -> bool {
    let Range { start, end } = tokens_of(it, n);
    let part = [start.wrapping_sub(1), end].iter().any(|i| PART.contains(word(it, *i).as_str()));
    let whole = n.value.fract() == 0.0 && n.value >= 2.0 && n.high.is_none();
    whole && !part && !is_spoken(it, n.span) && it.times_over(n.span).next().is_none()
}

/// Whether a word says what befell somebody.
fn is_fate(word: &str) -> bool {
    FATES.iter().any(|(_, words)| words.contains(word))
}

/// The tokens of a number.
fn tokens_of(it: &Annotated, n: &Number) -> Range<usize> {
    let tokens = &it.tokens;
    tokens.partition_point(|t| t.span.end() <= n.span.start())
        ..tokens.partition_point(|t| t.span.start() < n.span.end())
}

/// Token `i` in lower case; nothing where there is none.
fn word(it: &Annotated, i: usize) -> String {
    it.tokens.get(i).map_or_else(String::new, |t| it.text(t.span).to_lowercase())
}

/// Whether a token ends the clause that a count stands in, or begins another count.
fn ends_clause(it: &Annotated, i: usize) -> bool {
    it.tokens.get(i).is_none_or(|t| {
        matches!(t.tag, Tag::Stop | Tag::CD)
            || matches!(it.text(t.span), ";" | "," | "and" | "but" | "while" | "not" | "no" | "if")
    })
}

/// Whether a word of a fate stands near a number, and no other number between.
fn befalls(it: &Annotated, n: &Number, words: &WordSet) -> bool {
    let Range { start: from, end: to } = tokens_of(it, n);
    let is = |i: usize| words.contains(word(it, i).as_str());
    let goes_on = |i: &usize| !ends_clause(it, *i);
    let start = past_apposition(it, to);
    let behind = (start..start + REACH).take_while(goes_on).any(is);
    let before = (from.saturating_sub(3)..from).rev().take_while(goes_on).any(is);
    behind || before
}

/// Where the clause of a count goes on from token `to`: behind what is told of those counted between two commas ("Five
/// people, including the keeper, were killed"), if a verb follows.
fn past_apposition(it: &Annotated, to: usize) -> usize {
    let tokens = &it.tokens;
    let comma = |i: &usize| tokens[*i].tag == Tag::Comma;
    let counted = (to..tokens.len()).find(|i| !tokens[*i].tag.is_noun()).unwrap_or(tokens.len());
    if counted < tokens.len() && comma(&counted) {
        let inside = counted + 1..tokens.len().min(counted + APPOSITION);
        let closes = inside.take_while(|i| tokens[*i].tag != Tag::Stop).find(comma);
        if let Some(closes) = closes.filter(|i| tokens.get(i + 1).is_some_and(|t| t.tag.is_verb())) {
            return closes + 1;
        }
    }
    to
}

/// Tokens that may stand between the commas.
const APPOSITION: usize = 25;
