//! Two wordings laid side by side: which words agree, which differ, and what one does to the other.

use crate::polarity::{self, Turn};
use crate::words::Word;
use crate::{Difference, DifferenceKind, FormRelation};
use rashomon_model::Span;

/// How far two words agree: 1 the same, 0.9 forms of one word, 0 otherwise.
fn agreement(a: &Word, b: &Word) -> f64 {
    let (x, y) = (a.base.as_str(), b.base.as_str());
    if x.as_bytes().first() != y.as_bytes().first() {
        return 0.0;
    }
    if a.form == b.form {
        return 1.0;
    }
    if x == y {
        return 0.9;
    }
    let shared = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    // "agreed" and "agrees", "negotiating" and "negotiations"; not "station" and "status".
    let inflected = shared == short
        && (3..=4).contains(&short)
        && matches!(&long_of(x, y)[short..], "s" | "es" | "ed" | "ing" | "d");
    if inflected || (shared >= 5 && shared * 10 >= long * 7) || (shared >= 5 && shared >= short && long - shared <= 4) {
        0.9
    } else {
        0.0
    }
}

fn long_of<'a>(x: &'a str, y: &'a str) -> &'a str {
    if x.len() >= y.len() { x } else { y }
}

/// Whether two wordings are the same words.
pub(crate) fn same_words(a: &[Word], b: &[Word]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.form == y.form)
}

/// Two wordings laid side by side.
#[derive(Clone, Debug)]
pub(crate) struct Alignment {
    /// Pairs of indices of words that agree, in order.
    pub(crate) pairs: Vec<(usize, usize)>,
    /// Weight of the agreeing words against all words of the first wording, 0 to 1.
    pub(crate) of_first: f64,
    /// The same for the second.
    pub(crate) of_second: f64,
    /// Number of content words that agree.
    pub(crate) content: usize,
    /// The most words that agree one after the other on both sides.
    pub(crate) run: usize,
}

impl Alignment {
    /// Harmonic mean of the two shares.
    pub(crate) fn dice(&self) -> f64 {
        let sum = self.of_first + self.of_second;
        if sum > 0.0 { 2.0 * self.of_first * self.of_second / sum } else { 0.0 }
    }
}

/// Cells of the table of [`align`] above which only the ends of the wordings are compared.
const CELLS: usize = 4_000_000;

/// The heaviest pairing in order of the words of `a` and `b` (Needleman & Wunsch 1970, without a price for gaps; a word that
/// continues a run counts a little more, so that runs stay whole).
pub(crate) fn align(a: &[Word], b: &[Word]) -> Alignment {
    let cap = if a.len().saturating_mul(b.len()) > CELLS { 2_000 } else { usize::MAX };
    let (a, b) = (&a[..a.len().min(cap)], &b[..b.len().min(cap)]);
    let width = b.len() + 1;
    // best[i][j]: weight of the best pairing of a[i..] with b[j..]; joined: the same if a[i-1] and b[j-1] were paired.
    let mut best = vec![0.0f64; (a.len() + 1) * width];
    let mut paired = vec![0.0f64; (a.len() + 1) * width];
    // Words that agree begin alike, which settles most pairs.
    let first = |w: &Word| w.base.bytes().next();
    let firsts: Vec<Option<u8>> = b.iter().map(first).collect();
    for i in (0..a.len()).rev() {
        let begins = first(&a[i]);
        let (here, below) = best[i * width..(i + 2) * width].split_at_mut(width);
        let mut most = 0.0;
        for j in (0..b.len()).rev() {
            // No weight is less than zero, or no number.
            most = if below[j] > most { below[j] } else { most };
            let agree = if firsts[j] == begins { agreement(&a[i], &b[j]) } else { 0.0 };
            if agree > 0.0 {
                let at = i * width + j;
                let run = if paired[at + width + 1] > 0.0 { RUN_BONUS } else { 0.0 };
                paired[at] = agree * a[i].weight() + run + below[j + 1];
                most = paired[at].max(most);
            }
            here[j] = most;
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < a.len() && j < b.len() {
        let at = i * width + j;
        if paired[at] > 0.0 && paired[at] >= best[at] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[at + 1] >= best[at + width] {
            j += 1;
        } else {
            i += 1;
        }
    }
    measure(a, b, pairs)
}

const RUN_BONUS: f64 = 0.1;

fn measure(a: &[Word], b: &[Word], pairs: Vec<(usize, usize)>) -> Alignment {
    let weight = |words: &[Word]| words.iter().map(Word::weight).sum::<f64>();
    let first: f64 = pairs.iter().map(|&(i, j)| a[i].weight() * agreement(&a[i], &b[j])).sum();
    let second: f64 = pairs.iter().map(|&(i, j)| b[j].weight() * agreement(&a[i], &b[j])).sum();
    let content = pairs.iter().filter(|&&(i, j)| a[i].content && b[j].content).count();
    let mut run = 0;
    let mut longest = 0;
    for (n, &(i, j)) in pairs.iter().enumerate() {
        run = if n > 0 && pairs[n - 1] == (i.wrapping_sub(1), j.wrapping_sub(1)) { run + 1 } else { 1 };
        longest = longest.max(run);
    }
    let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
    Alignment { of_first: share(first, weight(a)), of_second: share(second, weight(b)), content, run: longest, pairs }
}

/// Most words of a piece that counts as a mere fragment, if it is also less than half of the best-attested wording.
const FRAGMENT_WORDS: usize = 8;
/// Fewest words in common where a form quotes more than the best-attested wording does.
const MORE_WORDS: usize = 5;
/// Share of the form's words that must agree for it to be altered; below, it is another wording. Back-translations keep about
/// two thirds of the words, slips and house style more than four fifths (seen on the project's own example stories).
const ALTERED_SHARE: f64 = 0.78;

/// What one wording does to the other.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// What becomes of the words.
    pub(crate) form: FormRelation,
    /// What becomes of their sense.
    pub(crate) turn: Turn,
    /// The differences word by word.
    pub(crate) differences: Vec<Difference>,
}

/// What the sentence `asked` does to the words of `held`, and the differences word by word.
pub(crate) fn relation(held: &[Word], asked: &[Word]) -> Relation {
    relate(held, asked, usize::MAX, [false; 2])
}

/// The same for two forms of one utterance: what one quotes before or behind the words of the other changes none of them.
/// `negated` tells of each whether the reporter's own words around it hold a negation: "would not ‘leave the harbour’".
pub(crate) fn relation_of_forms(best: &[Word], form: &[Word], negated: [bool; 2]) -> (FormRelation, Vec<Difference>) {
    let it = relate(best, form, MORE_WORDS, negated);
    (it.form, it.differences)
}

fn relate(best: &[Word], form: &[Word], least: usize, negated: [bool; 2]) -> Relation {
    let alignment = align(best, form);
    let (differences, turn) = differences(best, form, &alignment.pairs, negated);
    let exact = alignment.pairs.iter().filter(|&&(i, j)| best[i].form == form[j].form).count();
    let ends = |d: &&Difference| {
        let behind = d.best.start() >= best.last().map_or(0, |w| w.span.end());
        let before = d.best.end() <= best.first().map_or(0, |w| w.span.start());
        d.kind == DifferenceKind::Inserted && d.best.is_empty() && (before || behind) && exact >= least
    };
    let more: usize =
        differences.iter().filter(ends).map(|d| form.iter().filter(|w| d.form.contains(w.span)).count()).sum();
    let added = differences.iter().any(|d| d.kind != DifferenceKind::Omitted && !ends(&d));
    let rest = form.len() - more;
    let relation = if differences.iter().all(|d| ends(&d)) {
        FormRelation::Verbatim
    } else if !added {
        let fragment = form.len() <= FRAGMENT_WORDS && form.len() * 2 < best.len() && alignment.run == form.len();
        if fragment { FormRelation::Fragment } else { FormRelation::Truncated }
    } else if exact as f64 >= ALTERED_SHARE * rest as f64 || (exact >= 3 && rest - exact <= 1) {
        FormRelation::Altered
    } else {
        FormRelation::Reworded
    };
    // Words that lose their "not" are other words, however few are gone.
    let relation = match relation {
        FormRelation::Reworded => FormRelation::Reworded,
        _ if differences.iter().any(|d| d.negation) => FormRelation::Altered,
        relation => relation,
    };
    Relation { form: relation, turn, differences }
}

/// Runs of words that differ, in order, and what they do to the sense together.
fn differences(best: &[Word], form: &[Word], pairs: &[(usize, usize)], negated: [bool; 2]) -> (Vec<Difference>, Turn) {
    let mut out = Vec::new();
    let mut turns = Vec::new();
    let (mut i, mut j) = (0, 0);
    let same: Vec<(usize, usize)> = pairs.iter().filter(|&&(i, j)| best[i].form == form[j].form).copied().collect();
    for (next_i, next_j) in same.iter().copied().chain(std::iter::once((best.len(), form.len()))) {
        let kind = match (next_i > i, next_j > j) {
            (true, true) => Some(DifferenceKind::Replaced),
            (true, false) => Some(DifferenceKind::Omitted),
            (false, true) => Some(DifferenceKind::Inserted),
            (false, false) => None,
        };
        if let Some(kind) = kind {
            let edge = (i, j) == (0, 0) || next_i == best.len() && next_j == form.len();
            let turn = match kind {
                DifferenceKind::Omitted if edge && negated[1] => Turn::Same,
                DifferenceKind::Inserted if edge && negated[0] => Turn::Same,
                DifferenceKind::Omitted => polarity::left_out(best, &(i..next_i)),
                DifferenceKind::Inserted => polarity::left_out(form, &(j..next_j)),
                DifferenceKind::Replaced => polarity::replaced(best, &(i..next_i), form, &(j..next_j)),
            };
            // "I can't say that it is so" is no "it is so".
            let open = turn == Turn::Open && kind == DifferenceKind::Omitted;
            let negation = open || matches!(turn, Turn::Negated | Turn::Denied);
            out.push(Difference { kind, best: cover(best, i, next_i), form: cover(form, j, next_j), negation });
            turns.push(turn);
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    // "[Reports that] the ferry sank [are false]".
    let kept = same.first().map(|f| f.0).zip(same.last().map(|l| l.0 + 1)).filter(|_| form.len() == same.len());
    if let Some((from, to)) = kept
        && polarity::called_untrue(best, &(from..to))
    {
        turns.push(Turn::Denied);
        out.iter_mut().for_each(|d| d.negation |= d.kind == DifferenceKind::Omitted);
    }
    // "[Some people claim] I took the money".
    if let Some((from, to)) = kept
        && !turns.contains(&Turn::Denied)
        && polarity::passed_on(best, &(from..to))
    {
        turns.push(Turn::Open);
        out.iter_mut().for_each(|d| d.negation |= d.kind == DifferenceKind::Omitted);
    }
    let count = |t: Turn| turns.iter().filter(|x| **x == t).count();
    let turn = match (count(Turn::Negated) % 2, count(Turn::Denied) % 2, count(Turn::Open)) {
        (_, _, 1..) => Turn::Open,
        // Two that are gone may cancel out, but what is left is not what was said.
        (0, 0, _) if turns.contains(&Turn::Negated) && form.len() < best.len() => Turn::Negated,
        (0, 0, _) | (1, 1, _) => Turn::Same,
        (_, 1, _) => Turn::Denied,
        _ => Turn::Negated,
    };
    (out, turn)
}

/// The span of words `from..to`; empty, at the place where they would stand, if there are none.
fn cover(words: &[Word], from: usize, to: usize) -> Span {
    if from < to {
        return words[from].span.cover(words[to - 1].span);
    }
    let at = words.get(from).map(|w| w.span.start()).or_else(|| words.last().map(|w| w.span.end())).unwrap_or(0);
    Span::new(at, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[track_caller]
    fn check(best: &str, form: &str, expected: FormRelation) {
        assert_eq!(relation(&words(best, 0), &words(form, 0)).form, expected, "{best:?} / {form:?}");
    }

    #[test]
    fn what_a_form_does_to_the_words() {
        let best = "We will not leave the harbour before the storm is over, and nobody should ask us to.";
        check(
            best,
            "we WILL not leave the harbour before the storm is over and nobody should ask us to",
            FormRelation::Verbatim,
        );
        check(
            best,
            "We won't leave the harbour before the storm is over, and nobody should ask us to",
            FormRelation::Verbatim,
        );
        check(best, "We will not leave the harbour... nobody should ask us to.", FormRelation::Truncated);
        check(best, "not leave the harbour", FormRelation::Fragment);
        check(
            best,
            "We will not leave the port before the storm is over, and nobody should ask us to.",
            FormRelation::Altered,
        );
        check("upset at the mayor", "upset with the mayor", FormRelation::Altered);
        let more = "He asked us. We will not leave the harbour before the storm is over, and nobody should ask us to.";
        assert_eq!(relation_of_forms(&words(best, 0), &words(more, 0), [false; 2]).0, FormRelation::Verbatim);
        check(best, more, FormRelation::Altered);
        check(
            best,
            "we are not going to quit the port until the tempest ends and no one should demand it",
            FormRelation::Reworded,
        );
    }

    #[test]
    fn differences_point_at_words() {
        let (best, form) = ("a red boat sank", "a blue boat quickly sank");
        let found = relation(&words(best, 0), &words(form, 0)).differences;
        let shown: Vec<_> = found.iter().map(|d| (d.kind, d.best.text(best), d.form.text(form))).collect();
        assert_eq!(shown, [(DifferenceKind::Replaced, "red", "blue"), (DifferenceKind::Inserted, "", "quickly")]);
    }
}
