//! Timelines of small invented stories.

use crate::{Collation, compare, datelines};
use rashomon_annotate::{Corpus, annotate};
use rashomon_group::Story;
use rashomon_model::{Article, ArticleId, Moment};

/// One story of articles `(day or "", text)`, in order.
fn story(articles: &[(&str, &str)]) -> (Corpus, Collation) {
    let annotated = articles.iter().enumerate().map(|(n, (day, text))| {
        let published = day.parse().ok().and_then(Moment::day);
        let digest = format!("sha256:{n}");
        annotate(Article { id: format!("a{n}"), text: (*text).into(), published, digest, ..Article::default() }).output
    });
    let mut corpus = Corpus::new(annotated.collect()).output;
    let ids: Vec<ArticleId> = corpus.iter().map(|(id, _)| id).collect();
    let story = Story { id: "a0".into(), articles: ids, joins: Vec::new() };
    for (id, moment) in datelines(&corpus, &story) {
        corpus.assume_dateline(id, moment);
    }
    let found = compare(&corpus, &story).output;
    (corpus, found)
}

const HARBOUR: [(&str, &str); 3] = [
    (
        "2019-05-14",
        "Mayor Ilse Brandt has called off a Friday visit to the flooded harbour of Norvik.\n\n\
         On Monday, the river Ast broke its dam above Norvik and flooded the harbour.",
    ),
    (
        "2019-05-15",
        "Mayor Brandt was due to visit the flooded harbour of Norvik on May 17.\n\n\
         The visit to the harbour of Norvik was planned for the coming week.",
    ),
    ("", "The river Ast broke its dam on Monday (13) and flooded the harbour of Norvik."),
];

#[test]
fn mentions_of_one_day_and_event_are_one_entry() {
    let (corpus, found) = story(&HARBOUR);
    let told: Vec<(String, bool, usize)> =
        found.timeline.iter().map(|m| (m.start.date().to_string(), m.planned, m.mentions.len())).collect();
    assert_eq!(told, [("2019-05-13".into(), false, 2), ("2019-05-17".into(), true, 2)]);
    let visit = &found.timeline[1];
    assert_eq!(visit.misleading.iter().map(|a| corpus.text(*a)).collect::<Vec<_>>(), ["the coming week"]);
    assert!(found.points.iter().any(|p| p.conflicts.iter().any(|c| c.rule == crate::rules::MISLEADING_RELATIVE_DATE)));
}

#[test]
fn what_a_story_tells_of_the_following_day_is_no_plan() {
    let told = "Guests met at the harbour of Norvik in September. The following day, when Ilse Brandt called, the owner \
                closed the harbour.";
    let (_, found) = story(&[("2019-05-14", told), ("2019-05-14", "The river Ast broke its dam on Monday.")]);
    let days: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert!(!days.contains(&"2019-05-15".to_owned()), "{days:?}");
}

#[test]
fn an_undated_article_is_read_on_the_day_that_fits_the_others() {
    let (corpus, _) = story(&[
        HARBOUR[0],
        ("2019-06-20", "The harbour of Norvik opened again on Thursday, June 20, after the flood of May 13."),
        ("", "Mayor Brandt called off her visit of Friday to Norvik. The dam broke on Monday."),
    ]);
    let (_, undated) = corpus.iter().find(|(_, it)| it.article.published.is_none()).unwrap();
    let values: Vec<&str> = undated.times.iter().map(|t| t.value.as_str()).collect();
    assert_eq!(undated.dateline.map(|m| m.date().to_string()).as_deref(), Some("2019-05-14"));
    assert_eq!(values.last(), Some(&"2019-05-13"));
    assert!(undated.times.iter().all(|t| t.inferred));
}

#[test]
fn when_somebody_spoke_is_no_event() {
    let (_, found) = story(&[
        ("2019-05-16", "The river Ast broke its dam on Monday and flooded Norvik, the mayor said on Wednesday."),
        ("2019-05-16", "The river Ast broke its dam above Norvik on Monday."),
    ]);
    let days: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert_eq!(days, ["2019-05-13"]);
}

#[test]
fn a_sentence_of_two_days_is_told_by_its_clauses() {
    let (_, found) = story(&[(
        "2019-05-16",
        "The river Ast broke its dam on Monday, and the army reached the village of Norvik with boats on Tuesday.",
    )]);
    let told: Vec<&str> = found.timeline.iter().map(|m| m.text.as_str()).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].contains("dam") && !told[0].contains("army"), "{told:?}");
}

#[test]
fn without_any_date_nothing_is_inferred() {
    let (corpus, found) = story(&[("", "The dam broke on Monday."), ("", "The dam broke on Monday night.")]);
    assert!(found.timeline.is_empty());
    assert!(corpus.iter().all(|(_, it)| it.times.iter().all(|t| t.start.is_none() && !t.inferred)));
}

#[test]
fn a_day_that_only_describes_a_noun_founds_no_entry() {
    let text = "Monday's ruling also means that the port must pay. That is a long way from the reality of today. The court \
                heard the pilot on Tuesday.";
    let (_, found) = story(&[("2019-05-15", text), ("2019-05-15", "The river Ast broke its dam.")]);
    let days: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert_eq!(days, ["2019-05-14"]);
}

#[test]
fn plans_and_reasons_are_told_apart() {
    for (text, planned) in [
        ("Dockers were due to strike on Friday.", true),
        ("The harbour of Norvik was closed on Monday due to the flood.", false),
        ("The harbour of Norvik was closed due to the flood on Monday.", false),
        ("The hearing is set for Friday in Norvik.", true),
        ("The swimmer set a record for the harbour on Monday.", false),
        ("The warden in charge of planning the visit was fired on Monday.", false),
    ] {
        let (_, found) = story(&[("2019-05-15", text), ("2019-05-15", "The river Ast broke its dam.")]);
        let told: Vec<bool> = found.timeline.iter().map(|m| m.planned).collect();
        assert_eq!(told, [planned], "{text}");
    }
}

#[test]
fn what_became_of_somebody_is_no_plan_though_the_report_is_dated_before() {
    for (text, planned) in [
        ("The stoker died in the hospital of Norvik on May 31.", false),
        ("The mayor called off the visit to Norvik on May 31.", true),
    ] {
        let (_, found) = story(&[("2019-05-15", text)]);
        let told: Vec<bool> = found.timeline.iter().map(|m| m.planned).collect();
        assert_eq!(told, [planned], "{text}");
    }
}

#[test]
fn of_a_part_of_a_day_the_day_is_told() {
    let (_, found) = story(&[
        ("2019-05-16", "The river Ast broke its dam above Norvik on Monday night."),
        ("2019-05-16", "Divers reached the harbour of Norvik on Tuesday."),
    ]);
    let days: Vec<_> = found.timeline.iter().map(|m| (m.start.to_string(), m.end.to_string())).collect();
    assert_eq!(days[0], ("2019-05-13T00:00:00".to_owned(), "2019-05-14T00:00:00".to_owned()));
}

#[test]
fn what_is_placed_in_a_year_or_month_has_an_entry() {
    let (_, found) = story(&[
        (
            "2019-05-16",
            "The river Ast broke its dam on Monday. The dam was built in 1962. Divers had warned of it in March.",
        ),
        ("2019-05-16", "The river Ast broke its dam on Monday. Norvik has feared the river since 1990."),
    ]);
    let starts: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert_eq!(starts, ["1962-01-01", "2019-03-01", "2019-05-13"]);
}

#[test]
fn when_words_in_quotation_marks_were_spoken_is_not_known() {
    let (_, found) = story(&[
        (
            "2019-05-16",
            "The river Ast broke its dam on Monday. “The gates were opened yesterday,” the warden had told the court.",
        ),
        ("2019-05-16", "The river Ast broke its dam above Norvik on Monday."),
    ]);
    let days: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert_eq!(days, ["2019-05-13"]);
}

#[test]
fn a_day_in_a_side_phrase_founds_no_entry() {
    let (_, found) = story(&[
        (
            "2019-05-16",
            "In the weeks before May 3, the wardens of Norvik found leaks. The river Ast broke its dam on Monday.",
        ),
        (
            "2019-05-16",
            "The river Ast broke its dam on Monday. As of Tuesday, the harbour was shut. The repairs will go on beyond Friday.",
        ),
    ]);
    let days: Vec<String> = found.timeline.iter().map(|m| m.start.date().to_string()).collect();
    assert_eq!(days, ["2019-05-13"]);
}

/// The days and words of what one report of May 16, 2019 and another without date tell.
fn told(first: &str, undated: &str) -> Vec<(String, String)> {
    let (_, found) = story(&[("2019-05-16", first), ("", undated)]);
    found.timeline.iter().map(|m| (m.start.date().to_string(), m.text.clone())).collect()
}

const DAM: &str = "The river Ast broke its dam above Norvik on Monday.";

#[test]
fn midnight_is_of_the_day_it_is_named_with() {
    let found = told("A fire that broke out at midnight Tuesday gutted a house in Norvik.", DAM);
    let days: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(days, ["2019-05-14"]);
}

#[test]
fn a_weekday_of_a_report_without_a_date_founds_no_entry() {
    let found =
        told(DAM, "The river Ast broke its dam above Norvik on Monday. A bridge in Tarvel will open on Saturday.");
    let days: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(days, ["2019-05-13"]);
}

#[test]
fn old_words_are_not_counted_from_the_report_that_quotes_them() {
    let old = "In a letter of March 3, 2017, the warden wrote: “We drained the lake of Tarvel on Friday.”";
    let found = told(&format!("{DAM} {old}"), DAM);
    let days: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
    assert!(!days.iter().any(|it| *it == "2019-05-10" || *it == "2019-05-17"), "{days:?}");
}

#[test]
fn the_year_of_a_relative_clause_is_not_that_of_the_sentence() {
    let found = told(&format!("{DAM} The harbour of Tarvel, which opened in 1974, remains shut to ships."), DAM);
    let opened: Vec<&str> = found.iter().filter(|it| it.0.starts_with("1974")).map(|it| it.1.as_str()).collect();
    assert_eq!(opened, ["The harbour of Tarvel, which opened in 1974"], "{found:?}");
}

#[test]
fn the_day_of_a_relative_clause_is_told_with_what_it_is_about() {
    for (text, told) in [
        (
            "Crews used four boats to fight the fire that broke out on May 5 near the harbour of Norvik.",
            "the fire that broke out on May 5 near the harbour of Norvik",
        ),
        (
            "The quarrel parted the mayor from Karl Weiss, whom she hired on May 6 to lead the port.",
            "Karl Weiss, whom she hired on May 6 to lead the port",
        ),
        // The verb before the day is that of the sentence.
        (
            "Police said that the man who led the crew was arrested on May 7 in Norvik.",
            "Police said that the man who led the crew was arrested on May 7 in Norvik.",
        ),
    ] {
        let (_, found) = story(&[("2019-05-15", text)]);
        let shown: Vec<&str> = found.timeline.iter().map(|m| m.text.as_str()).collect();
        assert_eq!(shown, [told]);
    }
}

#[test]
fn a_day_that_says_which_event_a_noun_means_founds_none_beside_it() {
    let told = "The ferry Ostrand struck the pier of Norvik on Monday. Its owner praised the crew.\n\n\
                The captain's move on Monday was praised by conservative sailors of the southern islands.";
    let (_, found) = story(&[("2019-05-14", told)]);
    let told: Vec<&str> = found.timeline.iter().map(|m| m.text.as_str()).collect();
    assert_eq!(told, ["The ferry Ostrand struck the pier of Norvik on Monday."]);

    // Where nothing else of the day is told, the noun tells it; and who acts on a day is no event.
    let alone = "The captain's move on Monday was praised by conservative sailors of the southern islands.";
    let officials = "The ferry Ostrand struck the pier of Norvik on Monday.\n\n\
                     Inspectors on Monday closed the western bridge to lorries.";
    for (text, entries) in [(alone, 1), (officials, 2)] {
        let (_, found) = story(&[("2019-05-14", text)]);
        assert_eq!(found.timeline.len(), entries, "{text}");
    }
}

#[test]
fn sentences_that_state_one_fact_tell_one_event_of_their_day() {
    let (_, found) = story(&[
        (
            "2031-03-12",
            "The dock workers' union of Norvik called off its strike on Tuesday after the harbour authority raised its offer, and \
             ferries will sail again from Wednesday morning.\n\n\
             Union chair Mara Ellison said members had voted by a wide margin for the deal.",
        ),
        (
            "2031-03-12",
            "Ferries between Norvik and Ostrand run again on Wednesday: a walkout by dockers ended on Tuesday when their union \
             accepted better pay.\n\nEllison, who chairs the union, thanked travellers for their patience.",
        ),
    ]);
    let of_day: Vec<_> = found.timeline.iter().filter(|m| m.start.date().day() == 11).collect();
    let told: Vec<&str> = of_day.iter().map(|m| m.text.as_str()).collect();
    assert_eq!(of_day.iter().map(|m| m.mentions.len()).collect::<Vec<_>>(), [2], "{told:?}");
}
