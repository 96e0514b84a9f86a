//! What a point's wording says beyond what the others that carry it say.

use super::wording::unclosed;
use crate::meaning::{Class, Gist, Keys, Term, Vocabulary, align};
use crate::statements::complete::is_complete;
use crate::{is_held, reached};
use rashomon_annotate::{Annotated, Corpus, Sentence, Tag};
use rashomon_group::Story;
use rashomon_model::{Anchor, ArticleId, Span};
use rustc_hash::FxHashMap;

/// What the reports of a story say, sentence by sentence.
pub(super) struct Reports<'a> {
    corpus: &'a Corpus,
    articles: &'a [ArticleId],
    /// Whether they are few and short enough to be read whole for every point.
    few: bool,
    /// Of each report that was asked, what finds words in its sentences.
    keys: FxHashMap<ArticleId, Vec<Keys>>,
}

impl<'a> Reports<'a> {
    pub(super) fn new(corpus: &'a Corpus, story: &'a Story) -> Self {
        let articles = &story.articles[..];
        let sentences = || articles.iter().map(|a| reached(corpus.get(*a)).len()).sum::<usize>();
        // Nobody says of a report in another language that it does not say something.
        let held = || articles.iter().all(|a| is_held(corpus.get(*a)));
        let few = articles.len() <= MOST_REPORTS && held() && sentences() <= MOST_SENTENCES;
        Self { corpus, articles, few, keys: FxHashMap::default() }
    }

    /// The stretches of a wording that only its own report has words for: no term in them is like one of the sentences which the
    /// other carriers are cited with, or of those beside them, and no sentence of any report of the story has half of them.
    ///
    /// A single word more or less is another choice of words; a stretch counts from [`LEAST_TERMS`] terms on. Of a story of more
    /// than [`MOST_REPORTS`] reports or [`MOST_SENTENCES`] sentences nothing is told.
    pub(super) fn alone(&mut self, vocabulary: &mut Vocabulary, wording: Anchor, carried: &[Anchor]) -> Vec<Anchor> {
        let own = self.corpus.get(wording.article);
        let joint = carried.iter().any(|a| a.article != wording.article);
        if !joint || !self.few {
            return Vec::new();
        }
        let terms = content(vocabulary, own, wording.span);
        let mut borne_out = self.borne_out(vocabulary, wording.article, &terms, carried);
        // "Sen. Ada Stone" is "Stone": a name is borne out as a whole.
        let name = |t: &Term| t.class == Class::Name || own.names_in(t.span).iter().any(|n| n.span.contains(t.span));
        let mut from = 0;
        for run in terms.chunk_by(|a, b| name(a) == name(b)) {
            let own = &mut borne_out[from..from + run.len()];
            if name(&run[0]) && own.contains(&true) {
                own.fill(true);
            }
            from += run.len();
        }
        // A word that is said twice is borne out twice.
        let known: Vec<u32> = terms.iter().zip(&borne_out).filter(|(_, b)| **b).map(|(t, _)| t.entry).collect();
        let lone = |i: usize| !borne_out[i] && !known.contains(&terms[i].entry);
        let mut out = Vec::new();
        let mut i = 0;
        while i < terms.len() {
            let to = (i..terms.len()).find(|n| !lone(*n)).unwrap_or(terms.len());
            let stretch = &terms[i..to];
            i = to.max(i + 1);
            let exact = stretch.iter().any(|t| matches!(t.class, Class::Name | Class::Number | Class::Date));
            if stretch.len() < if exact { LEAST_EXACT } else { LEAST_TERMS } {
                continue;
            }
            if !self.is_told_elsewhere(vocabulary, wording.article, stretch) {
                let words = Span::new(stretch[0].span.start(), stretch[stretch.len() - 1].span.end());
                // "half-built sea-wall-keeper": two stretches of one word are one.
                let whole = led_in(own, wording.span, words);
                match out.last_mut() {
                    Some(Anchor { span, .. }) if span.end() >= whole.start() => *span = span.cover(whole),
                    _ => out.push(Anchor::new(wording.article, whole)),
                }
            }
        }
        // Of words that nobody else bears out at all nothing can be told.
        let all = out.len() == 1 && 10 * out[0].span.len() >= 9 * wording.span.len();
        if all { Vec::new() } else { out }
    }

    /// Which terms the other reports that carry a point bear out where they are cited.
    fn borne_out(&self, vocabulary: &mut Vocabulary, own: ArticleId, terms: &[Term], carried: &[Anchor]) -> Vec<bool> {
        let mut out = vec![false; terms.len()];
        let gist = Gist::of(vocabulary, terms.to_vec());
        for places in carried.chunk_by(|a, b| a.article == b.article).filter(|it| it[0].article != own) {
            let it = self.corpus.get(places[0].article);
            for sentence in around(it, places) {
                let there = content(vocabulary, it, sentence);
                let there = Gist::of(vocabulary, there);
                let links = align(vocabulary, &gist, &there).links;
                links.iter().filter(|l| l.likeness >= LIKE).for_each(|l| out[l.a] = true);
            }
        }
        out
    }

    /// Whether a sentence of another report has half of what some terms tell.
    fn is_told_elsewhere(&mut self, vocabulary: &mut Vocabulary, own: ArticleId, stretch: &[Term]) -> bool {
        let gist = Gist::of(vocabulary, stretch.to_vec());
        let keys = gist.keys(vocabulary);
        let corpus = self.corpus;
        self.articles.iter().filter(|a| **a != own).any(|a| {
            let sentences = self.keys.entry(*a).or_insert_with(|| {
                let it = corpus.get(*a);
                let of = |s: &Sentence| {
                    let terms = content(vocabulary, it, s.span);
                    Gist::of(vocabulary, terms).keys(vocabulary)
                };
                reached(it).iter().map(of).collect()
            });
            sentences.iter().any(|there| 2.0 * keys.shared(there) >= gist.weight)
        })
    }
}

/// Terms that are like each other at least this much.
const LIKE: f32 = 0.5;
/// Terms of a stretch from which on it says something of its own.
const LEAST_TERMS: usize = 3;
/// The same where a name, a number or a day is among them.
const LEAST_EXACT: usize = 2;
/// Most reports of a story whose words are held against each other.
const MOST_REPORTS: usize = 24;
/// Most sentences of all of them.
const MOST_SENTENCES: usize = 3000;

fn content(vocabulary: &mut Vocabulary, it: &Annotated, span: Span) -> Vec<Term> {
    vocabulary.terms(it, span).iter().filter(|t| t.class != Class::Function).copied().collect()
}

/// The sentences that some places stand in, and those beside them.
fn around(it: &Annotated, places: &[Anchor]) -> Vec<Span> {
    let sentences = reached(it);
    let mut found: Vec<usize> = Vec::new();
    for at in places {
        let (Some(from), Some(to)) = (it.sentence_at(at.span.start()), it.sentence_at(at.span.end() - 1)) else {
            continue;
        };
        found.extend(from.saturating_sub(1)..=to + 1);
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().filter_map(|n| sentences.get(n)).map(|s| s.span).collect()
}

/// Words with the small ones before them that lead to them: "as a protest", "in defiance of".
fn led_in(it: &Annotated, wording: Span, words: Span) -> Span {
    let before = it.tokens_in(Span::new(wording.start(), words.start()));
    let small = |tag: Tag| matches!(tag, Tag::IN | Tag::TO | Tag::DT | Tag::PRPS | Tag::WDT | Tag::WP);
    let from = before.iter().rev().take_while(|t| small(t.tag)).last().map_or(words.start(), |t| t.span.start());
    // "should" and "n't" are one word to a reader.
    let text = &it.article.text;
    let of_word = |c: &char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let before: usize = text[wording.start()..from].chars().rev().take_while(of_word).map(char::len_utf8).sum();
    let behind: usize = text[words.end()..wording.end()].chars().take_while(of_word).map(char::len_utf8).sum();
    Span::new(from - before, words.end() + behind)
}

/// A wording without what its own report alone adds at its end, behind a comma or dash: "…, in defiance of the law". What is left
/// can be read alone, and no condition or contrast is cut off.
pub(super) fn without_tail(corpus: &Corpus, wording: Anchor, alone: &[Anchor]) -> Option<Anchor> {
    let it = corpus.get(wording.article);
    let tail = alone.last()?.span;
    let text = &it.article.text;
    if text[tail.end()..wording.span.end()].contains(char::is_alphanumeric) {
        return None;
    }
    let first = it.tokens_in(tail).first().map(|t| it.text(t.span).to_lowercase())?;
    let turns = matches!(
        first.as_str(),
        "if" | "unless"
            | "until"
            | "except"
            | "but"
            | "although"
            | "though"
            | "despite"
            | "without"
            | "not"
            | "or"
            | "nor"
    );
    let before = text[wording.span.start()..tail.start()].trim_end();
    let kept = before.trim_end_matches([',', ';', ':', '—', '–', '-']);
    let head = Span::new(wording.span.start(), wording.span.start() + kept.trim_end().len());
    let set_off = kept.len() < before.len();
    // Where a whole sentence does not seem to stand alone, its verb was not seen.
    let stands = is_complete(it, head) || !is_complete(it, wording.span);
    let whole = set_off && !turns && stands && 5 * head.len() >= 2 * wording.span.len();
    (whole && !unclosed(head.text(text))).then(|| Anchor::new(wording.article, head))
}
