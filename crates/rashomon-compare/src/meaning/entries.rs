//! What is known of a word wherever it stands in a story.

use super::lexicon::Negation;
use super::words::WordId;

/// What is known of one distinct term of a story.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The name all its forms are known by.
    pub(crate) text: Box<str>,
    pub(super) word: Option<WordId>,
    /// Entry of the country that a seat of government can stand for.
    pub(super) seat: Option<u32>,
    pub(crate) groups: &'static [u16],
    pub(crate) rarity: f32,
    /// Value of a number.
    pub(crate) value: Option<f64>,
    /// How the words before a number open it.
    pub(super) hedge: Hedge,
    pub(crate) negation: Option<Negation>,
}

/// How the words before a number open it; the sign is a part of its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hedge {
    /// It stands for itself.
    Exact,
    /// "about", "some".
    About,
    /// "more than", "at least".
    AtLeast,
    /// "fewer than", "up to".
    AtMost,
}

impl Hedge {
    const SIGNS: [(char, Self); 3] = [('~', Self::About), ('+', Self::AtLeast), ('<', Self::AtMost)];

    /// A term without its sign, and what the sign says.
    pub(super) fn of(term: &str) -> (&str, Self) {
        let found = Self::SIGNS.iter().find_map(|(sign, hedge)| Some((term.strip_suffix(*sign)?, *hedge)));
        found.filter(|(bare, _)| !bare.is_empty()).unwrap_or((term, Self::Exact))
    }

    /// Whether two numbers can be one count.
    pub(super) fn compatible(x: (f64, Self), y: (f64, Self)) -> bool {
        let near = |a: f64, b: f64, part: f64| (a - b).abs() <= part * a.abs().max(b.abs());
        match (x.1, y.1) {
            (Self::Exact, Self::Exact) => x.0 == y.0,
            (Self::AtLeast, _) if y.0 >= x.0 => near(x.0, y.0, 0.25),
            (_, Self::AtLeast) if x.0 >= y.0 => near(x.0, y.0, 0.25),
            (Self::AtMost, _) if y.0 <= x.0 => near(x.0, y.0, 0.25),
            (_, Self::AtMost) if x.0 <= y.0 => near(x.0, y.0, 0.25),
            _ => near(x.0, y.0, 0.1) && (x.1 == Self::About || y.1 == Self::About) || x.0 == y.0,
        }
    }
}
