//! Cards that a page opens at a name: copied as text they leave the full name and headlines inside the sentence.
//!
//! "Mayor Ada Stone Ada Maria StoneStone opens bridge Council to meet MORE said": the name is told again, the first headline
//! runs on from it without a space, and a word in capitals ends the card.

use rashomon_model::Span;

/// The cards of a text, in order of place.
pub(crate) fn cards(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, found) in text.match_indices(ENDS) {
        let end = at + found.len();
        // "Ada Stone Ada Maria StoneMORE" is a card without headlines.
        let bare = text[..at].ends_with(char::is_lowercase);
        if !bare && !text[..at].ends_with(' ') || text[end..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let floor = text[..at].rfind('\n').map_or(0, |i| i + 1).max(out.last().map_or(0, |s| s.end()));
        let from = floor.max(text.floor_char_boundary(at.saturating_sub(LONGEST)));
        let start = start(text, from, if bare { end } else { at });
        let name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
        if let Some(start) = start.filter(|start| !bare || text[*start..at].split(' ').all(name)) {
            out.push(Span::new(start, end));
        }
    }
    out
}

/// What the link at the end of a card says.
const ENDS: &str = "MORE";
/// Bytes of a card, and words between a name and its end told again, at most.
const LONGEST: usize = 800;
const MOST_WORDS: usize = 8;

/// Where the card that ends at `to` starts: behind the last word of the name that the first seam tells again.
fn start(text: &str, from: usize, to: usize) -> Option<usize> {
    let words: Vec<(usize, &str)> = words(&text[from..to]).map(|(i, w)| (from + i, w)).collect();
    for (n, (_, word)) in words.iter().enumerate() {
        for seam in seams(word) {
            let surname = &word[..seam];
            let earlier = words[..n].iter().rev().take(MOST_WORDS).find(|(_, w)| bare(w) == surname);
            if let Some((at, name)) = earlier {
                // A possessive or a stop behind the name stays outside.
                let after = at + name.len();
                return Some(after + text[after..].len() - text[after..].trim_start().len());
            }
        }
    }
    None
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    })
}

/// A word without what stands around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Where a capital, a digit or an opening mark follows a small letter inside a word: two words run together.
fn seams(word: &str) -> impl Iterator<Item = usize> + '_ {
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '\'' | '"' | '‘' | '“');
    let small = |i: usize| word[..i].chars().next_back().is_some_and(char::is_lowercase);
    word.char_indices()
        .filter(move |(i, c)| opens(*c) && small(*i) && word.starts_with(char::is_uppercase))
        .map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::cards;

    #[test]
    fn cards_are_found_behind_names() {
        let found = |text: &str| cards(text).iter().map(|s| s.text(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("Mayor Ada Stone Ada Maria StoneStone opens bridge: report Council to meet MORE (N-Ost) said."),
            ["Ada Maria StoneStone opens bridge: report Council to meet MORE"]
        );
        assert_eq!(
            found("Bo McKay Robert (Bo) McKayThe lock is shut MORE and Ida Lund Ida Eva LundNo ferry MORE met."),
            ["Robert (Bo) McKayThe lock is shut MORE", "Ida Eva LundNo ferry MORE"]
        );
        assert_eq!(found("Mayor Ada Stone Ada Maria StoneMORE told a paper."), ["Ada Maria StoneMORE"]);
        assert_eq!(
            found("Ida Lund Ida Eva Lund2031 budget passes MORE's plan"),
            ["Ida Eva Lund2031 budget passes MORE"]
        );
        for none in [
            "She wants MORE money.",
            "READ MORE",
            "Ada Stone of RiverNews wants MORE money.",
            "Ada Stone of StoneMORE, a shop, and BuyMORE met.",
            "MORE",
            "",
        ] {
            assert!(cards(none).is_empty(), "{none}");
        }
    }
}
