//! Which terms of two gists mean the same.
//!
//! Greedy one-to-one alignment by likeness of the words and of their neighbours, after Sultan, Bethard & Sumner 2014
//! ("Back to Basics for Monolingual Alignment", TACL 2), without a parser.

use super::gist::{Class, Gist, Vocabulary};

/// One pair of aligned terms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Index into the terms of the first gist.
    pub(crate) a: usize,
    /// Index into the terms of the second.
    pub(crate) b: usize,
    /// How alike the two are, 0 to 1.
    pub(crate) likeness: f32,
}

/// The alignment of two gists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// Content terms, in order of the first gist.
    pub(crate) links: Vec<Link>,
    /// Aligned pairs of words with opposite meaning.
    pub(crate) opposites: Vec<(usize, usize)>,
}

/// Pairs less alike than this are not aligned.
const LEAST: f32 = 0.35;

/// Aligns the content terms of `a` and `b`.
pub(crate) fn align(vocabulary: &Vocabulary, a: &Gist, b: &Gist) -> Alignment {
    let content = |g: &Gist| -> Vec<usize> {
        (0..g.terms.len()).filter(|i| g.terms[*i].class != Class::Function).take(80).collect()
    };
    let (left, right) = (content(a), content(b));
    let mut table = vec![0.0f32; left.len() * right.len()];
    let mut out = Alignment::default();
    let mut known = vocabulary.known();
    for (i, p) in left.iter().enumerate() {
        let s = &a.terms[*p];
        for (j, q) in right.iter().enumerate() {
            let t = &b.terms[*q];
            if s.entry == t.entry {
                table[i * right.len() + j] = 1.0;
                continue;
            }
            // A number is like a number only, a date like a date.
            if (s.class == Class::Number) != (t.class == Class::Number)
                || (s.class == Class::Date) != (t.class == Class::Date)
            {
                continue;
            }
            let (like, opposite) = known.likeness(s.entry, t.entry);
            if opposite {
                out.opposites.push((*p, *q));
            }
            // Two names are one or they are not: Lima is like Quito only in kind.
            let apart = s.class == Class::Name && t.class == Class::Name && like < 0.75;
            table[i * right.len() + j] = if apart { 0.0 } else { like };
        }
    }
    drop(known);
    let near = |i: usize, j: usize| {
        let mut sum = 0.0;
        for (d, e) in [(-1i32, -1i32), (1, 1), (-2, -2), (2, 2), (-1, 1), (1, -1), (-1, -2), (-2, -1), (1, 2), (2, 1)] {
            let at = |n: usize, d: i32, len: usize| n.checked_add_signed(d as isize).filter(|n| *n < len);
            let (Some(k), Some(l)) = (at(i, d, left.len()), at(j, e, right.len())) else { continue };
            sum += table[k * right.len() + l] * if d.abs() + e.abs() == 2 { 1.0 } else { 0.5 };
        }
        sum / 4.0
    };
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for i in 0..left.len() {
        for j in 0..right.len() {
            let like = table[i * right.len() + j];
            if like >= LEAST {
                pairs.push((like + 0.15 * near(i, j), i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = (vec![false; left.len()], vec![false; right.len()]);
    for (_, i, j) in pairs {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            out.links.push(Link { a: left[i], b: right[j], likeness: table[i * right.len() + j] });
        }
    }
    out.links.sort_by_key(|l| l.a);
    out
}
