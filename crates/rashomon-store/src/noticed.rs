//! What was noticed while an article was read and a story compared: kept beside them, so that whoever looks later is told what
//! is missing too.

use crate::rows::Noticed;
use rashomon::model::{Note, Severity};
use rashomon::wire;

impl Noticed {
    /// What was noticed of articles that are not kept, in the order in which it is shown.
    #[must_use]
    pub fn of(notes: &[Note]) -> Vec<Self> {
        in_order(of(notes))
    }

    /// Whether a part of the input or of the answer was left out.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        self.severity == Severity::Omitted.name()
    }
}

impl From<&Note> for Noticed {
    fn from(it: &Note) -> Self {
        Self {
            place: it.place.clone(),
            message: it.message.clone(),
            rule: it.rule.to_owned(),
            severity: it.severity.name().to_owned(),
        }
    }
}

/// The same of several notes.
pub(crate) fn of(notes: &[Note]) -> Vec<Noticed> {
    notes.iter().map(Noticed::from).collect()
}

/// In the order in which it is shown, what is missing first, each once.
pub(crate) fn in_order(mut all: Vec<Noticed>) -> Vec<Noticed> {
    all.sort_by(|a, b| b.is_loss().cmp(&a.is_loss()).then_with(|| a.cmp(b)));
    all.dedup();
    all
}

/// As a column holds it; nothing where nothing was noticed.
pub(crate) fn written(all: &[Noticed]) -> Option<String> {
    (!all.is_empty()).then(|| wire::json(&all))
}

/// What a column holds.
pub(crate) fn read(column: Option<&str>) -> Vec<Noticed> {
    column.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default()
}
