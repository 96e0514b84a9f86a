//! Is this sentence in these articles as a quotation, from whom, and in the same words?

use super::across;
use super::people::{Identity, identity};
use super::wording::{Alignment, align, relation};
use super::{keys_of, sentences};
use crate::polarity::{self, Stance, Turn, stance, turn_of};
use crate::words::{Word, words};
use crate::{Difference, FormRelation};
use rashomon_annotate::{Annotated, Corpus, NameKind, Quote, QuoteKind};
use rashomon_language::Language;
use rashomon_lineage::Sayings;
use rashomon_model::{Anchor, ArticleId, Span, math};

/// What became of a sentence that somebody is said to have said.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The answer: that of the first form.
    pub verdict: Verdict,
    /// Where somebody is quoted with it, says the opposite, or denies it; the closest first.
    pub forms: Vec<Match>,
    /// Where there is no form: what comes nearest, and where the words stand without a speaker.
    pub nearest: Vec<Match>,
}

/// Whether and how a sentence is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Quoted in these words: a whole quotation, or whole sentences of one.
    Verbatim,
    /// Quoted with more words: the sentence leaves some out.
    Truncated,
    /// Quoted in nearly these words, or in others of the same content.
    Altered,
    /// Quoted with the opposite sense: a "not" more or less.
    Negated,
    /// Reported as somebody's in the words of a reporter, without quotation marks.
    Reported,
    /// Denied by whom it is given to.
    Denied,
    /// Quoted, but not from the speaker asked for.
    OtherSpeaker,
    /// Not quoted.
    Absent,
}

impl Verdict {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Negated => "negated",
            Self::Reported => "reported",
            Self::Denied => "denied",
            Self::OtherSpeaker => "other-speaker",
            Self::Absent => "absent",
        }
    }
}

/// How a sentence stands to one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Quoted in these words.
    Verbatim,
    /// Quoted with more words.
    Truncated,
    /// Quoted in nearly these words.
    Altered,
    /// Reported without quotation marks.
    Reported,
    /// Quoted or reported with the opposite sense.
    Negated,
    /// Its speaker says that it is not so.
    Denied,
    /// Something of the same content is quoted in other words.
    Reworded,
    /// The speaker neither says nor denies it: "did not say that", "could not confirm that".
    Open,
    /// The words stand there, but nobody is quoted with them.
    Unquoted,
    /// Something like it.
    Near,
}

impl Relation {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Reported => "reported",
            Self::Negated => "negated",
            Self::Denied => "denied",
            Self::Reworded => "reworded",
            Self::Open => "open",
            Self::Unquoted => "unquoted",
            Self::Near => "near",
        }
    }

    /// What it answers.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Verbatim => Verdict::Verbatim,
            Self::Truncated => Verdict::Truncated,
            Self::Altered | Self::Reworded => Verdict::Altered,
            Self::Reported => Verdict::Reported,
            Self::Negated => Verdict::Negated,
            Self::Denied => Verdict::Denied,
            Self::Open | Self::Unquoted | Self::Near => Verdict::Absent,
        }
    }

    /// Whether somebody is said to have said it.
    fn is_said(self) -> bool {
        !matches!(self.verdict(), Verdict::Absent | Verdict::Denied | Verdict::Negated)
    }
}

/// One place that holds the sentence, or something like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The quotation, or the sentence of the reporter's own.
    pub anchor: Anchor,
    /// How it is reported; `None` outside quotations.
    pub kind: Option<QuoteKind>,
    /// Who is quoted, by full name.
    pub speaker: Option<String>,
    /// The words that report.
    pub cue_span: Option<Span>,
    /// How the sentence stands to it.
    pub relation: Relation,
    /// Differences word by word: `best` in the article, `form` in the sentence that was asked about.
    pub differences: Vec<Difference>,
    /// Share of the sentence's words that agree, by weight, 0 to 1; of a translation how sure it is that it is one.
    pub share: f64,
    /// Whether it is in another language than the sentence.
    pub translated: bool,
}

impl Match {
    /// Whether it is given to the person or body called `name`.
    #[must_use]
    pub fn is_by(&self, name: &str) -> bool {
        identity(self.speaker.as_deref(), Some(name)) == Identity::Same
    }

    /// What comes first: the words themselves, then all of them under another sign, then most of them.
    fn rank(&self) -> (u8, Relation) {
        let band = match self.relation {
            Relation::Verbatim | Relation::Truncated => 0,
            _ if self.translated => 4,
            Relation::Reworded | Relation::Open | Relation::Unquoted | Relation::Near => 3,
            _ if self.share > 0.99 => 1,
            _ => 2,
        };
        (band, self.relation)
    }
}

impl Check {
    fn of(mut found: Vec<Match>) -> Self {
        found.sort_by(|a, b| a.rank().cmp(&b.rank()).then(b.share.total_cmp(&a.share)).then(a.anchor.cmp(&b.anchor)));
        let (forms, mut nearest): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|m| m.relation.verdict() != Verdict::Absent);
        nearest.sort_by(|a, b| {
            let order = (a.relation == Relation::Near).cmp(&(b.relation == Relation::Near));
            order.then(b.share.total_cmp(&a.share)).then(a.anchor.cmp(&b.anchor))
        });
        nearest.truncate(if forms.is_empty() { NEAREST } else { 0 });
        let verdict = forms.first().map_or(Verdict::Absent, |m| m.relation.verdict());
        Self { verdict, forms, nearest }
    }

    /// The answer for one speaker: what is given to `name`; where others alone are quoted with it, that.
    #[must_use]
    pub fn by(mut self, name: &str) -> Self {
        if self.forms.iter().any(|m| m.is_by(name)) {
            self.forms.retain(|m| m.is_by(name));
            self.verdict = self.forms.first().map_or(Verdict::Absent, |m| m.relation.verdict());
        } else if self.forms.iter().any(|m| m.relation.is_said()) {
            self.verdict = Verdict::OtherSpeaker;
        }
        self
    }
}

/// Places shown where nothing matches.
const NEAREST: usize = 3;
/// Share below which a place is not even near. Half-sentences on one topic share less than a third of their weight.
const NEAR: f64 = 0.35;

/// The least logarithm of the odds that a quotation in another language is the sentence, beside all others and where no other
/// is held against it. Of lines of NTREX articles that tell of one event in other words, 5 % come to the first.
const TRANSLATED: f32 = 2.5;
const ALONE: f32 = 8.0;

/// Fewest words that are worth finding outside quotations.
const LEAST_WORDS: usize = 4;

/// Looks for `text` among the quotations of `corpus`, then among all its sentences.
#[must_use]
pub fn check(corpus: &Corpus, text: &str) -> Check {
    let asked = words(text, 0);
    let keys = keys_of(&asked);
    let asked = Asked { words: &asked, keys: &keys };
    let mut found: Vec<Match> = Vec::new();
    for (article, it) in corpus.iter() {
        let mut quoted: Vec<Span> = Vec::new();
        for quote in &it.quotes {
            if let Some(best) = in_quote(it, article, quote, &asked) {
                quoted.push(best.anchor.span);
                found.push(best);
            }
        }
        for sentence in &it.sentences {
            if !quoted.iter().any(|q| q.overlaps(sentence.span)) {
                found.extend(in_sentence(it, article, sentence.span, &asked));
            }
        }
    }
    found.extend(in_other_languages(corpus, text));
    Check::of(found)
}

/// The quotations of articles in other languages that say what `text` says.
fn in_other_languages(corpus: &Corpus, text: &str) -> Vec<Match> {
    let asked = Language::likeliest(text);
    let foreign = |it: &Annotated| across::language(it).crosses() && across::language(it).number() != asked.number();
    if !corpus.iter().any(|(_, it)| foreign(it)) {
        return Vec::new();
    }
    let texts: Vec<_> = corpus.iter().map(|(_, it)| (it.article.text.as_str(), across::language(it))).collect();
    let said_in = |(article, it): (ArticleId, &'_ Annotated)| {
        let speech = |q: &&Quote| matches!(q.kind, QuoteKind::Direct | QuoteKind::Mixed | QuoteKind::Headline);
        it.quotes.iter().filter(speech).map(|q| (article, q.clone())).collect::<Vec<_>>()
    };
    let quotes: Vec<(ArticleId, Quote)> = corpus.iter().filter(|it| foreign(it.1)).flat_map(said_in).collect();
    // A sentence may stand among others of one quotation, so that each is held against it, and the whole.
    let mut pieces: Vec<(usize, Span)> = Vec::new();
    for (n, (article, quote)) in quotes.iter().enumerate() {
        let it = corpus.get(*article);
        let parts = if quote.parts.is_empty() { std::slice::from_ref(&quote.span) } else { &quote.parts[..] };
        for part in parts {
            pieces.push((n, *part));
            let held = words(it.text(*part), part.start());
            let cut = sentences(it.text(*part), part.start(), &held);
            if cut.len() > 1 {
                pieces.extend(
                    cut.iter().filter(|s| !s.is_empty()).map(|s| (n, held[s.start].span.cover(held[s.end - 1].span))),
                );
            }
        }
    }
    let said = |(n, span): &(usize, Span)| {
        let it = corpus.get(quotes[*n].0);
        (it.text(*span), across::language(it))
    };
    let all: Vec<_> = std::iter::once((text, asked)).chain(pieces.iter().map(said)).collect();
    let sayings = Sayings::of(&texts, &all);
    let mut best: Vec<Option<(f32, Span)>> = vec![None; quotes.len()];
    // Each alone first: the parts of one quotation do not speak against each other.
    let mut place = vec![0; quotes.len()];
    for (k, (n, span)) in pieces.iter().enumerate() {
        sayings.each_pair(&[0], &[k + 1], |_, _, odds| {
            if best[*n].is_none_or(|it| odds > it.0) {
                best[*n] = Some((odds, *span));
                place[*n] = k + 1;
            }
        });
    }
    // Then against the other quotations; two articles that have the same in one language do not speak against each other
    // where each would do alone.
    let others: Vec<usize> = place.iter().copied().filter(|k| *k > 0).collect();
    sayings.each_pair(&[0], &others, |_, k, odds| {
        let n = pieces[k - 1].0;
        best[n] = best[n].map(|it| (if it.0 >= ALONE { it.0 - ALONE + TRANSLATED } else { odds }, it.1));
    });
    let made = |(n, it): (usize, Option<(f32, Span)>)| {
        let (odds, span) = it.filter(|it| it.0 >= TRANSLATED)?;
        let (article, quote) = &quotes[n];
        let of = corpus.get(*article);
        let differences =
            across::differences((of.text(span), across::language(of), span), (text, asked, Span::new(0, text.len())));
        let relation = match () {
            () if differences.iter().any(|d| d.negation) => Relation::Negated,
            () if !differences.is_empty() => Relation::Altered,
            () => Relation::Reported,
        };
        Some(Match {
            anchor: Anchor::new(*article, span),
            kind: Some(quote.kind),
            speaker: quote.speaker.clone(),
            cue_span: quote.cue_span,
            relation,
            differences,
            share: f64::from(1.0 / (1.0 + math::exp(-odds))),
            translated: true,
        })
    };
    best.into_iter().enumerate().filter_map(made).collect()
}

/// The sentence that was asked about.
struct Asked<'a> {
    words: &'a [Word],
    keys: &'a [&'a str],
}

/// How the sentence stands to a quotation: to one piece of it, to all pieces together where its cue breaks it, or to the
/// whole clause that a mixed one reports.
fn in_quote(it: &Annotated, article: ArticleId, quote: &Quote, asked: &Asked) -> Option<Match> {
    let stance = stance(it, quote);
    let mut stretches: Vec<(Vec<Span>, bool)> = quote.parts.iter().map(|p| (vec![*p], true)).collect();
    if quote.parts.len() > 1 && quote.kind != QuoteKind::Mixed {
        stretches.push((quote.parts.clone(), true));
    }
    if quote.parts.is_empty() || quote.kind == QuoteKind::Mixed {
        stretches.push((vec![quote.span], quote.kind == QuoteKind::Direct));
    }
    let mut best: Option<Match> = None;
    for (spans, marked) in stretches {
        let held: Vec<Word> = spans.iter().flat_map(|s| words(it.text(*s), s.start())).collect();
        let Some(compared) = compare(&it.article.text, &held, asked) else { continue };
        let words = match compared.relation {
            // What is not between marks is the reporter's, whatever it agrees with.
            Relation::Altered | Relation::Reworded if !marked && compared.hedges => Relation::Altered,
            Relation::Verbatim | Relation::Truncated | Relation::Altered | Relation::Reworded if !marked => {
                Relation::Reported
            }
            words => words,
        };
        // "Told staff not to ‘mention this’": the reporter's own words negate what stands between the marks.
        let turned = || {
            let sentence = it.sentence_at(spans[0].start()).map(|n| it.sentences[n].span);
            quote.kind == QuoteKind::Mixed && sentence.is_some_and(|s| turn_of(it, s, spans[0]) == Turn::Negated)
        };
        let words = match words {
            Relation::Verbatim | Relation::Truncated | Relation::Reported if turned() => Relation::Negated,
            Relation::Negated if turned() => Relation::Reported,
            words => words,
        };
        let relation = match (stance, words) {
            (_, Relation::Near) | (Stance::Says, _) => words,
            (Stance::Denies, Relation::Denied | Relation::Open) | (Stance::Open, _) => Relation::Open,
            // Who denies that it was not so says that it was.
            (Stance::Denies, Relation::Negated) => Relation::Reported,
            (Stance::Denies, _) => Relation::Denied,
        };
        let span = if let [one] = spans[..] { one } else { quote.span };
        let made = Match {
            anchor: Anchor::new(article, span),
            kind: Some(quote.kind),
            speaker: quote.speaker.clone(),
            cue_span: quote.cue_span,
            relation,
            differences: compared.differences,
            share: compared.share,
            translated: false,
        };
        if best.as_ref().is_none_or(|b| made.rank() < b.rank()) {
            best = Some(made);
        }
    }
    best
}

/// How it stands to a sentence that no quotation found covers.
fn in_sentence(it: &Annotated, article: ArticleId, sentence: Span, asked: &Asked) -> Option<Match> {
    if asked.words.len() < LEAST_WORDS {
        return None;
    }
    let held = words(it.text(sentence), sentence.start());
    let compared = compare(&it.article.text, &held, asked)?;
    if !compared.exact {
        return None;
    }
    // "The captain rejected reports that …": somebody denies it, though no quotation was found there.
    let denier = || {
        let names = it.names_in(sentence);
        let first = compared.differences.first().filter(|d| d.negation)?.best;
        let person = names.iter().rfind(|n| n.kind == NameKind::Person && first.contains(n.span))?;
        Some(it.entities.get(person.entity)?.name.clone())
    };
    let speaker = if compared.relation == Relation::Denied { denier() } else { None };
    let relation = if speaker.is_some() { Relation::Denied } else { Relation::Unquoted };
    Some(Match {
        anchor: Anchor::new(article, sentence),
        kind: None,
        speaker,
        cue_span: None,
        relation,
        differences: compared.differences,
        share: compared.share,
        translated: false,
    })
}

/// Whether an article whose text is `article` can hold `text` or anything near it, told from its letters alone: what
/// [`check`] finds has a paragraph with a quarter of the content words asked for.
///
/// Annotating an article costs some thousand times as much as this, so a program asks this first.
#[must_use]
pub fn may_hold(article: &str, text: &str) -> bool {
    let asked = words(text, 0);
    let keys = keys_of(&asked);
    let least = keys.len().div_ceil(4);
    // A key may hold an apostrophe or a point, at which a word of the text ends here.
    let starts: Vec<&str> = keys.iter().map(|k| k.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(k)).collect();
    let mut seen = vec![false; keys.len()];
    let mut start = String::new();
    article.split("\n\n").any(|paragraph| {
        seen.fill(false);
        for word in paragraph.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            start.clear();
            start.extend(word.chars().flat_map(char::to_lowercase).take(5));
            for n in 0..keys.len() {
                seen[n] |= starts[n] == start;
            }
        }
        seen.iter().filter(|s| **s).count() >= least
    })
}

/// Whether an article in the language called `code` may hold `text` in another language: only what is held against it
/// sentence by sentence tells.
#[must_use]
pub fn may_hold_translated(code: Option<&str>, text: &str) -> bool {
    let (language, asked) = (Language::of(code), Language::likeliest(text));
    language.crosses() && language.number() != asked.number()
}

/// What the sentence does to the words of one place.
struct Compared {
    relation: Relation,
    /// Whether all words of the sentence stand there in order.
    exact: bool,
    share: f64,
    differences: Vec<Difference>,
    /// Whether one of the two leaves open what the other states: "could fail", "will fail".
    hedges: bool,
}

/// How `asked` stands to the words `held` of one place in `text`; `None` if they are not even near.
fn compare(text: &str, held: &[Word], asked: &Asked) -> Option<Compared> {
    let held_keys = keys_of(held);
    let shared = asked.keys.iter().filter(|k| held_keys.binary_search(k).is_ok()).count();
    let asked_words = asked.words;
    if asked_words.is_empty() || shared * 4 < asked.keys.len() || (shared == 0 && !asked.keys.is_empty()) {
        return None;
    }
    let a = align(held, asked_words);
    let (first, last) = (a.pairs.first()?.0, a.pairs.last()?.0);
    // Only the sentences that the pairing touches are held against the text.
    let touched: Vec<_> = sentences(text, 0, held).into_iter().filter(|s| s.start <= last && first < s.end).collect();
    let window = &held[touched.first()?.start..touched.last()?.end];
    let exact = a.pairs.iter().filter(|&&(i, j)| held[i].form == asked_words[j].form).count() == asked_words.len();
    let made = relation(window, asked_words);
    let near = close(&a, asked_words);
    let relation = match (made.turn, made.form) {
        (Turn::Same, FormRelation::Verbatim) => Relation::Verbatim,
        (Turn::Same, _) if exact => Relation::Truncated,
        (Turn::Same, FormRelation::Altered) if near => Relation::Altered,
        (Turn::Same, FormRelation::Altered | FormRelation::Reworded)
            if a.of_second >= 0.5 && a.content >= 3 && a.run >= 3 =>
        {
            Relation::Reworded
        }
        (Turn::Negated, _) if exact || near => Relation::Negated,
        (Turn::Denied, _) if exact || near => Relation::Denied,
        (Turn::Open, _) if exact || near => Relation::Open,
        _ => Relation::Near,
    };
    let kept = relation != Relation::Near || a.of_second >= NEAR;
    let hedges =
        made.differences.iter().any(|d| polarity::hedges(held, d.best) != polarity::hedges(asked_words, d.form));
    kept.then_some(Compared { relation, exact, share: a.of_second, differences: made.differences, hedges })
}

/// Whether so many words agree that the rest was altered.
fn close(a: &Alignment, asked: &[Word]) -> bool {
    a.of_second >= 0.7 && (a.content >= 2 || a.run + 1 >= asked.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    const STORY: &str = "Mayor Ada Stone spoke in Ost on Monday.\n“We will not leave the harbour before the storm is over. The boats stay where they are,” Stone said.\nThe storm had reached the coast at noon.";

    #[track_caller]
    fn verdict(text: &str, expected: Verdict) {
        let article = Article { id: "a".into(), text: STORY.into(), ..Article::default() };
        let corpus = Corpus::new(vec![annotate(article).output]).output;
        assert_eq!(check(&corpus, text).verdict, expected, "{text:?}");
    }

    #[test]
    fn what_can_be_found_is_never_passed_over() {
        for text in [
            "We won't leave the harbour before the storm is over",
            "We will not leave the town before the storm is over",
            "The boats stay where they are",
            "storm-tossed boats: where do they stay?",
        ] {
            assert!(may_hold(STORY, text), "{text:?}");
        }
        assert!(!may_hold(STORY, "Nobody asked the fishermen about their nets"));
    }

    #[test]
    fn who_is_quoted_is_told_apart() {
        let story = format!("{STORY}\nStone said that the nets were safe at the pier.");
        let article = Article { id: "a".into(), text: story, ..Article::default() };
        let corpus = Corpus::new(vec![annotate(article).output]).output;
        let found = check(&corpus, "The boats stay where they are");
        assert!(found.forms[0].is_by("Stone") && found.forms[0].is_by("Ada Stone"));
        assert!(!found.forms[0].is_by("Oskar Marsh"));
        assert_eq!(check(&corpus, "the nets were safe at the pier").verdict, Verdict::Reported);
    }

    #[test]
    fn a_sentence_is_held_against_the_quotations() {
        verdict("We won't leave the harbour before the storm is over", Verdict::Verbatim);
        verdict("We will not leave the harbour", Verdict::Truncated);
        verdict("We will not leave the town before the storm is over", Verdict::Altered);
        verdict("The storm had reached the coast at noon", Verdict::Absent);
        verdict("Nobody asked the fishermen about their nets", Verdict::Absent);
        verdict("", Verdict::Absent);
    }
}
