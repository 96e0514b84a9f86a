//! Is this sentence in these articles as a quotation, from whom, and in the same words?

use super::people::{Identity, identity};
use super::wording::{Alignment, Word, align, relation, words};
use super::{keys_of, sentences};
use crate::{Difference, FormRelation};
use rashomon_annotate::{Corpus, QuoteKind};
use rashomon_model::{Anchor, Span};

/// What became of a sentence that somebody is said to have said.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The answer: the best of the matches.
    pub verdict: Verdict,
    /// Where it stands, the closest first; where nothing matches, what comes nearest.
    pub matches: Vec<Match>,
}

/// Whether and how a sentence is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Quoted in these words: a whole quotation, or whole sentences of one.
    Verbatim,
    /// Quoted with more words: the sentence leaves some out.
    Truncated,
    /// Quoted in nearly these words.
    Altered,
    /// Something of the same content is quoted in other words.
    Reworded,
    /// Reported as somebody's in the words of a reporter, without quotation marks.
    Reported,
    /// The words stand in an article, but nobody is quoted with them.
    Unquoted,
    /// Not at all.
    Missing,
}

impl Verdict {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Truncated => "truncated",
            Self::Altered => "altered",
            Self::Reworded => "reworded",
            Self::Reported => "reported",
            Self::Unquoted => "unquoted",
            Self::Missing => "missing",
        }
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
    /// How the sentence stands to it; [`Verdict::Missing`] for what is only nearest.
    pub verdict: Verdict,
    /// Differences word by word: `best` in the article, `form` in the sentence that was asked about.
    pub differences: Vec<Difference>,
    /// Share of the sentence's words that agree, by weight, 0 to 1.
    pub share: f64,
}

impl Match {
    /// Whether it is given to the person or body called `name`.
    #[must_use]
    pub fn is_by(&self, name: &str) -> bool {
        identity(self.speaker.as_deref(), Some(name)) == Identity::Same
    }
}

/// Places shown where nothing matches.
const NEAREST: usize = 3;
/// Share below which a place is not even near. Half-sentences on one topic share less than a third of their weight.
const NEAR: f64 = 0.35;

/// Fewest words that are worth finding outside quotations.
const LEAST_WORDS: usize = 4;

/// Looks for `text` among the quotations of `corpus`, then among all its sentences.
#[must_use]
pub fn check(corpus: &Corpus, text: &str) -> Check {
    let asked = words(text, 0);
    let asked_keys = keys_of(&asked);
    let mut found: Vec<Match> = Vec::new();
    let mut near: Vec<Match> = Vec::new();
    let mut sort = |it: Match| if it.verdict == Verdict::Missing { near.push(it) } else { found.push(it) };
    for (article, it) in corpus.iter() {
        let mut quoted: Vec<Span> = Vec::new();
        for quote in &it.quotes {
            let whole = [quote.span];
            for &span in if quote.parts.is_empty() { &whole[..] } else { &quote.parts[..] } {
                let held = words(it.text(span), span.start());
                let Some((verdict, share, differences)) =
                    compare(it.text(span), span.start(), &held, &asked, &asked_keys)
                else {
                    continue;
                };
                quoted.push(span);
                // Without marks the words are the reporter's, whatever they agree with.
                let verdict = if quote.kind == QuoteKind::Indirect && verdict != Verdict::Missing {
                    Verdict::Reported
                } else {
                    verdict
                };
                sort(Match {
                    anchor: Anchor::new(article, span),
                    kind: Some(quote.kind),
                    speaker: quote.speaker.clone(),
                    cue_span: quote.cue_span,
                    verdict,
                    differences,
                    share,
                });
            }
        }
        for sentence in &it.sentences {
            if quoted.iter().any(|q| q.overlaps(sentence.span)) {
                continue;
            }
            let held = words(it.text(sentence.span), sentence.span.start());
            let compared = compare(it.text(sentence.span), sentence.span.start(), &held, &asked, &asked_keys);
            if let Some((Verdict::Verbatim | Verdict::Truncated, share, differences)) = compared
                && asked.len() >= LEAST_WORDS
            {
                sort(Match {
                    anchor: Anchor::new(article, sentence.span),
                    kind: None,
                    speaker: None,
                    cue_span: None,
                    verdict: Verdict::Unquoted,
                    differences,
                    share,
                });
            }
        }
    }
    found.sort_by(|a, b| a.verdict.cmp(&b.verdict).then(b.share.total_cmp(&a.share)).then(a.anchor.cmp(&b.anchor)));
    near.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.anchor.cmp(&b.anchor)));
    near.truncate(NEAREST);
    let verdict = found.first().map_or(Verdict::Missing, |m| m.verdict);
    Check { verdict, matches: if found.is_empty() { near } else { found } }
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

/// How `asked` stands to the words `held` of one place; `None` if they are not even near.
fn compare(
    text: &str,
    base: usize,
    held: &[Word],
    asked: &[Word],
    asked_keys: &[&str],
) -> Option<(Verdict, f64, Vec<Difference>)> {
    let held_keys = keys_of(held);
    let shared = asked_keys.iter().filter(|k| held_keys.binary_search(k).is_ok()).count();
    if asked.is_empty() || shared * 4 < asked_keys.len() || (shared == 0 && !asked_keys.is_empty()) {
        return None;
    }
    let a = align(held, asked);
    let (first, last) = (a.pairs.first()?.0, a.pairs.last()?.0);
    // Only the sentences that the pairing touches are held against the text.
    let touched: Vec<_> =
        sentences(text, base, held).into_iter().filter(|s| s.start <= last && first < s.end).collect();
    let window = &held[touched.first()?.start..touched.last()?.end];
    let exact = a.pairs.iter().filter(|&&(i, j)| held[i].form == asked[j].form).count() == asked.len();
    let (of_window, differences) = relation(window, asked);
    let verdict = match of_window {
        FormRelation::Verbatim => Verdict::Verbatim,
        _ if exact => Verdict::Truncated,
        FormRelation::Altered if close(&a, asked) => Verdict::Altered,
        FormRelation::Altered | FormRelation::Reworded if a.of_second >= 0.5 && a.content >= 3 && a.run >= 3 => {
            if close(&a, asked) && of_window == FormRelation::Altered { Verdict::Altered } else { Verdict::Reworded }
        }
        _ => Verdict::Missing,
    };
    (verdict != Verdict::Missing || a.of_second >= NEAR).then_some((verdict, a.of_second, differences))
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
        assert!(found.matches[0].is_by("Stone") && found.matches[0].is_by("Ada Stone"));
        assert!(!found.matches[0].is_by("Oskar Marsh"));
        assert_eq!(check(&corpus, "the nets were safe at the pier").verdict, Verdict::Reported);
    }

    #[test]
    fn a_sentence_is_held_against_the_quotations() {
        verdict("We won't leave the harbour before the storm is over", Verdict::Verbatim);
        verdict("We will not leave the harbour", Verdict::Truncated);
        verdict("We will not leave the town before the storm is over", Verdict::Altered);
        verdict("The storm had reached the coast at noon", Verdict::Unquoted);
        verdict("Nobody asked the fishermen about their nets", Verdict::Missing);
        verdict("", Verdict::Missing);
    }
}
