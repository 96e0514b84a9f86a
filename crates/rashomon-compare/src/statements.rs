//! What a report states, piece by piece: its sentences cut into clauses, each with what it is about.

pub(crate) mod acts;
pub(crate) mod captions;
pub(crate) mod clauses;
pub(crate) mod complete;
pub(crate) mod referents;

use crate::meaning::{Class, Gist, Term, Vocabulary};
use crate::polarity::{self, Turn};
use crate::{FormRelation, Utterance, reached};
use clauses::{Clause, ClauseKind};
use rashomon_annotate::{Annotated, Corpus, Tag};
use rashomon_group::Story;
use rashomon_model::{Anchor, ArticleId, Span, math};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A sentence: its article, and its index there.
pub(crate) type Place = (ArticleId, usize);

/// The words of each sentence that only say who says the rest.
pub(crate) type Attributed = BTreeMap<Place, Vec<Span>>;

/// One statement of one article.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) anchor: Anchor,
    pub(crate) gist: Gist,
    pub(crate) kind: ClauseKind,
    /// Index of its sentence in the article.
    pub(crate) sentence: usize,
    /// Where in the article it stands, 0 to 1.
    pub(crate) place: f32,
    pub(crate) heading: bool,
    /// The words of its sentence that name who says it.
    pub(crate) by: Option<Span>,
    /// Number of terms taken over from the rest of the sentence; they come first in the gist.
    pub(crate) borrowed: usize,
    /// Where the words stand that it takes over: the subject it shares, the noun it explains.
    pub(crate) context: Option<Span>,
    /// The words that tell what is done.
    pub(crate) acts: Vec<Span>,
    /// What kind of speech act they are.
    pub(crate) force: acts::Force,
    /// Whether it tells that somebody denies something.
    pub(crate) denial: bool,
    /// Which utterance it is a form of.
    pub(crate) utterance: Option<usize>,
    /// All its own words as entries, in order of number.
    pub(crate) words: Vec<u32>,
}

/// Notes which statements are forms of one utterance: those that a form and they themselves mostly consist of.
pub(crate) fn utter(quotes: &[Utterance], units: &mut [Statement]) {
    let mut forms: FxHashMap<ArticleId, Vec<(Span, usize)>> = FxHashMap::default();
    for (n, u) in quotes.iter().enumerate() {
        for f in u.forms.iter().filter(|f| f.relation != FormRelation::Fragment) {
            forms.entry(f.anchor.article).or_default().push((f.anchor.span, n));
        }
    }
    forms.values_mut().for_each(|all| all.sort_unstable());
    for u in units {
        let most = |s: &Span| 5 * s.shared(u.anchor.span) >= 3 * s.len().max(u.anchor.span.len());
        let forms = forms.get(&u.anchor.article).map_or(&[][..], Vec::as_slice);
        u.utterance = near(forms, u.anchor.span).filter(|(s, _)| most(s)).map(|(_, n)| *n).min();
    }
}

/// The forms that may share a byte with `span`: those of one article stand in order, and no quotation in another.
pub(crate) fn near(forms: &[(Span, usize)], span: Span) -> impl Iterator<Item = &(Span, usize)> {
    const NEIGHBOURS: usize = 8;
    let from = forms.partition_point(|(s, _)| s.end() <= span.start()).saturating_sub(NEIGHBOURS);
    forms[from..].iter().take_while(move |(s, _)| s.start() < span.end())
}

impl Statement {
    /// Takes up the clause before it in its sentence.
    pub(crate) fn take_up(&mut self, vocabulary: &Vocabulary, before: &Self) {
        let span = before.anchor.span.cover(self.anchor.span);
        let fresh = |t: &&Term| !before.gist.terms.iter().any(|o| o.span == t.span) && !span.overlaps(t.span);
        let mut terms: Vec<Term> = before.gist.terms[..before.borrowed].to_vec();
        terms.extend(self.gist.terms[..self.borrowed].iter().filter(fresh));
        let borrowed = terms.len();
        terms.extend(&before.gist.terms[before.borrowed..]);
        terms.extend(&self.gist.terms[self.borrowed..]);
        self.anchor = Anchor::new(self.anchor.article, span);
        self.gist = Gist::of(vocabulary, terms);
        self.borrowed = borrowed;
        self.words.extend(&before.words);
        self.words.sort_unstable();
        self.acts.splice(..0, before.acts.iter().copied());
        (self.kind, self.context, self.place) = (before.kind, before.context, before.place);
        self.by = before.by.or(self.by);
    }
}

/// The statements of all articles, in order of article and place, and the words that only say who says them.
pub(crate) fn units(corpus: &Corpus, story: &Story, vocabulary: &mut Vocabulary) -> (Vec<Statement>, Attributed) {
    let mut ids = story.articles.clone();
    ids.sort_unstable();
    let mut out = Vec::new();
    let mut said = Attributed::new();
    for id in ids {
        let article = corpus.get(id);
        let n = article.sentences.len().max(1);
        // A record of a headline alone states what it states there.
        let bare = article.sentences.iter().all(|s| s.heading);
        for (s, sentence) in reached(article).iter().enumerate() {
            if captions::is_caption(article, sentence) {
                continue;
            }
            let mut whole = false;
            // What the next words take back is not said without them: "The lock was never shut. Until now."
            let taken_back = article.sentences.get(s + 1).filter(|next| polarity::takes_back(article, sentence, next));
            let clauses = match taken_back {
                Some(next) => {
                    vec![Clause {
                        span: sentence.span.cover(next.span),
                        kind: ClauseKind::Main,
                        context: None,
                        by: None,
                    }]
                }
                None => clauses::clauses(article, sentence),
            };
            for mut clause in clauses {
                // What its sentence denies or only supposes is not said by it alone: the sentence stands for it.
                let own = matches!(clause.kind, ClauseKind::Main | ClauseKind::Attribution);
                let turned = || polarity::turn_of(article, sentence.span, clause.span) != Turn::Same;
                let complement = clause.kind == ClauseKind::Complement;
                let supposed = || complement && polarity::supposed_before(article, sentence.span, clause.span);
                if !own && (turned() || supposed()) {
                    if std::mem::replace(&mut whole, true) {
                        continue;
                    }
                    clause = Clause { span: sentence.span, kind: ClauseKind::Main, context: None, by: None };
                }
                let tags = || article.tokens_in(clause.span).iter().map(|t| t.tag);
                let verb = tags().any(is_verb) || tags().all(|t| t == Tag::Other);
                if clause.kind == ClauseKind::Attribution {
                    said.entry((id, s)).or_default().push(clause.span);
                }
                // A line without a verb, below the first, is a caption, a link, a stamp.
                if clause.kind == ClauseKind::Attribution || !verb && !sentence.heading && s > 0 {
                    continue;
                }
                let (gist, borrowed) = gist(vocabulary, article, &clause);
                let part = clause.span.len() + 2 < sentence.span.len();
                if gist.content().count() < 2 || part && says_nothing(vocabulary, &gist) {
                    continue;
                }
                // What is only asked about is stated by nobody: "[asked] whether the pier was safe".
                if part && clauses::supposes(article, clause.span) && !complete::is_complete(article, clause.span) {
                    continue;
                }
                #[allow(clippy::cast_precision_loss, reason = "counts of sentences")]
                let place = s as f32 / n as f32;
                let heading = sentence.heading && !bare;
                let anchor = Anchor::new(id, clause.span);
                let (kind, context, by) = (clause.kind, clause.context, clause.by);
                let acts = if heading { Vec::new() } else { acts::acts(article, clause.span) };
                let force = acts::force(article, &acts);
                let mut words: Vec<u32> = gist.terms[borrowed..].iter().map(|t| t.entry).collect();
                words.sort_unstable();
                out.push(Statement {
                    anchor,
                    gist,
                    kind,
                    sentence: s,
                    place,
                    heading,
                    by,
                    borrowed,
                    context,
                    acts,
                    force,
                    denial: polarity::is_denial(article, anchor.span),
                    utterance: None,
                    words,
                });
            }
        }
    }
    (out, said)
}

/// Whether a part of a sentence says of hardly more than a name that it is or happens: "The minister's announcement comes
/// [a day after …]".
fn says_nothing(vocabulary: &Vocabulary, gist: &Gist) -> bool {
    let light = |t: &&Term| acts::is_light(&vocabulary.entries[t.entry as usize].text);
    let told = gist.content().filter(|t| t.class != Class::Name && !light(t)).count();
    told < 2 && gist.content().any(|t| light(&t))
}

fn is_verb(tag: Tag) -> bool {
    matches!(tag, Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ | Tag::MD)
}

/// The terms of a clause behind those it takes over, which count half.
fn gist(vocabulary: &mut Vocabulary, article: &Annotated, clause: &Clause) -> (Gist, usize) {
    let mut own = vocabulary.gist(article, clause.span);
    let mut context: Vec<Span> = clause.context.into_iter().collect();
    if clause.context.is_none() {
        context.extend(referents::of_pronoun(article, clause.span));
    }
    context.extend(referents::of_roles(article, clause.span));
    let mut terms: Vec<Term> = Vec::new();
    for span in context {
        terms.extend(vocabulary.terms(article, span).iter().filter(|t| t.class != Class::Function));
    }
    if let Some(name) = referents::of_counterpart(article, clause.span) {
        terms.extend(vocabulary.terms(article, name).iter().filter(|t| t.class != Class::Function));
        // The name stands for the words that leave it out.
        let said = |t: &Term| article.text(t.span).eq_ignore_ascii_case("counterpart");
        if let Some(at) = own.terms.iter().position(said) {
            for t in &mut own.terms[at.saturating_sub(1)..=at] {
                t.weight *= 0.2;
            }
            own.sum(vocabulary);
        }
    }
    terms.retain(|t| !own.terms.iter().any(|o| o.entry == t.entry));
    if terms.is_empty() {
        return (own, 0);
    }
    terms.iter_mut().for_each(|t| t.weight *= BORROWED);
    let borrowed = terms.len();
    terms.extend(own.terms);
    (Gist::of(vocabulary, terms), borrowed)
}

/// What a term taken over from the rest of the sentence counts.
const BORROWED: f32 = 0.5;

/// Terms that many statements of the story hold tell little about which is which: their weight falls with the share of
/// statements that hold them.
pub(crate) fn weigh(vocabulary: &Vocabulary, units: &mut [Statement]) {
    let mut count = vec![0u32; vocabulary.entries.len()];
    for u in units.iter() {
        let mut seen: Vec<u32> = u.gist.content().map(|t| t.entry).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.iter().for_each(|e| count[*e as usize] += 1);
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of statements")]
    let whole = math::ln(units.len().max(FEW) as f32 + 1.0);
    for u in units {
        for t in &mut u.gist.terms {
            #[allow(clippy::cast_precision_loss, reason = "counts of statements")]
            let share = 1.0 - math::ln(count[t.entry as usize].max(1) as f32) / whole;
            let light = t.class == Class::Verb && acts::is_light(&vocabulary.entries[t.entry as usize].text);
            t.weight *= (0.3 + 0.7 * share) * if light { LIGHT } else { 1.0 };
        }
        u.gist.sum(vocabulary);
    }
}

/// What a verb counts that only says that something takes place.
const LIGHT: f32 = 0.2;

/// In a story of fewer statements a term in all of them still tells.
const FEW: usize = 40;
