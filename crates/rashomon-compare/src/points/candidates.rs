//! Which pairs of statements are worth comparing, and how alike they are.
//!
//! An inverted index over terms gives each statement the few others that share most of its weight, so the work grows
//! with the number of statements, not of pairs.

use crate::cluster::{Floors, Likeness, WITNESSES};
use crate::meaning::{Alignment, Class, Gist, Negation, Term, Vocabulary, align};
use crate::statements::Statement;
use crate::statements::acts::Force;
use rashomon_language::{Fact, WordSet};
use std::collections::BTreeMap;

/// How alike statements of one point must be.
pub(crate) const FLOORS: Floors = Floors { seed: 0.5, mean: 0.46, least: 0.33 };
/// From this likeness on, sentences are held against each other for conflicts, though they are not of one point.
const NEAR: f32 = 0.3;
/// Statements compared in full with each statement.
const MOST: usize = 16;
/// What a near-synonym counts when candidates are looked for.
const NEARLY: f32 = 0.5;
/// A term in more statements than this finds no candidates.
const POSTINGS: usize = 200;

/// Pairs of statements with their likeness, for those that share enough, in a fixed order.
pub(super) fn candidates(vocabulary: &Vocabulary, units: &[Statement]) -> Vec<Likeness> {
    let n_entries = vocabulary.entries.len();
    let n_groups = vocabulary.entries.iter().flat_map(|e| e.groups).max().map_or(0, |g| usize::from(*g) + 1);
    // A term also stands under each group of near-synonyms it belongs to, for less.
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); n_entries + n_groups];
    let mut out = Vec::new();
    let mut shared = vec![0.0f32; units.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (j, unit) in units.iter().enumerate() {
        touched.drain(..).for_each(|i| shared[i as usize] = 0.0);
        let mut terms: Vec<(u32, f32)> = Vec::new();
        for (k, t) in unit.gist.terms.iter().enumerate().filter(|(_, t)| t.class != Class::Function) {
            // Who is spoken of finds too much: what is done comes first.
            let weight = if k < unit.borrowed || t.class == Class::Name { 0.5 * t.weight } else { t.weight };
            match terms.iter_mut().find(|(e, _)| *e == t.entry) {
                Some(have) => have.1 = have.1.max(weight),
                None => terms.push((t.entry, weight)),
            }
        }
        for k in 0..terms.len() {
            let (entry, weight) = terms[k];
            for g in vocabulary.entries[entry as usize].groups.iter().filter(|_| weight >= TELLING) {
                #[allow(clippy::cast_possible_truncation, reason = "fewer terms than bytes")]
                let group = (n_entries + usize::from(*g)) as u32;
                if !terms.iter().any(|(e, _)| *e == group) {
                    terms.push((group, NEARLY * weight));
                }
            }
        }
        for (entry, weight) in &terms {
            for (i, other) in postings[*entry as usize].iter().rev().take(POSTINGS) {
                let slot = &mut shared[*i as usize];
                if *slot == 0.0 {
                    touched.push(*i);
                }
                *slot += weight.min(*other);
            }
        }
        let enough = |i: &u32| {
            let (s, least) = (shared[*i as usize], units[*i as usize].gist.weight.min(unit.gist.weight));
            (s >= 0.12 * least).then_some((s / least, *i))
        };
        let mut found: Vec<(f32, u32)> = touched.iter().filter_map(enough).collect();
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, i) in found.into_iter().take(MOST) {
            let score = likeness(vocabulary, &units[i as usize], unit);
            if score >= NEAR {
                out.push(Likeness { i: i as usize, j, score });
            }
        }
        #[allow(clippy::cast_possible_truncation, reason = "fewer statements than bytes")]
        for (entry, weight) in terms {
            postings[entry as usize].push((j as u32, weight));
        }
    }
    out
}

/// For each of `headings` the group whose members are most like it, if they are enough.
pub(super) fn nearest(
    vocabulary: &Vocabulary,
    units: &[Statement],
    groups: &[Vec<usize>],
    headings: &[Statement],
) -> Vec<Option<usize>> {
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.entries.len()];
    for (g, members) in groups.iter().enumerate() {
        let mut entries: Vec<u32> =
            members.iter().take(WITNESSES).flat_map(|m| units[*m].gist.content().map(|t| t.entry)).collect();
        entries.sort_unstable();
        entries.dedup();
        #[allow(clippy::cast_possible_truncation, reason = "fewer groups than bytes")]
        entries.iter().for_each(|e| postings[*e as usize].push(g as u32));
    }
    let home = |unit: &Statement| {
        let mut entries: Vec<(u32, f32)> = unit.gist.content().map(|t| (t.entry, t.weight)).collect();
        entries.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
        entries.dedup_by_key(|e| e.0);
        let mut shared: BTreeMap<u32, (f32, usize)> = BTreeMap::new();
        for (e, weight) in entries {
            for g in &postings[e as usize] {
                let slot = shared.entry(*g).or_default();
                *slot = (slot.0 + weight, slot.1 + 1);
            }
        }
        let mut found: Vec<(f32, usize)> =
            shared.into_iter().filter(|(_, s)| s.1 >= 2).map(|(g, s)| (s.0, g as usize)).collect();
        found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        let mut best: Option<(f32, usize)> = None;
        for (_, g) in found.into_iter().take(MOST) {
            let others: Vec<&Statement> = groups[g].iter().take(WITNESSES).map(|m| &units[*m]).collect();
            #[allow(clippy::cast_precision_loss, reason = "at most six")]
            let n = others.len() as f32;
            let mean = others.iter().map(|u| likeness(vocabulary, u, unit)).sum::<f32>() / n;
            // A point that several statements make is a better home than one that a single statement makes.
            let score = mean + 0.02 * n;
            if mean >= FLOORS.mean && best.is_none_or(|(b, _)| score > b) {
                best = Some((score, g));
            }
        }
        best.map(|(_, g)| g)
    };
    headings.iter().map(home).collect()
}

/// How alike two statements are, 0 to 1.
pub(super) fn likeness(vocabulary: &Vocabulary, a: &Statement, b: &Statement) -> f32 {
    if a.anchor.article == b.anchor.article && a.anchor.span.overlaps(b.anchor.span) {
        return 0.0;
    }
    let alignment = align(vocabulary, &a.gist, &b.gist);
    let (x, y) = (covered(&a.gist, &alignment, |l| l.a), covered(&b.gist, &alignment, |l| l.b));
    if x + y == 0.0 {
        return 0.0;
    }
    let (least, most) = (x.min(y), x.max(y));
    let harmonic = 2.0 * x * y / (x + y);
    let mut score = 0.6 * harmonic + 0.25 * least + 0.15 * most;
    // One report says more than the other.
    if most > 0.8 && least > 0.3 {
        score = score.max(0.55 * most + 0.1 * least);
    }
    // A denial is not what it denies; the two are one point only if they agree in nearly everything else.
    if a.gist.negated(vocabulary) != b.gist.negated(vocabulary) {
        score *= 0.85;
    }
    // Who is spoken of is not yet what is said.
    if same_act(a, b, &alignment) {
        score += 0.1;
    }
    if a.utterance.is_some() && a.utterance == b.utterance && score >= LEAST_OF_ONE {
        return score.max(ONE_UTTERANCE);
    }
    if same_day(a, b, &alignment) {
        score += 0.08;
    }
    let worded = worded_alike(a, b, &alignment);
    if worded < LEAST_WORDED {
        return score.min(APART);
    }
    score -= DOUBT * ((WELL_WORDED - worded) / (WELL_WORDED - LEAST_WORDED)).max(0.0);
    score *= agreement(a, b, &alignment);
    let (own, told) = shared_own(vocabulary, a, b, &alignment);
    if own < 2 || told == 0 {
        score *= 0.5;
    }
    score
}

/// Harmonic mean of the parts of their own words, grammar included, that two statements share as equal words or close
/// synonyms. Weighted by rarity, a name and a noun can make two statements alike that say nearly nothing in common.
fn worded_alike(a: &Statement, b: &Statement, alignment: &Alignment) -> f32 {
    let (x, y) = (&a.words, &b.words);
    let (mut i, mut j, mut hit) = (0, 0, 0.0f32);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, hit) = (i + 1, j + 1, hit + 1.0),
        }
    }
    let other = alignment.links.iter().filter(|l| l.a >= a.borrowed && l.b >= b.borrowed && l.likeness >= SYNONYM);
    let differ = other.filter(|l| a.gist.terms[l.a].entry != b.gist.terms[l.b].entry).count();
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let (hit, of) = (hit + differ as f32, (x.len() + y.len()) as f32);
    if of > 0.0 { 2.0 * hit / of } else { 0.0 }
}

/// Of 140 pairs of statements of 35 real stories that had been joined, read by hand, 99 were one statement; of 100
/// of the others 15 share less than the lower bound and 57 less than the upper, of 100 of the right ones none and six. No single measure of the 83 of
/// [`crate::meaning::features`] tells them better (area under the curve .895; the trained similarity .86).
const LEAST_WORDED: f32 = 0.2;
const WELL_WORDED: f32 = 0.3;
/// What the likeness loses at the lower of the two, and less towards the upper.
const DOUBT: f32 = 0.05;
const SYNONYM: f32 = 0.75;
/// What is left of the likeness of statements that share fewer words: too little to be joined.
const APART: f32 = 0.3;

/// What is left of the likeness of two statements that do not tell of one act.
///
/// Set by reading the shipped example and one story of five articles.
fn agreement(a: &Statement, b: &Statement, alignment: &Alignment) -> f32 {
    let told = |u: &Statement, side: &dyn Fn(&crate::meaning::Link) -> usize| {
        let act = |l: &&crate::meaning::Link| u.acts.iter().any(|s| s.overlaps(u.gist.terms[side(l)].span));
        u.acts.is_empty() || alignment.links.iter().filter(act).any(|l| l.likeness >= SAME_ACT)
    };
    let apart = match (told(a, &|l| l.a), told(b, &|l| l.b)) {
        (true, true) => 1.0,
        // What is asked for has not taken place.
        (false, true) if a.force == Force::Asked => ONLY_ASKED,
        (true, false) if b.force == Force::Asked => ONLY_ASKED,
        (true, false) | (false, true) => ONE_ACT,
        (false, false) => NO_ACT,
    };
    if asked_and_decreed(a, b) { apart * ASKED_AND_DECREED } else { apart }
}

/// Whether one asks for what the other decrees: two facts, however alike their words.
pub(super) fn asked_and_decreed(a: &Statement, b: &Statement) -> bool {
    matches!((a.force, b.force), (Force::Asked, Force::Decreed) | (Force::Decreed, Force::Asked))
}

/// Acts are the same from this likeness on.
const SAME_ACT: f32 = 0.5;
/// What is left where only one of two statements has the other's act, where neither has, and where one is asked for and
/// the other decreed.
const ONE_ACT: f32 = 0.82;
const ONLY_ASKED: f32 = 0.75;
const NO_ACT: f32 = 0.7;
const ASKED_AND_DECREED: f32 = 0.6;

/// Share of a gist's weight that the other side covers. What is left of a name with an aligned part counts half.
fn covered(gist: &Gist, alignment: &Alignment, side: impl Fn(&crate::meaning::Link) -> usize) -> f32 {
    let mut like = vec![0.0f32; gist.terms.len()];
    for l in &alignment.links {
        like[side(l)] = l.likeness;
    }
    let (mut hit, mut of) = (0.0, 0.0);
    for (i, t) in gist.terms.iter().enumerate() {
        if t.class == Class::Function {
            continue;
        }
        let named = |j: usize| gist.terms.get(j).is_some_and(|u| u.class == Class::Name) && like[j] >= 0.75;
        let rest = t.class == Class::Name && like[i] == 0.0 && (named(i + 1) || i > 0 && named(i - 1));
        // What is left of a name that is otherwise there tells nothing against.
        // Nor does a date that only one of them gives.
        let undated = t.class == Class::Date && like[i] == 0.0;
        let weight = if rest || undated { 0.3 * t.weight } else { t.weight };
        // Another number may be a conflict about one thing; it is weak evidence for two things.
        let weight = if t.class == Class::Number && like[i] == 0.0 { 0.5 * weight } else { weight };
        of += weight;
        hit += weight * like[i];
    }
    if of > 0.0 { hit / of } else { 0.0 }
}

/// Aligned terms that both statements have of their own, not taken over; and how many of them tell what is done rather
/// than who speaks or is spoken of: no names, no words of a role before a name, no denial as such.
fn shared_own(vocabulary: &Vocabulary, a: &Statement, b: &Statement, alignment: &Alignment) -> (usize, usize) {
    let own = alignment.links.iter().filter(|l| l.a >= a.borrowed && l.b >= b.borrowed && l.likeness >= 0.6);
    let denies = |t: &Term| vocabulary.entries[t.entry as usize].negation == Some(Negation::Deny);
    let tells = |u: &Statement, i: usize| {
        let t = &u.gist.terms[i];
        let says = SAYING.contains(&vocabulary.entries[t.entry as usize].text);
        t.class != Class::Name && !denies(t) && !says && !is_role(&u.gist, i)
    };
    own.fold((0, 0), |(all, told), l| (all + 1, told + usize::from(tells(a, l.a) && tells(b, l.b))))
}

/// Words that tell of speech, not of what it says.
static SAYING: WordSet = WordSet::english(Fact::ReportingVerbs, "point");

/// Whether a noun stands in a title: directly before a name, with at most a comma between.
fn is_role(gist: &Gist, mut i: usize) -> bool {
    while let (Some(this), Some(next)) = (gist.terms.get(i), gist.terms.get(i + 1)) {
        let close = next.span.start() >= this.span.end() && next.span.start() - this.span.end() <= 2;
        if this.class != Class::Content || !close {
            return false;
        }
        if next.class == Class::Name {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether both statements tell of one act: a verb and the noun that it acts on are aligned, and near each other in both.
fn same_act(a: &Statement, b: &Statement, alignment: &Alignment) -> bool {
    let own = |l: &&crate::meaning::Link| l.a >= a.borrowed && l.b >= b.borrowed && l.likeness >= 0.85;
    let class = |l: &crate::meaning::Link| (a.gist.terms[l.a].class, b.gist.terms[l.b].class);
    let verbs = || alignment.links.iter().filter(own).filter(|l| class(l) == (Class::Verb, Class::Verb));
    let nouns = alignment.links.iter().filter(own).filter(|l| {
        let telling = a.gist.terms[l.a].weight.min(b.gist.terms[l.b].weight) >= TELLING;
        class(l) == (Class::Content, Class::Content) && telling && !is_role(&a.gist, l.a) && !is_role(&b.gist, l.b)
    });
    let near = |x: usize, y: usize| x < y && y - x <= REACH;
    { nouns }.any(|n| verbs().any(|v| near(v.a, n.a) && near(v.b, n.b)))
}

/// Whether both statements give one day, rare in the story, to one thing.
fn same_day(a: &Statement, b: &Statement, alignment: &Alignment) -> bool {
    let own = |l: &&crate::meaning::Link| l.a >= a.borrowed && l.b >= b.borrowed && l.likeness >= 0.95;
    let weight = |l: &crate::meaning::Link| a.gist.terms[l.a].weight.min(b.gist.terms[l.b].weight);
    let both = |class: Class, least: f32| {
        let is = |l: &crate::meaning::Link| a.gist.terms[l.a].class == class && b.gist.terms[l.b].class == class;
        alignment.links.iter().filter(own).any(|l| is(l) && weight(l) >= least)
    };
    let act = |l: &crate::meaning::Link| {
        let is = |u: &Statement, i: usize| u.acts.iter().any(|s| s.overlaps(u.gist.terms[i].span));
        is(a, l.a) && is(b, l.b) && a.gist.terms[l.a].class == Class::Content
    };
    both(Class::Date, RARE_DAY) && (both(Class::Content, TELLING) || alignment.links.iter().filter(own).any(act))
}

/// Weight, in nats, of a day that not many statements of the story name.
const RARE_DAY: f32 = 2.0;
/// Forms of one utterance are one statement, if they share anything: the first half of it and the second are two.
const LEAST_OF_ONE: f32 = 0.25;
const ONE_UTTERANCE: f32 = 0.6;

/// Weight, in nats, from which a noun tells which act is meant.
const TELLING: f32 = 2.0;
/// Most terms between a verb and what it acts on.
const REACH: usize = 5;
