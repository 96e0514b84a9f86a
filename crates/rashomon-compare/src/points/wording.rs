//! Which wording of a point is the clearest, and whether the point is background.

use crate::meaning::{Class, Vocabulary, align};
use crate::rounding::{self, compatible};
use crate::statements::Statement;
use crate::statements::clauses::{ClauseKind, describes_noun};
use crate::statements::complete::is_complete;
use crate::words::lower;
use jiff::SignedDuration;
use rashomon_annotate::{Approximation, Corpus, Number, Quote, Tag, TimeKind};
use rashomon_language::{Fact, WordSet};
use rashomon_model::{Anchor, ArticleId, Span};
use rustc_hash::FxHashMap;

static VAGUE: WordSet = WordSet::english(Fact::Pronouns, "vague-opening");
/// Pronouns of those who speak.
static SPEAKING: WordSet = WordSet::english(Fact::Pronouns, "speaker");

/// Index of the clearest wording among `members` and what is shown of it: near the middle of what `all` forms say, a full statement
/// with names, not too long. `None` if none of them can be read alone, not even with the rest of its sentence.
pub(super) fn clearest(
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    account: &FxHashMap<ArticleId, usize>,
    members: &[&Statement],
    all: &[&Statement],
) -> Option<(usize, Anchor)> {
    // One statement of each account: versions of one report do not outvote the others.
    let mut sample: Vec<&Statement> = Vec::new();
    for u in all.iter().filter(|u| !u.heading) {
        if sample.len() < 8 && !sample.iter().any(|v| account[&v.anchor.article] == account[&u.anchor.article]) {
            sample.push(u);
        }
    }
    let plain = |u: &Statement| -> String {
        let text = corpus.text(u.anchor).to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let told: Vec<String> = sample.iter().map(|u| plain(u)).collect();
    // Who says it is told beside it.
    let says = |shown: Anchor| {
        let it = corpus.get(shown.article);
        let told = |q: &Quote| q.cue_span.is_some_and(|c| shown.span.contains(c));
        it.quotes_over(shown.span).any(told)
    };
    // What one report gives as a fact is not shown in the words of another that only says who says it; but what most give as
    // somebody's words is rather shown as such.
    let attributed = |u: &Statement| super::speaker(corpus.get(u.anchor.article), u.anchor.span, u.by).is_some();
    let (told_by, plain_ones): (Vec<&Statement>, Vec<&Statement>) =
        members.iter().filter(|u| !u.heading).partition(|u| attributed(u));
    let (plainly, mostly) = (!plain_ones.is_empty(), told_by.len() > plain_ones.len());
    let otherwise_told = |u: &Statement| match attributed(u) {
        true if plainly && !mostly => 0.4,
        false if mostly => 0.2,
        _ => 0.0,
    };
    // What was to come has come in a later report.
    let time = |u: &Statement| corpus.get(u.anchor.article).dateline.map(|d| d.at);
    let come = sample.iter().filter(|u| !is_planned(corpus, u.anchor)).filter_map(|u| time(u)).max();
    let outdated = |u: &Statement, shown: Anchor| {
        // Of many reports only the day is known.
        come.is_some_and(|it| time(u).is_some_and(|t| t.duration_since(it) <= ONE_TIME)) && is_planned(corpus, shown)
    };
    let score = |u: &Statement, shown: Anchor| {
        let (mut central, mut least) = (0.0, 1.0f32);
        // What several accounts say in one wording is the best attested.
        let own = plain(u);
        #[allow(clippy::cast_precision_loss, reason = "at most eight")]
        let attested = told.iter().filter(|t| **t == own).count() as f32 / told.len().max(1) as f32;
        for v in &sample {
            let links = align(vocabulary, &v.gist, &u.gist);
            let hit: f32 = links.links.iter().map(|l| v.gist.terms[l.a].weight * l.likeness).sum();
            let own: f32 = links.links.iter().map(|l| u.gist.terms[l.b].weight * l.likeness).sum();
            // What the others say, and little else.
            central += OF_OTHERS * hit / v.gist.weight.max(1e-3) + (1.0 - OF_OTHERS) * own / u.gist.weight.max(1e-3);
            least = least.min(own / u.gist.weight.max(1e-3));
        }
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let (central, words) = (central / sample.len().max(1) as f32, u.gist.terms.len() as f32);
        let text = corpus.text(shown);
        let vague = VAGUE.contains(first_word(text).as_str());
        let names = u.gist.terms.iter().filter(|t| t.class == Class::Name).count().min(3);
        #[allow(clippy::cast_precision_loss, reason = "at most 3")]
        let names = names as f32;
        let kind = match u.kind {
            ClauseKind::Main => 0.15,
            ClauseKind::Quoted | ClauseKind::Complement | ClauseKind::Coordinate => 0.05,
            ClauseKind::Adverbial => 0.0,
            ClauseKind::Relative | ClauseKind::Participle | ClauseKind::Attribution => -0.2,
        };
        // What leans on a subject that is not shown with it is hard to read alone.
        let bare = u.context.is_some() && shown == u.anchor;
        let leaning = if bare {
            0.25
        } else if 4 * shown.span.len() > 5 * self::shown(u).span.len() {
            // The rest of the sentence is what the others do not say.
            0.8
        } else if u.kind == ClauseKind::Coordinate && u.context.is_some() {
            0.2
        } else {
            0.0
        };
        // "yesterday" is right in its article only.
        let relative =
            RELATIVE.iter().any(|r| text.split(|c: char| !c.is_alphabetic()).any(|w| w.eq_ignore_ascii_case(r)));
        central + STATED_BY_ALL * least + 0.04 * names + kind - leaning + 0.3 * attested
            - if vague { 0.2 } else { 0.0 }
            - if says(shown) { 0.2 } else { 0.0 }
            - if sample.iter().any(|v| is_not_borne_out(corpus, shown, v)) { NOT_BORNE_OUT } else { 0.0 }
            - otherwise_told(u)
            - if outdated(u, shown) { NOT_BORNE_OUT } else { 0.0 }
            - if unclosed(text) { NOT_BORNE_OUT } else { 0.0 }
            - if relative { 0.4 } else { 0.0 }
            - if text.contains("...") || text.contains('…') { 0.2 } else { 0.0 }
            - if u.heading { 0.5 } else { 0.0 }
            - (words - 22.0).max(0.0) * 0.012
            - (6.0 - words).max(0.0) * 0.05
    };
    // A reprint is no new wording, and among very many the first ones are enough to choose from.
    let mut choice: Vec<usize> = Vec::new();
    for (i, u) in members.iter().enumerate() {
        if choice.len() < 24 && !choice.iter().any(|k| corpus.text(members[*k].anchor) == corpus.text(u.anchor)) {
            choice.push(i);
        }
    }
    let joint = members.iter().any(|u| u.anchor.article != members[0].anchor.article);
    let scored = choice.iter().filter_map(|i| {
        let read = readable(corpus, members[*i], joint)?;
        Some((score(members[*i], read), *i, read))
    });
    let best = scored.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
    best.map(|(_, i, read)| (i, read)).or_else(|| {
        // What several reports state is shown, if need be in the whole sentence of one.
        let told = choice.iter().filter(|_| joint).filter(|i| !members[**i].heading);
        let sentence = |u: &Statement| corpus.get(u.anchor.article).sentences[u.sentence].span;
        let i = *told.min_by_key(|i| (sentence(members[**i]).len(), **i))?;
        Some((i, Anchor::new(members[i].anchor.article, sentence(members[i]))))
    })
}

/// What it counts how much of a wording the report that has least of it states: what is shown as said by several is what they
/// have in common, and not what one of them adds. In 66 stories drawn by chance the words of 56 of 321 points are others with these
/// two weights (.6 and .75 before) and what a wording loses below; of 24 that differ clearly, read blind, 17 are better.
const STATED_BY_ALL: f32 = 1.0;
/// What it counts how much of the others a wording says, beside how much of it they say.
const OF_OTHERS: f32 = 0.5;

/// What a wording loses that another report does not bear out: whose number is another there, that foretells what is told there
/// later, or that a quotation mark tears.
const NOT_BORNE_OUT: f32 = 0.6;

/// A plan is shown no more where another report tells it as done, unless that one is older by more than this.
const ONE_TIME: SignedDuration = SignedDuration::from_hours(48);

/// Whether the words tell of what is to come: "will walk out", "is scheduled to".
fn is_planned(corpus: &Corpus, at: Anchor) -> bool {
    static PLANS: WordSet = WordSet::english(Fact::Scheduling, "plan");
    let it = corpus.get(at.article);
    let tokens = it.tokens_in(at.span);
    let to = |i: usize| tokens.get(i + 1).is_some_and(|t| t.tag == Tag::TO);
    tokens.iter().enumerate().any(|(i, t)| {
        let word = lower(it.text(t.span));
        matches!(&*word, "will" | "'ll" | "’ll") && t.tag == Tag::MD || to(i) && PLANS.contains(&word)
    })
}

/// Whether the words give a number of something that the sentence of another report counts, and the number there does not bear it
/// out: "some 450 families" where the other says "more than 300 families". The other way round it does.
fn is_not_borne_out(corpus: &Corpus, shown: Anchor, other: &Statement) -> bool {
    if shown.article == other.anchor.article {
        return false;
    }
    let (own, it) = (corpus.get(shown.article), corpus.get(other.anchor.article));
    let loose = |n: &Number| matches!(n.approximation, Approximation::AtLeast | Approximation::AtMost);
    // What only says how many at least or at most holds of any number within it, and is held by none.
    let bears_out =
        |n: &Number, m: &Number| compatible(n, m) && (!loose(m) || loose(n) || m.value.total_cmp(&n.value).is_eq());
    let there = it.numbers_in(it.sentences[other.sentence].span);
    rounding::counts_otherwise(own.numbers_in(shown.span), there, bears_out)
}

/// The words with the quotation mark beside them that one in them goes with.
pub(super) fn closed(corpus: &Corpus, shown: Anchor) -> Anchor {
    if !unclosed(corpus.text(shown)) {
        return shown;
    }
    let text = &corpus.get(shown.article).article.text;
    let (start, end) = (shown.span.start(), shown.span.end());
    let before = text[..start].chars().next_back().filter(|c| matches!(c, '“' | '"')).map(|c| start - c.len_utf8());
    let stop = text[end..].chars().next().filter(|c| matches!(c, '.' | ',' | '!' | '?')).map_or(0, char::len_utf8);
    let behind = text[end + stop..].chars().next().filter(|c| matches!(c, '”' | '"'));
    let wider = [before.map(|s| Span::new(s, end)), behind.map(|c| Span::new(start, end + stop + c.len_utf8()))];
    let fits = |s: &Span| !unclosed(s.text(text));
    wider.into_iter().flatten().find(fits).map_or(shown, |s| Anchor::new(shown.article, s))
}

/// Whether the words lean on others that are not shown with them: they begin with a pronoun and nobody is named as their
/// speaker, or a quotation mark in them stands alone.
#[must_use]
pub fn leans(text: &str, has_speaker: bool) -> bool {
    let first = first_word(text);
    let own = has_speaker && SPEAKING.contains(first.as_str());
    VAGUE.contains(first.as_str()) && !own || unclosed(text)
}

fn first_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or("").to_lowercase()
}

/// Whether a quotation mark opens without closing, or closes what was not opened.
pub(super) fn unclosed(text: &str) -> bool {
    text.matches('“').count() != text.matches('”').count() || text.matches('"').count() % 2 == 1
}

/// What is shown of a statement so that it can be read alone: itself, what its sentence says up to its end, or all of the
/// sentence if that is not long or `joint` reports make the statement.
fn readable(corpus: &Corpus, u: &Statement, joint: bool) -> Option<Anchor> {
    let article = corpus.get(u.anchor.article);
    let sentence = article.sentences[u.sentence].span;
    let own = shown(u);
    let to_here = sentence.start()..u.anchor.span.end();
    let wider = [Span::new(to_here.start.min(own.span.start()), to_here.end), sentence];
    let whole = |s: &Span| (joint || s.len() <= MOST_READ) && is_complete(article, *s);
    // A whole sentence is as its writer meant it.
    if u.heading || own.span.len() + 2 >= sentence.len() || is_complete(article, own.span) {
        return Some(own);
    }
    // A small part of a sentence that says more is left to it.
    let fits = |s: &Span| 2 * own.span.len() >= s.len();
    wider.into_iter().find(|s| fits(s) && whole(s)).map(|s| Anchor::new(u.anchor.article, s))
}

/// Most bytes of a sentence that is shown whole for a statement in it that only one report makes.
const MOST_READ: usize = 300;

/// Words that place a time by the day of the report.
const RELATIVE: [&str; 6] = ["yesterday", "today", "tomorrow", "tonight", "ago", "overnight"];

/// What is shown of a statement: with the noun it explains before it, or the subject it shares if that stands near, so
/// that it can be read alone.
pub(super) fn shown(u: &Statement) -> Anchor {
    let near = |c: &Span| {
        let gap = u.anchor.span.start().saturating_sub(c.end());
        c.end() <= u.anchor.span.start() && (gap <= 2 || u.anchor.span.end() - c.start() <= MOST_SHOWN)
    };
    match u.kind {
        ClauseKind::Relative | ClauseKind::Coordinate | ClauseKind::Participle => {
            let from = u.context.filter(near).map_or(u.anchor.span, |c| c.cover(u.anchor.span));
            Anchor::new(u.anchor.article, from)
        }
        _ => u.anchor,
    }
}

/// Most bytes of a wording that is shown with the words it takes over.
const MOST_SHOWN: usize = 140;

/// The words of doubt in statements of a point that other reports state as a fact.
pub(super) fn hedged(corpus: &Corpus, members: &[&Statement]) -> Vec<Anchor> {
    let mut found: Vec<(ArticleId, Option<Anchor>)> = Vec::new();
    for u in members.iter().filter(|u| !u.heading) {
        let article = corpus.get(u.anchor.article);
        let tokens = article.tokens_in(u.anchor.span);
        let hedge = tokens.iter().enumerate().find(|(i, t)| {
            let word = lower(article.text(t.span));
            // "may be", "could have", not "in May": what a modal doubts is a verb.
            let verb = tokens[i + 1..].iter().take(2).any(|n| n.tag == Tag::VB);
            // "is said to have", "accused him of".
            let behind = || tokens[i + 1..].iter().take(HEARSAY_REACH).map(|n| article.text(n.span));
            let only_said = HEARSAY.contains(&word)
                && (behind().next().is_some_and(|w| w == "to") || t.tag != Tag::VB && behind().any(|w| w == "of"));
            ADVERBS.contains(&&*word) || only_said || MODALS.contains(&&*word) && verb && word == article.text(t.span)
        });
        found.push((u.anchor.article, hedge.map(|(_, t)| Anchor::new(u.anchor.article, t.span))));
    }
    let sure = |(a, h): &(ArticleId, Option<Anchor>)| h.is_none() && !found.iter().any(|(b, g)| a == b && g.is_some());
    if !found.iter().any(sure) {
        return Vec::new();
    }
    let mut out: Vec<Anchor> = found.iter().filter_map(|(_, h)| *h).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Share of a report in which it tells its news.
const OPENING: f32 = 0.08;

/// Words by which something is only said of somebody, and words behind one among which what it governs begins.
static HEARSAY: WordSet = WordSet::english(Fact::Expectations, "hearsay");
const HEARSAY_REACH: usize = 4;

/// Words that hold a statement as possible only. Source: hedges of Hyland 2005 ("Metadiscourse", list of hedges), those of
/// news.
const MODALS: [&str; 3] = ["may", "might", "could"];
const ADVERBS: [&str; 8] =
    ["possibly", "perhaps", "reportedly", "allegedly", "apparently", "presumably", "purportedly", "probably"];

/// Whether the statements tell of what was before the event: a time of theirs lies more than a month before the report,
/// or spans years. What a report begins with is the news, whatever times it names, and a time that only describes a noun is
/// not when something happened: "the 2016 election", "a 20-year career".
pub(super) fn is_background(corpus: &Corpus, members: &[&Statement]) -> bool {
    if members.iter().any(|u| u.place < OPENING && !u.heading) {
        return false;
    }
    let old = |u: &&&Statement| {
        let article = corpus.get(u.anchor.article);
        let day = article.article.dateline().map(|d| d.date());
        let times = article.times_in(u.anchor.span).iter().filter(|t| !describes_noun(article, t.span));
        let mut last = None;
        for t in times {
            if t.kind == TimeKind::Duration && t.value.starts_with('P') && t.value.ends_with('Y') {
                return true;
            }
            if matches!(t.kind, TimeKind::Date | TimeKind::Time) {
                last = last.max(t.end.map(|e| e.date()));
            }
        }
        match (last, day) {
            (Some(last), Some(day)) => day.since(last).is_ok_and(|gap| gap.get_days() > 31),
            _ => false,
        }
    };
    2 * members.iter().filter(old).count() > members.len()
}
