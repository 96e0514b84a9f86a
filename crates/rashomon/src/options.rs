//! What can be asked of a comparison.

use rashomon_lineage::Owners;

/// What can be asked of a comparison; the default asks nothing special.
///
/// ```
/// let options = rashomon::Options::new().owners(rashomon::lineage::Owners::parse("Quay Post\tPier Group").unwrap());
/// assert_ne!(options, rashomon::Options::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Who owns which outlet: reports of one owner may be one account.
    pub owners: Option<Owners>,
    /// Whether all articles are taken as reports of one event, whatever grouping finds.
    pub one_story: bool,
}

impl Options {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether all articles are taken as reports of one event.
    #[must_use]
    pub fn one_story(mut self, so: bool) -> Self {
        self.one_story = so;
        self
    }

    /// With a list of owners.
    #[must_use]
    pub fn owners(mut self, owners: Owners) -> Self {
        self.owners = Some(owners);
        self
    }
}
