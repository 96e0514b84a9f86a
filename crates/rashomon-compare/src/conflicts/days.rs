//! The day of one hearing, vote or meeting, told differently: "Wednesday's confirmation hearing", "the confirmation hearing
//! on Thursday".
//!
//! Such days stand beside the noun and not beside a verb, in sentences that tell other things, so they are compared over
//! the whole story, by the noun and what describes it.

use super::dates::excludes;
use super::tolls::file;
use super::{articles, is_spoken};
use crate::rules;
use crate::words::lower;
use crate::{Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus, Tag, Time, TimeKind};
use rashomon_language::{Fact, Language, List};
use rashomon_model::{Anchor, ArticleId, Span};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Nouns for what takes place once, on a day.
static OCCASIONS: LazyLock<&List> = LazyLock::new(|| Language::english().list(Fact::Occasions));

/// A day that a report gives to an occasion.
struct Dated<'a> {
    time: &'a Time,
    anchor: Anchor,
}

/// Files conflicts of the day of one occasion with the points that hold them.
pub(super) fn days(corpus: &Corpus, points: &mut [Point]) {
    let mut told: BTreeMap<(String, String), BTreeMap<ArticleId, Vec<Dated>>> = BTreeMap::new();
    for id in articles(points) {
        let it = corpus.get(id);
        for (occasion, time) in occasions(it) {
            let anchor = Anchor::new(id, time.span);
            told.entry(occasion).or_default().entry(id).or_default().push(Dated { time, anchor });
        }
    }
    for ((which, what), reports) in told {
        // A report that gives two days knows of two.
        let sure = reports.values().filter(|days| days.windows(2).all(|w| !excludes(w[0].time, w[1].time)));
        let firsts: Vec<&Dated> = sure.filter_map(|days| days.first()).collect();
        let apart = |x: &Dated| firsts.iter().any(|y| excludes(x.time, y.time) && near(x.time, y.time));
        let values: Vec<ConflictValue> = firsts
            .iter()
            .filter(|x| apart(x))
            .map(|x| ConflictValue { value: x.time.value.clone(), amount: None, anchor: x.anchor })
            .collect();
        if values.len() > 1 && !points.iter().any(|p| p.conflicts.iter().any(|c| known(c, &values))) {
            let reason = format!("the {which} {what} is given two days");
            let rule = rules::DAY_OF_THE_SAME_OCCASION;
            file(points, Conflict { kind: ConflictKind::Date, update: false, values, rule, reason });
        }
    }
}

/// Whether two of the values stand in a conflict of dates already.
fn known(c: &Conflict, values: &[ConflictValue]) -> bool {
    let held = values.iter().filter(|v| c.values.iter().any(|w| w.anchor == v.anchor)).count();
    c.kind == ConflictKind::Date && held > 1
}

/// Whether two days are so near that one of the reports may be wrong: days of a longer time are those of two occasions.
fn near(x: &Time, y: &Time) -> bool {
    let (Some(a), Some(b)) = (x.start, y.start) else { return false };
    a.date().until(b.date()).is_ok_and(|gap| gap.get_days().abs() <= NEAR)
}

/// Days that two reports of one occasion may lie apart.
const NEAR: i32 = 3;

/// The occasions that a report gives a day: the noun with the word that describes it, and the day. What has no such word
/// ("the meeting") may be any.
fn occasions(it: &Annotated) -> Vec<((String, String), &Time)> {
    let mut out = Vec::new();
    for sentence in it.sentences.iter().filter(|s| !s.heading) {
        let tokens = it.tokens_in(sentence.span);
        let word = |i: usize| lower(tokens.get(i).map_or("", |t| it.text(t.span)));
        for i in (1..tokens.len()).filter(|i| OCCASIONS.contains(&word(*i))) {
            let which = tokens[i - 1];
            if !(matches!(which.tag, Tag::NN | Tag::JJ))
                || tokens.get(i + 1).is_some_and(|t| t.tag.is_noun() && t.tag != Tag::NNP)
            {
                continue;
            }
            let mut days = it.times_in(sentence.span).iter().filter(|t| is_day(t) && !is_spoken(it, t.span));
            let beside = |t: &&Time| {
                let (before, behind) = (t.span.end() <= which.span.start(), t.span.start() >= tokens[i].span.end());
                // "Wednesday's confirmation hearing", "Wednesday's Senate confirmation hearing".
                let owns = before && {
                    let gap = it.text(Span::new(t.span.end(), which.span.start()));
                    gap.starts_with(['\'', '’']) && gap.split_whitespace().count() <= 3 && !gap.contains(',')
                };
                // "the confirmation hearing Thursday", "the confirmation hearing on Thursday night".
                let follows = behind && {
                    let gap = it.text(Span::new(tokens[i].span.end(), t.span.start()));
                    matches!(gap.trim(), "" | "on" | "this" | "late" | "early")
                };
                owns || follows
            };
            if let Some(day) = days.find(beside) {
                out.push(((it.text(which.span).to_lowercase(), word(i).into_owned()), day));
            }
        }
    }
    out
}

/// Whether a time names one day, or a part of one.
fn is_day(t: &Time) -> bool {
    let placed = matches!((t.start, t.end), (Some(a), Some(b)) if a.date() == b.date() || a.date().tomorrow().is_ok_and(|d| b <= d.at(12, 0, 0, 0)));
    matches!(t.kind, TimeKind::Date | TimeKind::Time) && placed
}
