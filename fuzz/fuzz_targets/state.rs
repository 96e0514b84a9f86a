//! Any bytes as the state of `group`: read to an end or refused, records or none, never a panic.
#![no_main]

#[path = "../../crates/rashomon-cli/src/frames.rs"]
#[allow(dead_code)]
mod frames;

use libfuzzer_sys::fuzz_target;
use rashomon_group::{Grouper, Light, Pins, Record};

fuzz_target!(|bytes: &[u8]| {
    let _ = frames::read(bytes, bytes.len() as u64, |_, content| records(content));
    // A fuzzer does not find digests: the same bytes as a content.
    let mut whole = std::io::Cursor::new(Vec::new());
    frames::begin(&mut whole).unwrap();
    let mut whole = whole.into_inner();
    whole.extend(frames::frame(1, bytes));
    let end = frames::read(&whole[..], whole.len() as u64, |_, content| {
        let _ = records(content);
        let _ = std::str::from_utf8(content).map(Pins::parse);
        resumed(content);
        Some(())
    });
    assert_eq!(end, Ok(whole.len() as u64));
});

fn records(mut content: &[u8]) -> Option<()> {
    while !content.is_empty() {
        Record::decode(&mut content)?;
    }
    Some(())
}

/// Goes on from any bytes as what an earlier run left, behind the head a run of this program writes.
fn resumed(content: &[u8]) {
    let mut grouper = Grouper::new();
    grouper.resumable();
    for n in 0..4 {
        let text = format!("The herring quota of Velden {n} was doubled by minister Lene Marsk {}.", n / 2);
        grouper.add(Record::of(&Light { id: &n.to_string(), text: &text, ..Light::default() }));
    }
    let mut change = grouper.clone().place().change;
    change.truncate(12);
    change.extend(content);
    if grouper.resume(&change).is_some() {
        grouper.add(Record::of(&Light { id: "new", text: "Lene Marsk doubled the quota.", ..Light::default() }));
        assert_eq!(grouper.place().placements.len(), 5);
    }
}
