//! Problems in an input that did not stop the work.

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing was left out.
    Info,
    /// Something may be read wrongly.
    Warning,
    /// A part of the input was left out.
    Omitted,
}

impl Severity {
    /// Its name, for those who read notes as data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Omitted => "omitted",
        }
    }
}

/// A problem in an input, named with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// File, or file and line: `feed.jsonl:17`.
    pub place: String,
    /// What is wrong; lower case, no full stop.
    pub message: String,
    /// Stable kebab-case name of the check, such as `duplicate-input`; no [`Rule`](crate::Rule), as a note states nothing
    /// about the news.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
}

impl Note {
    /// What `lost` says is not there because of a fault of the program.
    #[must_use]
    pub fn of_fault(place: &str, lost: &str, fault: &crate::Fault) -> Self {
        let message = format!("{lost}: {fault}");
        Self { place: place.to_owned(), message, rule: "fault-of-the-program", severity: Severity::Omitted }
    }
}

/// A result and what was noticed while making it.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted<T> {
    /// The result.
    pub output: T,
    /// What was noticed, in order of place.
    pub notes: Vec<Note>,
}

impl<T> Noted<T> {
    /// A result about which there is nothing to say.
    pub fn quiet(output: T) -> Self {
        Self { output, notes: Vec::new() }
    }
}
