//! Which relation do two reports have, by what their texts say of each other? Invented reports that share a passage, and what
//! stands around it.

use rashomon_lineage::{Card, Finder, Sketch};
use rashomon_model::{Article, Declared, DeclaredKind, Span};
use std::borrow::Cow;

/// Five sentences that two reports may share, 75 words.
const PASSAGE: &str = "Engineers who examined the pier before dawn found that its oldest timbers had rotted below the \
    waterline, and that nobody had inspected them since the northern lock was rebuilt. The harbour board had put off the work \
    twice because the dredger was needed upstream. Pilots complained in writing about loose planks every winter. Their letters \
    were filed under correspondence and never answered. A contractor offered to replace the worst section for a third of the \
    price that was paid last month.";

/// Other sentences, 16 words each, that share no run of words.
fn own(from: usize, to: usize) -> String {
    const NOUNS: [&str; 7] = ["storm", "crew", "signal", "minister", "tide", "cable", "lamp"];
    let word = |n: usize, k: usize| format!("{}{}", NOUNS[(n + k) % 7], n * 16 + k);
    let sentence = |n: usize| (0..16).map(|k| word(n, k)).collect::<Vec<_>>().join(" ") + ".";
    (from..to).map(sentence).collect::<Vec<_>>().join(" ")
}

struct Report<'a> {
    outlet: &'a str,
    day: &'a str,
    text: String,
    credits: Option<&'a str>,
}

fn report<'a>(outlet: &'a str, day: &'a str, text: String) -> Report<'a> {
    Report { outlet, day, text, credits: None }
}

/// What relates the two: kind, and which of them is the source (0 for neither), or nothing.
fn relation(reports: [Report<'_>; 2]) -> Option<(&'static str, usize)> {
    let cards: Vec<Card> = reports
        .iter()
        .enumerate()
        .map(|(n, it)| {
            let declared = it.credits.map(|name| Declared {
                name: name.to_owned(),
                kind: DeclaredKind::Agency,
                span: Span::new(0, 0),
                retrieved: None,
            });
            Card::of(&Article {
                id: format!("r{n}"),
                outlet: Some(it.outlet.to_owned()),
                published: (!it.day.is_empty()).then(|| rashomon_model::Moment {
                    at: format!("2021-05-{}T00:00:00Z", it.day).parse().unwrap(),
                    offset_seconds: 0,
                    precision: rashomon_model::Precision::Day,
                }),
                declared: declared.into_iter().collect(),
                ..Article::default()
            })
        })
        .collect();
    let mut finder = Finder::default();
    cards.iter().zip(&reports).for_each(|(card, it)| finder.add(card, &Sketch::of(&it.text)));
    let text = |n: usize| Cow::Borrowed(reports[n].text.as_str());
    let found = finder.find(|n| (cards[n].clone(), text(n)), text);
    found.first().map(|it| (it.kind.as_str(), if it.directed { it.source + 1 } else { 0 }))
}

#[test]
fn who_is_cited_beside_the_passage_is_the_source() {
    let giver = |day| report("Harbour Times", day, format!("{}\n{PASSAGE}\n{}", own(0, 6), own(6, 12)));
    let taker_on = |day, before: &str, behind: &str| {
        let text = format!("{}\n{before}\n{PASSAGE}\n{behind} {}", own(20, 26), own(26, 32));
        report("Quay Post", day, text)
    };
    let taker = |before: &str, behind: &str| taker_on("03", before, behind);
    let cases = [
        (giver("03"), taker("The Harbour Times reported on Monday:", ""), Some(("excerpt", 1))),
        (giver("03"), taker("", "She spoke to Harbour Times."), Some(("excerpt", 1))),
        // Printed a day later than it was on the screen.
        (giver("04"), taker("As the Harbour Times writes:", ""), Some(("excerpt", 1))),
        // Weeks later, such a passage is taken for one if it says so; weeks before, it was not taken from there.
        (giver("03"), taker_on("28", "", ""), None),
        (giver("03"), taker_on("28", "As the Harbour Times writes:", ""), Some(("excerpt", 1))),
        (giver("28"), taker("As the Harbour Times writes:", ""), Some(("excerpt", 0))),
        // Both may have it from a third.
        (giver("02"), taker("", ""), Some(("excerpt", 0))),
        (giver("02"), taker("A crowd met at Harbour Times Square.", ""), Some(("excerpt", 0))),
    ];
    for (n, (a, b, wanted)) in cases.into_iter().enumerate() {
        assert_eq!(relation([a, b]), wanted, "case {n}");
    }
}

#[test]
fn an_agency_gives_and_two_who_credit_one_have_it_from_there() {
    let text = |from: usize| format!("{}\n{PASSAGE}\n{}", own(from, from + 6), own(from + 6, from + 12));
    let whole = |from: usize| format!("{} {PASSAGE} {}", own(100, 110), own(from, from + 2));
    let credits = |outlet, text: String| Report { credits: Some("AP"), ..report(outlet, "03", text) };
    let cases = [
        ([report("Reuters", "03", text(0)), report("Quay Post", "03", text(20))], Some(("excerpt", 1))),
        ([report("Quay Post", "03", text(0)), report("Reuters", "03", text(20))], Some(("excerpt", 2))),
        // Who printed it a day before the agency did not take it from there.
        ([report("Quay Post", "02", text(0)), report("Reuters", "03", text(20))], Some(("excerpt", 0))),
        ([credits("Quay Post", text(0)), credits("Harbour Times", text(20))], Some(("common-source", 0))),
        ([credits("Quay Post", whole(0)), credits("Harbour Times", whole(20))], Some(("common-source", 0))),
        ([report("Associated Press", "03", text(0)), credits("Harbour Times", text(20))], Some(("excerpt", 1))),
        ([report("Quay Post", "03", whole(0)), report("Harbour Times", "03", whole(20))], Some(("reprint", 0))),
    ];
    for (n, (pair, wanted)) in cases.into_iter().enumerate() {
        assert_eq!(relation(pair), wanted, "case {n}");
    }
}

#[test]
fn captions_lists_and_posts_are_no_copies() {
    let list = "smuggling of lamps and cables, theft of two pilot boats, false papers for the crew, arson at the northern \
        pier, bribery of a harbour master and three counts of neglect of the signal tower in stormy weather";
    let captions = (0..6)
        .map(|n| format!("{} Hide Caption {n} of 6 Photos: The harbour", own(50 + n, 51 + n)))
        .collect::<Vec<_>>()
        .join(" ");
    let post = "I have never been inside the signal tower.\n\nWhoever says that the lamps were mine has not seen the papers that \
        the board keeps in its own cellar. https://t.co/x1 — Ann Lee (@annlee) May 3, 2021";
    let cases = [
        (format!("The charges are: {list}."), format!("They were accused of {list}.")),
        (format!("Photos: The harbour {captions}"), format!("Photos: The harbour {captions}")),
        (post.to_owned(), post.to_owned()),
    ];
    for (x, y) in cases {
        let a = report("Quay Post", "03", format!("{}\n\n{x}\n\n{}", own(0, 6), own(6, 12)));
        let b = report("Harbour Times", "03", format!("{}\n\n{y}\n\n{}", own(20, 26), own(26, 32)));
        assert_eq!(relation([a, b]), None, "{x}");
    }
}
