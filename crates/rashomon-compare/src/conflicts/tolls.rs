//! How many were killed, hurt or went missing, as each report gives it: a series that rises, and figures outside of it.
//!
//! Reports of one event count its victims in many wordings and places, so these counts are compared over the whole story
//! and not only inside one point. The longest run of figures that never falls with time is the series; a figure outside
//! of it is in conflict. Counts of a part ("two of the", "14 children", "six others") and of other events (a sentence
//! that names an earlier time) are left out.

use super::measures::counts;
use super::numbers::compatible;
use super::{articles, is_spoken};
use crate::rules;
use crate::{Amount, Conflict, ConflictKind, ConflictValue, Point};
use jiff::Timestamp;
use rashomon_annotate::{Annotated, Corpus, Number, Tag, Time, TimeKind};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is counted, and the words that say so.
static FATES: [(&str, WordSet); 4] = [
    ("killed", WordSet::english(Fact::Fates, "killed")),
    ("hurt", WordSet::english(Fact::Fates, "hurt")),
    ("missing", WordSet::english(Fact::Fates, "missing")),
    (ARRESTED, WordSet::english(Fact::Fates, "arrested")),
];
/// Counted by the day: arrests of another night are other arrests.
const ARRESTED: &str = "arrested";
/// Units that count people as such; "children", "officers" or "civilians" count some of them.
const PEOPLE: [&str; 3] = ["people", "person", "persons"];
/// Words beside a number that make it a part of a count or an addition to one.
static PART: WordSet = WordSet::english(Fact::Determiners, "part");
/// Tokens between a number and the word that says what befell.
const REACH: usize = 8;

/// Bytes within which a time belongs to a count.
const NEAR: usize = 80;

/// One report's count.
#[derive(Clone, Debug)]
struct Count<'a> {
    at: Option<Timestamp>,
    number: &'a Number,
    anchor: Anchor,
}

impl<'a> Count<'a> {
    fn new(it: &Annotated, id: ArticleId, number: &'a Number) -> Self {
        Self { at: it.dateline.map(|d| d.at), number, anchor: Anchor::new(id, number.span) }
    }
}

/// Files the series and conflicts of counts with the points that hold them.
pub(super) fn tolls(corpus: &Corpus, points: &mut [Point]) {
    let articles = articles(points);
    for (fate, words) in &FATES {
        let fate = *fate;
        let mut counts: Vec<Count> = Vec::new();
        for id in &articles {
            let it = corpus.get(*id);
            counts.extend(first_count(it, words).map(|number| Count::new(it, *id, number)));
        }
        if counts.len() < 2 {
            continue;
        }
        counts.sort_by_key(|c| (c.at.is_none(), c.at, c.anchor));
        if fate == ARRESTED {
            // Of two reports of one day, the one that counts more is the later.
            let day = |c: &Count| c.at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
            counts.retain(|c| c.at.is_some());
            counts.sort_by(|a, b| {
                let order = day(a).cmp(&day(b)).then(a.number.value.total_cmp(&b.number.value));
                order.then(a.anchor.cmp(&b.anchor))
            });
            for of_day in counts.chunk_by(|a, b| day(a) == day(b)).filter(|c| c.len() > 1) {
                if of_day.windows(2).any(|w| !compatible(w[0].number, w[1].number)) {
                    let value = |c: &Count| ConflictValue {
                        value: shown(fate, c.number),
                        amount: Some(amount(c.number)),
                        anchor: c.anchor,
                    };
                    let found = Conflict {
                        kind: ConflictKind::Number,
                        update: true,
                        values: of_day.iter().take(MOST).map(value).collect(),
                        rule: rules::RISING_TOLL,
                        reason: "reports of one day count more arrested".to_owned(),
                    };
                    file(points, found);
                }
            }
            continue;
        }
        for found in judge(fate, &counts) {
            file(points, found);
        }
    }
    for (fate, words) in FATES.iter().filter(|(fate, _)| *fate != ARRESTED) {
        let mut kinds: BTreeMap<&str, Vec<Count>> = BTreeMap::new();
        for id in &articles {
            let it = corpus.get(*id);
            for (kind, number) in counts_of_kinds(it, words) {
                kinds.entry(kind).or_default().push(Count::new(it, *id, number));
            }
        }
        for (kind, mut counts) in kinds {
            counts.sort_by_key(|c| (c.at.is_none(), c.at, c.anchor));
            for found in judge(&format!("{kind} {fate}"), &counts) {
                file(points, found);
            }
        }
    }
}

/// The first count of each kind of people with this fate in the body of a report, by its noun: "three civilians were
/// among those killed". Whoever acts on others is not counted, as in "two officers killed a man".
fn counts_of_kinds<'a>(it: &'a Annotated, words: &WordSet) -> BTreeMap<&'a str, &'a Number> {
    let mut out = BTreeMap::new();
    for s in it.sentences.iter().filter(|s| !s.heading) {
        for n in it.numbers_in(s.span) {
            let Some(kind) = n.unit.as_deref().filter(|u| counts(u) && !PEOPLE.contains(u)) else { continue };
            if !is_fate(kind) && counts_living(it, n) && suffers(it, n, words) && !is_past(it, s.span, n.span) {
                out.entry(kind).or_insert(n);
            }
        }
    }
    out
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

/// The first count of people with this fate in the body of a report, before its last third.
fn first_count<'a>(it: &'a Annotated, words: &WordSet) -> Option<&'a Number> {
    let end = it.sentences.len().div_ceil(3) * 2;
    it.sentences.iter().take(end.max(8)).filter(|s| !s.heading).find_map(|s| {
        it.numbers_in(s.span)
            .iter()
            .find(|n| counts_people(it, n) && befalls(it, n, words) && !is_past(it, s.span, n.span))
    })
}

/// Whether a time near a number in its sentence lies more than a week before the report.
fn is_past(it: &Annotated, sentence: Span, number: Span) -> bool {
    let Some(today) = it.dateline.map(rashomon_model::Moment::date) else { return false };
    let near = |t: &&Time| number.cover(t.span).len() <= NEAR;
    it.times_in(sentence).iter().filter(near).any(|t| match t.kind {
        TimeKind::Date | TimeKind::Time => {
            t.end.is_some_and(|e| today.since(e.date()).is_ok_and(|gap| gap.get_days() > 7))
        }
        TimeKind::Duration | TimeKind::Set => false,
    })
}

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

/// The series that rises, if it does, and one conflict for each figure outside of it.
fn judge(fate: &str, counts: &[Count]) -> Vec<Conflict> {
    let dated: Vec<usize> = (0..counts.len()).filter(|i| counts[*i].at.is_some()).collect();
    // The longest run that never falls; of equals, the one that ends later: what later reports fall back to was right.
    let follows = |i: usize, j: usize| {
        compatible(counts[i].number, counts[j].number)
            || counts[i].at < counts[j].at && counts[i].number.value < counts[j].number.value
    };
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (k, j) in dated.iter().enumerate() {
        let before = (0..k).filter(|l| follows(dated[*l], *j)).max_by_key(|l| (best[*l].0, usize::MAX - l));
        best.push((1 + before.map_or(0, |l| best[l].0), before));
    }
    let mut series: Vec<usize> = Vec::new();
    let mut at = (0..best.len()).max_by_key(|k| (best[*k].0, *k));
    while let Some(k) = at {
        series.push(dated[k]);
        at = best[k].1;
    }
    series.reverse();
    if series.is_empty() {
        series.push(0);
    }
    let value = |i: usize| ConflictValue {
        value: shown(fate, counts[i].number),
        amount: Some(amount(counts[i].number)),
        anchor: counts[i].anchor,
    };
    let mut out = Vec::new();
    let rises = series.windows(2).any(|w| !compatible(counts[w[0]].number, counts[w[1]].number));
    if rises {
        out.push(Conflict {
            kind: ConflictKind::Number,
            update: true,
            values: series.iter().take(MOST).map(|i| value(*i)).collect(),
            rule: rules::RISING_TOLL,
            reason: format!("later reports count more {fate}"),
        });
    }
    for i in (0..counts.len()).filter(|i| !series.contains(i)) {
        if series.iter().any(|j| compatible(counts[*j].number, counts[i].number)) {
            continue;
        }
        // Held against what reports before and after it give, not against later updates.
        let before = series.iter().rev().find(|j| **j < i).or(series.first());
        let beside = |j: &usize| before.is_some_and(|b| compatible(counts[*b].number, counts[*j].number));
        let mut all: Vec<usize> = series.iter().copied().filter(beside).take(MOST).chain([i]).collect();
        all.sort_unstable();
        out.push(Conflict {
            kind: ConflictKind::Number,
            update: false,
            values: all.into_iter().map(value).collect(),
            rule: rules::TOLL_OUTSIDE_THE_SERIES,
            reason: format!("the {fate} are counted differently, and not as a later update"),
        });
    }
    out
}

/// Counts shown of one series.
const MOST: usize = 12;

fn amount(n: &Number) -> Amount {
    Amount { number: n.value, counts: true }
}

fn shown(fate: &str, n: &Number) -> String {
    format!("{} {fate}", n.value)
}

/// Files a conflict with the point that holds most of its values, in place of conflicts whose values it holds all; one
/// that another conflict tells already is dropped.
pub(super) fn file(points: &mut [Point], found: Conflict) {
    let told = |c: &Conflict| c.kind == ConflictKind::Number && c.update == found.update;
    let covers = |by: &Conflict, c: &Conflict| c.values.iter().all(|v| by.values.iter().any(|w| w.anchor == v.anchor));
    // A rise explains what pairs of sentences alone had to call a conflict.
    for p in points.iter_mut() {
        p.conflicts.retain(|c| c.kind != ConflictKind::Number || c.rule == rules::RISING_TOLL || !covers(&found, c));
    }
    let outside = found.values.last().map(|v| v.anchor);
    let known =
        |c: &Conflict| told(c) && found.update && outside.is_some_and(|a| c.values.iter().any(|v| v.anchor == a));
    if points.iter().any(|p| p.conflicts.iter().any(known)) {
        return;
    }
    let places: Vec<Anchor> = found.values.iter().map(|v| v.anchor).collect();
    if let Some(p) = home(points, &places, |statement, value| statement.contains(value)) {
        points[p].conflicts.push(found);
    }
}

/// The point whose statements hold most of `places`, the first of those that hold as many; `None` if none holds any.
pub(super) fn home(points: &[Point], places: &[Anchor], holds: impl Fn(Span, Span) -> bool) -> Option<usize> {
    let held = |p: &Point| {
        let inside = |a: &&Anchor| p.carried.iter().any(|c| c.article == a.article && holds(c.span, a.span));
        places.iter().filter(inside).count()
    };
    let counts = points.iter().map(held).enumerate();
    counts.filter(|(_, held)| *held > 0).max_by_key(|(p, held)| (*held, usize::MAX - p)).map(|(p, _)| p)
}
