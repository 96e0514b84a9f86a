//! Any bytes as robots.txt, and as a path it is asked about: no panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let robots = rashomon_watch::Robots::parse(bytes, "rashomon");
    let _ = robots.allows(&String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]));
});
