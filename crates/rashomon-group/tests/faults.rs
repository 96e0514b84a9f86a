//! Faults of the program itself while articles are held against each other. In a file of its own: once faults are survived, the
//! process survives all of them.

use rashomon_group::{Grouper, Light, Pins, Placed, Record};
use rashomon_model::survive_faults;
use std::collections::BTreeMap;

/// Six reports of each of ten invented events, all within ten days; the last of each has no date.
fn reports() -> Vec<Record> {
    let mut all = Vec::new();
    for event in 0..10_usize {
        for n in 0..6_usize {
            let words: Vec<String> =
                (0..24).map(|w| format!("quor{event}x{}", (w * (n + 2)) % 17)).chain([format!("zelk{n}")]).collect();
            let published = (n < 5).then(|| format!("2021-05-{:02}T0{n}:00:00Z", event + 1).parse().unwrap());
            let id = format!("{event}-{n}");
            all.push(Record::of(&Light { id: &id, title: &words[..6].join(" "), text: &words.join(" "), published }));
        }
    }
    all
}

/// Puts a fault before each comparison that `is_faulty` says, by the ids of the two; of one and itself before it is looked for.
fn failing(is_faulty: impl Fn(&str, &str) -> bool + Sync) -> impl Fn(&Record, &Record) + Sync {
    move |a, b| assert!(!is_faulty(a.id(), b.id()), "no such term")
}

fn place(records: impl IntoIterator<Item = Record>, before: &(dyn Fn(&Record, &Record) + Sync)) -> Placed {
    let mut grouper = Grouper::new();
    records.into_iter().for_each(|it| {
        grouper.add(it);
    });
    grouper.place_with(before)
}

fn stories(placed: &Placed) -> BTreeMap<&str, Vec<&str>> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    placed.placements.iter().for_each(|it| all.entry(&it.story).or_default().push(&it.id));
    all
}

fn of_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn a_fault_costs_one_article_its_place_and_no_other() {
    survive_faults();
    let sound = place(reports(), &|_, _| {});
    assert!(sound.notes.is_empty() && stories(&sound).values().all(|it| it.len() == 6), "{:?}", stories(&sound));
    // Dated and undated, when they are looked for; one whose every comparison fails.
    let alone = failing(|a, b| a == b && ["3-2", "7-5"].contains(&a));
    let compared = failing(|a, b| a != b && [a, b].contains(&"3-2"));
    let cases: [(&(dyn Fn(&Record, &Record) + Sync), &[&str], &str); 2] = [
        (&alone, &["3-2", "7-5"], "could not be grouped and stands alone"),
        (&compared, &["3-2"], "could not be held against 3-0 and"),
    ];
    for (fault, lost, said) in cases {
        let found = place(reports(), fault);
        let stories = stories(&found);
        assert_eq!(stories.len(), 10 + lost.len(), "{stories:?}");
        for it in lost {
            assert_eq!(stories[it], [*it], "a story of its own");
        }
        assert!(stories["5-0"].len() == 6 && stories["3-0"].len() == 5, "{stories:?}");
        let told: Vec<&str> = found.notes.iter().map(|it| it.place.as_str()).collect();
        assert_eq!(told, lost, "each told once");
        for it in &found.notes {
            assert!(it.message.starts_with(said) && it.message.contains("no such term"), "{it:?}");
            assert!(it.rule == "fault-of-the-program" && it.message.contains("faults.rs:"), "{it:?}");
        }
        for threads in [1, 3] {
            let again = of_threads(threads, || place(reports().into_iter().rev(), fault));
            assert_eq!((&again.placements, &again.notes), (&found.placements, &found.notes));
        }
    }
}

#[test]
fn two_that_cannot_be_compared_cost_each_other_alone() {
    survive_faults();
    let fault = failing(|a, b| (a, b) == ("2-0", "2-3"));
    let found = place(reports(), &fault);
    let [note] = &found.notes[..] else { panic!("{:?}", found.notes) };
    assert_eq!(note.place, "2-0");
    assert!(note.message.starts_with("could not be held against 2-3: "), "{note:?}");
    let others: Vec<usize> = stories(&found).values().map(Vec::len).collect();
    assert_eq!(others.iter().sum::<usize>(), 60, "nothing is lost");
    assert_eq!(others.iter().filter(|it| **it == 6).count(), if others.len() == 10 { 10 } else { 9 }, "{others:?}");
}

/// The runs of `parts`, each going on where the last one stopped.
fn in_runs(parts: &[(&[Record], &(dyn Fn(&Record, &Record) + Sync))]) -> Placed {
    let mut changes: Vec<Vec<u8>> = Vec::new();
    let mut last = Placed::default();
    for end in 1..=parts.len() {
        let mut grouper = Grouper::new();
        grouper.resumable();
        for ((part, _), change) in parts[..end].iter().zip(changes.iter().map(Some).chain([None])) {
            part.iter().for_each(|it| {
                grouper.add(it.clone());
            });
            if let Some(change) = change {
                grouper.resume(change).unwrap();
            }
        }
        last = grouper.place_with(parts[end - 1].1);
        changes.push(last.change.clone());
    }
    last
}

#[test]
fn many_runs_with_faults_give_the_stories_of_one() {
    survive_faults();
    let alone = failing(|a, b| a == b && ["0-1", "3-2", "9-5"].contains(&a));
    let compared = failing(|a, b| a != b && ["1-4", "6-0"].iter().any(|it| [a, b].contains(it)));
    // Every seventh, so that each run has of each event.
    let mixed: Vec<Record> = (0..7).flat_map(|n| reports().into_iter().skip(n).step_by(7)).collect();
    for fault in [&alone as &(dyn Fn(&Record, &Record) + Sync), &compared] {
        let whole = place(mixed.clone(), fault);
        assert!(!whole.notes.is_empty());
        for (a, b) in [(30, 45), (1, 59), (20, 21)] {
            let found = in_runs(&[(&mixed[..a], fault), (&mixed[a..b], fault), (&mixed[b..], fault)]);
            assert_eq!(found.placements, whole.placements, "cut at {a} and {b}");
        }
    }
}

#[test]
fn a_program_without_the_fault_finds_the_story_when_another_report_comes() {
    survive_faults();
    let all = reports();
    let of_event: Vec<Record> = [18, 19, 20, 23, 21, 22].map(|n| all[n].clone()).to_vec();
    let fault = failing(|a, b| a == b && a == "3-2");
    let found = in_runs(&[(&of_event[..5], &fault), (&of_event[5..], &|_, _| {})]);
    assert_eq!(stories(&found).len(), 1, "{:?}", stories(&found));
    assert!(found.notes.is_empty());
}

#[test]
fn a_pin_stands_above_a_fault() {
    survive_faults();
    let mut grouper = Grouper::new();
    reports().into_iter().for_each(|it| {
        grouper.add(it);
    });
    grouper.pin(&Pins::parse("join 3-2 3-0").unwrap());
    let found = grouper.place_with(&failing(|a, b| a == b && a == "3-2"));
    assert_eq!(stories(&found)["3-0"].len(), 6);
}
