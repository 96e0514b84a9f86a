//! What an outlet changed after publishing.
//!
//! Sentences of the two versions are paired first, the surest pairs first and in any order, so that moved text is not taken
//! for cut and added text; then the words of each pair are held against each other. Changes that touch facts (numbers,
//! names, quotations, dates, negations) come before changes of style.

use crate::aligned::aligned;
use crate::meaning::common;
use crate::words::words;
use crate::{Change, ChangeKind, Revision, Touch};
use rashomon_annotate::{Annotated, Corpus};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_lineage::{Kind, Lineage, Words};
use rashomon_model::{MONTHS, Span};
use similar::DiffOp;
use unicode_normalization::UnicodeNormalization;

/// The revisions among the relations of a story, in their order.
pub(crate) fn revisions(corpus: &Corpus, lineage: &Lineage) -> Vec<Revision> {
    lineage
        .relations
        .iter()
        .filter(|r| r.kind == Kind::Revision)
        .filter_map(|r| {
            let from = r.source?;
            let (old, new) = (corpus.get(from), corpus.get(r.derived));
            let (headline, changes) = (headline(old, new), changes(old, new));
            Some(Revision { from, to: r.derived, headline, changes, rule: r.rule })
        })
        .collect()
}

/// The headlines of two versions, where they stand apart from the texts and differ in more than marks and spaces. One that
/// stands in the text is a sentence of it.
fn headline(from: &Annotated, to: &Annotated) -> Option<[String; 2]> {
    if from.article.title_span.is_some() && to.article.title_span.is_some() {
        return None;
    }
    let (old, new) = (from.article.title.as_deref()?, to.article.title.as_deref()?);
    let words = |t: &str| Words::of(&folded(t)).hashes().to_vec();
    let same = words(old) == words(new) && claimed(old) == claimed(new);
    (!same).then(|| [old.to_owned(), new.to_owned()])
}

/// What a headline sets between quotation marks, of whatever form: words of somebody else. Without the marks the outlet says
/// them itself.
fn claimed(headline: &str) -> Vec<String> {
    let text = folded(headline).replace('"', "'");
    let mut out = Vec::new();
    let mut open = None;
    for (at, _) in text.match_indices('\'') {
        let (before, behind) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        let opens = before.is_none_or(|c| !c.is_alphanumeric()) && behind.is_some_and(char::is_alphanumeric);
        let closes = behind.is_none_or(|c| !c.is_alphanumeric());
        match open {
            None if opens => open = Some(at + 1),
            Some(from) if closes => {
                out.push(text[from..at].to_lowercase());
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// A text without what house styles write in two ways: "Sept. 3" and "September 3", "ten" and "10", "5%" and "5 percent",
/// "U.S." and "US", "a.m." and "am".
fn in_one_style(text: &str) -> String {
    let text = folded(text).replace('%', " percent").replace("per cent", "percent").replace('&', " and ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let styled = words.iter().enumerate().map(|(n, word)| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let behind = &word[word.find(core).map_or(0, |at| at + core.len())..];
        let lettered = core.contains('.')
            && core.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        let plain = if lettered { core.replace('.', "") } else { core.to_owned() };
        let month = MONTHS.iter().find(|m| {
            let short = plain.len() >= 3 && plain.len() <= 4 && m.starts_with(plain.as_str());
            short
                && (behind.starts_with('.')
                    || words.get(n + 1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())))
        });
        let plain = month.map_or(plain, |m| (*m).to_owned()).to_lowercase();
        let numbers = Language::english().list(Fact::NumberWords);
        let number = numbers.has(&plain, "whole").then(|| numbers.number(&plain)).flatten();
        let marks: String = behind.chars().filter(|c| *c != '.').collect();
        number.map_or(plain, |n| n.to_string()) + &marks
    });
    styled.collect::<Vec<_>>().join(" ")
}

/// Whether a short line only says which filing of an agency's report this is: "UPDATE 3: Adds quotes", "(Recasts, adds detail)".
/// A correction is more than that.
fn is_slug(text: &str) -> bool {
    static SLUGS: WordSet = WordSet::english(Fact::NewsroomWords, "slug");
    const MOST: usize = 14;
    let bare = text.trim_start_matches(['(', '*', ' ']);
    let first = bare.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let behind = bare[first.len()..].trim_start();
    text.split_whitespace().count() <= MOST
        && SLUGS.contains(first.to_lowercase().as_str())
        && (text.starts_with('(')
            || first.len() > 1
                && first.chars().all(char::is_uppercase)
                && behind.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '-' | '–')))
}

/// Whether a line tells nothing of the event: a stamp, a counter or a slug.
fn tells_nothing(text: &str) -> bool {
    is_stamp(text) || is_slug(text)
}

/// A text as its reader sees it: without soft hyphens and marks of no width, ligatures spelled out, spaces alike, accents one
/// with their letters.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            'ĳ' => out.push_str("ij"),
            '‘' | '’' | '‛' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' | '‟' => out.push('"'),
            '‐' | '‑' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Whether a line only tells when the page was changed or how often it was seen: "Last updated 3 minutes ago", "12
/// comments".
fn is_stamp(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    !words.is_empty()
        && words.len() <= 14
        && words.iter().any(|w| STAMPS.contains(w))
        && words.iter().all(|w| STAMPS.contains(w) || OF_STAMPS.contains(w))
        && (text.contains(|c: char| c.is_ascii_digit()) || words.iter().any(|w| NUMBERS.contains(w)))
}

/// Words that a stamp or a counter cannot do without.
static STAMPS: WordSet = WordSet::english(Fact::PageFurniture, "stamp");

/// Words that may stand beside them.
static OF_STAMPS: WordSet = WordSet::english(Fact::PageFurniture, "beside-stamp");

/// Those that stand for a number.
static NUMBERS: WordSet = WordSet::english(Fact::PageFurniture, "stamp-number");

/// Two sentences are versions of one from this share of common words on; below, one was cut and the other added.
/// Chosen by hand; all seven changes of the seed revision come out right with it.
const SAME_SENTENCE: f64 = 0.45;
/// A gap between equal words is a change of its own; gaps with fewer equal words between them are one change.
const WORDS_BETWEEN: usize = 2;

struct Part {
    span: Span,
    words: Words,
}

/// What changed from one version to another, facts before style.
#[must_use]
pub fn changes(from: &Annotated, to: &Annotated) -> Vec<Change> {
    let (old, new) = (parts(from), parts(to));
    let mut pairs = pair(&old, &new);
    // Of entries made alike, one that left and another that came elsewhere are no version of each other.
    let crosses = |a: &(usize, usize), b: &(usize, usize)| (a.0 < b.0) != (a.1 < b.1);
    let all = pairs.clone();
    pairs.retain(|p| {
        let crossed = all.iter().any(|q| q != p && p.0.abs_diff(q.0) <= MOST_PARTNERS / 2 && crosses(p, q));
        !(crossed && is_template(&old, &new, p.0, p.1))
    });
    let mut out = Vec::new();
    let moved = moved(&pairs, &old);
    for (n, (i, j)) in pairs.iter().enumerate() {
        let (x, y) = (&old[*i], &new[*j]);
        if moved[n] {
            out.push(Change {
                kind: ChangeKind::Moved,
                trivial: true,
                touches: Vec::new(),
                from: Some(x.span),
                to: Some(y.span),
            });
        }
        reworded(from, to, x, y, &mut out);
    }
    for (i, x) in old.iter().enumerate() {
        if !pairs.iter().any(|(p, _)| *p == i) {
            out.push(change(from, to, ChangeKind::Removed, Some(x.span), None));
        }
    }
    for (j, y) in new.iter().enumerate() {
        if !pairs.iter().any(|(_, p)| *p == j) {
            out.push(change(from, to, ChangeKind::Added, None, Some(y.span)));
        }
    }
    out.sort_by_key(|c| {
        let place = c.to.or(c.from).map_or(0, Span::start);
        (c.trivial, rank(c), place, c.from, c.to, c.kind)
    });
    out
}

/// What a reader of two versions looks for first: a fact told otherwise, then one taken back, then one added. Nearly every
/// sentence that comes or goes names somebody or a day; those alone come after figures, quotations and denials.
fn rank(c: &Change) -> u8 {
    let telling = c.touches.iter().any(|t| matches!(t, Touch::Number | Touch::Quote | Touch::Negation));
    match c.kind {
        _ if c.touches.is_empty() => 5,
        ChangeKind::Reworded => 0,
        ChangeKind::Removed if telling => 1,
        ChangeKind::Added if telling => 2,
        ChangeKind::Removed | ChangeKind::Added => 3,
        ChangeKind::Moved => 4,
    }
}

fn parts(it: &Annotated) -> Vec<Part> {
    let mut spans: Vec<Span> = Vec::with_capacity(it.sentences.len());
    for s in it.sentences.iter().rev() {
        match spans.last_mut().filter(|behind| is_wrapped(it, s.span, **behind)) {
            Some(behind) => *behind = behind.cover(s.span),
            None => spans.push(s.span),
        }
    }
    let parts = spans.into_iter().rev().map(|span| Part { span, words: Words::of(it.text(span)) });
    parts.filter(|p| !p.words.is_empty()).collect()
}

/// Whether a sentence goes on behind the end of its line, as in mail and in copy of agencies: nothing ends it there, and what
/// follows on the next line begins small, stands behind a word that binds, or ends a sentence that a full line began.
fn is_wrapped(it: &Annotated, before: Span, behind: Span) -> bool {
    static BINDING: WordSet = WordSet::english(Fact::FunctionWords, "wording");
    let text = it.article.text.as_str();
    let between = text.get(before.end()..behind.start()).unwrap_or_default();
    const FULL: usize = 45;
    let one_line = between.trim_matches([' ', '\t', '\r']) == "\n";
    let (first, second) = (it.text(before).trim_end(), it.text(behind));
    let open = first.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—'));
    let last = first.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let line = text[..before.end()].rfind('\n').map_or(before.end(), |at| before.end() - at - 1);
    let ends = second.trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '!', '?']);
    let headline = it.article.title_span.is_some_and(|t| t.overlaps(before));
    let furniture = |s: Span| it.article.furniture.iter().any(|f| f.overlaps(s));
    let goes_on = second.starts_with(char::is_lowercase) || first.ends_with(',') || BINDING.contains(last.as_str());
    one_line && open && (goes_on || line >= FULL && ends) && !headline && !furniture(before) && !furniture(behind)
}

/// Whether two sentences that differ are as like another sentence of the same version as each other.
fn is_template(old: &[Part], new: &[Part], i: usize, j: usize) -> bool {
    let sorted = |p: &Part| {
        let mut it = p.words.hashes().to_vec();
        it.sort_unstable();
        it
    };
    let (x, y) = (sorted(&old[i]), sorted(&new[j]));
    let share = |a: &[u32], b: &[u32]| 2.0 * common(a, b) as f64 / (a.len() + b.len()).max(1) as f64;
    let own = share(&x, &y);
    let near = |n: usize, at: usize| n != at && n.abs_diff(at) <= MOST_PARTNERS / 2;
    let siblings = |of: &[Part], at: usize, it: &[u32]| {
        (0..of.len()).any(|n| near(n, at) && share(&sorted(&of[n]), it) + 0.01 >= own)
    };
    own < 1.0 && siblings(old, i, &x) && siblings(new, j, &y)
}

/// The most sentences of the other version that one is held against; those with most words in common come first.
const MOST_PARTNERS: usize = 400;

/// Pairs of sentences that are versions of each other, in order of the older; each sentence in one pair at most.
fn pair(old: &[Part], new: &[Part]) -> Vec<(usize, usize)> {
    let sorted = |p: &Part| {
        let mut it = p.words.hashes().to_vec();
        it.sort_unstable();
        it
    };
    let bags: (Vec<_>, Vec<_>) = (old.iter().map(sorted).collect(), new.iter().map(sorted).collect());
    let mut all = Vec::new();
    for (i, x) in bags.0.iter().enumerate() {
        let middle = i * new.len() / old.len().max(1);
        let first = middle.saturating_sub(MOST_PARTNERS / 2);
        for (j, y) in bags.1.iter().enumerate().skip(first).take(MOST_PARTNERS) {
            let equal = common(x, y);
            let share = 2.0 * equal as f64 / (x.len() + y.len()) as f64;
            // A sentence cut in two, or lengthened, keeps nearly all words of the shorter form.
            let inside = equal as f64 / x.len().min(y.len()) as f64;
            if share >= SAME_SENTENCE || (inside >= 0.8 && equal >= 6) {
                all.push((share, i, j));
            }
        }
    }
    all.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1.abs_diff(p.2), p.1, p.2).cmp(&(q.1.abs_diff(q.2), q.1, q.2))));
    let (mut used_old, mut used_new) = (vec![false; old.len()], vec![false; new.len()]);
    let mut out = Vec::new();
    for (_, i, j) in all {
        if !used_old[i] && !used_new[j] {
            used_old[i] = true;
            used_new[j] = true;
            out.push((i, j));
        }
    }
    out.sort_unstable();
    out
}

/// Which pairs are out of the order of the rest: all but the longest rising chain, weighed by length.
fn moved(pairs: &[(usize, usize)], old: &[Part]) -> Vec<bool> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (n, (i, j)) in pairs.iter().enumerate() {
        let before = (n.saturating_sub(MOST_PARTNERS)..n)
            .filter(|p| pairs[*p].1 < *j)
            .max_by_key(|p| (best[*p].0, std::cmp::Reverse(*p)));
        best.push((old[*i].words.len() + before.map_or(0, |p| best[p].0), before));
    }
    let mut out = vec![true; pairs.len()];
    let mut at = (0..best.len()).max_by_key(|n| (best[*n].0, std::cmp::Reverse(*n)));
    while let Some(n) = at {
        out[n] = false;
        at = best[n].1;
    }
    out
}

/// The changes inside a pair of sentences.
fn reworded(from: &Annotated, to: &Annotated, x: &Part, y: &Part, out: &mut Vec<Change>) {
    let (before, after) = (from.text(x.span), to.text(y.span));
    if before == after {
        return;
    }
    // What no reader sees: spaces, soft hyphens, ligatures; and stamps that every reading changes.
    if folded(before) == folded(after)
        || tells_nothing(before) && tells_nothing(after)
        || in_one_style(before) == in_one_style(after)
    {
        let (from, to) = (Some(x.span), Some(y.span));
        out.push(Change { kind: ChangeKind::Reworded, trivial: true, touches: Vec::new(), from, to });
        return;
    }
    let ops = aligned(x.words.hashes(), y.words.hashes());
    let mut gaps: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for op in ops {
        if let DiffOp::Equal { .. } = op {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        match gaps.last_mut() {
            Some((o, n)) if old.start - o.end < WORDS_BETWEEN && new.start - n.end < WORDS_BETWEEN => {
                o.end = old.end;
                n.end = new.end;
            }
            _ => gaps.push((old, new)),
        }
    }
    if gaps.is_empty() {
        // The same words: marks, spaces or case.
        out.push(Change {
            kind: ChangeKind::Reworded,
            trivial: true,
            touches: Vec::new(),
            from: Some(x.span),
            to: Some(y.span),
        });
    }
    for (old, new) in gaps {
        // A house's style may write in one word what another writes in two: the word before is held against its own, too.
        let wider = |it: &Annotated, p: &Part, r: &std::ops::Range<usize>| {
            let found = p.words.cover(r.start.saturating_sub(1), r.end)?;
            let span = Span::new(p.span.start() + found.start(), p.span.start() + found.end());
            Some(to_blanks(&it.article.text, span))
        };
        if let (Some(o), Some(n)) = (wider(from, x, &old), wider(to, y, &new))
            && in_one_style(from.text(o)) == in_one_style(to.text(n))
        {
            let (from, to) = (Some(o), Some(n));
            out.push(Change { kind: ChangeKind::Reworded, trivial: true, touches: Vec::new(), from, to });
            continue;
        }
        let place = |it: &Annotated, p: &Part, r: &std::ops::Range<usize>| {
            let found = p.words.cover(r.start, r.end)?;
            Some(whole_numbers(
                &it.article.text,
                Span::new(p.span.start() + found.start(), p.span.start() + found.end()),
            ))
        };
        let (old, new) = (place(from, x, &old), place(to, y, &new));
        let kind = match (old, new) {
            (Some(_), Some(_)) => ChangeKind::Reworded,
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
        };
        out.push(change(from, to, kind, old, new));
    }
}

/// `span` up to the blanks around it.
fn to_blanks(text: &str, span: Span) -> Span {
    let start = text[..span.start()]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[span.end()..].find(char::is_whitespace).map_or(text.len(), |at| span.end() + at);
    Span::new(start, end)
}

/// `span` with all of a number that it begins or ends inside of: "4" of "4,000" is no number of its text.
fn whole_numbers(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let joins = |at: usize| matches!(bytes.get(at), Some(b',' | b'.' | b':'));
    let (mut start, mut end) = (span.start(), span.end());
    while start >= 2 && digit(start) && joins(start - 1) && digit(start - 2) {
        start -= 2;
        while start > 0 && digit(start - 1) {
            start -= 1;
        }
    }
    while end > 0 && digit(end - 1) && joins(end) && digit(end + 1) {
        end += 2;
        while digit(end) {
            end += 1;
        }
    }
    Span::new(start, end)
}

/// A change with what it touches. It is trivial if it touches no fact and changes hardly a content word.
fn change(from: &Annotated, to: &Annotated, kind: ChangeKind, old: Option<Span>, new: Option<Span>) -> Change {
    let mut touches = Vec::new();
    let (x, y) = (old.map(|s| facts(from, s)).unwrap_or_default(), new.map(|s| facts(to, s)).unwrap_or_default());
    for (n, touch) in [Touch::Number, Touch::Date, Touch::Name, Touch::Quote, Touch::Negation].into_iter().enumerate() {
        if x[n] != y[n] {
            touches.push(touch);
        }
    }
    let inside =
        |it: &Annotated, s: Option<Span>| it.article.title_span.is_some_and(|t| s.is_some_and(|s| t.contains(s)));
    if inside(from, old) || inside(to, new) {
        touches.push(Touch::Headline);
    }
    // The same to the eye, or a stamp that came or went.
    let text = |it: &Annotated, s: Option<Span>| s.map_or(String::new(), |s| folded(it.text(s)));
    let (before, after) = (text(from, old), text(to, new));
    let nothing = |t: &str| t.is_empty() || tells_nothing(t);
    if before == after || nothing(&before) && nothing(&after) {
        touches.clear();
        return Change { kind, trivial: true, touches, from: old, to: new };
    }
    // "wasn't" spelled out is the same words.
    let forms = |it: &Annotated, s: Span| words(it.text(s), s.start()).into_iter().map(|w| w.form).collect::<Vec<_>>();
    let spelled_out = old.zip(new).is_some_and(|(o, n)| forms(from, o) == forms(to, n));
    if spelled_out && touches == [Touch::Negation] {
        return Change { kind, trivial: true, touches: Vec::new(), from: old, to: new };
    }
    let content = |it: &Annotated, s: Option<Span>| s.map_or(0, |s| Words::of(it.text(s)).content());
    let small = content(from, old).max(content(to, new)) == 0;
    let spelling = match (old, new) {
        (Some(o), Some(n)) => nearly_same(from.text(o), to.text(n)),
        _ => false,
    };
    let trivial = touches.is_empty() && (small || spelling);
    Change { kind, trivial, touches, from: old, to: new }
}

/// The numbers, dates, names, quoted words and negations in a span, each as a list to compare.
fn facts(it: &Annotated, span: Span) -> [Vec<String>; 5] {
    let inside = |s: Span| s.overlaps(span);
    let mut out = [
        it.numbers
            .iter()
            .filter(|n| inside(n.span))
            .map(|n| format!("{} {}", n.value, n.unit.as_deref().unwrap_or("")))
            .collect(),
        it.times.iter().filter(|t| inside(t.span)).map(|t| t.value.clone()).collect::<Vec<_>>(),
        it.names.iter().filter(|n| inside(n.span)).map(|n| it.entities[n.entity].name.to_lowercase()).collect(),
        it.quotes
            .iter()
            .filter(|q| q.kind != rashomon_annotate::QuoteKind::Indirect && inside(q.span))
            .map(|q| {
                let from = q.span.start().max(span.start());
                let to = q.span.end().min(span.end());
                it.text(Span::new(from, to)).to_lowercase()
            })
            .collect(),
        negations(it.text(span)),
    ];
    out.iter_mut().for_each(|l| l.sort());
    out
}

/// Words that turn a statement round.
fn negations(text: &str) -> Vec<String> {
    static WORDS: WordSet = WordSet::english(Fact::Polarity, "revision");
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(str::to_lowercase)
        .filter(|w| WORDS.contains(w.as_str()) || w.ends_with("n't") || w.ends_with("n’t"))
        .collect()
}

/// Whether two short texts differ in spelling only: at most one character in five.
fn nearly_same(x: &str, y: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (x.to_lowercase().chars().collect(), y.to_lowercase().chars().collect());
    if x.len().max(y.len()) > 60 {
        return false;
    }
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for (i, c) in x.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, d) in y.iter().enumerate() {
            let next = (diagonal + usize::from(c != d)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[y.len()] * 5 <= x.len().max(y.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_annotate::annotate;
    use rashomon_model::Article;

    fn found(old: &str, new: &str) -> Vec<(ChangeKind, String, String)> {
        let it = |text: &str| annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let (old, new) = (it(old), it(new));
        let text = |it: &Annotated, s: Option<Span>| s.map_or(String::new(), |s| it.text(s).to_owned());
        changes(&old, &new).into_iter().map(|c| (c.kind, text(&old, c.from), text(&new, c.to))).collect()
    }

    #[test]
    fn a_changed_number_is_one_reworded_word() {
        let old = "Rescuers brought 12 people ashore before dawn. The search goes on.";
        let new = "Rescuers brought 15 people ashore before dawn. The search goes on.";
        assert_eq!(found(old, new), [(ChangeKind::Reworded, "12".to_owned(), "15".to_owned())]);
    }

    #[test]
    fn a_changed_number_is_told_whole() {
        for (old, new) in
            [("4,000", "14,000"), ("1,250,000", "1,300,000"), ("4.5", "4.8"), ("10:30", "10:45"), ("1,200", "900")]
        {
            let text = |n: &str| format!("Divers brought up {n} crates of the cargo before dawn. The search goes on.");
            assert_eq!(found(&text(old), &text(new)), [(ChangeKind::Reworded, old.to_owned(), new.to_owned())]);
        }
    }

    #[test]
    fn lines_broken_inside_sentences_are_no_change() {
        let it = |text: &str| annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let old = "Divers searched the wreck of the ferry in the bay on Monday, the port office said in a note.\n\nIts owner said that to his knowledge nobody from Port Ellis had been on board when it sank.";
        let new = "Divers searched the wreck of the ferry in the bay on\nMonday, the port office said in a note.\n\nIts owner said that to his knowledge nobody from Port\nEllis had been on board\nwhen it sank.";
        let changes = changes(&it(old), &it(new));
        assert!(changes.iter().all(|c| c.trivial && c.touches.is_empty()), "{changes:?}");
    }

    #[test]
    fn cut_and_added_sentences_are_told_apart() {
        let old = "The ferry sank in the bay. The owner gave no comment on it.";
        let new = "The ferry sank in the bay. Divers reached the wreck with a camera.";
        assert_eq!(
            found(old, new),
            [
                (ChangeKind::Removed, "The owner gave no comment on it.".to_owned(), String::new()),
                (ChangeKind::Added, String::new(), "Divers reached the wreck with a camera.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_moved_sentence_is_neither_cut_nor_added() {
        let old = "The ferry sank in the bay near the old light at noon. Forty people were aboard. The owner gave no comment.";
        let new = "Forty people were aboard. The owner gave no comment. The ferry sank in the bay near the old light at noon.";
        assert!(found(old, new).iter().all(|c| c.0 == ChangeKind::Moved));
    }

    #[test]
    fn of_a_list_only_the_entries_that_changed_are_told() {
        let list = |days: &[&str]| {
            let lines = days.iter().map(|d| format!("The lock was shut on {d} 2031.")).collect::<Vec<_>>();
            format!("The river authority keeps a list.\n\n{}\n\nRepairs will begin in spring.", lines.join("\n\n"))
        };
        let line = |d: &str| format!("The lock was shut on {d} 2031.");
        for (old, new, gone, come) in [
            (vec!["9 April", "8 April", "3 April"], vec!["15 April", "9 April", "8 April"], "3 April", "15 April"),
            (vec!["1 May", "4 May", "9 May"], vec!["1 May", "9 May", "20 May"], "4 May", "20 May"),
            (
                vec!["2 June", "5 June", "7 June", "8 June"],
                vec!["1 June", "2 June", "7 June", "8 June"],
                "5 June",
                "1 June",
            ),
        ] {
            let expected =
                [(ChangeKind::Removed, line(gone), String::new()), (ChangeKind::Added, String::new(), line(come))];
            let mut told = found(&list(&old), &list(&new));
            told.sort_by_key(|c| c.0 == ChangeKind::Added);
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn stamps_counters_and_what_nobody_sees_are_trivial() {
        let it = |text: &str| annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let body = "The harbour office opened the final lock at noon. Holm said that it had held.";
        for (old, new) in [
            (format!("Last updated 3 minutes ago\n\n{body}"), format!("Last updated 1 hour ago\n\n{body}")),
            (format!("{body}\n\n12 comments"), format!("{body}\n\n48 comments")),
            (format!("Published 14:05 GMT, 3 March\n\n{body}"), format!("Updated 15:10 GMT, 3 March\n\n{body}")),
            (format!("{body}\n\n1.2k shares"), body.to_owned()),
            (body.to_owned(), body.replace("harbour office", "harbour\u{a0}office").replace(". ", ".  ")),
            (body.to_owned(), body.replace("harbour", "har\u{ad}bour").replace("Holm", "Hol\u{ad}m")),
            (body.to_owned(), body.replace("office", "oﬃce").replace("final", "ﬁnal")),
            (format!("{body}\n\nJoin the conversation (4)"), format!("{body}\n\nJoin the conversation (31)")),
            (
                format!("The office first filed five reports.\n\n{body}"),
                format!("The oﬃce ﬁrst ﬁled ﬁve reports.\n\n{body}"),
            ),
            (body.replace("at noon", "at 5%"), body.replace("at noon", "at 5 percent")),
            (
                body.replace("at noon", "on Sept. 3 with ten men of the U.S."),
                body.replace("at noon", "on September 3 with 10 men of the US"),
            ),
            (
                body.replace("noon", "9 a.m. and cut fares 5 per cent"),
                body.replace("noon", "9am and cut fares 5%").replace("9am", "9 am"),
            ),
            (
                format!("UPDATE 1: Adds detail on the lock\n\n{body}"),
                format!("UPDATE 3: Adds quotes, background\n\n{body}"),
            ),
            (body.replace("Holm", "Zo\u{eb} Holm"), body.replace("Holm", "Zoe\u{308} Holm")),
        ] {
            let changes = changes(&it(&old), &it(&new));
            assert!(changes.iter().all(|c| c.trivial && c.touches.is_empty()), "{old:?} {new:?} {changes:?}");
        }
        for (old, new) in
            [("Updated rules were published.", "Updated rules were read."), ("12 people came.", "13 people came.")]
        {
            assert!(!is_slug(old) && in_one_style(old) != in_one_style(new));
            assert!(!is_stamp(old) && !is_stamp(new));
        }
    }

    #[test]
    fn a_new_headline_is_told() {
        let it = |title: &str| {
            let text = "The wall fell at noon. Nobody was near it.".to_owned();
            annotate(Article { text, title: Some(title.to_owned()), ..Article::default() }).output
        };
        let told = |a: &str, b: &str| headline(&it(a), &it(b)).is_some();
        assert!(told("Sea wall falls", "Council was warned of cracks in sea wall"));
        assert!(told("Nine boats lost", "Ten boats lost"));
        assert!(!told("Sea wall falls", "Sea wall\u{a0}falls "));
        assert!(told("Mayor 'knew of cracks' in wall", "Mayor knew of cracks in wall"));
        assert!(told("Council’s wall ‘unsafe’", "Council’s wall unsafe"));
        assert!(!told("Mayor 'knew of cracks'", "Mayor “knew of cracks”"));
        assert!(!told("Divers' boats lost", "Divers’ boats lost"));
    }

    #[test]
    fn spelling_and_marks_are_trivial() {
        let it = |text: &str| annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        let (old, new) = (it("The harbor master, spoke first."), it("The harbour master spoke first."));
        assert!(changes(&old, &new).iter().all(|c| c.trivial));
        let (old, new) = (it("The lock wasn't mended."), it("The lock was not mended."));
        assert!(changes(&old, &new).iter().all(|c| c.trivial && c.touches.is_empty()));
        let (old, new) = (it("He did speak to the crew."), it("He did not speak to the crew."));
        assert!(changes(&old, &new).iter().all(|c| !c.trivial && c.touches == [Touch::Negation]));
    }
}
