//! Do two wordings say a thing and its opposite? And does a speaker say what stands after his cue, or deny it?
//!
//! A word of negation that one wording leaves out turns the other round only where it acts on words that both keep: "We
//! will *not* leave" and "We will leave" are opposites, while "We will not leave, and the boats stay" may be cut to "the
//! boats stay". What a word acts on is told from the words between it and the next kept one: a mark, a conjunction or a
//! verb that takes its complement for granted ("did not know that …") ends its reach.

use crate::meaning::base_form;
use crate::words::{Word, straight, words};
use rashomon_annotate::{Annotated, NameKind, Quote, QuoteKind, Sentence, Tag};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

static AUXILIARIES: WordSet = WordSet::english(Fact::Auxiliaries, "negated");

/// What leaving words out does to the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The rest keeps its sense.
    Same,
    /// The rest loses its negation.
    Negated,
    /// The rest is what the words left out deny: "It is a lie that …".
    Denied,
    /// The words left out leave the rest open: "I cannot confirm that …".
    Open,
}

/// How a speaker stands to the words of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// He says them.
    Says,
    /// He says that they are not so.
    Denies,
    /// He neither says nor denies them: "did not say that", "refused to confirm that".
    Open,
}

impl Stance {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Says => "says",
            Self::Denies => "denies",
            Self::Open => "open",
        }
    }
}

/// The word lists of polarity.
struct Lists {
    by_kind: FxHashMap<&'static str, FxHashSet<&'static str>>,
    /// For each word of the list of opposites the sides it stands on.
    sides: FxHashMap<&'static str, Sides>,
    /// The same words by how they begin.
    by_start: FxHashMap<&'static str, Vec<&'static str>>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let polarity = Language::english().list(Fact::Polarity);
        let mut by_kind: FxHashMap<&'static str, FxHashSet<&'static str>> = FxHashMap::default();
        for (word, kinds) in polarity.rows() {
            kinds.split_whitespace().for_each(|kind| _ = by_kind.entry(kind).or_default().insert(word));
        }
        let sides = paired(Fact::Opposites);
        let mut by_start: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
        sides.keys().for_each(|word| by_start.entry(word.get(..START).unwrap_or(word)).or_default().push(word));
        Lists { by_kind, sides, by_start }
    })
}

fn is(kind: &str, form: &str) -> bool {
    lists().by_kind.get(kind).is_some_and(|l| l.contains(form))
}

/// The words of a list of two groups a line, with where they stand: on which side of which line.
pub(crate) fn paired(fact: Fact) -> FxHashMap<&'static str, Sides> {
    let mut sides: FxHashMap<&'static str, Sides> = FxHashMap::default();
    let pairs = Language::english().list(fact).entries().filter_map(|l| l.split_once('|'));
    for (pair, (a, b)) in pairs.enumerate() {
        let both = a.split_whitespace().map(|w| (w, true)).chain(b.split_whitespace().map(|w| (w, false)));
        both.for_each(|(word, left)| sides.entry(word).or_default().push((pair, left)));
    }
    sides
}

/// The sides that a word stands on: numbers of pairs of opposites, and whether it is on the left.
pub(crate) type Sides = Vec<(usize, bool)>;

/// Where a word, in any form, stands in the list of opposites; most stand nowhere.
pub(crate) fn sides(word: &str) -> Sides {
    let lists = lists();
    let mut out = lists.sides.get(base_form(word)).cloned().unwrap_or_default();
    let Some(start) = word.get(..START) else { return out };
    for base in lists.by_start.get(start).into_iter().flatten().filter(|base| inflects(word, base)) {
        out.extend(&lists.sides[base]);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether two words, with where they stand, are opposites: of the list, or one with a prefix of negation ("safe",
/// "unsafe").
pub(crate) fn opposed(a: (&str, &Sides), b: (&str, &Sides)) -> bool {
    let prefixed = |x: &str, y: &str| {
        let more = x.len().saturating_sub(y.len());
        y.len() >= 4
            && (more == 2 || more == 3)
            && x.strip_suffix(y).is_some_and(|p| NEGATING.contains(&p))
            && !is("whole", y)
    };
    are_listed(a.1, b.1) || prefixed(a.0, b.0) || prefixed(b.0, a.0)
}

/// Whether two words are opposites by the list, and not by how they are made.
pub(crate) fn are_listed(a: &Sides, b: &Sides) -> bool {
    a.iter().any(|(pair, left)| b.contains(&(*pair, !left)))
}

/// Prefixes that turn a word into its opposite.
const NEGATING: [&str; 7] = ["un", "in", "im", "il", "ir", "non", "dis"];

/// Whether a word begins with one of them.
pub(crate) fn is_prefixed(word: &str) -> bool {
    NEGATING.iter().any(|p| word.starts_with(p))
}

/// Whether `form` is `base` or a regular inflection of it.
fn inflects(form: &str, base: &str) -> bool {
    if form == base {
        return true;
    }
    let Some(ending) = form.strip_prefix(base.strip_suffix('e').unwrap_or(base)) else { return false };
    let doubled = base.chars().next_back().and_then(|last| ending.strip_prefix(last)).unwrap_or("");
    base.len() >= 3 && (matches!(ending, "s" | "es" | "ed" | "ing" | "d") || matches!(doubled, "ed" | "ing"))
}

/// Bytes that a word has in common with all its regular inflections: a base of two letters has none.
const START: usize = 2;

/// Whether the word at `k` negates: "not", but not that of "not only" or "no doubt".
fn negates(words: &[Word], k: usize) -> bool {
    let form = |i: usize| words.get(i).map_or("", |w| w.form.as_str());
    let (here, next) = (form(k), form(k + 1));
    let before = if k == 0 { "" } else { form(k - 1) };
    match here {
        "not" => {
            !matches!(next, "only" | "just" | "merely" | "simply" | "least")
                && !matches!(before, "or" | "why" | "if" | "whether")
        }
        "no" => {
            // An answer: "No, we will go."
            words[k].mark.is_none()
                && !matches!(next, "doubt" | "less" | "fewer" | "later" | "sooner" | "more" | "matter")
        }
        "without" => !matches!(next, "doubt" | "question"),
        "nothing" => next != "but",
        // "little evidence", "few signs"; "a little hope" is some.
        "little" | "few" => before != "a" && is("scarce", next.trim_end_matches('s')),
        "far" => next == "from",
        // "warn people rather than close the beach".
        "rather" => next == "than",
        "instead" => next == "of",
        // "almost killed": it did not.
        _ if is("short-of", here) => is_past(next),
        // "We refuse to leave".
        _ if next == "to" && is("withhold", here) => true,
        _ => is("not", here),
    }
}

/// Whether a clause ends between the words `i` and `i + 1`.
fn boundary(words: &[Word], i: usize) -> bool {
    static CONJUNCTIONS: WordSet = WordSet::english(Fact::Connectives, "scope");
    words[i].mark.is_some() || words.get(i + 1).is_some_and(|w| CONJUNCTIONS.contains(w.form.as_str()))
}

/// Whether what the word at `k` does reaches the word at `to`, behind it.
fn reaches(words: &[Word], k: usize, to: usize) -> bool {
    let mut i = k;
    // "did not, I repeat, leave": what stands between two commas is stepped over.
    if words[k].mark == Some(',') && matches!(words[k].form.as_str(), "not" | "never" | "deny" | "denied") {
        match (k + 1..to).find(|j| words[*j].mark == Some(',')) {
            Some(j) => i = j + 1,
            None => return false,
        }
    }
    // A comma and what it closes off: "is not, he said, permitted" ends here at the kept word.
    let factive = (k + 1..to).any(|j| is("factive", &words[j].form));
    !factive && (i..to).all(|j| j == i && i > k || !boundary(words, j))
}

/// What is lost when the words `gap` are left out of `words` and those around them are kept.
pub(crate) fn left_out(words: &[Word], gap: &Range<usize>) -> Turn {
    if gap.is_empty() {
        return Turn::Same;
    }
    // "no [deal, no promise and no] plan": which of two equal words is kept is all one.
    let rotated = gap.start > 0 && words[gap.start - 1].form == words[gap.end - 1].form && negates(words, gap.end - 1);
    let gap = &if rotated { gap.start - 1..gap.end - 1 } else { gap.clone() };
    let doubled = words.get(gap.end).is_some_and(|kept| kept.form == words[gap.start].form);
    let behind = (gap.end < words.len()).then_some(gap.end);
    let before = gap.start.checked_sub(1);
    let acts = |k: usize| {
        let on_what_follows = behind.is_some_and(|r| reaches(words, k, r));
        // "is … permitted": an auxiliary that is kept, its "not" left out.
        let on_auxiliary = behind.is_some()
            && before.is_some_and(|p| is_auxiliary(&words[p].form) && (p..k).all(|i| !boundary(words, i)));
        on_what_follows || on_auxiliary
    };
    let kept_too = |k: usize| doubled && k == gap.start;
    let negators = gap.clone().filter(|k| negates(words, *k) && acts(*k) && !kept_too(*k)).count();
    let denials = gap
        .clone()
        .filter(|k| {
            let form = words[*k].form.as_str();
            let rest = || k + 1..gap.end;
            let takes = || rest().any(|i| words[i].form == "that" || is("charge", &words[i].form));
            let untrue =
                || is("untrue", form) && rest().take(4).any(|i| matches!(words[i].form.as_str(), "that" | "to"));
            (is("deny", form) || is("reject", form) && takes() || untrue()) && acts(*k)
        })
        .count();
    let settles = |k: usize| {
        let open = |i: usize| is("settle", &words[i].form);
        (negates(words, k) || is("withhold", &words[k].form)) && acts(k) && (k + 1..gap.end).any(open)
    };
    if gap.clone().any(settles) {
        return Turn::Open;
    }
    match (negators % 2, denials % 2) {
        (0, 0) => Turn::Same,
        (1, 1) => Turn::Open,
        (_, 1) => Turn::Denied,
        _ => Turn::Negated,
    }
}

/// Whether `words` say of what they hold at `kept` that it is not so: "[Reports that] … [are false]".
pub(crate) fn called_untrue(words: &[Word], kept: &Range<usize>) -> bool {
    // "Reports that …", "Anyone who says …".
    let charged = words[..kept.start].iter().rev().take(8).any(|w| is("charge", &w.form)) || passed_on(words, kept);
    let mut verdict = words[kept.end..].iter().enumerate().take(7);
    let at = verdict.find(|(_, w)| is("untrue", &w.form) || is("deny", &w.form) || is("reject", &w.form));
    let negated = |n: usize| words[kept.end..kept.end + n].iter().any(|w| w.form == "not" || w.form == "never");
    charged && at.is_some_and(|(n, _)| !negated(n) && (0..n).all(|i| !boundary(words, kept.end + i)))
}

/// What replacing the words `of_a` of `a` by `of_b` of `b` does: whether one of them negates or is the opposite.
pub(crate) fn replaced(a: &[Word], of_a: &Range<usize>, b: &[Word], of_b: &Range<usize>) -> Turn {
    let (x, y) = (left_out(a, of_a), left_out(b, of_b));
    let (p, q) = (&a[of_a.clone()], &b[of_b.clone()]);
    let no = |ws: &[Word]| ws.iter().any(|w| is("unable", &w.form));
    if (x == Turn::Same) != (y == Turn::Same) {
        // "is not permitted", "is forbidden".
        let turned = if x == Turn::Same { y } else { x };
        return if no(if x == Turn::Same { p } else { q }) { Turn::Same } else { turned };
    }
    let opposites = x == Turn::Same && {
        let stand: Vec<Sides> = q.iter().map(|w| sides(&w.form)).collect();
        p.iter().any(|v| {
            let here = sides(&v.form);
            q.iter().zip(&stand).any(|(w, there)| opposed((&v.form, &here), (&w.form, there)))
        })
    };
    if opposites { Turn::Negated } else { Turn::Same }
}

/// Whether a form tells that something took place: "killed", "took".
fn is_past(form: &str) -> bool {
    form.ends_with("ed") || base_form(form) != form && !form.ends_with('s') && !form.ends_with("ing")
}

/// Whether the words before `kept` pass on what others say: "[Some people claim] …", "[You said,] ‘…’". The kept words are
/// theirs, and not the speaker's.
pub(crate) fn passed_on(words: &[Word], kept: &Range<usize>) -> bool {
    let before = &words[..kept.start];
    let that = before.last().is_some_and(|w| w.form == "that");
    let before = &before[..before.len() - usize::from(that)];
    let Some((verb, subject)) = before.split_last() else { return false };
    let near = || subject.iter().rev().take(SUBJECT).take_while(|w| w.mark.is_none());
    let own = || near().any(|w| matches!(w.form.as_str(), "i" | "we" | "let" | "to" | "not"));
    let says = Language::english().list(Fact::ReportingVerbs).contains(&verb.form);
    (says || is("charge", &verb.form)) && near().any(|w| is("others", &w.form)) && !own()
}

/// Whether one of the words inside `span` leaves open what is said: "could", "perhaps".
pub(crate) fn hedges(words: &[Word], span: Span) -> bool {
    words.iter().any(|w| span.contains(w.span) && is("may", &w.form))
}

/// Words before a verb of saying among which its subject stands.
const SUBJECT: usize = 4;

fn is_auxiliary(form: &str) -> bool {
    AUXILIARIES.contains(form)
}

/// How the speaker of a quotation stands to its words, by what stands between the beginning of its sentence and them.
///
/// Whole sentences between marks are the speaker's own, whatever the reporter's cue: "‘We never left,’ he denied".
#[must_use]
pub fn stance(article: &Annotated, quote: &Quote) -> Stance {
    let Some(cue) = quote.cue_span else { return Stance::Says };
    let Some(sentence) = article.sentence_at(cue.start()).map(|s| article.sentences[s].span) else {
        return Stance::Says;
    };
    if cue.start() < quote.span.start() && denied_before(article, sentence, cue) {
        return Stance::Denies;
    }
    if matches!(quote.kind, QuoteKind::Direct | QuoteKind::Headline) {
        return Stance::Says;
    }
    // "Asked if he had lied", "unclear whether he knew": nobody states what is only asked.
    let first = article.tokens_in(quote.span).first().map(|t| article.text(t.span).to_lowercase());
    let asking = || ASKING.contains(article.text(cue).to_lowercase().as_str());
    if first.is_some_and(|it| it == "whether" || it == "if" && asking()) {
        return Stance::Open;
    }
    if quote.span.start() < cue.start() {
        return if denies_at(article, Span::new(cue.start(), sentence.end().min(cue.end()))) {
            Stance::Denies
        } else {
            Stance::Says
        };
    }
    frame(article, sentence, cue, quote.span.start())
}

/// Forms of the verbs that ask.
static ASKING: WordSet = WordSet::english(Fact::ReportingVerbs, "asking");
/// Forms of the verbs by which somebody takes back what he said: "retracted her claim that".
static RETRACTING: WordSet = WordSet::english(Fact::Polarity, "retracting");

/// Words before a cue among which its subject begins.
const NOBODY: usize = 8;
/// Words by which there is none of a thing, or hardly any.
static NONE: WordSet = WordSet::english(Fact::Polarity, "none-of");

fn denies_at(article: &Annotated, span: Span) -> bool {
    article.tokens_in(span).iter().any(|t| {
        let form = article.text(t.span).to_lowercase();
        is("deny", &form) || is("reject", &form)
    })
}

/// Whether somebody denies that he says it: "denied saying", "denied that he had called her".
fn denied_before(article: &Annotated, sentence: Span, cue: Span) -> bool {
    let tokens = article.tokens_in(Span::new(sentence.start(), cue.start()));
    let forms = |t: &rashomon_annotate::Token| article.text(t.span).to_lowercase();
    let group =
        |t: &&rashomon_annotate::Token| matches!(t.tag, Tag::VBD | Tag::VBP | Tag::RB) && !is("deny", &forms(t));
    let mut rest = tokens.iter().rev().skip_while(group).peekable();
    let pronoun = |t: &&rashomon_annotate::Token| t.tag == Tag::PRP;
    if rest.next_if(|t| pronoun(t)).is_some() {
        rest.next_if(|t| forms(t) == "that");
    }
    let denies = rest.next().is_some_and(|t| is("deny", &forms(t)) && t.tag.is_verb());
    denies && !rest.next().is_some_and(|t| matches!(straight(article.text(t.span)).as_ref(), "not" | "n't" | "never"))
}

/// How the words from the cue to the content at `to` make it stand, with the verb group before the cue: "has not said",
/// "would never say", "refused to confirm". What stands between cue and content is the content's own.
fn frame(article: &Annotated, sentence: Span, cue: Span, to: usize) -> Stance {
    if cue.start() > to {
        return Stance::Says;
    }
    let tokens = article.tokens_in(Span::new(sentence.start(), to));
    let forms: Vec<String> = tokens.iter().map(|t| straight(article.text(t.span)).into_owned()).collect();
    let at = tokens.partition_point(|t| t.span.end() <= cue.start());
    let end = tokens.partition_point(|t| t.span.start() < cue.end());
    let noun = tokens.get(at).is_some_and(|t| t.tag.is_noun());
    if noun && (0..at).rev().take(4).any(|i| RETRACTING.contains(forms[i].as_str())) {
        return Stance::Open;
    }
    let group = (0..at).rev().take(5).take_while(|i| {
        let tag = tokens[*i].tag;
        matches!(tag, Tag::MD | Tag::VBZ | Tag::VBP | Tag::VBD | Tag::VB | Tag::VBN | Tag::VBG | Tag::RB | Tag::TO)
    });
    let first = group.last().unwrap_or(at);
    let negated = |i: usize| matches!(forms[i].as_str(), "not" | "never" | "n't" | "nor" | "neither" | "cannot");
    let negations = (first..end).filter(|i| negated(*i)).count();
    // "Neither the mayor nor the firm said": nobody did.
    let subject = forms[..first].iter().rev().take(NOBODY).take_while(|f| *f != "," && *f != ";");
    if { subject }.any(|f| matches!(f.as_str(), "neither" | "nobody" | "none")) {
        return Stance::Open;
    }
    // "found no evidence that".
    let scarce = |i: usize| {
        is("scarce", forms[i].trim_end_matches('s'))
            && (i.saturating_sub(2)..i).any(|k| NONE.contains(forms[k].as_str()))
    };
    // A claim for which there is none is found before it: "found little to support the claim that".
    if (if noun { 0 } else { end }..forms.len()).any(scarce) {
        return Stance::Open;
    }
    // "stopped short of saying".
    let short = at > 1 && forms[at - 1] == "of" && forms[at - 2] == "short";
    let withheld = short || (first..end).any(|i| is("withhold", &forms[i]));
    let takes = |i: usize| {
        i + 1 >= forms.len() || forms[i + 1..].iter().any(|f| f == "that" || is("charge", f)) || i + 2 >= forms.len()
    };
    let denials = (first..end).filter(|i| is("deny", &forms[*i]) || is("reject", &forms[*i]) && takes(*i)).count();
    match (denials, negations, withheld) {
        (0, 0, false) => Stance::Says,
        (1.., 0, false) => Stance::Denies,
        _ => Stance::Open,
    }
}

/// Whether the words of a sentence before a stretch hold a word of negation or denial.
pub(crate) fn negated_before(article: &Annotated, span: Span) -> bool {
    let Some(at) = article.sentence_at(span.start()) else { return false };
    let sentence = article.sentences[at].span;
    if sentence.start() >= span.start() {
        return false;
    }
    article.tokens_in(Span::new(sentence.start(), span.start())).iter().any(|t| {
        let form = article.text(t.span).to_lowercase().replace('’', "'");
        form == "n't" || ["not", "deny", "reject", "withhold"].iter().any(|kind| is(kind, &form))
    })
}

/// What the rest of a sentence does to a clause in it: whether it negates or denies the clause, or leaves it open. Shown
/// alone, such a clause would say the opposite.
pub(crate) fn turn_of(article: &Annotated, sentence: Span, clause: Span) -> Turn {
    let words = words(article.text(sentence), sentence.start());
    let from = words.partition_point(|w| w.span.start() < clause.start());
    let to = words.partition_point(|w| w.span.start() < clause.end());
    match left_out(&words[..to], &(0..from)) {
        Turn::Same if called_untrue(&words, &(from..to)) => Turn::Denied,
        turn => turn,
    }
}

/// Whether the words before a clause only suppose or ask for what it says, or call it untrue: "might suggest [that …]", "must
/// determine [that …]", "falsely claimed [that …]".
pub(crate) fn supposed_before(article: &Annotated, sentence: Span, clause: Span) -> bool {
    if clause.start() <= sentence.start() {
        return false;
    }
    let tokens = article.tokens_in(Span::new(sentence.start(), clause.start()));
    let near = tokens.iter().rev().filter(|t| t.tag.is_verb() || matches!(t.tag, Tag::MD | Tag::RB)).take(4);
    let behind = tokens.iter().rev().take(SUPPOSING).map(|t| t.span.start()).min().unwrap_or_default();
    // "Lund suggested [the crews stay]" says what she wants, not what they do.
    let governs = tokens.iter().rev().take(2).find(|t| t.tag.is_verb());
    governs.is_some_and(|t| is("directive", &article.text(t.span).to_lowercase()))
        || near.filter(|t| t.span.start() >= behind).any(|t| {
            let form = article.text(t.span).to_lowercase();
            let modal = matches!(form.as_str(), "might" | "may" | "could" | "would" | "must" | "should");
            modal && t.tag == Tag::MD || is("falsely", &form)
        })
}

/// Tokens before a clause in which words that suppose it stand. Chosen by hand, for "might also suggest to them that".
const SUPPOSING: usize = 6;

/// Whether a sentence without a verb takes back what the one before it says: "Until now.", "Not any more."
pub(crate) fn takes_back(article: &Annotated, sentence: &Sentence, next: &Sentence) -> bool {
    let tokens = article.tokens_of(next);
    !sentence.heading
        && !next.heading
        && (1..=MOST_TAKING_BACK).contains(&tokens.len())
        && next.paragraph <= sentence.paragraph + 1
        && !tokens.iter().any(|t| t.tag.is_verb() || t.tag == Tag::MD)
        && is("but-not", &article.text(tokens[0].span).to_lowercase())
}

/// Tokens of a sentence that takes back the one before it, at most. Chosen by hand, seen in twenty stories read by fresh eyes.
const MOST_TAKING_BACK: usize = 6;

/// Whether a statement tells that something is left open: "declined to say whether", "did not know whether", "asked if". What
/// is behind is stated by nobody.
pub(crate) fn is_open(article: &Annotated, span: Span) -> bool {
    let text = article.text(span);
    // Nearly all statements have neither word.
    let may = |w: &str| w.eq_ignore_ascii_case("if") || w.eq_ignore_ascii_case("whether");
    if text.is_ascii() && !text.split(|c: char| !c.is_ascii_alphabetic()).any(may) {
        return false;
    }
    let words = words(article.text(span), span.start());
    let form = |i: usize| words[i].form.as_str();
    (0..words.len()).filter(|k| matches!(form(*k), "whether" | "if")).any(|k| {
        (k.saturating_sub(4)..k)
            .any(|i| is("withhold", form(i)) || ASKING.contains(form(i)) || form(k) == "whether" && negates(&words, i))
    })
}

/// Whether a statement tells that somebody denies something: a denial, which is another statement than what it denies.
pub(crate) fn is_denial(article: &Annotated, span: Span) -> bool {
    let words = words(article.text(span), span.start());
    let form = |i: usize| words[i].form.as_str();
    let charge = |i: usize| is("charge", form(i));
    (0..words.len()).any(|k| {
        let negated = (k.saturating_sub(3)..k).any(|i| negates(&words, i));
        let rest = || k + 1..words.len().min(k + 8);
        let takes = || rest().any(|i| form(i) == "that" || charge(i)) || (0..k).any(charge);
        let untrue = || rest().take(3).any(|i| form(i) == "that") || (0..k).any(charge);
        !negated && (is("deny", form(k)) || is("reject", form(k)) && takes() || is("untrue", form(k)) && untrue())
    })
}

/// Whether a statement is a question: nobody states what it asks.
pub(crate) fn is_question(article: &Annotated, span: Span) -> bool {
    let text = article.article.text.as_str();
    let mark = |it: &str| it.trim_end_matches(['"', '”', '’', '\'']).ends_with('?');
    mark(&text[..span.end()]) || text[span.end()..].starts_with('?')
}

/// Who denies something: the last word before the verb that can be, if it is no pronoun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denier {
    /// One who is named, by the words of the name in lower case.
    Named { words: Vec<String>, person: bool },
    /// One who is called by a noun, and whether it means a person.
    Called { person: bool },
}

impl Denier {
    /// Who denies in a statement, if it is a denial and tells that in words of its own.
    pub(crate) fn of(article: &Annotated, span: Span) -> Option<Self> {
        let tokens = article.tokens_in(span);
        let lower = |i: usize| article.text(tokens[i].span).to_lowercase();
        let verb = (0..tokens.len()).find(|i| is("deny", &lower(*i)) || is("reject", &lower(*i)))?;
        let group = |i: &usize| tokens[*i].tag.is_verb() || matches!(tokens[*i].tag, Tag::MD | Tag::RB);
        let at = (0..verb).rev().find(|i| !group(i)).filter(|i| tokens[*i].tag.is_noun())?;
        if let Some(name) = article.names_over(tokens[at].span).next() {
            let words = article.entities.get(name.entity).map_or_else(|| article.text(name.span), |e| e.name.as_str());
            let words = words.split_whitespace().map(str::to_lowercase).collect();
            return Some(Self::Named { words, person: name.kind == NameKind::Person });
        }
        let person = Language::english().list(Fact::PersonNouns).contains(&lower(at));
        Some(Self::Called { person })
    }

    /// Whether the two are certainly not one: other names, or a person's name and what is no person.
    pub(crate) fn differs(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named { words: a, .. }, Self::Named { words: b, .. }) => !a.iter().any(|w| b.contains(w)),
            (Self::Named { person: true, .. }, Self::Called { person })
            | (Self::Called { person }, Self::Named { person: true, .. }) => !person,
            _ => false,
        }
    }
}
