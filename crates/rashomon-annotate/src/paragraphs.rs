//! Where the blocks of a text begin and end: paragraphs, headings, and the pieces that page furniture leaves.

use rashomon_model::{Article, Span};

/// A stretch of text no sentence reaches beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Where it stands, without surrounding white space.
    pub(crate) span: Span,
    /// Number of the paragraph, from 0; pieces of one paragraph share it.
    pub(crate) paragraph: u32,
    /// Whether it is the headline.
    pub(crate) headline: bool,
    /// Whether it is page furniture.
    pub(crate) furniture: bool,
}

/// All blocks of an article that are not empty, in order, furniture included.
pub(crate) fn blocks(article: &Article) -> Vec<Block> {
    let text = &article.text;
    let title = article.title_span.filter(|t| t.end() <= text.len());
    // The headline of a web page stands in its furniture: what is left on either side of it is no headline.
    let around = |f: &Span| match title.filter(|t| t.overlaps(*f)) {
        Some(t) => [(f.start(), t.start().min(f.end())), (t.end().max(f.start()), f.end())],
        None => [(f.start(), f.end()), (0, 0)],
    };
    let parts = article.furniture.iter().filter(|f| !inside_sentence(text, **f)).flat_map(around);
    let parts = parts.filter(|(from, to)| from < to);
    let mut cuts: Vec<(Span, bool, bool)> = parts.map(|(from, to)| (Span::new(from, to), true, false)).collect();
    if let Some(title) = title {
        cuts.insert(cuts.partition_point(|f| f.0.start() < title.start()), (title, false, true));
    }
    let mut out = Vec::new();
    let mut next_cut = 0;
    let mut paragraph = 0;
    for line in lines(text) {
        let before = out.len();
        let mut at = line.start();
        let mut push = |start: usize, end: usize, furniture: bool, headline: bool| {
            let Some(span) = Span::checked(text, start, end.max(start)).map(|s| s.trimmed(text)) else { return };
            if !span.is_empty() {
                out.push(Block { span, paragraph, headline, furniture });
            }
        };
        while let Some(&(cut, furniture, headline)) = cuts.get(next_cut) {
            if cut.start() >= line.end() {
                break;
            }
            if cut.end() > at {
                push(at, cut.start(), false, false);
                push(cut.start().max(at), cut.end().min(line.end()), furniture, headline);
                at = cut.end().min(line.end());
            }
            if cut.end() > line.end() {
                break;
            }
            next_cut += 1;
        }
        push(at, line.end(), false, false);
        paragraph += u32::from(out.len() > before);
    }
    out
}

/// Whether furniture interrupts a sentence, which goes on behind it: what a page put beside a name.
pub(crate) fn inside_sentence(text: &str, furniture: Span) -> bool {
    let line = |c: char| c == '\n';
    let before = text[..furniture.start()].rsplit(line).next().unwrap_or_default().trim_end();
    let behind = text[furniture.end()..].split(line).next().unwrap_or_default().trim_start();
    let under_way = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ',' | '’' | '\''));
    under_way && !behind.is_empty() && !text[furniture.range()].contains('\n')
}

/// The lines of a text as its author meant them: hard-wrapped lines of one paragraph are joined.
fn lines(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let width = wrap_width(text);
    let mut at = 0;
    let mut open = false;
    for line in text.split('\n') {
        let end = at + line.len();
        let blank = line.trim().is_empty();
        if !blank {
            let goes_on = open && out.last().is_some_and(|last| breaks_quotation(last.text(text), line));
            let joined = goes_on
                || open
                    && width.is_some_and(|width| {
                        let last = out[out.len() - 1];
                        let previous = last.text(text).rsplit('\n').next().unwrap_or("").trim_end();
                        let first_word = line.split_whitespace().next().map_or(0, |w| w.chars().count());
                        let indented = line.starts_with([' ', '\t']) && !previous.starts_with([' ', '\t']);
                        // A line that had room for the next word was ended on purpose.
                        !indented && previous.chars().count() + 1 + first_word > width.saturating_sub(WRAP_SLACK)
                    });
            if joined {
                let last = out.len() - 1;
                out[last] = Span::new(out[last].start(), end);
            } else {
                out.push(Span::new(at, end));
            }
        }
        open = !blank;
        at = end + 1;
    }
    out
}

/// Whether a line break falls inside a quotation: its mark is open before it, and the next line goes on in lower case.
fn breaks_quotation(before: &str, line: &str) -> bool {
    let before = &before[before.floor_char_boundary(before.len().saturating_sub(QUOTED))..];
    let opens = before.rfind('“').is_some_and(|at| !before[at..].contains('”'));
    opens && !before.trim_end().ends_with(['.', '!', '?']) && line.trim_start().starts_with(char::is_lowercase)
}

/// Bytes that a quotation may reach back over a line's break, as far as one that is never closed goes.
const QUOTED: usize = 1_500;

/// How many columns short of the width a wrapped line may be, beyond its next word.
const WRAP_SLACK: usize = 8;

/// The width at which a text is wrapped, if it is: most single line breaks come inside sentences and near one column.
fn wrap_width(text: &str) -> Option<usize> {
    let mut lengths = Vec::new();
    let mut broken = 0;
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let follows = lines.peek().is_some_and(|next| !next.trim().is_empty());
        if line.trim().is_empty() || !follows {
            if line.len() > 400 {
                return None;
            }
            continue;
        }
        let length = line.chars().count();
        if length > 120 {
            return None;
        }
        lengths.push(length);
        let ends = line.ends_with(['.', '!', '?', ':', '"', '”', '\'', '’', ')']);
        broken += usize::from(!ends && length >= 40);
    }
    if lengths.len() < 4 || broken * 2 < lengths.len() {
        return None;
    }
    lengths.sort_unstable();
    let width = lengths[lengths.len() - 1];
    let near = lengths.iter().filter(|l| **l + 16 >= width).count();
    (near * 2 >= lengths.len()).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        let article = Article { text: text.into(), ..Article::default() };
        blocks(&article).into_iter().map(|b| b.span.text(text)).collect()
    }

    #[test]
    fn one_paragraph_a_line() {
        assert_eq!(
            texts("Rain hits coast\nThe rain came.\n\n It stayed. "),
            ["Rain hits coast", "The rain came.", "It stayed."]
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The rain that hit the coast on Friday left three villages under\n\
                    water and the mayor of the largest one asked the capital for\n\
                    boats, tents and a field kitchen, which arrived at nightfall.\n\
                    Nobody was hurt.\n\
                    The next day brought sun, and most of the people who had gone\n\
                    to their relatives in the hills came back to see what was left\n\
                    of their houses.\n";
        let found = texts(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].starts_with("The next day") && found[1].ends_with("houses."));
    }

    #[test]
    fn a_line_break_inside_a_quotation_is_none() {
        let text = "She spoke first. “The pier was a gift,\n  and it stays ours.”\nThe meeting ended.";
        assert_eq!(
            texts(text),
            ["She spoke first. “The pier was a gift,\n  and it stays ours.”", "The meeting ended."]
        );
    }

    #[test]
    fn furniture_and_headline_cut_lines() {
        let text = "Home News Flood hits town Share\nWater rose.";
        let title = text.find("Flood").unwrap();
        let article = Article {
            text: text.into(),
            title_span: Some(Span::new(title, title + 15)),
            furniture: vec![Span::new(0, 9), Span::new(title + 16, title + 21)],
            ..Article::default()
        };
        let found = blocks(&article);
        let shown: Vec<_> = found.iter().map(|b| (b.span.text(text), b.headline, b.furniture, b.paragraph)).collect();
        assert_eq!(
            shown,
            [
                ("Home News", false, true, 0),
                ("Flood hits town", true, false, 0),
                ("Share", false, true, 0),
                ("Water rose.", false, false, 1),
            ]
        );
    }
}
