//! What a pair of gists has in common, as numbers a model can weigh.

use super::align::{Alignment, Link};
use super::gist::{Class, Gist, Vocabulary};
use rashomon_model::math;
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of the features, in order.
pub(crate) const NAMES: [&str; 36] = [
    "aligned-harmonic",
    "aligned-least",
    "aligned-most",
    "counted-harmonic",
    "counted-least",
    "counted-most",
    "exact-harmonic",
    "exact-least",
    "exact-most",
    "jaccard",
    "direction",
    "letters",
    "letters-small",
    "bigrams",
    "order",
    "distance",
    "numbers-shared",
    "numbers-missing",
    "numbers-only-one",
    "names-shared",
    "names-missing",
    "names-least",
    "dates-shared",
    "dates-missing",
    "negation",
    "opposites",
    "length-ratio",
    "length-mean",
    "weight-ratio",
    "left-most",
    "left-sum",
    "function",
    "verbs",
    "nouns",
    "first",
    "same-neighbours",
];

/// Places of `negation` and `verbs` among [`NAMES`].
pub(super) const NEGATION: usize = 24;
pub(super) const VERBS: usize = 32;

/// The features of one pair.
pub(crate) type Features = [f32; NAMES.len()];

/// The features of `a` and `b`, the same in both orders.
pub(crate) fn features(vocabulary: &Vocabulary, a: (&Gist, &str), b: (&Gist, &str), alignment: &Alignment) -> Features {
    let (ga, gb) = (a.0, b.0);
    let links = &alignment.links;
    let cover_a = cover(ga, links, |l| l.a);
    let cover_b = cover(gb, links, |l| l.b);
    let share = |g: &Gist, c: &[f32], class: &dyn Fn(Class) -> bool, weighted: bool| {
        let (mut hit, mut of) = (0.0, 0.0);
        for (t, c) in g.terms.iter().zip(c) {
            if class(t.class) {
                let w = if weighted { t.weight } else { 1.0 };
                hit += w * c;
                of += w;
            }
        }
        (hit, of)
    };
    let content = |c: Class| c != Class::Function;
    let ratio = |(hit, of): (f32, f32)| if of > 0.0 { hit / of } else { 0.0 };
    let (wa, wb) = (ratio(share(ga, &cover_a, &content, true)), ratio(share(gb, &cover_b, &content, true)));
    let (ca, cb) = (ratio(share(ga, &cover_a, &content, false)), ratio(share(gb, &cover_b, &content, false)));
    let exact: Vec<Link> = links.iter().filter(|l| l.likeness >= 0.999).copied().collect();
    let exact_a: Vec<f32> = cover(ga, &exact, |l| l.a);
    let exact_b: Vec<f32> = cover(gb, &exact, |l| l.b);
    let (ea, eb) = (ratio(share(ga, &exact_a, &content, true)), ratio(share(gb, &exact_b, &content, true)));
    let hit = share(ga, &exact_a, &content, true).0;
    let jaccard = hit / (ga.weight + gb.weight - hit).max(1e-6);

    let pick = |class: Class| {
        let class = move |c: Class| c == class;
        let (x, y) = (share(ga, &cover_a, &class, true), share(gb, &cover_b, &class, true));
        let shared = if x.1 + y.1 > 0.0 { (x.0 + y.0) / (x.1 + y.1) } else { -0.2 };
        (shared, ((x.1 - x.0) + (y.1 - y.0)) / 10.0, ratio(x).min(ratio(y)), (x.1, y.1))
    };
    let (numbers, names, dates) = (pick(Class::Number), pick(Class::Name), pick(Class::Date));
    let one_sided = f32::from((numbers.3.0 > 0.0) != (numbers.3.1 > 0.0));
    let verbs = pick(Class::Verb);
    let nouns = pick(Class::Content);

    let negation = f32::from(ga.negated(vocabulary) != gb.negated(vocabulary));

    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let n = |i: usize| i as f32;
    let (la, lb) = (n(ga.content().count()), n(gb.content().count()));
    let crossing = order(links);
    let left = |g: &Gist, c: &[f32]| -> Vec<f32> {
        g.terms.iter().zip(c).filter(|(t, _)| content(t.class)).map(|(t, c)| t.weight * (1.0 - c)).collect()
    };
    let (over_a, over_b) = (left(ga, &cover_a), left(gb, &cover_b));
    let most = |v: &[f32]| v.iter().copied().fold(0.0, f32::max);
    let functions = function_overlap(ga, gb);
    let (bigrams, same_neighbours) = bigrams(ga, gb, links);
    let distance = mean_shift(ga, gb, links);
    let first = {
        let front = |g: &Gist| g.content().next().map(|t| t.entry);
        f32::from(front(ga).is_some() && front(ga) == front(gb))
    };
    [
        harmonic(wa, wb),
        wa.min(wb),
        wa.max(wb),
        harmonic(ca, cb),
        ca.min(cb),
        ca.max(cb),
        harmonic(ea, eb),
        ea.min(eb),
        ea.max(eb),
        jaccard,
        dot(&ga.direction, &gb.direction),
        letters(a.1, b.1, 4),
        letters(a.1, b.1, 3),
        bigrams,
        crossing,
        distance,
        numbers.0,
        numbers.1,
        one_sided,
        names.0,
        names.1,
        names.2,
        dates.0,
        dates.1,
        negation,
        n(alignment.opposites.len().min(3)),
        la.min(lb) / la.max(lb).max(1.0),
        math::ln((la + lb) / 2.0 + 1.0),
        ga.weight.min(gb.weight) / ga.weight.max(gb.weight).max(1e-6),
        most(&over_a).max(most(&over_b)) / 8.0,
        (over_a.iter().sum::<f32>() + over_b.iter().sum::<f32>()) / 50.0,
        functions,
        verbs.0,
        nouns.0,
        first,
        same_neighbours,
    ]
}

fn harmonic(x: f32, y: f32) -> f32 {
    if x + y > 0.0 { 2.0 * x * y / (x + y) } else { 0.0 }
}

fn dot(x: &[f32], y: &[f32]) -> f32 {
    x.iter().zip(y).map(|(p, q)| p * q).sum()
}

/// How far each term is covered by the other side. The rest of a name counts as half covered once a part of it is aligned:
/// one report writes the full name, the other the last.
fn cover(g: &Gist, links: &[Link], side: impl Fn(&Link) -> usize) -> Vec<f32> {
    let mut out = vec![0.0f32; g.terms.len()];
    for l in links {
        out[side(l)] = l.likeness;
    }
    let aligned = out.clone();
    for (i, t) in g.terms.iter().enumerate() {
        let named = |j: usize| g.terms.get(j).is_some_and(|u| u.class == Class::Name) && aligned[j] >= 0.75;
        if t.class == Class::Name && aligned[i] == 0.0 && (named(i + 1) || i > 0 && named(i - 1)) {
            out[i] = 0.6;
        }
    }
    out
}

/// Share of aligned pairs in the same order, 0 to 1.
fn order(links: &[Link]) -> f32 {
    let n = links.len();
    if n < 2 {
        return 0.5;
    }
    let mut same = 0usize;
    for (i, l) in links.iter().enumerate() {
        same += links[i + 1..].iter().filter(|k| k.b > l.b).count();
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let share = same as f32 / (n * (n - 1) / 2) as f32;
    share
}

/// How far aligned terms are moved, relative to length.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn mean_shift(a: &Gist, b: &Gist, links: &[Link]) -> f32 {
    let (n, m) = (a.terms.len().max(1) as f32, b.terms.len().max(1) as f32);
    let sum: f32 = links.iter().map(|l| (l.a as f32 / n - l.b as f32 / m).abs()).sum();
    sum / links.len().max(1) as f32
}

/// Dice coefficient of the grammar words.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn function_overlap(a: &Gist, b: &Gist) -> f32 {
    let set = |g: &Gist| -> FxHashSet<u32> {
        g.terms.iter().filter(|t| t.class == Class::Function).map(|t| t.entry).collect()
    };
    let (x, y) = (set(a), set(b));
    if x.len() + y.len() == 0 { 0.5 } else { 2.0 * x.intersection(&y).count() as f32 / (x.len() + y.len()) as f32 }
}

/// Dice coefficient of pairs of neighbouring terms, and share of links whose neighbour is linked to the neighbour.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn bigrams(a: &Gist, b: &Gist, links: &[Link]) -> (f32, f32) {
    let set = |g: &Gist| -> FxHashSet<(u32, u32)> { g.terms.windows(2).map(|w| (w[0].entry, w[1].entry)).collect() };
    let (x, y) = (set(a), set(b));
    let dice =
        if x.len() + y.len() == 0 { 0.0 } else { 2.0 * x.intersection(&y).count() as f32 / (x.len() + y.len()) as f32 };
    let position = |g: &Gist| -> FxHashMap<usize, usize> {
        (0..g.terms.len()).filter(|i| g.terms[*i].class != Class::Function).enumerate().map(|(n, i)| (i, n)).collect()
    };
    let (pa, pb) = (position(a), position(b));
    let next = links.windows(2).filter(|w| pa[&w[0].a] + 1 == pa[&w[1].a] && pb[&w[0].b] + 1 == pb[&w[1].b]).count();
    (dice, 2.0 * next as f32 / (pa.len() + pb.len()).max(1) as f32)
}

/// Cosine of the counts of letter sequences.
#[allow(clippy::cast_precision_loss, reason = "counts of letters")]
fn letters(a: &str, b: &str, n: usize) -> f32 {
    let count = |s: &str| {
        let mut all: Vec<char> = std::iter::once(' ').collect();
        for c in s.chars().take(1000).flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                all.push(c);
            } else if all.last() != Some(&' ') {
                all.push(' ');
            }
        }
        let mut counts: Vec<Vec<char>> = all.windows(n).map(<[char]>::to_vec).collect();
        counts.sort_unstable();
        counts
    };
    let (x, y) = (count(a), count(b));
    let (mut i, mut j, mut dot, mut xx, mut yy) = (0, 0, 0.0f32, 0.0f32, 0.0f32);
    let run = |v: &[Vec<char>], at: usize| v[at..].iter().take_while(|g| **g == v[at]).count();
    while i < x.len() || j < y.len() {
        let (p, q) = (i < x.len(), j < y.len());
        let order = if !p {
            std::cmp::Ordering::Greater
        } else if !q {
            std::cmp::Ordering::Less
        } else {
            x[i].cmp(&y[j])
        };
        let r = if order.is_le() { run(&x, i) } else { 0 };
        let s = if order.is_ge() { run(&y, j) } else { 0 };
        (xx, yy, dot) = (xx + (r * r) as f32, yy + (s * s) as f32, dot + (r * s) as f32);
        (i, j) = (i + r, j + s);
    }
    if xx > 0.0 && yy > 0.0 { dot / (xx * yy).sqrt() } else { 0.0 }
}
