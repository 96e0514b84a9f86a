//! Any bytes, told apart and decompressed like a file, keep the laws.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(records) = rashomon_read::records_in(bytes.to_vec(), "fuzz") {
        records.take(1000).flatten().for_each(|record| rashomon_fuzz::check_record(&record));
    }
});
