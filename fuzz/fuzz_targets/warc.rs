//! Any bytes as a web archive: no panic, and an end.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = rashomon_inputs::warc(Box::new(std::io::Cursor::new(bytes.to_vec())), "a").count();
});
