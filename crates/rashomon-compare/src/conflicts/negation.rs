//! One statement says a thing, the other that it is not so.

use super::{Aligned, Clash, Side, dates};
use crate::ConflictKind;
use crate::meaning::{Class, Link, Negation, Term, base_form};
use crate::rules;
use crate::words::lower;
use rashomon_annotate::Tag;
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// Terms that one side negates and the other states, where the sentences agree in most of the rest.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    if dates::apart(&pair.a, &pair.b) {
        return Vec::new();
    }
    let (left, right) = (negated(pair, &pair.a, true), negated(pair, &pair.b, false));
    let mut out = Vec::new();
    for (first, found, other) in [(true, &left, &right), (false, &right, &left)] {
        for n in found {
            let link = pair.alignment.links.iter().find(|l| if first { l.a == n.target } else { l.b == n.target });
            let link = link.copied().filter(|l| l.likeness >= 0.6);
            let Some(link) = link.or_else(|| by_object(pair, first, n.target)) else { continue };
            let (side, plain) = if first { (&pair.a, &pair.b) } else { (&pair.b, &pair.a) };
            let stated = if first { link.b } else { link.a };
            // The other side negates it too, perhaps in other words nearby.
            let own_word = side.gist.terms[n.target].entry == plain.gist.terms[stated].entry;
            if other.iter().any(|o| (o.negator.abs_diff(stated) <= 4 && o.negator != stated) || o.target == stated) {
                continue;
            }
            // What did not take place is no thing: "has not recused himself", "called for his recusal". A report that has it
            // both ways knows of both, and nobody says no "one".
            let tag = |s: &Side, t: usize| s.article.tokens_in(s.gist.terms[t].span).first().map(|t| t.tag);
            let deed = tag(side, n.target).is_some_and(Tag::is_verb) && tag(plain, stated).is_some_and(Tag::is_noun);
            // "No serious injuries" denies no injuries.
            let linked = |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i });
            let narrowed = (n.negator + 1..n.target).any(|i| tag(side, i) == Some(Tag::JJ) && !linked(i));
            let one = side.text(side.gist.terms[n.target].span).eq_ignore_ascii_case("one");
            if !n.denies
                && (deed
                    || narrowed
                    || one
                    || side.gist.terms[n.target].class == Class::Number
                    || has_both(plain, stated))
            {
                continue;
            }
            let word = side.gist.terms[n.negator].span;
            // "not looking for anyone else" denies whatever they might look for.
            let (of_any, of_some) = match any_object(side, n.target) {
                Some(any) => (Some(any), Some(Span::new(plain.gist.terms[stated].span.end(), plain.anchor.span.end()))),
                None => (None, None),
            };
            let without: Vec<Span> = std::iter::once(word).chain(of_any).collect();
            let beside: Vec<Span> = of_some.into_iter().collect();
            let rest = if first { pair.rest(&without, &beside) } else { pair.rest(&beside, &without) };
            let stated_span = plain.gist.terms[stated].span;
            let denied_span = side.gist.terms[n.target].span;
            let (agree, differ) = if first {
                pair.frame(word.cover(denied_span), stated_span)
            } else {
                pair.frame(stated_span, word.cover(denied_span))
            };
            // A denial tells less than what it denies: what is behind it must all be there.
            let denied = n.denies && {
                let behind = (n.target, stated);
                covered(pair, side, plain, first, behind) >= DENIED && link.likeness >= 0.85
            };
            // "The recorder has not been found": all that it says not to be is told by the other, with more.
            let whole =
                !n.denies && link.likeness >= 0.85 && is_plain(side, n) && told_whole(pair, side, first, n.target);
            let sure = denied
                || whole
                || rest >= 0.55 && (agree == 2 || agree == 1 && differ == 0)
                || rest >= 0.7 && (agree == 1 || of_any.is_some())
                || rest >= 0.85;
            // "has yet to" negates as well. What is only supposed is neither said nor denied.
            if !sure
                || yet_to(plain)
                || infinitive(plain, stated) != (infinitive(side, n.target) && !n.fails)
                || follows(plain, stated, WISH, &WISHES) && !follows(side, n.target, WISH + 2, &WISHES)
                || follows(side, n.target, WISH + 2, &MOOT) && !follows(plain, stated, WISH, &WISHES)
                || until(side, n.negator)
                || otherwise_negated(pair, plain, stated, own_word)
                || supposed(side, n.negator)
                || supposed(plain, stated)
            {
                continue;
            }
            let no = word.cover(side.gist.terms[n.target].span);
            let yes = plain.gist.terms[stated].span;
            let (no, yes) = ((side.text(no).to_owned(), no), (plain.text(yes).to_owned(), yes));
            let (x, y) = if first { (no, yes) } else { (yes, no) };
            let reason = "one report says it is not so";
            let later = is_perfect(side, n.negator) && side.published() < plain.published();
            out.push(Clash { later, ..pair.clash(ConflictKind::Negation, rules::ONE_SIDE_NEGATES, reason, x, y) });
        }
    }
    out
}

/// A verb of the other side that means about the same as a negated one and is done to the same thing: "have not opened an inquiry",
/// "have begun an inquiry".
fn by_object(pair: &Aligned, first: bool, target: usize) -> Option<Link> {
    let (side, plain) = if first { (&pair.a, &pair.b) } else { (&pair.b, &pair.a) };
    let is_verb =
        |s: &Side, t: usize| s.article.tokens_in(s.gist.terms[t].span).first().is_some_and(|t| t.tag.is_verb());
    if !pair.joined || !is_verb(side, target) {
        return None;
    }
    let content = |s: &Side, t: usize| s.gist.terms[t].class != Class::Function;
    let object = (target + 1..side.gist.terms.len().min(target + OBJECT)).find(|t| content(side, *t))?;
    let own = |l: &&Link| if first { l.a == object } else { l.b == object };
    let met = pair.alignment.links.iter().find(own).filter(|l| l.likeness >= 0.85)?;
    let there = if first { met.b } else { met.a };
    let verb = (there.saturating_sub(OBJECT - 1)..there).rev().find(|t| content(plain, *t) && is_verb(plain, *t))?;
    let entry = |s: &Side, t: usize| s.gist.terms[t].entry;
    let (like, _) = pair.vocabulary.known().likeness(entry(side, target), entry(plain, verb));
    let (a, b) = if first { (target, verb) } else { (verb, target) };
    (like >= ABOUT).then_some(Link { a, b, likeness: 0.6 })
}

/// Terms behind a verb among which its object begins, and how alike two verbs are that mean about the same of one object.
const OBJECT: usize = 4;
const ABOUT: f32 = 0.4;

/// Share of the weight behind the target of a denial, to the end of its sentence, that the other sentence has too; at
/// least two terms beside the target must.
fn covered(pair: &Aligned, side: &Side, plain: &Side, first: bool, (target, stated): (usize, usize)) -> f32 {
    let (mut hit, mut of, mut count) = (0.0, 0.0, 0);
    for (i, t) in side.gist.terms.iter().enumerate().skip(target).filter(|(_, t)| t.class != Class::Function) {
        let mine = |l: &&Link| if first { l.a == i } else { l.b == i };
        let link = pair.alignment.links.iter().find(mine);
        let other = |l: &Link| if first { l.b } else { l.a };
        // Near each other there, too.
        let near = link.filter(|l| other(l).abs_diff(stated) <= NEAR);
        of += t.weight;
        hit += near.map_or(0.0, |l| l.likeness * t.weight);
        count += usize::from(i != target && near.is_some_and(|l| l.likeness >= 0.75));
    }
    let negates = |t: &Term| pair.vocabulary.entries[t.entry as usize].negation.is_some();
    let doubted = plain.gist.terms.iter().any(negates);
    if of > 0.0 && count >= 2 && !doubted { hit / of } else { 0.0 }
}

/// Whether a sentence is a plain negation from its beginning: no clause before it, and nobody that it is said of.
fn is_plain(side: &Side, n: &Negated) -> bool {
    let negator = side.gist.terms[n.negator].span;
    let before = side.text(Span::new(side.anchor.span.start(), negator.start()));
    let word = side.text(negator).to_lowercase();
    !before.contains([',', ';', ':', '“', '"']) && !matches!(word.as_str(), "nobody" | "none" | "nothing" | "without")
}

/// Whether nearly all that a negated sentence tells stands in the other, its verb and at least one word more; days aside.
fn told_whole(pair: &Aligned, side: &Side, first: bool, target: usize) -> bool {
    let (mut hit, mut of, mut count) = (0.0, 0.0, 0);
    // Up to the comma behind it: "…, its owner said".
    let rest = Span::new(side.gist.terms[target].span.end(), side.anchor.span.end());
    let end = side.text(rest).find(',').map_or(rest.end(), |at| rest.start() + at);
    for (i, t) in side.gist.terms.iter().enumerate().take_while(|(_, t)| t.span.start() < end) {
        let negates = pair.vocabulary.entries[t.entry as usize].negation.is_some();
        if matches!(t.class, Class::Function | Class::Date) || negates && i != target {
            continue;
        }
        let mine = |l: &&Link| if first { l.a == i } else { l.b == i };
        let alike = pair.alignment.links.iter().find(mine).map_or(0.0, |l| l.likeness);
        of += t.weight;
        hit += if alike >= 0.75 { t.weight } else { 0.0 };
        count += usize::from(i != target && alike >= 0.75);
    }
    count > 0 && hit >= WHOLE * of
}

/// Share of a negated sentence's weight that the other must have where it has more besides.
const WHOLE: f32 = 0.85;

/// Whether a negation holds up to the report and no longer: "has not", "have yet".
fn is_perfect(side: &Side, negator: usize) -> bool {
    let near = &side.gist.terms[negator.saturating_sub(2)..(negator + 4).min(side.gist.terms.len())];
    near.iter().any(|t| matches!(side.text(t.span).to_lowercase().as_str(), "has" | "have" | "yet"))
}

/// What a denial and the statement it denies must share, and within how many terms of the statement's verb.
const DENIED: f32 = 0.6;
const NEAR: usize = 14;

/// Whether a report has the word of a sentence with a "not" right before it elsewhere.
fn has_both(side: &Side, at: usize) -> bool {
    let word = side.text(side.gist.terms[at].span);
    let tokens = &side.article.tokens;
    let not = |k: usize| matches!(side.text(tokens[k].span), "not" | "n't" | "n’t" | "never");
    let same = |k: usize| base_form(&side.text(tokens[k].span).to_lowercase()) == base_form(&word.to_lowercase());
    (1..tokens.len()).any(|k| !side.anchor.span.contains(tokens[k].span) && not(k - 1) && same(k))
}

/// Whether a term is a verb behind "to", which states nothing: "asked the court to stop it", "claimed to be hiking".
fn infinitive(side: &Side, at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map_or("", |i| side.text(side.gist.terms[i].span));
    let to = |back: usize| word(back).eq_ignore_ascii_case("to");
    to(1) || to(2) && matches!(word(1), "be" | "have" | "being")
}

/// Words by which somebody hopes, or may do: "I hope you can let this go".
static WISHES: WordSet = WordSet::english(Fact::Polarity, "wish");
/// Those of them that a "not" leaves open: "should not be taking bribes" takes no bribe away.
static MOOT: WordSet = WordSet::english(Fact::Polarity, "moot");

/// Whether one of `words` stands among the terms before `at`.
fn follows(side: &Side, at: usize, reach: usize, words: &WordSet) -> bool {
    let before = &side.gist.terms[at.saturating_sub(reach)..at];
    before.iter().any(|t| words.contains(side.text(t.span).to_lowercase().as_str()))
}

/// Whether the other side negates it in a way of its own: "instead of strength", "immune from being called", "nobody
/// believes that it is dead", "never".
/// `own_word` if it is the very word that is negated: "did not fail", "failed".
fn otherwise_negated(pair: &Aligned, side: &Side, at: usize, own_word: bool) -> bool {
    let terms = &side.gist.terms;
    let word = |i: usize| side.text(terms[i].span).to_lowercase();
    let before = at.saturating_sub(3)..at;
    let instead = before.clone().any(|i| {
        matches!(
            word(i).as_str(),
            "instead"
                | "rather"
                | "without"
                | "lack"
                | "lacks"
                | "lacked"
                | "lacking"
                | "stop"
                | "against"
                | "refrain"
                | "avoid"
        )
    });
    let spared =
        before.into_iter().any(|i| word(i) == "from") && at > 0 && matches!(word(at - 1).as_str(), "being" | "from");
    // "do not believe it is …" says that it is not.
    let raised = (at.saturating_sub(RAISED)..at).any(|i| {
        let thinks = matches!(word(i).as_str(), "believe" | "think" | "expect" | "believes" | "thinks" | "expects");
        let negates = |k: &usize| pair.vocabulary.entries[terms[*k].entry as usize].negation == Some(Negation::Not);
        thinks && (i.saturating_sub(2)..i).any(|k| negates(&k))
    });
    let around = at.saturating_sub(4)..terms.len().min(at + 4);
    let near = |k: usize| {
        let kind = pair.vocabulary.entries[terms[k].entry as usize].negation;
        matches!(kind, Some(Negation::Not | Negation::Fail)) && k != at
    };
    // "there is no reason that it should be …", "failures of many to …".
    let reasons = (at.saturating_sub(REASON)..at).any(|i| {
        let not = |k: usize| pair.vocabulary.entries[terms[k].entry as usize].negation == Some(Negation::Not);
        (i.saturating_sub(3)..i).any(not)
            && matches!(word(i).as_str(), "reason" | "need" | "way" | "evidence" | "proof" | "sign")
            || matches!(word(i).as_str(), "failure" | "failures")
    });
    let asked = side.text(side.anchor.span).contains('?');
    // The words of the sentence, where an attribution was left out of its terms; "denied that he …, or had any knowledge".
    let tokens = side.article.tokens_in(Span::new(side.anchor.span.start(), terms[at].span.start()));
    let said = |t: &rashomon_annotate::Token| side.text(t.span).to_lowercase().replace('’', "'");
    let plainly = tokens
        .iter()
        .rev()
        .take(PLAINLY)
        .take_while(|t| t.tag != Tag::Comma)
        .any(|t| matches!(said(t).as_str(), "not" | "n't" | "never" | "no"));
    let denied = tokens.iter().rev().take(DENIES).any(|t| DENIERS.contains(said(t).as_str()));
    instead
        || spared
        || raised
        || asked
        || reasons
        || plainly
        || denied
        || around.into_iter().any(near)
        || !own_word && pair.vocabulary.entries[terms[at].entry as usize].negation.is_some()
}

/// Words before a term among which a "not" reaches it: "have not been able to do a deep dive".
const PLAINLY: usize = 8;
/// Terms before another among which somebody does not believe it.
const RAISED: usize = 14;
/// Words before a term among which somebody denies it.
const DENIES: usize = 14;
static DENIERS: WordSet = WordSet::english(Fact::Polarity, "deny");

/// Terms before a verb among which the reason for it stands.
const REASON: usize = 8;

/// Terms before a verb among which its modal stands.
const WISH: usize = 4;

/// What a negated verb takes where that is anything at all: "did not find [any weapons]", "not looking for [anyone else]".
fn any_object(side: &Side, verb: usize) -> Option<Span> {
    let from = side.gist.terms[verb].span.end();
    let behind = side.article.tokens_in(Span::new(from, side.anchor.span.end().max(from)));
    let any = |w: &str| matches!(w, "any" | "anyone" | "anything" | "anybody");
    let at = behind.iter().take(ANY).find(|t| any(side.text(t.span)))?;
    Some(Span::new(at.span.start(), side.anchor.span.end()))
}

/// Words behind a negated verb among which its object begins.
const ANY: usize = 3;

/// Whether "until" or "unless" follows within the sentence: what does not happen until then does happen.
fn until(side: &Side, at: usize) -> bool {
    let behind = &side.gist.terms[at..];
    behind.iter().any(|t| matches!(side.text(t.span).to_lowercase().as_str(), "until" | "unless" | "till"))
}

/// Whether a side says of something that it is yet to come.
fn yet_to(side: &Side) -> bool {
    let words: Vec<String> = side.gist.terms.iter().map(|t| side.text(t.span).to_lowercase()).collect();
    words.windows(2).any(|w| w[0] == "yet" && w[1] == "to")
}

/// Whether "if", "unless" or "whether" stands among the eight terms before `at`.
fn supposed(side: &Side, at: usize) -> bool {
    let before = &side.gist.terms[at.saturating_sub(8)..at];
    before.iter().any(|t| matches!(side.text(t.span).to_lowercase().as_str(), "if" | "unless" | "whether"))
}

/// A negating term and the content term it negates.
struct Negated {
    negator: usize,
    target: usize,
    /// Whether somebody denies it, rather than the report negating it.
    denies: bool,
    /// Whether it did not come about: "failed to warn".
    fails: bool,
}

/// Negating terms that are not aligned to anything, each with the content term behind it. "not yet" and "not only" state
/// more than they deny.
fn negated(pair: &Aligned, side: &Side, first: bool) -> Vec<Negated> {
    if !side.turns.any {
        return Vec::new();
    }
    let linked =
        |i: usize| pair.alignment.links.iter().any(|l| if first { l.a == i } else { l.b == i } && l.likeness >= 0.6);
    let terms = &side.gist.terms;
    let text = |i: usize| lower(terms.get(i).map_or("", |t| side.text(t.span)));
    let mut out = Vec::new();
    for (i, t) in terms.iter().enumerate() {
        let kind = pair.vocabulary.entries[t.entry as usize].negation;
        // "has yet to apologise", "stopped short of apologising", "no longer supports".
        let behind = match side.text(t.span) {
            "yet" if text(i + 1) == "to" => Some(i + 1),
            "no" | "No" if text(i + 1) == "longer" => Some(i + 1),
            "short" if text(i + 1) == "of" && i > 0 && text(i - 1).starts_with("stop") => Some(i + 1),
            _ => None,
        };
        if let Some(target) = behind.and_then(|k| side.term_from(terms[k].span.end())) {
            out.push(Negated { negator: i, target, denies: false, fails: true });
            continue;
        }
        let negates = match kind {
            // "Why don't they go back".
            Some(Negation::Not) if (i.saturating_sub(2)..i).any(|k| text(k) == "why") => false,
            Some(Negation::Not) => !matches!(&*text(i + 1), "yet" | "only" | "just" | "merely" | "else"),
            Some(Negation::Deny | Negation::Fail) => t.class != Class::Function && !linked(i),
            None => false,
        };
        if !negates {
            continue;
        }
        let denies = matches!(kind, Some(Negation::Deny));
        // "never denied" denies nothing, "a quick 'no' to a question" is an answer, and "No. 17" a number.
        let not = |k: usize| pair.vocabulary.entries[terms[k].entry as usize].negation == Some(Negation::Not);
        let double = denies && (i.saturating_sub(3)..i).any(not);
        let answer = text(i) == "no."
            || text(i) == "no" && side.article.article.text[t.span.end()..].starts_with(['"', '”', '’', '.', '!']);
        if !double
            && !answer
            && let Some(target) = target(side, i, denies)
        {
            let fails = matches!(pair.vocabulary.entries[t.entry as usize].negation, Some(Negation::Fail));
            // "The bank failed in 2023" says of nothing that it did not come about.
            let between = Span::new(t.span.end(), terms[target].span.start().max(t.span.end()));
            if fails && side.article.tokens_in(between).iter().any(|t| t.tag == Tag::IN) {
                continue;
            }
            out.push(Negated { negator: i, target, denies, fails });
        }
    }
    out
}

/// The term that the one at `negator` negates: the next verb if it follows at once, else the next of content. What is
/// denied stands behind "reports that", "claims of".
fn target(side: &Side, negator: usize, denies: bool) -> Option<usize> {
    let terms = &side.gist.terms;
    let says = |i: usize| REPORTS.contains(&lower(side.text(terms[i].span)));
    let word = |i: usize| terms.get(i).map_or("", |t| side.text(t.span));
    // "did not say she would resign": that she would is not denied; "did not know of the leak", "no charges" are.
    let tag_of = |i: usize| side.article.tokens_in(terms[i].span).first().map(|t| t.tag);
    let thing = |i: usize| {
        let noun = tag_of(i).is_some_and(Tag::is_noun) && !matches!(word(i + 1), "that" | "of" | "to");
        noun || matches!(word(i + 1), "of" | "about") && tag_of(i).is_some_and(Tag::is_verb)
    };
    let next = negator + 1;
    if !denies && terms.get(next).is_some_and(|t| t.class == Class::Function) && says(next) && !thing(next) {
        return None;
    }
    let mut at = side.term_from(terms[negator].span.end())?;
    if !denies && says(at) && !thing(at) {
        return None;
    }
    while denies && (says(at) || terms[at].class == Class::Date) {
        at = side.term_from(terms[at].span.end())?;
    }
    // "did not, and the gate …": a mark ends what is negated; nobody negates a name: "disputed Roe's claim".
    let between = side.text(Span::new(terms[negator].span.end(), terms[at].span.start()));
    let marked = between.contains([',', ';', ':', '—', '–'])
        || [" because ", " after ", " when "].iter().any(|w| between.contains(w))
        || denies && between.contains(" and ");
    // "no further delay": of what it describes.
    let tag = |i: usize| side.article.tokens_in(terms[i].span).first().map(|t| t.tag);
    while !denies
        && tag(at) == Some(Tag::JJ)
        && terms.get(at + 1).is_some_and(|_| tag(at + 1).is_some_and(Tag::is_noun))
    {
        at += 1;
    }
    // Nor a figure ("rejected a 16 percent raise" denies no sixteen), and an adverb says nothing that could be denied.
    let adverb = side.article.tokens_in(terms[at].span).first().is_some_and(|t| t.tag == Tag::RB);
    let nothing = denies && matches!(terms[at].class, Class::Name | Class::Number) || adverb;
    (!marked && !nothing).then_some(at)
}

/// Words for what is said, behind which stands what a denial denies.
static REPORTS: WordSet = WordSet::english(Fact::ReportingVerbs, "denied");
