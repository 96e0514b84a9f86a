//! Any bytes read as JSONL keep the laws.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rashomon_fuzz::check_bytes(rashomon_read::Format::Jsonl, bytes));
