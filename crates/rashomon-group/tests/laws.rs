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
    for record in records {
        grouper.add(record);
    }
    grouper.stories()
}

fn by_article(placements: &[Placement]) -> BTreeMap<&str, &str> {
    placements.iter().map(|it| (&*it.id, &*it.story)).collect()
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
    let rule = found.iter().find(|it| &*it.id == "vote-1").unwrap().rule;
    assert_eq!(rule.name, "pinned");
    assert_eq!(stories(records(), &pins), found, "and a second run says the same");
}

#[test]
fn articles_of_one_id_that_differ_are_kept_apart() {
    let light = |text| Record::of(&Light { id: "a", title: "", text, published: None });
    let found = stories(
        [light("Herring quotas in Velden"), light("Senlow bridge cracks"), light("Senlow bridge cracks")],
        &Pins::default(),
    );
    let ids: Vec<&str> = found.iter().map(|it| &*it.id).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.contains(&"a") && ids.contains(&"a#2"));
}

#[test]
fn why_agrees_with_the_stories() {
    let found = stories(records(), &Pins::default());
    let story = by_article(&found);
    for (a, b) in [("fire-0", "fire-1"), ("fire-0", "vote-0"), ("bridge-0", "bridge-1")] {
        let mut grouper = Grouper::new();
        for record in records() {
            grouper.add(record);
        }
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

/// Invented reports of invented events that share half of their words with the next event; a ninth has no date.
fn stream(count: usize, seed: u64) -> Vec<Record> {
    let mut random = seed;
    let mut below = |n: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % n
    };
    (0..count)
        .map(|n| {
            let event = below(count as u64 / 4 + 1);
            let words: Vec<String> = (0..30)
                .map(|_| match below(10) {
                    0..5 => format!("quor{}x{}", event, below(12)),
                    5..8 => format!("brin{}x{}", event / 2, below(9)),
                    _ => format!("zelk{}", below(40)),
                })
                .collect();
            let day = 1 + (event / 2 + below(5)) % 28;
            let published =
                (below(9) > 0).then(|| format!("2021-05-{day:02}T{:02}:00:00Z", below(24)).parse().unwrap());
            Record::of(&Light { id: &format!("r{n}"), title: &words[..6].join(" "), text: &words.join(" "), published })
        })
        .collect()
}

/// Places `parts` one after the other, each run going on where the last one stopped.
fn in_runs(parts: &[&[Record]], pins: &Pins) -> rashomon_group::Placed {
    let mut last = rashomon_group::Placed::default();
    let mut changes: Vec<Vec<u8>> = Vec::new();
    for end in 1..=parts.len() {
        let mut grouper = Grouper::new();
        grouper.resumable();
        for (part, change) in parts[..end].iter().zip(changes.iter().map(Some).chain([None])) {
            for record in *part {
                grouper.add(record.clone());
            }
            if let Some(change) = change {
                grouper.resume(change).unwrap();
            }
        }
        if end == parts.len() {
            grouper.pin(pins);
        }
        last = grouper.place();
        changes.push(last.change.clone());
    }
    last
}

#[test]
fn many_runs_give_the_stories_of_one_in_any_order() {
    for seed in 0..12 {
        let records = stream(150, seed);
        let pins = Pins::parse("join r3 r70\npart r5 r6\njoin r149 r10").unwrap();
        let pins = if seed % 2 == 0 { pins } else { Pins::default() };
        let whole = stories(records.clone(), &pins);
        assert!(whole.iter().filter(|it| it.id != it.story).count() > 30, "stories are found at all");
        for cuts in [[75, 75], [140, 149], [1, 2], [20, 90]] {
            let [a, b] = cuts;
            let found = in_runs(&[&records[..a], &records[a..b], &records[b..]], &pins);
            assert_eq!(found.placements, whole, "seed {seed}, cut at {a} and {b}");
        }
    }
}

#[test]
fn what_a_late_report_changes_is_told_and_the_rest_is_left_alone() {
    let records = stream(400, 5);
    let (old, new) = records.split_at(399);
    let placed = in_runs(&[old, new], &Pins::default());
    assert!(placed.regrouped < 200, "{} of 400 looked at again for one", placed.regrouped);
    let pins = Pins::parse(&format!("join {} {}", placed.placements[0].story, placed.placements[399].story)).unwrap();
    let pinned = in_runs(&[&records, &[]], &pins);
    let merge = pinned.events.iter().find(|it| it.kind == "merge").unwrap();
    assert_eq!(merge.before.len(), 2, "{merge:?}");
    assert!(in_runs(&[&records, &[]], &Pins::default()).events.is_empty());
}

#[test]
fn what_no_run_left_is_refused() {
    let mut grouper = Grouper::new();
    let change = stories_of(&stream(20, 1)).change;
    assert!(grouper.resume(&change).is_none(), "of more articles than there are");
    for record in stream(20, 1) {
        grouper.add(record);
    }
    assert!(grouper.clone().resume(&change[..change.len() - 1]).is_none());
    assert!(grouper.clone().resume(&[]).is_none());
    let mut other = change.clone();
    other[0] ^= 1;
    let mut anew = grouper.clone();
    assert!(anew.resume(&other).is_some(), "left by another recipe: passed over");
    assert_eq!(anew.place().regrouped, 20);
    assert!(grouper.resume(&change).is_some());
    assert_eq!(grouper.place().regrouped, 0);
}

fn stories_of(records: &[Record]) -> rashomon_group::Placed {
    in_runs(&[records], &Pins::default())
}
