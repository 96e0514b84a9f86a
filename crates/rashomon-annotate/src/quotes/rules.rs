//! Attributions and quotation marks to quotations; what the model leaves over is read by the nearest reporting verb.

use super::attribution::{Attribution, phrase};
use super::cues::{act, is_strong, reporting_verb};
use super::marks::Marked;
use super::reading::{Reading, Stretch};
use crate::rules;
use crate::{Act, Annotated, Quote, QuoteKind, Tag};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Words within which a cue beside a quotation is looked for.
const REACH: usize = 16;

/// All quotations, in order of place; speakers as mentioned, not yet resolved.
///
/// What the model attributes comes first; quotation marks it leaves over are read by rule.
pub(crate) fn quotes(r: &Reading<'_>, attributions: &[Attribution]) -> Vec<Quote> {
    let it = r.it;
    let mut works: Vec<bool> = Vec::with_capacity(r.stretches.len());
    for n in 0..r.stretches.len() {
        let work = is_work(r, n, &works);
        works.push(work);
    }
    let told = attributions.iter().filter(|a| !runs_over(r, a) && !of_works(r, a, &works) && !round_a_clause(r, a));
    let mut out: Vec<Quote> = told.flat_map(|a| parted(it, attributed(r, a))).collect();
    let covered: FxHashSet<Span> = out.iter().flat_map(|q| q.parts.iter().copied()).collect();
    let mut placed = Placed::default();
    out.iter().enumerate().for_each(|(n, q)| placed.add(it, n, q));
    for (n, s) in r.stretches.iter().enumerate().filter(|(_, s)| !covered.contains(&s.marked.inner)) {
        let before = n.checked_sub(1).map(|p| &r.stretches[p].marked);
        let after = r.stretches.get(n + 1).map(|s| &s.marked);
        let mut found = quote(it, &s.marked, before, after);
        if works[n] {
            (found.kind, found.speaker_span, found.cue_span) = (QuoteKind::Scare, None, None);
            found.rule = rules::TITLE_OF_A_WORK;
        } else if found.cue_span.is_none()
            && let Some(signed) = signature(it, s.marked.outer)
        {
            (found.kind, found.speaker_span, found.rule) = (QuoteKind::Direct, Some(signed), rules::SIGNED);
        }
        let goes_on = |n: &usize| found.rule == rules::SPEAKER_CARRIED_ON && goes_on(it, &out[*n], s.marked.outer);
        if found.kind == QuoteKind::Scare
            && !works[n]
            && let Some((cue, speaker)) =
                super::relayed::what_called(it, s.marked.inner).or_else(|| super::agents::claimed(it, s.marked.inner))
        {
            (found.kind, found.cue_span, found.speaker_span) = (QuoteKind::Mixed, Some(cue), Some(speaker));
        }
        let broken = placed.before(it, s.marked.outer).find(goes_on);
        if let Some(broken) = broken {
            out[broken].span = out[broken].span.cover(found.span);
            out[broken].parts.push(found.span);
            placed.cover(&out[broken]);
            continue;
        }
        if !placed.touch(found.span) {
            placed.add(it, out.len(), &found);
            out.push(found);
        }
    }
    let mut alone: FxHashMap<Span, usize> = FxHashMap::default();
    out.iter().enumerate().filter(|(_, q)| q.parts.len() == 1).for_each(|(n, q)| {
        alone.insert(q.parts[0], n);
    });
    for s in &r.stretches {
        let Some(signed) = signature(it, s.marked.outer) else { continue };
        let Some(q) = alone.get(&s.marked.inner).map(|n| &mut out[*n]) else { continue };
        if q.cue_span.is_none_or(|c| c.end() <= s.marked.outer.start()) {
            (q.speaker_span, q.cue_span, q.rule) = (Some(signed), None, rules::SIGNED);
        }
    }
    super::shared_sentences::mend(r, &mut out);
    super::replies::part(it, &mut out);
    carry_back(r, &mut out);
    relative_clauses(it, &mut out);
    super::set_apart::add(it, &mut out);
    for q in out.iter_mut().filter(|q| q.kind == QuoteKind::Indirect && q.act == Act::Communication) {
        if !could_be_said(it, q) {
            q.act = Act::Other;
        }
    }
    super::turns::part(r, &mut out);
    out.sort_by_key(|q| (q.span, q.kind));
    carry_on(it, &mut out);
    super::turns::take(it, &mut out);
    out
}

/// Where quotations stand, so that a text of many is gone through once.
#[derive(Default)]
struct Placed {
    /// The ends of direct and mixed ones by their beginnings, the farthest of those that begin at one place.
    ends: BTreeMap<usize, usize>,
    longest: usize,
    /// The direct ones by the sentence that their cue stands in.
    cues: FxHashMap<usize, Vec<usize>>,
}

impl Placed {
    /// Adds what a quotation covers, or has grown to.
    fn cover(&mut self, q: &Quote) {
        if q.kind != QuoteKind::Indirect && q.kind != QuoteKind::Scare {
            let end = self.ends.entry(q.span.start()).or_default();
            *end = q.span.end().max(*end);
            self.longest = self.longest.max(q.span.len());
        }
    }

    /// Adds quotation `n`.
    fn add(&mut self, it: &Annotated, n: usize, q: &Quote) {
        self.cover(q);
        if q.kind == QuoteKind::Direct
            && let Some(sentence) = q.cue_span.and_then(|cue| it.sentence_at(cue.start()))
        {
            self.cues.entry(sentence).or_default().push(n);
        }
    }

    /// Whether `span` shares a byte with one of them.
    fn touch(&self, span: Span) -> bool {
        let mut near = self.ends.range(span.start().saturating_sub(self.longest)..span.end());
        near.any(|(start, end)| Span::new(*start, *end).overlaps(span))
    }

    /// Those whose cue stands in the last sentence before `outer`, in order.
    fn before(&self, it: &Annotated, outer: Span) -> impl Iterator<Item = usize> + '_ {
        let sentence = it.sentences.partition_point(|s| s.span.end() <= outer.start()).checked_sub(1);
        sentence.and_then(|s| self.cues.get(&s)).into_iter().flatten().copied()
    }
}

/// Whether the content of an indirect quotation could be said: "offered that he would go", not "offered his condolences".
fn could_be_said(it: &Annotated, quote: &Quote) -> bool {
    let according = quote.cue_span.is_some_and(|c| it.text(c).to_lowercase().starts_with("according"));
    let verb =
        |t: &crate::Token| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD | Tag::VB | Tag::VBN | Tag::VBG);
    according || it.tokens_in(quote.span).iter().any(verb)
}

/// The stretches in marks that the content of an attribution touches.
fn stretches_of(r: &Reading<'_>, a: &Attribution) -> std::ops::Range<usize> {
    let from = r.stretches.partition_point(|s| s.end <= a.content.start);
    let to = r.stretches.partition_point(|s| s.first < a.content.end);
    from..to.max(from)
}

/// Whether the model's content runs over the end of a quotation and the words that say whose it is: "…”, said Ada Stone".
fn runs_over(r: &Reading<'_>, a: &Attribution) -> bool {
    let it = r.it;
    // Where another quotation follows, the cue only breaks it.
    stretches_of(r, a).next_back().is_some_and(|n| {
        let s = &r.stretches[n];
        let inside = a.content.start <= s.first + 1 && s.end < a.content.end && s.end > a.content.start;
        inside
            && it.tokens[s.end..a.content.end]
                .iter()
                .take(8)
                .any(|t| is_strong(&it.text(t.span).to_lowercase()) && t.tag != Tag::VBN)
    })
}

/// Whether the model's content is a whole sentence of which only a relative clause is said: "The ferry, which Stone said
/// was built in May, sank".
fn round_a_clause(r: &Reading<'_>, a: &Attribution) -> bool {
    let it = r.it;
    let from = a.content.start.max(a.cue.saturating_sub(CLAUSE));
    a.content.contains(&a.cue)
        && (from + 1..a.cue).any(|i| {
            let word = it.text(it.tokens[i].span);
            matches!(word, "which" | "who") && it.tokens[i - 1].tag == Tag::Comma
        })
        && it.tokens.get(a.cue + 1).is_some_and(|t| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD))
}

/// Tokens from a relative pronoun to the cue of its clause.
const CLAUSE: usize = 8;

/// Whether all that is quoted in an attribution are titles of works, and its cue says no more of them than that.
fn of_works(r: &Reading<'_>, a: &Attribution, works: &[bool]) -> bool {
    let quoted: Vec<usize> = stretches_of(r, a).collect();
    let most: usize = quoted.iter().map(|n| r.stretches[*n].end - r.stretches[*n].first).sum();
    // "cast her in “Low Water” after the play".
    let within =
        |n: &usize| r.stretches[*n].first.checked_sub(2).is_some_and(|i| r.it.text(r.it.tokens[i].span) == "in");
    // "will present his so-called “freedom budget”".
    let so_called = |n: &usize| is_so_called(r.it, &r.stretches[*n].marked);
    let speech = act(&r.it.text(r.it.tokens[a.cue].span).to_lowercase()) == Act::Communication;
    if !speech && !quoted.is_empty() && quoted.iter().all(so_called) {
        return true;
    }
    let acted = || ACTING.contains(r.it.text(r.it.tokens[a.cue].span)) && quoted.iter().all(within);
    !quoted.is_empty() && quoted.iter().all(|n| works[*n]) && (2 * most + 4 >= a.content.len() || acted())
}

/// Nouns and participles before the title of a work.
static WORKS: WordSet = WordSet::english(Fact::Works, "title");

/// Whether what is quoted is the title of a work: capitalised throughout, behind "the film", a programme's station or
/// another title.
fn is_work(r: &Reading<'_>, n: usize, known: &[bool]) -> bool {
    let it = r.it;
    let marked = &r.stretches[n].marked;
    if (is_called(it, marked) || is_explained(it, marked)) && !in_headline(it, marked.inner) {
        return true;
    }
    if !in_title_case(marked.inner.text(&it.article.text)) || in_headline(it, marked.inner) {
        return false;
    }
    let end = it.tokens.partition_point(|t| t.span.end() <= marked.outer.start());
    let before =
        |back: usize| end.checked_sub(back).map_or_else(String::new, |i| it.text(it.tokens[i].span).to_lowercase());
    let noun = |back: usize| WORKS.contains(before(back).as_str());
    // "“Harbour Nights” (2011)", "directed “Harbour Nights”".
    let behind = it.article.text[marked.outer.end()..].trim_start().as_bytes();
    let year =
        behind.len() > 5 && behind[0] == b'(' && behind[1..5].iter().all(u8::is_ascii_digit) && behind[5] == b')';
    if year || MAKING.contains(before(1).as_str()) {
        return true;
    }
    // "On Channel One’s “Harbour Nights”", "on CBS’ “…”".
    if noun(1) || matches!(before(1).as_str(), "'s" | "’s" | "'" | "’") && end > 1 && it.tokens[end - 2].tag.is_proper()
    {
        return true;
    }
    // "such films as “…”", "his book, “…”", "films including “…”".
    let words = marked.inner.text(&it.article.text).split_whitespace().count();
    // "who starred in “Harbour Nights”".
    if before(1) == "in" && (2..=4).any(|back| ACTING.contains(before(back).as_str())) {
        return true;
    }
    if before(1) == "on" && (2..=PROGRAMME).contains(&words) {
        return true;
    }
    let joins = matches!(
        before(1).as_str(),
        "as" | "," | "including" | "include" | "includes" | "included" | "like" | ":" | "on" | "("
    );
    if joins && (noun(2) || noun(3)) {
        return true;
    }
    // "a showing of “Harbour Nights”", "a showing of the “Harbour Nights”", "told “Harbour Tonight.”"
    let of = if matches!(before(1).as_str(), "the" | "a" | "an") { 2 } else { 1 };
    if before(of) == "of" && SHOWN.contains(before(of + 1).as_str()) {
        return true;
    }
    let told = || reporting_verb(&before(1)).is_some_and(|v| v == "tell");
    // "told “Harbour Tonight” that …".
    let ends = || {
        marked.inner.text(&it.article.text).ends_with(['.', ','])
            || behind.starts_with(b"that ")
            || behind.starts_with(b"on ")
    };
    if (2..=PROGRAMME).contains(&words) && (told() && ends() || before(1) == "quoting") {
        return true;
    }
    // "his “Harbour Nights” speech".
    let next = it.tokens.get(it.tokens.partition_point(|t| t.span.start() < marked.outer.end()));
    if words > 1 && next.is_some_and(|t| matches!(it.text(t.span), "speech" | "show" | "tour" | "series" | "album")) {
        return true;
    }
    // "and “…”" behind another title.
    let other = n.checked_sub(1).filter(|_| matches!(before(1).as_str(), "and" | "," | "or"));
    other.is_some_and(|p| {
        let gap =
            Span::new(r.stretches[p].marked.outer.end(), marked.outer.start().max(r.stretches[p].marked.outer.end()));
        it.tokens_in(gap).len() <= 2 && known[p]
    })
}

/// Verbs whose object in marks and capitals is a work: "directed “Harbour Nights”".
static MAKING: WordSet = WordSet::english(Fact::Works, "making");

/// Verbs of those who act in a work: "starred in “Harbour Nights”".
static ACTING: WordSet = WordSet::english(Fact::Works, "acting");

/// Words before what a thing or a person is called: "captioned", "nicknamed".
static CALLING: WordSet = WordSet::english(Fact::Works, "calling");

/// Nouns for what is shown of a work: "a showing of “Harbour Nights”".
static SHOWN: WordSet = WordSet::english(Fact::Works, "shown");

/// Verbs by which a word in marks is explained: "“Skerry” means a small island".
static EXPLAINING: WordSet = WordSet::english(Fact::Works, "explaining");

/// Words in marks that are explained as one, at most.
const EXPLAINED: usize = 3;

/// Whether what is quoted opens its sentence and is explained right behind: "“Skerry” means a small island".
fn is_explained(it: &Annotated, marked: &Marked) -> bool {
    let text = marked.inner.text(&it.article.text);
    let behind = it.tokens.partition_point(|t| t.span.start() < marked.outer.end());
    let opens = it.sentence_at(marked.inner.start()).is_some_and(|s| {
        !it.text(Span::new(it.sentences[s].span.start().min(marked.outer.start()), marked.outer.start()))
            .contains(char::is_alphanumeric)
    });
    let explains = || it.tokens.get(behind).is_some_and(|t| EXPLAINING.contains(it.text(t.span)));
    text.split_whitespace().count() <= EXPLAINED && !text.ends_with([',', '.', '?', '!']) && opens && explains()
}

/// Whether what is quoted is a name or a caption that nobody utters: "a photo captioned “…”", "known as “…”".
fn is_called(it: &Annotated, marked: &Marked) -> bool {
    let end = it.tokens.partition_point(|t| t.span.end() <= marked.outer.start());
    let before =
        |back: usize| end.checked_sub(back).map_or_else(String::new, |i| it.text(it.tokens[i].span).to_lowercase());
    let called = if matches!(before(1).as_str(), "the" | "a" | "an") { before(2) } else { before(1) };
    CALLING.contains(called.as_str()) || before(1) == "as" && before(2) == "known" || is_so_called(it, marked)
}

/// Whether what is quoted is only called so: "his so-called “freedom budget”".
fn is_so_called(it: &Annotated, marked: &Marked) -> bool {
    let lead = it.article.text[..marked.outer.start()].trim_end();
    ["so-called", "so called"].iter().any(|words| lead.ends_with(words))
}

/// Words of a programme's title, at most.
const PROGRAMME: usize = 5;

/// Words that stay small in a title.
static SMALL: WordSet = WordSet::english(Fact::TitleSmall, "work");

/// Whether `text` is capitalised as titles are, and has no stop of its own.
fn in_title_case(text: &str) -> bool {
    let text = text.trim_end_matches(',');
    let words: Vec<&str> = text.split_whitespace().collect();
    // American papers put the sentence's stop inside the marks: "on “Harbour Tonight.”"
    let text = if words.len() <= PROGRAMME { text.strip_suffix('.').unwrap_or(text) } else { text };
    let small = |w: &&str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty() || SMALL.contains(bare)
    };
    let capital = |w: &&str| {
        w.trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    (1..=12).contains(&words.len())
        && !text.ends_with('.')
        && words[0].starts_with(|c: char| !c.is_lowercase())
        && words.iter().all(|w| capital(w) || small(w))
}

/// Who signs a quotation at the end of its line or on the next: "“…” — Ada Stone".
fn signature(it: &Annotated, outer: Span) -> Option<Span> {
    let text = it.article.text.as_str();
    let rest = text.get(outer.end()..)?;
    let line = rest.trim_start_matches([' ', '\u{a0}']);
    let line = if line.starts_with('\n') { line.trim_start() } else { line };
    if outer.len() >= PASSAGE
        && let Some(signed) = name_and_outlet(it, text.len() - line.len(), line)
    {
        return Some(signed);
    }
    let dash = line.strip_prefix(['—', '–', '-', '―', '~']).map(|l| l.trim_start_matches(['-', ' ', '\u{a0}']))?;
    let from = text.len() - dash.len();
    let end = dash.find('\n').unwrap_or(dash.len());
    let name = dash[..end].split([',', '(']).next().unwrap_or_default().trim_end_matches(['.', ' ']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    // "Harbour master Ada Stone", "Bo de Witt": small words stand between, not at the ends.
    let known = (1..=7).contains(&words.len())
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
        && words.iter().filter(|w| !capital(w)).count() <= 2;
    (known && dash[..end].split_whitespace().count() <= 14).then(|| Span::new(from, from + name.len()))
}

/// Bytes of a passage that may be signed without a dash, at least.
const PASSAGE: usize = 100;

/// Words of a signature without a dash, at most.
const SIGNATURE: usize = 9;

/// Who signs a passage in a digest, where `line` at byte `at` is a name and the outlet it wrote for, and nothing else: "Ada Stone,
/// Harbour Gazette". No verb makes a sentence of it, and it has no stop.
fn name_and_outlet(it: &Annotated, at: usize, line: &str) -> Option<Span> {
    let line = line[..line.find('\n').unwrap_or(line.len())].trim_end();
    let (name, outlet) = line.split_once(", ")?;
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c == '(');
    let small = |w: &str| SMALL.contains(w) || PARTICLES.contains(w);
    let words = |part: &str, most: usize| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (1..=most).contains(&words.len())
            && words
                .iter()
                .all(|w| (capital(w) || small(w)) && w.chars().all(|c| c.is_alphabetic() || ".-'’&()".contains(c)))
            && capital(words[0])
            && words.last().is_some_and(|w| capital(w))
    };
    let plain = words(name, 5) && name.contains(' ') && words(outlet, 5) && !line.ends_with('.');
    let place = outlet.trim_end_matches('.');
    // "Ada Stone, Ost" under a letter to the editor is signed, too; a party and a state are not.
    let signed =
        plain && line.split_whitespace().count() <= SIGNATURE && !place.starts_with("D-") && !place.starts_with("R-");
    // "Editorial Board, Harbour Gazette": the paper speaks.
    let paper = name.split(' ').all(|w| BOARD.contains(w));
    let from = if paper { at + line.len() - outlet.len() } else { at };
    let end = if paper { at + line.len() } else { at + name.len() };
    (signed && !it.article.is_furniture(Span::new(at, at + line.len()))).then(|| Span::new(from, end))
}

/// Words of what a paper's own opinion is signed with.
static BOARD: WordSet = WordSet::english(Fact::NewsroomWords, "board");

static PARTICLES: WordSet = WordSet::english(Fact::NameConnectors, "mention");

/// Adds what is said in relative clauses: "a plan, which he said was dear", "the plan, which, he said, was dear".
fn relative_clauses(it: &Annotated, out: &mut Vec<Quote>) {
    // The quotations that touch each sentence.
    let mut known: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (n, q) in out.iter().enumerate() {
        let places = [Some(q.span.start()), q.span.end().checked_sub(1), q.cue_span.map(|c| c.start())];
        let mut sentences: Vec<usize> = places.into_iter().flatten().filter_map(|at| it.sentence_at(at)).collect();
        sentences.dedup();
        sentences.into_iter().for_each(|s| known.entry(s).or_default().push(n));
    }
    for sentence in it.sentences.iter().filter(|s| !s.heading) {
        let end = sentence.end_token;
        let word = |i: usize| if i < end { it.text(it.tokens[i].span) } else { "" };
        for i in sentence.first_token + 1..end {
            if !matches!(word(i), "which" | "who" | "that") || !matches!(it.tokens[i].tag, Tag::WDT | Tag::WP | Tag::IN)
            {
                continue;
            }
            let bare = |k: usize| if word(k) == "," { k + 1 } else { k };
            let subject = bare(i + 1);
            // "which he said was", "which, the mayor said, was": a subject of at most six words.
            let Some(cue) =
                (subject + 1..end.min(subject + 7)).find(|&k| is_strong(word(k)) && it.tokens[k].tag != Tag::VBN)
            else {
                continue;
            };
            let nominal = |k: usize| {
                let tag = it.tokens[k].tag;
                tag.is_noun()
                    || matches!(tag, Tag::PRP | Tag::DT | Tag::JJ | Tag::PRPS | Tag::Hyph | Tag::POS | Tag::CD)
            };
            let from = bare(cue + 1);
            let finite = |k: usize| k < end && matches!(it.tokens[k].tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD);
            let subject_ends = it.tokens[cue - 1].tag.is_noun() || it.tokens[cue - 1].tag == Tag::PRP;
            if !finite(from) || !subject_ends || !(subject..cue).all(nominal) {
                continue;
            }
            let cue_span = it.tokens[cue].span;
            // The clause goes on to the end of the sentence, or to a comma before what is no part of it: where the verb of
            // its noun is still to come ("The ferry, which he said was sound, sank"), before that verb.
            let inside = !(sentence.first_token..i).any(finite);
            let stop = (from..end)
                .find(|&k| {
                    matches!(word(k), "." | ";" | "?" | "!" | "”" | "\"")
                        || word(k) == "," && matches!(word(k + 1), "but" | "while" | "and")
                        || word(k) == ","
                            && inside
                            && (finite(k + 1)
                                || it.tokens[k + 1..end].first().is_some_and(|t| t.tag == Tag::RB) && finite(k + 2))
                })
                .unwrap_or(end);
            if stop <= from + 1 {
                continue;
            }
            let span = it.tokens[from].span.cover(it.tokens[stop - 1].span);
            let here = it.sentence_at(span.start());
            let taken = |n: &usize| {
                let q: &Quote = &out[*n];
                q.span.overlaps(span) || q.cue_span == Some(cue_span)
            };
            if here.and_then(|s| known.get(&s)).is_some_and(|all| all.iter().any(taken)) {
                continue;
            }
            out.push(Quote {
                span,
                parts: Vec::new(),
                kind: QuoteKind::Indirect,
                act: Act::Communication,
                speaker: None,
                speaker_span: Some(it.tokens[subject].span.cover(it.tokens[cue - 1].span)),
                speaker_entity: None,
                cue_span: Some(cue_span),
                rule: rules::SAID_IN_RELATIVE_CLAUSE,
            });
        }
    }
}

/// Gives what is quoted without a cue the speaker of the quotation before it in the same or the last paragraph; words that
/// are quoted with a verb of no speech ("deemed", "allowed") have none to hand on.
fn carry_on(it: &Annotated, quotes: &mut [Quote]) {
    let mut last: Option<(Span, Option<Span>)> = None;
    for q in quotes.iter_mut().filter(|q| q.kind != QuoteKind::Scare && q.kind != QuoteKind::Headline) {
        if q.rule == rules::SPEAKER_CARRIED_ON
            && let Some((place, speaker)) = last
            && breaks(it, place.end().min(q.span.start()), q.span.start()) <= 2
        {
            q.speaker_span = speaker;
        }
        let said =
            |cue: Span| act(&it.text(cue).split(' ').next().unwrap_or_default().to_lowercase()) == Act::Communication;
        // Who signed a passage says no more than that.
        if q.rule == rules::SIGNED {
            last = None;
        } else if q.speaker_span.is_some() && (q.kind == QuoteKind::Direct || q.cue_span.is_none_or(said)) {
            last = Some((q.span, q.speaker_span));
        }
    }
}

/// Gives the paragraphs of a quotation that go on in the next one, which alone says who speaks, its speaker and cue.
fn carry_back(r: &Reading<'_>, quotes: &mut [Quote]) {
    for pair in r.stretches.windows(2).rev().filter(|pair| pair[0].marked.continues) {
        let (open, next) = (pair[0].marked.inner, pair[1].marked.inner);
        let said = quotes.iter().find(|q| q.parts.first() == Some(&next));
        // What is signed under its last paragraph has no cue.
        // A post of its own, with its author behind it, is no first paragraph of the next.
        let post = r.it.text(open).contains("(@");
        let said = said.filter(|q| q.cue_span.is_some() || q.rule == rules::SIGNED && !post);
        let Some((speaker, cue, rule)) = said.and_then(|q| Some((q.speaker_span?, q.cue_span, q.rule))) else {
            continue;
        };
        let bare = |q: &&mut Quote| q.parts.last() == Some(&open) && q.cue_span.is_none() && q.speaker_span.is_none();
        if let Some(quote) = quotes.iter_mut().find(bare) {
            (quote.kind, quote.speaker_span, quote.cue_span) = (QuoteKind::Direct, Some(speaker), cue);
            if rule == rules::SIGNED {
                quote.rule = rule;
            }
        }
    }
}

/// Line breaks between two places, those around furniture ("ADVERTISEMENT") left out.
fn breaks(it: &Annotated, from: usize, to: usize) -> usize {
    let furniture = |at: usize, line: &str| {
        let line = Span::new(at, at + line.trim_end().len());
        !line.is_empty() && it.article.is_furniture(line)
    };
    let mut at = from;
    let (mut count, mut aside) = (0, 0);
    for line in it.article.text[from..to].split('\n') {
        aside += usize::from(furniture(at, line));
        count += 1;
        at += line.len() + 1;
    }
    (count - 1_usize).saturating_sub(2 * aside)
}

/// Whether a quotation with its cue behind it goes on in the marks at `outer`: "…," he said. "…"
fn goes_on(it: &Annotated, quote: &Quote, outer: Span) -> bool {
    let Some(cue) = quote.cue_span.filter(|c| c.start() >= quote.span.end()) else { return false };
    let Some(sentence) = it.sentence_at(cue.start()).map(|s| it.sentences[s].span) else { return false };
    sentence.end() <= outer.start()
        && it.article.text[sentence.end()..outer.start()].chars().all(|c| c == ' ' || c == '\u{a0}')
}

/// A quotation in marks that begins a sentence, apart from what is said without marks in the sentence before: "Stone said it
/// went well. “Nobody fell in.”" are two, "Stone disagrees. “He is a hero.”" is one.
fn parted(it: &Annotated, quote: Quote) -> impl Iterator<Item = Quote> {
    let text = it.article.text.as_str();
    let part = quote.parts.first().copied().filter(|part| {
        quote.kind == QuoteKind::Mixed
            && quote.parts.len() == 1
            && part.end() == quote.span.end()
            && text[..part.start()].trim_end_matches(['“', '"', '‘', '\'', '`', ' ']).ends_with(['.', '?', '!'])
            && it.sentence_at(quote.span.start()) != it.sentence_at(part.start())
    });
    let Some(part) = part else { return [Some(quote), None].into_iter().flatten() };
    let from = quote.span.start();
    // ", Stone said." is no part of what is said.
    let within = |s: &Span| s.start() >= from && s.end() <= part.start();
    let to = [quote.cue_span, quote.speaker_span].into_iter().flatten().filter(within).map(|s| s.start()).min();
    let lead = text[from..to.unwrap_or(part.start())].trim_end_matches(['“', '"', '‘', '\'', '`', ' ', '.', ',']);
    let told = (lead.split_whitespace().count() >= LEAST_TOLD).then(|| Quote {
        span: Span::new(from, from + lead.len()),
        parts: Vec::new(),
        kind: QuoteKind::Indirect,
        ..quote.clone()
    });
    // "shouted to the crowd. “We go.”" stays as the model has it.
    if told.is_none() && to.is_none() {
        return [Some(quote), None].into_iter().flatten();
    }
    let direct = Quote { span: part, kind: QuoteKind::Direct, ..quote };
    [told, Some(direct)].into_iter().flatten()
}

/// Words of what is said without marks before a quotation, at least.
const LEAST_TOLD: usize = 3;

/// The quotation of an attribution that the model found.
fn attributed(r: &Reading<'_>, a: &Attribution) -> Quote {
    let it = r.it;
    let mut span = r.span(a.content.start, a.content.end);
    let inside = |s: &&Stretch| s.first < a.content.end && s.end > a.content.start;
    let within = |s: &&Stretch| s.first < a.content.start && a.content.end + 2 < s.end;
    let stretches: Vec<&Stretch> = r.stretches[stretches_of(r, a)].iter().filter(inside).collect();
    let mut kind = QuoteKind::Indirect;
    let mut parts: Vec<Span> = Vec::new();
    if let (Some(first), Some(last)) = (stretches.first(), stretches.last())
        && !stretches.iter().any(within)
    {
        // Content that takes more than half of a quotation takes all of it.
        let content = span;
        for m in stretches.iter().map(|s| s.marked.inner).filter(|m| m.shared(content) * 2 >= m.len()) {
            span = span.cover(m);
            parts.push(m);
        }
        if span.start() == first.marked.inner.start() && span.end() == last.marked.inner.end() {
            kind = QuoteKind::Direct;
        } else if !parts.is_empty() {
            kind = QuoteKind::Mixed;
        }
    }
    if in_headline(it, span) && parts.len() == 1 {
        kind = QuoteKind::Headline;
        span = parts[0];
    }
    let mut cue = it.tokens[a.cue].span;
    let act = match act(&it.text(cue).to_lowercase()) {
        // Words in quotation marks were uttered.
        Act::Other | Act::Factive | Act::Control if kind != QuoteKind::Indirect => Act::Communication,
        act => act,
    };
    if let Some(next) = it.tokens.get(a.cue + 1)
        && it.text(cue).eq_ignore_ascii_case("according")
    {
        cue = cue.cover(next.span);
    }
    let speaker_span = a.source.map(|w| {
        let phrase = phrase(r, w, a.cue, &a.content);
        r.span(phrase.start, phrase.end)
    });
    Quote {
        span,
        parts,
        kind,
        act,
        speaker: None,
        speaker_span,
        speaker_entity: None,
        cue_span: Some(cue),
        rule: rules::ATTRIBUTION_MODEL,
    }
}

fn quote(it: &Annotated, m: &Marked, before: Option<&Marked>, after: Option<&Marked>) -> Quote {
    let text = &it.article.text;
    let mut quote = Quote::direct(m.inner, rules::MARKS);
    let words = m.inner.text(text).split_whitespace().count();
    if in_headline(it, m.inner) {
        quote.kind = if words >= 3 { QuoteKind::Headline } else { QuoteKind::Scare };
        quote.rule = rules::MARKS_IN_HEADLINE;
        quote.speaker_span = headline_speaker(it, m);
        return quote;
    }
    let line_start = text[..m.outer.start()].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[m.outer.end()..].find('\n').map_or(text.len(), |i| m.outer.end() + i);
    let from = before.map_or(line_start, |b| b.outer.end().max(line_start));
    let to = after.map_or(line_end, |a| a.outer.start().min(line_end));
    let lead = Span::new(from.min(m.outer.start()), m.outer.start());
    let tail = Span::new(m.outer.end(), to.max(m.outer.end()));
    let ends_open = m.inner.text(text).ends_with([',', '?', '!', '…', '—', '-']) || tail.text(text).starts_with(',');
    let sentence_start = !starts_inside(text, lead);
    let beside = || super::subjects::right_behind(it, m.inner).filter(|_| sentence_start);
    let beside = beside();
    let found = if let Some((cue, source)) = beside {
        Some((cue, Some(source)))
    } else if ends_open && sentence_start {
        cue_after(it, tail).or_else(|| cue_before(it, lead))
    } else {
        cue_before(it, lead)
            .or_else(|| if ends_open || !m.inner.text(text).ends_with('.') { cue_after(it, tail) } else { None })
    };
    let found = found.or_else(|| introduction(it, lead));
    let ends_sentence = m.inner.text(text).ends_with(['.', ',', '?', '!', '…']);
    match found {
        Some((cue, speaker)) => {
            quote.cue_span = Some(cue);
            quote.speaker_span = speaker;
            quote.rule = rules::CUE_BESIDE_MARKS;
            let introduced = lead.text(text).trim_end().ends_with([',', ':']);
            let near = cue.end().abs_diff(m.outer.start()).min(cue.start().abs_diff(m.outer.end())) <= 24;
            quote.kind =
                if beside.is_some() || words >= 3 && (sentence_start || introduced || (words >= 12 && ends_sentence)) {
                    QuoteKind::Direct
                } else if words >= 8 || words >= 3 && near && is_strong(&cue.text(text).to_lowercase()) {
                    QuoteKind::Mixed
                } else {
                    QuoteKind::Scare
                };
        }
        None if sentence_start && ends_sentence && words >= 3 => {
            quote.rule = rules::SPEAKER_CARRIED_ON;
        }
        None if words >= 10 => quote.kind = QuoteKind::Mixed,
        None => quote.kind = QuoteKind::Scare,
    }
    quote
}

/// Whether `span` stands in the headline, or in a heading of the text.
fn in_headline(it: &Annotated, span: Span) -> bool {
    it.article.title_span.is_some_and(|t| t.contains(span))
        || it.sentence_at(span.start()).is_some_and(|s| it.sentences[s].heading)
}

/// The first person behind the quotation in a headline ("'We go': Smith quits"), else the last before it; by the names
/// the article gives elsewhere, because headlines capitalise everything.
fn headline_speaker(it: &Annotated, m: &Marked) -> Option<Span> {
    let sentence = &it.sentences[it.sentence_at(m.inner.start())?];
    let surnames: Vec<&str> = it
        .entities
        .iter()
        .filter(|e| e.kind == crate::NameKind::Person)
        .filter_map(|e| e.name.rsplit(' ').next())
        .collect();
    let is_surname = |span: &Span| surnames.contains(&it.text(*span));
    let tokens = || it.tokens_of(sentence).iter().map(|t| t.span);
    tokens()
        .filter(|t| t.start() >= m.outer.end())
        .find(is_surname)
        .or_else(|| tokens().filter(|t| t.end() <= m.outer.start()).rfind(is_surname))
}

/// Whether a sentence is under way at the end of `lead`.
fn starts_inside(text: &str, lead: Span) -> bool {
    let before = lead.text(text).trim_end();
    !(before.is_empty() || before.ends_with(['.', '?', '!', '”', '"', '’', ':', '…']))
}

/// Whether a word, not capitalised, is a form of a verb that reports.
fn reports(it: &Annotated, (span, lower): &(Span, String)) -> bool {
    // "In its document" reports nothing, though "to document" may.
    let noun = || it.tokens_in(*span).first().is_some_and(|t| matches!(t.tag, Tag::NN | Tag::NNS));
    it.text(*span) == lower && reporting_verb(lower).is_some() && !noun()
}

fn words_in(it: &Annotated, span: Span) -> Vec<(Span, String)> {
    it.tokens_in(span).iter().map(|t| (t.span, it.text(t.span).to_lowercase())).collect()
}

/// A reporting verb after the quotation, with its subject.
fn cue_after(it: &Annotated, tail: Span) -> Option<(Span, Option<Span>)> {
    let words = words_in(it, tail);
    let stop = words.iter().position(|(_, w)| matches!(w.as_str(), "." | "?" | "!")).unwrap_or(words.len()).min(REACH);
    let at = words[..stop].iter().position(|w| reports(it, w))?;
    let speaker = mention(it, &words[..at], true).or_else(|| mention(it, &words[at + 1..stop], false));
    Some((words[at].0, speaker))
}

/// The last reporting verb before the quotation in its sentence, with its subject.
fn cue_before(it: &Annotated, lead: Span) -> Option<(Span, Option<Span>)> {
    let words = words_in(it, lead);
    let start = words.iter().rposition(|(_, w)| matches!(w.as_str(), "." | "?" | "!")).map_or(0, |i| i + 1);
    let words = &words[start..];
    let from = words.len().saturating_sub(REACH * 2);
    let at = from + words[from..].iter().rposition(|w| reports(it, w))?;
    Some((words[at].0, mention(it, &words[..at], true).or_else(|| mention(it, &words[at + 1..], false))))
}

/// The person with a verb in a sentence that ends in a comma or colon before the quotation: "Ada Stone shot back, “…”".
fn introduction(it: &Annotated, lead: Span) -> Option<(Span, Option<Span>)> {
    let tokens = it.tokens_in(lead);
    let start = tokens.iter().rposition(|t| matches!(it.text(t.span), "." | "?" | "!")).map_or(0, |i| i + 1);
    let tokens = &tokens[start..];
    let last = tokens.last().filter(|t| matches!(it.text(t.span), "," | ":"))?;
    let here = tokens.first()?.span.cover(last.span);
    let name = it.names_in(here).iter().find(|n| n.kind == crate::NameKind::Person)?;
    let finite = |t: &&crate::Token| matches!(t.tag, Tag::VBD | Tag::VBZ | Tag::VBP);
    // "Keeper Ada Stone after the match: “…”".
    let next = tokens.iter().find(|t| t.span.start() >= name.span.end())?;
    if it.text(last.span) == ":"
        && !tokens.iter().any(|t| finite(&t))
        && matches!(it.text(next.span), "on" | "about" | "to" | "after")
        && it.tokens_in(tokens[0].span.cover(name.span)).iter().all(|t| t.tag.is_noun() || t.tag == Tag::JJ)
    {
        return Some((last.span, Some(name.span)));
    }
    let cue = tokens.iter().filter(|t| t.span.start() >= name.span.end()).find(finite)?;
    (tokens.len() <= REACH).then_some((cue.span, Some(name.span)))
}

/// The words that name somebody: a pronoun, or a run of capitalised words; the nearest from the right, or from the left.
fn mention(it: &Annotated, words: &[(Span, String)], from_right: bool) -> Option<Span> {
    let is_name = |span: Span| it.text(span).chars().next().is_some_and(char::is_uppercase);
    let is_pronoun = |w: &str| matches!(w, "he" | "she" | "they" | "it" | "who" | "we" | "i");
    let names = |i: usize| is_name(words[i].0) || is_pronoun(&words[i].1);
    let mut order: Box<dyn Iterator<Item = usize>> =
        if from_right { Box::new((0..words.len()).rev()) } else { Box::new(0..words.len()) };
    let at = order.find(|&i| names(i))?;
    if is_pronoun(&words[at].1) {
        return Some(words[at].0);
    }
    let first = (0..=at).rev().take_while(|&i| is_name(words[i].0)).last()?;
    let last = (at..words.len()).take_while(|&i| is_name(words[i].0)).last()?;
    Some(words[first].0.cover(words[last].0))
}
