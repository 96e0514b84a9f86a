//! A made-up story of any size, for measuring speed: one event, many reports that share some of their statements.
//!
//! Statements come from templates over invented names. Each report states the core of the event in one of several
//! wordings, a part of the side statements, and some of its own, so that a collation has work of every kind to do.

use crate::random::Random;
use std::fmt::Write as _;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many reports
    #[arg(long, default_value_t = 50)]
    articles: usize,
    /// About how many words each
    #[arg(long, default_value_t = 500)]
    words: usize,
    /// Same seed, same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

const PEOPLE: &[&str] = &[
    "Ines Calloway",
    "Tomas Reyd",
    "Berit Solano",
    "Pavel Lindqvist",
    "Lida Marsh",
    "Aino Beck",
    "Caio Brandt",
    "Petra Holm",
    "Jonah Vesely",
    "Maren Oduya",
    "Hollis Byrne",
    "Oskar Tamm",
    "Rhea Quill",
    "Dunya Abbas",
    "Emil Storck",
    "Nora Vance",
];
const BODIES: &[&str] = &[
    "the harbour authority",
    "the transport ministry",
    "the seafarers' union",
    "the county council",
    "the coast guard",
    "the operator",
    "the hospital",
    "the islanders' association",
];
const THINGS: &[&str] = &[
    "the ferry",
    "the bridge",
    "the pier",
    "the rudder",
    "the voyage recorder",
    "the hearing",
    "the crossing",
    "the fleet",
    "the inspection",
    "the licence",
    "the harbour wall",
    "the engine room",
    "the passenger list",
    "the repair contract",
];
const DEEDS: &[&str] = &[
    "was examined by divers",
    "had been inspected in 2019",
    "was closed in both directions",
    "will be rebuilt next year",
    "was damaged more than first thought",
    "could reopen within three weeks",
    "was sold to a foreign buyer",
    "had been reported twice since January",
    "was paid for with public money",
    "is expected to be published on Friday",
    "was held back by a lawyer",
    "has been moved to the north bank",
    "was found in good order",
    "had no open defect",
];
const SAID: &[&str] = &["said", "told reporters", "announced", "confirmed", "insisted", "warned"];
const LEADS: &[&str] = &[
    "A ferry with 212 passengers struck a pier of the Aldmoor Bridge on Tuesday, injuring 14 people",
    "Fourteen people were hurt on Tuesday when a ferry carrying 212 passengers hit a pier of the Aldmoor Bridge",
    "A passenger ferry rammed the Aldmoor Bridge on Tuesday, leaving 14 of the 212 people on board injured",
];

/// One side statement, the same for the same number.
fn statement(n: usize) -> String {
    let mut random = Random::new(n as u64 ^ 0x5eed);
    let (thing, deed, body) = (pick(&mut random, THINGS), pick(&mut random, DEEDS), pick(&mut random, BODIES));
    let (person, said, count) = (pick(&mut random, PEOPLE), pick(&mut random, SAID), 2 + random.below(400));
    let upper = |s: &str| s[..1].to_uppercase() + &s[1..];
    match random.below(5) {
        0 => format!("{} {deed} after {count} complaints, {body} {said}.", upper(thing)),
        1 => format!("\"We counted {count} of them, and {thing} {deed},\" {person} {said} on Wednesday."),
        2 => format!("{person} {said} that {thing} {deed} and that {count} people had asked about it."),
        3 => format!("According to {body}, {thing} {deed} at a cost of ${count} million."),
        _ => format!("{} said on March 12 that {thing} {deed}, {count} days after the first report.", upper(body)),
    }
}

pub(crate) fn run(args: &Args) {
    for n in 0..args.articles {
        let mut random = Random::new(args.seed ^ (n as u64) << 20);
        let mut text = format!("{}, the harbour authority said.", LEADS[random.below(LEADS.len())]);
        let mut words = text.split(' ').count();
        while words < args.words {
            // Two of three statements come from a pool that grows slowly with the story; the rest are the report's own.
            let shared = random.below(3) > 0;
            let number =
                if shared { random.below(60 + args.articles / 4) } else { 1_000_000 + n * 1_000 + random.below(1_000) };
            let it = statement(number);
            words += it.split(' ').count();
            let _ = write!(text, "{}{it}", if random.below(3) == 0 { "\n\n" } else { " " });
        }
        let (day, hour, minute) = (11 + random.below(3), random.below(24), random.below(60));
        let row = serde_json::json!({
            "id": format!("made-{n:06}"),
            "outlet": format!("Outlet {}", n % 211),
            "title": format!("Ferry strikes Aldmoor Bridge: {}", pick(&mut random, DEEDS)),
            "published": format!("2025-03-{day:02}T{hour:02}:{minute:02}:00Z"),
            "text": text,
        });
        println!("{row}");
    }
}

fn pick<'a>(random: &mut Random, from: &[&'a str]) -> &'a str {
    from[random.below(from.len())]
}
