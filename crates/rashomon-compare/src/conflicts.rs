//! Where statements of one point give values that cannot all be right.
//!
//! Only values in the same place of aligned statements are held against each other: the number that counts the same
//! noun, the date of the same verb, the name between the same neighbours. Hedges and rounding are honoured; a count that
//! grows from report to report is an update, not a conflict. What is not certain is left out: a false conflict sends a
//! reader looking for nothing.

mod across;
mod ages;
mod clocks;
mod counts;
mod dates;
mod days;
mod durations;
mod manners;
mod measures;
mod mouths;
mod names;
mod negation;
mod numbers;
mod opposites;
mod quantity;
mod sizes;
mod substituted;
mod tallies;
mod tolls;

use crate::meaning::{Alignment, Class, Gist, Keys, Term, Vocabulary, align};
use crate::rules;
use crate::statements::{Attributed, Place, Statement};
use crate::twins;
use crate::words::lower;
use crate::{Amount, Conflict, ConflictKind, ConflictValue, Point};
use rashomon_annotate::{Annotated, Corpus, QuoteKind, Time, TimeKind, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Rule, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Finds the conflicts among the statements of each point and files them with it.
///
/// Values are looked for in the whole sentences around the statements, each pair of sentences once: a date at the end of a
/// sentence belongs to what is said before it. A clash goes to the point whose statements hold it. `near` are pairs of
/// sentences that are not of one point, perhaps only because of such a value; they must agree in more of the rest.
pub(crate) fn conflicts(
    corpus: &Corpus,
    vocabulary: &mut Vocabulary,
    groups: &[Vec<&Statement>],
    near: &[[Place; 2]],
    said: &Attributed,
    points: &mut [Point],
) {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut known: FxHashMap<Place, usize> = FxHashMap::default();
    let mut done: FxHashSet<[Place; 2]> = FxHashSet::default();
    let mut found: Vec<Vec<Group>> = points.iter().map(|_| Vec::new()).collect();
    let mut held: BTreeMap<ArticleId, Vec<(Span, usize)>> = BTreeMap::new();
    for (p, point) in points.iter().enumerate() {
        point.carried.iter().for_each(|c| held.entry(c.article).or_default().push((c.span, p)));
    }
    // What two forms of one utterance have otherwise is told with the utterance.
    let mut uttered: BTreeMap<Place, Vec<(Span, usize)>> = BTreeMap::new();
    for u in groups.iter().flatten() {
        if let Some(n) = u.utterance {
            uttered.entry((u.anchor.article, u.sentence)).or_default().push((u.anchor.span, n));
        }
    }
    let inside = |place: &Place, value: Span| {
        let forms = uttered.get(place).map_or(&[][..], Vec::as_slice);
        forms.iter().filter(move |(s, _)| s.contains(value)).map(|(_, n)| *n)
    };
    let mut pairs: Vec<([Place; 2], Option<usize>)> = Vec::new();
    for (p, members) in groups.iter().enumerate() {
        // A reprint repeats what is there already.
        let mut bodies: Vec<&Statement> = Vec::new();
        let sentence = |u: &Statement| {
            let it = corpus.get(u.anchor.article);
            it.text(it.sentences[u.sentence].span)
        };
        for u in members.iter().filter(|u| !u.heading) {
            if bodies.len() < MOST && !bodies.iter().any(|b| sentence(b) == sentence(u)) {
                bodies.push(u);
            }
        }
        for (i, a) in bodies.iter().enumerate() {
            let others = bodies[i + 1..].iter().filter(|b| b.anchor.article != a.anchor.article);
            pairs.extend(others.map(|b| ([(a.anchor.article, a.sentence), (b.anchor.article, b.sentence)], Some(p))));
        }
    }
    pairs.extend(near.iter().map(|key| (*key, None)));
    for (key, of) in pairs {
        if !done.insert(key) {
            continue;
        }
        let both = key.map(|(id, s)| {
            *known.entry((id, s)).or_insert_with(|| {
                let article = corpus.get(id);
                let span = article.sentences[s].span;
                let gist = vocabulary.gist(article, span);
                let keys = gist.keys(vocabulary);
                let outside = said.get(&(id, s)).map_or(&[][..], Vec::as_slice);
                let told = gist.terms.iter().filter(|t| !outside.iter().any(|o| o.contains(t.span)));
                let told: Vec<Term> = told.copied().collect();
                let told = (told.len() < gist.terms.len()).then(|| Gist::of(vocabulary, told));
                let values = Values::of(article, span);
                let turns = Turns::of(vocabulary, article, &gist);
                sentences.push(Sentence { anchor: Anchor::new(id, span), gist, keys, told, values, turns });
                sentences.len() - 1
            })
        });
        let both = both.map(|n| &sentences[n]);
        let side = |k: usize, told: bool| {
            let it = both[k];
            let gist = it.told.as_ref().filter(|_| told).unwrap_or(&it.gist);
            Side {
                article: corpus.get(it.anchor.article),
                anchor: it.anchor,
                gist,
                values: &it.values,
                turns: it.turns,
            }
        };
        let (a, b) = (side(0, false), side(1, false));
        let touch = both[0].keys.shared(&both[1].keys);
        if touch < LEAST_TOUCH * a.gist.weight.max(b.gist.weight)
            || !(may_clash(&a, &b) || of.is_some() && substituted::may_clash(&a, &b))
        {
            continue;
        }
        let mut clashes: Vec<Clash> = Vec::new();
        let mut rest = 0.0f32;
        let attributed = both.iter().any(|it| it.told.is_some());
        for told in [false, true] {
            if told && (!attributed || !clashes.is_empty() || rest < LEAST_REST) {
                continue;
            }
            let (a, b) = (side(0, told), side(1, told));
            let alignment = align(vocabulary, a.gist, b.gist);
            let pair = Aligned { vocabulary, a, b, alignment, linked: OnceCell::new(), joined: of.is_some() };
            if attributed && !told {
                rest = pair.rest(&[], &[]);
            }
            for clash in between(&pair) {
                let [x, y] = &clash.values;
                let near = of.is_some() || pair.rest(&[x.anchor.span], &[y.anchor.span]) >= REST_APART;
                let quoted = inside(&key[0], x.anchor.span).any(|n| inside(&key[1], y.anchor.span).any(|m| m == n));
                let of_two = || {
                    let sides = [&pair.a, &pair.b].map(|it| (it.article, it.anchor.span));
                    twins::of_others(vocabulary, sides, [x.anchor.span, y.anchor.span])
                };
                if near && !quoted && (clash.later || !of_two()) {
                    clashes.push(clash);
                }
            }
        }
        for clash in clashes {
            // The point whose statements hold most of the values; in doubt the one the pair comes from.
            let mut homes: BTreeMap<usize, usize> = of.into_iter().map(|p| (p, 0)).collect();
            for v in &clash.values {
                for (span, p) in held.get(&v.anchor.article).into_iter().flatten() {
                    if span.contains(v.anchor.span) {
                        *homes.entry(*p).or_default() += 1;
                    }
                }
            }
            let home = homes.into_iter().max_by_key(|(p, n)| (*n, Some(*p) == of, usize::MAX - p));
            if let Some((p, _)) = home {
                Group::add(&mut found[p], clash);
            }
        }
    }
    for (point, groups) in points.iter_mut().zip(found) {
        let mut all: Vec<Conflict> = groups.into_iter().map(|g| g.conflict(corpus)).collect();
        all.sort_by(|x, y| x.kind.cmp(&y.kind).then(x.values[0].anchor.cmp(&y.values[0].anchor)));
        point.conflicts.extend(all);
    }
    tolls::tolls(corpus, points);
    sizes::sizes(corpus, points);
    manners::manners(corpus, points);
    days::days(corpus, points);
}

pub(crate) use across::{Counterparts, across, may_deny};
pub(crate) use mouths::mouths;

/// The articles that points tell of.
fn articles(points: &[Point]) -> BTreeSet<ArticleId> {
    points.iter().flat_map(|p| p.carried.iter().map(|c| c.article).chain(p.omitted.iter().copied())).collect()
}

/// Whether a stretch stands in somebody's mouth: his "today" is another day, and his count no report's.
fn is_spoken(article: &Annotated, span: Span) -> bool {
    // Not what stands between its parts: "…," Jane Roe said, "…".
    let direct = article.quotes_over(span).filter(|q| q.kind == QuoteKind::Direct && q.span.contains(span));
    { direct }.any(|q| q.parts.is_empty() || q.parts.iter().any(|part| part.contains(span)))
}

/// Whether what stands at `at` is only expected, worked out or feared by the words before it in its sentence: "predicted 800
/// deaths", "expecting 145,000 jobs"; with `modals` also "would die".
fn is_foretold(it: &Annotated, sentence: Span, at: Span, modals: bool) -> bool {
    static FORETELLS: WordSet = WordSet::english(Fact::Expectations, "foretells");
    static MODALS: WordSet = WordSet::english(Fact::Expectations, "modal");
    let before = it.tokens_in(Span::new(sentence.start(), at.start().max(sentence.start())));
    let behind = it.tokens_in(Span::new(at.end(), sentence.end().max(at.end())));
    let foretells = |t: &Token| {
        let word = lower(it.text(t.span));
        FORETELLS.contains(&word) || modals && MODALS.contains(&word)
    };
    before.iter().rev().take(FORETOLD).any(foretells) || behind.iter().take(FORETOLD / 2).any(foretells)
}

/// Words before a figure among which one that foretells it is looked for; behind it, half of them.
const FORETOLD: usize = 12;

/// What a sentence is about.
struct Sentence {
    anchor: Anchor,
    gist: Gist,
    keys: Keys,
    /// The same without the words that only say who says it, if it has such: "…, officials said".
    told: Option<Gist>,
    values: Values,
    turns: Turns,
}

/// What of the words of a sentence may negate.
#[derive(Clone, Copy, Debug)]
struct Turns {
    /// A word that negates, "yet" or "short": "has yet to", "stopped short of".
    negates: bool,
    /// One of these or "no".
    any: bool,
}

impl Turns {
    fn of(vocabulary: &Vocabulary, article: &Annotated, gist: &Gist) -> Self {
        let negates = |t: &Term| vocabulary.entries[t.entry as usize].negation.is_some();
        let is = |t: &Term, of: &[&str]| of.contains(&article.text(t.span));
        let negates = gist.terms.iter().any(|t| negates(t) || is(t, &["yet", "short"]));
        Self { negates, any: negates || gist.terms.iter().any(|t| is(t, &["no", "No"])) }
    }
}

/// Values of a sentence that its article's layers do not hold as such.
pub(crate) struct Values {
    tallies: Vec<tallies::Tally>,
    ages: Vec<ages::Age>,
    durations: bool,
    clocks: bool,
    /// Its verbs and adjectives, with where they stand among opposites.
    telling: Vec<opposites::Telling>,
    /// Its numbers and its dates, read when they are first asked for.
    quantities: OnceCell<Vec<quantity::Quantity>>,
    dates: OnceCell<Vec<Time>>,
    /// The hours that it, or the sentence before it, names.
    hours: OnceCell<Vec<String>>,
    /// "No one", with the verb of it.
    nobody: Option<(Span, Span)>,
    /// "No vehicles", and the noun of it.
    no_things: Option<(Span, Span)>,
}

impl Values {
    fn of(article: &Annotated, sentence: Span) -> Self {
        let has = |kind: TimeKind| article.times_in(sentence).iter().any(|t| t.kind == kind);
        Self {
            tallies: tallies::tallies(article, sentence),
            ages: ages::ages(article, sentence),
            durations: has(TimeKind::Duration),
            clocks: has(TimeKind::Time),
            telling: opposites::telling(article, sentence),
            quantities: OnceCell::new(),
            dates: OnceCell::new(),
            hours: OnceCell::new(),
            nobody: opposites::nobody(article, sentence),
            no_things: opposites::no_things(article, sentence),
        }
    }
}

/// Sentences with less in common by equal terms and near-synonyms alone, as a part of the heavier one's weight, are not
/// aligned: no rule accepts so little.
const LEAST_TOUCH: f32 = 0.12;

/// Sentences that share less with their attributions are not aligned again without them.
const LEAST_REST: f32 = 0.2;

/// Whether two sentences hold anything that an alignment could show to be in conflict.
fn may_clash(a: &Side, b: &Side) -> bool {
    let own_name = |s: &Side, o: &Side| {
        let named = |t: &&Term| s.text(t.span).starts_with(char::is_uppercase);
        s.gist.content().filter(named).any(|t| !o.gist.terms.iter().any(|u| u.entry == t.entry))
    };
    numbers::may_clash(a, b)
        || dates::may_clash(a, b)
        || !a.values.tallies.is_empty() && !b.values.tallies.is_empty()
        || !a.values.ages.is_empty() && !b.values.ages.is_empty()
        || a.values.durations && b.values.durations
        || a.values.clocks && b.values.clocks
        || a.turns.negates
        || b.turns.negates
        || opposites::may_clash(a, b)
        || own_name(a, b) && own_name(b, a)
}

/// Sentences that are not of one point must share this part of their weight besides the values in conflict.
const REST_APART: f32 = 0.6;

/// Has what is one conflict told once.
pub(crate) fn settle(corpus: &Corpus, points: &mut [Point]) {
    settle_dates(points);
    settle_places(corpus, points);
}

/// Conflicts of two points that one rule found and that hold one value at one place against the same other values are one:
/// what a contract is worth, "84 million" here and "48 million" there, is one disagreement though two points tell of it. It
/// stays with the point that has most of its values. What was only brought up to date stays as it is.
fn settle_places(corpus: &Corpus, points: &mut [Point]) {
    let mut all: Vec<[usize; 2]> = Vec::new();
    for (p, point) in points.iter().enumerate() {
        all.extend((0..point.conflicts.len()).filter(|c| !point.conflicts[*c].update).map(|c| [p, c]));
    }
    all.sort_by_key(|[p, c]| (std::cmp::Reverse(points[*p].conflicts[*c].values.len()), *p, *c));
    let mut told: BTreeMap<(&str, BTreeSet<&str>, Anchor), [usize; 2]> = BTreeMap::new();
    let mut moved: BTreeMap<[usize; 2], [usize; 2]> = BTreeMap::new();
    for [p, c] in all {
        let it = &points[p].conflicts[c];
        let values: BTreeSet<&str> = it.values.iter().map(|v| v.value.as_str()).collect();
        let keys: Vec<_> = it.values.iter().map(|v| (it.rule.name(), values.clone(), v.anchor)).collect();
        let home = keys.iter().find_map(|key| told.get(key)).copied().filter(|home| home[0] != p);
        if let Some(home) = home {
            moved.insert([p, c], home);
        }
        keys.into_iter().for_each(|key| _ = told.entry(key).or_insert(home.unwrap_or([p, c])));
    }
    if moved.is_empty() {
        return;
    }
    let time = |v: &ConflictValue| corpus.get(v.anchor.article).article.dateline().map(|d| d.at);
    for ([p, c], [q, n]) in &moved {
        let values = std::mem::take(&mut points[*p].conflicts[*c].values);
        let held = &mut points[*q].conflicts[*n].values;
        for it in values {
            if !held.iter().any(|v| v.anchor == it.anchor) {
                held.push(it);
            }
        }
        held.sort_by_key(|v| (time(v).is_none(), time(v), v.anchor));
    }
    for point in points {
        point.conflicts.retain(|it| !it.values.is_empty());
    }
}

/// Keeps one of two conflicts about the same date: the one that names the event it misses.
fn settle_dates(points: &mut [Point]) {
    let told: Vec<Anchor> = points
        .iter()
        .flat_map(|p| &p.conflicts)
        .filter(|c| c.kind == ConflictKind::Date && c.rule != rules::DATE_OF_THE_SAME)
        .flat_map(|c| c.values.iter().map(|v| v.anchor))
        .collect();
    for p in points {
        p.conflicts.retain(|c| c.rule != rules::DATE_OF_THE_SAME || !c.values.iter().any(|v| told.contains(&v.anchor)));
    }
}

/// Statements of one point that are held against each other.
const MOST: usize = 10;

/// Two values in conflict.
#[derive(Clone, Debug)]
pub(crate) struct Clash {
    pub(crate) kind: ConflictKind,
    pub(crate) values: [ConflictValue; 2],
    pub(crate) rule: Rule,
    pub(crate) reason: &'static str,
    /// Whether both were right, each at the hour its sentence names.
    pub(crate) later: bool,
}

impl Clash {
    /// The same with the numbers that its two values are.
    fn of(mut self, amounts: [Amount; 2]) -> Self {
        self.values.iter_mut().zip(amounts).for_each(|(v, amount)| v.amount = Some(amount));
        self
    }
}

/// Two statements with their alignment.
pub(crate) struct Aligned<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) a: Side<'a>,
    pub(crate) b: Side<'a>,
    pub(crate) alignment: Alignment,
    /// How alike the term is that each term of either side is aligned to, 0 where none is.
    linked: OnceCell<[Vec<f32>; 2]>,
    /// Whether both hold statements of one point.
    pub(crate) joined: bool,
}

/// One of two statements.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) article: &'a Annotated,
    pub(crate) anchor: Anchor,
    pub(crate) gist: &'a Gist,
    values: &'a Values,
    turns: Turns,
}

impl Side<'_> {
    /// The text of a span.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.article.text(span)
    }

    /// When its article was published, where that is known.
    fn published(&self) -> Option<jiff::Timestamp> {
        self.article.article.dateline().map(|it| it.at)
    }

    /// The two content terms next to a stretch, on one side of it, as far as there are.
    fn near(&self, span: Span, behind: bool) -> [Option<usize>; 2] {
        let content = |i: &usize| self.gist.terms[*i].class != Class::Function;
        let all = 0..self.gist.terms.len();
        if behind {
            let mut found = all.filter(|i| self.gist.terms[*i].span.start() >= span.end()).filter(content);
            [found.next(), found.next()]
        } else {
            let mut found = all.rev().filter(|i| self.gist.terms[*i].span.end() <= span.start()).filter(content);
            [found.next(), found.next()]
        }
    }

    /// Index of the first content term at or behind `offset`.
    pub(crate) fn term_from(&self, offset: usize) -> Option<usize> {
        (0..self.gist.terms.len())
            .find(|i| self.gist.terms[*i].span.start() >= offset && self.gist.terms[*i].class != Class::Function)
    }
}

impl Aligned<'_> {
    /// Whether two terms are aligned to each other.
    pub(crate) fn linked(&self, a: usize, b: usize) -> bool {
        self.alignment.links.iter().any(|l| l.a == a && l.b == b && l.likeness >= 0.6)
    }

    /// Whether the terms around two stretches are aligned: those before and those behind. Gives on how many of the two
    /// sides they agree, and on how many they differ; two edges do neither.
    pub(crate) fn frame(&self, x: Span, y: Span) -> (usize, usize) {
        let mut agree = 0;
        let mut differ = 0;
        for behind in [false, true] {
            let (p, q) = (self.a.near(x, behind), self.b.near(y, behind));
            if p.iter().flatten().any(|i| q.iter().flatten().any(|j| self.linked(*i, *j))) {
                agree += 1;
            } else if p[0].is_some() || q[0].is_some() {
                differ += 1;
            }
        }
        (agree, differ)
    }

    /// Whether two stretches stand in the same place: between aligned neighbours, or, where they are the `only` ones that
    /// can be meant, in sentences that agree in most of the rest.
    pub(crate) fn same_place(&self, x: Span, y: Span, only: bool) -> bool {
        let (agree, differ) = self.frame(x, y);
        let rest = self.rest(&[x], &[y]);
        agree == 2 && rest >= 0.45
            || agree == 1 && differ == 0 && rest >= 0.5
            || only && rest >= if agree > 0 { 0.5 } else { 0.6 }
    }

    /// Share of own weight that is aligned, leaving out the terms inside `spans`; the lesser of both sides.
    pub(crate) fn rest(&self, x: &[Span], y: &[Span]) -> f32 {
        let one = |side: &Side, linked: &[f32], without: &[Span]| {
            let (mut hit, mut of) = (0.0, 0.0);
            for (t, linked) in side.gist.terms.iter().zip(linked) {
                if t.class != Class::Function && !without.iter().any(|s| s.overlaps(t.span)) {
                    of += t.weight;
                    hit += t.weight * linked;
                }
            }
            if of > 0.0 { hit / of } else { 0.0 }
        };
        let [of_a, of_b] = self.linked.get_or_init(|| {
            let mut of = [&self.a, &self.b].map(|side| vec![0.0; side.gist.terms.len()]);
            for link in &self.alignment.links {
                (of[0][link.a], of[1][link.b]) = (link.likeness, link.likeness);
            }
            of
        });
        one(&self.a, of_a, x).min(one(&self.b, of_b, y))
    }

    fn value(&self, side: &Side, value: String, span: Span) -> ConflictValue {
        ConflictValue { value, amount: None, anchor: Anchor::new(side.anchor.article, span) }
    }

    /// A clash of a value at `x` on one side with a value at `y` on the other.
    pub(crate) fn clash(
        &self,
        kind: ConflictKind,
        rule: Rule,
        reason: &'static str,
        x: (String, Span),
        y: (String, Span),
    ) -> Clash {
        let values = [self.value(&self.a, x.0, x.1), self.value(&self.b, y.0, y.1)];
        Clash { kind, values, rule, reason, later: false }
    }
}

/// All clashes between two aligned sentences.
fn between(pair: &Aligned) -> Vec<Clash> {
    let mut out = numbers::clashes(pair);
    out.extend(tallies::clashes(pair));
    out.extend(ages::clashes(pair));
    out.extend(durations::clashes(pair));
    out.extend(clocks::clashes(pair));
    out.extend(dates::clashes(pair));
    out.extend(names::clashes(pair));
    let denied = negation::clashes(pair);
    // "worked" and "failed" are opposites, and "failed" a denial as well: told once.
    let told = |c: &Clash| {
        let meets = |v: &ConflictValue| {
            denied
                .iter()
                .flat_map(|d| &d.values)
                .any(|w| w.anchor.article == v.anchor.article && w.anchor.span.overlaps(v.anchor.span))
        };
        c.values.iter().any(meets)
    };
    out.extend(opposites::clashes(pair).into_iter().filter(|c| c.kind != ConflictKind::Negation || !told(c)));
    out.extend(denied);
    if out.is_empty() {
        out.extend(substituted::clashes(pair));
    }
    // "Nobody was hurt" against "three were hurt" is told as a count.
    let is_none = |v: &ConflictValue| v.amount.is_some_and(|it| it.number == 0.0);
    let none = |c: &Clash| c.kind == ConflictKind::Number && c.values.iter().any(is_none);
    if out.iter().any(none) {
        out.retain(|c| c.kind != ConflictKind::Negation);
    }
    out
}

/// Clashes that share a value or a place are one conflict.
struct Group {
    kind: ConflictKind,
    rule: Rule,
    reason: &'static str,
    later: bool,
    values: BTreeMap<Anchor, (String, Option<Amount>)>,
}

impl Group {
    fn add(groups: &mut Vec<Self>, found: Clash) {
        let joins = |g: &Self| {
            g.kind == found.kind
                && g.later == found.later
                && found.values.iter().any(|v| g.values.contains_key(&v.anchor))
        };
        let at = groups.iter().position(joins).unwrap_or_else(|| {
            let values = BTreeMap::new();
            groups.push(Self { kind: found.kind, rule: found.rule, reason: found.reason, later: found.later, values });
            groups.len() - 1
        });
        for v in found.values {
            groups[at].values.insert(v.anchor, (v.value, v.amount));
        }
    }

    fn conflict(self, corpus: &Corpus) -> Conflict {
        let time = |v: &ConflictValue| corpus.get(v.anchor.article).article.dateline().map(|d| d.at);
        let mut values: Vec<ConflictValue> =
            self.values.into_iter().map(|(anchor, (value, amount))| ConflictValue { value, amount, anchor }).collect();
        // In order of article time; those without a date come last.
        values.sort_by_key(|v| (time(v).is_none(), time(v), v.anchor));
        let grows = self.kind == ConflictKind::Number && is_update(&values, time);
        let update = grows || self.later;
        let rule = if grows { rules::GROWING_COUNT } else { self.rule };
        let reason = if grows { "a later report counts more" } else { self.reason };
        Conflict { kind: self.kind, update, values, rule, reason: reason.to_owned() }
    }
}

/// Whether counts only grow with time: every value is dated, and no later one is smaller.
fn is_update<T: Ord>(values: &[ConflictValue], time: impl Fn(&ConflictValue) -> Option<T>) -> bool {
    let dated = values.iter().all(|v| time(v).is_some());
    // What is measured, not counted, does not grow from report to report.
    let count = |v: &ConflictValue| v.amount.filter(|it| it.counts).map(|it| it.number);
    let grows = values.windows(2).all(|w| match (count(&w[0]), count(&w[1])) {
        (Some(x), Some(y)) => x == y || x < y && time(&w[0]) < time(&w[1]),
        _ => false,
    });
    dated && grows
}
