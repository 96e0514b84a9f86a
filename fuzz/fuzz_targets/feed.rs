//! Any bytes as feed: no panic, no hang.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rashomon_inputs::feed(bytes, Some("https://x.example/"));
});
