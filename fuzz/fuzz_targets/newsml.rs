//! Any bytes as newsml: no panic, no hang.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rashomon_inputs::newsml(bytes);
});
