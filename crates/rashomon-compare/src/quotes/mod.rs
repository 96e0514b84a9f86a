//! Same words, cut words, changed words: one utterance joined across articles.

mod across;
mod check;
mod people;
mod wording;

pub use check::{Check, Match, Relation, Verdict, check, may_hold, may_hold_translated};

use crate::polarity::{self, Stance};
use crate::rules;
use crate::words::{Word, words};
use crate::{Difference, DifferenceKind, Form, FormRelation, Utterance, reached};
pub(crate) use across::changed_numbers;
pub(crate) use people::{Identity, identity, is_named};
use rashomon_annotate::{Act, Annotated, Corpus, Quote, QuoteKind};
use rashomon_group::Story;
use rashomon_language::{Fact, Language};
use rashomon_lineage::Lineage;
use rashomon_model::{Anchor, ArticleId, Rule, Span};
use rustc_hash::FxHashMap;
use wording::{Alignment, align, relation_of_forms, same_words};

/// The utterances of a story, the best attested first.
pub(crate) fn quotes(corpus: &Corpus, story: &Story, lineage: &Lineage) -> Vec<Utterance> {
    let accounts = accounts(lineage);
    let pieces = pieces(corpus, &story.articles);
    let mut utterances: Vec<(usize, Utterance)> = across::link(corpus, &story.articles, &pieces, join(&pieces))
        .into_iter()
        .filter(|g| g.members.iter().any(|&m| pieces[m].kind != QuoteKind::Indirect))
        .map(|g| utterance(corpus, &pieces, g, &accounts))
        .collect();
    utterances.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.best.cmp(&y.best)));
    utterances.into_iter().map(|(_, u)| u).collect()
}

/// One stretch of quoted speech in one article.
struct Piece<'a> {
    anchor: Anchor,
    kind: QuoteKind,
    speaker: Option<&'a str>,
    speaker_span: Option<Span>,
    cue_span: Option<Span>,
    /// Whether it says itself whose it is.
    named_beside: bool,
    words: Vec<Word>,
    /// Whether the reporter's own words around a quoted piece negate it: "would not ‘leave the harbour’".
    negated: bool,
    /// Ranges of `words`, one a sentence.
    sentences: Vec<std::ops::Range<usize>>,
}

fn pieces<'a>(corpus: &'a Corpus, articles: &[ArticleId]) -> Vec<Piece<'a>> {
    let mut out = Vec::new();
    for &article in articles {
        let it = corpus.get(article);
        // What somebody thinks or wants, in the reporter's words, is no utterance.
        let uttered = |q: &&Quote| q.kind != QuoteKind::Indirect || q.act == Act::Communication;
        // Who denies the words, or leaves them open, has not said them.
        let says = |q: &&Quote| polarity::stance(it, q) == Stance::Says;
        let end = reached(it).last().map_or(0, |s| s.span.end());
        let near = it.quotes.iter().take_while(|q| q.span.start() < end);
        for quote in near.filter(|q| q.kind != QuoteKind::Scare).filter(uttered).filter(says) {
            let whole = [quote.span];
            for &span in if quote.parts.is_empty() { &whole[..] } else { &quote.parts[..] } {
                let mut words = words(it.text(span), span.start());
                // The editor's word, not the speaker's.
                words.retain(|w| w.form != "sic");
                if words.is_empty() {
                    continue;
                }
                out.push(Piece {
                    anchor: Anchor::new(article, span),
                    kind: quote.kind,
                    speaker: quote.speaker.as_deref(),
                    speaker_span: quote.speaker_span,
                    cue_span: quote.cue_span,
                    named_beside: named_beside(it, quote),
                    negated: quote.kind != QuoteKind::Direct && polarity::negated_before(it, span),
                    sentences: sentences(it.text(span), span.start(), &words),
                    words,
                });
            }
        }
    }
    out.sort_by_key(|p| p.anchor);
    out
}

/// The words of each sentence; a colon or an ellipsis ends one too, because quotations are cut there.
fn sentences(text: &str, base: usize, words: &[Word]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for (n, pair) in words.windows(2).enumerate() {
        let gap =
            text.get(pair[0].span.end().saturating_sub(base)..pair[1].span.start().saturating_sub(base)).unwrap_or("");
        if gap.contains(['.', '!', '?', ':', ';', '…']) {
            out.push(from..n + 1);
            from = n + 1;
        }
    }
    out.push(from..words.len());
    out
}

/// Which account each article belongs to.
pub(crate) fn accounts(lineage: &Lineage) -> FxHashMap<ArticleId, usize> {
    let accounts = &lineage.independence.accounts;
    accounts.iter().enumerate().flat_map(|(n, ids)| ids.iter().map(move |&id| (id, n))).collect()
}

struct Group {
    members: Vec<usize>,
    rule: Rule,
}

/// Joins pieces to groups, the fullest first: each piece goes to the group with the full form it matches best.
///
/// Only full forms (at least [`FULL_SHARE`] of the longest) take others in, so that a short piece never joins two long
/// ones, and two sentences quoted apart stay apart unless somebody quotes them together.
fn join(pieces: &[Piece]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&n| (pieces[n].kind == QuoteKind::Indirect, std::cmp::Reverse(pieces[n].words.len()), n));
    let mut groups: Vec<Group> = Vec::new();
    // Full forms by the content words they hold.
    let mut holders: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
    // Pieces are many, and their speakers few.
    let mut identities: FxHashMap<[Option<&str>; 2], Identity> = FxHashMap::default();
    for n in order {
        let piece = &pieces[n];
        let lists: Vec<&Vec<(usize, usize)>> = keys(piece).iter().filter_map(|k| holders.get(k)).collect();
        let shortest = lists.iter().map(|l| l.len()).min().unwrap_or(0);
        // Words that nearly every quotation of a large story holds find nothing that rarer ones do not.
        let fits = |l: &&Vec<(usize, usize)>| l.len() <= shortest.max(COMMON_KEY);
        let mut candidates: Vec<(usize, usize)> =
            lists.into_iter().filter(fits).flat_map(|l| &l[..l.len().min(CROWDED)]).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let best = candidates
            .iter()
            .filter_map(|&(group, member)| {
                let speakers = [pieces[member].speaker, piece.speaker];
                let who = *identities.entry(speakers).or_insert_with(|| identity(speakers[0], speakers[1]));
                matches(&pieces[member], piece, who).map(|(score, rule)| (score, group, rule))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let best = best.or_else(|| only_place(pieces, &groups, piece));
        let group = match best {
            Some((_, group, rule)) => {
                groups[group].members.push(n);
                if groups[group].rule == rules::SINGLE_FORM || rule_rank(rule) < rule_rank(groups[group].rule) {
                    groups[group].rule = rule;
                }
                group
            }
            None => {
                groups.push(Group { members: vec![n], rule: rules::SINGLE_FORM });
                groups.len() - 1
            }
        };
        let longest = pieces[groups[group].members[0]].words.len();
        let full = piece.kind != QuoteKind::Indirect && piece.words.len() as f64 >= FULL_SHARE * longest as f64;
        // The same words from the same mouth once more would only be found twice.
        let known = candidates.iter().any(|&(g, m)| {
            g == group && pieces[m].speaker == piece.speaker && same_words(&pieces[m].words, &piece.words)
        });
        if full && !known {
            for key in keys(piece) {
                holders.entry(key).or_default().push((group, n));
            }
        }
    }
    groups
}

/// The one group that holds the words of a piece too plain to be found by its content ("could have done more"), if no
/// other group of the story does.
fn only_place(pieces: &[Piece], groups: &[Group], piece: &Piece) -> Option<(f64, usize, Rule)> {
    let n = piece.words.len();
    let content = piece.words.iter().filter(|w| w.content).count();
    if piece.kind == QuoteKind::Indirect || n < 4 || content > 1 || groups.len() > MANY {
        return None;
    }
    let holds = |m: &usize| {
        let long = &pieces[*m];
        long.words.len() > n
            && identity(long.speaker, piece.speaker) != Identity::Different
            && align(&long.words, &piece.words).run >= 4
            && align(&long.words, &piece.words).of_second >= 0.9
    };
    let mut holders = groups.iter().enumerate().filter(|(_, g)| g.members.iter().any(holds));
    let (group, _) = holders.next()?;
    holders.next().is_none().then_some((0.0, group, rules::ONLY_PLACE_OF_WORDS))
}

/// Number of full forms that may hold a key before rarer keys are asked alone. No quotation of the seeds or the shipped
/// example has a key in as many; it bounds the cost of stories of a thousand reports.
const COMMON_KEY: usize = 64;

/// Full forms of one key that are asked where no key is rarer: the fullest and earliest.
const CROWDED: usize = 160;

/// Utterances of a story among which words too plain to be found by are not looked for one by one.
const MANY: usize = 4_000;

/// Share of the longest form's words that makes a form full.
const FULL_SHARE: f64 = 0.6;

/// The words by which a piece is found; inflection is left to the alignment, so a key is the first five letters.
fn keys<'a>(piece: &'a Piece) -> Vec<&'a str> {
    keys_of(&piece.words)
}

/// The keys of words that carry content, sorted.
fn keys_of(words: &[Word]) -> Vec<&str> {
    let mut out: Vec<&str> = words
        .iter()
        .filter(|w| w.content)
        .map(|w| w.form.char_indices().nth(5).map_or(w.form.as_str(), |(i, _)| &w.form[..i]))
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Rules that join quotations, the weakest first: it names a group that it took part in.
const RANKS: [&[Rule]; 5] = [
    &[rules::SAME_SENTENCE_REWORDED],
    &[rules::INDIRECT_OF_DIRECT],
    &[rules::SAME_CONTENT],
    &[rules::CONTAINED_WORDS, rules::ONLY_PLACE_OF_WORDS],
    &[rules::QUOTED_IN_ANOTHER_LANGUAGE],
];

/// How strong a rule is among [`RANKS`].
fn rule_rank(rule: Rule) -> usize {
    RANKS.iter().position(|rules| rules.contains(&rule)).unwrap_or(RANKS.len())
}

/// Words in a row of a wording of some length.
const WHOLE: usize = 6;

/// How well `short` matches the full form `long`, and by which rule; `None` where it does not.
///
/// The shares were set on the project's two example stories (20 and 73 pairs) so that every pair a reader joins is found
/// and none that he keeps apart.
fn matches(long: &Piece, short: &Piece, who: Identity) -> Option<(f64, Rule)> {
    let n = short.words.len();
    let indirect = short.kind == QuoteKind::Indirect;
    if who == Identity::Different && (indirect || n < WHOLE) || indirect && who != Identity::Same {
        return None;
    }
    let a = align(&long.words, &short.words);
    let score = a.of_second + 0.001 * a.content as f64;
    // One long name in both is no common content.
    let said = || a.pairs.iter().filter(|&&(i, j)| long.words[i].tells() && short.words[j].tells()).count();
    if who == Identity::Different {
        // Only a whole wording of some length speaks against two different names.
        return (a.of_second >= 0.9 && a.run >= WHOLE && a.content >= 4)
            .then_some((score - 0.5, rules::CONTAINED_WORDS));
    }
    if indirect {
        return (a.of_second >= 0.75 && a.content >= 5 && a.run >= 3 && said() >= 3)
            .then_some((score, rules::INDIRECT_OF_DIRECT));
    }
    let enough = match who {
        Identity::Same => a.content >= 1 && n >= 3 || a.content >= 2,
        _ => a.content >= 2 && n >= 4,
    };
    if a.run == n && enough {
        return Some((score + 1.0, rules::CONTAINED_WORDS));
    }
    if a.of_second >= 0.8 && a.content >= 3 && a.run * 3 >= n {
        return Some((score + 0.5, rules::CONTAINED_WORDS));
    }
    if a.of_second >= 0.5 && a.content >= 6 && a.run >= 3 && said() >= 3 {
        return Some((score, rules::SAME_CONTENT));
    }
    same_sentence(long, short, who).map(|score| (score, rules::SAME_SENTENCE_REWORDED))
}

/// Whether a sentence of one says what a sentence of the other says, in nearly the same words.
fn same_sentence(long: &Piece, short: &Piece, who: Identity) -> Option<f64> {
    if who != Identity::Same {
        return None;
    }
    let fits = |a: &Alignment| {
        a.content >= 2 && a.run >= 4 && a.dice() >= 0.56 || a.content >= 3 && a.run >= 3 && a.dice() >= 0.62
    };
    let mut best: Option<f64> = None;
    for x in &long.sentences {
        for y in &short.sentences {
            let a = align(&long.words[x.clone()], &short.words[y.clone()]);
            if fits(&a) {
                best = Some(best.unwrap_or(0.0).max(a.dice()));
            }
        }
    }
    best
}

/// The utterance of a group, with the number of accounts that carry it.
fn utterance(
    corpus: &Corpus,
    pieces: &[Piece],
    group: Group,
    accounts: &FxHashMap<ArticleId, usize>,
) -> (usize, Utterance) {
    let mut members = group.members;
    members.sort_unstable();
    let account = |m: usize| {
        let article = pieces[m].anchor.article;
        accounts.get(&article).copied().unwrap_or(usize::MAX - article.index())
    };
    let count = |ms: &mut dyn Iterator<Item = usize>| {
        let mut seen: Vec<usize> = ms.map(account).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let best = best_attested(pieces, &members, &count);
    let best_words = &pieces[best].words;
    let forms = members
        .iter()
        .map(|&m| {
            let piece = &pieces[m];
            let of = |n: usize| {
                let at = pieces[n].anchor;
                (corpus.text(at), across::language(corpus.get(at.article)), at.span)
            };
            let translated = of(m).1.number() != of(best).1.number();
            let (relation, differences) = if translated {
                (FormRelation::Reworded, across::differences(of(best), of(m)))
            } else {
                relation_of_forms(best_words, &piece.words, [pieces[best].negated, piece.negated])
            };
            // What the report breaks off it may print in the next pair of marks, or in the post it shows.
            let cut = relation == FormRelation::Truncated && piece.kind != QuoteKind::Headline;
            let whole = cut && differences.iter().all(|d| told_elsewhere(pieces, m, best_words, d));
            let (relation, differences) =
                if whole { (FormRelation::Verbatim, Vec::new()) } else { (relation, differences) };
            Form {
                translated,
                anchor: piece.anchor,
                kind: piece.kind,
                speaker_span: piece.speaker_span,
                cue_span: piece.cue_span,
                relation,
                differences,
            }
        })
        .collect();
    let (speaker, other_speakers) = speakers(pieces, &members, &count);
    let weight = count(&mut members.iter().copied());
    let anchor = pieces[best].anchor;
    let text = corpus.plain(anchor);
    (weight, Utterance { speaker, other_speakers, text, best: anchor, forms, rule: group.rule })
}

/// Whether the words that piece `m` lacks of the best wording stand in other marks of its article, as one run.
fn told_elsewhere(pieces: &[Piece], m: usize, best: &[Word], lacks: &Difference) -> bool {
    if lacks.kind != DifferenceKind::Omitted {
        return false;
    }
    let run: Vec<&str> = best.iter().filter(|w| lacks.best.contains(w.span)).map(|w| w.form.as_str()).collect();
    let article = pieces[m].anchor.article;
    let own = pieces.partition_point(|p| p.anchor.article < article);
    let others = pieces[own..].iter().take_while(|p| p.anchor.article == article);
    let holds = |p: &Piece| {
        p.words.windows(run.len().max(1)).any(|w| w.iter().zip(&run).all(|(word, form)| word.form == *form))
    };
    !run.is_empty() && { others }.any(|p| p.anchor != pieces[m].anchor && p.kind != QuoteKind::Indirect && holds(p))
}

/// The wording that most independent accounts carry, whole or in part; then the fullest; then the first.
fn best_attested(
    pieces: &[Piece],
    members: &[usize],
    count: &dyn Fn(&mut dyn Iterator<Item = usize>) -> usize,
) -> usize {
    // Each distinct wording is held against each other one once, however many reports print it.
    let mut wordings: Vec<(usize, Vec<usize>)> = Vec::new();
    for &m in members {
        let quoted = |n: usize| matches!(pieces[n].kind, QuoteKind::Direct | QuoteKind::Mixed);
        let same = |n: usize| quoted(n) == quoted(m) && same_words(&pieces[n].words, &pieces[m].words);
        match wordings.iter_mut().find(|(first, _)| same(*first)) {
            Some((_, all)) => all.push(m),
            None => wordings.push((m, vec![m])),
        }
    }
    let carries = |words: &[Word], other: &[Word]| {
        let exact = |&&(i, j): &&(usize, usize)| words[i].form == other[j].form;
        align(words, other).pairs.iter().filter(exact).count() == other.len()
    };
    let rank = |m: usize| {
        let words = &pieces[m].words;
        let carried = wordings.iter().filter(|(o, _)| carries(words, &pieces[*o].words)).flat_map(|(_, all)| all);
        let quoted = matches!(pieces[m].kind, QuoteKind::Direct | QuoteKind::Mixed);
        (quoted, count(&mut carried.copied()), words.len(), std::cmp::Reverse(m))
    };
    wordings.iter().map(|(m, _)| *m).max_by_key(|&m| rank(m)).unwrap_or(0)
}

/// The fullest form of a name: of those that end like the one most often given, the longest, so that a word that a page
/// ran on to the name of one article ("FBI Warns") never stands for all.
fn fullest(names: &[&str]) -> Option<String> {
    let times = |n: &str| names.iter().filter(|m| **m == n).count();
    let end = |n: &&str| n.rsplit(' ').next().map(str::to_lowercase);
    let common = names.iter().max_by_key(|n| (times(n), std::cmp::Reverse((n.len(), **n))))?;
    let same = names.iter().filter(|n| end(n) == end(common));
    same.max_by_key(|n| (n.len(), std::cmp::Reverse(**n))).map(|n| (*n).to_owned())
}

/// The speaker whom most accounts name, in the fullest form; and everybody else who is named.
fn speakers(
    pieces: &[Piece],
    members: &[usize],
    count: &dyn Fn(&mut dyn Iterator<Item = usize>) -> usize,
) -> (Option<String>, Vec<String>) {
    let mut people: Vec<(Vec<&str>, Vec<usize>)> = Vec::new();
    for &m in members {
        let Some(name) = pieces[m].speaker else { continue };
        match people
            .iter_mut()
            .find(|(names, _)| names.iter().any(|n| identity(Some(n), Some(name)) == Identity::Same || *n == name))
        {
            Some((names, ms)) => {
                names.push(name);
                ms.push(m);
            }
            None => people.push((vec![name], vec![m])),
        }
    }
    people.sort_by_key(|(names, ms)| (!is_named(names[0]), std::cmp::Reverse(count(&mut ms.iter().copied())), ms[0]));
    let mut names = people.iter().filter_map(|(names, _)| fullest(names).map(|n| (is_named(&n), n)));
    let first = names.next().map(|(_, n)| n);
    // Another mouth is a charge against a report: it must name him beside the words.
    let sure = |name: &String| {
        let same = |m: &&usize| identity(pieces[**m].speaker, Some(name)) == Identity::Same;
        members.iter().filter(same).any(|m| pieces[*m].named_beside)
    };
    let role = |n: &str| n.starts_with("the ");
    (first, names.filter(|(named, n)| *named && !role(n) && sure(n)).map(|(_, n)| n).collect())
}

/// Whether a quotation says itself whose it is: the verb of speech stands beside the name, and nothing else between.
pub(crate) fn named_beside(it: &Annotated, quote: &Quote) -> bool {
    let (Some(name), Some(span), Some(cue)) = (quote.speaker.as_deref(), quote.speaker_span, quote.cue_span) else {
        return false;
    };
    let (from, to) = (span.end().min(cue.end()), cue.start().max(span.start()));
    let beside = it.article.text.get(from..to).is_some_and(|gap| gap.trim().is_empty());
    let verbs = Language::english().list(Fact::ReportingVerbs);
    let surname = name.rsplit(' ').next().unwrap_or(name);
    beside && verbs.contains(&it.text(cue).to_lowercase()) && it.text(span).contains(surname)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    #[test]
    fn what_a_report_prints_in_two_pairs_of_marks_is_not_cut() {
        let article = |id: &str, text: &str| {
            annotate(Article { id: id.into(), digest: id.into(), text: text.into(), ..Article::default() }).output
        };
        let whole = "Mayor Dana Orlik said: “The bridge will open in March to all who live on the island and nobody will pay a toll for crossing it.”";
        let parted = "“The bridge will open in March to all who live on the island,” Mayor Dana Orlik wrote in a first post.\n\n\
                      “And nobody will pay a toll for crossing it,” Orlik wrote in a second.";
        let cut = "“The bridge will open in March (sic),” said Mayor Dana Orlik.";
        let corpus = Corpus::new(vec![article("a", whole), article("b", parted), article("c", cut)]).output;
        let articles: Vec<ArticleId> = corpus.iter().map(|it| it.0).collect();
        let lineage = rashomon_lineage::lineage(&corpus, &articles);
        let story = Story { id: "s".into(), articles, joins: Vec::new() };
        let found = quotes(&corpus, &story, &lineage);
        let of = |id: &str| -> Vec<FormRelation> {
            let own = |f: &&Form| corpus.get(f.anchor.article).article.id == id;
            found.iter().flat_map(|u| &u.forms).filter(own).map(|f| f.relation).collect()
        };
        assert!(!of("b").is_empty() && of("b").iter().all(|r| *r == FormRelation::Verbatim), "{found:?}");
        assert!(of("c").contains(&FormRelation::Truncated) || of("c").contains(&FormRelation::Fragment), "{found:?}");
    }

    #[test]
    fn the_fullest_name_ends_like_the_usual_one() {
        for (names, expected) in [
            (vec!["Stone", "Ada Stone", "Stone"], "Ada Stone"),
            (vec!["KBI", "KBI", "KBI Warns Of"], "KBI"),
            (vec!["Ada Stone", "Ada Stone", "Ada Stone Ada"], "Ada Stone"),
        ] {
            assert_eq!(fullest(&names).as_deref(), Some(expected));
        }
    }
}
