//! Where a live page or a bulletin turns to other news for a sentence: "Elsewhere: an otter was seen in the canal". What is
//! told there is another event, and says nothing of the report's own.

use aho_corasick::AhoCorasick;
use rashomon_language::{Fact, WordSet};
use std::sync::LazyLock;

/// Words that such a sentence begins with.
static OPENINGS: WordSet = WordSet::english(Fact::PageFurniture, "other-news");

/// The parts of `text` that tell its own event, in order: all of it but for sentences that turn to other news.
pub(crate) fn own_matter(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let aside = FINDER
            .find_iter(text)
            .map(|it| it.start()..it.end())
            .find(|it| begins_sentence(&text[..it.start]) && !text[it.end..].starts_with(char::is_alphanumeric));
        let Some(aside) = aside else { return rest.take() };
        let after = &text[aside.end..];
        rest = Some(&after[sentence(after)..]);
        Some(&text[..aside.start])
    })
}

/// Bytes up to the end of the sentence or line that `text` is inside of.
fn sentence(text: &str) -> usize {
    let stop = |n: usize| text.as_bytes().get(n + 1).is_none_or(u8::is_ascii_whitespace);
    text.bytes()
        .enumerate()
        .find(|(n, byte)| *byte == b'\n' || matches!(byte, b'.' | b'!' | b'?') && stop(*n))
        .map_or(text.len(), |(n, _)| n + 1)
}

fn begins_sentence(before: &str) -> bool {
    before.trim_end_matches(' ').chars().next_back().is_none_or(|last| !last.is_alphanumeric() && last != ',')
}

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let built = AhoCorasick::builder().ascii_case_insensitive(true).build(OPENINGS.iter());
    built.expect("short phrases make a small automaton")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_turn_to_other_news_are_left_out() {
        let cases: [(&str, &[&str]); 5] = [
            ("The dam broke. In other news: bakers strike. Nine died.", &["The dam broke. ", " Nine died."]),
            (
                "12.10 Polls close.\nElsewhere: an otter was seen.\n11.00 Polls open.",
                &["12.10 Polls close.\n", "\n11.00 Polls open."],
            ),
            (
                "Prices rose in Tarn and elsewhere: bread is dear.",
                &["Prices rose in Tarn and elsewhere: bread is dear."],
            ),
            ("Elsewhere: rain at 9.30 in the hills", &["", ""]),
            ("", &[""]),
        ];
        for (text, own) in cases {
            assert_eq!(own_matter(text).collect::<Vec<_>>(), own, "{text}");
        }
    }
}
