//! Reasons of relations in words: the same for programs and for people.

use rashomon_lineage::{Found, Party, Reason, Relation, Stamp};
use rashomon_model::DeclaredKind;

/// The reasons of a relation in words, the weightiest first.
#[must_use]
pub fn reasons(it: &Relation) -> Vec<String> {
    it.reasons.iter().map(|r| said(r, it.directed)).collect()
}

/// The reasons of a relation in a corpus.
#[must_use]
pub fn reasons_found(it: &Found) -> Vec<String> {
    it.reasons.iter().map(|r| said(r, it.directed)).collect()
}

/// A reason of a relation; where that is directed, its sides have names.
fn said(it: &Reason, directed: bool) -> String {
    let name = |side: &Party| match (directed, side) {
        (true, Party::First) => "the source",
        (true, Party::Second) => "the taker",
        (false, Party::First) => "the first",
        (false, Party::Second) => "the second",
    };
    match it {
        Reason::InCommon { words, shares: [(x, of_x), (y, of_y)] } => {
            format!("{words} words of running text in common: {of_x} % of {}, {of_y} % of {}", name(x), name(y))
        }
        Reason::NamesOther(side) => format!("{} names the other as its source", name(side)),
        Reason::CitesOther(side) => format!("{} says beside the passage that the other reported it", name(side)),
        Reason::IsAgency(side) => format!("{} is an agency's, which others print", name(side)),
        Reason::Earlier(side, Stamp::Published) => format!("{} was published earlier", name(side)),
        Reason::Earlier(side, Stamp::Updated) => format!("{} was updated earlier", name(side)),
        Reason::Earlier(side, Stamp::Untouched) => {
            format!("both were published at one time, and {} has not been updated since", name(side))
        }
        Reason::WithinOther(side) => format!("all of {} is in the other, which has more", name(side)),
        Reason::CutsQuote(side) => format!("a quotation is cut in {}", name(side)),
        Reason::Corrects(side) => format!("{} carries a correction", name(side)),
        Reason::PerhapsFromThird => "both may have the passage from a third".into(),
        Reason::BothName(source) => format!("both name {source} as their source"),
        Reason::EachLacks => "each has passages between those in common that the other lacks".into(),
        Reason::InOutlets(outlets) => format!("{outlets} outlets have it"),
        Reason::SameOrder(runs) => format!("{runs} turns of phrase in the same order in both, in other words between"),
        Reason::SharedSlip { here, there, others } => {
            format!("both have \u{201c}{here}\u{201d} where {others} others have \u{201c}{there}\u{201d}")
        }
        Reason::QuotesReworded(quotes) => format!("{quotes} quotations of it in other words: translated and back"),
        Reason::Declares(DeclaredKind::Origin) => "says it comes from there".into(),
        Reason::Declares(DeclaredKind::Post) => "embeds a post".into(),
        Reason::Declares(
            DeclaredKind::Agency
            | DeclaredKind::Author
            | DeclaredKind::Photo
            | DeclaredKind::Cited
            | DeclaredKind::Unnamed,
        ) => "credits it".into(),
        Reason::BesideText => "its page says so beside the text".into(),
        Reason::CreditsInText => "credits it in its text".into(),
        Reason::AlignedSentences(sentences) => {
            format!("{sentences} sentences of the one are, in order, sentences of the other")
        }
        Reason::AlignedPassage(sentences) => format!("{sentences} sentences on end stand in both"),
        Reason::SameNamesAndNumbers => "the same names and numbers in other words".into(),
    }
}
