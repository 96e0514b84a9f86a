//! Which sentences of a body are no part of what the report tells: captions, credits of pictures, embedded posts.

use rashomon_annotate::{Annotated, Sentence};

/// Whether a sentence is a caption with its credit, a control of the page, or the stamp or link of an embedded post.
pub(crate) fn is_caption(article: &Annotated, sentence: &Sentence) -> bool {
    let text = article.text(sentence.span);
    if text.len() > LONGEST {
        return false;
    }
    let posted = text.contains("(@") || text.trim_start().starts_with('@');
    CREDITS.iter().any(|c| text.contains(c)) || posted && article.tokens_of(sentence).len() < POST
}

/// A longer sentence is no caption, whatever it holds; in bytes.
const LONGEST: usize = 400;
/// Tokens of the longest stamp of a post: a name, a handle, a date.
const POST: usize = 25;

/// Words that stand with pictures and posts only. Source: credit lines of the agencies' style guides (AP, Reuters, AFP), and
/// the controls that news sites print beside pictures.
const CREDITS: [&str; 14] = [
    "toggle caption",
    "hide caption",
    "enlarge this image",
    "pic.twitter.com/",
    "https://t.co/",
    "Getty Images",
    "AFP/Getty",
    "AP Photo",
    "(AP Images",
    "REUTERS/",
    "Photograph:",
    "Photo by ",
    "Image credit",
    "File Photo",
];
