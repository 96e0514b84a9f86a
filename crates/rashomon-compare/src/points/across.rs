//! Points that reports in other languages carry.
//!
//! Statements are cut and compared in English alone. A report in another language carries a point where one of its sentences
//! is, of all, the likeliest partner of a sentence that carries it, and neither a number nor a "not" differs; where that is only
//! likely the sentence stands as unclear, and what surely differs as a conflict. Nobody says of such a report that it leaves something out.

use crate::conflicts::{self, Counterparts};
use crate::quotes::{accounts, changed_numbers};
use crate::{Conflict, Point, Status, is_held, reached};
use rashomon_annotate::Corpus;
use rashomon_group::Story;
use rashomon_language::Language;
use rashomon_lineage::{Kind, Lineage, Sayings};
use rashomon_model::{Anchor, ArticleId, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The least logarithm of the odds that two sentences say the same, for carrying a point and for perhaps carrying it.
///
/// Of lines of NTREX articles that tell of one event in other words, 2 % come to the first and 15 % to the second; of lines
/// that are one, 64 % and 88 %.
const CARRIED: f32 = 4.0;
const UNCLEAR: f32 = 0.0;
/// The most sentences of one report, and of all reports that are not English, that are held against others.
const MOST: usize = 400;
const MOST_OF_ALL: usize = 6_000;

/// A sentence of a report in another language beside one that carries a point.
struct Beside {
    at: Anchor,
    odds: f32,
}

/// Adds to `points` of the English reports of `story` where its other reports carry them, or may.
pub(crate) fn across(corpus: &Corpus, story: &Story, lineage: &Lineage, points: &mut [Point]) {
    let language = |a: ArticleId| Language::of(corpus.get(a).article.language.as_deref());
    let (english, foreign): (Vec<ArticleId>, Vec<ArticleId>) =
        story.articles.iter().copied().partition(|a| is_held(corpus.get(*a)));
    let texts: Vec<_> = story
        .articles
        .iter()
        .map(|a| (corpus.get(*a).article.text.as_str(), language(*a)))
        .filter(|it| it.1.crosses())
        .collect();
    let mut places: Vec<Anchor> = Vec::new();
    let mut of_article: FxHashMap<ArticleId, std::ops::Range<usize>> = FxHashMap::default();
    for a in english.iter().chain(foreign.iter().filter(|a| language(**a).crosses())) {
        let from = places.len();
        if from < MOST_OF_ALL {
            places.extend(reached(corpus.get(*a)).iter().take(MOST).map(|s| Anchor::new(*a, s.span)));
        }
        of_article.insert(*a, from..places.len());
    }
    let said: Vec<_> = places.iter().map(|at| (corpus.text(*at), language(at.article))).collect();
    let sayings = Sayings::of(&texts, &said);
    let mut partners: FxHashMap<Anchor, Vec<Beside>> = FxHashMap::default();
    for e in &english {
        for f in foreign.iter().filter_map(|f| of_article.get(f)) {
            let some: Vec<usize> = of_article[e].clone().collect();
            for (x, y, odds) in sayings.partners(&some, &f.clone().collect::<Vec<_>>(), UNCLEAR) {
                partners.entry(places[x]).or_default().push(Beside { at: places[y], odds });
            }
        }
    }
    let accounts = accounts(lineage);
    let translated = Translated::of(lineage);
    let mut clashes: BTreeMap<[Anchor; 2], Vec<(Conflict, usize)>> = BTreeMap::new();
    for (p, point) in points.iter_mut().enumerate() {
        let mut found: FxHashMap<ArticleId, Beside> = FxHashMap::default();
        // Who has another figure carries no part of the point: not its headline either.
        let mut clashing: FxHashSet<ArticleId> = FxHashSet::default();
        for carried in &point.carried {
            let Some(sentence) = sentence_of(corpus, *carried) else { continue };
            for it in partners.get(&sentence).into_iter().flatten() {
                let at = [sentence, it.at];
                let sure = it.odds >= CARRIED;
                let pair = Counterparts { at, translated: translated.holds(at), sure };
                let held = if pair.translated || sure { conflicts::across(corpus, pair) } else { Vec::new() };
                let differs =
                    !held.is_empty() || changed_numbers(corpus, sentence, it.at) || conflicts::may_deny(corpus, at);
                if !held.is_empty() {
                    clashing.insert(it.at.article);
                }
                for clash in held {
                    // The point whose statement holds the value, or else the first of its sentence.
                    let holds = clash
                        .values
                        .iter()
                        .any(|v| v.anchor.article == carried.article && carried.span.contains(v.anchor.span));
                    let all = clashes.entry(at).or_default();
                    match all.iter_mut().find(|other| other.0 == clash) {
                        Some(other) if holds => other.1 = p,
                        Some(_) => {}
                        None => all.push((clash, p)),
                    }
                }
                let odds = if differs { it.odds.min(CARRIED - 1.0) } else { it.odds };
                let best = found.entry(it.at.article).or_insert(Beside { at: it.at, odds });
                if odds > best.odds {
                    *best = Beside { at: it.at, odds };
                }
            }
        }
        for it in found.into_values() {
            let agrees = !clashing.contains(&it.at.article);
            if it.odds >= CARRIED && agrees { point.carried.push(it.at) } else { point.unclear.push(it.at) }
        }
        point.carried.sort_unstable();
        point.unclear.sort_unstable();
        let carriers: FxHashSet<ArticleId> = point.carried.iter().map(|it| it.article).collect();
        let voices: FxHashSet<_> = carriers.iter().map(|a| accounts.get(a).ok_or(*a)).collect();
        point.status = match () {
            () if voices.len() < 2 => Status::One,
            () if carriers.len() == story.articles.len() => Status::All,
            () => Status::Some,
        };
    }
    for (clash, p) in clashes.into_values().flatten() {
        points[p].conflicts.push(clash);
    }
}

/// The passages that reports of two languages have from each other.
struct Translated(FxHashMap<(ArticleId, ArticleId), Vec<(Span, Span)>>);

impl Translated {
    fn of(lineage: &Lineage) -> Self {
        let mut all: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for it in lineage.relations.iter().filter(|it| it.kind == Kind::Translation) {
            for both in &it.evidence {
                let (p, q) = (both.source, both.derived);
                all.entry((p.article, q.article)).or_default().push((p.span, q.span));
                all.entry((q.article, p.article)).or_default().push((q.span, p.span));
            }
        }
        Self(all)
    }

    /// Whether two sentences stand beside each other in one of them.
    fn holds(&self, [p, q]: [Anchor; 2]) -> bool {
        let passages = self.0.get(&(p.article, q.article)).into_iter().flatten();
        { passages }.any(|it| it.0.overlaps(p.span) && it.1.overlaps(q.span))
    }
}

/// The sentence of its article in which `at` begins.
pub(super) fn sentence_of(corpus: &Corpus, at: Anchor) -> Option<Anchor> {
    let article = corpus.get(at.article);
    article.sentence_at(at.span.start()).map(|n| Anchor::new(at.article, article.sentences[n].span))
}
