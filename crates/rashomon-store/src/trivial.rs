//! Whether two texts differ only in what no reader cares for, and how much two texts have in common.

use rashomon::language::{Fact, WordSet};
use rashomon::model::Article;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Whether the two say the same: all but white space, page furniture, clocks and counters.
pub(crate) fn is_trivial(old: &Article, new: &Article) -> bool {
    old.title.as_deref().map(squeezed) == new.title.as_deref().map(squeezed) && kept(old) == kept(new)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of the text that are the article's own, without white space; clocks and counters are left out.
fn kept(article: &Article) -> Vec<String> {
    let mut own = String::with_capacity(article.text.len());
    let mut at = 0;
    for span in &article.furniture {
        own.push_str(article.text.get(at..span.start()).unwrap_or_default());
        own.push('\n');
        at = span.end();
    }
    own.push_str(article.text.get(at..).unwrap_or_default());
    own.lines().map(squeezed).filter(|it| !it.is_empty() && !is_counter(it)).collect()
}

/// Whether a line only says how old the page is or how often it was read: "Updated 12 minutes ago", "1,024 comments".
fn is_counter(line: &str) -> bool {
    static WORDS: WordSet = WordSet::english(Fact::PageFurniture, "counter");
    let mut told = false;
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let mut count = 0;
    for word in words {
        count += 1;
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        let small = word.to_lowercase();
        if !digits && !WORDS.contains(&small) {
            return false;
        }
        told |= digits || small == "now";
    }
    told && count <= 12
}

/// How much of the shorter text's words stand in the other, pairs of neighbours counted: 0 to 1.
pub(crate) fn resemblance(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (x, y) = (pairs(a), pairs(b));
    let total = |it: &FxHashMap<u64, u32>| it.values().map(|n| f64::from(*n)).sum::<f64>();
    let least = total(&x).min(total(&y));
    if least == 0.0 {
        return 0.0;
    }
    let mut common = 0_u64;
    #[allow(clippy::iter_over_hash_type, reason = "a sum of whole numbers has no order")]
    for (pair, n) in &x {
        common += u64::from(y.get(pair).copied().unwrap_or_default().min(*n));
    }
    #[allow(clippy::cast_precision_loss, reason = "a count of words")]
    let common = common as f64;
    common / least
}

/// The pairs of neighbouring words; in a text without spaces, of letters.
fn pairs(text: &str) -> FxHashMap<u64, u32> {
    let mut out: FxHashMap<u64, u32> = FxHashMap::default();
    let mut before = 0;
    let mut take = |word: &str| {
        let mut hasher = FxHasher::default();
        word.chars().flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(u32::from(c)));
        let hash = hasher.finish();
        if before != 0 {
            *out.entry(hash.rotate_left(21) ^ before).or_default() += 1;
        }
        before = hash;
    };
    if is_spaceless(text) {
        let mut letter = [0; 4];
        text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| take(c.encode_utf8(&mut letter)));
    } else {
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).for_each(take);
    }
    out
}

/// Whether a text is in a script that puts no spaces between words: a tenth of its first letters suffices.
pub(crate) fn is_spaceless(text: &str) -> bool {
    let (mut letters, mut of_it) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(400) {
        letters += 1;
        let code = u32::from(c);
        // Thai to Tibetan, Myanmar, Khmer; kana; Han with its extensions. Hangul is written with spaces.
        of_it += u32::from(
            matches!(code, 0x0E00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0x2_0000..=0x3_FFFF),
        );
    }
    letters > 0 && of_it * 10 >= letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Article {
        Article { text: text.into(), ..Article::default() }
    }

    #[test]
    fn clocks_and_counters_are_no_change() {
        let old = text("Updated 3 minutes ago\n\nThe ferry  sank.\n12 comments");
        assert!(is_trivial(&old, &text("Updated 4 hours ago\nThe ferry sank.\n\n1,340 comments")));
        assert!(!is_trivial(&old, &text("Updated 3 minutes ago\nThe ferry floats.\n12 comments")));
        assert!(!is_trivial(&text("At least 3 people were hurt."), &text("At least 5 people were hurt.")));
        let mut titled = old.clone();
        titled.title = Some("Ferry".into());
        assert!(!is_trivial(&old, &titled));
    }

    #[test]
    fn versions_resemble_each_other_and_other_texts_do_not() {
        let old = "The ferry Lind ran aground off Port Nora on Tuesday, the harbour office said.";
        let new =
            "The ferry Lind ran aground off Port Nora on Tuesday evening, the harbour office said. Nobody was hurt.";
        assert!(resemblance(old, new) > 0.8);
        assert!(
            resemblance(old, "A train left the rails near Port Nora on Monday, and the office said nothing.") < 0.3
        );
        assert!(is_spaceless("渡し船が座礁した") && !is_spaceless(old));
        assert!(resemblance("渡し船が座礁した", "渡し船が港で座礁した") > 0.6);
        assert!(resemblance("", old) < f64::EPSILON);
    }
}
