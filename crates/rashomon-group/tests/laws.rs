//! Laws of grouping, on invented articles: order and threads change nothing, pins hold, parted events stay parted.

use rashomon_group::{Grouper, Light, Pins, Placement, Record, why};
use std::collections::BTreeMap;

/// Events that share a kind, a town or a person, each told four times in other words.
const EVENTS: &[(&str, &str, &[&str])] = &[
    (
        "2021-03-02",
        "fire",
        &[
            "Warehouse fire in Oldport|A fire destroyed a grain warehouse in Oldport harbour on Tuesday night. Fire chief Ina Torvald said the blaze began near a conveyor belt. Nobody was hurt in the grain warehouse fire.",
            "Oldport grain store burns down|Firefighters fought a blaze at a grain warehouse in the harbour of Oldport. The fire began at a conveyor belt, chief Ina Torvald told reporters.",
            "Blaze guts grain warehouse at Oldport harbour|Flames destroyed the grain warehouse in Oldport harbour, and fire chief Ina Torvald blamed a conveyor belt.",
        ],
    ),
    (
        "2021-03-04",
        "bridge",
        &[
            "Bridge at Senlow closed after cracks found|Engineers closed the river bridge at Senlow on Thursday after cracks were found in two girders. Mayor Pavel Drost said repairs would take nine weeks.",
            "Cracks shut Senlow river bridge|The bridge over the river at Senlow is shut: cracks in two girders. Repairs will take nine weeks, said mayor Pavel Drost.",
        ],
    ),
    (
        "2021-03-04",
        "vote",
        &[
            "Parliament passes fishing quota law|Parliament passed a law on fishing quotas for herring by 61 votes to 44. Fisheries minister Lene Marsk called the herring quota a turning point.",
            "Herring quotas become law|With 61 votes to 44 parliament adopted herring fishing quotas proposed by fisheries minister Lene Marsk.",
            "Minister Marsk wins vote on herring|Fisheries minister Lene Marsk won the vote on herring fishing quotas, 61 to 44, in parliament.",
        ],
    ),
    (
        "2021-03-05",
        "strike",
        &[
            "Tram drivers in Velden begin strike|Tram drivers in Velden walked out on Friday over night shifts. Union leader Marta Quill said the strike would last three days.",
            "Velden trams stand still|No trams ran in Velden as drivers began a three day strike over night shifts, union leader Marta Quill said.",
        ],
    ),
];

fn records() -> Vec<Record> {
    let mut all = Vec::new();
    for (date, event, texts) in EVENTS {
        for (n, text) in texts.iter().enumerate() {
            let (title, text) = text.split_once('|').unwrap();
            let published = Some(format!("{date}T0{n}:00:00Z").parse().unwrap());
            all.push(Record::of(&Light { id: &format!("{event}-{n}"), title, text, published }));
        }
    }
    all
}

fn stories(records: impl IntoIterator<Item = Record>, pins: &Pins) -> Vec<Placement> {
    let mut grouper = Grouper::new();
    grouper.pin(pins);
    records.into_iter().for_each(|it| grouper.add(it));
    grouper.stories()
}

fn by_article(placements: &[Placement]) -> BTreeMap<&str, &str> {
    placements.iter().map(|it| (it.id.as_str(), it.story.as_str())).collect()
}

#[test]
fn events_fall_apart_and_reports_of_one_come_together() {
    let found = stories(records(), &Pins::default());
    for it in &found {
        let event = |id: &str| id.split('-').next().unwrap().to_owned();
        assert_eq!(event(&it.id), event(&it.story), "{it:?}");
    }
    let together = found.iter().filter(|it| it.id != it.story).count();
    assert!(together >= 5, "most reports of one event are in one story: {found:?}");
}

#[test]
fn neither_order_nor_repetition_nor_threads_change_anything() {
    let expected = stories(records(), &Pins::default());
    let mut other = records();
    other.reverse();
    other.extend(records());
    assert_eq!(stories(other.clone(), &Pins::default()), expected);
    other.rotate_left(7);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap();
    assert_eq!(pool.install(|| stories(other, &Pins::default())), expected);
}

#[test]
fn pins_stand_above_what_was_measured() {
    let pins = Pins::parse("join fire-0 vote-1\npart herring none\npart fire-0 fire-1").unwrap();
    let found = stories(records(), &pins);
    let story = by_article(&found);
    assert_eq!(story["fire-0"], story["vote-1"]);
    assert_ne!(story["fire-0"], story["fire-1"]);
    let rule = found.iter().find(|it| it.id == "vote-1").unwrap().rule;
    assert_eq!(rule, "pinned");
    assert_eq!(stories(records(), &pins), found, "and a second run says the same");
}

#[test]
fn articles_of_one_id_that_differ_are_kept_apart() {
    let light = |text| Record::of(&Light { id: "a", title: "", text, published: None });
    let found = stories(
        [light("Herring quotas in Velden"), light("Senlow bridge cracks"), light("Senlow bridge cracks")],
        &Pins::default(),
    );
    let ids: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&"a") && ids.contains(&"a#2"));
}

#[test]
fn why_agrees_with_the_stories() {
    let found = stories(records(), &Pins::default());
    let story = by_article(&found);
    for (a, b) in [("fire-0", "fire-1"), ("fire-0", "vote-0"), ("bridge-0", "bridge-1")] {
        let mut grouper = Grouper::new();
        records().into_iter().for_each(|it| grouper.add(it));
        let why = why(grouper, a, b).unwrap();
        assert_eq!(why.together, story[a] == story[b]);
        assert_eq!(why.stories, [story[a], story[b]]);
        assert!(!why.measures.is_empty() || !why.together);
    }
    assert!(why(Grouper::new(), "a", "b").is_none());
}

#[test]
fn nothing_and_empty_articles_are_survived() {
    assert!(stories([], &Pins::default()).is_empty());
    let empty = |id: &str| Record::of(&Light { id, ..Light::default() });
    assert_eq!(stories([empty("x"), empty("y")], &Pins::default()).len(), 2);
}
