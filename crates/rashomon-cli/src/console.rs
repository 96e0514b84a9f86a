//! What goes to standard error: notes on the inputs, and progress where somebody watches.

use indicatif::{ProgressBar, ProgressStyle};
use rashomon::model::{Note, Severity};
use rashomon::report::visible;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Notes of one rule that are shown in full before they are only counted. What was left out is always named.
const SHOWN_PER_RULE: usize = 20;

/// Notes that are kept for a report.
const KEPT: usize = 1000;

/// Standard error, and what was said on it.
#[derive(Debug)]
pub(crate) struct Console {
    quiet: bool,
    progress: ProgressBar,
    left_out: usize,
    notes: Vec<Note>,
    seen: BTreeMap<&'static str, usize>,
}

impl Console {
    /// A console; a `quiet` one names only what was left out.
    pub(crate) fn new(quiet: bool) -> Self {
        let progress = if quiet || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { watched() };
        Self { quiet, progress, left_out: 0, notes: Vec::new(), seen: BTreeMap::new() }
    }

    /// Says what is being done now.
    pub(crate) fn doing(&self, what: &'static str) {
        self.progress.set_message(what);
    }

    /// Leaves the terminal to the results: progress behind them, or over a pager, would garble them.
    pub(crate) fn step_aside(&self) {
        self.progress.finish_and_clear();
    }

    /// Says that about `bytes` are to be read, so that the time left can be told; [`Console::advance`] counts them.
    pub(crate) fn expect(&self, bytes: u64) {
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {msg} {bytes} of about {total_bytes}, {bytes_per_sec}, {eta} left")
        {
            self.progress.set_style(style);
            self.progress.set_length(bytes);
        }
    }

    /// Counts `articles` more, or after [`Console::expect`] the `bytes` they were read from.
    pub(crate) fn advance(&self, articles: usize, bytes: usize) {
        let by_bytes = self.progress.length().is_some();
        self.progress.inc(if by_bytes { bytes } else { articles } as u64);
    }

    /// Shows a note, and counts it if something was left out.
    pub(crate) fn note(&mut self, note: &Note) {
        let Note { place, message, .. } = note;
        if self.notes.len() < KEPT {
            self.notes.push(note.clone());
        }
        match note.severity {
            Severity::Omitted => self.omitted(&format!("{place}: {message}")),
            Severity::Info | Severity::Warning if self.quiet => {}
            Severity::Info | Severity::Warning => {
                let seen = self.seen.entry(note.rule).or_default();
                *seen += 1;
                if *seen <= SHOWN_PER_RULE {
                    self.say(&format!("note: {place}: {message}"));
                }
            }
        }
    }

    /// Says something worth knowing, unless it is to be quiet.
    pub(crate) fn remark(&self, what: &str) {
        if !self.quiet {
            self.say(what);
        }
    }

    /// The same for threads that have no console.
    pub(crate) fn remarks(&self) -> impl Fn(&str) + Send + Sync + use<> {
        let (quiet, progress) = (self.quiet, self.progress.clone());
        move |what| {
            if !quiet {
                say(&progress, what);
            }
        }
    }

    /// Names something that was left out.
    pub(crate) fn omitted(&mut self, what: &str) {
        self.left_out += 1;
        self.say(&format!("left out: {what}"));
    }

    /// The first notes, in order.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// How much was left out.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out
    }

    /// Says why nothing could be done.
    pub(crate) fn error(&self, why: &str) {
        self.say(&format!("error: {why}"));
    }

    /// Clears the progress and counts the notes that were not shown.
    pub(crate) fn finish(&mut self) {
        self.progress.finish_and_clear();
        for (rule, n) in std::mem::take(&mut self.seen) {
            if n > SHOWN_PER_RULE {
                self.say(&format!("note: {} more of {rule}", n - SHOWN_PER_RULE));
            }
        }
    }

    fn say(&self, line: &str) {
        say(&self.progress, line);
    }
}

/// One line. Whoever closed standard error does not want it: that is no reason to stop.
fn say(progress: &ProgressBar, line: &str) {
    // Names of files and words of articles stand in it.
    let line = visible(line);
    progress.suspend(|| {
        let _ = writeln!(std::io::stderr(), "rashomon: {line}");
    });
}

fn watched() -> ProgressBar {
    let progress = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {human_pos} articles, {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}
