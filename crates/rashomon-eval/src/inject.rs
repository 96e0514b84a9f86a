//! `inject`: how many injected changes of number, date, name and negation the library finds, and how often it cries wolf.
//!
//! From pairs of sentences that people graded as saying the same, one sentence is changed in one place (seeded). Only what
//! the other sentence has too is changed, for only then the two are in conflict: its number, the day or month, a word of
//! the name, the verb that is negated; a day on which somebody spoke is not changed, since people speak on many days. The
//! pair then goes through the library as two one-sentence reports of one story. A change is found if a conflict of its kind
//! covers it. Untouched pairs are the negatives: every conflict in one is false, and so is one of another kind or place in
//! a changed pair.

use crate::random::Random;
use rashomon::annotate::{Annotated, Corpus, NameKind, TimeKind};
use rashomon::compare::{Conflict, ConflictKind, compare};
use rashomon::group::Story;
use rashomon::model::{Article, ArticleId, MONTHS, Span, WEEKDAYS};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// TSV of pairs: `grade<TAB>sentence<TAB>sentence`
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Pairs of a lower grade are left out (the grade is only used to choose pairs)
    #[arg(long, default_value_t = 4.5)]
    least: f64,
    /// Chooses places and replacements
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Changes a copy of the first sentence instead of the second
    #[arg(long)]
    copies: bool,
    /// Prints what was missed and what was false
    #[arg(long)]
    show: bool,
}

/// One change.
struct Change {
    kind: ConflictKind,
    /// Where it stands in the changed sentence.
    span: Span,
    text: String,
}

/// Counts by kind: found, all, false.
type Tally = BTreeMap<&'static str, [usize; 3]>;

/// Changes, compares, counts.
pub(crate) fn run(args: &Args) -> io::Result<()> {
    let mut pairs = Vec::new();
    for path in &args.files {
        let text = std::fs::read_to_string(path)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let grades =
            text.split('\n').filter(|l| !l.trim().is_empty()).map(|l| l.split('\t').next().unwrap_or_default());
        for (grade, (a, b)) in grades.zip(crate::pairs::read(path)?) {
            if grade.trim().parse::<f64>().is_ok_and(|g| g >= args.least) {
                pairs.push(if args.copies { (a.clone(), a) } else { (a, b) });
            }
        }
    }
    let names = pool(&pairs);
    let mut random = Random::new(args.seed);
    let mut tally: Tally = BTreeMap::new();
    let (mut quiet, mut wrong) = (0, 0);
    for (a, b) in &pairs {
        let found = conflicts(a, b);
        quiet += 1;
        for c in &found {
            wrong += 1;
            tally.entry(c.0.as_str()).or_default()[2] += 1;
            if args.show {
                println!("false {} {:?} in {b:?}\n      beside {a:?}", c.0.as_str(), c.1);
            }
        }
        let it = crate::pairs::sentence(b);
        for change in changes(&it, &crate::pairs::sentence(a), &names, &mut random) {
            let found = conflicts(a, &change.text);
            let slot = tally.entry(change.kind.as_str()).or_default();
            slot[1] += 1;
            let same = |k: ConflictKind| {
                let name = |k| matches!(k, ConflictKind::Name | ConflictKind::Place);
                k == change.kind || name(k) && name(change.kind)
            };
            let hit = found.iter().any(|(k, s)| same(*k) && s.is_some_and(|s| s.overlaps(change.span)));
            slot[0] += usize::from(hit);
            let others =
                found.iter().filter(|(k, s)| !(same(*k) && s.is_some_and(|s| s.overlaps(change.span)))).count();
            slot[2] += others;
            wrong += others;
            if args.show && !hit {
                println!("missed {} in {:?}\n      beside {a:?}", change.kind.as_str(), change.text);
            }
            if args.show && others > 0 {
                println!("false {found:?} in {:?}\n      beside {a:?}", change.text);
            }
        }
    }
    let (mut found, mut all) = (0, 0);
    for (kind, [hit, of, bad]) in &tally {
        println!("{kind:10} found {hit}/{of}   false {bad}");
        found += hit;
        all += of;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts")]
    let share = |x: usize, y: usize| if y == 0 { 0.0 } else { x as f64 / y as f64 };
    println!(
        "pairs {quiet}  found {:.3} ({found}/{all})  precision {:.3}",
        share(found, all),
        share(found, found + wrong)
    );
    Ok(())
}

/// The conflicts that the library finds between two one-sentence reports: kind, and place in the second.
fn conflicts(a: &str, b: &str) -> Vec<(ConflictKind, Option<Span>)> {
    let article = |id: &str, text: &str| {
        let it = Article { id: id.to_owned(), digest: id.to_owned(), text: text.to_owned(), ..Article::default() };
        rashomon::annotate::annotate(it).output
    };
    let corpus = Corpus::new(vec![article("a", a), article("b", b)]).output;
    let story = Story { id: "a".to_owned(), articles: vec![ArticleId(0), ArticleId(1)], joins: Vec::new() };
    let place = |c: &Conflict| c.values.iter().find(|v| v.anchor.article == ArticleId(1)).map(|v| v.anchor.span);
    let found = compare(&corpus, &story).output;
    found.points.iter().flat_map(|p| &p.conflicts).map(|c| (c.kind, place(c))).collect()
}

/// People and places named in the pairs, as replacements.
fn pool(pairs: &[(String, String)]) -> BTreeMap<NameKind, Vec<String>> {
    let mut out: BTreeMap<NameKind, Vec<String>> = BTreeMap::new();
    for (a, _) in pairs {
        let it = crate::pairs::sentence(a);
        // Headlines in title case are left out: there, what looks like a name often is none.
        let capitals = it.tokens.iter().filter(|t| it.text(t.span).starts_with(char::is_uppercase)).count();
        if 2 * capitals > it.tokens.len() {
            continue;
        }
        for n in it.names.iter().filter(|n| matches!(n.kind, NameKind::Person | NameKind::Place)) {
            out.entry(n.kind).or_default().push(it.text(n.span).to_owned());
        }
    }
    for list in out.values_mut() {
        list.sort();
        list.dedup();
    }
    out
}

/// At most one change of each kind.
fn changes(
    it: &Annotated,
    beside: &Annotated,
    names: &BTreeMap<NameKind, Vec<String>>,
    random: &mut Random,
) -> Vec<Change> {
    let mut out = Vec::new();
    let there = |word: &str| beside.tokens.iter().any(|t| beside.text(t.span).eq_ignore_ascii_case(word));
    let swap = |kind, span: Span, with: &str| {
        let text = &it.article.text;
        let changed = format!("{}{with}{}", &text[..span.start()], &text[span.end()..]);
        Change { kind, span: Span::new(span.start(), span.start() + with.len()), text: changed }
    };
    let dated = |s: Span| it.times.iter().any(|t| t.span.overlaps(s));
    let digits: Vec<Span> = it
        .tokens
        .iter()
        .map(|t| t.span)
        .filter(|s| {
            it.text(*s).parse::<u32>().is_ok_and(|n| n > 1)
                && there(it.text(*s))
                && !dated(*s)
                && it.numbers.iter().any(|n| n.span.contains(*s))
        })
        .collect();
    if let Some(s) = pick(random, &digits) {
        let n: u64 = it.text(*s).parse().unwrap_or(2);
        let with = n + 1 + n / 2 + random.below(usize::try_from(n).unwrap_or(0) + 1) as u64;
        out.push(swap(ConflictKind::Number, *s, &with.to_string()));
    }
    let times: Vec<Span> = it.times.iter().filter(|t| t.kind == TimeKind::Date).map(|t| t.span).collect();
    let day = |s: &Span| {
        let words: Vec<&str> = it.text(*s).split(' ').collect();
        let before = it.tokens.iter().rev().filter(|t| t.span.end() <= s.start()).take(2);
        let spoken = { before }.any(|t| matches!(it.text(t.span), "said" | "says" | "told" | "saying" | "added"));
        !spoken && words.iter().any(|w| (WEEKDAYS.contains(w) || MONTHS.contains(w)) && there(w))
    };
    let times: Vec<Span> = times.into_iter().filter(day).collect();
    if let Some(s) = pick(random, &times) {
        let old = it.text(*s);
        let mut new = old.to_owned();
        for list in [&WEEKDAYS[..], &MONTHS[..]] {
            for (i, w) in list.iter().enumerate() {
                if old.split(' ').any(|o| o == *w) && new == old {
                    let step = 1 + random.below(list.len() - 1);
                    new = old.replace(w, list[(i + step) % list.len()]);
                }
            }
        }
        out.push(swap(ConflictKind::Date, *s, &new));
    }
    let named: Vec<(Span, NameKind)> = it
        .names
        .iter()
        .filter(|n| names.contains_key(&n.kind) && there(last(it.text(n.span))))
        .map(|n| (n.span, n.kind))
        .collect();
    if let Some((s, kind)) = pick(random, &named) {
        let with = pick(random, &names[kind]).cloned().unwrap_or_default();
        let apart = |w: &str| !it.article.text.contains(w);
        if with.split(' ').all(apart) && !with.is_empty() {
            let kind = if *kind == NameKind::Place { ConflictKind::Place } else { ConflictKind::Name };
            out.push(swap(kind, *s, &with));
        }
    }
    // "was" becomes "was not": behind the first auxiliary that no negation follows.
    let auxiliary = |w: &str| {
        matches!(w, "is" | "are" | "was" | "were" | "will" | "would" | "has" | "have" | "had" | "could" | "can")
    };
    for w in it.tokens.windows(2) {
        let (this, next) = (it.text(w[0].span), it.text(w[1].span).to_lowercase());
        if auxiliary(this)
            && !matches!(next.as_str(), "not" | "n't" | "no" | "never")
            && next.chars().all(char::is_alphabetic)
            && there(&next)
        {
            let with = format!("{this} not");
            out.push(swap(ConflictKind::Negation, w[0].span, &with));
            break;
        }
    }
    out
}

/// The last word of a name.
fn last(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// One of the items; `None` if there are none.
fn pick<'a, T>(random: &mut Random, list: &'a [T]) -> Option<&'a T> {
    list.get(random.below(list.len()))
}
