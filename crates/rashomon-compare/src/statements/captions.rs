//! Which sentences of a body are no part of what the report tells: captions, credits of pictures, embedded posts, and what
//! the page says of itself ("Sign up for …", "Here are five takeaways").

use rashomon_annotate::{Annotated, Sentence};
use rashomon_language::{Fact, WordSet};

/// Whether a sentence is a caption with its credit, a control of the page, or the stamp or link of an embedded post.
pub(crate) fn is_caption(article: &Annotated, sentence: &Sentence) -> bool {
    let text = article.text(sentence.span);
    // What was told from its sentence already has no tokens.
    if is_linked_list(article.tokens_of(sentence).iter().map(|t| article.text(t.span))) {
        return true;
    }
    if text.len() > LONGEST && !text.starts_with("Hide Caption") {
        return false;
    }
    let posted = text.contains("(@") || text.trim_start().starts_with('@');
    let controls = text.to_lowercase();
    CREDITS.iter().any(|c| text.contains(c))
        || CONTROLS.iter().any(|c| controls.contains(c))
        || posted && article.tokens_of(sentence).len() < POST
        || is_page_talk(text)
}

/// Whether a sentence speaks of the page it stands on: its controls, its updates, who wrote it, what follows.
fn is_page_talk(text: &str) -> bool {
    let plain = text.trim_start_matches(|c: char| !c.is_alphanumeric()).replace('’', "'");
    let lower = plain.to_lowercase();
    let words = lower.split_whitespace().count();
    let announces = FOLLOWS.iter().any(|f| lower.starts_with(f)) && (words <= 14 || lower.ends_with(':'));
    let opens = PAGE.iter().any(|p| lower.starts_with(p)) && words <= 40;
    // "As the Courier previously reported:" only leads to what follows.
    let leads_on = lower.starts_with("as ") && lower.ends_with(':') && words <= 8;
    announces || opens || leads_on || CLOSES.iter().any(|c| lower.contains(c)) && words <= 40
}

/// Whether links to other pages stand inside a sentence, one run into the next: "Jane RoeOverdraft plan … MORE".
fn is_linked_list<'a>(mut words: impl Iterator<Item = &'a str> + Clone) -> bool {
    let joined = |w: &str| {
        let letters: Vec<char> = w.chars().collect();
        let turn =
            |c: &[char]| c[0].is_lowercase() && c[1].is_lowercase() && c[2].is_uppercase() && c[3].is_lowercase();
        letters.windows(4).any(turn) && letters.len() > 6
    };
    words.clone().any(|w| w == "MORE") && words.any(joined)
}

/// Controls beside pictures, in lower case.
const CONTROLS: [&str; 3] = ["toggle caption", "hide caption", "enlarge this image"];

/// How a page's own lines begin, in lower case.
static PAGE: WordSet = WordSet::english(Fact::PageFurniture, "opens-line");
/// How a sentence begins that only says what follows.
static FOLLOWS: WordSet = WordSet::english(Fact::PageFurniture, "announces");
/// What stands in credits and notices at the end of a page.
static CLOSES: WordSet = WordSet::english(Fact::PageFurniture, "closes");

/// A longer sentence is no caption, whatever it holds; in bytes.
const LONGEST: usize = 400;
/// Tokens of the longest stamp of a post: a name, a handle, a date.
const POST: usize = 25;

/// Words that stand with pictures and posts only.
static CREDITS: WordSet = WordSet::english(Fact::PhotoCredits, "as-written");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_of_itself() {
        for text in [
            "Sign up for our morning letter about the river.",
            "Here are five takeaways from the hearing:",
            "Here's what you need to know about the vote.",
            "Updated at 4:05 p.m. ET",
            "This story has been updated with the minister's answer.",
            "MUST WATCH Barge hits the pier 01:33",
            "Story highlights Barge hits the pier in Tarvel",
            "Jane Roe in Norvik contributed to this report.",
            "Read more: how the lock was built.",
            "Read or Share this story: http://tarvel.example/1",
            "As the Courier previously reported:",
            "(This May 4 story corrects first paragraph to drop a wrong reference to three locks)",
            "FILE - In this May 3, 2031, file photo, the pilot Ida Lund speaks during an interview in her office in Tarvel.",
        ] {
            assert!(is_page_talk(text), "{text}");
        }
        for text in [
            "Here are the men who built the lock, she said, and they were never paid for a day of the work that they did.",
            "As the lock was reported to be shut, barges waited: nine of them for a day.",
            "The union will sign up new members in May.",
            "Updated plans for the lock were shown on Monday.",
            "The video shows the barge hitting the pier.",
            "Photos show the barge beside the pier.",
        ] {
            assert!(!is_page_talk(text), "{text}");
        }
    }

    #[test]
    fn links_run_into_a_sentence() {
        let is_linked_list = |text: &str| is_linked_list(text.split_whitespace());
        assert!(is_linked_list(
            "Ida Lund Ida LundOverdraft plan for the port MORE said on Monday that the lock is safe."
        ));
        assert!(!is_linked_list("Ida Lund of the iPhone maker said that there is MORE to come."));
        assert!(!is_linked_list("Ida Lund said on Monday that the lock is safe."));
    }
}
