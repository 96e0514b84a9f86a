//! Why a relation is said to be, as data. The sentences are made where it is shown.

use rashomon_model::DeclaredKind;

/// One side of a relation: in the order of its source and its derived article, whether or not the evidence decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// The source.
    First,
    /// The derived article.
    Second,
}

impl Party {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }
}

/// Which of an article's times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names speak for themselves")]
pub enum Stamp {
    Published,
    Updated,
    /// Published at the same time, and updated since by one of the two only.
    Untouched,
}

/// One reason of a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// So many words of running text in common, and how many per cent of each side they are.
    InCommon {
        /// The words.
        words: usize,
        /// Per cent of each side.
        shares: [(Party, i64); 2],
    },
    /// It names the other as its source.
    NamesOther(Party),
    /// It says beside the passage that the other reported it.
    CitesOther(Party),
    /// It is an agency's, which others print.
    IsAgency(Party),
    /// It was published or updated earlier.
    Earlier(Party, Stamp),
    /// All of it is in the other, which has more.
    WithinOther(Party),
    /// It has a quotation with words cut out.
    CutsQuote(Party),
    /// It carries a correction.
    Corrects(Party),
    /// Both may have the passage from a third.
    PerhapsFromThird,
    /// Both name this source as theirs.
    BothName(String),
    /// Each has passages between those in common that the other lacks.
    EachLacks,
    /// So many outlets have the passage.
    InOutlets(usize),
    /// So many turns of phrase stand in the same order in both.
    SameOrder(usize),
    /// Both have one reading where others have another.
    SharedSlip {
        /// Their words.
        here: String,
        /// The words of the others.
        there: String,
        /// How many others.
        others: usize,
    },
    /// So many quotations of the source in other words.
    QuotesReworded(usize),
    /// The derived article declares it.
    Declares(DeclaredKind),
    /// The declaration stands beside the text.
    BesideText,
    /// Its prose credits the other.
    CreditsInText,
    /// So many sentences of the one are, in order, sentences of the other in another language.
    AlignedSentences(usize),
    /// So many sentences on end stand in both, in two languages.
    AlignedPassage(usize),
    /// The same names and numbers, in two languages.
    SameNamesAndNumbers,
}

impl Reason {
    /// The same of a relation whose sides have changed places.
    pub(crate) fn flip(&mut self) {
        match self {
            Self::InCommon { shares, .. } => shares.iter_mut().for_each(|(side, _)| *side = side.other()),
            Self::NamesOther(side)
            | Self::CitesOther(side)
            | Self::IsAgency(side)
            | Self::Earlier(side, _)
            | Self::WithinOther(side)
            | Self::CutsQuote(side)
            | Self::Corrects(side) => *side = side.other(),
            Self::PerhapsFromThird
            | Self::BothName(_)
            | Self::EachLacks
            | Self::InOutlets(_)
            | Self::SameOrder(_)
            | Self::SharedSlip { .. }
            | Self::QuotesReworded(_)
            | Self::Declares(_)
            | Self::BesideText
            | Self::CreditsInText
            | Self::AlignedSentences(_)
            | Self::AlignedPassage(_)
            | Self::SameNamesAndNumbers => {}
        }
    }
}

/// Changes the sides of all reasons.
pub(crate) fn flip(reasons: &mut [Reason]) {
    reasons.iter_mut().for_each(Reason::flip);
}
