//! Any bytes as the state of `group`: read to an end or refused, records or none, never a panic.
#![no_main]

#[path = "../../crates/rashomon-cli/src/frames.rs"]
#[allow(dead_code)]
mod frames;

use libfuzzer_sys::fuzz_target;
use rashomon_group::{Pins, Record};

fuzz_target!(|bytes: &[u8]| {
    let _ = frames::read(bytes, bytes.len() as u64, |_, content| records(content));
    // A fuzzer does not find digests: the same bytes as a content.
    let mut whole = frames::header();
    whole.extend(frames::frame(1, bytes));
    let end = frames::read(&whole[..], whole.len() as u64, |_, content| {
        let _ = records(content);
        let _ = std::str::from_utf8(content).map(Pins::parse);
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
