//! Two statements told in nearly the same words that are two statements all the same: for one word or phrase of the one
//! stands another of the other that does not mean it, or both change places.
//!
//! Likeness counts what two wordings share, and of near twins that is nearly everything: "voted for the quarry", "voted
//! against the quarry". What they do not share decides. Where nothing shows that both mean the same, they are not joined;
//! the one then stands beside the other as what may be nearest to it. This takes nothing from statements that share less:
//! words that differ there are other words for other details.

use crate::aligned::aligned;
use crate::meaning::{Vocabulary, base_form};
use crate::polarity::{opposed, sides};
use crate::statements::Statement;
use rashomon_annotate::{Annotated, Approximation, Corpus, Number, Tag, Token};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Anchor, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use similar::DiffOp;
use std::ops::Range;
use std::sync::OnceLock;

/// Content words of the shorter of two twins that both have, as a share, and how many at least.
const SHARED: f32 = 0.6;
const LEAST_SHARED: usize = 2;
/// Words of a statement that is held against another at most.
const MOST: usize = 70;
/// Content words that stand for others at most: a longer difference is another way to tell it.
const MOST_APART: usize = 3;
/// How alike two words are, at least, that may mean the same.
const ALIKE: f32 = 0.5;

static NEGATORS: WordSet = WordSet::english(Fact::Polarity, "not");
/// Words that say no without one of them: "refused", "fail".
static UNABLE: WordSet = WordSet::english(Fact::Polarity, "unable");
static FAILS: WordSet = WordSet::english(Fact::Polarity, "meaning-fail");
static DENIES: WordSet = WordSet::english(Fact::Polarity, "deny");
static SHORT_OF: WordSet = WordSet::english(Fact::Polarity, "short-of");
static DIRECTIVES: WordSet = WordSet::english(Fact::Polarity, "directive");
static WISHES: WordSet = WordSet::english(Fact::Polarity, "wish");
static FORETELLS: WordSet = WordSet::english(Fact::Expectations, "foretells");
static INTENDS: WordSet = WordSet::english(Fact::Expectations, "intends");
static MODALS: WordSet = WordSet::english(Fact::Expectations, "modal");
static VAGUE: WordSet = WordSet::english(Fact::VagueNouns, "vague");

/// Pairs of relations, quantities and degrees of which only one can hold, by both their words.
fn relations() -> &'static FxHashSet<(&'static str, &'static str)> {
    static RELATIONS: OnceLock<FxHashSet<(&'static str, &'static str)>> = OnceLock::new();
    RELATIONS.get_or_init(|| {
        let lines = Language::english().list(Fact::Relations).entries().filter_map(|l| l.split_once('|'));
        let both = |(a, b): (&'static str, &'static str)| {
            let across = |x| b.split_whitespace().flat_map(move |y| [(x, y), (y, x)]);
            a.split_whitespace().flat_map(across).collect::<Vec<_>>()
        };
        lines.flat_map(both).collect()
    })
}

/// One word of a statement.
struct Word<'a> {
    lower: String,
    base: String,
    tag: Tag,
    span: Span,
    article: &'a Annotated,
}

impl Word<'_> {
    fn is_content(&self) -> bool {
        let open = self.tag.is_noun() || self.tag.is_verb() || self.is_describing() || self.tag == Tag::CD;
        open && !self.is_light()
    }

    fn is_describing(&self) -> bool {
        matches!(self.tag, Tag::JJ | Tag::JJR | Tag::JJS | Tag::RB | Tag::RBR | Tag::RBS)
    }

    fn is_name(&self) -> bool {
        self.article.names_in(self.span).iter().any(|n| n.span.contains(self.span))
    }

    /// Grammar, whatever its tag, and words that stand for many.
    fn is_light(&self) -> bool {
        let word = self.base.as_str();
        let language = Language::english();
        language.list(Fact::Auxiliaries).contains(&self.lower)
            || language.list(Fact::FunctionWords).contains(&self.lower)
            || NEGATORS.contains(&self.lower)
            || matches!(word, "be" | "have" | "do" | "n't")
            || VAGUE.contains(word)
    }

    fn negates(&self) -> bool {
        NEGATORS.contains(&self.lower) || matches!(self.lower.as_str(), "n't" | "n’t")
    }

    /// Whether it says of the verb behind it that it is not yet done, or not quite.
    fn keeps_open(&self) -> bool {
        let of = |list: &WordSet| list.contains(&self.lower);
        of(&INTENDS) || of(&FORETELLS) || of(&MODALS) || of(&DIRECTIVES) || of(&WISHES) || of(&SHORT_OF)
    }
}

fn read<'a>(article: &'a Annotated, span: Span) -> Vec<Word<'a>> {
    let plain = |t: &&Token| article.text(t.span).contains(char::is_alphanumeric);
    let tokens = article.tokens_in(span).iter().filter(plain).take(MOST + 1);
    let word = |t: &Token| {
        let lower = article.text(t.span).to_lowercase().replace('’', "'");
        Word { base: base_form(&lower).to_owned(), lower, tag: t.tag, span: t.span, article }
    };
    tokens.map(word).collect()
}

/// Whether two statements are told alike and state two things.
pub(super) fn are_two(corpus: &Corpus, vocabulary: &Vocabulary, a: &Statement, b: &Statement) -> bool {
    let of = |u: &Statement| read(corpus.get(u.anchor.article), u.anchor.span);
    // Equal words, of which most pairs have few, are counted before anything is aligned.
    if a.words == b.words && corpus.text(a.anchor) == corpus.text(b.anchor) {
        return false;
    }
    Twins::of(of(a), of(b)).is_some_and(|it| it.differ(vocabulary))
}

/// Two statements, word beside word.
struct Twins<'a> {
    a: Vec<Word<'a>>,
    b: Vec<Word<'a>>,
    /// Words of both that are the same, and for each stretch between them the words of either.
    same: Vec<(usize, usize)>,
    gaps: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Twins<'a> {
    /// The two, if they share nearly everything.
    fn of(a: Vec<Word<'a>>, b: Vec<Word<'a>>) -> Option<Self> {
        if a.len() > MOST || b.len() > MOST {
            return None;
        }
        let bases = |words: &[Word]| words.iter().map(|w| w.base.clone()).collect::<Vec<_>>();
        let content = |words: &[Word]| words.iter().filter(|w| w.is_content()).count();
        let (of_a, of_b) = (content(&a), content(&b));
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        a.iter().filter(|w| w.is_content()).for_each(|w| *counts.entry(&w.base).or_default() += 1);
        let mut shared = 0;
        for w in b.iter().filter(|w| w.is_content()) {
            if let Some(n) = counts.get_mut(w.base.as_str()).filter(|n| **n > 0) {
                *n -= 1;
                shared += 1;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let is_twin = shared >= LEAST_SHARED && shared as f32 >= SHARED * of_a.max(of_b) as f32;
        if !is_twin {
            return None;
        }
        let (mut same, mut gaps) = (Vec::new(), Vec::new());
        for op in aligned(&bases(&a), &bases(&b)) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    same.extend((0..len).map(|n| (old_index + n, new_index + n)));
                }
                DiffOp::Delete { old_index, old_len, new_index } => {
                    gaps.push((old_index..old_index + old_len, new_index..new_index));
                }
                DiffOp::Insert { old_index, new_index, new_len } => {
                    gaps.push((old_index..old_index, new_index..new_index + new_len));
                }
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    gaps.push((old_index..old_index + old_len, new_index..new_index + new_len));
                }
            }
        }
        Some(Self { a, b, same, gaps })
    }

    fn differ(&self, vocabulary: &Vocabulary) -> bool {
        self.gaps.iter().any(|(x, y)| {
            let (p, q) = (&self.a[x.clone()], &self.b[y.clone()]);
            opposite(p, q)
                || substituted(vocabulary, p, q)
                || negated(p, q)
                || negated(q, p)
                || self.left_open(x, y, true)
                || self.left_open(y, x, false)
        }) || self.swapped()
    }

    /// Whether the words of one side alone in a stretch leave open whether the verb behind them came about, which the other
    /// tells as done; or make all of it a condition.
    fn left_open(&self, own: &Range<usize>, other: &Range<usize>, first: bool) -> bool {
        let (words, others) = if first { (&self.a, &self.b) } else { (&self.b, &self.a) };
        let there = &others[other.clone()];
        if there.iter().any(|w| w.keeps_open()) {
            return false;
        }
        let here = &words[own.clone()];
        if here.iter().any(|w| matches!(w.lower.as_str(), "if" | "unless" | "whether")) && own.start == 0 {
            return !there.iter().any(Word::is_content);
        }
        // The verb behind: in its bare form here, past there.
        let pair = |&(i, j): &(usize, usize)| if first { (i, j) } else { (j, i) };
        let mut behind = self.same.iter().map(pair).filter(|(i, _)| *i >= own.end && *i < own.end + 2);
        let Some((i, j)) = behind.find(|(i, _)| words[*i].tag.is_verb()) else { return false };
        let opened = here.iter().rev().take(4).any(|w| w.keeps_open());
        let bare = matches!(words[i].tag, Tag::VB | Tag::VBG) || here.iter().any(|w| SHORT_OF.contains(&w.lower));
        let told = matches!(others[j].tag, Tag::VBD | Tag::VBN);
        opened && bare && told && !there.iter().any(Word::is_content)
    }

    /// Whether what the one puts before a verb the other puts behind it, and neither in the passive: who did it to whom.
    fn swapped(&self) -> bool {
        let alone = |ranges: &dyn Fn(&(Range<usize>, Range<usize>)) -> Range<usize>| -> Vec<usize> {
            self.gaps.iter().flat_map(ranges).collect()
        };
        let (left, right) = (alone(&|g| g.0.clone()), alone(&|g| g.1.clone()));
        if passive(&self.a) != passive(&self.b) {
            return false;
        }
        let verbs: Vec<_> = self.same.iter().filter(|(i, _)| self.a[*i].tag.is_verb()).collect();
        left.iter().any(|i| {
            let w = &self.a[*i];
            let noun = w.tag.is_noun() && w.is_content();
            let partner = right.iter().find(|j| self.b[**j].base == w.base && self.b[**j].tag.is_noun());
            let Some(j) = partner.filter(|_| noun) else { return false };
            let across = verbs.iter().any(|(p, q)| (i < p) != (j < q));
            let (before, behind) = (preposition(&self.a, *i), preposition(&self.b, *j));
            // "In Oslo, …" may stand at either end, and "'s" ties to what follows.
            let moved = before.is_some() && before == behind;
            let owned = |words: &[Word], i: usize| words.get(i + 1).is_some_and(|w| w.tag == Tag::POS);
            let side = across || before != behind && (before.is_some() && behind.is_some());
            side && !moved && !owned(&self.a, *i) && !owned(&self.b, *j)
        })
    }
}

/// The preposition that a noun stands behind.
fn preposition<'a>(words: &'a [Word], at: usize) -> Option<&'a str> {
    let group = |w: &&Word| w.tag.is_noun() || matches!(w.tag, Tag::DT | Tag::JJ | Tag::PRPS | Tag::CD | Tag::POS);
    let before = words[..at].iter().rev().find(|w| !group(w))?;
    matches!(before.tag, Tag::IN | Tag::TO).then_some(before.lower.as_str())
}

/// Whether a statement is told in the passive: "was struck by".
fn passive(words: &[Word]) -> bool {
    words.windows(2).any(|w| w[0].base == "be" && w[1].tag == Tag::VBN) || words.iter().any(|w| w.lower == "by")
}

/// Whether words of two stretches are opposites, or relations of which only one can hold.
fn opposite(p: &[Word], q: &[Word]) -> bool {
    let phrases = |words: &[Word]| -> Vec<String> {
        let two = words.windows(2).map(|w| format!("{}-{}", w[0].lower, w[1].lower));
        words.iter().map(|w| w.lower.clone()).chain(two).collect()
    };
    let (x, y) = (phrases(p), phrases(q));
    if x.iter().any(|v| y.iter().any(|w| relations().contains(&(v.as_str(), w.as_str())))) {
        return true;
    }
    let telling = |words: &&Word| words.tag.is_verb() || words.is_describing();
    p.iter().filter(telling).any(|v| {
        let here = sides(&v.lower);
        q.iter().filter(telling).any(|w| opposed((&v.lower, &here), (&w.lower, &sides(&w.lower))))
    })
}

/// Whether one stretch negates, and the other holds nothing that might say the same.
fn negated(p: &[Word], q: &[Word]) -> bool {
    // "has already approved" beside "has not yet approved": an adverb of time says nothing of that.
    let says_no = |w: &Word| w.negates() || UNABLE.contains(&w.lower) || FAILS.contains(&w.lower) || DENIES.contains(&w.lower);
    let counts = p.iter().filter(|w| w.negates()).count();
    let other = |w: &Word| w.is_content() && !matches!(w.tag, Tag::RB | Tag::RBR);
    counts % 2 == 1 && !p.iter().any(other) && !q.iter().any(|w| other(w) || says_no(w))
}

/// Whether the content words of two stretches are of one kind and have nothing to do with each other.
fn substituted(vocabulary: &Vocabulary, p: &[Word], q: &[Word]) -> bool {
    let content = |words: &'_ [Word]| words.iter().filter(|w| w.is_content()).count();
    let (of_p, of_q) = (content(p), content(q));
    if of_p == 0 || of_q == 0 || of_p.max(of_q) > MOST_APART {
        return false;
    }
    let (x, y): (Vec<&Word>, Vec<&Word>) =
        (p.iter().filter(|w| w.is_content()).collect(), q.iter().filter(|w| w.is_content()).collect());
    // What one says with a "not" the other may say with another word.
    if p.iter().any(Word::negates) != q.iter().any(Word::negates) {
        return false;
    }
    let alike = |a: &Word, b: &Word| {
        if a.base == b.base || same_fate(&a.lower, &b.lower) || a.lower.starts_with(&b.lower) || b.lower.starts_with(&a.lower) {
            return true;
        }
        match (vocabulary.find(&a.lower), vocabulary.find(&b.lower)) {
            (Some(s), Some(t)) => vocabulary.likeness(s, t) >= ALIKE || known(vocabulary, s, t),
            _ => false,
        }
    };
    if x.iter().any(|a| y.iter().any(|b| alike(a, b))) {
        return false;
    }
    let (a, b) = (x[x.len() - 1], y[y.len() - 1]);
    if let (Some(m), Some(n)) = (number(a), number(b)) {
        return !agree(m, n);
    }
    if a.is_name() || b.is_name() {
        // One name for another; not a role for a name, nor short for long.
        let initial = |w: &Word| w.lower.chars().next();
        return a.is_name() && b.is_name() && initial(a) != initial(b) && !one_entity(a, b);
    }
    let says = |w: &Word| Language::english().list(Fact::ReportingVerbs).contains(&w.lower);
    if says(a) || says(b) {
        return false;
    }
    let verb = |w: &Word| w.tag.is_verb();
    let noun = |w: &Word| matches!(w.tag, Tag::NN | Tag::NNS);
    let kind = |w: &Word| (verb(w), noun(w), w.is_describing());
    kind(a) == kind(b) && (verb(a) || noun(a) || a.is_describing())
}

/// Whether the tables know both words and that they have to do with each other.
fn known(vocabulary: &Vocabulary, s: u32, t: u32) -> bool {
    vocabulary.is_known(s) && vocabulary.is_known(t) && vocabulary.related(s, t)
}

/// Whether two words tell one fate: "killed", "died".
fn same_fate(a: &str, b: &str) -> bool {
    let list = Language::english().list(Fact::Fates);
    let of = |w: &str| list.get(w).map(|flags| flags.split_whitespace().next_back().unwrap_or(""));
    of(a).zip(of(b)).is_some_and(|(x, y)| x == y && !x.is_empty() && !x.contains('-'))
}

fn number<'a>(w: &Word<'a>) -> Option<&'a Number> {
    w.article.numbers_in(w.span).iter().find(|n| n.span.overlaps(w.span))
}

/// Whether two numbers may be of one count, as they are meant.
fn agree(a: &Number, b: &Number) -> bool {
    let range = |n: &Number| {
        let high = n.high.unwrap_or(n.value);
        let slack = match n.approximation {
            Approximation::Exact => 0.0,
            _ => ROUNDED * n.value.abs(),
        };
        (n.value - slack, high + slack)
    };
    let ((low, high), (from, to)) = (range(a), range(b));
    low <= to && from <= high || (a.value - b.value).abs() <= CLOSE * a.value.abs().max(b.value.abs())
}

/// How far a number may be from what it rounds, and two numbers from each other that say the same.
const ROUNDED: f64 = 0.2;
const CLOSE: f64 = 0.02;

fn one_entity(a: &Word, b: &Word) -> bool {
    let names = |w: &Word| -> Vec<String> {
        let all = w.article.names_in(w.span).iter().filter(|n| n.span.contains(w.span));
        all.filter_map(|n| w.article.entities.get(n.entity)).map(|e| e.name.to_lowercase()).collect()
    };
    let (x, y) = (names(a), names(b));
    x.iter().any(|m| y.iter().any(|n| m == n || m.contains(n.as_str()) || n.contains(m.as_str())))
}

/// The statements of a group that are told like the one that is shown and state something else; none of an article whose
/// statements a conflict of the point is about, for that is told with it.
pub(super) fn others(
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    (best, group): (&Statement, &[(usize, &Statement)]),
    in_conflict: impl Fn(Anchor) -> bool,
) -> Vec<usize> {
    let mut out = Vec::new();
    for (i, u) in group {
        if u.anchor.article != best.anchor.article
            && !in_conflict(u.anchor)
            && are_two(corpus, vocabulary, best, u)
        {
            out.push(*i);
        }
    }
    out
}
