//! Three lines of each article hidden in another of the same language: are they found among the English articles?

use super::{Read, Score};
use rashomon::language::Language;
use rashomon::lineage::{Bars, Crossed, Told, cross_with};
use std::borrow::Cow;

/// Lines that are hidden.
const LINES: usize = 3;

/// English articles and articles in which something was hidden.
pub(super) struct Hidden<'d> {
    /// The English articles that something is taken from, then those in which it is hidden, then others.
    texts: Vec<(Cow<'d, str>, &'static Language)>,
    /// For each article in which something is hidden, the places of what it is from and of its own English one.
    made: Vec<(usize, usize)>,
    english: usize,
}

impl<'d> Hidden<'d> {
    /// `pairs` are articles in English and in `language`; `turn` tells placements apart; `beside` are English articles of other
    /// news.
    pub(super) fn of(pairs: &[[&'d Read; 2]], language: &str, turn: usize, beside: &'d [String]) -> Self {
        let (english, of) = (Language::english(), Language::of(Some(language)));
        let mut texts: Vec<(Cow<str>, &'static Language)> =
            pairs.iter().map(|[it, _]| (Cow::Borrowed(it.it.article.text.as_str()), english)).collect();
        let mut made: Vec<(usize, usize)> = Vec::new();
        for (n, [_, from]) in pairs.iter().enumerate() {
            let host = (n + 7 + 11 * turn) % pairs.len();
            let into = pairs[host][1];
            if from.lines.len() < LINES + 3 || host == n {
                continue;
            }
            let first = 1 + (n * 5 + turn * 7) % (from.lines.len() - LINES - 1);
            let cut = into.lines.len() * (2 + turn % 3) / 6;
            let mut lines: Vec<&str> = (0..cut).map(|k| into.line(k)).collect();
            lines.extend((first..first + LINES).map(|k| from.line(k)));
            lines.extend((cut..into.lines.len()).map(|k| into.line(k)));
            texts.push((Cow::Owned(lines.join("\n")), of));
            made.push((n, host));
        }
        texts.extend(beside.iter().map(|it| (Cow::Borrowed(it.as_str()), english)));
        Self { texts, made, english: pairs.len() }
    }

    /// What is said to be translated, by `bars`.
    pub(super) fn found(&self, bars: &Bars) -> Vec<Crossed> {
        let told: Vec<Told> = self.texts.iter().map(|it| Told { language: it.1, at: None }).collect();
        let mut found = cross_with(&told, |n| Cow::Borrowed(&self.texts[n].0), bars);
        found.retain(Crossed::is_translation);
        found
    }

    /// What a pair is of: the article in which something is hidden, and whether the other is what was hidden, or anything of it.
    pub(super) fn is(&self, it: &Crossed) -> Option<(bool, bool)> {
        let (x, y) = it.pair;
        let place = |n: usize| n.checked_sub(self.english).filter(|k| *k < self.made.len());
        let (place, other) = [(x, y), (y, x)].into_iter().find_map(|(n, other)| Some((place(n)?, other)))?;
        let (from, host) = self.made[place];
        Some((other == from, other == from || other == host))
    }

    /// The share of what is hidden that was found, and of what was found that is none too many.
    pub(super) fn score(&self, found: &[Crossed], shown: bool) -> (Score, Score) {
        let (mut recalled, mut precise) = (Score { hits: 0, wanted: self.made.len() }, Score::default());
        for it in found {
            let Some((hidden, right)) = self.is(it) else { continue };
            precise.wanted += 1;
            precise.hits += usize::from(right);
            recalled.hits += usize::from(hidden);
            if shown && !right {
                let [x, y] = [it.pair.0, it.pair.1].map(|n| &self.texts[n].0);
                println!("{} {}\n  {x:.160}\n  {y:.160}", it.rule, it.score);
            }
        }
        (recalled, precise)
    }
}
