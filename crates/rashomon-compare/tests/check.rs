//! What becomes of a sentence that somebody is said to have said: never the opposite, never in another's mouth.

use rashomon_annotate::{Corpus, annotate};
use rashomon_compare::{Check, Relation, Verdict, check};
use rashomon_model::Article;

fn corpus(text: &str) -> Corpus {
    let article = Article { id: "a".into(), text: text.into(), ..Article::default() };
    Corpus::new(vec![annotate(article).output]).output
}

fn asked(text: &str, sentence: &str) -> Check {
    check(&corpus(text), sentence)
}

#[track_caller]
fn verdicts(text: &str, cases: &[(&str, Verdict)]) {
    let corpus = corpus(text);
    for (sentence, expected) in cases {
        let found = check(&corpus, sentence);
        assert_eq!(found.verdict, *expected, "{sentence:?} in {text:?}: {found:#?}");
    }
}

#[test]
fn a_dropped_not_is_no_cut() {
    let text = "The lock board met in Tarvel on Monday. “The tenant is not permitted to sublet the boathouse during the \
                first year,” said Ida Lund, the clerk. “We have never sold a berth to a stranger, and nobody should ask \
                us to. Barges will stop at the gate.”";
    verdicts(
        text,
        &[
            ("The tenant is not permitted to sublet the boathouse during the first year", Verdict::Verbatim),
            ("The tenant is permitted to sublet the boathouse during the first year", Verdict::Negated),
            ("The tenant is ... permitted to sublet the boathouse", Verdict::Negated),
            ("the tenant is … permitted to sublet the boathouse", Verdict::Negated),
            ("We have sold a berth to a stranger", Verdict::Negated),
            ("not permitted to sublet the boathouse during the first year", Verdict::Truncated),
            ("The tenant is not permitted to sublet the boathouse", Verdict::Truncated),
            ("Barges will stop at the gate", Verdict::Verbatim),
            ("Barges will not stop at the gate", Verdict::Negated),
            ("The tenant is forbidden to sublet the boathouse during the first year", Verdict::Altered),
        ],
    );
}

#[test]
fn what_the_reporters_own_words_negate_is_not_said() {
    let text = "The lock board met in Tarvel on Monday. A manager instructed the crews not to “speak of this to the \
                shippers yet”, Ida Lund said.";
    verdicts(
        text,
        &[
            ("speak of this to the shippers yet", Verdict::Negated),
            ("not to speak of this to the shippers yet", Verdict::Reported),
        ],
    );
}

#[test]
fn what_was_cut_beside_another_not_is_a_cut() {
    let text = "“We will not leave the harbour, and the boats stay where they are,” said Ida Lund on Monday. “I did not know \
                that the gate was cracked.” Lund added: “It is not only the wind that worries the crews on the quay.”";
    verdicts(
        text,
        &[
            ("the boats stay where they are", Verdict::Truncated),
            ("the gate was cracked", Verdict::Truncated),
            ("We will leave the harbour", Verdict::Negated),
        ],
    );
}

#[test]
fn who_denies_a_thing_has_not_said_it() {
    let text = "Captain Oskar Reyd denied that the ferry was overloaded. He also rejected claims that the lifeboats were \
                locked. The owner, Lind Lines, dismissed as nonsense the allegation that the engine had been on fire. \
                Harbour chief Ada Stone said the ferry had not been inspected since May.\n\n\
                “It is a lie that the crew slept,” Reyd told the inquiry on Monday. “We did not, I repeat, leave the \
                bridge. Reports that the radio was switched off are false.”";
    verdicts(
        text,
        &[
            ("the ferry was overloaded", Verdict::Denied),
            ("the lifeboats were locked", Verdict::Denied),
            ("the engine had been on fire", Verdict::Denied),
            ("the crew slept", Verdict::Denied),
            ("the radio was switched off", Verdict::Denied),
            ("We did leave the bridge", Verdict::Negated),
            ("the ferry had been inspected since May", Verdict::Negated),
            ("the ferry had not been inspected since May", Verdict::Reported),
            ("the ferry was not overloaded", Verdict::Reported),
        ],
    );
    let found = asked(text, "the ferry was overloaded");
    assert_eq!(found.forms[0].relation, Relation::Denied);
    assert_eq!(found.forms[0].speaker.as_deref(), Some("Oskar Reyd"));
}

#[test]
fn what_is_left_open_is_neither_said_nor_denied() {
    let text = "Captain Oskar Reyd did not say that the radio was broken. Harbour chief Ada Stone refused to confirm that \
                the pier was closed. Stone said she could not confirm that the gate had been cracked.";
    for sentence in ["the radio was broken", "the pier was closed", "the gate had been cracked"] {
        let found = asked(text, sentence);
        assert_eq!(found.verdict, Verdict::Absent, "{sentence:?}: {found:#?}");
        assert!(found.forms.is_empty() && found.nearest[0].relation == Relation::Open, "{sentence:?}: {found:#?}");
    }
}

#[test]
fn what_is_asked_or_taken_back_is_not_said() {
    let text = "Asked whether the crew had slept, Captain Oskar Reyd left the room. Harbour chief Ada Stone retracted her claim \
                that the radio was broken. Reporters wondered whether the nets were torn.";
    for sentence in ["the crew had slept", "the radio was broken", "the nets were torn"] {
        let found = asked(text, sentence);
        assert_eq!(found.verdict, Verdict::Absent, "{sentence:?}: {found:#?}");
    }
}

#[test]
fn marks_wraps_and_a_breaking_cue_do_not_matter() {
    let text = "The board published its rules on Monday. “We cannot sell the quay. It was given to the town in 1804,\n  and \
                the deed forbids it,” said the clerk, Ida Kroll. \"We'll keep the boats,\" Kroll said, \"until the storm is \
                over.\"";
    verdicts(
        text,
        &[
            ("It was given to the town in 1804, and the deed forbids it.", Verdict::Verbatim),
            ("it was given to the town in 1804 and the deed forbids it", Verdict::Verbatim),
            ("We can’t sell the quay", Verdict::Verbatim),
            ("We will keep the boats until the storm is over", Verdict::Verbatim),
            ("\"We’ll keep the boats, until the storm is over\"", Verdict::Verbatim),
        ],
    );
}

#[test]
fn another_speaker_is_told_apart() {
    let text = "“The boats stay where they are,” Ada Stone said on Monday. Oskar Reyd denied that the nets were torn.";
    let boats = || asked(text, "The boats stay where they are");
    assert_eq!(boats().by("Stone").verdict, Verdict::Verbatim);
    assert_eq!(boats().by("Oskar Reyd").verdict, Verdict::OtherSpeaker);
    assert_eq!(asked(text, "the nets were torn").by("Reyd").verdict, Verdict::Denied);
    // Nobody said it, so nobody else did.
    assert_eq!(asked(text, "the nets were torn").by("Stone").verdict, Verdict::Denied);
}

#[test]
fn words_that_nobody_is_quoted_with_are_no_quotation() {
    let text = "The storm had reached the coast at noon. “We stay,” said Ada Stone.";
    let found = asked(text, "The storm had reached the coast at noon");
    assert_eq!(found.verdict, Verdict::Absent);
    assert_eq!(found.nearest[0].relation, Relation::Unquoted);
}

#[test]
fn what_nearly_or_seldom_happened_did_not() {
    verdicts(
        "“The wave almost drowned the whole crew of the ferry,” said Ida Lund on Monday. “We seldom sail at night in winter. We \
         chose to warn the crews rather than close the gate.”",
        &[
            ("The wave drowned the whole crew of the ferry", Verdict::Negated),
            ("We sail at night in winter", Verdict::Negated),
            ("We chose to ... close the gate", Verdict::Negated),
            ("We chose to warn the crews", Verdict::Truncated),
        ],
    );
    verdicts(
        "Fay Moss warned on Monday that the dam could fail in spring. The engineer was not surprised.",
        &[("the dam will fail in spring", Verdict::Altered), ("the dam could fail in spring", Verdict::Reported)],
    );
}

#[test]
fn what_others_are_said_to_say_is_not_the_speakers() {
    verdicts(
        "Mayor Ida Lund said: “Some people claim I took the money from the port. That is false.” She added: “Anyone who says I \
         sold the berths is lying.”",
        &[
            ("I took the money from the port", Verdict::Absent),
            ("I sold the berths", Verdict::Denied),
            ("That is false", Verdict::Verbatim),
        ],
    );
    verdicts(
        "“You said, ‘I will leave the port,’” Fay Moss told Mayor Olin Verd.",
        &[("I will leave the port", Verdict::Absent)],
    );
    verdicts(
        "“There is no deal, no promise and no plan to sell the quay,” Mayor Olin Verd said.",
        &[("There is no plan to sell the quay", Verdict::Truncated)],
    );
    for text in [
        "The inquiry found little to suggest that the keeper opened the northern gate.",
        "The report found no evidence that the keeper opened the northern gate.",
        "Neither the keeper nor the pilots said the keeper opened the northern gate.",
        "It is unclear whether the keeper opened the northern gate. A spokesman said nothing.",
    ] {
        verdicts(text, &[("the keeper opened the northern gate", Verdict::Absent)]);
    }
}
