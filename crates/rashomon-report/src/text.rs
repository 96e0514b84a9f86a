//! A report for a terminal, or for a file that is read in one.

use crate::excerpt::excerpt;
use crate::outline::{self, Block, Run};
use crate::reading;
use crate::report::{Evidence, Report};
use crate::visible::visible;
use anstyle::{AnsiColor, Style};
use rashomon_annotate::Annotated;
use rashomon_model::{Article, Note};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// References behind a statement before the rest is only counted.
const REFERENCES: usize = 10;
/// Excerpts under a statement before the rest is only counted.
const EXCERPTS: usize = 12;
/// Columns of the labels of a table.
const LABELS: usize = 28;

/// How text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns to use, at least 40.
    pub width: usize,
    /// Whether to style words with ANSI escape codes. Changed words stand in `[-…-]` and `{+…+}` either way: what is copied from
    /// a terminal has no colour any more.
    pub color: bool,
    /// Whether to print the words that each statement rests on.
    pub evidence: bool,
}

/// The reports as text: stories of several reports first, then those that stand alone in one line each.
#[must_use]
pub fn text(reports: &[Report], notes: &[Note], look: Look) -> String {
    let mut page = Page { look: Look { width: look.width.clamp(40, 120), ..look }, out: String::new() };
    let told = |r: &&Report| reports.len() == 1 || r.witnesses.len() > 1;
    for report in reports.iter().filter(told) {
        page.blocks(report, &outline::outline(report));
    }
    page.blocks_without_evidence(&outline::alone(reports));
    page.blocks_without_evidence(&outline::notes(notes));
    page.out
}

/// The same, a screen a story: what an editor should know first.
#[must_use]
pub fn brief_text(reports: &[Report], look: Look) -> String {
    let mut page = Page { look: Look { width: look.width.clamp(40, 120), ..look }, out: String::new() };
    for report in reports.iter().filter(|r| reports.len() == 1 || r.witnesses.len() > 1) {
        page.blocks(report, &outline::brief_outline(report));
    }
    page.blocks_without_evidence(&outline::alone(reports));
    page.out
}

/// One article as it was read, for a terminal: head, text with furniture marked, the sources it names.
#[must_use]
pub fn article_text(it: &Article, look: Look) -> String {
    reading_of(&reading::article(it), look)
}

/// What the annotators found in one article, for a terminal.
#[must_use]
pub fn annotated_text(it: &Annotated, look: Look) -> String {
    reading_of(&reading::annotated(it), look)
}

fn reading_of(blocks: &[Block], look: Look) -> String {
    let mut page = Page { look: Look { width: look.width.clamp(40, 120), ..look }, out: String::new() };
    page.blocks_without_evidence(blocks);
    page.out.push('\n');
    page.out
}

struct Page {
    look: Look,
    out: String,
}

impl Page {
    fn blocks(&mut self, report: &Report, blocks: &[Block]) {
        for (n, block) in blocks.iter().enumerate() {
            match block {
                Block::Title(title) => self.title(title),
                Block::Section(title) => self.section(title),
                Block::Item { depth, mark, runs, evidence } => {
                    let hang = if mark.is_empty() { String::new() } else { format!("{mark} ") };
                    let mut runs = runs.clone();
                    runs.extend(references(report, evidence));
                    self.set(2 * depth, &hang, &runs);
                    self.excerpts(report, 2 * depth + 4, evidence);
                }
                Block::Row { depth, label, runs, evidence } => {
                    let mut runs = runs.clone();
                    runs.extend(references(report, evidence));
                    self.row(2 * depth + 2, label, labels(blocks, n), &runs);
                    self.excerpts(report, 2 * depth + 4, evidence);
                }
            }
        }
        self.out.push('\n');
    }

    fn blocks_without_evidence(&mut self, blocks: &[Block]) {
        for (n, block) in blocks.iter().enumerate() {
            match block {
                Block::Title(it) => self.title(it),
                Block::Section(it) => self.section(it),
                Block::Item { mark: "", runs, .. } => self.set(0, "", runs),
                Block::Item { mark, runs, .. } => self.set(0, &format!("{mark} "), runs),
                Block::Row { label, runs, .. } => self.row(2, label, labels(blocks, n), runs),
            }
        }
    }

    fn title(&mut self, title: &str) {
        self.set(0, "", &[Run::Strong(title.to_owned())]);
        let width = UnicodeWidthStr::width(title).min(self.look.width);
        self.out.push_str(&"═".repeat(width));
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.out.push('\n');
        self.set(0, "", &[Run::Strong(title.to_uppercase())]);
    }

    /// A label and what belongs to it beside it; a label too long for its column stands on a line of its own.
    fn row(&mut self, indent: usize, label: &str, column: usize, runs: &[Run]) {
        let column = column.min(self.look.width * 2 / 5);
        let wide = UnicodeWidthStr::width(label);
        if wide <= column {
            return self.set(indent, &format!("{label}{}", " ".repeat(column + 2 - wide)), runs);
        }
        self.set(indent, "", &[Run::Plain(label.to_owned())]);
        self.set(indent + 2, "", runs);
    }

    /// Sets runs from column `indent` on, `hang` before the first line and as much space before the others.
    fn set(&mut self, indent: usize, hang: &str, runs: &[Run]) {
        let margin = indent + UnicodeWidthStr::width(hang);
        let room = self.look.width.saturating_sub(margin).max(20);
        let mut first = true;
        for words in wrap(runs, room) {
            let lead = if first { format!("{}{hang}", " ".repeat(indent)) } else { " ".repeat(margin) };
            first = false;
            let mut line = lead;
            for (kind, text) in joined(&words) {
                self.styled(&mut line, kind, &text);
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
        if first && !hang.trim().is_empty() {
            self.out.push_str(format!("{}{hang}", " ".repeat(indent)).trim_end());
            self.out.push('\n');
        }
    }

    fn styled(&self, line: &mut String, kind: Kind, text: &str) {
        let style = style(kind);
        if !self.look.color || style == Style::new() {
            line.push_str(text);
        } else {
            line.push_str(&format!("{style}{text}{style:#}"));
        }
    }

    fn excerpts(&mut self, report: &Report, indent: usize, evidence: &[Evidence]) {
        if !self.look.evidence {
            return;
        }
        let evidence = Report::in_order(evidence);
        let labels = evidence.iter().take(EXCERPTS).map(|e| report.reference(*e).len()).max().unwrap_or(0);
        for it in evidence.iter().take(EXCERPTS) {
            self.excerpt(report, indent, labels, *it);
        }
        if evidence.len() > EXCERPTS {
            let more = format!("and {} more places", evidence.len() - EXCERPTS);
            self.set(indent, "", &[Run::Faint(more)]);
        }
    }

    /// The line of a place, with carets under its words.
    fn excerpt(&mut self, report: &Report, indent: usize, labels: usize, it: Evidence) {
        let label = format!("{:>labels$} | ", report.reference(it));
        let room = self.look.width.saturating_sub(indent + label.len()).max(20);
        let found = excerpt(report, it, room);
        let mut cells: Vec<(String, bool)> = Vec::new();
        for (text, pointed) in [(&*found.before, false), (found.words, true), (&*found.after, false)] {
            let shown = visible(text).replace(['\n', '\t', '\r'], " ");
            cells.extend(shown.graphemes(true).map(|g| (g.to_owned(), pointed)));
        }
        let blank = |n: usize| format!("{}{:labels$} | ", " ".repeat(n), "");
        for (n, line) in fill(&cells, room).iter().take(4).enumerate() {
            let lead = if n == 0 { format!("{}{label}", " ".repeat(indent)) } else { blank(indent) };
            let words: String = line.iter().map(|(g, _)| g.as_str()).collect();
            self.out.push_str(&format!("{lead}{}\n", words.trim_end()));
            let mark = |(g, pointed): &(String, bool)| {
                if *pointed { "^" } else { " " }.repeat(UnicodeWidthStr::width(g.as_str()))
            };
            let carets: String = line.iter().map(mark).collect();
            if carets.contains('^') {
                self.out.push_str(&blank(indent));
                let mut under = String::new();
                self.styled(&mut under, Kind::Caret, carets.trim_end());
                self.out.push_str(&under);
                self.out.push('\n');
            }
        }
    }
}

/// Cells as lines of at most `room` columns, broken behind spaces where there are any.
fn fill(cells: &[(String, bool)], room: usize) -> Vec<&[(String, bool)]> {
    let mut lines = Vec::new();
    let (mut from, mut space, mut width) = (0, None, 0);
    let mut at = 0;
    while at < cells.len() {
        width += UnicodeWidthStr::width(cells[at].0.as_str());
        if width > room && at > from {
            let to = space.unwrap_or(at);
            lines.push(&cells[from..to]);
            (from, space, width, at) = (to, None, 0, to);
            continue;
        }
        if cells[at].0 == " " {
            space = Some(at + 1);
        }
        at += 1;
    }
    lines.push(&cells[from..]);
    lines
}

/// Width of the labels of the table that row `n` stands in.
fn labels(blocks: &[Block], n: usize) -> usize {
    let width = |b: &Block| match b {
        Block::Row { label, .. } => Some(UnicodeWidthStr::width(label.as_str())),
        _ => None,
    };
    let before = blocks[..n].iter().rev().map_while(width);
    let behind = blocks[n..].iter().map_while(width);
    before.chain(behind).max().unwrap_or(0).min(LABELS)
}

/// `[A:3 B:12]`, as a run of its own.
fn references(report: &Report, evidence: &[Evidence]) -> Option<Run> {
    if evidence.is_empty() {
        return None;
    }
    let mut places: Vec<_> = Report::in_order(evidence).iter().map(|e| report.reference(*e)).collect();
    places.dedup();
    let more = places.len().saturating_sub(REFERENCES);
    places.truncate(REFERENCES);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    Some(Run::Faint(format!(" [{}{more}]", places.join(" "))))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Strong,
    Faint,
    Alert,
    Added,
    Dropped,
    Caret,
}

fn style(kind: Kind) -> Style {
    match kind {
        Kind::Plain => Style::new(),
        Kind::Strong => Style::new().bold(),
        Kind::Faint => Style::new().dimmed(),
        Kind::Alert => AnsiColor::Yellow.on_default().bold(),
        Kind::Added => AnsiColor::Green.on_default().underline(),
        Kind::Dropped => AnsiColor::Red.on_default().strikethrough(),
        Kind::Caret => AnsiColor::Cyan.on_default(),
    }
}

/// A word: fragments of one or several styles with no space between them.
type Word = Vec<(Kind, String)>;

/// Runs as lines of words that take at most `room` columns.
fn wrap(runs: &[Run], room: usize) -> Vec<Vec<Word>> {
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let mut line: Vec<Word> = Vec::new();
    let mut width = 0;
    for word in words(runs) {
        let wide = word.iter().map(|(_, t)| UnicodeWidthStr::width(t.as_str())).sum::<usize>();
        if !line.is_empty() && width + 1 + wide > room {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        width += wide + usize::from(!line.is_empty());
        line.push(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The words of a line with the spaces between them, runs of one style together.
fn joined(words: &[Word]) -> Vec<(Kind, String)> {
    let mut runs: Vec<(Kind, String)> = Vec::new();
    for (n, word) in words.iter().enumerate() {
        for (m, (kind, text)) in word.iter().enumerate() {
            let space = if n > 0 && m == 0 { " " } else { "" };
            match runs.last_mut() {
                Some((last, run)) if last == kind => run.push_str(&format!("{space}{text}")),
                _ => {
                    // A space between two styles belongs to neither.
                    if !space.is_empty() {
                        runs.push((Kind::Plain, space.to_owned()));
                    }
                    runs.push((*kind, text.clone()));
                }
            }
        }
    }
    runs
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut glued = false;
    for run in runs {
        let (kind, text) = match run {
            Run::Plain(it) => (Kind::Plain, it.clone()),
            Run::Strong(it) => (Kind::Strong, it.clone()),
            Run::Faint(it) => (Kind::Faint, it.clone()),
            Run::Alert(it) => (Kind::Alert, it.clone()),
            Run::Added(it) => (Kind::Added, enclosed(it, "{+", "+}")),
            Run::Dropped(it) => (Kind::Dropped, enclosed(it, "[-", "-]")),
        };
        let shown = visible(&text);
        for (n, word) in shown.split(char::is_whitespace).enumerate() {
            if n > 0 {
                glued = false;
            }
            if word.is_empty() {
                continue;
            }
            match words.last_mut() {
                Some(last) if glued => last.push((kind, word.to_owned())),
                _ => words.push(vec![(kind, word.to_owned())]),
            }
            glued = true;
        }
    }
    words
}

/// `text` between marks, which stand at its words and not at the space around them.
fn enclosed(text: &str, open: &str, close: &str) -> String {
    let words = text.trim();
    let start = text.len() - text.trim_start().len();
    let end = start + words.len();
    format!("{}{open}{words}{close}{}", &text[..start], &text[end.max(start)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[Run], room: usize) -> Vec<String> {
        let word = |w: &Word| w.iter().map(|(_, t)| t.as_str()).collect::<String>();
        wrap(runs, room).iter().map(|l| l.iter().map(word).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn lines_break_between_words_and_marks_stay_with_theirs() {
        let runs = [
            Run::Plain("the ".into()),
            Run::Dropped("old ".into()),
            Run::Added("new ".into()),
            Run::Plain("bridge.".into()),
        ];
        assert_eq!(shown(&runs, 80), ["the [-old-] {+new+} bridge."]);
        assert_eq!(shown(&runs, 11), ["the [-old-]", "{+new+}", "bridge."]);
        assert_eq!(shown(&[Run::Plain("a".into()), Run::Faint(".".into())], 80), ["a."]);
    }

    #[test]
    fn a_long_excerpt_breaks_behind_a_space() {
        let cells: Vec<_> = "one two three".chars().map(|c| (c.to_string(), false)).collect();
        let lines: Vec<String> = fill(&cells, 8).iter().map(|l| l.iter().map(|(g, _)| g.as_str()).collect()).collect();
        assert_eq!(lines, ["one two ", "three"]);
        let cells: Vec<_> = "abcdef".chars().map(|c| (c.to_string(), false)).collect();
        assert_eq!(fill(&cells, 4).len(), 2);
    }
}
