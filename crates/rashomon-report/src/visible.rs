//! Foreign text made safe to show: no control character reaches a terminal or a page unseen.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// `text` with control characters as their pictures (U+2400 and following) and direction overrides named (`⟨U+202E⟩`).
///
/// Line ends and tabs stay. Escape sequences can therefore not drive a terminal, and no number can be shown backwards.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_hidden(c) => shown.push(c),
            '\u{7f}' => shown.push('\u{2421}'),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            c => {
                use std::fmt::Write;
                let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(c));
            }
        }
    }
    Cow::Owned(shown)
}

/// C0 and C1 controls but line end and tab, and the bidirectional embeddings, overrides and isolates (UAX #9).
fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` on one line, white space as single spaces, cut to `most` characters as people see them.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut seen = 0;
    for word in visible(text).split_whitespace() {
        if seen > 0 {
            shown.push(' ');
        }
        for c in word.graphemes(true) {
            seen += 1;
            if seen > most {
                return format!("{} …", shown.trim_end());
            }
            shown.push_str(c);
        }
        seen += 1;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_drive_a_terminal_or_turn_a_number_round() {
        assert_eq!(visible("a\u{1b}[31m\u{202e}321\u{9b}b\tc\n"), "a␛[31m⟨U+202E⟩321⟨U+009B⟩b\tc\n");
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(line(" a\n\n b  c ", 80), "a b c");
        assert_eq!(line("één twee drie", 8), "één twee …");
        assert_eq!(line("abcdef", 3), "abc …");
    }
}
