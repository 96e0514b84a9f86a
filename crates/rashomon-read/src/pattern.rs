//! Regular expressions over names, compiled cheaply.
//!
//! The full Unicode classes of letters have hundreds of ranges, and compiling them took most of the time in which a few
//! articles are read. Here `\p{Lu}`, `\p{Ll}` and `\p{L}` stand for the letters of the Latin, Greek and Cyrillic blocks, and
//! `\p{L}` for those of all other scripts as well.

use regex::Regex;

/// The compiled `pattern`, which is fixed at build time and proven by the tests that use it.
pub(crate) fn compile(pattern: &str) -> Regex {
    let pattern = pattern
        .replace(r"\p{Lu}", r"[A-Z\u{C0}-\u{DE}\u{100}-\u{24F}\u{386}-\u{3A9}\u{400}-\u{42F}]")
        .replace(r"\p{Ll}", r"[a-z\u{DF}-\u{24F}\u{3AC}-\u{3CE}\u{430}-\u{45F}]")
        .replace(r"\p{L}", r"[A-Za-z\u{C0}-\u{1FFF}\u{2C00}-\u{2DFF}\u{3040}-\u{D7FF}]");
    Regex::new(&pattern).expect("the pattern is fixed")
}
