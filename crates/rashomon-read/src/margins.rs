//! Whom a text declares as its sources, read from its first and last lines alone.
//!
//! The same wordings as [`declared`] reads on a whole page, for callers that read many thousands of texts a second: a wire's
//! dateline and a notice of origin stand at the top, contributors, sign-offs and notices at the end. Credits of pictures and
//! embedded posts are left out.

use crate::{credit, declared, layout};
use rashomon_model::{Article, Declared, DeclaredKind, Span};

/// Lines at the top that may carry a dateline: a headline or caption and two paragraphs.
const OPENING: usize = 3;
/// Lines at the end that may sign off, and those before them in which a notice may stand: page furniture comes behind.
const CLOSING: usize = 4;
const BEFORE_CLOSING: usize = 4;
/// Bytes at the end in which contributors and notices are looked for. Those of one paragraph are read from as far back.
const TAIL: usize = 800;
const HEAD: usize = 240;

/// The origins and agencies that an article declares at the top or end of its text, in order of place, and agencies that its
/// byline names. Its own outlet is no origin.
#[must_use]
pub fn declared_sources(article: &Article) -> Vec<Declared> {
    let (text, outlet) = (article.text.as_str(), article.outlet.as_deref());
    let mut out = Vec::new();
    let head = &text[..boundary(text, text.len().min(HEAD))];
    let tail = boundary(text, text.len().saturating_sub(TAIL)).max(head.len());
    for (from, piece) in [(0, head), (tail, &text[tail..])] {
        let mut found = Vec::new();
        declared::in_text(piece, &mut found);
        out.extend(
            found
                .into_iter()
                .map(|it| Declared { span: Span::new(it.span.start() + from, it.span.end() + from), ..it }),
        );
    }
    let opening = lines(text).take(OPENING);
    let closing: Vec<Span> = back(text).take(CLOSING + BEFORE_CLOSING).collect();
    for (span, opens, closes) in opening
        .map(|it| (it, true, closing.iter().take(CLOSING).any(|c| *c == it)))
        .chain(closing.iter().enumerate().map(|(n, it)| (*it, false, n < CLOSING)))
    {
        let line = span.text(text);
        if !(opens || closes || line.starts_with('(') || line.ends_with(')') || line.ends_with(").")) {
            continue;
        }
        let before = out.len();
        declared::in_line(text, span, opens, closes, &mut out);
        if out.len() > before && credit::photo_credit(line).is_some() {
            out.truncate(before);
        }
    }
    out.retain(|it| {
        matches!(it.kind, DeclaredKind::Origin | DeclaredKind::Agency)
            && !(it.kind == DeclaredKind::Origin && Some(it.name.as_str()) == outlet)
    });
    layout::add_agencies(&article.byline, &mut out);
    out.sort_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
    out.dedup_by(|a, b| a.kind == b.kind && a.name == b.name);
    out
}

/// The first character boundary at or behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// The lines of `text` that hold something, from the top, trimmed.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]).filter_map(move |end| {
        let span = Span::new(start, end).trimmed(text);
        start = end + 1;
        (!span.is_empty()).then_some(span)
    })
}

/// The same from the end.
fn back(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut end = Some(text.len());
    std::iter::from_fn(move || {
        let stop = end?;
        let start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..stop]);
        end = start;
        Some(Span::new(start.map_or(0, |at| at + 1), stop).trimmed(text))
    })
    .filter(|span| !span.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Kinds and names, as this module and as the reader of whole pages finds them.
    fn both(text: &str) -> [String; 2] {
        let mut article = Article { text: text.to_owned(), title: Some("Ferry".into()), ..Article::default() };
        layout::lay_out(&mut article);
        let told = |all: &[Declared]| {
            let kinds = [DeclaredKind::Origin, DeclaredKind::Agency];
            let named = all.iter().filter(|d| kinds.contains(&d.kind));
            named.map(|d| format!("{}={}", d.kind.as_str(), d.name)).collect::<Vec<_>>().join("; ")
        };
        let whole = told(&article.declared);
        article.declared.clear();
        [told(&declared_sources(&article)), whole]
    }

    #[test]
    fn the_top_and_the_end_tell_what_the_whole_page_tells() {
        let body =
            "The ferry ran aground at noon near the northern pier, and nobody was hurt, the port said.\n\n".repeat(9);
        for (top, end, wanted) in [
            (
                "PORT ELLIS (Reuters) - A ferry ran aground on Monday with all of its lamps alight.\n\n",
                "",
                "agency=Reuters",
            ),
            ("", "The Associated Press contributed to this report.", "agency=The Associated Press"),
            ("", "(Reporting by Ann Lee; Editing by Bo Berg)\n\nSign up for our newsletter", ""),
            ("", "With reporting by AFP, Reuters and Ann Lee", "agency=AFP; agency=Reuters"),
            ("", "Source: Quay Brasil", "origin=Quay Brasil"),
            (
                "",
                "This article was originally published by Radio Quay and is reprinted with permission.",
                "origin=Radio Quay",
            ),
            ("", "The post Ferry runs aground appeared first on Harbour Daily.", "origin=Harbour Daily"),
            ("", "The last of the lamps went out at six, and the pilots went home. — AFP", "agency=AFP"),
            ("", "The quay at dawn. (AP Photo/Jane Doe)", ""),
            ("", "", ""),
        ] {
            let text = format!("{top}{body}{end}");
            assert_eq!(both(&text), [wanted, wanted], "{top}…{end}");
        }
    }

    proptest! {
        #[test]
        fn names_stand_where_their_spans_say(text in "(\\PC{0,40}|\\(Reuters\\)|Source: |originally published by |contributed to this report|\n){0,60}") {
            for it in declared_sources(&Article { text: text.clone(), ..Article::default() }) {
                let span = Span::checked(&text, it.span.start(), it.span.end());
                let named = span.map(|s| s.text(&text).split_whitespace().collect::<Vec<_>>().join(" "));
                prop_assert_eq!(named, Some(it.name));
            }
        }
    }
}
