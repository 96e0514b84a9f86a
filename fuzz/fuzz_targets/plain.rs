//! Any bytes read as plain text keep the laws.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rashomon_fuzz::check_bytes(rashomon_read::Format::Plain, bytes));
