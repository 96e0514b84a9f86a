//! Two statements told in nearly the same words that are two statements all the same: for one word or phrase of the one
//! stands another of the other that does not mean it, or both change places.
//!
//! Likeness counts what two wordings share, and of near twins that is nearly everything: "voted for the quarry", "voted
//! against the quarry". What they do not share decides. Where nothing shows that both mean the same, they are not joined;
//! the one then stands beside the other as what may be nearest to it. This takes nothing from statements that share less:
//! words that differ there are other words for other details.

use crate::aligned::aligned;
use crate::meaning::{Vocabulary, base_form, common};
use crate::polarity::{Sides, are_listed, opposed, paired, sides};
use crate::rounding::{compatible, counts_otherwise};
use crate::statements::Statement;
use rashomon_annotate::{Annotated, Approximation, Corpus, Name, Number, Tag, TimeKind, Token};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::{Anchor, Span};
use rustc_hash::FxHashMap;
use similar::DiffOp;
use std::ops::Range;
use std::sync::LazyLock;

/// Content words of the shorter of two twins that both have, as a share, and of the longer; and how many at least.
const SHARED: f32 = 0.6;
const SHARED_OF_LONGER: f32 = 0.25;
/// The same where two words stand for others, one of them a name, a number or a day: who differs in two is another.
const FRAME: f32 = 0.3;
const LEAST_SHARED: usize = 2;
/// Words of a statement that is held against another at most.
const MOST: usize = 70;
/// Content words that stand for others at most: a longer difference is another way to tell it.
const MOST_APART: usize = 3;
/// Words of either side in the one place where they differ, and words that only say who says it, at most.
const MOST_WORDS: usize = 4;
const MOST_SAYING: usize = 6;
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
static HEARSAY: WordSet = WordSet::english(Fact::Expectations, "hearsay");
/// Verbs of which it is all one who does it to whom: "met", "clashed with".
static RECIPROCAL: WordSet = WordSet::english(Fact::VerbForms, "reciprocal");
static VAGUE: WordSet = WordSet::english(Fact::VagueNouns, "vague");

/// Prepositions, amounts and degrees of which only one can hold, with where they stand.
static COMPLEMENTS: LazyLock<FxHashMap<&str, Sides>> = LazyLock::new(|| paired(Fact::Complements));

/// One word of a statement.
struct Word<'a> {
    lower: String,
    base: String,
    tag: Tag,
    span: Span,
    article: &'a Annotated,
    /// Whether it carries content.
    content: bool,
}

fn is_describing(tag: Tag) -> bool {
    matches!(tag, Tag::JJ | Tag::JJR | Tag::JJS | Tag::RB | Tag::RBR | Tag::RBS)
}

fn is_negator(lower: &str) -> bool {
    NEGATORS.contains(lower) || lower == "n't"
}

/// Grammar, whatever its tag, and words that stand for many.
fn is_light(lower: &str, base: &str) -> bool {
    let language = Language::english();
    language.list(Fact::Auxiliaries).contains(lower)
        || language.list(Fact::FunctionWords).contains(lower)
        || is_negator(lower)
        || VAGUE.contains(base)
}

impl Word<'_> {
    fn is_describing(&self) -> bool {
        is_describing(self.tag)
    }

    fn name(&self) -> Option<&Name> {
        self.article.names_over(self.span).next()
    }

    fn is_name(&self) -> bool {
        self.name().is_some()
    }

    fn negates(&self) -> bool {
        is_negator(&self.lower)
    }

    /// Whether it says of the verb behind it that it is not yet done, or not quite.
    fn keeps_open(&self) -> bool {
        let of = |list: &WordSet| list.contains(&self.lower);
        of(&INTENDS) || of(&FORETELLS) || of(&MODALS) || of(&DIRECTIVES) || of(&WISHES) || of(&SHORT_OF) || of(&HEARSAY)
    }
}

fn read<'a>(article: &'a Annotated, span: Span) -> Vec<Word<'a>> {
    let plain = |t: &&Token| article.text(t.span).contains(char::is_alphanumeric);
    let tokens = article.tokens_in(span).iter().filter(plain).take(MOST + 1);
    let word = |t: &Token| {
        let lower = article.text(t.span).to_lowercase().replace('’', "'");
        let base = base_form(&lower).to_owned();
        let open = t.tag.is_noun() || t.tag.is_verb() || is_describing(t.tag) || t.tag == Tag::CD;
        let content = open && !is_light(&lower, &base);
        Word { base, lower, tag: t.tag, span: t.span, article, content }
    };
    tokens.map(word).collect()
}

/// Two statements, word beside word.
struct Twins<'w> {
    a: &'w [Word<'w>],
    b: &'w [Word<'w>],
    /// Words of both that are the same, and for each stretch between them the words of either.
    same: Vec<(usize, usize)>,
    gaps: Vec<(Range<usize>, Range<usize>)>,
    /// Whether they share nearly everything.
    close: bool,
}

/// What words that stand for others are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Other {
    /// The same, or perhaps the same.
    None,
    /// Another verb, noun or adjective.
    Word,
    /// Another name, number or day.
    Value,
}

impl<'w> Twins<'w> {
    /// The two, if they share enough.
    fn of(a: &'w [Word<'w>], b: &'w [Word<'w>]) -> Option<Self> {
        if a.len() > MOST || b.len() > MOST {
            return None;
        }
        let bases = |words: &'w [Word<'w>]| words.iter().map(|w| w.base.as_str()).collect::<Vec<_>>();
        let content = |words: &[Word]| words.iter().filter(|w| w.content).count();
        let (of_a, of_b) = (content(a), content(b));
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        a.iter().filter(|w| w.content).for_each(|w| *counts.entry(&w.base).or_default() += 1);
        let mut shared = 0;
        for w in b.iter().filter(|w| w.content) {
            if let Some(n) = counts.get_mut(w.base.as_str()).filter(|n| **n > 0) {
                *n -= 1;
                shared += 1;
            }
        }
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let (of_shorter, of_longer) = {
            let (few, many) = (of_a.min(of_b).max(1), of_a.max(of_b).max(1));
            (shared as f32 / few as f32, shared as f32 / many as f32)
        };
        if shared < LEAST_SHARED || of_shorter < FRAME || of_longer < SHARED_OF_LONGER {
            return None;
        }
        let (mut same, mut gaps) = (Vec::new(), Vec::new());
        for op in aligned(&bases(a), &bases(b)) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    same.extend((0..len).map(|n| (old_index + n, new_index + n)));
                }
                other => gaps.push((other.old_range(), other.new_range())),
            }
        }
        Some(Self { a, b, same, gaps, close: of_shorter >= SHARED })
    }

    /// What stands for what, of the stretches that differ; `without` those of which either side overlaps one of these spans.
    fn others(&self, vocabulary: &Vocabulary, without: &[Span; 2]) -> Vec<Other> {
        let outside = |words: &[Word], span: Span| !words.iter().any(|w| w.span.overlaps(span));
        let stretches = self.gaps.iter().map(|(x, y)| (&self.a[x.clone()], &self.b[y.clone()]));
        let counted = stretches.filter(|(p, q)| outside(p, without[0]) && outside(q, without[1]));
        counted
            .flat_map(|(p, q)| {
                // "seven passengers", "three crew members": another number of others.
                let others = |words: &[Word]| words.iter().filter(|w| number(w).is_none() && w.content).count();
                let it = substituted(vocabulary, p, q);
                let twice =
                    it == Other::Value && others(p) > 0 && others(q) > 0 && p.iter().any(|w| number(w).is_some());
                std::iter::once(it).chain(twice.then_some(Other::Word))
            })
            .collect()
    }

    /// Whether they tell of two things: other words stand in two places, of which one tells who, how many or when.
    fn of_two(&self, vocabulary: &Vocabulary) -> bool {
        let others = self.others(vocabulary, &[Span::new(0, 0); 2]);
        others.iter().filter(|it| **it != Other::None).count() > 1 && others.contains(&Other::Value)
    }

    fn differ(&self, vocabulary: &Vocabulary) -> bool {
        self.swapped()
            || self.left_open(true)
            || self.left_open(false)
            || passive(self.a) == passive(self.b) && self.of_two(vocabulary)
            || self.close && self.in_one_place(vocabulary)
    }

    /// Whether all that they do not share stands in one place, is short, and says two things. Where they differ in more, other
    /// words are mostly another way to tell it: of 22 pairs of the marked stories with another verb or noun in such a place
    /// 19 stated one fact.
    fn in_one_place(&self, vocabulary: &Vocabulary) -> bool {
        // Who says it may be told by one side alone.
        let says = |words: &[Word]| {
            words.len() <= MOST_SAYING
                && words.iter().any(|w| Language::english().list(Fact::ReportingVerbs).contains(&w.lower))
        };
        let tells = |words: &[Word]| words.iter().any(|w| w.content || w.negates()) && !says(words);
        let said = |(x, y): &(Range<usize>, Range<usize>)| says(&self.a[x.clone()]) || says(&self.b[y.clone()]);
        let telling = |(x, y): &(Range<usize>, Range<usize>)| tells(&self.a[x.clone()]) || tells(&self.b[y.clone()]);
        let all: Vec<_> = self.gaps.iter().filter(|gap| !said(gap)).collect();
        let some: Vec<_> = all.iter().copied().filter(|gap| telling(gap)).collect();
        let places = if some.is_empty() { all } else { some };
        places.len() <= 1 + usize::from(places.iter().all(|(x, y)| x.len().max(y.len()) == 1))
            && places.iter().any(|(x, y)| {
                let (p, q) = (&self.a[x.clone()], &self.b[y.clone()]);
                // What the other side has elsewhere is only moved.
                let moved =
                    |own: &[Word], all: &[Word]| own.iter().any(|w| w.content && all.iter().any(|o| o.base == w.base));
                p.len().max(q.len()) <= MOST_WORDS
                    && !moved(p, self.b)
                    && !moved(q, self.a)
                    && (opposite(p, q)
                        || substituted(vocabulary, p, q) != Other::None
                        || negated(p, q)
                        || negated(q, p)
                        || self.called_off(x, y))
            })
    }

    /// "called a strike", "called off a strike".
    fn called_off(&self, x: &Range<usize>, y: &Range<usize>) -> bool {
        let (p, q) = (&self.a[x.clone()], &self.b[y.clone()]);
        let off = |words: &[Word]| matches!(words, [w] if w.lower == "off");
        let verb = self.same.iter().any(|(i, j)| i + 1 == x.start && j + 1 == y.start && self.a[*i].tag.is_verb());
        verb && (off(p) && q.is_empty() || off(q) && p.is_empty())
    }

    /// Whether one side leaves open whether a verb came about that the other tells as done, or makes all of it a condition.
    fn left_open(&self, first: bool) -> bool {
        let (words, others) = if first { (self.a, self.b) } else { (self.b, self.a) };
        let turned = |(i, j): (usize, usize)| if first { (i, j) } else { (j, i) };
        let condition =
            |words: &[Word]| words.first().is_some_and(|w| matches!(w.lower.as_str(), "if" | "unless" | "whether"));
        if self.close && self.gaps.len() == 1 && condition(words) && !condition(others) {
            return true;
        }
        // The same verb on both sides, be it a noun by its tag: "considering drilling".
        let stems = |x: &Word, y: &Word| {
            let common = x.lower.bytes().zip(y.lower.bytes()).take_while(|(a, b)| a == b).count();
            common >= STEM && common + 4 >= x.lower.len().max(y.lower.len())
        };
        let ends =
            self.gaps.iter().filter(|(x, y)| !x.is_empty() && !y.is_empty()).map(|(x, y)| (x.end - 1, y.end - 1));
        let ends = ends.filter(|(i, j)| stems(&self.a[*i], &self.b[*j]));
        self.same.iter().copied().chain(ends).map(turned).any(|(i, j)| {
            let (here, there) = (&words[i], &others[j]);
            let told = matches!(there.tag, Tag::VBD | Tag::VBN | Tag::VBZ | Tag::VBP);
            let before = |words: &[Word], at: usize| words[at.saturating_sub(REACH)..at].iter().any(Word::keeps_open);
            let nearest = &words[i.saturating_sub(REACH)..i];
            let nearly =
                |words: &[Word], at: usize| words[at.saturating_sub(2)..at].iter().any(|w| SHORT_OF.contains(&w.lower));
            if nearly(words, i) && !nearly(others, j) && here.tag.is_verb() {
                return true;
            }
            let bare = match here.tag {
                Tag::VB | Tag::VBG | Tag::NN => true,
                // "should have called", "are feared drowned".
                Tag::VBN => {
                    nearest.iter().any(|w| HAVE.contains(&w.lower.as_str()))
                        || nearest.last().is_some_and(|w| HEARSAY.contains(&w.lower))
                }
                _ => false,
            };
            told && bare && (there.tag != here.tag || here.tag == Tag::VBN) && before(words, i) && !before(others, j)
        })
    }

    /// Whether two nouns have changed places around a verb, both sides in one voice, or behind two prepositions: who did it to
    /// whom.
    fn swapped(&self) -> bool {
        if passive(self.a) != passive(self.b) {
            return false;
        }
        let once = |words: &[Word], base: &str| words.iter().filter(|w| w.base == base).count() == 1;
        let at = |words: &[Word], base: &str| words.iter().position(|w| w.base == base);
        let both = |w: &Word| once(self.a, &w.base) && once(self.b, &w.base);
        let owned = |words: &[Word], i: usize| words.get(i + 1).is_some_and(|w| w.tag == Tag::POS);
        let shared = |keep: &dyn Fn(&Word) -> bool| -> Vec<(usize, usize)> {
            let kept = self.a.iter().enumerate().filter(|(_, w)| keep(w) && w.content && both(w));
            kept.filter_map(|(i, w)| Some((i, at(self.b, &w.base)?))).collect()
        };
        let nouns = shared(&|w| w.tag.is_noun());
        let nouns: Vec<_> = nouns.into_iter().filter(|(i, j)| !owned(self.a, *i) && !owned(self.b, *j)).collect();
        let verbs = shared(&|w| w.tag.is_verb() && !RECIPROCAL.contains(&w.base));
        let ties: Vec<_> = nouns.iter().map(|(i, j)| (preposition(self.a, *i), preposition(self.b, *j))).collect();
        let across = verbs.iter().any(|(p, q)| {
            let forth = nouns.iter().any(|(i, j)| i < p && j > q);
            let back = nouns.iter().zip(&ties).any(|((i, j), tie)| i > p && j < q && tie.0.is_none());
            forth && back
        });
        let exchanged = || {
            ties.iter().any(|x| {
                let two = x.0.zip(x.1).filter(|(a, b)| a != b);
                two.is_some_and(|(a, b)| ties.contains(&(Some(b), Some(a))))
            })
        };
        across || self.close && exchanged()
    }
}

/// Words before a verb among which one that leaves it open is looked for.
const REACH: usize = 6;
/// Letters that two forms of one verb begin with.
const STEM: usize = 4;

/// The preposition that a noun stands behind.
fn preposition<'a>(words: &'a [Word], at: usize) -> Option<&'a str> {
    let group = |w: &&Word| w.tag.is_noun() || matches!(w.tag, Tag::DT | Tag::JJ | Tag::PRPS | Tag::CD | Tag::POS);
    let before = words[..at].iter().rev().find(|w| !group(w))?;
    matches!(before.tag, Tag::IN | Tag::TO).then_some(before.lower.as_str())
}

/// Forms of "be" and of "have".
const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "am"];
const HAVE: [&str; 5] = ["have", "has", "had", "having", "'ve"];

/// Whether a statement is told in the passive: "was struck by".
fn passive(words: &[Word]) -> bool {
    words.windows(2).any(|w| BE.contains(&w[0].lower.as_str()) && w[1].tag == Tag::VBN)
        || words.iter().any(|w| w.lower == "by")
}

/// Whether words of two stretches are opposites, or relations of which only one can hold.
fn opposite(p: &[Word], q: &[Word]) -> bool {
    let phrases = |words: &[Word]| -> Vec<String> {
        let two = words.windows(2).map(|w| format!("{}-{}", w[0].lower, w[1].lower));
        words.iter().map(|w| w.lower.clone()).chain(two).collect()
    };
    // "not related", "unrelated".
    if p.iter().any(Word::negates) != q.iter().any(Word::negates) {
        return false;
    }
    let (x, y) = (phrases(p), phrases(q));
    let at = |w: &String| COMPLEMENTS.get(w.as_str());
    if x.iter().filter_map(at).any(|v| y.iter().filter_map(at).any(|w| are_listed(v, w))) {
        return true;
    }
    // "ruled out" is one word.
    let telling = |words: &[Word]| -> Vec<String> {
        let alone = words.iter().filter(|w| w.tag.is_verb() || w.is_describing()).map(|w| w.lower.clone());
        let two = words.windows(2).filter(|w| w[0].tag.is_verb()).map(|w| format!("{}-{}", w[0].base, w[1].lower));
        alone.chain(two).collect()
    };
    let there: Vec<(String, Sides)> = telling(q).into_iter().map(|w| (w.clone(), sides(&w))).collect();
    telling(p).iter().any(|v| {
        let here = sides(v);
        there.iter().any(|(w, of)| opposed((v, &here), (w, of)))
    })
}

/// Whether one stretch negates, and the other holds nothing that might say the same.
fn negated(p: &[Word], q: &[Word]) -> bool {
    // "has already approved" beside "has not yet approved": an adverb of time says nothing of that.
    let says_no =
        |w: &Word| w.negates() || UNABLE.contains(&w.lower) || FAILS.contains(&w.lower) || DENIES.contains(&w.lower);
    let counts = p.iter().filter(|w| w.negates()).count();
    let other = |w: &Word| w.content && !matches!(w.tag, Tag::RB | Tag::RBR);
    counts % 2 == 1 && !p.iter().any(other) && !q.iter().any(|w| other(w) || says_no(w))
}

/// What the content words of one stretch are to those of the other, if they are of one kind and have nothing to do with each
/// other.
fn substituted(vocabulary: &Vocabulary, p: &[Word], q: &[Word]) -> Other {
    let content = |words: &'_ [Word]| words.iter().filter(|w| w.content).count();
    let (of_p, of_q) = (content(p), content(q));
    if of_p == 0 || of_q == 0 || of_p.max(of_q) > MOST_APART {
        return Other::None;
    }
    // What one says with a "not" the other may say with another word.
    if p.iter().any(Word::negates) != q.iter().any(Word::negates) {
        return Other::None;
    }
    let (x, y): (Vec<&Word>, Vec<&Word>) =
        (p.iter().filter(|w| w.content).collect(), q.iter().filter(|w| w.content).collect());
    if let (Some(m), Some(n)) = (x.iter().find_map(|w| number(w)), y.iter().find_map(|w| number(w))) {
        return if agree(m, n) { Other::None } else { Other::Value };
    }
    if let (Some(m), Some(n)) = (x.iter().find_map(|w| day(w)), y.iter().find_map(|w| day(w))) {
        return if m == n { Other::None } else { Other::Value };
    }
    let alike = |a: &Word, b: &Word| {
        if a.base == b.base
            || same_fate(&a.lower, &b.lower)
            || a.lower.starts_with(&b.lower)
            || b.lower.starts_with(&a.lower)
        {
            return true;
        }
        match (vocabulary.find(&a.lower), vocabulary.find(&b.lower)) {
            (Some(s), Some(t)) => vocabulary.likeness(s, t) >= ALIKE || known(vocabulary, s, t),
            _ => false,
        }
    };
    if x.iter().any(|a| y.iter().any(|b| alike(a, b))) {
        return Other::None;
    }
    let (a, b) = (x[x.len() - 1], y[y.len() - 1]);
    // A score, a size of clothes: figures that are no number.
    let figures = |w: &Word| w.lower.contains(|c: char| c.is_ascii_digit());
    if figures(a) && figures(b) {
        return Other::Value;
    }
    if a.is_name() || b.is_name() {
        // One name for another; not a role for a name, nor short for long.
        let initial = |w: &Word| w.lower.chars().next();
        let proper = |w: &Word| w.is_name() || matches!(w.tag, Tag::NNP | Tag::NNPS);
        let other = proper(a) && proper(b) && initial(a) != initial(b) && !one_entity(a, b);
        return if other { Other::Value } else { Other::None };
    }
    let says = |w: &Word| Language::english().list(Fact::ReportingVerbs).contains(&w.lower);
    if says(a) || says(b) {
        return Other::None;
    }
    let noun = |w: &Word| matches!(w.tag, Tag::NN | Tag::NNS);
    let kind = |w: &Word| (w.tag.is_verb(), noun(w), w.is_describing());
    let telling = kind(a) != (false, false, false);
    if kind(a) == kind(b) && telling { Other::Word } else { Other::None }
}

/// The day, month or year that a word names, as far as its article tells it.
fn day(w: &Word) -> Option<String> {
    let found = w.article.times_over(w.span).next();
    found.filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)).map(|t| t.value.clone())
}

/// Whether two sentences that differ in the words at `spans` differ in another name, number or day as well, and so tell of two
/// things: three pupils of one school, nine of another.
pub(crate) fn of_others(vocabulary: &Vocabulary, sides: [(&Annotated, Span); 2], spans: [Span; 2]) -> bool {
    let [a, b] = sides.map(|(article, sentence)| read(article, sentence));
    Twins::of(&a, &b).is_some_and(|it| it.others(vocabulary, &spans).contains(&Other::Value))
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
    w.article.numbers_over(w.span).next()
}

/// Whether two numbers may be of one count. In words that are nearly the same a round number is no other report's exact one:
/// "evacuated 300 guests", "evacuated 280 guests".
fn agree(a: &Number, b: &Number) -> bool {
    if [a, b].iter().any(|n| n.approximation != Approximation::Exact || n.high.is_some()) {
        return compatible(a, b);
    }
    (a.value - b.value).abs() <= CLOSE * a.value.abs().max(b.value.abs())
}

/// Share of the greater by which two numbers may differ that say the same.
const CLOSE: f64 = 0.02;

fn one_entity(a: &Word, b: &Word) -> bool {
    let entity = |w: &Word| Some(w.article.entities.get(w.name()?.entity)?.name.to_lowercase());
    entity(a).zip(entity(b)).is_some_and(|(x, y)| x.contains(&y) || y.contains(&x))
}

/// The statements of a group that are told like the one that is shown and state something else; none of an article whose
/// statements a conflict of the point is about, for that is told with it.
pub(crate) fn others(
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    (best, wording, group): (&Statement, Anchor, &[(usize, &Statement)]),
    in_conflict: impl Fn(Anchor) -> bool,
) -> Vec<usize> {
    let mut out = Vec::new();
    // What is shown is read once, and of a wording that many print, one.
    let mut shown: Option<Vec<Word>> = None;
    let mut known: FxHashMap<&str, bool> = FxHashMap::default();
    let counted: Vec<&Number> = corpus.get(wording.article).numbers_in(wording.span).iter().collect();
    for (i, u) in group {
        if u.anchor.article == best.anchor.article || in_conflict(u.anchor) {
            continue;
        }
        let it = corpus.get(u.anchor.article);
        // "17 people were killed", "killed 23 people": what a point is shown to say is then not what that sentence says.
        if counts_otherwise(counted.iter().copied(), it.numbers_in(it.sentences[u.sentence].span), compatible) {
            out.push(*i);
            continue;
        }
        if !may_be_twins(&best.words, &u.words) {
            continue;
        }
        let text = corpus.text(u.anchor);
        let differs = *known.entry(text).or_insert_with(|| {
            let of = |u: &Statement| read(corpus.get(u.anchor.article), u.anchor.span);
            let shown = shown.get_or_insert_with(|| of(best));
            text != corpus.text(best.anchor) && Twins::of(shown, &of(u)).is_some_and(|it| it.differ(vocabulary))
        });
        if differs {
            out.push(*i);
        }
    }
    out
}

/// Whether two statements have enough words in common, of all they have, to be looked at; both are in order.
fn may_be_twins(a: &[u32], b: &[u32]) -> bool {
    10 * common(a, b) >= 3 * a.len().min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    fn two(a: &str, b: &str) -> bool {
        let [x, y] = [a, b].map(|text| annotate(Article { text: text.to_owned(), ..Article::default() }).output);
        let mut vocabulary = Vocabulary::default();
        let whole = |it: &Annotated| Span::new(0, it.article.text.len());
        // The words of both are entered, as those of a story are.
        for it in [&x, &y] {
            vocabulary.gist(it, whole(it));
        }
        let (p, q) = (read(&x, whole(&x)), read(&y, whole(&y)));
        Twins::of(&p, &q).is_some_and(|it| it.differ(&vocabulary))
    }

    #[test]
    fn one_word_may_make_two_statements() {
        for (a, b) in [
            ("Councillor Ines Okar voted for the quarry.", "Councillor Ines Okar voted against the quarry."),
            ("The alarm rang before the cable snapped.", "The alarm rang after the cable snapped."),
            ("Mara Felt survived the fall from the crane.", "Mara Felt was killed in the fall from the crane."),
            ("The union called a strike for Friday.", "The union called off a strike for Friday."),
            ("Police believe the gunman acted alone.", "Police do not believe the gunman acted alone."),
            ("The council has already approved the plant.", "The council has not yet approved the plant."),
            ("Brandt defeated Sabel in the runoff.", "Sabel defeated Brandt in the runoff."),
            (
                "The jury sided with the clinic against the patient.",
                "The jury sided with the patient against the clinic.",
            ),
            ("The firm evacuated 300 guests.", "The firm evacuated 280 guests."),
            ("The zoo should have called a vet.", "The zoo called a vet."),
            ("The agency asked the army to open the crossing.", "The army opened the crossing."),
            ("In 2023 the rangers counted 14 wolves.", "In 2025 the rangers counted 31 wolves."),
            ("The bomb exploded inside the shrine, a guard said.", "The bomb exploded outside the shrine."),
            ("The fire is under control.", "The fire is out of control, commander Teo Salas said."),
            ("Ivo Dall scored in the 12th minute.", "Ben Moss scored in the 70th minute."),
            ("Wayne Trask, 41, was arrested on Sunday.", "Leah Trask, 38, was arrested on Monday."),
            ("Seven passengers were injured in the crash.", "Three crew members were injured in the crash."),
            ("The ferry almost struck the pier.", "The ferry struck the pier."),
            ("Parents called for the principal to resign.", "The principal resigned, parents said."),
            ("Lowe Motors will lay off 900 workers in Arden.", "Pike Motors will lay off 400 workers in Arden."),
        ] {
            assert!(two(a, b), "{a} {b}");
            assert!(two(b, a), "{b} {a}");
        }
    }

    #[test]
    fn other_words_for_one_thing_make_one() {
        for (a, b) in [
            ("Two miners were killed in the blast.", "Two miners died in the blast."),
            ("Brandt defeated Sabel in the runoff.", "Sabel was defeated by Brandt in the runoff."),
            ("In Oslo the ministers signed the treaty.", "The ministers signed the treaty in Oslo."),
            ("More than 30 guests fell ill at the hotel.", "34 guests fell ill at the hotel."),
            ("The mayor said the dam would hold.", "The dam would hold, the mayor told reporters."),
            (
                "Her decision to leave was unrelated to the audit.",
                "Her decision to leave was not related to the audit.",
            ),
            ("The prince met the chancellor in Bonn.", "The chancellor met the prince in Bonn."),
        ] {
            assert!(!two(a, b), "{a} {b}");
            assert!(!two(b, a), "{b} {a}");
        }
    }

    #[test]
    fn who_differs_in_two_values_is_another() {
        let sentence = |text: &str| annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let (x, y) = (
            sentence("Nine pupils at Hillcrest School have been infected."),
            sentence("Four pupils at Oakdale School have been infected."),
        );
        let mut vocabulary = Vocabulary::default();
        let spans = [&x, &y].map(|it| Span::new(0, it.article.text.len()));
        for (it, span) in [(&x, spans[0]), (&y, spans[1])] {
            vocabulary.gist(it, span);
        }
        assert!(of_others(&vocabulary, [(&x, spans[0]), (&y, spans[1])], [Span::new(0, 11), Span::new(0, 11)]));
        let y = sentence("Four pupils at Hillcrest School have been infected.");
        let span = Span::new(0, y.article.text.len());
        assert!(!of_others(&vocabulary, [(&x, spans[0]), (&y, span)], [Span::new(0, 11), Span::new(0, 11)]));
    }

    #[test]
    fn who_counts_the_same_and_comes_to_another_number_states_something_else() {
        for (shown, there, otherwise) in [
            ("The fires killed 17 people.", "The fires have killed 23 people.", true),
            ("The storm damaged 40 houses.", "The storm damaged 70 houses and a school.", true),
            ("The fires killed 17 people.", "The fires have killed at least 15 people.", false),
            ("The fires killed 17 people.", "Of 40 people who were hurt in the fires 17 people died.", false),
            ("The fires killed 17 people.", "The fires burned 23 houses.", false),
            ("The fires killed many.", "The fires have killed 23 people.", false),
        ] {
            let [a, b] =
                [shown, there].map(|text| annotate(Article { text: text.to_owned(), ..Article::default() }).output);
            assert_eq!(counts_otherwise(&a.numbers, &b.numbers, compatible), otherwise, "{shown} {there}");
        }
    }
}
