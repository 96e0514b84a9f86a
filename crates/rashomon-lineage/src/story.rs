//! The lineage of the reports of one story.

use crate::align::Aligner;
use crate::cited::cited;
use crate::independence::independence;
use crate::lineage::{Edit, EditKind};
use crate::reason::{self, Reason};
use crate::relate::{self, Verdict};
use crate::rules;
use crate::side::Side;
use crate::translation;
use crate::{
    Block, Direction, Kind, Lineage, Owners, Passage, Relation, Run, Words, direction, own, sequence, slips, sources,
};
use rashomon_annotate::Corpus;
use rashomon_model::{Anchor, ArticleId, Declared, DeclaredKind, Span};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The lineage of the articles of one story.
///
/// Every pair is aligned; a pair that shares text is typed and directed, a pair that tells the same facts in the same order
/// has a common source, and what an article declares about itself becomes a relation to the declared source, which may be
/// one of the articles.
#[must_use]
pub fn lineage(corpus: &Corpus, articles: &[ArticleId]) -> Lineage {
    let mut order = articles.to_vec();
    order.sort_unstable();
    order.dedup();
    let sides: Vec<Side<'_>> = order.iter().map(|a| side(corpus, *a)).collect();
    let story = Story { articles: &order, sides: &sides };
    let verdicts = story.verdicts();
    let mut relations = story.relations(&verdicts);
    story.add_sequences(&verdicts, &mut relations);
    story.add_slips(&mut relations);
    story.reduce(&mut relations);
    story.add_translations(corpus, &mut relations);
    story.add_declared(corpus, &mut relations);
    story.add_cited(corpus, &mut relations);
    story.add_common_credits(corpus, &mut relations);
    relations.sort_by(|x, y| {
        (x.derived, x.source.is_none(), x.source, x.kind, &x.source_name).cmp(&(
            y.derived,
            y.source.is_none(),
            y.source,
            y.kind,
            &y.source_name,
        ))
    });
    let independence = independence(corpus, articles, &relations, &Owners::default());
    Lineage { relations, independence }
}

fn side(corpus: &Corpus, id: ArticleId) -> Side<'_> {
    let article = &corpus.get(id).article;
    let mut words = Words::of(&article.text);
    words.mark_function_words();
    own::mark(&mut words, &article.text);
    words.mark_stock(&article.furniture);
    // A source named in the prose is part of the account.
    let prose = |d: &&Declared| matches!(d.kind, DeclaredKind::Cited | DeclaredKind::Unnamed);
    let declaration: Vec<Span> = article.declared.iter().filter(|d| !prose(d)).map(|d| d.span).collect();
    words.mark_stock(&declaration);
    let named = |kind| {
        sources::declared(&article.declared, &[kind]).into_iter().map(|d| sources::source_key(&d.name)).collect()
    };
    Side {
        text: &article.text,
        words,
        title: article.title.as_deref(),
        outlet: article.outlet.as_deref(),
        url: article.url.as_deref(),
        published: article.published,
        updated: article.updated,
        origins: named(DeclaredKind::Origin),
        credits: named(DeclaredKind::Agency),
    }
}

struct Story<'a> {
    articles: &'a [ArticleId],
    sides: &'a [Side<'a>],
}

type Pair = (usize, usize);

/// Up to this many articles all pairs are aligned; beyond, those that share enough rare runs of three words.
const ALL_PAIRS: usize = 48;
/// In a large story: how rare a run must be (in articles), and how many two articles must share.
const RARE: usize = 24;
const SHARED: u32 = 6;

impl Story<'_> {
    fn pairs(&self) -> Vec<Pair> {
        let n = self.sides.len();
        if n <= ALL_PAIRS {
            return (0..n).flat_map(|x| (x + 1..n).map(move |y| (x, y))).collect();
        }
        let mut all: Vec<([u32; 3], u32)> = Vec::new();
        for (x, s) in (0u32..).zip(self.sides) {
            let mut seen: Vec<[u32; 3]> = s.words.hash.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
            seen.sort_unstable();
            seen.dedup();
            all.extend(seen.into_iter().map(|t| (t, x)));
        }
        all.sort_unstable();
        let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for group in all.chunk_by(|p, q| p.0 == q.0).filter(|g| g.len() > 1 && g.len() <= RARE) {
            for (k, (_, x)) in group.iter().enumerate() {
                for (_, y) in &group[k + 1..] {
                    *shared.entry((*x, *y)).or_default() += 1;
                }
            }
        }
        shared.into_iter().filter(|(_, c)| *c >= SHARED).map(|((x, y), _)| (x as usize, y as usize)).collect()
    }

    fn verdicts(&self) -> BTreeMap<Pair, Verdict> {
        let pairs = self.pairs();
        let found: Vec<Option<(Pair, Verdict)>> = pairs
            .par_iter()
            .map_init(Aligner::default, |aligner, (x, y)| {
                let (a, b) = (&self.sides[*x], &self.sides[*y]);
                let blocks = aligner.align(&a.words, &b.words);
                Some(((*x, *y), relate::relate(a, b, blocks)?))
            })
            .collect();
        found.into_iter().flatten().collect()
    }

    fn relations(&self, verdicts: &BTreeMap<Pair, Verdict>) -> Vec<Relation> {
        verdicts.iter().map(|((x, y), v)| self.relation((*x, *y), v)).collect()
    }

    fn relation(&self, (x, y): Pair, v: &Verdict) -> Relation {
        let flip = v.direction == Direction::SecondIsSource;
        let (source, derived) = if flip { (y, x) } else { (x, y) };
        let flipped: Vec<Block>;
        let blocks = if flip {
            flipped = v.blocks.iter().map(Block::flipped).collect();
            &flipped
        } else {
            &v.blocks
        };
        let declared = self.names(derived, source);
        Relation {
            source: Some(self.articles[source]),
            source_name: self.sides[source].outlet.filter(|_| declared).map(str::to_owned),
            derived: self.articles[derived],
            kind: v.kind,
            directed: v.direction != Direction::Open,
            declared,
            score: v.score,
            rule: v.rule,
            reasons: v.reasons.clone(),
            evidence: blocks.iter().filter_map(|b| self.passage(source, derived, b)).collect(),
            edits: self.edits(source, derived, blocks),
        }
    }

    /// Whether `taker` names who publishes `giver` as a source.
    fn names(&self, taker: usize, giver: usize) -> bool {
        let side = &self.sides[taker];
        let whole = side.origins.iter().any(|key| self.published_by(key, taker).contains(&giver));
        whole || side.credits.iter().any(|key| !side.is_of(key) && self.sides[giver].is_of(key))
    }

    /// The articles that the source of `key` has published: those of an outlet of this name; else the earliest of those that
    /// seem to be an agency's own copy.
    fn published_by(&self, key: &str, except: usize) -> Vec<usize> {
        let others = || (0..self.sides.len()).filter(|y| *y != except);
        if self.sides[except].is_of(key) {
            return Vec::new();
        }
        let named: Vec<usize> = others().filter(|y| self.sides[*y].is_of(key)).collect();
        if !named.is_empty() {
            return named;
        }
        let time = |y: &usize| self.sides[*y].published.map_or(i64::MAX, |m| m.at.as_second());
        others().filter(|y| self.sides[*y].is_from(key)).min_by_key(|y| (time(y), *y)).into_iter().collect()
    }

    fn passage(&self, source: usize, derived: usize, block: &Block) -> Option<Passage> {
        let place = |side: usize, r: std::ops::Range<usize>| {
            Some(Anchor::new(self.articles[side], self.sides[side].words.cover(r.start, r.end)?))
        };
        Some(Passage { source: place(source, block.a())?, derived: place(derived, block.b())? })
    }

    fn edits(&self, source: usize, derived: usize, blocks: &[Block]) -> Vec<Edit> {
        let mut out = Vec::new();
        for (p, q) in blocks.iter().flat_map(|b| b.runs.iter().zip(&b.runs[1..])) {
            let from = gap(&self.sides[source].words, p.a + p.len, q.a);
            let to = gap(&self.sides[derived].words, p.b + p.len, q.b);
            let kind = match (p.a + p.len == q.a, p.b + p.len == q.b) {
                (true, true) => continue,
                (true, false) => EditKind::Inserted,
                (false, true) => EditKind::Dropped,
                (false, false) => EditKind::Replaced,
            };
            out.push(Edit {
                derived: Anchor::new(self.articles[derived], to),
                source: Anchor::new(self.articles[source], from),
                kind,
            });
        }
        out.sort_unstable();
        out
    }

    /// Pairs that share no copied text, but facts in the same order and turns of phrase of their own, where one of them is made
    /// from another report by its own account, or both owe one source.
    fn add_sequences(&self, verdicts: &BTreeMap<Pair, Verdict>, relations: &mut Vec<Relation>) {
        let in_story = sequence::frequencies(self.sides.iter().map(|s| s.words.hash.as_slice()));
        let mut aligner = Aligner::default();
        for (x, y) in self.pairs() {
            let (a, b) = (&self.sides[x], &self.sides[y]);
            // Newsrooms that were at one event tell it in one order, too.
            let owes = !a.origins.is_empty() || !b.origins.is_empty() || direction::of_one_source(a, b);
            if !owes || verdicts.contains_key(&(x, y)) {
                continue;
            }
            let found = sequence::sequence(&mut aligner, a, b, &in_story);
            if found.runs.len() < LEAST_RUNS || found.own < LEAST_OWN {
                continue;
            }
            let blocks: Vec<Block> = found.runs.iter().map(|r| Block { runs: vec![*r] }).collect();
            relations.push(Relation {
                source: Some(self.articles[x]),
                source_name: None,
                derived: self.articles[y],
                kind: Kind::CommonSource,
                directed: false,
                declared: false,
                score: (found.own / (found.own + 8.0) * 1000.0).round() / 1000.0,
                rule: rules::SAME_SEQUENCE_OF_FACTS,
                reasons: vec![Reason::SameOrder(found.runs.len())],
                evidence: blocks.iter().filter_map(|b| self.passage(x, y, b)).collect(),
                edits: Vec::new(),
            });
        }
    }

    /// Articles of which one is, in whole or in part, the other in another language.
    fn add_translations(&self, corpus: &Corpus, relations: &mut Vec<Relation>) {
        for it in translation::crossed(corpus, self.articles).iter().filter(|it| it.is_translation()) {
            let (x, y) = it.pair;
            let (forth, back) = (self.names(y, x), self.names(x, y));
            let flip = back && !forth;
            let (source, derived) = if flip { (y, x) } else { (x, y) };
            let evidence = it.passages.iter().map(|(p, q)| {
                let (source_span, derived_span) = if flip { (*q, *p) } else { (*p, *q) };
                Passage {
                    source: Anchor::new(self.articles[source], source_span),
                    derived: Anchor::new(self.articles[derived], derived_span),
                }
            });
            relations.push(Relation {
                source: Some(self.articles[source]),
                source_name: self.sides[source].outlet.filter(|_| forth || back).map(str::to_owned),
                derived: self.articles[derived],
                kind: Kind::Translation,
                directed: forth != back,
                declared: forth || back,
                score: it.score,
                rule: it.rule,
                reasons: vec![it.reason()],
                evidence: evidence.collect(),
                edits: Vec::new(),
            });
        }
    }

    /// Slips shared against the rest: a reason of a relation that is there, and two of them a relation of their own.
    fn add_slips(&self, relations: &mut Vec<Relation>) {
        // Far more texts than a reader holds side by side: a slip among them proves little.
        if self.sides.len() > ALL_PAIRS {
            return;
        }
        let mut aligner = Aligner::default();
        let runs: BTreeMap<Pair, Vec<Run>> = self
            .pairs()
            .into_iter()
            .map(|(x, y)| ((x, y), aligner.equal_runs(&self.sides[x].words.hash, &self.sides[y].words.hash)))
            .collect();
        let words: Vec<&Words> = self.sides.iter().map(|s| &s.words).collect();
        let mut by_pair: BTreeMap<Pair, Vec<slips::Slip>> = BTreeMap::new();
        for slip in slips::slips(&words, &runs) {
            by_pair.entry(slip.pair).or_default().push(slip);
        }
        for ((x, y), found) in by_pair {
            let mut reasons: Vec<Reason> = Vec::new();
            for reason in found.iter().map(|s| self.slip_reason(s)) {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            let passage = |s: &slips::Slip, flip: bool| {
                let (p, q) = (Anchor::new(self.articles[x], s.spans.0), Anchor::new(self.articles[y], s.spans.1));
                if flip { Passage { source: q, derived: p } } else { Passage { source: p, derived: q } }
            };
            let (ax, ay) = (self.articles[x], self.articles[y]);
            let there = relations
                .iter_mut()
                .find(|r| (r.source, r.derived) == (Some(ax), ay) || (r.source, r.derived) == (Some(ay), ax));
            match there {
                Some(r) => {
                    let flip = r.derived == ax;
                    let doubt = found.iter().take(9).fold(1.0 - r.score, |doubt, _| doubt * 0.9);
                    r.score = ((1.0 - doubt) * 1000.0).round() / 1000.0;
                    r.evidence.extend(found.iter().map(|s| passage(s, flip)));
                    r.reasons.extend(reasons);
                }
                None if reasons.len() >= 2 => relations.push(Relation {
                    source: Some(ax),
                    source_name: None,
                    derived: ay,
                    kind: Kind::CommonSource,
                    directed: false,
                    declared: false,
                    score: 0.5,
                    rule: rules::SHARED_SLIPS,
                    reasons,
                    evidence: found.iter().map(|s| passage(s, false)).collect(),
                    edits: Vec::new(),
                }),
                None => {}
            }
        }
    }

    fn slip_reason(&self, slip: &slips::Slip) -> Reason {
        let (here, there) =
            (slip.spans.0.text(self.sides[slip.pair.0].text), slip.against.1.text(self.sides[slip.against.0].text));
        Reason::SharedSlip { here: here.to_owned(), there: there.to_owned(), others: slip.others }
    }

    /// Takes out what nearer relations explain: an ancestor of the source, and likeness of two that come from one report.
    fn reduce(&self, relations: &mut Vec<Relation>) {
        let amount = |r: &Relation| r.evidence.iter().map(|p| p.derived.span.len()).sum::<usize>();
        let descends = |r: &Relation| r.directed && r.kind != Kind::CommonSource;
        let mut edges: FxHashMap<(ArticleId, ArticleId), usize> = FxHashMap::default();
        let mut makers: FxHashMap<ArticleId, Vec<ArticleId>> = FxHashMap::default();
        for (n, r) in relations.iter().enumerate().filter(|(_, r)| descends(r)) {
            if let Some(source) = r.source {
                edges.entry((source, r.derived)).or_insert(n);
                makers.entry(r.derived).or_default().push(source);
            }
        }
        let edge = |from: ArticleId, to: ArticleId| edges.get(&(from, to)).copied();
        let mut drop = vec![false; relations.len()];
        for (n, r) in relations.iter().enumerate() {
            let Some(source) = r.source.filter(|_| !r.declared) else { continue };
            for middle in makers.get(&r.derived).into_iter().flatten() {
                let Some(second) = edge(*middle, r.derived) else { continue };
                if descends(r) && edge(source, *middle).is_some() {
                    // source → middle → derived says it nearer.
                    drop[n] |= amount(&relations[second]) >= amount(r);
                }
                if let Some(first) = edge(*middle, source) {
                    // Both come from the middle one, which has what they share.
                    let least = amount(&relations[first]).min(amount(&relations[second]));
                    drop[n] |= r.kind != Kind::Revision && (!descends(r) || amount(r) <= least + least / 20);
                }
            }
        }
        let parents: Vec<(ArticleId, ArticleId)> =
            relations.iter().filter(|r| descends(r)).filter_map(|r| Some((r.source?, r.derived))).collect();
        let alike: FxHashSet<(ArticleId, ArticleId)> =
            relations.iter().filter(|r| !descends(r)).filter_map(|r| Some((r.source?, r.derived))).collect();
        let in_common = |x: ArticleId, y: ArticleId| alike.contains(&(x, y)) || alike.contains(&(y, x));
        for (n, r) in relations.iter().enumerate().filter(|(_, r)| r.rule == rules::SAME_SEQUENCE_OF_FACTS) {
            // A child is as like as its parent, from which it has the likeness.
            let Some(source) = r.source else { continue };
            drop[n] |= parents.iter().any(|(parent, child)| {
                *child == r.derived && in_common(source, *parent) || *child == source && in_common(r.derived, *parent)
            });
        }
        let mut at = 0;
        relations.retain(|_| {
            at += 1;
            !drop[at - 1]
        });
    }

    /// What the articles declare: a relation to an article of the story where one is meant, else to the named source.
    fn add_declared(&self, corpus: &Corpus, relations: &mut Vec<Relation>) {
        let kinds = [DeclaredKind::Origin, DeclaredKind::Agency, DeclaredKind::Post];
        for (x, id) in self.articles.iter().enumerate() {
            for it in sources::declared(&corpus.get(*id).article.declared, &kinds) {
                let key = sources::source_key(&it.name);
                // An agency signs its own reports: that is no debt.
                if self.sides[x].is_of(&key)
                    || self.sides[x].signature().as_ref() == Some(&key) && it.kind == DeclaredKind::Agency
                {
                    continue;
                }
                let meant = self.published_by(&key, x);
                if self.confirm(relations, *id, &meant, &it) {
                    continue;
                }
                let told_anew = meant
                    .iter()
                    .map(|y| (self.reworded_quotes(corpus, *y, x), *y))
                    .max_by_key(|(q, y)| (q.len(), std::cmp::Reverse(*y)));
                match told_anew {
                    Some((quotes, y)) if quotes.len() >= 2 => {
                        let mut relation = declaration(*id, &it);
                        relation.source = Some(self.articles[y]);
                        relation.kind = Kind::Translation;
                        relation.rule = rules::DECLARED_AND_QUOTES_IN_OTHER_WORDS;
                        relation.score = 0.8;
                        relation.reasons.push(Reason::QuotesReworded(quotes.len()));
                        relation.evidence = quotes;
                        relations.push(relation);
                    }
                    _ => {
                        let mut relation = declaration(*id, &it);
                        relation.source = self.only_of(&key, x).filter(|_| it.kind == DeclaredKind::Origin);
                        relations.push(relation);
                    }
                }
            }
        }
    }

    /// The one article that the outlet of `key` has in the story, unless it came later than article `x`.
    fn only_of(&self, key: &str, x: usize) -> Option<ArticleId> {
        let mut named = (0..self.sides.len()).filter(|y| *y != x && self.sides[*y].is_of(key));
        let only = named.next().filter(|_| named.next().is_none())?;
        let at = |a: usize| self.sides[a].published.map(|m| m.at);
        let later = matches!((at(only), at(x)), (Some(p), Some(q)) if p > q);
        (!later).then(|| self.articles[only])
    }

    /// Reports that rest on one source outside of the story by their own account: together they are one account, not several.
    fn add_common_credits(&self, corpus: &Corpus, relations: &mut Vec<Relation>) {
        if self.sides.len() > ALL_PAIRS {
            return;
        }
        let mut credits: BTreeMap<String, Vec<(ArticleId, String, Span)>> = BTreeMap::new();
        for (x, id) in self.articles.iter().enumerate() {
            let it = corpus.get(*id);
            for outside in sources::declared(&it.article.declared, &[DeclaredKind::Cited]) {
                let key = sources::source_key(&outside.name);
                if self.sides.iter().any(|side| side.is_of(&key)) || self.sides[x].is_from(&key) {
                    continue;
                }
                if let Some(found) = cited(it, &outside.name, true).filter(|found| found.rests && found.leads) {
                    credits.entry(key).or_default().push((*id, outside.name, found.span));
                }
            }
        }
        for (id, name, span) in credits.into_values().filter(|all| all.len() > 1).flatten() {
            let key = sources::source_key(&name);
            let named = |r: &Relation| {
                let same = |name: &String| sources::source_key(name) == key;
                r.derived == id && r.source.is_none() && r.source_name.as_ref().is_some_and(same)
            };
            relations.retain(|r| !(named(r) && r.kind == Kind::Credit));
            if relations.iter().any(named) {
                continue;
            }
            let at = Anchor::new(id, span);
            relations.push(Relation {
                source: None,
                source_name: Some(name),
                derived: id,
                kind: Kind::Credit,
                directed: true,
                declared: true,
                score: 1.0,
                rule: rules::RESTS_ON_WHAT_IT_CREDITS,
                reasons: vec![Reason::CreditsInText],
                evidence: vec![Passage { source: at, derived: at }],
                edits: Vec::new(),
            });
        }
    }

    /// What the prose of a report credits another report of the story with.
    fn add_cited(&self, corpus: &Corpus, relations: &mut Vec<Relation>) {
        if self.sides.len() > ALL_PAIRS {
            return;
        }
        for (x, giver) in self.articles.iter().enumerate() {
            let Some(outlet) = self.sides[x].outlet else { continue };
            for (y, id) in self.articles.iter().enumerate() {
                let own = self.sides[y].outlet.is_none_or(|o| sources::source_key(o) == sources::source_key(outlet));
                // Who had it first cannot have it from the other.
                let at = |a: usize| self.sides[a].published.map(|m| m.at);
                let earlier = matches!((at(y), at(x)), (Some(p), Some(q)) if p < q);
                if x == y || own || earlier {
                    continue;
                }
                let after = matches!((at(y), at(x)), (Some(p), Some(q)) if p > q);
                let Some(it) = cited(corpus.get(*id), outlet, after) else { continue };
                let pair = |r: &&mut Relation| r.derived == *id && r.source == Some(*giver);
                let mut there = false;
                for r in relations.iter_mut().filter(pair) {
                    there = true;
                    r.declared = true;
                    r.source_name.get_or_insert_with(|| outlet.to_owned());
                }
                // A declared credit to the outlet as such is the same credit.
                let named = |r: &Relation| {
                    let key = |name: &String| sources::source_key(name) == sources::source_key(outlet);
                    r.derived == *id
                        && r.source.is_none()
                        && r.kind == Kind::Credit
                        && r.source_name.as_ref().is_some_and(key)
                };
                relations.retain(|r| !named(r));
                if there {
                    continue;
                }
                let at = Anchor::new(*id, it.span);
                relations.push(Relation {
                    source: Some(*giver),
                    source_name: Some(outlet.to_owned()),
                    derived: *id,
                    kind: Kind::Credit,
                    directed: true,
                    declared: true,
                    score: 1.0,
                    rule: if it.rests { rules::RESTS_ON_WHAT_IT_CREDITS } else { rules::CREDITED_IN_TEXT },
                    reasons: vec![Reason::CreditsInText],
                    evidence: vec![Passage { source: at, derived: at }],
                    edits: Vec::new(),
                });
            }
        }
    }

    /// Whether a relation with one of the articles `meant` by a declaration is there already. Where that is the origin of the
    /// whole, it is directed by the declaration, whatever else the report may be like.
    fn confirm(&self, relations: &mut [Relation], id: ArticleId, meant: &[usize], it: &Declared) -> bool {
        let mut there = false;
        for giver in meant.iter().map(|y| self.articles[*y]) {
            let pair = |r: &&mut Relation| {
                (r.source, r.derived) == (Some(giver), id) || (r.source, r.derived) == (Some(id), giver)
            };
            for r in relations.iter_mut().filter(pair) {
                there = true;
                if it.kind != DeclaredKind::Origin {
                    continue;
                }
                let flip = r.derived == giver;
                if flip {
                    reason::flip(&mut r.reasons);
                    r.source = Some(giver);
                    r.derived = id;
                    r.evidence.iter_mut().for_each(|p| std::mem::swap(&mut p.source, &mut p.derived));
                    flip_edits(&mut r.edits);
                }
                if r.kind == Kind::CommonSource {
                    r.kind = Kind::Rewrite;
                    r.rule = rules::DECLARED_ORIGIN;
                }
                r.directed = true;
                r.declared = true;
                r.source_name.get_or_insert_with(|| it.name.clone());
            }
        }
        there
    }

    /// Direct quotations of both articles that say the same in other words.
    fn reworded_quotes(&self, corpus: &Corpus, source: usize, derived: usize) -> Vec<Passage> {
        let quotes = |x: usize| -> Vec<(Span, Words)> {
            let it = corpus.get(self.articles[x]);
            let direct = it.quotes.iter().filter(|q| q.kind == rashomon_annotate::QuoteKind::Direct);
            direct.map(|q| (q.span, Words::of(it.text(q.span)))).filter(|(_, w)| w.len() >= LEAST_QUOTE).collect()
        };
        let (ours, theirs) = (quotes(derived), quotes(source));
        let mut out = Vec::new();
        for (span, words) in &ours {
            let likeness = |other: &Words| {
                let equal = words.hash.iter().filter(|h| other.hash.contains(h)).count();
                equal as f64 / words.len().min(other.len()) as f64
            };
            let best =
                theirs.iter().map(|(s, w)| (likeness(w), *s)).max_by(|p, q| p.0.total_cmp(&q.0).then(q.1.cmp(&p.1)));
            if let Some((likeness, other)) = best
                && (REWORDED..VERBATIM_QUOTE).contains(&likeness)
            {
                let at = |x: usize, span: Span| Anchor::new(self.articles[x], span);
                out.push(Passage { source: at(source, other), derived: at(derived, *span) });
            }
        }
        out
    }
}

/// Turns of phrase in the same order that make a common source: how many, and what those outside quotations weigh together.
/// Set on two stories, of five and of nine reports: below them stand reports of one press conference.
const LEAST_RUNS: usize = 4;
const LEAST_OWN: f64 = 5.5;
/// A quotation of fewer words is too short to tell a rewording from another statement.
const LEAST_QUOTE: usize = 7;
/// Share of the words of the shorter of two quotations that both have: from here on they say the same, and from there on
/// in the same words.
const REWORDED: f64 = 0.5;
const VERBATIM_QUOTE: f64 = 0.92;

fn declaration(id: ArticleId, it: &Declared) -> Relation {
    let (kind, rule) = match it.kind {
        DeclaredKind::Origin => (Kind::Reprint, rules::DECLARED_REPRINT),
        DeclaredKind::Post => (Kind::Credit, rules::EMBEDDED_POST),
        _ => (Kind::Credit, rules::DECLARED_CREDIT),
    };
    let at = Anchor::new(id, it.span);
    let in_text = !it.span.is_empty();
    let beside = (!in_text).then_some(Reason::BesideText);
    Relation {
        source: None,
        source_name: Some(it.name.clone()),
        derived: id,
        kind,
        directed: true,
        declared: true,
        score: 1.0,
        rule,
        reasons: std::iter::once(Reason::Declares(it.kind)).chain(beside).collect(),
        evidence: in_text.then_some(Passage { source: at, derived: at }).into_iter().collect(),
        edits: Vec::new(),
    }
}

fn flip_edits(edits: &mut [Edit]) {
    for e in edits.iter_mut() {
        std::mem::swap(&mut e.source, &mut e.derived);
        e.kind = match e.kind {
            EditKind::Inserted => EditKind::Dropped,
            EditKind::Dropped => EditKind::Inserted,
            EditKind::Replaced => EditKind::Replaced,
        };
    }
    edits.sort_unstable();
}

/// The words `from..to`, or the empty place before word `to`.
fn gap(words: &Words, from: u32, to: u32) -> Span {
    words.cover(from as usize, to as usize).unwrap_or_else(|| {
        let at = words.span.get(to as usize).map_or(0, |s| s.start());
        Span::new(at, at)
    })
}

/// A run as a block of its own.
impl From<Run> for Block {
    fn from(run: Run) -> Self {
        Self { runs: vec![run] }
    }
}
