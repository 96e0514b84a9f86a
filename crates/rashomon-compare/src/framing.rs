//! What different reports call the same thing, and whose voices get how many words.
//!
//! Two descriptions mean one thing when their head nouns mean the same and they stand in one point, or when a telling
//! word of one ("breakaway") is among the words by which a point's descriptions tell that thing apart. Named people and
//! places are not descriptions. Nothing is judged: loaded words are marked by a lexicon
//! (`crates/rashomon-language/data/en/loaded-words.txt`).

mod loaded;
mod phrases;
mod voices;

pub(crate) use voices::voices;

use crate::meaning::{Class, Vocabulary};
use crate::rules;
use crate::{Framing, Point, Term};
use loaded::loaded;
use phrases::{Phrase, phrases};
use rashomon_annotate::Corpus;
use rashomon_group::Story;
use rashomon_model::{Anchor, ArticleId};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The framing of a story: referents that at least two reports describe in different words, most described first.
pub(crate) fn framing(corpus: &Corpus, story: &Story, vocabulary: &mut Vocabulary, points: &[Point]) -> Vec<Framing> {
    let mut ids = story.articles.clone();
    ids.sort_unstable();
    ids.truncate(MOST_ARTICLES);
    let all: Vec<Phrase> = ids.iter().flat_map(|id| phrases(corpus, *id, vocabulary)).collect();
    let mut referents: Vec<Referent> = Vec::new();
    for point in points.iter().filter(|p| p.carried.len() > 1 && p.carried.len() <= MOST_CARRIED) {
        let inside = inside(&all, point);
        if inside.len() < 2 {
            continue;
        }
        let acts = acts(corpus, vocabulary, point);
        for mut found in of_point(corpus, vocabulary, &all, &inside) {
            found.telling.extend(&acts);
            found.acts.extend(&acts);
            Referent::add(vocabulary, &all, &mut referents, found);
        }
    }
    referents.iter_mut().for_each(|r| r.extend(corpus, vocabulary, &all));
    let mut taken = vec![false; all.len()];
    let mut out: Vec<(usize, Framing)> = Vec::new();
    referents.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.members.cmp(&b.members)));
    for mut r in referents {
        r.members.retain(|m| !taken[*m]);
        let Some(found) = r.framing(corpus, &all) else { continue };
        r.members.iter().for_each(|m| taken[*m] = true);
        let outlets: BTreeSet<ArticleId> = found.terms.iter().map(|t| t.anchor.article).collect();
        out.push((outlets.len(), found));
    }
    out.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.terms[0].anchor.cmp(&b.1.terms[0].anchor)));
    out.into_iter().map(|(_, f)| f).collect()
}

/// In a larger story the first articles by id speak for all.
const MOST_ARTICLES: usize = 60;
/// A point carried by more statements is a reprint, not a choice of words.
const MOST_CARRIED: usize = 60;

/// The phrases inside the statements of a point, in order of place.
fn inside(all: &[Phrase], point: &Point) -> Vec<usize> {
    let mut out = Vec::new();
    for c in &point.carried {
        let from = all.partition_point(|p| (p.anchor.article, p.core.start()) < (c.article, c.span.start()));
        let here = all[from..].iter().take_while(|p| p.anchor.article == c.article && p.core.start() < c.span.end());
        out.extend(here.enumerate().filter(|(_, p)| c.span.contains(p.core)).map(|(k, _)| from + k));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Phrases that mean one thing.
#[derive(Clone, Debug)]
struct Referent {
    members: BTreeSet<usize>,
    /// Head nouns.
    heads: BTreeSet<u32>,
    /// Words that tell the thing apart.
    telling: BTreeSet<u32>,
    /// Verbs of what is done, in the words of several articles.
    acts: BTreeSet<u32>,
}

/// Groups of phrases of one point whose heads mean the same, in at least two articles.
fn of_point(corpus: &Corpus, vocabulary: &Vocabulary, all: &[Phrase], inside: &[usize]) -> Vec<Referent> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in inside {
        let fits = |g: &&mut Vec<usize>| {
            g.iter().all(|j| distinct(&all[*i], &all[*j]) && same_head(vocabulary, &all[*i], &all[*j]))
        };
        match groups.iter_mut().find(fits) {
            Some(g) => g.push(*i),
            None => groups.push(vec![*i]),
        }
    }
    let spread = |g: &Vec<usize>| g.iter().map(|i| all[*i].anchor.article).collect::<BTreeSet<_>>().len() > 1;
    let mut found: Vec<Vec<usize>> = groups.into_iter().filter(spread).collect();
    for g in &mut found {
        let is_name = |i: &usize| {
            let near = &g[g.partition_point(|j| j + WITHIN < *i)..];
            near.iter().take_while(|j| *j < i).any(|j| is_called(corpus, &all[*j], &all[*i]))
        };
        let called: Vec<usize> = inside.iter().copied().filter(is_name).collect();
        g.extend(called);
    }
    found.into_iter().map(|g| Referent::new(all, g)).collect()
}

/// Whether the second phrase is what the first is called: "troops to serve as what he called peacekeepers".
fn is_called(corpus: &Corpus, a: &Phrase, b: &Phrase) -> bool {
    if a.anchor.article != b.anchor.article || a.sentence != b.sentence || a.anchor.span.end() > b.anchor.span.start() {
        return false;
    }
    let text = &corpus.get(a.anchor.article).article.text;
    let between = &text[a.anchor.span.end()..b.anchor.span.start()];
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|w| !w.is_empty());
        words.take(WORDS_BETWEEN + 1).count()
    };
    if words(between) > WORDS_BETWEEN {
        return false;
    }
    let between = between.to_lowercase();
    let words: Vec<&str> = between.split(|c: char| !c.is_alphabetic() && c != '-').filter(|w| !w.is_empty()).collect();
    words.len() <= WORDS_BETWEEN
        && !between.contains([',', ';', '.'])
        && matches!(words.last(), Some(&("called" | "dubbed" | "termed" | "so-called")))
}

/// Words between a thing and what it is called, at most.
const WORDS_BETWEEN: usize = 7;
/// Phrases within which what it is called stands: each between the two holds a word, or belongs to the first.
const WITHIN: usize = 24;

/// Verbs that the statements of at least two articles of a point share: "recognize" tells "recognized states".
fn acts(corpus: &Corpus, vocabulary: &mut Vocabulary, point: &Point) -> Vec<u32> {
    let mut by_verb: BTreeMap<u32, BTreeSet<ArticleId>> = BTreeMap::new();
    for a in &point.carried {
        let terms = vocabulary.terms(corpus.get(a.article), a.span);
        for t in terms.iter().filter(|t| t.class == Class::Verb && t.weight > 3.0) {
            by_verb.entry(t.entry).or_default().insert(a.article);
        }
    }
    by_verb.into_iter().filter(|(_, articles)| articles.len() > 1).map(|(v, _)| v).collect()
}

/// Whether two phrases can stand for one thing in one point: not two phrases of one statement.
fn distinct(a: &Phrase, b: &Phrase) -> bool {
    a.anchor.article != b.anchor.article || a.sentence != b.sentence
}

/// Whether two heads mean the same: one word in one number ("a woman" is none of "six women"), or close synonyms, of which
/// nothing says that they are two things: "harbour group" and "fishing companies" are described apart.
fn same_head(vocabulary: &Vocabulary, a: &Phrase, b: &Phrase) -> bool {
    let like = vocabulary.likeness(a.head, b.head);
    let alike = |t: u32, u: u32| vocabulary.likeness(t, u) >= 0.85;
    let described = || a.telling.iter().any(|t| b.telling.iter().any(|u| alike(*t, *u)));
    let plain = a.plural == b.plural && (a.telling.is_empty() || b.telling.is_empty());
    if a.count.zip(b.count).is_some_and(|(x, y)| x != y) {
        return false;
    }
    if a.head == b.head {
        return a.plural == b.plural;
    }
    // "States" and "statement" are of one stem, and two things.
    !vocabulary.derived(a.head, b.head)
        && (like >= SAME_HEAD && (plain || described()) || like >= NEAR_HEAD && described())
}

/// Likeness from which heads are close synonyms, and from which they are if they are described alike. An "officer" is near
/// an "official" in use, and is none.
const SAME_HEAD: f32 = 0.85;
const NEAR_HEAD: f32 = 0.75;

impl Referent {
    fn new(all: &[Phrase], members: Vec<usize>) -> Self {
        let heads = members.iter().map(|i| all[*i].head).collect();
        let telling = members.iter().flat_map(|i| all[*i].telling.iter().copied()).collect::<BTreeSet<u32>>();
        Self { members: members.into_iter().collect(), heads, telling, acts: BTreeSet::new() }
    }

    /// Adds a group to the referent that it shares a phrase with, or a head and a telling word; else it is a new one.
    fn add(vocabulary: &Vocabulary, all: &[Phrase], referents: &mut Vec<Self>, found: Self) {
        let joins = |r: &Self| {
            let (few, many) = if r.members.len() < found.members.len() { (r, &found) } else { (&found, r) };
            few.members.iter().any(|m| many.members.contains(m))
                || found.members.iter().any(|m| r.holds(vocabulary, &all[*m]))
        };
        match referents.iter_mut().find(|r| joins(r)) {
            Some(r) => {
                r.members.extend(found.members);
                r.heads.extend(found.heads);
                r.telling.extend(found.telling);
                r.acts.extend(found.acts);
            }
            None => referents.push(found),
        }
    }

    /// Whether a phrase anywhere in the story means this thing: a head of the same meaning and a telling word in common.
    fn holds(&self, vocabulary: &Vocabulary, phrase: &Phrase) -> bool {
        self.means(vocabulary, phrase.head) && self.tells(vocabulary, phrase)
    }

    /// Whether one of its heads means the same as this one.
    fn means(&self, vocabulary: &Vocabulary, head: u32) -> bool {
        self.heads.iter().any(|h| vocabulary.likeness(*h, head) >= 0.8)
    }

    fn tells(&self, vocabulary: &Vocabulary, phrase: &Phrase) -> bool {
        let tells = |t: &u32| self.telling.iter().chain(&self.heads).any(|u| vocabulary.likeness(*t, *u) >= 0.85);
        // "military personnel was sent in", where others send troops.
        let done = |v: u32| self.acts.iter().any(|u| vocabulary.likeness(v, *u) >= 0.85);
        phrase.telling.iter().any(tells) || !phrase.telling.is_empty() && phrase.act.is_some_and(done)
    }

    fn extend(&mut self, corpus: &Corpus, vocabulary: &Vocabulary, all: &[Phrase]) {
        // Phrases are many, and their heads few.
        let mut meant: FxHashMap<u32, bool> = FxHashMap::default();
        for (i, phrase) in all.iter().enumerate() {
            let head = *meant.entry(phrase.head).or_insert_with(|| self.means(vocabulary, phrase.head));
            if !head || !self.tells(vocabulary, phrase) {
                continue;
            }
            self.members.insert(i);
            let same_sentence =
                |p: &&Phrase| p.sentence == phrase.sentence && p.anchor.article == phrase.anchor.article;
            let rest = all[i + 1..].iter().take(WITHIN).take_while(same_sentence).enumerate();
            self.members.extend(rest.filter(|(_, p)| is_called(corpus, phrase, p)).map(|(k, _)| i + 1 + k));
        }
    }

    /// The framing, if at least two articles use different words and some of them tell.
    fn framing(&self, corpus: &Corpus, all: &[Phrase]) -> Option<Framing> {
        let mut terms: Vec<(Anchor, &Phrase)> = self.members.iter().map(|i| (all[*i].anchor, &all[*i])).collect();
        terms.sort_by_key(|(a, _)| *a);
        terms.dedup_by(|b, a| a.0.article == b.0.article && a.0.span.overlaps(b.0.span));
        let words = |p: &Phrase| -> BTreeSet<u32> { p.telling.iter().copied().chain([p.head]).collect() };
        let forms: BTreeSet<BTreeSet<u32>> = terms.iter().map(|(_, p)| words(p)).collect();
        let articles: BTreeSet<ArticleId> = terms.iter().map(|(a, _)| a.article).collect();
        let telling = terms.iter().filter(|(_, p)| !p.telling.is_empty()).count();
        if forms.len() < 2 || articles.len() < 2 {
            return None;
        }
        // The shortest of the commonest forms names the thing.
        let plain = terms.iter().min_by_key(|(a, p)| (p.telling.len(), a.span.len(), *a))?;
        let referent = corpus.plain(plain.0);
        let mark = |anchor: Anchor| loaded(corpus, anchor);
        let marked: Vec<Term> = terms.iter().map(|(a, _)| Term { anchor: *a, loaded: mark(*a) }).collect();
        // Two plain wordings that differ in nothing loaded are style, unless the heads differ; and unless several reports
        // use them, one word for another is a slip.
        let heads: BTreeSet<u32> = terms.iter().map(|(_, p)| p.head).collect();
        // Marks around a description hold it at a distance.
        let distant = |t: &Term| {
            let text = &corpus.get(t.anchor.article).article.text;
            let (before, after) = (&text[..t.anchor.span.start()], &text[t.anchor.span.end()..]);
            before.ends_with(['“', '"', '‘'])
                || after.starts_with(['”', '"'])
                || corpus.text(t.anchor).contains(['“', '”', '"'])
        };
        let taken = marked.iter().any(|t| !t.loaded.is_empty() || distant(t));
        let named_apart = heads.len() > 1 && articles.len() >= MOST_SLIPS;
        (taken && (telling > 1 || heads.len() > 1) || telling > 1 && heads.len() > 1 || named_apart)
            .then_some(Framing { referent, terms: marked, rule: rules::SAME_HEAD_SAME_POINT })
    }
}

/// From this many articles on, other head nouns alone are a choice of names.
const MOST_SLIPS: usize = 3;

/// The classes of terms that can tell a thing apart.
fn tells(class: Class) -> bool {
    matches!(class, Class::Content | Class::Verb)
}
