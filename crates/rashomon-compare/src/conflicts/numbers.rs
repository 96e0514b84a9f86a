//! Numbers that count the same thing and cannot both be right.

use super::quantity::{Measure, Quantity, Told, agree, comparable, quantities};
use super::{Aligned, Clash, Side, is_foretold, measures};
use crate::ConflictKind;
use crate::meaning::Class;
use crate::rounding::compatible;
use crate::rules;
use rashomon_annotate::{Annotated, Number, Time, TimeKind, Token};
use rashomon_language::{Fact, WordSet};
use rashomon_model::Span;

/// Numbers of the two statements that stand in the same place and exclude each other.
pub(super) fn clashes(pair: &Aligned) -> Vec<Clash> {
    let (left, right) = (quantities(&pair.a), quantities(&pair.b));
    let mut out = Vec::new();
    // "435 miles away at 2 p.m." and "280 miles away as of 11 p.m." were both right.
    let later = clocked_apart(&pair.a, &pair.b);
    if later && !pair.joined {
        return out;
    }
    if !later {
        out.extend(units(pair, left, right));
    }
    // A value the other side has somewhere is not in doubt.
    let same = |x: &Quantity, y: &Quantity| agrees(x, y) && same_kind(pair, x, y);
    let doubted_x: Vec<&Quantity> = left.iter().filter(|x| !right.iter().any(|y| same(x, y))).collect();
    let doubted_x: Vec<&Quantity> = doubted_x.into_iter().filter(|x| !is_known(pair.b.article, x)).collect();
    if doubted_x.is_empty() {
        return out;
    }
    let doubted_y = right.iter().filter(|y| !left.iter().any(|x| same(x, y)));
    let doubted_y: Vec<&Quantity> = doubted_y.filter(|y| !is_known(pair.a.article, y)).collect();
    for x in doubted_x {
        for y in doubted_y.iter().copied() {
            if !same_kind(pair, x, y) {
                continue;
            }
            // "$1 billion" and "$1 bn": a scale that one of them does not show is no other value.
            let (of_x, of_y) = (told(&pair.a, x), told(&pair.b, y));
            if of_x.supposed || of_y.supposed {
                continue;
            }
            // "analysts expected 145,000 jobs", "165,000 jobs were added"; "up by 14,000", "to 312,000".
            if of_x.foretold != of_y.foretold
                || matches!((of_x.way, of_y.way), (Some(v), Some(w)) if v != w)
                || spans_apart(of_x, of_y)
            {
                continue;
            }
            let ratio = (x.value / y.value).abs().max((y.value / x.value).abs());
            let scaled = of_x.scaled && of_y.scaled;
            if !scaled && [1e3, 1e5, 1e6, 1e7, 1e9].iter().any(|scale| (ratio / scale - 1.0).abs() < 1e-6) {
                continue;
            }
            if of_x.further || of_y.further || adds_up(x, &pair.b, y) || adds_up(y, &pair.a, x) {
                continue;
            }
            let (agree, differ) = pair.frame(x.span, y.span);
            let counted = counts_same(pair, x, y);
            // "435 miles from Quay", "280 miles from Wold": two distances.
            let from = (of_x.reference.as_deref(), of_y.reference.as_deref());
            if matches!(from, (Some(p), Some(q)) if p != q) {
                continue;
            }
            let one_place = pair.joined && from.0.is_some() && from.1.is_some();
            // What moves is not where it was when another report looked.
            let later = later || one_place && (!clocks(&pair.a).is_empty() || !clocks(&pair.b).is_empty());
            // One of several of its kind may be told of another part; a row of shares, of another group.
            let alike = |of: &[Quantity], n: &Number| of.iter().filter(|o| o.unit == n.unit).count();
            let several = alike(left, x) > 1 || alike(right, y) > 1;
            if x.unit.is_some() && several && !one_place && !(agree == 2 || agree == 1 && differ == 0) {
                continue;
            }
            if x.unit.as_deref() == Some("percent") && alike(left, x) > 1 && alike(right, y) > 1 {
                continue;
            }
            if of_x.rest || of_y.rest || of_x.part != of_y.part {
                continue;
            }
            let rest = pair.rest(&[x.span], &[y.span]);
            // What each number counts, where no unit was read: "10 crew" and "one child" are two counts.
            if !counted && (x.unit.is_none() || y.unit.is_none()) && things_apart(pair, x, y) {
                continue;
            }
            let only = left.len() == 1 && right.len() == 1 && rest >= 0.6;
            let sure = only
                || one_place
                || pair.joined && slot(pair, x, y)
                || counted && rest >= 0.45
                || agree == 2 && rest >= 0.4
                || agree == 1 && differ == 0 && rest >= 0.5;
            if later && !one_place && !(x.unit.is_some() && x.unit == y.unit && slot(pair, x, y)) {
                continue;
            }
            if sure && !turned(pair, x, y) && !(counted && x.measure == Measure::Other && other_fate(pair, x, y)) {
                let (rule, reason) = if later {
                    (rules::READING_OF_ANOTHER_HOUR, "the same is measured at two hours")
                } else {
                    (rules::NUMBER_OF_THE_SAME, "the same is counted differently")
                };
                let clash = pair.clash(
                    ConflictKind::Number,
                    rule,
                    reason,
                    (x.shown.clone(), x.span),
                    (y.shown.clone(), y.span),
                );
                out.push(Clash { later, ..clash.of([x.amount(), y.amount()]) });
            }
        }
    }
    out
}

/// Whether a report gives the figure that another holds against its own: "60 tonnes were stored; the owner had declared 15" knows of
/// 60 tonnes, and its 15 are of something else. A small figure may count anything.
fn is_known(article: &Annotated, other: &Quantity) -> bool {
    let equal = |n: &Number| n.unit == other.unit && (n.value - other.value).abs() < f64::EPSILON;
    other.unit.is_some() && other.value.abs() >= FIGURE && article.numbers.iter().take(MOST).any(equal)
}

/// Figures of a report that are looked at.
const MOST: usize = 500;

/// From which value on a figure of one unit is that of one thing.
const FIGURE: f64 = 10.0;

/// Whether two numbers fill one slot of statements that are joined for more than their words: nearly all of the words
/// around either one have a partner around the other, and one of these is a verb or a name.
fn slot(pair: &Aligned, x: &Quantity, y: &Quantity) -> bool {
    if x.unit.is_none() || y.unit.is_none() || comparable(x, y).is_none() && x.unit != y.unit {
        return false;
    }
    let window = |side: &Side, n: &Number| -> Vec<usize> {
        let content = (0..side.gist.terms.len()).filter(|i| {
            let t = &side.gist.terms[*i];
            t.class != Class::Function && !t.span.overlaps(n.span)
        });
        let content: Vec<usize> = content.collect();
        let at = content.partition_point(|i| side.gist.terms[*i].span.start() < n.span.start());
        content[at.saturating_sub(AROUND)..content.len().min(at + AROUND)].to_vec()
    };
    let (p, q) = (window(&pair.a, x), window(&pair.b, y));
    let weight = |side: &Side, of: &[usize]| of.iter().map(|i| side.gist.terms[*i].weight).sum::<f32>();
    let links = pair.alignment.links.iter().filter(|l| l.likeness >= 0.6 && p.contains(&l.a) && q.contains(&l.b));
    let (mut shared, mut count, mut telling) = (0.0, 0, false);
    for l in links {
        shared += pair.a.gist.terms[l.a].weight.min(pair.b.gist.terms[l.b].weight) * l.likeness;
        count += 1;
        telling |= matches!(pair.a.gist.terms[l.a].class, Class::Verb | Class::Name);
    }
    count >= 2 && telling && shared >= SLOT * weight(&pair.a, &p).min(weight(&pair.b, &q))
}

fn told<'a>(side: &Side, n: &'a Quantity) -> &'a Told {
    n.told.get_or_init(|| Told {
        supposed: supposed(side, n),
        foretold: is_foretold(side.article, side.anchor.span, n.span, false),
        scaled: scales(side, n),
        further: further(side, n),
        rest: is_rest(side, n),
        part: is_part(side, n),
        way: way(side, n),
        moved: moved(side, n),
        reference: reference(side, n).map(str::to_owned),
        times: dates(side, n).into_iter().map(|t| (t.start, t.end)).collect(),
        lengths: lengths(side, n),
    })
}

/// The place that a length is counted from: Quay of "435 miles south-east of Quay".
fn reference<'a>(side: &Side<'a>, n: &Quantity) -> Option<&'a str> {
    let (kind, _) = measures::measure(n.unit.as_deref()?)?;
    let it = side.article;
    let behind = it.tokens_in(Span::new(n.span.end(), side.anchor.span.end().max(n.span.end())));
    let of = behind.iter().take(REFERENCE).position(|t| matches!(it.text(t.span), "of" | "from"))?;
    let place = behind.get(of + 1)?;
    let name = it.names_over(place.span).find(|name| name.span.start() == place.span.start())?;
    (kind == rashomon_model::Quantity::Length).then(|| it.entities.get(name.entity).map(|e| e.name.as_str())).flatten()
}

/// Tokens behind a length among which "of" or "from" is looked for: its unit and a direction.
const REFERENCE: usize = 6;

/// Content terms on either side of a number that make its slot.
const AROUND: usize = 4;
/// Share of the lighter surroundings' weight that must have a partner.
const SLOT: f32 = 0.5;

/// Whether a number counts what is left beside another: "15 others", "four more".
fn is_rest(side: &Side, n: &Number) -> bool {
    let text = &side.article.article.text;
    let next = text[n.span.end()..].split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    matches!(next, "other" | "others" | "more" | "additional" | "further")
}

/// Whether a number counts some of a row: "the first four contests", "the last three".
fn is_part(side: &Side, n: &Number) -> bool {
    let before = side.article.tokens_in(Span::new(side.anchor.span.start(), n.span.start()));
    before.last().is_some_and(|t| matches!(side.text(t.span), "first" | "last" | "next" | "final" | "remaining"))
}

/// Whether one number tells of a rise and the other of a fall, or both of a change that they share one end of: a rate
/// that fell from 8.3 to 8.1 percent, and from there to 7.8.
fn turned(pair: &Aligned, x: &Quantity, y: &Quantity) -> bool {
    let (up, down) = told(&pair.a, x).moved;
    let against = up != down && told(&pair.b, y).moved == (down, up);
    let from = |side: &Side| side.article.tokens_in(side.anchor.span).iter().any(|t| side.text(t.span) == "from");
    let same_unit = |n: &&Quantity| n.unit == x.unit && n.unit.as_deref() == Some("percent");
    let (left, right) = (quantities(&pair.a), quantities(&pair.b));
    let shared = || left.iter().filter(same_unit).any(|a| right.iter().any(|b| a.unit == b.unit && a.value == b.value));
    against || shared() && from(&pair.a) && from(&pair.b)
}

/// Whether words near a number tell of a rise, and whether of a fall.
fn moved(side: &Side, n: &Number) -> (bool, bool) {
    let tokens = side.article.tokens_in(side.anchor.span).iter();
    let near: Vec<&str> = tokens.filter(|t| n.span.cover(t.span).len() <= NEAR).map(|t| side.text(t.span)).collect();
    let is = |list: &WordSet| near.iter().any(|w| list.iter().any(|stem| w.starts_with(stem)));
    (is(&UP) || near.contains(&"up"), is(&DOWN) || near.contains(&"down"))
}

/// Bytes around a number in which words tell which way it moved.
const NEAR: usize = 40;

/// How verbs of rise and fall begin.
static UP: WordSet = WordSet::english(Fact::Changes, "up");
static DOWN: WordSet = WordSet::english(Fact::Changes, "down");

/// Whether the verbs next to two counts are not the same: 17 "were killed", 15 "were wounded".
fn other_fate(pair: &Aligned, x: &Number, y: &Number) -> bool {
    let verb = |side: &Side, n: &Number| {
        let terms = &side.gist.terms;
        let at = terms.iter().position(|t| t.span.overlaps(n.span))?;
        let near = |d: usize| [at.checked_add(d), at.checked_sub(d)].into_iter().flatten();
        (1..=REACH).flat_map(near).find(|k| terms.get(*k).is_some_and(|t| t.class == Class::Verb))
    };
    let alike = |p: usize, q: usize| {
        let (a, b) = (&pair.a.gist.terms[p], &pair.b.gist.terms[q]);
        pair.linked(p, q) || a.entry == b.entry || pair.vocabulary.likeness(a.entry, b.entry) >= 0.6
    };
    // Who kills and who is killed: "two officers killed a man", "three officers were killed".
    let acts = |side: &Side, n: &Number, k: usize| {
        let verb = side.gist.terms[k].span;
        let before = side.article.tokens_in(Span::new(n.span.end().min(verb.start()), verb.start()));
        let helps = |t: &Token| matches!(side.text(t.span), "was" | "were" | "been" | "being" | "be" | "are" | "is");
        (n.span.end() <= verb.start()).then(|| !before.iter().any(helps))
    };
    matches!((verb(&pair.a, x), verb(&pair.b, y)), (Some(p), Some(q)) if !alike(p, q)
        || matches!((acts(&pair.a, x, p), acts(&pair.b, y, q)), (Some(v), Some(w)) if v != w))
}

/// Terms on either side of a number among which its verb is looked for.
const REACH: usize = 4;

/// Numbers of the same in units of one kind that cannot be one length, weight or area.
fn units(pair: &Aligned, left: &[Quantity], right: &[Quantity]) -> Vec<Clash> {
    let mut out = Vec::new();
    for x in left {
        for y in right {
            let (Some(u), Some(v)) = (&x.unit, &y.unit) else { continue };
            if measures::apart((x.value, u), (y.value, v)) != Some(true) {
                continue;
            }
            // A value that the other sentence gives in this unit too is not in doubt.
            let known = |n: &Number, those: &[Quantity]| those.iter().any(|o| o.unit == n.unit && compatible(n, o));
            let (p, q) = (with_unit(&pair.a, x), with_unit(&pair.b, y));
            if !known(x, right) && !known(y, left) && pair.same_place(p, q, false) {
                let reason = "the same is measured differently";
                let (x, y) = ((x.shown.clone(), x.span), (y.shown.clone(), y.span));
                out.push(pair.clash(ConflictKind::Number, rules::MEASURE_OF_THE_SAME, reason, x, y));
            }
        }
    }
    out
}

/// A number with the word of its unit, if that stands behind it.
fn with_unit(side: &Side, n: &Number) -> Span {
    let behind = side.article.tokens_in(Span::new(n.span.end(), side.anchor.span.end().max(n.span.end())));
    let unit = n.unit.as_deref().unwrap_or_default();
    let length = |w: &str| unit.starts_with(&w.to_lowercase()) || matches!(w, "h" | "/" | "an" | "per" | "hour");
    let last = behind.iter().take(UNIT_WORDS).take_while(|t| length(side.text(t.span))).last();
    last.map_or(n.span, |t| n.span.cover(t.span))
}

/// Words of a unit: "miles an hour", "km/h".
const UNIT_WORDS: usize = 3;

/// Whether the words right behind two numbers are nouns that do not mean the same.
fn things_apart(pair: &Aligned, x: &Number, y: &Number) -> bool {
    let noun = |side: &Side, n: &Number| {
        let at = side.article.tokens.partition_point(|t| t.span.start() < n.span.end());
        let next = side.article.tokens.get(at).filter(|t| t.tag.is_noun() && t.span.start() <= n.span.end() + 1)?;
        side.gist.terms.iter().position(|t| t.span.overlaps(next.span))
    };
    matches!((noun(&pair.a, x), noun(&pair.b, y)), (Some(p), Some(q)) if !pair.linked(p, q))
}

/// Whether the number of one side is a whole of which the other side gives the parts: 13, where the other report has nine
/// and four more; three, where it has two "and a third".
fn adds_up(whole: &Number, other: &Side, part: &Number) -> bool {
    let rest = whole.value - part.value;
    if rest <= 0.0 {
        return false;
    }
    let same =
        |n: &&Number| (n.value - rest).abs() < 1e-9 && n.unit == part.unit && n.unit.is_some() && n.span != part.span;
    let further = |w: &str| matches!(w, "third" | "fourth" | "fifth" | "sixth" | "another");
    let sentence = other.anchor.span;
    let behind = Span::new(part.span.end().min(sentence.end()), sentence.end());
    let ordinal = rest < 1.5
        && other.article.tokens_in(behind).iter().any(|t| further(&other.article.text(t.span).to_lowercase()));
    ordinal || part.unit == whole.unit && other.article.numbers.iter().any(|n| same(&n))
}

/// Whether some number of one statement and some number of the other differ.
pub(super) fn may_clash(a: &Side, b: &Side) -> bool {
    let right = quantities(b);
    let measured = |x: &Number, y: &Number| match (&x.unit, &y.unit) {
        (Some(u), Some(v)) => measures::apart((x.value, u), (y.value, v)) == Some(true),
        _ => false,
    };
    quantities(a).iter().any(|x| right.iter().any(|y| !agrees(x, y) || measured(x, y)))
}

/// Whether two quantities can both be right.
fn agrees(x: &Quantity, y: &Quantity) -> bool {
    agree(x, y).unwrap_or_else(|| compatible(x, y))
}

/// Whether a number stands in a supposition: "if the dam had held ten million".
fn supposed(side: &Side, n: &Number) -> bool {
    let tokens = side.article.tokens_in(Span::new(side.anchor.span.start(), n.span.start()));
    let before = tokens.iter().rev().take(SUPPOSED).map(|t| side.text(t.span).to_lowercase());
    { before }.any(|w| matches!(w.as_str(), "if" | "unless" | "suppose" | "supposing" | "imagine" | "whether"))
}

/// Whether a number is written with its scale: "2 billion".
fn scales(side: &Side, n: &Number) -> bool {
    side.text(n.span).to_lowercase().contains("illion")
}

/// Whether a number adds to others, describes a noun or counts with what stands before it: "also gave $4,000", "the nine-judge
/// court", "Ost and 11 other nations".
fn further(side: &Side, n: &Number) -> bool {
    let tokens = side.article.tokens_in(Span::new(side.anchor.span.start(), n.span.start()));
    let word = |k: usize| tokens.len().checked_sub(k).map_or("", |i| side.text(tokens[i].span));
    let also = (1..=FURTHER).any(|k| matches!(word(k), "also" | "another" | "Another" | "additional"));
    let joined = matches!(word(1), "and" | "&") && word(2).starts_with(char::is_uppercase);
    also || joined || side.article.article.text[n.span.end()..].starts_with(['-', '‑'])
}

/// Words before a number among which one says that it adds to others.
const FURTHER: usize = 5;

/// The preposition of a change before a number: "by" how much, "from" or "to" what.
fn way(side: &Side, n: &Number) -> Option<&'static str> {
    let before = side.article.tokens_in(Span::new(side.anchor.span.start(), n.span.start()));
    let mut words = before.iter().rev().take(3).map(|t| side.article.text(t.span));
    words.find_map(|w| ["by", "to", "from"].into_iter().find(|way| *way == w))
}

/// The months, years and longer times that a sentence names beside a number.
fn dates<'a>(side: &Side<'a>, n: &Number) -> Vec<&'a Time> {
    let times = side.article.times_in(side.anchor.span).iter();
    let near = times.filter(|t| t.kind == TimeKind::Date && n.span.cover(t.span).len() <= BESIDE);
    // A day tells when, a month or a year of which time the figure is.
    let long = near.filter(|t| t.start.zip(t.end).is_some_and(|(s, e)| s.until(e).is_ok_and(|d| d.get_days() > LONG)));
    long.filter(|t| side.text(t.span).len() > 3).collect()
}

/// Whether two numbers are each of a time that their sentences name beside them, and these are not one: "3.4 percent in the
/// prior three months", "3.7 percent the prior two quarters"; "6,000 in 2006", "1,200 in 2010"; "2.7 million in 2015", "292,000
/// in December".
fn spans_apart(x: &Told, y: &Told) -> bool {
    fn apart<T: PartialEq>(x: &[T], y: &[T]) -> bool {
        !x.is_empty() && !y.is_empty() && !x.iter().any(|t| y.contains(t))
    }
    apart(&x.times, &y.times) || apart(&x.lengths, &y.lengths)
}

/// The lengths of time beside a number.
fn lengths(side: &Side, n: &Number) -> Vec<String> {
    let times = side.article.times_in(side.anchor.span).iter();
    let near = times.filter(|t| t.kind == TimeKind::Duration && n.span.cover(t.span).len() <= BESIDE);
    near.filter(|t| !t.span.overlaps(n.span)).map(|t| t.value.clone()).collect()
}

/// Days of a time that a figure is of.
const LONG: i32 = 20;

/// Bytes within which a length of time belongs to a number.
const BESIDE: usize = 60;

/// Words before a number among which one that supposes is looked for.
const SUPPOSED: usize = 10;

/// Whether both sentences name times of day, or parts of it, and none in common.
fn clocked_apart(a: &Side, b: &Side) -> bool {
    let (x, y) = (clocks(a), clocks(b));
    let meet = |v: &str, w: &str| {
        let ((day, (from, to)), (other, (begin, end))) = (hours(v), hours(w));
        v == w || day == other && from < end && begin < to && !(to - from == 1 && end - begin == 1)
    };
    !x.is_empty() && !y.is_empty() && !x.iter().any(|v| y.iter().any(|w| meet(v, w)))
}

/// The day of a time of day, and from which hour to which it may be: 18 to 30 for a night, by TIMEX3's parts of the day.
fn hours(value: &str) -> (&str, (u8, u8)) {
    let (day, clock) = value.split_once('T').unwrap_or((value, ""));
    let hour = clock.get(..2).and_then(|h| h.parse().ok());
    let span = match (hour, clock) {
        (Some(hour), _) => (hour, hour + 1),
        (_, "MO") => (0, 12),
        (_, "AF") => (12, 18),
        (_, "EV") => (17, 24),
        (_, "NI") => (18, 30),
        _ => (0, 30),
    };
    (day, span)
}

/// The times of day that a sentence names, or else the one before it.
fn clocks<'a>(side: &Side<'a>) -> &'a [String] {
    side.values.hours.get_or_init(|| {
        let own = clocks_in(side.article, side.anchor.span);
        let before = || side.article.sentence_at(side.anchor.span.start())?.checked_sub(1);
        let sentence = if own.is_empty() { before().and_then(|s| side.article.sentences.get(s)) } else { None };
        sentence.map_or(own, |s| clocks_in(side.article, s.span))
    })
}

fn clocks_in(it: &Annotated, span: Span) -> Vec<String> {
    let inside = it.times_in(span).iter();
    inside.filter(|t| t.kind == TimeKind::Time && t.value.contains('T')).map(|t| t.value.clone()).collect()
}

/// Whether two numbers can be of the same thing: the same unit, or none on one side.
fn same_kind(pair: &Aligned, x: &Quantity, y: &Quantity) -> bool {
    if let Some(known) = comparable(x, y) {
        return known;
    }
    let bare = |u: &Option<String>| u.as_deref().is_none_or(|u| matches!(u, "others" | "more"));
    // Money is not counted without its currency.
    if bare(&x.unit) != bare(&y.unit) && (x.measure == Measure::Money || y.measure == Measure::Money) {
        return false;
    }
    match (&x.unit, &y.unit) {
        (Some(u), Some(v)) => u == v || bare(&x.unit) || bare(&y.unit) || alike(pair, u, v),
        (None, None) => true,
        // "12" and "12 people" may be the same.
        (Some(_), None) | (None, Some(_)) => true,
    }
}

/// Whether two nouns that are counted mean the same.
fn alike(pair: &Aligned, u: &str, v: &str) -> bool {
    let entry = |w: &str| pair.vocabulary.find(w);
    matches!((entry(u), entry(v)), (Some(x), Some(y)) if pair.vocabulary.likeness(x, y) >= 0.75)
}

/// Whether the nouns behind two numbers are aligned.
fn counts_same(pair: &Aligned, x: &Quantity, y: &Quantity) -> bool {
    if x.unit.is_some() && x.unit == y.unit && x.measure == Measure::Other && y.measure == Measure::Other {
        return true;
    }
    let behind = |side: &Side, n: &Number| side.term_from(n.span.end());
    matches!((behind(&pair.a, x), behind(&pair.b, y)), (Some(p), Some(q)) if pair.linked(p, q))
}
