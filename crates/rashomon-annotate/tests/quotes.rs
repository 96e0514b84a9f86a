//! Laws of the layer of quotations, and who says what in small invented reports.

use proptest::prelude::*;
use rashomon_annotate::{Annotated, QuoteKind, annotate};
use rashomon_model::Article;

fn read(text: &str) -> Annotated {
    annotate(Article { id: "a".into(), text: text.into(), ..Article::default() }).output
}

proptest! {
    #[test]
    fn spans_are_real_and_reading_twice_gives_the_same(
        pieces in prop::collection::vec("[\"“”‘’'«»`,.:;!?…é\n ]{0,3}(said|She|according to|that|Mr. Stone|no|we go|told|denied|𝒳)?", 0..40)
    ) {
        let text = pieces.concat();
        let it = read(&text);
        for q in &it.quotes {
            for span in std::iter::once(&q.span).chain(&q.parts).chain(&q.speaker_span).chain(&q.cue_span) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?}");
            }
            prop_assert!(!q.span.is_empty());
            prop_assert!(q.parts.iter().all(|p| q.span.contains(*p)));
        }
        prop_assert_eq!(&read(&text).quotes, &it.quotes);
    }
}

#[track_caller]
fn check(text: &str, expected: (QuoteKind, &str, Option<&str>)) {
    let it = read(text);
    let found: Vec<_> = it.quotes.iter().map(|q| (q.kind, it.text(q.span), q.speaker.as_deref())).collect();
    assert!(found.contains(&expected), "{expected:?} not in {found:?}");
}

#[test]
fn who_says_what() {
    use QuoteKind::{Direct, Indirect};
    check(
        "Mayor Ada Stone spoke in Ost on Monday. “We will not leave the harbour,” Stone said. “The boats stay.”",
        (Direct, "We will not leave the harbour,” Stone said. “The boats stay.", Some("Ada Stone")),
    );
    check(
        "Mayor Ada Stone met the fishermen. She said that the harbour would stay open.",
        (Indirect, "the harbour would stay open", Some("Ada Stone")),
    );
    // The verb of the noun that is described is the reporter's.
    check(
        "The union rejected the offer of the yard. The ferry, which officials said was licensed for 260 people, carried 300.",
        (Indirect, "was licensed for 260 people", Some("officials")),
    );
}

#[test]
fn speakers_are_named_in_full_or_not_at_all() {
    let speaker = |text: &str| {
        let it = read(text);
        let quote = it.quotes.iter().find(|q| q.cue_span.is_some() && q.kind != QuoteKind::Headline);
        quote.unwrap_or_else(|| panic!("no quotation in {text:?}")).speaker.clone()
    };
    let table = [
        // A party and its state behind the name.
        ("“The bill would fail,” said Sen. Ada Stone, D-Ore., on Monday.", Some("Ada Stone")),
        // A relative clause in the singular, behind a phrase that ends in a plural.
        (
            "Ada Stone, a fellow in harbour studies, who has read the report, said that the pier was unsafe.",
            Some("Ada Stone"),
        ),
        // Who is named in full only later is somebody else of that name.
        (
            "President Marsh said the ferry would sail at noon. Marsh spoke at the pier. “We sail at noon,” Marsh said. \
             The mayor stayed with first lady Melania Marsh at home.",
            Some("Marsh"),
        ),
        // Nobody in sight.
        ("It rained. He said that the harbour would stay open.", None),
    ];
    let wrong: Vec<_> = table.iter().filter(|(text, expected)| speaker(text).as_deref() != *expected).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn titles_of_works_are_no_speech() {
    for text in [
        "He is known from such films as “Raising Your Dinghy” and “Dig Your Own Canal and Save”. He lives in Ost.",
        "The paper ran the headline “Mill Lost” on Monday. The mill is old.",
        "She wrote the book “The Last Lock” in May. It sold well.",
        "Her novel, “A Gate Too Far,” was praised. It sold well.",
        "The minister spoke on “Quay & Harbour” on Sunday. He wore a scarf.",
        "She told a guest on “Harbour Tonight.” The lock was shut.",
        "Bo Marsh, who starred in “Low Water” and “The Pilot’s Daughter,” lives in Ost.",
        "The sheriff told “Harbour Tonight” that the lock was shut. He wore a scarf.",
        "You row at your own risk, Marsh said on CNS’ “Face the Harbour.” It rained.",
        "The scheme, dubbed “Project Heron,” was voted “scheme of the year” by readers.",
    ] {
        let it = read(text);
        let speech = it.quotes.iter().filter(|q| q.act == rashomon_annotate::Act::Communication);
        let marked: Vec<_> = speech.filter(|q| q.kind != QuoteKind::Scare && !q.parts.is_empty()).collect();
        assert!(marked.is_empty(), "{text}: {marked:?}");
    }
}

#[test]
fn only_what_could_be_said_is_speech() {
    for text in ["The mayor offered his condolences to the miners.", "The bank reported a profit of $3m."] {
        let it = read(text);
        let speech = |q: &&rashomon_annotate::Quote| q.act == rashomon_annotate::Act::Communication;
        assert_eq!(it.quotes.iter().filter(speech).count(), 0, "{text}: {:?}", it.quotes);
    }
}

#[test]
fn a_quotation_ends_where_its_words_do() {
    let spans = |text: &str| -> Vec<String> {
        let it = read(text);
        it.quotes.iter().filter(|q| !q.parts.is_empty()).map(|q| it.text(q.span).to_owned()).collect()
    };
    for (text, wanted) in [
        ("The navy’s claim to have “cleared” the strait could not be checked.", "to have “cleared” the strait"),
        (
            "Mayor Ada Stone said the town was “in shock”, and Bo Marsh, who led the crew, called it “grim”.",
            "the town was “in shock",
        ),
    ] {
        assert!(spans(text).iter().any(|s| s == wanted), "{text}: {:?}", spans(text));
    }
}
