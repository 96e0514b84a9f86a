//! Who can speak: a person, a body, a document. Things, feelings and adverbs cannot, whatever stands before a say-verb.
//!
//! A speaker that is no name is told by the head of its words: "the pressure on Chairman Roe" is a pressure, "Needless" is no
//! noun at all. Such a quotation keeps the words that were found, and its speaker is unknown.

use super::persons::names_person;
use crate::{Annotated, Quote, Tag, Token};
use rashomon_language::{Fact, Language, WordSet};
use rashomon_model::Span;

/// Takes the speaker from quotations whose words for him name nobody who could speak.
pub(super) fn silence(it: &Annotated, quotes: &mut [Quote]) {
    for quote in quotes.iter_mut().filter(|q| q.speaker.is_some()) {
        let named = quote.speaker_entity.is_some();
        if quote.speaker_span.is_some_and(|span| if named { is_opener(it, span) } else { !can_speak(it, span) }) {
            quote.speaker = None;
            quote.speaker_entity = None;
        }
    }
}

/// Whether the words at `span` can name a speaker.
pub(super) fn can_speak(it: &Annotated, span: Span) -> bool {
    let tokens = it.tokens_in(span);
    // Only the head counts: what follows a preposition, a mark or a verb tells more of it.
    let end = tokens
        .iter()
        .position(|t| {
            let mark = t.tag == Tag::Comma || t.tag == Tag::Stop;
            mark || matches!(t.tag, Tag::IN | Tag::TO | Tag::WDT | Tag::WP)
                || t.tag.is_verb() && t.tag != Tag::VBN && t.tag != Tag::VBG
        })
        .filter(|at| *at > 0)
        .unwrap_or(tokens.len());
    let head = &tokens[..end];
    if is_opener(it, span) {
        return false;
    }
    match head.iter().rev().find(|t| t.tag.is_noun()) {
        Some(noun) => !is_mute(it, noun),
        // "they", "the accused", "three of them", "some"; not "importantly". A lone word may be a tag's slip.
        None => head.iter().any(|t| {
            matches!(t.tag, Tag::PRP | Tag::PRPS | Tag::DT | Tag::CD | Tag::WP | Tag::EX | Tag::Other)
                || t.tag.is_verb() && it.text(t.span).starts_with(char::is_uppercase)
                || names_person(&it.text(t.span).to_lowercase())
        }),
    }
}

/// Whether a noun stands for a thing.
fn is_mute(it: &Annotated, noun: &Token) -> bool {
    let word = it.text(noun.span);
    // A capital inside a sentence makes a name, whatever the word: "Mr Rain".
    let opens = it.sentence_at(noun.span.start()).is_some_and(|s| it.sentences[s].span.start() == noun.span.start());
    if word.starts_with(char::is_uppercase) && (!opens || noun.tag.is_proper()) {
        return false;
    }
    let nouns = Language::english().list(Fact::MuteNouns);
    let word = word.to_lowercase();
    // "the head of the garden club" is somebody.
    let next = it.tokens.get(it.tokens.partition_point(|t| t.span.start() < noun.span.end()));
    if Language::english().list(Fact::Titles).has(&word, "head") && next.is_some_and(|t| it.text(t.span) == "of") {
        return false;
    }
    let one = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    // "boss" is no plural.
    let bare = word.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    // "boxes", "watches", but "aides" are no aids.
    let hissing = |stem: &&str| ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| stem.ends_with(e));
    let stems = [Some(word.as_str()), one.as_deref(), word.strip_suffix("es").filter(hissing), bare];
    stems.into_iter().flatten().any(|w| nouns.contains(w))
}

/// Whether a single word only opens its sentence: an adverb or an adjective that no noun follows, "Needless to say".
fn is_opener(it: &Annotated, span: Span) -> bool {
    let word = it.text(span);
    let opens = it.sentence_at(span.start()).is_some_and(|s| {
        let before = it.text(Span::new(it.sentences[s].span.start(), span.start()));
        !before.contains(char::is_alphanumeric)
    });
    let lower = word.to_lowercase();
    let adverb = OPENERS.contains(lower.as_str()) || lower.len() > 6 && lower.ends_with("ally");
    opens && adverb && !word.contains(' ')
}

/// Words that open a sentence before "to say", "said" or a comma.
static OPENERS: WordSet = WordSet::english(Fact::SentenceAdverbs, "opening");

#[cfg(test)]
mod tests {
    use crate::annotate;
    use rashomon_model::Article;

    #[track_caller]
    fn speakers(text: &str) -> Vec<Option<String>> {
        let it = annotate(Article { text: text.to_owned(), ..Article::default() }).output;
        it.quotes.iter().map(|q| q.speaker.clone()).collect()
    }

    #[test]
    fn things_and_adverbs_say_nothing() {
        for text in [
            "Needless to say, the ferry was late again on Monday.",
            "The tie, said to be a gift of the port, was blue.",
            "The pressure on Chairman Ole Brandt, saying he had no proof, grew on Friday.",
            "The storm said that winter had come, as the old song goes.",
            "Importantly, said to be the oldest in the valley, the lock was saved.",
            "The ferry said that it would not sail.",
            "Her head said that it was too late.",
        ] {
            assert!(speakers(text).iter().all(Option::is_none), "{text:?}: {:?}", speakers(text));
        }
    }

    #[test]
    fn people_bodies_and_documents_do() {
        for text in [
            "The clerk said that the quay would stay shut.",
            "The head of the fire service said that the quay would stay shut.",
            "The report said that the gate had cracked.",
            "The harbour authority said the crane had been inspected twice.",
            "A union official said that the crew was tired.",
            "The hospital said that nobody was in danger.",
            "The injured said that the deck had been wet.",
            "In a letter, two aides write that the deck had been wet.",
        ] {
            assert!(speakers(text).iter().any(Option::is_some), "{text:?}: {:?}", speakers(text));
        }
    }
}
