//! Short reports of one place, office or template are kept apart, also where few others are around.

use rashomon_group::{Grouper, Light, Placement, Record};

/// The stories of `(id, day, title, text)`, each as its sorted ids, among some reports of other things.
fn stories(reports: &[(&str, &str, &str, &str)]) -> Vec<Vec<String>> {
    let others = [
        (
            "Barley futures slip on rain forecast",
            "Barley fell two percent on the Kolm exchange as rain was forecast for the plains.",
        ),
        (
            "Astronomers map a ring of dust",
            "A team has drawn the sharpest map yet of the dust around a star 430 light years away.",
        ),
        (
            "Chess master wins with a round to spare",
            "Grandmaster Ilja Pohl drew with black in 31 moves to win the candidates event.",
        ),
        (
            "Airline cancels winter routes",
            "The carrier will not fly to six cities this winter for want of engines, it said.",
        ),
        (
            "Court clears novelist of copying",
            "A judge ruled that the novelist did not copy the plot about twin lighthouse keepers.",
        ),
        ("Phone maker recalls chargers", "A maker of telephones recalls 80,000 chargers after eleven caught fire."),
        ("Bees found in bell tower", "Beekeepers removed a swarm of 40,000 bees from the bell tower of a church."),
        (
            "Central bank holds rate",
            "The central bank left its key rate at 3.25 percent and hinted at one cut this year.",
        ),
    ];
    let mut grouper = Grouper::new();
    let mut add = |id: &str, day: &str, title: &str, text: &str| {
        let published = (!day.is_empty()).then(|| format!("{day}T09:00:00Z").parse().unwrap());
        grouper.add(Record::of(&Light { id, title, text, published }));
    };
    for (n, (title, text)) in others.iter().enumerate() {
        add(&format!("z{n}"), reports[0].1, title, text);
    }
    reports.iter().for_each(|(id, day, title, text)| add(id, day, title, text));
    let mut out: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for Placement { id, story, .. } in grouper.stories() {
        if !id.starts_with('z') {
            out.entry(story.to_string()).or_default().push(id.to_string());
        }
    }
    let mut out: Vec<Vec<String>> = out.into_values().collect();
    out.iter_mut().for_each(|s| s.sort());
    out.sort();
    out
}

#[test]
fn a_town_and_its_officials_are_no_story() {
    let day = "2023-02-07";
    let found = stories(&[
        (
            "a",
            day,
            "Hallen council raises parking fees",
            "The Hallen town council voted on Tuesday to raise parking fees to four crowns. Mayor Petra Lunde said the money was for footpaths.",
        ),
        (
            "b",
            day,
            "Hallen library to close for repairs",
            "The library in Hallen will close until March while its roof in Sund is mended, the town said on Tuesday. Mayor Petra Lunde asked for patience.",
        ),
        (
            "c",
            day,
            "Hallen choir wins prize",
            "A choir from the Hallen district of Sund won the national song prize on Tuesday. Mayor Petra Lunde sang along.",
        ),
        (
            "d",
            day,
            "Fire in Hallen sawmill",
            "Thirty firefighters put out a blaze in the old sawmill in Hallen on Tuesday. Mayor Petra Lunde came to see it.",
        ),
    ]);
    assert_eq!(found, [["a"], ["b"], ["c"], ["d"]]);
}

#[test]
fn one_template_of_three_places_is_three_stories() {
    let notice = |river: &str, day: &str, level: &str| {
        let text = format!(
            "A flood warning was issued for the river {river} at {level} a.m. on {day}, according to the national water service. \
             The river {river} is expected to rise. No damage has been reported. This notice was made by a program."
        );
        (format!("Flood warning for the river {river}"), text)
    };
    let (a, b, c) =
        (notice("Ilse", "Monday", "4:10"), notice("Varn", "Tuesday", "9:40"), notice("Odre", "Wednesday", "1:05"));
    let found =
        stories(&[("a", "2023-02-06", &a.0, &a.1), ("b", "2023-02-07", &b.0, &b.1), ("c", "2023-02-08", &c.0, &c.1)]);
    assert_eq!(found, [["a"], ["b"], ["c"]]);
}

#[test]
fn a_follow_up_joins_and_another_accident_does_not() {
    let found = stories(&[
        (
            "a",
            "2023-02-06",
            "Walker hit by van in Lind Lane",
            "A walker, 52, was hit by a van in Lind Lane in Hallen on Monday evening and taken to St Ebba hospital in a serious condition. The driver, 33, stopped at the scene, police said.",
        ),
        (
            "b",
            "2023-02-07",
            "Walker hit in Lind Lane has died",
            "The walker who was hit by a van in Lind Lane in Hallen on Monday has died at St Ebba hospital, police said on Tuesday. She was 52. The driver, 33, has been questioned.",
        ),
        (
            "c",
            "2023-02-07",
            "Walker hurt in Esker Lane",
            "A walker, 17, broke a wrist when a door opened in Esker Lane in Hallen on Tuesday morning. The driver, 71, was fined, police said.",
        ),
    ]);
    assert_eq!(found, [&["a", "b"][..], &["c"]]);
}

#[test]
fn one_title_of_two_games_is_two_stories() {
    let day = "2023-02-08";
    let found = stories(&[
        (
            "a",
            day,
            "Update 5 is here",
            "The fifth update of Deep Harbour Road adds a storm, three new boats and a fix for the crash at the lock gate. Players get it for free on Thursday.",
        ),
        (
            "b",
            day,
            "Update 5 is here",
            "The fifth update of Barley Kings brings hail, a new press and ranked play. It takes about an hour to install, Millworks said.",
        ),
    ]);
    assert_eq!(found, [["a"], ["b"]]);
}

#[test]
fn one_template_filled_in_twice_is_two_stories() {
    let day = "2023-02-08";
    let quarter = |name: &str, place: &str, profit: &str, share: u32, expected: u32| {
        format!(
            "{name} on Tuesday reported a profit of ${profit} million for its quarter. On a per-share basis, the {place}-based \
             company said it had net income of {share} cents. The average estimate of analysts was for earnings of {expected} \
             cents per share. This report was made by machine from figures of an exchange."
        )
    };
    let (a, b) = (quarter("Hallen Mills", "Sund", "12.4", 18, 15), quarter("Esker Foods", "Kolm", "77.1", 41, 44));
    let found = stories(&[
        ("a", day, "Hallen Mills reports higher profit", &a),
        ("b", day, "Esker Foods reports higher profit", &b),
    ]);
    assert_eq!(found, [["a"], ["b"]]);
}

#[test]
fn a_name_that_only_begins_sentences_is_a_name() {
    let day = "2023-02-08";
    let found = stories(&[
        (
            "a",
            day,
            "Orlan recalls envoy from Wessen",
            "Orlan recalled its ambassador to Wessen on Tuesday over a quarrel about fishing.",
        ),
        (
            "b",
            day,
            "Orlan handball league to resume",
            "Orlan’s handball league will resume in March without spectators, its president said on Tuesday.",
        ),
    ]);
    assert_eq!(found, [["a"], ["b"]]);
}

#[test]
fn other_news_of_a_live_page_is_no_part_of_its_story() {
    let day = "2023-02-08";
    let found = stories(&[
        (
            "a",
            day,
            "Trial of former harbour master: latest",
            "15.40 Court rises until Thursday. 14.10 Accountant Ylva Marr says Reyd asked her to change invoices. 10.05 Oskar Reyd pleads not guilty at Hallen district court. In other news: bakers strike for a second day, zoo to raise prices.",
        ),
        (
            "b",
            day,
            "Former harbour master denies fraud",
            "Former harbour master Oskar Reyd pleaded not guilty to fraud at Hallen district court on Wednesday. His accountant, Ylva Marr, said he had asked her to change invoices.",
        ),
        (
            "c",
            day,
            "No bread in Hallen as bakers strike",
            "Bakers in Hallen were on strike for a second day on Wednesday over night pay.",
        ),
    ]);
    assert_eq!(found, [&["a", "b"][..], &["c"]]);
}

#[test]
fn an_undated_report_brings_no_reports_together_that_lie_months_apart() {
    let title = "Ferry Alma runs aground off Tarvel with 212 aboard";
    let text = "The ferry Alma ran aground on the Tarvel shoals with 212 passengers aboard, the Brandal coast guard said. \
                Captain Ivo Sarn reported a broken rudder; tugs from Sund pulled her free and nobody was hurt.";
    let report = |id, day| (id, day, title, text);
    let found = stories(&[report("a", "2023-02-07"), report("b", "2023-09-19"), report("c", "")]);
    let with = |id: &str| found.iter().find(|s| s.iter().any(|it| it == id)).unwrap();
    assert_ne!(with("a"), with("b"), "{found:?}");
    // What lies near in time is one story with it.
    let found = stories(&[report("a", "2023-02-07"), report("b", "2023-02-09"), report("c", "")]);
    assert_eq!(found, [["a", "b", "c"]]);
}

#[test]
fn a_day_that_two_name_is_no_story() {
    let found = stories(&[
        ("ferry", "", "", "A ferry hit the pier at Nordvik on 12 May 2031, and nine people were hurt."),
        ("fire", "", "", "A bakery burned down in Solheim on 12 May 2031; nobody was inside."),
    ]);
    assert_eq!(found, [["ferry"], ["fire"]]);
}
