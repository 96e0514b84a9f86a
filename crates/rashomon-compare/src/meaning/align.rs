//! Which terms of two gists mean the same.
//!
//! Greedy one-to-one alignment by likeness of the words and of their neighbours, after Sultan, Bethard & Sumner 2014
//! ("Back to Basics for Monolingual Alignment", TACL 2), without a parser.

use super::gist::{Gist, Scratch, Vocabulary};

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

/// Terms of one gist that are aligned at most.
const MOST: usize = 80;

/// Aligns the content terms of `a` and `b`.
pub(crate) fn align(vocabulary: &Vocabulary, a: &Gist, b: &Gist) -> Alignment {
    let mut scratch = vocabulary.scratch();
    let Scratch { table, pairs } = &mut *scratch;
    let of = |g: &'_ Gist| g.held.len().min(MOST);
    let (left, right) = (&a.held[..of(a)], &b.held[..of(b)]);
    let width = right.len();
    table.clear();
    table.resize(left.len() * width, 0.0);
    pairs.clear();
    let mut out = Alignment::default();
    if table.is_empty() {
        return out;
    }
    // How many partners each term could have.
    let (mut of_left, mut of_right) = ([0u8; MOST], [0u8; MOST]);
    let mut known = vocabulary.known();
    for (i, (s, row)) in left.iter().zip(table.chunks_exact_mut(width)).enumerate() {
        for (j, (t, cell)) in right.iter().zip(row).enumerate() {
            let like = if s.entry == t.entry {
                1.0
            } else if s.kind != t.kind {
                continue;
            } else {
                let (like, opposite) = known.likeness(s.entry, t.entry);
                if opposite {
                    out.opposites.push((s.index, t.index));
                }
                // Two names are one or they are not: Lima is like Quito only in kind.
                if like < 0.75 && s.name && t.name {
                    continue;
                }
                like
            };
            *cell = like;
            if like >= LEAST {
                pairs.push((like, i, j));
                of_left[i] += 1;
                of_right[j] += 1;
            }
        }
    }
    drop(known);
    let near = |i: usize, j: usize| {
        let mut sum = 0.0;
        for (d, e) in [(-1i32, -1i32), (1, 1), (-2, -2), (2, 2), (-1, 1), (1, -1), (-1, -2), (-2, -1), (1, 2), (2, 1)] {
            let at = |n: usize, d: i32, len: usize| n.checked_add_signed(d as isize).filter(|n| *n < len);
            let (Some(k), Some(l)) = (at(i, d, left.len()), at(j, e, width)) else { continue };
            sum += table[k * width + l] * if d.abs() + e.abs() == 2 { 1.0 } else { 0.5 };
        }
        sum / 4.0
    };
    out.links.reserve_exact(pairs.len().min(left.len()).min(width));
    // Two terms of which neither could have another partner are aligned whatever stands beside them.
    pairs.retain_mut(|(score, i, j)| {
        let (i, j) = (*i, *j);
        let contested = of_left[i] > 1 || of_right[j] > 1;
        if contested {
            *score += 0.15 * near(i, j);
        } else {
            out.links.push(Link { a: left[i].index, b: right[j].index, likeness: *score });
        }
        contested
    });
    pairs.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = ([false; MOST], [false; MOST]);
    for (_, i, j) in pairs.iter().copied() {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            out.links.push(Link { a: left[i].index, b: right[j].index, likeness: table[i * width + j] });
        }
    }
    out.links.sort_unstable_by_key(|l| l.a);
    out
}
