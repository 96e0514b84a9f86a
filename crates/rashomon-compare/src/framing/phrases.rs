//! The descriptions in an article: noun phrases whose head is a common noun.

use super::tells;
use crate::meaning::Vocabulary;
use crate::reached;
use crate::statements::captions;
use rashomon_annotate::{Corpus, Tag, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};

static AUXILIARIES: WordSet = WordSet::english(Fact::Auxiliaries, "description");

/// One description.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// The phrase with what follows its head: "regions held by rebels".
    pub(super) anchor: Anchor,
    /// The phrase up to its head.
    pub(super) core: Span,
    /// Index of its sentence.
    pub(super) sentence: usize,
    /// Term of its head noun.
    pub(super) head: u32,
    /// Whether that stands in the plural.
    pub(super) plural: bool,
    /// Terms that tell it apart from others of its kind.
    pub(super) telling: Vec<u32>,
    /// Term of the verb next to it.
    pub(super) act: Option<u32>,
    /// How many, where a number says so.
    pub(super) count: Option<u64>,
}

/// The descriptions of an article, in order of place.
pub(super) fn phrases(corpus: &Corpus, id: ArticleId, vocabulary: &mut Vocabulary) -> Vec<Phrase> {
    let article = corpus.get(id);
    let mut out = Vec::new();
    let body = reached(article).iter().enumerate().filter(|(_, s)| !s.heading && !captions::is_caption(article, s));
    for (s, sentence) in body {
        let tokens = article.tokens_of(sentence);
        let mut i = 0;
        while i < tokens.len() {
            let Some(end) = core(tokens, i) else {
                i += 1;
                continue;
            };
            let from = i;
            i = end;
            let words = |t: &Token| article.text(t.span).to_lowercase();
            // Articles and owners are no part of a description: "the two states' leaders" describes leaders.
            let owner = (from..end).rev().find(|k| tokens[*k].tag == Tag::POS).map_or(from, |k| k + 1);
            // Nor are words of degree ("at least two", "so many", "about three"), or the verb before it.
            let degree = |k: usize| {
                matches!(tokens[k].tag, Tag::DT | Tag::PDT | Tag::PRPS | Tag::Quote | Tag::RB | Tag::RBR | Tag::RBS)
                    || DEGREE.contains(words(&tokens[k]).as_str())
            };
            let owner = (owner..end - 1).rev().find(|k| words(&tokens[*k]) == "about").map_or(owner, |k| k + 1);
            let verb = |k: usize| {
                let helps = |t: &Token| {
                    matches!(words(t).as_str(), "has" | "have" | "had" | "having") || is_auxiliary(&words(t))
                };
                let subject =
                    k > 0 && (tokens[k - 1].tag.is_noun() || tokens[k - 1].tag == Tag::PRP || helps(&tokens[k - 1]));
                tokens[k].tag == Tag::VBN && (subject || tokens[k + 1].tag == Tag::Quote)
            };
            let first = (owner..end - 1).find(|k| !degree(*k) && !verb(*k)).unwrap_or(end - 1);
            // A closing quotation mark inside takes the opening one before it along.
            let marked = (first..end).any(|k| tokens[k].tag == Tag::Quote);
            let first = if marked && first > 0 && tokens[first - 1].tag == Tag::Quote { first - 1 } else { first };
            let head = tokens[end - 1];
            let plural = head.tag == Tag::NNS;
            let named = article.names_over(head.span).any(|n| n.span.contains(head.span));
            if named || article.times_over(head.span).next().is_some() {
                continue;
            }
            let core = tokens[first].span.cover(head.span);
            let tail = tail(tokens, end, &words);
            let span = if tail > end { core.cover(tokens[tail - 1].span) } else { core };
            let terms = vocabulary.terms(article, span);
            let Some(at) = terms.iter().position(|t| t.span.contains(head.span)) else { continue };
            // Names and what is derived from them ("Ruritanian") say whose, not what.
            let common = |s: Span| article.text(s).starts_with(char::is_lowercase);
            let others = terms
                .iter()
                .enumerate()
                .filter(|(k, t)| *k != at && tells(t.class) && t.weight > 2.0 && common(t.span));
            let mut telling: Vec<u32> = others.map(|(_, t)| t.entry).collect();
            let term = terms[at].entry;
            // A compound known as one term ("peacekeeping force") tells by itself what sort of thing its last word is.
            let compound = vocabulary.entries[term as usize].text.contains('_');
            let last = if compound { vocabulary.terms(article, head.span).first().map(|t| t.entry) } else { None };
            let head = last.unwrap_or(term);
            if compound {
                telling.push(term);
            }
            let noun = &*vocabulary.entries[head as usize].text;
            if TIME.contains(noun) || VAGUE.contains(noun) {
                continue;
            }
            // What is done to it or by it: the nearest verb.
            let beside = (1..=REACH).flat_map(|d| [from.checked_sub(d), Some(end - 1 + d)]).flatten();
            let verb = beside
                .filter(|k| *k < tokens.len())
                .find(|k| tokens[*k].tag.is_verb() && !is_auxiliary(&words(&tokens[*k])));
            let act = verb.and_then(|k| vocabulary.find(article.text(tokens[k].span)));
            let count = article.numbers_in(core).iter().find(|n| core.contains(n.span)).map(|n| n.value.to_bits());
            let anchor = Anchor::new(id, span);
            out.push(Phrase { anchor, core, sentence: s, head, plural, telling, act, count });
        }
    }
    out
}

/// Tokens between a description and the verb next to it.
const REACH: usize = 3;

fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.contains(word)
}

/// Words before a description that say how many or how much.
static DEGREE: WordSet = WordSet::english(Fact::Determiners, "degree");

/// Heads of phrases that say when or how much, which is told otherwise.
static TIME: WordSet = WordSet::english(Fact::VagueNouns, "time");

/// Heads that stand for whatever their sentence is about.
static VAGUE: WordSet = WordSet::english(Fact::VagueNouns, "vague");

/// One past the head of the noun phrase that begins at `from`: determiners, adjectives and participles, nouns.
fn core(tokens: &[Token], from: usize) -> Option<usize> {
    use Tag::{CD, DT, Hyph, JJ, JJR, JJS, NN, NNP, NNPS, NNS, POS, PRPS, Quote, RB, VBG, VBN};
    let mut end = None;
    let mut i = from;
    while i < tokens.len() && i < from + 12 {
        let before = i.checked_sub(1).map(|b| tokens[b].tag);
        match tokens[i].tag {
            NN | NNS => end = Some(i + 1),
            JJ | JJR | JJS | CD | NNP | NNPS | Hyph | POS => {}
            // "the lawyer reimbursed": a participle behind a noun is its verb; "besides prohibiting boats" begins anew.
            VBN if i > from && before.is_some_and(Tag::is_noun) => break,
            VBG if i > from && !before.is_some_and(|t| matches!(t, DT | PRPS | JJ | CD | Hyph | POS | Quote)) => break,
            VBN | VBG | RB | Quote => {}
            DT | PRPS if i == from => {}
            _ => break,
        }
        i += 1;
    }
    // It must not begin with a mark or a participle of the verb before it.
    let marked = from > 0 && matches!(tokens[from - 1].tag, Quote | DT | PRPS | JJ);
    let starts = matches!(tokens[from].tag, DT | PRPS | JJ | JJR | JJS | CD | NN | NNS | NNP | NNPS | RB | VBN)
        || tokens[from].tag == VBG && marked;
    end.filter(|_| starts)
}

/// One past what follows the head and belongs to it: "held by …", "controlled by …".
fn tail(tokens: &[Token], end: usize, words: &impl Fn(&Token) -> String) -> usize {
    let by =
        tokens.get(end).is_some_and(|t| t.tag == Tag::VBN) && tokens.get(end + 1).is_some_and(|t| words(t) == "by");
    if !by {
        return end;
    }
    let mut at = end + 2;
    while at < tokens.len() && at < end + 10 {
        match core(tokens, at) {
            Some(to) => return to,
            None if matches!(tokens[at].tag, Tag::NNP | Tag::NNPS | Tag::Hyph | Tag::DT) => at += 1,
            None => break,
        }
    }
    at
}
