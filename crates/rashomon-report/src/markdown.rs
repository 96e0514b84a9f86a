//! A report as Markdown (CommonMark with tables left out), for wikis, tickets and mail.

use crate::excerpt::excerpt;
use crate::outline::{self, Block, Run};
use crate::report::{Evidence, Report};
use crate::visible::{line, visible};
use rashomon_model::Note;

/// References behind a statement before the rest is only counted.
const REFERENCES: usize = 10;
/// Excerpts under a statement before the rest is only counted.
const EXCERPTS: usize = 12;
/// Bytes of a line that an excerpt shows.
const EXCERPT: usize = 200;

/// The reports as Markdown; with `evidence`, every statement is followed by the words it rests on.
#[must_use]
pub fn markdown(reports: &[Report], notes: &[Note], evidence: bool) -> String {
    let mut out = String::new();
    for report in reports.iter().filter(|r| reports.len() == 1 || r.witnesses.len() > 1) {
        blocks(Some(report), &outline::outline(report), evidence, &mut out);
    }
    blocks(None, &outline::alone(reports), false, &mut out);
    blocks(None, &outline::notes(notes), false, &mut out);
    out
}

/// The same, a paragraph a story: what an editor should know first.
#[must_use]
pub fn brief_markdown(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports.iter().filter(|r| reports.len() == 1 || r.witnesses.len() > 1) {
        blocks(Some(report), &outline::brief_outline(report), false, &mut out);
        out.push('\n');
    }
    blocks(None, &outline::alone(reports), false, &mut out);
    out
}

fn blocks(report: Option<&Report>, blocks: &[Block], with_evidence: bool, out: &mut String) {
    for block in blocks {
        match block {
            Block::Title(title) => out.push_str(&format!("# {}\n\n", escaped(title))),
            Block::Section(title) => out.push_str(&format!("\n## {}\n\n", escaped(title))),
            Block::Item { mark, runs, evidence, .. } if mark.is_empty() && evidence.is_empty() && is_lead(block) => {
                out.push_str(&format!("{}\n", words(runs)));
            }
            Block::Item { depth, mark, runs, evidence } => {
                let mark =
                    if matches!(*mark, "" | "•" | " ") { String::new() } else { format!("{} ", escaped(mark)) };
                let indent = "  ".repeat(*depth);
                out.push_str(&format!("{indent}- {mark}{}{}\n", words(runs), references(report, evidence)));
                excerpts(report, evidence, depth + 1, with_evidence, out);
            }
            Block::Row { depth, label, runs, evidence } => {
                let indent = "  ".repeat(*depth);
                let label = escaped(label);
                out.push_str(&format!("{indent}- **{label}** {}{}\n", words(runs), references(report, evidence)));
                excerpts(report, evidence, depth + 1, with_evidence, out);
            }
        }
    }
}

/// Whether a block stands as a paragraph of its own: no mark and no depth.
fn is_lead(block: &Block) -> bool {
    matches!(block, Block::Item { depth: 0, mark: "", .. })
}

fn words(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| match run {
            Run::Plain(it) | Run::Faint(it) => escaped(it),
            Run::Strong(it) | Run::Alert(it) => around(it, "**", "**"),
            Run::Added(it) => around(it, "<ins>", "</ins>"),
            Run::Dropped(it) => around(it, "<del>", "</del>"),
        })
        .collect()
}

/// Words between marks, the space at either end outside them.
fn around(text: &str, open: &str, close: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let gap = |it: Option<char>| if it.is_some_and(char::is_whitespace) { " " } else { "" };
    format!("{}{open}{}{close}{}", gap(text.chars().next()), escaped(inner), gap(text.chars().next_back()))
}

fn references(report: Option<&Report>, evidence: &[Evidence]) -> String {
    let Some(report) = report.filter(|_| !evidence.is_empty()) else { return String::new() };
    let mut places: Vec<_> = Report::in_order(evidence).iter().map(|e| report.reference(*e)).collect();
    places.dedup();
    let more = places.len().saturating_sub(REFERENCES);
    places.truncate(REFERENCES);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    format!(" \\[{}{more}\\]", places.join(" "))
}

fn excerpts(report: Option<&Report>, evidence: &[Evidence], depth: usize, shown: bool, out: &mut String) {
    let Some(report) = report.filter(|_| shown) else { return };
    let indent = "  ".repeat(depth);
    for it in evidence.iter().take(EXCERPTS) {
        let found = excerpt(report, *it, EXCERPT);
        let part = |text: &str| escaped(&text.replace(['\n', '\r', '\t'], " "));
        let words = around(&line(found.words, 600), "**", "**");
        let place = report.reference(*it);
        out.push_str(&format!("{indent}- {place} | {}{words}{}\n", part(&found.before), part(&found.after)));
    }
}

/// Foreign text that no Markdown or HTML reader takes for markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        assert_eq!(escaped("<b>*x* [y](z)\n# `q`"), "&lt;b&gt;\\*x\\* \\[y\\](z) \\# \\`q\\`");
        assert_eq!(
            words(&[Run::Dropped(" old ".into()), Run::Added("<i>".into())]),
            " <del>old</del> <ins>&lt;i&gt;</ins>"
        );
    }
}
